-- 70-reference-municipality: names of municipalities (gemeenten), with the former ones that merged into them.
--
-- The regions this extension was made with, their neighbours in the data and what merged into them; not the whole list
-- of CBS. A code goes with an official name: a municipality that takes another name gets another code, one that
-- absorbs others keeps its own. An old code stays usable for allotments that started under it (TR378).

CREATE TABLE municipality_name (
    code municipality PRIMARY KEY,
    name text NOT NULL,
    youth_region text,
    valid daterange NOT NULL CHECK (NOT pg_catalog.isempty(valid)),
    successor municipality REFERENCES municipality_name,
    CHECK ((successor IS NULL) = pg_catalog.upper_inf(valid)),
    CHECK (successor IS NULL OR youth_region IS NULL)
);
COMMENT ON TABLE municipality_name IS 'Gemeente: names of municipalities by CBS code, current and former. Not complete: the municipalities of the regions in the examples, and those that merged into them.';
COMMENT ON COLUMN municipality_name.code IS 'Gemeentecode: the code of CBS.';
COMMENT ON COLUMN municipality_name.name IS 'Gemeentenaam: the official name.';
COMMENT ON COLUMN municipality_name.youth_region IS 'Jeugdregio in 2026; NULL when former or not in one of the regions listed.';
COMMENT ON COLUMN municipality_name.valid IS 'Geldigheid: days on which the municipality exists; no lower bound where the first day is not recorded here.';
COMMENT ON COLUMN municipality_name.successor IS 'Rechtsopvolger: the municipality that a former one merged into; NULL while it exists.';

INSERT INTO municipality_name (code, name, youth_region, valid, successor) VALUES
    ('0200', 'Apeldoorn', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0213', 'Brummen', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0232', 'Epe', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0244', 'Hattem', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0246', 'Heerde', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0262', 'Lochem', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0285', 'Voorst', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0301', 'Zutphen', 'Midden IJssel-Oost Veluwe', '(,)', NULL),
    ('0317', 'Eemnes', 'Eemland', '(,)', NULL),
    ('0363', 'Amsterdam', NULL, '(,)', NULL),
    ('0376', 'Blaricum', 'Gooi en Vechtstreek', '(,)', NULL),
    ('0402', 'Hilversum', 'Gooi en Vechtstreek', '(,)', NULL),
    ('0406', 'Huizen', 'Gooi en Vechtstreek', '(,)', NULL),
    ('0417', 'Laren (NH.)', 'Gooi en Vechtstreek', '(,)', NULL),
    ('1696', 'Wijdemeren', 'Utrecht-West', '[2002-01-01,)', NULL),
    ('1942', 'Gooise Meren', 'Gooi en Vechtstreek', '[2016-01-01,)', NULL),
    ('0239', 'Gorssel', NULL, '(,2005-01-01)', '0262'),
    ('0291', 'Warnsveld', NULL, '(,2005-01-01)', '0301'),
    ('0330', 'Loosdrecht', NULL, '(,2002-01-01)', '1696'),
    ('0381', 'Bussum', NULL, '(,2016-01-01)', '1942'),
    ('0390', '''s-Graveland', NULL, '(,2002-01-01)', '1696'),
    ('0424', 'Muiden', NULL, '(,2016-01-01)', '1942'),
    ('0425', 'Naarden', NULL, '(,2016-01-01)', '1942'),
    ('0426', 'Nederhorst den Berg', NULL, '(,2002-01-01)', '1696'),
    ('0457', 'Weesp', NULL, '(,2022-03-24)', '0363');

REVOKE ALL ON TABLE municipality_name FROM PUBLIC;
GRANT SELECT ON TABLE municipality_name TO PUBLIC;
