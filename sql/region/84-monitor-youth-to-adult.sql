-- 84-monitor-youth-to-adult: clients who go from youth care to care for adults (18-/18+).

CREATE OR REPLACE FUNCTION @region@.compute_youth_to_adult(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, period_from date, period_to date, clients bigint, clients_without_gap bigint,
		median_days_between bigint, mean_days_between numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH law AS MATERIALIZED (
		SELECT coalesce(array_agg(x.code) FILTER (WHERE x.law = 'Jeugdwet'), '{}') AS young, coalesce(array_agg(x.code) FILTER (WHERE x.law = 'Wmo'), '{}') AS adult
		FROM (
			SELECT u.code, coalesce(p.law, zorgregio.law(u.code)) AS law
			FROM @region@.care_histories(false) h CROSS JOIN LATERAL unnest(zorgregio.products(h.persons)) u(code)
				LEFT JOIN @region@.products p ON p.code = u.code
			WHERE h.municipality IS NULL) x
	),
	-- An open end is after every start.
	moved AS (
		SELECT h.municipality, date_trunc('year', p.day::timestamp)::date AS period_from, greatest(p.day - coalesce(p.until, p.day), 0) AS days_between
		FROM @region@.care_histories(false) h CROSS JOIN law l CROSS JOIN LATERAL zorgregio.moved_on(h.persons, l.young, l.adult) p
		WHERE p.day <= as_of AND p.day >= date_trunc('year', from_day::timestamp) AND p.day < date_trunc('year', to_day::timestamp - interval '1 day') + interval '1 year'
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
