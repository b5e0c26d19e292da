/*
 * care_places.h
 *		State of care_places_agg: allotments and their deliveries, which become
 *		the histories of each provider in each municipality.
 *
 * To join a million deliveries with their allotments, and those that pause or
 * move on with the others of the client, costs several times what reading them
 * does. Here both are put in the order of their numbers once, and then read
 * side by side.
 */
#ifndef ZR_CARE_PLACES_H
#define ZR_CARE_PLACES_H

#include "compat.h"

#include "care_rows.h"
#include "care_history.h"
#include "provider_places.h"

typedef struct zr_care_places
{
	MemoryContext context;
	zr_stop_meanings meanings;
	zr_allotted_care *allotments;
	zr_deliveries deliveries;
	zr_provider_places places;
	uint32		n_allotments;
} zr_care_places;

/* Stays of a place; those of the region that last longer also by themselves. NULL: there are none. */
typedef struct zr_place_histories
{
	care_history_expanded *persons;
	care_history_expanded *allotments;
	care_history_expanded *longer_persons;
	care_history_expanded *longer_allotments;
} zr_place_histories;

extern zr_care_places *zr_care_places_begin(MemoryContext context);

/* The place of the allotment is filled in. */
extern void zr_care_places_allotment(zr_care_places *a, const zr_allotted_care *allotment, zr_municipality municipality);

/* When all rows have come: calls emit for each place that has care, in the order in which they came. */
typedef void (*zr_place_emit) (void *to, const zr_provider_place *place, const zr_place_histories *histories);
extern void zr_care_places_finish(zr_care_places *a, zr_place_emit emit, void *to);

#endif							/* ZR_CARE_PLACES_H */
