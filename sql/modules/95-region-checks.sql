-- 95-region-checks: the checks of a region by its name.
--
-- They run with the rights of the caller.

CREATE FUNCTION require_region(region text) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
    IF region IS NULL OR NOT is_region(region) THEN
        RAISE invalid_schema_name USING
            MESSAGE = coalesce(format('schema "%s" is not a region', region), 'which region is not given'),
            HINT = 'CALL zorgregio.create_region makes one.';
    END IF;
END $$;
COMMENT ON FUNCTION require_region(text) IS 'An error (3F000) when there is no region of that name.';

CREATE FUNCTION check_claims(region text, from_month date DEFAULT NULL, to_month date DEFAULT NULL)
    RETURNS TABLE (claim bigint, declaration text, number bigint, provider provider, municipality municipality,
        month date, rule text, return_code text, explanation text, found text, required text)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
    PERFORM require_region(region);
    RETURN QUERY EXECUTE format('SELECT * FROM %I.check_claims($1, $2)', region) USING from_month, to_month;
END $$;
COMMENT ON FUNCTION check_claims(text, date, date) IS 'Claim lines of a region that break a rule: its check_claims, by the name of the region.';
