-- 48-explain-cost: where a cost (kosten) comes from.

-- Not STRICT, as cost(): a budget or a volume in euro needs no tariff. Any other NULL gives no rows.
CREATE FUNCTION explain_cost(indication, tariff_book, daterange, accrual_method DEFAULT 'days',
        OUT valid daterange, OUT days integer, OUT quantity numeric, OUT tariff tariff, OUT amount numeric, OUT exact numeric)
        RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'explain_cost' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 12;
COMMENT ON FUNCTION explain_cost(indication, tariff_book, daterange, accrual_method) IS 'The explanation of cost(): one row per calendar month and tariff, with its days, expected units, tariff (NULL for amounts in euro), amount in euro and the exact amount before rounding. The amounts add up to cost() and, per month, to cost_by_month().';
