/*
 * test_tariff_book.c
 *		Server-free tests of the tariff book's core: look-up against a linear
 *		search, canonical form, text round trip, mutations of valid text.
 */
#include <stdlib.h>

#include "check.h"
#include "tariff_book_core.h"

static size_t held;				/* bytes the builders hold */

static void *
grow(void *context, void *old, size_t old_size, size_t new_size)
{
	void	   *new = NULL;

	(void) context;
	held += new_size;
	held -= old_size;
	/* always move, so that a pointer into the old memory is found out */
	if (new_size > 0)
	{
		new = malloc(new_size);
		if (new == NULL)
			abort();
		if (old != NULL)
			memcpy(new, old, old_size < new_size ? old_size : new_size);
	}
	free(old);
	return new;
}

static zr_tariff
tariff(const char *s)
{
	zr_tariff	t = 0;
	zr_error	err;

	CHECK(zr_tariff_parse(s, strlen(s), &t, &err));
	return t;
}

static zr_product
product(const char *s)
{
	zr_product	p = 0;
	zr_error	err;

	CHECK(zr_product_parse(s, strlen(s), &p, &err));
	return p;
}

/* Parses, sorts and prints; the error's class when that fails, or -1 for overlap. */
static int
canonical(const char *s, size_t len, char **out, zr_error *err)
{
	zr_book_builder b;
	zr_book_view v;
	int			result = 0;

	*out = NULL;
	zr_book_begin(&b, grow, NULL);
	memset(err, 0, sizeof(*err));
	if (!zr_book_parse(&b, s, len, err))
		result = (int) err->cls;
	else if (zr_book_finish(&b) >= 0)
		result = -1;
	else
	{
		size_t		room;

		zr_book_get_view(&b, &v);
		room = zr_book_print_room(&v);
		*out = malloc(room);
		CHECK(zr_book_print(&v, *out) < room);
	}
	zr_book_free(&b);
	return result;
}

static void
prints_as(const char *in, const char *expected)
{
	char	   *out;
	zr_error	err;
	int			result = canonical(in, strlen(in), &out, &err);

	CHECK(result == 0);
	CHECK(out != NULL && strcmp(out, expected) == 0);
	if (out == NULL || strcmp(out, expected) != 0)
		fprintf(stderr, "  %s\n  gave %s (%s)\n", in, out ? out : "an error", err.detail);
	free(out);
}

static void
fails_with(const char *in, int expected, const char *detail)
{
	char	   *out;
	zr_error	err;
	int			result = canonical(in, strlen(in), &out, &err);

	CHECK(result == expected);
	CHECK(detail == NULL || strstr(err.detail, detail) != NULL);
	if (result != expected || (detail && !strstr(err.detail, detail)))
		fprintf(stderr, "  %s\n  gave %d: %s\n", in, result, err.detail);
	free(out);
}

