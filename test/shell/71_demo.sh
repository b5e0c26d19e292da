#!/usr/bin/env bash
# demo/run: ends well, leaves no database, and fails when a published example comes out differently.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0
check() {	# check DESCRIPTION COMMAND...
	local description=$1
	shift
	number=$((number + 1))
	if "$@"; then echo "ok $number - $description"; else echo "not ok $number - $description"; fi
}
databases() { psql -XAtc "SELECT count(*) FROM pg_database WHERE datname = 'zorgregio_demo'"; }

echo 1..9
demo/run >"$work/out" 2>"$work/err"
check 'ends well' [ $? = 0 ]
check 'writes nothing to stderr' [ ! -s "$work/err" ]
check 'shows every step' [ "$(grep -cE '^[0-9]+\. ' "$work/out")" = "$(ls demo/[0-9]*.sql | wc -l)" ]
check 'fits in 120 columns' [ "$(LC_ALL=C.UTF-8 awk 'length > 120' "$work/out" | wc -l)" = 0 ]
check 'leaves no database' [ "$(databases)" = 0 ]
check 'prints the clients beside the published ones' [ "$(grep -cE '^ (Apeldoorn|Brummen|Epe|Hattem|Heerde|Lochem|Voorst|Zutphen) .* ([0-9,]{3,}) \| +\2 \|' "$work/out")" = 8 ]
check 'and names the difference in the source' grep -qF '67,273,977 |      67,266,794 |      7,183' "$work/out"

mkdir -p "$work/tree/test"
cp -r demo "$work/tree/"
cp -r test/data "$work/tree/test/"
find "$work/tree/demo" -name '[2-8]*.sql' -delete
sed -i '2s/,[0-9]*$/,89999/' "$work/tree/test/data/claimable_vectors.csv"
"$work/tree/demo/run" >"$work/out" 2>&1
check 'a wrong published example fails' [ $? != 0 ]
check 'and still leaves no database' [ "$(databases)" = 0 ]
