-- 10-provider: type provider, the AGB code of a care provider.

CREATE TYPE provider;
CREATE FUNCTION provider_in(cstring) RETURNS provider
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION provider_out(provider) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION provider_recv(internal) RETURNS provider
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION provider_send(provider) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE provider (INPUT = provider_in, OUTPUT = provider_out, RECEIVE = provider_recv, SEND = provider_send, LIKE = integer);
COMMENT ON TYPE provider IS 'care provider by its AGB code (AGB-code van de zorgaanbieder): exactly 8 digits, leading zeros kept; 4 bytes';
COMMENT ON FUNCTION provider_in(cstring) IS 'text input: exactly 8 digits, such as 73730112';
COMMENT ON FUNCTION provider_out(provider) IS 'text output: exactly 8 digits, such as 73730112';
COMMENT ON FUNCTION provider_recv(internal) IS 'binary input: 4 bytes, the number 0 to 99999999; anything else is an error';
COMMENT ON FUNCTION provider_send(provider) IS 'binary output: 4 bytes, the number 0 to 99999999';

CREATE FUNCTION provider(text) RETURNS provider
	AS 'MODULE_PATHNAME', 'provider_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION text(provider) RETURNS text
	AS 'MODULE_PATHNAME', 'provider_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE CAST (text AS provider) WITH FUNCTION provider(text);
CREATE CAST (provider AS text) WITH FUNCTION text(provider) AS ASSIGNMENT;
COMMENT ON FUNCTION provider(text) IS 'provider from text: exactly 8 digits, such as 73730112';
COMMENT ON FUNCTION text(provider) IS 'provider as text: exactly 8 digits, such as 73730112';
COMMENT ON CAST (text AS provider) IS 'explicit: text may be no provider';
COMMENT ON CAST (provider AS text) IS 'in assignments: exactly 8 digits, such as 73730112';

CREATE FUNCTION provider(integer) RETURNS provider
	AS 'MODULE_PATHNAME', 'provider_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION int4(provider) RETURNS integer
	AS 'MODULE_PATHNAME', 'provider_to_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE CAST (integer AS provider) WITH FUNCTION provider(integer);
CREATE CAST (provider AS integer) WITH FUNCTION int4(provider);
COMMENT ON FUNCTION provider(integer) IS 'provider with this number, 0 to 99999999; outside it an error';
COMMENT ON FUNCTION int4(provider) IS 'number of the provider, 0 to 99999999; leading zeros are lost';
COMMENT ON CAST (integer AS provider) IS 'explicit: 0 to 99999999';
COMMENT ON CAST (provider AS integer) IS 'explicit: leading zeros are lost';

