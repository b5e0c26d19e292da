/*
 * provider_counts.c
 *		Allotments, and what was delivered and claimed of them in three windows.
 */
#include "postgres.h"

#include "common/int.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "growing_array.h"
#include "provider_counts.h"
#include "radix_core.h"

static void
add(int64 *sum, int64 value)
{
	if (pg_add_s64_overflow(*sum, value, sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of claims out of range")));
}

static inline zr_days
days_of(const zr_daterange *range)
{
	zr_days		days = {DATEVAL_NOEND, DATEVAL_NOBEGIN};

	if (range != NULL && !range->empty)
	{
		days.from = range->lower;
		days.until = range->upper;
	}
	return days;
}

zr_provider_counts *
zr_provider_counts_begin(MemoryContext context, const zr_daterange *year_back, const zr_daterange *calendar_year)
{
	zr_provider_counts *a = MemoryContextAllocZero(context, sizeof(zr_provider_counts));

	a->context = context;
	a->places.context = context;
	a->windows[ZR_YEAR_BACK] = days_of(year_back);
	a->windows[ZR_CALENDAR_YEAR] = days_of(calendar_year);
	a->ends = a->windows[ZR_YEAR_BACK].until;
	return a;
}

static uint32
reporter_of(zr_provider_counts *a, zr_provider provider, zr_municipality municipality)
{
	uint32		n = a->places.n;
	uint32		at = zr_provider_place_number(&a->places, provider, municipality);

	if (at == n)
	{
		a->reporters = zr_array_room(a->context, a->reporters, n, sizeof(zr_reporter));
		memset(&a->reporters[n], 0, sizeof(zr_reporter));
	}
	return at;
}

/* What is counted for the contract, which is made to stand in the array. */
static zr_count *
count_of(zr_provider_counts *a, int32 place)
{
	uint32		room = pg_nextpower2_32((uint32) place + 1);

	if (room > a->room)
	{
		zr_count   *more = MemoryContextAllocHuge(a->context, mul_size(room, sizeof(zr_count)));

		if (a->room > 0)
		{
			memcpy(more, a->counts, a->room * sizeof(zr_count));
			pfree(a->counts);
		}
		memset(more + a->room, 0, (room - a->room) * sizeof(zr_count));
		for (uint32 n = a->room; n < room; n++)
		{
			more[n].first_year = days_of(NULL);
			more[n].served_until = DATEVAL_NOBEGIN;
		}
		a->counts = more;
		a->room = room;
	}
	a->ncounts = Max(a->ncounts, (uint32) place + 1);
	return &a->counts[place];
}

void
zr_provider_counts_contract(zr_provider_counts *a, zr_provider provider, zr_municipality municipality, zr_product product,
							int32 place, const zr_daterange *first_year)
{
	uint32		at = reporter_of(a, provider, municipality);
	zr_reporter *reporter = &a->reporters[at];
	zr_contracted *contracted;

	count_of(a, place)->first_year = days_of(first_year);
	if (product == ZR_PRODUCT_NONE)
		return;
	reporter->contracted = zr_array_room(a->context, reporter->contracted, reporter->ncontracted, sizeof(zr_contracted));
	contracted = &reporter->contracted[reporter->ncontracted++];
	contracted->product = product;
	contracted->place = place;
}

void
zr_provider_counts_allotment(zr_provider_counts *a, int64 number, int64 client, zr_provider provider,
							 zr_municipality municipality, zr_product product, int32 place, const zr_allotted_end *end)
{
	zr_counted *counted;
	const zr_reporter *reporter;

	/* they lead to the rest, so they are put in order once */
	if (a->numbers != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("an allotment comes after a claim line"),
				 errhint("Give provider_counts_agg all contracts first, and then all allotments.")));
	a->counted = zr_array_room(a->context, a->counted, a->ncounted, sizeof(zr_counted));
	counted = &a->counted[a->ncounted++];
	counted->number = number;
	counted->client = client;
	counted->end = *end;
	counted->reporter = reporter_of(a, provider, municipality);
	reporter = &a->reporters[counted->reporter];
	for (uint32 n = 0; place < 0 && product != ZR_PRODUCT_NONE && n < reporter->ncontracted; n++)
		if (reporter->contracted[n].product == product)
			place = reporter->contracted[n].place;
	counted->place = place;
	if (place >= 0)
		count_of(a, place)->came = true;
}

/* No more allotments: they are found by their numbers from now on. */
static void
close_allotments(zr_provider_counts *a)
{
	Size		room = mul_size((Size) a->ncounted + 1, sizeof(zr_served));

	StaticAssertStmt(sizeof(zr_served) == ZR_CACHE_LINE, "zr_served is no cache line");
	a->counted = zr_array_by_number(a->context, a->counted, a->ncounted, sizeof(zr_counted));
	a->numbers = MemoryContextAllocHuge(a->context, mul_size((Size) a->ncounted + 1, sizeof(int64)));
	a->served = (zr_served *) TYPEALIGN(ZR_CACHE_LINE, MemoryContextAllocHuge(a->context, add_size(room, ZR_CACHE_LINE)));
	memset(a->served, 0, room);
	for (uint32 n = 0; n < a->ncounted; n++)
	{
		a->numbers[n] = a->counted[n].number;
		a->served[n].first_year = a->counted[n].place < 0 ? days_of(NULL) : a->counts[a->counted[n].place].first_year;
		a->served[n].reporter = a->counted[n].reporter;
		a->served[n].delivered_until = DATEVAL_NOBEGIN;
		a->served[n].claimed_until = DATEVAL_NOBEGIN;
	}
}

/*
 * The first allotment with this number, ncounted: there is none. Rows mostly
 * come in about the order of the allotments, so the search starts where the
 * last one ended, and doubles its steps.
 */
static uint32
find_allotment(zr_provider_counts *a, int64 number)
{
	const int64 *numbers;
	int64		low,
				high,
				step = 1;

	if (a->numbers == NULL)
		close_allotments(a);
	numbers = a->numbers;
	if (a->ncounted == 0)
		return 0;
	if (numbers[a->asked] < number)
	{
		low = a->asked + 1;
		for (high = low; high < a->ncounted && numbers[high] < number; high += step, step *= 2)
			low = high + 1;
		high = Min(high, a->ncounted);
	}
	else
	{
		high = a->asked;
		for (low = high - 1; low >= 0 && numbers[low] >= number; low -= step, step *= 2)
			high = low;
		low = Max(low + 1, 0);
	}
	/* all before low are less, none from high on is */
	while (low < high)
	{
		int64		mid = low + (high - low) / 2;

		if (numbers[mid] < number)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == a->ncounted || numbers[low] != number)
		return a->ncounted;
	a->asked = (uint32) low;
	return (uint32) low;
}

static inline bool
overlap(zr_days a, zr_days b)
{
	return a.from < b.until && b.from < a.until;
}

static inline uint8
windows_of(const zr_provider_counts *a, const zr_served *served, zr_days days)
{
	return overlap(days, a->windows[ZR_YEAR_BACK]) << ZR_YEAR_BACK |
		overlap(days, a->windows[ZR_CALENDAR_YEAR]) << ZR_CALENDAR_YEAR |
		overlap(days, served->first_year) << ZR_FIRST_YEAR;
}

/* Joins days with those there are. */
static void
report(zr_provider_counts *a, zr_reported *reported, zr_days days)
{
	zr_days    *all = reported->days;
	uint32		low = 0,
				high = reported->n,
				end;

	if (days.from >= days.until)
		return;
	if (reported->last.from <= days.from && days.until <= reported->last.until)
		return;
	/* the first that does not end before these begin */
	while (low < high)
	{
		uint32		mid = low + (high - low) / 2;

		if (all[mid].until < days.from)
			low = mid + 1;
		else
			high = mid;
	}
	for (end = low; end < reported->n && all[end].from <= days.until; end++)
	{
		days.from = Min(days.from, all[end].from);
		days.until = Max(days.until, all[end].until);
	}
	reported->last = days;
	if (end == low)
	{
		if (reported->n == reported->room)
		{
			reported->days = reported->room == 0 ? MemoryContextAlloc(a->context, sizeof(zr_days)) :
				repalloc(all, mul_size(2 * (Size) reported->room, sizeof(zr_days)));
			reported->room = reported->room == 0 ? 1 : 2 * reported->room;
			all = reported->days;
		}
		memmove(all + low + 1, all + low, (reported->n - low) * sizeof(zr_days));
		reported->n++;
	}
	else if (end > low + 1)
	{
		memmove(all + low + 1, all + end, (reported->n - end) * sizeof(zr_days));
		reported->n -= end - low - 1;
	}
	all[low] = days;
}

/* A pause counts for windows, and nowhere else. */
static void
add_delivery(zr_provider_counts *a, const zr_delivered_care *delivery)
{
	uint32		n = find_allotment(a, delivery->number);
	zr_days		days = {delivery->started, delivery->until};
	zr_days		known = {delivery->started, Min(delivery->until, a->ends)};

	if (n == a->ncounted || days.from >= a->ends)
		return;
	report(a, &a->reporters[a->served[n].reporter].reported[ZR_DELIVERIES], known);
	for (; n < a->ncounted && a->numbers[n] == delivery->number; n++)
	{
		zr_served  *served = &a->served[n];
		uint8		meaning;

		days.until = zr_care_until(&a->meanings, &a->counted[n].end, delivery, &meaning);
		served->delivered_in |= windows_of(a, served, days);
		served->delivered_until = Max(served->delivered_until, known.until);
	}
}

static void
add_claim(zr_provider_counts *a, const zr_found *found)
{
	int64		number = a->numbers[found->n];
	zr_days		known = {found->days.from, Min(found->days.until, a->ends)};
	bool		starts_in_year = found->days.from >= a->windows[ZR_YEAR_BACK].from;

	report(a, &a->reporters[a->served[found->n].reporter].reported[ZR_CLAIMS], known);
	for (uint32 n = found->n; n < a->ncounted && a->numbers[n] == number; n++)
	{
		zr_served  *served = &a->served[n];
		uint8		in = windows_of(a, served, found->days);

		add(&served->claimed, found->cents);
		for (int w = 0; w < ZR_WINDOWS; w++)
			if (in & (1 << w))
				add(&served->claimed_in[w], found->cents);
		if (starts_in_year)
		{
			add(&served->turnover, found->cents);
			served->has_turnover = true;
		}
		if (found->cents > 0)
			served->claimed_until = Max(served->claimed_until, known.until);
	}
}

static void
add_found(zr_provider_counts *a)
{
	for (int k = 0; k < a->nfound; k++)
		add_claim(a, &a->found[k]);
	a->nfound = 0;
}

void
zr_provider_counts_claim(zr_provider_counts *a, int64 number, zr_days days, int64 cents)
{
	uint32		n = find_allotment(a, number);
	zr_found   *found = &a->found[a->nfound];

	if (n == a->ncounted || days.from >= a->ends)
		return;
	__builtin_prefetch(&a->served[n], 1);
	found->n = n;
	found->days = days;
	found->cents = cents;
	a->nfound++;
	if (a->nfound == ZR_FOUND)
		add_found(a);
}

void
zr_provider_counts_finish(zr_provider_counts *a)
{
	zr_pair    *pairs = MemoryContextAllocHuge(a->context, mul_size((Size) a->ncounted + 1, sizeof(zr_pair)));
	zr_pair    *scratch = MemoryContextAllocHuge(a->context, mul_size((Size) a->ncounted + 1, sizeof(zr_pair)));
	size_t		npairs = 0;

	if (a->numbers == NULL)
		close_allotments(a);
	add_found(a);
	zr_deliveries_close(&a->deliveries, a->context);
	for (uint32 n = 0; n < a->deliveries.n; n++)
		add_delivery(a, &a->deliveries.list[n]);
	for (uint32 n = 0; n < a->ncounted; n++)
	{
		const zr_counted *counted = &a->counted[n];
		const zr_served *served = &a->served[n];
		uint8		in = served->delivered_in;
		zr_count   *count;

		if (counted->place < 0)
			continue;
		count = &a->counts[counted->place];
		count->served_until = Max(count->served_until, served->delivered_until);
		if (served->claimed > 0)
			count->served_until = Max(count->served_until, served->claimed_until);
		if (served->has_turnover)
		{
			add(&count->turnover, served->turnover);
			count->has_turnover = true;
		}
		/* what was credited in full was not delivered */
		for (int w = 0; w < ZR_WINDOWS; w++)
			if (served->claimed_in[w] > 0)
				in |= 1 << w;
		if (in & (1 << ZR_YEAR_BACK))
			count->trajectories++;
		if (in == 0)
			continue;
		pairs[npairs].key = zr_bias(counted->client);
		pairs[npairs++].value = (uint64) counted->place << ZR_WINDOWS | in;
	}

	/* then rows of a client at a place stand together */
	zr_sort_pairs(pairs, scratch, npairs);
	for (size_t n = 0; n < npairs;)
	{
		uint64		client = pairs[n].key;
		uint64		place = pairs[n].value >> ZR_WINDOWS;
		uint64		in = 0;

		for (; n < npairs && pairs[n].key == client && pairs[n].value >> ZR_WINDOWS == place; n++)
			in |= pairs[n].value;
		for (int w = 0; w < ZR_WINDOWS; w++)
			if (in & (1 << w))
				a->counts[place].clients[w]++;
	}
	pfree(pairs);
	pfree(scratch);
}
