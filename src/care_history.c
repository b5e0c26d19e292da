/*
 * care_history.c
 *		The SQL type care_history: input and output, comparison, merge, slices.
 *
 * Error messages never repeat the input: client keys are personal data and
 * would end up in the server log.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"

#include "care_history.h"
#include "error.h"
#include "history_text_core.h"
#include "product.h"

#define INTERRUPT_MASK 0xFFFF

PG_FUNCTION_INFO_V1(care_history_in);
Datum
care_history_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	care_history_expanded *h = care_history_expand(CurrentMemoryContext, 0);
	zr_history_parser parser;
	zr_care		period;
	zr_error	err;
	bool		done;

	zr_history_parse_begin(&parser, str, strlen(str));
	for (;;)
	{
		if (!zr_history_parse_next(&parser, &period, &done, &err))
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(zr_input_sqlstate(&err)),
					 err.cls == ZR_SYNTAX ?
					 errmsg("invalid input syntax for type %s", "care_history") :
					 errmsg("invalid period in a value of type %s", "care_history"),
					 zr_errdetail(&err), zr_errhint(&err)));
		if (done)
			break;
		care_history_append(h, &period);
		if ((h->n & INTERRUPT_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_DATUM(care_history_flatten(h));
}

PG_FUNCTION_INFO_V1(care_history_out);
Datum
care_history_out(PG_FUNCTION_ARGS)
{
	care_history_view view;
	StringInfoData buf;

	care_history_read(PG_GETARG_DATUM(0), &view);
	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	for (size_t i = 0; i < view.n; i++)
	{
		zr_care		period = care_history_period(&view, i);

		if ((i & INTERRUPT_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoString(&buf, "; ");
		enlargeStringInfo(&buf, ZR_PERIOD_TEXT_MAX);
		buf.len += zr_care_print(&period, buf.data + buf.len);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

/*
 * Wire format: version 1 (one byte), number of periods (four), then for each
 * client (eight), product (four, 0 = none), start and end (four each, as in
 * the type date; 2147483647 = open).
 */
