/*
 * volume_core.c
 *		A volume (omvang): number or bandwidth, unit, frequency, in eight bytes.
 */
#include "volume_core.h"

#include <string.h>

#include "decimal_core.h"

bool
zr_volume_is_valid(zr_volume v)
{
	return (v >> 60) == 0 &&
		zr_volume_unit(v) != ZR_UNIT_NONE &&	/* 7 units fill the three bits */
		zr_volume_frequency(v) <= ZR_FREQUENCY_LAST &&
		zr_volume_low(v) <= zr_volume_high(v) &&
		zr_volume_high(v) <= ZR_VOLUME_MAX;
}

static const char range_hint[] = "Check number and unit: 90 minuut, 4 uur/week or 15000.00 euro/maand.";

bool
zr_volume_make(int64_t low, int64_t high, zr_unit unit, zr_frequency frequency,
			   zr_volume *result, zr_error *err)
{
	if (low < 0 || low > ZR_VOLUME_MAX || high < 0 || high > ZR_VOLUME_MAX)
		return zr_fail(err, ZR_RANGE, range_hint,
					   "The number of a volume lies between %s.",
					   unit == ZR_EURO ? "0.00 and 999999.99 euro (0 and 99999999 cents)" : "0 and 99999999");
	if (low > high)
		return zr_fail(err, ZR_ARGUMENT, "Write the lower bound first, such as 4..6 uur/week.",
					   "The lower bound of the bandwidth is above the upper bound.");
	*result = ((uint64_t) unit << 57) | ((uint64_t) frequency << 54) |
		((uint64_t) high << ZR_VOLUME_BOUND_BITS) | (uint64_t) low;
	return true;
}

static const char syntax_hint[] = "Write number, unit and frequency, such as 4 uur/week, 4..6 uur/week, 15000.00 euro/maand or 90 minuut.";

/* One bound as found: in hundredths, so that euro and whole units can both be judged once the unit is known. */
static bool
parse_bound(const char **p, const char *end, int64_t *hundredths, zr_error *err)
{
	switch (zr_decimal_parse(p, end, 2, INT64_C(100) * ZR_VOLUME_MAX, hundredths))
	{
		case ZR_DECIMAL_OK:
			if (*p + 1 < end && **p == ',' && (*p)[1] >= '0' && (*p)[1] <= '9')
				return zr_fail(err, ZR_SYNTAX,
							   "Write minutes instead of a broken number of hours, and a decimal point in euro: 210 minuut/week, 15000.00 euro/maand.",
							   "The number has a decimal comma.");
			return true;
		case ZR_DECIMAL_NEGATIVE:
			return zr_fail(err, ZR_RANGE, range_hint, "The number of a volume is not negative.");
		case ZR_DECIMAL_NONE:
			return zr_fail(err, ZR_SYNTAX, syntax_hint, "A number is missing.");
		case ZR_DECIMAL_TOO_FINE:
			return zr_fail(err, ZR_SYNTAX,
						   "Write whole units; write minutes instead of a broken number of hours, such as 210 minuut/week.",
						   "The number has more than two decimals.");
		case ZR_DECIMAL_TOO_LARGE:
			break;
	}
	return zr_fail(err, ZR_RANGE, range_hint, "The number of a volume lies between 0 and 99999999.");
}

bool
zr_volume_parse(const char *s, size_t len, zr_volume *result, zr_error *err)
{
	const char *p = s;
	const char *end = s + len;
	const char *slash;
	int64_t		low,
				high;
	zr_unit		unit;
	zr_frequency frequency = ZR_FREQUENCY_NONE;

	while (p < end && *p == ' ')
		p++;
	while (end > p && end[-1] == ' ')
		end--;
	if (!parse_bound(&p, end, &low, err))
		return false;
	high = low;
	if (end - p >= 2 && p[0] == '.' && p[1] == '.')
	{
		p += 2;
		if (!parse_bound(&p, end, &high, err))
			return false;
	}
	if (p == end || *p != ' ')
		return zr_fail(err, ZR_SYNTAX, syntax_hint, "The number is not followed by a space and a unit.");
	while (p < end && *p == ' ')
		p++;
	slash = memchr(p, '/', (size_t) (end - p));
	if (!zr_unit_parse(p, (size_t) ((slash ? slash : end) - p), &unit, err))
		return false;
	if (slash && !zr_frequency_parse(slash + 1, (size_t) (end - slash - 1), &frequency, err))
		return false;
	if (unit != ZR_EURO)
	{
		if (low % 100 != 0 || high % 100 != 0)
			return zr_fail(err, ZR_SYNTAX,
						   unit == ZR_HOUR ? "Write minutes instead, such as 210 minuut/week for three and a half hours a week." : "Write a whole number.",
						   "A volume in %s is a whole number.", zr_unit_name(unit));
		low /= 100;
		high /= 100;
	}
	return zr_volume_make(low, high, unit, frequency, result, err);
}

int
zr_volume_print(zr_volume v, char *out)
{
	const char *unit = zr_unit_name(zr_volume_unit(v));
	const char *frequency = zr_frequency_name(zr_volume_frequency(v));
	int			scale = zr_volume_scale(v);
	int			len = 0;

	if (zr_volume_low(v) != zr_volume_high(v))
	{
		len = zr_decimal_print(zr_volume_low(v), scale, scale, out);
		out[len++] = '.';
		out[len++] = '.';
	}
	len += zr_decimal_print(zr_volume_high(v), scale, scale, out + len);
	out[len++] = ' ';
	memcpy(out + len, unit, strlen(unit));
	len += (int) strlen(unit);
	if (frequency)
	{
		out[len++] = '/';
		memcpy(out + len, frequency, strlen(frequency));
		len += (int) strlen(frequency);
	}
	out[len] = '\0';
	return len;
}
