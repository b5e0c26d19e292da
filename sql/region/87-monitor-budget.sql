-- 87-monitor-budget: spending against what was set aside for it, and where the year will end.

-- A budget line is a product group that has an amount of its own, or, where a municipality has an amount for the rest,
-- (other): all groups without one together. So lines add up, and every euro is in one of them. How few these are cannot be
-- seen through the CTEs; merging would look at a million pairs for twenty thousand: hence both off.
CREATE OR REPLACE FUNCTION @region@.budget_lines(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, line text, year date, budget numeric, indicated numeric, delivered numeric, claimed numeric, lump_sum numeric,
		known_months bigint, known_until date, known_claimed numeric, known_indicated numeric, open_claimed numeric, open_indicated numeric)
	LANGUAGE sql STABLE PARALLEL SAFE SET enable_mergejoin = off SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH span AS MATERIALIZED (
		SELECT y.first, y.until, daterange(y.first, y.until) AS days
		FROM (SELECT date_trunc('year', from_day::timestamp)::date, (date_trunc('year', (to_day - 1)::timestamp) + interval '1 year')::date) y(first, until)
	),
	set_aside AS MATERIALIZED (
		SELECT b.municipality::text AS municipality, b.product_group, make_date(b.year, 1, 1) AS year, b.amount
		FROM span s JOIN @region@.budgets b ON make_date(b.year, 1, 1) >= s.first AND make_date(b.year, 1, 1) < s.until
	),
	amount AS (
		SELECT a.municipality, a.product_group, a.period_from AS month, a.indicated, a.delivered, a.claimed, 0::numeric AS lump_sum
		FROM span s JOIN @region@.figures_amounts a ON a.period_from >= s.first AND a.period_from < s.until
		WHERE a.provider IS NULL AND a.period_kind = 'month'
		UNION ALL
		SELECT l.municipality, l.product_group, l.month, 0, 0, 0, l.amount FROM span s CROSS JOIN LATERAL @region@.lump_sums_by_month(s.days) l
	),
	-- Claims of a municipality are known in the months that statements say were loaded for all providers; in a year without
	-- a statement, up to the last month that has any.
	stated AS MATERIALIZED (
		SELECT m.municipality, range_agg(l.period) AS days
		FROM (SELECT c.code::text AS municipality, c.code FROM @region@.municipalities c UNION ALL SELECT '(unknown)', NULL) m
			JOIN @region@.loads l ON l.kind = 'claims' AND l.provider IS NULL AND l.loaded <= as_of AND (l.municipality IS NULL OR l.municipality = m.code)
		GROUP BY m.municipality
	),
	last_claimed AS MATERIALIZED (
		SELECT a.municipality, max(a.period_from) AS month FROM @region@.figures_amounts a
		WHERE a.provider IS NULL AND a.period_kind = 'month' AND a.claimed <> 0 GROUP BY a.municipality
	),
	month AS MATERIALIZED (
		SELECT p.municipality, x.month, date_trunc('year', x.month::timestamp)::date AS year,
			x.month <= as_of AND CASE WHEN t.days && daterange(y.first, (y.first + interval '1 year')::date)
				THEN t.days @> daterange(x.month, (x.month + interval '1 month')::date) ELSE coalesce(x.month <= c.month, false) END AS known
		FROM span s
			CROSS JOIN LATERAL (SELECT g::date AS month FROM generate_series(s.first::timestamp, s.until::timestamp - interval '1 month', interval '1 month') g) x
			CROSS JOIN LATERAL (SELECT date_trunc('year', x.month::timestamp)::date) y(first)
			CROSS JOIN (SELECT a.municipality FROM amount a UNION SELECT b.municipality FROM set_aside b) p
			LEFT JOIN stated t ON t.municipality = p.municipality
			LEFT JOIN last_claimed c ON c.municipality = p.municipality
	),
	known AS (
		SELECT m.municipality, m.year, count(*) FILTER (WHERE m.known) AS months, (max(m.month) FILTER (WHERE m.known) + interval '1 month' - interval '1 day')::date AS until
		FROM month m GROUP BY m.municipality, m.year
	),
	line AS (
		SELECT a.municipality, CASE WHEN own.year IS NULL AND rest.year IS NOT NULL THEN '(other)' ELSE a.product_group END AS line, m.year, m.known,
			a.indicated, a.delivered, a.claimed, a.lump_sum
		FROM amount a JOIN month m ON m.municipality = a.municipality AND m.month = a.month
			LEFT JOIN set_aside own ON own.municipality = a.municipality AND own.product_group = a.product_group AND own.year = m.year
			LEFT JOIN set_aside rest ON rest.municipality = a.municipality AND rest.product_group IS NULL AND rest.year = m.year
		UNION ALL
		SELECT b.municipality, coalesce(b.product_group, '(other)'), b.year, false, 0, 0, 0, 0 FROM set_aside b
	)
	SELECT l.municipality, l.line, l.year,
		(SELECT b.amount FROM set_aside b WHERE b.municipality = l.municipality AND coalesce(b.product_group, '(other)') = l.line AND b.year = l.year),
		sum(l.indicated), sum(l.delivered), sum(l.claimed), sum(l.lump_sum), k.months, k.until,
		coalesce(sum(l.claimed) FILTER (WHERE l.known), 0), coalesce(sum(l.indicated) FILTER (WHERE l.known), 0),
		coalesce(sum(l.claimed) FILTER (WHERE NOT l.known), 0), coalesce(sum(l.indicated) FILTER (WHERE NOT l.known), 0)
	FROM line l JOIN known k ON k.municipality = l.municipality AND k.year = l.year
	GROUP BY l.municipality, l.line, l.year, k.months, k.until;
