-- 86-samples: one message of each kind, as files, into a region of their own.
\pset format wrapped
\pset columns 118
\qecho
\qecho '14. Message files: an allotment, its start and stop, a request, and a declaration of four lines, into an empty region'
CALL create_region('voorbeeld', 'Voorbeeld');
INSERT INTO voorbeeld.municipalities VALUES ('0384', 'Diemen'), ('0200', 'Apeldoorn');
INSERT INTO voorbeeld.providers (code, name) VALUES ('65656055', 'Hulp thuis'), ('73739901', 'Begeleiding');
INSERT INTO voorbeeld.products (code, name, product_group) VALUES ('01A03', 'Hulp', 'Huishoudelijke hulp'), ('01A04', 'Hulp plus', 'Huishoudelijke hulp'), ('02A16', 'Begeleiding', 'Begeleiding');
INSERT INTO voorbeeld.tariffs (product, valid, tariff) VALUES ('01A03', '[2023-01-01,2024-01-01)', '12.50/uur'), ('01A04', '[2023-01-01,2024-01-01)', '15.00/uur');
INSERT INTO voorbeeld.contracts (provider, municipality, product, valid) SELECT '65656055', '0384', code, '[2022-01-01,2026-01-01)' FROM voorbeeld.products WHERE category(code) = '01';
INSERT INTO voorbeeld.allocations (number, client, provider, municipality, indication) VALUES
    (20072, 1, '65656055', '0384', '01A03 1 uur/week [2023-01-01,2024-01-01)'), (200730, 1, '65656055', '0384', '01A04 4 uur/week [2023-01-01,2024-01-01)'),
    (20074, 2, '65656055', '0384', '01A03 1 uur/week [2023-01-01,2024-01-01)'), (20073, 2, '65656055', '0384', '01A04 4 uur/week [2023-01-01,2024-01-01)');
CREATE TABLE demo.sample_keys (bsn text PRIMARY KEY, client bigint NOT NULL UNIQUE);
INSERT INTO demo.sample_keys VALUES ('999900006', 1), ('999900018', 2);

\set allotment `cat test/data/messages/wmo301.xml`
\set start `cat test/data/messages/wmo305.xml`
\set stop `cat test/data/messages/wmo307.xml`
\set request `cat test/data/messages/wmo315.xml`
\set declaration `cat test/data/messages/wmo323-four-lines.xml`
CREATE TEMP TABLE file AS SELECT * FROM (VALUES (1, :'allotment'::xml), (2, :'start'), (3, :'stop'), (4, :'request'), (5, :'declaration')) f (n, body);
SELECT h.kind, h.provider, h.municipality, h.identification, l.* FROM (SELECT * FROM file ORDER BY n OFFSET 0) f, message_header(body) h, voorbeeld.load_message(body, 'demo.sample_keys'::regclass) l;
\qecho 'The four lines: none breaks a rule, so all is granted.'
SELECT c.number::text AS allotment, c.product_period, c.volume, c.tariff, c.amount, coalesce(string_agg(f.rule, ', '), 'granted') AS answer
FROM voorbeeld.claims c LEFT JOIN check_claims('voorbeeld') f ON f.claim = c.id GROUP BY c.id ORDER BY c.id;
SELECT number AS declaration, submitted, granted, rejected, return_codes FROM claim_answer('voorbeeld');
\qecho 'And why one start was rejected, as the import log says:'
SELECT i.kind, i.identification, r.line, r.reason FROM voorbeeld.import_rejections r JOIN voorbeeld.imports i ON i.id = r.import;
DROP SCHEMA voorbeeld CASCADE;
