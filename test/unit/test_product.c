/*
 * test_product.c
 *		Products: all 2^32 numbers would take long, so every category with every
 *		shape of code, the neighbours of valid numbers, and mutated texts.
 */
#include "product_core.h"
#include "check.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* An oracle that never computes: is this the text form that the rules give for (category, code)? */
static void
expected_text(int category, const char *code, char *out)
{
	char		cc[3];

	snprintf(cc, sizeof(cc), "%02d", category);
	if (category == 0)
		strcpy(out, code);
	else if (code[0] == '\0')
		strcpy(out, cc);
	else if (strlen(code) == 5 && strncmp(code, cc, 2) == 0)
		strcpy(out, code);
	else
		sprintf(out, "%s:%s", cc, code);
}

static bool
parses(const char *s, const char *printed)
{
	zr_product	p = 12345;
	zr_error	err = {0};
	char		out[ZR_PRODUCT_TEXT_MAX];

	if (!zr_product_parse(s, strlen(s), &p, &err) || !zr_product_is_valid(p))
		return false;
	return zr_product_print(p, out) == (int) strlen(printed) && strcmp(out, printed) == 0;
}

static bool
refused(const char *s)
{
	zr_product	p = 12345;
	zr_error	err = {0};
	bool		ok = zr_product_parse(s, strlen(s), &p, &err);

	return !ok && p == 12345 && err.cls == ZR_SYNTAX && err.detail[0] != '\0' && err.hint[0] != '\0'
		&& !zr_product_parse(s, strlen(s), &p, NULL);
}

static bool
made(const char *category, const char *code, const char *printed)
{
	zr_product	p;
	zr_error	err = {0};
	char		out[ZR_PRODUCT_TEXT_MAX];

	if (!zr_product_make(category, category ? strlen(category) : 0, code, code ? strlen(code) : 0, &p, &err))
		return printed == NULL && err.cls == ZR_ARGUMENT && err.detail[0] != '\0';
	zr_product_print(p, out);
	return printed != NULL && zr_product_is_valid(p) && strcmp(out, printed) == 0;
}

/* Random codes in every category: text and number determine each other, and order is text order. */
static void
check_round_trips(void)
{
	uint64_t	seed = 20261123;
	int			bad = 0;
	char		previous_code[6] = "";
	zr_product	previous = 0;

	for (int i = 0; i < 400000; i++)
	{
		uint64_t	r = check_rand(&seed);
		int			category = (int) (r % 61);
		int			len = (int) (r / 61 % 6);
		int			digits_first = (int) (r / 366 % 2);
		char		code[6] = "";
		char		text[16];
		char		out[ZR_PRODUCT_TEXT_MAX];
		zr_product	p;
		zr_product	q;
		zr_error	err;

		for (int j = 0; j < len; j++)
			code[j] = alphabet[check_rand(&seed) % (digits_first && j < 2 ? 10 : 36)];
		/* without a category: no code that is or carries one */
		if (category == 0 && (len == 0 || ((len == 2 || len == 5) && code[0] <= '9' && code[1] <= '9')))
			continue;
		expected_text(category, code, text);
		if (!zr_product_parse(text, strlen(text), &p, &err))
		{
			bad++;
			continue;
		}
		bad += zr_product_category(p) != category;
		bad += zr_product_print_code(p, out) != len || strcmp(out, code) != 0;
		bad += zr_product_print(p, out) != (int) strlen(text) || strcmp(out, text) != 0;
		bad += !zr_product_is_valid(p);
		/* the long form is read too */
		if (category > 0 && len > 0)
		{
			sprintf(text, "%02d:%s", category, code);
			bad += !zr_product_parse(text, strlen(text), &q, &err) || q != p;
		}
		if (zr_product_category(previous) == category)
			bad += (previous < p) != (strcmp(previous_code, code) < 0);
		else
			bad += (previous < p) != (zr_product_category(previous) < category);
		previous = p;
		strcpy(previous_code, code);
	}
	CHECK(bad == 0);
}

/* A number is valid exactly when its printed text reads back as that number. */
static void
check_validity(void)
{
	uint64_t	seed = 7;
	int			bad = 0;
	int			valid = 0;

	for (uint32_t i = 0; i < 2000000; i++)
	{
		uint64_t	r = check_rand(&seed);
		zr_product	p = (zr_product) r;
		zr_product	q;
		char		out[ZR_PRODUCT_TEXT_MAX];
		bool		reads_back;

		if (i % 4 == 1)			/* short codes are rare among random numbers */
			p -= p % 1369;
		if (i % 4 == 2)
			p -= p % 50653;
		if (i % 4 == 3)
			p = p % ZR_PRODUCT_CODE_SPAN;
		if (zr_product_category(p) > ZR_PRODUCT_MAX_CATEGORY)
		{
			bad += zr_product_is_valid(p);
			continue;
		}
		zr_product_print(p, out);
		reads_back = zr_product_parse(out, strlen(out), &q, NULL) && q == p;
		bad += reads_back != zr_product_is_valid(p);
		valid += reads_back;
	}
	CHECK(bad == 0);
	CHECK(valid > 100000);
	CHECK(!zr_product_is_valid(0));
	CHECK(!zr_product_is_valid(UINT32_MAX));
	CHECK(zr_product_is_valid(60 * ZR_PRODUCT_CODE_SPAN));
	CHECK(zr_product_is_valid(61 * ZR_PRODUCT_CODE_SPAN - 1));	/* 60:ZZZZZ */
	CHECK(!zr_product_is_valid(61 * ZR_PRODUCT_CODE_SPAN));
}

