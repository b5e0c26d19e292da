-- 73-check-claims: which claim lines break which rules, and why.
--
-- In this order, since what is rejected before does not count in what comes after:
--   1 every line by itself                               claim_lines.problems
--   2 what is wrong with a message as a whole            TR315, TR316, TR358, TR416 and all rules of 1 that reject a message
--   3 what was sent in twice                             TR333, TR314; a rejected message was not sent (OP286)
--   4 the lines of an allotment one after another        TR322, TR323, TR369, TR389, TR390
-- Lines come in the order of their declarations, credit lines of a declaration first (OP366), then by reference: a
-- declaration may have come in several messages, and the order of loading must not decide which of two lines is wrong.

-- Compiling these queries (JIT) would take longer than running them, and what is joined is always all claims.
CREATE OR REPLACE FUNCTION @region@.claim_judgements() RETURNS TABLE (claim bigint, declaration bigint, rule text, found text, required text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_mergejoin = off SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	-- Most lines are right, and this finds out fast. It may suspect a right line, never pass a wrong one: two contracts
	-- for an allotment make its lines stand twice, which is suspect, and a line without a contract is judged with the
	-- ordinary tariff and without.
	WITH looked_at AS MATERIALIZED (
		SELECT c.number, claim_series_suspect(a.indication, c.product_period, c.volume, c.amount, c.credit)
				OR bool_or(a.change_reason = '13' OR c.client <> a.client OR d.declared - upper(c.product_period) > 1800
					OR CASE WHEN k.key IS NOT NULL THEN NOT k.valid @> lower(c.product_period)
						WHEN c.product IS NOT NULL AND (c.product = product(a.indication)) IS NOT TRUE THEN a.provider IN (SELECT g.provider FROM contracts g WHERE g.tariff_group IS NOT NULL) END
					OR claim_suspect(a.indication, coalesce(c.product, product(a.indication)), c.product_period, c.volume, c.tariff, c.amount, d.period,
						c.credit, c.previous_reference, (SELECT price_list()), k.tariff_group)) AS suspect
		FROM claims c
			LEFT JOIN declarations d ON d.id = c.declaration
			LEFT JOIN (allocations a LEFT JOIN contracts k ON k.tariff_group IS NOT NULL AND k.kind <> 'subcontract' AND k.provider = a.provider
					AND k.municipality = a.municipality AND k.product = product(a.indication) AND k.valid && period(a.indication))
				ON a.number = c.number AND (d.id IS NULL OR a.provider = d.provider AND a.municipality = d.municipality AND (a.law = d.law) IS NOT FALSE)
		GROUP BY c.number
	),
	line AS MATERIALIZED (
		SELECT l.* FROM claim_lines l WHERE l.number IN (SELECT k.number FROM looked_at k WHERE k.suspect)
	),
	-- 1
	by_itself AS MATERIALIZED (
		SELECT w.id, w.declaration, CASE WHEN w.removed AND (w.f).rule = 'TR338' THEN 'TR384' ELSE (w.f).rule END AS rule,
			CASE WHEN (w.f).rule <> 'TR338' THEN (w.f).found WHEN w.removed THEN 'reason for change 13' ELSE w.number::text END AS found,
			CASE WHEN (w.f).rule <> 'TR338' THEN (w.f).required WHEN w.removed THEN 'an allotment that stands' ELSE 'number of an allotment to the provider' END AS required
		FROM (
			SELECT l.id, l.declaration, l.number, l.removed,
				claim_findings(CASE WHEN NOT l.removed THEN l.indication END, l.product, l.product_period, l.volume, l.tariff, l.amount, l.declaration_period, l.credit,
					l.credited_reference, CASE WHEN l.contract IS NOT NULL THEN (SELECT price_list()) END, l.tariff_group) AS f
			FROM line l WHERE cardinality(l.problems) > 0) w
		UNION ALL
		SELECT l.id, l.declaration, 'TR304', 'another client', 'the client of the allotment' FROM line l WHERE l.other_client
		UNION ALL
		SELECT l.id, l.declaration, 'TR335', to_char(upper(l.product_period) - 1, 'YYYY-MM-DD'), 'from ' || to_char(l.declared - interval '5 years', 'YYYY-MM-DD')
		FROM line l WHERE l.too_old
	),
	-- 2
	credit AS MATERIALIZED (
		SELECT l.id, l.declaration, l.reference, l.previous_reference FROM line l WHERE l.credit AND l.previous_reference IS NOT NULL AND l.declaration IS NOT NULL
	),
	in_message AS MATERIALIZED (
		SELECT t.id, t.declaration, 'TR416' AS rule, concat_ws(' ', t.product, period_text(t.product_period)) AS found, 'one debit line in a declaration' AS required
		FROM (SELECT t.*, row_number() OVER (PARTITION BY t.declaration, t.number, t.product, t.product_period ORDER BY t.reference COLLATE "C", t.id) AS n
			FROM line t WHERE NOT t.credit AND t.declaration IS NOT NULL) t
		WHERE t.n > 1
		UNION ALL
		SELECT c.id, c.declaration, 'TR315', c.previous_reference, 'one credit line in a declaration'
		FROM (SELECT c.*, row_number() OVER (PARTITION BY c.declaration, c.previous_reference ORDER BY c.reference COLLATE "C", c.id) AS n FROM credit c) c
		WHERE c.n > 1
		UNION ALL
		SELECT c.id, c.declaration, 'TR316', c.previous_reference, 'reference of a line that was declared before'
		FROM credit c
		WHERE EXISTS (SELECT FROM claims o WHERE o.declaration = c.declaration AND o.reference = c.previous_reference)
		UNION ALL
		SELECT NULL, d.id, 'TR358', d.total || ' euro', coalesce(s.amount, 0) || ' euro'
		FROM declarations d LEFT JOIN (SELECT c.declaration, sum(c.amount) AS amount FROM claims c GROUP BY c.declaration) s ON s.declaration = d.id
		WHERE d.total <> coalesce(s.amount, 0)
			-- lines that were not loaded are missing in the sum
			AND NOT EXISTS (SELECT FROM imports i WHERE i.declaration = d.id AND i.rejected > 0)
	),
	refused_message AS MATERIALIZED (
		SELECT m.declaration FROM in_message m
		UNION
		SELECT b.declaration FROM by_itself b JOIN message_rule r ON r.code = b.rule WHERE b.declaration IS NOT NULL AND r.rejects = 'message'
	),
	-- 3
	number_again AS MATERIALIZED (
		SELECT d.id, d.number FROM (
			SELECT d.id, d.number, row_number() OVER (PARTITION BY d.provider, d.law, d.number ORDER BY d.declared, d.municipality, d.period, d.total, d.id) AS n
			FROM declarations d LEFT JOIN refused_message m ON m.declaration = d.id
			WHERE m.declaration IS NULL) d
		WHERE d.n > 1
	),
	refused AS MATERIALIZED (
		SELECT m.declaration FROM refused_message m UNION ALL SELECT n.id FROM number_again n
	),
	reference_again AS MATERIALIZED (
		SELECT r.id, r.declaration, r.reference FROM (
			SELECT l.id, l.declaration, l.reference, row_number() OVER (PARTITION BY l.provider, l.law, l.reference
				ORDER BY l.declared, l.declaration_number COLLATE "C", l.number, l.product_period, l.amount, l.id) AS n
			FROM claim_lines l LEFT JOIN refused f ON f.declaration = l.declaration
			WHERE f.declaration IS NULL AND l.id IN (SELECT unnest(x.ids) FROM (
					SELECT repeated(hashtextextended(c.reference, coalesce(d.provider, (SELECT a.provider FROM allocations a WHERE a.number = c.number))::integer), c.id) AS ids
					FROM claims c LEFT JOIN declarations d ON d.id = c.declaration WHERE c.reference IS NOT NULL) x)) r
		WHERE r.n > 1
	),
	-- 4
	in_series AS MATERIALIZED (
		SELECT t.id, t.declaration,
			claim_series_finding(t.indication, t.product, t.product_period, t.volume, t.tariff, t.amount, t.credit, t.reference, t.previous_reference,
				num_nonnulls(b.id, g.id, f.declaration) > 0)
			OVER (PARTITION BY t.number ORDER BY t.declared NULLS FIRST, t.declaration_number COLLATE "C", t.declaration, t.declaration IS NOT NULL AND NOT t.credit,
				CASE WHEN t.declaration IS NOT NULL THEN t.reference END COLLATE "C", t.id) AS finding
		FROM line t
			LEFT JOIN (SELECT DISTINCT b.id FROM by_itself b) b ON b.id = t.id
			LEFT JOIN reference_again g ON g.id = t.id
			LEFT JOIN refused f ON f.declaration = t.declaration
	)
	SELECT b.id, b.declaration, b.rule, b.found, b.required FROM by_itself b
	UNION ALL
	SELECT m.id, m.declaration, m.rule, m.found, m.required FROM in_message m
	UNION ALL
	SELECT NULL, n.id, 'TR333', n.number, 'a number that the provider uses once' FROM number_again n
	UNION ALL
	SELECT g.id, g.declaration, 'TR314', g.reference, 'a reference that the provider uses once' FROM reference_again g
	UNION ALL
	SELECT s.id, s.declaration, (s.finding).rule, (s.finding).found, (s.finding).required FROM in_series s WHERE (s.finding).rule IS NOT NULL;
END $$;
COMMENT ON FUNCTION @region@.claim_judgements() IS 'All claim lines and declarations against all rules: the claim line (NULL: the declaration as a whole), its declaration, the rule that is broken, what was found and what is required. What check_claims and claim_answer rest on.';

CREATE OR REPLACE FUNCTION @region@.check_claims(from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (claim bigint, declaration text, number bigint, provider zorgregio.provider, municipality zorgregio.municipality,
		month date, rule text, return_code text, explanation text, found text, required text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	SELECT j.claim, d.number, c.number, coalesce(d.provider, a.provider), coalesce(d.municipality, a.municipality),
		date_trunc('month', coalesce(lower(c.product_period), lower(d.period)))::date AS month, j.rule, r.return_code, r.explanation, j.found, j.required
	FROM claim_judgements() j
		JOIN message_rule r ON r.code = j.rule
		LEFT JOIN claims c ON c.id = j.claim
		LEFT JOIN declarations d ON d.id = j.declaration
		LEFT JOIN allocations a ON a.number = c.number
	WHERE (from_month IS NULL OR coalesce(lower(c.product_period), lower(d.period)) >= date_trunc('month', from_month))
		AND (to_month IS NULL OR coalesce(lower(c.product_period), lower(d.period)) < date_trunc('month', to_month) + interval '1 month')
	ORDER BY month, coalesce(d.provider, a.provider), j.claim, j.rule;
END $$;
COMMENT ON FUNCTION @region@.check_claims(date, date) IS 'Claim lines that break a rule of iWmo/iJw 3.2 (controle van declaraties), one row per line and rule: the line (claims.id; NULL: its declaration as a whole), number of the declaration, allotment, provider, municipality, month of the product period, rule, return code, what is wrong, what was found and what is required. Only lines with a product period in the months from_month to to_month, NULL: no bound; lines of other months count in sums.';
