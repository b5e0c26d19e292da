/*
 * threshold_explain_core.c
 *		Why a rule gives its verdict, in one line for a reader who knows no code.
 *
 *		part; part; ...: verdict [(what is needed)]
 *
 * A part is a comparison that decided, or one that is unknown and could still
 * change the verdict. Texts from the dossier are quoted, escaped and cut, so
 * that a value can neither break the line nor fill the screen.
 */
#include "threshold_core.h"

#include <string.h>

#define CUT_BYTES		60		/* of one text or number */
#define CUT_MEMBERS		10		/* of one set or list */
#define CUT_NAMES		20		/* facts named at the end */

typedef enum part_role
{
	REQUIREMENT,
	CONDITION,
	EXCEPTION
} part_role;

typedef struct explainer
{
	zr_fact_source *source;
	zr_text    *out;
	zr_cut		cut;
	int			parts;
	int			names;			/* facts named so far; beyond CUT_NAMES only counted */
	zr_fact_name named[CUT_NAMES];
	zr_fact_visitor visit;		/* told of every fact that is needed; may be NULL */
	void	   *context;
} explainer;

/* The type that a comparison asks of its fact; 0 when it takes the type of another fact. */
typedef enum asked_type
{
	ASK_ANY = 0,
	ASK_NUMBER = 1,
	ASK_BOOLEAN = 2,
	ASK_TEXT = 4,
	ASK_DATE = 8,
	ASK_LIST = 16,
	ASK_OF_FACT = 32
} asked_type;

static unsigned
type_of_value(const zr_value *v, zr_operator op)
{
	switch (v->kind)
	{
		case ZR_VALUE_NUMBER:
		case ZR_VALUE_FRACTION:
			return ASK_NUMBER;
		case ZR_VALUE_BOOLEAN:
			return ASK_BOOLEAN;
		case ZR_VALUE_STRING:
			return ASK_TEXT;
		case ZR_VALUE_DATE:
		case ZR_VALUE_RANGE:
			return ASK_DATE;
		case ZR_VALUE_FACT:
			if (v->unit != ZR_SHIFT_NONE)
				return ASK_DATE;
			return op >= ZR_OP_LT && op <= ZR_OP_GE ? ASK_NUMBER | ASK_DATE : ASK_OF_FACT;
		case ZR_VALUE_SET:
			break;
	}
	return ASK_ANY;
}

static unsigned
type_asked(const zr_comparison *c)
{
	zr_value	v;
	const uint8_t *p = zr_value_read(c->value, &v);
	unsigned	types = 0;

	if (c->op == ZR_OP_CONTAINS)
		return ASK_LIST;
	if (v.kind != ZR_VALUE_SET)
		return type_of_value(&v, c->op);
	for (int i = 0, count = v.count; i < count; i++)
	{
		p = zr_value_read(p, &v);
		types |= type_of_value(&v, c->op);
	}
	return types;
}

static bool
has_type(const zr_fact *f, unsigned types)
{
	switch (f->kind)
	{
		case ZR_FACT_MISSING:
		case ZR_FACT_NULL:
			return false;
		case ZR_FACT_BOOLEAN:
			return (types & (ASK_BOOLEAN | ASK_OF_FACT)) != 0;
		case ZR_FACT_NUMBER:
			return (types & (ASK_NUMBER | ASK_OF_FACT)) != 0;
		case ZR_FACT_STRING:
			return (types & (ASK_TEXT | ASK_OF_FACT)) != 0 || ((types & ASK_DATE) && f->is_date);
		case ZR_FACT_ARRAY:
			return (types & ASK_LIST) != 0;
		case ZR_FACT_OBJECT:
			break;
	}
	return false;
}

static const char *
type_text(unsigned types)
{
	switch (types & ~(unsigned) ASK_OF_FACT)
	{
		case ASK_NUMBER:
			return "a number";
		case ASK_BOOLEAN:
			return "true or false";
		case ASK_TEXT:
			return "a text";
		case ASK_DATE:
			return "a date (YYYY-MM-DD)";
		case ASK_NUMBER | ASK_DATE:
			return "a number or a date (YYYY-MM-DD)";
		case ASK_LIST:
			return "a list";
		default:
			return "a value to compare with";
	}
}

/* ---- What was found ---- */

