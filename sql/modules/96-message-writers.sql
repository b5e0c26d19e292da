-- 96-message-writers: iWmo/iJw 3.2 messages (berichten) made from values.
--
-- One writer for all kinds: message_tree lists the elements of a message in the order of the standard, write_elements
-- walks it beside the content, a jsonb object whose keys are the names of the elements. What is missing, unknown or there
-- too often is an error that names the element, never its value.

CREATE FUNCTION message_tree(kind text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	-- One element a line, two spaces deeper than its parent; ? may be missing, + at least once, = in the base schema with all
	-- that is below it. $ takes in the part with that name.
	WITH RECURSIVE part(name, lines) AS (VALUES
		('header', E'Header\n  BerichtCode\n  BerichtVersie\n  BerichtSubversie\n  Afzender\n  Ontvanger\n  BerichtIdentificatie\n    $identification\n  XsdVersie\n    $versions'),
		('identification', E'Identificatie=\nDagtekening='),
		('versions', E'BasisschemaXsdVersie=\nBerichtXsdVersie='),
		('surname', E'Achternaam=\nVoorvoegsel=?'),
		('birth', E'Datum=\nDatumGebruik=?'),
		('name', E'Geslachtsnaam=\n  $surname\nPartnernaam=?\n  $surname\nVoornamen=?\nVoorletters=?\nNaamGebruik='),
		('short name', E'Geslachtsnaam=\n  $surname\nVoornamen=?\nVoorletters=?'),
		('phone', E'Telefoonnummer=\nLandnummer='),
		('contact', E'Soort\nAdres?\n  Huis=?\n    Huisnummer=\n    Huisletter=?\n    HuisnummerToevoeging=?\n    AanduidingWoonadres=?\n  Postcode=?\n  Straatnaam=?\n  Plaatsnaam=?\n  LandCode=?'
			|| E'\nOrganisatie?\nTelefoon?\n  Telefoon01=\n    $phone\n  Telefoon02=?\n    $phone\nEmailadres?\nPeriode?\n  Begindatum=?\n  Einddatum=?'),
		('product', E'Categorie=\nCode=?'),
		('volume', E'Volume=\nEenheid=\nFrequentie='),
		('period', E'Begindatum=\nEinddatum='),
		('total', E'TotaalBedrag=\nDebetCredit='),
		('claim', E'ProductReferentie\n  ReferentieNummer=\n  VorigReferentieNummer=?\nToewijzingNummer\nProductCategorie\nProductCode\nProductPeriode\n  $period'
			|| E'\nGeleverdVolume\nEenheid\nProductTarief?\nIngediendBedrag\n  Bedrag=\n  DebetCredit='),
		('codes', E'RetourCodes\n  RetourCode+'),
		('client', E'Bsn\nGeboortedatum\n  $birth\nGeslacht\nNaam\n  $short name'),
		('301', E'$header\nClient\n  Bsn\n  Geboortedatum\n    $birth\n  Geslacht\n  Naam\n    $name\n  Communicatie?\n    Vorm=\n    Taal=?\n  JuridischeStatus?\n  WettelijkeVertegenwoordiging?\n  Commentaar?'
			|| E'\n  Relaties?\n    Relatie+\n      Nummer\n      Volgorde?\n      Soort\n      Geboortedatum?\n        $birth\n      Geslacht?\n      Naam\n        $name\n      Contact\n        $contact'
			|| E'\n  Contactgegevens\n    Contact+\n      $contact\n  ToegewezenProducten\n    ToegewezenProduct+\n      ToewijzingNummer\n      ReferentieAanbieder?\n      Product?\n        $product'
			|| E'\n      Toewijzingsdatum\n      Toewijzingstijd\n      Ingangsdatum\n      Einddatum?\n      RedenWijziging?\n      Omvang?\n        $volume\n      Budget?\n      Commentaar?'),
		('305', E'$header\nClient\n  $client\n  StartProducten\n    StartProduct+\n      ToewijzingNummer?\n      Product?\n        $product\n      ToewijzingIngangsdatum?\n      Begindatum\n      StatusAanlevering'),
		('307', E'$header\nClient\n  $client\n  StopProducten\n    StopProduct+\n      ToewijzingNummer?\n      Product?\n        $product\n      ToewijzingIngangsdatum?\n      Begindatum\n      RedenBeeindiging\n      Einddatum\n      StatusAanlevering'),
		('323', E'$header\nDeclaratie\n  DeclaratieNummer\n  DeclaratiePeriode\n    $period\n  DeclaratieDagtekening\n  TotaalIngediendBedrag\n    $total\n  Clienten\n    Client+\n      Bsn\n      Prestaties\n        Prestatie+\n          $claim'),
		('325', E'$header\n  DeclaratieIdentificatie\n    $identification\n  XsltVersie?\n  XsdVersieDeclaratie\n    $versions\n  $codes\nDeclaratieAntwoord?\n  DeclaratieNummer\n  TotaalIngediendBedrag\n    $total\n  TotaalToegekendBedrag\n    $total'
			|| E'\n  Clienten?\n    Client+\n      Bsn\n      Prestaties\n        Prestatie+\n          $claim\n          $codes\n      $codes\n  $codes')
	),
	-- A part at a time, until none is left.
	tree(lines, depth) AS (
		SELECT p.lines, 0 FROM part p WHERE p.name = message_tree.kind AND p.name ~ '^3'
		UNION ALL
		SELECT (
			SELECT string_agg(CASE WHEN l.line ~ '^ *\$' THEN
					(SELECT regexp_replace(p.lines, '^', repeat(' ', length(l.line) - length(ltrim(l.line))), 'gn') FROM part p WHERE p.name = ltrim(l.line, ' $')) ELSE l.line END, E'\n' ORDER BY l.n)
			FROM string_to_table(t.lines, E'\n') WITH ORDINALITY l(line, n)), t.depth + 1
		FROM tree t WHERE t.lines ~ '\$'
	)
	SELECT t.lines FROM tree t WHERE t.lines !~ '\$';
END;
COMMENT ON FUNCTION message_tree(text) IS 'Elements of a message of this kind (301, 305, 307, 323, 325) below Bericht, in the order of the standard: a line each, indented by two spaces under its parent; ? may be missing, + may be repeated, = in the namespace of the base schema. NULL: a kind that is not written.';

CREATE FUNCTION message_fault(element text, fault text, required text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE invalid_parameter_value USING
		MESSAGE = format('cannot write the message: element %s', element), DETAIL = fault, HINT = required;
END $$;
COMMENT ON FUNCTION message_fault(text, text, text) IS 'Always an error (22023) that names an element of a message to be written, never its value.';

CREATE FUNCTION write_elements(content jsonb, tree text[], place text, message_prefix text, base_prefix text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	element text[];
	known text[] := '{}';
	inner_tree text[];
	tag text;
	part jsonb;
	occurrences jsonb;
	result text := '';
	i integer := 1;
	n integer := coalesce(cardinality(tree), 0);
BEGIN
	IF jsonb_typeof(content) IS DISTINCT FROM 'object' THEN
		PERFORM zorgregio.message_fault(place, 'Its content is not an object.', 'An object with the names of its elements as keys.');
	END IF;
	WHILE i <= n LOOP
		element := regexp_match(tree[i], '^(\w+)(.*)$');
		known := known || element[1];
		inner_tree := '{}';
		i := i + 1;
		WHILE i <= n AND tree[i] ~ '^ ' LOOP
			inner_tree := inner_tree || substr(tree[i], 3);
			i := i + 1;
		END LOOP;
		part := content -> element[1];
		IF part IS NULL OR jsonb_typeof(part) = 'null' THEN
			IF element[2] !~ '\?' THEN
				PERFORM zorgregio.message_fault(format('%s of %s', element[1], place), 'It is missing.', 'The standard demands it.');
			END IF;
			CONTINUE;
		END IF;
		occurrences := CASE WHEN element[2] ~ '\+' AND jsonb_typeof(part) = 'array' THEN part ELSE jsonb_build_array(part) END;
		IF jsonb_array_length(occurrences) = 0 THEN
			PERFORM zorgregio.message_fault(format('%s of %s', element[1], place), 'There is none.', 'At least one.');
		END IF;
		tag := concat(CASE WHEN element[2] ~ '=' THEN base_prefix ELSE message_prefix END, ':', element[1]);
		FOR part IN SELECT o FROM jsonb_array_elements(occurrences) WITH ORDINALITY a(o, k) ORDER BY k LOOP
			IF cardinality(inner_tree) > 0 THEN
				result := concat(result, '<', tag, '>', zorgregio.write_elements(part, inner_tree, element[1], message_prefix, base_prefix), '</', tag, '>');
			ELSIF jsonb_typeof(part) NOT IN ('string', 'number') OR btrim(part #>> '{}') = '' THEN
				PERFORM zorgregio.message_fault(format('%s of %s', element[1], place), 'It is empty, or not one value.', 'A text or a number.');
			ELSE
				result := concat(result, '<', tag, '>', replace(replace(replace(part #>> '{}', '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '</', tag, '>');
			END IF;
		END LOOP;
	END LOOP;
	IF EXISTS (SELECT FROM jsonb_object_keys(content) k WHERE k <> ALL (known)) THEN
		PERFORM zorgregio.message_fault((SELECT min(k) FROM jsonb_object_keys(content) k WHERE k <> ALL (known)) || ' of ' || place,
			'It does not belong there.', 'Elements: ' || array_to_string(known, ', ') || '.');
	END IF;
	RETURN result;
END $$;
COMMENT ON FUNCTION write_elements(jsonb, text[], text, text, text) IS 'The elements of a class from its content, in the order of the tree; an error when one is missing, unknown or empty. For write_message.';

CREATE FUNCTION write_message(law text, kind text, content jsonb) RETURNS xml
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	tree constant text := zorgregio.message_tree(kind);
	base constant text := CASE law WHEN 'Wmo' THEN 'iwmo' WHEN 'Jeugdwet' THEN 'ijw' END;
	prefix constant text := CASE law WHEN 'Wmo' THEN 'wmo' ELSE 'jw' END || kind;
BEGIN
	IF base IS NULL THEN
		RAISE invalid_parameter_value USING MESSAGE = format('"%s" is no law with messages', law), HINT = 'Laws: Wmo, Jeugdwet.';
	ELSIF tree IS NULL THEN
		RAISE invalid_parameter_value USING MESSAGE = format('messages of kind "%s" are not written', kind), HINT = 'Kinds: 301, 305, 307, 323, 325.';
	END IF;
	IF jsonb_typeof(content) = 'object' THEN
		content := jsonb_set(content, '{Header}', jsonb_build_object('BerichtVersie', '3', 'BerichtSubversie', '2',
			'BerichtCode', (SELECT CASE law WHEN 'Wmo' THEN c.wmo ELSE c.jw END
				FROM (VALUES ('301', '414', '436'), ('305', '418', '438'), ('307', '420', '440'), ('323', '484', '490'), ('325', '485', '491')) c(kind, wmo, jw) WHERE c.kind = write_message.kind))
			|| coalesce(content -> 'Header', '{}'));
	END IF;
	RETURN concat('<?xml version="1.0" encoding="UTF-8"?>',
		format('<%1$s:Bericht xmlns:%1$s="http://www.istandaarden.nl/%2$s/3_2/%1$s/schema" xmlns:%2$s="http://www.istandaarden.nl/%2$s/3_2/basisschema/schema">', prefix, base),
		zorgregio.write_elements(content, string_to_array(tree, E'\n'), 'Bericht', prefix, base), format('</%s:Bericht>', prefix))::xml;
END $$;
COMMENT ON FUNCTION write_message(text, text, jsonb) IS 'A message of iWmo (law Wmo) or iJw (Jeugdwet) 3.2 of kind 301, 305, 307, 323 or 325 from its content: an object with the names of the elements as keys, an array where an element is repeated. Elements come out in the order of the standard; the code and release in the header are filled in. A missing or unknown element is an error (22023).';

-- ---- Contents from values ----

CREATE FUNCTION message_cents(amount numeric, element text) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF amount IS NULL OR amount * 100 <> trunc(amount * 100) OR amount * 100 NOT BETWEEN 0 AND 999999999999 THEN
		PERFORM zorgregio.message_fault(element, 'It is no amount in whole cents, or does not fit.', 'Euro with at most two decimals.');
	END IF;
	RETURN to_jsonb(trunc(amount * 100)::bigint);
END $$;
COMMENT ON FUNCTION message_cents(numeric, text) IS 'Eurocents of an amount in euro (IV024); an error when it has parts of cents. For the writers of messages.';

CREATE FUNCTION message_signed(amount numeric, element text, credit boolean DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	RETURN jsonb_build_object(element, zorgregio.message_cents(abs(amount), element), 'DebetCredit', CASE WHEN coalesce(credit, amount < 0) THEN 'C' ELSE 'D' END);
COMMENT ON FUNCTION message_signed(numeric, text, boolean) IS 'An amount as a message has it: without sign, and debit or credit; 0 is debit (CS325). For the writers of messages.';

CREATE FUNCTION message_head(sender text, receiver text, identification text, dated date, base_version text, message_version text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	RETURN jsonb_build_object('Afzender', sender, 'Ontvanger', receiver,
		'BerichtIdentificatie', jsonb_build_object('Identificatie', identification, 'Dagtekening', dated),
		'XsdVersie', jsonb_build_object('BasisschemaXsdVersie', base_version, 'BerichtXsdVersie', message_version));
COMMENT ON FUNCTION message_head(text, text, text, date, text, text) IS 'Content of the header of a message. For the writers of messages.';

CREATE TYPE allotted_product AS (number bigint, reference text, indication indication, decided timestamp, change_reason text, remark text);
COMMENT ON TYPE allotted_product IS 'Allotted product (toegewezen product) of a 301 message, as read_allocations gives it.';
COMMENT ON COLUMN allotted_product.number IS 'Number of the allotment (toewijzingnummer).';
COMMENT ON COLUMN allotted_product.reference IS 'What the provider calls it (referentie aanbieder); NULL: nothing.';
COMMENT ON COLUMN allotted_product.indication IS 'Product, volume or budget, and period.';
COMMENT ON COLUMN allotted_product.decided IS 'Moment of the decision (toewijzingsdatum en -tijd).';
COMMENT ON COLUMN allotted_product.change_reason IS 'Reason of the change (reden wijziging); NULL: none.';
COMMENT ON COLUMN allotted_product.remark IS 'Remark (commentaar); NULL: none.';

CREATE FUNCTION allotted_content(allotted allotted_product) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	i constant zorgregio.indication := allotted.indication;
	volume constant zorgregio.volume := zorgregio.volume(i);
	period constant daterange := zorgregio.period(i);
	class constant text := 'ToegewezenProduct';
BEGIN
	IF zorgregio.at_least(volume) <> zorgregio.at_most(volume) THEN
		PERFORM zorgregio.message_fault('Omvang of ' || class, 'The volume is a bandwidth.', 'A message has one number.');
	ELSIF zorgregio.product(i) IS NOT NULL AND zorgregio.category(zorgregio.product(i)) IS NULL THEN
		PERFORM zorgregio.message_fault('Product of ' || class, 'The category of its code is not known.', 'Write the product with its category, such as 01:1001.');
	END IF;
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'ToewijzingNummer', allotted.number,
		'ReferentieAanbieder', allotted.reference,
		'Product', CASE WHEN zorgregio.product(i) IS NOT NULL THEN jsonb_build_object('Categorie', zorgregio.category(zorgregio.product(i)), 'Code', zorgregio.code(zorgregio.product(i))) END,
		'Toewijzingsdatum', to_char(allotted.decided, 'YYYY-MM-DD'),
		'Toewijzingstijd', to_char(allotted.decided, 'HH24:MI:SS'),
		'Ingangsdatum', lower(period),
		'Einddatum', upper(period) - 1,
		'RedenWijziging', allotted.change_reason,
		'Omvang', CASE WHEN volume IS NOT NULL THEN jsonb_build_object(
			'Volume', CASE WHEN zorgregio.unit_code(volume) = '83' THEN zorgregio.message_cents(zorgregio.at_most(volume), 'Volume') ELSE to_jsonb(zorgregio.at_most(volume)) END,
			'Eenheid', zorgregio.unit_code(volume), 'Frequentie', zorgregio.frequency_code(volume)) END,
		'Budget', CASE WHEN zorgregio.budget(i) IS NOT NULL THEN zorgregio.message_cents(zorgregio.budget(i), 'Budget') END,
		'Commentaar', allotted.remark));
END $$;
COMMENT ON FUNCTION allotted_content(allotted_product) IS 'Content of a ToegewezenProduct. For allocation_message.';

CREATE FUNCTION allocation_message(law text, municipality municipality, provider provider, identification text, dated date, client jsonb, products allotted_product[],
		base_version text DEFAULT '1.0.0', message_version text DEFAULT '1.0.0') RETURNS xml
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT write_message(law, '301', jsonb_build_object(
		'Header', message_head(municipality::text, provider::text, identification, dated, base_version, message_version),
		'Client', client || jsonb_build_object('ToegewezenProducten', jsonb_build_object('ToegewezenProduct',
			coalesce((SELECT jsonb_agg(allotted_content(ROW(p.number, p.reference, p.indication, p.decided, p.change_reason, p.remark)::allotted_product) ORDER BY p.n)
				FROM unnest(products) WITH ORDINALITY p(number, reference, indication, decided, change_reason, remark, n)), '[]')))));
END;
COMMENT ON FUNCTION allocation_message(text, municipality, provider, text, date, jsonb, allotted_product[], text, text) IS 'A 301 message (toewijzingsbericht) of a municipality to a provider about one client: who the client is as an object with the names of the standard (Bsn, Geboortedatum, Geslacht, Naam, Contactgegevens ...), and the allotted products. The counterpart of read_allocations.';

CREATE TYPE rejected_claim AS (client text, reference text, previous_reference text, number bigint, product product, product_period daterange, volume volume, tariff tariff, amount numeric, credit boolean, return_codes text[]);
COMMENT ON TYPE rejected_claim IS 'Rejected claim line (afgekeurde prestatie) of a 325 message: the line as read_claims gives it, and why it was rejected.';
COMMENT ON COLUMN rejected_claim.client IS 'BSN of the client, as the claim had it.';
COMMENT ON COLUMN rejected_claim.reference IS 'Reference of the line (referentienummer).';
COMMENT ON COLUMN rejected_claim.previous_reference IS 'Reference of the line that it credits (vorig referentienummer); NULL: none.';
COMMENT ON COLUMN rejected_claim.number IS 'The allotment (toewijzingnummer).';
COMMENT ON COLUMN rejected_claim.product IS 'Category and code as claimed.';
COMMENT ON COLUMN rejected_claim.product_period IS 'Days it bills (productperiode).';
COMMENT ON COLUMN rejected_claim.volume IS 'What was delivered (geleverd volume).';
COMMENT ON COLUMN rejected_claim.tariff IS 'Price per unit (producttarief); NULL: none, in euro.';
COMMENT ON COLUMN rejected_claim.amount IS 'In euro (ingediend bedrag); a credit line is negative.';
COMMENT ON COLUMN rejected_claim.credit IS 'Credit line or not; NULL: when the amount is negative.';
COMMENT ON COLUMN rejected_claim.return_codes IS 'Return codes (retourcodes), at least one.';

CREATE FUNCTION rejected_content(line rejected_claim) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'ProductReferentie', jsonb_build_object('ReferentieNummer', ($1).reference, 'VorigReferentieNummer', ($1).previous_reference),
		'ToewijzingNummer', ($1).number,
		'ProductCategorie', category(($1).product),
		'ProductCode', code(($1).product),
		'ProductPeriode', jsonb_build_object('Begindatum', lower(($1).product_period), 'Einddatum', upper(($1).product_period) - 1),
		'GeleverdVolume', CASE WHEN unit_code(($1).volume) = '83' THEN message_cents(at_most(($1).volume), 'GeleverdVolume') ELSE to_jsonb(at_most(($1).volume)) END,
		'Eenheid', unit_code(($1).volume),
		'ProductTarief', CASE WHEN ($1).tariff IS NOT NULL THEN message_cents(amount(($1).tariff), 'ProductTarief') END,
		'IngediendBedrag', message_signed(($1).amount, 'Bedrag', ($1).credit),
		'RetourCodes', jsonb_build_object('RetourCode', to_jsonb(($1).return_codes))));
COMMENT ON FUNCTION rejected_content(rejected_claim) IS 'Content of a Prestatie in an answer. For claim_answer_message.';

-- Return codes of classes without a fault: 0200. Nothing rejected: 8001 on the answer. All rejected for technical reasons:
-- 0001 in the header, and nothing is granted (TR342).
CREATE FUNCTION claim_answer_message(law text, municipality municipality, provider provider, identification text, dated date,
		claimed_identification text, claimed_dated date, declaration text, submitted numeric, rejected rejected_claim[], whole_rejected boolean DEFAULT false,
		base_version text DEFAULT '1.0.0', message_version text DEFAULT '1.0.0', claimed_base_version text DEFAULT '1.0.0', claimed_message_version text DEFAULT '1.0.0') RETURNS xml
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH line AS (
		SELECT r.n, r.client, CASE WHEN coalesce(r.credit, r.amount < 0) THEN -abs(r.amount) ELSE r.amount END AS signed,
			rejected_content(ROW(r.client, r.reference, r.previous_reference, r.number, r.product, r.product_period, r.volume, r.tariff, r.amount, r.credit, r.return_codes)::rejected_claim) AS content
		FROM unnest(rejected) WITH ORDINALITY r(client, reference, previous_reference, number, product, product_period, volume, tariff, amount, credit, return_codes, n)
	),
	client AS (
		SELECT min(l.n) AS n, jsonb_build_object('Bsn', l.client, 'Prestaties', jsonb_build_object('Prestatie', jsonb_agg(l.content ORDER BY l.n)),
			'RetourCodes', jsonb_build_object('RetourCode', '0200')) AS content
		FROM line l GROUP BY l.client
	)
	SELECT write_message(law, '325', jsonb_build_object(
		'Header', message_head(municipality::text, provider::text, identification, dated, base_version, message_version) || jsonb_build_object(
			'DeclaratieIdentificatie', jsonb_build_object('Identificatie', claimed_identification, 'Dagtekening', claimed_dated),
			'XsdVersieDeclaratie', jsonb_build_object('BasisschemaXsdVersie', claimed_base_version, 'BerichtXsdVersie', claimed_message_version),
			'RetourCodes', jsonb_build_object('RetourCode', CASE WHEN whole_rejected THEN '0001' ELSE '0200' END)),
		'DeclaratieAntwoord', jsonb_strip_nulls(jsonb_build_object(
			'DeclaratieNummer', declaration,
			'TotaalIngediendBedrag', message_signed(submitted, 'TotaalBedrag'),
			'TotaalToegekendBedrag', message_signed(CASE WHEN whole_rejected THEN 0 ELSE submitted - coalesce((SELECT sum(l.signed) FROM line l), 0) END, 'TotaalBedrag'),
			'Clienten', (SELECT jsonb_build_object('Client', jsonb_agg(c.content ORDER BY c.n)) FROM client c HAVING count(*) > 0),
			'RetourCodes', jsonb_build_object('RetourCode', CASE WHEN cardinality(rejected) = 0 AND NOT whole_rejected THEN '8001' ELSE '0200' END)))));
END;
COMMENT ON FUNCTION claim_answer_message(text, municipality, provider, text, date, text, date, text, numeric, rejected_claim[], boolean, text, text, text, text) IS 'A 325 message (declaratieantwoord) of a municipality to a provider: identification and date of the 323 message it answers, number of the declaration, total that was submitted in euro, and the rejected lines with their return codes. What is granted follows: submitted less rejected, or 0 when the whole declaration is rejected (TR342).';
