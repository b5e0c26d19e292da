-- Loading messages: what becomes of each kind of line, corrections, rejections, keys of clients, refusals that leave nothing.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(123);
SET client_min_messages = warning;
\ir ../messages.sql
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een'), ('73739902', 'Twee');

-- The keys of clients: by a table, and by a function
CREATE TEMP TABLE client_map (bsn text PRIMARY KEY, client bigint);
INSERT INTO client_map VALUES ('999900006', 71), ('999900018', 72);
CREATE FUNCTION public.key_of(text) RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT c.client FROM client_map c WHERE c.bsn = $1);
CREATE FUNCTION pg_temp.load(message xml) RETURNS text LANGUAGE sql AS $$SELECT concat_ws(' ', accepted, changed, ignored, rejected) FROM r.load_message(message, 'client_map'::regclass)$$;
CREATE FUNCTION pg_temp.load301(identification text, dated date, lines text, bsn text DEFAULT '999900006', provider text DEFAULT '73739901', municipality text DEFAULT '0200', law text DEFAULT 'Wmo') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.load(pg_temp.message('301', identification, dated, pg_temp.client('301', bsn, lines), provider, municipality, law))$$;
CREATE FUNCTION pg_temp.load305(identification text, dated date, lines text, bsn text DEFAULT '999900006', provider text DEFAULT '73739901', municipality text DEFAULT '0200', law text DEFAULT 'Wmo') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.load(pg_temp.message('305', identification, dated, pg_temp.client('305', bsn, lines), provider, municipality, law))$$;
CREATE FUNCTION pg_temp.load307(identification text, dated date, lines text, bsn text DEFAULT '999900006', provider text DEFAULT '73739901', municipality text DEFAULT '0200', law text DEFAULT 'Wmo') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.load(pg_temp.message('307', identification, dated, pg_temp.client('307', bsn, lines), provider, municipality, law))$$;
CREATE FUNCTION pg_temp.load315(identification text, dated date, lines text, bsn text DEFAULT '999900006', provider text DEFAULT '73739901') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.load(pg_temp.message('315', identification, dated, pg_temp.client('315', bsn, lines), provider))$$;
CREATE FUNCTION pg_temp.load323(identification text, declaration text, month date, lines text, bsn text DEFAULT '999900006', provider text DEFAULT '73739901') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.load(pg_temp.message('323', identification, (month + interval '1 month')::date + 5, pg_temp.declaration(declaration, month, pg_temp.client('323', bsn, lines)), provider))$$;

-- All rows of all tables that messages fill, with what tells whether a row was written again
CREATE FUNCTION pg_temp.rows() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY '{allocations,deliveries,declarations,claims,imports,import_rejections,received_allocations,received_deliveries,requests}'::text[] LOOP
		RETURN QUERY EXECUTE format('SELECT concat(%L, '': '', t.ctid, '' '', t.xmin, '' '', t.*) FROM r.%I t', name, name);
	END LOOP;
END $$;
CREATE FUNCTION pg_temp.allocation(of bigint) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws('|', client, provider, municipality, law, indication, requested, decided_at, change_reason, reference) FROM r.allocations WHERE number = of$$;
CREATE FUNCTION pg_temp.deliveries(of bigint) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(concat_ws(' ', started, coalesce(ended::text, '-'), stop_reason, 'told', coalesce(start_dated::text, '-'), stop_dated), ', ' ORDER BY started), '') FROM r.deliveries WHERE number = of$$;

