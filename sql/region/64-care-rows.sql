-- 64-care-rows: allotments, deliveries and claim lines as one stream, for the aggregates that read them all at once.

CREATE OR REPLACE VIEW @region@.care_rows WITH (security_invoker) AS
SELECT 'allotment' AS kind, a.number, CASE WHEN NOT zorgregio.never_sent(a.indication, a.change_reason) THEN a.client END AS client, a.provider, a.municipality,
	a.indication, zorgregio.product(a.indication) AS product, upper(zorgregio.period(a.indication)) AS until,
	coalesce(p.law, zorgregio.law(zorgregio.product(a.indication))) AS law, a.change_reason,
	NULL::date AS started, NULL::date AS ended, NULL::text AS stop_reason, NULL::daterange AS product_period,
	NULL::zorgregio.volume AS volume, NULL::numeric AS amount, NULL::boolean AS credit, NULL::bigint AS declaration
FROM @region@.allocations a LEFT JOIN @region@.products p ON p.code = zorgregio.product(a.indication)
UNION ALL
SELECT 'delivery', d.number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, d.started, d.ended, d.stop_reason, NULL, NULL, NULL, NULL, NULL FROM @region@.deliveries d
UNION ALL
SELECT 'claim', c.number, NULL, NULL, NULL, NULL, c.product, NULL, NULL, NULL, NULL, NULL, NULL, c.product_period, c.volume, c.amount, c.credit, c.declaration FROM @region@.claims c;
COMMENT ON VIEW @region@.care_rows IS 'Allotments, then deliveries, then claim lines (toewijzingen, leveringen, declaratieregels), as care_amounts_agg, provider_counts_agg and care_places_agg take them; what is not of a row''s kind is NULL.';
COMMENT ON COLUMN @region@.care_rows.kind IS 'allotment, delivery or claim.';
COMMENT ON COLUMN @region@.care_rows.number IS 'The allotment (toewijzingnummer).';
COMMENT ON COLUMN @region@.care_rows.client IS 'Key of the client (clientsleutel); NULL: the allotment was never sent.';
COMMENT ON COLUMN @region@.care_rows.provider IS 'Who is to deliver (zorgaanbieder).';
COMMENT ON COLUMN @region@.care_rows.municipality IS 'Who pays (gemeente).';
COMMENT ON COLUMN @region@.care_rows.indication IS 'What was allotted (toegewezen product).';
COMMENT ON COLUMN @region@.care_rows.change_reason IS 'Why the allotment changed last (reden wijziging).';
COMMENT ON COLUMN @region@.care_rows.until IS 'First day after the allotment; NULL: it has no end.';
COMMENT ON COLUMN @region@.care_rows.law IS 'Law of the product (wet): as the catalogue has it, otherwise as its category says.';
COMMENT ON COLUMN @region@.care_rows.stop_reason IS 'Why the delivery ended (reden beeindiging).';
COMMENT ON COLUMN @region@.care_rows.product IS 'What was allotted or claimed (product).';
COMMENT ON COLUMN @region@.care_rows.started IS 'First day of the delivery (begindatum).';
COMMENT ON COLUMN @region@.care_rows.ended IS 'Last day of the delivery (einddatum).';
COMMENT ON COLUMN @region@.care_rows.product_period IS 'Days that the line bills (productperiode).';
COMMENT ON COLUMN @region@.care_rows.volume IS 'What the line bills (geleverd volume).';
COMMENT ON COLUMN @region@.care_rows.amount IS 'In euro (ingediend bedrag).';
COMMENT ON COLUMN @region@.care_rows.credit IS 'Whether it is a credit line (creditregel).';
COMMENT ON COLUMN @region@.care_rows.declaration IS 'The declaration that it came in (declaratie).';
