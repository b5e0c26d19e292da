-- 50-rules: which rules hold for a municipality and product group on a day.

CREATE OR REPLACE FUNCTION @region@.rules_on(which_phase text, at_municipality zorgregio.municipality, for_group text, as_of date)
	RETURNS TABLE (id text, municipality zorgregio.municipality, product_group text, requirement zorgregio.threshold,
		valid daterange, consequence text, basis text, replaced_by text)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH in_scope AS (
		SELECT t.*, split_part(t.id, '/', 1) AS rule
		FROM @region@.thresholds t
		WHERE t.phase = which_phase AND t.valid @> as_of
			AND (t.municipality IS NULL OR t.municipality = at_municipality)
			AND (t.product_group IS NULL OR t.product_group = for_group)
	)
	SELECT t.id, t.municipality, t.product_group, t.requirement, t.valid, t.consequence, t.basis,
		(SELECT min(narrower.id) FROM in_scope narrower
		 WHERE narrower.rule = t.rule
			AND num_nulls(narrower.municipality, narrower.product_group) < num_nulls(t.municipality, t.product_group)
			AND (t.municipality IS NULL OR narrower.municipality IS NOT NULL)
			AND (t.product_group IS NULL OR narrower.product_group IS NOT NULL))
	FROM in_scope t;
END;
COMMENT ON FUNCTION @region@.rules_on(text, zorgregio.municipality, text, date) IS 'Rules of a phase in force for a municipality and product group on a day. A rule is replaced by one with the same id before the first slash and a scope inside its own: replaced_by names that one, and is NULL for the rules that count. A rule for one municipality and one for one product group stand side by side.';
