-- 96-claim-writers: 323 messages (declaraties) from values, and their answers, 325 messages (declaratieantwoorden).

CREATE FUNCTION message_claim_line(law text, reference text, previous_reference text, number bigint, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, credit boolean, return_codes text[]) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "Prestatie",
        xmlforest(xmlforest(message_text(reference, 'ReferentieNummer', 'Prestatie', NULL, '^.{1,20}$', 'Text of 1 to 20 characters.') AS "basis:ReferentieNummer",
                message_text(previous_reference, 'VorigReferentieNummer', 'Prestatie', NULL, '^.{1,20}$', 'Text of 1 to 20 characters.', true) AS "basis:VorigReferentieNummer") AS "ProductReferentie",
            message_number(number::text, 'ToewijzingNummer', 'Prestatie', NULL, 9) AS "ToewijzingNummer",
            message_choice(category(product), 'ProductCategorie', 'Prestatie', NULL, message_categories(law)) AS "ProductCategorie",
            message_text(code(product), 'ProductCode', 'Prestatie', NULL, '^.', 'Code of 1 to 5 letters and digits.') AS "ProductCode",
            xmlforest(message_date(pg_catalog.to_char(pg_catalog.lower(product_period), 'YYYY-MM-DD'), 'Begindatum', 'Prestatie', NULL) AS "basis:Begindatum",
                message_date(pg_catalog.to_char(pg_catalog.upper(product_period) - 1, 'YYYY-MM-DD'), 'Einddatum', 'Prestatie', NULL) AS "basis:Einddatum") AS "ProductPeriode",
            message_volume(volume, 'Prestatie') AS "GeleverdVolume", unit_code(volume) AS "Eenheid",
            message_number((amount(tariff) * 100)::bigint::text, 'ProductTarief', 'Prestatie', NULL, 8, true) AS "ProductTarief",
            xmlforest(message_number((pg_catalog.abs(amount) * 100)::bigint::text, 'Bedrag', 'Prestatie', NULL, 8) AS "basis:Bedrag",
                CASE WHEN coalesce(credit, amount < 0) THEN 'C' ELSE 'D' END AS "basis:DebetCredit") AS "IngediendBedrag"),
        CASE WHEN return_codes IS NOT NULL THEN message_return_codes(return_codes) END);
COMMENT ON FUNCTION message_claim_line(text, text, text, bigint, product, daterange, volume, tariff, numeric, boolean, text[]) IS 'Element Prestatie of a 323 message, or of a 325 message when there are return codes.';

CREATE FUNCTION claimed_line(law text, reference text, number bigint, product product, product_period daterange, volume volume, tariff tariff, amount numeric,
        credit boolean DEFAULT NULL, previous_reference text DEFAULT NULL) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN message_claim_line(law, reference, previous_reference, number, product, product_period, volume, tariff, amount, credit, NULL);
COMMENT ON FUNCTION claimed_line(text, text, bigint, product, daterange, volume, tariff, numeric, boolean, text) IS 'Element Prestatie of a 323 message, as read_claims reads it; amounts and tariffs in whole cents. Credit NULL: when the amount is negative.';

CREATE FUNCTION claimed_client(bsn text, lines xml) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN xmlelement(NAME "Client", xmlforest(message_client(bsn, 'Client', NULL) AS "Bsn", lines AS "Prestaties"));
COMMENT ON FUNCTION claimed_client(text, xml) IS 'Element Client of a 323 message, with the lines that claimed_line makes.';

CREATE FUNCTION claim_message(law text, identification text, dated date, provider provider, municipality municipality,
        declaration text, declaration_period daterange, declared date, total numeric, clients xml) RETURNS xml
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN message_document(law, '323', provider, municipality, identification, dated,
        xmlelement(NAME "Declaratie", xmlforest(
            message_text(declaration, 'DeclaratieNummer', 'Declaratie', NULL, '^[a-zA-Z0-9]{1,12}$', '1 to 12 letters and digits (CS319).') AS "DeclaratieNummer",
            xmlforest(message_date(pg_catalog.to_char(pg_catalog.lower(declaration_period), 'YYYY-MM-DD'), 'Begindatum', 'DeclaratiePeriode', NULL) AS "basis:Begindatum",
                message_date(pg_catalog.to_char(pg_catalog.upper(declaration_period) - 1, 'YYYY-MM-DD'), 'Einddatum', 'DeclaratiePeriode', NULL) AS "basis:Einddatum") AS "DeclaratiePeriode",
            message_date(pg_catalog.to_char(declared, 'YYYY-MM-DD'), 'DeclaratieDagtekening', 'Declaratie', NULL) AS "DeclaratieDagtekening",
            message_total((total * 100)::bigint) AS "TotaalIngediendBedrag",
            clients AS "Clienten")));
COMMENT ON FUNCTION claim_message(text, text, date, provider, municipality, text, daterange, date, numeric, xml) IS 'A 323 message (declaratiebericht): number, month, date and total in euro of the declaration, and the clients that claimed_client makes.';