-- Comparison: as unsigned numbers, which is the order of the text. None can raise an error, hence LEAKPROOF: row-level security keeps the indexes.
CREATE FUNCTION provider_eq(provider, provider) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_eq' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_ne(provider, provider) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_ne' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_lt(provider, provider) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_lt' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_le(provider, provider) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_le' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_gt(provider, provider) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_gt' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_ge(provider, provider) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_ge' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_cmp(provider, provider) RETURNS integer
	AS 'MODULE_PATHNAME', 'identifier_cmp' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_hash(provider) RETURNS integer
	AS 'MODULE_PATHNAME', 'identifier_hash' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_hash_extended(provider, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'identifier_hash_extended' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_larger(provider, provider) RETURNS provider
	AS 'MODULE_PATHNAME', 'identifier_larger' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION provider_smaller(provider, provider) RETURNS provider
	AS 'MODULE_PATHNAME', 'identifier_smaller' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;

COMMENT ON FUNCTION provider_eq(provider, provider) IS 'implementation of = operator';
COMMENT ON FUNCTION provider_ne(provider, provider) IS 'implementation of <> operator';
COMMENT ON FUNCTION provider_lt(provider, provider) IS 'implementation of < operator';
COMMENT ON FUNCTION provider_le(provider, provider) IS 'implementation of <= operator';
COMMENT ON FUNCTION provider_gt(provider, provider) IS 'implementation of > operator';
COMMENT ON FUNCTION provider_ge(provider, provider) IS 'implementation of >= operator';
COMMENT ON FUNCTION provider_cmp(provider, provider) IS 'less-equal-greater (-1, 0, 1) in the order of the type; for btree indexes';
COMMENT ON FUNCTION provider_hash(provider) IS 'hash of the number; for hash indexes, joins and grouping';
COMMENT ON FUNCTION provider_hash_extended(provider, bigint) IS 'hash of the number with a seed; for hash partitioning';
COMMENT ON FUNCTION provider_larger(provider, provider) IS 'larger of two; transition function of max';
COMMENT ON FUNCTION provider_smaller(provider, provider) IS 'smaller of two; transition function of min';

CREATE OPERATOR = (FUNCTION = provider_eq, LEFTARG = provider, RIGHTARG = provider,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (FUNCTION = provider_ne, LEFTARG = provider, RIGHTARG = provider,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR < (FUNCTION = provider_lt, LEFTARG = provider, RIGHTARG = provider,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (FUNCTION = provider_le, LEFTARG = provider, RIGHTARG = provider,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR > (FUNCTION = provider_gt, LEFTARG = provider, RIGHTARG = provider,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR >= (FUNCTION = provider_ge, LEFTARG = provider, RIGHTARG = provider,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);

COMMENT ON OPERATOR = (provider, provider) IS 'equal';
COMMENT ON OPERATOR <> (provider, provider) IS 'not equal';
COMMENT ON OPERATOR < (provider, provider) IS 'less than, by number';
COMMENT ON OPERATOR <= (provider, provider) IS 'less than or equal';
COMMENT ON OPERATOR > (provider, provider) IS 'greater than';
COMMENT ON OPERATOR >= (provider, provider) IS 'greater than or equal';

CREATE OPERATOR CLASS provider_ops DEFAULT FOR TYPE provider USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 provider_cmp(provider, provider),
	FUNCTION 2 (provider, provider) identifier_int32_sortsupport(internal),
	FUNCTION 4 (provider, provider) pg_catalog.btequalimage(oid);
CREATE OPERATOR CLASS provider_ops DEFAULT FOR TYPE provider USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 provider_hash(provider),
	FUNCTION 2 provider_hash_extended(provider, bigint);
COMMENT ON OPERATOR FAMILY provider_ops USING btree IS 'order of providers: which is the order of the text';
COMMENT ON OPERATOR FAMILY provider_ops USING hash IS 'equality of providers';
COMMENT ON OPERATOR CLASS provider_ops USING btree IS 'btree operator class of provider (default); equal values have equal bytes';
COMMENT ON OPERATOR CLASS provider_ops USING hash IS 'hash operator class of provider (default), with extended hash';

CREATE FUNCTION provider_gist_consistent(internal, provider, smallint, oid, internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'identifier_gist_consistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION provider_gist_consistent(internal, provider, smallint, oid, internal) IS 'GiST: can entries below this key be equal to the value';
-- Operator 18 is RTEqualStrategyNumber, the one that WITHOUT OVERLAPS of version 18 looks for.
CREATE OPERATOR CLASS provider_ops DEFAULT FOR TYPE provider USING gist AS
	OPERATOR 18 =,
	FUNCTION 1 provider_gist_consistent(internal, provider, smallint, oid, internal),
	FUNCTION 2 identifier_gist_union(internal, internal),
	FUNCTION 3 identifier_gist_compress(internal),
	FUNCTION 5 identifier_gist_penalty(internal, internal, internal),
	FUNCTION 6 identifier_gist_picksplit(internal, internal),
	FUNCTION 7 identifier_gist_same(bigint, bigint, internal),
	FUNCTION 9 identifier_gist_fetch(internal),
	FUNCTION 11 identifier_gist_sortsupport(internal),
	STORAGE bigint;
COMMENT ON OPERATOR FAMILY provider_ops USING gist IS 'equality of providers in exclusion constraints';
COMMENT ON OPERATOR CLASS provider_ops USING gist IS 'GiST operator class of provider (default) for = only: EXCLUDE USING gist (provider WITH =, valid WITH &&)';
DO $version$
BEGIN
	IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) 180000 THEN
		ALTER OPERATOR FAMILY provider_ops USING gist ADD
			FUNCTION 12 ("any", "any") pg_catalog.gist_translate_cmptype_common(integer);
	END IF;
END
$version$;

CREATE AGGREGATE min(provider) (SFUNC = provider_smaller, STYPE = provider, COMBINEFUNC = provider_smaller, SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(provider) (SFUNC = provider_larger, STYPE = provider, COMBINEFUNC = provider_larger, SORTOP = >, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(provider) IS 'first provider in the order of the type; NULLs are ignored';
COMMENT ON AGGREGATE max(provider) IS 'last provider in the order of the type; NULLs are ignored';
