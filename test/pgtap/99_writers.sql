-- Writing messages: element order and cardinality by the published tree, round trips through the readers, what is refused.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();

CREATE FUNCTION pg_temp.sqlstate_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws('|', SQLSTATE, SQLERRM, nullif(detail, ''));
END $$;

-- ---- The tree ----
-- Every element once, as its path, from the root on; = marks the base schema from there on.
CREATE FUNCTION pg_temp.paths(kind text) RETURNS TABLE (n bigint, path text, mark text) LANGUAGE plpgsql AS $$
DECLARE
	line text;
	depth integer;
	above text[] := '{}';
BEGIN
	n := 0;
	FOREACH line IN ARRAY string_to_array(message_tree(kind), E'\n') LOOP
		n := n + 1;
		depth := (length(line) - length(ltrim(line))) / 2;
		above := above[1:depth] || (regexp_match(line, '\w+'))[1];
		path := array_to_string(above, '/');
		mark := (regexp_match(line, '\w+(.*)$'))[1];
		RETURN NEXT;
	END LOOP;
END $$;
SELECT is((SELECT count(*) FROM (VALUES ('301'), ('305'), ('307'), ('323'), ('325')) k(kind), pg_temp.paths(kind) p WHERE p.mark !~ '^=?[?+]?$'), 0::bigint, 'no strange marks');
SELECT is_empty($$SELECT kind, path FROM (VALUES ('301'), ('305'), ('307'), ('323'), ('325')) k(kind), pg_temp.paths(kind) p GROUP BY kind, path HAVING count(*) > 1$$, 'no element twice in a class');
SELECT is(message_tree('302'), NULL, 'a kind that is not written');
SELECT is(message_tree('claim'), NULL, 'a part is no kind');
SELECT is((SELECT string_agg(path || mark, ' ' ORDER BY n) FROM pg_temp.paths('301') WHERE path ~ '^Client/ToegewezenProducten'),
	'Client/ToegewezenProducten Client/ToegewezenProducten/ToegewezenProduct+ Client/ToegewezenProducten/ToegewezenProduct/ToewijzingNummer '
	'Client/ToegewezenProducten/ToegewezenProduct/ReferentieAanbieder? Client/ToegewezenProducten/ToegewezenProduct/Product? Client/ToegewezenProducten/ToegewezenProduct/Product/Categorie= '
	'Client/ToegewezenProducten/ToegewezenProduct/Product/Code=? Client/ToegewezenProducten/ToegewezenProduct/Toewijzingsdatum Client/ToegewezenProducten/ToegewezenProduct/Toewijzingstijd '
	'Client/ToegewezenProducten/ToegewezenProduct/Ingangsdatum Client/ToegewezenProducten/ToegewezenProduct/Einddatum? Client/ToegewezenProducten/ToegewezenProduct/RedenWijziging? '
	'Client/ToegewezenProducten/ToegewezenProduct/Omvang? Client/ToegewezenProducten/ToegewezenProduct/Omvang/Volume= Client/ToegewezenProducten/ToegewezenProduct/Omvang/Eenheid= '
	'Client/ToegewezenProducten/ToegewezenProduct/Omvang/Frequentie= Client/ToegewezenProducten/ToegewezenProduct/Budget? Client/ToegewezenProducten/ToegewezenProduct/Commentaar?', 'an allotted product');
SELECT is((SELECT string_agg(substr(path, 8) || mark, ' ' ORDER BY n) FROM pg_temp.paths('325') WHERE path ~ '^Header/'),
	'BerichtCode BerichtVersie BerichtSubversie Afzender Ontvanger BerichtIdentificatie BerichtIdentificatie/Identificatie= BerichtIdentificatie/Dagtekening= '
	'XsdVersie XsdVersie/BasisschemaXsdVersie= XsdVersie/BerichtXsdVersie= DeclaratieIdentificatie DeclaratieIdentificatie/Identificatie= DeclaratieIdentificatie/Dagtekening= '
	'XsltVersie? XsdVersieDeclaratie XsdVersieDeclaratie/BasisschemaXsdVersie= XsdVersieDeclaratie/BerichtXsdVersie= RetourCodes RetourCodes/RetourCode+', 'the header of an answer');
