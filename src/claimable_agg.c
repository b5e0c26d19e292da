/*
 * claimable_agg.c
 *		What may be claimed on many indications, and how many are in force, per
 *		calendar month and year: four aggregates over one state.
 */
#include "postgres.h"

#include "call.h"
#include "claimable_months_core.h"
#include "error.h"
#include "month_sums.h"
#include "quantity.h"

/* cells: rows in euro; claimable by month, by year; in force by month, by year. All amounts are in hundredths. */
#define CELLS_EXTRA 1
#define CELLS_PER_PERIOD 2

static int
ncells(int nmonths, int nyears)
{
	return CELLS_EXTRA + CELLS_PER_PERIOD * (nmonths + nyears);
}

/* NULL policy: a row with a NULL adds nothing; an indication without volume and budget is in force only */
PG_FUNCTION_INFO_V1(claimable_sums_transition);
Datum
claimable_sums_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "claimable_by_month_agg");
	const zr_indication *i;
	const zr_month_grid *grid;
	ArrayType  *state;
	int64	   *cells;
	zr_claimable_sums sums;
	bool		in_euro;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	i = PG_GETARG_INDICATION(1);
	grid = zr_month_site_grid(fcinfo, zr_month_site_get(fcinfo), 2, "sum");
	state = zr_month_sums_state(fcinfo, context, grid, ncells(grid->nmonths, grid->nyears));
	cells = zr_month_sums_cells(state);
	in_euro = zr_indication_in_euro(i);
	cells[0] += in_euro && zr_indication_has_quantity(i);
	sums.by_month = cells + CELLS_EXTRA;
	sums.by_year = sums.by_month + grid->nmonths;
	sums.in_force_by_month = sums.by_year + grid->nyears;
	sums.in_force_by_year = sums.in_force_by_month + grid->nmonths;
	if (!zr_claimable_add(i, in_euro ? 1 : 100, grid, &sums))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of what may be claimed out of range")));
	PG_RETURN_ARRAYTYPE_P(state);
}

/* Whole numbers when no row was in euro, as the sum of claimable() has. */
static Datum
amounts(const int64 *cells, int n, bool in_euro)
{
	int64	   *units;

	if (in_euro)
		return zr_month_sums_numeric(cells, n, 2);
	units = palloc((n + 1) * sizeof(int64));
	for (int k = 0; k < n; k++)
		units[k] = cells[k] / 100;
	return zr_month_sums_numeric(units, n, 0);
}

static const int64 *
open_state(FunctionCallInfo fcinfo, zr_month_result *result)
{
	zr_month_sums_open(fcinfo, CELLS_EXTRA, CELLS_PER_PERIOD, CELLS_PER_PERIOD, result);
	return result->cells + CELLS_EXTRA;
}

PG_FUNCTION_INFO_V1(claimable_by_month_final);
Datum
claimable_by_month_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;
	const int64 *sums = open_state(fcinfo, &r);

	return amounts(sums, r.nmonths, r.cells[0] > 0);
}

PG_FUNCTION_INFO_V1(claimable_by_year_final);
Datum
claimable_by_year_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;
	const int64 *sums = open_state(fcinfo, &r);

	return amounts(sums + r.nmonths, r.nyears, r.cells[0] > 0);
}

PG_FUNCTION_INFO_V1(in_force_by_month_final);
Datum
in_force_by_month_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;
	const int64 *sums = open_state(fcinfo, &r);

	return zr_month_sums_bigint(sums + r.nmonths + r.nyears, r.nmonths);
}

PG_FUNCTION_INFO_V1(in_force_by_year_final);
Datum
in_force_by_year_final(PG_FUNCTION_ARGS)
{
	zr_month_result r;
	const int64 *sums = open_state(fcinfo, &r);

	return zr_month_sums_bigint(sums + 2 * r.nmonths + r.nyears, r.nyears);
}
