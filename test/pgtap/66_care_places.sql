-- care_places_agg: against joins, subqueries and care_history_agg on random rows, whatever their order, with dates and numbers at
-- the ends of their types, numbers that come twice and reasons that are none; what it passes over and what it refuses. Then
-- share_histories, which is made of it, against care_periods, and stop_meaning against how care_periods reads the reasons.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- A stream of rows of all kinds; n is their order.
CREATE TEMP TABLE stream (n double precision DEFAULT random(), number bigint, client bigint, provider provider, municipality municipality, product product, until date, law text, change_reason text,
	started date, ended date, stop_reason text, meaning text);
CREATE FUNCTION pg_temp.places(ordered text DEFAULT 'n', leave_out text DEFAULT 'false') RETURNS SETOF care_place LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT r.* FROM unnest((SELECT care_places_agg(number, client, provider, municipality, product, until, law, change_reason, started, ended, stop_reason, meaning)
		FROM (SELECT * FROM stream WHERE (%s) IS NOT TRUE ORDER BY %s) s)) r', leave_out, ordered);
END $$;
SELECT setseed(0.66);
INSERT INTO stream (law, stop_reason, change_reason, meaning)
SELECT law, stop_reason, change_reason, CASE WHEN monitor_class = 'pause' THEN 'pause' WHEN monitor_detail = 'other_provider' THEN 'other_provider' END FROM stop_meaning;
-- Numbers close together, far apart, at the ends of the type, some twice; most clients have several
CREATE FUNCTION pg_temp.any_of(VARIADIC text[]) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT $1[1 + floor(random() * cardinality($1))::int] $$;
INSERT INTO stream (number, client, provider, municipality, product, until, law, change_reason)
SELECT number, CASE WHEN random() < 0.05 THEN pg_temp.any_of('9223372036854775807', '-9223372036854775808')::bigint ELSE (random() * 150)::int - 5 END, (73730101 + (random() * 3)::int)::provider,
	pg_temp.any_of('0200', '0301')::municipality, pg_temp.any_of('02A16', '02A19', '45A04', NULL)::product,
	CASE WHEN random() < 0.9 THEN date '2025-06-01' + (random() * 300)::int ELSE pg_temp.any_of(NULL, '-infinity', 'infinity', '0001-01-01', '9999-12-31', '10000-01-01', '5874897-12-31')::date END,
	pg_temp.any_of('Wmo', 'Wmo', 'Wmo', 'Jeugdwet', 'Jeugdwet', 'Jeugdwet', 'Wlz', 'wmo', NULL), pg_temp.any_of('09', '09', '07', '03', '9', '099', 'xx', '55', NULL, NULL)
FROM (SELECT n::bigint FROM generate_series(-40, 250) n UNION ALL SELECT n FROM generate_series(1, 10) n UNION ALL SELECT (1::bigint << k) + d FROM generate_series(20, 62) k, generate_series(-1, 1) d
	UNION ALL SELECT 9223372036854775807 - n FROM generate_series(0, 9) n UNION ALL SELECT -9223372036854775808 + n FROM generate_series(0, 9) n) x(number);
INSERT INTO stream (number, started, ended, stop_reason)
SELECT number, s, CASE WHEN random() < 0.8 AND s BETWEEN '0001-01-01' AND '10000-01-01' THEN s + (random() * 25)::int WHEN random() < 0.7 THEN pg_temp.any_of('infinity', '-infinity', '2024-12-31', '2025-02-01', '9999-12-30', '9999-12-31', '5874897-12-31')::date END,
	pg_temp.any_of('20', '20', '38', '38', '36', '37', '02', '31', '2', '038', 'ab', '', NULL, NULL)
