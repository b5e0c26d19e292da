/*
 * identifier_core.h
 *		Identifiers made of a fixed number of digits: AGB code, municipality
 *		code, and the check of a BSN.
 */
#ifndef ZR_IDENTIFIER_CORE_H
#define ZR_IDENTIFIER_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "error_core.h"

/* Exactly so many digits; leading zeros belong to the code. */
typedef struct zr_digit_code
{
	const char *name;			/* with its article, for messages */
	int			width;			/* digits, at most 9 */
	uint32_t	max;			/* 10^width - 1 */
} zr_digit_code;

extern const zr_digit_code zr_agb_code;
extern const zr_digit_code zr_municipality_code;

#define ZR_DIGIT_CODE_TEXT_MAX 10

/* Whole text s[0..len) is such a code. */
extern bool zr_digit_code_parse(const zr_digit_code *kind, const char *s, size_t len, uint32_t *result, zr_error *err);

/* A number that has such a code; class ZR_RANGE if not. */
extern bool zr_digit_code_from_number(const zr_digit_code *kind, int64_t number, uint32_t *result, zr_error *err);

/* Writes the digits and a NUL, returns the number of digits. */
extern int	zr_digit_code_print(const zr_digit_code *kind, uint32_t value, char *out);

/* Nine digits that pass the 11-test of CS002 and are not all zero. */
extern bool zr_bsn_valid(const char *s, size_t len);

#endif							/* ZR_IDENTIFIER_CORE_H */
