-- The client-count outflow rule: the published cases of art. 1.6 from rows in tables, what is unknown and what is zero,
-- who is counted, and all counts against slow SQL on random data.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- Without tables ----
SELECT results_eq($$SELECT part, role, comparison::text FROM threshold_parts('a >= 5 if b = "x or \" y" and c in {"p if q", "r"} unless d = true or e < f - 3 months')$$,
	$$VALUES (1, 'requirement', 'a >= 5'), (2, 'condition', 'b = "x or \" y"'), (3, 'condition', 'c in {"p if q", "r"}'),
		(4, 'exception', 'd = true'), (5, 'exception', 'e < f - 3 months')$$, 'the parts of a rule; words in strings are no words of the rule');
SELECT results_eq($$SELECT part, role, comparison::text FROM threshold_parts('a > 1')$$, $$VALUES (1, 'requirement', 'a > 1')$$, 'a rule of one part');
CREATE TEMP TABLE rule (rule_id text, region text, threshold text, valid_from date, valid_to date);
\copy rule FROM 'test/data/thresholds.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
SELECT is_empty($$
	SELECT rule_id FROM rule, LATERAL (
		SELECT string_agg(comparison::text, '' ORDER BY part) FILTER (WHERE role = 'requirement') || coalesce(' if ' || string_agg(comparison::text, ' and ' ORDER BY part) FILTER (WHERE role = 'condition'), '')
			|| coalesce(' unless ' || string_agg(comparison::text, ' or ' ORDER BY part) FILTER (WHERE role = 'exception'), '') AS whole
		FROM threshold_parts(threshold::threshold)) p
	WHERE whole IS DISTINCT FROM threshold::threshold::text
$$, 'the parts of every published rule make up the rule');
SELECT is_empty($$
	SELECT s, u FROM (SELECT date '2023-12-20' + i FROM generate_series(0, 90) i) a(s), (SELECT date '2024-02-20' + i * 3 FROM generate_series(0, 150) i) b(u)
	WHERE u >= s AND full_months(s, u) <> (SELECT max(n) FROM generate_series(0, 40) n WHERE s + n * interval '1 month' <= u)
$$, 'full months');
SELECT ok(never_sent('02A16 [2026-01-01,2026-01-02)', '13'), 'reason 13 and end = start: never sent');
SELECT ok(NOT never_sent('02A16 [2026-01-01,2026-01-02)', NULL) AND NOT never_sent('02A16 [2026-01-01,2026-01-02)', '02')
	AND NOT never_sent('02A16 [2026-01-01,2026-01-03)', '13') AND NOT never_sent('02A16 [2026-01-01,)', '13'), 'other allotments of one day count');

-- ---- A region ----
CALL create_region('t', 'T');
INSERT INTO t.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO t.products (code, name, product_group) VALUES ('02A16', 'Basis', 'BI'), ('02A19', 'Complex', 'BI'), ('07A12', 'Groep', 'BG'), ('45A04', 'Jeugd', 'JH');

CREATE FUNCTION pg_temp.firm(p text, since date, dossier jsonb DEFAULT NULL, at text DEFAULT '0200', what text DEFAULT '02A16') RETURNS void LANGUAGE sql AS $$
	INSERT INTO t.providers VALUES (p::provider, 'P' || p) ON CONFLICT DO NOTHING;
	INSERT INTO t.contracts (provider, municipality, product, valid) VALUES (p::provider, at::municipality, what::product, daterange(since, NULL));
	INSERT INTO t.dossiers (provider, valid, facts) SELECT p::provider, '(,)', dossier WHERE dossier IS NOT NULL;
$$;
-- One allotment with one delivery; returns its number.
CREATE TEMP SEQUENCE number;
CREATE FUNCTION pg_temp.care(p text, c bigint, s date, e date, reason text DEFAULT NULL, at text DEFAULT '0200', what text DEFAULT '02A16',
	change text DEFAULT NULL, allotted daterange DEFAULT '[2024-01-01,)') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO t.allocations (number, client, provider, municipality, indication, change_reason)
	VALUES (nextval('number'), c, p::provider, at::municipality, indication(what::product, NULL::volume, allotted), change);
	INSERT INTO t.deliveries VALUES (currval('number'), s, e, reason);
	SELECT currval('number');
$$;
CREATE FUNCTION pg_temp.fact(p text, name text, day date DEFAULT '2026-12-31', at text DEFAULT '0200', grp text DEFAULT 'BI') RETURNS text LANGUAGE sql AS $$
	SELECT facts ->> name FROM t.provider_facts(day) WHERE provider = p::provider AND municipality = at::municipality AND product_group = grp;
$$;

SELECT is_empty('SELECT * FROM t.provider_facts(''2026-12-31'')', 'no contracts, no facts');
SELECT is_empty('SELECT * FROM t.provider_facts(NULL)', 'no day, no facts');
SELECT is_empty('SELECT * FROM t.provider_facts(''infinity'')', 'nor at the end of time');
SELECT is_empty('SELECT * FROM t.outflow_signals(''2026-12-31'')', 'no signals');

-- ---- The published cases of art. 1.6 and 3.19.4 b, each a provider of its own, all from rows ----
CREATE TEMP TABLE published (case_id text, rule_id text, as_of date, facts jsonb, verdict text);
\copy published FROM 'test/data/threshold_cases.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
CREATE TEMP TABLE c AS
SELECT row_number() OVER (ORDER BY case_id) AS n, (10000000 + row_number() OVER (ORDER BY case_id))::text AS p, *
FROM published WHERE rule_id ~ '^CSW-(1\.6|3\.19)' AND rule_id <> 'CSW-1.6-OPZEG';
-- The published cases have none of the exceptions and no turnover.
INSERT INTO c SELECT 100 + n, (10000100 + n)::text, id, rule, date '2026-12-31',
	'{"art16_opgenomen": true, "maanden_sinds_start": 24, "tekort_voorziening": false, "uniek_aanbod": false, "klanttevredenheid_12m": 7.9}'::jsonb || f::jsonb, v
