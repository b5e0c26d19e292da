-- Written messages: they read back the same, and follow the trees of the standard in order, number and namespace.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();
CREATE TEMP TABLE tree (kind text, position int, path text, namespace text, minimum int, maximum int);
\copy tree FROM 'test/data/messages/trees.csv' (FORMAT csv, HEADER)

-- The elements of a message: number, number of the parent, path below the root, namespace. Breaks of its tree, one text each.
CREATE FUNCTION pg_temp.elements(message xml) RETURNS TABLE (n int, parent int, path text, namespace text, content text) LANGUAGE sql AS $$
	WITH RECURSIVE e AS (
		SELECT x.n, x.parent, x.name, x.uri, x.content FROM XMLTABLE('//*' PASSING message COLUMNS n FOR ORDINALITY, name text PATH 'local-name()', uri text PATH 'namespace-uri()',
			parent int PATH 'count(../preceding::*) + count(../ancestor::*) + 1', content text PATH 'text()[normalize-space()][1]') x
	), p AS (
		SELECT e.n, e.parent, '' AS path, e.uri, e.content FROM e WHERE e.n = 1
		UNION ALL
		SELECT e.n, e.parent, concat_ws('/', nullif(p.path, ''), e.name), e.uri, e.content FROM e JOIN p ON p.n = e.parent WHERE e.n > 1
	)
	SELECT p.n, p.parent, p.path, CASE WHEN p.uri ~ '^http://www\.istandaarden\.nl/i(wmo|jw)/3_2/basisschema/schema$' THEN 'basis' WHEN p.uri ~ '^http://www\.istandaarden\.nl/(iwmo/3_2/wmo|ijw/3_2/jw)[0-9]{3}/schema$' THEN 'message' ELSE p.uri END, p.content FROM p
$$;
CREATE TEMP TABLE element (n int, parent int, path text, namespace text, content text);
CREATE FUNCTION pg_temp.breaks(k text, message xml) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE element;
	INSERT INTO element SELECT * FROM pg_temp.elements(message);
	RETURN QUERY
	SELECT 'unknown: ' || e.path FROM element e LEFT JOIN tree t ON t.kind = k AND t.path = e.path WHERE e.n > 1 AND t.path IS NULL
	UNION ALL SELECT 'namespace: ' || e.path FROM element e JOIN tree t ON t.kind = k AND t.path = e.path WHERE e.namespace <> t.namespace
	UNION ALL SELECT 'order: ' || x.path FROM (SELECT e.path, t.position, lag(t.position) OVER (PARTITION BY e.parent ORDER BY e.n) AS before FROM element e JOIN tree t ON t.kind = k AND t.path = e.path) x WHERE x.position < x.before
	UNION ALL SELECT format('%s times: %s', x.times, x.path) FROM (
		SELECT t.path, t.minimum, t.maximum, (SELECT count(*) FROM element c WHERE c.parent = e.n AND c.path = t.path) AS times
		FROM element e JOIN tree t ON t.kind = k AND coalesce(substring(t.path FROM '^(.*)/[^/]*$'), '') = e.path) x
	WHERE x.times NOT BETWEEN x.minimum AND coalesce(x.maximum, 999999)
	UNION ALL SELECT 'empty: ' || e.path FROM element e WHERE e.content IS NULL AND NOT EXISTS (SELECT FROM element c WHERE c.parent = e.n);
