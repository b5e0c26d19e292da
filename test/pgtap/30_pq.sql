-- p*q: published cases, and properties against slow SQL on seeded random data.
BEGIN;
SET client_min_messages = warning;
SET search_path = zorgregio, public;
SELECT plan(24);

-- Published vectors
CREATE TEMP TABLE vectors (source text, delivery_variant text, volume int, unit_code text, start_date date, end_date date, product_period_start text, max_volume numeric);
\copy vectors FROM 'test/data/claimable_vectors.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 32, 'all published vectors are here') FROM vectors;
CREATE TEMP VIEW vector_results AS
SELECT v.*, CASE WHEN unit_code = '83' THEN 100 ELSE 1 END
            * CASE WHEN product_period_start = 'TOTAL' THEN claimable(i) ELSE claimable(i, nullif(product_period_start, 'TOTAL')::date) END AS computed,
       zorgregio.delivery_variant(i) AS variant
FROM vectors v, LATERAL (SELECT indication('45A04', volume(v.volume, v.volume, unit_code, '2'), daterange(start_date, end_date, '[]')) AS i) x;
SELECT is_empty('SELECT * FROM vector_results WHERE computed IS DISTINCT FROM max_volume', 'claimable gives every published maximum');
SELECT is_empty('SELECT * FROM vector_results WHERE variant <> delivery_variant', 'the unit tells the delivery variant');

