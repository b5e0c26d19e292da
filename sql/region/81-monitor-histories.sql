-- 81-monitor-histories: who was in care when, as the parts of the monitor ask it.
--
-- One history per municipality and one of the region answers all questions about persons. Trajectories and allotments are
-- counted in the same way, with a number of theirs in the place of the client: a client is one trajectory per provider and
-- product.

CREATE OR REPLACE FUNCTION @region@.group_products()
	RETURNS TABLE (product_group text, code zorgregio.product)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT p.product_group, min(p.code) FROM @region@.products p WHERE p.product_group <> '(unknown)' GROUP BY p.product_group;
END;
COMMENT ON FUNCTION @region@.group_products() IS 'The product that stands for each product group in shared_histories.groups: the first of the group. Products that are not in the catalogue have none.';

-- All of them in one pass over the periods, by provider and municipality; those of a municipality, of a provider and of the
-- region are put together from these, where the periods of a client who is in several join as they would have at once.
-- There are few groups, which the planner cannot see in the cost: it would sort all periods by them.
CREATE OR REPLACE FUNCTION @region@.share_histories(as_of date)
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, persons zorgregio.care_history, groups zorgregio.care_history,
		trajectories zorgregio.care_history, allocations zorgregio.care_history)
	LANGUAGE sql STABLE PARALLEL SAFE SET enable_sort = off SET jit = off
BEGIN ATOMIC
	-- Dates that no history can hold: a start before the year 1 is not known, an end after 9999 is none. OFFSET 0: a period is
	-- made once, not in every place that asks it. For the region a period is longer after a transfer to another provider only:
	-- these few are kept beside the others, and joined they cover them.
	WITH place AS MATERIALIZED (
		SELECT c.provider, c.municipality, zorgregio.care_history_agg(c.client, c.product, c.period) AS persons,
			zorgregio.care_history_agg(c.number, c.product, c.period) AS allocations,
			zorgregio.care_history_agg(c.client, c.product, c.longer) AS longer_persons, zorgregio.care_history_agg(c.number, c.product, c.longer) AS longer_allocations
		FROM (
			SELECT c.provider, c.municipality, c.client, c.product, c.number,
				CASE WHEN upper(c.period) > '9999-12-31' THEN daterange(c.started, NULL) ELSE c.period END AS period,
				CASE WHEN upper(c.longer) > '9999-12-31' THEN daterange(c.started, NULL) ELSE c.longer END AS longer
			FROM (SELECT p.provider, p.municipality, p.client, p.product, p.number, p.started, p.period,
					CASE WHEN p.end_detail = 'other_provider' THEN p.period_in_region END AS longer
				FROM @region@.care_periods p
				WHERE p.started BETWEEN '0001-01-01' AND '9999-12-30' OFFSET 0) c
			OFFSET 0) c
		GROUP BY c.provider, c.municipality
	),
	at_provider AS MATERIALIZED (
		SELECT p.provider, p.municipality, p.persons, p.allocations, p.longer_persons, p.longer_allocations FROM place p
		UNION ALL
		SELECT p.provider, NULL, zorgregio.care_history_union_agg(p.persons), NULL, zorgregio.care_history_union_agg(p.longer_persons), NULL
		FROM place p GROUP BY p.provider
	),
	numbered AS MATERIALIZED (
		SELECT x.provider, (row_number() OVER () - 1) * 4294967296 AS first FROM (SELECT DISTINCT p.provider FROM place p) x
	),
	area AS MATERIALIZED (
		SELECT p.provider, p.municipality, p.persons, NULL::zorgregio.care_history AS trajectories, p.allocations FROM at_provider p
		UNION ALL
		SELECT NULL, r.municipality, zorgregio.care_history_union_agg(r.persons), zorgregio.care_history_union_agg(zorgregio.number_clients(r.persons, r.first)),
			zorgregio.care_history_union_agg(r.allocations)
		FROM (
			SELECT p.municipality, n.first, coalesce(zorgregio.merge(p.persons, p.longer_persons), p.persons) AS persons,
				coalesce(zorgregio.merge(p.allocations, p.longer_allocations), p.allocations) AS allocations
			FROM at_provider p JOIN numbered n ON n.provider = p.provider OFFSET 0) r
		GROUP BY r.municipality
	),
	grouped AS MATERIALIZED (
		SELECT array_agg(x.code) AS products, array_agg(g.code) AS groups
		FROM area a CROSS JOIN LATERAL unnest(zorgregio.products(a.persons)) x(code)
			LEFT JOIN @region@.products p ON p.code = x.code LEFT JOIN @region@.group_products() g ON g.product_group = p.product_group
		WHERE a.provider IS NULL AND a.municipality IS NULL
	)
	SELECT a.provider, a.municipality, a.persons, zorgregio.replace_products(a.persons, g.products, g.groups), a.trajectories, a.allocations
	FROM area a CROSS JOIN grouped g;
END;
COMMENT ON FUNCTION @region@.share_histories(date) IS 'Histories of all care of each municipality and of the region (municipality NULL), made from care_periods.period_in_region, and of that of each provider there, made from care_periods.period; what the parts of the monitor that count care have in common. The day does not matter.';

CREATE OR REPLACE FUNCTION @region@.care_histories(by_provider boolean)
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, persons zorgregio.care_history, groups zorgregio.care_history,
		trajectories zorgregio.care_history, allocations zorgregio.care_history)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.provider, s.municipality, s.persons, s.groups, s.trajectories, s.allocations FROM @region@.shared_histories s
	WHERE (s.provider IS NOT NULL) = $1
	UNION ALL
	SELECT h.provider, h.municipality, h.persons, h.groups, h.trajectories, h.allocations FROM @region@.share_histories(NULL) h
	WHERE (h.provider IS NOT NULL) = $1 AND NOT EXISTS (SELECT FROM @region@.shared_histories);
END;
COMMENT ON FUNCTION @region@.care_histories(boolean) IS 'What share_histories gives, of each provider or of all together; while a refresh runs, what it gave once.';
