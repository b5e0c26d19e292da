-- 92-public-money: spending, budgets and use of what was allotted, for outsiders.

-- Amounts are hidden wherever the persons behind them are, and more where an amount could be computed.
CREATE OR REPLACE FUNCTION @region@.public_spending_cells(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, persons bigint, delivered numeric, spent numeric, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH cell AS MATERIALIZED (
		SELECT c.*, coalesce(f.delivered, 0) AS delivered, coalesce(f.spent, 0) AS spent
		FROM @region@.public_cells(from_day, to_day, as_of) c
			LEFT JOIN @region@.figures_spending f ON f.period_kind = 'year' AND f.period_from = c.period_from AND f.period_to = c.period_to
				AND f.municipality IS NOT DISTINCT FROM c.municipality AND f.product_group IS NOT DISTINCT FROM c.product_group
	),
	line AS (
		SELECT c.period_from, l.layer, c.row_no, array_agg((l.amount * 100)::bigint ORDER BY c.col_no) AS amounts
		FROM cell c CROSS JOIN LATERAL (VALUES (1, c.delivered), (2, c.spent)) l(layer, amount) GROUP BY c.period_from, l.layer, c.row_no
	),
	layer AS (
		SELECT l.period_from, l.layer, array_agg(l.amounts ORDER BY l.row_no) AS amounts FROM line l GROUP BY l.period_from, l.layer
	),
	hide AS (
		SELECT l.period_from, array_agg(l.hidden ORDER BY l.row_no) AS hidden
		FROM (SELECT c.period_from, c.row_no, array_agg(c.hidden ORDER BY c.col_no) AS hidden FROM cell c GROUP BY c.period_from, c.row_no) l
		GROUP BY l.period_from
	),
	pattern AS (
		SELECT l.period_from, zorgregio.suppress_amounts(array_agg(l.amounts ORDER BY l.layer), h.hidden, 100) AS hidden
		FROM layer l JOIN hide h ON h.period_from = l.period_from GROUP BY l.period_from, h.hidden
	)
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, c.persons, c.delivered, c.spent, p.hidden[c.row_no][c.col_no]
	FROM cell c JOIN pattern p ON p.period_from = c.period_from;
END;
COMMENT ON FUNCTION @region@.public_spending_cells(date, date, date) IS 'For the cells of public_cells: what was delivered and spent, exact, and whether outsiders may not see it. Not for outsiders itself.';
REVOKE EXECUTE ON FUNCTION @region@.public_spending_cells(date, date, date) FROM PUBLIC;

CREATE OR REPLACE FUNCTION @region@.compute_public_spending(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, delivered numeric, spent numeric, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, CASE WHEN NOT c.hidden THEN c.delivered END, CASE WHEN NOT c.hidden THEN c.spent END, c.hidden
	FROM @region@.public_spending_cells(from_day, to_day, as_of) c;
END;
COMMENT ON FUNCTION @region@.compute_public_spending(date, date, date) IS 'Figures of public_spending for the years that are over on as_of and have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_spending(date, date, date) FROM PUBLIC;

-- The same pattern as public_spending: both tell what was spent. Budget lines that are not for all care of the combination
-- are left out: those of other groups together would add up with the groups that have a line. That is told from the budgets,
-- which are public: which amounts are equal would tell of a hidden one whether it is 0.
CREATE OR REPLACE FUNCTION @region@.compute_public_budget(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product_group text, period_from date, period_to date, budget numeric, spent numeric, used_share integer, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.municipality, c.product_group, c.period_from, c.period_to, b.budget, CASE WHEN NOT c.hidden THEN c.spent END,
		CASE WHEN NOT c.hidden AND c.persons >= 100 AND b.budget > 0 THEN round(100 * c.spent / b.budget)::integer END, c.hidden
	FROM @region@.public_spending_cells(from_day, to_day, as_of) c
		JOIN @region@.figures_budget b ON b.period_from = c.period_from AND b.period_to = c.period_to
			AND b.municipality IS NOT DISTINCT FROM c.municipality AND b.product_group IS NOT DISTINCT FROM c.product_group
	WHERE b.budget IS NOT NULL AND (b.municipality IS NOT NULL OR b.product_group IS NULL OR NOT EXISTS (
		SELECT FROM @region@.budgets r WHERE r.product_group IS NULL AND make_date(r.year, 1, 1) = b.period_from
			AND NOT EXISTS (SELECT FROM @region@.budgets o WHERE o.municipality = r.municipality AND o.year = r.year AND o.product_group = b.product_group)));
END;
COMMENT ON FUNCTION @region@.compute_public_budget(date, date, date) IS 'Figures of public_budget for the years that are over on as_of and have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_budget(date, date, date) FROM PUBLIC;

-- One level only, so nothing adds up. What is allotted in several units has no share.
CREATE OR REPLACE FUNCTION @region@.compute_public_utilisation(from_day date, to_day date, as_of date)
	RETURNS TABLE (municipality text, product text, period_from date, period_to date, product_group text, share integer, hidden boolean)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT NULL, p.code::text, y.period_from, y.period_to, p.product_group, CASE WHEN h.shown THEN round(100 * u.share)::integer END, NOT h.shown
	FROM @region@.products p
		CROSS JOIN (SELECT DISTINCT c.period_from, c.period_to FROM @region@.public_cells(from_day, to_day, as_of) c) y
		LEFT JOIN @region@.figures_clients f ON f.product = p.code::text AND f.municipality IS NULL AND f.period_kind = 'year'
			AND f.period_from = y.period_from AND f.period_to = y.period_to
		LEFT JOIN (
			SELECT u.product, u.period_from, u.period_to, min(u.share) AS share FROM @region@.figures_utilisation u
			WHERE u.municipality IS NULL AND u.period_kind = 'year' GROUP BY u.product, u.period_from, u.period_to HAVING count(*) = 1
		) u ON u.product = p.code::text AND u.period_from = y.period_from AND u.period_to = y.period_to
		CROSS JOIN LATERAL (SELECT coalesce(f.persons, 0) >= 100 AND u.share IS NOT NULL) h(shown);
END;
COMMENT ON FUNCTION @region@.compute_public_utilisation(date, date, date) IS 'Figures of public_utilisation for the years that are over on as_of and have a day in [from_day, to_day).';
REVOKE EXECUTE ON FUNCTION @region@.compute_public_utilisation(date, date, date) FROM PUBLIC;

CREATE OR REPLACE VIEW @region@.public_spending WITH (security_invoker) AS
SELECT f.key,
	CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to, f.delivered, f.spent, f.hidden
FROM @region@.figures_public_spending f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.public_spending IS 'Spending (uitgaven) for outsiders, per calendar year that is over. Hidden wherever the number of clients is in public_clients, and where such an amount could be computed.';
COMMENT ON COLUMN @region@.public_spending.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_spending.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Persons of one level do not add up to those of another: who is in two groups is one person.';
COMMENT ON COLUMN @region@.public_spending.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment that nobody knows.';
COMMENT ON COLUMN @region@.public_spending.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_spending.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.public_spending.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_spending.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_spending.delivered IS 'Cost of the care delivered, in euro (geleverd); NULL: hidden.';
COMMENT ON COLUMN @region@.public_spending.spent IS 'Claimed and paid as lump sums, in euro (besteed); NULL: hidden.';
COMMENT ON COLUMN @region@.public_spending.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';

CREATE OR REPLACE VIEW @region@.public_budget WITH (security_invoker) AS
SELECT f.key,
	CASE WHEN f.municipality IS NULL THEN 'region' ELSE 'municipality' END || CASE WHEN f.product_group IS NULL THEN '' ELSE ' by product group' END AS level,
	f.municipality, m.name AS municipality_name, f.product_group, f.period_from, f.period_to, f.budget, f.spent, f.used_share,
	f.hidden
FROM @region@.figures_public_budget f
	LEFT JOIN @region@.municipalities m ON m.code = CASE WHEN f.municipality <> '(unknown)' THEN f.municipality::zorgregio.municipality END;
COMMENT ON VIEW @region@.public_budget IS 'Budgets and what was spent of them (begroting en uitputting) for outsiders, per calendar year that is over.';
COMMENT ON COLUMN @region@.public_budget.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_budget.level IS 'What the row is a total of: region or municipality, followed by nothing (all care) or by product group (niveau). Persons of one level do not add up to those of another: who is in two groups is one person.';
COMMENT ON COLUMN @region@.public_budget.municipality IS 'CBS code of the municipality that pays (gemeentecode); NULL: the region; (unknown): claims on an allotment that nobody knows.';
COMMENT ON COLUMN @region@.public_budget.municipality_name IS 'Its name (gemeente).';
COMMENT ON COLUMN @region@.public_budget.product_group IS 'Product group (productgroep); NULL: all; (unknown): the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.public_budget.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_budget.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_budget.budget IS 'What was set aside, in euro (begroting); a public fact.';
COMMENT ON COLUMN @region@.public_budget.spent IS 'Claimed and paid as lump sums, in euro (besteed), as in public_spending; NULL: hidden.';
COMMENT ON COLUMN @region@.public_budget.used_share IS 'Part of the budget that was spent, in whole percents (uitputting); NULL: hidden, or for fewer than 100 clients.';
COMMENT ON COLUMN @region@.public_budget.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';

CREATE OR REPLACE VIEW @region@.public_utilisation WITH (security_invoker) AS
SELECT f.key, f.municipality, f.product_group, f.product, p.name AS product_name, f.period_from, f.period_to, f.share, f.hidden
FROM @region@.figures_public_utilisation f
	JOIN @region@.products p ON p.code = f.product::zorgregio.product;
COMMENT ON VIEW @region@.public_utilisation IS 'Use of allotments (benutting) for outsiders: products of the catalogue in the region, per calendar year that is over.';
COMMENT ON COLUMN @region@.public_utilisation.key IS 'Number of the row, the same at every refresh.';
COMMENT ON COLUMN @region@.public_utilisation.municipality IS 'Always NULL: the region (regio).';
COMMENT ON COLUMN @region@.public_utilisation.product_group IS 'Its product group (productgroep).';
COMMENT ON COLUMN @region@.public_utilisation.product IS 'Product code (product).';
COMMENT ON COLUMN @region@.public_utilisation.product_name IS 'Its name in the catalogue (productnaam).';
COMMENT ON COLUMN @region@.public_utilisation.period_from IS 'First day of the calendar year (van).';
COMMENT ON COLUMN @region@.public_utilisation.period_to IS 'Last day of it (t/m).';
COMMENT ON COLUMN @region@.public_utilisation.share IS 'What was claimed of what could be, in whole percents (benutting); NULL: hidden, for fewer than 100 clients, or not known.';
COMMENT ON COLUMN @region@.public_utilisation.hidden IS 'Whether figures of the row are hidden (onderdrukt): because they are small, or because a small one could be computed from them; which of the two is not told.';
