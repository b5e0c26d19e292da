-- Allotments against their rules: each passes and fails by changing one thing; stacking against slow SQL.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT no_plan();
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een'), ('73739902', 'Twee');
CREATE FUNCTION pg_temp.rules() RETURNS text LANGUAGE sql AS $$SELECT coalesce(string_agg(concat_ws(' ', number, rule, other), ', ' ORDER BY number, rule, other), '') FROM r.check_allocations()$$;

-- One allotment
CREATE FUNCTION pg_temp.one(i text, reason text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	DELETE FROM r.allocations;
	INSERT INTO r.allocations (number, client, provider, municipality, indication, change_reason) VALUES (1, 1, '73739901', '0200', i::indication, reason);
	SELECT pg_temp.rules();
$$;
SELECT is(pg_temp.one(i, reason), broken, concat_ws(' ', i, reason))
FROM (VALUES
	('02A16 4 uur/week [2026-01-01,2027-01-01)', NULL, ''),
	('02A16 [2026-01-01,2027-01-01)', NULL, '1 CD041'),
	('budget 100.00 euro [2026-01-01,)', NULL, '1 CD075'),
	('02A16 4 uur/week [2026-01-01,)', NULL, '1 CD076'),
	('02 4 uur/week [2026-01-01,2027-01-01)', NULL, '1 CD080'),
	('02A16 4 etmaal/dag [2026-01-01,2027-01-01)', NULL, '1 CS338'),
	('02A16 4 uur/week [2026-01-01,2026-01-02)', '13', ''),
	('02A16 4 uur/week [2026-01-01,2026-01-03)', '13', '1 CS335'),
	('02A16 4 uur/week [2026-01-01,2027-01-01)', '02', ''),
	('02A16 4 uur/week [2026-01-01,2027-01-01)', '01', '1 CS336')) v(i, reason, broken);
SELECT results_eq('SELECT provider::text, municipality::text, rule, return_code, explanation, found, required FROM r.check_allocations()',
	$$VALUES ('73739901', '0200', 'CS336', '0001', 'Reason for change 01 is no longer in use.', 'reason for change 01', 'another reason')$$, 'in words');

-- Two allotments, the second decided later
CREATE FUNCTION pg_temp.two(a text, b text, b_client bigint DEFAULT 1, b_provider text DEFAULT '73739901', b_municipality text DEFAULT '0200', b_reason text DEFAULT NULL, a_law text DEFAULT NULL, b_law text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	DELETE FROM r.allocations;
	INSERT INTO r.allocations (number, client, provider, municipality, indication, change_reason, law, decided) VALUES
		(2, 1, '73739901', '0200', a::indication, NULL, a_law, '2026-01-01'), (1, b_client, b_provider::provider, b_municipality::municipality, b::indication, b_reason, b_law, '2026-01-02');
	SELECT pg_temp.rules();
$$;
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,2026-04-01)', b), broken, 'beside 02A16: ' || b)
FROM (VALUES
	('02A16 4 uur/maand [2026-03-31,2026-07-01)', '1 TR302 2'), ('02A16 4 uur/maand [2026-04-01,2026-07-01)', ''), ('02A17 4 uur/maand [2026-03-31,2026-07-01)', ''),
	('03:02A16 4 uur/maand [2026-03-31,2026-07-01)', ''), ('02 [2026-03-31,2026-07-01)', '1 TR302 2'), ('03 [2026-03-31,2026-07-01)', ''),
	('budget 10.00 euro [2026-03-31,2026-07-01)', '1 TR302 2'), ('budget 10.00 euro [2026-04-01,2026-07-01)', ''), ('11A01 1 stuks(output)/totaal [2026-03-31,2026-07-01)', '')) v(b, broken);
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', '02A16 4 uur/maand [2026-03-01,)', 2), '', 'another client');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', '02A16 4 uur/maand [2026-03-01,)', b_provider => '73739902'), '', 'another provider');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', '02A16 4 uur/maand [2026-03-01,)', b_municipality => '0301'), '1 OP259 2', 'another municipality: not in one message');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', '02A16 4 uur/maand [2026-03-01,2026-03-02)', b_reason => '13'), '', 'removed');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', '02A16 4 uur/maand [2026-03-01,2026-03-02)', b_reason => '01'), '1 CS336', 'removed the old way');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', '02A16 4 uur/maand [2026-03-01,2026-03-02)', b_reason => '02'), '1 TR302 2', 'one day, not removed');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', 'budget 10.00 euro [2026-03-01,2026-04-01)', b_law => 'Jeugdwet'), '', 'a budget of another law');
SELECT is(pg_temp.two('02A16 4 uur/maand [2026-01-01,)', 'budget 10.00 euro [2026-03-01,2026-04-01)', b_law => 'Wmo'), '1 TR302 2', 'a budget of the same law');
SELECT is(pg_temp.two('45A04 4 uur/maand [2026-01-01,)', '45A04 4 uur/maand [2026-03-01,)'), '1 TR302 2', 'youth care');
SELECT is(pg_temp.two(c || a, c || b), '', 'aids of the Wmo may stand beside each other: ' || c || b)
FROM unnest('{11,12,13,14}'::text[]) c, (VALUES ('X01 1 stuks(output)/totaal [2026-01-01,)', 'X01 1 stuks(output)/totaal [2026-02-01,)'), (' [2026-01-01,)', ' [2026-02-01,)'), ('X01 1 stuks(output)/totaal [2026-01-01,)', ' [2026-02-01,)')) v(a, b);
SELECT is(pg_temp.two('11X01 1 stuks(output)/totaal [2026-01-01,)', 'budget 10.00 euro [2026-03-01,2026-04-01)'), '', 'and beside a budget');
SELECT is(pg_temp.two('15X01 1 stuks(output)/totaal [2026-01-01,)', '15X01 1 stuks(output)/totaal [2026-03-01,)'), '1 TR302 2', 'other categories may not');
SELECT is(pg_temp.two('budget 10.00 euro [2026-01-01,2026-04-01)', 'budget 10.00 euro [2026-03-01,2026-04-01)'), '1 TR302 2', 'two budgets for anything');
SELECT results_eq('SELECT found, required FROM r.check_allocations()', $$VALUES ('budget 10.00 euro [2026-03-01,2026-04-01)', 'not beside budget 10.00 euro [2026-01-01,2026-04-01), 2026-03-01 to 2026-03-31')$$, 'in words');
UPDATE r.allocations SET decided = NULL;
SELECT is(pg_temp.rules(), '2 TR302 1', 'decided at the same time: the higher number');
SELECT is((SELECT count(*) FROM check_allocations('r')), 1::bigint, 'by the name of the region');
SELECT throws_ok($$SELECT * FROM check_allocations('public')$$, '42809', 'schema "public" is not a region', 'no region');

