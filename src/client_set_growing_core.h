/*
 * client_set_growing_core.h
 *		An exact set of client keys while an aggregate of a small group adds to it.
 *
 * Half a million groups have half a million states, and most of what a row
 * costs is to fetch its group's state from memory. So a key is appended next to
 * the one that came last, and nothing else of the state is touched: neither a
 * search nor an insertion. When the room is used up, all are sorted and
 * repetitions dropped; memory follows the clients, not the rows.
 */
#ifndef ZR_CLIENT_SET_GROWING_CORE_H
#define ZR_CLIENT_SET_GROWING_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The whole varlena, in the form ZR_CLIENT_SET_GROWING of client_set_core.h.
 * keys[0..sorted) ascend without repetition, keys[sorted..n) came later, and
 * the rest of the bytes is room, zero.
 */
typedef struct zr_client_set_growing
{
	uint32_t	length_word;	/* of the server */
	uint8_t		version;
	uint8_t		form;
	uint16_t	reserved;		/* zero */
	uint32_t	n;
	uint32_t	sorted;
	uint64_t	keys[];
} zr_client_set_growing;

#define ZR_CLIENT_SET_GROWING_FIRST	64		/* bytes of a new state: a memory chunk with room for 6 keys */
#define ZR_CLIENT_SET_GROWING_LARGEST 4096	/* and of the largest, 510 keys */
#define ZR_CLIENT_SET_GROWING_MAX \
	((ZR_CLIENT_SET_GROWING_LARGEST - sizeof(zr_client_set_growing)) / sizeof(uint64_t))

/* Fills size bytes but for the length word. */
extern void zr_client_set_growing_begin(zr_client_set_growing *set, size_t size);

/* Sorts, and drops repetitions. */
extern void zr_client_set_growing_compact(zr_client_set_growing *set);

/* Number of bytes, a power of two, in which n keys leave a quarter of the room; 0 when that is too much. */
extern size_t zr_client_set_growing_size(size_t n);

static inline size_t
zr_client_set_growing_room(size_t size)
{
	return (size - sizeof(zr_client_set_growing)) / sizeof(uint64_t);
}

/* Adds a key to a state of size bytes that has one already; false when there is no room. */
static inline bool
zr_client_set_growing_add(zr_client_set_growing *set, size_t size, uint64_t key)
{
	if (set->keys[set->n - 1] == key)
		return true;
	if (set->n >= zr_client_set_growing_room(size))
		return false;
	set->keys[set->n++] = key;
	return true;
}

#endif							/* ZR_CLIENT_SET_GROWING_CORE_H */
