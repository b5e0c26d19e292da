-- 76-outflow: which providers serve too few clients, with the reasons. A signal, nothing more.
\pset format wrapped
\pset columns 118
\qecho
\qecho '8. Providers below the client norm (art. 1.6): signals with reasons'

-- Provider 10 sent nothing and stays unknown. Of the others all deliveries of 2026 are in, so none is zero.
INSERT INTO mijov.loads (kind, provider, period, source, loaded)
SELECT 'deliveries', code, '[2026-01-01,2027-01-01)', 'start and stop messages of 2026', '2026-12-31' FROM mijov.providers WHERE code <> '99900010';
-- Provider 9 joined in July; a shortage of group support in Hattem.
UPDATE mijov.contracts SET valid = daterange('2026-07-01', upper(valid)) WHERE provider = '99900009';
INSERT INTO mijov.admission_windows VALUES ('0244', 'Begeleiding Groep', '[2026-10-01,)', 'scarcity');

CREATE TABLE demo.signals AS SELECT * FROM mijov.outflow_signals('2026-12-31');
\qecho 'Verdicts on 31 December 2026, per provider, municipality and product group.'
SELECT rule, norm, count(*) FILTER (WHERE verdict = 'met') AS met, count(*) FILTER (WHERE verdict = 'not met') AS "not met", count(*) FILTER (WHERE verdict = 'exempt') AS exempt,
    count(*) FILTER (WHERE verdict = 'not applicable') AS "not applicable", count(*) FILTER (WHERE verdict = 'unknown') AS unknown
FROM demo.signals GROUP BY rule, norm ORDER BY rule;

\qecho 'One of each verdict, with its reason.'
SELECT DISTINCT ON (verdict) verdict, provider, m.name AS municipality, product_group, explanation
FROM demo.signals JOIN mijov.municipalities m ON m.code = municipality ORDER BY verdict, explanation LIKE '%unieke%' DESC, key;

\qecho 'Who would go first, and how many providers would be left: 0 would empty the product group there.'
SELECT m.name AS municipality, product_group, provider, counted AS clients, rank, providers, providers_remaining AS "would remain", notice_date AS "ends at the earliest"
FROM demo.signals JOIN mijov.municipalities m ON m.code = municipality WHERE verdict = 'not met' AND unit = 'persons' ORDER BY providers_remaining, municipality, product_group, rank LIMIT 12;
