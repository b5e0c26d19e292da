-- Regions: made from the template, refused with clear errors, upgraded without touching rows.
BEGIN;
SET search_path = zorgregio, public;
SELECT no_plan();

-- A role with nothing but the right to make schemas
CREATE ROLE zr_region_maker;
CREATE ROLE zr_nobody;
SELECT format('GRANT CREATE ON DATABASE %I TO zr_region_maker', current_database()) \gexec
SET ROLE zr_region_maker;
SELECT lives_ok($$CALL zorgregio.create_region('test_a', 'Region A')$$, 'a role that may create schemas makes a region');
SELECT lives_ok($$CALL zorgregio.create_region('test_b', 'Region B')$$, 'and another one beside it');
RESET ROLE;
SELECT schema_owner_is('test_a', 'zr_region_maker', 'it owns the schema');
SELECT is_empty($$
	SELECT oid::regclass FROM pg_class WHERE relnamespace = 'test_a'::regnamespace AND pg_get_userbyid(relowner) <> 'zr_region_maker'
$$, 'and all in it');
SELECT is_empty($$
	SELECT name FROM unnest('{municipalities,products,sourcings,providers,dossiers,thresholds,admission_windows,closures,bundles,contracts,
		applications,decisions,tariffs,allocations,deliveries,declarations,claims,imports,budgets,lump_sums,settings}'::text[]) name
	WHERE NOT EXISTS (SELECT FROM pg_class WHERE relname = name AND relnamespace = 'test_a'::regnamespace AND relkind = 'r')
$$, 'the tables of a region');
SELECT results_eq('SELECT gap_days, suppress_below, round_to, title FROM test_a.settings', $$VALUES (0, 10, 5, 'Region A')$$, 'one row of settings');
SELECT is(obj_description('test_b'::regnamespace), 'Region B', 'the title is the comment of the schema');
SELECT throws_ok($$INSERT INTO test_a.settings (title, template_version) VALUES ('x', '1')$$, '23505', NULL, 'no second row of settings');
SELECT throws_ok($$INSERT INTO test_a.settings (title, template_version, one_row) VALUES ('x', '1', false)$$, '23514', NULL, 'nor one that says it is not');

-- Everything is documented and nothing is a member of the extension
SELECT is_empty($$
	SELECT c.oid::regclass FROM pg_class c WHERE relnamespace = 'test_a'::regnamespace AND relkind IN ('r', 'v', 'm')
		AND obj_description(c.oid, 'pg_class') IS NULL
	UNION ALL
	SELECT (c.oid::regclass || '.' || attname)::regclass FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
	WHERE relnamespace = 'test_a'::regnamespace AND relkind IN ('r', 'v', 'm') AND col_description(c.oid, attnum) IS NULL
$$, 'tables, views and columns have comments');
SELECT is_empty($$
	SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'test_a'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
$$, 'functions have comments');
SELECT is_empty($$
	SELECT conname FROM pg_constraint WHERE connamespace = 'test_a'::regnamespace AND contype <> 'n' AND conname !~ '_(pkey|fkey|check)$'
		AND obj_description(oid, 'pg_constraint') IS NULL
$$, 'constraints with a name of their own have comments');
SELECT is_empty($$
	SELECT pg_describe_object(classid, objid, 0) FROM pg_depend WHERE deptype = 'e' AND pg_describe_object(classid, objid, 0) ~ 'test_a'
$$, 'the extension owns nothing of a region');
SELECT is_empty($$
	SELECT oid::regprocedure FROM pg_proc p WHERE pronamespace = 'test_a'::regnamespace
		AND (prosqlbody IS NULL AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=%')
			OR prosecdef AND (prorettype <> 'trigger'::regtype OR proname !~ '^note_' OR has_function_privilege('zr_nobody', oid, 'EXECUTE')))
$$, 'functions run as their caller, but for triggers that nobody else can attach; bound at creation or with a fixed search_path');

