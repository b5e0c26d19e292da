-- 72-tariff-reference: national figures that tariffs start from. As in 70-reference.sql: everyone reads them, nobody
-- writes them; a region keeps figures of its own in its table index_values.

CREATE TABLE national_index_value (
    series text NOT NULL CHECK (series IN ('OVA', 'PPC')),
    year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    status text NOT NULL CHECK (status IN ('provisional', 'definitive')),
    percentage numeric NOT NULL CHECK (percentage BETWEEN -99.0 AND 1000.0),
    published date,
    source text NOT NULL,
    PRIMARY KEY (series, year, status)
);
COMMENT ON TABLE national_index_value IS 'Index figures (indexcijfers) for the indexation of tariffs: OVA for personnel, PPC for material cost, as NZa publishes them and VNG advises them.';
COMMENT ON COLUMN national_index_value.series IS 'OVA (overheidsbijdrage in de arbeidskostenontwikkeling, personnel) or PPC (prijsindex particuliere consumptie, material).';
COMMENT ON COLUMN national_index_value.year IS 'Year that the figure is of.';
COMMENT ON COLUMN national_index_value.status IS 'provisional (voorlopig) or definitive (definitief).';
COMMENT ON COLUMN national_index_value.percentage IS 'Growth over the year before, in percent.';
COMMENT ON COLUMN national_index_value.published IS 'Day of publication, NULL when not known.';
COMMENT ON COLUMN national_index_value.source IS 'Where the figure was published.';

INSERT INTO national_index_value (series, year, status, percentage, published, source) VALUES
    ('OVA', 2023, 'provisional', 4.74, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2024'),
    ('OVA', 2023, 'definitive', 6.36, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2024'),
    ('OVA', 2024, 'provisional', 4.94, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2024'),
    ('OVA', 2024, 'definitive', 6.00, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2025'),
    ('OVA', 2025, 'provisional', 4.18, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2025'),
    ('PPC', 2023, 'provisional', 4.87, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2024'),
    ('PPC', 2023, 'definitive', 7.02, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2024'),
    ('PPC', 2024, 'provisional', 2.51, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2024'),
    ('PPC', 2024, 'definitive', 3.10, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2025'),
    ('PPC', 2025, 'provisional', 1.82, NULL, 'https://vng.nl/artikelen/indexatie-bij-inkoop-jeugdhulp-en-wmo-ondersteuning-2025');

CREATE TABLE national_contribution (
    valid daterange NOT NULL CHECK (NOT pg_catalog.isempty(valid) AND NOT pg_catalog.lower_inf(valid)),
    amount numeric NOT NULL CHECK (amount >= 0.0),
    basis text NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (valid),
    EXCLUDE USING gist (valid WITH OPERATOR(pg_catalog.&&))
);
COMMENT ON TABLE national_contribution IS 'Own contribution (eigen bijdrage, abonnementstarief) for Wmo support per month and household.';
COMMENT ON COLUMN national_contribution.valid IS 'Days that the amount holds.';
COMMENT ON COLUMN national_contribution.amount IS 'Highest contribution per month and household, in euro.';
COMMENT ON COLUMN national_contribution.basis IS 'Legal basis.';
COMMENT ON COLUMN national_contribution.source IS 'Where the amount was published.';

INSERT INTO national_contribution (valid, amount, basis, source) VALUES
    ('[2020-01-01,2024-01-01)', 19.00, 'art. 2.1.4 and 2.1.4a Wmo 2015', 'https://drimmelen.nl/abonnementstarief-wmo'),
    ('[2024-01-01,2025-01-01)', 20.60, 'art. 2.1.4, 2.1.4a and 2.1.4b Wmo 2015', 'https://drimmelen.nl/abonnementstarief-wmo'),
    ('[2025-01-01,2026-01-01)', 21.00, 'art. 2.1.4, 2.1.4a and 2.1.4b Wmo 2015', 'https://zoek.officielebekendmakingen.nl/stcrt-2025-35082.html'),
    ('[2026-01-01,2027-01-01)', 21.80, 'art. 2.1.4, 2.1.4a and 2.1.4b Wmo 2015', 'https://zoek.officielebekendmakingen.nl/stcrt-2025-35082.html');

GRANT SELECT ON TABLE national_index_value, national_contribution TO PUBLIC;

-- Not STRICT: only the cost of the provision may be left out. STABLE, since it reads the table above.
CREATE FUNCTION own_contribution(on_date date, persons integer DEFAULT 1, all_of_pension_age boolean DEFAULT true,
        exempt boolean DEFAULT false, provision_cost numeric DEFAULT NULL) RETURNS numeric
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE
        WHEN on_date IS NULL OR persons IS NULL OR all_of_pension_age IS NULL OR exempt IS NULL THEN NULL
        ELSE (SELECT CASE
                WHEN exempt OR (persons OPERATOR(pg_catalog.>) 1 AND NOT all_of_pension_age) THEN 0.00
                ELSE least(c.amount, provision_cost)
            END
            FROM zorgregio.national_contribution c WHERE c.valid OPERATOR(pg_catalog.@>) on_date)
    END;
COMMENT ON FUNCTION own_contribution(date, integer, boolean, boolean, numeric) IS 'Own contribution (eigen bijdrage, abonnementstarief) per month of a household on that day, in euro: nothing for a household of more persons of whom one has not reached pension age (AOW), nor when exempt (vrijgesteld, such as by the municipality''s bylaw); never more than the monthly cost of the provision. NULL when no amount is known for the day.';
