-- 75-flows: deliveries for the allotments, and who came, changed and went.
\pset format wrapped
\pset columns 118
\qecho
\qecho '7. In-, through- and outflow'

-- Start and stop messages, by the same arithmetic as the allotments. One in nine is not reported: waiting. Provider 10 sends nothing.
INSERT INTO mijov.deliveries (number, started, ended, stop_reason)
SELECT a.number, p.first, CASE WHEN d.pauses THEN p.first + 40 ELSE p.last END,
    CASE WHEN d.pauses THEN '20' WHEN p.last IS NOT NULL THEN (ARRAY['19', '19', '19', '19', '02', '21', '31', '38', '39'])[1 + d.why] END
FROM mijov.allocations a,
    LATERAL (SELECT demo.draw(number - 700000000, 21, 9) = 0, demo.draw(number - 700000000, 22, 21), demo.draw(number - 700000000, 23, 9),
        demo.draw(number - 700000000, 24, 12) = 0 AND coalesce(upper(period(indication)) - lower(period(indication)), 999) > 150) d(waits, late, why, pauses),
    LATERAL (SELECT lower(period(indication)) + d.late, upper(period(indication)) - 1) p(first, last)
WHERE NOT d.waits AND a.provider <> '99900010' AND p.first <= date '2026-12-31';
INSERT INTO mijov.deliveries (number, started, ended, stop_reason)
SELECT number, d.started + 70, upper(period(indication)) - 1, CASE WHEN NOT upper_inf(period(indication)) THEN '19' END
FROM mijov.deliveries d JOIN mijov.allocations a USING (number) WHERE stop_reason = '20' AND d.started + 70 <= date '2026-12-31';
ANALYZE mijov.deliveries;

\qecho 'By month: persons of the region, 30 days without care bridged. Neither a pause nor a transfer ends care.'
\qecho 'No allotment starts after September 2026, so inflow dries up.'
CREATE TABLE demo.region_care AS SELECT care_history_agg(client, product, period_in_region) AS history FROM mijov.care_periods;
SELECT to_char(lower(period), 'YYYY-MM') AS month, stock_begin AS "at the start", inflow, outflow, stock_end AS "at the end", clients, clients_12m AS "clients, 12 months"
FROM demo.region_care, flows(history, '[2026-01-01,2027-01-01)', gap => 30);

\qecho 'The same people per provider: more in- and outflow, since a transfer leaves one provider for another.'
SELECT provider, name, clients(history, '[2026-01-01,2027-01-01)') AS clients, (flow(history, '[2026-01-01,2027-01-01)', 30)).*
FROM (SELECT provider, care_history_agg(client, period) AS history FROM mijov.care_periods GROUP BY provider) h JOIN mijov.providers p ON p.code = provider
ORDER BY provider;

\qecho 'From which product to which in 2026: the ten most frequent transfers, and how care began and ended.'
SELECT kind, f.product_group || ', ' || f.name AS "from", t.product_group || ', ' || t.name AS "to", clients
FROM demo.region_care, transitions(history, '[2026-01-01,2027-01-01)', 30)
    LEFT JOIN demo.products f ON f.product = from_product LEFT JOIN demo.products t ON t.product = to_product
WHERE kind = 'transfer' ORDER BY clients DESC, from_product, to_product LIMIT 10;
SELECT kind, count(*) AS "pairs of products", sum(clients) AS "clients, summed over products"
FROM demo.region_care, transitions(history, '[2026-01-01,2027-01-01)', 30) GROUP BY kind ORDER BY kind;
SELECT ended AS "episodes ended", running, round(mean_days, 1) AS "mean days", median_days AS "median days", round(mean_days_in_care, 1) AS "mean days in care"
FROM demo.region_care, durations(history, '[2026-01-01,2027-01-01)', 30);
