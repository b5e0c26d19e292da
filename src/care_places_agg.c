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

static bool
is_text(FunctionCallInfo fcinfo, int arg, const char *word)
{
	text	   *t;

	if (PG_ARGISNULL(arg))
		return false;
	t = PG_GETARG_TEXT_PP(arg);
	return VARSIZE_ANY_EXHDR(t) == strlen(word) && memcmp(VARDATA_ANY(t), word, strlen(word)) == 0;
}

static uint8
get_law(FunctionCallInfo fcinfo)
{
	return is_text(fcinfo, ARG_LAW, "Wmo") ? ZR_LAW_WMO : is_text(fcinfo, ARG_LAW, "Jeugdwet") ? ZR_LAW_JEUGDWET : ZR_NO_LAW;
}

/* A code of two digits; anything else is in no list. */
static uint8
get_reason(FunctionCallInfo fcinfo, int arg)
{
	text	   *t;
	const char *digits;

	if (PG_ARGISNULL(arg))
		return ZR_NO_REASON;
	t = PG_GETARG_TEXT_PP(arg);
	digits = VARDATA_ANY(t);
	if (VARSIZE_ANY_EXHDR(t) != 2 || digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9')
		return ZR_NO_REASON;
	return (uint8) ((digits[0] - '0') * 10 + digits[1] - '0');
}

static void
add_meaning(FunctionCallInfo fcinfo, zr_care_places *a)
{
	uint8		law = get_law(fcinfo);
	uint8		meaning = is_text(fcinfo, ARG_MEANING, "pause") ? ZR_PAUSES : is_text(fcinfo, ARG_MEANING, "other_provider") ? ZR_MOVES_ON : ZR_ENDS;

	uint8		stop = get_reason(fcinfo, ARG_STOP_REASON);
	uint8		change = get_reason(fcinfo, ARG_CHANGE_REASON);

	if (law == ZR_NO_LAW ||
		(stop == ZR_NO_REASON && !PG_ARGISNULL(ARG_STOP_REASON)) || (change == ZR_NO_REASON && !PG_ARGISNULL(ARG_CHANGE_REASON)))
		return;
	zr_stop_means(&a->meanings, law, stop, change, meaning);
	a->moves |= meaning == ZR_MOVES_ON;
}

static void
add_allotment(FunctionCallInfo fcinfo, zr_care_places *a)
{
	zr_allotted_care allotment = {.number = PG_GETARG_INT64(ARG_NUMBER), .client = PG_GETARG_INT64(ARG_CLIENT)};

	if (PG_ARGISNULL(ARG_PROVIDER) || PG_ARGISNULL(ARG_MUNICIPALITY))
		return;
	allotment.provider = PG_GETARG_PROVIDER(ARG_PROVIDER);
	allotment.product = PG_ARGISNULL(ARG_PRODUCT) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(ARG_PRODUCT);
	allotment.until = PG_ARGISNULL(ARG_UNTIL) ? ZR_DATE_OPEN : PG_GETARG_DATEADT(ARG_UNTIL);
	allotment.law = get_law(fcinfo);
	allotment.change = get_reason(fcinfo, ARG_CHANGE_REASON);
	zr_care_places_allotment(a, &allotment, PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY));
}

static void
add_delivery(FunctionCallInfo fcinfo, zr_care_places *a)
{
	zr_delivered_care delivery = {.number = PG_GETARG_INT64(ARG_NUMBER), .started = PG_GETARG_DATEADT(ARG_STARTED), .until = ZR_DATE_OPEN};

	if (DATE_NOT_FINITE(delivery.started))
		return;
	if (!PG_ARGISNULL(ARG_ENDED))
	{
		delivery.ended = true;
		delivery.until = PG_GETARG_DATEADT(ARG_ENDED);
		if (delivery.until < delivery.started)
			return;
		if (!DATE_IS_NOEND(delivery.until))
			delivery.until++;
	}
	delivery.stop = get_reason(fcinfo, ARG_STOP_REASON);
	zr_care_places_delivery(a, &delivery);
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
		add_meaning(fcinfo, a);
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
