-- 83-monitor-transitions: from which product to which, heavier or lighter.

CREATE OR REPLACE FUNCTION @region@.care_transitions(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality zorgregio.municipality, period_from date, period_to date, kind text, from_product zorgregio.product, to_product zorgregio.product,
		from_group text, to_group text, from_level integer, to_level integer, direction text, clients zorgregio.client_set)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH span AS MATERIALIZED (
		SELECT daterange(min(lower(p.days)), max(upper(p.days))) AS days, (SELECT s.gap_days FROM @region@.settings s) AS gap_days
		FROM zorgregio.monitor_periods(from_day, to_day, as_of) p WHERE p.period_kind = 'year' HAVING count(*) > 0
	)
	SELECT h.municipality, lower(t.period), (lower(t.period) + interval '1 year' - interval '1 day')::date, t.kind, t.from_product, t.to_product, f.product_group, g.product_group, f.level, g.level,
		CASE WHEN t.kind <> 'transfer' THEN NULL
			WHEN coalesce(f.law, zorgregio.law(t.from_product)) <> coalesce(g.law, zorgregio.law(t.to_product)) THEN 'other law'
			WHEN f.product_group <> g.product_group THEN 'other group'
			WHEN f.product_group = g.product_group THEN CASE WHEN g.level > f.level THEN 'up' WHEN g.level < f.level THEN 'down' WHEN g.level = f.level THEN 'same level' END END,
		t.clients
	FROM @region@.care_histories(false) h
		CROSS JOIN span s
		CROSS JOIN LATERAL zorgregio.transition_clients(h.persons, s.days, interval '1 year', s.gap_days) t
		LEFT JOIN @region@.products f ON f.code = t.from_product
		LEFT JOIN @region@.products g ON g.code = t.to_product;
END;
COMMENT ON FUNCTION @region@.care_transitions(date, date, date) IS 'The clients behind each transition of a year that has a day in [from_day, to_day), of each municipality and of the region (NULL), up to as_of; what monitor_transitions and monitor_scaling count.';

CREATE OR REPLACE FUNCTION @region@.compute_transitions(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, period_from date, period_to date, kind text, from_product text, to_product text,
		from_product_group text, to_product_group text, direction text, clients bigint)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT t.municipality::text, t.period_from, t.period_to, t.kind,
		CASE WHEN t.kind IN ('transfer', 'reduction', 'outflow') THEN coalesce(t.from_product::text, '(unknown)') END,
		CASE WHEN t.kind IN ('transfer', 'addition', 'inflow') THEN coalesce(t.to_product::text, '(unknown)') END,
		CASE WHEN t.kind IN ('transfer', 'reduction', 'outflow') THEN coalesce(t.from_group, '(unknown)') END,
		CASE WHEN t.kind IN ('transfer', 'addition', 'inflow') THEN coalesce(t.to_group, '(unknown)') END,
		t.direction, zorgregio.cardinality(t.clients)
	FROM @region@.care_transitions(from_day, to_day, as_of) t;
END;
COMMENT ON FUNCTION @region@.compute_transitions(date, date, date) IS 'Figures of monitor_transitions for the years that have a day in [from_day, to_day), counted up to as_of.';

CREATE OR REPLACE VIEW @region@.monitor_transitions WITH (security_invoker) AS
SELECT t.key, CASE WHEN t.municipality IS NULL THEN 'region' ELSE 'municipality' END AS level,
	t.municipality, m.name AS municipality_name, t.period_from, t.period_to, t.kind,
	t.from_product, f.name AS from_product_name, t.from_product_group, t.to_product, g.name AS to_product_name, t.to_product_group, t.direction, t.clients
FROM @region@.figures_transitions t
	LEFT JOIN @region@.municipalities m ON m.code = t.municipality::zorgregio.municipality
	LEFT JOIN @region@.products f ON f.code = CASE WHEN t.from_product <> '(unknown)' THEN t.from_product::zorgregio.product END
	LEFT JOIN @region@.products g ON g.code = CASE WHEN t.to_product <> '(unknown)' THEN t.to_product::zorgregio.product END;
COMMENT ON VIEW @region@.monitor_transitions IS 'From which product to which (in-, door- en uitstroom per product) per calendar year, in clients per kind and pair of products. A client may be in several rows.';
COMMENT ON COLUMN @region@.monitor_transitions.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.monitor_transitions.level IS 'What the row is a total of: region or municipality (niveau).';
COMMENT ON COLUMN @region@.monitor_transitions.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region.';
COMMENT ON COLUMN @region@.monitor_transitions.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.monitor_transitions.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.monitor_transitions.period_to IS 'Last day of it (t/m); the running year counts up to the day of the refresh.';
COMMENT ON COLUMN @region@.monitor_transitions.kind IS 'inflow (instroom: care begins with the product), transfer (overgang), addition (erbij), reduction (eraf), or outflow (uitstroom: care ends with it).';
COMMENT ON COLUMN @region@.monitor_transitions.from_product IS 'Product code that ended; NULL: none; (unknown): the allotment names none.';
COMMENT ON COLUMN @region@.monitor_transitions.from_product_name IS 'Its name in the catalogue (van product).';
COMMENT ON COLUMN @region@.monitor_transitions.from_product_group IS 'Its group (productgroep); (unknown): it is not in the catalogue.';
COMMENT ON COLUMN @region@.monitor_transitions.to_product IS 'Product code that began; NULL: none; (unknown): the allotment names none.';
COMMENT ON COLUMN @region@.monitor_transitions.to_product_name IS 'Its name in the catalogue (naar product).';
COMMENT ON COLUMN @region@.monitor_transitions.to_product_group IS 'Its group (productgroep); (unknown): it is not in the catalogue.';
COMMENT ON COLUMN @region@.monitor_transitions.direction IS 'Of a transfer within a product group, by the level of the products: up (opschaling), down (afschaling), same level; else other group or other law (andere wet). NULL: no transfer, or a level or product that is not known.';
COMMENT ON COLUMN @region@.monitor_transitions.clients IS 'Different clients with such a transition in the year, in persons (cliënten).';
