#!/usr/bin/env bash
# A region is dumped and restored with all its tables, views and functions: pg_restore has an empty search_path.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

for db in zr_region zr_region_copy; do fresh_database $db; done
sql zr_region -c 'CREATE EXTENSION zorgregio' -c "CALL zorgregio.create_region('r', 'R')" \
	-c "INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn')"
# Readers come with it; the roles themselves are of the cluster.
sql postgres -c 'SET client_min_messages = warning' -c 'DROP ROLE IF EXISTS zr_dump_one, zr_dump_all' -c 'CREATE ROLE zr_dump_one' -c 'CREATE ROLE zr_dump_all'
sql zr_region -c "INSERT INTO r.figures_clients (municipality, period_kind, period_from, period_to, persons, persons_12m, trajectories, allocations)
		SELECT m, 'month', '2026-01-01', '2026-01-31', 1, 1, 1, 1 FROM unnest('{0200,0301,NULL}'::text[]) m" \
	-c "SELECT FROM (SELECT zorgregio.grant_region('r', 'zr_dump_one', '0200'), zorgregio.grant_region('r', 'zr_dump_all')) granted"
# \restrict has a random key
dump() { pg_dump -d "$1" | grep -vE '^\\(un)?restrict '; }
ok 'a region is dumped' bash -c "pg_dump -d zr_region >'$tmp/region.sql'"
ok 'and restored' sql zr_region_copy -f "$tmp/region.sql"
is 'with its rows' "$(sql zr_region_copy -c 'SELECT code FROM r.municipalities')" 0200
ok 'its functions and views answer' sql zr_region_copy -c "SELECT count(*) FROM r.provider_facts('2026-12-31')" -c 'SELECT count(*) FROM r.monitor_outflow'
is 'with as many functions' "$(sql zr_region_copy -c "SELECT count(*) FROM pg_proc WHERE pronamespace = 'r'::regnamespace")" \
	"$(sql zr_region -c "SELECT count(*) FROM pg_proc WHERE pronamespace = 'r'::regnamespace")"
for who in one:1 all:3; do
	is "a reader of ${who%:*} reads as before" "$(sql zr_region_copy -c "SET ROLE zr_dump_${who%:*}" -c 'SELECT count(*) FROM r.monitor_clients')" "${who#*:}"
done
is 'and no clients' "$(sql zr_region_copy -c 'SET ROLE zr_dump_all' -c 'SELECT * FROM r.allocations' 2>&1)" 'ERROR:  permission denied for table allocations'
is 'the list of readers is the same' "$(sql zr_region_copy -c "SELECT * FROM zorgregio.access_grants('r') ORDER BY 1")" 'zr_dump_all|all|f
zr_dump_one|0200|f'
ok 'the copy is upgraded' sql zr_region_copy -c "CALL zorgregio.upgrade_region('r')"
ok 'the copy is dumped the same' diff <(dump zr_region | grep -c '^CREATE ') <(dump zr_region_copy | grep -c '^CREATE ')
for db in zr_region zr_region_copy; do sql postgres -c "DROP DATABASE $db"; done
sql postgres -c 'DROP ROLE zr_dump_one, zr_dump_all'
