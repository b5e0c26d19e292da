-- Publication: what is rounded, what is hidden, and that figures for outsiders are those of the monitor otherwise. That no hidden
-- figure can be computed is what test/shell/97_publication.sh shows with a linear solver.
\set ON_ERROR_STOP on
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- suppress ----
SELECT is(suppress('{{7,40,50,97},{60,30,70,160},{80,90,20,190},{147,160,140,447}}', 10, 4), '{{t,t,f,f},{t,t,f,f},{f,f,f,f},{f,f,f,f}}', 'a small cell and the cheapest rectangle around it');
SELECT is(suppress('{{7,40,50,97},{60,30,70,160},{80,90,20,190},{147,160,140,447}}', 5), array_fill(false, '{4,4}'), 'nothing below, nothing hidden');
SELECT is(suppress('{}', 10), '{}', 'no table');
SELECT is(suppress('{{3,20,30,53}}', 10), '{{t,t,f,f}}', 'a line with its total');
SELECT is(suppress('{{3},{20},{30},{53}}', 10), '{{t},{t},{f},{f}}', 'upright too');
SELECT is(suppress('{{3,20,NULL},{20,20,NULL},{NULL,NULL,NULL}}', 10), '{{t,f,NULL},{f,f,NULL},{NULL,NULL,NULL}}', 'without totals only what is small; no cell stays none');
SELECT is(suppress('{{{7,40,47},{60,30,90},{67,70,137}},{{40,7,47},{60,30,90},{100,37,137}}}', 10), '{{t,t,f},{t,t,f},{f,f,f}}', 'layers have one pattern');
SELECT is(suppress('{{9,9,18},{9,9,18}}', 10, 4), array_fill(true, '{2,3}'), 'cells that are all as large as they can be are no protection');
SELECT is(suppress('[5:6][3:5]={{3,20,23},{3,20,23}}', 10), suppress('{{3,20,23},{3,20,23}}', 10), 'bounds of the array do not matter');
SELECT is(suppress(NULL, 10), NULL, 'NULL');
SELECT throws_ok($$SELECT suppress('{1,2}', 10)$$, '2202E', NULL, 'one dimension');
SELECT throws_ok($$SELECT suppress('{{{{1}}}}', 10)$$, '2202E', NULL, 'four');
SELECT throws_ok($$SELECT suppress('{{{1,2},{2,3}},{{1,2},{2,NULL}}}', 10)$$, '2202E', NULL, 'a cell that one layer lacks');
SELECT throws_ok($$SELECT suppress('{{1,2},{2,3}}', -1)$$, '22023', 'the threshold -1 is out of range', 'a threshold below 0');
SELECT throws_ok($$SELECT suppress('{{1,2},{2,3}}', 10, 0)$$, '22023', 'the width 0 is out of range', 'a width of nothing');
SELECT throws_ok($$SELECT suppress('{{1,100000000000001},{2,3}}', 10)$$, '22003', 'the table cannot be protected', 'a figure too large');
SELECT throws_ok($$SELECT suppress(array_fill(1::bigint, '{2,1001}'), 10)$$, '54000', 'the table is too large', 'too many columns');
SELECT throws_ok($$SELECT suppress(array_fill(1::bigint, '{300,300}'), 10)$$, '54000', 'the table is too large', 'too many cells');
SELECT is(suppress_amounts('{{5000,1,9000,14001},{1,1,1,3},{9000,1,9000,18001},{14001,3,18001,32005}}', '{{t,f,f,f},{f,f,f,f},{f,f,f,f},{f,f,f,f}}'),
	'{{t,f,t,f},{f,f,f,f},{t,f,t,f},{f,f,f,f}}', 'an amount keeps a range of itself, so the smallest cells are no protection');
