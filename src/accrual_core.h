/*
 * accrual_core.h
 *		The expected quantity of an indication in a range of days, exactly.
 *
 * Every accrual is a sum of equal parts of one denominator, so the quantity of
 * adjacent ranges adds up exactly, and so does its price.
 *
 *	method			frequency		quantity of a range
 *	days, weeks52	dag				V a day
 *	days			week			V / 7 a day
 *	weeks52			week			V * 52/12 a month, broken months by their days
 *	days, weeks52	maand			V a month, broken months by their days
 *	all				totaal, budget	V / days of the period, a day
 *	claimable		dag week maand	the month's maximum, by the days of the product period
 */
#ifndef ZR_ACCRUAL_CORE_H
#define ZR_ACCRUAL_CORE_H

#include "claimable_core.h"
#include "decimal_core.h"

/* the order of the labels of the SQL enum accrual_method */
typedef enum zr_accrual_method
{
	ZR_ACCRUE_DAYS,
	ZR_ACCRUE_WEEKS52,
	ZR_ACCRUE_CLAIMABLE
} zr_accrual_method;

typedef enum zr_accrual_shape
{
	ZR_ACCRUES_BY_DAY,
	ZR_ACCRUES_BY_MONTH,
	ZR_ACCRUES_BY_MAXIMUM
} zr_accrual_shape;

typedef struct zr_accrual
{
	const zr_indication *indication;
	zr_accrual_shape shape;
	int64_t		rate;			/* units (or cents) per day or month, times denominator */
	int64_t		denominator;
} zr_accrual;

/*
 * Prepares; the indication must have a quantity. Fails on totaal or a budget
 * without an end.
 */
extern bool zr_accrual_prepare(const zr_indication *i, zr_accrual_method method,
							   zr_accrual *result, zr_error *err);

/*
 * Parts of one month, cumulative: the position of a day on an axis where each
 * calendar month is ZR_PARTS_PER_MONTH long. 377580 = lcm(28, 29, 30, 31).
 */
#define ZR_PARTS_PER_MONTH 377580
extern int64_t zr_month_position(zr_date d);

/*
 * The numerator of the quantity in [from, to), which must lie within the
 * indication's period: quantity = numerator / accrual->denominator. False on
 * overflow of 128 bits.
 */
extern bool zr_accrued(const zr_accrual *a, zr_date from, zr_date to, zr_int128 *numerator);

/*
 * Quantity in [from, to) within the period, times 10^scale, rounded so that the
 * parts of any division of the period add up exactly: the difference of two
 * rounded running totals since the period's start. Exact where the quantity has
 * at most scale decimals, else off by less than one unit of the last decimal.
 */
extern bool zr_quantity_scaled(const zr_accrual *a, zr_date from, zr_date to, int scale, zr_int128 *result);

/*
 * The same for ranges that follow each other: the running totals are kept, so
 * that a range does not cost all months since the period's start again.
 */
typedef struct zr_quantity_walk
{
	const zr_accrual *accrual;
	zr_date		at;				/* the totals are of all days of the period before */
	zr_int128	power;			/* 10^scale */
	zr_int128	numerator;		/* total, in parts of the denominator */
	zr_int128	scaled;			/* total times 10^scale, rounded */
} zr_quantity_walk;

extern bool zr_quantity_begin(zr_quantity_walk *walk, const zr_accrual *a, zr_date from, int scale);

/* Quantity from the end of the range before (at first: from) up to and without the day to. */
extern bool zr_quantity_advance(zr_quantity_walk *walk, zr_date to, zr_int128 *result);

#endif							/* ZR_ACCRUAL_CORE_H */