-- The monitor: for BI tools and drivers, which know no types of ours and no rights but those of who asks
SELECT is_empty($$
	SELECT c.oid::regclass, a.attname, a.atttypid::regtype FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
	WHERE relnamespace = 'test_a'::regnamespace AND relname ~ '^(monitor|public|figures)_' AND relname NOT IN ('monitor_changes', 'monitor_state')
		AND a.atttypid <> ALL (ARRAY['bigint', 'integer', 'text', 'numeric', 'date', 'boolean', 'double precision']::regtype[])
$$, 'views of the monitor have base types only');
SELECT is_empty($$
	SELECT c.oid::regclass FROM pg_class c WHERE relnamespace = 'test_a'::regnamespace AND relname ~ '^(monitor|public)_' AND relkind IN ('v', 'm')
		AND (relkind <> 'v' OR NOT coalesce('security_invoker=true' = ANY (reloptions), false) OR NOT EXISTS (
			SELECT FROM pg_attribute WHERE attrelid = c.oid AND attnum = 1 AND attname = 'key' AND atttypid = 'bigint'::regtype))
$$, 'they ask with the rights of the reader and begin with a key');
SELECT is_empty($$
	SELECT c.oid::regclass FROM pg_class c WHERE relnamespace = 'test_a'::regnamespace AND relname ~ '^figures_' AND relkind IN ('r', 'p', 'v', 'm') AND NOT (relkind = 'r' AND relrowsecurity
		AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'municipality' AND atttypid = 'text'::regtype)
		AND EXISTS (SELECT FROM pg_constraint k JOIN pg_index i ON i.indexrelid = k.conindid WHERE k.conrelid = c.oid AND conname = relname || '_once' AND indnullsnotdistinct)
		AND EXISTS (SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum] WHERE k.conrelid = c.oid AND contype = 'p' AND attname = 'key'))
$$, 'tables of figures have row security, a key, and one row per combination of dimensions');
SELECT is_empty($$
	SELECT relname FROM pg_class c WHERE relnamespace = 'test_a'::regnamespace AND relname ~ '^figures_' AND relkind = 'r'
	EXCEPT SELECT 'figures_' || substr(proname, 9) FROM pg_proc p WHERE pronamespace = 'test_a'::regnamespace AND proname ~ '^compute_'
		AND oidvectortypes(proargtypes) = 'date, date, date' AND proretset AND provolatile = 's'
		AND ARRAY(SELECT proargnames[i] || ' ' || proallargtypes[i]::regtype FROM generate_subscripts(proargmodes, 1) i WHERE proargmodes[i] = 't' ORDER BY 1)
			= ARRAY(SELECT attname || ' ' || atttypid::regtype FROM pg_attribute WHERE attrelid = ('test_a.figures_' || substr(proname, 9))::regclass
				AND attnum > 0 AND NOT attisdropped AND attname <> 'key' ORDER BY 1)
$$, 'for each there is a function that computes its columns');
SELECT is_empty($$
	SELECT a.relname FROM pg_class a JOIN pg_class b USING (relname)
	WHERE a.relnamespace = 'test_a'::regnamespace AND b.relnamespace = 'zorgregio'::regnamespace
$$, 'no table of the extension hides one of a region');
SELECT is_empty($$
	SELECT c.relname FROM pg_class c JOIN pg_type t ON t.typname = c.relname
	WHERE c.relnamespace = 'test_a'::regnamespace AND t.typnamespace IN ('zorgregio'::regnamespace, 'pg_catalog'::regnamespace)
$$, 'no table of a region hides a type');
SELECT is_empty($$
	SELECT conrelid::regclass, conname FROM pg_constraint k WHERE connamespace = 'test_a'::regnamespace AND contype = 'f'
		AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1])
		AND conrelid::regclass::text ~ '(sourcings|contracts|allocations|deliveries|declarations|claims|imports|import_rejections|requests|decisions|applications)'
$$, 'what refers from a large table is indexed');

