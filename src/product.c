/*
 * product.c
 *		Type product: product category and/or code of iWmo/iJw.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "error.h"
#include "product.h"

PG_FUNCTION_INFO_V1(product_in);
Datum
product_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	zr_error	err;
	zr_product	value;

	if (!zr_product_parse(str, strlen(str), &value, &err))
		zr_ereturn_input(fcinfo->context, (Datum) 0, "product", str, &err);
	PG_RETURN_PRODUCT(value);
}

PG_FUNCTION_INFO_V1(product_out);
Datum
product_out(PG_FUNCTION_ARGS)
{
	char	   *out = palloc(ZR_PRODUCT_TEXT_MAX);

	Assert(zr_product_is_valid(PG_GETARG_PRODUCT(0)));
	zr_product_print(PG_GETARG_PRODUCT(0), out);
	PG_RETURN_CSTRING(out);
}

PG_FUNCTION_INFO_V1(product_recv);
Datum
product_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	zr_product	value = pq_getmsgint(buf, 4);

	if (!zr_product_is_valid(value))
	{
		zr_error	err;

		zr_fail(&err, ZR_BINARY, NULL, "The number %u is not that of a product.", value);
		zr_report_binary("product", &err);
	}
	PG_RETURN_PRODUCT(value);
}

PG_FUNCTION_INFO_V1(product_send);
Datum
product_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, PG_GETARG_PRODUCT(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(product_from_text);
Datum
product_from_text(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	zr_error	err;
	zr_product	value;

	if (!zr_product_parse(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), &value, &err))
		zr_ereturn_input(NULL, (Datum) 0, "product", text_to_cstring(source), &err);
	PG_RETURN_PRODUCT(value);
}

PG_FUNCTION_INFO_V1(product_to_text);
Datum
product_to_text(PG_FUNCTION_ARGS)
{
	char		out[ZR_PRODUCT_TEXT_MAX];
	int			len = zr_product_print(PG_GETARG_PRODUCT(0), out);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, len));
}

/* product(category, code): either may be NULL, so not STRICT; both NULL is NULL */
PG_FUNCTION_INFO_V1(product_make);
Datum
product_make(PG_FUNCTION_ARGS)
{
	text	   *category = PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0);
	text	   *code = PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);
	zr_error	err;
	zr_product	value;

	if (category == NULL && code == NULL)
		PG_RETURN_NULL();
	if (!zr_product_make(category ? VARDATA_ANY(category) : NULL, category ? VARSIZE_ANY_EXHDR(category) : 0,
						 code ? VARDATA_ANY(code) : NULL, code ? VARSIZE_ANY_EXHDR(code) : 0, &value, &err))
		zr_report("invalid product", &err);
	PG_RETURN_PRODUCT(value);
}

PG_FUNCTION_INFO_V1(product_category);
Datum
product_category(PG_FUNCTION_ARGS)
{
	int			category = zr_product_category(PG_GETARG_PRODUCT(0));
	char		digits[2];

	if (category == 0)
		PG_RETURN_NULL();
	digits[0] = (char) ('0' + category / 10);
	digits[1] = (char) ('0' + category % 10);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(digits, 2));
}

PG_FUNCTION_INFO_V1(product_code);
Datum
product_code(PG_FUNCTION_ARGS)
{
	char		out[ZR_PRODUCT_TEXT_MAX];
	int			len = zr_product_print_code(PG_GETARG_PRODUCT(0), out);

	if (len == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out, len));
}

PG_FUNCTION_INFO_V1(product_law);
Datum
product_law(PG_FUNCTION_ARGS)
{
	const char *law = zr_product_law(PG_GETARG_PRODUCT(0));

	if (law == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(law));
}
