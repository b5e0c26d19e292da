/*
 * cost_core.h
 *		p*q: what an indication costs over a range of days, exactly.
 *
 * A cost is walked: from the first day on, the exact cost so far is kept as
 * one numerator over one denominator, through every tariff change. It is
 * rounded only where the caller asks: at the end, or at the end of each month
 * (the difference of two rounded running totals, so that months add up).
 */
#ifndef ZR_COST_CORE_H
#define ZR_COST_CORE_H

#include "accrual_core.h"
#include "tariff_book_core.h"

typedef enum zr_cost_status
{
	ZR_COST_KNOWN,
	ZR_COST_NO_TARIFF,			/* a day without a tariff; err says which */
	ZR_COST_WRONG				/* err says what */
} zr_cost_status;

typedef struct zr_cost_walk
{
	zr_accrual	accrual;
	const zr_book_view *book;
	bool		in_euro;		/* a budget or a volume in euro: no tariff needed */
	int			line;			/* the book's line that prices the day at */
	int			priced_line;	/* the line whose price is in price, -1 at first */
	int64_t		price;			/* of one unit, in parts of the denominator */
	zr_date		at;				/* costs of all days before are in the numerator */
	int64_t		position;		/* zr_month_position(at) when the accrual is by month */
	zr_int128	numerator;
	zr_int128	denominator;	/* numerator / denominator is in cents */
} zr_cost_walk;

/* A volume in euro and a budget are amounts already (CD087). */
static inline bool
zr_indication_in_euro(const zr_indication *i)
{
	return i->budget != ZR_BUDGET_NONE || zr_volume_unit(i->volume) == ZR_EURO;
}

/*
 * Starts at the day from, which lies in the indication's period. The
 * indication must have a quantity; the book is not read for one in euro.
 * guess: in, where the line may be; out, where it was (for the next row).
 */
extern bool zr_cost_begin(zr_cost_walk *walk, const zr_indication *i, zr_accrual_method method,
						  const zr_book_view *book, zr_date from, int *guess, zr_error *err);

/* Adds the days up to and without the day to, which lies in the period too. */
extern zr_cost_status zr_cost_advance(zr_cost_walk *walk, zr_date to, zr_error *err);

/* The cost so far in cents, half up. */
extern bool zr_cost_cents(const zr_cost_walk *walk, int64_t *cents, zr_error *err);

/*
 * Walks to the day to and adds the cents of each month to cents[0], cents[1],
 * ...: the months end at bounds[0], bounds[1], ..., the last of them at or
 * after to. The cents of a month are the difference of two rounded running
 * totals.
 */
extern zr_cost_status zr_cost_months(zr_cost_walk *walk, const zr_date *bounds, zr_date to,
									 int64_t *cents, zr_error *err);

/*
 * Most costs need no walk: they accrue by day at one price on all days of
 * [from, to), in 62 bits. Then the cents of the days up to a day d, half up,
 * are those of daily * (d - from) / denominator. False when it is not so; the
 * walk knows everything, errors too. guess: as above, only in.
 */
static inline bool
zr_cost_plain(const zr_indication *i, zr_accrual_method method, const zr_book_view *book,
			  zr_date from, zr_date to, int guess, uint64_t *daily, uint64_t *denominator)
{
	zr_frequency frequency = zr_volume_frequency(i->volume);
	bool		in_total = i->budget != ZR_BUDGET_NONE || frequency == ZR_IN_TOTAL;
	int64_t		rate = i->budget != ZR_BUDGET_NONE ? i->budget : zr_volume_high(i->volume);
	int64_t		price = 1;
	int64_t		den,
				total;

	if (in_total)
	{
		if (i->upper == ZR_DATE_OPEN)
			return false;
		den = i->upper - i->lower;
	}
	else if (method == ZR_ACCRUE_DAYS && (frequency == ZR_PER_WEEK || frequency == ZR_PER_DAY))
		den = frequency == ZR_PER_WEEK ? 7 : 1;
	else
		return false;
	if (!zr_indication_in_euro(i))
	{
		const zr_book_line *line = &book->lines[guess];

		if (guess < 0 || guess >= book->nlines || line->product != i->product || line->group != 0 ||
			line->lower > from || line->upper < to || zr_tariff_unit(line->tariff) != zr_volume_unit(i->volume))
			return false;
		price = zr_tariff_micros(line->tariff);
		den *= ZR_MICROS_PER_CENT;
	}
	if (__builtin_mul_overflow(rate, price, &rate) ||
		__builtin_mul_overflow(rate, (int64_t) (to - from), &total) ||
		__builtin_add_overflow(total, den, &total) || (total >> 62) != 0)
		return false;
	*daily = (uint64_t) rate;
	*denominator = (uint64_t) den;
	return true;
}

/* zr_cost_months() for a plain cost; false on overflow of the cents. */
extern bool zr_cost_plain_months(uint64_t daily, const zr_divisor *denominator, zr_date from,
								 const zr_date *bounds, zr_date to, int64_t *cents);

/* A claim line (prestatie): volume without frequency or bandwidth times tariff, half up to the cent (TR346, IV081). */
extern bool zr_claim_amount(zr_volume volume, zr_tariff tariff, int64_t *cents, zr_error *err);

#endif							/* ZR_COST_CORE_H */
