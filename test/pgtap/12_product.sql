-- product against the shapes of the standard's code lists, a catalogue, and an oracle in regular expressions.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(13);

-- The products that a region of eight municipalities buys in 2026 (Wmo): all print as they were written.
CREATE TEMP TABLE catalogue (product text, category text);
INSERT INTO catalogue VALUES ('01:1001', '01'), ('01:1002', '01'), ('02A22', '02'), ('02A16', '02'), ('02A19', '02'), ('07A11', '07'), ('07A12', '07'),
	('07A13', '07'), ('07A14', '07'), ('07A16', '07'), ('02A63', '02'), ('02A64', '02'), ('02A56', '02'), ('02A57', '02'), ('02A58', '02'), ('04W01', '04'),
	('04W02', '04'), ('04W03', '04'), ('03A11', '03'), ('02A76', '02'), ('08A03', '08'), ('08A04', '08');
SELECT is((SELECT count(*) FROM catalogue), 22::bigint, 'catalogue: 22 products');
SELECT is_empty('SELECT product FROM catalogue WHERE product::zorgregio.product::text <> product', 'catalogue: prints as written');
SELECT is_empty($$SELECT product FROM catalogue WHERE category(product::zorgregio.product) <> category OR law(product::zorgregio.product) <> 'Wmo'
	OR code(product::zorgregio.product) <> substr(product, strpos(product, ':') + 1)$$, 'catalogue: category, code and law');

-- JZ21: every code is two digits of the category, a letter, two digits (450 codes in these categories)
CREATE TEMP TABLE jz21 AS
	SELECT lpad((31 + i % 25)::text, 2, '0') || chr(65 + i / 25 % 9) || lpad((i * 37 % 100)::text, 2, '0') AS code FROM generate_series(0, 449) i;
SELECT is((SELECT count(DISTINCT code) FROM jz21 WHERE code ~ '^[0-9]{2}[A-Z][0-9]{2}$'), 450::bigint, 'youth codes: 450');
SELECT is_empty($$SELECT code FROM jz21 WHERE code::product::text <> code OR product(left(code, 2), code) <> code::product OR product(NULL, code) <> code::product
	OR category(code::product) <> left(code, 2) OR code(code::product) <> code OR law(code::product) <> 'Jeugdwet'$$, 'youth codes: carry their category');
-- Wmo aids: 11X00 to 13X99, the last two places may be letters
SELECT is_empty($$SELECT c FROM generate_series(11, 13) n, unnest('{00,01,09,0A,A0,ZZ,99}'::text[]) s, concat(n, 'X', s) c
	WHERE c::product::text <> c OR category(c::product) <> n::text OR law(c::product) <> 'Wmo'$$, 'Wmo aids: carry their category');

-- law: Wmo 01-18, Jeugdwet 31-55
SELECT results_eq($$SELECT law(product(lpad(c::text, 2, '0'), NULL)), count(*), min(c), max(c) FROM generate_series(1, 60) c GROUP BY 1 ORDER BY 1$$,
	$$VALUES ('Jeugdwet', 25::bigint, 31, 55), ('Wmo', 18, 1, 18), (NULL, 17, 19, 60)$$, 'law of every category');

-- An oracle that reads texts with regular expressions; NULL is an error
CREATE FUNCTION pg_temp.oracle(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN upper(t) ~ '^(0[1-9]|[1-5][0-9]|60):\1[0-9A-Z]{3}$' AND t ~ '^[0-9A-Za-z:]*$' THEN upper(substr(t, 4))
		WHEN t ~ '^(0[1-9]|[1-5][0-9]|60):[0-9A-Za-z]{1,5}$' THEN upper(t)
		WHEN t ~ '^(0[1-9]|[1-5][0-9]|60)$' THEN t
		WHEN t ~ '^(0[1-9]|[1-5][0-9]|60)[0-9A-Za-z]{3}$' THEN upper(t)
		WHEN t ~ '^[0-9]{2}$' OR t ~ '^[0-9]{2}...$' THEN NULL
		WHEN t ~ '^[0-9A-Za-z]{1,5}$' THEN upper(t)
	END $$;
CREATE FUNCTION pg_temp.reads(t text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN t::zorgregio.product::text;
EXCEPTION WHEN invalid_text_representation THEN
	RETURN NULL;
END $$;
SELECT setseed(0.20261123);
CREATE TEMP TABLE texts AS
	SELECT string_agg(substr('0012345669AaZz:::-é ', 1 + (random() * 19.999 - 0.4999)::int, 1), '') AS t
	FROM generate_series(1, 30000) i, generate_series(1, 1 + i % 8) j GROUP BY i;
INSERT INTO texts SELECT lpad(c::text, 2, '0') || s FROM generate_series(0, 99) c, unnest(ARRAY['', ':', ':1', ':16', ':02A16', 'A16', '000', '0000', 'a', ':zzzzz']) s;
INSERT INTO texts SELECT lpad(c::text, 2, '0') || ':' || lpad(d::text, 2, '0') || 'A16' FROM generate_series(0, 61) c, generate_series(0, 61) d;
SELECT is_empty('SELECT t, pg_temp.reads(t), pg_temp.oracle(t) FROM texts WHERE pg_temp.reads(t) IS DISTINCT FROM pg_temp.oracle(t) LIMIT 10', 'reads what the oracle reads');
SELECT ok((SELECT count(pg_temp.oracle(t)) BETWEEN 5000 AND count(*) - 5000 FROM texts), 'both right and wrong texts are many');
CREATE TEMP TABLE products AS SELECT DISTINCT pg_temp.reads(t)::product AS v FROM texts WHERE pg_temp.reads(t) IS NOT NULL;
SELECT is_empty('SELECT v FROM products WHERE product(category(v), code(v)) IS DISTINCT FROM v',
	'a product is what its category and code make');

-- The order of two products is that of (category, code) as bytes, unknown category first
SELECT is_empty($$
	SELECT * FROM (SELECT v, row_number() OVER (ORDER BY v) a, row_number() OVER (ORDER BY coalesce(category(v), '') COLLATE "C", coalesce(code(v), '') COLLATE "C") b FROM products) s
	WHERE a <> b$$, 'order: category, then code');

-- Binary form: the number; numbers without a text form are refused (see also the mutation tests)
SELECT is(product_send('02A16'), decode(lpad(to_hex(2 * 69343957::bigint + ((((1 * 37 + 3) * 37 + 11) * 37 + 2) * 37 + 7)), 8, '0'), 'hex'), 'binary form of 02A16');
SELECT is(product_send('60:ZZZZZ'), decode(lpad(to_hex(61 * 69343957::bigint - 1), 8, '0'), 'hex'), 'binary form of 60:ZZZZZ');
SELECT * FROM finish();
ROLLBACK;
