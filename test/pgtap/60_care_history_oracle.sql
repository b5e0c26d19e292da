-- care_history against a slow oracle: per-day series, window functions, range_agg and a pairing loop, on seeded data
-- with overlaps, adjacency, gaps around the tolerances, one-day and open periods.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(34);

-- The data: chains of periods per client whose distance to the period before is chosen around the tolerances.
CREATE TEMP TABLE care (client bigint, product product, period daterange, half int);
DO $$
DECLARE
	distances int[] := ARRAY[-20, -5, -1, 0, 0, 1, 2, 29, 30, 31, 32, 100, 364, 365, 366];
	lengths int[] := ARRAY[1, 1, 2, 10, 30, 31, 90, 200];
	codes text[] := ARRAY['02A16', '02A16', '02A17', '01:1001', '45', NULL];
	r int := 0;
	s date;
	e date;
BEGIN
	FOR c IN 1 .. 120 LOOP
		s := '2024-01-01'::date + (abs(hashint4(c)) % 500);
		FOR k IN 1 .. 1 + abs(hashint4(c * 7)) % 9 LOOP
			r := r + 1;
			e := s + lengths[1 + abs(hashint4(r)) % 8];
			INSERT INTO care VALUES (c * 1000003 - 60000000, codes[1 + abs(hashint4(r * 3 + 1)) % 6]::product,
				daterange(s, CASE WHEN abs(hashint4(r * 5)) % 25 = 0 THEN NULL ELSE e END), (e > '2025-03-01')::int);
			s := greatest(e + distances[1 + abs(hashint4(r * 11)) % 15], '2023-01-01');
		END LOOP;
	END LOOP;
END $$;
INSERT INTO care SELECT client, product, period, 1 - half FROM care WHERE hashint8(client) % 9 = 0;	-- rows delivered twice
CREATE TEMP TABLE h AS SELECT care_history_agg(client, product, period) AS h FROM care;
SELECT cmp_ok((SELECT count(*) FROM care), '>', 500::bigint, 'enough data');

-- Episodes by window functions: a period starts one when it lies more than gap days after all before it.
CREATE FUNCTION pg_temp.episodes(gap int, by_product boolean)
RETURNS TABLE (client bigint, product product, s date, e date) LANGUAGE sql AS $$
	WITH p AS (SELECT client, CASE WHEN by_product THEN product END AS product, lower(period) s, coalesce(upper(period), '9999-01-01') e FROM care),
	m AS (SELECT *, max(e) OVER (PARTITION BY client, product ORDER BY s, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) before FROM p),
	g AS (SELECT *, count(*) FILTER (WHERE before IS NULL OR s - before > gap) OVER (PARTITION BY client, product ORDER BY s, e) island FROM m)
	SELECT client, product, min(s), max(e) FROM g GROUP BY client, product, island
$$;
SELECT is(
	(SELECT count(*) FROM unnest(ARRAY[0, 1, 30, 365]) gap, LATERAL (
		(SELECT client, s, e FROM pg_temp.episodes(gap, false) EXCEPT
		 SELECT client, lower(x), upper(x) - gap FROM (SELECT client, unnest(range_agg(daterange(lower(period), coalesce(upper(period), '9999-01-01') + gap))) x FROM care GROUP BY client) y)) d),
	0::bigint, 'the oracle''s episodes agree with range_agg');

CREATE TEMP TABLE ranges AS
	SELECT daterange(a::date, (a + step)::date) r FROM generate_series('2023-12-01'::timestamp, '2026-06-01', '23 days') a, (VALUES (interval '1 day'), ('1 month'), ('1 year')) v(step);

-- flow, in every cell, with the identity
CREATE FUNCTION pg_temp.flow_differences(g int) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM ranges, h, LATERAL flow(h, r, g) f, LATERAL (
		SELECT count(*) FILTER (WHERE s < lower(r) AND e > lower(r)) sb, count(*) FILTER (WHERE s >= lower(r) AND s < upper(r)) i,
			count(*) FILTER (WHERE e > lower(r) AND e <= upper(r)) o, count(*) FILTER (WHERE s < upper(r) AND e > upper(r)) se
		FROM pg_temp.episodes(g, false)) w
	WHERE (f.stock_begin, f.inflow, f.outflow, f.stock_end) <> (w.sb, w.i, w.o, w.se) OR f.stock_end <> f.stock_begin + f.inflow - f.outflow
$$;
SELECT is(pg_temp.flow_differences(g), 0::bigint, format('flow with gap %s', g)) FROM unnest(ARRAY[-1, 0, 1, 30, 365]) g;

