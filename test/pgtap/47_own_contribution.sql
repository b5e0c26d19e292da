-- Own contributions: dated amounts, households, income.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(20);
SELECT is(own_contribution(d), a, d::text) FROM (VALUES (date '2020-01-01', 19.00), ('2023-12-31', 19.00), ('2024-01-01', 20.60), ('2025-07-01', 21.00), ('2026-12-31', 21.80), ('2019-12-31', NULL)) v(d, a);
SELECT is(own_contribution('2026-01-01', 2, true), 21.80, 'a household of pension age');
SELECT is(own_contribution('2026-01-01', 2, false), 0.00, 'a household with a member below pension age');
SELECT is(own_contribution('2026-01-01', 1, false), 21.80, 'a single person of any age');
SELECT is(own_contribution('2026-01-01', exempt => true), 0.00, 'exempt');
SELECT is(own_contribution('2026-01-01', provision_cost => 15.50), 15.50, 'never more than the provision costs');
SELECT is(own_contribution(NULL), NULL, 'NULL');
SELECT is(own_contribution_2015(30000, 22331, 19.40), 107.89, '2015: 15 percent above the threshold, in 13 periods');
SELECT is(own_contribution_2015(20000, 22331, 19.40), 19.40, '2015: below the threshold');
SELECT is(own_contribution_bill(v, 24500), a, 'bill: ' || v) FROM (VALUES (20000, 23.60), (24512, 23.70), (61100, 328.00)) t(v, a);
SELECT is(own_contribution_by_income(100000, 0, 0, 100, 7, NULL, 1, 'up'), 14286::numeric, 'no maximum, other rounding');
SELECT throws_ok($$SELECT own_contribution_by_income(1, -1, 0, 10, 12)$$, '22023', 'income threshold is negative');
SELECT throws_ok($$SELECT own_contribution_by_income(1, 1, 0, 10, 0)$$, '22023', 'number of periods in a year out of range: 0');
SELECT * FROM finish();
ROLLBACK;
