-- check_region: every finding from data that have it, nothing from data that have not, whatever the types of the source;
-- no client in any of it; overlaps and missing tariffs against slow SQL on random data.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- try_input ----
SELECT is(try_input('02A16', NULL::product), '02A16'::product, 'text that is a value');
SELECT ok(try_input('LEEG', NULL::provider) IS NULL AND try_input('', NULL::municipality) IS NULL AND try_input(NULL, NULL::product) IS NULL, 'and text that is none');
SELECT results_eq($$SELECT try_input(x, NULL::date)::text FROM (VALUES ('2026-02-28'), ('2026-02-30'), ('31-31-2026'), ('zes'), ('infinity')) v(x)$$,
	$$VALUES ('2026-02-28'), (NULL), (NULL), (NULL), ('infinity')$$, 'dates');
SELECT results_eq($$SELECT try_input(x, NULL::bigint)::text FROM (VALUES (' 12 '), ('12.5'), ('9223372036854775808'), ('1e3')) v(x)$$, $$VALUES ('12'), (NULL), (NULL), (NULL)$$, 'numbers');
SELECT results_eq($$SELECT try_input(x, NULL::indication)::text FROM (VALUES ('02A16 4 uur/week [2026-01-01,2027-01-01)'), ('02A16 4 uur/week [2027-01-01,2026-01-01)'), ('02A16 4 uren')) v(x)$$,
	$$VALUES ('02A16 4 uur/week [2026-01-01,2027-01-01)'), (NULL), (NULL)$$, 'indications');

-- ---- Refusals ----
SELECT throws_ok($$SELECT * FROM check_region(NULL)$$, '22004', NULL, 'no region');
SELECT throws_ok($$SELECT * FROM check_region('zr_none')$$, '3F000', NULL, 'a schema that does not exist');
SELECT throws_ok($$SELECT * FROM check_region('public')$$, '42809', NULL, 'a schema that is no region');
CALL create_region('zr_check', 'Check');
SELECT throws_ok($$SELECT * FROM check_region('zr_check', 'zr_none')$$, '3F000', NULL, 'a source that does not exist');
SELECT throws_ok($$SELECT * FROM check_region('zr_check', as_of => 'infinity')$$, '22004', NULL, 'no day');
SELECT is_empty($$SELECT * FROM check_region('zr_check')$$, 'an empty region has nothing wrong');

-- ---- A region without faults ----
INSERT INTO zr_check.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO zr_check.providers VALUES ('73730101', 'Een'), ('73730102', 'Twee');
INSERT INTO zr_check.products (code, name, product_group) VALUES ('02A16', 'Basis', 'BI'), ('02A19', 'Complex', 'BI'), ('45A04', 'Jeugd', 'JH'), ('11A01', 'Hulpmiddel', 'HM');
INSERT INTO zr_check.contracts (provider, municipality, product, tariff_group, valid)
SELECT p.code, m.code, c.code, CASE WHEN p.code = '73730102' AND c.code = '02A16' THEN 'zzp' END, '[2024-01-01,)'
FROM zr_check.providers p, zr_check.municipalities m, zr_check.products c;
INSERT INTO zr_check.tariffs (product, tariff_group, valid, tariff) VALUES ('02A16', NULL, '[2024-01-01,2026-01-01)', '60.00/uur'), ('02A16', NULL, '[2026-01-01,)', '62.00/uur'),
	('02A16', 'zzp', '[2024-01-01,)', '55.00/uur'), ('02A19', NULL, '[2024-01-01,)', '80.00/uur'), ('45A04', NULL, '[2024-01-01,)', '90.00/uur'), ('11A01', NULL, '[2024-01-01,)', '9.00/stuks(output)');
