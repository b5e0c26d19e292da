-- 86-check-rows: what single rows can have wrong. One scan per table counts the rows of all its conditions.
--
-- Conditions are SQL over t, a row of the region's types. Beside a column with values that are none of its type stands
-- the text as it came, under its name with a question mark in front.

CREATE FUNCTION check_reversed(raw text) RETURNS boolean
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN coalesce(
		substring(raw FROM '\[ *(\d{4}-\d\d-\d\d) *, *\d{4}-\d\d-\d\d *[)]') COLLATE "C" >= substring(raw FROM '\[ *\d{4}-\d\d-\d\d *, *(\d{4}-\d\d-\d\d) *[)]') COLLATE "C",
		substring(raw FROM '\[ *(\d{4}-\d\d-\d\d) *, *\d{4}-\d\d-\d\d *\]') COLLATE "C" > substring(raw FROM '\[ *\d{4}-\d\d-\d\d *, *(\d{4}-\d\d-\d\d) *\]') COLLATE "C",
		false);
COMMENT ON FUNCTION check_reversed(text) IS 'Whether a text holds a range of days that ends before it starts; part of check_region.';

CREATE FUNCTION check_sentinel(date) RETURNS boolean
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN $1 < date '1980-01-01' OR $1 >= date '2099-01-01';
CREATE FUNCTION check_sentinel(daterange) RETURNS boolean
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN lower($1) < date '1980-01-01' OR lower($1) >= date '2099-01-01' OR upper($1) < date '1980-01-01' OR upper($1) >= date '2099-01-01';
COMMENT ON FUNCTION check_sentinel(date) IS 'Whether a day stands for something else, such as 9999-12-31 or 1900-01-01 (nepdatum): before 1980, or from 2099 on; part of check_region.';
COMMENT ON FUNCTION check_sentinel(daterange) IS 'Whether a bound of the period stands for something else (nepdatum); an open end does not; part of check_region.';

