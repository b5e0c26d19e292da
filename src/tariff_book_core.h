/*
 * tariff_book_core.h
 *		A price list as one value: sorted lines and a pool of strings.
 *
 * A book is read through a zr_book_view, wherever its arrays live (a stored
 * value, an expanded object, a test), and written through a zr_book_builder,
 * which takes lines in any order and sorts them once, in zr_book_finish().
 *
 * Invariant of a view, which makes equal books equal byte by byte:
 * - lines are sorted by product, group name, lower; no two lines of the same
 *   product and group share a day; adjacent lines with equal prices stay apart;
 * - the pool is sorted by bytes, has no duplicates, and every string in it is
 *   used, so comparing group numbers is comparing group names;
 * - a carried amount is a canonical decimal and not the tariff's own amount.
 *
 * Look-ups do not allocate. The builder gets its memory from a callback.
 */
#ifndef ZR_TARIFF_BOOK_CORE_H
#define ZR_TARIFF_BOOK_CORE_H

#include "calendar_core.h"
#include "error_core.h"
#include "product_core.h"
#include "tariff_core.h"

#define ZR_BOOK_MAX_LINES	1000000
#define ZR_BOOK_MAX_GROUP	63	/* bytes of a group name, as of a PostgreSQL name */
#define ZR_BOOK_MAX_CARRIED 250 /* characters of a carried amount */
#define ZR_BOOK_AMOUNT_ROOM (ZR_BOOK_MAX_CARRIED + 1)

/* 32 bytes without padding */
typedef struct zr_book_line
{
	zr_product	product;
	uint32_t	group;			/* number in the pool; 0 = the default group */
	zr_date		lower;			/* first day */
	zr_date		upper;			/* day after the last, or ZR_DATE_OPEN */
	zr_tariff	tariff;
	uint32_t	carried;		/* number in the pool: unrounded amount; 0 = the tariff's own */
	uint32_t	reserved;		/* zero */
} zr_book_line;

/* String number i (from 1) is bytes[ends[i - 2] .. ends[i - 1]), with ends[-1] read as 0. */
typedef struct zr_book_view
{
	const zr_book_line *lines;
	const uint32_t *ends;
	const char *bytes;
	int			nlines;
	int			nstrings;
} zr_book_view;

static inline const char *
zr_book_string(const zr_book_view *book, uint32_t number, size_t *len)
{
	uint32_t	start = number > 1 ? book->ends[number - 2] : 0;

	*len = book->ends[number - 1] - start;
	return book->bytes + start;
}

/* Number of the string in the pool, 0 when no line uses it. */
extern uint32_t zr_book_find_string(const zr_book_view *book, const char *s, size_t len);

/*
 * Look-up. The index of the first line of product and group with upper >
 * from, or of the first line past them (nlines at the end). So all prices in
 * [from, to) are found with
 *
 *	for (i = zr_book_first(book, product, from);
 *		 i < book->nlines && zr_book_covers(&book->lines[i], product, to); i++)
 */
extern int	zr_book_first_in_group(const zr_book_view *book, zr_product product, uint32_t group, zr_date from);

static inline int
zr_book_first(const zr_book_view *book, zr_product product, zr_date from)
{
	return zr_book_first_in_group(book, product, 0, from);
}

/*
 * The same from a guess: right whatever the guess is, and without a search
 * when it is the answer or a few lines off.
 */
static inline int
zr_book_first_near(const zr_book_view *book, zr_product product, zr_date from, int guess)
{
	const zr_book_line *lines = book->lines;

	if (guess >= 0 && guess < book->nlines && lines[guess].product == product && lines[guess].group == 0)
	{
		for (int steps = 0; steps < 8; steps++)
		{
			if (lines[guess].upper <= from)
			{
				guess++;
				if (guess == book->nlines || lines[guess].product != product || lines[guess].group != 0)
					return guess;
			}
			else if (guess > 0 && lines[guess - 1].product == product && lines[guess - 1].group == 0 &&
					 lines[guess - 1].upper > from)
				guess--;
			else
				return guess;
		}
	}
	return zr_book_first(book, product, from);
}

/* A default line of the product that starts before to? */
static inline bool
zr_book_covers(const zr_book_line *line, zr_product product, zr_date to)
{
	return line->product == product && line->group == 0 && line->lower < to;
}

/* The line of that day, or NULL. */
extern const zr_book_line *zr_book_line_on(const zr_book_view *book, zr_product product, uint32_t group, zr_date day);

