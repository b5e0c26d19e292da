-- 81-admission: the outcome of an admission (toelating), and what a receipt says, without any table.

CREATE FUNCTION admission_outcome(verdict[]) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE
		WHEN 'not met' = ANY ($1) THEN 'reject'
		WHEN 'unknown' = ANY ($1) THEN 'incomplete'
		ELSE 'admit' END;
COMMENT ON FUNCTION admission_outcome(verdict[]) IS 'Outcome (uitkomst) that follows from the verdicts on all checks: reject when one is not met, else incomplete when one is unknown, else admit.';

CREATE FUNCTION period_text(daterange) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
	RETURN CASE
		WHEN isempty($1) THEN 'never'
		WHEN lower_inf($1) AND upper_inf($1) THEN 'always'
		WHEN upper_inf($1) THEN 'from ' || to_char(lower($1), 'YYYY-MM-DD')
		WHEN lower_inf($1) THEN 'up to ' || to_char(upper($1) - 1, 'YYYY-MM-DD')
		ELSE to_char(lower($1), 'YYYY-MM-DD') || ' to ' || to_char(upper($1) - 1, 'YYYY-MM-DD') END;
COMMENT ON FUNCTION period_text(daterange) IS 'A period for people, last day included, the same under every DateStyle: 2026-01-01 to 2026-12-31.';

-- ---- Receipts: {"as_of": day, "facts": {...}, "checks": [{"check", "requirement", "valid_from", "valid_until", ...}], ...} ----

-- Dates in a receipt are ISO, which reads the same under every setting.
CREATE FUNCTION replay_checks(receipt jsonb, OUT check_name text, OUT recorded verdict, OUT verdict verdict, OUT explanation text, OUT basis text)
	RETURNS SETOF record
	LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	SELECT c.item ->> 'check', (c.item ->> 'verdict')::verdict,
		check_threshold(r.requirement, r.facts, r.valid, r.as_of), explain_threshold(r.requirement, r.facts, r.valid, r.as_of),
		c.item ->> 'basis'
	FROM jsonb_array_elements(receipt -> 'checks') WITH ORDINALITY c(item, n),
		LATERAL (SELECT (c.item ->> 'requirement')::threshold, receipt -> 'facts', (receipt ->> 'as_of')::date,
			daterange((c.item ->> 'valid_from')::date, (c.item ->> 'valid_until')::date)) r(requirement, facts, as_of, valid)
	ORDER BY c.n;
END;
COMMENT ON FUNCTION replay_checks(jsonb) IS 'Judges every check of a receipt again, from the receipt alone: the recorded verdict, the verdict now, and the reasons (narekenen).';

CREATE FUNCTION replay(receipt jsonb) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
	RETURN (SELECT admission_outcome(array_agg(c.verdict)) FROM replay_checks(receipt) c);
COMMENT ON FUNCTION replay(jsonb) IS 'The outcome that follows from a receipt alone (narekenen); equal to the decision''s, or the receipt was tampered with.';

CREATE FUNCTION facts_missing(threshold, facts jsonb) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION facts_missing(threshold, jsonb) IS 'The facts that keep the verdict on a dossier unknown: absent, null, or of another type than the rule asks (ontbrekende feiten); empty when the verdict is known.';
