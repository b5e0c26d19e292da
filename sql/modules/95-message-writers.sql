-- 95-message-writers: iWmo/iJw 3.2 messages (berichten) from values: what they share, 301, 305 and 307.
--
-- Elements in the order of the standard. The namespace of the message is the default one, so that a part of a message
-- is the same whatever message it stands in; names of the base schema have the prefix basis. Values are checked as the
-- readers check them, with the same errors.

CREATE FUNCTION message_code(law text, kind text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    code text := (
        SELECT CASE message_code.law WHEN 'Wmo' THEN wmo WHEN 'Jeugdwet' THEN jw END
        FROM (VALUES ('301', '414', '436'), ('305', '418', '438'), ('307', '420', '440'), ('323', '484', '490'), ('325', '485', '491')) v(k, wmo, jw)
        WHERE k = message_code.kind);
BEGIN
    IF code IS NULL THEN
        RAISE invalid_parameter_value USING
            MESSAGE = format('no message of kind %s and law %s is written', coalesce(kind, 'NULL'), coalesce(law, 'NULL')),
            HINT = 'Laws: Wmo, Jeugdwet. Kinds: 301, 305, 307, 323, 325.';
    END IF;
    RETURN code;
END $$;
COMMENT ON FUNCTION message_code(text, text) IS 'Code of a kind of message (berichtcode) that can be written: 414 for a 301 of the Wmo.';

CREATE FUNCTION message_return_codes(codes text[]) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "RetourCodes", (SELECT xmlagg(xmlelement(NAME "RetourCode", c) ORDER BY n) FROM pg_catalog.unnest(codes) WITH ORDINALITY u(c, n)));
COMMENT ON FUNCTION message_return_codes(text[]) IS 'Element RetourCodes of an answer.';

CREATE FUNCTION message_xsd_version(base_version text, message_version text) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_text(base_version, 'BasisschemaXsdVersie', 'Header', NULL, '^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$', 'Version such as 1.0.0.') AS "basis:BasisschemaXsdVersie",
        message_text(message_version, 'BerichtXsdVersie', 'Header', NULL, '^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$', 'Version such as 1.0.0.') AS "basis:BerichtXsdVersie");
COMMENT ON FUNCTION message_xsd_version(text, text) IS 'Contents of element XsdVersie: versions of the base schema and of the schema of the message.';

CREATE FUNCTION message_identification(identification text, dated date) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_text(identification, 'Identificatie', 'Header', NULL, '^.{1,12}$', 'Text of 1 to 12 characters.') AS "basis:Identificatie",
        message_date(pg_catalog.to_char(dated, 'YYYY-MM-DD'), 'Dagtekening', 'Header', NULL) AS "basis:Dagtekening");
COMMENT ON FUNCTION message_identification(text, date) IS 'Contents of element BerichtIdentificatie: what the sender calls the message, and its date.';

CREATE FUNCTION message_total(cents bigint) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_number(pg_catalog.abs(cents)::text, 'TotaalBedrag', 'Declaratie', NULL, 12) AS "basis:TotaalBedrag", CASE WHEN cents < 0 THEN 'C' ELSE 'D' END AS "basis:DebetCredit");
COMMENT ON FUNCTION message_total(bigint) IS 'Contents of an element with a total: eurocents without sign, and D or C.';

CREATE FUNCTION message_document(law text, kind text, provider provider, municipality municipality, identification text, dated date,
        content xml, header_end xml DEFAULT NULL, base_version text DEFAULT '1.0.0', message_version text DEFAULT '1.0.0') RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "Bericht",
        xmlattributes('http://www.istandaarden.nl/' || CASE law WHEN 'Wmo' THEN 'iwmo/3_2/wmo' ELSE 'ijw/3_2/jw' END || kind || '/schema' AS "xmlns",
            'http://www.istandaarden.nl/' || CASE law WHEN 'Wmo' THEN 'iwmo' ELSE 'ijw' END || '/3_2/basisschema/schema' AS "xmlns:basis"),
        xmlelement(NAME "Header",
            xmlforest(message_code(law, kind) AS "BerichtCode", 3 AS "BerichtVersie", 2 AS "BerichtSubversie",
                message_text(CASE WHEN kind IN ('301', '325') THEN municipality::text ELSE provider::text END, 'Afzender', 'Header', NULL, '^', 'Code.') AS "Afzender",
                message_text(CASE WHEN kind IN ('301', '325') THEN provider::text ELSE municipality::text END, 'Ontvanger', 'Header', NULL, '^', 'Code.') AS "Ontvanger",
                message_identification(identification, dated) AS "BerichtIdentificatie",
                message_xsd_version(base_version, message_version) AS "XsdVersie"),
            header_end),
        content);
COMMENT ON FUNCTION message_document(text, text, provider, municipality, text, date, xml, xml, text, text) IS 'A message (bericht) of a law and kind: its header and, after that, its content. Who sends it follows from the kind.';

-- ---- Products and clients ----

