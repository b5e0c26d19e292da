-- 60-care-history: care_history, who was in care when, exactly.

CREATE TYPE care_history;

CREATE FUNCTION care_history_in(cstring) RETURNS care_history
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_out(care_history) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_recv(internal) RETURNS care_history
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_send(care_history) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE care_history (
	INPUT = care_history_in, OUTPUT = care_history_out, RECEIVE = care_history_recv, SEND = care_history_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE care_history IS 'periods in care of clients (zorghistorie), e.g. {17 02A16 [2026-01-01,2026-03-01); 18 [2026-02-01,)}: client, product if any, half-open period; exact and mergeable';
COMMENT ON FUNCTION care_history_in(cstring) IS 'care_history from text, periods in any order; periods of one client and product that share a day become one';
COMMENT ON FUNCTION care_history_out(care_history) IS 'care_history to text, by client, product and start';
COMMENT ON FUNCTION care_history_recv(internal) IS 'care_history from binary: version 1, number of periods, then client, product, start and end of each';
COMMENT ON FUNCTION care_history_send(care_history) IS 'care_history to binary: version 1, number of periods, then client, product, start and end of each';

CREATE FUNCTION care_history_eq(care_history, care_history) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_ne(care_history, care_history) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_hash(care_history) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_hash_extended(care_history, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION care_history_eq(care_history, care_history) IS 'the two histories have the same periods';
COMMENT ON FUNCTION care_history_ne(care_history, care_history) IS 'the two histories differ in a period';
COMMENT ON FUNCTION care_history_hash(care_history) IS 'hash of the stored bytes, which are equal for equal histories';
COMMENT ON FUNCTION care_history_hash_extended(care_history, bigint) IS 'seeded hash of the stored bytes, which are equal for equal histories';

CREATE OPERATOR = (
	LEFTARG = care_history, RIGHTARG = care_history, FUNCTION = care_history_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
CREATE OPERATOR <> (
	LEFTARG = care_history, RIGHTARG = care_history, FUNCTION = care_history_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR = (care_history, care_history) IS 'the two histories have the same periods';
COMMENT ON OPERATOR <> (care_history, care_history) IS 'the two histories differ in a period';

CREATE OPERATOR FAMILY care_history_hash_ops USING hash;
CREATE OPERATOR CLASS care_history_hash_ops DEFAULT FOR TYPE care_history USING hash FAMILY care_history_hash_ops AS
	OPERATOR 1 =,
	FUNCTION 1 care_history_hash(care_history),
	FUNCTION 2 care_history_hash_extended(care_history, bigint);
COMMENT ON OPERATOR FAMILY care_history_hash_ops USING hash IS 'equality of care histories';
COMMENT ON OPERATOR CLASS care_history_hash_ops USING hash IS 'equality of care histories';

-- Not strict: the state is NULL before the first period; rows without client or period are skipped.
CREATE FUNCTION care_history_transition(care_history, bigint, product, daterange) RETURNS care_history
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
CREATE FUNCTION care_history_transition(care_history, bigint, daterange) RETURNS care_history
	AS 'MODULE_PATHNAME', 'care_history_transition_no_product' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
CREATE FUNCTION care_history_combine(care_history, care_history) RETURNS care_history
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION care_history_final(care_history) RETURNS care_history
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION care_history_transition(care_history, bigint, product, daterange) IS 'support of care_history_agg: adds a period of a client with a product';
COMMENT ON FUNCTION care_history_transition(care_history, bigint, daterange) IS 'support of care_history_agg: adds a period of a client';
COMMENT ON FUNCTION care_history_combine(care_history, care_history) IS 'support of the care_history aggregates: joins two states';

COMMENT ON FUNCTION care_history_final(care_history) IS 'support of the care_history aggregates: the state as a value to ask and to keep';

-- A state grows: SSPACE is what a group of some hundred periods takes, for the planner's choice between hashing and sorting.
CREATE AGGREGATE care_history_agg(client bigint, product product, period daterange) (
	SFUNC = care_history_transition, STYPE = care_history, SSPACE = 2048, COMBINEFUNC = care_history_combine,
	FINALFUNC = care_history_final, PARALLEL = SAFE
);
CREATE AGGREGATE care_history_agg(client bigint, period daterange) (
	SFUNC = care_history_transition, STYPE = care_history, SSPACE = 2048, COMBINEFUNC = care_history_combine,
	FINALFUNC = care_history_final, PARALLEL = SAFE
);
CREATE AGGREGATE care_history_union_agg(care_history) (
	SFUNC = care_history_combine, STYPE = care_history, SSPACE = 8192, COMBINEFUNC = care_history_combine,
	FINALFUNC = care_history_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE care_history_agg(bigint, product, daterange) IS 'history of the rows'' clients, products and periods; an open end is still in care; rows with NULL client, NULL or empty period are ignored';
COMMENT ON AGGREGATE care_history_agg(bigint, daterange) IS 'history of the rows'' clients and periods, without products; an open end is still in care; rows with NULL client, NULL or empty period are ignored';
COMMENT ON AGGREGATE care_history_union_agg(care_history) IS 'the periods of all histories together; NULL without a history';

CREATE FUNCTION merge(care_history, care_history) RETURNS care_history
	AS 'MODULE_PATHNAME', 'care_history_merge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION products(care_history) RETURNS product[]
	AS 'MODULE_PATHNAME', 'care_history_products' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION for_products(care_history, product[]) RETURNS care_history
	AS 'MODULE_PATHNAME', 'care_history_for_products' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION merge(care_history, care_history) IS 'the periods of both histories together; joining two half-year deliveries gives the whole';
COMMENT ON FUNCTION products(care_history) IS 'the products of the history in ascending order; a NULL at the end when there are periods without product';
COMMENT ON FUNCTION for_products(care_history, product[]) IS 'the periods of these products only; a NULL in the array asks for periods without product';

CREATE FUNCTION clients(care_history, daterange) RETURNS bigint
	AS 'MODULE_PATHNAME', 'care_history_clients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION clients(care_history, daterange) IS 'number of different clients (unieke cliënten) in care on at least one day of the range, in persons';

CREATE FUNCTION flow(care_history, daterange, gap integer DEFAULT 0,
	OUT stock_begin bigint, OUT inflow bigint, OUT outflow bigint, OUT stock_end bigint)
	AS 'MODULE_PATHNAME', 'care_history_flow' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow(care_history, daterange, integer) IS 'in- and outflow (in- en uitstroom) of persons over the range, all products together; gap = days without care that do not end an episode; stock_end = stock_begin + inflow - outflow';

CREATE FUNCTION flows(care_history, daterange, step interval DEFAULT '1 month', gap integer DEFAULT 0,
	OUT period daterange, OUT stock_begin bigint, OUT inflow bigint, OUT outflow bigint, OUT stock_end bigint,
	OUT clients bigint, OUT clients_12m bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_flows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flows(care_history, daterange, interval, integer) IS 'flow of each period of the range (step in months or days), with the clients in care in it and in the 12 months up to its end';

CREATE FUNCTION transitions(care_history, daterange, gap integer DEFAULT 0,
	OUT kind text, OUT from_product product, OUT to_product product, OUT clients bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_transitions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transitions(care_history, daterange, integer) IS 'in-, door- en uitstroom by product: inflow, transfer, addition, reduction and outflow, in clients per kind and pair of products';

CREATE FUNCTION durations(care_history, daterange, gap integer DEFAULT 0,
	OUT ended bigint, OUT running bigint, OUT mean_days numeric, OUT median_days numeric, OUT mean_days_in_care numeric)
	AS 'MODULE_PATHNAME', 'care_history_durations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION durations(care_history, daterange, integer) IS 'length in days (doorlooptijd) of the episodes that ended in the range, with and without the days that a gap bridges, and how many run on';
