/*
 * threshold.h
 *		The SQL type threshold: a varlena that holds the form of threshold_core.h.
 */
#ifndef ZR_THRESHOLD_H
#define ZR_THRESHOLD_H

#include "compat.h"

#include "threshold_core.h"

/* The form is read at any alignment, so a short varlena header needs no copy. */
#define DatumGetThresholdPP(d)		((struct varlena *) PG_DETOAST_DATUM_PACKED(d))
#define PG_GETARG_THRESHOLD_PP(n)	DatumGetThresholdPP(PG_GETARG_DATUM(n))
#define ThresholdForm(t)			((const uint8_t *) VARDATA_ANY(t))

#endif							/* ZR_THRESHOLD_H */
