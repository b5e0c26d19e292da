-- 52-decisions: decisions with their receipt, and the contracts that follow.

CREATE OR REPLACE FUNCTION @region@.receipt(of_application bigint, on_day date DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH asked AS (
		SELECT a.*, coalesce(on_day, a.received) AS as_of, p.product_group
		FROM @region@.applications a JOIN @region@.products p ON p.code = a.product
		WHERE a.id = of_application
	), known AS MATERIALIZED (
		SELECT @region@.admission_facts(a.provider, a.municipality, a.product, a.as_of) AS facts FROM asked a
	), judged AS MATERIALIZED (
		SELECT c.*, zorgregio.check_threshold(c.requirement, k.facts) AS verdict,
			zorgregio.explain_threshold(c.requirement, k.facts) AS explanation,
			zorgregio.facts_missing(c.requirement, k.facts) AS missing
		FROM asked a, known k, LATERAL @region@.admission_checks(a.municipality, a.product, a.as_of) c
	)
	SELECT jsonb_build_object(
		'format', 1,
		'extension_version', (SELECT extversion FROM pg_extension WHERE extname = 'zorgregio'),
		'decided_at', now(),
		'region', (SELECT s.title FROM @region@.settings s),
		'application', a.id,
		'provider', a.provider::text,
		'municipality', a.municipality::text,
		'product', a.product::text,
		'product_group', a.product_group,
		'received', a.received,
		'as_of', a.as_of,
		'dossier', (
			SELECT jsonb_build_object('valid_from', lower(d.valid), 'valid_until', upper(d.valid), 'source', d.source)
			FROM @region@.dossiers d WHERE d.provider = a.provider AND d.valid @> a.as_of),
		'facts', (SELECT k.facts FROM known k),
		'checks', (
			SELECT jsonb_agg(jsonb_build_object('check', j.check_name, 'requirement', j.requirement::text,
				'valid_from', lower(j.valid), 'valid_until', upper(j.valid), 'verdict', j.verdict::text,
				'explanation', j.explanation, 'consequence', j.consequence, 'basis', j.basis) ORDER BY j.step, j.check_name)
			FROM judged j),
		'replaced_rules', (
			SELECT coalesce(jsonb_agg(jsonb_build_object('rule', t.id, 'requirement', t.requirement::text, 'replaced_by', t.replaced_by)
				ORDER BY t.id, t.municipality, t.product_group), '[]')
			FROM @region@.rules_on('admission', a.municipality, a.product_group, a.as_of) t WHERE t.replaced_by IS NOT NULL),
		'missing_facts', (
			SELECT coalesce(jsonb_agg(DISTINCT f.fact), '[]')
			FROM judged j, LATERAL unnest(j.missing) f(fact)),
		'outcome', (SELECT zorgregio.admission_outcome(array_agg(j.verdict)) FROM judged j))
	FROM asked a;
END;
COMMENT ON FUNCTION @region@.receipt(bigint, date) IS 'What decide() would write about an application (verantwoording), without writing it; the day is that of receipt unless given. NULL when there is no such application. valid_until is the first day after the validity.';

CREATE OR REPLACE FUNCTION @region@.decide(application bigint, as_of date DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	asked constant applications := (SELECT a FROM applications a WHERE a.id = decide.application);
	receipt constant jsonb := receipt(decide.application, decide.as_of);
	made bigint;
BEGIN
	IF asked.id IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no application %s', coalesce(application::text, 'NULL')),
			HINT = 'Applications are rows of the table applications; its id is meant here.';
	ELSIF asked.withdrawn IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('application %s was withdrawn on %s', application, to_char(asked.withdrawn, 'YYYY-MM-DD'));
	ELSIF as_of < asked.received THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('application %s was received on %s, later than the day asked for', application, to_char(asked.received, 'YYYY-MM-DD')),
			HINT = 'Leave the day out to decide by the rules of the day of receipt.';
	END IF;
	INSERT INTO decisions (application, as_of, outcome, receipt)
	VALUES (asked.id, (receipt ->> 'as_of')::date, receipt ->> 'outcome', receipt)
	RETURNING id INTO made;
	RETURN made;
END $$;
COMMENT ON FUNCTION @region@.decide(bigint, date) IS 'Decides on an application (besluit): adds one row to decisions and returns its number. as_of is the day whose rules, dossier and windows count: the day of receipt when left out.';

CREATE OR REPLACE FUNCTION @region@.replay(decision bigint) RETURNS text
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT zorgregio.replay(d.receipt) FROM @region@.decisions d WHERE d.id = replay.decision;
END;
COMMENT ON FUNCTION @region@.replay(bigint) IS 'The outcome that follows from the receipt of a decision alone (narekenen), whatever has become of rules and dossiers; NULL when there is no such decision.';

CREATE OR REPLACE FUNCTION @region@.admit(decision bigint, valid daterange, tariff_group text DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	decided constant decisions := (SELECT d FROM decisions d WHERE d.id = admit.decision);
	asked constant applications := (SELECT a FROM applications a WHERE a.id = decided.application);
	later constant bigint := (SELECT max(d.id) FROM decisions d WHERE d.application = decided.application AND d.id > decided.id);
	paid_as constant text := coalesce(admit.tariff_group, decided.receipt #>> '{facts,tariefgroep}');
	made bigint;
BEGIN
	IF decided.id IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no decision %s', coalesce(decision::text, 'NULL')),
			HINT = 'decide() gives the number of the decision it made.';
	ELSIF decided.outcome <> 'admit' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('decision %s does not admit', decision),
			DETAIL = format('Its outcome is %s.', decided.outcome),
			HINT = 'Its receipt has the reasons.';
	ELSIF later IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('decision %s was followed by decision %s on the same application', decision, later),
			HINT = 'Only the last decision on an application counts.';
	ELSIF asked.withdrawn IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('application %s was withdrawn on %s', asked.id, to_char(asked.withdrawn, 'YYYY-MM-DD'));
	ELSIF replay(decided.receipt) IS DISTINCT FROM decided.outcome THEN
		RAISE data_corrupted USING
			MESSAGE = format('the receipt of decision %s does not give its outcome', decision),
			DETAIL = format('It gives %s.', coalesce(replay(decided.receipt), 'nothing'));
	ELSIF paid_as IS NOT NULL AND NOT EXISTS (SELECT FROM tariffs t WHERE t.tariff_group = paid_as) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('no tariff has group "%s"', paid_as),
			HINT = 'Load the tariffs of the group first, or give the name of another.';
	END IF;
	INSERT INTO contracts (provider, municipality, product, tariff_group, valid, kind, decision)
	VALUES (asked.provider, asked.municipality, asked.product, paid_as, admit.valid, 'framework', decided.id)
	RETURNING key INTO made;
	RETURN made;
END $$;
COMMENT ON FUNCTION @region@.admit(bigint, daterange, text) IS 'Makes the framework contract that follows from a decision to admit (contractering) and returns its key. The tariff group is the one given, else the fact tariefgroep of the receipt, else none. An overlapping contract is refused by the constraint.';
