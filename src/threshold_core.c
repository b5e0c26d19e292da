/*
 * threshold_core.c
 *		The compact form of a rule: reading it, printing it, walking its facts.
 */
#include "threshold_core.h"

#include <string.h>

static inline uint16_t
get_u16(const uint8_t *p)
{
	return (uint16_t) (p[0] | p[1] << 8);
}

static inline uint32_t
get_u32(const uint8_t *p)
{
	return p[0] | (uint32_t) p[1] << 8 | (uint32_t) p[2] << 16 | (uint32_t) p[3] << 24;
}

static inline int32_t
get_i32(const uint8_t *p)
{
	return (int32_t) get_u32(p);
}

static zr_uint128
get_u128(const uint8_t *p)
{
	zr_uint128	value = 0;

	for (int i = 15; i >= 0; i--)
		value = value << 8 | p[i];
	return value;
}

/* FNV-1a; the hash is part of the stored form, so it may never change */
uint32_t
zr_fact_hash(const char *name, size_t len)
{
	uint32_t	hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (uint32_t) ((hash ^ (uint8_t) name[i]) * UINT64_C(16777619));
	return hash;
}

static const uint8_t *
read_fact(const uint8_t *p, zr_fact_name *fact)
{
	fact->hash = get_u32(p);
	fact->len = get_u16(p + 4);
	fact->name = (const char *) p + 6;
	return p + 6 + fact->len;
}

void
zr_rule_read(const uint8_t *form, zr_rule *rule)
{
	rule->conditions = get_u16(form + 1);
	rule->exceptions = get_u16(form + 3);
	rule->next = form + 5;
}

void
zr_comparison_read(zr_rule *rule, zr_comparison *c)
{
	const uint8_t *p = rule->next;

	rule->next = p + 4 + get_u32(p);
	c->op = (zr_operator) p[4];
	c->value = read_fact(p + 5, &c->fact);
}

const uint8_t *
zr_value_read(const uint8_t *p, zr_value *v)
{
	v->kind = (zr_value_kind) *p++;
	switch (v->kind)
	{
		case ZR_VALUE_NUMBER:
			v->number.negative = p[0];
			v->number.point = get_i32(p + 1);
			v->number.ndigits = get_u16(p + 5);
			v->number.digits = (const char *) p + 7;
			return p + 7 + v->number.ndigits;
		case ZR_VALUE_FRACTION:
			v->fraction.negative = p[0];
			v->fraction.num = get_u128(p + 1);
			v->fraction.den = get_u128(p + 17);
			return p + 33;
		case ZR_VALUE_BOOLEAN:
			v->boolean = *p;
			return p + 1;
		case ZR_VALUE_STRING:
			v->string_len = get_u16(p);
			v->string = (const char *) p + 2;
			return p + 2 + v->string_len;
		case ZR_VALUE_DATE:
			v->date = get_i32(p);
			return p + 4;
		case ZR_VALUE_RANGE:
			v->date = get_i32(p);
			v->until = get_i32(p + 4);
			return p + 8;
		case ZR_VALUE_FACT:
			p = read_fact(p, &v->fact);
			v->unit = (zr_shift_unit) p[0];
			v->count = get_i32(p + 1);
			return p + 5;
		case ZR_VALUE_SET:
			v->count = get_u16(p);
			v->members = p + 2;
			return p + 2;
	}
	return p;
}

/* ---- Text ---- */

void
zr_text_add(zr_text *out, const char *s, size_t len)
{
	if (len > 0 && out->len <= out->cap && len <= out->cap - out->len)
		memcpy(out->buf + out->len, s, len);
	out->len += len;
}

void
zr_text_puts(zr_text *out, const char *s)
{
	zr_text_add(out, s, strlen(s));
}

static void
put_uint128(zr_text *out, zr_uint128 value)
{
	char		digits[40];
	int			at = sizeof(digits);

	do
	{
		digits[--at] = (char) ('0' + (int) (value % 10));
		value /= 10;
	} while (value > 0);
	zr_text_add(out, digits + at, sizeof(digits) - at);
}

void
zr_text_put_int(zr_text *out, int64_t value)
{
	if (value < 0)
		zr_text_puts(out, "-");
	put_uint128(out, value < 0 ? -(zr_uint128) value : (zr_uint128) value);
}

void
zr_text_put_date(zr_text *out, zr_date d)
{
	char		text[ZR_DATE_TEXT_MAX];

	zr_text_add(out, text, zr_date_print(d, text));
}

void
zr_text_put_string(zr_text *out, const char *s, size_t len)
{
	static const char hex[] = "0123456789abcdef";

	zr_text_puts(out, "\"");
	for (size_t i = 0; i < len; i++)
	{
		uint8_t		c = (uint8_t) s[i];
		char		escape[7] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15], '\0'};

		if (c == '"' || c == '\\')
		{
			zr_text_puts(out, "\\");
			zr_text_add(out, s + i, 1);
		}
		else if (c >= 0x20 && c != 0x7f)
			zr_text_add(out, s + i, 1);
		else if (c == '\n')
			zr_text_puts(out, "\\n");
		else if (c == '\t')
			zr_text_puts(out, "\\t");
		else
			zr_text_puts(out, escape);
	}
	zr_text_puts(out, "\"");
}

void
zr_text_put_cut_string(zr_text *out, const char *s, size_t len, const zr_cut *cut)
{
	if (cut && len > cut->bytes)
	{
		zr_text_put_string(out, s, cut->clip(s, len, cut->bytes));
		zr_text_puts(out, "...");
	}
	else
		zr_text_put_string(out, s, len);
}