FROM stream, generate_series(1, 3) k, LATERAL (SELECT CASE WHEN random() < 0.95 THEN date '2025-01-01' + k * 0 + (random() * 100)::int * 4
	ELSE pg_temp.any_of('-infinity', 'infinity', '4713-11-24 BC', '0001-12-31 BC', '0001-01-01', '9999-12-30', '9999-12-31', '10000-01-01', '5874897-12-31')::date END) x(s)
WHERE client IS NOT NULL AND random() < 0.7;
INSERT INTO stream (number, started) VALUES (1234567, '2025-01-01'), (-1234567, '2025-01-01');
CREATE TEMP TABLE ours AS SELECT * FROM pg_temp.places();
SELECT is_empty(format($$(SELECT * FROM pg_temp.places(%1$L) EXCEPT ALL SELECT * FROM ours) UNION ALL (SELECT * FROM ours EXCEPT ALL SELECT * FROM pg_temp.places(%1$L))$$, o), 'the order of rows does not matter: ' || o)
FROM unnest('{number,number DESC,started NULLS LAST\,number,started DESC NULLS LAST,client NULLS FIRST\,ended,meaning NULLS FIRST,random()}'::text[]) o;

-- The same by joins; until is infinity where there is none.
CREATE TEMP TABLE allotment AS SELECT number, client, provider, municipality, product, until, law, change_reason FROM stream WHERE number IS NOT NULL AND client IS NOT NULL AND provider IS NOT NULL AND municipality IS NOT NULL;
CREATE TEMP TABLE delivery AS SELECT number, started, ended, CASE WHEN ended < '5874897-12-31' THEN ended + 1 ELSE 'infinity' END AS until, stop_reason FROM stream
WHERE number IS NOT NULL AND client IS NULL AND isfinite(started) AND (ended IS NULL OR ended >= started);
CREATE INDEX ON allotment (client);
CREATE INDEX ON delivery (number);
ANALYZE allotment, delivery;
CREATE TEMP TABLE stay AS
SELECT a.client, a.number, a.provider, a.municipality, a.product, d.started, CASE
		WHEN e.class = 'pause' THEN coalesce((SELECT min(again.started) FROM delivery again WHERE again.number = d.number AND again.started > d.started),
			greatest(coalesce(a.until, 'infinity'), CASE WHEN d.ended IS NOT NULL THEN d.until END))
		ELSE d.until END AS until, CASE
		WHEN e.class <> 'pause' AND e.detail = 'other_provider' AND d.ended IS NOT NULL THEN greatest(d.until, (SELECT min(elsewhere.started) FROM allotment b JOIN delivery elsewhere USING (number)
			WHERE b.client = a.client AND b.provider <> a.provider AND (elsewhere.ended IS NULL OR elsewhere.ended > d.ended))) END AS region
FROM allotment a JOIN delivery d USING (number) LEFT JOIN stop_reason s ON s.law = a.law AND s.code = d.stop_reason
	LEFT JOIN change_reason c ON c.law = a.law AND c.code = a.change_reason AND d.ended IS NOT NULL AND coalesce(s.monitor_class, 'technical') IN ('technical', 'by_change_reason'),
	LATERAL (SELECT coalesce(c.monitor_class, s.monitor_class), coalesce(c.monitor_detail, s.monitor_detail)) e(class, detail);
CREATE FUNCTION pg_temp.days(started date, until date) RETURNS daterange LANGUAGE sql AS $$
	SELECT CASE WHEN started BETWEEN '0001-01-01' AND '9999-12-31' AND until > started THEN daterange(started, CASE WHEN until <= '9999-12-31' THEN until END) END $$;
CREATE TEMP TABLE slow AS SELECT * FROM (
	SELECT provider, municipality, care_history_agg(client, product, pg_temp.days(started, until)) AS persons, care_history_agg(number, product, pg_temp.days(started, until)) AS allocations,
		care_history_agg(client, product, pg_temp.days(started, region)) FILTER (WHERE region > until) AS longer_persons, care_history_agg(number, product, pg_temp.days(started, region)) FILTER (WHERE region > until) AS longer_allocations
	FROM stay GROUP BY provider, municipality) x WHERE persons IS NOT NULL;
