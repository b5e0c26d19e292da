/*
 * month_grid_core.h
 *		The calendar months and years that a range of days touches.
 *
 * What is summed per month or per year is kept in arrays with one cell for
 * each of them; the grid tells which cell a day belongs to.
 */
#ifndef ZR_MONTH_GRID_CORE_H
#define ZR_MONTH_GRID_CORE_H

#include "calendar_core.h"

typedef struct zr_month_grid
{
	zr_date		lower;			/* the range */
	zr_date		upper;
	int			first_month;	/* see zr_month_of */
	int			nmonths;		/* 0: the range is empty */
	int			first_year;
	int			nyears;
	zr_date		starts[];		/* first days of the months, and of the one after the last */
} zr_month_grid;

#define ZR_MONTHS_MAX 1200		/* a century: longer is a mistake */

/* How many months [lower, upper) touches. */
static inline int
zr_month_grid_count(zr_date lower, zr_date upper)
{
	return lower < upper ? zr_month_of(upper - 1) - zr_month_of(lower) + 1 : 0;
}

/* Fills a grid that has room for zr_month_grid_count() + 1 starts. */
extern void zr_month_grid_fill(zr_month_grid *grid, zr_date lower, zr_date upper);

/* The cell of a month that holds the day, which lies in one of the grid's months. */
static inline int
zr_month_grid_cell(const zr_month_grid *grid, zr_date day)
{
	int			cell = (day - grid->starts[0]) / 31;	/* no month is longer, so never too far */

	while (grid->starts[cell + 1] <= day)
		cell++;
	return cell;
}

/* The cell of the year that a month's cell lies in. */
static inline int
zr_month_grid_year(const zr_month_grid *grid, int cell)
{
	return (grid->first_month + cell) / 12 - grid->first_year;
}

#endif							/* ZR_MONTH_GRID_CORE_H */
