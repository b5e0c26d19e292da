/*
 * calendar_core.c
 *		Proleptic Gregorian calendar on day numbers, ISO weeks, Sundays, months.
 */
#include "calendar_core.h"

#include <string.h>

/* Days from 0000-03-01 to 2000-01-01; years that start in March end with the leap day. */
#define DAYS_MARCH_0_TO_2000 730425
#define DAYS_PER_ERA 146097		/* 400 years */

/* 2000-01-03 was a Monday; floor division also for days before it */
static inline int
monday_weeks(int32_t d)
{
	int32_t		shifted = d - 2;

	return shifted >= 0 ? shifted / 7 : -((6 - shifted) / 7);
}

zr_date
zr_date_from_ymd(int year, int month, int day)
{
	int			y = month <= 2 ? year - 1 : year;
	int			era = (y >= 0 ? y : y - 399) / 400;
	int			yoe = y - era * 400;
	int			doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int			doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * DAYS_PER_ERA + doe - DAYS_MARCH_0_TO_2000;
}

void
zr_date_to_ymd(zr_date d, int *year, int *month, int *day)
{
	int			z = d + DAYS_MARCH_0_TO_2000;
	int			era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int			doe = z - era * DAYS_PER_ERA;
	int			yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int			doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int			mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2 ? 1 : 0);
}

int
zr_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0))
		return 29;
	return days[month - 1];
}

int
zr_month_of(zr_date d)
{
	int			year,
				month,
				day;

	zr_date_to_ymd(d, &year, &month, &day);
	return year * 12 + month - 1;
}

zr_date
zr_month_start(int month)
{
	return zr_date_from_ymd(month / 12, month % 12 + 1, 1);
}

int
zr_full_months(zr_date since, zr_date until)
{
	int			y1,
				m1,
				d1,
				y2,
				m2,
				d2;

	zr_date_to_ymd(since, &y1, &m1, &d1);
	zr_date_to_ymd(until, &y2, &m2, &d2);
	if (d1 > zr_days_in_month(y2, m2))
		d1 = zr_days_in_month(y2, m2);
	return (y2 - y1) * 12 + m2 - m1 - (d1 > d2 ? 1 : 0);
}

bool
zr_date_add_months(zr_date d, int64_t months, zr_date *result)
{
	int			year,
				month,
				day,
				last;
	int64_t		target;

	if (months > 120000 || months < -120000)
		return false;
	zr_date_to_ymd(d, &year, &month, &day);
	target = (int64_t) year * 12 + month - 1 + months;
	if (target < 12 || target > INT64_C(10000) * 12)
		return false;
	last = zr_days_in_month((int) (target / 12), (int) (target % 12) + 1);
	*result = zr_date_from_ymd((int) (target / 12), (int) (target % 12) + 1, day < last ? day : last);
	return zr_date_is_valid(*result);
}

bool
zr_date_add_days(zr_date d, int64_t days, zr_date *result)
{
	int64_t		sum;

	if (days > 4000000 || days < -4000000)
		return false;
	sum = (int64_t) d + days;
	if (sum < ZR_DATE_MIN || sum > ZR_DATE_MAX)
		return false;
	*result = (zr_date) sum;
	return true;
}

int
zr_iso_weeks_touched(zr_date from, zr_date to)
{
	return from < to ? monday_weeks(to - 1) - monday_weeks(from) + 1 : 0;
}

/* A Sunday lies before a day exactly when its week ended, so weeks completed count Sundays. */
int
zr_sundays(zr_date from, zr_date to)
{
	return from < to ? monday_weeks(to) - monday_weeks(from) : 0;
}

bool
zr_is_sunday(zr_date d)
{
	return zr_sundays(d, d + 1) == 1;
}

static bool
digits(const char *s, int count, int *value)
{
	*value = 0;
	for (int i = 0; i < count; i++)
	{
		if (s[i] < '0' || s[i] > '9')
			return false;
		*value = *value * 10 + (s[i] - '0');
	}
	return true;
}

bool
zr_date_parse(const char **p, const char *end, zr_date *d)
{
	const char *s = *p;
	int			year_digits = 0;
	int			year,
				month,
				day;

	while (year_digits < 6 && s + year_digits < end && s[year_digits] >= '0' && s[year_digits] <= '9')
		year_digits++;
	if (year_digits < 4 || year_digits > 5 || end - s < year_digits + 6)
		return false;
	if (!digits(s, year_digits, &year) || s[year_digits] != '-' ||
		!digits(s + year_digits + 1, 2, &month) || s[year_digits + 3] != '-' ||
		!digits(s + year_digits + 4, 2, &day))
		return false;
	if (year < 1 || year > 10000 || (year_digits == 5 && year < 10000) ||
		month < 1 || month > 12 || day < 1 || day > zr_days_in_month(year, month))
		return false;
	*d = zr_date_from_ymd(year, month, day);
	if (!zr_date_is_valid(*d))
		return false;
	*p = s + year_digits + 6;
	return true;
}

int
zr_date_print(zr_date d, char *out)
{
	int			year,
				month,
				day,
				len = 0;

	zr_date_to_ymd(d, &year, &month, &day);
	if (year >= 10000)
		out[len++] = (char) ('0' + year / 10000);
	out[len++] = (char) ('0' + year / 1000 % 10);
	out[len++] = (char) ('0' + year / 100 % 10);
	out[len++] = (char) ('0' + year / 10 % 10);
	out[len++] = (char) ('0' + year % 10);
	out[len++] = '-';
	out[len++] = (char) ('0' + month / 10);
	out[len++] = (char) ('0' + month % 10);
	out[len++] = '-';
	out[len++] = (char) ('0' + day / 10);
	out[len++] = (char) ('0' + day % 10);
	out[len] = '\0';
	return len;
}