FROM (VALUES (1, '8.5', 'CSW-1.6-X5', '{"unieke_clienten_12m": 4, "klanttevredenheid_12m": 8.5}', 'exempt'),
	(2, 'no report', 'CSW-1.6-X5', '{"unieke_clienten_12m": 4, "klanttevredenheid_12m": null}', 'unknown'),
	(3, 'clause not said', 'CSW-1.6-X5', '{"unieke_clienten_12m": 4, "art16_opgenomen": null}', 'unknown'),
	(4, 'month 12', 'CSW-1.6-X5', '{"unieke_clienten_12m": 4, "maanden_sinds_start": 12}', 'not met'),
	(5, 'turnover', 'CSW-1.6-OMZET', '{"unieke_clienten_12m": 1, "omzet_12m": 49999.99}', 'not met'),
	(6, 'turnover enough', 'CSW-1.6-OMZET', '{"unieke_clienten_12m": 1, "omzet_12m": 50000.00}', 'met'),
	(7, 'turnover unknown', 'CSW-1.6-OMZET', '{"unieke_clienten_12m": 1}', 'unknown'),
	(8, '9 of 10', 'CSW-1.6-X10', '{"unieke_clienten_12m": 9}', 'not met'),
	(9, '10 of 10', 'CSW-1.6-X10', '{"unieke_clienten_12m": 10}', 'met'),
	(10, 'month 11 without', 'CSW-3.19.4b', '{"maanden_zonder_levering_of_declaratie": 11}', 'met')) v(n, id, rule, f, v);
INSERT INTO t.thresholds (id, phase, requirement, valid, consequence, basis)
SELECT rule_id, 'retention', threshold::threshold, daterange(valid_from, valid_to, '[]'), 'opzegging mogelijk (signaal)', 'Contractstandaard Wmo 1.2 art. 1.6' FROM rule
WHERE rule_id ~ '^CSW-(1\.6|3\.19)' AND rule_id <> 'CSW-1.6-OPZEG';
SELECT count(pg_temp.firm(p, (date '2027-01-01' - coalesce((facts ->> 'maanden_sinds_start')::int, 24) * interval '1 month')::date,
	jsonb_strip_nulls(jsonb_build_object('art16_opgenomen', facts -> 'art16_opgenomen', 'klanttevredenheid_12m', facts -> 'klanttevredenheid_12m')))) FROM c \g /dev/null
-- each client in care on one day of the window or more; the first days and the last ones too
SELECT count(pg_temp.care(p, n * 1000 + i, d, e)) FROM c, LATERAL generate_series(1, (facts ->> 'unieke_clienten_12m')::int) i,
	LATERAL (SELECT CASE i % 3 WHEN 0 THEN date '2025-06-01' WHEN 1 THEN date '2026-12-31' ELSE date '2026-05-01' END,
		CASE i % 3 WHEN 0 THEN date '2026-01-01' WHEN 2 THEN date '2026-05-31' END) x(d, e) \g /dev/null
SELECT count(pg_temp.care(p, n * 1000, '2025-01-01', (date '2027-01-01' - (facts ->> 'maanden_zonder_levering_of_declaratie')::int * interval '1 month')::date - 1))
FROM c WHERE facts ? 'maanden_zonder_levering_of_declaratie' \g /dev/null
INSERT INTO t.claims (number, product_period, amount)
SELECT min(a.number), '[2026-03-01,2026-04-01)', (c.facts ->> 'omzet_12m')::numeric FROM c JOIN t.allocations a ON a.provider = c.p::provider
WHERE c.facts ? 'omzet_12m' GROUP BY c.n, c.facts;
-- Zero is a statement: all deliveries of these were loaded.
INSERT INTO t.loads (kind, provider, period, loaded) SELECT 'deliveries', p::provider, '[2025-01-01,2027-01-01)', '2026-12-31' FROM c
WHERE facts ->> 'unieke_clienten_12m' = '0' OR facts ? 'maanden_zonder_levering_of_declaratie';
-- Before these, each case has an unnamed competitor: the offer is not unique.
SELECT pg_temp.firm('99999999', '2020-01-01', '{"art16_opgenomen": false}') \g /dev/null
SELECT pg_temp.care('99999999', 999999, '2026-01-01', NULL) \g /dev/null

CREATE TEMP TABLE fact AS SELECT * FROM t.provider_facts('2026-12-31');
CREATE TEMP TABLE signal AS SELECT * FROM t.outflow_signals('2026-12-31');
SELECT cmp_ok((SELECT count(*) FROM c WHERE n < 100), '>=', 9::bigint, 'the published cases are there');
SELECT is(signal.verdict::text, c.verdict, format('%s (%s): %s', case_id, c.rule_id, explanation))
FROM c LEFT JOIN signal ON signal.provider = c.p::provider AND rule = c.rule_id ORDER BY n;
SELECT is_empty($$
	SELECT case_id, fact.facts, jsonb_strip_nulls(c.facts) FROM c JOIN fact ON provider = p::provider
	WHERE NOT fact.facts @> jsonb_strip_nulls(c.facts)
		OR EXISTS (SELECT FROM jsonb_each(c.facts) e WHERE jsonb_typeof(e.value) = 'null' AND fact.facts ? e.key)
$$, 'the facts from rows are those of the cases, unknown ones absent');

