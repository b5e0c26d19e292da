-- provider_counts_agg: against joins and sums in SQL on random rows, whatever the order and the numbers of allotments, and with
-- days at the ends of time; what it refuses and what it passes over. What its counts mean, 86_outflow.sql shows.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

CREATE TEMP TABLE contract AS
SELECT provider::provider, municipality::municipality, product::product, row_number() OVER (ORDER BY provider, municipality, product)::integer AS contract,
	CASE WHEN n % 3 <> 0 THEN daterange(date '2024-01-01' + n * 20, date '2025-01-01' + n * 20) END AS first_year
FROM (SELECT 73730100 + n AS provider, m AS municipality, p AS product, n FROM generate_series(1, 5) n, unnest('{0200,0301}'::text[]) m, unnest('{02A16,02A19}'::text[]) p) x;
SELECT setseed(0.2);
-- Numbers close together, far apart, negative, at the ends of the type; a few have no contract, a few count for two
CREATE TEMP TABLE allotment AS
SELECT number, (random() * 90)::bigint - 3 AS client, (73730100 + (random() * 6)::int)::provider AS provider, (ARRAY['0200', '0301'])[1 + random()::int]::municipality AS municipality,
	(ARRAY['02A16', '02A19', '07A12'])[1 + floor(random() * 3)::int]::product AS product, random() AS n,
	CASE WHEN random() < 0.7 THEN '2024-01-01'::date + (random() * 900)::int END AS until
FROM (SELECT n::bigint FROM generate_series(-40, 400) n UNION SELECT n * 1000003::bigint FROM generate_series(1, 300) n UNION SELECT (1::bigint << k) + d FROM generate_series(20, 62) k, generate_series(-1, 1) d
	UNION SELECT 9223372036854775807 - n FROM generate_series(0, 20) n UNION SELECT -9223372036854775808 + n FROM generate_series(0, 20) n) x(number);
CREATE TEMP TABLE counted AS
SELECT a.*, c.contract FROM allotment a LEFT JOIN contract c USING (provider, municipality, product)
UNION ALL SELECT a.*, c.contract FROM allotment a JOIN contract c ON c.provider = a.provider AND c.municipality = a.municipality AND c.product <> a.product WHERE a.n < 0.1;
CREATE TEMP TABLE delivery AS
SELECT number, s AS started, CASE WHEN r < 0.8 THEN s + (random() * 200)::int END AS ended, CASE WHEN r < 0.2 THEN '20' WHEN r < 0.4 THEN '19' WHEN r < 0.5 THEN '38' END AS stop_reason
FROM (SELECT number, date '2023-06-01' + (random() * 900)::int AS s, random() AS r FROM allotment, generate_series(1, 2) k WHERE random() < 0.6) x
UNION ALL SELECT 123456789, '2025-01-01', NULL, NULL
UNION ALL SELECT number, '-infinity', CASE WHEN n < 0.02 THEN '2024-12-31'::date END, NULL FROM allotment WHERE n < 0.04
UNION ALL SELECT number, '2025-02-01', 'infinity', CASE WHEN n < 0.05 THEN '20' END FROM allotment WHERE n BETWEEN 0.04 AND 0.06;
CREATE TEMP TABLE line AS
SELECT number, daterange(d, d + 1 + (random() * 40)::int) AS product_period, round((random() * 2000 - 700)::numeric, 2) AS amount
FROM (SELECT number, date '2023-06-01' + (random() * 900)::int AS d FROM allotment, generate_series(1, 4) k WHERE random() < 0.7 UNION ALL SELECT 123456789, '2025-01-01') x;

