/*
 * rounding_core.h
 *		The five ways to round, as one decision.
 *
 * A number lies between two neighbouring multiples of a step. Which of the two
 * is taken depends only on the mode, the sign, which half of the gap the number
 * is in, and (for one mode) whether the multiple nearer to zero is odd. All
 * arithmetic before that decision is exact, so a tie is a tie.
 */
#ifndef ZR_ROUNDING_CORE_H
#define ZR_ROUNDING_CORE_H

#include <stdbool.h>

/* the order of the labels of the SQL enum rounding_mode */
typedef enum zr_rounding_mode
{
	ZR_HALF_UP,					/* nearest, ties away from zero: 2.5 is 3, -2.5 is -3 */
	ZR_HALF_EVEN,				/* nearest, ties to the even multiple: 2.5 is 2, 3.5 is 4 */
	ZR_UP,						/* away from zero */
	ZR_DOWN,					/* towards zero */
	ZR_NEAREST_UP_TIE,			/* nearest, ties to the greater: 2.5 is 3, -2.5 is -2 */
	ZR_STICKY					/* not in SQL: towards zero, but never onto a shorter decimal when inexact */
} zr_rounding_mode;

extern const char *const zr_rounding_labels[];

#define ZR_ROUNDING_MODES 5

/*
 * Is an inexact number rounded to the multiple away from zero? odd_or_tenth
 * says whether the multiple nearer to zero is odd or, for ZR_STICKY, a tenfold;
 * half is the sign of (remainder - step / 2).
 */
extern bool zr_rounds_away(zr_rounding_mode mode, bool negative, bool odd_or_tenth, int half);

#endif							/* ZR_ROUNDING_CORE_H */
