/*
 * radix_core.h
 *		Sorting 64-bit keys, alone or with 64 bits that travel along.
 *
 * Client keys and packed periods are sorted by the million. A key is sorted
 * by the counting of digits, only on as many leading bits as tell n keys
 * apart; what is then still equal is a few neighbours, sorted by insertion.
 * Linear for keys as they occur, O(n * 64 / 8) for the worst.
 */
#ifndef ZR_RADIX_CORE_H
#define ZR_RADIX_CORE_H

#include <stddef.h>
#include <stdint.h>

typedef struct zr_pair
{
	uint64_t	key;
	uint64_t	value;
} zr_pair;

/* int64 to a number with the same order, and back */
static inline uint64_t
zr_bias(int64_t v)
{
	return (uint64_t) v ^ (UINT64_C(1) << 63);
}

static inline int64_t
zr_unbias(uint64_t v)
{
	return (int64_t) (v ^ (UINT64_C(1) << 63));
}

/* Ascending; scratch has room for n elements and holds nothing of use afterwards. */
extern void zr_sort_keys(uint64_t *a, uint64_t *scratch, size_t n);

extern void zr_sort_narrow(uint32_t *a, uint32_t *scratch, size_t n);

/* Ascending by key, then value. */
extern void zr_sort_pairs(zr_pair *a, zr_pair *scratch, size_t n);

/* Drops repetitions from sorted keys, returns how many are left. */
extern size_t zr_unique_keys(uint64_t *a, size_t n);

/* Merges two sorted duplicate-free lists into out (room for na + nb), returns how many. */
extern size_t zr_merge_keys(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, uint64_t *out);

#endif							/* ZR_RADIX_CORE_H */
