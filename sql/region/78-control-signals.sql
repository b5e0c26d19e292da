-- 78-control-signals: what stands out in claims and messages, row by row, for who may see allotments.
--
-- Signals with their reasons, no accusations: each may have a good explanation, and start and stop messages may not be a
-- ground to reject a claim (OP364). Working days are Monday to Friday; public holidays are not known here.
--
-- How many lines are judged wrong cannot be seen through the functions, so the planner would join all claims row by row:
-- hence enable_nestloop = off. For the same reason the costs are far too high, and compiling would take seconds: jit = off.

CREATE OR REPLACE VIEW @region@.open_claims WITH (security_invoker) AS
-- lines of data without references: a credit line takes back one that is like it
WITH unnamed AS (
	SELECT c.id, coalesce(c.credit, c.amount < 0) AS credit, count(*) FILTER (WHERE coalesce(c.credit, c.amount < 0)) OVER alike AS credits,
		row_number() OVER (alike ORDER BY coalesce(c.credit, c.amount < 0), c.id) AS n
	FROM @region@.claims c WHERE c.reference IS NULL AND c.number IN (SELECT k.number FROM @region@.claims k WHERE k.reference IS NULL AND coalesce(k.credit, k.amount < 0))
	WINDOW alike AS (PARTITION BY c.number, c.product_period, abs(c.amount))
)
SELECT c.id, c.declaration, c.number, a.client, a.provider, a.municipality, c.product_period, date_trunc('month', pg_catalog.lower(c.product_period))::date AS month, c.volume, c.amount
FROM @region@.claims c
	LEFT JOIN @region@.declarations d ON d.id = c.declaration
	JOIN @region@.allocations a ON a.number = c.number AND (d.id IS NULL OR a.provider = d.provider AND a.municipality = d.municipality)
WHERE NOT coalesce(c.credit, c.amount < 0) AND NOT zorgregio.never_sent(a.indication, a.change_reason)
	AND NOT EXISTS (SELECT FROM @region@.claim_credits k WHERE k.debit = c.id)
	AND NOT EXISTS (SELECT FROM unnamed u WHERE u.id = c.id AND NOT u.credit AND u.n <= u.credits);
COMMENT ON VIEW @region@.open_claims IS 'Debit lines that were not credited, with who claims and for whom (niet gecrediteerde declaratieregels).';
COMMENT ON COLUMN @region@.open_claims.id IS 'Number of the line: its id in claims.';
COMMENT ON COLUMN @region@.open_claims.declaration IS 'The declaration that it came in (declaratie); NULL: not known.';
COMMENT ON COLUMN @region@.open_claims.number IS 'The allotment (toewijzingnummer).';
COMMENT ON COLUMN @region@.open_claims.client IS 'Key of the client (clientsleutel).';
COMMENT ON COLUMN @region@.open_claims.provider IS 'Who claims (zorgaanbieder).';
COMMENT ON COLUMN @region@.open_claims.municipality IS 'Who pays (gemeente).';
COMMENT ON COLUMN @region@.open_claims.product_period IS 'Days it bills (productperiode).';
COMMENT ON COLUMN @region@.open_claims.month IS 'Month of its first day.';
COMMENT ON COLUMN @region@.open_claims.volume IS 'What was delivered (geleverd volume).';
COMMENT ON COLUMN @region@.open_claims.amount IS 'In euro (ingediend bedrag).';

-- A refresh judges once for all control figures; the row without a rule tells that it did, also when nothing is wrong.
CREATE OR REPLACE FUNCTION @region@.share_judgements(as_of date) RETURNS TABLE (claim bigint, declaration bigint, rule text, found text, required text)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT j.claim, j.declaration, j.rule, j.found, j.required FROM @region@.claim_judgements() j
	UNION ALL
	SELECT NULL, NULL, NULL, NULL, NULL;
END;
COMMENT ON FUNCTION @region@.share_judgements(date) IS 'What claim_judgements gives, and a row without a rule; what the control figures have in common. The day does not matter.';

