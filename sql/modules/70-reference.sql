-- 70-reference: code lists of iWmo/iJw 3.2: unit (eenheid), frequency (frequentie), product_category (productcategorie).
--
-- The types do not read these tables: input and output may not depend on a table. They hold the same facts for
-- queries, lists and joins. Their rows come from this script and later from update scripts, never from users, so
-- pg_dump leaves them out (no pg_extension_config_dump) and CREATE EXTENSION brings them back.

-- The reference is for everyone, and so are the types and functions beside it.
GRANT USAGE ON SCHEMA zorgregio TO PUBLIC;

CREATE TABLE unit (
    code text PRIMARY KEY CHECK (code ~ '^[0-9]{2}$'),
    name text NOT NULL UNIQUE,
    description text NOT NULL,
    english text NOT NULL,
    minutes_per_unit integer CHECK (minutes_per_unit > 0),
    delivery_variant text NOT NULL CHECK (delivery_variant IN ('inspanning', 'output')),
    allowed_frequencies text[] NOT NULL CHECK (pg_catalog.cardinality(allowed_frequencies) > 0)
);
COMMENT ON TABLE unit IS 'Eenheid: the units in which iWmo/iJw 3.2 counts a volume, and what each implies.';
COMMENT ON COLUMN unit.code IS 'Eenheid: code in the messages, such as 04; what unit_code(volume) gives.';
COMMENT ON COLUMN unit.name IS 'Name in the text form of volume and tariff, such as uur; what unit(volume) and unit(tariff) give.';
COMMENT ON COLUMN unit.description IS 'Omschrijving: the official Dutch description.';
COMMENT ON COLUMN unit.english IS 'The description in English.';
COMMENT ON COLUMN unit.minutes_per_unit IS 'Minutes in one unit; NULL when the unit is not a length of time. p*q converts between hour and minute only.';
COMMENT ON COLUMN unit.delivery_variant IS 'Leveringsvariant that the unit implies: inspanning (time or pieces delivered) or output (a result or an amount).';
COMMENT ON COLUMN unit.allowed_frequencies IS 'Codes of the frequencies (frequency.code) that may go with the unit (CS338).';

INSERT INTO unit (code, name, description, english, minutes_per_unit, delivery_variant, allowed_frequencies) VALUES
    ('01', 'minuut', 'Minuut', 'minute', 1, 'inspanning', '{1,2,4,6}'),
    ('04', 'uur', 'Uur', 'hour', 60, 'inspanning', '{1,2,4,6}'),
    ('14', 'etmaal', 'Etmaal', 'day and night (24 hours)', 1440, 'inspanning', '{2,4,6}'),
    ('16', 'dagdeel', 'Dagdeel (4 uur)', 'daypart (4 hours)', 240, 'inspanning', '{2,4,6}'),
    ('82', 'stuks(output)', 'Stuks (output)', 'pieces (output)', NULL, 'output', '{1,2,4,6}'),
    ('83', 'euro', 'Euro''s', 'euros; the messages count in cents', NULL, 'output', '{2,4,6}'),
    ('84', 'stuks(inspanning)', 'Stuks (inspanning)', 'pieces (effort)', NULL, 'inspanning', '{2,4,6}');

CREATE TABLE frequency (
    code text PRIMARY KEY CHECK (code ~ '^[0-9]$'),
    name text NOT NULL UNIQUE,
    description text NOT NULL,
    english text NOT NULL,
    withdrawn boolean NOT NULL,
    end_date_required boolean,
    CHECK (withdrawn = (end_date_required IS NULL))
);
COMMENT ON TABLE frequency IS 'Frequentie: how often the volume of an allotment may be delivered; with the two codes that release 3.0 withdrew, for old data.';
COMMENT ON COLUMN frequency.code IS 'Frequentie: code in the messages, such as 2; what frequency_code(volume) gives.';
COMMENT ON COLUMN frequency.name IS 'Name in the text form of volume, such as week; what frequency(volume) gives. The type does not accept withdrawn ones.';
COMMENT ON COLUMN frequency.description IS 'Omschrijving: the official Dutch description.';
COMMENT ON COLUMN frequency.english IS 'The description in English.';
COMMENT ON COLUMN frequency.withdrawn IS 'Vervallen: true for the codes that are no longer part of the standard since release 3.0 (1 January 2021).';
COMMENT ON COLUMN frequency.end_date_required IS 'Whether an allotment with this frequency needs an end date (CD076); NULL for withdrawn codes. A budget always needs one (CD075).';

INSERT INTO frequency (code, name, description, english, withdrawn, end_date_required) VALUES
    ('1', 'dag', 'Per dag', 'per day', false, false),
    ('2', 'week', 'Per week', 'per week', false, true),
    ('3', 'vier weken', 'Per vier weken', 'per four weeks', true, NULL),
    ('4', 'maand', 'Per maand', 'per month', false, false),
    ('5', 'jaar', 'Per jaar', 'per year', true, NULL),
    ('6', 'totaal', 'Totaal binnen geldigheidsduur toewijzing', 'in total, within the period of the allotment', false, false);

