-- 64-prices: the prices of the region, and those by contract.

CREATE OR REPLACE FUNCTION @region@.price_list() RETURNS zorgregio.tariff_book
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT zorgregio.tariff_book_agg(t.product, t.tariff_group, t.tariff, t.valid)
	FROM @region@.tariffs t WHERE t.status <> 'proposed';
END;
COMMENT ON FUNCTION @region@.price_list() IS 'The tariffs of the region as one tariff book (tariefboek), without proposals; NULL when there are none.';

-- Most contracts name no group, so only the others are worked out.
CREATE OR REPLACE FUNCTION @region@.contract_prices()
	RETURNS TABLE (provider zorgregio.provider, municipality zorgregio.municipality, product zorgregio.product, prices zorgregio.tariff_book)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH term AS (
		SELECT c.provider, c.municipality, c.product, c.tariff_group,
			CASE WHEN c.kind <> 'subcontract' THEN datemultirange(c.valid)
				ELSE datemultirange(c.valid)
					- coalesce(range_agg(c.valid) FILTER (WHERE c.kind <> 'subcontract') OVER (PARTITION BY c.provider, c.municipality, c.product), '{}')
					- coalesce(range_agg(c.valid) FILTER (WHERE c.kind = 'subcontract') OVER (PARTITION BY c.provider, c.municipality, c.product
						ORDER BY c.key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}') END AS days
		FROM @region@.contracts c
		WHERE EXISTS (SELECT FROM @region@.contracts g
			WHERE g.provider = c.provider AND g.municipality = c.municipality AND g.product = c.product AND g.tariff_group IS NOT NULL)
	),
	differentiated AS (
		SELECT t.provider, t.municipality, t.product, t.tariff_group, range_agg(t.days) AS days
		FROM term t
		WHERE EXISTS (SELECT FROM @region@.tariffs x WHERE x.product = t.product AND x.tariff_group = t.tariff_group AND x.status <> 'proposed')
		GROUP BY t.provider, t.municipality, t.product, t.tariff_group
	),
	line AS (
		SELECT d.provider, d.municipality, d.product, x.tariff, datemultirange(x.valid) * d.days AS days
		FROM differentiated d
			JOIN @region@.tariffs x ON x.product = d.product AND x.tariff_group = d.tariff_group AND x.status <> 'proposed'
		UNION ALL
		SELECT d.provider, d.municipality, d.product, x.tariff, datemultirange(x.valid) - d.days
		FROM (SELECT a.provider, a.municipality, a.product, range_agg(a.days) AS days FROM differentiated a GROUP BY a.provider, a.municipality, a.product) d
			JOIN @region@.tariffs x ON x.product = d.product AND x.tariff_group IS NULL AND x.status <> 'proposed'
	)
	SELECT l.provider, l.municipality, l.product, zorgregio.tariff_book_agg(l.product, l.tariff, piece.days)
	FROM line l CROSS JOIN LATERAL unnest(l.days) piece(days)
	GROUP BY l.provider, l.municipality, l.product;
END;
COMMENT ON FUNCTION @region@.contract_prices() IS 'The tariffs of providers whose contract names a tariff group with tariffs of its own (tariefdifferentiatie): each day those of the contract of that day, on days without one the ordinary tariffs. A subcontract counts where there is no other contract, the first made before others.';
