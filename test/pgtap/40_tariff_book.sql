-- tariff_book against slow SQL on seeded random lines: forms, look-up, groups, merge, aggregates, toasted books.
BEGIN;
SET search_path = zorgregio, public;
SET datestyle = ISO;
SET LOCAL statement_timeout = '60s';
SELECT plan(50);

-- Lines without overlap: per product and group a row of periods with gaps between some of them, the last sometimes open.
SELECT setseed(0.2026);
CREATE TABLE line AS
WITH cell AS (
	SELECT p::product AS product, g AS tariff_group
	FROM unnest('{02A16,02,01:1001,1001,45A04,55,A,31:ZZZZZ}'::text[]) p, unnest(ARRAY[NULL, 'zzp', 'a', 'kleine aanbieder', 'één', 'q"uote', 'Zzp']) g
	WHERE random() < 0.8
), step AS (
	SELECT cell.*, k, (random() * 3)::int * (random() * 20)::int AS gap, 1 + (random() * 60)::int AS days,
		((random() * 20000)::int / 100.0 || '/' || (ARRAY['uur', 'minuut', 'etmaal'])[1 + floor(random() * 3)::int])::tariff AS tariff,
		CASE WHEN random() < 0.3 THEN trim_scale((random() * 1e6)::int * 1.0000000001 * (random() * 1e6)::int / 7e6)::text END AS carried
	FROM cell, generate_series(1, 20) k
), placed AS (
	SELECT *, date '2024-01-01' + (sum(gap + days) OVER (PARTITION BY product, tariff_group ORDER BY k))::int AS ends FROM step
)
SELECT product, tariff_group, tariff, carried,
	daterange(ends - days, CASE WHEN k < 20 OR gap < 10 THEN ends END) AS valid
FROM placed;
-- an amount that is the tariff's own is not carried
UPDATE line SET carried = NULL WHERE carried::numeric = amount(tariff);

CREATE TABLE book AS SELECT tariff_book_agg(product, tariff_group, tariff, valid) AS book FROM line;
CREATE FUNCTION pg_temp.spell(name text) RETURNS text IMMUTABLE LANGUAGE sql AS
	$$SELECT CASE WHEN name ~ '^[A-Za-z0-9_-]+$' THEN '@' || name ELSE '@"' || replace(name, '"', '""') || '"' END$$;

-- Forms
CREATE TABLE carried_book AS
SELECT string_agg(concat(product, pg_temp.spell(tariff_group), ' ', valid, ' ', tariff, '~' || carried), '; ' ORDER BY random()) AS shuffled,
	'{' || string_agg(concat(product, pg_temp.spell(tariff_group), ' ', valid, ' ', tariff, '~' || carried), '; '
		ORDER BY product, tariff_group COLLATE "C" NULLS FIRST, valid) || '}' AS expected
FROM line;
SELECT cmp_ok((SELECT count(*) FROM line), '>', 500::bigint, 'there are lines to test with');
SELECT cmp_ok((SELECT count(*) FROM line WHERE carried IS NOT NULL), '>', 100::bigint, 'some carry an unrounded amount');
SELECT is(('{' || shuffled || '}')::tariff_book::text, expected, 'text: read in any order, printed in the order of product, group and day') FROM carried_book;
SELECT is((SELECT ('{' || shuffled || '}')::tariff_book::text::tariff_book::text FROM carried_book), (SELECT expected FROM carried_book), 'text: stable');
SELECT is(book::text, (SELECT '{' || string_agg(concat(product, pg_temp.spell(tariff_group), ' ', valid, ' ', tariff), '; '
	ORDER BY product, tariff_group COLLATE "C" NULLS FIRST, valid) || '}' FROM line), 'aggregate: prints its rows') FROM book;
SELECT results_eq($$SELECT product, tariff_group, valid, tariff FROM line ORDER BY product, tariff_group COLLATE "C" NULLS FIRST, valid$$,
	$$SELECT l.* FROM book, tariff_lines(book) l$$, 'tariff_lines: the rows in the order of the book');