INSERT INTO zr_check.allocations (number, client, provider, municipality, indication, requested, decided, change_reason) VALUES
	(1, 501, '73730101', '0200', '02A16 4 uur/week [2025-01-01,2026-01-01)', '2024-12-01', '2024-12-10', NULL),
	(2, 501, '73730101', '0200', '02A16 6 uur/week [2026-01-01,2027-01-01)', '2025-12-01', '2025-12-10', '04'),
	(3, 502, '73730102', '0301', '45A04 100 uur/totaal [2025-06-01,2026-06-01)', NULL, NULL, '02'),
	(4, 503, '73730102', '0200', '02A16 4 uur/week [2025-01-01,2025-01-02)', NULL, NULL, '13'),
	(5, 503, '73730102', '0200', '02A16 4 uur/week [2025-01-01,)', NULL, NULL, NULL),
	(6, 504, '73730101', '0200', '11A01 1 stuks(output)/totaal [2025-01-01,2026-01-01)', NULL, NULL, NULL),
	(7, 504, '73730101', '0200', '11A01 1 stuks(output)/totaal [2025-06-01,2026-01-01)', NULL, NULL, NULL);
INSERT INTO zr_check.deliveries (number, started, ended, stop_reason) VALUES (1, '2025-01-06', '2025-03-31', '20'), (1, '2025-05-01', '2025-12-31', '19'), (2, '2026-01-01', NULL, NULL),
	(3, '2025-06-02', '2026-05-31', '31'), (5, '2025-02-01', NULL, NULL);
INSERT INTO zr_check.claims (id, number, product_period, volume, tariff, amount) VALUES (1001, 1, '[2025-01-01,2025-02-01)', '16 uur', '60.00/uur', 960.00),
	(1002, 3, '[2025-06-01,2025-07-01)', '5 uur', '90.00/uur', 450.00), (1003, 3, '[2025-06-01,2025-07-01)', '5 uur', '90.00/uur', -450.00);
SELECT is_empty($$SELECT * FROM check_region('zr_check', as_of => '2026-03-01')$$, 'a region without faults');
SELECT is_empty($$SELECT * FROM check_region('zr_check', 'zr_check', '2026-03-01')$$, 'the same said in another way');

-- The same tables as text, and as other types: no faults either
CREATE SCHEMA zr_text;
SELECT format('CREATE VIEW zr_text.%I AS SELECT %s FROM zr_check.%1$I', relname, string_agg(format('%I::text', attname), ', ' ORDER BY attnum))
FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
WHERE relnamespace = 'zr_check'::regnamespace AND relname IN ('municipalities', 'providers', 'products', 'contracts', 'tariffs', 'allocations', 'deliveries', 'claims')
GROUP BY relname \gexec
SELECT is_empty($$SELECT * FROM check_region('zr_check', 'zr_text', '2026-03-01')$$, 'text that can be read is no fault');
CREATE SCHEMA zr_typed;
CREATE DOMAIN zr_typed.key AS integer CHECK (value > 0);
CREATE VIEW zr_typed.allocations AS SELECT number::numeric AS number, client::zr_typed.key AS client, provider::text::char(8) AS provider, municipality::text::varchar AS municipality,
	indication, requested::timestamp AS requested, decided, change_reason::varchar(2) AS change_reason FROM zr_check.allocations;
SELECT is_empty($$SELECT * FROM check_region('zr_check', 'zr_typed', '2026-03-01')$$, 'nor are types that go into the region as they are; tables that the source lacks are the region''s');

-- ---- Faults that a region can hold ----
CREATE FUNCTION pg_temp.found(source text DEFAULT NULL, region text DEFAULT 'zr_check') RETURNS SETOF text LANGUAGE sql AS $$
	SELECT line FROM (
		SELECT concat_ws(' | ', check_name, table_name || coalesce('.' || column_name, ''), severity, coalesce(rows::text, '-'), array_to_string(examples, ',')) AS line
		FROM check_region(region, source, '2026-03-01')) x ORDER BY line COLLATE "C" $$;
