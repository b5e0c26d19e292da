-- cost_price: operations, bases, legal elements, errors; random build-ups against the same sums in numeric.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(54);

CREATE TEMP TABLE wage (step int, label text, element text, operation cost_operation, value numeric, base text);
INSERT INTO wage VALUES
	(1, 'gross', 'a', 'start', 2500, NULL), (2, 'holiday pay', 'a', 'add_percentage', 8, 'gross'),
	(3, 'year-end', 'a', 'add_percentage', 8.33, 'gross'), (4, 'charges', 'a', 'add_percentage', 25, 'year-end'),
	(5, 'year', NULL, 'multiply', 12, NULL), (6, 'paid hour', NULL, 'divide', 1878, NULL),
	(7, 'productive hour', 'c', 'productivity', 75, 'paid hour'), (8, 'overhead', 'b', 'add_percentage', 20, 'productive hour'),
	(9, 'margin', NULL, 'add_share', 3, 'overhead'), (10, 'travel', 'd', 'add', 1.25, NULL), (11, 'price', NULL, 'round_half_up', 0.60, NULL);
CREATE TEMP TABLE built AS SELECT cost_price(label, element, operation, value, base ORDER BY step) AS b FROM wage;

SELECT is(amount(b), round_to(2500 * 1.1633 * 1.25 * 12 * 1.20 / (1878 * 0.75 * 0.97) + 1.25, 0.60), 'from wage to price') FROM built;
SELECT is((SELECT array_agg(label ORDER BY s.step) FROM built, steps(b) s), (SELECT array_agg(label ORDER BY step) FROM wage), 'steps: labels');
SELECT is((SELECT array_agg((s.value, s.operation, s.base, s.element)::text ORDER BY s.step) FROM built, steps(b) s),
	(SELECT array_agg((trim_scale(value), operation, base, element)::text ORDER BY step) FROM wage), 'steps: what was put in');
SELECT is_empty($$SELECT step FROM (SELECT s.*, lag(running_total, 1, 0) OVER (ORDER BY step) AS before FROM built, steps(b) s) t
	WHERE abs(before + amount - running_total) > 1e-19$$, 'steps: amounts lead from total to total');
SELECT is((SELECT s.amount FROM built, steps(b) s WHERE label = 'holiday pay'), 200.00, 'steps: 8 percent of 2500');
SELECT is((SELECT s.running_total FROM built, steps(b) s WHERE label = 'year-end'), 2908.25, 'surcharges on the same base');
SELECT is(amount('{"g": start 2500; "h": add_percentage 8 of "g"; "y": add_percentage 8.33 of "h"}'::cost_build_up), 2924.91, 'stacked surcharges');
SELECT is(missing_elements(b, 'Wmo'), '{e,f}', 'missing elements of the Wmo') FROM built;
SELECT is(missing_elements(b, 'Jeugdwet'), '{}', 'missing elements of the Jeugdwet') FROM built;
SELECT is(missing_elements('{"a": start 1}', 'Jeugdwet'), '{a,b,c,d}', 'nothing covered');
SELECT is(missing_elements('{"a" [fedcba]: start 1}', 'Wmo'), '{}', 'all in one step');
SELECT throws_ok($$SELECT missing_elements('{"a": start 1}', 'WMO')$$, '22023', 'law "WMO" has no legal cost elements');

SELECT is(amount('{"d": start 100; "t": add_share 20 of "d"}'::cost_build_up), 125.00, 'a fifth of the total is a quarter on top');
SELECT is(amount('{"d": start 100; "t": add_share 20 of "d"}'::cost_build_up), amount('{"d": start 100; "t": add_percentage 25 of "d"}'::cost_build_up), 'overhead on and of');
SELECT is(amount('{"d": start 24.68; "t": productivity 80 of "d"}'::cost_build_up), 30.85, 'productivity');
SELECT is(amount('{"d": start 24.68; "t": productivity 100 of "d"}'::cost_build_up), 24.68, 'full productivity adds nothing');
SELECT is(amount('{"d": start 16.30; "t": take_percentage 75 of "d"; "r": round_half_up 0.01}'::cost_build_up), 12.23, 'a percentage of a total');
SELECT is(amount('{"d": start 10; "m": multiply 3; "n": divide 3}'::cost_build_up), 10.00, 'a third is not cut on the way');
SELECT is(amount('{"d": start 10; "n": divide 3; "s": add_percentage 200 of "n"}'::cost_build_up), 10.00, 'nor in a base');
SELECT is(amount(('{"d": start 12.345; "r": ' || r || ' 0.01}')::cost_build_up), v, r)
FROM (VALUES ('round_half_up', 12.35), ('round_half_even', 12.34), ('round_up', 12.35), ('round_down', 12.34), ('round_nearest_up_tie', 12.35)) m(r, v);
-- 1/3 of 0.015 is a tie that a cut quotient would miss; 0.00499... is none
SELECT is(amount('{"d": start 0.015; "n": divide 3; "r": round_half_up 0.01}'::cost_build_up), 0.01, 'a tie after a division');
SELECT is(round_to(amount('{"d": start 1; "n": divide 3; "m": add -0.32833333333333333333}'::cost_build_up), 0.01), 0.01, 'what is cut stays on its side of a tie');
SELECT is(round_to(amount('{"d": start 0.005; "a": add 1; "n": divide 7; "m": multiply 7; "s": add -1}'::cost_build_up), 0.01), 0.01, 'and an exact tie stays one');

