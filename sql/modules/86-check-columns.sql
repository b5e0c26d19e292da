-- 86-check-columns: how check_region reads a column of somebody else's tables: text that may be no value, views that fail.

-- Not STRICT: the second argument only tells the type. Not PARALLEL SAFE: every value takes a subtransaction.
CREATE FUNCTION try_input(value text, of_type anyelement) RETURNS anyelement
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE;
COMMENT ON FUNCTION try_input(text, anyelement) IS 'The text as a value of the type of the second argument (NULL::provider), or NULL where it is none (poging tot inlezen): a cast that does not fail. STABLE, since dates depend on a setting.';

-- Rows that an expression gives a value for, or NULL when reading it fails for what is in the data. Other errors, such as a
-- missing right to read, go to the caller. The message of the error is thrown away: it may hold a client.
CREATE FUNCTION check_readable(expressions text[], relation text) RETURNS boolean
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	EXECUTE (SELECT 'SELECT ' || coalesce(string_agg(format('count(%s)', e), ', '), 'count(*)') FROM unnest(expressions) e) || ' FROM ' || relation || ' s';
	RETURN true;
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR cardinality_violation OR raise_exception THEN
	RETURN false;
END $$;
COMMENT ON FUNCTION check_readable(text[], text) IS 'Whether these expressions over a table or view s can be computed for all its rows; part of check_region.';

-- The tables of a region that people load: not what the extension computes or writes itself.
CREATE FUNCTION check_columns(region text, source text) RETURNS TABLE (table_name text, column_name text, number integer, type text, not_null boolean, required boolean,
		in_source boolean, relation text, actual text, expression text, state text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	t record;
	c record;
	tries text[];
	fine boolean;
BEGIN
	FOR t IN
		SELECT r.oid AS wanted, r.relname::text AS name, s.oid AS given, s.relkind AS kind
		FROM pg_class r LEFT JOIN pg_class s ON s.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = source)
			AND s.relname = r.relname AND s.relkind IN ('r', 'v', 'm', 'p', 'f')
		WHERE r.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = region) AND r.relkind = 'r'
			AND r.relname !~ '^(figures|monitor)_' AND r.relname NOT IN ('settings', 'decisions', 'imports', 'import_rejections', 'received_allocations', 'received_deliveries')
		ORDER BY r.relname
	LOOP
		table_name := t.name;
		in_source := t.given IS NOT NULL;
		relation := format('%I.%I', CASE WHEN in_source THEN source ELSE region END, t.name);
		-- One scan for all columns; only when that fails, one for each.
		tries := ARRAY(SELECT zorgregio.check_expression(s.attname, s.atttypid, w.atttypid)
			FROM pg_attribute w JOIN pg_attribute s ON s.attrelid = t.given AND s.attname = w.attname AND s.attnum > 0 AND NOT s.attisdropped
			WHERE w.attrelid = t.wanted AND w.attnum > 0 AND NOT w.attisdropped AND (t.kind IN ('v', 'f') OR s.atttypid <> w.atttypid));
		fine := NOT in_source OR cardinality(tries) = 0 OR zorgregio.check_readable(tries, relation);
		IF NOT fine AND NOT zorgregio.check_readable('{}', relation) THEN
			SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL INTO column_name, number, type, not_null, required, actual, expression;
			state := 'unreadable';
			RETURN NEXT;
			relation := '(SELECT LIMIT 0)';
		END IF;
		FOR c IN
			SELECT w.attname::text AS name, w.attnum::integer AS number, w.atttypid AS wanted, w.attnotnull AS not_null, coalesce(s.atttypid, w.atttypid) AS given,
				w.attnotnull AND NOT w.atthasdef AND w.attidentity = '' AND (t.name, w.attname) <> ('products', 'law') AS required,
				in_source AND s.attname IS NULL AS absent
			FROM pg_attribute w LEFT JOIN pg_attribute s ON s.attrelid = t.given AND s.attname = w.attname AND s.attnum > 0 AND NOT s.attisdropped
			WHERE w.attrelid = t.wanted AND w.attnum > 0 AND NOT w.attisdropped
			ORDER BY w.attnum
		LOOP
			column_name := c.name;
			number := c.number;
			type := format_type(c.wanted, NULL);
			not_null := c.not_null;
			required := c.required;
			actual := format_type(c.given, NULL);
			expression := zorgregio.check_expression(c.name, c.given, c.wanted);
			state := CASE WHEN c.given = c.wanted THEN 'same' ELSE 'converted' END;
			IF c.absent OR relation LIKE '(%' THEN
				expression := format('NULL::%s', type);
				state := CASE WHEN c.absent THEN 'missing' ELSE 'lost' END;
			ELSIF NOT fine AND NOT zorgregio.check_readable(ARRAY[expression], relation) THEN
				IF c.given <> c.wanted AND zorgregio.check_readable(ARRAY[format('s.%I', c.name)], relation) THEN
					expression := format('zorgregio.try_input(s.%I::text, NULL::%s)', c.name, type);
					state := 'invalid';
				ELSE
					expression := format('NULL::%s', type);
					state := 'unreadable';
				END IF;
			END IF;
			RETURN NEXT;
		END LOOP;
	END LOOP;
END $$;
COMMENT ON FUNCTION check_columns(text, text) IS 'The columns of a region as they are found in the schema source, with the expression that reads each; part of check_region. Of state: same type, converted, invalid (some values are none of the type), missing, unreadable (reading it fails), or lost (the whole table is unreadable).';

CREATE FUNCTION check_expression(column_name name, given oid, wanted oid) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT CASE
		WHEN given = wanted THEN pg_catalog.format('s.%I', column_name)
		WHEN EXISTS (SELECT FROM pg_cast k WHERE k.castsource = given AND k.casttarget = wanted) THEN pg_catalog.format('CAST(s.%I AS %s)', column_name, format_type(wanted, NULL))
		ELSE pg_catalog.format('CAST(CAST(s.%I AS text) AS %s)', column_name, format_type(wanted, NULL)) END;
END;
COMMENT ON FUNCTION check_expression(name, oid, oid) IS 'SQL that reads a column s of one type as another; part of check_region.';
