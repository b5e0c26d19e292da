/*
 * rounding.c
 *		round_to: numbers and tariffs to a multiple of a step.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "convert.h"
#include "error.h"
#include "quantity.h"
#include "rounding.h"

void
zr_check_step(Numeric step)
{
	zr_numeric_check_finite(step, "rounding step");
	if (zr_numeric_sign(step) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rounding step must be greater than zero"),
				 errdetail("It is %s.", DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(step)))),
				 errhint("Write 0.01 for cents, 1 for whole euros, 0.60 for an hour tariff whose minute is in cents.")));
}

zr_tariff
zr_tariff_rounded(zr_rational amount, zr_unit unit, Numeric step, zr_rounding_mode mode)
{
	Numeric		rounded = zr_numeric_tidy(zr_rational_round(amount, step, mode), 0);
	int64		micros = zr_numeric_scaled(rounded, 6, ZR_TARIFF_MAX_MICROS, "tariff");
	zr_tariff	result;
	zr_error	err;

	if (!zr_tariff_make(micros, unit, &result, &err))
		zr_report("invalid tariff", &err);
	return result;
}

/* round_to(numeric, step, mode) */
PG_FUNCTION_INFO_V1(round_to_numeric);
Datum
round_to_numeric(PG_FUNCTION_ARGS)
{
	Numeric		value = PG_GETARG_NUMERIC(0);
	Numeric		step = PG_GETARG_NUMERIC(1);

	zr_numeric_check_finite(value, "number to round");
	zr_check_step(step);
	PG_RETURN_NUMERIC(zr_rational_round(zr_rational_from(value), step, zr_rounding_mode_get(PG_GETARG_OID(2))));
}

/* round_to(tariff, step, mode) */
PG_FUNCTION_INFO_V1(round_to_tariff);
Datum
round_to_tariff(PG_FUNCTION_ARGS)
{
	zr_tariff	tariff = PG_GETARG_TARIFF(0);
	Numeric		step = PG_GETARG_NUMERIC(1);
	Numeric		amount = zr_numeric_fixed(zr_tariff_micros(tariff), 6);

	zr_check_step(step);
	PG_RETURN_TARIFF(zr_tariff_rounded(zr_rational_from(amount), zr_tariff_unit(tariff), step,
									   zr_rounding_mode_get(PG_GETARG_OID(2))));
}
