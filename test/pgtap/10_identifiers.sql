-- provider, municipality and product: comparison, hash, indexes, aggregates and binary form against oracles that know
-- only the parts of the text.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT plan(64);

-- Samples: v is the value, k a text that sorts (as bytes) as the type must.
CREATE TABLE provider_sample (v provider, k text COLLATE "C");
INSERT INTO provider_sample SELECT k::provider, k FROM (
	SELECT lpad(n::text, 8, '0') FROM unnest('{0,1,2,9,10,11,99,100,255,256,257,32767,32768,65535,65536,6020101,16777215,16777216,41410001,42420001,42420002,
		65656055,73730112,91000001,99999997,99999998,99999999}'::int[]) n
	UNION SELECT lpad((i::bigint * 7919 * 104729 % 100000000)::text, 8, '0') FROM generate_series(1, 40) i) s(k);
CREATE TABLE municipality_sample (v municipality, k text COLLATE "C");
INSERT INTO municipality_sample SELECT k::municipality, k FROM (
	SELECT lpad(n::text, 4, '0') FROM unnest('{0,1,9,10,99,100,127,128,200,213,232,244,246,255,256,262,285,301,317,363,376,381,402,406,417,424,425,457,999,1000,
		1696,1942,9998,9999}'::int[]) n
	UNION SELECT lpad((i * 7919 % 10000)::text, 4, '0') FROM generate_series(1, 40) i) s(k);
CREATE TABLE product_sample (v product, k text COLLATE "C");
INSERT INTO product_sample SELECT concat_ws(':', nullif(category, '00'), nullif(code, ''))::product, category || code
FROM unnest('{00,01,02,18,30,31,45,55,60}'::text[]) category, unnest(ARRAY['', '0', '00', '0A', '1', '1001', '16', '9', 'A', 'A0', 'A0000', 'Z', 'ZZZZZ']) code
WHERE category <> '00' OR code !~ '^([0-9]{2})?$';

CREATE FUNCTION pg_temp.count_of(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint; BEGIN EXECUTE query INTO n; RETURN n; END $$;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; plan text := ''; BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP plan := plan || line || E'\n'; END LOOP; RETURN plan;
END $$;
CREATE TEMP TABLE type (name text);
INSERT INTO type VALUES ('provider'), ('municipality'), ('product');

-- All pairs
SELECT cmp_ok(pg_temp.count_of(format('SELECT count(DISTINCT k) FROM %s_sample', name)), '>=', 60::bigint, name || ': the sample has 60 values') FROM type;
SELECT is(pg_temp.count_of(format($$
	SELECT count(*) FROM %1$s_sample a, %1$s_sample b
	WHERE (a.v = b.v) <> (a.k = b.k) OR (a.v <> b.v) <> (a.k <> b.k) OR (a.v < b.v) <> (a.k < b.k) OR (a.v <= b.v) <> (a.k <= b.k)
		OR (a.v > b.v) <> (a.k > b.k) OR (a.v >= b.v) <> (a.k >= b.k)
		OR %1$s_cmp(a.v, b.v) <> CASE WHEN a.k < b.k THEN -1 WHEN a.k > b.k THEN 1 ELSE 0 END
		OR %1$s_larger(a.v, b.v) <> CASE WHEN a.k > b.k THEN a.v ELSE b.v END
		OR %1$s_smaller(a.v, b.v) <> CASE WHEN a.k < b.k THEN a.v ELSE b.v END
		OR (a.k = b.k AND (%1$s_hash(a.v) <> %1$s_hash(b.v) OR %1$s_hash_extended(a.v, 42) <> %1$s_hash_extended(b.v, 42)))$$, name)),
	0::bigint, name || ': operators, comparison function and hash agree with the oracle on all pairs') FROM type;
SELECT is(pg_temp.count_of(format($$
	SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY v) a, row_number() OVER (ORDER BY k) b FROM %s_sample) s WHERE a <> b$$, name)),
	0::bigint, name || ': a sort gives the order of the oracle') FROM type;

-- Hash: sequential numbers spread evenly over buckets, plain and extended
CREATE TABLE provider_numbers AS SELECT n::provider AS v FROM generate_series(0, 99999) n;
CREATE TABLE municipality_numbers AS SELECT n::municipality AS v FROM generate_series(0, 9999) n;
CREATE TABLE product_numbers AS
	SELECT product(lpad(c::text, 2, '0'), lpad(n::text, 4, '0')) AS v FROM generate_series(31, 40) c, generate_series(0, 9999) n;
-- expected per bucket: 98, and 78 for municipality; 6 standard deviations are about 60
SELECT cmp_ok(pg_temp.count_of(format($$
	SELECT max(n) FROM (SELECT count(*) n FROM %1$s_numbers GROUP BY %1$s_hash(v) & (SELECT CASE WHEN count(*) > 10000 THEN 1023 ELSE 127 END FROM %1$s_numbers)) s$$, name)),
	'<', 158::bigint, name || ': no bucket is overfull') FROM type;
