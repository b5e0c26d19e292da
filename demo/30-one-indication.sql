-- 30-one-indication: p*q of one indication across a tariff change, step by step, beside cost().
\qecho
\qecho '3. What one indication costs, and why'

-- The first one of product 02A16 per week that lasts seven to nine months and crosses the new year.
CREATE TABLE demo.example AS
SELECT number, indication FROM demo.allocations
WHERE product(indication) = product '02A16' AND period(indication) @> daterange '[2025-12-01,2026-03-01)'
    AND lower(period(indication)) BETWEEN '2025-07-01' AND '2025-10-31' AND upper(period(indication)) - lower(period(indication)) BETWEEN 210 AND 270
ORDER BY number LIMIT 1;
SELECT number, indication, at_most(indication) AS amount FROM demo.example \gset
\qecho 'Allocation' :number 'is' :indication

\qecho 'Per tariff period: its days, p*q exactly, and one rounding at the end.'
WITH part AS (
    SELECT t.valid * period(i) AS span, t.tariff, quantity(i, t.valid) AS quantity
    FROM demo.tariffs t, demo.example AS e (number, i) WHERE t.product = product(i) AND t.valid && period(i)
), line AS (
    SELECT 1 AS place, lower(span) AS "from", upper(span) - 1 AS "to", upper(span) - lower(span) AS days,
        format('%s x %s / 7', :'amount', upper(span) - lower(span)) AS why, round(quantity, 4) AS hours, tariff::text,
        round(quantity * amount(tariff), 4) AS amount
    FROM part
    UNION ALL
    SELECT 2, min(lower(span)), max(upper(span)) - 1, sum(upper(span) - lower(span)), 'together', round(sum(quantity), 4), NULL,
        round(sum(quantity * amount(tariff)), 2)
    FROM part
    UNION ALL
    SELECT 3, NULL, NULL, NULL, 'cost(indication, book, range)', round(quantity(i, period(i)), 4), NULL, cost(i, book, period(i))
    FROM demo.example AS e (number, i), demo.books
)
SELECT "from", "to", days, why, hours, tariff, amount FROM line ORDER BY place, "from";

\qecho 'Its months: amounts are rounded so that they add up to the cost.'
SELECT coalesce(to_char(month, 'YYYY-MM'), 'together') AS month, round(sum(quantity), 4) AS hours, sum(amount) AS amount
FROM demo.books, demo.example AS e (number, i), cost_by_month(i, book, period(i))
GROUP BY ROLLUP (month) ORDER BY 1;
