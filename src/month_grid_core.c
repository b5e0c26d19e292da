/*
 * month_grid_core.c
 *		The calendar months and years that a range of days touches.
 */
#include "month_grid_core.h"

void
zr_month_grid_fill(zr_month_grid *grid, zr_date lower, zr_date upper)
{
	grid->lower = lower;
	grid->upper = upper;
	grid->first_month = zr_month_of(lower);
	grid->nmonths = zr_month_grid_count(lower, upper);
	grid->first_year = grid->first_month / 12;
	grid->nyears = grid->nmonths > 0 ? zr_month_grid_year(grid, grid->nmonths - 1) + 1 : 0;
	for (int k = 0; k <= grid->nmonths; k++)
		grid->starts[k] = zr_month_start(grid->first_month + k);
}
