/*
 * care_history_agg.c
 *		The aggregates over care_history: care_history_agg, care_history_union_agg.
 *
 * The state is the type, so that partial results travel to a leader process
 * or to another server. It starts as a flat value of the growing form
 * (history_growing_core.h), and becomes an expanded object when that is full.
 * A row with a NULL client, a NULL period or an empty one is ignored; a NULL
 * product means that the period has none.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "call.h"
#include "care_history.h"
#include "daterange.h"
#include "error.h"
#include "history_growing_core.h"
#include "product.h"

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

/* The state in the growing form, or NULL when it has another. */
static inline zr_growing_history *
growing_state(Datum state)
{
	struct varlena *flat = (struct varlena *) DatumGetPointer(state);

	if (VARATT_IS_EXTENDED(flat) || !zr_history_is_growing((uint8_t *) VARDATA(flat), VARSIZE(flat) - VARHDRSZ))
		return NULL;
	return (zr_growing_history *) flat;
}

/* A state of that size, with the rows of another, which the executor copies to where states live. */
static zr_growing_history *
new_growing(size_t size, const zr_growing_history *from)
{
	zr_growing_history *set = palloc(size);

	if (from == NULL)
		zr_growing_history_begin(set, size);
	else
		zr_growing_history_enlarge(set, size, from, VARSIZE(from));
	SET_VARSIZE(set, size);
	return set;
}

/* The state as an expanded object: itself, or a new one with the periods of the flat state. */
static care_history_expanded *
expanded_state(Datum state, MemoryContext context, size_t more)
{
	care_history_view view;
	care_history_expanded *h;

	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
		return (care_history_expanded *) DatumGetEOHP(state);
	care_history_read_raw(state, &view);
	h = care_history_expand(context, add_size(view.n, more));
	care_history_append_view(h, &view);
	return h;
}

/* STYPE care_history, one more period with or without product; not strict, see above. */
static Datum
transition(FunctionCallInfo fcinfo, int product_arg, int period_arg)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "care_history_agg");
	zr_growing_history *growing;
	care_history_expanded *h;
	Datum		state;
	Size		size;
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
	{
		growing = new_growing(ZR_GROWING_HISTORY_FIRST, NULL);
		(void) zr_growing_history_add(growing, VARSIZE(growing), &period);
		PG_RETURN_POINTER(growing);
	}

	state = PG_GETARG_DATUM(0);
	growing = growing_state(state);
	if (growing != NULL)
	{
		if (zr_growing_history_add(growing, VARSIZE(growing), &period))
			PG_RETURN_DATUM(state);
		size = zr_growing_history_size(zr_growing_history_count(growing) + 1);
		if (size > VARSIZE(growing))
		{
			growing = new_growing(size, growing);
			if (zr_growing_history_add(growing, size, &period))
				PG_RETURN_POINTER(growing);
		}
	}
	h = expanded_state(state, context, 1);
	care_history_append(h, &period);
	PG_RETURN_DATUM(zr_aggregate_state(fcinfo, &h->hdr));
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

/* Adds rows to a growing state; false when they, or their products, are too many, and a part may have been added. */
static bool
add_rows(zr_growing_history *set, const care_history_view *view)
{
	for (size_t i = 0; i < view->n; i++)
	{
		zr_care		period = care_history_period(view, i);

		if (!zr_growing_history_add(set, VARSIZE(set), &period))
			return false;
	}
	return true;
}

/*
 * Joins a state with another state or value: COMBINEFUNC of both, SFUNC of
 * care_history_union_agg. Strict: the executor takes the first value as the state.
 */
PG_FUNCTION_INFO_V1(care_history_combine);
Datum
care_history_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "care_history_agg");
	Datum		state = PG_GETARG_DATUM(0);
	zr_growing_history *growing = NULL;
	care_history_view has = {0},
				more;
	care_history_expanded *h;
	size_t		n;
	Size		size;

	care_history_read_raw(PG_GETARG_DATUM(1), &more);
	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(state)))
	{
		growing = growing_state(state);
		if (growing == NULL)
			care_history_read_raw(state, &has);
		n = growing != NULL ? zr_growing_history_count(growing) : has.n;
		size = zr_growing_history_size(add_size(n, more.n));
		if (size > 0)
		{
			if (growing == NULL || size > VARSIZE(growing))
				growing = new_growing(size, growing);
			if (add_rows(growing, &has) && add_rows(growing, &more))
				PG_RETURN_POINTER(growing);
		}
	}
	/* rows that were added to the state before it was full are now added again, which changes nothing */
	h = expanded_state(state, context, more.n);
	care_history_append_view(h, &more);
	PG_RETURN_DATUM(zr_aggregate_state(fcinfo, &h->hdr));
}

/*
 * Final function of the aggregates: the state as a value. Few periods are
 * copied to a plain value. More become, or are, an expanded object, which the
 * questions read as it is; the pointer to it is a value of its own in the current
 * memory context, since 15 would otherwise copy it there, which makes it flat.
 */
PG_FUNCTION_INFO_V1(care_history_final);
Datum
care_history_final(PG_FUNCTION_ARGS)
{
	Datum		state = PG_GETARG_DATUM(0);
	care_history_expanded *h;
	void	   *pointer;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(state)))
	{
		if (growing_state(state) == NULL)
			PG_RETURN_DATUM(state);
		h = expanded_state(state, CurrentMemoryContext, 0);
		care_history_normalize(h);
		if (h->n <= ZR_HISTORY_PLAIN_MAX)
		{
			Datum		flat = care_history_flatten(h);

			MemoryContextDelete(h->hdr.eoh_context);
			PG_RETURN_DATUM(flat);
		}
		state = EOHPGetRODatum(&h->hdr);
	}
	pointer = palloc(EXPANDED_POINTER_SIZE);
	memcpy(pointer, DatumGetPointer(state), EXPANDED_POINTER_SIZE);
	PG_RETURN_POINTER(pointer);
}
