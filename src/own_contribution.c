/*
 * own_contribution.c
 *		Own contribution (eigen bijdrage) that depends on income.
 */
#include "postgres.h"

#include "rounding.h"

#define MAX_PERIODS 366

/*
 * own_contribution_by_income(income, threshold, base, percentage, periods, maximum, step, mode):
 * base + percentage of the income above the threshold, over the periods of a
 * year. Not STRICT: a NULL maximum is none.
 */
PG_FUNCTION_INFO_V1(own_contribution_by_income);
Datum
own_contribution_by_income(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"income", "income threshold", "base contribution"};
	Numeric		step;
	int32		periods;
	zr_rational result;

	for (int i = 0; i < 8; i++)
		if (i != 5 && PG_ARGISNULL(i))
			PG_RETURN_NULL();
	for (int i = 0; i < 3; i++)
	{
		zr_numeric_check_finite(PG_GETARG_NUMERIC(i), names[i]);
		if (i > 0 && zr_numeric_sign(PG_GETARG_NUMERIC(i)) < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s is negative", names[i])));
	}
	zr_numeric_check_range(PG_GETARG_NUMERIC(3), 0, 100, "percentage of the income above the threshold", "Fifteen percent is written 15.");
	periods = PG_GETARG_INT32(4);
	if (periods < 1 || periods > MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of periods in a year out of range: %d", periods),
				 errhint("Write 12 for months, or 13 for periods of four weeks.")));
	step = PG_GETARG_NUMERIC(6);
	zr_check_step(step);

	result = zr_rational_from(PG_GETARG_NUMERIC(2));
	if (zr_numeric_cmp(PG_GETARG_NUMERIC(0), PG_GETARG_NUMERIC(1)) > 0)
	{
		Numeric		above = zr_numeric_sub(PG_GETARG_NUMERIC(0), PG_GETARG_NUMERIC(1));
		Numeric		year = zr_numeric_mul(above, zr_numeric_percent(PG_GETARG_NUMERIC(3)));

		result = zr_rational_add(result, zr_rational_div(zr_rational_from(year), int64_to_numeric(periods)));
	}
	if (!PG_ARGISNULL(5))
	{
		zr_rational maximum;

		zr_numeric_check_finite(PG_GETARG_NUMERIC(5), "maximum contribution");
		maximum = zr_rational_from(PG_GETARG_NUMERIC(5));
		if (zr_rational_cmp(result, maximum) > 0)
			result = maximum;
	}
	PG_RETURN_NUMERIC(zr_rational_round(result, step, zr_rounding_mode_get(PG_GETARG_OID(7))));
}
