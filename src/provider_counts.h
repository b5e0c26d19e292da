/*
 * provider_counts.h
 *		State of provider_counts_agg: allotments, and what was delivered and
 *		claimed of them in three windows.
 *
 * To join five million claim lines with a million allotments, and to group
 * the result three times, costs ten times what reading them does. Here a line
 * finds its allotments by number and is added up there; clients are counted
 * when all lines have come.
 */
#ifndef ZR_PROVIDER_COUNTS_H
#define ZR_PROVIDER_COUNTS_H

#include "compat.h"

#include "utils/date.h"

#include "care_rows.h"
#include "daterange.h"
#include "product_core.h"
#include "provider_places.h"

/* The windows of a count, also as places of bits. */
enum
{
	ZR_YEAR_BACK,
	ZR_CALENDAR_YEAR,
	ZR_FIRST_YEAR,
	ZR_WINDOWS
};

/* Days [from, until); DATEVAL_NOBEGIN and DATEVAL_NOEND where they are open, the other way round: none. */
typedef struct zr_days
{
	DateADT		from;
	DateADT		until;
} zr_days;

/* An allotment as it counts for one contract. */
typedef struct zr_counted
{
	int64		number;
	int64		client;
	int32		place;			/* the contract, -1: none */
	uint32		reporter;		/* whose rows, a place in that array */
	zr_allotted_end end;
} zr_counted;

/* What was served on it: one line of the processor's cache, which lines of a table of claims come back to in turn. */
typedef struct zr_served
{
	int64		claimed;		/* cents, of all lines */
	int64		claimed_in[ZR_WINDOWS];
	int64		turnover;		/* of lines that start in the year back */
	zr_days		first_year;		/* of the contract */
	uint32		reporter;
	DateADT		delivered_until;	/* DATEVAL_NOBEGIN: not at all */
	DateADT		claimed_until;	/* of lines above zero, likewise */
	uint8		delivered_in;	/* windows */
	bool		has_turnover;	/* a line was added to it */
	uint16		reserved;
} zr_served;

#define ZR_CACHE_LINE 64

/* Days of which a provider has rows in a municipality: ranges in order that do not touch. */
typedef struct zr_reported
{
	zr_days    *days;
	uint32		n;
	uint32		room;
	zr_days		last;			/* the range that was joined with last, or nothing */
} zr_reported;

enum
{
	ZR_DELIVERIES,
	ZR_CLAIMS,
	ZR_REPORTS
};

/* A product that is contracted, and the contract. */
typedef struct zr_contracted
{
	zr_product	product;
	int32		place;
} zr_contracted;

/* What a provider in a municipality reported, and what is contracted with it there. */
typedef struct zr_reporter
{
	zr_reported reported[ZR_REPORTS];
	zr_contracted *contracted;
	uint32		ncontracted;
} zr_reporter;

/* What was counted for a contract. */
typedef struct zr_count
{
	int64		clients[ZR_WINDOWS];
	int64		trajectories;
	int64		turnover;
	zr_days		first_year;		/* none: it is not over */
	DateADT		served_until;	/* DATEVAL_NOBEGIN: never */
	bool		has_turnover;
	bool		came;			/* it has an allotment */
} zr_count;

/* A claim line that found its allotment. */
typedef struct zr_found
{
	uint32		n;				/* the allotment */
	zr_days		days;
	int64		cents;
} zr_found;

/* As many are added up together, while what they need comes from memory that is far away. */
#define ZR_FOUND 16

typedef struct zr_provider_counts
{
	MemoryContext context;
	zr_days		windows[ZR_FIRST_YEAR]; /* those that are the same for all */
	DateADT		ends;			/* day after the last that counts */
	zr_counted *counted;		/* in the order of their numbers, once closed */
	int64	   *numbers;		/* theirs, NULL: allotments can still come */
	zr_served  *served;			/* of the same allotments */
	zr_provider_places places;
	zr_reporter *reporters;		/* by the number of their place */
	zr_count   *counts;			/* by place of the contract */
	uint32		ncounted,
				ncounts,
				room;			/* for counts */
	uint32		asked;			/* allotment that was asked for last */
	int			nfound;
	zr_found	found[ZR_FOUND];
	zr_deliveries deliveries;
	zr_stop_meanings meanings;
} zr_provider_counts;

/* A contract is a number of 24 bits. */
#define ZR_PLACE_MAX 0xFFFFFF

extern zr_provider_counts *zr_provider_counts_begin(MemoryContext context, const zr_daterange *year_back, const zr_daterange *calendar_year);

/* A contract and one product of it; ZR_PRODUCT_NONE: only allotments that name the contract count for it. */
extern void zr_provider_counts_contract(zr_provider_counts *a, zr_provider provider, zr_municipality municipality, zr_product product,
										int32 place, const zr_daterange *first_year);

/* An allotment counts for the contract place; -1: for that of its product. Contracts come first. */
extern void zr_provider_counts_allotment(zr_provider_counts *a, int64 number, int64 client, zr_provider provider,
										 zr_municipality municipality, zr_product product, int32 place, const zr_allotted_end *end);
extern void zr_provider_counts_claim(zr_provider_counts *a, int64 number, zr_days days, int64 cents);

/* When all rows have come: fills counts. */
extern void zr_provider_counts_finish(zr_provider_counts *a);

#endif							/* ZR_PROVIDER_COUNTS_H */
