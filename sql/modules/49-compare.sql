-- 49-compare: two price lists side by side, for scenarios before anything is decided.

CREATE FUNCTION compare(old_book tariff_book, new_book tariff_book, OUT product product, OUT tariff_group text, OUT valid daterange,
        OUT old_tariff tariff, OUT new_tariff tariff, OUT difference numeric, OUT percentage numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'tariff_book_compare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION compare(tariff_book, tariff_book) IS 'What a price list changes (vergelijking): per product, tariff group and period in which neither changes the old tariff, the new one (NULL: none), their difference in euro per unit and in percent, half up to two decimals. Difference and percentage are NULL when a tariff is missing or the units differ.';
