/*
 * care_rows.h
 *		Rows of care that several aggregates take: what reasons mean, what an
 *		allotment says of its end, and deliveries, which they keep until all have come.
 */
#ifndef ZR_CARE_ROWS_H
#define ZR_CARE_ROWS_H

#include "compat.h"

#include "fmgr.h"

#include "care_ends_core.h"

typedef struct zr_deliveries
{
	zr_delivered_care *list;
	uint32		n;
} zr_deliveries;

extern void zr_deliveries_add(zr_deliveries *deliveries, MemoryContext context, const zr_delivered_care *delivery);

/* Puts them in the order of number and start, and finds the next start of each. */
extern void zr_deliveries_close(zr_deliveries *deliveries, MemoryContext context);

/* The arguments of a call, by their numbers. */

/* A row of what a reason means; passed over without a law, and when a code is not two digits. */
extern void zr_get_meaning(FunctionCallInfo fcinfo, int law, int stop_reason, int change_reason, int meaning, zr_stop_meanings *meanings);
extern void zr_get_allotted_end(FunctionCallInfo fcinfo, int until, int law, int change_reason, zr_allotted_end *end);

/* False for a delivery that ends before it starts, which is none. */
extern bool zr_get_delivery(FunctionCallInfo fcinfo, int number, int started, int ended, int stop_reason, zr_delivered_care *delivery);

#endif							/* ZR_CARE_ROWS_H */
