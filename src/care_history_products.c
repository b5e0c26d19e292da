/*
 * care_history_products.c
 *		A care history taken apart: by product, by transition, by period.
 */
#include "postgres.h"

#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/date.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "care_history_query.h"
#include "client_set.h"
#include "product.h"

static Datum
product_or_null(zr_product product, bool *isnull)
{
	*isnull = product == ZR_PRODUCT_NONE;
	return *isnull ? (Datum) 0 : ProductGetDatum(product);
}

/* flows(for_products(history, ARRAY[product]), ...) of every product, in one pass. */
PG_FUNCTION_INFO_V1(care_history_flows_by_product);
Datum
care_history_flows_by_product(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	history_question q;
	zr_flows   *flows;
	Datum		values[8];
	bool		nulls[8] = {false};

	InitMaterializedSRF(fcinfo, 0);
	care_history_ask(fcinfo, 3, false, &q);
	if (q.empty || q.view.n_products == 0)
		PG_RETURN_NULL();
	flows = palloc(q.view.n_products * sizeof(zr_flows));
	care_history_divide(&q, PG_GETARG_INTERVAL_P(2), &flows[0]);
	for (uint32_t c = 0; c < q.view.n_products; c++)
	{
		flows[c] = flows[0];
		care_history_count_from_zero(&flows[c]);
	}
	for (size_t at = 0; at < q.query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_count_flows_by_product(&q.query, at, flows);
	}
	for (uint32_t c = 0; c < q.view.n_products; c++)
	{
		values[0] = product_or_null(q.view.products[c], &nulls[0]);
		care_history_put_flows(result, 1, &flows[c], values, nulls);
	}
	PG_RETURN_NULL();
}

/* The clients that transitions() counts, of the whole range or of each period. */
static void
list_transition_clients(ReturnSetInfo *result, const history_question *q, const zr_division *periods)
{
	int			column = periods == NULL ? 0 : 1;
	uint64_t   *keys = care_history_allocate(2 * q->query.n, sizeof(uint64_t));
	uint64_t   *clients = care_history_allocate(2 * q->query.n, sizeof(uint64_t));
	zr_pair    *pairs;
	size_t		n = 0;

	for (size_t at = 0; at < q->query.n;)
	{
		CHECK_FOR_INTERRUPTS();
		at = zr_list_transitions(&q->query, periods, at, keys, clients, &n);
	}
	pairs = care_history_allocate(n, 2 * sizeof(zr_pair));
	for (size_t i = 0; i < n; i++)
	{
		pairs[i].key = keys[i];
		pairs[i].value = clients[i];
	}
	zr_sort_pairs(pairs, pairs + n, n);

	for (size_t i = 0; i < n;)
	{
		size_t		first = i;
		Datum		values[5];
		bool		nulls[5] = {false};

		CHECK_FOR_INTERRUPTS();
		for (; i < n && pairs[i].key == pairs[first].key; i++)
			clients[i - first] = pairs[i].value;
		if (periods != NULL)
			values[0] = care_history_period_range(result, periods, (uint32_t) (pairs[first].key >> ZR_TRANSITION_PERIOD));
		care_history_transition_columns(&q->view, pairs[first].key, values + column, nulls + column);
		values[column + 3] = client_set_from_sorted(clients, i - first);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[column]));
		pfree(DatumGetPointer(values[column + 3]));
	}
}

PG_FUNCTION_INFO_V1(care_history_transition_clients);
Datum
care_history_transition_clients(PG_FUNCTION_ARGS)
{
	history_question q;

	InitMaterializedSRF(fcinfo, 0);
	care_history_ask(fcinfo, 2, false, &q);
	list_transition_clients((ReturnSetInfo *) fcinfo->resultinfo, &q, NULL);
	PG_RETURN_NULL();
}

