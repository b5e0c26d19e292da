/*
 * care_ends_core.c
 *		When care ends that a delivery stops.
 */
#include "care_ends_core.h"

void
zr_stop_means(zr_stop_meanings *meanings, int law, int stop, int change, uint8_t meaning)
{
	meanings->meaning[law][stop][change] = meaning;
	meanings->stop[law][stop] = true;
	meanings->change[law][change] = true;
}

void
zr_care_resume(zr_delivered_care *deliveries, size_t n)
{
	for (size_t i = n; i-- > 0;)
	{
		const zr_delivered_care *next = &deliveries[i + 1];

		if (i + 1 == n || next->number != deliveries[i].number)
			deliveries[i].resumed = ZR_DATE_OPEN;
		else
			deliveries[i].resumed = next->started > deliveries[i].started ? next->started : next->resumed;
	}
}

/* The first day after a pause. */
static zr_date
pause_until(zr_date allotted_until, const zr_delivered_care *delivery)
{
	if (delivery->resumed != ZR_DATE_OPEN)
		return delivery->resumed;
	if (allotted_until == ZR_DATE_OPEN || !delivery->ended)
		return allotted_until;
	return allotted_until > delivery->until ? allotted_until : delivery->until;
}

zr_date
zr_care_until(const zr_stop_meanings *meanings, const zr_allotted_end *allotted, const zr_delivered_care *delivery, uint8_t *meaning)
{
	int			law = allotted->law;
	int			stop = meanings->stop[law][delivery->stop] ? delivery->stop : ZR_NO_REASON;

	/* why the allotment changed tells of an end only */
	int			change = delivery->ended && meanings->change[law][allotted->change] ? allotted->change : ZR_NO_REASON;

	*meaning = meanings->meaning[law][stop][change];
	return *meaning == ZR_PAUSES ? pause_until(allotted->until, delivery) : delivery->until;
}

size_t
zr_care_stays(const zr_stop_meanings *meanings, const zr_allotted_care *allotments, size_t n_allotments,
			  const zr_delivered_care *deliveries, size_t n_deliveries, zr_care_stay *stays)
{
	size_t		first = 0,
				end = 0,
				n = 0;

	for (size_t d = 0; d < n_deliveries; d++)
	{
		const zr_delivered_care *delivery = &deliveries[d];

		while (first < n_allotments && allotments[first].number < delivery->number)
			first++;
		/* a table without a key may have a number twice */
		if (end < first)
			end = first;
		while (end < n_allotments && allotments[end].number == delivery->number)
			end++;
		for (size_t a = first; stays != NULL && a < end; a++)
		{
			uint8_t		meaning;
			zr_date		until = zr_care_until(meanings, &allotments[a].end, delivery, &meaning);

			stays[n + a - first] = (zr_care_stay)
			{
				(uint32_t) a, (uint32_t) d, until, until, meaning
			};
		}
		n += end - first;
	}
	return n;
}

/* A start with a provider, and the first one with any other. */
typedef struct first_starts
{
	zr_date		started;		/* ZR_DATE_OPEN: none */
	uint32_t	provider;
	zr_date		elsewhere;
} first_starts;

static void
add_start(first_starts *first, uint32_t provider, zr_date started)
{
	if (first->started != ZR_DATE_OPEN && provider == first->provider)
		first->started = started < first->started ? started : first->started;
	else if (started < first->started)
	{
		first->elsewhere = first->started;
		first->started = started;
		first->provider = provider;
	}
	else if (started < first->elsewhere)
		first->elsewhere = started;
}

/*
 * All stays of a client from the one that ends last: care goes on with another
 * provider where that ends later than this, from the first such start. So each
 * stay is looked at twice, however many there are.
 */
void
zr_care_moves(const zr_allotted_care *allotments, const zr_delivered_care *deliveries, zr_care_stay *stays, size_t n,
			  zr_pair *pairs, zr_pair *scratch)
{
	first_starts first = {ZR_DATE_OPEN, 0, ZR_DATE_OPEN};
	size_t		end;

	for (size_t i = 0; i < n; i++)
	{
		pairs[i].key = zr_bias(allotments[stays[i].allotment].client);
		/* ends from the last to the first: 0 is none */
		pairs[i].value = (uint64_t) ((uint32_t) ZR_DATE_OPEN - (uint32_t) deliveries[stays[i].delivery].until) << 32 | i;
	}
	zr_sort_pairs(pairs, scratch, n);
	for (size_t from = 0; from < n; from = end)
	{
		if (from == 0 || pairs[from].key != pairs[from - 1].key)
			first = (first_starts)
		{
			ZR_DATE_OPEN, 0, ZR_DATE_OPEN
		};
		for (end = from + 1; end < n && pairs[end].key == pairs[from].key && pairs[end].value >> 32 == pairs[from].value >> 32;)
			end++;
		/* of those that end on one day none is later than another, so their starts are added afterwards */
		for (size_t i = from; i < end; i++)
		{
			zr_care_stay *stay = &stays[(uint32_t) pairs[i].value];
			zr_date		elsewhere = first.provider != allotments[stay->allotment].provider ? first.started : first.elsewhere;

			if (stay->meaning == ZR_MOVES_ON && elsewhere != ZR_DATE_OPEN && elsewhere > stay->until)
				stay->until_in_region = elsewhere;
		}
		for (size_t i = from; i < end; i++)
		{
			const zr_care_stay *stay = &stays[(uint32_t) pairs[i].value];

			add_start(&first, allotments[stay->allotment].provider, deliveries[stay->delivery].started);
		}
	}
}
