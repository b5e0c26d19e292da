-- The rules of one claim line: each rule passes and fails by changing one thing in a valid line, and fires alone.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(81);

-- A valid line: 6 ISO weeks of March 2026 times 4 hours is the most, 20 x 61.20 = 1224.00.
CREATE FUNCTION pg_temp.line(indication indication DEFAULT '02A16 4 uur/week [2026-01-10,2027-01-01)', product product DEFAULT '02A16',
	product_period daterange DEFAULT '[2026-03-01,2026-04-01)', volume volume DEFAULT '20 uur', tariff tariff DEFAULT '61.20/uur',
	amount numeric DEFAULT 1224.00, declaration_period daterange DEFAULT '[2026-03-01,2026-04-01)', credit boolean DEFAULT false,
	previous_reference text DEFAULT NULL) RETURNS text[] LANGUAGE sql AS 'SELECT claim_problems($1, $2, $3, $4, $5, $6, $7, $8, $9)';
SELECT is(pg_temp.line(), '{}', 'the valid line');

-- Field rules
SELECT is(pg_temp.line(credit => true, previous_reference => 'R1'), '{}', 'CD060: a credit line with a reference');
SELECT is(pg_temp.line(credit => true), '{CD060}', 'CD060: a credit line without');
SELECT is(pg_temp.line(credit => true, previous_reference => ''), '{CD060}', 'CD060: an empty reference is none');
SELECT is(pg_temp.line(previous_reference => 'R1'), '{CD060}', 'CD060: a debit line with');
SELECT is(pg_temp.line(tariff => NULL), '{CD087}', 'CD087: hours without a tariff');
SELECT is(pg_temp.line('02A16 100.00 euro/maand [2026-01-01,)', volume => '80.00 euro', tariff => NULL, amount => 80.00), '{}', 'CD087, CS339: euro without a tariff');
SELECT is(pg_temp.line('02A16 100.00 euro/maand [2026-01-01,)', volume => '80.00 euro', amount => 80.00), '{CD087}', 'CD087: euro with a tariff');
SELECT is(pg_temp.line('02A16 100.00 euro/maand [2026-01-01,)', volume => '80.00 euro', tariff => NULL, amount => 79.99), '{CS339}', 'CS339: the amount is not the volume');
SELECT is(pg_temp.line('02A16 100.00 euro/maand [2026-01-01,)', volume => '100.01 euro', tariff => NULL, amount => 100.01), '{TR321}', 'TR321 in cents');
SELECT is(pg_temp.line(product_period => 'empty'), '{CS003}', 'CS003: an empty period');
SELECT is(pg_temp.line('02A16 4 uur/week [2020-06-01,2022-01-01)', product_period => '[2021-01-01,2021-02-01)'), '{}', 'CS100: from 2021');
SELECT is(pg_temp.line('02A16 4 uur/week [2020-06-01,2022-01-01)', product_period => '[2020-12-01,2021-01-01)'), '{CS100}', 'CS100: before 2021');
SELECT is(pg_temp.line(volume => '0 uur', amount => 0), '{}', 'CS325: 0 in debit');
SELECT is(pg_temp.line(volume => '0 uur', amount => 0, credit => true, previous_reference => 'R1'), '{CS325}', 'CS325: 0 in credit');
SELECT is(pg_temp.line(product_period => '[2026-02-01,2026-04-01)'), '{CS337}', 'CS337: two months');
SELECT is(pg_temp.line('02A16 4 uur/maand [2026-01-10,)', product_period => '[2026-02-01,)'), '{CS337}', 'CS337: no end');
SELECT is(pg_temp.line(product_period => '(,2026-04-01)'), '{CS337}', 'CS337: no start');
SELECT is(pg_temp.line(product_period => '[2026-03-01,infinity)'), '{CS337}', 'CS337: infinity');
SELECT is(pg_temp.line(product_period => '[2026-03-01,200000-01-01)'), '{CS337}', 'CS337: beyond the calendar');
SELECT is(pg_temp.line(declaration_period => p::daterange), '{CS340}', 'CS340: ' || p)
FROM (VALUES ('[2026-03-01,2026-03-31)'), ('[2026-03-02,2026-04-01)'), ('[2026-03-01,2026-05-01)'), ('[2026-03-01,)'), ('empty')) v(p);

