/*
 * cost_build_up_core.h
 *		A cost price as a list of steps: text form and rules.
 *
 * A build-up (kostprijsopbouw) is stored as its canonical text:
 *
 *	{"wage" [a]: start 2500; "charges" [a]: add_percentage 32 of "wage"; "price": round_half_up 0.01}
 *
 * A step is a label in quotes (a quote in it is doubled), the letters
 * of the legal elements it covers in brackets, the operation, a decimal and,
 * where the operation is a percentage, the label of the subtotal that it is
 * of. The label of a step names the running total after it.
 *
 * Rules: the first step is the only start; labels are unique; a base is the
 * label of an earlier step, and every percentage has one; values make sense
 * for the operation. Amounts are computed from the steps, never stored.
 */
#ifndef ZR_COST_BUILD_UP_CORE_H
#define ZR_COST_BUILD_UP_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "error_core.h"
#include "rounding_core.h"

/* the order of the labels of the SQL enum cost_operation */
typedef enum zr_cost_operation
{
	ZR_COST_START,
	ZR_COST_ADD,
	ZR_COST_MULTIPLY,
	ZR_COST_DIVIDE,
	ZR_COST_ADD_PERCENTAGE,
	ZR_COST_ADD_SHARE,
	ZR_COST_PRODUCTIVITY,
	ZR_COST_TAKE_PERCENTAGE,
	ZR_COST_ROUND_HALF_UP,		/* from here on in the order of zr_rounding_mode */
	ZR_COST_ROUND_HALF_EVEN,
	ZR_COST_ROUND_UP,
	ZR_COST_ROUND_DOWN,
	ZR_COST_ROUND_NEAREST_UP_TIE
} zr_cost_operation;

#define ZR_COST_OPERATIONS (ZR_COST_ROUND_NEAREST_UP_TIE + 1)

extern const char *const zr_cost_operation_labels[];

static inline bool
zr_cost_operation_needs_base(zr_cost_operation operation)
{
	return operation >= ZR_COST_ADD_PERCENTAGE && operation <= ZR_COST_TAKE_PERCENTAGE;
}

static inline bool
zr_cost_operation_rounds(zr_cost_operation operation)
{
	return operation >= ZR_COST_ROUND_HALF_UP;
}

#define ZR_BUILD_UP_MAX_STEPS	200
#define ZR_BUILD_UP_MAX_LABEL	200 /* bytes, quotes doubled */
#define ZR_BUILD_UP_MAX_VALUE	60	/* characters of a canonical decimal */
#define ZR_BUILD_UP_ELEMENTS	"abcdef"
/* room for one step in canonical form, separator included */
#define ZR_BUILD_UP_STEP_ROOM (2 * ZR_BUILD_UP_MAX_LABEL + ZR_BUILD_UP_MAX_VALUE + 80)

/* Slices of the text they were read from. Labels are without the outer quotes, inner quotes doubled. */
typedef struct zr_build_up_step
{
	const char *label;
	const char *base;
	const char *value;			/* canonical: -?digits[.digits], no superfluous zero */
	int			label_len;
	int			base_len;		/* 0: none */
	int			value_len;
	int			base_step;		/* position of the base, -1: none */
	zr_cost_operation operation;
	uint8_t		elements;		/* bit i: the i-th letter of ZR_BUILD_UP_ELEMENTS */
} zr_build_up_step;

typedef enum zr_step_status
{
	ZR_STEP_OK,
	ZR_STEP_WRONG,				/* err says what */
	ZR_STEP_LABEL_TWICE,		/* these three name a label: the caller has the list */
	ZR_STEP_WITHOUT_BASE,
	ZR_STEP_UNKNOWN_BASE
} zr_step_status;

/* Is the step right after those n? Sets its base_step. */
extern zr_step_status zr_build_up_check(const zr_build_up_step *earlier, int n, zr_build_up_step *step, zr_error *err);

/*
 * Reads s[0..len). steps has room for ZR_BUILD_UP_MAX_STEPS. On failure *n is
 * the number of right steps and, unless the status is ZR_STEP_WRONG, steps[*n]
 * the wrong one. scratch has room for len bytes: values that were not written
 * canonically.
 */
extern zr_step_status zr_build_up_parse(const char *s, size_t len, char *scratch, zr_build_up_step *steps, int *n, zr_error *err);

/* One step in canonical form, without separators; out has ZR_BUILD_UP_STEP_ROOM. Returns the length. */
extern int	zr_build_up_print_step(const zr_build_up_step *step, char *out);

/* The letters of s[0..len), blanks and commas allowed between them, as bits. */
extern bool zr_build_up_elements(const char *s, size_t len, uint8_t *elements, zr_error *err);

#endif							/* ZR_COST_BUILD_UP_CORE_H */
