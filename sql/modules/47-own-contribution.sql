-- 47-own-contribution: own contribution (eigen bijdrage) by income. The dated amounts are in 72-tariff-reference.sql.

-- The two that call the first give all its arguments with their types, so that no other function could be meant.
--
-- Not STRICT: a NULL maximum is no maximum. Any other NULL gives NULL.
CREATE FUNCTION own_contribution_by_income(income numeric, threshold numeric, base numeric, percentage numeric, periods integer,
        maximum numeric DEFAULT NULL, step numeric DEFAULT 0.01, mode rounding_mode DEFAULT 'half_up') RETURNS numeric
    AS 'MODULE_PATHNAME', 'own_contribution_by_income' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION own_contribution_by_income(numeric, numeric, numeric, numeric, integer, numeric, numeric, rounding_mode) IS 'Own contribution (eigen bijdrage) per period: the base, plus the percentage of the yearly income (bijdrageplichtig inkomen) above the threshold, divided over the periods of a year (12 months, 13 times four weeks), at most the maximum; rounded once.';

CREATE FUNCTION own_contribution_2015(income numeric, threshold numeric, base numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN zorgregio.own_contribution_by_income(income, threshold, base, 15.0, 13, NULL::pg_catalog.numeric,
        0.01, 'half_up'::zorgregio.rounding_mode);
COMMENT ON FUNCTION own_contribution_2015(numeric, numeric, numeric) IS 'Own contribution per four weeks in the years 2015 and 2016 (art. 3.8 Uitvoeringsbesluit Wmo 2015 of that time): the base of the household, plus 15% of the income above its threshold, divided by 13.';

CREATE FUNCTION own_contribution_bill(income numeric, threshold numeric, minimum numeric DEFAULT 23.60,
        percentage numeric DEFAULT 10, maximum numeric DEFAULT 328) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN zorgregio.own_contribution_by_income(income, threshold, minimum, percentage, 12, maximum,
        0.01, 'half_up'::zorgregio.rounding_mode);
COMMENT ON FUNCTION own_contribution_bill(numeric, numeric, numeric, numeric, numeric) IS 'BILL, NOT LAW: own contribution per month as announced in March 2025 for 2027 (inkomens- en vermogensafhankelijke bijdrage): the minimum, plus a percentage of the income above the threshold (about 24500 for one person, 34000 for more) over twelve months, at most the maximum. All figures are arguments, since they may change.';
