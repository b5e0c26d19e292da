/*
 * claim_series.c
 *		claim_series_finding(): what a claim line breaks because of the lines
 *		before it on the same allotment, as a window function.
 */
#include "postgres.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "call.h"
#include "claim_line.h"
#include "claim_series_core.h"
#include "cost_core.h"
#include "product.h"
#include "quantity.h"

/* Lives as long as the call site; the texts of one partition are in their own context. */
typedef struct series_site
{
	MemoryContext context;
	MemoryContext texts;
	TupleDesc	result;
	zr_series	series;
} series_site;

static series_site *
get_site(FunctionCallInfo fcinfo)
{
	series_site *site = fcinfo->flinfo->fn_extra;
	zr_series  *series;
	MemoryContext before;

	if (site != NULL)
		return site;
	before = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	site = palloc0(sizeof(series_site));
	site->context = fcinfo->flinfo->fn_mcxt;
	site->texts = AllocSetContextCreate(site->context, "claim series", ALLOCSET_SMALL_SIZES);
	site->result = zr_row_type(fcinfo);
	series = &site->series;
	series->room = ZR_SERIES_FIRST_HEADS;
	series->debits = palloc(series->room * sizeof(zr_series_debit));
	series->same_heads = palloc(series->room * sizeof(int));
	series->reference_heads = palloc(series->room * sizeof(int));
	MemoryContextSwitchTo(before);
	fcinfo->flinfo->fn_extra = site;
	return site;
}

/* Room for one more debit line, and about as many heads as debits. */
static void
make_room(zr_series *series)
{
	if (series->n == series->room)
	{
		if (series->room > PG_INT32_MAX / 2)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many claim lines on one allotment")));
		series->room *= 2;
		series->debits = repalloc_huge(series->debits, series->room * sizeof(zr_series_debit));
		series->same_heads = repalloc_huge(series->same_heads, series->room * sizeof(int));
		series->reference_heads = repalloc_huge(series->reference_heads, series->room * sizeof(int));
	}
	if (series->n > (int64) series->heads_mask)
	{
		series->heads_mask = 2 * series->heads_mask + 1;
		zr_series_rehash(series);
	}
}

static const char *
text_argument(WindowObject window, int argument, size_t *len)
{
	bool		isnull;
	Datum		d = WinGetFuncArgCurrent(window, argument, &isnull);
	text	   *t;

	*len = 0;
	if (isnull)
		return NULL;
	t = DatumGetTextPP(d);
	*len = VARSIZE_ANY_EXHDR(t);
	return *len > 0 ? VARDATA_ANY(t) : NULL;
}

/* False when the line lacks what every line has. */
static bool
read_line(WindowObject window, zr_series_line *line)
{
	bool		isnull;
	bool		negative;
	zr_claim_period period;
	Datum		d;

	line->product = DatumGetProduct(WinGetFuncArgCurrent(window, 1, &isnull));
	if (isnull)
		line->product = ZR_PRODUCT_NONE;
	d = WinGetFuncArgCurrent(window, 2, &isnull);
	if (isnull)
		return false;
	zr_claim_period_read(d, &period);
	if (!period.bounded)
		return false;
	line->from = period.from;
	line->to = period.to;
	line->volume = DatumGetVolume(WinGetFuncArgCurrent(window, 3, &isnull));
	if (isnull)
		line->volume = ZR_VOLUME_NONE;
	line->tariff = DatumGetTariff(WinGetFuncArgCurrent(window, 4, &isnull));
	if (isnull)
		line->tariff = 0;
	d = WinGetFuncArgCurrent(window, 5, &isnull);
	if (isnull)
		return false;
	line->cents = zr_claim_cents(DatumGetNumeric(d), &negative);
	if (line->cents == ZR_CLAIM_NO_CENTS)
		return false;
	d = WinGetFuncArgCurrent(window, 6, &isnull);
	line->credit = isnull ? negative : DatumGetBool(d);
	line->reference = text_argument(window, 7, &line->reference_len);
	line->previous = text_argument(window, 8, &line->previous_len);
	return true;
}

/* ---- What is found and required, in words ---- */

static void
append_bytes(StringInfo s, const char *bytes, size_t len)
{
	appendBinaryStringInfo(s, bytes, (int) len);
}

/* A sum, in hours when it is whole hours and the line is in hours. */
static void
append_sum(StringInfo s, const zr_series *series, zr_volume volume, int64 sum)
{
	if (series->in_money || series->unit == ZR_EURO)
		zr_append_euro(s, sum);
	else if (series->unit == ZR_HOUR && (zr_volume_unit(volume) == ZR_MINUTE || sum % 60 != 0))
		appendStringInfo(s, INT64_FORMAT " %s", sum, zr_unit_name(ZR_MINUTE));
	else
		appendStringInfo(s, INT64_FORMAT " %s", series->unit == ZR_HOUR ? sum / 60 : sum, zr_unit_name(series->unit));
}

