/*
 * threshold_number_core.h
 *		Exact comparison of decimal numbers of any length, and with fractions.
 *
 * Nothing here rounds: a decimal is its digits, and a fraction is compared by
 * long division, digit by digit, which stops at the first difference.
 */
#ifndef ZR_THRESHOLD_NUMBER_CORE_H
#define ZR_THRESHOLD_NUMBER_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef unsigned __int128 zr_uint128;

/*
 * 0.digits * 10^point. Invariant: the first and the last digit are not '0', so
 * that one number has one form; zero has no digits, is not negative and has
 * point 0. digits are ASCII and belong to somebody else.
 */
typedef struct zr_number
{
	bool		negative;
	int32_t		point;
	uint32_t	ndigits;
	const char *digits;
} zr_number;

/* num / den, den > 0; the parser reduces it, comparison does not need that */
typedef struct zr_fraction
{
	bool		negative;
	zr_uint128	num;
	zr_uint128	den;
} zr_fraction;

/* Both parts stay below 10^37, so that ten times a remainder fits in 128 bits. */
#define ZR_FRACTION_MAX_DIGITS 37

/* ["-"] digits ["." digits], all of text; digits gets at most len bytes. False when text is no such number. */
extern bool zr_number_from_text(const char *text, size_t len, char *digits, zr_number *result);

/* < 0, 0 or > 0 */
extern int	zr_number_compare(const zr_number *a, const zr_number *b);
extern int	zr_number_compare_fraction(const zr_number *a, const zr_fraction *b);

#endif							/* ZR_THRESHOLD_NUMBER_CORE_H */
