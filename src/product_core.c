/*
 * product_core.c
 *		Text forms of a product, and what its number says.
 *
 * A code of five characters that starts with two digits carries its category:
 * so are all codes of the standard lists JZ21 and WMO021 made. Every other code
 * needs its category in front and a colon ("01:1001"), or has none ("1001").
 * Two digits alone are a category, so such a code cannot stand alone.
 *
 * The standard only asks for 1 to 5 characters (LDT_ProductCode); ASCII
 * letters and digits are what the lists and the guides to own codes use.
 */
#include "product_core.h"

#include "char_core.h"

#define CODE_MAX	5
#define BASE		37
#define BASE_3		(37u * 37u * 37u)
#define BASE_4		(37u * 37u * 37u * 37u)

#define HINT_FORMS	"Write a category (\"02\"), a code (\"1001\") or both (\"02A16\", \"01:1001\")."

static const char symbols[] = "\0" "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* 1 to 36 for an ASCII digit or letter of either case, else 0 */
static inline uint32_t
symbol_value(char c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t) (c - '0') + 1;
	if (c >= 'A' && c <= 'Z')
		return (uint32_t) (c - 'A') + 11;
	if (c >= 'a' && c <= 'z')
		return (uint32_t) (c - 'a') + 11;
	return 0;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The category in a code's first two characters, or -1 when these are no digits. */
static inline int
leading_digits(uint32_t code)
{
	uint32_t	first = code / BASE_4;
	uint32_t	second = code / BASE_3 % BASE;

	if (first < 1 || first > 10 || second < 1 || second > 10)
		return -1;
	return (int) ((first - 1) * 10 + second - 1);
}

/* The category that a code carries, or -1: only full-length codes carry one. */
static inline int
carried_category(uint32_t code)
{
	return code % BASE != 0 ? leading_digits(code) : -1;
}

/* Two digits and nothing more: alone, this text is a category. */
static inline bool
looks_like_category(uint32_t code)
{
	return code % BASE_3 == 0 && leading_digits(code) >= 0;
}

/* The code's characters lie at s; offset is where s starts in the whole text, for the message. */
static bool
parse_code(const char *s, size_t len, size_t offset, uint32_t *code, zr_error *err)
{
	char		shown[ZR_SHOWN_CHAR_MAX];
	uint32_t	value = 0;

	for (size_t i = 0; i < len; i++)
	{
		uint32_t	v = symbol_value(s[i]);

		if (v != 0)
		{
			if (i < CODE_MAX)
				value = value * BASE + v;
			continue;
		}
		return zr_fail(err, ZR_SYNTAX, s[i] == ' ' ? "Remove the blank." : HINT_FORMS,
					   "Character %zu is %s; a code has only the letters A to Z and digits.", offset + i + 1, zr_show_char(s[i], shown));
	}
	if (len > CODE_MAX)
		return zr_fail(err, ZR_SYNTAX, HINT_FORMS, "The code has %zu characters; it has 1 to %d.", len, CODE_MAX);
	for (size_t i = len; i < CODE_MAX; i++)
		value *= BASE;
	*code = value;
	return true;
}

/* Exactly two digits, 01 to 60. */
static bool
parse_category(const char *s, size_t len, uint32_t *category, const char *range_hint, zr_error *err)
{
	int			value;

	if (len != 2 || !is_digit(s[0]) || !is_digit(s[1]))
		return zr_fail(err, ZR_SYNTAX, "Write the category as two digits, for example \"01:1001\".",
					   "The category is not two digits.");
	value = (s[0] - '0') * 10 + (s[1] - '0');
	if (value < 1 || value > ZR_PRODUCT_MAX_CATEGORY)
		return zr_fail(err, ZR_SYNTAX, range_hint,
					   "Category %02d does not exist; categories are 01 to %d.", value, ZR_PRODUCT_MAX_CATEGORY);
	*category = (uint32_t) value;
	return true;
}

/* A code whose category is not given: it carries one, or has none. */
static bool
add_carried_category(uint32_t code, zr_product *result, zr_error *err)
{
	int			category = carried_category(code);

	if (category == 0 || category > ZR_PRODUCT_MAX_CATEGORY)
		return zr_fail(err, ZR_SYNTAX, "If the code does not start with its category, write the category in front: \"01:99A01\".",
					   "Category %02d does not exist; categories are 01 to %d.", category, ZR_PRODUCT_MAX_CATEGORY);
	*result = (category > 0 ? (uint32_t) category * ZR_PRODUCT_CODE_SPAN : 0) + code;
	return true;
}

