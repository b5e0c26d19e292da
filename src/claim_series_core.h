/*
 * claim_series_core.h
 *		What a claim line breaks because of the lines before it on the same
 *		allotment, by the rules of iWmo/iJw 3.2.
 *
 * Lines come one after another, in the order in which they are judged. What
 * counts of a line is kept only when it was granted: a line that was rejected
 * is claimed again later, and must not stand in its own way.
 */
#ifndef ZR_CLAIM_SERIES_CORE_H
#define ZR_CLAIM_SERIES_CORE_H

#include "indication_core.h"
#include "tariff_core.h"

typedef struct zr_series_line
{
	zr_product	product;
	zr_date		from;
	zr_date		to;				/* exclusive */
	zr_volume	volume;			/* ZR_VOLUME_NONE: not known */
	zr_tariff	tariff;			/* 0: none */
	int64_t		cents;			/* unsigned */
	bool		credit;
	const char *reference;		/* NULL: none; so for the length */
	size_t		reference_len;
	const char *previous;
	size_t		previous_len;
} zr_series_line;

/* A granted debit line, linked with those of the same hash. */
typedef struct zr_series_debit
{
	zr_series_line line;
	bool		credited;
	int			next_same;		/* -1: the last one */
	int			next_reference;
} zr_series_debit;

#define ZR_SERIES_FIRST_HEADS 16

/*
 * The caller owns the memory: room debits, and two tables of room heads, of
 * which heads_mask + 1 are in use, a power of two.
 */
typedef struct zr_series
{
	zr_series_debit *debits;
	int			n;
	int			room;
	int		   *same_heads;		/* by product and period */
	int		   *reference_heads;
	uint32_t	heads_mask;
	bool		allotted;		/* zr_series_allot was called */
	bool		known;			/* there is a volume or a budget */
	bool		in_money;		/* a budget: amounts add up, not volumes */
	zr_unit		unit;			/* of the allotment; its volumes add up in minutes when that is hours */
	bool		bounded;
	int64_t		bound;			/* in minutes, units or cents */
	int64_t		granted;		/* so far, in the same; 0 when there is no bound */
} zr_series;

typedef enum zr_series_verdict
{
	ZR_SERIES_GRANTED,
	ZR_SERIES_NO_DEBIT,			/* TR323 */
	ZR_SERIES_OTHER_DEBIT,		/* TR323: the debit line says something else */
	ZR_SERIES_CREDITED,			/* TR390 */
	ZR_SERIES_OPEN_DEBIT,		/* TR389 */
	ZR_SERIES_VOLUME,			/* TR322 */
	ZR_SERIES_BUDGET			/* TR369 */
} zr_series_verdict;

/* A new allotment, of which nothing is known yet; there is room for ZR_SERIES_FIRST_HEADS debits. */
extern void zr_series_begin(zr_series *series);

/* What was allotted; without it no sum is judged. */
extern void zr_series_allot(zr_series *series, const zr_indication *i);

/* Links all debits again, after the caller has changed heads_mask or moved the tables. */
extern void zr_series_rehash(zr_series *series);

/*
 * Judges the line and, when it is granted, adds it: a debit line needs n <
 * room. claimed is what the sum is with it. The texts of a granted debit line
 * are kept by address: the caller gives it addresses that last.
 */
extern zr_series_verdict zr_series_add(zr_series *series, const zr_series_line *line, int64_t *claimed);

/* What a volume counts in a sum of this allotment; false when it is in another unit. */
extern bool zr_series_amount(const zr_series *series, zr_volume volume, int64_t cents, int64_t *amount);

#endif							/* ZR_CLAIM_SERIES_CORE_H */
