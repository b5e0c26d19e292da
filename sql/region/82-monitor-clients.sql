-- 82-monitor-clients: how many clients, trajectories and allotments are in care.

CREATE OR REPLACE FUNCTION @region@.compute_clients(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, product text, period_kind text, period_from date, period_to date,
		persons bigint, persons_12m bigint, trajectories bigint, allocations bigint)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH span AS MATERIALIZED (
		SELECT p.period_kind, ('1 ' || p.period_kind)::interval AS step, daterange(min(lower(p.days)), max(upper(p.days))) AS days
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p GROUP BY p.period_kind
	),
	-- Persons are counted at each level; trajectories and allotments have one product, so they add up.
	counted AS (
		SELECT h.municipality, NULL AS product_group, NULL AS product, s.period_kind, s.step, f.period, f.clients AS persons, f.clients_12m AS persons_12m,
			0::bigint AS trajectories, 0::bigint AS allocations
		FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows(h.persons, s.days, s.step) f
		UNION ALL
		SELECT h.municipality, coalesce(g.product_group, '(unknown)'), NULL, s.period_kind, s.step, f.period, f.clients, f.clients_12m, 0, 0
		FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(h.groups, s.days, s.step) f
			LEFT JOIN @region@.group_products() g ON g.code = f.product
		UNION ALL
		SELECT h.municipality, coalesce(p.product_group, '(unknown)'), coalesce(f.product::text, '(unknown)'), s.period_kind, s.step, f.period,
			f.clients, f.clients_12m, 0, 0
		FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(h.persons, s.days, s.step) f
			LEFT JOIN @region@.products p ON p.code = f.product
		UNION ALL
		SELECT n.municipality, l.product_group, l.product, n.period_kind, n.step, n.period, 0, 0, n.trajectories, n.allocations
		FROM (
			SELECT h.municipality, s.period_kind, s.step, f.period, f.product, f.clients AS trajectories, 0 AS allocations
			FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(h.trajectories, s.days, s.step) f
			WHERE f.clients > 0
			UNION ALL
			-- one municipality each, so those of the region add up too
			SELECT m.municipality, s.period_kind, s.step, f.period, f.product, 0, f.clients
			FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(h.allocations, s.days, s.step) f
				CROSS JOIN LATERAL (VALUES (h.municipality), (NULL)) m(municipality)
			WHERE h.municipality IS NOT NULL AND f.clients > 0
		) n
			LEFT JOIN @region@.products p ON p.code = n.product
			CROSS JOIN LATERAL (VALUES (coalesce(p.product_group, '(unknown)'), coalesce(n.product::text, '(unknown)')),
				(coalesce(p.product_group, '(unknown)'), NULL), (NULL, NULL)) l(product_group, product)
	)
	SELECT c.municipality::text, c.product_group, c.product, c.period_kind, lower(c.period), (lower(c.period) + c.step - interval '1 day')::date,
		sum(c.persons)::bigint, sum(c.persons_12m)::bigint, sum(c.trajectories)::bigint, sum(c.allocations)::bigint
	FROM counted c
	GROUP BY c.municipality, c.product_group, c.product, c.period_kind, c.step, c.period
	HAVING sum(c.persons_12m) > 0;
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
