/*
 * provider_places.h
 *		Numbers for pairs of provider and municipality: 0, 1, 2, ... in the order
 *		in which they come.
 */
#ifndef ZR_PROVIDER_PLACES_H
#define ZR_PROVIDER_PLACES_H

#include "compat.h"

#include "identifier.h"

/* A provider in a municipality. */
typedef struct zr_provider_place
{
	zr_provider provider;
	zr_municipality municipality;
} zr_provider_place;

/* All zero but for the context: none has come. */
typedef struct zr_provider_places
{
	MemoryContext context;
	zr_provider_place *list;
	uint32	   *slots;			/* of list, by hash: the number plus one, 0 is free */
	uint32		n;
	uint32		n_slots;
} zr_provider_places;

/* The number of the pair, p->n - 1 when it has just come. */
extern uint32 zr_provider_place_number(zr_provider_places *p, zr_provider provider, zr_municipality municipality);

#endif							/* ZR_PROVIDER_PLACES_H */