SELECT set_eq('SELECT * FROM ours', 'SELECT * FROM slow', 'histories as joins make them');
SELECT is((SELECT count(*) FROM ours), 8::bigint, 'one row per provider and municipality');
SELECT cmp_ok((SELECT count(*) FROM stay WHERE region > until), '>', 15::bigint, 'some go on elsewhere');
SELECT cmp_ok((SELECT count(*) FROM stay JOIN delivery d USING (number, started) WHERE stay.until <> d.until AND region IS NULL), '>', 20::bigint, 'some pause');
SELECT set_eq($$SELECT provider, municipality, persons, allocations FROM pg_temp.places('n', 'meaning = ''other_provider''')$$, 'SELECT provider, municipality, persons, allocations FROM ours', 'without moves the same periods');
SELECT is_empty($$SELECT FROM pg_temp.places('n', 'meaning = ''other_provider''') WHERE longer_persons IS NOT NULL OR longer_allocations IS NOT NULL$$, 'and none longer');
SELECT set_eq($$SELECT provider, municipality, persons FROM pg_temp.places('n', 'number IS NULL')$$,
	'SELECT provider, municipality, persons FROM (SELECT a.provider, a.municipality, care_history_agg(a.client, a.product, pg_temp.days(d.started, d.until)) AS persons FROM allotment a JOIN delivery d USING (number) GROUP BY 1, 2) x WHERE persons IS NOT NULL', 'without reasons every stop is an end');

-- A row without what its kind needs, a reason that is none, and a meaning that is none
INSERT INTO stream (number, client, provider, municipality, law, started, ended, stop_reason) SELECT number, client, NULL, municipality, law, NULL, NULL, NULL FROM allotment LIMIT 50;
INSERT INTO stream (number, client, provider, municipality, law) SELECT number, client, provider, NULL, law FROM allotment LIMIT 50;
INSERT INTO stream (client, provider, municipality, started, ended) SELECT 1, '73730101', '0200', '2025-01-01', '2025-02-01';
INSERT INTO stream (number, ended, stop_reason) SELECT number, ended, '20' FROM delivery LIMIT 50;
INSERT INTO stream (number) VALUES (1), (NULL);
INSERT INTO stream (law, stop_reason, change_reason, meaning) VALUES (NULL, '02', NULL, 'pause'), ('Wlz', '02', NULL, 'pause'), ('Wmo', '2', NULL, 'pause'), ('Wmo', '', '', 'pause'), ('Jeugdwet', 'ab', '09', 'pause'),
	('Wmo', NULL, '009', 'other_provider'), ('Jeugdwet', '038', '9', 'pause'), ('Wmo', '02', NULL, 'pauze'), ('Wmo', '02', NULL, '');
SELECT set_eq('SELECT * FROM pg_temp.places()', 'SELECT * FROM ours', 'what is passed over');

-- Each argument alone
CREATE FUNCTION pg_temp.one(number bigint DEFAULT NULL, client bigint DEFAULT NULL, provider provider DEFAULT NULL, municipality municipality DEFAULT NULL, product product DEFAULT NULL, until date DEFAULT NULL, law text DEFAULT NULL,
	change_reason text DEFAULT NULL, started date DEFAULT NULL, ended date DEFAULT NULL, stop_reason text DEFAULT NULL, meaning text DEFAULT NULL) RETURNS care_place[] LANGUAGE sql AS $$
	SELECT care_places_agg($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) $$;
