/*
 * threshold_parse_core.c
 *		From rule text to the compact form, in one pass.
 *
 * There is no tree in between: each function reads one production of the
 * grammar and writes its bytes. The caller's buffer is large enough for every
 * text of its length (ZR_THRESHOLD_BOUND), and nothing recurses, because a set
 * holds no sets.
 */
#include "threshold_core.h"

#include <string.h>

typedef struct parser
{
	const char *start;
	const char *p;
	const char *end;
	uint8_t    *out;
	size_t		len;
	zr_error   *err;
} parser;

typedef struct word
{
	const char *s;
	int			len;
} word;

/* ---- Output ---- */

static inline void
put_u8(parser *ps, unsigned value)
{
	ps->out[ps->len++] = (uint8_t) value;
}

static inline void
set_u16(uint8_t *p, unsigned value)
{
	p[0] = (uint8_t) value;
	p[1] = (uint8_t) (value >> 8);
}

static void
put_bytes(parser *ps, const void *s, size_t len)
{
	memcpy(ps->out + ps->len, s, len);
	ps->len += len;
}

static void
put_u16(parser *ps, unsigned value)
{
	set_u16(ps->out + ps->len, value);
	ps->len += 2;
}

static void
set_u32(uint8_t *p, uint32_t value)
{
	set_u16(p, value & 0xffff);
	set_u16(p + 2, value >> 16);
}

static void
put_u32(parser *ps, uint32_t value)
{
	set_u32(ps->out + ps->len, value);
	ps->len += 4;
}

static void
put_u128(parser *ps, zr_uint128 value)
{
	for (int i = 0; i < 16; i++, value >>= 8)
		put_u8(ps, (uint8_t) value);
}

/* ---- Input ---- */

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip_space(parser *ps)
{
	while (ps->p < ps->end && is_space(*ps->p))
		ps->p++;
}

/* What stands at the current place, for a message: a few printable characters, or a description. */
static const char *
found(parser *ps, char *buf, size_t size)
{
	size_t		n = 0;

	if (ps->p >= ps->end)
		return "the end";
	buf[n++] = '"';
	for (const char *p = ps->p; p < ps->end && n < size - 2 && *p > 0x20 && *p < 0x7f; p++)
		buf[n++] = *p;
	buf[n++] = '"';
	buf[n] = '\0';
	return n > 2 ? buf : (uint8_t) *ps->p >= 0x80 ? "a character outside ASCII" : "a control character";
}

static bool
expected(parser *ps, const char *what, const char *hint)
{
	char		buf[24];

	return zr_fail(ps->err, ZR_SYNTAX, hint, "Expected %s at position %d, found %s.",
				   what, (int) (ps->p - ps->start) + 1, found(ps, buf, sizeof(buf)));
}

static bool
word_is(const word *w, const char *lower)
{
	for (int i = 0; i < w->len; i++)
	{
		char		c = w->s[i];

		if (c >= 'A' && c <= 'Z')
			c = (char) (c - 'A' + 'a');
		if (c != lower[i])
			return false;
	}
	return lower[w->len] == '\0';
}

/* letters, digits and underscores, and the dots between such names */
static bool
read_word(parser *ps, word *w)
{
	const char *p = ps->p;

	w->s = p;
	for (;;)
	{
		if (p >= ps->end || !is_letter(*p))
			return false;
		while (p < ps->end && (is_letter(*p) || is_digit(*p)))
			p++;
		if (p >= ps->end || *p != '.')
			break;
		p++;
	}
	w->len = (int) (p - w->s);
	ps->p = p;
	return true;
}

static bool
peek_word(parser *ps, word *w)
{
	const char *here = ps->p;
	bool		ok = read_word(ps, w);

	ps->p = here;
	return ok;
}

static bool
accept_keyword(parser *ps, const char *keyword)
{
	word		w;

	skip_space(ps);
	if (!peek_word(ps, &w) || !word_is(&w, keyword))
		return false;
	ps->p += w.len;
	return true;
}

