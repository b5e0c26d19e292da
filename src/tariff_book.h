/*
 * tariff_book.h
 *		SQL type tariff_book: stored form, expanded object, access from C.
 */
#ifndef ZR_TARIFF_BOOK_H
#define ZR_TARIFF_BOOK_H

#include "compat.h"

#include "utils/expandeddatum.h"

#include "detoast_cache.h"
#include "tariff_book_core.h"

/*
 * Stored form, aligned to 8: this header of 16 bytes, nlines lines, nstrings
 * ends (uint32), the strings' bytes, nothing after them. Native byte order.
 * The arrays keep the invariant of zr_book_view, so the bytes after the length
 * word are the same for equal books.
 */
typedef struct zr_book_flat
{
	int32		vl_len_;		/* varlena header, do not touch directly */
	uint32		version;		/* ZR_BOOK_VERSION; later forms may set other bits */
	uint32		nlines;
	uint32		nstrings;
	zr_book_line lines[FLEXIBLE_ARRAY_MEMBER];
} zr_book_flat;

#define ZR_BOOK_VERSION 1

/*
 * A book that grows: lines in order of arrival until it is asked or flattened,
 * which sorts them and reports overlap. Everything lives in hdr.eoh_context.
 */
typedef struct zr_expanded_book
{
	ExpandedObjectHeader hdr;
	zr_book_builder builder;
} zr_expanded_book;

/* What a call site keeps per book argument. Valid when all zero. */
typedef struct zr_book_slot
{
	zr_detoast_slot detoast;
	zr_book_view view;
} zr_book_slot;

/*
 * A view on a book argument: no copy of a value that is flat in memory, one
 * detoast per call site of one that is toasted, an expanded object in place.
 * It lasts as long as the datum and until the next call with that slot.
 */
extern const zr_book_view *zr_book_view_of(Datum datum, zr_book_slot *slot, MemoryContext context);

/* The same for a function that uses fn_extra for nothing but its book arguments. */
extern const zr_book_view *zr_book_getarg(FunctionCallInfo fcinfo, int argno);

/*
 * A view for a function that sees each value once (output, comparison): no
 * cache, so nothing stays behind where such functions are kept for a session.
 * Returns what zr_book_done() gives back.
 */
extern void *zr_book_open(Datum datum, zr_book_view *view);
extern void zr_book_done(void *opened);

extern zr_expanded_book *zr_expanded_book_make(MemoryContext parent);

/* A builder in a memory context. */
extern void zr_book_begin_in(zr_book_builder *builder, MemoryContext context);

/* Sorts and flattens, and frees the builder; overlap is an error 23P01. */
extern zr_book_flat *zr_book_to_flat(zr_book_builder *builder);

/* DETAIL of an overlap that zr_book_finish() found at that line. */
extern char *zr_book_overlap_detail(const zr_book_builder *builder, int line);

#define ZR_BOOK_OVERLAP_MESSAGE "tariff book has two tariffs for the same product, group and day"
#define ZR_BOOK_OVERLAP_HINT "Let one period end where the next one starts; the upper bound of a range is not in it."

#endif							/* ZR_TARIFF_BOOK_H */
