/*
 * decimal_core.c
 *		Non-negative decimal numbers as scaled integers, and 128-bit rounding.
 */
#include "decimal_core.h"

zr_decimal_result
zr_decimal_parse(const char **p, const char *end, int scale, int64_t max, int64_t *value)
{
	const char *s = *p;
	int64_t		v = 0;
	bool		too_large = false;
	bool		too_fine = false;
	int			decimals = 0;

	if (end - s >= 2 && *s == '-' && s[1] >= '0' && s[1] <= '9')
		return ZR_DECIMAL_NEGATIVE;
	if (s >= end || *s < '0' || *s > '9')
		return ZR_DECIMAL_NONE;
	for (; s < end && *s >= '0' && *s <= '9'; s++)
	{
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *s - '0', &v))
		{
			too_large = true;
			v = 0;
		}
	}
	if (end - s >= 2 && s[0] == '.' && s[1] >= '0' && s[1] <= '9')
	{
		for (s++; s < end && *s >= '0' && *s <= '9'; s++)
		{
			if (decimals == scale)
			{
				too_fine = too_fine || *s != '0';
				continue;
			}
			decimals++;
			if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *s - '0', &v))
			{
				too_large = true;
				v = 0;
			}
		}
	}
	for (; decimals < scale; decimals++)
	{
		if (__builtin_mul_overflow(v, 10, &v))
		{
			too_large = true;
			v = 0;
		}
	}
	if (too_large || v > max)
		return ZR_DECIMAL_TOO_LARGE;
	if (too_fine)
		return ZR_DECIMAL_TOO_FINE;
	*value = v;
	*p = s;
	return ZR_DECIMAL_OK;
}

int
zr_decimal_print(int64_t value, int scale, int min_decimals, char *out)
{
	char		reversed[ZR_DECIMAL_TEXT_MAX];
	int			n = 0;
	int			len = 0;

	while (scale > min_decimals && value % 10 == 0)
	{
		value /= 10;
		scale--;
	}
	for (int i = 0; i < scale; i++, value /= 10)
		reversed[n++] = (char) ('0' + value % 10);
	if (scale > 0)
		reversed[n++] = '.';
	do
	{
		reversed[n++] = (char) ('0' + value % 10);
		value /= 10;
	} while (value > 0);
	while (n > 0)
		out[len++] = reversed[--n];
	out[len] = '\0';
	return len;
}

bool
zr_div_half_up_wide(zr_int128 num, zr_int128 den, int64_t *result)
{
	zr_int128	quotient;

	if (__builtin_add_overflow(num, den / 2, &num))
		return false;
	quotient = num / den;
	if (quotient > INT64_MAX)
		return false;
	*result = (int64_t) quotient;
	return true;
}
