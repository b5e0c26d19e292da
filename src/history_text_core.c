/*
 * history_text_core.c
 *		The text form of a care history.
 */
#include "history_text_core.h"

#include "client_set_core.h"

static const char *const hint =
"Write periods as client, product and dates, such as {17 02A16 [2026-01-01,2026-03-01); 18 [2026-02-01,)}.";

static void
skip_blanks(zr_history_parser *parser)
{
	while (parser->p < parser->end && (*parser->p == ' ' || (*parser->p >= '\t' && *parser->p <= '\r')))
		parser->p++;
}

static bool
take(zr_history_parser *parser, char c)
{
	skip_blanks(parser);
	if (parser->p >= parser->end || *parser->p != c)
		return false;
	parser->p++;
	return true;
}

static bool
wrong(const zr_history_parser *parser, const char *expected, zr_error *err)
{
	return zr_fail(err, ZR_SYNTAX, hint, "There is no %s at character %zu.", expected, (size_t) (parser->p - parser->start) + 1);
}

void
zr_history_parse_begin(zr_history_parser *parser, const char *s, size_t len)
{
	parser->start = parser->p = s;
	parser->end = s + len;
	parser->first = true;
}

static inline bool
is_product_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ':';
}

static bool
parse_product(zr_history_parser *parser, zr_care *period, zr_error *err)
{
	const char *from = parser->p;

	period->product = ZR_PRODUCT_NONE;
	if (from < parser->end && *from == '[')
		return true;
	while (parser->p < parser->end && is_product_char(*parser->p))
		parser->p++;
	if (parser->p == from)
		return wrong(parser, "product or \"[\"", err);
	if (!zr_product_parse(from, (size_t) (parser->p - from), &period->product, err))
	{
		parser->p = from;
		return wrong(parser, "product", err);
	}
	skip_blanks(parser);
	return true;
}

bool
zr_history_parse_next(zr_history_parser *parser, zr_care *period, bool *done, zr_error *err)
{
	int64_t		client;

	*done = false;
	if (parser->first)
	{
		parser->first = false;
		if (!take(parser, '{'))
			return wrong(parser, "\"{\"", err);
		*done = take(parser, '}');
	}
	else if (!take(parser, ';'))
	{
		if (!take(parser, '}'))
			return wrong(parser, "\";\" or \"}\"", err);
		*done = true;
	}
	skip_blanks(parser);
	if (*done)
		return parser->p == parser->end ? true : zr_fail(err, ZR_SYNTAX, hint, "There is text after the closing brace.");

	if (!zr_client_key_parse(&parser->p, parser->end, &client))
		return wrong(parser, "client key of type bigint", err);
	period->client = zr_bias(client);
	/* "17[" and "17 02A16", not "17A16" */
	if (parser->p < parser->end && is_product_char(*parser->p))
		return wrong(parser, "blank after the client key", err);
	skip_blanks(parser);
	if (!parse_product(parser, period, err))
		return false;
	if (!take(parser, '['))
		return wrong(parser, "\"[\"", err);
	skip_blanks(parser);
	if (!zr_date_parse(&parser->p, parser->end, &period->start))
		return wrong(parser, "date YYYY-MM-DD", err);
	if (!take(parser, ','))
		return wrong(parser, "\",\"", err);
	skip_blanks(parser);
	period->end = ZR_DATE_OPEN;
	if (parser->p < parser->end && *parser->p != ')' && !zr_date_parse(&parser->p, parser->end, &period->end))
		return wrong(parser, "date YYYY-MM-DD", err);
	if (!take(parser, ')'))
		return wrong(parser, "\")\"", err);
	if (zr_care_check(period, err))
		return true;
	/* in text, dates in the wrong order are a mistake in writing */
	if (err != NULL && err->cls == ZR_ARGUMENT)
		err->cls = ZR_SYNTAX;
	return false;
}

int
zr_care_print(const zr_care *period, char *out)
{
	char	   *p = zr_client_key_print(zr_unbias(period->client), out);

	*p++ = ' ';
	if (period->product != ZR_PRODUCT_NONE)
	{
		p += zr_product_print(period->product, p);
		*p++ = ' ';
	}
	*p++ = '[';
	p += zr_date_print(period->start, p);
	*p++ = ',';
	if (period->end != ZR_DATE_OPEN)
		p += zr_date_print(period->end, p);
	*p++ = ')';
	*p = '\0';
	return (int) (p - out);
}
