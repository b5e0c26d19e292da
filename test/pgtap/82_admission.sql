-- Admission: every check with every outcome, decisions, receipts that stand on their own, contracts.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();
SET client_min_messages = warning;
CREATE ROLE zr_owner;
CREATE ROLE zr_analyst;
SELECT format('GRANT CREATE ON DATABASE %I TO zr_owner', current_database()) \gexec
SET ROLE zr_owner;
CALL create_region('r', 'Region R');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.products (code, name, product_group, level) VALUES
	('02A22', 'Licht', 'BI', 1), ('02A16', 'Basis', 'BI', 2), ('02A19', 'Complex', 'BI', 3), ('01:1001', 'Schoon huis', 'HH', NULL), ('08A03', 'Vervoer', 'VV', NULL);
INSERT INTO r.sourcings (municipality, product, valid, channel)
	SELECT m.code, p.code, '[2026-01-01,)', CASE WHEN p.code = '02A22' THEN 'local' WHEN p.code = '08A03' THEN 'unknown' ELSE 'regional' END
	FROM r.municipalities m, r.products p WHERE (m.code, p.code) <> ('0301', '01:1001');
INSERT INTO r.bundles VALUES ('02A19', '02A16', '[2026-01-01,)');
INSERT INTO r.admission_windows VALUES (NULL, NULL, '[2026-04-01,2026-05-01)', 'regular'), ('0301', 'BI', '[2026-09-01,)', 'scarcity');
INSERT INTO r.closures VALUES ('0200', 'HH', '[2026-01-01,2027-01-01)', 'enough supply');
INSERT INTO r.thresholds (id, phase, municipality, product_group, requirement, valid, consequence, basis) VALUES
	('WINST', 'admission', NULL, NULL, 'winst_pct <= 5', '[2022-01-01,)', 'niet toelaten', 'Inkoopdocument 3.1'),
	('WINST/0301', 'admission', '0301', NULL, 'winst_pct <= 8', '[2026-04-10,2026-06-01)', 'niet toelaten', 'Raadsbesluit Zutphen'),
	('VOG', 'admission', NULL, NULL, 'vog_datum >= ontvangst_datum - 3 months', '[2015-01-01,)', NULL, 'Jeugdwet 4.1.6'),
	('SROI', 'admission', NULL, NULL, 'sroi_pct >= 5 if omzet > 200000 unless strategisch_partner = true', '(,)', NULL, 'SROI'),
	('OUD', 'admission', NULL, NULL, 'nooit = true', '(,2026-01-01)', NULL, 'ended'),
	('CSW-1.6', 'retention', NULL, NULL, 'unieke_clienten_12m >= 5', '(,)', NULL, 'another phase');
INSERT INTO r.providers VALUES ('73730001', 'Goed', false), ('73730002', 'Winst', false), ('73730003', 'Zonder dossier', false), ('73730004', 'Partner', true);
INSERT INTO r.dossiers VALUES
	('73730001', '[2026-01-01,)', '{"winst_pct": 4.9, "vog_datum": "2026-03-01", "omzet": 100000}', 'form'),
	('73730002', '[2026-01-01,)', '{"winst_pct": 5.01, "vog_datum": "2026-03-01", "omzet": 100000, "toegevoegde_waarde": true, "regio": {"inkoopkanaal": "regional"}, "peildatum": "1999-01-01"}', 'form'),
	('73730004', '[2026-01-01,)', '{"winst_pct": "veel", "vog_datum": "2026-03-01", "omzet": 300000, "toegevoegde_waarde": false}', 'form');

PREPARE verdicts(provider, municipality, product, date) AS
	SELECT check_name || ': ' || verdict FROM r.assess($1, $2, $3, $4);
SELECT results_eq($$EXECUTE verdicts('73730001', '0200', '02A16', '2026-04-05')$$,
	ARRAY['sourcing: met', 'window: met', 'closure: met', 'threshold SROI: not applicable', 'threshold VOG: met', 'threshold WINST: met'], 'all is well; rules of another phase or day do not count');