-- clients, per day
SELECT is((SELECT count(*) FROM ranges, h WHERE clients(h, r) <>
		(SELECT count(DISTINCT client) FROM care, generate_series(lower(r), upper(r) - 1, '1 day') d WHERE period @> d::date)),
	0::bigint, 'clients are those in care on a day of the range');

-- flows: the same per period, for steps in months, days and both, the last one cut off
CREATE FUNCTION pg_temp.flows_differences(r daterange, step interval, g int) RETURNS bigint LANGUAGE sql AS $$
	WITH bounds AS (SELECT (lower(r) + k * step)::date a, least((lower(r) + (k + 1) * step)::date, upper(r)) b
		FROM generate_series(0, 2000) k WHERE lower(r) + k * step < upper(r)),
	want AS (SELECT daterange(a, b) period, f.*, clients(h, daterange(a, b)) c, clients(h, daterange((b - interval '12 months')::date, b)) y
		FROM bounds, h, LATERAL flow(h, daterange(a, b), g) f),
	got AS (SELECT f.* FROM h, LATERAL flows(h, r, step, g) f)
	SELECT count(*) FROM ((TABLE want EXCEPT TABLE got) UNION ALL (TABLE got EXCEPT TABLE want)) d
$$;
SELECT is(pg_temp.flows_differences('[2024-01-01,2026-07-15)', step, g), 0::bigint, format('flows by %s with gap %s', step, g))
FROM (VALUES (interval '1 month', 0), ('1 month', 30), ('7 days', -1), ('1 year', 1), ('1 month 3 days', 365), ('2 years', 0)) v(step, g);
SELECT is(pg_temp.flows_differences('[2023-08-31,2026-02-28)', '1 month', 30), 0::bigint, 'flows from the last day of a month');
SELECT is(pg_temp.flows_differences('[2024-02-29,2024-03-03)', '1 day', 0), 0::bigint, 'flows by day around a leap day');
SELECT is((SELECT count(*) FROM h, LATERAL flows(h, '[2024-01-01,2026-07-01)') f JOIN LATERAL flows(h, '[2024-01-01,2026-07-01)') n ON lower(n.period) = upper(f.period)
	WHERE n.stock_begin <> f.stock_end), 0::bigint, 'each stock is where the next period begins');
SELECT cmp_ok((SELECT count(*) FROM h, LATERAL flows(h, '[0001-01-01,10000-01-01)', '1 year') f), '=', 9999::bigint, 'flows over the whole calendar');

-- transitions: a loop that pairs ends with starts as the definition says
CREATE FUNCTION pg_temp.transition_events(g int) RETURNS TABLE (kind text, f product, t product, client bigint, d date, is_start boolean) LANGUAGE plpgsql AS $$
DECLARE
	x record;
	y record;
BEGIN
	CREATE TEMP TABLE ep ON COMMIT DROP AS SELECT * FROM pg_temp.episodes(g, false);
	CREATE TEMP TABLE pe ON COMMIT DROP AS
		SELECT p.client, p.product, p.s, p.e, p.s = ep.s AS first, p.e = ep.e AS last, false AS used, row_number() OVER () AS id
		FROM pg_temp.episodes(g, true) p JOIN ep ON ep.client = p.client AND ep.s <= p.s AND p.e <= ep.e;
	RETURN QUERY SELECT 'inflow', NULL::product, p.product, p.client, p.s, true FROM pe p WHERE first;
	RETURN QUERY SELECT 'outflow', p.product, NULL::product, p.client, p.e, false FROM pe p WHERE last;
	FOR x IN SELECT * FROM pe p WHERE NOT last ORDER BY p.client, p.e, p.product NULLS FIRST LOOP
		SELECT * INTO y FROM pe q WHERE q.client = x.client AND NOT q.first AND NOT q.used AND q.product IS DISTINCT FROM x.product
			AND abs(q.s - x.e) <= greatest(g, 0) ORDER BY q.s, q.product NULLS FIRST LIMIT 1;
		IF FOUND THEN
			UPDATE pe SET used = true WHERE id = y.id;
			RETURN QUERY SELECT 'transfer', x.product, y.product, x.client, y.s, true;
		ELSE
			RETURN QUERY SELECT 'reduction', x.product, NULL::product, x.client, x.e, false;
		END IF;
	END LOOP;
	RETURN QUERY SELECT 'addition', NULL::product, p.product, p.client, p.s, true FROM pe p WHERE NOT first AND NOT used;
	DROP TABLE ep, pe;