CREATE TEMP TABLE sent (id int, book tariff_book);
INSERT INTO sent SELECT 1, book FROM book UNION ALL SELECT 2, ('{' || shuffled || '}')::tariff_book FROM carried_book
	UNION ALL VALUES (3, tariff_book '{}'), (4, NULL), (5, '{02A16 [2026-01-01,) 61.20/uur}');
CREATE TEMP TABLE got (LIKE sent);
SELECT current_setting('data_directory') || '/zr_tariff_book_' || pg_backend_pid() AS file \gset
COPY sent TO :'file' (FORMAT binary);
COPY got FROM :'file' (FORMAT binary);
SELECT is((SELECT count(*) FROM sent JOIN got USING (id) WHERE sent.book IS NOT DISTINCT FROM got.book AND sent.book::text IS NOT DISTINCT FROM got.book::text),
	5::bigint, 'binary COPY gives back every book');

-- Wire values: version, count, then product, group, first day, day after the last, tariff, unrounded amount
CREATE FUNCTION pg_temp.wire_line(product text DEFAULT '02A16', grp text DEFAULT '', lower int DEFAULT 9000, upper int DEFAULT 9365,
	tariff text DEFAULT '61.20/uur', carried text DEFAULT '') RETURNS bytea LANGUAGE sql AS $$
	SELECT probe.probe_send('product', product) || int4send(octet_length(grp)) || convert_to(grp, 'UTF8') || int4send(lower) || int4send(upper)
		|| probe.probe_send('tariff', tariff) || int4send(octet_length(carried)) || convert_to(carried, 'UTF8')
$$;
CREATE FUNCTION pg_temp.receive(VARIADIC lines bytea[]) RETURNS text LANGUAGE sql AS
	$$SELECT probe.probe_receive('tariff_book', '\x01' || int4send(cardinality(lines)) || string_agg(l, ''::bytea)) FROM unnest(lines) l$$;
SELECT is(probe.probe_send('tariff_book', '{02A16@zzp [2024-08-22,2025-08-22) 55.08/uur~55.0761; 02A16 [2024-08-22,) 61.20/uur}'),
	'\x0100000002' || pg_temp.wire_line(upper => 2147483647) || pg_temp.wire_line(grp => 'zzp', tariff => '55.08/uur', carried => '55.0761'), 'wire: the form');
SELECT is(pg_temp.receive(pg_temp.wire_line(grp => 'zzp'), pg_temp.wire_line()), NULL, 'wire: lines in any order');
SELECT is(pg_temp.receive(pg_temp.wire_line(carried => '0055.07610')), NULL, 'wire: an amount in any form');
SELECT is(pg_temp.receive(pg_temp.wire_line(), pg_temp.wire_line(lower => 9364, upper => 2147483647)), '22P03', 'wire: overlap');
SELECT is(pg_temp.receive(pg_temp.wire_line(lower => 9365)), '22P03', 'wire: no days');
SELECT is(pg_temp.receive(pg_temp.wire_line(lower => -2147483648)), '22P03', 'wire: no first day');
SELECT is(pg_temp.receive(pg_temp.wire_line(upper => 2921941)), '22P03', 'wire: beyond the calendar');
SELECT is(pg_temp.receive(pg_temp.wire_line(grp => E'a\tb')), '22P03', 'wire: control character');
SELECT is(pg_temp.receive(pg_temp.wire_line(grp => repeat('x', 64))), '22P03', 'wire: long name');
SELECT is(pg_temp.receive(pg_temp.wire_line(carried => '-1')), '22P03', 'wire: negative amount');
SELECT is(pg_temp.receive(pg_temp.wire_line(carried => 'NaN')), '22P03', 'wire: no amount');
SELECT is(probe.probe_receive('tariff_book', '\x0200000000'), '22P03', 'wire: another version');
SELECT is(probe.probe_receive('tariff_book', '\x01ffffffff'), '22P03', 'wire: negative count');
SELECT is(probe.probe_receive('tariff_book', '\x0100100000'), '22P03', 'wire: more lines than bytes');
SELECT is(pg_temp.receive(overlay(pg_temp.wire_line() placing '\x00000000' from 1)), '22P03', 'wire: no product');
SELECT is(pg_temp.receive(overlay(pg_temp.wire_line() placing '\x0000000000000000' from 17)), '22P03', 'wire: no tariff');
SELECT is(pg_temp.receive(overlay(pg_temp.wire_line() placing '\xfffffffe' from 5)), '22P03', 'wire: negative length');
SELECT isnt(probe.probe_receive('tariff_book', '\x0100000001' || pg_temp.wire_line() || '\x00'), NULL, 'wire: bytes after the lines');
SELECT is(pg_temp.receive(overlay(pg_temp.wire_line(grp => 'ab') placing '\xc328' from 9)), '22021', 'wire: invalid encoding');

