/*
 * tariff_book_core.c
 *		A price list as one value: look-up, and building in sorted order.
 *
 * Text forms are in tariff_book_text_core.c.
 */
#include "tariff_book_core.h"

#include <stdlib.h>
#include <string.h>

static inline uint64_t
line_key(zr_product product, uint32_t group)
{
	return (uint64_t) product << 32 | group;
}

static int
compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t		common = a_len < b_len ? a_len : b_len;
	int			cmp = common ? memcmp(a, b, common) : 0;

	return cmp ? cmp : (a_len > b_len) - (a_len < b_len);
}

uint32_t
zr_book_find_string(const zr_book_view *book, const char *s, size_t len)
{
	uint32_t	low = 1,
				high = (uint32_t) book->nstrings + 1;

	while (low < high)
	{
		uint32_t	middle = low + (high - low) / 2;
		size_t		have_len;
		const char *have = zr_book_string(book, middle, &have_len);
		int			cmp = compare_bytes(have, have_len, s, len);

		if (cmp == 0)
			return middle;
		if (cmp < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

int
zr_book_first_in_group(const zr_book_view *book, zr_product product, uint32_t group, zr_date from)
{
	const uint64_t key = line_key(product, group);
	int			low = 0,
				high = book->nlines;

	/* within a product and group nothing overlaps, so upper bounds ascend as lower bounds do */
	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		const zr_book_line *line = &book->lines[middle];
		uint64_t	here = line_key(line->product, line->group);

		if (here < key || (here == key && line->upper <= from))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const zr_book_line *
zr_book_line_on(const zr_book_view *book, zr_product product, uint32_t group, zr_date day)
{
	int			i = zr_book_first_in_group(book, product, group, day);
	const zr_book_line *line;

	if (i >= book->nlines)
		return NULL;
	line = &book->lines[i];
	return line->product == product && line->group == group && line->lower <= day ? line : NULL;
}

static bool
has_lines(const zr_book_view *book, zr_product product, uint32_t group)
{
	int			i = zr_book_first_in_group(book, product, group, INT32_MIN);

	return i < book->nlines && book->lines[i].product == product && book->lines[i].group == group;
}

const zr_book_line *
zr_book_line_for(const zr_book_view *book, zr_product product, const char *group, size_t len, zr_date day)
{
	uint32_t	number = len ? zr_book_find_string(book, group, len) : 0;

	if (number != 0 && !has_lines(book, product, number))
		number = 0;
	return zr_book_line_on(book, product, number, day);
}

int
zr_book_amount(const zr_book_view *book, const zr_book_line *line, char *out)
{
	size_t		len;
	const char *carried;

	if (line->carried == 0)
		return zr_book_tariff_amount(line->tariff, out);
	carried = zr_book_string(book, line->carried, &len);
	memcpy(out, carried, len);
	out[len] = '\0';
	return (int) len;
}

bool
zr_book_equal(const zr_book_view *a, const zr_book_view *b)
{
	if (a->nlines != b->nlines || a->nstrings != b->nstrings)
		return false;
	if (a->nlines > 0 && memcmp(a->lines, b->lines, a->nlines * sizeof(zr_book_line)) != 0)
		return false;
	if (a->nstrings == 0)
		return true;
	return memcmp(a->ends, b->ends, a->nstrings * sizeof(uint32_t)) == 0 &&
		memcmp(a->bytes, b->bytes, a->ends[a->nstrings - 1]) == 0;
}

void
zr_book_begin(zr_book_builder *builder, zr_book_grow grow, void *context)
{
	memset(builder, 0, sizeof(*builder));
	builder->grow = grow;
	builder->context = context;
	builder->finished = true;
}

static void *
give_back(zr_book_builder *builder, void *old, size_t size)
{
	if (old != NULL)
		builder->grow(builder->context, old, size, 0);
	return NULL;
}

void
zr_book_free(zr_book_builder *builder)
{
	builder->lines = give_back(builder, builder->lines, builder->line_room * sizeof(zr_book_line));
	builder->ends = give_back(builder, builder->ends, builder->string_room * sizeof(uint32_t));
	builder->bytes = give_back(builder, builder->bytes, builder->byte_room);
	builder->nlines = builder->nstrings = 0;
}

/* Room for count more lines; the room doubles, so that adding a line costs a constant on average. */
static bool
reserve_lines(zr_book_builder *builder, int count, zr_error *err)
{
	int			needed,
				room = builder->line_room ? builder->line_room : 4;

	if (count > ZR_BOOK_MAX_LINES - builder->nlines)
		return zr_fail(err, ZR_LIMIT, "Divide the prices over several books, for instance by year.",
					   "A tariff book has at most %d lines.", ZR_BOOK_MAX_LINES);
	needed = builder->nlines + count;
	if (needed <= builder->line_room)
		return true;
	while (room < needed)
		room *= 2;
	builder->lines = builder->grow(builder->context, builder->lines,
								   builder->line_room * sizeof(zr_book_line), room * sizeof(zr_book_line));
	builder->line_room = room;
	return true;
}

/*
 * At most two strings per line of at most 250 bytes, so the sums fit in 32
 * bits: ZR_BOOK_MAX_LINES was checked before.
 */
static void
reserve_strings(zr_book_builder *builder, int count, uint32_t bytes)
{
	uint32_t	used = builder->nstrings ? builder->ends[builder->nstrings - 1] : 0;

	if (builder->nstrings + count > builder->string_room)
	{
		int			room = builder->string_room ? builder->string_room : 4;

		while (room < builder->nstrings + count)
			room *= 2;
		builder->ends = builder->grow(builder->context, builder->ends,
									  builder->string_room * sizeof(uint32_t), room * sizeof(uint32_t));
		builder->string_room = room;
	}
	if (bytes > builder->byte_room - used)
	{
		uint32_t	room = builder->byte_room ? builder->byte_room : 32;

		while (room < used + bytes)
			room *= 2;
		builder->bytes = builder->grow(builder->context, builder->bytes, builder->byte_room, room);
		builder->byte_room = room;
	}
}

/* The string's number in the pool so far. Repetitions that recent[] misses cost space only until finish(). */
static uint32_t
intern(zr_book_builder *builder, const char *s, size_t len)
{
	uint64_t	hash = len;
	uint32_t   *recent;
	uint32_t	used;

	if (len == 0)
		return 0;
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char) s[i]) * UINT64_C(0x100000001B3);
	recent = &builder->recent[(hash ^ hash >> 32) % ZR_BOOK_RECENT];
	if (*recent != 0)
	{
		zr_book_view view;
		size_t		have_len;
		const char *have;

		zr_book_get_view(builder, &view);
		have = zr_book_string(&view, *recent, &have_len);
		if (have_len == len && memcmp(have, s, len) == 0)
			return *recent;
	}
	reserve_strings(builder, 1, (uint32_t) len);
	used = builder->nstrings ? builder->ends[builder->nstrings - 1] : 0;
	memcpy(builder->bytes + used, s, len);
	builder->ends[builder->nstrings++] = used + (uint32_t) len;
	return *recent = (uint32_t) builder->nstrings;
}

bool
zr_book_add(zr_book_builder *builder, zr_product product, const char *group, size_t group_len,
			zr_date lower, zr_date upper, zr_tariff tariff, const char *carried, size_t carried_len, zr_error *err)
{
	char		amount[ZR_BOOK_AMOUNT_ROOM];
	int			amount_len = 0;
	zr_book_line line = {0};

	if (!zr_product_is_valid(product))
		return zr_fail(err, ZR_ARGUMENT, NULL, "The product's number %lu is not a product.", (unsigned long) product);
	if (!zr_tariff_is_valid(tariff))
		return zr_fail(err, ZR_ARGUMENT, NULL, "The tariff is not a valid tariff.");
	if (group_len > 0 && !zr_book_check_group(group, group_len, err))
		return false;
	if (!zr_date_is_valid(lower) || lower == ZR_DATE_MAX || (upper != ZR_DATE_OPEN && !zr_date_is_valid(upper)))
		return zr_fail(err, ZR_DATETIME_RANGE, "Leave the end open when there is none.",
					   "The period of a tariff lies in the years 0001 to 9999.");
	if (lower >= upper)
		return zr_fail(err, ZR_ARGUMENT, "Leave out prices that are never valid.", "The period has no days.");
	if (carried_len > 0)
	{
		char		own[ZR_BOOK_AMOUNT_ROOM];
		int			own_len = zr_book_tariff_amount(tariff, own);

		if (!zr_book_canonical_amount(carried, carried_len, amount, &amount_len, err))
			return false;
		if (amount_len == own_len && memcmp(amount, own, own_len) == 0)
			amount_len = 0;
	}
	if (!reserve_lines(builder, 1, err))
		return false;
	line.product = product;
	line.group = intern(builder, group, group_len);
	line.lower = lower;
	line.upper = upper;
	line.tariff = tariff;
	line.carried = intern(builder, amount, (size_t) amount_len);
	builder->lines[builder->nlines++] = line;
	builder->finished = false;
	return true;
}

bool
zr_book_add_view(zr_book_builder *builder, const zr_book_view *book, zr_error *err)
{
	uint32_t	base = (uint32_t) builder->nstrings;
	uint32_t	used = base ? builder->ends[base - 1] : 0;

	if (book->nlines == 0)
		return true;
	if (!reserve_lines(builder, book->nlines, err))
		return false;
	if (book->nstrings > 0)
	{
		uint32_t	bytes = book->ends[book->nstrings - 1];

		reserve_strings(builder, book->nstrings, bytes);
		memcpy(builder->bytes + used, book->bytes, bytes);
		for (int i = 0; i < book->nstrings; i++)
			builder->ends[builder->nstrings++] = used + book->ends[i];
	}
	for (int i = 0; i < book->nlines; i++)
	{
		zr_book_line line = book->lines[i];

		if (line.group != 0)
			line.group += base;
		if (line.carried != 0)
			line.carried += base;
		builder->lines[builder->nlines++] = line;
	}
	builder->finished = false;
	return true;
}

bool
zr_book_add_for_group(zr_book_builder *builder, const zr_book_view *book,
					  const char *group, size_t group_len, zr_error *err)
{
	uint32_t	wanted = group_len ? zr_book_find_string(book, group, group_len) : 0;

	for (int i = 0; i < book->nlines;)
	{
		zr_product	product = book->lines[i].product;
		uint32_t	chosen = wanted && has_lines(book, product, wanted) ? wanted : 0;

		for (; i < book->nlines && book->lines[i].product == product; i++)
		{
			zr_book_line line = book->lines[i];
			size_t		len;
			const char *carried;

			if (line.group != chosen)
				continue;
			if (!reserve_lines(builder, 1, err))
				return false;
			line.group = 0;
			if (line.carried != 0)
			{
				carried = zr_book_string(book, line.carried, &len);
				line.carried = intern(builder, carried, len);
			}
			builder->lines[builder->nlines++] = line;
			builder->finished = false;
		}
	}
	return true;
}

void
zr_book_get_view(const zr_book_builder *builder, zr_book_view *view)
{
	view->lines = builder->lines;
	view->ends = builder->ends;
	view->bytes = builder->bytes;
	view->nlines = builder->nlines;
	view->nstrings = builder->nstrings;
}

/* A string and its number, so that qsort() needs no context. */
typedef struct pool_entry
{
	const char *bytes;
	uint32_t	len;
	uint32_t	number;
} pool_entry;

static int
compare_entries(const void *a, const void *b)
{
	const pool_entry *x = a,
			   *y = b;

	return compare_bytes(x->bytes, x->len, y->bytes, y->len);
}

/* Sorts the pool, removes duplicates and renumbers the lines. */
static void
sort_pool(zr_book_builder *builder)
{
	int			count = builder->nstrings,
				kept = 0;
	uint32_t	used = 0,
				room;
	pool_entry *entries;
	uint32_t   *numbers;
	char	   *bytes;
	zr_book_view view;
	bool		sorted = true;

	if (count == 0)
		return;
	zr_book_get_view(builder, &view);
	entries = builder->grow(builder->context, NULL, 0, count * sizeof(pool_entry));
	for (int i = 0; i < count; i++)
	{
		size_t		len;

		entries[i].bytes = zr_book_string(&view, (uint32_t) i + 1, &len);
		entries[i].len = (uint32_t) len;
		entries[i].number = (uint32_t) i + 1;
		if (i > 0 && compare_entries(&entries[i - 1], &entries[i]) >= 0)
			sorted = false;
	}
	if (!sorted)
	{
		qsort(entries, count, sizeof(pool_entry), compare_entries);
		room = builder->ends[count - 1];
		bytes = builder->grow(builder->context, NULL, 0, room);
		numbers = builder->grow(builder->context, NULL, 0, (count + 1) * sizeof(uint32_t));
		numbers[0] = 0;
		for (int i = 0; i < count; i++)
		{
			if (i == 0 || compare_entries(&entries[i - 1], &entries[i]) != 0)
			{
				memcpy(bytes + used, entries[i].bytes, entries[i].len);
				used += entries[i].len;
				builder->ends[kept++] = used;
			}
			numbers[entries[i].number] = (uint32_t) kept;
		}
		for (int i = 0; i < builder->nlines; i++)
		{
			builder->lines[i].group = numbers[builder->lines[i].group];
			builder->lines[i].carried = numbers[builder->lines[i].carried];
		}
		give_back(builder, numbers, (count + 1) * sizeof(uint32_t));
		give_back(builder, builder->bytes, builder->byte_room);
		builder->bytes = bytes;
		builder->byte_room = room;
		builder->nstrings = kept;
		memset(builder->recent, 0, sizeof(builder->recent));
	}
	give_back(builder, entries, count * sizeof(pool_entry));
}

/* A total order, so that which two lines a message shows does not depend on the order of input. */
static int
compare_lines(const void *a, const void *b)
{
	const zr_book_line *x = a,
			   *y = b;
	uint64_t	x_key = line_key(x->product, x->group),
				y_key = line_key(y->product, y->group);

	if (x_key != y_key)
		return x_key < y_key ? -1 : 1;
	if (x->lower != y->lower)
		return x->lower < y->lower ? -1 : 1;
	if (x->upper != y->upper)
		return x->upper < y->upper ? -1 : 1;
	if (x->tariff != y->tariff)
		return x->tariff < y->tariff ? -1 : 1;
	return (x->carried > y->carried) - (x->carried < y->carried);
}

int
zr_book_finish(zr_book_builder *builder)
{
	bool		sorted = true;

	if (builder->finished)
		return -1;
	sort_pool(builder);
	for (int i = 1; i < builder->nlines && sorted; i++)
		sorted = compare_lines(&builder->lines[i - 1], &builder->lines[i]) <= 0;
	if (!sorted)
		qsort(builder->lines, builder->nlines, sizeof(zr_book_line), compare_lines);
	for (int i = 1; i < builder->nlines; i++)
	{
		const zr_book_line *one = &builder->lines[i - 1],
				   *next = &builder->lines[i];

		if (one->product == next->product && one->group == next->group && one->upper > next->lower)
			return i - 1;
	}
	builder->finished = true;
	return -1;
}