static void
test_text(void)
{
	prints_as("{}", "{}");
	prints_as(" { } ", "{}");
	prints_as("{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761}",
			  "{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761}");
	/* any order, any spacing, any kind of bounds; adjacent equal lines stay apart */
	prints_as("{ 02A16@zzp(2025-12-31,2026-12-31]55.08/uur ~ 0055.07610 ;\n02A16[2027-01-01,]1/uur;02A16 [ 2026-01-01 , 2027-01-01 ) 1.0/uur }",
			  "{02A16 [2026-01-01,2027-01-01) 1.00/uur; 02A16 [2027-01-01,) 1.00/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761}");
	/* the tariff's own amount is not carried */
	prints_as("{02A16 [2026-01-01,) 61.20/uur~61.2}", "{02A16 [2026-01-01,) 61.20/uur}");
	prints_as("{02A16 [2026-01-01,) 61.20/uur~61.2000000}", "{02A16 [2026-01-01,) 61.20/uur}");
	prints_as("{02A16 [2026-01-01,) 0.00/uur~000.000}", "{02A16 [2026-01-01,) 0.00/uur}");
	prints_as("{02A16 [2026-01-01,) 61.20/uur~061}", "{02A16 [2026-01-01,) 61.20/uur~61}");
	prints_as("{02A16 [2026-01-01,) 61.20/uur~0.000}", "{02A16 [2026-01-01,) 61.20/uur~0}");
	/* names */
	prints_as("{02A16@\"zzp\" [2026-01-01,) 1.00/uur}", "{02A16@zzp [2026-01-01,) 1.00/uur}");
	prints_as("{02A16@\"a \"\"b\"\"; }~[\" [2026-01-01,) 1.00/uur}", "{02A16@\"a \"\"b\"\"; }~[\" [2026-01-01,) 1.00/uur}");
	prints_as("{02A16@b[2026-01-01,) 1.00/uur;02A16@B-1_[2026-01-01,) 1.00/uur;02A16@\"\xc3\xa9\"[2026-01-01,) 1/uur}",
			  "{02A16@B-1_ [2026-01-01,) 1.00/uur; 02A16@b [2026-01-01,) 1.00/uur; 02A16@\"\xc3\xa9\" [2026-01-01,) 1.00/uur}");
	prints_as("{02 [0001-01-01,10000-01-01) 99999999.999999/stuks(output)}",
			  "{02 [0001-01-01,10000-01-01) 99999999.999999/stuks(output)}");

	fails_with("", ZR_SYNTAX, "starts with {");
	fails_with("02A16 [2026-01-01,) 1/uur", ZR_SYNTAX, "starts with {");
	fails_with("{", ZR_SYNTAX, "no product");
	fails_with("{02A16 [2026-01-01,) 1/uur", ZR_SYNTAX, "without }");
	fails_with("{02A16 [2026-01-01,) 1/uur;}", ZR_SYNTAX, "Line 2: There is no product");
	fails_with("{;}", ZR_SYNTAX, "no product");
	fails_with("{} {}", ZR_SYNTAX, "after the closing");
	fails_with("{02A16!! [2026-01-01,) 1/uur}", ZR_SYNTAX, "Line 1: ");
	fails_with("{02A16@ [2026-01-01,) 1/uur}", ZR_SYNTAX, "no group name");
	fails_with("{02A16@\"\" [2026-01-01,) 1/uur}", ZR_SYNTAX, "no group name");
	fails_with("{02A16@\"a [2026-01-01,) 1/uur}", ZR_SYNTAX, "closing quote");
	fails_with("{02A16@\"a\"", ZR_SYNTAX, "no range");
	fails_with("{02A16@\"a\"\"", ZR_SYNTAX, "closing quote");
	fails_with("{02A16@z.z [2026-01-01,) 1/uur}", ZR_SYNTAX, "followed by something else");
	fails_with("{02A16@\"a\tb\" [2026-01-01,) 1/uur}", ZR_SYNTAX, "control character, code 9");
	fails_with("{02A16@0123456789012345678901234567890123456789012345678901234567890123 [2026-01-01,) 1/uur}", ZR_SYNTAX, "63 bytes, not 64");
	fails_with("{02A16 1/uur}", ZR_SYNTAX, "no range");
	fails_with("{02A16 [,2026-01-01) 1/uur}", ZR_SYNTAX, "no first day");
	fails_with("{02A16 [2026-02-30,) 1/uur}", ZR_SYNTAX, "first day of the range is not");
	fails_with("{02A16 [2026-01-01 1/uur}", ZR_SYNTAX, "no comma");
	fails_with("{02A16 [2026-01-01,infinity) 1/uur}", ZR_SYNTAX, "end of the range is not");
	fails_with("{02A16 [2026-01-01,2026-02-01 1/uur}", ZR_SYNTAX, "bracket");
	fails_with("{02A16 [2026-01-01,2026-01-01) 1/uur}", ZR_SYNTAX, "no days");
	fails_with("{02A16 [2026-01-02,2026-01-01] 1/uur}", ZR_SYNTAX, "no days");
	fails_with("{02A16 [2026-01-01,10000-01-01] 1/uur}", ZR_DATETIME_RANGE, "years 0001 to 9999");
	fails_with("{02A16 [2026-01-01,)}", ZR_SYNTAX, "no tariff");
	fails_with("{02A16 [2026-01-01,) ~1}", ZR_SYNTAX, "no tariff");
	fails_with("{02A16 [2026-01-01,) 1/euro}", ZR_SYNTAX, "Line 1: ");
	fails_with("{02A16 [2026-01-01,) 1/uur~}", ZR_SYNTAX, "unrounded amount is missing");
	fails_with("{02A16 [2026-01-01,) 1/uur~-1}", ZR_SYNTAX, "not a number");
	fails_with("{02A16 [2026-01-01,) 1/uur~1.}", ZR_SYNTAX, "not a number");
	fails_with("{02A16 [2026-01-01,) 1/uur~.5}", ZR_SYNTAX, "not a number");
	fails_with("{02A16 [2026-01-01,) 1/uur~1e5}", ZR_SYNTAX, "not a number");
	fails_with("{02A16 [2026-01-01,) 1/uur~123456789}", ZR_RANGE, "at most 8 digits");
	fails_with("{02A16 [2026-01-01,2026-01-03) 1/uur; 02A16 [2026-01-02,) 2/uur}", -1, NULL);
	fails_with("{02A16 [2026-01-01,) 1/uur; 02A16 [2026-01-01,) 1/uur}", -1, NULL);
}

