-- Sums per month and year over many indications: each against the function for one indication, row by row.
BEGIN;
SET client_min_messages = warning;
SET search_path = zorgregio, public;
SELECT no_plan();

-- Seeded random indications, periods of delivery, and a price list with holes and a wrong unit
SELECT setseed(0.20270214);
CREATE TEMP TABLE book AS
SELECT tariff_book_agg(p.product, tariff(round((10 + random() * 90)::numeric, 2), CASE WHEN p.product = '02A19' AND d.n = 3 THEN 'dagdeel' ELSE p.unit END), daterange(d.starts, d.ends)) AS book
FROM (VALUES ('02A16'::product, 'uur'), ('02A19', 'minuut'), ('01:1001', 'uur'), ('07A12', 'dagdeel'), ('45A04', 'stuks(output)')) p (product, unit),
     (VALUES (1, date '2024-01-01', date '2025-01-01'), (2, '2025-01-01', '2025-04-17'), (3, '2025-04-20', '2026-01-01'), (4, '2026-02-01', '2027-06-01')) d (n, starts, ends)
WHERE p.product <> '45A04' OR d.n <> 2;
CREATE TEMP TABLE sample AS
SELECT id, id % 4 AS grp, m.method::accrual_method AS method, i,
	CASE WHEN id % 11 = 0 THEN 'empty' WHEN id % 7 = 0 THEN daterange(NULL, w.a + 200) WHEN id % 5 = 0 THEN daterange(w.a, NULL) WHEN id % 3 = 0 THEN '(,)' ELSE daterange(w.a, w.a + 1 + (random() * 400)::int) END AS within
FROM (SELECT id, date '2023-06-01' + (random() * 1200)::int AS starts FROM generate_series(1, 1200) id) s
CROSS JOIN LATERAL (SELECT s.starts, CASE WHEN id % 9 = 0 THEN NULL ELSE s.starts + 1 + (random() * CASE WHEN id % 3 = 0 THEN 20 ELSE 700 END)::int END AS ends) x
CROSS JOIN LATERAL (SELECT s.starts - 30 + (random() * 300)::int AS a) w
CROSS JOIN LATERAL (SELECT (ARRAY['days', 'weeks52', 'claimable'])[1 + id % 3] AS method) m
CROSS JOIN LATERAL (SELECT * FROM (VALUES ('02A16'::product, '04'), ('02A19', '04'), ('01:1001', '04'), ('07A12', '16'), ('45A04', '82')) v (product, unit) OFFSET id % 5 LIMIT 1) p
CROSS JOIN LATERAL (SELECT CASE
	WHEN random() < 0.1 THEN indication('02'::product, round((random() * 100000)::numeric, 2), daterange(x.starts, x.ends))
	WHEN random() < 0.05 THEN indication('02'::product, NULL::volume, daterange(x.starts, x.ends))
	ELSE indication(p.product, volume(0, (random() * 40)::int, CASE WHEN p.unit = '04' AND random() < 0.4 THEN '01' WHEN random() < 0.1 THEN '83' ELSE p.unit END,
		(ARRAY['2', '2', '4', '6', CASE WHEN p.unit = '16' THEN '2' ELSE '1' END])[1 + floor(random() * 5)::int]), daterange(x.starts, x.ends)) END AS i) y;
CREATE TEMP VIEW r AS SELECT daterange('2024-03-10', '2027-02-05') AS range;
CREATE TEMP VIEW month AS
SELECT row_number() OVER (ORDER BY m)::int AS n, m::date AS month, (extract(year FROM m) - 2023)::int AS year,
	daterange(m::date, (m + interval '1 month')::date) AS days FROM generate_series(timestamp '2024-03-01', '2027-02-01', '1 month') m;
-- A total or budget without an end cannot be spread over time, which is an error where costs are asked.
CREATE TEMP VIEW spreadable AS SELECT * FROM sample WHERE NOT upper_inf(period(i)) OR budget(i) IS NULL AND frequency(volume(i)) <> 'totaal';

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;

