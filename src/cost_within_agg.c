/*
 * cost_within_agg.c
 *		p*q per calendar month over many indications, of the days within a
 *		further range per row (what was delivered): with an error for a day
 *		without a tariff, and without one.
 */
#include "postgres.h"

#include "call.h"
#include "daterange.h"
#include "error.h"
#include "known_cost_core.h"
#include "month_sums.h"
#include "quantity.h"

/* What both aggregates take, after the state. */
#define ARG_INDICATION 1
#define ARG_BOOK 2
#define ARG_RANGE 3
#define ARG_METHOD 4
#define ARG_WITHIN 5

/* NULL policy: a row with a NULL adds nothing; the book may be NULL where none is needed */
static bool
adds_nothing(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(ARG_INDICATION) || PG_ARGISNULL(ARG_RANGE) || PG_ARGISNULL(ARG_METHOD) || PG_ARGISNULL(ARG_WITHIN);
}

static Datum
unchanged(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return PG_GETARG_DATUM(0);
}

/* The days that the indication, the range of the grid and the range within share. */
static bool
clip(FunctionCallInfo fcinfo, const zr_indication *i, const zr_month_grid *grid, zr_date *from, zr_date *to)
{
	zr_daterange within;

	zr_daterange_read(PG_GETARG_DATUM(ARG_WITHIN), &within);
	*from = Max(grid->lower, i->lower);
	*to = Min(grid->upper, i->upper);
	if (!within.lower_open)
		*from = Max(*from, within.lower);
	if (!within.upper_open)
		*to = Min(*to, within.upper);
	return !within.empty && *from < *to;
}

static const zr_book_view *
book_of(FunctionCallInfo fcinfo, zr_month_site *site, const zr_indication *i)
{
	if (zr_indication_in_euro(i) || PG_ARGISNULL(ARG_BOOK))
		return NULL;
	return zr_book_view_of(PG_GETARG_DATUM(ARG_BOOK), &site->pq.book, fcinfo->flinfo->fn_mcxt);
}

/* cost_by_month_agg(indication, tariff_book, daterange, accrual_method, daterange): the state is that of cost_by_month_agg */
PG_FUNCTION_INFO_V1(cost_within_transition);
Datum
cost_within_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "cost_by_month_agg");
	zr_month_site *site;
	const zr_indication *i;
	const zr_month_grid *grid;
	const zr_book_view *book;
	zr_accrual_method method;
	ArrayType  *state;
	zr_cost_walk walk;
	zr_error	err;
	zr_date		from,
				to;
	int			first;

	if (adds_nothing(fcinfo))
		return unchanged(fcinfo);
	site = zr_month_site_get(fcinfo);
	i = PG_GETARG_INDICATION(ARG_INDICATION);
	grid = zr_month_site_grid(fcinfo, site, ARG_RANGE, "cost");
	method = zr_pq_method(fcinfo, &site->pq, ARG_METHOD);
	state = zr_month_sums_state(fcinfo, context, grid, grid->nmonths);
	book = book_of(fcinfo, site, i);
	if (!zr_indication_has_quantity(i) || (book == NULL && !zr_indication_in_euro(i)))
		PG_RETURN_ARRAYTYPE_P(state);
	if (!clip(fcinfo, i, grid, &from, &to))
	{
		/* nothing in common, but what makes every cost of this indication an error still does */
		if (!zr_accrual_prepare(i, method, &walk.accrual, &err))
			zr_pq_report(i, &err);
		PG_RETURN_ARRAYTYPE_P(state);
	}
	first = zr_month_grid_cell(grid, from);
	if (!zr_cost_begin(&walk, i, method, book, from, zr_pq_guess(&site->pq, i->product), &err) ||
		zr_cost_months(&walk, grid->starts + first + 1, to, zr_month_sums_cells(state) + first, &err) != ZR_COST_KNOWN)
		zr_pq_report(i, &err);
	PG_RETURN_ARRAYTYPE_P(state);
}

/*
 * known_cost_by_month_agg, unpriced_by_month_agg and unpriced_by_year_agg. The
 * cells are cents by month, unpriced by month, unpriced by year.
 */
PG_FUNCTION_INFO_V1(known_cost_transition);
Datum
known_cost_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "known_cost_by_month_agg");
	zr_month_site *site;
	const zr_indication *i;
	const zr_month_grid *grid;
	ArrayType  *state;
	zr_known_cost_sums sums;
	zr_error	err;
	zr_date		from,
				to;

	if (adds_nothing(fcinfo))
		return unchanged(fcinfo);
	site = zr_month_site_get(fcinfo);
	i = PG_GETARG_INDICATION(ARG_INDICATION);
	grid = zr_month_site_grid(fcinfo, site, ARG_RANGE, "cost");
	state = zr_month_sums_state(fcinfo, context, grid, 2 * grid->nmonths + grid->nyears);
	sums.cents = zr_month_sums_cells(state);
	sums.unpriced_by_month = sums.cents + grid->nmonths;
	sums.unpriced_by_year = sums.unpriced_by_month + grid->nmonths;
	if (clip(fcinfo, i, grid, &from, &to) &&
		!zr_known_cost_add(i, zr_pq_method(fcinfo, &site->pq, ARG_METHOD), book_of(fcinfo, site, i), from, to, grid,
						   zr_pq_guess(&site->pq, i->product), &sums, &err))
		zr_pq_report(i, &err);
	PG_RETURN_ARRAYTYPE_P(state);
}

PG_FUNCTION_INFO_V1(known_cost_by_month_final);
Datum
known_cost_by_month_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;

	zr_month_sums_open(fcinfo, 0, 2, 1, &r);
	return zr_month_sums_numeric(r.cells, r.nmonths, 2);
}

PG_FUNCTION_INFO_V1(unpriced_by_month_final);
Datum
unpriced_by_month_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;

	zr_month_sums_open(fcinfo, 0, 2, 1, &r);
	return zr_month_sums_bigint(r.cells + r.nmonths, r.nmonths);
}

PG_FUNCTION_INFO_V1(unpriced_by_year_final);
Datum
unpriced_by_year_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;

	zr_month_sums_open(fcinfo, 0, 2, 1, &r);
	return zr_month_sums_bigint(r.cells + 2 * r.nmonths, r.nyears);
}
