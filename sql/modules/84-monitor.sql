-- 84-monitor: renewing the figures behind the monitor.
--
-- A part P of the monitor is a table figures_P and a function compute_P(from_day, to_day, as_of) of a region, both of the
-- region's owner. Parts are found in the catalog, so a new one needs nothing here but its line in monitor_sources.

CREATE FUNCTION monitor_periods(from_day date, to_day date, as_of date, OUT period_kind text, OUT period_from date, OUT period_to date, OUT days daterange)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 65
BEGIN ATOMIC
	SELECT kind.name, starts.day, (starts.day + kind.step - interval '1 day')::date, daterange(starts.day, least((starts.day + kind.step)::date, as_of + 1))
	FROM (VALUES ('month', interval '1 month'), ('year', interval '1 year')) kind(name, step)
		CROSS JOIN LATERAL (SELECT (date_trunc(kind.name, from_day::timestamp) + n * kind.step)::date
			FROM generate_series(0, 12 * (extract(year FROM to_day) - extract(year FROM from_day) + 1)::integer) n) starts(day)
	WHERE starts.day < to_day AND starts.day <= as_of;
END;
COMMENT ON FUNCTION monitor_periods(date, date, date) IS 'Calendar months and years (maanden, jaren) that have a day in [from_day, to_day) and began on as_of or before: first and last day, and the days that count, up to as_of. The years are whole, also when only a part of them was asked.';

CREATE FUNCTION monitor_sources(part text, OUT sources text[], OUT by_month boolean, OUT shared text, OUT by_day boolean)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT string_to_array(s.sources, ' '), s.by_month, s.shared, s.part <> 'control'
	FROM (VALUES
		('clients', 'allocations deliveries products', true, 'histories'),
		('flow', 'allocations deliveries products', true, 'histories'),
		('transitions', 'allocations deliveries products', true, 'histories'),
		('scaling', 'allocations deliveries products', true, 'histories'),
		('youth_to_adult', 'allocations deliveries products', false, 'histories'),
		('waiting', 'allocations deliveries products', false, NULL),
		('amounts', 'allocations deliveries claims declarations tariffs contracts products', true, 'counts'),
		('spending', 'allocations deliveries claims declarations tariffs contracts products lump_sums', true, NULL),
		('utilisation', 'allocations deliveries claims declarations tariffs contracts products', true, NULL),
		('providers', 'allocations deliveries claims declarations contracts products lump_sums', true, 'histories'),
		('coverage', 'allocations deliveries contracts products municipalities sourcings closures admission_windows', false, 'histories'),
		('control', 'allocations deliveries claims declarations tariffs contracts imports received_allocations', false, 'judgements'),
		('outflow', NULL, false, 'facts'),
		('thresholds', NULL, false, 'facts')
	) s(part, sources, by_month, shared)
	WHERE s.part = monitor_sources.part;
END;
COMMENT ON FUNCTION monitor_sources(text) IS 'Tables that a part of the monitor is computed from, and whether a change in them touches only the months from its days on; without sources the part is computed at every refresh. shared: names X, for each of which it reads table shared_X, which a refresh fills from share_X(as_of) and empties again (counts only when all days are computed). by_day: the day as_of counts; otherwise only its month does.';

-- Rows stay what they are: a row that was there keeps its key, and one whose figures are the same is not written.
CREATE FUNCTION renew_figures(region text, part text, from_day date, to_day date, as_of date, monitor_days daterange,
	OUT inserted bigint, OUT updated bigint, OUT deleted bigint)
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp SET jit = off
AS $$
DECLARE
	same text;
	dimensions text;
	columns text;
	new_columns text;
	new_values text;
	old_values text;
	assigned text;
	has_period boolean;
