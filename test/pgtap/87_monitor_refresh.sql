-- refresh_monitor: who may, what it computes, and that a refresh by month after any change gives what a complete one gives.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- What it says ----
CREATE ROLE zr_owner;
CREATE ROLE zr_loader;
CREATE ROLE zr_reader;
SELECT format('GRANT CREATE ON DATABASE %I TO zr_owner', current_database()) \gexec
SET ROLE zr_owner;
CALL create_region('t', 'T');
INSERT INTO t.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO t.products (code, name, product_group, level) VALUES ('02A16', 'Basis', 'BI', 1), ('02A19', 'Complex', 'BI', 3), ('07A12', 'Groep', 'BG', NULL), ('45A04', 'Jeugd', 'JH', 2);
INSERT INTO t.providers VALUES ('73730101', 'A'), ('73730102', 'B');
SELECT is_empty('SELECT * FROM t.monitor_clients UNION ALL SELECT * FROM t.monitor_clients', 'before the first refresh the monitor is empty');
SELECT throws_ok($$SELECT * FROM refresh_monitor(NULL)$$, '22004', NULL, 'no region');
SELECT throws_ok($$SELECT * FROM refresh_monitor('t', NULL)$$, '22004', NULL, 'no day');
SELECT throws_ok($$SELECT * FROM refresh_monitor('t_none')$$, '3F000', NULL, 'a region that is not there');
SELECT throws_ok($$SELECT * FROM refresh_monitor('public')$$, '42809', NULL, 'a schema that is no region');
SELECT throws_ok($$SELECT * FROM refresh_monitor('t', 'infinity')$$, '22008', NULL, 'no day at all');
CREATE TEMP TABLE kept_settings AS SELECT * FROM t.settings;
DELETE FROM t.settings;
SELECT throws_ok($$SELECT * FROM refresh_monitor('t')$$, '55000', NULL, 'a region without settings');
SELECT lives_ok($$INSERT INTO t.settings (gap_days, suppress_below, round_to) VALUES (0, 10, 5)$$, 'which a row with three of them gives it');
DELETE FROM t.settings;
INSERT INTO t.settings SELECT * FROM kept_settings;
SELECT lives_ok($$SELECT * FROM refresh_monitor('t', '2026-04-15')$$, 'a region without care');
SELECT is_empty('SELECT * FROM t.figures_clients', 'has no figures');
GRANT USAGE ON SCHEMA t TO zr_loader, zr_reader;
GRANT INSERT, UPDATE, DELETE, SELECT ON t.allocations, t.deliveries TO zr_loader;
RESET ROLE;

SET ROLE zr_reader;
SELECT throws_ok($$SELECT * FROM refresh_monitor('t')$$, '42501', 'must be owner of region "t"', 'only the owner refreshes');
SELECT throws_ok($$CREATE TEMP TABLE x (); CREATE TRIGGER x AFTER INSERT ON x EXECUTE FUNCTION t.note_change()$$, '42501', NULL, 'nobody else can attach the triggers');
RESET ROLE;
SET ROLE zr_loader;
INSERT INTO t.allocations (number, client, provider, municipality, indication) VALUES
	(1, 1, '73730101', '0200', '02A16 [2026-01-01,2027-01-01)'), (2, 1, '73730102', '0301', '02A19 [2026-01-01,2027-01-01)'), (3, 2, '73730102', '0301', '02 [2026-01-01,2027-01-01)');
INSERT INTO t.deliveries VALUES (1, '2026-01-05', '2026-03-03', '38'), (2, '2026-03-10', NULL, NULL), (3, '2026-02-10', '2026-02-20', NULL);
SELECT throws_ok('TABLE t.monitor_changes', '42501', NULL, 'who loads need not see what it notes');
RESET ROLE;

SET ROLE zr_owner;
CREATE FUNCTION pg_temp.parts(day date, whole boolean DEFAULT false) RETURNS TABLE (part text, from_day date, to_day date, changed boolean) LANGUAGE sql AS
	$$SELECT part, from_day, to_day, inserted + updated + deleted > 0 FROM refresh_monitor('t', day, whole) WHERE part IN ('clients', 'flow', 'waiting')$$;
