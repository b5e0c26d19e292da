-- Claims against all rules: every rule passes and fails by changing one thing in valid messages, and fires alone; what
-- is granted and how it is answered.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();
\ir ../claims.sql

SELECT is(pg_temp.rules('SELECT'), '', 'the valid declarations');
SELECT is(pg_temp.line(of, change), broken, concat_ws(': ', name, change))
FROM (VALUES
	('TR307', 'P11', $$period = '[2026-01-10,2026-02-01)'$$, ''),
	('TR307', 'P11', $$period = '[2026-01-01,2026-02-01)'$$, 'P11 TR307'),
	('TR319', 'P11', $$period = '[2026-04-01,2026-05-01)'$$, 'P11 TR319'),
	('TR321', 'P11', $$volume = '24 uur', amount = 1468.80$$, ''),
	('TR321', 'P11', $$volume = '25 uur', amount = 1530.00$$, 'P11 TR321'),
	('TR321, euro', 'P14', $$volume = '300.01 euro', amount = 300.01$$, 'P14 TR321'),
	('TR338', 'P11', $$number = 99$$, 'P11 TR338'),
	('TR339', 'P11', $$product = '03:02A16'$$, 'P11 TR339'),
	('TR340', 'P11', $$product = '02A17'$$, 'P11 TR340'),
	('TR341', 'P11', $$volume = '720 minuut', tariff = '1.02/minuut'$$, ''),
	('TR341', 'P11', $$volume = '12 dagdeel', tariff = '61.20/dagdeel'$$, 'P11 TR341'),
	('TR341, unit of the contract', 'P15', $$volume = '10 uur', tariff = '46.15/uur'$$, 'P15 TR341'),
	('TR346', 'P11', $$amount = 734.41$$, 'P11 TR346'),
	('TR369', 'P13', $$volume = '16 uur', amount = 979.20$$, ''),
	('TR369', 'P13', $$volume = '17 uur', amount = 1040.40$$, 'P13 TR369'),
	('TR387', 'P11', $$period = '[2026-03-02,2026-04-01)'$$, 'P11 TR387'),
	('TR388', 'P11', $$period = '[2026-03-01,2026-03-31)'$$, 'P11 TR388'),
	('TR389', 'P11', $$period = '[2026-02-01,2026-03-01)'$$, 'P11 TR389'),
	('TR389, credited in the same declaration', 'P12', $$period = '[2026-02-01,2026-03-01)'$$, ''),
	('TR389, other product of a budget', 'P13', $$product = '07A12', volume = '10 dagdeel', tariff = '46.15/dagdeel', amount = 461.50$$, ''),
	('TR418', 'P11', $$tariff = '61.19/uur', amount = 734.28$$, 'P11 TR418'),
	('TR418, rounded minutes', 'P12', $$tariff = '1.03/minuut', amount = 1236.00$$, 'P12 TR418'),
	('CD060', 'P11', $$previous = 'P01'$$, 'P11 CD060'),
	('CD060', 'P16', $$previous = NULL$$, 'P16 CD060'),
	('CD087', 'P11', $$tariff = NULL$$, 'P11 CD087'),
	('CS325', 'P11', $$volume = '0 uur', amount = 0$$, ''),
	('CS325', 'P16', $$volume = '0 minuut', amount = 0$$, 'P16 CS325'),
	('CS337', 'P11', $$period = '[2026-02-01,2026-04-01)'$$, 'P11 CS337'),
	('CS339', 'P14', $$amount = 299.99$$, 'P14 CS339'),
	('TR304', 'P11', $$bsn = '999900018'$$, 'P11 TR304'),
	('TR314', 'P11', $$reference = 'P01'$$, 'P01 TR314'),
	('TR316', 'P16', $$previous = 'P12'$$, 'P16 TR316'),
	('TR323', 'P16', $$previous = 'P09'$$, 'P16 TR323'),
	('TR323, no copy', 'P16', $$volume = '599 minuut', amount = 610.98$$, 'P16 TR323'),
	('TR323, of another allotment', 'P16', $$number = 1, bsn = '999900006'$$, 'P16 TR323'),
	('TR323, of a rejected line', 'P02', $$amount = 612.01$$, 'P02 TR346, P16 TR323')) v(name, of, change, broken);

