/*
 * convert.c
 *		Between the pure core and PostgreSQL's numeric and daterange.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/typcache.h"

#include "convert.h"

Numeric
zr_numeric_fixed(int64 value, int scale)
{
	return int64_div_fast_to_numeric(value, scale);
}

Numeric
zr_numeric_trimmed(zr_int128 value, int scale)
{
	zr_int128	power = 1;
	int64		whole,
				fraction;
	Numeric		result;

	while (scale > 0 && value % 10 == 0)
	{
		value /= 10;
		scale--;
	}
	if (value <= PG_INT64_MAX)
		return zr_numeric_fixed((int64) value, scale);
	for (int i = 0; i < scale; i++)
		power *= 10;
	if (value / power > PG_INT64_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("quantity out of range")));
	whole = (int64) (value / power);
	fraction = (int64) (value % power);
	result = DatumGetNumeric(DirectFunctionCall2(numeric_add,
												 NumericGetDatum(int64_to_numeric(whole)),
												 NumericGetDatum(zr_numeric_fixed(fraction, scale))));
	return result;
}

int64
zr_numeric_scaled(Numeric value, int scale, int64 max, const char *what)
{
	char	   *str = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));
	const char *p = str;
	const char *end = str + strlen(str);
	int64		result = 0;

	switch (zr_decimal_parse(&p, end, scale, max, &result))
	{
		case ZR_DECIMAL_OK:
			if (p == end)
				break;
			/* FALLTHROUGH */
		case ZR_DECIMAL_NONE:
		case ZR_DECIMAL_NEGATIVE:
		case ZR_DECIMAL_TOO_LARGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("%s out of range: %s", what, str),
					 errdetail("It lies between 0 and %s.",
							   DatumGetCString(DirectFunctionCall1(numeric_out,
																   NumericGetDatum(zr_numeric_fixed(max, scale)))))));
			break;
		case ZR_DECIMAL_TOO_FINE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("%s has more than %d decimals: %s", what, scale, str),
					 errhint("Round it first, at the place where the rule says so.")));
	}
	pfree(str);
	return result;
}

/* daterange is a built-in type; its cache entry lives as long as the session */
static TypeCacheEntry *
daterange_typcache(void)
{
	static TypeCacheEntry *entry = NULL;

	if (entry == NULL)
		entry = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);
	return entry;
}

void
zr_range_get(const RangeType *range, zr_range *result)
{
	RangeBound	lower,
				upper;

	range_deserialize(daterange_typcache(), range, &lower, &upper, &result->empty);
	result->has_lower = !lower.infinite && !DATE_NOT_FINITE(DatumGetDateADT(lower.val));
	result->has_upper = !upper.infinite && !DATE_NOT_FINITE(DatumGetDateADT(upper.val));
	result->lower = result->has_lower ? DatumGetDateADT(lower.val) : 0;
	result->upper = result->has_upper ? DatumGetDateADT(upper.val) : ZR_DATE_OPEN;
}

void
zr_range_get_bounded(const RangeType *range, const char *what, zr_range *result)
{
	zr_range_get(range, result);
	if (result->empty)
	{
		result->lower = result->upper = 0;
		return;
	}
	if (!result->has_lower || !result->has_upper)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s over a range without a bound", what),
				 errhint("Give the range a first and a last day, such as daterange('2026-01-01', '2027-01-01').")));
	if (!zr_date_is_valid(result->lower) || !zr_date_is_valid(result->upper))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("%s over a range beyond the calendar", what),
				 errdetail("Ranges lie between 0001-01-01 and 9999-12-31.")));
}

RangeType *
zr_range_make(zr_date lower, zr_date upper)
{
	RangeBound	from = {.val = DateADTGetDatum(lower), .infinite = false, .inclusive = true, .lower = true};
	RangeBound	to = {.val = DateADTGetDatum(upper), .infinite = upper == ZR_DATE_OPEN, .inclusive = false, .lower = false};

	/* bounds are canonical and in order already: no canonical function to call */
	return zr_range_serialize(daterange_typcache(), &from, &to, false);
}