-- Look-up against a scan of the rows: 8 products, 9 groups, a day in every week
CREATE TABLE asked AS
SELECT p::product AS product, g AS tariff_group, day::date AS day
FROM unnest('{02A16,02,01:1001,1001,45A04,55,A,31:ZZZZZ,03}'::text[]) p, unnest(ARRAY[NULL, '', 'zzp', 'a', 'kleine aanbieder', 'één', 'q"uote', 'Zzp', 'nobody']) g,
	generate_series(timestamp '2023-12-20', '2028-01-01', '8 days') day;
SELECT is_empty($$
	SELECT a.*, tariff_on(book, a.product, a.day), l.tariff FROM book, asked a
	LEFT JOIN line l ON l.product = a.product AND l.tariff_group IS NULL AND l.valid @> a.day
	WHERE a.tariff_group IS NULL AND tariff_on(book, a.product, a.day) IS DISTINCT FROM l.tariff
$$, 'tariff_on: the default tariff of the day, as a scan finds it');
SELECT is_empty($$
	WITH has AS (SELECT DISTINCT product, tariff_group FROM line)
	SELECT a.*, tariff_on(book, a.product, a.tariff_group, a.day), l.tariff FROM book, asked a
	LEFT JOIN has h ON h.product = a.product AND h.tariff_group = a.tariff_group
	LEFT JOIN line l ON l.product = a.product AND l.tariff_group IS NOT DISTINCT FROM h.tariff_group AND l.valid @> a.day
	WHERE tariff_on(book, a.product, a.tariff_group, a.day) IS DISTINCT FROM l.tariff
$$, 'tariff_on with a group: its tariff, or the default when it has no line for the product');
SELECT is_empty($$
	SELECT a.* FROM asked a JOIN (SELECT g, for_group(book, g) AS slice FROM book, (SELECT DISTINCT tariff_group FROM asked) v(g)) s ON a.tariff_group IS NOT DISTINCT FROM s.g, book
	WHERE tariff_on(slice, a.product, a.day) IS DISTINCT FROM tariff_on(book, a.product, a.tariff_group, a.day)
$$, 'tariff_on with a group is tariff_on of for_group');
SELECT is_empty($$
	WITH oracle AS (
		SELECT g, '{' || string_agg(concat(product, ' ', valid, ' ', tariff, '~' || carried), '; ' ORDER BY product, valid) || '}' AS expected
		FROM unnest(ARRAY['', 'zzp', 'a', 'kleine aanbieder', 'één', 'q"uote', 'Zzp', 'nobody']) g, line l
		WHERE tariff_group = g OR (tariff_group IS NULL AND NOT EXISTS (SELECT FROM line m WHERE m.product = l.product AND m.tariff_group = g))
		GROUP BY g)
	SELECT g FROM oracle, carried_book WHERE for_group(('{' || shuffled || '}')::tariff_book, g)::text IS DISTINCT FROM oracle.expected
$$, 'for_group: the lines that hold for a group, with their unrounded amounts');
SELECT ok(for_group(for_group(book, 'zzp'), 'a') = for_group(book, 'zzp'), 'for_group: a slice has no groups left') FROM book;

