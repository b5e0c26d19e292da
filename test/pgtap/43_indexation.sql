-- index_rate against the formulas in numeric; indexed books against a chain of unrounded amounts.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(38);

SELECT is(index_rate(90, 4.94, 2.51, 4.74, 6.36, 4.87, 7.02, 'ratio', 'parts'), 6.30, 'VNG 2024: ratio, parts rounded');
SELECT is(index_rate(90, 4.94, 2.51, 4.74, 6.36, 4.87, 7.02, 'ratio'), 6.29, 'the same rounded as a whole');
SELECT is(index_rate(90, 4.18, 1.82, 4.94, 6.00, 2.51, 3.10, 'points'), 4.96, 'VNG 2025: points');
SELECT is(index_rate(80, 4.94, 2.51, 4.74, 6.36, 4.87, 7.02, 'ratio', 'parts'), 6.10, 'Rivierenland: weights 80/20');
SELECT is(index_rate(0.90, 4.18, 1.82, 4.94, 6.00, 2.51, 3.10, 'points'), 4.96, 'a share as a fraction');
SELECT is(index_rate(1, 4.18, 1.82, 0, 0, 0, 0, 'none'), 4.18, 'a share of 1 is all personnel');
SELECT is(index_rate(90, 4.18, 1.82, 4.94, 6.00, 2.51, 3.10, 'none'), 3.94, 'no catch-up');
SELECT is(index_rate(90, 4.18, 1.82, 4.94, 6.00, 2.51, 3.10, 'none', 'none'), 3.944, 'no rounding');
SELECT is(index_rate(100, 0.8, 0, 0, -0.1, 0, 0, 'compound', decimals => 4), 0.6992, 'compound: (1 - 0.001) * (1 + 0.008) - 1');
SELECT is(index_rate(90, 4.18, 1.82, 4.94, 6.00, 2.51, 3.10, 'points', decimals => 0), 5::numeric, 'whole percents');
SELECT is(scale(index_rate(90, 4, 2, 0, 0, 0, 0, 'none', decimals => 20)), 20, 'twenty decimals');

-- against the formulas, 30 decimals of division being far more than the rounding sees
SELECT setseed(0.43);
CREATE TEMP TABLE figures AS
SELECT trunc(random() * 101)::numeric AS w, round((random() * 20 - 5)::numeric, 2) AS pn, round((random() * 20 - 5)::numeric, 2) AS mn,
	round((random() * 20 - 5)::numeric, 2) AS pp, round((random() * 20 - 5)::numeric, 2) AS pd,
	round((random() * 20 - 5)::numeric, 2) AS mp, round((random() * 20 - 5)::numeric, 2) AS md FROM generate_series(1, 2000);
CREATE TEMP VIEW weighted AS
SELECT f.*, CASE WHEN w <= 1 THEN w ELSE w * 0.01 END * pn + (1 - CASE WHEN w <= 1 THEN w ELSE w * 0.01 END) * mn AS n,
	CASE WHEN w <= 1 THEN w ELSE w * 0.01 END * pp + (1 - CASE WHEN w <= 1 THEN w ELSE w * 0.01 END) * mp AS p,
	CASE WHEN w <= 1 THEN w ELSE w * 0.01 END * pd + (1 - CASE WHEN w <= 1 THEN w ELSE w * 0.01 END) * md AS d FROM figures f;
SELECT is_empty($$SELECT * FROM weighted WHERE index_rate(w, pn, mn, pp, pd, mp, md, 'points') <> round(n + d - p, 2)$$, 'points, 2000 random figures');
SELECT is_empty($$SELECT * FROM weighted WHERE index_rate(w, pn, mn, pp, pd, mp, md, 'ratio')
	<> round(n + (100 + d) * 1.000000000000000000000000000000 / (100 + p) * 100 - 100, 2)$$, 'ratio, whole');
SELECT is_empty($$SELECT * FROM weighted WHERE index_rate(w, pn, mn, pp, pd, mp, md, 'ratio', 'parts')
	<> round(n, 2) + round((100 + d) * 1.000000000000000000000000000000 / (100 + p) * 100 - 100, 2)$$, 'ratio, parts');
SELECT is_empty($$SELECT * FROM weighted WHERE index_rate(w, pn, mn, pp, pd, mp, md, 'compound')
	<> round((100 + d) * 1.000000000000000000000000000000 / (100 + p) * (100 + n) - 100, 2)$$, 'compound, whole');

SELECT throws_ok($$SELECT index_rate(101, 1, 1, 1, 1, 1, 1, 'ratio')$$, '22023', 'personnel share out of range: 101');
SELECT throws_ok($$SELECT index_rate(-1, 1, 1, 1, 1, 1, 1, 'ratio')$$, '22023', 'personnel share out of range: -1');
SELECT throws_ok($$SELECT index_rate(90, 1, 1, -100, 1, -100, 1, 'ratio')$$, '22023', 'provisional personnel index out of range: -100');
SELECT throws_ok($$SELECT index_rate(90, 'NaN', 1, 1, 1, 1, 1, 'ratio')$$, '22023', 'personnel index of next year is not a finite number: NaN');
SELECT throws_ok($$SELECT index_rate(90, 1, 1, 1, 1, 1, 1, 'ratio', decimals => 21)$$, '22023', 'number of decimals out of range: 21');

-- books
SELECT is(indexed('{02A16 [2024-01-01,) 61.20/uur}', 6.30, '2025-01-01')::text,
	'{02A16 [2024-01-01,2025-01-01) 61.20/uur; 02A16 [2025-01-01,) 65.06/uur~65.0556}', 'a line is split, its unrounded amount kept');
