-- 12-product: type product, category and/or code of what is bought.

CREATE TYPE product;
CREATE FUNCTION product_in(cstring) RETURNS product
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION product_out(product) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION product_recv(internal) RETURNS product
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION product_send(product) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE product (INPUT = product_in, OUTPUT = product_out, RECEIVE = product_recv, SEND = product_send, LIKE = integer);
COMMENT ON TYPE product IS 'product of iWmo or iJw (productcategorie en/of productcode): 02A16, 01:1001 (category and code), 02 (category alone) or 1001 (code alone); 4 bytes';
COMMENT ON FUNCTION product_in(cstring) IS 'text input: 02A16, 01:1001, 02 or 1001';
COMMENT ON FUNCTION product_out(product) IS 'text output: 02A16, 01:1001, 02 or 1001';
COMMENT ON FUNCTION product_recv(internal) IS 'binary input: 4 bytes, category * 37^5 + the code in base 37; anything else is an error';
COMMENT ON FUNCTION product_send(product) IS 'binary output: 4 bytes, category * 37^5 + the code in base 37';

CREATE FUNCTION product(text) RETURNS product
	AS 'MODULE_PATHNAME', 'product_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION text(product) RETURNS text
	AS 'MODULE_PATHNAME', 'product_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE CAST (text AS product) WITH FUNCTION product(text);
CREATE CAST (product AS text) WITH FUNCTION text(product) AS ASSIGNMENT;
COMMENT ON FUNCTION product(text) IS 'product from text: 02A16, 01:1001, 02 or 1001';
COMMENT ON FUNCTION text(product) IS 'product as text: 02A16, 01:1001, 02 or 1001';
COMMENT ON CAST (text AS product) IS 'explicit: text may be no product';
COMMENT ON CAST (product AS text) IS 'in assignments: 02A16, 01:1001, 02 or 1001';

-- Not STRICT: NULL means that this part is not known.
CREATE FUNCTION product(category text, code text) RETURNS product
	AS 'MODULE_PATHNAME', 'product_make' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION category(product) RETURNS text
	AS 'MODULE_PATHNAME', 'product_category' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION code(product) RETURNS text
	AS 'MODULE_PATHNAME', 'product_code' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION law(product) RETURNS text
	AS 'MODULE_PATHNAME', 'product_law' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION product(text, text) IS 'product of a category (two digits, 01 to 60) and a code (1 to 5 letters or digits); NULL category: not known, NULL code: category alone, both NULL: NULL';
COMMENT ON FUNCTION category(product) IS 'product category (productcategorie), two digits; NULL when not known';
COMMENT ON FUNCTION code(product) IS 'product code (productcode), 1 to 5 upper case letters or digits; NULL for a category alone';
COMMENT ON FUNCTION law(product) IS 'law (wet) of the category: Wmo for 01 to 18, Jeugdwet for 31 to 55, else NULL';

