-- 46-financing: other ways of paying (bekostiging) than p*q. Those that spread over time give month, quantity and amount,
-- as cost_by_month does, so that their rows can be added up. Amounts are zero or more, in euro, at most two decimals.

CREATE FUNCTION lump_sum_by_month(total numeric, valid daterange,
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'lump_sum_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
CREATE FUNCTION lump_sum_by_month(total numeric, valid daterange, within daterange,
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'lump_sum_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
COMMENT ON FUNCTION lump_sum_by_month(numeric, daterange) IS 'A lump sum (taakgerichte bekostiging) per calendar month of its period: full months count the same, broken months by their days. The amounts add up to the total exactly; quantity is NULL.';
COMMENT ON FUNCTION lump_sum_by_month(numeric, daterange, daterange) IS 'The months of a lump sum (taakgerichte bekostiging) that lie within a range. Ranges that make up the period add up to the total exactly.';

CREATE FUNCTION trajectory_by_month(total numeric, shares numeric[], reached date[],
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'trajectory_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 2;
COMMENT ON FUNCTION trajectory_by_month(numeric, numeric[], date[]) IS 'A trajectory (traject, outputgericht) paid in agreed shares, such as 70 and 30 percent, in the month that each milestone was reached; NULL: not reached, not paid. Quantity is the share in percent. The shares add up to 100, and their amounts to the total exactly.';

CREATE FUNCTION measure_by_month(monthly numeric, measure daterange,
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'measure_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
CREATE FUNCTION measure_by_month(monthly numeric, measure daterange, within daterange,
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'measure_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
COMMENT ON FUNCTION measure_by_month(numeric, daterange) IS 'A monthly tariff of a youth protection measure (maatregel): a broken first month is not paid, a broken last month is paid in full. Quantity is 1 for a month that is paid, else 0.';
COMMENT ON FUNCTION measure_by_month(numeric, daterange, daterange) IS 'The months of a measure (maatregel), which may have no end, that lie within a range; a month is paid in the range that has its first day.';

CREATE FUNCTION availability_by_month(places integer, day_price numeric, period daterange,
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'availability_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
CREATE FUNCTION availability_by_month(places integer, day_price numeric, period daterange, within daterange,
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'availability_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
COMMENT ON FUNCTION availability_by_month(integer, numeric, daterange) IS 'Availability (beschikbaarheid): a fixed number of places times the price of a day (at most six decimals), used or not. Quantity is in days of a place (plaatsdagen).';
COMMENT ON FUNCTION availability_by_month(integer, numeric, daterange, daterange) IS 'The months of availability (beschikbaarheid) that lie within a range.';

CREATE FUNCTION budget_ceiling(spent numeric, ceiling numeric, signal_at numeric DEFAULT 70, paid_above numeric DEFAULT 0,
        OUT used_percentage numeric, OUT signal boolean, OUT remaining numeric, OUT above numeric, OUT payable numeric) RETURNS record
    AS 'MODULE_PATHNAME', 'budget_ceiling' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION budget_ceiling(numeric, numeric, numeric, numeric) IS 'How a budget ceiling (budgetplafond) stands: the percentage used, cut to two decimals; whether the signal percentage (70 as a rule) is reached; what remains; what is above it; and what is payable when of the part above the ceiling only a percentage is paid.';

CREATE FUNCTION ceiling_by_month(first_month date, claimed numeric[], ceiling numeric, signal_at numeric DEFAULT 70,
        paid_above numeric DEFAULT 0, OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'ceiling_by_month' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12;
COMMENT ON FUNCTION ceiling_by_month(date, numeric[], numeric, numeric, numeric) IS 'What is payable per month under a budget ceiling (budgetplafond), of amounts claimed in consecutive months (NULL: nothing). Quantity is the percentage of the ceiling used so far, cut to two decimals.';
