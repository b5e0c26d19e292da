/*
 * call.c
 *		What a function asks about the call that it is in.
 */
#include "postgres.h"

#include "call.h"
#include "funcapi.h"
#include "nodes/execnodes.h"
#include "utils/datum.h"

TupleDesc
zr_row_type(FunctionCallInfo fcinfo)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	return BlessTupleDesc(desc);
}

MemoryContext
zr_aggregate_context(FunctionCallInfo fcinfo, const char *aggregate)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("this function is part of %s and cannot be called by itself", aggregate)));
	return context;
}

Datum
zr_aggregate_state(FunctionCallInfo fcinfo, ExpandedObjectHeader *state)
{
	MemoryContext context;

	/* the executor has a context apart for each aggregate with an inverse, and one for all others */
	if (AggCheckCallContext(fcinfo, &context) == AGG_CONTEXT_WINDOW && context != ((WindowAggState *) fcinfo->context)->aggcontext)
	{
		Datum		flat = datumCopy(EOHPGetRODatum(state), false, -1);

		MemoryContextDelete(state->eoh_context);
		return flat;
	}
	return EOHPGetRWDatum(state);
}
