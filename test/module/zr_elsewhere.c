/*
 * zr_elsewhere.c
 *		Test aggregate: runs the transition function of another aggregate as an extension that distributes queries does.
 *
 * The function is looked up anew for every row, so it has nothing kept from the
 * row before, and what it keeps is gone before its states are. A new state is
 * copied, unless it is an expanded object of the aggregate's memory context.
 *
 * Portions Copyright (c) 2026, the zorgregio contributors; PostgreSQL License.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/expandeddatum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;

typedef struct elsewhere_state
{
	Oid			type;
	int16		len;
	bool		by_value;
	bool		is_null;
	Datum		value;
} elsewhere_state;

static void
replace_state(elsewhere_state *state, Datum value, bool is_null, MemoryContext context)
{
	MemoryContext caller = MemoryContextSwitchTo(context);

	if (!is_null && !(DatumIsReadWriteExpandedObject(value, false, state->len) && MemoryContextGetParent(DatumGetEOHP(value)->eoh_context) == context))
		value = datumCopy(value, state->by_value, state->len);
	if (!state->is_null && !state->by_value)
	{
		if (DatumIsReadWriteExpandedObject(state->value, false, state->len))
			DeleteExpandedObject(state->value);
		else
			pfree(DatumGetPointer(state->value));
	}
	MemoryContextSwitchTo(caller);
	state->value = value;
	state->is_null = is_null;
}

PG_FUNCTION_INFO_V1(elsewhere_step);
Datum
elsewhere_step(PG_FUNCTION_ARGS)
{
	elsewhere_state *state = PG_ARGISNULL(0) ? NULL : (elsewhere_state *) PG_GETARG_POINTER(0);

	LOCAL_FCINFO(call, FUNC_MAX_ARGS);
	MemoryContext context;
	FmgrInfo	function;
	Datum		value;
	bool		any_null = false;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "no aggregate");
	if (state == NULL)
	{
		state = MemoryContextAllocZero(context, sizeof(elsewhere_state));
		state->type = get_func_rettype(PG_GETARG_OID(1));
		get_typlenbyval(state->type, &state->len, &state->by_value);
		state->is_null = true;
	}
	fmgr_info(PG_GETARG_OID(1), &function);
	InitFunctionCallInfoData(*call, &function, (short) (PG_NARGS() - 1), fcinfo->fncollation, fcinfo->context, fcinfo->resultinfo);
	call->args[0].value = state->value;
	call->args[0].isnull = state->is_null;
	for (int i = 2; i < PG_NARGS(); i++)
	{
		call->args[i - 1] = fcinfo->args[i];
		any_null |= fcinfo->args[i].isnull;
	}
	if (function.fn_strict && (any_null || state->is_null))
	{
		/* the first value is the state */
		if (!any_null)
			replace_state(state, call->args[1].value, false, context);
		PG_RETURN_POINTER(state);
	}
	value = FunctionCallInvoke(call);
	if (state->by_value || state->is_null != call->isnull || DatumGetPointer(value) != DatumGetPointer(state->value))
		replace_state(state, value, call->isnull, context);
	PG_RETURN_POINTER(state);
}

/* The state as text: what would be sent. */
PG_FUNCTION_INFO_V1(elsewhere_final);
Datum
elsewhere_final(PG_FUNCTION_ARGS)
{
	elsewhere_state *state = PG_ARGISNULL(0) ? NULL : (elsewhere_state *) PG_GETARG_POINTER(0);
	Oid			out;
	bool		is_varlena;

	if (state == NULL || state->is_null)
		PG_RETURN_NULL();
	getTypeOutputInfo(state->type, &out, &is_varlena);
	PG_RETURN_TEXT_P(cstring_to_text(OidOutputFunctionCall(out, state->value)));
}
