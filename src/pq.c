/*
 * pq.c
 *		claimable, quantity, cost, claim_amount: one value per row.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "error.h"
#include "pq.h"
#include "quantity.h"

#define QUANTITY_SCALE 16		/* decimals of a quantity, as of PostgreSQL's own division */

zr_accrual_method
zr_pq_method(FunctionCallInfo fcinfo, zr_pq_site *site, int argno)
{
	Oid			oid = PG_GETARG_OID(argno);
	HeapTuple	tuple;
	const char *label;

	if (site->method_oid == oid)
		return site->method;
	tuple = SearchSysCache1(ENUMOID, ObjectIdGetDatum(oid));
	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid internal value for enum: %u", oid)));
	label = NameStr(((Form_pg_enum) GETSTRUCT(tuple))->enumlabel);
	if (strcmp(label, "days") == 0)
		site->method = ZR_ACCRUE_DAYS;
	else if (strcmp(label, "weeks52") == 0)
		site->method = ZR_ACCRUE_WEEKS52;
	else if (strcmp(label, "claimable") == 0)
		site->method = ZR_ACCRUE_CLAIMABLE;
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("accrual method \"%s\" is not known", label),
				 errhint("The labels of accrual_method are days, weeks52 and claimable; do not change the type.")));
	site->method_oid = oid;
	ReleaseSysCache(tuple);
	return site->method;
}

const zr_range *
zr_pq_range_read(FunctionCallInfo fcinfo, zr_pq_site *site, int argno, const char *what)
{
	const struct varlena *raw = (const struct varlena *) PG_GETARG_POINTER(argno);
	zr_range	range;

	/* range and bytes change together: a call site can outlive an error (the check of a domain in PL/pgSQL) */
	zr_range_get_bounded(PG_GETARG_RANGE_P(argno), what, &range);
	site->range = range;
	memset(site->range_bytes, 0, sizeof(site->range_bytes));
	if (VARATT_IS_4B_U(raw) && VARSIZE_4B(raw) == ZR_PQ_RANGE_BYTES)
		memcpy(site->range_bytes, raw, ZR_PQ_RANGE_BYTES);
	return &site->range;
}

pg_noreturn static void report(const zr_indication *i, const char *what, const zr_error *err);

static void
report(const zr_indication *i, const char *what, const zr_error *err)
{
	char		text_form[ZR_INDICATION_TEXT_MAX];

	zr_indication_print(i, text_form);
	zr_report(psprintf("cannot compute the %s of %s", what, text_form), err);
}

void
zr_pq_report(const zr_indication *i, const zr_error *err)
{
	report(i, "cost", err);
}

PG_FUNCTION_INFO_V1(claimable_in_month);
Datum
claimable_in_month(PG_FUNCTION_ARGS)
{
	const zr_indication *i = PG_GETARG_INDICATION(0);
	zr_date		day = PG_GETARG_INT32(1);

	if (!zr_indication_has_quantity(i))
		PG_RETURN_NULL();
	if (!zr_date_is_valid(day) || day == ZR_DATE_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("month out of range"),
				 errdetail("Months lie between 0001-01 and 9999-12.")));
	PG_RETURN_NUMERIC(zr_numeric_fixed(zr_claimable_month(i, zr_month_of(day)),
									   zr_indication_in_euro(i) ? 2 : 0));
}

PG_FUNCTION_INFO_V1(claimable_in_total);
Datum
claimable_in_total(PG_FUNCTION_ARGS)
{
	const zr_indication *i = PG_GETARG_INDICATION(0);
	int64		total;

	if (!zr_indication_has_quantity(i) || !zr_claimable_total(i, &total))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(zr_numeric_fixed(total, zr_indication_in_euro(i) ? 2 : 0));
}

static void
report_quantity_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("quantity out of range")));
}

/* amounts in euro are kept in cents: two decimals of the numeric are there already */
void
zr_pq_quantity_begin(const zr_accrual *accrual, zr_date from, zr_quantity_walk *walk)
{
	int			scale = zr_indication_in_euro(accrual->indication) ? QUANTITY_SCALE - 2 : QUANTITY_SCALE;

	if (!zr_quantity_begin(walk, accrual, from, scale))
		report_quantity_range();
}

Numeric
zr_pq_quantity_until(zr_quantity_walk *walk, zr_date to)
{
	zr_int128	scaled;

	if (!zr_quantity_advance(walk, to, &scaled))
		report_quantity_range();
	return zr_numeric_trimmed(scaled, QUANTITY_SCALE);
}

Numeric
zr_pq_quantity(const zr_indication *i, zr_accrual_method method, zr_date from, zr_date to)
{
	zr_accrual	accrual;
	zr_quantity_walk walk;
	zr_error	err;

	if (!zr_accrual_prepare(i, method, &accrual, &err))
		report(i, "quantity", &err);
	if (from >= to)
		return zr_numeric_fixed(0, 0);
	zr_pq_quantity_begin(&accrual, from, &walk);
	return zr_pq_quantity_until(&walk, to);
}

