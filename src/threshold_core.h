/*
 * threshold_core.h
 *		Rules with reasons: parser, compact form, printer, evaluation.
 *
 * A rule is kept as the bytes below, in one canonical form: two rules are
 * equal exactly when their bytes are. Evaluation reads these bytes in place,
 * at any alignment; integers are little-endian on every machine.
 *
 *	threshold	u8 format (0), u16 conditions, u16 exceptions, comparison ...
 *				(the requirement, then the conditions, then the exceptions)
 *	comparison	u32 size of the rest, u8 operator, fact, value
 *	fact		u32 hash of the name, u16 length, name
 *	value		u8 kind, then
 *		number		u8 negative, i32 point, u16 count, digits (zr_number)
 *		fraction	u8 negative, 16 bytes numerator, 16 bytes denominator
 *		boolean		u8
 *		string		u16 length, bytes (not escaped)
 *		date		i32
 *		range		i32 first day, i32 day after the last (open: INT32_MIN, INT32_MAX)
 *		fact		fact, u8 unit (0 = no shift), i32 count
 *		set			u16 count, value ...
 */
#ifndef ZR_THRESHOLD_CORE_H
#define ZR_THRESHOLD_CORE_H

#include "calendar_core.h"
#include "error_core.h"
#include "threshold_number_core.h"

/* Limits; a rule beyond one of them is refused with ZR_LIMIT. */
#define ZR_THRESHOLD_MAX_TEXT		65536	/* bytes, as written and as printed */
#define ZR_THRESHOLD_MAX_MEMBERS	10000	/* of one set */
#define ZR_THRESHOLD_MAX_PARTS		1000	/* conditions, and exceptions */
#define ZR_THRESHOLD_MAX_DIGITS		1000	/* of one number */
#define ZR_FACT_MAX_LENGTH			255 /* bytes of a name with its dots */
#define ZR_FACT_MAX_DEPTH			32	/* names between dots */
#define ZR_SHIFT_MAX				1000000

#define ZR_THRESHOLD_FORMAT			0

/* never more than this for a text of n bytes, so that the parser needs no second look */
#define ZR_THRESHOLD_BOUND(n)		((size_t) (n) * 9 + 64)

typedef enum zr_operator
{
	ZR_OP_EQ,
	ZR_OP_NE,
	ZR_OP_LT,
	ZR_OP_LE,
	ZR_OP_GT,
	ZR_OP_GE,
	ZR_OP_IN,
	ZR_OP_CONTAINS
} zr_operator;

typedef enum zr_value_kind
{
	ZR_VALUE_NUMBER = 1,
	ZR_VALUE_FRACTION,
	ZR_VALUE_BOOLEAN,
	ZR_VALUE_STRING,
	ZR_VALUE_DATE,
	ZR_VALUE_RANGE,
	ZR_VALUE_FACT,
	ZR_VALUE_SET
} zr_value_kind;

typedef enum zr_shift_unit
{
	ZR_SHIFT_NONE,
	ZR_SHIFT_DAYS,
	ZR_SHIFT_WEEKS,
	ZR_SHIFT_MONTHS,
	ZR_SHIFT_YEARS
} zr_shift_unit;

typedef struct zr_fact_name
{
	uint32_t	hash;
	uint32_t	len;
	const char *name;
} zr_fact_name;

typedef struct zr_value
{
	zr_value_kind kind;
	zr_number	number;
	zr_fraction fraction;
	bool		boolean;
	const char *string;
	uint32_t	string_len;
	zr_date		date;			/* a range's first day */
	zr_date		until;			/* the day after a range's last */
	zr_fact_name fact;
	zr_shift_unit unit;
	int32_t		count;			/* of a shift, or of a set's members */
	const uint8_t *members;
} zr_value;

typedef struct zr_comparison
{
	zr_operator op;
	zr_fact_name fact;
	const uint8_t *value;		/* for zr_value_read */
} zr_comparison;

typedef struct zr_rule
{
	int			conditions;
	int			exceptions;
	const uint8_t *next;		/* for zr_comparison_read */
} zr_rule;

/* ---- Text that grows past its buffer is counted, not written: len is what was needed. ---- */

typedef struct zr_text
{
	char	   *buf;
	size_t		cap;
	size_t		len;
} zr_text;

extern void zr_text_add(zr_text *out, const char *s, size_t len);
extern void zr_text_puts(zr_text *out, const char *s);
extern void zr_text_put_int(zr_text *out, int64_t value);
extern void zr_text_put_date(zr_text *out, zr_date d);

/* quoted and escaped as the grammar reads it: never a control character in the output */
extern void zr_text_put_string(zr_text *out, const char *s, size_t len);

