/*
 * test_claim_series.c
 *		Claim lines one after another against a slow reading of the rules: a
 *		list of all lines, searched from its end, and sums added up anew.
 */
#include <stdlib.h>

#include "check.h"
#include "values.h"
#include "claim_series_core.h"
#include "claimable_core.h"

#define MAX_LINES 400

static zr_error err;

static const char *const allotments[] = {
	"02A16 40 uur/totaal [2026-01-01,2027-01-01)", "02A16 3 uur/week [2026-01-10,2026-06-20)",
	"02A16 900 minuut/totaal [2026-01-01,2027-01-01)", "45A04 90.00 euro/maand [2026-01-01,2026-05-01)",
	"02A16 12 stuks(output)/maand [2026-01-01,2026-04-01)", "budget 250.00 euro [2026-01-01,2027-01-01)",
	"02 budget 99.99 euro [2026-01-01,2027-01-01)", "02 [2026-01-01,)", "02A16 5 uur/week [2026-01-01,)", NULL
};

#define ALLOTMENTS ((int) (sizeof(allotments) / sizeof(allotments[0])))

static const char *const volumes[] = {
	"1 uur", "7 uur", "20 uur", "45 minuut", "600 minuut", "0 uur", "12.50 euro", "90.00 euro", "3 stuks(output)", "2 dagdeel", NULL
};

#define VOLUMES ((int) (sizeof(volumes) / sizeof(volumes[0])))

static const char *const references[] = {"A", "B", "AB", "a", "reference-of-20-chars", "C1", "C2", "C3", "C4", "C5", "C6", "C7"};

#define REFERENCES ((int) (sizeof(references) / sizeof(references[0])))

static zr_volume
volume(const char *text)
{
	zr_volume	v = ZR_VOLUME_NONE;

	if (text != NULL && !zr_volume_parse(text, strlen(text), &v, &err))
	{
		fprintf(stderr, "%s: %s\n", text, err.detail);
		exit(2);
	}
	return v;
}

static zr_product
product(const char *text)
{
	zr_product	p;

	if (!zr_product_parse(text, strlen(text), &p, &err))
		exit(2);
	return p;
}

/* ---- The slow reading ---- */

typedef struct slow_line
{
	zr_series_line line;
	bool		open;
} slow_line;

typedef struct slow_series
{
	const zr_indication *allotted;
	slow_line	granted[MAX_LINES];
	int			n;
	int64_t		unknown;		/* taken back of what is not in the list */
} slow_series;

/* In minutes, units or cents; 0 when it does not count. */
static int64_t
slow_amount(const slow_series *s, const zr_series_line *line)
{
	zr_unit		unit = zr_volume_unit(line->volume);
	zr_unit		allotted = s->allotted != NULL ? zr_volume_unit(s->allotted->volume) : ZR_UNIT_NONE;

	if (s->allotted != NULL && s->allotted->budget != ZR_BUDGET_NONE)
		return line->cents;
	if (allotted == ZR_UNIT_NONE)
		return 0;
	if (allotted == ZR_HOUR)
		return unit == ZR_HOUR ? 60 * (int64_t) zr_volume_high(line->volume) : unit == ZR_MINUTE ? zr_volume_high(line->volume) : 0;
	return unit == allotted ? zr_volume_high(line->volume) : 0;
}

static bool
slow_bound(const slow_series *s, int64_t *bound)
{
	if (s->allotted == NULL || (s->allotted->volume == ZR_VOLUME_NONE && s->allotted->budget == ZR_BUDGET_NONE))
		return false;
	if (!zr_claimable_total(s->allotted, bound))
		return false;
	if (zr_volume_unit(s->allotted->volume) == ZR_HOUR)
		*bound *= 60;
	return true;
}

static int64_t
slow_held(const slow_series *s)
{
	int64_t		sum = -s->unknown;

	for (int k = 0; k < s->n; k++)
		if (s->granted[k].open)
			sum += slow_amount(s, &s->granted[k].line);
	return sum;
}

static bool
slow_same(const zr_series_line *a, const zr_series_line *b)
{
	return a->product == b->product && a->from == b->from && a->to == b->to;
}

static bool
slow_copy(const zr_series_line *a, const zr_series_line *b)
{
	return slow_same(a, b) && a->volume == b->volume && a->tariff == b->tariff && a->cents == b->cents;
}

