/*
 * care_amounts.c
 *		Allotments, their deliveries and claim lines, summed per month and year.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "care_amounts.h"
#include "claimable_months_core.h"
#include "growing_array.h"
#include "known_cost_core.h"
#include "pq.h"

static inline uint32
hash_first(int64 first)
{
	return murmurhash32((uint32) first ^ murmurhash32((uint32) ((uint64) first >> 32)));
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
hash_numbers(const zr_care_amounts *a, uint32 n)
{
	return hash_first(a->numbers[n].first);
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

#define NEAR 64

/* Where a number stands among all numbers, -1: nowhere. */
static inline int64
find_number(zr_care_amounts *a, int64 number)
{
	const zr_slots *table = &a->numbers_by_first;
	int64		first = number >> ZR_NUMBERS_BITS;
	int64		near;

	if (table->slots == NULL)
		return -1;
	/* rows are mostly in the order of the allotments, or close to it */
	near = (int64) ((uint64) first - (uint64) a->numbers[a->asked].first);
	if (near >= -NEAR && near <= NEAR && a->asked + near >= 0 && a->asked + near < a->nnumbers &&
		a->numbers[a->asked + near].first == first)
	{
		a->asked += (uint32) near;
		return (int64) a->asked * ZR_NUMBERS + (number & (ZR_NUMBERS - 1));
	}
	for (uint32 at = hash_first(first) & table->mask; table->slots[at] != 0; at = (at + 1) & table->mask)
	{
		if (a->numbers[table->slots[at] - 1].first == first)
		{
			a->asked = table->slots[at] - 1;
			return (int64) a->asked * ZR_NUMBERS + (number & (ZR_NUMBERS - 1));
		}
	}
	return -1;
}

/* A number with the place it stood at. */
typedef struct moved_numbers
{
	int64		first;
	uint32		from;
} moved_numbers;

static int
compare_numbers(const void *a, const void *b)
{
	int64		left = ((const moved_numbers *) a)->first;
	int64		right = ((const moved_numbers *) b)->first;

	return (left > right) - (left < right);
}

/* Puts the numbers in order, so that lines in about that order find theirs close to the one before. */
static void
sort_numbers(zr_care_amounts *a)
{
	uint32		n = a->nnumbers;
	moved_numbers *moved = MemoryContextAllocHuge(a->context, (n + 1) * sizeof(moved_numbers));
	zr_numbers *numbers = MemoryContextAllocHuge(a->context, pg_nextpower2_32(n + 1) * sizeof(zr_numbers));
	uint32	   *places = MemoryContextAllocHuge(a->context, pg_nextpower2_32(n + 1) * ZR_NUMBERS * sizeof(uint32));

	for (uint32 k = 0; k < n; k++)
	{
		moved[k].first = a->numbers[k].first;
		moved[k].from = k;
	}
	qsort(moved, n, sizeof(moved_numbers), compare_numbers);
	memset(a->numbers_by_first.slots, 0, (a->numbers_by_first.mask + 1) * sizeof(uint32));
	for (uint32 k = 0; k < n; k++)
	{
		uint32		at = hash_first(moved[k].first) & a->numbers_by_first.mask;

		numbers[k] = a->numbers[moved[k].from];
		memcpy(places + k * ZR_NUMBERS, a->places + moved[k].from * ZR_NUMBERS, ZR_NUMBERS * sizeof(uint32));
		while (a->numbers_by_first.slots[at] != 0)
			at = (at + 1) & a->numbers_by_first.mask;
		a->numbers_by_first.slots[at] = k + 1;
	}
	pfree(moved);
	pfree(a->numbers);
	pfree(a->places);
	a->numbers = numbers;
	a->places = places;
	a->asked = 0;
}

