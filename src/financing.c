/*
 * financing.c
 *		Other ways of paying: lump sums, trajectories in agreed shares, monthly
 *		measure tariffs, availability, budget ceilings.
 *
 * All that spread over time give month, quantity and amount, as cost_by_month
 * does, so that their rows can be added up.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "call.h"
#include "convert.h"
#include "financing_core.h"
#include "rational.h"
#include "tariff_core.h"

#define MAX_MONTHS	1200		/* a century: longer is a mistake */
#define MAX_CENTS	INT64CONST(99999999999999)
#define MAX_SHARES	100

typedef struct month_row
{
	int			month;
	bool		has_quantity;
	Numeric		quantity;
	int64		cents;
} month_row;

typedef struct month_rows
{
	int			n;
	month_row  *rows;
} month_rows;

/* The rows are made on the first call, in the context that lasts until the last. */
static FuncCallContext *
begin_rows(FunctionCallInfo fcinfo, int room, MemoryContext *caller)
{
	FuncCallContext *call = SRF_FIRSTCALL_INIT();
	month_rows *state;

	*caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
	call->tuple_desc = zr_row_type(fcinfo);
	state = palloc(sizeof(month_rows));
	state->n = 0;
	state->rows = palloc(Max(room, 1) * sizeof(month_row));
	call->user_fctx = state;
	return call;
}

static Datum
next_row(FunctionCallInfo fcinfo)
{
	FuncCallContext *call = SRF_PERCALL_SETUP();
	month_rows *state = call->user_fctx;

	if (call->call_cntr < state->n)
	{
		const month_row *row = &state->rows[call->call_cntr];
		Datum		values[3] = {0};
		bool		nulls[3] = {false, !row->has_quantity, false};

		values[0] = DateADTGetDatum(zr_month_start(row->month));
		if (row->has_quantity)
			values[1] = NumericGetDatum(row->quantity);
		values[2] = NumericGetDatum(zr_numeric_fixed(row->cents, 2));
		SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc, values, nulls)));
	}
	SRF_RETURN_DONE(call);
}

static void
add_row(month_rows *state, int month, Numeric quantity, int64 cents)
{
	month_row  *row = &state->rows[state->n++];

	row->month = month;
	row->has_quantity = quantity != NULL;
	row->quantity = quantity;
	row->cents = cents;
}

/* The calendar months of [from, to); an error when there are too many. */
static int
count_months(zr_date from, zr_date to)
{
	int			count = from < to ? zr_month_of(to - 1) - zr_month_of(from) + 1 : 0;

	if (count > MAX_MONTHS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("range spans %d months", count),
				 errdetail("At most %d months can be computed at once.", MAX_MONTHS)));
	return count;
}

/* What [lower, upper) and a bounded range share; from = to when nothing. */
static void
clip(zr_date lower, zr_date upper, FunctionCallInfo fcinfo, int argno, const char *what, zr_date *from, zr_date *to)
{
	zr_range	within;

	*from = lower;
	*to = upper;
	if (argno < PG_NARGS())
	{
		zr_range_get_bounded(PG_GETARG_RANGE_P(argno), what, &within);
		*from = Max(lower, within.lower);
		*to = Min(upper, within.upper);
		if (within.empty || *from > *to)
			*to = *from;
	}
}

/* lump_sum_by_month(amount, valid [, within]) */
PG_FUNCTION_INFO_V1(lump_sum_by_month);
Datum
lump_sum_by_month(PG_FUNCTION_ARGS)
{
	if (SRF_IS_FIRSTCALL())
	{
		int64		cents = zr_numeric_scaled(PG_GETARG_NUMERIC(0), 2, MAX_CENTS, "lump sum");
		zr_range	valid;
		zr_date		from,
					to;
		int			count;
		FuncCallContext *call;
		MemoryContext caller;

		zr_range_get_bounded(PG_GETARG_RANGE_P(1), "lump sum", &valid);
		if (valid.empty)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("lump sum over an empty period")));
		clip(valid.lower, valid.upper, fcinfo, 2, "lump sum", &from, &to);
		count = count_months(from, to);
		call = begin_rows(fcinfo, count, &caller);
		for (int k = 0; k < count; k++)
		{
			int			month = zr_month_of(from) + k;
			zr_date		begin = Max(from, zr_month_start(month));
			zr_date		end = Min(to, zr_month_start(month + 1));

			add_row(call->user_fctx, month, NULL,
					zr_lump_sum_until(cents, valid.lower, valid.upper, end) -
					zr_lump_sum_until(cents, valid.lower, valid.upper, begin));
		}
		MemoryContextSwitchTo(caller);
	}
	return next_row(fcinfo);
}

