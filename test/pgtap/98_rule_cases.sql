-- Each rule of message_rule passes and fails by changing one thing in valid messages or a valid allotment, and fires alone;
-- no rule is without its two cases.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();
\ir ../claims.sql

-- What is changed before loading, and after it; what is broken then: lines by their reference, declarations by their number.
CREATE TEMP TABLE case_of (rule text, change text, broken text, after text DEFAULT 'SELECT');
INSERT INTO case_of VALUES
	('CD060', $$INSERT INTO line SELECT 2, 'P17', bsn, number, product, period, volume, tariff, amount, true, 'P01' FROM line WHERE reference = 'P01'$$, ''),
	('CD060', $$UPDATE line SET previous = NULL WHERE reference = 'P16'$$, 'P16 CD060'),
	('CD087', $$UPDATE line SET volume = '250.00 euro', amount = 250 WHERE reference = 'P14'$$, ''),
	('CD087', $$UPDATE line SET tariff = NULL WHERE reference = 'P11'$$, 'P11 CD087'),
	('CS325', $$UPDATE line SET volume = '0 uur', amount = 0 WHERE reference = 'P11'$$, ''),
	('CS325', $$UPDATE line SET volume = '0 minuut', amount = 0 WHERE reference = 'P16'$$, 'P16 CS325'),
	('CS337', $$UPDATE line SET period = '[2026-01-10,2026-02-01)' WHERE reference = 'P11'$$, ''),
	('CS337', $$UPDATE line SET period = '[2026-02-01,2026-04-01)' WHERE reference = 'P11'$$, 'P11 CS337'),
	('CS339', $$UPDATE line SET volume = '299.99 euro', amount = 299.99 WHERE reference = 'P14'$$, ''),
	('CS339', $$UPDATE line SET amount = 299.99 WHERE reference = 'P14'$$, 'P14 CS339'),
	('CS340', $$UPDATE head SET period = '[2026-04-01,2026-05-01)' WHERE n = 2$$, ''),
	('CS340', $$DELETE FROM line WHERE n = 2 AND reference <> 'P11'; UPDATE head SET period = '[2026-03-01,2026-03-31)' WHERE n = 2$$, 'P11 CS340'),
	('TR304', $$UPDATE line SET bsn = '999900018' WHERE reference = 'P11'$$, 'P11 TR304'),
	('TR307', $$UPDATE line SET period = '[2026-01-10,2026-02-01)' WHERE reference = 'P11'$$, ''),
	('TR307', $$UPDATE line SET period = '[2026-01-01,2026-02-01)' WHERE reference = 'P11'$$, 'P11 TR307'),
	('TR308', $$UPDATE r.allocations SET indication = '02A16 4 uur/week [2026-01-10,2026-04-01)' WHERE number = 1$$, ''),
	('TR308', $$UPDATE r.allocations SET indication = '02A16 4 uur/week [2026-01-10,2026-03-31)' WHERE number = 1$$, 'P11 TR308'),
	('TR314', $$UPDATE line SET reference = 'p01' WHERE reference = 'P11'$$, ''),
	('TR314', $$UPDATE line SET reference = 'P01' WHERE reference = 'P11'$$, 'P01 TR314'),
	('TR315', $$INSERT INTO line SELECT 2, 'P17', bsn, number, product, period, volume, tariff, amount, true, 'P01' FROM line WHERE reference = 'P01'$$, ''),
	('TR315', $$INSERT INTO line SELECT n, 'P17', bsn, number, product, period, volume, tariff, amount, credit, previous FROM line WHERE reference = 'P16'$$, 'P17 TR315'),
	('TR316', $$UPDATE line SET n = 1 WHERE reference = 'P12'; UPDATE line SET period = '[2026-01-01,2026-02-01)' WHERE reference = 'P12'$$, ''),
	('TR316', $$UPDATE line SET previous = 'P12' WHERE reference = 'P16'$$, 'P16 TR316'),
	('TR319', $$UPDATE head SET period = '[2026-04-01,2026-05-01)' WHERE n = 2$$, ''),
	('TR319', $$UPDATE line SET period = '[2026-04-01,2026-05-01)' WHERE reference = 'P11'$$, 'P11 TR319'),
	('TR321', $$UPDATE line SET volume = '24 uur', amount = 1468.80 WHERE reference = 'P11'$$, ''),
	('TR321', $$UPDATE line SET volume = '25 uur', amount = 1530.00 WHERE reference = 'P11'$$, 'P11 TR321'),
	('TR322', $$UPDATE line SET volume = '2400 minuut', amount = 2448.00 WHERE reference = 'P12'$$, ''),
	('TR322', $$UPDATE r.allocations SET indication = '02A16 19 uur/totaal [2026-01-01,2027-01-01)' WHERE number = 2; UPDATE line SET volume = '1140 minuut', amount = 1162.80 WHERE reference = 'P12'; DELETE FROM line WHERE reference = 'P16'$$, 'P12 TR322'),
	('TR323', $$UPDATE line SET volume = '599 minuut', amount = 610.98 WHERE reference IN ('P02', 'P16')$$, ''),
	('TR323', $$UPDATE line SET volume = '599 minuut', amount = 610.98 WHERE reference = 'P16'$$, 'P16 TR323'),
	('TR333', $$UPDATE head SET number = 'd1' WHERE n = 2$$, ''),
	('TR333', $$UPDATE head SET number = 'D1' WHERE n = 2$$, 'D1 TR333'),
	('TR335', $$UPDATE head SET declared = '2031-03-31' WHERE n = 2; DELETE FROM line WHERE reference = 'P16'$$, ''),
	('TR335', $$UPDATE head SET declared = '2031-04-01' WHERE n = 2; DELETE FROM line WHERE n = 2 AND reference <> 'P11'$$, 'P11 TR335'),
	('TR338', $$UPDATE line SET number = 3, bsn = '999900018', period = '[2026-02-01,2026-03-01)', volume = '6 uur', amount = 367.20 WHERE reference = 'P11'$$, ''),
	('TR338', $$UPDATE line SET number = 99 WHERE reference = 'P11'$$, 'P11 TR338'),
	('TR339', $$UPDATE line SET product = '07A13' WHERE reference = 'P15'$$, ''),
	('TR339', $$UPDATE line SET product = '03:02A16' WHERE reference = 'P11'$$, 'P11 TR339'),
	('TR340', $$UPDATE line SET product = '07A13' WHERE reference = 'P15'$$, ''),
	('TR340', $$UPDATE line SET product = '02A17' WHERE reference = 'P11'$$, 'P11 TR340'),
	('TR341', $$UPDATE line SET volume = '720 minuut', tariff = '1.02/minuut' WHERE reference = 'P11'$$, ''),
	('TR341', $$UPDATE line SET volume = '12 dagdeel', tariff = '61.20/dagdeel' WHERE reference = 'P11'$$, 'P11 TR341'),
	('TR346', $$UPDATE line SET volume = '13 uur', amount = 795.60 WHERE reference = 'P11'$$, ''),
	('TR346', $$UPDATE line SET amount = 734.41 WHERE reference = 'P11'$$, 'P11 TR346'),
	('TR358', $$DELETE FROM line WHERE reference = 'P11'$$, ''),
	('TR358', $$UPDATE head SET add = -0.01 WHERE n = 2$$, 'D2 TR358'),
	('TR369', $$UPDATE line SET volume = '16 uur', amount = 979.20 WHERE reference = 'P13'$$, ''),
	('TR369', $$UPDATE line SET volume = '17 uur', amount = 1040.40 WHERE reference = 'P13'$$, 'P13 TR369'),
	('TR384', $$UPDATE r.allocations SET change_reason = '13' WHERE number = 1$$, ''),
	('TR384', $$UPDATE r.allocations SET change_reason = '13', indication = '02A16 4 uur/week [2026-01-10,2026-01-11)' WHERE number = 1; DELETE FROM line WHERE reference = 'P01'$$, 'P11 TR384'),
	('TR387', $$UPDATE r.allocations SET indication = '02A16 4 uur/week [2026-03-09,2027-01-01)' WHERE number = 1; UPDATE line SET period = '[2026-03-09,2026-04-01)' WHERE reference = 'P11'; DELETE FROM line WHERE reference = 'P01'$$, ''),
	('TR387', $$UPDATE line SET period = '[2026-03-02,2026-04-01)' WHERE reference = 'P11'$$, 'P11 TR387'),
	('TR388', $$UPDATE r.allocations SET indication = '02A16 4 uur/week [2026-01-10,2026-03-16)' WHERE number = 1; UPDATE line SET period = '[2026-03-01,2026-03-16)' WHERE reference = 'P11'$$, ''),
	('TR388', $$UPDATE line SET period = '[2026-03-01,2026-03-31)' WHERE reference = 'P11'$$, 'P11 TR388'),
	('TR389', $$UPDATE line SET period = '[2026-02-01,2026-03-01)' WHERE reference = 'P12'$$, ''),
	('TR389', $$UPDATE line SET period = '[2026-02-01,2026-03-01)' WHERE reference = 'P11'$$, 'P11 TR389'),
	('TR390', $$INSERT INTO head VALUES (3, 'D3', '[2026-03-01,2026-04-01)', '2026-04-09'); INSERT INTO line SELECT 3, 'P31', bsn, number, product, period, volume, tariff, amount, true, 'P12' FROM line WHERE reference = 'P12'$$, ''),
	('TR390', $$INSERT INTO head VALUES (3, 'D3', '[2026-03-01,2026-04-01)', '2026-04-09'); INSERT INTO line SELECT 3, 'P31', bsn, number, product, period, volume, tariff, amount, true, 'P02' FROM line WHERE reference = 'P02'$$, 'P31 TR390'),
	('TR416', $$INSERT INTO line SELECT n, 'P17', bsn, number, product, '[2026-01-10,2026-02-01)', volume, tariff, amount, credit, previous FROM line WHERE reference = 'P11'$$, ''),
	('TR416', $$INSERT INTO line SELECT n, 'P17', bsn, number, product, period, volume, tariff, amount, credit, previous FROM line WHERE reference = 'P11'$$, 'P17 TR416'),
	('TR418', $$UPDATE r.tariffs SET tariff = '61.19/uur' WHERE product = '02A16' AND tariff_group IS NULL; DELETE FROM line WHERE n = 1 OR reference IN ('P12', 'P13', 'P16'); DELETE FROM head WHERE n = 1; UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, ''),
	('TR418', $$UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, 'P11 TR418');
