-- 95-region-checks: the checks of a region by its name.
--
-- They run with the rights of the caller.

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

CREATE FUNCTION check_allocations(region text)
	RETURNS TABLE (number bigint, provider provider, municipality municipality, rule text, return_code text,
		explanation text, found text, required text, other bigint)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	PERFORM require_region(region);
	RETURN QUERY EXECUTE format('SELECT * FROM %I.check_allocations()', region);
END $$;
COMMENT ON FUNCTION check_allocations(text) IS 'Allotments of a region that break a rule: its check_allocations, by the name of the region.';

CREATE FUNCTION claim_answer(region text, from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (declaration bigint, number text, law text, provider provider, municipality municipality, month date,
		submitted numeric, granted numeric, rejected numeric, lines bigint, rejected_lines bigint, refused boolean, return_codes text[])
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	PERFORM require_region(region);
	RETURN QUERY EXECUTE format('SELECT * FROM %I.claim_answer($1, $2)', region) USING from_month, to_month;
END $$;
COMMENT ON FUNCTION claim_answer(text, date, date) IS 'The answers to the declarations of a region: its claim_answer, by the name of the region.';

CREATE FUNCTION control_signals(region text, from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (signal text, provider provider, municipality municipality, month date, number bigint, claim bigint, amount numeric, explanation text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	PERFORM require_region(region);
	RETURN QUERY EXECUTE format('SELECT * FROM %I.control_signals($1, $2)', region) USING from_month, to_month;
END $$;
COMMENT ON FUNCTION control_signals(text, date, date) IS 'The control signals of a region row by row: its control_signals, by the name of the region.';

CREATE FUNCTION working_days(after date, until date) RETURNS integer
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	-- 2000-01-03 is a Monday
	SELECT 5 * ((u.d - u.w) / 7 - (a.d - a.w) / 7) + least(u.w, 4) - least(a.w, 4)
	FROM (SELECT after - date '2000-01-03') x(d), LATERAL (SELECT x.d, (x.d % 7 + 7) % 7) a(d, w),
		(SELECT until - date '2000-01-03') y(d), LATERAL (SELECT y.d, (y.d % 7 + 7) % 7) u(d, w);
END;
COMMENT ON FUNCTION working_days(date, date) IS 'Working days (werkdagen), Monday to Friday, after the first day up to and including the second: from Friday to Monday is 1. Public holidays count as working days.';
