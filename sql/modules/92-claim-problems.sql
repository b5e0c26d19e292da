-- 92-claim-problems: the rules that one claim line (prestatie) breaks.

-- Not STRICT: no allotment, tariff, declaration or previous reference is a finding or a case of its own; without a
-- product or a volume the rules about it are not judged.
CREATE FUNCTION claim_problems(indication indication, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, declaration_period daterange DEFAULT NULL,
        credit boolean DEFAULT NULL, previous_reference text DEFAULT NULL) RETURNS text[]
    AS 'MODULE_PATHNAME', 'claim_problems'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_problems(indication, product, daterange, volume, tariff, numeric, daterange, boolean, text) IS 'Codes of the iWmo/iJw 3.2 rules that a claim line (prestatie) breaks, in order, empty when none: those that the line and its allotment decide. Amount in euro. No allotment (NULL): TR338. No tariff: NULL. No declaration period: TR319 and CS340 are not judged. Credit NULL: when the amount is negative; otherwise the sign of the amount means nothing. Product or volume NULL: the rules about it are not judged. A volume with a bandwidth or a frequency: TR341. Period or amount NULL: NULL.';

CREATE FUNCTION claim_problems(indication indication, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, declaration_period daterange, credit boolean, previous_reference text,
        prices tariff_book, tariff_group text) RETURNS text[]
    AS 'MODULE_PATHNAME', 'claim_problems_priced'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_problems(indication, product, daterange, volume, tariff, numeric, daterange, boolean, text, tariff_book, text) IS 'The same, judged by the tariff of the contract too (TR418; TR341 when the allotment has no volume; TR346 with the tariff that the claimed one was rounded from): that of the price list for the product and tariff group (tariefgroep) on the first or the last day of the period. No price list or no tariff in it: as without.';
