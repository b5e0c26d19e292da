/*
 * rational.h
 *		Exact fractions of PostgreSQL's numeric.
 *
 * numeric adds and multiplies exactly but cuts quotients, and a cut quotient
 * rounded once more can be a cent off. So a quotient stays a fraction until
 * the one place where the rule says to round; there the decision is made by
 * comparing the remainder with half a step.
 */
#ifndef ZR_RATIONAL_H
#define ZR_RATIONAL_H

#include "compat.h"

#include "utils/numeric.h"

#include "rounding_core.h"

/* denominator > 0; not reduced */
typedef struct zr_rational
{
	Numeric		num;
	Numeric		den;
} zr_rational;

/* Exact arithmetic on numeric; an error instead of a cut decimal. */
extern Numeric zr_numeric_mul(Numeric a, Numeric b);
extern Numeric zr_numeric_add(Numeric a, Numeric b);
extern Numeric zr_numeric_sub(Numeric a, Numeric b);
extern int	zr_numeric_cmp(Numeric a, Numeric b);
extern int	zr_numeric_sign(Numeric a);
extern Numeric zr_numeric_from_cstring(const char *str);

/* value / 100 */
extern Numeric zr_numeric_percent(Numeric value);

/* trailing zeros cut, but at least min_scale decimals */
extern Numeric zr_numeric_tidy(Numeric value, int min_scale);

/* Error 22023 when NaN or infinite; what names the value in the message. */
extern void zr_numeric_check_finite(Numeric value, const char *what);

/* Error 22023 unless low <= value <= high (whole numbers); what names it, hint may be NULL. */
extern void zr_numeric_check_range(Numeric value, int low, int high, const char *what, const char *hint);

extern zr_rational zr_rational_from(Numeric value);
extern zr_rational zr_rational_from_int(int value);
extern zr_rational zr_rational_add(zr_rational a, zr_rational b);
extern zr_rational zr_rational_sub(zr_rational a, zr_rational b);
extern zr_rational zr_rational_mul(zr_rational a, Numeric b);

/* b is not zero */
extern zr_rational zr_rational_div(zr_rational a, Numeric b);
extern int	zr_rational_cmp(zr_rational a, zr_rational b);

/* The multiple of step (> 0) that the mode chooses; it has the decimals of step. */
extern Numeric zr_rational_round(zr_rational a, Numeric step, zr_rounding_mode mode);

/*
 * As decimals, with at least two: exact when the fraction ends within 20
 * decimals (or twice those of the numerator), else cut there in a way that no later rounding to fewer decimals can
 * see: the last digit of a cut value is never 0, so it is never mistaken for a
 * tie or for an exact multiple.
 */
#define ZR_RATIONAL_DECIMALS 20
extern Numeric zr_rational_to_numeric(zr_rational a);

#endif							/* ZR_RATIONAL_H */