-- Period and allotment
SELECT is(pg_temp.line(product_period => '[2026-01-10,2026-02-01)', volume => '16 uur', amount => 979.20), '{}', 'TR307: from the first day of the allotment');
SELECT is(pg_temp.line(product_period => '[2026-01-01,2026-02-01)', volume => '16 uur', amount => 979.20), '{TR307}', 'TR307: before it');
SELECT is(pg_temp.line('02A16 4 uur/week [2026-01-10,2026-03-16)', product_period => '[2026-03-01,2026-03-16)', volume => '12 uur', amount => 734.40), '{}', 'TR308: up to the last day');
SELECT is(pg_temp.line('02A16 4 uur/week [2026-01-10,2026-03-16)', volume => '12 uur', amount => 734.40), '{TR308}', 'TR308: past it');
SELECT is(pg_temp.line(product_period => '[2025-12-01,2026-01-01)'), '{TR307,TR308}', 'TR307, TR308: a month before the allotment');
SELECT is(pg_temp.line(declaration_period => '[2026-04-01,2026-05-01)'), '{}', 'TR319: declared later');
SELECT is(pg_temp.line(declaration_period => '[2026-02-01,2026-03-01)'), '{TR319}', 'TR319: declared before');
SELECT is(pg_temp.line(declaration_period => NULL), '{}', 'TR319, CS340: not judged without a declaration');
SELECT is(pg_temp.line('02A16 3 uur/week [2026-01-10,2027-01-01)'), '{TR321}', 'TR321: 18 of 20 hours');
SELECT is(pg_temp.line(volume => '24 uur', amount => 1468.80), '{}', 'TR321: exactly the most');
SELECT is(pg_temp.line(volume => '25 uur', amount => 1530.00), '{TR321}', 'TR321: one hour more');
SELECT is(pg_temp.line('02A16 4..6 uur/week [2026-01-10,2027-01-01)', volume => '36 uur', amount => 2203.20), '{}', 'TR321: the upper bound of a bandwidth');
SELECT is(pg_temp.line('01A01 4 uur/week [2026-02-01,2026-03-01)', '01A01', '[2026-02-01,2026-03-01)', '24 uur', amount => 1468.80), '{}', 'TR321: six weeks in Wmo category 01');
SELECT is(pg_temp.line('01A01 4 uur/week [2026-02-01,2026-03-01)', '01A01', '[2026-02-01,2026-03-01)', '25 uur', amount => 1530.00), '{TR321}', 'TR321: more than six weeks');
SELECT is(pg_temp.line('02A16 4 stuks(output)/week [2026-03-01,2027-01-01)', volume => '20 stuks(output)', tariff => '61.20/stuks(output)'), '{}', 'TR321: five Sundays for output');
SELECT is(pg_temp.line('02A16 4 stuks(output)/week [2026-03-01,2027-01-01)', volume => '21 stuks(output)', tariff => '61.20/stuks(output)', amount => 1285.20), '{TR321}', 'TR321: more than five Sundays');
SELECT is(pg_temp.line(NULL), '{TR338}', 'TR338: no allotment');
SELECT is(pg_temp.line(product => '03:02A16'), '{TR339}', 'TR339: another category');
SELECT is(pg_temp.line(product => '02A17'), '{TR340}', 'TR340: another code');
SELECT is(pg_temp.line(product => '03A16'), '{TR339,TR340}', 'TR339, TR340: both');
SELECT is(pg_temp.line('02 [2026-01-10,2027-01-01)'), '{}', 'TR340, TR341: an aspecific allotment asks no code and no unit');
SELECT is(pg_temp.line('02 [2026-01-10,2027-01-01)', '03A16'), '{TR339}', 'TR339: an aspecific allotment asks its category');
SELECT is(pg_temp.line('budget 60000.00 euro [2026-01-10,2027-01-01)', '03A16'), '{}', 'a generic allotment asks no product');
SELECT is(pg_temp.line('02A16 4 etmaal/week [2026-01-10,2027-01-01)'), '{TR341}', 'TR341: another unit');
SELECT is(pg_temp.line('02A16 4 minuut/week [2026-01-10,2027-01-01)'), '{TR341}', 'TR341: allotted in minutes, claimed in hours');
SELECT is(pg_temp.line(volume => '1440 minuut', amount => 1468.80), '{}', 'TR341: allotted in hours, claimed in minutes');
SELECT is(pg_temp.line(volume => '1441 minuut', amount => 1469.82), '{TR321}', 'TR321: minutes against hours');
SELECT is(pg_temp.line(product_period => '[2026-03-02,2026-04-01)'), '{TR387}', 'TR387: not from the first of the month');
SELECT is(pg_temp.line(product_period => '[2026-03-01,2026-03-31)'), '{TR388}', 'TR388: not up to the last of the month');
SELECT is(pg_temp.line('02A16 4 uur/week [2026-01-10,2026-03-16)', product_period => '[2026-03-01,2026-03-15)', volume => '12 uur', amount => 734.40), '{TR388}', 'TR388: not up to the last day of the allotment');

-- Amounts
SELECT is(pg_temp.line(amount => a), '{TR346}', 'TR346: ' || a)
FROM (VALUES (1224.01), (1223.99), (1224.001), ('NaN'), ('Infinity'), (1e30)) v(a);
SELECT is(pg_temp.line(tariff => '61.20/etmaal'), '{TR346}', 'TR346: a tariff for another unit');
SELECT is(pg_temp.line(amount => -1224.00, credit => NULL, previous_reference => 'R1'), '{}', 'without credit the sign tells');
SELECT is(pg_temp.line(volume => '100 minuut', tariff => '87.30/uur', amount => 145.50), '{}', 'TR346, IV081: minutes at the hour tariff');
SELECT is(pg_temp.line(volume => '100 minuut', tariff => '87.30/uur', amount => 146.00), '{TR346}', 'TR346, IV081: not minutes times the rounded minute tariff');
SELECT is(pg_temp.line('02A16 400 minuut/week [2026-01-10,2027-01-01)', volume => '100 minuut', tariff => '1.46/minuut', amount => 145.50), '{TR346}', 'TR346: allotted in minutes, exact');

