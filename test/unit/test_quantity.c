/*
 * test_quantity.c
 *		Units, volumes, tariffs, periods and indications: text forms, limits,
 *		and mutated text.
 */
#include "check.h"
#include "decimal_core.h"
#include "indication_core.h"
#include "tariff_core.h"

static zr_error err;

static const char *const volumes[] = {
	"4 uur/week", "4..6 uur/week", "40 uur/totaal", "15000.00 euro/maand", "90 minuut", "0 dagdeel/dag",
	"99999999 stuks(output)/totaal", "999999.99 euro", "0.01 euro/week", "0..99999999 etmaal/maand",
	"1 stuks(inspanning)/dag", "0.05..0.10 euro/totaal"
};

static const char *const tariffs[] = {
	"61.20/uur", "1.0321/minuut", "255.47/etmaal", "0.00/dagdeel", "99999999.999999/stuks(output)",
	"0.000001/stuks(inspanning)", "1.10/minuut"
};

static const char *const indications[] = {
	"02A16 4 uur/week [2026-01-01,2027-01-01)", "02 [2026-01-01,2026-07-01)",
	"02 budget 60000.00 euro [2026-01-01,2026-07-01)", "budget 60000.00 euro [2026-01-01,2026-07-01)",
	"01:1001 3..4 uur/week [2026-01-01,)", "1001 15000.00 euro/maand [0001-01-01,10000-01-01)",
	"02A16 [2020-02-29,)", "budget 9999999999.99 euro [2026-01-01,)"
};

#define COUNT(a) ((int) (sizeof(a) / sizeof((a)[0])))

static void
check_volume_text(const char *in, const char *out)
{
	zr_volume	v;
	char		text[ZR_VOLUME_TEXT_MAX];

	CHECK(zr_volume_parse(in, strlen(in), &v, &err));
	CHECK(zr_volume_is_valid(v));
	zr_volume_print(v, text);
	CHECK(strcmp(text, out) == 0);
}

static void
check_volume_wrong(const char *in, zr_error_class cls)
{
	zr_volume	v;

	err.cls = ZR_NO_ERROR;
	CHECK(!zr_volume_parse(in, strlen(in), &v, &err));
	CHECK(err.cls == cls && err.detail[0] != '\0');
}

static void
test_volumes(void)
{
	for (int i = 0; i < COUNT(volumes); i++)
		check_volume_text(volumes[i], volumes[i]);
	check_volume_text("  4   uur/week  ", "4 uur/week");
	check_volume_text("15000 euro/maand", "15000.00 euro/maand");
	check_volume_text("4.00 uur", "4 uur");
	check_volume_text("4..4 uur", "4 uur");
	check_volume_text("4 04/2", "4 uur/week");

	check_volume_wrong("", ZR_SYNTAX);
	check_volume_wrong("uur/week", ZR_SYNTAX);
	check_volume_wrong("4", ZR_SYNTAX);
	check_volume_wrong("4uur", ZR_SYNTAX);
	check_volume_wrong("4 ", ZR_SYNTAX);
	check_volume_wrong("4 uren", ZR_SYNTAX);
	check_volume_wrong("4 uur/jaar", ZR_SYNTAX);
	check_volume_wrong("4 uur/", ZR_SYNTAX);
	check_volume_wrong("4 uur/week x", ZR_SYNTAX);
	check_volume_wrong("4..", ZR_SYNTAX);
	check_volume_wrong("4.. uur", ZR_SYNTAX);
	check_volume_wrong("-1 uur", ZR_RANGE);
	check_volume_wrong("6..4 uur/week", ZR_ARGUMENT);
	check_volume_wrong("100000000 uur", ZR_RANGE);
	check_volume_wrong("1000000.00 euro", ZR_RANGE);
	check_volume_wrong("99999999999999999999999999 uur", ZR_RANGE);
	check_volume_wrong("0.001 euro", ZR_SYNTAX);
	check_volume_wrong("3,5 uur", ZR_SYNTAX);
	CHECK(strstr(err.hint, "minutes") != NULL);
	check_volume_wrong("3.5 uur", ZR_SYNTAX);
	CHECK(strstr(err.hint, "minutes") != NULL);
}

static void
check_tariff_wrong(const char *in, zr_error_class cls)
{
	zr_tariff	t;

	err.cls = ZR_NO_ERROR;
	CHECK(!zr_tariff_parse(in, strlen(in), &t, &err));
	CHECK(err.cls == cls && err.detail[0] != '\0');
}

