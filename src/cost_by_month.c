/*
 * cost_by_month.c
 *		p*q per calendar month: as rows, and summed over many indications.
 *
 * The amount of a month is the difference of two rounded running totals, so
 * the months of an indication add up to its cost() exactly.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/date.h"

#include "call.h"
#include "error.h"
#include "pq.h"
#include "quantity.h"

#define MAX_MONTHS 1200			/* a century: longer is a mistake */

/* The calendar months of a range: bounds[k] is the start of month k, cut to the range. */
typedef struct zr_month_axis
{
	zr_date		lower;
	zr_date		upper;
	int			first_month;
	int			nmonths;
	zr_date		bounds[FLEXIBLE_ARRAY_MEMBER];
} zr_month_axis;

static zr_month_axis *
make_axis(MemoryContext context, const zr_range *range)
{
	int			first = zr_month_of(range->lower);
	int			count = range->empty ? 0 : zr_month_of(range->upper - 1) - first + 1;
	zr_month_axis *axis;

	if (count > MAX_MONTHS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("range spans %d months", count),
				 errdetail("At most %d months can be computed at once.", MAX_MONTHS)));
	axis = MemoryContextAlloc(context, offsetof(zr_month_axis, bounds) + (count + 1) * sizeof(zr_date));
	axis->lower = range->lower;
	axis->upper = range->upper;
	axis->first_month = first;
	axis->nmonths = count;
	for (int k = 0; k <= count; k++)
		axis->bounds[k] = zr_month_start(first + k);
	axis->bounds[0] = range->lower;
	axis->bounds[count] = range->upper;
	return axis;
}

/* The month whose bounds enclose the day. No month is longer than 31 days, so the guess is never too far. */
static int
axis_find(const zr_month_axis *axis, zr_date day)
{
	int			month = (day - axis->lower) / 31;

	while (axis->bounds[month + 1] <= day)
		month++;
	return month;
}

static bool
clip_to_axis(const zr_indication *i, const zr_month_axis *axis, zr_date *from, zr_date *to)
{
	zr_range	range = {.empty = axis->nmonths == 0, .lower = axis->lower, .upper = axis->upper};

	return zr_pq_clip(i, &range, from, to);
}

/* Adds the cents of each month that axis and indication share to cents[month of the axis]. */
static void
add_months(const zr_indication *i, zr_pq_site *site, const zr_book_view *book, zr_accrual_method method,
		   const zr_month_axis *axis, int64 *cents)
{
	int		   *guess = zr_pq_guess(site, i->product);
	zr_cost_walk walk;
	zr_error	err;
	zr_date		from,
				to;
	uint64		daily,
				denominator;
	int			first;

	if (!clip_to_axis(i, axis, &from, &to))
	{
		/* nothing in common, but what makes every cost of this indication an error still does */
		if (!zr_accrual_prepare(i, method, &walk.accrual, &err))
			zr_pq_report(i, &err);
		return;
	}
	first = axis_find(axis, from);
	if (zr_cost_plain(i, method, book, from, to, *guess, &daily, &denominator))
	{
		zr_divisor_set(&site->divisor, denominator);
		if (!zr_cost_plain_months(daily, &site->divisor, from, axis->bounds + first + 1, to, cents + first))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sum of costs out of range")));
		return;
	}
	if (!zr_cost_begin(&walk, i, method, book, from, guess, &err) ||
		zr_cost_months(&walk, axis->bounds + first + 1, to, cents + first, &err) != ZR_COST_KNOWN)
		zr_pq_report(i, &err);
}

/*
 * cost_by_month(indication, tariff_book, daterange, accrual_method)
 *
 * All rows at once: fn_extra then is ours, and keeps the detoasted book for
 * the next row of a join. Returning row by row would need it for itself.
 */
PG_FUNCTION_INFO_V1(cost_by_month);
Datum
cost_by_month(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const zr_indication *i;
	zr_pq_site *site;
	zr_accrual_method method;
	const zr_book_view *book = NULL;
	zr_range	shared = {0};
	zr_month_axis *axis;
	zr_accrual	accrual;
	zr_quantity_walk walk;
	int64	   *cents;
	bool		known;			/* neither volume nor budget, or no book: NULLs */

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return (Datum) 0;
	i = PG_GETARG_INDICATION(0);
	site = zr_pq_site_get(fcinfo);
	method = zr_pq_method(fcinfo, site, 3);
	shared.empty = !zr_pq_clip(i, zr_pq_range(fcinfo, site, 2, "cost"), &shared.lower, &shared.upper);
	known = zr_indication_has_quantity(i) && (!PG_ARGISNULL(1) || zr_indication_in_euro(i));
	if (known && !zr_indication_in_euro(i))
		book = zr_book_view_of(PG_GETARG_DATUM(1), &site->book, fcinfo->flinfo->fn_mcxt);

	axis = make_axis(CurrentMemoryContext, &shared);
	cents = palloc0((axis->nmonths + 1) * sizeof(int64));
	if (known)
		add_months(i, site, book, method, axis, cents);
	if (known && axis->nmonths > 0)
	{
		/* cannot fail where the cost was found */
		(void) zr_accrual_prepare(i, method, &accrual, NULL);
		zr_pq_quantity_begin(&accrual, shared.lower, &walk);
	}
	for (int k = 0; k < axis->nmonths; k++)
	{
		Datum		values[3] = {0};
		bool		nulls[3] = {false, !known, !known};

		values[0] = DateADTGetDatum(zr_month_start(axis->first_month + k));
		if (known)
		{
			values[1] = NumericGetDatum(zr_pq_quantity_until(&walk, axis->bounds[k + 1]));
			values[2] = NumericGetDatum(zr_numeric_fixed(cents[k], 2));
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * cost_by_month_agg: the state is a bigint[] of lower bound, upper bound and
 * cents per month, so that it is a real type and partial aggregates travel.
 */
#define STATE_HEADER 2

static int64 *
state_cells(ArrayType *state, int *nmonths)
{
	if (ARR_NDIM(state) != 1 || ARR_HASNULL(state) || ARR_ELEMTYPE(state) != INT8OID ||
		ARR_DIMS(state)[0] < STATE_HEADER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("not a state of cost_by_month_agg")));
	*nmonths = ARR_DIMS(state)[0] - STATE_HEADER;
	return (int64 *) ARR_DATA_PTR(state);
}

static ArrayType *
make_state(const zr_month_axis *axis)
{
	int			count = axis->nmonths + STATE_HEADER;
	Size		size = ARR_OVERHEAD_NONULLS(1) + count * sizeof(int64);
	ArrayType  *state = palloc0(size);
	int64	   *cells;

	SET_VARSIZE(state, size);
	state->ndim = 1;
	state->elemtype = INT8OID;
	ARR_DIMS(state)[0] = count;
	ARR_LBOUND(state)[0] = 1;
	cells = (int64 *) ARR_DATA_PTR(state);
	cells[0] = axis->lower;
	cells[1] = axis->upper;
	return state;
}

static void
report_ranges_differ(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cost_by_month_agg needs the same range in all rows of a group"),
			 errhint("Group by the range, or use cost_by_month() and sum its rows.")));
}

