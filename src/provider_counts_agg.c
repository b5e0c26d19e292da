/*
 * provider_counts_agg.c
 *		provider_counts_agg: allotments, deliveries and claim lines in, what
 *		counts for a contract and who reported what out.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "call.h"
#include "convert.h"
#include "numeric_cents.h"
#include "product.h"
#include "provider_counts.h"
#include "row_array.h"

/* The arguments after the state. A row without a number is a contract, or without that what a reason for stopping means; what another is shows from the first of these that is not NULL: */
enum
{
	ARG_NUMBER = 1,
	ARG_CLIENT,					/* an allotment */
	ARG_PROVIDER,
	ARG_MUNICIPALITY,
	ARG_PRODUCT,
	ARG_CONTRACT,
	ARG_FIRST_YEAR,
	ARG_UNTIL,					/* of an allotment */
	ARG_LAW,					/* of an allotment or a reason */
	ARG_CHANGE_REASON,			/* likewise */
	ARG_STARTED,				/* a delivery */
	ARG_ENDED,
	ARG_STOP_REASON,			/* also of a reason */
	ARG_MEANING,				/* of a reason: pause, NULL: an end */
	ARG_PERIOD,					/* a claim line */
	ARG_AMOUNT,
	ARG_YEAR_BACK,
	ARG_CALENDAR_YEAR
};

static zr_provider_counts *
begin(FunctionCallInfo fcinfo, MemoryContext context)
{
	zr_daterange year_back,
				calendar_year;

	if (PG_ARGISNULL(ARG_YEAR_BACK) || PG_ARGISNULL(ARG_CALENDAR_YEAR))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("provider_counts_agg needs the windows to count in")));
	zr_daterange_read(PG_GETARG_DATUM(ARG_YEAR_BACK), &year_back);
	zr_daterange_read(PG_GETARG_DATUM(ARG_CALENDAR_YEAR), &calendar_year);
	if (year_back.empty || year_back.upper_open)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("provider_counts_agg needs a last day that counts")));
	return zr_provider_counts_begin(context, &year_back, &calendar_year);
}

/* The number of the contract, -1: none. */
static int32
get_contract(FunctionCallInfo fcinfo)
{
	int32		place = PG_ARGISNULL(ARG_CONTRACT) ? -1 : PG_GETARG_INT32(ARG_CONTRACT);

	if (!PG_ARGISNULL(ARG_CONTRACT) && (place < 0 || place > ZR_PLACE_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of a contract out of range"),
				 errdetail("It lies between 0 and %d.", ZR_PLACE_MAX)));
	return place;
}

static zr_product
get_product(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(ARG_PRODUCT) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(ARG_PRODUCT);
}

static void
add_contract(FunctionCallInfo fcinfo, zr_provider_counts *a)
{
	zr_daterange first_year;

	if (PG_ARGISNULL(ARG_PROVIDER) || PG_ARGISNULL(ARG_MUNICIPALITY))
		return;
	if (!PG_ARGISNULL(ARG_FIRST_YEAR))
		zr_daterange_read(PG_GETARG_DATUM(ARG_FIRST_YEAR), &first_year);
	zr_provider_counts_contract(a, PG_GETARG_PROVIDER(ARG_PROVIDER), PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY), get_product(fcinfo),
								get_contract(fcinfo), PG_ARGISNULL(ARG_FIRST_YEAR) ? NULL : &first_year);
}

static void
add_allotment(FunctionCallInfo fcinfo, zr_provider_counts *a)
{
	zr_allotted_end end;

	if (PG_ARGISNULL(ARG_PROVIDER) || PG_ARGISNULL(ARG_MUNICIPALITY))
		return;
	zr_get_allotted_end(fcinfo, ARG_UNTIL, ARG_LAW, ARG_CHANGE_REASON, &end);
	zr_provider_counts_allotment(a, PG_GETARG_INT64(ARG_NUMBER), PG_GETARG_INT64(ARG_CLIENT), PG_GETARG_PROVIDER(ARG_PROVIDER),
								 PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY), get_product(fcinfo), get_contract(fcinfo), &end);
}

static void
add_delivery(FunctionCallInfo fcinfo, zr_provider_counts *a)
{
	zr_delivered_care delivery;

	if (zr_get_delivery(fcinfo, ARG_NUMBER, ARG_STARTED, ARG_ENDED, ARG_STOP_REASON, &delivery) && !DATE_IS_NOEND(delivery.started))
		zr_deliveries_add(&a->deliveries, a->context, &delivery);
}

static void
add_claim(FunctionCallInfo fcinfo, zr_provider_counts *a)
{
	zr_daterange period;
	zr_days		days;

	zr_daterange_read(PG_GETARG_DATUM(ARG_PERIOD), &period);
	if (PG_ARGISNULL(ARG_AMOUNT) || period.empty)
		return;
	days.from = period.lower;
	days.until = period.upper;
	zr_provider_counts_claim(a, PG_GETARG_INT64(ARG_NUMBER), days, zr_numeric_cents(PG_GETARG_DATUM(ARG_AMOUNT), "amount of a claim line"));
}