/* Any bytes: no crash, and what is read prints to a text that reads the same. */
static void
check_mutations(void)
{
	static const char *const seeds[] = {"02A16", "01:1001", "02", "1001", "60:ZZZZZ"};
	uint64_t	seed = 99;
	int			bad = 0;

	for (int i = 0; i < 300000; i++)
	{
		char		text[12] = "";
		char		out[ZR_PRODUCT_TEXT_MAX];
		size_t		len;
		zr_product	p;
		zr_product	q;
		zr_error	err = {0};

		strcpy(text, seeds[check_rand(&seed) % 5]);
		len = strlen(text);
		for (int j = (int) (check_rand(&seed) % 3); j >= 0; j--)
		{
			uint64_t	r = check_rand(&seed);

			if (r % 3 == 0 && len < sizeof(text) - 1)
				len++;
			text[r / 8 % len] = (char) (r >> 40);
		}
		if (zr_product_parse(text, len, &p, &err))
		{
			int			n = zr_product_print(p, out);

			bad += !zr_product_is_valid(p) || !zr_product_parse(out, (size_t) n, &q, NULL) || p != q;
		}
		else
		{
			bad += err.detail[0] == '\0' || err.hint[0] == '\0';
			for (const char *d = err.detail; *d; d++)
				bad += *d < ' ' || *d >= 0x7f;
		}
	}
	CHECK(bad == 0);
}

int
main(void)
{
	zr_product	unused;

	CHECK(parses("02A16", "02A16") && parses("02a16", "02A16") && parses("02:02A16", "02A16"));
	CHECK(parses("01:1001", "01:1001") && parses("02", "02") && parses("1001", "1001") && parses("60", "60"));
	CHECK(parses("02:02A", "02:02A") && parses("02:16", "02:16") && parses("02:02", "02:02"));
	CHECK(parses("02:03A16", "02:03A16") && parses("01:99A01", "01:99A01") && parses("01:00000", "01:00000"));
	CHECK(parses("A", "A") && parses("0", "0") && parses("a2", "A2") && parses("2A", "2A") && parses("123", "123"));
	CHECK(parses("A0000", "A0000") && parses("0A000", "0A000") && parses("ZZZZZ", "ZZZZZ"));
	CHECK(parses("01001", "01001") && parses("60:zzzzz", "60:ZZZZZ"));

	CHECK(refused("") && refused(":") && refused("02:") && refused(":1001") && refused("2:1001") && refused("002:1001"));
	CHECK(refused("00") && refused("61") && refused("99") && refused("00:1001") && refused("61:1001"));
	CHECK(refused("99A01") && refused("00A01") && refused("61A01"));
	CHECK(refused("02A161") && refused("02:02A161") && refused(" 02A16") && refused("02A16 ") && refused("02 A1"));
	CHECK(refused("0A:1") && refused("A0:1") && refused("02:02:1") && refused("02-A1") && refused("02\xc3\xa9") && refused("\x7f"));
	CHECK(!zr_product_parse("02\0A16", 6, &unused, NULL));

	CHECK(made("02", "02A16", "02A16") && made(NULL, "02A16", "02A16") && made("02", NULL, "02"));
	CHECK(made("02", "16", "02:16") && made(NULL, "1001", "1001") && made("01", "1001", "01:1001"));
	CHECK(made(NULL, "02", NULL) && made(NULL, NULL, NULL) && made("", "1001", NULL) && made("02", "", NULL));
	CHECK(made("00", "1001", NULL) && made("61", NULL, NULL) && made("2", "1", NULL) && made(NULL, "99A01", NULL));
	CHECK(made("01", "01:1", NULL) && made("01", "abcdef", NULL) && made("AB", "1", NULL));
	CHECK(!zr_product_make(NULL, 0, NULL, 0, &unused, NULL) && !zr_product_make("x", 1, NULL, 0, &unused, NULL));

	for (int category = 0; category <= 60; category++)
	{
		const char *law = zr_product_law((zr_product) category * ZR_PRODUCT_CODE_SPAN);

		if (category >= 1 && category <= 18)
			CHECK(law != NULL && strcmp(law, "Wmo") == 0);
		else if (category >= 31 && category <= 55)
			CHECK(law != NULL && strcmp(law, "Jeugdwet") == 0);
		else
			CHECK(law == NULL);
	}
	check_round_trips();
	check_validity();
	check_mutations();
	CHECK_DONE();
}
