-- Control signals: each appears and disappears by one change, with its reason; the figures and the view.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- Working days, day by day
SELECT is_empty($$
	SELECT a, b FROM generate_series(date '1999-12-20', '2000-01-20', '1 day') a, generate_series(date '1999-12-20', '2000-02-01', '1 day') b
	WHERE b >= a AND working_days(a::date, b::date) <> (SELECT count(*) FROM generate_series(a + interval '1 day', b, '1 day') d WHERE extract(isodow FROM d) < 6)
$$, 'working days');
SELECT is(working_days('2026-03-06', '2026-03-09'), 1, 'from Friday to Monday');
SELECT is(working_days('2026-03-09', '2026-03-06'), -1, 'and back');
SELECT is(working_days(NULL, '2026-03-06'), NULL, 'no day');

CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een'), ('73739902', 'Twee'), ('73739903', 'Drie');
INSERT INTO r.allocations (number, client, provider, municipality, indication, decided) VALUES
	(1, 710001, '73739901', '0200', '02A16 40 uur/maand [2026-01-01,2027-01-01)', '2026-01-01'), (2, 710002, '73739902', '0301', '02A16 500 uur/maand [2026-01-01,2027-01-01)', '2026-03-05');
-- 2026-03-02 is a Monday: messages of the fifth working day after
INSERT INTO r.deliveries (number, started, ended, stop_reason, start_dated, stop_dated) VALUES (1, '2026-01-05', NULL, NULL, '2026-01-12', NULL), (2, '2026-03-02', '2026-05-29', '19', '2026-03-12', '2026-06-05');
INSERT INTO r.claims (number, product_period, volume, tariff, amount) SELECT n, daterange(m, (m + interval '1 month')::date), '40 uur', '60.00/uur', 2400.00
FROM (VALUES (1, date '2026-01-01'), (1, '2026-02-01'), (1, '2026-03-01'), (2, '2026-03-01'), (2, '2026-04-01'), (2, '2026-05-01')) v(n, m);

CREATE FUNCTION pg_temp.signals(change text, query text DEFAULT $q$SELECT string_agg(concat_ws('; ', signal, provider, municipality, month, number, claim IS NOT NULL, amount, explanation), ' | ' ORDER BY signal, month, number, claim) FROM r.control_signals()$q$) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE change;
	EXECUTE query INTO result;
	RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = coalesce(result, '');
EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
	RETURN SQLERRM;
