/*
 * unit_core.h
 *		Units (eenheid) and frequencies (frequentie) of iWmo/iJw 3.2.
 */
#ifndef ZR_UNIT_CORE_H
#define ZR_UNIT_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "error_core.h"

/* in the order of the codes 01 04 14 16 82 83 84 */
typedef enum zr_unit
{
	ZR_UNIT_NONE = 0,
	ZR_MINUTE,
	ZR_HOUR,
	ZR_DAY_AND_NIGHT,			/* etmaal */
	ZR_DAYPART,					/* dagdeel */
	ZR_PIECE_OUTPUT,
	ZR_EURO,					/* amounts in cents */
	ZR_PIECE_EFFORT				/* stuks(inspanning) */
} zr_unit;

#define ZR_UNIT_LAST ZR_PIECE_EFFORT

/* in the order of the codes 1 2 4 6 */
typedef enum zr_frequency
{
	ZR_FREQUENCY_NONE = 0,
	ZR_PER_DAY,
	ZR_PER_WEEK,
	ZR_PER_MONTH,
	ZR_IN_TOTAL					/* binnen geldigheidsduur toewijzing */
} zr_frequency;

#define ZR_FREQUENCY_LAST ZR_IN_TOTAL

/* names as printed ("uur", "week") and codes ("04", "2"); NULL for NONE */
extern const char *zr_unit_name(zr_unit unit);
extern const char *zr_unit_code(zr_unit unit);
extern const char *zr_frequency_name(zr_frequency frequency);
extern const char *zr_frequency_code(zr_frequency frequency);

/* Output (82, 83) or effort: the unit tells the delivery variant (rules.md section 2). */
extern bool zr_unit_is_output(zr_unit unit);

/* By name or by code; the whole of s[0..len). */
extern bool zr_unit_parse(const char *s, size_t len, zr_unit *unit, zr_error *err);
extern bool zr_frequency_parse(const char *s, size_t len, zr_frequency *frequency, zr_error *err);

#endif							/* ZR_UNIT_CORE_H */
