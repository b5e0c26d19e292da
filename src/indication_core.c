/*
 * indication_core.c
 *		An indication (toegewezen product): what a client was allotted.
 */
#include "indication_core.h"

#include <string.h>

#include "decimal_core.h"

_Static_assert(sizeof(zr_indication) == 32, "the type is declared with 32 bytes");

static const char budget_hint[] = "Give euro with at most two decimals, such as 60000.00.";
static const char hint[] = "Write product, volume and period, such as 02A16 4 uur/week [2026-01-01,2027-01-01), or a budget: 02 budget 60000.00 euro [2026-01-01,2027-01-01).";

bool
zr_indication_make(zr_product product, zr_volume volume, int64_t budget,
				   zr_date lower, zr_date upper, zr_indication *result, zr_error *err)
{
	if (volume != ZR_VOLUME_NONE && budget != ZR_BUDGET_NONE)
		return zr_fail(err, ZR_ARGUMENT, "Leave one of the two out (CD077).", "Volume and budget exclude each other.");
	if (product == ZR_PRODUCT_NONE && budget == ZR_BUDGET_NONE)
		return zr_fail(err, ZR_ARGUMENT, hint, "An indication without a budget has a product (CD079).");
	if (volume != ZR_VOLUME_NONE && zr_volume_frequency(volume) == ZR_FREQUENCY_NONE)
		return zr_fail(err, ZR_ARGUMENT,
					   "Write uur/week, uur/maand or, for the whole period together, uur/totaal.",
					   "The volume of an indication has a frequency.");
	if (budget != ZR_BUDGET_NONE && (budget < 0 || budget > ZR_BUDGET_MAX))
		return zr_fail(err, ZR_RANGE, budget_hint, "A budget lies between 0.00 and 9999999999.99 euro.");
	if (lower >= upper)
		return zr_fail(err, ZR_ARGUMENT, "The upper bound of a period is the day after the last day.",
					   "The period of an indication is not empty (CS003).");
	if (!zr_period_check(lower, upper, err))
		return false;
	result->product = product;
	result->lower = lower;
	result->upper = upper;
	result->reserved = 0;
	result->volume = volume;
	result->budget = budget;
	return true;
}

static const char *
word_end(const char *p, const char *end)
{
	while (p < end && *p != ' ')
		p++;
	return p;
}

