-- The reference tables: complete, equal to what the types know, readable by everyone and written by nobody.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(34);

CREATE TEMP VIEW reference AS
SELECT unnest(ARRAY['unit', 'frequency', 'product_category', 'stop_reason', 'change_reason', 'stop_meaning', 'municipality_name']) AS tab;

-- Unit and frequency against the types: every code of two (one) digits is tried.
CREATE FUNCTION pg_temp.volume_or_null(unit_code text, frequency_code text) RETURNS volume LANGUAGE plpgsql AS $$
BEGIN
	RETURN volume(1, 1, unit_code, frequency_code);
EXCEPTION WHEN invalid_text_representation OR invalid_parameter_value THEN
	RETURN NULL;
END $$;
CREATE TEMP TABLE tried_unit AS
SELECT code, pg_temp.volume_or_null(code, '4') AS v FROM (SELECT to_char(i, 'FM00') AS code FROM generate_series(0, 99) i) c;
CREATE TEMP TABLE tried_frequency AS
SELECT i::text AS code, pg_temp.volume_or_null('04', i::text) AS v FROM generate_series(0, 9) i;

SELECT is((SELECT count(*) FROM unit), 7::bigint, 'units');
SELECT is((SELECT count(*) FROM frequency), 6::bigint, 'frequencies');
SELECT is((SELECT count(*) FROM product_category WHERE law = 'Wmo'), 18::bigint, 'categories of the Wmo');
SELECT is((SELECT count(*) FROM product_category WHERE law = 'Jeugdwet'), 24::bigint, 'categories of the Jeugdwet');
SELECT results_eq('SELECT law, count(*) FROM stop_reason GROUP BY law ORDER BY law',
	$$VALUES ('Jeugdwet', 11::bigint), ('Wmo', 11)$$, 'stop reasons by law');
SELECT results_eq('SELECT law, count(*) FROM change_reason GROUP BY law ORDER BY law',
	$$VALUES ('Jeugdwet', 13::bigint), ('Wmo', 13)$$, 'change reasons by law');
SELECT is((SELECT count(*) FROM municipality_name), 25::bigint, 'municipalities');

SELECT set_eq('SELECT code, name FROM unit',
	'SELECT unit_code(v), unit(v) FROM tried_unit WHERE v IS NOT NULL', 'the units are those of volume');
SELECT set_eq('SELECT code, name FROM frequency WHERE NOT withdrawn',
	'SELECT frequency_code(v), frequency(v) FROM tried_frequency WHERE v IS NOT NULL', 'the frequencies in use are those of volume');
SELECT set_eq('SELECT code FROM frequency WHERE withdrawn', $$VALUES ('3'), ('5')$$, 'withdrawn frequencies');
SELECT is_empty($$
	SELECT code FROM unit WHERE unit(tariff(1, name)) IS DISTINCT FROM name AND code <> '83'
$$, 'every unit but the euro is a unit of tariff');
SELECT is_empty($$
	SELECT u.code FROM unit u, indication(product '02A16', volume(1, 1, u.code, '4'), '[2026-01-01,2027-01-01)') i
	WHERE delivery_variant(i) IS DISTINCT FROM u.delivery_variant
$$, 'delivery variant as indication has it');
SELECT is_empty($$
	SELECT u.code, f.code FROM unit u, frequency f,
		indication(product '02A16', volume(1, 1, u.code, f.code), '[2026-01-01,2027-01-01)') i
	WHERE NOT f.withdrawn AND (f.code = ANY (u.allowed_frequencies)) = ('CS338' = ANY (problems(i)))
$$, 'allowed frequencies as problems() has them');
SELECT is_empty($$
	SELECT f.code FROM frequency f, indication(product '02A16', volume(1, 1, '04', f.code), '[2026-01-01,)') i
	WHERE NOT f.withdrawn AND f.end_date_required <> ('CD076' = ANY (problems(i)))
$$, 'end date required as problems() has it');
SELECT is_empty($$
	SELECT u.code, c FROM unit u, unnest(u.allowed_frequencies) c LEFT JOIN frequency f ON f.code = c
	WHERE f.withdrawn IS NOT FALSE
$$, 'allowed frequencies exist and are in use');
SELECT results_eq('SELECT code, minutes_per_unit FROM unit WHERE minutes_per_unit IS NOT NULL ORDER BY code',
	$$VALUES ('01', 1), ('04', 60), ('14', 24 * 60), ('16', 4 * 60)$$, 'minutes of the units of time');
