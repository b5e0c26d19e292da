/*
 * cost_build_up_core.c
 *		A cost price as a list of steps: text form and rules.
 */
#include <string.h>

#include "cost_build_up_core.h"

const char *const zr_cost_operation_labels[] = {
	"start", "add", "multiply", "divide",
	"add_percentage", "add_share", "productivity", "take_percentage",
	"round_half_up", "round_half_even", "round_up", "round_down", "round_nearest_up_tie"
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_blanks(const char **p, const char *end)
{
	while (*p < end && is_blank(**p))
		(*p)++;
}

static bool
same(const char *a, int a_len, const char *b, int b_len)
{
	return a_len == b_len && memcmp(a, b, (size_t) a_len) == 0;
}

/* The sign of (value - bound), bound >= 0, of a canonical decimal. */
static int
compare_value(const char *value, int len, int bound)
{
	int			whole = 0;
	int			i = 0;

	if (value[0] == '-')
		return -1;
	for (; i < len && is_digit(value[i]); i++)
		whole = whole > 100000 ? whole : whole * 10 + (value[i] - '0');
	if (whole != bound)
		return whole < bound ? -1 : 1;
	return i < len ? 1 : 0;
}

static zr_step_status
wrong_value(zr_error *err, const zr_build_up_step *step, const char *hint)
{
	zr_fail(err, ZR_ARGUMENT, hint, "%s %.*s makes no sense.",
			zr_cost_operation_labels[step->operation], step->value_len, step->value);
	return ZR_STEP_WRONG;
}

static zr_step_status
check_value(const zr_build_up_step *step, zr_error *err)
{
	const char *v = step->value;
	int			len = step->value_len;

	if (len > ZR_BUILD_UP_MAX_VALUE)
	{
		zr_fail(err, ZR_RANGE, "Round the value.", "A value has at most %d characters; this one has %d.", ZR_BUILD_UP_MAX_VALUE, len);
		return ZR_STEP_WRONG;
	}
	switch (step->operation)
	{
		case ZR_COST_ADD:
			break;
		case ZR_COST_START:
			if (v[0] == '-')
				return wrong_value(err, step, "A cost price starts with an amount of zero or more.");
			break;
		case ZR_COST_MULTIPLY:
			if (compare_value(v, len, 0) <= 0)
				return wrong_value(err, step, "Multiply by a number above zero.");
			break;
		case ZR_COST_DIVIDE:
			if (compare_value(v, len, 0) <= 0)
				return wrong_value(err, step, "Divide by a number of hours or units above zero.");
			break;
		case ZR_COST_ADD_PERCENTAGE:
			if (v[0] == '-' ? compare_value(v + 1, len - 1, 100) > 0 : compare_value(v, len, 1000) > 0)
				return wrong_value(err, step, "A surcharge lies between -100 and 1000 percent; 32 percent is written 32.");
			break;
		case ZR_COST_ADD_SHARE:
			if (compare_value(v, len, 0) < 0 || compare_value(v, len, 100) >= 0)
				return wrong_value(err, step, "A share of the total is at least 0 and less than 100 percent.");
			break;
		case ZR_COST_PRODUCTIVITY:
			if (compare_value(v, len, 0) <= 0 || compare_value(v, len, 100) > 0)
				return wrong_value(err, step, "Productive hours are above 0 and at most 100 percent of the paid hours.");
			break;
		case ZR_COST_TAKE_PERCENTAGE:
			if (compare_value(v, len, 0) < 0 || compare_value(v, len, 1000) > 0)
				return wrong_value(err, step, "A percentage lies between 0 and 1000; three quarters is written 75.");
			break;
		default:
			if (compare_value(v, len, 0) <= 0)
				return wrong_value(err, step, "Round to a step above zero, such as 0.01 or 0.60.");
	}
	return ZR_STEP_OK;
}

static int
find_label(const zr_build_up_step *steps, int n, const char *label, int len)
{
	for (int i = 0; i < n; i++)
		if (same(steps[i].label, steps[i].label_len, label, len))
			return i;
	return -1;
}

zr_step_status
zr_build_up_check(const zr_build_up_step *earlier, int n, zr_build_up_step *step, zr_error *err)
{
	bool		needs_base = zr_cost_operation_needs_base(step->operation);

	if (n >= ZR_BUILD_UP_MAX_STEPS)
	{
		zr_fail(err, ZR_LIMIT, "Put steps together, or make a cost price of parts.", "A cost price has at most %d steps.", ZR_BUILD_UP_MAX_STEPS);
		return ZR_STEP_WRONG;
	}
	if (step->label_len == 0 || step->label_len > ZR_BUILD_UP_MAX_LABEL || step->base_len > ZR_BUILD_UP_MAX_LABEL)
	{
		zr_fail(err, ZR_ARGUMENT, "Give every step a name of its own.",
				"A label has 1 to %d bytes.", ZR_BUILD_UP_MAX_LABEL);
		return ZR_STEP_WRONG;
	}
	if ((step->operation == ZR_COST_START) != (n == 0))
	{
		zr_fail(err, ZR_ARGUMENT, "Order the steps, and let only the first be a start.",
				n == 0 ? "The first step does not start with an amount." : "Step %d starts again.", n + 1);
		return ZR_STEP_WRONG;
	}
	if (check_value(step, err) != ZR_STEP_OK)
		return ZR_STEP_WRONG;
	step->base_step = -1;
	if (find_label(earlier, n, step->label, step->label_len) >= 0)
		return ZR_STEP_LABEL_TWICE;
	if (!needs_base && step->base_len > 0)
	{
		zr_fail(err, ZR_ARGUMENT, "Leave the base out: the operation works on the running total.",
				"%s takes no base.", zr_cost_operation_labels[step->operation]);
		return ZR_STEP_WRONG;
	}
	if (needs_base && step->base_len == 0)
		return ZR_STEP_WITHOUT_BASE;
	if (needs_base && (step->base_step = find_label(earlier, n, step->base, step->base_len)) < 0)
		return ZR_STEP_UNKNOWN_BASE;
	return ZR_STEP_OK;
}

bool
zr_build_up_elements(const char *s, size_t len, uint8_t *elements, zr_error *err)
{
	*elements = 0;
	for (size_t i = 0; i < len; i++)
	{
		const char *at;

		if (is_blank(s[i]) || s[i] == ',')
			continue;
		at = s[i] != '\0' ? strchr(ZR_BUILD_UP_ELEMENTS, s[i]) : NULL;
		if (at == NULL)
			return zr_fail(err, ZR_ARGUMENT, "Write the letters of art. 5.4 Uitvoeringsbesluit Wmo 2015 (a to f) or art. 2.3 Besluit Jeugdwet (a to d), or nothing.",
						   "Character %d is no letter from a to f.", (int) i + 1);
		*elements |= (uint8_t) (1 << (at - ZR_BUILD_UP_ELEMENTS));
	}
	return true;
}

/* A label in quotes at *p. */
static bool
parse_label(const char **p, const char *end, const char **label, int *len)
{
	const char *s = *p;

	if (s >= end || *s != '"')
		return false;
	for (*label = ++s; s < end; s++)
	{
		if (*s != '"')
			continue;
		if (s + 1 < end && s[1] == '"')
		{
			s++;
			continue;
		}
		if (s - *label > ZR_BUILD_UP_MAX_LABEL)
			return false;
		*len = (int) (s - *label);
		*p = s + 1;
		return true;
	}
	return false;
}

/* A decimal at *p, as canonical text into *scratch, which it moves on. */
static bool
parse_value(const char **p, const char *end, char **scratch, const char **value, int *len)
{
	const char *s = *p;
	char	   *out = *scratch;
	const char *point;
	const char *digits_end;
	bool		negative = s < end && *s == '-';
	bool		zero = true;

	if (negative)
		s++;
	if (s >= end || !is_digit(*s))
		return false;
	for (point = s; point < end && is_digit(*point); point++)
		;
	digits_end = point;
	if (end - point >= 2 && *point == '.' && is_digit(point[1]))
		for (digits_end = point + 1; digits_end < end && is_digit(*digits_end); digits_end++)
			;
	*p = digits_end;
	while (s + 1 < point && *s == '0')
		s++;
	while (digits_end > point + 1 && digits_end[-1] == '0')
		digits_end--;
	if (digits_end == point + 1)
		digits_end = point;
	if (digits_end - s > 10000)
		return false;
	for (const char *d = s; d < digits_end; d++)
		zero = zero && (*d == '0' || *d == '.');
	*value = out;
	if (negative && !zero)
		*out++ = '-';
	memcpy(out, s, (size_t) (digits_end - s));
	out += digits_end - s;
	*len = (int) (out - *value);
	*scratch = out;
	return true;
}

static bool
parse_operation(const char **p, const char *end, zr_cost_operation *operation)
{
	const char *s = *p;

	while (*p < end && ((**p >= 'a' && **p <= 'z') || **p == '_'))
		(*p)++;
	for (int i = 0; i < ZR_COST_OPERATIONS; i++)
	{
		if (same(zr_cost_operation_labels[i], (int) strlen(zr_cost_operation_labels[i]), s, (int) (*p - s)))
		{
			*operation = (zr_cost_operation) i;
			return true;
		}
	}
	return false;
}

#define STEP_HINT "A step is written as \"overhead\" [b]: add_percentage 20 of \"direct\"."

static bool
parse_step(const char **p, const char *end, char **scratch, zr_build_up_step *step, zr_error *err)
{
	memset(step, 0, sizeof(*step));
	if (!parse_label(p, end, &step->label, &step->label_len))
		return zr_fail(err, ZR_SYNTAX, STEP_HINT, "A step does not start with a label of at most %d bytes in quotation marks.", ZR_BUILD_UP_MAX_LABEL);
	skip_blanks(p, end);
	if (*p < end && **p == '[')
	{
		const char *letters = ++(*p);

		while (*p < end && **p != ']')
			(*p)++;
		if (*p == end)
			return zr_fail(err, ZR_SYNTAX, STEP_HINT, "The letters of the legal elements do not end with a bracket.");
		if (!zr_build_up_elements(letters, (size_t) (*p - letters), &step->elements, err))
			return false;
		(*p)++;
		skip_blanks(p, end);
	}
	if (*p == end || **p != ':')
		return zr_fail(err, ZR_SYNTAX, STEP_HINT, "There is no colon after the label.");
	(*p)++;
	skip_blanks(p, end);
	if (!parse_operation(p, end, &step->operation))
		return zr_fail(err, ZR_SYNTAX, "Operations are start, add, multiply, divide, add_percentage, add_share, productivity, take_percentage and round_half_up (or another mode).",
					   "The operation is not known.");
	skip_blanks(p, end);
	if (!parse_value(p, end, scratch, &step->value, &step->value_len))
		return zr_fail(err, ZR_SYNTAX, "Write a decimal number with a point, such as 1720 or 24.68.",
					   "%s has no number.", zr_cost_operation_labels[step->operation]);
	skip_blanks(p, end);
	if (end - *p > 2 && (*p)[0] == 'o' && (*p)[1] == 'f' && (is_blank((*p)[2]) || (*p)[2] == '"'))
	{
		*p += 2;
		skip_blanks(p, end);
		if (!parse_label(p, end, &step->base, &step->base_len) || step->base_len == 0)
			return zr_fail(err, ZR_SYNTAX, STEP_HINT, "There is no label in quotation marks after \"of\".");
		skip_blanks(p, end);
	}
	return true;
}

zr_step_status
zr_build_up_parse(const char *s, size_t len, char *scratch, zr_build_up_step *steps, int *n, zr_error *err)
{
	const char *p = s;
	const char *end = s + len;

	*n = 0;
	skip_blanks(&p, end);
	if (p == end || *p != '{')
	{
		zr_fail(err, ZR_SYNTAX, "Write the steps between braces.", "The text does not start with a brace.");
		return ZR_STEP_WRONG;
	}
	p++;
	for (;;)
	{
		zr_build_up_step step;
		zr_step_status status;

		skip_blanks(&p, end);
		if (!parse_step(&p, end, &scratch, &step, err))
			return ZR_STEP_WRONG;
		status = zr_build_up_check(steps, *n, &step, err);
		if (*n < ZR_BUILD_UP_MAX_STEPS)
			steps[*n] = step;
		if (status != ZR_STEP_OK)
			return status;
		(*n)++;
		if (p < end && *p == ';')
		{
			p++;
			continue;
		}
		break;
	}
	if (p == end || *p != '}')
	{
		zr_fail(err, ZR_SYNTAX, "Separate steps with a semicolon, and end with a brace.",
				"Step %d is followed by something else.", *n);
		return ZR_STEP_WRONG;
	}
	p++;
	skip_blanks(&p, end);
	if (p != end)
	{
		zr_fail(err, ZR_SYNTAX, "Give one build-up, between one pair of braces.", "There is text after the closing brace.");
		return ZR_STEP_WRONG;
	}
	return ZR_STEP_OK;
}

static char *
put(char *out, const char *s, int len)
{
	memcpy(out, s, (size_t) len);
	return out + len;
}

static char *
put_string(char *out, const char *s)
{
	return put(out, s, (int) strlen(s));
}

int
zr_build_up_print_step(const zr_build_up_step *step, char *out)
{
	char	   *p = out;

	*p++ = '"';
	p = put(p, step->label, step->label_len);
	*p++ = '"';
	if (step->elements != 0)
	{
		p = put_string(p, " [");
		for (int i = 0; ZR_BUILD_UP_ELEMENTS[i] != '\0'; i++)
			if (step->elements & (1 << i))
				*p++ = ZR_BUILD_UP_ELEMENTS[i];
		*p++ = ']';
	}
	p = put_string(p, ": ");
	p = put_string(p, zr_cost_operation_labels[step->operation]);
	*p++ = ' ';
	p = put(p, step->value, step->value_len);
	if (step->base_len > 0)
	{
		p = put_string(p, " of \"");
		p = put(p, step->base, step->base_len);
		*p++ = '"';
	}
	return (int) (p - out);
}