SAVEPOINT clean;
ALTER TABLE zr_check.deliveries DROP CONSTRAINT IF EXISTS deliveries_number_fkey;
ALTER TABLE zr_check.claims DROP CONSTRAINT IF EXISTS claims_number_fkey;
INSERT INTO zr_check.allocations (number, client, provider, municipality, indication, requested, decided, change_reason) VALUES
	(21, 501, '73730101', '0200', '02A16 2 uur/week [2025-12-31,2026-02-01)', '2025-12-11', '2025-12-10', NULL),
	(22, 505, '73730101', '0200', '02A99 2 uur/week [2025-01-01,2026-02-01)', '1900-01-01', NULL, '01'),
	(23, 505, '73730101', '0200', '02 [2025-01-01,10000-01-01)', NULL, NULL, NULL),
	(24, 506, '73730102', '0200', '02A16 2 uur/week [2023-12-31,2024-02-01)', NULL, NULL, NULL),
	(25, 507, '73730101', '0200', '02A16 2 uur/week [2025-01-01,2025-01-02)', NULL, NULL, '13');
INSERT INTO zr_check.deliveries (number, started, ended, stop_reason) VALUES (1, '2025-12-31', '2026-01-01', '32'), (99, '2025-01-01', NULL, NULL), (6, '2025-01-01', NULL, NULL),
	(22, '2025-01-01', '9999-12-31', NULL), (25, '2025-01-01', '2025-01-01', '19');
INSERT INTO zr_check.claims (number, product_period, amount) VALUES (98, '[2025-01-01,2025-02-01)', 1), (98, '[2025-02-01,2025-03-01)', 1), (1, '[2026-01-01,2026-02-01)', 1), (25, '[2025-01-01,2025-01-02)', 1);
INSERT INTO zr_check.budgets (municipality, product_group, year, amount) VALUES ('0200', 'Anders', 2026, 1), ('0200', 'BI', 2026, 1), ('0301', NULL, 2026, 1);
SELECT results_eq($$SELECT * FROM pg_temp.found()$$, $$VALUES
	('never sent | claims.number | warning | 1 | 25'),
	('never sent | deliveries.number | warning | 1 | 25'),
	('no allotment | claims.number | error | 2 | 98'),
	('no allotment | deliveries.number | error | 1 | 99'),
	('no end | deliveries.ended | warning | 1 | 6'),
	('no tariff | allocations.indication | warning | 2 | 02A16,02A99'),
	('outside period | claims.product_period | warning | 1 | 1'),
	('outside period | deliveries.started | warning | 2 | 1,22'),
	('overlap | allocations.indication | warning | 2 | 2,21'),
	('overlap | deliveries.started | warning | 1 | 1'),
	('reversed dates | allocations.requested | warning | 1 | 21'),
	('sentinel date | allocations.indication | error | 1 | 23'),
	('sentinel date | allocations.requested | error | 1 | 22'),
	('sentinel date | deliveries.ended | error | 1 | 22'),
	('unknown code | allocations.change_reason | error | 1 | 01'),
	('unknown code | allocations.indication | error | 1 | 02A99'),
	('unknown code | allocations.indication | warning | 1 | 02'),
	('unknown code | budgets.product_group | warning | 1 | Anders'),
	('unknown code | deliveries.stop_reason | error | 1 | 32')$$, 'what a region can have wrong');
-- A group with lines of its own for a product uses those alone
UPDATE zr_check.tariffs SET valid = '[2024-01-01,2025-07-01)' WHERE tariff_group = 'zzp';
DELETE FROM zr_check.tariffs WHERE product = '02A16' AND tariff_group IS NULL AND valid @> date '2026-01-01';
SELECT results_eq($$SELECT * FROM pg_temp.found() f WHERE f LIKE 'no tariff%'$$, $$VALUES ('no tariff | allocations.indication | warning | 5 | 02A16,02A99,02A16@zzp')$$, 'no tariff in the group of the provider');
ROLLBACK TO clean;

