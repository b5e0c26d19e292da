-- tariff_book: text form, errors, look-up, groups, aggregates
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
RESET client_min_messages;
SET search_path = zorgregio, public;
SET datestyle = ISO;

-- the canonical form: sorted by product, group, first day; half-open ranges; two decimals at least
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761}'::tariff_book;
SELECT '{}'::tariff_book, '  { }
 '::tariff_book AS with_space;
SELECT '{45A04[2026-01-01,)1.03/minuut;02A16@zzp ( 2025-12-31 , 2026-12-31 ] 55.08/uur ~ 055.0761000;02A16@Zzp [2027-01-01,] 1/uur;
	02A16 [2026-01-01,2027-01-01)61.2/uur}'::tariff_book;
-- adjacent lines with the same tariff stay as they were given
SELECT '{02 [2027-01-01,) 1/uur; 02 [2026-01-01,2027-01-01) 1/uur}'::tariff_book;
-- the tariff's own amount is not carried, another amount is, to the last digit
SELECT '{02 [2026-01-01,) 61.20/uur~61.200}'::tariff_book;
SELECT '{02 [2026-01-01,) 61.20/uur~61.2000000000000000000000000000000000000000000000000000000000000000000000000000000000001}'::tariff_book;
SELECT '{02 [2026-01-01,) 61.20/uur~0}'::tariff_book;
-- group names
SELECT '{02@"a" [2026-01-01,) 1/uur; 02@"kleine aanbieder" [2026-01-01,) 1/uur; 02@"say ""x""; }" [2026-01-01,) 1/uur; 02@B-1_ [2026-01-01,) 1/uur}'::tariff_book;

-- what is wrong is said
SELECT ''::tariff_book;
SELECT '{'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20/uur'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20/uur;}'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20/uur} x'::tariff_book;
SELECT '{02A16 61.20/uur}'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01)}'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20}'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20/euro}'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 1/uur; 2!A [2026-01-01,2027-01-01) 1/uur}'::tariff_book;
SELECT '{02A16 [,2027-01-01) 61.20/uur}'::tariff_book;
SELECT '{02A16 [2026-02-29,2027-01-01) 61.20/uur}'::tariff_book;
SELECT '{02A16 [2026-01-01,2026-01-01) 61.20/uur}'::tariff_book;
SELECT '{02A16 [2026-01-01,10000-01-01] 61.20/uur}'::tariff_book;
SELECT '{02A16@ [2026-01-01,) 61.20/uur}'::tariff_book;
SELECT '{02A16@z.z [2026-01-01,) 61.20/uur}'::tariff_book;
SELECT '{02A16@"zzp [2026-01-01,) 61.20/uur}'::tariff_book;
SELECT E'{02A16@"z\tp" [2026-01-01,) 61.20/uur}'::tariff_book;
SELECT ('{02A16@' || repeat('x', 64) || ' [2026-01-01,) 61.20/uur}')::tariff_book;
SELECT '{02A16 [2026-01-01,) 61.20/uur~}'::tariff_book;
SELECT '{02A16 [2026-01-01,) 61.20/uur~-1}'::tariff_book;
SELECT '{02A16 [2026-01-01,) 61.20/uur~123456789.1}'::tariff_book;
SELECT ('{' || repeat('02A16 [2026-01-01,2027-01-01) 61.20/uur; ', 100) || '}')::tariff_book;
-- two tariffs on one day, also when they are the same
SELECT '{02A16@zzp [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-12-31,) 62.00/uur~61.99}'::tariff_book;
SELECT '{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16 [2026-01-01,2027-01-01) 61.20/uur}'::tariff_book;

-- look-up
CREATE TEMP TABLE book AS SELECT '{
	02A16 [2025-01-01,2026-01-01) 59.00/uur; 02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761;
	45A04 [2026-03-01,) 1.03/minuut; 45A04@groot [2026-01-01,2026-07-01) 0.99/minuut}'::tariff_book AS book;
SELECT day, tariff_on(book, '02A16', day) AS "02A16", tariff_on(book, '02A16', 'zzp', day) AS zzp, tariff_on(book, '02A16', NULL, day) AS no_group,
	tariff_on(book, '45A04', day) AS "45A04", tariff_on(book, '45A04', 'groot', day) AS groot, tariff_on(book, '45A04', 'zzp', day) AS zzp, tariff_on(book, '02', day) AS "02"
