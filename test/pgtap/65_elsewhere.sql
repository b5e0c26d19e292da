-- Aggregates with a state that is a value, run as an extension for distributed queries runs them: their functions are looked
-- up for every row, and what they kept is gone before their states are.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(20);

CREATE TEMP TABLE care AS
	SELECT h1 % 997 AS a, h1 % 3 AS b, CASE WHEN i % 7 = 0 THEN NULL WHEN h1 % 3 = 2 THEN hashint8extended(h2 % 500, 5) ELSE h2 % 500 - 300 END AS client,
		(ARRAY['02A16', '45A01', '01', NULL]::product[])[1 + h2 % 4] AS product, daterange(d, d + (h1 % 90)::int) AS period
	FROM (SELECT i, hashint8extended(i, 1) & 1048575 AS h1, hashint8extended(i, 2) & 1048575 AS h2, '2024-01-01'::date + (hashint8extended(i, 3) & 511)::int AS d FROM generate_series(1, 30000) i) x;
INSERT INTO care VALUES (-1, 0, NULL, NULL, NULL);
ANALYZE care;

-- Rows in which a partial result differs from that of the aggregate itself. STEP is the transition function, ARGS its arguments.
CREATE FUNCTION pg_temp.differ(type regtype, aggregate text, step text, args text, keys text, source text DEFAULT 'care') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('WITH x AS (SELECT probe.elsewhere(%L, %2$s)::%3$s AS there, %4$s(%2$s) AS here FROM %5$s GROUP BY %6$s)
		SELECT count(*) FILTER (WHERE there IS DISTINCT FROM here) + (count(there) = 0)::int FROM x', step, args, type, aggregate, source, keys) INTO result;
	RETURN result;
END $$;

-- groups that are hashed, in one table and in several, and groups in order
CREATE FUNCTION pg_temp.all_plans(type regtype, aggregate text, step text, args text, what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL enable_sort = off;
	RETURN NEXT is(pg_temp.differ(type, aggregate, step, args, 'a, b'), 0::bigint, what || ', many groups');
	RETURN NEXT is(pg_temp.differ(type, aggregate, step, args, 'GROUPING SETS ((b), (a, b))'), 0::bigint, what || ', several hash tables');
	SET LOCAL enable_sort = on;
	SET LOCAL enable_hashagg = off;
	RETURN NEXT is(pg_temp.differ(type, aggregate, step, args, 'ROLLUP (b, a)'), 0::bigint, what || ', groups in order');
	SET LOCAL enable_hashagg = on;
END $$;
SELECT pg_temp.all_plans('client_set', 'client_set_agg', 'client_set_transition(client_set, bigint)', 'client', 'clients');
SELECT pg_temp.all_plans('care_history', 'care_history_agg', 'care_history_transition(care_history, bigint, daterange)', 'client, period', 'periods');
SELECT pg_temp.all_plans('care_history', 'care_history_agg', 'care_history_transition(care_history, bigint, product, daterange)', 'client, product, period', 'periods of products');

-- and joined, as where the query came from does
CREATE TEMP TABLE part AS SELECT a, b, client_set_agg(client) AS clients, care_history_agg(client, product, period) AS history FROM care GROUP BY a, b;
SELECT is(pg_temp.differ('client_set', 'client_set_union_agg', 'client_set_combine(client_set, client_set)', 'clients', 'GROUPING SETS ((a), ())', 'part'), 0::bigint, 'sets are joined');
SELECT is(pg_temp.differ('care_history', 'care_history_union_agg', 'care_history_combine(care_history, care_history)', 'history', 'GROUPING SETS ((a), ())', 'part'), 0::bigint, 'histories are joined');
CREATE TEMP TABLE price AS
	SELECT g, ('02A' || lpad(p::text, 2, '0'))::product AS product, ((100 + g * p) / 10.0)::numeric(8, 2) AS amount, daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1)) AS valid
	FROM generate_series(1, 50) g, generate_series(1, 20) p, generate_series(2024, 2026) y;