-- ---- Faults of tables and views that are still to be mapped ----
CREATE SCHEMA zr_bad;
CREATE TABLE zr_bad.municipalities (code text, name text);
INSERT INTO zr_bad.municipalities VALUES ('0200', 'Apeldoorn'), ('200', 'Apeldoorn'), ('0301', 'ONBEKEND'), ('0301', 'Zutphen'), (NULL, 'Epe'), ('0232', '');
CREATE TABLE zr_bad.providers (code text, name text, strategic_partner text);
INSERT INTO zr_bad.providers VALUES ('73730101', 'Een', 'f'), ('73730102', 'Twee', 'misschien'), ('999900006', 'Drie', 'f'), ('LEEG', 'Vier', NULL), ('J. de Vries', 'Vijf', 't');
CREATE TABLE zr_bad.allocations (number text, client text, provider text, municipality text, indication text, requested text, decided text, change_reason text);
INSERT INTO zr_bad.allocations VALUES
	('1', '987650001', '73730101', '0200', '02A16 4 uur/week [2025-01-01,2026-01-01)', '2024-12-01', NULL, 'LEEG'),
	('2', '987650001', '73730101', '0200', '02A16 4 uur/week [2026-01-01,2027-01-01)', '31-12-2025', NULL, NULL),
	('2', '987650001', '73730101', '0200', '02A16 4 uur/week [2026-01-01,2027-01-01)', NULL, NULL, NULL),
	('3', '987650001', 'ONBEKEND', '0200', '02A16 4 uur/week [2026-12-31,2026-01-01)', NULL, NULL, NULL),
	('4', '987650002', '73730102', '0999', '02A16 4 uren/week [2025-01-01,2026-01-01)', NULL, NULL, NULL),
	('5', 'P-987650003', '73730199', '0200', '02A16 [2025-01-01,2025-01-01]', NULL, NULL, NULL),
	('6', NULL, '73730102', NULL, '02A16 4 uur/week [2025-01-01,9999-12-31]', NULL, NULL, NULL),
	('zeven', '987650004', '73730102', '0200', '02A16 4 uur/week [2025-01-01,2025-01-01)', NULL, NULL, NULL);
CREATE VIEW zr_bad.deliveries AS SELECT * FROM (VALUES (1, date '2025-01-06', date '2025-01-01', 'xx'), (2, '2026-01-06', '9999-12-31', NULL), (2, '2026-01-06', NULL, '19'), (3, '1900-01-01', NULL, NULL)) v(number, started, ended, stop_reason);
CREATE VIEW zr_bad.claims AS SELECT number, product_period, amount FROM (VALUES (1::bigint, '[2025-01-01,2025-02-01)', 10.005::double precision), (2, '[2026-01-01,2026-02-01)', 12345678901), (2, '[2026-02-01,2026-03-01)', 1),
	(3, '[2026-03-01,2026-02-01)', 1), (8, '2026-03', 1), (8, '[2026-03-01,)', 1)) v(number, product_period, amount);
CREATE TABLE zr_bad.contracts (provider provider, municipality municipality, product product, valid daterange, kind text, tariff_group jsonb);
INSERT INTO zr_bad.contracts VALUES ('73730101', '0200', '02A16', '[2024-01-01,)', 'framework', NULL), ('73730101', '0200', '02A16', '[2026-01-01,2026-02-01)', 'bridging', NULL),
	('73730102', '0200', '02A16', '[2024-01-01,)', 'raamovereenkomst', '"zzp"'), ('73730102', '0200', '02A18', '[2024-01-01,)', 'framework', NULL);
-- Views that cannot be read: a cast inside, or a row too many
CREATE VIEW zr_bad.tariffs AS SELECT '02A16'::product AS product, '[2024-01-01,)'::daterange AS valid, t.amount::tariff AS tariff, 'definitive' AS status FROM (VALUES ('60.00/uur'), ('987650001')) t(amount);
CREATE VIEW zr_bad.lump_sums AS SELECT * FROM zr_check.lump_sums WHERE amount > (SELECT n FROM generate_series(1, 2) n);
INSERT INTO zr_check.lump_sums (provider, municipality, valid, amount) VALUES ('73730101', '0200', '[2026-01-01,2027-01-01)', 1);
CREATE FUNCTION zr_bad.refuse(text) RETURNS integer LANGUAGE plpgsql AS $$BEGIN RAISE 'client 987650001 is not allowed'; END $$;
CREATE VIEW zr_bad.closures AS SELECT municipality, product_group, valid, zr_bad.refuse(reason)::text AS reason FROM (VALUES ('0200', 'BI', '[2026-01-01,2027-01-01)', 'vol')) v(municipality, product_group, valid, reason);
CREATE TABLE zr_bad.budgets (municipality text, product_group text, amount numeric);
INSERT INTO zr_bad.budgets VALUES ('0200', 'BI', 1.5);

