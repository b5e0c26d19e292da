/*
 * threshold_eval_core.c
 *		A rule against a dossier: comparisons in Kleene's logic, and the verdict.
 *
 * A comparison is true or false only when every fact it needs is there and has
 * the type that the comparison asks for. Otherwise it is unknown, never false:
 * a provider that did not report is not a provider with 0 clients.
 */
#include "threshold_core.h"

#include <string.h>

/* What comparing a fact with one value gave. */
typedef enum match
{
	MATCH_MISSING,				/* a fact is not known */
	MATCH_OTHER_TYPE,			/* the fact has not the value's type */
	MATCH_EQUALITY,				/* equal (order 0) or not, but neither is less */
	MATCH_ORDER
} match;

void
zr_fact_set_string(zr_fact *fact, const char *s, size_t len)
{
	const char *p = s;

	fact->kind = ZR_FACT_STRING;
	fact->text = s;
	fact->text_len = (uint32_t) len;
	fact->is_date = len >= 10 && len <= 11 && zr_date_parse(&p, s + len, &fact->date) && p == s + len;
}

void
zr_fact_set_number(zr_fact *fact, const char *text, size_t len, char *digits)
{
	fact->kind = zr_number_from_text(text, len, digits, &fact->number) ? ZR_FACT_NUMBER : ZR_FACT_OBJECT;
	fact->text = text;
	fact->text_len = (uint32_t) len;
}

bool
zr_shift_date(zr_date d, zr_shift_unit unit, int32_t count, zr_date *result)
{
	switch (unit)
	{
		case ZR_SHIFT_NONE:
			*result = d;
			return true;
		case ZR_SHIFT_DAYS:
			return zr_date_add_days(d, count, result);
		case ZR_SHIFT_WEEKS:
			return zr_date_add_days(d, (int64_t) count * 7, result);
		case ZR_SHIFT_MONTHS:
			return zr_date_add_months(d, count, result);
		case ZR_SHIFT_YEARS:
			return zr_date_add_months(d, (int64_t) count * 12, result);
	}
	return false;
}

static inline int
compare_dates(zr_date a, zr_date b)
{
	return a < b ? -1 : a > b;
}

static inline int
compare_strings(const char *a, size_t alen, const char *b, size_t blen)
{
	return alen != blen || memcmp(a, b, alen) != 0;
}

static match
match_facts(const zr_fact *f, const zr_fact *g, zr_shift_unit unit, int32_t count, int *order)
{
	zr_date		d;

	if (g->kind <= ZR_FACT_NULL)
		return MATCH_MISSING;
	if (unit != ZR_SHIFT_NONE || (f->kind == ZR_FACT_STRING && f->is_date && g->kind == ZR_FACT_STRING && g->is_date))
	{
		if (f->kind != ZR_FACT_STRING || g->kind != ZR_FACT_STRING || !f->is_date || !g->is_date)
			return MATCH_OTHER_TYPE;
		if (!zr_shift_date(g->date, unit, count, &d))
			return MATCH_MISSING;
		*order = compare_dates(f->date, d);
		return MATCH_ORDER;
	}
	if (f->kind != g->kind)
		return MATCH_OTHER_TYPE;
	switch (f->kind)
	{
		case ZR_FACT_NUMBER:
			*order = zr_number_compare(&f->number, &g->number);
			return MATCH_ORDER;
		case ZR_FACT_BOOLEAN:
			*order = f->boolean != g->boolean;
			return MATCH_EQUALITY;
		case ZR_FACT_STRING:
			*order = compare_strings(f->text, f->text_len, g->text, g->text_len);
			return MATCH_EQUALITY;
		default:
			return MATCH_OTHER_TYPE;
	}
}

/* f is there: not missing, not null */
static inline match
match_value(const zr_fact *f, const zr_value *v, zr_fact_source *source, int *order)
{
	switch (v->kind)
	{
		case ZR_VALUE_NUMBER:
			if (f->kind != ZR_FACT_NUMBER)
				return MATCH_OTHER_TYPE;
			*order = zr_number_compare(&f->number, &v->number);
			return MATCH_ORDER;
		case ZR_VALUE_FRACTION:
			if (f->kind != ZR_FACT_NUMBER)
				return MATCH_OTHER_TYPE;
			*order = zr_number_compare_fraction(&f->number, &v->fraction);
			return MATCH_ORDER;
		case ZR_VALUE_BOOLEAN:
			if (f->kind != ZR_FACT_BOOLEAN)
				return MATCH_OTHER_TYPE;
			*order = f->boolean != v->boolean;
			return MATCH_EQUALITY;
		case ZR_VALUE_STRING:
			if (f->kind != ZR_FACT_STRING)
				return MATCH_OTHER_TYPE;
			*order = compare_strings(f->text, f->text_len, v->string, v->string_len);
			return MATCH_EQUALITY;
		case ZR_VALUE_DATE:
			if (f->kind != ZR_FACT_STRING || !f->is_date)
				return MATCH_OTHER_TYPE;
			*order = compare_dates(f->date, v->date);
			return MATCH_ORDER;
		case ZR_VALUE_RANGE:
			if (f->kind != ZR_FACT_STRING || !f->is_date)
				return MATCH_OTHER_TYPE;
			*order = f->date < v->date || f->date >= v->until;
			return MATCH_EQUALITY;
		case ZR_VALUE_FACT:
			return match_facts(f, source->find(source, &v->fact), v->unit, v->count, order);
		case ZR_VALUE_SET:
			break;
	}
	return MATCH_OTHER_TYPE;
}

