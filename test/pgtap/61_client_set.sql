-- client_set: binary COPY round trip and hostile binary input; its aggregates in every kind of plan.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(37);

CREATE TEMP TABLE sets (id int, s client_set);
INSERT INTO sets
	SELECT n, (SELECT client_set_agg(hashint8extended(k, n)) FROM generate_series(1, n) k)
	FROM unnest(ARRAY[1, 2, 100, 128, 129, 1000]) n;
INSERT INTO sets VALUES (0, '{}'), (-1, NULL);
SELECT (SELECT setting FROM pg_settings WHERE name = 'data_directory') || '/zr_client_set_' || pg_backend_pid() AS file \gset
CREATE TEMP TABLE back (LIKE sets);
COPY sets TO :'file' (FORMAT binary);
COPY back FROM :'file' (FORMAT binary);
SELECT is((SELECT count(*) FROM sets JOIN back USING (id) WHERE sets.s IS NOT DISTINCT FROM back.s), 8::bigint, 'binary COPY gives back every set');

-- Builds a binary COPY file with one value of the given bytes, and reads it.
CREATE FUNCTION pg_temp.receive(value bytea) RETURNS client_set LANGUAGE plpgsql AS $$
DECLARE
	loid oid;
	file text := current_setting('data_directory') || '/zr_client_set_in_' || pg_backend_pid();
	result client_set;
BEGIN
	loid := lo_from_bytea(0, '\x5047434f50590aff0d0a00' || '\x0000000000000000'::bytea || '\x0001'::bytea || int4send(length(value)) || value || '\xffff'::bytea);
	PERFORM lo_export(loid, file);
	PERFORM lo_unlink(loid);
	CREATE TEMP TABLE received (s client_set) ON COMMIT DROP;
	EXECUTE format('COPY received FROM %L (FORMAT binary)', file);
	SELECT s INTO result FROM received;
	DROP TABLE received;
	RETURN result;
END $$;

SELECT is(pg_temp.receive('\x0100000002' || int8send(7) || int8send(-7)), '{-7,7}'::client_set, 'binary keys may come in any order');
SELECT is(pg_temp.receive('\x0100000002' || int8send(7) || int8send(7)), '{7}'::client_set, 'and repeat');
SELECT throws_ok($$SELECT pg_temp.receive('\x0200000000')$$, '22P03', NULL, 'another version is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x01ffffffff')$$, '22P03', NULL, 'a number of keys beyond the message is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x0100000001' || int8send(7) || '\x00')$$, '22P03', NULL, 'bytes after the keys are refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x01')$$, '08P01', NULL, 'a cut message is refused');

-- The aggregates against count(DISTINCT), whatever the plan. Clients come in any order, some again and again; every
-- seventh row has none, and far keys need eight bytes.
CREATE TABLE care AS
	SELECT a, b, CASE WHEN i % 7 = 0 THEN NULL WHEN b = 3 THEN hashint8extended(c, 5) ELSE c - 300 END AS client
	FROM (SELECT i, (hashint8extended(i, 1) & 1023)::int AS a, (hashint8extended(i, 2) & 3)::int AS b, hashint8extended(i, 3) & 511 AS c FROM generate_series(1, 40000) i) x;
