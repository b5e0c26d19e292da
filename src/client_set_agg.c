/*
 * client_set_agg.c
 *		The aggregates over client_set: client_set_agg, unique_clients, client_set_union_agg.
 *
 * The state is a zr_growing of a client_set_pool. A NULL client or set is ignored;
 * no client or set at all gives no state. Final functions change the form of a
 * state, never its keys, so that they may share one, and be called again after more
 * rows, as in a window.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "client_set.h"
#include "client_set_pool.h"

static const char aggregate[] = "client_set_agg";

#define PG_GETARG_STATE(n) ((zr_growing *) (PG_ARGISNULL(n) ? NULL : PG_GETARG_POINTER(n)))
#define PG_RETURN_STATE(set) \
	do { \
		if ((set) == NULL) \
			PG_RETURN_NULL(); \
		PG_RETURN_POINTER(set); \
	} while (0)

/* SFUNC of client_set_agg and unique_clients: one more client. */
PG_FUNCTION_INFO_V1(client_set_transition);
Datum
client_set_transition(PG_FUNCTION_ARGS)
{
	client_set_pool *pool = client_set_pool_of(fcinfo, aggregate);
	zr_growing *set = PG_GETARG_STATE(0);

	if (!PG_ARGISNULL(1))
	{
		uint64_t	key = zr_bias(PG_GETARG_INT64(1));

		if (set == NULL)
		{
			set = client_set_begin(pool, key);
			client_set_add(set, key);
		}
		else
			client_set_add_later(pool, set, key);
	}
	PG_RETURN_STATE(set);
}

/* SFUNC of client_set_union_agg: the clients of one more set, which may be none. */
PG_FUNCTION_INFO_V1(client_set_union_transition);
Datum
client_set_union_transition(PG_FUNCTION_ARGS)
{
	client_set_pool *pool = client_set_pool_of(fcinfo, "client_set_union_agg");
	zr_growing *set = PG_GETARG_STATE(0);

	if (!PG_ARGISNULL(1))
	{
		size_t		n;
		const uint64_t *keys = client_set_keys(PG_GETARG_DATUM(1), &n);

		if (set == NULL)
			set = client_set_begin(pool, n > 0 ? keys[0] : zr_bias(0));
		for (size_t i = 0; i < n; i++)
			client_set_add(set, keys[i]);
	}
	PG_RETURN_STATE(set);
}

/* COMBINEFUNC of all: the second state comes from client_set_deserialize and does not last. */
PG_FUNCTION_INFO_V1(client_set_combine);
Datum
client_set_combine(PG_FUNCTION_ARGS)
{
	client_set_pool *pool = client_set_pool_of(fcinfo, aggregate);
	zr_growing *set = PG_GETARG_STATE(0);
	const zr_growing *more = PG_GETARG_STATE(1);

	if (more != NULL)
	{
		size_t		n = zr_growing_count(more);

		if (set == NULL)
			set = client_set_begin(pool, n > 0 ? zr_growing_key(more, 0) : zr_bias(0));
		for (size_t i = 0; i < n; i++)
			client_set_add(set, zr_growing_key(more, i));
	}
	PG_RETURN_STATE(set);
}

/* SERIALFUNC and DESERIALFUNC of all; strict. */
PG_FUNCTION_INFO_V1(client_set_serialize);
Datum
client_set_serialize(PG_FUNCTION_ARGS)
{
	zr_growing *set = (zr_growing *) PG_GETARG_POINTER(0);
	size_t		size;
	bytea	   *image;

	client_set_compact(set);
	size = VARHDRSZ + zr_growing_image_size(set);
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("client set is too large"),
				 errdetail("%zu keys of a worker process take %zu bytes; a value holds at most %zu.", zr_growing_count(set), size, (size_t) MaxAllocSize),
				 errhint("Set max_parallel_workers_per_gather to 0.")));
	image = palloc(size);
	SET_VARSIZE(image, size);
	zr_growing_write_image(set, (uint8_t *) VARDATA(image));
	PG_RETURN_BYTEA_P(image);
}

PG_FUNCTION_INFO_V1(client_set_deserialize);
Datum
client_set_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *image = PG_GETARG_BYTEA_PP(0);
	size_t		len = VARSIZE_ANY_EXHDR(image);
	zr_growing *set = palloc_extended(sizeof(zr_growing) + len, MCXT_ALLOC_HUGE);

	if (!zr_growing_read_image(set, (uint8_t *) VARDATA_ANY(image), len, set + 1))
		elog(ERROR, "a partial state of client_set_agg is damaged");
	PG_RETURN_POINTER(set);
}

/* Final function of client_set_agg and client_set_union_agg; strict. */
PG_FUNCTION_INFO_V1(client_set_final);
Datum
client_set_final(PG_FUNCTION_ARGS)
{
	zr_growing *set = (zr_growing *) PG_GETARG_POINTER(0);
	uint64_t   *keys;
	size_t		n;
	Datum		result;

	client_set_sort(set);
	n = zr_growing_count(set);
	keys = palloc_extended(Max(n, 1) * sizeof(uint64_t), MCXT_ALLOC_HUGE);
	for (size_t i = 0; i < n; i++)
		keys[i] = zr_growing_key(set, i);
	result = client_set_from_sorted(keys, n);
	pfree(keys);
	PG_RETURN_DATUM(result);
}

/* Final function of unique_clients: no state, because no row had a client, is a count of 0. */
PG_FUNCTION_INFO_V1(client_set_final_count);
Datum
client_set_final_count(PG_FUNCTION_ARGS)
{
	zr_growing *set = PG_GETARG_STATE(0);

	if (set == NULL)
		PG_RETURN_INT64(0);
	client_set_compact(set);
	PG_RETURN_INT64((int64) zr_growing_count(set));
}