CREATE OR REPLACE FUNCTION @region@.judgements() RETURNS TABLE (claim bigint, declaration bigint, rule text, found text, required text)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT s.claim, s.declaration, s.rule, s.found, s.required FROM @region@.shared_judgements s WHERE s.rule IS NOT NULL
	UNION ALL
	SELECT j.claim, j.declaration, j.rule, j.found, j.required FROM @region@.claim_judgements() j
	WHERE NOT EXISTS (SELECT FROM @region@.shared_judgements);
END;
COMMENT ON FUNCTION @region@.judgements() IS 'What claim_judgements gives; while a refresh runs, what it gave once.';

-- A provider stands out when its rejected lines are more than three standard deviations above what the region's share
-- makes of its lines, and at least five: (x/m - r/n)^2 > 9 (r/n)(1 - r/n) / m, multiplied by m^2 n^2 and so in whole numbers.
CREATE OR REPLACE FUNCTION @region@.rejected_shares(from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, month date, rejected bigint, lines bigint, region_rejected bigint, region_lines bigint,
		amount numeric, stands_out boolean)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH judged AS MATERIALIZED (
		SELECT j.claim, j.declaration, r.rejects FROM judgements() j JOIN message_rule r ON r.code = j.rule
	),
	-- as in claim_lines and claim_answer_lines, without what is not asked here; a day of the month is cheaper to group by
	-- than its first
	line AS (
		SELECT coalesce(d.provider, a.provider) AS provider, coalesce(d.municipality, a.municipality) AS municipality,
			lower(c.product_period) - extract(day FROM lower(c.product_period))::integer + 1 AS month, count(*) AS lines,
			count(*) FILTER (WHERE num_nonnulls(w.claim, f.declaration) > 0) AS rejected,
			sum(c.amount) FILTER (WHERE num_nonnulls(w.claim, f.declaration) > 0) AS amount
		FROM claims c LEFT JOIN declarations d ON d.id = c.declaration LEFT JOIN allocations a ON a.number = c.number
			LEFT JOIN (SELECT DISTINCT j.claim FROM judged j) w ON w.claim = c.id
			LEFT JOIN (SELECT DISTINCT j.declaration FROM judged j WHERE j.rejects <> 'line') f ON f.declaration = c.declaration
		WHERE coalesce(d.provider, a.provider) IS NOT NULL
			AND (from_month IS NULL OR lower(c.product_period) >= date_trunc('month', from_month)::date)
			AND (to_month IS NULL OR lower(c.product_period) < (date_trunc('month', to_month) + interval '1 month')::date)
		GROUP BY 1, 2, 3
	),
	total AS (
		SELECT l.month, sum(l.lines) AS lines, sum(l.rejected) AS rejected FROM line l GROUP BY l.month
	),
	share AS (
		SELECT l.provider, l.municipality, l.month, sum(l.rejected) AS rejected, sum(l.lines) AS lines, sum(l.amount) AS amount
		FROM line l GROUP BY GROUPING SETS ((l.provider, l.month, l.municipality), (l.provider, l.month))
	)
	SELECT s.provider, s.municipality, s.month, s.rejected::bigint, s.lines::bigint, t.rejected::bigint, t.lines::bigint, s.amount,
		s.rejected >= 5 AND s.rejected * t.lines > t.rejected * s.lines
			AND (s.rejected * t.lines - t.rejected * s.lines) ^ 2 > 9 * t.rejected * (t.lines - t.rejected) * s.lines
	FROM share s JOIN total t ON t.month = s.month;
END $$;
COMMENT ON FUNCTION @region@.rejected_shares(date, date) IS 'Claim lines and how many of them are rejected, per provider, municipality (NULL: the whole region) and month of the product period, beside those of the whole region, and whether the provider stands out: at least 5, and more than three standard deviations above the share of the region, in whole numbers.';