-- Merge
CREATE TABLE part AS SELECT n, tariff_book_agg(product, tariff_group, tariff, valid) AS b FROM (SELECT *, (random() * 5)::int AS n FROM line) l GROUP BY n;
SELECT is_empty($$
	SELECT a.n, b.n, c.n FROM part a, part b, part c WHERE a.n <> b.n AND b.n <> c.n AND a.n <> c.n
		AND (merge(a.b, merge(b.b, c.b)) <> merge(merge(a.b, b.b), c.b) OR merge(a.b, b.b)::text <> merge(b.b, a.b)::text OR merge(a.b, '{}') <> a.b)
$$, 'merge: associative, commutative, with {} as its neutral element');
SELECT ok((SELECT merge(merge(a.b, b.b), merge(merge(c.b, d.b), merge(e.b, f.b))) FROM part a, part b, part c, part d, part e, part f
	WHERE (a.n, b.n, c.n, d.n, e.n, f.n) = (0, 1, 2, 3, 4, 5)) = book, 'merge: the parts give the whole') FROM book;
SELECT throws_ok($$SELECT merge(book, book) FROM book$$, '23P01', NULL, 'merge: the same line twice is overlap');

-- Comparison and hash
SELECT is((SELECT count(*) FROM (SELECT book FROM book UNION SELECT ('{' || string_agg(l, '; ' ORDER BY random()) || '}')::tariff_book
	FROM book, regexp_split_to_table(trim('{}' from book::text), '; ') l) u), 1::bigint, 'hash: equal books are one in UNION');
SELECT is((SELECT count(DISTINCT tariff_book_hash(b)) FROM (SELECT ('{02 [2026-01-01,) ' || i || '/uur}')::tariff_book FROM generate_series(1, 1000) i) v(b)),
	1000::bigint, 'hash: 1000 books that differ in a price');
SELECT is_empty($$SELECT b FROM part WHERE tariff_book_hash_extended(b, 0)::bit(64)::bit(64) << 32 <> tariff_book_hash(b)::bit(32)::bit(64)$$,
	'hash: the low half of the seeded hash with seed 0');

-- Aggregates: the order of rows does not matter, nor does the number of processes
SELECT is_empty($$
	SELECT s FROM generate_series(1, 5) s, LATERAL (SELECT tariff_book_agg(product, tariff_group, tariff, valid ORDER BY hashtext(product::text || valid || s)) AS b FROM line) a, book
	WHERE b::text <> book::text
$$, 'aggregate: any order of rows');
CREATE TABLE many AS SELECT l.product, coalesce(tariff_group, '') || CASE WHEN i > 0 THEN i::text ELSE '' END AS tariff_group, tariff, valid FROM line l, generate_series(0, 99) i;
ANALYZE many;
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text := '';
	l text;
BEGIN
	FOR l IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
		result := result || l;
	END LOOP;
	RETURN result;
END $$;
CREATE TABLE serial AS SELECT tariff_book_agg(product, tariff_group, tariff, valid) AS b, count(*) AS n FROM many;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT alike(pg_temp.plan('SELECT tariff_book_agg(product, tariff_group, tariff, valid) FROM many'), '%Partial Aggregate%', 'aggregate: runs in parallel');
CREATE TABLE parallel AS SELECT tariff_book_agg(product, tariff_group, tariff, valid) AS b, count(*) AS n FROM many;
SELECT ok(p.b = s.b AND p.b::text = s.b::text AND s.n = (SELECT count(*) FROM tariff_lines(p.b)), 'aggregate: parallel gives what serial gives') FROM parallel p, serial s;
SELECT throws_ok($$SELECT tariff_book_agg(product, tariff, valid) FROM many$$, '23P01', NULL, 'aggregate: overlap is found in parallel too');
SELECT is((SELECT tariff_book_agg(product, tariff_group, tariff, valid) FROM many WHERE tariff_group = 'nobody'), NULL, 'aggregate: no rows, parallel');
SET LOCAL max_parallel_workers_per_gather = 0;

