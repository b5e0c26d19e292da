/*
 * tariff_book_datum.c
 *		Representations of a tariff book: flat, expanded, and views on both.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "tariff_book.h"

static void *
grow_in_context(void *context, void *old, size_t old_size, size_t new_size)
{
	if (new_size == 0)
	{
		pfree(old);
		return NULL;
	}
	if (old == NULL)
		return MemoryContextAllocHuge((MemoryContext) context, new_size);
	return repalloc_huge(old, new_size);
}

void
zr_book_begin_in(zr_book_builder *builder, MemoryContext context)
{
	zr_book_begin(builder, grow_in_context, context);
}

char *
zr_book_overlap_detail(const zr_book_builder *builder, int line)
{
	char		one[ZR_BOOK_LINE_ROOM],
				next[ZR_BOOK_LINE_ROOM];
	zr_book_view view;

	zr_book_get_view(builder, &view);
	zr_book_print_line(&view, &view.lines[line], one);
	zr_book_print_line(&view, &view.lines[line + 1], next);
	return psprintf("\"%s\" and \"%s\" overlap.", one, next);
}

/* Overlap is a conflict between two rows of the user's, hence 23P01 as of an exclusion constraint. */
static void
finish(zr_book_builder *builder)
{
	int			overlap = zr_book_finish(builder);

	if (overlap >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_EXCLUSION_VIOLATION),
				 errmsg(ZR_BOOK_OVERLAP_MESSAGE),
				 errdetail_internal("%s", zr_book_overlap_detail(builder, overlap)),
				 errhint(ZR_BOOK_OVERLAP_HINT)));
}

static Size
flat_size(const zr_book_view *view)
{
	return offsetof(zr_book_flat, lines) + view->nlines * sizeof(zr_book_line) +
		view->nstrings * sizeof(uint32) + (view->nstrings ? view->ends[view->nstrings - 1] : 0);
}

static void
flatten(const zr_book_view *view, zr_book_flat *flat, Size size)
{
	SET_VARSIZE(flat, size);
	flat->version = ZR_BOOK_VERSION;
	flat->nlines = view->nlines;
	flat->nstrings = view->nstrings;
	if (view->nlines > 0)
		memcpy(flat->lines, view->lines, view->nlines * sizeof(zr_book_line));
	if (view->nstrings > 0)
	{
		uint32	   *ends = (uint32 *) (flat->lines + view->nlines);

		memcpy(ends, view->ends, view->nstrings * sizeof(uint32));
		memcpy(ends + view->nstrings, view->bytes, view->ends[view->nstrings - 1]);
	}
}

zr_book_flat *
zr_book_to_flat(zr_book_builder *builder)
{
	zr_book_view view;
	zr_book_flat *flat;
	Size		size;

	finish(builder);
	zr_book_get_view(builder, &view);
	size = flat_size(&view);
	flat = palloc(size);
	flatten(&view, flat, size);
	zr_book_free(builder);
	return flat;
}

static Size
expanded_flat_size(ExpandedObjectHeader *eohptr)
{
	zr_expanded_book *book = (zr_expanded_book *) eohptr;
	zr_book_view view;

	finish(&book->builder);
	zr_book_get_view(&book->builder, &view);
	return flat_size(&view);
}

static void
expanded_flatten_into(ExpandedObjectHeader *eohptr, void *result, Size allocated_size)
{
	zr_expanded_book *book = (zr_expanded_book *) eohptr;
	zr_book_view view;

	Assert(book->builder.finished);
	zr_book_get_view(&book->builder, &view);
	Assert(allocated_size == flat_size(&view));
	flatten(&view, result, allocated_size);
}

static const ExpandedObjectMethods book_methods = {
	expanded_flat_size,
	expanded_flatten_into
};

zr_expanded_book *
zr_expanded_book_make(MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "tariff_book", ALLOCSET_START_SMALL_SIZES);
	zr_expanded_book *book = MemoryContextAlloc(context, sizeof(zr_expanded_book));

	EOH_init_header(&book->hdr, &book_methods, context);
	zr_book_begin_in(&book->builder, context);
	return book;
}

/* The sizes are checked on every use, they keep reads inside the value; the rest is what input made. */
static void
view_of_flat(const zr_book_flat *flat, zr_book_view *view)
{
	Size		size = VARSIZE(flat),
				arrays = 0;

	if (size >= offsetof(zr_book_flat, lines) && flat->version == ZR_BOOK_VERSION &&
		flat->nlines <= ZR_BOOK_MAX_LINES && flat->nstrings <= 2 * flat->nlines)
		arrays = offsetof(zr_book_flat, lines) + flat->nlines * sizeof(zr_book_line) +
			flat->nstrings * sizeof(uint32);
	if (arrays != 0 && arrays <= size)
	{
		view->nlines = (int) flat->nlines;
		view->nstrings = (int) flat->nstrings;
		view->lines = flat->lines;
		view->ends = (const uint32 *) (flat->lines + flat->nlines);
		view->bytes = (const char *) (view->ends + flat->nstrings);
		if (size - arrays == (flat->nstrings ? view->ends[flat->nstrings - 1] : 0))
			return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored tariff book is damaged")));
}

static bool
view_of_expanded(Datum datum, zr_book_view *view)
{
	zr_expanded_book *book;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
		return false;
	book = (zr_expanded_book *) DatumGetEOHP(datum);
	Assert(book->hdr.eoh_methods == &book_methods);
	finish(&book->builder);
	zr_book_get_view(&book->builder, view);
	return true;
}

void *
zr_book_open(Datum datum, zr_book_view *view)
{
	struct varlena *raw = (struct varlena *) DatumGetPointer(datum);
	struct varlena *flat;

	if (view_of_expanded(datum, view))
		return NULL;
	flat = pg_detoast_datum(raw);
	view_of_flat((const zr_book_flat *) flat, view);
	return flat != raw ? flat : NULL;
}

void
zr_book_done(void *opened)
{
	if (opened != NULL)
		pfree(opened);
}

const zr_book_view *
zr_book_view_of(Datum datum, zr_book_slot *slot, MemoryContext context)
{
	if (!view_of_expanded(datum, &slot->view))
		view_of_flat((const zr_book_flat *) zr_detoast_cached(&slot->detoast, context, datum), &slot->view);
	return &slot->view;
}

const zr_book_view *
zr_book_getarg(FunctionCallInfo fcinfo, int argno)
{
	zr_book_slot *slots = zr_fn_state(fcinfo, PG_NARGS() * sizeof(zr_book_slot));

	return zr_book_view_of(PG_GETARG_DATUM(argno), &slots[argno], fcinfo->flinfo->fn_mcxt);
}
