/*
 * bsn.c
 *		bsn_valid(text): could this be a citizen service number (BSN)?
 *
 * There is no type for it: the extension counts clients by a bigint key that
 * is not the BSN. Anything but a valid number is false, never an error, so
 * that no message can show one.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "identifier_core.h"

PG_FUNCTION_INFO_V1(bsn_valid);
Datum
bsn_valid(PG_FUNCTION_ARGS)
{
	text	   *bsn = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(zr_bsn_valid(VARDATA_ANY(bsn), VARSIZE_ANY_EXHDR(bsn)));
}
