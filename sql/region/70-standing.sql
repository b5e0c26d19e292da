-- 70-standing: what follows from the lines that messages brought: which version of an allotment stands, which lines are
-- refused, which deliveries there are.
--
-- Everything here is a function of the set of lines; the order in which they came does not matter. settle() makes the
-- tables so. The rules, in the order they are applied:
--   allotments   A number belongs to the municipality and law that used it first (OP275); lines of others are refused.
--                Of the versions the one decided last stands (IV013); at the same moment that of the later message.
--   start, stop  A line that names another municipality, law, provider or client than the allotment is refused. A
--                removal (status 3) undoes lines of the same content up to its date; the last date that does not cancel
--                out decides. A delivery stands that was started, or stopped with no start known; a removed start takes
--                its stop along. Of several stops the one of the latest message stands.
--   requests     The first request with a reference of the allotment dates it.

CREATE OR REPLACE FUNCTION @region@.allotment_owners(numbers bigint[]) RETURNS TABLE (number bigint, law text, municipality zorgregio.municipality)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT n.number, o.law, o.municipality
	FROM (SELECT DISTINCT u.number FROM pg_catalog.unnest(numbers) u(number)) n
		CROSS JOIN LATERAL (SELECT r.law, r.municipality FROM @region@.received_allocations r WHERE r.number = n.number
			ORDER BY r.decided_at, r.municipality, r.law LIMIT 1) o;
END;
COMMENT ON FUNCTION @region@.allotment_owners(bigint[]) IS 'Which municipality and law a number of an allotment belongs to: those that decided first on it. No row for a number that no message told of.';

CREATE OR REPLACE FUNCTION @region@.standing_allocations(numbers bigint[]) RETURNS TABLE (number bigint, received bigint, law text, requested date)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT o.number, s.key, coalesce(s.law, o.law), q.requested
	FROM @region@.allotment_owners(numbers) o
		CROSS JOIN LATERAL (SELECT r.key, r.law FROM @region@.received_allocations r
			WHERE r.number = o.number AND r.municipality = o.municipality AND (r.law = o.law) IS NOT FALSE
			ORDER BY r.decided_at DESC, r.dated DESC, r.indication DESC, r.change_reason DESC NULLS LAST, r.client DESC, r.provider DESC, r.reference DESC NULLS LAST, r.key
			LIMIT 1) s
		CROSS JOIN LATERAL (SELECT min(q.requested) AS requested
			FROM @region@.received_allocations r JOIN @region@.requests q ON q.reference = r.reference AND q.provider = r.provider
				AND q.municipality = r.municipality AND q.client = r.client AND (q.law = r.law) IS NOT FALSE
			WHERE r.number = o.number AND r.municipality = o.municipality AND (r.law = o.law) IS NOT FALSE) q;
END;
COMMENT ON FUNCTION @region@.standing_allocations(bigint[]) IS 'Which of the received versions of these allotments stands (geldende versie): key of its row in received_allocations, its law, and the day of the first request that it answers.';

CREATE OR REPLACE FUNCTION @region@.refused_lines(numbers bigint[])
	RETURNS TABLE (delivery boolean, key bigint, import bigint, line integer, reason text)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT false, r.key, r.import, r.line, 'the number is of an allotment of another municipality or law (OP275)'
	FROM @region@.allotment_owners(numbers) o JOIN @region@.received_allocations r ON r.number = o.number
	WHERE r.municipality <> o.municipality OR r.law <> o.law
	UNION ALL
	SELECT true, d.key, d.import, d.line, w.reason
	FROM @region@.allotment_owners(numbers) o
		JOIN @region@.received_deliveries d ON d.number = o.number
		JOIN @region@.imports i ON i.id = d.import
		CROSS JOIN LATERAL (
			SELECT bool_or(r.provider = i.provider) AS provider, bool_or(r.provider = i.provider AND r.client = d.client) AS client
			FROM @region@.received_allocations r
			WHERE r.number = o.number AND r.municipality = o.municipality AND (r.law = o.law) IS NOT FALSE) same
		CROSS JOIN LATERAL (SELECT CASE
			WHEN i.municipality <> o.municipality THEN 'the allotment is of another municipality'
			WHEN i.law <> o.law THEN 'the allotment is of another law'
			WHEN NOT same.provider THEN 'the allotment is of another provider'
			WHEN NOT same.client THEN 'the allotment is of another client' END) w(reason)
	WHERE w.reason IS NOT NULL;
END;
COMMENT ON FUNCTION @region@.refused_lines(bigint[]) IS 'Lines of messages on these allotments that do not count since they contradict the allotment (geweigerde regels): key of the row in received_deliveries (delivery) or received_allocations, message, line, reason.';

