/*
 * unit_core.c
 *		Units (eenheid) and frequencies (frequentie) of iWmo/iJw 3.2.
 */
#include "unit_core.h"

#include <string.h>

static const char *const unit_names[] = {NULL, "minuut", "uur", "etmaal", "dagdeel", "stuks(output)", "euro", "stuks(inspanning)"};
static const char *const unit_codes[] = {NULL, "01", "04", "14", "16", "82", "83", "84"};
static const char *const frequency_names[] = {NULL, "dag", "week", "maand", "totaal"};
static const char *const frequency_codes[] = {NULL, "1", "2", "4", "6"};

const char *
zr_unit_name(zr_unit unit)
{
	return unit_names[unit];
}

const char *
zr_unit_code(zr_unit unit)
{
	return unit_codes[unit];
}

const char *
zr_frequency_name(zr_frequency frequency)
{
	return frequency_names[frequency];
}

const char *
zr_frequency_code(zr_frequency frequency)
{
	return frequency_codes[frequency];
}

bool
zr_unit_is_output(zr_unit unit)
{
	return unit == ZR_PIECE_OUTPUT || unit == ZR_EURO;
}

/* The index in names or codes of s[0..len), 0 when it is in neither. */
static int
look_up(const char *s, size_t len, const char *const *names, const char *const *codes, int last)
{
	for (int i = 1; i <= last; i++)
	{
		if ((strlen(names[i]) == len && memcmp(names[i], s, len) == 0) ||
			(strlen(codes[i]) == len && memcmp(codes[i], s, len) == 0))
			return i;
	}
	return 0;
}

bool
zr_unit_parse(const char *s, size_t len, zr_unit *unit, zr_error *err)
{
	*unit = (zr_unit) look_up(s, len, unit_names, unit_codes, ZR_UNIT_LAST);
	if (*unit == ZR_UNIT_NONE)
		return zr_fail(err, ZR_SYNTAX,
					   "Write minuut (01), uur (04), etmaal (14), dagdeel (16), stuks(output) (82), euro (83) or stuks(inspanning) (84).",
					   "There is no such unit.");
	return true;
}

bool
zr_frequency_parse(const char *s, size_t len, zr_frequency *frequency, zr_error *err)
{
	*frequency = (zr_frequency) look_up(s, len, frequency_names, frequency_codes, ZR_FREQUENCY_LAST);
	if (*frequency == ZR_FREQUENCY_NONE)
		return zr_fail(err, ZR_SYNTAX,
					   "Write dag (1), week (2), maand (4) or totaal (6).",
					   "There is no such frequency.");
	return true;
}
