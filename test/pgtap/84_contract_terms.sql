-- Contract terms: ends, extensions and notice dates.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(13);
SELECT is(term_end('2026-01-01', 5), '2030-12-31'::date, 'five calendar years');
SELECT is(term_end('2026-07-15', 1), '2027-07-14'::date, 'from the middle of a month');
SELECT is(term_end('2024-02-29', 1), '2025-02-27'::date, 'from a leap day: the anniversary is 28 February');
SELECT throws_ok($$SELECT term_end('2026-01-01', 0)$$, '22023', 'a term has at least one year', 'no years');
SELECT is(notice_date('2030-12-31'), '2030-06-30'::date, 'six months before');
SELECT is(notice_date('2030-08-31'), '2030-02-28'::date, 'the last day of a shorter month');
SELECT is(notice_date('2030-12-31', 3), '2030-09-30'::date, 'three months before');
SELECT throws_ok($$SELECT notice_date('2030-12-31', -1)$$, '22023', NULL, 'a negative notice period');
-- Rule CSW-1.3.3: what is announced on the notice date is in time, a day later it is not.
SELECT results_eq($$SELECT check_threshold('verlengmelding_datum <= einddatum - 6 months', jsonb_build_object('einddatum', last_day, 'verlengmelding_datum', notice_date(last_day) + late))::text
	FROM (VALUES (date '2030-12-31'), ('2032-02-29'), ('2031-08-31')) d(last_day), generate_series(0, 1) late ORDER BY last_day, late$$,
	ARRAY['met', 'not met', 'met', 'not met', 'met', 'not met'], 'the notice date is that of the rule');
SELECT results_eq($$SELECT * FROM extension_options('2030-12-31')$$,
	$$VALUES (1, '2031-01-01'::date, '2032-12-31'::date, '2030-06-30'::date), (2, '2033-01-01', '2034-12-31', '2032-06-30'), (3, '2035-01-01', '2036-12-31', '2034-06-30')$$, 'three extensions of 24 months');
SELECT results_eq($$SELECT starts, ends FROM extension_options('2030-02-27', 1, 3)$$,
	$$VALUES ('2030-02-28'::date, '2030-03-27'::date), ('2030-03-28', '2030-04-27'), ('2030-04-28', '2030-05-27')$$, 'extensions follow each other');
SELECT is_empty($$SELECT * FROM extension_options('2030-12-31', 24, 0)$$, 'no options');
SELECT throws_ok($$SELECT extension_options('2030-12-31', 0)$$, '22023', NULL, 'an extension of nothing');
SELECT * FROM finish();
ROLLBACK;