CREATE OR REPLACE FUNCTION @region@.line_signals(from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (signal text, provider zorgregio.provider, municipality zorgregio.municipality, month date, number bigint, claim bigint, amount numeric, explanation text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_nestloop = off SET enable_mergejoin = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH judged AS MATERIALIZED (
		SELECT j.claim, j.declaration, j.rule, j.found, j.required, r.rejects FROM judgements() j JOIN message_rule r ON r.code = j.rule
	),
	open_claim AS MATERIALIZED (
		SELECT c.*, w.claim IS NULL AS granted
		FROM open_claims c
			LEFT JOIN (SELECT DISTINCT j.claim FROM judged j) w ON w.claim = c.id
			LEFT JOIN (SELECT DISTINCT j.declaration FROM judged j WHERE j.rejects <> 'line') f ON f.declaration = c.declaration
		WHERE f.declaration IS NULL
	),
	-- what was rejected comes again, and would count twice
	claimed AS (
		SELECT * FROM open_claim c WHERE c.granted
	),
	delivered AS MATERIALIZED (
		SELECT d.number, min(d.started) AS first_day, max(coalesce(d.ended, 'infinity')) AS last_day FROM deliveries d GROUP BY d.number
	),
	delivery AS MATERIALIZED (
		SELECT d.number, a.provider, a.municipality, d.started, d.ended, d.start_dated, d.stop_dated,
			greatest(d.started, coalesce((SELECT min(r.dated) FROM received_allocations r WHERE r.number = d.number AND isfinite(r.dated)), a.decided)) AS start_known
		FROM deliveries d JOIN allocations a ON a.number = d.number
		WHERE num_nonnulls(d.start_dated, d.stop_dated) > 0 AND NOT never_sent(a.indication, a.change_reason)
	),
	-- the wrong lines first, then their days: joined at once, all lines would be held in memory
	without_care AS MATERIALIZED (
		SELECT c.* FROM claimed c
		WHERE NOT EXISTS (SELECT FROM delivered d WHERE d.number = c.number AND d.first_day < upper(c.product_period) AND d.last_day >= lower(c.product_period))
	),
	-- hours and minutes only: who stays day and night also gets hours of help
	by_hour AS NOT MATERIALIZED (
		SELECT c.*, amount(c.volume)::bigint * CASE unit_code(c.volume) WHEN '04' THEN 60 ELSE 1 END AS minutes FROM claimed c WHERE unit_code(c.volume) IN ('01', '04')
	),
	-- The days of all lines together are at least those of one: few clients come so far that days have to be counted. A billion
	-- minutes are more than any line's days have, and sums of integers take less memory than those of bigints.
	many_hours AS MATERIALIZED (
		SELECT h.client, h.month FROM by_hour h GROUP BY h.client, h.month
		HAVING sum(least(h.minutes, 1000000000)::integer) > 1440::bigint * max(upper(h.product_period) - lower(h.product_period))
	),
	client_month AS (
		SELECT h.client, h.month, sum(h.minutes) AS minutes, count(DISTINCT h.provider) AS providers, range_agg(h.product_period) AS days
		FROM by_hour h JOIN many_hours m ON m.client = h.client AND m.month = h.month GROUP BY h.client, h.month
	),
	full_day AS (
		SELECT m.client, m.month, m.minutes, m.providers, d.days
		FROM client_month m CROSS JOIN LATERAL (SELECT sum(upper(u.r) - lower(u.r)) FROM unnest(m.days) u(r)) d(days)
		WHERE m.minutes > 1440 * d.days
	),
	signal AS (
		SELECT 'claimed above allotment' AS signal, c.provider, c.municipality, c.month, c.number, c.id AS claim, c.amount, format('%s: %s, %s', j.rule, j.found, j.required) AS explanation
		FROM judged j JOIN open_claim c ON c.id = j.claim AND NOT c.granted WHERE j.rule IN ('TR321', 'TR322', 'TR369')
		UNION ALL
		SELECT CASE WHEN d.last_day < lower(c.product_period) THEN 'claim after stop' ELSE 'claim without start' END, c.provider, c.municipality, c.month, c.number, c.id, c.amount,
			CASE WHEN d.number IS NULL THEN 'no start message' WHEN d.last_day < lower(c.product_period) THEN 'stopped on ' || to_char(d.last_day, 'YYYY-MM-DD')
				ELSE 'first start on ' || to_char(d.first_day, 'YYYY-MM-DD') END
		FROM without_care c LEFT JOIN delivered d ON d.number = c.number
		UNION ALL
		SELECT 'more hours than a day has', h.provider, h.municipality, h.month, h.number, h.id, h.amount,
			format('%s minutes claimed for one client in %s days by %s %s, there are %s', f.minutes, f.days, f.providers, CASE WHEN f.providers = 1 THEN 'provider' ELSE 'providers' END, 1440 * f.days)
		FROM full_day f JOIN by_hour h ON h.client = f.client AND h.month = f.month
		UNION ALL
		SELECT 'late start message', d.provider, d.municipality, date_trunc('month', d.started)::date, d.number, NULL, NULL,
			format('started on %s, message of %s: %s working days (OP271: 5)', to_char(d.started, 'YYYY-MM-DD'), to_char(d.start_dated, 'YYYY-MM-DD'), working_days(d.start_known, d.start_dated))
		FROM delivery d WHERE working_days(d.start_known, d.start_dated) > 5
		UNION ALL
		SELECT 'late stop message', d.provider, d.municipality, date_trunc('month', d.ended)::date, d.number, NULL, NULL,
			format('stopped on %s, message of %s: %s working days (OP272: 5)', to_char(d.ended, 'YYYY-MM-DD'), to_char(d.stop_dated, 'YYYY-MM-DD'), working_days(d.ended, d.stop_dated))
		FROM delivery d WHERE working_days(d.ended, d.stop_dated) > 5
	)
	SELECT s.signal, s.provider, s.municipality, s.month, s.number, s.claim, s.amount::numeric, s.explanation FROM signal s
	WHERE (from_month IS NULL OR s.month >= date_trunc('month', from_month)) AND (to_month IS NULL OR s.month <= to_month);
END $$;
COMMENT ON FUNCTION @region@.line_signals(date, date) IS 'The control signals that a single claim line or message gives: all of control_signals but rejected share.';

CREATE OR REPLACE FUNCTION @region@.control_signals(from_month date DEFAULT NULL, to_month date DEFAULT NULL)
	RETURNS TABLE (signal text, provider zorgregio.provider, municipality zorgregio.municipality, month date, number bigint, claim bigint, amount numeric, explanation text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH outlier AS MATERIALIZED (
		SELECT s.provider, s.month FROM rejected_shares(from_month, to_month) s WHERE s.stands_out AND s.municipality IS NULL
	),
	signal AS (
		SELECT * FROM line_signals(from_month, to_month)
		UNION ALL
		SELECT 'rejected share', l.provider, l.municipality, o.month, l.number, l.id, l.amount::numeric,
			CASE WHEN cardinality(a.rules) > 0 THEN array_to_string(a.rules, ', ') ELSE 'its declaration is refused' END
		FROM outlier o
			JOIN claim_lines l ON l.provider = o.provider AND date_trunc('month', lower(l.product_period)) = o.month
			JOIN claim_answer_lines() a ON a.claim = l.id AND NOT a.granted
	)
	SELECT s.* FROM signal s ORDER BY s.month, s.provider, s.signal, s.number, s.claim;
END $$;
COMMENT ON FUNCTION @region@.control_signals(date, date) IS 'What stands out in claims and messages (controlesignalen), row by row: signal, provider, municipality, month, allotment, claim line (NULL: a message), amount, reason. claimed above allotment, claim without start, claim after stop, more hours than a day has, late start message, late stop message, rejected share (the rejected lines of a provider that stands out). Signals with reasons, no accusations. Never a client. Months from_month to to_month, NULL: no bound.';