CREATE TABLE product_category (
    category text PRIMARY KEY CHECK (category ~ '^[0-9]{2}$'),
    law text NOT NULL CHECK (law IN ('Wmo', 'Jeugdwet')),
    name text NOT NULL,
    english text NOT NULL
);
COMMENT ON TABLE product_category IS 'Productcategorie: the categories of iWmo (01 to 18) and iJw (31 to 55); the first part of a product code.';
COMMENT ON COLUMN product_category.category IS 'Productcategorie: code of two digits; what category(product) gives.';
COMMENT ON COLUMN product_category.law IS 'Wet: Wmo or Jeugdwet; what law(product) gives.';
COMMENT ON COLUMN product_category.name IS 'Naam: the official Dutch name.';
COMMENT ON COLUMN product_category.english IS 'The name in English.';

INSERT INTO product_category (category, law, name, english) VALUES
    ('01', 'Wmo', 'Hulp bij het huishouden', 'household help'),
    ('02', 'Wmo', 'Begeleiding', 'support'),
    ('03', 'Wmo', 'Persoonlijke verzorging', 'personal care'),
    ('04', 'Wmo', 'Kortdurend verblijf', 'short stay'),
    ('05', 'Wmo', 'Woondiensten', 'housing services'),
    ('06', 'Wmo', 'Overige ondersteuning gericht op het individu of huishouden/gezin', 'other support for a person, household or family'),
    ('07', 'Wmo', 'Dagbesteding', 'day activities'),
    ('08', 'Wmo', 'Vervoerdiensten', 'transport services'),
    ('09', 'Wmo', 'Overige groepsgerichte ondersteuning', 'other support in groups'),
    ('10', 'Wmo', 'Overige maatwerk arrangementen', 'other tailored arrangements'),
    ('11', 'Wmo', 'Rolstoelen', 'wheelchairs'),
    ('12', 'Wmo', 'Vervoervoorzieningen', 'means of transport'),
    ('13', 'Wmo', 'Woonvoorzieningen', 'home adaptations'),
    ('14', 'Wmo', 'Overige hulpmiddelen', 'other aids'),
    ('15', 'Wmo', 'Beschermd wonen', 'sheltered housing'),
    ('16', 'Wmo', 'Opvang', 'shelter'),
    ('17', 'Wmo', 'Spoedopvang', 'emergency shelter'),
    ('18', 'Wmo', 'Overige beschermd wonen en opvang', 'other sheltered housing and shelter'),
    ('31', 'Jeugdwet', '(2015) Zonder verblijf: uitgevoerd door wijk- of buurtteam', '(2015) without stay: by a neighbourhood team'),
    ('32', 'Jeugdwet', '(2015) Zonder verblijf: ambulante jeugdhulp op locatie van de aanbieder', '(2015) without stay: outpatient, at the provider'),
    ('33', 'Jeugdwet', '(2015) Zonder verblijf: daghulp op locatie van de aanbieder', '(2015) without stay: day care at the provider'),
    ('34', 'Jeugdwet', '(2015) Zonder verblijf: jeugdhulp in het netwerk van de jeugdige', '(2015) without stay: in the network of the young person'),
    ('35', 'Jeugdwet', '(2015) Met verblijf: pleegzorg', '(2015) with stay: foster care'),
    ('36', 'Jeugdwet', '(2015) Met verblijf: gezinsgericht', '(2015) with stay: family-like'),
    ('37', 'Jeugdwet', '(2015) Met verblijf: gesloten plaatsing', '(2015) with stay: secure'),
    ('38', 'Jeugdwet', '(2015) Met verblijf: overig residentieel', '(2015) with stay: other residential'),
    ('40', 'Jeugdwet', 'Persoonlijke verzorging', 'personal care'),
    ('41', 'Jeugdwet', 'Dagbehandeling', 'day treatment'),
    ('42', 'Jeugdwet', 'Vervoerdiensten', 'transport services'),
    ('43', 'Jeugdwet', 'Jeugdhulp verblijf (incl. behandeling)', 'stay, with treatment'),
    ('44', 'Jeugdwet', 'Jeugdhulp verblijf (excl. behandeling)', 'stay, without treatment'),
    ('45', 'Jeugdwet', 'Jeugdhulp ambulant', 'outpatient youth care'),
    ('46', 'Jeugdwet', 'Jeugdhulp crisis', 'crisis care'),
    ('47', 'Jeugdwet', 'Jeugdreclassering', 'youth probation'),
    ('48', 'Jeugdwet', 'Jeugdbescherming', 'youth protection'),
    ('49', 'Jeugdwet', 'Activiteiten in het preventief justitieel kader', 'activities in the preventive judicial setting'),
    ('50', 'Jeugdwet', 'Maatwerkarrangementen jeugd', 'tailored arrangements for youth'),
    ('51', 'Jeugdwet', 'Generalistische basis-ggz', 'basic mental health care'),
    ('52', 'Jeugdwet', 'Specialistische ggz', 'specialised mental health care'),
    ('53', 'Jeugdwet', 'Kindergeneeskunde', 'paediatrics'),
    ('54', 'Jeugdwet', 'Jeugd-ggz', 'youth mental health care'),
    ('55', 'Jeugdwet', 'Landelijk ingekochte zorg', 'care bought nationally');

REVOKE ALL ON TABLE unit, frequency, product_category FROM PUBLIC;
GRANT SELECT ON TABLE unit, frequency, product_category TO PUBLIC;
