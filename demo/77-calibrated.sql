-- 77-calibrated: care of 2023 that comes to what the region published about that year, exactly. Integer arithmetic only.
--
-- A municipality has as many trajectories (client, product and provider, once each) as were published. Claim lines are
-- volume times tariff; their volumes are scaled so that each product group comes just short of what was published for it,
-- and one trajectory in euro per group, in Apeldoorn, makes up the last euros.
\pset format wrapped
\pset columns 118
\qecho
\qecho '9. The year 2023: invented clients, and exactly the figures that the region published'

CREATE TABLE demo.published_2023 (
    measure text NOT NULL CHECK (measure IN ('clients', 'spending')),
    municipality municipality REFERENCES demo.municipalities,
    product_group text,
    value bigint NOT NULL,
    remark text
);
CREATE TABLE demo.demand_2023 (LIKE demo.demand INCLUDING ALL);
\copy demo.published_2023 FROM 'demo/data/published_2023.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy demo.demand_2023 FROM 'demo/data/demand_2023.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')

-- Bought as in 2026, from the same providers; household help everywhere but in Heerde, whose figure the source leaves out.
-- Tariffs as of 2025.
INSERT INTO mijov.sourcings (municipality, product, valid, channel, remark)
SELECT m.code, p.product, '[2023-01-01,2026-01-01)', coalesce(s.channel, 'regional'), 'invented for the demo: as in 2026'
FROM demo.municipalities m CROSS JOIN demo.products p LEFT JOIN demo.sourcings s ON s.municipality = m.code AND s.product = p.product
WHERE s.channel IS NOT NULL OR p.product_group = 'Hulp bij Huishouden' AND m.code <> '0246';
INSERT INTO mijov.contracts (provider, municipality, product, valid)
SELECT d.code, s.municipality, s.product, '[2023-01-01,2026-01-01)'
FROM demo.providers d, unnest(product_groups) g (product_group)
    JOIN mijov.products p USING (product_group) JOIN mijov.sourcings s ON s.product = p.code AND s.channel = 'regional' AND s.valid @> date '2023-01-01';
INSERT INTO mijov.tariffs (product, valid, tariff)
SELECT product, '[2023-01-01,2025-01-01)', tariff FROM demo.tariffs WHERE lower(valid) = '2025-01-01';

-- One row per trajectory. Of every ten in a municipality, three persons have one, two have two and one has three (k counts
-- them). Some move here from Apeldoorn: one more trajectory, the same person.
CREATE TEMP TABLE place AS
SELECT code AS municipality, row_number() OVER (ORDER BY code, n) AS i, n, (ARRAY[0, 0, 0, 1, 0, 0, 1, 0, 1, 2])[1 + n % 10] AS k
FROM demo.municipalities, generate_series(0, clients_2023 - 1 - CASE code WHEN '0200' THEN 9 ELSE 0 END) n;
CREATE TEMP TABLE person AS
WITH who AS (
    SELECT p.i, p.municipality, CASE WHEN o.i IS NULL THEN p.k ELSE 1 END AS k, 200000 + coalesce(o.i, p.i - p.k) AS client,
        o.i IS NOT NULL AS moved
    FROM place p LEFT JOIN place o ON o.municipality = '0200' AND p.n % 40 = 0
        AND o.n = 160 * (p.n / 40) + 40 * array_position(ARRAY['0213', '0232', '0285', '0301'], p.municipality::text)
), span AS (
    -- Six in ten were in care before 2023. All care ends by the end of 2025.
    SELECT *, bool_or(moved) OVER (PARTITION BY client) AS moves, date '2023-01-01' + CASE WHEN demo.draw(client, 31, 10) < 6
            THEN -1 - demo.draw(client, 32, 540) ELSE demo.draw(client, 32, 345) END AS starts
    FROM who
), whole AS (
    SELECT *, CASE WHEN moves THEN date '2024-03-01' + demo.draw(client, 33, 671) WHEN starts < '2023-01-01'
            THEN date '2023-02-01' + demo.draw(client, 33, 1064) ELSE least(starts + 40 + demo.draw(client, 33, 900), date '2026-01-01') END AS ends,
        greatest(starts, date '2023-01-01') AS early
    FROM span
)
-- Half of those with two or three change from one to the next on a day in 2023, where there is room for it; the others have them side by side.
SELECT i, municipality, k, client, moved, moves, starts, ends,
    CASE WHEN (moves OR demo.draw(client, 34, 2) = 0) AND least(ends, date '2023-12-31') - early >= 43
        THEN early + 21 + demo.draw(client, 35, least(ends, date '2023-12-31') - early - 42) END AS changes
