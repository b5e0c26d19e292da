/*
 * claim_line.c
 *		Datum access to what claim lines (prestaties) are made of.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "utils/builtins.h"

#include "claim_line.h"
#include "daterange.h"
#include "decimal_core.h"
#include "product.h"
#include "quantity.h"

#define CLAIM_CENTS_MAX INT64CONST(999999999999)

void
zr_claim_period_read(Datum d, zr_claim_period *period)
{
	zr_daterange range;

	zr_daterange_read(d, &range);
	period->empty = range.empty;
	period->bounded = !range.empty && !range.lower_open && !range.upper_open &&
		zr_date_is_valid(range.lower) && zr_date_is_valid(range.upper);
	period->from = range.lower;
	period->to = range.upper;
}

int64
zr_claim_cents(Numeric amount, bool *negative)
{
	char	   *str = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(amount)));
	const char *p = str;
	int64_t		cents;

	*negative = *p == '-';
	if (*negative)
		p++;
	if (zr_decimal_parse(&p, str + strlen(str), 2, CLAIM_CENTS_MAX, &cents) != ZR_DECIMAL_OK || *p != '\0')
		cents = ZR_CLAIM_NO_CENTS;
	pfree(str);
	return cents;
}

static bool
has_text(const text *t)
{
	return VARSIZE_ANY_EXHDR(t) > 0;
}

bool
zr_claim_read(FunctionCallInfo fcinfo, zr_claim *claim)
{
	bool		negative;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(5))
		return false;
	claim->indication = PG_ARGISNULL(0) ? NULL : PG_GETARG_INDICATION(0);
	claim->product = PG_ARGISNULL(1) ? ZR_PRODUCT_NONE : PG_GETARG_PRODUCT(1);
	zr_claim_period_read(PG_GETARG_DATUM(2), &claim->period);
	claim->volume = PG_ARGISNULL(3) ? ZR_VOLUME_NONE : PG_GETARG_VOLUME(3);
	claim->has_tariff = !PG_ARGISNULL(4);
	if (claim->has_tariff)
		claim->tariff = PG_GETARG_TARIFF(4);
	claim->cents = zr_claim_cents(PG_GETARG_NUMERIC(5), &negative);
	claim->has_declaration = !PG_ARGISNULL(6);
	if (claim->has_declaration)
		zr_claim_period_read(PG_GETARG_DATUM(6), &claim->declaration);
	claim->credit = PG_ARGISNULL(7) ? negative : PG_GETARG_BOOL(7);
	claim->has_previous = !PG_ARGISNULL(8) && has_text(PG_GETARG_TEXT_PP(8));
	return true;
}

void
zr_claim_read_agreed(FunctionCallInfo fcinfo, zr_claim *claim, const zr_book_view *book)
{
	const zr_book_line *line;
	const char *group = "";
	size_t		len = 0;

	if (claim->product == ZR_PRODUCT_NONE || !claim->period.bounded)
		return;
	if (!PG_ARGISNULL(10))
	{
		text	   *t = PG_GETARG_TEXT_PP(10);

		group = VARDATA_ANY(t);
		len = VARSIZE_ANY_EXHDR(t);
	}
	line = zr_book_line_for(book, claim->product, group, len, claim->period.from);
	if (line != NULL)
		claim->agreed[claim->n_agreed++] = line->tariff;
	if (line != NULL && line->upper >= claim->period.to)
		return;
	line = zr_book_line_for(book, claim->product, group, len, claim->period.to - 1);
	if (line != NULL)
		claim->agreed[claim->n_agreed++] = line->tariff;
}

HeapTuple
zr_claim_finding(TupleDesc desc, const char *rule, StringInfo found, StringInfo required)
{
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	values[0] = CStringGetTextDatum(rule);
	values[1] = PointerGetDatum(cstring_to_text_with_len(found->data, found->len));
	values[2] = PointerGetDatum(cstring_to_text_with_len(required->data, required->len));
	return heap_form_tuple(desc, values, nulls);
}

void
zr_append_day(StringInfo s, zr_date day)
{
	char		buf[ZR_DATE_TEXT_MAX];

	zr_date_print(day, buf);
	appendStringInfoString(s, buf);
}

void
zr_append_euro(StringInfo s, int64 cents)
{
	char		buf[ZR_DECIMAL_TEXT_MAX];

	zr_decimal_print(cents, 2, 2, buf);
	appendStringInfo(s, "%s euro", buf);
}
