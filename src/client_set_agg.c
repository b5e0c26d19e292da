/*
 * client_set_agg.c
 *		The aggregates over client_set: client_set_agg, unique_clients, client_set_union_agg.
 *
 * The state is the type. It starts as a flat value of the growing form
 * (client_set_growing_core.h), and becomes an expanded object when that is
 * full. The final functions give plain and packed values. A NULL client is
 * ignored; no client at all gives no state.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "call.h"
#include "client_set.h"
#include "client_set_growing_core.h"

/* Room of an expanded object at first, in keys; from there on it doubles. */
#define FIRST_ROOM (2 * ZR_GROWING_MAX)

static Size
expanded_flat_size(ExpandedObjectHeader *eohptr)
{
	client_set_expanded *set = (client_set_expanded *) eohptr;
	Size		size;

	client_set_compact(set);
	size = VARHDRSZ + zr_client_set_size(set->keys, set->n);
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("client set is too large"),
				 errdetail("%zu keys take %zu bytes; a value holds at most %zu.", set->n, size, (size_t) MaxAllocSize)));
	return size;
}

static void
expanded_flatten(ExpandedObjectHeader *eohptr, void *result, Size allocated_size)
{
	client_set_expanded *set = (client_set_expanded *) eohptr;

	SET_VARSIZE(result, allocated_size);
	zr_client_set_encode(set->keys, set->n, (uint8_t *) VARDATA(result));
}

static const ExpandedObjectMethods client_set_methods = {expanded_flat_size, expanded_flatten};

client_set_expanded *
client_set_expand(MemoryContext parent, size_t room)
{
	MemoryContext context = AllocSetContextCreate(parent, "client set", ALLOCSET_SMALL_SIZES);
	client_set_expanded *set = MemoryContextAlloc(context, sizeof(client_set_expanded));

	EOH_init_header(&set->hdr, &client_set_methods, context);
	set->n = set->sorted = 0;
	set->room = Max(room, FIRST_ROOM);
	set->keys = MemoryContextAllocHuge(context, set->room * sizeof(uint64_t));
	return set;
}

void
client_set_compact(client_set_expanded *set)
{
	MemoryContext before;

	if (set->sorted == set->n)
		return;
	/* the current context may be one of tuplesort that cannot free (17 and later) */
	before = MemoryContextSwitchTo(set->hdr.eoh_context);
	set->sorted = set->n = client_set_normalize(set->keys, set->n);
	MemoryContextSwitchTo(before);
}

void
client_set_append(client_set_expanded *set, const uint64_t *keys, size_t n)
{
	if (n > set->room - set->n)
	{
		client_set_compact(set);
		if (n > set->room / 2 || set->n > set->room / 2)
		{
			set->room = 2 * Max(set->room, n);
			set->keys = repalloc_huge(set->keys, set->room * sizeof(uint64_t));
		}
	}
	memcpy(set->keys + set->n, keys, n * sizeof(uint64_t));
	set->n += n;
}

/* The state in the growing form, or NULL when it has another. */
static inline zr_growing *
growing_state(Datum state)
{
	struct varlena *flat = (struct varlena *) DatumGetPointer(state);

	if (VARATT_IS_EXTENDED(flat) || !zr_client_set_is_growing((uint8_t *) VARDATA(flat), VARSIZE(flat) - VARHDRSZ))
		return NULL;
	return (zr_growing *) flat;
}

static void
compact_growing(zr_growing *set)
{
	Size		size = VARSIZE(set);
	void	   *scratch = palloc(2 * size);

	zr_growing_compact(set, size, scratch);
	pfree(scratch);
}

/* A state with these keys, which the executor copies to where states live; NULL when there are too many for a flat one. */
static zr_growing *
new_growing(const uint64_t *keys, size_t n)
{
	uint64_t	min = keys[0],
				max = keys[0];
	size_t		size;
	zr_growing *set;

	for (size_t i = 1; i < n; i++)
	{
		min = Min(min, keys[i]);
		max = Max(max, keys[i]);
	}
	size = zr_growing_size(n, zr_growing_is_wide(min, max));
	if (size == 0)
		return NULL;
	set = palloc(size);
	SET_VARSIZE(set, size);
	zr_growing_begin(set, size, min, max);
	for (size_t i = 0; i < n; i++)
		if (!zr_growing_add(set, size, keys[i]))
			elog(ERROR, "a new client set has no room");
	return set;
}

