/*
 * financing_core.c
 *		Amounts per calendar month for what is not paid by p*q.
 */
#include "financing_core.h"

#include "accrual_core.h"
#include "tariff_core.h"

int64_t
zr_lump_sum_until(int64_t cents, zr_date lower, zr_date upper, zr_date at)
{
	int64_t		start = zr_month_position(lower);
	int64_t		result = 0;

	/* never more than cents, so it fits */
	zr_div_half_up((zr_int128) cents * (zr_month_position(at) - start), zr_month_position(upper) - start, &result);
	return result;
}

bool
zr_availability_until(int64_t places, int64_t micros, zr_date lower, zr_date at, int64_t *cents)
{
	zr_int128	total = (zr_int128) places * micros;

	return !__builtin_mul_overflow(total, (zr_int128) (at - lower), &total) &&
		zr_div_half_up(total, ZR_MICROS_PER_CENT, cents);
}

bool
zr_measure_pays(zr_date lower, zr_date upper, int month)
{
	zr_date		first = zr_month_start(month);

	return lower <= first && first < upper;
}
