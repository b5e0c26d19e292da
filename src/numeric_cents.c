/*
 * numeric_cents.c
 *		A numeric in euro as whole cents, without numeric arithmetic.
 *
 * Two calls of the server's arithmetic per claim line cost more than all else
 * that is done with it. So its stored form is read here. numeric.c keeps that
 * form private but cannot change it, since it is what tables hold: a header of
 * 16 bits, in the long form 16 bits of weight after it, then digits of base
 * 10000, the first of which counts 10000^weight. Each is aligned to 2 bytes.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"

#include "numeric_cents.h"

#define KIND_MASK		0xC000	/* 0x0000 long, 0x4000 long and negative, 0x8000 short, 0xC000 not finite */
#define KIND_SHORT		0x8000
#define KIND_NEGATIVE	0x4000
#define KIND_SPECIAL	0xC000
#define SHORT_NEGATIVE	0x2000
#define SHORT_WEIGHT_SIGN 0x0040
#define SHORT_WEIGHT	0x003F
#define DIGIT_BASE		10000

static bool
read_cents(const struct varlena *value, int64 *cents)
{
	const char *p = VARDATA_ANY(value);
	const char *end = p + VARSIZE_ANY_EXHDR(value);
	uint16		header,
				digit;
	int16		weight;
	bool		negative;
	int64		sum = 0;

	memcpy(&header, p, sizeof(header));
	p += sizeof(header);
	if ((header & KIND_MASK) == KIND_SPECIAL)
		return false;
	if ((header & KIND_MASK) == KIND_SHORT)
	{
		negative = (header & SHORT_NEGATIVE) != 0;
		weight = header & SHORT_WEIGHT;
		if (header & SHORT_WEIGHT_SIGN)
			weight -= SHORT_WEIGHT + 1;
	}
	else
	{
		negative = (header & KIND_MASK) == KIND_NEGATIVE;
		memcpy(&weight, p, sizeof(weight));
		p += sizeof(weight);
	}
	for (; p < end || (weight >= -1 && sum != 0); weight--)
	{
		digit = 0;
		if (p < end)
		{
			memcpy(&digit, p, sizeof(digit));
			p += sizeof(digit);
		}
		if (weight >= 0)
		{
			if (pg_mul_s64_overflow(sum, DIGIT_BASE, &sum) || pg_add_s64_overflow(sum, digit, &sum))
				return false;
		}
		else if (weight == -1)
		{
			/* the digit after the point: its first two decimals are cents */
			if (digit % 100 != 0 || pg_mul_s64_overflow(sum, 100, &sum) || pg_add_s64_overflow(sum, digit / 100, &sum))
				return false;
		}
		else if (digit != 0)
			return false;
	}
	*cents = negative ? -sum : sum;
	return true;
}

int64
zr_numeric_cents(Datum amount, const char *what)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(amount);
	int64		cents;

	if (!read_cents(value, &cents))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is not a number of whole cents: %s", what,
						DatumGetCString(DirectFunctionCall1(numeric_out, PointerGetDatum(value))))));
	if (value != (struct varlena *) DatumGetPointer(amount))
		pfree(value);
	return cents;
}
