-- 40-claimable: what the standard lets a provider claim on the same indication, month by month.
\qecho
\qecho '4. What may be claimed on it in each month'

-- The allocation of step 3.
SELECT indication, product(indication) AS product FROM demo.example \gset

\qecho 'The weekly volume for every ISO week that the month touches. A week on a border counts in both months: the months'
\qecho 'add up to more than the indication allows as a whole, and a claim must fit in both.'
WITH line AS (
    SELECT to_char(m, 'YYYY-MM') AS month, count(*) AS days, count(DISTINCT date_trunc('week', d)) AS weeks,
        claimable(i, min(d)::date) AS hours, min(d)::date AS day
    FROM demo.example AS e (number, i), generate_series(lower(period(i)), upper(period(i)) - 1, interval '1 day') d, date_trunc('month', d) m
    GROUP BY i, m
    UNION ALL
    SELECT 'as a whole', upper(period(i)) - lower(period(i)), NULL, claimable(i), NULL FROM demo.example AS e (number, i)
)
SELECT month, days, weeks AS "ISO weeks", hours AS "hours, at most", tariff_on(book, product :'product', day) AS tariff,
    claim_amount(volume(hours::integer, hours::integer, 'uur', NULL), tariff_on(book, product :'product', day)) AS "amount, at most"
FROM line, demo.books ORDER BY month;
