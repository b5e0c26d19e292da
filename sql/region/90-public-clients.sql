-- 90-public-clients: how many clients are in care, for outsiders, and which cells of municipalities and groups that hides.

-- The table that all other public views with persons or amounts have in common, complete: a combination without care is 0,
-- so that what is not there tells nothing either.
CREATE OR REPLACE FUNCTION @region@.public_cells(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, row_no bigint, col_no bigint, persons bigint, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH place AS (
		SELECT m.code::text AS municipality FROM @region@.municipalities m
		UNION SELECT f.municipality FROM @region@.figures_spending f WHERE f.municipality IS NOT NULL
	),
	area AS (
		SELECT p.municipality, row_number() OVER (ORDER BY p.municipality) AS row_no FROM place p
		UNION ALL
		SELECT NULL, count(*) + 1 FROM place p
	),
	named AS (
		SELECT p.product_group FROM @region@.products p
		UNION SELECT f.product_group FROM @region@.figures_clients f WHERE f.product_group IS NOT NULL
		UNION SELECT f.product_group FROM @region@.figures_flow f WHERE f.product_group IS NOT NULL
		UNION SELECT f.product_group FROM @region@.figures_waiting f WHERE f.product_group IS NOT NULL
		UNION SELECT f.product_group FROM @region@.figures_spending f WHERE f.product_group IS NOT NULL
	),
	product_group AS (
		SELECT n.product_group, row_number() OVER (ORDER BY n.product_group) AS col_no FROM named n
		UNION ALL
		SELECT NULL, count(*) + 1 FROM named n
	),
	cell AS MATERIALIZED (
		SELECT a.municipality, g.product_group, y.period_from, y.period_to, a.row_no, g.col_no, coalesce(f.persons, 0) AS persons
		FROM area a CROSS JOIN product_group g
			CROSS JOIN (SELECT DISTINCT c.period_from, c.period_to FROM @region@.figures_clients c
				WHERE c.period_kind = 'year' AND c.period_to >= from_day AND c.period_from < to_day AND c.period_to <= as_of) y
			LEFT JOIN @region@.figures_clients f ON f.period_kind = 'year' AND f.period_from = y.period_from AND f.period_to = y.period_to AND f.product IS NULL
				AND f.municipality IS NOT DISTINCT FROM a.municipality AND f.product_group IS NOT DISTINCT FROM g.product_group
	),
	pattern AS (
		SELECT l.period_from, zorgregio.suppress(array_agg(l.persons ORDER BY l.row_no), min(s.suppress_below), greatest(min(s.round_to) - 1, 1)) AS hidden
		FROM (SELECT c.period_from, c.row_no, array_agg(c.persons ORDER BY c.col_no) AS persons FROM cell c GROUP BY c.period_from, c.row_no) l
			CROSS JOIN @region@.settings s
		GROUP BY l.period_from
	)
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, c.row_no, c.col_no, c.persons, p.hidden[c.row_no][c.col_no]
	FROM cell c JOIN pattern p ON p.period_from = c.period_from;
END;
COMMENT ON FUNCTION @region@.public_cells(date, date, date) IS 'For each year that is over on as_of and has a day in [from_day, to_day), and each municipality and product group with their totals: the persons in care, exact, and whether outsiders may not see them. Not for outsiders itself.';
REVOKE EXECUTE ON FUNCTION @region@.public_cells(date, date, date) FROM PUBLIC;

CREATE OR REPLACE FUNCTION @region@.compute_public_clients(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, persons bigint, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, CASE WHEN NOT c.hidden THEN zorgregio.round_to(c.persons, s.round_to)::bigint END, c.hidden
	FROM @region@.public_cells(from_day, to_day, as_of) c CROSS JOIN @region@.settings s;
END;
COMMENT ON FUNCTION @region@.compute_public_clients(date, date, date) IS 'Figures of public_clients for the years that are over on as_of and have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_clients(date, date, date) FROM PUBLIC;

CREATE OR REPLACE VIEW @region@.public_clients WITH (security_invoker) AS
SELECT f.key,
	CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to, f.persons, f.hidden
FROM @region@.figures_public_clients f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.public_clients IS 'Clients in care (cliënten in zorg) for outsiders, per calendar year that is over.';
COMMENT ON COLUMN @region@.public_clients.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_clients.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Persons of one level do not add up to those of another: who is in two groups is one person.';
COMMENT ON COLUMN @region@.public_clients.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment that nobody knows.';
COMMENT ON COLUMN @region@.public_clients.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_clients.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.public_clients.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_clients.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_clients.persons IS 'Different clients with a day of care in the year (unieke cliënten), rounded to settings.round_to; NULL: hidden.';
COMMENT ON COLUMN @region@.public_clients.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';
