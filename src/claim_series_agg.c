/*
 * claim_series_agg.c
 *		Aggregates that find the few claim lines worth a closer look among many.
 *
 * claim_series_suspect() says in one pass over unsorted lines whether those of
 * an allotment have to be judged one after another; repeated() gives what
 * stands beside a key that occurs more than once.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "call.h"
#include "claim_line.h"
#include "claimable_core.h"
#include "quantity.h"
#include "radix_core.h"

/*
 * STYPE bytea: 40 bytes, changed in place. months has a bit for each month
 * that a debit line begins in, modulo 64: two lines on one bit are suspect,
 * also when they are 64 months apart or of two products.
 */
typedef struct suspect_state
{
	int32		vl_len_;
	bool		suspect;
	bool		bounded;
	bool		in_money;
	bool		allotted;		/* bounded, in_money and bound are known */
	int64		bound;
	int64		sum;			/* of debit lines, in minutes, units or cents */
	uint64		months;
} suspect_state;

static suspect_state *
state_of(FunctionCallInfo fcinfo, int argument)
{
	suspect_state *state = (suspect_state *) PG_GETARG_BYTEA_P(argument);

	if (VARSIZE(state) != sizeof(suspect_state))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("not a state of claim_series_suspect")));
	return state;
}

static void
add(suspect_state *state, int64 sum, uint64 months)
{
	state->suspect |= (state->months & months) != 0 || (state->bounded && state->sum + sum > state->bound);
	state->months |= months;
	/* a sum beyond the bound says enough, and stays far from overflow */
	if (!state->suspect)
		state->sum += sum;
}

static suspect_state *
new_state(MemoryContext context)
{
	suspect_state *state = MemoryContextAllocZero(context, sizeof(suspect_state));

	SET_VARSIZE(state, sizeof(suspect_state));
	return state;
}

static void
allot(suspect_state *state, const zr_indication *i)
{
	state->allotted = true;
	state->in_money = i->budget != ZR_BUDGET_NONE;
	state->bounded = zr_indication_has_quantity(i) && zr_claimable_total(i, &state->bound);
	if (state->bounded && zr_volume_unit(i->volume) == ZR_HOUR)
		state->bound *= 60;
}

/* What a volume adds to the sum: nothing in another unit (TR341). */
static int64
counted(zr_volume volume, const zr_indication *i)
{
	zr_unit		unit = zr_volume_unit(volume);
	zr_unit		allotted = i != NULL ? zr_volume_unit(i->volume) : ZR_UNIT_NONE;

	if (unit == allotted)
		return zr_volume_high(volume) * (unit == ZR_HOUR ? 60 : 1);
	return unit == ZR_MINUTE && allotted == ZR_HOUR ? zr_volume_high(volume) : 0;
}

/* (state, indication, product_period, volume, amount, credit); without a period or an amount a line adds nothing. */
PG_FUNCTION_INFO_V1(claim_series_suspect_transition);
Datum
claim_series_suspect_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "claim_series_suspect");
	const zr_indication *i;
	zr_claim_period period;
	bool		negative = false;
	int64		sum = 0;
	suspect_state *state;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(4))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	i = PG_ARGISNULL(1) ? NULL : PG_GETARG_INDICATION(1);
	state = PG_ARGISNULL(0) ? new_state(context) : state_of(fcinfo, 0);
	if (state->suspect)
		PG_RETURN_POINTER(state);
	if (i != NULL && !state->allotted)
		allot(state, i);

	/* the amount is looked at only when it tells something */
	if (state->in_money || PG_ARGISNULL(5))
	{
		sum = zr_claim_cents(PG_GETARG_NUMERIC(4), &negative);
		if (sum == ZR_CLAIM_NO_CENTS)
			PG_RETURN_POINTER(state);
	}
	state->suspect = PG_ARGISNULL(5) ? negative : PG_GETARG_BOOL(5);
	if (i == NULL)
		sum = 0;
	else if (!state->in_money)
		sum = counted(PG_ARGISNULL(3) ? ZR_VOLUME_NONE : PG_GETARG_VOLUME(3), i);
	zr_claim_period_read(PG_GETARG_DATUM(2), &period);
	if (period.bounded)
		add(state, sum, UINT64_C(1) << (zr_month_of(period.from) % 64));
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(claim_series_suspect_combine);
Datum
claim_series_suspect_combine(PG_FUNCTION_ARGS)
{
	suspect_state *state;
	suspect_state *other;

	zr_aggregate_context(fcinfo, "claim_series_suspect");
	state = state_of(fcinfo, 0);
	other = state_of(fcinfo, 1);
	if (!state->allotted)
	{
		state->allotted = other->allotted;
		state->bounded = other->bounded;
		state->in_money = other->in_money;
		state->bound = other->bound;
	}
	state->suspect |= other->suspect;
	add(state, other->sum, other->months);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(claim_series_suspect_final);
Datum
claim_series_suspect_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(state_of(fcinfo, 0)->suspect);
}

