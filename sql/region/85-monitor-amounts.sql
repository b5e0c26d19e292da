-- 85-monitor-amounts: prices by contract, and the amounts that the monitor of money is rolled up from.

CREATE OR REPLACE FUNCTION @region@.price_list() RETURNS zorgregio.tariff_book
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT zorgregio.tariff_book_agg(t.product, t.tariff_group, t.tariff, t.valid)
	FROM @region@.tariffs t WHERE t.status <> 'proposed';
END;
COMMENT ON FUNCTION @region@.price_list() IS 'The tariffs of the region as one tariff book (tariefboek), without proposals; NULL when there are none.';

-- Most contracts name no group, so only the others are worked out.
CREATE OR REPLACE FUNCTION @region@.contract_prices()
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, product zorgregio.product, prices zorgregio.tariff_book)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH term AS (
		SELECT c.provider, c.municipality, c.product, c.tariff_group,
			CASE WHEN c.kind <> 'subcontract' THEN datemultirange(c.valid)
				ELSE datemultirange(c.valid)
					- coalesce(range_agg(c.valid) FILTER (WHERE c.kind <> 'subcontract') OVER (PARTITION BY c.provider, c.municipality, c.product), '{}')
					- coalesce(range_agg(c.valid) FILTER (WHERE c.kind = 'subcontract') OVER (PARTITION BY c.provider, c.municipality, c.product
						ORDER BY c.key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}') END AS days
		FROM @region@.contracts c
		WHERE EXISTS (SELECT FROM @region@.contracts g
			WHERE g.provider = c.provider AND g.municipality = c.municipality AND g.product = c.product AND g.tariff_group IS NOT NULL)
	),
	differentiated AS (
		SELECT t.provider, t.municipality, t.product, t.tariff_group, range_agg(t.days) AS days
		FROM term t
		WHERE EXISTS (SELECT FROM @region@.tariffs x WHERE x.product = t.product AND x.tariff_group = t.tariff_group AND x.status <> 'proposed')
		GROUP BY t.provider, t.municipality, t.product, t.tariff_group
	),
	line AS (
		SELECT d.provider, d.municipality, d.product, x.tariff, datemultirange(x.valid) * d.days AS days
		FROM differentiated d
			JOIN @region@.tariffs x ON x.product = d.product AND x.tariff_group = d.tariff_group AND x.status <> 'proposed'
		UNION ALL
		SELECT d.provider, d.municipality, d.product, x.tariff, datemultirange(x.valid) - d.days
		FROM (SELECT a.provider, a.municipality, a.product, range_agg(a.days) AS days FROM differentiated a GROUP BY a.provider, a.municipality, a.product) d
			JOIN @region@.tariffs x ON x.product = d.product AND x.tariff_group IS NULL AND x.status <> 'proposed'
	)
	SELECT l.provider, l.municipality, l.product, zorgregio.tariff_book_agg(l.product, l.tariff, piece.days)
	FROM line l CROSS JOIN LATERAL unnest(l.days) piece(days)
	GROUP BY l.provider, l.municipality, l.product;
END;
COMMENT ON FUNCTION @region@.contract_prices() IS 'The tariffs of providers whose contract names a tariff group with tariffs of its own (tariefdifferentiatie): each day those of the contract of that day, on days without one the ordinary tariffs. A subcontract counts where there is no other contract, the first made before others.';

CREATE OR REPLACE FUNCTION @region@.compute_amounts(from_day date, to_day date, as_of date)
	RETURNS TABLE (provider text, municipality text, product_group text, product text, unit text, period_kind text, period_from date, period_to date,
		allocations bigint, allocations_unpriced bigint, indicated numeric, delivered numeric, claimed numeric, claimed_unallotted numeric,
		claimable numeric, claimed_quantity numeric)
	LANGUAGE sql STABLE PARALLEL SAFE SET work_mem = '256MB' SET jit = off
BEGIN ATOMIC
	-- Whole years, since the months of a year share their rounding, whatever months were asked for.
	WITH span AS MATERIALIZED (
		SELECT y.days, y.days * daterange(NULL, (date_trunc('month', as_of::timestamp) + interval '1 month')::date) AS past, b.book, as_of + 1 AS ends
		FROM (SELECT daterange(date_trunc('year', from_day::timestamp)::date, (date_trunc('year', (to_day - 1)::timestamp) + interval '1 year')::date)) y(days),
			(SELECT @region@.price_list()) b(book)
	),
	differentiated AS MATERIALIZED (SELECT p.* FROM @region@.contract_prices() p),
	allotted AS MATERIALIZED (
		SELECT a.municipality::text AS municipality, zorgregio.product(a.indication) AS product, coalesce(zorgregio.unit(a.indication), '(unknown)') AS unit,
			zorgregio.known_cost_by_month_agg(a.indication, coalesce(d.prices, s.book), s.days, 'days', '(,)') AS indicated,
			zorgregio.unpriced_by_month_agg(a.indication, coalesce(d.prices, s.book), s.days, 'days', '(,)') AS unpriced_by_month,
			zorgregio.unpriced_by_year_agg(a.indication, coalesce(d.prices, s.book), s.days, 'days', '(,)') AS unpriced_by_year,
			zorgregio.claimable_by_month_agg(a.indication, s.past) AS claimable_by_month,
			zorgregio.claimable_by_year_agg(a.indication, s.past) AS claimable_by_year,
			zorgregio.in_force_by_month_agg(a.indication, s.past) AS in_force_by_month,
			zorgregio.in_force_by_year_agg(a.indication, s.past) AS in_force_by_year
		FROM @region@.allocations a CROSS JOIN span s
			LEFT JOIN differentiated d ON d.provider = a.provider AND d.municipality = a.municipality AND d.product = zorgregio.product(a.indication)
		WHERE zorgregio.period(a.indication) && s.days AND NOT zorgregio.never_sent(a.indication, a.change_reason)
		GROUP BY a.municipality, zorgregio.product(a.indication), coalesce(zorgregio.unit(a.indication), '(unknown)')
	),
	-- A day counts once, also where two deliveries of an allotment overlap.
	care AS (
		SELECT x.number, daterange(x.started, x.until) AS days
		FROM (
			SELECT e.number, greatest(e.started, max(e.until) OVER (PARTITION BY e.number ORDER BY e.started ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS started, e.until
			FROM (SELECT d.number, d.started, least(d.ended + 1, s.ends) AS until FROM @region@.deliveries d CROSS JOIN span s WHERE d.started < s.ends) e
		) x WHERE x.started < x.until
	),
	delivered AS MATERIALIZED (
		SELECT a.municipality::text AS municipality, zorgregio.product(a.indication) AS product, coalesce(zorgregio.unit(a.indication), '(unknown)') AS unit,
			zorgregio.known_cost_by_month_agg(a.indication, coalesce(d.prices, s.book), s.days, 'days', c.days) AS delivered
		FROM care c JOIN @region@.allocations a ON a.number = c.number CROSS JOIN span s
			LEFT JOIN differentiated d ON d.provider = a.provider AND d.municipality = a.municipality AND d.product = zorgregio.product(a.indication)
		WHERE c.days && s.days AND NOT zorgregio.never_sent(a.indication, a.change_reason)
		GROUP BY a.municipality, zorgregio.product(a.indication), coalesce(zorgregio.unit(a.indication), '(unknown)')
	),
	line AS (
		SELECT coalesce(a.provider, d.provider)::text AS provider, coalesce(a.municipality, d.municipality)::text AS municipality,
			coalesce(c.product, a.product) AS claimed_product, a.product, coalesce(a.unit, '(unknown)') AS unit, a.sent IS NOT TRUE AS unallotted,
			date_trunc('month', lower(c.product_period)::timestamp)::date AS month, c.amount,
			CASE WHEN a.sent THEN zorgregio.claimed_quantity(a.indication, c.volume, c.amount, c.credit) END AS quantity
		FROM span s CROSS JOIN @region@.claims c
			LEFT JOIN (
				SELECT a.number, a.provider, a.municipality, zorgregio.product(a.indication) AS product, zorgregio.unit(a.indication) AS unit, a.indication,
					NOT zorgregio.never_sent(a.indication, a.change_reason) AS sent
				FROM @region@.allocations a
			) a ON a.number = c.number
			LEFT JOIN @region@.declarations d ON d.id = c.declaration AND a.number IS NULL
		WHERE lower(c.product_period) >= lower(s.days) AND lower(c.product_period) < least(upper(s.days), s.ends)
	),
	claim AS MATERIALIZED (
		SELECT l.provider, l.municipality, l.claimed_product, l.product, l.unit, l.unallotted, l.month, date_trunc('year', l.month::timestamp)::date AS year,
			sum(l.amount) AS amount, sum(l.quantity) AS quantity
		FROM line l
		GROUP BY GROUPING SETS ((l.municipality, l.claimed_product, l.product, l.unit, l.unallotted, l.month),
			(l.provider, l.municipality, l.claimed_product, l.unallotted, date_trunc('year', l.month::timestamp)::date))
	),
	-- Every amount in its month; what counts a year once comes beside.
	monthly AS (
		SELECT NULL AS provider, a.municipality, a.product, a.unit, (lower(s.days) + (u.n - 1) * interval '1 month')::date AS month,
			coalesce(a.in_force_by_month[u.n], 0) AS allocations, u.unpriced AS allocations_unpriced, u.indicated, 0::numeric AS delivered, 0::numeric AS claimed, 0::numeric AS claimed_unallotted,
			coalesce(a.claimable_by_month[u.n], 0) AS claimable, 0::numeric AS claimed_quantity
		FROM span s CROSS JOIN allotted a CROSS JOIN LATERAL ROWS FROM (unnest(a.indicated), unnest(a.unpriced_by_month)) WITH ORDINALITY u(indicated, unpriced, n)
		UNION ALL
		SELECT NULL, d.municipality, d.product, d.unit, (lower(s.days) + (u.n - 1) * interval '1 month')::date, 0, 0, 0, u.delivered, 0, 0, 0, 0
		FROM span s CROSS JOIN delivered d CROSS JOIN LATERAL unnest(d.delivered) WITH ORDINALITY u(delivered, n)
		WHERE u.delivered <> 0
		UNION ALL
		SELECT NULL, coalesce(c.municipality, '(unknown)'), c.claimed_product, c.unit, c.month, 0, 0, 0, 0, c.amount, CASE WHEN c.unallotted THEN c.amount ELSE 0 END, 0, 0
		FROM claim c WHERE c.month IS NOT NULL
		UNION ALL
		SELECT NULL, c.municipality, c.product, c.unit, c.month, 0, 0, 0, 0, 0, 0, 0, round(sum(c.quantity), 2)
		FROM claim c WHERE c.month IS NOT NULL AND NOT c.unallotted AND c.quantity IS NOT NULL
		GROUP BY c.municipality, c.product, c.unit, c.month
	)
	SELECT m.provider, m.municipality, m.product_group, m.product, m.unit, m.period_kind, m.period_from, m.period_to,
		sum(m.allocations)::bigint, sum(m.allocations_unpriced)::bigint, sum(m.indicated), sum(m.delivered), sum(m.claimed), sum(m.claimed_unallotted), sum(m.claimable), sum(m.claimed_quantity)
	FROM (
		SELECT x.provider, x.municipality, coalesce(p.product_group, '(unknown)') AS product_group, coalesce(x.product::text, '(unknown)') AS product, x.unit,
			k.period_kind, date_trunc(k.period_kind, x.month::timestamp)::date AS period_from,
			(date_trunc(k.period_kind, x.month::timestamp) + k.step - interval '1 day')::date AS period_to,
			CASE WHEN k.period_kind = 'month' THEN x.allocations ELSE 0 END AS allocations, CASE WHEN k.period_kind = 'month' THEN x.allocations_unpriced ELSE 0 END AS allocations_unpriced,
			x.indicated, x.delivered, x.claimed, x.claimed_unallotted, CASE WHEN k.period_kind = 'month' THEN x.claimable ELSE 0 END AS claimable, x.claimed_quantity
		FROM monthly x LEFT JOIN @region@.products p ON p.code = x.product
			CROSS JOIN (VALUES ('month', interval '1 month'), ('year', interval '1 year')) k(period_kind, step)
		UNION ALL
		SELECT NULL, a.municipality, coalesce(p.product_group, '(unknown)'), coalesce(a.product::text, '(unknown)'), a.unit, 'year',
			(lower(s.days) + (u.n - 1) * interval '1 year')::date, (lower(s.days) + u.n * interval '1 year' - interval '1 day')::date,
			coalesce(a.in_force_by_year[u.n], 0), u.unpriced, 0, 0, 0, 0, coalesce(a.claimable_by_year[u.n], 0), 0
		FROM span s CROSS JOIN allotted a LEFT JOIN @region@.products p ON p.code = a.product
			CROSS JOIN LATERAL unnest(a.unpriced_by_year) WITH ORDINALITY u(unpriced, n)
		UNION ALL
		SELECT coalesce(c.provider, '(unknown)'), coalesce(c.municipality, '(unknown)'), coalesce(p.product_group, '(unknown)'), NULL, NULL, 'year',
			c.year, (c.year + interval '1 year' - interval '1 day')::date, 0, 0, 0, 0, c.amount, CASE WHEN c.unallotted THEN c.amount ELSE 0 END, 0, 0
		FROM claim c LEFT JOIN @region@.products p ON p.code = c.claimed_product
		WHERE c.month IS NULL
	) m
	WHERE m.period_from < to_day AND m.period_to >= from_day
	GROUP BY m.provider, m.municipality, m.product_group, m.product, m.unit, m.period_kind, m.period_from, m.period_to
	HAVING sum(m.allocations) <> 0 OR sum(m.allocations_unpriced) <> 0 OR sum(m.indicated) <> 0 OR sum(m.delivered) <> 0 OR sum(m.claimed) <> 0
		OR sum(m.claimed_unallotted) <> 0 OR sum(m.claimable) <> 0 OR sum(m.claimed_quantity) <> 0;
END;
COMMENT ON FUNCTION @region@.compute_amounts(date, date, date) IS 'Figures of figures_amounts for the months and years that have a day in [from_day, to_day); claims and delivered days up to as_of.';
