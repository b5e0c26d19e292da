-- 50-region: the cost of a year by municipality and product group, and by month.
\qecho
\qecho '5. What these indications cost the region in 2026'
\pset null ''

CREATE TABLE demo.cost_2026 AS
SELECT a.number, a.client, a.municipality, coalesce(p.product_group, '(no one product)') AS product_group,
    cost(a.indication, b.book, '[2026-01-01,2027-01-01)') AS cost
FROM demo.books b, demo.allocations a LEFT JOIN demo.products p ON p.product = product(a.indication)
WHERE period(a.indication) && daterange '[2026-01-01,2027-01-01)';

\qecho 'By product group; municipalities in thousands of euros, totals in euros.'
SELECT CASE WHEN GROUPING(product_group) = 1 THEN 'Region' ELSE product_group END AS "product group",
    round(sum(cost) FILTER (WHERE municipality = '0200') / 1000) AS "Apeldoorn",
    round(sum(cost) FILTER (WHERE municipality = '0213') / 1000) AS "Brummen",
    round(sum(cost) FILTER (WHERE municipality = '0232') / 1000) AS "Epe",
    round(sum(cost) FILTER (WHERE municipality = '0244') / 1000) AS "Hattem",
    round(sum(cost) FILTER (WHERE municipality = '0246') / 1000) AS "Heerde",
    round(sum(cost) FILTER (WHERE municipality = '0262') / 1000) AS "Lochem",
    round(sum(cost) FILTER (WHERE municipality = '0285') / 1000) AS "Voorst",
    round(sum(cost) FILTER (WHERE municipality = '0301') / 1000) AS "Zutphen",
    sum(cost) AS total
FROM demo.cost_2026 GROUP BY ROLLUP (product_group) ORDER BY GROUPING(product_group), product_group;

\qecho 'By municipality. Unknown: allotted without volume and without budget, so not in any amount.'
SELECT coalesce(name, 'Region') AS municipality, count(*) AS indications, count(DISTINCT client) AS clients,
    sum(cost) AS "cost in euros", count(*) FILTER (WHERE cost IS NULL) AS "cost unknown"
FROM demo.cost_2026 JOIN demo.municipalities ON code = municipality
GROUP BY ROLLUP (name) ORDER BY GROUPING(name), name;

\qecho 'By month, in one pass without a row per month (cost_by_month_agg): the same total, to the cent.'
SELECT to_char(month, 'YYYY-MM') AS month, amount AS "cost in euros",
    sum(amount) OVER (ORDER BY month) AS "so far"
FROM (SELECT cost_by_month_agg(indication, book, '[2026-01-01,2027-01-01)') AS amounts FROM demo.allocations, demo.books) a,
    unnest(amounts) WITH ORDINALITY AS u (amount, n), make_date(2026, n::integer, 1) AS month
ORDER BY n;