-- The messages of the test data, claims first
CREATE TEMP TABLE file (n int, kind text, body xml, outcome text);
\set file `cat test/data/messages/wmo323.xml`
INSERT INTO file VALUES (1, '323', :'file', '3 0 0 0');
\set file `cat test/data/messages/wmo307.xml`
INSERT INTO file VALUES (2, '307', :'file', '1 0 0 0');
\set file `cat test/data/messages/wmo305.xml`
INSERT INTO file VALUES (3, '305', :'file', '0 1 0 1');
\set file `cat test/data/messages/wmo315.xml`
INSERT INTO file VALUES (4, '315', :'file', '2 0 0 0');
\set file `cat test/data/messages/wmo301.xml`
INSERT INTO file VALUES (5, '301', :'file', '5 0 0 0');
\set file `cat test/data/messages/jw323.xml`
INSERT INTO file VALUES (6, 'jw323', :'file', '3 0 0 0');
SELECT is(pg_temp.load(body), outcome, 'the sample ' || kind) FROM file ORDER BY n;
SELECT is(pg_temp.allocation(900001), '71|73739901|0200|Wmo|02A16 4 uur/week [2026-01-10,2027-01-01)|2026-04-08|2026-01-08 09:15:00|14|AB-1', 'an allotment, dated by its request');
SELECT results_eq('SELECT number, indication::text, decided FROM r.allocations WHERE number > 900001 ORDER BY 1', $$VALUES
	(900002::bigint, '07 [2026-02-01,)', date '2026-01-08'), (900003, '07 budget 12345.67 euro [2026-02-01,2026-07-01)', '2026-01-08'),
	(900004, 'budget 60000.00 euro [2026-03-01,2027-01-01)', '2026-01-08'), (900005, '07X01 1500.50 euro/totaal [2026-03-01,2026-03-02)', '2026-01-08')$$, 'the others');
SELECT is((SELECT never_sent(indication, change_reason) FROM r.allocations WHERE number = 900005), true, 'one of them was deleted: never sent');
SELECT is(pg_temp.deliveries(900001), '2026-01-15 2026-09-30 19 told 2026-04-08 2026-04-08', 'the delivery that the stop made and the start completed');
SELECT results_eq($$SELECT c.number, c.product_period, c.volume::text, c.tariff::text, c.amount, c.product::text, c.credit, c.reference, c.previous_reference, c.client, d.number
		FROM r.claims c JOIN r.declarations d ON d.id = c.declaration WHERE d.law = 'Wmo' ORDER BY c.reference$$,
	$$SELECT number, daterange('2026-03-01', '2026-04-01'), volume, tariff, amount, '02A16', credit, reference, previous, client, 'D2026X03'
		FROM (VALUES (900001::bigint, '20 uur', '61.20/uur', 1224.00, false, 'P1', NULL, 71::bigint), (900001, '1200 minuut', '1.02/minuut', -1224.00, true, 'P2', 'P0', 71),
			(900009, '1957.55 euro', NULL, 1957.55, false, 'P3', NULL, 72)) v(number, volume, tariff, amount, credit, reference, previous, client)$$, 'claims, one of them on an allotment nobody knows');
SELECT results_eq('SELECT law, provider::text, municipality::text, number, period, declared, total FROM r.declarations ORDER BY law', $$SELECT law, '73739901', '0200', 'D2026X03', daterange('2026-03-01', '2026-04-01'), date '2026-04-07', 1957.55
	FROM unnest('{Jeugdwet,Wmo}'::text[]) law$$, 'declarations');
SELECT results_eq('SELECT i.law, i.kind, i.identification, i.dated, i.base_version, i.message_version, i.lines, i.rejected, d.law FROM r.imports i LEFT JOIN r.declarations d ON d.id = i.declaration ORDER BY i.kind, i.law',
	$$SELECT law, kind, format('ZR%sA1', kind), date '2026-04-08', '1.0.0', '1.0.1', lines, rejected, CASE kind WHEN '323' THEN law END
		FROM (VALUES ('Wmo', '301', 5, 0), ('Wmo', '305', 2, 1), ('Wmo', '307', 1, 0), ('Wmo', '315', 2, 0), ('Jeugdwet', '323', 3, 0), ('Wmo', '323', 3, 0)) v(law, kind, lines, rejected)$$, 'the log');
SELECT results_eq('SELECT i.kind, x.line, x.reason FROM r.import_rejections x JOIN r.imports i ON i.id = x.import', $$VALUES ('305', 2, 'it names no allotment (ToewijzingNummer)')$$, 'with the reasons');