-- Five years ago: one declaration with one line, since a line is not to be older than that when it is declared (TR335).
\set old '$$DELETE FROM line WHERE reference <> ''P01''; DELETE FROM head WHERE n = 2; UPDATE r.allocations SET indication = ''02A16 4 uur/week [2020-06-01,2027-01-01)'' WHERE number = 1; UPDATE head SET period = ''[2021-01-01,2021-02-01)'', declared = ''2021-02-06''$$ || '
INSERT INTO case_of VALUES
	('CS100', :old $$; UPDATE line SET period = '[2021-01-01,2021-02-01)'$$, ''),
	('CS100', :old $$; UPDATE line SET period = '[2020-12-01,2021-01-01)'$$, 'P01 CS100');
INSERT INTO case_of VALUES ('TR304', 'SELECT', '', $$UPDATE r.claims SET client = NULL WHERE reference = 'P11'$$);
SELECT is(pg_temp.rules(change, after), broken, concat_ws(' ', rule, CASE broken WHEN '' THEN 'passes:' ELSE 'fails:' END, nullif(change, 'SELECT'), nullif(after, 'SELECT')))
FROM case_of ORDER BY rule, broken <> '';

-- ---- What no message can hold, in tables that are older than their constraint ----
CREATE FUNCTION pg_temp.old_table(volume text, query text) RETURNS text LANGUAGE sql AS $$SELECT pg_temp.outcome('ALTER TABLE r.claims DROP CONSTRAINT claims_delivered', query, format('UPDATE r.claims SET volume = %L WHERE reference = ''P11''', volume))$$;
SELECT throws_ok(format($$INSERT INTO r.claims (number, product_period, volume, tariff, amount) VALUES (1, '[2026-03-01,2026-04-01)', %L, '61.20/uur', 61.20)$$, v), '23514', NULL, v || ' is not stored')
FROM unnest('{4 uur/week,4..6 uur,12 uur/totaal}'::text[]) v;
SELECT is(pg_temp.old_table(v, 'SELECT pg_temp.broken()'), 'P11 TR341', v || ' is judged, and ends no check')
FROM unnest('{4 uur/week,4..6 uur,12 uur/totaal,12..13 minuut/maand}'::text[]) v;
SELECT is(pg_temp.old_table('4..6 uur/week', $$SELECT concat_ws('; ', rule, return_code, found, required) FROM r.check_claims()$$), 'TR341; 9341; 4..6 uur/week; one number without frequency', 'in words');
SELECT is(pg_temp.old_table('4..6 uur/week', $$SELECT concat_ws(' ', granted, rejected, rejected_lines) FROM r.claim_answer() WHERE number = 'D2'$$), '1985.50 734.40 1', 'the line is rejected, the others are not');
SELECT is(pg_temp.old_table('4..6 uur/week', $$SELECT count(*) FROM r.control_signals() WHERE signal = 'claimed above allotment'$$), '0', 'and control signals go on');
-- As an existing table that a view maps
CREATE SCHEMA kaart;
CREATE VIEW kaart.claims AS SELECT 1 AS id, 1 AS number, daterange('2026-03-01', '2026-04-01') AS product_period, '4 uur/week'::volume AS volume, '61.20/uur'::tariff AS tariff, 734.40 AS amount;
SELECT is((SELECT string_agg(concat_ws('; ', check_name, severity, rows), ' | ') FROM check_region('r', 'kaart', '2026-06-30') WHERE table_name = 'claims' AND column_name = 'volume'),
	'refused value; error; 1', 'check_region names it');

