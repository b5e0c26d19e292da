-- 51-admission: what is checked before a provider is admitted, and on which facts.
--
-- Every check is a rule over facts, also those that the region itself answers: these are under "regio" in the facts,
-- where no dossier can put them. So all checks are judged, explained and replayed in one way.

CREATE OR REPLACE FUNCTION @region@.admission_facts(by_provider zorgregio.provider, at_municipality zorgregio.municipality, for_product zorgregio.product, as_of date)
	RETURNS jsonb
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH asked AS (
		SELECT (SELECT p.product_group FROM @region@.products p WHERE p.code = for_product) AS product_group,
			coalesce((
				SELECT max(a.received) FROM @region@.applications a
				WHERE a.provider = by_provider AND a.municipality = at_municipality AND a.product = for_product
					AND a.received <= as_of AND (a.withdrawn > as_of OR a.withdrawn IS NULL)
			), as_of) AS received
	), offered AS (
		SELECT for_product AS product
		UNION
		SELECT c.product FROM @region@.contracts c
		WHERE c.provider = by_provider AND c.municipality = at_municipality AND c.kind = 'framework' AND c.valid @> as_of
		UNION
		SELECT a.product FROM @region@.applications a
		WHERE a.provider = by_provider AND a.municipality = at_municipality
			AND a.received <= as_of AND (a.withdrawn > as_of OR a.withdrawn IS NULL)
			AND 'reject' IS DISTINCT FROM (SELECT d.outcome FROM @region@.decisions d WHERE d.application = a.id ORDER BY d.id DESC LIMIT 1)
	)
	SELECT coalesce((SELECT d.facts FROM @region@.dossiers d WHERE d.provider = by_provider AND d.valid @> as_of), '{}')
		|| jsonb_build_object(
			'peildatum', as_of,
			'aanvraag_datum', asked.received,
			'ontvangst_datum', asked.received,
			'strategisch_partner', (SELECT p.strategic_partner FROM @region@.providers p WHERE p.code = by_provider),
			'regio', jsonb_build_object(
				'inkoopkanaal', (
					SELECT CASE WHEN count(*) = 0 THEN 'none' ELSE nullif(min(s.channel), 'unknown') END FROM @region@.sourcings s
					WHERE s.municipality = at_municipality AND s.product = for_product AND s.valid @> as_of),
				'toelatingsvenster', (
					SELECT coalesce(min(w.kind), 'none') FROM @region@.admission_windows w
					WHERE w.opens @> as_of AND (w.municipality IS NULL OR w.municipality = at_municipality)
						AND (w.product_group IS NULL OR w.product_group = asked.product_group)),
				'productgroep_gesloten', EXISTS (
					SELECT FROM @region@.closures c
					WHERE c.valid @> as_of AND (c.municipality IS NULL OR c.municipality = at_municipality)
						AND (c.product_group IS NULL OR c.product_group = asked.product_group)),
				'aangeboden_producten', (SELECT jsonb_agg(o.product::text ORDER BY o.product) FROM offered o)))
	FROM asked;
END;
COMMENT ON FUNCTION @region@.admission_facts(zorgregio.provider, zorgregio.municipality, zorgregio.product, date) IS 'The facts an admission is judged on: the dossier of the day, and over it what the region itself knows: peildatum, aanvraag_datum, ontvangst_datum, strategisch_partner and all under regio.';