SELECT results_eq($$EXECUTE verdicts('73730002', '0200', '02A16', '2026-04-05')$$,
	ARRAY['sourcing: met', 'window: met', 'closure: met', 'threshold SROI: not applicable', 'threshold VOG: met', 'threshold WINST: not met'], 'too much profit');
SELECT results_eq($$EXECUTE verdicts('73730003', '0200', '02A16', '2026-04-05')$$,
	ARRAY['sourcing: met', 'window: met', 'closure: met', 'threshold SROI: unknown', 'threshold VOG: unknown', 'threshold WINST: unknown'], 'no dossier: unknown, not refused');
SELECT results_eq($$EXECUTE verdicts('73730004', '0200', '02A16', '2026-04-05')$$,
	ARRAY['sourcing: met', 'window: met', 'closure: met', 'threshold SROI: exempt', 'threshold VOG: met', 'threshold WINST: unknown'], 'a percentage in words is unknown; strategic partners are exempt');
SELECT is((SELECT explanation FROM r.assess('73730002', '0200', '02A16', '2026-04-05') WHERE check_name = 'threshold WINST'), 'winst_pct is 5.01, required <= 5: not met', 'with the reason');
SELECT is((SELECT basis FROM r.assess('73730002', '0200', '02A16', '2026-04-05') WHERE check_name = 'threshold WINST'), 'Inkoopdocument 3.1', 'and the published ground');

-- Sourcing
PREPARE one(provider, municipality, product, date, text) AS SELECT verdict::text, basis FROM r.assess($1, $2, $3, $4) WHERE check_name = $5;
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A22', '2026-04-05', 'sourcing')$$, $$VALUES ('not met', 'sourcing matrix: 0200 buys 02A22 local (from 2026-01-01)')$$, 'bought locally');
SELECT results_eq($$EXECUTE one('73730001', '0301', '01:1001', '2026-04-05', 'sourcing')$$, $$VALUES ('not met', 'sourcing matrix: 0301 does not buy 01:1001')$$, 'not bought');
SELECT results_eq($$EXECUTE one('73730001', '0200', '08A03', '2026-04-05', 'sourcing')$$, $$VALUES ('unknown', 'sourcing matrix: 0200 buys 08A03 unknown (from 2026-01-01)')$$, 'not known how it is bought');
SELECT results_eq($$EXECUTE one('73730002', '0200', '02A22', '2026-04-05', 'sourcing')$$, $$VALUES ('not met', 'sourcing matrix: 0200 buys 02A22 local (from 2026-01-01)')$$, 'a dossier cannot say what the region knows');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A99', '2026-04-05', 'sourcing')$$, $$VALUES ('not met', 'sourcing matrix: 0200 does not buy 02A99')$$, 'a product that does not exist');

-- Windows
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A16', '2026-04-30', 'window')$$, $$VALUES ('met', 'regular admission window (2026-04-01 to 2026-04-30)')$$, 'last day of the window');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A16', '2026-05-01', 'window')$$, $$VALUES ('not met', 'no admission window is open')$$, 'the day after');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A16', '2026-03-31', 'window')$$, $$VALUES ('not met', 'no admission window is open; the next opens on 2026-04-01')$$, 'the day before');
SELECT results_eq($$EXECUTE one('73730001', '0301', '02A16', '2026-09-01', 'window')$$, $$VALUES ('met', 'scarcity admission window (from 2026-09-01)')$$, 'scarcity there');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A16', '2026-09-01', 'window')$$, $$VALUES ('not met', 'no admission window is open')$$, 'not in the other municipality');
SELECT results_eq($$EXECUTE one('73730001', '0301', '08A03', '2026-09-01', 'window')$$, $$VALUES ('not met', 'no admission window is open')$$, 'not for the other group');

