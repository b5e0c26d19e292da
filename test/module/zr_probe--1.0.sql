\echo Use "CREATE EXTENSION zr_probe" to load this file. \quit

CREATE FUNCTION probe_input(regtype, text) RETURNS text LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';
CREATE FUNCTION probe_receive(regtype, bytea) RETURNS text LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';
CREATE FUNCTION probe_send(regtype, text) RETURNS bytea LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';
CREATE FUNCTION probe_accept(regtype, bytea) RETURNS text LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';
CREATE FUNCTION probe_mutate(bytea, seed bigint) RETURNS bytea LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';
CREATE FUNCTION probe_mutations(regtype, seeds text[], n integer, seed bigint, is_binary boolean,
	OUT outcome text, OUT count bigint, OUT example bytea) RETURNS SETOF record LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';

CREATE FUNCTION elsewhere_step(internal, regprocedure, VARIADIC "any") RETURNS internal LANGUAGE C IMMUTABLE AS '$libdir/zr_elsewhere';
CREATE FUNCTION elsewhere_final(internal) RETURNS text LANGUAGE C IMMUTABLE AS '$libdir/zr_elsewhere';
CREATE AGGREGATE elsewhere(sfunc regprocedure, VARIADIC args "any") (SFUNC = elsewhere_step, STYPE = internal, FINALFUNC = elsewhere_final);
