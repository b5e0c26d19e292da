-- 20-volume: volume (omvang), a number or bandwidth with unit (eenheid) and frequency (frequentie).

CREATE TYPE volume;

CREATE FUNCTION volume_in(cstring) RETURNS volume
    AS 'MODULE_PATHNAME', 'volume_in'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_in(cstring) IS 'Text input of volume.';

CREATE FUNCTION volume_out(volume) RETURNS cstring
    AS 'MODULE_PATHNAME', 'volume_out'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_out(volume) IS 'Text output of volume.';

CREATE FUNCTION volume_recv(internal) RETURNS volume
    AS 'MODULE_PATHNAME', 'volume_recv'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_recv(internal) IS 'Binary input of volume; checks all that text input checks.';

CREATE FUNCTION volume_send(volume) RETURNS bytea
    AS 'MODULE_PATHNAME', 'volume_send'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_send(volume) IS 'Binary output of volume.';

CREATE TYPE volume (
    INPUT = volume_in, OUTPUT = volume_out, RECEIVE = volume_recv, SEND = volume_send,
    LIKE = pg_catalog.int8
);
COMMENT ON TYPE volume IS 'Omvang: whole number or bandwidth, unit and frequency, such as 4 uur/week, 4..6 uur/week, 15000.00 euro/maand or 90 minuut. Eight bytes.';

CREATE FUNCTION volume(text) RETURNS volume
    AS 'MODULE_PATHNAME', 'volume_from_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume(text) IS 'Reads a volume from text; what the cast calls.';

CREATE FUNCTION to_text(volume) RETURNS text
    AS 'MODULE_PATHNAME', 'volume_to_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_text(volume) IS 'The text form of a volume; what the cast calls.';

CREATE CAST (text AS volume) WITH FUNCTION volume(text);
COMMENT ON CAST (text AS volume) IS 'Explicit: text may not be a volume.';
CREATE CAST (volume AS text) WITH FUNCTION to_text(volume) AS ASSIGNMENT;
COMMENT ON CAST (volume AS text) IS 'The canonical text form.';

-- Not STRICT: NULL has a meaning in one of the arguments.
CREATE FUNCTION volume(low integer, high integer, unit_code text, frequency_code text) RETURNS volume
    AS 'MODULE_PATHNAME', 'volume_make'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION volume(integer, integer, text, text) IS 'Makes a volume from bounds (euro: in cents), unit (01 or minuut, 04 uur, 14 etmaal, 16 dagdeel, 82 stuks(output), 83 euro, 84 stuks(inspanning)) and frequency (1 or dag, 2 week, 4 maand, 6 totaal; NULL: a plain quantity).';

CREATE FUNCTION at_least(volume) RETURNS numeric
    AS 'MODULE_PATHNAME', 'volume_at_least'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_least(volume) IS 'Lower bound of a volume, in its unit (euro: in euro).';

CREATE FUNCTION at_most(volume) RETURNS numeric
    AS 'MODULE_PATHNAME', 'volume_at_most'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_most(volume) IS 'Upper bound of a volume, in its unit (euro: in euro).';

CREATE FUNCTION amount(volume) RETURNS numeric
    AS 'MODULE_PATHNAME', 'volume_at_most'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION amount(volume) IS 'The number that counts for p*q and claims: the upper bound, in the unit of the volume (euro: in euro).';

CREATE FUNCTION unit(volume) RETURNS text
    AS 'MODULE_PATHNAME', 'volume_unit'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION unit(volume) IS 'Eenheid: name of the unit, such as uur.';

CREATE FUNCTION unit_code(volume) RETURNS text
    AS 'MODULE_PATHNAME', 'volume_unit_code'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION unit_code(volume) IS 'Eenheid: code of the unit in iWmo/iJw, such as 04.';

CREATE FUNCTION frequency(volume) RETURNS text
    AS 'MODULE_PATHNAME', 'volume_frequency'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION frequency(volume) IS 'Frequentie: name of the frequency, such as week; NULL for a plain quantity.';