/* The same of each period, in one pass. */
PG_FUNCTION_INFO_V1(care_history_transition_clients_by_step);
Datum
care_history_transition_clients_by_step(PG_FUNCTION_ARGS)
{
	history_question q;
	zr_flows	flows;

	InitMaterializedSRF(fcinfo, 0);
	care_history_ask(fcinfo, 3, false, &q);
	if (q.empty)
		PG_RETURN_NULL();
	care_history_divide(&q, PG_GETARG_INTERVAL_P(2), &flows);
	if (flows.periods.n > ZR_TRANSITION_PERIODS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("range has %u periods", flows.periods.n),
				 errdetail("Transitions can be counted in at most %u periods at once.", ZR_TRANSITION_PERIODS_MAX)));
	list_transition_clients((ReturnSetInfo *) fcinfo->resultinfo, &q, &flows.periods);
	PG_RETURN_NULL();
}

PG_FUNCTION_INFO_V1(care_history_periods);
Datum
care_history_periods(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	TypeCacheEntry *range_type;
	care_history_view view;

	InitMaterializedSRF(fcinfo, 0);
	range_type = lookup_type_cache(TupleDescAttr(result->setDesc, 2)->atttypid, TYPECACHE_RANGE_INFO);
	care_history_read(PG_GETARG_DATUM(0), &view);
	for (size_t i = 0; i < view.n; i++)
	{
		uint64_t	value = view.rows[i].value;
		zr_day		end = zr_span_end(value);
		RangeBound	lower = {DateADTGetDatum(zr_date_of(zr_span_start(value))), false, true, true};
		RangeBound	upper = {DateADTGetDatum(end == ZR_DAY_OPEN ? 0 : zr_date_of(end)), end == ZR_DAY_OPEN, false, false};
		Datum		values[3];
		bool		nulls[3] = {false};

		if ((i & 0xFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		values[0] = Int64GetDatum(zr_unbias(view.rows[i].key));
		values[1] = product_or_null(view.products[zr_row_code(value)], &nulls[1]);
		values[2] = RangeTypePGetDatum(zr_range_serialize(range_type, &lower, &upper, false));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[2]));
	}
	PG_RETURN_NULL();
}

/* Numbers of their own in the place of client keys, so that histories can be joined without joining clients. */
PG_FUNCTION_INFO_V1(care_history_number_clients);
Datum
care_history_number_clients(PG_FUNCTION_ARGS)
{
	int64		number = PG_GETARG_INT64(1);
	care_history_view view;
	care_history_expanded *h;

	care_history_read(PG_GETARG_DATUM(0), &view);
	h = care_history_expand(CurrentMemoryContext, view.n);
	care_history_append_view(h, &view);
	/* they keep their order */
	for (size_t i = 0; i < h->n; i++)
	{
		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (i > 0 && view.rows[i].key != view.rows[i - 1].key && pg_add_s64_overflow(number, 1, &number))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("client number out of range")));
		h->rows[i].key = zr_bias(number);
	}
	PG_RETURN_DATUM(care_history_flatten(h));
}

static int
compare_replacements(const void *x, const void *y)
{
	zr_product	a = ((const zr_product *) x)[0];
	zr_product	b = ((const zr_product *) y)[0];

	return a < b ? -1 : a > b;
}

static zr_product
element(const Datum *values, const bool *nulls, int i)
{
	return nulls[i] ? ZR_PRODUCT_NONE : DatumGetProduct(values[i]);
}

