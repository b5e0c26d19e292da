# Sourced by the benchmarks. Times a query, best of a few runs, and prints rows of a Markdown table.
#
#   bench_time "settings;" "query"        -> milliseconds of the best of BENCH_RUNS runs (default 3)
#   bench_row "label" FLOOR MILLISECONDS   -> one row: milliseconds and the multiple of the floor

bench_time() {
	local runs=${BENCH_RUNS:-3} script=""
	script="SET client_min_messages = warning; SET search_path = bench, zorgregio, public; $1"
	script+=$'\n\\o /dev/null\n\\timing on\n'
	for _ in $(seq "$runs"); do script+="$2;"$'\n'; done
	psql -XqAt -v ON_ERROR_STOP=1 <<<"$script" | awk '/^Time:/ {if (best == "" || $2 + 0 < best) best = $2 + 0} END {printf "%.1f", best}'
}

bench_row() {
	awk -v label="$1" -v floor="$2" -v ms="$3" 'BEGIN {printf "| %s | %.0f | %.1f |\n", label, ms, ms / floor}'
}
