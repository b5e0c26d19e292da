-- 85-access: who reads the monitor of a region, and of which municipalities.
--
-- Readers get the views, the figures and the names that the views show; never a table with clients. A policy on each table of
-- figures, one per municipality (read_0200) and one for all (read_all), lists the roles that may see those rows, so the
-- catalog is the only memory of who may read what: it is dumped and restored with the region. A policy compares with a
-- constant, which the index finds, and which is looked at before any condition of the reader that could give a row away.

CREATE FUNCTION access_relations(region text) RETURNS TABLE (relation name, kind text, published boolean)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH own AS (
		SELECT c.oid, c.relname, CASE
				WHEN c.relkind = 'r' AND c.relname ~ '^figures_' THEN 'figures'
				WHEN c.relkind = 'v' AND c.relname ~ '^(monitor|public)_' THEN 'view'
				WHEN c.relkind = 'r' AND c.relname IN ('municipalities', 'products', 'providers', 'settings', 'monitor_state') THEN 'names' END AS kind,
			c.relname ~ '^(figures_)?public_' AS published
		FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relowner = n.nspowner
		WHERE n.nspname = region
	)
	SELECT o.relname, o.kind, o.published FROM own o WHERE o.kind IN ('figures', 'view')
	UNION ALL
	-- Of the tables without clients those that a view shows something of
	SELECT o.relname, o.kind, bool_or(v.published)
	FROM own v JOIN pg_rewrite r ON v.kind = 'view' AND r.ev_class = v.oid
		JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
		JOIN own o ON o.oid = d.refobjid AND o.kind = 'names'
	GROUP BY o.relname, o.kind;
END;
COMMENT ON FUNCTION access_relations(text) IS 'What grant_region gives a right to read: views, tables of figures, and tables without clients that the views read (kind: view, figures, names); published: for readers of the publication only too.';

CREATE FUNCTION access_grants(region text) RETURNS TABLE (role name, scope text, publication_only boolean)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT a.rolname, substr(p.polname, 6), bool_and(c.relname ~ '^figures_public_')
	FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relname ~ '^figures_'
		JOIN pg_policy p ON p.polrelid = c.oid AND p.polname ~ '^read_(all|\d{4})$'
		CROSS JOIN unnest(p.polroles) m(member) JOIN pg_roles a ON a.oid = m.member
	WHERE n.nspname = region
	GROUP BY a.rolname, p.polname;
END;
COMMENT ON FUNCTION access_grants(text) IS 'Who may read the monitor of a region (leesrechten): per role the code of a municipality, or all; publication_only: the published figures only.';