/* NULL: no allotment has the number. */
static inline const zr_allotment *
find_allotment(zr_care_amounts *a, int64 number)
{
	int64		at = find_number(a, number);
	const zr_allotment *allotment;

	if (at < 0)
		return NULL;
	allotment = &a->numbers[at / ZR_NUMBERS].allotments[at % ZR_NUMBERS];
	return allotment->cell != 0 ? allotment : NULL;
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
	a->claimed_by_year = MemoryContextAllocZero(context, (a->grid->nyears + 1) * sizeof(int64 *));
	a->unallotted_by_year = MemoryContextAllocZero(context, (a->grid->nyears + 1) * sizeof(int64 *));
	return a;
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
	a->cells = zr_array_room(a->context, a->cells, a->ncells, sizeof(zr_cell));
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

/* Sums of one year stay together, since lines of one year mostly come together. */
static void
make_share_sums(zr_care_amounts *a)
{
	uint32		room = a->share_room == 0 ? 64 : 2 * a->share_room;

	for (int k = 0; k < 2 * a->grid->nyears; k++)
	{
		int64	  **sums = k < a->grid->nyears ? &a->claimed_by_year[k] : &a->unallotted_by_year[k - a->grid->nyears];
		int64	   *more = MemoryContextAllocExtended(a->context, room * sizeof(int64), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

		if (a->share_room > 0)
		{
			memcpy(more, *sums, a->share_room * sizeof(int64));
			pfree(*sums);
		}
		*sums = more;
	}
	a->share_room = room;
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
	a->shares = zr_array_room(a->context, a->shares, a->nshares, sizeof(zr_share));
	if (a->nshares == a->share_room)
		make_share_sums(a);
	share = &a->shares[a->nshares++];
	table->slots[at] = a->nshares;
	table->used++;
	share->place = *place;
	share->prices = NULL;
	return a->nshares - 1;
}

/* The same, and makes it stand somewhere. */
static int64
make_number(zr_care_amounts *a, int64 number)
{
	zr_slots   *table = &a->numbers_by_first;
	int64		found = find_number(a, number);
	zr_numbers *numbers;
	uint32		at;

	if (found >= 0)
		return found;
	make_slot(a, table, hash_numbers);
	a->numbers = zr_array_room(a->context, a->numbers, a->nnumbers, sizeof(zr_numbers));
	a->places = zr_array_room(a->context, a->places, a->nnumbers, ZR_NUMBERS * sizeof(uint32));
	numbers = &a->numbers[a->nnumbers++];
	memset(numbers, 0, sizeof(zr_numbers));
	numbers->first = number >> ZR_NUMBERS_BITS;
	at = hash_first(numbers->first) & table->mask;
	while (table->slots[at] != 0)
		at = (at + 1) & table->mask;
	table->slots[at] = a->nnumbers;
	table->used++;
	a->asked = a->nnumbers - 1;
	return (int64) (a->nnumbers - 1) * ZR_NUMBERS + (number & (ZR_NUMBERS - 1));
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
	int64		at = make_number(a, number);
	zr_allotment *allotment = &a->numbers[at / ZR_NUMBERS].allotments[at % ZR_NUMBERS];
	zr_allotted *allotted;

	if (allotment->cell != 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 errmsg("two allotments have the same number")));
	allotment->cell = cell_of(a, &cell) + 1;
	allotment->share = share_of(a, &share);
	allotment->sent = sent;
	a->places[at] = a->nallotted;
	a->allotted = zr_array_room(a->context, a->allotted, a->nallotted, sizeof(zr_allotted));
	allotted = &a->allotted[a->nallotted++];
	allotted->indication = *indication;
	allotted->allotment = *allotment;
	allotted->deliveries = -1;
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
	a->deliveries = zr_array_room(a->context, a->deliveries, a->ndeliveries, sizeof(zr_care_delivery));
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

	a->groups = zr_array_room(a->context, a->groups, a->ngroups, sizeof(zr_care_group));
	group = &a->groups[a->ngroups++];
	group->product = product;
	group->number = number;
}

void
zr_care_amounts_declaration(zr_care_amounts *a, int64 id, zr_provider provider, zr_municipality municipality)
{
	zr_care_declaration *declaration;

	a->declarations = zr_array_room(a->context, a->declarations, a->ndeclarations, sizeof(zr_care_declaration));
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
	add(&a->claimed_by_year[year][share], line->cents);
	if (!allotted)
	{
		add(&a->cells[cell].unallotted[line->month], line->cents);
		add(&a->unallotted_by_year[year][share], line->cents);
	}
}

static void
add_line(zr_care_amounts *a, const zr_care_line *line, const zr_allotment *allotment)
{
	uint32		cell = allotment->cell - 1,
				share = allotment->share;

	if (allotment->sent)
		add(&a->cells[cell].quantity[line->month], quantity_of(line, a->cells[cell].place.unit));
	if (line->product != ZR_PRODUCT_NONE && line->product != a->cells[cell].place.product)
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
	const zr_allotment *allotment;

	if (!a->in_order && a->nnumbers > 0)
	{
		sort_numbers(a);
		a->in_order = true;
	}
	allotment = find_allotment(a, line->number);
	if (allotment != NULL)
		add_line(a, line, allotment);
	else
	{
		a->waiting = zr_array_room(a->context, a->waiting, a->nwaiting, sizeof(zr_care_line));
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
		int64		found = find_number(a, a->deliveries[n].number);
		int32	   *at;

		if (found < 0 || a->numbers[found / ZR_NUMBERS].allotments[found % ZR_NUMBERS].cell == 0)
			continue;
		at = &a->allotted[a->places[found]].deliveries;
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
book_of(const zr_care_amounts *a, uint32 n, pricing *prices)
{
	struct varlena *own = a->shares[a->allotted[n].allotment.share].prices;

	if (own != NULL)
	{
		zr_book_open(PointerGetDatum(own), &prices->contract);
		return &prices->contract;
	}
	return prices->has_ordinary ? &prices->ordinary : NULL;
}

static void
add_cost(zr_care_amounts *a, uint32 n, zr_date from, zr_date to, pricing *prices, zr_known_cost_sums *sums)
{
	const zr_indication *i = &a->allotted[n].indication;
	zr_error	err;

	from = Max(from, i->lower);
	to = Min(to, i->upper);
	if (from < to &&
		!zr_known_cost_add(i, ZR_ACCRUE_DAYS, book_of(a, n, prices), from, to, a->grid,
						   &prices->guesses[(i->product * 2654435761u) >> 24], sums, &err))
		zr_pq_report(i, &err);
}

/* A day counts once, also where two deliveries overlap. */
static void
add_delivered(zr_care_amounts *a, uint32 n, pricing *prices, zr_known_cost_sums *sums)
{
	int32		at = a->allotted[n].deliveries;

	while (at >= 0)
	{
		zr_date		from = a->deliveries[at].from;
		zr_date		to = a->deliveries[at].to;

		while ((at = a->deliveries[at].next) >= 0 && a->deliveries[at].from <= to)
			to = Max(to, a->deliveries[at].to);
		add_cost(a, n, from, to, prices, sums);
	}
}

static void
add_allotments(zr_care_amounts *a)
{
	pricing    *prices = palloc0(sizeof(pricing));
	int64	   *not_counted = palloc0((a->grid->nmonths + a->grid->nyears + 1) * sizeof(int64));

	if (a->prices != NULL)
	{
		zr_book_open(PointerGetDatum(a->prices), &prices->ordinary);
		prices->has_ordinary = true;
	}
	for (uint32 n = 0; n < a->nallotted; n++)
	{
		zr_cell    *cell = &a->cells[a->allotted[n].allotment.cell - 1];
		zr_known_cost_sums indicated = {cell->indicated, cell->unpriced, cell->unpriced_by_year};
		zr_known_cost_sums delivered = {cell->delivered, not_counted, not_counted + a->grid->nmonths};
		zr_claimable_sums claimable = {cell->claimable, cell->claimable_by_year, cell->in_force, cell->in_force_by_year};

		CHECK_FOR_INTERRUPTS();
		if (!a->allotted[n].allotment.sent)
			continue;
		add_cost(a, n, a->grid->lower, a->grid->upper, prices, &indicated);
		add_delivered(a, n, prices, &delivered);
		if (!zr_claimable_add(&a->allotted[n].indication, cell->place.unit == ZR_EURO ? 1 : 100, a->past, &claimable))
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
