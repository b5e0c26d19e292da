-- 94-claim-findings: what one claim line (prestatie) breaks, with what was found and what is required.

CREATE TYPE claim_finding AS (rule text, found text, required text);
COMMENT ON TYPE claim_finding IS 'A rule that a claim line breaks, with what was found and what is required, in words.';
COMMENT ON COLUMN claim_finding.rule IS 'Code of the rule (regelcode), such as TR322; message_rule has its return code.';
COMMENT ON COLUMN claim_finding.found IS 'What the line says, or what follows from it (gevonden).';
COMMENT ON COLUMN claim_finding.required IS 'What the rule asks (vereist).';

-- For the lines that claim_problems finds something in: words cost time. Not STRICT, as claim_problems.
CREATE FUNCTION claim_findings(indication indication, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, declaration_period daterange DEFAULT NULL, credit boolean DEFAULT NULL,
        previous_reference text DEFAULT NULL, prices tariff_book DEFAULT NULL, tariff_group text DEFAULT NULL)
    RETURNS SETOF claim_finding
    AS 'MODULE_PATHNAME', 'claim_findings'
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 2;
COMMENT ON FUNCTION claim_findings(indication, product, daterange, volume, tariff, numeric, daterange, boolean, text, tariff_book, text) IS 'The rules that a claim line (prestatie) breaks, as claim_problems with the same arguments, one row each with what was found and what is required.';
