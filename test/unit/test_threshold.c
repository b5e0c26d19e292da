/*
 * test_threshold.c
 *		Rules: the grammar and its errors, exact numbers, Kleene's logic, and a
 *		million mutations of rule text: a rule that reads back, or a clean error.
 */
#include "threshold_core.h"
#include "check.h"

#include <stdlib.h>

/* ---- Helpers ---- */

static uint8_t *form;			/* of the rule that was parsed last, exactly sized for ASan */
static size_t form_len;
static zr_error err;

static bool
parse_len(const char *text, size_t len)
{
	uint8_t    *buf = malloc(ZR_THRESHOLD_BOUND(len));
	bool		ok;

	memset(&err, 0, sizeof(err));
	ok = zr_threshold_parse(text, len, buf, &form_len, &err);
	free(form);
	form = NULL;
	if (ok)
	{
		form = malloc(form_len);
		memcpy(form, buf, form_len);
	}
	free(buf);
	return ok;
}

static bool
parse(const char *text)
{
	return parse_len(text, strlen(text));
}

static char *
print(void)
{
	zr_text		out = {NULL, 0, 0};
	char	   *text;

	zr_threshold_print(form, &out);
	text = malloc(out.len + 1);
	out = (zr_text)
	{
		text, out.len, 0
	};
	zr_threshold_print(form, &out);
	text[out.len] = '\0';
	return text;
}

/* text is read, and printed as canonical */
static bool
prints(const char *text, const char *canonical)
{
	char	   *printed;
	bool		same;

	if (!parse(text))
		return false;
	printed = print();
	same = strcmp(printed, canonical) == 0;
	if (!same)
		fprintf(stderr, "%s\n", printed);
	free(printed);
	return same;
}

static bool
equal(const char *a, const char *b)
{
	uint8_t    *first;
	size_t		len;
	bool		same;

	if (!parse(a))
		return false;
	first = form;
	len = form_len;
	form = NULL;
	same = parse(b) && len == form_len && memcmp(first, form, len) == 0;
	free(first);
	return same;
}

/* A dossier of a few facts; names and values as text. */
typedef struct test_source
{
	zr_fact_source source;
	int			count;
	const char *names[16];
	zr_fact		facts[16];
	char		digits[16][400];
} test_source;

static const zr_fact *
find(zr_fact_source *source, const zr_fact_name *name)
{
	static const zr_fact missing = {.kind = ZR_FACT_MISSING};
	test_source *s = (test_source *) source;

	for (int i = 0; i < s->count; i++)
		if (strlen(s->names[i]) == name->len && memcmp(s->names[i], name->name, name->len) == 0)
			return &s->facts[i];
	return &missing;
}

static size_t
clip(const char *s, size_t len, size_t limit)
{
	(void) s;
	return len < limit ? len : limit;
}

static test_source dossier = {{find, clip, NULL}, 0, {0}, {{0}}, {{0}}};

/* a number, true, false, null, or else a string */
static void
fact(const char *name, const char *value)
{
	int			i = dossier.count++;
	zr_fact    *f = &dossier.facts[i];

	memset(f, 0, sizeof(*f));
	dossier.names[i] = name;
	if (strcmp(value, "null") == 0)
		f->kind = ZR_FACT_NULL;
	else if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
	{
		f->kind = ZR_FACT_BOOLEAN;
		f->boolean = value[0] == 't';
	}
	else
	{
		zr_fact_set_number(f, value, strlen(value), dossier.digits[i]);
		if (f->kind != ZR_FACT_NUMBER)
			zr_fact_set_string(f, value, strlen(value));
	}
}

static zr_verdict
verdict(const char *rule)
{
	return parse(rule) ? zr_threshold_check(form, &dossier.source) : ZR_OUT_OF_FORCE;
}

