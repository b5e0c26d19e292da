-- Loading messages: what is refused as a whole, with which error, and that it leaves nothing: wrong callers, wrong messages, hostile documents, interruptions.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(64);
SET client_min_messages = warning;
\ir ../messages.sql
CALL create_region('r', 'Region');
INSERT INTO r.municipalities VALUES ('0200', 'Apeldoorn');
INSERT INTO r.providers (code, name) VALUES ('73739901', 'Een');
CREATE TABLE public.client_map (bsn text, client bigint);
INSERT INTO public.client_map VALUES ('999900006', 71), ('999900018', 72);
CREATE FUNCTION pg_temp.m323(lines text DEFAULT pg_temp.claim(1, '2026-01-01', 1, 'P1'), identification text DEFAULT 'B1') RETURNS xml LANGUAGE sql AS $$
	SELECT pg_temp.message('323', identification, '2026-02-05', pg_temp.declaration('D1', '2026-01-01', pg_temp.client('323', '999900006', lines)))$$;
CREATE FUNCTION pg_temp.m305(provider text DEFAULT '73739901', municipality text DEFAULT '0200') RETURNS xml LANGUAGE sql AS $$
	SELECT pg_temp.message('305', 'B2', '2026-02-05', pg_temp.client('305', '999900006', pg_temp.start(1, '2026-01-05')), provider, municipality)$$;
CREATE FUNCTION pg_temp.stored() RETURNS bigint LANGUAGE sql AS $$SELECT (SELECT count(*) FROM r.allocations) + (SELECT count(*) FROM r.deliveries) + (SELECT count(*) FROM r.claims) + (SELECT count(*) FROM r.declarations)
	+ (SELECT count(*) FROM r.imports) + (SELECT count(*) FROM r.import_rejections) + (SELECT count(*) FROM r.received_allocations) + (SELECT count(*) FROM r.received_deliveries) + (SELECT count(*) FROM r.requests)$$;
-- How a statement ends: SQLSTATE and all that an error shows, or 'loaded'
CREATE FUNCTION pg_temp.outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text; hint text; context text;
BEGIN
	EXECUTE statement;
	RETURN 'loaded';
EXCEPTION WHEN OTHERS OR query_canceled THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT;
	RETURN concat_ws(E'\n', SQLSTATE || ': ' || SQLERRM, nullif(detail, ''), nullif(hint, ''), context);
END $$;

-- Who calls it and how
SELECT throws_ok($$SELECT r.load_message(NULL, 'client_map'::regclass)$$, '22004', 'there is no message', 'no message');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), NULL::regclass)$$, '22004', 'where the keys of clients come from is not given', 'no table');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), NULL::regprocedure)$$, '22004', 'where the keys of clients come from is not given', 'no function');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'lower(text)'::regprocedure)$$, '22023', 'lower(text) is not a function that gives the key of a client', 'a function that gives text');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'generate_series(bigint,bigint)'::regprocedure)$$, '22023', NULL, 'a function that gives rows');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'abs(bigint)'::regprocedure)$$, '22023', NULL, 'a function from another type');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'count("any")'::regprocedure)$$, '22023', NULL, 'an aggregate');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'pg_class'::regclass)$$, '22023', 'pg_class is not a table of the keys of clients', 'a table without the columns');
CREATE TABLE public.wrong_types (bsn text, client text);
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'wrong_types'::regclass)$$, '22023', 'public.wrong_types is not a table of the keys of clients', 'a table with a key that is text');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 4294967295::oid::regclass)$$, '22023', NULL, 'a table that does not exist');
INSERT INTO client_map VALUES ('999900006', 79), ('999900018', 72);
SELECT throws_ok($$SELECT r.load_message(pg_temp.m323(), 'client_map'::regclass)$$, '21000', 'public.client_map has two keys for one client', 'two keys for one client');
DELETE FROM client_map WHERE client = 79;
SELECT throws_ok($$SELECT r.load_message(pg_temp.m305('73739909'), 'client_map'::regclass)$$, '23503', 'provider 73739909 of the message is not in this region', 'a provider that is not in the region');
SELECT throws_ok($$SELECT r.load_message(pg_temp.m305(municipality => '0999'), 'client_map'::regclass)$$, '23503', 'municipality 0999 of the message is not in this region', 'a municipality that is not');
SELECT throws_ok($$SELECT r.load_message(pg_temp.message('319', 'B3', '2026-01-01', ''), 'client_map'::regclass)$$, '22023', 'messages of kind 319 are not loaded', 'a kind that is not loaded');
SELECT is(pg_temp.stored(), 0::bigint, 'nothing is left of all that');

