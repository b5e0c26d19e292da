-- 68-monitor-thresholds: which contracted providers meet the rules.

CREATE OR REPLACE FUNCTION @region@.compute_thresholds(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, provider text, product_group text, phase text, threshold bigint, rule text, verdict text, explanation text,
		consequence text, basis text, as_of date)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH fact AS MATERIALIZED (SELECT f.provider, f.municipality, f.product_group, f.facts FROM @region@.known_facts($3) f),
	rule AS MATERIALIZED (
		SELECT s.municipality AS at_municipality, s.product_group AS for_group, p.phase, t.key, r.id, r.requirement, r.consequence, r.basis
		FROM (SELECT DISTINCT f.municipality, f.product_group FROM fact f) s
			CROSS JOIN (VALUES ('admission'), ('retention'), ('signal')) p(phase)
			CROSS JOIN LATERAL @region@.rules_on(p.phase, s.municipality, s.product_group, $3) r
			JOIN @region@.thresholds t ON t.id = r.id AND t.phase = p.phase AND zorgregio.scope(t.municipality) = zorgregio.scope(r.municipality)
				AND t.product_group IS NOT DISTINCT FROM r.product_group AND t.valid @> $3
		WHERE r.replaced_by IS NULL
	)
	SELECT f.municipality::text, f.provider::text, f.product_group, r.phase, r.key, r.id, zorgregio.check_threshold(r.requirement, f.facts)::text,
		zorgregio.explain_threshold(r.requirement, f.facts), r.consequence, r.basis, $3
	FROM fact f JOIN rule r ON r.at_municipality = f.municipality AND r.for_group = f.product_group;
END;
COMMENT ON FUNCTION @region@.compute_thresholds(date, date, date) IS 'Figures of monitor_thresholds: verdicts on as_of; the other two days do not matter.';

CREATE OR REPLACE VIEW @region@.monitor_thresholds WITH (security_invoker) AS
SELECT f.key, f.provider, p.name AS provider_name, f.municipality, m.name AS municipality_name, f.product_group, f.phase, f.rule, f.verdict, f.explanation,
	f.consequence, f.basis, f.as_of
FROM @region@.figures_thresholds f
	LEFT JOIN @region@.providers p ON p.code = f.provider::zorgregio.provider
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_thresholds IS 'Every rule in force, judged for every provider with a contract on the day of the refresh (drempels): by municipality and product group. Rules of phase admission tell whether the provider would be admitted again on its dossier; what only an application knows is unknown here.';
COMMENT ON COLUMN @region@.monitor_thresholds.key IS 'Number of the row, the same as long as the contract and the rule exist.';
COMMENT ON COLUMN @region@.monitor_thresholds.provider IS 'AGB code of the provider (zorgaanbieder).';
COMMENT ON COLUMN @region@.monitor_thresholds.provider_name IS 'Its name (naam).';
COMMENT ON COLUMN @region@.monitor_thresholds.municipality IS 'CBS code of the municipality (gemeentecode).';
COMMENT ON COLUMN @region@.monitor_thresholds.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_thresholds.product_group IS 'Product group of the contract (productgroep).';
COMMENT ON COLUMN @region@.monitor_thresholds.phase IS 'What the rule is for: admission (toelating), retention (behoud van contract) or signal (signaal).';
COMMENT ON COLUMN @region@.monitor_thresholds.rule IS 'Name of the rule (drempel).';
COMMENT ON COLUMN @region@.monitor_thresholds.verdict IS 'met, not met, exempt (an exception holds), not applicable, or unknown: facts are missing (oordeel).';
COMMENT ON COLUMN @region@.monitor_thresholds.explanation IS 'The verdict in words, with every part that decided (motivering).';
COMMENT ON COLUMN @region@.monitor_thresholds.consequence IS 'What the rule says that may follow (gevolg).';
COMMENT ON COLUMN @region@.monitor_thresholds.basis IS 'Where the rule was published (grondslag).';
COMMENT ON COLUMN @region@.monitor_thresholds.as_of IS 'Day that was judged (peildatum).';
