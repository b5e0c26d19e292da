-- 93-public-providers: contracts, coverage and rules for outsiders. Counts of organisations are no counts of persons: they
-- are exact, and hidden only where they would tell of the clients of one provider.

CREATE OR REPLACE FUNCTION @region@.compute_public_providers(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, provider text, product_group text, contract_kind text, period_from date, period_to date, year integer)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT f.municipality, f.provider, f.product_group, f.contract_kind, f.period_from, f.period_to, extract(year FROM f.period_from)::integer
	FROM @region@.figures_providers f
	WHERE f.municipality IS NOT NULL AND f.product_group IS NOT NULL AND f.contract_kind IS NOT NULL AND f.period_to >= from_day AND f.period_from < to_day;
END;
COMMENT ON FUNCTION @region@.compute_public_providers(date, date, date) IS 'Figures of public_providers for the years that have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_providers(date, date, date) FROM PUBLIC;

-- Among fewer than three providers a signal, or its absence, is about one that can be named; and where clients are few,
-- the rule would tell how few.
CREATE OR REPLACE FUNCTION @region@.compute_public_outflow(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, providers bigint, signals bigint, as_of date, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.municipality, s.product_group, s.providers, CASE WHEN NOT h.hidden THEN s.signals END, s.as_of, h.hidden
	FROM (
		SELECT f.municipality, f.product_group, count(DISTINCT f.provider) AS providers,
			count(DISTINCT f.provider) FILTER (WHERE f.verdict = 'not met') AS signals, max(f.as_of) AS as_of
		FROM @region@.figures_outflow f GROUP BY f.municipality, f.product_group
	) s
		LEFT JOIN @region@.figures_coverage c ON c.municipality = s.municipality AND c.product_group = s.product_group
		CROSS JOIN @region@.settings g
		CROSS JOIN LATERAL (SELECT s.providers < 3 OR coalesce(c.clients, 0) < g.suppress_below) h(hidden);
END;
COMMENT ON FUNCTION @region@.compute_public_outflow(date, date, date) IS 'Figures of public_outflow, of the day of figures_outflow; the three days do not matter.';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_outflow(date, date, date) FROM PUBLIC;

CREATE OR REPLACE FUNCTION @region@.compute_public_coverage(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, bought boolean, contracted bigint, with_clients bigint, closed boolean, scarcity boolean, as_of date, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT f.municipality, f.product_group, f.bought, f.contracted, CASE WHEN NOT h.hidden THEN f.contracted_with_clients END, f.closed, f.scarcity, f.as_of, h.hidden
	FROM @region@.figures_coverage f CROSS JOIN @region@.settings s
		CROSS JOIN LATERAL (SELECT f.contracted > 0 AND f.clients < s.suppress_below) h(hidden)
	WHERE f.municipality IS NOT NULL;
END;
COMMENT ON FUNCTION @region@.compute_public_coverage(date, date, date) IS 'Figures of public_coverage, of the day of figures_coverage; the three days do not matter.';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_coverage(date, date, date) FROM PUBLIC;

CREATE OR REPLACE FUNCTION @region@.compute_public_thresholds(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, phase text, rule text, providers bigint, consequence text, basis text, as_of date)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT f.municipality, f.product_group, f.phase, f.rule, count(DISTINCT f.provider), min(f.consequence), min(f.basis), max(f.as_of)
	FROM @region@.figures_thresholds f GROUP BY f.municipality, f.product_group, f.phase, f.rule;
END;
COMMENT ON FUNCTION @region@.compute_public_thresholds(date, date, date) IS 'Figures of public_thresholds, of the day of figures_thresholds; the three days do not matter.';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_thresholds(date, date, date) FROM PUBLIC;

CREATE OR REPLACE VIEW @region@.public_providers WITH (security_invoker) AS
SELECT f.key, f.provider, p.name AS provider_name, f.municipality, m.name AS municipality_name, f.product_group, f.year, f.period_from,
	f.period_to, f.contract_kind
FROM @region@.figures_public_providers f
	JOIN @region@.providers p ON p.code = f.provider::zorgregio.provider
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.public_providers IS 'Contracted providers (gecontracteerde aanbieders) for outsiders: who had a contract for which municipality and product group, per calendar year. Organisations, no persons.';
COMMENT ON COLUMN @region@.public_providers.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_providers.provider IS 'AGB code of the provider (zorgaanbieder).';
COMMENT ON COLUMN @region@.public_providers.provider_name IS 'Its name (naam).';
COMMENT ON COLUMN @region@.public_providers.municipality IS 'CBS code of the municipality (gemeentecode).';
COMMENT ON COLUMN @region@.public_providers.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_providers.product_group IS 'Product group (productgroep).';
COMMENT ON COLUMN @region@.public_providers.year IS 'Calendar year (jaar).';
COMMENT ON COLUMN @region@.public_providers.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_providers.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_providers.contract_kind IS 'Kind of contract in the year: framework, bridging or subcontract (contractsoort).';

CREATE OR REPLACE VIEW @region@.public_outflow WITH (security_invoker) AS
SELECT f.key, f.municipality, m.name AS municipality_name, f.product_group, f.providers, f.signals, f.as_of, f.hidden
FROM @region@.figures_public_outflow f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.public_outflow IS 'Signals of the client-count outflow rule (uitstroom van aanbieders) for outsiders: how many, not whose.';
COMMENT ON COLUMN @region@.public_outflow.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_outflow.municipality IS 'CBS code of the municipality (gemeentecode).';
COMMENT ON COLUMN @region@.public_outflow.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_outflow.product_group IS 'Product group (productgroep).';
COMMENT ON COLUMN @region@.public_outflow.providers IS 'Organisations with a framework contract that were judged (aanbieders); exact.';
COMMENT ON COLUMN @region@.public_outflow.signals IS 'Organisations of these with a signal, a rule for staying contracted that is not met (signalen); exact. NULL: hidden, with fewer than three organisations or few clients.';
COMMENT ON COLUMN @region@.public_outflow.as_of IS 'Day of the figures (peildatum).';
COMMENT ON COLUMN @region@.public_outflow.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';

CREATE OR REPLACE VIEW @region@.public_coverage WITH (security_invoker) AS
SELECT f.key, f.municipality, m.name AS municipality_name, f.product_group, f.bought, f.contracted, f.with_clients, f.closed, f.scarcity,
	f.as_of, f.hidden
FROM @region@.figures_public_coverage f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.public_coverage IS 'Coverage (dekking) for outsiders: how many organisations are contracted, per municipality and product group.';
COMMENT ON COLUMN @region@.public_coverage.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_coverage.municipality IS 'CBS code of the municipality (gemeentecode).';
COMMENT ON COLUMN @region@.public_coverage.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_coverage.product_group IS 'Product group (productgroep).';
COMMENT ON COLUMN @region@.public_coverage.bought IS 'Whether the municipality buys products of the group (ingekocht).';
COMMENT ON COLUMN @region@.public_coverage.contracted IS 'Organisations with a contract (gecontracteerd); exact.';
COMMENT ON COLUMN @region@.public_coverage.with_clients IS 'Organisations of these that have clients (met cliënten); exact. NULL: hidden, for few clients.';
COMMENT ON COLUMN @region@.public_coverage.closed IS 'Whether admission is closed (gesloten).';
COMMENT ON COLUMN @region@.public_coverage.scarcity IS 'Whether a scarcity window is open (schaarste).';
COMMENT ON COLUMN @region@.public_coverage.as_of IS 'Day of the figures (peildatum).';
COMMENT ON COLUMN @region@.public_coverage.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';

CREATE OR REPLACE VIEW @region@.public_thresholds WITH (security_invoker) AS
SELECT f.key, f.municipality, m.name AS municipality_name, f.product_group, f.phase, f.rule, f.providers, f.consequence, f.basis, f.as_of
FROM @region@.figures_public_thresholds f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.public_thresholds IS 'Rules in force (drempels) for outsiders: which, where, and for how many organisations; not how they were judged.';
COMMENT ON COLUMN @region@.public_thresholds.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_thresholds.municipality IS 'CBS code of the municipality (gemeentecode).';
COMMENT ON COLUMN @region@.public_thresholds.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_thresholds.product_group IS 'Product group (productgroep).';
COMMENT ON COLUMN @region@.public_thresholds.phase IS 'What the rule is for: admission (toelating), retention (behoud van contract) or signal (signaal).';
COMMENT ON COLUMN @region@.public_thresholds.rule IS 'Name of the rule (drempel).';
COMMENT ON COLUMN @region@.public_thresholds.providers IS 'Organisations that it was judged for (aanbieders); exact.';
COMMENT ON COLUMN @region@.public_thresholds.consequence IS 'What the rule says that may follow (gevolg).';
COMMENT ON COLUMN @region@.public_thresholds.basis IS 'Where the rule was published (grondslag).';
COMMENT ON COLUMN @region@.public_thresholds.as_of IS 'Day of the figures (peildatum).';