FROM book, unnest('{-infinity,2024-12-31,2025-01-01,2025-12-31,2026-01-01,2026-06-30,2026-07-01,2026-12-31,2027-01-01,infinity}'::date[]) day;
SELECT tariff_on(NULL, '02A16', '2026-01-01') IS NULL, tariff_on(book, NULL, '2026-01-01') IS NULL, tariff_on(book, '02A16', NULL) IS NULL,
	tariff_on(NULL, '02A16', 'zzp', '2026-01-01') IS NULL, tariff_on(book, NULL, 'zzp', '2026-01-01') IS NULL, tariff_on(book, '02A16', 'zzp', NULL) IS NULL
FROM book;
SELECT l.* FROM book, tariff_lines(book) l;
SELECT (tariff_lines('{}')).*;

-- a group's lines, and the default lines of products it has none for
SELECT name, for_group(book, name) FROM book, (VALUES (1, 'zzp'), (2, 'groot'), (3, 'other'), (4, ''), (5, NULL)) v(i, name) ORDER BY i;
SELECT for_group('{}', 'zzp'), for_group(NULL, 'zzp') IS NULL AS no_book;

-- merge
SELECT merge(tariff_book '{02A16 [2026-01-01,2027-01-01) 61.20/uur}', '{02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761; 02 [2026-01-01,) 1/uur}');
SELECT merge(tariff_book '{}', '{}'), merge(tariff_book '{}', NULL) IS NULL AS no_book;
SELECT merge(tariff_book '{02A16 [2026-01-01,2027-01-01) 61.20/uur}', '{02A16 [2026-12-31,2027-01-01) 61.20/uur}');

-- comparison
SELECT '{}'::tariff_book = '{ }', '{02 [2026-01-01,) 1/uur}'::tariff_book = '{02 (2025-12-31,) 1.00/uur~1}', '{02 [2026-01-01,) 1/uur}'::tariff_book <> '{02 [2026-01-01,) 1/uur~1.01}';
SELECT b::tariff_book, count(*) FROM (VALUES ('{}'), ('{ }'), ('{02 [2026-01-01,) 1/uur}'), ('{02[2026-01-01,)1/uur~1.0}')) v(b) GROUP BY b::tariff_book ORDER BY b::tariff_book::text;

-- aggregates
CREATE TEMP TABLE price (product product, tariff_group text, tariff tariff, valid daterange);
SELECT tariff_book_agg(product, tariff, valid), tariff_book_agg(product, tariff_group, tariff, valid) FROM price;
INSERT INTO price VALUES
	('02A16', 'zzp', '55.08/uur', '[2026-01-01,2027-01-01)'), ('02A16', NULL, '61.20/uur', '[2026-01-01,2026-12-31]'), ('45A04', '', '1.03/minuut', '[2026-03-01,)'),
	(NULL, NULL, '1/uur', '[2026-01-01,)'), ('02A16', 'x', NULL, '[2026-01-01,)'), ('02A16', 'x', '1/uur', NULL);
SELECT tariff_book_agg(product, tariff_group, tariff, valid) FROM price;
SELECT tariff_book_agg(product, tariff, valid) FROM price WHERE tariff_group IS NULL OR tariff_group = '';
SELECT tariff_book_agg(product, tariff, valid) FROM price WHERE product IS NULL OR tariff IS NULL OR valid IS NULL;
SELECT tariff_book_agg(product, tariff, valid) FROM price;
-- an infinite end is an open end
SELECT tariff_book_agg('02', '1/uur', '[2026-01-01,infinity)');
SELECT tariff_book_agg('02', '1/uur', 'empty');
SELECT tariff_book_agg('02', '1/uur', '(,2026-01-01)');
SELECT tariff_book_agg('02', '1/uur', '[-infinity,2026-01-01)');
SELECT tariff_book_agg('02', '1/uur', '[2026-01-01,20000-01-01)');
SELECT tariff_book_agg('02', repeat('x', 64), '1/uur', '[2026-01-01,)');
SELECT tariff_book_agg('02', E'a\nb', '1/uur', '[2026-01-01,)');
-- over a window the state is read and then grows on
SELECT i, tariff_book_agg('02', 'g' || 9 - i, '1/uur', daterange(date '2026-01-01' + i, date '2026-01-02' + i)) OVER (ORDER BY i) FROM generate_series(1, 3) i;
SELECT i, tariff_book_agg('02', '1/uur', daterange(date '2026-01-01' + i, date '2026-01-02' + i)) OVER (ORDER BY i ROWS 1 PRECEDING) FROM generate_series(1, 3) i;
-- the steps are no functions for users
SELECT tariff_book_add('{}', '02', '1/uur', '[2026-01-01,)');
SELECT tariff_book_combine('{}', '{}');

-- the limit
SELECT tariff_book_agg('02', '1/uur', daterange(date '0001-01-01' + i, date '0001-01-02' + i)) FROM generate_series(0, 1000000) i;
