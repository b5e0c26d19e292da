/*
 * error.c
 *		From the pure core's error record to PostgreSQL's errors.
 */
#include "postgres.h"

#include "error.h"

int
zr_sqlstate(const zr_error *err)
{
	switch (err->cls)
	{
		case ZR_SYNTAX:
			return ERRCODE_INVALID_TEXT_REPRESENTATION;
		case ZR_RANGE:
			return ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
		case ZR_DATETIME_RANGE:
			return ERRCODE_DATETIME_FIELD_OVERFLOW;
		case ZR_ARGUMENT:
			return ERRCODE_INVALID_PARAMETER_VALUE;
		case ZR_BINARY:
			return ERRCODE_INVALID_BINARY_REPRESENTATION;
		case ZR_LIMIT:
			return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
		case ZR_NO_ERROR:
			break;
	}
	return ERRCODE_INTERNAL_ERROR;
}

int
zr_errdetail(const zr_error *err)
{
	return err->detail[0] ? errdetail_internal("%s", err->detail) : 0;
}

int
zr_errhint(const zr_error *err)
{
	return err->hint[0] ? errhint("%s", err->hint) : 0;
}

void
zr_report_binary(const char *type_name, const zr_error *err)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s", type_name),
			 zr_errdetail(err)));
}

void
zr_report(const char *what, const zr_error *err)
{
	ereport(ERROR,
			(errcode(zr_sqlstate(err)),
			 errmsg("%s", what),
			 zr_errdetail(err), zr_errhint(err)));
}