/* measure_by_month(amount, measure [, within]): the measure may have no end, then within is needed */
PG_FUNCTION_INFO_V1(measure_by_month);
Datum
measure_by_month(PG_FUNCTION_ARGS)
{
	if (SRF_IS_FIRSTCALL())
	{
		int64		cents = zr_numeric_scaled(PG_GETARG_NUMERIC(0), 2, MAX_CENTS, "monthly tariff");
		zr_range	measure;
		zr_date		from,
					to;
		int			count;
		FuncCallContext *call;
		MemoryContext caller;

		zr_range_get(PG_GETARG_RANGE_P(1), &measure);
		if (PG_NARGS() < 3 || measure.empty || !measure.has_lower || measure.has_upper)
			zr_range_get_bounded(PG_GETARG_RANGE_P(1), "monthly tariff", &measure);
		else if (!zr_date_is_valid(measure.lower))
			ereport(ERROR,
					(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
					 errmsg("%s over a range beyond the calendar", "monthly tariff")));
		clip(measure.lower, measure.upper, fcinfo, 2, "monthly tariff", &from, &to);
		count = count_months(from, to);
		call = begin_rows(fcinfo, count, &caller);
		for (int k = 0; k < count; k++)
		{
			int			month = zr_month_of(from) + k;

			/* a month belongs to the range that has its first day */
			bool		pays = from <= zr_month_start(month) && zr_measure_pays(measure.lower, measure.upper, month);

			add_row(call->user_fctx, month, int64_to_numeric(pays), pays ? cents : 0);
		}
		MemoryContextSwitchTo(caller);
	}
	return next_row(fcinfo);
}

static int64
availability_cents(int64 places, int64 micros, zr_date lower, zr_date at)
{
	int64		cents;

	if (!zr_availability_until(places, micros, lower, at, &cents))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount for availability out of range")));
	return cents;
}

/* availability_by_month(places, day_price, period [, within]) */
PG_FUNCTION_INFO_V1(availability_by_month);
Datum
availability_by_month(PG_FUNCTION_ARGS)
{
	if (SRF_IS_FIRSTCALL())
	{
		int32		places = PG_GETARG_INT32(0);
		int64		micros = zr_numeric_scaled(PG_GETARG_NUMERIC(1), 6, ZR_TARIFF_MAX_MICROS, "price of a day");
		zr_range	period;
		zr_date		from,
					to;
		int			count;
		FuncCallContext *call;
		MemoryContext caller;

		if (places < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("number of places is negative: %d", places)));
		zr_range_get_bounded(PG_GETARG_RANGE_P(2), "availability", &period);
		clip(period.lower, period.upper, fcinfo, 3, "availability", &from, &to);
		count = count_months(from, to);
		call = begin_rows(fcinfo, count, &caller);
		for (int k = 0; k < count; k++)
		{
			int			month = zr_month_of(from) + k;
			zr_date		begin = Max(from, zr_month_start(month));
			zr_date		end = Min(to, zr_month_start(month + 1));

			add_row(call->user_fctx, month, int64_to_numeric((int64) places * (end - begin)),
					availability_cents(places, micros, period.lower, end) -
					availability_cents(places, micros, period.lower, begin));
		}
		MemoryContextSwitchTo(caller);
	}
	return next_row(fcinfo);
}

/* half up, as bigint */
static int64
whole(Numeric value)
{
	Numeric		rounded = zr_rational_round(zr_rational_from(value), int64_to_numeric(1), ZR_HALF_UP);

	return DatumGetInt64(DirectFunctionCall1(numeric_int8, NumericGetDatum(rounded)));
}

