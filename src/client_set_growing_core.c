/*
 * client_set_growing_core.c
 *		An exact set of client keys while an aggregate adds to it.
 */
#include "client_set_growing_core.h"

#include <string.h>

#include "radix_core.h"

/* Up to so many keys repetitions are found with a hash table, which then stays in the cache; more are sorted. */
#define HASH_MAX	8192
#define HASH_FACTOR UINT64_C(0x9E3779B97F4A7C15)	/* 2^64 / golden ratio: the high bits spread any sequence */

static int
significant_bits(size_t n)
{
	return n == 0 ? 0 : 64 - __builtin_clzll(n);
}

static int
table_bits(size_t n)
{
	return significant_bits(n) + 1;
}

#define GR(name) narrow_##name
#define GR_TYPE uint32_t
#define GR_SORT(a, scratch, n) zr_sort_narrow(a, scratch, n)
#include "client_set_growing_template.h"

#define GR(name) wide_##name
#define GR_TYPE uint64_t
#define GR_SORT(a, scratch, n) zr_sort_keys(a, scratch, n)
#include "client_set_growing_template.h"

_Static_assert(sizeof(zr_growing) == ZR_GROWING_LINE, "a state is a cache line");

void
zr_growing_begin(zr_growing *set, uint64_t key)
{
	uint64_t	half = UINT64_C(1) << 31;
	uint64_t	largest = UINT64_MAX - UINT32_MAX;

	memset(set, 0, sizeof(*set));
	set->check_bits = ZR_GROWING_CHECK_BITS;
	set->order = ZR_GROWING_SORTED;

	/* one of the ranges that begin 2^31 before a multiple of 2^32: the values of type integer are one of them */
	if (key >= half)
	{
		set->base = ((key - half) & ~(uint64_t) UINT32_MAX) + half;
		if (set->base > largest)
			set->base = largest;
	}
}

bool
zr_growing_settle(zr_growing *set)
{
	if (set->n + 2 * zr_growing_most_recent(set) > (size_t) 1 << set->room_bits)
		return false;
	memcpy((uint8_t *) set->others + set->n * zr_growing_width(set), &set->last, ZR_GROWING_RECENT);
	set->n += set->recent;
	set->recent = 0;
	return true;
}

void
zr_growing_widen(zr_growing *set, uint64_t *others, int room_bits)
{
	size_t		n = zr_growing_count(set);

	for (size_t i = 0; i < n; i++)
		others[i] = zr_growing_key(set, i);
	set->n = (uint32_t) n;
	set->recent = 0;
	set->base = 0;
	set->wide = true;
	zr_growing_enlarge(set, others, room_bits);
}

size_t
zr_growing_scratch(const zr_growing *set)
{
	size_t		n = zr_growing_count(set);

	return (n > HASH_MAX ? n : (size_t) 1 << table_bits(n)) * zr_growing_width(set);
}

void
zr_growing_bring_to(zr_growing *set, zr_growing_order order, void *scratch)
{
	if (set->order >= order)
		return;
	if (set->wide)
		wide_bring_to(set, order, scratch);
	else
		narrow_bring_to(set, order, scratch);
}

void
zr_growing_plan_check(zr_growing *set)
{
	/* two to four times as many keys as there are */
	set->check_bits = (uint8_t) (significant_bits(zr_growing_count(set)) + 1);
}