/* x compared with a right side; 'T', 'F' or '?' */
static char
holds(const char *x, const char *rest)
{
	char		rule[700];

	dossier.count = 0;
	fact("x", x);
	snprintf(rule, sizeof(rule), "x %s", rest);
	switch (verdict(rule))
	{
		case ZR_MET:
			return 'T';
		case ZR_NOT_MET:
			return 'F';
		case ZR_UNKNOWN:
			return '?';
		default:
			return '!';
	}
}

/* ---- Tests ---- */

static void
test_grammar(void)
{
	static const char *const same[] = {
		"winst_pct <= 5",
		"sroi_plicht = true if regionale_jaaromzet > 200000",
		"onderaanneming_deel <= 1/3",
		"melding_datum >= start_datum - 3 months",
		"register in {\"SKJ\", \"BIG\"} if functie = \"jeugd_gezinsprofessional\" unless gemotiveerd_afgeweken = true",
		"aangeboden_categorieen contains {1, 2}",
		"aanvraag_datum in {[2026-04-01,2026-05-01), [2026-10-01,2026-11-01)}",
		"a = 1 if b = 2 and c <> 3 and d < 4 unless e >= 5 or f > 6",
		"a.b.c = \"x\" unless d.in = false",
		"a = -0.001", "a = 100000000000000000000000000000000000001.5", "a < b + 0 days", "a in {[2026-01-01,), 2025-01-01}",
		"a in {(,2026-01-01)}", "a in {(,)}", "a = \"q\\\"b\\\\n\\n\\t\\u0001\"", "a <= -1/3", "days = weeks + 2 weeks", "a = \"\"",
	"a in {b, c - 1 years, 1/3, true, \"x\", 2024-02-29}", "_a1 <> 0"};
	static const char *const canonical[][2] = {
		{"  a=5.00IF b  =TRUE And c<>-0.0  UNLESS d>=007E", NULL},
		{"a=5.00 IF b  =TRUE And c<>-0.0  UNLESS d>=0.70", "a = 5 if b = true and c <> 0 unless d >= 0.7"},
		{"a\n=\t1 / 3", "a = 1/3"},
		{"a = 2/6", "a = 1/3"},
		{"a = 4/2", "a = 2"},
		{"a = 0/7", "a = 0"},
		{"a = -0/7", "a = 0"},
		{"a = -20/2", "a = -10"},
		{"a = 1200.0500", "a = 1200.05"},
		{"a in{\"x\",\"y\"}", "a in {\"x\", \"y\"}"},
		{"a in {[2026-01-01,2026-01-31], (2026-03-01,2026-04-01]}", "a in {[2026-01-01,2026-02-01), [2026-03-02,2026-04-02)}"},
		{"a in {[9999-12-31,9999-12-31]}", "a in {[9999-12-31,10000-01-01)}"},
		{"a > b+1MONTH", "a > b + 1 months"},
		{"a > b -0 days", "a > b + 0 days"},
	{"a = \"\\/\\u0041\\b\"", "a = \"/A\\u0008\""}};
	static const char *const wrong[] = {
		"", " ", "a", "a =", "= 5", "5 = a", "a == 5", "a => 5", "a =< 5", "a != 5", "a ~ 5", "a = 5 5", "a = 5,5", "a = 5.", "a = .5",
		"a = 1e3", "a = +5", "a = - 5", "a = 05", "a = 5pct", "a = 1/0", "a = 1/-3", "a = 1.5/2", "a = 1/3/4", "a = 1/", "a = \"x", "a = \"\\x\"",
		"a = \"\\u00e9\"", "a = \"\\u0000\"", "a = \"\\", "a = \"\n\"", "a = 'x'", "a = null", "a = if", "a = {1}", "a = [2026-01-01,2026-02-01)", "a in 5", "a in \"x\"",
		"a in b", "a in {}", "a in {1,}", "a in {,1}", "a in {1", "a in {1 2}", "a in {{1}}", "a contains {{1}}", "a contains 1", "a contains {[2026-01-01,2026-02-01)}",
		"a in {[2026-02-01,2026-01-01)}", "a in {[2026-01-01,2026-01-01)}", "a in {(2026-01-01,2026-01-02)}", "a in {[2026-01-01]}", "a in {[10000-01-01,10000-01-01]}", "a in {[1,2)}",
		"a < true", "a >= \"x\"", "a >= \"2026-01-01\"", "a = 2026-02-29", "a = 2026-13-01", "a = 2026-1-1", "a = 226-01-01", "a = 2026-01-011", "a = 2026-01-01T00",
		"a = 5 if", "a = 5 unless", "a = 5 if b = 1 or c = 1", "a = 5 unless b = 1 and c = 1", "a = 5 unless b = 1 if c = 1", "a = 5 and b = 1", "a = 5 or b = 1",
		"a = 5 if b = 1 if c = 1", "a = 5 if b = 1 and", "a. = 5", ".a = 5", "a..b = 5", "a.1 = 5", "1a = 5", "if = 5", "in in {1}", "true = true", "a-b = 5", "a$ = 5",
		"a = b +", "a = b + 1", "a = b + days", "a = b + 1 hours", "a = b + 1.5 days", "a = b * 2", "a = b + 1 day + 1 day", "a = 2026-01-01 + 1 days", "a = 5 days", "a = b.if.",
	"cli\xc3\xabnt = 5", "a\xc2\xa0= 5", "a = \xe2\x80\x9cx\xe2\x80\x9d", "a = 5;", "a = 5 --", "(a = 5)"};
	char		big[80000];
	char	   *p;

	for (int i = 0; i < (int) (sizeof(same) / sizeof(same[0])); i++)
		CHECK(prints(same[i], same[i]));
	for (int i = 0; i < (int) (sizeof(canonical) / sizeof(canonical[0])); i++)
		CHECK(canonical[i][1] ? prints(canonical[i][0], canonical[i][1]) : !parse(canonical[i][0]));
	for (int i = 0; i < (int) (sizeof(wrong) / sizeof(wrong[0])); i++)
	{
		bool		ok = parse(wrong[i]);

		CHECK(!ok && err.cls == ZR_SYNTAX && err.detail[0]);
		if (ok)
			fprintf(stderr, "accepted: %s\n", wrong[i]);
	}

	CHECK(equal("a = 5", "a=5.000") && equal("a = 2/4", "a = 1/2") && equal("a = 8/4", "a = 2"));
	CHECK(!equal("a = 5", "a = 50") && !equal("a = 5", "a = \"5\"") && !equal("a = 5", "a <> 5"));
	CHECK(!equal("a = 5 if b = 1", "a = 5 unless b = 1") && !equal("a = b.c", "a = b"));
	CHECK(!equal("a in {1, 2}", "a in {2, 1}"));

	/* limits */
	CHECK(!parse("a = b + 1000001 days") && err.cls == ZR_RANGE);
	CHECK(!parse("a = b - 99999999999999999999 days") && err.cls == ZR_RANGE);
	CHECK(parse("a = b - 1000000 years"));
	memset(big, '{', sizeof(big));
	memcpy(big, "a in ", 5);
	CHECK(!parse_len(big, 5000) && err.cls == ZR_LIMIT);
	CHECK(!parse_len(big, sizeof(big)) && err.cls == ZR_LIMIT);
	memset(big, '1', sizeof(big));
	memcpy(big, "a = ", 4);
	CHECK(parse_len(big, 4 + 1000) && !parse_len(big, 4 + 1001) && err.cls == ZR_LIMIT);
	memcpy(big, "a = 1/", 6);
	CHECK(parse_len(big, 6 + 37) && !parse_len(big, 6 + 38) && err.cls == ZR_LIMIT);
	memset(big, 'n', sizeof(big));
	memcpy(big + 255, "= 1", 3);
	CHECK(parse_len(big, 258));
	memcpy(big + 255, "n=1", 3);
	CHECK(!parse_len(big, 258) && err.cls == ZR_LIMIT);
	for (p = big; p < big + 64; p += 2)
		memcpy(p, "n.", 2);
	memcpy(p, "n=1", 3);
	CHECK(!parse_len(big, 67) && err.cls == ZR_LIMIT);
	CHECK(parse_len(big + 2, 65));
	p = big + sprintf(big, "a in {");
	for (int i = 0; i < 10000; i++)
		p += sprintf(p, "1,");
	p[-1] = '}';
	CHECK(parse_len(big, p - big));
	CHECK(sprintf(p - 1, ",1}") == 3 && !parse(big) && err.cls == ZR_LIMIT);
	/* 64 kB as it stands, more with the spaces of the printed form */
	p = big + sprintf(big, "a in {");
	for (int i = 0; i < 9000; i++)
		p += sprintf(p, "123456,");
	p[-1] = '}';
	CHECK(!parse_len(big, p - big) && err.cls == ZR_LIMIT && p - big < ZR_THRESHOLD_MAX_TEXT);
	p = big + sprintf(big, "a = 1 if b = 1");
	for (int i = 0; i < 999; i++)
		p += sprintf(p, " and b = 1");
	CHECK(parse(big));
	CHECK(sprintf(p, " and b = 1") && !parse(big) && err.cls == ZR_LIMIT);
}