static int
compare_months(const void *a, const void *b)
{
	return ((const month_row *) a)->month - ((const month_row *) b)->month;
}

static void
explode(ArrayType *array, Oid type, int length, bool by_value, char align, const char *what,
		Datum **values, bool **nulls, int *n)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be a one-dimensional array", what)));
	deconstruct_array(array, type, length, by_value, align, values, nulls, n);
}

/* trajectory_by_month(amount, shares numeric[], reached date[]): a milestone without a date is not reached yet */
PG_FUNCTION_INFO_V1(trajectory_by_month);
Datum
trajectory_by_month(PG_FUNCTION_ARGS)
{
	if (SRF_IS_FIRSTCALL())
	{
		int64		total = zr_numeric_scaled(PG_GETARG_NUMERIC(0), 2, MAX_CENTS, "amount of a trajectory");
		Numeric		cents = int64_to_numeric(total);
		Numeric		sum = int64_to_numeric(0);
		Datum	   *shares,
				   *reached;
		bool	   *no_share,
				   *not_reached;
		int			n,
					ndates,
					months = 0;
		int64		before = 0;
		FuncCallContext *call;
		month_rows *state;
		MemoryContext caller;

		explode(PG_GETARG_ARRAYTYPE_P(1), NUMERICOID, -1, false, TYPALIGN_INT, "shares", &shares, &no_share, &n);
		explode(PG_GETARG_ARRAYTYPE_P(2), DATEOID, 4, true, TYPALIGN_INT, "milestone dates", &reached, &not_reached, &ndates);
		if (n != ndates || n < 1 || n > MAX_SHARES)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("shares and milestone dates do not match"),
					 errdetail("Shares: %d; dates: %d.", n, ndates),
					 errhint("Give 1 to %d shares, and for each a date or NULL while it is not reached.", MAX_SHARES)));
		call = begin_rows(fcinfo, n, &caller);
		state = call->user_fctx;
		for (int k = 0; k < n; k++)
		{
			Numeric		share;
			int64		until;

			if (no_share[k])
				ereport(ERROR,
						(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						 errmsg("share %d of the trajectory is NULL", k + 1)));
			share = DatumGetNumeric(shares[k]);
			zr_numeric_check_range(share, 0, 100, "share of a trajectory", "Seventy percent is written 70.");
			sum = zr_numeric_add(sum, share);
			zr_numeric_check_range(sum, 0, 100, "sum of the shares of a trajectory", NULL);
			until = whole(zr_numeric_mul(cents, zr_numeric_percent(sum)));
			if (!not_reached[k])
			{
				zr_date		day = DatumGetDateADT(reached[k]);

				if (!zr_date_is_valid(day))
					ereport(ERROR,
							(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
							 errmsg("milestone date out of range")));
				add_row(state, zr_month_of(day), share, until - before);
			}
			before = until;
		}
		if (zr_numeric_cmp(sum, int64_to_numeric(100)) != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("shares of a trajectory do not add up to 100"),
					 errdetail("They add up to %s.", DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(sum))))));
		qsort(state->rows, state->n, sizeof(month_row), compare_months);
		for (int k = 0; k < state->n; k++)
		{
			if (months > 0 && state->rows[months - 1].month == state->rows[k].month)
			{
				month_row  *row = &state->rows[months - 1];

				row->quantity = zr_numeric_add(row->quantity, state->rows[k].quantity);
				row->cents += state->rows[k].cents;
			}
			else
				state->rows[months++] = state->rows[k];
		}
		state->n = months;

		MemoryContextSwitchTo(caller);
	}
	return next_row(fcinfo);
}

/* A ceiling and what is done at and above it; amounts in cents. */
typedef struct ceiling
{
	int64		cents;
	Numeric		signal_at;		/* percent of the ceiling */
	Numeric		paid_above;		/* percent of what is above it */
} ceiling;

