-- 88-monitor-providers: what each provider does, and whether there are enough of them.

-- Persons are counted once per row, from one history per provider and municipality; trajectories and allotments have one
-- product each, so they add up.
CREATE OR REPLACE FUNCTION @region@.provider_care(from_day date, to_day date, as_of date)
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, product_group text, year date, persons bigint, trajectories bigint, allocations bigint)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH span AS MATERIALIZED (
		SELECT daterange(min(lower(p.days)), max(upper(p.days))) AS days
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p WHERE p.period_kind = 'year'
	),
	area AS MATERIALIZED (SELECT h.* FROM @region@.care_histories(true) h),
	counted AS (
		SELECT a.provider, a.municipality, NULL AS product_group, lower(f.period) AS year, f.clients AS persons, 0::bigint AS trajectories, 0::bigint AS allocations
		FROM area a CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows(a.persons, s.days, interval '1 year') f
		WHERE f.clients > 0
		UNION ALL
		SELECT a.provider, a.municipality, coalesce(g.product_group, '(unknown)'), lower(f.period), f.clients, 0, 0
		FROM area a CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(a.groups, s.days, interval '1 year') f
			LEFT JOIN @region@.group_products() g ON g.code = f.product
		WHERE f.clients > 0
		UNION ALL
		SELECT n.provider, n.municipality, l.product_group, n.year, 0, n.trajectories, n.allocations
		FROM (
			SELECT a.provider, a.municipality, f.product, lower(f.period) AS year, f.clients AS trajectories, 0 AS allocations
			FROM area a CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(a.persons, s.days, interval '1 year') f
			WHERE f.clients > 0
			UNION ALL
			-- one municipality each, so those of a provider in all add up too
			SELECT f.provider, m.municipality, f.product, f.year, 0, f.allocations
			FROM (
				SELECT a.provider, a.municipality, f.product, lower(f.period) AS year, f.clients AS allocations
				FROM area a CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(a.allocations, s.days, interval '1 year') f
				WHERE a.municipality IS NOT NULL AND f.clients > 0) f
				CROSS JOIN LATERAL (VALUES (f.municipality), (NULL)) m(municipality)
		) n
			LEFT JOIN @region@.products p ON p.code = n.product
			CROSS JOIN LATERAL (VALUES (coalesce(p.product_group, '(unknown)')), (NULL)) l(product_group)
	)
	SELECT c.provider, c.municipality, c.product_group, c.year, sum(c.persons)::bigint, sum(c.trajectories)::bigint, sum(c.allocations)::bigint
	FROM counted c GROUP BY c.provider, c.municipality, c.product_group, c.year
	HAVING sum(c.persons) > 0;
END;
COMMENT ON FUNCTION @region@.provider_care(date, date, date) IS 'Persons, trajectories and allotments in care (care_periods.period) with each provider, in the region (NULL) and per municipality, in all (NULL) and per product group, in the years with a day in [from_day, to_day), up to as_of.';