-- text and binary
SELECT is(b::text::cost_build_up, b, 'text round trip') FROM built;
SELECT is('  { "a ""b""" [ c, a ] :start 0002.50 ;"ü":add -0 }'::cost_build_up::text, '{"a ""b""" [ac]: start 2.5; "ü": add 0}', 'canonical text');
SELECT is((SELECT label FROM steps('{"a ""b""": start 1}')), 'a "b"', 'quotes in labels');
SELECT is(cost_price('a "b"', 'a', 'start', 1)::text, '{"a ""b""" [a]: start 1}', 'quotes in labels, back') ;
SELECT is(cost_build_up_send('{"a": start 1}'), '\x01' || convert_to('{"a": start 1}', 'UTF8'), 'binary form');
SELECT is((SELECT count(*) FROM (SELECT b FROM built UNION SELECT b::text::cost_build_up FROM built UNION SELECT '{"a": start 1}') u), 2::bigint, 'equality and hash');
SELECT is(cost_price(label, element, operation, value, base ORDER BY step), NULL, 'no rows') FROM wage WHERE false;

-- errors
SELECT throws_ok($$SELECT cost_price(l, NULL, o, v ORDER BY v) FROM (VALUES ('wage', 'start'::cost_operation, 1), ('charges', 'add_percentage', 32)) t(l, o, v)$$,
	'22023', 'cannot add step 2 to the cost price', 'a percentage without a base');
SELECT throws_like($$SELECT '{"wage": start 1; "c": add_percentage 2 of "later"; "later": add 1}'::cost_build_up$$, '%invalid input syntax for type cost_build_up%', 'a later label');
CREATE FUNCTION pg_temp.hint(sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE d text; h text;
BEGIN
	EXECUTE sql;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
	RETURN d || ' ' || h;
END $$;
SELECT is(pg_temp.hint($$SELECT cost_price(l, NULL, o, v, b ORDER BY v) FROM (VALUES ('wage', 'start'::cost_operation, 1, NULL), ('bonus', 'add', 2, NULL), ('c', 'add_percentage', 32, 'gross')) t(l, o, v, b)$$),
	'Step "c" is a percentage of "gross", which is not the label of an earlier step. Known labels: "wage", "bonus".', 'an unknown label lists the known ones');
SELECT is(pg_temp.hint(format('SELECT %L::cost_build_up', s)) IS NOT NULL, true, s) FROM (VALUES
	('{"a": start 1; "a": add 1}'), ('{"a": add 1}'), ('{"a": start 1; "b": start 2}'), ('{"a": start 1; "b": divide 0}'), ('{"a": start 1; "b": divide -1720}'),
	('{"a": start 1; "b": productivity 0 of "a"}'), ('{"a": start 1; "b": productivity 101 of "a"}'), ('{"a": start 1; "b": add_share 100 of "a"}'),
	('{"a": start 1; "b": add_percentage -101 of "a"}'), ('{"a": start 1; "b": round_up 0}'), ('{"a" [g]: start 1}'), ('{"": start 1}')) e(s);
SELECT throws_ok($$SELECT cost_price(NULL, NULL, 'start', 1)$$, '22004', 'a step of a cost price has no label');
SELECT throws_ok($$SELECT cost_price('a', NULL, 'start', 'NaN')$$, '22023', 'value of a cost price step is not a finite number: NaN');
SELECT throws_ok($$SELECT cost_price(i::text, NULL, CASE i WHEN 1 THEN 'start' ELSE 'add' END::cost_operation, 1 ORDER BY i) FROM generate_series(1, 201) i$$, '54000', 'cannot add step 201 to the cost price');

-- the largest build-up there can be, with the longest values, still computes
SELECT lives_ok($$
	SELECT amount(cost_price(i::text, NULL, CASE WHEN i = 1 THEN 'start' WHEN i % 3 = 0 THEN 'divide' WHEN i % 3 = 1 THEN 'add_share' ELSE 'multiply' END::cost_operation,
		('1.' || repeat('7', 56) || '3')::numeric, CASE WHEN i > 1 AND i % 3 = 1 THEN '1' END ORDER BY i)) FROM generate_series(1, 200) i
$$, '200 steps with 58 digits each');

-- random build-ups: 40 decimals of division against exact fractions
SELECT setseed(0.45);
CREATE TEMP TABLE random_price AS SELECT g, round((random() * 4000 + 1000)::numeric, 2) AS w, round((random() * 40)::numeric, 1) AS c, round((random() * 40 + 60)::numeric, 1) AS p,
	round((random() * 30)::numeric, 1) AS o, 1500 + trunc(random() * 500)::int AS h FROM generate_series(1, 2000) g;
SELECT is_empty($$
	SELECT g FROM random_price WHERE amount(format('{"w": start %s; "c": add_percentage %s of "w"; "y": multiply 12; "h": divide %s; "p": productivity %s of "h"; "o": add_share %s of "p"; "r": round_half_up 0.01}',
		w, c, h, p, o)::cost_build_up) <> round(w * (100 + c) * 12 * 100 * 1.0000000000000000000000000000000000000000 / (h * p * (100 - o)), 2)
$$, '2000 random prices');
SELECT * FROM finish();
ROLLBACK;
