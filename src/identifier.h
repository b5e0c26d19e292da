/*
 * identifier.h
 *		Datum macros of the identifier types provider and municipality, and what
 *		their input functions share. For product, see product.h.
 *
 * The three identifier types are unsigned numbers passed by value, so they
 * share one set of comparison, hash and index functions (identifier.c), which
 * read every Datum with DatumGetUInt32:
 *
 *		provider		4 bytes, 0..99999999
 *		municipality	2 bytes, 0..9999
 *		product			4 bytes, 1..2^32-1, see product_core.h
 *
 * Only the low 32 bits of a Datum count. The upper ones are sign-extended,
 * except where JIT-compiled code of a minor release before late 2025 read the
 * tuple: that zero-extends. Small positive int2 values are the same either way.
 */
#ifndef ZR_IDENTIFIER_H
#define ZR_IDENTIFIER_H

#include "postgres.h"

#include "fmgr.h"

#include "identifier_core.h"

typedef uint32 zr_provider;
typedef uint16 zr_municipality;

#define DatumGetProvider(X)			((zr_provider) DatumGetInt32(X))
#define ProviderGetDatum(X)			Int32GetDatum((int32) (X))
#define PG_GETARG_PROVIDER(n)		DatumGetProvider(PG_GETARG_DATUM(n))
#define PG_RETURN_PROVIDER(x)		return ProviderGetDatum(x)

#define DatumGetMunicipality(X)		((zr_municipality) DatumGetInt16(X))
#define MunicipalityGetDatum(X)		Int16GetDatum((int16) (X))
#define PG_GETARG_MUNICIPALITY(n)	DatumGetMunicipality(PG_GETARG_DATUM(n))
#define PG_RETURN_MUNICIPALITY(x)	return MunicipalityGetDatum(x)

/* The bodies of the casts from text and integer, and of RECEIVE: they throw. */
extern uint32 zr_digit_code_from_text(const zr_digit_code *kind, const char *type_name, text *source);
extern uint32 zr_digit_code_from_int32(const zr_digit_code *kind, const char *type_name, int32 number);
extern uint32 zr_digit_code_received(const zr_digit_code *kind, const char *type_name, int64 number);

#endif							/* ZR_IDENTIFIER_H */
