-- Rules against dossiers: 300 providers x 8 municipalities x 40 products x 10 rules = 960,000 checks.
-- psql variables: bytes, the size of a dossier. Every query counts the checks that are met; all must agree.
\set ON_ERROR_STOP on
SET search_path = zorgregio, public;
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;
DROP TABLE IF EXISTS bench_provider, bench_rule, bench_cell, bench_scope;

-- A dossier has the 12 facts that rules ask for, and padding: other facts with texts that do not compress away.
CREATE TABLE bench_provider AS
SELECT p AS provider, (SELECT jsonb_object_agg('fact_' || f, CASE f % 3 WHEN 0 THEN to_jsonb((p * 7 + f * 13) % 100 + 0.5) WHEN 1 THEN to_jsonb((p + f) % 2 = 0)
		ELSE to_jsonb((ARRAY['a', 'b', 'c'])[1 + (p + f) % 3]) END) FROM generate_series(1, 12) f)
	|| (SELECT jsonb_object_agg('note_' || n, md5((p * 1000 + n)::text)) FROM generate_series(1, greatest(2, (:bytes - 200) / 47)) n) AS facts
FROM generate_series(1, 300) p;

-- The same rule in every language: number, truth value or text; some with a condition.
CREATE TABLE bench_rule AS
SELECT m, pr, r, f, f % 3 AS kind, (m * 31 + pr * 17 + r * 7) % 100 AS n, (ARRAY['a', 'b', 'c'])[1 + (m + pr) % 3] AS t
FROM generate_series(1, 8) m, generate_series(1, 40) pr, generate_series(1, 10) r, LATERAL (SELECT 1 + (m + pr + r) % 12 AS f) x;
ALTER TABLE bench_rule ADD requirement threshold, ADD path jsonpath;
UPDATE bench_rule SET requirement = format('fact_%s %s', f, CASE kind WHEN 0 THEN '<= ' || n WHEN 1 THEN '= true' ELSE '= "' || t || '"' END)::threshold,
	path = format('$.fact_%s %s', f, CASE kind WHEN 0 THEN '<= ' || n WHEN 1 THEN '== true' ELSE '== "' || t || '"' END)::jsonpath;
CREATE TABLE bench_scope AS
SELECT m, pr, array_agg(requirement ORDER BY r) AS rules FROM bench_rule GROUP BY 1, 2;
VACUUM ANALYZE bench_provider, bench_rule, bench_scope;
SELECT format('%s providers, %s rules, dossiers of %s bytes (%s stored)', count(*), (SELECT count(*) FROM bench_rule),
	round(avg(length(facts::text))), round(avg(pg_column_size(facts)))) AS data FROM bench_provider;