PG_FUNCTION_INFO_V1(care_history_recv);
Datum
care_history_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	zr_error	err;
	uint8_t		version = (uint8_t) pq_getmsgbyte(buf);
	size_t		n;
	care_history_expanded *h;

	if (version != ZR_HISTORY_VERSION)
	{
		zr_fail(&err, ZR_BINARY, NULL, "The version is %d; this server knows version %d.", version, ZR_HISTORY_VERSION);
		zr_report_binary("care_history", &err);
	}
	n = (uint32) pq_getmsgint(buf, 4);
	if ((size_t) (buf->len - buf->cursor) != n * ZR_HISTORY_RECORD)
	{
		zr_fail(&err, ZR_BINARY, NULL, "%zu periods are announced, but %d bytes follow.", n, buf->len - buf->cursor);
		zr_report_binary("care_history", &err);
	}
	h = care_history_expand(CurrentMemoryContext, n);
	for (size_t i = 0; i < n; i++)
	{
		zr_care		period;

		if ((i & INTERRUPT_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
		period.client = zr_bias(pq_getmsgint64(buf));
		period.product = (zr_product) pq_getmsgint(buf, 4);
		period.start = (zr_date) pq_getmsgint(buf, 4);
		period.end = (zr_date) pq_getmsgint(buf, 4);
		if (period.product != ZR_PRODUCT_NONE && !zr_product_is_valid(period.product))
		{
			zr_fail(&err, ZR_BINARY, NULL, "The number %u is no product.", period.product);
			zr_report_binary("care_history", &err);
		}
		if (!zr_care_check(&period, &err))
			zr_report_binary("care_history", &err);
		care_history_append(h, &period);
	}
	PG_RETURN_DATUM(care_history_flatten(h));
}

PG_FUNCTION_INFO_V1(care_history_send);
Datum
care_history_send(PG_FUNCTION_ARGS)
{
	care_history_view view;
	StringInfoData buf;

	care_history_read(PG_GETARG_DATUM(0), &view);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, ZR_HISTORY_VERSION);
	pq_sendint32(&buf, (uint32) view.n);
	for (size_t i = 0; i < view.n; i++)
	{
		zr_care		period = care_history_period(&view, i);

		if ((i & INTERRUPT_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
		pq_sendint64(&buf, (uint64) zr_unbias(period.client));
		pq_sendint32(&buf, period.product);
		pq_sendint32(&buf, (uint32) period.start);
		pq_sendint32(&buf, (uint32) period.end);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* The value in the form that its number of periods asks for. */
static care_history *
canonical(Datum d)
{
	care_history *flat = PG_DETOAST_DATUM_PACKED(d);

	if (zr_history_is_growing((uint8_t *) VARDATA_ANY(flat), VARSIZE_ANY_EXHDR(flat)))
	{
		care_history_expanded *h = care_history_expand(CurrentMemoryContext, 0);
		care_history_view view;

		care_history_read(PointerGetDatum(flat), &view);
		care_history_append_view(h, &view);
		flat = (care_history *) DatumGetPointer(care_history_flatten(h));
	}
	return flat;
}

static bool
same_bytes(Datum x, Datum y)
{
	care_history *a = canonical(x);
	care_history *b = canonical(y);

	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

PG_FUNCTION_INFO_V1(care_history_eq);
Datum
care_history_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_bytes(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

PG_FUNCTION_INFO_V1(care_history_ne);
Datum
care_history_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_bytes(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

PG_FUNCTION_INFO_V1(care_history_hash);
Datum
care_history_hash(PG_FUNCTION_ARGS)
{
	care_history *a = canonical(PG_GETARG_DATUM(0));

	return hash_any((unsigned char *) VARDATA_ANY(a), (int) VARSIZE_ANY_EXHDR(a));
}

PG_FUNCTION_INFO_V1(care_history_hash_extended);
Datum
care_history_hash_extended(PG_FUNCTION_ARGS)
{
	care_history *a = canonical(PG_GETARG_DATUM(0));

	return hash_any_extended((unsigned char *) VARDATA_ANY(a), (int) VARSIZE_ANY_EXHDR(a),
							 (uint64) PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(care_history_merge);
Datum
care_history_merge(PG_FUNCTION_ARGS)
{
	care_history_view a,
				b;
	care_history_expanded *h;

	care_history_read(PG_GETARG_DATUM(0), &a);
	care_history_read(PG_GETARG_DATUM(1), &b);
	h = care_history_expand(CurrentMemoryContext, add_size(a.n, b.n));
	care_history_append_view(h, &a);
	care_history_append_view(h, &b);
	PG_RETURN_DATUM(care_history_flatten(h));
}

/* product[] in ascending order; a NULL at the end stands for periods without product. */
PG_FUNCTION_INFO_V1(care_history_products);
Datum
care_history_products(PG_FUNCTION_ARGS)
{
	Oid			array_type = get_func_rettype(fcinfo->flinfo->fn_oid);
	Oid			product_type = get_element_type(array_type);
	care_history_view view;
	Datum	   *values;
	bool	   *nulls;
	int			n = 0;
	int			dims[1],
				lower[1] = {1};

	care_history_read(PG_GETARG_DATUM(0), &view);
	values = palloc(Max(view.n_products, 1) * sizeof(Datum));
	nulls = palloc0(Max(view.n_products, 1) * sizeof(bool));
	for (uint32_t c = 0; c < view.n_products; c++)
		if (view.products[c] != ZR_PRODUCT_NONE)
			values[n++] = ProductGetDatum(view.products[c]);
	if (n < (int) view.n_products)
	{
		nulls[n] = true;
		values[n++] = (Datum) 0;
	}
	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(product_type));
	dims[0] = n;
	PG_RETURN_ARRAYTYPE_P(construct_md_array(values, nulls, 1, dims, lower, product_type,
											 sizeof(int32), true, TYPALIGN_INT));
}

/* The periods of the products asked; a NULL in the array asks for those without product. */
PG_FUNCTION_INFO_V1(care_history_for_products);
Datum
care_history_for_products(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	care_history_view view;
	care_history_expanded *h;
	Datum	   *values;
	bool	   *nulls;
	bool	   *wanted;
	int			n;

	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int32), true, TYPALIGN_INT, &values, &nulls, &n);
	care_history_read(PG_GETARG_DATUM(0), &view);
	wanted = palloc0(Max(view.n_products, 1) * sizeof(bool));
	for (int k = 0; k < n; k++)
	{
		zr_product	product = nulls[k] ? ZR_PRODUCT_NONE : DatumGetProduct(values[k]);
		uint32_t	low = 0,
					high = view.n_products;

		while (low < high)
		{
			uint32_t	mid = low + (high - low) / 2;

			if (view.products[mid] < product)
				low = mid + 1;
			else
				high = mid;
		}
		if (low < view.n_products && view.products[low] == product)
			wanted[low] = true;
	}
	h = care_history_expand(CurrentMemoryContext, 0);
	for (size_t i = 0; i < view.n; i++)
	{
		if ((i & INTERRUPT_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
		if (wanted[zr_row_code(view.rows[i].value)])
		{
			zr_care		period = care_history_period(&view, i);

			care_history_append(h, &period);
		}
	}
	PG_RETURN_DATUM(care_history_flatten(h));
}