static void
test_numbers(void)
{
	CHECK(holds("5.00", "<= 5") == 'T' && holds("5.01", "<= 5") == 'F' && holds("5", "< 5") == 'F' && holds("5", "> 5") == 'F' && holds("5", ">= 5") == 'T');
	CHECK(holds("4.999999999999999999999999999999", "< 5") == 'T' && holds("5.000000000000000000000000000001", "> 5") == 'T');
	CHECK(holds("123456789012345678901234567890", "= 123456789012345678901234567890") == 'T');
	CHECK(holds("123456789012345678901234567891", "= 123456789012345678901234567890") == 'F');
	CHECK(holds("0.1", "= 0.10") == 'T' && holds("-0", "= 0") == 'T' && holds("0.000", ">= 0") == 'T' && holds("-0.1", "< 0") == 'T');
	CHECK(holds("-5", "< -4.9") == 'T' && holds("-5", "> -50") == 'T' && holds("5", "> -50") == 'T' && holds("-1", "< 0.5") == 'T');
	CHECK(holds("99", "< 100") == 'T' && holds("100", "> 99.9") == 'T' && holds("10", "<> 100") == 'T' && holds("0.01", "< 0.1") == 'T');

	/* a third is none of its decimals */
	CHECK(holds("0.333333333333333333333333333333", "<= 1/3") == 'T' && holds("0.333333333333333333333333333333", "= 1/3") == 'F');
	CHECK(holds("0.333333333333333333333333333334", "<= 1/3") == 'F' && holds("0.3", "< 1/3") == 'T' && holds("0.34", "> 1/3") == 'T');
	CHECK(holds("0.5", "= 2/4") == 'T' && holds("2.5", "= 5/2") == 'T' && holds("0", "< 1/3") == 'T' && holds("0", "> -1/3") == 'T' && holds("-0.4", "< -1/3") == 'T');
	CHECK(holds("-0.3", "> -1/3") == 'T' && holds("1", "> 1/3") == 'T' && holds("-1", "< 1/3") == 'T' && holds("0.125", "= 1/8") == 'T' && holds("0.0625", "= 1/16") == 'T');
	CHECK(holds("0.06", "< 1/16") == 'T' && holds("0.006", "< 1/16") == 'T' && holds("0.07", "> 1/16") == 'T' && holds("33.33", "< 100/3") == 'T' && holds("33.34", "> 100/3") == 'T');
	CHECK(holds("1000000000000000000000000000000000000000000", "> 9999999999999999999999999999999999999/2") == 'T');
	CHECK(holds("4999999999999999999999999999999999999.5", "= 9999999999999999999999999999999999999/2") == 'T');
	CHECK(holds("0.0000000000000000000000000000000000001", "< 1/9999999999999999999999999999999999999") == 'T');

	/* small decimals and fractions against integers */
	{
		int			bad = 0;

		for (int cents = -300; cents <= 300; cents++)
			for (int num = -4; num <= 4; num++)
				for (int den = 1; den <= 7; den++)
				{
					char		x[16],
								rest[32];
					int			diff = cents * den - num * 100;

					snprintf(x, sizeof(x), "%s%d.%02d", cents < 0 ? "-" : "", abs(cents) / 100, abs(cents) % 100);
					snprintf(rest, sizeof(rest), "<= %d/%d", num, den);
					bad += holds(x, rest) != (diff <= 0 ? 'T' : 'F');
					snprintf(rest, sizeof(rest), ">= %d/%d", num, den);
					bad += holds(x, rest) != (diff >= 0 ? 'T' : 'F');
				}
		CHECK(bad == 0);
	}
}

