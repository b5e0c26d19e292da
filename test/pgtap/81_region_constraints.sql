-- Every constraint of a region: what it accepts and what it refuses.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();
SET client_min_messages = warning;
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.products (code, name, product_group, level) VALUES ('02A16', 'Basis', 'BI', 2), ('02A19', 'Complex', 'BI', 3), ('01:1001', 'Schoon huis', 'HH', NULL);
INSERT INTO r.providers VALUES ('73730001', 'Een', false), ('73730002', 'Twee', true);
INSERT INTO r.applications VALUES (1001, '73730001', '0200', '02A16', '2026-04-05');
INSERT INTO r.allocations VALUES (1, 100, '73730001', '0200', '02A16 4 uur/week [2026-01-01,2027-01-01)');
INSERT INTO r.decisions (application, as_of, outcome, receipt) VALUES (1001, '2026-04-05', 'reject', '{}');

-- Each statement in its own sub-transaction; state NULL: accepted.
CREATE TEMP TABLE attempt (n int GENERATED ALWAYS AS IDENTITY, state text, what text, sql text);
INSERT INTO attempt (state, what, sql) VALUES
	-- keys and references
	('23505', 'municipality twice', $$INSERT INTO r.municipalities VALUES ('0200', 'x')$$),
	('23514', 'municipality without a name', $$INSERT INTO r.municipalities VALUES ('0202', '')$$),
	('23505', 'product twice', $$INSERT INTO r.products (code, name, product_group) VALUES ('02A16', 'x', 'x')$$),
	('23503', 'sourcing of an unknown municipality', $$INSERT INTO r.sourcings VALUES ('0999', '02A16', '[2026-01-01,)', 'regional')$$),
	('23503', 'sourcing of an unknown product', $$INSERT INTO r.sourcings VALUES ('0200', '02A17', '[2026-01-01,)', 'regional')$$),
	('23503', 'dossier of an unknown provider', $$INSERT INTO r.dossiers VALUES ('73730009', '[2026-01-01,)', '{}')$$),
	('23503', 'threshold in an unknown municipality', $$INSERT INTO r.thresholds (id, phase, municipality, requirement, basis) VALUES ('X', 'signal', '0999', 'a = 1', 'b')$$),
	('23503', 'window in an unknown municipality', $$INSERT INTO r.admission_windows VALUES ('0999', NULL, '[2026-01-01,2026-02-01)', 'regular')$$),
	('23503', 'closure in an unknown municipality', $$INSERT INTO r.closures VALUES ('0999', NULL, '[2026-01-01,)', 'x')$$),
	('23503', 'bundle with an unknown product', $$INSERT INTO r.bundles VALUES ('02A16', '02A17')$$),
	('23503', 'application of an unknown provider', $$INSERT INTO r.applications (provider, municipality, product, received) VALUES ('73730009', '0200', '02A16', '2026-01-01')$$),
	('23503', 'decision on an unknown application', $$INSERT INTO r.decisions (application, as_of, outcome, receipt) VALUES (99, '2026-01-01', 'admit', '{}')$$),
	('23503', 'contract by an unknown decision', $$INSERT INTO r.contracts (provider, municipality, product, valid, decision) VALUES ('73730001', '0200', '02A16', '[2026-01-01,)', 99)$$),
	('23503', 'tariff of an unknown product', $$INSERT INTO r.tariffs VALUES ('02A17', NULL, '[2026-01-01,)', '60.00/uur')$$),
	(NULL, 'a claim on an unknown allotment is a fact to report', $$INSERT INTO r.claims (number, product_period, amount) VALUES (99, '[2026-01-01,2026-02-01)', 1)$$),
	(NULL, 'and so is a delivery on one', $$INSERT INTO r.deliveries VALUES (99, '2026-01-01')$$),
	('23503', 'claim of an unknown declaration', $$INSERT INTO r.claims (number, product_period, amount, declaration) VALUES (1, '[2026-01-01,2026-02-01)', 1, 99)$$),
	('23503', 'declaration of an unknown provider', $$INSERT INTO r.declarations (law, provider, municipality, number, period, declared, total) VALUES ('Wmo', '73730009', '0200', 'D1', '[2026-01-01,2026-02-01)', '2026-02-03', 1)$$),
	('23503', 'message of an unknown municipality', $$INSERT INTO r.imports (law, kind, provider, municipality, identification, dated, base_version, message_version) VALUES ('Wmo', '301', '73730001', '0999', 'B1', '2026-01-01', '1.0.0', '1.0.0')$$),
	('23503', 'request to an unknown municipality', $$INSERT INTO r.requests (law, provider, municipality, client, reference, requested, indication) VALUES ('Wmo', '73730001', '0999', 5, 'A', '2026-01-01', '02 [2026-01-01,)')$$),
	('23503', 'rejected line of an unknown message', $$INSERT INTO r.import_rejections VALUES (99, 1, 'x')$$),
	('23505', 'allotment twice', $$INSERT INTO r.allocations VALUES (1, 5, '73730001', '0200', '02A16 4 uur/week [2026-01-01,)')$$),
	('23503', 'a provider with a dossier is not removed', $$INSERT INTO r.dossiers VALUES ('73730002', '[2026-01-01,)', '{}'); DELETE FROM r.providers WHERE code = '73730002'$$),
	-- the law of a product
	(NULL, 'the law follows from the category', $$DO 'BEGIN ASSERT (SELECT law FROM r.products WHERE code = ''02A16'') = ''Wmo''; END'$$),
	('23514', 'a Wmo category under the Jeugdwet', $$INSERT INTO r.products VALUES ('03A11', 'x', 'x', NULL, 'Jeugdwet')$$),
	('23502', 'a code without category needs its law', $$INSERT INTO r.products (code, name, product_group) VALUES ('1001', 'x', 'x')$$),
	(NULL, 'and takes either', $$INSERT INTO r.products VALUES ('1001', 'x', 'x', NULL, 'Jeugdwet')$$),
	('23514', 'another law', $$INSERT INTO r.products VALUES ('1001', 'x', 'x', NULL, 'Wlz')$$),
	('23514', 'level 0', $$INSERT INTO r.products VALUES ('1001', 'x', 'x', 0, 'Wmo')$$),
	-- sourcing
	(NULL, 'sourcing', $$INSERT INTO r.sourcings VALUES ('0200', '02A16', '[2026-01-01,2027-01-01)', 'regional')$$),
	(NULL, 'then another channel', $$INSERT INTO r.sourcings VALUES ('0200', '02A16', '[2027-01-01,)', 'local')$$),
	('23P01', 'two channels on one day', $$INSERT INTO r.sourcings VALUES ('0200', '02A16', '[2026-12-31,2027-01-01)', 'local')$$),
	('23514', 'an unknown channel', $$INSERT INTO r.sourcings VALUES ('0301', '02A16', '[2026-01-01,)', 'x')$$),
	('23514', 'an empty validity', $$INSERT INTO r.sourcings VALUES ('0301', '02A16', 'empty', 'regional')$$),
	-- dossiers
	(NULL, 'dossier', $$INSERT INTO r.dossiers VALUES ('73730001', '[2026-01-01,2026-07-01)', '{"a": 1}')$$),
	(NULL, 'its successor', $$INSERT INTO r.dossiers VALUES ('73730001', '[2026-07-01,)', '{"a": 2}')$$),
	('23P01', 'two dossiers on one day', $$INSERT INTO r.dossiers VALUES ('73730001', '[2026-06-30,2026-07-01)', '{}')$$),
	('23514', 'a dossier that is a list', $$INSERT INTO r.dossiers VALUES ('73730002', '[2026-01-01,)', '[]')$$),
	-- thresholds: one text per rule, phase, scope and day; NULL is a scope too
	(NULL, 'threshold', $$INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('A', 'admission', 'a = 1', 'b')$$),
	('23P01', 'the same rule again', $$INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('A', 'admission', 'a = 2', 'b')$$),
	(NULL, 'in another phase', $$INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('A', 'retention', 'a = 2', 'b')$$),
	(NULL, 'for one municipality', $$INSERT INTO r.thresholds (id, phase, municipality, requirement, basis) VALUES ('A', 'admission', '0200', 'a = 2', 'b')$$),
	('23P01', 'again for that municipality', $$INSERT INTO r.thresholds (id, phase, municipality, requirement, basis) VALUES ('A', 'admission', '0200', 'a = 2', 'b')$$),
	(NULL, 'for one group', $$INSERT INTO r.thresholds (id, phase, product_group, requirement, basis) VALUES ('A', 'admission', 'BI', 'a = 2', 'b')$$),
	('23514', 'an unknown phase', $$INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('A', 'x', 'a = 2', 'b')$$),
	('23502', 'without a published ground', $$INSERT INTO r.thresholds (id, phase, requirement) VALUES ('B', 'signal', 'a = 2')$$),
	('23514', 'an id that is only a suffix', $$INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('/0200', 'signal', 'a = 2', 'b')$$),
	('22P02', 'what is no rule', $$INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('B', 'signal', 'a is 2', 'b')$$),
	-- windows: one regular window per year for every municipality and group; NULL is all of them
	(NULL, 'regular window for all', $$INSERT INTO r.admission_windows VALUES (NULL, NULL, '[2026-04-01,2026-05-01)', 'regular')$$),
	('23P01', 'a second in that year', $$INSERT INTO r.admission_windows VALUES (NULL, NULL, '[2026-10-01,2026-11-01)', 'regular')$$),
	('23P01', 'for one municipality only', $$INSERT INTO r.admission_windows VALUES ('0200', NULL, '[2026-10-01,2026-11-01)', 'regular')$$),
	('23P01', 'for one group only', $$INSERT INTO r.admission_windows VALUES (NULL, 'BI', '[2026-10-01,2026-11-01)', 'regular')$$),
	(NULL, 'next year, one municipality', $$INSERT INTO r.admission_windows VALUES ('0200', NULL, '[2027-04-01,2027-05-01)', 'regular')$$),
	(NULL, 'next year, the other', $$INSERT INTO r.admission_windows VALUES ('0301', NULL, '[2027-04-01,2027-05-01)', 'regular')$$),
	('23P01', 'next year, one group in all', $$INSERT INTO r.admission_windows VALUES (NULL, 'BI', '[2027-04-01,2027-05-01)', 'regular')$$),
	(NULL, 'scarcity beside it', $$INSERT INTO r.admission_windows VALUES (NULL, 'BI', '[2026-04-01,)', 'scarcity')$$),
	('23P01', 'the same scarcity twice', $$INSERT INTO r.admission_windows VALUES (NULL, 'BI', '[2026-05-01,2026-06-01)', 'scarcity')$$),
	(NULL, 'scarcity in one municipality', $$INSERT INTO r.admission_windows VALUES ('0200', 'BI', '[2026-05-01,2026-06-01)', 'scarcity')$$),
	('23514', 'a regular window without an end', $$INSERT INTO r.admission_windows VALUES ('0200', 'BI', '[2029-05-01,)', 'regular')$$),
	('23514', 'a window without a begin', $$INSERT INTO r.admission_windows VALUES ('0200', 'BI', '(,2026-01-01)', 'scarcity')$$),
	-- closures and bundles
	(NULL, 'closure', $$INSERT INTO r.closures VALUES ('0200', 'BI', '[2026-01-01,2027-01-01)', 'enough')$$),
	('23P01', 'closed twice', $$INSERT INTO r.closures VALUES ('0200', 'BI', '[2026-12-31,)', 'enough')$$),
	(NULL, 'closed in all', $$INSERT INTO r.closures VALUES (NULL, 'BI', '[2026-01-01,)', 'enough')$$),
	('23502', 'closed without a reason', $$INSERT INTO r.closures (product_group, valid) VALUES ('HH', '[2026-01-01,)')$$),
	(NULL, 'bundle', $$INSERT INTO r.bundles VALUES ('02A19', '02A16', '[2026-01-01,)')$$),
	('23P01', 'bundle twice', $$INSERT INTO r.bundles VALUES ('02A19', '02A16', '[2027-01-01,)')$$),
	('23514', 'a product that requires itself', $$INSERT INTO r.bundles VALUES ('02A19', '02A19')$$),
	-- applications and decisions
	('23505', 'an application twice on a day', $$INSERT INTO r.applications (provider, municipality, product, received) VALUES ('73730001', '0200', '02A16', '2026-04-05')$$),
	('23514', 'withdrawn before receipt', $$INSERT INTO r.applications (provider, municipality, product, received, withdrawn) VALUES ('73730001', '0200', '02A16', '2026-04-06', '2026-04-05')$$),
	('23514', 'an unknown outcome', $$INSERT INTO r.decisions (application, as_of, outcome, receipt) VALUES (1001, '2026-04-05', 'maybe', '{}')$$),
	('428C9', 'a number of one''s own', $$INSERT INTO r.decisions (id, application, as_of, outcome, receipt) VALUES (7, 1001, '2026-04-05', 'admit', '{}')$$),
	('42501', 'a decision is not changed', $$UPDATE r.decisions SET outcome = 'admit'$$),
	('42501', 'nor deleted', $$DELETE FROM r.decisions$$),
	('42501', 'nor truncated', $$TRUNCATE r.decisions CASCADE$$),
	('42501', 'nor in a replica session', $$SET LOCAL session_replication_role = replica; DELETE FROM r.decisions$$),
	-- contracts
	(NULL, 'contract', $$INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', 'zzp', '[2026-01-01,2031-01-01)', 'framework')$$),
	('23P01', 'an overlapping contract', $$INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', NULL, '[2030-12-31,2032-01-01)', 'framework')$$),
	('23P01', 'an overlapping bridging agreement', $$INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', NULL, '[2030-12-31,2032-01-01)', 'bridging')$$),
	(NULL, 'a contract after it', $$INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', NULL, '[2031-01-01,2032-01-01)', 'bridging')$$),
	(NULL, 'a subcontract beside it', $$INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', NULL, '[2026-01-01,2027-01-01)', 'subcontract', '73730002')$$),
	('23P01', 'the subcontract twice', $$INSERT INTO r.contracts VALUES ('73730001', '0200', '02A16', NULL, '[2026-06-01,2027-01-01)', 'subcontract', '73730002')$$),
	('23514', 'a subcontract without main contractor', $$INSERT INTO r.contracts VALUES ('73730002', '0200', '02A16', NULL, '[2026-01-01,2027-01-01)', 'subcontract')$$),
	('23514', 'a main contractor without subcontract', $$INSERT INTO r.contracts VALUES ('73730002', '0200', '02A16', NULL, '[2026-01-01,2027-01-01)', 'framework', '73730001')$$),
	('23514', 'its own main contractor', $$INSERT INTO r.contracts VALUES ('73730002', '0200', '02A16', NULL, '[2026-01-01,2027-01-01)', 'subcontract', '73730002')$$),
	('23514', 'a contract without a begin', $$INSERT INTO r.contracts VALUES ('73730002', '0200', '02A16', NULL, '(,2027-01-01)', 'framework')$$),
	-- money
	(NULL, 'tariff', $$INSERT INTO r.tariffs VALUES ('02A16', NULL, '[2026-01-01,2027-01-01)', '61.20/uur')$$),
	(NULL, 'of a group', $$INSERT INTO r.tariffs VALUES ('02A16', 'zzp', '[2026-01-01,2027-01-01)', '55.08/uur')$$),
	('23P01', 'two tariffs on one day', $$INSERT INTO r.tariffs VALUES ('02A16', NULL, '[2026-12-31,2027-12-31)', '62.00/uur')$$),
	('23P01', 'two of a group', $$INSERT INTO r.tariffs VALUES ('02A16', 'zzp', '[2026-12-31,2027-12-31)', '62.00/uur', 'provisional')$$),
	(NULL, 'a proposal may overlap', $$INSERT INTO r.tariffs VALUES ('02A16', 'zzp', '[2026-12-31,2027-12-31)', '62.00/uur', 'proposed')$$),
	(NULL, 'budget', $$INSERT INTO r.budgets VALUES ('0200', NULL, 2026, 1000000)$$),
	('23505', 'budget twice', $$INSERT INTO r.budgets VALUES ('0200', NULL, 2026, 1)$$),
	('23514', 'a negative budget', $$INSERT INTO r.budgets VALUES ('0200', 'BI', 2026, -1)$$),
	('23514', 'a budget of the year 26', $$INSERT INTO r.budgets VALUES ('0200', 'BI', 26, 1)$$),
	(NULL, 'lump sum', $$INSERT INTO r.lump_sums VALUES ('73730001', '0200', 'BI', '[2026-01-01,2027-01-01)', 100000)$$),
	('23P01', 'lump sum twice', $$INSERT INTO r.lump_sums VALUES ('73730001', '0200', 'BI', '[2026-12-01,2027-02-01)', 100000)$$),
	('23514', 'a tariff without a first day', $$INSERT INTO r.tariffs (product, tariff_group, valid, tariff) VALUES ('02A16', 'no start', '(,2026-01-01)', '60.00/uur')$$),
	('23514', 'nor one since -infinity', $$INSERT INTO r.tariffs (product, tariff_group, valid, tariff) VALUES ('02A16', 'no start', '[-infinity,2026-01-01)', '60.00/uur')$$),
	('23514', 'a lump sum up to infinity', $$INSERT INTO r.lump_sums VALUES ('73730001', '0301', 'BI', '[2026-12-01,infinity)', 100000)$$),
	('23514', 'a group with the name of the rest', $$INSERT INTO r.products (code, name, product_group) VALUES ('02A77', 'x', '(other)')$$),
	('23514', 'a budget for it', $$INSERT INTO r.budgets (municipality, product_group, year, amount) VALUES ('0200', '(other)', 2026, 1)$$),
	('23514', 'an endless lump sum', $$INSERT INTO r.lump_sums VALUES ('73730001', '0301', 'BI', '[2026-12-01,)', 100000)$$),
	-- care
	('23514', 'an unknown change reason', $$INSERT INTO r.allocations VALUES (2, 5, '73730001', '0200', '02A16 4 uur/week [2026-01-01,)', NULL, NULL, '15')$$),
	(NULL, 'delivery', $$INSERT INTO r.deliveries VALUES (1, '2026-01-05', '2026-02-01', '20')$$),
	(NULL, 'of one day, after a pause', $$INSERT INTO r.deliveries VALUES (1, '2026-03-01', '2026-03-01', '19')$$),
	('23505', 'started twice', $$INSERT INTO r.deliveries VALUES (1, '2026-01-05')$$),
	('23514', 'ended before it started', $$INSERT INTO r.deliveries VALUES (1, '2026-04-01', '2026-03-31')$$),
	('23514', 'a reason to stop without an end', $$INSERT INTO r.deliveries VALUES (1, '2026-04-01', NULL, '19')$$),
	(NULL, 'claim', $$INSERT INTO r.claims (number, product_period, volume, tariff, amount) VALUES (1, '[2026-01-01,2026-02-01)', '600 minuut', '1.02/minuut', 612.00)$$),
	(NULL, 'credit', $$INSERT INTO r.claims (number, product_period, volume, tariff, amount) VALUES (1, '[2026-01-01,2026-02-01)', '600 minuut', '1.02/minuut', -612.00)$$),
	('23514', 'a day and a moment of decision that differ', $$INSERT INTO r.allocations (number, client, provider, municipality, indication, decided, decided_at) VALUES (2, 5, '73730001', '0200', '02A16 4 uur/week [2026-01-01,)', '2026-01-01', '2026-01-02 10:00')$$),
	('23514', 'an allotment under another law', $$INSERT INTO r.allocations (number, client, provider, municipality, indication, law) VALUES (2, 5, '73730001', '0200', '02A16 4 uur/week [2026-01-01,)', 'Wlz')$$),
	('23514', 'an allotment with an empty reference', $$INSERT INTO r.allocations (number, client, provider, municipality, indication, reference) VALUES (2, 5, '73730001', '0200', '02A16 4 uur/week [2026-01-01,)', '')$$),
	-- messages
	(NULL, 'declaration', $$INSERT INTO r.declarations VALUES (1, 'Wmo', '73730001', '0200', 'D1', '[2026-01-01,2026-02-01)', '2026-02-03', 612)$$),
	('23505', 'the same declaration', $$INSERT INTO r.declarations VALUES (2, 'Wmo', '73730001', '0200', 'D1', '[2026-01-01,2026-02-01)', '2026-02-03', 612)$$),
	(NULL, 'another one with its number', $$INSERT INTO r.declarations VALUES (2, 'Wmo', '73730001', '0200', 'D1', '[2026-01-01,2026-02-01)', '2026-02-03', 613)$$),
	('23514', 'a declaration number with a space', $$INSERT INTO r.declarations VALUES (3, 'Wmo', '73730001', '0200', 'D 1', '[2026-01-01,2026-02-01)', '2026-02-03', 612)$$),
	('23514', 'a declaration without an end', $$INSERT INTO r.declarations VALUES (3, 'Wmo', '73730001', '0200', 'D3', '[2026-01-01,)', '2026-02-03', 612)$$),
	('23514', 'a declaration under another law', $$INSERT INTO r.declarations VALUES (3, 'Wlz', '73730001', '0200', 'D3', '[2026-01-01,2026-02-01)', '2026-02-03', 612)$$),
	(NULL, 'claim in a declaration', $$INSERT INTO r.claims (number, product_period, amount, product, credit, reference, previous_reference, declaration, client) VALUES (1, '[2026-01-01,2026-02-01)', -1, '02A16', true, 'P2', 'P1', 1, 100)$$),
	('23514', 'a claim with an empty reference', $$INSERT INTO r.claims (number, product_period, amount, reference) VALUES (1, '[2026-01-01,2026-02-01)', 1, '')$$),
	('23514', 'a credit of an empty reference', $$INSERT INTO r.claims (number, product_period, amount, previous_reference) VALUES (1, '[2026-01-01,2026-02-01)', 1, '')$$),
	(NULL, 'message', $$INSERT INTO r.imports (id, law, kind, provider, municipality, identification, dated, base_version, message_version, lines) VALUES (1, 'Wmo', '301', '73730001', '0200', 'B1', '2026-01-01', '1.0.0', '1.0.0', 2)$$),
	('23505', 'message twice', $$INSERT INTO r.imports (law, kind, provider, municipality, identification, dated, base_version, message_version) VALUES ('Wmo', '301', '73730001', '0200', 'B1', '2026-01-01', '1.0.0', '1.0.0')$$),
	(NULL, 'its identification under the other law', $$INSERT INTO r.imports (law, kind, provider, municipality, identification, dated, base_version, message_version) VALUES ('Jeugdwet', '301', '73730001', '0200', 'B1', '2026-01-01', '1.0.0', '1.0.0')$$),
	('23514', 'a kind of message that is not loaded', $$INSERT INTO r.imports (law, kind, provider, municipality, identification, dated, base_version, message_version) VALUES ('Wmo', '302', '73730001', '0200', 'B2', '2026-01-01', '1.0.0', '1.0.0')$$),
	('23514', 'a declaration in a 301 message', $$UPDATE r.imports SET declaration = 1 WHERE id = 1$$),
	('23514', 'more lines rejected than there are', $$UPDATE r.imports SET rejected = 3 WHERE id = 1$$),
	(NULL, 'a rejected line', $$INSERT INTO r.import_rejections VALUES (1, 2, 'unknown client')$$),
	('23505', 'rejected twice', $$INSERT INTO r.import_rejections VALUES (1, 2, 'another reason')$$),
	('23514', 'rejected without a reason', $$INSERT INTO r.import_rejections VALUES (1, 1, '')$$),
	(NULL, 'received allotment', $$INSERT INTO r.received_allocations (import, line, law, provider, municipality, number, client, indication, decided_at, dated) VALUES (1, 1, 'Wmo', '73730001', '0200', 1, 100, '02A16 4 uur/week [2026-01-01,2027-01-01)', '2026-01-01 10:00', '2026-01-01')$$),
	('23505', 'the same line again', $$INSERT INTO r.received_allocations (import, line, law, provider, municipality, number, client, indication, decided_at, dated) VALUES (1, 1, 'Wmo', '73730001', '0200', 1, 100, '02A16 4 uur/week [2026-01-01,2027-01-01)', '2026-01-01 10:00', '2026-01-01')$$),
	(NULL, 'received start', $$INSERT INTO r.received_deliveries (import, line, number, client, started, stop, removal, dated) VALUES (1, 1, 1, 100, '2026-01-05', false, false, '2026-01-06')$$),
	('23505', 'the same start again', $$INSERT INTO r.received_deliveries (import, line, number, client, started, stop, removal, dated) VALUES (1, 1, 1, 100, '2026-01-05', false, false, '2026-01-06')$$),
	(NULL, 'request', $$INSERT INTO r.requests (import, line, law, provider, municipality, client, reference, requested, indication) VALUES (1, 1, 'Wmo', '73730001', '0200', 100, 'A', '2026-01-01', '02 [2026-01-01,)')$$),
	('23505', 'the same request again', $$INSERT INTO r.requests (import, line, law, provider, municipality, client, reference, requested, indication) VALUES (1, 1, 'Wmo', '73730001', '0200', 100, 'A', '2026-01-01', '02 [2026-01-01,)')$$),
	('23514', 'a claim without an end', $$INSERT INTO r.claims (number, product_period, amount) VALUES (1, '[2026-01-01,)', 1)$$),
	-- settings
	('23514', 'rounding to nothing', $$UPDATE r.settings SET round_to = 0$$),
	('23514', 'a gap of -2 days', $$UPDATE r.settings SET gap_days = -2$$);
CREATE FUNCTION pg_temp.state(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT is(pg_temp.state(sql), state, what) FROM attempt ORDER BY n;

-- The columns that users rely on come first, in this order
SELECT is((SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = ('r.' || name)::regclass AND attnum BETWEEN 1 AND array_length(string_to_array(columns, ' '), 1)), columns, name)
FROM (VALUES ('municipalities', 'code name'), ('products', 'code name product_group level law'), ('sourcings', 'municipality product valid channel remark'),
	('providers', 'code name strategic_partner'), ('dossiers', 'provider valid facts source'),
	('thresholds', 'id phase municipality product_group requirement valid consequence basis'), ('admission_windows', 'municipality product_group opens kind'),
	('closures', 'municipality product_group valid reason'), ('bundles', 'product requires valid'),
	('contracts', 'provider municipality product tariff_group valid kind main_contractor'), ('tariffs', 'product tariff_group valid tariff status'),
	('allocations', 'number client provider municipality indication requested decided change_reason'), ('deliveries', 'number started ended stop_reason'),
	('claims', 'id number product_period volume tariff amount product credit reference previous_reference declaration'),
	('declarations', 'id law provider municipality number period declared total'), ('budgets', 'municipality product_group year amount'),
	('lump_sums', 'provider municipality product_group valid amount'), ('settings', 'gap_days suppress_below round_to')) v(name, columns);

SELECT * FROM finish();
ROLLBACK;