SELECT results_eq($$SELECT * FROM pg_temp.parts('2026-04-15')$$,
	$$VALUES ('clients', date '2025-12-01', date '2027-01-01', true), ('flow', '2025-12-01', '2027-01-01', true), ('waiting', '2022-01-01', '2027-01-01', false)$$, 'the months since the first change');
SELECT results_eq($$SELECT * FROM pg_temp.parts('2026-04-15')$$, $$VALUES ('clients', NULL::date, NULL::date, false), ('flow', NULL, NULL, false), ('waiting', NULL, NULL, false)$$, 'without changes nothing');
SELECT results_eq($$SELECT * FROM pg_temp.parts('2026-04-15', true)$$,
	$$VALUES ('clients', date '2022-01-01', date '2027-01-01', false), ('flow', '2022-01-01', '2027-01-01', false), ('waiting', '2022-01-01', '2027-01-01', false)$$, 'a complete one finds the same');
SELECT results_eq($$SELECT * FROM pg_temp.parts('2026-04-15', NULL)$$, $$VALUES ('clients', NULL::date, NULL::date, false), ('flow', NULL, NULL, false), ('waiting', NULL, NULL, false)$$, 'NULL is not complete');
SELECT results_eq($$SELECT * FROM pg_temp.parts('2026-05-16')$$,
	$$VALUES ('clients', date '2026-04-01', date '2027-01-01', true), ('flow', '2026-04-01', '2027-01-01', true), ('waiting', '2022-01-01', '2027-01-01', false)$$, 'a later day touches the months since');
UPDATE t.deliveries SET ended = '2026-02-21' WHERE number = 3;
SELECT results_eq($$SELECT from_day FROM pg_temp.parts('2026-05-16') WHERE part = 'clients'$$, $$VALUES (date '2026-02-01')$$, 'a change touches the months since it');
DELETE FROM t.deliveries WHERE number = 2;
SELECT results_eq($$SELECT from_day FROM pg_temp.parts('2026-05-16') WHERE part = 'clients'$$, $$VALUES (date '2026-03-01')$$, 'a start that vanishes those since the transfer before it');
UPDATE t.deliveries SET ended = ended WHERE number = 99;
SELECT results_eq($$SELECT from_day FROM pg_temp.parts('2026-05-16') WHERE part = 'clients'$$, $$VALUES (NULL::date)$$, 'no row, no change');
UPDATE t.settings SET monitor_years = 2;
SELECT results_eq($$SELECT from_day, to_day FROM pg_temp.parts('2026-05-16')$$, $$SELECT date '2025-01-01', date '2027-01-01' FROM generate_series(1, 3)$$, 'other settings touch all');
UPDATE t.settings SET template_version = 'x';
SELECT results_eq($$SELECT from_day, to_day FROM pg_temp.parts('2026-05-16')$$, $$SELECT date '2025-01-01', date '2027-01-01' FROM generate_series(1, 3)$$, 'so does another version');
SELECT results_eq($$SELECT from_day, to_day FROM pg_temp.parts('2025-05-16')$$, $$SELECT date '2024-01-01', date '2026-01-01' FROM generate_series(1, 3)$$, 'and an earlier year');
SELECT is_empty($$SELECT * FROM t.monitor_clients WHERE period_from > '2025-05-16'$$, 'which has no later months');
SELECT results_eq('SELECT as_of, monitor_years FROM t.monitor_state', $$VALUES (date '2025-05-16', 2)$$, 'the state is noted');
SELECT is(current_user, 'zr_owner'::name, 'the role is what it was');
TRUNCATE t.deliveries CASCADE;
SELECT results_eq($$SELECT from_day FROM pg_temp.parts('2025-05-16') WHERE part = 'clients'$$, $$VALUES (date '2024-01-01')$$, 'what is truncated touches all');
RESET ROLE;
-- a member of the owner, and a superuser, refresh as the owner
GRANT zr_owner TO zr_loader;
SET ROLE zr_loader;
SELECT lives_ok($$SELECT * FROM refresh_monitor('t', '2026-05-16')$$, 'a member of the owner refreshes');
SELECT is(current_user, 'zr_loader'::name, 'and stays who he is');
RESET ROLE;
SELECT lives_ok($$SELECT * FROM refresh_monitor('t', '2026-05-16')$$, 'so does a superuser');
-- what a stranger made is no part of it
GRANT CREATE ON SCHEMA t TO zr_reader;
SET ROLE zr_reader;
CREATE TABLE t.figures_planted (key bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, municipality text, who text, CONSTRAINT figures_planted_once UNIQUE (municipality));
CREATE FUNCTION t.compute_planted(from_day date, to_day date, as_of date) RETURNS TABLE (municipality text, who text) LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'planted'; END$$;
RESET ROLE;
SELECT is_empty($$SELECT part FROM refresh_monitor('t', '2026-05-16') WHERE part = 'planted'$$, 'parts of a stranger are none');
REVOKE CREATE ON SCHEMA t FROM zr_reader;

