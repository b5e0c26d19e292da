/*
 * municipality.c
 *		Type municipality: the CBS code of a municipality (gemeentecode).
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "error.h"
#include "identifier.h"

PG_FUNCTION_INFO_V1(municipality_in);
Datum
municipality_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	zr_error	err;
	uint32		value;

	if (!zr_digit_code_parse(&zr_municipality_code, str, strlen(str), &value, &err))
		zr_ereturn_input(fcinfo->context, (Datum) 0, "municipality", str, &err);
	PG_RETURN_MUNICIPALITY(value);
}

PG_FUNCTION_INFO_V1(municipality_out);
Datum
municipality_out(PG_FUNCTION_ARGS)
{
	char	   *out = palloc(ZR_DIGIT_CODE_TEXT_MAX);

	zr_digit_code_print(&zr_municipality_code, PG_GETARG_MUNICIPALITY(0), out);
	PG_RETURN_CSTRING(out);
}

PG_FUNCTION_INFO_V1(municipality_recv);
Datum
municipality_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);

	PG_RETURN_MUNICIPALITY(zr_digit_code_received(&zr_municipality_code, "municipality", pq_getmsgint(buf, 2)));
}

PG_FUNCTION_INFO_V1(municipality_send);
Datum
municipality_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint16(&buf, PG_GETARG_MUNICIPALITY(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(municipality_from_text);
Datum
municipality_from_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_MUNICIPALITY(zr_digit_code_from_text(&zr_municipality_code, "municipality", PG_GETARG_TEXT_PP(0)));
}

PG_FUNCTION_INFO_V1(municipality_to_text);
Datum
municipality_to_text(PG_FUNCTION_ARGS)
{
	char		out[ZR_DIGIT_CODE_TEXT_MAX];
	int			len = zr_digit_code_print(&zr_municipality_code, PG_GETARG_MUNICIPALITY(0), out);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, len));
}

PG_FUNCTION_INFO_V1(municipality_from_int4);
Datum
municipality_from_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_MUNICIPALITY(zr_digit_code_from_int32(&zr_municipality_code, "municipality", PG_GETARG_INT32(0)));
}

PG_FUNCTION_INFO_V1(municipality_to_int4);
Datum
municipality_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) PG_GETARG_MUNICIPALITY(0));
}
