/*
 * cost_core.c
 *		p*q: what an indication costs over a range of days, exactly.
 */
#include "cost_core.h"

#define MIN(a, b) ((a) < (b) ? (a) : (b))

/*
 * price of one unit of volume = micros * *multiplier / divisor(volume unit):
 * hour and minute convert, nothing else does.
 */
static bool
unit_multiplier(zr_unit volume_unit, zr_unit tariff_unit, int *multiplier)
{
	*multiplier = volume_unit == ZR_MINUTE ? 60 : 1;
	if (volume_unit == tariff_unit)
		return true;
	*multiplier = volume_unit == ZR_MINUTE ? 1 : 60;
	return (volume_unit == ZR_MINUTE && tariff_unit == ZR_HOUR) ||
		(volume_unit == ZR_HOUR && tariff_unit == ZR_MINUTE);
}

static int
unit_divisor(zr_unit volume_unit)
{
	return volume_unit == ZR_MINUTE ? 60 : 1;
}

static bool
fail_units(zr_error *err, zr_unit volume_unit, zr_unit tariff_unit)
{
	return zr_fail(err, ZR_ARGUMENT, "Only uur and minuut convert into each other.",
				   "The volume is in %s, the tariff is per %s.",
				   zr_unit_name(volume_unit), zr_unit_name(tariff_unit));
}

static bool
fail_overflow(zr_error *err)
{
	return zr_fail(err, ZR_RANGE, NULL, "The amount does not fit.");
}

bool
zr_cost_begin(zr_cost_walk *walk, const zr_indication *i, zr_accrual_method method,
			  const zr_book_view *book, zr_date from, int *guess, zr_error *err)
{
	if (!zr_accrual_prepare(i, method, &walk->accrual, err))
		return false;
	walk->book = book;
	walk->in_euro = zr_indication_in_euro(i);
	walk->at = from;
	walk->position = walk->accrual.shape == ZR_ACCRUES_BY_MONTH ? zr_month_position(from) : 0;
	walk->numerator = 0;
	walk->denominator = walk->accrual.denominator;
	walk->line = 0;
	walk->priced_line = -1;
	if (!walk->in_euro)
	{
		walk->line = *guess = zr_book_first_near(book, i->product, from, *guess);
		walk->denominator *= ZR_MICROS_PER_CENT * unit_divisor(zr_volume_unit(i->volume));
	}
	return true;
}

/* numerator of the quantity from walk->at to the day to */
static inline bool
accrue(zr_cost_walk *walk, zr_date to, zr_int128 *quantity)
{
	const zr_accrual *a = &walk->accrual;
	int64_t		position;

	if (a->shape == ZR_ACCRUES_BY_DAY)
	{
		*quantity = (zr_int128) a->rate * (to - walk->at);
		return true;
	}
	if (a->shape != ZR_ACCRUES_BY_MONTH)
		return zr_accrued(a, walk->at, to, quantity);
	position = zr_month_position(to);
	*quantity = (zr_int128) a->rate * (position - walk->position);
	walk->position = position;
	return true;
}

/* quantity times price added to the numerator */
static inline bool
add_amount(zr_cost_walk *walk, zr_int128 quantity, int64_t price)
{
	zr_int128	amount;

	/* a price is below 2^53, so a quantity below 2^63 cannot overflow the product */
	if ((quantity >> 63) == 0)
		amount = (zr_int128) (int64_t) quantity * price;
	else if (__builtin_mul_overflow(quantity, (zr_int128) price, &amount))
		return false;
	return !__builtin_add_overflow(walk->numerator, amount, &walk->numerator);
}

static zr_cost_status
fail_no_tariff(const zr_cost_walk *walk, zr_error *err)
{
	char		product[ZR_PRODUCT_TEXT_MAX];
	char		day[ZR_DATE_TEXT_MAX];

	zr_product_print(walk->accrual.indication->product, product);
	zr_date_print(walk->at, day);
	zr_fail(err, ZR_ARGUMENT, "Add the tariff to the book, or use cost_or_null() to get NULL.",
			"The book has no tariff for product %s on %s.", product, day);
	return ZR_COST_NO_TARIFF;
}