/* Each product of the second argument becomes the one at its place in the third; NULL stands for no product. */
PG_FUNCTION_INFO_V1(care_history_replace_products);
Datum
care_history_replace_products(PG_FUNCTION_ARGS)
{
	ArrayType  *from = PG_GETARG_ARRAYTYPE_P(1);
	ArrayType  *to = PG_GETARG_ARRAYTYPE_P(2);
	care_history_view view;
	care_history_expanded *h;
	Datum	   *from_values,
			   *to_values;
	bool	   *from_nulls,
			   *to_nulls;
	int			n,
				n_to;
	zr_product *replacements;
	zr_product *products;

	deconstruct_array(from, ARR_ELEMTYPE(from), sizeof(int32), true, TYPALIGN_INT, &from_values, &from_nulls, &n);
	deconstruct_array(to, ARR_ELEMTYPE(to), sizeof(int32), true, TYPALIGN_INT, &to_values, &to_nulls, &n_to);
	if (n != n_to)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("each product needs one to replace it"),
				 errdetail("The first array has %d elements, the second %d.", n, n_to)));
	replacements = palloc(Max(n, 1) * 2 * sizeof(zr_product));
	for (int i = 0; i < n; i++)
	{
		replacements[2 * i] = element(from_values, from_nulls, i);
		replacements[2 * i + 1] = element(to_values, to_nulls, i);
	}
	qsort(replacements, n, 2 * sizeof(zr_product), compare_replacements);
	for (int i = 1; i < n; i++)
		if (replacements[2 * i] == replacements[2 * (i - 1)])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a product is to be replaced twice"),
					 errhint("The first array may name each product once.")));

	care_history_read(PG_GETARG_DATUM(0), &view);
	products = palloc(Max(view.n_products, 1) * sizeof(zr_product));
	for (uint32_t c = 0; c < view.n_products; c++)
	{
		zr_product *found = bsearch(&view.products[c], replacements, n, 2 * sizeof(zr_product), compare_replacements);

		products[c] = found != NULL ? found[1] : view.products[c];
	}
	view.products = products;
	h = care_history_expand(CurrentMemoryContext, view.n);
	care_history_append_view(h, &view);
	h->canonical = false;
	PG_RETURN_DATUM(care_history_flatten(h));
}

/* For each code of the view whether its product is in the array; a NULL stands for no product. */
static bool *
mark_products(const care_history_view *view, ArrayType *array)
{
	bool	   *marked = palloc0(Max(view->n_products, 1) * sizeof(bool));
	Datum	   *values;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int32), true, TYPALIGN_INT, &values, &nulls, &n);
	for (int k = 0; k < n; k++)
		for (uint32_t c = 0; c < view->n_products; c++)
			if (view->products[c] == element(values, nulls, k))
				marked[c] = true;
	return marked;
}

/* Clients whose first care with some products comes after care with others began. */
PG_FUNCTION_INFO_V1(care_history_moved_on);
Datum
care_history_moved_on(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	care_history_view view;
	bool	   *from,
			   *to;

	InitMaterializedSRF(fcinfo, 0);
	care_history_read(PG_GETARG_DATUM(0), &view);
	from = mark_products(&view, PG_GETARG_ARRAYTYPE_P(1));
	to = mark_products(&view, PG_GETARG_ARRAYTYPE_P(2));
	for (size_t i = 0, next; i < view.n; i = next)
	{
		zr_day		first = ZR_DAY_OPEN;
		zr_day		until = 0;
		bool		before = false;
		Datum		values[3];
		bool		nulls[3] = {false};

		CHECK_FOR_INTERRUPTS();
		for (next = i; next < view.n && view.rows[next].key == view.rows[i].key; next++)
			if (to[zr_row_code(view.rows[next].value)])
				first = Min(first, zr_span_start(view.rows[next].value));
		if (first == ZR_DAY_OPEN)
			continue;
		for (size_t k = i; k < next; k++)
		{
			uint64_t	value = view.rows[k].value;

			if (from[zr_row_code(value)] && zr_span_start(value) < first)
			{
				before = true;
				until = Max(until, zr_span_end(value));
			}
		}
		if (!before)
			continue;
		values[0] = Int64GetDatum(zr_unbias(view.rows[i].key));
		values[1] = DateADTGetDatum(zr_date_of(first));
		nulls[2] = until == ZR_DAY_OPEN;
		values[2] = DateADTGetDatum(nulls[2] ? 0 : zr_date_of(until));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}
