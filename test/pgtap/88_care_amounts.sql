-- care_amounts_agg: whatever the order of the rows and the numbers of the allotments, against joins and sums in SQL; what it
-- refuses and what it passes over. That its amounts are right for allotments of all kinds, 88_monitor_money.sql shows.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- A stream of rows of all kinds; n is their order.
CREATE TEMP TABLE stream (n double precision DEFAULT random(), number bigint, provider provider, municipality municipality, indication indication, change_reason text,
	started date, ended date, product_period daterange, product product, volume volume, amount numeric, credit boolean, declaration bigint, product_group integer, prices tariff_book);
CREATE FUNCTION pg_temp.amounts(days daterange, as_of date, ordered text DEFAULT 'n') RETURNS SETOF care_amount LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT r.* FROM unnest((SELECT care_amounts_agg(number, provider, municipality, indication, change_reason, started, ended, product_period, product, volume, amount, credit, declaration,
		product_group, prices, %L, %L) FROM (SELECT * FROM stream ORDER BY %s) s)) r', days, as_of, ordered);
END $$;

-- Numbers close together, far apart, negative, at the ends of the type
SELECT setseed(0.4);
INSERT INTO stream (number, provider, municipality, indication, change_reason)
SELECT number, (73730100 + (random() * 5)::int)::provider, (ARRAY['0200', '0301'])[1 + (random())::int]::municipality,
	indication((ARRAY['02A16', '02A19', '07A12'])[1 + floor(random() * 3)::int]::product, volume(1, 1 + (random() * 9)::int, '04', (ARRAY['2', '4'])[1 + random()::int]), daterange(s, s + 1 + (random() * 400)::int)), CASE WHEN random() < 0.05 THEN '13' END
FROM (
	SELECT n::bigint FROM generate_series(-40, 400) n UNION ALL SELECT n * 1000003::bigint FROM generate_series(1, 300) n UNION ALL SELECT (1::bigint << k) + d FROM generate_series(20, 62) k, generate_series(-1, 1) d
	UNION ALL SELECT 9223372036854775807 - n FROM generate_series(0, 20) n UNION ALL SELECT -9223372036854775808 + n FROM generate_series(0, 20) n) x(number), LATERAL (SELECT date '2024-01-01' + (number % 1)::int + (random() * 700)::int) y(s)
GROUP BY number, s;
DELETE FROM stream a USING stream b WHERE a.number = b.number AND a.n < b.n;
INSERT INTO stream (number, started, ended) SELECT number, s, CASE WHEN random() < 0.8 THEN s + (random() * 200)::int END FROM stream, generate_series(1, 3) k, LATERAL (SELECT lower(period(indication)) + k * 0 + (random() * 150)::int) x(s) WHERE indication IS NOT NULL AND random() < 0.7;
INSERT INTO stream (number, product_period, product, volume, amount, credit, declaration)
SELECT CASE WHEN random() < 0.1 THEN 500 + k ELSE number END, daterange(d, d + 10), CASE WHEN random() < 0.3 THEN '02A19'::product WHEN random() < 0.3 THEN '02A99' WHEN random() < 0.5 THEN product(indication) END,
	CASE WHEN random() < 0.9 THEN volume(v, v, (ARRAY['01', '04', '16'])[1 + floor(random() * 3)::int], NULL) END, round((random() * 2000 - 400)::numeric, 2), CASE WHEN random() < 0.2 THEN random() < 0.5 END, CASE WHEN random() < 0.5 THEN 1 + k % 3 END
