#!/usr/bin/env bash
# Loading messages in two sessions at once, in a session that is killed, under every isolation level, and a message of 25 MB.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh
db=zr_loading
fresh_database $db
sql $db -c 'CREATE EXTENSION zorgregio' -c "CALL zorgregio.create_region('r', 'R')" \
	-c "INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn')" -c "INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een')" \
	-c 'CREATE TABLE client_map (bsn text PRIMARY KEY, client bigint)' -c "INSERT INTO client_map VALUES ('999900006', 71), ('999900018', 72)" -c 'CREATE TABLE message (name text PRIMARY KEY, body xml)'
sql $db -f - <<'SQL'
SET search_path = zorgregio, public;
\i test/messages.sql
CREATE FUNCTION pg_temp.of(kind text, identification text, dated date, lines text) RETURNS xml LANGUAGE sql AS $$SELECT pg_temp.message(kind, identification, dated, pg_temp.client(kind, '999900006', lines))$$;
INSERT INTO message VALUES
	('version 1', pg_temp.of('301', 'A1', '2026-01-05', pg_temp.allotment(1, '2026-01-03 10:00', '2026-01-05', NULL, 1, reference => 'REF'))),
	('version 2', pg_temp.of('301', 'A2', '2026-02-05', pg_temp.allotment(1, '2026-02-03 10:00', '2026-01-05', NULL, 2))),
	('version 3', pg_temp.of('301', 'A3', '2026-03-05', pg_temp.allotment(1, '2026-03-03 10:00', '2026-01-05', NULL, 3))),
	('request', pg_temp.of('315', 'R1', '2026-01-02', pg_temp.request('REF', '2026-01-05'))),
	('start', pg_temp.of('305', 'S1', '2026-01-06', pg_temp.start(1, '2026-01-05'))),
	('stop', pg_temp.of('307', 'S1', '2026-03-06', pg_temp.stop(1, '2026-01-05', '2026-03-01')));
INSERT INTO message SELECT 'claims ' || i, pg_temp.message('323', 'C' || i, '2026-02-06', pg_temp.declaration('D', '2026-01-01', pg_temp.client('323', '999900006', pg_temp.claim(1, '2026-01-01', 1, 'P1') || pg_temp.claim(1, '2026-01-01', 2, 'P' || 2)))) FROM generate_series(1, 2) i;
-- 25 MB of claim lines: a client a line, and its half
INSERT INTO message SELECT 'large ' || n, pg_temp.message('323', 'L' || n, '2026-02-06', pg_temp.declaration('L' || n, '2026-01-01',
	(SELECT string_agg(pg_temp.client('323', CASE i % 2 WHEN 0 THEN '999900006' ELSE '999900018' END, pg_temp.claim(i, '2026-01-01', 1 + i % 9, 'L' || i)), '' ORDER BY i) FROM generate_series(1, n) i)))
FROM unnest('{20000,40000}'::integer[]) n;
SQL
load() { echo "SELECT concat_ws(' ', accepted, changed, ignored, rejected) FROM message, r.load_message(body, 'client_map'::regclass) WHERE name = '$1'"; }
empty() { sql $db -c 'TRUNCATE r.allocations, r.deliveries, r.claims, r.declarations, r.imports, r.import_rejections, r.received_allocations, r.received_deliveries, r.requests'; }
stored() { sql $db -c "SELECT concat_ws(' ', (SELECT count(*) FROM r.imports), (SELECT count(*) FROM r.received_allocations), (SELECT count(*) FROM r.received_deliveries), (SELECT count(*) FROM r.requests), (SELECT count(*) FROM r.declarations), (SELECT count(*) FROM r.claims))"; }
# Waits until a session waits for a lock
until_waiting() {
	local n
	for n in $(seq 600); do
		[ "$(sql $db -c "SELECT count(*) FROM pg_stat_activity WHERE datname = '$db' AND wait_event_type = 'Lock'")" = 0 ] || return 0
		sleep 0.1
	done
	echo "# no session waits"
	return 1
}
# together FIRST SECOND END: FIRST is loaded in a transaction that stays open; when SECOND waits for it, END ends it. Prints what both counted.
together() {
	local first second
	empty
	coproc FIRST { exec psql -XqAt -d $db 2>&1; }
	local out=${FIRST[0]} in=${FIRST[1]} pid=$FIRST_PID
	printf 'BEGIN;\n%s;\n' "$(load "$1")" >&"$in"
	read -r -t 60 first <&"$out"
	sql $db -c "$(load "$2")" >"$tmp/second" 2>&1 &
	second=$!
	until_waiting
	printf '%s;\n\\q\n' "$3" >&"$in"
	wait "$second" "$pid"
	echo "$first | $(cat "$tmp/second")"
}

