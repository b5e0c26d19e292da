-- The rules of check_claims in plain SQL, as good as we can write it: whole cents, days as numbers, one pass that finds
-- what may be wrong, and only that sorted. psql: \i this file makes plain_claims.judge().
--
-- It knows what check_claims knows, but for this: within an allotment it adds up all lines that are right by themselves,
-- while check_claims leaves out those that exceeded the maximum before. The data have no line after such a one that differs.
SET search_path = plain_claims, public;
CREATE OR REPLACE FUNCTION judge() RETURNS TABLE (claim bigint, declaration bigint, rule text) LANGUAGE plpgsql STABLE SET search_path = plain_claims, pg_catalog SET enable_mergejoin = off AS $peer$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH line AS (
		SELECT c.*, d.declared, d.number AS declaration_number, d.starts AS d_starts, d.ends AS d_ends, d.provider,
			a.number IS NOT NULL AS known, coalesce(a.change_reason = '13' AND a.ends = a.starts + 1, false) AS removed, a.client AS a_client, a.category AS a_category, a.code AS a_code, a.unit AS a_unit, a.frequency, a.volume AS a_volume, a.budget, a.starts AS a_starts, a.ends AS a_ends,
			p.cents AS price, p.unit AS price_unit
		FROM claim c JOIN declaration d ON d.id = c.declaration
			LEFT JOIN allotment a ON a.number = c.number AND a.provider = d.provider AND a.municipality = d.municipality
			LEFT JOIN contract k ON k.provider = d.provider AND k.municipality = d.municipality AND k.code = c.code AND k.starts <= c.starts AND k.ends > c.starts
			LEFT JOIN price p ON k.code IS NOT NULL AND p.code = c.code AND p.tariff_group IS NOT DISTINCT FROM k.tariff_group AND p.starts <= c.starts AND p.ends > c.starts
	),
	-- what is used more than once, each computed once: hence OFFSET 0
	dated AS (
		SELECT l.*, l.known AND NOT l.removed AS judge, l.starts - (date_part('day', l.starts)::int - 1) AS month, date_part('month', l.starts)::int AS month_number,
			CASE WHEN l.known AND NOT l.removed AND l.a_unit IS NOT NULL THEN l.unit = l.a_unit OR l.a_unit = '04' AND l.unit = '01' WHEN l.price IS NOT NULL AND l.known AND NOT l.removed THEN l.unit = l.price_unit OR l.price_unit = '04' AND l.unit = '01' ELSE true END AS fits,
			CASE WHEN l.unit = l.price_unit THEN l.tariff = l.price WHEN l.unit = '01' AND l.price_unit = '04' THEN l.tariff = (2 * l.price + 60) / 120 ELSE false END AS agreed,
			CASE WHEN l.unit = l.a_unit THEN 1 ELSE 60 END AS factor
		FROM line l OFFSET 0
	),
	-- the day after the month: 31 days on and back to the first
	judged AS (
		SELECT d.*, d.month + 31 - (date_part('day', d.month + 31)::int - 1) AS month_end FROM dated d OFFSET 0
	),
	looked_at AS MATERIALIZED (
		SELECT j.number, bool_or(j.credit) OR sum(1 << j.month_number) <> bit_or(1 << j.month_number)
				OR sum(CASE WHEN j.budget IS NOT NULL THEN j.cents WHEN j.unit = j.a_unit AND j.unit = '04' THEN 60 * j.volume WHEN j.unit = j.a_unit OR j.unit = '01' AND j.a_unit = '04' THEN j.volume ELSE 0 END)
					> min(coalesce(j.budget, CASE WHEN j.a_unit = '04' THEN 60 ELSE 1 END * j.a_volume::bigint * CASE j.frequency WHEN '6' THEN 1 WHEN '2' THEN (j.a_ends - 1 - date '2024-01-01') / 7 - (j.a_starts - date '2024-01-01') / 7 + 1
						ELSE 12 * date_part('year', j.a_ends - 1)::int + date_part('month', j.a_ends - 1)::int - 12 * date_part('year', j.a_starts)::int - date_part('month', j.a_starts)::int + 1 END)) AS suspect,
			array_agg(j.id) FILTER (WHERE NOT j.judge OR j.client <> j.a_client OR j.credit <> (j.previous IS NOT NULL) OR (j.tariff IS NULL) <> (j.unit = '83') OR j.starts >= j.ends OR j.starts < '2021-01-01' OR j.cents = 0 AND j.credit OR j.ends > j.month_end
				OR j.unit = '83' AND j.cents <> j.volume OR date_part('day', j.d_starts) <> 1 OR date_part('day', j.d_ends) <> 1 OR j.d_ends - j.d_starts > 31 OR j.starts < j.a_starts OR j.starts >= j.a_ends OR j.ends - 1 < j.a_starts OR j.ends > j.a_ends OR j.ends > j.d_ends
				OR j.volume > j.factor * j.a_volume::bigint * CASE j.frequency WHEN '2' THEN (least(j.a_ends, j.month_end) - 1 - date '2024-01-01') / 7 - (greatest(j.a_starts, j.month) - date '2024-01-01') / 7 + 1 ELSE 1 END
				OR j.a_category <> j.category OR j.a_code <> j.code OR NOT j.fits OR j.unit <> '83' AND j.cents <> CASE WHEN j.agreed AND j.unit = '01' AND j.price_unit = '04' THEN (2 * j.price::bigint * j.volume + 60) / 120 ELSE j.tariff::bigint * j.volume END
				OR j.starts <> greatest(j.month, j.a_starts) OR j.ends <> least(j.month_end, j.a_ends) OR NOT j.agreed AND j.price IS NOT NULL OR j.declared - j.ends > 1800 AND j.ends - 1 < j.declared - interval '5 years') AS broken
		FROM judged j GROUP BY j.number
	),
	by_itself AS MATERIALIZED (
		SELECT j.id, j.declaration, r.rule
		FROM judged j CROSS JOIN LATERAL (VALUES
			('CD060', j.credit <> (j.previous IS NOT NULL)), ('CD087', (j.tariff IS NULL) <> (j.unit = '83')), ('CS003', j.starts >= j.ends), ('CS100', j.starts < '2021-01-01'), ('CS325', j.cents = 0 AND j.credit), ('CS337', j.ends > j.month_end),
			('CS339', j.unit = '83' AND j.cents <> j.volume), ('CS340', date_part('day', j.d_starts) <> 1 OR date_part('day', j.d_ends) <> 1 OR j.d_ends - j.d_starts > 31), ('TR304', j.client <> j.a_client), ('TR307', j.judge AND (j.starts < j.a_starts OR j.starts >= j.a_ends)), ('TR308', j.judge AND (j.ends - 1 < j.a_starts OR j.ends > j.a_ends)),
			('TR319', j.ends > j.d_ends), ('TR321', j.judge AND j.fits AND j.a_unit IS NOT NULL AND j.volume > j.factor * j.a_volume::bigint * CASE j.frequency WHEN '2' THEN (least(j.a_ends, j.month_end) - 1 - date '2024-01-01') / 7 - (greatest(j.a_starts, j.month) - date '2024-01-01') / 7 + 1 ELSE 1 END),
			('TR335', j.ends - 1 < j.declared - interval '5 years'), ('TR338', NOT j.known), ('TR339', j.judge AND j.a_category <> j.category), ('TR340', j.judge AND j.a_code <> j.code), ('TR341', NOT j.fits),
			('TR346', j.unit <> '83' AND j.tariff IS NOT NULL AND j.cents <> CASE WHEN j.agreed AND j.unit = '01' AND j.price_unit = '04' THEN (2 * j.price::bigint * j.volume + 60) / 120 ELSE j.tariff::bigint * j.volume END
				AND (j.agreed OR NOT (j.unit = '01' AND coalesce(j.judge AND j.a_unit <> '01', true)) OR j.cents NOT BETWEEN (greatest(60 * j.tariff::bigint - 30, 0) * j.volume + 30) / 60 AND ((60 * j.tariff::bigint + 29) * j.volume + 30) / 60)),
			('TR384', j.removed), ('TR387', j.judge AND j.starts >= j.a_starts AND j.starts < j.a_ends AND j.starts <> greatest(j.month, j.a_starts)), ('TR388', j.judge AND j.ends - 1 >= j.a_starts AND j.ends <= j.a_ends AND j.ends <> least(j.month_end, j.a_ends)),
			('TR418', j.fits AND j.tariff IS NOT NULL AND NOT j.agreed AND j.price IS NOT NULL)) r(rule, broken)
		WHERE r.broken AND j.id IN (SELECT unnest(k.broken) FROM looked_at k WHERE k.broken IS NOT NULL)
	),
	together AS MATERIALIZED (
		SELECT j.* FROM judged j WHERE j.number IN (SELECT k.number FROM looked_at k WHERE k.suspect)
	),
	in_message AS MATERIALIZED (
		SELECT t.id, t.declaration, 'TR416' AS rule FROM (SELECT t.id, t.declaration, row_number() OVER (PARTITION BY t.declaration, t.number, t.category, t.code, t.starts, t.ends ORDER BY t.reference COLLATE "C", t.id) AS n FROM together t WHERE NOT t.credit) t WHERE t.n > 1
		UNION ALL SELECT t.id, t.declaration, 'TR315' FROM (SELECT t.id, t.declaration, row_number() OVER (PARTITION BY t.declaration, t.previous ORDER BY t.reference COLLATE "C", t.id) AS n FROM together t WHERE t.credit AND t.previous IS NOT NULL) t WHERE t.n > 1
		UNION ALL SELECT t.id, t.declaration, 'TR316' FROM together t WHERE t.credit AND t.previous IS NOT NULL AND EXISTS (SELECT FROM claim o WHERE o.declaration = t.declaration AND o.reference = t.previous)
		UNION ALL SELECT NULL, d.id, 'TR358' FROM declaration d LEFT JOIN (SELECT c.declaration, sum(CASE WHEN c.credit THEN -c.cents ELSE c.cents END) AS cents FROM claim c GROUP BY c.declaration) s ON s.declaration = d.id WHERE d.total <> coalesce(s.cents, 0)
	),
	refused_message AS MATERIALIZED (
		SELECT m.declaration FROM in_message m UNION SELECT b.declaration FROM by_itself b WHERE b.rule LIKE 'C%' OR b.rule = 'TR335'
	),
	number_again AS MATERIALIZED (
		SELECT d.id FROM (SELECT d.id, row_number() OVER (PARTITION BY d.provider, d.number ORDER BY d.declared, d.municipality, d.starts, d.total, d.id) AS n FROM declaration d LEFT JOIN refused_message m ON m.declaration = d.id WHERE m.declaration IS NULL) d WHERE d.n > 1
	),
	refused AS MATERIALIZED (
		SELECT m.declaration FROM refused_message m UNION ALL SELECT n.id FROM number_again n
	),
	reference_again AS MATERIALIZED (
		SELECT r.id, r.declaration FROM (
			SELECT c.id, c.declaration, row_number() OVER (PARTITION BY d.provider, c.reference ORDER BY d.declared, d.number COLLATE "C", c.number, c.starts, c.ends, c.cents, c.id) AS n
			FROM (SELECT d.provider, c.reference FROM claim c JOIN declaration d ON d.id = c.declaration GROUP BY d.provider, c.reference HAVING count(*) > 1) g
				JOIN claim c ON c.reference = g.reference JOIN declaration d ON d.id = c.declaration AND d.provider = g.provider LEFT JOIN refused f ON f.declaration = c.declaration
			WHERE f.declaration IS NULL) r
		WHERE r.n > 1
	),
	right_so_far AS MATERIALIZED (
		SELECT t.*, row_number() OVER (ORDER BY t.number, t.declared, t.declaration_number, t.declaration, NOT t.credit, t.reference COLLATE "C", t.id) AS place,
			CASE WHEN t.budget IS NOT NULL THEN t.cents WHEN t.unit = t.a_unit AND t.unit = '04' THEN 60 * t.volume WHEN t.unit = t.a_unit OR t.unit = '01' AND t.a_unit = '04' THEN t.volume ELSE 0 END AS counts
		FROM together t LEFT JOIN (SELECT DISTINCT b.id FROM by_itself b) b ON b.id = t.id LEFT JOIN reference_again g ON g.id = t.id LEFT JOIN refused f ON f.declaration = t.declaration
		WHERE num_nonnulls(b.id, g.id, f.declaration) = 0
	),
	-- which line each credit line is about, and which credit lines do nothing
	credited AS MATERIALIZED (
		SELECT c.id, c.declaration, c.place, o.id AS debit, row_number() OVER (PARTITION BY o.id ORDER BY c.place) AS n
		FROM right_so_far c LEFT JOIN right_so_far o ON o.number = c.number AND NOT o.credit AND o.reference = c.previous AND o.place < c.place
			AND o.category = c.category AND o.code = c.code AND o.starts = c.starts AND o.ends = c.ends AND o.volume = c.volume AND o.unit = c.unit AND o.tariff = c.tariff AND o.cents = c.cents
		WHERE c.credit
	),
	flow AS (
		SELECT s.number, s.id, s.declaration, s.place, s.credit, s.budget, s.counts, s.category, s.code, s.starts, s.ends,
			coalesce(s.budget, CASE WHEN s.a_unit = '04' THEN 60 ELSE 1 END * s.a_volume::bigint * CASE s.frequency WHEN '6' THEN 1 WHEN '2' THEN (s.a_ends - 1 - date '2024-01-01') / 7 - (s.a_starts - date '2024-01-01') / 7 + 1
				ELSE 12 * date_part('year', s.a_ends - 1)::int + date_part('month', s.a_ends - 1)::int - 12 * date_part('year', s.a_starts)::int - date_part('month', s.a_starts)::int + 1 END) AS maximum,
			sum(CASE WHEN s.credit THEN -1 ELSE 1 END) OVER (PARTITION BY s.number, s.category, s.code, s.starts, s.ends ORDER BY s.place) AS standing
		FROM right_so_far s LEFT JOIN credited k ON k.id = s.id WHERE NOT s.credit OR k.debit IS NOT NULL AND k.n = 1
	),
	summed AS (
		SELECT f.*, sum(CASE WHEN f.credit THEN -f.counts ELSE f.counts END) OVER (PARTITION BY f.number ORDER BY f.place) AS held FROM flow f WHERE f.credit OR f.standing = 1
	)
	SELECT b.id, b.declaration, b.rule FROM by_itself b
	UNION ALL SELECT m.id, m.declaration, m.rule FROM in_message m
	UNION ALL SELECT NULL, n.id, 'TR333' FROM number_again n
	UNION ALL SELECT g.id, g.declaration, 'TR314' FROM reference_again g
	UNION ALL SELECT k.id, k.declaration, CASE WHEN k.debit IS NULL THEN 'TR323' ELSE 'TR390' END FROM credited k WHERE k.debit IS NULL OR k.n > 1
	UNION ALL SELECT f.id, f.declaration, 'TR389' FROM flow f WHERE NOT f.credit AND f.standing > 1
	UNION ALL SELECT s.id, s.declaration, CASE WHEN s.budget IS NOT NULL THEN 'TR369' ELSE 'TR322' END FROM summed s WHERE NOT s.credit AND s.held > s.maximum;
END $peer$;
