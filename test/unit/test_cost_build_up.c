/*
 * test_cost_build_up.c
 *		Rounding decisions, the text of a cost price and amounts per month,
 *		without a server. Texts live in heap blocks of their exact size, so that
 *		a read past the end is found.
 */
#include <stdlib.h>

#include "check.h"
#include "cost_build_up_core.h"
#include "financing_core.h"
#include "rounding_core.h"

static zr_build_up_step steps[ZR_BUILD_UP_MAX_STEPS];

static zr_step_status
parse(const char *s, size_t len, int *n, char *printed, size_t *printed_len)
{
	char	   *copy = malloc(len + (len == 0));
	char	   *scratch = malloc(len + 1);
	zr_error	err;
	zr_step_status status;
	char	   *p = printed;

	memcpy(copy, s, len);
	status = zr_build_up_parse(copy, len, scratch, steps, n, &err);
	if (status == ZR_STEP_WRONG)
		CHECK(err.cls != ZR_NO_ERROR && err.detail[0] != '\0');
	if (status == ZR_STEP_OK)
	{
		*p++ = '{';
		for (int i = 0; i < *n; i++)
		{
			if (i > 0)
			{
				*p++ = ';';
				*p++ = ' ';
			}
			p += zr_build_up_print_step(&steps[i], p);
		}
		*p++ = '}';
	}
	*printed_len = (size_t) (p - printed);
	free(copy);
	free(scratch);
	return status;
}

static const struct
{
	const char *text;
	zr_step_status status;
}			texts[] = {
	{"{\"a\": start 1}", ZR_STEP_OK},
	{" { \"a\" [ a , b ] : start 01.50 ; \"b\":add -0.0;\"c\":add_share 9.12 of \"a\" } ", ZR_STEP_OK},
	{"{\"a\"\"\": start 1; \"b\": take_percentage 75 of \"a\"\"\"}", ZR_STEP_OK},
	{"{\"a\": start 1; \"a\": add 1}", ZR_STEP_LABEL_TWICE},
	{"{\"a\": start 1; \"b\": add_percentage 1}", ZR_STEP_WITHOUT_BASE},
	{"{\"a\": start 1; \"b\": add_percentage 1 of \"c\"}", ZR_STEP_UNKNOWN_BASE},
	{"{\"a\": start 1; \"b\": add_percentage 1 of \"b\"}", ZR_STEP_UNKNOWN_BASE},
	{"{\"a\": start 1; \"b\": add 1 of \"a\"}", ZR_STEP_WRONG},
	{"{\"a\": start -1}", ZR_STEP_WRONG},
	{"{\"a\": start 1; \"b\": productivity 100.01 of \"a\"}", ZR_STEP_WRONG},
	{"{\"a\": start 1; \"b\": productivity 100 of \"a\"}", ZR_STEP_OK},
	{"{\"a\": start 1; \"b\": add_share 99.99 of \"a\"}", ZR_STEP_OK},
	{"{\"a\": start 1; \"b\": add_share 100 of \"a\"}", ZR_STEP_WRONG},
	{"{\"a\": start 1; \"b\": add_percentage -100 of \"a\"}", ZR_STEP_OK},
	{"{\"a\": start 1; \"b\": add_percentage -100.5 of \"a\"}", ZR_STEP_WRONG},
	{"{\"a\": start 1; \"b\": add_percentage 1000 of \"a\"}", ZR_STEP_OK},
	{"{\"a\": start 1; \"b\": add_percentage 99999999999999999999 of \"a\"}", ZR_STEP_WRONG},
	{"{\"a\": start 1; \"b\": divide 0.0000}", ZR_STEP_WRONG},
	{"{\"a\": start 1; \"b\": divide 0.0001}", ZR_STEP_OK},
	{"{}", ZR_STEP_WRONG}, {"", ZR_STEP_WRONG}, {"{", ZR_STEP_WRONG}, {"{\"a", ZR_STEP_WRONG}, {"{\"a\"", ZR_STEP_WRONG},
	{"{\"a\" [", ZR_STEP_WRONG}, {"{\"a\" [x]: start 1}", ZR_STEP_WRONG}, {"{\"a\": start}", ZR_STEP_WRONG},
	{"{\"a\": start 1.}", ZR_STEP_WRONG}, {"{\"a\": start .5}", ZR_STEP_WRONG}, {"{\"a\": start 1e5}", ZR_STEP_WRONG},
	{"{\"a\": stop 1}", ZR_STEP_WRONG}, {"{\"a\": start 1;}", ZR_STEP_WRONG}, {"{\"a\": start 1} x", ZR_STEP_WRONG},
	{"{\"\": start 1}", ZR_STEP_WRONG}, {"{\"a\": start 1 of}", ZR_STEP_WRONG}, {"{\"a\": start 1 of \"", ZR_STEP_WRONG},
};

