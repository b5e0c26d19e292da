/*
 * growing_array.c
 *		Arrays that double, for the states of aggregates that keep what they get.
 */
#include "postgres.h"

#include "growing_array.h"

void *
zr_array_grow(MemoryContext context, void *array, uint32 n, Size element)
{
	if (n == 0)
		return MemoryContextAllocHuge(context, element);
	if (n >= ((uint32) 1 << 30))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for an aggregate")));
	return repalloc_huge(array, mul_size(2 * (Size) n, element));
}