END $$;
SELECT is(pg_temp.signals(change), signals, coalesce(name, change))
FROM (VALUES
	('nothing stands out', 'SELECT', ''),
	('above the allotment', $$UPDATE r.claims SET volume = '41 uur', amount = 2460.00 WHERE number = 1 AND lower(product_period) = '2026-02-01'$$,
		'claimed above allotment; 73739901; 0200; 2026-02-01; 1; t; 2460.00; TR321: 41 uur, at most 40 uur'),
	('above the allotment, credited', $$UPDATE r.claims SET volume = '41 uur', amount = 2460.00 WHERE number = 1 AND lower(product_period) = '2026-02-01'; INSERT INTO r.claims (number, product_period, volume, tariff, amount) VALUES (1, '[2026-02-01,2026-03-01)', '41 uur', '60.00/uur', -2460.00)$$, ''),
	('wrong otherwise is not above', $$UPDATE r.claims SET amount = 2400.01 WHERE number = 1 AND lower(product_period) = '2026-02-01'$$, ''),
	('no start', $$DELETE FROM r.deliveries WHERE number = 1; DELETE FROM r.claims WHERE number = 1 AND lower(product_period) > '2026-01-01'$$,
		'claim without start; 73739901; 0200; 2026-01-01; 1; t; 2400.00; no start message'),
	('a start too late for the month', $$UPDATE r.deliveries SET started = '2026-02-01', start_dated = NULL WHERE number = 1$$,
		'claim without start; 73739901; 0200; 2026-01-01; 1; t; 2400.00; first start on 2026-02-01'),
	('a start on the last day of the month', $$UPDATE r.deliveries SET started = '2026-01-31', start_dated = NULL WHERE number = 1$$, ''),
	('a claim after the stop', $$UPDATE r.deliveries SET ended = '2026-04-30', stop_dated = NULL WHERE number = 2$$,
		'claim after stop; 73739902; 0301; 2026-05-01; 2; t; 2400.00; stopped on 2026-04-30'),
	('a claim of the month of the stop', $$UPDATE r.deliveries SET ended = '2026-05-01', stop_dated = NULL WHERE number = 2$$, ''),
	('care again after the stop', $$UPDATE r.deliveries SET ended = '2026-04-10', stop_dated = NULL WHERE number = 2; INSERT INTO r.deliveries (number, started) VALUES (2, '2026-05-20')$$, ''),
	('a claim that is rejected is not paid', $$UPDATE r.deliveries SET ended = '2026-04-30', stop_dated = NULL WHERE number = 2; UPDATE r.claims SET amount = 2400.01 WHERE number = 2 AND lower(product_period) = '2026-05-01'$$, ''),
	('a start message on the sixth working day', $$UPDATE r.deliveries SET start_dated = '2026-01-13' WHERE number = 1$$,
		'late start message; 73739901; 0200; 2026-01-01; 1; f; started on 2026-01-05, message of 2026-01-13: 6 working days (OP271: 5)'),
	('allotted after the start: five days from then', $$UPDATE r.allocations SET decided = '2026-03-04' WHERE number = 2$$,
		'late start message; 73739902; 0301; 2026-03-01; 2; f; started on 2026-03-02, message of 2026-03-12: 6 working days (OP271: 5)'),
	('a weekend is no working day', $$UPDATE r.deliveries SET start_dated = '2026-01-11' WHERE number = 1$$, ''),
	('the message of the allotment tells when it was known', $$INSERT INTO r.received_allocations (provider, municipality, number, client, indication, decided_at, dated) SELECT provider, municipality, number, client, indication, decided, '2026-03-01' FROM r.allocations WHERE number = 2$$,
		'late start message; 73739902; 0301; 2026-03-01; 2; f; started on 2026-03-02, message of 2026-03-12: 8 working days (OP271: 5)'),
	('a stop message on the sixth working day', $$UPDATE r.deliveries SET stop_dated = '2026-06-08' WHERE number = 2$$,
		'late stop message; 73739902; 0301; 2026-05-01; 2; f; stopped on 2026-05-29, message of 2026-06-08: 6 working days (OP272: 5)'),
	('no messages, no judgement', $$UPDATE r.deliveries SET start_dated = NULL, stop_dated = NULL$$, ''),
	('744 hours in 31 days', $$UPDATE r.allocations SET indication = '02A16 9000 uur/maand [2026-01-01,2027-01-01)'; UPDATE r.claims SET volume = '744 uur', amount = 44640.00 WHERE lower(product_period) = '2026-05-01'$$, ''),
	('more hours than a month has', $$UPDATE r.allocations SET indication = '02A16 9000 uur/maand [2026-01-01,2027-01-01)'; UPDATE r.claims SET volume = '44641 minuut', tariff = '1.00/minuut', amount = 44641.00 WHERE lower(product_period) = '2026-05-01'$$,
		'more hours than a day has; 73739902; 0301; 2026-05-01; 2; t; 44641.00; 44641 minutes claimed for one client in 31 days by 1 provider, there are 44640'),
	('by two providers together', $$UPDATE r.allocations SET client = 710001, indication = '02A16 9000 uur/maand [2026-01-01,2027-01-01)'; UPDATE r.claims SET volume = '373 uur', amount = 22380.00 WHERE lower(product_period) = '2026-03-01'$$,
		'more hours than a day has; 73739901; 0200; 2026-03-01; 1; t; 22380.00; 44760 minutes claimed for one client in 31 days by 2 providers, there are 44640 | more hours than a day has; 73739902; 0301; 2026-03-01; 2; t; 22380.00; 44760 minutes claimed for one client in 31 days by 2 providers, there are 44640'),
	('the days of two allotments are counted once', $$UPDATE r.allocations SET client = 710001; UPDATE r.allocations SET indication = '02A16 500 uur/maand [2026-03-01,2026-03-11)' WHERE number = 2; UPDATE r.claims SET product_period = '[2026-03-01,2026-03-11)', volume = '241 uur', amount = 14460.00 WHERE number = 2 AND lower(product_period) = '2026-03-01';
		DELETE FROM r.claims WHERE number = 1 OR lower(product_period) > '2026-03-01'; DELETE FROM r.deliveries WHERE number = 1; UPDATE r.deliveries SET ended = '2026-03-10', stop_dated = NULL WHERE number = 2$$,
		'more hours than a day has; 73739902; 0301; 2026-03-01; 2; t; 14460.00; 14460 minutes claimed for one client in 10 days by 1 provider, there are 14400'),
	('day and night is no hour', $$UPDATE r.allocations SET client = 710001; UPDATE r.allocations SET indication = '02A16 500 etmaal/maand [2026-01-01,2027-01-01)' WHERE number = 2; UPDATE r.claims SET volume = '400 etmaal', tariff = '60.00/etmaal', amount = 24000.00 WHERE number = 2$$, ''),
	('never sent, never a signal', $$UPDATE r.allocations SET indication = '02A16 40 uur/maand [2026-01-01,2026-01-02)', change_reason = '13'; DELETE FROM r.deliveries$$, '')) v(name, change, signals);