-- Again: nothing is written
CREATE TEMP TABLE before AS SELECT * FROM pg_temp.rows() row;
SELECT is(pg_temp.load(body), format('0 0 %s %s', lines - rejected, rejected), 'the sample ' || f.kind || ' again')
FROM file f JOIN r.imports i ON f.kind = CASE i.law WHEN 'Jeugdwet' THEN 'jw' ELSE '' END || i.kind ORDER BY n;
SELECT bag_eq('SELECT * FROM pg_temp.rows()', 'TABLE before', 'not a row was written');

-- Versions: the latest decision stands, not the latest message
SELECT is(pg_temp.load301('A1', '2026-01-05', pg_temp.allotment(1, '2026-01-03 10:00', '2026-01-05', '2026-12-31', 4)), '1 0 0 0', 'a first version');
SELECT is(pg_temp.load301('A2', '2026-03-05', pg_temp.allotment(1, '2026-03-03 10:00', '2026-01-05', '2026-06-30', 4, '05')), '0 1 0 0', 'a later one changes it');
SELECT is(pg_temp.allocation(1), '71|73739901|0200|Wmo|02A16 4 uur/week [2026-01-05,2026-07-01)|2026-03-03 10:00:00|05', 'as it says');
SELECT is(pg_temp.load301('A3', '2026-04-05', pg_temp.allotment(1, '2026-02-03 10:00', '2026-01-05', '2026-09-30', 4, '05')), '0 0 1 0', 'one in between that comes later does not');
SELECT is(pg_temp.load301('A4', '2026-04-06', pg_temp.allotment(1, '2026-03-03 10:00', '2026-01-05', '2026-06-30', 4, '05')), '0 0 1 0', 'nor does the same version in another message (OP087)');
SELECT is(pg_temp.load301('A5', '2026-04-07', pg_temp.allotment(1, '2026-03-03 10:01', '2026-01-05', '2026-06-30', 4, '05')), '0 1 0 0', 'the time of the day counts');
SELECT is(pg_temp.load301('A6', '2026-04-08', pg_temp.allotment(1, '2026-03-03 10:01', '2026-01-05', '2026-07-31', 4, '04')), '0 1 0 0', 'at the same moment the later message');
SELECT is(pg_temp.load301('A7', '2026-04-02', pg_temp.allotment(1, '2026-03-03 10:01', '2026-01-05', '2026-08-31', 4, '04')), '0 0 1 0', 'and not the earlier one, whenever it comes');
SELECT is(pg_temp.allocation(1), '71|73739901|0200|Wmo|02A16 4 uur/week [2026-01-05,2026-08-01)|2026-03-03 10:01:00|04', 'what stands');
SELECT is(pg_temp.load301('A8', '2026-04-09', pg_temp.allotment(1, '2026-04-09 09:00', '2026-01-05', '2026-01-05', 4, '13')), '0 1 0 0', 'a deletion');
SELECT is((SELECT never_sent(indication, change_reason) FROM r.allocations WHERE number = 1), true, 'leaves an allotment that was never sent');
SELECT is(pg_temp.load301('A9', '2026-04-10', pg_temp.allotment(2, '2026-04-09 09:00', '2026-01-05', '2026-01-05', 4, '13')), '1 0 0 0', 'a deletion that comes first');
SELECT is(pg_temp.load301('A10', '2026-01-10', pg_temp.allotment(2, '2026-01-09 09:00', '2026-01-05', '2026-12-31', 4)), '0 0 1 0', 'stays one');
SELECT is(pg_temp.load301('A11', '2026-05-01', pg_temp.allotment(3, '2026-05-01 09:00', '2026-05-01', NULL) || pg_temp.allotment(3, '2026-05-01 09:00', '2026-05-01', NULL)), '1 0 1 0', 'a line that is in the message twice is one');

