/*
 * test_care_ends.c
 *		When care ends, against a reading of every delivery with every other; and
 *		with so many of one client that such a reading would not end.
 */
#include <stdlib.h>

#include "care_ends_core.h"
#include "check.h"

#define MAX_ROWS	60
#define MANY		200000

/* The rules as they were given: their list has the stop, the change, and what both mean. */
typedef struct given_meaning
{
	int			law;
	int			stop;
	int			change;
	uint8_t		meaning;
} given_meaning;

static given_meaning rules[200];
static int	n_rules;
static zr_stop_meanings meanings;

static zr_allotted_care allotments[MAX_ROWS];
static zr_delivered_care deliveries[MAX_ROWS];
static size_t n_allotments,
			n_deliveries;

static int
below(uint64_t *seed, int n)
{
	return (int) (check_rand(seed) % (uint64_t) n);
}

static void
add_rule(int law, int stop, int change, uint8_t meaning)
{
	rules[n_rules++] = (given_meaning)
	{
		law, stop, change, meaning
	};
	zr_stop_means(&meanings, law, stop, change, meaning);
}

/* Under either law some stops with some changes, and neither; mostly what is no end, so that much is to be found. */
static void
make_rules(uint64_t *seed)
{
	static const int stops[] = {0, 20, 38, 99, ZR_NO_REASON};
	static const int changes[] = {0, 9, 99, ZR_NO_REASON};

	n_rules = 0;
	memset(&meanings, 0, sizeof(meanings));
	for (int law = ZR_LAW_WMO; law <= ZR_LAW_JEUGDWET; law++)
		for (int s = 0; s < 5; s++)
			for (int c = 0; c < 4; c++)
				if (below(seed, 20) > 0)
					add_rule(law, stops[s], changes[c], (uint8_t) (1 + below(seed, 4)) % 3);
}

static zr_date
make_date(uint64_t *seed, int spread)
{
	switch (below(seed, 20))
	{
		case 0:
			return INT32_MIN;
		case 1:
			return INT32_MAX - 1;
		default:
			return below(seed, spread) - spread / 2;
	}
}

static int
by_number(const void *a, const void *b)
{
	int64_t		x = ((const zr_allotted_care *) a)->number,
				y = ((const zr_allotted_care *) b)->number;

	return (x > y) - (x < y);
}

static int
by_number_and_start(const void *a, const void *b)
{
	const zr_delivered_care *x = a,
			   *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->started > y->started) - (x->started < y->started);
}

static int64_t
make_number(uint64_t *seed, int numbers)
{
	int			n = below(seed, numbers);

	return n == 0 ? INT64_MIN : n == 1 ? INT64_MAX : n - numbers / 2;
}

static void
make_rows(uint64_t *seed)
{
	static const uint8_t stops[] = {0, 20, 38, 99, 55, ZR_NO_REASON};	/* 55: in no list */
	static const uint8_t changes[] = {0, 9, 99, 55, ZR_NO_REASON};
	int			numbers = 2 + below(seed, 40),
				spread = 2 + below(seed, 30),
				clients = 1 + below(seed, 4),
				providers = 1 + below(seed, 3);

	n_allotments = (size_t) below(seed, MAX_ROWS + 1);
	n_deliveries = (size_t) below(seed, MAX_ROWS + 1);
	for (size_t a = 0; a < n_allotments; a++)
		allotments[a] = (zr_allotted_care)
	{
		.number = make_number(seed, numbers), .client = make_number(seed, clients + 1), .provider = (uint32_t) below(seed, providers),
			.end =
		{
			below(seed, 3) ? make_date(seed, spread) : ZR_DATE_OPEN, (uint8_t) below(seed, ZR_LAWS), changes[below(seed, 5)]
		}
	};
	for (size_t d = 0; d < n_deliveries; d++)
	{
		zr_delivered_care *delivery = &deliveries[d];

		*delivery = (zr_delivered_care)
		{
			.number = make_number(seed, numbers), .started = make_date(seed, spread), .until = ZR_DATE_OPEN,
				.resumed = 12345, .stop = stops[below(seed, 6)], .ended = below(seed, 5) > 0
		};
		if (delivery->ended && below(seed, 10) > 0)
			delivery->until = make_date(seed, spread);
	}
	qsort(allotments, n_allotments, sizeof(allotments[0]), by_number);
	qsort(deliveries, n_deliveries, sizeof(deliveries[0]), by_number_and_start);
}

