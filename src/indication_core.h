/*
 * indication_core.h
 *		An indication (toegewezen product): what a client was allotted.
 *
 * 32 bytes, aligned to 8. Three kinds, told by the fields themselves:
 *	specific	product with a code; volume or budget
 *	aspecific	product that is a category; usually neither, or a budget
 *	generic		no product; a budget
 * Volume and budget exclude each other (CD077), a generic indication has a
 * budget (CD079) and the period is never empty (CS003): values that break one
 * of those do not exist. Every other rule of the standard is left to
 * zr_indication_problems(), since real data break them.
 */
#ifndef ZR_INDICATION_CORE_H
#define ZR_INDICATION_CORE_H

#include "period_core.h"
#include "product_core.h"
#include "volume_core.h"

typedef struct zr_indication
{
	zr_product	product;		/* ZR_PRODUCT_NONE: generic */
	zr_date		lower;
	zr_date		upper;			/* exclusive, ZR_DATE_OPEN: no end */
	uint32_t	reserved;		/* always zero */
	zr_volume	volume;			/* ZR_VOLUME_NONE: none */
	int64_t		budget;			/* euro cents, ZR_BUDGET_NONE: none */
} zr_indication;

#define ZR_BUDGET_NONE		(-1)
#define ZR_BUDGET_MAX		INT64_C(999999999999)	/* 9999999999.99 euro */
#define ZR_INDICATION_TEXT_MAX (ZR_PRODUCT_TEXT_MAX + ZR_VOLUME_TEXT_MAX + ZR_PERIOD_TEXT_MAX + 2)

extern bool zr_indication_make(zr_product product, zr_volume volume, int64_t budget,
							   zr_date lower, zr_date upper, zr_indication *result, zr_error *err);
extern bool zr_indication_parse(const char *s, size_t len, zr_indication *result, zr_error *err);
extern int	zr_indication_print(const zr_indication *i, char *out);
extern int	zr_indication_compare(const zr_indication *a, const zr_indication *b);

/* specific, aspecific or generic */
extern const char *zr_indication_kind(const zr_indication *i);

/* Codes of the standard's rules that the indication breaks, at most ZR_PROBLEMS_MAX; returns how many. */
#define ZR_PROBLEMS_MAX 8
extern int	zr_indication_problems(const zr_indication *i, const char **codes);

#endif							/* ZR_INDICATION_CORE_H */
