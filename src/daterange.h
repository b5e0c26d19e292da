/*
 * daterange.h
 *		The bounds of a daterange, without a type cache look-up.
 *
 * After its length word a range holds the type's oid, the lower and the upper
 * date as far as they are finite, and one byte of flags (rangetypes.h). A
 * daterange is canonical: the lower bound belongs to it, the upper does not.
 */
#ifndef ZR_DATERANGE_H
#define ZR_DATERANGE_H

#include "compat.h"

#include "utils/date.h"
#include "utils/rangetypes.h"

#include "calendar_core.h"

typedef struct zr_daterange
{
	bool		empty;
	bool		lower_open;		/* no lower bound, or -infinity */
	bool		upper_open;		/* no upper bound, or infinity */
	DateADT		lower;
	DateADT		upper;
} zr_daterange;

static inline void
zr_daterange_read(Datum d, zr_daterange *range)
{
	struct varlena *v = PG_DETOAST_DATUM_PACKED(d);
	const char *p = VARDATA_ANY(v) + sizeof(Oid);
	uint8		flags = (uint8) VARDATA_ANY(v)[VARSIZE_ANY_EXHDR(v) - 1];

	range->empty = (flags & RANGE_EMPTY) != 0;
	range->lower_open = (flags & RANGE_LB_INF) != 0;
	range->upper_open = (flags & RANGE_UB_INF) != 0;
	range->lower = DATEVAL_NOBEGIN;
	range->upper = DATEVAL_NOEND;
	if (range->empty)
		return;
	if (!range->lower_open)
	{
		memcpy(&range->lower, p, sizeof(DateADT));
		p += sizeof(DateADT);
		range->lower_open = DATE_IS_NOBEGIN(range->lower);
	}
	if (!range->upper_open)
	{
		memcpy(&range->upper, p, sizeof(DateADT));
		range->upper_open = DATE_IS_NOEND(range->upper);
	}
	if (v != (struct varlena *) DatumGetPointer(d))
		pfree(v);
}

#endif							/* ZR_DATERANGE_H */
