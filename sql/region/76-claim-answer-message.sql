-- 76-claim-answer-message: the 325 message to a 323 message that was loaded.

CREATE OR REPLACE FUNCTION @region@.claim_answer_message(message xml, identification text, dated date, xslt_version text DEFAULT NULL) RETURNS xml
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	h record;
	of_declaration declarations;
	base_number bigint;
	answer record;
	rejected integer[];
	codes text[];
BEGIN
	IF message IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'there is no message to answer',
			HINT = 'A message is a value of type xml.';
	END IF;
	h := message_header(message);
	SELECT CASE WHEN s.number_per_municipality THEN allotment_number(h.law, h.municipality, 0) ELSE 0 END INTO base_number FROM settings s;
	SELECT d.* INTO of_declaration FROM imports i JOIN declarations d ON d.id = i.declaration
	WHERE h.kind = '323' AND (i.law, i.kind, i.provider, i.municipality, i.identification, i.dated) = (h.law, h.kind, h.provider, h.municipality, h.identification, h.dated);
	IF of_declaration.id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('message "%s" was not loaded as a declaration', h.identification),
			HINT = 'Load the 323 message with load_message first: an answer rests on all that was claimed before.';
	END IF;
	SELECT * INTO answer FROM claim_answer(lower(of_declaration.period), lower(of_declaration.period)) a WHERE a.declaration = of_declaration.id;
	IF NOT answer.refused THEN
		-- a line whose client is not known here was not loaded: it is for no client of the municipality (TR304)
		WITH line AS MATERIALIZED (
			SELECT r.line, l.claim, l.granted, l.return_codes
			FROM read_claims(message) r
				LEFT JOIN claims c ON c.declaration = of_declaration.id AND c.reference = r.reference AND c.number = base_number + r.number
					AND c.product_period = r.product_period AND c.amount = r.amount AND c.credit = r.credit AND c.product = r.product AND c.volume = r.volume
				LEFT JOIN claim_answer_lines(lower(of_declaration.period), lower(of_declaration.period)) l ON l.claim = c.id
		)
		SELECT array_agg(l.line ORDER BY l.line, x.code), array_agg(x.code ORDER BY l.line, x.code) INTO rejected, codes
		FROM line l CROSS JOIN LATERAL unnest(CASE WHEN l.claim IS NULL THEN '{8187}' WHEN l.granted THEN '{}' ELSE l.return_codes END) x(code);
	END IF;
	RETURN claim_answer_message(message, identification, dated, coalesce(rejected, '{}'), coalesce(codes, '{}'),
		CASE WHEN answer.return_codes = '{0001}' THEN '0001' END, CASE WHEN answer.refused AND answer.return_codes <> '{0001}' THEN answer.return_codes[1] END, xslt_version);
END $$;
COMMENT ON FUNCTION @region@.claim_answer_message(xml, text, date, text) IS 'The 325 message (declaratie-antwoordbericht) to a 323 message that was loaded: what claim_answer and claim_answer_lines say of its declaration. BSNs come from the message itself.';