/*
 * Some member is equal: true. Else a member that is a fact which cannot be
 * compared leaves it open. Else the fact must have the type of some member to
 * be none of them; a fact of another type is unknown.
 */
static zr_kleene
check_in(const zr_fact *f, const zr_value *set, zr_fact_source *source)
{
	const uint8_t *p = set->members;
	bool		open = false;
	bool		typed = false;

	for (int i = 0; i < set->count; i++)
	{
		zr_value	v;
		int			order = 0;
		match		m;

		p = zr_value_read(p, &v);
		m = match_value(f, &v, source, &order);
		if (m >= MATCH_EQUALITY && order == 0)
			return ZR_TRUE;
		if (m >= MATCH_EQUALITY)
			typed = true;
		else if (v.kind == ZR_VALUE_FACT)
			open = true;
	}
	return typed && !open ? ZR_FALSE : ZR_PERHAPS;
}

/*
 * Every member is an element of the list. An element of another type is just
 * another element. A member that is a fact must be known and be a number, a
 * truth value or a string, for a shift a date.
 */
static zr_kleene
check_contains(const zr_fact *f, const zr_value *set, zr_fact_source *source)
{
	const uint8_t *p = set->members;
	zr_kleene	result = ZR_TRUE;

	for (int i = 0; i < set->count; i++)
	{
		zr_value	v;
		bool		found = false;

		/* a set of 10,000 and a list of a million make 10 billion pairs */
		if (source->pause)
			source->pause();
		p = zr_value_read(p, &v);
		if (v.kind == ZR_VALUE_FACT)
		{
			const zr_fact *g = source->find(source, &v.fact);
			zr_date		d;

			if (g->kind <= ZR_FACT_NULL || g->kind >= ZR_FACT_ARRAY ||
				(v.unit != ZR_SHIFT_NONE &&
				 (g->kind != ZR_FACT_STRING || !g->is_date || !zr_shift_date(g->date, v.unit, v.count, &d))))
			{
				result = ZR_PERHAPS;
				continue;
			}
		}
		for (uint32_t e = 0; e < f->count && !found; e++)
		{
			int			order = 0;

			found = f->elements[e].kind > ZR_FACT_NULL &&
				match_value(&f->elements[e], &v, source, &order) >= MATCH_EQUALITY && order == 0;
		}
		if (!found)
			return ZR_FALSE;
	}
	return result;
}

zr_kleene
zr_comparison_check(const zr_comparison *c, zr_fact_source *source)
{
	const zr_fact *f = source->find(source, &c->fact);
	zr_value	v;
	int			order = 0;
	match		m;

	if (f->kind <= ZR_FACT_NULL)
		return ZR_PERHAPS;
	zr_value_read(c->value, &v);
	if (c->op == ZR_OP_IN)
		return check_in(f, &v, source);
	if (c->op == ZR_OP_CONTAINS)
		return f->kind == ZR_FACT_ARRAY ? check_contains(f, &v, source) : ZR_PERHAPS;

	m = match_value(f, &v, source, &order);
	if (m < MATCH_EQUALITY || (m == MATCH_EQUALITY && c->op >= ZR_OP_LT))
		return ZR_PERHAPS;
	switch (c->op)
	{
		case ZR_OP_EQ:
			return order == 0 ? ZR_TRUE : ZR_FALSE;
		case ZR_OP_NE:
			return order != 0 ? ZR_TRUE : ZR_FALSE;
		case ZR_OP_LT:
			return order < 0 ? ZR_TRUE : ZR_FALSE;
		case ZR_OP_LE:
			return order <= 0 ? ZR_TRUE : ZR_FALSE;
		case ZR_OP_GT:
			return order > 0 ? ZR_TRUE : ZR_FALSE;
		default:
			return order >= 0 ? ZR_TRUE : ZR_FALSE;
	}
}

/* The table of the reference, line by line. */
zr_verdict
zr_threshold_check(const uint8_t *form, zr_fact_source *source)
{
	zr_rule		rule;
	zr_comparison requirement;
	zr_comparison c;
	zr_kleene	conditions = ZR_TRUE;
	zr_kleene	exceptions = ZR_FALSE;
	zr_kleene	required;

	zr_rule_read(form, &rule);
	zr_comparison_read(&rule, &requirement);
	for (int i = 0; i < rule.conditions; i++)
	{
		zr_kleene	k;

		zr_comparison_read(&rule, &c);
		k = zr_comparison_check(&c, source);
		if (k == ZR_FALSE)
			return ZR_NOT_APPLICABLE;
		if (k < conditions)
			conditions = k;
	}
	required = zr_comparison_check(&requirement, source);
	if (required == ZR_TRUE)
		return ZR_MET;
	for (int i = 0; i < rule.exceptions; i++)
	{
		zr_kleene	k;

		zr_comparison_read(&rule, &c);
		k = zr_comparison_check(&c, source);
		if (k == ZR_TRUE)
			return ZR_EXEMPT;
		if (k > exceptions)
			exceptions = k;
	}
	if (conditions == ZR_TRUE && required == ZR_FALSE && exceptions == ZR_FALSE)
		return ZR_NOT_MET;
	return ZR_UNKNOWN;
}

const char *
zr_verdict_text(zr_verdict verdict)
{
	static const char *const texts[] = {"met", "not met", "exempt", "not applicable", "unknown", "out of force"};

	return texts[verdict];
}