BEGIN
	-- NULL is a dimension too (all). What is equal is hashed; that NULL is NULL is tested after it, which also keeps the planner
	-- from sorting both sides by all dimensions.
	SELECT string_agg(format(CASE WHEN a.attnotnull THEN 'n.%1$I = t.%1$I' ELSE 'coalesce(n.%1$I, %2$L::%3$s) = coalesce(t.%1$I, %2$L::%3$s)' END, a.attname,
				CASE t.typcategory WHEN 'S' THEN '' WHEN 'D' THEN 'infinity' WHEN 'B' THEN 'false' ELSE '0' END, format_type(a.atttypid, a.atttypmod)), ' AND ')
			FILTER (WHERE a.attnum = ANY (k.conkey))
			|| format(' AND ROW(%s) IS NOT DISTINCT FROM ROW(%s)', string_agg(format('n.%I', a.attname), ', ') FILTER (WHERE a.attnum = ANY (k.conkey)),
				string_agg(format('t.%I', a.attname), ', ') FILTER (WHERE a.attnum = ANY (k.conkey))),
		string_agg(format('%I', a.attname), ', ' ORDER BY array_position(k.conkey, a.attnum)) FILTER (WHERE a.attnum = ANY (k.conkey)),
		string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum),
		string_agg(format('n.%I', a.attname), ', ' ORDER BY a.attnum),
		string_agg(format('n.%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum <> ALL (k.conkey)),
		string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum <> ALL (k.conkey)),
		string_agg(format('%1$I = d.%1$I', a.attname), ', ') FILTER (WHERE a.attnum <> ALL (k.conkey)),
		count(*) FILTER (WHERE a.attnum = ANY (k.conkey) AND a.attname IN ('period_from', 'period_to')) = 2
	INTO same, dimensions, columns, new_columns, new_values, old_values, assigned, has_period
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'key'
		JOIN pg_type t ON t.oid = a.atttypid JOIN pg_constraint k ON k.conrelid = c.oid AND k.conname = 'figures_' || part || '_once'
	WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = region) AND c.relname = 'figures_' || part;

	-- in the order of the unique index: keys then tell nothing of a plan, and it is read and written page by page
	EXECUTE format($sql$
		WITH computed AS MATERIALIZED (SELECT true AS zr_new, %3$s FROM %1$I.%2$I($1, $2, $3)),
		different AS MATERIALIZED (
			SELECT t.key AS zr_key, n.zr_new, %4$s
			FROM computed n FULL JOIN (SELECT * FROM %1$I.%5$I t WHERE %6$s) t ON %7$s
			WHERE t.key IS NULL OR n.zr_new IS NULL OR ROW(%8$s) IS DISTINCT FROM ROW(%9$s)
		),
		changed AS (UPDATE %1$I.%5$I t SET %10$s FROM different d WHERE t.key = d.zr_key AND d.zr_new RETURNING 1),
		gone AS (DELETE FROM %1$I.%5$I t USING different d WHERE t.key = d.zr_key AND d.zr_new IS NULL RETURNING 1),
		added AS (INSERT INTO %1$I.%5$I (%3$s) SELECT %3$s FROM different d WHERE d.zr_key IS NULL ORDER BY %11$s RETURNING 1)
		SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM changed), (SELECT count(*) FROM gone)
		$sql$, region, 'compute_' || part, columns, new_columns, 'figures_' || part,
		CASE WHEN has_period AND monitor_days <> daterange(from_day, to_day)
			THEN '(t.period_from < $2 AND t.period_to >= $1) OR t.period_to < $4 OR t.period_from >= $5' ELSE 'true' END,
		same, new_values, old_values, assigned, dimensions)
	INTO inserted, updated, deleted
	USING from_day, to_day, as_of, lower(monitor_days), upper(monitor_days);
END $$;
COMMENT ON FUNCTION renew_figures(text, text, date, date, date, daterange) IS 'Makes the figures of one part of a monitor what they should be for the days [from_day, to_day), and drops those outside the days that the monitor shows; what refresh_monitor does for each part. Call that instead.';

-- What follows the checks of refresh_monitor, with the rights of the owner.
CREATE FUNCTION refresh_parts(region text, as_of date, complete boolean)
	RETURNS TABLE (part text, from_day date, to_day date, inserted bigint, updated bigint, deleted bigint, milliseconds numeric)
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp SET jit = off
AS $$
DECLARE
	day constant date := as_of;
	shown daterange;
	gap integer;
	day_before date;
	everything boolean;
	changes jsonb;
	wanted record;
	shared text[] := '{}';
	began timestamptz;
