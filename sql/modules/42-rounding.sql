-- 42-rounding: rounding (afronden) to a multiple of a step, in the way the rule says.

CREATE TYPE rounding_mode AS ENUM ('half_up', 'half_even', 'up', 'down', 'nearest_up_tie');
COMMENT ON TYPE rounding_mode IS 'Afronding: which multiple of the step is taken. half_up: nearest, ties away from zero (2.5 is 3, -2.5 is -3). half_even: nearest, ties to the even multiple. up: away from zero (naar boven). down: towards zero (naar beneden). nearest_up_tie: nearest, ties to the greater (-2.5 is -2).';

CREATE FUNCTION round_to(value numeric, step numeric, mode rounding_mode DEFAULT 'half_up') RETURNS numeric
    AS 'MODULE_PATHNAME', 'round_to_numeric'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION round_to(numeric, numeric, rounding_mode) IS 'The number rounded (afgerond) once to a multiple of the step, such as 0.01, 0.20, 0.60 or 1.00. The result has the decimals of the step.';

CREATE FUNCTION round_to(tariff tariff, step numeric, mode rounding_mode DEFAULT 'half_up') RETURNS tariff
    AS 'MODULE_PATHNAME', 'round_to_tariff'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION round_to(tariff, numeric, rounding_mode) IS 'The tariff with its price rounded (afgerond) once to a multiple of the step; the unit stays.';
