-- 88-monitor-coverage: whether there are enough providers for each product group (dekkend zorglandschap).

CREATE OR REPLACE FUNCTION @region@.compute_coverage(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, as_of date, bought boolean, contracted bigint, contracted_with_clients bigint, bridging bigint,
		closed boolean, scarcity boolean, clients bigint, clients_per_provider numeric, largest_share numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	-- Of one provider in one place: the clients of the day, with the kinds of contract of the day.
	WITH care AS MATERIALIZED (
		SELECT c.municipality::text AS municipality, coalesce(c.product_group, '(unknown)') AS product_group, c.provider,
			zorgregio.client_set_agg(c.client) FILTER (WHERE c.period @> $3) AS of_provider, zorgregio.client_set_agg(c.client) AS clients
		FROM @region@.care_periods c
		WHERE c.started <= $3 AND c.period_in_region @> $3
		GROUP BY c.municipality, coalesce(c.product_group, '(unknown)'), c.provider
	),
	contract AS MATERIALIZED (
		SELECT c.municipality::text AS municipality, p.product_group, c.provider, bool_or(c.kind = 'framework') AS framework, bool_or(c.kind = 'bridging') AS bridging
		FROM @region@.contracts c JOIN @region@.products p ON p.code = c.product
		WHERE c.valid @> $3 AND c.kind <> 'subcontract'
		GROUP BY c.municipality, p.product_group, c.provider
	),
	place AS (
		SELECT coalesce(k.municipality, c.municipality) AS municipality, coalesce(k.product_group, c.product_group) AS product_group, coalesce(k.provider, c.provider) AS provider,
			coalesce(k.framework, false) AS framework, coalesce(k.bridging, false) AS bridging, c.of_provider, c.clients
		FROM contract k FULL JOIN care c ON c.municipality = k.municipality AND c.product_group = k.product_group AND c.provider = k.provider
	),
	-- A provider counts once in a row, whatever contracts it has.
	provider AS MATERIALIZED (
		SELECT p.municipality, p.product_group, p.provider, bool_or(p.framework) AS framework, bool_or(p.bridging) AS bridging,
			coalesce(zorgregio.cardinality(zorgregio.client_set_union_agg(p.of_provider)), 0) AS of_provider, zorgregio.client_set_union_agg(p.clients) AS clients
		FROM place p
		GROUP BY GROUPING SETS ((p.municipality, p.product_group, p.provider), (p.product_group, p.provider))
	),
	counted AS MATERIALIZED (
		SELECT p.municipality, p.product_group, count(*) FILTER (WHERE p.framework) AS contracted, count(*) FILTER (WHERE p.framework AND p.of_provider > 0) AS contracted_with_clients,
			count(*) FILTER (WHERE p.bridging AND NOT p.framework) AS bridging, count(*) FILTER (WHERE p.of_provider > 0) AS with_clients,
			coalesce(zorgregio.cardinality(zorgregio.client_set_union_agg(p.clients)), 0) AS clients, max(p.of_provider) AS largest
		FROM provider p GROUP BY p.municipality, p.product_group
	),
	asked AS (
		SELECT m.code, g.product_group
		FROM (SELECT c.code FROM @region@.municipalities c UNION ALL SELECT NULL) m
			CROSS JOIN (SELECT p.product_group FROM @region@.products p UNION SELECT c.product_group FROM counted c) g
	)
	SELECT a.code::text, a.product_group, $3,
		EXISTS (SELECT FROM @region@.sourcings s JOIN @region@.products p ON p.code = s.product
			WHERE s.valid @> $3 AND p.product_group = a.product_group AND (s.municipality = a.code OR a.code IS NULL)),
		coalesce(c.contracted, 0), coalesce(c.contracted_with_clients, 0), coalesce(c.bridging, 0),
		EXISTS (SELECT FROM @region@.closures x
			WHERE x.valid @> $3 AND (x.product_group = a.product_group OR x.product_group IS NULL) AND (x.municipality = a.code OR x.municipality IS NULL)),
		EXISTS (SELECT FROM @region@.admission_windows w
			WHERE w.kind = 'scarcity' AND w.opens @> $3 AND (w.product_group = a.product_group OR w.product_group IS NULL) AND (w.municipality = a.code OR w.municipality IS NULL)),
		coalesce(c.clients, 0), round(c.clients::numeric / nullif(c.with_clients, 0), 1), round(c.largest::numeric / nullif(c.clients, 0), 4)
	FROM asked a LEFT JOIN counted c ON c.product_group = a.product_group AND coalesce(c.municipality, '') = coalesce(a.code::text, '');
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
