-- 91-public-care: flows, scaling and waiting for outsiders.
--
-- What a view publishes together is hidden together, so that neither the figures of a row nor its years tell of each other.

-- Flows of one year bring the persons of the next about, nearly: one pattern for all years.
CREATE OR REPLACE FUNCTION @region@.compute_public_flow(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, inflow bigint, outflow bigint, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH cell AS MATERIALIZED (
		SELECT c.*, coalesce(f.inflow, 0) AS inflow, coalesce(f.outflow, 0) AS outflow
		FROM @region@.public_cells(from_day, to_day, as_of) c
			LEFT JOIN @region@.figures_flow f ON f.period_kind = 'year' AND f.period_from = c.period_from AND f.period_to = c.period_to
				AND f.municipality IS NOT DISTINCT FROM c.municipality AND f.product_group IS NOT DISTINCT FROM c.product_group
	),
	line AS (
		SELECT c.period_from, l.layer, c.row_no, array_agg(l.figure ORDER BY c.col_no) AS figures
		FROM cell c CROSS JOIN LATERAL (VALUES (1, c.persons), (2, c.inflow), (3, c.outflow)) l(layer, figure) GROUP BY c.period_from, l.layer, c.row_no
	),
	layer AS (
		SELECT l.period_from, l.layer, array_agg(l.figures ORDER BY l.row_no) AS figures FROM line l GROUP BY l.period_from, l.layer
	),
	pattern AS (
		SELECT zorgregio.suppress(array_agg(l.figures ORDER BY l.period_from, l.layer), min(s.suppress_below), greatest(min(s.round_to) - 1, 1)) AS hidden
		FROM layer l CROSS JOIN @region@.settings s
	)
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, CASE WHEN NOT h.hidden THEN zorgregio.round_to(c.inflow, s.round_to)::bigint END,
		CASE WHEN NOT h.hidden THEN zorgregio.round_to(c.outflow, s.round_to)::bigint END, h.hidden
	FROM cell c CROSS JOIN pattern p CROSS JOIN LATERAL (SELECT p.hidden[c.row_no][c.col_no]) h(hidden) CROSS JOIN @region@.settings s;
END;
COMMENT ON FUNCTION @region@.compute_public_flow(date, date, date) IS 'Figures of public_flow for the years that are over on as_of and have a day in [from_day, to_day); a combination is hidden in all of them or in none.';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_flow(date, date, date) FROM PUBLIC;

CREATE OR REPLACE FUNCTION @region@.compute_public_transitions(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, scaled_up bigint, scaled_down bigint, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH cell AS MATERIALIZED (
		SELECT c.*, coalesce(f.scaled_up, 0) AS scaled_up, coalesce(f.scaled_down, 0) AS scaled_down
		FROM @region@.public_cells(from_day, to_day, as_of) c
			LEFT JOIN @region@.figures_scaling f ON f.period_from = c.period_from AND f.period_to = c.period_to
				AND f.municipality IS NOT DISTINCT FROM c.municipality AND f.product_group IS NOT DISTINCT FROM c.product_group
	),
	line AS (
		SELECT c.period_from, l.layer, c.row_no, array_agg(l.figure ORDER BY c.col_no) AS figures
		FROM cell c CROSS JOIN LATERAL (VALUES (1, c.scaled_up), (2, c.scaled_down)) l(layer, figure) GROUP BY c.period_from, l.layer, c.row_no
	),
	layer AS (
		SELECT l.period_from, l.layer, array_agg(l.figures ORDER BY l.row_no) AS figures FROM line l GROUP BY l.period_from, l.layer
	),
	pattern AS (
		SELECT l.period_from, zorgregio.suppress(array_agg(l.figures ORDER BY l.layer), min(s.suppress_below), greatest(min(s.round_to) - 1, 1)) AS hidden
		FROM layer l CROSS JOIN @region@.settings s GROUP BY l.period_from
	)
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, CASE WHEN NOT h.hidden THEN zorgregio.round_to(c.scaled_up, s.round_to)::bigint END,
		CASE WHEN NOT h.hidden THEN zorgregio.round_to(c.scaled_down, s.round_to)::bigint END, h.hidden
	FROM cell c JOIN pattern p ON p.period_from = c.period_from CROSS JOIN LATERAL (SELECT p.hidden[c.row_no][c.col_no]) h(hidden) CROSS JOIN @region@.settings s;
END;
COMMENT ON FUNCTION @region@.compute_public_transitions(date, date, date) IS 'Figures of public_transitions for the years that are over on as_of and have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_transitions(date, date, date) FROM PUBLIC;

-- Allotments, not persons: so the persons in care decide too.
CREATE OR REPLACE FUNCTION @region@.compute_public_waiting(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, within_norm bigint, beyond_norm bigint, share_within_norm integer,
		median_days bigint, norm_days integer, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH cell AS MATERIALIZED (
		SELECT c.*, coalesce(f.within_norm, 0) AS within_norm, coalesce(f.started - f.within_norm, 0) AS beyond_norm, f.median_days
		FROM @region@.public_cells(from_day, to_day, as_of) c
			LEFT JOIN @region@.figures_waiting f ON f.period_from = c.period_from AND f.period_to = c.period_to
				AND f.municipality IS NOT DISTINCT FROM c.municipality AND f.product_group IS NOT DISTINCT FROM c.product_group
	),
	line AS (
		SELECT c.period_from, l.layer, c.row_no, array_agg(l.figure ORDER BY c.col_no) AS figures
		FROM cell c CROSS JOIN LATERAL (VALUES (1, c.persons), (2, c.within_norm), (3, c.beyond_norm)) l(layer, figure) GROUP BY c.period_from, l.layer, c.row_no
	),
	layer AS (
		SELECT l.period_from, l.layer, array_agg(l.figures ORDER BY l.row_no) AS figures FROM line l GROUP BY l.period_from, l.layer
	),
	pattern AS (
		SELECT l.period_from, zorgregio.suppress(array_agg(l.figures ORDER BY l.layer), min(s.suppress_below), greatest(min(s.round_to) - 1, 1)) AS hidden
		FROM layer l CROSS JOIN @region@.settings s GROUP BY l.period_from
	)
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, CASE WHEN NOT h.hidden THEN zorgregio.round_to(c.within_norm, s.round_to)::bigint END,
		CASE WHEN NOT h.hidden THEN zorgregio.round_to(c.beyond_norm, s.round_to)::bigint END,
		CASE WHEN NOT h.hidden AND h.enough THEN round(100.0 * c.within_norm / (c.within_norm + c.beyond_norm))::integer END,
		CASE WHEN NOT h.hidden AND h.enough THEN c.median_days END, s.waiting_norm_days, h.hidden
	FROM cell c JOIN pattern p ON p.period_from = c.period_from
		CROSS JOIN LATERAL (SELECT p.hidden[c.row_no][c.col_no], least(c.persons, c.within_norm + c.beyond_norm) >= 100) h(hidden, enough)
		CROSS JOIN @region@.settings s;
END;
COMMENT ON FUNCTION @region@.compute_public_waiting(date, date, date) IS 'Figures of public_waiting for the years that are over on as_of and have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_waiting(date, date, date) FROM PUBLIC;

CREATE OR REPLACE VIEW @region@.public_flow WITH (security_invoker) AS
SELECT f.key,
	CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to, f.inflow, f.outflow, f.hidden
FROM @region@.figures_public_flow f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.public_flow IS 'In- and outflow of persons (in- en uitstroom) for outsiders, per calendar year that is over; a combination is hidden in all years or in none. Without stocks, which would tie the years together.';
COMMENT ON COLUMN @region@.public_flow.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_flow.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Persons of one level do not add up to those of another: who is in two groups is one person.';
COMMENT ON COLUMN @region@.public_flow.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment that nobody knows.';
COMMENT ON COLUMN @region@.public_flow.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_flow.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.public_flow.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_flow.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_flow.inflow IS 'Times that care of a person began in the year (instroom), rounded; NULL: hidden.';
COMMENT ON COLUMN @region@.public_flow.outflow IS 'Times that care of a person ended in the year (uitstroom), rounded; NULL: hidden.';
COMMENT ON COLUMN @region@.public_flow.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';

CREATE OR REPLACE VIEW @region@.public_transitions WITH (security_invoker) AS
SELECT f.key,
	CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to, f.scaled_up, f.scaled_down, f.hidden
FROM @region@.figures_public_transitions f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.public_transitions IS 'Scaling up and down within product groups (op- en afschaling) for outsiders, in persons per calendar year that is over. Transfers between single products are too few to publish.';
COMMENT ON COLUMN @region@.public_transitions.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_transitions.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Persons of one level do not add up to those of another: who is in two groups is one person.';
COMMENT ON COLUMN @region@.public_transitions.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment that nobody knows.';
COMMENT ON COLUMN @region@.public_transitions.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_transitions.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.public_transitions.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_transitions.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_transitions.scaled_up IS 'Different clients with a transfer to a product of a higher level in the same group (opschaling), rounded; NULL: hidden.';
COMMENT ON COLUMN @region@.public_transitions.scaled_down IS 'Different clients with a transfer to a product of a lower level in the same group (afschaling), rounded; NULL: hidden.';
COMMENT ON COLUMN @region@.public_transitions.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';

CREATE OR REPLACE VIEW @region@.public_waiting WITH (security_invoker) AS
SELECT f.key,
	CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to, f.within_norm, f.beyond_norm,
	f.share_within_norm, f.median_days, f.norm_days, f.hidden
FROM @region@.figures_public_waiting f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.public_waiting IS 'Waiting time (wachttijd) for outsiders: allotments by calendar year of the request that is over.';
COMMENT ON COLUMN @region@.public_waiting.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_waiting.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Persons of one level do not add up to those of another: who is in two groups is one person.';
COMMENT ON COLUMN @region@.public_waiting.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment that nobody knows.';
COMMENT ON COLUMN @region@.public_waiting.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_waiting.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.public_waiting.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_waiting.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_waiting.within_norm IS 'Allotments asked for in the year on which care started within the norm (binnen de norm), rounded; NULL: hidden.';
COMMENT ON COLUMN @region@.public_waiting.beyond_norm IS 'Allotments asked for in the year on which care started later (buiten de norm), rounded; NULL: hidden.';
COMMENT ON COLUMN @region@.public_waiting.share_within_norm IS 'Part of both that started within the norm, in whole percents (aandeel binnen de norm); NULL: hidden, or of fewer than 100.';
COMMENT ON COLUMN @region@.public_waiting.median_days IS 'Median of the days from request to start (mediane wachttijd); NULL: hidden, or of fewer than 100.';
COMMENT ON COLUMN @region@.public_waiting.norm_days IS 'The norm in days (norm).';
COMMENT ON COLUMN @region@.public_waiting.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';
