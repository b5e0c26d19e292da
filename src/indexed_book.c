/*
 * indexed_book.c
 *		Price lists from year to year and from group to group.
 *
 * The price that is paid is rounded; the amount it came from is kept in the
 * line, and the next index starts from that. So a chain of years is the chain
 * of the unrounded amounts, as in the statutory series (21.00 with 3.64% is
 * 21.80, since it is the unrounded 21.00 that grows).
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/memutils.h"

#include "error.h"
#include "quantity.h"
#include "rounding.h"
#include "tariff_book.h"

/* How prices change: amount * factor, to the step. */
typedef struct pricing
{
	Numeric		factor;
	Numeric		step;
	zr_rounding_mode mode;
	const char *what;			/* errmsg */
} pricing;

static void
add_line(zr_book_builder *builder, const zr_book_view *book, const zr_book_line *line,
		 const char *group, size_t group_len, zr_date lower, zr_date upper, const pricing *p)
{
	char		amount[ZR_BOOK_AMOUNT_ROOM];
	const char *carried = NULL;
	size_t		carried_len = 0;
	zr_tariff	tariff = line->tariff;
	zr_error	err;

	if (p->factor == NULL)
	{
		if (line->carried != 0)
			carried = zr_book_string(book, line->carried, &carried_len);
	}
	else
	{
		Numeric		exact;

		zr_book_amount(book, line, amount);
		exact = zr_numeric_tidy(zr_numeric_mul(zr_numeric_from_cstring(amount), p->factor), 0);
		tariff = zr_tariff_rounded(zr_rational_from(exact), zr_tariff_unit(line->tariff), p->step, p->mode);
		carried = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(exact)));
		carried_len = strlen(carried);
		if (carried_len > ZR_BOOK_MAX_CARRIED)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("%s", p->what),
					 errdetail("The unrounded amount of a line would have more than %d digits.", ZR_BOOK_MAX_CARRIED),
					 errhint("Start a new chain from the published prices with published().")));
	}
	if (!zr_book_add(builder, line->product, group, group_len, lower, upper, tariff, carried, carried_len, &err))
		zr_report(p->what, &err);
}

static const char *
group_of(const zr_book_view *book, const zr_book_line *line, size_t *len)
{
	*len = 0;
	return line->group != 0 ? zr_book_string(book, line->group, len) : NULL;
}

/*
 * Runs add on every line in a context that is emptied between lines, so that
 * memory stays in proportion to the book.
 */
typedef struct line_scope
{
	MemoryContext scratch;
	MemoryContext caller;
} line_scope;

static line_scope
scope_begin(void)
{
	line_scope	scope;

	scope.scratch = AllocSetContextCreate(CurrentMemoryContext, "tariff_book lines", ALLOCSET_SMALL_SIZES);
	scope.caller = MemoryContextSwitchTo(scope.scratch);
	return scope;
}

static void
scope_next_line(line_scope *scope)
{
	MemoryContextReset(scope->scratch);
	CHECK_FOR_INTERRUPTS();
}

static void
scope_end(line_scope *scope)
{
	MemoryContextSwitchTo(scope->caller);
	MemoryContextDelete(scope->scratch);
}

static const pricing unchanged = {NULL, NULL, ZR_HALF_UP, "cannot copy the tariff book"};

/*
 * indexed(tariff_book, percentage, from_date, step, mode): all prices of that
 * day and later; a line that holds across the day is split.
 */
PG_FUNCTION_INFO_V1(tariff_book_indexed);
Datum
tariff_book_indexed(PG_FUNCTION_ARGS)
{
	const zr_book_view *book = zr_book_getarg(fcinfo, 0);
	Numeric		percentage = PG_GETARG_NUMERIC(1);
	zr_date		from = PG_GETARG_DATEADT(2);
	zr_book_builder builder;
	line_scope	scope;
	pricing		p = {
		.step = PG_GETARG_NUMERIC(3),
		.mode = zr_rounding_mode_get(PG_GETARG_OID(4)),
		.what = "cannot index the tariff book"
	};

	zr_numeric_check_range(percentage, -99, 1000, "index percentage", "An index of 3.64 percent is written 3.64.");
	zr_check_step(p.step);
	if (!zr_date_is_valid(from))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("first day of the index out of range"),
				 errdetail("Days lie between 0001-01-01 and 9999-12-31.")));
	p.factor = zr_numeric_percent(zr_numeric_add(int64_to_numeric(100), percentage));

	zr_book_begin_in(&builder, CurrentMemoryContext);
	scope = scope_begin();
	for (int i = 0; i < book->nlines; i++)
	{
		const zr_book_line *line = &book->lines[i];
		size_t		len;
		const char *group = group_of(book, line, &len);

		/* an index of nothing changes nothing: no split, no rounding to another step */
		if (line->upper <= from || zr_numeric_sign(percentage) == 0)
			add_line(&builder, book, line, group, len, line->lower, line->upper, &unchanged);
		else
		{
			if (line->lower < from)
				add_line(&builder, book, line, group, len, line->lower, from, &unchanged);
			add_line(&builder, book, line, group, len, Max(line->lower, from), line->upper, &p);
		}
		scope_next_line(&scope);
	}
	scope_end(&scope);
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}