CREATE FUNCTION message_product_code(law text, product product, class text) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_choice(category(product), 'Categorie', class, NULL, message_categories(law)) AS "basis:Categorie", code(product) AS "basis:Code");
COMMENT ON FUNCTION message_product_code(text, product, text) IS 'Contents of element Product: category, and code when there is one.';

CREATE FUNCTION message_volume(volume volume, class text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN message_number(CASE WHEN unit_code(volume) = '83' THEN amount(volume) * 100 ELSE amount(volume) END::bigint::text, 'Volume', class, NULL, 8);
COMMENT ON FUNCTION message_volume(volume, text) IS 'The number of a volume in a message: whole units, eurocents for euro; of a bandwidth the upper bound.';

CREATE FUNCTION allotted_product(law text, number bigint, indication indication, decided timestamp, reference text DEFAULT NULL,
        change_reason text DEFAULT NULL, remark text DEFAULT NULL) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "ToegewezenProduct",
        xmlforest(message_number(number::text, 'ToewijzingNummer', 'ToegewezenProduct', NULL, 9) AS "ToewijzingNummer",
            message_text(reference, 'ReferentieAanbieder', 'ToegewezenProduct', NULL, '^.{1,36}$', 'Text of 1 to 36 characters.', true) AS "ReferentieAanbieder",
            CASE WHEN product(indication) IS NOT NULL THEN message_product_code(law, product(indication), 'ToegewezenProduct') END AS "Product",
            message_date(pg_catalog.to_char(decided, 'YYYY-MM-DD'), 'Toewijzingsdatum', 'ToegewezenProduct', NULL) AS "Toewijzingsdatum",
            pg_catalog.to_char(decided, 'HH24:MI:SS') AS "Toewijzingstijd",
            message_date(pg_catalog.to_char(pg_catalog.lower(period(indication)), 'YYYY-MM-DD'), 'Ingangsdatum', 'ToegewezenProduct', NULL) AS "Ingangsdatum",
            (pg_catalog.upper(period(indication)) - 1) AS "Einddatum",
            message_choice(change_reason, 'RedenWijziging', 'ToegewezenProduct', NULL, '{01,02,03,04,05,06,07,08,09,10,11,12,13,14}', true) AS "RedenWijziging",
            CASE WHEN volume(indication) IS NOT NULL THEN xmlforest(message_volume(volume(indication), 'ToegewezenProduct') AS "basis:Volume",
                unit_code(volume(indication)) AS "basis:Eenheid",
                message_choice(frequency_code(volume(indication)), 'Frequentie', 'ToegewezenProduct', NULL, '{1,2,4,6}') AS "basis:Frequentie") END AS "Omvang",
            message_number((budget(indication) * 100)::bigint::text, 'Budget', 'ToegewezenProduct', NULL, 8, true) AS "Budget",
            remark AS "Commentaar"));
COMMENT ON FUNCTION allotted_product(text, bigint, indication, timestamp, text, text, text) IS 'Element ToegewezenProduct of a 301 message, as read_allocations reads it; xmlagg makes several.';

CREATE FUNCTION message_birth(born date) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_date(pg_catalog.to_char(born, 'YYYY-MM-DD'), 'Geboortedatum', 'Client', NULL) AS "basis:Datum");
COMMENT ON FUNCTION message_birth(date) IS 'Contents of element Geboortedatum.';

CREATE FUNCTION message_family_name(family_name text, name_prefix text) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_text(family_name, 'Achternaam', 'Client', NULL, '^.{1,200}$', 'Text of 1 to 200 characters.') AS "basis:Achternaam",
        message_text(name_prefix, 'Voorvoegsel', 'Client', NULL, '^.{1,10}$', 'Text of 1 to 10 characters.', true) AS "basis:Voorvoegsel");
COMMENT ON FUNCTION message_family_name(text, text) IS 'Contents of element Geslachtsnaam: family name, and what stands before it.';

CREATE FUNCTION allotted_client(bsn text, born date, sex text, family_name text, house_number integer, postcode text,
        name_prefix text DEFAULT NULL, initials text DEFAULT NULL, street text DEFAULT NULL, town text DEFAULT NULL) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_client(bsn, 'Client', NULL) AS "Bsn", message_birth(born) AS "Geboortedatum",
        message_choice(sex, 'Geslacht', 'Client', NULL, '{0,1,2}') AS "Geslacht",
        xmlforest(message_family_name(family_name, name_prefix) AS "basis:Geslachtsnaam",
            message_text(initials, 'Voorletters', 'Client', NULL, '^[a-zA-Z\u00C0-\u1EF3]{1,6}$', '1 to 6 letters.', true) AS "basis:Voorletters", '1' AS "basis:NaamGebruik") AS "Naam",
        xmlelement(NAME "Contact", xmlforest('01' AS "Soort",
            xmlforest(xmlforest(message_number(house_number::text, 'Huisnummer', 'Client', NULL, 5) AS "basis:Huisnummer") AS "basis:Huis",
                message_text(postcode, 'Postcode', 'Client', NULL, '^.{1,8}$', 'Text of 1 to 8 characters.') AS "basis:Postcode",
                message_text(street, 'Straatnaam', 'Client', NULL, '^.{1,24}$', 'Text of 1 to 24 characters.', true) AS "basis:Straatnaam",
                message_text(town, 'Plaatsnaam', 'Client', NULL, '^.{1,80}$', 'Text of 1 to 80 characters.', true) AS "basis:Plaatsnaam") AS "Adres")) AS "Contactgegevens");
