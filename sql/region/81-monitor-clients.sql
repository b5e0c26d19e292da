-- 81-monitor-clients: how many clients, trajectories and allotments are in care.

CREATE OR REPLACE FUNCTION @region@.compute_clients(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, product text, period_kind text, period_from date, period_to date,
		persons bigint, persons_12m bigint, trajectories bigint, allocations bigint)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH care AS MATERIALIZED (
		SELECT c.municipality, c.product, c.period_in_region AS period, c.client, c.number,
			min(c.number) OVER (PARTITION BY c.client, c.provider, c.product) AS trajectory
		FROM @region@.care_periods c
		WHERE c.started <= as_of
	),
	place AS MATERIALIZED (
		SELECT c.municipality::text AS municipality, zorgregio.care_history_agg(c.client, c.product, c.period) AS persons,
			zorgregio.care_history_agg(c.trajectory, c.product, c.period) AS trajectories, zorgregio.care_history_agg(c.number, c.product, c.period) AS allocations
		FROM care c GROUP BY c.municipality
	),
	area AS MATERIALIZED (
		SELECT p.* FROM place p
		UNION ALL
		SELECT NULL, zorgregio.care_history_union_agg(p.persons), zorgregio.care_history_union_agg(p.trajectories), zorgregio.care_history_union_agg(p.allocations)
		FROM place p HAVING count(*) > 0
	),
	product AS MATERIALIZED (
		SELECT coalesce(p.product_group, '(unknown)') AS product_group, coalesce(c.product::text, '(unknown)') AS product, c.product AS code
		FROM (SELECT DISTINCT c.product FROM care c) c LEFT JOIN @region@.products p ON p.code = c.product
	),
	slice AS MATERIALIZED (
		SELECT NULL AS product_group, NULL AS product, NULL::zorgregio.product[] AS codes
		UNION ALL
		SELECT p.product_group, NULL, array_agg(p.code) FROM product p GROUP BY p.product_group
		UNION ALL
		SELECT p.product_group, p.product, ARRAY[p.code] FROM product p
	),
	sliced AS MATERIALIZED (
		SELECT a.municipality, s.product_group, s.product,
			CASE WHEN s.codes IS NULL THEN a.persons ELSE zorgregio.for_products(a.persons, s.codes) END AS persons,
			CASE WHEN s.codes IS NULL THEN a.trajectories ELSE zorgregio.for_products(a.trajectories, s.codes) END AS trajectories,
			CASE WHEN s.codes IS NULL THEN a.allocations ELSE zorgregio.for_products(a.allocations, s.codes) END AS allocations
		FROM area a CROSS JOIN slice s
	),
	span AS (
		SELECT p.period_kind, ('1 ' || p.period_kind)::interval AS step, daterange(min(lower(p.days)), max(upper(p.days))) AS days
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p GROUP BY p.period_kind
	)
	SELECT s.municipality, s.product_group, s.product, w.period_kind, lower(p.period), (lower(p.period) + w.step - interval '1 day')::date,
		p.clients, p.clients_12m, t.clients, a.clients
	FROM sliced s CROSS JOIN span w
		CROSS JOIN LATERAL zorgregio.flows(s.persons, w.days, w.step) p
		JOIN LATERAL zorgregio.flows(s.trajectories, w.days, w.step) t ON t.period = p.period
		JOIN LATERAL zorgregio.flows(s.allocations, w.days, w.step) a ON a.period = p.period
	WHERE p.clients_12m > 0;
END;
COMMENT ON FUNCTION @region@.compute_clients(date, date, date) IS 'Figures of monitor_clients for the months and years that have a day in [from_day, to_day), counted up to as_of.';

CREATE OR REPLACE VIEW @region@.monitor_clients WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END
		|| CASE WHEN f.product IS NOT NULL THEN ' by product' WHEN f.product_group IS NOT NULL THEN ' by product group' ELSE '' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.product, p.name AS product_name, f.period_kind, f.period_from, f.period_to,
	f.persons, f.persons_12m, f.trajectories, f.allocations
FROM @region@.figures_clients f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality
	LEFT JOIN @region@.products p ON p.code = CASE WHEN f.product <> '(unknown)' THEN f.product::zorgregio.product END;
COMMENT ON VIEW @region@.monitor_clients IS 'Clients in care (cliënten in zorg) per calendar month and year: in the region and per municipality, in all, per product group and per product. Persons are counted once per row, so rows of persons do not add up; only rows of one level belong in one chart.';
COMMENT ON COLUMN @region@.monitor_clients.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_clients.level IS 'What the row is a total of: region or municipality, followed by nothing (all care), by product group, or by product (niveau).';
COMMENT ON COLUMN @region@.monitor_clients.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_clients.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_clients.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.monitor_clients.product IS 'Product code; NULL: all products of the group; (unknown): the allotment names none.';
COMMENT ON COLUMN @region@.monitor_clients.product_name IS 'Its name in the catalogue (product).';
COMMENT ON COLUMN @region@.monitor_clients.period_kind IS 'month (maand) or year (jaar).';
COMMENT ON COLUMN @region@.monitor_clients.period_from IS 'First day of the calendar month or year (van).';
COMMENT ON COLUMN @region@.monitor_clients.period_to IS 'Last day of it (t/m); the running month and year count up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_clients.persons IS 'Different clients with a day of care in the period, in persons (unieke cliënten); who moves within the region is one client of the region.';
COMMENT ON COLUMN @region@.monitor_clients.persons_12m IS 'Different clients with a day of care in the 12 months up to the last day that counts in the period, in persons (unieke cliënten, 12 maanden).';
COMMENT ON COLUMN @region@.monitor_clients.trajectories IS 'Different combinations of client, product and provider with a day of care in the period (trajecten).';
COMMENT ON COLUMN @region@.monitor_clients.allocations IS 'Different allotments with a day of care in the period (toewijzingen).';
