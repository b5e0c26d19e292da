-- 86-check-region: what is wrong with the data of a region, or with tables and views that are to be copied into it.
--
-- SQL is put together from names in the catalog, quoted, and from the texts of check_conditions and its like; never from data.

-- Bad data are a finding, not an error: NULL for what cannot be counted. The message of the error may hold a client, so it
-- goes nowhere.
CREATE FUNCTION check_count(query text, OUT rows bigint, OUT examples text[])
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	EXECUTE format('WITH bad(example, n) AS MATERIALIZED (%s)
		SELECT (SELECT coalesce(sum(b.n), 0) FROM bad b), ARRAY(
			SELECT b.example FROM bad b WHERE b.example IS NOT NULL GROUP BY b.example ORDER BY length(b.example), b.example COLLATE "C" LIMIT 5)', query)
		INTO rows, examples;
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR cardinality_violation OR raise_exception THEN
	rows := NULL;
END $$;
COMMENT ON FUNCTION check_count(text) IS 'Runs a query of (example, rows) and gives the sum of rows and up to five examples; NULL where reading the data fails; part of check_region.';

CREATE FUNCTION check_counts(conditions text[], typed text) RETURNS bigint[]
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	counts bigint[];
BEGIN
	EXECUTE (SELECT format('SELECT ARRAY[%s] FROM %s t', string_agg(format('count(*) FILTER (WHERE %s)', c), ', ' ORDER BY n), typed)
		FROM unnest(conditions) WITH ORDINALITY u(c, n)) INTO counts;
	RETURN counts;
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR cardinality_violation OR raise_exception THEN
	-- which one? check_count tells
	RETURN array_fill(NULL::bigint, ARRAY[cardinality(conditions)]);
END $$;
COMMENT ON FUNCTION check_counts(text[], text) IS 'Rows that satisfy each of the conditions, in one scan; NULLs where that fails; part of check_region.';

-- A key that is a BSN, or that stands for the allotment and the client at once.
CREATE FUNCTION check_persons(columns jsonb, typed jsonb) RETURNS TABLE (table_name text, column_name text, rows bigint, explanation text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	c record;
	persons bigint;
BEGIN
	FOR c IN
		SELECT c.table_name, c.column_name, c.state FROM jsonb_to_recordset(columns) c(table_name text, column_name text, type text, in_source boolean, judged boolean, state text)
		WHERE c.judged AND c.type = 'bigint' AND c.state NOT IN ('missing', 'lost', 'unreadable')
			AND (c.column_name = 'client' OR c.column_name = 'number' AND (c.in_source OR c.table_name = 'allocations'))
		ORDER BY c.table_name, c.column_name
	LOOP
		EXECUTE format('SELECT sum(k.n) FILTER (WHERE k.is_bsn), CASE WHEN count(*) >= 3 AND 2 * count(*) FILTER (WHERE k.is_bsn) > count(*) THEN count(*) END FROM (
				SELECT count(*) AS n, coalesce(t.%1$I BETWEEN 10000000 AND 999999999 AND zorgregio.bsn_valid(lpad(t.%1$I::text, 9, ''0'')), false) AS is_bsn
				FROM %2$s t WHERE t.%1$I IS NOT NULL GROUP BY t.%1$I) k', c.column_name, typed ->> c.table_name) INTO rows, persons;
		IF persons IS NOT NULL THEN
			table_name := c.table_name;
			column_name := c.column_name;
			explanation := 'Most values pass the 11-test of a BSN (burgerservicenummer). Use a key that cannot be traced to the person.';
			RETURN NEXT;
		END IF;
	END LOOP;
	IF EXISTS (SELECT FROM jsonb_to_recordset(columns) c(table_name text, judged boolean) WHERE c.table_name = 'allocations' AND c.judged) THEN
		EXECUTE format('SELECT count(*) FILTER (WHERE t.number = t.client), count(*) FROM %s t', typed ->> 'allocations') INTO rows, persons;
	ELSE
		persons := 0;
	END IF;
	IF persons >= 3 AND 2 * rows > persons THEN
		table_name := 'allocations';
		column_name := 'number';
		explanation := 'Most allotments have the key of their client for a number.';
		RETURN NEXT;
	END IF;
END $$;
COMMENT ON FUNCTION check_persons(jsonb, jsonb) IS 'Columns whose numbers look like BSNs or are those of the client; part of check_region, which then shows no number of an allotment.';

CREATE FUNCTION check_region(region text, source text DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
	RETURNS TABLE (check_name text, table_name text, column_name text, severity text, rows bigint, examples text[], explanation text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	elsewhere constant text := nullif(source, region);
	columns jsonb;
	typed jsonb;
	known jsonb;
	judged text[];
	keys jsonb;
	hidden text[];
	f record;
	counts bigint[];
	filled boolean;
BEGIN
	IF region IS NULL OR as_of IS NULL OR NOT isfinite(as_of) THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'check_region needs a region and a day',
			HINT = 'SELECT * FROM zorgregio.check_region(''mijov'')';
	END IF;
	PERFORM require_region(region);
	IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = coalesce(elsewhere, region)) THEN
		RAISE invalid_schema_name USING
			MESSAGE = format('schema "%s" does not exist', elsewhere),
			HINT = 'It is to hold tables or views with the names and columns of the region''s tables.';
	END IF;

	-- Tables, columns and values that are not there or cannot be read
	columns := coalesce((SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('judged', elsewhere IS NULL OR c.in_source)) FROM check_columns(region, elsewhere) c), '[]');
	FOR f IN
		SELECT t.name, t.needed FROM (VALUES (1, 'municipalities', true), (2, 'products', true), (3, 'providers', true), (4, 'contracts', false),
			(5, 'tariffs', false), (6, 'allocations', true), (7, 'deliveries', false), (8, 'claims', false)) t(step, name, needed)
		WHERE elsewhere IS NOT NULL AND NOT EXISTS (SELECT FROM jsonb_to_recordset(columns) c(table_name text, in_source boolean) WHERE c.table_name = t.name AND c.in_source)
		ORDER BY t.step
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', region, f.name) INTO filled;
		IF NOT filled THEN
			RETURN QUERY SELECT 'missing table', f.name, NULL::text, CASE WHEN f.needed THEN 'error' ELSE 'warning' END, NULL::bigint, NULL::text[],
				format('Schema %s has no table or view of this name, and the region has no rows either.', elsewhere);
		END IF;
	END LOOP;
	RETURN QUERY
		SELECT p.check_name, c.table_name, c.column_name, p.severity, NULL::bigint, NULL::text[], p.explanation
		FROM jsonb_to_recordset(columns) c(table_name text, column_name text, number integer, type text, required boolean, in_source boolean, actual text, state text)
			LEFT JOIN (VALUES ('allocations', 'requested', 'Waiting times cannot be computed.'), ('allocations', 'change_reason', 'Allotments that were never sent (reason 13) will count.'),
				('deliveries', 'ended', 'All care goes on.'), ('deliveries', 'stop_reason', 'A pause will count as the end of care.'),
				('claims', 'volume', 'Utilisation cannot be computed.'), ('claims', 'tariff', 'Prices cannot be checked.')) used(table_name, column_name, without)
				ON used.table_name = c.table_name AND used.column_name = c.column_name
			LEFT JOIN pg_type g ON g.oid = to_regtype(c.actual) LEFT JOIN pg_type w ON w.oid = to_regtype(c.type)
			CROSS JOIN LATERAL (
				SELECT 'missing column', 'error', 'The column is not there, and every row needs a value.' WHERE c.state = 'missing' AND c.required
				UNION ALL SELECT 'missing column', 'warning', 'The column is not there. ' || used.without || ' Add it, if only as NULL.' WHERE c.state = 'missing' AND used.without IS NOT NULL
				UNION ALL SELECT 'unreadable', 'error', CASE WHEN c.column_name IS NULL THEN 'Reading the rows fails for a value in the data, as a query on the view does.'
					ELSE 'Reading the column fails for a value in the data: a cast in the view? Let the view give the text, so that the values can be told apart.' END WHERE c.state = 'unreadable'
				UNION ALL SELECT 'wrong type', 'error', format('The column has type %s and should have %s, or text.', c.actual, c.type)
				WHERE c.state IN ('converted', 'invalid') AND coalesce(g.typcategory, 'U') <> 'S' AND coalesce(nullif(g.typbasetype, 0), g.oid) <> w.oid
					AND NOT EXISTS (SELECT FROM pg_cast k WHERE k.castsource = coalesce(nullif(g.typbasetype, 0), g.oid) AND k.casttarget = w.oid AND k.castcontext IN ('a', 'i'))
				UNION ALL SELECT 'wrong type', 'warning', format('Amounts of type %s are binary floating point, which has no exact cents. Use numeric.', c.actual)
				WHERE c.in_source AND w.oid = 'numeric'::regtype AND g.oid IN ('real'::regtype, 'double precision'::regtype)
			) p(check_name, severity, explanation)
		ORDER BY c.table_name, c.number NULLS FIRST;

	-- How to read each table, and what to call its rows
	SELECT jsonb_object_agg(t.table_name, t.query), jsonb_object_agg(t.table_name, coalesce(t.key, 'NULL::text')) INTO typed, keys
	FROM (
		SELECT c.table_name, format('(SELECT %s FROM %s s%s)', string_agg(c.expression || format(' AS %I', c.column_name)
				|| CASE WHEN c.state = 'invalid' THEN format(', s.%I::text AS %I', c.column_name, '?' || c.column_name) ELSE '' END, ', ' ORDER BY c.number), min(c.relation),
				-- a fence: each value is read once, however many conditions look at it
				CASE WHEN bool_or(c.state = 'invalid') THEN ' OFFSET 0' ELSE '' END) AS query,
			coalesce(min(format('t.%I::text', c.column_name)) FILTER (WHERE c.column_name = 'number' AND c.type = 'bigint'),
				min(format('t.%I::text', c.column_name)) FILTER (WHERE c.column_name = 'code'),
				'nullif(concat_ws('' '', ' || string_agg(format('t.%I', c.column_name), ', ' ORDER BY c.number)
					FILTER (WHERE c.column_name IN ('number', 'provider', 'municipality', 'product', 'requires', 'product_group', 'tariff_group', 'year', 'series', 'step', 'reference')) || '), '''')') AS key
		FROM jsonb_to_recordset(columns) c(table_name text, column_name text, number integer, type text, relation text, expression text, state text)
		WHERE c.column_name IS NOT NULL GROUP BY c.table_name
	) t;

	judged := ARRAY(SELECT DISTINCT c.table_name FROM jsonb_to_recordset(columns) c(table_name text, judged boolean) WHERE c.judged);

	-- What the rows may refer to: those in the source, and those that the region has beside them
	known := typed;
	FOR f IN
		SELECT t.name, t.key, string_agg(format('r.%I', c.column_name), ', ' ORDER BY c.number) AS list
		FROM (VALUES ('municipalities', 'code'), ('products', 'code'), ('providers', 'code'), ('contracts', NULL), ('tariffs', NULL), ('allocations', 'number')) t(name, key)
			JOIN jsonb_to_recordset(columns) c(table_name text, column_name text, number integer, in_source boolean) ON c.table_name = t.name
		WHERE c.in_source AND c.column_name IS NOT NULL GROUP BY t.name, t.key
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', region, f.name) INTO filled;
		IF filled THEN
			known := known || jsonb_build_object(f.name, format('(SELECT %1$s FROM %2$s r UNION ALL SELECT %1$s FROM %3$I.%4$I r%5$s)', f.list, typed ->> f.name, region, f.name,
				CASE WHEN f.key IS NOT NULL THEN format(' WHERE NOT EXISTS (SELECT FROM %1$s k WHERE k.%2$I = r.%2$I)', typed ->> f.name, f.key) ELSE '' END));
		END IF;
	END LOOP;

	FOR f IN SELECT * FROM check_persons(columns, typed) LOOP
		IF f.column_name = 'number' THEN
			hidden := hidden || ARRAY(SELECT k FROM jsonb_object_keys(keys) k WHERE keys ->> k = 't.number::text');
		END IF;
		RETURN QUERY SELECT 'possible BSN', f.table_name, f.column_name, 'warning', f.rows, NULL::text[], f.explanation;
	END LOOP;
	keys := keys || coalesce((SELECT jsonb_object_agg(h, 'NULL::text') FROM unnest(hidden) h), '{}');

	-- Single rows
	FOR f IN
		SELECT c.table_name, array_agg(c.condition ORDER BY c.n) AS conditions, jsonb_agg(to_jsonb(c) ORDER BY c.n) AS list
		FROM check_conditions(region, columns, keys) WITH ORDINALITY c(table_name, column_name, check_name, severity, condition, shown, explanation, n)
		WHERE c.table_name = ANY (judged) GROUP BY c.table_name ORDER BY c.table_name
	LOOP
		counts := check_counts(f.conditions, typed ->> f.table_name);
		RETURN QUERY
			SELECT l.c ->> 'check_name', f.table_name, l.c ->> 'column_name', l.c ->> 'severity', b.rows, nullif(b.examples, '{}'),
				concat(l.c ->> 'explanation', CASE WHEN b.rows IS NULL THEN ' Judging it fails for a value in the data.' END)
			FROM jsonb_array_elements(f.list) WITH ORDINALITY l(c, n)
				CROSS JOIN LATERAL check_count(format('SELECT %s, 1::bigint FROM %s t WHERE %s', l.c ->> 'shown', typed ->> f.table_name, l.c ->> 'condition')) b
			WHERE counts[l.n] IS DISTINCT FROM 0 AND b.rows IS DISTINCT FROM 0
			ORDER BY l.n;
	END LOOP;

	-- Rows together
	RETURN QUERY
		SELECT q.check_name, q.table_name, q.column_name, q.severity, b.rows, nullif(b.examples, '{}'),
			concat(q.explanation, CASE WHEN b.rows IS NULL THEN ' Judging it fails for a value in the data.' END)
		FROM (SELECT * FROM check_keys(region, columns, typed, known, keys) UNION ALL SELECT * FROM check_overlaps(columns, typed, keys) UNION ALL SELECT * FROM check_care(columns, typed, known, keys, as_of)) q
			CROSS JOIN LATERAL check_count(q.query) b
		WHERE q.table_name = ANY (judged) AND b.rows IS DISTINCT FROM 0;
END $$;
COMMENT ON FUNCTION check_region(text, text, date) IS 'What is wrong with data (controle van gegevens): of the region, or of the tables and views in schema source that have the names and columns of the region''s tables, before they are copied in. One row per finding, none when all is well. severity: error (is refused, or counts wrongly) or warning (look at it). examples: up to five numbers of allotments, codes or keys, never a client. as_of: the day that counts as today.';
