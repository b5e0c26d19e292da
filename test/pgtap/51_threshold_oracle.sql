-- 30,000 random pairs of rule and dossier against an oracle in plpgsql. Rules are drawn as a tree; the text for the
-- type and the verdict of the oracle both come from the tree. The oracle knows only jsonb, numeric, date and interval,
-- and SQL's three-valued AND and OR.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(5);
SELECT setseed(0.20260101) \g /dev/null

CREATE FUNCTION pg_temp.pick(VARIADIC anyarray) RETURNS anyelement LANGUAGE sql VOLATILE AS
	'SELECT $1[1 + floor(random() * cardinality($1))::int]';

-- ---- Random rules, as trees ----

-- k is the kind of fact that f names: n(umber) b(oolean) s(tring) d(ate) l(ist)
CREATE FUNCTION pg_temp.draw_value(k text, in_set boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
	IF random() < 0.08 THEN
		k := pg_temp.pick(text 'n', 'b', 's', 'd');
	END IF;
	IF random() < 0.15 THEN
		RETURN jsonb_build_object('t', 'fact', 'f', CASE WHEN random() < 0.8 THEN k ELSE pg_temp.pick(text 'n', 'b', 's', 'd', 'l') END || pg_temp.pick(text '1', '2'))
			|| CASE WHEN k = 'd' AND random() < 0.7 THEN jsonb_build_object('unit', pg_temp.pick(text 'days', 'weeks', 'months', 'years'), 'n', floor(random() * 27 - 13)::int) ELSE '{}' END;
	END IF;
	CASE k
		WHEN 'n' THEN
			IF random() < 0.25 THEN
				RETURN jsonb_build_object('t', 'frac', 'n', floor(random() * 11 - 5)::int, 'd', 1 + floor(random() * 7)::int);
			END IF;
			RETURN jsonb_build_object('t', 'num', 'v', pg_temp.pick(VARIADIC ARRAY[0, 1, 2.5, -1, 5.00, 100, 123456789012345678901234567890, 123456789012345678901234567891, 0.333333333333333333333333333333]));
		WHEN 'b' THEN RETURN jsonb_build_object('t', 'bool', 'v', random() < 0.5);
		WHEN 's' THEN RETURN jsonb_build_object('t', 'str', 'v', pg_temp.pick(text 'a', 'b', 'q"\', '2026-01-31', ''));
		WHEN 'd' THEN
			IF in_set AND random() < 0.5 THEN
				RETURN jsonb_build_object('t', 'range', 'a', pg_temp.pick(date '2024-02-01', '2026-01-01', '2026-01-31'), 'b', pg_temp.pick(date '2026-02-28', '2026-03-01', '2027-01-01'));
			END IF;
			RETURN jsonb_build_object('t', 'date', 'v', pg_temp.pick(date '2024-02-29', '2026-01-31', '2026-02-28', '2023-12-31', '2026-03-31'));
	END CASE;
END $$;

CREATE FUNCTION pg_temp.draw_comparison() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	k text := pg_temp.pick(text 'n', 'n', 'b', 's', 'd', 'd', 'l');
	f text := CASE WHEN random() < 0.1 THEN 'o.' ELSE '' END || k || pg_temp.pick(text '1', '2');
	op text;
	v jsonb;
	size int := 1 + floor(random() * 3)::int;
BEGIN
	IF k = 'l' THEN
		op := 'contains';
	ELSE
		op := CASE WHEN random() < 0.25 THEN 'in' WHEN k IN ('n', 'd') THEN pg_temp.pick(text '=', '<>', '<', '<=', '>', '>=') ELSE pg_temp.pick(text '=', '<>') END;
	END IF;
	IF op IN ('in', 'contains') THEN
		v := jsonb_build_object('t', 'set', 'm', (SELECT jsonb_agg(pg_temp.draw_value(CASE WHEN op = 'contains' THEN pg_temp.pick(text 'n', 's', 'b') ELSE k END, op = 'in')) FROM generate_series(1, size)));
		IF op = 'contains' AND v::text LIKE '%"range"%' THEN
			v := '{"t": "set", "m": [{"t": "num", "v": 1}]}';
		END IF;
	ELSE
		v := pg_temp.draw_value(k, false);
		IF v->>'t' IN ('str', 'bool') AND op NOT IN ('=', '<>') THEN
			op := '=';
		END IF;
	END IF;
	RETURN jsonb_build_object('f', f, 'op', op, 'v', v);
END $$;

-- ---- Trees as text ----

CREATE FUNCTION pg_temp.value_text(v jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT CASE v->>'t'
		WHEN 'num' THEN trim_scale((v->>'v')::numeric)::text
		WHEN 'frac' THEN (v->>'n') || '/' || (v->>'d')
		WHEN 'bool' THEN v->>'v'
		WHEN 'str' THEN '"' || replace(replace(v->>'v', '\', '\\'), '"', '\"') || '"'
		WHEN 'date' THEN v->>'v'
		WHEN 'range' THEN format('[%s,%s)', v->>'a', v->>'b')
		WHEN 'fact' THEN (v->>'f') || CASE WHEN v ? 'unit' THEN format(' %s %s %s', CASE WHEN (v->>'n')::int < 0 THEN '-' ELSE '+' END, abs((v->>'n')::int), v->>'unit') ELSE '' END
		ELSE '{' || (SELECT string_agg(pg_temp.value_text(m), ', ' ORDER BY n) FROM jsonb_array_elements(v->'m') WITH ORDINALITY x(m, n)) || '}'
	END
$$;
CREATE FUNCTION pg_temp.list_text(list jsonb, sep text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg((c->>'f') || ' ' || (c->>'op') || ' ' || pg_temp.value_text(c->'v'), sep ORDER BY n)
	FROM jsonb_array_elements(list) WITH ORDINALITY x(c, n)
$$;

-- ---- The oracle ----

CREATE FUNCTION pg_temp.iso(j jsonb) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF jsonb_typeof(j) <> 'string' OR j #>> '{}' !~ '^\d{4}-\d{2}-\d{2}$' THEN
		RETURN NULL;
	END IF;
	RETURN (j #>> '{}')::date;
EXCEPTION WHEN datetime_field_overflow THEN
	RETURN NULL;
END $$;

CREATE FUNCTION pg_temp.lookup(d jsonb, f text) RETURNS jsonb LANGUAGE sql AS
	$$SELECT NULLIF(d #> string_to_array(f, '.'), 'null')$$;

-- f against one value: -1, 0, 1; 9 for "different, but without order"; NULL for unknown
CREATE FUNCTION pg_temp.against(f jsonb, v jsonb, d jsonb) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	t text := v->>'t';
	g jsonb;
	day date;
BEGIN
	IF t IN ('num', 'frac') THEN
		IF jsonb_typeof(f) <> 'number' THEN RETURN NULL; END IF;
		RETURN CASE t WHEN 'num' THEN sign(f::numeric - (v->>'v')::numeric) ELSE sign(f::numeric * (v->>'d')::numeric - (v->>'n')::numeric) END;
	ELSIF t = 'bool' THEN
		RETURN CASE WHEN jsonb_typeof(f) = 'boolean' THEN CASE WHEN f = v->'v' THEN 0 ELSE 9 END END;
	ELSIF t = 'str' THEN
		RETURN CASE WHEN jsonb_typeof(f) = 'string' THEN CASE WHEN f = v->'v' THEN 0 ELSE 9 END END;
	ELSIF t = 'date' THEN
		RETURN sign(pg_temp.iso(f) - (v->>'v')::date);
	ELSIF t = 'range' THEN
		RETURN CASE WHEN pg_temp.iso(f) <@ daterange((v->>'a')::date, (v->>'b')::date) THEN 0 WHEN pg_temp.iso(f) IS NOT NULL THEN 9 END;
	END IF;
	g := pg_temp.lookup(d, v->>'f');
	IF v ? 'unit' THEN
		day := pg_temp.iso(g) + ((v->>'n') || ' ' || (v->>'unit'))::interval;
		RETURN sign(pg_temp.iso(f) - day);
	ELSIF g IS NULL OR jsonb_typeof(f) <> jsonb_typeof(g) THEN
		RETURN NULL;
	ELSIF jsonb_typeof(f) = 'number' THEN
		RETURN sign(f::numeric - g::numeric);
	ELSIF pg_temp.iso(f) IS NOT NULL AND pg_temp.iso(g) IS NOT NULL THEN
		RETURN sign(pg_temp.iso(f) - pg_temp.iso(g));
	ELSIF jsonb_typeof(f) IN ('string', 'boolean') THEN
		RETURN CASE WHEN f = g THEN 0 ELSE 9 END;
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION pg_temp.holds(c jsonb, d jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	f jsonb := pg_temp.lookup(d, c->>'f');
	op text := c->>'op';
	m jsonb;
	g jsonb;
	r int;
	result boolean;
	typed boolean := false;
	other_type boolean := false;
BEGIN
	IF f IS NULL THEN
		RETURN NULL;
	ELSIF op = 'contains' THEN
		IF jsonb_typeof(f) <> 'array' THEN RETURN NULL; END IF;
		result := true;
		FOR m IN SELECT jsonb_array_elements(c->'v'->'m') LOOP
			IF m->>'t' = 'fact' THEN
				g := pg_temp.lookup(d, m->>'f');
				IF g IS NULL OR jsonb_typeof(g) IN ('array', 'object') THEN
					result := result AND NULL;
					CONTINUE;
				ELSIF m ? 'unit' THEN
					g := to_jsonb((pg_temp.iso(g) + ((m->>'n') || ' ' || (m->>'unit'))::interval)::date);
				END IF;
				result := result AND CASE WHEN g IS NOT NULL THEN EXISTS (SELECT FROM jsonb_array_elements(f) e WHERE e = g) END;
			ELSE
				result := result AND EXISTS (SELECT FROM jsonb_array_elements(f) e WHERE pg_temp.against(e, m, d) = 0);
			END IF;
		END LOOP;
		RETURN result;
	ELSIF op = 'in' THEN
		result := false;
		FOR m IN SELECT jsonb_array_elements(c->'v'->'m') LOOP
			r := pg_temp.against(f, m, d);
			IF r IS NOT NULL OR m->>'t' = 'fact' THEN
				result := result OR r = 0;
				typed := typed OR r IS NOT NULL;
			ELSE
				other_type := true;
			END IF;
		END LOOP;
		RETURN CASE WHEN typed OR NOT other_type THEN result END;
	END IF;
	r := pg_temp.against(f, c->'v', d);
	RETURN CASE op WHEN '=' THEN r = 0 WHEN '<>' THEN r <> 0 ELSE
		CASE WHEN jsonb_typeof(f) = 'boolean' OR (jsonb_typeof(f) = 'string' AND pg_temp.iso(f) IS NULL) OR r = 9 OR
			(c->'v'->>'t' = 'fact' AND jsonb_typeof(f) = 'string' AND pg_temp.iso(pg_temp.lookup(d, c->'v'->>'f')) IS NULL) THEN NULL
		ELSE CASE op WHEN '<' THEN r < 0 WHEN '<=' THEN r <= 0 WHEN '>' THEN r > 0 ELSE r >= 0 END END END;
END $$;

CREATE FUNCTION pg_temp.verdict_of(rule jsonb, d jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	c jsonb;
	conditions boolean := true;
	exceptions boolean := false;
	requirement boolean := pg_temp.holds(rule->'r', d);
BEGIN
	FOR c IN SELECT jsonb_array_elements(rule->'if') LOOP
		conditions := conditions AND pg_temp.holds(c, d);
	END LOOP;
	FOR c IN SELECT jsonb_array_elements(rule->'unless') LOOP
		exceptions := exceptions OR pg_temp.holds(c, d);
	END LOOP;
	RETURN CASE WHEN NOT conditions THEN 'not applicable' WHEN requirement THEN 'met' WHEN exceptions THEN 'exempt'
		WHEN conditions AND NOT requirement AND NOT exceptions THEN 'not met' ELSE 'unknown' END;
END $$;

-- ---- Random dossiers ----

CREATE FUNCTION pg_temp.draw_fact(k text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
	IF random() < 0.12 THEN
		RETURN pg_temp.pick(jsonb 'null', '[]', '{}', '{"n1": 1}', '"x"', '1', 'true');
	END IF;
	RETURN CASE k
		WHEN 'n' THEN pg_temp.pick(jsonb '0', '1', '1.00', '2.5', '-1', '5', '100', '123456789012345678901234567890', '123456789012345678901234567890.5', '0.333333333333333333333333333333', '-0.6666', '1e3', '1.5e-3')
		WHEN 'b' THEN pg_temp.pick(jsonb 'true', 'false')
		WHEN 's' THEN pg_temp.pick(jsonb '"a"', '"b"', '"q\"\\"', '"2026-01-31"', '""', '"A"')
		WHEN 'd' THEN pg_temp.pick(jsonb '"2024-02-29"', '"2024-01-31"', '"2026-01-31"', '"2026-02-28"', '"2026-03-31"', '"2023-12-31"', '"2026-02-30"', '"31-01-2026"', '"2026-1-1"', '"2026-01-31T10:00:00"')
		WHEN 'l' THEN (SELECT coalesce(jsonb_agg(pg_temp.pick(jsonb '0', '1.0', '2.5', '"a"', '"b"', 'true', 'false', 'null', '[1]', '"2026-01-31"', '5')), '[]') FROM generate_series(1, floor(random() * 9)::int))
	END;
END $$;
CREATE FUNCTION pg_temp.draw_facts() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(jsonb_object_agg(k || i, pg_temp.draw_fact(k)) FILTER (WHERE random() < 0.85), '{}')
	FROM unnest('{n,b,s,d,l}'::text[]) k, generate_series(1, 2) i
$$;

CREATE TEMP TABLE tree AS
SELECT i AS rule, jsonb_build_object('r', pg_temp.draw_comparison(),
	'if', coalesce((SELECT jsonb_agg(pg_temp.draw_comparison()) FROM generate_series(1, floor(random() * 3 + 0 * i)::int)), '[]'),
	'unless', coalesce((SELECT jsonb_agg(pg_temp.draw_comparison()) FROM generate_series(1, floor(random() * 3 + 0 * i)::int)), '[]')) AS tree
FROM generate_series(1, 2500) i;
CREATE TEMP TABLE rule AS
SELECT rule, tree, pg_temp.list_text(jsonb_build_array(tree->'r'), '') || coalesce(' if ' || pg_temp.list_text(tree->'if', ' and '), '')
	|| coalesce(' unless ' || pg_temp.list_text(tree->'unless', ' or '), '') AS source
FROM tree;
CREATE TEMP TABLE dossier AS
SELECT i AS dossier, pg_temp.draw_facts() || jsonb_build_object('o', CASE WHEN random() < 0.8 + 0 * i THEN pg_temp.draw_facts() ELSE '1' END) AS facts
FROM generate_series(0, 999) i;
CREATE TEMP TABLE pair AS
SELECT rule, tree, source, source::threshold AS requirement, facts
FROM rule, generate_series(1, 12) i JOIN LATERAL (SELECT floor(random() * 1000 + 0 * i)::int AS n) x ON true JOIN dossier d ON d.dossier = x.n;
CREATE TEMP TABLE result AS
SELECT source, requirement, facts, pg_temp.verdict_of(tree, facts) AS expected, check_threshold(requirement, facts)::text AS got,
	explain_threshold(requirement, facts) AS explanation
FROM pair;

SELECT is((SELECT count(*) FROM result), 30000::bigint, '30,000 pairs');
SELECT is_empty($$SELECT source, facts, expected, got FROM result WHERE got IS DISTINCT FROM expected LIMIT 5$$, 'every verdict is the oracle''s');
SELECT is((SELECT count(*) FROM (SELECT expected FROM result GROUP BY 1 HAVING count(*) > 1000) v), 5::bigint, 'every verdict occurs often');
SELECT is_empty($$SELECT source, requirement FROM rule r JOIN pair USING (rule, source) WHERE requirement::text::threshold <> requirement LIMIT 5$$,
	'every rule reads back');
SELECT is_empty($$SELECT source, explanation FROM result WHERE strpos(explanation, ': ' || got) = 0 OR explanation ~ '[[:cntrl:]]'
	OR (got = 'unknown') <> (explanation LIKE '%(needed: %') LIMIT 5$$, 'every explanation is a line with the verdict, and an unknown one names what is needed');
SELECT * FROM finish();
ROLLBACK;
