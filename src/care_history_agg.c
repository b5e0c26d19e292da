/*
 * care_history_agg.c
 *		The aggregates over care_history: care_history_agg, care_history_union_agg.
 *
 * The state is the type, so that partial results travel to a leader process
 * or to another server. Up to ZR_HISTORY_PLAIN_MAX periods it is the plain
 * flat value, grown in place; then it becomes an expanded object. A row with a
 * NULL client, a NULL period or an empty one is ignored; a NULL product means
 * that the period has none.
 */
#include "postgres.h"

#include "fmgr.h"

#include "care_history.h"
#include "daterange.h"
#include "error.h"
#include "flat_state.h"
#include "product.h"

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("this function works only inside an aggregate")));
	return context;
}

/* False for a range to ignore. */
static bool
read_period(Datum d, zr_care *period)
{
	zr_daterange range;
	zr_error	err;

	zr_daterange_read(d, &range);
	if (range.empty)
		return false;
	if (range.lower_open)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a care period must have a start"),
				 errhint("Leave the row out, or give the first day that is known.")));
	period->start = range.lower;
	period->end = range.upper_open ? ZR_DATE_OPEN : range.upper;
	if (!zr_care_check(period, &err))
		zr_report("care period out of range", &err);
	return true;
}

/* The state as an expanded object: itself, or a new one with the periods of the flat state. */
static care_history_expanded *
expanded_state(Datum state, MemoryContext context, size_t more)
{
	care_history_view view;
	care_history_expanded *h;

	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
		return (care_history_expanded *) DatumGetEOHP(state);
	care_history_read(state, &view);
	h = care_history_expand(context, add_size(view.n, more));
	care_history_append_view(h, &view);
	return h;
}

static inline uint8_t *
plain_records(care_history *flat)
{
	return (uint8_t *) VARDATA(flat) + ZR_HISTORY_HEADER;
}

static inline bool
is_plain(Datum d)
{
	care_history *flat = (care_history *) DatumGetPointer(d);

	return !VARATT_IS_EXTENDED(flat) && ((uint8_t *) VARDATA(flat))[1] == ZR_HISTORY_PLAIN;
}

static inline size_t
plain_count(const care_history *flat)
{
	return (VARSIZE(flat) - VARHDRSZ - ZR_HISTORY_HEADER) / ZR_HISTORY_RECORD;
}

/*
 * Adds a period to a plain flat value; false when the form has no room for
 * it. The result is the value itself, changed in place, or a larger copy.
 */
static bool
add_plain(care_history **value, zr_care period, bool has_room)
{
	care_history *flat = *value;
	size_t		n = plain_count(flat);
	size_t		absorbed;
	size_t		at = zr_history_plain_find(plain_records(flat), n, &period, &absorbed);
	Size		size = VARSIZE(flat) + ZR_HISTORY_RECORD - absorbed * ZR_HISTORY_RECORD;
	uint8_t    *place;

	if (n + 1 - absorbed > ZR_HISTORY_PLAIN_MAX)
		return false;
	if (absorbed == 0 && !has_room && !zr_state_resize(flat, size))
	{
		*value = palloc(size);
		memcpy(*value, flat, VARSIZE(flat));
		flat = *value;
	}
	SET_VARSIZE(flat, size);
	place = plain_records(flat) + at * ZR_HISTORY_RECORD;
	memmove(place + ZR_HISTORY_RECORD, place + absorbed * ZR_HISTORY_RECORD, (n - at - absorbed) * ZR_HISTORY_RECORD);
	zr_history_store(place, &period);
	return true;
}

/* Two plain values joined into a new one, or NULL when they do not fit. */
static care_history *
join_plain(const care_history *a, care_history *b)
{
	care_history *result = palloc(VARHDRSZ + ZR_HISTORY_HEADER + ZR_HISTORY_PLAIN_MAX * ZR_HISTORY_RECORD);
	size_t		n = plain_count(b);

	memcpy(result, a, VARSIZE(a));
	for (size_t i = 0; i < n; i++)
	{
		zr_care		period;

		zr_history_load(plain_records(b) + i * ZR_HISTORY_RECORD, &period);
		if (!add_plain(&result, period, true))
			return NULL;
	}
	return result;
}

static Datum
first_state(const zr_care *period)
{
	Size		size = VARHDRSZ + ZR_HISTORY_HEADER + ZR_HISTORY_RECORD;
	care_history *flat = palloc0(size);
	uint8_t    *data = (uint8_t *) VARDATA(flat);

	SET_VARSIZE(flat, size);
	data[0] = ZR_HISTORY_VERSION;
	data[1] = ZR_HISTORY_PLAIN;
	zr_history_store(data + ZR_HISTORY_HEADER, period);
	return PointerGetDatum(flat);
}

/* STYPE care_history, one more period with or without product; not strict, see above. */
static Datum
transition(FunctionCallInfo fcinfo, int product_arg, int period_arg)
{
	MemoryContext context = aggregate_context(fcinfo);
	care_history_expanded *h;
	zr_care		period;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(period_arg) || !read_period(PG_GETARG_DATUM(period_arg), &period))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	period.client = zr_bias(PG_GETARG_INT64(1));
	period.product = product_arg == 0 || PG_ARGISNULL(product_arg) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(product_arg);
	if (PG_ARGISNULL(0))
		return first_state(&period);

	if (is_plain(PG_GETARG_DATUM(0)))
	{
		care_history *flat = (care_history *) PG_GETARG_POINTER(0);

		if (add_plain(&flat, period, false))
			PG_RETURN_POINTER(flat);
	}
	h = expanded_state(PG_GETARG_DATUM(0), context, 1);
	care_history_append(h, &period);
	PG_RETURN_DATUM(EOHPGetRWDatum(&h->hdr));
}

PG_FUNCTION_INFO_V1(care_history_transition);
Datum
care_history_transition(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, 2, 3);
}

PG_FUNCTION_INFO_V1(care_history_transition_no_product);
Datum
care_history_transition_no_product(PG_FUNCTION_ARGS)
{
	return transition(fcinfo, 0, 2);
}

/*
 * Joins a state with another state or value: COMBINEFUNC of both, SFUNC of
 * care_history_union_agg. Strict: the executor takes the first value as the state.
 */
PG_FUNCTION_INFO_V1(care_history_combine);
Datum
care_history_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Datum		state = PG_GETARG_DATUM(0);
	Datum		added = PG_GETARG_DATUM(1);
	care_history_view more;
	care_history_expanded *h;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(added)))
		added = PointerGetDatum(PG_DETOAST_DATUM(added));
	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(state)))
	{
		state = PointerGetDatum(PG_DETOAST_DATUM(state));
		if (is_plain(state) && is_plain(added))
		{
			care_history *both = join_plain((care_history *) DatumGetPointer(state), (care_history *) DatumGetPointer(added));

			if (both != NULL)
				PG_RETURN_POINTER(both);
		}
	}
	care_history_read(added, &more);
	h = expanded_state(state, context, more.n);
	care_history_append_view(h, &more);
	PG_RETURN_DATUM(EOHPGetRWDatum(&h->hdr));
}