CREATE OR REPLACE FUNCTION @region@.standing_deliveries(numbers bigint[])
	RETURNS TABLE (number bigint, started date, ended date, stop_reason text, start_dated date, stop_dated date)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH line AS MATERIALIZED (
		SELECT d.* FROM (SELECT DISTINCT u.number FROM pg_catalog.unnest(numbers) u(number)) n
			JOIN @region@.received_deliveries d ON d.number = n.number
		WHERE NOT EXISTS (SELECT FROM @region@.refused_lines(numbers) r WHERE r.delivery AND r.key = d.key)
	),
	-- What a date adds or takes away of one content
	on_date AS (
		SELECT l.number, l.started, l.stop, l.ended, l.stop_reason, l.dated, sum(CASE WHEN l.removal THEN -1 ELSE 1 END) AS net,
			min(min(l.dated) FILTER (WHERE NOT l.removal)) OVER (PARTITION BY l.number, l.started, l.stop, l.ended, l.stop_reason) AS first_dated
		FROM line l
		GROUP BY l.number, l.started, l.stop, l.ended, l.stop_reason, l.dated
	),
	told AS (
		SELECT DISTINCT ON (o.number, o.started, o.stop, o.ended, o.stop_reason) o.*
		FROM on_date o
		ORDER BY o.number, o.started, o.stop, o.ended, o.stop_reason, (o.net <> 0) DESC, o.dated DESC
	)
	SELECT DISTINCT ON (t.number, t.started) t.number, t.started, s.ended, s.stop_reason,
		nullif(b.first_dated, '-infinity'), nullif(s.first_dated, '-infinity')
	FROM told t
		LEFT JOIN told b ON b.number = t.number AND b.started = t.started AND NOT b.stop
		LEFT JOIN told s ON s.number = t.number AND s.started = t.started AND s.stop AND s.net > 0
	WHERE b.net > 0 OR b.net IS NULL AND s.net > 0
	ORDER BY t.number, t.started, s.dated DESC NULLS LAST, s.ended DESC, s.stop_reason DESC NULLS LAST;
END;
COMMENT ON FUNCTION @region@.standing_deliveries(bigint[]) IS 'Deliveries on these allotments that follow from the start and stop lines (geldende leveringen), as they are to be in deliveries.';

-- A message is about a few allotments, and planning takes longer than finding them: hence the plans that are made once,
-- and go by the indexes though they may be made when the tables are still empty.

