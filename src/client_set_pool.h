/*
 * client_set_pool.h
 *		The states of one aggregate over client_set: their memory, and the rows that wait for them.
 */
#ifndef ZR_CLIENT_SET_POOL_H
#define ZR_CLIENT_SET_POOL_H

#include "postgres.h"

#include "fmgr.h"

#include "client_set_growing_core.h"

/* A row that waits to be added. */
typedef struct client_set_row
{
	zr_growing *set;
	uint64_t	key;
} client_set_row;

/*
 * A call site has a pool for each memory context with states: one for all groups
 * that are hashed, and one for each sorted grouping set. It lives in that
 * context, and when this is reset, for the next batch of groups that were spilled
 * or the next group in order, it disappears with its states.
 *
 * In a hash aggregate of many groups the state of a row is seldom in the
 * processor's cache. So rows wait until there are many, and are then added
 * together: their states are asked for ahead, the fetches overlap, and the groups
 * of the query stay in the cache meanwhile.
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
	size_t		n_states;
	client_set_row *rows;
	uint32		n_rows;
	uint32		max_rows;		/* 0 while there is one state, which is in the cache anyway */
} client_set_pool;

/* The pool of a call that client_set_pool_of() did not find at once. */
extern client_set_pool *client_set_pool_find(FunctionCallInfo fcinfo, const char *aggregate);

/* The pool of this call; an error for who calls a part of the aggregate by itself. */
static inline client_set_pool *
client_set_pool_of(FunctionCallInfo fcinfo, const char *aggregate)
{
	client_set_pool **first = fcinfo->flinfo->fn_extra;
	MemoryContext context;

	if (first != NULL && *first != NULL && AggCheckCallContext(fcinfo, &context) && (*first)->context == context)
		return *first;
	return client_set_pool_find(fcinfo, aggregate);
}

/* A new state without keys, for keys like this one. */
extern zr_growing *client_set_begin(client_set_pool *pool, uint64_t key);

/* Adds a key at once. */
extern void client_set_add(zr_growing *set, uint64_t key);

/* Adds all rows that wait, then this one, and has more of them wait next time while that helps. */
extern void client_set_add_rows(client_set_pool *pool, zr_growing *set, uint64_t key);

/* Adds a key some rows later, or when the state is compacted or sorted. */
static inline void
client_set_add_later(client_set_pool *pool, zr_growing *set, uint64_t key)
{
	if (pool->n_rows < pool->max_rows)
		pool->rows[pool->n_rows++] = (client_set_row) {set, key};
	else
		client_set_add_rows(pool, set, key);
}

/* Adds what waits and drops repetitions; client_set_sort() makes the keys ascend, too. */
extern void client_set_compact(zr_growing *set);
extern void client_set_sort(zr_growing *set);

#endif							/* ZR_CLIENT_SET_POOL_H */
