-- 86-check-relations: what rows have wrong together: keys, overlaps, codes, tariffs, allotments and joins.
--
-- Each check is a query of (example, rows). typed has the query that reads each table in the region's types, as text.

CREATE FUNCTION check_keys(region text, columns jsonb, typed jsonb, known jsonb, keys jsonb) RETURNS TABLE (check_name text, table_name text, column_name text,
		severity text, explanation text, query text)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH given AS (
		SELECT c.table_name, r.oid AS relid, array_agg(a.attnum) FILTER (WHERE c.state NOT IN ('missing', 'lost', 'unreadable')) AS present
		FROM jsonb_to_recordset(columns) c(table_name text, column_name text, in_source boolean, state text)
			JOIN pg_class r ON r.relname = c.table_name AND r.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = region)
			JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = c.column_name
		WHERE c.in_source GROUP BY c.table_name, r.oid
	)
	SELECT 'duplicate key', g.table_name, CASE WHEN cardinality(k.conkey) = 1 THEN l.names END, 'error',
		pg_catalog.format('Several rows have the same %s.', l.names),
		pg_catalog.format('SELECT min(%s), count(*) FROM %s t %sGROUP BY %s HAVING count(*) > 1', keys ->> g.table_name, typed ->> g.table_name,
			CASE WHEN i.indnullsnotdistinct THEN '' ELSE pg_catalog.format('WHERE num_nulls(%s) = 0 ', l.list) END, l.list)
	FROM given g JOIN pg_constraint k ON k.conrelid = g.relid AND k.contype IN ('p', 'u') AND k.conkey <@ g.present
		JOIN pg_index i ON i.indexrelid = k.conindid
		CROSS JOIN LATERAL (
			SELECT string_agg(pg_catalog.format('t.%I', a.attname), ', ' ORDER BY n.n), string_agg(a.attname, ', ' ORDER BY n.n)
			FROM unnest(k.conkey) WITH ORDINALITY n(attnum, n) JOIN pg_attribute a ON a.attrelid = g.relid AND a.attnum = n.attnum) l(list, names)
	UNION ALL
	SELECT 'unknown code', g.table_name, a.attname::text, 'error', pg_catalog.format('There is no such row in %s.', f.relname),
		pg_catalog.format('SELECT t.%1$I::text, count(*) FROM %2$s t WHERE t.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM %3$s r WHERE r.%4$I = t.%1$I) GROUP BY 1',
			a.attname, typed ->> g.table_name, coalesce(known ->> f.relname::text, pg_catalog.format('%I.%I', region, f.relname)), fa.attname)
	FROM given g JOIN pg_constraint k ON k.conrelid = g.relid AND k.contype = 'f' AND cardinality(k.conkey) = 1 AND k.conkey <@ g.present
		JOIN pg_attribute a ON a.attrelid = g.relid AND a.attnum = k.conkey[1]
		JOIN pg_class f ON f.oid = k.confrelid AND f.relname <> 'allocations'
		JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = k.confkey[1];
END;
COMMENT ON FUNCTION check_keys(text, jsonb, jsonb, jsonb, jsonb) IS 'Queries for rows that break a key or a reference of the region''s tables; part of check_region. What is in the region itself has passed them.';

