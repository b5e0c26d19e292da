#!/usr/bin/env bash
# Client counts on care periods beside plain SQL and a plain scan on the same rows.
#   bench/history.sh [ROWS...]     under scripts/scratch-server
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
[ $# -gt 0 ] || set -- 1000000 10000000

base="SET work_mem = '1GB'; SET hash_mem_multiplier = 4; SET max_parallel_workers_per_gather = 0;"
two_years="daterange('2024-01-01', '2026-01-01')"

unique="provider, product, municipality, year"
typical_unique="SELECT $unique, count(DISTINCT client) FROM care GROUP BY $unique"
best_unique="SELECT $unique, count(*) FROM (SELECT DISTINCT $unique, client FROM care) d GROUP BY $unique"
ours_unique="SELECT $unique, unique_clients(client) FROM care GROUP BY $unique"

# Twelve months up to the end of each month. Typical: a join per window. Best: the windows a client is in as one
# multirange of month numbers, since January 2024, and the changes of the count summed up.
months() { echo "(SELECT k, (date '2024-01-01' + k * interval '1 month')::date AS month, (date '2024-02-01' + k * interval '1 month')::date AS until FROM generate_series($1) k) m"; }
month_number() { echo "(extract(year FROM $1) * 12 + extract(month FROM $1) - 24289)::int"; }
# changes KEYS FIRST NEXT
changes() {
	echo "SELECT $1, c.k, sum(c.d) AS d FROM (
		SELECT $1, client, unnest(range_agg(int4range(greatest($2, $(month_number 'lower(period)')), least($3, $(month_number '(upper(period) - 1)') + 12)))) AS w
		FROM care WHERE lower(period) < (date '2024-01-01' + $3 * interval '1 month')::date AND upper(period) > (date '2023-02-01' + $2 * interval '1 month')::date GROUP BY $1, client
	) a, LATERAL (VALUES (lower(w), 1), (upper(w), -1)) c(k, d) WHERE c.k < $3 GROUP BY $1, c.k"
}
typical_rolling="SELECT municipality, month, count(DISTINCT client) FROM care JOIN $(months '0, 23') ON period && daterange((until - interval '12 months')::date, until) GROUP BY 1, 2"
best_rolling="SELECT municipality, month, sum(d) OVER (PARTITION BY municipality ORDER BY k) FROM ($(changes municipality 0 24)) x JOIN $(months '0, 23') USING (k)"
ours_rolling="SELECT municipality, lower(f.period) AS month, f.clients_12m FROM (SELECT municipality, care_history_agg(client, period) h FROM care GROUP BY 1) g, LATERAL flows(h, $two_years) f"

