-- The monitor of care: each view against slow SQL, identities, and refreshes by month against complete ones.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- refresh_monitor ----
CALL create_region('t', 'T');
INSERT INTO t.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO t.products (code, name, product_group, level) VALUES ('02A16', 'Basis', 'BI', 1), ('02A19', 'Complex', 'BI', 3), ('07A12', 'Groep', 'BG', NULL), ('45A04', 'Jeugd', 'JH', 2);
INSERT INTO t.providers VALUES ('73730101', 'A'), ('73730102', 'B');
INSERT INTO t.allocations (number, client, provider, municipality, indication) VALUES
	(1, 1, '73730101', '0200', '02A16 [2026-01-01,2027-01-01)'), (2, 1, '73730102', '0301', '02A19 [2026-01-01,2027-01-01)'), (3, 2, '73730102', '0301', '02 [2026-01-01,2027-01-01)');
INSERT INTO t.deliveries VALUES (1, '2026-01-05', '2026-03-03', '38'), (2, '2026-03-10', NULL, NULL), (3, '2026-02-10', '2026-02-20', NULL);

SELECT throws_ok($$SELECT * FROM refresh_monitor(NULL)$$, '22004', NULL, 'no region');
SELECT throws_ok($$SELECT * FROM refresh_monitor('t', NULL)$$, '22004', NULL, 'no day');
SELECT throws_ok($$SELECT * FROM refresh_monitor('t_none')$$, '3F000', NULL, 'a region that is not there');
SELECT throws_ok($$SELECT * FROM refresh_monitor('public')$$, '42809', NULL, 'a schema that is no region');
SELECT throws_ok($$SELECT * FROM refresh_monitor('t', 'infinity')$$, '22008', NULL, 'no day at all');
CREATE ROLE zr_reader;
SET ROLE zr_reader;
SELECT throws_ok($$SELECT * FROM refresh_monitor('t')$$, '42501', 'must be owner of region "t"', 'only the owner refreshes');
RESET ROLE;

SELECT results_eq($$SELECT from_day, to_day, inserted > 0, updated, deleted FROM refresh_monitor('t', '2026-04-15') WHERE part = 'clients'$$,
	$$VALUES (date '2022-01-01', date '2027-01-01', true, 0::bigint, 0::bigint)$$, 'the first refresh computes all years');
SELECT results_eq($$SELECT from_day, to_day, inserted, updated, deleted FROM refresh_monitor('t', '2026-04-15') WHERE part = 'clients'$$,
	$$VALUES (NULL::date, NULL::date, 0::bigint, 0::bigint, 0::bigint)$$, 'without changes nothing is computed');
SELECT results_eq($$SELECT from_day, to_day, inserted, updated, deleted FROM refresh_monitor('t', '2026-04-15', true) WHERE part = 'clients'$$,
	$$VALUES (date '2022-01-01', date '2027-01-01', 0::bigint, 0::bigint, 0::bigint)$$, 'a complete one finds the same');
SELECT results_eq($$SELECT from_day, to_day, inserted, updated, deleted FROM refresh_monitor('t', '2026-04-16') WHERE part = 'clients'$$,
	$$VALUES (date '2026-04-01', date '2027-01-01', 0::bigint, 0::bigint, 0::bigint)$$, 'a later day touches its month');
UPDATE t.settings SET monitor_years = 2;
SELECT results_eq($$SELECT from_day, to_day FROM refresh_monitor('t', '2026-04-16') WHERE part = 'clients'$$,
	$$VALUES (date '2025-01-01', date '2027-01-01')$$, 'other settings touch all');
SELECT is(current_user, session_user, 'the role is what it was');
SELECT results_eq($$SELECT level, persons, persons_12m, trajectories, allocations FROM t.monitor_clients WHERE municipality IS NULL AND product IS NULL AND period_from = '2026-03-01' ORDER BY level, product_group DESC$$,
	$$VALUES ('region', 1::bigint, 2::bigint, 2::bigint, 2::bigint), ('region by product group', 1, 1, 2, 2), ('region by product group', 0, 1, 0, 0)$$,
	'a client who moves within the region is one client of the region');

SELECT * FROM finish();
ROLLBACK;
