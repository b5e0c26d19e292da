/*
 * error_core.h
 *		How the pure core reports what is wrong: a class, a DETAIL and a HINT.
 *
 * The core never throws and never allocates. A function that can fail takes a
 * zr_error and returns false; its fmgr wrapper turns the record into ereturn()
 * or ereport() (see error.h).
 *
 * Texts are English sentences in ASCII. They never repeat the user's bytes
 * unless those were found to be printable ASCII: a cut multibyte character
 * would make the message itself invalid.
 */
#ifndef ZR_ERROR_CORE_H
#define ZR_ERROR_CORE_H

#include <stdbool.h>

typedef enum zr_error_class
{
	ZR_NO_ERROR = 0,
	ZR_SYNTAX,					/* 22P02 invalid_text_representation */
	ZR_RANGE,					/* 22003 numeric_value_out_of_range */
	ZR_DATETIME_RANGE,			/* 22008 datetime_field_overflow */
	ZR_ARGUMENT,				/* 22023 invalid_parameter_value */
	ZR_BINARY,					/* 22P03 invalid_binary_representation */
	ZR_LIMIT					/* 54000 program_limit_exceeded */
} zr_error_class;

typedef struct zr_error
{
	zr_error_class cls;
	char		detail[256];
	char		hint[256];
} zr_error;

/* Fills err (which may be NULL) and returns false, so that callers can write `return zr_fail(...)`. */
extern bool zr_fail(zr_error *err, zr_error_class cls, const char *hint, const char *detail_fmt,...)
			__attribute__((format(printf, 4, 5)));

#endif							/* ZR_ERROR_CORE_H */
