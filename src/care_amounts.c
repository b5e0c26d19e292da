/*
 * care_amounts.c
 *		Allotments, their deliveries and claim lines, summed per month and year.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "care_amounts.h"
#include "claimable_months_core.h"
#include "known_cost_core.h"
#include "pq.h"

/*
 * Numbers that follow each other are mostly asked for one after another, so
 * blocks of 64 of them stay together.
 */
static inline uint32
hash_number(int64 number)
{
	return (murmurhash32((uint32) ((uint64) number >> 6) ^ (uint32) ((uint64) number >> 38)) << 6) | (uint32) (number & 63);
}

static inline uint32
hash_place(const zr_place *place)
{
	return hash_bytes((const unsigned char *) place, sizeof(zr_place));
}

/* Makes room for one more; hash gives that of what stands at a place in the array. */
static void
make_slot(zr_care_amounts *a, zr_slots *table, uint32 (*hash) (const zr_care_amounts *, uint32))
{
	uint32		size = table->mask + 1;
	uint32	   *old = table->slots;

	if (old != NULL && table->used < size / 2)
		return;
	size = old == NULL ? 256 : 2 * size;
	table->slots = MemoryContextAllocExtended(a->context, size * sizeof(uint32), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 n = 0; old != NULL && n <= table->mask; n++)
	{
		uint32		at;

		if (old[n] == 0)
			continue;
		at = hash(a, old[n] - 1) & (size - 1);
		while (table->slots[at] != 0)
			at = (at + 1) & (size - 1);
		table->slots[at] = old[n];
	}
	table->mask = size - 1;
	if (old != NULL)
		pfree(old);
}

static uint32
hash_allotment(const zr_care_amounts *a, uint32 n)
{
	return hash_number(a->allotments[n].number);
}

static uint32
hash_cell(const zr_care_amounts *a, uint32 n)
{
	return hash_place(&a->cells[n].place);
}

static uint32
hash_share(const zr_care_amounts *a, uint32 n)
{
	return hash_place(&a->shares[n].place);
}

/* The slot of the number: where it stands, or would stand. */
static inline uint32
number_slot(const zr_care_amounts *a, int64 number)
{
	const zr_slots *table = &a->allotments_by_number;
	uint32		at = hash_number(number) & table->mask;

	while (table->slots[at] != 0 && a->allotments[table->slots[at] - 1].number != number)
		at = (at + 1) & table->mask;
	return at;
}

static inline zr_allotment *
find_allotment(const zr_care_amounts *a, int64 number)
{
	uint32		found;

	if (a->nallotments == 0)
		return NULL;
	found = a->allotments_by_number.slots[number_slot(a, number)];
	return found != 0 ? &a->allotments[found - 1] : NULL;
}

static zr_month_grid *
make_grid(MemoryContext context, zr_date lower, zr_date upper)
{
	zr_month_grid *grid = MemoryContextAlloc(context, offsetof(zr_month_grid, starts) +
											 (zr_month_grid_count(lower, upper) + 1) * sizeof(zr_date));

	zr_month_grid_fill(grid, lower, upper);
	return grid;
}

zr_care_amounts *
zr_care_amounts_begin(MemoryContext context, const zr_range *days, zr_date as_of)
{
	zr_care_amounts *a = MemoryContextAllocZero(context, sizeof(zr_care_amounts));
	zr_date		past = Max(days->lower, Min(days->upper, zr_month_start(zr_month_of(as_of) + 1)));

	a->context = context;
	a->grid = make_grid(context, days->lower, days->upper);
	a->past = make_grid(context, days->lower, past);
	a->ends = as_of + 1;
	return a;
}

/* Room for one more: arrays double, and start when their length is 0. */
static void *
room_for_one(zr_care_amounts *a, void *array, uint32 n, Size element)
{
	if (n != 0 && (n & (n - 1)) != 0)
		return array;
	if (n == 0)
		return MemoryContextAllocHuge(a->context, element);
	if (n >= ((uint32) 1 << 30))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows to sum")));
	return repalloc_huge(array, mul_size(2 * (Size) n, element));
}

