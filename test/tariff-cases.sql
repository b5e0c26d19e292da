-- The corpus test/data/tariff_cases.csv, computed, and as the table of doc/tariff-cases.md. Read with \i from the
-- project's folder, with the extension's schema on the search_path.
CREATE TEMP TABLE tariff_case (id text PRIMARY KEY, grp text NOT NULL, calculation text NOT NULL, sql text NOT NULL,
	expected numeric NOT NULL, status text NOT NULL, source text NOT NULL);
\copy tariff_case FROM 'test/data/tariff_cases.csv' WITH (FORMAT csv, HEADER)

CREATE FUNCTION pg_temp.computed(sql text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	result numeric;
BEGIN
	EXECUTE 'SELECT ' || sql INTO result;
	RETURN result;
END $$;

CREATE TEMP TABLE tariff_case_doc AS
SELECT row_number() OVER (ORDER BY part, grp, id) AS number, line
FROM (
	SELECT 1 AS part, '' AS grp, '' AS id, unnest(ARRAY[
		'# Published amounts, computed', '',
		'Every line is an amount that was published, or a rule that was published with numbers of our own. `test/data/tariff_cases.csv` holds',
		'the same lines; a test computes them and compares this page with the result. Status *one input derived* means that the source gives',
		'the outcome but not one of its inputs, which was computed back: it shows the rounding, not the input.', '',
		'Three lines need a word. E03 is from the announcement of a bill: its income limits are published as "about", the formula gives 327.77,',
		'and the announcement speaks of whole euros. V02 is not what was published: it shows what rounding once, instead of the parts, would have',
		'given. In V06 any unrounded amount from 21.04 to 21.19 gives the published 21.80; the rounded 21.00 would give 21.60.', '',
		'| case | group | calculation | SQL | expected | computed | status | source |',
		'|---|---|---|---|---:|---:|---|---|']) AS line
	UNION ALL
	SELECT 2, grp, id, format('| %s | %s | %s | `%s` | %s | %s | %s | %s |', id, grp, calculation, sql, expected,
		CASE WHEN pg_temp.computed(sql) = expected THEN expected ELSE pg_temp.computed(sql) END, status,
		CASE WHEN source LIKE 'http%' THEN regexp_replace(source, '^(\S+)', '<\1>') ELSE source END)
	FROM tariff_case
) t;