# Months in which somebody came or went. Best: range_agg with the gap added; typical: running maximum over sorted periods.
flow_counts="SELECT municipality, product_group, m::date AS month, sum(i) AS inflow, sum(o) AS outflow FROM e, LATERAL (VALUES (date_trunc('month', s::timestamp), 1, 0), (date_trunc('month', e::timestamp), 0, 1)) v(m, i, o) WHERE m >= '2024-01-01' AND m < '2026-01-01' GROUP BY 1, 2, 3 HAVING sum(i) + sum(o) > 0"
best_flow="WITH e AS (SELECT municipality, product_group, lower(x) s, upper(x) - 31 e FROM (SELECT municipality, product_group, client, unnest(range_agg(daterange(lower(period), upper(period) + 30))) x FROM care GROUP BY 1, 2, 3) a) $flow_counts"
typical_flow="WITH p AS (SELECT municipality, product_group, client, lower(period) s, upper(period) e FROM care),
	m AS (SELECT *, max(e) OVER w before, lead(s) OVER (PARTITION BY municipality, product_group, client ORDER BY s) after FROM p WINDOW w AS (PARTITION BY municipality, product_group, client ORDER BY s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
	v AS (SELECT municipality, product_group, s AS d, 1 i, 0 o FROM m WHERE before IS NULL OR s - before > 30 UNION ALL SELECT municipality, product_group, greatest(e, before) - 1, 0, 1 FROM m WHERE after IS NULL OR after - greatest(e, before) > 30)
	SELECT municipality, product_group, date_trunc('month', d::timestamp)::date AS month, sum(i) AS inflow, sum(o) AS outflow FROM v WHERE d >= '2024-01-01' AND d < '2026-01-01' GROUP BY 1, 2, 3"
ours_flow="SELECT municipality, product_group, lower(f.period) AS month, f.inflow, f.outflow FROM (SELECT municipality, product_group, care_history_agg(client, period) h FROM care GROUP BY 1, 2) g, LATERAL flows(h, $two_years, gap => 30) f WHERE f.inflow + f.outflow > 0"

# Who had fewer clients than a norm in the 12 months up to the end of each month of 2025, none included. The norm grows with
# the rows: ten for a million.
place="provider, municipality, product_group"
typical_outflow="SELECT p.*, month, count(DISTINCT client) FROM (SELECT DISTINCT $place FROM care) p CROSS JOIN $(months '12, 23')
	LEFT JOIN care c ON (c.provider, c.municipality, c.product_group) = (p.provider, p.municipality, p.product_group) AND period && daterange((until - interval '12 months')::date, until)
	GROUP BY p.provider, p.municipality, p.product_group, month HAVING count(DISTINCT client) < NORM"
best_outflow="SELECT $place, month, n FROM (
	SELECT $place, month, coalesce(sum(d) OVER (PARTITION BY $place ORDER BY k), 0) AS n FROM (SELECT DISTINCT $place FROM care) p CROSS JOIN $(months '12, 23') LEFT JOIN ($(changes "$place" 12 24)) x USING ($place, k)
) y WHERE n < NORM"
ours_outflow="SELECT $place, lower(f.period) AS month, f.clients_12m FROM (SELECT $place, care_history_agg(client, period) h FROM care GROUP BY $place) g, LATERAL flows(h, daterange('2025-01-01', '2026-01-01')) f WHERE f.clients_12m < NORM"
ours_transitions="SELECT municipality, t.* FROM (SELECT municipality, care_history_agg(client, product, period) h FROM care GROUP BY 1) g, LATERAL transitions(h, daterange('2025-01-01', '2026-01-01'), 30) t"

# the same answer, or no race
check_same() {
	local differ
	differ=$(psql -XqAt -v ON_ERROR_STOP=1 -c 'SET search_path = bench, zorgregio, public' -c "$serial" -c "CREATE TEMP TABLE a AS ${2//NORM/$norm}" -c "CREATE TEMP TABLE b AS ${3//NORM/$norm}" \
		-c 'SELECT (SELECT count(*) FROM (TABLE a EXCEPT ALL TABLE b) x) + (SELECT count(*) FROM (TABLE b EXCEPT ALL TABLE a) x) + (NOT EXISTS (TABLE a))::int')
	[ "$differ" = 0 ] || { echo "history.sh: $1: $differ rows differ" >&2; exit 1; }
}

# One process, one statement: the most memory it had, less what it had before.
peak_memory() {
	psql -XqAt -v ON_ERROR_STOP=1 -c 'SET search_path = bench, zorgregio, public' -c "$serial" -c "SELECT count(*) FROM care" \
		-c "CREATE TEMP TABLE was AS SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'RssAnon:\s+(\d+)')::bigint AS kb" \
		-c "SELECT sum(clients(h, $two_years)), count(*) FROM (SELECT $place, care_history_agg(client, period) h FROM care GROUP BY $place) g" \
		-c "SELECT substring(s FROM 'VmHWM:\s+(\d+)')::bigint - substring(s FROM 'RssShmem:\s+(\d+)')::bigint - kb FROM pg_read_file('/proc/' || pg_backend_pid() || '/status') s, was" |
		sed -n '2s/.*|//p; 3p' | paste -s -d ' '
}

for rows; do
	norm=$((rows / 100000))
	# what compiling costs is won back at ten million
	[ "$rows" -lt 10000000 ] && jit=off || jit=on
	serial="SET jit = $jit; ${base}" parallel="SET jit = $jit; ${base/workers_per_gather = 0/workers_per_gather = 2} SET parallel_setup_cost = 0; SET min_parallel_table_scan_size = 0;"
	psql -Xq -v ON_ERROR_STOP=1 -v rows="$rows" -f history-data.sql
	check_same 'unique clients' "$ours_unique" "$best_unique"
	check_same 'rolling 12 months' "$ours_rolling" "$best_rolling"
	check_same 'monthly flow' "$ours_flow" "$best_flow"
	check_same 'outflow' "$ours_outflow" "$best_outflow"
	if [ "$rows" -le 1000000 ]; then
		check_same 'rolling 12 months, typical' "$ours_rolling" "$typical_rolling"
		check_same 'monthly flow, typical' "$ours_flow" "$typical_flow"
		check_same 'outflow, typical' "$ours_outflow" "$typical_outflow"
	fi
	for mode in serial parallel; do
		set=${!mode}
		printf '\n### Histories, %s periods, %s\n\n| query | ms | x count(*) |\n|---|---:|---:|\n' "$rows" "$mode"
		jobs=(unique rolling flow outflow)
		what=("unique clients per $unique" 'rolling 12 months for 24 months, per municipality' 'monthly flow per municipality and product group, gap 30'
			"clients of 12 months below a norm, each month of a year, per $place")
		mapfile -t turns < <(bench_turns "$set" 5 'SELECT count(*) FROM care' "SELECT $unique, count(*) FROM care GROUP BY $unique" "$ours_transitions" \
			"$ours_unique" "$ours_rolling" "$ours_flow" "${ours_outflow//NORM/$norm}")
		count=${turns[0]% *}
		row() { printf '| %s | %s | %s |\n' "$1" ${turns[$2]}; }
		row 'floor: count(*)' 0
		row "floor: GROUP BY $unique, count(*)" 1
		for job in 0 1 2 3; do
			row "${what[job]}: zorgregio" $((job + 3))
			for peer in best typical; do
				[ "$peer" = best ] || { [ "$rows" -le 1000000 ] && [ "$mode" = serial ]; } || continue
				query=${peer}_${jobs[job]}
				bench_row "${what[job]}: $peer SQL" "$count" "$(BENCH_RUNS=1 bench_time "$set" "${!query//NORM/$norm}")"
			done
		done
		row 'transitions between products over a year, gap 30, per municipality: zorgregio' 2
	done
	read -r groups kb <<<"$(peak_memory)"
	awk -v n="$rows" -v g="$groups" -v kb="$kb" 'BEGIN {printf "\nMemory of one process for the histories of %d periods in %d groups: %.0f MB, %.1f bytes a period\n", n, g, kb / 1024, kb * 1024 / n}'
done
