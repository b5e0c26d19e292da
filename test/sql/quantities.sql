-- Text forms, constructors, accessors and errors of volume, tariff and indication.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
SET search_path = zorgregio, public;

-- volume
SELECT v, at_least(v), at_most(v), amount(v), unit(v), unit_code(v), frequency(v), frequency_code(v)
FROM unnest('{4 uur/week,4..6 uur/week,15000 euro/maand,90 minuut,40 uur/totaal,2 stuks(output)/dag,1 etmaal/week,3 dagdeel/week,5 stuks(inspanning)/maand}'::volume[]) v;
SELECT volume(4, 4, '04', '2'), volume(4, 6, 'uur', 'week'), volume(1500000, 1500000, '83', '4'), volume(90, 90, '01', NULL),
       volume(NULL, 4, '04', '2') IS NULL AS null_low, volume(4, NULL, '04', '2') IS NULL AS null_high, volume(4, 4, NULL, '2') IS NULL AS null_unit;
SELECT '3,5 uur'::volume;
SELECT '3.5 uur/week'::volume;
SELECT '15000,00 euro/maand'::volume;
SELECT '4 uren/week'::volume;
SELECT '4 uur/jaar'::volume;
SELECT '6..4 uur/week'::volume;
SELECT '100000000 uur'::volume;
SELECT '-1 uur'::volume;
SELECT 'uur'::volume;
SELECT ''::volume;
SELECT volume(4, 4, '21', '2');
SELECT volume(4, 4, '04', '3');
SELECT volume(6, 4, '04', '2');
SELECT volume(-1, 4, '04', '2');
SELECT array_agg(v ORDER BY v) FROM unnest('{4 uur/week,4..6 uur/week,5 uur/week,4 uur/dag,90 minuut,1.00 euro}'::volume[]) v;

-- tariff
SELECT t, amount(t), unit(t) FROM unnest('{61.2/uur,1.0321/minuut,255.47/etmaal,0/dagdeel,99999999.999999/stuks(output),7.5/04}'::tariff[]) t;
SELECT tariff(61.20, 'uur'), tariff(1.0321, '01'), tariff(1.50000000, 'dagdeel');
SELECT tariff_per('87.30/uur', 'minuut'), tariff_per('87.24/uur', 'minuut'), tariff_per('61.20/uur', 'uur');
SELECT tariff_per('1.46/minuut', 'uur');
SELECT tariff_per('61.20/uur', 'dagdeel');
SELECT '61,20/uur'::tariff;
SELECT '61.20'::tariff;
SELECT '61.20/week'::tariff;
SELECT '1.00/euro'::tariff;
SELECT '1.0000001/uur'::tariff;
SELECT '100000000/uur'::tariff;
SELECT tariff(-1, 'uur');
SELECT tariff('NaN', 'uur');
SELECT tariff('Infinity', 'uur');
SELECT tariff(1.0000001, 'uur');
SELECT tariff(1, 'week');
SELECT array_agg(t ORDER BY t) FROM unnest('{61.20/uur,1.02/minuut,9.00/uur,255.47/etmaal}'::tariff[]) t;

-- indication
SELECT i, kind(i), product(i), volume(i), budget(i), period(i), delivery_variant(i), at_least(i), at_most(i), problems(i)
FROM unnest(ARRAY['02A16 4..6 uur/week [2026-01-01,2027-01-01)', '02 [2026-01-01,2026-07-01)',
                  '02 budget 60000 euro [2026-01-01,2026-12-31]', 'budget 60000.00 euro [2026-01-01,)',
                  '45A04 300.00 euro/totaal [2026-01-01,)', '01:1001 4 uur/week [2026-01-01,)', '02A16 [2026-01-01,)',
                  '02 4 dagdeel/dag [2026-01-01,)', '02 4 dagdeel/dag [2019-01-01,2020-12-31]']::indication[]) i \gx