static void
test_values(void)
{
	/* dates */
	CHECK(holds("2026-01-31", "= 2026-01-31") == 'T' && holds("2026-01-31", "< 2026-02-01") == 'T' && holds("2026-01-31", ">= 2026-02-01") == 'F');
	CHECK(holds("31-01-2026", "< 2026-02-01") == '?' && holds("2026-01-31T00:00:00", "< 2026-02-01") == '?' && holds("2026-02-30", "< 2026-02-01") == '?' && holds(" 2026-01-31", "= 2026-01-31") == '?');
	CHECK(holds("20260131", "= 2026-01-31") == '?');
	CHECK(holds("2026-04-01", "in {[2026-04-01,2026-05-01)}") == 'T' && holds("2026-05-01", "in {[2026-04-01,2026-05-01)}") == 'F' && holds("2026-04-30", "in {[2026-04-01,2026-05-01)}") == 'T');
	CHECK(holds("mei", "in {[2026-04-01,2026-05-01)}") == '?' && holds("1900-01-01", "in {(,2026-01-01)}") == 'T' && holds("2026-06-01", "in {2025-01-01, [2026-05-01,)}") == 'T');

	/* types */
	CHECK(holds("abc", "= \"abc\"") == 'T' && holds("ab", "= \"abc\"") == 'F' && holds("abc", "<> \"abc\"") == 'F' && holds("5", "= \"5\"") == '?' && holds("5", "<> \"5\"") == '?');
	CHECK(holds("true", "= true") == 'T' && holds("true", "<> false") == 'T' && holds("1", "= true") == '?' && holds("null", "= true") == '?' && holds("null", "<> 5") == '?');
	CHECK(holds("5", "in {1, 5.0}") == 'T' && holds("5", "in {1, 2}") == 'F' && holds("5", "in {\"5\"}") == '?' && holds("5", "in {1, \"5\"}") == 'F' && holds("null", "in {1}") == '?');
	CHECK(holds("5", "in {1, y}") == '?' && holds("5", "in {5, y}") == 'T' && holds("0.5", "in {1/3, 1/2}") == 'T' && holds("5", "contains {5}") == '?');

	/* other facts, and months as PostgreSQL counts them */
	dossier.count = 0;
	fact("d", "2024-01-31");
	fact("feb29", "2024-02-29");
	fact("feb28", "2023-02-28");
	fact("jan23", "2023-01-31");
	fact("n", "5");
	fact("m", "5.0");
	fact("s", "x");
	fact("t", "true");
	fact("late", "9999-12-31");
	CHECK(verdict("feb29 = d + 1 month") == ZR_MET && verdict("feb28 = jan23 + 1 months") == ZR_MET && verdict("feb28 = feb29 - 1 years") == ZR_MET);
	CHECK(verdict("feb29 = d + 29 days") == ZR_MET && verdict("d <= feb29 - 4 weeks") == ZR_MET && verdict("d < feb29 - 4 weeks") == ZR_MET && verdict("d = feb29") == ZR_NOT_MET);
	CHECK(verdict("n = m") == ZR_MET && verdict("n < m") == ZR_NOT_MET && verdict("s = s") == ZR_MET && verdict("s < s") == ZR_UNKNOWN && verdict("t = t") == ZR_MET && verdict("t >= t") == ZR_UNKNOWN);
	CHECK(verdict("n = s") == ZR_UNKNOWN && verdict("n <> t") == ZR_UNKNOWN && verdict("n > m + 1 days") == ZR_UNKNOWN && verdict("d < s + 1 days") == ZR_UNKNOWN && verdict("d < gone") == ZR_UNKNOWN);
	CHECK(verdict("d < late + 1 month") == ZR_UNKNOWN && verdict("d < late + 1000000 years") == ZR_UNKNOWN && verdict("d > late - 1000000 weeks") == ZR_UNKNOWN && verdict("d > late - 1000000 days") == ZR_NOT_MET);
	CHECK(verdict("d in {feb29 - 29 days, feb28}") == ZR_MET && verdict("d in {feb28, gone}") == ZR_UNKNOWN);

	/* lists */
	{
		zr_fact		elements[3];
		char		digits[8];

		memset(elements, 0, sizeof(elements));
		zr_fact_set_number(&elements[0], "1.00", 4, digits);
		zr_fact_set_string(&elements[1], "2026-01-01", 10);
		elements[2].kind = ZR_FACT_NULL;
		fact("list", "null");
		dossier.facts[dossier.count - 1].kind = ZR_FACT_ARRAY;
		dossier.facts[dossier.count - 1].elements = elements;
		dossier.facts[dossier.count - 1].count = 3;
		CHECK(verdict("list contains {1}") == ZR_MET && verdict("list contains {1, 2}") == ZR_NOT_MET && verdict("list contains {2026-01-01, 1}") == ZR_MET);
		CHECK(verdict("list contains {\"2026-01-01\"}") == ZR_MET && verdict("list contains {\"1\"}") == ZR_NOT_MET && verdict("list contains {true}") == ZR_NOT_MET);
		CHECK(verdict("list contains {gone}") == ZR_UNKNOWN && verdict("list contains {gone, 7}") == ZR_NOT_MET && verdict("list contains {n}") == ZR_NOT_MET && verdict("list contains {list}") == ZR_UNKNOWN);
		CHECK(verdict("list contains {s + 1 days}") == ZR_UNKNOWN && verdict("list = 1") == ZR_UNKNOWN && verdict("list in {1}") == ZR_UNKNOWN && verdict("n = list") == ZR_UNKNOWN);
		dossier.facts[dossier.count - 1].count = 0;
		CHECK(verdict("list contains {1}") == ZR_NOT_MET);
	}
}

