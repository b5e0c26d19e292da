-- The monitor of money: every view against slow SQL over single days, allotments and lines on seeded random regions, identities,
-- and refreshes by month against complete ones.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();

-- ---- Without tables ----
SELECT is(unit('02A16 4 uur/week [2026-01-01,)'::indication), 'uur', 'the unit of an allotment');
SELECT is(unit('02 budget 100.00 euro [2026-01-01,2027-01-01)'::indication), 'euro', 'a budget is in euro');
SELECT is(unit('02 [2026-01-01,)'::indication), NULL, 'neither volume nor budget');
SELECT results_eq($$SELECT claimed_quantity(i, v, a, c) FROM (VALUES ('02A16 4 uur/week [2026-01-01,)'::indication, '90 minuut'::volume, 10.00, NULL::boolean), ('02A16 4 uur/week [2026-01-01,)', '3 uur', -10.00, NULL),
		('02A16 40 minuut/week [2026-01-01,)', '3 uur', 10.00, true), ('02 budget 100.00 euro [2026-01-01,2027-01-01)', '3 uur', -10.00, NULL), ('45A04 5.00 euro/week [2026-01-01,)', '10.00 euro', 10.00, false),
		('07A12 4 dagdeel/week [2026-01-01,)', '3 uur', 10.00, NULL), ('02 [2026-01-01,)', '3 uur', 10.00, NULL), ('02A16 4 uur/week [2026-01-01,)', NULL, 10.00, NULL)) x(i, v, a, c)$$,
	$$VALUES (1.5), (-3), (-180), (-10.00), (10.00), (NULL), (NULL), (NULL)$$, 'what a claim line takes of its allotment');
SELECT is_empty($$
	SELECT a, p, w, pro_rata(a, p, w) FROM generate_series(-7, 7) x, generate_series(-9, 9) p, generate_series(-8, 8) w, LATERAL (SELECT x * 0.37) y(a)
	WHERE w <> 0 AND pro_rata(a, p, w) <> round(a * p / w::numeric(60, 40) + sign(a * p * w) * 1e-20, 2)
$$, 'pro_rata rounds once, away from zero');
SELECT is(pro_rata(100000000000.01, 333333333333.33, 999999999999.99), 33333333333.34, 'pro_rata of large amounts');
SELECT is(pro_rata(1, 1, 0), NULL, 'of nothing there is no part');

-- ---- A region, filled at random ----
CALL create_region('t', 'T');
INSERT INTO t.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen'), ('0285', 'Voorst');
INSERT INTO t.products (code, name, product_group) VALUES ('02A16', 'Basis', 'BI'), ('02A19', 'Complex', 'BI'), ('01:1001', 'Hulp', 'HH'), ('07A12', 'Groep', 'BG'), ('45A04', 'Jeugd', 'JH'), ('02', 'Alles', 'BI');
INSERT INTO t.providers SELECT ('7373010' || n)::provider, 'P' || n FROM generate_series(1, 5) n;
CREATE FUNCTION pg_temp.pick(VARIADIC list text[]) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT list[1 + floor(random() * array_length(list, 1))::int]';

