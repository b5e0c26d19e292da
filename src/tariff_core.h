/*
 * tariff_core.h
 *		A tariff: price per unit, in eight bytes.
 *
 * Bits 63-60 the unit (1-7), bits 59-0 the price in millionths of a euro.
 * Unsigned order is therefore: unit, then amount. Prices are 0 up to
 * 99999999.999999; the unit is never euro (CD087: no tariff with unit 83).
 */
#ifndef ZR_TARIFF_CORE_H
#define ZR_TARIFF_CORE_H

#include "unit_core.h"

typedef uint64_t zr_tariff;

#define ZR_TARIFF_UNIT_SHIFT	60
#define ZR_TARIFF_MAX_MICROS	INT64_C(99999999999999)
#define ZR_TARIFF_TEXT_MAX		40
#define ZR_MICROS_PER_CENT		10000
#define ZR_MICROS_PER_EURO		1000000

static inline zr_unit
zr_tariff_unit(zr_tariff t)
{
	return (zr_unit) (t >> ZR_TARIFF_UNIT_SHIFT);
}

static inline int64_t
zr_tariff_micros(zr_tariff t)
{
	return (int64_t) (t & ((UINT64_C(1) << ZR_TARIFF_UNIT_SHIFT) - 1));
}

extern bool zr_tariff_make(int64_t micros, zr_unit unit, zr_tariff *result, zr_error *err);
extern bool zr_tariff_is_valid(zr_tariff t);

/* Whole text s[0..len), e.g. "61.20/uur". */
extern bool zr_tariff_parse(const char *s, size_t len, zr_tariff *result, zr_error *err);

/* At least two decimals, at most six; writes a NUL, returns the length. */
extern int	zr_tariff_print(zr_tariff t, char *out);

/* hour to minute, half up to the cent (IV081); the same unit: unchanged; else an error */
extern bool zr_tariff_per(zr_tariff t, zr_unit unit, zr_tariff *result, zr_error *err);

#endif							/* ZR_TARIFF_CORE_H */