is 'the same message in two sessions' "$(together 'version 1' 'version 1' COMMIT)" '1 0 0 0 | 0 0 1 0'
is 'is there once' "$(stored)" '1 1 0 0 0 0'
is 'when the first gives up' "$(together 'version 1' 'version 1' ROLLBACK)" '1 0 0 0 | 1 0 0 0'
is 'the second has it' "$(stored)" '1 1 0 0 0 0'
is 'the same claims in two sessions' "$(together 'claims 1' 'claims 1' COMMIT)" '2 0 0 0 | 0 0 2 0'
is 'are there once' "$(stored)" '1 0 0 0 1 2'
is 'the same declaration in two messages' "$(together 'claims 1' 'claims 2' COMMIT)" '2 0 0 0 | 0 0 2 0'
is 'is there once' "$(stored)" '2 0 0 0 1 2'
is 'and when the first gives up' "$(together 'claims 1' 'claims 2' ROLLBACK)" '2 0 0 0 | 2 0 0 0'
is 'is there all the same' "$(stored)" '1 0 0 0 1 2'
version() { sql $db -c "SELECT indication FROM r.allocations" -c 'SELECT requested FROM r.allocations WHERE requested IS NOT NULL'; }
is 'two versions, the later one first' "$(together 'version 2' 'version 1' COMMIT)" '1 0 0 0 | 0 0 1 0'
is 'the later one stands' "$(version)" '02A16 2 uur/week [2026-01-05,)'
is 'two versions, the later one last' "$(together 'version 1' 'version 2' COMMIT)" '1 0 0 0 | 0 1 0 0'
is 'again the later one stands' "$(version)" '02A16 2 uur/week [2026-01-05,)'
is 'a request while its allotment comes' "$(together 'version 1' 'request' COMMIT)" '1 0 0 0 | 0 1 0 0'
is 'dates it' "$(version)" "$(printf '02A16 1 uur/week [2026-01-05,)\n2026-01-02')"
is 'and the other way round' "$(together 'request' 'version 1' COMMIT)" '1 0 0 0 | 1 0 0 0'
is 'too' "$(version)" "$(printf '02A16 1 uur/week [2026-01-05,)\n2026-01-02')"
is 'a start and its stop' "$(together 'start' 'stop' COMMIT)" '1 0 0 0 | 0 1 0 0'
is 'make one delivery' "$(sql $db -c 'SELECT started, ended, stop_reason FROM r.deliveries')" '2026-01-05|2026-03-01|31'
is 'a stop and its start' "$(together 'stop' 'start' COMMIT)" '1 0 0 0 | 0 1 0 0'
is 'make the same' "$(sql $db -c 'SELECT started, ended, stop_reason FROM r.deliveries')" '2026-01-05|2026-03-01|31'

# Sessions that load many messages in one transaction, in opposite orders, do not wait for each other in a circle.
empty
opposite() { printf 'BEGIN;\n'; for name in "$@"; do printf '%s;\n' "$(load "$name")"; done; printf 'COMMIT;\n'; }
for n in 1 2 3; do
	opposite 'version 1' 'version 2' 'version 3' request start stop | sql $db >"$tmp/forth$n" 2>&1 &
	opposite stop start request 'version 3' 'version 2' 'version 1' | sql $db >"$tmp/back$n" 2>&1 &