static const char *
group_arg(FunctionCallInfo fcinfo, int argno, size_t *len)
{
	text	   *group;

	*len = 0;
	if (PG_ARGISNULL(argno))
		return "";
	group = PG_GETARG_TEXT_PP(argno);
	*len = VARSIZE_ANY_EXHDR(group);
	return VARDATA_ANY(group);
}

/*
 * derive_group(tariff_book, from_group, to_group, percentage, step, mode): the
 * book with a group more. Not STRICT: a NULL group is the default group.
 */
PG_FUNCTION_INFO_V1(tariff_book_derive_group);
Datum
tariff_book_derive_group(PG_FUNCTION_ARGS)
{
	const zr_book_view *book;
	const char *from,
			   *to;
	size_t		from_len,
				to_len;
	uint32		from_number = 0;
	int			derived = 0;
	zr_book_builder builder;
	line_scope	scope;
	zr_error	err;
	pricing		p = {.what = "cannot derive the tariff group"};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3) || PG_ARGISNULL(4) || PG_ARGISNULL(5))
		PG_RETURN_NULL();
	book = zr_book_getarg(fcinfo, 0);
	from = group_arg(fcinfo, 1, &from_len);
	to = group_arg(fcinfo, 2, &to_len);
	p.step = PG_GETARG_NUMERIC(4);
	p.mode = zr_rounding_mode_get(PG_GETARG_OID(5));
	zr_numeric_check_range(PG_GETARG_NUMERIC(3), 0, 1000, "percentage of the base group",
						   "Three quarters of the base group is written 75.");
	zr_check_step(p.step);
	p.factor = zr_numeric_percent(PG_GETARG_NUMERIC(3));

	if (from_len == to_len && memcmp(from, to, from_len) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s", p.what),
				 errdetail("A group cannot be derived from itself."),
				 errhint("Give the derived group another name, such as 'zzp'.")));
	if (from_len > 0 && (from_number = zr_book_find_string(book, from, from_len)) == 0)
		from_number = PG_UINT32_MAX;

	zr_book_begin_in(&builder, CurrentMemoryContext);
	if (!zr_book_add_view(&builder, book, &err))
		zr_report(p.what, &err);
	scope = scope_begin();
	for (int i = 0; i < book->nlines; i++)
	{
		const zr_book_line *line = &book->lines[i];

		if (line->group != from_number)
			continue;
		add_line(&builder, book, line, to, to_len, line->lower, line->upper, &p);
		derived++;
		scope_next_line(&scope);
	}
	scope_end(&scope);
	if (derived == 0 && book->nlines > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s", p.what),
				 from_len > 0 ?
				 errdetail("The book has no lines of group \"%s\".", pnstrdup(from, from_len)) :
				 errdetail("The book has no lines of the default group.")));
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}

/* published(tariff_book): the prices without the amounts they came from */
PG_FUNCTION_INFO_V1(tariff_book_published);
Datum
tariff_book_published(PG_FUNCTION_ARGS)
{
	const zr_book_view *book = zr_book_getarg(fcinfo, 0);
	zr_book_builder builder;
	zr_error	err;

	zr_book_begin_in(&builder, CurrentMemoryContext);
	for (int i = 0; i < book->nlines; i++)
	{
		const zr_book_line *line = &book->lines[i];
		size_t		len;
		const char *group = group_of(book, line, &len);

		if (!zr_book_add(&builder, line->product, group, len, line->lower, line->upper, line->tariff, NULL, 0, &err))
			zr_report("cannot copy the tariff book", &err);
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}