-- What a signal shows
SELECT results_eq($$SELECT norm, counted, unit, window_from, window_to, notice_date, providers, known_until, basis LIKE '%art. 1.6', consequence FROM signal
	WHERE provider = (SELECT p::provider FROM c WHERE case_id = 'CSW-1.6-X5#1') AND rule = 'CSW-1.6-X5'$$,
	$$VALUES ('unieke_clienten_12m >= 5', 4::numeric, 'persons', date '2026-01-01', date '2026-12-31', date '2027-06-30',
		(SELECT count(*)::int + 1 FROM c), date '2026-12-31', true, 'opzegging mogelijk (signaal)')$$, 'norm, count, unit, window, notice, providers');
SELECT is((SELECT exceptions FROM signal WHERE provider = (SELECT p::provider FROM c WHERE case_id = 'CSW-1.6-X5#1') AND rule = 'CSW-1.6-X5'),
	'tekort_voorziening is false, required = true: not met; uniek_aanbod is false, required = true: not met; klanttevredenheid_12m is 7.9, required >= 8.5: not met',
	'every exception that was examined');
SELECT ok(bool_and((notice_date IS NULL) = (verdict <> 'not met') AND (rank IS NULL) = (verdict <> 'not met') AND (rank IS NULL) = (providers_remaining IS NULL)),
	'notice and rank are for signals only') FROM signal;
SELECT is_empty($$
	SELECT provider, rank FROM (SELECT DISTINCT provider, rank, (SELECT (facts ->> 'unieke_clienten_12m')::int FROM fact WHERE fact.provider = s.provider) n FROM signal s WHERE rank IS NOT NULL) x
	WHERE rank <> 1 + (SELECT count(DISTINCT y.provider) FROM signal y WHERE verdict = 'not met' AND ((SELECT (facts ->> 'unieke_clienten_12m')::int FROM fact WHERE fact.provider = y.provider), y.provider) < (x.n, x.provider))
$$, 'ranked by clients, once per provider');
SELECT is_empty('SELECT key FROM signal GROUP BY key HAVING count(*) > 1', 'keys are unique');
SELECT set_eq('SELECT key FROM t.outflow_signals(''2026-11-30'')', 'SELECT key FROM signal', 'and stay the same on other days');

-- The exceptions that the region itself knows
INSERT INTO t.admission_windows VALUES ('0200', 'BI', '[2026-12-31,)', 'scarcity');
SELECT is((SELECT verdict::text FROM t.outflow_signals('2026-12-31') WHERE provider = (SELECT p::provider FROM c WHERE case_id = 'CSW-1.6-X5#1') AND rule = 'CSW-1.6-X5'), 'exempt', 'scarcity: exempt');
SELECT is(pg_temp.fact('10000001', 'tekort_voorziening', '2026-12-30'), 'false', 'the day before the window opened');
UPDATE t.admission_windows SET municipality = '0301';
SELECT is(pg_temp.fact('10000001', 'tekort_voorziening'), 'false', 'scarcity elsewhere');
UPDATE t.admission_windows SET municipality = NULL, product_group = 'BG';
SELECT is(pg_temp.fact('10000001', 'tekort_voorziening'), 'false', 'scarcity of something else');
UPDATE t.admission_windows SET product_group = NULL;
SELECT is(pg_temp.fact('10000001', 'tekort_voorziening'), 'true', 'scarcity of all');
DELETE FROM t.admission_windows;

-- ---- Unknown is not zero ----
SELECT pg_temp.firm('20000001', '2024-01-01') \g /dev/null
SELECT is((SELECT facts FROM t.provider_facts('2026-12-31') WHERE provider = '20000001'),
	'{"uniek_aanbod": false, "tekort_voorziening": false, "contract_soort": "framework", "contract_start": "2024-01-01", "maanden_sinds_start": 36}',
	'a contract without a row: counts are absent, what the contract itself says is there');