-- Closed groups: only for who adds something
SELECT results_eq($$EXECUTE one('73730002', '0200', '01:1001', '2026-04-05', 'closure')$$, $$VALUES ('exempt', 'closed (2026-01-01 to 2026-12-31): enough supply')$$, 'adds something');
SELECT results_eq($$EXECUTE one('73730004', '0200', '01:1001', '2026-04-05', 'closure')$$, $$VALUES ('not met', 'closed (2026-01-01 to 2026-12-31): enough supply')$$, 'adds nothing');
SELECT results_eq($$EXECUTE one('73730001', '0200', '01:1001', '2026-04-05', 'closure')$$, $$VALUES ('unknown', 'closed (2026-01-01 to 2026-12-31): enough supply')$$, 'does not say');
SELECT results_eq($$EXECUTE one('73730001', '0200', '01:1001', '2027-01-01', 'closure')$$, $$VALUES ('met', 'the product group is open to newcomers')$$, 'open again');

-- The narrower rule replaces the wider one with the same id before the slash, while it is in force
SELECT results_eq($$EXECUTE one('73730002', '0301', '02A16', '2026-04-10', 'threshold WINST/0301')$$, $$VALUES ('met', 'Raadsbesluit Zutphen')$$, 'Zutphen has a rule of its own');
SELECT is_empty($$EXECUTE one('73730002', '0301', '02A16', '2026-04-10', 'threshold WINST')$$, 'which replaces the general one');
SELECT results_eq($$EXECUTE one('73730002', '0301', '02A16', '2026-04-09', 'threshold WINST')$$, $$VALUES ('not met', 'Inkoopdocument 3.1')$$, 'not before it holds');
SELECT results_eq($$EXECUTE one('73730002', '0200', '02A16', '2026-04-10', 'threshold WINST')$$, $$VALUES ('not met', 'Inkoopdocument 3.1')$$, 'nor elsewhere');
SAVEPOINT scopes;
INSERT INTO r.thresholds (id, phase, municipality, product_group, requirement, basis) VALUES
	('S', 'signal', NULL, NULL, 'a = 1', 'general'), ('S/m', 'signal', '0200', NULL, 'a = 1', 'municipality'), ('S/g', 'signal', NULL, 'BI', 'a = 1', 'group'),
	('S/mg', 'signal', '0200', 'BI', 'a = 1', 'both'), ('S2', 'signal', NULL, NULL, 'a = 1', 'another'), ('T', 'signal', NULL, NULL, 'a = 1', 'wide'), ('T', 'signal', NULL, 'BI', 'a = 1', 'narrow');
PREPARE applied(municipality, text) AS SELECT basis, replaced_by FROM r.rules_on('signal', $1, $2, '2026-04-05');
SELECT bag_eq($$EXECUTE applied('0200', 'BI')$$, $$VALUES ('both', NULL), ('group', 'S/mg'), ('municipality', 'S/mg'), ('general', 'S/g'), ('another', NULL), ('narrow', NULL), ('wide', 'T')$$, 'both beats one, one beats none');
SELECT bag_eq($$EXECUTE applied('0301', 'BI')$$, $$VALUES ('group', NULL), ('general', 'S/g'), ('another', NULL), ('narrow', NULL), ('wide', 'T')$$, 'for another municipality the rule of the group');
SELECT bag_eq($$EXECUTE applied('0200', 'HH')$$, $$VALUES ('municipality', NULL), ('general', 'S/m'), ('another', NULL), ('wide', NULL)$$, 'for another group the rule of the municipality');
DELETE FROM r.thresholds WHERE id = 'S/mg';
SELECT bag_eq($$EXECUTE applied('0200', 'BI')$$, $$VALUES ('group', NULL), ('municipality', NULL), ('general', 'S/g'), ('another', NULL), ('narrow', NULL), ('wide', 'T')$$, 'neither of two crossing scopes replaces the other');
ROLLBACK TO scopes;

