-- 72-claim-lines: claim lines with what they are judged by, and the rules that each breaks by itself.
--
-- A line belongs to an allotment of its own provider, municipality and law only (TR338). Who claims stands in its
-- declaration; a line without one is the allotted provider's. Lines without references, from data that have none,
-- cannot name the line they credit and are not asked to (CD060).

CREATE OR REPLACE VIEW @region@.claim_lines WITH (security_invoker) AS
SELECT c.id, c.declaration, c.number, coalesce(d.provider, a.provider) AS provider, coalesce(d.municipality, a.municipality) AS municipality,
	coalesce(d.law, a.law, zorgregio.law(coalesce(c.product, zorgregio.product(a.indication)))) AS law,
	coalesce(c.product, zorgregio.product(a.indication)) AS product, c.product_period, c.volume, c.tariff, c.amount,
	coalesce(c.credit, c.amount < 0) AS credit, c.reference, c.previous_reference, a.indication,
	d.number AS declaration_number, d.period AS declaration_period, d.declared, k.key AS contract, k.tariff_group,
	-- what CD060 looks at: without a reference of its own a line cannot name another
	coalesce(c.previous_reference, CASE WHEN c.reference IS NULL AND coalesce(c.credit, c.amount < 0) THEN '-' END) AS credited_reference,
	coalesce(a.change_reason = '13' AND zorgregio.never_sent(a.indication, a.change_reason), false) AS removed,
	coalesce(c.client <> a.client, false) AS other_client,
	-- a difference of days first: an interval takes time
	coalesce(d.declared - pg_catalog.upper(c.product_period) > 1800 AND pg_catalog.upper(c.product_period) - 1 < d.declared - interval '5 years', false) AS too_old,
	CASE WHEN a.change_reason = '13' AND zorgregio.never_sent(a.indication, a.change_reason)
		THEN zorgregio.claim_problems(NULL, coalesce(c.product, zorgregio.product(a.indication)), c.product_period, c.volume, c.tariff, c.amount, d.period,
				coalesce(c.credit, c.amount < 0), coalesce(c.previous_reference, CASE WHEN c.reference IS NULL AND coalesce(c.credit, c.amount < 0) THEN '-' END),
				CASE WHEN k.key IS NOT NULL THEN (SELECT @region@.price_list()) END, k.tariff_group)
		ELSE zorgregio.claim_problems(a.indication, coalesce(c.product, zorgregio.product(a.indication)), c.product_period, c.volume, c.tariff, c.amount, d.period,
				coalesce(c.credit, c.amount < 0), coalesce(c.previous_reference, CASE WHEN c.reference IS NULL AND coalesce(c.credit, c.amount < 0) THEN '-' END),
				CASE WHEN k.key IS NOT NULL THEN (SELECT @region@.price_list()) END, k.tariff_group)
		END AS problems
FROM @region@.claims c
	LEFT JOIN @region@.declarations d ON d.id = c.declaration
	LEFT JOIN @region@.allocations a ON a.number = c.number AND (d.id IS NULL
		OR a.provider = d.provider AND a.municipality = d.municipality AND coalesce(coalesce(a.law, zorgregio.law(zorgregio.product(a.indication))) = d.law, true))
	LEFT JOIN @region@.contracts k ON k.kind <> 'subcontract' AND k.provider = coalesce(d.provider, a.provider) AND k.municipality = coalesce(d.municipality, a.municipality)
		AND k.product = coalesce(c.product, zorgregio.product(a.indication)) AND k.valid @> pg_catalog.lower(c.product_period);
COMMENT ON VIEW @region@.claim_lines IS 'Claim lines with what they are judged by (declaratieregels), and the rules that each breaks by itself.';
COMMENT ON COLUMN @region@.claim_lines.id IS 'Number of the line: its id in claims.';
COMMENT ON COLUMN @region@.claim_lines.declaration IS 'The declaration that it came in (declaratie); NULL: not known.';
COMMENT ON COLUMN @region@.claim_lines.number IS 'The allotment that it names (toewijzingnummer).';
COMMENT ON COLUMN @region@.claim_lines.provider IS 'Who claims: as the declaration says, otherwise the allotted one (zorgaanbieder).';
COMMENT ON COLUMN @region@.claim_lines.municipality IS 'From whom (gemeente).';
COMMENT ON COLUMN @region@.claim_lines.law IS 'Wmo or Jeugdwet (wet).';
COMMENT ON COLUMN @region@.claim_lines.product IS 'What is claimed (product).';
COMMENT ON COLUMN @region@.claim_lines.product_period IS 'Days it bills (productperiode).';
COMMENT ON COLUMN @region@.claim_lines.volume IS 'What was delivered (geleverd volume).';
COMMENT ON COLUMN @region@.claim_lines.tariff IS 'Price per unit that was billed (producttarief).';
COMMENT ON COLUMN @region@.claim_lines.amount IS 'In euro; a credit line is negative (ingediend bedrag).';
COMMENT ON COLUMN @region@.claim_lines.credit IS 'Whether it is a credit line (creditregel).';
COMMENT ON COLUMN @region@.claim_lines.reference IS 'What the provider calls it (referentienummer).';
COMMENT ON COLUMN @region@.claim_lines.previous_reference IS 'Reference of the line that it credits (vorig referentienummer).';
COMMENT ON COLUMN @region@.claim_lines.indication IS 'What was allotted (toegewezen product); NULL: no allotment of this provider, municipality and law has the number.';
COMMENT ON COLUMN @region@.claim_lines.declaration_number IS 'Number that the provider gave the declaration (declaratienummer).';
COMMENT ON COLUMN @region@.claim_lines.declaration_period IS 'Month of the declaration (declaratieperiode).';
COMMENT ON COLUMN @region@.claim_lines.declared IS 'Day of the declaration (declaratiedagtekening).';
COMMENT ON COLUMN @region@.claim_lines.contract IS 'Contract of the provider for the product on the first day: its key in contracts; NULL: none, so that the tariff cannot be judged.';
COMMENT ON COLUMN @region@.claim_lines.tariff_group IS 'Tariff group of the contract (tariefgroep).';
COMMENT ON COLUMN @region@.claim_lines.credited_reference IS 'previous_reference, or a dash for a credit line of data without references, which CD060 is not about.';
COMMENT ON COLUMN @region@.claim_lines.removed IS 'Whether the allotment was removed: reason for change 13 (TR384).';
COMMENT ON COLUMN @region@.claim_lines.other_client IS 'Whether it names another client than the allotment (TR304).';
COMMENT ON COLUMN @region@.claim_lines.too_old IS 'Whether its period ended more than five years before the declaration (TR335).';
COMMENT ON COLUMN @region@.claim_lines.problems IS 'Codes of the other rules that it breaks by itself, whatever other lines there are, as claim_problems gives them; empty when none.';
