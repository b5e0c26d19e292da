#!/usr/bin/env bash
# No hidden cell of a public view can be computed: a linear solver (GLPK) looks for the least and the most that each can
# be, on random regions, with all that is published. And the solver finds it when cells that must be hidden are not.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
command -v glpsol >/dev/null || { echo '1..0 # SKIP glpk-utils is not installed'; exit; }
. test/shell/tap.sh

# ranges FILE MODE BELOW: the hidden cells of one table with least, true, most and needed figure
ranges() {
	awk -v mode="$2" -v below="$3" -f test/suppressed-cells.awk "$1" >"$tmp/table.lp"
	glpsol --lp "$tmp/table.lp" -w "$tmp/solution" >"$tmp/log" 2>&1 || { echo 'the solver failed'; return; }
	awk -F'|' -v mode="$2" -v OFMT=%.2f '
		FNR == NR { split($0, f, " "); if ($0 ~ /^c Status: *OPTIMAL/) optimal = 1; if (f[1] == "j") value[f[2]] = f[4]; next }
		!optimal { print "no solution"; exit }
		$4 && !(mode == "empty" && $10) { n++; print $1, $2, value[2 * n] + 0, $3, value[2 * n - 1] + 0, $8 }' "$tmp/solution" "$1"
}
# told REGION MODE: the hidden cells that are too well known, and tables without solution, which is never right
told() {
	local t below
	below=$(sql zr_publication -c "SELECT suppress_below FROM $1.settings") &&
		sql zr_publication -v region="$1" -f test/suppressed-cells.sql >"$tmp/cells" && [ -s "$tmp/cells" ] || { echo 'no cells'; return; }
	awk -F'|' -v dir="$tmp/t" '{ file = dir "." $1; sub(/^[^|]*\|/, ""); print >file }' "$tmp/cells"
	for t in "$tmp"/t.*; do
		# a table that is hidden as a whole tells nothing exact
		[ "$2" = view ] || awk -F'|' '!$4 { shown = 1 } END { exit !shown }' "$t" || continue
		awk -F'|' -v mode="$2" '$4 && !(mode == "empty" && $10) { n++; print } END { exit !n }' "$t" >>"$tmp/asked" || continue
		ranges "$t" "$2" "$below" | awk -v name="${t##*/t.}" 'NF != 6 || $3 > $4 + 0.001 || $5 < $4 - 0.001 || $5 - $3 < $6 - 0.001 { print name, $0 }'
	done
	rm -f "$tmp"/t.*
}

fresh_database zr_publication
sql zr_publication -c 'CREATE EXTENSION zorgregio'
seeds='1 2 4'
for seed in $seeds; do
	sql zr_publication -v region="r$seed" -v seed="$seed" -f test/random-region.sql
	# products that nobody has, which hide nothing from who knows that
	sql zr_publication -c "INSERT INTO r$seed.products (code, name, product_group) VALUES ('02A91', 'Nobody', 'Nobody'), ('02A92', 'Nobody else', 'Nobody else')"
	sql zr_publication -c "SELECT FROM zorgregio.refresh_monitor('r$seed', '2025-12-31')"
	is "region $seed: nobody who reads the views knows a hidden cell" "$(told "r$seed" view)" ''
	is "region $seed: nor who knows all published figures exactly" "$(told "r$seed" exact)" ''
	is "region $seed: nor who knows besides where there is no care at all" "$(told "r$seed" empty)" ''
done

ok 'that was about hundreds of cells' test "$(cat "$tmp/asked" | wc -l)" -gt 500

# Without complementary suppression: the small cells only
sql zr_publication <<'SQL'
CREATE OR REPLACE FUNCTION zorgregio.suppress(counts bigint[], below bigint, width bigint DEFAULT 1) RETURNS boolean[]
	LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
	n constant int := array_ndims(counts);
	pattern boolean[] := array_fill(false, ARRAY[array_length(counts, n - 1), array_length(counts, n)]);
BEGIN
	FOR i IN 1 .. array_length(counts, n - 1) LOOP
		FOR j IN 1 .. array_length(counts, n) LOOP
			pattern[i][j] := (SELECT bool_or(c < below) FROM generate_series(1, CASE n WHEN 3 THEN array_length(counts, 1) ELSE 1 END) l,
				LATERAL (SELECT CASE n WHEN 3 THEN counts[l][i][j] ELSE counts[i][j] END) x(c));
		END LOOP;
	END LOOP;
	RETURN pattern;
END $$;
CREATE OR REPLACE FUNCTION zorgregio.suppress_amounts(amounts bigint[], hide boolean[], width bigint DEFAULT 1) RETURNS boolean[]
	LANGUAGE sql IMMUTABLE STRICT RETURN hide;
SQL
for seed in $seeds; do
	sql zr_publication -c "SELECT FROM zorgregio.refresh_monitor('r$seed', '2025-12-31')"
	told "r$seed" exact
	# not rounded there
	[ "$seed" != 2 ] || told r2 view | sed 's/_.*//' | sort -u >"$tmp/view"
done | sed 's/_.*//' | sort -u >"$tmp/names"
is 'without complementary suppression the solver finds hidden cells in every view' "$(cat "$tmp/names")" "$(printf '%s\n' budget clients flow spending transitions waiting)"
is 'from the views alone those whose totals are sums, where they are not rounded' "$(cat "$tmp/view")" "$(printf '%s\n' budget spending waiting)"
sql postgres -c 'DROP DATABASE zr_publication'