static void
test_carried_length(void)
{
	char		text[600];
	char	   *out;
	zr_error	err;

	for (int digits = 245; digits <= 252; digits++)
	{
		int			len = sprintf(text, "{02A16 [2026-01-01,) 1.00/uur~1.");

		memset(text + len, '7', digits - 2);
		strcpy(text + len + digits - 2, "}");
		CHECK(canonical(text, strlen(text), &out, &err) == (digits <= ZR_BOOK_MAX_CARRIED ? 0 : (int) ZR_RANGE));
		CHECK(out == NULL || strcmp(out, text) == 0);
		free(out);
	}
	/* zeros that do not count do not reach the limit */
	memset(text, 0, sizeof(text));
	strcpy(text, "{02A16 [2026-01-01,) 1.00/uur~");
	memset(text + strlen(text), '0', 300);
	strcat(text, "1.5}");
	prints_as(text, "{02A16 [2026-01-01,) 1.00/uur~1.5}");
}

/* Random lines without overlap, in random order; the plain list is the oracle. */
#define ORACLE_LINES 300
static const char *const groups[] = {"", "zzp", "a", "klein bureau", "\xc3\xa9\xc3\xa9n", "zzp2"};
static const char *const carrieds[] = {"", "1.2345678901", "7.1", "0.3333333333333333333333", "61"};

typedef struct oracle_line
{
	zr_product	product;
	int			group;
	zr_date		lower,
				upper;
	zr_tariff	tariff;
	int			carried;
} oracle_line;

static int
make_lines(uint64_t *seed, oracle_line *lines)
{
	static const char *const products[] = {"02A16", "02", "01:1001", "1001", "45A10"};
	static const char *const prices[] = {"61.20/uur", "1.02/minuut", "255.47/etmaal", "61/uur"};
	int			count = 0;

	for (int p = 0; p < 5; p++)
		for (int g = 0; g < 6; g++)
		{
			zr_date		day = (zr_date) (check_rand(seed) % 100);
			int			periods = (int) (check_rand(seed) % 10);

			for (int k = 0; k < periods; k++)
			{
				oracle_line *l = &lines[count++];

				l->product = product(products[p]);
				l->group = g;
				l->lower = day += (zr_date) (check_rand(seed) % 3);
				l->upper = day += 1 + (zr_date) (check_rand(seed) % 5);
				if (k == periods - 1 && check_rand(seed) % 2)
					l->upper = ZR_DATE_OPEN;
				l->tariff = tariff(prices[check_rand(seed) % 4]);
				l->carried = (int) (check_rand(seed) % 5);
			}
		}
	for (int i = count - 1; i > 0; i--)
	{
		int			j = (int) (check_rand(seed) % (uint64_t) (i + 1));
		oracle_line swap = lines[i];

		lines[i] = lines[j];
		lines[j] = swap;
	}
	return count;
}

