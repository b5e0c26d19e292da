-- check_claims on random regions against a slow judge that looks at one line at a time, in plain SQL and days.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();
CREATE FUNCTION pg_temp.rnd(seed text, n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT ((hashtextextended(seed, 99) & 9223372036854775807) % n)::int$$;
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers (code, name) SELECT (73739900 + i)::provider, 'P' || i FROM generate_series(1, 5) i;
INSERT INTO r.products (code, name, product_group) VALUES ('01A01', 'Hulp', 'HH'), ('02A16', 'Basis', 'BG'), ('02A17', 'Plus', 'BG'), ('07A12', 'Groep', 'DB'), ('45A04', 'Jeugd', 'JH');
INSERT INTO r.tariffs (product, tariff_group, valid, tariff) VALUES
	('01A01', NULL, '[2026-01-01,2027-01-01)', '30.00/uur'), ('02A16', NULL, '[2026-01-01,2026-03-15)', '61.21/uur'), ('02A16', NULL, '[2026-03-15,2027-01-01)', '63.00/uur'), ('02A16', 'zzp', '[2026-01-01,2027-01-01)', '55.08/uur'),
	('02A17', NULL, '[2026-01-01,2027-01-01)', '70.00/uur'), ('07A12', 'zzp', '[2026-01-01,2026-04-01)', '46.15/dagdeel');
-- Whatever occurs: no contract, a group, another group later, a gap, a subcontract.
INSERT INTO r.contracts (provider, municipality, product, valid, tariff_group) VALUES
	('73739901', '0200', '02A16', '[2026-01-01,2031-01-01)', NULL), ('73739901', '0200', '01A01', '[2026-01-01,2031-01-01)', NULL), ('73739901', '0200', '02A17', '[2026-01-01,2031-01-01)', NULL), ('73739901', '0200', '07A12', '[2026-01-01,2031-01-01)', 'zzp'),
	('73739902', '0200', '02A16', '[2026-01-01,2026-03-01)', NULL), ('73739902', '0200', '02A16', '[2026-03-01,2031-01-01)', 'zzp'), ('73739902', '0301', '02A16', '[2026-01-01,2031-01-01)', 'zzp'),
	('73739903', '0200', '02A16', '[2026-01-01,2026-02-01)', 'zzp'), ('73739903', '0200', '02A17', '[2026-02-01,2031-01-01)', 'groot'), ('73739903', '0200', '01A01', '[2026-01-01,2031-01-01)', 'zzp');
INSERT INTO r.contracts (provider, municipality, product, valid, tariff_group, kind, main_contractor) VALUES ('73739904', '0200', '02A16', '[2026-01-01,2031-01-01)', 'zzp', 'subcontract', '73739901');

CREATE FUNCTION pg_temp.fill(seed text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE r.claims, r.declarations, r.allocations, r.imports CASCADE;
	INSERT INTO r.allocations (number, client, provider, municipality, indication, change_reason, law)
	SELECT a, pg_temp.rnd(seed || 'c' || a, 9), (73739901 + pg_temp.rnd(seed || 'p' || a, 4))::provider, CASE pg_temp.rnd(seed || 'g' || a, 4) WHEN 0 THEN '0301' ELSE '0200' END::municipality,
		(ARRAY['02A16 4 uur/week [2026-01-10,2026-06-20)', '02A16 20 uur/totaal [2026-01-01,2027-01-01)', 'budget 900.00 euro [2026-01-01,2027-01-01)', '02A16 5 uur/maand [2026-01-01,2026-05-01)', '02A17 900 minuut/maand [2026-02-10,)',
			'02 [2026-01-01,)', '07 budget 1500.00 euro [2026-01-01,2026-05-01)', '02A16 3 uur/dag [2026-02-01,2026-04-11)', '01A01 1 uur/week [2026-01-01,2026-12-25)', '07A12 200.00 euro/week [2026-01-07,2026-04-17)', '02A16 4 uur/week [2026-03-01,2026-03-02)'])[1 + pg_temp.rnd(seed || 'i' || a, 11)]::indication,
		CASE WHEN pg_temp.rnd(seed || 'r' || a, 6) = 0 THEN '13' END, CASE pg_temp.rnd(seed || 'l' || a, 9) WHEN 0 THEN 'Jeugdwet' WHEN 1 THEN NULL ELSE 'Wmo' END
	FROM generate_series(1, 150) a;
	INSERT INTO r.declarations (law, provider, municipality, number, period, declared, total)
	SELECT 'Wmo', (73739901 + d % 4)::provider, '0200', 'D' || d / 4 % 27, daterange(m, (m + interval '1 month')::date), m + 31 + pg_temp.rnd(seed || 'd' || d, 20), d
	FROM generate_series(1, 120) d, LATERAL (SELECT (date '2026-01-01' + (d / 4 % 5 || ' months')::interval)::date) x(m);
	-- Lines on allotments of the one who claims, most of them right
	INSERT INTO r.claims (number, product_period, volume, tariff, amount, product, credit, reference, declaration, client)
	SELECT CASE WHEN pg_temp.rnd(seed || 'n' || i, 40) = 0 THEN 999 ELSE a.number END, CASE WHEN pg_temp.rnd(seed || 'j' || i, 20) = 0 THEN '(,)' ELSE period(a.indication) END * daterange(m, (m + interval '1 month')::date), v, t, coalesce(claim_amount(v, CASE WHEN unit(t) = 'minuut' THEN exact ELSE t END), 0) + CASE WHEN pg_temp.rnd(seed || 'w' || i, 30) = 0 THEN 0.01 ELSE 0 END,
		p, false, CASE WHEN d.id IS NOT NULL THEN 'R' || CASE WHEN pg_temp.rnd(seed || 'f' || i, 60) = 0 THEN 1 ELSE i / 2 END END, d.id, CASE pg_temp.rnd(seed || 'k' || i, 50) WHEN 0 THEN 77 WHEN 1 THEN NULL ELSE a.client END
	FROM generate_series(1, 700) i JOIN r.allocations a ON a.number = 1 + pg_temp.rnd(seed || 'a' || i, 150)
		CROSS JOIN LATERAL (SELECT (date '2026-01-01' + (pg_temp.rnd(seed || 'm' || i, 5) || ' months')::interval)::date) m(m)
		LEFT JOIN LATERAL (SELECT d.* FROM r.declarations d WHERE d.provider = a.provider AND pg_temp.rnd(seed || 'z' || i, 12) > 0
			ORDER BY d.declared > m + 28 DESC, pg_temp.rnd(seed || 'o' || i || d.id, 1000) LIMIT 1) d ON true
		CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.rnd(seed || 'x' || i, 25) = 0 THEN '02A17' WHEN code(product(a.indication)) IS NOT NULL THEN product(a.indication)
			ELSE (CASE WHEN category(product(a.indication)) = '07' THEN '07A12' ELSE (ARRAY['02A16', '02A17'])[1 + pg_temp.rnd(seed || 'y' || i, 2)] END)::product END) p(p)
		CROSS JOIN LATERAL (SELECT coalesce(unit(volume(a.indication)), CASE WHEN p = '07A12' THEN 'dagdeel' ELSE 'uur' END)) u(allotted)
		CROSS JOIN LATERAL (SELECT CASE WHEN u.allotted = 'uur' AND pg_temp.rnd(seed || 'q' || i, 3) = 0 THEN 'minuut' WHEN pg_temp.rnd(seed || 'q' || i, 40) = 1 THEN 'dagdeel' ELSE u.allotted END) w(unit)
		CROSS JOIN LATERAL (SELECT volume(n, n, w.unit, NULL) FROM (SELECT (1 + pg_temp.rnd(seed || 'v' || i, 16)) * CASE w.unit WHEN 'minuut' THEN 60 WHEN 'euro' THEN 3000 ELSE 1 END) n(n)) v(v)
		CROSS JOIN LATERAL (SELECT coalesce((SELECT t.tariff FROM r.tariffs t WHERE t.product = p AND t.valid @> m ORDER BY (coalesce(t.tariff_group, '') = coalesce((SELECT k.tariff_group FROM r.contracts k
			WHERE k.provider = a.provider AND k.municipality = a.municipality AND k.product = p AND k.valid @> m AND k.kind <> 'subcontract'), '')) DESC, t.tariff LIMIT 1), '12.34/uur')) e(exact)
		CROSS JOIN LATERAL (SELECT CASE WHEN w.unit = 'euro' THEN NULL WHEN w.unit = 'minuut' AND unit(exact) = 'uur' THEN tariff_per(exact, 'minuut') WHEN w.unit <> unit(exact) THEN tariff(amount(exact), w.unit)
			WHEN pg_temp.rnd(seed || 't' || i, 30) = 0 THEN tariff(amount(exact) + 0.01, unit(exact)) ELSE exact END) t(t)
	WHERE period(a.indication) && daterange(m, (m + interval '1 month')::date) AND lower(period(a.indication)) < (m + interval '1 month')::date;
	-- Credit lines, most of them copies in a later declaration
	INSERT INTO r.claims (number, product_period, volume, tariff, amount, product, credit, reference, previous_reference, declaration, client)
	SELECT c.number, c.product_period, c.volume, c.tariff, -c.amount - CASE WHEN pg_temp.rnd(seed || 'ca' || c.id, 20) = 0 THEN 1 ELSE 0 END, c.product, CASE WHEN pg_temp.rnd(seed || 'cc' || c.id, 2) = 0 THEN true END,
		CASE WHEN c.reference IS NOT NULL THEN 'C' || c.id || '-' || n END, CASE WHEN pg_temp.rnd(seed || 'cr' || c.id, 60) > 0 THEN c.reference END, d.id, c.client
	FROM r.claims c CROSS JOIN generate_series(1, CASE WHEN pg_temp.rnd(seed || 'cn' || c.id, 8) = 0 THEN 2 ELSE 1 END) n
		LEFT JOIN LATERAL (SELECT e.* FROM r.declarations o JOIN r.declarations e ON e.provider = o.provider WHERE o.id = c.declaration
			ORDER BY (e.declared > o.declared) <> (pg_temp.rnd(seed || 'cd' || c.id, 50) = 0) DESC, pg_temp.rnd(seed || 'ce' || e.id || c.id || n, 1000) LIMIT 1) d ON true
	WHERE pg_temp.rnd(seed || 'ci' || c.id, 6) = 0 AND (d.id IS NULL) = (c.declaration IS NULL);
	UPDATE r.declarations d SET total = coalesce((SELECT sum(c.amount) FROM r.claims c WHERE c.declaration = d.id), 0) + CASE WHEN pg_temp.rnd(seed || 'to' || d.id, 25) = 0 THEN 1 ELSE 0 END;
	ANALYZE r.claims, r.declarations, r.allocations;
END $$;

-- The most that may be claimed in a month, day by day
CREATE FUNCTION pg_temp.month_maximum(i indication, m date) RETURNS numeric LANGUAGE sql STABLE AS $$
	SELECT CASE frequency(volume(i))
		WHEN 'dag' THEN amount(volume(i)) * count(*)
		WHEN 'week' THEN amount(volume(i)) * CASE WHEN category(product(i)) = '01' THEN 6 WHEN unit(volume(i)) = 'euro' THEN
			count(*) FILTER (WHERE extract(isodow FROM d) = 7) + (CASE WHEN extract(isodow FROM upper(period(i)) - 1) <> 7 AND bool_or(d = (SELECT max(s) FROM generate_series(lower(period(i)), upper(period(i)) - 1, interval '1 day') s WHERE extract(isodow FROM s) = 7)) THEN 1 ELSE 0 END)
			ELSE count(DISTINCT to_char(d, 'IYYYIW')) END
		ELSE amount(volume(i)) END
	FROM generate_series(m, m + interval '1 month - 1 day', interval '1 day') d WHERE d::date <@ period(i)
$$;
CREATE TEMP TABLE slow (claim bigint, declaration bigint, rule text);
CREATE FUNCTION pg_temp.judge() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	book constant tariff_book := (SELECT tariff_book_agg(product, tariff_group, tariff, valid) FROM r.tariffs);
	l record;
	refused bigint[] := '{}';
	rejected bigint[] := '{}';
	granted bigint[] := '{}';
	credited bigint[] := '{}';
	used text[] := '{}';
	own text[];
	debit record;
	one text;
	held numeric;
BEGIN
	TRUNCATE slow;
	CREATE TEMP TABLE IF NOT EXISTS ordered (n bigint, id bigint, number bigint, declaration bigint, provider provider, law text, credit boolean, product product, product_period daterange, volume volume, tariff tariff, amount numeric, reference text, previous text, indication indication, taken numeric);
	TRUNCATE ordered;
	-- every line by itself
	FOR l IN SELECT c.*, d.provider AS d_provider, d.municipality AS d_municipality, d.law AS d_law, d.period, d.declared, d.number AS d_number, a.provider AS a_provider, a.municipality AS a_municipality, a.law AS a_law, a.client AS a_client, a.indication, a.change_reason,
			coalesce(c.credit, c.amount < 0) AS is_credit FROM r.claims c LEFT JOIN r.declarations d ON d.id = c.declaration LEFT JOIN r.allocations a ON a.number = c.number ORDER BY c.id LOOP
		IF l.a_provider IS NOT NULL AND (l.declaration IS NULL OR l.a_provider = l.d_provider AND l.a_municipality = l.d_municipality AND coalesce(l.a_law, law(product(l.indication)), l.d_law) = l.d_law) THEN
			own := claim_problems(l.indication, coalesce(l.product, product(l.indication)), l.product_period, l.volume, l.tariff, l.amount, l.period, l.is_credit, CASE WHEN l.reference IS NULL AND l.is_credit THEN 'x' ELSE l.previous_reference END,
				(SELECT book FROM r.contracts k WHERE k.provider = coalesce(l.d_provider, l.a_provider) AND k.municipality = coalesce(l.d_municipality, l.a_municipality) AND k.product = coalesce(l.product, product(l.indication)) AND k.valid @> lower(l.product_period) AND k.kind <> 'subcontract'),
				(SELECT k.tariff_group FROM r.contracts k WHERE k.provider = coalesce(l.d_provider, l.a_provider) AND k.municipality = coalesce(l.d_municipality, l.a_municipality) AND k.product = coalesce(l.product, product(l.indication)) AND k.valid @> lower(l.product_period) AND k.kind <> 'subcontract'));
			own := array_remove(own, 'TR321');
			IF (volume(l.indication) IS NOT NULL AND NOT own && '{TR341,CS337}' AND (lower(l.product_period) <@ period(l.indication) OR upper(l.product_period) - 1 <@ period(l.indication))
					AND amount(l.volume) > pg_temp.month_maximum(l.indication, date_trunc('month', lower(l.product_period))::date) * CASE WHEN unit(l.volume) = unit(volume(l.indication)) THEN 1 ELSE 60 END) THEN
				own := own || 'TR321'::text;
			END IF;
			IF never_sent(l.indication, l.change_reason) THEN
				own := ARRAY(SELECT x FROM unnest(claim_problems(NULL, l.product, l.product_period, l.volume, l.tariff, l.amount, l.period, l.is_credit, CASE WHEN l.reference IS NULL AND l.is_credit THEN 'x' ELSE l.previous_reference END,
					(SELECT book FROM r.contracts k WHERE k.provider = l.a_provider AND k.municipality = l.a_municipality AND k.product = l.product AND k.valid @> lower(l.product_period) AND k.kind <> 'subcontract'),
					(SELECT k.tariff_group FROM r.contracts k WHERE k.provider = l.a_provider AND k.municipality = l.a_municipality AND k.product = l.product AND k.valid @> lower(l.product_period) AND k.kind <> 'subcontract'))) x WHERE x <> 'TR338') || 'TR384'::text;
			END IF;
			IF l.client <> l.a_client THEN
				own := own || 'TR304'::text;
			END IF;
		ELSE
			own := claim_problems(NULL, l.product, l.product_period, l.volume, l.tariff, l.amount, l.period, l.is_credit, CASE WHEN l.reference IS NULL AND l.is_credit THEN 'x' ELSE l.previous_reference END,
				(SELECT book FROM r.contracts k WHERE k.provider = l.d_provider AND k.municipality = l.d_municipality AND k.product = l.product AND k.valid @> lower(l.product_period) AND k.kind <> 'subcontract'),
				(SELECT k.tariff_group FROM r.contracts k WHERE k.provider = l.d_provider AND k.municipality = l.d_municipality AND k.product = l.product AND k.valid @> lower(l.product_period) AND k.kind <> 'subcontract'));
			l.indication := NULL;
		END IF;
		INSERT INTO slow SELECT l.id, l.declaration, x FROM unnest(own) x;
		IF cardinality(own) > 0 THEN
			rejected := rejected || l.id;
		END IF;
		INSERT INTO ordered VALUES (NULL, l.id, l.number, l.declaration, coalesce(l.d_provider, l.a_provider), coalesce(l.d_law, l.a_law, law(coalesce(l.product, product(l.indication)))), l.is_credit, l.product, l.product_period, l.volume, l.tariff, abs(l.amount), l.reference, l.previous_reference, l.indication, NULL);
	END LOOP;
	UPDATE ordered o SET n = x.n FROM (SELECT q.id, row_number() OVER (ORDER BY d.declared NULLS FIRST, d.number COLLATE "C", d.id, d.id IS NOT NULL AND NOT q.credit, CASE WHEN d.id IS NOT NULL THEN q.reference END COLLATE "C", q.id) AS n FROM ordered q LEFT JOIN r.declarations d ON d.id = q.declaration) x WHERE x.id = o.id;
	-- messages
	FOR l IN SELECT * FROM ordered ORDER BY n LOOP
		IF l.declaration IS NOT NULL AND NOT l.credit AND EXISTS (SELECT FROM ordered o WHERE o.n < l.n AND o.declaration = l.declaration AND NOT o.credit AND o.number = l.number AND o.product = l.product AND o.product_period = l.product_period) THEN
			INSERT INTO slow VALUES (l.id, l.declaration, 'TR416');
		END IF;
		IF l.declaration IS NOT NULL AND l.credit AND EXISTS (SELECT FROM ordered o WHERE o.n < l.n AND o.declaration = l.declaration AND o.credit AND o.previous = l.previous) THEN
			INSERT INTO slow VALUES (l.id, l.declaration, 'TR315');
		END IF;
		IF l.declaration IS NOT NULL AND l.credit AND EXISTS (SELECT FROM ordered o WHERE o.declaration = l.declaration AND o.reference = l.previous) THEN
			INSERT INTO slow VALUES (l.id, l.declaration, 'TR316');
		END IF;
	END LOOP;
	INSERT INTO slow SELECT NULL, d.id, 'TR358' FROM r.declarations d WHERE d.total <> coalesce((SELECT sum(c.amount) FROM r.claims c WHERE c.declaration = d.id), 0);
	refused := ARRAY(SELECT DISTINCT s.declaration FROM slow s WHERE s.declaration IS NOT NULL AND (s.rule LIKE 'C%' OR s.rule IN ('TR315', 'TR316', 'TR335', 'TR358', 'TR416')));
	FOR l IN SELECT * FROM r.declarations d WHERE d.id <> ALL (refused) ORDER BY d.declared, d.municipality, d.period, d.total, d.id LOOP
		one := concat_ws('/', 'D', l.provider, l.law, l.number);
		IF one = ANY (used) THEN
			INSERT INTO slow VALUES (NULL, l.id, 'TR333');
			refused := refused || l.id;
		END IF;
		used := used || one;
	END LOOP;
	-- one after another
	FOR l IN SELECT o.* FROM ordered o LEFT JOIN r.declarations d ON d.id = o.declaration WHERE coalesce(o.declaration <> ALL (refused), true) ORDER BY d.declared, d.number COLLATE "C", o.number, o.product_period, CASE WHEN o.credit THEN -o.amount ELSE o.amount END, o.id LOOP
		one := concat_ws('/', 'R', l.provider, l.law, l.reference);
		IF l.reference IS NOT NULL AND one = ANY (used) THEN
			INSERT INTO slow VALUES (l.id, l.declaration, 'TR314');
			rejected := rejected || l.id;
		END IF;
		used := used || one;
	END LOOP;
	FOR l IN SELECT * FROM ordered o WHERE coalesce(o.declaration <> ALL (refused), true) AND o.id <> ALL (rejected) ORDER BY n LOOP
		SELECT coalesce(sum(CASE WHEN o.credit THEN -o.taken WHEN budget(l.indication) IS NOT NULL THEN o.amount WHEN unit(volume(l.indication)) = 'uur' AND unit(o.volume) = 'uur' THEN 60 * amount(o.volume) ELSE amount(o.volume) END), 0) INTO held
		FROM ordered o WHERE o.number = l.number AND o.id = ANY (granted) AND o.id <> ALL (credited);
		IF l.credit THEN
			SELECT o.* INTO debit FROM ordered o WHERE o.number = l.number AND NOT o.credit AND o.id = ANY (granted) AND CASE WHEN l.previous IS NOT NULL THEN o.reference = l.previous ELSE o.id <> ALL (credited)
				AND (o.product, o.product_period, o.volume, o.tariff, o.amount) IS NOT DISTINCT FROM (l.product, l.product_period, l.volume, l.tariff, l.amount) END ORDER BY o.id = ANY (credited), o.n LIMIT 1;
			one := CASE WHEN debit.id IS NULL THEN CASE WHEN l.previous IS NOT NULL THEN 'TR323' ELSE 'unknown' END WHEN debit.id = ANY (credited) THEN 'TR390'
				WHEN (debit.product, debit.product_period, debit.volume, debit.tariff, debit.amount) IS DISTINCT FROM (l.product, l.product_period, l.volume, l.tariff, l.amount) THEN 'TR323' END;
			IF one IS NULL THEN
				credited := credited || debit.id;
			ELSIF one = 'unknown' THEN
				-- it takes back something that is not known, as far as there is something
				UPDATE ordered o SET taken = least(held, CASE WHEN budget(l.indication) IS NOT NULL THEN l.amount WHEN unit(volume(l.indication)) = 'uur' AND unit(l.volume) = 'uur' THEN 60 * amount(l.volume) ELSE amount(l.volume) END) WHERE o.id = l.id;
				granted := granted || l.id;
			ELSE
				INSERT INTO slow VALUES (l.id, l.declaration, one);
			END IF;
		ELSE
			one := CASE WHEN EXISTS (SELECT FROM ordered o WHERE o.number = l.number AND NOT o.credit AND o.id = ANY (granted) AND o.id <> ALL (credited) AND o.product = l.product AND o.product_period = l.product_period) THEN 'TR389'
				WHEN budget(l.indication) IS NOT NULL THEN CASE WHEN held + l.amount > budget(l.indication) THEN 'TR369' END
				WHEN volume(l.indication) IS NOT NULL AND held + amount(l.volume) * CASE WHEN unit(l.volume) = 'uur' THEN 60 ELSE 1 END > claimable(l.indication) * CASE WHEN unit(volume(l.indication)) = 'uur' THEN 60 ELSE 1 END THEN 'TR322' END;
			IF one IS NULL THEN
				granted := granted || l.id;
			ELSE
				INSERT INTO slow VALUES (l.id, l.declaration, one);
			END IF;
		END IF;
	END LOOP;
END $$;

CREATE TEMP TABLE seen (rule text, n bigint);
CREATE FUNCTION pg_temp.differences(seed text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_temp.fill(seed);
	PERFORM pg_temp.judge();
	INSERT INTO seen SELECT rule, count(*) FROM slow GROUP BY rule;
	CREATE TEMP TABLE IF NOT EXISTS fast (claim bigint, declaration bigint, rule text);
	TRUNCATE fast;
	INSERT INTO fast SELECT claim, declaration, rule FROM r.claim_judgements();
	RETURN QUERY (SELECT 'only fast: ' || f::text FROM (SELECT * FROM fast EXCEPT ALL SELECT * FROM slow) f UNION ALL SELECT 'only slow: ' || s::text FROM (SELECT * FROM slow EXCEPT ALL SELECT * FROM fast) s) LIMIT 20;
END $$;
SELECT is_empty(format('SELECT pg_temp.differences(%L)', seed), 'random region ' || seed) FROM unnest('{een,twee,drie}'::text[]) seed;
SELECT cmp_ok((SELECT coalesce(sum(n), 0) FROM seen WHERE rule = r), '>', 0::numeric, r || ' is among them')
FROM unnest('{CD060,TR304,TR307,TR308,TR314,TR315,TR316,TR319,TR321,TR322,TR323,TR333,TR338,TR340,TR341,TR346,TR358,TR369,TR384,TR389,TR390,TR416,TR418}'::text[]) r;
SELECT cmp_ok((SELECT count(*) FROM r.claim_answer_lines() WHERE granted), '>', 100::bigint, 'and enough is granted');
-- The answers add up, whatever is wrong
SELECT is_empty($$SELECT * FROM r.claim_answer() WHERE submitted <> granted + rejected$$, 'TR342: submitted is granted and rejected');
SELECT is_empty($$
	SELECT a.declaration, a.granted, s.granted FROM r.claim_answer() a LEFT JOIN (SELECT l.declaration, sum(l.amount) FILTER (WHERE l.granted) AS granted FROM r.claim_answer_lines() l GROUP BY l.declaration) s ON s.declaration = a.declaration
	WHERE a.granted <> coalesce(s.granted, 0)
$$, 'the granted lines add up to what is granted');
-- Every finding has its rule and its words
SELECT is_empty($$SELECT * FROM r.check_claims() WHERE return_code IS NULL OR explanation = '' OR coalesce(found, '') = '' OR coalesce(required, '') = ''$$, 'found and required are said of all');
SELECT is((SELECT count(*) FROM r.check_claims()), (SELECT count(*) FROM r.claim_judgements()), 'and nothing is lost');
SELECT * FROM finish();
ROLLBACK;
