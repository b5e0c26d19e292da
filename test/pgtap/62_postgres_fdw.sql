-- A foreign table with extensions 'zorgregio' ships the aggregates and the questions to the other server: here a second
-- database of the same server, over its own socket. The whole test is one transaction that reads committed rows only.
SET client_min_messages = warning;
SELECT current_database() || '_remote' AS remote, split_part(current_setting('unix_socket_directories'), ',', 1) AS socket, current_setting('port') AS port,
	current_user AS me, current_database() AS here \gset
DROP DATABASE IF EXISTS :"remote";
CREATE DATABASE :"remote";
\connect :"remote"
CREATE EXTENSION zorgregio;
CREATE TABLE public.care (municipality zorgregio.municipality, client bigint, product zorgregio.product, period daterange);
INSERT INTO public.care SELECT ('020' || i % 4)::zorgregio.municipality, i % 50, ('02A1' || i % 3)::zorgregio.product, daterange('2026-01-01'::date + i, '2026-01-02'::date + i + i % 20)
FROM generate_series(1, 300) i;
CREATE TABLE public.allotted (municipality zorgregio.municipality, indication zorgregio.indication);
INSERT INTO public.allotted SELECT municipality, zorgregio.indication(product, zorgregio.volume(4, 4, '04', '2'), period) FROM public.care;
ANALYZE public.care, public.allotted;
\connect :"here"
BEGIN;
SET LOCAL search_path = zorgregio, public;
SELECT plan(9);
CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public;
CREATE SERVER zr_remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host :'socket', port :'port', dbname :'remote', extensions 'zorgregio');
CREATE USER MAPPING FOR CURRENT_USER SERVER zr_remote OPTIONS (user :'me');
CREATE SCHEMA zr_remote;
CREATE FOREIGN TABLE zr_remote.care (municipality municipality, client bigint, product product, period daterange) SERVER zr_remote OPTIONS (schema_name 'public', table_name 'care', use_remote_estimate 'true');

CREATE FOREIGN TABLE zr_remote.allotted (municipality municipality, indication indication) SERVER zr_remote OPTIONS (schema_name 'public', table_name 'allotted', use_remote_estimate 'true');

-- The statement sent to the other server
CREATE FUNCTION pg_temp.remote_sql(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS off) ' || query LOOP
		result := result || coalesce(substring(line FROM 'Remote SQL: (.*)') || E'\n', '');
	END LOOP;
	RETURN result;
END $$;

SELECT matches(pg_temp.remote_sql('SELECT municipality, care_history_agg(client, product, period) FROM zr_remote.care GROUP BY 1'),
	'care_history_agg\(client, product, period\).*GROUP BY', 'care_history_agg is computed by the other server');
SELECT matches(pg_temp.remote_sql('SELECT municipality, care_history_agg(client, period) FROM zr_remote.care GROUP BY 1'),
	'care_history_agg\(client, period\).*GROUP BY', 'also without product');
SELECT matches(pg_temp.remote_sql($$SELECT municipality, clients(care_history_agg(client, period), '[2026-01-01,2026-07-01)') FROM zr_remote.care GROUP BY 1$$),
	'clients\(zorgregio.care_history_agg\(client, period\)', 'clients() of the history too, so that only numbers travel');
SELECT matches(pg_temp.remote_sql('SELECT municipality, unique_clients(client), client_set_agg(client) FROM zr_remote.care GROUP BY 1'),
	'unique_clients\(client\).*client_set_agg\(client\).*GROUP BY', 'and the client sets');
SELECT matches(pg_temp.remote_sql($$SELECT client FROM zr_remote.care WHERE product = '02A16'$$), 'WHERE.*product.*=.*02A16', 'conditions on codes are shipped');

-- p*q: the price list travels to the data
\set costs 'SELECT municipality, sum(cost(indication, tariff_book ''{02A10 [2026-01-01,) 61.20/uur; 02A11 [2026-01-01,) 63.00/uur; 02A12 [2026-01-01,) 1.05/minuut}'', ''[2026-03-01,2026-09-01)'')) FROM %s GROUP BY 1'
SELECT matches(pg_temp.remote_sql(format(:'costs', 'zr_remote.allotted')), 'sum\(zorgregio.cost\(indication, .*GROUP BY', 'cost() with a price list is computed by the other server');
CREATE TEMP TABLE local_allotted AS SELECT municipality, indication FROM zr_remote.allotted;
SELECT set_eq(format(:'costs', 'zr_remote.allotted'), format(:'costs', 'local_allotted'), 'and gives the amounts of the local rows');

CREATE TEMP TABLE local AS SELECT municipality, client, product, period FROM zr_remote.care;
SELECT set_eq('SELECT municipality, care_history_agg(client, product, period)::text, unique_clients(client) FROM zr_remote.care GROUP BY 1',
	'SELECT municipality, care_history_agg(client, product, period)::text, unique_clients(client) FROM local GROUP BY 1', 'the results are those of the local rows');
SELECT is((SELECT care_history_union_agg(h) FROM (SELECT municipality, care_history_agg(client, product, period) h FROM zr_remote.care GROUP BY 1) x),
	(SELECT care_history_agg(client, product, period) FROM local), 'histories that came over are merged here');

SELECT * FROM finish();
ROLLBACK;
DROP DATABASE :"remote";
