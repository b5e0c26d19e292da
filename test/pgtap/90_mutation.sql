-- Hostile input: for every base type 100,000 mutations of valid text and 100,000 of valid wire values. Each gives a value
-- that prints and reads back the same, or an error with a proper SQLSTATE; never a crash, an internal error or a value
-- that its own input function refuses.
BEGIN;
SET search_path = zorgregio, public;

\ir ../seeds.sql

-- Outcomes that should not be, with the first input that gave each
CREATE FUNCTION pg_temp.unclean(type oid, seeds text[], is_binary boolean) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s x %s, first: %s', count, outcome, CASE WHEN is_binary THEN example::text ELSE encode(example, 'escape') END), E'\n')
	FROM probe.probe_mutations(type, seeds, 100000, 20260101, is_binary)
	WHERE outcome <> ALL (CASE WHEN is_binary
		THEN '{value,22P03,22P02,22003,22007,22008,22021,08P01,54000,54001}'::text[]
		ELSE '{value,22P02,22003,22007,22008,23P01,54000,54001}' END)
$$;

SELECT plan(greatest(1, 4 * count(*)::int)) FROM base_type;
CREATE TEMP TABLE seeded AS SELECT b.*, pg_temp.seeds(name) AS seeds FROM base_type b;
SELECT isnt(seeds, NULL, format('%s: this file has valid values to start from', name)) FROM seeded ORDER BY name;
SELECT is((SELECT string_agg(format('%s: %s', s, coalesce(probe.probe_input(oid, s), probe.probe_receive(oid, probe.probe_send(oid, s)))), E'\n')
	FROM unnest(seeds) s WHERE probe.probe_input(oid, s) IS NOT NULL OR probe.probe_receive(oid, probe.probe_send(oid, s)) IS NOT NULL),
	NULL, format('%s: valid values are stable', name)) FROM seeded ORDER BY name;
SELECT is(pg_temp.unclean(oid, seeds, false), NULL, format('%s: mutated text', name)) FROM seeded ORDER BY name;
SELECT is(pg_temp.unclean(oid, seeds, true), NULL, format('%s: mutated wire values', name)) FROM seeded ORDER BY name;
SELECT * FROM finish();
ROLLBACK;
