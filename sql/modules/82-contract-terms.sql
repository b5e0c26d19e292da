-- 82-contract-terms: when a contract ends, may be extended, and until when to say so.
--
-- Months are shifted as PostgreSQL does: 31 August less 6 months is 28 (29) February.

CREATE FUNCTION term_end(start date, years integer) RETURNS date
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF years < 1 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'a term has at least one year',
			DETAIL = format('Found %s.', years);
	END IF;
	RETURN start + make_interval(years => years) - interval '1 day';
END $$;
COMMENT ON FUNCTION term_end(date, integer) IS 'Last day of a term of so many years that starts on this day (einde looptijd): 2026-01-01 and 5 give 2030-12-31.';

CREATE FUNCTION notice_date(last_day date, months integer DEFAULT 6) RETURNS date
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF months < 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'a notice period is not negative',
			DETAIL = format('Found %s months.', months);
	END IF;
	RETURN last_day - make_interval(months => months);
END $$;
COMMENT ON FUNCTION notice_date(date, integer) IS 'Latest day to give notice so many months before the last day of a term (uiterste meld- of opzegdatum); 6 months by art. 1.3.3 and 1.6.1 of the Contractstandaard Wmo 1.2.';

CREATE FUNCTION extension_options(last_day date, months integer DEFAULT 24, times integer DEFAULT 3, notice_months integer DEFAULT 6,
		OUT option integer, OUT starts date, OUT ends date, OUT notice date)
	RETURNS SETOF record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 3 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF months < 1 OR times < 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'an extension has at least one month, and options are counted from 0',
			DETAIL = format('Found %s options of %s months.', times, months);
	END IF;
	FOR n IN 1 .. times LOOP
		option := n;
		starts := last_day + 1 + make_interval(months => months * (n - 1));
		ends := last_day + 1 + make_interval(months => months * n) - interval '1 day';
		notice := zorgregio.notice_date(starts - 1, notice_months);
		RETURN NEXT;
	END LOOP;
END $$;
COMMENT ON FUNCTION extension_options(date, integer, integer, integer) IS 'Extensions of a term (verlengingsopties), by default 3 of 24 months: number, first and last day, and the latest day to announce it, before the term it follows ends.';