CREATE FUNCTION frequency_code(volume) RETURNS text
    AS 'MODULE_PATHNAME', 'volume_frequency_code'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION frequency_code(volume) IS 'Frequentie: code of the frequency in iWmo/iJw, such as 2; NULL for a plain quantity.';

CREATE FUNCTION volume_eq(volume, volume) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_eq'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_eq(volume, volume) IS 'Implements volume = volume.';

CREATE FUNCTION volume_ne(volume, volume) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_ne'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_ne(volume, volume) IS 'Implements volume <> volume.';

CREATE FUNCTION volume_lt(volume, volume) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_lt'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_lt(volume, volume) IS 'Implements volume < volume.';

CREATE FUNCTION volume_le(volume, volume) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_le'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_le(volume, volume) IS 'Implements volume <= volume.';

CREATE FUNCTION volume_gt(volume, volume) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_gt'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_gt(volume, volume) IS 'Implements volume > volume.';

CREATE FUNCTION volume_ge(volume, volume) RETURNS boolean
    AS 'MODULE_PATHNAME', 'zr_word_ge'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_ge(volume, volume) IS 'Implements volume >= volume.';

CREATE OPERATOR = (
    LEFTARG = volume, RIGHTARG = volume, FUNCTION = volume_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (volume, volume) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = volume, RIGHTARG = volume, FUNCTION = volume_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (volume, volume) IS 'not equal';

CREATE OPERATOR < (
    LEFTARG = volume, RIGHTARG = volume, FUNCTION = volume_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (volume, volume) IS 'less than: unit, frequency, upper bound, lower bound';

CREATE OPERATOR <= (
    LEFTARG = volume, RIGHTARG = volume, FUNCTION = volume_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (volume, volume) IS 'less than or equal: unit, frequency, upper bound, lower bound';

CREATE OPERATOR > (
    LEFTARG = volume, RIGHTARG = volume, FUNCTION = volume_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (volume, volume) IS 'greater than: unit, frequency, upper bound, lower bound';

CREATE OPERATOR >= (
    LEFTARG = volume, RIGHTARG = volume, FUNCTION = volume_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (volume, volume) IS 'greater than or equal: unit, frequency, upper bound, lower bound';

CREATE FUNCTION volume_cmp(volume, volume) RETURNS integer
    AS 'MODULE_PATHNAME', 'zr_word_cmp'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_cmp(volume, volume) IS 'Three-way comparison of two volumes, for btree.';

CREATE FUNCTION volume_sortsupport(internal) RETURNS void
    AS 'MODULE_PATHNAME', 'zr_word_sortsupport'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_sortsupport(internal) IS 'Sort support of volume, for btree.';

CREATE FUNCTION volume_hash(volume) RETURNS integer
    AS 'MODULE_PATHNAME', 'zr_word_hash'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_hash(volume) IS 'Hash of a volume.';

CREATE FUNCTION volume_hash_extended(volume, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'zr_word_hash_extended'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_hash_extended(volume, bigint) IS 'Seeded 64-bit hash of a volume.';

CREATE OPERATOR CLASS volume_ops DEFAULT FOR TYPE volume USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 volume_cmp(volume, volume),
    FUNCTION 2 volume_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR FAMILY volume_ops USING btree IS 'Order of volumes: unit, frequency, upper bound, lower bound.';
COMMENT ON OPERATOR CLASS volume_ops USING btree IS 'Order of volumes: unit, frequency, upper bound, lower bound.';

CREATE OPERATOR CLASS volume_ops DEFAULT FOR TYPE volume USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 volume_hash(volume),
    FUNCTION 2 volume_hash_extended(volume, bigint);
COMMENT ON OPERATOR FAMILY volume_ops USING hash IS 'Hashing of volumes.';
COMMENT ON OPERATOR CLASS volume_ops USING hash IS 'Hashing of volumes.';
