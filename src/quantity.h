/*
 * quantity.h
 *		Datum access to volume, tariff and indication.
 */
#ifndef ZR_QUANTITY_H
#define ZR_QUANTITY_H

#include "compat.h"

#include "indication_core.h"
#include "tariff_core.h"
#include "volume_core.h"

/* volume and tariff: eight bytes, by value where bigint is */
#define DatumGetVolume(X)		((zr_volume) DatumGetInt64(X))
#define VolumeGetDatum(X)		Int64GetDatum((int64) (X))
#define PG_GETARG_VOLUME(n)		DatumGetVolume(PG_GETARG_DATUM(n))
#define PG_RETURN_VOLUME(x)		return VolumeGetDatum(x)

#define DatumGetTariff(X)		((zr_tariff) DatumGetInt64(X))
#define TariffGetDatum(X)		Int64GetDatum((int64) (X))
#define PG_GETARG_TARIFF(n)		DatumGetTariff(PG_GETARG_DATUM(n))
#define PG_RETURN_TARIFF(x)		return TariffGetDatum(x)

/* indication: 32 bytes, by reference */
#define DatumGetIndication(X)	((zr_indication *) DatumGetPointer(X))
#define IndicationGetDatum(X)	PointerGetDatum(X)
#define PG_GETARG_INDICATION(n) DatumGetIndication(PG_GETARG_DATUM(n))
#define PG_RETURN_INDICATION(x) return IndicationGetDatum(x)

/* text names and codes as arguments: thrown as 22023 */
extern zr_unit zr_unit_from_text(const text *name);
extern zr_frequency zr_frequency_from_text(const text *name);

#endif							/* ZR_QUANTITY_H */
