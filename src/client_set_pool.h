/*
 * client_set_pool.h
 *		The states of the aggregates over client_set: their memory, and the rows that wait for them.
 *
 * A state is an expanded object of the type, so that partial results travel to a
 * leader process or to another server as values. But it has no memory context of
 * its own: half a million groups must not cost half a million contexts. It is two
 * cache lines of a pool, and only the second one is touched by a row.
 */
#ifndef ZR_CLIENT_SET_POOL_H
#define ZR_CLIENT_SET_POOL_H

#include "compat.h"

#include "fmgr.h"
#include "utils/expandeddatum.h"

#include "client_set_growing_core.h"

typedef struct client_set_state
{
	ExpandedObjectHeader hdr;
	zr_growing	set __attribute__((aligned(ZR_GROWING_LINE)));
} client_set_state;

/* A row that waits to be added. */
typedef struct client_set_row
{
	zr_growing *set;
	uint64_t	key;
} client_set_row;

/*
 * A call site of an aggregate has a pool for each memory context with states: one
 * for all groups that are hashed, and one for each sorted grouping set. It lives
 * in a context below that one, and disappears with it when the next batch of
 * spilled groups, or the next group in order, begins.
 *
 * In a hash aggregate of many groups the state of a row is seldom in the
 * processor's cache. So rows wait until there are many, and are then added
 * together: their states are asked for ahead, the fetches overlap, and the groups
 * of the query stay in the cache meanwhile.
 */
typedef struct client_set_pool
{
	MemoryContext context;
	MemoryContext parent;		/* of the aggregate */
	struct client_set_site *site;	/* NULL when that is gone, and for a state in a window, which has a pool to itself */
	struct client_set_pool *next;	/* of the call site */
	MemoryContextCallback gone;
	bool		begins_null;	/* no group begins with a value, so that every state is one of these */
	client_set_state *fresh;	/* states that are not used yet */
	size_t		n_fresh;
	size_t		block_size;		/* of the last block of states */
	size_t		n_states;
	client_set_row *rows;
	uint32		n_rows;
	uint32		max_rows;		/* 0 while there is one state, which is in the cache anyway */
} client_set_pool;

/* fn_extra of a call site. */
typedef struct client_set_site
{
	client_set_pool *first;
	MemoryContextCallback gone;
} client_set_site;

/* The state behind the datum, or NULL when that is a flat value. */
extern zr_growing *client_set_of(Datum d);

static inline ExpandedObjectHeader *
client_set_header(zr_growing *set)
{
	return (ExpandedObjectHeader *) ((char *) set - offsetof(client_set_state, set));
}

/*
 * The state that is argument 0 of a part of an aggregate, to add keys like this
 * one to; when there is none, a new one. An error for who calls the part by itself.
 */
extern zr_growing *client_set_argument(FunctionCallInfo fcinfo, const char *aggregate, uint64_t key);

/* Adds a key at once. */
extern void client_set_add(zr_growing *set, uint64_t key);

/* Adds the keys of a value. */
extern void client_set_add_value(zr_growing *set, Datum d);

/* Adds all rows that wait, then this one, and has more of them wait next time while that helps. */
extern void client_set_add_rows(client_set_pool *pool, zr_growing *set, uint64_t key);

/*
 * Adds a key to argument 0 some rows later, or when the state is compacted or
 * sorted; false when the call is not one of many alike, for which that is known to
 * be a state of a pool. That it is one is not looked up, since it would have to be
 * fetched for that: an aggregate node hands back what it was given.
 */
static inline bool
client_set_add_later(FunctionCallInfo fcinfo, uint64_t key)
{
	client_set_site *site = fcinfo->flinfo->fn_extra;
	client_set_pool *pool;
	MemoryContext context;
	zr_growing *set;

	if (site == NULL || site->first == NULL || PG_ARGISNULL(0))
		return false;
	pool = site->first;
	if (AggCheckCallContext(fcinfo, &context) != AGG_CONTEXT_AGGREGATE || pool->parent != context || !pool->begins_null)
		return false;
	set = (zr_growing *) (DatumGetPointer(PG_GETARG_DATUM(0)) - offsetof(client_set_state, hdr.eoh_rw_ptr) + offsetof(client_set_state, set));
	if (pool->n_rows < pool->max_rows)
	{
		client_set_row *row = &pool->rows[pool->n_rows++];

		row->set = set;
		row->key = key;
	}
	else
		client_set_add_rows(pool, set, key);
	return true;
}

/* Adds what waits and drops repetitions; client_set_sort() makes the keys ascend, too. */
extern void client_set_compact(zr_growing *set);
extern void client_set_sort(zr_growing *set);

/* The state as a flat value. */
extern Datum client_set_value(zr_growing *set);

#endif							/* ZR_CLIENT_SET_POOL_H */