SELECT is(pg_temp.one(), '{}', 'a row of NULLs');
SELECT is(pg_temp.one(1, 1, NULL, '0200'), '{}', 'an allotment without provider');
SELECT is(pg_temp.one(1, 1, '73730101'), '{}', 'or municipality');
SELECT is(pg_temp.one(1, 1, '73730101', '0200'), '{}', 'an allotment without delivery');
SELECT is(pg_temp.one(1, 1, '73730101', '0200', started => '2025-01-01'), '{}', 'a row with a client is an allotment, also with a first day');
SELECT is(pg_temp.one(1, started => '2025-01-01'), '{}', 'a delivery without allotment');
SELECT is(pg_temp.one(law => 'Wmo', stop_reason => '20', meaning => 'pause'), '{}', 'reasons only');
SELECT is((SELECT care_places_agg(1, 1, '73730101', '0200', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) WHERE false), NULL, 'no rows: NULL');
SELECT throws_ok($$SELECT care_places_transition(NULL, 1, 1, '73730101', '0200', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$, '42883', NULL, 'no state but in an aggregate');
SELECT throws_ok($$SELECT care_places_agg(1, 1, '73730101', '0200', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) OVER ()$$, '0A000', NULL, 'the result uses the state up');
-- A history each, by hand: what ends, what pauses, what moves on, what a day at the end of time does
CREATE FUNCTION pg_temp.told(VARIADIC deliveries text[]) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' | ', provider, persons, longer_persons), ' / ' ORDER BY provider) FROM unnest((
		SELECT care_places_agg(number, client, provider, municipality, NULL, until, law, NULL, started, ended, stop_reason, meaning) FROM (
			VALUES (NULL::bigint, NULL::bigint, NULL::provider, NULL::municipality, NULL::date, 'Wmo', NULL::date, NULL::date, '20', 'pause'), (NULL, NULL, NULL, NULL, NULL, 'Wmo', NULL, NULL, '38', 'other_provider'),
				(1, 7, '73730101', '0200', '2025-12-01', 'Wmo', NULL, NULL, NULL, NULL), (2, 7, '73730102', '0200', NULL, 'Wmo', NULL, NULL, NULL, NULL)
			UNION ALL SELECT d[1]::bigint, NULL, NULL, NULL, NULL, NULL, d[2]::date, nullif(d[3], '')::date, d[4], NULL FROM unnest(deliveries) t, LATERAL string_to_array(t, ' ') d
		) x(number, client, provider, municipality, until, law, started, ended, stop_reason, meaning))) $$;
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 02'), '73730101 | {7 [2025-01-01,2025-02-01)}', 'an end');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 20'), '73730101 | {7 [2025-01-01,2025-12-01)}', 'a pause until the allotment ends');
SELECT is(pg_temp.told('1 2025-01-01 2026-01-31 20'), '73730101 | {7 [2025-01-01,2026-02-01)}', 'or after it');
SELECT is(pg_temp.told('2 2025-01-01 2025-01-31 20'), '73730102 | {7 [2025-01-01,)}', 'which has no end');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 20', '1 2025-03-01 2025-03-31'), '73730101 | {7 [2025-01-01,2025-03-01); 7 [2025-03-01,2025-04-01)}', 'until the next start');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 20', '1 infinity'), '73730101 | {7 [2025-01-01,2025-12-01)}', 'a first day that is no day is no start after a pause');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 20', '1 2025-03-01 2025-02-01'), '73730101 | {7 [2025-01-01,2025-12-01)}', 'nor is one that ends before it');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 38', '2 2025-03-01'), '73730101 | {7 [2025-01-01,2025-02-01)} | {7 [2025-01-01,2025-03-01)} / 73730102 | {7 [2025-03-01,)}', 'a move');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 38', '2 -infinity'), '73730101 | {7 [2025-01-01,2025-02-01)}', 'not to a day that is none');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 38', '2 -infinity', '2 2025-03-01'), '73730101 | {7 [2025-01-01,2025-02-01)} | {7 [2025-01-01,2025-03-01)} / 73730102 | {7 [2025-03-01,)}', 'but to the next');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 38', '2 2025-03-01 2025-02-01'), '73730101 | {7 [2025-01-01,2025-02-01)}', 'nor to care that ends before it starts');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 38', '1 2025-03-01'), '73730101 | {7 [2025-01-01,2025-02-01); 7 [2025-03-01,)}', 'nor to the same provider');
SELECT is(pg_temp.told('1 2025-01-01 2025-01-31 38', '2 2024-12-01 2025-01-31'), '73730101 | {7 [2025-01-01,2025-02-01)} / 73730102 | {7 [2024-12-01,2025-02-01)}', 'nor to care that does not last longer');
SELECT is(pg_temp.told('1 2025-01-01 infinity 38', '2 2025-03-01 infinity'), '73730101 | {7 [2025-01-01,)} / 73730102 | {7 [2025-03-01,)}', 'what has no last day does not move');
SELECT is(pg_temp.told('1 0001-01-01 9999-12-30', '2 9999-12-31 9999-12-31'), '73730101 | {7 [0001-01-01,9999-12-31)} / 73730102 | {7 [9999-12-31,)}', 'from the year 1; a last day of 9999-12-31 is none');

