-- 74-check-allocations: which allotments break which rules.
--
-- Two allotments of one client to one provider may not be for the same product on the same day (OP259, TR302): the same
-- category and code, the same category when one of them has no code, anything when one has no product. Aids of the Wmo
-- (categories 11 to 14) may. What was removed counts for nothing. Of the two the one decided later is the wrong one.

CREATE OR REPLACE FUNCTION @region@.check_allocations()
	RETURNS TABLE (number bigint, provider zorgregio.provider, municipality zorgregio.municipality, rule text, return_code text,
		explanation text, found text, required text, other bigint)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH standing AS (
		SELECT a.number, a.client, a.provider, a.municipality, a.indication, p.period, p.category, p.code, p.law,
			coalesce(a.decided_at, a.decided, '-infinity') AS decided, count(*) OVER (PARTITION BY a.client, a.provider) AS n
		FROM allocations a CROSS JOIN LATERAL (
			SELECT period(a.indication), category(product(a.indication)), code(product(a.indication)), coalesce(a.law, law(product(a.indication)))) p(period, category, code, law)
		WHERE NOT (coalesce(a.change_reason, '') IN ('01', '13') AND upper(p.period) = lower(p.period) + 1)
	),
	several AS MATERIALIZED (
		SELECT s.* FROM standing s WHERE s.n > 1
	),
	broken AS (
		SELECT a.number, a.provider, a.municipality, p.rule, a.indication::text AS found, CASE p.rule
				WHEN 'CD041' THEN 'a volume'
				WHEN 'CD080' THEN 'no volume'
				WHEN 'CS338' THEN 'per week, per month or in total'
				ELSE 'an end date' END AS required, NULL::bigint AS other
		FROM allocations a CROSS JOIN LATERAL unnest(problems(a.indication)) p(rule)
		UNION ALL
		SELECT a.number, a.provider, a.municipality, 'CS335', period_text(period(a.indication)), 'the first day only', NULL
		FROM allocations a WHERE a.change_reason = '13' AND NOT never_sent(a.indication, a.change_reason)
		UNION ALL
		SELECT a.number, a.provider, a.municipality, 'CS336', 'reason for change 01', 'another reason', NULL
		FROM allocations a WHERE a.change_reason = '01'
		UNION ALL
		SELECT b.number, b.provider, b.municipality, CASE WHEN a.municipality = b.municipality THEN 'TR302' ELSE 'OP259' END,
			b.indication::text, format('not beside %s, %s', a.indication, period_text(a.period * b.period)), a.number
		FROM several a JOIN several b ON b.client = a.client AND b.provider = a.provider AND b.period && a.period
			AND (b.decided, b.number) > (a.decided, a.number)
		WHERE (a.law = b.law) IS NOT FALSE
			AND (a.category = b.category) IS NOT FALSE
			AND (a.category IS NULL OR b.category IS NULL OR (a.code = b.code) IS NOT FALSE)
			AND (a.category IN ('11', '12', '13', '14')) IS NOT TRUE AND (b.category IN ('11', '12', '13', '14')) IS NOT TRUE
	)
	SELECT b.number, b.provider, b.municipality, b.rule, r.return_code, r.explanation, b.found, b.required, b.other
	FROM broken b JOIN message_rule r ON r.code = b.rule
	ORDER BY b.number, b.rule, b.other;
END $$;
COMMENT ON FUNCTION @region@.check_allocations() IS 'Allotments that break a rule of iWmo/iJw 3.2 (controle van toewijzingen), one row per allotment and rule: number, provider, municipality, rule, return code, what is wrong, what was found and what is required. TR302, OP259: the same product twice for the same client, provider and days, with the number of the other allotment.';