static bool
is_reserved(const word *w)
{
	static const char *const words[] = {"if", "and", "unless", "or", "in", "contains", "true", "false", "null"};

	for (int i = 0; i < (int) (sizeof(words) / sizeof(words[0])); i++)
		if (word_is(w, words[i]))
			return true;
	return false;
}

/* ---- Facts ---- */

#define NAME_HINT "A fact is the name of a dossier key: letters a to z, digits and underscores, with dots between nested names."

static bool
put_fact(parser *ps, const word *w)
{
	int			depth = 1;

	for (int i = 0; i < w->len; i++)
		depth += w->s[i] == '.';
	if (w->len > ZR_FACT_MAX_LENGTH || depth > ZR_FACT_MAX_DEPTH)
		return zr_fail(ps->err, ZR_LIMIT, NULL,
					   "A fact name has at most %d characters and %d nested names; this one has %d and %d.",
					   ZR_FACT_MAX_LENGTH, ZR_FACT_MAX_DEPTH, w->len, depth);
	put_u32(ps, zr_fact_hash(w->s, w->len));
	put_u16(ps, w->len);
	put_bytes(ps, w->s, w->len);
	return true;
}

static bool
parse_fact(parser *ps)
{
	word		w;

	skip_space(ps);
	if (!peek_word(ps, &w) || is_reserved(&w))
		return expected(ps, "a fact", NAME_HINT);
	ps->p += w.len;
	return put_fact(ps, &w);
}

/* ---- Values ---- */

#define VALUE_HINT "Write a number, 1/3, true, false, \"text\", a date 2026-01-31, another fact, or a set {1, 2}."

/* after a number or a date must come something that cannot be part of it */
static bool
check_end_of_number(parser *ps)
{
	if (ps->p >= ps->end || (!is_letter(*ps->p) && !is_digit(*ps->p) && !strchr(".\"-+/", *ps->p)))
		return true;
	return expected(ps, "the end of the number", "Numbers are written as 8.5 or 1/3, dates as 2026-01-31.");
}

static zr_uint128
read_uint128(const char *s, const char *end)
{
	zr_uint128	value = 0;

	for (; s < end; s++)
		value = value * 10 + (unsigned) (*s - '0');
	return value;
}

static bool
parse_fraction(parser *ps, bool negative, const char *num, const char *num_end)
{
	const char *den = ps->p;
	zr_uint128	a,
				b,
				rest;

	while (ps->p < ps->end && is_digit(*ps->p))
		ps->p++;
	if (ps->p == den)
		return expected(ps, "the denominator of a fraction", NULL);
	if (num_end - num > ZR_FRACTION_MAX_DIGITS || ps->p - den > ZR_FRACTION_MAX_DIGITS)
		return zr_fail(ps->err, ZR_LIMIT, NULL, "A fraction has at most %d digits above and below the line.",
					   ZR_FRACTION_MAX_DIGITS);
	a = read_uint128(num, num_end);
	b = read_uint128(den, ps->p);
	if (b == 0)
		return zr_fail(ps->err, ZR_SYNTAX, NULL, "The denominator of the fraction at position %d is zero.",
					   (int) (num - ps->start) + 1);

	/* lowest terms, and a whole number is no fraction: equal numbers get equal bytes */
	for (zr_uint128 x = a, y = b;; x = y, y = rest)
	{
		rest = x % y;
		if (rest == 0)
		{
			a /= y;
			b /= y;
			break;
		}
	}
	if (b == 1)
	{
		char		text[40],
					digits[40];
		int			at = sizeof(text);
		zr_number	n;

		do
			text[--at] = (char) ('0' + (int) (a % 10));
		while ((a /= 10) > 0);
		zr_number_from_text(text + at, sizeof(text) - at, digits, &n);
		put_u8(ps, ZR_VALUE_NUMBER);
		put_u8(ps, negative && n.ndigits > 0);
		put_u32(ps, (uint32_t) n.point);
		put_u16(ps, n.ndigits);
		put_bytes(ps, n.digits, n.ndigits);
	}
	else
	{
		put_u8(ps, ZR_VALUE_FRACTION);
		put_u8(ps, negative);
		put_u128(ps, a);
		put_u128(ps, b);
	}
	return check_end_of_number(ps);
}