PG_FUNCTION_INFO_V1(indication_quantity);
Datum
indication_quantity(PG_FUNCTION_ARGS)
{
	const zr_indication *i = PG_GETARG_INDICATION(0);
	zr_pq_site *site = zr_pq_site_get(fcinfo);
	zr_accrual_method method = zr_pq_method(fcinfo, site, 2);
	const zr_range *range = zr_pq_range(fcinfo, site, 1, "quantity");
	zr_date		from,
				to;

	if (!zr_indication_has_quantity(i))
		PG_RETURN_NULL();
	if (!zr_pq_clip(i, range, &from, &to))
		to = from;
	PG_RETURN_NUMERIC(zr_pq_quantity(i, method, from, to));
}

bool
zr_pq_cost_walk(const zr_indication *i, const zr_book_view *book, zr_accrual_method method,
				const zr_range *range, int *guess, bool null_without_tariff, int64 *cents)
{
	zr_cost_walk walk;
	zr_error	err;
	zr_date		from,
				to;

	if (!zr_pq_clip(i, range, &from, &to))
	{
		/* nothing in common, but what makes every cost of this indication an error still does */
		if (!zr_accrual_prepare(i, method, &walk.accrual, &err))
			zr_pq_report(i, &err);
		*cents = 0;
		return true;
	}
	if (!zr_cost_begin(&walk, i, method, book, from, guess, &err))
		zr_pq_report(i, &err);
	switch (zr_cost_advance(&walk, to, &err))
	{
		case ZR_COST_KNOWN:
			break;
		case ZR_COST_NO_TARIFF:
			if (null_without_tariff)
				return false;
			/* FALLTHROUGH */
		case ZR_COST_WRONG:
			zr_pq_report(i, &err);
	}
	if (!zr_cost_cents(&walk, cents, &err))
		zr_pq_report(i, &err);
	return true;
}

/* cost(indication, tariff, daterange, accrual_method): a book of one line that holds always */
PG_FUNCTION_INFO_V1(cost_with_tariff);
Datum
cost_with_tariff(PG_FUNCTION_ARGS)
{
	const zr_indication *i;
	zr_pq_site *site;
	zr_accrual_method method;
	const zr_range *range;
	zr_book_line line = {0};
	zr_book_view book = {.lines = &line, .nlines = 1};
	int64		cents;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	i = PG_GETARG_INDICATION(0);
	site = zr_pq_site_get(fcinfo);
	method = zr_pq_method(fcinfo, site, 3);
	range = zr_pq_range(fcinfo, site, 2, "cost");
	if (!zr_indication_has_quantity(i) || (PG_ARGISNULL(1) && !zr_indication_in_euro(i)))
		PG_RETURN_NULL();
	line.product = i->product;
	line.lower = ZR_DATE_MIN;
	line.upper = ZR_DATE_OPEN;
	line.tariff = PG_ARGISNULL(1) ? 0 : PG_GETARG_TARIFF(1);
	zr_pq_cost(i, site, &book, method, range, &site->guesses[0], false, &cents);
	PG_RETURN_NUMERIC(zr_numeric_fixed(cents, 2));
}

static Datum
cost_with_book_internal(FunctionCallInfo fcinfo, bool null_without_tariff)
{
	const zr_indication *i;
	zr_pq_site *site;
	zr_accrual_method method;
	const zr_book_view *book = NULL;
	const zr_range *range;
	int64		cents;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	i = PG_GETARG_INDICATION(0);
	site = zr_pq_site_get(fcinfo);
	method = zr_pq_method(fcinfo, site, 3);
	range = zr_pq_range(fcinfo, site, 2, "cost");
	if (!zr_indication_has_quantity(i))
		PG_RETURN_NULL();
	if (!zr_indication_in_euro(i))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		book = zr_book_view_of(PG_GETARG_DATUM(1), &site->book, fcinfo->flinfo->fn_mcxt);
	}
	if (!zr_pq_cost(i, site, book, method, range, zr_pq_guess(site, i->product), null_without_tariff, &cents))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(zr_numeric_fixed(cents, 2));
}

PG_FUNCTION_INFO_V1(cost_with_book);
Datum
cost_with_book(PG_FUNCTION_ARGS)
{
	return cost_with_book_internal(fcinfo, false);
}

PG_FUNCTION_INFO_V1(cost_with_book_or_null);
Datum
cost_with_book_or_null(PG_FUNCTION_ARGS)
{
	return cost_with_book_internal(fcinfo, true);
}

/* claim_amount(volume, tariff): the amount of a claim line (prestatie) */
PG_FUNCTION_INFO_V1(claim_amount);
Datum
claim_amount(PG_FUNCTION_ARGS)
{
	zr_volume	volume;
	zr_error	err;
	int64		cents;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	volume = PG_GETARG_VOLUME(0);
	if (zr_volume_frequency(volume) != ZR_FREQUENCY_NONE || zr_volume_low(volume) != zr_volume_high(volume))
	{
		char		text_form[ZR_VOLUME_TEXT_MAX];

		zr_volume_print(volume, text_form);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("volume %s is not a delivered quantity", text_form),
				 errhint("A claim line has one number and no frequency, such as 90 minuut.")));
	}
	if (zr_volume_unit(volume) == ZR_EURO)	/* CS339 */
		PG_RETURN_NUMERIC(zr_numeric_fixed(zr_volume_high(volume), 2));
	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!zr_claim_amount(volume, PG_GETARG_TARIFF(1), &cents, &err))
		zr_report("cannot compute the claim amount", &err);
	PG_RETURN_NUMERIC(zr_numeric_fixed(cents, 2));
}
