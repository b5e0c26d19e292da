-- 71-loading: messages (berichten) into the tables of the region.
--
-- BSNs come out of the readers as text and go no further than client_keys, which turns them into keys. Each kind of
-- message has a function that reads its lines, opens the import (which locks), adds what is new to the received lines
-- and settles the allotments they are about. A line is accepted when it made a row, changed when it changed or removed
-- one (of lines about the same row one counts), rejected with a reason, and otherwise ignored: it was there, or something
-- newer stands.

CREATE OR REPLACE FUNCTION @region@.open_import(head @region@.imports, refused @region@.import_rejections[]) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	opened bigint;
BEGIN
	-- One load at a time settles allotments and deliveries: two that cannot see each other's lines would both leave the
	-- half. Before the lock on the import, so that sessions which load many messages do not wait for each other in a circle.
	IF head.kind <> '323' THEN
		LOCK TABLE received_allocations IN SHARE ROW EXCLUSIVE MODE;
	END IF;
	INSERT INTO imports (law, kind, provider, municipality, identification, dated, base_version, message_version, lines)
	VALUES (head.law, head.kind, head.provider, head.municipality, head.identification, head.dated, head.base_version, head.message_version, head.lines)
	ON CONFLICT ON CONSTRAINT imports_once DO NOTHING;
	SELECT i.id INTO STRICT opened FROM imports i
	WHERE (i.law, i.kind, i.provider, i.municipality, i.identification, i.dated) = (head.law, head.kind, head.provider, head.municipality, head.identification, head.dated)
	FOR UPDATE;
	UPDATE imports i SET lines = head.lines WHERE i.id = opened AND i.lines < head.lines;

	DELETE FROM import_rejections x
	WHERE x.import = opened AND x.line <= head.lines
		AND NOT EXISTS (SELECT FROM unnest(refused) f WHERE f.line = x.line)
		AND NOT EXISTS (SELECT FROM received_allocations r WHERE r.import = opened AND r.line = x.line)
		AND NOT EXISTS (SELECT FROM received_deliveries r WHERE r.import = opened AND r.line = x.line);
	INSERT INTO import_rejections AS x (import, line, reason)
	SELECT opened, f.line, f.reason FROM unnest(refused) f
	ON CONFLICT (import, line) DO UPDATE SET reason = EXCLUDED.reason WHERE x.reason <> EXCLUDED.reason;
	PERFORM count_rejections(ARRAY[opened]);
	RETURN opened;
END $$;
COMMENT ON FUNCTION @region@.open_import(@region@.imports, @region@.import_rejections[]) IS 'Finds or adds the row of a message in imports, and locks it; notes the lines that are rejected whatever else comes. For load_message.';

CREATE OR REPLACE FUNCTION @region@.rejected_lines(import bigint, lines integer) RETURNS bigint
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT count(*) FROM @region@.import_rejections x WHERE x.import = rejected_lines.import AND x.line <= rejected_lines.lines;
END;
COMMENT ON FUNCTION @region@.rejected_lines(bigint, integer) IS 'How many of the lines of a message are rejected. For load_message.';