-- Nobody else reads or makes anything in it
SELECT is_empty($$
	SELECT c.oid::regclass FROM pg_class c WHERE relnamespace = 'test_a'::regnamespace AND relkind IN ('r', 'v') AND has_table_privilege('zr_nobody', c.oid, 'SELECT')
$$, 'a region is closed to others');
SELECT ok(NOT has_schema_privilege('zr_nobody', 'test_a', 'USAGE, CREATE'), 'its schema too');

-- What is no name
SELECT throws_ok($$CALL zorgregio.create_region(NULL, 'x')$$, '22004', NULL, 'no name');
SELECT throws_ok($$CALL zorgregio.create_region('x', NULL)$$, '22004', NULL, 'no title');
SELECT throws_ok($$CALL zorgregio.create_region('', 'x')$$, '42602', NULL, 'empty name');
SELECT throws_ok($$CALL zorgregio.create_region('x', '')$$, '42602', NULL, 'empty title');
SELECT throws_ok($$CALL zorgregio.create_region(repeat('x', 64), 'x')$$, '42622', NULL, '64 bytes');
SELECT throws_ok($$CALL zorgregio.create_region(repeat('é', 32), 'x')$$, '42622', NULL, '32 letters of two bytes');
SELECT lives_ok($$CALL zorgregio.create_region(repeat('é', 31), 'x')$$, '31 letters of two bytes');
SELECT throws_ok($$CALL zorgregio.create_region('pg_x', 'x')$$, '42939', NULL, 'names of the server');
SELECT throws_ok($$CALL zorgregio.create_region('zorgregio', 'x')$$, '42939', NULL, 'the name of the extension');
SELECT throws_ok($$CALL zorgregio.create_region('public', 'x')$$, '42939', NULL, 'public');
SELECT throws_ok($$CALL zorgregio.create_region('test_a', 'x')$$, '42P06', NULL, 'a schema that exists');
SELECT lives_ok($$CALL zorgregio.create_region('TEST_A', 'x')$$, 'names keep their case');
SET ROLE zr_nobody;
SELECT throws_ok($$CALL zorgregio.create_region('test_c', 'x')$$, '42501', NULL, 'a role without CREATE on the database');
SELECT throws_ok($$CALL zorgregio.upgrade_region('test_a')$$, '42501', 'must be owner of region "test_a"', 'a stranger upgrades nothing');
RESET ROLE;
SELECT hasnt_schema('test_c', 'nothing half made');

