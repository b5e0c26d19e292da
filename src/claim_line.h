/*
 * claim_line.h
 *		What the functions over claim lines (prestaties) share: their arguments
 *		and the words of a finding.
 */
#ifndef ZR_CLAIM_LINE_H
#define ZR_CLAIM_LINE_H

#include "compat.h"

#include "access/htup.h"
#include "access/tupdesc.h"
#include "lib/stringinfo.h"
#include "utils/numeric.h"

#include "claim_problems_core.h"
#include "tariff_book.h"

extern void zr_claim_period_read(Datum d, zr_claim_period *period);

/* Unsigned cents, ZR_CLAIM_NO_CENTS for an amount that no message can hold. */
extern int64 zr_claim_cents(Numeric amount, bool *negative);

/*
 * The arguments of claim_problems(), the first nine; false when a period or an
 * amount is missing, so that the result is NULL.
 */
extern bool zr_claim_read(FunctionCallInfo fcinfo, zr_claim *claim);

/*
 * The contract's tariffs, from a price list and the tariff group in the
 * eleventh argument: that of the first day, and of the last one when it is
 * another.
 */
extern void zr_claim_read_agreed(FunctionCallInfo fcinfo, zr_claim *claim, const zr_book_view *book);

/* A row of type claim_finding. */
extern HeapTuple zr_claim_finding(TupleDesc desc, const char *rule, StringInfo found, StringInfo required);

extern void zr_append_day(StringInfo s, zr_date day);
extern void zr_append_euro(StringInfo s, int64 cents);

#endif							/* ZR_CLAIM_LINE_H */