static uint8_t
slow_meaning(const zr_allotted_care *a, const zr_delivered_care *d)
{
	int			stop = ZR_NO_REASON,
				change = ZR_NO_REASON;
	uint8_t		meaning = ZR_ENDS;

	for (int r = 0; r < n_rules; r++)
		if (rules[r].law == a->end.law)
		{
			if (rules[r].stop == d->stop)
				stop = d->stop;
			if (rules[r].change == a->end.change && d->ended)
				change = a->end.change;
		}
	for (int r = 0; r < n_rules; r++)
		if (rules[r].law == a->end.law && rules[r].stop == stop && rules[r].change == change)
			meaning = rules[r].meaning;
	return meaning;
}

static zr_date
slow_resumed(const zr_delivered_care *d)
{
	zr_date		resumed = ZR_DATE_OPEN;

	for (size_t e = 0; e < n_deliveries; e++)
		if (deliveries[e].number == d->number && deliveries[e].started > d->started && deliveries[e].started < resumed)
			resumed = deliveries[e].started;
	return resumed;
}

static zr_date
slow_until(const zr_allotted_care *a, const zr_delivered_care *d)
{
	if (slow_meaning(a, d) != ZR_PAUSES)
		return d->until;
	if (slow_resumed(d) != ZR_DATE_OPEN)
		return slow_resumed(d);
	return d->ended && d->until > a->end.until ? d->until : a->end.until;
}

static zr_date
slow_until_in_region(const zr_allotted_care *a, const zr_delivered_care *d)
{
	zr_date		first = ZR_DATE_OPEN;

	if (slow_meaning(a, d) != ZR_MOVES_ON)
		return slow_until(a, d);
	for (size_t b = 0; b < n_allotments; b++)
		for (size_t e = 0; e < n_deliveries; e++)
			if (deliveries[e].number == allotments[b].number && allotments[b].client == a->client && allotments[b].provider != a->provider &&
				(!deliveries[e].ended || (d->ended && deliveries[e].until > d->until)) && deliveries[e].started < first)
				first = deliveries[e].started;
	return first != ZR_DATE_OPEN && first > d->until ? first : d->until;
}

static int	seen[3],
			longer,
			resumed,
			twice;

static void
check_rows(void)
{
	static zr_care_stay stays[MAX_ROWS * MAX_ROWS];
	static zr_pair pairs[MAX_ROWS * MAX_ROWS],
				scratch[MAX_ROWS * MAX_ROWS];
	size_t		n,
				k = 0;
	bool		right = true;

	zr_care_resume(deliveries, n_deliveries);
	for (size_t d = 0; d < n_deliveries; d++)
		right &= deliveries[d].resumed == slow_resumed(&deliveries[d]);
	CHECK(right);
	n = zr_care_stays(&meanings, allotments, n_allotments, deliveries, n_deliveries, NULL);
	CHECK(n <= MAX_ROWS * MAX_ROWS);
	CHECK(zr_care_stays(&meanings, allotments, n_allotments, deliveries, n_deliveries, stays) == n);
	zr_care_moves(allotments, deliveries, stays, n, pairs, scratch);
	for (size_t d = 0; d < n_deliveries; d++)
		for (size_t a = 0, same = 0; a < n_allotments; a++)
			if (allotments[a].number == deliveries[d].number)
			{
				const zr_care_stay *stay = &stays[k];

				right &= k++ < n && stay->allotment == a && stay->delivery == d && stay->meaning == slow_meaning(&allotments[a], &deliveries[d]) &&
					stay->until == slow_until(&allotments[a], &deliveries[d]) && stay->until_in_region == slow_until_in_region(&allotments[a], &deliveries[d]);
				seen[stay->meaning]++;
				longer += stay->until_in_region > stay->until;
				resumed += stay->meaning == ZR_PAUSES && deliveries[d].resumed != ZR_DATE_OPEN;
				twice += same++ > 0;
			}
	CHECK(k == n && right);
}

