-- The published worked cases about quantities and amounts, as claim lines: the most that may be claimed passes, one more does not.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- IV076, IV077, IV078 and the week method: every published maximum, as a line and as a sum ----
CREATE TEMP TABLE vectors (source text, delivery_variant text, volume bigint, unit_code text, start_date date, end_date date, product_period_start text, max_volume bigint);
\copy vectors FROM 'test/data/claimable_vectors.csv' CSV HEADER
CREATE TEMP VIEW vector AS
SELECT v.*, indication('45A04', volume(volume::integer, volume::integer, unit_code, '2'), daterange(start_date, end_date + 1)) AS allotted,
	CASE WHEN unit_code <> '83' THEN tariff(10, '04') END AS price, CASE unit_code WHEN '83' THEN 0.01 ELSE 10 END AS worth
FROM vectors v;
CREATE FUNCTION pg_temp.judged(v vector, n bigint) RETURNS text[] LANGUAGE sql AS $$
	SELECT claim_problems(v.allotted, '45A04', daterange(greatest(m, v.start_date), least((m + interval '1 month')::date, v.end_date + 1)), volume(n::integer, n::integer, v.unit_code, NULL), v.price, n * v.worth)
	FROM (SELECT date_trunc('month', v.product_period_start::date)::date) x(m)
