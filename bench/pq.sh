#!/usr/bin/env bash
# p*q: cost of every indication, per year and per month, beside plain SQL and a plain scan on the same rows.
#   bench/pq.sh [ROWS]     under scripts/scratch-server
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh
rows=${1:-1000000}

psql -Xq -v ON_ERROR_STOP=1 -v rows="$rows" -f pq-data.sql

serial="SET max_parallel_workers_per_gather = 0;"
parallel="SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET min_parallel_table_scan_size = 0;"
book=$(psql -XqAt -c "SELECT book FROM bench.book")
year="daterange('2026-01-01', '2027-01-01')"
eight="daterange('2020-01-01', '2028-01-01')"

ours_agg() { echo "SELECT municipality, product(indication), cost_agg(indication, '$book'::tariff_book, $1) FROM ours GROUP BY 1, 2"; }
ours() { echo "SELECT municipality, product(indication), sum(cost(indication, '$book'::tariff_book, $1)) FROM ours GROUP BY 1, 2"; }

# Best: whole cents in bigint, half up by adding half the divisor, one range join that the planner hashes, one rounding
# per indication. A year has one tariff per product, so no second aggregation is needed. A price of more decimals needs numeric.
best_a="SELECT i.municipality, i.product, sum((2 * t.cents * i.volume * (least(i.ends, date '2027-01-01') - greatest(i.starts, date '2026-01-01')) + 7) / 14) / 100 AS sum
	FROM plain i JOIN prices t ON t.product = i.product AND t.starts < date '2027-01-01' AND t.ends > date '2026-01-01'
	WHERE i.starts < date '2027-01-01' AND i.ends > date '2026-01-01' GROUP BY 1, 2"
numeric_a="SELECT i.municipality, i.product, sum(round(i.volume * (least(i.ends, date '2027-01-01') - greatest(i.starts, date '2026-01-01')) * t.price / 7, 2))
	FROM plain i JOIN prices t ON t.product = i.product AND t.starts < date '2027-01-01' AND t.ends > date '2026-01-01'
	WHERE i.starts < date '2027-01-01' AND i.ends > date '2026-01-01' GROUP BY 1, 2"
# Typical: the overlap as ranges, per row.
typical_a="SELECT i.municipality, i.product, sum(round(i.volume / 7.0 * (upper(d.days) - lower(d.days)) * t.price, 2))
	FROM plain i JOIN prices t ON t.product = i.product AND t.valid && daterange(i.starts, i.ends) AND t.valid && $year
	CROSS JOIN LATERAL (SELECT t.valid * daterange(i.starts, i.ends) * $year AS days) d
	WHERE NOT isempty(d.days) GROUP BY 1, 2"
plpgsql_a="SELECT municipality, product, sum(plain_cost(product, volume, starts, ends, date '2026-01-01', date '2027-01-01')) FROM plain GROUP BY 1, 2"
best_a8="SELECT municipality, product, sum(cost) FROM (
	SELECT i.municipality, i.product, round(sum(i.volume * (least(i.ends, t.ends, date '2028-01-01') - greatest(i.starts, t.starts, date '2020-01-01')) * t.price) / 7, 2) AS cost
	FROM plain i JOIN prices t ON t.product = i.product AND t.starts < least(i.ends, date '2028-01-01') AND t.ends > greatest(i.starts, date '2020-01-01')
	GROUP BY i.number, i.municipality, i.product) x GROUP BY 1, 2"
# Best: no row per month, but twelve rounded running totals in one pass; a month is the difference of two.
totals=
for month in 02 03 04 05 06 07 08 09 10 11 12 13; do
	until="2026-$month-01"
	[ $month != 13 ] || until=2027-01-01
	totals+="${totals:+, }sum((2 * t.cents * i.volume * greatest(0, least(i.ends, date '$until') - greatest(i.starts, date '2026-01-01')) + 7) / 14)"
done
best_b="SELECT municipality, product, ARRAY(SELECT (s - lag(s, 1, 0::numeric) OVER (ORDER BY n)) / 100 FROM unnest(totals) WITH ORDINALITY u(s, n) ORDER BY n) AS months FROM (
	SELECT i.municipality, i.product, ARRAY[$totals] AS totals
	FROM plain i JOIN prices t ON t.product = i.product AND t.starts < date '2027-01-01' AND t.ends > date '2026-01-01'
	WHERE i.starts < date '2027-01-01' AND i.ends > date '2026-01-01' GROUP BY 1, 2) x"
typical_b="SELECT i.municipality, i.product, m.month, sum(round(i.volume * (least(i.ends, m.next) - greatest(i.starts, m.month)) * t.price / 7, 2))
	FROM plain i JOIN (SELECT m::date AS month, (m + interval '1 month')::date AS next FROM generate_series(timestamp '2026-01-01', '2026-12-01', '1 month') m) m
	ON m.month < i.ends AND m.next > i.starts
	JOIN prices t ON t.product = i.product AND t.starts < date '2027-01-01' AND t.ends > date '2026-01-01' GROUP BY 1, 2, 3"