-- Starts and stops
SELECT is(pg_temp.load305('S1', '2026-01-08', pg_temp.start(10, '2026-01-05')), '1 0 0 0', 'a start');
SELECT is(pg_temp.deliveries(10), '2026-01-05 - told 2026-01-08', 'in care, on an allotment that is not known yet');
SELECT is(pg_temp.load307('S2', '2026-03-05', pg_temp.stop(10, '2026-01-05', '2026-03-01', '20')), '0 1 0 0', 'a stop ends it');
SELECT is(pg_temp.deliveries(10), '2026-01-05 2026-03-01 20 told 2026-01-08 2026-03-05', 'and says why');
SELECT is(pg_temp.load305('S3', '2026-04-08', pg_temp.start(10, '2026-04-01')), '1 0 0 0', 'a start after the pause');
SELECT is(pg_temp.load305('S4', '2026-04-09', pg_temp.start(10, '2026-04-01', '3') || pg_temp.start(10, '2026-04-02')), '1 1 0 0', 'is moved by a day: removed and sent again');
SELECT is(pg_temp.deliveries(10), '2026-01-05 2026-03-01 20 told 2026-01-08 2026-03-05, 2026-04-02 - told 2026-04-09', 'two deliveries');
SELECT is(pg_temp.load307('S5', '2026-03-06', pg_temp.stop(10, '2026-01-05', '2026-03-01', '20', '3')), '0 1 0 0', 'a stop is removed');
SELECT is(pg_temp.load307('S6', '2026-03-06', pg_temp.stop(10, '2026-01-05', '2026-03-02', '20')), '0 1 0 0', 'and sent again with another day');
SELECT is(pg_temp.deliveries(10), '2026-01-05 2026-03-02 20 told 2026-01-08 2026-03-06, 2026-04-02 - told 2026-04-09', 'which stands');
SELECT is(pg_temp.load307('S7', '2026-03-04', pg_temp.stop(10, '2026-01-05', '2026-03-03', '20')), '0 0 1 0', 'a stop of an older message does not');
SELECT is(pg_temp.load307('S8', '2026-03-07', pg_temp.stop(10, '2026-01-05', '2026-03-03', '20', '3')), '0 0 1 0', 'its removal changes nothing');
SELECT is(pg_temp.load305('S9', '2026-03-08', pg_temp.start(10, '2026-01-05', '3')), '0 1 0 0', 'a removed start');
SELECT is(pg_temp.deliveries(10), '2026-04-02 - told 2026-04-09', 'takes its stop along');
SELECT is(pg_temp.load305('S10', '2026-03-08', pg_temp.start(10, '2026-01-05')), '1 0 0 0', 'is back when it is sent again on the day of its removal');
SELECT is(pg_temp.load305('S11', '2026-03-09', pg_temp.start(10, '2026-01-05')), '0 0 1 0', 'once more');
SELECT is(pg_temp.deliveries(10), '2026-01-05 2026-03-02 20 told 2026-01-08 2026-03-06, 2026-04-02 - told 2026-04-09', 'with its stop');
SELECT is(pg_temp.load305('S12', '2026-05-02', pg_temp.start(11, '2026-05-01', '3')), '0 0 1 0', 'a removal that comes first');
SELECT is(pg_temp.load305('S13', '2026-05-01', pg_temp.start(11, '2026-05-01')), '0 0 1 0', 'removes what comes after it');
SELECT is(pg_temp.load307('S14', '2026-05-03', pg_temp.stop(11, '2026-05-01', '2026-05-03')), '0 0 1 0', 'with its stop');
SELECT is(pg_temp.deliveries(11), '', 'nothing');

