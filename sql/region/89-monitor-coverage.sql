-- 89-monitor-coverage: whether there are enough providers for each product group (dekkend zorglandschap).

CREATE OR REPLACE FUNCTION @region@.compute_coverage(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, as_of date, bought boolean, contracted bigint, contracted_with_clients bigint, bridging bigint,
		closed boolean, scarcity boolean, clients bigint, clients_per_provider numeric, largest_share numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH today AS MATERIALIZED (SELECT daterange($3, $3 + 1) AS days),
	-- Clients of the day, by place and by provider; municipality NULL: the region.
	care AS MATERIALIZED (
		SELECT h.municipality, coalesce(g.product_group, '(unknown)') AS product_group, f.clients
		FROM @region@.care_histories(false) h CROSS JOIN today t CROSS JOIN LATERAL zorgregio.flows_by_product(h.groups, t.days, interval '1 day') f
			LEFT JOIN @region@.group_products() g ON g.code = f.product
		WHERE f.clients > 0
	),
	served AS MATERIALIZED (
		SELECT h.provider, h.municipality, coalesce(g.product_group, '(unknown)') AS product_group, f.clients
		FROM @region@.care_histories(true) h CROSS JOIN today t CROSS JOIN LATERAL zorgregio.flows_by_product(h.groups, t.days, interval '1 day') f
			LEFT JOIN @region@.group_products() g ON g.code = f.product
		WHERE f.clients > 0
	),
	contract AS MATERIALIZED (
		SELECT c.provider, c.municipality, p.product_group, bool_or(c.kind = 'framework') AS framework, bool_or(c.kind = 'bridging') AS bridging
		FROM @region@.contracts c JOIN @region@.products p ON p.code = c.product
		WHERE c.valid @> $3 AND c.kind <> 'subcontract'
		GROUP BY GROUPING SETS ((c.provider, c.municipality, p.product_group), (c.provider, p.product_group))
	),
	-- A provider counts once in a row, whatever contracts it has.
	counted AS MATERIALIZED (
		SELECT p.municipality, p.product_group, count(*) FILTER (WHERE p.framework) AS contracted, count(*) FILTER (WHERE p.framework AND p.clients > 0) AS contracted_with_clients,
			count(*) FILTER (WHERE p.bridging AND NOT p.framework) AS bridging, count(*) FILTER (WHERE p.clients > 0) AS with_clients, max(p.clients) AS largest
		FROM (
			SELECT x.provider, x.municipality, x.product_group, bool_or(x.framework) AS framework, bool_or(x.bridging) AS bridging, sum(x.clients) AS clients
			FROM (
				SELECT k.provider, k.municipality, k.product_group, k.framework, k.bridging, 0::bigint AS clients FROM contract k
				UNION ALL
				SELECT s.provider, s.municipality, s.product_group, false, false, s.clients FROM served s
			) x GROUP BY x.provider, x.municipality, x.product_group
		) p
		GROUP BY p.municipality, p.product_group
	),
	asked AS (
		SELECT m.code, g.product_group
		FROM (SELECT c.code FROM @region@.municipalities c UNION ALL SELECT NULL) m
			CROSS JOIN (SELECT p.product_group FROM @region@.products p UNION SELECT c.product_group FROM counted c UNION SELECT c.product_group FROM care c) g
	)
	SELECT a.code::text, a.product_group, $3,
		EXISTS (SELECT FROM @region@.sourcings s JOIN @region@.products p ON p.code = s.product
			WHERE s.valid @> $3 AND p.product_group = a.product_group AND (s.municipality = a.code OR a.code IS NULL)),
		coalesce(c.contracted, 0), coalesce(c.contracted_with_clients, 0), coalesce(c.bridging, 0),
		EXISTS (SELECT FROM @region@.closures x
			WHERE x.valid @> $3 AND (x.product_group = a.product_group OR x.product_group IS NULL) AND (x.municipality = a.code OR x.municipality IS NULL)),
		EXISTS (SELECT FROM @region@.admission_windows w
			WHERE w.kind = 'scarcity' AND w.opens @> $3 AND (w.product_group = a.product_group OR w.product_group IS NULL) AND (w.municipality = a.code OR w.municipality IS NULL)),
		coalesce(h.clients, 0), round(h.clients::numeric / nullif(c.with_clients, 0), 1), round(coalesce(c.largest, 0) / nullif(h.clients, 0), 4)
	FROM asked a
		LEFT JOIN counted c ON c.product_group = a.product_group AND coalesce(c.municipality::text, '') = coalesce(a.code::text, '')
		LEFT JOIN care h ON h.product_group = a.product_group AND coalesce(h.municipality::text, '') = coalesce(a.code::text, '');
END;
COMMENT ON FUNCTION @region@.compute_coverage(date, date, date) IS 'Figures of monitor_coverage on as_of; the other two days do not matter.';

CREATE OR REPLACE VIEW @region@.monitor_coverage WITH (security_invoker) AS
SELECT f.key, f.municipality, m.name AS municipality_name, f.product_group, f.as_of, f.bought, f.contracted, f.contracted_with_clients, f.bridging, f.closed, f.scarcity,
	f.clients, f.clients_per_provider, f.largest_share, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || ' by product group' AS level
FROM @region@.figures_coverage f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_coverage IS 'Providers for each product group on the day of the refresh (dekking): in the region and per municipality, a row for every product group, also where nobody has a contract.';
COMMENT ON COLUMN @region@.monitor_coverage.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_coverage.municipality IS 'CBS code of the municipality (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_coverage.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_coverage.product_group IS 'Product group (productgroep); (unknown): care with a product that is not in the catalogue, or none.';
COMMENT ON COLUMN @region@.monitor_coverage.as_of IS 'Day that is looked at (peildatum).';
COMMENT ON COLUMN @region@.monitor_coverage.bought IS 'Whether the municipality, or any of the region, buys a product of the group on the day, by whatever channel (ingekocht).';
COMMENT ON COLUMN @region@.monitor_coverage.contracted IS 'Providers with a framework contract on the day (gecontracteerde aanbieders).';
COMMENT ON COLUMN @region@.monitor_coverage.contracted_with_clients IS 'Those of them with a client in care there on the day.';
COMMENT ON COLUMN @region@.monitor_coverage.bridging IS 'Providers with a bridging agreement on the day and no framework contract (overbrugging).';
COMMENT ON COLUMN @region@.monitor_coverage.closed IS 'Whether the group takes no new providers on the day (dichtgezet); of the region: in all municipalities by one closure.';
COMMENT ON COLUMN @region@.monitor_coverage.scarcity IS 'Whether a window for scarcity is open on the day (schaarste); of the region: one for all municipalities.';
COMMENT ON COLUMN @region@.monitor_coverage.clients IS 'Clients in care on the day, with whatever provider, in persons (cliënten).';
COMMENT ON COLUMN @region@.monitor_coverage.clients_per_provider IS 'Clients per provider that has any (cliënten per aanbieder); NULL: no clients.';
COMMENT ON COLUMN @region@.monitor_coverage.largest_share IS 'Part of the clients that is in care with the provider that has most, 1 is all of them (aandeel van de grootste); NULL: no clients.';
COMMENT ON COLUMN @region@.monitor_coverage.level IS 'What the row is a total of: region by product group, or municipality by product group (niveau).';
