/*
 * growing_array.h
 *		Arrays that double, and are put in order, for the states of aggregates that keep what they get.
 */
#ifndef ZR_GROWING_ARRAY_H
#define ZR_GROWING_ARRAY_H

#include "utils/memutils.h"

#include "radix_core.h"

/* Twice the room of an array of n elements, a power of two; its first element when n is 0. */
extern void *zr_array_grow(MemoryContext context, void *array, uint32 n, Size element);

/* Room for one more behind n elements: such an array is full when n is 0 or a power of two. */
static inline void *
zr_array_room(MemoryContext context, void *array, uint32 n, Size element)
{
	return n != 0 && (n & (n - 1)) != 0 ? array : zr_array_grow(context, array, n, element);
}

/*
 * The n elements in the order of pairs, of which the low 32 bits of each value
 * are the place of an element, in new memory; the old is freed, and the pairs are
 * sorted.
 */
extern void *zr_array_in_order(MemoryContext context, void *array, uint32 n, Size element, zr_pair *pairs);

/* The n elements, which begin with their number (int64), in the order of these; in new memory unless they were. */
extern void *zr_array_by_number(MemoryContext context, void *array, uint32 n, Size element);

#endif							/* ZR_GROWING_ARRAY_H */
