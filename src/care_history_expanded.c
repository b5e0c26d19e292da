/*
 * care_history_expanded.c
 *		A care history as an expanded object, and reading either form.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "care_history.h"
#include "history_growing_core.h"

/* Room at first: about a kilobyte. Larger states double. */
#define FIRST_ROOM 48

static void
too_large(size_t n)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("care history is too large"),
			 errdetail("A value holds at most %zu bytes, and this one would have %zu periods.", (size_t) MaxAllocSize, n),
			 errhint("Make a history per municipality, product group or year, and merge what their questions need.")));
}

static Size
flat_size(care_history_expanded *h)
{
	care_history_normalize(h);
	/* their number is known once they are made, so they are kept for who asks it */
	if (h->encoded == NULL || h->encoded_n != h->n)
	{
		if (h->encoded != NULL)
			pfree(h->encoded);
		h->encoded = MemoryContextAllocHuge(h->hdr.eoh_context, zr_history_bound(h->n, h->products.n));
		h->encoded_size = zr_history_encode(h->rows, h->n, h->products.list, h->products.n, h->encoded);
		h->encoded = repalloc_huge(h->encoded, h->encoded_size);
		h->encoded_n = h->n;
	}
	if (!AllocSizeIsValid(VARHDRSZ + h->encoded_size) || h->n > PG_UINT32_MAX)
		too_large(h->n);
	return VARHDRSZ + h->encoded_size;
}

static Size
expanded_flat_size(ExpandedObjectHeader *eohptr)
{
	return flat_size((care_history_expanded *) eohptr);
}

static void
expanded_flatten(ExpandedObjectHeader *eohptr, void *result, Size allocated_size)
{
	care_history_expanded *h = (care_history_expanded *) eohptr;

	SET_VARSIZE(result, allocated_size);
	memcpy(VARDATA(result), h->encoded, h->encoded_size);
}

static const ExpandedObjectMethods care_history_methods = {expanded_flat_size, expanded_flatten};

care_history_expanded *
care_history_expand(MemoryContext parent, size_t room)
{
	MemoryContext context = AllocSetContextCreate(parent, "care history", ALLOCSET_SMALL_SIZES);
	care_history_expanded *h = MemoryContextAllocZero(context, sizeof(care_history_expanded));

	EOH_init_header(&h->hdr, &care_history_methods, context);
	h->products.list = h->few;
	h->products.room = ZR_PRODUCTS_SHORT;
	h->room = Max(room, FIRST_ROOM);
	h->rows = MemoryContextAllocHuge(context, mul_size(h->room, sizeof(zr_pair)));
	h->canonical = true;
	return h;
}

void
care_history_reserve(care_history_expanded *h, size_t more)
{
	size_t		need = add_size(h->n, more);

	if (need <= h->room)
		return;
	/* a row is never less than two stored bytes, and duplicates are rare */
	if (need > MaxAllocHugeSize / (4 * sizeof(zr_pair)))
		too_large(need);
	h->room = Max(need, 2 * h->room);
	h->rows = repalloc_huge(h->rows, h->room * sizeof(zr_pair));
}

uint32_t
care_history_new_product(care_history_expanded *h, zr_product product)
{
	zr_products *p = &h->products;

	if (p->n >= ZR_PRODUCTS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("care history has too many products"),
				 errdetail("It holds at most %u different products.", ZR_PRODUCTS_MAX)));
	if (p->n >= p->room)
	{
		MemoryContext context = h->hdr.eoh_context;
		uint32_t	room = 2 * p->room;
		zr_product *list = MemoryContextAlloc(context, room * sizeof(zr_product));

		memcpy(list, p->list, p->n * sizeof(zr_product));
		if (p->list != h->few)
			pfree(p->list);
		if (p->slots != NULL)
			pfree(p->slots);
		p->list = list;
		p->room = room;
		p->slot_bits = __builtin_ctz(room) + 1;
		p->slots = MemoryContextAlloc(context, sizeof(uint32_t) << p->slot_bits);
		zr_products_rehash(p);
	}
	return zr_products_add(p, product);
}