-- Comparison: as unsigned numbers, category, then code. None can raise an error, hence LEAKPROOF: row-level security keeps the indexes.
CREATE FUNCTION product_eq(product, product) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_eq' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_ne(product, product) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_ne' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_lt(product, product) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_lt' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_le(product, product) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_le' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_gt(product, product) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_gt' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_ge(product, product) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_ge' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_cmp(product, product) RETURNS integer
	AS 'MODULE_PATHNAME', 'identifier_cmp' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_hash(product) RETURNS integer
	AS 'MODULE_PATHNAME', 'identifier_hash' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_hash_extended(product, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'identifier_hash_extended' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_larger(product, product) RETURNS product
	AS 'MODULE_PATHNAME', 'identifier_larger' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION product_smaller(product, product) RETURNS product
	AS 'MODULE_PATHNAME', 'identifier_smaller' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;

COMMENT ON FUNCTION product_eq(product, product) IS 'implementation of = operator';
COMMENT ON FUNCTION product_ne(product, product) IS 'implementation of <> operator';
COMMENT ON FUNCTION product_lt(product, product) IS 'implementation of < operator';
COMMENT ON FUNCTION product_le(product, product) IS 'implementation of <= operator';
COMMENT ON FUNCTION product_gt(product, product) IS 'implementation of > operator';
COMMENT ON FUNCTION product_ge(product, product) IS 'implementation of >= operator';
COMMENT ON FUNCTION product_cmp(product, product) IS 'less-equal-greater (-1, 0, 1) in the order of the type; for btree indexes';
COMMENT ON FUNCTION product_hash(product) IS 'hash of the number; for hash indexes, joins and grouping';
COMMENT ON FUNCTION product_hash_extended(product, bigint) IS 'hash of the number with a seed; for hash partitioning';
COMMENT ON FUNCTION product_larger(product, product) IS 'larger of two; transition function of max';
COMMENT ON FUNCTION product_smaller(product, product) IS 'smaller of two; transition function of min';

CREATE OPERATOR = (FUNCTION = product_eq, LEFTARG = product, RIGHTARG = product,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (FUNCTION = product_ne, LEFTARG = product, RIGHTARG = product,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR < (FUNCTION = product_lt, LEFTARG = product, RIGHTARG = product,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (FUNCTION = product_le, LEFTARG = product, RIGHTARG = product,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR > (FUNCTION = product_gt, LEFTARG = product, RIGHTARG = product,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR >= (FUNCTION = product_ge, LEFTARG = product, RIGHTARG = product,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);

COMMENT ON OPERATOR = (product, product) IS 'equal';
COMMENT ON OPERATOR <> (product, product) IS 'not equal';
COMMENT ON OPERATOR < (product, product) IS 'less than, by category, then code';
COMMENT ON OPERATOR <= (product, product) IS 'less than or equal';
COMMENT ON OPERATOR > (product, product) IS 'greater than';
COMMENT ON OPERATOR >= (product, product) IS 'greater than or equal';

CREATE OPERATOR CLASS product_ops DEFAULT FOR TYPE product USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 product_cmp(product, product),
	FUNCTION 2 (product, product) identifier_sortsupport(internal),
	FUNCTION 4 (product, product) pg_catalog.btequalimage(oid);
CREATE OPERATOR CLASS product_ops DEFAULT FOR TYPE product USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 product_hash(product),
	FUNCTION 2 product_hash_extended(product, bigint);
COMMENT ON OPERATOR FAMILY product_ops USING btree IS 'order of products: category, then code';
COMMENT ON OPERATOR FAMILY product_ops USING hash IS 'equality of products';
COMMENT ON OPERATOR CLASS product_ops USING btree IS 'btree operator class of product (default); equal values have equal bytes';
COMMENT ON OPERATOR CLASS product_ops USING hash IS 'hash operator class of product (default), with extended hash';

CREATE FUNCTION product_gist_consistent(internal, product, smallint, oid, internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_gist_consistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION product_gist_consistent(internal, product, smallint, oid, internal) IS 'GiST: can entries below this key be equal to the value';
-- Operator 18 is RTEqualStrategyNumber, the one that WITHOUT OVERLAPS of version 18 looks for.
CREATE OPERATOR CLASS product_ops DEFAULT FOR TYPE product USING gist AS
	OPERATOR 18 =,
	FUNCTION 1 product_gist_consistent(internal, product, smallint, oid, internal),
	FUNCTION 2 identifier_gist_union(internal, internal),
	FUNCTION 3 identifier_gist_compress(internal),
	FUNCTION 5 identifier_gist_penalty(internal, internal, internal),
	FUNCTION 6 identifier_gist_picksplit(internal, internal),
	FUNCTION 7 identifier_gist_same(bigint, bigint, internal),
	FUNCTION 9 identifier_gist_fetch(internal),
	FUNCTION 11 identifier_gist_sortsupport(internal),
	STORAGE bigint;
COMMENT ON OPERATOR FAMILY product_ops USING gist IS 'equality of products in exclusion constraints';
COMMENT ON OPERATOR CLASS product_ops USING gist IS 'GiST operator class of product (default) for = only: EXCLUDE USING gist (product WITH =, valid WITH &&)';
DO $version$
BEGIN
	IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) 180000 THEN
		ALTER OPERATOR FAMILY product_ops USING gist ADD
			FUNCTION 12 ("any", "any") pg_catalog.gist_translate_cmptype_common(integer);
	END IF;
END
$version$;

CREATE AGGREGATE min(product) (SFUNC = product_smaller, STYPE = product, COMBINEFUNC = product_smaller, SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(product) (SFUNC = product_larger, STYPE = product, COMBINEFUNC = product_larger, SORTOP = >, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(product) IS 'first product in the order of the type; NULLs are ignored';
COMMENT ON AGGREGATE max(product) IS 'last product in the order of the type; NULLs are ignored';
