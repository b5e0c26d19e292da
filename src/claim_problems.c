/*
 * claim_problems.c
 *		claim_problems(): the rules that one claim line (prestatie) breaks.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "claim_line.h"

static Datum
problems(const zr_claim *claim)
{
	const char *codes[ZR_CLAIM_PROBLEMS_MAX];
	Datum		elements[ZR_CLAIM_PROBLEMS_MAX];
	int			n = zr_claim_problems(claim, codes);

	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	for (int k = 0; k < n; k++)
		elements[k] = CStringGetTextDatum(codes[k]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * claim_problems(indication, product, product_period, volume, tariff, amount,
 * declaration_period, credit, previous_reference)
 *
 * Not strict: no allotment, no tariff, no declaration and no reference are
 * findings or cases of their own; without a product or a volume the rules
 * about it are not judged.
 */
PG_FUNCTION_INFO_V1(claim_problems);
Datum
claim_problems(PG_FUNCTION_ARGS)
{
	zr_claim	claim = {0};

	if (!zr_claim_read(fcinfo, &claim))
		PG_RETURN_NULL();
	return problems(&claim);
}

/* The same with prices tariff_book, tariff_group text: also by the tariff of the contract. */
PG_FUNCTION_INFO_V1(claim_problems_priced);
Datum
claim_problems_priced(PG_FUNCTION_ARGS)
{
	zr_claim	claim = {0};

	if (!zr_claim_read(fcinfo, &claim))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(9))
		zr_claim_read_agreed(fcinfo, &claim, zr_book_getarg(fcinfo, 9));
	return problems(&claim);
}

/*
 * claim_suspect: whether one of the two finds something. A tariff that is not
 * literally that of the price list may be right with it and wrong without.
 */
PG_FUNCTION_INFO_V1(claim_suspect);
Datum
claim_suspect(PG_FUNCTION_ARGS)
{
	zr_claim	claim = {0};
	const char *codes[ZR_CLAIM_PROBLEMS_MAX];
	const zr_tariff *agreed;

	if (!zr_claim_read(fcinfo, &claim))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(9))
		zr_claim_read_agreed(fcinfo, &claim, zr_book_getarg(fcinfo, 9));
	if (zr_claim_problems(&claim, codes) > 0)
		PG_RETURN_BOOL(true);
	agreed = zr_claim_agreed(&claim);
	if (agreed == NULL || *agreed == claim.tariff)
		PG_RETURN_BOOL(false);
	claim.n_agreed = 0;
	PG_RETURN_BOOL(zr_claim_problems(&claim, codes) > 0);
}