void
care_history_append_view(care_history_expanded *h, const care_history_view *view)
{
	uint32_t   *codes = palloc(Max(view->n_products, 1) * sizeof(uint32_t));
	bool		was_empty = h->n == 0;

	care_history_reserve(h, view->n);
	for (uint32_t c = 0; c < view->n_products; c++)
	{
		codes[c] = zr_products_find(&h->products, view->products[c]);
		if (codes[c] == UINT32_MAX)
			codes[c] = care_history_new_product(h, view->products[c]);
	}
	for (size_t i = 0; i < view->n; i++)
	{
		zr_pair    *row = &h->rows[h->n++];

		row->key = view->rows[i].key;
		row->value = (view->rows[i].value & ZR_SPAN_MASK) | (uint64_t) codes[zr_row_code(view->rows[i].value)] << ZR_SPAN_BITS;
	}
	h->canonical = was_empty ? view->canonical : h->canonical && view->n == 0;
	pfree(codes);
}

void
care_history_normalize(care_history_expanded *h)
{
	zr_pair    *scratch;

	if (h->canonical)
		return;
	CHECK_FOR_INTERRUPTS();
	if (h->encoded != NULL)
		pfree(h->encoded);
	h->encoded = NULL;
	/* not in the current context: it may be one of tuplesort that cannot free (17 and later) */
	scratch = MemoryContextAllocHuge(h->hdr.eoh_context, Max(h->n, 1) * sizeof(zr_pair));
	h->n = zr_history_normalize(h->rows, scratch, h->n, &h->products);
	pfree(scratch);
	h->canonical = true;
}

Datum
care_history_flatten(care_history_expanded *h)
{
	Size		size = flat_size(h);
	care_history *result = palloc(size);

	expanded_flatten(&h->hdr, result, size);
	return PointerGetDatum(result);
}

static void
damaged(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("a stored value of type care_history is damaged")));
}

static void *
allocate(size_t n, size_t size)
{
	return palloc_extended(mul_size(Max(n, 1), size), MCXT_ALLOC_HUGE);
}

/* A growing state, as it is. */
static void
read_growing(const uint8_t *data, size_t len, care_history_view *view)
{
	zr_growing_history *set;
	zr_product *products;
	zr_pair    *rows;

	/* what came from another process is not aligned */
	set = palloc(len + VARHDRSZ);
	memcpy(&set->version, data, len);
	if (!zr_growing_history_check(set, len))
		damaged();
	view->n = zr_growing_history_count(set);
	view->rows = rows = allocate(view->n, sizeof(zr_pair));
	zr_growing_history_rows(set, rows);
	view->n_products = set->n_products;
	view->products = products = palloc(sizeof(set->products));
	memcpy(products, set->products, sizeof(set->products));
	pfree(set);
}

/* The rows of a flat value. */
static void
decode(Datum d, care_history_view *view)
{
	care_history *flat = PG_DETOAST_DATUM_PACKED(d);
	const uint8_t *data = (const uint8_t *) VARDATA_ANY(flat);
	size_t		len = VARSIZE_ANY_EXHDR(flat);
	zr_pair    *rows;
	zr_product *products;

	CHECK_FOR_INTERRUPTS();
	view->canonical = !zr_history_is_growing(data, len);
	if (!view->canonical)
	{
		read_growing(data, len, view);
		return;
	}
	if (!zr_history_counts(data, len, &view->n, &view->n_products))
		damaged();
	view->rows = rows = allocate(view->n, sizeof(zr_pair));
	view->products = products = palloc(Max(view->n_products, 1) * sizeof(zr_product));
	if (!zr_history_decode(data, len, rows, products, &view->n_products))
		damaged();
}

static void
view_expanded(const care_history_expanded *h, care_history_view *view)
{
	view->rows = h->rows;
	view->n = h->n;
	view->products = h->products.list;
	view->n_products = h->products.n;
	view->canonical = h->canonical;
}

void
care_history_read_raw(Datum d, care_history_view *view)
{
	if (VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(d)))
		view_expanded((care_history_expanded *) DatumGetEOHP(d), view);
	else
		decode(d, view);
}

void
care_history_read(Datum d, care_history_view *view)
{
	if (VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(d)))
		care_history_normalize((care_history_expanded *) DatumGetEOHP(d));
	care_history_read_raw(d, view);
	if (!view->canonical)
	{
		/* a growing state, whose rows and products were copied for this */
		zr_pair    *rows = (zr_pair *) view->rows;
		zr_pair    *scratch = allocate(view->n, sizeof(zr_pair));
		zr_products products = {(zr_product *) view->products, view->n_products, ZR_GROWING_PRODUCTS, NULL, 0, 0};

		view->n = zr_history_normalize(rows, scratch, view->n, &products);
		view->canonical = true;
		pfree(scratch);
	}
}