-- Lines that contradict the allotment
SELECT is(pg_temp.load305('C1', '2026-02-01', pg_temp.start(20, '2026-01-31'), provider => '73739902'), '1 0 0 0', 'a start by a provider');
SELECT is(pg_temp.load305('C2', '2026-02-01', pg_temp.start(20, '2026-01-30'), bsn => '999900018'), '1 0 0 0', 'and one of another client');
SELECT is(pg_temp.load305('C3', '2026-02-01', pg_temp.start(20, '2026-01-29'), municipality => '0301'), '1 0 0 0', 'and one from another municipality');
SELECT is(pg_temp.load305('C4', '2026-02-01', pg_temp.start(20, '2026-01-28'), law => 'Jeugdwet'), '1 0 0 0', 'and one under the other law');
SELECT is(pg_temp.load305('C5', '2026-02-01', pg_temp.start(20, '2026-01-27')), '1 0 0 0', 'and the right one');
SELECT is(pg_temp.load301('C6', '2026-01-20', pg_temp.allotment(20, '2026-01-20 10:00', '2026-01-27', NULL)), '1 0 0 0', 'then the allotment');
SELECT is(pg_temp.deliveries(20), '2026-01-27 - told 2026-02-01', 'keeps the right one only');
SELECT results_eq($$SELECT i.identification, x.line, x.reason FROM r.import_rejections x JOIN r.imports i ON i.id = x.import WHERE i.identification ~ '^C' ORDER BY 1$$,
	$$VALUES ('C1', 1, 'the allotment is of another provider'), ('C2', 1, 'the allotment is of another client'), ('C3', 1, 'the allotment is of another municipality'), ('C4', 1, 'the allotment is of another law')$$, 'and rejects the others with reasons');
SELECT is((SELECT sum(rejected) FROM r.imports WHERE identification ~ '^C'), 4::bigint, 'which the log counts');
SELECT is(pg_temp.load305('C7', '2026-02-02', pg_temp.start(20, '2026-01-26'), provider => '73739902'), '0 0 0 1', 'after the allotment it is rejected at once');
SELECT is(pg_temp.load301('C8', '2026-01-22', pg_temp.allotment(20, '2026-01-22 10:00', '2026-01-27', NULL), bsn => '999900018'), '0 1 0 0', 'the number was of the other client');
SELECT is(pg_temp.deliveries(20), '2026-01-27 - told 2026-02-01, 2026-01-30 - told 2026-02-01', 'whose start counts now');
SELECT is((SELECT count(*) FROM r.import_rejections x JOIN r.imports i ON i.id = x.import WHERE i.identification = 'C2'), 0::bigint, 'and is not rejected any more');

-- A number that two municipalities use: it belongs to the one that decided first
SELECT is(pg_temp.load301('N1', '2026-02-01', pg_temp.allotment(30, '2026-02-01 10:00', '2026-02-01', NULL), municipality => '0301'), '1 0 0 0', 'a number');
SELECT is(pg_temp.load301('N2', '2026-02-02', pg_temp.allotment(30, '2026-02-02 10:00', '2026-02-01', NULL, 5)), '0 0 0 1', 'used by another municipality');
SELECT is(pg_temp.load301('N3', '2026-02-02', pg_temp.allotment(30, '2026-02-02 10:00', '2026-02-01', NULL, code => '45A04'), municipality => '0301', law => 'Jeugdwet'), '0 0 0 1', 'and under the other law');
SELECT is(pg_temp.allocation(30), '71|73739901|0301|Wmo|02A16 4 uur/week [2026-02-01,)|2026-02-01 10:00:00', 'stays what it was');
SELECT is(pg_temp.load301('N4', '2026-01-02', pg_temp.allotment(30, '2026-01-02 10:00', '2026-02-01', NULL, 6)), '0 1 0 0', 'until the other one turns out to have decided earlier');
SELECT is(pg_temp.allocation(30), '71|73739901|0200|Wmo|02A16 5 uur/week [2026-02-01,)|2026-02-02 10:00:00', 'its latest version stands');
SELECT results_eq($$SELECT i.identification, x.reason FROM r.import_rejections x JOIN r.imports i ON i.id = x.import WHERE i.identification ~ '^N' ORDER BY 1$$,
	$$SELECT i, 'the number is of an allotment of another municipality or law (OP275)' FROM unnest('{N1,N3}'::text[]) i$$, 'and the others are rejected');
