#!/usr/bin/env bash
# A region is dumped and restored with all its tables, views and functions: pg_restore has an empty search_path.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

for db in zr_region zr_region_copy; do fresh_database $db; done
sql zr_region -c 'CREATE EXTENSION zorgregio' -c "CALL zorgregio.create_region('r', 'R')" \
	-c "INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn')"
# \restrict has a random key
dump() { pg_dump -d "$1" | grep -vE '^\\(un)?restrict '; }
ok 'a region is dumped' bash -c "pg_dump -d zr_region >'$tmp/region.sql'"
ok 'and restored' sql zr_region_copy -f "$tmp/region.sql"
is 'with its rows' "$(sql zr_region_copy -c 'SELECT code FROM r.municipalities')" 0200
ok 'its functions and views answer' sql zr_region_copy -c "SELECT count(*) FROM r.provider_facts('2026-12-31')" -c 'SELECT count(*) FROM r.monitor_outflow'
is 'with as many functions' "$(sql zr_region_copy -c "SELECT count(*) FROM pg_proc WHERE pronamespace = 'r'::regnamespace")" \
	"$(sql zr_region -c "SELECT count(*) FROM pg_proc WHERE pronamespace = 'r'::regnamespace")"
ok 'the copy is upgraded' sql zr_region_copy -c "CALL zorgregio.upgrade_region('r')"
ok 'the copy is dumped the same' diff <(dump zr_region | grep -c '^CREATE ') <(dump zr_region_copy | grep -c '^CREATE ')
for db in zr_region zr_region_copy; do sql postgres -c "DROP DATABASE $db"; done
