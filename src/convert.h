/*
 * convert.h
 *		Between the pure core and PostgreSQL's numeric and daterange.
 */
#ifndef ZR_CONVERT_H
#define ZR_CONVERT_H

#include "compat.h"

#include "utils/numeric.h"
#include "utils/rangetypes.h"

#include "calendar_core.h"
#include "decimal_core.h"

/* value / 10^scale as numeric with exactly that scale: money and prices */
extern Numeric zr_numeric_fixed(int64 value, int scale);

/* value / 10^scale as numeric without trailing zeros; scale is at most 18 */
extern Numeric zr_numeric_trimmed(zr_int128 value, int scale);

/* exact: error when the number is negative, not finite, above max or has more decimals; what names it */
extern int64 zr_numeric_scaled(Numeric value, int scale, int64 max, const char *what);

/* bounds of a daterange; infinity counts as unbounded */
typedef struct zr_range
{
	bool		empty;
	bool		has_lower;
	bool		has_upper;
	zr_date		lower;
	zr_date		upper;
} zr_range;

extern void zr_range_get(const RangeType *range, zr_range *result);

/* the same, and an error when a side is unbounded or beyond the calendar; what is the errmsg */
extern void zr_range_get_bounded(const RangeType *range, const char *what, zr_range *result);

/* [lower,upper), upper may be ZR_DATE_OPEN */
extern RangeType *zr_range_make(zr_date lower, zr_date upper);

#endif							/* ZR_CONVERT_H */
