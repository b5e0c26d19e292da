-- client_set: text and binary forms, comparison, aggregates small and large.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
RESET client_min_messages;
SET search_path = zorgregio, public;

-- text: any order, blanks, repetitions; output ascending
SELECT '{}'::client_set, ' { 18 ,17, 18,-3 } '::client_set;
SELECT '{9223372036854775807,-9223372036854775808,0}'::client_set;

-- errors name the place, never the keys
DO $$
DECLARE
	bad text;
	state text;
	message text;
	detail text;
	hint text;
BEGIN
	FOREACH bad IN ARRAY ARRAY['', '17', '{17', '{17,}', '{,17}', '{17 18}', '{17}x', '{9223372036854775808}', '{1.0}', '{1e3}', '{+1}', '{NULL}', '{17;18}'] LOOP
		BEGIN
			PERFORM bad::client_set;
			RAISE EXCEPTION 'accepted %', bad;
		EXCEPTION WHEN invalid_text_representation THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
			RAISE INFO '% % | % | % | %', rpad(bad, 22), state, message, detail, hint;
		END;
	END LOOP;
END $$;

-- binary: version, number, keys
SELECT client_set_send('{}'), client_set_send('{1,-1}');
CREATE TEMP TABLE sets (id int, s client_set);
INSERT INTO sets
	SELECT n, client_set_agg(k) FROM unnest(ARRAY[1, 2, 127, 128, 129, 5000]) n, LATERAL generate_series(1, n) k GROUP BY n
	UNION ALL SELECT 0, '{}'
	UNION ALL SELECT -1, (SELECT client_set_agg(hashint8extended(k, 0)) FROM generate_series(1, 4000) k);
SELECT id, cardinality(s) FROM sets ORDER BY id;
SELECT count(*) AS text_round_trips FROM sets WHERE s::text::client_set = s;

-- equality and hash read the same bytes
SELECT count(*) FILTER (WHERE a.s = b.s) AS equal, count(*) FILTER (WHERE a.s <> b.s) AS different FROM sets a, sets b;
SELECT count(DISTINCT client_set_hash(s)) = count(*) AS hashes_differ,
	bool_and(client_set_hash(s) = client_set_hash(s::text::client_set)) AS hash_of_copy,
	bool_and(client_set_hash_extended(s, 0)::bit(32) = client_set_hash(s)::bit(32)) AS extended_agrees FROM sets;
SELECT count(*) FROM (SELECT s FROM sets UNION SELECT s FROM sets) u;

-- aggregates against count(DISTINCT) for groups of all sizes around the plain limit
CREATE TEMP TABLE visits AS
	SELECT g, CASE WHEN i % 50 = 0 THEN NULL ELSE hashint8extended(i % (g * 10 + 1), g) END AS client, hashint8extended(i % (g * 10 + 1), g) % 97 AS narrow
	FROM generate_series(0, 40) g, generate_series(1, g * 13) i;
SELECT count(*) AS groups, bool_and(u = d) AS same, bool_and(c = d) AS set_same, bool_and(nu = nd) AS narrow_same
FROM (SELECT g, unique_clients(client) u, count(DISTINCT client) d, cardinality(client_set_agg(client)) c,
		unique_clients(narrow) nu, count(DISTINCT narrow) nd FROM visits GROUP BY g) x;
SELECT cardinality(client_set_union_agg(s)) = (SELECT count(DISTINCT client) FROM visits) AS union_same
FROM (SELECT client_set_agg(client) s FROM visits GROUP BY g) x;
SELECT merge(a.s, b.s) = merge(b.s, a.s) AS commutes, merge(a.s, '{}') = a.s AS neutral, merge(a.s, a.s) = a.s AS idempotent,
	cardinality(merge(a.s, b.s)) = cardinality(a.s) + cardinality(b.s) AS adds
FROM sets a JOIN sets b ON a.id = -1 AND b.id = 5000;
SELECT merge(merge(a, b), c) = merge(a, merge(b, c)) AS associates, merge(a, merge(b, c))
FROM (VALUES ('{1,5}'::client_set, '{2,5,9}'::client_set, '{-4,9}'::client_set)) v(a, b, c);

