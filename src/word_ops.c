/*
 * word_ops.c
 *		Comparison and hash of the types that are one unsigned 64-bit word:
 *		volume and tariff share these functions.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/sortsupport.h"

#include "compat.h"

#define WORD(n) ((uint64) PG_GETARG_INT64(n))

PG_FUNCTION_INFO_V1(zr_word_eq);
Datum
zr_word_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(WORD(0) == WORD(1));
}

PG_FUNCTION_INFO_V1(zr_word_ne);
Datum
zr_word_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(WORD(0) != WORD(1));
}

PG_FUNCTION_INFO_V1(zr_word_lt);
Datum
zr_word_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(WORD(0) < WORD(1));
}

PG_FUNCTION_INFO_V1(zr_word_le);
Datum
zr_word_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(WORD(0) <= WORD(1));
}

PG_FUNCTION_INFO_V1(zr_word_gt);
Datum
zr_word_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(WORD(0) > WORD(1));
}

PG_FUNCTION_INFO_V1(zr_word_ge);
Datum
zr_word_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(WORD(0) >= WORD(1));
}

static inline int
compare_words(uint64 a, uint64 b)
{
	return a < b ? -1 : a > b;
}

PG_FUNCTION_INFO_V1(zr_word_cmp);
Datum
zr_word_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_words(WORD(0), WORD(1)));
}

static int
word_sort_compare(Datum a, Datum b, SortSupport ssup)
{
	return compare_words((uint64) DatumGetInt64(a), (uint64) DatumGetInt64(b));
}

PG_FUNCTION_INFO_V1(zr_word_sortsupport);
Datum
zr_word_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = word_sort_compare;
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(zr_word_hash);
Datum
zr_word_hash(PG_FUNCTION_ARGS)
{
	uint64		word = WORD(0);

	return hash_any((const unsigned char *) &word, sizeof(word));
}

PG_FUNCTION_INFO_V1(zr_word_hash_extended);
Datum
zr_word_hash_extended(PG_FUNCTION_ARGS)
{
	uint64		word = WORD(0);

	return hash_any_extended((const unsigned char *) &word, sizeof(word), PG_GETARG_INT64(1));
}