static void
test_tariffs(void)
{
	zr_tariff	t,
				minute;
	char		text[ZR_TARIFF_TEXT_MAX];

	for (int i = 0; i < COUNT(tariffs); i++)
	{
		CHECK(zr_tariff_parse(tariffs[i], strlen(tariffs[i]), &t, &err) && zr_tariff_is_valid(t));
		zr_tariff_print(t, text);
		CHECK(strcmp(text, tariffs[i]) == 0);
	}
	check_tariff_wrong("", ZR_SYNTAX);
	check_tariff_wrong("61.20", ZR_SYNTAX);
	check_tariff_wrong("61.20/", ZR_SYNTAX);
	check_tariff_wrong("61,20/uur", ZR_SYNTAX);
	check_tariff_wrong("61.20/euro", ZR_ARGUMENT);
	check_tariff_wrong("0.0000001/uur", ZR_RANGE);
	check_tariff_wrong("100000000/uur", ZR_RANGE);
	check_tariff_wrong("-1/uur", ZR_RANGE);
	check_tariff_wrong("61.20/uur/week", ZR_SYNTAX);

	/* IV081: 1.455 is 1.46, 1.454 is 1.45 */
	CHECK(zr_tariff_parse("87.30/uur", 9, &t, &err) && zr_tariff_per(t, ZR_MINUTE, &minute, &err));
	CHECK(zr_tariff_micros(minute) == 1460000 && zr_tariff_unit(minute) == ZR_MINUTE);
	CHECK(zr_tariff_parse("87.24/uur", 9, &t, &err) && zr_tariff_per(t, ZR_MINUTE, &minute, &err));
	CHECK(zr_tariff_micros(minute) == 1450000);
	CHECK(!zr_tariff_per(minute, ZR_HOUR, &t, &err) && !zr_tariff_per(t, ZR_DAYPART, &minute, &err));
}

static bool
parse(const char *in, zr_indication *i)
{
	return zr_indication_parse(in, strlen(in), i, &err);
}

static void
check_indication_wrong(const char *in, zr_error_class cls)
{
	zr_indication i;

	err.cls = ZR_NO_ERROR;
	CHECK(!zr_indication_parse(in, strlen(in), &i, &err));
	CHECK(err.cls == cls && err.detail[0] != '\0');
}

static void
check_problems(const char *in, const char *expected)
{
	zr_indication i;
	const char *codes[ZR_PROBLEMS_MAX];
	char		found[80] = "";
	int			n;

	CHECK(zr_indication_parse(in, strlen(in), &i, &err));
	n = zr_indication_problems(&i, codes);
	for (int k = 0; k < n; k++)
	{
		strcat(found, k ? " " : "");
		strcat(found, codes[k]);
	}
	CHECK(strcmp(found, expected) == 0);
}