static void
add(zr_book_builder *b, const oracle_line *l)
{
	zr_error	err;

	CHECK(zr_book_add(b, l->product, groups[l->group], strlen(groups[l->group]), l->lower, l->upper, l->tariff,
					  carrieds[l->carried], strlen(carrieds[l->carried]), &err));
}

static bool
carries(const zr_book_view *v, const zr_book_line *line, const oracle_line *l)
{
	char		have[ZR_BOOK_AMOUNT_ROOM],
				want[ZR_BOOK_AMOUNT_ROOM];

	zr_book_amount(v, line, have);
	zr_book_tariff_amount(l->tariff, want);
	return strcmp(have, l->carried ? carrieds[l->carried] : want) == 0;
}

static void
check_canonical(const zr_book_view *v)
{
	char	   *used = calloc(v->nstrings + 1, 1);

	for (int i = 0; i < v->nlines; i++)
	{
		CHECK(v->lines[i].reserved == 0);
		CHECK(v->lines[i].group <= (uint32_t) v->nstrings && v->lines[i].carried <= (uint32_t) v->nstrings);
		used[v->lines[i].group] = used[v->lines[i].carried] = 1;
		CHECK(i == 0 || v->lines[i - 1].product < v->lines[i].product ||
			  (v->lines[i - 1].product == v->lines[i].product &&
			   (v->lines[i - 1].group < v->lines[i].group ||
				(v->lines[i - 1].group == v->lines[i].group && v->lines[i - 1].upper <= v->lines[i].lower))));
	}
	for (int i = 1; i <= v->nstrings; i++)
	{
		size_t		len,
					next_len;
		const char *s = zr_book_string(v, (uint32_t) i, &len);

		CHECK(used[i] && len > 0);
		CHECK(zr_book_find_string(v, s, len) == (uint32_t) i);
		if (i < v->nstrings)
		{
			const char *next = zr_book_string(v, (uint32_t) i + 1, &next_len);
			int			cmp = memcmp(s, next, len < next_len ? len : next_len);

			CHECK(cmp < 0 || (cmp == 0 && len < next_len));
		}
	}
	free(used);
}

