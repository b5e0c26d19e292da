/*
 * index_rate.c
 *		The yearly index of tariffs: weighted figures for next year, and the
 *		catch-up for what last year's provisional figures turned out to be.
 *
 * VNG's yearly advice (indexatie bij inkoop jeugdhulp en Wmo-ondersteuning):
 * OVA for personnel, PPC for material cost, weighted 90/10 as a rule. The
 * advice for 2024 took the ratio of the weighted figures and added rounded
 * parts (6.30); the one for 2025 took percentage points and rounded their sum
 * (4.96). So method and rounding are arguments, never habits.
 */
#include "postgres.h"

#include "rounding.h"

/* the order of the labels of the SQL enums */
typedef enum catch_up
{
	RATIO,						/* (1 + definitive) / (1 + provisional) - 1, added */
	POINTS,						/* definitive - provisional, added */
	COMPOUND,					/* the ratio, multiplied: (1 + catch-up) * (1 + next) - 1 */
	NONE
} catch_up;

static const char *const catch_up_labels[] = {"ratio", "points", "compound", "none"};

typedef enum index_rounding
{
	WHOLE,						/* the result */
	PARTS,						/* next year's figure and the catch-up, each */
	EXACT						/* nothing */
} index_rounding;

static const char *const index_rounding_labels[] = {"whole", "parts", "none"};

#define HUNDRED int64_to_numeric(100)

/* A share is a fraction (0.90) or, above 1, a percentage (90). */
static Numeric
share_as_fraction(Numeric share)
{
	zr_numeric_check_range(share, 0, 100, "personnel share", "Write 90 or 0.90 for ninety percent.");
	return zr_numeric_cmp(share, int64_to_numeric(1)) > 0 ? zr_numeric_percent(share) : share;
}

static Numeric
weighted(Numeric share, Numeric personnel, Numeric material)
{
	return zr_numeric_add(zr_numeric_mul(share, personnel),
						  zr_numeric_mul(zr_numeric_sub(int64_to_numeric(1), share), material));
}

/* Growth in percent between two index figures (in percent): 100 * ((1 + b/100) / (1 + a/100) - 1). */
static zr_rational
growth(Numeric provisional, Numeric definitive)
{
	Numeric		from = zr_numeric_add(HUNDRED, provisional);
	zr_rational difference = zr_rational_from(zr_numeric_mul(zr_numeric_sub(definitive, provisional), HUNDRED));

	return zr_rational_div(difference, from);
}

/*
 * index_rate(personnel_share, personnel_next, material_next, personnel_provisional,
 *		personnel_definitive, material_provisional, material_definitive, catch_up, rounding, decimals)
 */
PG_FUNCTION_INFO_V1(index_rate);
Datum
index_rate(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		NULL, "personnel index of next year", "material index of next year",
		"provisional personnel index", "definitive personnel index",
		"provisional material index", "definitive material index"
	};
	Numeric		share = share_as_fraction(PG_GETARG_NUMERIC(0));
	catch_up	method = (catch_up) zr_enum_position(PG_GETARG_OID(7), catch_up_labels, lengthof(catch_up_labels));
	index_rounding rounding = (index_rounding) zr_enum_position(PG_GETARG_OID(8), index_rounding_labels,
																lengthof(index_rounding_labels));
	int			decimals = PG_GETARG_INT32(9);
	Numeric		provisional,
				definitive,
				step;
	zr_rational next,
				missed,
				result;

	for (int i = 1; i < lengthof(names); i++)
		zr_numeric_check_range(PG_GETARG_NUMERIC(i), -99, 1000, names[i], "An index of 4.94 percent is written 4.94.");
	if (decimals < 0 || decimals > ZR_RATIONAL_DECIMALS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of decimals out of range: %d", decimals),
				 errdetail("It lies between 0 and %d.", ZR_RATIONAL_DECIMALS)));
	step = int64_div_fast_to_numeric(1, Min(decimals, 18));
	if (decimals > 18)
		step = zr_numeric_mul(step, int64_div_fast_to_numeric(1, decimals - 18));

	next = zr_rational_from(weighted(share, PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2)));
	provisional = weighted(share, PG_GETARG_NUMERIC(3), PG_GETARG_NUMERIC(5));
	definitive = weighted(share, PG_GETARG_NUMERIC(4), PG_GETARG_NUMERIC(6));
	switch (method)
	{
		case RATIO:
		case COMPOUND:
			missed = growth(provisional, definitive);
			break;
		case POINTS:
			missed = zr_rational_from(zr_numeric_sub(definitive, provisional));
			break;
		case NONE:
		default:
			missed = zr_rational_from_int(0);
			break;
	}
	if (rounding == PARTS)
	{
		next = zr_rational_from(zr_rational_round(next, step, ZR_HALF_UP));
		missed = zr_rational_from(zr_rational_round(missed, step, ZR_HALF_UP));
	}
	result = zr_rational_add(next, missed);
	if (method == COMPOUND)
	{
		/* next is a decimal: only the catch-up can be a fraction */
		zr_rational both = zr_rational_mul(missed, zr_numeric_percent(next.num));

		result = zr_rational_add(result, both);
	}
	if (rounding == EXACT)
		PG_RETURN_NUMERIC(zr_rational_to_numeric(result));
	PG_RETURN_NUMERIC(zr_rational_round(result, step, ZR_HALF_UP));
}
