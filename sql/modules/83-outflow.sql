-- 83-outflow: what the client-count outflow rule (uitstroom van aanbieders) needs without any table.

-- A rule is taken apart at its words, so the canonical text decides and not what somebody typed.
CREATE FUNCTION threshold_parts(threshold, OUT part integer, OUT role text, OUT comparison threshold)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	WITH word AS (
		SELECT n, m[1] AS word,
			count(*) FILTER (WHERE m[1] IN ('if', 'and', 'unless', 'or')) OVER (ORDER BY n) AS part,
			max(CASE m[1] WHEN 'if' THEN 1 WHEN 'unless' THEN 2 ELSE 0 END) OVER (ORDER BY n) AS role
		FROM regexp_matches($1::text, '(?:[^" ]|"(?:[^"\\]|\\.)*")+', 'g') WITH ORDINALITY AS w(m, n)
	)
	SELECT (w.part + 1)::integer, (ARRAY['requirement', 'condition', 'exception'])[w.role + 1],
		string_agg(w.word, ' ' ORDER BY w.n)::threshold
	FROM word w
	WHERE w.word NOT IN ('if', 'and', 'unless', 'or')
	GROUP BY w.part, w.role ORDER BY w.part;
END;
COMMENT ON FUNCTION threshold_parts(threshold) IS 'The comparisons of a rule, in the order of its text: first the requirement (eis), then its conditions (voorwaarden, after if) and exceptions (uitzonderingen, after unless), each a rule of its own.';

-- Not STRICT: most allotments have no reason for change. CASE, since AND would look at the period of these too.
CREATE FUNCTION never_sent(indication, change_reason text) RETURNS boolean
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN coalesce(CASE WHEN $2 = '13' THEN upper(period($1)) = lower(period($1)) + 1 END, false);
COMMENT ON FUNCTION never_sent(indication, text) IS 'Whether an allotment counts nowhere: reason for change 13 (verwijderd) with its last day equal to its first (WMO002, JZ002). An ordinary allotment of one day counts.';

CREATE FUNCTION full_months(since date, until date) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION full_months(date, date) IS 'Whole months (kalendermaanden) from a day up to, not including, another; from the 31st or 29 February a month ends on the last day of a shorter one.';

CREATE FUNCTION outflow_windows(as_of date) RETURNS TABLE (ends date, year_back daterange, calendar_year daterange)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT as_of + 1, daterange((as_of + 1 - interval '12 months')::date, as_of + 1), daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1))
	FROM (SELECT CASE WHEN isfinite(as_of) THEN extract(year FROM as_of + 1)::integer - 1 END) last(y)
	WHERE isfinite(as_of);
END;
COMMENT ON FUNCTION outflow_windows(date) IS 'The day after as_of, the twelve months up to it, and the last calendar year that is over; no row for no day or an infinite one.';