-- The keys: other tables, other functions, their rights and their errors
CREATE VIEW public.client_view AS SELECT bsn::char(9) AS bsn, client::integer AS client FROM client_map WHERE client = 71;
SELECT results_eq($$SELECT client_keys('{999900018,999900006,999900018,999900031}', 'client_map'::regclass)$$, $$VALUES ('{72,71,72,NULL}'::bigint[])$$, 'keys in the order of the BSNs');
SELECT results_eq($$SELECT client_keys('{999900018,999900006,999900018,999900031}', 'client_view'::regclass)$$, $$VALUES ('{NULL,71,NULL,NULL}'::bigint[])$$, 'from a view with other types');
SELECT results_eq($$SELECT client_keys('{}', 'client_map'::regclass)$$, $$VALUES ('{}'::bigint[])$$, 'none');
CREATE SCHEMA "Keys ""x";
CREATE TABLE "Keys ""x".calls (n int);
CREATE FUNCTION "Keys ""x"."Key's"(text) RETURNS bigint LANGUAGE plpgsql SET search_path = "Keys ""x", public AS $$BEGIN INSERT INTO calls VALUES (1); RETURN (SELECT client FROM client_map WHERE bsn = $1 LIMIT 1); END$$;
SELECT results_eq($$SELECT client_keys('{999900018,999900006,999900018,999900031}', '"Keys ""x"."Key''s"(text)'::regprocedure)$$, $$VALUES ('{72,71,72,NULL}'::bigint[])$$, 'from a function with an odd name');
SELECT is((SELECT count(*) FROM "Keys ""x".calls), 3::bigint, 'called once for each BSN');
SELECT results_eq($$SELECT client_keys('{}', '"Keys ""x"."Key''s"(text)'::regprocedure)$$, $$VALUES ('{}'::bigint[])$$, 'none');
CREATE FUNCTION public."key(text)"(varchar) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 1;
CREATE FUNCTION public."key(text)"(text) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 2;
SELECT results_eq($$SELECT client_keys('{999900018}', '"key(text)"(text)'::regprocedure)$$, $$VALUES ('{2}'::bigint[])$$, 'of functions of the same name the one that is given');
CREATE FUNCTION public.dividing(text) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 1 / (length($1) - 9);
SELECT matches(pg_temp.outcome($$SELECT r.load_message(pg_temp.m323(), 'dividing(text)'::regprocedure)$$), '^22012: division by zero', 'an error of the function is the error of the load');
SELECT unalike(pg_temp.outcome($$SELECT r.load_message(pg_temp.m323(), 'dividing(text)'::regprocedure)$$), '%999900006%', 'and shows no BSN');
CREATE ROLE zr_loader;
GRANT USAGE ON SCHEMA r, public TO zr_loader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA r TO zr_loader;
CREATE FUNCTION public.who(text) RETURNS bigint LANGUAGE sql RETURN CASE WHEN current_user = 'zr_loader' THEN 7 END;
SELECT set_config('test.message', pg_temp.m323()::text, true);
SET ROLE zr_loader;
SELECT throws_ok($$SELECT r.load_message(current_setting('test.message')::xml, 'client_map'::regclass)$$, '42501', 'permission denied for table client_map', 'the table is read with the rights of the caller');
SELECT results_eq($$SELECT accepted FROM r.load_message(current_setting('test.message')::xml, 'who(text)'::regprocedure)$$, $$VALUES (1::bigint)$$, 'the function runs as the caller');
RESET ROLE;
SELECT results_eq('SELECT client FROM r.claims', 'VALUES (7::bigint)', 'whose key it is');
TRUNCATE r.claims, r.imports, r.import_rejections, r.declarations, r.received_allocations, r.received_deliveries, r.requests;

