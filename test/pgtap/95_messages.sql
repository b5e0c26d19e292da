-- Reading messages: what comes out, what is refused and how it is named, hostile documents, many lines.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(313);
CREATE TEMP TABLE messages (kind text, law text, body xml);
\set file `cat test/data/messages/wmo301.xml`
INSERT INTO messages VALUES ('301', 'Wmo', :'file');
\set file `cat test/data/messages/jw301.xml`
INSERT INTO messages VALUES ('301', 'Jeugdwet', :'file');
\set file `cat test/data/messages/wmo305.xml`
INSERT INTO messages VALUES ('305', 'Wmo', :'file');
\set file `cat test/data/messages/wmo307.xml`
INSERT INTO messages VALUES ('307', 'Wmo', :'file');
\set file `cat test/data/messages/wmo315.xml`
INSERT INTO messages VALUES ('315', 'Wmo', :'file');
\set file `cat test/data/messages/wmo323.xml`
INSERT INTO messages VALUES ('323', 'Wmo', :'file');
\set file `cat test/data/messages/jw323.xml`
INSERT INTO messages VALUES ('323', 'Jeugdwet', :'file');
CREATE FUNCTION pg_temp.message(k text, l text DEFAULT 'Wmo') RETURNS xml LANGUAGE sql AS 'SELECT body FROM messages WHERE kind = k AND law = l';

-- What comes out
SELECT is(h, ROW(m.law, m.kind, '73739901', '0200', format('ZR%sA1', m.kind), '2026-04-08', '1.0.0', '1.0.1')::text, format('header of %s %s', m.law, m.kind))
FROM messages m, LATERAL (SELECT message_header(m.body)::text) h(h);
CREATE TEMP VIEW expected_allocations AS SELECT * FROM (VALUES
	(1, 900001, 'AB-1', '14', 'Ochtend', '02A16 4 uur/week [2026-01-10,2027-01-01)'),
	(2, 900002, NULL, NULL, NULL, '07 [2026-02-01,)'),
	(3, 900003, NULL, NULL, NULL, '07 budget 12345.67 euro [2026-02-01,2026-07-01)'),
	(4, 900004, NULL, NULL, NULL, 'budget 60000.00 euro [2026-03-01,2027-01-01)'),
	(5, 900005, NULL, '13', NULL, '07X01 1500.50 euro/totaal [2026-03-01,2026-03-02)')) v(line, number, reference, change_reason, remark, indication);
SELECT results_eq($$SELECT line, client, provider::text, municipality::text, number, reference, indication::text, decided, change_reason, remark FROM read_allocations(pg_temp.message('301'))$$,
	$$SELECT line, '999900006', '73739901', '0200', number::bigint, reference, indication, timestamp '2026-01-08 09:15:00', change_reason, remark FROM expected_allocations$$, 'read_allocations, Wmo');
SELECT results_eq($$SELECT line, indication::text FROM read_allocations(pg_temp.message('301', 'Jeugdwet'))$$,
	$$SELECT line, replace(replace(indication, '02A16', '45A16'), '07', '50') FROM expected_allocations WHERE line IN (1, 2)
		UNION ALL SELECT line, regexp_replace(indication, '^07', '50') FROM expected_allocations WHERE line > 2 ORDER BY 1$$, 'read_allocations, Jeugdwet');
SELECT results_eq($$SELECT line, client, provider::text, municipality::text, number, product::text, allocated, started, status FROM read_starts(pg_temp.message('305'))$$,
	$$VALUES (1, '999900006', '73739901', '0200', 900001::bigint, '02A16', date '2026-01-10', date '2026-01-15', '1'), (2, '999900006', '73739901', '0200', NULL, NULL, NULL, '2026-03-02', '3')$$, 'read_starts');
SELECT results_eq($$SELECT line, client, provider::text, municipality::text, number, product::text, allocated, started, ended, stop_reason, status FROM read_stops(pg_temp.message('307'))$$,
	$$VALUES (1, '999900006', '73739901', '0200', 900001::bigint, '02A16', date '2026-01-10', date '2026-01-15', date '2026-09-30', '19', '1')$$, 'read_stops');
SELECT results_eq($$SELECT line, client, provider::text, municipality::text, reference, decision_number, decided, indication::text, referrer_type, referrer_name, referrer::text, framework, remark FROM read_requests(pg_temp.message('315'))$$,
	$$VALUES (1, '999900006', '73739901', '0200', 'AB-1', 77::bigint, date '2026-01-05', '02A16 4 uur/week [2026-01-10,2027-01-01)', '02', NULL::text, '01019901', true, 'Ochtend'),
		(2, '999900006', '73739901', '0200', 'AB-2', NULL, NULL, '07 [2026-02-01,)', '06', NULL, NULL, NULL, NULL)$$, 'read_requests');
