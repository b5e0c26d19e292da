/*
 * threshold_parse_core.c
 *		From rule text to the compact form, in one pass: comparisons and the
 *		whole rule. Values are in threshold_value_core.c.
 */
#include "threshold_parse.h"

/* ---- Comparisons ---- */

#define OPERATOR_HINT "Operators are = <> < <= > >= in contains."
#define ASCII_HINT "Facts are named with the letters a to z; a space or quote that was copied from a document may be another character than it seems."

static bool
parse_operator(zr_parser *ps, zr_operator *op)
{
	static const char *const symbols[] = {"=", "<>", "<", "<=", ">", ">="};
	zr_word		w;
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
parse_comparison(zr_parser *ps)
{
	size_t		at = ps->len;
	size_t		op_at;
	zr_operator op = ZR_OP_EQ;
	const char *value_start;

	put_u32(ps, 0);
	op_at = ps->len;
	put_u8(ps, 0);
	if (!zr_parse_fact(ps) || !parse_operator(ps, &op))
		return false;
	ps->out[op_at] = (uint8_t) op;
	skip_space(ps);
	value_start = ps->p;
	if (op == ZR_OP_IN || op == ZR_OP_CONTAINS)
	{
		if (ps->p >= ps->end || *ps->p != '{')
			return expected(ps, "a set", "After in and contains comes a set: {\"a\", \"b\"}.");
		if (!zr_parse_set(ps, op))
			return false;
	}
	else
	{
		size_t		value_at = ps->len;

		if (ps->p < ps->end && (*ps->p == '{' || *ps->p == '[' || *ps->p == '('))
			return expected(ps, "one value", "Sets and date ranges come after in or contains.");
		if (!zr_parse_scalar(ps))
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
parse_list(zr_parser *ps, const char *joined_by, int *count)
{
	do
	{
		if (++*count > ZR_THRESHOLD_MAX_PARTS)
			return zr_fail(ps->err, ZR_LIMIT, "Make two rules of it.", "A rule has at most %d conditions and %d exceptions.",
						   ZR_THRESHOLD_MAX_PARTS, ZR_THRESHOLD_MAX_PARTS);
		if (!parse_comparison(ps))
			return false;
	} while (accept_keyword(ps, joined_by));
	return true;
}

static bool
trailing(zr_parser *ps, int conditions, int exceptions)
{
	zr_word		w = {ps->p, 0};
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
	zr_parser	ps = {text, text, text + len, out, 0, err};
	int			conditions = 0;
	int			exceptions = 0;
	zr_text		printed = {NULL, 0, 0};

	if (len > ZR_THRESHOLD_MAX_TEXT)
		return zr_fail(err, ZR_LIMIT, "Make two rules of it.", "A rule has at most %d bytes; this one has %zu.", ZR_THRESHOLD_MAX_TEXT, len);
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
		return zr_fail(err, ZR_LIMIT, "Make two rules of it.", "A rule has at most %d bytes when printed; this one has %zu.",
					   ZR_THRESHOLD_MAX_TEXT, printed.len);
	*out_len = ps.len;
	return true;
}
