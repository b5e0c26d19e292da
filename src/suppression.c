/*
 * suppression.c
 *		suppress() and suppress_amounts(): which cells of a table to hide.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "error.h"
#include "suppression_core.h"

static void
refuse_shape(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
			 errmsg("this array is no table with totals"),
			 errdetail_internal("%s", detail),
			 errhint("Give rows of columns, or layers of such tables; the last row and the last column are totals.")));
}

/* Reads a table, or layers of one; false: it is empty. The pattern starts empty. */
static bool
read_table(ArrayType *array, zr_suppression *s)
{
	int			ndim = ARR_NDIM(array);
	int64	   *figures;
	bool	   *absent;
	Datum	   *elements;
	bool	   *nulls;
	int			n,
				cells;

	if (ndim == 0)
		return false;
	if (ndim != 2 && ndim != 3)
		refuse_shape("It has another number of dimensions than 2 or 3.");
	s->layers = ndim == 3 ? ARR_DIMS(array)[0] : 1;
	s->rows = ARR_DIMS(array)[ndim - 2];
	s->cols = ARR_DIMS(array)[ndim - 1];
	if (s->rows > ZR_SUPPRESSION_MAX_LINES || s->cols > ZR_SUPPRESSION_MAX_LINES || s->rows * s->cols > ZR_SUPPRESSION_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the table is too large"),
				 errdetail("It has %d rows and %d columns; up to %d each and %d cells in all can be protected.",
						   s->rows, s->cols, ZR_SUPPRESSION_MAX_LINES, ZR_SUPPRESSION_MAX_CELLS),
				 errhint("Publish it in parts that have no totals in common.")));
	cells = s->rows * s->cols;
	deconstruct_array(array, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements, &nulls, &n);
	figures = palloc(n * sizeof(int64));
	absent = palloc(cells * sizeof(bool));
	for (int i = 0; i < n; i++)
	{
		figures[i] = nulls[i] ? 0 : DatumGetInt64(elements[i]);
		if (i < cells)
			absent[i] = nulls[i];
		else if (absent[i % cells] != nulls[i])
			refuse_shape("A cell is NULL in one layer and not in another.");
	}
	s->figures = figures;
	s->absent = absent;
	s->hidden = palloc0(cells * sizeof(bool));
	return true;
}

static Datum
find_pattern(zr_suppression *s)
{
	int			cells = s->rows * s->cols,
				dims[2] = {s->rows, s->cols},
				bounds[2] = {1, 1};
	Datum	   *elements = palloc(cells * sizeof(Datum));
	bool	   *nulls = palloc(cells * sizeof(bool));
	zr_error	err;

	s->work = MemoryContextAllocHuge(CurrentMemoryContext, zr_suppression_work_size(s->rows, s->cols, s->layers));
	if (!zr_suppression_begin(s, &err))
		zr_report("the table cannot be protected", &err);
	while (zr_suppression_step(s))
		CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < cells; i++)
	{
		elements[i] = BoolGetDatum(s->hidden[i]);
		nulls[i] = s->absent[i];
	}
	return PointerGetDatum(construct_md_array(elements, nulls, 2, dims, bounds, BOOLOID, 1, true, TYPALIGN_CHAR));
}

static Datum
empty_pattern(void)
{
	return PointerGetDatum(construct_empty_array(BOOLOID));
}

static void
check_argument(int64 value, int64 least, const char *name)
{
	if (value < least || value > ZR_SUPPRESSION_MAX_FIGURE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s " INT64_FORMAT " is out of range", name, value),
				 errhint("It may be " INT64_FORMAT " up to " INT64_FORMAT ".", least, ZR_SUPPRESSION_MAX_FIGURE)));
}

/* suppress(counts, below, width) */
PG_FUNCTION_INFO_V1(suppress);
Datum
suppress(PG_FUNCTION_ARGS)
{
	zr_suppression s = {0};

	s.below = PG_GETARG_INT64(1);
	s.width = PG_GETARG_INT64(2);
	check_argument(s.below, 0, "the threshold");
	check_argument(s.width, 1, "the width");
	if (!read_table(PG_GETARG_ARRAYTYPE_P(0), &s))
		return empty_pattern();
	return find_pattern(&s);
}

/* suppress_amounts(amounts, hide, width) */
PG_FUNCTION_INFO_V1(suppress_amounts);
Datum
suppress_amounts(PG_FUNCTION_ARGS)
{
	zr_suppression s = {0};
	ArrayType  *hide = PG_GETARG_ARRAYTYPE_P(1);
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	s.width = PG_GETARG_INT64(2);
	s.proportional = true;
	check_argument(s.width, 1, "the width");
	if (!read_table(PG_GETARG_ARRAYTYPE_P(0), &s))
		return empty_pattern();
	if (ARR_NDIM(hide) != 2 || ARR_DIMS(hide)[0] != s.rows || ARR_DIMS(hide)[1] != s.cols)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("the array of cells to hide is no table of the same shape"),
				 errdetail("The amounts have %d rows and %d columns.", s.rows, s.cols)));
	deconstruct_array(hide, BOOLOID, 1, true, TYPALIGN_CHAR, &elements, &nulls, &n);
	for (int i = 0; i < n; i++)
		s.hidden[i] = !nulls[i] && DatumGetBool(elements[i]);
	return find_pattern(&s);
}
