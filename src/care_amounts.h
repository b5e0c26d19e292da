/*
 * care_amounts.h
 *		State of care_amounts_agg: allotments, their deliveries and claim lines,
 *		summed per month and year while they come, in any order.
 *
 * A join of five million claim lines with a million allotments costs ten
 * times what reading them does, and grouping the result as much again. Here
 * an allotment is found by its number and leads straight to the sums that its
 * amounts belong to.
 *
 * Two kinds of sums: per municipality, product and unit by month (a cell), and
 * per provider, municipality and product by year (a share).
 */
#ifndef ZR_CARE_AMOUNTS_H
#define ZR_CARE_AMOUNTS_H

#include "compat.h"

#include "utils/date.h"

#include "convert.h"
#include "identifier.h"
#include "indication_core.h"
#include "month_grid_core.h"
#include "tariff_book.h"

/* Where amounts belong: 16 bytes without padding, which are hashed and compared. */
typedef struct zr_place
{
	zr_provider provider;		/* of a share */
	zr_product	product;		/* ZR_PRODUCT_NONE: none is named */
	int32		group;			/* of shares that are added up: product group; else 0 */
	zr_municipality municipality;
	uint8		unit;			/* zr_unit, of a cell */
	uint8		known;			/* false: neither allotment nor declaration say who and where */
} zr_place;

/* Sums of a cell: arrays of as many numbers as the grid has months, or years. */
typedef struct zr_cell
{
	zr_place	place;
	int64	   *indicated;		/* cents */
	int64	   *unpriced;
	int64	   *unpriced_by_year;
	int64	   *delivered;
	int64	   *claimed;
	int64	   *unallotted;
	int64	   *quantity;		/* claimed: minutes of hours and minutes, cents of euro, else whole units */
	int64	   *claimable;		/* hundredths of the unit */
	int64	   *claimable_by_year;
	int64	   *in_force;
	int64	   *in_force_by_year;
} zr_cell;

typedef struct zr_share
{
	zr_place	place;
	struct varlena *prices;		/* tariff book of its contract; NULL: the ordinary prices */
} zr_share;

/* What a claim line asks of its allotment. */
typedef struct zr_allotment
{
	uint32		cell;			/* place in the array plus one, 0: no allotment has this number */
	uint32		share:31;
	uint32		sent:1;
} zr_allotment;

/*
 * Numbers that differ in their last three bits only: mostly they are asked for
 * one after another, and stand together in memory that is far away.
 */
#define ZR_NUMBERS_BITS 3
#define ZR_NUMBERS (1 << ZR_NUMBERS_BITS)
typedef struct zr_numbers
{
	int64		first;			/* the bits that they share */
	zr_allotment allotments[ZR_NUMBERS];
} zr_numbers;

/* The rest of an allotment. */
typedef struct zr_allotted
{
	zr_indication indication;
	zr_allotment allotment;
	int32		deliveries;		/* the first of its list, -1: none */
} zr_allotted;

typedef struct zr_care_delivery
{
	int64		number;
	zr_date		from;
	zr_date		to;				/* the day after */
	int32		next;			/* of the same allotment, -1: none */
} zr_care_delivery;

/* A claim line as far as sums need it. */
typedef struct zr_care_line
{
	int64		number;
	int64		cents;
	int64		declaration;	/* 0: none */
	zr_volume	volume;			/* ZR_VOLUME_NONE: none */
	zr_product	product;		/* ZR_PRODUCT_NONE: that of the allotment */
	int			month;			/* of the grid */
	bool		credit;
} zr_care_line;

typedef struct zr_care_group
{
	zr_product	product;
	int32		number;
} zr_care_group;

typedef struct zr_care_declaration
{
	int64		id;
	zr_provider provider;
	zr_municipality municipality;
} zr_care_declaration;

/* Places in an array by hash: open addressing, at most half full. A slot holds the place plus one, 0 is free. */
typedef struct zr_slots
{
	uint32	   *slots;
	uint32		mask;
	uint32		used;
} zr_slots;

typedef struct zr_care_amounts
{
	MemoryContext context;
	zr_month_grid *grid;
	zr_month_grid *past;		/* its months up to the last that counts */
	zr_date		ends;			/* day after the last that counts */
	struct varlena *prices;		/* the ordinary tariff book; NULL: none came */
	zr_slots	numbers_by_first;
	zr_slots	cells_by_place;
	zr_slots	shares_by_place;
	zr_numbers *numbers;
	uint32		asked;			/* which of them was asked for last */
	bool		in_order;		/* sorted when the first line came */
	uint32	   *places;			/* of the allotments with these numbers in the next array */
	zr_allotted *allotted;
	zr_care_delivery *deliveries;
	zr_care_line *waiting;		/* lines whose allotment had not come */
	zr_care_group *groups;
	zr_care_declaration *declarations;
	zr_cell    *cells;
	zr_share   *shares;
	int64	  **claimed_by_year;	/* cents: for each year an array of sums of shares */
	int64	  **unallotted_by_year;
	uint32		nnumbers,
				nallotted,
				ndeliveries,
				nwaiting,
				ngroups,
				ndeclarations,
				ncells,
				nshares,
				share_room;
} zr_care_amounts;

extern zr_care_amounts *zr_care_amounts_begin(MemoryContext context, const zr_range *days, zr_date as_of);
extern void zr_care_amounts_allotment(zr_care_amounts *a, int64 number, zr_provider provider, zr_municipality municipality,
									  const zr_indication *indication, bool sent);
extern void zr_care_amounts_delivery(zr_care_amounts *a, int64 number, DateADT started, DateADT last_day);
extern void zr_care_amounts_line(zr_care_amounts *a, const zr_care_line *line);
extern void zr_care_amounts_prices(zr_care_amounts *a, bool ordinary, zr_provider provider, zr_municipality municipality,
								   zr_product product, Datum prices);
extern void zr_care_amounts_group(zr_care_amounts *a, zr_product product, int32 number);

extern void zr_care_amounts_declaration(zr_care_amounts *a, int64 id, zr_provider provider, zr_municipality municipality);

/* When all rows have come: sums what was waiting, and what an allotment costs, is delivered of and may be claimed. */
extern void zr_care_amounts_finish(zr_care_amounts *a);

/* The number of the product's group, -1: none came. After finish. */
extern int32 zr_care_amounts_group_of(const zr_care_amounts *a, zr_product product);

#endif							/* ZR_CARE_AMOUNTS_H */
