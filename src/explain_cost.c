/*
 * explain_cost.c
 *		Where a cost comes from: one row per calendar month and tariff.
 *
 * The amount of a row is the difference of two rounded running totals, as in
 * cost_by_month, so the rows add up to cost() and per month to cost_by_month().
 * Next to it stands the exact amount before rounding.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"

#include "call.h"
#include "error.h"
#include "pq.h"
#include "quantity.h"
#include "rational.h"

typedef struct explain_state
{
	zr_indication indication;
	zr_book_slot slot;
	const zr_book_view *book;	/* a copy: the argument may be gone by the next call */
	zr_accrual_method method;
	zr_cost_walk walk;
	zr_date		to;
	int64		cents;			/* rounded running total */
} explain_state;

static Numeric
int128_to_numeric(zr_int128 value)
{
	const int64 chunk = INT64CONST(1000000000000000000);
	Numeric		high;

	if (value <= PG_INT64_MAX)
		return int64_to_numeric((int64) value);
	high = int128_to_numeric(value / chunk);
	return zr_numeric_add(zr_numeric_mul(high, int64_to_numeric(chunk)), int64_to_numeric((int64) (value % chunk)));
}

/* numerator / denominator cents in euro */
static Numeric
exact_euros(zr_int128 numerator, zr_int128 denominator)
{
	zr_rational cents = zr_rational_from(zr_numeric_percent(int128_to_numeric(numerator)));

	return zr_rational_to_numeric(zr_rational_div(cents, int128_to_numeric(denominator)));
}

static Datum
next_row(FunctionCallInfo fcinfo, FuncCallContext *call, explain_state *state)
{
	zr_cost_walk *walk = &state->walk;
	zr_date		from = walk->at;
	zr_date		stop = Min(state->to, zr_month_start(zr_month_of(from) + 1));
	const zr_book_line *line = NULL;
	zr_int128	before = walk->numerator;
	int64		cents;
	zr_error	err;
	Datum		values[6] = {0};
	bool		nulls[6] = {0};

	if (!walk->in_euro && walk->line < state->book->nlines)
	{
		line = &state->book->lines[walk->line];
		if (line->lower <= from && from < line->upper)
			stop = Min(stop, line->upper);
	}
	if (zr_cost_advance(walk, stop, &err) != ZR_COST_KNOWN || !zr_cost_cents(walk, &cents, &err))
		zr_pq_report(&state->indication, &err);

	values[0] = RangeTypePGetDatum(zr_range_make(from, stop));
	values[1] = Int32GetDatum(stop - from);
	values[2] = NumericGetDatum(zr_pq_quantity(&state->indication, state->method, from, stop));
	if (line != NULL)
		values[3] = TariffGetDatum(line->tariff);
	else
		nulls[3] = true;
	values[4] = NumericGetDatum(zr_numeric_fixed(cents - state->cents, 2));
	values[5] = NumericGetDatum(exact_euros(walk->numerator - before, walk->denominator));
	state->cents = cents;
	SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc, values, nulls)));
}

/* explain_cost(indication, tariff_book, daterange, accrual_method): not STRICT, a budget needs no book */
PG_FUNCTION_INFO_V1(explain_cost);
Datum
explain_cost(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	explain_state *state;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		call = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		call->tuple_desc = zr_row_type(fcinfo);
		state = palloc0(sizeof(explain_state));
		if (!PG_ARGISNULL(0) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3))
		{
			zr_pq_site	site = {0};
			zr_range	range;
			zr_date		from;
			int			guess = 0;
			zr_error	err;

			state->indication = *PG_GETARG_INDICATION(0);
			state->method = zr_pq_method(fcinfo, &site, 3);
			zr_range_get_bounded(PG_GETARG_RANGE_P(2), "cost", &range);
			/* the same conditions as in cost(): an unknown cost has no rows */
			if (zr_indication_has_quantity(&state->indication) &&
				(zr_indication_in_euro(&state->indication) || !PG_ARGISNULL(1)))
			{
				bool		overlaps = zr_pq_clip(&state->indication, &range, &from, &state->to);

				if (!overlaps)
					from = state->to = state->indication.lower;
				if (!zr_indication_in_euro(&state->indication))
					state->book = zr_book_view_of(PointerGetDatum(PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(1))),
												  &state->slot, CurrentMemoryContext);
				if (!zr_cost_begin(&state->walk, &state->indication, state->method, state->book, from, &guess, &err))
					zr_pq_report(&state->indication, &err);
			}
		}
		call->user_fctx = state;
		MemoryContextSwitchTo(caller);
	}
	call = SRF_PERCALL_SETUP();
	state = call->user_fctx;
	if (state->walk.at < state->to)
		return next_row(fcinfo, call, state);
	SRF_RETURN_DONE(call);
}