END;
COMMENT ON FUNCTION @region@.budget_lines(date, date, date) IS 'Budget lines (begrotingsposten) of the years with a day in [from_day, to_day): what was set aside, the amounts of figures_amounts, and how much of them lies in months whose claims are known on as_of.';

CREATE OR REPLACE FUNCTION @region@.compute_budget(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, budget numeric, indicated numeric, delivered numeric, claimed numeric,
		lump_sum numeric, spent numeric, known_until date, forecast numeric, forecast_basis text, remaining numeric, over_budget boolean, used_share numeric)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH line AS MATERIALIZED (
		SELECT l.*,
			sum(l.known_claimed) OVER here AS here_claimed, sum(l.known_indicated) OVER here AS here_indicated
		FROM @region@.budget_lines(from_day, to_day, as_of) l
		WINDOW here AS (PARTITION BY l.municipality, l.year)
	),
	-- Of months to come, the part of the indicated cost that was claimed in the months that are known: of the line itself, or
	-- where it has none of the municipality, or else all of it: the share of the region would tell a reader of one municipality
	-- about the others. What has come in of those months already is the least of it.
	expected AS MATERIALIZED (
		SELECT l.*, l.known_claimed + CASE WHEN x.open > l.open_claimed THEN x.open WHEN x.open IS NOT NULL THEN l.open_claimed END + l.lump_sum AS forecast,
			CASE
				WHEN l.open_indicated = 0 THEN 'claimed, nothing indicated in other months'
				WHEN r.indicated IS NULL THEN 'nothing known'
				WHEN l.open_claimed > x.open THEN format('claimed, in other months than the %s known already more than %s%% of what is indicated, %s',
					l.known_months, round(100 * r.claimed / r.indicated, 1), r.of)
				ELSE format('claimed in %s months known, and %s%% of what is indicated in other months, %s', l.known_months,
					round(100 * r.claimed / r.indicated, 1), r.of) END
			|| CASE WHEN l.lump_sum <> 0 THEN '; with lump sums' ELSE '' END AS basis
		FROM line l
			CROSS JOIN LATERAL (
				SELECT CASE WHEN l.known_indicated <> 0 THEN l.known_claimed WHEN l.here_indicated <> 0 THEN l.here_claimed WHEN l.known_months > 0 THEN 1 END,
					CASE WHEN l.known_indicated <> 0 THEN l.known_indicated WHEN l.here_indicated <> 0 THEN l.here_indicated WHEN l.known_months > 0 THEN 1 END,
					CASE WHEN l.known_indicated <> 0 THEN 'as claimed in known months of it' WHEN l.here_indicated <> 0 THEN 'as claimed in known months of the municipality'
						ELSE 'as nothing was indicated in known months' END
			) r(claimed, indicated, of)
			CROSS JOIN LATERAL (SELECT CASE WHEN l.open_indicated = 0 THEN l.open_claimed ELSE zorgregio.pro_rata(l.open_indicated, r.claimed, r.indicated) END) x(open)
	)
	SELECT t.municipality, t.line, t.year, (t.year + interval '1 year' - interval '1 day')::date, t.budget, t.indicated, t.delivered, t.claimed,
		t.lump_sum, t.claimed + t.lump_sum, t.known_until, t.forecast, t.basis,
		t.budget - t.claimed - t.lump_sum, t.forecast > t.budget, round((t.claimed + t.lump_sum) / nullif(t.budget, 0), 4)
	FROM (
		SELECT e.municipality, e.line, e.year, sum(e.budget) AS budget, sum(e.indicated) AS indicated, sum(e.delivered) AS delivered, sum(e.claimed) AS claimed,
			sum(e.lump_sum) AS lump_sum, CASE WHEN count(e.known_until) = count(*) THEN min(e.known_until) END AS known_until,
			CASE WHEN count(e.forecast) = count(*) THEN sum(e.forecast) END AS forecast,
			CASE WHEN GROUPING(e.municipality, e.line) = 0 THEN min(e.basis) WHEN GROUPING(e.municipality) = 0 THEN 'sum of the product groups'
				ELSE 'sum of the municipalities' END AS basis
		FROM expected e
		GROUP BY GROUPING SETS ((e.municipality, e.line, e.year), (e.municipality, e.year), (e.line, e.year), (e.year))
	) t;
