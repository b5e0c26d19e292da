-- care_history: text form, comparison, states small and large, plans. Counts are checked in test/pgtap/60_*.sql.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
RESET client_min_messages;
SET search_path = zorgregio, public;
SET datestyle = 'ISO, YMD';

-- text: any order; periods of one client and product that share a day become one, adjacent ones do not
SELECT '{}'::care_history, ' { 18[2026-02-01 , ) ; 17  02A16 [2026-01-01,2026-03-01)}'::care_history;
SELECT '{17 [2026-01-01,2026-02-01); 17 [2026-02-01,2026-03-01)}'::care_history AS adjacent,
	'{17 [2026-01-01,2026-02-02); 17 [2026-02-01,2026-03-01)}'::care_history AS shared_day,
	'{17 [2026-01-01,2026-02-01); 17 [2026-02-01,2026-03-01); 17 [2026-01-31,2026-02-02)}'::care_history AS bridged,
	'{17 02 [2026-01-01,2026-02-02); 17 01:1001 [2026-02-01,2026-03-01)}'::care_history AS two_products;
SELECT '{-9223372036854775808 02 [0001-01-01,); 9223372036854775807 60 [9999-12-31,10000-01-01)}'::care_history;

-- errors name the place, never the keys
DO $$
DECLARE
	bad text;
	state text;
	message text;
	detail text;
BEGIN
	FOREACH bad IN ARRAY ARRAY['', '17', '{17', '{17}', '{17 02A16}', '{17 02A16 [2026-01-01,2026-03-01)', '{17 02A16 [2026-01-01,2026-03-01);}', '{17 02A16 [2026-01-01,2026-03-01)} x',
		'{17 02A16 [2026-01-01,2026-03-01]}', '{17 02A16 (2026-01-01,2026-03-01)}', '{17 02A16 [,2026-03-01)}', '{17 02A16 [2026-01-01)}', '{17 02A1677 [2026-01-01,)}',
		'{17 [2026-02-30,)}', '{17 [2026-1-1,)}', '{02A16 [2026-01-01,)}', '{99999999999999999999 [2026-01-01,)}', '{17 [2026-01-01,2026-01-01)}', '{17 [2026-01-02,2026-01-01)}',
		'{17 [10000-01-01,)}', '{17 [2026-01-01,infinity)}'] LOOP
		BEGIN
			PERFORM bad::care_history;
			RAISE EXCEPTION 'accepted %', bad;
		EXCEPTION WHEN invalid_text_representation OR invalid_parameter_value OR datetime_field_overflow THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
			RAISE INFO '% % | % | %', rpad(bad, 40), state, message, detail;
		END;
	END LOOP;
END $$;

-- what the aggregate takes and ignores
SELECT care_history_agg(c, p) FROM (VALUES (1, '[2026-01-01,2026-02-01)'::daterange), (NULL, '[2026-01-01,2026-02-01)'), (2, NULL), (3, 'empty'), (4, '[2026-01-01,)'), (5, '[2026-01-01,infinity]'), (6, '(2026-01-01,2026-01-02]')) v(c, p);
SELECT care_history_agg(1, NULL, '[2026-01-01,2026-02-01)') AS no_product, care_history_agg(1, '02', NULL) AS nothing FROM generate_series(1, 2);
SELECT care_history_agg(c, 'empty'::daterange), care_history_union_agg(NULL::care_history) FROM generate_series(1, 0) c;
SELECT care_history_agg(1, '(,2026-01-01)'::daterange);
SELECT care_history_agg(1, '[-infinity,2026-01-01)'::daterange);
SELECT care_history_agg(1, '[0044-03-15 BC,2026-01-01)'::daterange);
SELECT care_history_agg(1, '[2026-01-01,20260-01-01)'::daterange);
SELECT care_history_transition('{}', 1, '[2026-01-01,2026-02-01)');
SELECT care_history_combine('{}', '{}');

