/*
 * client_set_growing_core.h
 *		An exact set of client keys while an aggregate of a small group adds to it.
 *
 * Half a million groups have half a million states, and most of what a row
 * costs is to fetch its group's state from memory. So a key is written beside
 * the few that came last, in the first cache line, and nothing else of the state
 * is touched: no search, no insertion. When that line is full it is moved behind
 * the earlier keys; when all room is used up, the keys are sorted and repetitions
 * dropped, so that memory follows the clients, not the rows.
 */
#ifndef ZR_CLIENT_SET_GROWING_CORE_H
#define ZR_CLIENT_SET_GROWING_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The whole varlena, in the form ZR_CLIENT_SET_GROWING of client_set_core.h. A
 * narrow state keeps distances to base in slots of four bytes, a wide one keys
 * in slots of eight, with base 0. The first slots, ZR_GROWING_RECENT bytes, hold
 * the recent keys that came last; the slots behind them hold n others, of which
 * the first sorted ascend without repetition. A new state has the first slots
 * only. Bytes that are not used yet are zero.
 */
typedef struct zr_growing
{
	uint32_t	length_word;	/* of the server */
	uint8_t		version;
	uint8_t		form;
	uint8_t		wide;			/* 0 or 1 */
	uint8_t		recent;
	uint32_t	n;
	uint32_t	sorted;
	uint64_t	base;
	uint64_t	slots[];		/* or twice as many of uint32_t */
} zr_growing;

#define ZR_GROWING_HEAD		offsetof(zr_growing, slots)
#define ZR_GROWING_RECENT	40	/* bytes */
#define ZR_GROWING_FIRST	(ZR_GROWING_HEAD + ZR_GROWING_RECENT)	/* bytes of a new state, a power of two */
#define ZR_GROWING_LARGEST	65536	/* and of the largest */
#define ZR_GROWING_MAX		((ZR_GROWING_LARGEST - ZR_GROWING_HEAD) / sizeof(uint32_t))

/* Bytes, a power of two, in which n keys leave a quarter of the room free; 0 when that is too much. */
extern size_t zr_growing_size(size_t n, bool wide);

/* Whether keys from min to max need slots of eight bytes. */
static inline bool
zr_growing_is_wide(uint64_t min, uint64_t max)
{
	return max - min > UINT32_MAX;
}

/* Makes a state of size bytes, all but the length word, without keys. */
extern void zr_growing_begin(zr_growing *set, size_t size, uint64_t min, uint64_t max);

/* Adds a key to a state of size bytes; false when it has no slot for it, or only a slot that is too narrow. */
extern bool zr_growing_add(zr_growing *set, size_t size, uint64_t key);

/*
 * Drops repetitions; what is left ascends: first the slots behind, then the
 * first ones. scratch has room for twice the bytes of the state.
 */
extern void zr_growing_compact(zr_growing *set, size_t size, void *scratch);

/* Most keys a state has, with repetitions; exactly that many after zr_growing_compact(). */
static inline size_t
zr_growing_count(const zr_growing *set)
{
	return (size_t) set->n + set->recent;
}

/*
 * The keys of len bytes behind the length word, ascending when the state is
 * compact; false when the bytes are damaged. Writes at most ZR_GROWING_MAX.
 */
extern bool zr_growing_keys(const uint8_t *data, size_t len, uint64_t *keys, size_t *n);

#endif							/* ZR_CLIENT_SET_GROWING_CORE_H */
