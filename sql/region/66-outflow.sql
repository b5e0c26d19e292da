-- 66-outflow: the client-count outflow rule (uitstroom van aanbieders): the facts, and what the rules say of them.
--
-- All days are half-open: as_of is the last day that counts, so ranges end on the day after it.
--
-- How many contracts there are cannot be seen through the grouping, so the planner would join them row by row: hence
-- enable_nestloop = off, which also keeps these queries from being planned as a part of another.
--
-- A dump cannot name the operator of IS DISTINCT FROM, so types of the extension are compared with = only.

CREATE OR REPLACE FUNCTION @region@.provider_facts(as_of date, all_counts zorgregio.provider_count[])
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, product_group text, facts jsonb)
	LANGUAGE sql STABLE PARALLEL SAFE SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH day AS MATERIALIZED (SELECT d.* FROM zorgregio.outflow_windows(as_of) d),
	windows AS MATERIALIZED (SELECT w.* FROM @region@.contract_windows(as_of) w),
	counted AS MATERIALIZED (SELECT r.* FROM unnest(all_counts) r),
	reported AS MATERIALIZED (
		SELECT r.kind, r.provider, r.municipality, range_agg(daterange(r.from_day, r.until)) AS days
		FROM counted r WHERE r.contract IS NULL
		GROUP BY r.kind, r.provider, r.municipality
	),
	provider_reported AS (
		SELECT r.provider, range_agg(r.days) AS days, range_agg(r.days) FILTER (WHERE r.kind = 'claims') AS claims FROM reported r GROUP BY r.provider
	),
	municipality_reported AS (
		SELECT r.municipality, range_agg(r.days) AS days, range_agg(r.days) FILTER (WHERE r.kind = 'claims') AS claims FROM reported r GROUP BY r.municipality
	),
	-- Nothing is known of a provider without a row in the window, unless loads says that all was loaded; nor of its
	-- allotments in a municipality from which nobody has a row.
	known AS (
		SELECT w.id, upper((x.seen + x.deliveries + x.claims) * datemultirange(daterange(NULL, d.ends))) - 1 AS until,
			x.deliveries @> d.year_back OR x.claims @> d.year_back OR x.seen && d.year_back AND x.near && d.year_back AS year_back,
			x.deliveries @> d.calendar_year OR x.claims @> d.calendar_year OR x.seen && d.calendar_year AND x.near && d.calendar_year AS calendar_year,
			x.deliveries @> w.first_year OR x.claims @> w.first_year OR x.seen && w.first_year AND x.near && w.first_year AS first_year,
			x.claims @> d.year_back OR x.seen_claims && d.year_back AND x.near_claims && d.year_back AS turnover
		FROM windows w CROSS JOIN day d
			LEFT JOIN provider_reported r ON r.provider = w.provider
			LEFT JOIN municipality_reported m ON m.municipality = w.municipality
			CROSS JOIN LATERAL (
				SELECT range_agg(l.period) FILTER (WHERE l.kind = 'deliveries') AS deliveries, range_agg(l.period) FILTER (WHERE l.kind = 'claims') AS claims
				FROM @region@.loads l
				WHERE (l.provider = w.provider OR l.provider IS NULL) AND (l.municipality = w.municipality OR l.municipality IS NULL)
					AND l.loaded <= as_of) l
			LEFT JOIN counted allots ON allots.contract = w.id
			CROSS JOIN LATERAL (SELECT coalesce(l.deliveries, '{}'), coalesce(l.claims, '{}'), coalesce(r.days, '{}'), coalesce(r.claims, '{}'),
				CASE WHEN allots.contract IS NULL THEN '{(,)}' ELSE coalesce(m.days, '{}') END,
				CASE WHEN allots.contract IS NULL THEN '{(,)}' ELSE coalesce(m.claims, '{}') END) x(deliveries, claims, seen, seen_claims, near, near_claims)
	),
	measured AS (
		SELECT w.*, d.ends, k.until,
			CASE WHEN k.year_back THEN coalesce(c.clients, 0) END AS clients,
			CASE WHEN k.calendar_year THEN coalesce(c.clients_calendar_year, 0) END AS clients_calendar_year,
			CASE WHEN k.first_year THEN coalesce(c.clients_first_year, 0) END AS clients_first_year,
			CASE WHEN k.year_back THEN coalesce(c.trajectories, 0) END AS trajectories,
			CASE WHEN k.turnover THEN coalesce(c.turnover, 0) END AS turnover,
			CASE WHEN k.year_back OR c.served_until > lower(d.year_back)
				THEN zorgregio.full_months(greatest(coalesce(c.served_until, lower(d.year_back)), w.start), d.ends) END AS months_unserved
		FROM windows w CROSS JOIN day d JOIN known k ON k.id = w.id LEFT JOIN counted c ON c.contract = w.id
	),
	-- Who else is there: a framework contract and clients. One that did not report leaves it open.
	compared AS (
		SELECT m.*,
			count(*) FILTER (WHERE m.kind = 'framework' AND m.clients > 0) OVER place - (m.kind = 'framework' AND coalesce(m.clients, 0) > 0)::integer AS others,
			count(*) FILTER (WHERE m.kind = 'framework' AND m.clients IS NULL) OVER place - (m.kind = 'framework' AND m.clients IS NULL)::integer AS others_unknown
		FROM measured m
		WINDOW place AS (PARTITION BY m.municipality, m.product_group)
	)
	SELECT c.provider, c.municipality, c.product_group,
		coalesce((SELECT s.facts FROM @region@.dossiers s WHERE s.provider = c.provider AND s.valid @> as_of), '{}')
			- ARRAY['unieke_clienten_12m', 'unieke_clienten_kalenderjaar', 'unieke_clienten_eerste_12m', 'trajecten_12m', 'omzet_12m',
				'maanden_sinds_start', 'maanden_zonder_levering_of_declaratie', 'uniek_aanbod', 'tekort_voorziening',
				'contract_soort', 'contract_start', 'gegevens_tot']
		|| jsonb_strip_nulls(jsonb_build_object(
			'unieke_clienten_12m', c.clients,
			'unieke_clienten_kalenderjaar', c.clients_calendar_year,
			'unieke_clienten_eerste_12m', c.clients_first_year,
			'trajecten_12m', c.trajectories,
			'omzet_12m', c.turnover,
			'maanden_sinds_start', zorgregio.full_months(c.start, c.ends),
			'maanden_zonder_levering_of_declaratie', c.months_unserved,
			'uniek_aanbod', CASE WHEN c.others > 0 THEN false WHEN c.others_unknown = 0 THEN true END,
			'tekort_voorziening', EXISTS (
				SELECT FROM @region@.admission_windows o
				WHERE o.kind = 'scarcity' AND o.opens @> as_of AND (o.municipality = c.municipality OR o.municipality IS NULL)
					AND (o.product_group = c.product_group OR o.product_group IS NULL)),
			'contract_soort', c.kind,
			'contract_start', c.start,
			'gegevens_tot', c.until))
	FROM compared c;