-- Allotments: with a second one or without; the last word is what is broken.
CREATE TEMP TABLE allotment_case (rule text, indication text, reason text, second text, municipality text, broken text);
INSERT INTO allotment_case VALUES
	('CD041', '02A16 4 uur/maand [2026-01-01,)', NULL, NULL, NULL, ''), ('CD041', '02A16 [2026-01-01,)', NULL, NULL, NULL, '1 CD041'),
	('CD075', 'budget 100.00 euro [2026-01-01,2027-01-01)', NULL, NULL, NULL, ''), ('CD075', 'budget 100.00 euro [2026-01-01,)', NULL, NULL, NULL, '1 CD075'),
	('CD076', '02A16 4 uur/week [2026-01-01,2027-01-01)', NULL, NULL, NULL, ''), ('CD076', '02A16 4 uur/week [2026-01-01,)', NULL, NULL, NULL, '1 CD076'),
	('CD080', '02 [2026-01-01,2027-01-01)', NULL, NULL, NULL, ''), ('CD080', '02 4 uur/week [2026-01-01,2027-01-01)', NULL, NULL, NULL, '1 CD080'),
	('CS335', '02A16 4 uur/week [2026-01-01,2026-01-02)', '13', NULL, NULL, ''), ('CS335', '02A16 4 uur/week [2026-01-01,2026-01-03)', '13', NULL, NULL, '1 CS335'),
	('CS336', '02A16 4 uur/week [2026-01-01,2027-01-01)', '02', NULL, NULL, ''), ('CS336', '02A16 4 uur/week [2026-01-01,2027-01-01)', '01', NULL, NULL, '1 CS336'),
	('CS338', '02A16 4 uur/dag [2026-01-01,2027-01-01)', NULL, NULL, NULL, ''), ('CS338', '02A16 4 etmaal/dag [2026-01-01,2027-01-01)', NULL, NULL, NULL, '1 CS338'),
	('TR302', '02A16 4 uur/maand [2026-01-01,2026-04-01)', NULL, '02A16 4 uur/maand [2026-04-01,2026-07-01)', '0200', ''), ('TR302', '02A16 4 uur/maand [2026-01-01,2026-04-01)', NULL, '02A16 4 uur/maand [2026-03-31,2026-07-01)', '0200', '2 TR302 1'),
	('OP259', '02A16 4 uur/maand [2026-01-01,2026-04-01)', NULL, '02A16 4 uur/maand [2026-04-01,2026-07-01)', '0301', ''), ('OP259', '02A16 4 uur/maand [2026-01-01,2026-04-01)', NULL, '02A16 4 uur/maand [2026-03-31,2026-07-01)', '0301', '2 OP259 1');
