-- The data of the demo: what it claims to be, and its costs against slow SQL on the published numbers.
BEGIN;
SET search_path = demo, zorgregio, public;
SET client_min_messages = warning;
\o /dev/null
\i demo/10-load.sql
\i demo/20-population.sql
\i demo/50-region.sql
\i demo/90-vectors.sql
\o
SELECT plan(22);

-- Catalogue and tariffs
SELECT is((SELECT count(*) FROM products), 22::bigint, '22 products');
SELECT is((SELECT count(*) FROM municipalities), 8::bigint, '8 municipalities');
SELECT set_eq('SELECT code, name FROM municipalities',
	$$SELECT code, name FROM zorgregio.municipality_name WHERE youth_region = 'Midden IJssel-Oost Veluwe'$$, 'they are the region');
SELECT is_empty($$
	SELECT product, category(product) FROM products p
	WHERE NOT EXISTS (SELECT FROM zorgregio.product_category c WHERE c.category = category(p.product) AND c.law = 'Wmo')
$$, 'every product is in a category of the Wmo');
SELECT is_empty($$
	SELECT product, y FROM products, (VALUES (2025), (2026)) v(y)
	WHERE NOT EXISTS (SELECT FROM published_tariffs t WHERE t.product = products.product AND year = y AND basis <> '')
$$, 'every product has a tariff for two years that says where it comes from');
SELECT is_empty($$
	SELECT product FROM published_tariffs WHERE year = 2025
		AND (basis !~ '^(nearest published|published for this product): .* (2023|year not stated), ' OR NOT basis LIKE format('%%, %s/%s', amount, unit))
$$, 'the amount of 2025 is the one that its basis names');
SELECT is_empty($$
	SELECT a.product FROM published_tariffs a JOIN published_tariffs b USING (product)
	WHERE a.year = 2025 AND b.year = 2026
		AND (b.unit <> a.unit OR b.amount <> floor(a.amount * 1.0364 * 100 + 0.5) / 100 OR b.basis NOT LIKE '%3.64%%half up%')
$$, 'the amount of 2026 is 3.64% more, half up to the cent');

-- Population
SELECT is((SELECT count(*) FROM allocations), 20000::bigint, '20,000 indications');
SELECT is((SELECT count(DISTINCT client) FROM allocations), 12500::bigint, '12,500 clients');
-- Changes only when the demo's data or formulas do.
SELECT is((SELECT md5(string_agg(concat_ws('|', number, client, provider, municipality, indication::text), E'\n' ORDER BY number)) FROM allocations),
	'597c7c1fe0a2cd447be291f6028d84f2', 'the same rows on every server');
SELECT is((SELECT min(lower(period(indication))) FROM allocations), date '2024-01-01', 'the first starts in 2024');
SELECT is((SELECT max(upper(period(indication))) FROM allocations WHERE NOT upper_inf(period(indication))), date '2028-01-01',
	'the last with an end ends in 2027');
SELECT is_empty('SELECT number FROM allocations WHERE cardinality(problems(indication)) > 0', 'none breaks a rule of the standard');
SELECT is_empty($$
	SELECT number FROM allocations a WHERE kind(indication) = 'specific' AND NOT EXISTS (
		SELECT FROM sourcings s WHERE s.product = product(a.indication) AND s.municipality = a.municipality AND channel = 'regional')
$$, 'every product is bought regionally where it is allotted');
SELECT is_empty($$
	SELECT number FROM (SELECT number, period(indication) && lead(period(indication)) OVER (PARTITION BY client ORDER BY number) AS overlap FROM allocations) a
	WHERE overlap
$$, 'no client has two at a time');

-- Cost over both years, from the text form and the published amounts, by months and one division.
CREATE TEMP TABLE oracle AS
WITH part AS (
	SELECT number, m[1] AS product, m[2]::numeric AS high, m[3] AS unit, m[4] AS frequency, m[5]::numeric AS budget, m[6]::date AS starts,
		coalesce(nullif(m[7], ''), '2100-01-01')::date AS ends
	FROM allocations, regexp_match(indication::text,
		'^(?:(?!budget)(\S+) )?(?:(?:\d+\.\.)?(\d+) ([a-z()]+)/(\w+) )?(?:budget (\S+) euro )?\[(\S+),(\S*)\)$') m
), month AS (
	SELECT start::date AS first, (start + interval '1 month')::date AS next, extract(year FROM start) AS year
	FROM generate_series(timestamp '2025-01-01', '2026-12-01', '1 month') start
), sums AS (
	-- 26040 is the product of 28, 30 and 31: shares of months in whole numbers
	SELECT number, coalesce(sum(days), 0) AS days, sum(days * amount) AS paid_days, sum(days * amount * (26040 / (next - first))) AS paid_months
	FROM part LEFT JOIN month ON first < ends AND next > starts
		LEFT JOIN (SELECT product::text, year, amount FROM published_tariffs) t USING (product, year),
		LATERAL (SELECT next - first - greatest(0, starts - first) - greatest(0, next - ends)) AS d (days)
	GROUP BY number
)
SELECT number, round(CASE
		WHEN budget IS NOT NULL THEN budget * days / (ends - starts)
		WHEN frequency IS NOT NULL AND paid_days IS NULL THEN 0 -- ended before 2025, or starts after 2026
		WHEN frequency = 'week' THEN high * paid_days / (7 * CASE unit WHEN 'minuut' THEN 60 ELSE 1 END)
		WHEN frequency = 'maand' THEN high * paid_months / 26040
		WHEN frequency = 'totaal' THEN high * paid_days / (ends - starts)
	END, 2) AS cost
FROM part JOIN sums USING (number);
CREATE TEMP TABLE computed AS
SELECT number, municipality, cost(indication, book, '[2025-01-01,2027-01-01)') AS cost,
	(SELECT sum(amount) FROM cost_by_month(indication, book, '[2025-01-01,2027-01-01)')) AS months
FROM allocations, books;

SELECT is_empty('SELECT number, c.cost, o.cost FROM computed c JOIN oracle o USING (number) WHERE c.cost IS DISTINCT FROM o.cost',
	'the cost of every indication over 2025 and 2026 is what slow SQL makes of it');
SELECT is((SELECT sum(cost) FROM computed), (SELECT sum(cost) FROM oracle), 'so is the total');
SELECT is_empty('SELECT number FROM computed WHERE coalesce(months, 0) <> coalesce(cost, 0)', 'the months of every indication add up to its cost');
SELECT is((SELECT sum(total) FROM (SELECT sum(cost) AS total FROM computed GROUP BY municipality) m), (SELECT sum(cost) FROM oracle),
	'the municipalities add up to the region');
SELECT is((SELECT sum(amount) FROM (SELECT cost_by_month_agg(indication, book, '[2025-01-01,2027-01-01)') FROM allocations, books) a(amounts), unnest(amounts) amount),
	(SELECT sum(cost) FROM oracle), 'so do the months of the region');
SELECT is((SELECT count(*) FROM cost_2026 WHERE cost IS NULL), (SELECT count(*) FROM cost_2026 JOIN oracle USING (number) WHERE oracle.cost IS NULL),
	'unknown are the ones without volume and budget');

-- Published examples
SELECT results_eq('SELECT count(*), count(*) FILTER (WHERE computed = expected) FROM vector_results', 'VALUES (32::bigint, 32::bigint)',
	'32 published claim examples, all exact');

SELECT * FROM finish();
ROLLBACK;
