-- Claim lines one after another: the window function and the aggregates behind it, by cases and against slow SQL.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();

CREATE TEMP TABLE line (allotment int, id bigint, indication indication DEFAULT '02A16 40 uur/totaal [2026-01-01,2027-01-01)', product product DEFAULT '02A16', period daterange DEFAULT '[2026-03-01,2026-04-01)',
	volume volume, tariff tariff DEFAULT '61.20/uur', amount numeric, credit boolean DEFAULT false, reference text, previous text, rejected boolean DEFAULT false);
CREATE FUNCTION pg_temp.findings() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', id, (f).rule), ', ' ORDER BY id) FROM (
		SELECT id, claim_series_finding(indication, product, period, volume, tariff, amount, credit, reference, previous, rejected) OVER (PARTITION BY allotment ORDER BY id) AS f FROM line) x
$$;
CREATE FUNCTION pg_temp.series(lines text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	DELETE FROM line;
	EXECUTE lines;
	RETURN pg_temp.findings();
END $$;
SELECT is(pg_temp.series(l), f, name) FROM (VALUES
	('up to all of it', $$INSERT INTO line (id, period, volume, amount) VALUES (1, '[2026-01-01,2026-02-01)', '30 uur', 1), (2, '[2026-02-01,2026-03-01)', '10 uur', 1)$$, '1, 2'),
	('one hour more', $$INSERT INTO line (id, period, volume, amount) VALUES (1, '[2026-01-01,2026-02-01)', '30 uur', 1), (2, '[2026-02-01,2026-03-01)', '11 uur', 1)$$, '1, 2 TR322'),
	('minutes and hours', $$INSERT INTO line (id, period, volume, amount) VALUES (1, '[2026-01-01,2026-02-01)', '30 uur', 1), (2, '[2026-02-01,2026-03-01)', '600 minuut', 1), (3, '[2026-03-01,2026-04-01)', '1 minuut', 1)$$, '1, 2, 3 TR322'),
	('what does not fit does not count', $$INSERT INTO line (id, period, volume, amount) VALUES (1, '[2026-01-01,2026-02-01)', '30 uur', 1), (2, '[2026-02-01,2026-03-01)', '11 uur', 1), (3, '[2026-03-01,2026-04-01)', '10 uur', 1), (4, '[2026-04-01,2026-05-01)', '1 minuut', 1)$$, '1, 2 TR322, 3, 4 TR322'),
	('nothing more is never too much', $$INSERT INTO line (id, period, volume, amount) VALUES (1, '[2026-01-01,2026-02-01)', '40 uur', 1), (2, '[2026-02-01,2026-03-01)', '0 uur', 0)$$, '1, 2'),
	('another unit does not count', $$INSERT INTO line (id, period, volume, amount) VALUES (1, '[2026-01-01,2026-02-01)', '50 dagdeel', 1), (2, '[2026-02-01,2026-03-01)', '40 uur', 1)$$, '1, 2'),
	('nor does a line that was rejected', $$INSERT INTO line (id, period, volume, amount, rejected) VALUES (1, '[2026-01-01,2026-02-01)', '40 uur', 1, true), (2, '[2026-01-01,2026-02-01)', '40 uur', 1, NULL)$$, '1, 2'),
	('a budget adds up amounts', $$INSERT INTO line (id, indication, period, volume, amount) VALUES (1, 'budget 100.00 euro [2026-01-01,2027-01-01)', '[2026-01-01,2026-02-01)', '9999 uur', 99.99), (2, 'budget 100.00 euro [2026-01-01,2027-01-01)', '[2026-02-01,2026-03-01)', NULL, 0.01), (3, 'budget 100.00 euro [2026-01-01,2027-01-01)', '[2026-03-01,2026-04-01)', NULL, 0.01)$$, '1, 2, 3 TR369'),
	('no end, no maximum', $$INSERT INTO line (id, indication, period, volume, amount) VALUES (1, '02A16 4 uur/week [2026-01-01,)', '[2026-01-01,2026-02-01)', '99999999 uur', 1), (2, '02A16 4 uur/week [2026-01-01,)', '[2026-02-01,2026-03-01)', '99999999 uur', 1)$$, '1, 2'),
	('no allotment, no maximum; the next line has one', $$INSERT INTO line (id, indication, period, volume, amount, rejected) VALUES (1, NULL, '[2026-01-01,2026-02-01)', '40 uur', 1, true), (2, '02A16 40 uur/totaal [2026-01-01,2027-01-01)', '[2026-01-01,2026-02-01)', '41 uur', 1, false)$$, '1, 2 TR322'),
	('twice the same period', $$INSERT INTO line (id, volume, amount) VALUES (1, '1 uur', 1), (2, '1 uur', 1)$$, '1, 2 TR389'),
	('another product in the same period', $$INSERT INTO line (id, product, volume, amount) VALUES (1, '02A16', '1 uur', 1), (2, '02A17', '1 uur', 1)$$, '1, 2'),
	('a line, its credit line, and the line again', $$INSERT INTO line (id, volume, amount, credit, reference, previous) VALUES (1, '40 uur', 1, false, 'A', NULL), (2, '40 uur', -1, true, 'B', 'A'), (3, '40 uur', 1, false, 'C', NULL)$$, '1, 2, 3'),
	('credit told by the sign', $$INSERT INTO line (id, volume, amount, credit, reference, previous) VALUES (1, '40 uur', 1, NULL, 'A', NULL), (2, '40 uur', -1, NULL, 'B', 'A'), (3, '40 uur', 1, NULL, 'C', NULL)$$, '1, 2, 3'),
	('credited twice', $$INSERT INTO line (id, volume, amount, credit, reference, previous) VALUES (1, '4 uur', 1, false, 'A', NULL), (2, '4 uur', 1, true, 'B', 'A'), (3, '4 uur', 1, true, 'C', 'A')$$, '1, 2, 3 TR390'),
	('a credit line of nothing', $$INSERT INTO line (id, volume, amount, credit, reference, previous) VALUES (1, '4 uur', 1, false, 'A', NULL), (2, '4 uur', 1, true, 'B', 'a'), (3, '4 uur', 1, true, 'C', 'AA')$$, '1, 2 TR323, 3 TR323'),
	('a credit line of a credit line', $$INSERT INTO line (id, volume, amount, credit, reference, previous) VALUES (1, '4 uur', 1, false, 'A', NULL), (2, '4 uur', 1, true, 'B', 'A'), (3, '4 uur', 1, true, 'C', 'B')$$, '1, 2, 3 TR323'),
	('a credit line before its debit line', $$INSERT INTO line (id, volume, amount, credit, reference, previous) VALUES (1, '4 uur', 1, true, 'B', 'A'), (2, '4 uur', 1, false, 'A', NULL)$$, '1 TR323, 2'),
	('a credit line that is no copy: volume, amount, period, product, tariff', $$INSERT INTO line (id, product, period, volume, tariff, amount, credit, reference, previous) VALUES (1, '02A16', '[2026-03-01,2026-04-01)', '4 uur', '61.20/uur', 1, false, 'A', NULL),
		(2, '02A16', '[2026-03-01,2026-04-01)', '5 uur', '61.20/uur', 1, true, 'B', 'A'), (3, '02A16', '[2026-03-01,2026-04-01)', '4 uur', '61.20/uur', 2, true, 'C', 'A'), (4, '02A16', '[2026-02-01,2026-03-01)', '4 uur', '61.20/uur', 1, true, 'D', 'A'),
		(5, '02A17', '[2026-03-01,2026-04-01)', '4 uur', '61.20/uur', 1, true, 'E', 'A'), (6, '02A16', '[2026-03-01,2026-04-01)', '4 uur', NULL, 1, true, 'F', 'A'), (7, '02A16', '[2026-03-01,2026-04-01)', '4 uur', '61.20/uur', 1, true, 'G', 'A')$$, '1, 2 TR323, 3 TR323, 4 TR323, 5 TR323, 6 TR323, 7'),
	('without references any copy is taken back', $$INSERT INTO line (id, volume, amount) VALUES (1, '40 uur', 1), (2, '40 uur', -1), (3, '40 uur', 1)$$, '1, 2 TR389, 3 TR389'),
	('without references any copy is taken back, the sign tells', $$INSERT INTO line (id, volume, amount, credit) VALUES (1, '40 uur', 1, NULL), (2, '40 uur', -1, NULL), (3, '40 uur', 1, NULL)$$, '1, 2, 3'),
	('what was granted before the first line makes no room', $$INSERT INTO line (id, period, volume, amount, credit) VALUES (1, '[2026-01-01,2026-02-01)', '40 uur', -1, NULL), (2, '[2026-02-01,2026-03-01)', '41 uur', 1, NULL)$$, '1, 2 TR322'),
	('two allotments know nothing of each other', $$INSERT INTO line (allotment, id, volume, amount, credit, reference, previous) VALUES (1, 1, '40 uur', 1, false, 'A', NULL), (2, 2, '40 uur', 1, false, 'B', NULL), (2, 3, '40 uur', 1, true, 'C', 'A')$$, '1, 2, 3 TR323'),
	('a line without a period or an amount is not judged', $$INSERT INTO line (id, period, volume, amount) VALUES (1, NULL, '41 uur', 1), (2, '(,)', '41 uur', 1), (3, 'empty', '41 uur', 1), (4, '[2026-01-01,2026-02-01)', '41 uur', NULL), (5, '[2026-01-01,2026-02-01)', '40 uur', 'NaN'), (6, '[2026-01-01,2026-02-01)', '40 uur', 1)$$, '1, 2, 3, 4, 5, 6'),
	('nothing', 'SELECT', NULL)) v(name, l, f);
-- Many lines on one allotment: the tables grow
SELECT is(pg_temp.series($$INSERT INTO line (allotment, id, indication, period, volume, amount, credit, reference, previous)
	SELECT a, i, '02A16 1000 uur/totaal [2000-01-01,2100-01-01)', daterange(date '2000-01-01' + 30 * (i % 500), date '2000-01-01' + 30 * (i % 500) + 30), '1 uur', 1, i > 500 AND i <= 1000, 'R' || i, CASE WHEN i > 500 AND i <= 1000 THEN 'R' || i - 500 END
	FROM generate_series(1, 1501) i, generate_series(1, 2) a$$), (SELECT string_agg(concat_ws(' ', i, CASE WHEN i = 1501 THEN 'TR389' END), ', ' ORDER BY i) FROM generate_series(1, 1501) i, generate_series(1, 2) a), 'five hundred lines, credited, and again');
SELECT throws_ok($$SELECT claim_series_finding(NULL, '02A16', '[2026-03-01,2026-04-01)', '1 uur', NULL, 1, false, NULL, NULL, false)$$, '42809', NULL, 'only over a window');

-- ---- Random lines against slow SQL ----
CREATE FUNCTION pg_temp.rnd(seed text, n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT ((hashtextextended(seed, 98) & 9223372036854775807) % n)::int$$;
DELETE FROM line;
INSERT INTO line (allotment, id, indication, product, period, volume, tariff, amount, credit, reference, previous, rejected)
SELECT a, a * 100 + i,
	(ARRAY['02A16 4 uur/week [2026-01-10,2026-06-20)', '02A16 40 uur/totaal [2026-01-01,2027-01-01)', 'budget 100.00 euro [2026-01-01,2027-01-01)', '02A16 2 stuks(output)/week [2026-01-01,2026-05-01)',
		'02A16 100.00 euro/maand [2026-01-01,2026-07-01)', '02 [2026-01-01,)', '02A16 9 uur/maand [2026-01-01,)', '02A16 3 minuut/dag [2026-01-01,2026-04-11)'])[1 + a % 8]::indication,
	CASE pg_temp.rnd('p' || a || i, 9) WHEN 0 THEN '02A17' ELSE '02A16' END::product, daterange(m, (m + interval '1 month')::date),
	volume(v, v, u, NULL), tariff(10, CASE u WHEN '83' THEN '04' ELSE u END), v, c, CASE WHEN a % 3 > 0 THEN 'R' || i END, CASE WHEN c AND a % 3 > 0 THEN 'R' || 1 + pg_temp.rnd('b' || a || i, i) END, pg_temp.rnd('x' || a || i, 12) = 0
FROM generate_series(1, 400) a, generate_series(1, 16) i,
	LATERAL (SELECT (date '2026-01-01' + (pg_temp.rnd('m' || a || i, 5) || ' months')::interval)::date, 1 + pg_temp.rnd('v' || a || i % CASE WHEN a % 2 = 0 THEN 4 ELSE 100 END, 60),
		CASE WHEN a % 8 IN (3) THEN '82' WHEN a % 8 = 4 THEN '83' WHEN a % 8 = 7 OR pg_temp.rnd('u' || a || i, 4) = 0 THEN '01' ELSE '04' END, pg_temp.rnd('c' || a || i, 4) = 0) x(m, v, u, c);
-- Credit lines are mostly copies of what they name.
UPDATE line l SET (product, period, volume, tariff, amount) = (o.product, o.period, o.volume, o.tariff, o.amount)
FROM line o WHERE l.credit AND o.allotment = l.allotment AND o.id < l.id AND (o.reference = l.previous OR l.previous IS NULL AND o.id = l.id - 1 - l.id % 3) AND pg_temp.rnd('k' || l.id, 5) > 0;
CREATE TEMP TABLE granted (allotment int, id bigint, l line, counts numeric, credited boolean DEFAULT false);
CREATE INDEX ON granted (allotment);
CREATE FUNCTION pg_temp.slow() RETURNS TABLE (id bigint, rule text) LANGUAGE plpgsql AS $$
DECLARE
	l line;
	maximum numeric;
BEGIN
	FOR l IN SELECT * FROM line ORDER BY line.id LOOP
		id := l.id;
		rule := NULL;
		IF NOT l.rejected THEN
			DECLARE
				in_money CONSTANT boolean := budget(l.indication) IS NOT NULL;
				factor CONSTANT int := CASE WHEN unit(volume(l.indication)) = 'uur' THEN 60 ELSE 1 END;
				fits CONSTANT boolean := unit(l.volume) = unit(volume(l.indication)) OR unit(l.volume) = 'minuut' AND factor = 60;
				counts CONSTANT numeric := CASE WHEN in_money THEN l.amount WHEN fits THEN amount(l.volume) * CASE WHEN unit(l.volume) = 'uur' THEN factor ELSE 1 END ELSE 0 END;
				held numeric := coalesce((SELECT sum(g.counts) FROM granted g WHERE g.allotment = l.allotment AND NOT g.credited), 0);
				debit granted;
			BEGIN
				IF l.credit THEN
					IF l.previous IS NOT NULL THEN
						SELECT g.* INTO debit FROM granted g WHERE g.allotment = l.allotment AND (g.l).reference = l.previous ORDER BY g.credited, g.id LIMIT 1;
						rule := CASE WHEN debit.id IS NULL THEN 'TR323' WHEN debit.credited THEN 'TR390'
							WHEN ((debit.l).product, (debit.l).period, (debit.l).volume, (debit.l).tariff, (debit.l).amount) IS DISTINCT FROM (l.product, l.period, l.volume, l.tariff, l.amount) THEN 'TR323' END;
					ELSE
						SELECT g.* INTO debit FROM granted g WHERE g.allotment = l.allotment AND NOT g.credited
							AND ((g.l).product, (g.l).period, (g.l).volume, (g.l).tariff, (g.l).amount) IS NOT DISTINCT FROM (l.product, l.period, l.volume, l.tariff, l.amount) LIMIT 1;
						IF debit.id IS NULL THEN
							-- it takes back something that is not known, as far as there is something
							INSERT INTO granted VALUES (l.allotment, l.id, NULL, -least(counts, held));
						END IF;
					END IF;
					IF rule IS NULL THEN
						UPDATE granted g SET credited = true WHERE g.id = debit.id;
					END IF;
				ELSE
					maximum := claimable(l.indication) * factor;
					rule := CASE WHEN EXISTS (SELECT FROM granted g WHERE g.allotment = l.allotment AND NOT g.credited AND (g.l).product = l.product AND (g.l).period = l.period) THEN 'TR389'
						WHEN held + counts > maximum THEN CASE WHEN in_money THEN 'TR369' ELSE 'TR322' END END;
					IF rule IS NULL THEN
						INSERT INTO granted VALUES (l.allotment, l.id, l, counts);
					END IF;
				END IF;
			END;
		END IF;
		RETURN NEXT;
	END LOOP;
END $$;
CREATE TEMP TABLE expected AS SELECT * FROM pg_temp.slow();
CREATE TEMP TABLE found AS SELECT id, allotment, (f).rule FROM (
	SELECT id, allotment, claim_series_finding(indication, product, period, volume, tariff, amount, credit, reference, previous, rejected) OVER (PARTITION BY allotment ORDER BY id) AS f FROM line) x;
SELECT is_empty('SELECT id, f.rule, e.rule FROM found f JOIN expected e USING (id) WHERE f.rule IS DISTINCT FROM e.rule', 'random lines as slow SQL judges them');
SELECT is((SELECT array_agg(DISTINCT rule ORDER BY rule) FROM expected WHERE rule IS NOT NULL), '{TR322,TR323,TR369,TR389,TR390}', 'every rule is among them');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE rule = r), '>', 20::bigint, r || ' often') FROM unnest('{TR322,TR323,TR369,TR389,TR390}'::text[]) r;

