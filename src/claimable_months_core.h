/*
 * claimable_months_core.h
 *		What may be claimed on an indication in each month and year of a grid.
 */
#ifndef ZR_CLAIMABLE_MONTHS_CORE_H
#define ZR_CLAIMABLE_MONTHS_CORE_H

#include "claimable_core.h"
#include "month_grid_core.h"

/* Sums over indications, one cell per month or year of the grid. */
typedef struct zr_claimable_sums
{
	int64_t    *by_month;		/* zr_claimable_month() */
	int64_t    *by_year;		/* its months in the grid, but no more than zr_claimable_total() (TR322, TR369) */
	int64_t    *in_force_by_month;	/* indications in force on one day of it or more */
	int64_t    *in_force_by_year;
} zr_claimable_sums;

/*
 * Adds an indication. One without quantity adds to what is in force only.
 * Amounts are times scale, so that euro cents and whole units can be added
 * up in cells of one scale. False on overflow.
 */
extern bool zr_claimable_add(const zr_indication *i, int scale, const zr_month_grid *grid, zr_claimable_sums *sums);

#endif							/* ZR_CLAIMABLE_MONTHS_CORE_H */