-- The roles of a policy are set as a whole. Callers hold the lock.
CREATE FUNCTION set_policy(region text, relation name, scope text, roles oid[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	policy constant name := 'read_' || scope;
	before constant oid[] := (SELECT p.polroles FROM pg_policy p WHERE p.polname = policy AND p.polrelid = format('%I.%I', region, relation)::regclass);
BEGIN
	PERFORM zorgregio.must_own(region);
	IF cardinality(roles) > 0 THEN
		EXECUTE format('%s POLICY %I ON %I.%I %s TO %s USING (%s)', CASE WHEN before IS NULL THEN 'CREATE' ELSE 'ALTER' END, policy, region, relation,
			CASE WHEN before IS NULL THEN 'FOR SELECT' END, (SELECT string_agg(format('%I', r.rolname), ', ' ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (roles)),
			CASE scope WHEN 'all' THEN 'true' ELSE format('municipality = %L', scope) END);
		IF before IS NULL THEN
			EXECUTE format('COMMENT ON POLICY %I ON %I.%I IS %L', policy, region, relation, CASE scope WHEN 'all' THEN 'Readers of all rows; zorgregio.grant_region keeps the list.'
				ELSE 'Readers of this municipality''s rows; zorgregio.grant_region keeps the list.' END);
		END IF;
	ELSIF before IS NOT NULL THEN
		EXECUTE format('DROP POLICY %I ON %I.%I', policy, region, relation);
	END IF;
END $$;
COMMENT ON FUNCTION set_policy(text, name, text, oid[]) IS 'Makes, changes or drops the policy of one table of figures; part of grant_region and revoke_region.';

CREATE FUNCTION give_access(region text, role name, scope text, publication_only boolean) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	reader constant oid := (SELECT r.oid FROM pg_roles r WHERE r.rolname = role);
	target record;
	listed oid[];
BEGIN
	PERFORM must_own(region);
	IF NOT has_schema_privilege(role, region, 'USAGE') THEN
		EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', region, role);
	END IF;
	FOR target IN SELECT a.relation, a.kind FROM access_relations(region) a WHERE a.published OR NOT publication_only ORDER BY a.relation LOOP
		IF NOT has_table_privilege(role, format('%I.%I', region, target.relation), 'SELECT') THEN
			EXECUTE format('GRANT SELECT ON %I.%I TO %I', region, target.relation, role);
		END IF;
		IF target.kind = 'figures' THEN
			listed := coalesce((SELECT p.polroles FROM pg_policy p WHERE p.polname = 'read_' || scope AND p.polrelid = format('%I.%I', region, target.relation)::regclass), '{}');
			IF NOT reader = ANY (listed) THEN
				PERFORM set_policy(region, target.relation, scope, listed || reader);
			END IF;
		END IF;
	END LOOP;
END $$;
COMMENT ON FUNCTION give_access(text, name, text, boolean) IS 'Gives a role the rights and the policies of one grant, as far as it lacks them; part of grant_region and renew_access.';

CREATE FUNCTION renew_access(region text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	figures record;
	computing record;
	grantee record;
BEGIN
	PERFORM must_own(region);
	FOR figures IN
		SELECT c.oid::regclass AS relation, c.relrowsecurity AS closed, (
				SELECT string_agg(format('ALTER %I SET STATISTICS 0', a.attname), ', ') FROM pg_attribute a
				WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attstattarget, -1) <> 0
					AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'u' AND a.attnum = ANY (k.conkey))) AS values
		FROM access_relations(region) r JOIN pg_class c ON c.oid = format('%I.%I', region, r.relation)::regclass
		WHERE r.kind = 'figures'
	LOOP
		IF NOT figures.closed THEN
			EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', figures.relation);
		END IF;
		-- Estimates of the planner come from samples of all rows: EXPLAIN would answer guesses about other municipalities.
		IF figures.values IS NOT NULL THEN
			EXECUTE format('ALTER TABLE %s %s', figures.relation, figures.values);
		END IF;
	END LOOP;
	-- What computes the figures is nobody's but the owner's.
	FOR computing IN
		SELECT p.oid::regprocedure AS function FROM pg_namespace n JOIN pg_proc p ON p.pronamespace = n.oid AND p.proowner = n.nspowner
		WHERE n.nspname = region AND p.proname ~ '^compute_' AND has_function_privilege('public', p.oid, 'EXECUTE')
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', computing.function);
	END LOOP;
	FOR grantee IN SELECT g.role, g.scope, g.publication_only FROM access_grants(region) g LOOP
		PERFORM give_access(region, grantee.role, grantee.scope, grantee.publication_only);
	END LOOP;
END $$;
COMMENT ON FUNCTION renew_access(text) IS 'Row-level security on all tables of figures of a region, no samples of their values for the planner, and for every reader the views and figures that a later version added; create_region and upgrade_region call it as the owner.';

-- What grant_region and revoke_region have in common: checks, and then, as the owner, one at a time, also beside a refresh.
CREATE FUNCTION begin_access(region text, role text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	IF region IS NULL OR role IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'access is given to a role in a region',
			HINT = 'SELECT zorgregio.grant_region(''mijov'', ''analyst'', ''0200'')';
	END IF;
	PERFORM must_own(region);
	IF role = 'public' THEN
		RAISE undefined_object USING
			MESSAGE = 'access is not given to PUBLIC',
			DETAIL = 'PUBLIC is everybody, also those who come later.',
			HINT = 'Make a role for the readers, give it access, and make them members.';
	ELSIF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role) THEN
		RAISE undefined_object USING
			MESSAGE = format('role "%s" does not exist', role),
			HINT = format('CREATE ROLE %I', role);
	END IF;
END $$;
COMMENT ON FUNCTION begin_access(text, text) IS 'Checks who calls grant_region and revoke_region, and for whom; part of them.';

CREATE FUNCTION lock_access(region text, municipality municipality) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	known boolean;
BEGIN
	PERFORM must_own(region);
	EXECUTE format('LOCK TABLE %I.monitor_state IN SHARE UPDATE EXCLUSIVE MODE', region);
	EXECUTE format('SELECT $1 IS NULL OR EXISTS (SELECT FROM %I.municipalities m WHERE m.code = $1)', region) INTO known USING municipality;
	IF NOT known THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('municipality %s is not in region "%s"', municipality, region),
			HINT = format('SELECT code, name FROM %I.municipalities', region);
	END IF;
END $$;
COMMENT ON FUNCTION lock_access(text, municipality) IS 'Waits for a grant or refresh that is under way, and looks whether the region has the municipality; part of grant_region and revoke_region.';

CREATE FUNCTION grant_access(region text, role text, municipality municipality, publication_only boolean) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	reason text;
BEGIN
	PERFORM lock_access(region, municipality);
	reason := (SELECT CASE WHEN r.rolsuper THEN 'It is a superuser.' WHEN r.rolbypassrls THEN 'It bypasses row-level security (BYPASSRLS).'
			WHEN pg_has_role(r.oid, current_user, 'USAGE') THEN format('It has the rights of the owner of the region, "%s".', current_user) END
		FROM pg_roles r WHERE r.rolname = role);
	IF municipality IS NOT NULL AND reason IS NOT NULL THEN
		RAISE invalid_grant_operation USING
			MESSAGE = format('role "%s" sees all municipalities, whatever is granted', role),
			DETAIL = reason,
			HINT = 'Give analysts a role of their own.';
	END IF;
	PERFORM give_access(region, role::name, coalesce(municipality::text, 'all'), coalesce(publication_only, false));
END $$;
COMMENT ON FUNCTION grant_access(text, text, municipality, boolean) IS 'The work of grant_region, which calls it as the owner of the region; call that instead.';

CREATE FUNCTION grant_region(region text, role text, municipality municipality DEFAULT NULL, publication_only boolean DEFAULT false) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	PERFORM begin_access(region, role);
	PERFORM as_owner(region, format('SELECT zorgregio.grant_access(%L, %L, %L, %L)', region, role, municipality, publication_only));
END $$;
COMMENT ON FUNCTION grant_region(text, text, municipality, boolean) IS 'Gives a role the right to read the monitor of a region (leesrecht): the rows of one municipality, or all rows and the totals of the region (NULL). More grants add up. publication_only: the published figures only. No right to read any table with clients. For the owner of the region.';

CREATE FUNCTION revoke_access(region text, role text, municipality municipality) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
DECLARE
	reader constant oid := (SELECT r.oid FROM pg_roles r WHERE r.rolname = role);
	listed record;
	target record;
	reads_published boolean;
	reads_all boolean;
BEGIN
	PERFORM lock_access(region, municipality);
	FOR listed IN
		SELECT c.relname, substr(p.polname, 6) AS scope, array_remove(p.polroles, reader) AS others
		FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relname ~ '^figures_' JOIN pg_policy p ON p.polrelid = c.oid
		WHERE n.nspname = region AND p.polname ~ '^read_(all|\d{4})$' AND reader = ANY (p.polroles) AND (municipality IS NULL OR p.polname = 'read_' || municipality::text)
		ORDER BY c.relname
	LOOP
		PERFORM set_policy(region, listed.relname, listed.scope, listed.others);
	END LOOP;
	-- A reader of less keeps what goes with it.
	SELECT count(*) > 0, count(*) FILTER (WHERE NOT g.publication_only) > 0 INTO reads_published, reads_all FROM access_grants(region) g WHERE g.role = revoke_access.role;
	FOR target IN SELECT a.relation FROM access_relations(region) a WHERE NOT reads_all AND NOT (reads_published AND a.published) ORDER BY a.relation LOOP
		EXECUTE format('REVOKE SELECT ON %I.%I FROM %I', region, target.relation, role);
	END LOOP;
	IF NOT reads_published THEN
		EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM %I', region, role);
	END IF;
END $$;
COMMENT ON FUNCTION revoke_access(text, text, municipality) IS 'The work of revoke_region, which calls it as the owner of the region; call that instead.';

CREATE FUNCTION revoke_region(region text, role text, municipality municipality DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, pg_temp
AS $$
BEGIN
	PERFORM begin_access(region, role);
	PERFORM as_owner(region, format('SELECT zorgregio.revoke_access(%L, %L, %L)', region, role, municipality));
END $$;
COMMENT ON FUNCTION revoke_region(text, text, municipality) IS 'Takes back what grant_region gave a role: of one municipality, or everything (NULL), the right to see the whole region included. For the owner of the region.';
