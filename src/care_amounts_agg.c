/*
 * care_amounts_agg.c
 *		care_amounts_agg: rows of five tables in, amounts per month and year out.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"

#include "call.h"
#include "care_amounts.h"
#include "convert.h"
#include "daterange.h"
#include "numeric_cents.h"
#include "product.h"
#include "quantity.h"
#include "row_array.h"

/* The arguments after the state. What a row is shows from the first of these that is not NULL: */
enum
{
	ARG_NUMBER = 1,
	ARG_PROVIDER,
	ARG_MUNICIPALITY,
	ARG_INDICATION,				/* an allotment */
	ARG_CHANGE_REASON,
	ARG_STARTED,				/* a delivery */
	ARG_ENDED,
	ARG_PERIOD,					/* a claim line */
	ARG_PRODUCT,
	ARG_VOLUME,
	ARG_AMOUNT,
	ARG_CREDIT,
	ARG_DECLARATION,			/* also of a claim line; without one: a declaration */
	ARG_GROUP,					/* a product */
	ARG_PRICES,					/* prices: of a contract, or without a provider the ordinary ones */
	ARG_DAYS,
	ARG_AS_OF
};

static zr_care_amounts *
begin(FunctionCallInfo fcinfo, MemoryContext context)
{
	zr_range	days;
	DateADT		as_of;

	if (PG_ARGISNULL(ARG_DAYS) || PG_ARGISNULL(ARG_AS_OF))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("care_amounts_agg needs the days to sum over and the last day that counts")));
	zr_range_get_bounded(PG_GETARG_RANGE_P(ARG_DAYS), "sum", &days);
	as_of = PG_GETARG_DATEADT(ARG_AS_OF);
	if (!zr_date_is_valid(as_of) || as_of == ZR_DATE_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("last day that counts is out of range")));
	if (zr_month_grid_count(days.lower, days.upper) > ZR_MONTHS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("range spans %d months", zr_month_grid_count(days.lower, days.upper)),
				 errdetail("At most %d months can be computed at once.", ZR_MONTHS_MAX)));
	return zr_care_amounts_begin(context, &days, as_of);
}

/* WMO002, JZ002: reason 13 on an allotment of one day */
static bool
was_sent(FunctionCallInfo fcinfo, const zr_indication *i)
{
	const text *reason;

	if (PG_ARGISNULL(ARG_CHANGE_REASON) || i->upper != i->lower + 1)
		return true;
	reason = PG_GETARG_TEXT_PP(ARG_CHANGE_REASON);
	return VARSIZE_ANY_EXHDR(reason) != 2 || memcmp(VARDATA_ANY(reason), "13", 2) != 0;
}

static void
add_line(FunctionCallInfo fcinfo, zr_care_amounts *a)
{
	zr_care_line line;
	zr_daterange period;

	if (PG_ARGISNULL(ARG_AMOUNT))
		return;
	zr_daterange_read(PG_GETARG_DATUM(ARG_PERIOD), &period);
	if (period.empty || period.lower_open || period.lower < a->grid->lower || period.lower >= Min(a->grid->upper, a->ends))
		return;
	line.number = PG_GETARG_INT64(ARG_NUMBER);
	line.cents = zr_numeric_cents(PG_GETARG_DATUM(ARG_AMOUNT), "amount of a claim line");
	line.declaration = PG_ARGISNULL(ARG_DECLARATION) ? 0 : PG_GETARG_INT64(ARG_DECLARATION);
	line.volume = PG_ARGISNULL(ARG_VOLUME) ? ZR_VOLUME_NONE : PG_GETARG_VOLUME(ARG_VOLUME);
	line.product = PG_ARGISNULL(ARG_PRODUCT) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(ARG_PRODUCT);
	line.month = zr_month_grid_cell(a->grid, period.lower);
	line.credit = PG_ARGISNULL(ARG_CREDIT) ? line.cents < 0 : PG_GETARG_BOOL(ARG_CREDIT);
	zr_care_amounts_line(a, &line);
}

static void
add_prices(FunctionCallInfo fcinfo, zr_care_amounts *a)
{
	bool		ordinary = PG_ARGISNULL(ARG_PROVIDER);

	if (!ordinary && (PG_ARGISNULL(ARG_MUNICIPALITY) || PG_ARGISNULL(ARG_PRODUCT)))
		return;
	zr_care_amounts_prices(a, ordinary, ordinary ? 0 : PG_GETARG_PROVIDER(ARG_PROVIDER),
						   ordinary ? 0 : PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY),
						   ordinary ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(ARG_PRODUCT), PG_GETARG_DATUM(ARG_PRICES));
}

