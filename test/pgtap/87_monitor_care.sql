-- The monitor of care against slow SQL over the tables: joins to a calendar, windows and a pairing loop, no aggregate of the
-- extension; on seeded random regions. Then identities, and a small region with every figure written out.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- Random regions ----
CALL create_region('o', 'O');
INSERT INTO o.municipalities VALUES ('0201', 'A'), ('0202', 'B'), ('0203', 'C');
INSERT INTO o.products (code, name, product_group, level) VALUES ('02A16', 'a', 'BI', 1), ('02A19', 'b', 'BI', 3), ('02A20', 'c', 'BI', 4), ('07A12', 'd', 'BG', NULL), ('45A04', 'e', 'JH', 2), ('45A05', 'f', 'JH', 3);
INSERT INTO o.products (code, name, product_group, level, law) VALUES ('1001', 'g', 'JH', 3, 'Jeugdwet');
INSERT INTO o.providers SELECT (40000000 + i)::provider, 'P' || i FROM generate_series(1, 4) i;
-- 60 clients with some five allotments each, of all products, one that is not in the catalogue (02A99) and budgets for anything.
CREATE FUNCTION pg_temp.fill(seed numeric) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM setseed(seed);
	TRUNCATE o.deliveries, o.claims, o.allocations;
	INSERT INTO o.allocations (number, client, provider, municipality, indication, requested, change_reason)
	SELECT i, (random() * 60)::int - 5, (40000001 + (random() * 3)::int)::provider, CASE WHEN random() < 0.7 THEN '0201' WHEN random() < 0.7 THEN '0202' ELSE '0203' END::municipality,
		CASE WHEN random() < 0.05 THEN indication(NULL::product, 1000.00, days) ELSE indication((ARRAY['02A16', '02A16', '02A19', '02A20', '07A12', '45A04', '45A05', '02A99', '1001'])[1 + (random() * 8)::int]::product, NULL::volume, days) END,
		CASE WHEN random() < 0.8 THEN s - 10 + (random() * random() * 100)::int END, CASE WHEN reason = '13' AND random() < 0.3 THEN NULL ELSE reason END
	FROM generate_series(1, 300) i,
		LATERAL (SELECT date '2021-06-01' + (random() * 1900)::int, (ARRAY['13', '09', '09', '02', NULL, NULL])[1 + (random() * 5 + i * 0)::int]) x(s, reason),
		LATERAL (SELECT CASE WHEN reason = '13' THEN daterange(s, s + 1) ELSE daterange(s, CASE WHEN random() < 0.7 + i * 0 THEN s + 1 + (random() * 500)::int END) END) y(days);
	INSERT INTO o.deliveries
	SELECT number, s, CASE WHEN r IS NOT NULL OR k < 2 AND random() < 0.5 THEN s + (random() * 60)::int END, r
	FROM o.allocations, LATERAL generate_series(0, (random() * 2 + number * 0)::int) k,
		LATERAL (SELECT lower(period(indication)) + k * 70 + (random() * random() * 40)::int, (ARRAY['20', '38', '36', '02', NULL])[1 + (random() * 4 + number * 0)::int]) x(s, r)
	WHERE number % 12 > 0;
	-- care that goes on in another way
	INSERT INTO o.allocations (number, client, provider, municipality, indication)
	SELECT 1000 + row_number() OVER (ORDER BY number, started), client, provider, municipality,
		indication((ARRAY['02A16', '02A19', '02A20'])[1 + floor(random() * 3)::int]::product, NULL::volume, daterange(ended + floor(random() * 24)::int - 3, NULL))
	FROM o.deliveries JOIN o.allocations USING (number) WHERE ended IS NOT NULL AND random() < 0.3;
	INSERT INTO o.deliveries SELECT number, lower(period(indication)), lower(period(indication)) + floor(random() * 200)::int, NULL FROM o.allocations WHERE number > 1000;
END $$;

-- Periods in care as the reasons say, e is the first day after, 9999-12-31 when open.
CREATE TEMP VIEW sent AS
SELECT a.number, a.client, a.provider, a.municipality::text AS m, product(a.indication) AS product, coalesce(p.product_group, '(unknown)') AS g, p.level,
	coalesce(p.law, CASE WHEN product(a.indication)::text ~ '^(0[1-9]|1[0-8])' THEN 'Wmo' END) AS law, a.requested, a.change_reason, lower(period(a.indication)) AS s, upper(period(a.indication)) AS e