BEGIN
	PERFORM must_own(region);
	-- Not in the way of readers, but of a second refresh, which waits.
	EXECUTE format('LOCK TABLE %I.monitor_state IN SHARE UPDATE EXCLUSIVE MODE', region);
	EXECUTE format($sql$
		SELECT daterange(make_date(y - s.monitor_years + 1, 1, 1), make_date(y + 1, 1, 1)), s.gap_days, m.as_of,
			m.one_row IS NULL OR extract(year FROM $1) < extract(year FROM m.as_of) OR (m.gap_days, m.monitor_years, m.heavy_level, m.waiting_norm_days, m.template_version)
				IS DISTINCT FROM (s.gap_days, s.monitor_years, s.heavy_level, s.waiting_norm_days, s.template_version)
		FROM %1$I.settings s LEFT JOIN %1$I.monitor_state m ON true, CAST(extract(year FROM $1) AS integer) y
		$sql$, region) INTO shown, gap, day_before, everything USING day;
	IF shown IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('region "%s" has no settings', region),
			HINT = format('INSERT INTO %I.settings (title) VALUES (''name of the region'');', region);
	END IF;
	everything := everything OR coalesce(complete, false);
	-- What commits after this moment stays for the next refresh, even when the figures below have it already.
	EXECUTE format($sql$
		WITH taken AS (DELETE FROM %I.monitor_changes c RETURNING c.source, c.from_day, c.to_day)
		SELECT coalesce(jsonb_agg(t), '[]')
		FROM (SELECT source, min(from_day) AS from_day, max(to_day) AS to_day FROM taken GROUP BY source) t
		$sql$, region) INTO changes;

	FOR wanted IN
		SELECT f.part, s.by_month, s.shared, s.sources IS NULL OR everything AS always,
			CASE WHEN day_before <> day AND (s.by_day IS NOT FALSE OR date_trunc('month', day_before::timestamp) <> date_trunc('month', day::timestamp))
				THEN date_trunc('month', least(day_before, day)::timestamp)::date END AS from_as_of, c.first_day, c.until
		FROM (
			SELECT substr(p.proname, 9) AS part
			FROM pg_namespace n JOIN pg_proc p ON p.pronamespace = n.oid AND p.proowner = n.nspowner AND p.prokind = 'f'
					AND p.proname ~ '^compute_' AND p.proargtypes[0:2] = ARRAY['date'::regtype::oid, 'date'::regtype, 'date'::regtype] AND p.pronargs = 3
				JOIN pg_class t ON t.relnamespace = n.oid AND t.relowner = n.nspowner AND t.relkind = 'r' AND t.relname = 'figures_' || substr(p.proname, 9)
			WHERE n.nspname = region
		) f
			LEFT JOIN LATERAL monitor_sources(f.part) s ON true
			CROSS JOIN LATERAL (
				-- Days before a change are in it as far as a gap can bridge, and then as far as a transfer reaches back from an end
				-- that the bridge takes away; infinity stays what it is, and so wide a gap may reach anything.
				SELECT CASE WHEN isfinite(min(c.from_day)) THEN CASE WHEN gap > 100000 THEN '-infinity' ELSE greatest(min(c.from_day), '0001-01-01') - 2 * greatest(gap, 0) - 1 END
					ELSE min(c.from_day) END, max(c.to_day)
				FROM jsonb_to_recordset(changes) c(source text, from_day date, to_day date) WHERE c.source = ANY (s.sources)) c(first_day, until)
		-- amounts is what other parts are rolled up from, public parts come from the figures of the others
		ORDER BY f.part LIKE 'public\_%', f.part <> 'amounts', f.part
	LOOP
		began := clock_timestamp();
		IF wanted.always OR wanted.by_month IS NOT TRUE AND (wanted.first_day IS NOT NULL OR wanted.from_as_of IS NOT NULL) THEN
			from_day := lower(shown);
			to_day := upper(shown);
		ELSIF wanted.first_day IS NOT NULL OR wanted.from_as_of IS NOT NULL THEN
			from_day := greatest(date_trunc('month', least(wanted.first_day, wanted.from_as_of)::timestamp)::date, lower(shown));
			to_day := least(CASE WHEN wanted.from_as_of IS NULL THEN wanted.until END, upper(shown));
		ELSE
			from_day := NULL;
			to_day := NULL;
		END IF;
		IF from_day < to_day THEN
			-- counts are of all days; of fewer days a part finds its rows by an index
			FOR part IN SELECT w.name FROM unnest(string_to_array(wanted.shared, ' ')) w(name)
				WHERE w.name <> ALL (shared) AND (w.name <> 'counts' OR from_day = lower(shown) AND to_day = upper(shown)) LOOP
				EXECUTE format('INSERT INTO %1$I.%2$I SELECT * FROM %1$I.%3$I($1)', region, 'shared_' || part, 'share_' || part) USING day;
				shared := shared || part;
			END LOOP;
			SELECT r.inserted, r.updated, r.deleted INTO inserted, updated, deleted
			FROM renew_figures(region, wanted.part, refresh_parts.from_day, refresh_parts.to_day, day, shown) r;
		ELSE
			from_day := NULL;
			to_day := NULL;
			inserted := 0;
			updated := 0;
			deleted := 0;
		END IF;
		part := wanted.part;
		milliseconds := round(extract(epoch FROM clock_timestamp() - began) * 1000, 1);
		RETURN NEXT;
	END LOOP;

	FOREACH part IN ARRAY shared LOOP
		EXECUTE format('DELETE FROM %I.%I', region, 'shared_' || part);
	END LOOP;
	EXECUTE format($sql$
		INSERT INTO %1$I.monitor_state AS m (as_of, refreshed_at, gap_days, monitor_years, heavy_level, waiting_norm_days, template_version)
		SELECT $1, now(), s.gap_days, s.monitor_years, s.heavy_level, s.waiting_norm_days, s.template_version FROM %1$I.settings s
		ON CONFLICT (one_row) DO UPDATE SET (as_of, refreshed_at, gap_days, monitor_years, heavy_level, waiting_norm_days, template_version)
			= (excluded.as_of, excluded.refreshed_at, excluded.gap_days, excluded.monitor_years, excluded.heavy_level, excluded.waiting_norm_days, excluded.template_version)
		$sql$, region) USING day;