-- Many providers and municipalities
CREATE TEMP TABLE many AS SELECT n::bigint AS number, n % 7000 AS client, (30000000 + n % 911)::provider AS provider, lpad((n % 13)::text, 4, '0')::municipality AS municipality, date '2025-01-01' + n % 300 AS started FROM generate_series(1, 12000) n;
SELECT set_eq($$SELECT r.provider, r.municipality, r.persons, r.allocations FROM unnest((SELECT care_places_agg(number, client, provider, municipality, NULL, NULL, NULL, NULL, started, NULL, NULL, NULL) FROM (
		SELECT number, client, provider, municipality, NULL::date AS started FROM many UNION ALL SELECT number, NULL, NULL, NULL, started FROM many ORDER BY 5 NULLS LAST, 1 DESC) x)) r$$,
	'SELECT provider, municipality, care_history_agg(client, daterange(started, NULL)) AS persons, care_history_agg(number, daterange(started, NULL)) AS allocations FROM many GROUP BY 1, 2', 'many of both');
SELECT throws_ok($$SELECT care_places_agg(1, CASE WHEN n % 2 = 0 THEN n END, '73730101', '0200', NULL, NULL, NULL, NULL, date '2025-01-01' + n % 100, NULL, NULL, NULL) FROM generate_series(1, 100000) n$$, '54000', 'too many deliveries',
	'too many of one number, known at once');

-- ---- In a region: share_histories against care_periods ----
CALL create_region('o', 'O');
INSERT INTO o.municipalities VALUES ('0201', 'A'), ('0202', 'B');
INSERT INTO o.products (code, name, product_group) VALUES ('02A16', 'a', 'BI'), ('02A19', 'b', 'BI'), ('07A12', 'd', 'BG'), ('45A04', 'e', 'JH'), ('45A05', 'f', 'JH');
INSERT INTO o.products (code, name, product_group, law) VALUES ('1001', 'g', 'JH', 'Jeugdwet');
INSERT INTO o.providers SELECT (40000000 + i)::provider, 'P' || i FROM generate_series(1, 4) i;
CREATE FUNCTION pg_temp.fill(seed numeric) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM setseed(seed);
	TRUNCATE o.deliveries, o.claims, o.allocations;
	INSERT INTO o.allocations (number, client, provider, municipality, indication, change_reason)
	SELECT i, (random() * 80)::int - 5, (40000001 + (random() * 3)::int)::provider, pg_temp.any_of('0201', '0201', '0202')::municipality,
		CASE WHEN random() < 0.05 THEN indication(NULL::product, 1000.00, days) ELSE indication(pg_temp.any_of('02A16', '02A16', '02A19', '07A12', '45A04', '45A05', '02A99', '1001', '1002')::product, NULL::volume, days) END, reason
	FROM generate_series(1, 400) i,
		LATERAL (SELECT date '2024-01-01' + i * 0 + (random() * 600)::int, pg_temp.any_of('13', '09', '09', '02', '01', NULL, NULL)) x(s, reason),
		LATERAL (SELECT daterange(s, CASE WHEN reason = '13' AND random() < 0.7 THEN s + 1 WHEN random() < 0.7 THEN s + 1 + (random() * 300)::int END)) y(days);
	INSERT INTO o.deliveries (number, started, ended, stop_reason)
	SELECT number, s, CASE WHEN r IS NULL AND random() < 0.5 THEN NULL WHEN random() < 0.05 THEN pg_temp.any_of('infinity', '9999-12-30', '9999-12-31', '10000-01-01')::date ELSE greatest(s, '0001-01-01') + (random() * 60)::int END, r
	FROM o.allocations, LATERAL generate_series(0, (random() * 2 + number * 0)::int) k,
		LATERAL (SELECT CASE WHEN random() < 0.02 THEN pg_temp.any_of('-infinity', '0001-12-31 BC', '0001-01-01')::date ELSE lower(period(indication)) + k * 70 + (random() * 40)::int END, pg_temp.any_of('20', '20', '38', '38', '36', '37', '02', '98', NULL)) x(s, r)
	WHERE number % 12 > 0 ON CONFLICT DO NOTHING;
	INSERT INTO o.deliveries (number, started) VALUES (100000, '2025-01-01'), (-1, '2025-01-01'), (7, 'infinity');
