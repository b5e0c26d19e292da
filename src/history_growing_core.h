/*
 * history_growing_core.h
 *		Care periods while an aggregate of a small group adds to them.
 *
 * As with client sets (client_set_growing_core.h), a row is written beside the
 * few that came last, and these are moved behind the earlier ones when their
 * place is full. Nothing is sorted: that is done once, by who reads.
 */
#ifndef ZR_HISTORY_GROWING_CORE_H
#define ZR_HISTORY_GROWING_CORE_H

#include <string.h>

#include "history_core.h"

#define ZR_GROWING_PRODUCTS		8
#define ZR_GROWING_ROWS			5	/* places for recent rows */

/*
 * The whole varlena, in the form ZR_HISTORY_GROWING of history_core.h. Codes in
 * rows are places in products, in the order they came. rows[0..recent) came
 * last, rows[ZR_GROWING_ROWS..ZR_GROWING_ROWS + n) before. What is not used yet
 * is zero.
 */
typedef struct zr_growing_history
{
	uint32_t	length_word;	/* of the server */
	uint8_t		version;
	uint8_t		form;
	uint8_t		n_products;
	uint8_t		recent;
	uint32_t	n;
	uint32_t	reserved;
	zr_product	products[ZR_GROWING_PRODUCTS];
	zr_pair		rows[];
} zr_growing_history;

/* bytes of a new state, a power of two */
#define ZR_GROWING_HISTORY_FIRST	(offsetof(zr_growing_history, rows) + ZR_GROWING_ROWS * sizeof(zr_pair))
#define ZR_GROWING_HISTORY_LARGEST	65536	/* and of the largest */

static inline size_t
zr_growing_history_room(size_t size)
{
	return (size - offsetof(zr_growing_history, rows)) / sizeof(zr_pair);
}

/* Bytes, a power of two, with room for n rows in any order of adding; 0 when that is too much. */
extern size_t zr_growing_history_size(size_t n);

/* Makes a state of size bytes, all but the length word, without rows. */
extern void zr_growing_history_begin(zr_growing_history *set, size_t size);

/* Of another state, with more bytes. */
extern void zr_growing_history_enlarge(zr_growing_history *set, size_t size, const zr_growing_history *from, size_t from_size);

/* Whether len bytes behind the length word are a state. */
extern bool zr_growing_history_check(const zr_growing_history *set, size_t len);

/* Number of rows. */
static inline size_t
zr_growing_history_count(const zr_growing_history *set)
{
	return (size_t) set->n + set->recent;
}

/* Copies all rows, in the order they came. */
extern void zr_growing_history_rows(const zr_growing_history *set, zr_pair *rows);

/* Adds a period to a state of size bytes; false when it has no room for it or its product. */
static inline bool
zr_growing_history_add(zr_growing_history *set, size_t size, const zr_care *period)
{
	uint32_t	code = 0;

	while (code < set->n_products && set->products[code] != period->product)
		code++;
	if (set->recent == ZR_GROWING_ROWS)
	{
		if (set->n + 2 * ZR_GROWING_ROWS > zr_growing_history_room(size))
			return false;
		memcpy(set->rows + ZR_GROWING_ROWS + set->n, set->rows, ZR_GROWING_ROWS * sizeof(zr_pair));
		set->n += ZR_GROWING_ROWS;
		set->recent = 0;
	}
	if (code == set->n_products)
	{
		if (code == ZR_GROWING_PRODUCTS)
			return false;
		set->products[set->n_products++] = period->product;
	}
	set->rows[set->recent].key = period->client;
	set->rows[set->recent].value = zr_row_value(code, zr_day_of(period->start), zr_day_of(period->end));
	set->recent++;
	return true;
}

#endif							/* ZR_HISTORY_GROWING_CORE_H */
