-- Every operator class of the extension, also those of types that come later: valid, complete, consistent.
BEGIN;
SET search_path = zorgregio, public;
SET client_min_messages = warning;
SELECT * FROM no_plan();

CREATE TEMP VIEW member AS
	SELECT d.classid, d.objid
	FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'zorgregio'
	WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e';
CREATE TEMP VIEW class AS
	SELECT c.oid, c.opcname, c.opcfamily, c.opcintype, c.opcdefault, a.amname, format_type(c.opcintype, NULL) || ' ' || a.amname AS label
	FROM pg_catalog.pg_opclass c JOIN member m ON m.classid = 'pg_catalog.pg_opclass'::regclass AND m.objid = c.oid
		JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod;
CREATE TEMP VIEW class_operator AS
	SELECT c.opcintype, c.amname, a.amopstrategy, o.oid, o.oprname, o.oprcom, o.oprnegate, o.oprrest, o.oprjoin, o.oprcanhash, o.oprcanmerge, o.oprcode
	FROM class c JOIN pg_catalog.pg_amop a ON a.amopfamily = c.opcfamily AND a.amoplefttype = c.opcintype AND a.amoprighttype = c.opcintype
		JOIN pg_catalog.pg_operator o ON o.oid = a.amopopr;

SELECT cmp_ok((SELECT count(*) FROM class)::int, '>=', 9, 'operator classes found');
SELECT ok(amvalidate(oid), label || ': amvalidate') FROM class ORDER BY label;
SELECT ok(opcdefault, label || ': default') FROM class ORDER BY label;

-- Each ordered type also hashes (grouping and joins may choose), and both classes agree on what = is.
SELECT is((SELECT h.oid FROM class_operator h WHERE h.opcintype = b.opcintype AND h.amname = 'hash'), b.oid,
	format_type(b.opcintype, NULL) || ': btree and hash have the same =')
FROM class_operator b WHERE b.amname = 'btree' AND b.amopstrategy = 3 ORDER BY b.opcintype;
SELECT is((SELECT count(*)::int FROM pg_catalog.pg_amproc p WHERE p.amprocfamily = c.opcfamily), 2, label || ': plain and extended hash')
FROM class c WHERE amname = 'hash' ORDER BY label;

-- Comparisons name their commutator, negator and estimators; equality can hash and merge.
CREATE TEMP VIEW comparison AS SELECT DISTINCT oid, oprname, oprcom, oprnegate, oprrest, oprjoin, oprcanhash, oprcanmerge, oprcode
	FROM class_operator WHERE amname IN ('btree', 'hash');
SELECT is_empty($$SELECT oid::regoperator FROM comparison WHERE oprcom = 0 OR oprnegate = 0 OR oprrest = 0 OR oprjoin = 0$$,
	'every comparison has a commutator, a negator and estimators');
SELECT is_empty($$SELECT oid::regoperator FROM comparison WHERE oprname = '=' AND NOT (oprcanhash
	AND (oprcanmerge OR NOT EXISTS (SELECT FROM class_operator b WHERE b.oid = comparison.oid AND b.amname = 'btree')))$$,
	'every = can hash, and merge when its type has an order');
SELECT is_empty($$SELECT c.oid::regoperator FROM comparison c JOIN pg_catalog.pg_operator n ON n.oid = c.oprnegate
	WHERE n.oprnegate <> c.oid OR (c.oprname, n.oprname) NOT IN (('=', '<>'), ('<', '>='), ('<=', '>'), ('>', '<='), ('>=', '<'))$$,
	'negators point back');
SELECT is_empty($$SELECT c.oid::regoperator FROM comparison c JOIN pg_catalog.pg_operator n ON n.oid = c.oprcom
	WHERE n.oprcom <> c.oid OR (c.oprname, n.oprname) NOT IN (('=', '='), ('<', '>'), ('<=', '>='), ('>', '<'), ('>=', '<='))$$,
	'commutators point back');
SELECT is_empty($$SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
	JOIN (SELECT oprcode::oid FROM comparison UNION SELECT a.amproc::oid FROM class c JOIN pg_catalog.pg_amproc a ON a.amprocfamily = c.opcfamily) f(oid) USING (oid)
	WHERE p.pronamespace = 'zorgregio'::regnamespace AND (p.provolatile <> 'i' OR NOT p.proisstrict OR p.proparallel <> 's')$$,
	'operator class functions are immutable, strict and parallel safe');

SELECT * FROM finish();
ROLLBACK;
