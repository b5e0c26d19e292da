-- 10-load: the catalogue, tariffs and providers into ordinary tables with the extension's types as columns.
\qecho
\qecho '1. Load the catalogue of the region, published tariffs, and providers'

CREATE SCHEMA demo;

CREATE TABLE demo.municipalities (
    code municipality PRIMARY KEY,
    name text NOT NULL,
    clients_2023 integer NOT NULL
);
CREATE TABLE demo.products (
    product product PRIMARY KEY,
    sheltered_product product,
    product_group text NOT NULL,
    name text NOT NULL,
    level integer,
    remark text
);
CREATE TABLE demo.sourcings (
    product product REFERENCES demo.products,
    municipality municipality REFERENCES demo.municipalities,
    channel text NOT NULL CHECK (channel IN ('regional', 'local', 'supraregional', 'unknown')),
    PRIMARY KEY (product, municipality)
);
CREATE TABLE demo.providers (
    code provider PRIMARY KEY,
    name text NOT NULL,
    weight integer NOT NULL,
    product_groups text[] NOT NULL
);
-- As published: a year, an amount, a unit.
CREATE TABLE demo.published_tariffs (
    product product REFERENCES demo.products,
    year integer,
    amount numeric NOT NULL,
    unit text NOT NULL,
    basis text NOT NULL,
    PRIMARY KEY (product, year)
);
CREATE TABLE demo.demand (
    product product PRIMARY KEY REFERENCES demo.products,
    weight integer NOT NULL,
    low integer NOT NULL,
    high integer NOT NULL,
    step integer NOT NULL,
    unit text NOT NULL,
    frequency text NOT NULL
);

\copy demo.municipalities FROM 'demo/data/municipalities.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy demo.products FROM 'demo/data/products.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy demo.sourcings FROM 'demo/data/sourcings.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy demo.providers FROM 'demo/data/providers.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy demo.published_tariffs FROM 'demo/data/tariffs.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy demo.demand FROM 'demo/data/demand.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')

-- The validity as a range and the price as one value; no two tariffs for one product on one day.
CREATE TABLE demo.tariffs (
    product product REFERENCES demo.products,
    valid daterange,
    tariff tariff NOT NULL,
    basis text NOT NULL,
    EXCLUDE USING gist (product WITH =, valid WITH &&)
);
INSERT INTO demo.tariffs
SELECT product, daterange(make_date(year, 1, 1), make_date(year + 1, 1, 1)), tariff(amount, unit), basis
FROM demo.published_tariffs;

-- The whole price list as one value.
CREATE TABLE demo.books (
    name text PRIMARY KEY,
    book tariff_book NOT NULL
);
INSERT INTO demo.books SELECT 'published', tariff_book_agg(product, tariff, valid) FROM demo.tariffs;

SELECT (SELECT count(*) FROM demo.products) AS products, (SELECT count(*) FROM demo.municipalities) AS municipalities,
    (SELECT count(*) FROM demo.sourcings WHERE channel = 'regional') AS "bought regionally",
    (SELECT count(*) FROM demo.providers) AS providers, (SELECT count(*) FROM demo.tariffs) AS tariffs;

\qecho 'Two of the tariffs. Each product has the nearest published one and says which; see demo/data/README.md.'
SELECT product, lower(valid) AS "from", tariff, basis FROM demo.tariffs
WHERE product IN ('02A16', '07A12') AND lower(valid) = '2025-01-01' ORDER BY product;

\qecho 'The whole price list is one value.'
SELECT name, (SELECT count(*) FROM tariff_lines(book)) AS lines, pg_column_size(book) AS bytes, left(book::text, 76) || ' ...' AS book
FROM demo.books;
