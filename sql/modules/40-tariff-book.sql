-- 40-tariff-book: tariff_book (tariefboek), a price list as one value.

CREATE TYPE tariff_book;
CREATE FUNCTION tariff_book_in(cstring) RETURNS tariff_book
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_book_out(tariff_book) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_book_recv(internal) RETURNS tariff_book
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_book_send(tariff_book) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE tariff_book (
	INPUT = tariff_book_in, OUTPUT = tariff_book_out, RECEIVE = tariff_book_recv, SEND = tariff_book_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE tariff_book IS 'Tariefboek: a price list as one value, tariffs per product, tariff group and period, at most 1,000,000 lines: {02A16 [2026-01-01,2027-01-01) 61.20/uur; 02A16@zzp [2026-01-01,) 55.08/uur~55.0761}; what follows ~ is the unrounded amount that the next index starts from';
COMMENT ON FUNCTION tariff_book_in(cstring) IS 'text input: lines in any order; two tariffs for one product, group and day are an error';
COMMENT ON FUNCTION tariff_book_out(tariff_book) IS 'text output: lines sorted by product, group and first day; reads back as the same book';
COMMENT ON FUNCTION tariff_book_recv(internal) IS 'binary input: checks all that text input checks';
COMMENT ON FUNCTION tariff_book_send(tariff_book) IS 'binary output: a version byte, the number of lines, the lines';

-- Asking. A NULL or empty group is the default group, hence no STRICT where a group is an argument.

CREATE FUNCTION tariff_on(tariff_book, product, date) RETURNS tariff
	AS 'MODULE_PATHNAME', 'tariff_book_tariff_on' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_on(tariff_book, product, tariff_group text, date) RETURNS tariff
	AS 'MODULE_PATHNAME', 'tariff_book_tariff_on_for' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION for_group(tariff_book, tariff_group text) RETURNS tariff_book
	AS 'MODULE_PATHNAME', 'tariff_book_for_group' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tariff_lines(tariff_book, OUT product product, OUT tariff_group text, OUT valid daterange, OUT tariff tariff)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'tariff_book_lines' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100;
CREATE FUNCTION merge(tariff_book, tariff_book) RETURNS tariff_book
	AS 'MODULE_PATHNAME', 'tariff_book_merge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_on(tariff_book, product, date) IS 'tariff (tarief) of the default group on that day; NULL when there is none';
COMMENT ON FUNCTION tariff_on(tariff_book, product, text, date) IS 'tariff of the group (tariefgroep) on that day, or of the default group when the group has no line for the product at all: the same as asking for_group(), without making it; NULL when there is none';
COMMENT ON FUNCTION for_group(tariff_book, text) IS 'the book that holds for a tariff group (tariefgroep, tariefdifferentiatie): per product the lines of that group, or the default lines when it has none for the product; all as default lines';
COMMENT ON FUNCTION tariff_lines(tariff_book) IS 'the lines of the book in its order; tariff_group is NULL for the default group';
COMMENT ON FUNCTION merge(tariff_book, tariff_book) IS 'the lines of both books; two tariffs for one product, group and day are an error, also when they are the same';

-- Comparison: no order, only equality. Equal books have equal bytes.

CREATE FUNCTION tariff_book_eq(tariff_book, tariff_book) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_book_ne(tariff_book, tariff_book) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_book_hash(tariff_book) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION tariff_book_hash_extended(tariff_book, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_book_eq(tariff_book, tariff_book) IS 'implements =';
COMMENT ON FUNCTION tariff_book_ne(tariff_book, tariff_book) IS 'implements <>';
COMMENT ON FUNCTION tariff_book_hash(tariff_book) IS 'hash';
COMMENT ON FUNCTION tariff_book_hash_extended(tariff_book, bigint) IS 'hash of 64 bits with a seed';

CREATE OPERATOR = (
	LEFTARG = tariff_book, RIGHTARG = tariff_book, FUNCTION = tariff_book_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
CREATE OPERATOR <> (
	LEFTARG = tariff_book, RIGHTARG = tariff_book, FUNCTION = tariff_book_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR = (tariff_book, tariff_book) IS 'the same lines';
COMMENT ON OPERATOR <> (tariff_book, tariff_book) IS 'not the same lines';

CREATE OPERATOR CLASS tariff_book_ops DEFAULT FOR TYPE tariff_book USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 tariff_book_hash(tariff_book),
	FUNCTION 2 tariff_book_hash_extended(tariff_book, bigint);
COMMENT ON OPERATOR FAMILY tariff_book_ops USING hash IS 'hashing of tariff books, for GROUP BY, DISTINCT and hash joins';
COMMENT ON OPERATOR CLASS tariff_book_ops USING hash IS 'hashing of tariff books, for GROUP BY, DISTINCT and hash joins';

-- Building. Not STRICT: rows with a NULL product, tariff or period are passed over, a NULL group is the default group.

CREATE FUNCTION tariff_book_add(tariff_book, product, tariff, daterange) RETURNS tariff_book
	AS 'MODULE_PATHNAME', 'tariff_book_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tariff_book_add(tariff_book, product, text, tariff, daterange) RETURNS tariff_book
	AS 'MODULE_PATHNAME', 'tariff_book_add_group' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tariff_book_combine(tariff_book, tariff_book) RETURNS tariff_book
	AS 'MODULE_PATHNAME', 'tariff_book_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_book_add(tariff_book, product, tariff, daterange) IS 'step of tariff_book_agg without groups';
COMMENT ON FUNCTION tariff_book_add(tariff_book, product, text, tariff, daterange) IS 'step of tariff_book_agg with groups';
COMMENT ON FUNCTION tariff_book_combine(tariff_book, tariff_book) IS 'joins the partial results of tariff_book_agg';

CREATE AGGREGATE tariff_book_agg(product, tariff, daterange) (
	SFUNC = tariff_book_add, STYPE = tariff_book, COMBINEFUNC = tariff_book_combine, PARALLEL = SAFE
);
CREATE AGGREGATE tariff_book_agg(product, tariff_group text, tariff, daterange) (
	SFUNC = tariff_book_add, STYPE = tariff_book, COMBINEFUNC = tariff_book_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tariff_book_agg(product, tariff, daterange) IS 'makes a tariff book (tariefboek) of rows with a product, a tariff and the days it is valid; rows with a NULL are ignored';
COMMENT ON AGGREGATE tariff_book_agg(product, text, tariff, daterange) IS 'makes a tariff book (tariefboek) of rows with a product, a tariff group (NULL: default), a tariff and the days it is valid; rows with a NULL product, tariff or period are ignored';