-- A value that may be shown as an example: short, one word, and no nine digits, which could be a BSN.
CREATE FUNCTION check_shown(value text, otherwise text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN value ~ '^[[:alnum:]:@_./-]{1,12}$' AND value !~ '\d{9}' THEN value ELSE otherwise END;
COMMENT ON FUNCTION check_shown(text, text) IS 'A code as an example of what is wrong, or the key of its row when the text could be something about a person; part of check_region.';

CREATE FUNCTION check_conditions(region text, columns jsonb, keys jsonb) RETURNS TABLE (table_name text, column_name text, check_name text, severity text,
		condition text, shown text, explanation text)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH c AS (
		SELECT c.*, r.oid AS relid, a.atttypmod, pg_catalog.format('t.%I', c.column_name) AS value, pg_catalog.format('t.%I', '?' || c.column_name) AS raw,
			c.in_source AND c.state NOT IN ('missing', 'lost', 'unreadable') AS judged
		FROM jsonb_to_recordset(columns) c(table_name text, column_name text, number integer, type text, not_null boolean, in_source boolean, state text)
			JOIN pg_class r ON r.relname = c.table_name AND r.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = region)
			JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = c.column_name
	),
	found AS (
		SELECT 1 AS step, c.table_name, c.column_name, c.number, 'missing value' AS check_name, 'error' AS severity,
			CASE WHEN c.state = 'invalid' THEN c.raw ELSE c.value END || ' IS NULL'
				|| CASE WHEN (c.table_name, c.column_name) = ('products', 'law') THEN ' AND zorgregio.law(t.code) IS NULL' ELSE '' END AS condition,
			NULL AS shown, 'The column is empty (NULL) where a value is needed.' AS explanation
		FROM c WHERE c.judged AND c.not_null
		UNION ALL
		SELECT 2, c.table_name, c.column_name, c.number, 'reversed dates', 'error', pg_catalog.format('%s IS NULL AND zorgregio.check_reversed(%s)', c.value, c.raw),
			NULL, 'The period ends before it starts, or has no day.'
		FROM c WHERE c.state = 'invalid' AND c.type IN ('daterange', 'zorgregio.indication')
		UNION ALL
		SELECT 3, c.table_name, c.column_name, c.number, 'invalid value', 'error',
			pg_catalog.format('%s IS NULL AND %s IS NOT NULL AND NOT zorgregio.check_reversed(%2$s)', c.value, c.raw),
			CASE WHEN c.type IN ('zorgregio.provider', 'zorgregio.municipality', 'zorgregio.product', 'zorgregio.tariff')
				THEN pg_catalog.format('zorgregio.check_shown(%s, %s)', c.raw, keys ->> c.table_name) END,
			pg_catalog.format('The value is no %s.%s', c.type, CASE c.type
				WHEN 'zorgregio.provider' THEN ' An AGB code has exactly 8 digits, leading zeros kept.'
				WHEN 'zorgregio.municipality' THEN ' A CBS code has exactly 4 digits, leading zeros kept.'
				WHEN 'zorgregio.product' THEN ' Such as 02A16, or 01:1001 when the code does not start with its category.'
				WHEN 'zorgregio.indication' THEN ' Such as 02A16 4 uur/week [2026-01-01,2027-01-01): the last bound is the day after the end date.'
				WHEN 'zorgregio.volume' THEN ' Such as 90 minuut.'
				WHEN 'zorgregio.tariff' THEN ' Such as 61.20/uur.'
				WHEN 'daterange' THEN ' Such as [2026-01-01,2026-02-01): the last bound is the day after the last day.'
				WHEN 'date' THEN ' Such as 2026-12-31.'
				ELSE '' END)
		FROM c WHERE c.state = 'invalid'
		UNION ALL
		SELECT 4, c.table_name, c.column_name, c.number, 'invalid value', 'error',
			pg_catalog.format('abs(%s) >= 1e%s', c.value, (((c.atttypmod - 4) >> 16) & 65535) - ((c.atttypmod - 4) & 2047)), NULL,
			'The amount is too large for the column.'
		FROM c WHERE c.judged AND c.type = 'numeric' AND c.atttypmod > 0
		UNION ALL
		SELECT 5, c.table_name, c.column_name, c.number, 'lost decimals', 'warning',
			pg_catalog.format('%s <> round(%1$s, %s)', c.value, (c.atttypmod - 4) & 2047), NULL,
			pg_catalog.format('The column keeps %s decimals; the others are rounded away when the rows are copied.', (c.atttypmod - 4) & 2047)
		FROM c WHERE c.judged AND c.type = 'numeric' AND c.atttypmod > 0
		UNION ALL
		-- A constraint over functions of somebody else is left to INSERT.
		SELECT 6, r.table_name, CASE WHEN cardinality(k.conkey) = 1 THEN a.attname::text END, coalesce(k.conkey[1], 0),
			CASE WHEN k.conname ~ '_forward$' THEN 'reversed dates' ELSE 'refused value' END, 'error',
			pg_catalog.format('(%s) IS FALSE', pg_get_expr(k.conbin, k.conrelid)), NULL,
			'The table of the region refuses the row. ' || coalesce(obj_description(k.oid, 'pg_constraint'), pg_get_constraintdef(k.oid) || '.')
		FROM (SELECT DISTINCT c.table_name, c.relid FROM c WHERE c.judged) r
			JOIN pg_constraint k ON k.conrelid = r.relid AND k.contype = 'c'
			LEFT JOIN pg_attribute a ON a.attrelid = r.relid AND a.attnum = k.conkey[1]
		WHERE NOT EXISTS (
			SELECT FROM pg_depend d LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
				LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
			WHERE d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
				AND coalesce(p.pronamespace, o.oprnamespace) NOT IN ('pg_catalog'::regnamespace, 'zorgregio'::regnamespace))
		UNION ALL
		SELECT 7, c.table_name, c.column_name, c.number, 'sentinel date', 'error',
			pg_catalog.format(CASE c.type WHEN 'zorgregio.indication' THEN 'zorgregio.check_sentinel(zorgregio.period(%s))' ELSE 'zorgregio.check_sentinel(%s)' END, c.value),
			NULL, 'A day before 1980, or from 2099 on, stands for something else, such as 9999-12-31 for no end. Make it NULL, or leave the period open.'
		FROM c WHERE c.type IN ('date', 'daterange', 'zorgregio.indication') AND c.state NOT IN ('missing', 'lost', 'unreadable')
		UNION ALL
		SELECT 8, c.table_name, c.column_name, c.number, 'placeholder', 'warning',
			pg_catalog.format(CASE c.type WHEN 'text' THEN 'upper(btrim(%s))' WHEN 'zorgregio.product' THEN '%s::text' ELSE 'zorgregio.product(%s)::text' END
				|| ' IN (''LEEG'', ''ONBEKEND'', ''NVT'', ''N.V.T.'', ''GEEN'', ''NULL'', ''-'', ''?'', ''X'')', c.value), NULL,
			'The text stands for no value, such as LEEG or ONBEKEND. Make it NULL, or give the row its own.'
		FROM c WHERE (c.column_name IN ('name', 'product_group', 'tariff_group') AND c.type = 'text' OR c.type IN ('zorgregio.product', 'zorgregio.indication')) AND c.state NOT IN ('missing', 'lost', 'unreadable')
		UNION ALL
		SELECT 9, c.table_name, c.column_name, c.number, 'reversed dates', 'warning', 't.requested > t.decided', NULL, 'Asked for after the day of the decision.'
		FROM c WHERE (c.table_name, c.column_name) = ('allocations', 'requested')
	)
	SELECT f.table_name, f.column_name, f.check_name, f.severity, f.condition, coalesce(f.shown, keys ->> f.table_name), f.explanation
	FROM found f ORDER BY f.table_name, f.step, f.number;
END;
COMMENT ON FUNCTION check_conditions(text, jsonb, jsonb) IS 'What single rows can have wrong, as conditions over their table; part of check_region. columns: the rows of check_columns; keys: an expression per table that names a row.';
