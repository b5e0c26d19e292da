-- Errors of rounding, indexation, cost price, groups and other financing: what was found, what to write.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
SET search_path = zorgregio, public;

SELECT round_to(1, -0.01);
SELECT round_to('NaN'::numeric, 1);
SELECT round_to('1.00/uur'::tariff, 0.0000003);

SELECT index_rate(120, 4.94, 2.51, 4.74, 6.36, 4.87, 7.02, 'ratio');
SELECT index_rate(90, 4.94, 2.51, -100, 6.36, 4.87, 7.02, 'ratio');
SELECT indexed('{02A16 [2026-01-01,) 61.20/uur}', -100, '2027-01-01');
SELECT indexed('{02A16 [2026-01-01,) 99999999.00/uur}', 5, '2027-01-01');
SELECT derive_group('{02A16 [2026-01-01,) 61.20/uur}', 'zzp', 'pgb', 75);
SELECT derive_group('{02A16 [2026-01-01,) 61.20/uur}', NULL, '', 75);
SELECT derive_group('{02A16 [2026-01-01,) 61.20/uur; 02A16@pgb [2026-06-01,) 50.00/uur}', NULL, 'pgb', 75);
SELECT derive_group('{02A16 [2026-01-01,) 61.20/uur}', NULL, 'pgb', -75);

SELECT '{"wage": start 2500; "charges": add_percentage 32}'::cost_build_up;
SELECT '{"wage": start 2500; "charges": add_percentage 32 of "gross"; "gross": add 1}'::cost_build_up;
SELECT '{"wage": start 2500; "hour": divide 0}'::cost_build_up;
SELECT '{"wage": start 2500; "hour": divide -1720}'::cost_build_up;
SELECT '{"wage": start 2500; "hour": productivity 120 of "wage"}'::cost_build_up;
SELECT '{"wage": start 2500; "hour": add_share 100 of "wage"}'::cost_build_up;
SELECT '{"wage": add 2500}'::cost_build_up;
SELECT '{"wage" [g]: start 2500}'::cost_build_up;
SELECT '{"wage": begin 2500}'::cost_build_up;
SELECT '{"wage": start 2,500}'::cost_build_up;
SELECT 'wage'::cost_build_up;
SELECT cost_price('wage', 'x', 'start', 1);
SELECT cost_price('wage', NULL, 'start', NULL);

SELECT * FROM lump_sum_by_month(-1, '[2026-01-01,2027-01-01)');
SELECT * FROM lump_sum_by_month(1, '[2026-01-01,)');
SELECT * FROM trajectory_by_month(100, '{70,40}', '{2026-01-01,NULL}');
SELECT * FROM trajectory_by_month(100, '{70,30}', '{2026-01-01}');
SELECT budget_ceiling(1, 0);
SELECT own_contribution_by_income(1, 1, 1, 10, 0);
