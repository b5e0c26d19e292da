-- Bytes of a table and of its indexes: one indication column beside the columns it replaces.
SET client_min_messages = warning;
SET search_path = bench, zorgregio, public;
CREATE UNLOGGED TABLE only_indication AS SELECT indication FROM ours;
CREATE UNLOGGED TABLE only_columns AS
SELECT product, volume AS low, volume AS high, '04'::text AS unit, '2'::text AS frequency, starts, ends, NULL::numeric AS budget FROM plain;
CREATE UNLOGGED TABLE only_range AS
SELECT product, volume AS low, volume AS high, '04'::text AS unit, '2'::text AS frequency, daterange(starts, ends) AS valid, NULL::numeric AS budget FROM plain;
CREATE INDEX ON only_indication (indication);
CREATE INDEX ON only_columns (product, starts, ends);
CREATE INDEX ON only_range (product, valid);
CREATE UNLOGGED TABLE only_product AS SELECT product(indication) FROM ours;
CREATE UNLOGGED TABLE only_product_text AS SELECT product FROM plain;
CREATE INDEX ON only_product (product);
CREATE INDEX ON only_product_text (product);
SELECT 'columns', 'table, bytes per row', 'btree, bytes per row';
SELECT '---', '---:', '---:';
SELECT label, round(pg_relation_size(t) / n, 1), round(pg_indexes_size(t) / n, 1)
FROM (VALUES ('indication', 'only_indication'::regclass), ('product, low, high, unit, frequency, starts, ends, budget', 'only_columns'),
             ('the same with a daterange', 'only_range'), ('product (type)', 'only_product'), ('product (text)', 'only_product_text')) v (label, t),
     (SELECT count(*)::numeric AS n FROM ours) c;
DROP TABLE only_indication, only_columns, only_range, only_product, only_product_text;
