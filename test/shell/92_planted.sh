#!/usr/bin/env bash
# A database where somebody without rights planted functions and operators that would win name resolution: in public and
# in a schema zorgregio of his own. CREATE EXTENSION and every function of the extension must never call one.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

fresh_database zr_planted
sql postgres -c "SET client_min_messages = warning" -c "DROP ROLE IF EXISTS zr_mallory" -c "CREATE ROLE zr_mallory"
sql zr_planted -c 'GRANT CREATE ON DATABASE zr_planted TO zr_mallory' -c 'GRANT CREATE ON SCHEMA public TO zr_mallory'

# plant SCHEMA...: every built-in function and operator that takes polymorphic arguments gets a twin over the types that the extension
# works with: an exact match beats the built-in one wherever a name is not qualified. Then plain twins of all built-in
# functions and operators over text, date, integers, numeric and jsonb, for a search_path that names pg_catalog last.
plant() {
	sql zr_planted -v places="{$1}" <<'SQL'
SET ROLE zr_mallory;
SET client_min_messages = warning;
SELECT set_config('planted.places', :'places', false);
SET search_path = pg_catalog;
DO $$
DECLARE
	place text;
	f record;
	n int := 0;
BEGIN
	FOREACH place IN ARRAY current_setting('planted.places')::text[] LOOP
		FOR f IN
			WITH one AS (
				SELECT p.oid, p.proname, p.prokind, p.proretset, array_agg(CASE t.typname
					WHEN 'anyrange' THEN 'daterange' WHEN 'anycompatiblerange' THEN 'daterange' WHEN 'anymultirange' THEN 'datemultirange'
					WHEN 'anyarray' THEN 'text[]' WHEN 'anycompatiblearray' THEN 'text[]'
					WHEN 'anyelement' THEN e.element WHEN 'anycompatible' THEN e.element WHEN 'anynonarray' THEN e.element
					ELSE format_type(t.oid, NULL) END ORDER BY a.i) AS args
				FROM pg_proc p CROSS JOIN (VALUES ('date'), ('text')) e(element),
					unnest(p.proargtypes) WITH ORDINALITY a(type, i) JOIN pg_type t ON t.oid = a.type
				WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.provariadic = 0
				GROUP BY p.oid, e.element
				HAVING bool_and(t.typname IN ('anyrange', 'anycompatiblerange', 'anymultirange', 'anyarray', 'anycompatiblearray', 'anyelement',
					'anycompatible', 'anynonarray', 'date', 'text', 'int4', 'int8', 'numeric', 'bool', 'daterange', 'jsonb', 'interval'))
			)
			SELECT DISTINCT proname, args FROM one
		LOOP
			BEGIN
				EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS text LANGUAGE plpgsql AS ''BEGIN RAISE EXCEPTION ''''planted %s'''' USING ERRCODE = ''''ZZ001''''; END''',
					place, f.proname, array_to_string(f.args, ', '), f.proname);
				n := n + 1;
			EXCEPTION WHEN duplicate_function THEN NULL;
			END;
		END LOOP;
		FOR f IN
			SELECT DISTINCT o.oprname, l.t AS l, r.t AS r
			FROM pg_operator o
			CROSS JOIN LATERAL (SELECT CASE WHEN o.oprleft::regtype::text IN ('anyrange') THEN 'daterange' WHEN o.oprleft::regtype::text IN ('anyarray', 'anycompatiblearray') THEN 'text[]'
				WHEN o.oprleft::regtype::text IN ('anyelement', 'anycompatible') THEN 'date' ELSE o.oprleft::regtype::text END) l(t)
			CROSS JOIN LATERAL (SELECT CASE WHEN o.oprright::regtype::text IN ('anyrange') THEN 'daterange' WHEN o.oprright::regtype::text IN ('anyarray', 'anycompatiblearray') THEN 'text[]'
				WHEN o.oprright::regtype::text IN ('anyelement', 'anycompatible') THEN 'date' ELSE o.oprright::regtype::text END) r(t)
			WHERE o.oprkind = 'b' AND l.t IN ('daterange', 'text[]', 'date', 'text', 'integer', 'bigint', 'numeric', 'jsonb', 'boolean')
				AND r.t IN ('daterange', 'text[]', 'date', 'text', 'integer', 'bigint', 'numeric', 'jsonb', 'boolean')
		LOOP
			EXECUTE format('CREATE OR REPLACE FUNCTION %I.planted(%s, %s) RETURNS boolean LANGUAGE plpgsql AS ''BEGIN RAISE EXCEPTION ''''planted operator'''' USING ERRCODE = ''''ZZ001''''; END''',
				place, f.l, f.r);
			BEGIN
				EXECUTE format('CREATE OPERATOR %I.%s (FUNCTION = %I.planted, LEFTARG = %s, RIGHTARG = %s)', place, f.oprname, place, f.l, f.r);
				n := n + 1;
			EXCEPTION WHEN duplicate_function OR invalid_function_definition THEN NULL;
			END;
		END LOOP;
	END LOOP;
	IF n < 500 THEN
		RAISE EXCEPTION 'only % planted', n;
	END IF;
