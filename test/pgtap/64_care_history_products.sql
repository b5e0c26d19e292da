-- A care_history taken apart by product, transition and period, against the functions that answer the same one by one.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();

-- Histories from nothing to many products and clients, with overlaps, gaps around the tolerances and open ends.
CREATE TEMP TABLE care AS
SELECT set, client, (ARRAY['02A16', '02A17', '01:1001', '45', '45A04', NULL])[1 + abs(hashint4(r * 3 + set)) % (1 + set % 6)]::product AS product,
	daterange(s, CASE WHEN abs(hashint4(r * 5)) % 20 = 0 THEN NULL ELSE s + (ARRAY[1, 1, 2, 30, 31, 90, 200])[1 + abs(hashint4(r * 7)) % 7] END) AS period
FROM (SELECT set, r, (abs(hashint4(r + set * 1000)) % (2 + set * 7))::bigint * 1000003 - 60000000 AS client, date '2024-01-01' + abs(hashint4(r * 13 + set)) % 700 AS s
	FROM generate_series(1, 8) set, generate_series(1, 60 * set) r) x;
CREATE TEMP TABLE h AS SELECT set, care_history_agg(client, product, period) AS h FROM care GROUP BY set UNION ALL SELECT 0, '{}';
CREATE TEMP TABLE question AS
SELECT r, step, gap FROM unnest('{"[2024-06-01,2026-01-01)","[2025-02-03,2025-02-04)","[2025-02-03,2025-02-03)"}'::daterange[]) r,
	(VALUES (interval '1 month'), ('1 year'), ('40 days')) v(step), unnest('{-1,0,30}'::int[]) gap;

SELECT is((SELECT count(*) FROM h, question, LATERAL flows_by_product(h, r, step, gap)), (SELECT sum(n) FROM (
	SELECT count(*) AS n FROM h, question, LATERAL unnest(products(h)) p, LATERAL flows(h, r, step, gap)) x)::bigint, 'flows_by_product has a row for each product and period');
SELECT cmp_ok((SELECT count(*) FROM h, question, LATERAL flows_by_product(h, r, step, gap)), '>', 2000::bigint, 'which are many');
SELECT is_empty($$
	SELECT set, r, step, gap, f.* FROM h, question, LATERAL flows_by_product(h, r, step, gap) f
	EXCEPT SELECT set, r, step, gap, p, f.* FROM h, question, LATERAL unnest(products(h)) p, LATERAL flows(for_products(h, ARRAY[p]), r, step, gap) f
$$, 'and the numbers that each product alone has');
SELECT is_empty($$SELECT * FROM flows_by_product('{}', '[2025-01-01,2026-01-01)')$$, 'none without periods');
SELECT throws_ok($$SELECT * FROM flows_by_product('{}', '[2025-01-01,)')$$, '22023', NULL, 'a range needs two days');
SELECT throws_ok($$SELECT * FROM flows_by_product('{1 02 [2025-01-01,)}', '[2025-01-01,2026-01-01)', '0 days')$$, '22023', NULL, 'a step is positive');
SELECT throws_ok($$SELECT * FROM flows_by_product('{}', '[2025-01-01,2026-01-01)', gap => -2)$$, '22023', NULL, 'a gap is -1 or more');

SELECT is_empty($$
	(SELECT set, r, gap, kind, from_product, to_product, cardinality(clients) FROM h, question, LATERAL transition_clients(h, r, gap) WHERE step = '1 month'
	EXCEPT SELECT set, r, gap, t.* FROM h, question, LATERAL transitions(h, r, gap) t)
	UNION ALL (SELECT set, r, gap, t.* FROM h, question, LATERAL transitions(h, r, gap) t WHERE step = '1 month'
	EXCEPT SELECT set, r, gap, kind, from_product, to_product, cardinality(clients) FROM h, question, LATERAL transition_clients(h, r, gap))
$$, 'transition_clients has as many clients as transitions counts');
SELECT set_eq($$SELECT set, r, step, gap, t.period, t.kind, t.from_product, t.to_product, t.clients FROM h, question, LATERAL transition_clients(h, r, step, gap) t$$,
	$$SELECT set, r, step, gap, f.period, t.kind, t.from_product, t.to_product, t.clients FROM h, question, LATERAL (SELECT DISTINCT period FROM flows(h, r, step)) f, LATERAL transition_clients(h, f.period, gap) t$$, 'and those of each period in one pass');
-- the history of each client alone says whether it is one of them
CREATE TEMP TABLE alone AS SELECT client, care_history_agg(client, product, period) AS h FROM care WHERE set = 6 GROUP BY client;
SELECT is_empty($$
	SELECT t.kind, t.from_product, t.to_product, clients::text FROM h, LATERAL transition_clients(h, '[2024-06-01,2026-01-01)', 30) t WHERE set = 6
	EXCEPT SELECT t.kind, t.from_product, t.to_product, client_set_agg(client)::text FROM alone, LATERAL transitions(h, '[2024-06-01,2026-01-01)', 30) t GROUP BY 1, 2, 3
$$, 'and they are those');

