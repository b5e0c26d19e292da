/*
 * indication.c
 *		SQL type indication (toegewezen product): product, volume or budget, period.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#include "convert.h"
#include "error.h"
#include "product.h"
#include "quantity.h"

static Datum
indication_from_cstring(const char *str, Node *escontext)
{
	zr_error	err;
	zr_indication *result = palloc(sizeof(zr_indication));

	if (!zr_indication_parse(str, strlen(str), result, &err))
		zr_ereturn_input(escontext, (Datum) 0, "indication", str, &err);
	PG_RETURN_INDICATION(result);
}

PG_FUNCTION_INFO_V1(indication_in);
Datum
indication_in(PG_FUNCTION_ARGS)
{
	return indication_from_cstring(PG_GETARG_CSTRING(0), fcinfo->context);
}

PG_FUNCTION_INFO_V1(indication_from_text);
Datum
indication_from_text(PG_FUNCTION_ARGS)
{
	return indication_from_cstring(text_to_cstring(PG_GETARG_TEXT_PP(0)), NULL);
}

PG_FUNCTION_INFO_V1(indication_out);
Datum
indication_out(PG_FUNCTION_ARGS)
{
	char		text_form[ZR_INDICATION_TEXT_MAX];

	zr_indication_print(PG_GETARG_INDICATION(0), text_form);
	PG_RETURN_CSTRING(pstrdup(text_form));
}

PG_FUNCTION_INFO_V1(indication_to_text);
Datum
indication_to_text(PG_FUNCTION_ARGS)
{
	char		text_form[ZR_INDICATION_TEXT_MAX];
	int			len = zr_indication_print(PG_GETARG_INDICATION(0), text_form);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text_form, len));
}

/* wire: product, lower, upper, reserved (four bytes each), volume, budget (eight bytes each) */
PG_FUNCTION_INFO_V1(indication_recv);
Datum
indication_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	zr_product	product = (zr_product) pq_getmsgint(buf, 4);
	zr_date		lower = (zr_date) pq_getmsgint(buf, 4);
	zr_date		upper = (zr_date) pq_getmsgint(buf, 4);
	uint32		reserved = pq_getmsgint(buf, 4);
	zr_volume	volume = (zr_volume) pq_getmsgint64(buf);
	int64		budget = pq_getmsgint64(buf);
	zr_error	err;
	zr_indication *result = palloc(sizeof(zr_indication));

	if (reserved != 0)
	{
		zr_fail(&err, ZR_BINARY, NULL, "Reserved bytes are not zero.");
		zr_report_binary("indication", &err);
	}
	if ((product != ZR_PRODUCT_NONE && !zr_product_is_valid(product)) ||
		(volume != ZR_VOLUME_NONE && !zr_volume_is_valid(volume)))
	{
		zr_fail(&err, ZR_BINARY, NULL, "Product or volume is invalid.");
		zr_report_binary("indication", &err);
	}
	if (!zr_indication_make(product, volume, budget, lower, upper, result, &err))
		zr_report_binary("indication", &err);
	PG_RETURN_INDICATION(result);
}

