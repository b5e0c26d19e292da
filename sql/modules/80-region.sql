-- 80-region: schemas for regions, made from the template in sql/region/.

CREATE TYPE text_range AS RANGE (SUBTYPE = text, COLLATION = "C", MULTIRANGE_TYPE_NAME = text_multirange);
COMMENT ON TYPE text_range IS 'Range of text in byte order; scope() makes these, so that text can stand in an exclusion constraint.';
COMMENT ON TYPE text_multirange IS 'Multirange of text in byte order; comes with text_range.';
COMMENT ON FUNCTION text_range(text, text) IS 'Range from the first text up to, not including, the second.';
COMMENT ON FUNCTION text_range(text, text, text) IS 'Range between two texts; the third argument says which bounds are included, such as [].';
COMMENT ON FUNCTION text_multirange() IS 'Empty multirange of text.';
COMMENT ON FUNCTION text_multirange(text_range) IS 'Multirange of one range of text.';
COMMENT ON FUNCTION text_multirange(VARIADIC text_range[]) IS 'Multirange of these ranges of text.';
COMMENT ON CAST (text_range AS text_multirange) IS 'Multirange of one range.';

-- Not STRICT: NULL means all, and a range whose bounds are NULL is unbounded.
CREATE FUNCTION scope(text) RETURNS text_range
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN text_range($1, $1, '[]');
CREATE FUNCTION scope(integer) RETURNS int4range
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN pg_catalog.int4range($1, $1, '[]');
CREATE FUNCTION scope(municipality) RETURNS int4range
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN pg_catalog.int4range($1::integer, $1::integer, '[]');
COMMENT ON FUNCTION scope(text) IS 'What a text column covers (reikwijdte): that value only, or all when NULL. With = two scopes are the same, with && they have something in common; both work in exclusion constraints.';
COMMENT ON FUNCTION scope(integer) IS 'What an integer column covers (reikwijdte): that number only, or all when NULL.';
COMMENT ON FUNCTION scope(municipality) IS 'What a municipality column covers (reikwijdte): that municipality only, or all when NULL.';

-- Every name is quoted, also where it need not be, so that @region@ is one identifier whatever it holds.
CREATE PROCEDURE run_region_template(region text, from_part text)
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	identifier constant text := '"' || replace(region, '"', '""') || '"';
	step text;
BEGIN
	FOR step IN SELECT template FROM region_template() WHERE part >= from_part ORDER BY part COLLATE "C" LOOP
		EXECUTE replace(step, '@region@', identifier);
	END LOOP;
	PERFORM renew_access(region);
END $$;
COMMENT ON PROCEDURE run_region_template(text, text) IS 'Runs the parts of the template from this one on; what create_region and upgrade_region have in common. Call those instead.';

CREATE PROCEDURE create_region(name text, title text)
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	IF name IS NULL OR title IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'a region needs a name and a title',
			HINT = 'CALL zorgregio.create_region(''mijov'', ''Zorgregio MIJOV'')';
	ELSIF name = '' OR title = '' THEN
		RAISE invalid_name USING
			MESSAGE = 'the name and the title of a region may not be empty',
			HINT = 'CALL zorgregio.create_region(''mijov'', ''Zorgregio MIJOV'')';
	ELSIF octet_length(name) > 63 THEN
		RAISE name_too_long USING
			MESSAGE = 'the name of the region is too long',
			DETAIL = format('It has %s bytes.', octet_length(name)),
			HINT = 'The name of a schema has at most 63 bytes; put the full name in the title.';
	ELSIF name ~ '^pg_' OR name IN ('public', 'information_schema', 'zorgregio') THEN
		RAISE reserved_name USING
			MESSAGE = format('"%s" is not a name for a region', name),
			DETAIL = 'It belongs to the server or to this extension, or is everybody''s.',
			HINT = 'Choose the name of a schema that does not exist yet.';
	ELSIF EXISTS (SELECT FROM pg_namespace WHERE nspname = name) THEN
		RAISE duplicate_schema USING
			MESSAGE = format('schema "%s" already exists', name),
			HINT = CASE WHEN is_region(name) THEN 'It is a region; to renew its views and functions, CALL zorgregio.upgrade_region.'
				ELSE 'A region gets a schema of its own; choose another name.' END;
	ELSIF NOT has_database_privilege(current_database(), 'CREATE') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('permission denied to create a schema in database "%s"', current_database()),
			HINT = format('Let the owner of the database run: GRANT CREATE ON DATABASE %I TO %I', current_database(), current_user);
	END IF;
	EXECUTE format('CREATE SCHEMA %I', name);
	EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, title);
	CALL run_region_template(name, '');
	EXECUTE format('INSERT INTO %I.settings (title, template_version) SELECT $1, extversion FROM pg_extension WHERE extname = %L',
		name, 'zorgregio') USING title;