SELECT is(pg_temp.care('20000001', 1, '2025-01-01', '2025-12-31') IS NOT NULL, true, 'a delivery before the window');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), NULL, 'it says nothing about the window');
SELECT is(pg_temp.fact('20000001', 'maanden_zonder_levering_of_declaratie'), NULL, 'nor how long nothing was delivered');
SELECT is(pg_temp.fact('20000001', 'gegevens_tot'), '2025-12-31', 'but until when data are known');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m', '2026-12-30'), '1', 'one day earlier the window still has its last day');
SELECT is(pg_temp.fact('20000001', 'maanden_zonder_levering_of_declaratie', '2026-12-30'), '11', 'and 11 full months went by');
INSERT INTO t.loads (kind, provider, period, loaded) VALUES ('deliveries', '20000001', '[2026-01-01,2026-07-01)', '2026-07-05');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), NULL, 'half of the window was loaded: unknown');
INSERT INTO t.loads (kind, provider, period, loaded) VALUES ('claims', '20000001', '[2026-07-01,2027-01-01)', '2026-12-31');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), NULL, 'deliveries of one half and claims of the other do not make a whole');
INSERT INTO t.loads (kind, provider, municipality, period, loaded) VALUES ('deliveries', '20000001', '0301', '[2026-07-01,2027-01-01)', '2026-12-31');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), NULL, 'nor data of another municipality');
INSERT INTO t.loads (kind, period, loaded) VALUES ('deliveries', '[2026-07-01,2027-01-01)', '2027-01-01');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), NULL, 'nor what was loaded later');
UPDATE t.loads SET loaded = '2026-12-31' WHERE loaded > '2026-12-31';
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), '0', 'two loads that cover the window: zero');
SELECT is(pg_temp.fact('20000001', 'omzet_12m'), NULL, 'deliveries say nothing of turnover');
SELECT is(pg_temp.fact('20000001', 'maanden_zonder_levering_of_declaratie'), '12', '12 months without delivery');
DELETE FROM t.loads;
SELECT is(pg_temp.care('20000001', 2, '2026-03-01', '2026-03-31', what => '07A12', at => '0301') IS NOT NULL, true, 'care of another group elsewhere');
SELECT is(pg_temp.fact('20000001', 'unieke_clienten_12m'), '0', 'the provider did report: zero clients here');
INSERT INTO t.products (code, name, product_group) VALUES ('08A03', 'Vervoer', 'VV');
SELECT pg_temp.firm('20000002', '2024-01-01', at => '0301', what => '08A03') \g /dev/null
SELECT pg_temp.care('20000002', 3, '2024-01-01', '2024-06-30', at => '0301', what => '08A03') \g /dev/null
SELECT pg_temp.care('20000002', 3, '2026-01-01', NULL, at => '0200', what => '08A03') \g /dev/null
SELECT is(pg_temp.fact('20000002', 'unieke_clienten_12m', at => '0301', grp => 'VV'), '0', 'others reported from this municipality');
UPDATE t.deliveries SET started = '2025-01-01', ended = '2025-01-31' WHERE started = '2026-03-01';
SELECT is(pg_temp.fact('20000002', 'unieke_clienten_12m', at => '0301', grp => 'VV'), NULL, 'allotments in a municipality from which nobody reported: unknown');

-- What the region knows, no dossier says otherwise
SELECT pg_temp.firm('20000003', '2024-01-01', '{"unieke_clienten_12m": 99, "omzet_12m": 1e6, "uniek_aanbod": true, "tekort_voorziening": true, "maanden_sinds_start": 99, "klanttevredenheid_12m": 9, "eigen": {"feit": 1}}') \g /dev/null
SELECT is((SELECT facts FROM t.provider_facts('2026-12-31') WHERE provider = '20000003'),
	'{"uniek_aanbod": false, "tekort_voorziening": false, "contract_soort": "framework", "contract_start": "2024-01-01", "maanden_sinds_start": 36, "klanttevredenheid_12m": 9, "eigen": {"feit": 1}}',
	'computed facts replace those of the dossier, also when they are unknown; the others stay');
SELECT is(pg_temp.fact('20000003', 'maanden_sinds_start', '2023-12-31'), NULL, 'no contract yet');
SELECT is(pg_temp.fact('20000003', 'maanden_sinds_start', '2024-01-01'), '0', 'first day');
SELECT is(pg_temp.fact('20000003', 'maanden_sinds_start', '2024-12-30'), '11', 'the last day but one of the first year');
SELECT is(pg_temp.fact('20000003', 'maanden_sinds_start', '2024-12-31'), '12', 'the last day of the first year');
UPDATE t.contracts SET valid = '[2024-01-01,2025-01-01)' WHERE provider = '20000003';
INSERT INTO t.contracts (provider, municipality, product, valid) VALUES ('20000003', '0200', '02A16', '[2025-01-01,2026-01-01)'), ('20000003', '0200', '02A19', '[2026-01-01,2027-01-01)');
SELECT is(pg_temp.fact('20000003', 'contract_start'), '2024-01-01', 'contracts that follow each other are one run');
UPDATE t.contracts SET valid = '[2026-01-02,2027-01-01)' WHERE provider = '20000003' AND product = '02A19';
SELECT is(pg_temp.fact('20000003', 'contract_start'), '2026-01-02', 'after a day without contract it starts anew');

-- ---- Who is counted ----
CREATE FUNCTION pg_temp.clients_of(p text) RETURNS text LANGUAGE sql AS $$SELECT pg_temp.fact(p, 'unieke_clienten_12m')$$;
SELECT pg_temp.firm('30000001', '2024-01-01') \g /dev/null
SELECT pg_temp.care('30000001', 1, '2024-01-01', '2025-06-30', '20', allotted => '[2024-01-01,2026-02-01)') AS paused \gset
SELECT is(pg_temp.clients_of('30000001'), NULL, 'a pause delivers nothing, so of the window nothing is known');
INSERT INTO t.loads (kind, provider, period, loaded) VALUES ('deliveries', '30000001', '[2024-01-01,2027-01-01)', '2026-01-01');
SELECT is(pg_temp.clients_of('30000001'), '1', 'a pause does not end care: it lasts until the allotment ends');
SELECT is(pg_temp.fact('30000001', 'maanden_zonder_levering_of_declaratie'), '18', 'but it is no delivery');
UPDATE t.deliveries SET stop_reason = '23' WHERE number = :paused;
SELECT is(pg_temp.clients_of('30000001'), '0', 'another reason ends it');
UPDATE t.deliveries SET stop_reason = '20' WHERE number = :paused;
UPDATE t.allocations SET indication = '02A16 [2024-01-01,2026-01-01)' WHERE number = :paused;
SELECT is(pg_temp.clients_of('30000001'), '0', 'an allotment that ended before the window');
INSERT INTO t.deliveries VALUES (:paused, '2025-09-01', '2025-09-30', '19');
UPDATE t.allocations SET indication = '02A16 [2024-01-01,)' WHERE number = :paused;
SELECT results_eq(format('SELECT delivered, period FROM t.care_periods WHERE number = %s ORDER BY started', :paused),
	$$VALUES (daterange '[2024-01-01,2025-07-01)', daterange '[2024-01-01,2025-09-01)'), ('[2025-09-01,2025-10-01)', '[2025-09-01,2025-10-01)')$$, 'a pause lasts until the next start');