FROM stream, generate_series(1, 4) k, LATERAL (SELECT date '2023-11-01' + k * 0 + (random() * 900)::int, (random() * 200)::int + k * 0) x(d, v) WHERE indication IS NOT NULL;
INSERT INTO stream (declaration, provider, municipality) VALUES (1, '73730101', '0200'), (2, '73730109', '0301');
INSERT INTO stream (product, product_group) VALUES ('02A16', 1), ('02A19', 1), ('07A12', 2);
INSERT INTO stream (prices) VALUES ('{02A16 [2024-01-01,) 61.20/uur; 02A19 [2024-01-01,2025-03-10) 70.00/uur; 02A19 [2025-03-12,) 1.21/minuut}');
INSERT INTO stream (provider, municipality, product, prices) VALUES ('73730102', '0200', '02A16', '{02A16 [2024-06-01,) 50.00/uur}'), ('73730103', '0301', '07A12', '{07A12 [2024-01-01,) 36.45/uur}');

CREATE TEMP TABLE ours AS SELECT * FROM pg_temp.amounts('[2024-01-01,2026-01-01)', '2025-10-20');
SELECT cmp_ok((SELECT count(*) FROM ours), '>', 200::bigint, 'there are many rows');
SELECT is_empty(format($$SELECT * FROM pg_temp.amounts('[2024-01-01,2026-01-01)', '2025-10-20', %L) EXCEPT ALL SELECT * FROM ours$$, o), 'the order of rows does not matter: ' || o)
FROM unnest('{number,number DESC,product_period NULLS LAST,indication NULLS FIRST\,random(),prices IS NULL\,random(),random()}'::text[]) o;
SELECT is_empty('SELECT kind, provider, municipality, product, product_group, unit, period_from FROM ours GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING count(*) > 1', 'one row per place and period');

-- Claims, by joins
CREATE TEMP VIEW line AS
SELECT c.number, date_trunc('month', lower(c.product_period)::timestamp)::date AS month, c.amount, coalesce(a.provider, d.provider) AS provider, coalesce(a.municipality, d.municipality) AS municipality, coalesce(c.product, product(a.indication)) AS product,
	CASE WHEN a.number IS NOT NULL THEN 'uur' END AS unit, a.number IS NULL OR never_sent(a.indication, a.change_reason) AS unallotted, product(a.indication) AS allotted,
	CASE WHEN NOT never_sent(a.indication, a.change_reason) THEN claimed_quantity(a.indication, c.volume, c.amount, c.credit) END AS quantity
FROM stream c LEFT JOIN stream a ON a.number = c.number AND a.indication IS NOT NULL LEFT JOIN stream d ON d.declaration = c.declaration AND d.provider IS NOT NULL AND a.number IS NULL
WHERE c.product_period IS NOT NULL AND lower(c.product_period) BETWEEN '2024-01-01' AND '2025-10-20';
SELECT results_eq($$SELECT municipality, product, unit, period_from, sum(claimed), sum(unallotted) FROM ours WHERE kind = 'month' AND (claimed <> 0 OR unallotted <> 0) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4$$,
	$$SELECT municipality, product, unit, month, sum(amount), coalesce(sum(amount) FILTER (WHERE unallotted), 0) FROM line GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0 OR coalesce(sum(amount) FILTER (WHERE unallotted), 0) <> 0 ORDER BY 1, 2, 3, 4$$, 'what was claimed, by place and month');
SELECT results_eq($$SELECT provider, municipality, product_group, period_from, claimed, unallotted FROM ours WHERE kind = 'provider' ORDER BY 1, 2, 3, 4$$,
	$$SELECT provider, municipality, CASE WHEN product IN ('02A16', '02A19') THEN 1 WHEN product = '07A12' THEN 2 END, date_trunc('year', month::timestamp)::date, sum(amount), coalesce(sum(amount) FILTER (WHERE unallotted), 0) FROM line
	GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0 OR coalesce(sum(amount) FILTER (WHERE unallotted), 0) <> 0 ORDER BY 1, 2, 3, 4$$, 'and by provider, group and year');
SELECT results_eq($$SELECT municipality, product, period_from, quantity FROM ours WHERE kind = 'month' AND quantity <> 0 ORDER BY 1, 2, 3$$,
	$$SELECT municipality, allotted, month, round(sum(quantity), 2) FROM line WHERE quantity IS NOT NULL GROUP BY 1, 2, 3 HAVING round(sum(quantity), 2) <> 0 ORDER BY 1, 2, 3$$, 'hours claimed of allotments');
