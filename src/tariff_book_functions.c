/*
 * tariff_book_functions.c
 *		Asking and building tariff books: look-up, slices, lines, aggregates.
 *
 * A NULL or empty group name is the default group, as in tables where
 * providers without a group of their own have none.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "call.h"
#include "convert.h"
#include "error.h"
#include "product.h"
#include "quantity.h"
#include "tariff_book.h"

/* The bytes of a group argument; length 0 for NULL. */
static const char *
group_arg(FunctionCallInfo fcinfo, int argno, size_t *len)
{
	text	   *group;

	*len = 0;
	if (PG_ARGISNULL(argno))
		return NULL;
	group = PG_GETARG_TEXT_PP(argno);
	*len = VARSIZE_ANY_EXHDR(group);
	return VARDATA_ANY(group);
}

static Datum
tariff_of(FunctionCallInfo fcinfo, const zr_book_line *line)
{
	if (line == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TARIFF(line->tariff);
}

PG_FUNCTION_INFO_V1(tariff_book_tariff_on);
Datum
tariff_book_tariff_on(PG_FUNCTION_ARGS)
{
	const zr_book_view *book = zr_book_getarg(fcinfo, 0);

	/* -infinity and infinity are in no line: they are the least number and ZR_DATE_OPEN */
	return tariff_of(fcinfo, zr_book_line_on(book, PG_GETARG_PRODUCT(1), 0, PG_GETARG_DATEADT(2)));
}

PG_FUNCTION_INFO_V1(tariff_book_tariff_on_for);
Datum
tariff_book_tariff_on_for(PG_FUNCTION_ARGS)
{
	const char *group;
	size_t		len;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	group = group_arg(fcinfo, 2, &len);
	return tariff_of(fcinfo, zr_book_line_for(zr_book_getarg(fcinfo, 0), PG_GETARG_PRODUCT(1), group, len,
											  PG_GETARG_DATEADT(3)));
}

PG_FUNCTION_INFO_V1(tariff_book_for_group);
Datum
tariff_book_for_group(PG_FUNCTION_ARGS)
{
	const char *group;
	size_t		len;
	zr_book_builder builder;
	zr_error	err;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	group = group_arg(fcinfo, 1, &len);
	zr_book_begin_in(&builder, CurrentMemoryContext);
	if (!zr_book_add_for_group(&builder, zr_book_getarg(fcinfo, 0), group, len, &err))
		zr_report("cannot slice the tariff book", &err);
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}

PG_FUNCTION_INFO_V1(tariff_book_merge);
Datum
tariff_book_merge(PG_FUNCTION_ARGS)
{
	zr_book_builder builder;
	zr_error	err;

	zr_book_begin_in(&builder, CurrentMemoryContext);
	if (!zr_book_add_view(&builder, zr_book_getarg(fcinfo, 0), &err) ||
		!zr_book_add_view(&builder, zr_book_getarg(fcinfo, 1), &err))
		zr_report("cannot merge the tariff books", &err);
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}

PG_FUNCTION_INFO_V1(tariff_book_lines);
Datum
tariff_book_lines(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	const zr_book_view *book;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		zr_book_view *view;

		call = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		call->tuple_desc = zr_row_type(fcinfo);
		/* a copy: the argument may be gone by the next call */
		view = palloc(sizeof(zr_book_view));
		zr_book_open(PointerGetDatum(PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0))), view);
		call->user_fctx = view;
		call->max_calls = view->nlines;
		MemoryContextSwitchTo(caller);
	}
	call = SRF_PERCALL_SETUP();
	book = call->user_fctx;
	if (call->call_cntr < call->max_calls)
	{
		const zr_book_line *line = &book->lines[call->call_cntr];
		Datum		values[4] = {0};
		bool		nulls[4] = {0};

		values[0] = ProductGetDatum(line->product);
		if (line->group != 0)
		{
			size_t		len;
			const char *group = zr_book_string(book, line->group, &len);

			values[1] = PointerGetDatum(cstring_to_text_with_len(group, (int) len));
		}
		else
			nulls[1] = true;
		values[2] = RangeTypePGetDatum(zr_range_make(line->lower, line->upper));
		values[3] = TariffGetDatum(line->tariff);
		SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc, values, nulls)));
	}
	SRF_RETURN_DONE(call);
}

static void
add_book(zr_expanded_book *state, Datum datum)
{
	zr_book_view book;
	void	   *opened = zr_book_open(datum, &book);
	zr_error	err;

	if (!zr_book_add_view(&state->builder, &book, &err))
		zr_report("cannot combine tariff books", &err);
	zr_book_done(opened);
}

/*
 * The state of the aggregates is a tariff_book: an expanded object in the
 * aggregate's context that grows in place. A state that arrives flat (from
 * another process) becomes one first.
 */
static zr_expanded_book *
state_arg(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	zr_expanded_book *state;

	context = zr_aggregate_context(fcinfo, "tariff_book_agg");
	if (!PG_ARGISNULL(0) && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))))
		return (zr_expanded_book *) DatumGetEOHP(PG_GETARG_DATUM(0));
	state = zr_expanded_book_make(context);
	if (!PG_ARGISNULL(0))
		add_book(state, PG_GETARG_DATUM(0));
	return state;
}

/*
 * A row with a NULL product, tariff or period is ignored: a price that is not
 * known yet is no price, and a day without a price is reported where it is
 * asked for.
 */
static Datum
add_line(FunctionCallInfo fcinfo, int group_argno, int tariff_argno, int period_argno)
{
	const char *group = NULL;
	size_t		len = 0;
	zr_expanded_book *state;
	zr_product	product;
	zr_range	period;
	bool		added;
	zr_error	err;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(tariff_argno) || PG_ARGISNULL(period_argno))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	state = state_arg(fcinfo);
	product = PG_GETARG_PRODUCT(1);
	if (group_argno >= 0)
		group = group_arg(fcinfo, group_argno, &len);
	zr_range_get(PG_GETARG_RANGE_P(period_argno), &period);
	if (period.empty)
		added = zr_fail(&err, ZR_ARGUMENT, "Leave out prices that are never valid.", "The period has no days.");
	else if (!period.has_lower)
		added = zr_fail(&err, ZR_ARGUMENT, "Only the end of the period may be open.", "The period has no first day.");
	else
		added = zr_book_add(&state->builder, product, group, len, period.lower, period.upper,
							PG_GETARG_TARIFF(tariff_argno), NULL, 0, &err);
	if (!added)
	{
		char		name[ZR_PRODUCT_TEXT_MAX];

		zr_product_print(product, name);
		zr_report(psprintf("cannot add a tariff of product %s to the tariff book", name), &err);
	}
	return zr_aggregate_state(fcinfo, &state->hdr);
}

PG_FUNCTION_INFO_V1(tariff_book_add);
Datum
tariff_book_add(PG_FUNCTION_ARGS)
{
	return add_line(fcinfo, -1, 2, 3);
}

PG_FUNCTION_INFO_V1(tariff_book_add_group);
Datum
tariff_book_add_group(PG_FUNCTION_ARGS)
{
	return add_line(fcinfo, 2, 3, 4);
}

PG_FUNCTION_INFO_V1(tariff_book_combine);
Datum
tariff_book_combine(PG_FUNCTION_ARGS)
{
	zr_expanded_book *state = state_arg(fcinfo);

	add_book(state, PG_GETARG_DATUM(1));
	return zr_aggregate_state(fcinfo, &state->hdr);
}
