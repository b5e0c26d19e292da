-- 22-indication: indication (toegewezen product): product, volume or budget, period.

CREATE TYPE indication;

CREATE FUNCTION indication_in(cstring) RETURNS indication
    AS 'MODULE_PATHNAME', 'indication_in'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_in(cstring) IS 'Text input of indication.';

CREATE FUNCTION indication_out(indication) RETURNS cstring
    AS 'MODULE_PATHNAME', 'indication_out'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_out(indication) IS 'Text output of indication.';

CREATE FUNCTION indication_recv(internal) RETURNS indication
    AS 'MODULE_PATHNAME', 'indication_recv'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_recv(internal) IS 'Binary input of indication; checks all that text input checks.';

CREATE FUNCTION indication_send(indication) RETURNS bytea
    AS 'MODULE_PATHNAME', 'indication_send'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_send(indication) IS 'Binary output of indication.';

CREATE TYPE indication (
    INPUT = indication_in, OUTPUT = indication_out, RECEIVE = indication_recv, SEND = indication_send,
    INTERNALLENGTH = 32, ALIGNMENT = double
);
COMMENT ON TYPE indication IS 'Toegewezen product: product, volume or budget, period, such as 02A16 4 uur/week [2026-01-01,2027-01-01). Specific, aspecific or generic. 32 bytes.';

CREATE FUNCTION indication(text) RETURNS indication
    AS 'MODULE_PATHNAME', 'indication_from_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication(text) IS 'Reads a indication from text; what the cast calls.';

CREATE FUNCTION to_text(indication) RETURNS text
    AS 'MODULE_PATHNAME', 'indication_to_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_text(indication) IS 'The text form of a indication; what the cast calls.';

CREATE CAST (text AS indication) WITH FUNCTION indication(text);
COMMENT ON CAST (text AS indication) IS 'Explicit: text may not be a indication.';
CREATE CAST (indication AS text) WITH FUNCTION to_text(indication) AS ASSIGNMENT;
COMMENT ON CAST (indication AS text) IS 'The canonical text form.';

-- Not STRICT: NULL has a meaning in one of the arguments.
CREATE FUNCTION indication(product product, volume volume, period daterange) RETURNS indication
    AS 'MODULE_PATHNAME', 'indication_make_volume'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION indication(product, volume, daterange) IS 'Makes an indication with a volume. Volume NULL: none is known. Product or period NULL: NULL.';

-- Not STRICT: NULL has a meaning in one of the arguments.
CREATE FUNCTION indication(product product, budget numeric, period daterange) RETURNS indication
    AS 'MODULE_PATHNAME', 'indication_make_budget'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION indication(product, numeric, daterange) IS 'Makes an indication with a budget in euro. Product NULL: generic. Budget NULL: none. Both, or the period, NULL: NULL.';

CREATE FUNCTION product(indication) RETURNS product
    AS 'MODULE_PATHNAME', 'indication_product'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION product(indication) IS 'The allotted product; NULL for a generic indication.';

CREATE FUNCTION volume(indication) RETURNS volume
    AS 'MODULE_PATHNAME', 'indication_volume'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume(indication) IS 'Omvang: the allotted volume; NULL when there is none.';

CREATE FUNCTION budget(indication) RETURNS numeric
    AS 'MODULE_PATHNAME', 'indication_budget'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION budget(indication) IS 'Budget in euro; NULL when there is none.';

CREATE FUNCTION period(indication) RETURNS daterange
    AS 'MODULE_PATHNAME', 'indication_period'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION period(indication) IS 'Period of the indication; the end is exclusive and may be open. Indexable: CREATE INDEX ... USING gist (period(indication)).';

CREATE FUNCTION kind(indication) RETURNS text
    AS 'MODULE_PATHNAME', 'indication_kind'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kind(indication) IS 'specific (a product code), aspecific (a category) or generic (no product).';

CREATE FUNCTION delivery_variant(indication) RETURNS text
    AS 'MODULE_PATHNAME', 'indication_delivery_variant'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION delivery_variant(indication) IS 'Leveringsvariant by the unit of the volume: inspanning (01, 04, 14, 16, 84) or output (82, 83); NULL without a volume.';

CREATE FUNCTION at_least(indication) RETURNS numeric
    AS 'MODULE_PATHNAME', 'indication_at_least'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_least(indication) IS 'Lower bound of the volume, in its unit (euro: in euro); NULL without a volume.';

