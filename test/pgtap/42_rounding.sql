-- round_to: every mode at and beside ties, against rules that need no division; numbers of any size.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(23);

-- value, step, then half_up, half_even, up, down, nearest_up_tie
CREATE TEMP TABLE expected (value numeric, step numeric, half_up numeric, half_even numeric, up numeric, down numeric, nearest_up_tie numeric);
INSERT INTO expected VALUES
	(2.5, 1, 3, 2, 3, 2, 3), (-2.5, 1, -3, -2, -3, -2, -2), (3.5, 1, 4, 4, 4, 3, 4), (-3.5, 1, -4, -4, -4, -3, -3),
	(2.4, 1, 2, 2, 3, 2, 2), (-2.6, 1, -3, -3, -3, -2, -3), (0, 0.01, 0, 0, 0, 0, 0), (12.225, 0.01, 12.23, 12.22, 12.23, 12.22, 12.23),
	(46.245, 0.01, 46.25, 46.24, 46.25, 46.24, 46.25), (0.3, 0.6, 0.6, 0.0, 0.6, 0.0, 0.6), (0.9, 0.6, 1.2, 1.2, 1.2, 0.6, 1.2),
	(3061.94016, 0.20, 3062.00, 3062.00, 3062.00, 3061.80, 3062.00), (61.20, 0.60, 61.20, 61.20, 61.20, 61.20, 61.20),
	(0.0049999999999999999999999999999999999999, 0.01, 0, 0, 0.01, 0, 0), (-0.001, 0.01, 0, 0, -0.01, 0, 0), (10, 7, 7, 7, 14, 7, 7);
SELECT is_empty($$SELECT * FROM expected WHERE round_to(value, step) <> half_up OR round_to(value, step, 'half_up') <> half_up$$, 'half_up, the default: ties away from zero');
SELECT is_empty($$SELECT * FROM expected WHERE round_to(value, step, 'half_even') <> half_even$$, 'half_even: ties to the even multiple');
SELECT is_empty($$SELECT * FROM expected WHERE round_to(value, step, 'up') <> up$$, 'up: away from zero');
SELECT is_empty($$SELECT * FROM expected WHERE round_to(value, step, 'down') <> down$$, 'down: towards zero');
SELECT is_empty($$SELECT * FROM expected WHERE round_to(value, step, 'nearest_up_tie') <> nearest_up_tie$$, 'nearest_up_tie: ties to the greater');

-- 20,000 seeded numbers: the result is a multiple, on the right side or in the right half. No division anywhere.
SELECT setseed(0.42);
CREATE TEMP TABLE sample AS
SELECT value, step, mode, round_to(value, step, mode) AS r
FROM (SELECT (trunc(random() * 2000000) - 1000000)::numeric * (ARRAY[0.5, 0.01, 0.005, 0.0001, 0.3])[1 + trunc(random() * 5)::int] AS value,
		(ARRAY[0.01, 0.20, 0.60, 1.00, 0.05, 7, 0.125, 0.0003])[1 + trunc(random() * 8)::int] AS step FROM generate_series(1, 4000)) v,
	unnest(enum_range(NULL::rounding_mode)) mode;
SELECT is_empty($$SELECT * FROM sample WHERE mod(r, step) <> 0$$, 'a multiple of the step');
SELECT is_empty($$SELECT * FROM sample WHERE mode IN ('half_up', 'half_even', 'nearest_up_tie') AND 2 * abs(value - r) > step$$, 'the nearest');
SELECT is_empty($$SELECT * FROM sample WHERE 2 * abs(value - r) = step AND (mode = 'half_up' AND abs(r) < abs(value) OR mode = 'nearest_up_tie' AND r < value
	OR mode = 'half_even' AND mod(r, 2 * step) <> 0)$$, 'ties');
SELECT cmp_ok((SELECT count(*) FROM sample WHERE 2 * abs(value - r) = step), '>', 100::bigint, 'the sample has ties');
SELECT is_empty($$SELECT * FROM sample WHERE mode = 'up' AND (abs(r) < abs(value) OR abs(r) - abs(value) >= step)
	OR mode = 'down' AND (abs(r) > abs(value) OR abs(value) - abs(r) >= step)$$, 'up and down');

SELECT is(round_to(10::numeric ^ 1000 + 0.005, 0.01) - 10::numeric ^ 1000, 0.01, 'numbers of a thousand digits');
SELECT is(scale(round_to(5, 0.20)), 2, 'the decimals of the step');
SELECT is(round_to('61.23/uur'::tariff, 0.60)::text, '61.20/uur', 'a tariff');
SELECT is(round_to('61.23/uur'::tariff, 0.60, 'up')::text, '61.80/uur', 'a tariff, up');
SELECT is(round_to('1.0321/minuut'::tariff, 0.01)::text, '1.03/minuut', 'a tariff with more decimals');
SELECT is(round_to(NULL::numeric, 1), NULL, 'NULL');
SELECT throws_ok($$SELECT round_to(1, 0)$$, '22023', 'rounding step must be greater than zero');
SELECT throws_ok($$SELECT round_to(1, -0.01)$$, '22023', 'rounding step must be greater than zero');
SELECT throws_ok($$SELECT round_to('NaN'::numeric, 1)$$, '22023', 'number to round is not a finite number: NaN');
SELECT throws_ok($$SELECT round_to('-Infinity'::numeric, 1)$$, '22023', 'number to round is not a finite number: -Infinity');
SELECT throws_ok($$SELECT round_to(1, 'Infinity'::numeric)$$, '22023', 'rounding step is not a finite number: Infinity');
SELECT throws_ok($$SELECT round_to('99999999.99/uur'::tariff, 100000000, 'up')$$, '22003');
SELECT throws_ok($$SELECT round_to('1.00/uur'::tariff, 0.0000003)$$, '22003');
SELECT * FROM finish();
ROLLBACK;
