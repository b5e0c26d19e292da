-- Other ways of paying: totals add up, months follow the rules, ceilings signal when they are reached.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(40);

-- lump sums
SELECT is((SELECT array_agg(amount ORDER BY month) FROM lump_sum_by_month(120000, '[2026-01-01,2027-01-01)')), array_fill(10000.00, '{12}'), 'full months are equal');
SELECT is((SELECT array_agg(amount ORDER BY month) FROM lump_sum_by_month(100, '[2026-01-01,2026-04-01)')), '{33.33,33.34,33.33}', 'cents add up');
SELECT is((SELECT array_agg(amount ORDER BY month) FROM lump_sum_by_month(1500, '[2026-04-16,2026-06-01)')), '{500.00,1000.00}', 'half a month by its days');
SELECT is((SELECT array_agg(month ORDER BY month) FROM lump_sum_by_month(100, '[2026-01-15,2026-03-01)')), '{2026-01-01,2026-02-01}', 'first days of months');
SELECT setseed(0.46);
CREATE TEMP TABLE sums AS SELECT round((random() * 1000000)::numeric, 2) AS total, daterange(d, d + 1 + trunc(random() * 900)::int) AS valid
	FROM (SELECT date '2024-01-01' + trunc(random() * 900)::int AS d FROM generate_series(1, 500)) t;
SELECT is_empty($$SELECT * FROM sums WHERE total <> (SELECT sum(amount) FROM lump_sum_by_month(total, valid))$$, 'months add up to the total');
SELECT is_empty($$SELECT * FROM sums WHERE total <> (SELECT coalesce(sum(amount), 0) FROM generate_series(2023, 2030) y,
	lump_sum_by_month(total, valid, daterange(make_date(y, 3, 17), make_date(y + 1, 3, 17))))$$, 'and so do ranges within');
SELECT is_empty($$SELECT * FROM lump_sum_by_month(100, '[2026-01-01,2026-02-01)', '[2027-01-01,2028-01-01)')$$, 'nothing outside');
SELECT throws_ok($$SELECT * FROM lump_sum_by_month(100, '[2026-01-01,)')$$, '22023');
SELECT throws_ok($$SELECT * FROM lump_sum_by_month(100, 'empty')$$, '22023', 'lump sum over an empty period');
SELECT throws_ok($$SELECT * FROM lump_sum_by_month(-1, '[2026-01-01,2026-02-01)')$$, '22003');
SELECT throws_ok($$SELECT * FROM lump_sum_by_month(0.001, '[2026-01-01,2026-02-01)')$$, '22003');
SELECT throws_ok($$SELECT * FROM lump_sum_by_month(1, '[1900-01-01,2026-02-01)')$$, '54000');

-- trajectories
SELECT is((SELECT array_agg((month, quantity, amount)::text ORDER BY month) FROM trajectory_by_month(4321.55, '{70,30}', '{2026-02-20,2026-09-01}')),
	'{"(2026-02-01,70,3025.09)","(2026-09-01,30,1296.46)"}', '70 and 30 percent');
SELECT is((SELECT array_agg(amount ORDER BY month) FROM trajectory_by_month(4321.55, '{70,30}', '{2026-02-20,NULL}')), '{3025.09}', 'a milestone that is not reached');
SELECT is((SELECT array_agg((month, quantity, amount)::text ORDER BY month) FROM trajectory_by_month(100, '{33.3,33.3,33.4}', '{2026-03-01,2026-02-01,2026-03-31}')),
	'{"(2026-02-01,33.3,33.30)","(2026-03-01,66.7,66.70)"}', 'by month, in order of time');
SELECT is_empty($$SELECT total FROM sums WHERE total <> (SELECT sum(amount) FROM trajectory_by_month(total, '{33.33,33.33,33.34}', '{2026-01-01,2026-02-01,2026-03-01}'))$$, 'shares add up to the total');
SELECT throws_ok($$SELECT * FROM trajectory_by_month(1, '{70,20}', '{2026-01-01,2026-01-01}')$$, '22023', 'shares of a trajectory do not add up to 100');
SELECT throws_ok($$SELECT * FROM trajectory_by_month(1, '{70,40}', '{2026-01-01,2026-01-01}')$$, '22023');
SELECT throws_ok($$SELECT * FROM trajectory_by_month(1, '{70,30}', '{2026-01-01}')$$, '22023', 'shares and milestone dates do not match');
SELECT throws_ok($$SELECT * FROM trajectory_by_month(1, '{100,NULL}', '{2026-01-01,NULL}')$$, '22004', 'share 2 of the trajectory is NULL');
SELECT throws_ok($$SELECT * FROM trajectory_by_month(1, '{{70,30}}', '{2026-01-01,NULL}')$$, '2202E');

