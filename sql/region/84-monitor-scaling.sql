-- 84-monitor-scaling: into heavy care, and from heavier to lighter products and back.

CREATE OR REPLACE FUNCTION @region@.compute_scaling(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date,
		clients_heavy bigint, started_heavy bigint, scaled_up bigint, scaled_down bigint, heavy_level integer, inflow_heavy bigint)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH setting AS MATERIALIZED (SELECT s.heavy_level, s.gap_days FROM @region@.settings s),
	heavy AS MATERIALIZED (
		SELECT coalesce(array_agg(p.code), '{}') AS products, coalesce(array_agg(g.code), '{}') AS groups
		FROM setting s JOIN @region@.products p ON p.level >= s.heavy_level LEFT JOIN @region@.group_products() g ON g.product_group = p.product_group
	),
	span AS MATERIALIZED (
		SELECT daterange(min(lower(p.days)), max(upper(p.days))) AS days
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p WHERE p.period_kind = 'year' HAVING count(*) > 0
	),
	heavy_care AS MATERIALIZED (
		SELECT h.municipality, v.products, zorgregio.for_products(h.persons, v.products) AS history, v.groups
		FROM @region@.care_histories(false) h CROSS JOIN heavy v
	),
	moved AS MATERIALIZED (
		SELECT t.* FROM @region@.care_transitions(from_day, to_day, as_of) t CROSS JOIN setting s
		WHERE t.direction IN ('up', 'down') OR t.kind = 'inflow' AND t.to_level >= s.heavy_level
	),
	counted AS (
		SELECT h.municipality, NULL AS product_group, lower(f.period) AS period_from, f.clients AS clients_heavy, f.inflow AS inflow_heavy,
			0::bigint AS started_heavy, 0::bigint AS scaled_up, 0::bigint AS scaled_down
		FROM heavy_care h CROSS JOIN setting s CROSS JOIN span p CROSS JOIN LATERAL zorgregio.flows(h.history, p.days, '1 year', s.gap_days) f
		UNION ALL
		SELECT h.municipality, coalesce(g.product_group, '(unknown)'), lower(f.period), f.clients, f.inflow, 0, 0, 0
		FROM heavy_care h CROSS JOIN setting s CROSS JOIN span p
			CROSS JOIN LATERAL zorgregio.flows_by_product(zorgregio.replace_products(h.history, h.products, h.groups), p.days, '1 year', s.gap_days) f
			LEFT JOIN @region@.group_products() g ON g.code = f.product
		UNION ALL
		SELECT m.municipality, m.to_group, m.period_from, 0, 0,
			coalesce(zorgregio.cardinality(zorgregio.client_set_union_agg(m.clients) FILTER (WHERE m.kind = 'inflow')), 0),
			coalesce(zorgregio.cardinality(zorgregio.client_set_union_agg(m.clients) FILTER (WHERE m.direction = 'up')), 0),
			coalesce(zorgregio.cardinality(zorgregio.client_set_union_agg(m.clients) FILTER (WHERE m.direction = 'down')), 0)
		FROM moved m GROUP BY GROUPING SETS ((m.municipality, m.period_from), (m.municipality, m.period_from, m.to_group))
	)
	SELECT c.municipality::text, c.product_group, c.period_from, (c.period_from + interval '1 year' - interval '1 day')::date,
		sum(c.clients_heavy)::bigint, sum(c.started_heavy)::bigint, sum(c.scaled_up)::bigint, sum(c.scaled_down)::bigint, s.heavy_level, sum(c.inflow_heavy)::bigint
	FROM counted c CROSS JOIN setting s
	GROUP BY c.municipality, c.product_group, c.period_from, s.heavy_level
	HAVING sum(c.clients_heavy + c.started_heavy + c.scaled_up + c.scaled_down + c.inflow_heavy) > 0;
END;
COMMENT ON FUNCTION @region@.compute_scaling(date, date, date) IS 'Figures of monitor_scaling for the years that have a day in [from_day, to_day), counted up to as_of.';

CREATE OR REPLACE VIEW @region@.monitor_scaling WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to,
	f.clients_heavy, f.started_heavy, f.scaled_up, f.scaled_down, f.heavy_level, f.inflow_heavy
FROM @region@.figures_scaling f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_scaling IS 'Heavy care and scaling up and down (zware zorg, op- en afschaling) per calendar year, in persons, by the level of the products in the catalogue. Rows with nothing to count are left out.';
COMMENT ON COLUMN @region@.monitor_scaling.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_scaling.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Not the level of products.';
COMMENT ON COLUMN @region@.monitor_scaling.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_scaling.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_scaling.product_group IS 'Product group (productgroep); NULL: all.';
COMMENT ON COLUMN @region@.monitor_scaling.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.monitor_scaling.period_to IS 'Last day of it (t/m); the running year counts up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_scaling.clients_heavy IS 'Different clients with a day in care with a heavy product, one of heavy_level or more (cliënten in zware zorg).';
COMMENT ON COLUMN @region@.monitor_scaling.started_heavy IS 'Different clients whose care as a whole began with a heavy product (direct ingestroomd in zware zorg).';
COMMENT ON COLUMN @region@.monitor_scaling.scaled_up IS 'Different clients with a transfer to a product of a higher level in the same group (opschaling).';
COMMENT ON COLUMN @region@.monitor_scaling.scaled_down IS 'Different clients with a transfer to a product of a lower level in the same group (afschaling).';
COMMENT ON COLUMN @region@.monitor_scaling.heavy_level IS 'Level from which products are heavy, as settings has it (zwaarte).';
COMMENT ON COLUMN @region@.monitor_scaling.inflow_heavy IS 'Times that heavy care of a person began (instroom in zware zorg), from nothing or from lighter care; in a row of a product group, heavy care of that group.';