FROM whole;

-- A person's trajectories lie a third apart on a line with the shares of all products: another product or, where one has more than
-- a third, the same from another provider. Some changes are to the next level of the same group.
CREATE TEMP TABLE what AS
SELECT municipality, product, product_group, level, lead(product) OVER levels AS heavier, lag(product) OVER levels AS lighter,
    1000000 * (sum(weight) OVER up - weight) / sum(weight) OVER whole AS low, 1000000 * sum(weight) OVER up / sum(weight) OVER whole AS high
FROM mijov.sourcings s JOIN demo.demand_2023 USING (product) JOIN demo.products USING (product)
WHERE s.channel = 'regional' AND s.valid @> date '2023-01-01'
WINDOW whole AS (PARTITION BY municipality), up AS (PARTITION BY municipality ORDER BY product),
    levels AS (PARTITION BY municipality, product_group, level IS NULL ORDER BY level);
CREATE TEMP TABLE who AS
SELECT product_group, code AS provider, row_number() OVER up - 1 AS place, count(*) OVER whole AS providers,
    1000000 * (sum(weight) OVER up - weight) / sum(weight) OVER whole AS low, 1000000 * sum(weight) OVER up / sum(weight) OVER whole AS high
FROM demo.providers, unnest(product_groups) AS g (product_group)
WINDOW whole AS (PARTITION BY product_group), up AS (PARTITION BY product_group ORDER BY code);
ANALYZE place, person, what, who;

CREATE TEMP TABLE trajectory AS
WITH drawn AS (
    SELECT p.*, (demo.draw(client, 51, 1000000) + k * 333333) % 1000000 AS x, demo.draw(client, 52, 2) = 0 AND k = 1 AND changes IS NOT NULL AND NOT moves AS levels
    FROM person p
), chosen AS (
    SELECT d.*, CASE WHEN d.levels AND f.level IS NOT NULL THEN coalesce(f.heavier, f.lighter, w.product) ELSE w.product END AS product
    FROM drawn d JOIN what w ON w.municipality = d.municipality AND x >= w.low AND x < w.high
        LEFT JOIN what f ON d.levels AND f.municipality = d.municipality AND (x + 666667) % 1000000 >= f.low AND (x + 666667) % 1000000 < f.high
)
SELECT c.i, c.client, c.municipality, c.product, p.product_group, next.provider, c.k, c.changes, c.moves,
    CASE WHEN k > 0 THEN coalesce(changes, starts) ELSE starts END AS starts, CASE WHEN k = 0 THEN coalesce(changes, ends) ELSE ends END AS ends,
    CASE WHEN k > 0 AND changes IS NOT NULL THEN 0 ELSE demo.draw(i, 54, 21) END AS late, demo.draw(i, 55, 6) = 0 AS renewed
FROM (SELECT *, row_number() OVER (PARTITION BY client, municipality, product ORDER BY k) - 1 AS again FROM chosen) c
    JOIN demo.products p USING (product)
    JOIN who ON who.product_group = p.product_group AND demo.draw(client, 53, 1000000) >= who.low AND demo.draw(client, 53, 1000000) < who.high
    JOIN who next ON next.product_group = p.product_group AND next.place = (who.place + c.again) % who.providers;

-- One in six that last half a year is renewed halfway: two allotments, one trajectory.
CREATE TEMP TABLE allotment AS
SELECT 600000000 + 10 * i + part AS number, t.*, CASE WHEN part = 1 THEN half ELSE t.starts END AS begins, CASE WHEN half IS NOT NULL AND part = 0 THEN half ELSE t.ends END AS stops, part, half
FROM trajectory t, LATERAL (SELECT CASE WHEN renewed AND ends - starts >= 183 THEN starts + (ends - starts) / 2 END) h (half),
    generate_series(0, CASE WHEN half IS NULL THEN 0 ELSE 1 END) part;