$$;
SELECT is(pg_temp.judged(v, max_volume), '{}', concat_ws(' ', 'TR321,', source, allotted, product_period_start, max_volume)) FROM vector v WHERE product_period_start <> 'TOTAL';
SELECT is(pg_temp.judged(v, max_volume + 1), '{TR321}', concat_ws(' ', 'TR321,', source, allotted, product_period_start, max_volume, 'and one more')) FROM vector v WHERE product_period_start <> 'TOTAL';
-- Two lines that make the total, and the same with one more
CREATE FUNCTION pg_temp.sums(i indication, first bigint, second bigint, unit_code text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(coalesce((f).rule, '-'), ' ' ORDER BY n)
	FROM (SELECT n, claim_series_finding(i, product(i), daterange((date '2026-01-01' + n * interval '1 month')::date, (date '2026-01-01' + (n + 1) * interval '1 month')::date), volume(q::integer, q::integer, unit_code, NULL), NULL, q, false, NULL, NULL, false)
			OVER (ORDER BY n) AS f FROM (VALUES (1, first), (2, second)) l(n, q)) x
$$;
SELECT is(pg_temp.sums(allotted, max_volume - 1, 1 + more, unit_code), CASE more WHEN 0 THEN '- -' ELSE '- TR322' END, concat_ws(' ', 'TR322,', source, allotted, max_volume, CASE more WHEN 1 THEN 'and one more' END))
FROM vector, generate_series(0, 1) more WHERE product_period_start = 'TOTAL';
SELECT cmp_ok((SELECT count(*) FROM vector WHERE product_period_start = 'TOTAL'), '>=', 3::bigint, 'some cases are of totals');

-- ---- Cases by name ----
CREATE FUNCTION pg_temp.line(i text, p text, v text, t text, a numeric, product text DEFAULT NULL) RETURNS text[] LANGUAGE sql AS $$
	SELECT claim_problems(i::indication, coalesce(product::product, product(i::indication)), p::daterange, v::volume, t::tariff, a)$$;
SELECT is(pg_temp.line(i, p, v, t, a), problems::text[], concat_ws(' ', name, v, a)) FROM (VALUES
	('IV078: a whole month of volume in a part of a month:', '45A04 15 uur/maand [2025-10-14,2025-12-14)', '[2025-10-14,2025-11-01)', '15 uur', '10.00/uur', 150.00, '{}'),
	('IV078: a whole month of volume in a part of a month:', '45A04 15 uur/maand [2025-10-14,2025-12-14)', '[2025-10-14,2025-11-01)', '16 uur', '10.00/uur', 160.00, '{TR321}'),
	('IV078: a week that is cut has its whole volume:', '45A04 3 uur/week [2025-11-12,2025-12-14)', '[2025-11-12,2025-12-01)', '9 uur', '10.00/uur', 90.00, '{}'),
	('IV078: a week that is cut has its whole volume:', '45A04 3 uur/week [2025-11-12,2025-12-14)', '[2025-11-12,2025-12-01)', '10 uur', '10.00/uur', 100.00, '{TR321}'),
	('Wmo category 01, six weeks:', '01A03 2 uur/week [2026-02-01,2026-03-01)', '[2026-02-01,2026-03-01)', '12 uur', '30.00/uur', 360.00, '{}'),
	('Wmo category 01, six weeks:', '01A03 2 uur/week [2026-02-01,2026-03-01)', '[2026-02-01,2026-03-01)', '13 uur', '30.00/uur', 390.00, '{TR321}'),
	('Wmo category 01, six weeks of minutes:', '01A03 2 uur/week [2026-02-01,2026-03-01)', '[2026-02-01,2026-03-01)', '720 minuut', '0.50/minuut', 360.00, '{}'),
	('other categories, the weeks of the month:', '02A03 2 uur/week [2026-02-01,2026-03-01)', '[2026-02-01,2026-03-01)', '11 uur', '30.00/uur', 330.00, '{TR321}'),
	('Sundays: the last, broken week belongs to May:', '45A04 150.00 euro/week [2022-04-15,2022-06-05)', '[2022-05-01,2022-06-01)', '900.00 euro', NULL, 900.00, '{}'),
	('Sundays: the last, broken week belongs to May:', '45A04 150.00 euro/week [2022-04-15,2022-06-05)', '[2022-05-01,2022-06-01)', '900.01 euro', NULL, 900.01, '{TR321}'),
	('Sundays: and nothing is left for June:', '45A04 150.00 euro/week [2022-04-15,2022-06-05)', '[2022-06-01,2022-06-05)', '0.01 euro', NULL, 0.01, '{TR321}'),
	('TR346: minutes at an hour tariff, rounded once:', '02A16 40 uur/maand [2026-01-01,)', '[2026-03-01,2026-04-01)', '125 minuut', '87.30/uur', 181.88, '{}'),
	('TR346: and not minutes times the rounded tariff:', '02A16 40 uur/maand [2026-01-01,)', '[2026-03-01,2026-04-01)', '125 minuut', '87.30/uur', 182.50, '{TR346}'),
	('IV081: 1.455 is 1.46, and the amount is of the hour tariff:', '02A16 40 uur/maand [2026-01-01,)', '[2026-03-01,2026-04-01)', '125 minuut', '1.46/minuut', 181.88, '{}'),
	('IV081: 1.454 is 1.45, and the amount is of the hour tariff:', '02A16 40 uur/maand [2026-01-01,)', '[2026-03-01,2026-04-01)', '125 minuut', '1.45/minuut', 181.75, '{}'),
	('IV081: no hour tariff gives that:', '02A16 40 uur/maand [2026-01-01,)', '[2026-03-01,2026-04-01)', '125 minuut', '1.45/minuut', 181.88, '{TR346}'),
	('IV042: euro has no tariff, its amount is its volume:', '45A04 1000.00 euro/maand [2026-01-01,)', '[2026-03-01,2026-04-01)', '1000.00 euro', NULL, 1000.00, '{}')) v(name, i, p, v, t, a, problems);
SELECT is(tariff_per(h::tariff, 'minuut')::text, m, 'IV081: ' || h) FROM (VALUES ('87.30/uur', '1.46/minuut'), ('87.24/uur', '1.45/minuut')) v(h, m);
-- IV079: all minutes of the period are added up first and rounded once; what is claimed is at least an hour
CREATE FUNCTION pg_temp.hours(minutes integer[]) RETURNS integer LANGUAGE sql AS 'SELECT greatest(1, round_to(sum(m) / 60.0, 1))::integer FROM unnest(minutes) m';
SELECT is(pg_temp.line('02A16 6 uur/totaal [2026-03-01,2026-04-01)', '[2026-03-01,2026-04-01)', pg_temp.hours(minutes) || ' uur', '60.00/uur', hours * 60), problems::text[], 'IV079: ' || minutes::text || ' is ' || hours || ' uur')
FROM (VALUES ('{95,95,95,95}'::integer[], 6, '{}'), ('{20}', 1, '{}'), ('{60,29}', 1, '{}'), ('{60,30}', 2, '{}'), ('{95,95,95,95,9}', 6, '{}'), ('{95,95,95,95,10}', 7, '{TR321}')) v(minutes, hours, problems);

-- ---- Casus 6 and casus 16, loaded as messages and judged in a region ----
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een');
CREATE TEMP TABLE client_map AS SELECT '999900006' AS bsn, 71::bigint AS client;
INSERT INTO r.allocations (number, client, provider, municipality, indication) VALUES
	(6, 71, '73739901', '0200', '45A04 2500.00 euro/totaal [2026-01-15,2026-07-01)'), (16, 71, '73739901', '0200', 'budget 60000.00 euro [2026-01-01,2027-01-01)');
CREATE FUNCTION pg_temp.claimed(month date, lines xml, total numeric) RETURNS void LANGUAGE sql AS $$
	SELECT r.load_message(claim_message('Jeugdwet', 'M' || to_char(month, 'MM'), month + 40, '73739901', '0200', 'D' || to_char(month, 'MM'), daterange(month, (month + interval '1 month')::date), month + 40, total, claimed_client('999900006', lines)), 'client_map'::regclass)$$;
CREATE FUNCTION pg_temp.granted() RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', (SELECT string_agg(granted::text, ' ' ORDER BY month) FROM r.claim_answer()), (SELECT string_agg(concat_ws(' ', number, rule, found, required), ', ' ORDER BY claim) FROM r.check_claims()))$$;
-- Casus 6: a trajectory of 2500.00, agreed 70 percent at the start and 30 percent at the end, in the month slice of that moment
SAVEPOINT six;
SELECT pg_temp.claimed('2026-01-01', claimed_line('Jeugdwet', 'A1', 6, '45A04', '[2026-01-15,2026-02-01)', '1750.00 euro', NULL, 1750.00), 1750.00);
SELECT pg_temp.claimed('2026-06-01', claimed_line('Jeugdwet', 'A2', 6, '45A04', '[2026-06-01,2026-07-01)', '750.00 euro', NULL, 750.00), 750.00);
SELECT is(pg_temp.granted(), '1750.00 750.00', 'casus 6: 70 and 30 percent of a trajectory');
ROLLBACK TO six;
SELECT pg_temp.claimed('2026-01-01', claimed_line('Jeugdwet', 'A1', 6, '45A04', '[2026-01-15,2026-02-01)', '1750.00 euro', NULL, 1750.00), 1750.00);
SELECT pg_temp.claimed('2026-06-01', claimed_line('Jeugdwet', 'A2', 6, '45A04', '[2026-06-01,2026-07-01)', '750.01 euro', NULL, 750.01), 750.01);
SELECT is(pg_temp.granted(), '1750.00 0.00 6 TR322 2500.01 euro in total at most 2500.00 euro', 'casus 6: a cent more than the trajectory');
ROLLBACK TO six;
SELECT pg_temp.claimed('2026-01-01', claimed_line('Jeugdwet', 'A1', 6, '45A04', '[2026-01-01,2026-02-01)', '1750.00 euro', NULL, 1750.00), 1750.00);
SELECT is(pg_temp.granted(), '0.00 6 TR307 2026-01-01 2026-01-15 to 2026-06-30', 'casus 6: the month slice begins with the allotment');
ROLLBACK TO six;
-- Casus 16: a budget of 60000.00 without a product; units that differ add up in money
SELECT pg_temp.claimed('2026-03-01', xmlconcat(claimed_line('Jeugdwet', 'B1', 16, '45A04', '[2026-03-01,2026-04-01)', '25 uur', '10.00/uur', 250.00), claimed_line('Jeugdwet', 'B2', 16, '43A02', '[2026-03-01,2026-04-01)', '10 etmaal', '250.00/etmaal', 2500.00)), 2750.00);
SELECT is(pg_temp.granted(), '2750.00', 'casus 16: hours and days on one budget');
SELECT pg_temp.claimed('2026-04-01', claimed_line('Jeugdwet', 'B3', 16, '43A02', '[2026-04-01,2026-05-01)', '229 etmaal', '250.00/etmaal', 57250.00), 57250.00);
SELECT is(pg_temp.granted(), '2750.00 57250.00', 'casus 16: up to the whole budget, whatever the number of units');
SELECT pg_temp.claimed('2026-05-01', claimed_line('Jeugdwet', 'B4', 16, '45A04', '[2026-05-01,2026-06-01)', '1 uur', '0.01/uur', 0.01), 0.01);
SELECT is(pg_temp.granted(), '2750.00 57250.00 0.00 16 TR369 60000.01 euro in total at most 60000.00 euro', 'casus 16: a cent more than the budget');
SELECT * FROM finish();
ROLLBACK;