-- Bundles
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-05', 'bundle 02A16')$$, $$VALUES ('not met', 'bundle: who offers 02A19 also offers 02A16')$$, 'complex without basic');
INSERT INTO r.applications VALUES (101, '73730001', '0200', '02A16', '2026-04-04'), (102, '73730001', '0200', '02A19', '2026-04-04');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-05', 'bundle 02A16')$$, $$VALUES ('met', 'bundle: who offers 02A19 also offers 02A16')$$, 'basic is applied for too');
SELECT results_eq($$EXECUTE one('73730001', '0301', '02A19', '2026-04-05', 'bundle 02A16')$$, $$VALUES ('not met', 'bundle: who offers 02A19 also offers 02A16')$$, 'but not in the other municipality');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-03', 'bundle 02A16')$$, $$VALUES ('not met', 'bundle: who offers 02A19 also offers 02A16')$$, 'nor before it was received');
UPDATE r.applications SET withdrawn = '2026-04-05' WHERE id = 101;
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-05', 'bundle 02A16')$$, $$VALUES ('not met', 'bundle: who offers 02A19 also offers 02A16')$$, 'nor once withdrawn');
INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', NULL, '[2026-01-01,2026-04-06)', 'bridging');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-05', 'bundle 02A16')$$, $$VALUES ('not met', 'bundle: who offers 02A19 also offers 02A16')$$, 'a bridging agreement offers nothing to new clients');
UPDATE r.contracts SET kind = 'framework';
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-05', 'bundle 02A16')$$, $$VALUES ('met', 'bundle: who offers 02A19 also offers 02A16')$$, 'basic is contracted');
SELECT results_eq($$EXECUTE one('73730001', '0200', '02A19', '2026-04-06', 'bundle 02A16')$$, $$VALUES ('not met', 'bundle: who offers 02A19 also offers 02A16')$$, 'until the contract ends');
DELETE FROM r.contracts;
UPDATE r.applications SET withdrawn = NULL;

SELECT is_empty($$SELECT * FROM r.assess(NULL, '0200', '02A16', '2026-04-05') UNION ALL SELECT * FROM r.assess('73730001', NULL, '02A16', '2026-04-05')
	UNION ALL SELECT * FROM r.assess('73730001', '0200', NULL, '2026-04-05') UNION ALL SELECT * FROM r.assess('73730001', '0200', '02A16', NULL)$$, 'NULL asks nothing');
SELECT is((SELECT count(*) FROM r.providers p, r.municipalities m, r.products q, LATERAL r.assess(p.code, m.code, q.code, '2026-04-05')), 4 * (2 * 5 * 6 + 2)::bigint,
	'over all providers, municipalities and products at once');

-- Decisions
INSERT INTO r.applications VALUES
	(103, '73730002', '0200', '02A16', '2026-04-05', NULL), (104, '73730003', '0200', '02A16', '2026-04-05', NULL), (105, '73730004', '0200', '02A16', '2026-04-05', NULL),
	(106, '73730001', '0301', '02A16', '2026-05-05', '2026-05-06');
CREATE TEMP TABLE made AS SELECT provider, product, r.decide(id) AS decision FROM r.applications WHERE withdrawn IS NULL ORDER BY id;
SELECT results_eq($$SELECT provider::text, m.product::text, d.outcome FROM made m JOIN r.decisions d ON d.id = decision ORDER BY decision$$,
	$$VALUES ('73730001', '02A16', 'admit'), ('73730001', '02A19', 'admit'), ('73730002', '02A16', 'reject'), ('73730003', '02A16', 'incomplete'), ('73730004', '02A16', 'incomplete')$$, 'outcomes');
SELECT results_eq($$SELECT d.receipt -> 'missing_facts' FROM made m JOIN r.decisions d ON d.id = decision ORDER BY decision$$,
	$$VALUES ('[]'::jsonb), ('[]'), ('[]'), ('["omzet", "sroi_pct", "vog_datum", "winst_pct"]'), ('["winst_pct"]')$$, 'what to ask for');