SELECT is((SELECT string_agg(substr(path, 20) || mark, ' ' ORDER BY n) FROM pg_temp.paths('325') WHERE path ~ '^DeclaratieAntwoord/'),
	'DeclaratieNummer TotaalIngediendBedrag TotaalIngediendBedrag/TotaalBedrag= TotaalIngediendBedrag/DebetCredit= TotaalToegekendBedrag TotaalToegekendBedrag/TotaalBedrag= '
	'TotaalToegekendBedrag/DebetCredit= Clienten? Clienten/Client+ Clienten/Client/Bsn Clienten/Client/Prestaties Clienten/Client/Prestaties/Prestatie+ '
	'Clienten/Client/Prestaties/Prestatie/ProductReferentie Clienten/Client/Prestaties/Prestatie/ProductReferentie/ReferentieNummer= Clienten/Client/Prestaties/Prestatie/ProductReferentie/VorigReferentieNummer=? '
	'Clienten/Client/Prestaties/Prestatie/ToewijzingNummer Clienten/Client/Prestaties/Prestatie/ProductCategorie Clienten/Client/Prestaties/Prestatie/ProductCode '
	'Clienten/Client/Prestaties/Prestatie/ProductPeriode Clienten/Client/Prestaties/Prestatie/ProductPeriode/Begindatum= Clienten/Client/Prestaties/Prestatie/ProductPeriode/Einddatum= '
	'Clienten/Client/Prestaties/Prestatie/GeleverdVolume Clienten/Client/Prestaties/Prestatie/Eenheid Clienten/Client/Prestaties/Prestatie/ProductTarief? '
	'Clienten/Client/Prestaties/Prestatie/IngediendBedrag Clienten/Client/Prestaties/Prestatie/IngediendBedrag/Bedrag= Clienten/Client/Prestaties/Prestatie/IngediendBedrag/DebetCredit= '
	'Clienten/Client/Prestaties/Prestatie/RetourCodes Clienten/Client/Prestaties/Prestatie/RetourCodes/RetourCode+ Clienten/Client/RetourCodes Clienten/Client/RetourCodes/RetourCode+ '
	'RetourCodes RetourCodes/RetourCode+', 'an answer');
SELECT is((SELECT count(*) FROM pg_temp.paths('301')), 120::bigint, '301: elements, counted in the published tree');

-- ---- A published-like message taken apart and made again is the same ----
CREATE TEMP TABLE messages (kind text, law text, body xml);
\set file `cat test/data/messages/wmo301.xml`
INSERT INTO messages VALUES ('301', 'Wmo', :'file');
\set file `cat test/data/messages/jw301.xml`
INSERT INTO messages VALUES ('301', 'Jeugdwet', :'file');
\set file `cat test/data/messages/wmo305.xml`
INSERT INTO messages VALUES ('305', 'Wmo', :'file');
\set file `cat test/data/messages/wmo307.xml`
INSERT INTO messages VALUES ('307', 'Wmo', :'file');
\set file `cat test/data/messages/wmo323.xml`
INSERT INTO messages VALUES ('323', 'Wmo', :'file');
\set file `cat test/data/messages/jw323.xml`
INSERT INTO messages VALUES ('323', 'Jeugdwet', :'file');

-- An element as content, by the XPath of the core: local names, arrays where one is repeated.
CREATE FUNCTION pg_temp.content(element xml) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	result jsonb := '{}';
	child record;
BEGIN
	IF NOT xpath_exists('/*/*', element) THEN
		RETURN to_jsonb((xpath('string(/*)', element))[1]::text);
	END IF;
	FOR child IN SELECT t.name, jsonb_agg(pg_temp.content(t.body) ORDER BY t.n) AS contents
			FROM XMLTABLE('/*/*' PASSING element COLUMNS n FOR ORDINALITY, name text PATH 'local-name(.)', body xml PATH '.') t GROUP BY t.name LOOP
		result := result || jsonb_build_object(child.name, CASE jsonb_array_length(child.contents) WHEN 1 THEN child.contents -> 0 ELSE child.contents END);
	END LOOP;
	RETURN result;