/* NULL policy: a row with a NULL, or without volume and budget, adds nothing */
PG_FUNCTION_INFO_V1(cost_by_month_transition);
Datum
cost_by_month_transition(PG_FUNCTION_ARGS)
{
	MemoryContext aggcontext;
	ArrayType  *state;
	int64	   *cells;
	const zr_indication *i;
	zr_pq_site *site;
	const zr_range *range;
	int			nmonths;

	aggcontext = zr_aggregate_context(fcinfo, "cost_by_month_agg");
	if (PG_ARGISNULL(1) || PG_ARGISNULL(3) || (PG_NARGS() > 4 && PG_ARGISNULL(4)))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	i = PG_GETARG_INDICATION(1);
	site = zr_pq_site_get(fcinfo);
	range = zr_pq_range(fcinfo, site, 3, "cost");
	if (site->axis == NULL || site->axis->lower != range->lower || site->axis->upper != range->upper)
	{
		if (site->axis)
			pfree(site->axis);
		site->axis = NULL;		/* in case the next one cannot be made */
		site->axis = make_axis(fcinfo->flinfo->fn_mcxt, range);
	}

	if (PG_ARGISNULL(0))
	{
		MemoryContext old = MemoryContextSwitchTo(aggcontext);

		state = make_state(site->axis);
		MemoryContextSwitchTo(old);
	}
	else
		state = PG_GETARG_ARRAYTYPE_P(0);	/* ours, so changed in place */
	cells = state_cells(state, &nmonths);
	if (cells[0] != range->lower || cells[1] != range->upper || nmonths != site->axis->nmonths)
		report_ranges_differ();
	if (zr_indication_has_quantity(i) && (zr_indication_in_euro(i) || !PG_ARGISNULL(2)))
	{
		const zr_book_view *book = NULL;

		if (!zr_indication_in_euro(i))
			book = zr_book_view_of(PG_GETARG_DATUM(2), &site->book, fcinfo->flinfo->fn_mcxt);
		add_months(i, site, book,
				   PG_NARGS() > 4 ? zr_pq_method(fcinfo, site, 4) : ZR_ACCRUE_DAYS,
				   site->axis, cells + STATE_HEADER);
	}
	PG_RETURN_ARRAYTYPE_P(state);
}

PG_FUNCTION_INFO_V1(cost_by_month_combine);
Datum
cost_by_month_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state;
	int64	   *cells,
			   *other;
	int			nmonths,
				nother;

	state = PG_GETARG_ARRAYTYPE_P_COPY(0);
	cells = state_cells(state, &nmonths);
	other = state_cells(PG_GETARG_ARRAYTYPE_P(1), &nother);
	if (cells[0] != other[0] || cells[1] != other[1] || nmonths != nother)
		report_ranges_differ();
	for (int k = STATE_HEADER; k < nmonths + STATE_HEADER; k++)
	{
		if (pg_add_s64_overflow(cells[k], other[k], &cells[k]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("cost of a month out of range")));
	}
	PG_RETURN_ARRAYTYPE_P(state);
}

PG_FUNCTION_INFO_V1(cost_by_month_final);
Datum
cost_by_month_final(PG_FUNCTION_ARGS)
{
	int			nmonths;
	int64	   *cells = state_cells(PG_GETARG_ARRAYTYPE_P(0), &nmonths);
	Datum	   *amounts = palloc((nmonths + 1) * sizeof(Datum));

	for (int k = 0; k < nmonths; k++)
		amounts[k] = NumericGetDatum(zr_numeric_fixed(cells[STATE_HEADER + k], 2));
	if (nmonths == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(NUMERICOID));
	PG_RETURN_ARRAYTYPE_P(construct_array(amounts, nmonths, NUMERICOID, -1, false, TYPALIGN_INT));
}