/* Adds keys, in any order, to a state of any form; the result is the state itself or another one. */
static Datum
add_keys(Datum state, MemoryContext context, const uint64_t *keys, size_t n)
{
	zr_growing *growing = growing_state(state);
	client_set_expanded *set;
	const uint64_t *has;
	uint64_t   *all;
	size_t		n_has,
				added = 0;

	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
	{
		client_set_append((client_set_expanded *) DatumGetEOHP(state), keys, n);
		return state;
	}
	if (growing != NULL)
	{
		size_t		size;

		compact_growing(growing);
		size = zr_growing_size(zr_growing_count(growing) + n, growing->wide);
		if (size > 0 && size <= VARSIZE(growing))
			while (added < n && zr_growing_add(growing, VARSIZE(growing), keys[added]))
				added++;
		if (added == n)
			return state;
	}
	has = client_set_raw_keys(state, &n_has);
	if (n_has + n - added <= ZR_GROWING_MAX)
	{
		all = palloc(Max(n_has + n - added, 1) * sizeof(uint64_t));
		memcpy(all, has, n_has * sizeof(uint64_t));
		memcpy(all + n_has, keys + added, (n - added) * sizeof(uint64_t));
		growing = new_growing(all, n_has + n - added);
		if (growing != NULL)
			return PointerGetDatum(growing);
	}
	set = client_set_expand(context, n_has + n - added);
	client_set_append(set, has, n_has);
	client_set_append(set, keys + added, n - added);
	return EOHPGetRWDatum(&set->hdr);
}

/* STYPE client_set, one more client; not strict: the first state is NULL and so may a client be. */
PG_FUNCTION_INFO_V1(client_set_transition);
Datum
client_set_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "client_set_agg");
	zr_growing *growing;
	Datum		state;
	uint64_t	key;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	key = zr_bias(PG_GETARG_INT64(1));
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(new_growing(&key, 1));
	state = PG_GETARG_DATUM(0);
	growing = growing_state(state);
	if (growing != NULL && zr_growing_add(growing, VARSIZE(growing), key))
		PG_RETURN_DATUM(state);
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
	{
		client_set_expanded *set = (client_set_expanded *) DatumGetEOHP(state);

		if (set->n > 0 && set->keys[set->n - 1] == key)
			PG_RETURN_DATUM(state);
	}
	PG_RETURN_DATUM(add_keys(state, context, &key, 1));
}

/*
 * Joins a state with another state or value: COMBINEFUNC of all, SFUNC of
 * client_set_union_agg. Strict: the executor takes the first value as the state.
 */
PG_FUNCTION_INFO_V1(client_set_combine);
Datum
client_set_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "client_set_agg");
	const uint64_t *more;
	size_t		n;

	more = client_set_raw_keys(PG_GETARG_DATUM(1), &n);
	if (n == 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	PG_RETURN_DATUM(add_keys(PG_GETARG_DATUM(0), context, more, n));
}

/*
 * What a final function reads. It may be called again after more rows, in a
 * window; so that a growing state is not sorted from the start each time it
 * is compacted in place, which changes its form and not its value.
 */
static zr_growing *
final_state(FunctionCallInfo fcinfo)
{
	zr_growing *growing = growing_state(PG_GETARG_DATUM(0));

	if (growing != NULL && AggCheckCallContext(fcinfo, NULL))
	{
		compact_growing(growing);
		return growing;
	}
	return NULL;
}

/* Final function of client_set_agg and client_set_union_agg. */
PG_FUNCTION_INFO_V1(client_set_final);
Datum
client_set_final(PG_FUNCTION_ARGS)
{
	Datum		state = PG_GETARG_DATUM(0);
	const uint64_t *keys;
	size_t		n;

	if (growing_state(state) == NULL)
		PG_RETURN_DATUM(state);
	final_state(fcinfo);
	keys = client_set_keys(state, &n);
	PG_RETURN_DATUM(client_set_from_sorted(keys, n));
}

/* Final function of unique_clients: no state, because no row had a client, is a count of 0. */
PG_FUNCTION_INFO_V1(client_set_final_count);
Datum
client_set_final_count(PG_FUNCTION_ARGS)
{
	zr_growing *growing;

	if (PG_ARGISNULL(0))
		PG_RETURN_INT64(0);
	growing = final_state(fcinfo);
	PG_RETURN_INT64(growing != NULL ? (int64) zr_growing_count(growing) : client_set_count(PG_GETARG_DATUM(0)));
}
