-- 83-monitor-flow: how many persons come into care, change, and leave it.

CREATE OR REPLACE FUNCTION @region@.compute_flow(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_kind text, period_from date, period_to date,
		stock_begin bigint, inflow bigint, outflow bigint, stock_end bigint, gap_days integer)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH span AS MATERIALIZED (
		SELECT p.period_kind, ('1 ' || p.period_kind)::interval AS step, daterange(min(lower(p.days)), max(upper(p.days))) AS days,
			(SELECT s.gap_days FROM @region@.settings s) AS gap_days
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p GROUP BY p.period_kind
	)
	SELECT f.municipality::text, f.product_group, f.period_kind, lower(f.period), (lower(f.period) + f.step - interval '1 day')::date,
		f.stock_begin, f.inflow, f.outflow, f.stock_end, f.gap_days
	FROM (
		SELECT h.municipality, NULL AS product_group, s.*, f.period, f.stock_begin, f.inflow, f.outflow, f.stock_end
		FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows(h.persons, s.days, s.step, s.gap_days) f
		UNION ALL
		SELECT h.municipality, coalesce(g.product_group, '(unknown)'), s.*, f.period, f.stock_begin, f.inflow, f.outflow, f.stock_end
		FROM @region@.care_histories(false) h CROSS JOIN span s CROSS JOIN LATERAL zorgregio.flows_by_product(h.groups, s.days, s.step, s.gap_days) f
			LEFT JOIN @region@.group_products() g ON g.code = f.product
	) f
	WHERE f.stock_begin + f.inflow + f.outflow + f.stock_end > 0;
END;
COMMENT ON FUNCTION @region@.compute_flow(date, date, date) IS 'Figures of monitor_flow for the months and years that have a day in [from_day, to_day), counted up to as_of.';

CREATE OR REPLACE VIEW @region@.monitor_flow WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_kind, f.period_from, f.period_to,
	f.stock_begin, f.inflow, f.outflow, f.stock_end, f.gap_days
FROM @region@.figures_flow f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_flow IS 'In- and outflow of persons (in- en uitstroom) per calendar month and year: stock_end = stock_begin + inflow - outflow. In a row of a product group care in other groups does not count, so a change of group is outflow there and inflow here; the rows of a municipality see only what it pays.';
COMMENT ON COLUMN @region@.monitor_flow.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_flow.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau).';
COMMENT ON COLUMN @region@.monitor_flow.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_flow.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_flow.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.monitor_flow.period_kind IS 'month (maand) or year (jaar).';
COMMENT ON COLUMN @region@.monitor_flow.period_from IS 'First day of the calendar month or year (van).';
COMMENT ON COLUMN @region@.monitor_flow.period_to IS 'Last day of it (t/m); the running month and year count up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_flow.stock_begin IS 'Persons whose care began before the period and goes on in it (beginstand).';
COMMENT ON COLUMN @region@.monitor_flow.inflow IS 'Times that care of a person began in the period (instroom): after more than gap_days days without.';
COMMENT ON COLUMN @region@.monitor_flow.outflow IS 'Times that care of a person ended in the period (uitstroom), the last day of care in it; not when it goes on within gap_days days.';
COMMENT ON COLUMN @region@.monitor_flow.stock_end IS 'Persons whose care goes on after the period (eindstand).';
COMMENT ON COLUMN @region@.monitor_flow.gap_days IS 'Days without care that end nothing, as settings has it (onderbreking).';
