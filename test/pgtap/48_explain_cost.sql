-- explain_cost equals cost and cost_by_month on seeded random indications, books and ranges.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(14);

SELECT is((SELECT array_agg((valid, days, tariff, amount)::text ORDER BY valid)
	FROM explain_cost('02A16 7 uur/week [2026-01-01,2027-01-01)', '{02A16 [2026-01-01,2026-02-11) 60.00/uur; 02A16 [2026-02-11,) 1.10/minuut}', '[2026-01-30,2026-03-01)')),
	'{"(\"[2026-01-30,2026-02-01)\",2,60.00/uur,120.00)","(\"[2026-02-01,2026-02-11)\",10,60.00/uur,600.00)","(\"[2026-02-11,2026-03-01)\",18,1.10/minuut,1188.00)"}', 'a row per month and tariff');
SELECT is((SELECT array_agg((valid, quantity, tariff, amount, exact)::text ORDER BY valid) FROM explain_cost('02 budget 100.00 euro [2026-01-01,2026-04-01)', NULL, '[2026-01-01,2026-03-01)')),
	'{"(\"[2026-01-01,2026-02-01)\",34.4444444444444444,,34.44,34.44444444444444444444)","(\"[2026-02-01,2026-03-01)\",31.1111111111111112,,31.12,31.11111111111111111111)"}', 'a budget needs no book');
SELECT is_empty($$SELECT * FROM explain_cost('02 [2026-01-01,2026-04-01)', '{}', '[2026-01-01,2026-03-01)')$$, 'no quantity, no rows');
SELECT is_empty($$SELECT * FROM explain_cost('02A16 7 uur/week [2026-01-01,2027-01-01)', '{}', '[2020-01-01,2021-01-01)')$$, 'no common days, no rows');
SELECT is_empty($$SELECT * FROM explain_cost('02A16 7 uur/week [2026-01-01,2027-01-01)', NULL, '[2026-01-01,2027-01-01)')$$, 'NULL book');
SELECT throws_ok($$SELECT * FROM explain_cost('02A16 7 uur/week [2026-01-01,2027-01-01)', '{02A16 [2026-01-01,2026-02-11) 60.00/uur}', '[2026-01-01,2027-01-01)')$$, '22023');
SELECT throws_ok($$SELECT * FROM explain_cost('02A16 7 uur/week [2026-01-01,2027-01-01)', '{}', '[2026-01-01,)')$$, '22023');

SELECT setseed(0.48);
CREATE TEMP TABLE book AS
SELECT tariff_book_agg('02A16', t.tariff, t.valid) AS book FROM (
	SELECT CASE WHEN random() < 0.7 THEN tariff(round((random() * 100)::numeric, 2), 'uur') ELSE tariff(round((random() * 2)::numeric, 4), 'minuut') END AS tariff,
		daterange(date '2024-01-01' + i * 43, date '2024-01-01' + (i + 1) * 43) AS valid FROM generate_series(0, 39) i) t;
CREATE TEMP TABLE samples AS
SELECT g, i, daterange(rs, rs + trunc(random() * 700)::int) AS range, m FROM (
	SELECT g, indication('02A16', format('%s %s/%s', 1 + trunc(random() * 900)::int, (ARRAY['uur', 'minuut'])[1 + g % 2], (ARRAY['dag', 'week', 'maand', 'totaal'])[1 + g % 4])::volume,
		daterange(s, s + 1 + trunc(random() * 700)::int)) AS i, date '2024-06-01' + trunc(random() * 300)::int AS rs
	FROM (SELECT g, date '2024-06-01' + trunc(random() * 300)::int AS s FROM generate_series(1, 400) g) d) x, unnest(enum_range(NULL::accrual_method)) m;
CREATE TEMP TABLE explained AS
SELECT s.g, s.m, s.range, s.i, e.* FROM samples s, book b, explain_cost(s.i, b.book, s.range, s.m) e;
SELECT cmp_ok((SELECT count(*) FROM explained), '>', 5000::bigint, 'there are rows');
SELECT is_empty($$SELECT g, m FROM samples s, book b WHERE cost(i, book, range, m) IS DISTINCT FROM (SELECT coalesce(sum(amount), 0) FROM explained e WHERE e.g = s.g AND e.m = s.m)$$, 'rows add up to cost');
SELECT is_empty($$
	(SELECT s.g, s.m, c.month, c.amount FROM samples s, book b, cost_by_month(s.i, b.book, s.range, s.m) c
	EXCEPT SELECT g, m, date_trunc('month', lower(valid))::date, sum(amount) FROM explained GROUP BY 1, 2, 3)
$$, 'and per month to cost_by_month');
SELECT is_empty($$SELECT g, m FROM explained GROUP BY g, m, i, range HAVING sum(quantity) <> quantity(i, range, m)$$, 'quantities add up');
SELECT is_empty($$SELECT g, m FROM explained GROUP BY g, m, i, range HAVING sum(days) <> upper(range * period(i)) - lower(range * period(i))$$, 'days add up');
SELECT is_empty($$SELECT g, m FROM explained GROUP BY g, m HAVING abs(sum(amount) - sum(exact)) > 0.0050000001$$, 'one rounding at the end');
SELECT is_empty($$SELECT * FROM explained, book b WHERE tariff <> tariff_on(b.book, '02A16', lower(valid)) OR tariff <> tariff_on(b.book, '02A16', upper(valid) - 1)$$, 'one tariff per row');
SELECT * FROM finish();
ROLLBACK;