CREATE FUNCTION pg_temp.counts(ordered text) RETURNS SETOF provider_count LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$SELECT r.* FROM unnest((SELECT provider_counts_agg(number, client, provider, municipality, product, contract, first_year, until, law, change_reason, started, ended, stop_reason, meaning, product_period, amount,
			'[2024-11-01,2025-11-01)', '[2024-01-01,2025-01-01)') FROM (
		SELECT * FROM (
			SELECT 1 AS kind, NULL::bigint AS number, NULL::bigint AS client, provider, municipality, product, contract, first_year, NULL::date AS until, NULL AS law, NULL AS change_reason,
				NULL::date AS started, NULL::date AS ended, NULL AS stop_reason, NULL AS meaning, NULL::daterange AS product_period, NULL::numeric AS amount FROM contract
			UNION ALL SELECT (random() * 3)::int, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, law, change_reason, NULL, NULL, stop_reason, meaning, NULL, NULL FROM stop_meaning
			UNION ALL SELECT 2, number, client, provider, municipality, product, CASE WHEN n < 0.1 THEN contract END, NULL, until, 'Wmo', NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM counted
			UNION ALL SELECT (random() * 3)::int, number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, started, ended, stop_reason, NULL, NULL, NULL FROM delivery
			UNION ALL SELECT 3, number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, product_period, amount FROM line) x
		ORDER BY kind, %s) s)) r$q$, ordered);
END $$;
CREATE TEMP TABLE ours AS SELECT * FROM pg_temp.counts('random()');
SELECT is_empty(format('SELECT * FROM pg_temp.counts(%L) EXCEPT ALL SELECT * FROM ours', o), 'the order of rows does not matter: ' || o)
FROM unnest('{number,number DESC,product_period NULLS LAST,started}'::text[]) o;

-- The same by joins, ranges and numeric
CREATE TEMP TABLE until AS
SELECT c.number, c.until AS allotted, d.started, d.ended, d.stop_reason, CASE WHEN d.stop_reason = '20'
	THEN coalesce((SELECT min(again.started) FROM delivery again WHERE again.number = d.number AND again.started > d.started), CASE WHEN c.until IS NOT NULL THEN greatest(c.until, d.ended + 1) END)
	ELSE d.ended + 1 END AS day
FROM (SELECT DISTINCT number, until FROM counted) c JOIN delivery d USING (number);
SELECT cmp_ok((SELECT count(*) FROM until WHERE day IS DISTINCT FROM ended + 1), '>', 50::bigint, 'there are pauses');
CREATE TEMP VIEW served AS
SELECT c.contract, c.client, c.number, daterange(d.started, d.day) && '[2024-11-01,2025-11-01)' AS back, daterange(d.started, d.day) && '[2024-01-01,2025-01-01)' AS calendar,
	daterange(d.started, d.day) && k.first_year AS first, NULL::numeric AS turnover, least(coalesce(d.ended + 1, '2025-11-01'), '2025-11-01') AS until
FROM counted c JOIN contract k USING (contract) JOIN until d USING (number) WHERE d.started < '2025-11-01'
UNION ALL
SELECT c.contract, c.client, c.number, sum(l.amount) FILTER (WHERE l.product_period && '[2024-11-01,2025-11-01)') > 0, sum(l.amount) FILTER (WHERE l.product_period && '[2024-01-01,2025-01-01)') > 0,
	sum(l.amount) FILTER (WHERE l.product_period && k.first_year) > 0, sum(l.amount) FILTER (WHERE lower(l.product_period) >= '2024-11-01'),
	CASE WHEN sum(l.amount) > 0 THEN least(max(upper(l.product_period)) FILTER (WHERE l.amount > 0), '2025-11-01') END
FROM counted c JOIN contract k USING (contract) JOIN line l USING (number) WHERE lower(l.product_period) < '2025-11-01' GROUP BY c.contract, c.client, c.number;
SELECT results_eq('SELECT contract, clients, clients_calendar_year, clients_first_year, trajectories, turnover, served_until FROM ours WHERE contract IS NOT NULL ORDER BY 1',
	$$SELECT contract, count(DISTINCT client) FILTER (WHERE back), count(DISTINCT client) FILTER (WHERE calendar), count(DISTINCT client) FILTER (WHERE first), count(DISTINCT number) FILTER (WHERE back), sum(turnover), max(until)
	FROM (SELECT DISTINCT contract FROM counted WHERE contract IS NOT NULL) c LEFT JOIN served USING (contract) GROUP BY contract ORDER BY 1$$, 'clients, trajectories, turnover and last day of each contract');
