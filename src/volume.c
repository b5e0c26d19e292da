/*
 * volume.c
 *		SQL type volume (omvang): number or bandwidth, unit, frequency.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "convert.h"
#include "error.h"
#include "quantity.h"

zr_unit
zr_unit_from_text(const text *name)
{
	zr_error	err;
	zr_unit		unit;

	if (!zr_unit_parse(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &unit, &err))
	{
		err.cls = ZR_ARGUMENT;
		zr_report(psprintf("unknown unit \"%s\"", text_to_cstring(name)), &err);
	}
	return unit;
}

zr_frequency
zr_frequency_from_text(const text *name)
{
	zr_error	err;
	zr_frequency frequency;

	if (!zr_frequency_parse(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &frequency, &err))
	{
		err.cls = ZR_ARGUMENT;
		zr_report(psprintf("unknown frequency \"%s\"", text_to_cstring(name)), &err);
	}
	return frequency;
}

static Datum
volume_from_cstring(const char *str, Node *escontext)
{
	zr_error	err;
	zr_volume	result;

	if (!zr_volume_parse(str, strlen(str), &result, &err))
		zr_ereturn_input(escontext, (Datum) 0, "volume", str, &err);
	PG_RETURN_VOLUME(result);
}

PG_FUNCTION_INFO_V1(volume_in);
Datum
volume_in(PG_FUNCTION_ARGS)
{
	return volume_from_cstring(PG_GETARG_CSTRING(0), fcinfo->context);
}

PG_FUNCTION_INFO_V1(volume_from_text);
Datum
volume_from_text(PG_FUNCTION_ARGS)
{
	return volume_from_cstring(text_to_cstring(PG_GETARG_TEXT_PP(0)), NULL);
}

PG_FUNCTION_INFO_V1(volume_out);
Datum
volume_out(PG_FUNCTION_ARGS)
{
	char		text_form[ZR_VOLUME_TEXT_MAX];

	zr_volume_print(PG_GETARG_VOLUME(0), text_form);
	PG_RETURN_CSTRING(pstrdup(text_form));
}

PG_FUNCTION_INFO_V1(volume_to_text);
Datum
volume_to_text(PG_FUNCTION_ARGS)
{
	char		text_form[ZR_VOLUME_TEXT_MAX];
	int			len = zr_volume_print(PG_GETARG_VOLUME(0), text_form);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text_form, len));
}

/* wire: the eight bytes of the word */
PG_FUNCTION_INFO_V1(volume_recv);
Datum
volume_recv(PG_FUNCTION_ARGS)
{
	zr_volume	result = (zr_volume) pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));
	zr_error	err;

	if (!zr_volume_is_valid(result))
	{
		zr_fail(&err, ZR_BINARY, NULL, "Unit, frequency, bounds or reserved bits are out of range.");
		zr_report_binary("volume", &err);
	}
	PG_RETURN_VOLUME(result);
}

PG_FUNCTION_INFO_V1(volume_send);
Datum
volume_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, PG_GETARG_VOLUME(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* volume(low, high, unit_code, frequency_code); no frequency: a plain quantity */
PG_FUNCTION_INFO_V1(volume_make);
Datum
volume_make(PG_FUNCTION_ARGS)
{
	zr_error	err;
	zr_volume	result;
	zr_unit		unit;
	zr_frequency frequency = ZR_FREQUENCY_NONE;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	unit = zr_unit_from_text(PG_GETARG_TEXT_PP(2));
	if (!PG_ARGISNULL(3))
		frequency = zr_frequency_from_text(PG_GETARG_TEXT_PP(3));
	if (!zr_volume_make(PG_GETARG_INT32(0), PG_GETARG_INT32(1), unit, frequency, &result, &err))
		zr_report("invalid volume", &err);
	PG_RETURN_VOLUME(result);
}

PG_FUNCTION_INFO_V1(volume_at_least);
Datum
volume_at_least(PG_FUNCTION_ARGS)
{
	zr_volume	v = PG_GETARG_VOLUME(0);

	PG_RETURN_NUMERIC(zr_numeric_fixed(zr_volume_low(v), zr_volume_scale(v)));
}

PG_FUNCTION_INFO_V1(volume_at_most);
Datum
volume_at_most(PG_FUNCTION_ARGS)
{
	zr_volume	v = PG_GETARG_VOLUME(0);

	PG_RETURN_NUMERIC(zr_numeric_fixed(zr_volume_high(v), zr_volume_scale(v)));
}

PG_FUNCTION_INFO_V1(volume_unit);
Datum
volume_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(zr_unit_name(zr_volume_unit(PG_GETARG_VOLUME(0)))));
}

PG_FUNCTION_INFO_V1(volume_unit_code);
Datum
volume_unit_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(zr_unit_code(zr_volume_unit(PG_GETARG_VOLUME(0)))));
}

PG_FUNCTION_INFO_V1(volume_frequency);
Datum
volume_frequency(PG_FUNCTION_ARGS)
{
	zr_frequency frequency = zr_volume_frequency(PG_GETARG_VOLUME(0));

	if (frequency == ZR_FREQUENCY_NONE)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(zr_frequency_name(frequency)));
}

PG_FUNCTION_INFO_V1(volume_frequency_code);
Datum
volume_frequency_code(PG_FUNCTION_ARGS)
{
	zr_frequency frequency = zr_volume_frequency(PG_GETARG_VOLUME(0));

	if (frequency == ZR_FREQUENCY_NONE)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(zr_frequency_code(frequency)));
}
