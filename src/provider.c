/*
 * provider.c
 *		Type provider: the AGB code of a care provider (zorgaanbieder).
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "error.h"
#include "identifier.h"

PG_FUNCTION_INFO_V1(provider_in);
Datum
provider_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	zr_error	err;
	uint32		value;

	if (!zr_digit_code_parse(&zr_agb_code, str, strlen(str), &value, &err))
		zr_ereturn_input(fcinfo->context, (Datum) 0, "provider", str, &err);
	PG_RETURN_PROVIDER(value);
}

PG_FUNCTION_INFO_V1(provider_out);
Datum
provider_out(PG_FUNCTION_ARGS)
{
	char	   *out = palloc(ZR_DIGIT_CODE_TEXT_MAX);

	zr_digit_code_print(&zr_agb_code, PG_GETARG_PROVIDER(0), out);
	PG_RETURN_CSTRING(out);
}

PG_FUNCTION_INFO_V1(provider_recv);
Datum
provider_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);

	PG_RETURN_PROVIDER(zr_digit_code_received(&zr_agb_code, "provider", pq_getmsgint(buf, 4)));
}

PG_FUNCTION_INFO_V1(provider_send);
Datum
provider_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, PG_GETARG_PROVIDER(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(provider_from_text);
Datum
provider_from_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_PROVIDER(zr_digit_code_from_text(&zr_agb_code, "provider", PG_GETARG_TEXT_PP(0)));
}

PG_FUNCTION_INFO_V1(provider_to_text);
Datum
provider_to_text(PG_FUNCTION_ARGS)
{
	char		out[ZR_DIGIT_CODE_TEXT_MAX];
	int			len = zr_digit_code_print(&zr_agb_code, PG_GETARG_PROVIDER(0), out);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, len));
}

PG_FUNCTION_INFO_V1(provider_from_int4);
Datum
provider_from_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_PROVIDER(zr_digit_code_from_int32(&zr_agb_code, "provider", PG_GETARG_INT32(0)));
}

PG_FUNCTION_INFO_V1(provider_to_int4);
Datum
provider_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) PG_GETARG_PROVIDER(0));
}