static void
test_oracle(void)
{
	uint64_t	seed = 20260101;

	for (int round = 0; round < 60; round++)
	{
		oracle_line lines[ORACLE_LINES];
		int			count = make_lines(&seed, lines);
		zr_book_builder whole,
					half[2],
					merged,
					again,
					sliced;
		zr_book_view v,
					w;
		zr_error	err;
		char	   *text;

		zr_book_begin(&whole, grow, NULL);
		for (int h = 0; h < 2; h++)
			zr_book_begin(&half[h], grow, NULL);
		for (int i = 0; i < count; i++)
		{
			add(&whole, &lines[i]);
			add(&half[check_rand(&seed) % 2], &lines[i]);
			/* finishing in between must not disturb what is added later */
			if (check_rand(&seed) % 20 == 0)
				CHECK(zr_book_finish(&whole) == -1);
		}
		CHECK(zr_book_finish(&whole) == -1);
		zr_book_get_view(&whole, &v);
		CHECK(v.nlines == count);
		check_canonical(&v);

		for (int q = 0; q < 500; q++)
		{
			zr_product	p = lines[check_rand(&seed) % (count ? count : 1)].product;
			int			g = (int) (check_rand(&seed) % 6);
			zr_date		day = (zr_date) (check_rand(&seed) % 200) - 10;
			const oracle_line *found = NULL,
					   *for_group = NULL;
			bool		group_has = false;
			uint32_t	number = g ? zr_book_find_string(&v, groups[g], strlen(groups[g])) : 0;
			const zr_book_line *line;
			int			covered = 0,
						seen = 0;

			if (count == 0)
				break;
			for (int i = 0; i < count; i++)
			{
				const oracle_line *l = &lines[i];

				if (l->product != p)
					continue;
				if (l->group == g)
				{
					group_has = true;
					if (l->lower <= day && day < l->upper)
						found = l;
				}
				if (l->group == 0 && l->lower < day + 20 && l->upper > day)
					covered++;
			}
			for (int i = 0; i < count; i++)
				if (lines[i].product == p && lines[i].group == (group_has ? g : 0) &&
					lines[i].lower <= day && day < lines[i].upper)
					for_group = &lines[i];
			if (g == 0 || number != 0)
			{
				line = zr_book_line_on(&v, p, number, day);
				CHECK((line != NULL) == (found != NULL));
				CHECK(line == NULL || (line->tariff == found->tariff && line->lower == found->lower && carries(&v, line, found)));
			}
			line = zr_book_line_for(&v, p, groups[g], strlen(groups[g]), day);
			CHECK((line != NULL) == (for_group != NULL));
			CHECK(line == NULL || line->tariff == for_group->tariff);
			for (int i = zr_book_first(&v, p, day); i < v.nlines && zr_book_covers(&v.lines[i], p, day + 20); i++)
				seen++;
			CHECK(seen == covered);
		}

		/* merging the halves in either order, and reading the text, give the same bytes */
		for (int order = 0; order < 2; order++)
		{
			zr_book_begin(&merged, grow, NULL);
			for (int h = 0; h < 2; h++)
			{
				CHECK(zr_book_finish(&half[h]) == -1);
				zr_book_get_view(&half[h ^ order], &w);
				CHECK(zr_book_add_view(&merged, &w, &err));
			}
			CHECK(zr_book_finish(&merged) == -1);
			zr_book_get_view(&merged, &w);
			check_canonical(&w);
			CHECK(zr_book_equal(&v, &w));
			zr_book_free(&merged);
		}
		text = malloc(zr_book_print_room(&v));

		zr_book_print(&v, text);
		zr_book_begin(&again, grow, NULL);
		CHECK(zr_book_parse(&again, text, strlen(text), &err));
		CHECK(zr_book_finish(&again) == -1);
		zr_book_get_view(&again, &w);
		CHECK(zr_book_equal(&v, &w));
		zr_book_free(&again);
		free(text);

		for (int g = 0; g < 6; g++)
		{
			int			expected = 0;

			zr_book_begin(&sliced, grow, NULL);
			CHECK(zr_book_add_for_group(&sliced, &v, groups[g], strlen(groups[g]), &err));
			CHECK(zr_book_finish(&sliced) == -1);
			zr_book_get_view(&sliced, &w);
			check_canonical(&w);
			for (int i = 0; i < count; i++)
			{
				bool		group_has = false;

				for (int j = 0; j < count; j++)
					group_has |= lines[j].product == lines[i].product && lines[j].group == g;
				if (lines[i].group == (group_has ? g : 0))
				{
					const zr_book_line *line = zr_book_line_on(&w, lines[i].product, 0, lines[i].lower);

					expected++;
					CHECK(line != NULL && line->upper == lines[i].upper && carries(&w, line, &lines[i]));
				}
			}
			CHECK(w.nlines == expected);
			zr_book_free(&sliced);
		}
		zr_book_free(&whole);
		zr_book_free(&half[0]);
		zr_book_free(&half[1]);
	}
}