END $$;
COMMENT ON FUNCTION refresh_parts(text, date, boolean) IS 'The work of refresh_monitor, which calls it as the owner of the region; call that instead.';

-- Runs as the owner of the region, as upgrade_region does.
CREATE FUNCTION refresh_monitor(region text, as_of date DEFAULT CURRENT_DATE, complete boolean DEFAULT false)
	RETURNS TABLE (part text, from_day date, to_day date, inserted bigint, updated bigint, deleted bigint, milliseconds numeric)
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	IF region IS NULL OR as_of IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the monitor is refreshed for a region and a day',
			HINT = 'SELECT * FROM zorgregio.refresh_monitor(''mijov'')';
	ELSIF as_of NOT BETWEEN '0200-01-01' AND '9998-12-31' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = 'the monitor has no such day',
			DETAIL = 'It lies between 0200-01-01 and 9998-12-31.';
	END IF;
	PERFORM must_own(region);
	RETURN QUERY SELECT r.* FROM jsonb_to_recordset(as_owner(region,
		format('SELECT jsonb_agg(to_jsonb(p)) FROM zorgregio.refresh_parts(%L, %L, %L) p', region, as_of, complete)))
		r(part text, from_day date, to_day date, inserted bigint, updated bigint, deleted bigint, milliseconds numeric);
END $$;
COMMENT ON FUNCTION refresh_monitor(text, date, boolean) IS 'Renews the figures behind the monitor of a region (monitor verversen) up to and including the day as_of, one row per part: the days computed ([from_day, to_day), NULL: nothing changed), rows inserted, updated and deleted, and the time it took. Only months that changes touch are computed; complete takes everything, with the same result. One transaction; readers see the old figures until it commits.';
