/*
 * history_text_core.h
 *		The text form of a care history.
 *
 * {17 02A16 [2026-01-01,2026-03-01); 17 02A16 [2026-05-01,); 18 [2026-01-01,2027-01-01)}
 * One entry per period: client, product (left out when there is none), period;
 * an open end is left empty. Printed in canonical order, read in any.
 */
#ifndef ZR_HISTORY_TEXT_CORE_H
#define ZR_HISTORY_TEXT_CORE_H

#include "history_core.h"

/* client, product, two dates, blanks, brackets, comma, "; " and a NUL */
#define ZR_PERIOD_TEXT_MAX 64

typedef struct zr_history_parser
{
	const char *start;
	const char *p;
	const char *end;
	bool		first;
} zr_history_parser;

extern void zr_history_parse_begin(zr_history_parser *parser, const char *s, size_t len);

/* The next period, or *done at the closing brace; false and *err when the text is wrong. */
extern bool zr_history_parse_next(zr_history_parser *parser, zr_care *period, bool *done, zr_error *err);

/* Writes "17 02A16 [2026-01-01,2026-03-01)" and a NUL, returns the length. */
extern int	zr_care_print(const zr_care *period, char *out);

#endif							/* ZR_HISTORY_TEXT_CORE_H */