static void
put_scalar_fact(explainer *ex, const zr_fact *f)
{
	switch (f->kind)
	{
		case ZR_FACT_MISSING:
			zr_text_puts(ex->out, "missing");
			break;
		case ZR_FACT_NULL:
			zr_text_puts(ex->out, "null");
			break;
		case ZR_FACT_BOOLEAN:
			zr_text_puts(ex->out, f->boolean ? "true" : "false");
			break;
		case ZR_FACT_NUMBER:
			zr_text_add(ex->out, f->text, f->text_len > CUT_BYTES ? CUT_BYTES : f->text_len);
			if (f->text_len > CUT_BYTES)
				zr_text_puts(ex->out, "...");
			break;
		case ZR_FACT_STRING:
			if (f->is_date)
				zr_text_add(ex->out, f->text, f->text_len);
			else
				zr_text_put_cut_string(ex->out, f->text, f->text_len, &ex->cut);
			break;
		case ZR_FACT_ARRAY:
			zr_text_puts(ex->out, "a list");
			break;
		case ZR_FACT_OBJECT:
			zr_text_puts(ex->out, "a group of facts");
			break;
	}
}

static void
put_fact(explainer *ex, const zr_fact *f)
{
	if (f->kind != ZR_FACT_ARRAY)
	{
		put_scalar_fact(ex, f);
		return;
	}
	zr_text_puts(ex->out, "[");
	for (uint32_t i = 0; i < f->count; i++)
	{
		if (i > 0)
			zr_text_puts(ex->out, ", ");
		if (i == CUT_MEMBERS)
		{
			zr_text_puts(ex->out, "... ");
			zr_text_put_int(ex->out, f->count);
			zr_text_puts(ex->out, " values");
			break;
		}
		put_scalar_fact(ex, &f->elements[i]);
	}
	zr_text_puts(ex->out, "]");
}

static void
put_found(explainer *ex, const zr_fact *f, unsigned types)
{
	put_fact(ex, f);
	if (f->kind > ZR_FACT_NULL && !has_type(f, types))
	{
		zr_text_puts(ex->out, ", not ");
		zr_text_puts(ex->out, type_text(types));
	}
}

/* ---- What is needed ---- */

static void
need(explainer *ex, const zr_fact_name *fact)
{
	if (ex->visit != NULL)
		ex->visit(ex->context, fact);
	for (int i = 0; i < ex->names && i < CUT_NAMES; i++)
		if (ex->named[i].len == fact->len && memcmp(ex->named[i].name, fact->name, fact->len) == 0)
			return;
	if (ex->names < CUT_NAMES)
		ex->named[ex->names] = *fact;
	ex->names++;
}

/* The other fact of a value, compared with f; names it when it stands in the way. */
static bool
need_other(explainer *ex, const zr_value *v, unsigned types)
{
	const zr_fact *g;
	zr_date		d;

	if (v->kind != ZR_VALUE_FACT)
		return false;
	g = ex->source->find(ex->source, &v->fact);
	if (has_type(g, types) && (v->unit == ZR_SHIFT_NONE || zr_shift_date(g->date, v->unit, v->count, &d)))
		return false;
	need(ex, &v->fact);
	return true;
}

/* the facts that keep an unknown comparison from being true or false */
static void
need_of(explainer *ex, const zr_comparison *c)
{
	const zr_fact *f = ex->source->find(ex->source, &c->fact);
	unsigned	types = type_asked(c);
	bool		explained = !has_type(f, types);
	zr_value	v;
	const uint8_t *p = zr_value_read(c->value, &v);
	int			members = v.kind == ZR_VALUE_SET ? v.count : 0;

	if (explained)
		need(ex, &c->fact);
	if (members == 0)
		explained |= need_other(ex, &v, type_of_value(&v, c->op));
	for (int i = 0; i < members; i++)
	{
		p = zr_value_read(p, &v);
		explained |= need_other(ex, &v, type_of_value(&v, c->op));
	}

	/* all are there, but of types that do not compare */
	if (!explained)
	{
		need(ex, &c->fact);
		p = zr_value_read(c->value, &v);
		for (int i = 0; i < members; i++)
		{
			if (i > 0 && v.kind == ZR_VALUE_FACT)
				need(ex, &v.fact);
			p = zr_value_read(p, &v);
		}
		if (v.kind == ZR_VALUE_FACT)
			need(ex, &v.fact);
	}
}

/* ---- Parts ---- */