-- Not STRICT. The values of rejected lines are those of the message that is answered (TR367).
CREATE FUNCTION claim_answer_message(message xml, identification text, dated date, rejected_lines integer[] DEFAULT '{}', rejected_codes text[] DEFAULT '{}',
        header_code text DEFAULT NULL, declaration_code text DEFAULT NULL, xslt_version text DEFAULT NULL,
        base_version text DEFAULT '1.0.0', message_version text DEFAULT '1.0.0') RETURNS xml
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
    h record;
    header_end xml;
    answer xml;
BEGIN
    IF message IS NULL THEN
        RAISE null_value_not_allowed USING
            MESSAGE = 'there is no message to answer',
            HINT = 'A message is a value of type xml.';
    END IF;
    h := message_header(message);
    IF h.kind <> '323' THEN
        RAISE invalid_parameter_value USING
            MESSAGE = format('message of kind %s, not 323', h.kind),
            HINT = 'A 325 message answers a 323 message.';
    ELSIF cardinality(rejected_lines) <> cardinality(rejected_codes) THEN
        RAISE invalid_parameter_value USING
            MESSAGE = 'lines and return codes do not go together',
            DETAIL = format('There are %s lines and %s codes.', cardinality(rejected_lines), cardinality(rejected_codes)),
            HINT = 'Give one code per line; a line with two codes stands there twice.';
    ELSIF EXISTS (SELECT FROM unnest(coalesce(rejected_codes, '{}') || array_remove(ARRAY[header_code, declaration_code], NULL)) c WHERE c !~ '^[0-9A-Z]{4}$' OR c IS NULL) THEN
        RAISE invalid_parameter_value USING
            MESSAGE = 'not a return code',
            HINT = 'Return codes have four characters, such as 9321; message_rule has those of the rules.';
    END IF;
    header_end := xmlconcat(
        xmlelement(NAME "DeclaratieIdentificatie", message_identification(h.identification, h.dated)),
        xmlforest(message_text(xslt_version, 'XsltVersie', 'Header', NULL, '^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$', 'Version such as 1.0.0.', true) AS "XsltVersie"),
        xmlelement(NAME "XsdVersieDeclaratie", message_xsd_version(h.base_version, h.message_version)),
        message_return_codes(ARRAY[coalesce(header_code, '0200')]));
    IF header_code IS NULL THEN
        WITH line AS MATERIALIZED (
            SELECT r.*, j.codes FROM read_claims(message) r
                LEFT JOIN (SELECT u.line, array_agg(DISTINCT u.code ORDER BY u.code) AS codes FROM unnest(rejected_lines, rejected_codes) u(line, code) GROUP BY u.line) j ON j.line = r.line
        ),
        -- a client may come back further on in a message; each time is a client of the answer
        numbered AS (
            SELECT l.*, count(*) FILTER (WHERE l.begins) OVER (ORDER BY l.line) AS nth
            FROM (SELECT l.*, l.client IS DISTINCT FROM lag(l.client) OVER (ORDER BY l.line) AS begins FROM line l) l
        ),
        client AS (
            SELECT n.nth, xmlelement(NAME "Client", xmlforest(n.client AS "Bsn",
                xmlagg(message_claim_line(h.law, n.reference, n.previous_reference, n.number, n.product, n.product_period, n.volume, n.tariff, n.amount, n.credit, n.codes) ORDER BY n.line) AS "Prestaties"),
                message_return_codes('{0200}')) AS element
            FROM numbered n WHERE n.codes IS NOT NULL GROUP BY n.nth, n.client
        ),
        total AS (
            SELECT (min(l.declared_total) * 100)::bigint AS submitted, coalesce((sum(l.amount) FILTER (WHERE l.codes IS NOT NULL) * 100)::bigint, 0) AS rejected,
                min(l.declaration) AS declaration, count(l.codes) AS n FROM line l
        )
        SELECT xmlelement(NAME "DeclaratieAntwoord",
            xmlforest(t.declaration AS "DeclaratieNummer", message_total(t.submitted) AS "TotaalIngediendBedrag",
                message_total(CASE WHEN declaration_code IS NULL THEN t.submitted - t.rejected ELSE 0 END) AS "TotaalToegekendBedrag",
                CASE WHEN declaration_code IS NULL THEN (SELECT xmlagg(c.element ORDER BY c.nth) FROM client c) END AS "Clienten"),
            message_return_codes(ARRAY[coalesce(declaration_code, CASE WHEN t.n = 0 THEN '8001' ELSE '0200' END)]))
        INTO answer FROM total t;
    END IF;
    RETURN message_document(h.law, '325', h.provider, h.municipality, identification, dated, answer, header_end, base_version, message_version);
END $$;
COMMENT ON FUNCTION claim_answer_message(xml, text, date, integer[], text[], text, text, text, text, text) IS 'A 325 message (declaratie-antwoordbericht) to a 323 message (IV087). Rejected are the lines with these numbers, as read_claims numbers them, each for the return code beside it; all others are granted. With a code for the header (0001) the whole message is refused and the answer is a header; with one for the declaration (9333) nothing is granted. xslt_version: of the XSLTs that it was refused by.';
