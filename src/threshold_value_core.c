/*
 * threshold_value_core.c
 *		The rule parser's lower half: facts, numbers, dates, strings and sets.
 */
#include "threshold_parse.h"

/* ---- Facts ---- */

#define NAME_HINT "A fact is the name of a dossier key: letters a to z, digits and underscores, with dots between nested names."

static bool
put_fact(zr_parser *ps, const zr_word *w)
{
	int			depth = 1;

	for (int i = 0; i < w->len; i++)
		depth += w->s[i] == '.';
	if (w->len > ZR_FACT_MAX_LENGTH || depth > ZR_FACT_MAX_DEPTH)
		return zr_fail(ps->err, ZR_LIMIT, "Give the fact a shorter name.",
					   "A fact name has at most %d characters and %d nested names; this one has %d and %d.",
					   ZR_FACT_MAX_LENGTH, ZR_FACT_MAX_DEPTH, w->len, depth);
	put_u32(ps, zr_fact_hash(w->s, w->len));
	put_u16(ps, w->len);
	put_bytes(ps, w->s, w->len);
	return true;
}

bool
zr_parse_fact(zr_parser *ps)
{
	zr_word		w;

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
check_end_of_number(zr_parser *ps)
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
parse_fraction(zr_parser *ps, bool negative, const char *num, const char *num_end)
{
	const char *den = ps->p;
	zr_uint128	a,
				b,
				rest;

	while (ps->p < ps->end && is_digit(*ps->p))
		ps->p++;
	if (ps->p == den)
		return expected(ps, "the denominator of a fraction", "Write a fraction as 1/3.");
	if (num_end - num > ZR_FRACTION_MAX_DIGITS || ps->p - den > ZR_FRACTION_MAX_DIGITS)
		return zr_fail(ps->err, ZR_LIMIT, "Shorten the fraction.", "A fraction has at most %d digits above and below the line.",
					   ZR_FRACTION_MAX_DIGITS);
	a = read_uint128(num, num_end);
	b = read_uint128(den, ps->p);
	if (b == 0)
		return zr_fail(ps->err, ZR_SYNTAX, "Write a fraction as 1/3.", "The denominator of the fraction at position %d is zero.",
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
parse_number(zr_parser *ps)
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
		return zr_fail(ps->err, ZR_LIMIT, "Round the number.", "A number has at most %d digits.", ZR_THRESHOLD_MAX_DIGITS);
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
looks_like_date(zr_parser *ps)
{
	const char *p = ps->p;

	while (p < ps->end && is_digit(*p))
		p++;
	return p - ps->p >= 4 && p + 1 < ps->end && *p == '-' && is_digit(p[1]);
}

static bool
parse_date(zr_parser *ps, zr_date *d)
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
parse_string(zr_parser *ps)
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
		return expected(ps, "a closing quote", "Write a text in quotes, as \"0200\".");
	ps->p++;
	set_u16(ps->out + at, (unsigned) (ps->len - at - 2));
	return true;
}

/* fact [ (+|-) n (days|weeks|months|years) ] */
static bool
parse_fact_value(zr_parser *ps, const zr_word *w)
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
		zr_word		name;

		negative = *ps->p++ == '-';
		skip_space(ps);
		for (digits = ps->p; ps->p < ps->end && is_digit(*ps->p); ps->p++)
			if (count <= ZR_SHIFT_MAX)
				count = count * 10 + (*ps->p - '0');
		if (ps->p == digits)
			return expected(ps, "a number of days, weeks, months or years", "Write a shift as: start_datum - 3 months.");
		if (count > ZR_SHIFT_MAX)
			return zr_fail(ps->err, ZR_RANGE, "Write a shift as: start_datum - 3 months.", "A date is shifted by at most %d days, weeks, months or years.", ZR_SHIFT_MAX);
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

bool
zr_parse_scalar(zr_parser *ps)
{
	zr_word		w;

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
parse_bound(zr_parser *ps, zr_date *d, zr_date open)
{
	skip_space(ps);
	*d = open;
	if (ps->p < ps->end && is_digit(*ps->p))
		return parse_date(ps, d);
	return true;
}

/* Any of PostgreSQL's four forms; kept as [first day, day after the last). */
static bool
parse_range(zr_parser *ps)
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
nested_set(zr_parser *ps)
{
	int			depth = 1;

	for (const char *p = ps->p; p < ps->end && (*p == '{' || is_space(*p)); p++)
		depth += *p == '{';
	if (depth > ZR_FACT_MAX_DEPTH)
		return zr_fail(ps->err, ZR_LIMIT, "Put all values in one set.", "Sets are nested %d deep; a set holds no other sets.", depth);
	return expected(ps, "a value of the set", "A set holds no other sets.");
}

bool
zr_parse_set(zr_parser *ps, zr_operator op)
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
			return zr_fail(ps->err, ZR_LIMIT, "Divide the set among several rules.", "A set has at most %d values.", ZR_THRESHOLD_MAX_MEMBERS);
		if (ps->p < ps->end && *ps->p == '{')
			return nested_set(ps);
		if (ps->p < ps->end && (*ps->p == '[' || *ps->p == '('))
			ok = op == ZR_OP_IN ? parse_range(ps) :
				expected(ps, "a value", "Date ranges can only be used with in.");
		else
			ok = zr_parse_scalar(ps);
		if (!ok)
			return false;
		skip_space(ps);
		if (ps->p < ps->end && *ps->p == '}')
			break;
		if (ps->p >= ps->end || *ps->p != ',')
			return expected(ps, "a comma or the end of the set", "Write a set as {\"a\", \"b\"}.");
		ps->p++;
	}
	ps->p++;
	set_u16(ps->out + at, count);
	return true;
}
