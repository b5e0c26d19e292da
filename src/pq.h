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
#define ZR_PQ_RANGE_BYTES 32	/* a bounded daterange has 17 */

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

/* The bounded range of argument argno; the same bytes as in the row before are not taken apart again. */
extern const zr_range *zr_pq_range(FunctionCallInfo fcinfo, zr_pq_site *site, int argno, const char *what);

static inline int *
zr_pq_guess(zr_pq_site *site, zr_product product)
{
	return &site->guesses[(product * 2654435761u) >> 24];
}

/* The cost in cents inside the range; false when a day has no tariff and that is no error. */
extern bool zr_pq_cost(const zr_indication *i, const zr_book_view *book, zr_accrual_method method,
					   const zr_range *range, int *guess, bool null_without_tariff, int64 *cents);

/* The days that a range and an indication share; false when there are none. */
extern bool zr_pq_clip(const zr_indication *i, const zr_range *range, zr_date *from, zr_date *to);

/* Expected units in [from, to) within the period; 0 when empty. Trailing zeros are cut. */
extern Numeric zr_pq_quantity(const zr_indication *i, zr_accrual_method method, zr_date from, zr_date to);

/* The same for ranges that follow each other: the first one starts at from, each ends at to. */
extern void zr_pq_quantity_begin(const zr_accrual *accrual, zr_date from, zr_quantity_walk *walk);
extern Numeric zr_pq_quantity_until(zr_quantity_walk *walk, zr_date to);

/* Throws what zr_cost_begin() or zr_cost_advance() found. */
pg_noreturn extern void zr_pq_report(const zr_indication *i, const zr_error *err);

#endif							/* ZR_PQ_H */