static void
get_ceiling(FunctionCallInfo fcinfo, int argno, ceiling *c)
{
	c->cents = zr_numeric_scaled(PG_GETARG_NUMERIC(argno), 2, MAX_CENTS, "budget ceiling");
	c->signal_at = PG_GETARG_NUMERIC(argno + 1);
	c->paid_above = PG_GETARG_NUMERIC(argno + 2);
	if (c->cents == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("budget ceiling must be above zero")));
	zr_numeric_check_range(c->signal_at, 0, 1000, "signal percentage", "A signal at seventy percent is written 70.");
	zr_numeric_check_range(c->paid_above, 0, 100, "percentage paid above the ceiling", "Half is written 50.");
}

/* The share used in percent, cut to two decimals: never a 70.00 before it is reached. */
static Numeric
used_percentage(const ceiling *c, int64 spent)
{
	zr_rational share = zr_rational_div(zr_rational_mul(zr_rational_from(int64_to_numeric(spent)), int64_to_numeric(100)),
										int64_to_numeric(c->cents));

	return zr_rational_round(share, int64_div_fast_to_numeric(1, 2), ZR_DOWN);
}

static bool
signals(const ceiling *c, int64 spent)
{
	return zr_numeric_cmp(zr_numeric_mul(int64_to_numeric(spent), int64_to_numeric(100)),
						  zr_numeric_mul(int64_to_numeric(c->cents), c->signal_at)) >= 0;
}

static int64
payable(const ceiling *c, int64 spent)
{
	Numeric		above;

	if (spent <= c->cents)
		return spent;
	above = zr_numeric_mul(int64_to_numeric(spent - c->cents), zr_numeric_percent(c->paid_above));
	return c->cents + whole(above);
}

/* budget_ceiling(spent, ceiling, signal_at, paid_above) */
PG_FUNCTION_INFO_V1(budget_ceiling);
Datum
budget_ceiling(PG_FUNCTION_ARGS)
{
	int64		spent = zr_numeric_scaled(PG_GETARG_NUMERIC(0), 2, MAX_CENTS, "amount spent");
	ceiling		c;
	Datum		values[5];
	bool		nulls[5] = {0};

	get_ceiling(fcinfo, 1, &c);
	values[0] = NumericGetDatum(used_percentage(&c, spent));
	values[1] = BoolGetDatum(signals(&c, spent));
	values[2] = NumericGetDatum(zr_numeric_fixed(Max(c.cents - spent, 0), 2));
	values[3] = NumericGetDatum(zr_numeric_fixed(Max(spent - c.cents, 0), 2));
	values[4] = NumericGetDatum(zr_numeric_fixed(payable(&c, spent), 2));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(zr_row_type(fcinfo), values, nulls)));
}

/* ceiling_by_month(first_month, claimed numeric[], ceiling, signal_at, paid_above): quantity is the share used so far */
PG_FUNCTION_INFO_V1(ceiling_by_month);
Datum
ceiling_by_month(PG_FUNCTION_ARGS)
{
	if (SRF_IS_FIRSTCALL())
	{
		zr_date		first = PG_GETARG_DATEADT(0);
		Datum	   *claimed;
		bool	   *nulls;
		int			n;
		int64		spent = 0;
		ceiling		c;
		FuncCallContext *call;
		MemoryContext caller;

		explode(PG_GETARG_ARRAYTYPE_P(1), NUMERICOID, -1, false, TYPALIGN_INT, "amounts", &claimed, &nulls, &n);
		get_ceiling(fcinfo, 2, &c);
		if (!zr_date_is_valid(first) || n > MAX_MONTHS || zr_month_of(first) + n > zr_month_of(ZR_DATE_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
					 errmsg("months out of range"),
					 errdetail("At most %d months up to 9999-12 can be computed at once.", MAX_MONTHS)));
		call = begin_rows(fcinfo, n, &caller);
		for (int k = 0; k < n; k++)
		{
			int64		before = spent;

			if (!nulls[k])
				spent += zr_numeric_scaled(DatumGetNumeric(claimed[k]), 2, MAX_CENTS, "amount of a month");
			if (spent > MAX_CENTS)
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("sum of the amounts out of range")));
			add_row(call->user_fctx, zr_month_of(first) + k, used_percentage(&c, spent), payable(&c, spent) - payable(&c, before));
		}
		MemoryContextSwitchTo(caller);
	}
	return next_row(fcinfo);
}
