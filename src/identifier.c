/*
 * identifier.c
 *		Comparison, hash and sort support of provider, municipality and product.
 *
 * All three are unsigned numbers in a Datum (identifier.h), so each function
 * here is declared three times in SQL, once per type. None of them can raise
 * an error: they are LEAKPROOF.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#include "error.h"
#include "identifier.h"

#define GETARG_NUMBER(n) DatumGetUInt32(PG_GETARG_DATUM(n))

PG_FUNCTION_INFO_V1(identifier_eq);
Datum
identifier_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(GETARG_NUMBER(0) == GETARG_NUMBER(1));
}

PG_FUNCTION_INFO_V1(identifier_ne);
Datum
identifier_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(GETARG_NUMBER(0) != GETARG_NUMBER(1));
}

PG_FUNCTION_INFO_V1(identifier_lt);
Datum
identifier_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(GETARG_NUMBER(0) < GETARG_NUMBER(1));
}

PG_FUNCTION_INFO_V1(identifier_le);
Datum
identifier_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(GETARG_NUMBER(0) <= GETARG_NUMBER(1));
}

PG_FUNCTION_INFO_V1(identifier_gt);
Datum
identifier_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(GETARG_NUMBER(0) > GETARG_NUMBER(1));
}

PG_FUNCTION_INFO_V1(identifier_ge);
Datum
identifier_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(GETARG_NUMBER(0) >= GETARG_NUMBER(1));
}

static inline int
compare_numbers(uint32 a, uint32 b)
{
	return (a > b) - (a < b);
}

PG_FUNCTION_INFO_V1(identifier_cmp);
Datum
identifier_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_numbers(GETARG_NUMBER(0), GETARG_NUMBER(1)));
}

static int
identifier_fast_cmp(Datum x, Datum y, SortSupport ssup)
{
	return compare_numbers(DatumGetUInt32(x), DatumGetUInt32(y));
}

/* product: its numbers pass 2^31, and the server has no specialized sort for unsigned 32 bits */
PG_FUNCTION_INFO_V1(identifier_sortsupport);
Datum
identifier_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = identifier_fast_cmp;
	PG_RETURN_VOID();
}

/* provider and municipality: as signed numbers they have the same order, and the server's sort is inlined */
PG_FUNCTION_INFO_V1(identifier_int32_sortsupport);
Datum
identifier_int32_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = ssup_datum_int32_cmp;
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(identifier_hash);
Datum
identifier_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(GETARG_NUMBER(0));
}

PG_FUNCTION_INFO_V1(identifier_hash_extended);
Datum
identifier_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(GETARG_NUMBER(0), (uint64) PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(identifier_larger);
Datum
identifier_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(GETARG_NUMBER(0) >= GETARG_NUMBER(1) ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1));
}

PG_FUNCTION_INFO_V1(identifier_smaller);
Datum
identifier_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(GETARG_NUMBER(0) <= GETARG_NUMBER(1) ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1));
}

uint32
zr_digit_code_from_text(const zr_digit_code *kind, const char *type_name, text *source)
{
	zr_error	err;
	uint32		value;

	if (!zr_digit_code_parse(kind, VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), &value, &err))
		zr_ereturn_input(NULL, 0, type_name, text_to_cstring(source), &err);
	return value;
}

uint32
zr_digit_code_from_int32(const zr_digit_code *kind, const char *type_name, int32 number)
{
	zr_error	err;
	uint32		value;

	if (!zr_digit_code_from_number(kind, number, &value, &err))
		zr_ereturn_input(NULL, 0, type_name, psprintf("%d", number), &err);
	return value;
}

uint32
zr_digit_code_received(const zr_digit_code *kind, const char *type_name, int64 number)
{
	zr_error	err;
	uint32		value;

	if (!zr_digit_code_from_number(kind, number, &value, &err))
		zr_report_binary(type_name, &err);
	return value;
}
