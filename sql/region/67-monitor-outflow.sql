-- 67-monitor-outflow: the outflow signals, for BI tools.

-- A complete refresh counts for the facts while it sums amounts.
CREATE OR REPLACE FUNCTION @region@.share_counts(as_of date) RETURNS SETOF @region@.shared_counts
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT $1, c.amounts, c.counts
	FROM @region@.settings s CROSS JOIN LATERAL (SELECT extract(year FROM $1)::integer) d(year)
		CROSS JOIN LATERAL @region@.count_care($1, daterange(make_date(d.year - s.monitor_years + 1, 1, 1), make_date(d.year + 1, 1, 1))) c;
END;
COMMENT ON FUNCTION @region@.share_counts(date) IS 'What count_care gives for the day and all days that the monitor shows; what facts and amounts have in common.';

-- Thresholds judge the same facts, so a refresh counts them once. Who may call outflow_signals need not see what is shared.
CREATE OR REPLACE FUNCTION @region@.share_facts(as_of date) RETURNS SETOF @region@.shared_facts
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT $1, f.provider, f.municipality, f.product_group, f.facts
	FROM @region@.provider_facts($1, coalesce((SELECT s.counts FROM @region@.shared_counts s WHERE s.as_of = $1), (SELECT c.counts FROM @region@.count_care($1, NULL) c))) f;
END;
COMMENT ON FUNCTION @region@.share_facts(date) IS 'What provider_facts gives, with the day; what outflow and thresholds have in common.';

CREATE OR REPLACE FUNCTION @region@.known_facts(as_of date) RETURNS SETOF @region@.shared_facts
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.* FROM @region@.shared_facts s WHERE s.as_of = $1
	UNION ALL
	SELECT f.* FROM @region@.share_facts($1) f WHERE NOT EXISTS (SELECT FROM @region@.shared_facts s WHERE s.as_of = $1);
END;
COMMENT ON FUNCTION @region@.known_facts(date) IS 'What share_facts gives; while a refresh runs, what it gave once.';

CREATE OR REPLACE FUNCTION @region@.compute_outflow(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, signal bigint, provider text, product_group text, rule text, verdict text, norm text, counted numeric, unit text,
		window_from date, window_to date, exceptions text, notice_date date, consequence text, basis text, explanation text, providers integer, rank integer,
		providers_remaining integer, known_until date, as_of date)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.municipality::text, s.key, s.provider::text, s.product_group, s.rule, s.verdict::text, s.norm, s.counted, s.unit, s.window_from, s.window_to,
		s.exceptions, s.notice_date, s.consequence, s.basis, s.explanation, s.providers, s.rank, s.providers_remaining, s.known_until, $3
	FROM @region@.judge_outflow($3, ARRAY(SELECT f FROM @region@.known_facts($3) f)) s;
END;
COMMENT ON FUNCTION @region@.compute_outflow(date, date, date) IS 'Figures of monitor_outflow: the outflow signals of as_of; the other two days do not matter.';

CREATE OR REPLACE VIEW @region@.monitor_outflow WITH (security_invoker) AS
SELECT f.signal AS key, f.as_of, f.provider, p.name AS provider_name, f.municipality, m.name AS municipality_name, f.product_group, f.rule, f.verdict, f.norm, f.counted, f.unit,
	f.window_from, f.window_to, f.exceptions, f.notice_date, f.consequence, f.basis, f.explanation, f.providers, f.rank, f.providers_remaining, f.known_until
FROM @region@.figures_outflow f
	LEFT JOIN @region@.providers p ON p.code = f.provider::zorgregio.provider
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_outflow IS 'Client-count outflow rule on the day of the refresh (uitstroom van aanbieders): one row per framework contract (provider, municipality and product group) and rule for staying contracted. It signals, nothing acts on it.';
COMMENT ON COLUMN @region@.monitor_outflow.key IS 'Number of the row, the same as long as the contract and the rule exist.';
COMMENT ON COLUMN @region@.monitor_outflow.as_of IS 'Day that was judged, the last one that counts (peildatum).';
COMMENT ON COLUMN @region@.monitor_outflow.provider IS 'AGB code of the provider (zorgaanbieder).';
COMMENT ON COLUMN @region@.monitor_outflow.provider_name IS 'Its name (naam).';
COMMENT ON COLUMN @region@.monitor_outflow.municipality IS 'CBS code of the municipality (gemeentecode).';
COMMENT ON COLUMN @region@.monitor_outflow.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_outflow.product_group IS 'Product group (productgroep).';
COMMENT ON COLUMN @region@.monitor_outflow.rule IS 'Name of the rule (drempel).';
COMMENT ON COLUMN @region@.monitor_outflow.verdict IS 'met, not met (the signal), exempt (an exception holds), not applicable, or unknown: data are missing (oordeel).';
COMMENT ON COLUMN @region@.monitor_outflow.norm IS 'What is required, without conditions and exceptions (norm).';
COMMENT ON COLUMN @region@.monitor_outflow.counted IS 'What was found, in the unit; NULL: not known (telling).';
COMMENT ON COLUMN @region@.monitor_outflow.unit IS 'Unit of norm and count: persons (clienten, counted with who delivers), trajectories (trajecten), euro or months (eenheid).';
COMMENT ON COLUMN @region@.monitor_outflow.window_from IS 'First day of the window that was counted; NULL: the rule has none (venster).';
COMMENT ON COLUMN @region@.monitor_outflow.window_to IS 'Last day of the window that was counted (venster).';
COMMENT ON COLUMN @region@.monitor_outflow.exceptions IS 'Every exception of the rule with what was found (uitzonderingen); NULL: it has none.';
COMMENT ON COLUMN @region@.monitor_outflow.notice_date IS 'Day on which the contract can end at the earliest when notice is given on the day judged: 6 months later, art. 1.6.1 (opzegtermijn). NULL: no signal.';
COMMENT ON COLUMN @region@.monitor_outflow.consequence IS 'What the rule says that may follow (gevolg).';
COMMENT ON COLUMN @region@.monitor_outflow.basis IS 'Where the rule was published (grondslag).';
COMMENT ON COLUMN @region@.monitor_outflow.explanation IS 'The verdict in words, with every part that decided (motivering).';
COMMENT ON COLUMN @region@.monitor_outflow.providers IS 'Providers with a framework contract for the municipality and product group on that day (aanbieders).';
COMMENT ON COLUMN @region@.monitor_outflow.rank IS 'Place among the providers with a signal there, 1 has the fewest clients; the same for all rules. NULL: no signal (rang).';
COMMENT ON COLUMN @region@.monitor_outflow.providers_remaining IS 'Providers that would remain if this one left, and all with a lower rank. 0: the product group would be empty (resterende aanbieders).';
COMMENT ON COLUMN @region@.monitor_outflow.known_until IS 'Last day of which data of the provider are known; NULL: of none (bekend tot).';