-- ---- What may be claimed, what is in force ----
CREATE TEMP TABLE claimable AS
SELECT grp, claimable_by_month_agg(i, range) AS months, claimable_by_year_agg(i, range) AS years, in_force_by_month_agg(i, range) AS force_months, in_force_by_year_agg(i, range) AS force_years
FROM sample, r GROUP BY grp;
CREATE TEMP TABLE one AS SELECT id, grp, i, n, year, claimable(i, month) AS amount, period(i) && days AS in_force FROM sample, month;
SELECT is((SELECT array_agg(ARRAY[cardinality(months), cardinality(years), cardinality(force_months), cardinality(force_years)]) FROM claimable),
	'{{36,4,36,4},{36,4,36,4},{36,4,36,4},{36,4,36,4}}', 'one element for each calendar month or year that the range touches');
SELECT results_eq('SELECT grp, n, months[n] FROM claimable, generate_series(1, 36) n ORDER BY 1, 2', 'SELECT grp, n, sum(amount) FROM one GROUP BY 1, 2 ORDER BY 1, 2',
	'claimable_by_month_agg is the sum of claimable');
SELECT results_eq('SELECT grp, y, years[y] FROM claimable, generate_series(1, 4) y ORDER BY 1, 2', $$
	SELECT grp, year, sum(amount) FROM (SELECT id, grp, year, least(sum(amount), claimable(i)) AS amount FROM one GROUP BY id, grp, i, year) x GROUP BY 1, 2 ORDER BY 1, 2
$$, 'claimable_by_year_agg: months added up, never more than over the whole allotment');
SELECT results_eq('SELECT grp, n, force_months[n] FROM claimable, generate_series(1, 36) n ORDER BY 1, 2', 'SELECT grp, n, count(*) FILTER (WHERE in_force) FROM one GROUP BY 1, 2 ORDER BY 1, 2',
	'in_force_by_month_agg counts the indications in force');
SELECT results_eq('SELECT grp, y, force_years[y] FROM claimable, generate_series(1, 4) y ORDER BY 1, 2',
	'SELECT grp, year, count(DISTINCT id) FILTER (WHERE in_force) FROM one GROUP BY 1, 2 ORDER BY 1, 2', 'in_force_by_year_agg counts each once a year');
SELECT is((SELECT claimable_by_month_agg(i, daterange('2026-01-01', '2026-03-01'))::text FROM unnest('{02A16 4 uur/week [2026-01-01\,),02A16 1 uur/maand [2026-02-10\,)}'::indication[]) i), '{20,21}', 'units are whole');
SELECT is((SELECT claimable_by_month_agg(i, daterange('2026-01-01', '2026-03-01'))::text FROM unnest('{02A16 4.50 euro/maand [2026-01-01\,),budget 10.00 euro [2026-02-10\,)}'::indication[]) i), '{4.50,14.50}', 'euro have cents');
SELECT is((SELECT claimable_by_month_agg('02 [2026-01-15,)', daterange('2026-01-01', '2026-03-01'))::text), '{0,0}', 'neither volume nor budget adds nothing');
SELECT is((SELECT in_force_by_month_agg('02 [2026-01-15,)', daterange('2025-12-01', '2026-03-01'))), '{0,1,1}', 'and is in force');

-- ---- Cost of the days within ----
CREATE TEMP TABLE whole_book AS SELECT tariff_book_agg(product, tariff, valid) AS book
FROM (SELECT product, daterange(lower(valid), lead(lower(valid)) OVER (PARTITION BY product ORDER BY valid)) AS valid, tariff
	FROM (SELECT product, CASE WHEN lower(valid) = '2024-01-01' THEN daterange('2000-01-01', upper(valid)) ELSE valid END AS valid, tariff
		FROM book, tariff_lines(book) WHERE unit(tariff) <> 'dagdeel' OR product = '07A12') x) y;