CREATE FUNCTION pg_temp.allotted(k allotment_case) RETURNS text LANGUAGE sql AS $$
	DELETE FROM r.allocations;
	INSERT INTO r.allocations (number, client, provider, municipality, indication, change_reason) VALUES (1, 71, '73739901', '0200', k.indication::indication, k.reason);
	INSERT INTO r.allocations (number, client, provider, municipality, indication) SELECT 2, 71, '73739901', k.municipality::municipality, k.second::indication WHERE k.second IS NOT NULL;
	SELECT coalesce(string_agg(concat_ws(' ', number, rule, other), ', ' ORDER BY number, rule), '') FROM r.check_allocations();
$$;
SELECT is(pg_temp.allotted(k), broken, concat_ws(' ', rule, CASE broken WHEN '' THEN 'passes:' ELSE 'fails:' END, indication, reason, second, municipality)) FROM allotment_case k ORDER BY rule, broken <> '';

-- An empty period is none that a message or a table can hold: the reader refuses it, and claim_problems names it.
SELECT throws_ok($$SELECT * FROM read_claims(claim_message('Wmo', 'M', '2026-04-08', '73739901', '0200', 'D1', '[2026-03-01,2026-04-01)', '2026-04-07', 60.00,
	claimed_client('999900006', replace(claimed_line('Wmo', 'P', 1, '02A16', '[2026-03-01,2026-04-01)', '1 uur', '60.00/uur', 60.00)::text, '2026-03-31', '2026-02-28')::xml)))$$,
	'22023', 'invalid message: element Einddatum of Prestatie 1', 'CS003 fails: the reader refuses a period that ends before it begins');
SELECT is(claim_problems('02A16 4 uur/week [2026-01-10,2027-01-01)', '02A16', p::daterange, '20 uur', '61.20/uur', 1224.00), broken::text[], 'CS003 ' || CASE broken WHEN '{}' THEN 'passes' ELSE 'fails' END || ': ' || p)
FROM (VALUES ('[2026-03-01,2026-04-01)', '{}'), ('empty', '{CS003}')) v(p, broken);

-- The list: every rule has both, and what fails is that rule alone.
CREATE TEMP VIEW listed AS
SELECT rule, broken FROM case_of UNION ALL SELECT rule, broken FROM allotment_case UNION ALL VALUES ('CS003', ''), ('CS003', 'period CS003');
SELECT is_empty($$SELECT code FROM message_rule EXCEPT SELECT rule FROM listed WHERE broken = ''$$, 'every rule has a case that passes');
SELECT is_empty($$SELECT code FROM message_rule EXCEPT SELECT rule FROM listed WHERE broken <> ''$$, 'every rule has a case that fails');
SELECT is_empty($$SELECT * FROM listed WHERE broken <> '' AND broken !~ ('^\S+ ' || rule || '( \d+)?$')$$, 'and it fires alone');

SELECT * FROM finish();
ROLLBACK;
