/*
 * claim_findings.c
 *		claim_findings(): the rules that one claim line (prestatie) breaks, with
 *		what was found and what is required, in words.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/date.h"

#include "call.h"
#include "claim_line.h"
#include "claimable_core.h"
#include "cost_core.h"

static bool
is(const char *rule, const char *code)
{
	return strcmp(rule, code) == 0;
}

/* Closed, as in the messages; the calendar may be left on either side. */
static void
append_period(StringInfo s, const zr_claim_period *p)
{
	bool		has_from = p->from != DATEVAL_NOBEGIN && zr_date_is_valid(p->from);
	bool		has_to = p->to != DATEVAL_NOEND && zr_date_is_valid(p->to);

	if (p->empty)
		appendStringInfoString(s, "no day");
	else if (!has_from && !has_to)
		appendStringInfoString(s, "no bounds");
	else
	{
		if (has_from)
			zr_append_day(s, p->from);
		appendStringInfoString(s, has_from ? " to " : "up to ");
		if (has_to)
			zr_append_day(s, p->to - 1);
		else
			appendStringInfoString(s, "no end");
	}
}

static void
append_allotted(StringInfo s, const zr_indication *i)
{
	zr_append_day(s, i->lower);
	if (i->upper == ZR_DATE_OPEN)
		appendStringInfoString(s, " or later");
	else
	{
		appendStringInfoString(s, " to ");
		zr_append_day(s, i->upper - 1);
	}
}

static void
append_volume(StringInfo s, zr_volume volume)
{
	char		buf[ZR_VOLUME_TEXT_MAX];

	zr_volume_print(volume, buf);
	appendStringInfoString(s, buf);
}

static void
append_tariff(StringInfo s, zr_tariff tariff)
{
	char		buf[ZR_TARIFF_TEXT_MAX];

	zr_tariff_print(tariff, buf);
	appendStringInfoString(s, buf);
}

static void
append_category(StringInfo s, zr_product product)
{
	appendStringInfo(s, "category %02d", zr_product_category(product));
}

static void
append_code(StringInfo s, zr_product product)
{
	char		buf[ZR_PRODUCT_TEXT_MAX];

	if (zr_product_print_code(product, buf) == 0)
		appendStringInfoString(s, "no code");
	else
		appendStringInfo(s, "code %s", buf);
}

static void
append_found(StringInfo s, const zr_claim *claim, const char *rule)
{
	if (is(rule, "CD060"))
		appendStringInfoString(s, claim->credit ? "credit line without previous reference" : "debit line with a previous reference");
	else if (is(rule, "CD087") && !claim->has_tariff)
		appendStringInfoString(s, "no tariff");
	else if (is(rule, "CD087") || is(rule, "TR418"))
		append_tariff(s, claim->tariff);
	else if (is(rule, "CS003") || is(rule, "CS337"))
		append_period(s, &claim->period);
	else if (is(rule, "CS100"))
	{
		append_period(s, &claim->period);
		if (claim->has_declaration)
		{
			appendStringInfoString(s, " in a declaration of ");
			append_period(s, &claim->declaration);
		}
	}
	else if (is(rule, "CS325"))
		appendStringInfoString(s, "credit line");
	else if (is(rule, "CS339") || is(rule, "TR346"))
	{
		if (claim->cents == ZR_CLAIM_NO_CENTS)
			appendStringInfoString(s, "no amount in whole cents");
		else
			zr_append_euro(s, claim->cents);
	}
	else if (is(rule, "CS340"))
		append_period(s, &claim->declaration);
	else if (is(rule, "TR307") || is(rule, "TR387"))
		zr_append_day(s, claim->period.from);
	else if (is(rule, "TR308") || is(rule, "TR319") || is(rule, "TR388"))
		zr_append_day(s, claim->period.to - 1);
	else if (is(rule, "TR321"))
		append_volume(s, claim->volume);
	else if (is(rule, "TR338"))
		appendStringInfoString(s, "no allotment");
	else if (is(rule, "TR339"))
		append_category(s, claim->product);
	else if (is(rule, "TR340"))
		append_code(s, claim->product);
	else if (is(rule, "TR341") && !zr_volume_is_delivered(claim->volume))
		append_volume(s, claim->volume);
	else if (is(rule, "TR341"))
		appendStringInfoString(s, zr_unit_name(zr_volume_unit(claim->volume)));
}

/* TR321: the maximum in the unit of the line, which is that of the allotment or minutes for hours */
static void
append_claimable(StringInfo s, const zr_claim *claim)
{
	const zr_indication *i = claim->indication;
	int64		most = zr_claimable_month(i, zr_month_of(claim->period.from));

	appendStringInfoString(s, "at most ");
	if (zr_volume_unit(i->volume) == ZR_EURO)
		zr_append_euro(s, most);
	else
		appendStringInfo(s, INT64_FORMAT " %s", zr_volume_unit(claim->volume) == zr_volume_unit(i->volume) ? most : most * 60,
						 zr_unit_name(zr_volume_unit(claim->volume)));
}

