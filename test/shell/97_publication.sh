#!/usr/bin/env bash
# No hidden cell of a public view can be computed: a linear solver (GLPK) looks for the least and the most that each can
# be, on random regions, with all that is published. And the solver finds it when cells that must be hidden are not.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

below=10
# ranges FILE MODE: the hidden cells of one table with least, true, most and needed figure
ranges() {
	awk -v mode="$2" -v below=$below -f test/suppressed-cells.awk "$1" >"$tmp/table.lp"
	glpsol --lp "$tmp/table.lp" -w "$tmp/solution" >"$tmp/log" 2>&1 || return 1
	awk -F'|' '
		FNR == NR { split($0, f, " "); if ($0 ~ /^c Status: *OPTIMAL/) optimal = 1; if (f[1] == "j") value[f[2]] = f[4]; next }
		!optimal { print "no solution"; exit }
		$4 { n++; print $1, $2, value[2 * n] + 0, $3, value[2 * n - 1] + 0, $8 }' "$tmp/solution" "$1"
}
# told REGION MODE: the hidden cells that are too well known, and tables without solution, which is never right
told() {
	local t
	sql zr_publication -v region="$1" -f test/suppressed-cells.sql >"$tmp/cells" || return
	awk -F'|' -v dir="$tmp/t" '{ file = dir "." $1; sub(/^[^|]*\|/, ""); print >file }' "$tmp/cells"
	for t in "$tmp"/t.*; do
		# a table that is hidden as a whole tells nothing exact
		[ "$2" = view ] || awk -F'|' '!$4 { shown = 1 } END { exit !shown }' "$t" || continue
		awk -F'|' '$4 { hidden = 1 } END { exit !hidden }' "$t" || continue
		ranges "$t" "$2" | awk -v name="${t##*/t.}" 'NF < 6 || $3 > $4 + 0.001 || $5 < $4 - 0.001 || $5 - $3 < $6 - 0.001 { print name, $0 }'
	done
	rm -f "$tmp"/t.*
}

fresh_database zr_publication
sql zr_publication -c 'CREATE EXTENSION zorgregio'
seeds='1 2 3'
for seed in $seeds; do
	sql zr_publication -v region="r$seed" -v seed="$seed" -f test/random-region.sql
	sql zr_publication -c "SELECT FROM zorgregio.refresh_monitor('r$seed', '2025-12-31')"
	is "region $seed: nobody who reads the views knows a hidden cell" "$(told "r$seed" view)" ''
	is "region $seed: nor who knows all published figures exactly" "$(told "r$seed" exact)" ''
done
