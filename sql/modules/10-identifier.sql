-- 10-identifier: what the operator classes of provider, municipality and product share.

CREATE FUNCTION identifier_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_int32_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION identifier_sortsupport(internal) IS 'btree: fast comparison for sorting products';
COMMENT ON FUNCTION identifier_int32_sortsupport(internal) IS 'btree: fast comparison for sorting providers and municipalities';

-- The GiST key is a bigint: smallest number below the entry in its upper half, largest in its lower half.
CREATE FUNCTION identifier_gist_union(internal, internal) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_gist_compress(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_gist_fetch(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_gist_penalty(internal, internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_gist_picksplit(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_gist_same(bigint, bigint, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION identifier_gist_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION identifier_gist_union(internal, internal) IS 'GiST: smallest key that covers the entries';
COMMENT ON FUNCTION identifier_gist_compress(internal) IS 'GiST: key of a value';
COMMENT ON FUNCTION identifier_gist_fetch(internal) IS 'GiST: value of a leaf key, for index-only scans';
COMMENT ON FUNCTION identifier_gist_penalty(internal, internal, internal) IS 'GiST: growth of a key that takes in a new entry';
COMMENT ON FUNCTION identifier_gist_picksplit(internal, internal) IS 'GiST: halves of a full page, by order of the keys';
COMMENT ON FUNCTION identifier_gist_same(bigint, bigint, internal) IS 'GiST: whether two keys are equal';
COMMENT ON FUNCTION identifier_gist_sortsupport(internal) IS 'GiST: comparison of keys, to build an index from sorted entries';