SELECT is_empty($$SELECT id FROM r.decisions WHERE outcome <> receipt ->> 'outcome' OR as_of <> (receipt ->> 'as_of')::date OR outcome <> r.replay(id)$$, 'receipts agree with their decisions');
SELECT ok(receipt @> '{"format": 1, "region": "Region R", "provider": "73730001", "municipality": "0200", "product": "02A16", "product_group": "BI", "as_of": "2026-04-04",
	"received": "2026-04-04", "dossier": {"source": "form", "valid_from": "2026-01-01", "valid_until": null}, "facts": {"winst_pct": 4.9, "peildatum": "2026-04-04"}}'
	AND receipt -> 'checks' @> '[{"check": "threshold WINST", "requirement": "winst_pct <= 5", "valid_from": "2022-01-01", "valid_until": null, "verdict": "met", "basis": "Inkoopdocument 3.1", "consequence": "niet toelaten"}]'
	AND jsonb_array_length(receipt -> 'checks') = 6 AND receipt ->> 'extension_version' = (SELECT extversion FROM pg_extension WHERE extname = 'zorgregio')
	AND (receipt ->> 'decided_at')::timestamptz = decided_at, 'what a receipt holds') FROM r.decisions WHERE id = (SELECT min(decision) FROM made);
SELECT is((SELECT r.receipt(application) - 'decided_at' FROM r.decisions WHERE id = (SELECT min(decision) FROM made)), (SELECT receipt - 'decided_at' FROM r.decisions WHERE id = (SELECT min(decision) FROM made)), 'receipt() shows it beforehand');
SELECT throws_ok('SELECT r.decide(999)', '22023', 'there is no application 999', 'no such application');
SELECT throws_ok('SELECT r.decide(NULL)', '22023', 'there is no application NULL', 'no application');
SELECT throws_ok($$SELECT r.decide((SELECT id FROM r.applications WHERE withdrawn IS NOT NULL))$$, '55000', NULL, 'a withdrawn application');
SELECT throws_ok($$SELECT r.decide(102, '2026-04-03')$$, '22023', NULL, 'a day before receipt');

-- Replay after everything changed, under other settings
CREATE TEMP TABLE replayed AS SELECT d.id, outcome, receipt FROM r.decisions d;
SAVEPOINT changed;
UPDATE r.dossiers SET facts = '{}';
UPDATE r.thresholds SET requirement = 'onmogelijk = true', valid = '(,)';
DELETE FROM r.admission_windows; DELETE FROM r.sourcings; DELETE FROM r.bundles;
INSERT INTO r.closures VALUES (NULL, NULL, '(,)', 'all closed');
SET LOCAL datestyle = 'German'; SET LOCAL timezone = 'Asia/Tokyo'; SET LOCAL lc_numeric = 'C'; SET LOCAL search_path = public;
SELECT public.is_empty($$SELECT id FROM pg_temp.replayed WHERE outcome <> r.replay(id)$$, 'every decision is reproduced from its receipt');
SELECT public.is_empty($$SELECT r.id, check_name FROM pg_temp.replayed r, zorgregio.replay_checks(receipt) WHERE recorded::pg_catalog.text OPERATOR(pg_catalog.<>) verdict::pg_catalog.text$$, 'check by check');
SELECT public.results_eq($$SELECT pg_catalog.count(*) FROM r.assess('73730001', '0200', '02A16', '2026-04-05') WHERE verdict::pg_catalog.text = 'not met'$$, ARRAY[2::bigint], 'though an assessment of the same day is another now');
ROLLBACK TO changed;
SELECT is(replay('{"as_of": "2026-04-05", "facts": {"a": 1}, "checks": [{"check": "x", "requirement": "a = 2", "verdict": "met"}]}'), 'reject', 'a receipt that was tampered with gives itself away');
SELECT is(r.replay(999), NULL, 'no such decision');
SELECT is(replay(NULL), NULL, 'no receipt');
SELECT is((SELECT string_agg(coalesce(admission_outcome(v), 'NULL'), ' ') FROM (VALUES ('{met,exempt}'::verdict[]), ('{not applicable,out of force}'), ('{met,unknown}'), ('{unknown,not met}'), (NULL)) x(v)),
	'admit admit incomplete reject NULL', 'outcomes of verdicts');