-- always: no constraint of the region sees to it.
CREATE FUNCTION check_overlaps(columns jsonb, typed jsonb, keys jsonb) RETURNS TABLE (check_name text, table_name text, column_name text,
		severity text, explanation text, query text)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT 'overlap', o.table_name, o.column_name, o.severity, o.explanation,
		pg_catalog.format('SELECT o.key, 1::bigint FROM (SELECT %1$s AS key, coalesce(lower(%2$s), ''-infinity'') < max(coalesce(upper(%2$s), ''infinity''))
				OVER (PARTITION BY %3$s ORDER BY coalesce(lower(%2$s), ''-infinity''), upper(%2$s) ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bad
			FROM %4$s t WHERE NOT isempty(%2$s) AND %5$s) o WHERE o.bad',
			keys ->> o.table_name, o.days, o.same, coalesce(o.rows_of, typed ->> o.table_name), o.condition)
	FROM (VALUES
		(true, 'allocations', 'indication', 'warning', 'zorgregio.period(t.indication)', 't.client, t.provider, zorgregio.product(t.indication)',
			'num_nulls(t.client, t.provider) = 0 AND NOT zorgregio.never_sent(t.indication, t.change_reason) AND coalesce(zorgregio.category(zorgregio.product(t.indication)), '''') NOT IN (''11'', ''12'', ''13'', ''14'')',
			pg_catalog.format('(SELECT DISTINCT t.number, t.client, t.provider, t.indication, t.change_reason FROM %s t)', typed ->> 'allocations'),
			'A client has another allotment of the same product at the same provider on the same days (OP259). Never sent ones are left out, and Wmo categories 11 to 14, which may overlap.'),
		(true, 'deliveries', 'started', 'warning', 'daterange(t.started, CASE WHEN t.ended >= t.started AND t.ended < ''5874897-12-31'' THEN t.ended END, ''[]'')', 't.number', 'num_nulls(t.number, t.started) = 0', NULL,
			'Two deliveries of one allotment share days.'),
		(false, 'contracts', 'valid', 'error', 't.valid', 't.provider, t.municipality, t.product', 't.kind IS DISTINCT FROM ''subcontract''', NULL,
			'Two contracts of one provider, municipality and product share days.'),
		(false, 'tariffs', 'valid', 'error', 't.valid', 't.product, t.tariff_group', 't.status IS DISTINCT FROM ''proposed''', NULL,
			'Two tariffs of one product and group share days.'),
		(false, 'sourcings', 'valid', 'error', 't.valid', 't.municipality, t.product', 'true', NULL, 'Two channels of one municipality and product share days.'),
		(false, 'dossiers', 'valid', 'error', 't.valid', 't.provider', 'true', NULL, 'Two dossiers of one provider share days.'),
		(false, 'closures', 'valid', 'error', 't.valid', 't.municipality, t.product_group', 'true', NULL, 'Two closures of one municipality and product group share days.'),
		(false, 'bundles', 'valid', 'error', 't.valid', 't.product, t.requires', 'true', NULL, 'Two rows of one pair of products share days.'),
		(false, 'lump_sums', 'valid', 'error', 't.valid', 't.provider, t.municipality, t.product_group', 'true', NULL, 'Two lump sums of one provider, municipality and product group share days.')
	) o(always, table_name, column_name, severity, days, same, condition, rows_of, explanation)
	WHERE o.always OR EXISTS (SELECT FROM jsonb_to_recordset(columns) c(table_name text, in_source boolean) WHERE c.table_name = o.table_name AND c.in_source);
END;
COMMENT ON FUNCTION check_overlaps(jsonb, jsonb, jsonb) IS 'Queries for rows that share days with another row and may not; each counts the later ones; part of check_region.';

