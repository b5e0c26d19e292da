/*
 * error_core.c
 *		The error record of the pure core.
 */
#include "error_core.h"

#include <stdarg.h>
#include <stdio.h>

bool
zr_fail(zr_error *err, zr_error_class cls, const char *hint, const char *detail_fmt,...)
{
	va_list		args;

	if (err == NULL)
		return false;
	err->cls = cls;
	va_start(args, detail_fmt);
	vsnprintf(err->detail, sizeof(err->detail), detail_fmt, args);
	va_end(args);
	snprintf(err->hint, sizeof(err->hint), "%s", hint ? hint : "");
	return false;
}
