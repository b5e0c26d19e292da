-- A region with random care of two years, 2024 and 2025: psql -v region=NAME -v seed=NUMBER -f test/random-region.sql.
-- Small on purpose: cells of a few persons beside some of hundreds, persons in several groups and municipalities.
CALL zorgregio.create_region(:'region', 'Random');
SET search_path = :"region", zorgregio, public;

-- The same numbers in every run, whatever the plan.
CREATE FUNCTION pg_temp.chance(seed bigint, thing bigint, question integer) RETURNS numeric LANGUAGE sql IMMUTABLE
	RETURN ((hashint8extended(thing * 64 + question, seed) % 1000000) + 1000000) % 1000000 / 1000000.0;

INSERT INTO municipalities SELECT lpad((200 + m)::text, 4, '0')::municipality, 'Municipality ' || m
FROM generate_series(1, 3 + :seed % 3) m;
INSERT INTO products (code, name, product_group, level)
SELECT ('02A' || lpad((10 * g + l)::text, 2, '0'))::product, 'Product ' || g || '.' || l, 'Group ' || g, l
FROM generate_series(1, 3 + :seed % 2) g, generate_series(1, 3) l;
INSERT INTO providers SELECT ('737301' || lpad(p::text, 2, '0'))::provider, 'Provider ' || p FROM generate_series(1, 6) p;
INSERT INTO contracts (provider, municipality, product, valid)
SELECT p.code, m.code, x.code, '[2024-01-01,)'
FROM providers p, municipalities m, products x
WHERE pg_temp.chance(:seed, p.code::integer % 100 * 1000 + m.code::integer, substr(x.product_group, 7)::integer) < 0.7;
INSERT INTO tariffs (product, valid, tariff) SELECT code, '[2023-01-01,)', tariff(50 + level * 10, 'uur') FROM products;
INSERT INTO thresholds (id, phase, requirement, valid, consequence, basis)
VALUES ('clients', 'retention', 'unieke_clienten_12m >= 12', '[2020-01-01,)', 'signal', 'random');
INSERT INTO budgets (municipality, product_group, year, amount)
SELECT m.code, g.product_group, y, 100000 + round(100000 * pg_temp.chance(:seed, m.code::integer, y % 50)) FROM municipalities m,
	(SELECT DISTINCT product_group FROM products) g, generate_series(2024, 2025) y;

-- Care: most persons in the first municipalities and groups; some have several products, some move.
INSERT INTO allocations (number, client, provider, municipality, indication, requested)
SELECT n, c.client, p.code, m.code, indication(x.code, ((1 + floor(6 * pg_temp.chance(:seed, n, 1)))::integer || ' uur/week')::volume, daterange(d.started - 5, d.started + 700)), d.requested
FROM generate_series(1, 1500 + 200 * (:seed % 5)) n
	CROSS JOIN LATERAL (SELECT floor(1100 * pg_temp.chance(:seed, n, 2))::bigint) c(client)
	CROSS JOIN LATERAL (SELECT floor((SELECT count(*) FROM municipalities) * power(pg_temp.chance(:seed, CASE WHEN pg_temp.chance(:seed, n, 3) < 0.05 THEN -n ELSE c.client END, 4), 3.2)) + 1) i(place)
	CROSS JOIN LATERAL (SELECT floor((SELECT count(DISTINCT product_group) FROM products) * power(pg_temp.chance(:seed, n, 5), 4)) + 1, 1 + floor(3 * pg_temp.chance(:seed, n, 6))) k(place, level)
	JOIN municipalities m ON m.code::integer = 200 + i.place
	JOIN products x ON x.product_group = 'Group ' || k.place AND x.level = k.level
	JOIN providers p ON p.code::integer % 100 = 1 + floor(6 * power(pg_temp.chance(:seed, n, 7), 1.5))
	CROSS JOIN LATERAL (SELECT '2023-09-01'::date + floor(800 * pg_temp.chance(:seed, n, 8))::integer) s(started)
	CROSS JOIN LATERAL (SELECT s.started, s.started - floor(70 * power(pg_temp.chance(:seed, n, 9), 2))::integer) d(started, requested);
INSERT INTO deliveries (number, started, ended)
SELECT number, lower(period(indication)) + 5, CASE WHEN pg_temp.chance(:seed, number, 10) < 0.75
	THEN lower(period(indication)) + 15 + floor(400 * pg_temp.chance(:seed, number, 11))::integer END
FROM allocations WHERE pg_temp.chance(:seed, number, 12) < 0.97;
-- What ended goes on in a heavier or lighter product of the group, sometimes.
INSERT INTO allocations (number, client, provider, municipality, indication, requested)
SELECT a.number + 100000, a.client, a.provider, a.municipality, indication(x.code, volume(a.indication), daterange(d.ended + 1, d.ended + 400)), d.ended - 10
FROM allocations a JOIN deliveries d ON d.number = a.number JOIN products p ON p.code = product(a.indication)
	JOIN products x ON x.product_group = p.product_group AND x.level = CASE WHEN p.level = 1 OR p.level = 2 AND pg_temp.chance(:seed, a.number, 13) < 0.5 THEN p.level + 1 ELSE p.level - 1 END
WHERE d.ended < '2025-12-01' AND pg_temp.chance(:seed, a.number, 14) < 0.5;
INSERT INTO deliveries (number, started) SELECT number, lower(period(indication)) FROM allocations WHERE number > 100000;
INSERT INTO claims (number, product_period, volume, tariff, amount)
SELECT a.number, daterange(x.day, (x.day + interval '1 month')::date), v.volume, t.tariff, claim_amount(v.volume, t.tariff)
FROM allocations a JOIN deliveries d ON d.number = a.number JOIN tariffs t ON t.product = product(a.indication)
	CROSS JOIN LATERAL (SELECT generate_series(date_trunc('month', d.started::timestamp), least(d.ended, '2025-12-31')::timestamp, '1 month')::date) x(day)
	CROSS JOIN LATERAL (SELECT (1 + floor(220 * amount(volume(a.indication)) * pg_temp.chance(:seed, a.number, extract(month FROM x.day)::integer + 12)) || ' minuut')::volume) v(volume)
WHERE x.day >= '2024-01-01' AND pg_temp.chance(:seed, a.number, extract(month FROM x.day)::integer + 24) < 0.1;
ANALYZE allocations, deliveries, claims, contracts;
UPDATE settings SET monitor_years = 2, suppress_below = CASE WHEN :seed % 3 = 2 THEN 6 ELSE 10 END, round_to = CASE WHEN :seed % 3 = 2 THEN 1 ELSE 5 END;