END $$;
SQL
}

# A plausible argument of every type, made where nothing is planted: lines of type and SQL expression
samples() {
	sql zr_clean <<'SQL'
SET client_min_messages = warning;
SET search_path = zorgregio, public;
\i test/seeds.sql
CREATE TEMP TABLE sample AS
SELECT oid, format('%L::zorgregio.%I', (pg_temp.seeds(name))[1], name) AS expr FROM base_type
UNION ALL SELECT t.oid, format('%L::zorgregio.%I', (SELECT enumlabel FROM pg_enum e WHERE enumtypid = t.oid LIMIT 1), typname)
	FROM pg_type t WHERE typtype = 'e' AND typnamespace = 'zorgregio'::regnamespace
UNION ALL SELECT type::regtype, format('%L::%s', value, type) FROM (VALUES ('text', 'uur'), ('date', '2026-02-01'), ('integer', '1'), ('bigint', '1'),
	('smallint', '1'), ('numeric', '1.00'), ('boolean', 'true'), ('daterange', '[2026-01-01,2026-06-01)'), ('jsonb', '{"fte": 5}'),
	('interval', '1 month'), ('bytea', 'x'), ('name', 'x')) v(type, value);
SET search_path = pg_catalog;
SELECT oid::regtype, expr FROM pg_temp.sample UNION ALL
SELECT t.typarray::regtype, format('ARRAY[%s]', expr) FROM pg_temp.sample s JOIN pg_type t USING (oid) WHERE t.typarray <> 0;
SQL
}

# Calls every function and aggregate of the extension with these arguments under the search_path $1; the results do not
# matter, but no error may be a planted one (by its SQLSTATE) or internal.
call_all() {
	sql zr_planted <<SQL
SET client_min_messages = warning;
SET search_path = pg_catalog;
CREATE TEMP TABLE sample (type text, expr text);
\copy pg_temp.sample FROM '$tmp/samples' (DELIMITER '|')
CREATE TEMP TABLE call AS
SELECT p.oid::regprocedure AS fn, format('SELECT zorgregio.%I(%s)', p.proname, string_agg(s.expr, ', ' ORDER BY a.i)) AS query,
	count(s.expr) = p.pronargs AS possible
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'zorgregio'
CROSS JOIN unnest(p.proargtypes) WITH ORDINALITY a(type, i) LEFT JOIN pg_temp.sample s ON s.type::regtype = a.type
WHERE p.prokind IN ('f', 'a') AND p.pronargs > 0 GROUP BY p.oid;
CREATE TEMP TABLE outcome (fn text, state text, message text);
SET search_path = $1;
DO \$\$
DECLARE
	c pg_catalog.record;
BEGIN
	FOR c IN SELECT call.fn, call.query FROM pg_temp.call WHERE possible LOOP
		BEGIN
			EXECUTE c.query;
			INSERT INTO pg_temp.outcome VALUES (c.fn::pg_catalog.text, 'ok', '');
		EXCEPTION WHEN OTHERS THEN
			INSERT INTO pg_temp.outcome VALUES (c.fn::pg_catalog.text, SQLSTATE, SQLERRM);
		END;
	END LOOP;
END \$\$;
SET search_path = pg_catalog;
SELECT fn, state, message FROM pg_temp.outcome WHERE state = 'ZZ001'
	OR state LIKE 'XX%' AND message NOT LIKE '%called in non-aggregate context';
SELECT 'nothing was called' WHERE (SELECT count(*) FROM pg_temp.outcome WHERE state = 'ok') < 10;
SQL
}