CREATE OR REPLACE FUNCTION @region@.compute_providers(from_day date, to_day date, as_of date)
	RETURNS TABLE (provider text, municipality text, product_group text, period_from date, period_to date, contract_kind text,
		persons bigint, trajectories bigint, allocations bigint, claimed numeric, lump_sum numeric, share_of_claimed numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH span AS MATERIALIZED (
		SELECT p.period_from AS year, p.days, daterange(p.period_from, p.period_to + 1) AS whole
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p WHERE p.period_kind = 'year'
	),
	-- The weightiest contract of the year, as a number: 1 framework, 2 bridging, 3 subcontract.
	amount AS (
		SELECT a.provider, a.municipality, a.product_group, a.period_from AS year, a.claimed, 0::numeric AS lump_sum, NULL::integer AS kind
		FROM span s JOIN @region@.figures_amounts a ON a.period_from = s.year AND a.period_kind = 'year' AND a.provider IS NOT NULL
		UNION ALL
		SELECT l.provider, l.municipality, l.product_group, s.year, 0, l.amount, NULL FROM span s CROSS JOIN LATERAL @region@.lump_sums_by_month(s.whole) l
		UNION ALL
		SELECT c.provider::text, c.municipality::text, p.product_group, s.year, 0, 0, min(array_position(ARRAY['framework', 'bridging', 'subcontract'], c.kind))
		FROM span s JOIN @region@.contracts c ON c.valid && s.days JOIN @region@.products p ON p.code = c.product
		GROUP BY c.provider, c.municipality, p.product_group, s.year
	),
	total AS (
		SELECT a.provider, a.municipality, a.product_group, a.year, sum(a.claimed) AS claimed, sum(a.lump_sum) AS lump_sum, min(a.kind) AS kind,
			0::bigint AS persons, 0::bigint AS trajectories, 0::bigint AS allocations
		FROM amount a
		GROUP BY GROUPING SETS ((a.provider, a.municipality, a.product_group, a.year), (a.provider, a.municipality, a.year), (a.provider, a.product_group, a.year), (a.provider, a.year))
		UNION ALL
		SELECT c.provider::text, c.municipality::text, c.product_group, c.year, 0, 0, NULL, c.persons, c.trajectories, c.allocations
		FROM @region@.provider_care(from_day, to_day, as_of) c
	)
	SELECT t.provider, t.municipality, t.product_group, t.year, (t.year + interval '1 year' - interval '1 day')::date,
		(ARRAY['framework', 'bridging', 'subcontract'])[min(t.kind)], sum(t.persons)::bigint, sum(t.trajectories)::bigint, sum(t.allocations)::bigint,
		sum(t.claimed), sum(t.lump_sum), round(sum(t.claimed) / nullif(sum(sum(t.claimed)) OVER (PARTITION BY t.municipality, t.product_group, t.year), 0), 4)
	FROM total t
	GROUP BY t.provider, t.municipality, t.product_group, t.year;
END;
COMMENT ON FUNCTION @region@.compute_providers(date, date, date) IS 'Figures of monitor_providers for the years that have a day in [from_day, to_day): care and contracts up to as_of, claims from figures_amounts.';

CREATE OR REPLACE VIEW @region@.monitor_providers WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || ' by provider' || CASE WHEN f.product_group IS NULL THEN '' ELSE ' and product group' END AS level,
	f.provider, p.name AS provider_name, f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to,
	f.contract_kind, f.persons, f.trajectories, f.allocations, f.claimed, f.lump_sum, f.share_of_claimed
FROM @region@.figures_providers f
	LEFT JOIN @region@.providers p ON p.code = CASE WHEN f.provider <> '(unknown)' THEN f.provider::zorgregio.provider END
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.monitor_providers IS 'Providers per calendar year (zorgaanbieders): contract, clients and claims, in the region and per municipality, in all and per product group. A provider with a contract has a row also when it has nothing else. Persons are counted once per row, so they do not add up.';
COMMENT ON COLUMN @region@.monitor_providers.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_providers.level IS 'What the row is a total of: region by provider or municipality by provider, followed by nothing (everything) or by product group (niveau).';
COMMENT ON COLUMN @region@.monitor_providers.provider IS 'AGB code of the provider that delivers (zorgaanbieder); (unknown): of claims on an allotment nobody knows, in no declaration.';
COMMENT ON COLUMN @region@.monitor_providers.provider_name IS 'Its name (naam).';
COMMENT ON COLUMN @region@.monitor_providers.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): as for the provider.';
COMMENT ON COLUMN @region@.monitor_providers.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_providers.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or none is named.';
COMMENT ON COLUMN @region@.monitor_providers.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.monitor_providers.period_to IS 'Last day of it (t/m); the running year counts up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_providers.contract_kind IS 'The weightiest contract on a day of the year: framework (raamovereenkomst), bridging (overbrugging) or subcontract (onderaanneming); NULL: none.';
COMMENT ON COLUMN @region@.monitor_providers.persons IS 'Different clients in care with the provider on a day of the year, in persons (unieke cliënten).';
COMMENT ON COLUMN @region@.monitor_providers.trajectories IS 'Different combinations of client and product in care with it (trajecten).';
COMMENT ON COLUMN @region@.monitor_providers.allocations IS 'Different allotments in care with it (toewijzingen).';
COMMENT ON COLUMN @region@.monitor_providers.claimed IS 'Euro: amounts of its claim lines of the year, less credits (gedeclareerd).';
COMMENT ON COLUMN @region@.monitor_providers.lump_sum IS 'Euro: its lump sums of the whole year (lumpsum, taakgericht).';
COMMENT ON COLUMN @region@.monitor_providers.share_of_claimed IS 'Its part of what all providers claimed in the same municipality, product group and year, 1 is all of it (aandeel); NULL: nothing was claimed.';