SELECT indication(product '02A16', volume '4 uur/week', daterange('2026-01-01', '2026-12-31', '[]')),
       indication(product '02', NULL::volume, daterange('2026-01-01', NULL)),
       indication(product '02', 60000, daterange('2026-01-01', 'infinity')),
       indication(NULL, 60000.5, daterange('2026-01-01', '2027-01-01'));
SELECT indication(NULL, volume '4 uur/week', daterange('2026-01-01', NULL)) IS NULL AS no_product,
       indication(NULL, NULL::numeric, daterange('2026-01-01', NULL)) IS NULL AS no_product_no_budget,
       indication(product '02A16', volume '4 uur/week', NULL) IS NULL AS no_period;
SELECT '02A16 4 uur [2026-01-01,2027-01-01)'::indication;
SELECT '[2026-01-01,2027-01-01)'::indication;
SELECT '02A16 4 uur/week'::indication;
SELECT '02A16 4 uur/week [2026-01-01,2026-01-01)'::indication;
SELECT '02A16 4 uur/week [,2026-01-01)'::indication;
SELECT '02A16 4 uur/week [2026-02-29,)'::indication;
SELECT '02A16 4 uur/week [2026-01-01,) and more'::indication;
SELECT '02A16 budget 1000.00 euro 4 uur/week [2026-01-01,)'::indication;
SELECT '99A16 4 uur/week [2026-01-01,)'::indication;
SELECT 'budget 0.001 euro [2026-01-01,)'::indication;
SELECT indication(product '02A16', volume '4 uur', daterange('2026-01-01', NULL));
SELECT indication(product '02A16', volume '4 uur/week', 'empty');
SELECT indication(product '02A16', volume '4 uur/week', daterange(NULL, '2026-01-01'));
SELECT indication(product '02A16', volume '4 uur/week', daterange('0044-03-15 BC', '2026-01-01'));
SELECT indication(product '02A16', volume '4 uur/week', daterange('2026-01-01', '12026-01-01'));
SELECT indication(product '02', -1, daterange('2026-01-01', NULL));
SELECT indication(product '02', 10000000000, daterange('2026-01-01', NULL));

-- settings do not change a text form
SET datestyle = 'German, DMY';
SELECT '02A16 4 uur/week [2026-01-01,2027-01-01)'::indication;
RESET datestyle;

-- casts
SELECT '4 uur/week'::text::volume, '61.20/uur'::text::tariff, '02 [2026-01-01,)'::text::indication;
SELECT '4 uur/week'::volume::text || '!', '61.20/uur'::tariff::text || '!', '02 [2026-01-01,)'::indication::text || '!';
CREATE TEMP TABLE t (note text, v volume);
INSERT INTO t (note) VALUES ('4 uur/week'::volume);
INSERT INTO t (v) VALUES ('4 uur/week'::text);
SELECT * FROM t;

-- rows that are alike are one
SELECT count(*), count(DISTINCT i) FROM unnest(ARRAY['02a16 4 uur/week [2026-01-01,2026-12-31]', '02A16 4..4 uur/week [2026-01-01,2027-01-01)']::indication[]) i;

-- by name
SELECT tariff(amount => 61.20, unit => 'uur'), tariff_per(tariff '61.20/uur', unit => 'minuut'),
	indication(product => '02A16', volume => volume '4 uur/week', period => '[2026-01-01,2027-01-01)') AS with_volume,
	indication(product => '02', budget => 60000, period => '[2026-01-01,2027-01-01)') AS with_budget;
-- a minus sign makes a negative number only before digits
SELECT tariff '-1/uur';
SELECT tariff '-x/uur';
SELECT volume '-1 uur/week';
SELECT volume '-x uur/week';
SELECT indication '02 budget -1.00 euro [2026-01-01,2027-01-01)';
SELECT indication '02 budget -x euro [2026-01-01,2027-01-01)';