INSERT INTO care VALUES (-1, 0, NULL), (-1, 0, NULL), (-2, 0, 9223372036854775807), (-2, 0, -9223372036854775808), (-2, 0, 9223372036854775807);
ANALYZE care;

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN result;
END $$;
-- Rows in which the two queries differ.
CREATE FUNCTION pg_temp.differ(ours text, other text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM ((%1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL %1$s)) x', ours, other) INTO result;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.ours(keys text) RETURNS text LANGUAGE sql AS
	$$SELECT 'SELECT a, b, n, coalesce(cardinality(s), 0) AS c, s::text FROM (SELECT a, b, unique_clients(client) AS n, client_set_agg(client) AS s FROM care GROUP BY ' || keys || ') x'$$;
CREATE FUNCTION pg_temp.plain(keys text) RETURNS text LANGUAGE sql AS
	$$SELECT $q$SELECT a, b, count(DISTINCT client) AS n, count(DISTINCT client) AS c, '{' || string_agg(DISTINCT client::text, ',' ORDER BY client::text) || '}' AS s FROM care GROUP BY $q$ || keys$$;
-- text of a set orders by number, string_agg(DISTINCT) by text: compared as sets
CREATE FUNCTION pg_temp.same(keys text) RETURNS bigint LANGUAGE sql AS
	$$SELECT pg_temp.differ(format('SELECT a, b, n, c, s::client_set::text FROM (%s) y', pg_temp.ours(keys)), format('SELECT a, b, n, c, s::client_set::text FROM (%s) y', pg_temp.plain(keys)))$$;

SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL enable_sort = off;
SELECT matches(pg_temp.plan_of(pg_temp.ours('a, b')), 'HashAggregate.*Batches: 1 ', 'many groups in one hash table');
SELECT is(pg_temp.same('a, b'), 0::bigint, 'are counted as count(DISTINCT) counts them');
SELECT is((SELECT array_agg(n ORDER BY a) FROM (SELECT a, unique_clients(client) AS n FROM care WHERE a < 0 GROUP BY a) x), '{2,0}', 'no client is none; the smallest and the largest key are two');
-- as many rows as ever wait at once, three times over
SELECT is(pg_temp.differ(format(waits, 'unique_clients(client)'), format(waits, 'count(DISTINCT client)')), 0::bigint, 'so are more rows than wait at once')
	FROM (VALUES ('SELECT a, %s AS n FROM (SELECT hashint8extended(i, 1) & 8191 AS a, hashint8extended(i, 2) & 63 AS client FROM generate_series(1, 320000) i) x GROUP BY a')) v(waits);
SET LOCAL work_mem = '64kB';
SET LOCAL hash_mem_multiplier = 1;
SELECT matches(pg_temp.plan_of(pg_temp.ours('a, b')), 'HashAggregate.*Batches: ([2-9]|[1-9][0-9])', 'many groups that are spilled');
SELECT is(pg_temp.same('a, b'), 0::bigint, 'are the same');
RESET work_mem;
RESET hash_mem_multiplier;
SELECT is(pg_temp.differ('SELECT a, unique_clients(client) FILTER (WHERE b = 3) AS n FROM care GROUP BY a', 'SELECT a, count(DISTINCT client) FILTER (WHERE b = 3) FROM care GROUP BY a'), 0::bigint, 'with FILTER');

SELECT matches(pg_temp.plan_of(pg_temp.ours('GROUPING SETS ((a), (b), (a, b))')), 'HashAggregate', 'several hash tables');
SELECT is(pg_temp.same('GROUPING SETS ((a), (b), (a, b))'), 0::bigint, 'are the same');
SELECT matches(pg_temp.plan_of(pg_temp.ours('GROUPING SETS ((a), (b), (a, b), ())')), 'MixedAggregate', 'hash tables and sorted groups');
SELECT is(pg_temp.same('GROUPING SETS ((a), (b), (a, b), ())'), 0::bigint, 'are the same');
SET LOCAL work_mem = '64kB';
SET LOCAL hash_mem_multiplier = 1;
SELECT is(pg_temp.same('GROUPING SETS ((a), (b), (a, b), ())'), 0::bigint, 'and when they are spilled');
RESET work_mem;
RESET hash_mem_multiplier;
SET LOCAL enable_sort = on;
SET LOCAL enable_hashagg = off;
SELECT matches(pg_temp.plan_of(pg_temp.ours('ROLLUP (b, a)')), 'GroupAggregate', 'sorted groups and their totals');
SELECT is(pg_temp.same('ROLLUP (b, a)'), 0::bigint, 'are the same');
SET LOCAL enable_hashagg = on;
SELECT is((SELECT array[unique_clients(DISTINCT client), unique_clients(client ORDER BY a), count(DISTINCT client)] FROM care), (SELECT array_fill(count(DISTINCT client), ARRAY[3]) FROM care), 'DISTINCT and ORDER BY change nothing');

-- windows: a running one, and frames that leave rows behind
CREATE TEMP TABLE visits AS SELECT i, i % 3 AS p, CASE WHEN i % 11 = 0 THEN NULL ELSE (hashint8extended(i, 4) & 63) * CASE WHEN i % 5 = 0 THEN 1::bigint << 50 ELSE 1 END END AS client FROM generate_series(1, 600) i;
SELECT is((SELECT count(*) FROM (SELECT i, p, unique_clients(client) OVER (PARTITION BY p ORDER BY i) AS n, client_set_agg(client) OVER (PARTITION BY p ORDER BY i) AS s FROM visits) x
	WHERE n <> (SELECT count(DISTINCT client) FROM visits v WHERE v.p = x.p AND v.i <= x.i) OR n <> coalesce(cardinality(s), 0)), 0::bigint, 'a running window');
SELECT is((SELECT count(*) FROM (SELECT i, p, unique_clients(client) OVER w AS n, client_set_agg(client) OVER w AS s FROM visits WINDOW w AS (PARTITION BY p ORDER BY i RANGE BETWEEN 90 PRECEDING AND 30 FOLLOWING EXCLUDE CURRENT ROW)) x
	WHERE n <> (SELECT count(DISTINCT client) FROM visits v WHERE v.p = x.p AND v.i BETWEEN x.i - 90 AND x.i + 30 AND v.i <> x.i) OR n <> coalesce(cardinality(s), 0)), 0::bigint, 'a window with a moving frame');

-- a subquery for each row: one with a parameter, and one that keeps its hash table
SET LOCAL enable_sort = off;
SET LOCAL enable_material = off;
SET LOCAL enable_memoize = off;
SET LOCAL enable_hashjoin = off;
CREATE FUNCTION pg_temp.lateral_query() RETURNS text LANGUAGE sql AS
	$$SELECT 'SELECT g.k, x.b, x.n FROM generate_series(0, 20) g(k), LATERAL (SELECT b, unique_clients(client) AS n FROM care WHERE a & 31 = g.k GROUP BY b) x'$$;
CREATE FUNCTION pg_temp.kept_query() RETURNS text LANGUAGE sql AS
	$$SELECT 'SELECT g.k, x.b, x.n, x.s FROM generate_series(1, 3) g(k) LEFT JOIN (SELECT b, unique_clients(client) AS n, client_set_agg(client)::text AS s FROM care GROUP BY b) x ON g.k + x.b > 0'$$;
SELECT matches(pg_temp.plan_of(pg_temp.lateral_query()), 'HashAggregate \(actual rows=\S+ loops=21\)', 'a subquery for each row');
SELECT is(pg_temp.differ(pg_temp.lateral_query(), 'SELECT a & 31, b, count(DISTINCT client) FROM care WHERE a & 31 <= 20 GROUP BY 1, 2'), 0::bigint, 'gives the same');
SELECT matches(pg_temp.plan_of(pg_temp.kept_query()), 'HashAggregate \(actual rows=\S+ loops=3\)', 'a hash table that is read three times');
SELECT is(pg_temp.differ(pg_temp.kept_query(), 'SELECT k, b, n, s FROM (' || pg_temp.kept_query() || ') x WHERE n = (SELECT count(DISTINCT client) FROM care WHERE care.b = x.b)'), 0::bigint, 'gives the same each time');
RESET enable_hashjoin;

-- unions of no set, of empty ones, of close and far keys
SELECT is((SELECT array_agg(u::text ORDER BY g) FROM (SELECT g, client_set_union_agg(s) AS u FROM (VALUES (1, NULL::client_set), (2, '{}'), (2, NULL), (3, '{}'), (3, '{7,5}'), (4, '{5}'), (4, '{-9223372036854775808,9223372036854775807}'), (4, '{5,6}')) v(g, s) GROUP BY g) x),
	ARRAY[NULL, '{}', '{5,7}', '{-9223372036854775808,5,6,9223372036854775807}'], 'a union of sets');
SELECT is((SELECT client_set_union_agg(s) FROM (SELECT client_set_agg(client) AS s FROM care GROUP BY a, b) x), (SELECT client_set_agg(client) FROM care), 'a union of many sets');

-- partial states of workers
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL enable_sort = off;
SELECT matches(pg_temp.plan_of('SELECT b, unique_clients(client), client_set_agg(client) FROM care GROUP BY b'), 'Finalize.*Partial HashAggregate', 'workers count in parts');
SELECT is(pg_temp.differ('SELECT b, unique_clients(client) AS n, client_set_agg(client)::text AS s FROM care GROUP BY b', 'SELECT b, count(DISTINCT client), (SELECT client_set_union_agg(s)::text FROM (SELECT client_set_agg(client) AS s FROM care i WHERE i.b = care.b GROUP BY a) x) FROM care GROUP BY b'), 0::bigint, 'and give the same');
SELECT is((SELECT cardinality(client_set_union_agg(s)) FROM (SELECT client_set_agg(client) AS s FROM care GROUP BY a % 100) x), (SELECT count(DISTINCT client) FROM care), 'unions, too');
SET LOCAL enable_sort = on;
SET LOCAL enable_hashagg = off;
SELECT matches(pg_temp.plan_of('SELECT b, unique_clients(client) FROM care GROUP BY b ORDER BY b'), 'Finalize GroupAggregate.*Partial', 'workers count in parts, in order');
SELECT is(pg_temp.differ('SELECT b, unique_clients(client) AS n FROM care GROUP BY b', 'SELECT b, count(DISTINCT client) FROM care GROUP BY b'), 0::bigint, 'and give the same');
SET LOCAL enable_hashagg = on;
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE AGGREGATE pg_temp.state_agg(bigint) (SFUNC = client_set_transition, STYPE = client_set);
SELECT is((SELECT array_agg(ROW(b, cardinality(s)) ORDER BY b DESC)::text FROM (SELECT b, s FROM (SELECT b, pg_temp.state_agg(client) AS s FROM care GROUP BY b OFFSET 0) x ORDER BY b) y),
	(SELECT array_agg(ROW(b, n) ORDER BY b DESC)::text FROM (SELECT b, count(DISTINCT client) AS n FROM care GROUP BY b) x), 'states are sorted as values');
SELECT is((SELECT array_agg(aggtranstype::regtype::text ORDER BY aggfnoid::regproc::text) FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid WHERE proname IN ('client_set_agg', 'client_set_union_agg', 'unique_clients')),
	array_fill('client_set'::text, ARRAY[3]), 'a partial state is a value, which other servers can send');

SELECT * FROM finish();
ROLLBACK;
