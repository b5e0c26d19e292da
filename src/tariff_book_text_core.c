/*
 * tariff_book_text_core.c
 *		Text of a tariff book.
 *
 *	book	:= "{" [ line { ";" line } ] "}"
 *	line	:= product [ "@" group ] range tariff [ "~" amount ]
 *	group	:= letters, digits, "_", "-" | '"' any but controls, '"' doubled '"'
 *	range	:= ("[" | "(") date "," [ date ] (")" | "]")
 *
 * White space is free between the parts. Lines may come in any order; they
 * print sorted, with half-open ranges, which is the canonical form.
 */
#include "tariff_book_core.h"

#include <stdio.h>
#include <string.h>

#define HINT_LINE "Write a line as 02A16@group [2026-01-01,2027-01-01) 61.20/uur; the group and the last day may be left out."

static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
is_bare(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

static const char *
skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

bool
zr_book_check_group(const char *group, size_t len, zr_error *err)
{
	if (len == 0 || len > ZR_BOOK_MAX_GROUP)
		return zr_fail(err, ZR_ARGUMENT, "Shorten the name of the group.",
					   "A tariff group has a name of 1 to %d bytes, not %lu.", ZR_BOOK_MAX_GROUP, (unsigned long) len);
	for (size_t i = 0; i < len; i++)
	{
		unsigned char c = (unsigned char) group[i];

		if (c < 0x20 || c == 0x7f)
			return zr_fail(err, ZR_ARGUMENT, "Use printable characters only.",
						   "The name of a tariff group holds a control character, code %d.", c);
	}
	return true;
}

bool
zr_book_canonical_amount(const char *s, size_t len, char *out, int *out_len, zr_error *err)
{
	size_t		point = 0,
				start = 0,
				end = len;

	while (point < len && s[point] >= '0' && s[point] <= '9')
		point++;
	if (point < len)
	{
		size_t		i = point + 1;

		while (i < len && s[i] >= '0' && s[i] <= '9')
			i++;
		if (s[point] != '.' || point == 0 || i != len || i == point + 1)
			return zr_fail(err, ZR_SYNTAX, "Write digits with a decimal point, such as 55.0761.",
						   "The unrounded amount is not a number of 0 or more.");
	}
	else if (len == 0)
		return zr_fail(err, ZR_SYNTAX, "Write digits with a decimal point, such as 55.0761.",
					   "The unrounded amount is missing.");
	while (start + 1 < point && s[start] == '0')
		start++;
	if (point < len)
	{
		while (s[end - 1] == '0')
			end--;
		if (end == point + 1)
			end--;
	}
	if (point - start > 8 || end - start > ZR_BOOK_MAX_CARRIED)
		return zr_fail(err, ZR_RANGE, "Round the amount to fewer decimals.",
					   "The unrounded amount has at most 8 digits before the point and %d characters in all.",
					   ZR_BOOK_MAX_CARRIED);
	memcpy(out, s + start, end - start);
	out[end - start] = '\0';
	*out_len = (int) (end - start);
	return true;
}

int
zr_book_tariff_amount(zr_tariff tariff, char *out)
{
	int64_t		micros = zr_tariff_micros(tariff);
	int			len = snprintf(out, ZR_BOOK_AMOUNT_ROOM, "%lld.%06lld",
							   (long long) (micros / ZR_MICROS_PER_EURO), (long long) (micros % ZR_MICROS_PER_EURO));

	while (out[len - 1] == '0')
		len--;
	if (out[len - 1] == '.')
		len--;
	out[len] = '\0';
	return len;
}

/* Reads "@group" after the '@', unescaped into name (ZR_BOOK_MAX_GROUP). */
static bool
parse_group(const char **pp, const char *end, char *name, size_t *name_len, zr_error *err)
{
	const char *p = *pp;
	size_t		len = 0;

	if (p < end && *p == '"')
	{
		for (p++; p < end && (*p != '"' || (p + 1 < end && p[1] == '"')); p++)
		{
			if (*p == '"')
				p++;			/* the second of two */
			if (len < ZR_BOOK_MAX_GROUP)
				name[len] = *p;
			len++;
		}
		if (p == end)
			return zr_fail(err, ZR_SYNTAX, "Close the name with a quotation mark.",
						   "The name of a tariff group has no closing quote.");
		p++;
	}
	else
		for (; p < end && is_bare(*p); p++)
		{
			if (len < ZR_BOOK_MAX_GROUP)
				name[len] = *p;
			len++;
		}
	if (len == 0 || (p < end && !is_space(*p) && *p != '[' && *p != '('))
		return zr_fail(err, ZR_SYNTAX,
					   "Write @ and the group's name, in quotation marks when it holds other characters than letters, digits, _ and -.",
					   len == 0 ? "There is no group name after @." :
					   "The name of a tariff group is followed by something else than a range of days.");
	if (len > ZR_BOOK_MAX_GROUP)
		return zr_book_check_group(NULL, len, err);
	*name_len = len;
	*pp = p;
	return zr_book_check_group(name, len, err);
}

static bool
parse_range(const char **pp, const char *end, zr_date *lower, zr_date *upper, zr_error *err)
{
	static const char hint[] = "Write the days as [2026-01-01,2027-01-01), the end excluded, or [2026-01-01,) without an end.";
	const char *p = *pp;
	bool		open_end = false;

	if (p == end || (*p != '[' && *p != '('))
		return zr_fail(err, ZR_SYNTAX, hint, "There is no range of days after the product.");
	open_end = *p++ == '(';		/* a range that excludes its first day starts a day later */
	p = skip_space(p, end);
	if (p < end && *p == ',')
		return zr_fail(err, ZR_SYNTAX, hint, "The range has no first day.");
	if (!zr_date_parse(&p, end, lower))
		return zr_fail(err, ZR_SYNTAX, hint, "The first day of the range is not a date.");
	if (open_end)
		(*lower)++;
	p = skip_space(p, end);
	if (p == end || *p != ',')
		return zr_fail(err, ZR_SYNTAX, hint, "There is no comma after the first day.");
	p = skip_space(p + 1, end);
	if (p < end && (*p == ')' || *p == ']'))
		*upper = ZR_DATE_OPEN;
	else
	{
		if (!zr_date_parse(&p, end, upper))
			return zr_fail(err, ZR_SYNTAX, hint, "The end of the range is not a date.");
		p = skip_space(p, end);
		if (p == end || (*p != ')' && *p != ']'))
			return zr_fail(err, ZR_SYNTAX, hint, "The range does not end with a bracket.");
		if (*p == ']')
			(*upper)++;
	}
	*pp = p + 1;
	return true;
}

static bool
parse_line(zr_book_builder *builder, const char **pp, const char *end, zr_error *err)
{
	const char *p = *pp,
			   *start = p,
			   *stop;
	zr_product	product;
	zr_date		lower,
				upper;
	zr_tariff	tariff;
	char		group[ZR_BOOK_MAX_GROUP];
	size_t		group_len = 0;
	const char *carried = NULL;

	while (p < end && !is_space(*p) && *p != '@' && *p != '[' && *p != '(' && *p != ';' && *p != '}')
		p++;
	if (p == start)
		return zr_fail(err, ZR_SYNTAX, HINT_LINE, "There is no product where a line should start.");
	if (!zr_product_parse(start, p - start, &product, err))
		return false;
	if (p < end && *p == '@')
	{
		p++;
		if (!parse_group(&p, end, group, &group_len, err))
			return false;
	}
	p = skip_space(p, end);
	if (!parse_range(&p, end, &lower, &upper, err))
		return false;

	start = p = skip_space(p, end);
	while (p < end && *p != '~' && *p != ';' && *p != '}')
		p++;
	for (stop = p; stop > start && is_space(stop[-1]);)
		stop--;
	if (stop == start)
		return zr_fail(err, ZR_SYNTAX, HINT_LINE, "There is no tariff after the range.");
	if (!zr_tariff_parse(start, stop - start, &tariff, err))
		return false;
	stop = start = p;
	if (p < end && *p == '~')
	{
		char		dummy[ZR_BOOK_AMOUNT_ROOM];
		int			dummy_len;

		carried = start = skip_space(p + 1, end);
		for (p = start; p < end && *p != ';' && *p != '}';)
			p++;
		for (stop = p; stop > start && is_space(stop[-1]);)
			stop--;
		/* here, because to zr_book_add() a length of 0 means none */
		if (!zr_book_canonical_amount(carried, stop - start, dummy, &dummy_len, err))
			return false;
	}
	*pp = p;
	return zr_book_add(builder, product, group, group_len, lower, upper, tariff, carried, stop - start, err);
}

/* A reader of a long book must find the line; lines are counted from 1. */
static bool
name_line(zr_error *err, int number)
{
	zr_error	copy;

	if (err != NULL)
	{
		copy = *err;
		zr_fail(err, copy.cls == ZR_ARGUMENT ? ZR_SYNTAX : copy.cls, copy.hint, "Line %d: %.230s", number, copy.detail);
	}
	return false;
}

bool
zr_book_parse(zr_book_builder *builder, const char *s, size_t len, zr_error *err)
{
	static const char hint[] = "Write {} or {02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,) 55.08/uur}.";
	const char *end = s + len,
			   *p = skip_space(s, end);
	int			number = 0;

	if (p == end || *p != '{')
		return zr_fail(err, ZR_SYNTAX, hint, "A tariff book starts with {.");
	p = skip_space(p + 1, end);
	if (p == end || *p != '}')
		for (;;)
		{
			number++;
			if (!parse_line(builder, &p, end, err))
				return name_line(err, number);
			if (p == end)
				return zr_fail(err, ZR_SYNTAX, hint, "The text ends after line %d, without }.", number);
			if (*p == '}')
				break;
			p = skip_space(p + 1, end); /* a line stops at ; or } or at the end */
		}
	p = skip_space(p + 1, end);
	if (p != end)
		return zr_fail(err, ZR_SYNTAX, hint, "There is text after the closing }.");
	return true;
}

static char *
print_group(char *out, const char *name, size_t len)
{
	bool		bare = true;

	for (size_t i = 0; i < len && bare; i++)
		bare = is_bare(name[i]);
	*out++ = '@';
	if (bare)
	{
		memcpy(out, name, len);
		return out + len;
	}
	*out++ = '"';
	for (size_t i = 0; i < len; i++)
	{
		if (name[i] == '"')
			*out++ = '"';
		*out++ = name[i];
	}
	*out++ = '"';
	return out;
}

int
zr_book_print_line(const zr_book_view *book, const zr_book_line *line, char *out)
{
	char	   *p = out;
	size_t		len;
	const char *s;

	p += zr_product_print(line->product, p);
	if (line->group != 0)
	{
		s = zr_book_string(book, line->group, &len);
		p = print_group(p, s, len);
	}
	*p++ = ' ';
	*p++ = '[';
	p += zr_date_print(line->lower, p);
	*p++ = ',';
	if (line->upper != ZR_DATE_OPEN)
		p += zr_date_print(line->upper, p);
	*p++ = ')';
	*p++ = ' ';
	p += zr_tariff_print(line->tariff, p);
	if (line->carried != 0)
	{
		s = zr_book_string(book, line->carried, &len);
		*p++ = '~';
		memcpy(p, s, len);
		p += len;
	}
	*p = '\0';
	return (int) (p - out);
}

size_t
zr_book_print_room(const zr_book_view *book)
{
	size_t		room = 3;

	/* product, " [", two dates, ",", ") ", tariff, "; " and, when there, "@" with doubled quotes and "~" */
	for (int i = 0; i < book->nlines; i++)
	{
		const zr_book_line *line = &book->lines[i];
		size_t		len;

		room += ZR_PRODUCT_TEXT_MAX + 2 * ZR_DATE_TEXT_MAX + ZR_TARIFF_TEXT_MAX + 8;
		if (line->group != 0)
		{
			zr_book_string(book, line->group, &len);
			room += 2 * len + 3;
		}
		if (line->carried != 0)
		{
			zr_book_string(book, line->carried, &len);
			room += len + 1;
		}
	}
	return room;
}

size_t
zr_book_print(const zr_book_view *book, char *out)
{
	char	   *p = out;

	*p++ = '{';
	for (int i = 0; i < book->nlines; i++)
	{
		if (i > 0)
		{
			*p++ = ';';
			*p++ = ' ';
		}
		p += zr_book_print_line(book, &book->lines[i], p);
	}
	*p++ = '}';
	*p = '\0';
	return (size_t) (p - out);
}
