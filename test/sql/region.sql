-- What create_region, upgrade_region and the functions of a region say when they refuse.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
RESET client_min_messages;
SET search_path = zorgregio, public;
\set SHOW_CONTEXT never

CALL create_region('regress', 'Regress');
CALL create_region('regress', 'again');
CALL create_region('pg_region', 'x');
CALL create_region('public', 'x');
CALL create_region('', 'x');
CALL create_region(NULL, 'x');
CALL create_region(repeat('r', 64), 'x');
CREATE SCHEMA regress_other;
CALL create_region('regress_other', 'x');
CALL upgrade_region('regress_other');
CALL upgrade_region('regress_none');
CALL upgrade_region(NULL);
CREATE ROLE regress_region_nobody;
SET ROLE regress_region_nobody;
CALL create_region('regress_mine', 'x');
CALL upgrade_region('regress');
RESET ROLE;
DROP ROLE regress_region_nobody;

INSERT INTO regress.municipalities VALUES ('0200', 'Apeldoorn');
INSERT INTO regress.products (code, name, product_group) VALUES ('02A16', 'Basis', 'Begeleiding');
INSERT INTO regress.providers VALUES ('73730001', 'Een');
INSERT INTO regress.applications VALUES (1001, '73730001', '0200', '02A16', '2026-04-05', NULL), (1002, '73730001', '0200', '02A16', '2026-04-06', '2026-04-07');
SELECT check_name, verdict, explanation, basis FROM regress.assess('73730001', '0200', '02A16', '2026-04-05');
SELECT regress.decide(1001) AS decision;
SELECT outcome FROM regress.decisions;
SELECT regress.decide(1);
SELECT regress.decide(1001, '2026-04-04');
SELECT regress.decide(1002);
SELECT regress.admit(1, '[2026-07-01,2027-01-01)');
SELECT regress.admit(2, '[2026-07-01,2027-01-01)');
SELECT regress.bridge('73730001', '0200', '02A16', '[2026-07-01,2027-01-01)');
SELECT regress.bridge('73730001', '0200', '02A16', '[2026-07-01,)');
UPDATE regress.decisions SET outcome = 'admit';
SELECT term_end('2026-01-01', 0);
SELECT notice_date('2026-01-01', -1);
SELECT extension_options('2030-12-31', 0);

SET client_min_messages = warning;
DROP SCHEMA regress CASCADE;
DROP SCHEMA regress_other;
