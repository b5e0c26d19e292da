/*
 * client_set_agg.c
 *		The aggregates over client_set: client_set_agg, unique_clients, client_set_union_agg.
 *
 * The state is the type. Up to ZR_CLIENT_SET_PLAIN_MAX keys it is the plain
 * flat value itself, kept sorted and grown in place; then it becomes an
 * expanded object. A NULL client is ignored; no client at all gives no state.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "client_set.h"
#include "flat_state.h"

/* Room for twice the keys of a plain set; from there on it doubles. */
#define FIRST_ROOM (2 * ZR_CLIENT_SET_PLAIN_MAX)

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

/* The state as an expanded object: itself, or a new one with the keys of the flat state. */
static client_set_expanded *
expanded_state(Datum state, MemoryContext context, size_t more)
{
	client_set_expanded *set;
	const uint64_t *keys;
	size_t		n;

	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
		return (client_set_expanded *) DatumGetEOHP(state);
	keys = client_set_keys(state, &n);
	set = client_set_expand(context, n + more);
	client_set_append(set, keys, n);
	set->sorted = n;
	return set;
}

static Datum
single(uint64_t key)
{
	return client_set_from_sorted(&key, 1);
}

/* STYPE client_set, one more client; not strict: the first state is NULL and so may a client be. */
PG_FUNCTION_INFO_V1(client_set_transition);
Datum
client_set_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	client_set_expanded *set;
	client_set *flat;
	uint64_t	key;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	key = zr_bias(PG_GETARG_INT64(1));
	if (PG_ARGISNULL(0))
		PG_RETURN_DATUM(single(key));

	flat = (client_set *) PG_GETARG_POINTER(0);
	if (!VARATT_IS_EXTENDED(flat) && ((uint8_t *) VARDATA(flat))[1] == ZR_CLIENT_SET_PLAIN)
	{
		size_t		n = zr_client_set_count((uint8_t *) VARDATA(flat), VARSIZE(flat) - VARHDRSZ);
		uint8_t    *keys = (uint8_t *) VARDATA(flat) + ZR_CLIENT_SET_HEADER;
		bool		found;
		size_t		at = zr_client_set_position(keys, n, key, &found);

		if (found)
			PG_RETURN_POINTER(flat);
		if (n < ZR_CLIENT_SET_PLAIN_MAX)
		{
			Size		size = VARSIZE(flat) + sizeof(key);

			if (!zr_state_resize(flat, size))
			{
				client_set *larger = palloc(size);

				memcpy(larger, flat, VARSIZE(flat));
				SET_VARSIZE(larger, size);
				flat = larger;
				keys = (uint8_t *) VARDATA(flat) + ZR_CLIENT_SET_HEADER;
			}
			memmove(keys + (at + 1) * sizeof(key), keys + at * sizeof(key), (n - at) * sizeof(key));
			memcpy(keys + at * sizeof(key), &key, sizeof(key));
			PG_RETURN_POINTER(flat);
		}
	}

	set = expanded_state(PG_GETARG_DATUM(0), context, 1);
	if (set->n == 0 || set->keys[set->n - 1] != key)
		client_set_append(set, &key, 1);
	PG_RETURN_DATUM(EOHPGetRWDatum(&set->hdr));
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
	Datum		state = PG_GETARG_DATUM(0);
	const uint64_t *more;
	size_t		n_more;
	client_set_expanded *set;

	more = client_set_keys(PG_GETARG_DATUM(1), &n_more);
	if (!VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
	{
		size_t		n;
		const uint64_t *keys = client_set_keys(state, &n);

		if (n + n_more <= ZR_CLIENT_SET_PLAIN_MAX)
		{
			uint64_t	both[ZR_CLIENT_SET_PLAIN_MAX];

			PG_RETURN_DATUM(client_set_from_sorted(both, zr_merge_keys(keys, n, more, n_more, both)));
		}
	}
	set = expanded_state(state, context, n_more);
	client_set_append(set, more, n_more);
	PG_RETURN_DATUM(EOHPGetRWDatum(&set->hdr));
}
