/*
 * rounding.h
 *		Rounding options as arguments, and rounding of a tariff.
 */
#ifndef ZR_ROUNDING_H
#define ZR_ROUNDING_H

#include "enum_arg.h"
#include "rational.h"
#include "tariff_core.h"

static inline zr_rounding_mode
zr_rounding_mode_get(Oid value)
{
	return (zr_rounding_mode) zr_enum_position(value, zr_rounding_labels, ZR_ROUNDING_MODES);
}

/* Error 22023 unless the step is a finite number above zero. */
extern void zr_check_step(Numeric step);

/* The amount as a tariff of that unit, after rounding to the step. */
extern zr_tariff zr_tariff_rounded(zr_rational amount, zr_unit unit, Numeric step, zr_rounding_mode mode);

#endif							/* ZR_ROUNDING_H */