static const char *
skip_spaces(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

static bool
word_is(const char *p, const char *end, const char *word)
{
	size_t		len = strlen(word);

	return (size_t) (end - p) >= len && memcmp(p, word, len) == 0 &&
		((size_t) (end - p) == len || p[len] == ' ');
}

/* "budget 60000.00 euro" at *p */
static bool
parse_budget(const char **p, const char *end, int64_t *budget, zr_error *err)
{
	const char *s = skip_spaces(*p + strlen("budget"), end);

	switch (zr_decimal_parse(&s, end, 2, ZR_BUDGET_MAX, budget))
	{
		case ZR_DECIMAL_OK:
			break;
		case ZR_DECIMAL_TOO_FINE:
			return zr_fail(err, ZR_RANGE, budget_hint, "A budget is in whole cents.");
		case ZR_DECIMAL_NEGATIVE:
		case ZR_DECIMAL_TOO_LARGE:
			return zr_fail(err, ZR_RANGE, budget_hint, "A budget lies between 0.00 and 9999999999.99 euro.");
		case ZR_DECIMAL_NONE:
			return zr_fail(err, ZR_SYNTAX, hint, "The amount of the budget is missing.");
	}
	s = skip_spaces(s, end);
	if (!word_is(s, end, "euro"))
		return zr_fail(err, ZR_SYNTAX, hint, "The amount of the budget is not followed by \"euro\".");
	*p = s + strlen("euro");
	return true;
}

/* number and unit, two words, at *p */
static bool
parse_volume(const char **p, const char *end, zr_volume *volume, zr_error *err)
{
	const char *stop = word_end(skip_spaces(word_end(*p, end), end), end);

	if (!zr_volume_parse(*p, (size_t) (stop - *p), volume, err))
		return false;
	*p = stop;
	return true;
}

bool
zr_indication_parse(const char *s, size_t len, zr_indication *result, zr_error *err)
{
	const char *end = s + len;
	const char *p = skip_spaces(s, end);
	zr_product	product = ZR_PRODUCT_NONE;
	zr_volume	volume = ZR_VOLUME_NONE;
	int64_t		budget = ZR_BUDGET_NONE;
	zr_date		lower,
				upper;

	while (end > p && end[-1] == ' ')
		end--;
	if (p < end && *p != '[' && *p != '(' && !word_is(p, end, "budget"))
	{
		const char *stop = word_end(p, end);

		if (!zr_product_parse(p, (size_t) (stop - p), &product, err))
			return false;
		p = skip_spaces(stop, end);
	}
	if (word_is(p, end, "budget"))
	{
		if (!parse_budget(&p, end, &budget, err))
			return false;
		p = skip_spaces(p, end);
		if (p < end && *p != '[' && *p != '(')
			return zr_fail(err, ZR_SYNTAX, hint,
						   "The budget is not followed by the period; volume and budget exclude each other (CD077).");
	}
	else if (p < end && *p != '[' && *p != '(')
	{
		if (!parse_volume(&p, end, &volume, err))
			return false;
	}
	p = skip_spaces(p, end);
	if (!zr_period_parse(&p, end, &lower, &upper, err))
		return false;
	if (p != end)
		return zr_fail(err, ZR_SYNTAX, hint, "There is text after the period.");
	return zr_indication_make(product, volume, budget, lower, upper, result, err);
}

int
zr_indication_print(const zr_indication *i, char *out)
{
	int			len = 0;

	if (i->product != ZR_PRODUCT_NONE)
	{
		len += zr_product_print(i->product, out);
		out[len++] = ' ';
	}
	if (i->volume != ZR_VOLUME_NONE)
	{
		len += zr_volume_print(i->volume, out + len);
		out[len++] = ' ';
	}
	if (i->budget != ZR_BUDGET_NONE)
	{
		memcpy(out + len, "budget ", 7);
		len += 7;
		len += zr_decimal_print(i->budget, 2, 2, out + len);
		memcpy(out + len, " euro ", 6);
		len += 6;
	}
	return len + zr_period_print(i->lower, i->upper, out + len);
}

#define COMPARE(a, b) \
	do { \
		if ((a) != (b)) \
			return (a) < (b) ? -1 : 1; \
	} while (0)

int
zr_indication_compare(const zr_indication *a, const zr_indication *b)
{
	COMPARE(a->product, b->product);
	COMPARE(a->lower, b->lower);
	COMPARE(a->upper, b->upper);
	COMPARE(a->volume, b->volume);
	COMPARE(a->budget, b->budget);
	return 0;
}

const char *
zr_indication_kind(const zr_indication *i)
{
	if (i->product == ZR_PRODUCT_NONE)
		return "generic";
	return zr_product_code(i->product) ? "specific" : "aspecific";
}

int
zr_indication_problems(const zr_indication *i, const char **codes)
{
	int			n = 0;
	bool		open = i->upper == ZR_DATE_OPEN;

	/* rules that came with release 3.0 hold for allotments that run after 2020 */
	bool		after_2020 = open || i->upper - 1 > zr_date_from_ymd(2020, 12, 31);
	zr_frequency frequency = zr_volume_frequency(i->volume);

	if (i->product != ZR_PRODUCT_NONE && zr_product_code(i->product) && i->volume == ZR_VOLUME_NONE)
		codes[n++] = "CD041";
	if (i->budget != ZR_BUDGET_NONE && open)
		codes[n++] = "CD075";
	if (i->volume != ZR_VOLUME_NONE && frequency == ZR_PER_WEEK && open)
		codes[n++] = "CD076";
	if (i->volume != ZR_VOLUME_NONE && !zr_product_code(i->product) && after_2020)
		codes[n++] = "CD080";
	if (i->volume != ZR_VOLUME_NONE && frequency == ZR_PER_DAY && after_2020)
	{
		switch (zr_volume_unit(i->volume))
		{
			case ZR_DAY_AND_NIGHT:
			case ZR_DAYPART:
			case ZR_EURO:
			case ZR_PIECE_EFFORT:
				codes[n++] = "CS338";
				break;
			default:
				break;
		}
	}
	return n;
}
