-- Published amounts come out as published, and doc/tariff-cases.md says what is computed here.
BEGIN;
SET search_path = zorgregio, public;
\i test/tariff-cases.sql
CREATE TEMP TABLE page (number serial, line text);
\copy page (line) FROM 'doc/tariff-cases.md' WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')

SELECT plan(count(*)::int + 3) FROM tariff_case;
SELECT is(pg_temp.computed(sql), expected, format('%s: %s', id, calculation)) FROM tariff_case ORDER BY id;

-- the same percentages as tariff groups, at the price of an hour
SELECT is_empty($$
	SELECT id, base, pct FROM (SELECT id, expected, (m)[1] AS base, (m)[2]::numeric AS pct FROM tariff_case,
		regexp_match(sql, '^round_to\(([\d.]+) \* 0\.(\d\d), 0\.01\)$') m WHERE m IS NOT NULL) c
	WHERE amount(tariff_on(derive_group(format('{02A16 [2026-01-01,) %s/uur}', base)::tariff_book, NULL, 'pgb', pct), '02A16', 'pgb', '2026-01-01')) <> expected
$$, 'percentages by derive_group');
SELECT cmp_ok((SELECT count(DISTINCT grp) FROM tariff_case WHERE grp IN ('buildup', 'index', 'pct', 'minute', 'floor020', 'contribution', 'perdiem_month')),
	'=', 7::bigint, 'all groups are there');
SELECT is((SELECT string_agg(coalesce(line, ''), E'\n' ORDER BY number) FROM page), (SELECT string_agg(line, E'\n' ORDER BY number) FROM tariff_case_doc),
	'doc/tariff-cases.md is up to date (scripts/tariff-cases renews it)');
SELECT * FROM finish();
ROLLBACK;