-- Numbers that are unique per municipality and law only
SELECT is(allotment_number('Wmo', '0200', 900001), 10200000900001, 'a number with law and municipality');
SELECT is(allotment_number('Jeugdwet', '0005', 999999999), 20005999999999, 'of the other law');
SAVEPOINT numbering;
UPDATE r.settings SET number_per_municipality = true;
SELECT is(pg_temp.load301('M1', '2026-02-01', pg_temp.allotment(40, '2026-02-01 10:00', '2026-02-01', NULL, code => CASE l WHEN 'Wmo' THEN '02A16' ELSE '45A04' END), municipality => m, law => l), '1 0 0 0', concat_ws(' ', 'number 40 of', m, l))
FROM unnest('{0200,0301}'::text[]) m, unnest('{Wmo,Jeugdwet}'::text[]) l;
SELECT is(pg_temp.load305('M2', '2026-02-02', pg_temp.start(40, '2026-02-01'), municipality => '0301'), '1 0 0 0', 'a start');
SELECT is(pg_temp.load323('M3', 'DM3', '2026-02-01', pg_temp.claim(40, '2026-02-01', 4, 'PM3')), '1 0 0 0', 'a claim');
SELECT results_eq($$SELECT a.number % 1000000000, a.municipality::text, a.law, d.started, c.reference FROM r.allocations a LEFT JOIN r.deliveries d USING (number) LEFT JOIN r.claims c USING (number) WHERE number > 1000000000 ORDER BY number$$,
	$$VALUES (40::bigint, '0200', 'Wmo', NULL::date, 'PM3'), (40, '0301', 'Wmo', '2026-02-01', NULL), (40, '0200', 'Jeugdwet', NULL, NULL), (40, '0301', 'Jeugdwet', NULL, NULL)$$, 'each with its own');
ROLLBACK TO numbering;

-- Requests
SELECT is(pg_temp.load315('R1', '2026-01-02', pg_temp.request('AB50', '2026-02-01')), '1 0 0 0', 'a request');
SELECT is(pg_temp.load301('R2', '2026-01-20', pg_temp.allotment(50, '2026-01-20 10:00', '2026-02-01', NULL, reference => 'AB50')), '1 0 0 0', 'and its allotment');
SELECT is((SELECT requested FROM r.allocations WHERE number = 50), '2026-01-02'::date, 'has the day of the request');
SELECT is(pg_temp.load301('R3', '2026-01-20', pg_temp.allotment(51, '2026-01-20 10:00', '2026-02-01', NULL, reference => 'AB51')), '1 0 0 0', 'an allotment');
SELECT is(pg_temp.load315('R4', '2026-01-03', pg_temp.request('AB51', '2026-02-01') || pg_temp.request('AB52', '2026-02-01')), '1 1 0 0', 'and its request afterwards, beside one without');
SELECT is((SELECT requested FROM r.allocations WHERE number = 51), '2026-01-03'::date, 'dates it too');
SELECT is(pg_temp.load301('R5', '2026-02-20', pg_temp.allotment(51, '2026-02-20 10:00', '2026-02-01', '2026-12-31')), '0 1 0 0', 'a version without the reference');
SELECT is((SELECT requested FROM r.allocations WHERE number = 51), '2026-01-03'::date, 'keeps the day');
SELECT is(pg_temp.load315('R6', '2026-01-01', pg_temp.request('AB51', '2026-02-01'), provider => '73739902'), '1 0 0 0', 'the same reference of another provider');
SELECT is(pg_temp.load315('R7', '2026-01-01', pg_temp.request('AB51', '2026-02-01'), bsn => '999900018'), '1 0 0 0', 'or for another client');
SELECT is((SELECT requested FROM r.allocations WHERE number = 51), '2026-01-03'::date, 'is not its request');
SELECT is(pg_temp.load315('R8', '2026-01-10', pg_temp.request('AB51', '2026-02-01')), '1 0 0 0', 'nor does a later one');
SELECT is((SELECT requested FROM r.allocations WHERE number = 51), '2026-01-03'::date, 'the first request counts');

-- Rows that came by another way
INSERT INTO r.allocations (number, client, provider, municipality, indication, requested, decided) VALUES
	(60, 71, '73739901', '0200', '02A16 4 uur/week [2026-01-01,2026-07-01)', '2025-12-01', '2025-12-20'), (61, 71, '73739901', '0200', '02A16 4 uur/week [2026-01-01,2026-07-01)', NULL, '2026-03-20');