FROM o.allocations a LEFT JOIN o.products p ON p.code = product(a.indication)
WHERE a.change_reason IS DISTINCT FROM '13' OR upper(period(a.indication)) IS DISTINCT FROM lower(period(a.indication)) + 1;
CREATE TEMP VIEW pc AS
SELECT a.client, a.m, a.product, a.g, a.level, a.law, a.provider, a.number, d.started AS s, coalesce(CASE
	WHEN a.law IS NOT NULL AND d.stop_reason = '20' THEN coalesce((SELECT min(n.started) FROM o.deliveries n WHERE n.number = d.number AND n.started > d.started),
		CASE WHEN a.e IS NOT NULL THEN greatest(a.e, d.ended + 1) END)
	WHEN a.law IS NOT NULL AND (d.stop_reason = '38' OR d.ended IS NOT NULL AND coalesce(d.stop_reason, '36') = '36' AND a.change_reason = '09') THEN greatest(d.ended + 1, (
		SELECT min(n.started) FROM o.deliveries n JOIN sent b ON b.number = n.number WHERE b.client = a.client AND b.provider <> a.provider AND coalesce(n.ended, '9999-12-31') > d.ended))
	ELSE d.ended + 1 END, '9999-12-31') AS e
FROM o.deliveries d JOIN sent a ON a.number = d.number;

-- a first day, b last day, c first day that does not count
CREATE FUNCTION pg_temp.calendar(day date) RETURNS TABLE (kind text, a date, b date, c date) LANGUAGE sql AS $$
	SELECT k, x::date, (x + ('1 ' || k)::interval)::date - 1, least((x + ('1 ' || k)::interval)::date, day + 1)
	FROM unnest('{month,year}'::text[]) k, generate_series(make_date(extract(year FROM day)::int - 4, 1, 1), day, ('1 ' || k)::interval) x
$$;
CREATE FUNCTION pg_temp.slow_clients(day date) RETURNS TABLE (m text, g text, p text, kind text, a date, b date, persons bigint, persons_12m bigint, trajectories bigint, allocations bigint) LANGUAGE sql AS $$
	WITH d AS MATERIALIZED (SELECT m, g, coalesce(product::text, '(unknown)') AS p, client, provider, number, s, e FROM pc),
	month AS (
		SELECT m, g, p, kind, a, b, count(DISTINCT client) AS persons, count(DISTINCT (client, p, provider)) AS trajectories, count(DISTINCT number) AS allocations
		FROM pg_temp.calendar(day) JOIN d ON s < c AND e > a GROUP BY kind, a, b, GROUPING SETS ((), (m), (g), (m, g), (g, p), (m, g, p))
	), year AS (
		SELECT m, g, p, kind, a, b, count(DISTINCT client) AS persons
		FROM pg_temp.calendar(day) JOIN d ON s < c AND e > (c - interval '12 months')::date GROUP BY kind, a, b, GROUPING SETS ((), (m), (g), (m, g), (g, p), (m, g, p))
	)
	SELECT y.m, y.g, y.p, y.kind, y.a, y.b, coalesce(n.persons, 0), y.persons, coalesce(n.trajectories, 0), coalesce(n.allocations, 0)
	FROM year y LEFT JOIN month n ON (y.m, y.g, y.p, y.kind, y.a) IS NOT DISTINCT FROM (n.m, n.g, n.p, n.kind, n.a)
$$;
-- Episodes of persons in each area, by product group or not, and of each product when asked.
CREATE FUNCTION pg_temp.episodes(gap int, by_product boolean) RETURNS TABLE (m text, g text, client bigint, product product, s date, e date) LANGUAGE sql AS $$
	WITH p AS (SELECT x.m, x.g, client, CASE WHEN by_product THEN product END AS product, s, e FROM pc, LATERAL (VALUES (pc.m, pc.g), (NULL, pc.g), (pc.m, NULL), (NULL, NULL)) x(m, g)),
	b AS (SELECT *, max(e) OVER (PARTITION BY m, g, client, product ORDER BY s, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) before FROM p),
	i AS (SELECT *, count(*) FILTER (WHERE before IS NULL OR s - before > gap) OVER (PARTITION BY m, g, client, product ORDER BY s, e) island FROM b)
	SELECT m, g, client, product, min(s), max(e) FROM i GROUP BY m, g, client, product, island
$$;
CREATE FUNCTION pg_temp.slow_flow(day date, gap int) RETURNS TABLE (m text, g text, kind text, a date, b date, stock_begin bigint, inflow bigint, outflow bigint, stock_end bigint) LANGUAGE sql AS $$
	SELECT * FROM (
		SELECT m, g, kind, a, b, count(*) FILTER (WHERE s < a AND e > a) AS sb, count(*) FILTER (WHERE s >= a AND s < c) AS i,
			count(*) FILTER (WHERE e > a AND e <= c) AS o, count(*) FILTER (WHERE s < c AND e > c) AS se
		FROM pg_temp.calendar(day), pg_temp.episodes(gap, false) GROUP BY m, g, kind, a, b) f
	WHERE sb + i + o + se > 0