SELECT results_eq(format($$SELECT line, client, provider::text, municipality::text, declaration, declaration_period, declared, declared_total, reference, previous_reference, number, product::text, product_period, volume::text, tariff::text, amount, credit
		FROM read_claims(pg_temp.message('323', %L))$$, l),
	format($$SELECT line, client, '73739901', '0200', 'D2026X03', daterange('2026-03-01', '2026-04-01'), date '2026-04-07', 1957.55, reference, previous, number, %L || 'A16', daterange('2026-03-01', '2026-04-01'), volume, tariff, amount, credit
		FROM (VALUES (1, '999900006', 'P1', NULL, 900001::bigint, '20 uur', '61.20/uur', 1224.00, false), (2, '999900006', 'P2', 'P0', 900001, '1200 minuut', '1.02/minuut', -1224.00, true),
			(3, '999900018', 'P3', NULL, 900009, '1957.55 euro', NULL, 1957.55, false)) v(line, client, reference, previous, number, volume, tariff, amount, credit)$$, category), 'read_claims, ' || l)
FROM (VALUES ('Wmo', '02'), ('Jeugdwet', '45')) v(l, category);
SELECT is((SELECT sum(amount) = min(declared_total) FROM read_claims(pg_temp.message('323'))), true, 'the amounts add up to the total of the declaration');
SELECT results_eq($$SELECT line, claim_problems(a.indication, c.product, c.product_period, c.volume, c.tariff, c.amount, c.declaration_period, c.credit, c.previous_reference)
		FROM read_claims(pg_temp.message('323')) c LEFT JOIN read_allocations(pg_temp.message('301')) a USING (number, line) WHERE line = 1 UNION ALL
	SELECT line, claim_problems(NULL, c.product, c.product_period, c.volume, c.tariff, c.amount, c.declaration_period, c.credit, c.previous_reference) FROM read_claims(pg_temp.message('323')) c WHERE line > 1 ORDER BY 1$$,
	$$VALUES (1, '{}'::text[]), (2, '{TR338}'), (3, '{TR338}')$$, 'claims as read are judged');
SELECT is(read_claims(NULL), NULL, 'no message');

