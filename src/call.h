/*
 * call.h
 *		What a function asks about the call that it is in.
 */
#ifndef ZR_CALL_H
#define ZR_CALL_H

#include "access/tupdesc.h"
#include "fmgr.h"

/* The row type to answer with, blessed, in the current context. */
extern TupleDesc zr_row_type(FunctionCallInfo fcinfo);

/* Where the state of an aggregate lives; an error for who calls a part of the aggregate by itself. */
extern MemoryContext zr_aggregate_context(FunctionCallInfo fcinfo, const char *aggregate);

#endif							/* ZR_CALL_H */
