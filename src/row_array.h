/*
 * row_array.h
 *		The result of an aggregate that answers with many rows: an array of a row type.
 */
#ifndef ZR_ROW_ARRAY_H
#define ZR_ROW_ARRAY_H

#include "access/tupdesc.h"
#include "fmgr.h"

typedef struct zr_row_array
{
	Oid			type;
	TupleDesc	desc;
	Datum	   *rows;
	int			n;
	int			room;
} zr_row_array;

/* For a function that returns an array of rows of so many columns. */
extern void zr_row_array_begin(zr_row_array *array, FunctionCallInfo fcinfo, int columns);
extern void zr_row_array_add(zr_row_array *array, Datum *values, bool *nulls);
extern Datum zr_row_array_end(zr_row_array *array);

#endif							/* ZR_ROW_ARRAY_H */