-- Allotments, by the functions for many indications
SELECT results_eq($$SELECT municipality, product, period_from, indicated, claimable, allocations, unpriced FROM ours WHERE kind = 'month' AND (indicated, claimable, allocations, unpriced) <> (0, 0, 0, 0) ORDER BY 1, 2, 3$$,
	$$SELECT municipality, product, (date '2023-12-01' + n * interval '1 month')::date, sum(cost[n]), sum(coalesce(may[n], 0)), sum(coalesce(force[n], 0))::bigint, sum(no[n])::bigint FROM (
		SELECT a.municipality, product(a.indication) AS product, known_cost_by_month_agg(a.indication, coalesce(p.prices, o.prices), '[2024-01-01,2026-01-01)', 'days', '(,)') AS cost, unpriced_by_month_agg(a.indication, coalesce(p.prices, o.prices), '[2024-01-01,2026-01-01)', 'days', '(,)') AS no,
			claimable_by_month_agg(a.indication, '[2024-01-01,2025-11-01)') AS may, in_force_by_month_agg(a.indication, '[2024-01-01,2025-11-01)') AS force
		FROM stream a LEFT JOIN stream p ON p.prices IS NOT NULL AND p.provider = a.provider AND p.municipality = a.municipality AND p.product = product(a.indication), stream o
		WHERE a.indication IS NOT NULL AND o.prices IS NOT NULL AND o.provider IS NULL AND NOT never_sent(a.indication, a.change_reason) GROUP BY 1, 2) x, generate_series(1, 24) n
	GROUP BY 1, 2, 3 HAVING (sum(cost[n]), sum(coalesce(may[n], 0)), sum(coalesce(force[n], 0)), sum(no[n])) <> (0, 0, 0, 0) ORDER BY 1, 2, 3$$, 'what allotments cost and what may be claimed');
SELECT is_empty($$SELECT product, sum(delivered) FROM ours WHERE kind = 'month' GROUP BY 1 HAVING sum(delivered) > sum(indicated)$$, 'no more is delivered than was indicated');
SELECT is_empty($$SELECT municipality, product, unit, extract(year FROM period_from), sum(delivered) FROM ours WHERE kind <> 'provider' GROUP BY 1, 2, 3, 4
	HAVING sum(indicated) FILTER (WHERE kind = 'year') <> sum(indicated) FILTER (WHERE kind = 'month') OR sum(delivered) FILTER (WHERE kind = 'year') <> sum(delivered) FILTER (WHERE kind = 'month') OR sum(claimed) FILTER (WHERE kind = 'year') <> sum(claimed) FILTER (WHERE kind = 'month')
		OR sum(quantity) FILTER (WHERE kind = 'year') <> sum(quantity) FILTER (WHERE kind = 'month')$$, 'months add up to years');