SELECT results_eq($$SELECT * FROM pg_temp.found('zr_bad')$$, $$VALUES
	('duplicate key | allocations.number | error | 2 | 2'),
	('duplicate key | deliveries | error | 2 | 2'),
	('duplicate key | municipalities.code | error | 2 | 0301'),
	('fan-out | claims.number | error | 1 | 2'),
	('fan-out | claims.number | error | 2 | 2'),
	('fan-out | deliveries.number | error | 2 | 2'),
	('invalid value | allocations.client | error | 1 | 5'),
	('invalid value | allocations.indication | error | 1 | 4'),
	('invalid value | allocations.number | error | 1'),
	('invalid value | allocations.provider | error | 1 | ONBEKEND'),
	('invalid value | allocations.requested | error | 1 | 2'),
	('invalid value | claims.amount | error | 1 | 2'),
	('invalid value | claims.product_period | error | 1 | 8'),
	('invalid value | municipalities.code | error | 1 | 200'),
	('invalid value | providers.code | error | 3 | LEEG'),
	('invalid value | providers.strategic_partner | error | 1 | 73730102'),
	('lost decimals | claims.amount | warning | 1 | 1'),
	('missing column | budgets.year | error | -'),
	('missing column | claims.tariff | warning | -'),
	('missing column | claims.volume | warning | -'),
	('missing value | allocations.client | error | 1 | 6'),
	('missing value | allocations.municipality | error | 1 | 6'),
	('missing value | municipalities.code | error | 1'),
	('missing value | providers.strategic_partner | error | 1'),
	('no allotment | claims.number | error | 2 | 8'),
	('outside period | deliveries.started | warning | 2 | 2'),
	('overlap | contracts.valid | error | 1 | 73730101 0200 02A16'),
	('overlap | deliveries.started | warning | 1 | 2'),
	('overlap | tariffs.valid | error | 1 | 02A16'),
	('placeholder | municipalities.name | warning | 1 | 0301'),
	('refused value | allocations.change_reason | error | 1 | 1'),
	('refused value | claims.product_period | error | 1 | 8'),
	('refused value | contracts.kind | error | 1 | 73730102 0200 02A16 "zzp"'),
	('refused value | deliveries | error | 1 | 2'),
	('refused value | deliveries.stop_reason | error | 1 | 1'),
	('refused value | municipalities.name | error | 1 | 0232'),
	('reversed dates | allocations.indication | error | 2 | 3'),
	('reversed dates | claims.product_period | error | 1 | 3'),
	('reversed dates | deliveries | error | 1 | 1'),
	('sentinel date | allocations.indication | error | 1 | 6'),
	('sentinel date | deliveries.ended | error | 1 | 2'),
	('sentinel date | deliveries.started | error | 1 | 3'),
	('unknown code | allocations.change_reason | error | 1 | LEEG'),
	('unknown code | allocations.municipality | error | 1 | 0999'),
	('unknown code | allocations.provider | error | 1 | 73730199'),
	('unknown code | contracts.product | error | 1 | 02A18'),
	('unknown code | deliveries.stop_reason | error | 1 | xx'),
	('unreadable | closures | error | -'),
	('unreadable | lump_sums | error | -'),
	('unreadable | tariffs.tariff | error | -'),
	('wrong type | claims.amount | warning | -'),
	('wrong type | contracts.tariff_group | error | -')$$, 'what a source can have wrong');
