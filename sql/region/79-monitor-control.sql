-- 79-monitor-control: the control signals as stored figures and as a view for BI tools.

CREATE OR REPLACE FUNCTION @region@.compute_control(from_day date, to_day date, as_of date)
	RETURNS TABLE (provider text, municipality text, period_from date, period_to date, signal text, lines bigint, amount numeric(14,2), explanation text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET enable_nestloop = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
	last_month constant date := least(date_trunc('month', to_day - 1), date_trunc('month', as_of));
BEGIN
	RETURN QUERY
	SELECT s.provider::text, s.municipality::text, s.month, (s.month + interval '1 month - 1 day')::date, s.signal, count(*), sum(s.amount)::numeric(14,2),
		CASE s.signal
			WHEN 'claimed above allotment' THEN format('claim lines above what was allotted, in the month or in total (TR321, TR322, TR369): %s', count(*))
			WHEN 'claim without start' THEN format('claim lines for days before any start: %s', count(*))
			WHEN 'claim after stop' THEN format('claim lines for days after the last stop: %s', count(*))
			WHEN 'more hours than a day has' THEN format('claim lines of clients with more hours claimed than their days have: %s', count(*))
			WHEN 'late start message' THEN format('start messages more than 5 working days after the start, or after the allotment when that came later (OP271; public holidays are not known): %s', count(*))
			WHEN 'late stop message' THEN format('stop messages more than 5 working days after the end (OP272; public holidays are not known): %s', count(*))
		END
	FROM line_signals(from_day, last_month) s
	GROUP BY GROUPING SETS ((s.provider, s.month, s.signal, s.municipality), (s.provider, s.month, s.signal))
	UNION ALL
	SELECT r.provider::text, r.municipality::text, r.month, (r.month + interval '1 month - 1 day')::date, 'rejected share', r.rejected, r.amount::numeric(14,2),
		format('%s of %s claim lines are rejected, in the region %s of %s: more than three standard deviations above, (%s*%s - %s*%s)^2 > 9*%s*%s*%s',
			r.rejected, r.lines, r.region_rejected, r.region_lines,
			r.rejected, r.region_lines, r.region_rejected, r.lines, r.region_rejected, r.region_lines - r.region_rejected, r.lines)
	FROM rejected_shares(from_day, last_month) r WHERE r.stands_out;
END $$;
COMMENT ON FUNCTION @region@.compute_control(date, date, date) IS 'The figures of figures_control for the months from the first day up to, not including, the second, and up to the month of as_of.';

CREATE OR REPLACE VIEW @region@.monitor_control WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region by provider' ELSE 'municipality by provider' END AS level,
	f.provider, p.name AS provider_name, f.municipality, m.name AS municipality_name, f.period_from, f.period_to, f.signal, f.lines, f.amount, f.explanation
FROM @region@.figures_control f
	LEFT JOIN @region@.providers p ON p.code = f.provider::zorgregio.provider
	LEFT JOIN @region@.municipalities m ON m.code = f.municipality::zorgregio.municipality;
COMMENT ON VIEW @region@.monitor_control IS 'Control signals per provider, municipality and month (controlesignalen), as of the last refresh_monitor. Signals with reasons, no accusations: ask before you conclude. Which allotments and lines: control_signals, for who may see them.';
COMMENT ON COLUMN @region@.monitor_control.key IS 'Number of the row, the same as long as the signal stands.';
COMMENT ON COLUMN @region@.monitor_control.level IS 'region by provider (all municipalities together) or municipality by provider (niveau).';
COMMENT ON COLUMN @region@.monitor_control.provider IS 'AGB code of the provider (zorgaanbieder).';
COMMENT ON COLUMN @region@.monitor_control.provider_name IS 'Its name (naam).';
COMMENT ON COLUMN @region@.monitor_control.municipality IS 'CBS code of the municipality (gemeentecode); NULL: the whole region.';
COMMENT ON COLUMN @region@.monitor_control.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_control.period_from IS 'First day of the month of the product period, the start or the stop (maand).';
COMMENT ON COLUMN @region@.monitor_control.period_to IS 'Last day of the month.';
COMMENT ON COLUMN @region@.monitor_control.signal IS 'What stands out (signaal): claimed above allotment, claim without start, claim after stop, more hours than a day has, late start message, late stop message, rejected share.';
COMMENT ON COLUMN @region@.monitor_control.lines IS 'Claim lines or messages that it is about (regels).';
COMMENT ON COLUMN @region@.monitor_control.amount IS 'Their amount in euro (bedrag); NULL: messages have none.';
COMMENT ON COLUMN @region@.monitor_control.explanation IS 'Why it is a signal (toelichting).';
