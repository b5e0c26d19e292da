-- The published rules (105) and cases (39): text, verdicts, explanations, binary form, order and hash.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(20);

CREATE TEMP TABLE rules (rule_id text PRIMARY KEY, region text, requirement text, valid_from date, valid_to date);
CREATE TEMP TABLE cases (case_id text PRIMARY KEY, rule_id text, as_of date, facts jsonb, verdict text);
\copy rules FROM test/data/thresholds.csv WITH (FORMAT csv, HEADER)
\copy cases FROM test/data/threshold_cases.csv WITH (FORMAT csv, HEADER)

SELECT is(count(*), 105::bigint, '105 rules') FROM rules;
SELECT is(count(*), 39::bigint, '39 cases') FROM cases;
SELECT is_empty($$SELECT rule_id, requirement::threshold FROM rules WHERE requirement::threshold::text <> requirement$$,
	'every rule prints as it was written');
SELECT is_empty($$SELECT rule_id FROM rules WHERE (replace(replace(requirement, ' ', E'\n  '), ',', ' ,'))::threshold <> requirement::threshold$$,
	'white space does not matter');
SELECT is_empty($$SELECT case_id, c.verdict, check_threshold(requirement::threshold, facts, daterange(valid_from, valid_to, '[]'), as_of)
	FROM cases c JOIN rules USING (rule_id)
	WHERE check_threshold(requirement::threshold, facts, daterange(valid_from, valid_to, '[]'), as_of)::text IS DISTINCT FROM c.verdict$$,
	'every case gives its verdict');
SELECT is_empty($$SELECT case_id FROM cases c JOIN rules USING (rule_id)
	WHERE c.verdict <> 'out of force' AND check_threshold(requirement::threshold, facts)::text <> c.verdict$$,
	'the same without a day');
SELECT is_empty($$SELECT case_id, e FROM cases c JOIN rules USING (rule_id),
	explain_threshold(requirement::threshold, facts, daterange(valid_from, valid_to, '[]'), as_of) e
	WHERE e NOT LIKE '%: ' || c.verdict || CASE c.verdict WHEN 'unknown' THEN ' (needed: %)' ELSE '%' END OR e LIKE E'%\n%'$$,
	'every explanation is one line and ends with the verdict');

-- all six verdicts, each from the corpus or from the table of the reference
SELECT is(check_threshold('r = true', '{"r": true}')::text, 'met', 'met');
SELECT is(check_threshold('r = true', '{"r": false}')::text, 'not met', 'not met');
SELECT is(check_threshold('r = true unless e = 1', '{"r": false, "e": 1}')::text, 'exempt', 'exempt');
SELECT is(check_threshold('r = true if c = 1', '{"r": true, "c": 2}')::text, 'not applicable', 'not applicable, though the requirement is met');
SELECT is(check_threshold('r = true', '{}')::text, 'unknown', 'unknown');
SELECT is(check_threshold('r = true', '{"r": true}', '[2026-01-01,2026-02-01)', '2026-02-01')::text, 'out of force', 'out of force on the first day after');
SELECT is(enum_range(NULL::verdict)::text[], ARRAY['met', 'not met', 'exempt', 'not applicable', 'unknown', 'out of force'], 'the labels');

-- many at once gives the same as one by one
SELECT is_empty($$SELECT c.case_id, n FROM cases c,
	LATERAL (SELECT array_agg(requirement::threshold ORDER BY rule_id) AS all_rules FROM rules) r,
	LATERAL unnest(all_rules, check_thresholds(all_rules, facts)) WITH ORDINALITY u(rule, v, n)
	WHERE v IS DISTINCT FROM check_threshold(rule, facts)$$, 'check_thresholds agrees with check_threshold');
SELECT is_empty($$SELECT c.case_id FROM cases c,
	LATERAL (SELECT array_agg(requirement::threshold ORDER BY rule_id) AS all_rules FROM rules) r,
	LATERAL judge(all_rules, facts) j
	WHERE (j.verdict, j.explanation) IS DISTINCT FROM (check_threshold(requirement, facts), explain_threshold(requirement, facts))$$,
	'judge agrees with check_threshold and explain_threshold');
SELECT is_empty($$SELECT rule_id, f FROM rules, unnest(facts_needed(requirement::threshold)) f WHERE requirement !~ ('\m' || f || '\M')$$,
	'facts_needed names facts of the rule');

-- stored, sorted, hashed
CREATE TEMP TABLE stored (requirement threshold);
INSERT INTO stored SELECT requirement::threshold FROM rules;
CREATE UNIQUE INDEX ON stored (requirement) WHERE requirement <> 'winst_pct <= 5';
SELECT is((SELECT count(DISTINCT requirement) FROM stored), (SELECT count(DISTINCT requirement) FROM rules), 'as many different rules as texts');
SELECT is((SELECT count(*) FROM stored s JOIN rules r ON s.requirement = r.requirement::threshold),
	(SELECT count(*) FROM rules s JOIN rules r ON s.requirement = r.requirement), 'a join on rules is a join on their texts');
SELECT is((SELECT count(DISTINCT threshold_hash(requirement)) FROM stored), (SELECT count(DISTINCT requirement) FROM rules), 'hashes do not collide');
SELECT * FROM finish();
ROLLBACK;
