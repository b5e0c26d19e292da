#!/usr/bin/env bash
# refresh_monitor beside others: readers see the old figures and wait for nothing, a second refresh waits, a change that
# commits later is found by the next one, and nothing is said but the rows.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

db=zr_monitor
fresh_database $db
sql $db -c 'CREATE EXTENSION zorgregio' -c "CALL zorgregio.create_region('r', 'R')"
sql $db -v ON_ERROR_STOP=1 <<'SQL'
SET search_path = zorgregio, public;
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn');
INSERT INTO r.products (code, name, product_group) VALUES ('02A16', 'Basis', 'BI');
INSERT INTO r.providers VALUES ('73730101', 'A');
INSERT INTO r.allocations (number, client, provider, municipality, indication) SELECT n, n, '73730101', '0200', '02A16 [2026-01-01,2027-01-01)' FROM generate_series(1, 5) n;
INSERT INTO r.deliveries (number, started) VALUES (1, '2026-01-05');
SQL
refresh="SELECT count(*) > 5 FROM zorgregio.refresh_monitor('r', '2026-03-31')"
persons="SELECT coalesce(sum(persons), 0) FROM r.monitor_clients WHERE level = 'region' AND period_from = '2026-03-01'"
is 'a refresh gives rows and says nothing else' "$(sql $db -c "$refresh" 2>&1)" t
is 'the figures are there' "$(sql $db -c "$persons")" 1

# Two sessions that stay open, one command at a time; each answer ends with a line "answered".
for session in one two; do
	mkfifo "$tmp/$session.in" "$tmp/$session.out"
	psql -XqAt -d $db <"$tmp/$session.in" >"$tmp/$session.out" 2>&1 &
done
exec 5>"$tmp/one.in" 6<"$tmp/one.out" 7>"$tmp/two.in" 8<"$tmp/two.out"
ask() {	# which, command: what it answers
	local in=5 out=6 line answer=
	[ "$1" = one ] || in=7 out=8
	printf '%s\n\\echo answered\n' "$2" >&$in
	while IFS= read -r -t 60 line <&$out && [ "$line" != answered ]; do answer+=${answer:+ }$line; done
	echo "$answer"
}

# The first refreshes and does not commit.
sql $db -c "INSERT INTO r.deliveries (number, started) VALUES (2, '2026-02-05')"
is 'a refresh in a transaction' "$(ask one "BEGIN; $refresh;")" t
is 'sees its own figures' "$(ask one "$persons;")" 2
is 'readers see the old ones, without waiting' "$(sql $db -c "SET lock_timeout = '2s'; $persons" 2>&1)" 1
ok 'and changes are made meanwhile' sql $db -c "SET lock_timeout = '2s'" -c "INSERT INTO r.deliveries (number, started) VALUES (3, '2026-01-05')"
is 'a second refresh waits' "$(sql $db -c "SET lock_timeout = '100ms'" -c "$refresh" 2>&1 | head -n 1)" 'ERROR:  canceling statement due to lock timeout'
is 'until the first commits' "$(ask one 'COMMIT;')" ''
is 'then readers see the new ones' "$(sql $db -c "$persons")" 2
is 'a second refresh takes what came meanwhile' "$(sql $db -c "$refresh" -c "$persons" | tail -n 1)" 3

# A change that is made before a refresh and commits after it.
is 'a change that is not committed' "$(ask two "BEGIN; INSERT INTO r.deliveries (number, started) VALUES (4, '2026-01-05');")" ''
is 'is not in a refresh' "$(sql $db -c "$refresh" -c "$persons" | tail -n 1)" 3
is 'and commits' "$(ask two 'COMMIT;')" ''
is 'the next refresh has it' "$(sql $db -c "$refresh" -c "$persons" | tail -n 1)" 4
is 'and noted nothing twice' "$(sql $db -c 'SELECT count(*) FROM r.monitor_changes')" 0

# All parts of one moment.
is 'a refresh in a repeatable read transaction' "$(sql $db -c "INSERT INTO r.deliveries (number, started) VALUES (5, '2026-01-05')" -c 'BEGIN ISOLATION LEVEL REPEATABLE READ' -c "$refresh" -c COMMIT -c "$persons" | tail -n 1)" 5
is 'a refresh that fails leaves the figures as they were' "$(sql $db -c "DELETE FROM r.deliveries" -c "BEGIN" -c "$refresh" -c ROLLBACK -c "$persons" | tail -n 1)" 5
is 'and is made up for' "$(sql $db -c "$refresh" -c "$persons" | tail -n 1)" 0
is 'what is shared between parts is gone' "$(sql $db -c 'SELECT (SELECT count(*) FROM r.shared_histories) + (SELECT count(*) FROM r.shared_facts) + (SELECT count(*) FROM r.shared_counts)')" 0

exec 5>&- 7>&-
wait
sql postgres -c "DROP DATABASE $db"
