/*
 * test_pq.c
 *		claimable, quantity and cost against the published vectors and against
 *		slow walks over single days.
 */
#include <stdlib.h>

#include "check.h"
#include "values.h"
#include "cost_core.h"

static zr_error err;
static int	guess;				/* stays wrong or right between cases; the result never depends on it */

/* Published cases: volume and period (closed end, as in the messages), month, maximum in units or cents. */
static const struct
{
	const char *indication;
	const char *month;			/* a day in it, or TOTAL */
	int64_t		maximum;
}			vectors[] = {
	{"300.00 euro/week [2025-07-07,2025-09-06]", "2025-07-07", 90000},
	{"300.00 euro/week [2025-07-07,2025-09-06]", "2025-08-01", 180000},
	{"300.00 euro/week [2025-07-07,2025-09-06]", "2025-09-01", 0},
	{"3 uur/week [2025-10-07,2025-12-30]", "2025-10-07", 12},
	{"3 uur/week [2025-10-07,2025-12-30]", "2025-11-01", 15},
	{"3 uur/week [2025-10-07,2025-12-30]", "2025-12-01", 15},
	{"3 uur/week [2025-10-07,2025-12-30]", "TOTAL", 39},
	{"300.00 euro/week [2025-07-07,2025-09-05]", "2025-07-07", 90000},
	{"300.00 euro/week [2025-07-07,2025-09-05]", "2025-08-01", 180000},
	{"300.00 euro/week [2025-07-07,2025-09-05]", "2025-09-01", 0},
	{"3 uur/week [2025-11-12,2025-12-13]", "2025-11-12", 9},
	{"3 uur/week [2022-07-11,2022-09-04]", "2022-07-11", 9},
	{"3 uur/week [2022-07-11,2022-09-04]", "2022-08-01", 15},
	{"3 uur/week [2022-07-11,2022-09-04]", "2022-09-01", 3},
	{"3 uur/week [2022-07-11,2022-09-04]", "TOTAL", 24},
	{"300.00 euro/week [2022-07-11,2022-09-04]", "2022-07-11", 90000},
	{"300.00 euro/week [2022-07-11,2022-09-04]", "2022-08-01", 120000},
	{"300.00 euro/week [2022-07-11,2022-09-04]", "2022-09-01", 30000},
	{"300.00 euro/week [2022-07-11,2022-09-03]", "2022-07-11", 90000},
	{"300.00 euro/week [2022-07-11,2022-09-03]", "2022-08-01", 150000},
	{"300.00 euro/week [2022-07-11,2022-09-03]", "2022-09-01", 0},
	{"3 uur/week [2022-10-11,2022-12-28]", "2022-10-11", 12},
	{"3 uur/week [2022-10-11,2022-12-28]", "2022-11-01", 15},
	{"3 uur/week [2022-10-11,2022-12-28]", "2022-12-01", 15},
	{"3 uur/week [2022-10-11,2022-12-28]", "TOTAL", 36},
	{"150.00 euro/week [2022-04-15,2022-06-04]", "2022-04-15", 30000},
	{"150.00 euro/week [2022-04-15,2022-06-04]", "2022-05-01", 90000},
	{"150.00 euro/week [2022-04-15,2022-06-04]", "2022-06-01", 0},
	{"150.00 euro/week [2022-04-15,2022-07-31]", "2022-04-15", 30000},
	{"150.00 euro/week [2022-04-15,2022-07-31]", "2022-05-01", 75000},
	{"150.00 euro/week [2022-04-15,2022-07-31]", "2022-06-01", 60000},
	{"150.00 euro/week [2022-04-15,2022-07-31]", "2022-07-01", 75000},
};

static zr_date
date(const char *text)
{
	const char *p = text;
	zr_date		d = 0;

	CHECK(zr_date_parse(&p, text + strlen(text), &d));
	return d;
}

static int64_t
month_maximum(const char *text, const char *day)
{
	zr_indication i = indication(text);

	return zr_claimable_month(&i, zr_month_of(date(day)));
}

static int64_t
total_maximum(const char *text)
{
	zr_indication i = indication(text);
	int64_t		total;

	return zr_claimable_total(&i, &total) ? total : -1;
}

