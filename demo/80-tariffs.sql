-- 80-tariffs: a tariff from wage to price, two years of indexation, three groups, and what a draft would cost.
\qecho
\qecho '12. A tariff from wage to price, its legal elements, and what a draft would cost'

CREATE TEMP TABLE build_up (step int, label text, element text, operation cost_operation, value numeric, base text);
INSERT INTO build_up VALUES
    (1, 'gross wage a month',  'a',  'start',          3650,  NULL),
    (2, 'holiday pay',         'a',  'add_percentage', 8,     'gross wage a month'),
    (3, 'year-end payment',    'a',  'add_percentage', 8.33,  'gross wage a month'),
    (4, 'social charges',      'a',  'add_percentage', 27,    'year-end payment'),
    (5, 'a year',              NULL, 'multiply',       12,    NULL),
    (6, 'paid hour',           NULL, 'divide',         1878,  NULL),
    (7, 'productive hour',     'c',  'productivity',   76,    'paid hour'),
    (8, 'travel and training', 'd',  'add',            2.10,  NULL),
    (9, 'overhead',            'b',  'add_percentage', 18,    'productive hour'),
    (10, 'municipal duties',   'f',  'add_percentage', 1.5,   'productive hour'),
    (11, 'hour tariff',        NULL, 'round_half_up',  0.60,  NULL);
\qecho 'Each percentage names its base. Rounded once, to a multiple of 0.60, so that the minute price is whole cents.'
SELECT s.step, s.label, s.element, s.operation, s.value, s.base, round(s.amount, 2) AS amount, round(s.running_total, 4) AS "running total"
FROM (SELECT cost_price(label, element, operation, value, base ORDER BY step) AS b FROM build_up) p, steps(b) s;
SELECT amount(b) AS "hour tariff", missing_elements(b, 'Wmo') AS "legal elements not covered (art. 5.4)"
FROM (SELECT cost_price(label, element, operation, value, base ORDER BY step) AS b FROM build_up) p;

\qecho 'Two years of indexation (90% personnel; 6.30% for 2026, 4.96% for 2027) and three groups: the next index starts from'
\qecho 'the unrounded amount.'
CREATE TEMP TABLE book AS
SELECT derive_group(derive_group(indexed(indexed(tariff_book_agg('02A16', tariff(amount(b), 'uur'), daterange('2025-01-01', NULL)),
           index_rate(90, 4.94, 2.51, 4.74, 6.36, 4.87, 7.02, 'ratio', 'parts'), '2026-01-01'),
           index_rate(90, 4.18, 1.82, 4.94, 6.00, 2.51, 3.10, 'points'), '2027-01-01'), NULL, 'zzp', 90), NULL, 'informal', 75) AS book
FROM (SELECT cost_price(label, element, operation, value, base ORDER BY step) AS b FROM build_up) p;
SELECT lower(l.valid) AS "from", max(l.tariff::text) FILTER (WHERE tariff_group IS NULL) AS "everyone", max(l.tariff::text) FILTER (WHERE tariff_group = 'zzp') AS "zzp 90%",
       max(l.tariff::text) FILTER (WHERE tariff_group = 'informal') AS "informal 75%"
FROM book, tariff_lines(book) l GROUP BY l.valid ORDER BY 1;

\qecho 'A draft: all tariffs of 2026 4.96% higher. What would the same care cost?'
CREATE TEMP TABLE draft AS
SELECT now.book AS now, indexed(now.book, 4.96, '2026-01-01') AS draft FROM (SELECT tariff_book_agg(product, tariff, valid) AS book FROM demo.tariffs) now;
SELECT m.name AS municipality, sum(s.now) AS "now 2026", sum(s.draft) AS draft, sum(s.draft - s.now) AS more, round(100 * sum(s.draft - s.now) / sum(s.now), 2) AS "%"
FROM demo.allocations a JOIN demo.municipalities m ON m.code = a.municipality,
     LATERAL (SELECT cost(a.indication, (SELECT now FROM draft), daterange('2026-01-01', '2027-01-01')) AS now,
                     cost(a.indication, (SELECT draft FROM draft), daterange('2026-01-01', '2027-01-01')) AS draft) s
GROUP BY m.name ORDER BY m.name;
