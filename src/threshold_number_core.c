/*
 * threshold_number_core.c
 *		Exact comparison of decimal numbers of any length, and with fractions.
 */
#include "threshold_number_core.h"

#include <string.h>

bool
zr_number_from_text(const char *text, size_t len, char *digits, zr_number *result)
{
	const char *p = text;
	const char *end = text + len;
	uint32_t	n = 0;
	int32_t		point = 0;
	bool		any = false;
	bool		after_point = false;

	result->negative = p < end && *p == '-';
	if (result->negative)
		p++;
	for (; p < end; p++)
	{
		if (*p == '.' && !after_point && any)
		{
			after_point = true;
			any = false;
			continue;
		}
		if (*p < '0' || *p > '9')
			return false;
		any = true;
		if (n == 0 && *p == '0')
		{
			point -= after_point;
			continue;
		}
		digits[n++] = *p;
		point += !after_point;
	}
	if (!any)
		return false;
	while (n > 0 && digits[n - 1] == '0')
		n--;
	if (n == 0)
	{
		point = 0;
		result->negative = false;
	}
	result->point = point;
	result->ndigits = n;
	result->digits = digits;
	return true;
}

int
zr_number_compare(const zr_number *a, const zr_number *b)
{
	int			larger = a->negative ? -1 : 1;
	uint32_t	shared = a->ndigits < b->ndigits ? a->ndigits : b->ndigits;
	int			order;

	if (a->ndigits == 0 || b->ndigits == 0)
	{
		if (a->ndigits == b->ndigits)
			return 0;
		return a->ndigits == 0 ? (b->negative ? 1 : -1) : larger;
	}
	if (a->negative != b->negative)
		return larger;
	if (a->point != b->point)
		return a->point > b->point ? larger : -larger;
	order = memcmp(a->digits, b->digits, shared);
	if (order != 0)
		return order > 0 ? larger : -larger;
	if (a->ndigits == b->ndigits)
		return 0;
	return a->ndigits > b->ndigits ? larger : -larger;
}

/* |a| against num / den, both greater than zero */
static int
compare_magnitude(const zr_number *a, zr_uint128 num, zr_uint128 den)
{
	zr_uint128	whole = 0;
	zr_uint128	quotient = num / den;
	zr_uint128	rest = num % den;
	int64_t		i;

	if (a->point > ZR_FRACTION_MAX_DIGITS + 1)
		return 1;
	for (i = 0; i < a->point; i++)
		whole = whole * 10 + (i < a->ndigits ? (unsigned) (a->digits[i] - '0') : 0);
	if (whole != quotient)
		return whole > quotient ? 1 : -1;

	/* i is the index of a's next digit; below 0 those are the zeros after the point */
	for (i = a->point; i < (int64_t) a->ndigits; i++)
	{
		int			digit = i < 0 ? 0 : a->digits[i] - '0';
		int			other = 0;

		if (i >= 0 && rest == 0)
			return 1;
		rest *= 10;
		while (rest >= den)
		{
			rest -= den;
			other++;
		}
		if (digit != other)
			return digit > other ? 1 : -1;
	}
	return rest == 0 ? 0 : -1;
}

int
zr_number_compare_fraction(const zr_number *a, const zr_fraction *b)
{
	int			larger = a->negative ? -1 : 1;

	if (a->ndigits == 0 || b->num == 0)
	{
		if (a->ndigits != 0)
			return larger;
		return b->num == 0 ? 0 : b->negative ? 1 : -1;
	}
	if (a->negative != b->negative)
		return larger;
	return compare_magnitude(a, b->num, b->den) * larger;
}
