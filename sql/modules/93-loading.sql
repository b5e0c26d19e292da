-- 93-loading: what the loading of messages needs without any table: keys for clients, numbers for allotments.
--
-- The keys are asked from the caller, with the caller's rights. No error shows a BSN.

CREATE FUNCTION client_keys(bsns text[], client_key regprocedure) RETURNS bigint[]
	LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	called constant text := (
		SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE p.oid = client_key AND p.prokind = 'f' AND NOT p.proretset AND p.pronargs = 1 AND p.proargtypes[0] = 'text'::regtype AND p.prorettype = 'bigint'::regtype);
	keys bigint[];
BEGIN
	IF called IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s is not a function that gives the key of a client', client_key),
			HINT = 'It takes the BSN as text and gives the key as bigint, NULL for a client it does not know.';
	END IF;
	EXECUTE format('SELECT array_agg(k.key ORDER BY u.n)
		FROM unnest($1) WITH ORDINALITY u(bsn, n) JOIN (SELECT d.bsn, %s(d.bsn) AS key FROM (SELECT DISTINCT unnest($1)) d(bsn)) k ON k.bsn = u.bsn', called)
	INTO keys USING bsns;
	RETURN coalesce(keys, '{}');
END $$;
COMMENT ON FUNCTION client_keys(text[], regprocedure) IS 'Keys of clients (clientsleutels), in the order of the BSNs, by a function from text (BSN) to bigint (key, NULL: not known) that is called once for each BSN, with the rights of the caller.';

CREATE FUNCTION client_keys(bsns text[], client_table regclass) RETURNS bigint[]
	LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	named constant text := (
		SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.oid = client_table AND (
			SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
				AND (a.attname = 'bsn' AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype) OR a.attname = 'client' AND a.atttypid IN ('bigint'::regtype, 'integer'::regtype))) = 2);
	keys bigint[];
	twice boolean;
BEGIN
	IF named IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s is not a table of the keys of clients', client_table),
			HINT = 'It has a column bsn (text) and a column client (bigint).';
	END IF;
	EXECUTE format('SELECT array_agg(k.key ORDER BY u.n), bool_or(k.twice)
		FROM unnest($1) WITH ORDINALITY u(bsn, n) LEFT JOIN (
			SELECT d.bsn, min(t.client) AS key, min(t.client) < max(t.client) AS twice
			FROM (SELECT DISTINCT unnest($1)) d(bsn) JOIN %s t ON t.bsn = d.bsn GROUP BY d.bsn) k ON k.bsn = u.bsn', named)
	INTO keys, twice USING bsns;
	IF twice THEN
		RAISE cardinality_violation USING
			MESSAGE = format('%s has two keys for one client', client_table),
			HINT = 'Make its column bsn unique.';
	END IF;
	RETURN coalesce(keys, '{}');
END $$;
COMMENT ON FUNCTION client_keys(text[], regclass) IS 'Keys of clients (clientsleutels), in the order of the BSNs, by a table or view with the columns bsn and client that the caller may read; NULL for a BSN that is not in it. Two keys for one client are an error.';

-- Both at once, for load_message: the one that is not NULL.
CREATE FUNCTION client_keys(bsns text[], client_key regprocedure, client_table regclass) RETURNS bigint[]
	LANGUAGE sql CALLED ON NULL INPUT
	RETURN CASE WHEN client_key IS NOT NULL THEN client_keys(bsns, client_key) ELSE client_keys(bsns, client_table) END;
COMMENT ON FUNCTION client_keys(text[], regprocedure, regclass) IS 'Keys of clients (clientsleutels) by the function, or without one by the table.';

CREATE FUNCTION allotment_number(law text, municipality municipality, number bigint) RETURNS bigint
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE law WHEN 'Wmo' THEN 10000000000000 WHEN 'Jeugdwet' THEN 20000000000000 END + CAST(municipality AS integer) * 1000000000::bigint + number;
COMMENT ON FUNCTION allotment_number(text, municipality, bigint) IS 'Number of an allotment (toewijzingnummer) that is unique among municipalities and laws: 1 (Wmo) or 2 (Jeugdwet), the municipality code in four digits, the number in nine. What is left of it after division by 1000000000 is the number in messages.';