SELECT results_eq($$SELECT facts_missing(r::threshold, '{"winst_pct": "veel", "klein": null, "sroi": 5, "lijst": [1]}') FROM (VALUES ('winst_pct <= 5 unless klein = true or sroi < 5'),
	('sroi >= 5 if weg = true'), ('sroi < 5'), ('klein = true if sroi = 6'), ('a.b = 1 if winst_pct = "x" and klein = true'), ('lijst = 1'), ('sroi = lijst')) v(r)$$,
	$$VALUES ('{winst_pct,klein}'::text[]), ('{}'), ('{}'), ('{}'), ('{}'), ('{lijst}'), ('{lijst}')$$, 'facts_missing: what keeps the verdict unknown, and no more');

-- A receipt is the same however the session writes dates
SET LOCAL datestyle = 'German';
SELECT is((SELECT r.receipt(101) - 'decided_at'), (SELECT receipt - 'decided_at' FROM r.decisions WHERE application = 101), 'a receipt does not depend on DateStyle');
RESET datestyle;

-- Contracts that follow
SELECT lives_ok($$SELECT r.admit((SELECT decision FROM made WHERE provider = '73730001' AND product = '02A16'), '[2026-07-01,2031-01-01)')$$, 'a contract follows from an admission');
SELECT results_eq($$SELECT c.provider::text, c.municipality::text, c.product::text, c.tariff_group, c.valid, c.kind, d.outcome FROM r.contracts c JOIN r.decisions d ON d.id = c.decision$$,
	$$VALUES ('73730001', '0200', '02A16', NULL, '[2026-07-01,2031-01-01)'::daterange, 'framework', 'admit')$$, 'with its decision');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE provider = '73730001' AND product = '02A16'), '[2030-12-31,2032-01-01)')$$, '23P01', NULL, 'not twice for one day');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE provider = '73730002'), '[2026-07-01,2031-01-01)')$$, '55000', NULL, 'not after a rejection');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE provider = '73730003'), '[2026-07-01,2031-01-01)')$$, '55000', NULL, 'not while incomplete');
SELECT throws_ok($$SELECT r.admit(999, '[2026-07-01,2031-01-01)')$$, '22023', NULL, 'no such decision');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE product = '02A19'), 'empty')$$, '23514', NULL, 'an empty term');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE product = '02A19'), NULL)$$, '23502', NULL, 'no term');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE product = '02A19'), '[2026-07-01,2031-01-01)', 'zpp')$$, '22023', 'no tariff has group "zpp"', 'an unknown tariff group');
INSERT INTO r.tariffs VALUES ('02A19', 'zzp', '[2026-01-01,)', '55.08/uur');
SELECT lives_ok($$SELECT r.admit((SELECT decision FROM made WHERE product = '02A19'), '[2026-07-01,2031-01-01)', 'zzp')$$, 'with a tariff group');
SELECT is((SELECT tariff_group FROM r.contracts WHERE product = '02A19'), 'zzp', 'that the contract carries');
SAVEPOINT second;
DELETE FROM r.contracts;
UPDATE r.dossiers SET facts = facts || '{"tariefgroep": "zzp", "winst_pct": 1}';
SELECT r.admit(r.decide((SELECT id FROM r.applications WHERE provider = '73730002')), '[2026-07-01,2031-01-01)');
SELECT is((SELECT tariff_group FROM r.contracts), 'zzp', 'or that the dossier names');
SELECT throws_ok($$SELECT r.admit((SELECT decision FROM made WHERE product = '02A19'), '[2026-07-01,2031-01-01)') FROM (SELECT r.decide(102, '2026-05-01')) d$$, '55000', NULL, 'an older decision no longer counts');
ROLLBACK TO second;