-- Code of the owner has the rights of the owner, whoever refreshes, and leaves nothing behind in his session
CREATE ROLE zr_evil;
SELECT format('GRANT CREATE ON DATABASE %I TO zr_evil', current_database()) \gexec
SET ROLE zr_evil;
CALL create_region('zr_evil', 'E');
CREATE TABLE zr_evil.figures_own (key bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, municipality text, who text, CONSTRAINT figures_own_once UNIQUE NULLS NOT DISTINCT (municipality));
CREATE FUNCTION zr_evil.compute_own(from_day date, to_day date, as_of date) RETURNS TABLE (municipality text, who text) LANGUAGE plpgsql AS $$BEGIN
	PERFORM set_config('work_mem', '77MB', false);
	PERFORM set_config('zr.evil', 'x', false);
	RETURN QUERY SELECT NULL::text, current_user::text; END$$;
RESET ROLE;
SELECT lives_ok($$SELECT * FROM refresh_monitor('zr_evil', '2026-05-16')$$, 'a superuser refreshes what an owner added');
SELECT results_eq('SELECT who FROM zr_evil.figures_own', $$VALUES ('zr_evil')$$, 'as the owner');
SELECT is(coalesce(current_setting('zr.evil', true), ''), '', 'whose settings are gone');
SELECT isnt(current_setting('work_mem'), '77MB', 'all of them');
SET ROLE zr_evil;
CREATE OR REPLACE FUNCTION zr_evil.compute_own(from_day date, to_day date, as_of date) RETURNS TABLE (municipality text, who text) LANGUAGE plpgsql AS $$BEGIN
	PERFORM set_config('role', 'none', true);
	RETURN QUERY SELECT NULL::text, current_user::text; END$$;
CREATE FUNCTION zr_evil.back() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM set_config('role', 'none', true); RETURN NULL; END$$;
RESET ROLE;
SELECT throws_ok($$SELECT * FROM refresh_monitor('zr_evil', '2026-05-16')$$, '42501', NULL, 'and not with the rights of the superuser');
SET ROLE zr_evil;
CREATE TRIGGER back AFTER UPDATE ON zr_evil.settings EXECUTE FUNCTION zr_evil.back();
RESET ROLE;
SELECT throws_ok($$CALL upgrade_region('zr_evil')$$, '42501', NULL, 'nor when he upgrades');
SET ROLE zr_reader;
SELECT throws_ok($$SELECT as_owner('t', 'SELECT 1')$$, '42501', NULL, 'nobody else runs anything as the owner');
SELECT throws_ok($$SELECT as_owner('zr_none', 'SELECT 1')$$, '3F000', NULL, 'of what is not there');
RESET ROLE;

-- ---- After any change a refresh gives what a complete one gives ----
CALL create_region('r', 'R');
UPDATE r.settings SET monitor_years = 3;
INSERT INTO r.municipalities VALUES ('0201', 'A'), ('0202', 'B');
INSERT INTO r.products (code, name, product_group, level) VALUES ('02A16', 'a', 'BI', 1), ('02A19', 'b', 'BI', 3), ('07A12', 'd', 'BG', NULL), ('45A04', 'e', 'JH', 2);
INSERT INTO r.providers SELECT (40000000 + i)::provider, 'P' || i FROM generate_series(1, 3) i;
CREATE TEMP TABLE round (n integer, what text, from_day date, months integer, wrong text);
SELECT setseed(0.7);