static void
check_texts(void)
{
	char	   *printed = malloc(ZR_BUILD_UP_MAX_STEPS * ZR_BUILD_UP_STEP_ROOM);
	char	   *again = malloc(ZR_BUILD_UP_MAX_STEPS * ZR_BUILD_UP_STEP_ROOM);
	size_t		len,
				again_len;
	const char *canonical = "{\"a\" [ab]: start 1.5; \"b\": add 0; \"c\": add_share 9.12 of \"a\"}";
	int			n;
	uint64_t	seed = 44;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		CHECK(parse(texts[i].text, strlen(texts[i].text), &n, printed, &len) == texts[i].status);
		if (texts[i].status == ZR_STEP_OK)
		{
			CHECK(parse(printed, len, &n, again, &again_len) == ZR_STEP_OK);
			CHECK(len == again_len && memcmp(printed, again, len) == 0);
		}
	}
	CHECK(parse(texts[1].text, strlen(texts[1].text), &n, printed, &len) == ZR_STEP_OK && n == 3);
	CHECK(len == strlen(canonical) && memcmp(printed, canonical, len) == 0);

	/* 200,000 mutations: no read past the end, and what is accepted is stable */
	for (int i = 0; i < 200000; i++)
	{
		char		text[512];
		const char *from = texts[check_rand(&seed) % (sizeof(texts) / sizeof(texts[0]))].text;
		size_t		text_len = strlen(from);

		memcpy(text, from, text_len);
		for (uint64_t changes = check_rand(&seed) % 4; changes > 0 && text_len > 0; changes--)
		{
			size_t		at = check_rand(&seed) % text_len;

			switch (check_rand(&seed) % 3)
			{
				case 0:
					text[at] = "{}[]:;\"aofd0.-1 \xff"[check_rand(&seed) % 17];

					break;
				case 1:
					memmove(text + at, text + at + 1, text_len - at - 1);
					text_len--;
					break;
				default:
					memmove(text + at + 1, text + at, text_len - at);
					text_len++;
			}
		}
		if (parse(text, text_len, &n, printed, &len) != ZR_STEP_OK)
			continue;
		CHECK(parse(printed, len, &n, again, &again_len) == ZR_STEP_OK && len == again_len && memcmp(printed, again, len) == 0);
	}
	free(printed);
	free(again);
}

/* Every mode on n / 4 to whole numbers, against a table of what is meant. */
static void
check_rounding(void)
{
	static const int expected[ZR_ROUNDING_MODES][7] = {
		/* -1.5 -0.75 -0.5 0.25 0.5 1.25 1.5 */
		{-2, -1, -1, 0, 1, 1, 2},	/* half_up */
		{-2, -1, 0, 0, 0, 1, 2},	/* half_even */
		{-2, -1, -1, 1, 1, 2, 2},	/* up */
		{-1, 0, 0, 0, 0, 1, 1}, /* down */
		{-1, -1, 0, 0, 1, 1, 2} /* nearest_up_tie */
	};
	static const int quarters[7] = {-6, -3, -2, 1, 2, 5, 6};

	for (int mode = 0; mode < ZR_ROUNDING_MODES; mode++)
		for (int i = 0; i < 7; i++)
		{
			int			magnitude = abs(quarters[i]);
			int			multiple = magnitude / 4;
			int			half = (magnitude % 4 > 2) - (magnitude % 4 < 2);

			multiple += zr_rounds_away((zr_rounding_mode) mode, quarters[i] < 0, multiple % 2 == 1, half);
			CHECK((quarters[i] < 0 ? -multiple : multiple) == expected[mode][i]);
		}
}

static void
check_months(void)
{
	uint64_t	seed = 46;
	int64_t		beyond;

	for (int i = 0; i < 20000; i++)
	{
		zr_date		lower = 8000 + (int) (check_rand(&seed) % 2000);
		zr_date		upper = lower + 1 + (int) (check_rand(&seed) % 1500);
		int64_t		cents = (int64_t) (check_rand(&seed) % UINT64_C(99999999999999));
		zr_date		at = lower + (int) (check_rand(&seed) % (uint64_t) (upper - lower + 1));
		int64_t		availability;

		CHECK(zr_lump_sum_until(cents, lower, upper, lower) == 0);
		CHECK(zr_lump_sum_until(cents, lower, upper, upper) == cents);
		CHECK(zr_lump_sum_until(cents, lower, upper, at) >= 0 && zr_lump_sum_until(cents, lower, upper, at) <= cents);
		CHECK(zr_availability_until(3, 2554700, lower, at, &availability) && availability * 2 >= (int64_t) (at - lower) * 1532 &&
			  availability == ((int64_t) (at - lower) * 3 * 2554700 + 5000) / 10000);
		CHECK(zr_measure_pays(lower, upper, zr_month_of(at)) ==
			  (lower <= zr_month_start(zr_month_of(at)) && upper > zr_month_start(zr_month_of(at))));
	}
	CHECK(!zr_availability_until(INT32_MAX, INT64_C(99999999999999), 0, ZR_DATE_MAX, &beyond));
}

int
main(void)
{
	check_rounding();
	check_texts();
	check_months();
	CHECK_DONE();
}
