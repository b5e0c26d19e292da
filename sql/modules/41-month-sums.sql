-- 41-month-sums: sums over many indications per calendar month and year, without a row per month.
--
-- The states are arrays of the range and the sums: a real type, so that partial aggregates travel. Aggregates with the same
-- arguments share one state, so asking for amounts and counts together costs no more than asking for one.

CREATE FUNCTION month_sums_combine(bigint[], bigint[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION month_sums_combine(bigint[], bigint[]) IS 'Combines two states of sums per month.';

CREATE FUNCTION claimable_sums_transition(bigint[], indication, daterange) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION claimable_by_month_final(bigint[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION claimable_by_year_final(bigint[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION in_force_by_month_final(bigint[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION in_force_by_year_final(bigint[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION claimable_sums_transition(bigint[], indication, daterange) IS 'Transition of claimable_by_month_agg, claimable_by_year_agg, in_force_by_month_agg and in_force_by_year_agg.';
COMMENT ON FUNCTION claimable_by_month_final(bigint[]) IS 'Result of claimable_by_month_agg.';
COMMENT ON FUNCTION claimable_by_year_final(bigint[]) IS 'Result of claimable_by_year_agg.';
COMMENT ON FUNCTION in_force_by_month_final(bigint[]) IS 'Result of in_force_by_month_agg.';
COMMENT ON FUNCTION in_force_by_year_final(bigint[]) IS 'Result of in_force_by_year_agg.';

CREATE AGGREGATE claimable_by_month_agg(indication, daterange) (
    SFUNC = claimable_sums_transition, STYPE = bigint[],
    FINALFUNC = claimable_by_month_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
CREATE AGGREGATE claimable_by_year_agg(indication, daterange) (
    SFUNC = claimable_sums_transition, STYPE = bigint[],
    FINALFUNC = claimable_by_year_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
CREATE AGGREGATE in_force_by_month_agg(indication, daterange) (
    SFUNC = claimable_sums_transition, STYPE = bigint[],
    FINALFUNC = in_force_by_month_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
CREATE AGGREGATE in_force_by_year_agg(indication, daterange) (
    SFUNC = claimable_sums_transition, STYPE = bigint[],
    FINALFUNC = in_force_by_year_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE claimable_by_month_agg(indication, daterange) IS 'The most that may be claimed (declareerbaar) on many indications, as the sum of claimable(): one number per calendar month of the range, which must be the same in all rows. Units are the caller''s business: group by unit.';
COMMENT ON AGGREGATE claimable_by_year_agg(indication, daterange) IS 'The most that may be claimed (declareerbaar) on many indications per calendar year of the range: of each indication its months that the range touches, but no more than over the whole allotment (TR322, TR369).';
COMMENT ON AGGREGATE in_force_by_month_agg(indication, daterange) IS 'How many indications are in force (geldig) on one day or more of each calendar month of the range.';
COMMENT ON AGGREGATE in_force_by_year_agg(indication, daterange) IS 'How many indications are in force (geldig) on one day or more of each calendar year of the range, in the months that it touches.';

-- Cost of the days within a further range per row. Not STRICT: a volume in euro needs no tariff.

CREATE FUNCTION cost_within_transition(bigint[], indication, tariff_book, daterange, accrual_method, within daterange) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_within_transition(bigint[], indication, tariff_book, daterange, accrual_method, daterange) IS 'Transition of cost_by_month_agg with a range within.';

CREATE AGGREGATE cost_by_month_agg(indication, tariff_book, daterange, accrual_method, within daterange) (
    SFUNC = cost_within_transition, STYPE = bigint[],
    FINALFUNC = cost_by_month_final, COMBINEFUNC = cost_by_month_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_by_month_agg(indication, tariff_book, daterange, accrual_method, daterange) IS 'As cost_by_month_agg, of the days within a further range of each row (such as the days of delivery, levering): totals and budgets stay spread over the whole indication.';

CREATE FUNCTION known_cost_transition(bigint[], indication, tariff_book, daterange, accrual_method, within daterange) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION known_cost_by_month_final(bigint[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION unpriced_by_month_final(bigint[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION unpriced_by_year_final(bigint[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION known_cost_transition(bigint[], indication, tariff_book, daterange, accrual_method, daterange) IS 'Transition of known_cost_by_month_agg, unpriced_by_month_agg and unpriced_by_year_agg.';
COMMENT ON FUNCTION known_cost_by_month_final(bigint[]) IS 'Result of known_cost_by_month_agg: cents to euro.';
COMMENT ON FUNCTION unpriced_by_month_final(bigint[]) IS 'Result of unpriced_by_month_agg.';
COMMENT ON FUNCTION unpriced_by_year_final(bigint[]) IS 'Result of unpriced_by_year_agg.';

CREATE AGGREGATE known_cost_by_month_agg(indication, tariff_book, daterange, accrual_method, within daterange) (
    SFUNC = known_cost_transition, STYPE = bigint[],
    FINALFUNC = known_cost_by_month_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
CREATE AGGREGATE unpriced_by_month_agg(indication, tariff_book, daterange, accrual_method, within daterange) (
    SFUNC = known_cost_transition, STYPE = bigint[],
    FINALFUNC = unpriced_by_month_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
CREATE AGGREGATE unpriced_by_year_agg(indication, tariff_book, daterange, accrual_method, within daterange) (
    SFUNC = known_cost_transition, STYPE = bigint[],
    FINALFUNC = unpriced_by_year_final, COMBINEFUNC = month_sums_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE known_cost_by_month_agg(indication, tariff_book, daterange, accrual_method, daterange) IS 'p*q of the days within the last range, in euro per calendar month of the range, without the months of an indication that cannot be priced: a day without a tariff or with one in another unit, neither volume nor budget, a total without an end. The months of a calendar year add up to one rounded cost per indication.';
COMMENT ON AGGREGATE unpriced_by_month_agg(indication, tariff_book, daterange, accrual_method, daterange) IS 'How many indications known_cost_by_month_agg left out of each calendar month of the range (zonder tarief).';
COMMENT ON AGGREGATE unpriced_by_year_agg(indication, tariff_book, daterange, accrual_method, daterange) IS 'How many indications known_cost_by_month_agg left out of one month or more of each calendar year of the range (zonder tarief).';