/* The same for a group's name (length 0: default); a product the group has no line for at all has its default lines. */
extern const zr_book_line *zr_book_line_for(const zr_book_view *book, zr_product product,
											const char *group, size_t len, zr_date day);

/* The exact amount the next index starts from: the carried one or the tariff's. Room: ZR_BOOK_AMOUNT_ROOM; returns the length. */
extern int	zr_book_amount(const zr_book_view *book, const zr_book_line *line, char *out);

extern bool zr_book_equal(const zr_book_view *a, const zr_book_view *b);

/*
 * Memory for a builder, as realloc: old may be NULL (old_size 0), new_size 0
 * frees. It never returns NULL for a new_size above 0.
 */
typedef void *(*zr_book_grow) (void *context, void *old, size_t old_size, size_t new_size);

#define ZR_BOOK_RECENT	64

typedef struct zr_book_builder
{
	zr_book_grow grow;
	void	   *context;
	zr_book_line *lines;
	uint32_t   *ends;
	char	   *bytes;
	int			nlines;
	int			nstrings;
	int			line_room;
	int			string_room;
	uint32_t	byte_room;
	bool		finished;		/* sorted and checked; nothing added since */
	uint32_t	recent[ZR_BOOK_RECENT]; /* strings by hash: finds repetitions, only finish() removes them all */
} zr_book_builder;

extern void zr_book_begin(zr_book_builder *builder, zr_book_grow grow, void *context);
extern void zr_book_free(zr_book_builder *builder);

/*
 * Adds one line after checking every field. group and carried may have length
 * 0: the default group, the tariff's own amount. Fails with ZR_ARGUMENT,
 * ZR_RANGE, ZR_DATETIME_RANGE or, past ZR_BOOK_MAX_LINES, ZR_LIMIT.
 */
extern bool zr_book_add(zr_book_builder *builder, zr_product product, const char *group, size_t group_len,
						zr_date lower, zr_date upper, zr_tariff tariff,
						const char *carried, size_t carried_len, zr_error *err);

/* Adds all lines of a book, which is trusted. */
extern bool zr_book_add_view(zr_book_builder *builder, const zr_book_view *book, zr_error *err);

/* Adds the lines that hold for the group, as default lines. */
extern bool zr_book_add_for_group(zr_book_builder *builder, const zr_book_view *book,
								  const char *group, size_t group_len, zr_error *err);

/*
 * Sorts the lines and the pool: O(n log n), and O(n) when in order already.
 * Returns -1, or the index of the first line that shares a day with the line
 * after it; then the lines are sorted but the book is no valid value.
 */
extern int	zr_book_finish(zr_book_builder *builder);

/* Valid until the next line is added; in order only after zr_book_finish(). */
extern void zr_book_get_view(const zr_book_builder *builder, zr_book_view *view);

/* Text: adds the lines of s[0..len); the caller finishes and looks for overlap. */
extern bool zr_book_parse(zr_book_builder *builder, const char *s, size_t len, zr_error *err);

/* Room that zr_book_print needs, including the NUL. */
extern size_t zr_book_print_room(const zr_book_view *book);

/* Writes the canonical text and a NUL, returns the length without it. */
extern size_t zr_book_print(const zr_book_view *book, char *out);

/* One line without separators, for messages; at most ZR_BOOK_LINE_ROOM. */
#define ZR_BOOK_LINE_ROOM (ZR_PRODUCT_TEXT_MAX + 2 * ZR_BOOK_MAX_GROUP + 2 * ZR_DATE_TEXT_MAX + \
						   ZR_TARIFF_TEXT_MAX + ZR_BOOK_MAX_CARRIED + 16)
extern int	zr_book_print_line(const zr_book_view *book, const zr_book_line *line, char *out);

/* Checks a group name; DETAIL says what is wrong. */
extern bool zr_book_check_group(const char *group, size_t len, zr_error *err);

/* Canonical decimal of s[0..len) into out (ZR_BOOK_AMOUNT_ROOM, NUL included); false when it is none or too large. */
extern bool zr_book_canonical_amount(const char *s, size_t len, char *out, int *out_len, zr_error *err);

/* The tariff's own amount as a canonical decimal, returns the length. */
extern int	zr_book_tariff_amount(zr_tariff tariff, char *out);

#endif							/* ZR_TARIFF_BOOK_CORE_H */