/* All 27 combinations of requirement, condition and exception against the table of the reference. */
static void
test_verdicts(void)
{
	static const char *const values[] = {"false", "null", "true"};

	for (int r = 0; r < 3; r++)
		for (int c = 0; c < 3; c++)
			for (int e = 0; e < 3; e++)
			{
				zr_verdict	expected = c == 0 ? ZR_NOT_APPLICABLE : r == 2 ? ZR_MET : e == 2 ? ZR_EXEMPT :
				c == 2 && r == 0 && e == 0 ? ZR_NOT_MET : ZR_UNKNOWN;

				dossier.count = 0;
				fact("r", values[r]);
				fact("c", values[c]);
				fact("e", values[e]);
				fact("yes", "true");
				fact("no", "false");
				CHECK(verdict("r = true if c = true unless e = true") == expected);
				CHECK(verdict("r = true if yes = true and c = true unless no = true or e = true") == expected);
				CHECK(verdict("r = true if c = true and yes = true unless e = true or no = true") == expected);
				if (e == 0)
					CHECK(verdict("r = true if c = true") == expected);
				if (c == 2)
					CHECK(verdict("r = true unless e = true") == expected);
			}
}

static bool
explains(const char *rule, const char *expected)
{
	char		buf[600];
	zr_text		out = {buf, sizeof(buf) - 1, 0};

	if (!parse(rule))
		return false;
	zr_threshold_explain(form, &dossier.source, &out);
	buf[out.len < sizeof(buf) ? out.len : 0] = '\0';
	if (strcmp(buf, expected) != 0)
		fprintf(stderr, "%s\n", buf);
	return strcmp(buf, expected) == 0;
}

