-- 44-cost-price: cost_build_up (kostprijsopbouw), from wage to price with every step explained.

CREATE TYPE cost_operation AS ENUM ('start', 'add', 'multiply', 'divide', 'add_percentage', 'add_share', 'productivity',
    'take_percentage', 'round_half_up', 'round_half_even', 'round_up', 'round_down', 'round_nearest_up_tie');
COMMENT ON TYPE cost_operation IS 'What a step of a cost price does with the running total T, its value v and, for a percentage, its base B (the total after the named step). start: T = v. add: T + v. multiply: T * v. divide: T / v (uren). add_percentage: T + v% of B (opslag over). add_share: T + B * v / (100 - v), so that v is the share of B plus the addition (aandeel van het totaal). productivity: T + B * (100 - v) / v, the cost of non-productive hours (productiviteit). take_percentage: v% of B. round_...: T to a multiple of v by that rounding_mode.';

CREATE TYPE cost_build_up;
CREATE FUNCTION cost_build_up_in(cstring) RETURNS cost_build_up
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cost_build_up_out(cost_build_up) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cost_build_up_recv(internal) RETURNS cost_build_up
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cost_build_up_send(cost_build_up) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE cost_build_up (
    INPUT = cost_build_up_in, OUTPUT = cost_build_up_out, RECEIVE = cost_build_up_recv, SEND = cost_build_up_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE cost_build_up IS 'Kostprijsopbouw: the steps from wage to price, at most 200: {"wage" [a]: start 2500; "charges" [a]: add_percentage 32 of "wage"; "price": round_half_up 0.01}. The letters are the legal elements that a step covers.';
COMMENT ON FUNCTION cost_build_up_in(cstring) IS 'Text input of cost_build_up; checks what cost_price checks.';
COMMENT ON FUNCTION cost_build_up_out(cost_build_up) IS 'Text output of cost_build_up.';
COMMENT ON FUNCTION cost_build_up_recv(internal) IS 'Binary input of cost_build_up; checks all that text input checks.';
COMMENT ON FUNCTION cost_build_up_send(cost_build_up) IS 'Binary output of cost_build_up: version 1, the text form.';

CREATE FUNCTION cost_price_transition(cost_build_up, text, text, cost_operation, numeric) RETURNS cost_build_up
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cost_price_transition(cost_build_up, text, text, cost_operation, numeric, text) RETURNS cost_build_up
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_price_transition(cost_build_up, text, text, cost_operation, numeric) IS 'Adds a step: transition of cost_price without bases. Not STRICT: a step may cover no legal element.';
COMMENT ON FUNCTION cost_price_transition(cost_build_up, text, text, cost_operation, numeric, text) IS 'Adds a step: transition of cost_price with bases. Not STRICT: a step may cover no legal element or have no base.';

-- No COMBINEFUNC: the order of the steps is the meaning.
CREATE AGGREGATE cost_price(label text, element text, operation cost_operation, value numeric) (
    SFUNC = cost_price_transition, STYPE = cost_build_up, PARALLEL = SAFE
);
CREATE AGGREGATE cost_price(label text, element text, operation cost_operation, value numeric, base text) (
    SFUNC = cost_price_transition, STYPE = cost_build_up, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_price(text, text, cost_operation, numeric) IS 'Cost price (kostprijs) of steps in the order that ORDER BY gives them, without percentages: label of the running total after the step, letters of the legal elements it covers, operation, value.';
COMMENT ON AGGREGATE cost_price(text, text, cost_operation, numeric, text) IS 'Cost price (kostprijs) of steps in the order that ORDER BY gives them: label of the running total after the step, letters of the legal elements it covers, operation, value, and for a percentage the label of the earlier total that it is of (grondslag).';

CREATE FUNCTION amount(cost_build_up) RETURNS numeric
    AS 'MODULE_PATHNAME', 'cost_build_up_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION amount(cost_build_up) IS 'The cost price in euro: the total after the last step. Exact; a fraction that does not end within 20 decimals is cut there, in a way that later rounding cannot see.';

CREATE FUNCTION steps(cost_build_up, OUT step integer, OUT label text, OUT element text, OUT operation cost_operation,
        OUT value numeric, OUT base text, OUT amount numeric, OUT running_total numeric) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'cost_build_up_steps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION steps(cost_build_up) IS 'The explanation of a cost price: every step with its legal elements, operation, value and base, the amount in euro that it added and the total after it.';

CREATE FUNCTION missing_elements(cost_build_up, law text) RETURNS text[]
    AS 'MODULE_PATHNAME', 'cost_build_up_missing_elements' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION missing_elements(cost_build_up, text) IS 'Letters of the legal cost elements (kostprijselementen) that no step covers: a to f of art. 5.4 Uitvoeringsbesluit Wmo 2015 for Wmo, a to d of art. 2.3 Besluit Jeugdwet for Jeugdwet. Empty when none.';

CREATE FUNCTION cost_build_up_eq(cost_build_up, cost_build_up) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cost_build_up_ne(cost_build_up, cost_build_up) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cost_build_up_hash(cost_build_up) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cost_build_up_hash_extended(cost_build_up, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_build_up_eq(cost_build_up, cost_build_up) IS 'Implements cost_build_up = cost_build_up.';
COMMENT ON FUNCTION cost_build_up_ne(cost_build_up, cost_build_up) IS 'Implements cost_build_up <> cost_build_up.';
COMMENT ON FUNCTION cost_build_up_hash(cost_build_up) IS 'Hash of a cost_build_up.';
COMMENT ON FUNCTION cost_build_up_hash_extended(cost_build_up, bigint) IS 'Seeded 64-bit hash of a cost_build_up.';

CREATE OPERATOR = (
    LEFTARG = cost_build_up, RIGHTARG = cost_build_up, FUNCTION = cost_build_up_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
CREATE OPERATOR <> (
    LEFTARG = cost_build_up, RIGHTARG = cost_build_up, FUNCTION = cost_build_up_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR = (cost_build_up, cost_build_up) IS 'the same steps';
COMMENT ON OPERATOR <> (cost_build_up, cost_build_up) IS 'not the same steps';

CREATE OPERATOR CLASS cost_build_up_ops DEFAULT FOR TYPE cost_build_up USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 cost_build_up_hash(cost_build_up),
    FUNCTION 2 cost_build_up_hash_extended(cost_build_up, bigint);
COMMENT ON OPERATOR FAMILY cost_build_up_ops USING hash IS 'hashing of cost build-ups, for GROUP BY, DISTINCT and hash joins';
COMMENT ON OPERATOR CLASS cost_build_up_ops USING hash IS 'hashing of cost build-ups, for GROUP BY, DISTINCT and hash joins';