INSERT INTO r.deliveries (number, started, ended, stop_reason) VALUES (60, '2026-01-02', NULL, NULL), (61, '2026-01-02', '2026-02-01', '20');
SELECT is(pg_temp.load301('H1', '2026-03-02', pg_temp.allotment(60, '2026-03-02 10:00', '2026-01-01', '2026-12-31', 4, '04')), '0 1 0 0', 'a later version of an allotment that was there');
SELECT is(pg_temp.allocation(60), '71|73739901|0200|Wmo|02A16 4 uur/week [2026-01-01,2027-01-01)|2025-12-01|2026-03-02 10:00:00|04', 'keeps the day it was asked');
SELECT is(pg_temp.load301('H2', '2026-03-02', pg_temp.allotment(61, '2026-03-02 10:00', '2026-01-01', '2026-12-31', 4, '04')), '0 0 1 0', 'an earlier version');
SELECT is(pg_temp.allocation(61), '71|73739901|0200|02A16 4 uur/week [2026-01-01,2026-07-01)', 'changes nothing');
SELECT is(pg_temp.load307('H3', '2026-03-03', pg_temp.stop(60, '2026-01-02', '2026-03-01')), '0 1 0 0', 'a stop of a delivery that was there');
SELECT is(pg_temp.load305('H4', '2026-04-03', pg_temp.start(61, '2026-04-01')), '1 0 0 0', 'a start beside one');
SELECT is(pg_temp.deliveries(60) || ' | ' || pg_temp.deliveries(61), '2026-01-02 2026-03-01 31 told - 2026-03-03 | 2026-01-02 2026-02-01 20 told -, 2026-04-01 - told 2026-04-03', 'what was there stays');
INSERT INTO r.allocations (number, client, provider, municipality, indication, reference) VALUES (62, 71, '73739901', '0200', '02A16 4 uur/week [2026-01-01,2026-07-01)', 'AB62');
SELECT is(pg_temp.load315('H5', '2025-12-03', pg_temp.request('AB62', '2026-01-01')), '0 1 0 0', 'a request for one that was there');
SELECT is(pg_temp.allocation(62), '71|73739901|0200|02A16 4 uur/week [2026-01-01,2026-07-01)|2025-12-03|AB62', 'dates it and leaves the rest');

-- Claims and credits
SELECT is(pg_temp.load323('P1', 'DP1', '2026-01-01', pg_temp.claim(1, '2026-01-01', 10, 'P-1') || pg_temp.claim(1, '2026-01-01', 11, 'P-2')), '2 0 0 0', 'claims');
SELECT is(pg_temp.load323('P2', 'DP1', '2026-01-01', pg_temp.claim(1, '2026-01-01', 10, 'P-1') || pg_temp.claim(1, '2026-01-01', 12, 'P-2')), '1 0 1 0', 'the declaration again in another message, with another line under an old reference');
SELECT is(pg_temp.load323('P3', 'DP3', '2026-02-01', pg_temp.claim(1, '2026-01-01', 10, 'P-3', 'P-1') || pg_temp.claim(1, '2026-01-01', 10, 'P-4', 'P-1') || pg_temp.claim(1, '2026-01-01', 10, 'P-5', 'P-9')
	|| pg_temp.claim(1, '2026-02-01', 3, 'P-6') || pg_temp.claim(1, '2026-02-01', 3, 'P-7', 'P-6')), '5 0 0 0', 'a credit, a second one, one of nothing, one in its own declaration');
