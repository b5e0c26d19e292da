/*
 * care_places.c
 *		Allotments and their deliveries, and the histories that they make.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "care_places.h"
#include "growing_array.h"

zr_care_places *
zr_care_places_begin(MemoryContext context)
{
	zr_care_places *a = MemoryContextAllocZero(context, sizeof(zr_care_places));

	a->context = context;
	a->places.context = context;
	return a;
}

void
zr_care_places_allotment(zr_care_places *a, const zr_allotted_care *allotment, zr_municipality municipality)
{
	a->allotments = zr_array_room(a->context, a->allotments, a->n_allotments, sizeof(zr_allotted_care));
	a->allotments[a->n_allotments] = *allotment;
	a->allotments[a->n_allotments++].place = zr_provider_place_number(&a->places, allotment->provider, municipality);
}

static zr_pair *
allocate_pairs(zr_care_places *a, Size n)
{
	return MemoryContextAllocHuge(a->context, mul_size(Max(n, 1), sizeof(zr_pair)));
}

/* Not what starts outside the years 1 to 9999 or has no day; a last day of 9999-12-31 or later is none. */
static void
append(care_history_expanded **history, MemoryContext context, uint64 key, zr_product product, zr_date start, zr_date until)
{
	zr_care		period = {key, product, start, until < ZR_DATE_MAX ? until : ZR_DATE_OPEN};

	if (!zr_care_check(&period, NULL))
		return;
	if (*history == NULL)
		*history = care_history_expand(context, 0);
	care_history_append(*history, &period);
}

/* What histories ask of a stay: kept together, since allotments and deliveries of a place lie far apart. */
typedef struct placed_stay
{
	uint64		client;
	uint64		number;
	zr_product	product;
	zr_date		started;
	zr_date		until;
	zr_date		until_in_region;
} placed_stay;

static void
emit_place(zr_care_places *a, const zr_provider_place *place, const placed_stay *stays, size_t n, zr_place_emit emit, void *to)
{
	MemoryContext context = AllocSetContextCreate(a->context, "care of a place", ALLOCSET_DEFAULT_SIZES);
	MemoryContext before = MemoryContextSwitchTo(context);
	zr_place_histories histories = {0};

	CHECK_FOR_INTERRUPTS();
	for (size_t i = 0; i < n; i++)
	{
		placed_stay stay = stays[i];

		append(&histories.persons, context, stay.client, stay.product, stay.started, stay.until);
		append(&histories.allotments, context, stay.number, stay.product, stay.started, stay.until);
		if (stay.until_in_region > stay.until)
		{
			append(&histories.longer_persons, context, stay.client, stay.product, stay.started, stay.until_in_region);
			append(&histories.longer_allotments, context, stay.number, stay.product, stay.started, stay.until_in_region);
		}
	}
	MemoryContextSwitchTo(before);
	if (histories.persons != NULL)
		emit(to, place, &histories);
	MemoryContextDelete(context);
}

/* Puts stays beside those of the same place: place p has those from begins[p] up to begins[p + 1]. */
static placed_stay *
by_place(zr_care_places *a, const zr_care_stay *stays, size_t n, size_t *begins)
{
	placed_stay *placed = MemoryContextAllocHuge(a->context, mul_size(Max(n, 1), sizeof(placed_stay)));

	/* how many there are, so where those of each end, and then down from there to where they begin */
	memset(begins, 0, (a->places.n + 1) * sizeof(size_t));
	for (size_t i = 0; i < n; i++)
		begins[a->allotments[stays[i].allotment].place]++;
	for (uint32 p = 1; p <= a->places.n; p++)
		begins[p] += begins[p - 1];
	for (size_t i = n; i-- > 0;)
	{
		const zr_allotted_care *allotment = &a->allotments[stays[i].allotment];

		placed[--begins[allotment->place]] = (placed_stay)
		{
			zr_bias(allotment->client), zr_bias(allotment->number), allotment->product,
				a->deliveries.list[stays[i].delivery].started, stays[i].until, stays[i].until_in_region
		};
	}
	return placed;
}

void
zr_care_places_finish(zr_care_places *a, zr_place_emit emit, void *to)
{
	zr_care_stay *stays;
	placed_stay *placed;
	size_t	   *begins;
	size_t		n,
				first_move = 0;

	a->allotments = zr_array_by_number(a->context, a->allotments, a->n_allotments, sizeof(zr_allotted_care));
	zr_deliveries_close(&a->deliveries, a->context);
	n = zr_care_stays(&a->meanings, a->allotments, a->n_allotments, a->deliveries.list, a->deliveries.n, NULL);
	if (n > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many deliveries"),
				 errdetail("Together with the allotments that have their numbers they are %zu.", n)));
	stays = MemoryContextAllocHuge(a->context, mul_size(Max(n, 1), sizeof(zr_care_stay)));
	zr_care_stays(&a->meanings, a->allotments, a->n_allotments, a->deliveries.list, a->deliveries.n, stays);
	while (first_move < n && stays[first_move].meaning != ZR_MOVES_ON)
		first_move++;
	if (first_move < n)
	{
		zr_pair    *pairs = allocate_pairs(a, n);
		zr_pair    *scratch = allocate_pairs(a, n);

		CHECK_FOR_INTERRUPTS();
		zr_care_moves(a->allotments, a->deliveries.list, stays, n, pairs, scratch);
		pfree(scratch);
		pfree(pairs);
	}

	begins = MemoryContextAllocHuge(a->context, mul_size((Size) a->places.n + 1, sizeof(size_t)));
	placed = by_place(a, stays, n, begins);
	pfree(stays);
	for (uint32 p = 0; p < a->places.n; p++)
		emit_place(a, &a->places.list[p], placed + begins[p], begins[p + 1] - begins[p], emit, to);
	pfree(begins);
	pfree(placed);
}
