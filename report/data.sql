-- The figures of a report: one line of JSON per part, {"part": name, "rows": [...]}.
-- psql variable: region, the schema of the region. Reads monitor views only, so a role of one municipality sees its own rows.
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
BEGIN READ ONLY;
SET LOCAL datestyle = ISO;
SET LOCAL search_path = pg_catalog, :"region";

-- Readers may not see the settings: then the region has the name of its schema, and its day is the last one that a view names.
SELECT has_table_privilege(format('%I.settings', :'region'), 'SELECT') AS settings, has_table_privilege(format('%I.monitor_state', :'region'), 'SELECT') AS state \gset
\set title :region
\if :settings
SELECT title FROM settings \gset
\endif
\if :state
SELECT coalesce(max(as_of)::text, '') AS as_of FROM monitor_state \gset
\else
SELECT coalesce(max(as_of)::text, '') AS as_of FROM (SELECT as_of FROM monitor_coverage UNION ALL SELECT as_of FROM monitor_outflow UNION ALL SELECT as_of FROM monitor_thresholds) d \gset
\endif
SELECT jsonb_build_object('part', 'about', 'rows', jsonb_build_array(jsonb_build_object('region', :'region', 'title', :'title', 'as_of', nullif(:'as_of', '')::date)));

SELECT jsonb_build_object('part', 'clients', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, product_group, period_kind, period_from, persons, persons_12m, trajectories, allocations
	FROM monitor_clients WHERE level IN ('region', 'municipality') OR period_kind = 'year' AND level LIKE '% by product group'
	ORDER BY level, municipality, product_group, period_kind, period_from) t;

SELECT jsonb_build_object('part', 'flow', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, period_kind, period_from, stock_begin, inflow, outflow, stock_end, gap_days
	FROM monitor_flow WHERE level IN ('region', 'municipality')
	ORDER BY level, municipality, period_kind, period_from) t;

SELECT jsonb_build_object('part', 'transitions', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, period_from, from_product, from_product_name, from_product_group, to_product, to_product_name, to_product_group, direction, clients
	FROM monitor_transitions WHERE kind = 'transfer'
	ORDER BY level, municipality, period_from, clients DESC, from_product, to_product) t;

SELECT jsonb_build_object('part', 'scaling', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, product_group, period_from, clients_heavy, started_heavy, scaled_up, scaled_down, heavy_level
	FROM monitor_scaling ORDER BY level, municipality, product_group, period_from) t;

SELECT jsonb_build_object('part', 'youth_to_adult', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, period_from, clients, clients_without_gap, median_days_between, mean_days_between
	FROM monitor_youth_to_adult ORDER BY level, municipality, period_from) t;

SELECT jsonb_build_object('part', 'spending', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, period_kind, period_from, indicated, delivered, claimed, lump_sum, spent, allocations_unpriced
	FROM monitor_spending WHERE level IN ('region', 'municipality')
	ORDER BY level, municipality, period_kind, period_from) t;

SELECT jsonb_build_object('part', 'budget', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, product_group, year, budget, spent, known_until, forecast, remaining, over_budget, used_share
	FROM monitor_budget ORDER BY level, municipality, product_group, year) t;

SELECT jsonb_build_object('part', 'utilisation', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, product_group, product, product_name, unit, period_from, allocations, claimable, claimed, share
	FROM monitor_utilisation WHERE period_kind = 'year'
	ORDER BY level, municipality, product_group, product, unit, period_from) t;

SELECT jsonb_build_object('part', 'providers', 'rows', jsonb_agg(t)) FROM (
	SELECT level, provider, provider_name, municipality, period_from, contract_kind, persons, trajectories, allocations, claimed, lump_sum, share_of_claimed
	FROM monitor_providers WHERE product_group IS NULL
	ORDER BY municipality, period_from, claimed DESC NULLS LAST, provider) t;

SELECT jsonb_build_object('part', 'outflow', 'rows', jsonb_agg(t)) FROM (
	SELECT as_of, provider, provider_name, municipality, product_group, rule, verdict, counted, unit, CASE WHEN verdict = 'not met' THEN explanation END AS explanation,
		providers_remaining
	FROM monitor_outflow ORDER BY municipality, product_group, rank, provider, rule) t;

SELECT jsonb_build_object('part', 'coverage', 'rows', jsonb_agg(t)) FROM (
	SELECT municipality, product_group, as_of, bought, contracted, contracted_with_clients, bridging, closed, scarcity, clients, clients_per_provider, largest_share
	FROM monitor_coverage WHERE municipality IS NOT NULL ORDER BY municipality, product_group) t;

SELECT jsonb_build_object('part', 'waiting', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, product_group, period_from, started, waiting, median_days, p80_days, within_norm, norm_days, share_within_norm
	FROM monitor_waiting ORDER BY level, municipality, product_group, period_from) t;

SELECT jsonb_build_object('part', 'thresholds', 'rows', jsonb_agg(t)) FROM (
	SELECT provider, provider_name, municipality, phase, rule, verdict, CASE WHEN verdict = 'not met' THEN explanation END AS explanation,
		CASE WHEN verdict = 'not met' THEN basis END AS basis, count(*) AS contracts
	FROM monitor_thresholds WHERE verdict IN ('met', 'not met', 'exempt', 'unknown')
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY phase, rule, provider, municipality) t;

SELECT jsonb_build_object('part', 'control', 'rows', jsonb_agg(t)) FROM (
	SELECT level, municipality, provider, provider_name, signal, extract(year FROM period_from) AS year, count(*) AS months, sum(lines) AS lines, sum(amount) AS amount
	FROM monitor_control GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY level, municipality, year, lines DESC, provider, signal) t;

SELECT jsonb_build_object('part', 'municipalities', 'rows', jsonb_agg(t)) FROM (
	SELECT DISTINCT municipality AS code, municipality_name AS name FROM monitor_clients WHERE municipality IS NOT NULL ORDER BY municipality_name) t;
COMMIT;