SELECT is(pg_temp.differ('tariff_book', 'tariff_book_agg', 'tariff_book_add(tariff_book, product, tariff, daterange)', $$product, tariff(amount, 'uur'), valid$$, 'g', 'price'), 0::bigint, 'price lists');
SELECT is((SELECT probe.elsewhere('tariff_book_combine(tariff_book, tariff_book)', b)::tariff_book FROM (SELECT tariff_book_agg(product, tariff(amount, 'uur'), valid) AS b FROM price WHERE g = 1 GROUP BY product) x),
	(SELECT tariff_book_agg(product, tariff(amount, 'uur'), valid) FROM price WHERE g = 1), 'price lists are joined');
SELECT is((SELECT probe.elsewhere('client_set_transition(client_set, bigint)', NULL::bigint)), NULL, 'no client gives no state');

-- windows with an inverse function of somebody's own, in PL/pgSQL, which takes over what it may write to
CREATE FUNCTION pg_temp.nothing_leaves(s client_set, bigint) RETURNS client_set LANGUAGE plpgsql AS 'BEGIN RETURN s; END';
CREATE FUNCTION pg_temp.all_leave(s client_set, bigint) RETURNS client_set LANGUAGE plpgsql AS $$BEGIN s := merge(s, '{1}'); RETURN '{}'; END$$;
CREATE FUNCTION pg_temp.nothing_leaves(s care_history, bigint, daterange) RETURNS care_history LANGUAGE plpgsql AS 'BEGIN RETURN s; END';
CREATE FUNCTION pg_temp.all_leave(s care_history, bigint, daterange) RETURNS care_history LANGUAGE plpgsql AS $$BEGIN s := merge(s, '{}'); RETURN '{}'; END$$;
CREATE FUNCTION pg_temp.nothing_leaves(s tariff_book, product, tariff, daterange) RETURNS tariff_book LANGUAGE plpgsql AS 'BEGIN RETURN s; END';
CREATE FUNCTION pg_temp.all_leave(s tariff_book, product, tariff, daterange) RETURNS tariff_book LANGUAGE plpgsql AS $$BEGIN s := merge(s, '{}'); RETURN '{}'; END$$;
CREATE FUNCTION pg_temp.windows(type regtype, step text, args text, measure text, what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	leaves text;
	wanted bigint[];
	got bigint[];
BEGIN
	FOREACH leaves IN ARRAY ARRAY['nothing_leaves', 'all_leave'] LOOP
		EXECUTE format('CREATE AGGREGATE pg_temp.%s_%s(%s) (SFUNC = %s, STYPE = %2$s, MSFUNC = %4$s, MSTYPE = %2$s, MINVFUNC = pg_temp.%1$s)', leaves, type, args, step);
		-- frames of ten days: with nobody leaving all that came stay, with all leaving the last one is there
		EXECUTE format('SELECT array_agg(%s ORDER BY i) FROM (SELECT i, pg_temp.%s_%s(%s) OVER (ORDER BY i ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS s FROM came) x',
			measure, leaves, type, (SELECT string_agg(CASE a WHEN 'bigint' THEN 'client' ELSE a END, ', ') FROM unnest(string_to_array(args, ', ')) a)) INTO got;
		wanted := (SELECT array_agg(CASE WHEN i <= 10 OR leaves = 'nothing_leaves' THEN i ELSE 1 END ORDER BY i) FROM came);
		RETURN NEXT is(got, wanted, what || ', ' || leaves);
	END LOOP;
END $$;
CREATE TEMP TABLE came AS SELECT i, i AS client, product('02', lpad(i::text, 4, '0')) AS product, tariff(i, 'uur') AS tariff, '[2026-01-01,2026-02-01)'::daterange AS daterange FROM generate_series(1::bigint, 3000) i;
SELECT pg_temp.windows('client_set', 'client_set_transition', 'bigint', 'cardinality(s)', 'clients');
SELECT pg_temp.windows('care_history', 'care_history_transition', 'bigint, daterange', 'clients(s, ''(,)'')', 'periods');
SELECT pg_temp.windows('tariff_book', 'tariff_book_add', 'product, tariff, daterange', '(SELECT count(*) FROM tariff_lines(s))', 'price lists');

SELECT * FROM finish();
ROLLBACK;