END $$;
-- The judge itself finds what is wrong
\set file `cat test/data/messages/wmo323-four-lines.xml`
CREATE TEMP TABLE sample AS SELECT :'file'::text AS body;
SELECT is_empty('SELECT pg_temp.breaks(''323'', body::xml) FROM sample', 'the sample of the standard follows its tree');
SELECT is(array(SELECT pg_temp.breaks('323', regexp_replace(body, old, new)::xml) FROM sample), breaks, 'a break is found: ' || new)
FROM (VALUES ('<w:DeclaratieNummer>DN001</w:DeclaratieNummer>', '', '{"0 times: Declaratie/DeclaratieNummer"}'::text[]), ('<w:Eenheid>04', '<w:Soort>1</w:Soort><w:Eenheid>04', '{"unknown: Declaratie/Clienten/Client/Prestaties/Prestatie/Soort"}'),
	('(<w:GeleverdVolume>4</w:GeleverdVolume>)(<w:Eenheid>04</w:Eenheid>)', '\2\1', '{"order: Declaratie/Clienten/Client/Prestaties/Prestatie/GeleverdVolume"}'), ('<b:Dagtekening>2023-05-06</b:', '<w:Dagtekening>2023-05-06</w:', '{"namespace: Header/BerichtIdentificatie/Dagtekening"}'),
	('(<w:Eenheid>04</w:Eenheid>)', '\1\1', '{"2 times: Declaratie/Clienten/Client/Prestaties/Prestatie/Eenheid"}'), ('<w:Eenheid>04<', '<w:Eenheid><', '{"empty: Declaratie/Clienten/Client/Prestaties/Prestatie/Eenheid"}')) v(old, new, breaks);

-- ---- 301 ----
CREATE TEMP TABLE allotted (n int, law text, number bigint, reference text, indication indication, decided timestamp, reason text, remark text);
INSERT INTO allotted VALUES
	(1, 'Wmo', 900001, 'AB-1', '02A16 4 uur/week [2026-01-10,2027-01-01)', '2026-01-08 09:15:07', '14', 'Ochtend & <avond>'), (2, 'Wmo', 2, NULL, '07 [2026-02-01,)', '2026-01-08 00:00:00', NULL, NULL),
	(3, 'Wmo', 999999999, 'é', '07 budget 12345.67 euro [2026-02-01,2026-07-01)', '2026-01-08 23:59:59', NULL, NULL), (4, 'Wmo', 0, NULL, 'budget 999999.99 euro [2026-03-01,2027-01-01)', '2026-01-08 09:15:00', '02', NULL),
	(5, 'Wmo', 5, NULL, '07X01 1500.50 euro/totaal [2026-03-01,2026-03-02)', '2026-01-08 09:15:00', '13', NULL), (6, 'Wmo', 6, NULL, '01:1001 99999999 minuut/dag [2026-03-01,9999-12-31)', '2026-01-08 09:15:00', NULL, NULL),
	(7, 'Jeugdwet', 7, NULL, '45A04 0 stuks(inspanning)/maand [2026-03-01,)', '2026-01-08 09:15:00', NULL, NULL), (8, 'Jeugdwet', 8, NULL, '50 [2026-03-01,)', '2026-01-08 09:15:00', NULL, NULL);