-- How reading fails: SQLSTATE, message and DETAIL, or 'read'
CREATE FUNCTION pg_temp.outcome(kind text, body text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	reader text := CASE kind WHEN '301' THEN 'read_allocations' WHEN '305' THEN 'read_starts' WHEN '307' THEN 'read_stops' WHEN '315' THEN 'read_requests' ELSE 'read_claims' END;
	detail text;
BEGIN
	EXECUTE format('SELECT count(*) FROM %I($1::xml)', reader) USING body;
	RETURN 'read';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(': ', SQLSTATE, SQLERRM, nullif(detail, ''));
END $$;
-- Every element that is read: its class, whether it is optional. The first of its name that the pattern finds is changed.
CREATE TEMP TABLE elements AS SELECT kind, split_part(e, ' ', 1) AS class, rtrim(x, '?') AS element, x LIKE '%?' AS optional
FROM (VALUES
	('301', 'Header BerichtCode BerichtVersie BerichtSubversie Afzender Ontvanger Identificatie Dagtekening BasisschemaXsdVersie BerichtXsdVersie'),
	('301', 'ToegewezenProduct Bsn ToewijzingNummer ReferentieAanbieder? Categorie Code? Toewijzingsdatum Toewijzingstijd Ingangsdatum Einddatum? RedenWijziging? Volume Eenheid Frequentie'),
	('305', 'StartProduct Bsn ToewijzingNummer? Categorie Code? ToewijzingIngangsdatum? Begindatum StatusAanlevering'),
	('307', 'StopProduct Bsn ToewijzingNummer? Categorie Code? ToewijzingIngangsdatum? Begindatum RedenBeeindiging Einddatum StatusAanlevering'),
	('315', 'AangevraagdProduct Bsn ReferentieAanbieder BeschikkingNummer? Categorie Code? BeschikkingIngangsdatum? ToewijzingIngangsdatum ToewijzingEinddatum? Volume Eenheid Frequentie Type ZorgverlenerCode? Raamcontract?'),
	('323', 'Declaratie DeclaratieNummer DeclaratieDagtekening'),
	('323', 'TotaalIngediendBedrag TotaalBedrag'),
	('323', 'Prestatie Bsn ReferentieNummer ToewijzingNummer ProductCategorie ProductCode GeleverdVolume Eenheid ProductTarief? Bedrag')) v(kind, e),
	regexp_split_to_table(substr(e, strpos(e, ' ') + 1), ' ') x;
CREATE FUNCTION pg_temp.place(class text) RETURNS text LANGUAGE sql AS $$SELECT class || CASE WHEN class IN ('Header', 'Declaratie', 'TotaalIngediendBedrag') THEN '' ELSE ' 1' END$$;
CREATE FUNCTION pg_temp.changed(k text, element text, new text) RETURNS text LANGUAGE sql AS $$
	SELECT regexp_replace(pg_temp.message(k)::text, format('<(\w+:%s)>[^<]*</\w+:%s>', element, element), new)$$;
SELECT is(pg_temp.outcome(kind, pg_temp.changed(kind, element, '')),
	CASE WHEN optional THEN 'read' ELSE format('22023: invalid message: element %s of %s: %s', element, pg_temp.place(class),
		CASE element WHEN 'Bsn' THEN 'Its value is not valid.' ELSE 'It is missing.' END) END,
	format('%s %s left out', kind, element))
FROM elements WHERE element <> 'Bsn';
SELECT is(pg_temp.outcome(kind, pg_temp.changed(kind, element, '<\1></\1>')),
	format('22023: invalid message: element %s of %s: %s', element, pg_temp.place(class), CASE element WHEN 'Bsn' THEN 'Its value is not valid.' ELSE 'Found "".' END),
	format('%s %s empty', kind, element))
FROM elements;
SELECT is(pg_temp.outcome(kind, pg_temp.changed(kind, element, '<\1>' || wrong || '</\1>')),
	format('22023: invalid message: element %s of %s: %s', element, pg_temp.place(class), CASE element WHEN 'Bsn' THEN 'Its value is not valid.' ELSE format('Found "%s".', left(wrong, 40)) END),
	format('%s %s: %s', kind, element, wrong))
FROM elements, LATERAL (SELECT CASE WHEN element LIKE '%datum' OR element LIKE '%Dagtekening' OR element = 'Dagtekening' THEN '2026-02-29' ELSE repeat('é', 41) END) w(wrong);
SELECT is(pg_temp.outcome(kind, pg_temp.changed(kind, element, '<\1>1</\1><\1>1</\1>')),
	format('22023: invalid message: element %s of %s: It does not belong there, or is there more than once.', element, pg_temp.place(CASE class WHEN 'TotaalIngediendBedrag' THEN 'Declaratie' ELSE class END)), format('%s %s twice', kind, element))
FROM elements;
SELECT is(pg_temp.outcome(kind, regexp_replace(pg_temp.message(kind)::text, format('<(\w+):(%s)>', class), '<\1:\2><\1:Onbekend/>')),
	format('22023: invalid message: element Onbekend of %s: It does not belong there, or is there more than once.', pg_temp.place(class)), format('%s: unknown element in %s', kind, class))
FROM (SELECT DISTINCT kind, class FROM elements WHERE class NOT IN ('Header', 'TotaalIngediendBedrag')) e;

-- Other mistakes, by replacing text
SELECT is(pg_temp.outcome(kind, replace(pg_temp.message(kind)::text, old, new)), outcome, concat_ws(' ', kind, new))
FROM (VALUES
	('301', '/3_2/', '/3_1/', '22023: message of release 3.1'),
	('301', 'wmo301/schema', 'wmo302/schema', '22023: unknown kind of message: 302'),
	('301', 'http://www.istandaarden.nl/iwmo', 'http://example.org/iwmo', '22023: not a message of iWmo or iJw: Found root element Bericht in namespace "http://example.org/iwmo/3_2/wmo301/schema".'),
	('301', ':Bericht', ':Brief', '22023: not a message of iWmo or iJw: Found root element Brief in namespace "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema".'),
	('301', 'wmo301/schema', 'wmo305/schema', '22023: invalid message: element BerichtCode of Header: Found "414".'),
	('301', ':Header>', ':Kop>', '22023: invalid message: element Header of Bericht: It is missing.'),
	('301', ':ToegewezenProduct>', ':Product>', '22023: invalid message: element ToegewezenProduct of Client: It is missing.'),
	('301', '2026-12-31', '2026-01-09', '22023: invalid message: element Einddatum of ToegewezenProduct 1: Found "2026-01-09".'),
	('301', '999900006', '999900007', '22023: invalid message: element Bsn of ToegewezenProduct 1: Its value is not valid.'),
	('301', '09:15:00', '09:15:00Z', '22023: invalid message: element Toewijzingstijd of ToegewezenProduct 1: Found "09:15:00Z".'),
	('301', '>07<', '>45<', '22023: invalid message: element Categorie of ToegewezenProduct 2: Found "45".'),
	('301', '<wmo301:Budget>1234567</wmo301:Budget>', '<wmo301:Omvang><iwmo:Volume>1</iwmo:Volume><iwmo:Eenheid>04</iwmo:Eenheid><iwmo:Frequentie>2</iwmo:Frequentie></wmo301:Omvang><wmo301:Budget>1</wmo301:Budget>',
		'22023: invalid message: element Budget of ToegewezenProduct 3: Found "1".'),
	('301', '<wmo301:Budget>6000000</wmo301:Budget>', '', '22023: invalid message: element Product of ToegewezenProduct 4: It is missing.'),
	('301', '>6000000<', '>100000000<', '22023: invalid message: element Budget of ToegewezenProduct 4: Found "100000000".'),
	('301', '>6000000<', '> +006000000 <', 'read'),
	('307', '>19<', '>33<', '22023: invalid message: element RedenBeeindiging of StopProduct 1: Found "33".'),
	('305', '>3</wmo305:StatusAanlevering', '>2</wmo305:StatusAanlevering', '22023: invalid message: element StatusAanlevering of StartProduct 2: Found "2".'),
	('323', '>195755</wmo323:GeleverdVolume><wmo323:Eenheid>83</wmo323:Eenheid>', '>1</wmo323:GeleverdVolume><wmo323:Eenheid>83</wmo323:Eenheid><wmo323:ProductTarief>1</wmo323:ProductTarief>', '22023: invalid message: element ProductTarief of Prestatie 3: Found "1".'),
	('323', '<wmo323:Client><wmo323:Bsn>999900018</wmo323:Bsn>', '<wmo323:Client><wmo323:Bsn>999900018</wmo323:Bsn><wmo323:Prestaties/></wmo323:Client><wmo323:Client><wmo323:Bsn>999900018</wmo323:Bsn>', '22023: invalid message: element Prestatie of Client 2: It is missing.'),
	('323', '<iwmo:Einddatum>2026-03-31</iwmo:Einddatum>', '<iwmo:Einddatum>2026-03-31+01:00</iwmo:Einddatum>', '22023: invalid message: element Einddatum of DeclaratiePeriode: Found "2026-03-31+01:00".'),
	('323', '>C<', '>X<', '22023: invalid message: element DebetCredit of Prestatie 2: Found "X".')) v(kind, old, new, outcome);
SELECT throws_ok($$SELECT read_starts(pg_temp.message('301'))$$, '22023', 'message of kind 301, not 305', 'another kind');

-- Hostile documents: refused as xml or as a message, never expanded
CREATE FUNCTION pg_temp.hostile(doctype text, reference text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.outcome('323', regexp_replace(replace(pg_temp.message('323')::text, '>D2026X03<', '>' || reference || '<'), '<wmo323:Bericht', doctype || '<wmo323:Bericht'))$$;
SELECT matches(pg_temp.hostile(doctype, reference), '^(22023: invalid message: document type declaration|2200[MN])', name)
FROM (VALUES ('a document type', '<!DOCTYPE x>', 'D1'),
	('an internal entity', '<!DOCTYPE x [<!ENTITY e "D1">]>', '&e;'),
	('an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;'),
	('an external DTD', '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', 'D1'),
	('a parameter entity', '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://example.org/x.dtd"> %e;]>', 'D1'),
	('billion laughs', '<!DOCTYPE x [<!ENTITY a0 "ha">' || (SELECT string_agg(format('<!ENTITY a%s "%s">', i, repeat(format('&a%s;', i - 1), 10)), '') FROM generate_series(1, 9) i) || ']>', '&a9;')) v(name, doctype, reference);
SELECT is(left(pg_temp.outcome('323', left(pg_temp.message('323')::text, n)), 5), '2200N', 'truncated at ' || n) FROM generate_series(1000, 3000, 500) n;
SELECT is(left(pg_temp.outcome('323', x), 6), o, left(x, 30)) FROM (VALUES ('', '2200M:'), ('text', '2200M:'), ('<a/><b/>', '2200M:'), ('<a/>', '22023:'), (repeat('<a>', 1000) || repeat('</a>', 1000), '2200N:')) v(x, o);
SELECT throws_ok($$SELECT read_claims(convert_from('\x3c613ec3283c2f613e', 'UTF8')::xml)$$, '22021', NULL, 'wrongly encoded');

-- Many lines, all of them
CREATE TEMP TABLE large AS SELECT regexp_replace(body::text, '(<wmo323:Client>.*?</wmo323:Client>\s*)', repeat('\1', 2000))::xml AS body FROM messages WHERE kind = '323' AND law = 'Wmo';
SELECT results_eq($$SELECT count(*), max(line), sum(amount), count(tariff) FROM large, read_claims(body)$$, $$VALUES (4001::bigint, 4001, 1957.55, 4000::bigint)$$, '4001 lines');
SELECT * FROM finish();
ROLLBACK;
