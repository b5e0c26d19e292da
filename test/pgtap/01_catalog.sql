-- The catalog of the extension: documented, pure, safe and complete. Every check lists the objects that break it.
BEGIN;
SELECT plan(20);

CREATE TEMP VIEW member AS
SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS name
FROM pg_depend d
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'zorgregio')
	-- from 17 on the types that come with another one are members too: arrays, multiranges, rows of tables
	AND NOT (d.classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
		WHERE t.oid = d.objid AND (t.typtype = 'm' OR c.relkind <> 'c' OR EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid))));

CREATE TEMP VIEW member_proc AS
SELECT p.*, l.lanname, m.name FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid
JOIN pg_language l ON l.oid = p.prolang;

CREATE TEMP VIEW member_type AS
SELECT t.*, m.name FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid;

-- A C function that breaks a rule is named here with the reason.
CREATE TEMP TABLE excused (rule text, proname name, reason text);
INSERT INTO excused VALUES ('pure', 'try_input', 'dates depend on DateStyle, and every value takes a subtransaction, which no parallel worker may start');
INSERT INTO excused VALUES ('pure', 'as_owner', 'runs statements');

SELECT cmp_ok((SELECT count(*) FROM member), '>', 0::bigint, 'the extension has objects');

-- Documentation
SELECT is_empty($$
	SELECT name FROM member WHERE obj_description(objid, classid::regclass::name) IS NULL ORDER BY name
$$, 'every object has a comment');
SELECT is_empty($$
	SELECT m.name, a.attname FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
	JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	WHERE c.relkind IN ('r', 'v', 'm', 'p', 'c') AND col_description(c.oid, a.attnum) IS NULL ORDER BY 1, a.attname
$$, 'every column has a comment');

-- Functions
SELECT is_empty($$
	SELECT name, provolatile, proparallel FROM member_proc p
	WHERE lanname IN ('c', 'internal') AND (provolatile <> 'i' OR proparallel <> 's')
		AND NOT EXISTS (SELECT FROM excused e WHERE e.rule = 'pure' AND e.proname = p.proname)
$$, 'every C function and aggregate is IMMUTABLE and PARALLEL SAFE');
SELECT is_empty($$
	SELECT name FROM member_proc WHERE prosecdef AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=%')
$$, 'no SECURITY DEFINER without a fixed search_path');
SELECT is_empty($$
	SELECT name FROM member_proc
	WHERE prorettype IN ('real'::regtype, 'double precision'::regtype)
		OR proallargtypes && ARRAY['real'::regtype::oid, 'double precision'::regtype]
		OR proargtypes::oid[] && ARRAY['real'::regtype::oid, 'double precision'::regtype]
$$, 'no function takes or gives binary floating point');
-- Text bodies are parsed when called, under the caller's search_path: no bare operator and no bare function name.
-- Bodies that were parsed at creation (RETURN, BEGIN ATOMIC) are bound already.
SELECT is_empty($$
	WITH body AS (
		SELECT name, regexp_replace(regexp_replace(regexp_replace(regexp_replace(prosrc,
			'--[^\n]*|/\*.*?\*/', ' ', 'g'), '''[^'']*''', ' ', 'g'), 'operator\s*\(\s*pg_catalog\.[^)]*\)', ' ', 'gi'),
			'::|=>|\.\.|\$\d+|\(\s*\*\s*\)', ' ', 'g') AS src
		FROM member_proc
		WHERE lanname = 'sql' AND prosqlbody IS NULL AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=%')
	)
	SELECT name, m[1] FROM body, regexp_matches(src, '([-+*/<>=~!@#%^&|?]+|(?<![.\w])(?!(?:values|in|exists|and|or|not|coalesce|nullif|greatest|least|row|array|cast|extract|any|all|over|filter|when|then|else|select|from|lateral|as|on|using|by|is|numeric|interval)\M)[a-z_]\w*\s*\()', 'gi') m
$$, 'bodies of SQL functions name operators and functions with their schema');
SELECT is_empty($$
	SELECT name FROM member_proc
	WHERE lanname = 'plpgsql' AND prokind <> 'p' AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=%')
$$, 'PL/pgSQL functions fix their search_path');
SELECT is_empty($$
	SELECT p.name FROM member_proc p WHERE proleakproof
		AND EXISTS (SELECT FROM unnest(p.proargtypes) a JOIN pg_type t ON t.oid = a WHERE NOT t.typbyval)
$$, 'LEAKPROOF only over values that are passed by value: nothing in them can be wrong');

