/*
 * care_history.h
 *		The SQL type care_history: its flat value and its growing state.
 */
#ifndef ZR_CARE_HISTORY_H
#define ZR_CARE_HISTORY_H

#include "compat.h"

#include "utils/expandeddatum.h"

#include "history_core.h"

/* The bytes of history_core.h behind a length word. */
typedef struct varlena care_history;

/*
 * A history while it grows, in a memory context of its own: rows in any order,
 * products in the order they came. canonical says that zr_history_normalize
 * has been over them; it changes the form, never the value, so that readers of
 * a read-only pointer may call for it.
 */
typedef struct care_history_expanded
{
	ExpandedObjectHeader hdr;
	zr_pair    *rows;
	size_t		n;
	size_t		room;
	zr_products products;
	uint8_t    *encoded;		/* the stored bytes of that many canonical rows, NULL: not made yet */
	size_t		encoded_size;
	size_t		encoded_n;
	bool		canonical;
	zr_product	few[ZR_PRODUCTS_SHORT];
} care_history_expanded;

/* What queries read: rows and the products their codes stand for. */
typedef struct care_history_view
{
	const zr_pair *rows;
	size_t		n;
	const zr_product *products;
	uint32_t	n_products;
	bool		canonical;		/* but for care_history_read_raw() always */
} care_history_view;

extern care_history_expanded *care_history_expand(MemoryContext parent, size_t room);
extern void care_history_reserve(care_history_expanded *h, size_t more);
extern uint32_t care_history_new_product(care_history_expanded *h, zr_product product);
extern void care_history_append_view(care_history_expanded *h, const care_history_view *view);
extern void care_history_normalize(care_history_expanded *h);
extern Datum care_history_flatten(care_history_expanded *h);

/* The rows of a value: decoded into the current memory context, or the expanded object's own. */
extern void care_history_read(Datum d, care_history_view *view);

/* The same in any order and with repetitions, which is cheaper for states. */
extern void care_history_read_raw(Datum d, care_history_view *view);

/* The same for an argument of a question, kept for the next call with that value. */
extern void care_history_read_argument(FunctionCallInfo fcinfo, int arg, care_history_view *view, size_t *largest);

static inline zr_care
care_history_period(const care_history_view *view, size_t i)
{
	uint64_t	value = view->rows[i].value;

	return (zr_care)
	{
		view->rows[i].key, view->products[zr_row_code(value)],
			zr_date_of(zr_span_start(value)), zr_date_of(zr_span_end(value))
	};
}

static inline void
care_history_append(care_history_expanded *h, const zr_care *period)
{
	uint32_t	code = zr_products_find(&h->products, period->product);

	if (code == UINT32_MAX)
		code = care_history_new_product(h, period->product);
	if (h->n >= h->room)
		care_history_reserve(h, 1);
	h->rows[h->n].key = period->client;
	h->rows[h->n].value = zr_row_value(code, zr_day_of(period->start), zr_day_of(period->end));
	h->n++;
	h->canonical = false;
}

#endif							/* ZR_CARE_HISTORY_H */