CREATE FUNCTION pg_temp.day(within integer) RETURNS date LANGUAGE sql AS 'SELECT date ''2026-07-20'' - (random() * within)::integer';
CREATE FUNCTION pg_temp.allot(n bigint, latest integer) RETURNS void LANGUAGE sql AS $$
	INSERT INTO r.allocations (number, client, provider, municipality, indication, requested, change_reason)
	SELECT n, 1 + (random() * 12)::integer, (40000001 + (random() * 2)::integer)::provider, (201 + (random())::integer)::municipality,
		indication((ARRAY['02A16', '02A19', '07A12', '45A04', '02A99'])[1 + (random() * 4)::integer]::product, NULL::volume, daterange(s, CASE WHEN random() < 0.6 THEN s + 1 + (random() * 300)::integer END)),
		s - (random() * 40)::integer, (ARRAY['09', '02', NULL, NULL])[1 + (random() * 3)::integer]
	FROM pg_temp.day(latest) s
	ON CONFLICT DO NOTHING;
$$;
-- One random change; what changed says which.
CREATE FUNCTION pg_temp.change() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	chosen bigint := (SELECT number FROM r.allocations ORDER BY random() LIMIT 1);
	dice constant integer := floor(random() * 14);
BEGIN
	CASE dice
	WHEN 0, 1, 2 THEN
		INSERT INTO r.deliveries SELECT number, greatest(lower(period(indication)), pg_temp.day(200)), NULL, NULL FROM r.allocations WHERE number = chosen ON CONFLICT DO NOTHING;
	WHEN 3, 4 THEN
		UPDATE r.deliveries d SET ended = d.started + (random() * 60)::integer, stop_reason = (ARRAY['20', '38', '36', '02', NULL])[1 + (random() * 4)::integer]
		WHERE (d.number, d.started) = (SELECT number, started FROM r.deliveries WHERE started > '2025-10-01' ORDER BY random() LIMIT 1);
	WHEN 5 THEN
		DELETE FROM r.deliveries d WHERE (d.number, d.started) = (SELECT number, started FROM r.deliveries WHERE started > '2025-10-01' ORDER BY random() LIMIT 1);
	WHEN 6 THEN
		UPDATE r.deliveries d SET started = d.started + 5 WHERE (d.number, d.started) = (SELECT number, started FROM r.deliveries WHERE started > '2025-10-01' AND ended IS NULL ORDER BY random() LIMIT 1)
			AND NOT EXISTS (SELECT FROM r.deliveries x WHERE x.number = d.number AND x.started = d.started + 5);
	WHEN 7 THEN
		chosen := 1000 + (random() * 100000)::integer;
		PERFORM pg_temp.allot(chosen, 100);
		INSERT INTO r.deliveries SELECT number, lower(period(indication)), NULL, NULL FROM r.allocations WHERE number = chosen;
	WHEN 8 THEN
		UPDATE r.allocations SET indication = indication(product(indication), NULL::volume, daterange(lower(period(indication)), lower(period(indication)) + 1 + (random() * 400)::integer)) WHERE number = chosen;
	WHEN 9 THEN
		UPDATE r.allocations SET client = 1 + (random() * 12)::integer, municipality = '0202' WHERE number = chosen;
	WHEN 10 THEN
		UPDATE r.allocations SET provider = '40000003', change_reason = '09' WHERE number = chosen;
	WHEN 11 THEN
		UPDATE r.allocations SET requested = pg_temp.day(300) WHERE number = chosen;
	WHEN 12 THEN
		DELETE FROM r.deliveries WHERE number = chosen;
		DELETE FROM r.allocations WHERE number = chosen;
	ELSE
		UPDATE r.products SET product_group = (ARRAY['BI', 'X'])[1 + random()::integer], level = 1 + (random() * 3)::integer WHERE code = '02A19';
	END CASE;
	RETURN dice;