/* The line that prices the day walk->at, its price made ready. */
static zr_cost_status
price_line(zr_cost_walk *walk, zr_error *err)
{
	const zr_indication *i = walk->accrual.indication;
	const zr_book_line *line = &walk->book->lines[walk->line];
	int			multiplier;

	if (walk->line >= walk->book->nlines || !zr_book_covers(line, i->product, walk->at + 1))
		return fail_no_tariff(walk, err);
	if (!unit_multiplier(zr_volume_unit(i->volume), zr_tariff_unit(line->tariff), &multiplier))
		return fail_units(err, zr_volume_unit(i->volume), zr_tariff_unit(line->tariff)), ZR_COST_WRONG;
	walk->price = zr_tariff_micros(line->tariff) * multiplier;
	walk->priced_line = walk->line;
	return ZR_COST_KNOWN;
}

static inline zr_cost_status
advance(zr_cost_walk *walk, zr_date to, zr_error *err)
{
	zr_int128	quantity;

	while (walk->at < to)
	{
		zr_date		stop = to;
		int64_t		price = 1;

		if (!walk->in_euro)
		{
			if (walk->priced_line != walk->line)
			{
				zr_cost_status status = price_line(walk, err);

				if (status != ZR_COST_KNOWN)
					return status;
			}
			price = walk->price;
			stop = MIN(to, walk->book->lines[walk->line].upper);
		}
		if (!accrue(walk, stop, &quantity) || !add_amount(walk, quantity, price))
			return fail_overflow(err), ZR_COST_WRONG;
		walk->at = stop;
		if (!walk->in_euro && stop == walk->book->lines[walk->line].upper)
			walk->line++;
	}
	return ZR_COST_KNOWN;
}

zr_cost_status
zr_cost_advance(zr_cost_walk *walk, zr_date to, zr_error *err)
{
	return advance(walk, to, err);
}

zr_cost_status
zr_cost_months(zr_cost_walk *walk, const zr_date *bounds, zr_date to, int64_t *cents, zr_error *err)
{
	int64_t		before = 0,
				until;

	for (; walk->at < to; bounds++, cents++)
	{
		zr_cost_status status = advance(walk, MIN(to, *bounds), err);

		if (status != ZR_COST_KNOWN)
			return status;
		if (!zr_div_half_up(walk->numerator, walk->denominator, &until) ||
			__builtin_add_overflow(*cents, until - before, cents))
			return fail_overflow(err), ZR_COST_WRONG;
		before = until;
	}
	return ZR_COST_KNOWN;
}

bool
zr_cost_plain_months(uint64_t daily, const zr_divisor *denominator, zr_date from,
					 const zr_date *bounds, zr_date to, int64_t *cents)
{
	uint64_t	total = 0;
	int64_t		before = 0;

	for (zr_date at = from; at < to; bounds++, cents++)
	{
		zr_date		stop = MIN(to, *bounds);
		int64_t		until;

		total += daily * (uint64_t) (stop - at);
		until = zr_divisor_half_up(denominator, total);
		if (__builtin_add_overflow(*cents, until - before, cents))
			return false;
		before = until;
		at = stop;
	}
	return true;
}

bool
zr_cost_cents(const zr_cost_walk *walk, int64_t *cents, zr_error *err)
{
	return zr_div_half_up(walk->numerator, walk->denominator, cents) || fail_overflow(err);
}

bool
zr_claim_amount(zr_volume volume, zr_tariff tariff, int64_t *cents, zr_error *err)
{
	zr_unit		unit = zr_volume_unit(volume);
	int			multiplier;
	zr_int128	amount;

	if (!unit_multiplier(unit, zr_tariff_unit(tariff), &multiplier))
		return fail_units(err, unit, zr_tariff_unit(tariff));
	amount = (zr_int128) zr_volume_high(volume) * zr_tariff_micros(tariff) * multiplier;
	return zr_div_half_up(amount, (zr_int128) ZR_MICROS_PER_CENT * unit_divisor(unit), cents) ||
		fail_overflow(err);
}
