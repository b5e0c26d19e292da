-- A region r with two valid declarations for tests of the claim checks: pg_temp.outcome(change, query, after) loads them after a
-- change, and pg_temp.rules(change, after) gives the rules that are broken then; nothing of it stays.
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een'), ('73739902', 'Twee');
INSERT INTO r.products (code, name, product_group) VALUES ('02A16', 'Basis', 'Begeleiding'), ('02A17', 'Plus', 'Begeleiding'), ('07A12', 'Groep', 'Dagbesteding'), ('45A04', 'Jeugd', 'Jeugdhulp');
INSERT INTO r.tariffs (product, tariff_group, valid, tariff) VALUES
	('02A16', NULL, '[2026-01-01,2027-01-01)', '61.20/uur'), ('02A16', 'zzp', '[2026-01-01,2027-01-01)', '55.08/uur'), ('07A12', NULL, '[2026-01-01,2027-01-01)', '46.15/dagdeel');
INSERT INTO r.contracts (provider, municipality, product, valid) SELECT p.code, '0200', x.code, '[2026-01-01,2031-01-01)' FROM r.providers p, r.products x;
INSERT INTO r.allocations (number, client, provider, municipality, indication) VALUES
	(1, 71, '73739901', '0200', '02A16 4 uur/week [2026-01-10,2027-01-01)'), (2, 72, '73739901', '0200', '02A16 40 uur/totaal [2026-01-01,2027-01-01)'),
	(3, 72, '73739901', '0200', 'budget 1000.00 euro [2026-01-01,2027-01-01)'), (4, 72, '73739901', '0200', '07A12 300.00 euro/maand [2026-01-01,)'),
	(5, 71, '73739901', '0200', '07 [2026-01-01,2027-01-01)');
CREATE TEMP TABLE client_map (bsn text PRIMARY KEY, client bigint);
INSERT INTO client_map VALUES ('999900006', 71), ('999900018', 72);

-- Two valid declarations, from which messages are made; the total follows from the lines, and add is what is added to it.
CREATE TEMP TABLE head (n int, number text, period daterange, declared date, add numeric DEFAULT 0, provider text DEFAULT '73739901');
INSERT INTO head VALUES (1, 'D1', '[2026-02-01,2026-03-01)', '2026-03-06'), (2, 'D2', '[2026-03-01,2026-04-01)', '2026-04-07');
CREATE TEMP TABLE line (n int, reference text, bsn text, number bigint, product product, period daterange, volume volume, tariff tariff, amount numeric, credit boolean DEFAULT false, previous text);
INSERT INTO line VALUES
	(1, 'P01', '999900006', 1, '02A16', '[2026-02-01,2026-03-01)', '16 uur', '61.20/uur', 979.20, false, NULL),
	(1, 'P02', '999900018', 2, '02A16', '[2026-02-01,2026-03-01)', '600 minuut', '1.02/minuut', 612.00, false, NULL),
	(2, 'P11', '999900006', 1, '02A16', '[2026-03-01,2026-04-01)', '12 uur', '61.20/uur', 734.40, false, NULL),
	(2, 'P12', '999900018', 2, '02A16', '[2026-03-01,2026-04-01)', '1200 minuut', '1.02/minuut', 1224.00, false, NULL),
	(2, 'P13', '999900018', 3, '02A16', '[2026-03-01,2026-04-01)', '10 uur', '61.20/uur', 612.00, false, NULL),
	(2, 'P14', '999900018', 4, '07A12', '[2026-03-01,2026-04-01)', '300.00 euro', NULL, 300.00, false, NULL),
	(2, 'P15', '999900006', 5, '07A12', '[2026-03-01,2026-04-01)', '10 dagdeel', '46.15/dagdeel', 461.50, false, NULL),
	(2, 'P16', '999900018', 2, '02A16', '[2026-02-01,2026-03-01)', '600 minuut', '1.02/minuut', 612.00, true, 'P02');
CREATE FUNCTION pg_temp.message(of int) RETURNS xml LANGUAGE sql AS $$
	SELECT claim_message('Wmo', 'M' || h.n, h.declared, h.provider::provider, '0200', h.number, h.period, h.declared,
		(SELECT sum(CASE WHEN credit THEN -amount ELSE amount END) FROM line l WHERE l.n = h.n) + h.add,
		(SELECT xmlagg(claimed_client(bsn, lines) ORDER BY bsn) FROM (
			SELECT bsn, xmlagg(claimed_line('Wmo', reference, number, product, period, volume, tariff, amount, credit, previous) ORDER BY reference) AS lines
			FROM line l WHERE l.n = h.n GROUP BY bsn) c))
	FROM head h WHERE h.n = of
$$;
CREATE FUNCTION pg_temp.load() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	i int;
BEGIN
	-- the later one first: the order of loading does not matter
	FOR i IN SELECT h.n FROM head h ORDER BY h.n DESC LOOP
		PERFORM r.load_message(pg_temp.message(i), 'client_map'::regclass);
	END LOOP;
END $$;
CREATE FUNCTION pg_temp.broken() RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(concat_ws(' ', coalesce(c.reference, k.declaration), k.rule), ', ' ORDER BY k.declaration, c.reference, k.rule), '')
	FROM r.check_claims() k LEFT JOIN r.claims c ON c.id = k.claim
$$;
-- What holds after a change before and one after loading; nothing of it stays.
CREATE FUNCTION pg_temp.outcome(change text, query text, after text DEFAULT 'SELECT') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE change;
	PERFORM pg_temp.load();
	EXECUTE after;
	EXECUTE query INTO result;
	RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = coalesce(result, 'NULL');
EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
	RETURN SQLERRM;
END $$;
CREATE FUNCTION pg_temp.rules(change text, after text DEFAULT 'SELECT') RETURNS text LANGUAGE sql AS $$SELECT pg_temp.outcome(change, 'SELECT pg_temp.broken()', after)$$;
CREATE FUNCTION pg_temp.line(of text, change text) RETURNS text LANGUAGE sql AS $$SELECT pg_temp.rules(format('UPDATE line SET %s WHERE reference = %L', change, of))$$;