END $$;
-- Names and texts in the order of the document, with namespaces
CREATE FUNCTION pg_temp.flat(message xml) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws('|', t.namespace, t.name, CASE WHEN t.children = 0 THEN t.content END), E'\n' ORDER BY t.n)
	FROM XMLTABLE('//*' PASSING message COLUMNS n FOR ORDINALITY, namespace text PATH 'namespace-uri(.)', name text PATH 'local-name(.)', children integer PATH 'count(*)', content text PATH 'string(.)') t
$$;
SELECT is(pg_temp.flat(write_message(law, kind, pg_temp.content(body))), pg_temp.flat(body), format('taken apart and written again: %s %s', law, kind)) FROM messages WHERE kind <> '301';

-- The client with everything that the standard knows, keys in any order
CREATE TEMP TABLE client AS SELECT jsonb '{
	"Contactgegevens": {"Contact": [{"Soort": "01", "Adres": {"Huis": {"Huisnummer": 10, "Huisletter": "A", "HuisnummerToevoeging": "B", "AanduidingWoonadres": "AB"}, "Postcode": "9999XX", "Straatnaam": "straat", "Plaatsnaam": "plaats", "LandCode": "NL"},
			"Organisatie": "O", "Telefoon": {"Telefoon01": {"Telefoonnummer": "0101234567", "Landnummer": "0031"}, "Telefoon02": {"Telefoonnummer": "0201234567", "Landnummer": "0031"}}, "Emailadres": "a@example.org", "Periode": {"Begindatum": "2026-01-01", "Einddatum": "2026-12-31"}},
		{"Soort": "03"}]},
	"Relaties": {"Relatie": {"Nummer": "1", "Volgorde": 1, "Soort": "03", "Geslacht": "0", "Geboortedatum": {"Datum": "1967-01-13"}, "Naam": {"NaamGebruik": "1", "Geslachtsnaam": {"Voorvoegsel": "van", "Achternaam": "Twee"}}, "Contact": {"Soort": "01"}}},
	"Naam": {"NaamGebruik": "4", "Voorletters": "T", "Voornamen": "Test", "Partnernaam": {"Achternaam": "Drie"}, "Geslachtsnaam": {"Achternaam": "Een & <Twee>"}},
	"Communicatie": {"Vorm": "1", "Taal": "Deens"}, "JuridischeStatus": "02", "WettelijkeVertegenwoordiging": "06", "Commentaar": "opmerking",
	"Geslacht": "1", "Geboortedatum": {"Datum": "1967-08-13", "DatumGebruik": "1"}, "Bsn": "999900006"}' AS content;
CREATE TEMP TABLE allotted AS SELECT array_agg(ROW(n, r, i, d, c, m)::allotted_product ORDER BY n) AS products FROM (VALUES
	(1::bigint, 'AB-1', indication '02A16 4 uur/week [2026-01-10,2027-01-01)', timestamp '2026-01-08 09:15:00', '14', 'Ochtend & "middag" <nu>'),
	(2, NULL, '07 [2026-02-01,)', '2026-01-08 09:15:00', NULL, NULL),
	(3, NULL, '07 budget 12345.67 euro [2026-02-01,2026-07-01)', '2026-01-08 23:59:59', NULL, NULL),
	(4, NULL, 'budget 60000.00 euro [2026-03-01,2027-01-01)', '2026-01-08 00:00:00', NULL, NULL),
	(5, NULL, '07X01 1500.50 euro/totaal [2026-03-01,2026-03-02)', '2026-01-08 09:15:00', '13', NULL),
	(6, NULL, '01:1001 90 minuut/week [2026-03-01,2026-12-02)', '2026-01-08 09:15:00', NULL, NULL)) v(n, r, i, d, c, m);
CREATE TEMP TABLE written AS SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content, products) AS message FROM client, allotted;
SELECT results_eq($$SELECT number, reference, indication::text, decided, change_reason, remark FROM written, read_allocations(message)$$,
	$$SELECT number, reference, indication::text, decided, change_reason, remark FROM allotted, unnest(products)$$, 'allocation_message is what read_allocations reads');