static bool
slow_called(const zr_series_line *line, const char *name, size_t len)
{
	return line->reference != NULL && line->reference_len == len && memcmp(line->reference, name, len) == 0;
}

static zr_series_verdict
slow_credit(slow_series *s, const zr_series_line *line)
{
	slow_line  *open = NULL;
	bool		any = false;
	int64_t		held = slow_held(s);
	int64_t		bound;

	for (int k = s->n - 1; k >= 0; k--)
	{
		slow_line  *debit = &s->granted[k];

		if (line->previous != NULL ? !slow_called(&debit->line, line->previous, line->previous_len) : !slow_copy(&debit->line, line))
			continue;
		any = true;
		if (debit->open && open == NULL)
			open = debit;
	}
	if (line->previous != NULL && !any)
		return ZR_SERIES_NO_DEBIT;
	if (line->previous != NULL && open == NULL)
		return ZR_SERIES_CREDITED;
	if (line->previous != NULL && !slow_copy(&open->line, line))
		return ZR_SERIES_OTHER_DEBIT;
	if (open != NULL)
		open->open = false;
	else if (slow_bound(s, &bound))
	{
		int64_t		amount = slow_amount(s, line);

		/* it makes no room beyond nothing */
		s->unknown += amount < held ? amount : held;
	}
	/* a line that was granted before the first one known may have been all that was held */
	if (slow_held(s) < 0)
		s->unknown += slow_held(s);
	return ZR_SERIES_GRANTED;
}

static zr_series_verdict
slow_add(slow_series *s, const zr_series_line *line, int64_t *claimed)
{
	int64_t		amount = slow_amount(s, line);
	int64_t		bound;
	bool		bounded = slow_bound(s, &bound);

	*claimed = (bounded ? slow_held(s) : 0) + (line->credit ? -amount : amount);
	if (line->credit)
		return slow_credit(s, line);
	for (int k = 0; k < s->n; k++)
		if (s->granted[k].open && slow_same(&s->granted[k].line, line))
			return ZR_SERIES_OPEN_DEBIT;
	if (bounded && amount > 0 && slow_held(s) + amount > bound)
		return s->allotted->budget != ZR_BUDGET_NONE ? ZR_SERIES_BUDGET : ZR_SERIES_VOLUME;
	s->granted[s->n].line = *line;
	s->granted[s->n++].open = true;
	return ZR_SERIES_GRANTED;
}

/* ---- Random lines ---- */