PG_FUNCTION_INFO_V1(indication_send);
Datum
indication_send(PG_FUNCTION_ARGS)
{
	const zr_indication *i = PG_GETARG_INDICATION(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, i->product);
	pq_sendint32(&buf, (uint32) i->lower);
	pq_sendint32(&buf, (uint32) i->upper);
	pq_sendint32(&buf, i->reserved);
	pq_sendint64(&buf, i->volume);
	pq_sendint64(&buf, (uint64) i->budget);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static Datum
make_indication(zr_product product, zr_volume volume, int64 budget, const RangeType *period)
{
	zr_error	err;
	zr_range	range;
	zr_indication *result = palloc(sizeof(zr_indication));

	zr_range_get(period, &range);
	if (range.empty)
		zr_fail(&err, ZR_ARGUMENT, "The upper bound of a period is the day after the last day.",
				"The period of an indication is not empty (CS003).");
	else if (!range.has_lower)
		zr_fail(&err, ZR_ARGUMENT, "Only the end of the period may be open.", "The period has no start.");
	else if (zr_indication_make(product, volume, budget, range.lower, range.upper, result, &err))
		PG_RETURN_INDICATION(result);
	zr_report("invalid indication", &err);
}

/* indication(product, volume, period): without a volume aspecific, or a code that lacks its volume (CD041) */
PG_FUNCTION_INFO_V1(indication_make_volume);
Datum
indication_make_volume(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	return make_indication(PG_GETARG_PRODUCT(0),
						   PG_ARGISNULL(1) ? ZR_VOLUME_NONE : PG_GETARG_VOLUME(1),
						   ZR_BUDGET_NONE, PG_GETARG_RANGE_P(2));
}

/* indication(product, budget, period): without a product generic */
PG_FUNCTION_INFO_V1(indication_make_budget);
Datum
indication_make_budget(PG_FUNCTION_ARGS)
{
	if ((PG_ARGISNULL(0) && PG_ARGISNULL(1)) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	return make_indication(PG_ARGISNULL(0) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(0),
						   ZR_VOLUME_NONE,
						   PG_ARGISNULL(1) ? ZR_BUDGET_NONE :
						   zr_numeric_scaled(PG_GETARG_NUMERIC(1), 2, ZR_BUDGET_MAX, "budget"),
						   PG_GETARG_RANGE_P(2));
}

PG_FUNCTION_INFO_V1(indication_product);
Datum
indication_product(PG_FUNCTION_ARGS)
{
	zr_product	product = PG_GETARG_INDICATION(0)->product;

	if (product == ZR_PRODUCT_NONE)
		PG_RETURN_NULL();
	PG_RETURN_PRODUCT(product);
}

PG_FUNCTION_INFO_V1(indication_volume);
Datum
indication_volume(PG_FUNCTION_ARGS)
{
	zr_volume	volume = PG_GETARG_INDICATION(0)->volume;

	if (volume == ZR_VOLUME_NONE)
		PG_RETURN_NULL();
	PG_RETURN_VOLUME(volume);
}

PG_FUNCTION_INFO_V1(indication_budget);
Datum
indication_budget(PG_FUNCTION_ARGS)
{
	int64		budget = PG_GETARG_INDICATION(0)->budget;

	if (budget == ZR_BUDGET_NONE)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(zr_numeric_fixed(budget, 2));
}

PG_FUNCTION_INFO_V1(indication_period);
Datum
indication_period(PG_FUNCTION_ARGS)
{
	const zr_indication *i = PG_GETARG_INDICATION(0);

	PG_RETURN_RANGE_P(zr_range_make(i->lower, i->upper));
}

PG_FUNCTION_INFO_V1(indication_kind);
Datum
indication_kind(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(zr_indication_kind(PG_GETARG_INDICATION(0))));
}

PG_FUNCTION_INFO_V1(indication_delivery_variant);
Datum
indication_delivery_variant(PG_FUNCTION_ARGS)
{
	zr_volume	volume = PG_GETARG_INDICATION(0)->volume;

	if (volume == ZR_VOLUME_NONE)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(zr_unit_is_output(zr_volume_unit(volume)) ? "output" : "inspanning"));
}

PG_FUNCTION_INFO_V1(indication_at_least);
Datum
indication_at_least(PG_FUNCTION_ARGS)
{
	zr_volume	volume = PG_GETARG_INDICATION(0)->volume;

	if (volume == ZR_VOLUME_NONE)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(zr_numeric_fixed(zr_volume_low(volume), zr_volume_scale(volume)));
}

PG_FUNCTION_INFO_V1(indication_at_most);
Datum
indication_at_most(PG_FUNCTION_ARGS)
{
	zr_volume	volume = PG_GETARG_INDICATION(0)->volume;

	if (volume == ZR_VOLUME_NONE)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(zr_numeric_fixed(zr_volume_high(volume), zr_volume_scale(volume)));
}

PG_FUNCTION_INFO_V1(indication_problems);
Datum
indication_problems(PG_FUNCTION_ARGS)
{
	const char *codes[ZR_PROBLEMS_MAX];
	Datum		elements[ZR_PROBLEMS_MAX];
	int			n = zr_indication_problems(PG_GETARG_INDICATION(0), codes);

	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	for (int k = 0; k < n; k++)
		elements[k] = CStringGetTextDatum(codes[k]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT));
}

#define COMPARE_ARGS() zr_indication_compare(PG_GETARG_INDICATION(0), PG_GETARG_INDICATION(1))

PG_FUNCTION_INFO_V1(indication_eq);
Datum
indication_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() == 0);
}

PG_FUNCTION_INFO_V1(indication_ne);
Datum
indication_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() != 0);
}

PG_FUNCTION_INFO_V1(indication_lt);
Datum
indication_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() < 0);
}

PG_FUNCTION_INFO_V1(indication_le);
Datum
indication_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() <= 0);
}

PG_FUNCTION_INFO_V1(indication_gt);
Datum
indication_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() > 0);
}

PG_FUNCTION_INFO_V1(indication_ge);
Datum
indication_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() >= 0);
}

PG_FUNCTION_INFO_V1(indication_cmp);
Datum
indication_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(COMPARE_ARGS());
}

static int
indication_sort_compare(Datum a, Datum b, SortSupport ssup)
{
	return zr_indication_compare(DatumGetIndication(a), DatumGetIndication(b));
}

PG_FUNCTION_INFO_V1(indication_sortsupport);
Datum
indication_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = indication_sort_compare;
	PG_RETURN_VOID();
}

/* all 32 bytes count: every field is canonical and the reserved ones are zero */
PG_FUNCTION_INFO_V1(indication_hash);
Datum
indication_hash(PG_FUNCTION_ARGS)
{
	return hash_any((const unsigned char *) PG_GETARG_INDICATION(0), sizeof(zr_indication));
}

PG_FUNCTION_INFO_V1(indication_hash_extended);
Datum
indication_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((const unsigned char *) PG_GETARG_INDICATION(0), sizeof(zr_indication),
							 PG_GETARG_INT64(1));
}
