-- What provider, municipality and product read and print, and what every refusal says.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
RESET client_min_messages;
SET search_path = zorgregio, public;
\pset null '(null)'

-- the type's answer to a text: its canonical text, or the error
CREATE FUNCTION pg_temp.reads(type regtype, input text, OUT output text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT %L::%s::text', input, type) INTO output;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	message := sqlstate || ' ' || message;
END $$;
CREATE FUNCTION pg_temp.fails(call text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SELECT ' || call;
	message := 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	message := sqlstate || ' ' || message;
END $$;

-- provider: 8 digits
SELECT '73730112'::provider, '00000000'::provider, '99999999'::provider, '06020101'::provider::integer, 6020101::provider,
	pg_column_size('73730112'::provider) AS bytes;
\x
SELECT input, r.* FROM unnest(ARRAY['', '6020101', '737301120', ' 73730112', '73730112 ', '7373O112', '-7373011', '+7373011', '7373.112', '73 30112', '７3730112'])
	WITH ORDINALITY AS i(input, n), pg_temp.reads('provider', input) r ORDER BY n;
SELECT call, r.* FROM unnest(ARRAY['(-1)::provider', '100000000::provider', '(-2147483648)::provider', '''6020101''::text::provider'])
	WITH ORDINALITY AS i(call, n), pg_temp.fails(call) r ORDER BY n;
\x

-- municipality: 4 digits
SELECT '0200'::municipality, '0000'::municipality, '9999'::municipality, '0200'::municipality::integer, 200::municipality,
	pg_column_size('0200'::municipality) AS bytes;
\x
SELECT input, r.* FROM unnest(ARRAY['', '200', '00200', ' 200', 'GM0200', '02-0'])
	WITH ORDINALITY AS i(input, n), pg_temp.reads('municipality', input) r ORDER BY n;
SELECT call, r.* FROM unnest(ARRAY['(-1)::municipality', '10000::municipality', '65536::municipality', '''200''::text::municipality'])
	WITH ORDINALITY AS i(call, n), pg_temp.fails(call) r ORDER BY n;
\x

-- product: a code of five characters that starts with two digits carries its category
SELECT input, input::product AS product, category(input::product), code(input::product), law(input::product), pg_column_size(input::product) AS bytes
FROM unnest(ARRAY['02A16', '02a16', '02:02A16', '01:1001', '02', '1001', '02:02A', '02:16', '02:02', '02:03A16', '01:99A01', '45A03', '18', '19', '30', '31',
	'55', '56', '60:zzzzz', '60', 'A', '2A', 'a0001', '0A001', '123', '0']) WITH ORDINALITY AS i(input, n) ORDER BY n;
\x
SELECT input, r.* FROM unnest(ARRAY['', '00', '61', '99', '00:1001', '61:1001', '2:1001', '002:1001', 'AB:1', ':1001', '02:', ':', '99A01', '00A01', '61000',
	'02A161', '02:02A161', '02:0 1', ' 02A16', '02A16 ', '02-16', '02:02:1', '02é', 'ÀBC', E'02\x01'])
	WITH ORDINALITY AS i(input, n), pg_temp.reads('product', input) r ORDER BY n;
\x

-- the constructor: NULL is a part that is not known
SELECT category, code, product(category, code)
FROM (VALUES ('02', '02A16'), ('02', '16'), ('02', '02'), ('02', NULL), ('01', '99A01'), (NULL, '02A16'), (NULL, '02a16'), (NULL, '1001'), (NULL, NULL)) v(category, code);
\x
SELECT call, r.* FROM unnest(ARRAY['product(NULL, ''02'')', 'product(NULL, ''99A01'')', 'product(''00'', ''1001'')', 'product(''61'', NULL)', 'product(''2'', ''1001'')',
	'product('''', ''1001'')', 'product(''02'', '''')', 'product(''02'', ''02:16'')', 'product(''02'', ''ABCDEF'')', '''99A01''::text::product'])
	WITH ORDINALITY AS i(call, n), pg_temp.fails(call) r ORDER BY n;
\x

-- order: category, then code; unknown category first
SELECT string_agg(p::text, ' ' ORDER BY p) FROM unnest('{45A03,02,02A16,1001,02:1,A,02:02A,60:ZZZZZ,31,01:1001,02A2,02:9,02A16}'::product[]) p;

-- casts: text to type only explicitly, type to text also in assignments
CREATE TEMP TABLE casts (v text);
INSERT INTO casts VALUES ('73730112'::provider), ('0200'::municipality), ('02A16'::product);
TABLE casts;
CREATE TEMP TABLE typed (p provider, m municipality, q product);
INSERT INTO typed SELECT v, '0200', '02' FROM casts LIMIT 1;
INSERT INTO typed VALUES (73730112, '0200', '02');
INSERT INTO typed VALUES ('73730112', '0200', '02'), (NULL, NULL, NULL);
TABLE typed;

-- NULL in, NULL out
SELECT category(NULL), code(NULL), law(NULL), NULL::text::provider, NULL::provider::integer, min(p), max(q), count(m) FROM typed WHERE p IS NULL;

-- bsn_valid: false for whatever is not a number, never an error
SELECT input, bsn_valid(input) FROM unnest(ARRAY['999900006', '999900018', '999990019', '123456789', '000000000', '', '99990000', '9999000060',
	' 999900006', '9999 0006', '99990000x', '９９９９００００６', NULL]) WITH ORDINALITY AS i(input, n) ORDER BY n;