-- Bridging agreements
INSERT INTO r.allocations VALUES
	(1, 100, '73730002', '0200', '02A16 4 uur/week [2025-01-01,2026-04-01)', NULL, NULL, NULL), (2, 100, '73730002', '0200', '02A16 4 uur/week [2026-04-01,2027-01-01)', NULL, NULL, NULL),
	(3, 200, '73730002', '0200', '02A16 4 uur/week [2026-02-01,2027-01-01)', NULL, NULL, NULL), (4, 300, '73730002', '0200', '02A19 4 uur/week [2025-12-31,2026-01-01)', NULL, NULL, '13');
SELECT throws_ok($$SELECT r.bridge('73730002', '0301', '02A16', '[2026-01-01,2027-01-01)')$$, '55000', NULL, 'no clients there');
SELECT throws_ok($$SELECT r.bridge('73730002', '0200', '02A19', '[2026-01-01,2027-01-01)')$$, '55000', NULL, 'an allotment that was never sent is no client');
SELECT throws_ok($$SELECT r.bridge('73730002', '0200', '02A16', '[2026-01-01,)')$$, '22023', NULL, 'an agreement without an end');
SELECT lives_ok($$SELECT r.bridge('73730002', '0200', '02A16', '[2026-01-01,2027-01-01)')$$, 'a client in care');
SELECT is(r.clients_in_care('73730002', '0200', '02A16', '2026-03-31'), 2::bigint, 'clients in care');
SELECT results_eq($$SELECT number, r.is_contracted(number, '2026-06-01'), r.is_contracted(number, '2027-01-01') FROM r.allocations ORDER BY 1$$,
	$$VALUES (1::bigint, true, false), (2, true, false), (3, false, false), (4, false, false)$$, 'covers who was in care, also in a later allotment, and nobody new');
SELECT is(r.is_contracted(99, '2026-06-01'), NULL, 'no such allotment');

-- An analyst reads, and that is all
GRANT USAGE ON SCHEMA r TO zr_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA r TO zr_analyst;
RESET ROLE;
GRANT SELECT ON made TO zr_analyst;
SET ROLE zr_analyst;
SELECT isnt_empty('SELECT * FROM r.decisions', 'an analyst reads decisions');
SELECT is((SELECT count(*) FROM r.decisions WHERE r.replay(id) = outcome), (SELECT count(*) FROM r.decisions), 'and replays them');
SELECT throws_ok($$UPDATE r.decisions SET outcome = 'admit'$$, '42501', NULL, 'but does not change them');
SELECT throws_ok($$DELETE FROM r.decisions$$, '42501', NULL, 'nor remove them');
SELECT throws_ok($$TRUNCATE r.decisions CASCADE$$, '42501', NULL, 'nor empty the table');
SELECT throws_ok($$INSERT INTO r.decisions (application, as_of, outcome, receipt) VALUES (101, '2026-04-05', 'admit', '{}')$$, '42501', NULL, 'nor add any');
SELECT throws_ok($$SELECT r.decide(101)$$, '42501', NULL, 'nor decide');
SELECT throws_ok($$SELECT r.admit((SELECT min(decision) FROM made), '[2040-01-01,2041-01-01)')$$, '42501', NULL, 'nor contract');
SELECT throws_ok($$ALTER TABLE r.decisions DISABLE TRIGGER append_only$$, '42501', NULL, 'nor lift the lock');
RESET ROLE;
SET ROLE zr_owner;
SELECT throws_ok($$UPDATE r.decisions SET outcome = 'admit'$$, '42501', 'rows of r.decisions are never changed or removed', 'the owner does not change them either');
RESET ROLE;
SELECT throws_ok($$DELETE FROM r.decisions$$, '42501', NULL, 'nor a superuser by accident');