static void
random_line(uint64_t *seed, int months, zr_series_line *line)
{
	static const zr_date starts[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
	int			month = check_rand(seed) % months;
	zr_date		year = zr_date_from_ymd(2026 + month / 12, 1, 1);
	const char *text;

	memset(line, 0, sizeof(*line));
	line->product = check_rand(seed) % 8 == 0 ? product("02A17") : check_rand(seed) % 20 == 0 ? ZR_PRODUCT_NONE : product("02A16");
	line->from = year + starts[month % 12];
	line->to = year + starts[month % 12 + 1];
	line->volume = volume(volumes[check_rand(seed) % VOLUMES]);
	line->tariff = check_rand(seed) % 3;
	line->cents = check_rand(seed) % 6000;
	line->credit = check_rand(seed) % 3 == 0;
	if (check_rand(seed) % 5 > 0)
	{
		text = references[check_rand(seed) % REFERENCES];
		line->reference = text;
		line->reference_len = strlen(text);
	}
	if (line->credit && check_rand(seed) % 4 > 0)
	{
		text = references[check_rand(seed) % REFERENCES];
		line->previous = text;
		line->previous_len = strlen(text);
	}
}

/* Most credit lines are copies of a line that was granted. */
static void
make_copy(uint64_t *seed, const slow_series *s, zr_series_line *line)
{
	const zr_series_line *of;

	if (!line->credit || s->n == 0 || check_rand(seed) % 5 == 0)
		return;
	of = &s->granted[check_rand(seed) % s->n].line;
	line->product = of->product;
	line->from = of->from;
	line->to = of->to;
	line->volume = of->volume;
	line->tariff = of->tariff;
	line->cents = of->cents;
	if (line->previous != NULL && of->reference != NULL)
	{
		line->previous = of->reference;
		line->previous_len = of->reference_len;
	}
}

/* As the callers do: twice the room when it is full, about as many heads as debits. */
static void
make_room(zr_series *series)
{
	if (series->n == series->room)
	{
		series->room *= 2;
		series->debits = realloc(series->debits, series->room * sizeof(zr_series_debit));
		series->same_heads = realloc(series->same_heads, series->room * sizeof(int));
		series->reference_heads = realloc(series->reference_heads, series->room * sizeof(int));
	}
	if (series->n > (int64_t) series->heads_mask)
	{
		series->heads_mask = 2 * series->heads_mask + 1;
		zr_series_rehash(series);
	}
}

static void
test_random(void)
{
	static slow_series slow;
	zr_series	series;
	uint64_t	seed = 20260301;
	int			seen[ZR_SERIES_BUDGET + 1] = {0};
	int			bad = 0;

	memset(&series, 0, sizeof(series));
	series.room = ZR_SERIES_FIRST_HEADS;
	series.debits = malloc(series.room * sizeof(zr_series_debit));
	series.same_heads = malloc(series.room * sizeof(int));
	series.reference_heads = malloc(series.room * sizeof(int));
	/* one memory for all of them, as the window function does */
	for (int round = 0; round < 3000; round++)
	{
		const char *text = allotments[round % ALLOTMENTS];
		zr_indication i;
		int			lines = round % 50 == 0 ? MAX_LINES : (int) (check_rand(&seed) % 30);
		int			months = round % 50 == 0 ? 200 : 1 + check_rand(&seed) % 12;

		memset(&slow, 0, sizeof(slow));
		zr_series_begin(&series);
		if (text != NULL)
		{
			i = indication(text);
			slow.allotted = &i;
			zr_series_allot(&series, &i);
		}
		for (int k = 0; k < lines; k++)
		{
			zr_series_line line;
			int64_t		claimed,
						slow_claimed;
			zr_series_verdict verdict,
						slow_verdict;

			random_line(&seed, months, &line);
			make_copy(&seed, &slow, &line);
			make_room(&series);
			verdict = zr_series_add(&series, &line, &claimed);
			slow_verdict = slow_add(&slow, &line, &slow_claimed);
			seen[verdict]++;
			if (verdict != slow_verdict || claimed != slow_claimed || series.n != slow.n)
			{
				if (bad++ == 0)
					fprintf(stderr, "round %d line %d: %d %lld, slow %d %lld\n", round, k, verdict, (long long) claimed, slow_verdict, (long long) slow_claimed);
			}
		}
	}
	CHECK(bad == 0);
	for (int v = 0; v <= ZR_SERIES_BUDGET; v++)
		CHECK(seen[v] > 100);
	free(series.debits);
	free(series.same_heads);
	free(series.reference_heads);
}

static void
test_amounts(void)
{
	static const struct
	{
		const char *allotted;
		const char *claimed;
		bool		counts;
		int64_t		amount;
	}			cases[] = {
		{"02A16 4 uur/week [2026-01-01,2027-01-01)", "2 uur", true, 120},
		{"02A16 4 uur/week [2026-01-01,2027-01-01)", "90 minuut", true, 90},
		{"02A16 4 uur/week [2026-01-01,2027-01-01)", "2 dagdeel", false, 0},
		{"02A16 90 minuut/week [2026-01-01,2027-01-01)", "90 minuut", true, 90},
		{"02A16 90 minuut/week [2026-01-01,2027-01-01)", "2 uur", false, 0},
		{"45A04 90.00 euro/week [2026-01-01,2027-01-01)", "12.34 euro", true, 1234},
		{"budget 90.00 euro [2026-01-01,2027-01-01)", "2 uur", true, 777},
		{"02 [2026-01-01,)", "2 uur", false, 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		zr_indication i = indication(cases[k].allotted);
		int			heads[2][ZR_SERIES_FIRST_HEADS];
		zr_series	series = {.same_heads = heads[0], .reference_heads = heads[1]};
		int64_t		amount;
		bool		counts;

		zr_series_begin(&series);
		zr_series_allot(&series, &i);
		counts = zr_series_amount(&series, volume(cases[k].claimed), 777, &amount);
		CHECK(counts == cases[k].counts && (!counts || amount == cases[k].amount));
	}
}

int
main(void)
{
	test_amounts();
	test_random();
	CHECK_DONE();
}