/* NULL policy: a row without what its kind needs is passed over */
PG_FUNCTION_INFO_V1(care_amounts_transition);
Datum
care_amounts_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	zr_care_amounts *a;

	context = zr_aggregate_context(fcinfo, "care_amounts_agg");
	a = PG_ARGISNULL(0) ? begin(fcinfo, context) : (zr_care_amounts *) PG_GETARG_POINTER(0);
	if (!PG_ARGISNULL(ARG_INDICATION))
	{
		const zr_indication *i = PG_GETARG_INDICATION(ARG_INDICATION);

		if (!PG_ARGISNULL(ARG_NUMBER) && !PG_ARGISNULL(ARG_PROVIDER) && !PG_ARGISNULL(ARG_MUNICIPALITY))
			zr_care_amounts_allotment(a, PG_GETARG_INT64(ARG_NUMBER), PG_GETARG_PROVIDER(ARG_PROVIDER),
									  PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY), i, was_sent(fcinfo, i));
	}
	else if (!PG_ARGISNULL(ARG_STARTED))
	{
		if (!PG_ARGISNULL(ARG_NUMBER))
			zr_care_amounts_delivery(a, PG_GETARG_INT64(ARG_NUMBER), PG_GETARG_DATEADT(ARG_STARTED),
									 PG_ARGISNULL(ARG_ENDED) ? DATEVAL_NOEND : PG_GETARG_DATEADT(ARG_ENDED));
	}
	else if (!PG_ARGISNULL(ARG_PERIOD))
	{
		if (!PG_ARGISNULL(ARG_NUMBER))
			add_line(fcinfo, a);
	}
	else if (!PG_ARGISNULL(ARG_GROUP))
	{
		if (!PG_ARGISNULL(ARG_PRODUCT))
			zr_care_amounts_group(a, PG_GETARG_PRODUCT(ARG_PRODUCT), PG_GETARG_INT32(ARG_GROUP));
	}
	else if (!PG_ARGISNULL(ARG_PRICES))
		add_prices(fcinfo, a);
	else if (!PG_ARGISNULL(ARG_DECLARATION) && !PG_ARGISNULL(ARG_PROVIDER) && !PG_ARGISNULL(ARG_MUNICIPALITY))
		zr_care_amounts_declaration(a, PG_GETARG_INT64(ARG_DECLARATION), PG_GETARG_PROVIDER(ARG_PROVIDER),
									PG_GETARG_MUNICIPALITY(ARG_MUNICIPALITY));
	PG_RETURN_POINTER(a);
}

/* A row of the result, in the order of its columns. */
typedef struct amount_row
{
	const zr_place *place;
	int32		group;			/* -1: none */
	zr_date		period;
	int64		in_force;
	int64		unpriced;
	int64		indicated;		/* from here on in hundredths */
	int64		delivered;
	int64		claimed;
	int64		unallotted;
	int64		claimable;
	int64		quantity;
} amount_row;

#define RESULT_COLUMNS 15

typedef struct result_rows
{
	zr_row_array rows;
	Datum		kinds[3];
	Datum		units[ZR_UNIT_LAST + 1];
} result_rows;

static bool
is_nothing(const amount_row *row)
{
	return row->in_force == 0 && row->unpriced == 0 && row->indicated == 0 && row->delivered == 0 &&
		row->claimed == 0 && row->unallotted == 0 && row->claimable == 0 && row->quantity == 0;
}

static void
emit(result_rows *result, Datum kind, const amount_row *row, bool by_provider)
{
	const zr_place *place = row->place;
	Datum		values[RESULT_COLUMNS] = {0};
	bool		nulls[RESULT_COLUMNS] = {0};
	int			c = 0;

	if (is_nothing(row))
		return;
	values[c++] = kind;
	nulls[c] = !place->known || !by_provider;
	values[c++] = ProviderGetDatum(place->provider);
	nulls[c] = !place->known;
	values[c++] = MunicipalityGetDatum(place->municipality);
	nulls[c] = by_provider || place->product == ZR_PRODUCT_NONE;
	values[c++] = ProductGetDatum(place->product);
	nulls[c] = row->group < 0;
	values[c++] = Int32GetDatum(row->group);
	nulls[c] = place->unit == ZR_UNIT_NONE;
	values[c++] = result->units[place->unit];
	values[c++] = DateADTGetDatum(row->period);
	values[c++] = Int64GetDatum(row->in_force);
	values[c++] = Int64GetDatum(row->unpriced);
	values[c++] = NumericGetDatum(zr_numeric_fixed(row->indicated, 2));
	values[c++] = NumericGetDatum(zr_numeric_fixed(row->delivered, 2));
	values[c++] = NumericGetDatum(zr_numeric_fixed(row->claimed, 2));
	values[c++] = NumericGetDatum(zr_numeric_fixed(row->unallotted, 2));
	values[c++] = NumericGetDatum(zr_numeric_fixed(row->claimable, 2));
	values[c++] = NumericGetDatum(zr_numeric_fixed(row->quantity, 2));
	Assert(c == RESULT_COLUMNS);
	zr_row_array_add(&result->rows, values, nulls);
}

