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
	refused import_rejections[];
	concerned bigint[];
BEGIN
	-- An adopted row that stands is left as it is.
	RETURN QUERY
	WITH standing AS MATERIALIZED (
		SELECT s.number, s.requested, s.law, r.import IS NULL AS adopted, r.client, r.provider, r.municipality, r.indication, r.change_reason, r.reference,
			nullif(r.decided_at, '-infinity') AS decided_at
		FROM standing_allocations(numbers) s JOIN received_allocations r ON r.key = s.received
	), dated AS (
		UPDATE allocations a SET requested = s.requested
		FROM standing s WHERE a.number = s.number AND s.adopted AND s.requested IS NOT NULL AND a.requested IS DISTINCT FROM s.requested
		RETURNING a.number
	), changed AS (
		UPDATE allocations a SET client = s.client, provider = s.provider, municipality = s.municipality, indication = s.indication, requested = w.requested,
			decided = s.decided_at, change_reason = s.change_reason, law = s.law, decided_at = s.decided_at, reference = s.reference
		FROM standing s, allocations was, LATERAL (
			SELECT coalesce(s.requested, CASE WHEN was.municipality = s.municipality AND (was.law = s.law) IS NOT FALSE THEN was.requested END)) w(requested)
		WHERE a.number = s.number AND was.number = s.number AND NOT s.adopted
			AND (a.client, a.provider, a.municipality, a.indication, a.requested, a.decided, a.change_reason, a.law, a.decided_at, a.reference)
				IS DISTINCT FROM (s.client, s.provider, s.municipality, s.indication, w.requested, s.decided_at::date, s.change_reason, s.law, s.decided_at, s.reference)
		RETURNING a.number
	), made AS (
		INSERT INTO allocations (number, client, provider, municipality, indication, requested, decided, change_reason, law, decided_at, reference)
		SELECT s.number, s.client, s.provider, s.municipality, s.indication, s.requested, s.decided_at, s.change_reason, s.law, s.decided_at, s.reference
		FROM standing s WHERE NOT EXISTS (SELECT FROM allocations a WHERE a.number = s.number)
		ORDER BY s.number
		RETURNING number
	)
	SELECT false, d.number, NULL::date, false FROM dated d
	UNION ALL SELECT false, c.number, NULL, false FROM changed c
	UNION ALL SELECT false, m.number, NULL, true FROM made m;

	RETURN QUERY
	WITH standing AS MATERIALIZED (SELECT * FROM standing_deliveries(numbers)),
	ended AS (
		DELETE FROM deliveries d
		USING (SELECT DISTINCT r.number, r.started FROM received_deliveries r WHERE r.number = ANY (numbers)) r
		WHERE d.number = r.number AND d.started = r.started
			AND NOT EXISTS (SELECT FROM standing s WHERE s.number = d.number AND s.started = d.started)
		RETURNING d.number, d.started
	), changed AS (
		UPDATE deliveries d SET ended = s.ended, stop_reason = s.stop_reason, start_dated = s.start_dated, stop_dated = s.stop_dated
		FROM standing s
		WHERE d.number = s.number AND d.started = s.started
			AND (d.ended, d.stop_reason, d.start_dated, d.stop_dated) IS DISTINCT FROM (s.ended, s.stop_reason, s.start_dated, s.stop_dated)
		RETURNING d.number, d.started
	), made AS (
		INSERT INTO deliveries (number, started, ended, stop_reason, start_dated, stop_dated)
		SELECT s.* FROM standing s
		WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.number = s.number AND d.started = s.started)
		ORDER BY s.number, s.started
		RETURNING number, started
	)
	SELECT true, e.number, e.started, false FROM ended e
	UNION ALL SELECT true, c.number, c.started, false FROM changed c
	UNION ALL SELECT true, m.number, m.started, true FROM made m;

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
