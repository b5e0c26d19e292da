/*
 * cost_agg.c
 *		cost_agg: the sum of cost() over many indications.
 *
 * The state is the sum in cents, a bigint: no numeric is made for a row, and
 * partial aggregates travel and add up as plain numbers.
 */
#include "postgres.h"

#include "common/int.h"

#include "pq.h"
#include "quantity.h"

/* NULL policy, as sum(cost(...)): a row whose cost is NULL adds nothing */
PG_FUNCTION_INFO_V1(cost_agg_transition);
Datum
cost_agg_transition(PG_FUNCTION_ARGS)
{
	int64		sum = PG_ARGISNULL(0) ? 0 : PG_GETARG_INT64(0);
	const zr_indication *i;
	zr_pq_site *site;
	zr_accrual_method method = ZR_ACCRUE_DAYS;
	const zr_book_view *book = NULL;
	int64		cents;

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(3) && (PG_NARGS() < 5 || !PG_ARGISNULL(4)))
	{
		i = PG_GETARG_INDICATION(1);
		if (zr_indication_has_quantity(i) && (zr_indication_in_euro(i) || !PG_ARGISNULL(2)))
		{
			site = zr_pq_site_get(fcinfo);
			if (PG_NARGS() > 4)
				method = zr_pq_method(fcinfo, site, 4);
			if (!zr_indication_in_euro(i))
				book = zr_book_view_of(PG_GETARG_DATUM(2), &site->book, fcinfo->flinfo->fn_mcxt);
			zr_pq_cost(i, site, book, method, zr_pq_range(fcinfo, site, 3, "cost"),
					   zr_pq_guess(site, i->product), false, &cents);
			if (pg_add_s64_overflow(sum, cents, &sum))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("sum of costs out of range")));
			PG_RETURN_INT64(sum);
		}
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_INT64(sum);
}

PG_FUNCTION_INFO_V1(cost_agg_final);
Datum
cost_agg_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(zr_numeric_fixed(PG_GETARG_INT64(0), 2));
}
