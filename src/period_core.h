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

#define ZR_PERIOD_TEXT_MAX (2 * ZR_DATE_TEXT_MAX + 3)

/* Whether a period that is not empty lies in the calendar. */
extern bool zr_period_check(zr_date lower, zr_date upper, zr_error *err);

/* One period at *p; advances *p past it. upper is ZR_DATE_OPEN when there is none. */
extern bool zr_period_parse(const char **p, const char *end, zr_date *lower, zr_date *upper, zr_error *err);
extern int	zr_period_print(zr_date lower, zr_date upper, char *out);

#endif							/* ZR_PERIOD_CORE_H */
