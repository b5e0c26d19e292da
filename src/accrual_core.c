/*
 * accrual_core.c
 *		The expected quantity of an indication in a range of days, exactly.
 */
#include "accrual_core.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* lcm(1, ..., 31): divisible by the days of every product period */
#define PARTS_PER_PRODUCT_PERIOD INT64_C(72201776446800)

bool
zr_accrual_prepare(const zr_indication *i, zr_accrual_method method, zr_accrual *result, zr_error *err)
{
	int64_t		amount = zr_volume_high(i->volume);
	zr_frequency frequency = zr_volume_frequency(i->volume);

	result->indication = i;
	if (i->budget != ZR_BUDGET_NONE || frequency == ZR_IN_TOTAL)
	{
		if (i->upper == ZR_DATE_OPEN)
			return zr_fail(err, ZR_ARGUMENT,
						   "Give the indication an end date (CD075 demands one for a budget).",
						   "A %s without an end date cannot be spread over time.",
						   i->budget != ZR_BUDGET_NONE ? "budget" : "total volume");
		result->shape = ZR_ACCRUES_BY_DAY;
		result->rate = i->budget != ZR_BUDGET_NONE ? i->budget : amount;
		result->denominator = i->upper - i->lower;
		return true;
	}
	if (method == ZR_ACCRUE_CLAIMABLE)
	{
		result->shape = ZR_ACCRUES_BY_MAXIMUM;
		result->rate = 0;
		result->denominator = PARTS_PER_PRODUCT_PERIOD;
		return true;
	}
	result->shape = ZR_ACCRUES_BY_DAY;
	result->rate = amount;
	result->denominator = 1;
	if (frequency == ZR_PER_WEEK && method == ZR_ACCRUE_DAYS)
		result->denominator = 7;
	else if (frequency == ZR_PER_WEEK)
	{
		/* 52/12 = 13/3 weeks a month */
		result->shape = ZR_ACCRUES_BY_MONTH;
		result->rate = 13 * amount;
		result->denominator = 3 * ZR_PARTS_PER_MONTH;
	}
	else if (frequency == ZR_PER_MONTH)
	{
		result->shape = ZR_ACCRUES_BY_MONTH;
		result->denominator = ZR_PARTS_PER_MONTH;
	}
	return true;
}

int64_t
zr_month_position(zr_date d)
{
	int			year,
				month,
				day;

	zr_date_to_ymd(d, &year, &month, &day);
	return ((int64_t) year * 12 + month - 1) * ZR_PARTS_PER_MONTH +
		(day - 1) * (ZR_PARTS_PER_MONTH / zr_days_in_month(year, month));
}

static bool
accrued_by_maximum(const zr_accrual *a, zr_date from, zr_date to, zr_int128 *numerator)
{
	const zr_indication *i = a->indication;
	zr_int128	sum = 0;

	for (int month = zr_month_of(from); from < to; month++)
	{
		zr_date		next = zr_month_start(month + 1);
		zr_date		stop = MIN(to, next);
		int			period_days = MIN(i->upper, next) - MAX(i->lower, zr_month_start(month));
		zr_int128	part = (zr_int128) zr_claimable_month(i, month) * (stop - from) * (PARTS_PER_PRODUCT_PERIOD / period_days);

		if (__builtin_add_overflow(sum, part, &sum))
			return false;
		from = stop;
	}
	*numerator = sum;
	return true;
}

bool
zr_accrued(const zr_accrual *a, zr_date from, zr_date to, zr_int128 *numerator)
{
	switch (a->shape)
	{
		case ZR_ACCRUES_BY_DAY:
			*numerator = (zr_int128) a->rate * (to - from);
			return true;
		case ZR_ACCRUES_BY_MONTH:
			*numerator = (zr_int128) a->rate * (zr_month_position(to) - zr_month_position(from));
			return true;
		case ZR_ACCRUES_BY_MAXIMUM:
			return accrued_by_maximum(a, from, to, numerator);
	}
	return false;
}

/* round_half_up(numerator / denominator * 10^scale), without leaving 128 bits on the way */
static bool
scaled_half_up(zr_int128 numerator, int64_t denominator, zr_int128 power, zr_int128 *result)
{
	zr_int128	whole = numerator / denominator;
	zr_int128	rest = numerator % denominator;
	zr_int128	rest_scaled = (rest * power + denominator / 2) / denominator;

	return !__builtin_mul_overflow(whole, power, &whole) &&
		!__builtin_add_overflow(whole, rest_scaled, result);
}

bool
zr_quantity_begin(zr_quantity_walk *walk, const zr_accrual *a, zr_date from, int scale)
{
	walk->accrual = a;
	walk->at = from;
	walk->power = 1;
	for (int i = 0; i < scale; i++)
		walk->power *= 10;
	return zr_accrued(a, a->indication->lower, from, &walk->numerator) &&
		scaled_half_up(walk->numerator, a->denominator, walk->power, &walk->scaled);
}

bool
zr_quantity_advance(zr_quantity_walk *walk, zr_date to, zr_int128 *result)
{
	const zr_accrual *a = walk->accrual;
	zr_int128	part,
				until;

	if (!zr_accrued(a, walk->at, to, &part) ||
		__builtin_add_overflow(walk->numerator, part, &walk->numerator) ||
		!scaled_half_up(walk->numerator, a->denominator, walk->power, &until))
		return false;
	*result = until - walk->scaled;
	walk->scaled = until;
	walk->at = to;
	return true;
}

bool
zr_quantity_scaled(const zr_accrual *a, zr_date from, zr_date to, int scale, zr_int128 *result)
{
	zr_quantity_walk walk;

	return zr_quantity_begin(&walk, a, from, scale) && zr_quantity_advance(&walk, to, result);
}
