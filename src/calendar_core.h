/*
 * calendar_core.h
 *		Proleptic Gregorian calendar on day numbers, ISO weeks, Sundays, months.
 *
 * A zr_date is PostgreSQL's DateADT: days since 2000-01-01, a Saturday. Only
 * 0001-01-01 up to and including 10000-01-01 is in use, so no sum of dates
 * can overflow 32 bits. 10000-01-01 is there as the exclusive end of 9999-12-31.
 */
#ifndef ZR_CALENDAR_CORE_H
#define ZR_CALENDAR_CORE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t zr_date;

#define ZR_DATE_MIN		(-730119)	/* 0001-01-01 */
#define ZR_DATE_MAX		2921940 /* 10000-01-01 */
#define ZR_DATE_OPEN	INT32_MAX	/* no upper bound; PostgreSQL's 'infinity' */

#define ZR_DATE_TEXT_MAX 12		/* "10000-01-01" and NUL */

static inline bool
zr_date_is_valid(zr_date d)
{
	return d >= ZR_DATE_MIN && d <= ZR_DATE_MAX;
}

extern zr_date zr_date_from_ymd(int year, int month, int day);
extern void zr_date_to_ymd(zr_date d, int *year, int *month, int *day);
extern int	zr_days_in_month(int year, int month);

/* Months since 0000-01, so that consecutive months are consecutive numbers. */
extern int	zr_month_of(zr_date d);
extern zr_date zr_month_start(int month);

/* The most months that added to since do not pass until, for any finite dates; a day that its month does not have is the last of it. */
extern int	zr_full_months(zr_date since, zr_date until);

/* month shift as PostgreSQL does: 31 January + 1 month is the last of February */
extern bool zr_date_add_months(zr_date d, int64_t months, zr_date *result);
extern bool zr_date_add_days(zr_date d, int64_t days, zr_date *result);

/* ISO weeks (Monday to Sunday) touched by [from, to); Sundays in [from, to). */
extern int	zr_iso_weeks_touched(zr_date from, zr_date to);
extern int	zr_sundays(zr_date from, zr_date to);
extern bool zr_is_sunday(zr_date d);

/* ISO text YYYY-MM-DD at *p; advances *p past it. False when there is none or the day does not exist. */
extern bool zr_date_parse(const char **p, const char *end, zr_date *d);

/* Writes YYYY-MM-DD and a NUL, returns the length without the NUL. */
extern int	zr_date_print(zr_date d, char *out);

#endif							/* ZR_CALENDAR_CORE_H */
