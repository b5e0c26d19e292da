-- care_history: binary COPY round trip and hostile binary input.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(12);

CREATE TEMP TABLE histories (id int, h care_history);
INSERT INTO histories
	SELECT n, (SELECT care_history_agg(hashint8extended(k / 3, n), CASE WHEN k % 3 > 0 THEN ('02A1' || k % 5)::product END,
			daterange('2024-01-01'::date + k % 400, CASE WHEN k % 7 > 0 THEN '2025-06-01'::date + k % 40 END)) FROM generate_series(1, n) k)
	FROM unnest(ARRAY[1, 2, 16, 17, 18, 1000]) n;
INSERT INTO histories VALUES (0, '{}'), (-1, NULL);
SELECT current_setting('data_directory') || '/zr_care_history_' || pg_backend_pid() AS file \gset
CREATE TEMP TABLE back (LIKE histories);
COPY histories TO :'file' (FORMAT binary);
COPY back FROM :'file' (FORMAT binary);
SELECT is((SELECT count(*) FROM histories JOIN back USING (id) WHERE histories.h IS NOT DISTINCT FROM back.h), 8::bigint, 'binary COPY gives back every history');
SELECT is((SELECT count(*) FROM histories WHERE h::text::care_history = h), 7::bigint, 'and so does the text form');

-- Builds a binary COPY file with one value of the given bytes, and reads it.
CREATE FUNCTION pg_temp.receive(value bytea) RETURNS care_history LANGUAGE plpgsql AS $$
DECLARE
	loid oid;
	file text := current_setting('data_directory') || '/zr_care_history_in_' || pg_backend_pid();
	result care_history;
BEGIN
	loid := lo_from_bytea(0, '\x5047434f50590aff0d0a00' || '\x0000000000000000'::bytea || '\x0001'::bytea || int4send(length(value)) || value || '\xffff'::bytea);
	PERFORM lo_export(loid, file);
	PERFORM lo_unlink(loid);
	CREATE TEMP TABLE received (h care_history) ON COMMIT DROP;
	EXECUTE format('COPY received FROM %L (FORMAT binary)', file);
	SELECT h INTO result FROM received;
	DROP TABLE received;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.period(client bigint, product bytea, s date, e int) RETURNS bytea LANGUAGE sql
	AS $$SELECT int8send(client) || product || date_send(s) || int4send(e)$$;

SELECT is(pg_temp.receive('\x0100000000'), '{}'::care_history, 'no period');
SELECT is(pg_temp.receive('\x0100000002'::bytea || pg_temp.period(18, '\x00000000', '2026-01-01', 2147483647) || pg_temp.period(17, product_send('02A16'), '2026-01-01', '2026-02-01'::date - '2000-01-01'::date)),
	'{17 02A16 [2026-01-01,2026-02-01); 18 [2026-01-01,)}'::care_history, 'periods may come in any order');
SELECT throws_ok($$SELECT pg_temp.receive('\x0200000000')$$, '22P03', NULL, 'another version is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x01ffffffff')$$, '22P03', NULL, 'a number of periods beyond the message is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x0100000001'::bytea || pg_temp.period(17, '\xffffffff', '2026-01-01', 2147483647))$$, '22P03', NULL, 'a number that is no product is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x0100000001'::bytea || pg_temp.period(17, '\x00000000', '2026-01-01', 0))$$, '22P03', NULL, 'an end before the start is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x0100000001'::bytea || pg_temp.period(17, '\x00000000', '-infinity', 0))$$, '22P03', NULL, 'a start without date is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x0100000001'::bytea || pg_temp.period(17, '\x00000000', '2026-01-01', 2147483646))$$, '22P03', NULL, 'a date beyond the calendar is refused');
SELECT throws_ok($$SELECT pg_temp.receive('\x01')$$, '08P01', NULL, 'a cut message is refused');

-- more products than a history can number
SELECT throws_ok($$SELECT care_history_agg(1, p, '[2026-01-01,2026-01-02)') FROM (
	SELECT product(NULL, chr(65 + i / 26 / 26 / 26 / 26 % 26) || chr(65 + i / 26 / 26 / 26 % 26) || chr(65 + i / 26 / 26 % 26) || chr(65 + i / 26 % 26) || chr(65 + i % 26)) p FROM generate_series(0, 1048576) i) x$$,
	'54000', NULL, 'the 1,048,577th product is an error');

SELECT * FROM finish();
ROLLBACK;
