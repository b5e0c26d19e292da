/*
 * history_core.h
 *		Care periods of clients: the rows that are computed with, and the bytes
 *		that are stored.
 *
 * A period is (client, product, [start, end)), the product may be missing and
 * the end may be open. Two periods of one client and product that share a day
 * are one period: every question merges them, whatever its gap. Periods that
 * only touch stay apart, since a gap of -1 tells them apart. Joining is
 * therefore associative, commutative and idempotent, and a history has one
 * canonical form: sorted by client, product and start, no two periods of one
 * client and product sharing a day.
 *
 * A row is a zr_pair: key = the biased client, value = product code << 44 |
 * start << 22 | end. Days count from 0001-01-01, ZR_DAY_OPEN is an open end.
 * A product code is a place in the history's list of products; the order of
 * codes is the order of products once the history is canonical.
 *
 * Stored bytes, after the length word of the varlena, numbers in the
 * machine's own order:
 *	0	version, 1
 *	1	form, 0 plain or 1 packed
 *	2	two reserved bytes, zero
 * plain, up to ZR_HISTORY_PLAIN_MAX periods, 20 bytes each:
 *	4	biased client (8), product or 0 (4), start (4), end (4)
 * packed, more periods than that:
 *	4	number of periods (4)
 *	8	number of clients (4)
 *	12	number of products (4)
 *	16	earliest start (4)
 *	20	first biased client (8)
 *	28	the products, ascending, 4 bytes each (0 = no product, so it comes first)
 *	..	for each client, as varints (varint_core.h):
 *			distance to the client before minus 1 (not for the first),
 *			number of periods minus 1, and for each period
 *				step in the product code (only with two or more products),
 *				start minus the end before when the product is the same, else minus the earliest start,
 *				length in days, 0 = open
 * There is a third form, growing, for the state of an aggregate alone
 * (history_growing_core.h): final functions give one of the other two, and a
 * function that meets it, in a state that came without, makes it one of them.
 */
#ifndef ZR_HISTORY_CORE_H
#define ZR_HISTORY_CORE_H

#include "calendar_core.h"
#include "error_core.h"
#include "product_core.h"
#include "radix_core.h"

#define ZR_HISTORY_VERSION		1
#define ZR_HISTORY_PLAIN		0
#define ZR_HISTORY_PACKED		1
#define ZR_HISTORY_GROWING		2
#define ZR_HISTORY_PLAIN_MAX	16
#define ZR_HISTORY_HEADER		4
#define ZR_HISTORY_RECORD		20

#define ZR_DAY_BITS				22
#define ZR_DAY_OPEN				((1u << ZR_DAY_BITS) - 1)
#define ZR_SPAN_BITS			(2 * ZR_DAY_BITS)
#define ZR_SPAN_MASK			((UINT64_C(1) << ZR_SPAN_BITS) - 1)
#define ZR_PRODUCT_CODE_BITS	20
#define ZR_PRODUCTS_MAX			(1u << ZR_PRODUCT_CODE_BITS)

typedef uint32_t zr_day;

typedef struct zr_care
{
	uint64_t	client;			/* biased */
	zr_product	product;		/* 0 = none */
	zr_date		start;
	zr_date		end;			/* exclusive, ZR_DATE_OPEN = open */
} zr_care;

static inline zr_day
zr_day_of(zr_date d)
{
	return d == ZR_DATE_OPEN ? ZR_DAY_OPEN : (zr_day) (d - ZR_DATE_MIN);
}

static inline zr_date
zr_date_of(zr_day d)
{
	return d == ZR_DAY_OPEN ? ZR_DATE_OPEN : (zr_date) d + ZR_DATE_MIN;
}

static inline uint64_t
zr_row_value(uint32_t code, zr_day start, zr_day end)
{
	return (uint64_t) code << ZR_SPAN_BITS | (uint64_t) start << ZR_DAY_BITS | end;
}

static inline uint32_t
zr_row_code(uint64_t value)
{
	return (uint32_t) (value >> ZR_SPAN_BITS);
}

/* also of a span: a row's value without the product */
static inline zr_day
zr_span_start(uint64_t span)
{
	return (zr_day) (span >> ZR_DAY_BITS) & ZR_DAY_OPEN;
}

static inline zr_day
zr_span_end(uint64_t span)
{
	return (zr_day) span & ZR_DAY_OPEN;
}

/*
 * The products of a history. Codes are places in list; slots is a hash table
 * of code + 1 with at least twice room entries, a power of two, and is not
 * used (NULL) while the list is short.
 */
typedef struct zr_products
{
	zr_product *list;
	uint32_t	n;
	uint32_t	room;
	uint32_t   *slots;
	int			slot_bits;
	uint32_t	last;			/* code found last: neighbours mostly have one product */
} zr_products;

#define ZR_PRODUCTS_SHORT 8

/* Code of the product, or UINT32_MAX when it is not in the list. */
extern uint32_t zr_products_find(zr_products *p, zr_product product);

/* Appends a product that is not there; there must be room. */
extern uint32_t zr_products_add(zr_products *p, zr_product product);

/* Fills the slots from the list, after they were replaced or the list was sorted. */
extern void zr_products_rehash(zr_products *p);

/*
 * Makes rows canonical in place and returns how many are left. All products
 * of the list must occur. scratch has room for n rows.
 */
extern size_t zr_history_normalize(zr_pair *rows, zr_pair *scratch, size_t n, zr_products *products);

/* Most rows of one client. */
extern size_t zr_history_largest(const zr_pair *rows, size_t n);

/*
 * Canonical rows to stored bytes, and how many these are. To know the number
 * beforehand costs as much; the bound is what no history exceeds.
 */
extern size_t zr_history_size(const zr_pair *rows, size_t n, uint32_t n_products);
extern size_t zr_history_bound(size_t n, uint32_t n_products);
extern size_t zr_history_encode(const zr_pair *rows, size_t n, const zr_product *products, uint32_t n_products, uint8_t *out);

static inline bool
zr_history_is_growing(const uint8_t *data, size_t len)
{
	return len >= ZR_HISTORY_HEADER && data[1] == ZR_HISTORY_GROWING;
}

/* Numbers of periods and (at most, for the plain form) of products. */
extern bool zr_history_counts(const uint8_t *data, size_t len, size_t *n, uint32_t *n_products);

/* Writes the rows and the products; false when the bytes are damaged. */
extern bool zr_history_decode(const uint8_t *data, size_t len, zr_pair *rows, zr_product *products, uint32_t *n_products);

/* What is wrong with the bounds of a period, in words; the class says how. */
extern bool zr_care_check(const zr_care *period, zr_error *err);

#endif							/* ZR_HISTORY_CORE_H */
