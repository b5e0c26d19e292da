/*
 * test_identifier.c
 *		Digit codes over their whole range, wrong texts, and the 11-test.
 */
#include "char_core.h"
#include "check.h"
#include "identifier_core.h"

static bool
refused(const zr_digit_code *kind, const char *s, size_t len, const char *detail, const char *hint)
{
	uint32_t	value = 12345;
	zr_error	err = {0};

	if (zr_digit_code_parse(kind, s, len, &value, &err) || value != 12345 || err.cls != ZR_SYNTAX)
		return false;
	if (strcmp(err.detail, detail) == 0 && strcmp(err.hint, hint) == 0)
		return true;
	fprintf(stderr, "%s / %s\n", err.detail, err.hint);
	return false;
}

#define REFUSED(kind, s, detail, hint) CHECK(refused(kind, s, strlen(s), detail, hint))

static void
check_digit_codes(void)
{
	char		text[16];
	char		out[ZR_DIGIT_CODE_TEXT_MAX];
	uint32_t	value;
	uint64_t	seed = 5;
	int			bad = 0;

	for (uint32_t i = 0; i <= 9999; i++)
	{
		snprintf(text, sizeof(text), "%04u", i);
		bad += !zr_digit_code_parse(&zr_municipality_code, text, 4, &value, NULL) || value != i;
		bad += zr_digit_code_print(&zr_municipality_code, i, out) != 4 || strcmp(out, text) != 0;
	}
	for (int i = 0; i < 500000; i++)
	{
		uint32_t	number = (uint32_t) (check_rand(&seed) % 100000000);

		if (i < 2)
			number = i == 0 ? 0 : 99999999;
		snprintf(text, sizeof(text), "%08u", number);
		bad += !zr_digit_code_parse(&zr_agb_code, text, 8, &value, NULL) || value != number;
		bad += zr_digit_code_print(&zr_agb_code, number, out) != 8 || strcmp(out, text) != 0;
	}
	CHECK(bad == 0);

	REFUSED(&zr_agb_code, "", "It has 0 digits; an AGB code has 8.", "Write exactly 8 digits.");
	REFUSED(&zr_agb_code, "1", "It has 1 digit; an AGB code has 8.", "Pad it with zeros on the left: \"00000001\".");
	REFUSED(&zr_agb_code, "6020101", "It has 7 digits; an AGB code has 8.", "Pad it with zeros on the left: \"06020101\".");
	REFUSED(&zr_agb_code, "737301120", "It has 9 digits; an AGB code has 8.", "Write exactly 8 digits.");
	REFUSED(&zr_agb_code, "99999999999999999999999", "It has 23 digits; an AGB code has 8.", "Write exactly 8 digits.");
	REFUSED(&zr_agb_code, " 73730112", "Character 1 is a blank; an AGB code has only digits.", "Write exactly 8 digits, without blanks.");
	REFUSED(&zr_agb_code, "7373O112", "Character 5 is \"O\"; an AGB code has only digits.", "Write exactly 8 digits.");
	REFUSED(&zr_agb_code, "-7373011", "Character 1 is \"-\"; an AGB code has only digits.", "Write exactly 8 digits.");
	REFUSED(&zr_agb_code, "73\xc2\xb2", "Character 3 is not ASCII (byte 0xC2); an AGB code has only digits.", "Write exactly 8 digits.");
	CHECK(refused(&zr_agb_code, "737301\00012", 9, "Character 7 is byte 0x00; an AGB code has only digits.", "Write exactly 8 digits."));
	REFUSED(&zr_municipality_code, "200", "It has 3 digits; a municipality code has 4.", "Pad it with zeros on the left: \"0200\".");
	REFUSED(&zr_municipality_code, "00200", "It has 5 digits; a municipality code has 4.", "Write exactly 4 digits.");
	REFUSED(&zr_municipality_code, "GM0200", "Character 1 is \"G\"; a municipality code has only digits.", "Write exactly 4 digits.");

	CHECK(zr_digit_code_from_number(&zr_agb_code, 0, &value, NULL) && value == 0);
	CHECK(zr_digit_code_from_number(&zr_agb_code, 99999999, &value, NULL) && value == 99999999);
	CHECK(!zr_digit_code_from_number(&zr_agb_code, 100000000, &value, NULL));
	CHECK(!zr_digit_code_from_number(&zr_agb_code, -1, &value, NULL));
	CHECK(!zr_digit_code_from_number(&zr_municipality_code, 10000, &value, NULL));
	CHECK(!zr_digit_code_from_number(&zr_municipality_code, INT64_MIN, &value, NULL));
	CHECK(!zr_digit_code_from_number(&zr_municipality_code, INT64_C(4294967296), &value, NULL));
}

static bool
bsn(const char *s)
{
	return zr_bsn_valid(s, strlen(s));
}

static void
check_bsn(void)
{
	static const char *const valid[] = {
		"999900006", "999900018", "999900031", "999900043", "999900055", "999900067", "999900079", "999900080",
		"999900092", "999900109", "999996770", "999996782", "999990019", "999990925", "999994669", "999992740",
		"999993276", "999993252", "999991176", "999993136", "999993215", "999990317", "999994281", "999990743",
	"999993070", "999991334", "999993653", "999999990"};
	char		text[16];
	int			count = 0;

	for (int i = 0; i < (int) (sizeof(valid) / sizeof(valid[0])); i++)
	{
		CHECK(bsn(valid[i]));
		/* one changed digit is always found: no weight is a multiple of 11 */
		for (int j = 0; j < 9; j++)
			for (char c = '0'; c <= '9'; c++)
			{
				strcpy(text, valid[i]);
				if (text[j] == c)
					continue;
				text[j] = c;
				CHECK(!bsn(text));
			}
		/* so are two neighbours in the wrong order */
		for (int j = 0; j < 8; j++)
		{
			strcpy(text, valid[i]);
			if (text[j] == text[j + 1])
				continue;
			text[j] = valid[i][j + 1];
			text[j + 1] = valid[i][j];
			CHECK(!bsn(text));
		}
	}
	for (int i = 999900000; i <= 999999999; i++)
	{
		snprintf(text, sizeof(text), "%d", i);
		count += bsn(text);
	}
	CHECK(count == 9091);
	CHECK(!bsn("123456789") && !bsn("000000000") && !bsn("") && !bsn("99990000") && !bsn("9999000060") && !bsn(" 999900006"));
	CHECK(!bsn("99990000O") && !bsn("999900006 ") && !bsn("+99990006") && !bsn("99990000\xb6"));
	CHECK(!zr_bsn_valid("99990000\0", 9));
}

int
main(void)
{
	char		shown[ZR_SHOWN_CHAR_MAX];

	check_digit_codes();
	check_bsn();
	CHECK(strcmp(zr_show_char('x', shown), "\"x\"") == 0 && strcmp(zr_show_char(' ', shown), "a blank") == 0);
	CHECK(strcmp(zr_show_char('\xff', shown), "not ASCII (byte 0xFF)") == 0 && strcmp(zr_show_char('\x7f', shown), "byte 0x7F") == 0);
	CHECK_DONE();
}