-- A minute tariff that was rounded: some hour tariff in cents has to give both; tried one by one.
SELECT is_empty($$
	SELECT t, m, a FROM generate_series(1, 3) t, unnest(ARRAY[0, 1, 7, 29, 59, 60, 61, 97, 119, 120, 181, 1441]) m,
		LATERAL (SELECT min(round(h * m / 60.0)) - 2 AS lo, max(round(h * m / 60.0)) + 2 AS hi, array_agg(round(h * m / 60.0)) AS possible
			FROM generate_series(60 * t - 30, 60 * t + 29) h) o, generate_series(greatest(lo, 0), hi) a
	WHERE (pg_temp.line('02A16 90 uur/week [2026-01-10,2027-01-01)', volume => volume(m, m, '01', NULL), tariff => tariff(t / 100.0, 'minuut'), amount => a / 100) = '{}')
		<> (a = ANY (possible))
$$, 'TR346, IV081: a rounded minute tariff against all hour tariffs that round to it');

-- All periods of three months against all starts and ends of an allotment
SELECT is_empty($$
	SELECT l, u, f, t, found, wanted FROM generate_series(date '2026-01-25', '2026-02-20', '3 days') ll, generate_series(date '2026-02-25', '2026-03-30', '3 days') uu,
		generate_series(date '2026-01-28', '2026-03-10', '2 days') ff, generate_series(date '2026-01-31', '2026-04-01', '2 days') tt,
		LATERAL (SELECT ll::date, uu::date, ff::date, tt::date) v(l, u, f, t),
		LATERAL (SELECT date_trunc('month', f)::date, (date_trunc('month', t - 1) + interval '1 month')::date) b(month_start, month_end),
		LATERAL (SELECT claim_problems(indication('02A16', '1 uur/dag'::volume, daterange(l, u)), '02A16', daterange(f, t), '1 uur', '61.20/uur', 61.20),
			array_remove(ARRAY[
				CASE WHEN date_trunc('month', f) <> date_trunc('month', t - 1) THEN 'CS337' END,
				CASE WHEN NOT daterange(l, u) @> f THEN 'TR307' END,
				CASE WHEN NOT daterange(l, u) @> t - 1 THEN 'TR308' END,
				CASE WHEN daterange(l, u) @> f AND f <> greatest(month_start, l) THEN 'TR387' END,
				CASE WHEN daterange(l, u) @> t - 1 AND t <> least(month_end, u) THEN 'TR388' END], NULL)) r(found, wanted)
	WHERE f < t AND found <> wanted
$$, 'CS337, TR307, TR308, TR387, TR388 over many periods');

-- Several mistakes, in order; NULL
SELECT is(pg_temp.line(NULL, tariff => NULL, credit => true, declaration_period => 'empty', product_period => '[2026-02-01,2026-04-01)'), '{CD060,CD087,CS337,CS340,TR338}', 'several, in order');
SELECT is(pg_temp.line(product => NULL), '{}', 'no product: not judged by it');
SELECT is(pg_temp.line(product_period => NULL), NULL, 'no period');
SELECT is(pg_temp.line(volume => NULL, tariff => NULL, amount => 1.00), '{}', 'no volume: not judged by it');
SELECT is(pg_temp.line(amount => NULL), NULL, 'no amount');
-- Volumes that no message can hold: one finding, and no rule about a quantity is judged
SELECT is(pg_temp.line(volume => v::volume, tariff => t::tariff, amount => 1.00), '{TR341}', concat_ws(' ', 'TR341: not a delivered quantity:', v, t))
FROM (VALUES ('4 uur/week', '61.20/uur'), ('4..6 uur', '61.20/uur'), ('4 uur/totaal', NULL), ('1.00..2.00 euro', '61.20/uur'), ('99999999 minuut/dag', NULL)) v(v, t);
SELECT is(pg_temp.line(NULL, volume => '4 uur/week'), '{TR338,TR341}', 'TR341: without an allotment too');
SELECT is(pg_temp.line('07 [2026-01-10,2027-01-01)', '07A12', volume => '4 uur/week'), '{TR341}', 'TR341: and when the allotment has no volume');
SELECT is((SELECT concat_ws(': ', rule, found, required) FROM claim_findings('02A16 4 uur/week [2026-01-10,2027-01-01)', '02A16', '[2026-03-01,2026-04-01)', '4..6 uur/week', '61.20/uur', 244.80)),
	'TR341: 4..6 uur/week: one number without frequency', 'in words');
SELECT * FROM finish();
ROLLBACK;
