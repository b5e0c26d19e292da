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

#include "client_set.h"
#include "client_set_growing_core.h"

/* Room of an expanded object at first, in keys; from there on it doubles. */
#define FIRST_ROOM (2 * ZR_CLIENT_SET_GROWING_MAX)

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

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("this function works only inside an aggregate")));
	return context;
}

/* The state in the growing form, or NULL when it has another. */
static inline zr_client_set_growing *
growing_state(Datum state)
{
	struct varlena *flat = (struct varlena *) DatumGetPointer(state);

	if (VARATT_IS_EXTENDED(flat) || VARSIZE(flat) < sizeof(zr_client_set_growing) ||
		!zr_client_set_is_growing((uint8_t *) VARDATA(flat)))
		return NULL;
	return (zr_client_set_growing *) flat;
}

/* A growing state of that size, which the executor copies to where states live. */
static zr_client_set_growing *
new_growing(size_t size)
{
	zr_client_set_growing *set = palloc(size);

	zr_client_set_growing_begin(set, size);
	SET_VARSIZE(set, size);
	return set;
}

/* Adds keys, in any order, to a state of any form; the result is the state itself or a larger one. */
static Datum
add_keys(Datum state, MemoryContext context, const uint64_t *keys, size_t n)
{
	zr_client_set_growing *growing = growing_state(state);
	client_set_expanded *set;
	const uint64_t *has;
	size_t		n_has,
				size;

	if (growing != NULL)
	{
		if (n > zr_client_set_growing_room(VARSIZE(growing)) - growing->n)
			zr_client_set_growing_compact(growing);
		has = growing->keys;
		n_has = growing->n;
	}
	else if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
	{
		client_set_append((client_set_expanded *) DatumGetEOHP(state), keys, n);
		return state;
	}
	else
		has = client_set_raw_keys(state, &n_has);

	size = zr_client_set_growing_size(n_has + n);
	if (size > 0)
	{
		zr_client_set_growing *result = growing;

		if (growing == NULL || size > VARSIZE(growing))
		{
			result = new_growing(size);
			memcpy(result->keys, has, n_has * sizeof(uint64_t));
			if (growing != NULL)
				result->sorted = growing->sorted;
		}
		memcpy(result->keys + n_has, keys, n * sizeof(uint64_t));
		result->n = (uint32_t) (n_has + n);
		return PointerGetDatum(result);
	}
	set = client_set_expand(context, n_has + n);
	client_set_append(set, has, n_has);
	client_set_append(set, keys, n);
	return EOHPGetRWDatum(&set->hdr);
}

/* STYPE client_set, one more client; not strict: the first state is NULL and so may a client be. */
PG_FUNCTION_INFO_V1(client_set_transition);
Datum
client_set_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	zr_client_set_growing *growing;
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
	{
		growing = new_growing(ZR_CLIENT_SET_GROWING_FIRST);
		growing->keys[0] = key;
		growing->n = growing->sorted = 1;
		PG_RETURN_POINTER(growing);
	}
	state = PG_GETARG_DATUM(0);
	growing = growing_state(state);
	if (growing != NULL && zr_client_set_growing_add(growing, VARSIZE(growing), key))
		PG_RETURN_DATUM(state);
	if (growing == NULL && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
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
	MemoryContext context = aggregate_context(fcinfo);
	const uint64_t *more;
	size_t		n;

	more = client_set_raw_keys(PG_GETARG_DATUM(1), &n);
	PG_RETURN_DATUM(add_keys(PG_GETARG_DATUM(0), context, more, n));
}

/*
 * Final functions may be called again after more rows, in a window. A growing
 * state then need not be sorted from the start: it is the aggregate's own, and
 * compacting changes its form, not its value, as with an expanded object.
 */
static void
compact_state(FunctionCallInfo fcinfo)
{
	zr_client_set_growing *growing = growing_state(PG_GETARG_DATUM(0));

	if (growing != NULL && AggCheckCallContext(fcinfo, NULL))
		zr_client_set_growing_compact(growing);
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
	compact_state(fcinfo);
	keys = client_set_keys(state, &n);
	PG_RETURN_DATUM(client_set_from_sorted(keys, n));
}

/* Final function of unique_clients: no state, because no row had a client, is a count of 0. */
PG_FUNCTION_INFO_V1(client_set_final_count);
Datum
client_set_final_count(PG_FUNCTION_ARGS)
{
	zr_client_set_growing *growing;

	if (PG_ARGISNULL(0))
		PG_RETURN_INT64(0);
	compact_state(fcinfo);
	growing = growing_state(PG_GETARG_DATUM(0));
	if (growing != NULL && growing->sorted == growing->n)
		PG_RETURN_INT64(growing->n);
	PG_RETURN_INT64(client_set_count(PG_GETARG_DATUM(0)));
}
