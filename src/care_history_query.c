/*
 * care_history_query.c
 *		Questions to a care history: clients, flow, flows, transitions, durations.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "call.h"
#include "care_history_query.h"
#include "daterange.h"
#include "error.h"
#include "product.h"

/* Where a table of days beats a binary search: four centuries, 600 kB. */
#define TABLE_DAYS 150000

/* Range of days that is asked about; both ends are needed, unless an open one is meant to hold all days. */
static bool
read_range(Datum d, bool may_be_open, zr_day *a, zr_day *b)
{
	zr_daterange range;

	zr_daterange_read(d, &range);
	if (range.empty)
		return false;
	if (may_be_open && range.lower_open)
		range.lower = ZR_DATE_MIN;
	if (may_be_open && range.upper_open)
		range.upper = ZR_DATE_MAX;
	if (!may_be_open && (range.lower_open || range.upper_open))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the range must have a first and a last day"),
				 errhint("Write a range with two dates, such as [2026-01-01,2027-01-01).")));
	if (!zr_date_is_valid(range.lower) || !zr_date_is_valid(range.upper))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("range out of bounds"),
				 errdetail("A range lies between 0001-01-01 and 9999-12-31.")));
	*a = zr_day_of(range.lower);
	*b = zr_day_of(range.upper);
	return true;
}

void *
care_history_allocate(size_t n, size_t size)
{
	return palloc_extended(mul_size(Max(n, 1), size), MCXT_ALLOC_HUGE);
}

void
care_history_ask(FunctionCallInfo fcinfo, int gap_arg, bool may_be_open, history_question *q)
{
	q->query.gap = gap_arg > 0 ? PG_GETARG_INT32(gap_arg) : 0;
	if (q->query.gap < -1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("gap must not be less than -1"),
				 errdetail("The gap is " INT64_FORMAT ".", q->query.gap),
				 errhint("-1 merges only periods that share a day, 0 also adjacent ones, 30 bridges 30 days without care.")));
	q->empty = !read_range(PG_GETARG_DATUM(1), may_be_open, &q->query.a, &q->query.b);
	care_history_read_argument(fcinfo, 0, &q->view, &q->query.largest);
	q->query.rows = q->view.rows;
	q->query.n = q->empty ? 0 : q->view.n;
	q->query.work = care_history_allocate(zr_query_work(q->query.largest), sizeof(uint64_t));
}

PG_FUNCTION_INFO_V1(care_history_clients);
Datum
care_history_clients(PG_FUNCTION_ARGS)
{
	history_question q;
	int64_t		clients = 0;

	care_history_ask(fcinfo, 0, true, &q);
	for (size_t at = 0; at < q.query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_count_clients(&q.query, at, &clients);
	}
	PG_RETURN_INT64(clients);
}

/* An empty range has no begin and no end, so both stocks are NULL. */
PG_FUNCTION_INFO_V1(care_history_flow);
Datum
care_history_flow(PG_FUNCTION_ARGS)
{
	history_question q;
	zr_flow		flow = {0};
	Datum		values[4];
	bool		nulls[4] = {false};

	care_history_ask(fcinfo, 2, false, &q);
	for (size_t at = 0; at < q.query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_count_flow(&q.query, at, &flow);
	}
	values[0] = Int64GetDatum(flow.stock_begin);
	values[1] = Int64GetDatum(flow.inflow);
	values[2] = Int64GetDatum(flow.outflow);
	values[3] = Int64GetDatum(flow.stock_end);
	nulls[0] = nulls[3] = q.empty;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(zr_row_type(fcinfo), values, nulls)));
}

