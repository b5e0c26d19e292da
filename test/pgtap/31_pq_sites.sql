-- p*q: what a call site remembers between rows, forged states, and the ends of the calendar.
BEGIN;
SET client_min_messages = warning;
SET search_path = zorgregio, public;
SELECT plan(24);

-- The check of a domain in PL/pgSQL keeps its call sites when an error is caught.
CREATE TYPE pg_temp.allotment AS (i indication, b tariff_book, r daterange);
CREATE DOMAIN pg_temp.affordable AS pg_temp.allotment CHECK (cost((VALUE).i, (VALUE).b, (VALUE).r) <= 6000);
CREATE FUNCTION pg_temp.set_range_again() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	x pg_temp.affordable;
BEGIN
	x.i := '02A16 4 uur/week [2026-01-01,2027-01-01)';
	x.b := '{02A16 [2020-01-01,) 61.20/uur}';
	x.r := '[2026-01-01,2026-06-01)';
	BEGIN
		x.r := '[2026-01-01,)';
	EXCEPTION WHEN invalid_parameter_value THEN
		NULL;
	END;
	x.r := '[2026-01-01,2026-06-01)';
	RETURN x.r;
EXCEPTION WHEN check_violation THEN
	RETURN sqlerrm;
END $$;
SELECT is(pg_temp.set_range_again(), '[2026-01-01,2026-06-01)', 'a caught error leaves no wrong range behind');

