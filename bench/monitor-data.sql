-- A region of :rows allotments with deliveries and claim lines (1 million: 1.03 and 5 million), the same rows everywhere:
-- multiplicative generators, no random(). Numbers and rows are in the order in which care starts, give or take two months, as a
-- registration gives them out; the allotments of a client are spread over the years.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
DROP SCHEMA IF EXISTS bench_region CASCADE;
SET search_path = zorgregio, public;
CALL create_region('bench_region', 'Bench');
SET search_path = bench_region, zorgregio, public;
-- What is measured is the refresh, not the checks of a load.
SET session_replication_role = replica;

INSERT INTO municipalities SELECT code::municipality, 'Gemeente ' || code FROM unnest('{0200,0213,0232,0244,0246,0262,0285,0301}'::text[]) code;
INSERT INTO products (code, name, product_group, level, law)
SELECT product(CASE WHEN n % 3 = 0 THEN '45' ELSE lpad((n % 18 + 1)::text, 2, '0') END, 'A' || lpad(n::text, 2, '0')), 'Product ' || n, 'Groep ' || n % 12, 1 + n % 4,
	CASE WHEN n % 3 = 0 THEN 'Jeugdwet' ELSE 'Wmo' END
FROM generate_series(1, 40) n;
INSERT INTO providers SELECT (99900000 + n)::provider, 'Aanbieder ' || n FROM generate_series(0, 299) n;
INSERT INTO tariffs (product, valid, tariff)
SELECT p.code, daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1)), tariff(round((40 + row_number() OVER (PARTITION BY y ORDER BY p.code)) * power(1.04, y - 2019), 2), 'uur')
FROM products p, generate_series(2019, 2030) y;
INSERT INTO contracts (provider, municipality, product, valid)
SELECT p.code, m.code, c.code, '[2019-01-01,)'
FROM (SELECT code, row_number() OVER (ORDER BY code) AS n FROM providers) p, municipalities m, (SELECT code, row_number() OVER (ORDER BY code) AS n FROM products) c
WHERE (p.n + c.n) % 10 = 0;
INSERT INTO budgets (municipality, product_group, year, amount)
SELECT m.code, g.product_group, y, 1000000 + 1000 * y FROM municipalities m, (SELECT DISTINCT product_group FROM products) g, generate_series(2020, 2026) y;
INSERT INTO thresholds (id, phase, requirement, valid, basis) VALUES
	('CSW-1.6-X3', 'retention', 'unieke_clienten_12m >= 20 if maanden_sinds_start >= 12 unless tekort_voorziening = true or uniek_aanbod = true', '(,)', 'art. 1.6'),
	('CSW-3.19.4b', 'retention', 'maanden_zonder_levering_of_declaratie < 12 if maanden_sinds_start >= 12', '(,)', 'art. 3.19.4 b');

CREATE TEMP TABLE draw AS
SELECT id, (id * 1103515245 + 12345) % 2147483648 / 64 % (:rows * 2 / 5) AS client, id * 2654435761 % 4294967296 AS h, id * 40503 % 65536 AS k FROM generate_series(1::bigint, :rows) id;
CREATE TEMP TABLE product_number AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM products;
INSERT INTO allocations (number, client, provider, municipality, indication, requested, decided)
SELECT id, 100000 + client, (99900000 + (client * 7 + h % 3) % 300)::integer::provider, (ARRAY['0200', '0213', '0232', '0244', '0246', '0262', '0285', '0301'])[1 + (client + (h % 50 = 0)::int) % 8]::municipality,
	indication(p.code, volume(1 + (h / 200 % 12)::int, 1 + (h / 200 % 12)::int, '04', '2'), daterange(starts, starts + 60 + (k % 900)::int)), starts - 20 - (k % 80)::int, starts - 5
FROM (SELECT *, date '2021-01-01' + (id * 2075 / :rows + h / 4000 % 60)::int AS starts FROM draw) d
	-- what the provider has a contract for
	JOIN product_number p ON p.n = 9 - ((client * 7 + h % 3) % 300 + 1) % 10 + h % 4 * 10
ORDER BY id;

-- One in nine is not delivered (yet), one in twelve pauses, others end as the reasons say.
INSERT INTO deliveries (number, started, ended, stop_reason)
SELECT d.id, p.first, CASE WHEN d.k % 12 = 0 THEN p.first + 30 WHEN p.last < date '2026-12-31' THEN p.last END,
	CASE WHEN d.k % 12 = 0 THEN '20' WHEN p.last < date '2026-12-31' THEN (ARRAY['19', '19', '19', '19', '02', '21', '31', '38', '39'])[1 + d.h % 9] END
FROM draw d JOIN allocations a ON a.number = d.id, LATERAL (SELECT lower(period(indication)) + (d.h % 21)::int, upper(period(indication)) - 1) p(first, last)
WHERE d.h % 19 <> 0
ORDER BY d.id;
INSERT INTO deliveries (number, started, ended, stop_reason)
SELECT d.number, d.started + 50, upper(period(a.indication)) - 1, '19' FROM deliveries d JOIN allocations a USING (number)
WHERE d.stop_reason = '20' AND d.started + 50 < upper(period(a.indication));
-- The first months of what is allotted, by calendar month, at the tariff of the month; one line in a hundred is an hour too
-- expensive.
INSERT INTO claims (number, product_period, volume, tariff, amount)
SELECT a.number, m.days, v.volume, t.tariff, claim_amount(v.volume, t.tariff) + CASE WHEN (a.number + n) % 100 = 0 THEN amount(t.tariff) ELSE 0 END
FROM allocations a
	CROSS JOIN LATERAL (SELECT n, (date_trunc('month', lower(period(a.indication))) + n * interval '1 month')::date FROM generate_series(0, 4) n) c(n, day)
	CROSS JOIN LATERAL (SELECT daterange(c.day, (c.day + interval '1 month')::date) * period(a.indication)) m(days)
	CROSS JOIN LATERAL (SELECT (amount(volume(a.indication)) * (upper(m.days) - lower(m.days)) / 7)::int) q(hours)
	CROSS JOIN LATERAL (SELECT volume(q.hours, q.hours, '04', NULL) WHERE q.hours > 0) v(volume)
	JOIN tariffs t ON t.product = product(a.indication) AND t.valid = daterange(make_date(extract(year FROM c.day)::int, 1, 1), make_date(extract(year FROM c.day)::int + 1, 1, 1))
ORDER BY c.day, a.number;
INSERT INTO loads (kind, period, loaded) VALUES ('deliveries', '[2020-01-01,2027-01-01)', '2026-12-31'), ('claims', '[2020-01-01,2027-01-01)', '2026-12-31');
SET session_replication_role = origin;
VACUUM ANALYZE;
