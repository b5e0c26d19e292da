/*
 * volume_core.h
 *		A volume (omvang): number or bandwidth, unit, frequency, in eight bytes.
 *
 * Bits 59-57 unit (1-7), 56-54 frequency (0-4), 53-27 upper bound, 26-0 lower
 * bound; bits 63-60 are zero. Unsigned order is therefore: unit, frequency,
 * upper bound, lower bound. Bounds are whole numbers 0 to 99999999, in euro
 * cents when the unit is euro (IV042). 0 is no volume.
 */
#ifndef ZR_VOLUME_CORE_H
#define ZR_VOLUME_CORE_H

#include "unit_core.h"

typedef uint64_t zr_volume;

#define ZR_VOLUME_NONE		0
#define ZR_VOLUME_MAX		99999999
#define ZR_VOLUME_TEXT_MAX	64

#define ZR_VOLUME_BOUND_BITS 27
#define ZR_VOLUME_BOUND_MASK ((UINT64_C(1) << ZR_VOLUME_BOUND_BITS) - 1)

static inline int64_t
zr_volume_low(zr_volume v)
{
	return (int64_t) (v & ZR_VOLUME_BOUND_MASK);
}

static inline int64_t
zr_volume_high(zr_volume v)
{
	return (int64_t) ((v >> ZR_VOLUME_BOUND_BITS) & ZR_VOLUME_BOUND_MASK);
}

static inline zr_frequency
zr_volume_frequency(zr_volume v)
{
	return (zr_frequency) ((v >> 54) & 7);
}

static inline zr_unit
zr_volume_unit(zr_volume v)
{
	return (zr_unit) ((v >> 57) & 7);
}

/* Numbers count whole units, or cents when the unit is euro: the scale of the printed number. */
static inline int
zr_volume_scale(zr_volume v)
{
	return zr_volume_unit(v) == ZR_EURO ? 2 : 0;
}

extern bool zr_volume_make(int64_t low, int64_t high, zr_unit unit, zr_frequency frequency,
						   zr_volume *result, zr_error *err);
extern bool zr_volume_is_valid(zr_volume v);

/* Whole text s[0..len), e.g. "4..6 uur/week". */
extern bool zr_volume_parse(const char *s, size_t len, zr_volume *result, zr_error *err);
extern int	zr_volume_print(zr_volume v, char *out);

#endif							/* ZR_VOLUME_CORE_H */