static bool
parse_number(parser *ps)
{
	const char *start = ps->p;
	const char *p = start + (*start == '-');
	const char *whole = p;
	const char *whole_end;
	bool		negative = *start == '-';
	size_t		at = ps->len;
	zr_number	n;

	while (p < ps->end && is_digit(*p))
		p++;
	whole_end = p;
	if (whole == whole_end)
		return expected(ps, "digits", "Write a minus sign right before the digits.");

	/* A zero in front is nearly always a code, and a code is a string. */
	if (*whole == '0' && whole_end - whole > 1)
		return expected(ps, "a number without leading zeros", "Write a code in quotes, as \"0200\".");
	if (p + 1 < ps->end && *p == '.' && is_digit(p[1]))
		for (p++; p < ps->end && is_digit(*p); p++)
			;
	else
	{
		ps->p = p;
		skip_space(ps);
		if (ps->p < ps->end && *ps->p == '/')
		{
			ps->p++;
			skip_space(ps);
			return parse_fraction(ps, negative, whole, whole_end);
		}
	}
	if (p - whole > ZR_THRESHOLD_MAX_DIGITS)
		return zr_fail(ps->err, ZR_LIMIT, NULL, "A number has at most %d digits.", ZR_THRESHOLD_MAX_DIGITS);
	ps->p = p;
	put_u8(ps, ZR_VALUE_NUMBER);
	zr_number_from_text(start, p - start, (char *) ps->out + at + 8, &n);
	put_u8(ps, n.negative);
	put_u32(ps, (uint32_t) n.point);
	put_u16(ps, n.ndigits);
	ps->len += n.ndigits;
	return check_end_of_number(ps);
}

/* dddd-d is a date or nothing: no number is followed by a minus sign */
static bool
looks_like_date(parser *ps)
{
	const char *p = ps->p;

	while (p < ps->end && is_digit(*p))
		p++;
	return p - ps->p >= 4 && p + 1 < ps->end && *p == '-' && is_digit(p[1]);
}

static bool
parse_date(parser *ps, zr_date *d)
{
	if (!zr_date_parse(&ps->p, ps->end, d))
		return expected(ps, "an existing date", "Write dates as 2026-01-31.");
	return check_end_of_number(ps);
}

static int
hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* JSON's escapes; \u only for ASCII, since other characters can be written themselves */
static bool
parse_string(parser *ps)
{
	size_t		at;

	put_u8(ps, ZR_VALUE_STRING);
	at = ps->len;
	put_u16(ps, 0);
	for (ps->p++; ps->p < ps->end && *ps->p != '"'; ps->p++)
	{
		static const char from[] = "\"\\/bfnrt";
		static const char to[] = "\"\\/\b\f\n\r\t";
		const char *e;

		if ((uint8_t) *ps->p < 0x20)
			return expected(ps, "a closing quote", "Write a line break in a text as \\n and a tab as \\t.");
		if (*ps->p != '\\')
		{
			put_u8(ps, (uint8_t) *ps->p);
			continue;
		}
		if (ps->end - ps->p >= 2 && ps->p[1] != '\0' && (e = strchr(from, ps->p[1])) != NULL)
		{
			put_u8(ps, (uint8_t) to[e - from]);
			ps->p++;
		}
		else if (ps->end - ps->p >= 6 && ps->p[1] == 'u' && ps->p[2] == '0' && ps->p[3] == '0' &&
				 hex_digit(ps->p[4]) >= 0 && hex_digit(ps->p[4]) < 8 && hex_digit(ps->p[5]) >= 0 &&
				 ps->p[4] + ps->p[5] != '0' + '0')
		{
			put_u8(ps, (unsigned) (hex_digit(ps->p[4]) * 16 + hex_digit(ps->p[5])));
			ps->p += 5;
		}
		else
			return expected(ps, "an escape", "Known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u0001 to \\u007f.");
	}
	if (ps->p >= ps->end)
		return expected(ps, "a closing quote", NULL);
	ps->p++;
	set_u16(ps->out + at, (unsigned) (ps->len - at - 2));
	return true;
}