SELECT is_empty($$SELECT c FROM check_region('zr_check', 'zr_bad', '2026-03-01') c WHERE c::text ~ '98765|99990|Vries'$$, 'no client, BSN or name of a person in a finding');
SELECT is_empty($$SELECT c FROM check_region('zr_check', 'zr_bad', '2026-03-01') c WHERE c.severity NOT IN ('error', 'warning') OR c.explanation !~ '[.?]$' OR cardinality(c.examples) NOT BETWEEN 1 AND 5$$, 'each finding is whole');
SELECT is_empty($$SELECT table_name FROM check_region('zr_check', 'zr_bad', '2026-03-01') WHERE table_name IN ('products', 'sourcings', 'bundles')$$, 'the region''s own tables are not judged with it');
CREATE SCHEMA zr_empty;
SELECT results_eq($$SELECT check_name, table_name, severity FROM check_region('zr_check', 'zr_empty')$$, $$SELECT ''::text, ''::text, ''::text WHERE false$$, 'a source without tables, for a region that has them all');
CALL create_region('zr_new', 'New');
SELECT results_eq($$SELECT * FROM pg_temp.found('zr_empty', 'zr_new')$$, $$SELECT 'missing table | ' || t || ' | -' FROM
	unnest('{allocations | error,claims | warning,contracts | warning,deliveries | warning,municipalities | error,products | error,providers | error,tariffs | warning}'::text[]) t$$, 'and for one that is empty');

-- More of the region beside the source: it may refer to both
CREATE SCHEMA zr_more;
CREATE VIEW zr_more.allocations AS SELECT 8 AS number, 509 AS client, '73730101' AS provider, '0200' AS municipality, '02A20 [2026-01-01,)' AS indication;
CREATE VIEW zr_more.products AS SELECT '02A20' AS code, 'Nieuw' AS name, 'BI' AS product_group, NULL::text AS law;
CREATE VIEW zr_more.deliveries AS SELECT n AS number, '2026-02-01' AS started, NULL::date AS ended, NULL::text AS stop_reason FROM (VALUES (2), (8), (9)) v(n);
SELECT results_eq($$SELECT * FROM pg_temp.found('zr_more')$$, $$VALUES ('missing column | allocations.change_reason | warning | -'), ('missing column | allocations.requested | warning | -'),
	('no allotment | deliveries.number | error | 1 | 9')$$, 'an addition refers to itself and to what is there');

-- Words for nothing that are product codes by their form
CREATE SCHEMA zr_leeg;
CREATE VIEW zr_leeg.products AS SELECT 'LEEG' AS code, 'Niets' AS name, 'BI' AS product_group, 'Wmo' AS law;
CREATE VIEW zr_leeg.allocations AS SELECT 8 AS number, 509 AS client, '73730101' AS provider, '0200' AS municipality, 'NVT [2026-01-01,)' AS indication, NULL::date AS requested, NULL AS change_reason;
SELECT results_eq($$SELECT * FROM pg_temp.found('zr_leeg')$$, $$VALUES ('placeholder | allocations.indication | warning | 1 | 8'), ('placeholder | products.code | warning | 1 | LEEG'),
	('unknown code | allocations.indication | error | 1 | NVT')$$, 'words for nothing');

-- ---- Numbers of persons ----
CREATE SCHEMA zr_person;
CREATE TABLE zr_person.allocations (number bigint, client bigint, provider text, municipality text, indication text, requested date, change_reason text);
INSERT INTO zr_person.allocations SELECT n, b, '73730199', '0200', '02A16 [2025-01-01,2026-01-01)' FROM (SELECT b, row_number() OVER (ORDER BY b) FROM generate_series(999900006, 999900060) b WHERE bsn_valid(b::text) LIMIT 4) x(b, n);
SELECT results_eq($$SELECT * FROM pg_temp.found('zr_person')$$, $$VALUES ('possible BSN | allocations.client | warning | 4'), ('unknown code | allocations.provider | error | 4 | 73730199')$$, 'BSNs as client keys');
UPDATE zr_person.allocations SET client = client + CASE WHEN number > 1 THEN 1 ELSE 0 END;
SELECT is_empty($$SELECT * FROM pg_temp.found('zr_person') f WHERE f ~ 'BSN'$$, 'numbers of nine digits that mostly are none');
UPDATE zr_person.allocations SET number = client, indication = '02A16 [1900-01-01,2026-01-01)';
SELECT results_eq($$SELECT * FROM pg_temp.found('zr_person')$$, $$VALUES ('possible BSN | allocations.number | warning | 4'), ('sentinel date | allocations.indication | error | 4'),
	('unknown code | allocations.provider | error | 4 | 73730199')$$, 'where the number is the client, no number is shown');