/* Ends of the periods that divide [a, b): a + k * step, the last one b. */
static zr_day *
step_bounds(zr_day a, zr_day b, const Interval *step, uint32_t *n)
{
	size_t		room = 64;
	zr_day	   *bounds = palloc(room * sizeof(zr_day));

	if (step->time != 0 || step->month < 0 || step->day < 0 || (step->month == 0 && step->day == 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("step must be a positive number of months or days"),
				 errhint("Write an interval such as '1 month', '3 months', '1 year' or '7 days'.")));
	bounds[0] = a;
	for (*n = 1;; (*n)++)
	{
		zr_date		next;
		bool		inside = zr_date_add_months(zr_date_of(a), (int64_t) *n * step->month, &next) &&
		zr_date_add_days(next, (int64_t) *n * step->day, &next);

		if ((*n & 0xFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (*n + 1 >= room)
			bounds = repalloc(bounds, (room *= 2) * sizeof(zr_day));
		if (!inside || zr_day_of(next) >= b)
			break;
		bounds[*n] = zr_day_of(next);
	}
	bounds[*n] = b;
	return bounds;
}

/* Twelve months before each period's end, as date - interval '12 months' has it. */
static zr_day *
year_bounds(const zr_day *bounds, uint32_t n)
{
	zr_day	   *years = palloc((n + 1) * sizeof(zr_day));

	for (uint32_t k = 0; k < n; k++)
	{
		zr_date		before;

		years[k] = zr_date_add_months(zr_date_of(bounds[k + 1]), -12, &before) ? zr_day_of(before) : 0;
	}
	years[n] = bounds[n];
	return years;
}

static void
prepare_division(zr_division *d, zr_day *bounds, uint32_t n, size_t rows)
{
	zr_day		days = bounds[n] - bounds[0];

	d->bounds = bounds;
	d->n = n;
	d->table = NULL;
	/* filling the table must not cost more than it saves */
	if (days <= TABLE_DAYS && days / 4 <= rows)
		d->table = palloc(days * sizeof(uint32_t));
	zr_division_fill(d);
}

void
care_history_divide(const history_question *q, const Interval *step, zr_flows *flows)
{
	uint32_t	n;
	zr_day	   *bounds = step_bounds(q->query.a, q->query.b, step, &n);

	prepare_division(&flows->periods, bounds, n, q->query.n);
	prepare_division(&flows->years, year_bounds(bounds, n), n, q->query.n);
}

void
care_history_count_from_zero(zr_flows *flows)
{
	size_t		n = (size_t) flows->periods.n + 1;
	int64_t    *counts = palloc_extended(mul_size(4 * n, sizeof(int64_t)), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	flows->stock_begin = 0;
	flows->inflow = counts;
	flows->outflow = counts + n;
	flows->clients = counts + 2 * n;
	flows->clients_12m = counts + 3 * n;
}

void
care_history_put_flows(ReturnSetInfo *result, int column, zr_flows *flows, Datum *values, bool *nulls)
{
	TypeCacheEntry *range_type = lookup_type_cache(TupleDescAttr(result->setDesc, column)->atttypid, TYPECACHE_RANGE_INFO);
	int64_t		stock = flows->stock_begin;

	zr_finish_flows(flows);
	for (uint32_t k = 0; k < flows->periods.n; k++)
	{
		RangeBound	lower = {DateADTGetDatum(zr_date_of(flows->periods.bounds[k])), false, true, true};
		RangeBound	upper = {DateADTGetDatum(zr_date_of(flows->periods.bounds[k + 1])), false, false, false};

		if ((k & 0xFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		values[column] = RangeTypePGetDatum(zr_range_serialize(range_type, &lower, &upper, false));
		values[column + 1] = Int64GetDatum(stock);
		values[column + 2] = Int64GetDatum(flows->inflow[k]);
		values[column + 3] = Int64GetDatum(flows->outflow[k]);
		stock += flows->inflow[k] - flows->outflow[k];
		values[column + 4] = Int64GetDatum(stock);
		values[column + 5] = Int64GetDatum(flows->clients[k]);
		values[column + 6] = Int64GetDatum(flows->clients_12m[k]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[column]));
	}
}

PG_FUNCTION_INFO_V1(care_history_flows);
Datum
care_history_flows(PG_FUNCTION_ARGS)
{
	history_question q;
	zr_flows	flows;
	Datum		values[7];
	bool		nulls[7] = {false};

	InitMaterializedSRF(fcinfo, 0);
	care_history_ask(fcinfo, 3, false, &q);
	if (q.empty)
		PG_RETURN_NULL();
	care_history_divide(&q, PG_GETARG_INTERVAL_P(2), &flows);
	care_history_count_from_zero(&flows);
	for (size_t at = 0; at < q.query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_count_flows(&q.query, at, &flows);
	}
	care_history_put_flows((ReturnSetInfo *) fcinfo->resultinfo, 0, &flows, values, nulls);
	PG_RETURN_NULL();
}

static Datum
product_or_null(const care_history_view *view, uint32_t code, bool *isnull)
{
	*isnull = code == 0 || view->products[code - 1] == ZR_PRODUCT_NONE;
	return *isnull ? (Datum) 0 : ProductGetDatum(view->products[code - 1]);
}

Datum
care_history_period_range(ReturnSetInfo *result, const zr_division *periods, uint32_t k)
{
	TypeCacheEntry *range_type = lookup_type_cache(TupleDescAttr(result->setDesc, 0)->atttypid, TYPECACHE_RANGE_INFO);
	RangeBound	lower = {DateADTGetDatum(zr_date_of(periods->bounds[k])), false, true, true};
	RangeBound	upper = {DateADTGetDatum(zr_date_of(periods->bounds[k + 1])), false, false, false};

	return RangeTypePGetDatum(zr_range_serialize(range_type, &lower, &upper, false));
}

void
care_history_transition_columns(const care_history_view *view, uint64_t key, Datum *values, bool *nulls)
{
	static const char *const kinds[] = {"inflow", "transfer", "addition", "reduction", "outflow"};

	values[0] = CStringGetTextDatum(kinds[zr_transition_key_kind(key)]);
	values[1] = product_or_null(view, zr_transition_key_from(key), &nulls[1]);
	values[2] = product_or_null(view, zr_transition_key_to(key), &nulls[2]);
}

PG_FUNCTION_INFO_V1(care_history_transitions);
Datum
care_history_transitions(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	history_question q;
	uint64_t   *keys;
	uint64_t   *scratch;
	size_t		n = 0;

	InitMaterializedSRF(fcinfo, 0);
	care_history_ask(fcinfo, 2, false, &q);
	keys = care_history_allocate(2 * q.query.n, sizeof(uint64_t));
	for (size_t at = 0; at < q.query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_list_transitions(&q.query, NULL, at, keys, NULL, &n);
	}
	scratch = care_history_allocate(n, sizeof(uint64_t));
	zr_sort_keys(keys, scratch, n);

	for (size_t i = 0; i < n;)
	{
		size_t		first = i;
		Datum		values[4];
		bool		nulls[4] = {false};

		CHECK_FOR_INTERRUPTS();
		while (i < n && keys[i] == keys[first])
			i++;
		care_history_transition_columns(&q.view, keys[first], values, nulls);
		values[3] = Int64GetDatum((int64) (i - first));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[0]));
	}
	PG_RETURN_NULL();
}

/* A quotient of whole numbers, with the digits avg() gives. */
static Datum
quotient(int64 sum, int64 n)
{
	return DirectFunctionCall2(numeric_div, NumericGetDatum(int64_to_numeric(sum)), NumericGetDatum(int64_to_numeric(n)));
}

/* Means and median are NULL when no episode ended; running is NULL for an empty range, which has no end. */
PG_FUNCTION_INFO_V1(care_history_durations);
Datum
care_history_durations(PG_FUNCTION_ARGS)
{
	history_question q;
	zr_durations d = {0};
	uint64_t   *lengths;
	Datum		values[5] = {0};
	bool		nulls[5] = {false};

	care_history_ask(fcinfo, 2, false, &q);
	lengths = care_history_allocate(q.query.n, sizeof(uint64_t));
	for (size_t at = 0; at < q.query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_list_durations(&q.query, at, &d, lengths);
	}
	values[0] = Int64GetDatum(d.ended);
	values[1] = Int64GetDatum(d.running);
	nulls[1] = q.empty;
	if (d.ended > 0)
	{
		uint64_t   *scratch = care_history_allocate(d.ended, sizeof(uint64_t));
		uint64_t	twice;

		zr_sort_keys(lengths, scratch, d.ended);
		twice = lengths[(d.ended - 1) / 2] + lengths[d.ended / 2];
		values[2] = quotient(d.days, d.ended);
		values[3] = twice % 2 == 0 ? NumericGetDatum(int64_to_numeric((int64) (twice / 2))) :
			NumericGetDatum(int64_div_fast_to_numeric((int64) twice * 5, 1));
		values[4] = quotient(d.days_in_care, d.ended);
	}
	else
		nulls[2] = nulls[3] = nulls[4] = true;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(zr_row_type(fcinfo), values, nulls)));
}
