-- 94-claim-series: what claim lines break together: sums over an allotment, lines twice, credits.

-- Not STRICT: no allotment, tariff or reference are cases of their own.
CREATE FUNCTION claim_series_finding(indication indication, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, credit boolean, reference text, previous_reference text, rejected boolean) RETURNS claim_finding
    AS 'MODULE_PATHNAME', 'claim_series_finding'
    LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_series_finding(indication, product, daterange, volume, tariff, numeric, boolean, text, text, boolean) IS 'The rule that a claim line (prestatie) breaks because of the lines before it: OVER (PARTITION BY the allotment ORDER BY how they came). TR322, TR369: with the lines granted before it exceeds the allotment. TR389: there is an open debit line for the product and period. TR323, TR390: no such granted debit line, or credited already. NULL: none. Lines that break one, and lines rejected for another reason, do not count.';

-- Not STRICT, as claim_problems.
CREATE FUNCTION claim_suspect(indication indication, product product, product_period daterange, volume volume,
        tariff tariff, amount numeric, declaration_period daterange, credit boolean, previous_reference text,
        prices tariff_book, tariff_group text) RETURNS boolean
    AS 'MODULE_PATHNAME', 'claim_suspect'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_suspect(indication, product, daterange, volume, tariff, numeric, daterange, boolean, text, tariff_book, text) IS 'Whether claim_problems finds something in a line, with the price list or without it: false means that the line is right whether or not there is a contract. NULL without a period or an amount.';

CREATE FUNCTION claim_series_suspect_transition(bytea, indication, daterange, volume, numeric, boolean) RETURNS bytea
    AS 'MODULE_PATHNAME', 'claim_series_suspect_transition'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION claim_series_suspect_transition(bytea, indication, daterange, volume, numeric, boolean) IS 'Transition of claim_series_suspect.';

CREATE FUNCTION claim_series_suspect_combine(bytea, bytea) RETURNS bytea
    AS 'MODULE_PATHNAME', 'claim_series_suspect_combine'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION claim_series_suspect_combine(bytea, bytea) IS 'Combines two states of claim_series_suspect.';

CREATE FUNCTION claim_series_suspect_final(bytea) RETURNS boolean
    AS 'MODULE_PATHNAME', 'claim_series_suspect_final'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION claim_series_suspect_final(bytea) IS 'Result of claim_series_suspect.';

CREATE AGGREGATE claim_series_suspect(indication indication, product_period daterange, volume volume, amount numeric, credit boolean) (
    SFUNC = claim_series_suspect_transition, STYPE = bytea, SSPACE = 48,
    FINALFUNC = claim_series_suspect_final, COMBINEFUNC = claim_series_suspect_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE claim_series_suspect(indication, daterange, volume, numeric, boolean) IS 'Whether claim_series_finding may find something in the lines of one allotment, in whatever order: there is a credit line, a month twice, or more than the allotment has in total. False: it finds nothing, so these lines need no sorting.';

CREATE FUNCTION repeated_transition(internal, bigint, bigint) RETURNS internal
    AS 'MODULE_PATHNAME', 'repeated_transition'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION repeated_transition(internal, bigint, bigint) IS 'Transition of repeated.';

CREATE FUNCTION repeated_final(internal) RETURNS bigint[]
    AS 'MODULE_PATHNAME', 'repeated_final'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION repeated_final(internal) IS 'Result of repeated.';

CREATE AGGREGATE repeated(key bigint, value bigint) (
    SFUNC = repeated_transition, STYPE = internal, SSPACE = 64,
    FINALFUNC = repeated_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE repeated(bigint, bigint) IS 'Values whose key stands in more than one row, ordered by key and value; empty when every key is there once. With hashextended keys it finds repeated references among millions without a group per reference.';
