/*
 * claim_problems_core.h
 *		What is wrong with one claim line (prestatie), by the rules of iWmo/iJw 3.2.
 *
 * Only rules that a line, its allotment and its price decide: nothing here
 * looks at other lines or other messages.
 */
#ifndef ZR_CLAIM_PROBLEMS_CORE_H
#define ZR_CLAIM_PROBLEMS_CORE_H

#include "indication_core.h"
#include "tariff_core.h"

/* Dates [from, to); neither is finite unless bounded. */
typedef struct zr_claim_period
{
	bool		empty;
	bool		bounded;
	zr_date		from;
	zr_date		to;
} zr_claim_period;

#define ZR_CLAIM_AGREED_MAX		2	/* on the first and on the last day */

typedef struct zr_claim
{
	const zr_indication *indication;	/* NULL: on no allotment */
	zr_product	product;		/* ZR_PRODUCT_NONE: not known */
	zr_claim_period period;		/* ProductPeriode */
	zr_volume	volume;			/* ZR_VOLUME_NONE: not known */
	bool		has_tariff;
	zr_tariff	tariff;
	int64_t		cents;			/* unsigned; ZR_CLAIM_NO_CENTS: no amount in whole cents */
	bool		credit;
	bool		has_previous;	/* VorigReferentieNummer */
	bool		has_declaration;
	zr_claim_period declaration;	/* DeclaratiePeriode */
	int			n_agreed;		/* tariffs of the contract; 0: not known */
	zr_tariff	agreed[ZR_CLAIM_AGREED_MAX];
} zr_claim;

#define ZR_CLAIM_NO_CENTS		(-1)
#define ZR_CLAIM_PROBLEMS_MAX	20

/* Whether a volume can have been delivered: one number and no frequency. */
extern bool zr_volume_is_delivered(zr_volume volume);

/* The tariff of the contract that the claimed one stands for, NULL when it is none of them. */
extern const zr_tariff *zr_claim_agreed(const zr_claim *claim);

/* Codes of the rules that the line breaks, in order; returns how many. */
extern int	zr_claim_problems(const zr_claim *claim, const char **codes);

#endif							/* ZR_CLAIM_PROBLEMS_CORE_H */