-- Asked for one to nine weeks before, sooner in some municipalities. A renewal was not asked for.
CREATE FUNCTION demo.requested(number bigint, municipality municipality, starts date) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN starts - 7 - demo.draw(number, 71, 28 + 4 * demo.draw(municipality::integer, 72, 8));
INSERT INTO mijov.allocations (number, client, provider, municipality, indication, change_reason, requested, decided)
SELECT number, client, provider, municipality, indication(a.product, volume(top, top, unit, frequency), daterange(begins, stops)),
    CASE WHEN half IS NOT NULL AND part = 0 THEN '04' END, day, day + (begins - day) / 2
FROM allotment a JOIN demo.demand_2023 d USING (product), LATERAL (SELECT low + step * demo.draw(number, 56, (high - low) / step + 1)) v (top),
    LATERAL (SELECT CASE WHEN part = 0 THEN demo.requested(number, municipality, begins) END) r (day);
INSERT INTO mijov.deliveries (number, started, ended, stop_reason)
SELECT number, begins + CASE WHEN part = 0 THEN late ELSE 0 END, stops - 1,
    CASE WHEN half IS NOT NULL AND part = 0 THEN '36' WHEN k = 0 AND changes IS NOT NULL THEN CASE WHEN moves THEN '31' ELSE '37' END
        ELSE (ARRAY['19', '19', '19', '19', '02', '21', '23', '31', '39'])[1 + demo.draw(number, 57, 9)] END
FROM allotment;

-- What was delivered in a month: 84 to 100 percent of what was to be expected. Nothing of it exceeds what may be claimed.
-- Minutes are claimed at the hour tariff of the contract, which is a whole number of cents a minute here.
CREATE TEMP TABLE delivered AS
SELECT a.number, p.product_group, m.month * period(a.indication) AS product_period, unit(volume(a.indication)) AS unit,
    t.tariff, CASE unit(volume(a.indication)) WHEN 'minuut' THEN tariff_per(t.tariff, 'minuut') ELSE t.tariff END AS price,
    floor(quantity(a.indication, m.month * daterange(d.started, d.ended, '[]')) * (84 + demo.draw(a.number + 1000 * n, 61, 17)) / 100)::bigint AS units
FROM mijov.allocations a JOIN mijov.deliveries d USING (number) JOIN demo.products p ON p.product = product(a.indication)
    JOIN demo.tariffs t ON t.product = p.product AND lower(t.valid) = '2025-01-01',
    generate_series(1, 12) n, LATERAL (SELECT daterange(make_date(2023, n, 1), (make_date(2023, n, 1) + interval '1 month')::date)) m (month)
WHERE a.number BETWEEN 600000000 AND 699999999 AND m.month && daterange(d.started, d.ended, '[]');

-- Scaled per group to the published amount: running totals times published / delivered, whole units, so never more than before.
CREATE TEMP TABLE scale AS
SELECT product_group, sum(d.units * (100 * amount(d.price))::bigint)::bigint AS delivered, 100 * p.value AS published
FROM delivered d JOIN demo.published_2023 p USING (product_group) GROUP BY product_group, p.value;
INSERT INTO mijov.claims (number, product_period, volume, tariff, amount)
SELECT number, product_period, volume, tariff, claim_amount(volume, tariff)
FROM (
    SELECT number, product_period, unit, tariff, div(running * published, delivered) - div((running - units) * published, delivered) AS units
    FROM (SELECT *, sum(units) OVER (PARTITION BY product_group, tariff ORDER BY number, product_period) AS running FROM delivered) d JOIN scale USING (product_group)
) s, LATERAL (SELECT volume(units::integer, units::integer, s.unit, NULL)) v (volume)
WHERE units > 0;

-- The last euros: one trajectory in euro per group. The amount is that of a line in euro, its volume.
CREATE TEMP TABLE remainder AS
SELECT row_number() OVER (ORDER BY s.product_group) AS n, s.product_group, s.published, (s.published - 100 * coalesce(c.claimed, 0))::integer AS cents, w.product,
    (SELECT provider FROM who WHERE who.product_group = s.product_group ORDER BY high - low DESC LIMIT 1) AS provider
