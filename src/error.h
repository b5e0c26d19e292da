/*
 * error.h
 *		From the pure core's error record to PostgreSQL's errors.
 */
#ifndef ZR_ERROR_H
#define ZR_ERROR_H

#include "compat.h"

#include "error_core.h"

extern int	zr_sqlstate(const zr_error *err);
extern int	zr_errdetail(const zr_error *err);
extern int	zr_errhint(const zr_error *err);

/* The SQLSTATE of text input: parts that contradict each other are bad text then. */
#define zr_input_sqlstate(err) \
	((err)->cls == ZR_ARGUMENT ? ERRCODE_INVALID_TEXT_REPRESENTATION : zr_sqlstate(err))

/*
 * Text input failed: soft on 16 and later when the caller asked for it. What
 * would be a bad argument of a constructor (22023) is bad syntax here (22P02).
 */
#define zr_ereturn_input(escontext, dummy, type_name, str, err) \
	ereturn(escontext, dummy, \
			(errcode(zr_input_sqlstate(err)), \
			 (err)->cls == ZR_RANGE || (err)->cls == ZR_DATETIME_RANGE ? \
			 errmsg("value \"%s\" is out of range for type %s", str, type_name) : \
			 errmsg("invalid input syntax for type %s: \"%s\"", type_name, str), \
			 zr_errdetail(err), zr_errhint(err)))

/* Binary input failed; always 22P03, whatever the class of the record. */
pg_noreturn extern void zr_report_binary(const char *type_name, const zr_error *err);

/* A function's arguments are wrong; what is the errmsg, e.g. "cannot compute cost". */
pg_noreturn extern void zr_report(const char *what, const zr_error *err);

#endif							/* ZR_ERROR_H */
