#!/usr/bin/env bash
# make report: the page says what the monitor says, in a browser, on a phone and on paper; names from the database stay
# text; a reader of one municipality gets a page of that municipality.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
scripts/need-packages report && scripts/need-packages browser
for tool in node npm chromium chromedriver pdftotext; do
	command -v "$tool" >/dev/null || { echo "1..0 # SKIP $tool cannot be installed"; exit; }
done
. test/shell/tap.sh
before=$(find . -path ./.git -prune -o -print | sort)

fresh_database zr_report
sql postgres -c 'SET client_min_messages = warning' -c 'DROP ROLE IF EXISTS zr_brummen' -c 'CREATE ROLE zr_brummen LOGIN'
sql zr_report -c 'CREATE EXTENSION zorgregio' -f test/shell/96_region.sql >/dev/null
sql zr_report -c "SELECT zorgregio.grant_region('klein', 'zr_brummen', '0213')" >/dev/null
export PGDATABASE=zr_report

ok 'the page is made' env REGION=klein OUT="$tmp/report.html" report/run
# The browser may be another user than the one who made the directory.
ok 'a browser reads it' timeout 300 node test/shell/96_report.mjs "$tmp/report.html" "$tmp/seen"
fact() { sed -n "s/^$1=//p" "$tmp/seen/facts"; }
is 'its console is empty' "$(cat "$tmp/seen/console")" ''
is 'it loads nothing' "$(cat "$tmp/seen/loaded")" ''
is 'its script ran to the end' "$(fact ready)" true
is 'it is in Dutch' "$(fact language)" nl
is 'without JavaScript the tables are the same' "$(fact static)" true
is 'every chart is drawn' "$(fact undrawn)" ''
is 'and says what it is' "$(fact unlabelled)" 0
is 'every figure has its definition' "$(fact undefined)" 0
is 'every table has a caption and names its rows' "$(fact uncaptioned)" 0
is 'nothing is undefined or not a number' "$(fact broken)" ''
is 'the sources are the views of the monitor, all of them' "$(fact sources)" "$(sql zr_report -c "SELECT string_agg(relname, ' ' ORDER BY relname COLLATE \"C\")
	FROM pg_class WHERE relnamespace = 'klein'::regnamespace AND relkind = 'v' AND relname ~ '^monitor_'")"

# Names are text
is 'no name is run' "$(fact hacked)" undefined
is 'no name is markup' "$(fact foreign) $(fact scripts)" '0 4'
is 'the name of the region is shown as it is' "$(fact heading)" "$(sql zr_report -c 'SELECT title FROM klein.settings')"
is 'those of the municipalities too' "$(fact areas)" ":Hele regio; $(sql zr_report -c "SELECT string_agg(code || ':' || name, '; ' ORDER BY name) FROM klein.municipalities")"

# The figures are those of the monitor: in Dutch notation, for every area and year
dutch() {	# area|year|figure|cells, from a query with the columns area, year and the cells
	sql zr_report -F '|' -P 'null=–' -c "SET search_path = klein, zorgregio" -c "$1"
}
same() {	# same DESCRIPTION FIGURE QUERY
	grep -E "^[^|]*\|[^|]*\|$2\|" "$tmp/seen/tables" | sort >"$tmp/page"
	dutch "$3" | sort >"$tmp/database"
	ok "$1" diff "$tmp/database" "$tmp/page"
	is "$1: there are some" "$([ "$(wc -l <"$tmp/page")" -gt 2 ] && echo yes)" yes
}
sql zr_report -f - <<'SQL'
CREATE FUNCTION public.nl(numeric, integer DEFAULT 0) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN translate(to_char(round($1, $2), CASE $2 WHEN 0 THEN 'FM999,999,999,990' WHEN 1 THEN 'FM999,999,990.0' ELSE 'FM999,999,990.00' END), ',.', '.,');
CREATE FUNCTION public.euro(numeric) RETURNS text LANGUAGE sql IMMUTABLE RETURN '€' || chr(160) || replace(public.nl($1), '-', '−');
CREATE FUNCTION public.share(numeric) RETURNS text LANGUAGE sql IMMUTABLE RETURN public.nl(100 * $1, 1) || '%';
-- As the page names it: one decimal when it has one
CREATE FUNCTION public.days(numeric) RETURNS text LANGUAGE sql IMMUTABLE RETURN regexp_replace(public.nl($1, 1), ',0$', '');
CREATE VIEW public.years AS SELECT DISTINCT extract(year FROM period_from)::text AS year FROM klein.monitor_clients;
SQL
same 'clients' clienten "SELECT coalesce(municipality, ''), y.year, 'clienten', extract(year FROM period_from), public.nl(persons), public.nl(trajectories), public.nl(allocations)
	FROM monitor_clients, public.years y WHERE level IN ('region', 'municipality') AND period_kind = 'year'"
same 'clients per municipality' clienten-gemeente "SELECT a, y.year, 'clienten-gemeente', coalesce(municipality_name, 'Regio'), string_agg(public.nl(persons), '|' ORDER BY period_from)
	FROM monitor_clients, public.years y, (SELECT '' UNION ALL SELECT code::text FROM municipalities) a(a)
	WHERE level IN ('region', 'municipality') AND period_kind = 'year' GROUP BY a, y.year, municipality, municipality_name"
same 'in- and outflow' in-en-uitstroom "SELECT coalesce(municipality, ''), extract(year FROM period_from), 'in-en-uitstroom', CASE WHEN period_kind = 'month'
		THEN (ARRAY['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'])[extract(month FROM period_from)]
		WHEN period_from = '2026-01-01' THEN 'Samen' ELSE 'Heel ' || extract(year FROM period_from) END,
		public.nl(stock_begin), public.nl(inflow), public.nl(outflow), public.nl(stock_end)
	FROM monitor_flow WHERE level IN ('region', 'municipality')"
same 'waiting' wachttijd "SELECT coalesce(municipality, ''), extract(year FROM period_from), 'wachttijd', CASE WHEN product_group IS NULL THEN 'Alles bij elkaar' ELSE product_group END, public.nl(started), public.nl(waiting),
		public.days(median_days), public.days(p80_days), public.share(share_within_norm)
	FROM monitor_waiting"
same 'budget' begroting "SELECT coalesce(municipality, ''), year, 'begroting', CASE product_group WHEN '(other)' THEN '(overige productgroepen)' WHEN '(unknown)' THEN '(productgroep onbekend)' ELSE coalesce(product_group, 'Alles bij elkaar') END,
		public.euro(budget), public.euro(spent), public.share(used_share), public.euro(forecast), public.euro(remaining),
		CASE WHEN budget IS NULL THEN 'geen begroting' WHEN over_budget THEN 'boven begroting' ELSE 'binnen begroting' END
	FROM monitor_budget WHERE municipality IS NULL OR municipality <> '(unknown)'"
same 'providers' aanbieders "SELECT coalesce(municipality, ''), extract(year FROM period_from), 'aanbieders', provider_name, provider, public.nl(persons), public.nl(trajectories), public.euro(claimed), public.euro(lump_sum),
		public.share(share_of_claimed)
	FROM monitor_providers WHERE product_group IS NULL"
same 'coverage' dekking "SELECT a, y.year, concat_ws('|', 'dekking', CASE a WHEN '' THEN municipality_name END, product_group), public.nl(contracted), public.nl(contracted_with_clients), public.nl(bridging), public.nl(clients),
		public.days(clients_per_provider), public.share(largest_share), CASE WHEN closed THEN 'ja' ELSE 'nee' END, CASE WHEN scarcity THEN 'ja' ELSE 'nee' END
	FROM monitor_coverage, public.years y, (SELECT '' UNION ALL SELECT code::text FROM municipalities) a(a) WHERE municipality IS NOT NULL AND a IN ('', municipality) AND (bought OR contracted > 0 OR bridging > 0)"
same 'control signals' controle "SELECT coalesce(municipality, ''), extract(year FROM period_from), 'controle', provider_name, CASE signal WHEN 'claimed above allotment' THEN 'Meer gedeclareerd dan toegewezen'
	WHEN 'claim without start' THEN 'Gedeclareerd vóór de start' WHEN 'claim after stop' THEN 'Gedeclareerd na het einde' WHEN 'more hours than a day has' THEN 'Meer uren dan de dagen hebben' ELSE signal END,
	public.nl(count(*)), public.nl(sum(lines)), public.euro(sum(amount)) FROM monitor_control GROUP BY municipality, extract(year FROM period_from), provider_name, signal"
same 'outflow signals' uitstroomsignalen "SELECT a, y.year, 'uitstroomsignalen', provider_name, municipality_name, product_group, rule, coalesce(public.nl(counted) || CASE counted WHEN 1 THEN ' cliënt' ELSE ' cliënten' END, '–'), public.nl(providers_remaining),
		replace(replace(explanation, ', required', ', vereist'), ': not met', ': niet gehaald')
	FROM monitor_outflow, public.years y, (SELECT '' UNION ALL SELECT code::text FROM municipalities) a(a) WHERE verdict = 'not met' AND a IN ('', municipality)"

# A chart has the numbers of its table
bar() { awk -F '|' -v f="$1" -v s="$2" '$3 == f && $5 == s { out = $1 "|" $2; for (i = 6; i <= NF; i++) out = out "|" $i; print out }' "$tmp/seen/charts" | sort; }
is 'the chart of clients per product group has the same numbers' "$(bar clienten-productgroep Personen)" "$(dutch "SELECT coalesce(municipality, ''), extract(year FROM period_from), string_agg(persons::text, '|' ORDER BY persons DESC)
	FROM monitor_clients WHERE level LIKE '%by product group' AND period_kind = 'year' AND persons > 0 GROUP BY 1, 2" | sort)"
is 'the chart of inflow has the same numbers' "$(bar in-en-uitstroom Instroom)" "$(dutch "SELECT coalesce(municipality, ''), extract(year FROM period_from), string_agg(inflow::text, '|' ORDER BY period_from)
	FROM monitor_flow WHERE level IN ('region', 'municipality') AND period_kind = 'month' GROUP BY 1, 2" | sort)"

# Phone and paper
is 'no page is wider than a phone' "$(fact wide)" ''
is 'no text is too small on it' "$(fact small)" 0
is 'charts fit' "$(fact outside)" 0
is 'no text is too faint' "$(fact faint)" ''
pages=$(pdfinfo "$tmp/seen/print.pdf" | sed -n 's/^Pages: *//p')
is 'it prints on some pages' "$([ "$pages" -ge 4 ] && [ "$pages" -le 40 ] && echo yes)" yes
pdftotext -layout "$tmp/seen/print.pdf" "$tmp/print.txt"
ok 'with the name of the region' grep -qF "$(sql zr_report -c "SELECT left(title, 20) FROM klein.settings")" "$tmp/print.txt"
ok 'and the figures' grep -qE "$(sql zr_report -c "SELECT format('2025 +%s +%s +%s', persons, trajectories, allocations) FROM klein.monitor_clients WHERE level = 'region' AND period_kind = 'year' AND period_from = '2025-01-01'")" "$tmp/print.txt"

# One municipality
ok 'a reader of one municipality makes a page' env PGUSER=zr_brummen REGION=klein OUT="$tmp/own.html" report/run
ok 'a browser reads that too' timeout 300 node test/shell/96_report.mjs "$tmp/own.html" "$tmp/seen"
is 'it has that municipality' "$(fact areas)" '0213:Brummen'
is 'its console is empty too' "$(cat "$tmp/seen/console")" ''
is 'every chart of it is drawn' "$(fact undrawn)" ''
is 'no other is named in it' "$(grep -cE '"(0200|0301)"|Zutphen|Apel' "$tmp/own.html")" 0
keys=$(sql zr_report -c "SELECT string_agg(DISTINCT client::text, '|') FROM klein.allocations")
is 'no client key is in either page' "$(sed -n '/id="data"/p' "$tmp/report.html" "$tmp/own.html" | grep -cE "[^0-9.](${keys})[^0-9.]")" 0

# What goes wrong is said
for case in "REGION=|name the schema" "REGION=nergens|schema \"nergens\"" "REGION=leeg|refresh_monitor"; do
	[ "${case%%|*}" != REGION=leeg ] || sql zr_report -c "CALL zorgregio.create_region('leeg', 'Leeg')"
	ok "${case%%|*} is refused with a reason" sh -c "! env ${case%%|*} OUT='$tmp/none.html' report/run >'$tmp/said' 2>&1 && grep -q '${case#*|}' '$tmp/said' && ! [ -e '$tmp/none.html' ]"
done
is 'nothing is left in the tree' "$(find . -path ./.git -prune -o -print | sort)" "$before"

unset PGDATABASE
sql postgres -c 'DROP DATABASE zr_report' -c 'DROP ROLE zr_brummen'
