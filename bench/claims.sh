#!/usr/bin/env bash
# Checking claim lines (five on each allotment, a few mistakes of every kind) beside the best plain SQL for the same rules, and reading
# 301 and 323 messages beside a bare XMLTABLE. The findings of both are compared before anything is timed. Prints Markdown tables.
#   bench/claims.sh [ALLOTMENTS]     under scripts/scratch-server
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
export PGDATABASE=bench_claims
psql -Xq -d postgres -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS bench_claims' -c 'CREATE DATABASE bench_claims' -c "ALTER DATABASE bench_claims SET jit = off"
psql -Xq -v ON_ERROR_STOP=1 -v allotments="${1:-200000}" -f claims-data.sql >/dev/null
psql -Xq -v ON_ERROR_STOP=1 -f claims-peer.sql >/dev/null

# Milliseconds of processor time of the server process, the best of BENCH_RUNS runs (default 3): other work on the machine counts less.
cpu() {
	local script="SET client_min_messages = log; $1 SET log_statement_stats = on;"$'\n'
	for _ in $(seq "${BENCH_RUNS:-3}"); do script+="$2;"$'\n'; done
	psql -XqAt -v ON_ERROR_STOP=1 <<<"$script" 2>&1 >/dev/null |
		awk '/ s user, / && !/total/ {for (i = 1; i < NF; i++) if ($(i + 1) == "s" && $(i + 2) ~ /^(user|system)/) t += $i; if (best == "" || t < best) best = t; t = 0} END {printf "%.1f", best * 1000}'
}

differ=$(psql -XqAt -v ON_ERROR_STOP=1 -c "
	SELECT count(*) FROM (SELECT claim, declaration, rule FROM claims_bench.claim_judgements()) a
		FULL JOIN (SELECT claim, declaration, rule FROM plain_claims.judge()) b
		ON coalesce(a.claim, 0) = coalesce(b.claim, 0) AND a.declaration = b.declaration AND a.rule = b.rule
	WHERE a.rule IS NULL OR b.rule IS NULL")
[ "$differ" = 0 ] || { echo "claims: $differ findings differ between check_claims and plain SQL" >&2; exit 1; }

serial="SET max_parallel_workers_per_gather = 0; SET search_path = zorgregio, public;"
lines=$(psql -XqAt -c 'SELECT count(*) FROM claims_bench.claims')
count=$(cpu "$serial" 'SELECT count(*) FROM claims_bench.claims')
echo
echo "### Checking $lines claim lines against ${1:-200000} allotments, serial"
echo
echo "| query | ms of CPU | x count(*) |"
echo "|---|---:|---:|"
bench_row "floor: count(*)" "$count" "$count"
bench_row "floor: claim lines joined to their allotments, count(*)" "$count" "$(cpu "$serial" 'SELECT count(*) FROM claims_bench.claims c JOIN claims_bench.allocations a USING (number) WHERE c.amount IS NOT NULL')"
bench_row "all rules, claim_judgements" "$count" "$(BENCH_RUNS=2 cpu "$serial" 'SELECT count(*) FROM claims_bench.claim_judgements()')"
bench_row "all rules with explanation, check_claims" "$count" "$(BENCH_RUNS=2 cpu "$serial" 'SELECT count(*) FROM claims_bench.check_claims()')"
bench_row "all rules, best plain SQL" "$count" "$(BENCH_RUNS=2 cpu "$serial" 'SELECT count(*) FROM plain_claims.judge()')"

# Messages of 10,000 lines; the bare peer takes the same elements as text and checks nothing.
psql -Xq -v ON_ERROR_STOP=1 <<'SQL'
CREATE TABLE message (kind text, body xml);
INSERT INTO message
SELECT '301', zorgregio.allocation_message('Wmo', 'B1', '2026-01-09', '0200', '73739901', zorgregio.allotted_client('999900006', '1961-02-03', '2', 'Proefpersoon', 10, '9999XX'),
	(SELECT xmlagg(zorgregio.allotted_product('Wmo', n, '02A16 4 uur/week [2026-01-10,2027-01-01)', '2026-01-08 09:15:00')) FROM generate_series(1, 10000) n));
INSERT INTO message
SELECT '323', zorgregio.claim_message('Wmo', 'B2', '2026-02-05', '73739901', '0200', 'DN1', '[2026-01-01,2026-02-01)', '2026-02-05', 2448000.00,
	zorgregio.claimed_client('999900006', (SELECT xmlagg(zorgregio.claimed_line('Wmo', 'R' || n, n, '02A16', '[2026-01-10,2026-02-01)', '4 uur', '61.20/uur', 244.80)) FROM generate_series(1, 10000) n)));
SQL
bare() {
	local kind=$1 path=$2 columns='' c
	shift 2
	for c; do columns+="${columns:+, }\"c${#columns}\" text PATH '$c'"; done
	echo "SELECT count(t) FROM message, XMLTABLE(XMLNAMESPACES('http://www.istandaarden.nl/iwmo/3_2/wmo$kind/schema' AS m, 'http://www.istandaarden.nl/iwmo/3_2/basisschema/schema' AS b), '$path' PASSING body COLUMNS $columns) t WHERE kind = '$kind'"
}
bare_301=$(bare 301 /m:Bericht/m:Client/m:ToegewezenProducten/m:ToegewezenProduct m:ToewijzingNummer m:ReferentieAanbieder m:Product/b:Categorie m:Product/b:Code m:Toewijzingsdatum m:Toewijzingstijd \
	m:Ingangsdatum m:Einddatum m:RedenWijziging m:Omvang/b:Volume m:Omvang/b:Eenheid m:Omvang/b:Frequentie m:Budget m:Commentaar ../../m:Bsn)
bare_323=$(bare 323 /m:Bericht/m:Declaratie/m:Clienten/m:Client/m:Prestaties/m:Prestatie m:ProductReferentie/b:ReferentieNummer m:ProductReferentie/b:VorigReferentieNummer m:ToewijzingNummer m:ProductCategorie m:ProductCode \
	m:ProductPeriode/b:Begindatum m:ProductPeriode/b:Einddatum m:GeleverdVolume m:Eenheid m:ProductTarief m:IngediendBedrag/b:Bedrag m:IngediendBedrag/b:DebetCredit ../../m:Bsn)
echo
echo "### Reading messages of 10,000 lines"
echo
echo "| query | ms of CPU | x bare XMLTABLE |"
echo "|---|---:|---:|"
floor=$(cpu "$serial" "$bare_301")
bench_row "301, bare XMLTABLE" "$floor" "$floor"
bench_row "301, read_allocations" "$floor" "$(cpu "$serial" "SELECT count(r) FROM message, zorgregio.read_allocations(body) r WHERE kind = '301'")"
floor=$(cpu "$serial" "$bare_323")
bench_row "323, bare XMLTABLE" "$floor" "$floor"
bench_row "323, read_claims" "$floor" "$(cpu "$serial" "SELECT count(r) FROM message, zorgregio.read_claims(body) r WHERE kind = '323'")"