SELECT is(pg_temp.rules(change, after), broken, name)
FROM (VALUES
	('TR308: past the last day', $$UPDATE r.allocations SET indication = '02A16 4 uur/week [2026-01-10,2026-03-16)' WHERE number = 1$$, 'SELECT', 'P11 TR308'),
	('TR308: up to the last day', $$UPDATE r.allocations SET indication = '02A16 4 uur/week [2026-01-10,2026-03-16)' WHERE number = 1; UPDATE line SET period = '[2026-03-01,2026-03-16)' WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR322: all of it', $$DELETE FROM line WHERE reference = 'P16'; UPDATE line SET volume = '1800 minuut', amount = 1836.00 WHERE reference = 'P12'$$, 'SELECT', ''),
	('TR322: one minute more', $$DELETE FROM line WHERE reference = 'P16'; UPDATE line SET volume = '1801 minuut', amount = 1837.02 WHERE reference = 'P12'$$, 'SELECT', 'P12 TR322'),
	('TR322: a credit line makes room', $$UPDATE line SET volume = '2400 minuut', amount = 2448.00 WHERE reference = 'P12'$$, 'SELECT', ''),
	('TR322: a rejected credit line makes none', $$UPDATE line SET volume = '2400 minuut', amount = 2448.00 WHERE reference = 'P12'; UPDATE line SET previous = 'P09' WHERE reference = 'P16'$$, 'SELECT', 'P12 TR322, P16 TR323'),
	('TR322: a rejected line takes none', $$DELETE FROM line WHERE reference = 'P16'; UPDATE line SET amount = 612.01 WHERE reference = 'P02'; UPDATE line SET volume = '2400 minuut', amount = 2448.00 WHERE reference = 'P12'$$, 'SELECT', 'P02 TR346'),
	('TR322: nor does a refused declaration', $$DELETE FROM line WHERE reference = 'P16'; UPDATE head SET add = 1 WHERE n = 1; UPDATE line SET volume = '2400 minuut', amount = 2448.00 WHERE reference = 'P12'$$, 'SELECT', 'D1 TR358'),
	('TR322: the one declared later is too much', $$DELETE FROM line WHERE reference = 'P16'; UPDATE line SET volume = '1801 minuut', amount = 1837.02 WHERE reference = 'P12'; UPDATE head SET declared = '2026-04-08' WHERE n = 1$$, 'SELECT', 'P02 TR322'),
	('TR358', $$UPDATE head SET add = 0.01 WHERE n = 2$$, 'SELECT', 'D2 TR358'),
	('TR315', $$INSERT INTO line SELECT n, 'P17', bsn, number, product, period, volume, tariff, amount, credit, previous FROM line WHERE reference = 'P16'$$, 'SELECT', 'P17 TR315'),
	('TR416', $$INSERT INTO line SELECT n, 'P17', bsn, number, product, period, volume, tariff, amount, credit, previous FROM line WHERE reference = 'P11'$$, 'SELECT', 'P17 TR416'),
	('TR390', $$INSERT INTO head VALUES (3, 'D3', '[2026-03-01,2026-04-01)', '2026-04-09'); INSERT INTO line SELECT 3, 'P31', bsn, number, product, period, volume, tariff, amount, credit, previous FROM line WHERE reference = 'P16'$$, 'SELECT', 'P31 TR390'),
	('a second debit line after the credit line, and its own credit line', $$UPDATE line SET period = '[2026-02-01,2026-03-01)' WHERE reference = 'P12'; INSERT INTO head VALUES (3, 'D3', '[2026-03-01,2026-04-01)', '2026-04-09');
		INSERT INTO line SELECT 3, 'P31', bsn, number, product, period, volume, tariff, amount, true, 'P12' FROM line WHERE reference = 'P12'$$, 'SELECT', ''),
	('TR333', $$UPDATE head SET number = 'D1' WHERE n = 2$$, 'SELECT', 'D1 TR333'),
	('TR333: not when the first was refused', $$UPDATE head SET number = 'D1' WHERE n = 2; UPDATE head SET add = 1 WHERE n = 1; DELETE FROM line WHERE reference = 'P16'$$, 'SELECT', 'D1 TR358'),
	('TR333: another provider', $$UPDATE head SET number = 'D1', provider = '73739902' WHERE n = 2; UPDATE r.allocations SET provider = '73739902' WHERE number IN (3, 4, 5); DELETE FROM line WHERE reference IN ('P11', 'P12', 'P16')$$, 'SELECT', ''),
	('TR314: not when the first was refused', $$UPDATE line SET reference = 'P01' WHERE reference = 'P11'; UPDATE head SET add = 1 WHERE n = 1; DELETE FROM line WHERE reference = 'P16'$$, 'SELECT', 'D1 TR358'),
	('TR314: another provider', $$UPDATE line SET reference = 'P01' WHERE reference = 'P13'; UPDATE head SET provider = '73739902' WHERE n = 2; UPDATE r.allocations SET provider = '73739902' WHERE number IN (3, 4, 5); DELETE FROM line WHERE reference IN ('P11', 'P12', 'P16')$$, 'SELECT', ''),
	('TR338: the allotment of another provider', $$UPDATE r.allocations SET provider = '73739902' WHERE number = 3$$, 'SELECT', 'P13 TR338'),
	('TR338: of another municipality', $$UPDATE r.allocations SET municipality = '0301' WHERE number = 3$$, 'SELECT', 'P13 TR338'),
	('TR338: of another law', $$UPDATE r.allocations SET law = 'Jeugdwet' WHERE number = 3$$, 'SELECT', 'P13 TR338'),
	('TR340: a budget for anything', $$UPDATE line SET product = '45A04' WHERE false$$, 'SELECT', ''),
	('TR384', $$UPDATE r.allocations SET change_reason = '13', indication = '02A16 4 uur/week [2026-01-10,2026-01-11)' WHERE number = 1$$, 'SELECT', 'P01 TR384, P11 TR384'),
	('TR335: five years', $$UPDATE head SET declared = '2031-03-31' WHERE n = 2; DELETE FROM line WHERE reference = 'P16'$$, 'SELECT', ''),
	('TR335: longer', $$UPDATE head SET declared = '2031-04-01' WHERE n = 2; DELETE FROM line WHERE reference = 'P16'$$, 'SELECT', 'P11 TR335, P12 TR335, P13 TR335, P14 TR335, P15 TR335'),
	('CS340', $$UPDATE head SET period = '[2026-03-01,2026-05-01)' WHERE n = 2$$, 'SELECT', 'P11 CS340, P12 CS340, P13 CS340, P14 CS340, P15 CS340, P16 CS340'),
	('CS100', 'SELECT', $$UPDATE r.declarations SET period = '[2020-12-01,2021-01-01)' WHERE number = 'D1'; UPDATE r.claims SET product_period = '[2020-12-01,2021-01-01)', number = 5, product = '07A12', volume = '1 dagdeel', tariff = '46.15/dagdeel', amount = 46.15 WHERE reference = 'P01';
		DELETE FROM r.claims WHERE reference IN ('P02', 'P16'); UPDATE r.declarations d SET total = (SELECT sum(amount) FROM r.claims c WHERE c.declaration = d.id)$$, 'P01 CS100, P01 TR307, P01 TR308, P01 TR335'),
	('CD087: euro with a tariff', 'SELECT', $$UPDATE r.claims SET tariff = '1.00/uur' WHERE reference = 'P14'$$, 'P14 CD087'),
	('TR418: another group', $$UPDATE r.contracts SET tariff_group = 'zzp' WHERE provider = '73739901' AND product = '02A16'$$, 'SELECT', 'P01 TR418, P02 TR418, P11 TR418, P12 TR418, P13 TR418, P16 TR418'),
	('TR418: the tariff of the group', $$UPDATE r.contracts SET tariff_group = 'zzp' WHERE provider = '73739901' AND product = '02A16'; UPDATE line SET tariff = '55.08/uur', amount = amount(volume) * 55.08 WHERE product = '02A16' AND unit(volume) = 'uur';
		UPDATE line SET tariff = '0.92/minuut', amount = round(amount(volume) * 55.08 / 60, 2) WHERE unit(volume) = 'minuut'$$, 'SELECT', ''),
	('TR418: a group without a tariff of its own has the ordinary one', $$UPDATE r.contracts SET tariff_group = 'groot'$$, 'SELECT', ''),
	('TR418: no contract, no judgement', $$DELETE FROM r.contracts; UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR418: a contract of another time', $$UPDATE r.contracts SET valid = '[2026-04-01,2031-01-01)'; UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR418: two contracts, the one of the day', $$UPDATE r.contracts SET valid = '[2026-01-01,2026-03-01)' WHERE product = '02A16'; INSERT INTO r.contracts (provider, municipality, product, valid, tariff_group) VALUES ('73739901', '0200', '02A16', '[2026-03-01,2031-01-01)', 'zzp')$$, 'SELECT', 'P11 TR418, P12 TR418, P13 TR418'),
	('TR418: a subcontract is none', $$UPDATE r.contracts SET kind = 'subcontract', main_contractor = '73739902' WHERE provider = '73739901'; UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR418: a proposal is no tariff', $$UPDATE r.tariffs SET status = 'proposed'; UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR418: no tariff in the list', $$DELETE FROM r.tariffs; UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR418: a tariff that changes within the month, the first', $$UPDATE r.tariffs SET valid = '[2026-01-01,2026-03-10)' WHERE product = '02A16'; INSERT INTO r.tariffs (product, valid, tariff) VALUES ('02A16', '[2026-03-10,2027-01-01)', '63.00/uur')$$, 'SELECT', ''),
	('TR418: a tariff that changes within the month, the last', $$UPDATE r.tariffs SET valid = '[2026-01-01,2026-03-10)' WHERE product = '02A16'; INSERT INTO r.tariffs (product, valid, tariff) VALUES ('02A16', '[2026-03-10,2027-01-01)', '63.00/uur'); UPDATE line SET tariff = '63.00/uur', amount = 756.00 WHERE reference = 'P11'$$, 'SELECT', ''),
	('TR346, IV081: minutes at an hour tariff that does not divide', $$UPDATE r.tariffs SET tariff = '87.30/uur' WHERE tariff_group IS NULL AND product = '02A16'; DELETE FROM line WHERE n = 1 OR reference IN ('P13', 'P16'); DELETE FROM head WHERE n = 1;
		UPDATE line SET tariff = '87.30/uur', amount = 1047.60 WHERE reference = 'P11'; UPDATE line SET volume = '100 minuut', tariff = '1.46/minuut', amount = 145.50 WHERE reference = 'P12'$$, 'SELECT', ''),
	('TR346, IV081: another cent', $$UPDATE r.tariffs SET tariff = '87.30/uur' WHERE tariff_group IS NULL AND product = '02A16'; DELETE FROM line WHERE n = 1 OR reference IN ('P13', 'P16'); DELETE FROM head WHERE n = 1;
		UPDATE line SET tariff = '87.30/uur', amount = 1047.60 WHERE reference = 'P11'; UPDATE line SET volume = '100 minuut', tariff = '1.46/minuut', amount = 146.00 WHERE reference = 'P12'$$, 'SELECT', 'P12 TR346'),
	('lines without volume and product are not judged by them', 'SELECT', $$UPDATE r.claims SET volume = NULL, product = NULL, tariff = NULL WHERE reference <> 'P16' AND reference <> 'P02'$$, ''),
	('lines without references: a credit line takes back what is like it', 'SELECT', $$UPDATE r.claims SET reference = NULL, previous_reference = NULL, declaration = NULL; DELETE FROM r.imports; DELETE FROM r.declarations; UPDATE r.claims SET volume = '2400 minuut', amount = 2448.00 WHERE volume = '1200 minuut'$$, ''),
	('lines without references: no credit line, too much', $$DELETE FROM line WHERE reference = 'P16'$$, $$UPDATE r.claims SET reference = NULL, previous_reference = NULL, declaration = NULL; DELETE FROM r.imports; DELETE FROM r.declarations; UPDATE r.claims SET volume = '2400 minuut', amount = 2448.00 WHERE volume = '1200 minuut'$$, 'TR322')) v(name, change, after, broken);

-- What is said about it
CREATE FUNCTION pg_temp.words(change text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(change, $q$SELECT string_agg(concat_ws('; ', k.declaration, k.number, k.provider, k.municipality, k.month, k.rule, k.return_code, k.explanation, k.found, k.required), ' | ' ORDER BY k.claim) FROM r.check_claims() k$q$)$$;
SELECT is(pg_temp.words(change), words, change)
FROM (VALUES
	($$UPDATE line SET volume = '25 uur', amount = 1530.00 WHERE reference = 'P11'$$,
		'D2; 1; 73739901; 0200; 2026-03-01; TR321; 9321; More is claimed than the allotment allows in the product period.; 25 uur; at most 24 uur'),
	($$UPDATE line SET number = 99 WHERE reference = 'P11'$$,
		'D2; 99; 73739901; 0200; 2026-03-01; TR338; 9338; There is no allotment with this number for the provider.; 99; number of an allotment to the provider'),
	($$UPDATE head SET add = 0.01 WHERE n = 2$$,
		'D2; 73739901; 0200; 2026-03-01; TR358; 0001; The total of the declaration is not the sum of its lines.; 2719.91 euro; 2719.90 euro'),
	($$UPDATE line SET volume = '17 uur', amount = 1040.40 WHERE reference = 'P13'$$,
		'D2; 3; 73739901; 0200; 2026-03-01; TR369; 9369; With what was granted before, more is claimed than the budget.; 1040.40 euro in total; at most 1000.00 euro'),
	($$DELETE FROM line WHERE reference = 'P16'; UPDATE line SET volume = '1801 minuut', amount = 1837.02 WHERE reference = 'P12'$$,
		'D2; 2; 73739901; 0200; 2026-03-01; TR322; 9322; With what was granted before, more is claimed than the whole allotment allows.; 2401 minuut in total; at most 2400 minuut'),
	($$UPDATE line SET tariff = '61.19/uur', amount = 734.28 WHERE reference = 'P11'$$,
		'D2; 1; 73739901; 0200; 2026-03-01; TR418; 0611; The tariff is not that of the contract.; 61.19/uur; 61.20/uur')) v(change, words);
-- Months of the product period
SELECT is(pg_temp.outcome($$UPDATE line SET amount = amount + 0.01 WHERE reference IN ('P01', 'P11')$$, format($$SELECT string_agg(month::text, ' ') FROM r.check_claims(%s)$$, args)), months, 'months ' || args)
FROM (VALUES ('', '2026-02-01 2026-03-01'), ($$'2026-03-15'$$, '2026-03-01'), ($$NULL, '2026-02-28'$$, '2026-02-01'), ($$'2026-02-01', '2026-03-01'$$, '2026-02-01 2026-03-01'), ($$'2026-04-01'$$, 'NULL')) v(args, months);
SELECT is(pg_temp.outcome($$UPDATE line SET amount = amount + 0.01 WHERE reference IN ('P01', 'P11')$$, $$SELECT string_agg(rule, ' ') FROM check_claims('r', '2026-03-01')$$), 'TR346', 'by the name of the region');
SELECT throws_ok($$SELECT * FROM check_claims('nowhere')$$, '3F000', 'schema "nowhere" does not exist', 'no region of that name');
SELECT throws_ok($$SELECT * FROM check_claims(NULL)$$, '22004', 'which region is not given', 'no name');

-- ---- What is granted (TR342) ----
CREATE FUNCTION pg_temp.answer(change text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome(change, $q$SELECT string_agg(concat_ws(' ', number, submitted, granted, rejected, lines, rejected_lines, refused, return_codes), ', ' ORDER BY declaration DESC) FROM r.claim_answer()$q$)$$;
SELECT is(pg_temp.answer(change), answer, 'answer: ' || change)
FROM (VALUES
	('SELECT', 'D1 1591.20 1591.20 0.00 2 0 f {8001}, D2 2719.90 2719.90 0.00 6 0 f {8001}'),
	($$UPDATE line SET amount = 734.41 WHERE reference = 'P11'$$, 'D1 1591.20 1591.20 0.00 2 0 f {8001}, D2 2719.91 1985.50 734.41 6 1 f {0200}'),
	($$UPDATE line SET previous = 'P09' WHERE reference = 'P16'$$, 'D1 1591.20 1591.20 0.00 2 0 f {8001}, D2 2719.90 3331.90 -612.00 6 1 f {0200}'),
	($$UPDATE head SET add = 0.01 WHERE n = 2$$, 'D1 1591.20 1591.20 0.00 2 0 f {8001}, D2 2719.91 0 2719.91 6 6 t {0001}'),
	($$UPDATE line SET tariff = NULL WHERE reference = 'P11'$$, 'D1 1591.20 1591.20 0.00 2 0 f {8001}, D2 2719.90 0 2719.90 6 6 t {0001}'),
	($$UPDATE head SET number = 'D1' WHERE n = 2$$, 'D1 1591.20 1591.20 0.00 2 0 f {8001}, D1 2719.90 0 2719.90 6 6 t {9333}'),
	($$DELETE FROM client_map WHERE client = 72$$, 'D1 1591.20 979.20 612.00 2 1 f {0200}, D2 2719.90 1195.90 1524.00 6 4 f {0200}')) v(change, answer);
SELECT is(pg_temp.outcome($$UPDATE line SET amount = amount + 0.01, product = '02A17' WHERE reference = 'P11'$$, $$SELECT string_agg(concat_ws(' ', reference, granted, refused, rules, return_codes), ', ' ORDER BY reference) FROM r.claim_answer_lines('2026-03-01') WHERE reference < 'P13'$$),
	'P11 f f {TR340,TR346} {9340,9346}, P12 t f {} {}', 'answer per line');
SELECT is(pg_temp.outcome($$UPDATE head SET add = 1 WHERE n = 2$$, $$SELECT string_agg(DISTINCT concat_ws(' ', granted, refused, rules), ', ') FROM r.claim_answer_lines('2026-03-01', '2026-03-01')$$), 'f t {}', 'lines of a refused declaration');

-- The message says the same
CREATE FUNCTION pg_temp.answered() RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', h.code, a.submitted, a.granted, a.code, p.lines)
	FROM (SELECT r.claim_answer_message(pg_temp.message(2), 'A1', '2026-04-20') AS m) m,
		XMLTABLE(XMLNAMESPACES('http://www.istandaarden.nl/iwmo/3_2/wmo325/schema' AS w), '/w:Bericht/w:Header' PASSING m COLUMNS code text PATH 'w:RetourCodes/w:RetourCode') h
		LEFT JOIN LATERAL XMLTABLE(XMLNAMESPACES('http://www.istandaarden.nl/iwmo/3_2/wmo325/schema' AS w, 'http://www.istandaarden.nl/iwmo/3_2/basisschema/schema' AS b), '/w:Bericht/w:DeclaratieAntwoord' PASSING m
			COLUMNS submitted text PATH 'w:TotaalIngediendBedrag/b:TotaalBedrag', granted text PATH 'w:TotaalToegekendBedrag/b:TotaalBedrag', code text PATH 'w:RetourCodes/w:RetourCode') a ON true
		LEFT JOIN LATERAL (SELECT string_agg(concat_ws(':', bsn, reference, codes), ' ') AS lines FROM XMLTABLE(XMLNAMESPACES('http://www.istandaarden.nl/iwmo/3_2/wmo325/schema' AS w, 'http://www.istandaarden.nl/iwmo/3_2/basisschema/schema' AS b), '//w:Prestatie' PASSING m
			COLUMNS bsn text PATH '../../w:Bsn', reference text PATH 'w:ProductReferentie/b:ReferentieNummer', codes text PATH 'normalize-space(w:RetourCodes)')) p ON true
$$;
SELECT is(pg_temp.outcome(change, 'SELECT pg_temp.answered()'), answer, '325: ' || change)
FROM (VALUES
	('SELECT', '0200 271990 271990 8001'),
	($$UPDATE line SET amount = 734.41 WHERE reference = 'P11'$$, '0200 271991 198550 0200 999900006:P11:9346'),
	($$UPDATE line SET amount = amount + 0.01, product = '02A17' WHERE reference = 'P11'; UPDATE line SET previous = 'P09' WHERE reference = 'P16'$$, '0200 271991 259750 0200 999900006:P11:93409346 999900018:P16:8017'),
	($$UPDATE head SET add = 0.01 WHERE n = 2$$, '0001'),
	($$UPDATE head SET number = 'D1' WHERE n = 2$$, '0200 271990 0 9333'),
	($$DELETE FROM client_map WHERE client = 72$$, '0200 271990 119590 0200 999900018:P12:8187 999900018:P13:8187 999900018:P14:8187 999900018:P16:8187'),
	($$UPDATE r.settings SET number_per_municipality = true; INSERT INTO r.allocations (number, client, provider, municipality, indication) SELECT allotment_number('Wmo', '0200', number), client, provider, municipality, indication FROM r.allocations; UPDATE line SET amount = 734.41 WHERE reference = 'P11'$$,
		'0200 271991 198550 0200 999900006:P11:9346')) v(change, answer);
SELECT throws_ok($$SELECT r.claim_answer_message(pg_temp.message(2), 'A1', '2026-04-20')$$, '55000', 'message "M2" was not loaded as a declaration', 'an answer to what was not loaded');
SELECT throws_ok($$SELECT r.claim_answer_message(NULL, 'A1', '2026-04-20')$$, '22004', 'there is no message to answer', 'an answer to nothing');

-- ---- The sample of the standard: four lines, 580.00 ----
\set file `cat test/data/messages/wmo323-four-lines.xml`
CREATE TEMP TABLE sample AS SELECT :'file'::xml AS body;
SELECT results_eq('SELECT count(*), sum(amount), min(declared_total) FROM sample, read_claims(body)', 'VALUES (4::bigint, 580.00, 580.00)', 'four lines and their total');
INSERT INTO r.municipalities VALUES ('0384', 'Diemen');
INSERT INTO r.providers (code, name) VALUES ('65656055', 'Hulp');
INSERT INTO r.products (code, name, product_group) VALUES ('01A03', 'Hulp', 'Huishoudelijke hulp'), ('01A04', 'Hulp plus', 'Huishoudelijke hulp');
INSERT INTO r.tariffs (product, valid, tariff) VALUES ('01A03', '[2023-01-01,2024-01-01)', '12.50/uur'), ('01A04', '[2023-01-01,2024-01-01)', '15.00/uur');
INSERT INTO r.contracts (provider, municipality, product, valid) SELECT '65656055', '0384', code, '[2022-01-01,2026-01-01)' FROM r.products WHERE code::text LIKE '01%';
INSERT INTO r.allocations (number, client, provider, municipality, indication) VALUES
	(20072, 71, '65656055', '0384', '01A03 1 uur/week [2023-01-01,2024-01-01)'), (200730, 71, '65656055', '0384', '01A04 4 uur/week [2023-01-01,2024-01-01)'),
	(20074, 72, '65656055', '0384', '01A03 1 uur/week [2023-01-01,2024-01-01)'), (20073, 72, '65656055', '0384', '01A04 4 uur/week [2023-01-01,2024-01-01)');
SELECT is(accepted || ' ' || rejected, '4 0', 'the sample is loaded') FROM sample, r.load_message(body, 'client_map'::regclass);
SELECT is_empty('SELECT * FROM r.check_claims()', 'its lines pass');
SELECT results_eq('SELECT submitted, granted, return_codes FROM r.claim_answer()', $$VALUES (580.00, 580.00, '{8001}'::text[])$$, 'and are granted');
UPDATE r.allocations SET indication = '01A04 2 uur/week [2023-01-01,2024-01-01)' WHERE number = 20073;
SELECT results_eq('SELECT number, rule, required FROM r.check_claims()', $$VALUES (20073::bigint, 'TR321', 'at most 12 uur')$$, 'six weeks a month for household help and no more');
SELECT * FROM finish();
ROLLBACK;