SELECT results_eq(
	'SELECT grp, method::text, n, months[n] FROM (SELECT grp, method, cost_by_month_agg(i, book, range, method, within) AS months FROM spreadable, whole_book, r GROUP BY 1, 2) x, generate_series(1, 36) n WHERE months[n] <> 0 ORDER BY 1, 2, 3',
	'SELECT grp, method::text, m.n, sum(amount) FROM spreadable, whole_book, r, cost_by_month(i, book, range * within, method) c JOIN month m USING (month) GROUP BY 1, 2, 3 HAVING sum(amount) <> 0 ORDER BY 1, 2, 3',
	'cost_by_month_agg with a range within is the sum of cost_by_month over what both ranges share');
SELECT is_empty('SELECT id FROM spreadable, whole_book, r GROUP BY id, i, book, range, method, within
	HAVING (SELECT sum(a) FROM unnest(cost_by_month_agg(i, book, range, method, within)) a) <> cost(i, book, range * within, method)', 'and of one row adds up to cost');
SELECT is((SELECT cost_by_month_agg('02 budget 365.00 euro [2026-01-01,2027-01-01)', NULL, daterange('2026-01-01', '2026-04-01'), 'days', daterange('2026-02-15', '2026-03-02'))),
	'{0.00,14.00,1.00}', 'a budget stays spread over its whole period');
SELECT throws_ok('SELECT cost_by_month_agg(i, book, range, method, within) FROM sample, book, r', '22023', NULL, 'a day without a tariff is an error');
SELECT throws_ok($$SELECT cost_by_month_agg('02A16 4 uur/totaal [2026-01-01,)', '{}', daterange('2026-01-01', '2026-04-01'), 'days', 'empty')$$, '22023', NULL,
	'a total without an end too, as in cost()');

-- ---- What can be priced ----
CREATE TEMP TABLE known AS
SELECT grp, method, known_cost_by_month_agg(i, book, range, method, within) AS amounts, unpriced_by_month_agg(i, book, range, method, within) AS months, unpriced_by_year_agg(i, book, range, method, within) AS years
FROM sample, book, r GROUP BY grp, method;
-- The oracle: the cost of each month alone, NULL when it is not known; and of all known months of a year together, up to each of them.
CREATE FUNCTION pg_temp.cost_or_unknown(i indication, b tariff_book, r daterange, m accrual_method) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	RETURN cost_or_null(i, b, r, m);
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;
CREATE TEMP TABLE priced AS
SELECT id, grp, method, i, n, year, d.days, pg_temp.cost_or_unknown(i, book, d.days, method) AS alone
FROM sample, book, r, month m, LATERAL (SELECT m.days * range * within * period(i) AS days) d WHERE NOT isempty(d.days);
SELECT cmp_ok((SELECT count(*) FROM priced WHERE alone IS NULL), '>', 500::bigint, 'many months have no price');
SELECT results_eq('SELECT grp, method::text, n, months[n] FROM known, generate_series(1, 36) n WHERE months[n] > 0 ORDER BY 1, 2, 3',
	'SELECT grp, method::text, n, count(*) FROM priced WHERE alone IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3', 'unpriced_by_month_agg counts the months whose cost is unknown');
SELECT results_eq('SELECT grp, method::text, y, years[y] FROM known, generate_series(1, 4) y WHERE years[y] > 0 ORDER BY 1, 2, 3',
	'SELECT grp, method::text, year, count(DISTINCT id) FROM priced WHERE alone IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3', 'unpriced_by_year_agg counts each once a year');
-- Without holes a year is one cost; so is a run of months without holes.
CREATE TEMP TABLE per_row AS
SELECT id, y AS year, (SELECT sum(a) FROM unnest(amounts[(SELECT min(n) FROM month WHERE year = y):(SELECT max(n) FROM month WHERE year = y)]) a) AS amount
FROM (SELECT id, known_cost_by_month_agg(i, book, range, method, within) AS amounts FROM sample, book, r GROUP BY id) x, generate_series(1, 4) y;
SELECT is_empty($$
	SELECT p.id, p.year FROM (
		SELECT id, year, i, method, daterange(min(lower(days)), max(upper(days))) AS days FROM priced GROUP BY id, year, i, method HAVING count(*) = count(alone)) p
	JOIN per_row a ON a.id = p.id AND a.year = p.year, book WHERE a.amount <> cost(i, book, p.days, method)
$$, 'a year without holes is its cost(), rounded once');
SELECT cmp_ok((SELECT count(*) FROM (SELECT FROM priced GROUP BY id, year HAVING count(*) = count(alone)) x), '>', 500::bigint, 'there are many such years');
SELECT is_empty($$
	SELECT p.id, p.year FROM (SELECT id, year, count(alone) AS n, coalesce(sum(alone), 0) AS amount FROM priced GROUP BY id, year) p
	JOIN per_row a ON a.id = p.id AND a.year = p.year WHERE abs(a.amount - p.amount) > 0.005 * (p.n + 1)
$$, 'any year is the sum of its known months but for rounding');
SELECT is_empty('SELECT id FROM per_row p WHERE amount <> 0 AND NOT EXISTS (SELECT FROM priced q WHERE q.id = p.id AND q.year = p.year)', 'and nothing else');
SELECT results_eq('SELECT grp, method::text, sum(a) FROM known, unnest(amounts) a GROUP BY 1, 2 ORDER BY 1, 2',
	'SELECT grp, method::text, sum(amount) FROM per_row JOIN sample USING (id) GROUP BY 1, 2 ORDER BY 1, 2', 'known_cost_by_month_agg of many rows is the sum of each');
SELECT is((SELECT known_cost_by_month_agg('02 budget 60000.00 euro [2026-01-01,2027-01-01)', NULL, daterange('2026-01-01', '2027-01-01'), 'days', '(,)')),
	(SELECT array_agg(amount) FROM cost_by_month('02 budget 60000.00 euro [2026-01-01,2027-01-01)', NULL, daterange('2026-01-01', '2027-01-01'))), 'months of a year as cost_by_month');

-- ---- Partial aggregates ----
-- More rows than one worker takes; what is unpriced has no effect on the price of the rest.
CREATE TEMP TABLE serial AS
SELECT claimable_by_month_agg(i, range) AS a, in_force_by_year_agg(i, range) AS b, known_cost_by_month_agg(i, book, range, 'days', within) AS c, unpriced_by_month_agg(i, book, range, 'days', within) AS d FROM sample, book, r;
CREATE TABLE public.zr_many AS SELECT i, within FROM sample, generate_series(1, 20);
SET LOCAL max_parallel_workers_per_gather = 2; SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL parallel_leader_participation = off;
SELECT ok((SELECT count(*) FROM pg_temp.plan_of($$SELECT known_cost_by_month_agg(i, NULL, '[2026-01-01,2027-01-01)', 'days', within) FROM public.zr_many$$) l WHERE l ~ 'Partial Aggregate') > 0, 'the plan is parallel');
SELECT results_eq(
	$$SELECT claimable_by_month_agg(i, daterange('2024-03-10', '2027-02-05')), in_force_by_year_agg(i, daterange('2024-03-10', '2027-02-05')), known_cost_by_month_agg(i, (SELECT book FROM book), daterange('2024-03-10', '2027-02-05'), 'days', within),
		unpriced_by_month_agg(i, (SELECT book FROM book), daterange('2024-03-10', '2027-02-05'), 'days', within) FROM public.zr_many$$,
	$$SELECT (SELECT array_agg(20 * x ORDER BY n) FROM unnest(a) WITH ORDINALITY u(x, n)), (SELECT array_agg(20 * x ORDER BY n) FROM unnest(b) WITH ORDINALITY u(x, n)), (SELECT array_agg(20 * x ORDER BY n) FROM unnest(c) WITH ORDINALITY u(x, n)),
		(SELECT array_agg(20 * x ORDER BY n) FROM unnest(d) WITH ORDINALITY u(x, n)) FROM serial$$, 'parallel and serial results are equal');
RESET max_parallel_workers_per_gather;

-- ---- NULL, nothing, limits ----
SELECT is((SELECT claimable_by_month_agg(i, range) FROM sample, r WHERE false), NULL, 'no rows: NULL');
SELECT is((SELECT known_cost_by_month_agg(i, book, range, method, within) FROM sample, book, r WHERE false), NULL, 'no rows: NULL');
SELECT is((SELECT unpriced_by_year_agg(i, NULL, daterange('2026-01-01', '2026-02-01'), 'days', NULL) FROM sample), NULL, 'a NULL range within: NULL');
SELECT is((SELECT unpriced_by_month_agg(i, NULL, daterange('2026-01-01', '2026-03-01'), 'days', '(,)') FROM unnest('{02A16 4 uur/week [2026-01-20\,),02A16 4.00 euro/week [2026-01-20\,)}'::indication[]) i),
	'{1,1}', 'without a price list only euro can be priced');
SELECT is((SELECT claimable_by_month_agg(i, 'empty') FROM sample), '{}', 'an empty range has no months');
SELECT is((SELECT in_force_by_year_agg(i, 'empty') FROM sample), '{}', 'and no years');
SELECT throws_ok('SELECT claimable_by_month_agg(i, daterange(''2026-01-01'', date ''2026-01-02'' + id)) FROM sample', '22023', NULL, 'the range must be the same in a group');
SELECT throws_ok('SELECT claimable_by_month_agg(i, daterange(''1900-01-01'', ''2000-01-02'')) FROM sample', '54000', NULL, 'at most 1200 months');
SELECT throws_ok('SELECT claimable_by_month_agg(i, ''[2026-01-01,)'') FROM sample', '22023', NULL, 'the range has two bounds');
-- A state that somebody made up: dimensions, NULLs, bounds that are no days, cells that do not fit the bounds.
SELECT throws_ok(format('SELECT zorgregio.%I(%L)', f, s), '22023', 'not a state of sums per month', format('%s refuses %s', f, s))
FROM unnest('{claimable_by_month_final,claimable_by_year_final,in_force_by_month_final,in_force_by_year_final,known_cost_by_month_final,unpriced_by_month_final,unpriced_by_year_final}'::text[]) f,
	unnest('{"{}","{1}","{0,31,5}","{5,0,1,1,1,1,1}","{0,9999999999,1,1,1,1,1}","{0,31,1,NULL,1,1,1}","{{0,31},{1,1}}"}'::text[]) s;
SELECT throws_ok($$SELECT zorgregio.month_sums_combine('{0,31,1}', '{0,31,1,2}')$$, '22023', 'not a state of sums per month', 'states of different aggregates');
SELECT throws_ok($$SELECT zorgregio.month_sums_combine('{0,31,1}', '{0,32,1}')$$, '22023', NULL, 'states of different ranges');
SELECT throws_ok($$SELECT zorgregio.month_sums_combine('{0,31,9223372036854775807}', '{0,31,1}')$$, '22003', NULL, 'sums that do not fit');
SELECT throws_ok(format('SELECT zorgregio.%s', f), '0A000', NULL, 'not outside an aggregate')
FROM unnest(ARRAY['claimable_sums_transition(NULL, NULL, NULL)', 'known_cost_transition(NULL, NULL, NULL, NULL, NULL, NULL)', 'cost_within_transition(NULL, NULL, NULL, NULL, NULL, NULL)']) f;
SELECT * FROM finish();
ROLLBACK;
