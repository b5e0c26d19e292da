#!/usr/bin/env bash
# Rules against dossiers, with the same rules in plain SQL beside them. Prints a Markdown table of ratios to the plain
# cross join of providers and rules. Run it as: scripts/scratch-server bench/threshold.sh
# Each query runs three times and the fastest counts; slow peers take a sample of the providers and are scaled up.
set -euo pipefail
cd "$(dirname "$0")/.."

q() { psql -XqAt -v ON_ERROR_STOP=1 -c 'SET search_path = zorgregio, public' -c 'SET max_parallel_workers_per_gather = 0' "$@"; }

# Milliseconds of processor time of the fastest of N runs of a query, times a factor. Processor time, because other
# work on the machine would otherwise count as ours.
best() {
	local runs=$1 factor=$2 sql=$3
	for _ in $(seq "$runs"); do
		q -c 'SET log_statement_stats = on' -c 'SET client_min_messages = log' -c "$sql" 2>&1 >/dev/null |
			awk '/ s user,/ && !/total/ { t = ($2 + $5) * 1000 } END { print t }'
	done | sort -n | awk -v f="$factor" 'NR == 1 { printf "%.1f", $1 * f }'
}

q -c 'CREATE EXTENSION IF NOT EXISTS zorgregio' 2>/dev/null
q -f - <<'SQL'
CREATE OR REPLACE FUNCTION public.bench_check(kind int, f int, n int, t text, facts jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	j jsonb := facts -> ('fact_' || f);
BEGIN
	IF j IS NULL OR jsonb_typeof(j) = 'null' THEN RETURN NULL; END IF;
	RETURN CASE kind WHEN 0 THEN j::numeric <= n WHEN 1 THEN j::boolean ELSE j #>> '{}' = t END;
END $$;
SQL

columns=$(for f in $(seq 12); do printf "%s(facts->>'fact_%s')::%s AS fact_%s" "$([ "$f" = 1 ] || echo ', ')" "$f" "$(case $((f % 3)) in 0) echo numeric;; 1) echo boolean;; *) echo text;; esac)" "$f"; done)
case_columns=$(for f in $(seq 12); do printf ' WHEN %s THEN %s' "$f" "$(case $((f % 3)) in 0) echo "fact_$f <= n";; 1) echo "fact_$f";; *) echo "fact_$f = t";; esac)"; done)
cross='bench_provider p CROSS JOIN bench_rule r'

for bytes in 300 6000; do
	psql -Xq -v bytes=$bytes -f bench/threshold.sql >/dev/null
	floor=$(best 5 1 "SELECT count(*) FROM $cross")
	expected=$(q -c "SELECT count(*) FROM $cross WHERE public.bench_check(kind, f, n, t, facts)")
	printf '\n%s\n\n| 960,000 checks, dossiers of %s bytes | ms of CPU | x plain cross join |\n|---|---:|---:|\n' \
		"$(q -c "SELECT format('%s bytes of text on average, %s stored', round(avg(length(facts::text))), round(avg(pg_column_size(facts)))) FROM bench_provider")" "$bytes"
	printf '| plain cross join, count(*) | %s | 1.0 |\n' "$floor"
	row() {
		local name=$1 runs=$2 sample=$3 sql=$4 got ms
		if [ "$sample" = 1 ]; then
			got=$(q -c "$sql")
			[ "$got" = "$expected" ] || { echo "bench: $name counts $got, not $expected" >&2; exit 1; }
		fi
		ms=$(best "$runs" "$sample" "$sql")
		printf '| %s%s | %s | %s |\n' "$name" "$([ "$sample" = 1 ] || echo " (one in $sample)")" "$ms" "$(awk -v a="$ms" -v b="$floor" 'BEGIN { printf "%.1f", a / b }')"
	}
	all="bench_provider p CROSS JOIN (SELECT array_agg(requirement) AS rules FROM bench_rule OFFSET 0) r"
	row 'check_thresholds, all rules per provider, counted in the array' 3 1 \
		"SELECT sum(cardinality(array_positions(check_thresholds(rules, facts), 'met'))) FROM $all"
	row 'check_thresholds, all rules per provider, a row per verdict' 3 1 \
		"SELECT count(*) FROM (SELECT unnest(check_thresholds(rules, facts)) AS v FROM $all) x WHERE v = 'met'"
	row 'check_thresholds, per provider, municipality and product' 3 1 \
		"SELECT sum(cardinality(array_positions(check_thresholds(rules, facts), 'met'))) FROM bench_provider p CROSS JOIN bench_scope s"
	row 'check_threshold, row by row' 3 1 "SELECT count(*) FROM $cross WHERE check_threshold(requirement, facts) = 'met'"
	row 'SQL, every fact extracted once into a column' 3 1 \
		"WITH wide AS MATERIALIZED (SELECT provider, $columns FROM bench_provider) SELECT count(*) FROM wide CROSS JOIN bench_rule WHERE CASE f $case_columns END"
	row 'SQL, CASE with ->>' 1 10 \
		"SELECT count(*) FROM $cross WHERE provider % 10 = 0 AND CASE kind WHEN 0 THEN (facts->>('fact_' || f))::numeric <= n WHEN 1 THEN (facts->>('fact_' || f))::boolean ELSE facts->>('fact_' || f) = t END"
	row 'jsonpath' 1 10 "SELECT count(*) FROM $cross WHERE provider % 10 = 0 AND jsonb_path_match(facts, path)"
	row 'plpgsql' 1 10 "SELECT count(*) FROM $cross WHERE provider % 10 = 0 AND public.bench_check(kind, f, n, t, facts)"
done
q -c 'DROP TABLE bench_provider, bench_rule, bench_scope' -c 'DROP FUNCTION public.bench_check'
