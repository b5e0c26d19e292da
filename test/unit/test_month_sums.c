/*
 * test_month_sums.c
 *		Sums per month and year against one call per month of what they sum.
 */
#include <stdlib.h>

#include "check.h"
#include "values.h"
#include "claimable_months_core.h"
#include "known_cost_core.h"

#define MAX_CELLS 200

static zr_error err;

static zr_month_grid *
make_grid(zr_date lower, zr_date upper)
{
	zr_month_grid *grid = malloc(sizeof(zr_month_grid) + (zr_month_grid_count(lower, upper) + 1) * sizeof(zr_date));

	zr_month_grid_fill(grid, lower, upper);
	return grid;
}

static void
test_grid(void)
{
	zr_date		lower = zr_date_from_ymd(2023, 11, 20);
	zr_date		upper = zr_date_from_ymd(2026, 2, 2);
	zr_month_grid *grid = make_grid(lower, upper);
	int			bad = 0;

	CHECK(grid->nmonths == 28 && grid->nyears == 4 && grid->first_year == 2023);
	for (zr_date d = grid->starts[0]; d < grid->starts[28]; d++)
	{
		int			year,
					month,
					day,
					cell = zr_month_grid_cell(grid, d);

		zr_date_to_ymd(d, &year, &month, &day);
		bad += cell != year * 12 + month - 1 - (2023 * 12 + 10) || zr_month_grid_year(grid, cell) != year - 2023;
	}
	CHECK(bad == 0);
	free(grid);

	grid = make_grid(0, 0);
	CHECK(grid->nmonths == 0 && grid->nyears == 0);
	free(grid);
	grid = make_grid(zr_date_from_ymd(2024, 1, 1), zr_date_from_ymd(2025, 1, 1));
	CHECK(grid->nmonths == 12 && grid->nyears == 1);
	free(grid);
	grid = make_grid(zr_date_from_ymd(9999, 12, 1), ZR_DATE_MAX);
	CHECK(grid->nmonths == 1 && grid->starts[1] == ZR_DATE_MAX);
	free(grid);
}

static const char *const quantities[] = {
	"02A16 4 uur/week", "02A16 3..7 uur/maand", "02A16 2 uur/dag", "02A16 100 uur/totaal", "02A16 31 minuut/week",
	"01:1001 3 uur/week", "45A04 300.00 euro/week", "45A04 12.34 euro/maand", "45A04 7 stuks(output)/week",
	"02 budget 1000.00 euro", "02"
};

#define QUANTITIES ((int) (sizeof(quantities) / sizeof(quantities[0])))

static zr_indication
random_indication(uint64_t *seed)
{
	char		text[100];
	zr_indication i;

	snprintf(text, sizeof(text), "%s [2026-01-01,2026-01-02)", quantities[check_rand(seed) % QUANTITIES]);
	i = indication(text);
	i.lower = 8400 + (int) (check_rand(seed) % 1600);
	i.upper = i.lower + 1 + (int) (check_rand(seed) % (check_rand(seed) % 3 ? 500 : 20));
	if (check_rand(seed) % 8 == 0)
		i.upper = ZR_DATE_OPEN;
	return i;
}

static void
test_claimable(void)
{
	uint64_t	seed = 11;
	int			bad = 0;

	for (int round = 0; round < 3000; round++)
	{
		zr_date		lower = 8700 + (int) (check_rand(&seed) % 400);
		zr_month_grid *grid = make_grid(lower, lower + (int) (check_rand(&seed) % 1200));
		int64_t		by_month[MAX_CELLS] = {0},
					by_year[MAX_CELLS] = {0},
					in_force_by_month[MAX_CELLS] = {0},
					in_force_by_year[MAX_CELLS] = {0};
		zr_claimable_sums sums = {by_month, by_year, in_force_by_month, in_force_by_year};
		int64_t		expected_month[MAX_CELLS] = {0},
					expected_year[MAX_CELLS] = {0},
					force_month[MAX_CELLS] = {0},
					force_year[MAX_CELLS] = {0};

		for (int n = 0; n < 3; n++)
		{
			zr_indication i = random_indication(&seed);
			bool		known = zr_indication_has_quantity(&i);
			int64_t		total = INT64_MAX;

			bad += !zr_claimable_add(&i, n == 0 ? 100 : 1, grid, &sums);
			if (known && !zr_claimable_total(&i, &total))
				total = INT64_MAX;
			for (int y = 0; y < grid->nyears; y++)
			{
				int64_t		year = 0;
				bool		in_force = false;

				for (int k = 0; k < grid->nmonths; k++)
				{
					bool		here = i.lower < grid->starts[k + 1] && i.upper > grid->starts[k];

					if (zr_month_grid_year(grid, k) != y)
						continue;
					force_month[k] += here;
					in_force |= here;
					if (known)
					{
						expected_month[k] += zr_claimable_month(&i, grid->first_month + k) * (n == 0 ? 100 : 1);
						year += zr_claimable_month(&i, grid->first_month + k);
					}
				}
				expected_year[y] += (year < total ? year : total) * (n == 0 ? 100 : 1);
				force_year[y] += in_force;
			}
		}
		bad += memcmp(by_month, expected_month, sizeof(by_month)) != 0;
		bad += memcmp(by_year, expected_year, sizeof(by_year)) != 0;
		bad += memcmp(in_force_by_month, force_month, sizeof(force_month)) != 0;
		bad += memcmp(in_force_by_year, force_year, sizeof(force_year)) != 0;
		free(grid);
	}
	CHECK(bad == 0);
}

