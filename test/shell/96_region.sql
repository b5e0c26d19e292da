-- A small region for the test of the report, with every figure in it and with names that would break a careless page.
SET client_min_messages = warning;
SET search_path = zorgregio;
CALL create_region('klein', 'Regio </title><script>hacked = 1</script> "Noord" & Zuid');
INSERT INTO klein.municipalities VALUES ('0200', 'Apel"doorn</script><script>hacked = 2</script>'), ('0213', 'Brummen'), ('0301', 'Zutphen <img src=x onerror="hacked = 3">');
INSERT INTO klein.products (code, name, product_group, level) VALUES ('02A22', 'Licht', 'Begeleiding <i>individueel</i>', 1), ('02A16', 'Basis', 'Begeleiding <i>individueel</i>', 2),
	('02A19', 'Complex', 'Begeleiding <i>individueel</i>', 3), ('01:1001', 'Schoon ''huis''', 'Hulp', NULL), ('45A04', 'Begeleiding jeugd', 'Jeugd', NULL);
INSERT INTO klein.providers (code, name) VALUES ('99900001', '<script>hacked = 4</script>'), ('99900002', 'O''Brien & Zn.'), ('99900003', 'Zorg `${hacked = 5}`'),
	('99900004', 'Klein "maar" fijn <svg onload="hacked = 6">');
INSERT INTO klein.tariffs (product, valid, tariff) SELECT code, '[2020-01-01,)', '60.00/uur' FROM klein.products WHERE code <> '45A04';
INSERT INTO klein.sourcings (municipality, product, valid, channel) SELECT m.code, p.code, '[2020-01-01,)', 'regional' FROM klein.municipalities m, klein.products p;
INSERT INTO klein.contracts (provider, municipality, product, valid)
SELECT v.code, m.code, p.code, '[2024-01-01,2030-01-01)' FROM klein.providers v, klein.municipalities m, klein.products p WHERE v.code <> '99900004' OR m.code = '0301';
INSERT INTO klein.thresholds (id, phase, requirement, valid, consequence, basis) VALUES
	('CSW-1.6', 'retention', 'unieke_clienten_12m >= 9', '[2024-01-01,)', 'opzegging mogelijk', 'art. 1.6 <b>'),
	('WINST', 'admission', 'winst_pct <= 8', '[2024-01-01,)', 'niet toelaten', 'besluit & bijlage');
INSERT INTO klein.dossiers (provider, valid, facts, source) VALUES ('99900001', '[2024-01-01,)', '{"winst_pct": 9.5}', 'jaarrekening'), ('99900002', '[2024-01-01,)', '{"winst_pct": 3}', 'jaarrekening');

-- 240 allotments of 160 clients: 80 have a second one after the first, of another product, some elsewhere.
INSERT INTO klein.allocations (number, client, provider, municipality, indication, requested)
SELECT n, 7770000000 + n % 160, (ARRAY['99900001', '99900002', '99900003', '99900004'])[1 + n * 7 % 4]::provider, m::municipality,
	CASE WHEN jeugd THEN indication('45A04', volume(50000, 50000, '83', '4'), daterange(start, start + lasts))
		ELSE indication((ARRAY['02A22', '02A16', '02A19', '01:1001'])[1 + (n * 11 + n / 161) % 4]::product, volume(1 + n % 4, 1 + n % 4, 'uur', 'week'), daterange(start, start + lasts)) END,
	start - 10 - n * 13 % 70
FROM generate_series(1, 240) n,
	LATERAL (SELECT n % 160 % 20 = 3 AND n <= 160, (ARRAY['0200', '0213', '0301'])[1 + (n % 160 + CASE WHEN n > 160 AND n % 16 = 1 THEN 1 ELSE 0 END) % 3]) k (jeugd, m),
	LATERAL (SELECT date '2024-01-05' + n % 160 * 5 + CASE WHEN n > 160 THEN 120 + (n - 160) * 17 % 300 ELSE 0 END, 120 + n * 17 % 300) p (start, lasts);
INSERT INTO klein.deliveries (number, started, ended, stop_reason)
SELECT number, lower(period(indication)) + CASE WHEN number > 160 THEN 0 ELSE number % 9 END::integer, upper(period(indication)) - 1, CASE WHEN law(product(indication)) = 'Wmo' THEN '19' ELSE '31' END FROM klein.allocations WHERE number % 12 <> 5;
INSERT INTO klein.claims (number, product_period, volume, tariff, amount)
SELECT number, month * period(indication), v, CASE WHEN unit(v) = 'uur' THEN tariff '60.00/uur' END, claim_amount(v, CASE WHEN unit(v) = 'uur' THEN tariff '60.00/uur' END)
FROM klein.allocations JOIN klein.deliveries USING (number), generate_series(timestamp '2024-01-01', '2026-08-01', '1 month') first,
	LATERAL (SELECT daterange(first::date, (first + interval '1 month')::date)) d (month),
	LATERAL (SELECT CASE WHEN unit(volume(indication)) = 'euro' THEN volume(50000, 50000, '83', NULL) ELSE volume(3 + (number % 4)::integer, 3 + (number % 4)::integer, '04', NULL) END) w (v)
WHERE month && daterange(started, ended, '[]') AND number % 10 <> 7;
INSERT INTO klein.budgets (municipality, product_group, year, amount)
SELECT m.code, g, y, 9000 + 100 * (y - 2024) FROM klein.municipalities m, (SELECT DISTINCT product_group FROM klein.products) p (g), generate_series(2024, 2026) y;
INSERT INTO klein.lump_sums VALUES ('99900002', '0213', 'Hulp', '[2025-01-01,2027-01-01)', 2400);
INSERT INTO klein.loads (kind, period, source, loaded) VALUES ('claims', '[2024-01-01,2026-09-01)', 'test', '2026-09-10'), ('deliveries', '[2024-01-01,2026-10-01)', 'test', '2026-09-30');
UPDATE klein.settings SET monitor_years = 3;
SELECT count(*) > 0 FROM refresh_monitor('klein', '2026-09-30');