SELECT is(amount(tariff_per(tariff(h.minutes_per_unit, h.name), m.name)), 1.00, 'as many euros an hour as minutes in it are one euro a minute')
FROM unit h, unit m WHERE h.code = '04' AND m.code = '01';

-- Category against product
SELECT is_empty($$
	SELECT category FROM product_category WHERE law(product(category)) IS DISTINCT FROM law
$$, 'law of every category as product has it');
SELECT results_eq($$
	SELECT c FROM (SELECT to_char(i, 'FM00') FROM generate_series(1, 60) i) g(c)
	WHERE law(product(c)) IS NOT NULL AND c NOT IN (SELECT category FROM product_category) ORDER BY c
$$, ARRAY['39'], 'inside the two ranges only 39 is no category');

-- A table named like a function makes a type of that name; the functions still answer.
SELECT is(unit(v), 'uur', 'unit(volume) is the function') FROM (SELECT volume '4 uur/week') x(v);
SELECT is(unit(t), 'dagdeel', 'unit(tariff) is the function') FROM (SELECT tariff '61.20/dagdeel') x(t);
SELECT is(frequency(v), 'week', 'frequency(volume) is the function') FROM (SELECT volume '4 uur/week') x(v);
SELECT results_eq('SELECT unit(volume(1, 1, unit.code, NULL)) FROM unit ORDER BY code', 'SELECT name FROM unit ORDER BY code',
	'also where the table is in FROM');

-- Reasons
SELECT results_eq($$SELECT law, monitor_class, monitor_detail FROM stop_reason WHERE code = '31' ORDER BY law$$,
	$$VALUES ('Jeugdwet', 'outflow', 'as_planned'), ('Wmo', 'outflow', 'moved')$$, 'stop reason 31 depends on the law');
SELECT results_eq($$SELECT law FROM stop_reason WHERE code = '20' AND monitor_class = 'pause' ORDER BY law$$,
	ARRAY['Jeugdwet', 'Wmo'], 'stop reason 20 is a pause');
SELECT results_eq($$SELECT law, monitor_class FROM change_reason WHERE code = '13' ORDER BY law$$,
	$$VALUES ('Jeugdwet', 'not_counted'), ('Wmo', 'not_counted')$$, 'change reason 13 is not counted');
SELECT is_empty($$
	SELECT s.law, s.code, c FROM stop_reason s, unnest(s.matching_change_reasons) c
	WHERE NOT EXISTS (SELECT FROM change_reason r WHERE r.law = s.law AND r.code = c)
$$, 'matching change reasons exist');
SELECT is_empty($$
	SELECT m.code FROM municipality_name m JOIN municipality_name s ON s.code = m.successor
	WHERE NOT s.valid @> upper(m.valid) OR upper_inf(m.valid)
$$, 'a successor exists on the day the former municipality ends');

-- Privileges
CREATE ROLE zr_reader;
SELECT is_empty($$
	SELECT tab, p FROM reference, unnest('{INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) p
	WHERE has_table_privilege('zr_reader', 'zorgregio.' || tab, p)
$$, 'a plain role has no privilege to write');
SELECT is((SELECT extconfig FROM pg_extension WHERE extname = 'zorgregio'), NULL, 'no table keeps rows of users');
SET ROLE zr_reader;
SELECT lives_ok($$
	SELECT FROM zorgregio.unit, zorgregio.frequency, zorgregio.product_category, zorgregio.stop_reason, zorgregio.change_reason,
		zorgregio.municipality_name
$$, 'a plain role reads');
SELECT lives_ok('SELECT FROM zorgregio.stop_meaning', 'also what both reasons mean');
SELECT throws_ok($$INSERT INTO zorgregio.municipality_name VALUES ('0999', 'x', NULL, '(,)', NULL)$$, '42501', NULL, 'and cannot write');
RESET ROLE;
SELECT throws_ok($$INSERT INTO product_category VALUES ('56', 'Wlz', '', '')$$, '23514', NULL, 'checks hold for the owner too');

SELECT * FROM finish();
ROLLBACK;
