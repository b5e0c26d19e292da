/*
 * month_sums.h
 *		Aggregate states that are sums per calendar month and year of a range.
 *
 * A state is a bigint[]: lower and upper bound of the range, then the cells.
 * It is a real type, so partial aggregates travel, and two of them are
 * combined by adding up all cells, whatever these mean.
 */
#ifndef ZR_MONTH_SUMS_H
#define ZR_MONTH_SUMS_H

#include "compat.h"

#include "utils/array.h"

#include "month_grid_core.h"
#include "pq.h"

/* What a call site remembers between rows, in fn_extra. */
typedef struct zr_month_site
{
	zr_pq_site	pq;				/* first: the functions of pq.h take it */
	zr_month_grid *grid;		/* of the last range */
} zr_month_site;

static inline zr_month_site *
zr_month_site_get(FunctionCallInfo fcinfo)
{
	return (zr_month_site *) zr_fn_state(fcinfo, sizeof(zr_month_site));
}

/* The grid of the range in argument argno; more than 1200 months are an error. */
extern const zr_month_grid *zr_month_site_grid(FunctionCallInfo fcinfo, zr_month_site *site, int argno, const char *what);

/* The state in argument 0, or a new one: it has ncells cells, and is to be changed in place. */
extern ArrayType *zr_month_sums_state(FunctionCallInfo fcinfo, MemoryContext context, const zr_month_grid *grid, int ncells);

/* The cells after the bounds. */
#define ZR_MONTH_SUMS_HEADER 2
static inline int64 *
zr_month_sums_cells(ArrayType *state)
{
	return (int64 *) ARR_DATA_PTR(state) + ZR_MONTH_SUMS_HEADER;
}

/*
 * The cells of a finished state, and the months and years of its range. It
 * must have extra cells, and per_month and per_year more for each of these.
 */
typedef struct zr_month_result
{
	int64	   *cells;
	int			nmonths;
	int			nyears;
} zr_month_result;

extern void zr_month_sums_open(FunctionCallInfo fcinfo, int extra, int per_month, int per_year, zr_month_result *result);

/* n cells as numeric[] with the scale, or as bigint[] */
extern Datum zr_month_sums_numeric(const int64 *cells, int n, int scale);
extern Datum zr_month_sums_bigint(const int64 *cells, int n);

#endif							/* ZR_MONTH_SUMS_H */
