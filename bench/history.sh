#!/usr/bin/env bash
# Client counts on care periods: time as a multiple of count(*) over the same table, against the best and the typical SQL.
# Run under scripts/scratch-server; arguments: numbers of periods (default 1000000 10000000). Serial plans, best of RUNS.
set -euo pipefail
[ $# -gt 0 ] || set -- 1000000 10000000
runs=${RUNS:-2}
export PGDATABASE=bench_history
psql -Xq -d postgres -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS bench_history' -c 'CREATE DATABASE bench_history' 2>/dev/null
psql -Xq -c 'CREATE EXTENSION zorgregio' -c "ALTER DATABASE bench_history SET search_path = zorgregio, public" \
	-c 'ALTER DATABASE bench_history SET max_parallel_workers_per_gather = 0' -c "ALTER DATABASE bench_history SET work_mem = '1GB'" \
	-c 'ALTER DATABASE bench_history SET hash_mem_multiplier = 4' -c 'ALTER DATABASE bench_history SET jit = off'

# milliseconds of a query without sending its rows, the best of the runs; count(q) needs every column, which count(*) would drop
ms() {
	local best='' t
	for ((i = 0; i < runs; i++)); do
		t=$(psql -XqAt -c '\timing on' -c "${2:-SELECT count(q) FROM ($1) q}" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p')
		[ -n "$t" ] || { echo "failed: $1" >&2; exit 1; }
		if [ -z "$best" ] || awk "BEGIN {exit !($t < $best)}"; then best=$t; fi
	done
	echo "$best"
}
ratio() { awk "BEGIN {printf \"%.1f\", $(ms "$1") / $base}"; }

year="daterange('2024-01-01', '2026-01-01')"
for n; do
	psql -Xq <<-SQL
		SET client_min_messages = warning;
		DROP TABLE IF EXISTS care;
		SELECT setseed(0.5) \g /dev/null
		CREATE UNLOGGED TABLE care AS
		SELECT client, provider::provider, municipality::municipality, (ARRAY['01','02','02A16','02A17','45A04','45A05','54001','01:1001'])[product_number]::product AS product,
			product_group, daterange(d, d + days) AS period, extract(year FROM d)::smallint AS year
		FROM (SELECT client, 1000000 + (client * 7 % 300 + (random() * 2)::int)::int AS provider, (200 + client % 8)::int AS municipality,
				1 + (random() * random() * 8)::int % 8 AS product_number, (client % 5 + random() * 8)::int % 12 AS product_group,
				'2023-01-01'::date + (random() * 1000)::int AS d, 1 + (random() * random() * 300)::int AS days
			FROM (SELECT (random() * $n / 10)::bigint AS client FROM generate_series(1, $n)) c) x;
		VACUUM ANALYZE care;
	SQL
	base=$(ms '' 'SELECT count(*) FROM care')
	printf '\n%s periods, count(*) = %.0f ms; multiples of it:\n\n| question | typical SQL | best SQL | zorgregio |\n|---|---:|---:|---:|\n' "$n" "$base"

	echo "| unique clients per provider, product, municipality and year | $(ratio 'SELECT provider, product, municipality, year, count(DISTINCT client) FROM care GROUP BY 1, 2, 3, 4') | $(
		ratio 'SELECT provider, product, municipality, year, count(*) FROM (SELECT DISTINCT provider, product, municipality, year, client FROM care) d GROUP BY 1, 2, 3, 4') | $(
		ratio 'SELECT provider, product, municipality, year, unique_clients(client) FROM care GROUP BY 1, 2, 3, 4') |"

	# typical: one join per window; best: each client's windows as a multirange, then differences
	months="(SELECT k, (date '2024-01-01' + k * interval '1 month')::date AS b, (date '2024-02-01' + k * interval '1 month')::date AS e FROM generate_series(0, 23) k) m"
	echo "| rolling 12 months for 24 months, per municipality | $(ratio "SELECT municipality, k, count(DISTINCT client) FROM care JOIN $months ON period && daterange((e - interval '12 months')::date, e) GROUP BY 1, 2") | $(
		ratio "SELECT municipality, k, sum(d) FROM (SELECT municipality, lower(w) k, count(*) d FROM (SELECT municipality, client, unnest(range_agg(w)) w FROM (
			SELECT municipality, client, int4range(greatest(0, (extract(year FROM lower(period)) * 12 + extract(month FROM lower(period)) - 24289)::int), least(24, (extract(year FROM upper(period) - 1) * 12 + extract(month FROM upper(period) - 1) - 24289)::int + 12)) w
			FROM care WHERE period && daterange('2023-02-01', '2026-01-01')) a WHERE NOT isempty(w) GROUP BY 1, 2) b GROUP BY 1, 2) c GROUP BY 1, 2") | $(
		ratio "SELECT municipality, f.* FROM (SELECT municipality, care_history_agg(client, period) h FROM care GROUP BY 1) g, LATERAL flows(h, $year) f") |"

	# typical: range_agg with the gap added; best: running maximum over sorted periods
	count="SELECT municipality, product_group, m, sum(i), sum(o) FROM e, LATERAL (VALUES (date_trunc('month', s), 1, 0), (date_trunc('month', e - 1), 0, 1)) v(m, i, o) GROUP BY 1, 2, 3"
	echo "| monthly flow per municipality and product group, gap 30 | $(
		ratio "WITH e AS (SELECT municipality, product_group, lower(x) s, upper(x) - 30 e FROM (SELECT municipality, product_group, client, unnest(range_agg(daterange(lower(period), upper(period) + 30))) x FROM care GROUP BY 1, 2, 3) a) $count") | $(
		ratio "WITH p AS (SELECT municipality, product_group, client, lower(period) s, upper(period) e FROM care), m AS (SELECT *, max(e) OVER w before, lead(s) OVER (PARTITION BY municipality, product_group, client ORDER BY s) after FROM p WINDOW w AS (PARTITION BY municipality, product_group, client ORDER BY s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
			v AS (SELECT municipality, product_group, date_trunc('month', s) m, 1 i, 0 o FROM m WHERE before IS NULL OR s - before > 30 UNION ALL SELECT municipality, product_group, date_trunc('month', greatest(e, before) - 1), 0, 1 FROM m WHERE after IS NULL OR after - greatest(e, before) > 30)
			SELECT municipality, product_group, m, sum(i), sum(o) FROM v GROUP BY 1, 2, 3") | $(
		ratio "SELECT municipality, product_group, f.* FROM (SELECT municipality, product_group, care_history_agg(client, period) h FROM care GROUP BY 1, 2) g, LATERAL flows(h, $year, gap => 30) f") |"

	echo "| clients of 12 months at each month of a year, per provider, municipality and product group | | | $(
		ratio "SELECT provider, municipality, product_group, f.period, f.clients_12m FROM (SELECT provider, municipality, product_group, care_history_agg(client, period) h FROM care GROUP BY 1, 2, 3) g, LATERAL flows(h, daterange('2025-01-01', '2026-01-01')) f") |"
	echo "| transitions between products over a year, gap 30, per municipality | | | $(
		ratio "SELECT municipality, t.* FROM (SELECT municipality, care_history_agg(client, product, period) h FROM care GROUP BY 1) g, LATERAL transitions(h, daterange('2025-01-01', '2026-01-01'), 30) t") |"
done
