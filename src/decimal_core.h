/*
 * decimal_core.h
 *		Non-negative decimal numbers as scaled integers, and 128-bit rounding.
 */
#ifndef ZR_DECIMAL_CORE_H
#define ZR_DECIMAL_CORE_H

#include <stdbool.h>
#include <stdint.h>

typedef __int128 zr_int128;

#define ZR_DECIMAL_TEXT_MAX 24

/*
 * digits [ "." digits ] at *p as value * 10^scale. Fails on no digits, on more
 * significant decimals than scale and on a value above max; *p is only
 * advanced on success.
 */
typedef enum zr_decimal_result
{
	ZR_DECIMAL_OK,
	ZR_DECIMAL_NONE,			/* no digits where the number should be */
	ZR_DECIMAL_NEGATIVE,
	ZR_DECIMAL_TOO_FINE,		/* non-zero digits beyond the scale */
	ZR_DECIMAL_TOO_LARGE
} zr_decimal_result;

extern zr_decimal_result zr_decimal_parse(const char **p, const char *end, int scale,
										  int64_t max, int64_t *value);

/* value / 10^scale with at least min_decimals and without further trailing zeros; returns the length */
extern int	zr_decimal_print(int64_t value, int scale, int min_decimals, char *out);

/*
 * num / den rounded half up, num >= 0 and den > 0; false when it does not fit
 * in 64 bits. floor((num + floor(den / 2)) / den) is half up for an odd den too.
 */
extern bool zr_div_half_up_wide(zr_int128 num, zr_int128 den, int64_t *result);

static inline bool
zr_div_half_up(zr_int128 num, zr_int128 den, int64_t *result)
{
	if ((num >> 62) == 0 && (den >> 62) == 0)
	{
		*result = (int64_t) (((uint64_t) num + (uint64_t) den / 2) / (uint64_t) den);
		return true;
	}
	return zr_div_half_up_wide(num, den, result);
}

/*
 * Division by the same number many times, for x below 2^62: x / den = 4x *
 * reciprocal / 2^(64 + bits), rounded down. 2^bits is the smallest power from
 * den on and reciprocal = floor(2^(62 + bits) / den) + 1, which is too large
 * by at most 2^bits parts in 2^(62 + bits): too little to reach the next
 * integer. All zero: not set.
 */
typedef struct zr_divisor
{
	uint64_t	den;			/* 0 < den < 2^62 */
	uint64_t	reciprocal;
	int			bits;
} zr_divisor;

static inline void
zr_divisor_set(zr_divisor *divisor, uint64_t den)
{
	int			bits = 0;

	if (divisor->den == den)
		return;
	while ((UINT64_C(1) << bits) < den)
		bits++;
	divisor->den = den;
	divisor->bits = bits;
	divisor->reciprocal = (uint64_t) (((unsigned __int128) 1 << (62 + bits)) / den) + 1;
}

/* num / den rounded half up, for num + den / 2 below 2^62 */
static inline int64_t
zr_divisor_half_up(const zr_divisor *divisor, uint64_t num)
{
	uint64_t	x = (num + divisor->den / 2) << 2;

	return (int64_t) ((uint64_t) (((unsigned __int128) x * divisor->reciprocal) >> 64) >> divisor->bits);
}

#endif							/* ZR_DECIMAL_CORE_H */