SELECT is(pg_temp.load323('P4', 'DP4', '2026-03-01', pg_temp.claim(1, '2026-01-01', 12, 'P-8', 'P-2')), '1 0 0 0', 'a credit of one of two lines with a reference');
SELECT is(pg_temp.load323('P5', 'DP5', '2026-03-01', pg_temp.claim(1, '2026-01-01', 10, 'P-8', 'P-1'), provider => '73739902'), '1 0 0 0', 'a credit by another provider');
SELECT results_eq($$SELECT c.reference, d.reference, d.amount, k.reason FROM r.claim_credits k JOIN r.claims c ON c.id = k.credit LEFT JOIN r.claims d ON d.id = k.debit
		JOIN r.declarations n ON n.id = c.declaration WHERE n.number ~ '^DP' ORDER BY 1, n.number$$,
	$$VALUES ('P-3', 'P-1', 600.00, NULL), ('P-4', NULL, NULL, 'the line was taken back before (TR390)'), ('P-5', NULL, NULL, 'there is no such line (TR323)'),
		('P-7', NULL, NULL, 'the line is in the same declaration (TR315, TR316)'), ('P-8', 'P-2', 720.00, NULL), ('P-8', NULL, NULL, 'there is no such line (TR323)')$$, 'which credit takes which line back');
SELECT is((SELECT sum(c.amount + d.amount) FROM r.claim_credits k JOIN r.claims c ON c.id = k.credit JOIN r.claims d ON d.id = k.debit), 0.00, 'to the cent');

-- Clients that are not known, and become known
SELECT is(pg_temp.load301('K1', '2026-01-05', pg_temp.allotment(70, '2026-01-03 10:00', '2026-01-05', NULL), bsn => '999900031'), '0 0 0 1', 'an allotment of a client who is not known');
SELECT is(pg_temp.load305('K2', '2026-01-08', pg_temp.start(70, '2026-01-05') || pg_temp.start(NULL, '2026-01-05'), bsn => '999900031'), '0 0 0 2', 'a start');
SELECT is(pg_temp.load(pg_temp.message('323', 'K3', '2026-02-08', pg_temp.declaration('DK', '2026-01-01', pg_temp.client('323', '999900006', pg_temp.claim(1, '2026-01-01', 1, 'K-1') || pg_temp.claim(1, '2026-01-01', 1, 'K-2'))
	|| pg_temp.client('323', '999900031', pg_temp.claim(70, '2026-01-01', 1, 'K-3')) || pg_temp.client('323', '999900018', pg_temp.claim(5, '2026-01-01', 1, 'K-4'))))), '3 0 0 1', 'claims, of which one');
SELECT is(pg_temp.load315('K4', '2026-01-02', pg_temp.request('AB70', '2026-02-01'), bsn => '999900031'), '0 0 0 1', 'a request');
SELECT results_eq($$SELECT i.kind, x.line, x.reason FROM r.import_rejections x JOIN r.imports i ON i.id = x.import WHERE i.identification ~ '^K' ORDER BY 1, 2$$,
	$$VALUES ('301', 1, 'the client is not known'), ('305', 1, 'the client is not known'), ('305', 2, 'the client is not known'), ('315', 1, 'the client is not known'), ('323', 3, 'the client is not known')$$, 'are rejected');
INSERT INTO client_map VALUES ('999900031', 73);
SELECT is(pg_temp.load301('K1', '2026-01-05', pg_temp.allotment(70, '2026-01-03 10:00', '2026-01-05', NULL), bsn => '999900031'), '1 0 0 0', 'and accepted when the client is known');
SELECT is(pg_temp.load305('K2', '2026-01-08', pg_temp.start(70, '2026-01-05') || pg_temp.start(NULL, '2026-01-05'), bsn => '999900031'), '1 0 0 1', 'what is wrong otherwise stays rejected');
SELECT results_eq($$SELECT i.kind, i.lines, i.rejected, x.line, x.reason FROM r.imports i LEFT JOIN r.import_rejections x ON i.id = x.import WHERE i.identification IN ('K1', 'K2') ORDER BY 1$$,
	$$VALUES ('301', 1, 0, NULL, NULL), ('305', 2, 1, 2, 'it names no allotment (ToewijzingNummer)')$$, 'in the log too');
SELECT is_empty($$SELECT row FROM pg_temp.rows() row WHERE row ~ '9999000(06|18|31)'$$, 'no BSN is stored');
SELECT * FROM finish();
ROLLBACK;
