/*
 * claimable_months_core.c
 *		What may be claimed on an indication in each month and year of a grid.
 */
#include "claimable_months_core.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* value * scale added to the cell; the products of one indication are far below 2^63 */
static inline bool
add(int64_t *cell, int64_t value, int scale)
{
	return !__builtin_add_overflow(*cell, value * scale, cell);
}

bool
zr_claimable_add(const zr_indication *i, int scale, const zr_month_grid *grid, zr_claimable_sums *sums)
{
	zr_date		from,
				to;
	int			first,
				last,
				year;
	int64_t		total,
				year_sum = 0;
	bool		known,
				bounded;

	if (grid->nmonths == 0)
		return true;
	from = MAX(i->lower, grid->starts[0]);
	to = MIN(i->upper, grid->starts[grid->nmonths]);
	if (from >= to)
		return true;
	first = zr_month_grid_cell(grid, from);
	last = zr_month_grid_cell(grid, to - 1);
	known = zr_indication_has_quantity(i);
	bounded = known && zr_claimable_total(i, &total);
	year = zr_month_grid_year(grid, first);
	for (int k = first; k <= last; k++)
	{
		bool		year_ends = k == last || (grid->first_month + k) % 12 == 11;

		sums->in_force_by_month[k]++;
		if (known)
		{
			int64_t		amount = zr_claimable_period(i, MAX(i->lower, grid->starts[k]), MIN(i->upper, grid->starts[k + 1]));

			if (!add(&sums->by_month[k], amount, scale))
				return false;
			year_sum += amount;
		}
		if (year_ends)
		{
			sums->in_force_by_year[year]++;
			if (known && !add(&sums->by_year[year], bounded ? MIN(year_sum, total) : year_sum, scale))
				return false;
			year_sum = 0;
			year++;
		}
	}
	return true;
}
