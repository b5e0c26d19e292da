-- 86-monitor-spending: what care costs, indicated, delivered, claimed and paid as a lump sum.

CREATE OR REPLACE FUNCTION @region@.lump_sums_by_month(within daterange)
	RETURNS TABLE (provider text, municipality text, product_group text, month date, amount numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT l.provider::text, l.municipality::text, coalesce(l.product_group, '(unknown)'), m.month, m.amount
	FROM @region@.lump_sums l CROSS JOIN LATERAL zorgregio.lump_sum_by_month(l.amount, l.valid, lump_sums_by_month.within) m
	WHERE l.valid && lump_sums_by_month.within;
END;
COMMENT ON FUNCTION @region@.lump_sums_by_month(daterange) IS 'The lump sums (lumpsum, taakgericht) of the days within a range, per calendar month; the months of a lump sum add up to it exactly. One for a whole task has product group (unknown).';

CREATE OR REPLACE FUNCTION @region@.compute_spending(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_kind text, period_from date, period_to date,
		indicated numeric, delivered numeric, claimed numeric, lump_sum numeric, spent numeric, allocations_unpriced bigint, claimed_unallotted numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT x.municipality, x.product_group, x.period_kind, x.period_from, x.period_to,
		sum(x.indicated), sum(x.delivered), sum(x.claimed), sum(x.lump_sum), sum(x.claimed) + sum(x.lump_sum), sum(x.unpriced)::bigint, sum(x.unallotted)
	FROM (
		SELECT a.municipality, a.product_group, a.period_kind, a.period_from, a.period_to,
			a.indicated, a.delivered, a.claimed, 0::numeric AS lump_sum, a.allocations_unpriced AS unpriced, a.claimed_unallotted AS unallotted
		FROM @region@.figures_amounts a
		WHERE a.provider IS NULL AND a.period_from < to_day AND a.period_to >= from_day
		UNION ALL
		SELECT l.municipality, l.product_group, k.kind, date_trunc(k.kind, l.month::timestamp)::date,
			(date_trunc(k.kind, l.month::timestamp) + ('1 ' || k.kind)::interval - interval '1 day')::date, 0, 0, 0, l.amount, 0, 0
		FROM @region@.lump_sums_by_month(daterange(date_trunc('year', from_day::timestamp)::date, (date_trunc('year', (to_day - 1)::timestamp) + interval '1 year')::date)) l
			CROSS JOIN (VALUES ('month'), ('year')) k(kind)
	) x
	WHERE x.period_from < to_day AND x.period_to >= from_day
	GROUP BY GROUPING SETS ((x.municipality, x.product_group, x.period_kind, x.period_from, x.period_to), (x.municipality, x.period_kind, x.period_from, x.period_to),
		(x.product_group, x.period_kind, x.period_from, x.period_to), (x.period_kind, x.period_from, x.period_to))
	HAVING sum(x.indicated) <> 0 OR sum(x.delivered) <> 0 OR sum(x.claimed) <> 0 OR sum(x.lump_sum) <> 0 OR sum(x.unpriced) <> 0 OR sum(x.unallotted) <> 0;
END;
COMMENT ON FUNCTION @region@.compute_spending(date, date, date) IS 'Figures of monitor_spending for the months and years that have a day in [from_day, to_day), rolled up from figures_amounts; the day does not matter.';

CREATE OR REPLACE VIEW @region@.monitor_spending WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_kind, f.period_from, f.period_to,
	f.indicated, f.delivered, f.claimed, f.lump_sum, f.spent, f.allocations_unpriced, f.claimed_unallotted
FROM @region@.figures_spending f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.monitor_spending IS 'Spending (uitgaven) in euro per calendar month and year: in the region and per municipality, in all and per product group. Months add up to years, and rows of one level to the level above.';
COMMENT ON COLUMN @region@.monitor_spending.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_spending.level IS 'What the row is a total of: region or municipality, followed by nothing (everything) or by product group (niveau).';
COMMENT ON COLUMN @region@.monitor_spending.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment nobody knows, in no declaration.';
COMMENT ON COLUMN @region@.monitor_spending.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_spending.product_group IS 'Product group (productgroep): of the allotment, of claims that of the product claimed; NULL: all; (unknown): the product is not in the catalogue, or none is named.';
COMMENT ON COLUMN @region@.monitor_spending.period_kind IS 'month (maand) or year (jaar).';
COMMENT ON COLUMN @region@.monitor_spending.period_from IS 'First day of the calendar month or year (van).';
COMMENT ON COLUMN @region@.monitor_spending.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.monitor_spending.indicated IS 'Euro: p*q of all allotments (geindiceerd), at the tariff of each day, also of the months to come.';
COMMENT ON COLUMN @region@.monitor_spending.delivered IS 'Euro: p*q of the days on which care was delivered (geleverd), up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_spending.claimed IS 'Euro: amounts of claim lines by the month they bill, less credits (gedeclareerd), up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_spending.lump_sum IS 'Euro: lump sums spread over their period (lumpsum, taakgericht), also of the months to come.';
COMMENT ON COLUMN @region@.monitor_spending.spent IS 'Euro: claimed and lump sums (uitgegeven).';
COMMENT ON COLUMN @region@.monitor_spending.allocations_unpriced IS 'Allotments with a month in the period whose cost is not known, for want of a tariff, a volume or an end: they are not in indicated (toewijzingen zonder prijs).';
COMMENT ON COLUMN @region@.monitor_spending.claimed_unallotted IS 'Euro: the part of claimed on allotments that nobody knows or that were never sent (gedeclareerd zonder toewijzing).';
