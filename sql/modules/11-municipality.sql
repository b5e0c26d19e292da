-- 11-municipality: type municipality, the CBS code of a municipality.

CREATE TYPE municipality;
CREATE FUNCTION municipality_in(cstring) RETURNS municipality
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION municipality_out(municipality) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION municipality_recv(internal) RETURNS municipality
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION municipality_send(municipality) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE municipality (INPUT = municipality_in, OUTPUT = municipality_out, RECEIVE = municipality_recv, SEND = municipality_send, LIKE = smallint);
COMMENT ON TYPE municipality IS 'municipality by its CBS code (gemeentecode): exactly 4 digits, leading zeros kept; 2 bytes';
COMMENT ON FUNCTION municipality_in(cstring) IS 'text input: exactly 4 digits, such as 0200';
COMMENT ON FUNCTION municipality_out(municipality) IS 'text output: exactly 4 digits, such as 0200';
COMMENT ON FUNCTION municipality_recv(internal) IS 'binary input: 2 bytes, the number 0 to 9999; anything else is an error';
COMMENT ON FUNCTION municipality_send(municipality) IS 'binary output: 2 bytes, the number 0 to 9999';

CREATE FUNCTION municipality(text) RETURNS municipality
	AS 'MODULE_PATHNAME', 'municipality_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION text(municipality) RETURNS text
	AS 'MODULE_PATHNAME', 'municipality_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE CAST (text AS municipality) WITH FUNCTION municipality(text);
CREATE CAST (municipality AS text) WITH FUNCTION text(municipality) AS ASSIGNMENT;
COMMENT ON FUNCTION municipality(text) IS 'municipality from text: exactly 4 digits, such as 0200';
COMMENT ON FUNCTION text(municipality) IS 'municipality as text: exactly 4 digits, such as 0200';
COMMENT ON CAST (text AS municipality) IS 'explicit: text may be no municipality';
COMMENT ON CAST (municipality AS text) IS 'in assignments: exactly 4 digits, such as 0200';

CREATE FUNCTION municipality(integer) RETURNS municipality
	AS 'MODULE_PATHNAME', 'municipality_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION int4(municipality) RETURNS integer
	AS 'MODULE_PATHNAME', 'municipality_to_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE CAST (integer AS municipality) WITH FUNCTION municipality(integer);
CREATE CAST (municipality AS integer) WITH FUNCTION int4(municipality);
COMMENT ON FUNCTION municipality(integer) IS 'municipality with this number, 0 to 9999; outside it an error';
COMMENT ON FUNCTION int4(municipality) IS 'number of the municipality, 0 to 9999; leading zeros are lost';
COMMENT ON CAST (integer AS municipality) IS 'explicit: 0 to 9999';
COMMENT ON CAST (municipality AS integer) IS 'explicit: leading zeros are lost';