SELECT is((SELECT ROW(h.*)::text FROM written, message_header(message) h), '(Wmo,301,99900001,0200,T1,2026-01-09,1.0.0,1.0.0)', 'its header');
SELECT is((SELECT DISTINCT client FROM written, read_allocations(message)), '999900006', 'its client');
SELECT is((SELECT (xpath('//*[local-name() = "Client"]/*[local-name() = "Naam"]/*[1]/*[1]/text()', message))[1]::text FROM written), 'Een &amp; &lt;Twee&gt;', 'text is escaped');
-- all elements of the client, in order
SELECT is((SELECT string_agg(t.name, ' ' ORDER BY t.n) FROM written, XMLTABLE('/*/*[local-name() = "Client"]/*' PASSING message COLUMNS n FOR ORDINALITY, name text PATH 'local-name(.)') t),
	'Bsn Geboortedatum Geslacht Naam Communicatie JuridischeStatus WettelijkeVertegenwoordiging Commentaar Relaties Contactgegevens ToegewezenProducten', 'elements come in the order of the standard');
SELECT is((SELECT string_agg(t.name || CASE WHEN t.namespace ~ 'basisschema' THEN '=' ELSE '' END, ' ' ORDER BY t.n)
	FROM written, XMLTABLE('(//*[local-name() = "Contact"])[2]//*' PASSING message COLUMNS n FOR ORDINALITY, name text PATH 'local-name(.)', namespace text PATH 'namespace-uri(.)') t),
	'Soort Adres Huis= Huisnummer= Huisletter= HuisnummerToevoeging= AanduidingWoonadres= Postcode= Straatnaam= Plaatsnaam= LandCode= Organisatie Telefoon Telefoon01= Telefoonnummer= Landnummer= Telefoon02= Telefoonnummer= Landnummer= Emailadres Periode Begindatum= Einddatum=',
	'a contact, and which of its elements are of the base schema');
SELECT results_eq($$SELECT indication::text FROM client, read_allocations(allocation_message('Jeugdwet', '0200', '99900001', 'T1', '2026-01-09', content, ARRAY[ROW(9, NULL, '45A04 2 etmaal/maand [2026-01-01,)', '2026-01-01 10:00', NULL, NULL)::allotted_product]))$$,
	$$VALUES ('45A04 2 etmaal/maand [2026-01-01,)')$$, 'Jeugdwet');

-- ---- Each mandatory element of every kind: without it the message is refused, and the error names it ----
CREATE TEMP TABLE whole (kind text, content jsonb);
INSERT INTO whole SELECT kind, pg_temp.content(body) FROM messages WHERE law = 'Wmo' AND kind <> '301' UNION ALL SELECT '301', pg_temp.content(message) FROM written;
INSERT INTO whole SELECT '325', pg_temp.content(claim_answer_message('Wmo', '0200', '99900001', 'A1', '2026-02-10', 'Z1', '2026-02-05', 'DN1', 100.00,
	ARRAY[ROW('999900006', 'R1', NULL, 7, '02A16', '[2026-01-01,2026-02-01)', '2 uur', '25.00/uur', 50.00, NULL, '{9321}')::rejected_claim]));
CREATE FUNCTION pg_temp.without(content jsonb, path text[]) RETURNS jsonb LANGUAGE sql AS $$
	SELECT content #- (SELECT array_agg(x ORDER BY n) FROM (
		-- through arrays by their first element
		WITH RECURSIVE step(n, at, taken) AS (
			SELECT 0, content, '{}'::text[]
			UNION ALL
			SELECT CASE WHEN jsonb_typeof(at) = 'array' THEN n ELSE n + 1 END, CASE WHEN jsonb_typeof(at) = 'array' THEN at -> 0 ELSE at -> path[n + 1] END,
				taken || CASE WHEN jsonb_typeof(at) = 'array' THEN '0' ELSE path[n + 1] END
			FROM step WHERE n < cardinality(path) AND at IS NOT NULL)
		SELECT u.x, u.n FROM (SELECT taken FROM step ORDER BY cardinality(taken) DESC LIMIT 1) s, unnest(s.taken) WITH ORDINALITY u(x, n)) q)
