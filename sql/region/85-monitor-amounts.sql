-- 85-monitor-amounts: the amounts that the monitor of money is rolled up from.

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
	-- What a complete refresh summed up with other counts; otherwise claims of earlier years are left to the index, later ones to
	-- zorgregio.care_amounts_agg.
	amount AS MATERIALIZED (
		SELECT r.*
		FROM unnest(coalesce((SELECT s.amounts FROM @region@.shared_counts s WHERE s.as_of = $3), (
			SELECT zorgregio.care_amounts_agg(x.number, x.provider, x.municipality, x.indication, x.change_reason, x.started, x.ended,
				x.product_period, x.product, x.volume, x.amount, x.credit, x.declaration, x.product_group, x.prices, (SELECT s.days FROM span s), as_of)
			FROM (
				SELECT NULL::bigint AS number, r.provider, r.municipality, NULL::zorgregio.indication AS indication, NULL::text AS change_reason,
					NULL::date AS started, NULL::date AS ended, NULL::daterange AS product_period, r.product, NULL::zorgregio.volume AS volume,
					NULL::numeric AS amount, NULL::boolean AS credit, r.declaration, r.product_group, r.prices
				FROM @region@.amount_rows() r
				UNION ALL
				SELECT r.number, r.provider, r.municipality, r.indication, r.change_reason, r.started, r.ended, r.product_period, r.product, r.volume, r.amount, r.credit, r.declaration, NULL, NULL
				FROM @region@.care_rows r WHERE r.kind <> 'claim' OR lower(r.product_period) >= date_trunc('year', from_day::timestamp)::date
			) x))) r
	)
	SELECT CASE WHEN a.kind = 'provider' THEN coalesce(a.provider::text, '(unknown)') END, coalesce(a.municipality::text, '(unknown)'), coalesce(g.product_group, '(unknown)'),
		CASE WHEN a.kind <> 'provider' THEN coalesce(a.product::text, '(unknown)') END, CASE WHEN a.kind <> 'provider' THEN coalesce(a.unit, '(unknown)') END,
		k.period_kind, a.period_from, k.period_to, a.allocations, a.unpriced, a.indicated, a.delivered, a.claimed, a.unallotted, a.claimable, a.quantity
	FROM amount a LEFT JOIN @region@.numbered_groups() g ON g.number = a.product_group
		CROSS JOIN LATERAL (SELECT CASE WHEN a.kind = 'month' THEN 'month' ELSE 'year' END,
			(a.period_from + CASE WHEN a.kind = 'month' THEN interval '1 month' ELSE interval '1 year' END - interval '1 day')::date) k(period_kind, period_to)
	WHERE a.period_from < to_day AND k.period_to >= from_day;
END;
COMMENT ON FUNCTION @region@.compute_amounts(date, date, date) IS 'Figures of figures_amounts for the months and years that have a day in [from_day, to_day); claims and delivered days up to as_of.';
