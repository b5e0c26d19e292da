-- 60-cost-prices: tariffs as they follow from the cost components.

CREATE OR REPLACE VIEW @region@.cost_prices WITH (security_invoker = true) AS
SELECT p.product, p.tariff_group, p.valid, p.status, p.unit, p.build_up, p.amount,
	CASE WHEN scale(trim_scale(p.amount)) <= 6 THEN zorgregio.tariff(p.amount, p.unit) END AS tariff,
	zorgregio.missing_elements(p.build_up, p.law) AS missing_elements
FROM (
	SELECT b.*, zorgregio.amount(b.build_up) AS amount
	FROM (
		SELECT c.product, c.tariff_group, c.valid, c.status, c.unit, r.law,
			zorgregio.cost_price(c.label, c.element, c.operation, c.value, c.base ORDER BY c.step) AS build_up
		FROM @region@.cost_components c JOIN @region@.products r ON r.code = c.product
		GROUP BY c.product, c.tariff_group, c.valid, c.status, c.unit, r.law
	) b
) p;
COMMENT ON VIEW @region@.cost_prices IS 'Prices as they follow from the cost components (kostprijzen), provisional or definitive.';
COMMENT ON COLUMN @region@.cost_prices.product IS 'What it is the price of (product).';
COMMENT ON COLUMN @region@.cost_prices.tariff_group IS 'For which group of providers (tariefgroep); NULL: for all others.';
COMMENT ON COLUMN @region@.cost_prices.valid IS 'Days that the price is for (geldigheid).';
COMMENT ON COLUMN @region@.cost_prices.status IS 'provisional (voorlopig) or definitive (definitief).';
COMMENT ON COLUMN @region@.cost_prices.unit IS 'Unit that the price is per (eenheid).';
COMMENT ON COLUMN @region@.cost_prices.build_up IS 'The steps (opbouw); zorgregio.steps() explains them.';
COMMENT ON COLUMN @region@.cost_prices.amount IS 'The price in euro as the last step leaves it.';
COMMENT ON COLUMN @region@.cost_prices.tariff IS 'The same as a tariff; NULL when it has more than six decimals, since rounding belongs in the last step.';
COMMENT ON COLUMN @region@.cost_prices.missing_elements IS 'Letters of the elements of the product''s law that no step covers (ontbrekende kostprijselementen).';