END $$;
-- Keys of all rows by their dimensions, to see that who stays keeps it.
CREATE TEMP TABLE kept (part text, row_dimensions text, key bigint);
CREATE FUNCTION pg_temp.keys() RETURNS TABLE (part text, row_dimensions text, key bigint) LANGUAGE sql AS $$
	SELECT 'clients', (municipality, product_group, product, period_kind, period_from, period_to)::text, key FROM r.monitor_clients
	UNION ALL SELECT 'flow', (municipality, product_group, period_kind, period_from, period_to)::text, key FROM r.monitor_flow
	UNION ALL SELECT 'transitions', (municipality, period_from, period_to, kind, from_product, to_product)::text, key FROM r.monitor_transitions
	UNION ALL SELECT 'scaling', (municipality, product_group, period_from, period_to)::text, key FROM r.monitor_scaling
	UNION ALL SELECT 'youth_to_adult', (municipality, period_from, period_to)::text, key FROM r.monitor_youth_to_adult
	UNION ALL SELECT 'waiting', (municipality, product_group, period_from, period_to)::text, key FROM r.monitor_waiting
$$;
CREATE FUNCTION pg_temp.play(rounds integer, gap integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	what text;
	first date;
	wrong text;
	day date := '2026-06-20';
BEGIN
	UPDATE r.settings SET gap_days = gap;
	PERFORM refresh_monitor('r', day);
	FOR n IN 1 .. rounds LOOP
		DELETE FROM kept;
		INSERT INTO kept SELECT * FROM pg_temp.keys();
		what := pg_temp.change();
		IF random() < 0.3 THEN
			what := what || ' ' || pg_temp.change();
		END IF;
		IF random() < 0.15 THEN
			day := day + (random() * 20 - 8)::integer;
			what := what || ' day';
		END IF;
		SELECT min(f.from_day) INTO first FROM refresh_monitor('r', day) f WHERE f.part IN ('clients', 'flow', 'transitions', 'scaling');
		SELECT string_agg(f.part || ' ' || f.inserted || ' ' || f.updated || ' ' || f.deleted, ', ') INTO wrong FROM refresh_monitor('r', day, true) f WHERE f.inserted + f.updated + f.deleted > 0;
		SELECT concat_ws('; ', wrong, string_agg(part || ' changed its key', ', ')) INTO wrong FROM kept JOIN pg_temp.keys() k USING (part, row_dimensions) WHERE k.key <> kept.key;
		INSERT INTO round VALUES (n, what, first, full_months(first, '2027-01-01'), wrong);
	END LOOP;
END $$;
SELECT pg_temp.allot(n, 1100) FROM generate_series(1, 60) n;
INSERT INTO r.deliveries SELECT number, s, CASE WHEN r IS NOT NULL THEN s + (random() * 60)::integer END, r
FROM r.allocations, LATERAL generate_series(0, (random() + number * 0)::integer) k,
	LATERAL (SELECT lower(period(indication)) + k * 70, (ARRAY['20', '38', '36', '02', NULL])[1 + (random() * 4 + number * 0)::integer]) x(s, r) WHERE number % 8 > 0;
SELECT pg_temp.play(20, 0);
SELECT pg_temp.play(20, 30);
SELECT is_empty($$SELECT * FROM round WHERE wrong <> ''$$, 'rows and keys after random changes');
SELECT cmp_ok((SELECT count(*) FROM round WHERE from_day > '2024-01-01'), '>', 20::bigint, 'most of them computed some months only');
SELECT cmp_ok((SELECT count(DISTINCT split_part(what, ' ', 1)) FROM round), '>', 9::bigint, 'of many kinds');
SELECT is_empty('SELECT key FROM pg_temp.keys() GROUP BY part, key HAVING count(*) > 1', 'keys are unique');
-- a new year: the first one leaves
SELECT lives_ok($$SELECT * FROM refresh_monitor('r', '2027-01-15')$$, 'a new year');
SELECT is((SELECT min(period_from) FROM r.monitor_clients), date '2025-01-01', 'takes the place of the first');
SELECT is_empty($$SELECT part FROM refresh_monitor('r', '2027-01-15', true) WHERE inserted + updated + deleted > 0$$, 'and is as complete');

-- What reaches back before the day that changed, one by one. Client 1 was transferred on 10 January, client 2 paused.
CREATE FUNCTION pg_temp.scenario(name text, change text, touched date, gap integer DEFAULT 0) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	first date;
	changed bigint;
BEGIN
	TRUNCATE r.deliveries, r.claims, r.allocations;
	UPDATE r.settings SET gap_days = gap;
	INSERT INTO r.allocations (number, client, provider, municipality, indication, requested) VALUES
		(1, 1, '40000001', '0201', '02A16 [2025-01-01,)', '2024-12-20'), (2, 1, '40000002', '0201', '02A19 [2025-05-01,)', '2025-04-20'), (3, 2, '40000001', '0201', '02A16 [2025-01-01,2025-12-01)', '2024-12-20'),
		(4, 3, '40000001', '0202', '07A12 [2025-01-01,)', NULL), (5, 9, '40000003', '0201', '02A19 [2025-06-01,)', NULL);
	INSERT INTO r.deliveries VALUES (1, '2025-01-10', '2025-02-10', '38'), (2, '2025-05-05', NULL, NULL), (3, '2025-01-15', '2025-02-20', '20'), (3, '2025-06-01', '2025-10-31', '19'),
		(4, '2025-01-20', '2025-04-25', '19'), (5, '2025-06-10', NULL, NULL);
	PERFORM refresh_monitor('r', '2026-06-20', true);
	EXECUTE change;
	SELECT min(f.from_day), sum(f.inserted + f.updated + f.deleted) INTO first, changed FROM refresh_monitor('r', '2026-06-20') f WHERE part = 'clients';
	RETURN NEXT is(first, touched, name || ' touches the months since');
	RETURN NEXT cmp_ok(changed, '>', 0::bigint, 'and figures in them');
	RETURN NEXT is_empty($q$SELECT part FROM refresh_monitor('r', '2026-06-20', true) WHERE inserted + updated + deleted > 0$q$, 'and no others');
END $$;
SELECT pg_temp.scenario('a start after a transfer that vanishes', 'DELETE FROM r.deliveries WHERE number = 2', '2025-02-01');
SELECT pg_temp.scenario('one that comes earlier', $$INSERT INTO r.deliveries VALUES (2, '2025-04-01', '2025-04-30', NULL)$$, '2025-02-01');
SELECT pg_temp.scenario('one that becomes another client''s', 'UPDATE r.allocations SET client = 9 WHERE number = 2', '2025-02-01');
SELECT pg_temp.scenario('one that another client''s becomes', 'UPDATE r.allocations SET client = 1 WHERE number = 5', '2025-02-01');
SELECT pg_temp.scenario('one that turns out to be at the same provider', $$UPDATE r.allocations SET provider = '40000001' WHERE number = 2$$, '2025-02-01');
SELECT pg_temp.scenario('one that was never sent', $$UPDATE r.allocations SET change_reason = '13', indication = '02A19 [2025-05-01,2025-05-02)' WHERE number = 2$$, '2025-02-01');
SELECT pg_temp.scenario('a start after a pause that vanishes', $$DELETE FROM r.deliveries WHERE number = 3 AND started > '2025-03-01'$$, '2025-02-01');
SELECT pg_temp.scenario('an allotment that ends earlier', $$UPDATE r.allocations SET indication = '02A16 [2025-01-01,2025-10-01)' WHERE number = 3; DELETE FROM r.deliveries WHERE number = 3 AND started > '2025-03-01'$$, '2024-12-01');
SELECT pg_temp.scenario('a start that moves to later', $$UPDATE r.deliveries SET started = '2025-09-10' WHERE number = 5$$, '2025-06-01');
SELECT pg_temp.scenario('a start that moves to earlier', $$UPDATE r.deliveries SET started = '2025-04-10' WHERE number = 5$$, '2025-04-01');
SELECT pg_temp.scenario('a reason for change that makes an end a transfer', $$UPDATE r.deliveries SET stop_reason = NULL WHERE number = 4; UPDATE r.allocations SET client = 1, change_reason = '09' WHERE number = 4$$, '2024-12-01');
SELECT pg_temp.scenario('an allotment that goes, with its deliveries', 'DELETE FROM r.deliveries WHERE number = 5; DELETE FROM r.allocations WHERE number = 5', '2025-05-01');
SELECT pg_temp.scenario('a start within the gap after an end in the month before', $$INSERT INTO r.deliveries VALUES (4, '2025-05-15', NULL, NULL)$$, '2025-03-01', 30);
SELECT pg_temp.scenario('a gap of a thousand years', $$INSERT INTO r.deliveries VALUES (4, '2025-05-15', NULL, NULL)$$, '2024-01-01', 2000000000);
SELECT pg_temp.scenario('a product of another group', $$UPDATE r.products SET product_group = 'Y' WHERE code = '07A12'$$, '2024-01-01');
-- A bridge takes an end away, and with it the transfer to a product that had started up to a gap before that end, in the year before.
TRUNCATE r.deliveries, r.allocations;
UPDATE r.settings SET gap_days = 10;
INSERT INTO r.allocations (number, client, provider, municipality, indication) VALUES (1, 1, '40000001', '0201', '02A16 [2025-01-01,)'), (2, 1, '40000001', '0201', '02A19 [2025-01-01,)');
INSERT INTO r.deliveries VALUES (1, '2025-03-01', '2026-01-05', NULL), (2, '2025-12-28', NULL, NULL);
SELECT isnt_empty($$SELECT * FROM refresh_monitor('r', '2026-06-20')$$, 'a refresh');
SELECT results_eq($$SELECT period_from, clients FROM r.monitor_transitions WHERE level = 'region' AND kind = 'transfer'$$, $$VALUES (date '2025-01-01', 1::bigint)$$, 'sees a transfer a week before the end');
INSERT INTO r.deliveries VALUES (1, '2026-01-15', NULL, NULL);
SELECT is((SELECT from_day FROM refresh_monitor('r', '2026-06-20') WHERE part = 'transitions'), date '2025-12-01', 'that a bridge takes away touches the month of the transfer');
SELECT is_empty($$SELECT part FROM refresh_monitor('r', '2026-06-20', true) WHERE inserted + updated + deleted > 0$$, 'and no others');
UPDATE r.settings SET gap_days = 0;
-- Looking for what reaches back costs, so after a large load all is computed.
DELETE FROM r.monitor_changes;
INSERT INTO r.allocations (number, client, provider, municipality, indication) SELECT n, n, '40000001', '0201', '02A16 [2026-06-01,)' FROM generate_series(1001, 101001) n;
INSERT INTO r.deliveries SELECT n, '2026-06-01', NULL, NULL FROM generate_series(1001, 101000) n;
SELECT results_eq('SELECT source, from_day, to_day FROM r.monitor_changes ORDER BY 1', $$VALUES ('allocations', '-infinity'::date, 'infinity'::date), ('deliveries', '2026-06-01', 'infinity')$$, 'a large load touches all');

-- ---- Loads ----
-- The same year loaded at once, and in halves: the second replaces what was open at the turn.
CREATE TEMP TABLE loaded AS
SELECT number, started, ended, CASE WHEN ended IS NOT NULL THEN '19' END AS stop_reason
FROM generate_series(1, 40) number, LATERAL (SELECT date '2025-01-01' + (random() * 364)::integer + number * 0 AS started) s, LATERAL (SELECT CASE WHEN number % 4 > 0 THEN started + (random() * 200)::integer END) e(ended);
DO $$
BEGIN
	PERFORM setseed(0.4);
	FOR i IN 1 .. 2 LOOP
		EXECUTE format('CALL create_region(%L, %L)', 'l' || i, 'L');
		EXECUTE format('INSERT INTO l%1$s.municipalities TABLE r.municipalities; INSERT INTO l%1$s.products TABLE r.products; INSERT INTO l%1$s.providers TABLE r.providers;
			INSERT INTO l%1$s.allocations (number, client, provider, municipality, indication, requested)
			SELECT number, number %% 15, ''40000001'', CASE WHEN number %% 3 = 0 THEN ''0201'' ELSE ''0202'' END::municipality, indication(product ''02A16'', NULL::volume, daterange(started - 1, NULL)), started - 30 FROM loaded', i);
	END LOOP;
END $$;
INSERT INTO l1.deliveries TABLE loaded;
INSERT INTO l2.deliveries SELECT number, started, CASE WHEN ended < '2025-07-01' THEN ended END, CASE WHEN ended < '2025-07-01' THEN stop_reason END FROM loaded WHERE started < '2025-07-01';
SELECT lives_ok($$SELECT * FROM refresh_monitor('l1', '2026-01-10')$$, 'a year at once');
SELECT lives_ok($$SELECT * FROM refresh_monitor('l2', '2025-07-10')$$, 'a half-year');
DELETE FROM l2.deliveries WHERE ended IS NULL;
INSERT INTO l2.deliveries SELECT * FROM loaded WHERE started >= '2025-07-01' OR ended >= '2025-07-01' OR ended IS NULL;
SELECT lives_ok($$SELECT * FROM refresh_monitor('l2', '2026-01-10')$$, 'and the other one');
CREATE FUNCTION pg_temp.same(what text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	part text;
	different bigint := 0;
	n bigint;
BEGIN
	FOREACH part IN ARRAY '{clients,flow,transitions,scaling,youth_to_adult,waiting}'::text[] LOOP
		EXECUTE format('SELECT count(*) FROM ((SELECT to_jsonb(x) - ''key'' FROM l1.monitor_%1$s x EXCEPT ALL SELECT to_jsonb(x) - ''key'' FROM l2.monitor_%1$s x)
			UNION ALL (SELECT to_jsonb(x) - ''key'' FROM l2.monitor_%1$s x EXCEPT ALL SELECT to_jsonb(x) - ''key'' FROM l1.monitor_%1$s x)) d', part) INTO n;
		different := different + n;
	END LOOP;
	RETURN is(different, 0::bigint, what);
END $$;
SELECT pg_temp.same('half-year loads join to the whole');
SELECT cmp_ok((SELECT sum(outflow) FROM l2.monitor_flow WHERE level = 'region' AND period_kind = 'year' AND period_from = '2025-01-01'), '<=', (SELECT count(*) FROM loaded)::numeric, 'nobody goes twice');
-- A correction of March to May: its rows come in the place of the old ones.
UPDATE loaded SET ended = started + 10, stop_reason = '19' WHERE started BETWEEN '2025-03-01' AND '2025-05-31';
DELETE FROM l2.deliveries WHERE started BETWEEN '2025-03-01' AND '2025-05-31';
INSERT INTO l2.deliveries SELECT * FROM loaded WHERE started BETWEEN '2025-03-01' AND '2025-05-31';
TRUNCATE l1.deliveries;
INSERT INTO l1.deliveries TABLE loaded;
SELECT results_eq($$SELECT from_day FROM refresh_monitor('l2', '2026-01-10') WHERE part = 'clients'$$, $$SELECT greatest(date_trunc('month', min(started) - 1)::date, '2025-02-01') FROM loaded WHERE started >= '2025-03-01'$$, 'a correction touches the months since');
SELECT lives_ok($$SELECT * FROM refresh_monitor('l1', '2026-01-10')$$, 'and all at once');
SELECT pg_temp.same('a correction replaces its period');

-- ---- Dates that no history holds ----
INSERT INTO l1.allocations (number, client, provider, municipality, indication, requested) SELECT n, 90, '40000001', '0201', '02A16 [2025-01-01,)', '2024-12-01' FROM generate_series(91, 95) n;
INSERT INTO l1.claims (number, product_period, volume, tariff, amount) VALUES (91, '[-infinity,2025-02-01)', '1 uur', '60.00/uur', 60);
INSERT INTO l1.deliveries VALUES (91, '-infinity', '2025-03-01', NULL), (92, '2025-02-01', 'infinity', NULL), (93, '2025-02-01', '9999-12-31', NULL), (94, 'infinity', NULL, NULL), (95, '0001-01-01 BC', '2025-03-01', NULL);
SELECT lives_ok($$SELECT * FROM refresh_monitor('l1', '2026-01-10')$$, 'dates that stand for none');
SELECT results_eq($$SELECT stock_end FROM l1.monitor_flow WHERE level = 'region' AND period_from = '2025-12-01'$$, $$SELECT stock_end + 1 FROM l2.monitor_flow WHERE level = 'region' AND period_from = '2025-12-01'$$,
	'an end that stands for none is none, a start is not known');

SELECT * FROM finish();
ROLLBACK;
