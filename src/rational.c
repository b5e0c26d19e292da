/*
 * rational.c
 *		Exact fractions of PostgreSQL's numeric.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "rational.h"

#define CALL1(function, a) DatumGetNumeric(DirectFunctionCall1(function, NumericGetDatum(a)))
#define CALL2(function, a, b) DatumGetNumeric(DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b)))

/* numeric_mul() rounds a product with more decimals than a numeric can show */
#define MAX_SCALE 16383

static int
scale_of(Numeric a)
{
	return DatumGetInt32(DirectFunctionCall1(numeric_scale, NumericGetDatum(a)));
}

Numeric
zr_numeric_mul(Numeric a, Numeric b)
{
	if (scale_of(a) + scale_of(b) > MAX_SCALE)
	{
		a = CALL1(numeric_trim_scale, a);
		b = CALL1(numeric_trim_scale, b);
		if (scale_of(a) + scale_of(b) > MAX_SCALE)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("number has too many decimals to compute with exactly"),
					 errdetail("The product has more than %d decimals.", MAX_SCALE)));
	}
	return CALL2(numeric_mul, a, b);
}

Numeric
zr_numeric_add(Numeric a, Numeric b)
{
	return CALL2(numeric_add, a, b);
}

Numeric
zr_numeric_sub(Numeric a, Numeric b)
{
	return CALL2(numeric_sub, a, b);
}

int
zr_numeric_cmp(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

int
zr_numeric_sign(Numeric a)
{
	return zr_numeric_cmp(a, int64_to_numeric(0));
}

Numeric
zr_numeric_from_cstring(const char *str)
{
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(str),
											   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

Numeric
zr_numeric_percent(Numeric value)
{
	return zr_numeric_mul(value, int64_div_fast_to_numeric(1, 2));
}

Numeric
zr_numeric_tidy(Numeric value, int min_scale)
{
	value = CALL1(numeric_trim_scale, value);
	if (scale_of(value) < min_scale)
		value = DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(value), Int32GetDatum(min_scale)));
	return value;
}

static char *
shown(Numeric value)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));
}

void
zr_numeric_check_finite(Numeric value, const char *what)
{
	if (numeric_is_nan(value) || numeric_is_inf(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is not a finite number: %s", what, shown(value))));
}

void
zr_numeric_check_range(Numeric value, int low, int high, const char *what, const char *hint)
{
	zr_numeric_check_finite(value, what);
	if (zr_numeric_cmp(value, int64_to_numeric(low)) < 0 || zr_numeric_cmp(value, int64_to_numeric(high)) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s out of range: %s", what, shown(value)),
				 errdetail("It lies between %d and %d.", low, high),
				 hint ? errhint("%s", hint) : 0));
}

zr_rational
zr_rational_from(Numeric value)
{
	zr_rational result = {CALL1(numeric_trim_scale, value), int64_to_numeric(1)};

	return result;
}

zr_rational
zr_rational_from_int(int value)
{
	return zr_rational_from(int64_to_numeric(value));
}

/* a / b when that is a whole number, else NULL */
static Numeric
whole_quotient(Numeric a, Numeric b)
{
	if (zr_numeric_sign(CALL2(numeric_mod, a, b)) != 0)
		return NULL;
	return CALL2(numeric_div_trunc, a, b);
}

/*
 * Same denominator for both. In a chain of divisions the one mostly divides
 * the other; without that the denominators of a long chain would square.
 */
static void
common_denominator(zr_rational *a, zr_rational *b)
{
	Numeric		factor;

	if (a->den == b->den || zr_numeric_cmp(a->den, b->den) == 0)
		return;
	if ((factor = whole_quotient(a->den, b->den)) != NULL)
	{
		b->num = zr_numeric_mul(b->num, factor);
		b->den = a->den;
	}
	else if ((factor = whole_quotient(b->den, a->den)) != NULL)
	{
		a->num = zr_numeric_mul(a->num, factor);
		a->den = b->den;
	}
	else
	{
		Numeric		den = zr_numeric_mul(a->den, b->den);

		a->num = zr_numeric_mul(a->num, b->den);
		b->num = zr_numeric_mul(b->num, a->den);
		a->den = b->den = den;
	}
}

zr_rational
zr_rational_add(zr_rational a, zr_rational b)
{
	common_denominator(&a, &b);
	a.num = zr_numeric_add(a.num, b.num);
	return a;
}

zr_rational
zr_rational_sub(zr_rational a, zr_rational b)
{
	common_denominator(&a, &b);
	a.num = zr_numeric_sub(a.num, b.num);
	return a;
}

zr_rational
zr_rational_mul(zr_rational a, Numeric b)
{
	a.num = zr_numeric_mul(a.num, b);
	return a;
}

zr_rational
zr_rational_div(zr_rational a, Numeric b)
{
	if (zr_numeric_sign(b) < 0)
	{
		a.num = CALL1(numeric_uminus, a.num);
		b = CALL1(numeric_uminus, b);
	}
	a.den = zr_numeric_mul(a.den, b);
	return a;
}

int
zr_rational_cmp(zr_rational a, zr_rational b)
{
	common_denominator(&a, &b);
	return zr_numeric_cmp(a.num, b.num);
}

Numeric
zr_rational_round(zr_rational a, Numeric step, zr_rounding_mode mode)
{
	bool		negative = zr_numeric_sign(a.num) < 0;
	Numeric		magnitude = CALL1(numeric_abs, a.num);
	Numeric		unit = zr_numeric_mul(a.den, step);
	Numeric		multiple = CALL2(numeric_div_trunc, magnitude, unit);
	Numeric		remainder = zr_numeric_sub(magnitude, zr_numeric_mul(multiple, unit));

	if (zr_numeric_sign(remainder) != 0)
	{
		Numeric		period = int64_to_numeric(mode == ZR_STICKY ? 10 : 2);
		int			last = zr_numeric_sign(CALL2(numeric_mod, multiple, period));
		bool		odd_or_tenth = mode == ZR_STICKY ? last == 0 : last != 0;
		int			half = zr_numeric_cmp(zr_numeric_add(remainder, remainder), unit);

		if (zr_rounds_away(mode, negative, odd_or_tenth, half))
			multiple = zr_numeric_add(multiple, int64_to_numeric(1));
	}
	multiple = zr_numeric_mul(multiple, step);
	return negative ? CALL1(numeric_uminus, multiple) : multiple;
}

Numeric
zr_rational_to_numeric(zr_rational a)
{
	char		step[16];

	if (zr_numeric_cmp(a.den, int64_to_numeric(1)) == 0)
		return zr_numeric_tidy(a.num, 2);
	snprintf(step, sizeof(step), "1e-%d", Min(Max(ZR_RATIONAL_DECIMALS, 2 * scale_of(a.num)), MAX_SCALE / 2));
	return zr_numeric_tidy(zr_rational_round(a, zr_numeric_from_cstring(step), ZR_STICKY), 2);
}
