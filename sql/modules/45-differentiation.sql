-- 45-differentiation: tariff groups (tariefdifferentiatie) as a percentage of another group.

-- Not STRICT: a NULL group is the default group, as in tariff_on and for_group.
CREATE FUNCTION derive_group(book tariff_book, from_group text, to_group text, percentage numeric, step numeric DEFAULT 0.01,
        mode rounding_mode DEFAULT 'half_up') RETURNS tariff_book
    AS 'MODULE_PATHNAME', 'tariff_book_derive_group'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION derive_group(tariff_book, text, text, numeric, numeric, rounding_mode) IS 'The price list with a group (tariefgroep) more: the percentage of the unrounded amounts of the base group (NULL or empty: the default group), rounded to the step. Both groups then follow the same index.';
