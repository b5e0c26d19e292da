/*
 * numeric_cents.h
 *		A numeric in euro as whole cents, without numeric arithmetic.
 */
#ifndef ZR_NUMERIC_CENTS_H
#define ZR_NUMERIC_CENTS_H

#include "compat.h"

#include "utils/numeric.h"

/*
 * The amount in cents, of any sign. A value that is not finite, has a third
 * decimal that is not zero or does not fit in 64 bits is an error 22003; what
 * names it.
 */
extern int64 zr_numeric_cents(Datum amount, const char *what);

#endif							/* ZR_NUMERIC_CENTS_H */
