/*
 * claimable_core.h
 *		The most that may be claimed on an indication, by the standard.
 *
 * IV076, IV077, IV078, TR321, TR322. Results are in whole units, or in cents
 * when the volume is in euro or there is a budget.
 */
#ifndef ZR_CLAIMABLE_CORE_H
#define ZR_CLAIMABLE_CORE_H

#include "indication_core.h"

/* Neither volume nor budget: nothing is known about a maximum. */
static inline bool
zr_indication_has_quantity(const zr_indication *i)
{
	return i->volume != ZR_VOLUME_NONE || i->budget != ZR_BUDGET_NONE;
}

/* In the calendar month (see zr_month_of); 0 when the indication is not in force in it. */
extern int64_t zr_claimable_month(const zr_indication *i, int month);

/* The same for the product period [from, to): a calendar month cut to the indication's own period; 0 when empty. */
extern int64_t zr_claimable_period(const zr_indication *i, zr_date from, zr_date to);

/* Over the whole allotment; false when it has no end and therefore no maximum. */
extern bool zr_claimable_total(const zr_indication *i, int64_t *result);

#endif							/* ZR_CLAIMABLE_CORE_H */
