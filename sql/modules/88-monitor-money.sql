-- 88-monitor-money: what the monitor of money (geld) needs without any table.

CREATE FUNCTION unit(indication) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN budget($1) IS NOT NULL THEN 'euro' ELSE unit(volume($1)) END;
COMMENT ON FUNCTION unit(indication) IS 'Unit (eenheid) in which an allotment is claimed: that of its volume, euro for a budget. NULL without both: then the contract says it.';

-- Not STRICT: a line on a budget needs no volume, one in hours no amount.
CREATE FUNCTION claimed_quantity(indication, volume, amount numeric, credit boolean) RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE
		WHEN unit($1) = 'euro' THEN $3
		ELSE CASE WHEN coalesce($4, $3 < 0) THEN -1 ELSE 1 END * CASE
			WHEN unit($1) = unit($2) THEN amount($2)
			WHEN unit($1) = 'uur' AND unit($2) = 'minuut' THEN amount($2) / 60
			WHEN unit($1) = 'minuut' AND unit($2) = 'uur' THEN amount($2) * 60
		END
	END;
COMMENT ON FUNCTION claimed_quantity(indication, volume, numeric, boolean) IS 'What a claim line (declaratieregel) takes of its allotment, in the unit of that: the amount where it is in euro, else the volume, hours and minutes into each other; a credit line gives back. NULL in another unit.';

CREATE FUNCTION pro_rata(amount numeric, part numeric, whole numeric) RETURNS numeric
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN whole <> 0 THEN round(div(200 * amount * part + sign(amount * part * whole) * whole, 2 * whole) / 100, 2) END;
COMMENT ON FUNCTION pro_rata(numeric, numeric, numeric) IS 'amount * part / whole in euro (naar rato), exact, rounded once, half up (away from zero), to the cent. NULL when the whole is 0.';