static void
append_line(StringInfo s, const zr_series_line *line)
{
	char		buf[Max(ZR_VOLUME_TEXT_MAX, ZR_TARIFF_TEXT_MAX)];

	if (line->product != ZR_PRODUCT_NONE)
	{
		zr_product_print(line->product, buf);
		appendStringInfo(s, "%s ", buf);
	}
	zr_append_day(s, line->from);
	appendStringInfoString(s, " to ");
	zr_append_day(s, line->to - 1);
	if (line->volume != ZR_VOLUME_NONE)
	{
		zr_volume_print(line->volume, buf);
		appendStringInfo(s, ", %s", buf);
	}
	if (line->tariff != 0)
	{
		zr_tariff_print(line->tariff, buf);
		appendStringInfo(s, " at %s", buf);
	}
	appendStringInfoString(s, ", ");
	zr_append_euro(s, line->cents);
}

static const char *
describe(const zr_series *series, const zr_series_line *line, zr_series_verdict verdict, int64 claimed,
		 StringInfo found, StringInfo required)
{
	switch (verdict)
	{
		case ZR_SERIES_NO_DEBIT:
			append_bytes(found, line->previous, line->previous_len);
			appendStringInfoString(required, "reference of a granted debit line of the allotment");
			return "TR323";
		case ZR_SERIES_OTHER_DEBIT:
			append_line(found, line);
			appendStringInfoString(required, "the same as debit line ");
			append_bytes(required, line->previous, line->previous_len);
			return "TR323";
		case ZR_SERIES_CREDITED:
			append_bytes(found, line->previous, line->previous_len);
			appendStringInfoString(required, "reference of a debit line that was not credited yet");
			return "TR390";
		case ZR_SERIES_OPEN_DEBIT:
			append_line(found, line);
			appendStringInfoString(required, "no debit line for the same product and period, or a credit line first");
			return "TR389";
		case ZR_SERIES_VOLUME:
		case ZR_SERIES_BUDGET:
			append_sum(found, series, line->volume, claimed);
			appendStringInfoString(found, " in total");
			appendStringInfoString(required, "at most ");
			append_sum(required, series, line->volume, series->bound);
			return verdict == ZR_SERIES_VOLUME ? "TR322" : "TR369";
		case ZR_SERIES_GRANTED:
			break;
	}
	return NULL;
}

static Datum
finding(series_site *site, const zr_series_line *line, zr_series_verdict verdict, int64 claimed)
{
	StringInfoData found,
				required;
	const char *rule;

	initStringInfo(&found);
	initStringInfo(&required);
	rule = describe(&site->series, line, verdict, claimed, &found, &required);
	return HeapTupleGetDatum(zr_claim_finding(site->result, rule, &found, &required));
}

/*
 * claim_series_finding(indication, product, product_period, volume, tariff,
 * amount, credit, reference, previous_reference, rejected)
 *
 * NULL: nothing broken, or a line that was rejected already or that lacks a
 * period or an amount; such a line does not count.
 */
PG_FUNCTION_INFO_V1(claim_series_finding);
Datum
claim_series_finding(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	series_site *site = get_site(fcinfo);
	zr_series  *series = &site->series;
	bool	   *begun = WinGetPartitionLocalMemory(window, sizeof(bool));
	bool		isnull;
	bool		rejected;
	zr_series_line line = {0};
	zr_series_verdict verdict;
	int64		claimed;
	int			n;

	if (!*begun)
	{
		MemoryContextReset(site->texts);
		zr_series_begin(series);
		*begun = true;
	}
	if (!series->allotted)
	{
		Datum		i = WinGetFuncArgCurrent(window, 0, &isnull);

		if (!isnull)
			zr_series_allot(series, DatumGetIndication(i));
	}
	rejected = DatumGetBool(WinGetFuncArgCurrent(window, 9, &isnull)) && !isnull;
	if (rejected || !read_line(window, &line))
		PG_RETURN_NULL();
	make_room(series);
	n = series->n;
	verdict = zr_series_add(series, &line, &claimed);
	if (verdict != ZR_SERIES_GRANTED)
		PG_RETURN_DATUM(finding(site, &line, verdict, claimed));
	if (series->n > n && line.reference != NULL)
	{
		char	   *kept = MemoryContextAlloc(site->texts, line.reference_len);

		memcpy(kept, line.reference, line.reference_len);
		series->debits[n].line.reference = kept;
	}
	PG_RETURN_NULL();
}