SELECT is(suppress_amounts('{{-50,100,50},{70,80,150},{20,180,200}}', '{{NULL,f,f},{f,f,f},{f,f,f}}'), array_fill(false, '{3,3}'), 'nothing to hide; NULL is false');
SELECT throws_ok($$SELECT suppress_amounts('{{1,2},{2,3}}', '{t,t}')$$, '2202E', NULL, 'another shape');
SELECT throws_ok($$SELECT suppress_amounts('{{1,2},{2,3}}', '{{t},{t}}')$$, '2202E', NULL, 'fewer columns');

-- ---- A region ----
\set region zr_pub
\set seed 1
\ir ../random-region.sql
SET search_path = zr_pub, zorgregio, public;
INSERT INTO lump_sums (provider, municipality, product_group, valid, amount) VALUES ('73730101', '0201', NULL, '[2024-01-01,2025-01-01)', 12345.67);
-- never loaded as an allotment: of a municipality that nobody knows
INSERT INTO claims (number, product_period, volume, tariff, amount) VALUES (999999, '[2024-03-01,2024-04-01)', '60 minuut', '60.00/uur', 60);
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub', '2025-12-31')$$, 'the monitor is refreshed');

CREATE TEMP TABLE public_view AS
SELECT c.oid, c.relname::text AS name FROM pg_class c WHERE relnamespace = 'zr_pub'::regnamespace AND relkind = 'v' AND relname ~ '^public_';
SELECT set_eq('SELECT name FROM public_view', (SELECT array_agg('public_' || p) FROM unnest('{clients,flow,transitions,spending,budget,providers,outflow,coverage,waiting,utilisation,thresholds}'::text[]) p),
	'each of the eleven views of the monitor has one for outsiders');
SELECT is_empty($$SELECT name FROM public_view v JOIN pg_class c USING (oid) WHERE NOT coalesce(c.reloptions @> '{security_invoker=true}' OR c.reloptions @> '{security_invoker=on}', false)$$, 'read with the rights of who asks');
SELECT is_empty($$
	SELECT name, attname, atttypid::regtype FROM public_view JOIN pg_attribute ON attrelid = oid AND attnum > 0
	WHERE atttypid NOT IN ('bigint'::regtype, 'integer'::regtype, 'text'::regtype, 'numeric'::regtype, 'date'::regtype, 'boolean'::regtype)
$$, 'base types only');
SELECT is_empty($$SELECT name FROM public_view JOIN pg_attribute ON attrelid = oid AND attnum = 1 WHERE attname <> 'key' OR atttypid <> 'bigint'::regtype$$, 'first a key');
SELECT is_empty($$SELECT name, attname FROM public_view JOIN pg_attribute ON attrelid = oid AND attname ~ 'client|^provider$|provider_name' AND attname <> 'with_clients' WHERE name <> 'public_providers'$$,
	'no clients, and providers by name only where their contracts are listed');
SELECT is_empty($$
	SELECT c.relname FROM pg_class c WHERE relnamespace = 'zr_pub'::regnamespace AND relkind = 'r' AND relname ~ '^figures_public_' AND NOT relrowsecurity
$$, 'row-level security on the figures');

-- What the tables hold: the figures of the monitor, complete
CREATE TEMP VIEW truth AS
SELECT m.code AS municipality, g.product_group, y.period_from, coalesce(c.persons, 0) AS persons, coalesce(f.inflow, 0) AS inflow, coalesce(f.outflow, 0) AS outflow,
	coalesce(s.scaled_up, 0) AS scaled_up, coalesce(s.scaled_down, 0) AS scaled_down, coalesce(w.within_norm, 0) AS within_norm, coalesce(w.started - w.within_norm, 0) AS beyond_norm,
	w.median_days, coalesce(a.delivered, 0) AS delivered, coalesce(a.spent, 0) AS spent