fresh_database zr_clean
sql zr_clean -c 'CREATE EXTENSION zorgregio'
samples >"$tmp/samples"
ok 'functions and operators are planted in public' plant public
is 'they work' "$(sql zr_planted -c 'SET search_path = public, pg_catalog' -c "SELECT lower(daterange '[2026-01-01,2027-01-01)')" 2>&1 | head -n 1)" 'ERROR:  planted lower'

# A schema zorgregio of somebody without superuser rights, or with something of his in it
sql zr_planted -c 'SET ROLE zr_mallory' -c 'CREATE SCHEMA zorgregio'
refused='ERROR:  schema "zorgregio" exists already, and it or objects in it belong to another role'
is "CREATE EXTENSION refuses a stranger's schema" "$(sql zr_planted -c 'CREATE EXTENSION zorgregio' 2>&1 | head -n 1)" "$refused"
sql zr_planted -c 'ALTER SCHEMA zorgregio OWNER TO CURRENT_USER' -c 'GRANT ALL ON SCHEMA zorgregio TO zr_mallory'
ok 'functions and operators are planted in zorgregio' plant zorgregio
is "CREATE EXTENSION refuses a schema with a stranger's objects" "$(sql zr_planted -c 'CREATE EXTENSION zorgregio' 2>&1 | head -n 1)" "$refused"
sql zr_planted -c 'SET client_min_messages = warning' -c 'DROP SCHEMA zorgregio CASCADE' -c 'CREATE SCHEMA zorgregio'

ok 'CREATE EXTENSION in an empty schema, public first' sql zr_planted -c 'SET search_path = public, zorgregio, pg_catalog' -c 'CREATE EXTENSION zorgregio'
for path in 'pg_catalog' 'public, zorgregio' 'public, zorgregio, pg_catalog'; do
	is "no function calls a planted one, search_path $path" "$(call_all "$path" 2>&1)" ''
done

for path in 'public, zorgregio' 'public, zorgregio, pg_catalog'; do
	ok "a region is made without them, search_path $path" sql zr_planted -c 'SET client_min_messages = warning' -c "SET search_path = $path" \
		-c "CALL zorgregio.create_region('zr_planted', 'planted')" -c "CALL zorgregio.upgrade_region('zr_planted')" -c 'DROP SCHEMA zr_planted CASCADE'
done

# Superusers' own objects with a name of ours are not taken over either
fresh_database zr_taken
sql zr_taken -c 'CREATE SCHEMA zorgregio' -c "CREATE FUNCTION zorgregio.bsn_valid(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'"
is 'a function with a name of ours stops CREATE EXTENSION' "$(sql zr_taken -c 'CREATE EXTENSION zorgregio' 2>&1 | head -n 1)" \
	'ERROR:  function "bsn_valid" already exists with same argument types'
sql postgres -c 'DROP DATABASE zr_clean' -c 'DROP DATABASE zr_planted' -c 'DROP DATABASE zr_taken' -c 'DROP ROLE zr_mallory'
