/*
 * known_cost_core.h
 *		What an indication costs in each month of a grid, where that is known.
 *
 * A price list has holes, and a monitor must go on: a month with a day that
 * cannot be priced (no tariff, a tariff in another unit), and every month of
 * an indication whose quantity over time is not known (neither volume nor
 * budget, a total without an end), adds no cost and is counted instead.
 *
 * The months of a calendar year are the differences of rounded running
 * totals since its first day, so they add up to one rounded cost of the year.
 */
#ifndef ZR_KNOWN_COST_CORE_H
#define ZR_KNOWN_COST_CORE_H

#include "cost_core.h"
#include "month_grid_core.h"

/* Sums over indications, one cell per month or year of the grid. */
typedef struct zr_known_cost_sums
{
	int64_t    *cents;			/* by month */
	int64_t    *unpriced_by_month;	/* indications with an unknown cost in it */
	int64_t    *unpriced_by_year;
} zr_known_cost_sums;

/*
 * Adds the days [from, to), which lie in the indication's period and in the
 * grid's range. book may be NULL: no price list at all. False on overflow.
 */
extern bool zr_known_cost_add(const zr_indication *i, zr_accrual_method method, const zr_book_view *book,
							  zr_date from, zr_date to, const zr_month_grid *grid, int *guess,
							  zr_known_cost_sums *sums, zr_error *err);

#endif							/* ZR_KNOWN_COST_CORE_H */
