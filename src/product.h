/*
 * product.h
 *		Datum macros of the type product (its number: product_core.h).
 *
 * Int32GetDatum on purpose: the Datum then has the same upper bits as one that
 * the server reads from a tuple.
 */
#ifndef ZR_PRODUCT_H
#define ZR_PRODUCT_H

#include "postgres.h"

#include "fmgr.h"

#include "product_core.h"

#define DatumGetProduct(X)		((zr_product) DatumGetInt32(X))
#define ProductGetDatum(X)		Int32GetDatum((int32) (X))
#define PG_GETARG_PRODUCT(n)	DatumGetProduct(PG_GETARG_DATUM(n))
#define PG_RETURN_PRODUCT(x)	return ProductGetDatum(x)

#endif							/* ZR_PRODUCT_H */
