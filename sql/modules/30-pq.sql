-- 30-pq: quantities and claim maxima of an indication. What needs a price list is in 41-cost.sql.

CREATE TYPE accrual_method AS ENUM ('days', 'weeks52', 'claimable');
COMMENT ON TYPE accrual_method IS 'How a volume per week or month spreads over days. days: week = 7 days, month = its own length. weeks52: a week volume counts 52/12 per full month. claimable: the most that may be claimed in each month.';

CREATE FUNCTION claimable(indication, month date) RETURNS numeric
    AS 'MODULE_PATHNAME', 'claimable_in_month'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION claimable(indication, date) IS 'The most that may be claimed in the calendar month of the date (declaratieperiode), in units or euro (IV076, IV077, IV078, TR321). NULL without volume and budget.';

CREATE FUNCTION claimable(indication) RETURNS numeric
    AS 'MODULE_PATHNAME', 'claimable_in_total'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION claimable(indication) IS 'The most that may be claimed over the whole allotment, in units or euro (TR322, TR369). NULL without volume and budget, and when a volume per day, week or month has no end.';

CREATE FUNCTION quantity(indication, daterange, accrual_method DEFAULT 'days') RETURNS numeric
    AS 'MODULE_PATHNAME', 'indication_quantity'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION quantity(indication, daterange, accrual_method) IS 'Expected units (or euro) of the upper bound inside the range. Adjacent ranges add up exactly. NULL without volume and budget.';

-- Not STRICT: a volume in euro is an amount already and needs no tariff.
CREATE FUNCTION claim_amount(volume, tariff) RETURNS numeric
    AS 'MODULE_PATHNAME', 'claim_amount'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_amount(volume, tariff) IS 'Amount of a claim line (prestatie) in euro: volume times tariff, rounded once, half up, to the cent (TR346; hour tariff with minutes IV081; euro CS339).';