static void
test_claimable(void)
{
	for (int v = 0; v < (int) (sizeof(vectors) / sizeof(vectors[0])); v++)
	{
		char		text[100];

		snprintf(text, sizeof(text), "45A04 %s", vectors[v].indication);
		if (strcmp(vectors[v].month, "TOTAL") == 0)
			CHECK(total_maximum(text) == vectors[v].maximum);
		else
			CHECK(month_maximum(text, vectors[v].month) == vectors[v].maximum);
	}

	/* six weeks for household help, whatever the month; the allotment keeps its own weeks (TR321, TR322) */
	CHECK(month_maximum("01:1001 3 uur/week [2026-02-01,2026-03-01)", "2026-02-01") == 18);
	CHECK(month_maximum("01:1001 3 uur/week [2026-02-27,2026-03-01)", "2026-02-01") == 18);
	CHECK(total_maximum("01:1001 3 uur/week [2026-02-02,2026-03-02)") == 12);
	CHECK(month_maximum("02A16 3 uur/week [2026-02-01,2026-03-01)", "2026-02-01") == 15);

	/* outside the period nothing; the last day is still inside */
	CHECK(month_maximum("02A16 3 uur/week [2026-02-01,2026-03-01)", "2026-03-01") == 0);
	CHECK(month_maximum("02A16 3 uur/week [2026-02-01,2026-03-02)", "2026-03-31") == 3);
	CHECK(month_maximum("02A16 3 uur/week [2026-02-01,)", "9999-12-31") == 15);

	/* ISO week 53 and year ends: 2020-12-28 to 2021-01-03 is one week */
	CHECK(total_maximum("02A16 1 uur/week [2020-12-28,2021-01-04)") == 1);
	CHECK(month_maximum("02A16 1 uur/week [2020-12-28,2021-01-04)", "2020-12-01") == 1);
	CHECK(month_maximum("02A16 1 uur/week [2020-12-28,2021-01-04)", "2021-01-01") == 1);
	CHECK(total_maximum("02A16 1 uur/week [2020-01-01,2022-01-01)") == 105);

	/* output without any Sunday: one week in the month of the end date (2026-09-30 is a Wednesday) */
	CHECK(month_maximum("02A16 2 stuks(output)/week [2026-09-28,2026-10-03)", "2026-10-01") == 2);
	CHECK(month_maximum("02A16 2 stuks(output)/week [2026-09-28,2026-10-03)", "2026-09-01") == 0);
	CHECK(total_maximum("02A16 2 stuks(output)/week [2026-09-28,2026-10-03)") == 2);

	/* other frequencies */
	CHECK(month_maximum("02A16 2 uur/dag [2026-01-10,2026-03-01)", "2026-01-01") == 44);
	CHECK(total_maximum("02A16 2 uur/dag [2026-01-10,2026-03-01)") == 100);
	CHECK(month_maximum("02A16 2 uur/maand [2026-01-31,2026-03-02)", "2026-01-01") == 2);
	CHECK(total_maximum("02A16 2 uur/maand [2026-01-31,2026-03-02)") == 6);
	CHECK(month_maximum("02A16 40 uur/totaal [2026-01-31,2026-03-02)", "2026-02-01") == 40);
	CHECK(total_maximum("02A16 40 uur/totaal [2026-01-31,)") == 40);
	CHECK(total_maximum("budget 600.00 euro [2026-01-31,)") == 60000);
	CHECK(total_maximum("02A16 2 uur/maand [2026-01-31,)") == -1);
}

/* Sundays of all months add up to the ISO weeks touched: no week is claimed twice in the output variant. */
static void
test_output_weeks(void)
{
	uint64_t	seed = 1;
	int			bad = 0;

	for (int round = 0; round < 20000; round++)
	{
		zr_indication i = indication("45A04 1 stuks(output)/week [2026-01-01,2026-01-02)");
		int64_t		sum = 0;

		i.lower = 8000 + (int) (check_rand(&seed) % 3000);
		i.upper = i.lower + 1 + (int) (check_rand(&seed) % (round % 2 ? 12 : 400));
		for (int m = zr_month_of(i.lower); m <= zr_month_of(i.upper - 1); m++)
			sum += zr_claimable_month(&i, m);
		bad += sum != zr_iso_weeks_touched(i.lower, i.upper);
	}
	CHECK(bad == 0);
}

static const char *const quantities[] = {
	"02A16 4 uur/week", "02A16 3..7 uur/maand", "02A16 2 uur/dag", "02A16 100 uur/totaal", "02A16 31 minuut/week",
	"01:1001 3 uur/week", "45A04 300.00 euro/week", "45A04 12.34 euro/maand", "45A04 7 stuks(output)/week", "02 budget 1000.00 euro"
};

#define QUANTITIES ((int) (sizeof(quantities) / sizeof(quantities[0])))