UPDATE zr_person.allocations SET number = client - CASE WHEN number > 999900006 THEN 1 ELSE 0 END, client = client % 7;
SELECT ok(bool_and(bsn_valid(number::text)), 'the numbers are BSNs') FROM zr_person.allocations;
CREATE VIEW zr_person.claims AS SELECT number + 1 AS number, '[2025-01-01,2025-02-01)'::daterange AS product_period, NULL::text AS volume, NULL::text AS tariff, 1 AS amount FROM zr_person.allocations;
SELECT is_empty($$SELECT c FROM check_region('zr_check', 'zr_person', '2026-03-01') c WHERE c::text ~ '99990'$$, 'nor where the number is a BSN');
ROLLBACK TO clean;

-- ---- Who may not read gets an error, not a finding ----
CREATE ROLE zr_check_stranger;
SET ROLE zr_check_stranger;
SELECT throws_ok($$SELECT * FROM check_region('zr_check')$$, '42501', NULL, 'a role without rights on the region');
RESET ROLE;

-- ---- Overlaps and missing tariffs, against days one by one ----
SELECT setseed(0.5) \g /dev/null
CALL create_region('zr_random', 'Random');
INSERT INTO zr_random.municipalities SELECT * FROM zr_check.municipalities;
INSERT INTO zr_random.providers SELECT * FROM zr_check.providers;
INSERT INTO zr_random.products SELECT * FROM zr_check.products;
INSERT INTO zr_random.allocations (number, client, provider, municipality, indication, change_reason)
SELECT n, random() * 20, (ARRAY['73730101', '73730102'])[1 + random()]::provider, (ARRAY['0200', '0301'])[1 + random()]::municipality,
	indication((ARRAY['02A16', '02A19', '45A04'])[1 + random() * 2]::product, CASE WHEN random() < 0.9 THEN '4 uur/week'::volume WHEN random() < 0.5 THEN '100.00 euro/maand' END, daterange(d, d + 1 + (random() * 60)::integer)),
	CASE WHEN random() < 0.2 THEN '13' END
FROM generate_series(1, 400) n, LATERAL (SELECT date '2025-01-01' + (random() * 300 + 0 * n)::integer) s(d);
INSERT INTO zr_random.contracts (provider, municipality, product, tariff_group, valid)
SELECT p, m, c, CASE WHEN random() < 0.5 THEN 'zzp' END, v FROM unnest('{73730101,73730102}'::provider[]) p, unnest('{0200,0301}'::municipality[]) m, unnest('{02A16,02A19,45A04}'::product[]) c,
	unnest('{"[2024-12-01,2025-04-15)","[2025-05-10,2025-12-01)"}'::daterange[]) v WHERE random() < 0.8;
INSERT INTO zr_random.tariffs (product, tariff_group, valid, tariff, status)
SELECT c, nullif(g, ''), v, '60.00/uur', CASE WHEN random() < 0.1 THEN 'proposed' ELSE 'definitive' END
FROM unnest('{02A16,02A19,45A04}'::product[]) c, unnest('{"",zzp}'::text[]) g, unnest('{"[2024-12-01,2025-03-01)","[2025-03-01,2025-08-01)","[2025-08-15,2026-06-01)"}'::daterange[]) v WHERE random() < 0.75;
CREATE TEMP TABLE per_day AS
SELECT a.number, a.client, a.provider, product(a.indication) AS product, volume(a.indication) AS volume, day::date,
	(SELECT c.tariff_group FROM zr_random.contracts c WHERE c.provider = a.provider AND c.municipality = a.municipality AND c.product = product(a.indication) AND c.valid @> day::date) AS tariff_group