-- states of every form: close keys and far ones, until they outgrow each size; some keys again and again
SELECT n, far, bool_and(u = d) AS same, bool_and(cardinality(s) = d AND s::text::client_set = s) AS set_same
FROM (SELECT n, far, unique_clients(k) u, count(DISTINCT k) d, client_set_agg(k) s
	FROM unnest(ARRAY[1, 9, 10, 11, 30, 100, 1000, 13000, 40000]) n, (VALUES (false), (true)) f(far),
		LATERAL (SELECT CASE WHEN far AND i % 3 = 0 THEN hashint8extended(i, 1) WHEN i % 4 = 0 THEN i % 5 ELSE -i END AS k FROM generate_series(1, n) i) x
	GROUP BY n, far) y GROUP BY n, far ORDER BY n, far;
SELECT unique_clients(k) AS ends FROM (VALUES (9223372036854775807), (-9223372036854775808), (9223372036854775806), (9223372036854775807), (-9223372036854775808)) v(k);

-- nothing in, all NULL, and a running window
SELECT client_set_agg(k) AS agg, unique_clients(k) AS uniq, client_set_union_agg(NULL::client_set) AS uni FROM generate_series(1, 0) k;
SELECT client_set_agg(NULL::bigint) AS agg, unique_clients(NULL::bigint) AS uniq, client_set_union_agg(NULL::client_set) AS uni FROM generate_series(1, 3);
SELECT client_set_union_agg(s) FROM (VALUES (NULL::client_set), ('{}'), (NULL)) v(s);
SELECT bool_and(u = least(i, 300)) AS running
FROM (SELECT i, unique_clients(i % 300) OVER (ORDER BY i) u FROM generate_series(1, 400) i) x;
SELECT bool_and(s::text = want) AS running_sets
FROM (SELECT client_set_agg(i % 7) OVER (ORDER BY i) s, (SELECT '{' || string_agg(DISTINCT (j % 7)::text, ',') || '}' FROM generate_series(1, i) j) want
	FROM generate_series(1, 20) i) x;

-- the transition functions work only in aggregates
SELECT client_set_transition('{1}', 2);
SELECT client_set_combine('{1}', '{2}');

-- an aggregate of one's own without final function gives states away: they are values like others
CREATE AGGREGATE pg_temp.state_agg(bigint) (SFUNC = client_set_transition, STYPE = client_set);
CREATE TEMP TABLE states AS
	SELECT n, pg_temp.state_agg(k) AS state, client_set_agg(k) AS s FROM unnest(ARRAY[1, 10, 11, 200, 5000, 20000]) n, LATERAL (SELECT i % (n * 2 / 3 + 1) * 7 AS k FROM generate_series(1, n) i) x GROUP BY n;
SELECT n, state = s AND s = state AND NOT state <> s AS equal, client_set_hash(state) = client_set_hash(s) AND client_set_hash_extended(state, 5) = client_set_hash_extended(s, 5) AS hash,
	cardinality(state) = cardinality(s) AS cardinality, state::text = s::text AS text, client_set_send(state) = client_set_send(s) AS binary, merge(state, '{3}') = merge(s, '{3}') AS merged
FROM states ORDER BY n;
SELECT bool_and(cardinality(state) = n AND state::text::client_set = state AND client_set_final_count(state) = n AND client_set_final(state) = merge(state, state)) AS not_stored
FROM (SELECT n, pg_temp.state_agg(k) AS state FROM unnest(ARRAY[1, 10, 200, 5000]) n, generate_series(1, n) k GROUP BY n) x;
SELECT bool_and(s::text = want) AS running_states
FROM (SELECT pg_temp.state_agg(i % 7) OVER (ORDER BY i) s, (SELECT '{' || string_agg(DISTINCT (j % 7)::text, ',') || '}' FROM generate_series(1, i) j) want
	FROM generate_series(1, 20) i) x;