-- ranges, steps and gaps of questions
\set h '''{17 02A16 [2026-01-01,2026-03-01); 18 [2026-02-01,)}''::care_history'
SELECT clients(:h, 'empty'), flow(:h, 'empty'), durations(:h, 'empty');
SELECT * FROM flows(:h, 'empty');
SELECT * FROM transitions(:h, 'empty');
SELECT clients(:h, '[2026-01-01,)') AS from_then_on, clients(:h, '(,2026-01-01)') AS before, clients(:h, '(,)') = clients(:h, '[0001-01-01,9999-12-31]') AS ever;
SELECT flow(:h, '[2026-01-01,)');
SELECT flow(:h, '(,2026-01-01)');
SELECT flow(:h, '[2026-01-01,infinity)');
SELECT * FROM flows(:h, '[0001-01-01 BC,2026-01-01)');
SELECT flow(:h, '[2026-01-01,2027-01-01)', -2);
SELECT flow(:h, '[2026-01-01,2027-01-01)', 2147483647), durations(:h, '[2026-01-01,2027-01-01)', -1);
SELECT * FROM flows(:h, '[2026-01-01,2027-01-01)', '1 hour');
SELECT * FROM flows(:h, '[2026-01-01,2027-01-01)', '-1 month');
SELECT * FROM flows(:h, '[2026-01-01,2027-01-01)', '1 month -3 days');
SELECT * FROM flows(:h, '[2026-01-01,2027-01-01)', '0');
SELECT * FROM flows(:h, '[2026-01-01,2027-01-01)', '6 months');
SELECT * FROM flows(:h, '[2026-01-01,2026-03-10)');
SELECT * FROM flows(:h, '[2026-01-01,2026-03-10)', '2000000 months');
SELECT * FROM transitions(:h, '[2026-01-01,2027-01-01)');
SELECT products(:h), products('{}'), for_products(:h, ARRAY[NULL]::product[]), for_products(:h, '{}');
SELECT * FROM flow('{}'::care_history, '[2026-01-01,2027-01-01)');

-- comparison, hash, text and size for every number of periods around the plain limit and above
CREATE TEMP TABLE histories AS
	SELECT n, care_history_agg(hashint8extended(i / 3, 1) % 1000, CASE i % 4 WHEN 0 THEN NULL ELSE ('02A1' || i % 4)::product END,
		daterange('2024-01-01'::date + (hashint4(i) % 300), CASE WHEN i % 17 > 0 THEN '2024-12-01'::date + (hashint4(i) % 30) END)) AS h
	FROM unnest(ARRAY[1, 2, 15, 16, 17, 18, 40, 1000]) n, LATERAL generate_series(1, n) i GROUP BY n
	UNION ALL SELECT 0, '{}';
SELECT count(*) FILTER (WHERE a.h = b.h) AS equal, count(*) FILTER (WHERE a.h <> b.h) AS different,
	count(*) FILTER (WHERE a.h = b.h AND care_history_hash(a.h) <> care_history_hash(b.h)) AS hash_wrong FROM histories a, histories b;
SELECT count(*) AS same, bool_and(care_history_hash(h) = care_history_hash(h::text::care_history)
	AND care_history_hash_extended(h, 0)::bit(32) = care_history_hash(h)::bit(32)) AS hashes FROM histories WHERE h::text::care_history = h;
SELECT count(*) FROM (SELECT h FROM histories UNION SELECT h FROM histories) u;
SELECT pg_column_size(care_history_agg(i / 3, daterange('2024-01-01'::date + (i % 700), '2024-01-01'::date + (i % 700 + 100)))) < 600000 AS compact FROM generate_series(1, 100000) i;

-- rows in any order give one value, through every size of state
SELECT n, bool_and(a = b AND b = c) AS same FROM (
	SELECT n, care_history_agg(client, product, period ORDER BY k) a, care_history_agg(client, product, period ORDER BY k DESC) b, care_history_agg(client, product, period ORDER BY hashint4(k)) c
	FROM (VALUES (3), (14), (20), (400)) v(n), LATERAL (
		SELECT k, (k % 7)::bigint AS client, ('0' || 1 + k % 2)::product AS product, daterange('2026-01-01'::date + (k * 37 % 200), '2026-01-02'::date + (k * 37 % 200 + k % 11)) AS period FROM generate_series(1, n) k) d
	GROUP BY n) x GROUP BY n ORDER BY n;
SELECT count(*) FROM (SELECT care_history_agg(i % 3, daterange('2026-01-01'::date + i, '2026-01-03'::date + i)) OVER (ORDER BY i) h, i FROM generate_series(1, 60) i) x WHERE clients(h, '[2026-01-01,2027-01-01)') = least(i, 3);

-- an aggregate of one's own without final function gives states away: they are values like others
CREATE AGGREGATE pg_temp.state_agg(bigint, product, daterange) (SFUNC = care_history_transition, STYPE = care_history);
CREATE TEMP TABLE states AS
	SELECT n, pg_temp.state_agg(client, product, period) AS state, care_history_agg(client, product, period) AS h
	FROM (VALUES (1, 3), (5, 3), (6, 3), (200, 8), (200, 20), (5000, 8)) v(n, products), LATERAL (
		SELECT (k % 70)::bigint AS client, ('02A' || 10 + k % products)::product AS product, daterange('2026-01-01'::date + (k * 37 % 200), '2026-01-02'::date + (k * 37 % 200 + k % 11)) AS period FROM generate_series(1, n) k) d
	GROUP BY n, products;
SELECT n, state = h AND h = state AND NOT state <> h AS equal, care_history_hash(state) = care_history_hash(h) AND care_history_hash_extended(state, 5) = care_history_hash_extended(h, 5) AS hash,
	state::text = h::text AS text, care_history_send(state) = care_history_send(h) AS binary, clients(state, '[2026-02-01,2026-03-01)') = clients(h, '[2026-02-01,2026-03-01)') AS clients,
	products(state) = products(h) AS products, merge(state, h) = h AS merged, care_history_final(state) = h AS final
FROM states ORDER BY n, cardinality(products(h));
SELECT care_history_union_agg(state) = care_history_union_agg(h) AS union_same FROM states;

-- plans: partial aggregates in parallel, one aggregate per partition; the same results
CREATE TABLE care_rows (region int, client bigint, product product, period daterange) PARTITION BY LIST (region);
CREATE TABLE care_rows_1 PARTITION OF care_rows FOR VALUES IN (1);
CREATE TABLE care_rows_2 PARTITION OF care_rows FOR VALUES IN (2);
INSERT INTO care_rows SELECT 1 + i % 2, hashint8extended(i / 5, 0) % 10000, ('02A1' || i % 4)::product, daterange('2024-01-01'::date + (i % 700), '2024-01-01'::date + (i % 700 + 1 + i % 100))
FROM generate_series(1, 40000) i;
ANALYZE care_rows;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT region, care_history_agg(client, product, period) h, care_history_agg(client, period) p, unique_clients(client) u FROM care_rows GROUP BY region;
SELECT region, clients(h, '[2024-01-01,2027-01-01)') = u AND clients(p, '[2024-01-01,2027-01-01)') = u AS clients FROM serial ORDER BY region;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS off) SELECT care_history_agg(client, product, period), care_history_agg(client, period) FROM care_rows_1;
SELECT s.h = p.h AND s.p = p.p AS parallel_same FROM serial s JOIN (SELECT 1 AS region, care_history_agg(client, product, period) h, care_history_agg(client, period) p FROM care_rows_1) p USING (region);
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
EXPLAIN (COSTS off) SELECT region, care_history_agg(client, product, period) FROM care_rows GROUP BY region;
SELECT count(*) AS partitionwise_same FROM serial s JOIN (SELECT region, care_history_agg(client, product, period) h FROM care_rows GROUP BY region) p USING (region, h);
EXPLAIN (COSTS off) SELECT care_history_agg(client, product, period) FROM care_rows;
SELECT (SELECT care_history_union_agg(h) FROM serial) = (SELECT care_history_agg(client, product, period) FROM care_rows) AS whole;
-- many small groups: states come from the workers as they are
CREATE TABLE care_small AS SELECT client % 3001 AS g, client, product, period FROM care_rows;
ANALYZE care_small;
CREATE TEMP TABLE serial_small AS SELECT g, care_history_agg(client, product, period) h, care_history_agg(client, period) p FROM care_small GROUP BY g;
SET max_parallel_workers_per_gather = 2;
SET enable_sort = off;
EXPLAIN (COSTS off) SELECT g, care_history_agg(client, product, period) h, care_history_agg(client, period) p FROM care_small GROUP BY g;
SELECT bool_and(p.h = q.h AND p.p = q.p) AS parallel_same, count(*) = (SELECT count(*) FROM serial_small) AS groups_same
FROM (SELECT g, care_history_agg(client, product, period) h, care_history_agg(client, period) p FROM care_small GROUP BY g) p JOIN serial_small q USING (g);
RESET enable_sort;
DROP TABLE care_small;
DROP TABLE care_rows;

-- a large value asked again and again, out of line, compressed, inline and as a constant, is read anew when it changes
CREATE TEMP TABLE kept (id int, h care_history);
ALTER TABLE kept ALTER h SET STORAGE external;
INSERT INTO kept SELECT k, care_history_agg(i, daterange('2026-01-01'::date + i % 300, '2026-01-05'::date + i % 300)) FROM generate_series(1, 3) k, generate_series(1, k * 4000) i GROUP BY k;
ALTER TABLE kept ALTER h SET STORAGE extended;
INSERT INTO kept SELECT 10 + k, care_history_agg(i, daterange('2026-01-01'::date + i % 300, '2026-01-05'::date + i % 300)) FROM generate_series(1, 3) k, generate_series(1, k * 4000) i GROUP BY k;
SELECT id, count(*), bool_and(clients(h, m) = (SELECT count(*) FROM generate_series(1, id % 10 * 4000) i WHERE daterange('2026-01-01'::date + i % 300, '2026-01-05'::date + i % 300) && m)) AS same
FROM kept, (SELECT daterange('2026-01-01'::date + d, '2026-01-11'::date + d) FROM generate_series(0, 200, 50) d) r(m) GROUP BY id ORDER BY id;
SELECT string_agg(clients(h, '[2026-01-01,2026-01-11)')::text, ' ' ORDER BY m, id) FROM kept, generate_series(1, 2) m;
WITH h AS MATERIALIZED (SELECT id, care_history_union_agg(h) h FROM kept GROUP BY id)
SELECT string_agg((SELECT sum(inflow) FROM flows(h, '[2026-01-01,2027-01-01)'))::text, ' ' ORDER BY id) FROM h, generate_series(1, 2) m;
