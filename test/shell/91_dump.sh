#!/usr/bin/env bash
# Dump and restore of tables, indexes and views over every type, in both formats; DROP EXTENSION and CREATE again.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

for db in zr_from zr_custom zr_plain; do fresh_database $db; done
sql zr_from -c 'CREATE EXTENSION zorgregio' -c 'CREATE SCHEMA keep'

# One table per base type with its valid values, an array and a default, and an index of every kind that has an operator
# class for it; tables of the enums; a view and an expression index that call the extension's functions.
build() {
	sql zr_from <<'SQL'
SET search_path = zorgregio, public;
\i test/seeds.sql
SET client_min_messages = warning;
DO $$
DECLARE
	b record;
	e record;
	am text;
BEGIN
	FOR b IN SELECT name, oid FROM base_type LOOP
		EXECUTE format('CREATE TABLE keep.t_%s (id int GENERATED ALWAYS AS IDENTITY, v %s, vs %s[], d %2$s DEFAULT %4$L)', b.name, b.name, b.name,
			(pg_temp.seeds(b.name))[1]);
		EXECUTE format('INSERT INTO keep.t_%s (v, vs) SELECT s::%s, ARRAY[s::%2$s, NULL] FROM unnest($1) s', b.name, b.name) USING pg_temp.seeds(b.name);
		FOR am IN SELECT a.amname FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod WHERE c.opcintype = b.oid AND c.opcdefault LOOP
			EXECUTE format('CREATE INDEX ON keep.t_%s USING %s (v)', b.name, am);
		END LOOP;
	END LOOP;
	FOR e IN SELECT t.typname AS name FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace AND n.nspname = 'zorgregio' WHERE t.typtype = 'e' LOOP
		EXECUTE format('CREATE TABLE keep.t_%s (v %s)', e.name, e.name);
		EXECUTE format('INSERT INTO keep.t_%s SELECT unnest(enum_range(NULL::%s))', e.name, e.name);
	END LOOP;
	IF to_regprocedure('zorgregio.period(zorgregio.indication)') IS NOT NULL THEN
		CREATE INDEX ON keep.t_indication USING gist (period(v));
		CREATE VIEW keep.periods AS SELECT id, period(v), product(v) FROM keep.t_indication;
	END IF;
	IF to_regprocedure('zorgregio.law(zorgregio.product)') IS NOT NULL THEN
		CREATE INDEX ON keep.t_product (law(v));
		ALTER TABLE keep.t_product ADD CHECK (law(v) IN ('Wmo', 'Jeugdwet'));
	END IF;
END $$;
SQL
}
contents() {
	for t in $(sql "$1" -c "SELECT relname FROM pg_class WHERE relnamespace = 'keep'::regnamespace AND relkind IN ('r', 'v') ORDER BY relname"); do
		echo "$t"
		sql "$1" -c "SELECT t::text FROM keep.$t t ORDER BY 1"
	done
}
# Comments, and the key that every run of pg_dump makes up, are no contents
schema() { pg_dump -s -d "$1" | grep -vE '^(--|\\(un)?restrict |$)'; }
members() {
	sql "$1" -c "SELECT pg_describe_object(classid, objid, 0) FROM pg_depend
		WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'zorgregio') ORDER BY 1"
}

ok 'tables over every type' build
ok 'pg_dump, custom format' pg_dump -Fc -f "$tmp/custom" -d zr_from
ok 'pg_restore' pg_restore --exit-on-error -d zr_custom "$tmp/custom"
ok 'pg_dump, plain format' pg_dump -f "$tmp/plain" -d zr_from
ok 'psql' sql zr_plain -f "$tmp/plain"
wanted=$(contents zr_from)
wanted_schema=$(schema zr_from)
for db in zr_custom zr_plain; do
	is "$db: the same rows" "$(contents $db)" "$wanted"
	is "$db: the same tables, indexes and views" "$(schema $db)" "$wanted_schema"
done

# Binary COPY of a whole table
for t in $(sql zr_from -c "SELECT relname FROM pg_class WHERE relnamespace = 'keep'::regnamespace AND relkind = 'r' ORDER BY relname"); do
	ok "$t: binary COPY out" sql zr_from -c "\\copy (SELECT v FROM keep.$t) TO '$tmp/$t' (FORMAT binary)"
	ok "$t: binary COPY in" sql zr_plain -c "TRUNCATE keep.$t" -c "\\copy keep.$t (v) FROM '$tmp/$t' (FORMAT binary)"
	is "$t: the same values" "$(sql zr_plain -c "SELECT v::text FROM keep.$t")" "$(sql zr_from -c "SELECT v::text FROM keep.$t")"
done

before=$(members zr_from)
refused=$(sql zr_from -c 'DROP EXTENSION zorgregio' 2>&1 | head -n 1)
is 'DROP EXTENSION is refused while tables use its types' "$refused" 'ERROR:  cannot drop extension zorgregio because other objects depend on it'
ok 'DROP EXTENSION CASCADE' sql zr_from -c 'SET client_min_messages = warning' -c 'DROP EXTENSION zorgregio CASCADE'
is 'nothing is left in its schema' "$(sql zr_from -c "SELECT classid::regclass, objid FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = to_regnamespace('zorgregio')")" ''
ok 'tables of users are still there' sql zr_from -c 'SELECT 1 / (count(*) > 0)::int FROM pg_class WHERE relnamespace = $$keep$$::regnamespace'
ok 'CREATE EXTENSION again' sql zr_from -c 'CREATE EXTENSION zorgregio'
is 'with the same objects' "$(members zr_from)" "$before"
for db in zr_from zr_custom zr_plain; do sql postgres -c "DROP DATABASE $db"; done
