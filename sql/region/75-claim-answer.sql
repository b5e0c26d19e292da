-- 75-claim-answer: what is granted and what is rejected, as a 325 message says it (declaratieantwoord; IV087, TR342).
--
-- A line is granted or rejected as a whole. Of a declaration that is refused as a whole nothing is granted: a message
-- with a technical mistake (0001) counts as not sent, one whose number was used before (9333) too.

CREATE OR REPLACE FUNCTION @region@.claim_answer_lines(from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (claim bigint, declaration bigint, number bigint, reference text, amount numeric, granted boolean, refused boolean, rules text[], return_codes text[])
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH judged AS MATERIALIZED (
		SELECT j.claim, j.declaration, j.rule, r.return_code, r.rejects FROM claim_judgements() j JOIN message_rule r ON r.code = j.rule
	),
	by_line AS (
		SELECT j.claim, array_agg(DISTINCT j.rule ORDER BY j.rule) AS rules, array_agg(DISTINCT j.return_code ORDER BY j.return_code) AS return_codes
		FROM judged j WHERE j.claim IS NOT NULL GROUP BY j.claim
	),
	refused AS (
		SELECT DISTINCT j.declaration FROM judged j WHERE j.declaration IS NOT NULL AND j.rejects IN ('message', 'declaration')
	)
	SELECT c.id, c.declaration, c.number, c.reference, c.amount::numeric, l.claim IS NULL AND f.declaration IS NULL, f.declaration IS NOT NULL,
		coalesce(l.rules, '{}'), coalesce(l.return_codes, '{}')
	FROM claims c
		LEFT JOIN declarations d ON d.id = c.declaration
		LEFT JOIN by_line l ON l.claim = c.id
		LEFT JOIN refused f ON f.declaration = c.declaration
	WHERE (from_month IS NULL OR coalesce(lower(d.period), lower(c.product_period)) >= date_trunc('month', from_month))
		AND (to_month IS NULL OR coalesce(lower(d.period), lower(c.product_period)) < date_trunc('month', to_month) + interval '1 month');
END $$;
COMMENT ON FUNCTION @region@.claim_answer_lines(date, date) IS 'What becomes of every claim line (antwoord per prestatie): granted or not, whether its declaration is refused as a whole, and the rules and return codes of what is wrong with the line itself. Of declarations of the months from_month to to_month (lines without a declaration: by their product period), NULL: no bound.';

CREATE OR REPLACE FUNCTION @region@.claim_answer(from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (declaration bigint, number text, law text, provider zorgregio.provider, municipality zorgregio.municipality, month date,
		submitted numeric, granted numeric, rejected numeric, lines bigint, rejected_lines bigint, refused boolean, return_codes text[])
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH judged AS MATERIALIZED (
		SELECT j.claim, j.declaration, j.rule, r.return_code, r.rejects FROM claim_judgements() j JOIN message_rule r ON r.code = j.rule
		WHERE j.declaration IS NOT NULL
	),
	wrong AS (
		SELECT w.declaration, bool_or(w.refused) AS refused, array_agg(DISTINCT w.return_code ORDER BY w.return_code) FILTER (WHERE w.refused) AS return_codes,
			sum(c.amount) AS rejected, count(c.id) AS lines
		FROM (
			SELECT j.declaration, j.claim, j.rejects IN ('message', 'declaration') AS refused, j.return_code,
				row_number() OVER (PARTITION BY j.declaration, j.claim) AS n
			FROM judged j) w LEFT JOIN claims c ON c.id = w.claim AND w.n = 1
		GROUP BY w.declaration
	),
	sent AS (
		SELECT c.declaration, count(*) AS lines, sum(c.amount) AS amount FROM claims c GROUP BY c.declaration
	),
	-- lines that were not loaded are not granted either
	not_loaded AS (
		SELECT i.declaration, sum(i.rejected) AS lines FROM imports i WHERE i.rejected > 0 GROUP BY i.declaration
	)
	SELECT d.id, d.number, d.law, d.provider, d.municipality, lower(d.period), d.total::numeric, g.granted, d.total - g.granted,
		g.lines, CASE WHEN w.refused THEN g.lines ELSE coalesce(w.lines, 0) + coalesce(x.lines, 0) END, coalesce(w.refused, false),
		CASE WHEN '0001' = ANY (w.return_codes) THEN '{0001}' WHEN w.refused THEN w.return_codes
			WHEN w.lines > 0 OR x.lines > 0 THEN '{0200}' ELSE '{8001}' END::text[]
	FROM declarations d LEFT JOIN wrong w ON w.declaration = d.id LEFT JOIN sent s ON s.declaration = d.id LEFT JOIN not_loaded x ON x.declaration = d.id
		CROSS JOIN LATERAL (SELECT CASE WHEN w.refused THEN 0 ELSE coalesce(s.amount, 0) - coalesce(w.rejected, 0) END AS granted,
			coalesce(s.lines, 0) + coalesce(x.lines, 0) AS lines) g
	WHERE (from_month IS NULL OR lower(d.period) >= date_trunc('month', from_month))
		AND (to_month IS NULL OR lower(d.period) < date_trunc('month', to_month) + interval '1 month')
	ORDER BY lower(d.period), d.provider, d.number, d.id;
END $$;
COMMENT ON FUNCTION @region@.claim_answer(date, date) IS 'The answer to every declaration (declaratieantwoord), as a 325 message gives it: the total submitted, granted and rejected (TR342: rejected is submitted less granted), how many lines there are and are rejected, whether it is refused as a whole, and the return code of the declaration: 8001 all granted, 0200 some lines rejected, 9333 number used before, 0001 technically wrong. Of declarations of the months from_month to to_month, NULL: no bound.';
