/*
 * rounding_core.c
 *		The five ways to round, as one decision.
 */
#include "rounding_core.h"

const char *const zr_rounding_labels[] = {"half_up", "half_even", "up", "down", "nearest_up_tie"};

bool
zr_rounds_away(zr_rounding_mode mode, bool negative, bool odd_or_tenth, int half)
{
	switch (mode)
	{
		case ZR_HALF_UP:
			return half >= 0;
		case ZR_HALF_EVEN:
			return half > 0 || (half == 0 && odd_or_tenth);
		case ZR_UP:
			return true;
		case ZR_DOWN:
			return false;
		case ZR_NEAREST_UP_TIE:
			return half > 0 || (half == 0 && !negative);
		case ZR_STICKY:
			return odd_or_tenth;
	}
	return false;
}