SELECT is(indexed('{02A16 [2024-01-01,2025-01-01) 61.20/uur; 02A16 [2025-01-01,) 62.00/uur}', 10, '2025-01-01')::text,
	'{02A16 [2024-01-01,2025-01-01) 61.20/uur; 02A16 [2025-01-01,) 68.20/uur}', 'earlier lines stay, later ones change');
SELECT is(indexed('{02A16 [2024-01-01,) 21.00/etmaal~21.04}', 3.64, '2026-01-01', 0.20, 'down')::text,
	'{02A16 [2024-01-01,2026-01-01) 21.00/etmaal~21.04; 02A16 [2026-01-01,) 21.80/etmaal~21.805856}', 'statutory chain: 21.00 becomes 21.80');
SELECT is(tariff_on(indexed(published('{02A16 [2024-01-01,) 21.00/etmaal~21.04}'), 3.64, '2026-01-01', 0.20, 'down'), '02A16', '2026-01-01')::text,
	'21.60/etmaal', 'from the published amount it would be 21.60');

SELECT setseed(0.44);
CREATE TEMP TABLE books AS
SELECT g, tariff_book_agg((ARRAY['02A16', '45A04', '01:1001'])[1 + i % 3]::product, CASE WHEN i < 3 THEN NULL ELSE 'zzp' END,
		tariff(round((random() * 200 + 1)::numeric, 2), 'uur'), daterange('2024-01-01', NULL)) AS book,
	round((random() * 12 - 2)::numeric, 2) AS p1, round((random() * 12)::numeric, 2) AS p2
FROM generate_series(1, 300) g, generate_series(0, 5) i GROUP BY g;
SELECT is_empty($$SELECT g FROM books WHERE indexed(book, 0, '2025-01-01') <> book OR indexed(book, 0, '2025-01-01', 0.60) <> book$$, 'an index of 0 changes nothing');
SELECT is_empty($$
	SELECT g FROM books, LATERAL tariff_lines(indexed(indexed(book, p1, '2025-01-01'), p2, '2026-01-01')) l
	WHERE lower(valid) = '2026-01-01' AND amount(l.tariff) <>
		round(amount(tariff_on(book, product, tariff_group, '2024-06-01')) * (1 + p1 * 0.01) * (1 + p2 * 0.01), 2)
$$, 'two years are the compounded unrounded amounts, rounded once');
SELECT is_empty($$
	SELECT g FROM books WHERE indexed(derive_group(book, NULL, 'pgb', 75), p1, '2025-01-01') <> derive_group(indexed(book, p1, '2025-01-01'), NULL, 'pgb', 75)
$$, 'derived groups follow a later index of their base');
SELECT is_empty($$SELECT g FROM books WHERE indexed(derive_group(book, 'zzp', 'pgb', 90), p1, '2025-01-01') <> derive_group(indexed(book, p1, '2025-01-01'), 'zzp', 'pgb', 90)$$,
	'in either order, unrounded amounts included');

SELECT throws_ok($$SELECT indexed('{02A16 [2024-01-01,) 1.00/uur}', -100, '2025-01-01')$$, '22023', 'index percentage out of range: -100');
SELECT throws_ok($$SELECT indexed('{02A16 [2024-01-01,) 1.00/uur}', 2, '2025-01-01', 0)$$, '22023', 'rounding step must be greater than zero');
SELECT throws_ok($$SELECT indexed('{02A16 [2024-01-01,) 99999999.00/uur}', 2, '2025-01-01')$$, '22003');
SELECT throws_ok($$SELECT indexed('{}', 2, 'infinity')$$, '22008', 'first day of the index out of range');
SELECT is(indexed('{}', 2, '2025-01-01')::text, '{}', 'an empty book');
SELECT is(indexed(NULL, 2, '2025-01-01'), NULL, 'NULL');
-- the unrounded amount grows four decimals a year; where it no longer fits, the error says what to do
SELECT throws_ok($$
	WITH RECURSIVE chain(n, book) AS (
		VALUES (0, '{02A16 [2024-01-01,) 61.20/uur}'::tariff_book)
		UNION ALL SELECT n + 1, indexed(book, 0.01, '2024-01-01') FROM chain WHERE n < 100
	) SELECT max(n) FROM chain
$$, '54000', 'cannot index the tariff book');

-- 100,000 lines build, index and print in seconds
CREATE TEMP TABLE big AS
SELECT tariff_book_agg(product('02', lpad(i::text, 5, '0')), tariff(1 + i * 0.01, 'uur'), daterange('2024-01-01', NULL)) AS book FROM generate_series(0, 99999) i;
CREATE TEMP TABLE clock AS SELECT clock_timestamp() AS t;
CREATE TEMP TABLE big_indexed AS SELECT indexed(indexed(book, 6.30, '2025-01-01'), 4.96, '2026-01-01') AS book FROM big;
SELECT cmp_ok((SELECT length(book::text) FROM big_indexed), '>', 5000000, '100,000 lines: 300,000 after two years');
SELECT cmp_ok((SELECT clock_timestamp() - t FROM clock), '<', interval '20 seconds', 'in seconds');
SELECT is((SELECT amount(tariff_on(book, '02:99999', '2026-06-01')) FROM big_indexed), round(1000.99 * 1.063 * 1.0496, 2), 'the last line');
SELECT * FROM finish();
ROLLBACK;
