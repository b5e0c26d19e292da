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
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	-- Whole years, since the months of a year share their rounding, whatever months were asked for.
	WITH span AS MATERIALIZED (
		SELECT daterange(date_trunc('year', from_day::timestamp)::date, (date_trunc('year', (to_day - 1)::timestamp) + interval '1 year')::date) AS days
	),
	groups AS MATERIALIZED (
		SELECT p.product_group, row_number() OVER (ORDER BY p.product_group)::integer AS number
		FROM @region@.products p WHERE p.product_group <> '(unknown)' GROUP BY p.product_group
	),
	-- One stream of all tables: see zorgregio.care_amounts_agg. Claims of earlier years are left to the index, later ones to it.
	amount AS MATERIALIZED (
		SELECT r.*
		FROM unnest((
			SELECT zorgregio.care_amounts_agg(x.number, x.provider, x.municipality, x.indication, x.change_reason, x.started, x.ended,
				x.product_period, x.product, x.volume, x.amount, x.credit, x.declaration, x.product_group, x.prices, (SELECT s.days FROM span s), as_of)
			FROM (
				SELECT NULL::bigint AS number, NULL::zorgregio.provider AS provider, NULL::zorgregio.municipality AS municipality, NULL::zorgregio.indication AS indication,
					NULL::text AS change_reason, NULL::date AS started, NULL::date AS ended, NULL::daterange AS product_period, p.code AS product, NULL::zorgregio.volume AS volume,
					NULL::numeric AS amount, NULL::boolean AS credit, NULL::bigint AS declaration, g.number AS product_group, NULL::zorgregio.tariff_book AS prices
				FROM @region@.products p JOIN groups g ON g.product_group = p.product_group
				UNION ALL
				SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, l.prices FROM (SELECT @region@.price_list()) l(prices)
				UNION ALL
				SELECT NULL, c.provider, c.municipality, NULL, NULL, NULL, NULL, NULL, c.product, NULL, NULL, NULL, NULL, NULL, c.prices FROM @region@.contract_prices() c
				UNION ALL
				SELECT NULL, d.provider, d.municipality, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, d.id, NULL, NULL FROM @region@.declarations d
				UNION ALL
				SELECT a.number, a.provider, a.municipality, a.indication, a.change_reason, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM @region@.allocations a
				UNION ALL
				SELECT d.number, NULL, NULL, NULL, NULL, d.started, d.ended, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM @region@.deliveries d
				UNION ALL
				SELECT c.number, NULL, NULL, NULL, NULL, NULL, NULL, c.product_period, c.product, c.volume, c.amount, c.credit, c.declaration, NULL, NULL
				FROM @region@.claims c WHERE lower(c.product_period) >= date_trunc('year', from_day::timestamp)::date
			) x)) r
	)
	SELECT CASE WHEN a.kind = 'provider' THEN coalesce(a.provider::text, '(unknown)') END, coalesce(a.municipality::text, '(unknown)'), coalesce(g.product_group, '(unknown)'),
		CASE WHEN a.kind <> 'provider' THEN coalesce(a.product::text, '(unknown)') END, CASE WHEN a.kind <> 'provider' THEN coalesce(a.unit, '(unknown)') END,
		k.period_kind, a.period_from, k.period_to, a.allocations, a.unpriced, a.indicated, a.delivered, a.claimed, a.unallotted, a.claimable, a.quantity
	FROM amount a LEFT JOIN groups g ON g.number = a.product_group
		CROSS JOIN LATERAL (SELECT CASE WHEN a.kind = 'month' THEN 'month' ELSE 'year' END,
			(a.period_from + CASE WHEN a.kind = 'month' THEN interval '1 month' ELSE interval '1 year' END - interval '1 day')::date) k(period_kind, period_to)
	WHERE a.period_from < to_day AND k.period_to >= from_day;
END;
COMMENT ON FUNCTION @region@.compute_amounts(date, date, date) IS 'Figures of figures_amounts for the months and years that have a day in [from_day, to_day); claims and delivered days up to as_of.';
