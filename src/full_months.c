/*
 * full_months.c
 *		Whole calendar months between two days.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"

#include "calendar_core.h"

PG_FUNCTION_INFO_V1(full_months);
Datum
full_months(PG_FUNCTION_ARGS)
{
	DateADT		since = PG_GETARG_DATEADT(0);
	DateADT		until = PG_GETARG_DATEADT(1);

	if (DATE_NOT_FINITE(since) || DATE_NOT_FINITE(until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("months to or from infinity cannot be counted")));
	PG_RETURN_INT32(zr_full_months(since, until));
}
