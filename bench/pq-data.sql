-- Indications in our types and the same rows in plain columns, tariffs of eight years.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;
SET search_path = bench, zorgregio, public;

CREATE TABLE prices (product text, starts date, ends date, valid daterange, price numeric, cents bigint);
INSERT INTO prices
SELECT p.product, y.starts, (y.starts + interval '1 year')::date, daterange(y.starts, (y.starts + interval '1 year')::date),
       round((30 + p.n * 3) * power(1.04, y.n), 2), round((30 + p.n * 3) * power(1.04, y.n), 2) * 100
FROM (SELECT lpad((n % 18 + 1)::text, 2, '0') || 'A' || lpad(n::text, 2, '0') AS product, n FROM generate_series(1, 22) n) p,
     (SELECT make_date(2020 + n, 1, 1) AS starts, n FROM generate_series(0, 7) n) y;
CREATE TABLE book AS SELECT tariff_book_agg(product::product, tariff(price, 'uur'), valid) AS book FROM prices;

-- Allotments as a registration has them, most of them for years. Knuth's multiplicative hash: the same rows everywhere.
CREATE UNLOGGED TABLE plain AS
SELECT id AS number, id / 2 AS client, (99900000 + h / 3 % 300)::text AS provider,
       (ARRAY['0200', '0213', '0232', '0244', '0246', '0262', '0285', '0301'])[1 + h % 8] AS municipality,
       lpad((1 + h / 8 % 22) % 18 + 1 || '', 2, '0') || 'A' || lpad((1 + h / 8 % 22)::text, 2, '0') AS product,
       (1 + h / 200 % 12)::int AS volume, '04' AS unit, '2' AS frequency,
       date '2020-01-01' + (h / 4000 % 2555)::int AS starts,
       least(date '2028-01-01', date '2020-01-01' + (h / 4000 % 2555)::int + (180 + h / 17 % 1650)::int) AS ends,
       date '2019-11-01' + (h / 4000 % 2555)::int AS requested, date '2019-12-01' + (h / 4000 % 2555)::int AS decided
FROM (SELECT id, (id * 2654435761 % 4294967296) AS h FROM generate_series(1::bigint, :rows) id) x;
VACUUM (ANALYZE) plain;

CREATE UNLOGGED TABLE ours AS
SELECT number, client, provider::provider AS provider, municipality::municipality AS municipality,
       indication(product::product, volume(volume, volume, unit, frequency), daterange(starts, ends)) AS indication, requested, decided
FROM plain;
-- As the planner knows the products of a text column: without this it expects a group for every row.
CREATE STATISTICS ours_product ON (product(indication)) FROM ours;
VACUUM (ANALYZE) ours;

CREATE FUNCTION plain_cost(product text, volume int, starts date, ends date, from_day date, to_day date) RETURNS numeric
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	total numeric := 0;
	line record;
BEGIN
	FOR line IN SELECT t.starts, t.ends, t.price FROM bench.prices t
		WHERE t.product = plain_cost.product AND t.starts < least(plain_cost.ends, to_day) AND t.ends > greatest(plain_cost.starts, from_day)
	LOOP
		total := total + volume * (least(ends, line.ends, to_day) - greatest(starts, line.starts, from_day)) * line.price;
	END LOOP;
	RETURN round(total / 7, 2);
END $$;