ours_b_agg="SELECT municipality, product(indication), cost_by_month_agg(indication, '$book'::tariff_book, $year) FROM ours GROUP BY 1, 2"
ours_b_rows="SELECT municipality, product(indication), m.month, sum(m.amount) FROM ours, cost_by_month(indication, '$book'::tariff_book, $year) m GROUP BY 1, 2, 3"

# the same answer, or no race
psql -Xq -v ON_ERROR_STOP=1 <<SQL
SET search_path = bench, zorgregio, public;
DO \$\$
DECLARE a text; b text;
BEGIN
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO a FROM (SELECT municipality::text, product::text, sum FROM ($(ours "$year")) q) x;
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO b FROM (SELECT municipality, product, round(sum, 2) FROM ($best_a) q) x;
	IF a IS DISTINCT FROM b THEN RAISE 'job A: results differ'; END IF;
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO b FROM ($numeric_a) x;
	IF a IS DISTINCT FROM b THEN RAISE 'job A: results of numeric differ'; END IF;
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO a FROM (SELECT municipality::text, product::text, sum FROM ($(ours "$eight")) q) x;
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO b FROM ($best_a8) x;
	IF a IS DISTINCT FROM b THEN RAISE 'job A8: results differ'; END IF;
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO a FROM (SELECT municipality::text, product::text, n, amount FROM ($ours_b_agg) q(municipality, product, months), unnest(months) WITH ORDINALITY u(amount, n)) x;
	SELECT string_agg(x::text, E'\n' ORDER BY x::text) INTO b FROM (SELECT municipality, product, n, round(amount, 2) FROM ($best_b) q, unnest(months) WITH ORDINALITY u(amount, n)) x;
	IF a IS DISTINCT FROM b THEN RAISE 'job B: results differ'; END IF;
END \$\$;
SQL

for mode in serial parallel; do
	set=${!mode}
	count=$(bench_time "$set" "SELECT count(*) FROM ours")
	echo
	echo "### p*q, $rows indications, $mode"
	echo
	echo "| query | ms | x count(*) |"
	echo "|---|---:|---:|"
	bench_row "floor: count(*)" "$count" "$count"
	bench_row "floor: count(*) of the plain columns" "$count" "$(bench_time "$set" "SELECT count(*) FROM plain")"
	bench_row "floor: GROUP BY municipality, product(indication), sum(bigint)" "$count" "$(bench_time "$set" "SELECT municipality, product(indication), sum(client) FROM ours GROUP BY 1, 2")"
	bench_row "floor: the same with sum(numeric)" "$count" "$(bench_time "$set" "SELECT municipality, product(indication), sum(numeric '61.20') FROM ours GROUP BY 1, 2")"
	bench_row "A: sum(cost())" "$count" "$(bench_time "$set" "$(ours "$year")")"
	bench_row "A: cost_agg()" "$count" "$(bench_time "$set" "$(ours_agg "$year")")"
	bench_row "A: cost_agg(), one total without GROUP BY" "$count" "$(bench_time "$set" "SELECT cost_agg(indication, '$book'::tariff_book, $year) FROM ours")"
	bench_row "A: best SQL" "$count" "$(BENCH_RUNS=2 bench_time "$set" "$best_a")"
	bench_row "A: best SQL with numeric" "$count" "$(BENCH_RUNS=2 bench_time "$set" "$numeric_a")"
	bench_row "A: typical SQL" "$count" "$(BENCH_RUNS=1 bench_time "$set" "$typical_a")"
	[ "$rows" -gt 1000000 ] || bench_row "A: plpgsql function" "$count" "$(BENCH_RUNS=1 bench_time "$set" "$plpgsql_a")"
	bench_row "A8: sum(cost())" "$count" "$(bench_time "$set" "$(ours "$eight")")"
	bench_row "A8: cost_agg()" "$count" "$(bench_time "$set" "$(ours_agg "$eight")")"
	bench_row "A8: best SQL" "$count" "$(BENCH_RUNS=1 bench_time "$set" "$best_a8")"
	bench_row "B: cost_by_month_agg()" "$count" "$(bench_time "$set" "$ours_b_agg")"
	bench_row "B: cost_by_month_agg(), one total without GROUP BY" "$count" "$(bench_time "$set" "SELECT cost_by_month_agg(indication, '$book'::tariff_book, $year) FROM ours")"
	bench_row "B: cost_by_month() rows" "$count" "$(BENCH_RUNS=1 bench_time "$set" "$ours_b_rows")"
	bench_row "B: best SQL" "$count" "$(BENCH_RUNS=1 bench_time "$set" "$best_b")"
	bench_row "B: typical SQL" "$count" "$(BENCH_RUNS=1 bench_time "$set" "$typical_b")"
done

echo
echo "### Storage, $rows indications"
echo
psql -XqAt -F ' | ' -v ON_ERROR_STOP=1 -f pq-storage.sql | sed 's/^/| /; s/$/ |/'
