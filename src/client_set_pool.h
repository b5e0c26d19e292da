/*
 * client_set_pool.h
 *		The states of one aggregate over client_set: their memory, and the rows that wait for them.
 */
#ifndef ZR_CLIENT_SET_POOL_H
#define ZR_CLIENT_SET_POOL_H

#include "postgres.h"

#include "fmgr.h"

#include "client_set_growing_core.h"
#include "client_set_ring_core.h"

/*
 * A call site has a pool for each memory context with states: one for all groups
 * that are hashed, and one for each sorted grouping set. It lives in that
 * context, and when this is reset, for the next batch of groups that were spilled
 * or the next group in order, it disappears with its states.
 */
typedef struct client_set_pool
{
	MemoryContext context;
	struct client_set_pool **first; /* pools of the call site */
	struct client_set_pool *next;
	MemoryContextCallback gone;
	zr_growing *fresh;			/* lines that are not used yet */
	size_t		n_fresh;
	size_t		block_size;		/* of the last block of lines */
	zr_ring    *ring;			/* NULL while there is one state, which is in the cache anyway */
} client_set_pool;

/* The pool of this call; an error for who calls a part of the aggregate by itself. */
extern client_set_pool *client_set_pool_of(FunctionCallInfo fcinfo, const char *aggregate);

/* A new state without keys, for keys like this one. */
extern zr_growing *client_set_begin(client_set_pool *pool, uint64_t key);

/* Adds a key at once. */
extern void client_set_add(zr_growing *set, uint64_t key);

/* Adds a key some rows later, or when the state is compacted or sorted. */
static inline void
client_set_add_later(client_set_pool *pool, zr_growing *set, uint64_t key)
{
	if (pool->ring != NULL)
	{
		zr_waiting	due = zr_ring_exchange(pool->ring, set, key);

		if (due.set == NULL)
			return;
		set = due.set;
		key = due.key;
	}
	client_set_add(set, key);
}

/* Adds what waits and drops repetitions; client_set_sort() makes the keys ascend, too. */
extern void client_set_compact(zr_growing *set);
extern void client_set_sort(zr_growing *set);

#endif							/* ZR_CLIENT_SET_POOL_H */
