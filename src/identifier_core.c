/*
 * identifier_core.c
 *		Identifiers made of a fixed number of digits.
 *
 * iWmo/iJw: AGB code [0-9]{8} (RS014, RS036), LDT_Gemeente [0-9]{4},
 * LDT_BurgerServicenummer [0-9]{9} (RS015, RS037). The AGB code has no check
 * digit. Leading zeros belong to the code, so a short text is an error.
 */
#include "identifier_core.h"

#include <stdio.h>
#include <string.h>

#include "char_core.h"

const zr_digit_code zr_agb_code = {"an AGB code", 8, 99999999};
const zr_digit_code zr_municipality_code = {"a municipality code", 4, 9999};

static bool
wrong_length(const zr_digit_code *kind, const char *s, size_t len, zr_error *err)
{
	char		hint[64];

	if (len > 0 && len < (size_t) kind->width)
	{
		char		padded[ZR_DIGIT_CODE_TEXT_MAX];
		size_t		zeros = (size_t) kind->width - len;

		memset(padded, '0', zeros);
		memcpy(padded + zeros, s, len);
		padded[kind->width] = '\0';
		snprintf(hint, sizeof(hint), "Pad it with zeros on the left: \"%s\".", padded);
	}
	else
		snprintf(hint, sizeof(hint), "Write exactly %d digits.", kind->width);
	return zr_fail(err, ZR_SYNTAX, hint, "It has %zu digit%s; %s has %d.", len, len == 1 ? "" : "s", kind->name, kind->width);
}

bool
zr_digit_code_parse(const zr_digit_code *kind, const char *s, size_t len, uint32_t *result, zr_error *err)
{
	uint32_t	value = 0;

	for (size_t i = 0; i < len; i++)
	{
		if (s[i] < '0' || s[i] > '9')
		{
			char		shown[ZR_SHOWN_CHAR_MAX];
			char		hint[64];

			snprintf(hint, sizeof(hint), "Write exactly %d digits%s.", kind->width, s[i] == ' ' ? ", without blanks" : "");
			return zr_fail(err, ZR_SYNTAX, hint, "Character %zu is %s; %s has only digits.",
						   i + 1, zr_show_char(s[i], shown), kind->name);
		}
		if (i < (size_t) kind->width)
			value = value * 10 + (uint32_t) (s[i] - '0');
	}
	if (len != (size_t) kind->width)
		return wrong_length(kind, s, len, err);
	*result = value;
	return true;
}

bool
zr_digit_code_from_number(const zr_digit_code *kind, int64_t number, uint32_t *result, zr_error *err)
{
	if (number < 0 || number > kind->max)
		return zr_fail(err, ZR_RANGE, "The number is the code without its leading zeros.", "As a number, %s is 0 to %u.", kind->name, kind->max);
	*result = (uint32_t) number;
	return true;
}

int
zr_digit_code_print(const zr_digit_code *kind, uint32_t value, char *out)
{
	for (int i = kind->width - 1; i >= 0; i--)
	{
		out[i] = (char) ('0' + value % 10);
		value /= 10;
	}
	out[kind->width] = '\0';
	return kind->width;
}

/*
 * CS002: 9*d1 + 8*d2 + ... + 2*d8 - d9 is a multiple of 11. All zeros pass
 * that sum, but are no BSN.
 */
bool
zr_bsn_valid(const char *s, size_t len)
{
	int			sum = 0;
	bool		all_zero = true;

	if (len != 9)
		return false;
	for (int i = 0; i < 9; i++)
	{
		if (s[i] < '0' || s[i] > '9')
			return false;
		sum += (i < 8 ? 9 - i : -1) * (s[i] - '0');
		all_zero &= s[i] == '0';
	}
	return sum % 11 == 0 && !all_zero;
}