-- ---- The aggregate that saves the sorting ----
CREATE TEMP TABLE suspect AS SELECT allotment, claim_series_suspect(indication, period, volume, amount, credit) AS suspect FROM line GROUP BY allotment;
SELECT is_empty('SELECT allotment FROM found JOIN suspect USING (allotment) WHERE rule IS NOT NULL AND NOT suspect', 'no finding without suspicion');
DELETE FROM line;
INSERT INTO line (allotment, id, indication, period, volume, amount, credit) SELECT a, i, (ARRAY['02A16 40 uur/totaal [2020-01-01,2040-01-01)', 'budget 100.00 euro [2020-01-01,2040-01-01)', '02A16 1 uur/maand [2020-01-01,)'])[1 + a % 3]::indication, daterange(m, (m + interval '1 month')::date), '1 uur', 2.50, CASE WHEN a % 2 = 0 THEN false END
FROM generate_series(1, 30) a, generate_series(1, 40) i, LATERAL (SELECT (date '2021-01-01' + (i || ' months')::interval)::date) x(m);
SELECT is_empty('SELECT allotment FROM line GROUP BY allotment HAVING claim_series_suspect(indication, period, volume, amount, credit)', 'forty months up to the maximum: no suspicion');
SELECT is((SELECT count(*) FROM (SELECT allotment FROM line GROUP BY allotment HAVING claim_series_suspect(indication, period, CASE WHEN id = 20 THEN '61 minuut'::volume ELSE volume END, CASE WHEN id = 20 THEN 2.51 ELSE amount END, credit)) x), 20::bigint, 'a minute or a cent more is suspect, where there is a maximum');
SELECT is(claim_series_suspect('02A16 40 uur/totaal [2026-01-01,2027-01-01)', '[2026-01-01,2026-02-01)', '1 uur', 1, true), true, 'a credit line') FROM generate_series(1, 1);
SELECT is(claim_series_suspect('02A16 40 uur/totaal [2026-01-01,2027-01-01)', '[2026-01-01,2026-02-01)', '1 uur', -1, NULL), true, 'a credit line by its sign');
SELECT is(claim_series_suspect(NULL, p, '1 uur', 1, false), s, 'without an allotment: ' || s) FROM (VALUES ('[2026-01-01,2026-02-01)'::daterange, 1), ('[2026-01-01,2026-02-01)', 1), ('[2026-01-01,2026-02-01)', 2), ('[2026-02-01,2026-03-01)', 2)) v(p, n), LATERAL (SELECT n = 1) x(s) GROUP BY n, s;
SELECT is(claim_series_suspect(NULL, NULL, NULL, NULL, NULL), NULL, 'nothing to suspect');
SELECT is((SELECT claim_series_suspect('02A16 40 uur/totaal [2026-01-01,2027-01-01)', '[2026-01-01,2026-02-01)', '41 uur', 1, false) FROM generate_series(1, 0)), NULL, 'no lines');
SELECT throws_ok($$SELECT claim_series_suspect_transition(NULL, NULL, '[2026-01-01,2026-02-01)', NULL, 1, false)$$, '0A000', NULL, 'only inside an aggregate');
SELECT throws_ok($$SELECT claim_series_suspect_final('\x00')$$, '22023', NULL, 'no state of it');