$$;
-- A loop that pairs ends with starts as the definition of transitions says, in all care of an area.
CREATE FUNCTION pg_temp.slow_events(gap int) RETURNS TABLE (m text, kind text, f product, t product, client bigint, day date, is_start boolean) LANGUAGE plpgsql AS $$
DECLARE
	x record;
	y record;
BEGIN
	CREATE TEMP TABLE ep AS SELECT * FROM pg_temp.episodes(gap, false) q WHERE q.g IS NULL;
	CREATE TEMP TABLE pe AS
		SELECT p.m, p.client, p.product, p.s, p.e, p.s = ep.s AS first, p.e = ep.e AS last, false AS used, row_number() OVER () AS id
		FROM (SELECT q.m, q.client, q.product, min(q.s) AS s, max(q.e) AS e FROM (
				SELECT z.*, count(*) FILTER (WHERE before IS NULL OR z.s - before > gap) OVER (PARTITION BY z.m, z.client, z.product ORDER BY z.s, z.e) AS island FROM (
					SELECT v.m, pc.client, pc.product, pc.s, pc.e, max(pc.e) OVER (PARTITION BY v.m, pc.client, pc.product ORDER BY pc.s, pc.e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
					FROM pc, LATERAL (VALUES (pc.m), (NULL)) v(m)) z) q GROUP BY q.m, q.client, q.product, island) p
			JOIN ep ON ep.m IS NOT DISTINCT FROM p.m AND ep.client = p.client AND ep.s <= p.s AND p.e <= ep.e;
	RETURN QUERY SELECT p.m, 'inflow', NULL::product, p.product, p.client, p.s, true FROM pe p WHERE first;
	RETURN QUERY SELECT p.m, 'outflow', p.product, NULL::product, p.client, p.e, false FROM pe p WHERE last;
	FOR x IN SELECT * FROM pe p WHERE NOT last ORDER BY p.m, p.client, p.e, p.product NULLS FIRST LOOP
		SELECT * INTO y FROM pe q WHERE q.m IS NOT DISTINCT FROM x.m AND q.client = x.client AND NOT q.first AND NOT q.used AND (q.product = x.product OR num_nulls(q.product, x.product) = 2) IS NOT TRUE
			AND abs(q.s - x.e) <= greatest(gap, 0) ORDER BY q.s, q.product NULLS FIRST LIMIT 1;
		IF FOUND THEN
			UPDATE pe SET used = true WHERE id = y.id;
			RETURN QUERY SELECT x.m, 'transfer', x.product, y.product, x.client, y.s, true;
		ELSE
			RETURN QUERY SELECT x.m, 'reduction', x.product, NULL::product, x.client, x.e, false;
		END IF;
	END LOOP;
	RETURN QUERY SELECT p.m, 'addition', NULL::product, p.product, p.client, p.s, true FROM pe p WHERE NOT first AND NOT used;
	DROP TABLE ep, pe;
END $$;
-- with the year that they count in, and what the catalogue says of the products
CREATE FUNCTION pg_temp.slow_moves(d date, gap int) RETURNS TABLE (m text, kind text, f product, t product, client bigint, a date, b date, f_group text, t_group text, t_level int, direction text) LANGUAGE sql AS $$
	SELECT v.m, v.kind, v.f, v.t, v.client, c.a, c.b, f.product_group, t.product_group, t.level,
		CASE WHEN v.kind = 'transfer' THEN CASE
			WHEN (coalesce(f.law, CASE WHEN v.f IS NOT NULL THEN 'Wmo' END), coalesce(t.law, CASE WHEN v.t IS NOT NULL THEN 'Wmo' END)) IN (('Wmo', 'Jeugdwet'), ('Jeugdwet', 'Wmo')) THEN 'other law'
			WHEN f.product_group <> t.product_group THEN 'other group'
			WHEN f.product_group = t.product_group AND f.level < t.level THEN 'up'
			WHEN f.product_group = t.product_group AND f.level > t.level THEN 'down'
			WHEN f.product_group = t.product_group AND f.level = t.level THEN 'same level' END END
	FROM pg_temp.slow_events(gap) v LEFT JOIN o.products f ON f.code = v.f LEFT JOIN o.products t ON t.code = v.t
		JOIN pg_temp.calendar(d) c ON c.kind = 'year' AND CASE WHEN is_start THEN v.day >= c.a AND v.day < c.c ELSE v.day > c.a AND v.day <= c.c END
$$;
CREATE TEMP TABLE move AS SELECT * FROM pg_temp.slow_moves('2026-01-01', 0);
CREATE FUNCTION pg_temp.slow_transitions() RETURNS TABLE (m text, a date, b date, kind text, f text, t text, f_group text, t_group text, direction text, clients bigint) LANGUAGE sql AS $$
	SELECT m, a, b, kind, CASE WHEN kind IN ('transfer', 'reduction', 'outflow') THEN coalesce(f::text, '(unknown)') END, CASE WHEN kind IN ('inflow', 'transfer', 'addition') THEN coalesce(t::text, '(unknown)') END,
		CASE WHEN kind IN ('transfer', 'reduction', 'outflow') THEN coalesce(f_group, '(unknown)') END, CASE WHEN kind IN ('inflow', 'transfer', 'addition') THEN coalesce(t_group, '(unknown)') END,
		direction, count(DISTINCT client)
	FROM move GROUP BY m, a, b, kind, f::text, t::text, f_group, t_group, direction
$$;
CREATE FUNCTION pg_temp.slow_scaling(day date, gap int, heavy int) RETURNS TABLE (m text, g text, a date, b date, clients bigint, started bigint, up bigint, down bigint, inflow bigint) LANGUAGE sql AS $$
	WITH cell AS (SELECT * FROM pg_temp.calendar(day), (SELECT DISTINCT x.m, x.g FROM pc, LATERAL (VALUES (pc.m, pc.g), (NULL, pc.g), (pc.m, NULL), (NULL, NULL)) x(m, g)) y WHERE kind = 'year'),
	care AS (SELECT x.m, x.g, client, s, e FROM pc, LATERAL (VALUES (pc.m, pc.g), (NULL, pc.g), (pc.m, NULL), (NULL, NULL)) x(m, g) WHERE level >= heavy),
	before AS (SELECT *, max(e) OVER (PARTITION BY m, g, client ORDER BY s, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM care)
	SELECT * FROM (
		SELECT m, g, a, b, (SELECT count(DISTINCT client) FROM care x WHERE (x.m, x.g) IS NOT DISTINCT FROM (cell.m, cell.g) AND s < c AND e > a),
			(SELECT count(DISTINCT client) FROM move x WHERE x.m IS NOT DISTINCT FROM cell.m AND (x.t_group = cell.g OR cell.g IS NULL) AND x.a = cell.a AND x.kind = 'inflow' AND t_level >= heavy),
			(SELECT count(DISTINCT client) FROM move x WHERE x.m IS NOT DISTINCT FROM cell.m AND (x.t_group = cell.g OR cell.g IS NULL) AND x.a = cell.a AND direction = 'up'),
			(SELECT count(DISTINCT client) FROM move x WHERE x.m IS NOT DISTINCT FROM cell.m AND (x.t_group = cell.g OR cell.g IS NULL) AND x.a = cell.a AND direction = 'down'),
			(SELECT count(*) FROM before x WHERE (x.m, x.g) IS NOT DISTINCT FROM (cell.m, cell.g) AND s >= a AND s < c AND (before IS NULL OR s - before > gap))
		FROM cell) x(m, g, a, b, clients, started, up, down, inflow)
	WHERE clients + started + up + down + inflow > 0
$$;
CREATE FUNCTION pg_temp.slow_youth(day date) RETURNS TABLE (m text, a date, b date, clients bigint, without_gap bigint, median bigint, mean numeric) LANGUAGE sql AS $$
	WITH care AS (SELECT x.m, client, law, s, e FROM pc, LATERAL (VALUES (pc.m), (NULL)) x(m)),
	first AS (SELECT m, client, min(s) AS w FROM care WHERE law = 'Wmo' GROUP BY m, client),
	moved AS (SELECT f.*, greatest(0, w - (SELECT max(least(e, w)) FROM care y WHERE y.m IS NOT DISTINCT FROM f.m AND y.client = f.client AND y.law = 'Jeugdwet' AND y.s < w)) AS days
		FROM first f WHERE EXISTS (SELECT FROM care y WHERE y.m IS NOT DISTINCT FROM f.m AND y.client = f.client AND y.law = 'Jeugdwet' AND y.s < w))
	SELECT m, a, b, count(*), count(*) FILTER (WHERE days = 0), percentile_disc(0.5) WITHIN GROUP (ORDER BY days)::bigint, round(avg(days), 1)
	FROM pg_temp.calendar(day) JOIN moved ON w >= a AND w < c WHERE kind = 'year' GROUP BY m, a, b
$$;
CREATE FUNCTION pg_temp.slow_waiting(day date, norm int) RETURNS TABLE (m text, g text, a date, b date, started bigint, waiting bigint, median bigint, p80 bigint, within bigint, share numeric, never bigint) LANGUAGE sql AS $$
	WITH w AS (SELECT x.m, x.g, requested, e, (SELECT min(started) FROM o.deliveries d WHERE d.number = sent.number AND started <= day) AS first
		FROM sent, LATERAL (VALUES (sent.m, sent.g), (NULL, sent.g), (sent.m, NULL), (NULL, NULL)) x(m, g) WHERE requested <= day)
	SELECT m, g, a, b, count(first), count(*) FILTER (WHERE first IS NULL AND (e > day OR e IS NULL)),
		percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(first - requested, 0)) FILTER (WHERE first IS NOT NULL)::bigint,
		percentile_disc(0.8) WITHIN GROUP (ORDER BY greatest(first - requested, 0)) FILTER (WHERE first IS NOT NULL)::bigint,
		count(*) FILTER (WHERE first - requested <= norm), round(count(*) FILTER (WHERE first - requested <= norm)::numeric / nullif(count(first), 0), 4), count(*) FILTER (WHERE first IS NULL AND e <= day)
	FROM pg_temp.calendar(day) JOIN w ON requested BETWEEN a AND b WHERE kind = 'year' GROUP BY m, g, a, b
$$;

CREATE FUNCTION pg_temp.differ(got text, want text) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT ''got too''::text, x::text FROM (%1$s EXCEPT ALL (%2$s)) x UNION ALL SELECT ''missing'', x::text FROM (%2$s EXCEPT ALL (%1$s)) x', got, want);
END $$;
CREATE FUNCTION pg_temp.compare(day date, gap int, heavy int, norm int) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	what text := format('%s, gap %s', day, gap);
	part text[];
BEGIN
	UPDATE o.settings SET gap_days = gap, heavy_level = heavy, waiting_norm_days = norm;
	PERFORM refresh_monitor('o', day);
	DELETE FROM move;
	INSERT INTO move SELECT * FROM pg_temp.slow_moves(day, gap);
	FOREACH part SLICE 1 IN ARRAY ARRAY[
		['clients', 'municipality, product_group, product, period_kind, period_from, period_to, persons, persons_12m, trajectories, allocations', format('pg_temp.slow_clients(%L)', day)],
		['flow', 'municipality, product_group, period_kind, period_from, period_to, stock_begin, inflow, outflow, stock_end', format('pg_temp.slow_flow(%L, %s)', day, gap)],
		['transitions', 'municipality, period_from, period_to, kind, from_product, to_product, from_product_group, to_product_group, direction, clients', 'pg_temp.slow_transitions()'],
		['scaling', 'municipality, product_group, period_from, period_to, clients_heavy, started_heavy, scaled_up, scaled_down, inflow_heavy', format('pg_temp.slow_scaling(%L, %s, %s)', day, gap, heavy)],
		['youth_to_adult', 'municipality, period_from, period_to, clients, clients_without_gap, median_days_between, mean_days_between', format('pg_temp.slow_youth(%L)', day)],
		['waiting', 'municipality, product_group, period_from, period_to, started, waiting, median_days, p80_days, within_norm, share_within_norm, never_started', format('pg_temp.slow_waiting(%L, %s)', day, norm)]
	] LOOP
		RETURN NEXT is_empty(format('SELECT * FROM pg_temp.differ(%L, %L) d(side text, cells text)', format('SELECT %s FROM o.monitor_%s', part[2], part[1]), 'SELECT * FROM ' || part[3]),
			format('monitor_%s as slow SQL has it, %s', part[1], what));
	END LOOP;
	RETURN NEXT is((SELECT array_agg(DISTINCT f.gap_days) FROM o.monitor_flow f), ARRAY[gap], 'the gap is in its rows');
	RETURN NEXT is((SELECT array_agg(DISTINCT s.heavy_level) FROM o.monitor_scaling s), ARRAY[heavy], 'so is the level from which care is heavy');
	RETURN NEXT is((SELECT array_agg(DISTINCT w.norm_days) FROM o.monitor_waiting w), ARRAY[norm], 'and the norm');
END $$;

SELECT pg_temp.fill(0.1);
SELECT set_eq($$SELECT number, s, e FROM pc$$, $$SELECT number, started, coalesce(upper(period_in_region), '9999-12-31') FROM o.care_periods$$, 'periods in care as the view has them');
SELECT pg_temp.compare('2026-05-17', 0, 3, 42);
SELECT results_eq($$SELECT municipality, period_from, persons FROM o.monitor_clients WHERE level = 'municipality' AND period_kind = 'month' AND persons > 0 ORDER BY 1, 2$$,
	$$SELECT m, date_trunc('month', x)::date, count(DISTINCT client) FROM pc, generate_series(greatest(s, '2022-01-01'), least(e - 1, '2026-05-17'), interval '1 day') x GROUP BY 1, 2 ORDER BY 1, 2$$, 'persons, counted day by day');
SELECT pg_temp.fill(0.2);
SELECT pg_temp.compare('2026-05-17', -1, 4, 20);
SELECT pg_temp.fill(0.3);
SELECT pg_temp.compare('2026-12-31', 30, 2, 0);
SELECT pg_temp.compare('2025-02-28', 30, 2, 42);
SELECT set_eq('SELECT direction FROM o.monitor_transitions', ARRAY['up', 'down', 'same level', 'other group', 'other law', NULL], 'every direction occurs');
SELECT cmp_ok((SELECT count(*) FROM o.monitor_youth_to_adult WHERE median_days_between > 0), '>', 2::bigint, 'and days between youth and adult');
SELECT ok(sum(started_heavy) > 5 AND sum(scaled_up) > 5 AND sum(scaled_down) > 5, 'and scaling') FROM o.monitor_scaling WHERE product_group IS NOT NULL;
SELECT cmp_ok((SELECT count(*) FROM o.monitor_waiting WHERE started * waiting * never_started > 0), '>', 2::bigint, 'and waiting');

-- ---- Identities ----
SELECT is_empty('SELECT * FROM o.monitor_flow WHERE stock_end <> stock_begin + inflow - outflow', 'stock and flow');
SELECT is_empty($$SELECT n.* FROM o.monitor_flow f FULL JOIN o.monitor_flow n ON n.level = f.level AND n.municipality IS NOT DISTINCT FROM f.municipality AND n.product_group IS NOT DISTINCT FROM f.product_group
	AND n.period_kind = f.period_kind AND n.period_from = f.period_to + 1 WHERE coalesce(n.stock_begin, 0) <> coalesce(f.stock_end, 0) AND coalesce(f.period_to, '2025-01-31') < '2025-02-01' AND coalesce(n.period_from, '2022-01-01') > '2021-01-01'$$,
	'each stock is where the next period begins');
SELECT is_empty($$
	SELECT y.key FROM o.monitor_flow y JOIN o.monitor_flow m ON m.period_kind = 'month' AND m.period_from BETWEEN y.period_from AND y.period_to
		AND m.municipality IS NOT DISTINCT FROM y.municipality AND m.product_group IS NOT DISTINCT FROM y.product_group
	WHERE y.period_kind = 'year' GROUP BY y.key, y.inflow, y.outflow HAVING (y.inflow, y.outflow) <> (sum(m.inflow), sum(m.outflow))
$$, 'flows of the months add up to those of the year');
SELECT is_empty($$
	SELECT y.key FROM o.monitor_clients y JOIN o.monitor_clients m ON m.period_kind = 'month' AND m.period_from BETWEEN y.period_from AND y.period_to
		AND (m.municipality, m.product_group, m.product) IS NOT DISTINCT FROM (y.municipality, y.product_group, y.product)
	WHERE y.period_kind = 'year' GROUP BY y.key, y.persons, y.persons_12m, y.trajectories, y.allocations, y.period_to
	HAVING y.persons NOT BETWEEN max(m.persons) AND sum(m.persons) OR y.trajectories NOT BETWEEN max(m.trajectories) AND sum(m.trajectories)
		OR y.allocations NOT BETWEEN max(m.allocations) AND sum(m.allocations) OR y.period_to < '2025-02-28' AND y.persons <> y.persons_12m
$$, 'a year has at least the clients of its months and at most their sum; a whole year is its 12 months');
SELECT is_empty($$
	SELECT w.key FROM o.monitor_clients w JOIN o.monitor_clients p ON p.level = w.level || ' by product' AND (p.municipality, p.period_kind, p.period_from) IS NOT DISTINCT FROM (w.municipality, w.period_kind, w.period_from)
	WHERE w.level IN ('region', 'municipality') GROUP BY w.key, w.persons, w.persons_12m, w.trajectories, w.allocations
	HAVING w.persons > sum(p.persons) OR w.persons < max(p.persons) OR w.persons_12m > sum(p.persons_12m) OR w.trajectories <> sum(p.trajectories) OR w.allocations <> sum(p.allocations)
$$, 'persons never exceed the sum over products; trajectories and allotments are it');
SELECT is_empty($$
	SELECT w.key FROM o.monitor_clients w JOIN o.monitor_clients p ON p.level LIKE 'municipality%' AND (p.product_group, p.product, p.period_kind, p.period_from) IS NOT DISTINCT FROM (w.product_group, w.product, w.period_kind, w.period_from)
	WHERE w.level LIKE 'region%' GROUP BY w.key, w.persons, w.trajectories, w.allocations
	HAVING w.persons > sum(p.persons) OR w.persons < max(p.persons) OR w.trajectories > sum(p.trajectories) OR w.allocations <> sum(p.allocations)
$$, 'nor do those of the region exceed the sum over municipalities');
SELECT cmp_ok((SELECT count(*) FROM (SELECT w.key FROM o.monitor_clients w JOIN o.monitor_clients p ON p.level = 'municipality' AND (p.period_kind, p.period_from) IS NOT DISTINCT FROM (w.period_kind, w.period_from)
	WHERE w.level = 'region' GROUP BY w.key, w.persons HAVING w.persons < sum(p.persons)) x), '>', 0::bigint, 'who moves within the region is one client of it');
SELECT is_empty('SELECT * FROM o.monitor_clients WHERE NOT persons <= trajectories OR NOT trajectories <= allocations OR persons > persons_12m', 'persons, trajectories, allotments');
SELECT is_empty('SELECT * FROM o.monitor_waiting WHERE within_norm > started OR median_days > p80_days OR (started = 0) <> (median_days IS NULL) OR share_within_norm NOT BETWEEN 0 AND 1', 'waiting');
SELECT is((SELECT sum(started + waiting + never_started) FROM o.monitor_waiting WHERE level = 'region')::bigint,
	(SELECT count(*) FROM sent WHERE requested BETWEEN '2021-01-01' AND '2025-02-28'), 'every allotment asked for is started, waiting or never started');

-- ---- A small region ----
CALL create_region('t', 'T');
INSERT INTO t.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO t.products (code, name, product_group, level) VALUES ('02A16', 'Basis', 'BI', 1), ('02A19', 'Complex', 'BI', 3), ('07A12', 'Groep', 'BG', NULL), ('45A04', 'Jeugd', 'JH', 2);
INSERT INTO t.providers VALUES ('73730101', 'Een'), ('73730102', 'Twee');
INSERT INTO t.allocations (number, client, provider, municipality, indication, requested, change_reason) VALUES
	(1, 1, '73730101', '0200', '02A16 [2026-01-01,2027-01-01)', '2025-12-01', NULL),	-- moves from Apeldoorn to Zutphen and from basic to complex
	(2, 1, '73730102', '0301', '02A19 [2026-03-01,2027-01-01)', '2026-01-10', NULL),
	(3, 2, '73730102', '0301', '02 [2026-01-01,2027-01-01)', '2026-01-01', NULL),		-- not in the catalogue
	(4, 3, '73730101', '0200', '45A04 [2025-01-01,2026-03-01)', NULL, NULL),		-- from youth care to the Wmo
	(5, 3, '73730101', '0200', '02A16 [2026-03-01,2027-01-01)', '2026-02-20', NULL),
	(6, 4, '73730101', '0200', '07A12 [2026-02-01,2026-02-02)', '2026-02-01', '13'),	-- never sent
	(7, 4, '73730101', '0200', '07A12 [2026-02-01,2026-03-01)', '2026-01-20', NULL),	-- never started
	(8, 5, '73730101', '0200', '07A12 [2026-03-01,)', '2026-03-01', NULL);			-- waiting
INSERT INTO t.deliveries VALUES (1, '2026-01-05', '2026-03-03', '38'), (2, '2026-03-10', NULL, NULL), (3, '2026-02-10', '2026-02-20', NULL), (4, '2025-01-10', '2026-02-28', '31'),
	(5, '2026-03-06', NULL, NULL), (6, '2026-02-01', '2026-02-01', NULL);
UPDATE t.settings SET gap_days = 10;
SELECT ok(inserted > 0, part || ' has figures') FROM refresh_monitor('t', '2026-03-20') WHERE part IN ('clients', 'flow', 'transitions', 'scaling', 'youth_to_adult', 'waiting');
SELECT results_eq($$SELECT municipality_name, product_group, product_name, persons, persons_12m, trajectories, allocations FROM t.monitor_clients WHERE period_kind = 'month' AND period_from = '2026-03-01' ORDER BY level, 1, 2, 3$$,
	$$VALUES ('Apeldoorn', NULL, NULL, 2::bigint, 2::bigint, 2::bigint, 2::bigint), ('Zutphen', NULL, NULL, 1, 2, 1, 1), ('Apeldoorn', 'BI', 'Basis', 2, 2, 2, 2), ('Apeldoorn', 'JH', 'Jeugd', 0, 1, 0, 0),
		('Zutphen', '(unknown)', NULL, 0, 1, 0, 0), ('Zutphen', 'BI', 'Complex', 1, 1, 1, 1), ('Apeldoorn', 'BI', NULL, 2, 2, 2, 2), ('Apeldoorn', 'JH', NULL, 0, 1, 0, 0), ('Zutphen', '(unknown)', NULL, 0, 1, 0, 0),
		('Zutphen', 'BI', NULL, 1, 1, 1, 1), (NULL, NULL, NULL, 2, 3, 3, 3), (NULL, '(unknown)', NULL, 0, 1, 0, 0), (NULL, 'BI', 'Basis', 2, 2, 2, 2), (NULL, 'BI', 'Complex', 1, 1, 1, 1), (NULL, 'JH', 'Jeugd', 0, 1, 0, 0),
		(NULL, '(unknown)', NULL, 0, 1, 0, 0), (NULL, 'BI', NULL, 2, 2, 3, 3), (NULL, 'JH', NULL, 0, 1, 0, 0)$$, 'clients in March, one of them up to the move on both sides');
SELECT results_eq($$SELECT municipality, product_group, period_from, stock_begin, inflow, outflow, stock_end FROM t.monitor_flow WHERE period_kind = 'month' AND level IN ('region', 'municipality') AND period_from >= '2026-01-01' ORDER BY 1 NULLS FIRST, 3$$,
	$$VALUES (NULL, NULL, date '2026-01-01', 1::bigint, 1::bigint, 0::bigint, 2::bigint), (NULL, NULL, '2026-02-01', 2, 1, 1, 2), (NULL, NULL, '2026-03-01', 2, 0, 0, 2),
		('0200', NULL, '2026-01-01', 1, 1, 0, 2), ('0200', NULL, '2026-02-01', 2, 0, 0, 2), ('0200', NULL, '2026-03-01', 2, 0, 1, 1), ('0301', NULL, '2026-02-01', 0, 1, 1, 0), ('0301', NULL, '2026-03-01', 0, 1, 0, 1)$$,
	'in- and outflow by month: neither the transfer nor five days between youth and adult ends care in the region');
SELECT results_eq($$SELECT municipality, kind, from_product_name, to_product_name, direction, clients FROM t.monitor_transitions WHERE period_from = '2026-01-01' AND kind = 'transfer' ORDER BY 1, 3$$,
	$$VALUES ('0200', 'transfer', 'Jeugd', 'Basis', 'other law', 1::bigint), (NULL, 'transfer', 'Basis', 'Complex', 'up', 1), (NULL, 'transfer', 'Jeugd', 'Basis', 'other law', 1)$$, 'transfers');
SELECT results_eq($$SELECT level, municipality, product_group, clients_heavy, started_heavy, scaled_up, scaled_down, inflow_heavy FROM t.monitor_scaling WHERE period_from = '2026-01-01' ORDER BY 1, 2$$,
	$$VALUES ('municipality', '0301', NULL, 1::bigint, 1::bigint, 0::bigint, 0::bigint, 1::bigint), ('municipality by product group', '0301', 'BI', 1, 1, 0, 0, 1), ('region', NULL, NULL, 1, 0, 1, 0, 1), ('region by product group', NULL, 'BI', 1, 0, 1, 0, 1)$$,
	'up in the region, a heavy start in the municipality');
SELECT results_eq($$SELECT level, municipality_name, period_from, clients, clients_without_gap, median_days_between, mean_days_between FROM t.monitor_youth_to_adult ORDER BY 1$$,
	$$VALUES ('municipality', 'Apeldoorn', date '2026-01-01', 1::bigint, 0::bigint, 5::bigint, 5.0), ('region', NULL, '2026-01-01', 1, 0, 5, 5.0)$$, 'from youth to adult');
SELECT results_eq($$SELECT municipality, period_from, started, waiting, median_days, p80_days, within_norm, share_within_norm, never_started FROM t.monitor_waiting WHERE level IN ('region', 'municipality') ORDER BY 1, 2$$,
	$$VALUES ('0200', date '2025-01-01', 1::bigint, 0::bigint, 35::bigint, 35::bigint, 1::bigint, 1.0000, 0::bigint), ('0200', '2026-01-01', 1, 1, 14, 14, 1, 1.0000, 1), ('0301', '2026-01-01', 2, 0, 40, 59, 1, 0.5000, 0),
		(NULL, '2025-01-01', 1, 0, 35, 35, 1, 1.0000, 0), (NULL, '2026-01-01', 3, 1, 40, 59, 2, 0.6667, 1)$$, 'waiting times');

SELECT * FROM finish();
ROLLBACK;
