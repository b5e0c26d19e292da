-- Cost components and index figures of a region.
BEGIN;
SET search_path = zorgregio, public;
SELECT plan(10);
CALL create_region('r83', 'Region 83');
INSERT INTO r83.products (code, name, product_group) VALUES ('02A16', 'Basis', 'Begeleiding');
INSERT INTO r83.cost_components (product, valid, unit, step, label, element, operation, value, base) VALUES
	('02A16', '[2026-01-01,2027-01-01)', 'uur', 10, 'year', 'a', 'start', 66000, NULL),
	('02A16', '[2026-01-01,2027-01-01)', 'uur', 20, 'hour', 'c', 'divide', 1445, NULL),
	('02A16', '[2026-01-01,2027-01-01)', 'uur', 30, 'overhead', 'b', 'add_percentage', 20, 'hour');
SELECT is((SELECT round(amount, 2) FROM r83.cost_prices), 54.81, 'a price from its components');
SELECT is((SELECT tariff FROM r83.cost_prices), NULL, 'no tariff while it is not rounded');
SELECT is((SELECT missing_elements FROM r83.cost_prices), '{d,e,f}', 'elements of the product''s law');
INSERT INTO r83.cost_components (product, valid, unit, step, label, operation, value) VALUES ('02A16', '[2026-01-01,2027-01-01)', 'uur', 40, 'price', 'round_half_up', 0.60);
SELECT is((SELECT tariff::text FROM r83.cost_prices), '54.60/uur', 'a tariff after rounding');
SELECT throws_ok($$INSERT INTO r83.cost_components (product, valid, unit, step, label, operation, value) VALUES ('02A16', '[2027-01-01,2028-01-01)', 'uur', 1, 'a', 'add_percentage', 8)$$, '23514');
SELECT throws_ok($$INSERT INTO r83.cost_components (product, valid, unit, step, label, operation, value) VALUES ('02A16', '[2026-06-01,2027-01-01)', 'uur', 40, 'again', 'add', 8)$$, '23P01');
SELECT throws_ok($$INSERT INTO r83.cost_components (product, valid, unit, step, label, operation, value) VALUES ('02A16', '[2027-01-01,2028-01-01)', 'week', 1, 'a', 'start', 8)$$, '22023');
INSERT INTO r83.cost_components (product, valid, status, unit, step, label, operation, value) VALUES ('02A16', '[2026-01-01,2027-01-01)', 'definitive', 'uur', 1, 'price', 'start', 55.20);
SELECT is((SELECT array_agg(status || ' ' || tariff ORDER BY status) FROM r83.cost_prices), '{"definitive 55.20/uur","provisional 54.60/uur"}', 'provisional and definitive side by side');
INSERT INTO r83.index_values SELECT series, year, status, percentage, source, published FROM national_index_value;
SELECT is((SELECT count(*) FROM r83.index_values), 10::bigint, 'national figures can be taken over');
SELECT lives_ok($$CALL upgrade_region('r83')$$, 'an upgrade renews the view');
SELECT * FROM finish();
ROLLBACK;
