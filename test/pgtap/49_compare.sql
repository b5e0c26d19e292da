-- compare: against a day-by-day look at the lines of both books.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(12);

SELECT is((SELECT array_agg(c::text) FROM compare('{02A16 [2026-01-01,) 61.20/uur; 45A04 [2026-01-01,2027-01-01) 1.03/minuut}',
	'{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16 [2027-01-01,) 64.24/uur; 02A16@zzp [2027-01-01,) 57.81/uur}') c),
	'{"(02A16,,\"[2026-01-01,2027-01-01)\",61.20/uur,61.20/uur,0.00,0.00)","(02A16,,\"[2027-01-01,)\",61.20/uur,64.24/uur,3.04,4.97)","(02A16,zzp,\"[2027-01-01,)\",,57.81/uur,,)","(45A04,,\"[2026-01-01,2027-01-01)\",1.03/minuut,,,)"}',
	'old, new, difference');
SELECT is((SELECT difference FROM compare('{02A16 [2026-01-01,) 60.00/uur}', '{02A16 [2026-01-01,) 1.00/minuut}')), NULL, 'units that differ');
SELECT is((SELECT (difference, percentage)::text FROM compare('{02A16 [2026-01-01,) 0.00/uur}', '{02A16 [2026-01-01,) 1.00/uur}')), '(1.00,)', 'nothing to take a percentage of');
SELECT is((SELECT (difference, percentage)::text FROM compare('{02A16 [2026-01-01,) 3.00/uur}', '{02A16 [2026-01-01,) 2.999999/uur}')), '(-0.000001,0.00)', 'six decimals');
SELECT is((SELECT percentage FROM compare('{02A16 [2026-01-01,) 80.00/uur}', '{02A16 [2026-01-01,) 79.90/uur}')), -0.13, 'half up, away from zero');
SELECT is_empty($$SELECT * FROM compare('{}', '{}')$$, 'empty books');
SELECT is_empty($$SELECT * FROM compare(NULL, '{02A16 [2026-01-01,) 1.00/minuut}')$$, 'NULL');

SELECT setseed(0.49);
CREATE TEMP TABLE books AS
SELECT g, side, tariff_book_agg(p::product, nullif(t, ''), tariff(1 + trunc(random() * 3)::int, 'uur'), daterange(d, CASE WHEN k = 7 AND random() < 0.5 THEN NULL ELSE d + 1 + trunc(random() * 10)::int END)) AS book
FROM generate_series(1, 200) g, generate_series(0, 1) side, (VALUES ('02A16'), ('45A04'), ('02A17')) p(p), (VALUES (''), ('a'), ('ab'), ('b')) t(t),
	generate_series(0, 7) k, LATERAL (SELECT date '2026-01-01' + k * 10 + trunc(random() * (g * 0))::int AS d) x
WHERE random() < 0.4 GROUP BY g, side;
CREATE TEMP TABLE compared AS SELECT n.g, c.* FROM books o JOIN books n ON n.g = o.g AND n.side = 1 AND o.side = 0, compare(o.book, n.book) c;
CREATE TEMP VIEW by_day AS SELECT b.g, b.side, l.product, l.tariff_group, d::date AS day, l.tariff FROM books b, tariff_lines(b.book) l,
	generate_series(lower(l.valid), coalesce(upper(l.valid) - 1, '2026-04-15'), interval '1 day') d;
CREATE TEMP VIEW expected AS
SELECT coalesce(o.g, n.g) AS g, coalesce(o.product, n.product) AS product, coalesce(o.tariff_group, n.tariff_group) AS tariff_group, coalesce(o.day, n.day) AS day,
	o.tariff AS old_tariff, n.tariff AS new_tariff
FROM (SELECT *, coalesce(tariff_group, '') AS k FROM by_day WHERE side = 0) o FULL JOIN (SELECT *, coalesce(tariff_group, '') AS k FROM by_day WHERE side = 1) n
	ON o.g = n.g AND o.product = n.product AND o.k = n.k AND o.day = n.day;
CREATE TEMP VIEW got AS SELECT g, product, tariff_group, d::date AS day, old_tariff, new_tariff FROM compared,
	generate_series(lower(valid), coalesce(upper(valid) - 1, '2026-04-15'), interval '1 day') d;
SELECT cmp_ok((SELECT count(*) FROM compared), '>', 5000::bigint, 'random books have rows');
SELECT is_empty('(SELECT * FROM got EXCEPT ALL SELECT * FROM expected) UNION ALL (SELECT * FROM expected EXCEPT ALL SELECT * FROM got)', 'day by day what the books say');
SELECT is_empty($$SELECT * FROM compared WHERE (old_tariff IS NULL OR new_tariff IS NULL) <> (difference IS NULL) OR difference <> amount(new_tariff) - amount(old_tariff)
	OR percentage <> round((amount(new_tariff) - amount(old_tariff)) * 100 / amount(old_tariff), 2)$$, 'differences');
SELECT is_empty($$SELECT g FROM books b, LATERAL compare(b.book, b.book) c WHERE old_tariff IS DISTINCT FROM new_tariff$$, 'a book does not differ from itself');
SELECT is((SELECT count(*) FROM (SELECT tariff_book_agg(product('02', lpad(i::text, 5, '0')), tariff(1 + i * 0.01, 'uur'), daterange('2024-01-01', NULL)) AS b FROM generate_series(0, 99999) i) x,
	compare(b, indexed(b, 5, '2025-01-01'))), 200000::bigint, '100,000 lines');
SELECT * FROM finish();
ROLLBACK;
