/*
 * period_core.c
 *		The text of a period: a daterange with a finite start.
 */
#include "period_core.h"

#include <string.h>

static const char hint[] = "Write first day and day after the last, such as [2026-01-01,2027-01-01), or [2026-01-01,) without an end.";

static void
skip_spaces(const char **p, const char *end)
{
	while (*p < end && **p == ' ')
		(*p)++;
}

static bool
parse_upper(const char **p, const char *end, zr_date *upper)
{
	if (*p < end && (**p == ')' || **p == ']'))
	{
		*upper = ZR_DATE_OPEN;
		return true;
	}
	if (end - *p >= 8 && memcmp(*p, "infinity", 8) == 0)
	{
		*p += 8;
		*upper = ZR_DATE_OPEN;
		return true;
	}
	return zr_date_parse(p, end, upper);
}

bool
zr_period_check(zr_date lower, zr_date upper, zr_error *err)
{
	/* ZR_DATE_MAX is there as an end only */
	if (zr_date_is_valid(lower) && lower < ZR_DATE_MAX && (upper == ZR_DATE_OPEN || zr_date_is_valid(upper)))
		return true;
	return zr_fail(err, ZR_DATETIME_RANGE, "Leave the end open when it is not known: [2026-01-01,).", "A period lies between 0001-01-01 and 9999-12-31.");
}

bool
zr_period_parse(const char **p, const char *end, zr_date *lower, zr_date *upper, zr_error *err)
{
	const char *s = *p;
	bool		lower_open;

	if (s == end || (*s != '[' && *s != '('))
		return zr_fail(err, ZR_SYNTAX, hint, "The period is missing.");
	lower_open = *s++ == '(';
	skip_spaces(&s, end);
	if (s < end && *s == ',')
		return zr_fail(err, ZR_SYNTAX, hint, "The period has no start.");
	if (!zr_date_parse(&s, end, lower))
		return zr_fail(err, ZR_SYNTAX, hint, "The start of the period is not a date YYYY-MM-DD between 0001-01-01 and 9999-12-31.");
	skip_spaces(&s, end);
	if (s == end || *s++ != ',')
		return zr_fail(err, ZR_SYNTAX, hint, "The start of the period is not followed by a comma.");
	skip_spaces(&s, end);
	if (!parse_upper(&s, end, upper))
		return zr_fail(err, ZR_SYNTAX, hint, "The end of the period is not a date YYYY-MM-DD between 0001-01-01 and 10000-01-01.");
	skip_spaces(&s, end);
	if (s == end || (*s != ')' && *s != ']'))
		return zr_fail(err, ZR_SYNTAX, hint, "The period is not closed.");
	if (*s == ']' && *upper != ZR_DATE_OPEN)
		*upper += 1;
	if (lower_open)
		*lower += 1;
	if (*lower >= *upper)
		return zr_fail(err, ZR_SYNTAX, hint, "The period is empty: it ends before its first day.");
	if (!zr_period_check(*lower, *upper, err))
		return false;
	*p = s + 1;
	return true;
}

int
zr_period_print(zr_date lower, zr_date upper, char *out)
{
	int			len = 0;

	out[len++] = '[';
	len += zr_date_print(lower, out + len);
	out[len++] = ',';
	if (upper != ZR_DATE_OPEN)
		len += zr_date_print(upper, out + len);
	out[len++] = ')';
	out[len] = '\0';
	return len;
}
