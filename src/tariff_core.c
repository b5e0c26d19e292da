/*
 * tariff_core.c
 *		A tariff: price per unit, in eight bytes.
 */
#include "tariff_core.h"

#include <string.h>

#include "decimal_core.h"

bool
zr_tariff_is_valid(zr_tariff t)
{
	zr_unit		unit = zr_tariff_unit(t);

	return unit != ZR_UNIT_NONE && unit <= ZR_UNIT_LAST && unit != ZR_EURO &&
		zr_tariff_micros(t) <= ZR_TARIFF_MAX_MICROS;
}

static bool
out_of_range(zr_error *err)
{
	return zr_fail(err, ZR_RANGE, "Check price and unit: a tariff is in euro per unit, such as 61.20/uur.",
				   "A tariff lies between 0.00 and 99999999.999999 euro.");
}

bool
zr_tariff_make(int64_t micros, zr_unit unit, zr_tariff *result, zr_error *err)
{
	if (unit == ZR_EURO)
		return zr_fail(err, ZR_ARGUMENT,
					   "A volume in euro is an amount already and is claimed without a tariff (CD087).",
					   "A tariff is a price per unit of care, not per euro.");
	if (micros < 0 || micros > ZR_TARIFF_MAX_MICROS)
		return out_of_range(err);
	*result = ((uint64_t) unit << ZR_TARIFF_UNIT_SHIFT) | (uint64_t) micros;
	return true;
}

bool
zr_tariff_parse(const char *s, size_t len, zr_tariff *result, zr_error *err)
{
	static const char hint[] = "Write a price and its unit, such as 61.20/uur or 1.0321/minuut.";
	const char *p = s;
	const char *end = s + len;
	int64_t		micros;
	zr_unit		unit;

	while (p < end && *p == ' ')
		p++;
	while (end > p && end[-1] == ' ')
		end--;
	switch (zr_decimal_parse(&p, end, 6, ZR_TARIFF_MAX_MICROS, &micros))
	{
		case ZR_DECIMAL_OK:
			break;
		case ZR_DECIMAL_NEGATIVE:
			return out_of_range(err);
		case ZR_DECIMAL_NONE:
			return zr_fail(err, ZR_SYNTAX, hint, "The price is missing.");
		case ZR_DECIMAL_TOO_FINE:
			return zr_fail(err, ZR_RANGE, "Round the price first; a tariff never rounds by itself.",
						   "A tariff has at most six decimals.");
		case ZR_DECIMAL_TOO_LARGE:
			return out_of_range(err);
	}
	if (p < end && *p == ',')
		return zr_fail(err, ZR_SYNTAX, "Write a decimal point, such as 61.20/uur.",
					   "The price has a comma.");
	if (p == end || *p != '/')
		return zr_fail(err, ZR_SYNTAX, hint, "The price is not followed by \"/\" and a unit.");
	p++;
	if (!zr_unit_parse(p, (size_t) (end - p), &unit, err))
		return false;
	return zr_tariff_make(micros, unit, result, err);
}

int
zr_tariff_print(zr_tariff t, char *out)
{
	const char *unit = zr_unit_name(zr_tariff_unit(t));
	int			len = zr_decimal_print(zr_tariff_micros(t), 6, 2, out);

	out[len++] = '/';
	memcpy(out + len, unit, strlen(unit) + 1);
	return len + (int) strlen(unit);
}

bool
zr_tariff_per(zr_tariff t, zr_unit unit, zr_tariff *result, zr_error *err)
{
	int64_t		cents;

	if (zr_tariff_unit(t) == unit)
	{
		*result = t;
		return true;
	}
	if (zr_tariff_unit(t) != ZR_HOUR || unit != ZR_MINUTE)
		return zr_fail(err, ZR_ARGUMENT, "Only an hour tariff converts, and only to a minute tariff (IV081).",
					   "A tariff per %s has no price per %s.",
					   zr_unit_name(zr_tariff_unit(t)), zr_unit_name(unit));
	/* half up to the cent: 87.30 / 60 = 1.455 is 1.46 (IV081) */
	zr_div_half_up(zr_tariff_micros(t), 60 * ZR_MICROS_PER_CENT, &cents);
	return zr_tariff_make(cents * ZR_MICROS_PER_CENT, unit, result, err);
}