-- measures
SELECT is((SELECT array_agg(amount ORDER BY month) FROM measure_by_month(900.50, '[2026-01-15,2026-04-10)')), '{0.00,900.50,900.50,900.50}', 'first broken month not, last broken month in full');
SELECT is((SELECT sum(amount) FROM measure_by_month(900.50, '[2026-01-01,2026-03-01)')), 1801.00, 'whole months');
SELECT is((SELECT sum(amount) FROM measure_by_month(900.50, '[2026-01-02,2026-01-31)')), 0.00, 'inside one month: nothing');
SELECT is((SELECT sum(amount) FROM measure_by_month(900.50, '[2026-01-01,2026-01-02)')), 900.50, 'from the first day of the month: in full');
SELECT is((SELECT sum(quantity) FROM measure_by_month(900.50, '[2025-06-10,)', '[2026-01-01,2027-01-01)')), 12::numeric, 'without an end, within a year');
SELECT is_empty($$SELECT * FROM sums WHERE (SELECT sum(amount) FROM measure_by_month(1, valid)) <> (SELECT coalesce(sum(amount), 0) FROM generate_series(2023, 2030) y,
	measure_by_month(1, valid, daterange(make_date(y, 3, 17), make_date(y + 1, 3, 17))))$$, 'no month is paid twice');
SELECT throws_ok($$SELECT * FROM measure_by_month(1, '[2026-01-01,)')$$, '22023');

-- availability
SELECT is((SELECT array_agg((quantity, amount)::text ORDER BY month) FROM availability_by_month(4, 255.47, '[2026-01-30,2026-02-03)')), '{"(8,2043.76)","(8,2043.76)"}', 'places times days');
SELECT is_empty($$SELECT * FROM sums WHERE (SELECT sum(amount) FROM availability_by_month(7, 0.333333, valid)) <> round(7 * 0.333333 * (upper(valid) - lower(valid)), 2)$$, 'rounded once');
SELECT throws_ok($$SELECT * FROM availability_by_month(-1, 1, '[2026-01-30,2026-02-03)')$$, '22023', 'number of places is negative: -1');

-- ceilings
SELECT is(budget_ceiling(69999.99, 100000)::text, '(69.99,f,30000.01,0.00,69999.99)', 'just below the signal');
SELECT is(budget_ceiling(70000, 100000)::text, '(70.00,t,30000.00,0.00,70000.00)', 'the signal at 70 percent');
SELECT is(budget_ceiling(100000, 100000)::text, '(100.00,t,0.00,0.00,100000.00)', 'at the ceiling');
SELECT is(budget_ceiling(120000, 100000)::text, '(120.00,t,0.00,20000.00,100000.00)', 'above it nothing is paid');
SELECT is(budget_ceiling(120000.01, 100000, 80, 50)::text, '(120.00,t,0.00,20000.01,110000.01)', 'or an agreed part');
SELECT throws_ok($$SELECT budget_ceiling(1, 0)$$, '22023', 'budget ceiling must be above zero');
SELECT is((SELECT array_agg((month, quantity, amount)::text ORDER BY month) FROM ceiling_by_month('2026-01-15', '{400,NULL,300,400,100}', 1000, 70, 50)),
	'{"(2026-01-01,40.00,400.00)","(2026-02-01,40.00,0.00)","(2026-03-01,70.00,300.00)","(2026-04-01,110.00,350.00)","(2026-05-01,120.00,50.00)"}', 'by month');
SELECT is((SELECT sum(amount) FROM ceiling_by_month('2026-01-01', '{333.33,333.33,333.33,333.33}', 1000, 70, 33.33)),
	(SELECT payable FROM budget_ceiling(1333.32, 1000, 70, 33.33)), 'months add up to what is payable');
SELECT is((SELECT count(*) FROM (SELECT * FROM lump_sum_by_month(1, '[2026-01-01,2026-02-01)') UNION ALL SELECT * FROM measure_by_month(1, '[2026-01-01,2026-02-01)')
	UNION ALL SELECT * FROM cost_by_month('02A16 1 uur/dag [2026-01-01,2026-02-01)', '{02A16 [2026-01-01,) 1.00/uur}', '[2026-01-01,2026-02-01)')) u), 3::bigint, 'the same shape as cost_by_month');
SELECT * FROM finish();
ROLLBACK;