END;
COMMENT ON FUNCTION @region@.provider_facts(date, zorgregio.provider_count[]) IS 'What provider_facts gives of counts that are known already, as count_care gives them for the day.';

CREATE OR REPLACE FUNCTION @region@.provider_facts(as_of date)
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, product_group text, facts jsonb)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT f.*
	FROM @region@.provider_facts($1, CASE WHEN EXISTS (SELECT FROM @region@.contract_windows($1)) THEN (SELECT c.counts FROM @region@.count_care($1, NULL) c) END) f;
END;
COMMENT ON FUNCTION @region@.provider_facts(date) IS 'Facts per provider, municipality and product group with a contract on that day (feiten van aanbieders): the dossier of the day, and over it what the tables say of clients (persons, by who delivers), turnover in euro and months. A window ends on the day, that day included. A fact is absent where nothing was loaded or a window is not over yet: unknown, not zero.';

CREATE OR REPLACE FUNCTION @region@.judge_outflow(as_of date, known @region@.shared_facts[])
	RETURNS TABLE (key bigint, provider zorgregio.provider, municipality zorgregio.municipality, product_group text, rule text,
		verdict zorgregio.verdict, norm text, counted numeric, unit text, window_from date, window_to date, exceptions text,
		notice_date date, consequence text, basis text, explanation text, providers integer, rank integer, providers_remaining integer,
		known_until date)
	LANGUAGE sql STABLE PARALLEL SAFE SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH fact AS MATERIALIZED (
		SELECT f.provider, f.municipality, f.product_group, f.facts, k.key AS contract, (count(*) OVER (PARTITION BY f.municipality, f.product_group))::integer AS providers
		FROM unnest(known) f
			JOIN (
				SELECT c.provider, c.municipality, p.product_group, min(c.key) AS key
				FROM @region@.contracts c JOIN @region@.products p ON p.code = c.product
				GROUP BY c.provider, c.municipality, p.product_group
			) k ON k.provider = f.provider AND k.municipality = f.municipality AND k.product_group = f.product_group
		WHERE f.facts ->> 'contract_soort' = 'framework'
	),
	rule AS MATERIALIZED (
		SELECT s.municipality AS at_municipality, s.product_group AS for_group, r.*, t.key, p.norm, p.fact, p.exceptions
		FROM (SELECT DISTINCT f.municipality, f.product_group FROM fact f) s
			CROSS JOIN LATERAL @region@.rules_on('retention', s.municipality, s.product_group, as_of) r
			JOIN @region@.thresholds t ON t.id = r.id AND t.phase = 'retention' AND zorgregio.scope(t.municipality) = zorgregio.scope(r.municipality)
				AND t.product_group IS NOT DISTINCT FROM r.product_group AND t.valid @> as_of
			CROSS JOIN LATERAL (
				SELECT min(p.comparison::text) FILTER (WHERE p.role = 'requirement') AS norm,
					(zorgregio.facts_needed(r.requirement))[1] AS fact,
					array_agg(p.comparison ORDER BY p.part) FILTER (WHERE p.role = 'exception') AS exceptions
				FROM zorgregio.threshold_parts(r.requirement) p) p
		WHERE r.replaced_by IS NULL
	),
	judged AS MATERIALIZED (
		SELECT f.*, r.id, r.key, r.norm, r.fact, r.exceptions, r.requirement, r.consequence, r.basis,
			zorgregio.check_threshold(r.requirement, f.facts) AS verdict
		FROM fact f JOIN rule r ON r.at_municipality = f.municipality AND r.for_group = f.product_group
	),
	-- Who would go first: the fewest clients. A provider that misses two norms can go only once.
	ranked AS (
		SELECT n.provider, n.municipality, n.product_group, (row_number() OVER (PARTITION BY n.municipality, n.product_group
			ORDER BY (n.facts ->> 'unieke_clienten_12m')::numeric, (n.facts ->> 'omzet_12m')::numeric, n.provider))::integer AS rank
		FROM (SELECT DISTINCT j.provider, j.municipality, j.product_group, j.facts FROM judged j WHERE j.verdict = 'not met') n
	)
	SELECT j.contract * 16777216 + j.key, j.provider, j.municipality, j.product_group, j.id, j.verdict, j.norm,
		CASE WHEN jsonb_typeof(v.value) = 'number' THEN v.value::numeric END,
		CASE WHEN j.fact LIKE 'unieke\_clienten%' THEN 'persons' WHEN j.fact LIKE 'trajecten%' THEN 'trajectories'
			WHEN j.fact LIKE 'omzet%' THEN 'euro' WHEN j.fact LIKE 'maanden%' THEN 'months' END,
		lower(w.period), upper(w.period) - 1,
		(SELECT string_agg(zorgregio.explain_threshold(e.exception, j.facts), '; ' ORDER BY e.n) FROM unnest(j.exceptions) WITH ORDINALITY e(exception, n)),
		CASE WHEN j.verdict = 'not met' THEN (as_of + interval '6 months')::date END,
		j.consequence, j.basis, zorgregio.explain_threshold(j.requirement, j.facts), j.providers, k.rank, j.providers - k.rank,
		(j.facts ->> 'gegevens_tot')::date
	FROM judged j
		CROSS JOIN LATERAL (SELECT j.facts #> string_to_array(j.fact, '.')) v(value)
		CROSS JOIN LATERAL (SELECT (j.facts ->> 'contract_start')::date, CASE WHEN isfinite(as_of) THEN extract(year FROM as_of + 1)::integer - 1 END) s(start, year)
		CROSS JOIN LATERAL (SELECT CASE
			WHEN j.fact LIKE '%\_eerste\_12m' THEN daterange(s.start, (s.start + interval '12 months')::date)
			WHEN j.fact LIKE '%\_kalenderjaar' THEN daterange(make_date(s.year, 1, 1), make_date(s.year + 1, 1, 1))
			WHEN j.fact LIKE '%\_12m' THEN daterange((as_of + 1 - interval '12 months')::date, as_of + 1) END) w(period)
		LEFT JOIN ranked k ON k.provider = j.provider AND k.municipality = j.municipality AND k.product_group = j.product_group
			AND j.verdict = 'not met';
END;
COMMENT ON FUNCTION @region@.judge_outflow(date, @region@.shared_facts[]) IS 'What outflow_signals says of facts that are known already.';

CREATE OR REPLACE FUNCTION @region@.outflow_signals(as_of date)
	RETURNS TABLE (key bigint, provider zorgregio.provider, municipality zorgregio.municipality, product_group text, rule text,
		verdict zorgregio.verdict, norm text, counted numeric, unit text, window_from date, window_to date, exceptions text,
		notice_date date, consequence text, basis text, explanation text, providers integer, rank integer, providers_remaining integer,
		known_until date)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.* FROM @region@.judge_outflow($1, ARRAY(SELECT ROW($1, f.provider, f.municipality, f.product_group, f.facts)::@region@.shared_facts FROM @region@.provider_facts($1) f)) s;
END;
COMMENT ON FUNCTION @region@.outflow_signals(date) IS 'Judges every framework contract of the day by all rules for staying contracted (signalen uitstroom van aanbieders), one row per rule, with what was counted and why. A signal only: the view of the provider, the decision and the end of a contract are people''s work.';
