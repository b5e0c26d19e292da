-- care_history: three million periods in one value. A thousand days apart two by two, so nothing of them merges.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(9);

-- client, two periods: ten days from n mod 900 on, and again a thousand days later
CREATE TEMP TABLE large (h care_history, a care_history, b care_history);
ALTER TABLE large ALTER h SET STORAGE EXTERNAL, ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL;
INSERT INTO large
SELECT care_history_agg(n / 2, daterange(day, day + 10)) AS h,
	care_history_agg(n / 2, daterange(day, day + 10)) FILTER (WHERE n % 3 = 0) AS a, care_history_agg(n / 2, daterange(day, day + 10)) FILTER (WHERE n % 3 > 0) AS b
FROM generate_series(0::bigint, 2999999) n CROSS JOIN LATERAL (SELECT '2020-01-01'::date + (n / 2 % 900)::int + (n % 2)::int * 1000) d(day);
SELECT is((SELECT clients(h, '[2020-01-01,2030-01-01)') FROM large), 1500000::bigint, 'clients of a value of three million periods');
SELECT is((SELECT count(*) FROM large, periods(h)), 3000000::bigint, 'its periods');
SELECT is((SELECT clients(h, '[2020-01-01,2020-01-31)') FROM large), (SELECT count(*) FROM generate_series(0, 1499999) c WHERE c % 900 < 30), 'clients of a month');
SELECT results_eq($$SELECT f.inflow, f.outflow, f.stock_end FROM large, flow(h, '[2020-01-01,2021-01-01)') f$$,
	$$SELECT count(*) FILTER (WHERE c % 900 < 366), count(*) FILTER (WHERE c % 900 + 9 < 366), count(*) FILTER (WHERE c % 900 BETWEEN 357 AND 365) FROM generate_series(0, 1499999) c$$, 'flow of a year');
SELECT ok((SELECT pg_column_size(h) < 8 * 3000000 FROM large), 'less than eight bytes a period');
SELECT ok((SELECT h::text::care_history = h FROM large), 'its text form reads back');
SELECT is((SELECT merge(h, h) FROM large), (SELECT h FROM large), 'joined with itself it is the same');
SELECT is((SELECT merge(a, b) FROM large), (SELECT h FROM large), 'two parts joined are the whole');
SELECT current_setting('data_directory') || '/zr_care_history_large_' || pg_backend_pid() AS file \gset
COPY large (h) TO :'file' (FORMAT binary);
CREATE TEMP TABLE back (h care_history);
ALTER TABLE back ALTER h SET STORAGE EXTERNAL;
COPY back FROM :'file' (FORMAT binary);
SELECT is((SELECT h FROM back), (SELECT h FROM large), 'binary COPY gives it back');
COPY (SELECT) TO :'file';
SELECT * FROM finish();
ROLLBACK;