static uint32
cell_of(zr_care_amounts *a, const zr_place *place)
{
	zr_slots   *table = &a->cells_by_place;
	int			nmonths = a->grid->nmonths,
				nyears = a->grid->nyears;
	uint32		at;
	int64	   *sums;
	zr_cell    *cell;

	make_slot(a, table, hash_cell);
	for (at = hash_place(place) & table->mask; table->slots[at] != 0; at = (at + 1) & table->mask)
		if (memcmp(&a->cells[table->slots[at] - 1].place, place, sizeof(zr_place)) == 0)
			return table->slots[at] - 1;
	a->cells = room_for_one(a, a->cells, a->ncells, sizeof(zr_cell));
	cell = &a->cells[a->ncells++];
	table->slots[at] = a->ncells;
	table->used++;
	cell->place = *place;
	sums = MemoryContextAllocZero(a->context, (8 * nmonths + 3 * nyears + 1) * sizeof(int64));
	cell->indicated = sums;
	cell->unpriced = cell->indicated + nmonths;
	cell->delivered = cell->unpriced + nmonths;
	cell->claimed = cell->delivered + nmonths;
	cell->unallotted = cell->claimed + nmonths;
	cell->quantity = cell->unallotted + nmonths;
	cell->claimable = cell->quantity + nmonths;
	cell->in_force = cell->claimable + nmonths;
	cell->unpriced_by_year = cell->in_force + nmonths;
	cell->claimable_by_year = cell->unpriced_by_year + nyears;
	cell->in_force_by_year = cell->claimable_by_year + nyears;
	return a->ncells - 1;
}

static uint32
share_of(zr_care_amounts *a, const zr_place *place)
{
	zr_slots   *table = &a->shares_by_place;
	uint32		at;
	zr_share   *share;

	make_slot(a, table, hash_share);
	for (at = hash_place(place) & table->mask; table->slots[at] != 0; at = (at + 1) & table->mask)
		if (memcmp(&a->shares[table->slots[at] - 1].place, place, sizeof(zr_place)) == 0)
			return table->slots[at] - 1;
	a->shares = room_for_one(a, a->shares, a->nshares, sizeof(zr_share));
	share = &a->shares[a->nshares++];
	table->slots[at] = a->nshares;
	table->used++;
	share->place = *place;
	share->claimed = MemoryContextAllocZero(a->context, (2 * a->grid->nyears + 1) * sizeof(int64));
	share->unallotted = share->claimed + a->grid->nyears;
	share->prices = NULL;
	return a->nshares - 1;
}

static zr_unit
unit_of(const zr_indication *i)
{
	return i->budget != ZR_BUDGET_NONE ? ZR_EURO : i->volume == ZR_VOLUME_NONE ? ZR_UNIT_NONE : zr_volume_unit(i->volume);
}

void
zr_care_amounts_allotment(zr_care_amounts *a, int64 number, zr_provider provider, zr_municipality municipality,
						  const zr_indication *indication, bool sent)
{
	zr_place	cell = {.municipality = municipality, .product = indication->product, .unit = unit_of(indication), .known = true};
	zr_place	share = {.municipality = municipality, .product = indication->product, .provider = provider, .known = true};
	uint32		slot;
	zr_allotment *allotment;

	make_slot(a, &a->allotments_by_number, hash_allotment);
	slot = number_slot(a, number);
	if (a->allotments_by_number.slots[slot] != 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 errmsg("two allotments have the same number")));
	a->allotments = room_for_one(a, a->allotments, a->nallotments, sizeof(zr_allotment));
	allotment = &a->allotments[a->nallotments++];
	a->allotments_by_number.slots[slot] = a->nallotments;
	a->allotments_by_number.used++;
	allotment->number = number;
	allotment->indication = *indication;
	allotment->cell = cell_of(a, &cell);
	allotment->share = share_of(a, &share);
	allotment->deliveries = -1;
	allotment->sent = sent;
}

void
zr_care_amounts_delivery(zr_care_amounts *a, int64 number, DateADT started, DateADT last_day)
{
	zr_care_delivery *delivery;
	zr_date		from = DATE_IS_NOBEGIN(started) ? a->grid->lower : Max(started, a->grid->lower);
	zr_date		to = DATE_NOT_FINITE(last_day) || last_day >= a->ends ? a->ends : last_day + 1;

	to = Min(to, a->grid->upper);
	if (DATE_IS_NOEND(started) || from >= to)
		return;
	a->deliveries = room_for_one(a, a->deliveries, a->ndeliveries, sizeof(zr_care_delivery));
	delivery = &a->deliveries[a->ndeliveries++];
	delivery->number = number;
	delivery->from = from;
	delivery->to = to;
	delivery->next = -1;
}

void
zr_care_amounts_prices(zr_care_amounts *a, bool ordinary, zr_provider provider, zr_municipality municipality,
					   zr_product product, Datum prices)
{
	zr_place	place = {.municipality = municipality, .product = product, .provider = provider, .known = true};
	MemoryContext caller = MemoryContextSwitchTo(a->context);
	struct varlena *copy = (struct varlena *) PG_DETOAST_DATUM_COPY(prices);

	MemoryContextSwitchTo(caller);
	if (ordinary)
		a->prices = copy;
	else
	{
		/* places come before what points into them */
		uint32		number = share_of(a, &place);

		a->shares[number].prices = copy;
	}
}

