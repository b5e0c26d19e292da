/*
 * pq.h
 *		What the p*q functions share: their arguments and their errors.
 */
#ifndef ZR_PQ_H
#define ZR_PQ_H

#include "compat.h"

#include "convert.h"
#include "cost_core.h"
#include "tariff_book.h"

#define ZR_PQ_GUESSES	256
#define ZR_PQ_RANGE_BYTES 17	/* of a bounded daterange: length, type, two days, flags */

/*
 * What a call site remembers between rows, in fn_extra. The enum's label is
 * looked up once, a big book is detoasted once.
 */
typedef struct zr_pq_site
{
	Oid			method_oid;
	zr_accrual_method method;
	zr_book_slot book;
	int			guesses[ZR_PQ_GUESSES]; /* where in the book a product was found last, by hash */
	zr_divisor	divisor;		/* the last denominator of a plain cost */
	zr_range	range;			/* the last range, and its bytes */
	char		range_bytes[ZR_PQ_RANGE_BYTES];
	struct zr_month_axis *axis; /* months of the last range, see cost_by_month.c */
} zr_pq_site;

static inline zr_pq_site *
zr_pq_site_get(FunctionCallInfo fcinfo)
{
	return (zr_pq_site *) zr_fn_state(fcinfo, sizeof(zr_pq_site));
}

extern zr_accrual_method zr_pq_method(FunctionCallInfo fcinfo, zr_pq_site *site, int argno);

extern const zr_range *zr_pq_range_read(FunctionCallInfo fcinfo, zr_pq_site *site, int argno, const char *what);

/*
 * The bounded range of argument argno; the same bytes as in the row before are
 * not taken apart again. All bounded dateranges have the same size, so that
 * the comparison is compiled into a few instructions.
 */
static inline const zr_range *
zr_pq_range(FunctionCallInfo fcinfo, zr_pq_site *site, int argno, const char *what)
{
	const struct varlena *raw = (const struct varlena *) PG_GETARG_POINTER(argno);

	if (!VARATT_IS_4B_U(raw) || VARSIZE_4B(raw) != ZR_PQ_RANGE_BYTES ||
		memcmp(site->range_bytes, raw, ZR_PQ_RANGE_BYTES) != 0)
		return zr_pq_range_read(fcinfo, site, argno, what);
	return &site->range;
}

static inline int *
zr_pq_guess(zr_pq_site *site, zr_product product)
{
	return &site->guesses[(product * 2654435761u) >> 24];
}

/* The days that a range and an indication share; false when there are none. */
static inline bool
zr_pq_clip(const zr_indication *i, const zr_range *range, zr_date *from, zr_date *to)
{
	*from = Max(range->lower, i->lower);
	*to = Min(range->upper, i->upper);
	return !range->empty && *from < *to;
}

/* The cost in cents inside the range, of any indication that has a quantity; what zr_pq_cost() does not do at once. */
extern bool zr_pq_cost_walk(const zr_indication *i, const zr_book_view *book, zr_accrual_method method,
							const zr_range *range, int *guess, bool null_without_tariff, int64 *cents);

/* The cost in cents inside the range; false when a day has no tariff and that is no error. */
static inline bool
zr_pq_cost(const zr_indication *i, zr_pq_site *site, const zr_book_view *book, zr_accrual_method method,
		   const zr_range *range, int *guess, bool null_without_tariff, int64 *cents)
{
	zr_date		from,
				to;
	uint64		daily,
				denominator;

	if (zr_pq_clip(i, range, &from, &to) &&
		zr_cost_plain(i, method, book, from, to, *guess, &daily, &denominator))
	{
		zr_divisor_set(&site->divisor, denominator);
		*cents = zr_divisor_half_up(&site->divisor, daily * (uint64) (to - from));
		return true;
	}
	return zr_pq_cost_walk(i, book, method, range, guess, null_without_tariff, cents);
}

/* Expected units in [from, to) within the period; 0 when empty. Trailing zeros are cut. */
extern Numeric zr_pq_quantity(const zr_indication *i, zr_accrual_method method, zr_date from, zr_date to);

/* The same for ranges that follow each other: the first one starts at from, each ends at to. */
extern void zr_pq_quantity_begin(const zr_accrual *accrual, zr_date from, zr_quantity_walk *walk);
extern Numeric zr_pq_quantity_until(zr_quantity_walk *walk, zr_date to);

/* Throws what zr_cost_begin() or zr_cost_advance() found. */
pg_noreturn extern void zr_pq_report(const zr_indication *i, const zr_error *err);

#endif							/* ZR_PQ_H */
