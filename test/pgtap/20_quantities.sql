-- volume, tariff and indication: comparison, hash, indexes and binary form against keys made from the parts.
BEGIN;
SET client_min_messages = warning;
SET search_path = zorgregio, public;
SELECT plan(29);

-- Samples: k is an array of numbers that sorts as the type must.
CREATE TABLE volume_sample AS
SELECT volume(low, high, u, nullif(f, '0')) AS v,
       ARRAY[u::numeric, f::numeric, high, low] AS k
FROM unnest('{01,04,14,16,82,83,84}'::text[]) u, unnest('{0,1,2,4,6}'::text[]) f,
     (VALUES (0, 0), (0, 1), (4, 4), (4, 6), (5, 5), (99999999, 99999999), (0, 99999999)) b (low, high);
CREATE TABLE tariff_sample AS
SELECT tariff(amount, u) AS v, ARRAY[u::numeric, amount] AS k
FROM unnest('{01,04,14,16,82,84}'::text[]) u, unnest('{0,0.000001,0.01,1.0321,9,10,61.20,61.21,255.47,99999999.999999}'::numeric[]) amount;
CREATE TABLE indication_sample AS
SELECT indication(p, v, r) AS v,
       ARRAY[dense_rank() OVER (ORDER BY p), lower(r) - date '2000-01-01', coalesce(upper(r) - date '2000-01-01', 1e9), coalesce(dense_rank() OVER (ORDER BY v NULLS FIRST), 0), -1]::numeric[] AS k
FROM unnest('{01:1001,02,02A16,45A04}'::product[]) p,
     unnest('{NULL,4 uur/week,4..6 uur/week,40 uur/totaal}'::volume[]) v,
     unnest('{"[1999-12-31,2000-01-02)","[2026-01-01,2026-07-01)","[2026-01-01,)","[2026-01-02,2026-07-01)"}'::daterange[]) r
UNION ALL
SELECT indication(NULL, b, r), ARRAY[0, lower(r) - date '2000-01-01', coalesce(upper(r) - date '2000-01-01', 1e9), 0, b * 100]
FROM unnest('{0,0.01,60000,9999999999.99}'::numeric[]) b, unnest('{"[2026-01-01,2026-07-01)","[2026-01-01,)"}'::daterange[]) r;
CREATE TEMP TABLE type (name text);
INSERT INTO type VALUES ('volume'), ('tariff'), ('indication');