CREATE TEMP TABLE cases (id text, source text, expression text, expected numeric);
\copy cases FROM 'test/data/pq_cases.csv' (FORMAT csv, HEADER)
CREATE FUNCTION pg_temp.value_of(expression text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE result numeric;
BEGIN
	EXECUTE 'SELECT ' || expression INTO result;
	RETURN result;
END $$;
SELECT is(count(*)::int, 36, 'all published p*q cases are here') FROM cases;
SELECT is_empty('SELECT id, expression, expected, pg_temp.value_of(expression) FROM cases WHERE pg_temp.value_of(expression) IS DISTINCT FROM expected', 'every published p*q case comes out exactly');

-- Seeded random indications, books and ranges
SELECT setseed(0.20261123);
CREATE TEMP TABLE lines AS
SELECT p.product, daterange(d.starts, d.ends) AS valid, tariff(round((10 + random() * 90)::numeric, 2 + (random() * 4)::int), p.unit) AS tariff
FROM (VALUES ('02A16'::product, 'uur'), ('02A19', 'minuut'), ('01:1001', 'uur'), ('07A12', 'dagdeel'), ('45A04', 'stuks(output)')) p (product, unit),
     (VALUES (date '2024-01-01', date '2025-01-01'), ('2025-01-01', '2025-04-17'), ('2025-04-17', '2026-01-01'), ('2026-01-01', NULL)) d (starts, ends);
CREATE TEMP TABLE book AS SELECT tariff_book_agg(product, tariff, valid) AS book FROM lines;
CREATE TEMP TABLE sample AS
SELECT id, m.method::accrual_method AS method, x.starts, x.ends,
       CASE WHEN random() < 0.1 THEN indication('02'::product, round((random() * 100000)::numeric, 2), daterange(x.starts, x.ends))
            ELSE indication(p.product, volume(0, (random() * 40)::int, CASE WHEN p.unit = '04' AND random() < 0.4 THEN '01' WHEN random() < 0.1 THEN '83' ELSE p.unit END,
                                              (ARRAY['2', '2', '4', '6', CASE WHEN p.unit = '16' THEN '2' ELSE '1' END])[1 + floor(random() * 5)::int]), daterange(x.starts, x.ends)) END AS i,
       daterange(r.a, r.a + (random() * 300)::int) AS range, random() AS cut
FROM (SELECT id, date '2024-01-01' + (random() * 900)::int AS starts FROM generate_series(1, 600) id) s
CROSS JOIN LATERAL (SELECT s.starts, s.starts + 1 + (random() * CASE WHEN id % 3 = 0 THEN 20 ELSE 500 END)::int AS ends) x
CROSS JOIN LATERAL (SELECT greatest(date '2024-01-01', s.starts - 100 + (random() * 400)::int) AS a) r
CROSS JOIN LATERAL (SELECT (ARRAY['days', 'weeks52', 'claimable'])[1 + id % 3] AS method) m
CROSS JOIN LATERAL (SELECT * FROM (VALUES ('02A16'::product, '04'), ('02A19', '04'), ('01:1001', '04'), ('07A12', '16'), ('45A04', '82')) v (product, unit) OFFSET id % 5 LIMIT 1) p;
DELETE FROM sample WHERE isempty(range);

-- The oracle: one row per day, its quantity as a fraction n / d, its tariff; sums are exact but for the 40th decimal.
CREATE TEMP TABLE days AS
SELECT s.id, d.day, t.tariff,
       f.n, f.d,
       CASE WHEN s.i_euro THEN 1
            WHEN unit(volume(i)) = 'minuut' AND unit(t.tariff) = 'uur' THEN amount(t.tariff) / 60::numeric(60, 40)
            WHEN unit(volume(i)) = 'uur' AND unit(t.tariff) = 'minuut' THEN amount(t.tariff) * 60
            ELSE amount(t.tariff) END AS price
FROM (SELECT *, budget(i) IS NOT NULL OR unit(volume(i)) = 'euro' AS i_euro FROM sample) s
CROSS JOIN LATERAL (SELECT g::date AS day FROM generate_series(lower(s.range * period(s.i))::timestamp, upper(s.range * period(s.i))::timestamp - interval '1 day', '1 day') g) d
CROSS JOIN LATERAL (SELECT extract(days FROM date_trunc('month', d.day) + interval '1 month - 1 day')::int AS len,
                           daterange(date_trunc('month', d.day)::date, (date_trunc('month', d.day) + interval '1 month')::date) * period(s.i) AS pp) m
CROSS JOIN LATERAL (
	SELECT CASE WHEN budget(i) IS NOT NULL THEN budget(i)
	            WHEN frequency(volume(i)) = 'totaal' THEN at_most(i)
	            WHEN method = 'claimable' THEN claimable(i, d.day)
	            WHEN frequency(volume(i)) = 'week' AND method = 'weeks52' THEN at_most(i) * 52
	            ELSE at_most(i) END AS n,
	       CASE WHEN budget(i) IS NOT NULL OR frequency(volume(i)) = 'totaal' THEN s.ends - s.starts
	            WHEN method = 'claimable' THEN upper(m.pp) - lower(m.pp)
	            WHEN frequency(volume(i)) = 'dag' THEN 1
	            WHEN frequency(volume(i)) = 'week' AND method = 'days' THEN 7
	            WHEN frequency(volume(i)) = 'week' THEN 12 * m.len
	            ELSE m.len END AS d) f
LEFT JOIN lines t ON t.product = product(s.i) AND t.valid @> d.day;

CREATE TEMP TABLE expected AS
SELECT s.id, coalesce(o.quantity, 0) AS quantity, round(coalesce(o.cost, 0) + 1e-20, 2) AS cost
FROM sample s LEFT JOIN (
	SELECT id, sum(n * k / d::numeric(60, 40)) AS quantity, sum(n * total / d::numeric(60, 40)) AS cost
	FROM (SELECT id, n, d, count(*) AS k, sum(price) AS total FROM days GROUP BY id, n, d) x GROUP BY id) o USING (id);
CREATE TEMP TABLE computed AS
SELECT s.*, quantity(i, range, method) AS quantity, cost(i, book, range, method) AS cost FROM sample s, book;

SELECT cmp_ok((SELECT count(DISTINCT (method, unit(volume(i)), frequency(volume(i)))) FROM sample), '>=', 30::bigint, 'the sample has many methods, units and frequencies');
SELECT is_empty('SELECT c.i, c.range, c.method, c.quantity, e.quantity FROM computed c JOIN expected e USING (id) WHERE abs(c.quantity - e.quantity) > 1e-15', 'quantity equals the sum over days, to the last decimal but one');
SELECT is_empty('SELECT c.i, c.range, c.method, c.cost, e.cost FROM computed c JOIN expected e USING (id) WHERE c.cost IS DISTINCT FROM e.cost', 'cost equals the sum over days');
SELECT is_empty('SELECT c.i, c.range FROM computed c, book, LATERAL (SELECT sum(amount) AS amount, sum(quantity) AS quantity FROM cost_by_month(i, book, range, method)) m
                 WHERE coalesce(m.amount, 0) <> c.cost OR coalesce(m.quantity, 0) <> c.quantity', 'cost_by_month adds up to cost and quantity');
SELECT is_empty('SELECT c.i FROM computed c, book, LATERAL (SELECT array_agg(month) AS months FROM cost_by_month(i, book, range, method)) m
                 WHERE coalesce(m.months, ''{}'') <> coalesce((SELECT array_agg(DISTINCT date_trunc(''month'', day)::date) FROM days d WHERE d.id = c.id), ''{}'')', 'one row for each month that range and indication share');
CREATE TEMP TABLE cuts AS
SELECT *, daterange(lower(range), lower(range) + (cut * (upper(range) - lower(range)))::int) AS head,
          daterange(lower(range) + (cut * (upper(range) - lower(range)))::int, upper(range)) AS tail FROM computed;
SELECT is_empty('SELECT i FROM cuts WHERE quantity(i, head, method) + quantity(i, tail, method) <> quantity', 'quantities of adjacent ranges add up exactly');
SELECT is_empty('SELECT i FROM cuts, book WHERE abs(cost(i, book, head, method) + cost(i, book, tail, method) - cost) > 0.01', 'costs of adjacent ranges add up within a cent');
SELECT is_empty('SELECT c.i FROM computed c, lines l WHERE upper_inf(l.valid) AND l.product = product(c.i) AND
                 cost(i, tariff, range, method) IS DISTINCT FROM cost(i, format(''{%s [2000-01-01,) %s}'', l.product, l.tariff)::tariff_book, range, method)',
                'a book of one line is that tariff');

-- Sum over many indications per month
CREATE TEMP TABLE agg AS
SELECT method, cost_by_month_agg(i, book, daterange('2024-03-10', '2026-02-05'), method) AS months FROM sample, book GROUP BY method;
SELECT is((SELECT array_agg(cardinality(months)) FROM agg), '{24,24,24}', 'one element for each calendar month of the range');
SELECT results_eq(
	'SELECT method::text, m, months[m] FROM agg, generate_series(1, 24) m WHERE months[m] <> 0 ORDER BY 1, 2',
	'SELECT method::text, 1 + (extract(year FROM month) - 2024)::int * 12 + extract(month FROM month)::int - 3 AS m, sum(amount)
	 FROM sample, book, cost_by_month(i, book, daterange(''2024-03-10'', ''2026-02-05''), method) GROUP BY 1, 2 HAVING sum(amount) <> 0 ORDER BY 1, 2',
	'cost_by_month_agg is the sum of cost_by_month');
SELECT is((SELECT cost_by_month_agg(i, book, daterange('2024-01-01', '2025-01-01')) FROM sample, book WHERE false), NULL, 'no rows: NULL');
SELECT is((SELECT cost_by_month_agg(NULL::indication, book, daterange('2024-01-01', '2024-03-01')) FROM book), NULL, 'all NULL: NULL');
SELECT throws_ok('SELECT cost_by_month_agg(i, book, range) FROM sample, book', '22023', NULL, 'ranges must be the same in a group');

-- NULL and unknown
SELECT is(cost('02 [2026-01-01,)', (SELECT book FROM book), daterange('2026-01-01', '2027-01-01')), NULL, 'neither volume nor budget: unknown cost');
SELECT is(quantity('02A16 [2026-01-01,)', daterange('2026-01-01', '2027-01-01')), NULL, 'neither volume nor budget: unknown quantity');
SELECT is(cost('02 budget 365.00 euro [2026-01-01,2027-01-01)', NULL::tariff_book, daterange('2026-02-01', '2026-03-01')), 28.00, 'a budget needs no tariff');
SELECT is(cost('02A16 4 uur/week [2026-01-01,)', NULL::tariff, daterange('2026-02-01', '2026-03-01')), NULL, 'no tariff, no cost');
SELECT results_eq('SELECT month, quantity, amount FROM cost_by_month(''02 [2026-01-10,)'', NULL, daterange(''2026-01-01'', ''2026-03-01''))',
	$$VALUES (date '2026-01-01', NULL::numeric, NULL::numeric), ('2026-02-01', NULL, NULL)$$, 'months of an unknown cost are there, unknown');
SELECT is(cost('02A16 4 uur/week [2026-01-01,2026-02-01)', (SELECT book FROM book), daterange('2026-01-01', '2026-01-01')), 0.00, 'an empty range costs nothing');
SELECT * FROM finish();
ROLLBACK;
