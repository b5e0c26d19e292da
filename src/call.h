/*
 * call.h
 *		What a function asks about the call that it is in.
 */
#ifndef ZR_CALL_H
#define ZR_CALL_H

#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/expandeddatum.h"

/* The row type to answer with, blessed, in the current context. */
extern TupleDesc zr_row_type(FunctionCallInfo fcinfo);

/* Where the state of an aggregate lives; an error for who calls a part of the aggregate by itself. */
extern MemoryContext zr_aggregate_context(FunctionCallInfo fcinfo, const char *aggregate);

/*
 * A state for the aggregate to keep: the expanded object. But in a window with an
 * inverse transition function a flat value, and the object is gone: that function
 * is somebody's own, and when it is in PL/pgSQL it takes over an object that it may
 * write to, while the executor goes on using it.
 */
extern Datum zr_aggregate_state(FunctionCallInfo fcinfo, ExpandedObjectHeader *state);

#endif							/* ZR_CALL_H */