static void
test_claimable_limits(void)
{
	zr_month_grid *grid = make_grid(zr_date_from_ymd(2026, 1, 1), zr_date_from_ymd(2028, 1, 1));
	int64_t		by_month[24] = {0},
				by_year[2] = {0},
				in_force_by_month[24] = {0},
				in_force_by_year[2] = {0};
	zr_claimable_sums sums = {by_month, by_year, in_force_by_month, in_force_by_year};
	zr_indication budget = indication("02 budget 600.00 euro [2026-03-10,2027-03-01)");
	zr_indication week = indication("02A16 1 uur/week [2026-01-05,2027-01-04)");

	/* a budget may be claimed in any month, and once a year; weeks on a border of months count once a year */
	CHECK(zr_claimable_add(&budget, 1, grid, &sums));
	CHECK(by_month[1] == 0 && by_month[2] == 60000 && by_month[13] == 60000 && by_month[14] == 0);
	CHECK(by_year[0] == 60000 && by_year[1] == 60000);
	memset(by_year, 0, sizeof(by_year));
	CHECK(zr_claimable_add(&week, 1, grid, &sums));
	CHECK(by_year[0] == 52 && by_year[1] == 1);

	by_month[3] = INT64_MAX - 59999;
	CHECK(!zr_claimable_add(&budget, 1, grid, &sums));
	by_month[3] = 0;
	by_year[1] = INT64_MAX - 59999;
	CHECK(!zr_claimable_add(&budget, 1, grid, &sums));
	free(grid);
}

#define LINES 6

/* Lines of the book: months of some years, with holes, one in another unit, some without a change of price. */
static int
random_book(uint64_t *seed, zr_product product, zr_unit unit, zr_book_line *lines)
{
	zr_date		at = 8300 + (int) (check_rand(seed) % 500);
	int			n = (int) (check_rand(seed) % (LINES + 1));

	memset(lines, 0, LINES * sizeof(zr_book_line));
	for (int k = 0; k < n; k++)
	{
		if (check_rand(seed) % 3 == 0)
			at += (int) (check_rand(seed) % 90);
		lines[k].product = product;
		lines[k].lower = at;
		at += 1 + (int) (check_rand(seed) % 500);
		lines[k].upper = k == n - 1 && check_rand(seed) % 2 ? ZR_DATE_OPEN : at;
		CHECK(zr_tariff_make((int64_t) (check_rand(seed) % 99000000),
							 check_rand(seed) % 9 == 0 ? ZR_DAYPART : unit, &lines[k].tariff, &err));
	}
	return n;
}

/* What [from, to) costs as a fraction of the walk; false when it is not known. */
static bool
exact_cost(const zr_indication *i, const zr_book_view *book, zr_date from, zr_date to, zr_int128 *numerator, zr_int128 *denominator)
{
	zr_cost_walk walk;
	int			guess = 0;

	if (!zr_indication_has_quantity(i) || !zr_cost_begin(&walk, i, ZR_ACCRUE_DAYS, book, from, &guess, &err) ||
		zr_cost_advance(&walk, to, &err) != ZR_COST_KNOWN)
		return false;
	*numerator = walk.numerator;
	*denominator = walk.denominator;
	return true;
}

