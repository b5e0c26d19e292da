-- A small region with a row, and an empty column where there may be one, in every table of figures; zr_analyst reads it.
SET client_min_messages = warning;
CREATE EXTENSION zorgregio;
SET search_path = zorgregio;
CALL create_region('r', 'R');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn'), ('0301', 'Zutphen');
INSERT INTO r.providers VALUES ('73730101', 'De Zonnebloem; "Noord" | Zuid'), ('73730102', 'Zorg à la carte');
INSERT INTO r.products (code, name, product_group, level) VALUES ('02A16', 'Basis', 'Begeleiding', 1), ('02A19', 'Complex', 'Begeleiding', 3), ('45A04', 'Jeugd', 'Jeugdhulp', 1);
INSERT INTO r.sourcings (municipality, product, valid, channel) SELECT m.code, c.code, '[2024-01-01,)', 'regional' FROM r.municipalities m, r.products c;
INSERT INTO r.contracts (provider, municipality, product, valid) SELECT p.code, m.code, c.code, '[2024-01-01,)' FROM r.providers p, r.municipalities m, r.products c;
INSERT INTO r.tariffs (product, valid, tariff) SELECT code, '[2024-01-01,)', '60.00/uur' FROM r.products;
INSERT INTO r.budgets (municipality, product_group, year, amount) SELECT m.code, 'Begeleiding', 2026, 100000 FROM r.municipalities m;
INSERT INTO r.thresholds (id, phase, requirement, basis) VALUES ('MIN5', 'retention', 'unieke_clienten_12m >= 5', 'art. 1.6');
INSERT INTO r.allocations (number, client, provider, municipality, indication, requested, decided)
SELECT n, n / 2, CASE WHEN n % 3 = 0 THEN '73730101' ELSE '73730102' END::provider, (ARRAY['0200', '0301'])[1 + n % 2]::municipality,
	indication((ARRAY['02A16', '02A19', '45A04'])[1 + n % 3]::product, '4 uur/week'::volume, daterange(d, d + 200)), d - 30, d - 10
FROM generate_series(1, 60) n, LATERAL (SELECT date '2025-01-01' + n * 5) x(d);
INSERT INTO r.deliveries (number, started) SELECT number, lower(period(indication)) FROM r.allocations;
INSERT INTO r.claims (number, product_period, volume, tariff, amount)
SELECT number, daterange(lower(period(indication)), lower(period(indication)) + 1), '2 uur', '60.00/uur', 120 FROM r.allocations;
SELECT FROM refresh_monitor('r', '2026-06-30');

-- Rows also where these data give none, and numbers beyond 32 and 53 bits
DO $$
DECLARE
	target regclass;
BEGIN
	FOR target IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'r'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^figures_' LOOP
		EXECUTE format('INSERT INTO %s (%s) SELECT %s', target,
			(SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attidentity = ''),
			(SELECT string_agg(CASE WHEN attname = 'municipality' THEN quote_literal('0200') WHEN attname ~ 'product$' THEN quote_literal('02A16') WHEN attname = 'provider' THEN quote_literal('73730101')
				WHEN attname = 'period_kind' THEN quote_literal('month') WHEN attname ~ '(^|_)kind$' THEN quote_literal('inflow')
				WHEN NOT attnotnull THEN 'NULL' WHEN atttypid = 'text'::regtype THEN quote_literal('tekst') WHEN atttypid = 'date'::regtype THEN 'date ''2031-01-01''' WHEN atttypid = 'boolean'::regtype THEN 'true'
				WHEN atttypid = 'bigint'::regtype THEN '9007199254740993' WHEN atttypid = 'numeric'::regtype THEN '123456.78' ELSE format('7::%s', format_type(atttypid, NULL)) END, ', ' ORDER BY attnum)
			 FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attidentity = ''));
	END LOOP;
END $$;
SELECT FROM grant_region('r', 'zr_analyst');
