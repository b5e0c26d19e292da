-- Claims as a region of many providers has them: :allotments allotments, five months of lines on each, and mistakes of
-- every kind. The same rows as plain numbers and dates (bench.*) and in a region (claims_bench).
-- psql variable: allotments.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
DROP SCHEMA IF EXISTS claims_bench CASCADE;
DROP SCHEMA IF EXISTS plain_claims CASCADE;
CREATE SCHEMA plain_claims;
SET search_path = plain_claims, zorgregio, public;
-- The same number for a seed on every machine, 0 .. n - 1
CREATE FUNCTION pick(seed bigint, kind int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT ((hashint8extended(seed, kind) & 9223372036854775807) % n)::int$$;

CREATE TABLE contract (provider int, municipality int, code text, tariff_group text, starts date, ends date);
CREATE TABLE price (code text, tariff_group text, starts date, ends date, cents int, unit text);
CREATE TABLE allotment (number bigint PRIMARY KEY, client bigint, provider int, municipality int, category text, code text, volume int, unit text, frequency text, budget bigint, starts date, ends date, change_reason text);
CREATE TABLE declaration (id bigint PRIMARY KEY, provider int, municipality int, number text, starts date, ends date, declared date, total bigint);
CREATE TABLE claim (id bigint PRIMARY KEY, number bigint, declaration bigint, client bigint, category text, code text, starts date, ends date, volume int, unit text, tariff int, cents bigint, credit boolean, reference text, previous text);

INSERT INTO price SELECT '02A' || to_char(c, 'FM00'), g, '2025-01-01', '2027-01-01', 3000 + 60 * c + CASE WHEN g IS NULL THEN 0 ELSE 120 END, CASE WHEN c % 4 = 0 THEN '16' ELSE '04' END
FROM generate_series(1, 40) c, unnest(ARRAY[NULL, 'zzp']) g;
INSERT INTO contract SELECT 73730000 + p, 200 + m, '02A' || to_char(c, 'FM00'), CASE WHEN p % 10 = 0 THEN 'zzp' END, '2025-01-01', '2031-01-01'
FROM generate_series(1, 300) p, generate_series(1, 8) m, generate_series(1, 40) c;
-- Hours and dayparts per week and per month, hours in total, budgets; a few were removed
INSERT INTO allotment
SELECT n, n % 130000, 73730001 + n % 300, 201 + (n / 300) % 8, '02', '02A' || to_char(c, 'FM00'), CASE k WHEN 9 THEN NULL WHEN 8 THEN 60 ELSE 3 + n % 5 END,
	CASE WHEN k = 9 THEN NULL WHEN c % 4 = 0 THEN '16' ELSE '04' END, CASE k WHEN 9 THEN NULL WHEN 8 THEN '6' WHEN 7 THEN '4' ELSE '2' END, CASE k WHEN 9 THEN 400000 END,
	s, CASE WHEN pick(n, 1, 2000) = 0 THEN s + 1 ELSE s + 150 + pick(n, 2, 300) END, CASE WHEN pick(n, 1, 2000) = 0 THEN '13' END
FROM generate_series(1, :allotments) n, LATERAL (SELECT 1 + pick(n, 3, 40), pick(n, 4, 10), date '2025-01-01' + pick(n, 5, 200)) x(c, k, s);
INSERT INTO declaration
SELECT row_number() OVER (), 73730000 + p, 200 + m, to_char(d, '"D"YYMM') || m, d, d + interval '1 month', d + interval '1 month 6 days', 0
FROM generate_series(1, 300) p, generate_series(1, 8) m, generate_series(timestamp '2025-01-01', '2026-06-01', '1 month') d;
CREATE INDEX ON declaration (provider, municipality, starts);
ANALYZE;

-- Mistakes, each in a few lines of a thousand
INSERT INTO claim
SELECT i, CASE WHEN pick(i, 10, 3000) = 0 THEN i + 10000000 ELSE a.number END, d.id, CASE WHEN pick(i, 11, 3000) = 0 THEN 0 ELSE a.client END, '02', CASE WHEN pick(i, 12, 2000) = 0 THEN '02A99' ELSE a.code END,
	f + CASE WHEN pick(i, 13, 2000) = 0 AND t > f + 2 THEN 1 ELSE 0 END, t - CASE WHEN pick(i, 14, 2000) = 0 AND t > f + 2 THEN 1 ELSE 0 END, v,
	CASE WHEN pick(i, 15, 3000) = 0 THEN '14' WHEN in_minutes THEN '01' ELSE p.unit END, w.tariff,
	CASE WHEN in_minutes AND w.tariff = round(p.cents / 60.0) THEN round(p.cents * v / 60.0) ELSE v::bigint * w.tariff END + CASE WHEN pick(i, 16, 1000) = 0 THEN 1 ELSE 0 END, false, 'R' || CASE WHEN pick(i, 17, 4000) = 0 THEN i - 1 ELSE i END, NULL
FROM allotment a CROSS JOIN generate_series(0, 4) k
	CROSS JOIN LATERAL (SELECT 5 * a.number + k, (date_trunc('month', a.starts) + k * interval '1 month')::date) x(i, m)
	CROSS JOIN LATERAL (SELECT greatest(m, a.starts), least((m + interval '1 month')::date, CASE WHEN a.change_reason = '13' THEN 'infinity' ELSE a.ends END)) y(f, t)
	JOIN price p ON p.code = a.code AND p.tariff_group IS NOT DISTINCT FROM CASE WHEN a.provider % 10 = 0 THEN 'zzp' END
	CROSS JOIN LATERAL (SELECT p.unit = '04' AND pick(a.number, 18, 3) = 0) z(in_minutes)
	CROSS JOIN LATERAL (SELECT CASE WHEN in_minutes THEN 60 ELSE 1 END * CASE WHEN a.budget IS NOT NULL THEN CASE WHEN k = 4 AND pick(a.number, 26, 10) = 0 THEN 120 ELSE 3 + pick(i, 20, 5) END WHEN pick(i, 19, 500) = 0 THEN 99 WHEN a.frequency = '6' THEN 8 + pick(i, 20, 6) WHEN a.frequency = '4' THEN a.volume
		ELSE a.volume * ((t - 1 - date '2024-01-01') / 7 - (f - date '2024-01-01') / 7 + 1) - pick(i, 20, 3) END) u(v)
	CROSS JOIN LATERAL (SELECT (CASE WHEN in_minutes THEN round(p.cents / 60.0) ELSE p.cents END + CASE WHEN pick(i, 21, 1000) = 0 THEN 1 ELSE 0 END)::int) w(tariff)
	JOIN declaration d ON d.provider = a.provider AND d.municipality = a.municipality AND d.starts = m;
-- Lines on allotments that are not used up: what exceeds one comes last then
CREATE FUNCTION roomy(n bigint) RETURNS boolean LANGUAGE sql STABLE AS $$SELECT a.frequency = '4' OR a.frequency = '2' AND a.ends > a.starts + 250 FROM plain_claims.allotment a WHERE a.number = n$$;
-- One line in a hundred is credited in the next month and claimed again; some twice, some for nothing, some without a credit line
INSERT INTO claim
SELECT 100000000 + c.id, c.number, e.id, c.client, c.category, c.code, c.starts, c.ends, c.volume, c.unit, c.tariff, c.cents, true, 'C' || c.id, CASE WHEN pick(c.id, 22, 30) = 0 THEN 'none' ELSE c.reference END
FROM claim c JOIN declaration d ON d.id = c.declaration JOIN declaration e ON e.provider = d.provider AND e.municipality = d.municipality AND e.starts = d.starts + interval '1 month' WHERE pick(c.id, 23, 80) = 0 AND roomy(c.number);
INSERT INTO claim
SELECT 200000000 + c.id, c.number, e.id, c.client, c.category, c.code, c.starts, c.ends, c.volume, c.unit, c.tariff, c.cents, false, 'A' || c.id, NULL
FROM claim c JOIN declaration d ON d.id = c.declaration JOIN declaration e ON e.provider = d.provider AND e.municipality = d.municipality AND e.starts = d.starts + interval '1 month' WHERE NOT c.credit AND (pick(c.id, 23, 80) = 0 OR pick(c.id, 24, 3000) = 0) AND roomy(c.number);
INSERT INTO claim
SELECT 300000000 + c.id, c.number, e.id, c.client, c.category, c.code, c.starts, c.ends, c.volume, c.unit, c.tariff, c.cents, true, 'B' || c.id, c.previous
FROM claim c JOIN declaration d ON d.id = c.declaration JOIN declaration e ON e.provider = d.provider AND e.municipality = d.municipality AND e.starts = d.starts + interval '2 months' WHERE c.credit AND c.id < 200000000 AND pick(c.id, 25, 50) = 0;
-- Three declarations are refused: no tariff, a total that is wrong, a number used before
UPDATE claim SET tariff = NULL WHERE id = (SELECT min(id) FROM claim WHERE declaration = (SELECT declaration FROM claim WHERE id = 5000));
UPDATE declaration d SET total = coalesce(s.cents, 0) + CASE WHEN d.id % 2000 = 7 THEN 1 ELSE 0 END FROM declaration e LEFT JOIN (SELECT declaration, sum(CASE WHEN credit THEN -cents ELSE cents END) AS cents FROM claim GROUP BY 1) s ON s.declaration = e.id WHERE e.id = d.id;
UPDATE declaration SET number = 'D25011' WHERE provider = 73730007 AND municipality = 201 AND starts = '2025-03-01';
CREATE INDEX ON claim (number);
CREATE INDEX ON claim (declaration, reference);
CREATE INDEX ON contract (provider, municipality, code);
VACUUM ANALYZE;

-- The same in a region
CALL create_region('claims_bench', 'Claims');
ALTER TABLE claims_bench.contracts DROP CONSTRAINT contracts_once, DROP CONSTRAINT contracts_subcontract_once;
INSERT INTO claims_bench.municipalities SELECT to_char(200 + m, 'FM0000')::municipality, 'M' || m FROM generate_series(1, 8) m;
INSERT INTO claims_bench.providers (code, name) SELECT (73730000 + p)::provider, 'P' || p FROM generate_series(1, 300) p;
INSERT INTO claims_bench.products (code, name, product_group) SELECT DISTINCT code::product, code, 'G' FROM price;
INSERT INTO claims_bench.tariffs (product, tariff_group, valid, tariff) SELECT code::product, tariff_group, daterange(starts, ends), tariff(cents / 100.0, unit) FROM price;
INSERT INTO claims_bench.contracts (provider, municipality, product, tariff_group, valid) SELECT provider::provider, municipality::municipality, code::product, tariff_group, daterange(starts, ends) FROM contract;
INSERT INTO claims_bench.allocations (number, client, provider, municipality, indication, change_reason, law)
SELECT number, client, provider::provider, municipality::municipality, CASE WHEN budget IS NOT NULL THEN indication(code::product, budget / 100.0, daterange(starts, ends)) ELSE indication(code::product, volume(volume, volume, unit, frequency), daterange(starts, ends)) END, change_reason, 'Wmo' FROM allotment ORDER BY number;
INSERT INTO claims_bench.declarations (id, law, provider, municipality, number, period, declared, total)
SELECT id, 'Wmo', provider::provider, municipality::municipality, number, daterange(starts, ends), declared, total / 100.0 FROM declaration;
INSERT INTO claims_bench.claims (id, number, product_period, volume, tariff, amount, product, credit, reference, previous_reference, declaration, client)
SELECT id, number, daterange(starts, ends), volume(volume, volume, unit, NULL), tariff(tariff / 100.0, unit), CASE WHEN credit THEN -cents ELSE cents END / 100.0, code::product, credit, reference, previous, declaration, client FROM claim;
VACUUM ANALYZE;
SELECT format('%s claim lines, %s allotments, %s declarations', (SELECT count(*) FROM claim), (SELECT count(*) FROM allotment), (SELECT count(*) FROM declaration));