static bool
append_name(void *context, const zr_fact_name *fact)
{
	snprintf((char *) context + strlen(context), 100, "%.*s ", (int) fact->len, fact->name);
	return true;
}

static bool
misses(const char *rule, const char *expected)
{
	char		names[600] = "";

	if (!parse(rule))
		return false;
	zr_threshold_missing(form, &dossier.source, append_name, names);
	if (strcmp(names, expected) != 0)
		fprintf(stderr, "%s\n", names);
	return strcmp(names, expected) == 0;
}

static void
test_explanations(void)
{
	dossier.count = 0;
	fact("winst_pct", "5.01");
	fact("tekst", "vijf\n\"5\"");
	fact("start", "2026-03-31");
	fact("melding", "2026-01-01");
	fact("leeg", "null");
	fact("ja", "true");
	fact("lang", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg");
	CHECK(explains("winst_pct <= 5", "winst_pct is 5.01, required <= 5: not met"));
	CHECK(explains("tekst <= 5", "tekst is \"vijf\\n\\\"5\\\"\", not a number, required <= 5: unknown (needed: tekst)"));
	CHECK(explains("tekst <= 2026-01-01", "tekst is \"vijf\\n\\\"5\\\"\", not a date (YYYY-MM-DD), required <= 2026-01-01: unknown (needed: tekst)"));
	CHECK(explains("melding <= start - 1 month", "melding is 2026-01-01, required <= start - 1 months (2026-02-28): met"));
	CHECK(explains("melding <= gone", "melding is 2026-01-01, required <= gone (missing): unknown (needed: gone)"));
	CHECK(misses("winst_pct <= 4", ""));
	CHECK(misses("leeg = 5 if gone = true", "leeg gone "));
	CHECK(misses("winst_pct <= 5.01 if gone = true", ""));
	CHECK(misses("tekst <= 5 unless gone = true or ja = false", "tekst gone "));
	CHECK(misses("tekst <= leeg", "tekst leeg "));
	CHECK(explains("leeg = 5 if ja = true unless weg = true", "leeg is null, required = 5; exception: weg is missing, exempt when = true: unknown (needed: leeg, weg)"));
	CHECK(explains("ja = true if leeg = 1", "ja is true, required = true; condition: leeg is null, applies when = 1: met (can change with: leeg)"));
	CHECK(explains("ja = false if ja = true unless ja = true", "ja is true, required = false; exception: ja is true, exempt when = true: exempt"));
	CHECK(explains("ja = true if winst_pct > 6", "condition: winst_pct is 5.01, applies when > 6: not applicable"));
	CHECK(explains("lang = \"x\"", "lang is \"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff\"..., required = \"x\": not met"));
	CHECK(explains("winst_pct in {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}", "winst_pct is 5.01, required in {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 12 values}: not met"));
	CHECK(explains("winst_pct = ja", "winst_pct is 5.01, required = ja (true): unknown (needed: winst_pct, ja)"));
	CHECK(explains("start > melding + 1000000 years", "start is 2026-03-31, required > melding + 1000000 years (2026-01-01, shifted out of the calendar): unknown (needed: melding)"));
}

static bool
count_fact(void *context, const zr_fact_name *name)
{
	(void) name;
	++*(int *) context;
	return true;
}

static void
test_mutations(void)
{
	static const char *const seeds[] = {
		"winst_pct <= 5",
		"a.b = -1.50 if c > 200000 and d = true unless e = \"x\\\"y\" or f < 8.5",
		"deel <= 1/3 unless x = 2/3",
		"melding >= start - 3 months if d < 2026-01-31",
		"register in {\"SKJ\", \"BIG\", 5, b} unless d <> false",
		"list contains {1, 2, \"x\", true}",
	"d in {[2026-04-01,2026-05-01), (2026-10-01,2026-11-01], 2024-02-29, e + 1 weeks}"};
	static const char alphabet[] = " \t.,{}[]()<>=!+-/\\\"_0123456789abifnortudmwys\x80\xff\n";
	static const char *const pieces[] = {" if ", " and ", " unless ", " or ", " in {", " contains {", "true", "2026-02-29", "1/3", "\\u000a", " + 1 months", "a.b", "{", "}", "99999999999999999999"};
	uint64_t	seed = 20260101;
	long		rules = 0,
				errors = 0;

	dossier.count = 0;
	fact("a.b", "-1.5");
	fact("c", "200001");
	fact("d", "2026-04-05");
	fact("e", "2026-03-29");
	fact("f", "x");
	for (int i = 0; i < 1000000; i++)
	{
		const char *s = seeds[check_rand(&seed) % (sizeof(seeds) / sizeof(seeds[0]))];
		char		text[256];
		size_t		len = strlen(s);
		char	   *exact;

		memcpy(text, s, len);
		for (int m = (int) (check_rand(&seed) % 3); m >= 0; m--)
		{
			size_t		at = check_rand(&seed) % (len + 1);
			const char *piece = pieces[check_rand(&seed) % (sizeof(pieces) / sizeof(pieces[0]))];
			size_t		n = 1 + check_rand(&seed) % 5;

			switch (check_rand(&seed) % 4)
			{
				case 0:			/* replace */
					if (at < len)
						text[at] = alphabet[check_rand(&seed) % (sizeof(alphabet) - 1)];
					break;
				case 1:			/* delete */
					if (at + n <= len)
					{
						memmove(text + at, text + at + n, len - at - n);
						len -= n;
					}
					break;
				case 2:			/* insert a character */
					memmove(text + at + 1, text + at, len - at);
					text[at] = alphabet[check_rand(&seed) % (sizeof(alphabet) - 1)];
					len++;
					break;
				default:		/* insert a piece */
					n = strlen(piece);
					memmove(text + at + n, text + at, len - at);
					memcpy(text + at, piece, n);
					len += n;
			}
		}
		exact = malloc(len + 1);
		memcpy(exact, text, len);
		if (!parse_len(exact, len))
		{
			errors++;
			if (err.cls == ZR_NO_ERROR || err.detail[0] == '\0' || strlen(err.detail) >= sizeof(err.detail))
				CHECK(!"an error without a text");
		}
		else
		{
			char	   *printed = print();
			uint8_t    *first = form;
			size_t		first_len = form_len;
			int			facts = 0;
			zr_verdict	v;
			zr_text		out = {NULL, 0, 0};

			form = NULL;
			rules++;
			if (!parse(printed) || form_len != first_len || memcmp(form, first, form_len) != 0)
				CHECK(!"a rule that does not read back");
			free(first);
			v = zr_threshold_check(form, &dossier.source);
			if ((unsigned) v > ZR_UNKNOWN)
				CHECK(!"an impossible verdict");
			zr_threshold_explain(form, &dossier.source, &out);
			zr_threshold_facts(form, count_fact, &facts);
			if (out.len == 0 || facts == 0)
				CHECK(!"no explanation or no facts");
			free(printed);
		}
		free(exact);
	}
	CHECK(rules > 100000 && errors > 100000);
}

int
main(void)
{
	test_grammar();
	test_numbers();
	test_values();
	test_verdicts();
	test_explanations();
	test_mutations();
	free(form);
	CHECK_DONE();
}
