-- 69-monitor-waiting: days between asking for care and its start.

CREATE OR REPLACE FUNCTION @region@.compute_waiting(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, started bigint, waiting bigint, median_days bigint, p80_days bigint,
		within_norm bigint, norm_days integer, share_within_norm numeric, never_started bigint)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH norm AS MATERIALIZED (SELECT s.waiting_norm_days AS days FROM @region@.settings s),
	years AS MATERIALIZED (
		SELECT array_agg((date_trunc('year', from_day::timestamp) + n * interval '1 year')::date ORDER BY n) AS starts
		FROM generate_series(0, (extract(year FROM to_day - 1) - extract(year FROM from_day))::integer) n
	),
	-- Equal ones together: there are far fewer numbers of days than allotments. Both tables in the order of the number, as their
	-- primary keys have them: merging a million rows takes half the time of a hash table of them. Product groups as numbers, which
	-- are faster to group by; 0: unknown.
	asked AS MATERIALIZED (
		SELECT a.municipality, coalesce(p.number, 0) AS product_group, width_bucket(a.requested, (SELECT y.starts FROM years y)) AS year,
			CASE WHEN f.started IS NOT NULL THEN greatest(f.started - a.requested, 0) END AS days, f.started IS NULL AND a.until <= as_of AS over, count(*)::integer AS n
		FROM (
			SELECT q.number, q.municipality, zorgregio.product(q.indication) AS product, upper(zorgregio.period(q.indication)) AS until, q.requested
			FROM @region@.allocations q
			WHERE q.requested >= date_trunc('year', from_day::timestamp)::date AND q.requested < (date_trunc('year', to_day::timestamp - interval '1 day') + interval '1 year')::date
				AND q.requested <= as_of AND NOT zorgregio.never_sent(q.indication, q.change_reason)
			ORDER BY q.number OFFSET 0) a
			LEFT JOIN (SELECT DISTINCT ON (d.number) d.number, d.started FROM @region@.deliveries d WHERE d.started <= as_of AND isfinite(d.started) ORDER BY d.number, d.started) f ON f.number = a.number
			LEFT JOIN (SELECT p.code, g.number FROM @region@.products p JOIN @region@.numbered_groups() g ON g.product_group = p.product_group) p ON p.code = a.product
		GROUP BY 1, 2, 3, 4, 5
	),
	totals AS MATERIALIZED (
		SELECT q.municipality, q.product_group, q.year, q.days, q.over, sum(q.n) AS n
		FROM asked q
		GROUP BY GROUPING SETS ((q.year, q.days, q.over), (q.municipality, q.year, q.days, q.over), (q.product_group, q.year, q.days, q.over), (q.municipality, q.product_group, q.year, q.days, q.over))
	),
	-- percentile_disc: the smallest number of days that so large a share does not exceed
	ranked AS (
		SELECT t.*, sum(t.n) OVER (PARTITION BY t.municipality, t.product_group, t.year, t.days IS NULL ORDER BY t.days) AS up_to,
			sum(t.n) FILTER (WHERE t.days IS NOT NULL) OVER (PARTITION BY t.municipality, t.product_group, t.year) AS started
		FROM totals t
	),
	counted AS (
		SELECT r.municipality, r.product_group, (SELECT y.starts FROM years y)[r.year] AS period_from,
			coalesce(sum(r.n) FILTER (WHERE r.days IS NOT NULL), 0)::bigint AS started,
			coalesce(sum(r.n) FILTER (WHERE r.days IS NULL AND r.over IS NOT TRUE), 0)::bigint AS waiting,
			(min(r.days) FILTER (WHERE 2 * r.up_to >= r.started))::bigint AS median_days,
			(min(r.days) FILTER (WHERE 5 * r.up_to >= 4 * r.started))::bigint AS p80_days,
			coalesce(sum(r.n) FILTER (WHERE r.days <= norm.days), 0)::bigint AS within_norm,
			norm.days AS norm_days,
			coalesce(sum(r.n) FILTER (WHERE r.over), 0)::bigint AS never_started
		FROM ranked r CROSS JOIN norm
		GROUP BY r.municipality, r.product_group, r.year, norm.days
	)
	SELECT c.municipality::text, CASE WHEN c.product_group IS NOT NULL THEN coalesce(g.product_group, '(unknown)') END, c.period_from,
		(c.period_from + interval '1 year' - interval '1 day')::date, c.started, c.waiting, c.median_days, c.p80_days, c.within_norm, c.norm_days,
		round(c.within_norm::numeric / nullif(c.started, 0), 4), c.never_started
	FROM counted c LEFT JOIN @region@.numbered_groups() g ON g.number = c.product_group;
END;
COMMENT ON FUNCTION @region@.compute_waiting(date, date, date) IS 'Figures of monitor_waiting for the years that have a day in [from_day, to_day), as known on as_of.';

CREATE OR REPLACE VIEW @region@.monitor_waiting WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to,
	f.started, f.waiting, f.median_days, f.p80_days, f.within_norm, f.norm_days, f.share_within_norm, f.never_started
FROM @region@.figures_waiting f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_waiting IS 'Waiting time (wachttijd) from the day of the request to the first day of care, in allotments per calendar year of the request. Allotments without a day of request do not count.';
COMMENT ON COLUMN @region@.monitor_waiting.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_waiting.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau).';
COMMENT ON COLUMN @region@.monitor_waiting.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_waiting.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_waiting.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.monitor_waiting.period_from IS 'First day of the calendar year of the request (van).';
COMMENT ON COLUMN @region@.monitor_waiting.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.monitor_waiting.started IS 'Allotments asked for in the year on which care had started by the day of the refresh (gestart).';
COMMENT ON COLUMN @region@.monitor_waiting.waiting IS 'Allotments asked for in the year, still running, on which no care had started by then (wachtend).';
COMMENT ON COLUMN @region@.monitor_waiting.median_days IS 'Median of the days from request to start (mediane wachttijd), of those started: the smallest number of days that at least half do not exceed, percentile_disc. A start before the request is 0 days.';
COMMENT ON COLUMN @region@.monitor_waiting.p80_days IS 'The 80th percentile of them (80e percentiel), likewise.';
COMMENT ON COLUMN @region@.monitor_waiting.within_norm IS 'Allotments started within the norm (binnen de norm).';
COMMENT ON COLUMN @region@.monitor_waiting.norm_days IS 'The norm in days, as settings has it (norm).';
COMMENT ON COLUMN @region@.monitor_waiting.share_within_norm IS 'within_norm as a part of started, 0 to 1, four decimals (aandeel binnen de norm); NULL: none started.';
COMMENT ON COLUMN @region@.monitor_waiting.never_started IS 'Allotments asked for in the year that ended without a start (nooit gestart). started + waiting + never_started are all.';
