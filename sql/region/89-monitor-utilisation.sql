-- 89-monitor-utilisation: how much of what may be claimed is claimed.

CREATE OR REPLACE FUNCTION @region@.compute_utilisation(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, product text, unit text, period_kind text, period_from date, period_to date,
		allocations bigint, claimable numeric, claimed numeric, share numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT a.municipality, a.product_group, a.product, a.unit, a.period_kind, a.period_from, a.period_to,
		sum(a.allocations)::bigint, sum(a.claimable), sum(a.claimed_quantity), round(sum(a.claimed_quantity) / nullif(sum(a.claimable), 0), 4)
	FROM @region@.figures_amounts a
	WHERE a.provider IS NULL AND a.period_from < to_day AND a.period_to >= from_day AND (a.allocations <> 0 OR a.claimable <> 0 OR a.claimed_quantity <> 0)
	GROUP BY GROUPING SETS ((a.municipality, a.product_group, a.product, a.unit, a.period_kind, a.period_from, a.period_to),
		(a.municipality, a.product_group, a.unit, a.period_kind, a.period_from, a.period_to), (a.municipality, a.unit, a.period_kind, a.period_from, a.period_to),
		(a.product_group, a.product, a.unit, a.period_kind, a.period_from, a.period_to), (a.product_group, a.unit, a.period_kind, a.period_from, a.period_to),
		(a.unit, a.period_kind, a.period_from, a.period_to));
END;
COMMENT ON FUNCTION @region@.compute_utilisation(date, date, date) IS 'Figures of monitor_utilisation for the months and years that have a day in [from_day, to_day), rolled up from figures_amounts; the day does not matter.';

CREATE OR REPLACE VIEW @region@.monitor_utilisation WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END
		|| CASE WHEN f.product IS NOT NULL THEN ' by product' WHEN f.product_group IS NOT NULL THEN ' by product group' ELSE '' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.product, p.name AS product_name, f.unit, f.period_kind, f.period_from, f.period_to,
	f.allocations, f.claimable, f.claimed, f.share
FROM @region@.figures_utilisation f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality
	LEFT JOIN @region@.products p ON p.code = CASE WHEN f.product <> '(unknown)' THEN f.product::zorgregio.product END;
COMMENT ON VIEW @region@.monitor_utilisation IS 'Use of allotments (verzilvering) per calendar month and year: what was claimed of what may be claimed, in the unit of the allotment, up to the month of the refresh. Rows of one unit and level add up to the level above.';
COMMENT ON COLUMN @region@.monitor_utilisation.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_utilisation.level IS 'What the row is a total of: region or municipality, followed by nothing (everything in the unit), by product group, or by product (niveau).';
COMMENT ON COLUMN @region@.monitor_utilisation.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_utilisation.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_utilisation.product_group IS 'Product group of the allotment (productgroep); NULL: all; (unknown): the product is not in the catalogue, or none is named.';
COMMENT ON COLUMN @region@.monitor_utilisation.product IS 'Product of the allotment; NULL: all products of the group; (unknown): it names none.';
COMMENT ON COLUMN @region@.monitor_utilisation.product_name IS 'Its name in the catalogue (product).';
COMMENT ON COLUMN @region@.monitor_utilisation.unit IS 'Unit of the allotment (eenheid), euro for a budget; (unknown): it has neither volume nor budget.';
COMMENT ON COLUMN @region@.monitor_utilisation.period_kind IS 'month (maand) or year (jaar).';
COMMENT ON COLUMN @region@.monitor_utilisation.period_from IS 'First day of the calendar month or year (van).';
COMMENT ON COLUMN @region@.monitor_utilisation.period_to IS 'Last day of it (t/m); the running year counts up to the month of the refresh.';
COMMENT ON COLUMN @region@.monitor_utilisation.allocations IS 'Allotments in force on a day of the period (toewijzingen).';
COMMENT ON COLUMN @region@.monitor_utilisation.claimable IS 'The most that may be claimed in the period by the standard, in the unit (declareerbaar): a year has its months added up, of each allotment no more than the whole of it.';
COMMENT ON COLUMN @region@.monitor_utilisation.claimed IS 'What was claimed of these allotments, less credits, in the unit (gedeclareerd): minutes of an allotment in hours as hours, of one in euro the amount. Lines in another unit do not count.';
COMMENT ON COLUMN @region@.monitor_utilisation.share IS 'claimed as a part of claimable, 1 is all of it (verzilveringsgraad); NULL: nothing may be claimed.';
