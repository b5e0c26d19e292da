-- 92-claim-problems: the rules that one claim line (prestatie) breaks.

-- Not STRICT: no allotment, tariff, declaration or previous reference is a finding or a case of its own.
CREATE FUNCTION claim_problems(indication indication, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, declaration_period daterange DEFAULT NULL,
        credit boolean DEFAULT NULL, previous_reference text DEFAULT NULL) RETURNS text[]
    AS 'MODULE_PATHNAME', 'claim_problems'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_problems(indication, product, daterange, volume, tariff, numeric, daterange, boolean, text) IS 'Codes of the iWmo/iJw 3.2 rules that a claim line (prestatie) breaks, in order, empty when none: those that the line and its allotment decide. Amount in euro. No allotment (NULL): TR338. No tariff: NULL. No declaration period: TR319 and CS340 are not judged. Credit NULL: when the amount is negative; otherwise the sign of the amount means nothing. Product, period, volume or amount NULL: NULL.';
