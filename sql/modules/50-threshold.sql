-- 50-threshold: rules with reasons (drempels).

CREATE TYPE verdict AS ENUM ('met', 'not met', 'exempt', 'not applicable', 'unknown', 'out of force');
COMMENT ON TYPE verdict IS 'Outcome of a rule for a dossier (oordeel): met, not met, exempt (an exception holds), not applicable (a condition does not hold), unknown (facts are missing or have the wrong type), out of force.';

CREATE TYPE threshold;
CREATE FUNCTION threshold_in(cstring) RETURNS threshold
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_out(threshold) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_recv(internal) RETURNS threshold
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_send(threshold) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE threshold (
	INPUT = threshold_in, OUTPUT = threshold_out, RECEIVE = threshold_recv, SEND = threshold_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended);

COMMENT ON TYPE threshold IS 'A rule with conditions and exceptions over the facts of a dossier (drempel): winst_pct <= 5 if omzet > 200000 unless vrijstelling = true.';
COMMENT ON FUNCTION threshold_in(cstring) IS 'Text input of threshold.';
COMMENT ON FUNCTION threshold_out(threshold) IS 'Canonical text of a threshold.';
COMMENT ON FUNCTION threshold_recv(internal) IS 'Binary input of threshold: version byte 1, then the rule text.';
COMMENT ON FUNCTION threshold_send(threshold) IS 'Binary output of threshold: version byte 1, then the canonical rule text.';

CREATE CAST (text AS threshold) WITH INOUT;
CREATE CAST (threshold AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS threshold) IS 'Reads a rule; only explicit, since not every text is a rule.';
COMMENT ON CAST (threshold AS text) IS 'Canonical text of a rule.';

-- ---- Checking ----

CREATE FUNCTION check_threshold(threshold, facts jsonb) RETURNS verdict
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION check_threshold(threshold, jsonb) IS 'Verdict of a rule for a dossier; a fact that is missing, null or of the wrong type is unknown, never false.';

-- Not STRICT: a NULL validity means always in force. Every other NULL gives NULL.
CREATE FUNCTION check_threshold(threshold, facts jsonb, valid daterange, as_of date) RETURNS verdict
	AS 'MODULE_PATHNAME', 'check_threshold_as_of' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION check_threshold(threshold, jsonb, daterange, date) IS 'Verdict of a rule for a dossier on a day: out of force when the day (peildatum) is outside the validity; a NULL validity is always in force.';

CREATE FUNCTION explain_threshold(threshold, facts jsonb) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION explain_threshold(threshold, jsonb) IS 'The verdict and its reasons in one line: found and required value of every part that decided, and which facts are needed (motivering).';

-- Not STRICT, as check_threshold with a validity.
CREATE FUNCTION explain_threshold(threshold, facts jsonb, valid daterange, as_of date) RETURNS text
	AS 'MODULE_PATHNAME', 'explain_threshold_as_of' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION explain_threshold(threshold, jsonb, daterange, date) IS 'The verdict on a day and its reasons in one line; a NULL validity is always in force.';

CREATE FUNCTION facts_needed(threshold) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION facts_needed(threshold) IS 'Names of all facts a rule looks at, each once, in the order of the text.';

CREATE FUNCTION check_thresholds(threshold[], facts jsonb) RETURNS verdict[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION check_thresholds(threshold[], jsonb) IS 'Verdicts of many rules for one dossier, in an array of the same shape; the dossier is read once.';

CREATE FUNCTION judge(threshold[], facts jsonb, OUT requirement threshold, OUT verdict verdict, OUT explanation text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 10;
COMMENT ON FUNCTION judge(threshold[], jsonb) IS 'One row per rule, in the order of the array: the rule, its verdict for the dossier, and the reasons (oordeel met motivering).';

-- ---- Equality, order, hash: of the canonical form ----

CREATE FUNCTION threshold_cmp(threshold, threshold) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_eq(threshold, threshold) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_ne(threshold, threshold) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_lt(threshold, threshold) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_le(threshold, threshold) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_gt(threshold, threshold) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_ge(threshold, threshold) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_hash(threshold) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION threshold_hash_extended(threshold, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION threshold_cmp(threshold, threshold) IS 'Order of two rules by their canonical form: stable, without meaning; -1, 0 or 1.';
COMMENT ON FUNCTION threshold_eq(threshold, threshold) IS 'Whether two rules have the same canonical form.';
COMMENT ON FUNCTION threshold_ne(threshold, threshold) IS 'Whether two rules have different canonical forms.';
COMMENT ON FUNCTION threshold_lt(threshold, threshold) IS 'Whether a rule sorts before another.';
COMMENT ON FUNCTION threshold_le(threshold, threshold) IS 'Whether a rule sorts before another or equals it.';
COMMENT ON FUNCTION threshold_gt(threshold, threshold) IS 'Whether a rule sorts after another.';
COMMENT ON FUNCTION threshold_ge(threshold, threshold) IS 'Whether a rule sorts after another or equals it.';
COMMENT ON FUNCTION threshold_hash(threshold) IS 'Hash of the canonical form.';
COMMENT ON FUNCTION threshold_hash_extended(threshold, bigint) IS 'Seeded 64-bit hash of the canonical form.';

CREATE OPERATOR = (LEFTARG = threshold, RIGHTARG = threshold, FUNCTION = threshold_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (LEFTARG = threshold, RIGHTARG = threshold, FUNCTION = threshold_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR < (LEFTARG = threshold, RIGHTARG = threshold, FUNCTION = threshold_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (LEFTARG = threshold, RIGHTARG = threshold, FUNCTION = threshold_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR > (LEFTARG = threshold, RIGHTARG = threshold, FUNCTION = threshold_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR >= (LEFTARG = threshold, RIGHTARG = threshold, FUNCTION = threshold_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR = (threshold, threshold) IS 'same canonical form';
COMMENT ON OPERATOR <> (threshold, threshold) IS 'different canonical form';
COMMENT ON OPERATOR < (threshold, threshold) IS 'sorts before';
COMMENT ON OPERATOR <= (threshold, threshold) IS 'sorts before or equal';
COMMENT ON OPERATOR > (threshold, threshold) IS 'sorts after';
COMMENT ON OPERATOR >= (threshold, threshold) IS 'sorts after or equal';

CREATE OPERATOR FAMILY threshold_ops USING btree;
CREATE OPERATOR CLASS threshold_ops DEFAULT FOR TYPE threshold USING btree FAMILY threshold_ops AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 threshold_cmp(threshold, threshold);
CREATE OPERATOR FAMILY threshold_ops USING hash;
CREATE OPERATOR CLASS threshold_ops DEFAULT FOR TYPE threshold USING hash FAMILY threshold_ops AS
	OPERATOR 1 =,
	FUNCTION 1 threshold_hash(threshold),
	FUNCTION 2 threshold_hash_extended(threshold, bigint);
COMMENT ON OPERATOR FAMILY threshold_ops USING btree IS 'Order of rules by their canonical form.';
COMMENT ON OPERATOR CLASS threshold_ops USING btree IS 'Order of rules by their canonical form.';
COMMENT ON OPERATOR FAMILY threshold_ops USING hash IS 'Hash of rules by their canonical form.';
COMMENT ON OPERATOR CLASS threshold_ops USING hash IS 'Hash of rules by their canonical form.';