SELECT is((SELECT (flow(care_history_agg(client, period), '[2024-01-01,2027-01-01)')).outflow FROM t.care_periods WHERE number = :paused), 1::bigint, 'one outflow, not two');
-- stop reason 31 is a move under the Wmo and as planned under the Jeugdwet; 19 exists in the Wmo only
SELECT pg_temp.care('30000001', 2, '2026-01-01', '2026-01-31', '31') AS wmo, pg_temp.care('30000001', 3, '2026-01-01', '2026-01-31', '31', what => '45A04') AS youth \gset
SELECT results_eq(format('SELECT end_class, end_detail FROM t.care_periods WHERE number IN (%s, %s) ORDER BY number', :wmo, :youth),
	$$VALUES ('outflow', 'moved'), ('outflow', 'as_planned')$$, 'reasons are read per law');
SELECT is(pg_temp.clients_of('30000001'), '1', 'youth care is another group');

-- Never sent
SELECT pg_temp.firm('30000002', '2024-01-01') \g /dev/null
SELECT pg_temp.care('30000002', 1, '2026-03-01', '2026-03-01', change => '13', allotted => '[2026-03-01,2026-03-02)') AS unsent \gset
INSERT INTO t.claims (number, product_period, amount) VALUES (:unsent, '[2026-03-01,2026-03-02)', 10);
SELECT is(pg_temp.clients_of('30000002'), NULL, 'never sent counts nowhere, not even as a report');
SELECT is_empty(format('SELECT * FROM t.care_periods WHERE number = %s', :unsent), 'and is no care');
UPDATE t.allocations SET change_reason = NULL WHERE number = :unsent;
SELECT is(pg_temp.clients_of('30000002') || ' ' || pg_temp.fact('30000002', 'omzet_12m'), '1 10.00', 'a day of care does');

-- Transfers
SELECT pg_temp.firm('30000003', '2024-01-01'), pg_temp.firm('30000004', '2024-01-01') \g /dev/null
SELECT pg_temp.care('30000003', 500, '2026-01-01', '2026-03-31', '38') AS left_a, pg_temp.care('30000004', 500, '2026-04-20', '2026-06-30', '19') AS came_b,
	pg_temp.care('30000003', 501, '2026-01-01', '2026-03-31', '36', change => '09') AS left_c, pg_temp.care('30000004', 501, '2026-03-15', NULL) AS came_d,
	pg_temp.care('30000003', 502, '2026-01-01', '2026-03-31', '38') AS nowhere,
	pg_temp.care('30000003', 503, '2026-01-01', '2026-03-31', '19') AS planned, pg_temp.care('30000004', 503, '2026-06-01', NULL) AS again \gset
SELECT results_eq(format('SELECT client, period_in_region FROM t.care_periods WHERE number IN (%s, %s, %s, %s) ORDER BY client', :left_a, :left_c, :nowhere, :planned),
	$$VALUES (500::bigint, daterange '[2026-01-01,2026-04-20)'), (501, '[2026-01-01,2026-04-01)'), (502, '[2026-01-01,2026-04-01)'), (503, '[2026-01-01,2026-04-01)')$$,
	'a transfer lasts until the start elsewhere; without one it ends, and so does care that ended as planned');
SELECT results_eq($$SELECT (flow(care_history_agg(client, period), '[2026-01-01,2027-01-01)')).* FROM t.care_periods WHERE provider = '30000003'$$,
	'VALUES (0::bigint, 4::bigint, 4::bigint, 0::bigint)', 'for the provider all four flow out');
SELECT results_eq($$SELECT (flow(care_history_agg(client, period_in_region), '[2026-01-01,2027-01-01)')).* FROM t.care_periods WHERE client BETWEEN 500 AND 503$$,
	'VALUES (0::bigint, 5::bigint, 3::bigint, 2::bigint)', 'for the region only 502, 503 in March, and 500 in June');

-- Subcontractors: the one who delivers is counted
INSERT INTO t.providers VALUES ('30000005', 'Sub');
INSERT INTO t.contracts (provider, municipality, product, valid, kind, main_contractor) VALUES ('30000005', '0200', '02A16', '[2024-01-01,)', 'subcontract', '30000004');
SELECT pg_temp.care('30000005', 600, '2026-01-01', NULL), pg_temp.care('30000005', 601, '2026-01-01', NULL) \g /dev/null
SELECT is(pg_temp.clients_of('30000005') || ' ' || pg_temp.fact('30000005', 'contract_soort'), '2 subcontract', 'with the subcontractor');
SELECT is(pg_temp.clients_of('30000004'), '3', 'not with the main contractor');
SELECT is_empty($$SELECT * FROM t.outflow_signals('2026-12-31') WHERE provider = '30000005'$$, 'a subcontract cannot be ended by the region: no signal');