-- Toasted books: the right answers, and a book is not fetched again for each row
CREATE TABLE shelf (id int, book tariff_book);
INSERT INTO shelf SELECT i, tariff_book_agg(product, tariff, valid) FROM generate_series(0, 3) i, many WHERE tariff_group = CASE WHEN i > 0 THEN i::text ELSE '' END GROUP BY i;
INSERT INTO shelf SELECT 4, b FROM serial;
INSERT INTO shelf SELECT 5, tariff_book_agg('02A16', '1/uur', daterange(date '2024-01-01' + i, date '2024-01-01' + i + 1)) FROM generate_series(1, 120) i;
INSERT INTO shelf VALUES (6, '{02A16 [2024-01-02,2024-05-01) 1/uur}');
CREATE TABLE visit AS SELECT i % 7 AS id, (SELECT array_agg(product ORDER BY product) FROM (SELECT DISTINCT product FROM line) p)[1 + i % 8] AS product,
	date '2024-01-01' + i % 1000 AS day FROM generate_series(0, 13999) i;
ANALYZE shelf, visit;
SELECT is_empty($$
	WITH fresh AS MATERIALIZED (SELECT id, l.* FROM shelf, tariff_lines(book) l WHERE tariff_group IS NULL)
	SELECT v.* FROM visit v JOIN shelf s USING (id) LEFT JOIN fresh l ON l.id = v.id AND l.product = v.product AND l.valid @> v.day
	WHERE tariff_on(s.book, v.product, v.day) IS DISTINCT FROM l.tariff
$$, 'toasted: seven books in turn, external, compressed and short, give their own tariffs');
CREATE FUNCTION pg_temp.blocks(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, FORMAT json) ' || query INTO plan;
	RETURN (plan->0->'Plan'->>'Shared Hit Blocks')::bigint + (plan->0->'Plan'->>'Shared Read Blocks')::bigint;
END $$;
SELECT cmp_ok(pg_column_size(book), '>', 100000, 'toasted: there is a large book') FROM shelf WHERE id = 4;
SELECT cmp_ok(pg_temp.blocks($$SELECT count(tariff_on(s.book, v.product, v.day)) FROM visit v CROSS JOIN shelf s WHERE s.id = 4$$), '<', 3000::bigint,
	'toasted: one book over 14,000 rows is fetched once');
SELECT cmp_ok(pg_temp.blocks($$SELECT count(tariff_on(s.book, v.product, v.day)) FROM visit v JOIN shelf s USING (id)$$), '<', 3000::bigint,
	'toasted: seven books in turn are fetched once each');

-- A variable of plpgsql
CREATE FUNCTION pg_temp.walk() RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	b tariff_book := (SELECT tariff_book_agg(product, tariff, valid) FROM line WHERE tariff_group IS NULL);
	total numeric := 0;
BEGIN
	FOR d IN 0..400 LOOP
		total := total + coalesce(amount(tariff_on(b, '02A16', date '2024-01-01' + d)), 0);
	END LOOP;
	b := merge(b, '{03 [2024-01-01,) 1.00/uur}');
	RETURN total + amount(tariff_on(b, '03', '2030-01-01'));
END $$;
SELECT is(pg_temp.walk(), 1 + (SELECT coalesce(sum(amount(tariff)), 0) FROM line, generate_series(0, 400) d
	WHERE product = '02A16' AND tariff_group IS NULL AND valid @> date '2024-01-01' + d), 'plpgsql: a book in a variable');

-- 100,000 lines
CREATE TABLE large AS
SELECT ('0' || 1 + i % 5 || to_char(i % 100, 'FM00'))::product AS product, nullif('g' || i % 40, 'g0') AS tariff_group, (1 + i % 977 || '/uur')::tariff AS tariff,
	daterange(date '2000-01-01' + i, date '2000-01-01' + i + 1) AS valid
FROM generate_series(1, 100000) i;
CREATE TABLE large_book AS SELECT tariff_book_agg(product, tariff_group, tariff, valid) AS b FROM large;
SELECT is((SELECT count(*) FROM large_book, tariff_lines(b)), 100000::bigint, '100,000 lines: built');
SELECT ok(b::text::tariff_book = b, '100,000 lines: printed and read') FROM large_book;
SELECT is((SELECT count(*) FROM large, large_book WHERE tariff_on(b, product, tariff_group, lower(valid)) = tariff), 100000::bigint, '100,000 lines: each found');

SELECT * FROM finish();
ROLLBACK;
