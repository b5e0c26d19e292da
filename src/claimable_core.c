/*
 * claimable_core.c
 *		The most that may be claimed on an indication, by the standard.
 */
#include "claimable_core.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* The product period: a calendar month cut to the allotment (TR387, TR388). */
typedef struct product_period
{
	zr_date		from;
	zr_date		to;				/* exclusive */
} product_period;

static bool
contains(const product_period *p, zr_date d)
{
	return p->from <= d && d < p->to;
}

/*
 * Weeks of a product period, output variant (IV076): its Sundays, and one more
 * when the last Sunday of the allotment lies in it and the allotment does not
 * end on a Sunday: the broken last week is claimed in the month of the last
 * Sunday. An allotment without any Sunday counts one week in the month of its
 * end date; the rule is silent there.
 */
static int
output_weeks(const zr_indication *i, const product_period *p)
{
	int			weeks = zr_sundays(p->from, p->to);
	zr_date		last_day = i->upper - 1;
	zr_date		last_sunday = last_day;

	if (i->upper == ZR_DATE_OPEN || zr_is_sunday(last_day))
		return weeks;
	while (!zr_is_sunday(last_sunday))
		last_sunday--;
	if (contains(p, last_sunday >= i->lower ? last_sunday : last_day))
		weeks++;
	return weeks;
}

/* six weeks a month for household help, Wmo category 01 (TR321 since revision 3.1.1) */
static int
claimable_weeks(const zr_indication *i, const product_period *p)
{
	if (zr_product_category(i->product) == 1)
		return 6;
	if (zr_unit_is_output(zr_volume_unit(i->volume)))
		return output_weeks(i, p);
	return zr_iso_weeks_touched(p->from, p->to);	/* IV077 */
}

int64_t
zr_claimable_period(const zr_indication *i, zr_date from, zr_date to)
{
	product_period p = {from, to};

	if (from >= to)
		return 0;
	if (i->budget != ZR_BUDGET_NONE)
		return i->budget;		/* any line may take any part; only the sum counts (TR369) */
	switch (zr_volume_frequency(i->volume))
	{
		case ZR_PER_DAY:
			return zr_volume_high(i->volume) * (p.to - p.from);
		case ZR_PER_WEEK:
			return zr_volume_high(i->volume) * claimable_weeks(i, &p);
		case ZR_PER_MONTH:		/* also when the month is broken (IV078) */
		case ZR_IN_TOTAL:		/* only the sum counts (TR322, IV066) */
			return zr_volume_high(i->volume);
		case ZR_FREQUENCY_NONE:
			break;
	}
	return 0;
}

int64_t
zr_claimable_month(const zr_indication *i, int month)
{
	return zr_claimable_period(i, MAX(i->lower, zr_month_start(month)), MIN(i->upper, zr_month_start(month + 1)));
}

bool
zr_claimable_total(const zr_indication *i, int64_t *result)
{
	int64_t		amount = zr_volume_high(i->volume);

	*result = i->budget != ZR_BUDGET_NONE ? i->budget : amount;
	if (i->budget != ZR_BUDGET_NONE || zr_volume_frequency(i->volume) == ZR_IN_TOTAL)
		return true;
	if (i->upper == ZR_DATE_OPEN)
		return false;
	switch (zr_volume_frequency(i->volume))
	{
		case ZR_PER_DAY:
			*result = amount * (i->upper - i->lower);
			break;
		case ZR_PER_WEEK:
			*result = amount * zr_iso_weeks_touched(i->lower, i->upper);
			break;
		case ZR_PER_MONTH:
			*result = amount * (zr_month_of(i->upper - 1) - zr_month_of(i->lower) + 1);
			break;
		case ZR_IN_TOTAL:
		case ZR_FREQUENCY_NONE:
			break;
	}
	return true;
}
