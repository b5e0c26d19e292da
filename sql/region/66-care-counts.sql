-- 66-care-counts: what facts and amounts are counted from, in one pass over allotments, deliveries and claim lines.
--
-- How many contracts there are cannot be seen through the grouping, so the planner would join them row by row: hence
-- enable_nestloop = off.

CREATE OR REPLACE FUNCTION @region@.numbered_groups()
	RETURNS TABLE (product_group text, number integer)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT p.product_group, row_number() OVER (ORDER BY p.product_group)::integer FROM @region@.products p WHERE p.product_group <> '(unknown)' GROUP BY p.product_group;
END;
COMMENT ON FUNCTION @region@.numbered_groups() IS 'The product groups of the catalogue with the numbers that stand for them in zorgregio.care_amounts_agg.';

CREATE OR REPLACE FUNCTION @region@.amount_rows()
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, product zorgregio.product, declaration bigint, product_group integer, prices zorgregio.tariff_book)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT NULL::zorgregio.provider, NULL::zorgregio.municipality, p.code, NULL::bigint, g.number, NULL::zorgregio.tariff_book
	FROM @region@.products p JOIN @region@.numbered_groups() g ON g.product_group = p.product_group
	UNION ALL
	SELECT NULL, NULL, NULL, NULL, NULL, @region@.price_list()
	UNION ALL
	SELECT c.provider, c.municipality, c.product, NULL, NULL, c.prices FROM @region@.contract_prices() c
	UNION ALL
	SELECT d.provider, d.municipality, NULL, d.id, NULL, NULL FROM @region@.declarations d;
END;
COMMENT ON FUNCTION @region@.amount_rows() IS 'What zorgregio.care_amounts_agg asks beside care_rows: products with the number of their group, prices, and declarations.';

CREATE OR REPLACE FUNCTION @region@.contract_windows(as_of date)
	RETURNS TABLE (id integer, provider zorgregio.provider, municipality zorgregio.municipality, product_group text, kind text, categories text[], start date, first_year daterange)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT (row_number() OVER (ORDER BY w.provider, w.municipality, w.product_group))::integer, w.provider, w.municipality, w.product_group, w.kind, w.categories, w.start,
		CASE WHEN (w.start + interval '12 months')::date <= as_of + 1 THEN daterange(w.start, (w.start + interval '12 months')::date) END
	FROM (
		SELECT DISTINCT ON (k.provider, k.municipality, k.product_group) k.*
		FROM (
			SELECT c.provider, c.municipality, p.product_group, c.kind, array_agg(DISTINCT zorgregio.category(c.product)) AS categories,
				(SELECT lower(run) FROM unnest(range_agg(c.valid)) run WHERE run @> as_of) AS start
			FROM @region@.contracts c JOIN @region@.products p ON p.code = c.product
			GROUP BY c.provider, c.municipality, p.product_group, c.kind
			HAVING bool_or(c.valid @> as_of)
		) k
		ORDER BY k.provider, k.municipality, k.product_group, array_position(ARRAY['framework', 'bridging', 'subcontract'], k.kind)) w
	WHERE isfinite(as_of);
END;
COMMENT ON FUNCTION @region@.contract_windows(date) IS 'The contracts of the day per provider, municipality and product group, with a number each: the weightiest kind, from the start of its unbroken run, and its first twelve months when they are over (NULL: not yet).';

-- Care that was delivered or claimed; what was credited in full was not. An allotment without a product of its own counts in
-- every group that it can be for. Both aggregates read all claim lines, which takes as long as what they do with them.
CREATE OR REPLACE FUNCTION @region@.count_care(as_of date, amount_days daterange)
	RETURNS TABLE (amounts zorgregio.care_amount[], counts zorgregio.provider_count[])
	LANGUAGE sql STABLE PARALLEL SAFE SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH windows AS MATERIALIZED (SELECT w.* FROM @region@.contract_windows(as_of) w),
	day AS MATERIALIZED (SELECT d.* FROM zorgregio.outflow_windows(as_of) d)
	SELECT zorgregio.care_amounts_agg(x.number, x.provider, x.municipality, x.indication, x.change_reason, x.started, x.ended, x.product_period, x.product, x.volume,
			x.amount, x.credit, x.declaration, x.product_group, x.prices, amount_days, as_of)
			FILTER (WHERE amount_days IS NOT NULL AND x.contract IS NULL),
		zorgregio.provider_counts_agg(x.number, x.client, x.provider, x.municipality, x.product, x.contract, x.first_year, x.until, x.law, x.change_reason, x.started, x.ended,
			x.stop_reason, x.meaning, x.product_period, x.amount, (SELECT d.year_back FROM day d), (SELECT d.calendar_year FROM day d))
	FROM (
		SELECT NULL::bigint AS number, NULL::bigint AS client, w.provider, w.municipality, NULL::zorgregio.indication AS indication, p.code AS product,
			w.id AS contract, w.first_year, NULL::date AS until, NULL::text AS law, NULL::text AS change_reason, NULL::date AS started, NULL::date AS ended,
			NULL::text AS stop_reason, NULL::text AS meaning, NULL::daterange AS product_period, NULL::zorgregio.volume AS volume, NULL::numeric AS amount,
			NULL::boolean AS credit, NULL::bigint AS declaration, NULL::integer AS product_group, NULL::zorgregio.tariff_book AS prices
		FROM windows w JOIN @region@.products p ON p.product_group = w.product_group
		UNION ALL
		SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, m.law, m.change_reason, NULL, NULL, m.stop_reason, m.meaning, NULL, NULL, NULL, NULL, NULL, NULL, NULL
		FROM zorgregio.stop_meaning m
		UNION ALL
		SELECT NULL, NULL, r.provider, r.municipality, NULL, r.product, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, r.declaration, r.product_group, r.prices
		FROM @region@.amount_rows() r WHERE amount_days IS NOT NULL
		UNION ALL
		SELECT a.number, a.client, a.provider, a.municipality, NULL, NULL, w.id, NULL, upper(zorgregio.period(a.indication)), zorgregio.law(zorgregio.product(a.indication)), a.change_reason,
			NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
		FROM @region@.allocations a JOIN windows w ON w.provider = a.provider AND w.municipality = a.municipality
		WHERE zorgregio.code(zorgregio.product(a.indication)) IS NULL
			AND coalesce(zorgregio.category(zorgregio.product(a.indication)) = ANY (w.categories), true)
			AND NOT EXISTS (SELECT FROM @region@.products p WHERE p.code = zorgregio.product(a.indication))
			AND NOT zorgregio.never_sent(a.indication, a.change_reason)
		UNION ALL
		SELECT r.number, r.client, r.provider, r.municipality, r.indication, r.product, NULL, NULL, r.until, r.law, r.change_reason, r.started, r.ended, r.stop_reason, NULL,
			r.product_period, r.volume, r.amount, r.credit, r.declaration, NULL, NULL
		FROM @region@.care_rows r
	) x;
END;
COMMENT ON FUNCTION @region@.count_care(date, daterange) IS 'What provider_facts counts for a day, and, unless amount_days is NULL, the amounts of these days: both from one pass over care_rows. See zorgregio.provider_counts_agg and zorgregio.care_amounts_agg.';