$$;
SELECT ok(count(*) > 90 AND bool_and(o ~ format('^22023\|cannot write the message: element %s of ', (regexp_match(path, '\w+$'))[1])), 'a mandatory element that is missing is named: ' || count(*) || ' cases; wrong: ' || coalesce(string_agg(path || ' ' || o, '; ') FILTER (WHERE o !~ format('element %s of ', (regexp_match(path, '\w+$'))[1])), 'none'))
FROM (
	SELECT p.path, coalesce(pg_temp.sqlstate_of(format('SELECT write_message(%L, %L, %L)', 'Wmo', w.kind, pg_temp.without(w.content, string_to_array(p.path, '/')))), 'written') AS o
	FROM whole w, pg_temp.paths(w.kind) p
	WHERE p.mark !~ '\?' AND p.path !~ '^Header(/Bericht(Code|Versie|Subversie))?$' AND pg_temp.without(w.content, string_to_array(p.path, '/')) <> w.content) x;
SELECT is_empty($$
	SELECT w.kind, p.path FROM whole w, pg_temp.paths(w.kind) p
	WHERE p.mark ~ '\?' AND pg_temp.sqlstate_of(format('SELECT write_message(%L, %L, %L)', 'Wmo', w.kind, pg_temp.without(w.content, string_to_array(p.path, '/')))) IS NOT NULL
$$, 'an optional element may be missing');

-- ---- What is refused ----
SELECT is(pg_temp.sqlstate_of(q), e, e) FROM (VALUES
	($$SELECT write_message('Wmo', '302', '{}')$$, '22023|messages of kind "302" are not written'),
	($$SELECT write_message('Wlz', '301', '{}')$$, '22023|"Wlz" is no law with messages'),
	($$SELECT write_message('Wmo', '301', '[]')$$, '22023|cannot write the message: element Bericht|Its content is not an object.'),
	($$SELECT write_message('Wmo', '301', content || '{"Bsn": {"a": "999900006"}}') FROM client$$, '22023|cannot write the message: element Afzender of Header|It is missing.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content || '{"Extra": "999900006"}', products) FROM client, allotted$$, '22023|cannot write the message: element Extra of Client|It does not belong there.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content || '{"Bsn": ["999900006", "999900018"]}', products) FROM client, allotted$$, '22023|cannot write the message: element Bsn of Client|It is empty, or not one value.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content || '{"Bsn": " "}', products) FROM client, allotted$$, '22023|cannot write the message: element Bsn of Client|It is empty, or not one value.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content, '{}') FROM client$$, '22023|cannot write the message: element ToegewezenProduct of ToegewezenProducten|There is none.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content, ARRAY[NULL]::allotted_product[]) FROM client$$, '22023|cannot write the message: element ToewijzingNummer of ToegewezenProduct|It is missing.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content, ARRAY[ROW(1, NULL, '02A16 4..6 uur/week [2026-01-10,2027-01-01)', '2026-01-01', NULL, NULL)::allotted_product]) FROM client$$, '22023|cannot write the message: element Omvang of ToegewezenProduct|The volume is a bandwidth.'),
	($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content, ARRAY[ROW(1, NULL, '1001 4 uur/week [2026-01-10,2027-01-01)', '2026-01-01', NULL, NULL)::allotted_product]) FROM client$$, '22023|cannot write the message: element Product of ToegewezenProduct|The category of its code is not known.'),
	($$SELECT claim_answer_message('Wmo', '0200', '99900001', 'A1', '2026-02-10', 'Z1', '2026-02-05', 'DN1', 100.005, '{}')$$, '22023|cannot write the message: element TotaalBedrag|It is no amount in whole cents, or does not fit.')) v(q, e);