END $$;
COMMENT ON PROCEDURE create_region(text, text) IS 'Makes schema "name" with the tables, views and functions of a region, owned by the caller; the title is for people. All or nothing.';

-- A region is known by its table settings, not by a list that could go stale.
CREATE FUNCTION is_region(text) RETURNS boolean
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
	RETURN EXISTS (
		SELECT FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON c.relnamespace OPERATOR(pg_catalog.=) n.oid
			JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
		WHERE n.nspname::text OPERATOR(pg_catalog.=) $1 AND c.relname OPERATOR(pg_catalog.=) 'settings'::name
			AND c.relkind OPERATOR(pg_catalog.=) 'r'::"char" AND c.relowner OPERATOR(pg_catalog.=) n.nspowner
			AND a.attname OPERATOR(pg_catalog.=) 'template_version'::name);
COMMENT ON FUNCTION is_region(text) IS 'Whether a schema is a region made by create_region: it has a table settings of its owner with a template_version.';

-- The two questions that every function with the name of a region asks first.
CREATE FUNCTION require_region(region text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	IF region IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'which region is not given',
			HINT = 'The region is the name of the schema that create_region made.';
	ELSIF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = region) THEN
		RAISE invalid_schema_name USING
			MESSAGE = format('schema "%s" does not exist', region),
			HINT = 'CALL zorgregio.create_region makes a new region.';
	ELSIF NOT is_region(region) THEN
		RAISE wrong_object_type USING
			MESSAGE = format('schema "%s" is not a region', region),
			HINT = 'A region is a schema made by create_region.';
	END IF;
END $$;
COMMENT ON FUNCTION require_region(text) IS 'An error when there is no region of that name.';

CREATE FUNCTION must_own(region text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	owner constant name := (SELECT r.rolname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = region);
BEGIN
	PERFORM require_region(region);
	IF NOT pg_has_role(owner, 'MEMBER') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('must be owner of region "%s"', region),
			DETAIL = format('Its owner is "%s".', owner);
	END IF;
END $$;
COMMENT ON FUNCTION must_own(text) IS 'An error unless the schema is a region and the caller has the rights of its owner.';

-- What REFRESH MATERIALIZED VIEW does: another user, no way back to the role of the session, and settings that go at the end.
CREATE FUNCTION as_owner(region text, statements text) RETURNS jsonb
    AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
COMMENT ON FUNCTION as_owner(text, text) IS 'Runs statements with the rights of the owner of a schema, who has no way back to those of the caller; for members of that role. The answer is the one jsonb that the last statement selects, or NULL. Part of refresh_monitor, upgrade_region and grant_region.';

-- Runs as the owner of the region: what is new belongs to the owner, and an object that somebody else planted there
-- under one of our names is an error, not something that gets our code and keeps a stranger as owner.
CREATE PROCEDURE upgrade_region(name text)
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	PERFORM must_own(name);
	PERFORM as_owner(name, format($sql$
		CALL zorgregio.run_region_template(%1$L, '50');
		UPDATE %1$I.settings SET template_version = (SELECT extversion FROM pg_extension WHERE extname = 'zorgregio');
		$sql$, name));
END $$;
COMMENT ON PROCEDURE upgrade_region(text) IS 'Renews the views and functions of a region to this version of the extension; its tables and their rows stay as they are.';