SELECT is_empty($$
	SELECT set FROM h WHERE h <> coalesce((SELECT care_history_agg(client, product, period) FROM periods(h)), '{}')
$$, 'the periods of a history make up the history');
SELECT results_eq($$SELECT * FROM periods('{18 [2026-02-01,); 17 02A16 [2026-01-01,2026-03-01); -5 02 [2026-01-01,2026-01-02)}')$$,
	$$VALUES (-5::bigint, '02'::product, '[2026-01-01,2026-01-02)'::daterange), (17, '02A16', '[2026-01-01,2026-03-01)'), (18, NULL, '[2026-02-01,)')$$,
	'in the order of the history, open ends open');

SELECT is_empty($$
	SELECT set FROM h WHERE set > 0 AND replace_products(h, ARRAY['02A17', NULL, '45', '03']::product[], ARRAY['02A16', '02A16', NULL, '04']::product[]) <> (
		SELECT care_history_agg(client, CASE WHEN product IN ('02A17') OR product IS NULL THEN '02A16' WHEN product = '45' THEN NULL ELSE product END, period)
		FROM care WHERE care.set = h.set)
$$, 'replace_products gives what the rows with other products give');
SELECT is(replace_products('{17 02A16 [2026-01-01,2026-03-01); 17 02A17 [2026-02-01,2026-06-01)}', '{02A16,02A17}', '{02,02}')::text,
	'{17 02 [2026-01-01,2026-06-01)}', 'periods that come to share a day become one');
SELECT is(replace_products(h, '{}', '{}')::text, h::text, 'without products nothing is replaced') FROM h WHERE set = 3;
SELECT is(replace_products('{}', '{02}', '{03}')::text, '{}', 'nor in nothing');
SELECT is(replace_products('{1 02 [2026-01-01,)}', '{02,03}', '{03,02}')::text, '{1 03 [2026-01-01,)}', 'each once');
SELECT throws_ok($$SELECT replace_products('{}', '{02}', '{}')$$, '2202E', NULL, 'arrays of two lengths');
SELECT throws_ok($$SELECT replace_products('{}', '{02,02}', '{01,03}')$$, '22023', NULL, 'one product twice');

SELECT is_empty($$
	SELECT set FROM h WHERE set > 0 AND number_clients(h, -7) <> (
		SELECT care_history_agg(n, product, period) FROM (SELECT dense_rank() OVER (ORDER BY client) - 8 AS n, product, period FROM care WHERE care.set = h.set) x)
$$, 'number_clients numbers clients in the order of their keys');
SELECT is(number_clients('{}', 1)::text, '{}', 'none in nothing');
SELECT is(number_clients('{-9223372036854775808 02 [2026-01-01,2026-01-02); 9223372036854775807 [2026-01-01,)}', 9223372036854775806)::text,
	'{9223372036854775806 02 [2026-01-01,2026-01-02); 9223372036854775807 [2026-01-01,)}', 'up to the last number');
SELECT throws_ok($$SELECT number_clients('{1 [2026-01-01,); 2 [2026-01-01,)}', 9223372036854775807)$$, '22003', NULL, 'and not further');

SELECT throws_ok($$SELECT * FROM transition_clients('{1 02 [2025-01-01,)}', '[2025-01-01,2026-01-01)', '0 days'::interval)$$, '22023', NULL, 'a step is positive');
SELECT throws_ok($$SELECT * FROM transition_clients('{1 02 [2025-01-01,)}', '[0200-01-01,9000-01-01)', '1 day'::interval)$$, '54000', NULL, 'too many periods');

-- moved_on: from some products to others
CREATE TEMP TABLE move AS SELECT * FROM (VALUES ('{02A16}'::product[], '{45}'::product[]), ('{45,45A04}', '{02A16,02A17}'), ('{02A16,NULL}', '{NULL,01:1001}'), ('{02A16}', '{02A16}'), ('{}', '{45}'), ('{45}', '{}')) v(f, t);
SELECT set_eq($$SELECT set, f, t, m.* FROM h, move, LATERAL moved_on(h, f, t) m WHERE set > 0$$,
	$$SELECT a.set, f, t, a.client, a.day, CASE WHEN NOT bool_or(upper_inf(b.period)) THEN max(upper(b.period)) END
	FROM (SELECT set, f, t, client, min(lower(period)) AS day FROM care, move WHERE array_position(t, product) IS NOT NULL GROUP BY set, f, t, client) a
		JOIN care b ON b.set = a.set AND b.client = a.client AND array_position(a.f, b.product) IS NOT NULL AND lower(b.period) < a.day
	GROUP BY a.set, f, t, a.client, a.day$$, 'moved_on finds who had other care before, and until when');
SELECT cmp_ok((SELECT count(*) FROM h, move, LATERAL moved_on(h, f, t)), '>', 100::bigint, 'which are many');

SELECT * FROM finish();
ROLLBACK;
