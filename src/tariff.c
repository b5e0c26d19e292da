/*
 * tariff.c
 *		SQL type tariff (tarief): price per unit.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "convert.h"
#include "error.h"
#include "quantity.h"

static Datum
tariff_from_cstring(const char *str, Node *escontext)
{
	zr_error	err;
	zr_tariff	result;

	if (!zr_tariff_parse(str, strlen(str), &result, &err))
		zr_ereturn_input(escontext, (Datum) 0, "tariff", str, &err);
	PG_RETURN_TARIFF(result);
}

PG_FUNCTION_INFO_V1(tariff_in);
Datum
tariff_in(PG_FUNCTION_ARGS)
{
	return tariff_from_cstring(PG_GETARG_CSTRING(0), fcinfo->context);
}

PG_FUNCTION_INFO_V1(tariff_from_text);
Datum
tariff_from_text(PG_FUNCTION_ARGS)
{
	return tariff_from_cstring(text_to_cstring(PG_GETARG_TEXT_PP(0)), NULL);
}

PG_FUNCTION_INFO_V1(tariff_out);
Datum
tariff_out(PG_FUNCTION_ARGS)
{
	char		text_form[ZR_TARIFF_TEXT_MAX];

	zr_tariff_print(PG_GETARG_TARIFF(0), text_form);
	PG_RETURN_CSTRING(pstrdup(text_form));
}

PG_FUNCTION_INFO_V1(tariff_to_text);
Datum
tariff_to_text(PG_FUNCTION_ARGS)
{
	char		text_form[ZR_TARIFF_TEXT_MAX];
	int			len = zr_tariff_print(PG_GETARG_TARIFF(0), text_form);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text_form, len));
}

/* wire: the eight bytes of the word */
PG_FUNCTION_INFO_V1(tariff_recv);
Datum
tariff_recv(PG_FUNCTION_ARGS)
{
	zr_tariff	result = (zr_tariff) pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));
	zr_error	err;

	if (!zr_tariff_is_valid(result))
	{
		zr_fail(&err, ZR_BINARY, NULL, "Unit or price is out of range.");
		zr_report_binary("tariff", &err);
	}
	PG_RETURN_TARIFF(result);
}

PG_FUNCTION_INFO_V1(tariff_send);
Datum
tariff_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, PG_GETARG_TARIFF(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(tariff_make);
Datum
tariff_make(PG_FUNCTION_ARGS)
{
	int64		micros = zr_numeric_scaled(PG_GETARG_NUMERIC(0), 6, ZR_TARIFF_MAX_MICROS, "tariff");
	zr_unit		unit = zr_unit_from_text(PG_GETARG_TEXT_PP(1));
	zr_error	err;
	zr_tariff	result;

	if (!zr_tariff_make(micros, unit, &result, &err))
		zr_report("invalid tariff", &err);
	PG_RETURN_TARIFF(result);
}

/* as many decimals as the text form: at least two, at most six */
PG_FUNCTION_INFO_V1(tariff_amount);
Datum
tariff_amount(PG_FUNCTION_ARGS)
{
	int64		micros = zr_tariff_micros(PG_GETARG_TARIFF(0));
	int			scale = 6;

	for (; scale > 2 && micros % 10 == 0; scale--)
		micros /= 10;
	PG_RETURN_NUMERIC(zr_numeric_fixed(micros, scale));
}

PG_FUNCTION_INFO_V1(tariff_unit);
Datum
tariff_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(zr_unit_name(zr_tariff_unit(PG_GETARG_TARIFF(0)))));
}

PG_FUNCTION_INFO_V1(tariff_per);
Datum
tariff_per(PG_FUNCTION_ARGS)
{
	zr_error	err;
	zr_tariff	result;

	if (!zr_tariff_per(PG_GETARG_TARIFF(0), zr_unit_from_text(PG_GETARG_TEXT_PP(1)), &result, &err))
		zr_report("cannot convert the tariff", &err);
	PG_RETURN_TARIFF(result);
}
