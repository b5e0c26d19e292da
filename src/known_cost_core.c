/*
 * known_cost_core.c
 *		What an indication costs in each month of a grid, where that is known.
 */
#include "known_cost_core.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))

#define MONTHS_OF_A_YEAR 12

/* What is the same for every month of an indication. */
typedef struct known_cost
{
	const zr_indication *indication;
	zr_accrual_method method;
	const zr_book_view *book;
	const zr_month_grid *grid;
	int		   *guess;
	zr_error   *err;
} known_cost;

static bool
add_cents(int64_t *cell, int64_t cents, zr_error *err)
{
	return !__builtin_add_overflow(*cell, cents, cell) ||
		zr_fail(err, ZR_RANGE, NULL, "The amount does not fit.");
}

/* A total that does not fit is an error; anything else that stops a walk is a day without a price. */
static inline bool
cannot_be_priced(zr_cost_status status, const zr_error *err)
{
	return status == ZR_COST_NO_TARIFF || err->cls == ZR_ARGUMENT;
}

/* A year with a hole: month by month, the running total goes on after a month that is left out. */
static bool
add_year_with_holes(const known_cost *c, zr_date from, zr_date to, zr_known_cost_sums *sums, bool *unpriced)
{
	zr_cost_walk walk;
	zr_int128	total = 0;
	int64_t		before = 0,
				until;
	bool		walking = false;

	for (int k = zr_month_grid_cell(c->grid, from); from < to; k++)
	{
		zr_date		stop = MIN(to, c->grid->starts[k + 1]);
		zr_cost_status status;

		if (!walking)
		{
			if (!zr_cost_begin(&walk, c->indication, c->method, c->book, from, c->guess, c->err))
				return false;
			walk.numerator = total;
			walking = true;
		}
		status = zr_cost_advance(&walk, stop, c->err);
		if (status == ZR_COST_KNOWN)
		{
			if (!zr_cost_cents(&walk, &until, c->err) || !add_cents(&sums->cents[k], until - before, c->err))
				return false;
			before = until;
			total = walk.numerator;
		}
		else if (cannot_be_priced(status, c->err))
		{
			sums->unpriced_by_month[k]++;
			*unpriced = true;
			walking = false;
		}
		else
			return false;
		from = stop;
	}
	return true;
}

/* [from, to) lies in one calendar year */
static bool
add_year(const known_cost *c, zr_date from, zr_date to, zr_known_cost_sums *sums, bool *unpriced)
{
	zr_cost_walk walk;
	zr_cost_status status;
	int64_t		cents[MONTHS_OF_A_YEAR] = {0};
	int			first = zr_month_grid_cell(c->grid, from);
	int			last = zr_month_grid_cell(c->grid, to - 1);

	if (!zr_cost_begin(&walk, c->indication, c->method, c->book, from, c->guess, c->err))
		return false;
	status = zr_cost_months(&walk, c->grid->starts + first + 1, to, cents, c->err);
	if (status != ZR_COST_KNOWN)
		return cannot_be_priced(status, c->err) && add_year_with_holes(c, from, to, sums, unpriced);
	for (int k = first; k <= last; k++)
		if (!add_cents(&sums->cents[k], cents[k - first], c->err))
			return false;
	return true;
}

/* The day after a year of the grid, or to when that is earlier. */
static zr_date
year_end(const zr_month_grid *grid, int year, zr_date to)
{
	int			january = (grid->first_year + year + 1) * 12 - grid->first_month;

	return january < grid->nmonths ? MIN(to, grid->starts[january]) : to;
}

/* nothing is known of any month */
static void
count_unpriced(const zr_month_grid *grid, zr_date from, zr_date to, zr_known_cost_sums *sums)
{
	int			last = zr_month_grid_cell(grid, to - 1);

	for (int k = zr_month_grid_cell(grid, from); k <= last; k++)
		sums->unpriced_by_month[k]++;
	for (int y = zr_month_grid_year(grid, zr_month_grid_cell(grid, from)); y <= zr_month_grid_year(grid, last); y++)
		sums->unpriced_by_year[y]++;
}

bool
zr_known_cost_add(const zr_indication *i, zr_accrual_method method, const zr_book_view *book,
				  zr_date from, zr_date to, const zr_month_grid *grid, int *guess,
				  zr_known_cost_sums *sums, zr_error *err)
{
	known_cost	c = {i, method, book, grid, guess, err};
	zr_accrual	accrual;

	if (!zr_indication_has_quantity(i) || (book == NULL && !zr_indication_in_euro(i)) ||
		!zr_accrual_prepare(i, method, &accrual, err))
	{
		count_unpriced(grid, from, to, sums);
		return true;
	}
	for (int y = zr_month_grid_year(grid, zr_month_grid_cell(grid, from)); from < to; y++)
	{
		zr_date		stop = year_end(grid, y, to);
		bool		unpriced = false;

		if (!add_year(&c, from, stop, sums, &unpriced))
			return false;
		sums->unpriced_by_year[y] += unpriced;
		from = stop;
	}
	return true;
}
