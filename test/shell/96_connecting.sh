#!/usr/bin/env bash
# The examples of doc/connecting.md that are not SQL, as the role that the page makes. The SQL is run with all other examples.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

# block LANGUAGE: the first block in that language
block() { awk -v open="\`\`\`$1" '$0 == open { on = 1; next } /^```$/ && on { exit } on' doc/connecting.md; }
fresh_database zr_connecting
sql postgres -c 'SET client_min_messages = warning' -c 'DROP ROLE IF EXISTS example_analyst'
{ echo 'SET search_path = zorgregio, public;' && block sql; } >"$tmp/region.sql"
sql zr_connecting -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION zorgregio' -f "$tmp/region.sql" >/dev/null
export PGDATABASE=zr_connecting PGUSER=example_analyst
is 'the page makes a role that reads' "$(psql -XqAtc "SELECT count(*) > 0 FROM mijov.monitor_clients")" t

block sh >"$tmp/file.sh"
ok 'the shell example runs' sh -c "cd '$tmp' && sh ./file.sh"
is 'and writes a file with a header and the rows' "$(head -n 1 "$tmp/clients.csv" | cut -d ';' -f 1-3) $(wc -l <"$tmp/clients.csv")" \
	"key;level;municipality $(($(psql -XqAtc "SELECT count(*) FROM mijov.monitor_clients WHERE level = 'municipality'") + 1))"

wanted=$(psql -XqAt -F ' ' -c "SELECT period_from, persons FROM mijov.monitor_clients WHERE level = 'municipality' AND period_kind = 'month' ORDER BY period_from")
if /usr/bin/python3 -c 'import psycopg2' 2>/dev/null; then
	block python >"$tmp/read.py"
	is 'the Python example prints the figures' "$(/usr/bin/python3 "$tmp/read.py" 2>&1)" "$wanted"
else
	tests=$((tests + 1))
	echo "ok $tests # SKIP python3-psycopg2 is not installed"
fi
if Rscript -e 'library(RPostgres)' >/dev/null 2>&1; then
	block r >"$tmp/read.R"
	is 'the R example prints the figures' "$(Rscript "$tmp/read.R" 2>&1 | awk 'NR > 1 { print $2, $3 }')" "$wanted"
else
	tests=$((tests + 1))
	echo "ok $tests # SKIP R or its package RPostgres is not installed"
fi

export PGDATABASE=postgres PGUSER=postgres
sql postgres -c 'DROP DATABASE zr_connecting' -c 'DROP ROLE example_analyst'
