-- 79-monitor: the figures of the region as of 30 September 2026, beside what was published, and what outsiders may see.
\pset format wrapped
\pset columns 118
\qecho
\qecho '11. The monitor of the region on 30 September 2026'

-- refresh_monitor computes the figures behind all views, four years of them here. Readers need no right on any table with clients.
UPDATE mijov.settings SET monitor_years = 4;
SELECT count(*) AS parts, min(from_day) AS "from", max(to_day) - 1 AS "to", sum(inserted) AS "rows of figures" FROM refresh_monitor('mijov', '2026-09-30');

\qecho 'Clients in 2023 (monitor_clients): persons, and trajectories beside the published clients. In public: public_clients.'
SELECT municipality_name AS municipality, m.persons, m.trajectories, p.value AS published, o.persons AS "persons, public"
FROM mijov.monitor_clients m JOIN mijov.public_clients o USING (level, municipality, municipality_name, period_from)
    JOIN demo.published_2023 p ON p.measure = 'clients' AND p.municipality::text = m.municipality
WHERE level = 'municipality' AND m.period_kind = 'year' AND period_from = '2023-01-01' ORDER BY municipality;

\qecho 'Wmo spending in 2023 (monitor_spending) beside the published amounts, and public_spending. The source gives a total of'
\qecho '67,266,794, 7,183 less than its own parts; household help of Heerde is in neither.'
SELECT coalesce(m.product_group, 'All groups') AS "product group", m.claimed, coalesce(p.value, sum(p.value) OVER ()) AS published, o.spent AS "public", coalesce(o.hidden, false) AS hidden
FROM mijov.monitor_spending m LEFT JOIN demo.published_2023 p ON p.product_group = m.product_group
    LEFT JOIN mijov.public_spending o ON o.level = m.level AND o.period_from = m.period_from AND o.product_group IS NOT DISTINCT FROM m.product_group
WHERE m.level LIKE 'region%' AND m.period_kind = 'year' AND m.period_from = '2023-01-01' AND (p.value > 0 OR m.product_group IS NULL) ORDER BY m.product_group NULLS LAST;
DO $$
BEGIN
    IF EXISTS (SELECT FROM demo.published_2023 p LEFT JOIN mijov.monitor_clients m ON m.level = 'municipality' AND m.municipality = p.municipality::text
            AND m.period_kind = 'year' AND m.period_from = '2023-01-01' WHERE p.measure = 'clients' AND m.trajectories IS DISTINCT FROM p.value)
        OR EXISTS (SELECT FROM demo.published_2023 p LEFT JOIN mijov.monitor_spending m ON m.level = 'region by product group' AND m.product_group = p.product_group
            AND m.period_kind = 'year' AND m.period_from = '2023-01-01' WHERE p.product_group IS NOT NULL AND m.claimed IS DISTINCT FROM p.value) THEN
        RAISE EXCEPTION 'the monitor of 2023 differs from the published figures';
    END IF;
END $$;

\qecho 'In- and outflow (monitor_flow), heavy care (monitor_scaling), from youth care to the Wmo (monitor_youth_to_adult).'
SELECT extract(year FROM period_from)::text AS year, f.stock_begin AS "at the start", f.inflow, f.outflow, f.stock_end AS "at the end", s.started_heavy AS "began heavy", s.scaled_up AS "scaled up",
    s.scaled_down AS "scaled down", coalesce(y.clients, 0) AS "from youth care"
FROM mijov.monitor_flow f LEFT JOIN mijov.monitor_scaling s USING (level, period_from) LEFT JOIN mijov.monitor_youth_to_adult y USING (level, period_from)
WHERE level = 'region' AND period_kind = 'year' ORDER BY period_from;

\qecho 'Transfers between products in 2026 (monitor_transitions), the five most frequent.'
SELECT from_product_group || ', ' || from_product_name AS "from", to_product_group || ', ' || to_product_name AS "to", direction, clients
FROM mijov.monitor_transitions WHERE level = 'region' AND kind = 'transfer' AND period_from = '2026-01-01' ORDER BY clients DESC, from_product, to_product LIMIT 5;

\qecho 'Budgets of 2026 with a forecast (monitor_budget); days from request to start, norm 42 (monitor_waiting).'
SELECT coalesce(b.municipality_name, 'Region') AS municipality, b.budget, b.spent, to_char(b.known_until, 'YYYY-MM') AS "known until", b.forecast, b.over_budget AS "over", round(100 * b.used_share, 1) AS "% used",
    w.median_days AS "median days", round(100 * w.share_within_norm, 1) AS "% in time"
FROM mijov.monitor_budget b JOIN mijov.monitor_waiting w ON w.level = b.level AND w.municipality IS NOT DISTINCT FROM b.municipality AND w.period_from = b.period_from
WHERE b.level IN ('region', 'municipality') AND b.year = 2026 AND w.product_group IS NULL ORDER BY b.municipality NULLS LAST;

\qecho 'Use of allotments in 2025 (monitor_utilisation): claimed of what may be claimed. Five providers (monitor_providers).'
SELECT product_group AS "product group", unit, allocations, claimable, claimed, round(100 * share, 1) AS "%"
FROM mijov.monitor_utilisation WHERE level = 'region by product group' AND period_kind = 'year' AND period_from = '2025-01-01' AND share IS NOT NULL ORDER BY allocations DESC LIMIT 5;
SELECT provider, provider_name AS name, contract_kind AS contract, persons, trajectories, claimed, round(100 * share_of_claimed, 1) AS "% of all claims"
FROM mijov.monitor_providers WHERE level = 'region by provider' AND period_from = '2026-01-01' ORDER BY persons DESC LIMIT 5;

\qecho 'Where one provider at most has clients though the group is bought (monitor_coverage), and the verdicts of all rules'
\qecho '(monitor_thresholds; monitor_outflow has those for staying contracted).'
SELECT product_group AS "product group", string_agg(municipality_name, ', ' ORDER BY municipality_name) AS "at most one provider with clients", sum(clients) AS clients
FROM mijov.monitor_coverage WHERE municipality IS NOT NULL AND bought AND contracted_with_clients <= 1 GROUP BY product_group ORDER BY product_group;
SELECT phase, count(DISTINCT rule) AS rules, count(*) FILTER (WHERE verdict = 'met') AS met, count(*) FILTER (WHERE verdict = 'not met') AS "not met", count(*) FILTER (WHERE verdict = 'exempt') AS exempt,
    count(*) FILTER (WHERE verdict = 'unknown') AS unknown
FROM mijov.monitor_thresholds GROUP BY phase ORDER BY phase;

\qecho 'Small cells in public (.), and larger ones hidden with them so that no subtraction finds them: persons in 2025.'
SELECT product_group AS "product group", string_agg(format('%s %s', left(m.municipality_name, 2), m.persons), ' ' ORDER BY m.municipality) AS monitor,
    string_agg(format('%s %s', left(m.municipality_name, 2), CASE WHEN o.hidden THEN '.' ELSE o.persons::text END), ' ' ORDER BY m.municipality) AS public
FROM mijov.monitor_clients m JOIN mijov.public_clients o USING (level, municipality, product_group, period_from)
WHERE level = 'municipality by product group' AND period_kind = 'year' AND period_from = '2025-01-01' AND product_group IN ('Respijtzorg', 'Werkt Mee', 'Zorgcoördinatie')
GROUP BY product_group ORDER BY product_group;