SELECT cmp_ok((SELECT count(DISTINCT clients) FROM ours), '>', 8::bigint, 'which differ');
SELECT results_eq($$SELECT kind, provider, municipality, range_agg(daterange(from_day, until)) FROM ours WHERE contract IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3$$,
	$$SELECT 'claims', provider, municipality, range_agg(daterange(lower(product_period), least(upper(product_period), '2025-11-01'))) FROM allotment JOIN line USING (number) WHERE lower(product_period) < '2025-11-01' GROUP BY 2, 3
	UNION ALL SELECT 'deliveries', provider, municipality, range_agg(daterange(started, least(ended + 1, '2025-11-01'))) FROM allotment JOIN delivery USING (number) WHERE started < '2025-11-01' GROUP BY 2, 3 ORDER BY 1, 2, 3$$,
	'days of which a provider has rows');
SELECT is_empty($$SELECT kind, provider, municipality FROM (SELECT *, lag(until) OVER (PARTITION BY kind, provider, municipality ORDER BY from_day) AS before FROM ours WHERE contract IS NULL) x WHERE before >= from_day OR from_day >= until$$, 'as few ranges as can be');

-- What is passed over, and what is refused
CREATE FUNCTION pg_temp.one(number bigint DEFAULT NULL, client bigint DEFAULT NULL, provider provider DEFAULT NULL, municipality municipality DEFAULT NULL, contract integer DEFAULT NULL, product_period daterange DEFAULT NULL, amount numeric DEFAULT NULL,
	year_back daterange DEFAULT '[2024-11-01,2025-11-01)', calendar_year daterange DEFAULT '[2024-01-01,2025-01-01)') RETURNS provider_count[] LANGUAGE sql AS $$
	SELECT provider_counts_agg($1, $2, $3, $4, NULL, $5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, $6, $7, $8, $9) $$;
SELECT is(pg_temp.one(), '{}', 'a row of NULLs');
SELECT is(pg_temp.one(1, 1, NULL, '0200'), '{}', 'an allotment without provider');
SELECT is(pg_temp.one(1, 1, '73730101', NULL, 1), '{}', 'or municipality');
SELECT is(pg_temp.one(NULL, NULL, '73730101', '0200'), '{}', 'a contract without number');
SELECT is(pg_temp.one(1, NULL, NULL, NULL, NULL, '[2025-01-01,2025-02-01)', 10), '{}', 'a line of no allotment');
SELECT is(pg_temp.one(1, 7, '73730101', '0200', 3), ARRAY[ROW(3, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::provider_count], 'an allotment on which nothing was done');
SELECT is((SELECT provider_counts_agg(1, 1, '73730101', '0200', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) WHERE false), NULL, 'no rows: NULL');
SELECT throws_ok(format($$SELECT pg_temp.one(1, 1, '73730101', '0200', %s)$$, c), '22023', NULL, 'a number of a contract out of range: ' || c) FROM unnest('{-1,16777216}'::int[]) c;
SELECT throws_ok($$SELECT pg_temp.one(year_back => NULL)$$, '22004', NULL, 'no year back');
SELECT throws_ok($$SELECT pg_temp.one(calendar_year => NULL)$$, '22004', NULL, 'no calendar year');
SELECT throws_ok($$SELECT pg_temp.one(year_back => '[2024-11-01,)')$$, '22023', NULL, 'no last day');
SELECT throws_ok($$SELECT pg_temp.one(year_back => 'empty')$$, '22023', NULL, 'a year without days');
SELECT throws_ok($$SELECT provider_counts_agg(n, c, '73730101', '0200', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, p, 1, '[2024-11-01,2025-11-01)', '[2024-01-01,2025-01-01)')
	FROM (VALUES (1::bigint, 1::bigint, NULL::daterange), (1, NULL, '[2025-01-01,2025-02-01)'), (2, 2, NULL)) x(n, c, p)$$, '55000', NULL, 'an allotment after a claim line');
SELECT throws_ok($$SELECT provider_counts_agg(n, c, '73730101', '0200', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, p, 92233720368547758.07, '[2024-11-01,2025-11-01)', '[2024-01-01,2025-01-01)')
	FROM (VALUES (1::bigint, 1::bigint, NULL::daterange), (1, NULL, '[2025-01-01,2025-02-01)'), (1, NULL, '[2025-01-01,2025-02-01)')) x(n, c, p)$$, '22003', NULL, 'a sum out of range');

SELECT * FROM finish();
ROLLBACK;