bool
zr_product_parse(const char *s, size_t len, zr_product *result, zr_error *err)
{
	size_t		colon;
	uint32_t	category;
	uint32_t	code;

	if (len == 0)
		return zr_fail(err, ZR_SYNTAX, HINT_FORMS, "The text is empty.");

	for (colon = 0; colon < len && s[colon] != ':'; colon++)
		;
	if (colon < len)
	{
		if (!parse_category(s, colon, &category, "If the category is not known, write the code alone: \"1001\".", err))
			return false;
		if (colon + 1 == len)
			return zr_fail(err, ZR_SYNTAX, "Write the category alone without a colon: \"02\".", "No code follows the colon.");
		if (!parse_code(s + colon + 1, len - colon - 1, colon + 1, &code, err))
			return false;
		*result = category * ZR_PRODUCT_CODE_SPAN + code;
		return true;
	}
	if (len == 2 && is_digit(s[0]) && is_digit(s[1]))
	{
		if (!parse_category(s, len, &category, "If this is a code, write its category in front: \"01:99\".", err))
			return false;
		*result = category * ZR_PRODUCT_CODE_SPAN;
		return true;
	}
	return parse_code(s, len, 0, &code, err) && add_carried_category(code, result, err);
}

/* The arguments' errors are those of the text, under the class of a bad argument. */
static bool
bad_argument(zr_error *err)
{
	if (err != NULL)
		err->cls = ZR_ARGUMENT;
	return false;
}

bool
zr_product_make(const char *category, size_t category_len,
				const char *code, size_t code_len, zr_product *result, zr_error *err)
{
	uint32_t	category_number = 0;
	uint32_t	code_number = 0;

	if (category == NULL && code == NULL)
		return zr_fail(err, ZR_ARGUMENT, "Give a category such as 02, a code such as 02A16, or both.", "There is neither a category nor a code.");
	if (category != NULL &&
		!parse_category(category, category_len, &category_number, "Give NULL for a category that is not known.", err))
		return bad_argument(err);
	if (code != NULL)
	{
		if (code_len == 0)
			return zr_fail(err, ZR_ARGUMENT, "Give NULL for a category without a code.", "The code is empty.");
		if (!parse_code(code, code_len, 0, &code_number, err))
			return bad_argument(err);
	}
	if (category == NULL)
	{
		if (looks_like_category(code_number))
			return zr_fail(err, ZR_ARGUMENT, "Give the category as well, for example product('01', '16').",
						   "A code of two digits needs its category: alone it is a category.");
		return add_carried_category(code_number, result, err) || bad_argument(err);
	}
	*result = category_number * ZR_PRODUCT_CODE_SPAN + code_number;
	return true;
}

bool
zr_product_is_valid(zr_product p)
{
	uint32_t	code = zr_product_code(p);

	if (zr_product_category(p) > ZR_PRODUCT_MAX_CATEGORY || p == ZR_PRODUCT_NONE)
		return false;
	if (zr_product_category(p) == 0 && (looks_like_category(code) || carried_category(code) >= 0))
		return false;
	/* left-aligned: no empty place in front of a character */
	for (int i = 0, seen = 0; i < CODE_MAX; i++, code /= BASE)
	{
		if (code % BASE != 0)
			seen = 1;
		else if (seen)
			return false;
	}
	return true;
}

int
zr_product_print_code(zr_product p, char *out)
{
	uint32_t	code = zr_product_code(p);
	int			len = 0;

	for (int i = CODE_MAX - 1; i >= 0; i--)
	{
		out[i] = symbols[code % BASE];
		code /= BASE;
	}
	out[CODE_MAX] = '\0';
	while (out[len] != '\0')
		len++;
	return len;
}

int
zr_product_print(zr_product p, char *out)
{
	int			category = zr_product_category(p);
	int			len = 0;

	if (category > 0 && carried_category(zr_product_code(p)) != category)
	{
		out[len++] = (char) ('0' + category / 10);
		out[len++] = (char) ('0' + category % 10);
		if (zr_product_code(p) == 0)
		{
			out[len] = '\0';
			return len;
		}
		out[len++] = ':';
	}
	return len + zr_product_print_code(p, out + len);
}

const char *
zr_product_law(zr_product p)
{
	int			category = zr_product_category(p);

	if (category >= 1 && category <= 18)
		return "Wmo";
	if (category >= 31 && category <= 55)
		return "Jeugdwet";
	return NULL;
}