/* fact [ (+|-) n (days|weeks|months|years) ] */
static bool
parse_fact_value(parser *ps, const word *w)
{
	static const char *const units[] = {"", "day", "week", "month", "year"};
	static const char *const plural[] = {"", "days", "weeks", "months", "years"};
	int			unit = ZR_SHIFT_NONE;
	int32_t		count = 0;
	bool		negative;
	const char *digits;

	ps->p += w->len;
	put_u8(ps, ZR_VALUE_FACT);
	if (!put_fact(ps, w))
		return false;
	skip_space(ps);
	if (ps->p < ps->end && (*ps->p == '+' || *ps->p == '-'))
	{
		word		name;

		negative = *ps->p++ == '-';
		skip_space(ps);
		for (digits = ps->p; ps->p < ps->end && is_digit(*ps->p); ps->p++)
			if (count <= ZR_SHIFT_MAX)
				count = count * 10 + (*ps->p - '0');
		if (ps->p == digits)
			return expected(ps, "a number of days, weeks, months or years", "Write a shift as: start_datum - 3 months.");
		if (count > ZR_SHIFT_MAX)
			return zr_fail(ps->err, ZR_RANGE, NULL, "A date is shifted by at most %d days, weeks, months or years.", ZR_SHIFT_MAX);
		skip_space(ps);
		if (peek_word(ps, &name))
			for (int i = ZR_SHIFT_DAYS; i <= ZR_SHIFT_YEARS; i++)
				if (word_is(&name, plural[i]) || word_is(&name, units[i]))
					unit = i;
		if (unit == ZR_SHIFT_NONE)
			return expected(ps, "days, weeks, months or years", "Only dates are shifted; sums of numbers are not part of a rule.");
		ps->p += name.len;
		if (negative)
			count = -count;
	}
	put_u8(ps, unit);
	put_u32(ps, (uint32_t) count);
	return true;
}

static bool
parse_scalar(parser *ps)
{
	word		w;

	if (ps->p >= ps->end)
		return expected(ps, "a value", VALUE_HINT);
	if (*ps->p == '"')
		return parse_string(ps);
	if (is_digit(*ps->p) && looks_like_date(ps))
	{
		zr_date		d;

		if (!parse_date(ps, &d))
			return false;
		put_u8(ps, ZR_VALUE_DATE);
		put_u32(ps, (uint32_t) d);
		return true;
	}
	if (is_digit(*ps->p) || *ps->p == '-')
		return parse_number(ps);
	if (!peek_word(ps, &w))
		return expected(ps, "a value", VALUE_HINT);
	if (word_is(&w, "true") || word_is(&w, "false"))
	{
		ps->p += w.len;
		put_u8(ps, ZR_VALUE_BOOLEAN);
		put_u8(ps, word_is(&w, "true"));
		return true;
	}
	if (word_is(&w, "null"))
		return expected(ps, "a value", "A fact that is not known makes a rule unknown by itself; there is no comparison with null.");
	if (is_reserved(&w))
		return expected(ps, "a value", VALUE_HINT);
	return parse_fact_value(ps, &w);
}

static bool
parse_bound(parser *ps, zr_date *d, zr_date open)
{
	skip_space(ps);
	*d = open;
	if (ps->p < ps->end && is_digit(*ps->p))
		return parse_date(ps, d);
	return true;
}

/* Any of PostgreSQL's four forms; kept as [first day, day after the last). */
static bool
parse_range(parser *ps)
{
	int			position = (int) (ps->p - ps->start) + 1;
	bool		exclusive = *ps->p++ == '(';
	zr_date		from,
				until;

	if (!parse_bound(ps, &from, INT32_MIN))
		return false;
	skip_space(ps);
	if (ps->p >= ps->end || *ps->p != ',')
		return expected(ps, "a comma inside the range", "Write a range as [2026-01-01,2026-07-01).");
	ps->p++;
	if (!parse_bound(ps, &until, ZR_DATE_OPEN))
		return false;
	skip_space(ps);
	if (ps->p >= ps->end || (*ps->p != ')' && *ps->p != ']'))
		return expected(ps, "the end of the range", "Write a range as [2026-01-01,2026-07-01).");
	if (exclusive && from != INT32_MIN)
		from++;
	if (*ps->p++ == ']' && until != ZR_DATE_OPEN)
		until++;
	if ((from != INT32_MIN && !zr_date_is_valid(from)) || (until != ZR_DATE_OPEN && !zr_date_is_valid(until)) || from >= until)
		return zr_fail(ps->err, ZR_SYNTAX, "The first date must be before the second.",
					   "The range at position %d holds no day.", position);
	put_u8(ps, ZR_VALUE_RANGE);
	put_u32(ps, (uint32_t) from);
	put_u32(ps, (uint32_t) until);
	return true;
}

