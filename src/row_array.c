/*
 * row_array.c
 *		The result of an aggregate that answers with many rows: an array of a row type.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "row_array.h"

#define FIRST_ROOM 1024

void
zr_row_array_begin(zr_row_array *array, FunctionCallInfo fcinfo, int columns)
{
	array->type = get_element_type(get_fn_expr_rettype(fcinfo->flinfo));
	array->desc = lookup_rowtype_tupdesc(array->type, -1);
	if (array->desc->natts != columns)
		elog(ERROR, "type %s has %d columns", format_type_be(array->type), array->desc->natts);
	array->n = 0;
	array->room = FIRST_ROOM;
	array->rows = palloc(FIRST_ROOM * sizeof(Datum));
}

void
zr_row_array_add(zr_row_array *array, Datum *values, bool *nulls)
{
	if (array->n == array->room)
	{
		array->room *= 2;
		array->rows = repalloc_huge(array->rows, mul_size(array->room, sizeof(Datum)));
	}
	array->rows[array->n++] = HeapTupleGetDatum(heap_form_tuple(array->desc, values, nulls));
}

Datum
zr_row_array_end(zr_row_array *array)
{
	ReleaseTupleDesc(array->desc);
	if (array->n == 0)
		return PointerGetDatum(construct_empty_array(array->type));
	return PointerGetDatum(construct_array(array->rows, array->n, array->type, -1, false, TYPALIGN_DOUBLE));
}
