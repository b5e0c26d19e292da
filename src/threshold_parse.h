/*
 * threshold_parse.h
 *		What the two halves of the rule parser share: place in the text, bytes
 *		written, words and messages. Nobody else includes this.
 *
 * There is no tree in between: each function reads one production of the
 * grammar and writes its bytes. The caller's buffer is large enough for every
 * text of its length (ZR_THRESHOLD_BOUND), and nothing recurses, because a set
 * holds no sets.
 */
#ifndef ZR_THRESHOLD_PARSE_H
#define ZR_THRESHOLD_PARSE_H

#include "threshold_core.h"

#include <string.h>

typedef struct zr_parser
{
	const char *start;
	const char *p;
	const char *end;
	uint8_t    *out;
	size_t		len;
	zr_error   *err;
} zr_parser;

typedef struct zr_word
{
	const char *s;
	int			len;
} zr_word;

/* ---- Output ---- */

static inline void
put_u8(zr_parser *ps, unsigned value)
{
	ps->out[ps->len++] = (uint8_t) value;
}

static inline void
set_u16(uint8_t *p, unsigned value)
{
	p[0] = (uint8_t) value;
	p[1] = (uint8_t) (value >> 8);
}

static inline void
put_bytes(zr_parser *ps, const void *s, size_t len)
{
	memcpy(ps->out + ps->len, s, len);
	ps->len += len;
}

static inline void
put_u16(zr_parser *ps, unsigned value)
{
	set_u16(ps->out + ps->len, value);
	ps->len += 2;
}

static inline void
set_u32(uint8_t *p, uint32_t value)
{
	set_u16(p, value & 0xffff);
	set_u16(p + 2, value >> 16);
}

static inline void
put_u32(zr_parser *ps, uint32_t value)
{
	set_u32(ps->out + ps->len, value);
	ps->len += 4;
}

static inline void
put_u128(zr_parser *ps, zr_uint128 value)
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

static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline void
skip_space(zr_parser *ps)
{
	while (ps->p < ps->end && is_space(*ps->p))
		ps->p++;
}

/* What stands at the current place, for a message: a few printable characters, or a description. */
static const char *
found(zr_parser *ps, char *buf, size_t size)
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

static inline bool
expected(zr_parser *ps, const char *what, const char *hint)
{
	char		buf[24];

	return zr_fail(ps->err, ZR_SYNTAX, hint, "Expected %s at position %d, found %s.",
				   what, (int) (ps->p - ps->start) + 1, found(ps, buf, sizeof(buf)));
}

static inline bool
word_is(const zr_word *w, const char *lower)
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
static inline bool
read_word(zr_parser *ps, zr_word *w)
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

static inline bool
peek_word(zr_parser *ps, zr_word *w)
{
	const char *here = ps->p;
	bool		ok = read_word(ps, w);

	ps->p = here;
	return ok;
}

static inline bool
accept_keyword(zr_parser *ps, const char *keyword)
{
	zr_word		w;

	skip_space(ps);
	if (!peek_word(ps, &w) || !word_is(&w, keyword))
		return false;
	ps->p += w.len;
	return true;
}

static inline bool
is_reserved(const zr_word *w)
{
	static const char *const words[] = {"if", "and", "unless", "or", "in", "contains", "true", "false", "null"};

	for (int i = 0; i < (int) (sizeof(words) / sizeof(words[0])); i++)
		if (word_is(w, words[i]))
			return true;
	return false;
}

/* ---- Values (threshold_value_core.c) ---- */

extern bool zr_parse_fact(zr_parser *ps);
extern bool zr_parse_scalar(zr_parser *ps);
extern bool zr_parse_set(zr_parser *ps, zr_operator op);

#endif							/* ZR_THRESHOLD_PARSE_H */
