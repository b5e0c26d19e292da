/*
 * client_set.h
 *		An exact set of client keys: its flat value and its growing state.
 */
#ifndef ZR_CLIENT_SET_H
#define ZR_CLIENT_SET_H

#include "compat.h"

#include "utils/expandeddatum.h"

#include "client_set_core.h"

/* The bytes of client_set_core.h behind a length word. */
typedef struct varlena client_set;

/*
 * A state that has outgrown the growing form, in a memory context of its own.
 * keys[0..sorted) ascend without repetition, keys[sorted..n) came
 * later; when the room is used up, all are sorted and repetitions dropped
 * before more is asked for, so memory follows the clients, not the rows.
 */
typedef struct client_set_expanded
{
	ExpandedObjectHeader hdr;
	uint64_t   *keys;
	size_t		n;
	size_t		sorted;
	size_t		room;
} client_set_expanded;

/* The keys of a value, ascending; freshly allocated, or the expanded object's own. */
extern const uint64_t *client_set_keys(Datum d, size_t *n);

/* The same in any order and with repetitions, which is cheaper for states. */
extern const uint64_t *client_set_raw_keys(Datum d, size_t *n);

/* Number of keys. */
extern int64 client_set_count(Datum d);
extern Datum client_set_from_sorted(const uint64_t *keys, size_t n);

/* Sorts and drops repetitions in place. */
extern size_t client_set_normalize(uint64_t *keys, size_t n);

extern client_set_expanded *client_set_expand(MemoryContext parent, size_t room);
extern void client_set_append(client_set_expanded *set, const uint64_t *keys, size_t n);
extern void client_set_compact(client_set_expanded *set);

#endif							/* ZR_CLIENT_SET_H */
