-- For tests that go over all base types: temporary view base_type, and pg_temp.seeds(type), valid values as text[].

-- Valid values per type, as queries, because a type may come with a later module than this file.
CREATE TEMP TABLE seed_query (type text, query text);
INSERT INTO seed_query VALUES
('provider', $$VALUES ('73730112'), ('00000001'), ('99999999'), ('06290101')$$),
('municipality', $$VALUES ('0200'), ('0001'), ('9999'), ('1979')$$),
('product', $$VALUES ('02A16'), ('01:1001'), ('02'), ('1001'), ('45A04'), ('55'), ('31:ZZZZZ'), ('A')$$),
('volume', $$VALUES ('4 uur/week'), ('4..6 uur/week'), ('40 uur/totaal'), ('15000.00 euro/maand'), ('90 minuut'),
	('0 stuks(output)/totaal'), ('99999999 stuks(inspanning)'), ('1..7 dagdeel/week'), ('0.01..999999.99 euro')$$),
('tariff', $$VALUES ('61.20/uur'), ('1.0321/minuut'), ('255.47/etmaal'), ('0.000001/dagdeel'), ('0.00/stuks(output)')$$),
('indication', $$VALUES ('02A16 4 uur/week [2026-01-01,2027-01-01)'), ('02 [2026-01-01,2026-07-01)'), ('02 [2026-01-01,)'),
	('02 budget 60000.00 euro [2026-01-01,2027-01-01)'), ('budget 60000.00 euro [2026-01-01,2027-01-01)'),
	('01:1001 90..120 minuut/week [2025-12-29,2026-01-05)'), ('45A04 15000.00 euro/maand [2026-02-01,2026-03-01)')$$),
('tariff_book', $$VALUES ('{}'), ('{02A16 [2026-01-01,2027-01-01) 61.20/uur}'),
	('{02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,2027-01-01) 55.08/uur~55.0761}'),
	('{02A16 [2025-01-01,2026-01-01) 59.00/uur; 02A16 [2026-01-01,) 61.20/uur; 45A04 [2026-01-01,) 1.03/minuut}')$$),
('cost_build_up', $$VALUES ('{"a": start 0}'), ('{"wage" [a]: start 2500.50; "charges" [ac]: add_percentage 32 of "wage"; "price": round_half_up 0.01}'),
	('{"a ""b""" [abcdef]: start 1; "ü": add -2.5; "c": add_share 9.12 of "a ""b"""; "d": productivity 80 of "ü"; "e": divide 1720}')$$),
('threshold', $$VALUES ('fte >= 5'), ('score >= 1/3 if kind = "zzp" and fte < 10 unless pilot = true or waived = true'),
	('certificates contains {"HKZ", "ISO 9001"}'), ('audit.date >= opens - 2 years'), ('region in {"a", "b"}'),
	('opens in {[2026-01-01,2026-02-01), [2026-07-01,2026-08-01)}'), ('turnover <> -12.50'), ('since <= 2026-01-01')$$),
('care_history', $$
	SELECT care_history_agg(c, p::product, r)::text FROM (VALUES
		(1, 1, '02A16', daterange '[2026-01-01,2026-03-01)'), (1, 1, '02A16', '[2026-02-01,2026-04-01)'),
		(1, 2, '45A04', '[2026-01-15,)'), (2, 1, '02', '[2026-01-01,2026-01-02)'),
		(2, -5, '02', '[2020-01-01,2020-01-02)'), (2, 9223372036854775807, '01:1001', '[2026-01-01,2026-12-31)')) v(g, c, p, r)
	GROUP BY g$$),
('client_set', $$
	SELECT client_set_agg(c)::text FROM (SELECT 1, i FROM generate_series(1, 20) i UNION ALL SELECT 2, i * i * i FROM generate_series(-30, 30) i
		UNION ALL VALUES (3, 9223372036854775807), (3, -9223372036854775808), (4, 7)) v(g, c)
	GROUP BY g$$);

CREATE TEMP VIEW base_type AS
SELECT t.oid, t.typname::text AS name FROM pg_type t
JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'zorgregio'
WHERE t.typtype = 'b' AND t.typelem = 0;

CREATE FUNCTION pg_temp.seeds(type text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	query text := (SELECT format('SELECT array_agg(s.v) FROM (%s) s(v)', q.query) FROM seed_query q WHERE q.type = seeds.type);
	result text[];
BEGIN
	IF query IS NOT NULL THEN
		EXECUTE query INTO result;
	END IF;
	RETURN result;
END $$;