-- Planted objects: temporary tables and a schema in front of all others that has what the functions use
SAVEPOINT planted;
CREATE TEMP TABLE applications (LIKE r.applications INCLUDING ALL);
CREATE TEMP TABLE decisions (LIKE r.decisions INCLUDING ALL);
CREATE TEMP TABLE contracts (LIKE r.contracts INCLUDING ALL);
CREATE SCHEMA planted;
CREATE FUNCTION planted.hijack() RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE 'hijacked'; END$$;
CREATE FUNCTION planted.format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format_nv';
CREATE FUNCTION planted.to_char(date, text) RETURNS text LANGUAGE sql AS 'SELECT planted.hijack()';
CREATE FUNCTION planted.replay(jsonb) RETURNS text LANGUAGE sql AS 'SELECT planted.hijack()';
CREATE FUNCTION planted.receipt(bigint, date) RETURNS jsonb LANGUAGE sql AS 'SELECT planted.hijack()::jsonb';
CREATE FUNCTION planted.same(product, product) RETURNS boolean LANGUAGE sql AS 'SELECT planted.hijack()::boolean';
CREATE OPERATOR planted.= (LEFTARG = product, RIGHTARG = product, FUNCTION = planted.same);
CREATE FUNCTION planted.inside(daterange, date) RETURNS boolean LANGUAGE sql AS 'SELECT planted.hijack()::boolean';
CREATE OPERATOR planted.@> (LEFTARG = daterange, RIGHTARG = date, FUNCTION = planted.inside);
SET LOCAL search_path = planted, pg_temp, r, zorgregio, public, pg_catalog;
SELECT throws_ok('SELECT product ''02A16'' = product ''02A16''', 'P0001', 'hijacked', 'the trap works');
SELECT lives_ok($$SELECT r.decide(102); SELECT r.admit((SELECT max(id) FROM r.decisions), '[2031-01-01,2032-01-01)', 'zzp');
	SELECT count(*) FROM r.assess('73730001', '0200', '02A19', '2026-04-05'); SELECT r.replay(max(id)) FROM r.decisions;
	SELECT r.is_contracted(1, '2026-06-01'), zorgregio.period_text('[2026-01-01,)'); CALL zorgregio.upgrade_region('r'); CALL zorgregio.create_region('r2', 'R2')$$,
	'planted tables, functions and operators are not used');
SELECT is_empty('SELECT 1 FROM pg_temp.decisions UNION ALL SELECT 1 FROM pg_temp.contracts', 'nothing went into planted tables');
ROLLBACK TO planted;

-- Hostile text in rows stays text
INSERT INTO r.products VALUES ('02X01', 'x''; DROP TABLE r.claims; --', 'g"''; DROP TABLE r.claims; --', NULL, 'Wmo');
INSERT INTO r.providers VALUES ('73730005', '$$; DROP TABLE r.claims; --');
INSERT INTO r.sourcings VALUES ('0200', '02X01', '[2026-01-01,)', 'regional', '%s %I''; DROP TABLE r.claims; --');
INSERT INTO r.thresholds (id, phase, product_group, requirement, basis) VALUES ('x''; DROP TABLE r.claims; --', 'admission', 'g"''; DROP TABLE r.claims; --', 'naam = "x''; DROP TABLE r.claims; --"', '%1$s''; DROP');
INSERT INTO r.dossiers VALUES ('73730005', '[2026-01-01,)', '{"winst_pct": 1, "vog_datum": "2026-03-01", "omzet": 1, "naam": "x''; DROP TABLE r.claims; --", "tariefgroep": "x''; DROP TABLE r.claims; --"}');
INSERT INTO r.tariffs VALUES ('02X01', 'x''; DROP TABLE r.claims; --', '[2026-01-01,)', '1.00/uur');
INSERT INTO r.applications VALUES (500, '73730005', '0200', '02X01', '2026-04-05');
SELECT lives_ok($$SELECT r.admit(r.decide(500), '[2026-07-01,2031-01-01)')$$, 'hostile names of products, providers, rules and groups');
SELECT is((SELECT tariff_group FROM r.contracts WHERE provider = '73730005'), 'x''; DROP TABLE r.claims; --', 'are text');
SELECT has_table('r', 'claims', 'and run nothing');

SELECT * FROM finish();
ROLLBACK;
