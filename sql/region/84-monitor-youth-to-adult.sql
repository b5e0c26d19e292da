-- 84-monitor-youth-to-adult: clients who go from youth care to care for adults (18-/18+).

CREATE OR REPLACE FUNCTION @region@.compute_youth_to_adult(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, period_from date, period_to date, clients bigint, clients_without_gap bigint,
		median_days_between bigint, mean_days_between numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	-- Two products are enough: one stands for the Wmo, one for the Jeugdwet.
	WITH law AS MATERIALIZED (
		SELECT array_agg(x.code) AS products, array_agg(CASE coalesce(p.law, zorgregio.law(x.code)) WHEN 'Wmo' THEN '01'::zorgregio.product WHEN 'Jeugdwet' THEN '31' END) AS laws
		FROM @region@.care_histories(false) h CROSS JOIN LATERAL unnest(zorgregio.products(h.persons)) x(code)
			LEFT JOIN @region@.products p ON p.code = x.code
		WHERE h.municipality IS NULL
	),
	care AS MATERIALIZED (
		SELECT h.municipality, zorgregio.for_products(zorgregio.replace_products(h.persons, l.products, l.laws), '{01,31}') AS history
		FROM @region@.care_histories(false) h CROSS JOIN law l
	),
	adult AS MATERIALIZED (
		SELECT c.municipality, p.client, min(lower(p.period)) AS day
		FROM care c CROSS JOIN LATERAL zorgregio.periods(zorgregio.for_products(c.history, '{01}')) p
		GROUP BY c.municipality, p.client
	),
	-- Materialized, or the planner may take a history apart once for every adult.
	young AS MATERIALIZED (
		SELECT c.municipality, p.client, p.period FROM care c CROSS JOIN LATERAL zorgregio.periods(zorgregio.for_products(c.history, '{31}')) p
	),
	-- An open end is after every start.
	moved AS (
		SELECT a.municipality, date_trunc('year', a.day::timestamp)::date AS period_from,
			greatest(a.day - max(CASE WHEN upper_inf(y.period) THEN a.day ELSE upper(y.period) END), 0) AS days_between
		FROM young y JOIN adult a ON zorgregio.scope(a.municipality) = zorgregio.scope(y.municipality) AND a.client = y.client
		WHERE lower(y.period) < a.day AND a.day <= as_of AND a.day >= date_trunc('year', from_day::timestamp) AND a.day < date_trunc('year', to_day::timestamp - interval '1 day') + interval '1 year'
		GROUP BY a.municipality, a.client, a.day
	)
	SELECT m.municipality::text, m.period_from, (m.period_from + interval '1 year' - interval '1 day')::date, count(*), count(*) FILTER (WHERE m.days_between = 0),
		percentile_disc(0.5) WITHIN GROUP (ORDER BY m.days_between)::bigint, round(avg(m.days_between), 1)
	FROM moved m GROUP BY m.municipality, m.period_from;
END;
COMMENT ON FUNCTION @region@.compute_youth_to_adult(date, date, date) IS 'Figures of monitor_youth_to_adult for the years that have a day in [from_day, to_day), counted up to as_of.';

CREATE OR REPLACE VIEW @region@.monitor_youth_to_adult WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END AS level, f.municipality, m.name AS municipality_name,
	f.period_from, f.period_to, f.clients, f.clients_without_gap, f.median_days_between, f.mean_days_between
FROM @region@.figures_youth_to_adult f
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_youth_to_adult IS 'Clients who go from youth care to care for adults (18-/18+), per calendar year in which their first Wmo care began: they had care under the Jeugdwet that began before. The law is that of the product. Rows of a municipality see only what it pays.';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.level IS 'What the row is a total of: region or municipality (niveau).';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.period_to IS 'Last day of it (t/m); the running year counts up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.clients IS 'Clients whose first Wmo care began in the year and who had youth care before, in persons (cliënten).';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.clients_without_gap IS 'Those without a day between (aansluitend).';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.median_days_between IS 'Median of the days without care between the last youth care that began before and the first Wmo care (dagen ertussen): the smallest number of days that at least half of the clients do not exceed, percentile_disc.';
COMMENT ON COLUMN @region@.monitor_youth_to_adult.mean_days_between IS 'Their mean, to one decimal.';
