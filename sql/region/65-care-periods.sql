-- 65-care-periods: who was in care with whom, when, as the reasons for stopping say.

CREATE OR REPLACE VIEW @region@.care_periods WITH (security_invoker) AS
SELECT d.number, d.started, a.client, a.provider, a.municipality, i.product, p.product_group,
	daterange(d.started, d.ended + 1) AS delivered,
	daterange(d.started, CASE WHEN e.class = 'pause' THEN resumed.day ELSE d.ended + 1 END) AS period,
	daterange(d.started, CASE
		WHEN e.class = 'pause' THEN resumed.day
		WHEN e.detail = 'other_provider' THEN greatest(d.ended + 1, (
			SELECT min(elsewhere.started)
			FROM @region@.allocations b JOIN @region@.deliveries elsewhere ON elsewhere.number = b.number
			WHERE b.client = a.client AND b.provider <> a.provider AND (elsewhere.ended > d.ended OR elsewhere.ended IS NULL) AND isfinite(elsewhere.started)
				AND NOT zorgregio.never_sent(b.indication, b.change_reason)))
		ELSE d.ended + 1 END) AS period_in_region,
	e.class AS end_class, e.detail AS end_detail, d.stop_reason
FROM @region@.deliveries d
	JOIN @region@.allocations a ON a.number = d.number
	CROSS JOIN LATERAL (SELECT zorgregio.product(a.indication), zorgregio.period(a.indication)) i(product, period)
	LEFT JOIN @region@.products p ON p.code = i.product
	LEFT JOIN zorgregio.stop_reason s ON s.law = coalesce(p.law, zorgregio.law(i.product)) AND s.code = d.stop_reason
	LEFT JOIN zorgregio.change_reason c ON c.law = coalesce(p.law, zorgregio.law(i.product)) AND c.code = a.change_reason
		AND d.ended IS NOT NULL AND (s.monitor_class IS NULL OR s.monitor_class IN ('by_change_reason', 'technical'))
	CROSS JOIN LATERAL (SELECT coalesce(c.monitor_class, s.monitor_class), coalesce(c.monitor_detail, s.monitor_detail)) e(class, detail)
	CROSS JOIN LATERAL (SELECT CASE WHEN e.class = 'pause' THEN coalesce(
		(SELECT min(again.started) FROM @region@.deliveries again WHERE again.number = d.number AND again.started > d.started AND isfinite(again.started)),
		CASE WHEN NOT upper_inf(i.period) THEN greatest(upper(i.period), d.ended + 1) END) END) resumed(day)
WHERE NOT zorgregio.never_sent(a.indication, a.change_reason);
COMMENT ON VIEW @region@.care_periods IS 'Deliveries as periods in care (zorgperioden), one row each, without allotments that were never sent. Reasons are read as the pair (law, code). The provider is the one who delivers, also as a subcontractor.';
COMMENT ON COLUMN @region@.care_periods.number IS 'The allotment (toewijzingnummer).';
COMMENT ON COLUMN @region@.care_periods.started IS 'First day of the delivery (begindatum); with number the key of the row.';
COMMENT ON COLUMN @region@.care_periods.client IS 'Key of the client (clientsleutel).';
COMMENT ON COLUMN @region@.care_periods.provider IS 'Who delivers (zorgaanbieder).';
COMMENT ON COLUMN @region@.care_periods.municipality IS 'Who pays (gemeente).';
COMMENT ON COLUMN @region@.care_periods.product IS 'Product of the allotment; NULL: a budget for anything.';
COMMENT ON COLUMN @region@.care_periods.product_group IS 'Its group (productgroep); NULL: the product is not in the catalogue, or the allotment names none.';
COMMENT ON COLUMN @region@.care_periods.delivered IS 'Days on which care was delivered; the upper bound is the first day without, open: still in care.';
COMMENT ON COLUMN @region@.care_periods.period IS 'The same for counts of this provider: a pause lasts until the next start on the allotment, and without one until the allotment ends.';
COMMENT ON COLUMN @region@.care_periods.period_in_region IS 'The same for counts of the region: after a transfer to another provider (stop reason 38, change reason 09) also the days until the start there. Without such a start it is outflow after all.';
COMMENT ON COLUMN @region@.care_periods.end_class IS 'What the end means, as stop_reason.monitor_class says, or change_reason.monitor_class where only that tells; NULL: no end or no reason.';
COMMENT ON COLUMN @region@.care_periods.end_detail IS 'The kind of outflow or transfer, as monitor_detail says.';
COMMENT ON COLUMN @region@.care_periods.stop_reason IS 'Why it ended, as the delivery has it (reden beeindiging).';