SELECT client_set_union_agg(state) = client_set_union_agg(s) AS union_same, client_set_final(client_set_union_agg(state)) = client_set_union_agg(s) AS final_same FROM states;
SELECT client_set_final(state) = s AS final, client_set_final_count(state) = cardinality(s) AS counted FROM states WHERE n = 11;
-- one that begins with a value, and a window that takes states away and gives other ones
CREATE AGGREGATE pg_temp.with_seven(bigint) (SFUNC = client_set_transition, STYPE = client_set, INITCOND = '{7}', FINALFUNC = client_set_final_count);
SELECT array_agg(n ORDER BY g) AS with_seven
FROM (SELECT g, pg_temp.with_seven(k) n FROM (SELECT i % 5 AS g, CASE WHEN i % 5 > 0 THEN i / 5 % (i % 5 * 10) END AS k FROM generate_series(1, 3000) i) x GROUP BY g) y;
CREATE FUNCTION pg_temp.leave(client_set, bigint) RETURNS client_set LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	RETURN (SELECT client_set_agg(k) FROM unnest(string_to_array(trim('{}' FROM $1::text), ',')::bigint[]) k WHERE k <> $2);
END $$;
CREATE AGGREGATE pg_temp.moving(bigint) (SFUNC = client_set_transition, STYPE = client_set, FINALFUNC = client_set_final_count,
	MSFUNC = client_set_transition, MSTYPE = client_set, MINVFUNC = pg_temp.leave, MFINALFUNC = client_set_final_count);
SELECT array_agg(DISTINCT n) AS moving, array_agg(DISTINCT u) AS again
FROM (SELECT i, pg_temp.moving(i) OVER w n, unique_clients(i) OVER w u FROM generate_series(1, 100) i WINDOW w AS (ORDER BY i ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)) x WHERE i > 3;

-- a stored set, out of line or compressed
CREATE TEMP TABLE big (id int, s client_set);
ALTER TABLE big ALTER s SET STORAGE external;
INSERT INTO big SELECT 1, client_set_agg(k * 1000) FROM generate_series(1, 100000) k;
ALTER TABLE big ALTER s SET STORAGE extended;
INSERT INTO big SELECT 2, client_set_agg(k * 1000) FROM generate_series(1, 100000) k;
SELECT id, cardinality(s), pg_column_size(s) < 210000 AS compact FROM big ORDER BY id;
SELECT (SELECT s FROM big WHERE id = 1) = (SELECT s FROM big WHERE id = 2) AS same;

-- parallel = serial, with a partial aggregate
CREATE TABLE client_set_visits AS SELECT (i % 7) AS g, hashint8extended(i % 3001, 1) % 100000 AS client FROM generate_series(1, 60000) i;
ANALYZE client_set_visits;
CREATE TEMP TABLE serial AS SELECT g, client_set_agg(client) s, unique_clients(client) u FROM client_set_visits GROUP BY g;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS off) SELECT client_set_agg(client), unique_clients(client) FROM client_set_visits;
SELECT bool_and(p.s = q.s AND p.u = q.u) AS parallel_same, count(*)
FROM (SELECT g, client_set_agg(client) s, unique_clients(client) u FROM client_set_visits GROUP BY g) p JOIN serial q USING (g);
SELECT unique_clients(client) = count(DISTINCT client) AS total_same FROM client_set_visits;
-- many small groups
CREATE TEMP TABLE serial_small AS SELECT client % 9001 AS g, client_set_agg(client) s, unique_clients(client) u FROM client_set_visits GROUP BY 1;
CREATE TABLE client_set_small AS SELECT client % 9001 AS g, client FROM client_set_visits;
ANALYZE client_set_small;
SET enable_sort = off;
EXPLAIN (COSTS off) SELECT g, client_set_agg(client), unique_clients(client) FROM client_set_small GROUP BY g;
SELECT bool_and(p.s = q.s AND p.u = q.u) AS parallel_same, count(*) = (SELECT count(*) FROM serial_small) AS groups_same
FROM (SELECT g, client_set_agg(client) s, unique_clients(client) u FROM client_set_small GROUP BY g) p JOIN serial_small q USING (g);
DROP TABLE client_set_small;
DROP TABLE client_set_visits;
