-- 61-client-set: client_set, an exact set of client keys, and unique_clients.

CREATE TYPE client_set;

CREATE FUNCTION client_set_in(cstring) RETURNS client_set
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION client_set_out(client_set) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION client_set_recv(internal) RETURNS client_set
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION client_set_send(client_set) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE client_set (
	INPUT = client_set_in, OUTPUT = client_set_out, RECEIVE = client_set_recv, SEND = client_set_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE client_set IS 'exact set of client keys (unieke cliënten), e.g. {17,18,20}; sets can be merged, so that persons are never counted twice';
COMMENT ON FUNCTION client_set_in(cstring) IS 'client_set from text: bigint keys in braces, in any order';
COMMENT ON FUNCTION client_set_out(client_set) IS 'client_set to text: the keys in ascending order';
COMMENT ON FUNCTION client_set_recv(internal) IS 'client_set from binary: version 1, number of keys, the keys';
COMMENT ON FUNCTION client_set_send(client_set) IS 'client_set to binary: version 1, number of keys, the keys';

CREATE FUNCTION client_set_eq(client_set, client_set) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION client_set_ne(client_set, client_set) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION client_set_hash(client_set) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION client_set_hash_extended(client_set, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION client_set_eq(client_set, client_set) IS 'the two sets have the same clients';
COMMENT ON FUNCTION client_set_ne(client_set, client_set) IS 'a client is in one of the two sets only';
COMMENT ON FUNCTION client_set_hash(client_set) IS 'hash of the stored bytes, which are equal for equal sets';
COMMENT ON FUNCTION client_set_hash_extended(client_set, bigint) IS 'seeded hash of the stored bytes, which are equal for equal sets';

CREATE OPERATOR = (
	LEFTARG = client_set, RIGHTARG = client_set, FUNCTION = client_set_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
CREATE OPERATOR <> (
	LEFTARG = client_set, RIGHTARG = client_set, FUNCTION = client_set_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR = (client_set, client_set) IS 'the two sets have the same clients';
COMMENT ON OPERATOR <> (client_set, client_set) IS 'a client is in one of the two sets only';

CREATE OPERATOR FAMILY client_set_hash_ops USING hash;
CREATE OPERATOR CLASS client_set_hash_ops DEFAULT FOR TYPE client_set USING hash FAMILY client_set_hash_ops AS
	OPERATOR 1 =,
	FUNCTION 1 client_set_hash(client_set),
	FUNCTION 2 client_set_hash_extended(client_set, bigint);
COMMENT ON OPERATOR FAMILY client_set_hash_ops USING hash IS 'equality of client sets';
COMMENT ON OPERATOR CLASS client_set_hash_ops USING hash IS 'equality of client sets';

CREATE FUNCTION cardinality(client_set) RETURNS bigint
	AS 'MODULE_PATHNAME', 'client_set_cardinality' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cardinality(client_set) IS 'number of clients in the set, in persons (unieke cliënten)';

CREATE FUNCTION merge(client_set, client_set) RETURNS client_set
	AS 'MODULE_PATHNAME', 'client_set_merge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION merge(client_set, client_set) IS 'the clients that are in either set or in both, each once';

-- Not strict: the state is NULL before the first client, and a NULL client is skipped.
CREATE FUNCTION client_set_transition(client_set, bigint) RETURNS client_set
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
CREATE FUNCTION client_set_combine(client_set, client_set) RETURNS client_set
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
CREATE FUNCTION client_set_final(client_set) RETURNS client_set
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
-- Not strict: no state at all is a count of 0, as count(DISTINCT ...) gives.
CREATE FUNCTION client_set_final_count(client_set) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION client_set_transition(client_set, bigint) IS 'support of client_set_agg and unique_clients: adds a client';
COMMENT ON FUNCTION client_set_combine(client_set, client_set) IS 'support of the client_set aggregates: adds the clients of a set or of another state';
COMMENT ON FUNCTION client_set_final(client_set) IS 'support of client_set_agg and client_set_union_agg: the state as a value';
COMMENT ON FUNCTION client_set_final_count(client_set) IS 'support of unique_clients: the number of clients, 0 without a state';

-- A state grows: SSPACE is what a group of some dozens of clients takes, for the planner's choice between hashing and sorting.
CREATE AGGREGATE client_set_agg(client bigint) (
	SFUNC = client_set_transition, STYPE = client_set, SSPACE = 256, COMBINEFUNC = client_set_combine,
	FINALFUNC = client_set_final, PARALLEL = SAFE
);
CREATE AGGREGATE client_set_union_agg(client_set) (
	SFUNC = client_set_combine, STYPE = client_set, SSPACE = 1024, COMBINEFUNC = client_set_combine,
	FINALFUNC = client_set_final, PARALLEL = SAFE
);
CREATE AGGREGATE unique_clients(client bigint) (
	SFUNC = client_set_transition, STYPE = client_set, SSPACE = 256, COMBINEFUNC = client_set_combine,
	FINALFUNC = client_set_final_count, PARALLEL = SAFE
);
COMMENT ON AGGREGATE client_set_agg(bigint) IS 'the set of client keys; NULL is ignored, no client at all gives NULL';
COMMENT ON AGGREGATE client_set_union_agg(client_set) IS 'the clients that are in any of the sets; NULL without a set';
COMMENT ON AGGREGATE unique_clients(bigint) IS 'number of different clients in persons (unieke cliënten), exact; NULL is ignored, no client gives 0';