CREATE FUNCTION check_care(columns jsonb, typed jsonb, known jsonb, keys jsonb, as_of date) RETURNS TABLE (check_name text, table_name text, column_name text,
		severity text, explanation text, query text)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH c AS (SELECT c.* FROM jsonb_to_recordset(columns) c(table_name text, column_name text, in_source boolean)),
	part AS (
		SELECT typed ->> 'allocations' AS a, typed ->> 'deliveries' AS d, typed ->> 'claims' AS l, typed ->> 'contracts' AS k, known ->> 'allocations' AS known_a,
			known ->> 'products' AS p, known ->> 'contracts' AS known_k, known ->> 'tariffs' AS f,
			keys ->> 'allocations' AS number,
			CASE WHEN EXISTS (SELECT FROM c WHERE (c.table_name, c.column_name) = ('allocations', 'law')) THEN 't.law, ' ELSE '' END AS law,
			EXISTS (SELECT FROM c WHERE (c.table_name, c.column_name) = ('claims', 'product')) AS claims_product,
			EXISTS (SELECT FROM c WHERE c.table_name = 'allocations' AND c.in_source) AS mapped_allocations,
			EXISTS (SELECT FROM c WHERE c.table_name = 'contracts' AND c.in_source) AS mapped_contracts
	)
	SELECT x.check_name, x.table_name, x.column_name, x.severity, x.explanation, x.query
	FROM part, LATERAL (VALUES
		(true, 'unknown code', 'allocations', 'indication', 'error', 'The product is not in the catalogue (products): it belongs to no product group.',
			pg_catalog.format('SELECT i.product::text, count(*) FROM %s t, LATERAL (SELECT zorgregio.product(t.indication)) i(product)
				WHERE zorgregio.code(i.product) IS NOT NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.code = i.product) GROUP BY 1', part.a, part.p)),
		(true, 'unknown code', 'allocations', 'indication', 'warning', 'The allotment names a category without a code, and the category alone is not in the catalogue (products): it belongs to no product group.',
			pg_catalog.format('SELECT i.product::text, count(*) FROM %s t, LATERAL (SELECT zorgregio.product(t.indication)) i(product)
				WHERE i.product IS NOT NULL AND zorgregio.code(i.product) IS NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.code = i.product) GROUP BY 1', part.a, part.p)),
		(part.claims_product, 'unknown code', 'claims', 'product', 'warning', 'The product that is claimed is not in the catalogue (products).',
			pg_catalog.format('SELECT t.product::text, count(*) FROM %s t WHERE t.product IS NOT NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.code = t.product) GROUP BY 1', part.l, part.p)),
		(true, 'unknown code', 'allocations', 'change_reason', 'error', 'The law has no such reason for change (zorgregio.change_reason).',
			pg_catalog.format('SELECT zorgregio.check_shown(t.change_reason, %s), count(*) FROM %s t LEFT JOIN %s p ON p.code = zorgregio.product(t.indication)
				CROSS JOIN LATERAL (SELECT coalesce(%sp.law, zorgregio.law(zorgregio.product(t.indication)))) w(law)
				WHERE t.change_reason IS NOT NULL AND NOT EXISTS (SELECT FROM zorgregio.change_reason r WHERE r.code = t.change_reason AND (r.law = w.law OR w.law IS NULL)) GROUP BY 1',
				part.number, part.a, part.p, part.law)),
		(true, 'unknown code', 'deliveries', 'stop_reason', 'error', 'The law has no such reason for stopping (zorgregio.stop_reason): a code of the Wmo may mean nothing under the Jeugdwet.',
			pg_catalog.format('SELECT zorgregio.check_shown(d.stop_reason, %s), count(*) FROM %s d LEFT JOIN %s t ON t.number = d.number LEFT JOIN %s p ON p.code = zorgregio.product(t.indication)
				CROSS JOIN LATERAL (SELECT coalesce(%sp.law, zorgregio.law(zorgregio.product(t.indication)))) w(law)
				WHERE d.stop_reason IS NOT NULL AND NOT EXISTS (SELECT FROM zorgregio.stop_reason r WHERE r.code = d.stop_reason AND (r.law = w.law OR w.law IS NULL)) GROUP BY 1',
				part.number, part.d, part.known_a, part.p, part.law)),
		(true, 'no allotment', 'deliveries', 'number', 'error', 'No allotment has this number.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t WHERE t.number IS NOT NULL AND NOT EXISTS (SELECT FROM %s a WHERE a.number = t.number) GROUP BY 1', part.number, part.d, part.known_a)),
		(true, 'no allotment', 'claims', 'number', 'error', 'No allotment has this number (TR338).',
			pg_catalog.format('SELECT %s, count(*) FROM %s t WHERE t.number IS NOT NULL AND NOT EXISTS (SELECT FROM %s a WHERE a.number = t.number) GROUP BY 1', part.number, part.l, part.known_a)),
		(true, 'outside period', 'deliveries', 'started', 'warning', 'Care was delivered on days outside the allotment.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t JOIN %s a ON a.number = t.number
				WHERE NOT zorgregio.period(a.indication) @> t.started OR NOT zorgregio.period(a.indication) @> t.ended GROUP BY 1', part.number, part.d, part.known_a)),
		(true, 'no end', 'deliveries', 'ended', 'warning', pg_catalog.format('The delivery has no end, though its allotment ended before %s: is a stop message missing?', to_char(as_of, 'YYYY-MM-DD')),
			pg_catalog.format('SELECT %s, count(*) FROM %s t JOIN %s a ON a.number = t.number
				WHERE t.ended IS NULL AND upper(zorgregio.period(a.indication)) <= %L::date AND zorgregio.period(a.indication) @> t.started GROUP BY 1', part.number, part.d, part.known_a, as_of)),
		(true, 'outside period', 'claims', 'product_period', 'warning', 'Days outside the allotment are claimed (TR307, TR308).',
			pg_catalog.format('SELECT %s, count(*) FROM %s t JOIN %s a ON a.number = t.number WHERE NOT zorgregio.period(a.indication) @> t.product_period GROUP BY 1', part.number, part.l, part.known_a)),
		(true, 'never sent', 'deliveries', 'number', 'warning', 'The allotment was never sent (reason 13, end = start), so this care counts nowhere.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t JOIN %s a ON a.number = t.number WHERE zorgregio.never_sent(a.indication, a.change_reason) GROUP BY 1', part.number, part.d, part.known_a)),
		(true, 'never sent', 'claims', 'number', 'warning', 'The allotment was never sent (reason 13, end = start), so this claim counts nowhere.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t JOIN %s a ON a.number = t.number WHERE zorgregio.never_sent(a.indication, a.change_reason) GROUP BY 1', part.number, part.l, part.known_a)),
		(true, 'no tariff', 'allocations', 'indication', 'warning',
			pg_catalog.format('The allotment has days, up to %s at the latest, on which its product has no tariff in the tariff group of its provider.', to_char(make_date(extract(year FROM as_of)::integer, 12, 31), 'YYYY-MM-DD')),
			-- A group that has lines of a product uses those alone, like for_group(); days without a contract of a group are priced at the ordinary tariff.
			pg_catalog.format('WITH priced AS (
					SELECT f.product, f.tariff_group, range_agg(f.valid) AS days FROM %1$s f WHERE f.status IS DISTINCT FROM ''proposed'' AND num_nulls(f.product, f.valid, f.tariff) = 0 GROUP BY f.product, f.tariff_group),
				terms AS (
					SELECT k.provider, k.municipality, k.product, k.tariff_group, range_agg(k.valid) AS days FROM %2$s k
					WHERE k.tariff_group IS NOT NULL AND num_nulls(k.provider, k.municipality, k.product, k.valid) = 0 GROUP BY k.provider, k.municipality, k.product, k.tariff_group),
				need AS (
					SELECT t.number, t.provider, t.municipality, zorgregio.product(t.indication) AS product, datemultirange(zorgregio.period(t.indication) * daterange(NULL, %4$L)) AS days
					FROM %3$s t WHERE zorgregio.unit(zorgregio.volume(t.indication)) <> ''euro'' AND zorgregio.code(zorgregio.product(t.indication)) IS NOT NULL
						AND NOT zorgregio.never_sent(t.indication, t.change_reason))
				SELECT min(concat(m.product, ''@'' || m.tariff_group)), 1::bigint FROM (
					SELECT n.number, n.product, NULL AS tariff_group FROM need n
						LEFT JOIN (SELECT s.provider, s.municipality, s.product, range_agg(r) AS days FROM terms s, unnest(s.days) r GROUP BY s.provider, s.municipality, s.product) g
							ON g.provider = n.provider AND g.municipality = n.municipality AND g.product = n.product
						LEFT JOIN priced d ON d.product = n.product AND d.tariff_group IS NULL
					WHERE NOT coalesce(d.days, ''{}'') @> (n.days - coalesce(g.days, ''{}''))
					UNION ALL
					SELECT n.number, n.product, s.tariff_group FROM need n JOIN terms s ON s.provider = n.provider AND s.municipality = n.municipality AND s.product = n.product
						LEFT JOIN priced o ON o.product = n.product AND o.tariff_group = s.tariff_group LEFT JOIN priced d ON d.product = n.product AND d.tariff_group IS NULL
					WHERE NOT coalesce(o.days, d.days, ''{}'') @> (n.days * s.days)) m GROUP BY m.number', part.f, part.known_k, part.a, make_date(extract(year FROM as_of)::integer + 1, 1, 1))),
		(part.mapped_allocations, 'fan-out', 'deliveries', 'number', 'error', 'Several rows of allocations have the number of this delivery: a join by number counts it more than once.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t WHERE t.number IN (SELECT a.number FROM %s a GROUP BY a.number HAVING count(*) > 1) GROUP BY 1', part.number, part.d, part.known_a)),
		(part.mapped_allocations, 'fan-out', 'claims', 'number', 'error', 'Several rows of allocations have the number of this claim line: a join by number counts its amount more than once.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t WHERE t.number IN (SELECT a.number FROM %s a GROUP BY a.number HAVING count(*) > 1) GROUP BY 1', part.number, part.l, part.known_a)),
		(part.mapped_contracts, 'fan-out', 'claims', 'number', 'error', 'Several contracts hold for the provider, municipality and product of this claim line on its first day: a join counts its amount more than once.',
			pg_catalog.format('SELECT %s, count(*) FROM %s t JOIN (SELECT DISTINCT a.number, a.provider, a.municipality, zorgregio.product(a.indication) AS product FROM %s a) a ON a.number = t.number
				JOIN (SELECT k.provider, k.municipality, k.product, array_agg(k.valid) AS terms FROM %s k WHERE k.kind IS DISTINCT FROM ''subcontract''
					GROUP BY k.provider, k.municipality, k.product HAVING count(*) > 1) k ON k.provider = a.provider AND k.municipality = a.municipality AND k.product = a.product
				WHERE (SELECT count(*) FROM unnest(k.terms) v(valid) WHERE v.valid @> lower(t.product_period)) > 1 GROUP BY 1', part.number, part.l, part.known_a, part.k))
	) x(applies, check_name, table_name, column_name, severity, explanation, query)
	WHERE x.applies
	UNION ALL
	SELECT 'unknown code', g.name, 'product_group', 'warning', 'No product of the catalogue (products) has this product group.',
		pg_catalog.format('SELECT t.product_group, count(*) FROM %s t WHERE t.product_group IS NOT NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.product_group = t.product_group) GROUP BY 1',
			typed ->> g.name, known ->> 'products')
	FROM unnest('{admission_windows,budgets,closures,lump_sums,thresholds}'::text[]) g(name);
END;
COMMENT ON FUNCTION check_care(jsonb, jsonb, jsonb, jsonb, date) IS 'Queries for what allotments, deliveries, claims, contracts and tariffs have wrong together; part of check_region.';
