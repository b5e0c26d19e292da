-- 00-prelude: nothing but the rules of this script.
--
-- Modules run in the order of their numbers. CREATE, never OR REPLACE or IF NOT EXISTS: the script must not
-- take over objects that somebody planted in the schema. Names and operators in bodies are qualified.

-- A schema of this name that was here before, with an owner or objects of somebody without superuser rights, could hold
-- functions that win name resolution against built-in ones. Then nothing is installed.
DO $$
DECLARE
	stranger pg_catalog.name := (
		SELECT r.rolname
		FROM pg_catalog.pg_namespace n, pg_catalog.pg_roles r
		WHERE n.nspname OPERATOR(pg_catalog.=) 'zorgregio'::pg_catalog.name AND NOT r.rolsuper
			AND (r.oid OPERATOR(pg_catalog.=) n.nspowner
				OR EXISTS (SELECT FROM pg_catalog.pg_proc o WHERE o.pronamespace OPERATOR(pg_catalog.=) n.oid AND o.proowner OPERATOR(pg_catalog.=) r.oid)
				OR EXISTS (SELECT FROM pg_catalog.pg_operator o WHERE o.oprnamespace OPERATOR(pg_catalog.=) n.oid AND o.oprowner OPERATOR(pg_catalog.=) r.oid)
				OR EXISTS (SELECT FROM pg_catalog.pg_type o WHERE o.typnamespace OPERATOR(pg_catalog.=) n.oid AND o.typowner OPERATOR(pg_catalog.=) r.oid)
				OR EXISTS (SELECT FROM pg_catalog.pg_class o WHERE o.relnamespace OPERATOR(pg_catalog.=) n.oid AND o.relowner OPERATOR(pg_catalog.=) r.oid))
		LIMIT 1);
BEGIN
	IF stranger IS NOT NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = 'schema "zorgregio" exists already, and it or objects in it belong to another role',
			DETAIL = pg_catalog.concat('Role "', stranger, '" is no superuser.'),
			HINT = 'Look at what is in it; then drop or rename it.';
	END IF;
END $$;