/* Claimed in hundredths of the unit: minutes of an allotment in hours half up. */
static int64
hundredths(int64 quantity, zr_unit unit)
{
	int64		result;

	if (unit == ZR_EURO)
		return quantity;
	if (pg_mul_s64_overflow(quantity, 100, &result))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of claims out of range")));
	if (unit == ZR_HOUR)
		result = (result + (result < 0 ? -30 : 30)) / 60;
	return result;
}

static void
emit_cell(result_rows *result, const zr_care_amounts *a, const zr_cell *cell)
{
	int32		group = zr_care_amounts_group_of(a, cell->place.product);
	const amount_row nothing = {.place = &cell->place, .group = group};
	amount_row	year = nothing;

	for (int k = 0; k < a->grid->nmonths; k++)
	{
		int			y = zr_month_grid_year(a->grid, k);
		amount_row	month = nothing;

		month.period = a->grid->starts[k];
		month.in_force = cell->in_force[k];
		month.unpriced = cell->unpriced[k];
		month.indicated = cell->indicated[k];
		month.delivered = cell->delivered[k];
		month.claimed = cell->claimed[k];
		month.unallotted = cell->unallotted[k];
		month.claimable = cell->claimable[k];
		month.quantity = hundredths(cell->quantity[k], cell->place.unit);
		emit(result, result->kinds[0], &month, false);
		/* far from 64 bits: a table of a billion rows of a billion euro is */
		year.indicated += month.indicated;
		year.delivered += month.delivered;
		year.claimed += month.claimed;
		year.unallotted += month.unallotted;
		year.quantity += month.quantity;
		if (k + 1 < a->grid->nmonths && zr_month_grid_year(a->grid, k + 1) == y)
			continue;
		year.period = zr_date_from_ymd(a->grid->first_year + y, 1, 1);
		year.in_force = cell->in_force_by_year[y];
		year.unpriced = cell->unpriced_by_year[y];
		year.claimable = cell->claimable_by_year[y];
		emit(result, result->kinds[1], &year, false);
		year = nothing;
	}
}

/* A share in the order of its place, with its number. */
typedef struct placed_share
{
	zr_place	place;
	uint32		number;
} placed_share;

static int
compare_shares(const void *a, const void *b)
{
	return memcmp(&((const placed_share *) a)->place, &((const placed_share *) b)->place, sizeof(zr_place));
}

/* Shares of one provider, municipality and product group together. */
static void
emit_shares(result_rows *result, const zr_care_amounts *a)
{
	placed_share *shares = MemoryContextAllocHuge(CurrentMemoryContext, (a->nshares + 1) * sizeof(placed_share));
	uint32		next;

	for (uint32 n = 0; n < a->nshares; n++)
	{
		shares[n].place = a->shares[n].place;
		shares[n].place.group = zr_care_amounts_group_of(a, shares[n].place.product);
		shares[n].place.product = ZR_PRODUCT_NONE;
		shares[n].number = n;
	}
	if (a->nshares > 1)
		qsort(shares, a->nshares, sizeof(placed_share), compare_shares);
	for (uint32 n = 0; n < a->nshares; n = next)
	{
		for (next = n + 1; next < a->nshares && compare_shares(&shares[n], &shares[next]) == 0;)
			next++;
		for (int y = 0; y < a->grid->nyears; y++)
		{
			amount_row	row = {.place = &shares[n].place, .group = shares[n].place.group};

			row.period = zr_date_from_ymd(a->grid->first_year + y, 1, 1);
			for (uint32 k = n; k < next; k++)
			{
				row.claimed += a->claimed_by_year[y][shares[k].number];
				row.unallotted += a->unallotted_by_year[y][shares[k].number];
			}
			emit(result, result->kinds[2], &row, true);
		}
	}
	pfree(shares);
}

PG_FUNCTION_INFO_V1(care_amounts_final);
Datum
care_amounts_final(PG_FUNCTION_ARGS)
{
	zr_care_amounts *a;
	result_rows result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	a = (zr_care_amounts *) PG_GETARG_POINTER(0);
	zr_care_amounts_finish(a);

	zr_row_array_begin(&result.rows, fcinfo, RESULT_COLUMNS);
	result.kinds[0] = CStringGetTextDatum("month");
	result.kinds[1] = CStringGetTextDatum("year");
	result.kinds[2] = CStringGetTextDatum("provider");
	for (int u = ZR_UNIT_NONE + 1; u <= ZR_UNIT_LAST; u++)
		result.units[u] = CStringGetTextDatum(zr_unit_name((zr_unit) u));
	for (uint32 n = 0; n < a->ncells; n++)
		emit_cell(&result, a, &a->cells[n]);
	emit_shares(&result, a);
	PG_RETURN_DATUM(zr_row_array_end(&result.rows));
}
