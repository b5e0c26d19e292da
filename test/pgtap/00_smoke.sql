BEGIN;
SELECT plan(1);
SELECT isnt(probe.probe_input('integer', 'x'), NULL, 'test functions work');
ROLLBACK;