static void
test_indications(void)
{
	zr_indication i,
				j;
	char		text[ZR_INDICATION_TEXT_MAX];

	for (int k = 0; k < COUNT(indications); k++)
	{
		CHECK(zr_indication_parse(indications[k], strlen(indications[k]), &i, &err));
		zr_indication_print(&i, text);
		CHECK(strcmp(text, indications[k]) == 0);
		CHECK(zr_indication_parse(text, strlen(text), &j, &err) && memcmp(&i, &j, sizeof(i)) == 0);
	}
	CHECK(parse("02A16  4 uur/week   (2025-12-31,2026-12-31]", &i));
	zr_indication_print(&i, text);
	CHECK(strcmp(text, "02A16 4 uur/week [2026-01-01,2027-01-01)") == 0);
	CHECK(parse("02A16 4 uur/week [2026-01-01,infinity]", &i) && i.upper == ZR_DATE_OPEN);

	check_indication_wrong("", ZR_SYNTAX);
	check_indication_wrong("02A16", ZR_SYNTAX);
	check_indication_wrong("02A16 4 uur/week", ZR_SYNTAX);
	check_indication_wrong("02A16 4 uur [2026-01-01,2027-01-01)", ZR_ARGUMENT);
	check_indication_wrong("[2026-01-01,2027-01-01)", ZR_ARGUMENT);
	check_indication_wrong("02A16 4 uur/week [2026-01-01,2026-01-01)", ZR_SYNTAX);
	check_indication_wrong("02A16 4 uur/week [2027-01-01,2026-01-01)", ZR_SYNTAX);
	check_indication_wrong("02A16 4 uur/week [,2026-01-01)", ZR_SYNTAX);
	check_indication_wrong("02A16 4 uur/week [2026-02-30,2027-01-01)", ZR_SYNTAX);
	check_indication_wrong("02A16 4 uur/week [2026-01-01,2027-01-01) x", ZR_SYNTAX);
	check_indication_wrong("02A16 budget 1 euro 4 uur/week [2026-01-01,)", ZR_SYNTAX);
	check_indication_wrong("02 budget 0.001 euro [2026-01-01,)", ZR_RANGE);
	check_indication_wrong("02 budget 10000000000 euro [2026-01-01,)", ZR_RANGE);
	check_indication_wrong("02 budget 1 [2026-01-01,)", ZR_SYNTAX);
	check_indication_wrong("02 budget", ZR_SYNTAX);

	check_problems("02A16 4 uur/week [2026-01-01,2027-01-01)", "");
	check_problems("02A16 4 uur/week [2026-01-01,)", "CD076");
	check_problems("02A16 4 uur/maand [2026-01-01,)", "");
	check_problems("02A16 [2026-01-01,)", "CD041");
	check_problems("02 4 uur/maand [2026-01-01,)", "CD080");
	check_problems("02 4 uur/maand [2020-01-01,2021-01-01)", "");
	check_problems("02 4 uur/maand [2020-01-01,2021-01-02)", "CD080");
	check_problems("budget 1.00 euro [2026-01-01,)", "CD075");
	check_problems("02A16 budget 1.00 euro [2026-01-01,)", "CD041 CD075");
	check_problems("02A16 4 dagdeel/dag [2026-01-01,)", "CS338");
	check_problems("02A16 4 stuks(output)/dag [2026-01-01,)", "");
	check_problems("02A16 4 dagdeel/dag [2020-01-01,2021-01-01)", "");
}

/* Every mutation of valid text is a value that prints and reads back, or a clean error. */
static void
test_mutations(void)
{
	static const char alphabet[] = "0123456789.,/-[]() abeukmrtwz@~\"\xff";
	uint64_t	seed = 20261123;
	int			accepted = 0;

	for (int round = 0; round < 300000; round++)
	{
		const char *base = round % 3 == 0 ? volumes[check_rand(&seed) % COUNT(volumes)] :
		round % 3 == 1 ? tariffs[check_rand(&seed) % COUNT(tariffs)] :
		indications[check_rand(&seed) % COUNT(indications)];
		char		text[160];
		char		printed[160];
		size_t		len = strlen(base);

		memcpy(text, base, len);
		for (int change = 1 + (int) (check_rand(&seed) % 3); change > 0; change--)
		{
			size_t		at = check_rand(&seed) % (len + 1);
			char		c = alphabet[check_rand(&seed) % (sizeof(alphabet) - 1)];

			switch (check_rand(&seed) % 3)
			{
				case 0:
					memmove(text + at + 1, text + at, len - at);
					text[at] = c;
					len++;
					break;
				case 1:
					if (at < len)
						text[at] = c;
					break;
				default:
					if (at < len)
					{
						memmove(text + at, text + at + 1, len - at - 1);
						len--;
					}
			}
		}
		if (round % 3 == 0)
		{
			zr_volume	v,
						w;

			if (zr_volume_parse(text, len, &v, &err))
			{
				int			n = zr_volume_print(v, printed);

				accepted++;
				if (!zr_volume_is_valid(v) || !zr_volume_parse(printed, (size_t) n, &w, &err) || v != w)
					CHECK(!"volume is not stable");
			}
		}
		else if (round % 3 == 1)
		{
			zr_tariff	t,
						u;

			if (zr_tariff_parse(text, len, &t, &err))
			{
				int			n = zr_tariff_print(t, printed);

				accepted++;
				if (!zr_tariff_is_valid(t) || !zr_tariff_parse(printed, (size_t) n, &u, &err) || t != u)
					CHECK(!"tariff is not stable");
			}
		}
		else
		{
			zr_indication i,
						j;

			if (zr_indication_parse(text, len, &i, &err))
			{
				int			n = zr_indication_print(&i, printed);

				accepted++;
				if (!zr_indication_parse(printed, (size_t) n, &j, &err) || memcmp(&i, &j, sizeof(i)) != 0)
					CHECK(!"indication is not stable");
			}
		}
	}
	CHECK(accepted > 10000 && accepted < 290000);
}

int
main(void)
{
	test_volumes();
	test_tariffs();
	test_indications();
	test_mutations();
	CHECK_DONE();
}