void
zr_care_amounts_group(zr_care_amounts *a, zr_product product, int32 number)
{
	zr_care_group *group;

	a->groups = room_for_one(a, a->groups, a->ngroups, sizeof(zr_care_group));
	group = &a->groups[a->ngroups++];
	group->product = product;
	group->number = number;
}

void
zr_care_amounts_declaration(zr_care_amounts *a, int64 id, zr_provider provider, zr_municipality municipality)
{
	zr_care_declaration *declaration;

	a->declarations = room_for_one(a, a->declarations, a->ndeclarations, sizeof(zr_care_declaration));
	declaration = &a->declarations[a->ndeclarations++];
	declaration->id = id;
	declaration->provider = provider;
	declaration->municipality = municipality;
}

static void
add(int64 *sum, int64 value)
{
	if (pg_add_s64_overflow(*sum, value, sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of claims out of range")));
}

/* What the line takes of an allotment in the unit; nothing when it is in another one (TR341). */
static int64
quantity_of(const zr_care_line *line, zr_unit unit)
{
	zr_unit		claimed = line->volume == ZR_VOLUME_NONE ? ZR_UNIT_NONE : zr_volume_unit(line->volume);
	int64		quantity;

	if (unit == ZR_EURO)
		return line->cents;
	if (unit == ZR_UNIT_NONE || claimed == ZR_UNIT_NONE)
		return 0;
	quantity = zr_volume_high(line->volume);
	if ((unit == ZR_HOUR || unit == ZR_MINUTE) && claimed == ZR_HOUR)
		quantity *= 60;
	else if (claimed != unit && !(unit == ZR_HOUR && claimed == ZR_MINUTE))
		return 0;
	return line->credit ? -quantity : quantity;
}

static void
add_claimed(zr_care_amounts *a, const zr_care_line *line, uint32 cell, uint32 share, bool allotted)
{
	int			year = zr_month_grid_year(a->grid, line->month);

	add(&a->cells[cell].claimed[line->month], line->cents);
	add(&a->shares[share].claimed[year], line->cents);
	if (!allotted)
	{
		add(&a->cells[cell].unallotted[line->month], line->cents);
		add(&a->shares[share].unallotted[year], line->cents);
	}
}

static void
add_line(zr_care_amounts *a, const zr_care_line *line, const zr_allotment *allotment)
{
	uint32		cell = allotment->cell,
				share = allotment->share;

	if (allotment->sent)
		add(&a->cells[cell].quantity[line->month], quantity_of(line, a->cells[cell].place.unit));
	if (line->product != ZR_PRODUCT_NONE && line->product != allotment->indication.product)
	{
		/* money goes to the product that was claimed */
		zr_place	place = a->cells[cell].place;

		place.product = line->product;
		cell = cell_of(a, &place);
		place = a->shares[share].place;
		place.product = line->product;
		share = share_of(a, &place);
	}
	add_claimed(a, line, cell, share, allotment->sent);
}

void
zr_care_amounts_line(zr_care_amounts *a, const zr_care_line *line)
{
	const zr_allotment *allotment = find_allotment(a, line->number);

	if (allotment != NULL)
		add_line(a, line, allotment);
	else
	{
		a->waiting = room_for_one(a, a->waiting, a->nwaiting, sizeof(zr_care_line));
		a->waiting[a->nwaiting++] = *line;
	}
}

static int
compare_declarations(const void *a, const void *b)
{
	int64		left = ((const zr_care_declaration *) a)->id;
	int64		right = ((const zr_care_declaration *) b)->id;

	return (left > right) - (left < right);
}

/* A line on an allotment nobody knows: who and where only its declaration says. */
static void
add_unknown(zr_care_amounts *a, const zr_care_line *line)
{
	zr_care_declaration key = {.id = line->declaration};
	const zr_care_declaration *declaration = NULL;
	zr_place	cell = {.product = line->product};
	zr_place	share = {.product = line->product};

	if (a->ndeclarations > 0)
		declaration = bsearch(&key, a->declarations, a->ndeclarations, sizeof(zr_care_declaration), compare_declarations);
	if (declaration != NULL)
	{
		cell.known = share.known = true;
		cell.municipality = share.municipality = declaration->municipality;
		share.provider = declaration->provider;
	}
	add_claimed(a, line, cell_of(a, &cell), share_of(a, &share), false);
}

static void
settle_waiting(zr_care_amounts *a)
{
	for (uint32 n = 0; n < a->nwaiting; n++)
	{
		const zr_allotment *allotment = find_allotment(a, a->waiting[n].number);

		if (allotment != NULL)
			add_line(a, &a->waiting[n], allotment);
		else
			add_unknown(a, &a->waiting[n]);
	}
	a->nwaiting = 0;
}

/* Deliveries as lists by allotment, each in the order of its first days. */
static void
link_deliveries(zr_care_amounts *a)
{
	for (uint32 n = 0; n < a->ndeliveries; n++)
	{
		zr_allotment *allotment = find_allotment(a, a->deliveries[n].number);
		int32	   *at;

		if (allotment == NULL)
			continue;
		at = &allotment->deliveries;
		while (*at >= 0 && a->deliveries[*at].from <= a->deliveries[n].from)
			at = &a->deliveries[*at].next;
		a->deliveries[n].next = *at;
		*at = (int32) n;
	}
}

/* The prices of an allotment, and where the call site found a product last. */
typedef struct pricing
{
	zr_book_view ordinary;
	zr_book_view contract;
	bool		has_ordinary;
	int			guesses[ZR_PQ_GUESSES];
} pricing;

static const zr_book_view *
book_of(const zr_care_amounts *a, const zr_allotment *allotment, pricing *prices)
{
	struct varlena *own = a->shares[allotment->share].prices;

	if (own != NULL)
	{
		zr_book_open(PointerGetDatum(own), &prices->contract);
		return &prices->contract;
	}
	return prices->has_ordinary ? &prices->ordinary : NULL;
}

static void
add_cost(zr_care_amounts *a, const zr_allotment *allotment, zr_date from, zr_date to, pricing *prices, zr_known_cost_sums *sums)
{
	const zr_indication *i = &allotment->indication;
	zr_error	err;

	from = Max(from, i->lower);
	to = Min(to, i->upper);
	if (from < to &&
		!zr_known_cost_add(i, ZR_ACCRUE_DAYS, book_of(a, allotment, prices), from, to, a->grid,
						   &prices->guesses[(i->product * 2654435761u) >> 24], sums, &err))
		zr_pq_report(i, &err);
}

/* A day counts once, also where two deliveries overlap. */
static void
add_delivered(zr_care_amounts *a, const zr_allotment *allotment, pricing *prices, zr_known_cost_sums *sums)
{
	int32		at = allotment->deliveries;

	while (at >= 0)
	{
		zr_date		from = a->deliveries[at].from;
		zr_date		to = a->deliveries[at].to;

		while ((at = a->deliveries[at].next) >= 0 && a->deliveries[at].from <= to)
			to = Max(to, a->deliveries[at].to);
		add_cost(a, allotment, from, to, prices, sums);
	}
}

static void
add_allotments(zr_care_amounts *a)
{
	pricing	   *prices = palloc0(sizeof(pricing));
	int64	   *not_counted = palloc0((a->grid->nmonths + a->grid->nyears + 1) * sizeof(int64));

	if (a->prices != NULL)
	{
		zr_book_open(PointerGetDatum(a->prices), &prices->ordinary);
		prices->has_ordinary = true;
	}
	for (uint32 n = 0; n < a->nallotments; n++)
	{
		const zr_allotment *allotment = &a->allotments[n];
		zr_cell    *cell = &a->cells[allotment->cell];
		zr_known_cost_sums indicated = {cell->indicated, cell->unpriced, cell->unpriced_by_year};
		zr_known_cost_sums delivered = {cell->delivered, not_counted, not_counted + a->grid->nmonths};
		zr_claimable_sums claimable = {cell->claimable, cell->claimable_by_year, cell->in_force, cell->in_force_by_year};

		CHECK_FOR_INTERRUPTS();
		if (!allotment->sent)
			continue;
		add_cost(a, allotment, a->grid->lower, a->grid->upper, prices, &indicated);
		add_delivered(a, allotment, prices, &delivered);
		if (!zr_claimable_add(&allotment->indication, cell->place.unit == ZR_EURO ? 1 : 100, a->past, &claimable))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sum of what may be claimed out of range")));
	}
	pfree(prices);
	pfree(not_counted);
}

static int
compare_groups(const void *a, const void *b)
{
	zr_product	left = ((const zr_care_group *) a)->product;
	zr_product	right = ((const zr_care_group *) b)->product;

	return (left > right) - (left < right);
}

int32
zr_care_amounts_group_of(const zr_care_amounts *a, zr_product product)
{
	zr_care_group key = {.product = product};
	const zr_care_group *found = NULL;

	if (a->ngroups > 0)
		found = bsearch(&key, a->groups, a->ngroups, sizeof(zr_care_group), compare_groups);
	return found != NULL ? found->number : -1;
}

void
zr_care_amounts_finish(zr_care_amounts *a)
{
	if (a->ndeclarations > 1)
		qsort(a->declarations, a->ndeclarations, sizeof(zr_care_declaration), compare_declarations);
	settle_waiting(a);
	link_deliveries(a);
	add_allotments(a);
	if (a->ngroups > 1)
		qsort(a->groups, a->ngroups, sizeof(zr_care_group), compare_groups);
}
