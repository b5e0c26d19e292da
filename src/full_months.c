/*
 * full_months.c
 *		Whole calendar months between two days.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"
#include "utils/datetime.h"

/* The most months that added to since do not pass until; a day that its month does not have is the last of it. */
PG_FUNCTION_INFO_V1(full_months);
Datum
full_months(PG_FUNCTION_ARGS)
{
	DateADT		since = PG_GETARG_DATEADT(0);
	DateADT		until = PG_GETARG_DATEADT(1);
	int			y1,
				m1,
				d1,
				y2,
				m2,
				d2;

	if (DATE_NOT_FINITE(since) || DATE_NOT_FINITE(until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("months to or from infinity cannot be counted")));
	j2date(since + POSTGRES_EPOCH_JDATE, &y1, &m1, &d1);
	j2date(until + POSTGRES_EPOCH_JDATE, &y2, &m2, &d2);
	PG_RETURN_INT32((y2 - y1) * MONTHS_PER_YEAR + m2 - m1 - (Min(d1, day_tab[isleap(y2)][m2 - 1]) > d2 ? 1 : 0));
}