static void
test_known_cost(void)
{
	uint64_t	seed = 13;
	int			bad = 0,
				holes = 0,
				whole = 0;

	for (int round = 0; round < 6000; round++)
	{
		zr_indication i = random_indication(&seed);
		zr_date		lower = 8700 + (int) (check_rand(&seed) % 400);
		zr_month_grid *grid = make_grid(lower, lower + 1 + (int) (check_rand(&seed) % 1200));
		zr_unit		unit = i.volume == ZR_VOLUME_NONE ? ZR_HOUR : zr_volume_unit(i.volume);
		zr_book_line lines[LINES];
		zr_book_view book = {.lines = lines};
		int64_t		cents[MAX_CELLS] = {0},
					by_month[MAX_CELLS] = {0},
					by_year[MAX_CELLS] = {0};
		zr_known_cost_sums sums = {cents, by_month, by_year};
		int			guess = (int) (check_rand(&seed) % 8) - 1;
		zr_date		from = grid->lower > i.lower ? grid->lower : i.lower;
		zr_date		to = grid->upper < i.upper ? grid->upper : i.upper;

		book.nlines = random_book(&seed, i.product, unit == ZR_EURO ? ZR_HOUR : unit, lines);
		if (from < to)
		{
			CHECK(zr_known_cost_add(&i, ZR_ACCRUE_DAYS, &book, from, to, grid, &guess, &sums, &err));
			for (int y = 0; y < grid->nyears; y++)
			{
				zr_int128	total = 0;
				int64_t		before = 0;
				bool		unpriced = false;

				for (int k = 0; k < grid->nmonths; k++)
				{
					zr_date		begin = grid->starts[k] > from ? grid->starts[k] : from;
					zr_date		end = grid->starts[k + 1] < to ? grid->starts[k + 1] : to;
					zr_int128	numerator,
								denominator;
					int64_t		until;

					if (zr_month_grid_year(grid, k) != y)
						continue;
					if (begin >= end)
						bad += cents[k] != 0 || by_month[k] != 0;
					else if (!exact_cost(&i, &book, begin, end, &numerator, &denominator))
					{
						bad += cents[k] != 0 || by_month[k] != 1;
						unpriced = true;
					}
					else
					{
						total += numerator;
						until = (int64_t) ((2 * total + denominator) / (2 * denominator));
						bad += cents[k] != until - before || by_month[k] != 0;
						before = until;
					}
				}
				bad += by_year[y] != unpriced;
				holes += unpriced && before > 0;
				whole += !unpriced && before > 0;
			}
		}
		free(grid);
	}
	CHECK(bad == 0);
	CHECK(holes > 200 && whole > 2000);
}

static void
test_known_cost_limits(void)
{
	zr_month_grid *grid = make_grid(zr_date_from_ymd(2026, 1, 1), zr_date_from_ymd(2028, 1, 1));
	zr_indication week = indication("02A16 4 uur/week [2026-01-01,2027-01-01)");
	zr_indication budget = indication("02 budget 365.00 euro [2026-01-01,2027-01-01)");
	zr_indication nothing = indication("02 [2026-01-15,2027-03-01)");
	zr_indication open = indication("02A16 40 uur/totaal [2026-12-31,)");
	zr_book_line line;
	zr_book_view book = {.lines = &line, .nlines = 1};
	int64_t		cents[24] = {0},
				by_month[24] = {0},
				by_year[2] = {0};
	zr_known_cost_sums sums = {cents, by_month, by_year};
	int			guess = 0;

	memset(&line, 0, sizeof(line));
	line.product = week.product;
	line.lower = ZR_DATE_MIN;
	line.upper = ZR_DATE_OPEN;
	CHECK(zr_tariff_make(61200000, ZR_HOUR, &line.tariff, &err));
	/* within: the total stays spread over the whole indication */
	CHECK(zr_known_cost_add(&budget, ZR_ACCRUE_DAYS, NULL, zr_date_from_ymd(2026, 2, 15), zr_date_from_ymd(2026, 3, 2), grid, &guess, &sums, &err));
	CHECK(cents[0] == 0 && cents[1] == 1400 && cents[2] == 100 && cents[3] == 0);

	/* no price list, neither volume nor budget, a total without an end */
	CHECK(zr_known_cost_add(&week, ZR_ACCRUE_DAYS, NULL, week.lower, week.upper, grid, &guess, &sums, &err));
	CHECK(zr_known_cost_add(&nothing, ZR_ACCRUE_DAYS, &book, nothing.lower, nothing.upper, grid, &guess, &sums, &err));
	CHECK(zr_known_cost_add(&open, ZR_ACCRUE_DAYS, &book, open.lower, grid->upper, grid, &guess, &sums, &err));
	CHECK(by_month[0] == 2 && by_month[11] == 3 && by_month[12] == 2 && by_month[13] == 2 && by_month[14] == 1 && by_month[23] == 1);
	CHECK(by_year[0] == 3 && by_year[1] == 2);

	/* what does not fit is an error, with a whole year and with a broken one */
	cents[5] = INT64_MAX - 100;
	CHECK(!zr_known_cost_add(&week, ZR_ACCRUE_DAYS, &book, week.lower, week.upper, grid, &guess, &sums, &err) && err.cls == ZR_RANGE);
	cents[5] = INT64_MAX - 100;
	line.lower = zr_date_from_ymd(2026, 2, 10);
	CHECK(!zr_known_cost_add(&week, ZR_ACCRUE_DAYS, &book, week.lower, week.upper, grid, &guess, &sums, &err) && err.cls == ZR_RANGE);
	free(grid);
}

int
main(void)
{
	test_grid();
	test_claimable();
	test_claimable_limits();
	test_known_cost();
	test_known_cost_limits();
	CHECK_DONE();
}
