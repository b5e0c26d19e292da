-- 21-tariff: tariff (tarief), the price of one unit.

CREATE TYPE tariff;

CREATE FUNCTION tariff_in(cstring) RETURNS tariff
    AS 'MODULE_PATHNAME', 'tariff_in'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_in(cstring) IS 'Text input of tariff.';

CREATE FUNCTION tariff_out(tariff) RETURNS cstring
    AS 'MODULE_PATHNAME', 'tariff_out'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_out(tariff) IS 'Text output of tariff.';

CREATE FUNCTION tariff_recv(internal) RETURNS tariff
    AS 'MODULE_PATHNAME', 'tariff_recv'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_recv(internal) IS 'Binary input of tariff; checks all that text input checks.';

CREATE FUNCTION tariff_send(tariff) RETURNS bytea
    AS 'MODULE_PATHNAME', 'tariff_send'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_send(tariff) IS 'Binary output of tariff.';

CREATE TYPE tariff (
    INPUT = tariff_in, OUTPUT = tariff_out, RECEIVE = tariff_recv, SEND = tariff_send,
    LIKE = pg_catalog.int8
);
COMMENT ON TYPE tariff IS 'Tarief: price per unit in euro with at most six decimals, such as 61.20/uur or 1.0321/minuut. Eight bytes.';

CREATE FUNCTION tariff(text) RETURNS tariff
    AS 'MODULE_PATHNAME', 'tariff_from_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff(text) IS 'Reads a tariff from text; what the cast calls.';

CREATE FUNCTION to_text(tariff) RETURNS text
    AS 'MODULE_PATHNAME', 'tariff_to_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_text(tariff) IS 'The text form of a tariff; what the cast calls.';

CREATE CAST (text AS tariff) WITH FUNCTION tariff(text);
COMMENT ON CAST (text AS tariff) IS 'Explicit: text may not be a tariff.';
CREATE CAST (tariff AS text) WITH FUNCTION to_text(tariff) AS ASSIGNMENT;
COMMENT ON CAST (tariff AS text) IS 'The canonical text form.';

CREATE FUNCTION tariff(amount numeric, unit text) RETURNS tariff
    AS 'MODULE_PATHNAME', 'tariff_make'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff(numeric, text) IS 'Makes a tariff from an amount in euro (at most six decimals, never rounded) and a unit, by name or code.';

CREATE FUNCTION amount(tariff) RETURNS numeric
    AS 'MODULE_PATHNAME', 'tariff_amount'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION amount(tariff) IS 'Price of one unit in euro, with two to six decimals.';

CREATE FUNCTION unit(tariff) RETURNS text
    AS 'MODULE_PATHNAME', 'tariff_unit'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION unit(tariff) IS 'Eenheid: name of the unit that the tariff is per, such as uur.';

CREATE FUNCTION tariff_per(tariff tariff, unit text) RETURNS tariff
    AS 'MODULE_PATHNAME', 'tariff_per'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_per(tariff, text) IS 'The tariff per another unit: hour to minute, half up to the cent (IV081). Any other pair is an error.';

CREATE FUNCTION tariff_eq(tariff, tariff) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_eq'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_eq(tariff, tariff) IS 'Implements tariff = tariff.';

CREATE FUNCTION tariff_ne(tariff, tariff) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_ne'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_ne(tariff, tariff) IS 'Implements tariff <> tariff.';

CREATE FUNCTION tariff_lt(tariff, tariff) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_lt'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_lt(tariff, tariff) IS 'Implements tariff < tariff.';

CREATE FUNCTION tariff_le(tariff, tariff) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_le'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_le(tariff, tariff) IS 'Implements tariff <= tariff.';

CREATE FUNCTION tariff_gt(tariff, tariff) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_gt'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_gt(tariff, tariff) IS 'Implements tariff > tariff.';

CREATE FUNCTION tariff_ge(tariff, tariff) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_ge'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_ge(tariff, tariff) IS 'Implements tariff >= tariff.';

CREATE OPERATOR = (
    LEFTARG = tariff, RIGHTARG = tariff, FUNCTION = tariff_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (tariff, tariff) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = tariff, RIGHTARG = tariff, FUNCTION = tariff_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (tariff, tariff) IS 'not equal';

CREATE OPERATOR < (
    LEFTARG = tariff, RIGHTARG = tariff, FUNCTION = tariff_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (tariff, tariff) IS 'less than: unit, then amount';

CREATE OPERATOR <= (
    LEFTARG = tariff, RIGHTARG = tariff, FUNCTION = tariff_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (tariff, tariff) IS 'less than or equal: unit, then amount';

CREATE OPERATOR > (
    LEFTARG = tariff, RIGHTARG = tariff, FUNCTION = tariff_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (tariff, tariff) IS 'greater than: unit, then amount';

CREATE OPERATOR >= (
    LEFTARG = tariff, RIGHTARG = tariff, FUNCTION = tariff_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (tariff, tariff) IS 'greater than or equal: unit, then amount';

CREATE FUNCTION tariff_cmp(tariff, tariff) RETURNS integer
    AS 'MODULE_PATHNAME', 'zr_word_cmp'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_cmp(tariff, tariff) IS 'Three-way comparison of two tariffs, for btree.';

CREATE FUNCTION tariff_sortsupport(internal) RETURNS void
    AS 'MODULE_PATHNAME', 'zr_word_sortsupport'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_sortsupport(internal) IS 'Sort support of tariff, for btree.';

CREATE FUNCTION tariff_hash(tariff) RETURNS integer
    AS 'MODULE_PATHNAME', 'zr_word_hash'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_hash(tariff) IS 'Hash of a tariff.';

CREATE FUNCTION tariff_hash_extended(tariff, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'zr_word_hash_extended'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_hash_extended(tariff, bigint) IS 'Seeded 64-bit hash of a tariff.';

CREATE OPERATOR CLASS tariff_ops DEFAULT FOR TYPE tariff USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 tariff_cmp(tariff, tariff),
    FUNCTION 2 tariff_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR FAMILY tariff_ops USING btree IS 'Order of tariffs: unit, then amount.';
COMMENT ON OPERATOR CLASS tariff_ops USING btree IS 'Order of tariffs: unit, then amount.';

CREATE OPERATOR CLASS tariff_ops DEFAULT FOR TYPE tariff USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 tariff_hash(tariff),
    FUNCTION 2 tariff_hash_extended(tariff, bigint);
COMMENT ON OPERATOR FAMILY tariff_ops USING hash IS 'Hashing of tariffs.';
COMMENT ON OPERATOR CLASS tariff_ops USING hash IS 'Hashing of tariffs.';
