-- Care periods as a registration holds them, in the order of their start: :rows periods of a tenth as many clients, 8
-- municipalities, 22 products in 11 groups, 300 providers of three products each, three years of starts, one day to ten
-- months long.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS zorgregio;
CREATE SCHEMA IF NOT EXISTS bench;
SET search_path = bench, zorgregio, public;
DROP TABLE IF EXISTS care;
SELECT setseed(0.5) \g /dev/null
CREATE UNLOGGED TABLE care AS
SELECT client, (1000000 + p.place)::provider AS provider, (200 + client % 8)::int::municipality AS municipality, ('02A' || lpad((1 + k.product)::text, 2, '0'))::product AS product,
	k.product / 2 AS product_group, daterange(d, d + days) AS period, extract(year FROM d)::smallint AS year
FROM (
	SELECT (random() * :rows / 10)::bigint AS client, (random() * 2)::int AS other, (random() * random() * 2)::int AS next, '2023-01-01'::date + (random() * 1000)::int AS d,
		1 + (random() * random() * 300)::int AS days
	FROM generate_series(1, :rows)
) x CROSS JOIN LATERAL (SELECT (client * 7 % 300)::int + other) p(place) CROSS JOIN LATERAL (SELECT (p.place * 5 + next) % 22) k(product)
ORDER BY d;
VACUUM ANALYZE care;