CREATE FUNCTION pg_temp.count_of(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint; BEGIN EXECUTE query INTO n; RETURN n; END $$;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; plan text := ''; BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP plan := plan || line || E'\n'; END LOOP; RETURN plan;
END $$;

SELECT cmp_ok(pg_temp.count_of(format('SELECT count(DISTINCT k) FROM %s_sample', name)), '>=', 60::bigint, name || ': the sample has 60 values') FROM type;
SELECT is(pg_temp.count_of(format($$
	SELECT count(*) FROM %1$s_sample a, %1$s_sample b
	WHERE (a.v = b.v) <> (a.k = b.k) OR (a.v <> b.v) <> (a.k <> b.k) OR (a.v < b.v) <> (a.k < b.k) OR (a.v <= b.v) <> (a.k <= b.k)
		OR (a.v > b.v) <> (a.k > b.k) OR (a.v >= b.v) <> (a.k >= b.k)
		OR %1$s_cmp(a.v, b.v) <> CASE WHEN a.k < b.k THEN -1 WHEN a.k > b.k THEN 1 ELSE 0 END
		OR (a.k = b.k AND (%1$s_hash(a.v) <> %1$s_hash(b.v) OR %1$s_hash_extended(a.v, 42) <> %1$s_hash_extended(b.v, 42)))$$, name)),
	0::bigint, name || ': operators, comparison function and hash agree with the keys on all pairs') FROM type;
SELECT is(pg_temp.count_of(format($$
	SELECT count(*) FROM (SELECT rank() OVER (ORDER BY v) a, rank() OVER (ORDER BY k) b FROM %s_sample) s WHERE a <> b$$, name)),
	0::bigint, name || ': a sort gives the order of the keys') FROM type;

-- Hash: 100,000 neighbours spread over 1024 buckets; expected 98, six standard deviations are about 60
CREATE TABLE volume_numbers AS SELECT volume(n, n, '04', '2') AS v FROM generate_series(0, 99999) n;
CREATE TABLE tariff_numbers AS SELECT tariff(n / 100.0, 'uur') AS v FROM generate_series(0, 99999) n;
CREATE TABLE indication_numbers AS SELECT indication('02A16'::product, volume(n % 10, n % 10, '04', '2'), daterange(date '2020-01-01' + n / 10, NULL)) AS v FROM generate_series(0, 99999) n;
SELECT cmp_ok(pg_temp.count_of(format('SELECT max(n) FROM (SELECT count(*) n FROM %1$s_numbers GROUP BY %1$s_hash(v) & 1023) s', name)), '<', 158::bigint, name || ': no bucket is overfull') FROM type;
SELECT is(pg_temp.count_of(format('SELECT count(*) FROM %1$s_numbers WHERE %1$s_hash_extended(v, 0) & 4294967295 <> %1$s_hash(v)::bigint & 4294967295', name)), 0::bigint,
	name || ': the extended hash with seed 0 has the plain hash in its low half') FROM type;

-- An index finds what a scan finds
CREATE INDEX volume_btree ON volume_numbers USING btree (v);
CREATE INDEX tariff_hash ON tariff_numbers USING hash (v);
CREATE INDEX indication_btree ON indication_numbers USING btree (v);
CREATE INDEX indication_period ON indication_numbers USING gist (period(v));
ANALYZE volume_numbers, tariff_numbers, indication_numbers;
CREATE TEMP TABLE query (id int, sql text);
INSERT INTO query VALUES
	(1, $$SELECT count(*) FROM volume_numbers WHERE v BETWEEN '500 uur/week' AND '700 uur/week'$$),
	(2, $$SELECT count(*) FROM tariff_numbers WHERE v = '61.20/uur'$$),
	(3, $$SELECT count(*) FROM indication_numbers WHERE v < '02A16 4 uur/week [2020-02-01,)'$$),
	(4, $$SELECT count(*) FROM indication_numbers WHERE period(v) && '[2020-01-03,2020-01-05)' AND period(v) @> date '2020-01-03'$$);
SET LOCAL enable_seqscan = off;
CREATE TEMP TABLE by_index AS SELECT id, pg_temp.count_of(sql) AS n, pg_temp.plan_of(sql) AS plan FROM query;
SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexonlyscan = off;
CREATE TEMP TABLE by_scan AS SELECT id, pg_temp.count_of(sql) AS n FROM query;
RESET enable_indexscan; RESET enable_bitmapscan; RESET enable_indexonlyscan;
SELECT results_eq('SELECT id, n FROM by_index ORDER BY id', 'SELECT id, n FROM by_scan ORDER BY id', 'indexes and scans agree');
SELECT set_eq('SELECT n FROM by_index', '{201,1,314,30}'::bigint[], 'and find what is there');
SELECT ok(bool_and(plan LIKE '%Index%'), 'the indexes were used') FROM by_index;

-- Binary form: bytes on the wire, and a round trip through COPY (FORMAT binary)
SELECT is(volume_send('4..6 uur/week'), '\x0480000030000004'::bytea, 'volume on the wire: the eight bytes of the word');
SELECT is(tariff_send('61.20/uur'), '\x2000000003a5d680'::bytea, 'tariff on the wire: unit and millionths');
SELECT is(substring(indication_send('budget 60000.00 euro [2026-01-01,)') FROM 25), '\x00000000005b8d80'::bytea, 'indication on the wire ends with the budget in cents');
CREATE TABLE copied AS
SELECT v.v AS volume, t.v AS tariff, i.v AS indication FROM (SELECT v, row_number() OVER () n FROM volume_sample) v
FULL JOIN (SELECT v, row_number() OVER () n FROM tariff_sample) t USING (n) FULL JOIN (SELECT v, row_number() OVER () n FROM indication_sample) i USING (n);
CREATE TABLE copied_back (LIKE copied);
\set file `f=$(mktemp) && chmod 644 "$f" && echo "$f"`
\setenv ZR_COPY_FILE :file
COPY copied TO STDOUT (FORMAT binary) \g :file
COPY copied_back FROM :'file' (FORMAT binary);
\! rm -f "$ZR_COPY_FILE"
SELECT bag_eq('TABLE copied', 'TABLE copied_back', 'binary COPY gives back every value, NULLs too');

-- Text forms come back
SELECT is(pg_temp.count_of(format('SELECT count(*) FROM %1$s_sample WHERE v::text::%1$s <> v', name)), 0::bigint, name || ': text form reads back') FROM type;

-- Soft errors, from 16 on
CREATE FUNCTION pg_temp.soft(input text, name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r text; BEGIN EXECUTE 'SELECT sql_error_code || '' '' || detail FROM pg_input_error_info($1, $2)' INTO r USING input, name; RETURN r; END $$;
SELECT CASE WHEN current_setting('server_version_num')::int < 160000 THEN skip('soft errors exist from version 16 on', 1)
	ELSE is(pg_temp.soft(input, name), outcome, format('soft error: %s %L', name, input)) END
FROM (VALUES ('volume', '3.5 uur', '22P02 A volume in uur is a whole number.'),
             ('volume', '100000000 uur', '22003 The number of a volume lies between 0 and 99999999.'),
             ('tariff', '1.00/euro', '22P02 A tariff is a price per unit of care, not per euro.'),
             ('indication', '02A16 4 uur/week [2026-01-01,2025-01-01)', '22P02 The period is empty: it ends before its first day.')) v (name, input, outcome);
SELECT * FROM finish();
ROLLBACK;
