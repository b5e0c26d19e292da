-- 90-vectors: the published examples of the standard, expected and computed side by side. A difference fails the demo.
\qecho
\qecho '15. The published claim examples of iWmo and iJw: expected beside computed'

CREATE TABLE demo.claimable_vectors (
    line integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    source text,
    delivery_variant text,
    volume integer,
    unit_code text,
    start_date date,
    end_date date,
    product_period_start text,
    max_volume numeric
);
\copy demo.claimable_vectors (source, delivery_variant, volume, unit_code, start_date, end_date, product_period_start, max_volume) FROM 'test/data/claimable_vectors.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')

-- The examples name no product: any outside category 01 will do. Euro volumes are in cents.
CREATE TABLE demo.vector_results AS
SELECT line, v.delivery_variant, i AS indication, nullif(product_period_start, 'TOTAL')::date AS month, max_volume AS expected,
    CASE WHEN product_period_start = 'TOTAL' THEN claimable(i) ELSE claimable(i, product_period_start::date) END
        * CASE WHEN unit_code = '83' THEN 100 ELSE 1 END AS computed
FROM demo.claimable_vectors v, indication(product '45A04', volume(volume, volume, unit_code, 'week'),
    daterange(start_date, end_date, '[]')) i;

\qecho 'Expected and computed for euro volumes are in cents, as in the messages.'
SELECT line, delivery_variant AS variant, concat(volume(indication), ' ', period(indication)) AS allotted,
    coalesce(to_char(month, 'YYYY-MM'), 'as a whole') AS month, expected, trim_scale(computed) AS computed,
    CASE WHEN expected = computed THEN 'ok' ELSE 'DIFFERENT' END AS " "
FROM demo.vector_results ORDER BY line;
DO $$
DECLARE
    different bigint := (SELECT count(*) FROM demo.vector_results WHERE computed IS DISTINCT FROM expected);
BEGIN
    IF different > 0 THEN
        RAISE EXCEPTION '% of the published examples came out differently', different;
    END IF;
END $$;
