-- bsn_valid against the 11-test written out in SQL. Only numbers of the test range occur here.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(9);

CREATE TEMP TABLE numbers AS SELECT n::text AS bsn FROM generate_series(999900000, 999999999) n;
CREATE FUNCTION pg_temp.eleven_test(bsn text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT (9 * substr(bsn, 1, 1)::int + 8 * substr(bsn, 2, 1)::int + 7 * substr(bsn, 3, 1)::int + 6 * substr(bsn, 4, 1)::int + 5 * substr(bsn, 5, 1)::int
		+ 4 * substr(bsn, 6, 1)::int + 3 * substr(bsn, 7, 1)::int + 2 * substr(bsn, 8, 1)::int - substr(bsn, 9, 1)::int) % 11 = 0 $$;
SELECT is((SELECT count(*) FROM numbers WHERE bsn_valid(bsn)), 9091::bigint, 'valid numbers in the test range');
SELECT is_empty('SELECT bsn FROM numbers WHERE bsn_valid(bsn) <> pg_temp.eleven_test(bsn)', 'the 11-test');
SELECT results_eq('SELECT bsn FROM numbers WHERE bsn_valid(bsn) ORDER BY bsn LIMIT 10',
	$$VALUES ('999900006'), ('999900018'), ('999900031'), ('999900043'), ('999900055'), ('999900067'), ('999900079'), ('999900080'), ('999900092'), ('999900109')$$,
	'the first ten');
SELECT is((SELECT max(bsn) FROM numbers WHERE bsn_valid(bsn)), '999999990', 'the last one');
-- numbers of public test sets
SELECT ok(bool_and(bsn_valid(bsn)), 'published test numbers') FROM unnest('{999900006,999900018,999996770,999996782,999990019,999990925,999994669,999992740,
	999993276,999993252,999991176,999993136,999993215,999990317,999994281,999990743,999993070,999991334,999993653}'::text[]) bsn;
SELECT is(bsn_valid('000000000'), false, 'all zeros pass the sum, but are no BSN');
SELECT is(bsn_valid(NULL), NULL, 'NULL gives NULL');
SELECT is_empty($$SELECT bsn FROM unnest(ARRAY['', '9', '99990000', '9999000060', ' 999900006', '999900006 ', '9999.00.006', '99990000A', 'abcdefghi', '-99990006',
	'９９９９００００６', E'99990000\n', repeat('9', 100000)]) bsn WHERE bsn_valid(bsn) IS DISTINCT FROM false$$, 'anything else is false, not an error');
-- an 8-digit number of an old administration is padded by the user
SELECT is(bsn_valid(lpad('10000008', 9, '0')), pg_temp.eleven_test('010000008'), 'leading zeros count');
SELECT * FROM finish();
ROLLBACK;