done
wait
is 'six sessions, opposite orders: no error' "$(cat "$tmp"/forth? "$tmp"/back? | grep -cE '^[0-9]+ [0-9]+ [0-9]+ [0-9]+$')" 36
is 'and each line once' "$(stored)" '6 3 2 1 0 0'

# A session that is killed while it loads: held up by a lock in a trigger, so that it is in the middle.
empty
sql $db -c "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END'"
for at in claims:claims\ 1 deliveries:start allocations:version\ 1 declarations:claims\ 1; do
	sql $db -c "CREATE TRIGGER hold AFTER INSERT ON r.${at%%:*} EXECUTE FUNCTION hold()"
	coproc HOLD { exec psql -XqAt -d $db 2>&1; }
	out=${HOLD[0]} in=${HOLD[1]} pid=$HOLD_PID
	printf 'SELECT pg_advisory_lock(7);\nSELECT 1;\n' >&"$in"
	read -r -t 60 _ <&"$out"; read -r -t 60 _ <&"$out"
	sql $db -c "$(load "${at#*:}")" >"$tmp/killed" 2>&1 &
	killed=$!
	until_waiting
	sql $db -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$db' AND wait_event_type = 'Lock'" >/dev/null
	wait $killed
	is "killed after the insert into ${at%%:*}" "$(grep -c 'terminating connection' "$tmp/killed")" 1
	printf '\\q\n' >&"$in"
	wait "$pid"
	sql $db -c "DROP TRIGGER hold ON r.${at%%:*}"
done
is 'nothing is left' "$(stored)" '0 0 0 0 0 0'

# Isolation levels
is 'REPEATABLE READ is refused' "$(sql $db -c 'BEGIN ISOLATION LEVEL REPEATABLE READ' -c '\set VERBOSITY sqlstate' -c "$(load 'version 1')" 2>&1)" 'ERROR:  0A000'
is 'SERIALIZABLE is not' "$(sql $db -c 'BEGIN ISOLATION LEVEL SERIALIZABLE' -c "$(load 'version 1')" -c COMMIT)" '1 0 0 0'

# 25 MB. The peak of a backend's memory stands in /proc; it grows with the message and not faster.
empty
# loaded NAME: what was counted, and the peak in MB
loaded() {
	sql $db -f - <<-SQL
		$(load "$1");
		SELECT pg_backend_pid() AS pid \gset
		\setenv BACKEND :pid
		\! awk '/VmHWM/ {print int(\$2 / 1024)}' /proc/\$BACKEND/status
	SQL
}
is 'the message has 25 MB' "$(sql $db -c "SELECT octet_length(body::text) / 1000000 FROM message WHERE name = 'large 40000'")" 25
half=$(loaded 'large 20000')
whole=$(loaded 'large 40000')
is 'half of it is loaded' "${half%%$'\n'*}" '20000 0 0 0'
is 'all of it is loaded' "${whole%%$'\n'*}" '40000 0 0 0'
is 'to the last line' "$(sql $db -c "SELECT count(*), sum(amount) = sum((1 + c.number % 9) * 60), count(DISTINCT client) FROM r.claims c JOIN r.declarations d ON d.id = c.declaration WHERE d.number = 'L40000'")" '40000|t|2'
is 'and once' "$(sql $db -c "$(load 'large 40000')")" '0 0 40000 0'
echo "# peak of memory: ${half##*$'\n'} MB for 20000 lines, ${whole##*$'\n'} MB for 40000"
ok 'memory is at most 25 times the message' [ "${whole##*$'\n'}" -lt 650 ]
ok 'and grows with it' [ "${whole##*$'\n'}" -lt $((2 * ${half##*$'\n'} + 50)) ]
sql postgres -c "DROP DATABASE $db"