SELECT matches(pg_temp.sqlstate_of($$SELECT allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', content || jsonb_build_object('Commentaar', E'\u0001'), products) FROM client, allotted$$), '^2200N|^22', 'a character that XML cannot have is an error');
SELECT ok(allocation_message('Wmo', '0200', '99900001', 'T1', '2026-01-09', NULL, '{}') IS NULL, 'NULL in, NULL out');

-- ---- Answers ----
CREATE FUNCTION pg_temp.seen(message xml, path text) RETURNS text LANGUAGE sql AS $$
	SELECT array_to_string(xpath('//' || regexp_replace(path, '(\w+)', '*[local-name()="\1"]', 'g') || '/text()', message)::text[], ',')
$$;
CREATE TEMP TABLE answer AS SELECT n, m FROM (VALUES
	('none', claim_answer_message('Wmo', '0200', '99900001', 'A1', '2026-02-10', 'Z1', '2026-02-05', 'DN1', 580.00, '{}')),
	('some', claim_answer_message('Wmo', '0200', '99900001', 'A1', '2026-02-10', 'Z1', '2026-02-05', 'DN1', 80.00, ARRAY[
		ROW('999900006', 'R1', NULL, 7, '02A16', '[2026-01-01,2026-02-01)', '2 uur', '25.00/uur', 50.00, NULL, '{9321,9346}')::rejected_claim,
		ROW('999900018', 'R2', 'R0', 8, '02A16', '[2026-01-01,2026-02-01)', '3 uur', '25.00/uur', -75.00, NULL, '{8017}')::rejected_claim,
		ROW('999900006', 'R3', NULL, 7, '07X01', '[2026-01-01,2026-02-01)', '10.50 euro', NULL, 10.50, false, '{9338}')::rejected_claim])),
	('whole', claim_answer_message('Jeugdwet', '0200', '99900001', 'A1', '2026-02-10', 'Z1', '2026-02-05', 'DN1', -20.00, '{}', true))) v(n, m);
SELECT is(pg_temp.seen(m, path), e, format('%s: %s', a.n, path)) FROM answer a JOIN (VALUES
	('none', 'TotaalIngediendBedrag/TotaalBedrag', '58000'), ('none', 'TotaalToegekendBedrag/TotaalBedrag', '58000'), ('none', 'DeclaratieAntwoord/RetourCodes/RetourCode', '8001'), ('none', 'Header/RetourCodes/RetourCode', '0200'), ('none', 'Prestatie/ToewijzingNummer', ''),
	('some', 'TotaalToegekendBedrag/TotaalBedrag', '9450'), ('some', 'TotaalToegekendBedrag/DebetCredit', 'D'), ('some', 'Client/Bsn', '999900006,999900018'), ('some', 'Prestatie/ProductReferentie/ReferentieNummer', 'R1,R3,R2'),
	('some', 'Prestatie/RetourCodes/RetourCode', '9321,9346,9338,8017'), ('some', 'Prestatie/IngediendBedrag/Bedrag', '5000,1050,7500'), ('some', 'Prestatie/IngediendBedrag/DebetCredit', 'D,D,C'), ('some', 'Prestatie/ProductTarief', '2500,2500'),
	('some', 'Prestatie/GeleverdVolume', '2,1050,3'), ('some', 'Prestatie/Eenheid', '04,83,04'), ('some', 'Client/RetourCodes/RetourCode', '0200,0200'), ('some', 'DeclaratieAntwoord/RetourCodes/RetourCode', '0200'), ('some', 'Prestatie/ProductReferentie/VorigReferentieNummer', 'R0'),
	('whole', 'Header/RetourCodes/RetourCode', '0001'), ('whole', 'TotaalToegekendBedrag/TotaalBedrag', '0'), ('whole', 'TotaalToegekendBedrag/DebetCredit', 'D'), ('whole', 'TotaalIngediendBedrag/DebetCredit', 'C'), ('whole', 'Header/BerichtCode', '491'),
	('some', 'DeclaratieIdentificatie/Identificatie', 'Z1')) v(n, path, e) ON v.n = a.n;
-- TR342: what is rejected is what is submitted less what is granted
SELECT is((SELECT ROW(h.*)::text FROM answer, message_header(m) h WHERE n = 'some'), '(Wmo,325,99900001,0200,A1,2026-02-10,1.0.0,1.0.0)', 'the header of an answer is read');
SELECT * FROM finish();
ROLLBACK;
