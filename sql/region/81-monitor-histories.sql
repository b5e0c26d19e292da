-- 81-monitor-histories: who was in care when, as the parts of the monitor ask it.
--
-- One history per municipality and one of the region answers all questions about persons. Trajectories and allotments are
-- counted in the same way, with a number of theirs in the place of the client.

CREATE OR REPLACE FUNCTION @region@.group_products()
	RETURNS TABLE (product_group text, code zorgregio.product)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT p.product_group, min(p.code) FROM @region@.products p WHERE p.product_group <> '(unknown)' GROUP BY p.product_group;
END;
COMMENT ON FUNCTION @region@.group_products() IS 'The product that stands for each product group in shared_histories.groups: the first of the group. Products that are not in the catalogue have none.';

CREATE OR REPLACE FUNCTION @region@.share_histories(as_of date)
	RETURNS TABLE (municipality zorgregio.municipality, persons zorgregio.care_history, groups zorgregio.care_history,
		trajectories zorgregio.care_history, allocations zorgregio.care_history)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	-- A client, product and provider with more than one allotment: the first stands for all.
	WITH again AS MATERIALIZED (
		SELECT a.client, a.provider, i.product, min(a.number) AS first
		FROM @region@.allocations a CROSS JOIN LATERAL (SELECT zorgregio.product(a.indication)) i(product)
		GROUP BY a.client, a.provider, i.product HAVING count(*) > 1
	),
	-- Dates that no history can hold: a start before the year 1 is not known, an end after 9999 is none.
	place AS MATERIALIZED (
		SELECT c.municipality, zorgregio.care_history_agg(c.client, c.product, p.period) AS persons,
			zorgregio.care_history_agg(coalesce(a.first, c.number), c.product, p.period) AS trajectories,
			zorgregio.care_history_agg(c.number, c.product, p.period) AS allocations
		FROM @region@.care_periods c
			CROSS JOIN LATERAL (SELECT CASE WHEN upper(c.period_in_region) > '9999-12-31' THEN daterange(c.started, NULL) ELSE c.period_in_region END) p(period)
			LEFT JOIN again a ON a.client = c.client AND a.provider = c.provider AND coalesce(a.product, '02') = coalesce(c.product, '02')
				AND (a.product IS NULL) = (c.product IS NULL)
		WHERE c.started BETWEEN '0001-01-01' AND '9999-12-30'
		GROUP BY c.municipality
	),
	area AS MATERIALIZED (
		SELECT p.municipality, p.persons, p.trajectories, p.allocations FROM place p
		UNION ALL
		SELECT NULL, zorgregio.care_history_union_agg(p.persons), zorgregio.care_history_union_agg(p.trajectories),
			zorgregio.care_history_union_agg(p.allocations)
		FROM place p HAVING count(*) > 0
	),
	grouped AS MATERIALIZED (
		SELECT array_agg(x.code) AS products, array_agg(g.code) AS groups
		FROM area a CROSS JOIN LATERAL unnest(zorgregio.products(a.persons)) x(code)
			LEFT JOIN @region@.products p ON p.code = x.code LEFT JOIN @region@.group_products() g ON g.product_group = p.product_group
		WHERE a.municipality IS NULL
	)
	SELECT a.municipality, a.persons, zorgregio.replace_products(a.persons, g.products, g.groups), a.trajectories, a.allocations
	FROM area a CROSS JOIN grouped g;
END;
COMMENT ON FUNCTION @region@.share_histories(date) IS 'Histories of all care of each municipality and of the region (NULL), made from care_periods.period_in_region; what the parts of the monitor that count care have in common. The day does not matter.';

CREATE OR REPLACE FUNCTION @region@.care_histories()
	RETURNS TABLE (municipality zorgregio.municipality, persons zorgregio.care_history, groups zorgregio.care_history,
		trajectories zorgregio.care_history, allocations zorgregio.care_history)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.municipality, s.persons, s.groups, s.trajectories, s.allocations FROM @region@.shared_histories s
	UNION ALL
	SELECT h.municipality, h.persons, h.groups, h.trajectories, h.allocations FROM @region@.share_histories(NULL) h
	WHERE NOT EXISTS (SELECT FROM @region@.shared_histories);
END;
COMMENT ON FUNCTION @region@.care_histories() IS 'What share_histories gives; while a refresh runs, what it gave once.';
