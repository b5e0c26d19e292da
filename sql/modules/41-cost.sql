-- 41-cost: p*q, what an indication costs (kosten).
--
-- None is STRICT: a budget or a volume in euro needs no tariff and ignores a NULL one. Any other NULL gives NULL.
--
-- COST is what a call takes beside a comparison of integers, measured: the planner then tests cheap conditions first and
-- compiles a query over many rows (JIT) when that pays.

CREATE FUNCTION cost(indication, tariff, daterange, accrual_method DEFAULT 'days') RETURNS numeric
    AS 'MODULE_PATHNAME', 'cost_with_tariff'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cost(indication, tariff, daterange, accrual_method) IS 'p*q of the upper bound inside the range, in euro: exact, rounded once, half up, to the cent. NULL without volume and budget.';

CREATE FUNCTION cost(indication, tariff_book, daterange, accrual_method DEFAULT 'days') RETURNS numeric
    AS 'MODULE_PATHNAME', 'cost_with_book'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cost(indication, tariff_book, daterange, accrual_method) IS 'p*q over tariff changes: each day at the tariff of that day, in euro, rounded once, half up, to the cent. A day without a tariff is an error.';

CREATE FUNCTION cost_or_null(indication, tariff_book, daterange, accrual_method DEFAULT 'days') RETURNS numeric
    AS 'MODULE_PATHNAME', 'cost_with_book_or_null'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cost_or_null(indication, tariff_book, daterange, accrual_method) IS 'As cost(), but NULL when a day has no tariff.';

CREATE FUNCTION cost_by_month(indication, tariff_book, daterange, accrual_method DEFAULT 'days',
        OUT month date, OUT quantity numeric, OUT amount numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'cost_by_month'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 400 ROWS 12;
COMMENT ON FUNCTION cost_by_month(indication, tariff_book, daterange, accrual_method) IS 'p*q per calendar month that range and indication share: first day of the month, expected units, amount in euro. The amounts add up to cost() exactly.';

-- The state is an array of the range and the cents per month: a real type, so that partial aggregates travel.
CREATE FUNCTION cost_by_month_transition(bigint[], indication, tariff_book, daterange) RETURNS bigint[]
    AS 'MODULE_PATHNAME', 'cost_by_month_transition'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cost_by_month_transition(bigint[], indication, tariff_book, daterange) IS 'Transition of cost_by_month_agg.';

CREATE FUNCTION cost_by_month_transition(bigint[], indication, tariff_book, daterange, accrual_method) RETURNS bigint[]
    AS 'MODULE_PATHNAME', 'cost_by_month_transition'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cost_by_month_transition(bigint[], indication, tariff_book, daterange, accrual_method) IS 'Transition of cost_by_month_agg.';

CREATE FUNCTION cost_by_month_combine(bigint[], bigint[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME', 'cost_by_month_combine'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_by_month_combine(bigint[], bigint[]) IS 'Combines two states of cost_by_month_agg.';

CREATE FUNCTION cost_by_month_final(bigint[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'cost_by_month_final'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_by_month_final(bigint[]) IS 'Result of cost_by_month_agg: cents to euro.';

CREATE AGGREGATE cost_by_month_agg(indication, tariff_book, daterange) (
    SFUNC = cost_by_month_transition, STYPE = bigint[],
    FINALFUNC = cost_by_month_final, COMBINEFUNC = cost_by_month_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_by_month_agg(indication, tariff_book, daterange) IS 'Sum of cost_by_month over many indications: one amount in euro per calendar month of the range, which must be the same in all rows.';

CREATE AGGREGATE cost_by_month_agg(indication, tariff_book, daterange, accrual_method) (
    SFUNC = cost_by_month_transition, STYPE = bigint[],
    FINALFUNC = cost_by_month_final, COMBINEFUNC = cost_by_month_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_by_month_agg(indication, tariff_book, daterange, accrual_method) IS 'Sum of cost_by_month over many indications by the accrual method: one amount in euro per calendar month of the range, which must be the same in all rows.';

-- The state is the sum in cents: no numeric is made for a row, and partial aggregates travel.
CREATE FUNCTION cost_agg_transition(bigint, indication, tariff_book, daterange) RETURNS bigint
    AS 'MODULE_PATHNAME', 'cost_agg_transition'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cost_agg_transition(bigint, indication, tariff_book, daterange) IS 'Transition of cost_agg.';

CREATE FUNCTION cost_agg_transition(bigint, indication, tariff_book, daterange, accrual_method) RETURNS bigint
    AS 'MODULE_PATHNAME', 'cost_agg_transition'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cost_agg_transition(bigint, indication, tariff_book, daterange, accrual_method) IS 'Transition of cost_agg.';

CREATE FUNCTION cost_agg_final(bigint) RETURNS numeric
    AS 'MODULE_PATHNAME', 'cost_agg_final'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_agg_final(bigint) IS 'Result of cost_agg: cents to euro.';

CREATE AGGREGATE cost_agg(indication, tariff_book, daterange) (
    SFUNC = cost_agg_transition, STYPE = bigint,
    FINALFUNC = cost_agg_final, COMBINEFUNC = pg_catalog.int8pl, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_agg(indication, tariff_book, daterange) IS 'Sum of cost() over many indications in euro, as sum(cost(...)) and faster. NULL when no cost is known.';

CREATE AGGREGATE cost_agg(indication, tariff_book, daterange, accrual_method) (
    SFUNC = cost_agg_transition, STYPE = bigint,
    FINALFUNC = cost_agg_final, COMBINEFUNC = pg_catalog.int8pl, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_agg(indication, tariff_book, daterange, accrual_method) IS 'Sum of cost() over many indications by the accrual method in euro, as sum(cost(...)) and faster. NULL when no cost is known.';
