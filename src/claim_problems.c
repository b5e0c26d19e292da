/*
 * claim_problems.c
 *		claim_problems(): the rules that one claim line (prestatie) breaks.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "claim_problems_core.h"
#include "convert.h"
#include "daterange.h"
#include "product.h"
#include "quantity.h"

#define CLAIM_CENTS_MAX INT64CONST(999999999999)

static void
read_period(Datum d, zr_claim_period *period)
{
	zr_daterange range;

	zr_daterange_read(d, &range);
	period->empty = range.empty;
	period->bounded = !range.empty && !range.lower_open && !range.upper_open &&
		zr_date_is_valid(range.lower) && zr_date_is_valid(range.upper);
	period->from = range.lower;
	period->to = range.upper;
}

/* Unsigned cents; an amount that no message can hold is no amount in cents. */
static int64
read_amount(Numeric amount, bool *negative)
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

/*
 * claim_problems(indication, product, product_period, volume, tariff, amount,
 * declaration_period, credit, previous_reference)
 *
 * Not strict: no allotment, no tariff, no declaration and no reference are
 * findings or cases of their own.
 */
PG_FUNCTION_INFO_V1(claim_problems);
Datum
claim_problems(PG_FUNCTION_ARGS)
{
	zr_claim	claim = {0};
	bool		negative;
	const char *codes[ZR_CLAIM_PROBLEMS_MAX];
	Datum		elements[ZR_CLAIM_PROBLEMS_MAX];
	int			n;

	/* what every line has */
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(5))
		PG_RETURN_NULL();
	claim.indication = PG_ARGISNULL(0) ? NULL : PG_GETARG_INDICATION(0);
	claim.product = PG_GETARG_PRODUCT(1);
	read_period(PG_GETARG_DATUM(2), &claim.period);
	claim.volume = PG_GETARG_VOLUME(3);
	if (zr_volume_frequency(claim.volume) != ZR_FREQUENCY_NONE ||
		zr_volume_low(claim.volume) != zr_volume_high(claim.volume))
	{
		char		text_form[ZR_VOLUME_TEXT_MAX];

		zr_volume_print(claim.volume, text_form);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("volume %s is not a delivered quantity", text_form),
				 errhint("A claim line has one number and no frequency, such as 90 minuut.")));
	}
	claim.has_tariff = !PG_ARGISNULL(4);
	if (claim.has_tariff)
		claim.tariff = PG_GETARG_TARIFF(4);
	claim.cents = read_amount(PG_GETARG_NUMERIC(5), &negative);
	claim.has_declaration = !PG_ARGISNULL(6);
	if (claim.has_declaration)
		read_period(PG_GETARG_DATUM(6), &claim.declaration);
	claim.credit = PG_ARGISNULL(7) ? negative : PG_GETARG_BOOL(7);
	claim.has_previous = !PG_ARGISNULL(8) && has_text(PG_GETARG_TEXT_PP(8));

	n = zr_claim_problems(&claim, codes);
	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	for (int k = 0; k < n; k++)
		elements[k] = CStringGetTextDatum(codes[k]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT));
}
