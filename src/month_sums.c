/*
 * month_sums.c
 *		Aggregate states that are sums per calendar month and year of a range.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"

#include "month_sums.h"

const zr_month_grid *
zr_month_site_grid(FunctionCallInfo fcinfo, zr_month_site *site, int argno, const char *what)
{
	const zr_range *range = zr_pq_range(fcinfo, &site->pq, argno, what);
	int			count;

	if (site->grid != NULL && site->grid->lower == range->lower && site->grid->upper == range->upper)
		return site->grid;
	if (site->grid != NULL)
		pfree(site->grid);
	site->grid = NULL;			/* in case the next one cannot be made */
	count = zr_month_grid_count(range->lower, range->upper);
	if (count > ZR_MONTHS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("range spans %d months", count),
				 errdetail("At most %d months can be computed at once.", ZR_MONTHS_MAX)));
	site->grid = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt,
									offsetof(zr_month_grid, starts) + (count + 1) * sizeof(zr_date));
	zr_month_grid_fill(site->grid, range->lower, range->upper);
	return site->grid;
}

pg_noreturn static void report_no_state(void);

static void
report_no_state(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("not a state of sums per month")));
}

/* What every state has: one dimension of bigints without NULLs, and the bounds. */
static int64 *
check_state(ArrayType *state, int *n)
{
	if (ARR_NDIM(state) != 1 || ARR_HASNULL(state) || ARR_ELEMTYPE(state) != INT8OID ||
		ARR_DIMS(state)[0] < ZR_MONTH_SUMS_HEADER)
		report_no_state();
	*n = ARR_DIMS(state)[0];
	return (int64 *) ARR_DATA_PTR(state);
}

pg_noreturn static void report_ranges_differ(void);

static void
report_ranges_differ(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("sums per month need the same range in all rows of a group"),
			 errhint("Group by the range.")));
}

ArrayType *
zr_month_sums_state(FunctionCallInfo fcinfo, MemoryContext context, const zr_month_grid *grid, int ncells)
{
	int			n = ncells + ZR_MONTH_SUMS_HEADER;
	ArrayType  *state;
	int64	   *header;

	if (!PG_ARGISNULL(0))
	{
		int			found;

		state = PG_GETARG_ARRAYTYPE_P(0);
		header = check_state (state, &found);

		if (header[0] != grid->lower || header[1] != grid->upper)
			report_ranges_differ();
		if (found != n)
			report_no_state();
		return state;
	}
	state = MemoryContextAllocZero(context, ARR_OVERHEAD_NONULLS(1) + n * sizeof(int64));
	SET_VARSIZE(state, ARR_OVERHEAD_NONULLS(1) + n * sizeof(int64));
	state->ndim = 1;
	state->elemtype = INT8OID;
	ARR_DIMS(state)[0] = n;
	ARR_LBOUND(state)[0] = 1;
	header = (int64 *) ARR_DATA_PTR(state);
	header[0] = grid->lower;
	header[1] = grid->upper;
	return state;
}

PG_FUNCTION_INFO_V1(month_sums_combine);
Datum
month_sums_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state = PG_GETARG_ARRAYTYPE_P_COPY(0);
	int			n,
				nother;
	int64	   *cells = check_state (state, &n);
	int64	   *other = check_state (PG_GETARG_ARRAYTYPE_P(1), &nother);

	if (cells[0] != other[0] || cells[1] != other[1])
		report_ranges_differ();
	if (n != nother)
		report_no_state();
	for (int k = ZR_MONTH_SUMS_HEADER; k < n; k++)
	{
		if (pg_add_s64_overflow(cells[k], other[k], &cells[k]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sum of a month out of range")));
	}
	PG_RETURN_ARRAYTYPE_P(state);
}

void
zr_month_sums_open(FunctionCallInfo fcinfo, int extra, int per_month, int per_year, zr_month_result *result)
{
	int			n;
	int64	   *header = check_state (PG_GETARG_ARRAYTYPE_P(0), &n);
	zr_date		lower,
				upper;

	/* an empty range has the bounds 0 and 0 */
	if (header[0] < ZR_DATE_MIN || header[0] > ZR_DATE_MAX || header[1] < header[0] || header[1] > ZR_DATE_MAX)
		report_no_state();
	lower = (zr_date) header[0];
	upper = (zr_date) header[1];
	result->nmonths = zr_month_grid_count(lower, upper);
	result->nyears = result->nmonths > 0 ? zr_month_of(upper - 1) / 12 - zr_month_of(lower) / 12 + 1 : 0;
	if (n != ZR_MONTH_SUMS_HEADER + extra + per_month * result->nmonths + per_year * result->nyears)
		report_no_state();
	result->cells = header + ZR_MONTH_SUMS_HEADER;
}

Datum
zr_month_sums_numeric(const int64 *cells, int n, int scale)
{
	Datum	   *values = palloc((n + 1) * sizeof(Datum));

	if (n == 0)
		return PointerGetDatum(construct_empty_array(NUMERICOID));
	for (int k = 0; k < n; k++)
		values[k] = NumericGetDatum(zr_numeric_fixed(cells[k], scale));
	return PointerGetDatum(construct_array(values, n, NUMERICOID, -1, false, TYPALIGN_INT));
}

Datum
zr_month_sums_bigint(const int64 *cells, int n)
{
	Datum	   *values = palloc((n + 1) * sizeof(Datum));

	if (n == 0)
		return PointerGetDatum(construct_empty_array(INT8OID));
	for (int k = 0; k < n; k++)
		values[k] = Int64GetDatum(cells[k]);
	return PointerGetDatum(construct_array(values, n, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