-- Lines of a declaration that is refused were not sent
SELECT is(pg_temp.signals($$INSERT INTO r.declarations (law, provider, municipality, number, period, declared, total) VALUES ('Wmo', '73739901', '0200', 'D1', '[2026-03-01,2026-04-01)', '2026-04-05', 1); DELETE FROM r.deliveries WHERE number = 1;
	DELETE FROM r.claims WHERE number = 1 AND lower(product_period) < '2026-03-01'; UPDATE r.claims SET declaration = (SELECT id FROM r.declarations) WHERE number = 1$$), '', 'a refused declaration gives no signals');

-- ---- Rejected shares ----
INSERT INTO r.allocations (number, client, provider, municipality, indication) SELECT 100 * p + n, 720000 + 100 * p + n, (73739900 + p)::provider, CASE WHEN n % 2 = 0 THEN '0200' ELSE '0301' END::municipality, '02A16 40 uur/maand [2026-01-01,2027-01-01)'
FROM generate_series(1, 3) p, generate_series(1, 40) n;
INSERT INTO r.deliveries (number, started) SELECT number, '2026-01-01' FROM r.allocations WHERE number > 100;
INSERT INTO r.claims (number, product_period, volume, tariff, amount) SELECT number, '[2026-06-01,2026-07-01)', '10 uur', '60.00/uur', 600.00 FROM r.allocations WHERE number > 100;
CREATE FUNCTION pg_temp.shares(bad text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.signals(format('UPDATE r.claims SET amount = 600.01 WHERE number IN (%s)', bad), $q$SELECT string_agg(concat_ws(' ', provider, municipality, month, rejected, lines, region_rejected, region_lines, stands_out), ', ' ORDER BY provider, municipality) FROM r.rejected_shares() WHERE stands_out$q$)$$;
SELECT is(pg_temp.shares('SELECT 100 + n FROM generate_series(1, 12) n'), '73739901 2026-06-01 12 40 12 120 t', 'twelve of forty, where the region has twelve of 120; six of twenty is just not enough');
SELECT is(pg_temp.shares('SELECT 100 + n FROM generate_series(1, 13) n'), '73739901 0301 2026-06-01 7 20 13 120 t, 73739901 2026-06-01 13 40 13 120 t', 'seven of twenty is');
SELECT is(pg_temp.shares('SELECT 100 * p + n FROM generate_series(1, 12) n, generate_series(1, 3) p'), '', 'not when all have as many');
SELECT is(pg_temp.shares('SELECT 100 + n FROM generate_series(1, 4) n'), '', 'nor fewer than five');
SELECT is_empty($$
	SELECT x, m, r, n FROM generate_series(0, 40) x, (VALUES (40)) v(m), generate_series(1, 120, 7) r, (VALUES (120)) w(n), LATERAL (SELECT x::numeric / m AS own, r::numeric / n AS all_) s
	WHERE x <= r AND r < n AND (x * n > r * m AND (x * n - r * m) ^ 2 > 9 * r * (n - r) * m) <> (own > all_ + 3 * sqrt(all_ * (1 - all_) / m)) AND abs(own - all_ - 3 * sqrt(all_ * (1 - all_) / m)) > 1e-12
$$, 'whole numbers say what three standard deviations say');
UPDATE r.claims SET amount = 600.01 WHERE number IN (SELECT 100 + n FROM generate_series(1, 13) n);
SELECT is((SELECT count(*) || ' ' || min(explanation) FROM r.control_signals('2026-06-01') WHERE signal = 'rejected share' AND provider = '73739901'), '13 TR346', 'the rejected lines of who stands out');
SELECT is((SELECT count(*) FROM r.control_signals(to_month => '2026-05-31')), 0::bigint, 'not in other months');
SELECT is((SELECT count(*) FROM control_signals('r')), 13::bigint, 'by the name of the region');

-- ---- Figures and view ----
UPDATE r.claims SET volume = '41 uur', amount = 2460.00 WHERE number = 1 AND lower(product_period) < '2026-03-01';
INSERT INTO r.allocations (number, client, provider, municipality, indication) VALUES (3, 710003, '73739901', '0301', '02A16 40 uur/maand [2026-01-01,2027-01-01)');
INSERT INTO r.claims (number, product_period, volume, tariff, amount) VALUES (3, '[2026-01-01,2026-02-01)', '50 uur', '60.00/uur', 3000.00);
CREATE FUNCTION pg_temp.figures(f text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT concat_ws(''; '', provider, municipality, period_from, period_to, signal, lines, amount, explanation) FROM %s x ORDER BY period_from, signal, municipality', f);
END $$;
SELECT results_eq($$SELECT * FROM pg_temp.figures('r.compute_control(''2026-01-01'', ''2027-01-01'', ''2026-12-31'')')$$, $$VALUES
	('73739901; 0200; 2026-01-01; 2026-01-31; claimed above allotment; 1; 2460.00; claim lines above what was allotted, in the month or in total (TR321, TR322, TR369): 1'),
	('73739901; 0301; 2026-01-01; 2026-01-31; claimed above allotment; 1; 3000.00; claim lines above what was allotted, in the month or in total (TR321, TR322, TR369): 1'),
	('73739901; 2026-01-01; 2026-01-31; claimed above allotment; 2; 5460.00; claim lines above what was allotted, in the month or in total (TR321, TR322, TR369): 2'),
	('73739901; 0200; 2026-02-01; 2026-02-28; claimed above allotment; 1; 2460.00; claim lines above what was allotted, in the month or in total (TR321, TR322, TR369): 1'),
	('73739901; 2026-02-01; 2026-02-28; claimed above allotment; 1; 2460.00; claim lines above what was allotted, in the month or in total (TR321, TR322, TR369): 1'),
	('73739901; 0301; 2026-06-01; 2026-06-30; rejected share; 7; 4200.07; 7 of 20 claim lines are rejected, in the region 13 of 120: more than three standard deviations above, (7*120 - 13*20)^2 > 9*13*107*20'),
	('73739901; 2026-06-01; 2026-06-30; rejected share; 13; 7800.13; 13 of 40 claim lines are rejected, in the region 13 of 120: more than three standard deviations above, (13*120 - 13*40)^2 > 9*13*107*40')$$, 'figures per municipality and for the region');
SELECT is((SELECT string_agg(DISTINCT period_from::text, ' ') FROM r.compute_control(f::date, t::date, a::date)), months, concat_ws(' ', f, t, a))
FROM (VALUES ('2026-02-01', '2026-03-01', '2026-12-31', '2026-02-01'), ('2026-01-01', '2027-01-01', '2026-02-15', '2026-01-01 2026-02-01'), ('2026-01-01', '2027-01-01', '2025-12-31', NULL), ('2026-03-01', '2026-06-01', '2026-12-31', NULL)) v(f, t, a, months);
SELECT is(inserted, 7::bigint, 'refresh_monitor stores them') FROM refresh_monitor('r', '2026-12-31') WHERE part = 'control';
SELECT is((SELECT count(*) FROM r.monitor_control), 7::bigint, 'the view shows them');
SELECT results_eq($$SELECT level, provider_name, municipality_name, lines FROM r.monitor_control WHERE signal = 'rejected share' ORDER BY level$$, $$VALUES ('municipality by provider', 'Een', 'Zutphen', 7::bigint), ('region by provider', 'Een', NULL, 13)$$, 'with names');
CREATE TEMP TABLE before AS SELECT key, signal, period_from, municipality FROM r.monitor_control;
CREATE FUNCTION pg_temp.after(change text, OUT from_day date) LANGUAGE plpgsql AS $$BEGIN EXECUTE change; SELECT m.from_day INTO from_day FROM refresh_monitor('r', '2026-12-31') m WHERE m.part = 'control'; END $$;
UPDATE r.claims SET volume = '40 uur', amount = 2400.00 WHERE number = 1 AND lower(product_period) = '2026-02-01';
SELECT is(concat_ws(' ', inserted, updated, deleted), '0 0 2', 'a signal that is gone goes') FROM refresh_monitor('r', '2026-12-31') WHERE part = 'control';
SELECT is_empty('SELECT key, signal, period_from, municipality FROM r.monitor_control EXCEPT SELECT * FROM before', 'the others keep their keys');
SELECT is(from_day, NULL, 'nothing changed, nothing is computed') FROM refresh_monitor('r', '2026-12-31') WHERE part = 'control';
SELECT is(from_day, NULL, 'nor on another day of the month') FROM refresh_monitor('r', '2026-12-30') WHERE part = 'control';
SELECT is(from_day, (SELECT make_date(2026 - monitor_years + 1, 1, 1) FROM r.settings), 'a month later it is') FROM refresh_monitor('r', '2026-11-30') WHERE part = 'control';
SELECT is(concat_ws(' ', inserted, updated, deleted), '0 0 0', 'and back, with the same result') FROM refresh_monitor('r', '2026-12-31') WHERE part = 'control';
SELECT is(from_day IS NOT NULL, changed, 'a change in ' || name || CASE WHEN changed THEN ' is computed' ELSE ' is not' END)
FROM (VALUES ('claims', $$UPDATE r.claims SET amount = amount WHERE number = 1$$, true), ('deliveries', $$UPDATE r.deliveries SET ended = ended WHERE number = 1$$, true), ('allocations', $$UPDATE r.allocations SET requested = requested WHERE number = 1$$, true),
		('tariffs', 'UPDATE r.tariffs SET tariff = tariff', true), ('contracts', 'UPDATE r.contracts SET valid = valid', true), ('declarations', 'UPDATE r.declarations SET declared = declared', true),
		('imports', 'UPDATE r.imports SET lines = lines', true), ('budgets', 'UPDATE r.budgets SET amount = amount', false), ('lump_sums', 'UPDATE r.lump_sums SET amount = amount', false)) v(name, change, changed),
	LATERAL pg_temp.after(change);
-- Judged once, and nothing of it stays
SET track_functions = 'all';
CREATE FUNCTION pg_temp.judged() RETURNS bigint LANGUAGE sql VOLATILE AS $$SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions WHERE schemaname = 'r' AND funcname = 'claim_judgements'$$;
SELECT pg_temp.judged() AS judged_before \gset
SELECT * FROM refresh_monitor('r', '2026-12-31', true) \g /dev/null
SELECT is(pg_temp.judged() - :judged_before, 1::bigint, 'a refresh judges all claims once');
SELECT is((SELECT count(*) FROM r.shared_judgements), 0::bigint, 'and keeps nothing of it');
SELECT results_eq('SELECT * FROM r.judgements() ORDER BY 1, 2, 3', 'SELECT * FROM r.claim_judgements() ORDER BY 1, 2, 3', 'otherwise the figures judge for themselves');
INSERT INTO r.shared_judgements SELECT * FROM r.share_judgements(NULL);
SELECT results_eq('SELECT * FROM r.judgements() ORDER BY 1, 2, 3', 'SELECT * FROM r.claim_judgements() ORDER BY 1, 2, 3', 'what is shared is the same');
TRUNCATE r.shared_judgements;
INSERT INTO r.shared_judgements VALUES (NULL, NULL, NULL, NULL, NULL);
SELECT is_empty('SELECT * FROM r.judgements()', 'nothing wrong is a result too');
DELETE FROM r.shared_judgements;
INSERT INTO r.received_allocations (provider, municipality, number, client, indication, decided_at, dated) SELECT provider, municipality, number, client, indication, decided, '2026-03-01' FROM r.allocations WHERE number = 2;
SELECT is(concat_ws(' ', inserted, updated, deleted), '2 0 0', 'the message log is a source') FROM refresh_monitor('r', '2026-12-31') WHERE part = 'control';
SELECT is_empty($$
	SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = 'r.monitor_control'::regclass AND a.attnum > 0
		AND a.atttypid NOT IN ('bigint'::regtype, 'integer'::regtype, 'text'::regtype, 'numeric'::regtype, 'date'::regtype, 'boolean'::regtype)
$$, 'base types only');
SELECT is_empty($$SELECT v FROM r.monitor_control v WHERE v::text ~ '7[12]0[0-9]{3}'$$, 'no client in it');
SELECT is_empty($$SELECT v FROM r.control_signals() v WHERE v::text ~ '7[12]0[0-9]{3}'$$, 'nor in the rows behind it');
SELECT is_empty($$SELECT signal FROM r.control_signals() WHERE coalesce(explanation, '') = '' UNION ALL SELECT signal FROM r.monitor_control WHERE coalesce(explanation, '') = ''$$, 'every signal has a reason');
SELECT * FROM finish();
ROLLBACK;