SELECT cmp_ok(pg_temp.count_of(format($$
	SELECT max(n) FROM (SELECT count(*) n FROM %1$s_numbers GROUP BY %1$s_hash_extended(v, 8675309) & (SELECT CASE WHEN count(*) > 10000 THEN 1023 ELSE 127 END FROM %1$s_numbers)) s$$, name)),
	'<', 158::bigint, name || ': with a seed neither') FROM type;
SELECT is(pg_temp.count_of(format($$
	SELECT count(*) FROM %1$s_numbers WHERE %1$s_hash(v)::bigint & 4294967295 <> %1$s_hash_extended(v, 0) & 4294967295$$, name)),
	0::bigint, name || ': the extended hash with seed 0 ends in the plain one') FROM type;

-- Indexes: the same rows as without, for every operator and every value of the sample
CREATE TABLE provider_rows (v provider, id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE municipality_rows (v municipality, id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE product_rows (v product, id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE gist_rows (v product, p provider, m municipality);
CREATE INDEX gist_rows_all ON gist_rows USING gist (m, p, v);	-- filled row by row: pages are split
SELECT pg_temp.count_of(format($$
	WITH source AS (SELECT v, row_number() OVER (ORDER BY k) n FROM %1$s_sample),
		i AS (INSERT INTO %1$s_rows (v) SELECT s.v FROM source s, generate_series(1, 3 + s.n::int * 7 %% 50) RETURNING 1)
	SELECT count(*) FROM i$$, name)) > 1000 AS filled FROM type;
INSERT INTO provider_rows (v) SELECT v FROM provider_numbers LIMIT 5000;
INSERT INTO municipality_rows (v) SELECT v FROM municipality_numbers LIMIT 5000;
INSERT INTO product_rows (v) SELECT v FROM product_numbers LIMIT 5000;
INSERT INTO provider_rows (v) SELECT NULL FROM generate_series(1, 100);
INSERT INTO municipality_rows (v) SELECT NULL FROM generate_series(1, 100);
INSERT INTO product_rows (v) SELECT NULL FROM generate_series(1, 100);
INSERT INTO gist_rows SELECT product(lpad((1 + i % 60)::text, 2, '0'), (i * 7919 % 1000)::text), (i * 104729 % 5000)::provider, (i * 31 % 342)::municipality
	FROM generate_series(1, 20000) i;
ANALYZE;

CREATE FUNCTION pg_temp.compare_index(name text, method text, operators text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r record;
	plan text;
	by_index record;
	by_scan record;
	query text;
	n bigint := 0;
BEGIN
	EXECUTE format('CREATE INDEX %1$s_probe ON %1$s_rows USING %2$s (v)', name, method);
	FOR r IN EXECUTE format('SELECT v::text, o FROM %s_sample, unnest(%L::text[]) o', name, operators) LOOP
		query := format('SELECT count(*), sum(id), sum(id::bigint * id) FROM %s_rows WHERE v %s %L', name, r.o, r.v);
		SET LOCAL enable_seqscan = off;
		SET LOCAL enable_indexscan = on;
		SET LOCAL enable_bitmapscan = on;
		plan := pg_temp.plan_of(query);
		IF plan !~ (name || '_probe') THEN RETURN 'no index: ' || plan; END IF;
		EXECUTE query INTO by_index;
		SET LOCAL enable_seqscan = on;
		SET LOCAL enable_indexscan = off;
		SET LOCAL enable_bitmapscan = off;
		EXECUTE query INTO by_scan;
		IF by_index IS DISTINCT FROM by_scan THEN RETURN format('%s %s: %s by index, %s by scan', r.o, r.v, by_index, by_scan); END IF;
		n := n + by_scan.count;
	END LOOP;
	EXECUTE format('DROP INDEX %s_probe', name);
	SET LOCAL enable_indexscan = on;
	SET LOCAL enable_bitmapscan = on;
	RETURN CASE WHEN n > 1000 THEN 'same' ELSE 'too few rows' END;
END $$;
SELECT is(pg_temp.compare_index(name, method, operators::text[]), 'same', format('%s: %s index = no index', name, method))
FROM type, (VALUES ('btree', '{<,<=,=,>=,>}'), ('hash', '{=}'), ('gist', '{=}')) m(method, operators);

-- GiST over three columns, filled by insertion; and the value comes back from the index
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
CREATE TEMP TABLE expected AS SELECT m, count(*) n, count(DISTINCT (p, v)) d FROM gist_rows GROUP BY m;
SELECT is((SELECT count(*) FROM expected e WHERE n <> (SELECT count(*) FROM gist_rows g WHERE g.m = e.m)
		OR d <> (SELECT count(DISTINCT (g.p, g.v)) FROM gist_rows g WHERE g.m = e.m)), 0::bigint, 'gist on three columns: first column');
SELECT matches(pg_temp.plan_of($$SELECT m, p, v FROM gist_rows WHERE m = '0200' AND v = '21:200'$$), 'Index Only Scan using gist_rows_all', 'gist: index-only scan');
SELECT set_eq($$SELECT m::text, p::text, v::text FROM gist_rows WHERE m = '0200'$$,
	$$SELECT lpad((i * 31 % 342)::text, 4, '0') m, lpad((i * 104729 % 5000)::text, 8, '0') p, lpad((1 + i % 60)::text, 2, '0') || ':' || (i * 7919 % 1000)::text v
		FROM generate_series(1, 20000) i WHERE i * 31 % 342 = 200$$, 'gist: the values in the index are the values in the table');
SET LOCAL enable_seqscan = on;
SET LOCAL enable_bitmapscan = on;

-- min and max: parallel = serial = oracle; by index; nothing and NULLs
CREATE FUNCTION pg_temp.extremes(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE t text; BEGIN EXECUTE format('SELECT min(v)::text || '' '' || max(v)::text FROM %s_rows', name) INTO t; RETURN t; END $$;
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT name, pg_temp.extremes(name) AS result FROM type;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT matches(pg_temp.plan_of(format('SELECT min(v), max(v) FROM %s_rows', name)), 'Partial Aggregate', name || ': min and max run in parallel') FROM type;
SELECT is(pg_temp.extremes(name), result, name || ': parallel = serial') FROM serial;
SELECT is((SELECT string_agg(result, ', ' ORDER BY name) FROM serial), '0000 9999, 0 60:ZZZZZ, 00000000 99999999', 'serial = known extremes');
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE INDEX product_minmax ON product_rows (v);
SELECT matches(pg_temp.plan_of('SELECT max(v) FROM product_rows'), 'Limit.*Scan Backward using product_minmax', 'product: max is one look-up in an index');
SELECT is((SELECT row(min(v), max(v))::text FROM product_rows WHERE false), '(,)', 'product: no rows give NULL');
SELECT is((SELECT row(min(v), max(v))::text FROM provider_rows WHERE v IS NULL), '(,)', 'provider: only NULL gives NULL');
SELECT is((SELECT row(min(v), max(v))::text FROM municipality_rows WHERE v IS NULL), '(,)', 'municipality: only NULL gives NULL');

-- Joins: merge, hash and nested loop find the same pairs
CREATE FUNCTION pg_temp.joined(name text, method text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint; q text := format('SELECT count(*) FROM %1$s_rows a JOIN %1$s_sample b ON a.v = b.v', name); BEGIN
	PERFORM set_config('enable_' || m, (m = method)::text, true) FROM unnest('{hashjoin,mergejoin,nestloop}'::text[]) m;
	EXECUTE q INTO n; RETURN n;
END $$;
SELECT is(pg_temp.joined(name, 'mergejoin') || ' ' || pg_temp.joined(name, 'hashjoin'), repeat(pg_temp.joined(name, 'nestloop') || ' ', 1) || pg_temp.joined(name, 'nestloop'),
	name || ': every kind of join gives the same') FROM type;
SELECT set_config('enable_' || m, 'on', true) IS NOT NULL AS reset FROM unnest('{hashjoin,mergejoin,nestloop}'::text[]) m;

-- Tuples that compiled code reads; in some minor releases it fills the upper half of a datum in another way.
SET LOCAL jit = on;
SET LOCAL jit_above_cost = 0;
SELECT is((SELECT count(*) FROM product_rows a JOIN product_sample b ON a.v = b.v AND a.v > product('31', NULL) AND product_cmp(a.v, b.v) = 0),
	(SELECT sum(pg_temp.count_of(format('SELECT count(*) FROM product_rows WHERE v::text = %L', v)))::bigint FROM product_sample WHERE k > '31'),
	'product: the same with JIT');
SET LOCAL jit = off;

-- Partitions: by hash (extended hash) and by list
CREATE TABLE by_hash (v provider) PARTITION BY HASH (v);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO by_hash SELECT v FROM provider_numbers LIMIT 10000;
SELECT ok((SELECT count(*) FROM by_hash_0) BETWEEN 4600 AND 5400, 'hash partitions are even');
SELECT is((SELECT count(*) FROM by_hash WHERE v = '00000042'), 1::bigint, 'hash partitions: the right one is asked');
CREATE TABLE by_range (v product) PARTITION BY RANGE (v);
CREATE TABLE by_range_wmo PARTITION OF by_range FOR VALUES FROM ('01') TO ('19');
CREATE TABLE by_range_jw PARTITION OF by_range FOR VALUES FROM ('31') TO ('56');
INSERT INTO by_range VALUES ('18ZZZ'), ('01'), ('31'), ('55:ZZZZZ');
SELECT is((SELECT count(*) FROM by_range_jw), 2::bigint, 'range partitions: by law');

-- Exclusion constraints
CREATE TABLE excluded (p provider, m municipality, q product, valid daterange,
	EXCLUDE USING gist (p WITH =, m WITH =, q WITH =, valid WITH &&));
INSERT INTO excluded VALUES ('73730112', '0200', '45A03', '[2026-01-01,2026-02-01)');
SELECT throws_ok($$INSERT INTO excluded VALUES ('73730112', '0200', '45A03', '[2026-01-31,)')$$, '23P01', NULL, 'exclusion: the same overlaps');
SELECT lives_ok($$INSERT INTO excluded VALUES ('73730112', '0200', '45A03', '[2026-02-01,)')$$, 'exclusion: the same, adjacent');
SELECT lives_ok($$INSERT INTO excluded VALUES ('73730113', '0200', '45A03', '[2026-01-01,)')$$, 'exclusion: another provider');
SELECT lives_ok($$INSERT INTO excluded VALUES ('73730112', '0201', '45A03', '[2026-01-01,)')$$, 'exclusion: another municipality');
SELECT lives_ok($$INSERT INTO excluded VALUES ('73730112', '0200', '45:45A0', '[2026-01-01,)')$$, 'exclusion: another product');
SELECT lives_ok($$INSERT INTO excluded VALUES ('73730112', NULL, '45A03', '[2026-01-01,)')$$, 'exclusion: NULL equals nothing');
-- ... and as a key WITHOUT OVERLAPS, from 18 on
SELECT CASE WHEN current_setting('server_version_num')::int < 180000 THEN skip('WITHOUT OVERLAPS exists from version 18 on', 2)
	ELSE lives_ok($$CREATE TABLE without_overlaps (p provider, m municipality, q product, valid daterange, PRIMARY KEY (p, m, q, valid WITHOUT OVERLAPS));
		INSERT INTO without_overlaps VALUES ('73730112', '0200', '45A03', '[2026-01-01,2026-02-01)'), ('73730112', '0200', '45A03', '[2026-02-01,)')$$, 'WITHOUT OVERLAPS: adjacent')
		|| E'\n' || throws_ok($$INSERT INTO without_overlaps VALUES ('73730112', '0200', '45A03', '[2026-01-31,2026-02-02)')$$, '23P01', NULL, 'WITHOUT OVERLAPS: overlap')
	END;

-- Binary COPY
CREATE TABLE copied (p provider, m municipality, q product);
INSERT INTO copied SELECT p.v, m.v, q.v FROM (SELECT v, row_number() OVER (ORDER BY k) n FROM provider_sample) p
	FULL JOIN (SELECT v, row_number() OVER (ORDER BY k) n FROM municipality_sample) m USING (n)
	FULL JOIN (SELECT v, row_number() OVER (ORDER BY k) n FROM product_sample) q USING (n);
CREATE TABLE copied_back (LIKE copied);
\set file `f=$(mktemp) && chmod 644 "$f" && echo "$f"`
\setenv ZR_COPY_FILE :file
COPY copied TO STDOUT (FORMAT binary) \g :file
COPY copied_back FROM :'file' (FORMAT binary);
\! rm -f "$ZR_COPY_FILE"
SELECT bag_eq('TABLE copied', 'TABLE copied_back', 'binary COPY gives back every value, NULLs too');
SELECT cmp_ok((SELECT count(*) FROM copied_back), '>=', 100::bigint, 'binary COPY: rows');

-- Soft errors, from 16 on
CREATE FUNCTION pg_temp.soft(input text, name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r text; BEGIN EXECUTE 'SELECT sql_error_code || '' '' || detail FROM pg_input_error_info($1, $2)' INTO r USING input, name; RETURN r; END $$;
SELECT CASE WHEN current_setting('server_version_num')::int < 160000 THEN skip('soft errors exist from version 16 on', 1)
	ELSE is(pg_temp.soft(input, name), outcome, format('soft error: %s %L', name, input)) END
FROM (VALUES ('provider', '73730112', NULL), ('provider', '7373011', '22P02 It has 7 digits; an AGB code has 8.'),
	('municipality', '0200', NULL), ('municipality', '02000', '22P02 It has 5 digits; a municipality code has 4.'),
	('product', '02A16', NULL), ('product', '99A01', '22P02 Category 99 does not exist; categories are 01 to 60.')) v(name, input, outcome);

SELECT * FROM finish();
ROLLBACK;