-- Comparison: as unsigned numbers, which is the order of the text. None can raise an error, hence LEAKPROOF: row-level security keeps the indexes.
CREATE FUNCTION municipality_eq(municipality, municipality) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_eq' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_ne(municipality, municipality) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_ne' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_lt(municipality, municipality) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_lt' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_le(municipality, municipality) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_le' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_gt(municipality, municipality) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_gt' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_ge(municipality, municipality) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_ge' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_cmp(municipality, municipality) RETURNS integer
	AS 'MODULE_PATHNAME', 'identifier_cmp' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_hash(municipality) RETURNS integer
	AS 'MODULE_PATHNAME', 'identifier_hash' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_hash_extended(municipality, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'identifier_hash_extended' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_larger(municipality, municipality) RETURNS municipality
	AS 'MODULE_PATHNAME', 'identifier_larger' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION municipality_smaller(municipality, municipality) RETURNS municipality
	AS 'MODULE_PATHNAME', 'identifier_smaller' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;

COMMENT ON FUNCTION municipality_eq(municipality, municipality) IS 'implementation of = operator';
COMMENT ON FUNCTION municipality_ne(municipality, municipality) IS 'implementation of <> operator';
COMMENT ON FUNCTION municipality_lt(municipality, municipality) IS 'implementation of < operator';
COMMENT ON FUNCTION municipality_le(municipality, municipality) IS 'implementation of <= operator';
COMMENT ON FUNCTION municipality_gt(municipality, municipality) IS 'implementation of > operator';
COMMENT ON FUNCTION municipality_ge(municipality, municipality) IS 'implementation of >= operator';
COMMENT ON FUNCTION municipality_cmp(municipality, municipality) IS 'less-equal-greater (-1, 0, 1) in the order of the type; for btree indexes';
COMMENT ON FUNCTION municipality_hash(municipality) IS 'hash of the number; for hash indexes, joins and grouping';
COMMENT ON FUNCTION municipality_hash_extended(municipality, bigint) IS 'hash of the number with a seed; for hash partitioning';
COMMENT ON FUNCTION municipality_larger(municipality, municipality) IS 'larger of two; transition function of max';
COMMENT ON FUNCTION municipality_smaller(municipality, municipality) IS 'smaller of two; transition function of min';

CREATE OPERATOR = (FUNCTION = municipality_eq, LEFTARG = municipality, RIGHTARG = municipality,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (FUNCTION = municipality_ne, LEFTARG = municipality, RIGHTARG = municipality,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR < (FUNCTION = municipality_lt, LEFTARG = municipality, RIGHTARG = municipality,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (FUNCTION = municipality_le, LEFTARG = municipality, RIGHTARG = municipality,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR > (FUNCTION = municipality_gt, LEFTARG = municipality, RIGHTARG = municipality,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR >= (FUNCTION = municipality_ge, LEFTARG = municipality, RIGHTARG = municipality,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);

COMMENT ON OPERATOR = (municipality, municipality) IS 'equal';
COMMENT ON OPERATOR <> (municipality, municipality) IS 'not equal';
COMMENT ON OPERATOR < (municipality, municipality) IS 'less than, by number';
COMMENT ON OPERATOR <= (municipality, municipality) IS 'less than or equal';
COMMENT ON OPERATOR > (municipality, municipality) IS 'greater than';
COMMENT ON OPERATOR >= (municipality, municipality) IS 'greater than or equal';

CREATE OPERATOR CLASS municipality_ops DEFAULT FOR TYPE municipality USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 municipality_cmp(municipality, municipality),
	FUNCTION 2 (municipality, municipality) identifier_int32_sortsupport(internal),
	FUNCTION 4 (municipality, municipality) pg_catalog.btequalimage(oid);
CREATE OPERATOR CLASS municipality_ops DEFAULT FOR TYPE municipality USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 municipality_hash(municipality),
	FUNCTION 2 municipality_hash_extended(municipality, bigint);
COMMENT ON OPERATOR FAMILY municipality_ops USING btree IS 'order of municipalities: which is the order of the text';
COMMENT ON OPERATOR FAMILY municipality_ops USING hash IS 'equality of municipalities';
COMMENT ON OPERATOR CLASS municipality_ops USING btree IS 'btree operator class of municipality (default); equal values have equal bytes';
COMMENT ON OPERATOR CLASS municipality_ops USING hash IS 'hash operator class of municipality (default), with extended hash';

CREATE FUNCTION municipality_gist_consistent(internal, municipality, smallint, oid, internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_gist_consistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION municipality_gist_consistent(internal, municipality, smallint, oid, internal) IS 'GiST: can entries below this key be equal to the value';
-- Operator 18 is RTEqualStrategyNumber, the one that WITHOUT OVERLAPS of version 18 looks for.
CREATE OPERATOR CLASS municipality_ops DEFAULT FOR TYPE municipality USING gist AS
	OPERATOR 18 =,
	FUNCTION 1 municipality_gist_consistent(internal, municipality, smallint, oid, internal),
	FUNCTION 2 identifier_gist_union(internal, internal),
	FUNCTION 3 identifier_gist_compress(internal),
	FUNCTION 5 identifier_gist_penalty(internal, internal, internal),
	FUNCTION 6 identifier_gist_picksplit(internal, internal),
	FUNCTION 7 identifier_gist_same(bigint, bigint, internal),
	FUNCTION 9 identifier_gist_fetch(internal),
	FUNCTION 11 identifier_gist_sortsupport(internal),
	STORAGE bigint;
COMMENT ON OPERATOR FAMILY municipality_ops USING gist IS 'equality of municipalities in exclusion constraints';
COMMENT ON OPERATOR CLASS municipality_ops USING gist IS 'GiST operator class of municipality (default) for = only: EXCLUDE USING gist (municipality WITH =, valid WITH &&)';
DO $version$
BEGIN
	IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) 180000 THEN
		ALTER OPERATOR FAMILY municipality_ops USING gist ADD
			FUNCTION 12 ("any", "any") pg_catalog.gist_translate_cmptype_common(integer);
	END IF;
END
$version$;

CREATE AGGREGATE min(municipality) (SFUNC = municipality_smaller, STYPE = municipality, COMBINEFUNC = municipality_smaller, SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(municipality) (SFUNC = municipality_larger, STYPE = municipality, COMBINEFUNC = municipality_larger, SORTOP = >, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(municipality) IS 'first municipality in the order of the type; NULLs are ignored';
COMMENT ON AGGREGATE max(municipality) IS 'last municipality in the order of the type; NULLs are ignored';