-- Random allotments: all pairs, day by day
CREATE FUNCTION pg_temp.h(n int, k int, m int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT ((hashtextextended(n || '/' || k, 98) & 9223372036854775807) % m)::int$$;
DELETE FROM r.allocations;
INSERT INTO r.allocations (number, client, provider, municipality, indication, change_reason, law, decided)
SELECT n, pg_temp.h(n, 1, 25), (73739901 + pg_temp.h(n, 2, 2))::provider, (ARRAY['0200', '0301'])[1 + pg_temp.h(n, 3, 2)]::municipality,
	CASE pg_temp.h(n, 4, 6) WHEN 0 THEN indication(NULL, 10.00, p) WHEN 1 THEN indication((ARRAY['02', '11', '45'])[1 + pg_temp.h(n, 5, 3)]::product, NULL::volume, p)
		ELSE indication((ARRAY['02A16', '02A17', '11X01', '45A04'])[1 + pg_temp.h(n, 6, 4)]::product, '4 uur/maand'::volume, p) END,
	CASE pg_temp.h(n, 7, 8) WHEN 0 THEN '13' WHEN 1 THEN '01' END, (ARRAY['Wmo', 'Jeugdwet', NULL])[1 + pg_temp.h(n, 8, 3)], date '2026-01-01' + pg_temp.h(n, 9, 3)
FROM generate_series(1, 500) n, LATERAL (SELECT date '2026-01-01' + pg_temp.h(n, 10, 300)) f(f), LATERAL (SELECT daterange(f, f + CASE pg_temp.h(n, 11, 4) WHEN 0 THEN 1 ELSE 20 * pg_temp.h(n, 11, 4) END)) q(p);
CREATE TEMP VIEW day AS SELECT a.number, a.client, a.provider, a.municipality, coalesce(a.law, law(product(a.indication))) AS law, category(product(a.indication)) AS category, code(product(a.indication)) AS code, a.decided, d::date AS day
	FROM r.allocations a, generate_series(lower(period(a.indication)), upper(period(a.indication)) - 1, interval '1 day') d
	WHERE NOT (coalesce(change_reason, '') IN ('01', '13') AND upper(period(a.indication)) - lower(period(a.indication)) = 1);
CREATE TEMP TABLE stacked AS
SELECT DISTINCT b.number, CASE WHEN a.municipality = b.municipality THEN 'TR302' ELSE 'OP259' END AS rule, a.number AS other
FROM day a JOIN day b ON b.client = a.client AND b.provider = a.provider AND b.day = a.day AND (a.decided < b.decided OR a.decided = b.decided AND a.number < b.number)
WHERE NOT (a.law IS NOT NULL AND b.law IS NOT NULL AND a.law <> b.law)
	AND concat_ws(',', a.category, b.category) !~ '1[1-4]'
	AND (a.category IS NULL OR b.category IS NULL OR a.category = b.category AND (a.code IS NULL OR b.code IS NULL OR a.code = b.code));
SELECT set_eq($$SELECT number, rule, other FROM r.check_allocations() WHERE other IS NOT NULL$$, 'SELECT * FROM stacked', 'random allotments');
SELECT cmp_ok((SELECT count(*) FROM stacked WHERE rule = x), '>', 20::bigint, x || ' is among them') FROM (VALUES ('TR302'), ('OP259')) v(x);
SELECT * FROM finish();
ROLLBACK;