END $$;
-- A first day that is none, or before the year 1, counts nowhere; a last day of 9999-12-31 or later is none.
CREATE TEMP VIEW care AS
SELECT c.provider, c.municipality, c.client, c.number, c.product, g.code AS group_product, pg_temp.days(c.started, coalesce(upper(c.period), 'infinity')) AS period, pg_temp.days(c.started, coalesce(upper(c.period_in_region), 'infinity')) AS in_region
FROM o.care_periods c LEFT JOIN o.group_products() g USING (product_group);
CREATE FUNCTION pg_temp.shares(what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	CREATE TEMP TABLE shared AS SELECT * FROM o.share_histories(NULL);
	RETURN NEXT cmp_ok((SELECT count(*) FROM care WHERE in_region <> period), '>', 15::bigint, 'some move, ' || what);
	RETURN NEXT set_eq('SELECT provider, municipality, persons, groups, allocations FROM shared WHERE provider IS NOT NULL',
		$q$SELECT provider, municipality, care_history_agg(client, product, period) AS persons, care_history_agg(client, group_product, period) AS groups, CASE WHEN grouping(municipality) = 0 THEN care_history_agg(number, product, period) END AS allocations
		FROM care GROUP BY provider, ROLLUP (municipality)$q$, 'each provider, in each municipality and in all, ' || what);
	RETURN NEXT set_eq('SELECT municipality, persons, groups, allocations FROM shared WHERE provider IS NULL',
		$q$SELECT municipality, care_history_agg(client, product, in_region) AS persons, care_history_agg(client, group_product, in_region) AS groups, CASE WHEN grouping(municipality) = 0 THEN care_history_agg(number, product, in_region) END AS allocations
		FROM care GROUP BY ROLLUP (municipality)$q$, 'each municipality and the region, ' || what);
	RETURN NEXT bag_eq('SELECT s.municipality, p.product, p.period FROM shared s, periods(s.trajectories) p WHERE s.provider IS NULL',
		$q$SELECT h.municipality, p.product, p.period FROM (SELECT municipality, care_history_agg(client, product, in_region) AS history FROM care GROUP BY provider, ROLLUP (municipality)) h, periods(h.history) p$q$, 'trajectories, ' || what);
	DROP TABLE shared;
END $$;
SELECT pg_temp.fill(0.1);
SELECT pg_temp.shares('seed 0.1');
SELECT pg_temp.fill(0.2);
SELECT pg_temp.shares('seed 0.2');
SELECT pg_temp.fill(0.3);
SELECT pg_temp.shares('seed 0.3');
SELECT set_eq($$SELECT DISTINCT end_class, end_detail FROM o.care_periods WHERE end_class IN ('pause', 'transfer')$$, $$VALUES ('pause', NULL), ('transfer', 'other_provider')$$, 'of both kinds');
TRUNCATE o.deliveries, o.allocations;
SELECT is_empty('SELECT FROM o.share_histories(NULL) WHERE persons IS NOT NULL', 'no care, no history');

-- ---- Every pair of reasons ----
-- of both laws and of none, in the lists or not; who stops goes on elsewhere, and with the same provider
INSERT INTO o.allocations (number, client, provider, municipality, indication, change_reason)
SELECT row_number() OVER (), row_number() OVER (), '40000001', '0201', indication(p, NULL::volume, '[2025-01-01,2025-12-01)'), c
FROM unnest('{02A16,45A04,1002}'::product[]) p, (SELECT lpad(n::text, 2, '0') FROM generate_series(1, 14) n UNION ALL SELECT NULL) x(c), (SELECT n FROM generate_series(0, 100) n) y;
INSERT INTO o.deliveries (number, started, ended, stop_reason)
SELECT number, '2025-02-01', '2025-03-01', CASE WHEN n < 100 THEN lpad(n::text, 2, '0') END FROM (SELECT number, row_number() OVER (PARTITION BY product(indication), change_reason ORDER BY number) - 1 AS n FROM o.allocations) x;
INSERT INTO o.deliveries (number, started) SELECT number, '2025-05-01' FROM o.deliveries;
INSERT INTO o.allocations (number, client, provider, municipality, indication) SELECT 100000 + number, client, '40000002', '0201', '02A16 [2025-01-01,)' FROM o.allocations;
INSERT INTO o.deliveries (number, started) SELECT number, '2025-04-01' FROM o.allocations WHERE number > 100000;
SELECT bag_eq('SELECT number, end_class, end_detail FROM o.care_periods WHERE number < 100000 AND upper_inf(delivered) = false',
	$$SELECT a.number, m.monitor_class, m.monitor_detail FROM o.allocations a JOIN o.deliveries d ON d.number = a.number AND d.ended IS NOT NULL
		LEFT JOIN stop_meaning m ON m.law = law(product(a.indication)) AND m.stop_reason IS NOT DISTINCT FROM (SELECT s.code FROM stop_reason s WHERE s.law = m.law AND s.code = d.stop_reason)
			AND m.change_reason IS NOT DISTINCT FROM (SELECT c.code FROM change_reason c WHERE c.law = m.law AND c.code = a.change_reason)$$, 'stop_meaning as care_periods reads the reasons');
SELECT is((SELECT count(*) FROM o.care_periods WHERE number < 100000 AND delivered @> '2025-03-01'::date), (3 * 15 * 101)::bigint, 'every pair');
SELECT bag_eq('SELECT law, stop_reason, change_reason FROM stop_meaning', $$SELECT l, s.code AS stop, c.code AS change FROM unnest('{Wmo,Jeugdwet}'::text[]) l, LATERAL (SELECT code FROM stop_reason WHERE law = l UNION ALL SELECT NULL) s, LATERAL (SELECT code FROM change_reason WHERE law = l UNION ALL SELECT NULL) c$$, 'each pair once');
SELECT set_eq('SELECT DISTINCT upper(period) AS until, upper(period_in_region) AS in_region FROM o.care_periods WHERE number < 100000', $$VALUES (date '2025-03-02', date '2025-03-02'), ('2025-03-02', '2025-04-01'), ('2025-05-01', '2025-05-01'), (NULL, NULL)$$, 'an end, a move, a pause, and care without end');
SELECT pg_temp.shares('every pair of reasons');

SELECT * FROM finish();
ROLLBACK;
