-- 78-claims: what the monitor needs besides care: requests, claims until August 2026, budgets, a lump sum, and youth care.
\pset format wrapped
\pset columns 118
\qecho
\qecho '10. Requests, claims and budgets for 2023 to 2026 (invented, by the same arithmetic)'

-- 30 days without care do not end it, as in step 7.
UPDATE mijov.settings SET gap_days = 30;

-- The allotments of step 2 were asked for as those of 2023 were.
UPDATE mijov.allocations a SET requested = day, decided = day + (starts - day) / 2
FROM (SELECT number, starts, demo.requested(number, municipality, starts) AS day FROM mijov.allocations, LATERAL lower(period(indication)) starts WHERE number >= 700000000) d
WHERE a.number = d.number;

-- Youth care before the Wmo: some who started support in 2025 came of age. Paid in euro a month, so without a tariff.
INSERT INTO mijov.products (code, name, product_group) VALUES ('45A04', 'Begeleiding jeugd', 'Begeleiding jeugd');
CREATE TEMP TABLE youth AS
SELECT row_number() OVER (ORDER BY number) AS n, client, municipality, d.started - (ARRAY[0, 0, 0, 14, 45, 95])[1 + demo.draw(client, 82, 6)] AS ends,
    d.started - 130 - demo.draw(client, 83, 200) AS starts, 5000 * (8 + demo.draw(client, 84, 12)) AS cents
FROM mijov.allocations a JOIN mijov.deliveries d USING (number) JOIN demo.products p ON p.product = product(indication)
WHERE number BETWEEN 700000000 AND 700012500 AND d.started BETWEEN '2025-01-01' AND '2025-12-31' AND p.product_group IN ('Begeleiding individueel', 'Werkt Mee')
    AND demo.draw(client, 81, 16) = 0 AND stop_reason IS DISTINCT FROM '20';
INSERT INTO mijov.allocations (number, client, provider, municipality, indication, requested)
SELECT 800000000 + n, client, '99900003', municipality, indication('45A04', volume(cents, cents, '83', '4'), daterange(greatest(starts, '2024-01-01'), ends)), starts - 30
FROM youth;
INSERT INTO mijov.deliveries (number, started, ended, stop_reason) SELECT 800000000 + n, greatest(starts, '2024-01-01'), ends - 1, '39' FROM youth;

-- Claim lines from January 2024 to August 2026: 80 to 100 percent of what was to be expected, in whole units; what has a
-- budget is used for hours of 02A16. One line per month, also after a pause (TR389). Minutes are claimed at the hour tariff of
-- the contract: rounded once, over the whole line (TR346).
CREATE TEMP TABLE months AS
SELECT n, first, next, daterange(first, next) AS month
FROM generate_series(0, 31) n, LATERAL (SELECT (date '2024-01-01' + n * interval '1 month')::date, (date '2024-01-01' + (n + 1) * interval '1 month')::date) d (first, next);
CREATE TEMP TABLE prices AS
SELECT n, product, unit(tariff) AS unit, tariff FROM months JOIN mijov.tariffs ON valid @> first
UNION ALL
SELECT n, product, 'minuut', tariff FROM months JOIN mijov.tariffs ON valid @> first WHERE unit(tariff) = 'uur';
INSERT INTO mijov.claims (number, product_period, product, volume, tariff, amount)
WITH delivered AS MATERIALIZED (
    SELECT a.number, x.budget, x.product, n, month * period(a.indication) AS product_period, x.unit,
        floor(sum(quantity(a.indication, daterange(greatest(d.started, first), least(d.ended + 1, next)))) * (80 + demo.draw(a.number + 1000 * n, 61, 21)) / 100)::integer AS units
    FROM mijov.allocations a JOIN mijov.deliveries d USING (number) JOIN months ON d.started < next AND (d.ended >= first OR d.ended IS NULL),
        LATERAL (SELECT budget(a.indication) IS NOT NULL, CASE WHEN budget(a.indication) IS NULL THEN product(a.indication) ELSE '02A16' END,
            coalesce(unit(volume(a.indication)), 'uur')) x (budget, product, unit)
    GROUP BY a.number, x.budget, x.product, n, month, x.unit
), lines AS MATERIALIZED (
    SELECT number, product_period, CASE WHEN budget THEN product END AS product, tariff, volume(v, v, d.unit, NULL) AS volume
    FROM delivered d LEFT JOIN prices USING (n, product, unit),
        LATERAL (SELECT CASE WHEN budget THEN div(units, amount(tariff))::integer WHEN unit = 'euro' THEN 100 * units ELSE units END) u (v)
    WHERE v > 0
)
SELECT number, product_period, product, volume, tariff, claim_amount(volume, tariff) FROM lines;

-- Budgets: 70 to 96 percent of the p*q of all allotments of the year, 62 to 88 percent from 2025 on; in whole thousands.
CREATE TEMP TABLE book AS SELECT tariff_book_agg(product, tariff, valid) AS book FROM mijov.tariffs;
INSERT INTO mijov.budgets (municipality, product_group, year, amount)
SELECT municipality, product_group, year, round_to(cost * (CASE WHEN year < 2025 THEN 70 ELSE 62 END + demo.draw(municipality::integer * 100 + year + length(product_group), 91, 27)) / 100, 1000)
FROM (
    SELECT a.municipality, p.product_group, y AS year, sum(cost(a.indication, (SELECT book FROM book), daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1)))) AS cost
    FROM generate_series(2023, 2026) y JOIN mijov.allocations a ON period(a.indication) && daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1))
        JOIN mijov.products p ON p.code = product(a.indication)
    GROUP BY a.municipality, p.product_group, y
) c;
INSERT INTO mijov.lump_sums VALUES ('99900003', '0301', 'Zorgcoördinatie', '[2026-01-01,2027-01-01)', 60000);
INSERT INTO mijov.loads (kind, period, source, loaded) VALUES ('claims', '[2023-01-01,2026-09-01)', 'claim messages', '2026-09-15');
ANALYZE mijov.allocations, mijov.deliveries, mijov.claims, mijov.budgets;

SELECT c.year::text, lines AS "claim lines", claimed, budget, round(100 * claimed / budget, 1) AS "% of the budget"
FROM (SELECT extract(year FROM lower(product_period)) AS year, count(*) AS lines, sum(amount) AS claimed FROM mijov.claims GROUP BY 1) c
    JOIN (SELECT year, sum(amount) AS budget FROM mijov.budgets GROUP BY 1) b USING (year) ORDER BY 1;
SELECT count(*) FILTER (WHERE requested IS NOT NULL) AS "allotments asked for", round(avg(d.started - requested), 1) AS "mean days until the start",
    count(*) FILTER (WHERE number >= 800000000) AS "youth care first"
FROM mijov.allocations LEFT JOIN (SELECT number, min(started) AS started FROM mijov.deliveries GROUP BY number) d USING (number);