/* The quantity of one day by the definition, as numerator over a denominator of its own. */
static void
day_quantity(const zr_indication *i, zr_accrual_method method, zr_date d, int64_t *num, int64_t *den)
{
	int			year,
				month,
				day;
	int64_t		v = i->budget >= 0 ? i->budget : zr_volume_high(i->volume);
	zr_frequency f = zr_volume_frequency(i->volume);

	zr_date_to_ymd(d, &year, &month, &day);
	*num = v;
	if (i->budget >= 0 || f == ZR_IN_TOTAL)
		*den = i->upper - i->lower;
	else if (method == ZR_ACCRUE_CLAIMABLE)
	{
		int			days = 0;

		for (int k = 1; k <= zr_days_in_month(year, month); k++)
		{
			zr_date		x = zr_date_from_ymd(year, month, k);

			days += x >= i->lower && x < i->upper;
		}
		*num = zr_claimable_month(i, year * 12 + month - 1);
		*den = days;
	}
	else if (f == ZR_PER_DAY)
		*den = 1;
	else if (f == ZR_PER_WEEK && method == ZR_ACCRUE_DAYS)
		*den = 7;
	else if (f == ZR_PER_WEEK)
	{
		*num = v * 52;
		*den = 12 * zr_days_in_month(year, month);
	}
	else
		*den = zr_days_in_month(year, month);
}

static zr_int128
gcd(zr_int128 a, zr_int128 b)
{
	while (b)
	{
		zr_int128	t = a % b;

		a = b;
		b = t;
	}
	return a;
}

static void
add_fraction(zr_int128 *num, zr_int128 *den, zr_int128 n, zr_int128 d)
{
	zr_int128	g = gcd(*den, d);

	*num = *num * (d / g) + n * (*den / g);
	*den = *den / g * d;
	g = gcd(*num, *den);
	if (g > 1)
	{
		*num /= g;
		*den /= g;
	}
}

