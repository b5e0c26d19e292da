#!/usr/bin/env bash
# JDBC, ODBC, psycopg and node-pg read every view of the monitor, as an analyst and without registering a type: each value
# is an ordinary number, text, date or boolean, and the same as psql's.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

scripts/need-packages drivers || true

fresh_database zr_drivers
sql postgres -c 'SET client_min_messages = warning' -c 'DROP ROLE IF EXISTS zr_analyst' -c 'CREATE ROLE zr_analyst LOGIN'
sql zr_drivers -f test/drivers/region.sql
export PGDATABASE=zr_drivers PGUSER=zr_analyst
mapfile -t views < <(psql -XqAt -c "SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = 'r'::regnamespace AND c.relkind = 'v'
	AND c.relname ~ '^(monitor|public)_' ORDER BY c.relname COLLATE \"C\"")
ok 'there are views' [ ${#views[@]} -gt 0 ]
for view in "${views[@]}"; do
	echo "== $view"
	psql -XqAt -F '|' -P 'null=\N' -v ON_ERROR_STOP=1 -c "SELECT * FROM $view ORDER BY key"
done >"$tmp/psql" 2>"$tmp/psql.error"
is 'psql reads them all' "$(cat "$tmp/psql.error")" ''
is 'and each has rows' "$(awk '/^== / { if (n == 0 && v) print v; v = $2; n = 0; next } { n++ } END { if (n == 0) print v }' "$tmp/psql")" ''

# driver NAME COMMAND...: what it prints is what psql prints
driver() {
	local name=$1
	shift
	if "$@" "${views[@]}" >"$tmp/driver" 2>"$tmp/driver.error"; then
		ok "$name reads the same" diff "$tmp/psql" "$tmp/driver"
	else
		is "$name reads them all" "$(cat "$tmp/driver.error")" "no error"
	fi
}
skip() {
	tests=$((tests + 1))
	echo "ok $tests # SKIP $1"
	echo "95_drivers: left out: $1" >&2
}

jar=/usr/share/java/postgresql.jar
if command -v java >/dev/null && [ -e $jar ]; then
	driver JDBC java -cp $jar test/drivers/Read.java
else
	skip 'JDBC: default-jdk-headless or libpostgresql-jdbc-java cannot be installed'
fi

ODBC_DRIVER=$(find /usr/lib -name psqlodbcw.so -print -quit)
export ODBC_DRIVER
if [ -n "$ODBC_DRIVER" ] && /usr/bin/python3 -c 'import pyodbc' 2>/dev/null; then
	driver ODBC /usr/bin/python3 test/drivers/read.py pyodbc
else
	skip 'ODBC: odbc-postgresql or python3-pyodbc cannot be installed'
fi

if /usr/bin/python3 -c 'import psycopg2' 2>/dev/null; then
	driver psycopg /usr/bin/python3 test/drivers/read.py psycopg2
else
	skip 'psycopg: python3-psycopg2 cannot be installed'
fi

if command -v npm >/dev/null && npm install --silent --no-audit --no-fund --no-save --prefix "$tmp/node" pg@8 >"$tmp/npm" 2>&1; then
	NODE_PATH=$tmp/node/node_modules driver node-pg node test/drivers/read.js
else
	skip 'node-pg: npm cannot install pg'
fi

export PGDATABASE=postgres PGUSER=postgres
sql postgres -c "DROP DATABASE zr_drivers" -c "DROP ROLE zr_analyst"
