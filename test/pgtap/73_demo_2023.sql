-- The demo of 2023: the published figures, exactly, from claim lines that break no rule. A step of the demo has a
-- transaction of its own, so this file does not run in one.
SET search_path = demo, zorgregio, public;
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS demo, mijov CASCADE;
\o /dev/null
\i demo/10-load.sql
\i demo/20-population.sql
\i demo/60-admission.sql
\o /dev/null
\i demo/75-flows.sql
CREATE TEMP TABLE flows_before AS
SELECT f.* FROM (SELECT care_history_agg(client, product, period_in_region) AS history FROM mijov.care_periods) h,
	flows(history, '[2026-01-01,2027-01-01)', gap => 30) f;
\i demo/77-calibrated.sql
\i demo/78-claims.sql
\o
\pset format unaligned
\pset tuples_only on
SELECT plan(16);

-- As published, from the base tables
CREATE TEMP TABLE line AS
SELECT c.*, a.indication, a.municipality, p.product_group FROM mijov.claims c JOIN mijov.allocations a USING (number) LEFT JOIN mijov.products p ON p.code = product(indication);
SELECT results_eq($$
	SELECT municipality::text, count(*) FROM (
		SELECT DISTINCT a.municipality, client, product(indication), provider FROM mijov.allocations a JOIN mijov.deliveries d USING (number)
		WHERE started <= '2023-12-31' AND (ended >= '2023-01-01' OR ended IS NULL)) t
	GROUP BY 1 ORDER BY 1
$$, $$VALUES ('0200', 11303::bigint), ('0213', 1266), ('0232', 1952), ('0244', 826), ('0246', 371), ('0262', 1656), ('0285', 1511), ('0301', 3002)$$,
	'clients of 2023 per municipality, as published');
SELECT results_eq($$
	SELECT product_group, sum(amount) FROM line WHERE product_period <@ daterange '[2023-01-01,2024-01-01)' GROUP BY 1 ORDER BY product_group COLLATE "C"
$$, $$VALUES ('Begeleiding Groep', 5313377::numeric), ('Begeleiding individueel', 30171354), ('Hulp bij Huishouden', 29956533), ('Persoonlijke verzorging', 11101),
	('Respijtzorg', 83515), ('Vervoer', 36022), ('Vervoer plus', 4284), ('Werkt Mee', 1540961), ('Zorgcoördinatie', 156830)$$,
	'spending of 2023 per product group, as published, to the cent');
SELECT is((SELECT sum(amount) FROM line WHERE product_period <@ daterange '[2023-01-01,2024-01-01)'), 67266794 + 7183.00, 'together the published total and the difference in its source');
SELECT is_empty($$SELECT id FROM line WHERE product_period <@ daterange '[2023-01-01,2024-01-01)' AND municipality = '0246' AND product_group = 'Hulp bij Huishouden'$$,
	'no household help of Heerde');
SELECT cmp_ok((SELECT max(amount) FROM line WHERE number BETWEEN 699999900 AND 699999999), '<', 1000.00, 'what makes up the last euros is less than 1000 euro per group');
SELECT is((SELECT count(*) FROM line WHERE number BETWEEN 699999900 AND 699999999), 9::bigint, 'and one line per group');

-- By the rules
SELECT is_empty($$SELECT id FROM line WHERE claim_problems(indication, coalesce(product, product(indication)), product_period, volume, tariff, amount) <> '{}'$$, 'no claim line breaks a rule');
SELECT is_empty('SELECT rule, claim FROM mijov.claim_judgements()', 'nor one of contracts and of other lines (check_claims)');
SELECT is_empty($$SELECT number FROM (SELECT number, sum(CASE WHEN budget(indication) IS NULL THEN amount(volume) ELSE amount END) AS claimed FROM line GROUP BY number) c
		JOIN mijov.allocations USING (number) WHERE claimed > claimable(indication)$$, 'no allotment is claimed beyond its volume or budget (TR322, TR369)');
SELECT is_empty($$SELECT number FROM mijov.allocations WHERE problems(indication) <> '{}'$$, 'no allotment breaks a rule');
SELECT is_empty($$
	SELECT a.number FROM mijov.allocations a JOIN mijov.allocations b ON a.client = b.client AND a.number < b.number
	WHERE a.municipality = b.municipality AND a.provider = b.provider AND product(a.indication) = product(b.indication) AND period(a.indication) && period(b.indication) AND a.number < 700000000
$$, 'nobody has the same product from the same provider twice at a time (OP259)');
SELECT is_empty($$SELECT number FROM mijov.deliveries JOIN mijov.allocations USING (number) WHERE number < 700000000 AND NOT daterange(started, ended, '[]') <@ period(indication)$$,
	'care is delivered within its allotment');
SELECT is_empty($$SELECT number FROM mijov.allocations a WHERE number < 700000000 AND NOT EXISTS (
	SELECT FROM mijov.sourcings s WHERE s.product = product(indication) AND s.municipality = a.municipality AND channel = 'regional' AND valid @> date '2023-06-01')$$,
	'every product is bought where it is allotted');

-- Changes only when the demo's data or formulas do.
SELECT is((SELECT md5(string_agg(concat_ws('|', number, client, provider, municipality, indication::text, requested), E'\n' ORDER BY number)) FROM mijov.allocations),
	'72446a83f018292318ff003f0b7f60cf', 'the same allotments on every server');
SELECT is((SELECT md5(string_agg(concat_ws('|', number, product_period, product, volume::text, tariff::text, amount), E'\n' ORDER BY number, product_period, amount)) FROM mijov.claims),
	'4a4475c6379e1c77801034489ecca5b4', 'the same claim lines on every server');
SELECT results_eq($$
	SELECT period, stock_begin, inflow, outflow, stock_end, clients
	FROM (SELECT care_history_agg(client, product, period_in_region) AS history FROM mijov.care_periods) h, flows(history, '[2026-01-01,2027-01-01)', gap => 30)
$$, 'SELECT period, stock_begin, inflow, outflow, stock_end, clients FROM flows_before', 'the flows of 2026 in step 7 stay as they are');

SELECT * FROM finish();
DROP SCHEMA demo, mijov CASCADE;