-- Rows that were there before a message told of them, as lines of no message: the versions that messages bring are
-- weighed against them.
CREATE OR REPLACE FUNCTION @region@.adopt(numbers bigint[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
BEGIN
	INSERT INTO received_allocations (law, provider, municipality, number, client, indication, decided_at, change_reason, reference, dated)
	SELECT coalesce(a.law, zorgregio.law(product(a.indication)), p.law), a.provider, a.municipality, a.number, a.client, a.indication,
		coalesce(a.decided_at, a.decided, '-infinity'), a.change_reason, a.reference, '-infinity'
	FROM allocations a LEFT JOIN products p ON p.code = product(a.indication)
	WHERE a.number = ANY (numbers) AND NOT EXISTS (SELECT FROM received_allocations r WHERE r.number = a.number);

	INSERT INTO received_deliveries (number, started, ended, stop_reason, stop, removal, dated)
	SELECT d.number, d.started, CASE WHEN v.stop THEN d.ended END, CASE WHEN v.stop THEN d.stop_reason END, v.stop, false, '-infinity'
	FROM deliveries d, (VALUES (false), (true)) v(stop)
	WHERE d.number = ANY (numbers) AND (NOT v.stop OR d.ended IS NOT NULL)
		AND NOT EXISTS (SELECT FROM received_deliveries r WHERE r.number = d.number AND r.started = d.started);
END $$;
COMMENT ON FUNCTION @region@.adopt(bigint[]) IS 'Takes allotments and deliveries that came by another way than messages into the received lines, before the first message that tells of them. For load_message.';

CREATE OR REPLACE FUNCTION @region@.settle(numbers bigint[], OUT delivery boolean, OUT number bigint, OUT started date, OUT is_new boolean) RETURNS SETOF record
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
	made_allocations allocations[];
	changed_allocations allocations[];
	made deliveries[];
	changed deliveries[];
	gone deliveries[];
	refused import_rejections[];
	concerned bigint[];
BEGIN
	-- An adopted row that stands is left as it is. Statements without rows would still set off triggers.
	SELECT array_agg(w.row) FILTER (WHERE a.number IS NULL), array_agg(w.row) FILTER (WHERE a.number IS NOT NULL) INTO made_allocations, changed_allocations
	FROM standing_allocations(numbers) s JOIN received_allocations r ON r.key = s.received LEFT JOIN allocations a ON a.number = s.number
		CROSS JOIN LATERAL (SELECT nullif(r.decided_at, '-infinity')) d(decided_at)
		CROSS JOIN LATERAL (SELECT CASE WHEN r.import IS NULL AND a.number IS NOT NULL
			THEN ROW(a.number, a.client, a.provider, a.municipality, a.indication, coalesce(s.requested, a.requested), a.decided, a.change_reason, a.law, a.decided_at, a.reference)::allocations
			ELSE ROW(s.number, r.client, r.provider, r.municipality, r.indication,
				coalesce(s.requested, CASE WHEN a.municipality = r.municipality AND (a.law = s.law) IS NOT FALSE THEN a.requested END),
				d.decided_at, r.change_reason, s.law, d.decided_at, r.reference)::allocations END) w(row)
	WHERE w.row IS DISTINCT FROM a;
	IF made_allocations IS NOT NULL THEN
		INSERT INTO allocations SELECT (m).* FROM unnest(made_allocations) m ORDER BY m.number;
	END IF;
	IF changed_allocations IS NOT NULL THEN
		UPDATE allocations a SET client = c.client, provider = c.provider, municipality = c.municipality, indication = c.indication, requested = c.requested,
			decided = c.decided, change_reason = c.change_reason, law = c.law, decided_at = c.decided_at, reference = c.reference
		FROM unnest(changed_allocations) c WHERE a.number = c.number;
	END IF;

	SELECT array_agg(w.row) FILTER (WHERE d.number IS NULL), array_agg(w.row) FILTER (WHERE d.number IS NOT NULL) INTO made, changed
	FROM standing_deliveries(numbers) s LEFT JOIN deliveries d ON d.number = s.number AND d.started = s.started
		CROSS JOIN LATERAL (SELECT ROW(s.number, s.started, s.ended, s.stop_reason, s.start_dated, s.stop_dated)::deliveries) w(row)
	WHERE w.row IS DISTINCT FROM d;
	SELECT array_agg(d) INTO gone FROM deliveries d
	WHERE d.number = ANY (numbers) AND EXISTS (SELECT FROM received_deliveries r WHERE r.number = d.number AND r.started = d.started)
		AND NOT EXISTS (SELECT FROM standing_deliveries(numbers) s WHERE s.number = d.number AND s.started = d.started);
	IF gone IS NOT NULL THEN
		DELETE FROM deliveries d USING unnest(gone) g WHERE d.number = g.number AND d.started = g.started;
	END IF;
	IF made IS NOT NULL THEN
		INSERT INTO deliveries SELECT (m).* FROM unnest(made) m ORDER BY m.number, m.started;
	END IF;
	IF changed IS NOT NULL THEN
		UPDATE deliveries d SET ended = c.ended, stop_reason = c.stop_reason, start_dated = c.start_dated, stop_dated = c.stop_dated
		FROM unnest(changed) c WHERE d.number = c.number AND d.started = c.started;
	END IF;
	RETURN QUERY SELECT false, u.number, NULL::date, true FROM unnest(made_allocations) u
		UNION ALL SELECT false, u.number, NULL, false FROM unnest(changed_allocations) u
		UNION ALL SELECT true, u.number, u.started, true FROM unnest(made) u
		UNION ALL SELECT true, u.number, u.started, false FROM unnest(changed) u
		UNION ALL SELECT true, u.number, u.started, false FROM unnest(gone) u;

	refused := ARRAY(SELECT DISTINCT ON (r.import, r.line) ROW(r.import, r.line, r.reason)::import_rejections FROM refused_lines(numbers) r
		WHERE r.import IS NOT NULL ORDER BY r.import, r.line, r.reason);
	concerned := ARRAY(SELECT r.import FROM received_allocations r WHERE r.number = ANY (numbers)
		UNION SELECT r.import FROM received_deliveries r WHERE r.number = ANY (numbers));
	IF cardinality(refused) > 0 OR EXISTS (SELECT FROM import_rejections x WHERE x.import = ANY (concerned)) THEN
		INSERT INTO import_rejections AS x (import, line, reason)
		SELECT r.import, r.line, r.reason FROM unnest(refused) r
		ON CONFLICT (import, line) DO UPDATE SET reason = EXCLUDED.reason WHERE x.reason <> EXCLUDED.reason;
		DELETE FROM import_rejections x
		USING (SELECT r.import, r.line FROM received_allocations r WHERE r.number = ANY (numbers)
			UNION SELECT r.import, r.line FROM received_deliveries r WHERE r.number = ANY (numbers)) r
		WHERE x.import = r.import AND x.line = r.line
			AND NOT EXISTS (SELECT FROM unnest(refused) f WHERE f.import = x.import AND f.line = x.line);
		PERFORM count_rejections(concerned);
	END IF;
END $$;
COMMENT ON FUNCTION @region@.settle(bigint[]) IS 'Makes allocations, deliveries and the rejected lines of these allotments what the received lines say, and gives what it changed: the allotment, or the delivery that started on this day, and whether it is new. What agrees already is not touched. For load_message.';

CREATE OR REPLACE FUNCTION @region@.count_rejections(imports bigint[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
BEGIN
	UPDATE imports i SET rejected = c.rejected
	FROM (SELECT u.id, (SELECT count(*) FROM import_rejections x WHERE x.import = u.id) AS rejected FROM unnest(count_rejections.imports) u(id)) c
	WHERE i.id = c.id AND i.rejected <> c.rejected;
END $$;
COMMENT ON FUNCTION @region@.count_rejections(bigint[]) IS 'Brings the number of rejected lines of these messages up to date. For load_message.';
