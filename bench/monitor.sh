#!/usr/bin/env bash
# The monitor of a region of a million allotments: a complete refresh beside reading the tables once, part by part; a refresh
# after a month of claims; and questions of a BI tool. All without the control signals, which judge every claim line and are
# measured by themselves, last. Processor time of the server process, serial plans. Run under scripts/scratch-server;
# argument: number of allotments (default 1000000).
set -euo pipefail
cd "$(dirname "$0")"
rows=${1:-1000000}
export PGDATABASE=bench_monitor
psql -Xq -d postgres -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS bench_monitor' -c 'CREATE DATABASE bench_monitor'
psql -Xq -v ON_ERROR_STOP=1 -v rows="$rows" -f monitor-data.sql
psql -Xq -c 'ALTER DATABASE bench_monitor SET search_path = bench_region, zorgregio, public' \
	-c 'ALTER DATABASE bench_monitor SET max_parallel_workers_per_gather = 0'

# milliseconds of processor time, and those on the clock
cpu() {
	psql -XqAt -v ON_ERROR_STOP=1 -c 'SET client_min_messages = log' -c 'SET log_statement_stats = on' -c "$1" 2>&1 >"${2:-/dev/null}" |
		awk '/ s user, / && !/total/ {for (i = 1; i < NF; i++) if ($(i + 1) ~ /^s$/ && $(i + 2) ~ /^(user|system|elapsed)/) t[substr($(i + 2), 1, 1)] = $i}
			END {printf "%.0f %.0f", (t["u"] + t["s"]) * 1000, t["e"] * 1000}'
}
best() { for _ in 1 2 3; do cpu "$1"; echo; done | sort -n | head -n 1; }
row() { awk -v what="$1" -v cpu="$2" -v clock="$3" -v base="$4" 'BEGIN {printf "| %s | %d | %d | %.2f |\n", what, cpu, clock, cpu / base}'; }

count=0
for t in allocations deliveries claims; do
	read -r c _ <<<"$(best "SELECT count(*) FROM $t")"
	count=$((count + c))
done
# The tables once, by COPY: processor time and clock.
reading() {
	local c e cpu=0 clock=0
	for t in allocations deliveries claims; do
		read -r c e <<<"$(cpu "COPY $t TO '/dev/null'")"
		cpu=$((cpu + c)) clock=$((clock + e))
	done
	echo "$cpu $clock"
}

parts=$(mktemp)
trap 'rm -f "$parts"' EXIT
# A refresh computes the parts that it finds a function for.
refresh="SELECT part, inserted, updated, deleted, milliseconds FROM refresh_monitor('bench_region', '2026-06-30'"
psql -Xq -v ON_ERROR_STOP=1 -c 'ALTER FUNCTION compute_control(date, date, date) RENAME TO control_for_later'
read -r first first_clock <<<"$(cpu "$refresh, true)" "$parts")"
# The machine is not equally fast all the time, so both are measured in turn.
read=0 read_clock=0 complete=0 complete_clock=0 rounds=4 ratios=()
for _ in $(seq $rounds); do
	read -r r clock <<<"$(reading)"
	read=$((read + r / rounds)) read_clock=$((read_clock + clock / rounds))
	read -r c clock <<<"$(cpu "$refresh, true)")"
	complete=$((complete + c / rounds)) complete_clock=$((complete_clock + clock / rounds))
	ratios+=("$(awk -v c="$c" -v r="$r" 'BEGIN {printf "%.2f", c / r}')")
done
printf '## Monitor, %s allotments, %s deliveries, %s claim lines\n\n| step | processor ms | clock ms | x reading once |\n|---|---:|---:|---:|\n' \
	"$rows" "$(psql -XAtc 'SELECT count(*) FROM deliveries')" "$(psql -XAtc 'SELECT count(*) FROM claims')"
row "reading the tables once: COPY TO /dev/null, mean of $rounds" $read $read_clock $read
row 'count(*) of the tables' $count $count $read
row 'first complete refresh, without control signals' "$first" "$first_clock" $read
row "complete refresh without control signals, nothing changed, mean of $rounds, each beside a reading (${ratios[*]})" $complete $complete_clock $read
read -r c clock <<<"$(cpu "$refresh)")"
row 'refresh, nothing changed' "$c" "$clock" $read
psql -Xq -v ON_ERROR_STOP=1 <<'SQL'
SET client_min_messages = warning;
INSERT INTO deliveries (number, started) SELECT number, date '2026-06-01' + (number % 25)::int FROM allocations a
WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.number = a.number) AND period(indication) @> date '2026-06-01' LIMIT 500;
UPDATE deliveries SET ended = '2026-06-28', stop_reason = '19' WHERE (number, started) IN (SELECT number, started FROM deliveries WHERE ended IS NULL AND started < '2026-06-01' ORDER BY number LIMIT 500);
INSERT INTO claims (number, product_period, volume, tariff, amount) SELECT number, '[2026-06-01,2026-07-01)', volume(40, 40, '04', NULL), '61.20/uur', 2448 FROM deliveries WHERE ended IS NULL LIMIT 50000;
SQL
read -r c clock <<<"$(cpu "$refresh)")"
row 'refresh after a month of claims, 500 starts and 500 ends' "$c" "$clock" $read

printf '\n### First complete refresh without control signals by part, clock\n\n| part | rows | ms |\n|---|---:|---:|\n'
sort -t '|' -k5,5 -rn "$parts" | awk -F '|' '{printf "| %s | %d | %d |\n", $1, $2, $5}'

printf '\n### Questions of a BI tool, best of three\n\n| question | ms |\n|---|---:|\n'
ask() {
	local t
	t=$(for _ in 1 2 3; do psql -XqAt -c '\timing on' -c '\o /dev/null' -c "$2" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'; done | sort -n | head -n 1)
	printf '| %s | %.1f |\n' "$1" "$t"
}
ask 'clients by month and product group of a municipality' "SELECT period_from, product_group, persons FROM monitor_clients WHERE level = 'municipality by product group' AND municipality = '0200' AND period_kind = 'month' ORDER BY 1, 2"
ask 'clients of the last year, all levels' "SELECT * FROM monitor_clients WHERE period_from >= '2025-07-01'"
ask 'in- and outflow of all municipalities by year' "SELECT municipality_name, period_from, stock_begin, inflow, outflow, stock_end FROM monitor_flow WHERE level = 'municipality' AND period_kind = 'year'"
ask 'ten most frequent transfers of a year' "SELECT from_product_name, to_product_name, clients FROM monitor_transitions WHERE level = 'region' AND kind = 'transfer' AND period_from = '2025-01-01' ORDER BY clients DESC LIMIT 10"
ask 'waiting times of a year' "SELECT municipality_name, product_group, median_days, p80_days, share_within_norm FROM monitor_waiting WHERE period_from = '2025-01-01'"
ask 'spending against budget' "SELECT * FROM monitor_budget WHERE period_from = '2026-01-01'"
ask 'providers of a municipality' "SELECT provider_name, persons, claimed FROM monitor_providers WHERE municipality = '0200' AND period_from = '2025-01-01' ORDER BY claimed DESC NULLS LAST LIMIT 20"
ask 'signals' "SELECT provider_name, product_group, counted, norm FROM monitor_outflow WHERE verdict = 'not met'"

read -r c clock <<<"$(cpu "SELECT count(*) FROM control_for_later('2022-01-01', '2027-01-01', '2026-06-30')")"
printf '\n### Control signals of five years\n\n| step | processor ms | clock ms | x reading once |\n|---|---:|---:|---:|\n'
row 'computing them' "$c" "$clock" $read
