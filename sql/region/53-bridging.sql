-- 53-bridging: a client may stay with a provider that is not in the new contract.

CREATE OR REPLACE FUNCTION @region@.clients_in_care(with_provider zorgregio.provider, at_municipality zorgregio.municipality, for_product zorgregio.product, on_day date)
	RETURNS bigint
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT count(DISTINCT a.client) FROM @region@.allocations a
	WHERE a.provider = with_provider AND a.municipality = at_municipality AND zorgregio.product(a.indication) = for_product
		AND zorgregio.period(a.indication) @> on_day AND NOT zorgregio.never_sent(a.indication, a.change_reason);
END;
COMMENT ON FUNCTION @region@.clients_in_care(zorgregio.provider, zorgregio.municipality, zorgregio.product, date) IS 'Clients with an allotment of this product at this provider on this day (clienten in zorg).';

CREATE OR REPLACE FUNCTION @region@.bridge(provider zorgregio.provider, municipality zorgregio.municipality, product zorgregio.product, valid daterange, tariff_group text DEFAULT NULL)
	RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	made bigint;
BEGIN
	IF num_nulls(provider, municipality, product, valid) > 0 OR isempty(valid) OR lower_inf(valid) OR upper_inf(valid) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'a bridging agreement needs a provider, a municipality, a product, and a term with a first and a last day';
	ELSIF clients_in_care(provider, municipality, product, lower(valid) - 1) = 0 THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('provider %s has no clients in care with product %s in municipality %s', provider, product, municipality),
			DETAIL = format('Counted on %s, the day before the agreement.', to_char(lower(valid) - 1, 'YYYY-MM-DD')),
			HINT = 'A bridging agreement is for clients who are in care already; new clients need a framework contract.';
	END IF;
	INSERT INTO contracts (provider, municipality, product, tariff_group, valid, kind)
	VALUES (bridge.provider, bridge.municipality, bridge.product, bridge.tariff_group, bridge.valid, 'bridging')
	RETURNING key INTO made;
	RETURN made;
END $$;
COMMENT ON FUNCTION @region@.bridge(zorgregio.provider, zorgregio.municipality, zorgregio.product, daterange, text) IS 'Makes a bridging agreement (overbruggingsovereenkomst) and returns its key; refused when no client was in care on the day before it starts.';

CREATE OR REPLACE FUNCTION @region@.is_contracted(number bigint, on_day date) RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT EXISTS (
		SELECT FROM @region@.contracts c
		WHERE c.provider = a.provider AND c.municipality = a.municipality AND c.product = zorgregio.product(a.indication)
			AND c.valid @> is_contracted.on_day
			AND (c.kind <> 'bridging' OR EXISTS (
				SELECT FROM @region@.allocations before
				WHERE before.client = a.client AND before.provider = a.provider AND before.municipality = a.municipality
					AND zorgregio.product(before.indication) = c.product AND zorgregio.period(before.indication) @> lower(c.valid) - 1
					AND NOT zorgregio.never_sent(before.indication, before.change_reason))))
	FROM @region@.allocations a WHERE a.number = is_contracted.number;
END;
COMMENT ON FUNCTION @region@.is_contracted(bigint, date) IS 'Whether the provider of an allotment has a contract for it on this day; a bridging agreement covers only clients who were in care with it on the day before it started. NULL when there is no such allotment.';