-- lawful: claims within what may be claimed, on allotments that are known
CREATE FUNCTION pg_temp.fill(seed double precision, lawful boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM setseed(seed);
	TRUNCATE t.contracts, t.tariffs, t.budgets, t.lump_sums, t.allocations, t.deliveries, t.declarations, t.claims, t.loads,
		t.sourcings, t.closures, t.admission_windows CASCADE;
	INSERT INTO t.contracts (provider, municipality, product, tariff_group, valid, kind, main_contractor)
	SELECT p.code, m.code, x.code, CASE WHEN random() < 0.4 THEN pg_temp.pick('zzp', 'klein', 'nieuw') END, daterange(s, s + 100 + (random() * 500)::int), 
		k.kind, CASE WHEN k.kind = 'subcontract' THEN CASE WHEN p.code = '73730101' THEN '73730102'::provider ELSE '73730101' END END
	FROM t.providers p, t.municipalities m, t.products x, (VALUES ('framework', 1), ('framework', 2), ('bridging', 3), ('subcontract', 4), ('subcontract', 5)) k(kind, n),
		LATERAL (SELECT date '2022-06-01' + k.n % 3 * 620 + (random() * 20)::int) y(s)
	WHERE random() < 0.35 AND k.n <> 5;
	-- a second main contractor, on overlapping days
	INSERT INTO t.contracts (provider, municipality, product, tariff_group, valid, kind, main_contractor)
	SELECT c.provider, c.municipality, c.product, pg_temp.pick('zzp', 'klein'), daterange(lower(c.valid) - 60, upper(c.valid) + 60), 'subcontract', '73730105'
	FROM t.contracts c WHERE c.kind = 'subcontract' AND c.provider <> '73730105' AND random() < 0.5;
	INSERT INTO t.tariffs (product, tariff_group, valid, tariff, status)
	SELECT x.code, g.grp, daterange(d.s, d.e), tariff(round((20 + random() * 60)::numeric, 2), CASE x.code::text WHEN '07A12' THEN 'dagdeel' WHEN '45A04' THEN CASE WHEN d.n = 3 THEN 'etmaal' ELSE 'stuks(output)' END WHEN '02A19' THEN 'minuut' ELSE 'uur' END),
		CASE WHEN random() < 0.3 THEN 'provisional' ELSE 'definitive' END
	FROM t.products x, (VALUES (1, date '2022-01-01', date '2024-01-01'), (2, '2024-01-01', '2024-07-10'), (3, '2024-07-12', '2026-01-01'), (4, '2026-01-01', NULL)) d(n, s, e), (VALUES (NULL, 1.0), ('zzp', 0.5), ('klein', 0.3)) g(grp, chance)
	WHERE random() < g.chance AND random() < 0.9;
	INSERT INTO t.tariffs (product, valid, tariff, status) SELECT code, '[2024-01-01,)', '1.00/uur', 'proposed' FROM t.products;
	INSERT INTO t.allocations (number, client, provider, municipality, indication, change_reason)
	SELECT id, 100 + (random() * 60)::int, ('7373010' || 1 + (random() * 4)::int)::provider, pg_temp.pick('0200', '0301', '0285')::municipality, i,
		CASE WHEN upper(period(i)) = lower(period(i)) + 1 AND random() < 0.8 THEN '13' WHEN random() < 0.1 THEN '13' END
	FROM (SELECT id, date '2023-06-01' + (random() * 1200)::int AS s FROM generate_series(1, 220) id) x,
		LATERAL (SELECT x.s, CASE WHEN id % 10 = 0 THEN NULL WHEN id % 17 = 0 THEN x.s + 1 ELSE x.s + 1 + (random() * CASE WHEN id % 3 = 0 THEN 30 ELSE 600 END)::int END AS e) y,
		LATERAL (SELECT * FROM (VALUES ('02A16', '04'), ('02A19', '01'), ('01:1001', '04'), ('07A12', '16'), ('45A04', '82'), ('02A99', '04'), ('45A04', '83')) v(product, unit) OFFSET id % 7 LIMIT 1) p,
		LATERAL (SELECT CASE
			WHEN id % 19 = 0 THEN indication(NULL::product, round((random() * 10000)::numeric, 2), daterange(y.s, coalesce(y.e, y.s + 50)))
			WHEN id % 23 = 0 THEN indication('02'::product, round((random() * 10000)::numeric, 2), daterange(y.s, y.e))
			WHEN id % 29 = 0 THEN indication('02'::product, NULL::volume, daterange(y.s, y.e))
			ELSE indication(p.product::product, volume(1, 1 + (random() * 20)::int, p.unit, CASE WHEN p.unit IN ('16') THEN pg_temp.pick('2', '4', '6') ELSE pg_temp.pick('1', '2', '2', '4', '6') END), daterange(y.s, y.e)) END) z(i);
	INSERT INTO t.deliveries (number, started, ended, stop_reason)
	SELECT DISTINCT ON (number, started) number, started, ended, CASE WHEN ended IS NOT NULL THEN pg_temp.pick('20', '38', '19', '31') END
	FROM (SELECT number, s AS started, CASE WHEN random() < 0.8 THEN s + (random() * 300)::int END AS ended
		FROM t.allocations a, generate_series(1, 2) n, LATERAL (SELECT lower(period(a.indication)) - 5 + n * 0 + (random() * 200)::int) x(s) WHERE random() < 0.6) d
	ORDER BY number, started, ended;
	INSERT INTO t.deliveries VALUES (5000, '2024-01-01', NULL, NULL);
	INSERT INTO t.declarations (id, law, provider, municipality, number, period, declared, total)
	VALUES (1, 'Wmo', '73730103', '0301', 'D1', '[2024-05-01,2024-06-01)', '2024-06-10', 0), (2, 'Wmo', '73730104', '0200', 'D2', '[2025-05-01,2025-06-01)', '2025-06-10', 0);
	IF lawful THEN
		-- a part of every month, and no more than the allotment in all
		INSERT INTO t.claims (number, product_period, volume, amount, product)
		SELECT number, days, CASE WHEN u = 'euro' THEN NULL WHEN u = 'uur' AND number % 2 = 0 THEN volume(60 * n::int, 60 * n::int, '01', NULL) ELSE volume(n::int, n::int, unit_code(volume(indication)), NULL) END,
			CASE WHEN u = 'euro' THEN n ELSE round(n * 31.17, 2) END, product(indication)
		FROM (
			SELECT a.number, a.indication, unit(a.indication) AS u, d.days, floor(least(claimable(a.indication, lower(d.days)), coalesce(claimable(a.indication), 1e9) / 40) * random()::numeric) AS n
			FROM t.allocations a, generate_series(timestamp '2023-01-01', '2026-12-01', '1 month') m, LATERAL (SELECT daterange(m::date, (m + interval '1 month')::date) * period(a.indication)) d(days)
			WHERE NOT isempty(d.days) AND unit(a.indication) IS NOT NULL AND NOT never_sent(a.indication, a.change_reason)) x
		WHERE n > 0 AND random() < 0.9;
	ELSE
		INSERT INTO t.claims (number, product_period, volume, amount, product, credit, declaration)
		SELECT CASE WHEN random() < 0.1 THEN 9000 + n % 5 ELSE 1 + (random() * 219)::int END, daterange(d, d + 1 + (random() * 20)::int),
			CASE WHEN random() < 0.9 THEN volume(v, v, pg_temp.pick('01', '04', '04', '16', '82', '83'), NULL) END, round((random() * 900 - 150)::numeric, 2),
			CASE WHEN random() < 0.5 THEN pg_temp.pick('02A16', '02A19', '07A12', '02A98')::product END, CASE WHEN random() < 0.3 THEN random() < 0.5 END, CASE WHEN random() < 0.4 THEN 1 + n % 2 END
		FROM generate_series(1, 900) n, LATERAL (SELECT date '2022-11-01' + n * 0 + (random() * 1300)::int, (random() * 200)::int) x(d, v);
	END IF;
	INSERT INTO t.lump_sums (provider, municipality, product_group, valid, amount)
	SELECT DISTINCT ON (1, 2, 3) ('7373010' || 1 + n % 4)::provider, pg_temp.pick('0200', '0301')::municipality, CASE WHEN n % 3 > 0 THEN pg_temp.pick('BI', 'HH', 'Taak') END, daterange(s, s + 20 + (random() * 700)::int), round((random() * 100000)::numeric, 2)
	FROM generate_series(1, 6) n, LATERAL (SELECT date '2023-03-05' + n * 0 + (random() * 700)::int) x(s);
	INSERT INTO t.budgets (municipality, product_group, year, amount)
	SELECT m.code, g, y, round((random() * 200000)::numeric, 2) FROM t.municipalities m, unnest(ARRAY['BI', 'HH', 'BG', 'Extra', NULL]) g, generate_series(2023, 2027) y
	WHERE random() < CASE WHEN g IS NULL THEN 0.5 ELSE 0.6 END;
	INSERT INTO t.loads (kind, provider, municipality, period, loaded) VALUES ('claims', NULL, '0301', '[2024-01-01,2024-11-01)', '2025-01-01'), ('claims', NULL, '0301', '[2025-02-01,2025-04-01)', '2025-05-01'),
		('claims', NULL, '0301', '[2025-04-01,2025-08-20)', '2025-09-01'), ('claims', '73730101', '0200', '[2024-01-01,2025-01-01)', '2025-01-01'), ('deliveries', NULL, NULL, '[2023-01-01,2027-01-01)', '2025-01-01'),
		('claims', NULL, NULL, '[2025-01-01,2025-03-01)', '2026-12-31');
	INSERT INTO t.sourcings (municipality, product, valid, channel) SELECT m.code, p.code, daterange('2024-01-01', CASE WHEN random() < 0.5 THEN date '2025-06-01' END), pg_temp.pick('regional', 'local', 'unknown')
	FROM t.municipalities m, t.products p WHERE random() < 0.4;
	INSERT INTO t.closures (municipality, product_group, valid, reason) VALUES ('0200', 'BI', '[2024-01-01,)', 'r'), (NULL, 'BG', '[2025-01-01,2025-12-01)', 'r'), ('0301', NULL, '[2025-09-01,)', 'r');
	INSERT INTO t.admission_windows (municipality, product_group, opens, kind) VALUES ('0200', 'HH', '[2024-01-01,)', 'scarcity'), (NULL, 'JH', '[2025-01-01,2025-12-01)', 'scarcity'), ('0285', NULL, '[2025-09-01,)', 'scarcity'), ('0200', 'BI', '[2024-01-01,2027-01-01)', 'regular');
END $$;

-- ---- The oracles: single days, single allotments, single lines ----
CREATE FUNCTION pg_temp.answer(as_of date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	day_0 constant date := make_date(extract(year FROM as_of)::int - 2, 1, 1);
	day_n constant date := make_date(extract(year FROM as_of)::int + 1, 1, 1);
BEGIN
	DROP TABLE IF EXISTS o_allot, o_day, o_run, o_cost, o_line, o_spending, o_lump, o_period;
	CREATE TEMP TABLE o_period AS
	SELECT kind, m::date AS first, (m + ('1 ' || kind)::interval)::date AS until FROM unnest('{month,year}'::text[]) kind, generate_series(day_0::timestamp, day_n::timestamp - interval '1 day', ('1 ' || kind)::interval) m;
	CREATE TEMP TABLE o_allot AS
	SELECT a.number, a.client, a.provider, a.municipality::text AS municipality, a.indication AS i, product(indication) AS product, coalesce(product(indication)::text, '(unknown)') AS product_text, coalesce(p.product_group, '(unknown)') AS grp,
		CASE WHEN budget(indication) IS NOT NULL THEN 'euro' ELSE unit(volume(indication)) END AS unit, budget(indication) AS budget, at_most(indication) AS v, frequency(volume(indication)) AS f, period(indication) AS period,
		NOT (a.change_reason IS NOT DISTINCT FROM '13' AND upper(period(indication)) IS NOT DISTINCT FROM lower(period(indication)) + 1) AS sent
	FROM t.allocations a LEFT JOIN t.products p ON p.code = product(a.indication);
	-- Every day of every allotment that was sent: its quantity n / d, its price, NULL where there is none, and whether care was delivered.
	CREATE TEMP TABLE o_day AS
	SELECT a.number, g.day, date_trunc('month', g.day::timestamp)::date AS month, q.n, q.d,
		CASE WHEN a.unit = 'euro' THEN 1
			WHEN a.unit = unit(x.tariff) THEN amount(x.tariff)
			WHEN a.unit = 'uur' AND unit(x.tariff) = 'minuut' THEN amount(x.tariff) * 60
			WHEN a.unit = 'minuut' AND unit(x.tariff) = 'uur' THEN amount(x.tariff) / 60::numeric(60, 40) END AS price,
		g.day <= as_of AND EXISTS (SELECT FROM t.deliveries d WHERE d.number = a.number AND g.day BETWEEN d.started AND coalesce(d.ended, 'infinity')) AS delivered
	FROM o_allot a
		CROSS JOIN LATERAL (SELECT s::date AS day FROM generate_series(greatest(day_0, lower(a.period))::timestamp, least(day_n, upper(a.period))::timestamp - interval '1 day', '1 day') s) g
		CROSS JOIN LATERAL (SELECT CASE WHEN a.budget IS NULL AND a.v IS NULL OR upper_inf(a.period) AND (a.budget IS NOT NULL OR a.f = 'totaal') THEN NULL ELSE coalesce(a.budget, a.v) END AS n,
			CASE WHEN a.budget IS NOT NULL OR a.f = 'totaal' THEN upper(a.period) - lower(a.period) WHEN a.f = 'dag' THEN 1 WHEN a.f = 'week' THEN 7
				ELSE extract(day FROM date_trunc('month', g.day::timestamp) + interval '1 month - 1 day')::int END AS d) q
		LEFT JOIN LATERAL (SELECT c.tariff_group FROM t.contracts c WHERE c.provider = a.provider AND c.municipality = a.municipality::municipality AND c.product = a.product AND c.valid @> g.day
			ORDER BY c.kind = 'subcontract', c.key LIMIT 1) k ON true
		LEFT JOIN LATERAL (SELECT tariff FROM t.tariffs r WHERE r.product = a.product AND r.status <> 'proposed' AND r.valid @> g.day
			AND r.tariff_group IS NOT DISTINCT FROM CASE WHEN EXISTS (SELECT FROM t.tariffs e WHERE e.product = a.product AND e.tariff_group = k.tariff_group AND e.status <> 'proposed') THEN k.tariff_group END) x ON true
	WHERE a.sent;
	-- A month with an unknown day is unknown; the others of a year, or of an unbroken run of delivered days in it, are differences of rounded running totals.
	CREATE TEMP TABLE o_run AS
	SELECT number, day, false AS only_delivered, 0 AS run FROM o_day
	UNION ALL
	SELECT number, day, true, day - day_0 - (row_number() OVER (PARTITION BY number ORDER BY day))::int FROM o_day WHERE delivered;
	CREATE TEMP TABLE o_cost AS
	SELECT number, month, only_delivered, known, CASE WHEN known THEN total - coalesce(lag(total) OVER (PARTITION BY number, only_delivered, run, known, date_trunc('year', month::timestamp) ORDER BY month), 0) ELSE 0 END AS amount
	FROM (
		SELECT number, month, only_delivered, run, known, round(sum(CASE WHEN known THEN exact ELSE 0 END) OVER (PARTITION BY number, only_delivered, run, date_trunc('year', month::timestamp) ORDER BY month) + 1e-20, 2) AS total
		FROM (SELECT number, month, only_delivered, run, count(*) = count(n * price) AS known, sum(n * price / d::numeric(60, 40)) AS exact
			FROM o_run JOIN o_day USING (number, day) GROUP BY 1, 2, 3, 4) x) y;
	CREATE TEMP TABLE o_line AS
	SELECT c.id, coalesce(a.municipality, d.municipality::text, '(unknown)') AS municipality, coalesce(a.provider, d.provider)::text AS provider, coalesce(p.product_group, '(unknown)') AS grp,
		c.amount, coalesce(a.sent, false) AS allotted, date_trunc('month', lower(c.product_period)::timestamp)::date AS month, a.number, a.unit,
		CASE WHEN NOT a.sent THEN NULL WHEN a.unit = 'euro' THEN c.amount ELSE
			amount(c.volume) * CASE WHEN a.unit = unit(c.volume) THEN 1 WHEN a.unit = 'uur' AND unit(c.volume) = 'minuut' THEN 1 / 60::numeric(60, 40) WHEN a.unit = 'minuut' AND unit(c.volume) = 'uur' THEN 60 END
			* CASE WHEN coalesce(c.credit, c.amount < 0) THEN -1 ELSE 1 END END AS quantity
	FROM t.claims c LEFT JOIN o_allot a ON a.number = c.number LEFT JOIN t.declarations d ON d.id = c.declaration AND a.number IS NULL
		LEFT JOIN t.products p ON p.code = coalesce(c.product, a.product)
	WHERE lower(c.product_period) BETWEEN day_0 AND as_of;
	CREATE TEMP TABLE o_lump AS
	SELECT l.provider::text AS provider, l.municipality::text AS municipality, coalesce(l.product_group, '(unknown)') AS grp, m.month, m.amount FROM t.lump_sums l, lump_sum_by_month(l.amount, l.valid) m WHERE m.month >= day_0 AND m.month < day_n;
	CREATE TEMP TABLE o_spending AS
	SELECT municipality, grp, kind, first, sum(indicated) AS indicated, sum(delivered) AS delivered, sum(claimed) AS claimed, sum(lump_sum) AS lump_sum, count(DISTINCT unpriced) AS unpriced, sum(unallotted) AS unallotted
	FROM (
		SELECT a.municipality, a.grp, c.month, CASE WHEN only_delivered THEN 0 ELSE amount END AS indicated, CASE WHEN only_delivered THEN amount ELSE 0 END AS delivered, 0 AS claimed, 0 AS lump_sum,
			CASE WHEN NOT known AND NOT only_delivered THEN a.number END AS unpriced, 0 AS unallotted FROM o_cost c JOIN o_allot a USING (number)
		UNION ALL SELECT municipality, grp, month, 0, 0, amount, 0, NULL, CASE WHEN allotted THEN 0 ELSE amount END FROM o_line
		UNION ALL SELECT municipality, grp, month, 0, 0, 0, amount, NULL, 0 FROM o_lump) x
	JOIN o_period p ON x.month >= p.first AND x.month < p.until
	GROUP BY GROUPING SETS ((municipality, grp, kind, first), (municipality, kind, first), (grp, kind, first), (kind, first));
END $$;

-- Whether the claims of a month are known.
CREATE FUNCTION pg_temp.is_known(municipality text, first date, as_of date) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	RETURN CASE WHEN EXISTS (SELECT FROM t.loads x WHERE x.kind = 'claims' AND x.provider IS NULL AND x.loaded <= $3 AND coalesce(x.municipality::text, $1) = $1 AND x.period && daterange(date_trunc('year', $2::timestamp)::date, (date_trunc('year', $2::timestamp) + interval '1 year')::date))
				THEN (SELECT bool_and(EXISTS (SELECT FROM t.loads x WHERE x.kind = 'claims' AND x.provider IS NULL AND x.loaded <= $3 AND coalesce(x.municipality::text, $1) = $1 AND x.period @> d::date))
					FROM generate_series($2::timestamp, $2 + interval '1 month - 1 day', '1 day') d)
				ELSE EXISTS (SELECT FROM (SELECT o.first FROM o_spending o WHERE o.kind = 'month' AND o.municipality = $1 AND o.grp IS NOT NULL AND o.claimed <> 0) o WHERE o.first >= $2) END AND $2 <= $3;
END $$;

-- Budget lines, each looked up by itself.
CREATE FUNCTION pg_temp.budget_answer(as_of date) RETURNS TABLE (municipality text, line text, year int, budget numeric, claimed numeric, lump_sum numeric, known_until date, forecast numeric) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	l record;
	ratio_claimed numeric;
	ratio_indicated numeric;
	to_come numeric;
	sure numeric;
BEGIN
	DROP TABLE IF EXISTS o_part;
	CREATE TEMP TABLE o_part AS
	SELECT s.municipality, s.first AS month, extract(year FROM s.first)::int AS year, s.indicated, s.claimed, s.lump_sum,
		CASE WHEN NOT EXISTS (SELECT FROM t.budgets b WHERE b.municipality::text = s.municipality AND b.product_group = s.grp AND b.year = extract(year FROM s.first))
			AND EXISTS (SELECT FROM t.budgets b WHERE b.municipality::text = s.municipality AND b.product_group IS NULL AND b.year = extract(year FROM s.first)) THEN '(other)' ELSE s.grp END AS line,
		pg_temp.is_known(s.municipality, s.first, as_of) AS known
	FROM o_spending s WHERE s.kind = 'month' AND s.municipality IS NOT NULL AND s.grp IS NOT NULL;
	-- a month without any amount is known or not all the same
	FOR l IN
		SELECT p.municipality, p.line, p.year FROM o_part p
		UNION SELECT b.municipality::text, coalesce(b.product_group, '(other)'), b.year FROM t.budgets b WHERE b.year BETWEEN extract(year FROM as_of) - 2 AND extract(year FROM as_of)
	LOOP
		municipality := l.municipality; line := l.line; year := l.year;
		SELECT b.amount INTO budget FROM t.budgets b WHERE b.municipality::text = l.municipality AND coalesce(b.product_group, '(other)') = l.line AND b.year = l.year;
		SELECT coalesce(sum(p.claimed), 0), coalesce(sum(p.lump_sum), 0), coalesce(sum(p.claimed) FILTER (WHERE p.known), 0), coalesce(sum(p.indicated) FILTER (WHERE NOT p.known), 0)
		INTO claimed, lump_sum, sure, to_come FROM o_part p WHERE p.municipality = l.municipality AND p.line = l.line AND p.year = l.year;
		ratio_indicated := NULL;
		SELECT sum(p.claimed), sum(p.indicated) INTO ratio_claimed, ratio_indicated FROM o_part p WHERE p.municipality = l.municipality AND p.line = l.line AND p.year = l.year AND p.known HAVING sum(p.indicated) <> 0;
		IF ratio_indicated IS NULL THEN
			SELECT sum(p.claimed), sum(p.indicated) INTO ratio_claimed, ratio_indicated FROM o_part p WHERE p.municipality = l.municipality AND p.year = l.year AND p.known HAVING sum(p.indicated) <> 0;
		END IF;
		IF ratio_indicated IS NULL AND EXISTS (SELECT FROM generate_series(1, 12) m WHERE pg_temp.is_known(l.municipality, make_date(l.year, m, 1), as_of)) THEN
			ratio_claimed := 1;
			ratio_indicated := 1;
		END IF;
		forecast := CASE WHEN to_come = 0 THEN claimed + lump_sum
			WHEN ratio_indicated IS NOT NULL THEN lump_sum + greatest(claimed, sure + round(to_come * ratio_claimed / ratio_indicated::numeric(60, 30), 2)) END;
		RETURN NEXT;
	END LOOP;
END $$;

-- Two queries with the same columns give the same rows, and not too few of them.
CREATE FUNCTION pg_temp.same(label text, ours text, slow text, enough int) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	DROP TABLE IF EXISTS o_ours, o_slow;
	EXECUTE format('CREATE TEMP TABLE o_ours AS SELECT x::text AS row FROM (%s) x', ours);
	EXECUTE format('CREATE TEMP TABLE o_slow AS SELECT x::text AS row FROM (%s) x', slow);
	RETURN NEXT cmp_ok((SELECT count(*) FROM o_slow), '>=', enough::bigint, label || ': there is something to compare');
	RETURN NEXT is_empty('(SELECT ''ours '' || o.row FROM o_ours o EXCEPT ALL SELECT ''ours '' || o.row FROM o_slow o) UNION ALL (SELECT ''slow '' || o.row FROM o_slow o EXCEPT ALL SELECT ''slow '' || o.row FROM o_ours o) ORDER BY 1 LIMIT 10', label);
END $$;

CREATE FUNCTION pg_temp.check(label text, as_of date) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM refresh_monitor('t', as_of, true);
	PERFORM pg_temp.answer(as_of);
	RETURN QUERY SELECT pg_temp.same(label || ': spending',
		'SELECT municipality, product_group, period_kind, period_from, indicated, delivered, claimed, lump_sum, spent, allocations_unpriced, claimed_unallotted FROM t.monitor_spending',
		$q$SELECT municipality, grp, kind, first, indicated::numeric(14,2), delivered::numeric(14,2), claimed::numeric(14,2), lump_sum::numeric(14,2), (claimed + lump_sum)::numeric(14,2), unpriced, unallotted::numeric(14,2) FROM o_spending
			WHERE indicated <> 0 OR delivered <> 0 OR claimed <> 0 OR lump_sum <> 0 OR unpriced <> 0 OR unallotted <> 0$q$, 500);
	RETURN QUERY SELECT pg_temp.same(label || ': budget lines',
		'SELECT municipality, product_group, year, budget, indicated, delivered, claimed, lump_sum, forecast FROM t.monitor_budget WHERE level = ''municipality by product group''',
		format($q$SELECT b.municipality, b.line, b.year, b.budget, coalesce(s.indicated, 0)::numeric(14,2), coalesce(s.delivered, 0)::numeric(14,2), b.claimed::numeric(14,2), b.lump_sum::numeric(14,2), b.forecast::numeric(14,2)
			FROM pg_temp.budget_answer(%L) b LEFT JOIN LATERAL (SELECT sum(s.indicated) AS indicated, sum(s.delivered) AS delivered FROM o_spending s WHERE s.kind = 'year' AND s.municipality = b.municipality AND s.grp IS NOT NULL AND extract(year FROM s.first) = b.year
				AND CASE WHEN b.line = '(other)' THEN NOT EXISTS (SELECT FROM t.budgets x WHERE x.municipality::text = b.municipality AND x.product_group = s.grp AND x.year = b.year) ELSE s.grp = b.line END) s ON true$q$, as_of), 30);
	RETURN QUERY SELECT pg_temp.same(label || ': providers',
		'SELECT provider, municipality, product_group, period_from, persons, trajectories, allocations, claimed, lump_sum, contract_kind, share_of_claimed FROM t.monitor_providers',
		format($q$
			WITH y AS (SELECT first, daterange(first, least(until, %1$L::date + 1)) AS days FROM o_period WHERE kind = 'year'),
			care AS (SELECT c.provider::text AS p, c.municipality::text AS m, coalesce(c.product_group, '(unknown)') AS g, y.first, c.client, coalesce(c.product::text, '-') AS product, c.number FROM t.care_periods c JOIN y ON c.period && y.days WHERE c.started <= %1$L),
			money AS (SELECT provider AS p, municipality AS m, grp AS g, date_trunc('year', month::timestamp)::date AS first, amount AS claimed, 0 AS lump_sum, NULL AS kind FROM (SELECT coalesce(provider, '(unknown)') AS provider, municipality, grp, month, amount FROM o_line) l
				UNION ALL SELECT provider, municipality, grp, date_trunc('year', month::timestamp)::date, 0, amount, NULL FROM o_lump
				UNION ALL SELECT c.provider::text, c.municipality::text, x.product_group, y.first, 0, 0, CASE c.kind WHEN 'framework' THEN '1framework' WHEN 'bridging' THEN '2bridging' ELSE '3subcontract' END FROM t.contracts c JOIN t.products x ON x.code = c.product JOIN y ON y.days && c.valid),
			dim AS (SELECT p, m, g, first FROM care UNION SELECT p, m, g, first FROM money),
			wanted AS (SELECT p, m, g, first FROM dim UNION SELECT p, NULL, g, first FROM dim UNION SELECT p, m, NULL, first FROM dim UNION SELECT p, NULL, NULL, first FROM dim)
			SELECT w.p, w.m, w.g, w.first, (SELECT count(DISTINCT client) FROM care c WHERE c.p = w.p AND c.first = w.first AND c.m = coalesce(w.m, c.m) AND c.g = coalesce(w.g, c.g)),
				(SELECT count(DISTINCT (client, product)) FROM care c WHERE c.p = w.p AND c.first = w.first AND c.m = coalesce(w.m, c.m) AND c.g = coalesce(w.g, c.g)),
				(SELECT count(DISTINCT number) FROM care c WHERE c.p = w.p AND c.first = w.first AND c.m = coalesce(w.m, c.m) AND c.g = coalesce(w.g, c.g)),
				coalesce(n.claimed, 0)::numeric(14,2), coalesce(n.lump_sum, 0)::numeric(14,2), substr(n.kind, 2),
				round(coalesce(n.claimed, 0) / nullif((SELECT sum(claimed) FROM money a WHERE a.first = w.first AND a.m = coalesce(w.m, a.m) AND a.g = coalesce(w.g, a.g)), 0), 4)
			FROM wanted w, LATERAL (SELECT sum(claimed) AS claimed, sum(lump_sum) AS lump_sum, min(kind) AS kind FROM money a WHERE a.p = w.p AND a.first = w.first AND a.m = coalesce(w.m, a.m) AND a.g = coalesce(w.g, a.g)) n
			$q$, as_of), 200);
	RETURN QUERY SELECT pg_temp.same(label || ': coverage',
		'SELECT municipality, product_group, as_of, bought, contracted, contracted_with_clients, bridging, closed, scarcity, clients, clients_per_provider, largest_share FROM t.monitor_coverage',
		format($q$
			WITH care AS (SELECT c.municipality::text AS m, coalesce(c.product_group, '(unknown)') AS g, c.provider, c.client, c.period @> %1$L::date AS by_provider FROM t.care_periods c WHERE c.period_in_region @> %1$L::date),
			contract AS (SELECT c.municipality::text AS m, p.product_group AS g, c.provider, c.kind FROM t.contracts c JOIN t.products p ON p.code = c.product WHERE c.valid @> %1$L::date)
			SELECT x.m, x.g, %1$L::date, EXISTS (SELECT FROM t.sourcings s JOIN t.products p ON p.code = s.product WHERE p.product_group = x.g AND s.valid @> %1$L::date AND coalesce(x.m, s.municipality::text) = s.municipality::text),
				(SELECT count(DISTINCT c.provider) FROM contract c WHERE c.kind = 'framework' AND c.g = x.g AND c.m = coalesce(x.m, c.m)),
				(SELECT count(DISTINCT c.provider) FROM contract c WHERE c.kind = 'framework' AND c.g = x.g AND c.m = coalesce(x.m, c.m) AND EXISTS (SELECT FROM care y WHERE y.by_provider AND y.provider = c.provider AND y.g = x.g AND y.m = coalesce(x.m, y.m))),
				(SELECT count(*) FROM (SELECT c.provider FROM contract c WHERE c.g = x.g AND c.m = coalesce(x.m, c.m) GROUP BY 1 HAVING bool_or(kind = 'bridging') AND NOT bool_or(kind = 'framework')) b),
				EXISTS (SELECT FROM t.closures c WHERE c.valid @> %1$L::date AND coalesce(c.product_group, x.g) = x.g AND (c.municipality IS NULL OR c.municipality::text = x.m)),
				EXISTS (SELECT FROM t.admission_windows c WHERE c.kind = 'scarcity' AND c.opens @> %1$L::date AND coalesce(c.product_group, x.g) = x.g AND (c.municipality IS NULL OR c.municipality::text = x.m)),
				n.clients, round(n.clients / nullif(n.providers, 0)::numeric, 1), round((SELECT max(k) FROM (SELECT count(DISTINCT y.client) FILTER (WHERE y.by_provider) AS k FROM care y WHERE y.g = x.g AND y.m = coalesce(x.m, y.m) GROUP BY y.provider) z) / nullif(n.clients, 0)::numeric, 4)
			FROM (SELECT code::text AS m FROM t.municipalities UNION SELECT NULL) q, (SELECT product_group AS g FROM t.products UNION SELECT g FROM care) w, LATERAL (SELECT q.m, w.g) x,
				LATERAL (SELECT count(DISTINCT y.client) AS clients, count(DISTINCT y.provider) FILTER (WHERE y.by_provider) AS providers FROM care y WHERE y.g = x.g AND y.m = coalesce(x.m, y.m)) n
			$q$, as_of), 16);
	RETURN QUERY SELECT pg_temp.same(label || ': utilisation',
		'SELECT municipality, product_group, product, unit, period_kind, period_from, allocations, claimable, claimed, share FROM t.monitor_utilisation',
		format($q$
			WITH one AS (
				SELECT a.number, a.municipality, a.grp, a.product_text AS product, coalesce(a.unit, '(unknown)') AS unit, p.kind, p.first, p.until, a.i,
					coalesce((SELECT CASE WHEN p.kind = 'year' THEN least(sum(claimable(a.i, m::date)), claimable(a.i)) ELSE sum(claimable(a.i, m::date)) END FROM generate_series(p.first::timestamp, least(p.until - 1, %1$L::date)::timestamp, '1 month') m), 0) AS claimable, 0 AS quantity, 1 AS n
				FROM o_allot a, o_period p WHERE a.sent AND p.first <= %1$L::date AND a.period && daterange(p.first, least(p.until, (date_trunc('month', %1$L::timestamp) + interval '1 month')::date))
				UNION ALL
				SELECT NULL, a.municipality, a.grp, a.product_text, a.unit, p.kind, p.first, NULL, NULL, 0, round(sum(sum(l.quantity)) OVER (PARTITION BY a.municipality, a.product_text, a.unit, p.kind, p.first, l.month), 2) / count(*) OVER (PARTITION BY a.municipality, a.product_text, a.unit, p.kind, p.first, l.month), 0
				FROM o_line l JOIN o_allot a USING (number) JOIN o_period p ON l.month >= p.first AND l.month < p.until WHERE l.quantity IS NOT NULL GROUP BY a.municipality, a.grp, a.product_text, a.unit, p.kind, p.first, l.month)
			SELECT municipality, grp, product, unit, kind, first, sum(n)::bigint, sum(claimable)::numeric(16,2), sum(quantity)::numeric(16,2), round(sum(quantity)::numeric(16,2) / nullif(sum(claimable), 0), 4)
			FROM one GROUP BY GROUPING SETS ((municipality, grp, product, unit, kind, first), (municipality, grp, unit, kind, first), (municipality, unit, kind, first), (grp, product, unit, kind, first), (grp, unit, kind, first), (unit, kind, first))
			HAVING sum(n) <> 0 OR sum(claimable) <> 0 OR sum(quantity) <> 0$q$, as_of), 500);

	-- Identities
	RETURN NEXT is_empty($q$SELECT municipality, product_group, period_from FROM t.monitor_spending y WHERE period_kind = 'year' AND (indicated, delivered, claimed, lump_sum, spent, claimed_unallotted) <> (
		SELECT coalesce(sum(m.indicated), 0), coalesce(sum(m.delivered), 0), coalesce(sum(m.claimed), 0), coalesce(sum(m.lump_sum), 0), coalesce(sum(m.spent), 0), coalesce(sum(m.claimed_unallotted), 0) FROM t.monitor_spending m
		WHERE m.period_kind = 'month' AND m.municipality IS NOT DISTINCT FROM y.municipality AND m.product_group IS NOT DISTINCT FROM y.product_group AND m.period_from BETWEEN y.period_from AND y.period_to)$q$, label || ': months add up to years');
	RETURN NEXT is_empty($q$SELECT w.municipality, w.product_group, w.period_kind, w.period_from FROM t.monitor_spending w CROSS JOIN LATERAL (
			SELECT sum(p.indicated) AS indicated, sum(p.delivered) AS delivered, sum(p.spent) AS spent, sum(p.allocations_unpriced) AS unpriced FROM t.monitor_spending p WHERE p.period_kind = w.period_kind AND p.period_from = w.period_from
				AND p.municipality IS NOT NULL AND p.product_group IS NOT NULL AND p.municipality = coalesce(w.municipality, p.municipality) AND p.product_group = coalesce(w.product_group, p.product_group)) p
		WHERE (w.indicated, w.delivered, w.spent, w.allocations_unpriced) IS DISTINCT FROM (p.indicated, p.delivered, p.spent, p.unpriced)$q$, label || ': parts add up to totals');
	RETURN NEXT is((SELECT sum(claimed) FROM t.monitor_spending WHERE level = 'region' AND period_kind = 'year'), (SELECT coalesce(sum(amount), 0.00) FROM t.claims WHERE lower(product_period) BETWEEN make_date(extract(year FROM as_of)::int - 2, 1, 1) AND as_of), label || ': no claim vanishes');
	RETURN NEXT is_empty($q$SELECT level, municipality, product_group, year FROM t.monitor_budget w CROSS JOIN LATERAL (
			SELECT sum(p.budget) AS budget, sum(p.indicated) AS indicated, sum(p.delivered) AS delivered, sum(p.spent) AS spent, CASE WHEN count(p.forecast) = count(*) THEN sum(p.forecast) END AS forecast, CASE WHEN count(p.known_until) = count(*) THEN min(p.known_until) END AS known_until
			FROM t.monitor_budget p WHERE p.year = w.year AND p.level = 'municipality by product group' AND p.municipality = coalesce(w.municipality, p.municipality) AND p.product_group = coalesce(w.product_group, p.product_group)) p
		WHERE (w.budget, w.indicated, w.delivered, w.spent, w.forecast, w.known_until) IS DISTINCT FROM (p.budget, p.indicated, p.delivered, p.spent, p.forecast, p.known_until)$q$, label || ': budget lines add up to totals');
	RETURN NEXT is_empty($q$SELECT b.municipality, b.year FROM t.monitor_budget b LEFT JOIN t.monitor_spending s ON s.level = b.level AND s.municipality IS NOT DISTINCT FROM b.municipality AND s.period_kind = 'year' AND s.period_from = b.period_from
		WHERE b.product_group IS NULL AND (b.indicated, b.delivered, b.claimed, b.lump_sum, b.spent) IS DISTINCT FROM (coalesce(s.indicated, 0), coalesce(s.delivered, 0), coalesce(s.claimed, 0), coalesce(s.lump_sum, 0), coalesce(s.spent, 0))$q$, label || ': budget and spending have the same totals');
	RETURN NEXT is_empty($q$SELECT key FROM t.monitor_budget WHERE (remaining, over_budget, used_share) IS DISTINCT FROM (budget - spent, forecast > budget, round(spent / nullif(budget, 0), 4)) OR forecast < spent OR forecast_basis IS NULL OR (forecast_basis LIKE 'nothing known%') <> (forecast IS NULL) AND level ~ 'group' AND municipality IS NOT NULL$q$, label || ': what follows from budget and forecast');
	RETURN NEXT is_empty($q$SELECT w.municipality, w.unit, w.period_from FROM t.monitor_utilisation w CROSS JOIN LATERAL (SELECT sum(p.allocations) AS allocations, sum(p.claimable) AS claimable, sum(p.claimed) AS claimed FROM t.monitor_utilisation p
			WHERE p.level = 'municipality by product' AND p.unit = w.unit AND p.period_kind = w.period_kind AND p.period_from = w.period_from AND p.municipality = coalesce(w.municipality, p.municipality) AND p.product_group = coalesce(w.product_group, p.product_group) AND p.product = coalesce(w.product, p.product)) p
		WHERE (w.allocations, w.claimable, w.claimed) IS DISTINCT FROM (p.allocations, p.claimable, p.claimed)$q$, label || ': utilisation of the parts adds up');
END $$;

UPDATE t.settings SET monitor_years = 3;
SELECT pg_temp.fill(0.1, false) \g /dev/null
SELECT pg_temp.check('region 1', '2025-10-20');
SELECT pg_temp.check('region 1, a month earlier', '2025-09-30');
SELECT pg_temp.fill(0.7, false) \g /dev/null
SELECT pg_temp.check('region 2', '2025-12-31');

-- ---- Without a broken rule no more is claimed than may be ----
SELECT pg_temp.fill(0.3, true) \g /dev/null
SELECT pg_temp.check('lawful region', '2026-03-15');
SELECT cmp_ok((SELECT count(*) FROM t.monitor_utilisation WHERE claimed > 0), '>', 300::bigint, 'much is claimed');
SELECT is_empty('SELECT level, product, unit, period_from, claimable, claimed FROM t.monitor_utilisation WHERE claimed > claimable', 'claimed <= claimable in every row');
SELECT is_empty($$SELECT a.number FROM t.allocations a JOIN t.claims c USING (number) GROUP BY a.number HAVING sum(claimed_quantity(a.indication, c.volume, c.amount, c.credit)) > claimable(a.indication)$$, 'and of every allotment');
SELECT is((SELECT sum(claimed_unallotted) FROM t.monitor_spending), 0.00, 'every claim has its allotment');

-- ---- By month and complete ----
CREATE FUNCTION pg_temp.settled(label text, as_of date, range daterange DEFAULT 'empty') RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	shown constant daterange := daterange(make_date(extract(year FROM as_of)::int - 2, 1, 1), make_date(extract(year FROM as_of)::int + 1, 1, 1));
BEGIN
	CREATE TEMP TABLE o_refreshed AS SELECT * FROM refresh_monitor('t', as_of);
	IF range <> 'empty' THEN
		RETURN NEXT is((SELECT array_agg(DISTINCT daterange(from_day, to_day)) FROM o_refreshed WHERE part IN ('amounts', 'spending', 'utilisation')), ARRAY[range], label || ': the months computed');
	END IF;
	RETURN NEXT is_empty(format($q$SELECT part, c.* FROM unnest('{amounts,budget,coverage,providers,spending,utilisation}'::text[]) part, renew_figures('t', part, %L, %L, %L, %L) c WHERE inserted + updated + deleted > 0$q$,
		lower(shown), upper(shown), as_of, shown), label || ': the same as a complete refresh');
	DROP TABLE o_refreshed;
END $$;
SELECT pg_temp.fill(0.9, false) \g /dev/null
SELECT count(*) FROM refresh_monitor('t', '2025-10-20') \g /dev/null
SELECT pg_temp.settled('no change', '2025-10-20', '(,)');
INSERT INTO t.claims (number, product_period, volume, amount) VALUES (7, '[2025-03-01,2025-04-01)', '12 uur', 700), (9001, '[2025-03-05,2025-03-06)', NULL, 12.50);
SELECT pg_temp.settled('claims of a month', '2025-10-20', '[2025-02-01,2025-04-01)');
UPDATE t.claims SET amount = amount - 1, product_period = '[2024-02-01,2024-03-01)' WHERE lower(product_period) BETWEEN '2024-03-01' AND '2024-03-20';
SELECT pg_temp.settled('claims that move', '2025-10-20', '[2024-01-01,2024-04-01)');
DELETE FROM t.claims WHERE id % 3 = 0;
SELECT pg_temp.settled('claims that go', '2025-10-20');
INSERT INTO t.allocations (number, client, provider, municipality, indication) VALUES (9001, 7, '73730102', '0301', '02A16 5 uur/week [2025-06-10,2026-06-01)');
SELECT pg_temp.settled('an allotment for claims that had none', '2025-10-20');
UPDATE t.allocations SET municipality = '0285', indication = '02A19 50 minuut/week [2025-02-01,2025-09-01)' WHERE number IN (3, 40, 77);
SELECT pg_temp.settled('allotments that change', '2025-10-20');
UPDATE t.allocations SET change_reason = '13', indication = '02A19 50 minuut/week [2025-02-01,2025-02-02)' WHERE number IN (4, 41, 78);
SELECT pg_temp.settled('allotments that were never sent after all', '2025-10-20');
DELETE FROM t.allocations WHERE number IN (5, 42, 79, 120);
SELECT pg_temp.settled('allotments that go', '2025-10-20');
UPDATE t.deliveries SET ended = started + 20, stop_reason = '19' WHERE ended IS NULL AND number % 2 = 0;
SELECT pg_temp.settled('deliveries that end', '2025-10-20');
DELETE FROM t.deliveries WHERE number % 7 = 0;
SELECT pg_temp.settled('deliveries that go', '2025-10-20');
INSERT INTO t.deliveries SELECT number, lower(period(indication)), NULL FROM t.allocations ON CONFLICT DO NOTHING;
SELECT pg_temp.settled('deliveries that come', '2025-10-20');
SELECT pg_temp.settled('the next day', '2025-10-21', '[2025-10-01,2026-01-01)');
SELECT pg_temp.settled('the next month', '2025-11-03', '[2025-10-01,2026-01-01)');
SELECT pg_temp.settled('an earlier day', '2025-08-15', '[2025-08-01,2026-01-01)');
SELECT pg_temp.settled('the next year', '2026-02-01', '[2025-08-01,2027-01-01)');
SELECT pg_temp.settled('a year back', '2025-12-31');
UPDATE t.tariffs SET tariff = tariff(amount(tariff) * 2, unit(tariff)) WHERE product = '02A16';
SELECT pg_temp.settled('tariffs', '2025-12-31');
UPDATE t.contracts SET tariff_group = 'zzp' WHERE municipality = '0200';
SELECT pg_temp.settled('contracts', '2025-12-31');
UPDATE t.products SET product_group = 'BI' WHERE code = '07A12';
SELECT pg_temp.settled('products', '2025-12-31');
UPDATE t.lump_sums SET amount = amount + 12345.67;
SELECT pg_temp.settled('lump sums', '2025-12-31');
UPDATE t.budgets SET amount = amount + 1 WHERE product_group IS NULL;
SELECT pg_temp.settled('budgets', '2025-12-31');
DELETE FROM t.loads;
SELECT pg_temp.settled('statements of what was loaded', '2025-12-31');
UPDATE t.declarations SET municipality = '0285';
SELECT pg_temp.settled('declarations', '2025-12-31');
TRUNCATE t.claims;
SELECT pg_temp.settled('no claims', '2025-12-31');
SELECT pg_temp.check('without claims', '2025-12-31');

SELECT * FROM finish();
ROLLBACK;
