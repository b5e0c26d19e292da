# Sourced by the benchmarks. Times a query, best of a few runs, and prints rows of a Markdown table.
#
#   bench_time "settings;" "query"        -> milliseconds of the best of BENCH_RUNS runs (default 3)
#   bench_turns "settings;" ROUNDS "query"... -> a line per query: milliseconds, and the multiple of the first query. All queries
#                                             in turn, since no machine is equally fast all the time: the medians of the rounds,
#                                             where a multiple is one of the first query in the same round
#   bench_row "label" FLOOR MILLISECONDS   -> one row: milliseconds and the multiple of the floor

bench_time() {
	local runs=${BENCH_RUNS:-3} script=""
	script="SET client_min_messages = warning; SET search_path = bench, zorgregio, public; $1"
	script+=$'\n\\o /dev/null\n\\timing on\n'
	for _ in $(seq "$runs"); do script+="$2;"$'\n'; done
	psql -XqAt -v ON_ERROR_STOP=1 <<<"$script" | awk '/^Time:/ {if (best == "" || $2 + 0 < best) best = $2 + 0} END {printf "%.1f", best}'
}

bench_turns() {
	local settings=$1 rounds=$2 script
	shift 2
	script="SET client_min_messages = warning; SET search_path = bench, zorgregio, public; $settings"
	script+=$'\n\\o /dev/null\n\\timing on\n'
	for _ in $(seq "$rounds"); do script+=$(printf '%s;\n' "$@")$'\n'; done
	psql -XqAt -v ON_ERROR_STOP=1 <<<"$script" | awk -v n=$# '
		/^Time:/ {i = c % n; r = int(c / n); c++; if (i == 0) floor = $2; ms[i, r] = $2; multiple[i, r] = $2 / floor}
		function median(of, i, rounds,   a, r, s, x) {
			for (r = 0; r < rounds; r++) {for (s = r; s > 0 && a[s - 1] > of[i, r]; s--) a[s] = a[s - 1]; a[s] = of[i, r]}
			x = int(rounds / 2)
			return rounds % 2 ? a[x] : (a[x - 1] + a[x]) / 2
		}
		END {for (i = 0; i < n; i++) printf "%.0f %.1f\n", median(ms, i, c / n), median(multiple, i, c / n)}'
}

bench_row() {
	awk -v label="$1" -v floor="$2" -v ms="$3" 'BEGIN {printf "| %s | %.0f | %.1f |\n", label, ms, ms / floor}'
}