-- Whatever is not STRICT takes NULL everywhere, called directly too: a result or an error with a proper SQLSTATE.
-- The functions behind aggregates may refuse to be called outside one.
CREATE FUNCTION pg_temp.with_nulls(fn oid, OUT outcome text) LANGUAGE plpgsql AS $$
DECLARE
	call text;
BEGIN
	SELECT format('SELECT %s(%s)', fn::regproc, string_agg(CASE WHEN i = p.pronargs AND p.provariadic <> 0 THEN 'VARIADIC ' ELSE '' END
			|| format('NULL::%s', format_type(p.proargtypes[i - 1], NULL)), ', ' ORDER BY i)) INTO call
	FROM pg_proc p, generate_series(1, p.pronargs) i WHERE p.oid = fn GROUP BY p.oid;
	EXECUTE call;
	outcome := 'ok';
EXCEPTION WHEN OTHERS THEN
	outcome := SQLSTATE;
END $$;
SELECT is_empty($$
	SELECT name, outcome FROM member_proc p, pg_temp.with_nulls(p.oid)
	WHERE lanname = 'c' AND NOT proisstrict AND prokind = 'f' AND pronargs > 0
		AND NOT proargtypes::oid[] && ARRAY['internal'::regtype::oid, 'cstring'::regtype, 'anyelement'::regtype, 'anyarray'::regtype]
		AND outcome NOT IN ('ok', '22004', '22023', '0A000')
		AND NOT (outcome = 'XX000' AND EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (a.aggtransfn, a.aggcombinefn, a.aggfinalfn, a.aggmtransfn)))
$$, 'functions that are not STRICT take NULL');

-- Operators
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid
	WHERE o.oprresult = 'boolean'::regtype AND o.oprkind = 'b' AND o.oprname IN ('=', '<>', '<', '<=', '>', '>=')
		AND (o.oprcom = 0 OR o.oprnegate = 0)
$$, 'comparison operators have commutator and negator');
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid
	WHERE o.oprresult = 'boolean'::regtype AND o.oprkind = 'b' AND (o.oprrest = 0 OR o.oprjoin = 0)
$$, 'boolean operators have estimators');
SELECT is_empty($$
	SELECT m.name, f.has, o.oprcanhash, o.oprcanmerge
	FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid,
		LATERAL (SELECT coalesce(array_agg(am.amname::text), '{}') FROM pg_amop a JOIN pg_am am ON am.oid = a.amopmethod WHERE a.amopopr = o.oid) f(has)
	WHERE o.oprname = '=' AND (('hash' = ANY (f.has)) <> o.oprcanhash OR ('btree' = ANY (f.has)) <> o.oprcanmerge)
$$, 'HASHES and MERGES say what the operator classes have');
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_opclass c ON m.classid = 'pg_opclass'::regclass AND c.oid = m.objid WHERE NOT amvalidate(c.oid)
$$, 'operator classes are valid');
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_opclass c ON m.classid = 'pg_opclass'::regclass AND c.oid = m.objid
	JOIN pg_am am ON am.oid = c.opcmethod AND am.amname = 'hash'
	WHERE NOT EXISTS (SELECT FROM pg_amproc p WHERE p.amprocfamily = c.opcfamily AND p.amproclefttype = c.opcintype AND p.amprocnum = 2)
$$, 'hash operator classes have the extended hash');

-- Types and casts
SELECT is_empty($$
	SELECT name FROM member_type WHERE typtype = 'b' AND (typreceive = 0 OR typsend = 0)
$$, 'every base type has SEND and RECEIVE');
SELECT is_empty($$
	SELECT t.name FROM member_type t JOIN member_proc p ON p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
	WHERE t.typtype = 'b' AND NOT p.proisstrict
$$, 'the I/O functions of base types are STRICT');
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_cast c ON m.classid = 'pg_cast'::regclass AND c.oid = m.objid
	WHERE c.castsource = 'text'::regtype AND c.castcontext <> 'e' OR c.casttarget = 'text'::regtype AND c.castcontext <> 'a'
$$, 'casts: text to type explicit, type to text on assignment');

-- Tables
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
	WHERE c.relkind IN ('r', 'v') AND (NOT has_table_privilege('public', c.oid, 'SELECT')
		OR has_table_privilege('public', c.oid, 'INSERT') OR has_table_privilege('public', c.oid, 'UPDATE')
		OR has_table_privilege('public', c.oid, 'DELETE') OR has_table_privilege('public', c.oid, 'TRUNCATE'))
$$, 'everyone reads the tables, nobody writes them');
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
	WHERE c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
$$, 'every table has a primary key');
SELECT * FROM finish();
ROLLBACK;