CREATE FUNCTION pg_temp.m301(l text) RETURNS xml LANGUAGE sql AS $$
	SELECT allocation_message(l, 'B-301-é', '2026-01-09', '0200', '00000099', allotted_client('999900006', '1961-02-03', '2', 'O''Neill <&> "Zn"', 12, '7311AA', 'van de', 'ÀBz', 'Dorpsstraat', '''s-Heerenberg'),
		(SELECT xmlagg(allotted_product(law, number, indication, decided, reference, reason, remark) ORDER BY n) FROM allotted WHERE law = l))$$;
SELECT results_eq(format('SELECT line, client, provider::text, municipality::text, number, reference, indication::text, decided, change_reason, remark FROM read_allocations(pg_temp.m301(%L))', l),
	format($$SELECT row_number() OVER (ORDER BY n)::int, '999900006', '00000099', '0200', number, reference, indication::text, decided, reason, remark FROM allotted WHERE law = %L ORDER BY n$$, l), '301 reads back, ' || l) FROM unnest('{Wmo,Jeugdwet}'::text[]) l;
SELECT is(message_header(pg_temp.m301(l))::text, format('(%s,301,00000099,0200,B-301-é,2026-01-09,1.0.0,1.0.0)', l), '301 header, ' || l) FROM unnest('{Wmo,Jeugdwet}'::text[]) l;
SELECT is_empty(format('SELECT pg_temp.breaks(''301'', pg_temp.m301(%L))', l), '301 follows its tree, ' || l) FROM unnest('{Wmo,Jeugdwet}'::text[]) l;
SELECT is((SELECT content FROM pg_temp.elements(pg_temp.m301('Wmo')) WHERE path = 'Client/Naam/Geslachtsnaam/Achternaam'), 'O''Neill <&> "Zn"', 'names are escaped');
SELECT results_eq($$SELECT read_allocations(allocation_message('Wmo', 'B1', '2026-01-09', '0200', '73739901', allotted_client('999900006', '1961-02-03', '2', 'X', 1, '7311AA'), allotted_product('Wmo', 1, '02A16 4..6 uur/week [2026-01-10,2027-01-01)', '2026-01-08 09:15:00')))::text ~ '6 uur/week'$$, 'VALUES (true)', 'a bandwidth is allotted at its upper bound');

-- ---- 305, 307 ----
CREATE TEMP TABLE served (n int, number bigint, product product, allocated date, started date, ended date, reason text, status text);
INSERT INTO served VALUES (1, 900001, '02A16', '2026-01-10', '2026-01-15', '2026-09-30', '19', '1'), (2, NULL, NULL, NULL, '2026-03-02', '2026-03-02', '02', '3'), (3, 7, '07', NULL, '2026-03-02', '2026-03-03', '20', '1');
CREATE FUNCTION pg_temp.m305() RETURNS xml LANGUAGE sql AS $$SELECT start_message('Wmo', 'S1', '2026-01-16', '73739901', '0200', served_client('999900006', '1961-02-03', '0', 'Wit'), (SELECT xmlagg(started_product('Wmo', number, product, allocated, started, status) ORDER BY n) FROM served))$$;
CREATE FUNCTION pg_temp.m307() RETURNS xml LANGUAGE sql AS $$SELECT stop_message('Wmo', 'S2', '2026-01-16', '73739901', '0200', served_client('999900006', '1961-02-03', '1', 'Wit', 'de', 'T'), (SELECT xmlagg(stopped_product('Wmo', number, product, allocated, started, ended, reason, status) ORDER BY n) FROM served))$$;
SELECT results_eq('SELECT number, product::text, allocated, started, status FROM read_starts(pg_temp.m305())', 'SELECT number, product::text, allocated, started, status FROM served ORDER BY n', '305 reads back');
SELECT results_eq('SELECT number, product::text, allocated, started, ended, stop_reason, status FROM read_stops(pg_temp.m307())', 'SELECT number, product::text, allocated, started, ended, reason, status FROM served ORDER BY n', '307 reads back');
SELECT is_empty('SELECT pg_temp.breaks(''305'', pg_temp.m305())', '305 follows its tree');
SELECT is_empty('SELECT pg_temp.breaks(''307'', pg_temp.m307())', '307 follows its tree');

-- ---- 323 ----
CREATE TEMP TABLE claimed (n int, bsn text, reference text, number bigint, product product, period daterange, volume volume, tariff tariff, amount numeric, credit boolean, previous text);
INSERT INTO claimed VALUES (1, '999900006', 'P1', 900001, '02A16', '[2026-03-01,2026-04-01)', '20 uur', '61.20/uur', 1224.00, false, NULL), (2, '999900006', 'P2', 900001, '02A16', '[2026-02-01,2026-03-01)', '1200 minuut', '1.02/minuut', -1224.00, true, 'P0'),
	(3, '999900018', 'P3', 0, '01:1001', '[2026-03-10,2026-03-11)', '999999.99 euro', NULL, 999999.99, false, NULL), (4, '999900018', 'een lang verhaal & 1', 999999999, '02A16', '[2026-03-01,2026-04-01)', '0 dagdeel', '0.00/dagdeel', 0.00, false, NULL);
CREATE FUNCTION pg_temp.m323(l text DEFAULT 'Wmo', add numeric DEFAULT 0) RETURNS xml LANGUAGE sql AS $$
	SELECT claim_message(l, 'D-323', '2026-04-08', '73739901', '0200', 'D2026X03', '[2026-03-01,2026-04-01)', '2026-04-07', (SELECT sum(amount) FROM claimed) + add,
		(SELECT xmlagg(claimed_client(bsn, lines) ORDER BY bsn) FROM (
			SELECT bsn, xmlagg(claimed_line(l, reference, number, CASE WHEN l = 'Jeugdwet' THEN '45A04' ELSE product END, period, volume, tariff, amount, credit, previous) ORDER BY n) AS lines FROM claimed GROUP BY bsn) c))$$;
SELECT results_eq(format('SELECT line, client, reference, number, product::text, product_period, volume::text, tariff::text, amount, credit, previous_reference FROM read_claims(pg_temp.m323(%L))', l),
	format('SELECT n, bsn, reference, number, CASE WHEN %L = ''Jeugdwet'' THEN ''45A04'' ELSE product::text END, period, volume::text, tariff::text, amount, credit, previous FROM claimed ORDER BY n', l), '323 reads back, ' || l) FROM unnest('{Wmo,Jeugdwet}'::text[]) l;
SELECT results_eq($$SELECT DISTINCT declaration, declaration_period, declared, declared_total FROM read_claims(pg_temp.m323('Wmo', -2000000))$$, $$VALUES ('D2026X03', daterange('2026-03-01', '2026-04-01'), date '2026-04-07', -1000000.01)$$, 'and its declaration, credit in total');
SELECT is_empty(format('SELECT pg_temp.breaks(''323'', pg_temp.m323(%L))', l), '323 follows its tree, ' || l) FROM unnest('{Wmo,Jeugdwet}'::text[]) l;

-- ---- 325 ----
CREATE FUNCTION pg_temp.at(message xml, p text) RETURNS text LANGUAGE sql AS $$SELECT string_agg(content, ' ' ORDER BY n) FROM pg_temp.elements(message) WHERE path = p$$;
CREATE TEMP TABLE answer AS
SELECT l, 'some' AS what, claim_answer_message(pg_temp.m323(l), 'A-1', '2026-04-17', '{4,2,4}', '{9341,8017,0611}') AS m FROM unnest('{Wmo,Jeugdwet}'::text[]) l UNION ALL
SELECT l, 'none', claim_answer_message(pg_temp.m323(l), 'A-2', '2026-04-17') FROM unnest('{Wmo,Jeugdwet}'::text[]) l UNION ALL
SELECT l, 'message', claim_answer_message(pg_temp.m323(l), 'A-3', '2026-04-17', '{1}', '{9341}', header_code => '0001', xslt_version => '1.0.3') FROM unnest('{Wmo,Jeugdwet}'::text[]) l UNION ALL
SELECT l, 'declaration', claim_answer_message(pg_temp.m323(l), 'A-4', '2026-04-17', declaration_code => '9333', base_version => '1.0.2', message_version => '1.0.4') FROM unnest('{Wmo,Jeugdwet}'::text[]) l;
SELECT is_empty('SELECT l, what, pg_temp.breaks(''325'', m) FROM answer', '325 follows its tree');
SELECT is(message_header(m)::text, format('(%s,325,73739901,0200,%s,2026-04-17,%s)', l, identification, versions), concat_ws(' ', '325 header', l, what))
FROM answer JOIN (VALUES ('some', 'A-1', '1.0.0,1.0.0'), ('none', 'A-2', '1.0.0,1.0.0'), ('message', 'A-3', '1.0.0,1.0.0'), ('declaration', 'A-4', '1.0.2,1.0.4')) v(what, identification, versions) USING (what);
SELECT is(pg_temp.at(m, p), content, concat_ws(' ', '325', l, what, p))
FROM answer JOIN (VALUES
	('some', 'Header/DeclaratieIdentificatie/Identificatie', 'D-323'), ('some', 'Header/DeclaratieIdentificatie/Dagtekening', '2026-04-08'), ('some', 'Header/XsltVersie', NULL), ('message', 'Header/XsltVersie', '1.0.3'),
	('some', 'Header/RetourCodes/RetourCode', '0200'), ('message', 'Header/RetourCodes/RetourCode', '0001'), ('message', 'DeclaratieAntwoord/DeclaratieNummer', NULL), ('none', 'DeclaratieAntwoord/DeclaratieNummer', 'D2026X03'),
	('some', 'DeclaratieAntwoord/TotaalIngediendBedrag/TotaalBedrag', '99999999'), ('some', 'DeclaratieAntwoord/TotaalToegekendBedrag/TotaalBedrag', '100122399'), ('none', 'DeclaratieAntwoord/TotaalToegekendBedrag/TotaalBedrag', '99999999'),
	('declaration', 'DeclaratieAntwoord/TotaalToegekendBedrag/TotaalBedrag', '0'), ('declaration', 'DeclaratieAntwoord/TotaalToegekendBedrag/DebetCredit', 'D'), ('declaration', 'DeclaratieAntwoord/RetourCodes/RetourCode', '9333'), ('declaration', 'DeclaratieAntwoord/Clienten/Client/Bsn', NULL),
	('none', 'DeclaratieAntwoord/RetourCodes/RetourCode', '8001'), ('none', 'DeclaratieAntwoord/Clienten/Client/Bsn', NULL), ('some', 'DeclaratieAntwoord/RetourCodes/RetourCode', '0200'), ('some', 'DeclaratieAntwoord/Clienten/Client/Bsn', '999900006 999900018'),
	('some', 'DeclaratieAntwoord/Clienten/Client/RetourCodes/RetourCode', '0200 0200'), ('some', 'DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie/ProductReferentie/ReferentieNummer', 'P2 een lang verhaal & 1'),
	('some', 'DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie/ProductReferentie/VorigReferentieNummer', 'P0'), ('some', 'DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie/RetourCodes/RetourCode', '8017 0611 9341'),
	('some', 'DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie/IngediendBedrag/DebetCredit', 'C D')) v(what, p, content) USING (what);
-- TR367: what comes back is what was sent
SELECT is_empty($$
	SELECT e.path, e.content FROM answer a, pg_temp.elements(a.m) e WHERE what = 'some' AND e.path LIKE '%/Prestatie/%' AND e.path NOT LIKE '%RetourCode' AND e.content IS NOT NULL
	EXCEPT SELECT replace(e.path, 'Declaratie/', 'DeclaratieAntwoord/'), e.content FROM unnest('{Wmo,Jeugdwet}'::text[]) l, pg_temp.elements(pg_temp.m323(l)) e
$$, '325 repeats the 323 message');

-- ---- What is refused ----
CREATE FUNCTION pg_temp.refusal(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	EXECUTE 'SELECT ' || expression;
	RETURN 'written';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(': ', SQLSTATE, SQLERRM, nullif(detail, ''));
END $$;
SELECT is(pg_temp.refusal(e), r, e)
FROM (VALUES
	($$allotted_product('Wmo', 1000000000, '02A16 4 uur/week [2026-01-10,2027-01-01)', '2026-01-08')$$, '22023: invalid message: element ToewijzingNummer of ToegewezenProduct: Found "1000000000".'),
	($$allotted_product('Wmo', 1, '45A04 4 uur/week [2026-01-10,2027-01-01)', '2026-01-08')$$, '22023: invalid message: element Categorie of ToegewezenProduct: Found "45".'),
	($$allotted_product('Wmo', 1, 'budget 1000000.00 euro [2026-01-10,2027-01-01)', '2026-01-08')$$, '22023: invalid message: element Budget of ToegewezenProduct: Found "100000000".'),
	($$allotted_product('Wmo', 1, '02A16 4 uur/week [2026-01-10,2027-01-01)', NULL)$$, '22023: invalid message: element Toewijzingsdatum of ToegewezenProduct: It is missing.'),
	($$allotted_client('999900007', '1961-02-03', '2', 'X', 1, '7311AA')$$, '22023: invalid message: element Bsn of Client: Its value is not valid.'),
	($$allotted_client('999900006', '1961-02-03', '9', 'X', 1, '7311AA')$$, '22023: invalid message: element Geslacht of Client: Found "9".'),
	($$served_client('999900006', '1961-02-03', '2', '')$$, '22023: invalid message: element Achternaam of Client: Found "".'),
	($$stopped_product('Wmo', 1, '02A16', NULL, '2026-01-01', '2026-01-31', NULL)$$, '22023: invalid message: element RedenBeeindiging of StopProduct: It is missing.'),
	($$claimed_line('Wmo', NULL, 1, '02A16', '[2026-03-01,2026-04-01)', '1 uur', '1.00/uur', 1)$$, '22023: invalid message: element ReferentieNummer of Prestatie: It is missing.'),
	($$claimed_line('Wmo', 'P', 1, '02', '[2026-03-01,2026-04-01)', '1 uur', '1.00/uur', 1)$$, '22023: invalid message: element ProductCode of Prestatie: It is missing.'),
	($$claimed_line('Wmo', 'P', 1, '02A16', '[2026-03-01,)', '1 uur', '1.00/uur', 1)$$, '22023: invalid message: element Einddatum of Prestatie: It is missing.'),
	($$claimed_line('Wmo', 'P', 1, '02A16', '[2026-03-01,2026-04-01)', NULL, '1.00/uur', 1)$$, '22023: invalid message: element Volume of Prestatie: It is missing.'),
	($$claimed_line('Wmo', 'P', 1, '02A16', '[2026-03-01,2026-04-01)', '1 uur', '1.00/uur', 1000000)$$, '22023: invalid message: element Bedrag of Prestatie: Found "100000000".'),
	($$claim_message('Wmo', 'B', '2026-04-08', '73739901', '0200', 'D-1', '[2026-03-01,2026-04-01)', '2026-04-07', 0, NULL)$$, '22023: invalid message: element DeclaratieNummer of Declaratie: Found "D-1".'),
	($$claim_message('Wmo', '1234567890123', '2026-04-08', '73739901', '0200', 'D1', '[2026-03-01,2026-04-01)', '2026-04-07', 0, NULL)$$, '22023: invalid message: element Identificatie of Header: Found "1234567890123".'),
	($$claim_message('Wmo', 'B', '2026-04-08', NULL, '0200', 'D1', '[2026-03-01,2026-04-01)', '2026-04-07', 0, NULL)$$, '22023: invalid message: element Afzender of Header: It is missing.'),
	($$claim_message('Wlz', 'B', '2026-04-08', '73739901', '0200', 'D1', '[2026-03-01,2026-04-01)', '2026-04-07', 0, NULL)$$, '22023: no message of kind 323 and law Wlz is written'),
	($$claim_answer_message(pg_temp.m301('Wmo'), 'A', '2026-04-17')$$, '22023: message of kind 301, not 323'),
	($$claim_answer_message(NULL, 'A', '2026-04-17')$$, '22004: there is no message to answer'),
	($$claim_answer_message(pg_temp.m323(), 'A', '2026-04-17', '{1}', '{}')$$, '22023: lines and return codes do not go together: There are 1 lines and 0 codes.'),
	($$claim_answer_message(pg_temp.m323(), 'A', '2026-04-17', '{1}', '{abc}')$$, '22023: not a return code'),
	($$claim_answer_message(pg_temp.m323(), 'A', '2026-04-17', '{1}', '{NULL}')$$, '22023: not a return code'),
	($$claim_answer_message(pg_temp.m323(), 'A', '2026-04-17', xslt_version => 'x')$$, '22023: invalid message: element XsltVersie of Header: Found "x".')) v(e, r);
-- Dates do not follow the session
SET LOCAL datestyle = 'German';
SELECT is_empty('SELECT pg_temp.breaks(''323'', pg_temp.m323())', 'under another DateStyle');
SELECT is((SELECT max(declared) FROM read_claims(pg_temp.m323())), make_date(2026, 4, 7), 'dates are ISO always');
SELECT is((SELECT string_agg(to_char(upper(period(indication)) - 1, 'YYYY-MM-DD'), ' ' ORDER BY number) FROM read_allocations(pg_temp.m301('Wmo')) WHERE number IN (5, 900001)), '2026-03-01 2026-12-31', 'end dates too');
SELECT * FROM finish();
ROLLBACK;
