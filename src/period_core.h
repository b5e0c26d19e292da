/*
 * period_core.h
 *		The text of a period: a daterange with a finite start.
 *
 * Reads every bracket pair of a range and prints the canonical [from,to).
 * iWmo's closed end date d is the exclusive bound d + 1.
 */
#ifndef ZR_PERIOD_CORE_H
#define ZR_PERIOD_CORE_H

#include <stddef.h>

#include "calendar_core.h"
#include "error_core.h"

#define ZR_PERIOD_RANGE_HINT "Leave the end open when it is not known: [2026-01-01,)."

#define ZR_PERIOD_TEXT_MAX (2 * ZR_DATE_TEXT_MAX + 3)

static inline bool
zr_period_is_valid(zr_date lower, zr_date upper)
{
	/* ZR_DATE_MAX is there as an end only */
	return zr_date_is_valid(lower) && lower < ZR_DATE_MAX && lower < upper && (upper == ZR_DATE_OPEN || zr_date_is_valid(upper));
}

/* One period at *p; advances *p past it. upper is ZR_DATE_OPEN when there is none. */
extern bool zr_period_parse(const char **p, const char *end, zr_date *lower, zr_date *upper, zr_error *err);
extern int	zr_period_print(zr_date lower, zr_date upper, char *out);

#endif							/* ZR_PERIOD_CORE_H */
