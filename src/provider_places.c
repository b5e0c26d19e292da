/*
 * provider_places.c
 *		Numbers for pairs of provider and municipality.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "growing_array.h"
#include "provider_places.h"

/* Where the pair stands in slots, or the free slot where it would. */
static uint32
slot_of(const zr_provider_places *p, zr_provider provider, zr_municipality municipality)
{
	uint32		at = murmurhash32(provider ^ murmurhash32(municipality)) & (p->n_slots - 1);

	while (p->slots[at] != 0)
	{
		const zr_provider_place *place = &p->list[p->slots[at] - 1];

		if (place->provider == provider && place->municipality == municipality)
			break;
		at = (at + 1) & (p->n_slots - 1);
	}
	return at;
}

static void
double_slots(zr_provider_places *p)
{
	p->n_slots = p->n_slots == 0 ? 256 : 2 * p->n_slots;
	if (p->slots != NULL)
		pfree(p->slots);
	p->slots = MemoryContextAllocExtended(p->context, mul_size(p->n_slots, sizeof(uint32)), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 n = 0; n < p->n; n++)
		p->slots[slot_of(p, p->list[n].provider, p->list[n].municipality)] = n + 1;
}

uint32
zr_provider_place_number(zr_provider_places *p, zr_provider provider, zr_municipality municipality)
{
	uint32		at;

	if (p->n >= p->n_slots / 2)
		double_slots(p);
	at = slot_of(p, provider, municipality);
	if (p->slots[at] == 0)
	{
		p->list = zr_array_room(p->context, p->list, p->n, sizeof(zr_provider_place));
		p->list[p->n++] = (zr_provider_place)
		{
			provider, municipality
		};
		p->slots[at] = p->n;
	}
	return p->slots[at] - 1;
}