-- A stored book is detoasted once per query, by every function.
CREATE TEMP TABLE stored (book tariff_book);
ALTER TABLE stored ALTER book SET STORAGE EXTERNAL;
INSERT INTO stored SELECT tariff_book_agg(p.product, t.tariff, daterange(d::date, d::date + 7))
FROM unnest('{02A16,02A17,02A18}'::product[]) p (product), (VALUES (tariff '61.20/uur')) t (tariff), generate_series(timestamp '2020-01-01', '2030-01-01', '7 days') d;
CREATE FUNCTION pg_temp.blocks_read(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ' || query INTO plan;
	RETURN (plan->0->'Plan'->>'Local Hit Blocks')::bigint + (plan->0->'Plan'->>'Shared Hit Blocks')::bigint;
END $$;
SELECT cmp_ok((SELECT count(pg_temp.blocks_read(q)) FROM unnest(ARRAY['SELECT 1']) q), '=', 1::bigint, 'blocks are counted');
SELECT cmp_ok(pg_temp.blocks_read('SELECT sum(cost(''02A16 4 uur/week [2026-01-01,2027-01-01)'', book, daterange(''2026-01-01'', ''2026-01-02'') )) FROM stored, generate_series(1, 400) g'), '<', 400::bigint,
	'cost: one detoast for 400 rows');
SELECT cmp_ok(pg_temp.blocks_read('SELECT sum(amount) FROM stored, generate_series(1, 400) g, cost_by_month(''02A16 4 uur/week [2026-01-01,2027-01-01)'', book, daterange(''2026-01-01'', date ''2026-01-01'' + g))'), '<', 400::bigint,
	'cost_by_month in FROM: one detoast for 400 rows');
SELECT cmp_ok(pg_temp.blocks_read('SELECT count(r) FROM (SELECT cost_by_month(''02A16 4 uur/week [2026-01-01,2027-01-01)'', book, daterange(''2026-01-01'', date ''2026-01-01'' + g)) AS r FROM stored, generate_series(1, 400) g) x'), '<', 400::bigint,
	'cost_by_month in the target list: one detoast for 400 rows');

-- cost_by_month looks at the months that range and indication share, however long the range is.
SELECT is((SELECT sum(amount) FROM cost_by_month('02A16 4 uur/week [2026-01-15,2027-01-01)', '{02A16 [2020-01-01,) 61.20/uur}', daterange('0001-01-01', '9999-12-31'))),
	cost('02A16 4 uur/week [2026-01-15,2027-01-01)', tariff '61.20/uur', daterange('0001-01-01', '9999-12-31')), 'cost_by_month over all of the calendar adds up to cost');
SELECT throws_ok($$SELECT * FROM cost_by_month('02A16 4 uur/week [1900-01-01,)', '{02A16 [1900-01-01,) 61.20/uur}', daterange('1900-01-01', '2000-01-02'))$$, '54000', NULL, 'more than 1200 shared months are too many');
SELECT is((SELECT count(*) FROM cost_by_month('02A16 4 uur/week [1900-01-01,)', '{02A16 [1900-01-01,) 61.20/uur}', daterange('1900-01-01', '2000-01-01'))), 1200::bigint, '1200 are not');
SELECT is_empty($$SELECT * FROM cost_by_month('02A16 4 uur/week [2026-01-01,)', '{}', daterange('2024-01-01', '2026-01-01'))$$, 'nothing shared, no rows');
SELECT is_empty($$SELECT * FROM cost_by_month('02A16 4 uur/week [2026-01-01,)', '{}', 'empty')$$, 'an empty range, no rows');
SELECT is_empty($$SELECT * FROM cost_by_month(NULL, '{}', 'empty')$$, 'NULL, no rows');
SELECT throws_ok($$SELECT * FROM cost_by_month('02A16 4 uur/totaal [2026-01-01,)', '{}', daterange('2024-01-01', '2026-01-01'))$$, '22023', NULL, 'a total without an end is an error, also when nothing is shared');
-- A start long ago: the months since are summed once, not once per row.
SELECT is((SELECT sum(quantity) FROM cost_by_month('02A16 4 uur/week [0001-01-01,)', '{02A16 [0001-01-01,) 1/uur}', daterange('9900-01-01', '9990-01-01'), 'claimable')),
	(SELECT sum(claimable('02A16 4 uur/week [0001-01-01,)', m::date)) FROM generate_series(timestamp '9900-01-01', '9989-12-01', '1 month') m), 'quantities of claimable far from the start');

-- Errors name what was asked.
SELECT throws_ok($$SELECT quantity('02A16 4 uur/totaal [2026-01-01,)', daterange('2026-01-01', '2026-02-01'))$$, '22023', 'cannot compute the quantity of 02A16 4 uur/totaal [2026-01-01,)', 'quantity says quantity');
SELECT throws_ok($$SELECT cost('02A16 4 uur/totaal [2026-01-01,)', tariff '1/uur', daterange('2026-01-01', '2026-02-01'))$$, '22023', 'cannot compute the cost of 02A16 4 uur/totaal [2026-01-01,)', 'cost says cost');

-- The support functions called by hand
SELECT throws_ok($$SELECT cost_by_month_transition(NULL, '02A16 4 uur/week [2026-01-01,)', '{}', daterange('2026-01-01', '2026-02-01'))$$, '0A000', NULL, 'the transition function needs an aggregate');
SELECT throws_ok($$SELECT cost_by_month_final('{1,NULL}')$$, '22023', NULL, 'a state with a NULL is refused');
SELECT throws_ok($$SELECT cost_by_month_final('{{1,2},{3,4}}')$$, '22023', NULL, 'a state of two dimensions is refused');
SELECT throws_ok($$SELECT cost_by_month_combine('{1,2,9223372036854775807}', '{1,2,1}')$$, '22003', NULL, 'an overflow of a month is an error');
CREATE AGGREGATE pg_temp.started(indication, tariff_book, daterange) (SFUNC = zorgregio.cost_by_month_transition, STYPE = bigint[], INITCOND = '{9497,9528,1,1}');
SELECT throws_ok($$SELECT pg_temp.started('02A16 4 uur/week [2026-01-01,)', '{02A16 [2026-01-01,) 1/uur}', daterange('2026-01-01', '2026-02-01'))$$, '22023', NULL, 'a state of another length is refused');

-- Periods start on or before 9999-12-31.
SELECT throws_ok($$SELECT '02A16 4 uur/week [10000-01-01,)'::indication$$, '22008', NULL, 'no indication starts after the calendar');
SELECT throws_ok($$SELECT indication('02A16', volume '4 uur/week', daterange('10000-01-01', NULL))$$, '22008', NULL, 'nor one that is made');
SELECT throws_ok($$SELECT '{02A16 [10000-01-01,) 1/uur}'::tariff_book$$, '22008', NULL, 'nor a line of a book');

-- A label that this version does not know is no method.
ALTER TYPE accrual_method RENAME VALUE 'days' TO 'dagen';
SELECT throws_ok($$SELECT quantity('02A16 4 uur/week [2026-01-01,)', daterange('2026-01-01', '2026-02-01'), 'dagen')$$, '22023', NULL, 'a renamed label is not taken for another method');

SELECT * FROM finish();
ROLLBACK;
