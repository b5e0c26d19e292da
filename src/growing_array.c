/*
 * growing_array.c
 *		Arrays that double, and are put in order, for the states of aggregates that keep what they get.
 */
#include "postgres.h"

#include "miscadmin.h"

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

void *
zr_array_in_order(MemoryContext context, void *array, uint32 n, Size element, zr_pair *pairs)
{
	zr_pair    *scratch = MemoryContextAllocHuge(context, mul_size(Max(n, 1), sizeof(zr_pair)));
	char	   *sorted;

	CHECK_FOR_INTERRUPTS();
	zr_sort_pairs(pairs, scratch, n);
	pfree(scratch);
	sorted = MemoryContextAllocHuge(context, mul_size(Max(n, 1), element));
	for (uint32 i = 0; i < n; i++)
		memcpy(sorted + i * element, (char *) array + (uint32) pairs[i].value * element, element);
	pfree(array);
	return sorted;
}

static inline int64
number_of(const void *array, uint32 i, Size element)
{
	int64		number;

	memcpy(&number, (const char *) array + i * element, sizeof(number));
	return number;
}

void *
zr_array_by_number(MemoryContext context, void *array, uint32 n, Size element)
{
	uint32		i = 1;
	zr_pair    *pairs;

	while (i < n && number_of(array, i - 1, element) <= number_of(array, i, element))
		i++;
	if (i >= n)
		return array;
	pairs = MemoryContextAllocHuge(context, mul_size(n, sizeof(zr_pair)));
	for (i = 0; i < n; i++)
		pairs[i] = (zr_pair)
	{
		zr_bias(number_of(array, i, element)), i
	};
	array = zr_array_in_order(context, array, n, element, pairs);
	pfree(pairs);
	return array;
}