static void
test_accrual_and_cost(void)
{
	uint64_t	seed = 7;
	int			bad_quantity = 0;
	int			bad_sum = 0;
	int			bad_cost = 0;
	int			bad_months = 0;
	int			bad_plain = 0;
	int			n_plain = 0;

	for (int round = 0; round < 3000; round++)
	{
		char		text[100];
		zr_indication i;
		zr_accrual_method method = (zr_accrual_method) (check_rand(&seed) % 3);
		zr_accrual	a;
		zr_book_line lines[2];
		zr_book_view book = {.lines = lines, .nlines = 2};
		zr_cost_walk walk;
		zr_date		from,
					to,
					middle,
					change;
		zr_int128	n,
					num = 0,
					den = 1,
					cost_num = 0,
					cost_den = 1,
					left,
					right,
					whole;
		int64_t		cents,
					sum = 0,
					before = 0,
					expected;
		int64_t		multiplier = 1,
					divisor = 1;

		snprintf(text, sizeof(text), "%s [2026-01-01,2026-01-02)", quantities[check_rand(&seed) % QUANTITIES]);
		i = indication(text);
		i.lower = 9000 + (int) (check_rand(&seed) % 1000);
		i.upper = i.lower + 1 + (int) (check_rand(&seed) % 150);
		from = i.lower + (int) (check_rand(&seed) % (uint64_t) (i.upper - i.lower));
		to = from + 1 + (int) (check_rand(&seed) % (uint64_t) (i.upper - from));
		middle = from + (int) (check_rand(&seed) % (uint64_t) (to - from));
		change = from + (int) (check_rand(&seed) % (uint64_t) (to - from));
		if (round % 3 > 0)		/* one price on all days */
			change = round % 3 == 1 ? from : to;

		memset(lines, 0, sizeof(lines));
		lines[0].product = lines[1].product = i.product;
		lines[0].lower = ZR_DATE_MIN;
		lines[0].upper = lines[1].lower = change;
		lines[1].upper = ZR_DATE_OPEN;
		CHECK(zr_tariff_make((int64_t) (check_rand(&seed) % 99000000), ZR_HOUR, &lines[0].tariff, &err));
		CHECK(zr_tariff_make((int64_t) (check_rand(&seed) % 99000000), ZR_MINUTE, &lines[1].tariff, &err));
		if (zr_volume_unit(i.volume) == ZR_PIECE_OUTPUT)
		{
			CHECK(zr_tariff_make(12345678, ZR_PIECE_OUTPUT, &lines[0].tariff, &err));
			CHECK(zr_tariff_make(12345679, ZR_PIECE_OUTPUT, &lines[1].tariff, &err));
		}

		CHECK(zr_accrual_prepare(&i, method, &a, &err));
		for (zr_date d = from; d < to; d++)
		{
			int64_t		dn,
						dd;
			const zr_book_line *line = &lines[d >= change];

			day_quantity(&i, method, d, &dn, &dd);
			add_fraction(&num, &den, dn, dd);
			multiplier = divisor = 1;
			if (zr_volume_unit(i.volume) == ZR_HOUR && zr_tariff_unit(line->tariff) == ZR_MINUTE)
				multiplier = 60;
			if (zr_volume_unit(i.volume) == ZR_MINUTE && zr_tariff_unit(line->tariff) == ZR_HOUR)
				divisor = 60;
			if (zr_indication_in_euro(&i))
				add_fraction(&cost_num, &cost_den, dn, dd);
			else
				add_fraction(&cost_num, &cost_den, (zr_int128) dn * zr_tariff_micros(line->tariff) * multiplier,
							 (zr_int128) dd * divisor * ZR_MICROS_PER_CENT);
		}
		CHECK(zr_accrued(&a, from, to, &n));
		bad_quantity += n * den != num * a.denominator;

		CHECK(zr_quantity_scaled(&a, from, to, 16, &whole) && zr_quantity_scaled(&a, from, middle, 16, &left) &&
			  zr_quantity_scaled(&a, middle, to, 16, &right));
		bad_sum += left + right != whole;
		if (n % a.denominator == 0)
			bad_quantity += whole != n / a.denominator * (zr_int128) INT64_C(10000000000000000);

		CHECK(zr_cost_begin(&walk, &i, method, &book, from, &guess, &err));
		if (zr_cost_advance(&walk, to, &err) != ZR_COST_KNOWN || !zr_cost_cents(&walk, &cents, &err))
			bad_cost++;
		expected = (int64_t) ((2 * cost_num + cost_den) / (2 * cost_den));
		bad_cost += cents != expected;

		CHECK(zr_cost_begin(&walk, &i, method, &book, from, &guess, &err));
		for (int m = zr_month_of(from); walk.at < to; m++)
		{
			zr_date		stop = zr_month_start(m + 1) < to ? zr_month_start(m + 1) : to;

			if (zr_cost_advance(&walk, stop, &err) != ZR_COST_KNOWN || !zr_cost_cents(&walk, &cents, &err))
				bad_months++;
			sum += cents - before;
			before = cents;
		}
		bad_months += sum != expected;

		/* the same in one walk, each month as the difference of two costs from the start */
		{
			zr_date		bounds[32];
			int64_t		months[32] = {0};
			int64_t		total = 0;
			int			n_months = 0;

			for (int m = zr_month_of(from); n_months == 0 || bounds[n_months - 1] < to; m++)
				bounds[n_months++] = zr_month_start(m + 1);
			CHECK(zr_cost_begin(&walk, &i, method, &book, from, &guess, &err));
			bad_months += zr_cost_months(&walk, bounds, to, months, &err) != ZR_COST_KNOWN || walk.at != to;
			before = 0;
			for (int m = 0; m < n_months; m++)
			{
				zr_cost_walk again;

				CHECK(zr_cost_begin(&again, &i, method, &book, from, &guess, &err));
				bad_months += zr_cost_advance(&again, bounds[m] < to ? bounds[m] : to, &err) != ZR_COST_KNOWN ||
					!zr_cost_cents(&again, &cents, &err) || months[m] != cents - before;
				before = cents;
				total += months[m];
			}
			bad_months += total != expected;

			/* and without a walk, where that can be */
			{
				uint64_t	daily,
							denominator;
				zr_divisor	by = {0};
				int64_t		plain[32] = {0};

				if (zr_cost_plain(&i, method, &book, from, to, round % 3 == 1, &daily, &denominator))
				{
					n_plain++;
					zr_divisor_set(&by, denominator);
					bad_plain += zr_divisor_half_up(&by, daily * (uint64_t) (to - from)) != expected ||
						!zr_cost_plain_months(daily, &by, from, bounds, to, plain) ||
						memcmp(plain, months, n_months * sizeof(int64_t)) != 0;
				}
			}
		}
	}
	CHECK(bad_quantity == 0);
	CHECK(bad_sum == 0);
	CHECK(bad_cost == 0);
	CHECK(bad_months == 0);
	CHECK(bad_plain == 0);
	CHECK(n_plain > 500);
}