static void
append_unit_needed(StringInfo s, const zr_claim *claim)
{
	zr_unit		unit = zr_volume_unit(claim->indication->volume);

	if (unit == ZR_UNIT_NONE)
		unit = zr_tariff_unit(claim->agreed[0]);
	appendStringInfo(s, unit == ZR_HOUR ? "%s or minuut" : "%s", zr_unit_name(unit));
}

static void
append_amount_needed(StringInfo s, const zr_claim *claim)
{
	const zr_tariff *agreed = zr_claim_agreed(claim);
	int64_t		cents;
	zr_error	err;

	if (zr_claim_amount(claim->volume, agreed != NULL ? *agreed : claim->tariff, &cents, &err))
		zr_append_euro(s, cents);
	else
		appendStringInfo(s, "a tariff per %s", zr_unit_name(zr_volume_unit(claim->volume)));
}

static void
append_required(StringInfo s, const zr_claim *claim, const char *rule)
{
	const zr_indication *i = claim->indication;

	if (is(rule, "CD060"))
		appendStringInfoString(s, claim->credit ? "the reference of the debit line" : "none");
	else if (is(rule, "CD087") && claim->has_tariff)
		appendStringInfoString(s, "no tariff for an amount in euro");
	else if (is(rule, "CD087"))
		appendStringInfo(s, "a tariff per %s", zr_unit_name(zr_volume_unit(claim->volume)));
	else if (is(rule, "CS003"))
		appendStringInfoString(s, "at least one day");
	else if (is(rule, "CS100"))
		appendStringInfoString(s, "from 2021-01-01");
	else if (is(rule, "CS325"))
		appendStringInfoString(s, "a debit line");
	else if (is(rule, "CS337"))
		appendStringInfoString(s, "days of one calendar month");
	else if (is(rule, "CS339"))
		append_volume(s, claim->volume);
	else if (is(rule, "CS340"))
		appendStringInfoString(s, "one calendar month");
	else if (is(rule, "TR307") || is(rule, "TR308"))
		append_allotted(s, i);
	else if (is(rule, "TR319"))
	{
		appendStringInfoString(s, "up to ");
		zr_append_day(s, claim->declaration.to - 1);
	}
	else if (is(rule, "TR321"))
		append_claimable(s, claim);
	else if (is(rule, "TR338"))
		appendStringInfoString(s, "an allotment");
	else if (is(rule, "TR339"))
		append_category(s, i->product);
	else if (is(rule, "TR340"))
		append_code(s, i->product);
	else if (is(rule, "TR341") && !zr_volume_is_delivered(claim->volume))
		appendStringInfoString(s, "one number without frequency");
	else if (is(rule, "TR341"))
		append_unit_needed(s, claim);
	else if (is(rule, "TR346"))
		append_amount_needed(s, claim);
	else if (is(rule, "TR387"))
		zr_append_day(s, Max(zr_month_start(zr_month_of(claim->period.from)), i->lower));
	else if (is(rule, "TR388"))
		zr_append_day(s, Min(zr_month_start(zr_month_of(claim->period.to - 1) + 1), i->upper) - 1);
	else if (is(rule, "TR418"))
		append_tariff(s, claim->agreed[0]);
}

/*
 * claim_findings(indication, product, product_period, volume, tariff, amount,
 * declaration_period, credit, previous_reference, prices, tariff_group)
 */
PG_FUNCTION_INFO_V1(claim_findings);
Datum
claim_findings(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		zr_claim	claim = {0};
		const char *codes[ZR_CLAIM_PROBLEMS_MAX];
		HeapTuple  *rows;
		int			n = 0;

		call = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		call->tuple_desc = zr_row_type(fcinfo);
		if (zr_claim_read(fcinfo, &claim))
		{
			if (!PG_ARGISNULL(9))
			{
				zr_book_view book;
				void	   *opened = zr_book_open(PG_GETARG_DATUM(9), &book);

				zr_claim_read_agreed(fcinfo, &claim, &book);
				zr_book_done(opened);
			}
			n = zr_claim_problems(&claim, codes);
		}
		/* the line is gone by the next call: all rows are made now */
		rows = palloc(Max(n, 1) * sizeof(HeapTuple));
		for (int k = 0; k < n; k++)
		{
			StringInfoData found,
						required;

			initStringInfo(&found);
			initStringInfo(&required);
			append_found(&found, &claim, codes[k]);
			append_required(&required, &claim, codes[k]);
			rows[k] = zr_claim_finding(call->tuple_desc, codes[k], &found, &required);
		}
		call->user_fctx = rows;
		call->max_calls = n;
		MemoryContextSwitchTo(caller);
	}
	call = SRF_PERCALL_SETUP();
	if (call->call_cntr < call->max_calls)
	{
		HeapTuple	row = ((HeapTuple *) call->user_fctx)[call->call_cntr];

		SRF_RETURN_NEXT(call, HeapTupleGetDatum(row));
	}
	SRF_RETURN_DONE(call);
}