FROM (SELECT code::text FROM municipalities UNION ALL VALUES ('(unknown)'), (NULL)) m(code)
	CROSS JOIN (SELECT product_group FROM products UNION VALUES ('(unknown)') UNION ALL VALUES (NULL)) g
	CROSS JOIN (VALUES (date '2024-01-01'), ('2025-01-01')) y(period_from)
	LEFT JOIN figures_clients c ON c.period_kind = 'year' AND c.product IS NULL AND (c.municipality, c.product_group, c.period_from) IS NOT DISTINCT FROM (m.code, g.product_group, y.period_from)
	LEFT JOIN figures_flow f ON f.period_kind = 'year' AND (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (m.code, g.product_group, y.period_from)
	LEFT JOIN figures_scaling s ON (s.municipality, s.product_group, s.period_from) IS NOT DISTINCT FROM (m.code, g.product_group, y.period_from)
	LEFT JOIN figures_waiting w ON (w.municipality, w.product_group, w.period_from) IS NOT DISTINCT FROM (m.code, g.product_group, y.period_from)
	LEFT JOIN figures_spending a ON a.period_kind = 'year' AND (a.municipality, a.product_group, a.period_from) IS NOT DISTINCT FROM (m.code, g.product_group, y.period_from);
CREATE TEMP VIEW published AS
SELECT t.*, p.hidden AS clients_hidden, p.persons AS p_persons, f.hidden AS flow_hidden, f.inflow AS p_inflow, f.outflow AS p_outflow,
	s.hidden AS transitions_hidden, s.scaled_up AS p_up, s.scaled_down AS p_down, w.hidden AS waiting_hidden, w.within_norm AS p_within, w.beyond_norm AS p_beyond, w.share_within_norm, w.median_days AS p_median,
	a.hidden AS spending_hidden, a.delivered AS p_delivered, a.spent AS p_spent
FROM truth t
	LEFT JOIN public_clients p ON (p.municipality, p.product_group, p.period_from) IS NOT DISTINCT FROM (t.municipality, t.product_group, t.period_from)
	LEFT JOIN public_flow f ON (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (t.municipality, t.product_group, t.period_from)
	LEFT JOIN public_transitions s ON (s.municipality, s.product_group, s.period_from) IS NOT DISTINCT FROM (t.municipality, t.product_group, t.period_from)
	LEFT JOIN public_waiting w ON (w.municipality, w.product_group, w.period_from) IS NOT DISTINCT FROM (t.municipality, t.product_group, t.period_from)
	LEFT JOIN public_spending a ON (a.municipality, a.product_group, a.period_from) IS NOT DISTINCT FROM (t.municipality, t.product_group, t.period_from);
SELECT is((SELECT ARRAY[count(*), count(DISTINCT key)] FROM public_clients), (SELECT ARRAY[count(*), count(*)] FROM truth), 'one row per municipality, group and year, with their totals, also without care');
SELECT is_empty('SELECT * FROM published WHERE clients_hidden IS NULL OR flow_hidden IS NULL OR transitions_hidden IS NULL OR waiting_hidden IS NULL OR spending_hidden IS NULL', 'the same rows in every view of municipalities and groups');
CREATE FUNCTION pg_temp.rounded(n bigint, step bigint) RETURNS bigint LANGUAGE sql RETURN CASE WHEN 2 * (n % step) >= step THEN n - n % step + step ELSE n - n % step END;

SELECT is_empty($$SELECT * FROM published WHERE persons < 10 AND NOT clients_hidden$$, 'fewer than 10 persons are hidden');
SELECT is_empty($$SELECT * FROM published WHERE p_persons IS DISTINCT FROM CASE WHEN NOT clients_hidden THEN pg_temp.rounded(persons, 5) END$$, 'others are rounded to 5');
SELECT is_empty($$SELECT * FROM published WHERE least(persons, inflow, outflow) < 10 AND NOT flow_hidden$$, 'a small flow hides both');
SELECT is_empty($$SELECT municipality FROM published GROUP BY municipality, product_group HAVING count(DISTINCT flow_hidden) > 1$$, 'in all years');
SELECT is_empty($$SELECT * FROM published WHERE (p_inflow, p_outflow) IS DISTINCT FROM
	(CASE WHEN NOT flow_hidden THEN pg_temp.rounded(inflow, 5) END, CASE WHEN NOT flow_hidden THEN pg_temp.rounded(outflow, 5) END)$$, 'flows are rounded');
SELECT is_empty($$SELECT * FROM published WHERE least(scaled_up, scaled_down) < 10 AND NOT transitions_hidden$$, 'a small count of scaling hides both');
SELECT is_empty($$SELECT * FROM published WHERE (p_up, p_down) IS DISTINCT FROM
	(CASE WHEN NOT transitions_hidden THEN pg_temp.rounded(scaled_up, 5) END, CASE WHEN NOT transitions_hidden THEN pg_temp.rounded(scaled_down, 5) END)$$, 'scaling is rounded');
SELECT is_empty($$SELECT * FROM published WHERE least(persons, within_norm, beyond_norm) < 10 AND NOT waiting_hidden$$, 'within and beyond the norm: each must be large enough, and the persons');
SELECT is_empty($$SELECT * FROM published WHERE (p_within, p_beyond) IS DISTINCT FROM
	(CASE WHEN NOT waiting_hidden THEN pg_temp.rounded(within_norm, 5) END, CASE WHEN NOT waiting_hidden THEN pg_temp.rounded(beyond_norm, 5) END)$$, 'both are rounded');
SELECT is_empty($$SELECT * FROM published WHERE (share_within_norm, p_median) IS DISTINCT FROM
	(CASE WHEN NOT waiting_hidden AND least(persons, within_norm + beyond_norm) >= 100 THEN round(within_norm * 100.0 / (within_norm + beyond_norm))::integer END,
	CASE WHEN NOT waiting_hidden AND least(persons, within_norm + beyond_norm) >= 100 THEN median_days END)$$, 'percentages and medians of 100 or more');
SELECT ok(count(*) FILTER (WHERE share_within_norm IS NOT NULL) > 0 AND count(*) FILTER (WHERE share_within_norm IS NULL AND NOT waiting_hidden) > 0, 'there are both') FROM published;
SELECT is_empty($$SELECT * FROM published WHERE clients_hidden AND NOT spending_hidden$$, 'amounts are hidden where the number of persons is');
SELECT is_empty($$SELECT * FROM published WHERE (p_delivered, p_spent) IS DISTINCT FROM (CASE WHEN NOT spending_hidden THEN delivered END, CASE WHEN NOT spending_hidden THEN spent END)$$, 'other amounts are exact');
SELECT is_empty($$SELECT * FROM published WHERE municipality = '(unknown)' AND NOT spending_hidden$$, 'claims of nobody knows whom are hidden');
SELECT ok(bool_and(spent > 0), 'though they are there') FROM truth WHERE municipality = '(unknown)' AND product_group IS NULL AND period_from = '2024-01-01';
SELECT is_empty($$SELECT b.key FROM public_budget b LEFT JOIN public_spending s ON (s.municipality, s.product_group, s.period_from) IS NOT DISTINCT FROM (b.municipality, b.product_group, b.period_from)
	WHERE (b.spent, b.hidden) IS DISTINCT FROM (s.spent, s.hidden)$$, 'spending beside a budget is that of public_spending, or hidden as there');
SELECT is_empty($$SELECT b.key FROM public_budget b LEFT JOIN figures_budget f ON (f.municipality, f.product_group, f.period_from) IS NOT DISTINCT FROM (b.municipality, b.product_group, b.period_from)
	WHERE b.budget IS DISTINCT FROM f.budget$$, 'budgets are public');
SELECT is_empty($$SELECT b.key FROM public_budget b JOIN truth t ON (t.municipality, t.product_group, t.period_from) IS NOT DISTINCT FROM (b.municipality, b.product_group, b.period_from)
	WHERE b.used_share IS DISTINCT FROM CASE WHEN NOT b.hidden AND t.persons >= 100 THEN round(t.spent * 100 / b.budget)::integer END$$, 'the share of it for 100 persons or more');
SELECT ok(count(*) FILTER (WHERE used_share IS NOT NULL) > 0 AND count(*) FILTER (WHERE hidden) > 0, 'there are both') FROM public_budget;

-- Counts of organisations
SELECT is_empty($$
	(SELECT f.municipality, f.product_group, f.contracted, CASE WHEN f.contracted = 0 OR f.clients >= 10 THEN f.contracted_with_clients END AS with_clients, f.contracted > 0 AND f.clients < 10 AS hidden
		FROM figures_coverage f WHERE f.municipality IS NOT NULL)
	EXCEPT ALL SELECT municipality, product_group, contracted, with_clients, hidden FROM public_coverage
$$, 'contracts are counted exactly; those with clients are hidden where clients are few, unless there is nothing to hide');
SELECT is((SELECT count(*) FROM public_coverage), (SELECT count(*) FROM figures_coverage WHERE municipality IS NOT NULL), 'without the region, whose total would tell');
SELECT ok(bool_and(providers > 0) AND count(*) FILTER (WHERE hidden) > 0 AND count(*) FILTER (WHERE NOT hidden) > 0 AND bool_and(municipality IS NOT NULL) AND bool_and((signals IS NULL) = hidden), 'signals: hidden or a number, no totals')
FROM public_outflow;
SELECT is_empty($$
	SELECT p.key FROM public_outflow p LEFT JOIN figures_coverage c USING (municipality, product_group)
	WHERE p.signals IS DISTINCT FROM CASE WHEN p.providers >= 3 AND c.clients >= 10 THEN
		(SELECT count(DISTINCT provider) FROM figures_outflow f WHERE f.municipality = p.municipality AND f.product_group = p.product_group AND f.verdict = 'not met') END
$$, 'signals of three providers or more, where clients are not few');
SELECT set_eq($$SELECT municipality, product_group, phase, rule, providers FROM public_thresholds$$,
	$$SELECT municipality, product_group, phase, rule, count(DISTINCT provider) FROM figures_thresholds GROUP BY 1, 2, 3, 4$$, 'rules: for how many, not how they were judged');
SELECT set_eq($$SELECT municipality, provider, product_group, contract_kind, year FROM public_providers$$, $$
	SELECT c.municipality::text, c.provider::text, p.product_group, 'framework', y FROM contracts c JOIN products p ON p.code = c.product CROSS JOIN (VALUES (2024), (2025)) y(y)
$$, 'contracts are public, with or without clients');
SELECT is_empty($$
	SELECT p.code, y.day FROM products p CROSS JOIN (VALUES (date '2024-01-01'), ('2025-01-01')) y(day)
		LEFT JOIN figures_clients c ON c.product = p.code::text AND c.municipality IS NULL AND c.period_kind = 'year' AND c.period_from = y.day
		LEFT JOIN figures_utilisation u ON u.product = p.code::text AND u.municipality IS NULL AND u.period_kind = 'year' AND u.period_from = y.day
		LEFT JOIN public_utilisation v ON v.product = p.code::text AND v.period_from = y.day
	WHERE v.key IS NULL OR (v.share, v.hidden) IS DISTINCT FROM (CASE WHEN c.persons >= 100 THEN round(u.share * 100)::integer END, coalesce(c.persons, 0) < 100 OR u.share IS NULL)
$$, 'use of allotments, for 100 persons or more');
SELECT ok(count(*) FILTER (WHERE hidden) > 0 AND count(*) FILTER (WHERE NOT hidden) > 0, 'there are both') FROM public_utilisation;

-- ---- Refreshes, settings and years ----
SELECT is_empty($$SELECT * FROM refresh_monitor('zr_pub', '2025-12-31') WHERE part ~ '^public_' AND inserted + updated + deleted > 0$$, 'a refresh without changes changes nothing');
CREATE TEMP TABLE key_before AS SELECT key, municipality, product_group, period_from FROM public_clients;
UPDATE settings SET suppress_below = 20, round_to = 4;
SELECT ok(sum(updated) > 0 AND sum(inserted + deleted) = 0, 'other settings change rows in their place') FROM refresh_monitor('zr_pub', '2025-12-31') WHERE part ~ '^public_(clients|flow|spending)';
SELECT set_eq('SELECT key, municipality, product_group, period_from FROM public_clients', 'SELECT * FROM key_before', 'keys stay');
SELECT is_empty($$SELECT * FROM published WHERE persons < 20 AND NOT clients_hidden OR p_persons IS DISTINCT FROM CASE WHEN NOT clients_hidden THEN pg_temp.rounded(persons, 4) END$$,
	'the threshold and the step are those of the settings; half is rounded up');
SELECT ok(count(*) FILTER (WHERE persons % 4 = 2 AND NOT clients_hidden) > 0, 'there are halves') FROM published;
UPDATE settings SET suppress_below = 0, round_to = 1;
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub', '2025-12-31')$$, 'threshold 0');
SELECT is_empty($$SELECT * FROM published WHERE clients_hidden OR flow_hidden OR waiting_hidden OR transitions_hidden OR spending_hidden OR p_persons <> persons$$, 'hides nothing, and step 1 rounds nothing');
UPDATE settings SET suppress_below = 1000000;
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub', '2025-12-31')$$, 'a threshold beyond all');
SELECT is_empty($$SELECT * FROM published WHERE NOT (clients_hidden AND flow_hidden AND waiting_hidden AND transitions_hidden AND spending_hidden)$$, 'hides all');
UPDATE settings SET suppress_below = 10, round_to = 5;
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub', '2025-12-30')$$, 'a day before the end of the year');
SELECT is_empty($$
	SELECT period_from FROM public_clients UNION ALL SELECT period_from FROM public_flow UNION ALL SELECT period_from FROM public_transitions UNION ALL SELECT period_from FROM public_waiting
	UNION ALL SELECT period_from FROM public_spending UNION ALL SELECT period_from FROM public_budget UNION ALL SELECT period_from FROM public_utilisation EXCEPT ALL SELECT '2024-01-01' FROM generate_series(1, 10000)
$$, 'a year that is not over is not published');
SELECT ok(count(*) > 0, 'the year before is') FROM public_clients;

-- A region without anything, and one with one municipality
CALL create_region('zr_pub_empty', 'Empty');
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub_empty', '2025-12-31')$$, 'an empty region');
SELECT is_empty('SELECT * FROM zr_pub_empty.public_clients', 'publishes nothing');
INSERT INTO zr_pub_empty.municipalities VALUES ('0200', 'Apeldoorn');
INSERT INTO zr_pub_empty.products (code, name, product_group) VALUES ('02A16', 'Basis', 'BI');
INSERT INTO zr_pub_empty.providers VALUES ('73730101', 'A');
INSERT INTO zr_pub_empty.allocations (number, client, provider, municipality, indication) SELECT n, n, '73730101', '0200', '02A16 [2025-01-01,2026-01-01)' FROM generate_series(1, 7) n;
INSERT INTO zr_pub_empty.deliveries SELECT n, '2025-02-01' FROM generate_series(1, 7) n;
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub_empty', '2025-12-31')$$, 'seven persons, one municipality, one group');
SELECT results_eq('SELECT DISTINCT persons, hidden FROM zr_pub_empty.public_clients', 'VALUES (NULL::bigint, true)', 'are hidden in all rows');
INSERT INTO zr_pub_empty.allocations (number, client, provider, municipality, indication) SELECT n, n, '73730101', '0200', '02A16 [2025-01-01,2026-01-01)' FROM generate_series(8, 12) n;
INSERT INTO zr_pub_empty.deliveries SELECT n, '2025-02-01' FROM generate_series(8, 12) n;
SELECT lives_ok($$SELECT FROM refresh_monitor('zr_pub_empty', '2025-12-31')$$, 'five more');
SELECT results_eq('SELECT DISTINCT persons, hidden FROM zr_pub_empty.public_clients', 'VALUES (10::bigint, false)', 'make a dozen, published as 10');

-- Who reads the publication reads nothing else
CREATE ROLE zr_outsider;
SELECT lives_ok($$SELECT grant_region('zr_pub', 'zr_outsider', publication_only => true)$$, 'a reader of the publication');
SET ROLE zr_outsider;
SELECT lives_ok(format('SELECT * FROM zr_pub.%I', name), name || ' is read') FROM (SELECT unnest('{public_clients,public_flow,public_transitions,public_spending,public_budget,public_providers,public_outflow,public_coverage,public_waiting,public_utilisation,public_thresholds}'::text[])) v(name);
SELECT throws_ok(format('SELECT * FROM zr_pub.%I', name), '42501', NULL, name || ' is not') FROM (SELECT unnest('{figures_clients,monitor_clients,figures_spending,allocations,settings}'::text[])) v(name);
SELECT throws_ok($$SELECT * FROM zr_pub.public_cells('2024-01-01', '2026-01-01', '2025-12-31')$$, '42501', NULL, 'the exact cells are not');
RESET ROLE;

-- Whether a budget line is published follows from the budgets alone: 0202 pays for BI from what it has for the rest.
SET search_path = zorgregio, public;
CALL create_region('zr_line', 'Lines');
INSERT INTO zr_line.municipalities VALUES ('0201', 'A'), ('0202', 'B');
INSERT INTO zr_line.products (code, name, product_group) VALUES ('02A16', 'a', 'BI'), ('07A12', 'b', 'BG');
INSERT INTO zr_line.providers VALUES ('73730101', 'P');
INSERT INTO zr_line.budgets (municipality, product_group, year, amount) VALUES ('0201', 'BI', 2024, 50000), ('0201', 'BG', 2024, 50000), ('0202', 'BG', 2024, 10000), ('0202', NULL, 2024, 50000);
INSERT INTO zr_line.allocations (number, client, provider, municipality, indication)
SELECT n, n, '73730101', CASE WHEN n <= 60 THEN '0201' ELSE '0202' END::municipality, indication(CASE WHEN n <= 30 THEN '02A16' ELSE '07A12' END::product, NULL::volume, '[2024-01-01,)') FROM generate_series(1, 120) n;
INSERT INTO zr_line.deliveries (number, started) SELECT number, '2024-01-02' FROM zr_line.allocations;
INSERT INTO zr_line.claims (number, product_period, amount) SELECT number, '[2024-02-01,2024-03-01)', 100 FROM zr_line.allocations;
SELECT isnt_empty($$SELECT * FROM refresh_monitor('zr_line', '2025-02-01')$$, 'a municipality with a budget for the rest');
CREATE FUNCTION pg_temp.lines() RETURNS TABLE (municipality text, product_group text) LANGUAGE sql AS 'SELECT municipality, product_group FROM zr_line.public_budget';
SELECT set_eq('SELECT * FROM pg_temp.lines()', $$VALUES (NULL, NULL), (NULL, 'BG'), ('0201', NULL), ('0201', 'BI'), ('0201', 'BG'), ('0202', NULL), ('0202', 'BG')$$, 'the line of the region is not that of all care, also while nothing is spent there');
INSERT INTO zr_line.allocations (number, client, provider, municipality, indication) VALUES (121, 121, '73730101', '0202', '02A16 [2024-01-01,)');
INSERT INTO zr_line.claims (number, product_period, amount) VALUES (121, '[2024-02-01,2024-03-01)', 77);
SELECT isnt_empty($$SELECT * FROM refresh_monitor('zr_line', '2025-02-01')$$, 'one person there');
SELECT set_eq('SELECT * FROM pg_temp.lines()', $$VALUES (NULL, NULL), (NULL, 'BG'), ('0201', NULL), ('0201', 'BI'), ('0201', 'BG'), ('0202', NULL), ('0202', 'BG')$$, 'shows nowhere');

SELECT * FROM finish();
ROLLBACK;