-- ---- repeated ----
CREATE TEMP TABLE pair AS SELECT ((hashtextextended(i::text, 1) % 700) * 1000000007)::bigint AS key, i::bigint AS value FROM generate_series(1, 1000) i;
SELECT is((SELECT repeated(key, value) FROM pair), (SELECT array_agg(value ORDER BY key, value) FROM (SELECT key, value, count(*) OVER (PARTITION BY key) AS n FROM pair) x WHERE n > 1), 'values of repeated keys, against SQL');
SELECT is((SELECT repeated(value, key) FROM pair), '{}', 'no key twice');
SELECT is((SELECT repeated(k, v) FROM (VALUES (1, NULL), (NULL, 1), (1, 2), (NULL, 3)) x(k, v)), '{}', 'NULL is no key and no value');
SELECT is((SELECT repeated(1, 1) FROM generate_series(1, 0)), NULL, 'no rows');
SELECT results_eq('SELECT x, repeated(1, x) OVER (ORDER BY x) FROM generate_series(1, 3) x', $$VALUES (1, '{}'::bigint[]), (2, '{1,2}'), (3, '{1,2,3}')$$, 'a result does not end the state');

-- Parallel as serial
CREATE TABLE public.zr_series AS SELECT i % 5000 AS number, indication('02A16', volume(1 + i % 5, 1 + i % 5, '04', '6'), '[2026-01-01,2030-01-01)') AS indication, daterange(m, m + 28) AS period, volume(1, 1, '04', NULL) AS volume, 1.00 AS amount, i % 977 = 0 AS credit
FROM generate_series(1, 20000) i, LATERAL (SELECT date '2026-01-01' + 31 * (i / 5000)) x(m);
UPDATE public.zr_series SET indication = indication('02A16', volume(1 + number % 5, 1 + number % 5, '04', '6'), '[2026-01-01,2030-01-01)');
CREATE TEMP TABLE serial AS SELECT number, claim_series_suspect(indication, period, volume, amount, credit) AS suspect FROM public.zr_series GROUP BY number;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
ANALYZE public.zr_series;
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan::text;
END $$;
SELECT matches(pg_temp.plan('SELECT number, claim_series_suspect(indication, period, volume, amount, credit) AS suspect FROM public.zr_series GROUP BY number'), 'Partial', 'a parallel plan');
SELECT set_eq('SELECT number, claim_series_suspect(indication, period, volume, amount, credit) AS suspect FROM public.zr_series GROUP BY number', 'SELECT * FROM serial', 'parallel as serial');
SELECT cmp_ok((SELECT count(*) FROM serial WHERE suspect), '>', 100::bigint, 'some suspect') UNION ALL SELECT cmp_ok((SELECT count(*) FROM serial WHERE NOT suspect), '>', 100::bigint, 'some not');
SELECT * FROM finish();
ROLLBACK;