CREATE OR REPLACE FUNCTION @region@.admission_checks(at_municipality zorgregio.municipality, for_product zorgregio.product, as_of date)
	RETURNS TABLE (step integer, check_name text, requirement zorgregio.threshold, valid daterange, consequence text, basis text)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH asked AS (
		SELECT (SELECT p.product_group FROM @region@.products p WHERE p.code = for_product) AS product_group
	)
	SELECT 1 AS step, 'sourcing' AS check_name, 'regio.inkoopkanaal = "regional"'::zorgregio.threshold AS requirement,
		NULL::daterange AS valid, NULL::text AS consequence,
		coalesce((
			SELECT format('sourcing matrix: %s buys %s %s (%s)', s.municipality, s.product, s.channel, zorgregio.period_text(s.valid))
				|| coalesce('; ' || s.remark, '')
			FROM @region@.sourcings s WHERE s.municipality = at_municipality AND s.product = for_product AND s.valid @> as_of
		), format('sourcing matrix: %s does not buy %s', at_municipality, for_product)) AS basis
	UNION ALL
	SELECT 2 AS step, 'window' AS check_name, 'regio.toelatingsvenster in {"regular", "scarcity"}'::zorgregio.threshold AS requirement,
		NULL::daterange AS valid, NULL::text AS consequence,
		coalesce((
			SELECT string_agg(format('%s admission window (%s)', w.kind, zorgregio.period_text(w.opens)), '; ' ORDER BY w.kind, w.opens)
			FROM @region@.admission_windows w
			WHERE w.opens @> as_of AND (w.municipality IS NULL OR w.municipality = at_municipality)
				AND (w.product_group IS NULL OR w.product_group = asked.product_group)
		), 'no admission window is open' || coalesce((
			SELECT format('; the next opens on %s', to_char(min(lower(w.opens)), 'YYYY-MM-DD'))
			FROM @region@.admission_windows w
			WHERE lower(w.opens) > as_of AND (w.municipality IS NULL OR w.municipality = at_municipality)
				AND (w.product_group IS NULL OR w.product_group = asked.product_group)
			HAVING count(*) > 0
		), '')) AS basis
	FROM asked
	UNION ALL
	SELECT 3 AS step, 'closure' AS check_name,
		'regio.productgroep_gesloten = false unless toegevoegde_waarde = true'::zorgregio.threshold AS requirement,
		NULL::daterange AS valid, NULL::text AS consequence,
		coalesce((
			SELECT string_agg(format('closed (%s): %s', zorgregio.period_text(c.valid), c.reason), '; ' ORDER BY c.valid, c.reason)
			FROM @region@.closures c
			WHERE c.valid @> as_of AND (c.municipality IS NULL OR c.municipality = at_municipality)
				AND (c.product_group IS NULL OR c.product_group = asked.product_group)
		), 'the product group is open to newcomers') AS basis
	FROM asked
	UNION ALL
	SELECT 4 AS step, 'bundle ' || b.requires AS check_name,
		format('regio.aangeboden_producten contains {"%s"}', b.requires)::zorgregio.threshold AS requirement,
		b.valid, NULL::text AS consequence, format('bundle: who offers %s also offers %s', b.product, b.requires) AS basis
	FROM @region@.bundles b WHERE b.product = for_product AND b.valid @> as_of
	UNION ALL
	SELECT 5 AS step, 'threshold ' || t.id AS check_name, t.requirement, t.valid, t.consequence, t.basis
	FROM asked, LATERAL @region@.rules_on('admission', at_municipality, asked.product_group, as_of) t
	WHERE t.replaced_by IS NULL;
END;
COMMENT ON FUNCTION @region@.admission_checks(zorgregio.municipality, zorgregio.product, date) IS 'All that an admission is checked on that day: sourcing (inkoop), window (toelatingsmoment), closure (dichtgezet), one bundle per required product, and one threshold per rule that counts. Each is a rule over admission_facts().';

CREATE OR REPLACE FUNCTION @region@.assess(provider zorgregio.provider, municipality zorgregio.municipality, product zorgregio.product, as_of date)
	RETURNS TABLE (check_name text, verdict zorgregio.verdict, explanation text, basis text)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH known AS MATERIALIZED (
		SELECT @region@.admission_facts(assess.provider, assess.municipality, assess.product, assess.as_of) AS facts
	)
	SELECT c.check_name, zorgregio.check_threshold(c.requirement, k.facts), zorgregio.explain_threshold(c.requirement, k.facts), c.basis
	FROM known k, @region@.admission_checks(assess.municipality, assess.product, assess.as_of) c
	WHERE num_nulls(assess.provider, assess.municipality, assess.product, assess.as_of) = 0
	ORDER BY c.step, c.check_name;
END;
COMMENT ON FUNCTION @region@.assess(zorgregio.provider, zorgregio.municipality, zorgregio.product, date) IS 'Would this provider be admitted for this product in this municipality on this day (toelatingstoets): one row per check, with the verdict, the reasons, and the published ground. Writes nothing. No rows when an argument is NULL.';
