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

-- All of them in one pass over allotments and deliveries, by provider and municipality; those of a municipality, of a provider
-- and of the region are put together from these, where the periods of a client who is in several join as they would have at
-- once. There are few, which the planner cannot see.
CREATE OR REPLACE FUNCTION @region@.share_histories(as_of date)
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, persons zorgregio.care_history, groups zorgregio.care_history,
		trajectories zorgregio.care_history, allocations zorgregio.care_history)
	LANGUAGE sql STABLE PARALLEL SAFE SET enable_sort = off SET jit = off
BEGIN ATOMIC
	-- The periods are those of care_periods, and what a reason means is read as there. For the region a period is longer after a
	-- move to another provider only: these few are kept beside the others, and joined they cover them.
	WITH place AS MATERIALIZED (
		SELECT r.provider, r.municipality, r.persons, r.allocations, r.longer_persons, r.longer_allocations
		FROM unnest((
			SELECT zorgregio.care_places_agg(x.number, x.client, x.provider, x.municipality, x.product, x.until, x.law, x.change_reason, x.started, x.ended, x.stop_reason, x.meaning)
			FROM (
				SELECT NULL::bigint AS number, NULL::bigint AS client, NULL::zorgregio.provider AS provider, NULL::zorgregio.municipality AS municipality,
					NULL::zorgregio.product AS product, NULL::date AS until, m.law, m.change_reason, NULL::date AS started, NULL::date AS ended, m.stop_reason, m.meaning
				FROM zorgregio.stop_meaning m
				UNION ALL
				SELECT r.number, r.client, r.provider, r.municipality, r.product, r.until, r.law, r.change_reason, r.started, r.ended, r.stop_reason, NULL
				FROM @region@.care_rows r WHERE r.kind <> 'claim'
			) x)) r
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