-- Amounts of every size, as cents
CREATE FUNCTION pg_temp.claimed(amounts numeric[]) RETURNS numeric LANGUAGE sql AS $$
	SELECT (care_amounts_agg(1, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-03-01,2024-04-01)', NULL, NULL, a, NULL, NULL, NULL, NULL, '[2024-03-01,2024-04-01)', '2025-01-01'))[1].claimed FROM unnest(amounts) a $$;
SELECT is_empty($$SELECT a, pg_temp.claimed(ARRAY[a]) FROM (
		SELECT s * (d * power(10::numeric, e))::numeric AS a FROM unnest('{1,-1}'::numeric[]) s, unnest('{1,1.5,9.99,12.34,99.99,100,1234.56,9999.99,10000,10000.01,12345678.9}'::numeric[]) d, generate_series(0, 8, 2) e
		UNION ALL SELECT round((random() * power(10, n % 14) - 500)::numeric, 2) FROM generate_series(1, 500) n UNION ALL VALUES (0.01), (-0.01), (0.10), (92233720368547758.07), (-92233720368547758.07), (1.500000), (3), (7e14)) x WHERE a <> 0 AND pg_temp.claimed(ARRAY[a]) IS DISTINCT FROM a$$, 'amounts are read exactly');
SELECT is(pg_temp.claimed('{0,0.00}'), NULL, 'nothing claimed, no row');
SELECT throws_ok(format('SELECT pg_temp.claimed(%L)', a), '22003', NULL, 'refused: ' || a) FROM unnest('{"{1.001}","{0.00001}","{NaN}","{Infinity}","{92233720368547758.08}","{1e30}","{92233720368547758.07,0.01}"}'::text[]) a;
-- A long numeric, in the other stored form
SELECT is(pg_temp.claimed(ARRAY[(repeat('0', 300) || '12.34' || repeat('0', 200))::numeric]), 12.34, 'many zeros after the point');

-- What is passed over, and what is refused
SELECT is((SELECT care_amounts_agg(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-01-01,2025-01-01)', '2024-12-31') FROM generate_series(1, 3)), '{}', 'rows of NULLs: nothing');
SELECT is((SELECT care_amounts_agg(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-01-01,2025-01-01)', '2024-12-31') WHERE false), NULL, 'no rows: NULL');
SELECT is((SELECT care_amounts_agg(n, p, m, i, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-01-01,2025-01-01)', '2024-12-31')
	FROM (VALUES (NULL::bigint, '73730101'::provider, '0200'::municipality, '02A16 4 uur/week [2024-01-01,)'::indication), (1, NULL, '0200', '02A16 4 uur/week [2024-01-01,)'), (1, '73730101', NULL, '02A16 4 uur/week [2024-01-01,)')) x(n, p, m, i)), '{}', 'allotments without number, provider or municipality');
SELECT throws_ok($$SELECT care_amounts_agg(1, '73730101', '0200', '02A16 4 uur/week [2024-01-01,)', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-01-01,2025-01-01)', '2024-12-31') FROM generate_series(1, 2)$$,
	'23505', 'two allotments have the same number', 'two allotments with a number');
SELECT throws_ok($$SELECT care_amounts_agg(1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-12-31')$$, '22004', NULL, 'no days');
SELECT throws_ok($$SELECT care_amounts_agg(1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-01-01,)', '2024-12-31')$$, '22023', NULL, 'days without an end');
SELECT throws_ok($$SELECT care_amounts_agg(1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[1900-01-01,2000-01-02)', '2024-12-31')$$, '54000', NULL, 'too many months');
SELECT throws_ok($$SELECT care_amounts_agg(1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[2024-01-01,2025-01-01)', 'infinity')$$, '22008', NULL, 'no last day');
SELECT is((SELECT care_amounts_agg(1, '73730101', '0200', '02A16 4 uur/week [2024-01-01,)', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'empty', '2024-12-31')), '{}', 'an empty range has no months');
SELECT is((SELECT sum(delivered) FROM unnest((SELECT care_amounts_agg(n, p, m, i, NULL, s, e, NULL, NULL, NULL, NULL, NULL, NULL, NULL, b, '[2024-01-01,2025-01-01)', '2024-12-31')
	FROM (VALUES (1, '73730101'::provider, '0200'::municipality, '02A16 7 uur/week [2024-01-01,)'::indication, NULL::date, NULL::date, NULL::tariff_book), (NULL, NULL, NULL, NULL, NULL, NULL, '{02A16 [2024-01-01,) 1/uur}'),
		(1, NULL, NULL, NULL, '-infinity', '2024-01-10', NULL), (1, NULL, NULL, NULL, '2024-01-05', '2024-01-20', NULL), (1, NULL, NULL, NULL, '2024-12-31', 'infinity', NULL), (1, NULL, NULL, NULL, 'infinity', NULL, NULL)) x(n, p, m, i, s, e, b))) r WHERE kind = 'year'),
	21.00, 'delivered days count once, from and until the ends of time');

SELECT * FROM finish();
ROLLBACK;