-- Names that try to be more than a name
CREATE TEMP TABLE hostile (name text);
INSERT INTO hostile VALUES ('x''; DROP TABLE test_a.claims; --'), ('x"; DROP TABLE test_a.claims; --'), ('$$; DROP TABLE test_a.claims; --'),
	(E'x\n; DROP TABLE test_a.claims; --'), ('@region@'), ('$zr_part$'), ('%I %s %L'), ('\'), ('*/ DROP'), ('a.b'), (' '), ('select'), ('"'), ('''');
SELECT lives_ok(format('CALL zorgregio.create_region(%L, %L)', name, name), 'region ' || to_json(name)) FROM hostile;
SELECT lives_ok(format('CALL zorgregio.upgrade_region(%L)', name), 'upgrade ' || to_json(name)) FROM hostile;
SELECT is((SELECT count(*) FROM hostile JOIN pg_namespace ON nspname = name JOIN pg_class c ON relnamespace = pg_namespace.oid AND relname = 'claims'), 14::bigint,
	'each has its tables');
SELECT has_table('test_a', 'claims', 'nothing is dropped');
SELECT is(region_title, name, 'title as given') FROM hostile,
	LATERAL (SELECT (xpath('//title/text()', query_to_xml(format('SELECT title FROM %I.settings', name), true, true, '')))[1]::text) x(escaped),
	LATERAL (SELECT replace(replace(replace(x.escaped, '&lt;', '<'), '&gt;', '>'), '&amp;', '&')) y(region_title) WHERE name NOT IN (' ');

-- The same of roles: the owner's name is what an upgrade by somebody else uses
CREATE TEMP TABLE hostile_role (name text, region text);
INSERT INTO hostile_role SELECT name, 'role_' || n FROM (SELECT name, row_number() OVER (ORDER BY name) AS n FROM hostile WHERE name <> ' ') h;
GRANT SELECT ON hostile_role TO PUBLIC;
SELECT format('CREATE ROLE %I', name) FROM hostile_role \gexec
SELECT format('GRANT CREATE ON DATABASE %I TO %I', current_database(), name) FROM hostile_role \gexec
SELECT format('SET ROLE %I', name), format('CALL zorgregio.create_region(%L, %L)', region, name), 'RESET ROLE' FROM hostile_role \gexec
SELECT lives_ok(format('CALL zorgregio.upgrade_region(%L)', region), 'upgrade for role ' || to_json(name)) FROM hostile_role;
SELECT is((SELECT count(*) FROM hostile_role JOIN pg_namespace ON nspname = region JOIN pg_class c ON relnamespace = pg_namespace.oid AND relname = 'decisions'
	WHERE pg_get_userbyid(relowner) = name), 13::bigint, 'each role owns its region');
SELECT has_table('test_a', 'claims', 'and nothing is dropped');

-- Upgrade
INSERT INTO test_a.municipalities VALUES ('0200', 'Apeldoorn');
UPDATE test_a.settings SET template_version = '0.1', gap_days = 30;
SET ROLE zr_region_maker;
SELECT lives_ok($$CALL zorgregio.upgrade_region('test_a')$$, 'the owner upgrades');
SELECT is(current_user, 'zr_region_maker'::name, 'and is who he was');
RESET ROLE;
SELECT results_eq('SELECT code::text FROM test_a.municipalities', ARRAY['0200'], 'rows stay');
SELECT results_eq('SELECT template_version = extversion, gap_days FROM test_a.settings, pg_extension WHERE extname = ''zorgregio''',
	$$VALUES (true, 30)$$, 'settings stay, the version is renewed');
SELECT throws_ok($$CALL zorgregio.upgrade_region(NULL)$$, '22004', NULL, 'upgrade of NULL');
SELECT throws_ok($$CALL zorgregio.upgrade_region('test_none')$$, '3F000', NULL, 'upgrade of nothing');
SELECT throws_ok($$CALL zorgregio.upgrade_region('public')$$, '42809', NULL, 'upgrade of what is no region');
SELECT ok(is_region('test_a') AND NOT is_region('public') AND NOT is_region('zorgregio') AND is_region(NULL) IS NULL, 'is_region');
-- a planted table settings of somebody else makes no region
CREATE SCHEMA test_planted;
CREATE TABLE test_planted.settings (template_version text);
ALTER TABLE test_planted.settings OWNER TO zr_nobody;
SELECT ok(NOT is_region('test_planted'), 'a table of a stranger makes no region');
SELECT throws_ok($$CALL zorgregio.upgrade_region('test_planted')$$, '42809', NULL, 'which cannot be upgraded');

-- A stranger who may create in the schema cannot get our code into an object of his own
SET ROLE zr_region_maker;
GRANT USAGE, CREATE ON SCHEMA test_b TO zr_nobody;
DROP FUNCTION test_b.replay(bigint);
RESET ROLE;
SET ROLE zr_nobody;
CREATE FUNCTION test_b.replay(bigint) RETURNS text LANGUAGE sql RETURN 'admit';
RESET ROLE;
SELECT throws_ok($$CALL zorgregio.upgrade_region('test_b')$$, '42501', 'must be owner of function replay', 'an upgrade by a superuser stops at a planted function');
SELECT is(current_user, session_user, 'and leaves the role as it was');

-- The template
SELECT ok(count(*) > 5 AND bool_and(part ~ '^[0-9]{2}-[a-z-]+$'), 'the parts have names') FROM region_template();
SELECT is_empty($$SELECT part FROM region_template() WHERE template ~ '@(?!region@)[a-z]+@'$$, 'one placeholder only');

SELECT * FROM finish();
ROLLBACK;