/* One client, deliveries of one day on every other day, with each provider in turn: shape 1 all of them end on one day. */
static void
check_many(int shape)
{
	zr_allotted_care *many = calloc(MANY, sizeof(*many));
	zr_delivered_care *days = calloc(MANY, sizeof(*days));
	zr_care_stay *stays = malloc(MANY * sizeof(*stays));
	zr_pair    *pairs = malloc(MANY * sizeof(*pairs)),
			   *scratch = malloc(MANY * sizeof(*scratch));
	bool		right = true;
	size_t		n;

	for (int i = 0; i < MANY; i++)
	{
		many[i] = (zr_allotted_care)
		{
			.number = i, .client = 7, .provider = (uint32_t) i % 2, .end =
			{
				ZR_DATE_OPEN, 0, ZR_NO_REASON
			}
		};
		days[i] = (zr_delivered_care)
		{
			.number = i, .started = 2 * i, .until = shape == 1 ? 2 * MANY : 2 * i + 1, .stop = i / 2 % 2 ? 38 : ZR_NO_REASON, .ended = true
		};
	}
	zr_care_resume(days, MANY);
	n = zr_care_stays(&meanings, many, MANY, days, MANY, stays);
	CHECK(n == MANY);
	zr_care_moves(many, days, stays, n, pairs, scratch);
	for (int i = 0; i < MANY; i++)
	{
		bool		moves = shape == 0 && i / 2 % 2 && i + 1 < MANY;

		right &= stays[i].until == days[i].until && stays[i].until_in_region == (moves ? 2 * i + 2 : days[i].until);
	}
	CHECK(right);

	/* all on one number, one after the other and paused: how many there are is known without a look at each */
	for (int i = 0; i < MANY; i++)
	{
		many[i].number = 1;
		days[i].number = 1;
		days[i].stop = 20;
	}
	zr_care_resume(days, MANY);
	CHECK(zr_care_stays(&meanings, many, MANY, days, MANY, NULL) == (size_t) MANY * MANY);
	CHECK(zr_care_stays(&meanings, many, 1, days, MANY, stays) == MANY);
	for (int i = 0; i < MANY; i++)
		right &= stays[i].until == (i + 1 < MANY ? 2 * i + 2 : ZR_DATE_OPEN);
	CHECK(right);
	free(many);
	free(days);
	free(stays);
	free(pairs);
	free(scratch);
}

int
main(void)
{
	uint64_t	seed = 1;

	for (int round = 0; round < 3000; round++)
	{
		make_rules(&seed);
		make_rows(&seed);
		check_rows();
	}
	/* or the rows would show nothing */
	CHECK(seen[ZR_ENDS] > 1000 && seen[ZR_PAUSES] > 1000 && seen[ZR_MOVES_ON] > 1000);
	CHECK(longer > 1000 && resumed > 1000 && twice > 1000);

	n_rules = 0;
	memset(&meanings, 0, sizeof(meanings));
	add_rule(ZR_LAW_WMO, 38, ZR_NO_REASON, ZR_MOVES_ON);
	add_rule(ZR_LAW_WMO, 20, ZR_NO_REASON, ZR_PAUSES);
	check_many(0);
	check_many(1);
	CHECK_DONE();
}
