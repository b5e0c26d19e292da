/*
 * financing_core.h
 *		Amounts per calendar month for what is not paid by p*q.
 *
 * All amounts are cents. Amounts per month are differences of rounded running
 * totals, so that any months that make up a period add up to its total.
 */
#ifndef ZR_FINANCING_CORE_H
#define ZR_FINANCING_CORE_H

#include "calendar_core.h"
#include "decimal_core.h"

/*
 * Lump sum (taakgerichte bekostiging): the part of the amount, for [lower,
 * upper), that has accrued before the day at. Full months count the same,
 * broken months by their days.
 */
extern int64_t zr_lump_sum_until(int64_t cents, zr_date lower, zr_date upper, zr_date at);

/*
 * Availability (beschikbaarheid): places times the price of a day in millionths
 * of a euro times the days from lower to at, used or not. False on overflow.
 */
extern bool zr_availability_until(int64_t places, int64_t micros, zr_date lower, zr_date at, int64_t *cents);

/*
 * Monthly measure tariff: is the month paid, always in full? The first month
 * is not when it is broken, the last one is: so, when the measure is in force
 * on the first day of the month.
 */
extern bool zr_measure_pays(zr_date lower, zr_date upper, int month);

#endif							/* ZR_FINANCING_CORE_H */