-- Messages that are not what they should be: each one changed in one place
CREATE TEMP TABLE refusal (n int GENERATED ALWAYS AS IDENTITY, old text, new text, state text);
INSERT INTO refusal (old, new, state) VALUES
	('<m:BerichtVersie>3<', '<m:BerichtVersie>2<', '22023'), ('wmo323/schema', 'wmo324/schema', '22023'), ('<m:Bsn>999900006<', '<m:Bsn>999900007<', '22023'), ('<m:Bsn>999900006<', '<m:Bsn>99990000é<', '22023'),
	('<m:Eenheid>04<', '<m:Eenheid>05<', '22023'), ('<m:GeleverdVolume>1<', '<m:GeleverdVolume>-1<', '22023'), ('<m:ToewijzingNummer>1<', '<m:ToewijzingNummer>9999999999999<', '22023'),
	('<m:DeclaratieNummer>D1<', '<m:DeclaratieNummer>D 1<', '22023'), ('2026-01-31', '2026-02-30', '22023'), ('<b:Bedrag>6000<', '<b:Bedrag>6000.5<', '22023'),
	('<m:Clienten>', '<m:Clienten><m:Client><m:Bsn>999900006</m:Bsn></m:Client>', '22023'), ('</m:Header>', '</m:Header><m:Header/>', '22023'),
	('^', '<!DOCTYPE x>', '22023'), ('^', '<!DOCTYPE x [<!ENTITY e "D1">]>', '22023'), ('^', '<!DOCTYPE x SYSTEM "file:///etc/passwd">', '22023'),
	('^<m:Bericht(.*)>D1<', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><m:Bericht\1>&e;<', '22023'),
	('^<m:Bericht(.*)>D1<', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY i "&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;">]><m:Bericht\1>&i;<', '2200[MN]|22023'),
	('.{250}$', '', '2200N'), ('</m:Bericht>$', '', '2200N'), ('>D1<', '>&D1;<', '2200N');
ALTER TABLE refusal ADD body text, ADD outcome text;
UPDATE refusal SET body = regexp_replace(pg_temp.m323()::text, old, new);
UPDATE refusal SET outcome = pg_temp.outcome(format('SELECT r.load_message((SELECT body FROM refusal WHERE n = %s)::xml, %L::regclass)', n, 'client_map'));
SELECT matches(outcome, '^(' || state || '):', format('refusal %s: %s', n, left(new, 60))) FROM refusal ORDER BY n;
-- what is no xml is refused by the server before it comes here; its own DETAIL shows the line
SELECT is_empty($$SELECT n, outcome FROM refusal WHERE outcome ~ '99990000|root:' AND outcome !~ '^2200'$$, 'no BSN in an error, nor a file');
SELECT is_empty($$SELECT n FROM refusal WHERE outcome ~ '^2200' AND xml_is_well_formed_document(body)$$, 'xml_is_well_formed_document tells so beforehand');
SELECT throws_ok($$SELECT r.load_message(convert_from('\x3c613ec3283c2f613e', 'UTF8')::xml, 'client_map'::regclass)$$, '22021', NULL, 'wrongly encoded');
SELECT is(pg_temp.stored(), 0::bigint, 'nothing is left of all that');

-- An error or a cancellation in the middle
CREATE FUNCTION public.stop_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_ARGV[0] = 'error' THEN
		RAISE division_by_zero;
	END IF;
	PERFORM pg_cancel_backend(pg_backend_pid());
	PERFORM pg_sleep(60);	-- until it arrives
	RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.interrupted(at_table text, how text, message xml) RETURNS text LANGUAGE plpgsql AS $body$
DECLARE
	result text;
BEGIN
	EXECUTE format('CREATE TRIGGER stop_there AFTER INSERT ON r.%I EXECUTE FUNCTION public.stop_there(%L)', at_table, how);
	PERFORM set_config('test.message', message::text, true);
	result := pg_temp.outcome($$SELECT r.load_message(current_setting('test.message')::xml, 'client_map'::regclass)$$);
	EXECUTE format('DROP TRIGGER stop_there ON r.%I', at_table);
	RETURN left(result, 5);
END $body$;
SELECT is(pg_temp.interrupted(at_table, how, message), state, format('%s after the insert into %s', how, at_table))
FROM (VALUES ('error', '22012'), ('cancelled', '57014')) h(how, state),
	(VALUES ('claims', pg_temp.m323()), ('declarations', pg_temp.m323()), ('imports', pg_temp.m323()), ('deliveries', pg_temp.m305()), ('received_deliveries', pg_temp.m305())) m(at_table, message);
SELECT is(pg_temp.stored(), 0::bigint, 'nothing is left of all that');
SELECT is(pg_temp.outcome($$SELECT r.load_message(pg_temp.m323(), 'client_map'::regclass)$$), 'loaded', 'and it loads afterwards');
SELECT is(pg_temp.stored(), 3::bigint, 'whole');
SELECT * FROM finish();
ROLLBACK;
