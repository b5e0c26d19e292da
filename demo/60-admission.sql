-- 60-admission: a region in a schema of its own, and three applications decided with reasons.
\qecho
\qecho '6. Open House: who is admitted, and why'

-- CALL zorgregio.create_region(name, title): tables, constraints and functions in schema mijov, owned by the caller.
CALL create_region('mijov', 'Zorgregio Midden-IJssel/Oost-Veluwe');

INSERT INTO mijov.municipalities SELECT code, name FROM demo.municipalities;
INSERT INTO mijov.products (code, name, product_group, level) SELECT product, name, product_group, level FROM demo.products;
INSERT INTO mijov.sourcings (municipality, product, valid, channel) SELECT municipality, product, '[2026-01-01,)', channel FROM demo.sourcings;
INSERT INTO mijov.providers (code, name) SELECT code, name FROM demo.providers;
INSERT INTO mijov.tariffs (product, valid, tariff) SELECT product, valid, tariff FROM demo.tariffs;
INSERT INTO mijov.allocations (number, client, provider, municipality, indication)
SELECT number, client, provider, municipality, indication FROM demo.allocations;

CREATE TEMP TABLE rule (id text, phase text, municipality municipality, product_group text, requirement threshold, valid_from date, valid_to date,
    consequence text, basis text);
\copy rule FROM 'demo/data/thresholds.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
INSERT INTO mijov.thresholds (id, phase, municipality, product_group, requirement, valid, consequence, basis)
SELECT id, phase, municipality, product_group, requirement, daterange(valid_from, valid_to, '[]'), consequence, basis FROM rule;

CREATE TEMP TABLE dossier (provider provider, valid_from date, facts jsonb, source text);
\copy dossier FROM 'demo/data/dossiers.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
INSERT INTO mijov.dossiers (provider, valid, facts, source) SELECT provider, daterange(valid_from, NULL), facts, source FROM dossier;

-- One regular window a year; who offers complex also offers basic; Apeldoorn takes no new providers of household help.
INSERT INTO mijov.admission_windows (opens, kind) VALUES ('[2026-04-01,2026-05-01)', 'regular');
INSERT INTO mijov.bundles (product, requires, valid) VALUES ('02A19', '02A16', '[2026-01-01,)'), ('07A13', '07A12', '[2026-01-01,)');
INSERT INTO mijov.closures VALUES ('0200', 'Hulp bij Huishouden', '[2026-01-01,2027-01-01)', 'supply is enough (invented)');

-- Contracts for what the providers do; 6, 10 and 12 apply for something new in April 2026.
INSERT INTO mijov.contracts (provider, municipality, product, valid)
SELECT d.code, s.municipality, s.product, daterange('2026-01-01', term_end('2026-01-01', 5) + 1)
FROM demo.providers d, unnest(product_groups) g (product_group)
    JOIN mijov.products p USING (product_group) JOIN mijov.sourcings s ON s.product = p.code AND channel = 'regional';
INSERT INTO mijov.applications (provider, municipality, product, received) VALUES
    ('99900006', '0301', '02A16', '2026-04-07'), ('99900006', '0301', '02A19', '2026-04-07'),
    ('99900010', '0232', '02A19', '2026-04-09'), ('99900012', '0262', '02A16', '2026-04-20');
ANALYZE;

SELECT phase, count(*) AS rules, (array_agg(id || ': ' || requirement ORDER BY length(requirement::text)))[1] AS "for instance" FROM mijov.thresholds GROUP BY phase ORDER BY phase;

\qecho 'What a provider may ask beforehand: every check with its reason (assess).'
SELECT replace(check_name, 'threshold ', '') AS "check", verdict, explanation FROM mijov.assess('99900006', '0301', '02A19', '2026-04-07');

\qecho 'The decisions (decide). Each row of mijov.decisions has a receipt with all that it rests on.'
\o /dev/null
SELECT mijov.decide(id) FROM mijov.applications ORDER BY id;
\o
CREATE VIEW demo.reasons AS
SELECT d.id AS decision, a.provider, m.name AS municipality, p.code AS product, d.outcome,
    c.item ->> 'check' AS "check", c.item ->> 'explanation' AS explanation, c.item ->> 'basis' AS basis, c.n
FROM mijov.decisions d JOIN mijov.applications a ON a.id = d.application JOIN mijov.municipalities m ON m.code = a.municipality
    JOIN mijov.products p ON p.code = a.product, LATERAL jsonb_array_elements(d.receipt -> 'checks') WITH ORDINALITY c (item, n)
WHERE c.item ->> 'verdict' = CASE d.outcome WHEN 'reject' THEN 'not met' WHEN 'incomplete' THEN 'unknown' ELSE c.item ->> 'verdict' END;
SELECT decision, provider, municipality, product, outcome,
    CASE outcome WHEN 'admit' THEN format('all %s checks are met or do not apply', count(*)) ELSE string_agg("check", ', ' ORDER BY n) END AS "because of"
FROM demo.reasons GROUP BY decision, provider, municipality, product, outcome ORDER BY decision;

\qecho 'The reasons of the rejection and of the incomplete one, as the provider gets them.'
\t on
\pset format unaligned
SELECT format(E'  %s. %s\n     (%s)', decision, explanation, basis) FROM demo.reasons WHERE outcome <> 'admit' ORDER BY decision, n;
\pset format aligned
\t off
\qecho
SELECT id AS decision, array_to_string(ARRAY(SELECT jsonb_array_elements_text(receipt -> 'missing_facts')), ', ') AS "to ask for"
FROM mijov.decisions WHERE outcome = 'incomplete';

\qecho 'The rules and dossiers change afterwards; every decision still follows from its receipt alone (replay).'
BEGIN;
UPDATE mijov.dossiers SET facts = '{}';
DELETE FROM mijov.thresholds WHERE phase = 'admission';
SELECT id AS decision, outcome AS decided, mijov.replay(id) AS replayed FROM mijov.decisions ORDER BY id;
ROLLBACK;

\qecho 'Contracts follow from an admission (admit); overlap is refused. The term, extensions, and when to announce them:'
\o /dev/null
SELECT mijov.admit(id, daterange('2026-07-01', term_end('2026-01-01', 5) + 1)) FROM mijov.decisions WHERE outcome = 'admit' ORDER BY id;
\o
SELECT c.decision, c.provider, c.municipality, c.product, c.kind, period_text(c.valid) AS term FROM mijov.contracts c WHERE decision IS NOT NULL ORDER BY c.decision;
SELECT option, starts, ends, notice AS "announce at the latest" FROM extension_options(term_end('2026-01-01', 5));