static void
put_zeros(zr_text *out, int32_t count)
{
	while (count-- > 0)
		zr_text_puts(out, "0");
}

static void
put_number(zr_text *out, const zr_number *n)
{
	int32_t		count = (int32_t) n->ndigits;

	if (n->negative)
		zr_text_puts(out, "-");
	if (count == 0)
		zr_text_puts(out, "0");
	else if (n->point <= 0)
	{
		zr_text_puts(out, "0.");
		put_zeros(out, -n->point);
		zr_text_add(out, n->digits, n->ndigits);
	}
	else if (n->point >= count)
	{
		zr_text_add(out, n->digits, n->ndigits);
		put_zeros(out, n->point - count);
	}
	else
	{
		zr_text_add(out, n->digits, n->point);
		zr_text_puts(out, ".");
		zr_text_add(out, n->digits + n->point, n->ndigits - n->point);
	}
}

const char *
zr_operator_text(zr_operator op)
{
	static const char *const texts[] = {"=", "<>", "<", "<=", ">", ">=", "in", "contains"};

	return texts[op];
}

static const char *
shift_unit_text(zr_shift_unit unit)
{
	static const char *const texts[] = {"", "days", "weeks", "months", "years"};

	return texts[unit];
}

static void
put_scalar(zr_text *out, const zr_value *v, const zr_cut *cut)
{
	switch (v->kind)
	{
		case ZR_VALUE_NUMBER:
			put_number(out, &v->number);
			break;
		case ZR_VALUE_FRACTION:
			if (v->fraction.negative)
				zr_text_puts(out, "-");
			put_uint128(out, v->fraction.num);
			zr_text_puts(out, "/");
			put_uint128(out, v->fraction.den);
			break;
		case ZR_VALUE_BOOLEAN:
			zr_text_puts(out, v->boolean ? "true" : "false");
			break;
		case ZR_VALUE_STRING:
			zr_text_put_cut_string(out, v->string, v->string_len, cut);
			break;
		case ZR_VALUE_DATE:
			zr_text_put_date(out, v->date);
			break;
		case ZR_VALUE_RANGE:
			zr_text_puts(out, v->date == INT32_MIN ? "(" : "[");
			if (v->date != INT32_MIN)
				zr_text_put_date(out, v->date);
			zr_text_puts(out, ",");
			if (v->until != ZR_DATE_OPEN)
				zr_text_put_date(out, v->until);
			zr_text_puts(out, ")");
			break;
		case ZR_VALUE_FACT:
			zr_text_add(out, v->fact.name, v->fact.len);
			if (v->unit != ZR_SHIFT_NONE)
			{
				zr_text_puts(out, v->count < 0 ? " - " : " + ");
				zr_text_put_int(out, v->count < 0 ? -(int64_t) v->count : v->count);
				zr_text_puts(out, " ");
				zr_text_puts(out, shift_unit_text(v->unit));
			}
			break;
		case ZR_VALUE_SET:
			break;
	}
}

void
zr_value_print(const uint8_t *value, const zr_cut *cut, zr_text *out)
{
	zr_value	v;
	const uint8_t *p = zr_value_read(value, &v);

	if (v.kind != ZR_VALUE_SET)
		put_scalar(out, &v, cut);
	else
	{
		int			count = v.count;

		zr_text_puts(out, "{");
		for (int i = 0; i < count; i++)
		{
			if (i > 0)
				zr_text_puts(out, ", ");
			if (cut && i == cut->members)
			{
				zr_text_puts(out, "... ");
				zr_text_put_int(out, count);
				zr_text_puts(out, " values");
				break;
			}
			p = zr_value_read(p, &v);
			put_scalar(out, &v, cut);
		}
		zr_text_puts(out, "}");
	}
}

void
zr_threshold_print(const uint8_t *form, zr_text *out)
{
	zr_rule		rule;
	zr_comparison c;

	zr_rule_read(form, &rule);
	for (int i = 0; i <= rule.conditions + rule.exceptions; i++)
	{
		zr_comparison_read(&rule, &c);
		if (i > rule.conditions)
			zr_text_puts(out, i == rule.conditions + 1 ? " unless " : " or ");
		else if (i > 0)
			zr_text_puts(out, i == 1 ? " if " : " and ");
		zr_text_add(out, c.fact.name, c.fact.len);
		zr_text_puts(out, " ");
		zr_text_puts(out, zr_operator_text(c.op));
		zr_text_puts(out, " ");
		zr_value_print(c.value, NULL, out);
	}
}

void
zr_threshold_facts(const uint8_t *form, zr_fact_visitor visit, void *context)
{
	zr_rule		rule;
	zr_comparison c;

	zr_rule_read(form, &rule);
	for (int i = 0; i <= rule.conditions + rule.exceptions; i++)
	{
		zr_value	v;
		const uint8_t *p;
		int			members = 0;

		zr_comparison_read(&rule, &c);
		if (!visit(context, &c.fact))
			return;
		p = zr_value_read(c.value, &v);
		if (v.kind == ZR_VALUE_SET)
			members = v.count;
		else if (v.kind == ZR_VALUE_FACT && !visit(context, &v.fact))
			return;
		for (int m = 0; m < members; m++)
		{
			p = zr_value_read(p, &v);
			if (v.kind == ZR_VALUE_FACT && !visit(context, &v.fact))
				return;
		}
	}
}
