-- What outsiders see of the tables of a region, and what is true: psql -v region=NAME -f test/suppressed-cells.sql prints one
-- line per cell: table, row, column (0: total), what is true, whether it is hidden, the least and most that the
-- published number leaves, whether a hidden one is known to be small (nothing for money), the range that it must keep,
-- whether totals are sums by definition, as of allotments and money, and whether the cell is empty in all that is hidden
-- together.
SET search_path = :"region", zorgregio;
WITH setting AS (SELECT suppress_below AS below, round_to AS step, greatest(round_to - 1, 1) AS width FROM settings),
truth (name, municipality, product_group, period_from, figure, alongside, shown, hidden, money, few) AS (
	SELECT 'clients', p.municipality, p.product_group, p.period_from, coalesce(f.persons, 0)::numeric, 0::numeric, p.persons::numeric, p.hidden, false, NULL::boolean
	FROM public_clients p LEFT JOIN figures_clients f ON f.period_kind = 'year' AND f.product IS NULL
		AND (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
	UNION ALL
	SELECT 'flow ' || m.name, p.municipality, p.product_group, p.period_from, coalesce(m.figure, 0), coalesce(n.persons, 0), m.shown, p.hidden, false, NULL
	FROM public_flow p LEFT JOIN figures_flow f ON f.period_kind = 'year'
		AND (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		LEFT JOIN figures_clients n ON n.period_kind = 'year' AND n.product IS NULL
			AND (n.municipality, n.product_group, n.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		CROSS JOIN LATERAL (VALUES ('inflow', f.inflow, p.inflow), ('outflow', f.outflow, p.outflow)) m(name, figure, shown)
	UNION ALL
	SELECT 'transitions ' || m.name, p.municipality, p.product_group, p.period_from, coalesce(m.figure, 0), 0, m.shown, p.hidden, false, NULL
	FROM public_transitions p LEFT JOIN figures_scaling f
		ON (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		CROSS JOIN LATERAL (VALUES ('up', f.scaled_up, p.scaled_up), ('down', f.scaled_down, p.scaled_down)) m(name, figure, shown)
	UNION ALL
	SELECT 'waiting ' || m.name, p.municipality, p.product_group, p.period_from, coalesce(m.figure, 0), coalesce(n.persons, 0), m.shown, p.hidden, false, NULL
	FROM public_waiting p LEFT JOIN figures_waiting f
		ON (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		LEFT JOIN figures_clients n ON n.period_kind = 'year' AND n.product IS NULL
			AND (n.municipality, n.product_group, n.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		CROSS JOIN LATERAL (VALUES ('within', f.within_norm, p.within_norm), ('beyond', f.started - f.within_norm, p.beyond_norm)) m(name, figure, shown)
	UNION ALL
	SELECT 'spending ' || m.name, p.municipality, p.product_group, p.period_from, coalesce(m.figure, 0), 0, m.shown, p.hidden, true, c.hidden
	FROM public_spending p LEFT JOIN figures_spending f ON f.period_kind = 'year'
		AND (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		JOIN public_clients c ON (c.municipality, c.product_group, c.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		CROSS JOIN LATERAL (VALUES ('delivered', f.delivered, p.delivered), ('spent', f.spent, p.spent)) m(name, figure, shown)
	UNION ALL
	SELECT 'budget spent', p.municipality, p.product_group, p.period_from, coalesce(f.spent, 0), coalesce(f.delivered, 0), p.spent, p.hidden, true, c.hidden
	FROM public_budget p LEFT JOIN figures_spending f ON f.period_kind = 'year'
		AND (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
		JOIN public_clients c ON (c.municipality, c.product_group, c.period_from) IS NOT DISTINCT FROM (p.municipality, p.product_group, p.period_from)
)
SELECT replace(t.name || ' ' || extract(year FROM t.period_from), ' ', '_'), CASE WHEN t.municipality IS NULL THEN 0 ELSE dense_rank() OVER (ORDER BY t.municipality) END,
	CASE WHEN t.product_group IS NULL THEN 0 ELSE dense_rank() OVER (ORDER BY t.product_group) END,
	t.figure, t.hidden::integer,
	CASE WHEN t.money THEN t.shown ELSE greatest(t.shown - s.step / 2, s.below) END,
	CASE WHEN t.money THEN t.shown ELSE t.shown + (s.step - 1) / 2 END,
	CASE WHEN NOT t.money THEN (t.figure < s.below)::integer END,
	CASE WHEN NOT t.money THEN least(s.width, CASE WHEN t.figure < s.below THEN s.below - 1 ELSE s.width END) WHEN t.few THEN greatest(t.figure, 1) ELSE 1 END,
	(t.money OR t.name ~ '^waiting')::integer,
	(max(abs(t.figure) + t.alongside) OVER (PARTITION BY split_part(t.name, ' ', 1), t.municipality, t.product_group, CASE WHEN t.name !~ '^flow' THEN t.period_from END) = 0)::integer
FROM truth t CROSS JOIN setting s;