static void
test_fields(void)
{
	zr_book_builder b;
	zr_error	err;
	zr_product	p = product("02A16");
	zr_tariff	t = tariff("61.20/uur");

	zr_book_begin(&b, grow, NULL);
	CHECK(!zr_book_add(&b, 0, "", 0, 0, 1, t, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, UINT32_MAX, "", 0, 0, 1, t, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, p, "", 0, 0, 1, 0, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, p, "", 0, 0, 1, UINT64_MAX, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, p, "", 0, 1, 1, t, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, p, "", 0, INT32_MIN, 1, t, "", 0, &err) && err.cls == ZR_DATETIME_RANGE);
	CHECK(!zr_book_add(&b, p, "", 0, 0, INT32_MAX - 1, t, "", 0, &err) && err.cls == ZR_DATETIME_RANGE);
	CHECK(!zr_book_add(&b, p, "", 0, ZR_DATE_OPEN, ZR_DATE_OPEN, t, "", 0, &err) && err.cls == ZR_DATETIME_RANGE);
	CHECK(!zr_book_add(&b, p, "a\x7f", 2, 0, 1, t, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, p, "a\0", 2, 0, 1, t, "", 0, &err) && err.cls == ZR_ARGUMENT);
	CHECK(!zr_book_add(&b, p, "", 0, 0, 1, t, "x", 1, &err) && err.cls == ZR_SYNTAX);
	CHECK(b.nlines == 0 && b.nstrings == 0);

	/* the limit, and a million lines in the worst order */
	for (int i = 0; i < ZR_BOOK_MAX_LINES; i++)
		if (!zr_book_add(&b, p, "zzp", 3, ZR_BOOK_MAX_LINES - i, ZR_BOOK_MAX_LINES - i + 1, t, "", 0, &err))
			CHECK(false);
	CHECK(!zr_book_add(&b, p, "", 0, 0, 1, t, "", 0, &err) && err.cls == ZR_LIMIT);
	CHECK(zr_book_finish(&b) == -1);
	CHECK(b.nlines == ZR_BOOK_MAX_LINES && b.nstrings == 1 && b.lines[0].lower == 1);
	zr_book_free(&b);
}

/* A mutation of valid text gives an error with a DETAIL or a book whose text reads back as itself. */
static void
test_mutations(int count)
{
	static const char *const valid[] = {
		"{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761}",
		"{02A16@\"a \"\"b; }~[\" [2026-01-01,) 1.00/uur; 01:1001 (2025-12-31,2026-12-31] 255.47/etmaal~255.4699999999999}",
		"{}",
		"{02 [0001-01-01,10000-01-01) 99999999.999999/stuks(output)}",
	};
	static const char alphabet[] = "{}[]()\"\"@~;:,./- 0123456789AZaz_\n\t\x7f\xc3\xa9";
	uint64_t	seed = 42;
	int			good = 0;

	for (int i = 0; i < count; i++)
	{
		const char *from = valid[check_rand(&seed) % 4];
		size_t		len = strlen(from);
		char	   *text = malloc(len + 8); /* exactly sized below: a read past the end is found */
		char	   *exact,
				   *out;
		int			edits = 1 + (int) (check_rand(&seed) % 4);
		zr_error	err;
		int			result;

		memcpy(text, from, len);
		while (edits-- > 0)
		{
			size_t		at = len ? check_rand(&seed) % len : 0;

			switch (check_rand(&seed) % 4)
			{
				case 0:
					if (len > 0)
						text[at] = alphabet[check_rand(&seed) % (sizeof(alphabet) - 1)];

					break;
				case 1:
					memmove(text + at + 1, text + at, len - at);
					text[at] = alphabet[check_rand(&seed) % (sizeof(alphabet) - 1)];

					len++;
					break;
				case 2:
					if (len > 0)
						memmove(text + at, text + at + 1, --len - at);
					break;
				default:
					if (check_rand(&seed) % 4 == 0)
						len = at;
			}
		}
		exact = malloc(len ? len : 1);
		memcpy(exact, text, len);
		result = canonical(exact, len, &out, &err);
		if (result == 0)
		{
			char	   *second;

			good++;
			CHECK(canonical(out, strlen(out), &second, &err) == 0);
			CHECK(second != NULL && strcmp(out, second) == 0);
			free(second);
		}
		else if (result > 0)
			CHECK(err.detail[0] != '\0');
		free(out);
		free(exact);
		free(text);
	}
	CHECK(good > count / 50);	/* the mutations do not only break things */
}

int
main(void)
{
	test_text();
	test_carried_length();
	test_oracle();
	test_fields();
	test_mutations(200000);
	CHECK(held == 0);
	CHECK_DONE();
}
