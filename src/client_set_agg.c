/*
 * client_set_agg.c
 *		The aggregates over client_set: client_set_agg, unique_clients, client_set_union_agg.
 *
 * The state is the type, as an expanded object of client_set_pool.h. A NULL client
 * or set is ignored; no client or set at all gives no state. Final functions change
 * the form of a state, never its keys, so that they may share one, and be called
 * again after more rows, as in a window.
 */
#include "postgres.h"

#include "fmgr.h"

#include "call.h"
#include "client_set.h"
#include "client_set_pool.h"

static const char aggregate[] = "client_set_agg";

/* SFUNC of client_set_agg and unique_clients: one more client. Not strict, see above. */
PG_FUNCTION_INFO_V1(client_set_transition);
Datum
client_set_transition(PG_FUNCTION_ARGS)
{
	zr_growing *set;
	uint64_t	key;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	key = zr_bias(PG_GETARG_INT64(1));
	if (client_set_add_later(fcinfo, key))
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	set = client_set_argument(fcinfo, aggregate, key);
	client_set_add(set, key);
	PG_RETURN_DATUM(zr_aggregate_state(fcinfo, client_set_header(set)));
}

/* SFUNC of client_set_union_agg and COMBINEFUNC of all: the clients of one more set. Not strict, since a state is no copy of a set. */
PG_FUNCTION_INFO_V1(client_set_combine);
Datum
client_set_combine(PG_FUNCTION_ARGS)
{
	zr_growing *set;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	set = client_set_argument(fcinfo, aggregate, zr_bias(0));
	client_set_add_value(set, PG_GETARG_DATUM(1));
	PG_RETURN_DATUM(zr_aggregate_state(fcinfo, client_set_header(set)));
}

/* Final function of client_set_agg and client_set_union_agg; strict. */
PG_FUNCTION_INFO_V1(client_set_final);
Datum
client_set_final(PG_FUNCTION_ARGS)
{
	zr_growing *set = client_set_of(PG_GETARG_DATUM(0));

	PG_RETURN_DATUM(set != NULL ? client_set_value(set) : PG_GETARG_DATUM(0));
}

/* Final function of unique_clients: no state, because no row had a client, is a count of 0. */
PG_FUNCTION_INFO_V1(client_set_final_count);
Datum
client_set_final_count(PG_FUNCTION_ARGS)
{
	zr_growing *set;

	if (PG_ARGISNULL(0))
		PG_RETURN_INT64(0);
	set = client_set_of(PG_GETARG_DATUM(0));
	if (set == NULL)
		return DirectFunctionCall1(client_set_cardinality, PG_GETARG_DATUM(0));
	client_set_compact(set);
	PG_RETURN_INT64((int64) zr_growing_count(set));
}
