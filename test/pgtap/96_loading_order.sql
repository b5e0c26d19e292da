-- The order in which messages are loaded does not matter: some 150 invented messages, full of corrections and contradictions, in many
-- orders and with repetitions, always leave the same rows; and those are what a slow reading of all lines says they should be.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT plan(24);
\ir ../messages.sql
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een'), ('73739902', 'Twee');
-- Of the four clients one is not known.
CREATE TEMP TABLE client_map AS SELECT * FROM (VALUES ('999900006', 71::bigint), ('999900018', 72), ('999900031', 73)) v(bsn, client);
CREATE TEMP TABLE bsns AS SELECT ARRAY['999900006', '999900018', '999900031', '999900043'] AS bsn;

-- Draw k of i: 0 to n - 1
CREATE FUNCTION pg_temp.draw(i integer, k text, n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT (('x' || left(md5(i || k), 8))::bit(32)::bigint % n)::integer$$;
CREATE FUNCTION pg_temp.day(i integer, k text) RETURNS date LANGUAGE sql IMMUTABLE AS $$SELECT date '2026-01-01' + pg_temp.draw(i, k, 6)$$;

-- Everything is drawn from few values, so that lines meet: 12 allotments, each mostly with one client, provider, municipality and law.
CREATE TEMP TABLE line AS
SELECT i, kind, 101 + number AS number, law, municipality, provider, (SELECT bsn[1 + client] FROM bsns) AS bsn, pg_temp.day(i, 'dated') AS dated,
	pg_temp.day(i, 'decided') + make_interval(hours => pg_temp.draw(i, 'time', 3)) AS decided, pg_temp.day(i, 'first') AS first, pg_temp.draw(i, 'last', 3) AS lasts,
	CASE pg_temp.draw(i, 'reason', 6) WHEN 0 THEN '13' WHEN 1 THEN '05' END AS reason, CASE pg_temp.draw(i, 'reference', 3) WHEN 0 THEN 'REF' || number % 4 END AS reference,
	CASE pg_temp.draw(i, 'status', 3) WHEN 0 THEN '3' ELSE '1' END AS status, pg_temp.draw(i, 'hours', 3) AS hours, pg_temp.draw(i, 'month', 2) AS month
FROM (
	SELECT i, (ARRAY['301', '301', '305', '305', '307', '307', '315', '315', '323', '323'])[1 + pg_temp.draw(i, 'kind', 10)] AS kind, number,
		CASE WHEN number % 5 = 0 OR odd = 0 THEN 'Jeugdwet' ELSE 'Wmo' END AS law, CASE WHEN number % 3 = 0 OR odd = 1 THEN '0301' ELSE '0200' END AS municipality,
		CASE WHEN number % 2 = 0 OR odd = 2 THEN '73739902' ELSE '73739901' END AS provider, CASE WHEN odd = 3 THEN pg_temp.draw(i, 'client', 3) WHEN odd = 4 THEN 3 ELSE number % 3 END AS client
	FROM generate_series(1, 300) i, LATERAL (SELECT pg_temp.draw(i, 'number', 12), pg_temp.draw(i, 'odd', 12)) d(number, odd)
) drawn;

-- Lines that go together make a message; a declaration has all claims of a provider in a month.
CREATE TEMP TABLE messages AS
SELECT 'M' || min(i) AS identification, kind, dated, law, provider, municipality, array_agg(i ORDER BY i) AS lines,
	pg_temp.message(kind, 'M' || min(i), dated, pg_temp.client(kind, bsn, string_agg(CASE kind
		WHEN '301' THEN pg_temp.allotment(number, decided, first, CASE WHEN reason = '13' THEN first WHEN lasts > 0 THEN first + 30 * lasts END, 4 + hours, reason, reference, CASE law WHEN 'Wmo' THEN '02A16' ELSE '45A04' END)
		WHEN '305' THEN pg_temp.start(number, first, status) WHEN '307' THEN pg_temp.stop(number, first, first + 10 * lasts, CASE hours WHEN 0 THEN '20' ELSE '31' END, status)
		WHEN '315' THEN pg_temp.request('REF' || (number - 101) % 4, first, CASE law WHEN 'Wmo' THEN '02A16' ELSE '45A04' END) END, '' ORDER BY i)), provider, municipality, law) AS body
FROM line WHERE kind <> '323' GROUP BY kind, dated, law, provider, municipality, bsn, i % 2
UNION ALL
SELECT 'M' || min(i), '323', min(dated), law, provider, municipality, array_agg(i ORDER BY i),
	pg_temp.message('323', 'M' || min(i), min(dated), pg_temp.declaration('D' || month || left(law, 1), make_date(2026, 1 + month, 1), string_agg(pg_temp.client('323', bsn,
		pg_temp.claim(number, '2026-01-01', 4 + hours, 'P' || i, CASE WHEN status = '3' THEN 'P' || i - 1 - lasts END, CASE law WHEN 'Wmo' THEN '02A16' ELSE '45A04' END)), '' ORDER BY i)), provider, municipality, law)
FROM line WHERE kind = '323' GROUP BY law, provider, municipality, month, i % 3;
-- A declaration that came again under another name, and every fifth claim line credited twice by another message
INSERT INTO messages SELECT identification || 'B', kind, dated, law, provider, municipality, lines, replace(body::text, '>' || identification || '<', '>' || identification || 'B<')::xml FROM messages WHERE kind = '323' AND lines[1] % 2 = 0;
INSERT INTO messages SELECT 'C' || i || n, '323', dated, law, provider, municipality, ARRAY[i],
	pg_temp.message('323', 'C' || i || n, dated, pg_temp.declaration('C' || i || n, '2026-03-01', pg_temp.client('323', bsn, pg_temp.claim(number, '2026-01-01', 4 + hours, 'C' || i || n, 'P' || i, CASE law WHEN 'Wmo' THEN '02A16' ELSE '45A04' END))), provider, municipality, law)
FROM line, generate_series(1, 2) n WHERE kind = '323' AND status = '1' AND i % 5 = 0;
SELECT cmp_ok((SELECT count(*) FROM messages), '>', 120::bigint, 'many messages');

-- The rows without what depends on the order: numbers of rows and times of loading
CREATE FUNCTION pg_temp.state() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws('|', 'allocation', a.*) FROM r.allocations a
	UNION ALL SELECT concat_ws('|', 'delivery', d.*) FROM r.deliveries d
	UNION ALL SELECT concat_ws('|', 'declaration', to_jsonb(d) - 'id') FROM r.declarations d
	UNION ALL SELECT concat_ws('|', 'claim', to_jsonb(c) - 'id' - 'declaration', to_jsonb(d) - 'id') FROM r.claims c JOIN r.declarations d ON d.id = c.declaration
	UNION ALL SELECT concat_ws('|', 'credit', c.reference, e.number, d.reference, k.reason) FROM r.claim_credits k JOIN r.claims c ON c.id = k.credit JOIN r.declarations e ON e.id = c.declaration LEFT JOIN r.claims d ON d.id = k.debit
	UNION ALL SELECT concat_ws('|', 'request', to_jsonb(q) - 'key' - 'import', to_jsonb(i) - 'id' - 'loaded' - 'declaration') FROM r.requests q JOIN r.imports i ON i.id = q.import
	UNION ALL SELECT concat_ws('|', 'import', to_jsonb(i) - 'id' - 'loaded' - 'declaration', to_jsonb(d) - 'id') FROM r.imports i LEFT JOIN r.declarations d ON d.id = i.declaration
	UNION ALL SELECT concat_ws('|', 'rejection', i.identification, i.kind, i.law, x.line, x.reason) FROM r.import_rejections x JOIN r.imports i ON i.id = x.import
	UNION ALL SELECT concat_ws('|', 'judgement', to_jsonb(d) - 'id', c.reference, c.number, c.amount, j.rule, j.found, j.required) FROM r.claim_judgements() j LEFT JOIN r.claims c ON c.id = j.claim LEFT JOIN r.declarations d ON d.id = j.declaration$$;
CREATE TEMP TABLE tally (attempt integer, kind text, lines bigint, accepted bigint, changed bigint, ignored bigint, rejected bigint);
-- Loads all messages in the order that the seed gives, a third of them twice
CREATE FUNCTION pg_temp.load_all(seed integer, hand_made boolean DEFAULT false) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	m record;
BEGIN
	TRUNCATE r.allocations, r.deliveries, r.claims, r.declarations, r.imports, r.import_rejections, r.received_allocations, r.received_deliveries, r.requests;
	IF hand_made THEN
		INSERT INTO r.allocations (number, client, provider, municipality, indication, requested, decided) VALUES
			(101, 71, '73739902', '0301', '45A04 1 uur/week [2026-01-01,)', '2025-11-01', '2025-12-01'), (102, 72, '73739901', '0200', '02A16 1 uur/week [2026-01-01,)', NULL, '2026-12-01'),
			(103, 73, '73739902', '0200', '02A16 1 uur/week [2026-01-01,)', NULL, NULL), (104, 71, '73739901', '0301', 'budget 100.00 euro [2026-01-01,2027-01-01)', NULL, NULL);
		INSERT INTO r.deliveries (number, started, ended, stop_reason) VALUES (101, '2026-01-01', NULL, NULL), (102, '2026-01-02', '2026-03-01', '20'), (102, '2026-06-01', NULL, NULL), (103, '2026-01-03', '2026-03-01', NULL);
	END IF;
	FOR m IN SELECT * FROM (SELECT * FROM messages UNION ALL SELECT * FROM messages WHERE md5(seed || identification) < '55') a ORDER BY md5(concat(seed, identification, row_number() OVER (ORDER BY identification))) LOOP
		INSERT INTO tally SELECT seed, m.kind, cardinality(m.lines), l.* FROM r.load_message(m.body, 'client_map'::regclass) l;
	END LOOP;
	RETURN (SELECT count(*) FROM pg_temp.state());
END $$;

SELECT cmp_ok(pg_temp.load_all(0), '>', 200::bigint, 'a first order');
CREATE TEMP TABLE first_state AS SELECT * FROM pg_temp.state() row;
SELECT bag_eq(format('SELECT row FROM pg_temp.load_all(%s) n, pg_temp.state() row', seed), 'TABLE first_state', 'order ' || seed) FROM generate_series(1, 5) seed;
SELECT is_empty('SELECT * FROM tally WHERE accepted + changed + ignored + rejected <> lines OR least(accepted, changed, ignored, rejected) < 0', 'the counts of every load add up to its lines');
SELECT results_eq('SELECT kind FROM tally GROUP BY kind HAVING sum(accepted) > 0 AND sum(ignored) > 0 AND sum(rejected) > 0 ORDER BY 1', $$VALUES ('301'), ('305'), ('307'), ('315'), ('323')$$, 'all kinds have accepted, ignored and rejected lines');
SELECT results_eq('SELECT kind FROM tally GROUP BY kind HAVING sum(changed) > 0 ORDER BY 1', $$VALUES ('301'), ('305'), ('307'), ('315')$$, 'and all but claims changed ones');

-- What should stand, read off the lines themselves
CREATE TEMP TABLE known AS SELECT l.*, c.client FROM line l JOIN client_map c USING (bsn);
CREATE TEMP TABLE owner AS SELECT DISTINCT ON (number) number, law, municipality FROM known WHERE kind = '301' ORDER BY number, decided, municipality, law;
CREATE TEMP TABLE version AS SELECT k.* FROM known k JOIN owner USING (number, law, municipality) WHERE kind = '301';
SELECT results_eq('SELECT number, law, municipality::text, decided_at FROM r.allocations ORDER BY 1', 'SELECT number::bigint, min(law), min(municipality), max(decided) FROM version GROUP BY 1 ORDER BY 1', 'each number of its owner, with the latest decision');
SELECT is_empty($$SELECT a.number FROM r.allocations a WHERE NOT EXISTS (SELECT FROM version v WHERE v.number = a.number AND v.decided = a.decided_at AND v.client = a.client AND v.provider = a.provider::text
	AND v.dated = (SELECT max(w.dated) FROM version w WHERE w.number = v.number AND w.decided = v.decided)
	AND v.reason IS NOT DISTINCT FROM a.change_reason AND v.reference IS NOT DISTINCT FROM a.reference AND lower(period(a.indication)) = v.first AND amount(volume(a.indication)) = 4 + v.hours)$$, 'as the latest message with it says');
SELECT results_eq('SELECT a.number, a.requested FROM r.allocations a ORDER BY 1',
	$$SELECT o.number::bigint, (SELECT min(q.dated) FROM known q JOIN version v ON v.number = o.number AND v.reference = 'REF' || (q.number - 101) % 4 AND v.provider = q.provider AND v.client = q.client
		WHERE q.kind = '315' AND q.law = o.law AND q.municipality = o.municipality) FROM owner o ORDER BY 1$$, 'dated by its first request');
SELECT cmp_ok((SELECT count(*) FROM r.allocations WHERE requested IS NOT NULL), '>', 0::bigint, 'which some have');

CREATE TEMP TABLE told AS SELECT k.* FROM known k LEFT JOIN owner o USING (number) WHERE kind IN ('305', '307')
	AND (o.number IS NULL OR k.law = o.law AND k.municipality = o.municipality AND EXISTS (SELECT FROM version v WHERE v.number = k.number AND v.provider = k.provider AND v.client = k.client));
-- One content, told and removed day by day
CREATE FUNCTION pg_temp.stands(of_number integer, of_first date, of_lasts integer, of_code text, OUT yes boolean, OUT since date) LANGUAGE plpgsql AS $$
DECLARE
	d record;
BEGIN
	FOR d IN SELECT dated, count(*) FILTER (WHERE status = '1') AS sent, count(*) FILTER (WHERE status = '3') AS removed FROM told
			WHERE number = of_number AND first = of_first AND (of_lasts IS NULL AND kind = '305' OR kind = '307' AND lasts = of_lasts AND CASE hours WHEN 0 THEN '20' ELSE '31' END = of_code)
			GROUP BY dated ORDER BY dated LOOP
		yes := coalesce(yes, false);
		IF d.sent > d.removed THEN
			yes := true; since := d.dated;
		ELSIF d.removed > d.sent THEN
			yes := false; since := d.dated;
		END IF;
	END LOOP;
END $$;
CREATE TEMP TABLE should AS
SELECT n.number, n.first, stop.ended, stop.code
FROM (SELECT DISTINCT number, first FROM told) n, LATERAL pg_temp.stands(n.number, n.first, NULL, NULL) b
	LEFT JOIN LATERAL (SELECT n.first + 10 * s.lasts AS ended, s.code FROM (SELECT DISTINCT lasts, CASE hours WHEN 0 THEN '20' ELSE '31' END FROM told WHERE kind = '307' AND number = n.number AND first = n.first) s(lasts, code),
		LATERAL pg_temp.stands(n.number, n.first, s.lasts, s.code) w WHERE w.yes ORDER BY w.since DESC, s.lasts DESC, s.code DESC LIMIT 1) stop ON true
WHERE b.yes OR b.yes IS NULL AND stop.ended IS NOT NULL;
SELECT results_eq('SELECT number, started, ended, stop_reason FROM r.deliveries ORDER BY 1, 2', 'SELECT number::bigint, first, ended, code FROM should ORDER BY 1, 2', 'deliveries, told and removed day by day');
SELECT cmp_ok((SELECT count(*) FILTER (WHERE ended IS NULL) * count(*) FILTER (WHERE ended IS NOT NULL) FROM should), '>', 50::bigint, 'running and ended ones');
SELECT cmp_ok((SELECT count(*) FROM (SELECT number, first FROM told EXCEPT SELECT number, first FROM should) gone), '>', 5::bigint, 'and removed ones');
SELECT is((SELECT count(*) FROM r.claims), (SELECT count(*) FROM known WHERE kind = '323') + 2 * (SELECT count(*) FROM known WHERE kind = '323' AND status = '1' AND i % 5 = 0), 'every claim line is there once');
SELECT results_eq($$SELECT p.reference, count(k.credit) FROM r.claim_credits k JOIN r.claims p ON p.id = k.debit WHERE p.reference ~ '^P.*[05]$' GROUP BY 1 ORDER BY 1$$,
	$$SELECT 'P' || i, 1::bigint FROM known WHERE kind = '323' AND status = '1' AND i % 5 = 0 ORDER BY 1$$, 'and credited once, by two credit lines');
SELECT is((SELECT sum(rejected) FROM r.imports), (SELECT count(*) FROM r.import_rejections), 'the log counts the rejected lines');
SELECT cmp_ok((SELECT count(DISTINCT reason) FROM r.import_rejections), '>=', 5::bigint, 'of many reasons');

-- On top of rows that were there
SELECT cmp_ok(pg_temp.load_all(0, true), '>', 200::bigint, 'rows that came by another way, and then messages');
CREATE TEMP TABLE mixed_state AS SELECT * FROM pg_temp.state() row;
SELECT bag_eq(format('SELECT row FROM pg_temp.load_all(%s, true) n, pg_temp.state() row', seed), 'TABLE mixed_state', 'on top of them, order ' || seed) FROM generate_series(1, 2) seed;
SELECT * FROM finish();
ROLLBACK;