FROM scale s LEFT JOIN (SELECT p.product_group, sum(c.amount) AS claimed FROM mijov.claims c JOIN mijov.allocations a USING (number) JOIN demo.products p ON p.product = product(a.indication)
        GROUP BY p.product_group) c USING (product_group)
    JOIN (SELECT product_group, min(product) AS product FROM what WHERE municipality = '0200' GROUP BY product_group) w USING (product_group);
INSERT INTO mijov.allocations (number, client, provider, municipality, indication)
SELECT 699999900 + n, 299900 + n, provider, '0200', indication(product, volume(cents, cents, '83', '6'), '[2023-12-01,2024-01-01)') FROM remainder;
INSERT INTO mijov.deliveries (number, started, ended, stop_reason) SELECT 699999900 + n, '2023-12-01', '2023-12-31', '19' FROM remainder;
INSERT INTO mijov.claims (number, product_period, volume, amount)
SELECT 699999900 + n, '[2023-12-01,2024-01-01)', volume(cents, cents, '83', NULL), cents / 100.0 FROM remainder;
ANALYZE mijov.allocations, mijov.deliveries, mijov.claims;

\qecho 'Clients in care in 2023, in three units that never agree. Published: clients with a unique allocation per product and'
\qecho 'provider, which is trajectories. A person in two municipalities is one person of the region.'
CREATE TABLE demo.clients_2023 AS
SELECT municipality, count(DISTINCT client) AS persons, count(DISTINCT (client, product, provider)) AS trajectories, count(DISTINCT number) AS allotments
FROM mijov.care_periods WHERE period_in_region && daterange '[2023-01-01,2024-01-01)' GROUP BY ROLLUP (municipality);
SELECT coalesce(m.name, 'Region') AS municipality, persons, allotments, trajectories, p.value AS published
FROM demo.clients_2023 c LEFT JOIN demo.municipalities m ON m.code = municipality LEFT JOIN demo.published_2023 p ON p.measure = 'clients' AND p.municipality = c.municipality
ORDER BY c.municipality NULLS LAST;

\qecho 'Wmo spending in 2023, as claimed. Household help of Heerde is not in the published figures, and not here.'
CREATE TABLE demo.spending_2023 AS
SELECT product_group, count(*) AS lines, sum(amount) AS claimed
FROM mijov.claims c JOIN mijov.allocations a USING (number) JOIN mijov.products p ON p.code = product(a.indication)
WHERE c.product_period <@ daterange '[2023-01-01,2024-01-01)' GROUP BY ROLLUP (product_group);
SELECT coalesce(product_group, 'All groups') AS "product group", lines, claimed, coalesce(p.value, (SELECT sum(value) FROM demo.published_2023 WHERE product_group IS NOT NULL)) AS published,
    (r.cents / 100.0)::numeric(9,2) AS "of which the last euros", round(100.0 * s.published / s.delivered, 1) AS "% claimed of planned"
FROM demo.spending_2023 c LEFT JOIN demo.published_2023 p USING (product_group) LEFT JOIN remainder r USING (product_group) LEFT JOIN scale s USING (product_group)
ORDER BY c.product_group NULLS LAST;
\qecho 'The source adds up to less than its own parts:'
SELECT parts AS "sum of the parts", total AS "published total", parts - total AS difference
FROM (SELECT sum(value) FILTER (WHERE product_group IS NOT NULL) AS parts, sum(value) FILTER (WHERE product_group IS NULL) AS total FROM demo.published_2023 WHERE measure = 'spending') s;

DO $$
BEGIN
    IF EXISTS (SELECT FROM demo.published_2023 p LEFT JOIN demo.clients_2023 c USING (municipality) WHERE p.measure = 'clients' AND p.value IS DISTINCT FROM c.trajectories)
        OR EXISTS (SELECT FROM demo.published_2023 p LEFT JOIN demo.spending_2023 s USING (product_group) WHERE p.product_group IS NOT NULL AND p.value IS DISTINCT FROM s.claimed) THEN
        RAISE EXCEPTION 'the figures of 2023 differ from the published ones';
    END IF;
    IF EXISTS (SELECT FROM pg_temp.scale WHERE published > delivered) OR EXISTS (SELECT FROM pg_temp.remainder WHERE cents <= 0) THEN
        RAISE EXCEPTION 'less was delivered in 2023 than was published: raise weights or volumes in demand_2023.csv';
    END IF;
END $$;
