-- 43-indexation: indexation (indexering) of tariffs, with catch-up and without loss by rounding.

CREATE TYPE catch_up_method AS ENUM ('ratio', 'points', 'compound', 'none');
COMMENT ON TYPE catch_up_method IS 'Nacalculatie: how the difference between the provisional (p) and the definitive (d) index of the past year comes on top of next year''s (n). ratio: n + ((1+d)/(1+p) - 1). points: n + (d - p). compound: (1+n) * (1+d)/(1+p) - 1. none: n.';

CREATE TYPE index_rounding AS ENUM ('whole', 'parts', 'none');
COMMENT ON TYPE index_rounding IS 'Where an index is rounded, half up. whole: once, at the end. parts: next year''s weighted index and the weighted catch-up each, and then their sum or product. none: nowhere.';

CREATE FUNCTION index_rate(personnel_share numeric, personnel_next numeric, material_next numeric,
        personnel_provisional numeric, personnel_definitive numeric, material_provisional numeric, material_definitive numeric,
        catch_up_method catch_up_method, rounding index_rounding DEFAULT 'whole', decimals integer DEFAULT 2) RETURNS numeric
    AS 'MODULE_PATHNAME', 'index_rate'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_rate(numeric, numeric, numeric, numeric, numeric, numeric, numeric, catch_up_method, index_rounding, integer) IS 'Index of tariffs (indexering) in percent: personnel (OVA) and material (PPC) figures in percent, weighted with the personnel share (90, or 0.90), and the catch-up (nacalculatie) over the past year.';

CREATE FUNCTION indexed(book tariff_book, percentage numeric, from_date date, step numeric DEFAULT 0.01,
        mode rounding_mode DEFAULT 'half_up') RETURNS tariff_book
    AS 'MODULE_PATHNAME', 'tariff_book_indexed'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indexed(tariff_book, numeric, date, numeric, rounding_mode) IS 'The price list with all prices from that day on raised by the percentage (geïndexeerd) and rounded to the step. The unrounded amount stays in the line (after ~), and the next index starts from it. A line across the day is split. An index of 0 changes nothing.';

CREATE FUNCTION published(tariff_book) RETURNS tariff_book
    AS 'MODULE_PATHNAME', 'tariff_book_published'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION published(tariff_book) IS 'The price list with the published prices only: the next index or percentage starts from the rounded prices.';