-- Unique offer
SELECT pg_temp.firm('30000006', '2024-01-01', what => '07A12') \g /dev/null
SELECT pg_temp.care('30000006', 700, '2026-01-01', NULL, what => '07A12') \g /dev/null
CREATE FUNCTION pg_temp.only() RETURNS text LANGUAGE sql AS $$SELECT pg_temp.fact('30000006', 'uniek_aanbod', grp => 'BG')$$;
SELECT is(pg_temp.only(), 'true', 'nobody else');
INSERT INTO t.contracts (provider, municipality, product, valid, kind, main_contractor) VALUES ('30000005', '0200', '07A12', '[2024-01-01,)', 'subcontract', '30000006');
SELECT pg_temp.care('30000005', 701, '2026-01-01', NULL, what => '07A12') \g /dev/null
SELECT is(pg_temp.only(), 'true', 'a subcontractor is no other offer');
SELECT pg_temp.firm('30000007', '2024-01-01', what => '07A12') \g /dev/null
SELECT is(pg_temp.only(), NULL, 'another provider that did not report: unknown');
SELECT pg_temp.care('30000007', 702, '2026-01-01', NULL) \g /dev/null
SELECT is(pg_temp.only(), 'true', 'it has clients, but of another group');
SELECT pg_temp.care('30000007', 703, '2026-12-31', NULL, what => '07A12') \g /dev/null
SELECT is(pg_temp.only(), 'false', 'clients here');
UPDATE t.contracts SET valid = '[2024-01-01,2026-12-31)' WHERE provider = '30000007';
SELECT is(pg_temp.only(), 'true', 'its contract has ended');

-- Claims count too, and credits take them back
SELECT pg_temp.firm('30000008', '2025-07-01') \g /dev/null
INSERT INTO t.allocations (number, client, provider, municipality, indication) VALUES
	(900001, 801, '30000008', '0200', '02A16 [2025-01-01,)'), (900002, 802, '30000008', '0200', '02A16 [2025-01-01,)'),
	(900003, 803, '30000008', '0200', '02 [2025-01-01,)'), (900004, 804, '30000008', '0200', 'budget 1000.00 euro [2025-01-01,2027-01-01)'),
	(900005, 805, '30000008', '0200', '45 [2025-01-01,)'), (900006, 806, '30000008', '0200', '02A99 [2025-01-01,)');
INSERT INTO t.claims (number, product_period, amount) VALUES (900001, '[2026-01-01,2026-02-01)', 100), (900002, '[2026-01-01,2026-02-01)', 50), (900002, '[2026-01-01,2026-02-01)', -50);
SELECT is((SELECT (facts ->> 'unieke_clienten_12m') || ' ' || (facts ->> 'omzet_12m') || ' ' || (facts ->> 'maanden_zonder_levering_of_declaratie')
	FROM t.provider_facts('2026-12-31') WHERE provider = '30000008'), '1 100.00 11', 'a claim that was credited is no client');
INSERT INTO t.claims (number, product_period, amount) VALUES (900003, '[2026-05-01,2026-06-01)', 10), (900004, '[2026-05-01,2026-06-01)', 10),
	(900005, '[2026-05-01,2026-06-01)', 10), (900006, '[2026-05-01,2026-06-01)', 10);
SELECT is(pg_temp.clients_of('30000008'), '3', 'an allotment of the category or of a budget counts too; one of another category, or of a product that is not bought, does not');
SELECT is(pg_temp.fact('30000008', 'trajecten_12m'), '3', 'trajectories');
SELECT is(pg_temp.fact('30000008', 'unieke_clienten_eerste_12m', '2026-06-29'), NULL, 'the first 12 months are not over');
SELECT is(pg_temp.fact('30000008', 'unieke_clienten_eerste_12m', '2026-06-30'), '3', 'now they are');
SELECT is(pg_temp.fact('30000008', 'unieke_clienten_kalenderjaar', '2026-12-30'), NULL, 'the last calendar year that is over is 2025, of which nothing is known');
SELECT is(pg_temp.fact('30000008', 'unieke_clienten_kalenderjaar'), '3', 'now 2026 is');

-- ---- Scopes of rules ----
INSERT INTO t.thresholds (id, phase, municipality, product_group, requirement, basis) VALUES ('CSW-1.6-X5/0200', 'retention', '0200', NULL, 'unieke_clienten_12m >= 2', 'Raadsbesluit'),
	('KJ', 'retention', NULL, 'BG', 'unieke_clienten_kalenderjaar >= 5', 'x'), ('EERSTE', 'retention', '0301', NULL, 'unieke_clienten_eerste_12m >= 1', 'x'), ('ADM', 'admission', NULL, NULL, 'unieke_clienten_12m >= 1000', 'x');
SELECT is_empty($$SELECT * FROM t.outflow_signals('2026-12-31') WHERE rule = 'CSW-1.6-X5' AND municipality = '0200' OR rule = 'ADM' OR rule = 'KJ' AND product_group <> 'BG' OR rule = 'EERSTE' AND municipality <> '0301'$$,
	'a narrower rule replaces a wider one; others hold in their scope');
SELECT results_eq($$SELECT verdict, window_from, window_to FROM t.outflow_signals('2026-12-30') WHERE rule = 'KJ' AND provider = '30000006'$$, $$VALUES ('unknown'::verdict, date '2025-01-01', date '2025-12-31')$$, 'the window of a calendar year');
SELECT results_eq($$SELECT window_from, window_to FROM t.outflow_signals('2026-12-30') WHERE rule = 'EERSTE' AND provider = '20000002'$$, $$VALUES (date '2024-01-01', date '2024-12-31')$$, 'the window of the first 12 months');

-- ---- The view for BI tools ----
SELECT is((SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute WHERE attrelid = 't.monitor_outflow'::regclass AND attnum = 1), ARRAY['key'], 'first column key');
SELECT is_empty($$SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 't.monitor_outflow'::regclass AND attnum > 0
	AND atttypid NOT IN ('bigint'::regtype, 'integer'::regtype, 'text'::regtype, 'numeric'::regtype, 'date'::regtype, 'boolean'::regtype)$$, 'base types only');
