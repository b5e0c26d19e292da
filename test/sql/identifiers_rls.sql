-- Row-level security: a condition may use an index before the policy is checked only if its operator is leakproof.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
RESET client_min_messages;
SET search_path = zorgregio, public;

CREATE SCHEMA rls;
CREATE TABLE rls.care (provider provider, municipality municipality, product product, note text);
INSERT INTO rls.care SELECT (73730000 + i)::provider, (i % 300)::municipality, product('02', i::text), 'n' || i FROM generate_series(1, 3000) i;
CREATE INDEX care_provider ON rls.care (provider);
CREATE INDEX care_municipality ON rls.care USING hash (municipality);
CREATE INDEX care_product ON rls.care (product);
CREATE INDEX care_note ON rls.care (note);
ANALYZE rls.care;
ALTER TABLE rls.care ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON rls.care USING (pg_catalog.length(note) > 3);
CREATE ROLE zr_test_reader;
GRANT USAGE ON SCHEMA rls, zorgregio TO zr_test_reader;
GRANT SELECT ON rls.care TO zr_test_reader;

SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET ROLE zr_test_reader;
EXPLAIN (COSTS OFF) SELECT * FROM rls.care WHERE provider = '73730112';
EXPLAIN (COSTS OFF) SELECT * FROM rls.care WHERE provider BETWEEN '73730112' AND '73730120';
EXPLAIN (COSTS OFF) SELECT * FROM rls.care WHERE municipality = '0200';
EXPLAIN (COSTS OFF) SELECT * FROM rls.care WHERE product > '02:112' AND product <= '02:2';
RESET enable_seqscan;
-- what the planner does with an operator that is not leakproof: the index cannot be asked
EXPLAIN (COSTS OFF) SELECT * FROM rls.care WHERE note ~ '^n112$';
SELECT provider, municipality, product FROM rls.care WHERE provider = '73730112';
SELECT count(*) FROM rls.care WHERE municipality = '0200';
RESET ROLE;

DROP SCHEMA rls CASCADE;
DROP OWNED BY zr_test_reader;
DROP ROLE zr_test_reader;