FROM zr_random.allocations a, generate_series(lower(period(a.indication)), upper(period(a.indication)) - 1, interval '1 day') day
WHERE NOT never_sent(a.indication, a.change_reason);
SELECT is((SELECT rows FROM check_region('zr_random', as_of => '2025-06-01') WHERE check_name = 'overlap' AND table_name = 'allocations'),
	(SELECT count(DISTINCT b.number) FROM per_day a JOIN per_day b USING (client, provider, product, day) JOIN zr_random.allocations x ON x.number = a.number JOIN zr_random.allocations y ON y.number = b.number
	 WHERE (lower(period(x.indication)), upper(period(x.indication)), a.number) < (lower(period(y.indication)), upper(period(y.indication)), b.number)), 'overlapping allotments');
SELECT is((SELECT rows FROM check_region('zr_random', as_of => '2025-06-01') WHERE check_name = 'no tariff'),
	(SELECT count(DISTINCT number) FROM per_day p WHERE unit(volume) = 'uur' AND day < '2026-01-01' AND NOT EXISTS (
		SELECT FROM zr_random.tariffs t WHERE t.product = p.product AND t.status <> 'proposed' AND t.valid @> p.day AND t.tariff_group IS NOT DISTINCT FROM
			CASE WHEN EXISTS (SELECT FROM zr_random.tariffs g WHERE g.product = p.product AND g.tariff_group = p.tariff_group AND g.status <> 'proposed') THEN p.tariff_group END)), 'days without a tariff');

-- ---- Whatever stands in the columns, check_region answers ----
CREATE SCHEMA zr_fuzz;
CREATE TEMP TABLE junk (n serial, value text);
INSERT INTO junk (value) VALUES (NULL), (''), (' '), ('LEEG'), ('ONBEKEND'), ('0200'), ('73730101'), ('02A16'), ('02'), ('1'), ('2'), ('-1'), ('99999999999999999999'), ('1e400'), ('NaN'), ('Infinity'), ('0.005'), ('2026-01-01'),
	('9999-12-31'), ('infinity'), ('-infinity'), ('5874897-12-31'), ('4713-01-01 BC'), ('31-12-2026'), ('[2026-01-01,2027-01-01)'), ('[2027-01-01,2026-01-01)'), ('(,)'), ('empty'), ('[,infinity]'), ('[2026-01-01,5874897-12-31]'),
	('02A16 4 uur/week [2026-01-01,2027-01-01)'), ('02A16 4 uur/week [2026-01-01,)'), ('budget 1.00 euro [2026-01-01,2027-01-01)'), ('90 minuut'), ('61.20/uur'), ('{'), ('{}'), ('uur'), ('t'), ('x; DROP SCHEMA zr_check CASCADE'), (E'a''b"c\\d%I$1'), (repeat('9', 2000));
SELECT format('CREATE TABLE zr_fuzz.%I (%s)', relname, string_agg(format('%I text', attname), ', ')) FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0
WHERE relnamespace = 'zr_check'::regnamespace AND relkind = 'r' AND relname NOT LIKE ALL ('{figures%,monitor%,settings,decisions,import%,received%}') GROUP BY relname \gexec
SELECT format('INSERT INTO zr_fuzz.%I SELECT %s FROM generate_series(1, 80) g', relname, string_agg('(ARRAY(SELECT value FROM junk ORDER BY n))[1 + floor(random() * 42 + 0 * g)::integer]'::text, ', '))
FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 WHERE relnamespace = 'zr_fuzz'::regnamespace AND relkind = 'r' GROUP BY relname \gexec
CREATE TEMP TABLE fuzz AS SELECT * FROM check_region('zr_check', 'zr_fuzz', '2026-03-01');
SELECT cmp_ok((SELECT count(*) FROM fuzz), '>', 200::bigint, 'any text in any column');
SELECT is_empty($$SELECT * FROM fuzz WHERE explanation ~ 'Judging it fails' AND (table_name, column_name) <> ('cost_components', 'unit')$$, 'can be judged, but where the constraint itself fails');
SELECT has_schema('zr_check', 'and nothing of it is run');

SELECT * FROM finish();
ROLLBACK;