/* NULL policy: a row without what its kind needs is passed over */
PG_FUNCTION_INFO_V1(provider_counts_transition);
Datum
provider_counts_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "provider_counts_agg");
	zr_provider_counts *a;

	a = PG_ARGISNULL(0) ? begin(fcinfo, context) : (zr_provider_counts *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(ARG_NUMBER) && !PG_ARGISNULL(ARG_CONTRACT))
		add_contract(fcinfo, a);
	else if (PG_ARGISNULL(ARG_NUMBER))
		zr_get_meaning(fcinfo, ARG_LAW, ARG_STOP_REASON, ARG_CHANGE_REASON, ARG_MEANING, &a->meanings);
	else if (!PG_ARGISNULL(ARG_CLIENT))
		add_allotment(fcinfo, a);
	else if (!PG_ARGISNULL(ARG_STARTED))
		add_delivery(fcinfo, a);
	else if (!PG_ARGISNULL(ARG_PERIOD))
		add_claim(fcinfo, a);
	PG_RETURN_POINTER(a);
}

#define RESULT_COLUMNS 12

/* The columns of provider_count. */
enum
{
	OUT_CONTRACT,
	OUT_CLIENTS,				/* one for each window */
	OUT_TRAJECTORIES = OUT_CLIENTS + ZR_WINDOWS,
	OUT_TURNOVER,
	OUT_SERVED_UNTIL,
	OUT_PROVIDER,
	OUT_MUNICIPALITY,
	OUT_KIND,
	OUT_FROM,
	OUT_UNTIL
};

static void
emit_count(zr_row_array *result, uint32 place, const zr_count *count)
{
	Datum		values[RESULT_COLUMNS] = {0};
	bool		nulls[RESULT_COLUMNS] = {0};

	values[OUT_CONTRACT] = Int32GetDatum((int32) place);
	for (int w = 0; w < ZR_WINDOWS; w++)
		values[OUT_CLIENTS + w] = Int64GetDatum(count->clients[w]);
	values[OUT_TRAJECTORIES] = Int64GetDatum(count->trajectories);
	values[OUT_TURNOVER] = NumericGetDatum(zr_numeric_fixed(count->turnover, 2));
	nulls[OUT_TURNOVER] = !count->has_turnover;
	values[OUT_SERVED_UNTIL] = DateADTGetDatum(count->served_until);
	nulls[OUT_SERVED_UNTIL] = DATE_IS_NOBEGIN(count->served_until);
	for (int c = OUT_PROVIDER; c < RESULT_COLUMNS; c++)
		nulls[c] = true;
	zr_row_array_add(result, values, nulls);
}

static void
emit_reported(zr_row_array *result, const zr_provider_place *place, const zr_reported *reported, Datum kind)
{
	Datum		values[RESULT_COLUMNS] = {0};
	bool		nulls[RESULT_COLUMNS] = {0};

	for (int c = 0; c < OUT_PROVIDER; c++)
		nulls[c] = true;
	values[OUT_PROVIDER] = ProviderGetDatum(place->provider);
	values[OUT_MUNICIPALITY] = MunicipalityGetDatum(place->municipality);
	values[OUT_KIND] = kind;
	for (uint32 n = 0; n < reported->n; n++)
	{
		values[OUT_FROM] = DateADTGetDatum(reported->days[n].from);
		values[OUT_UNTIL] = DateADTGetDatum(reported->days[n].until);
		zr_row_array_add(result, values, nulls);
	}
}

PG_FUNCTION_INFO_V1(provider_counts_final);
Datum
provider_counts_final(PG_FUNCTION_ARGS)
{
	zr_provider_counts *a;
	zr_row_array result;
	Datum		kinds[ZR_REPORTS];

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	a = (zr_provider_counts *) PG_GETARG_POINTER(0);
	zr_provider_counts_finish(a);

	zr_row_array_begin(&result, fcinfo, RESULT_COLUMNS);
	kinds[ZR_DELIVERIES] = CStringGetTextDatum("deliveries");
	kinds[ZR_CLAIMS] = CStringGetTextDatum("claims");
	for (uint32 n = 0; n < a->ncounts; n++)
		if (a->counts[n].came)
			emit_count(&result, n, &a->counts[n]);
	for (uint32 n = 0; n < a->places.n; n++)
		for (int k = 0; k < ZR_REPORTS; k++)
			emit_reported(&result, &a->places.list[n], &a->reporters[n].reported[k], kinds[k]);
	PG_RETURN_DATUM(zr_row_array_end(&result));
}