CREATE FUNCTION at_most(indication) RETURNS numeric
    AS 'MODULE_PATHNAME', 'indication_at_most'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_most(indication) IS 'Upper bound of the volume, in its unit (euro: in euro); NULL without a volume.';

CREATE FUNCTION problems(indication) RETURNS text[]
    AS 'MODULE_PATHNAME', 'indication_problems'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION problems(indication) IS 'Codes of the iWmo/iJw 3.2 rules that the indication breaks (CD041, CD075, CD076, CD080, CS338); empty when none.';

CREATE FUNCTION indication_eq(indication, indication) RETURNS boolean
    AS 'MODULE_PATHNAME', 'indication_eq'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_eq(indication, indication) IS 'Implements indication = indication.';

CREATE FUNCTION indication_ne(indication, indication) RETURNS boolean
    AS 'MODULE_PATHNAME', 'indication_ne'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_ne(indication, indication) IS 'Implements indication <> indication.';

CREATE FUNCTION indication_lt(indication, indication) RETURNS boolean
    AS 'MODULE_PATHNAME', 'indication_lt'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_lt(indication, indication) IS 'Implements indication < indication.';

CREATE FUNCTION indication_le(indication, indication) RETURNS boolean
    AS 'MODULE_PATHNAME', 'indication_le'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_le(indication, indication) IS 'Implements indication <= indication.';

CREATE FUNCTION indication_gt(indication, indication) RETURNS boolean
    AS 'MODULE_PATHNAME', 'indication_gt'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_gt(indication, indication) IS 'Implements indication > indication.';

CREATE FUNCTION indication_ge(indication, indication) RETURNS boolean
    AS 'MODULE_PATHNAME', 'indication_ge'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_ge(indication, indication) IS 'Implements indication >= indication.';

CREATE OPERATOR = (
    LEFTARG = indication, RIGHTARG = indication, FUNCTION = indication_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (indication, indication) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = indication, RIGHTARG = indication, FUNCTION = indication_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (indication, indication) IS 'not equal';

CREATE OPERATOR < (
    LEFTARG = indication, RIGHTARG = indication, FUNCTION = indication_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (indication, indication) IS 'less than: product, start, end, volume, budget';

CREATE OPERATOR <= (
    LEFTARG = indication, RIGHTARG = indication, FUNCTION = indication_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (indication, indication) IS 'less than or equal: product, start, end, volume, budget';

CREATE OPERATOR > (
    LEFTARG = indication, RIGHTARG = indication, FUNCTION = indication_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (indication, indication) IS 'greater than: product, start, end, volume, budget';

CREATE OPERATOR >= (
    LEFTARG = indication, RIGHTARG = indication, FUNCTION = indication_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (indication, indication) IS 'greater than or equal: product, start, end, volume, budget';

CREATE FUNCTION indication_cmp(indication, indication) RETURNS integer
    AS 'MODULE_PATHNAME', 'indication_cmp'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_cmp(indication, indication) IS 'Three-way comparison of two indications, for btree.';

CREATE FUNCTION indication_sortsupport(internal) RETURNS void
    AS 'MODULE_PATHNAME', 'indication_sortsupport'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_sortsupport(internal) IS 'Sort support of indication, for btree.';

CREATE FUNCTION indication_hash(indication) RETURNS integer
    AS 'MODULE_PATHNAME', 'indication_hash'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_hash(indication) IS 'Hash of a indication.';

CREATE FUNCTION indication_hash_extended(indication, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'indication_hash_extended'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indication_hash_extended(indication, bigint) IS 'Seeded 64-bit hash of a indication.';

CREATE OPERATOR CLASS indication_ops DEFAULT FOR TYPE indication USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 indication_cmp(indication, indication),
    FUNCTION 2 indication_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR FAMILY indication_ops USING btree IS 'Order of indications: product, start, end, volume, budget.';
COMMENT ON OPERATOR CLASS indication_ops USING btree IS 'Order of indications: product, start, end, volume, budget.';

CREATE OPERATOR CLASS indication_ops DEFAULT FOR TYPE indication USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 indication_hash(indication),
    FUNCTION 2 indication_hash_extended(indication, bigint);
COMMENT ON OPERATOR FAMILY indication_ops USING hash IS 'Hashing of indications.';
COMMENT ON OPERATOR CLASS indication_ops USING hash IS 'Hashing of indications.';