/* ---- repeated(key bigint, value bigint) ---- */

typedef struct key_pairs
{
	size_t		n;
	size_t		room;
	zr_pair    *pair;
} key_pairs;

#define PAIRS_FIRST_ROOM 64

/* STYPE internal; a NULL key or value is ignored. */
PG_FUNCTION_INFO_V1(repeated_transition);
Datum
repeated_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = zr_aggregate_context(fcinfo, "repeated");
	key_pairs  *state = PG_ARGISNULL(0) ? NULL : (key_pairs *) PG_GETARG_POINTER(0);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (state == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(state);
	}
	if (state == NULL)
	{
		state = MemoryContextAlloc(context, sizeof(key_pairs));
		state->n = 0;
		state->room = PAIRS_FIRST_ROOM;
		state->pair = MemoryContextAlloc(context, state->room * sizeof(zr_pair));
	}
	if (state->n == state->room)
	{
		state->room *= 2;
		state->pair = repalloc_huge(state->pair, state->room * sizeof(zr_pair));
	}
	state->pair[state->n].key = zr_bias(PG_GETARG_INT64(1));
	state->pair[state->n++].value = zr_bias(PG_GETARG_INT64(2));
	PG_RETURN_POINTER(state);
}

/* Ascending by key, then value; NULL when nothing was seen. */
PG_FUNCTION_INFO_V1(repeated_final);
Datum
repeated_final(PG_FUNCTION_ARGS)
{
	key_pairs  *state = PG_ARGISNULL(0) ? NULL : (key_pairs *) PG_GETARG_POINTER(0);
	zr_pair    *sorted,
			   *scratch;
	Datum	   *values;
	size_t		n = 0;
	ArrayType  *result;

	zr_aggregate_context(fcinfo, "repeated");
	if (state == NULL)
		PG_RETURN_NULL();
	/* a final function may be called again: the state stays as it is */
	sorted = MemoryContextAllocHuge(CurrentMemoryContext, state->n * sizeof(zr_pair));
	scratch = MemoryContextAllocHuge(CurrentMemoryContext, state->n * sizeof(zr_pair));
	memcpy(sorted, state->pair, state->n * sizeof(zr_pair));
	zr_sort_pairs(sorted, scratch, state->n);
	values = (Datum *) scratch;
	for (size_t k = 0; k < state->n; k++)
		if ((k > 0 && sorted[k - 1].key == sorted[k].key) || (k + 1 < state->n && sorted[k + 1].key == sorted[k].key))
			values[n++] = Int64GetDatum(zr_unbias(sorted[k].value));
	if (n > MaxArraySize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many repeated keys")));
	result = n == 0 ? construct_empty_array(INT8OID) :
		construct_array(values, (int) n, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
	pfree(sorted);
	pfree(scratch);
	PG_RETURN_ARRAYTYPE_P(result);
}
