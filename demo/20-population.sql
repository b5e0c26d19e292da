-- 20-population: 20,000 indications, the same on every server: integer arithmetic only, no random(), no hash.
--
-- 12,500 clients have one indication, and 7,500 of them a second one later. The first starts between January 2024 and
-- September 2026; everything ends by the end of 2027, except some monthly ones without an end.
\qecho
\qecho '2. Make 20,000 indications (integer arithmetic: the same rows everywhere)'

-- Draw number k of row i: 0 to n - 1. Squares modulo a prime scatter well enough.
CREATE FUNCTION demo.draw(i bigint, k integer, n bigint) RETURNS integer LANGUAGE sql IMMUTABLE
    RETURN (((i * 48271 + k * 1299709) % 2147483647) * ((i * 48271 + k * 1299709) % 2147483647) % 2147483647 % n)::integer;

CREATE TEMP TABLE draws AS
SELECT i, CASE WHEN i <= 12500 THEN i ELSE i * 7 % 12500 + 1 END AS client, i > 12500 AS second,
    demo.draw(i, 1, 1001) AS starts, demo.draw(i, 2, 700) AS lasts, demo.draw(i, 3, 1000000) AS place,
    (ARRAY[0, 0, 0, 14, 60])[1 + demo.draw(i, 4, 5)] AS gap, demo.draw(i, 5, 1000) AS kind, demo.draw(i, 6, 1000) AS size,
    demo.draw(i, 7, 1000000) AS what, demo.draw(i, 8, 8) = 0 AS bandwidth, demo.draw(i, 9, 1000000) AS who
FROM generate_series(1, 20000) i;

-- Shares as parts of 0 to 999,999: a row takes the part that its draw falls into.
CREATE TEMP TABLE place_part AS
SELECT code AS municipality, 1000000 * (sum(w) OVER (ORDER BY code) - w) / sum(w) OVER () AS low,
    1000000 * sum(w) OVER (ORDER BY code) / sum(w) OVER () AS high
FROM (SELECT code, clients_2023 FROM demo.municipalities) m (code, w);

CREATE TEMP TABLE what_part AS
SELECT municipality, product, 1000000 * (sum(weight) OVER up - weight) / sum(weight) OVER whole AS low,
    1000000 * sum(weight) OVER up / sum(weight) OVER whole AS high
FROM demo.sourcings JOIN demo.demand USING (product) WHERE channel = 'regional'
WINDOW whole AS (PARTITION BY municipality), up AS (PARTITION BY municipality ORDER BY product);

CREATE TEMP TABLE who_part AS
SELECT product_group, code AS provider, 1000000 * (sum(weight) OVER up - weight) / sum(weight) OVER whole AS low,
    1000000 * sum(weight) OVER up / sum(weight) OVER whole AS high
FROM demo.providers, unnest(product_groups) AS g (product_group)
WINDOW whole AS (PARTITION BY product_group), up AS (PARTITION BY product_group ORDER BY code);

ANALYZE draws, place_part, what_part, who_part;

CREATE TABLE demo.allocations (
    number bigint PRIMARY KEY,
    client bigint NOT NULL,
    provider provider NOT NULL REFERENCES demo.providers,
    municipality municipality NOT NULL REFERENCES demo.municipalities,
    indication indication NOT NULL
);
INSERT INTO demo.allocations
WITH first AS (
    SELECT client, municipality, date '2024-01-01' + starts AS starts,
        least(date '2024-01-01' + starts + 91 + lasts, date '2027-07-01') AS ends
    FROM draws JOIN place_part ON place >= low AND place < high
    WHERE NOT second
), span AS (
    SELECT i, f.client, municipality, f.starts, f.ends FROM first f JOIN draws ON i = f.client
    UNION ALL
    SELECT i, f.client, municipality, f.ends + gap, least(f.ends + gap + 91 + lasts * 2 / 3, date '2028-01-01')
    FROM draws d JOIN first f USING (client) WHERE second
)
SELECT 700000000 + i, 100000 + s.client, provider, municipality,
    CASE
        WHEN kind < 10 THEN indication(product '02', NULL::volume, daterange(s.starts, s.ends))
        WHEN kind < 20 THEN indication(product '02', 1000.00 * (2 + size % 12), daterange(s.starts, s.ends))
        WHEN kind < 25 THEN indication(NULL::product, 2500.00 * (1 + size % 12), daterange(s.starts, s.ends))
        ELSE indication(product, volume(CASE WHEN bandwidth THEN a.low ELSE top END, top, unit, frequency),
            daterange(s.starts, CASE WHEN second AND i % 4 = 0 AND frequency = 'maand' THEN NULL ELSE s.ends END))
    END
FROM span s JOIN draws USING (i)
    JOIN what_part t USING (municipality) JOIN demo.demand a USING (product) JOIN demo.products p USING (product)
    JOIN who_part w ON w.product_group = CASE WHEN kind < 25 THEN 'Begeleiding individueel' ELSE p.product_group END,
    LATERAL (SELECT a.low + a.step * (size % ((a.high - a.low) / a.step + 1))) AS v (top)
WHERE what >= t.low AND what < t.high AND who >= w.low AND who < w.high;

CREATE INDEX ON demo.allocations USING gist (period(indication));
ANALYZE demo.allocations;

SELECT kind(indication), coalesce(nullif(concat_ws('/', unit(volume(indication)), frequency(volume(indication))), ''),
        CASE WHEN budget(indication) IS NULL THEN 'no volume, no budget' ELSE 'budget' END) AS volume,
    count(*) AS indications, count(DISTINCT client) AS clients, min(indication::text) AS "for instance"
FROM demo.allocations GROUP BY 1, 2 ORDER BY 3 DESC;
SELECT count(*) AS indications, count(DISTINCT client) AS clients, min(lower(period(indication))) AS "first day",
    count(*) FILTER (WHERE upper_inf(period(indication))) AS "without an end",
    count(*) FILTER (WHERE cardinality(problems(indication)) > 0) AS "breaking a rule of the standard"
FROM demo.allocations;