/* A set in a set is an error of syntax, unless somebody tries how deep we go. */
static bool
nested_set(parser *ps)
{
	int			depth = 1;

	for (const char *p = ps->p; p < ps->end && (*p == '{' || is_space(*p)); p++)
		depth += *p == '{';
	if (depth > ZR_FACT_MAX_DEPTH)
		return zr_fail(ps->err, ZR_LIMIT, NULL, "Sets are nested %d deep; a set holds no other sets.", depth);
	return expected(ps, "a value of the set", "A set holds no other sets.");
}

static bool
parse_set(parser *ps, zr_operator op)
{
	size_t		at;
	int			count = 0;

	ps->p++;
	put_u8(ps, ZR_VALUE_SET);
	at = ps->len;
	put_u16(ps, 0);
	for (;;)
	{
		bool		ok;

		skip_space(ps);
		if (++count > ZR_THRESHOLD_MAX_MEMBERS)
			return zr_fail(ps->err, ZR_LIMIT, NULL, "A set has at most %d values.", ZR_THRESHOLD_MAX_MEMBERS);
		if (ps->p < ps->end && *ps->p == '{')
			return nested_set(ps);
		if (ps->p < ps->end && (*ps->p == '[' || *ps->p == '('))
			ok = op == ZR_OP_IN ? parse_range(ps) :
				expected(ps, "a value", "Date ranges can only be used with in.");
		else
			ok = parse_scalar(ps);
		if (!ok)
			return false;
		skip_space(ps);
		if (ps->p < ps->end && *ps->p == '}')
			break;
		if (ps->p >= ps->end || *ps->p != ',')
			return expected(ps, "a comma or the end of the set", NULL);
		ps->p++;
	}
	ps->p++;
	set_u16(ps->out + at, count);
	return true;
}

/* ---- Comparisons ---- */

#define OPERATOR_HINT "Operators are = <> < <= > >= in contains."
#define ASCII_HINT "Facts are named with the letters a to z; a space or quote that was copied from a document may be another character than it seems."

static bool
parse_operator(parser *ps, zr_operator *op)
{
	static const char *const symbols[] = {"=", "<>", "<", "<=", ">", ">="};
	word		w;
	int			n = 0;

	skip_space(ps);
	if (peek_word(ps, &w) && (word_is(&w, "in") || word_is(&w, "contains")))
	{
		*op = word_is(&w, "in") ? ZR_OP_IN : ZR_OP_CONTAINS;
		ps->p += w.len;
		return true;
	}
	while (ps->p + n < ps->end && ps->p[n] != '\0' && strchr("=<>!~", ps->p[n]))
		n++;
	for (int i = 0; i <= ZR_OP_GE; i++)
		if ((int) strlen(symbols[i]) == n && memcmp(symbols[i], ps->p, n) == 0)
		{
			*op = (zr_operator) i;
			ps->p += n;
			return true;
		}
	return expected(ps, "an operator", ps->p < ps->end && (uint8_t) *ps->p >= 0x80 ? ASCII_HINT : OPERATOR_HINT);
}