/* `winst_pct is 5.01, required <= 5` */
static void
put_part(explainer *ex, const zr_comparison *c, part_role role)
{
	static const char *const before[] = {"", "condition: ", "exception: "};
	static const char *const asks[] = {", required ", ", applies when ", ", exempt when "};
	zr_value	v;

	if (ex->parts++ > 0)
		zr_text_puts(ex->out, "; ");
	zr_text_puts(ex->out, before[role]);
	zr_text_add(ex->out, c->fact.name, c->fact.len);
	zr_text_puts(ex->out, " is ");
	put_found(ex, ex->source->find(ex->source, &c->fact), type_asked(c));
	zr_text_puts(ex->out, asks[role]);
	zr_text_puts(ex->out, zr_operator_text(c->op));
	zr_text_puts(ex->out, " ");
	zr_value_print(c->value, &ex->cut, ex->out);

	/* what another fact comes to: `start_datum - 3 months (2025-12-01)` */
	zr_value_read(c->value, &v);
	if (v.kind == ZR_VALUE_FACT)
	{
		const zr_fact *g = ex->source->find(ex->source, &v.fact);
		zr_date		d;

		zr_text_puts(ex->out, " (");
		if (v.unit == ZR_SHIFT_NONE || g->kind != ZR_FACT_STRING || !g->is_date)
			put_found(ex, g, type_of_value(&v, c->op));
		else if (zr_shift_date(g->date, v.unit, v.count, &d))
			zr_text_put_date(ex->out, d);
		else
		{
			put_fact(ex, g);
			zr_text_puts(ex->out, ", shifted out of the calendar");
		}
		zr_text_puts(ex->out, ")");
	}
}

/* A part is told when its outcome is one of those in the mask (1 << zr_kleene). */
static void
tell(explainer *ex, const zr_comparison *c, part_role role, unsigned outcomes)
{
	zr_kleene	k = zr_comparison_check(c, ex->source);

	if ((outcomes >> k & 1) == 0)
		return;
	put_part(ex, c, role);
	if (k == ZR_PERHAPS)
		need_of(ex, c);
}

#define IF_FALSE	(1u << ZR_FALSE)
#define IF_PERHAPS	(1u << ZR_PERHAPS)
#define IF_TRUE		(1u << ZR_TRUE)

static void
put_needed(explainer *ex, zr_verdict verdict)
{
	if (ex->names == 0)
		return;
	zr_text_puts(ex->out, verdict == ZR_UNKNOWN ? " (needed: " : " (can change with: ");
	for (int i = 0; i < ex->names && i < CUT_NAMES; i++)
	{
		if (i > 0)
			zr_text_puts(ex->out, ", ");
		zr_text_add(ex->out, ex->named[i].name, ex->named[i].len);
	}
	if (ex->names > CUT_NAMES)
		zr_text_puts(ex->out, ", ...");
	zr_text_puts(ex->out, ")");
}

/*
 * Which outcomes are told, by verdict. What is left out cannot change the
 * verdict: with a false condition nothing else matters, and a requirement that
 * is met needs no exception.
 */
static const struct
{
	unsigned	requirement,
				condition,
				exception;
}			told[ZR_VERDICTS] =

{
	[ZR_MET] = {IF_TRUE, IF_PERHAPS, 0},
	[ZR_NOT_MET] = {IF_FALSE, IF_TRUE, IF_FALSE},
	[ZR_EXEMPT] = {IF_FALSE | IF_PERHAPS, IF_PERHAPS, IF_TRUE},
	[ZR_NOT_APPLICABLE] = {0, IF_FALSE, 0},
	[ZR_UNKNOWN] = {IF_FALSE | IF_PERHAPS, IF_PERHAPS, IF_PERHAPS},
	[ZR_OUT_OF_FORCE] = {0, 0, 0}
};

static void
tell_parts(explainer *ex, const uint8_t *form, zr_verdict verdict)
{
	zr_rule		rule;
	zr_comparison c;

	zr_rule_read(form, &rule);
	for (int i = 0; i <= rule.conditions + rule.exceptions; i++)
	{
		zr_comparison_read(&rule, &c);
		if (i == 0)
			tell(ex, &c, REQUIREMENT, told[verdict].requirement);
		else if (i <= rule.conditions)
			tell(ex, &c, CONDITION, told[verdict].condition);
		else
			tell(ex, &c, EXCEPTION, told[verdict].exception);
	}
}

void
zr_threshold_explain(const uint8_t *form, zr_fact_source *source, zr_text *out)
{
	explainer	ex = {.source = source, .out = out, .cut = {CUT_MEMBERS, CUT_BYTES, source->clip}};
	zr_verdict	verdict = zr_threshold_check(form, source);

	tell_parts(&ex, form, verdict);
	zr_text_puts(out, ": ");
	zr_text_puts(out, zr_verdict_text(verdict));
	put_needed(&ex, verdict);
}

void
zr_threshold_missing(const uint8_t *form, zr_fact_source *source, zr_fact_visitor visit, void *context)
{
	zr_text		nowhere = {NULL, 0, 0};
	explainer	ex = {.source = source, .out = &nowhere, .cut = {CUT_MEMBERS, CUT_BYTES, source->clip},
	.visit = visit, .context = context};

	if (zr_threshold_check(form, source) == ZR_UNKNOWN)
		tell_parts(&ex, form, ZR_UNKNOWN);
}
