-- Facts in jsonb: nesting, types, exact numbers, and the dossier that a function keeps from call to call.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(26);

CREATE FUNCTION pg_temp.v(rule threshold, facts jsonb) RETURNS text LANGUAGE sql AS 'SELECT check_threshold($1, $2)::text';

SELECT is(pg_temp.v('a.b.c = 1', '{"a": {"b": {"c": 1.000}}}'), 'met', 'nested facts');
SELECT is(pg_temp.v('a.b.c = 1', '{"a.b.c": 1, "a": {"b.c": 1}}'), 'unknown', 'a dot is a level, not a character of a key');
SELECT is(pg_temp.v('a.b = 1', '{"a": [{"b": 1}]}'), 'unknown', 'no way into a list');
SELECT is(pg_temp.v('a.b = 1', '{"a": 1}'), 'unknown', 'no way into a number');
SELECT is(pg_temp.v('a = 1', '[{"a": 1}]'), 'unknown', 'a dossier that is a list has no facts');
SELECT is(pg_temp.v('a = 1', '{"A": 1}'), 'unknown', 'names are case-sensitive');
SELECT is(pg_temp.v('a contains {1, "x"}', '{"a": ["x", [1], {"b": 1}, null, 1.0]}'), 'met', 'a list with nested values');
SELECT is(pg_temp.v('a contains {2}', '{"a": [[2], {"b": 2}]}'), 'not met', 'nested values are not elements');
SELECT is(pg_temp.v('a contains {1}', '{"a": []}'), 'not met', 'an empty list is known');
SELECT is(pg_temp.v('a = 1', '{"a": {"b": 1}}'), 'unknown', 'a group of facts is no number');
SELECT is(pg_temp.v('a = 0.1', jsonb_build_object('a', 0.1::numeric)), 'met', '0.1 is 0.1');
SELECT is(pg_temp.v('a < 1000000000000000000000000000000', '{"a": 999999999999999999999999999999.999}'), 'met', '30 digits');
SELECT is(pg_temp.v('a > 5', '{"a": 1e400}'), 'met', 'a number of 401 digits');
SELECT is(pg_temp.v('a > 0', '{"a": 1e-400}'), 'met', 'a number of 400 decimals');
SELECT is(pg_temp.v('a <= 1/3', '{"a": 0.3333333333333333333333333333333333}'), 'met', 'just below a third');
SELECT is(pg_temp.v('a >= 1/3', '{"a": 0.3333333333333333333333333333333333}'), 'not met', 'and not a third');
SELECT is(pg_temp.v('a = 5', to_jsonb(json '{"a": "NaN"}')), 'unknown', 'NaN is a text in jsonb');
SELECT is((SELECT string_agg(check_threshold('b <= a + 1 months', jsonb_build_object('a', a, 'b', b))::text, ',' ORDER BY a, b)
	FROM (VALUES ('2024-01-31', '2024-02-29'), ('2024-01-31', '2024-03-01'), ('2023-01-31', '2023-02-28'), ('2023-01-31', '2023-03-01')) x(a, b)),
	'met,not met,met,not met', 'one month after 31 January');

-- months as the server adds them, for every day of four years and many shifts
SELECT is((SELECT count(*) FROM generate_series(date '2023-01-01', '2026-12-31', '1 day') d, unnest('{-25,-13,-12,-3,-1,1,2,11,12,14}'::int[]) n
	WHERE check_threshold(format('b = a %s %s months', CASE WHEN n < 0 THEN '-' ELSE '+' END, abs(n))::threshold,
		jsonb_build_object('a', to_char(d, 'YYYY-MM-DD'), 'b', to_char(d + make_interval(months => n), 'YYYY-MM-DD'))) <> 'met'), 0::bigint, 'months as PostgreSQL adds them');

-- The kept dossier: other bytes are another dossier, and stored values of every kind are read
CREATE TEMP TABLE d (id int, facts jsonb);
INSERT INTO d SELECT i, jsonb_build_object('n', i, 'pad', CASE i % 4 WHEN 0 THEN '' WHEN 1 THEN repeat('x', 5000)
	WHEN 2 THEN (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 300) j) ELSE repeat('y', 300) END)
FROM generate_series(1, 200) i;
SELECT is_empty($$SELECT id, k FROM d, generate_series(1, 200) k WHERE check_threshold(('n <= ' || k)::threshold, facts)::text <> CASE WHEN id <= k THEN 'met' ELSE 'not met' END$$,
	'rules inside, dossiers outside');
SELECT is_empty($$SELECT id, k FROM (SELECT k, ('n <= ' || k)::threshold AS rule FROM generate_series(1, 50) k OFFSET 0) r CROSS JOIN LATERAL (SELECT * FROM d WHERE k > 0 ORDER BY id % 7, id) x
	WHERE check_threshold(rule, facts)::text <> CASE WHEN id <= k THEN 'met' ELSE 'not met' END$$, 'dossiers inside, rules outside');
CREATE FUNCTION pg_temp.in_plpgsql() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	facts jsonb := '{}';
	seen text := '';
BEGIN
	FOR i IN 1..6 LOOP
		facts := jsonb_build_object('n', i);
		seen := seen || (check_threshold('n >= 4', facts) = 'met')::int;
	END LOOP;
	RETURN seen;
END $$;
SELECT is(pg_temp.in_plpgsql(), '000111', 'a changing variable in plpgsql');
SELECT is((SELECT count(*) FROM check_thresholds((SELECT array_agg(format('f%s = %s', i, i)::threshold) FROM generate_series(1, 6000) i),
	(SELECT jsonb_object_agg('f' || i, i) FROM generate_series(1, 6000) i)) v, unnest(v) u WHERE u = 'met'), 6000::bigint, '6000 facts of one dossier');
SELECT is((SELECT count(*) FROM generate_series(1, 3) k, check_thresholds((SELECT array_agg(format('f%s = %s', i, i)::threshold) FROM generate_series(1, 6000) i),
	(SELECT jsonb_object_agg('f' || i, i) FROM generate_series(1, 6000) i)) v, unnest(v) u WHERE u = 'met'), 18000::bigint, 'and again');

-- explanations never break a line or a character
SELECT is((SELECT explain_threshold('a = "x"', jsonb_build_object('a', repeat('é', 40) || E'\n'))),
	'a is "' || repeat('é', 30) || '"..., required = "x": not met', 'a long text is cut between characters');
-- A set of thousands against a list of many thousands takes minutes: the query stops when it must
CREATE TEMP TABLE long AS SELECT
	(SELECT ('a contains {' || string_agg('"q200000"', ',') || '}')::threshold FROM generate_series(1, 5000)) AS rule,
	(SELECT jsonb_build_object('a', jsonb_agg('q' || i)) FROM generate_series(1, 200000) i) AS facts;
CREATE FUNCTION pg_temp.cancelled_after() RETURNS interval LANGUAGE plpgsql AS $$
DECLARE
	began timestamptz := clock_timestamp();
BEGIN
	PERFORM check_threshold(rule, facts) FROM long;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN clock_timestamp() - began;
END $$;
SET LOCAL statement_timeout = '300ms';
SELECT cmp_ok(pg_temp.cancelled_after(), '<', interval '8 seconds', 'a long contains can be cancelled');
RESET statement_timeout;
SELECT * FROM finish();
ROLLBACK;
