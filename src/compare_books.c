/*
 * compare_books.c
 *		Two price lists side by side: what a draft changes.
 *
 * Both books are sorted by product, group and first day, so one walk over the
 * two gives the periods in which neither changes.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "call.h"
#include "convert.h"
#include "product.h"
#include "quantity.h"
#include "rational.h"
#include "tariff_book.h"

/* One of the two books; of its current line, what is before the day at is done. */
typedef struct book_side
{
	zr_book_slot slot;
	const zr_book_view *book;
	int			line;
	zr_date		at;
} book_side;

typedef struct book_pair
{
	book_side	old;
	book_side	new;
} book_pair;

static void
open_side(book_side *side, Datum datum)
{
	/* a copy: the argument may be gone by the next call */
	side->book = zr_book_view_of(PointerGetDatum(PG_DETOAST_DATUM_COPY(datum)), &side->slot, CurrentMemoryContext);
	side->line = 0;
	side->at = ZR_DATE_MIN;
}

static const zr_book_line *
current(const book_side *side)
{
	return side->line < side->book->nlines ? &side->book->lines[side->line] : NULL;
}

/* First day that is left of the line. */
static zr_date
start(const book_side *side, const zr_book_line *line)
{
	return Max(line->lower, side->at);
}

static void
done_until(book_side *side, const zr_book_line *line, zr_date stop)
{
	side->at = stop;
	if (stop >= line->upper)
	{
		side->line++;
		side->at = ZR_DATE_MIN;
	}
}

static const char *
group_name(const zr_book_view *book, const zr_book_line *line, size_t *len)
{
	*len = 0;
	return line->group != 0 ? zr_book_string(book, line->group, len) : "";
}

/* By product, then group, as the lines of a book are sorted. */
static int
compare_keys(const zr_book_view *a, const zr_book_line *x, const zr_book_view *b, const zr_book_line *y)
{
	size_t		x_len,
				y_len;
	const char *x_group,
			   *y_group;
	int			result;

	if (x->product != y->product)
		return x->product < y->product ? -1 : 1;
	x_group = group_name(a, x, &x_len);
	y_group = group_name(b, y, &y_len);
	result = memcmp(x_group, y_group, Min(x_len, y_len));
	if (result != 0)
		return result;
	return (x_len > y_len) - (x_len < y_len);
}

/* Growth in percent, half up to two decimals. */
static Numeric
growth(Numeric difference, Numeric from)
{
	zr_rational percent = zr_rational_from(zr_numeric_mul(difference, int64_to_numeric(100)));

	return zr_rational_round(zr_rational_div(percent, from), int64_div_fast_to_numeric(1, 2), ZR_HALF_UP);
}

static Datum
make_row(TupleDesc desc, const book_side *side, const zr_book_line *old, const zr_book_line *new,
		 zr_date from, zr_date to)
{
	const zr_book_line *line = old ? old : new;
	Datum		values[7] = {0};
	bool		nulls[7] = {0};
	size_t		len;
	const char *group = group_name(side->book, line, &len);

	values[0] = ProductGetDatum(line->product);
	if (len > 0)
		values[1] = PointerGetDatum(cstring_to_text_with_len(group, (int) len));
	else
		nulls[1] = true;
	values[2] = RangeTypePGetDatum(zr_range_make(from, to));
	nulls[3] = old == NULL;
	nulls[4] = new == NULL;
	nulls[5] = nulls[6] = true;
	if (old)
		values[3] = TariffGetDatum(old->tariff);
	if (new)
		values[4] = TariffGetDatum(new->tariff);
	if (old && new && zr_tariff_unit(old->tariff) == zr_tariff_unit(new->tariff))
	{
		Numeric		before = zr_numeric_fixed(zr_tariff_micros(old->tariff), 6);
		Numeric		after = zr_numeric_fixed(zr_tariff_micros(new->tariff), 6);
		Numeric		difference = zr_numeric_sub(after, before);

		values[5] = NumericGetDatum(zr_numeric_tidy(difference, 2));
		nulls[5] = false;
		if (zr_numeric_sign(before) != 0)
		{
			values[6] = NumericGetDatum(growth(difference, before));
			nulls[6] = false;
		}
	}
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

/* The next period in which neither book changes. */
static Datum
next_period(TupleDesc desc, book_pair *pair)
{
	const zr_book_line *old = current(&pair->old);
	const zr_book_line *new = current(&pair->new);
	zr_date		from = ZR_DATE_OPEN,
				to = ZR_DATE_OPEN;
	Datum		row;

	/* of two different products or groups, the first in order has a row of its own */
	if (old && new)
	{
		int			order = compare_keys(pair->old.book, old, pair->new.book, new);

		if (order < 0)
			new = NULL;
		else if (order > 0)
			old = NULL;
	}
	if (old)
	{
		from = start(&pair->old, old);
		to = old->upper;
	}
	if (new)
	{
		zr_date		new_from = start(&pair->new, new);

		if (old && new_from > from)
		{
			to = Min(to, new_from);
			new = NULL;
		}
		else if (old && new_from < from)
		{
			to = Min(new->upper, from);
			from = new_from;
			old = NULL;
		}
		else
		{
			from = new_from;
			to = Min(to, new->upper);
		}
	}
	row = make_row(desc, old ? &pair->old : &pair->new, old, new, from, to);
	if (old)
		done_until(&pair->old, old, to);
	if (new)
		done_until(&pair->new, new, to);
	return row;
}

/* compare(tariff_book, tariff_book) */
PG_FUNCTION_INFO_V1(tariff_book_compare);
Datum
tariff_book_compare(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	book_pair  *pair;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		call = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		call->tuple_desc = zr_row_type(fcinfo);
		pair = palloc0(sizeof(book_pair));
		open_side(&pair->old, PG_GETARG_DATUM(0));
		open_side(&pair->new, PG_GETARG_DATUM(1));
		call->user_fctx = pair;
		MemoryContextSwitchTo(caller);
	}
	call = SRF_PERCALL_SETUP();
	pair = call->user_fctx;
	if (current(&pair->old) != NULL || current(&pair->new) != NULL)
		SRF_RETURN_NEXT(call, next_period(call->tuple_desc, pair));
	SRF_RETURN_DONE(call);
}