static bool
parse_comparison(parser *ps)
{
	size_t		at = ps->len;
	size_t		op_at;
	zr_operator op = ZR_OP_EQ;
	const char *value_start;

	put_u32(ps, 0);
	op_at = ps->len;
	put_u8(ps, 0);
	if (!parse_fact(ps) || !parse_operator(ps, &op))
		return false;
	ps->out[op_at] = (uint8_t) op;
	skip_space(ps);
	value_start = ps->p;
	if (op == ZR_OP_IN || op == ZR_OP_CONTAINS)
	{
		if (ps->p >= ps->end || *ps->p != '{')
			return expected(ps, "a set", "After in and contains comes a set: {\"a\", \"b\"}.");
		if (!parse_set(ps, op))
			return false;
	}
	else
	{
		size_t		value_at = ps->len;

		if (ps->p < ps->end && (*ps->p == '{' || *ps->p == '[' || *ps->p == '('))
			return expected(ps, "one value", "Sets and date ranges come after in or contains.");
		if (!parse_scalar(ps))
			return false;
		if (op >= ZR_OP_LT && (ps->out[value_at] == ZR_VALUE_STRING || ps->out[value_at] == ZR_VALUE_BOOLEAN))
		{
			ps->p = value_start;
			return expected(ps, "a number, a date or a fact",
							"Only numbers and dates have an order; write a date without quotes.");
		}
	}
	set_u32(ps->out + at, (uint32_t) (ps->len - at - 4));
	return true;
}

/* "if" a { "and" b }, or "unless" a { "or" b } */
static bool
parse_list(parser *ps, const char *joined_by, int *count)
{
	do
	{
		if (++*count > ZR_THRESHOLD_MAX_PARTS)
			return zr_fail(ps->err, ZR_LIMIT, NULL, "A rule has at most %d conditions and %d exceptions.",
						   ZR_THRESHOLD_MAX_PARTS, ZR_THRESHOLD_MAX_PARTS);
		if (!parse_comparison(ps))
			return false;
	} while (accept_keyword(ps, joined_by));
	return true;
}

static bool
trailing(parser *ps, int conditions, int exceptions)
{
	word		w = {ps->p, 0};
	const char *hint = "A rule reads: fact operator value if ... and ... unless ... or ...";

	if (peek_word(ps, &w))
	{
		if (word_is(&w, "or"))
			hint = "Conditions after if are joined with and; for one of several values write in {...}.";
		else if (word_is(&w, "and"))
			hint = conditions == 0 && exceptions == 0 ? "One rule has one requirement; write a second rule for the second one." :
				"Exceptions after unless are joined with or.";
		else if (word_is(&w, "if"))
			hint = "The conditions after if come before the exceptions after unless.";
	}
	else if (ps->p < ps->end && *ps->p == ',')
		hint = "Write decimals with a point: 8.5.";
	return expected(ps, conditions + exceptions == 0 ? "if, unless or the end of the rule" :
					exceptions == 0 ? "and, unless or the end of the rule" : "or, or the end of the rule", hint);
}

bool
zr_threshold_parse(const char *text, size_t len, uint8_t *out, size_t *out_len, zr_error *err)
{
	parser		ps = {text, text, text + len, out, 0, err};
	int			conditions = 0;
	int			exceptions = 0;
	zr_text		printed = {NULL, 0, 0};

	if (len > ZR_THRESHOLD_MAX_TEXT)
		return zr_fail(err, ZR_LIMIT, NULL, "A rule has at most %d bytes; this one has %zu.", ZR_THRESHOLD_MAX_TEXT, len);
	put_u8(&ps, ZR_THRESHOLD_FORMAT);
	put_u32(&ps, 0);
	if (!parse_comparison(&ps) ||
		(accept_keyword(&ps, "if") && !parse_list(&ps, "and", &conditions)) ||
		(accept_keyword(&ps, "unless") && !parse_list(&ps, "or", &exceptions)))
		return false;
	skip_space(&ps);
	if (ps.p < ps.end)
		return trailing(&ps, conditions, exceptions);
	set_u16(out + 1, conditions);
	set_u16(out + 3, exceptions);

	/* What cannot be read back must not be stored: the spaces of the printed form count too. */
	zr_threshold_print(out, &printed);
	if (printed.len > ZR_THRESHOLD_MAX_TEXT)
		return zr_fail(err, ZR_LIMIT, NULL, "A rule has at most %d bytes when printed; this one has %zu.",
					   ZR_THRESHOLD_MAX_TEXT, printed.len);
	*out_len = ps.len;
	return true;
}