COMMENT ON FUNCTION allotted_client(text, date, text, text, integer, text, text, text, text, text) IS 'The client of a 301 message: BSN, date of birth, sex (geslacht: 0 unknown, 1 male, 2 female), name and home address.';

CREATE FUNCTION served_client(bsn text, born date, sex text, family_name text, name_prefix text DEFAULT NULL, initials text DEFAULT NULL) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlforest(message_client(bsn, 'Client', NULL) AS "Bsn", message_birth(born) AS "Geboortedatum",
        message_choice(sex, 'Geslacht', 'Client', NULL, '{0,1,2}') AS "Geslacht",
        xmlforest(message_family_name(family_name, name_prefix) AS "basis:Geslachtsnaam",
            message_text(initials, 'Voorletters', 'Client', NULL, '^[a-zA-Z\u00C0-\u1EF3]{1,6}$', '1 to 6 letters.', true) AS "basis:Voorletters") AS "Naam");
COMMENT ON FUNCTION served_client(text, date, text, text, text, text) IS 'The client of a 305 or 307 message: BSN, date of birth, sex and name.';

CREATE FUNCTION started_product(law text, number bigint, product product, allocated date, started date, status text DEFAULT '1') RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "StartProduct",
        xmlforest(message_number(number::text, 'ToewijzingNummer', 'StartProduct', NULL, 9, true) AS "ToewijzingNummer",
            CASE WHEN product IS NOT NULL THEN message_product_code(law, product, 'StartProduct') END AS "Product", allocated AS "ToewijzingIngangsdatum",
            message_date(pg_catalog.to_char(started, 'YYYY-MM-DD'), 'Begindatum', 'StartProduct', NULL) AS "Begindatum",
            message_choice(status, 'StatusAanlevering', 'StartProduct', NULL, '{1,3}') AS "StatusAanlevering"));
COMMENT ON FUNCTION started_product(text, bigint, product, date, date, text) IS 'Element StartProduct of a 305 message, as read_starts reads it; status 3 removes one that was sent before.';

CREATE FUNCTION stopped_product(law text, number bigint, product product, allocated date, started date, ended date, stop_reason text, status text DEFAULT '1') RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "StopProduct",
        xmlforest(message_number(number::text, 'ToewijzingNummer', 'StopProduct', NULL, 9, true) AS "ToewijzingNummer",
            CASE WHEN product IS NOT NULL THEN message_product_code(law, product, 'StopProduct') END AS "Product", allocated AS "ToewijzingIngangsdatum",
            message_date(pg_catalog.to_char(started, 'YYYY-MM-DD'), 'Begindatum', 'StopProduct', NULL) AS "Begindatum",
            message_text(stop_reason, 'RedenBeeindiging', 'StopProduct', NULL, '^[0-9]{2}$', 'Code of two digits.') AS "RedenBeeindiging",
            message_date(pg_catalog.to_char(ended, 'YYYY-MM-DD'), 'Einddatum', 'StopProduct', NULL) AS "Einddatum",
            message_choice(status, 'StatusAanlevering', 'StopProduct', NULL, '{1,3}') AS "StatusAanlevering"));
COMMENT ON FUNCTION stopped_product(text, bigint, product, date, date, date, text, text) IS 'Element StopProduct of a 307 message, as read_stops reads it; status 3 removes one that was sent before.';

-- ---- Messages ----

CREATE FUNCTION allocation_message(law text, identification text, dated date, municipality municipality, provider provider, client xml, products xml) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN message_document(law, '301', provider, municipality, identification, dated,
        xmlelement(NAME "Client", client, xmlelement(NAME "ToegewezenProducten", products)));
COMMENT ON FUNCTION allocation_message(text, text, date, municipality, provider, xml, xml) IS 'A 301 message (toewijzingbericht): the client by allotted_client, the products by allotted_product.';

CREATE FUNCTION start_message(law text, identification text, dated date, provider provider, municipality municipality, client xml, products xml) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN message_document(law, '305', provider, municipality, identification, dated,
        xmlelement(NAME "Client", client, xmlelement(NAME "StartProducten", products)));
COMMENT ON FUNCTION start_message(text, text, date, provider, municipality, xml, xml) IS 'A 305 message (startbericht): the client by served_client, the products by started_product.';

CREATE FUNCTION stop_message(law text, identification text, dated date, provider provider, municipality municipality, client xml, products xml) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN message_document(law, '307', provider, municipality, identification, dated,
        xmlelement(NAME "Client", client, xmlelement(NAME "StopProducten", products)));
COMMENT ON FUNCTION stop_message(text, text, date, provider, municipality, xml, xml) IS 'A 307 message (stopbericht): the client by served_client, the products by stopped_product.';
