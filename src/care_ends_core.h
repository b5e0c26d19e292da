/*
 * care_ends_core.h
 *		When care ends that a delivery stops: at once, when a pause is over, or
 *		when it begins with another provider.
 *
 * What a stop means stands in the reasons: that of the stop (reden
 * beeindiging) and that of the last change of the allotment (reden wijziging),
 * by law.
 */
#ifndef ZR_CARE_ENDS_CORE_H
#define ZR_CARE_ENDS_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar_core.h"
#include "product_core.h"
#include "radix_core.h"

enum
{
	ZR_LAW_WMO,
	ZR_LAW_JEUGDWET,
	ZR_NO_LAW,
	ZR_LAWS
};

/* A reason is a code of two digits; one that the lists do not have is none. */
#define ZR_NO_REASON	100
#define ZR_REASONS		(ZR_NO_REASON + 1)

enum
{
	ZR_ENDS,					/* in every count on the day of the stop */
	ZR_PAUSES,					/* lasts until the next start on the allotment, or its end */
	ZR_MOVES_ON					/* in the region it lasts until the start with another provider */
};

/* By law, reason of the stop and reason of the change; all zero at first. */
typedef struct zr_stop_meanings
{
	uint8_t		meaning[ZR_LAWS][ZR_REASONS][ZR_REASONS];
	bool		stop[ZR_LAWS][ZR_REASONS];	/* whether the list has it */
	bool		change[ZR_LAWS][ZR_REASONS];
} zr_stop_meanings;

/* What an allotment says of the end of care. */
typedef struct zr_allotted_end
{
	zr_date		until;			/* ZR_DATE_OPEN: no end */
	uint8_t		law;
	uint8_t		change;
} zr_allotted_end;

typedef struct zr_allotted_care
{
	int64_t		number;
	int64_t		client;
	uint32_t	provider;
	uint32_t	place;			/* of whom the care is, for who made it */
	zr_product	product;
	zr_allotted_end end;
} zr_allotted_care;

/* Dates may be any, also far from those of the calendar. */
typedef struct zr_delivered_care
{
	int64_t		number;
	zr_date		started;		/* never ZR_DATE_OPEN */
	zr_date		until;			/* ZR_DATE_OPEN: no end, or infinity */
	zr_date		resumed;		/* filled by zr_care_resume() */
	uint8_t		stop;
	bool		ended;			/* a last day is known */
} zr_delivered_care;

/* A delivery on an allotment, and the first days that do not count: with its provider, and in the region. */
typedef struct zr_care_stay
{
	uint32_t	allotment;
	uint32_t	delivery;
	zr_date		until;
	zr_date		until_in_region;
	uint8_t		meaning;
} zr_care_stay;

extern void zr_stop_means(zr_stop_meanings *meanings, int law, int stop, int change, uint8_t meaning);

/* Fills in the next start on the same allotment, ZR_DATE_OPEN: none; deliveries are in the order of number and start. */
extern void zr_care_resume(zr_delivered_care *deliveries, size_t n);

/* The first day that does not count for the provider, and what the stop means. */
extern zr_date zr_care_until(const zr_stop_meanings *meanings, const zr_allotted_end *allotted, const zr_delivered_care *delivery, uint8_t *meaning);

/*
 * The deliveries of these allotments, both in the order of their numbers: how
 * many there are, when stays is NULL, or fills them in, but for moves.
 */
extern size_t zr_care_stays(const zr_stop_meanings *meanings, const zr_allotted_care *allotments, size_t n_allotments,
							const zr_delivered_care *deliveries, size_t n_deliveries, zr_care_stay *stays);

/* Fills in until_in_region of the moves; pairs and scratch have room for all stays. */
extern void zr_care_moves(const zr_allotted_care *allotments, const zr_delivered_care *deliveries, zr_care_stay *stays, size_t n,
						  zr_pair *pairs, zr_pair *scratch);

#endif							/* ZR_CARE_ENDS_CORE_H */
