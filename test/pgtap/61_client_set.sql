-- client_set: binary COPY round trip and hostile binary input.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(7);

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

SELECT * FROM finish();
ROLLBACK;