CREATE OR REPLACE FUNCTION @region@.load_allocations(message xml, head @region@.imports, base_number bigint, client_key regprocedure, client_table regclass,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	bsns text[];
	lines received_allocations[];
	keys bigint[];
	opened bigint;
	numbers bigint[];
	made bigint[];
	altered bigint[];
BEGIN
	SELECT array_agg(r.client ORDER BY r.line),
		array_agg(ROW(NULL, NULL, r.line, head.law, r.provider, r.municipality, base_number + r.number, NULL, r.indication, r.decided, r.change_reason, r.reference, head.dated)::received_allocations ORDER BY r.line)
	INTO bsns, lines FROM read_allocations(message) r;
	keys := client_keys(bsns, client_key, client_table);
	head.lines := cardinality(lines);
	opened := open_import(head, ARRAY(SELECT ROW(NULL, l.line, 'the client is not known')::import_rejections FROM unnest(lines, keys) l WHERE l.unnest IS NULL));
	numbers := ARRAY(SELECT DISTINCT l.number FROM unnest(lines, keys) l WHERE l.unnest IS NOT NULL);
	PERFORM adopt(numbers);
	INSERT INTO received_allocations (import, line, law, provider, municipality, number, client, indication, decided_at, change_reason, reference, dated)
	SELECT opened, l.line, l.law, l.provider, l.municipality, l.number, l.unnest, l.indication, l.decided_at, l.change_reason, l.reference, l.dated
	FROM unnest(lines, keys) l WHERE l.unnest IS NOT NULL ORDER BY l.line
	ON CONFLICT DO NOTHING;
	SELECT array_agg(s.number) FILTER (WHERE s.is_new), array_agg(s.number) FILTER (WHERE NOT s.is_new) INTO made, altered
	FROM settle(numbers) s WHERE NOT s.delivery;
	SELECT count(DISTINCT r.number) FILTER (WHERE r.number = ANY (made)), count(DISTINCT r.number) FILTER (WHERE r.number = ANY (altered)) INTO accepted, changed
	FROM received_allocations r
	WHERE r.number = ANY (numbers) AND r.import = opened AND NOT EXISTS (SELECT FROM import_rejections x WHERE x.import = opened AND x.line = r.line);
	rejected := rejected_lines(opened, head.lines);
	ignored := head.lines - accepted - changed - rejected;
END $$;
COMMENT ON FUNCTION @region@.load_allocations(xml, @region@.imports, bigint, regprocedure, regclass) IS 'Loads a 301 message (toewijzingbericht). For load_message.';

CREATE OR REPLACE FUNCTION @region@.load_deliveries(message xml, head @region@.imports, base_number bigint, client_key regprocedure, client_table regclass,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	bsns text[];
	lines received_deliveries[];
	keys bigint[];
	opened bigint;
	numbers bigint[];
	made deliveries[];
	altered deliveries[];
BEGIN
	IF head.kind = '305' THEN
		SELECT array_agg(r.client ORDER BY r.line),
			array_agg(ROW(NULL, NULL, r.line, base_number + r.number, NULL, r.started, NULL, NULL, false, r.status = '3', head.dated)::received_deliveries ORDER BY r.line)
		INTO bsns, lines FROM read_starts(message) r;
	ELSE
		SELECT array_agg(r.client ORDER BY r.line),
			array_agg(ROW(NULL, NULL, r.line, base_number + r.number, NULL, r.started, r.ended, r.stop_reason, true, r.status = '3', head.dated)::received_deliveries ORDER BY r.line)
		INTO bsns, lines FROM read_stops(message) r;
	END IF;
	keys := client_keys(bsns, client_key, client_table);
	head.lines := cardinality(lines);
	opened := open_import(head, ARRAY(
		SELECT ROW(NULL, l.line, CASE WHEN l.unnest IS NULL THEN 'the client is not known' ELSE 'it names no allotment (ToewijzingNummer)' END)::import_rejections
		FROM unnest(lines, keys) l WHERE l.unnest IS NULL OR l.number IS NULL));
	numbers := ARRAY(SELECT DISTINCT l.number FROM unnest(lines, keys) l WHERE l.unnest IS NOT NULL AND l.number IS NOT NULL);
	PERFORM adopt(numbers);
	INSERT INTO received_deliveries (import, line, number, client, started, ended, stop_reason, stop, removal, dated)
	SELECT opened, l.line, l.number, l.unnest, l.started, l.ended, l.stop_reason, l.stop, l.removal, l.dated
	FROM unnest(lines, keys) l WHERE l.unnest IS NOT NULL AND l.number IS NOT NULL ORDER BY l.line
	ON CONFLICT DO NOTHING;
	SELECT array_agg(ROW(s.number, s.started, NULL, NULL, NULL, NULL)::deliveries) FILTER (WHERE s.is_new),
		array_agg(ROW(s.number, s.started, NULL, NULL, NULL, NULL)::deliveries) FILTER (WHERE NOT s.is_new)
	INTO made, altered FROM settle(numbers) s WHERE s.delivery;
	SELECT count(*) FILTER (WHERE s.is_new), count(*) FILTER (WHERE NOT s.is_new) INTO accepted, changed
	FROM (SELECT m.number, m.started, true AS is_new FROM unnest(made) m UNION ALL SELECT a.number, a.started, false FROM unnest(altered) a) s
	WHERE EXISTS (SELECT FROM received_deliveries r WHERE r.number = s.number AND r.started = s.started AND r.import = opened
		AND NOT EXISTS (SELECT FROM import_rejections x WHERE x.import = opened AND x.line = r.line));
	rejected := rejected_lines(opened, head.lines);
	ignored := head.lines - accepted - changed - rejected;
END $$;
COMMENT ON FUNCTION @region@.load_deliveries(xml, @region@.imports, bigint, regprocedure, regclass) IS 'Loads a 305 or 307 message (start- of stopbericht). For load_message.';

CREATE OR REPLACE FUNCTION @region@.load_requests(message xml, head @region@.imports, client_key regprocedure, client_table regclass,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	bsns text[];
	lines requests[];
	keys bigint[];
	opened bigint;
	numbers bigint[];
	fresh bigint[];
	altered bigint[];
BEGIN
	SELECT array_agg(r.client ORDER BY r.line),
		array_agg(ROW(NULL, NULL, r.line, head.law, r.provider, r.municipality, NULL, r.reference, head.dated, r.indication)::requests ORDER BY r.line)
	INTO bsns, lines FROM read_requests(message) r;
	keys := client_keys(bsns, client_key, client_table);
	head.lines := cardinality(lines);
	opened := open_import(head, ARRAY(SELECT ROW(NULL, l.line, 'the client is not known')::import_rejections FROM unnest(lines, keys) l WHERE l.unnest IS NULL));
	WITH added AS (
		INSERT INTO requests (import, line, law, provider, municipality, client, reference, requested, indication)
		SELECT opened, l.line, l.law, l.provider, l.municipality, l.unnest, l.reference, l.requested, l.indication
		FROM unnest(lines, keys) l WHERE l.unnest IS NOT NULL ORDER BY l.line
		ON CONFLICT DO NOTHING
		RETURNING key
	)
	SELECT array_agg(a.key) INTO fresh FROM added a;
	numbers := ARRAY(
		SELECT a.number FROM unnest(lines) l JOIN allocations a ON a.reference = l.reference AND a.provider = l.provider
		UNION SELECT r.number FROM unnest(lines) l JOIN received_allocations r ON r.reference = l.reference AND r.provider = l.provider);
	PERFORM adopt(numbers);
	SELECT array_agg(s.number) INTO altered FROM settle(numbers) s WHERE NOT s.delivery;
	SELECT count(*) FILTER (WHERE NOT w.changed), count(*) FILTER (WHERE w.changed) INTO accepted, changed
	FROM requests q, LATERAL (SELECT EXISTS (SELECT FROM received_allocations r
		WHERE r.number = ANY (altered) AND r.reference = q.reference AND r.provider = q.provider AND r.client = q.client)) w(changed)
	WHERE q.key = ANY (fresh);
	rejected := rejected_lines(opened, head.lines);
	ignored := head.lines - accepted - changed - rejected;
END $$;
COMMENT ON FUNCTION @region@.load_requests(xml, @region@.imports, regprocedure, regclass) IS 'Loads a 315 message (verzoek om toewijzing). For load_message.';

CREATE OR REPLACE FUNCTION @region@.load_claims(message xml, head @region@.imports, base_number bigint, client_key regprocedure, client_table regclass,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	d declarations;
	bsns text[];
	lines claims[];
	keys bigint[];
	opened bigint;
BEGIN
	SELECT r.declaration, r.declaration_period, r.declared, r.declared_total, array_agg(r.client ORDER BY r.line),
		array_agg(ROW(NULL, base_number + r.number, r.product_period, r.volume, r.tariff, r.amount, r.product, r.credit, r.reference, r.previous_reference, NULL, NULL)::claims ORDER BY r.line)
	INTO STRICT d.number, d.period, d.declared, d.total, bsns, lines
	FROM read_claims(message) r GROUP BY r.declaration, r.declaration_period, r.declared, r.declared_total;
	keys := client_keys(bsns, client_key, client_table);
	head.lines := cardinality(lines);
	opened := open_import(head, ARRAY(SELECT ROW(NULL, k.line, 'the client is not known')::import_rejections FROM unnest(keys) WITH ORDINALITY k(client, line) WHERE k.client IS NULL));

	-- The lock on the declaration keeps two sessions from adding the same line both.
	INSERT INTO declarations (law, provider, municipality, number, period, declared, total)
	VALUES (head.law, head.provider, head.municipality, d.number, d.period, d.declared, d.total)
	ON CONFLICT ON CONSTRAINT declarations_once DO NOTHING;
	SELECT c.id INTO STRICT d.id FROM declarations c
	WHERE (c.provider, c.number, c.law, c.municipality, c.period, c.declared, c.total) = (head.provider, d.number, head.law, head.municipality, d.period, d.declared, d.total)
	FOR UPDATE;
	UPDATE imports i SET declaration = d.id WHERE i.id = opened AND i.declaration IS DISTINCT FROM d.id;

	INSERT INTO claims (number, product_period, volume, tariff, amount, product, credit, reference, previous_reference, declaration, client)
	SELECT l.number, l.product_period, l.volume, l.tariff, l.amount, l.product, l.credit, l.reference, l.previous_reference, d.id, l.unnest
	FROM unnest(lines, keys) WITH ORDINALITY l
	WHERE l.unnest IS NOT NULL AND NOT EXISTS (
		SELECT FROM claims c
		WHERE c.declaration = d.id AND c.reference = l.reference AND (c.number, c.product_period, c.volume, c.tariff, c.amount, c.product, c.credit, c.previous_reference, c.client)
			IS NOT DISTINCT FROM (l.number, l.product_period, l.volume, l.tariff, l.amount, l.product, l.credit, l.previous_reference, l.unnest))
	GROUP BY l.number, l.product_period, l.volume, l.tariff, l.amount, l.product, l.credit, l.reference, l.previous_reference, l.unnest
	ORDER BY min(l.ordinality);
	GET DIAGNOSTICS accepted = ROW_COUNT;
	changed := 0;
	rejected := rejected_lines(opened, head.lines);
	ignored := head.lines - accepted - rejected;
END $$;
COMMENT ON FUNCTION @region@.load_claims(xml, @region@.imports, bigint, regprocedure, regclass) IS 'Loads a 323 message (declaratiebericht). For load_message.';

CREATE OR REPLACE FUNCTION @region@.load_message_by(message xml, client_key regprocedure, client_table regclass,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	h record;
	head imports;
	base_number bigint;
	tally record;
BEGIN
	IF message IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'there is no message',
			HINT = 'A message is a value of type xml.';
	ELSIF num_nonnulls(client_key, client_table) <> 1 THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'where the keys of clients come from is not given',
			HINT = 'Give a function from text (BSN) to bigint, as regprocedure, or a table with the columns bsn and client, as regclass.';
	ELSIF current_setting('transaction_isolation') = 'repeatable read' THEN
		RAISE feature_not_supported USING
			MESSAGE = 'messages are not loaded under REPEATABLE READ',
			DETAIL = 'Lines that another session has loaded meanwhile would not be seen.',
			HINT = 'Use READ COMMITTED or SERIALIZABLE.';
	END IF;
	h := message_header(message);
	IF h.kind NOT IN ('301', '305', '307', '315', '323') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('messages of kind %s are not loaded', h.kind),
			HINT = 'Kinds: 301, 305, 307, 315, 323.';
	ELSIF NOT EXISTS (SELECT FROM providers p WHERE p.code = h.provider) THEN
		RAISE foreign_key_violation USING
			MESSAGE = format('provider %s of the message is not in this region', h.provider),
			HINT = 'Add it to the table providers, then load the message again.';
	ELSIF NOT EXISTS (SELECT FROM municipalities m WHERE m.code = h.municipality) THEN
		RAISE foreign_key_violation USING
			MESSAGE = format('municipality %s of the message is not in this region', h.municipality),
			HINT = 'Messages of other regions do not belong here; otherwise add it to the table municipalities.';
	END IF;
	head := ROW(NULL, h.law, h.kind, h.provider, h.municipality, h.identification, h.dated, h.base_version, h.message_version, NULL, 0, 0, NULL)::imports;
	SELECT CASE WHEN s.number_per_municipality THEN allotment_number(h.law, h.municipality, 0) ELSE 0 END INTO STRICT base_number FROM settings s;
	CASE h.kind
		WHEN '301' THEN tally := load_allocations(message, head, base_number, client_key, client_table);
		WHEN '315' THEN tally := load_requests(message, head, client_key, client_table);
		WHEN '323' THEN tally := load_claims(message, head, base_number, client_key, client_table);
		ELSE tally := load_deliveries(message, head, base_number, client_key, client_table);
	END CASE;
	SELECT tally.accepted, tally.changed, tally.ignored, tally.rejected INTO accepted, changed, ignored, rejected;
END $$;
COMMENT ON FUNCTION @region@.load_message_by(xml, regprocedure, regclass) IS 'What the two forms of load_message have in common; one of the last two arguments is NULL.';

CREATE OR REPLACE FUNCTION @region@.load_message(message xml, client_key regprocedure,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE sql
BEGIN ATOMIC
	SELECT l.accepted, l.changed, l.ignored, l.rejected FROM @region@.load_message_by(message, client_key, NULL) l;
END;
COMMENT ON FUNCTION @region@.load_message(xml, regprocedure) IS 'Loads a message (bericht) of kind 301, 305, 307, 315 or 323 and counts its lines: accepted (made a row), changed (changed or removed one), ignored (there already, or something newer stands), rejected (import_rejections has the reasons). client_key is a function from BSN (text) to the key of the client (bigint, NULL: not known). All or nothing; loading again changes nothing; the order of messages does not matter.';

CREATE OR REPLACE FUNCTION @region@.load_message(message xml, client_table regclass,
		OUT accepted bigint, OUT changed bigint, OUT ignored bigint, OUT rejected bigint) RETURNS record
	LANGUAGE sql
BEGIN ATOMIC
	SELECT l.accepted, l.changed, l.ignored, l.rejected FROM @region@.load_message_by(message, NULL, client_table) l;
END;
COMMENT ON FUNCTION @region@.load_message(xml, regclass) IS 'The same, with the keys of clients from a table or view with the columns bsn (text) and client (bigint).';