/* x / den by the reciprocal, beside the processor's own division, for denominators and numbers of every size */
static void
test_divisor(void)
{
	uint64_t	seed = 11;
	int			bad = 0;

	for (int round = 0; round < 200000; round++)
	{
		uint64_t	den = (check_rand(&seed) >> (3 + check_rand(&seed) % 61)) + 1;
		uint64_t	x = check_rand(&seed) >> (2 + check_rand(&seed) % 40);
		uint64_t	multiple = ((UINT64_C(1) << 62) - 1) / den * den;
		uint64_t	half = den / 2;
		zr_divisor	divisor = {0};

		zr_divisor_set(&divisor, den);
		if (x + half < UINT64_C(1) << 62)
			bad += zr_divisor_half_up(&divisor, x) != (int64_t) ((x + half) / den);
		/* just below and on the last multiple that fits */
		bad += zr_divisor_half_up(&divisor, multiple - half) != (int64_t) (multiple / den);
		bad += zr_divisor_half_up(&divisor, multiple - half - 1) != (int64_t) ((multiple - 1) / den);
	}
	CHECK(bad == 0);
}

static void
test_cost_errors(void)
{
	zr_indication i = indication("02A16 4 uur/week [2026-01-01,2027-01-01)");
	zr_indication open = indication("02A16 40 uur/totaal [2026-01-01,)");
	zr_book_line lines[2];
	zr_book_view book = {.lines = lines, .nlines = 2};
	zr_cost_walk walk;
	int64_t		cents;

	memset(lines, 0, sizeof(lines));
	lines[0].product = lines[1].product = i.product;
	lines[0].lower = date("2026-01-01");
	lines[0].upper = date("2026-03-01");
	lines[1].lower = date("2026-03-02");
	lines[1].upper = date("2027-01-01");
	CHECK(zr_tariff_make(61200000, ZR_HOUR, &lines[0].tariff, &err));
	CHECK(zr_tariff_make(255470000, ZR_DAY_AND_NIGHT, &lines[1].tariff, &err));

	CHECK(zr_cost_begin(&walk, &i, ZR_ACCRUE_DAYS, &book, i.lower, &guess, &err));
	CHECK(zr_cost_advance(&walk, date("2026-03-01"), &err) == ZR_COST_KNOWN);
	CHECK(zr_cost_cents(&walk, &cents, &err) && cents == 206331);	/* 4/7 * 59 * 61.20 = 2063.31 */
	CHECK(zr_cost_advance(&walk, date("2026-03-02"), &err) == ZR_COST_NO_TARIFF);
	CHECK(strstr(err.detail, "02A16") && strstr(err.detail, "2026-03-01"));

	CHECK(zr_cost_begin(&walk, &i, ZR_ACCRUE_DAYS, &book, date("2026-03-02"), &guess, &err));
	CHECK(zr_cost_advance(&walk, date("2026-04-01"), &err) == ZR_COST_WRONG);
	CHECK(strstr(err.detail, "uur") && strstr(err.detail, "etmaal"));

	CHECK(!zr_cost_begin(&walk, &open, ZR_ACCRUE_DAYS, &book, open.lower, &guess, &err) && err.cls == ZR_ARGUMENT);
}

static int64_t
claim(const char *volume, const char *tariff)
{
	zr_volume	v;
	zr_tariff	t;
	int64_t		cents = -1;

	CHECK(zr_volume_parse(volume, strlen(volume), &v, &err) && zr_tariff_parse(tariff, strlen(tariff), &t, &err));
	return zr_claim_amount(v, t, &cents, &err) ? cents : -1;
}

static void
test_claim_amount(void)
{
	CHECK(claim("125 minuut", "87.30/uur") == 18188);	/* not 125 x 1.46 = 182.50 */
	CHECK(claim("2 uur", "28.00/uur") == 5600);
	CHECK(claim("60 minuut", "1.42/minuut") == 8520);
	CHECK(claim("1 uur", "1.42/minuut") == 8520);
	CHECK(claim("3 dagdeel", "36.45/dagdeel") == 10935);
	CHECK(claim("1 minuut", "0.30/uur") == 1);	/* half a cent, up */
	CHECK(claim("1 etmaal", "36.45/dagdeel") == -1);
	CHECK(claim("99999999 minuut", "99999999.999999/uur") == INT64_C(16666666499999833));
}

int
main(void)
{
	test_claimable();
	test_output_weeks();
	test_accrual_and_cost();
	test_divisor();
	test_cost_errors();
	test_claim_amount();
	CHECK_DONE();
}