END;
COMMENT ON FUNCTION @region@.compute_budget(date, date, date) IS 'Figures of monitor_budget for the years that have a day in [from_day, to_day), rolled up from figures_amounts; claims are known as far as loads, or else the claims themselves, say on as_of.';

CREATE OR REPLACE VIEW @region@.monitor_budget WITH (security_invoker) AS
SELECT f.key, CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, extract(year FROM f.period_from)::integer AS year, f.period_from, f.period_to,
	f.budget, f.indicated, f.delivered, f.claimed, f.lump_sum, f.spent, f.known_until, f.forecast, f.forecast_basis, f.remaining, f.over_budget, f.used_share
FROM @region@.figures_budget f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.monitor_budget IS 'Budget and spending (begroting en uitgaven) in euro per calendar year, with a forecast to the end of it: in the region and per municipality, in all and per product group. Rows of one level add up to the level above.';
COMMENT ON COLUMN @region@.monitor_budget.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_budget.level IS 'What the row is a total of: region or municipality, followed by nothing (everything) or by product group (niveau).';
COMMENT ON COLUMN @region@.monitor_budget.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment nobody knows, in no declaration.';
COMMENT ON COLUMN @region@.monitor_budget.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_budget.product_group IS 'Product group (productgroep); NULL: all; (other): all groups without an amount of their own, where the municipality set aside an amount for the rest; (unknown): the product is not in the catalogue, or none is named.';
COMMENT ON COLUMN @region@.monitor_budget.year IS 'Calendar year (jaar).';
COMMENT ON COLUMN @region@.monitor_budget.period_from IS 'First day of the year (van).';
COMMENT ON COLUMN @region@.monitor_budget.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.monitor_budget.budget IS 'Euro set aside for the year (begroot); NULL: nothing was.';
COMMENT ON COLUMN @region@.monitor_budget.indicated IS 'Euro: p*q of all allotments in the whole year (geindiceerd).';
COMMENT ON COLUMN @region@.monitor_budget.delivered IS 'Euro: p*q of the days on which care was delivered (geleverd), up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_budget.claimed IS 'Euro: amounts of claim lines, less credits (gedeclareerd), up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_budget.lump_sum IS 'Euro: lump sums of the whole year (lumpsum, taakgericht).';
COMMENT ON COLUMN @region@.monitor_budget.spent IS 'Euro: claimed and lump sums (uitgegeven).';
COMMENT ON COLUMN @region@.monitor_budget.known_until IS 'Last day of the last month of the year whose claims are known (bekend tot), of a total that of the municipality that is least far; NULL: of none.';
COMMENT ON COLUMN @region@.monitor_budget.forecast IS 'Euro expected to be spent in the year (prognose): claimed in known months, lump sums, and for other months the indicated cost times the part of it that was claimed in known months (all of it where nothing was indicated in them), or what was claimed of them already if that is more. NULL: no month is known.';
COMMENT ON COLUMN @region@.monitor_budget.forecast_basis IS 'How the forecast was made, in words (onderbouwing).';
COMMENT ON COLUMN @region@.monitor_budget.remaining IS 'Euro: budget less spent (restant); NULL without a budget.';
COMMENT ON COLUMN @region@.monitor_budget.over_budget IS 'Whether the forecast is above the budget (overschrijding verwacht); NULL without either.';
COMMENT ON COLUMN @region@.monitor_budget.used_share IS 'Spent as a part of the budget, 1 is all of it (uitputting); NULL without a budget.';
