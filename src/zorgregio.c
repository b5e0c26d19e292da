/*
 * zorgregio.c
 *		Module magic of the extension; everything else is in a file of its own.
 *
 * Portions Copyright (c) the zorgregio contributors; PostgreSQL License.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

ZR_MODULE_MAGIC;