SELECT is_empty($$SELECT attname FROM pg_attribute WHERE attrelid = 't.monitor_outflow'::regclass AND attnum > 0 AND col_description(attrelid, attnum) IS NULL$$, 'every column has a comment');
SELECT ok((SELECT reloptions @> ARRAY['security_invoker=true'] FROM pg_class WHERE oid = 't.monitor_outflow'::regclass)
	AND (SELECT reloptions @> ARRAY['security_invoker=true'] FROM pg_class WHERE oid = 't.care_periods'::regclass), 'read with the rights of who asks');
SELECT ok(inserted > 0, 'a refresh stores them') FROM refresh_monitor('t') WHERE part = 'outflow';
SELECT set_eq('SELECT key, verdict, rank FROM t.monitor_outflow', 'SELECT key, verdict::text, rank FROM t.outflow_signals(CURRENT_DATE)', 'today''s signals');
SELECT lives_ok($$CALL upgrade_region('t')$$, 'an upgrade renews it');

-- ---- All counts against slow SQL on random data ----
CALL create_region('o', 'O');
SELECT setseed(0.86) \g /dev/null
INSERT INTO o.municipalities SELECT (200 + i)::municipality, 'M' || i FROM generate_series(1, 3) i;
INSERT INTO o.products (code, name, product_group) VALUES ('02A16', 'a', 'A'), ('02A19', 'b', 'A'), ('07A12', 'c', 'B'), ('45A04', 'd', 'J');
INSERT INTO o.providers SELECT (40000000 + i)::provider, 'P' || i FROM generate_series(1, 12) i;
INSERT INTO o.contracts (provider, municipality, product, valid)
SELECT (40000000 + i)::provider, (200 + m)::municipality, p::product, daterange(date '2023-06-01' + (random() * 700)::int, date '2026-01-01' + (random() * 700)::int)
FROM generate_series(1, 12) i, generate_series(1, 3) m, unnest(ARRAY['02A16', '02A19', '07A12', '45A04']) p WHERE random() < 0.6;
INSERT INTO o.allocations (number, client, provider, municipality, indication, change_reason)
SELECT i, (random() * 120)::int, (40000001 + (random() * random() * 11)::int)::provider, (201 + (random() * 2)::int)::municipality,
	indication((ARRAY['02A16', '02A19', '07A12', '45A04'])[1 + (random() * 3)::int]::product, NULL::volume,
		CASE WHEN reason = '13' AND random() < 0.7 THEN daterange(s, s + 1) ELSE daterange(s, CASE WHEN random() < 0.6 THEN s + 1 + (random() * 500)::int END) END), reason
FROM generate_series(1, 1500) i, LATERAL (SELECT date '2023-06-01' + (random() * 1200)::int, (ARRAY['13', '09', '02', NULL, NULL])[1 + (random() * 4 + i * 0)::int]) x(s, reason);
INSERT INTO o.deliveries
SELECT number, s, CASE WHEN r IS NOT NULL OR k < 2 AND random() < 0.5 THEN s + (random() * 60)::int END, r
FROM o.allocations, LATERAL generate_series(0, (random() * 2 + number * 0)::int) k, LATERAL (SELECT lower(period(indication)) + k * 70 + (random() * 5)::int, (ARRAY['20', '38', '02', NULL])[1 + (random() * 3 + number * 0)::int]) x(s, r)
WHERE number % 10 > 0;
INSERT INTO o.claims (number, product_period, amount)
SELECT number, daterange(m::date, (m + interval '1 month')::date), a FROM o.allocations, LATERAL (SELECT date_trunc('month', lower(period(indication)) + (random() * 300)::int), (random() * 3000 - 800)::numeric(12,2)) x(m, a) WHERE random() < 0.5;
INSERT INTO o.loads (kind, provider, municipality, period, loaded) VALUES ('deliveries', NULL, '0201', '[2025-01-01,2026-01-01)', '2026-01-10'), ('claims', '40000012', NULL, '[2025-01-01,2026-07-01)', '2026-07-01');
ANALYZE;

