/*
 * care_places_agg.c
 *		care_places_agg: reasons, allotments and deliveries in, the histories of
 *		each provider in each municipality out.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/date.h"

#include "call.h"
#include "care_places.h"
#include "product.h"
#include "row_array.h"

/* The arguments after the state. What a row is shows from the first of these that is not NULL: */
enum
{
	ARG_NUMBER = 1,				/* NULL: what a reason for stopping means */
	ARG_CLIENT,					/* an allotment */
	ARG_PROVIDER,
	ARG_MUNICIPALITY,
	ARG_PRODUCT,
	ARG_UNTIL,
	ARG_LAW,					/* also of a reason */
	ARG_CHANGE_REASON,			/* also of a reason */
	ARG_STARTED,				/* a delivery */
	ARG_ENDED,
	ARG_STOP_REASON,			/* also of a reason */
	ARG_MEANING					/* of a reason: pause, other_provider, NULL: neither */
};

static void
add_allotment(FunctionCallInfo fcinfo, zr_care_places *a)
{
	zr_allotted_care allotment = {.number = PG_GETARG_INT64(ARG_NUMBER), .client = PG_GETARG_INT64(ARG_CLIENT)};

	if (PG_ARGISNULL(ARG_PROVIDER) || PG_ARGISNULL(ARG_MUNICIPALITY))
		return;
	allotment.provider = PG_GETARG_PROVIDER(ARG_PROVIDER);
	allotment.product = PG_ARGISNULL(ARG_PRODUCT) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(ARG_PRODUCT);
	zr_get_allotted_end(fcinfo, ARG_UNTIL, ARG_LAW, ARG_CHANGE_REASON, &allotment.end);
	zr_care_places_allotment(a, &allotment, PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY));
}

static void
add_delivery(FunctionCallInfo fcinfo, zr_care_places *a)
{
	zr_delivered_care delivery;

	if (zr_get_delivery(fcinfo, ARG_NUMBER, ARG_STARTED, ARG_ENDED, ARG_STOP_REASON, &delivery) && !DATE_NOT_FINITE(delivery.started))
		zr_deliveries_add(&a->deliveries, a->context, &delivery);
}

/* NULL policy: a row without what its kind needs is passed over */
PG_FUNCTION_INFO_V1(care_places_transition);
Datum
care_places_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "care_places_agg");
	zr_care_places *a;

	a = PG_ARGISNULL(0) ? zr_care_places_begin(context) : (zr_care_places *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(ARG_NUMBER))
		zr_get_meaning(fcinfo, ARG_LAW, ARG_STOP_REASON, ARG_CHANGE_REASON, ARG_MEANING, &a->meanings);
	else if (!PG_ARGISNULL(ARG_CLIENT))
		add_allotment(fcinfo, a);
	else if (!PG_ARGISNULL(ARG_STARTED))
		add_delivery(fcinfo, a);
	PG_RETURN_POINTER(a);
}

#define RESULT_COLUMNS 6

static void
set_history(Datum *value, bool *null, care_history_expanded *history)
{
	*null = history == NULL;
	if (history != NULL)
		*value = care_history_flatten(history);
}

/* to: the array of rows */
static void
emit(void *to, const zr_provider_place *place, const zr_place_histories *histories)
{
	Datum		values[RESULT_COLUMNS] = {0};
	bool		nulls[RESULT_COLUMNS] = {0};

	values[0] = ProviderGetDatum(place->provider);
	values[1] = MunicipalityGetDatum(place->municipality);
	set_history(&values[2], &nulls[2], histories->persons);
	set_history(&values[3], &nulls[3], histories->allotments);
	set_history(&values[4], &nulls[4], histories->longer_persons);
	set_history(&values[5], &nulls[5], histories->longer_allotments);
	zr_row_array_add(to, values, nulls);
	for (int c = 2; c < RESULT_COLUMNS; c++)
		if (!nulls[c])
			pfree(DatumGetPointer(values[c]));
}

PG_FUNCTION_INFO_V1(care_places_final);
Datum
care_places_final(PG_FUNCTION_ARGS)
{
	zr_row_array result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	zr_row_array_begin(&result, fcinfo, RESULT_COLUMNS);
	zr_care_places_finish((zr_care_places *) PG_GETARG_POINTER(0), emit, &result);
	PG_RETURN_DATUM(zr_row_array_end(&result));
}