/* ---- Parser (threshold_parse_core.c) ---- */

/* out must hold ZR_THRESHOLD_BOUND(len) bytes */
extern bool zr_threshold_parse(const char *text, size_t len, uint8_t *out, size_t *out_len, zr_error *err);

/* ---- Compact form and printer (threshold_core.c) ---- */

extern uint32_t zr_fact_hash(const char *name, size_t len);
extern void zr_rule_read(const uint8_t *form, zr_rule *rule);

/* in order: one requirement, the conditions, the exceptions */
extern void zr_comparison_read(zr_rule *rule, zr_comparison *c);

/* decodes the value at p and returns where the next one starts; a set's members follow at v->members */
extern const uint8_t *zr_value_read(const uint8_t *p, zr_value *v);

extern const char *zr_operator_text(zr_operator op);

/* the longest prefix of at most limit bytes that splits no character */
typedef size_t (*zr_clip) (const char *s, size_t len, size_t limit);

/* where to cut what is shown to people; NULL instead of it prints everything */
typedef struct zr_cut
{
	int			members;
	size_t		bytes;			/* of a string */
	zr_clip		clip;
} zr_cut;

extern void zr_text_put_cut_string(zr_text *out, const char *s, size_t len, const zr_cut *cut);
extern void zr_value_print(const uint8_t *value, const zr_cut *cut, zr_text *out);
extern void zr_threshold_print(const uint8_t *form, zr_text *out);

/* calls visit for every fact in the order of the text, repeated ones too, until it returns false */
typedef bool (*zr_fact_visitor) (void *context, const zr_fact_name *fact);
extern void zr_threshold_facts(const uint8_t *form, zr_fact_visitor visit, void *context);

/* ---- Evaluation (threshold_eval_core.c) ---- */

/* the order of the SQL enum */
typedef enum zr_verdict
{
	ZR_MET,
	ZR_NOT_MET,
	ZR_EXEMPT,
	ZR_NOT_APPLICABLE,
	ZR_UNKNOWN,
	ZR_OUT_OF_FORCE
} zr_verdict;

#define ZR_VERDICTS 6

typedef enum zr_fact_kind
{
	ZR_FACT_MISSING,
	ZR_FACT_NULL,
	ZR_FACT_BOOLEAN,
	ZR_FACT_NUMBER,
	ZR_FACT_STRING,
	ZR_FACT_ARRAY,
	ZR_FACT_OBJECT
} zr_fact_kind;

typedef struct zr_fact
{
	zr_fact_kind kind;
	bool		boolean;
	bool		is_date;		/* string is an ISO date, and nothing else */
	zr_date		date;
	const char *text;			/* a string's bytes; a number as it was written */
	uint32_t	text_len;
	uint32_t	count;			/* of elements */
	const struct zr_fact *elements;
	zr_number	number;
} zr_fact;

/*
 * Where facts come from. find never returns NULL; the result lives as long as
 * the dossier is looked at. pause is called now and then in long loops and
 * need not return; NULL when nobody waits.
 */
typedef struct zr_fact_source
{
	const zr_fact *(*find) (struct zr_fact_source *source, const zr_fact_name *name);
	zr_clip		clip;
	void		(*pause) (void);
} zr_fact_source;

/* Kleene's three values, ordered, so that "and" is the least and "or" the greatest. */
typedef enum zr_kleene
{
	ZR_FALSE,
	ZR_PERHAPS,
	ZR_TRUE
} zr_kleene;

/* sets kind (string) and is_date */
extern void zr_fact_set_string(zr_fact *fact, const char *s, size_t len);

/* text as zr_number_from_text takes it; digits gets at most len bytes. A fact of kind object when it is no number. */
extern void zr_fact_set_number(zr_fact *fact, const char *text, size_t len, char *digits);

extern zr_kleene zr_comparison_check(const zr_comparison *c, zr_fact_source *source);
extern bool zr_shift_date(zr_date d, zr_shift_unit unit, int32_t count, zr_date *result);
extern zr_verdict zr_threshold_check(const uint8_t *form, zr_fact_source *source);
extern const char *zr_verdict_text(zr_verdict verdict);

/* ---- Explanation (threshold_explain_core.c) ---- */

extern void zr_threshold_explain(const uint8_t *form, zr_fact_source *source, zr_text *out);

/* the facts that keep the verdict unknown, some of them perhaps twice; none when it is known */
extern void zr_threshold_missing(const uint8_t *form, zr_fact_source *source, zr_fact_visitor visit, void *context);

#endif							/* ZR_THRESHOLD_CORE_H */