END $$;
CREATE FUNCTION pg_temp.transition_differences(g int) RETURNS bigint LANGUAGE sql AS $$
	WITH ev AS MATERIALIZED (SELECT * FROM pg_temp.transition_events(g)),
	want AS (SELECT r, kind, f, t, count(DISTINCT client) FROM ranges JOIN ev ON CASE WHEN is_start THEN d >= lower(r) AND d < upper(r) ELSE d > lower(r) AND d <= upper(r) END GROUP BY 1, 2, 3, 4),
	got AS (SELECT r, x.* FROM ranges, h, LATERAL transitions(h, r, g) x)
	SELECT count(*) FROM ((TABLE want EXCEPT ALL TABLE got) UNION ALL (TABLE got EXCEPT ALL TABLE want)) d
$$;
SELECT is(pg_temp.transition_differences(g), 0::bigint, format('transitions with gap %s', g)) FROM unnest(ARRAY[-1, 0, 1, 30, 365]) g;
SELECT set_eq($$SELECT DISTINCT t.kind FROM h, LATERAL transitions(h, '[2023-01-01,2027-01-01)', 30) t$$,
	ARRAY['inflow', 'transfer', 'addition', 'reduction', 'outflow'], 'the data has every kind of transition');

-- durations, with the days in care counted day by day
CREATE FUNCTION pg_temp.duration_differences(g int) RETURNS bigint LANGUAGE sql AS $$
	WITH ep AS MATERIALIZED (SELECT *, (SELECT count(DISTINCT x) FROM care, LATERAL generate_series(lower(period), coalesce(upper(period), '2030-01-01') - 1, '1 day') x
			WHERE care.client = p.client AND lower(period) >= p.s AND lower(period) < p.e) in_care FROM pg_temp.episodes(g, false) p),
	want AS (SELECT r, count(*) FILTER (WHERE e > lower(r) AND e <= upper(r)) en, count(*) FILTER (WHERE s < upper(r) AND e > upper(r)) ru,
			avg(e - s) FILTER (WHERE e > lower(r) AND e <= upper(r)) me,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY e - s) FILTER (WHERE e > lower(r) AND e <= upper(r))::numeric md,
			avg(in_care) FILTER (WHERE e > lower(r) AND e <= upper(r)) mc
		FROM ranges, ep GROUP BY r)
	SELECT count(*) FROM want, h, LATERAL durations(h, r, g) d
	WHERE ROW(en, ru, me, md, mc) IS DISTINCT FROM ROW(d.ended, d.running, d.mean_days, d.median_days, d.mean_days_in_care)
$$;
SELECT is(pg_temp.duration_differences(g), 0::bigint, format('durations with gap %s', g)) FROM unnest(ARRAY[-1, 0, 30]) g;

-- persons never exceed the sum over products; slices
SELECT is((SELECT count(*) FROM ranges, h WHERE clients(h, r) >
		(SELECT sum(clients(for_products(h, ARRAY[p]), r)) FROM unnest(products(h)) p)), 0::bigint, 'persons <= sum over products');
SELECT is((SELECT for_products(h, ARRAY['02A16', '45']::product[]) FROM h),
	(SELECT care_history_agg(client, product, period) FROM care WHERE product IN ('02A16', '45')), 'a slice is the history of its products');
SELECT is((SELECT for_products(h, products(h)) FROM h), (SELECT h FROM h), 'all products give the whole');

-- joining
SELECT is((SELECT merge(a.h, b.h) FROM (SELECT care_history_agg(client, product, period) h FROM care WHERE half = 0) a, (SELECT care_history_agg(client, product, period) h FROM care WHERE half = 1) b),
	(SELECT h FROM h), 'joining two half-year deliveries gives the whole');
SELECT is((SELECT care_history_union_agg(x.h ORDER BY hashint8(client)) FROM (SELECT client, care_history_agg(client, product, period ORDER BY period DESC) h FROM care GROUP BY client) x),
	(SELECT h FROM h), 'the union of the clients'' histories is the whole, in any order');
CREATE TEMP TABLE parts AS SELECT k, care_history_agg(client, product, period) AS h FROM (SELECT *, abs(hashtext(period::text || client)) % 6 k FROM care) x GROUP BY k;
SELECT is((SELECT count(*) FROM parts a, parts b, parts c WHERE merge(a.h, merge(b.h, c.h)) <> merge(merge(a.h, b.h), c.h)), 0::bigint, 'merge is associative');
SELECT is((SELECT count(*) FROM parts a, parts b WHERE merge(a.h, b.h) <> merge(b.h, a.h)), 0::bigint, 'merge is commutative');

SELECT * FROM finish();
ROLLBACK;