-- Straight from the definitions: days one by one, correlated subqueries, no function of the extension but the accessors.
CREATE FUNCTION pg_temp.slow(d date) RETURNS TABLE (provider provider, municipality municipality, product_group text, facts jsonb) LANGUAGE sql AS $$
	WITH sent AS (
		SELECT a.*, p.product_group, p.law FROM o.allocations a JOIN o.products p ON p.code = product(a.indication)
		WHERE a.change_reason IS DISTINCT FROM '13' OR upper(period(a.indication)) IS NULL OR upper(period(a.indication)) - lower(period(a.indication)) > 1
	), delivered AS (
		SELECT s.*, v.started AS first, coalesce(v.ended, date '2099-01-01') AS last,
			CASE WHEN v.stop_reason = '20' THEN coalesce((SELECT min(n.started) - 1 FROM o.deliveries n WHERE n.number = v.number AND n.started > v.started),
				greatest(upper(period(s.indication)) - 1, v.ended, CASE WHEN upper(period(s.indication)) IS NULL THEN date '2099-01-01' END))
			ELSE coalesce(v.ended, date '2099-01-01') END AS last_in_care
		FROM sent s JOIN o.deliveries v ON v.number = s.number WHERE v.started <= d
	), claimed AS (
		SELECT s.*, lower(c.product_period) AS first, upper(c.product_period) - 1 AS last, c.amount FROM sent s JOIN o.claims c ON c.number = s.number WHERE lower(c.product_period) <= d
	), event AS (
		SELECT 'd' AS kind, provider, municipality, first, least(last, d) AS last FROM delivered UNION ALL SELECT 'c', provider, municipality, first, least(last, d) FROM claimed
	), place AS (
		SELECT c.provider, c.municipality, p.product_group,
			(SELECT max(day) FROM generate_series(date '2023-01-01', d, interval '1 day') day
			 WHERE NOT EXISTS (SELECT FROM o.contracts x JOIN o.products y ON y.code = x.product WHERE x.provider = c.provider AND x.municipality = c.municipality AND y.product_group = p.product_group AND x.valid @> day::date))::date + 1 AS start
		FROM o.contracts c JOIN o.products p ON p.code = c.product WHERE c.valid @> d GROUP BY 1, 2, 3
	), win AS (
		SELECT place.*, w.name, w.a, w.b FROM place, LATERAL (VALUES ('12m', (d + 1 - interval '12 months')::date, d),
			('kalenderjaar', (date_trunc('year', d + interval '1 day') - interval '1 year')::date, (date_trunc('year', d + interval '1 day') - interval '1 day')::date),
			('eerste_12m', start, (start + interval '12 months' - interval '1 day')::date)) w(name, a, b)
		WHERE w.b <= d
	), n AS (
		SELECT w.*,
			(SELECT count(DISTINCT client) FROM (
				SELECT client FROM delivered x WHERE (x.provider, x.municipality, x.product_group) = (w.provider, w.municipality, w.product_group) AND first <= b AND last_in_care >= a
				UNION ALL
				SELECT client FROM claimed x WHERE (x.provider, x.municipality, x.product_group) = (w.provider, w.municipality, w.product_group) AND first <= b AND last >= a GROUP BY client, number HAVING sum(amount) > 0) u) AS clients,
			(SELECT sum(amount) FROM claimed x WHERE (x.provider, x.municipality, x.product_group) = (w.provider, w.municipality, w.product_group) AND first BETWEEN a AND b) AS turnover,
			(SELECT bool_or(ok) FROM (VALUES ('deliveries'), ('claims')) k(kind), LATERAL (SELECT bool_and(EXISTS (SELECT FROM o.loads l WHERE l.kind = k.kind AND l.loaded <= d AND l.period @> day::date
				AND coalesce(l.provider, w.provider) = w.provider AND coalesce(l.municipality, w.municipality) = w.municipality)) FROM generate_series(a, b, interval '1 day') day) z(ok)) AS stated,
			EXISTS (SELECT FROM event e WHERE e.provider = w.provider AND first <= b AND last >= a) AS seen,
			EXISTS (SELECT FROM event e WHERE e.municipality = w.municipality AND first <= b AND last >= a)
				OR NOT EXISTS (SELECT FROM sent e WHERE (e.provider, e.municipality, e.product_group) = (w.provider, w.municipality, w.product_group)) AS near
		FROM win w
	)
	SELECT provider, municipality, product_group, jsonb_strip_nulls(jsonb_object_agg('unieke_clienten_' || name, CASE WHEN stated OR seen AND near THEN clients END)
		|| jsonb_build_object('contract_start', min(start)))
	FROM n GROUP BY 1, 2, 3
$$;
SELECT results_eq(format($$SELECT provider, municipality, product_group, (SELECT jsonb_object_agg(key, value) FROM jsonb_each(facts) WHERE key ~ '^(unieke|contract_start)') FROM o.provider_facts(%L) ORDER BY 1, 2, 3$$, d),
	format('SELECT * FROM pg_temp.slow(%L) ORDER BY 1, 2, 3', d), 'counts as slow SQL has them, ' || d)
FROM unnest(ARRAY['2024-02-29', '2024-12-31', '2025-06-15', '2025-12-31', '2026-07-01', '2026-12-30', '2027-06-30']::date[]) d;
SELECT cmp_ok((SELECT count(DISTINCT facts -> 'unieke_clienten_12m') FROM o.provider_facts('2025-12-31')), '>', 10::bigint, 'not all the same');
SELECT results_eq($$SELECT provider, municipality, product_group, (facts ->> 'omzet_12m')::numeric FROM o.provider_facts('2025-12-31') WHERE facts ? 'omzet_12m' ORDER BY 1, 2, 3$$,
	$$SELECT f.provider, f.municipality, f.product_group, coalesce((SELECT sum(c.amount) FROM o.claims c JOIN o.allocations a USING (number) JOIN o.products p ON p.code = product(a.indication)
		WHERE lower(product_period) BETWEEN '2025-01-01' AND '2025-12-31' AND a.provider = f.provider AND a.municipality = f.municipality AND p.product_group = f.product_group
			AND (a.change_reason = '13' AND upper(period(indication)) = lower(period(indication)) + 1) IS NOT TRUE), 0.00)
	FROM o.provider_facts('2025-12-31') f WHERE f.facts ? 'omzet_12m' ORDER BY 1, 2, 3$$, 'turnover as slow SQL has it');

-- The rows of a stream keep their order when its tables are read by several workers.
CREATE TEMP TABLE serial AS SELECT * FROM o.provider_facts('2025-12-31');
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT is_empty('SELECT * FROM o.provider_facts(''2025-12-31'') EXCEPT ALL SELECT * FROM serial', 'parallel plans give the same');
ALTER TABLE o.claims SET (parallel_workers = 4);
ALTER TABLE o.allocations SET (parallel_workers = 4);
ALTER TABLE o.deliveries SET (parallel_workers = 4);
SELECT is_empty('SELECT * FROM o.provider_facts(''2025-12-31'') EXCEPT ALL SELECT * FROM serial', 'also with more workers');

SELECT * FROM finish();
ROLLBACK;
