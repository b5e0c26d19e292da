-- 70-reference-reasons: why care ends (stop_reason, WMO588 and JZ588) and why an allotment changes (change_reason,
-- WMO002 and JZ002).
--
-- A reason is the pair (law, code): stop reason 31 is a move under the Wmo and "as planned" under the Jeugdwet.
-- monitor_class is our reading of a code for counts of inflow and outflow, not a part of the standard.

CREATE TABLE change_reason (
    law text NOT NULL CHECK (law IN ('Wmo', 'Jeugdwet')),
    code text NOT NULL CHECK (code ~ '^[0-9]{2}$'),
    code_list text NOT NULL,
    description text NOT NULL,
    english text NOT NULL,
    monitor_class text NOT NULL
        CHECK (monitor_class IN ('outflow', 'transfer', 'technical', 'no_end', 'undetermined', 'boundary_effect', 'not_counted')),
    monitor_detail text CHECK (monitor_detail IN ('death', 'moved', 'other_domain', 'delivery_form', 'other_provider')),
    valid_from date,
    remark text,
    PRIMARY KEY (law, code)
);
COMMENT ON TABLE change_reason IS 'Reden wijziging (WMO002, JZ002): why a municipality changes or ends an allotment. The same 13 codes under both laws.';
COMMENT ON COLUMN change_reason.law IS 'Wet: Wmo or Jeugdwet, as law(product) gives it.';
COMMENT ON COLUMN change_reason.code IS 'Reden wijziging: code of two digits in the messages. 01 has lapsed and is not a row (CS336).';
COMMENT ON COLUMN change_reason.code_list IS 'Codelijst: WMO002 or JZ002.';
COMMENT ON COLUMN change_reason.description IS 'Omschrijving: the official Dutch description.';
COMMENT ON COLUMN change_reason.english IS 'The description in English.';
COMMENT ON COLUMN change_reason.monitor_class IS 'What the change means for counts. outflow (uitstroom): the client leaves care. transfer (doorstroom): goes on elsewhere. technical (technisch): a follow-up is expected. no_end (geen einde): care goes on. undetermined (te bepalen): the new allotment tells. boundary_effect (grenseffect): only a border moved. not_counted (niet tellen): leave the row out.';
COMMENT ON COLUMN change_reason.monitor_detail IS 'The kind of outflow or transfer: death (overlijden), moved (verhuizing), other_domain (ander domein: Wlz or Zvw), delivery_form (leveringsvorm: to a personal budget), other_provider (andere aanbieder). NULL: none.';
COMMENT ON COLUMN change_reason.valid_from IS 'Geldig vanaf: first day on which the code may be used; NULL: as long as the list exists.';
COMMENT ON COLUMN change_reason.remark IS 'Toelichting: what to mind when counting; NULL: nothing.';

INSERT INTO change_reason (law, code, code_list, description, english, monitor_class, monitor_detail, valid_from, remark)
SELECT l.law, r.code, l.code_list, r.description, r.english, r.monitor_class, r.monitor_detail, r.valid_from::date,
    CASE WHEN r.only_law IS NULL OR r.only_law = l.law THEN r.remark END
FROM (VALUES ('Wmo', 'WMO002'), ('Jeugdwet', 'JZ002')) AS l (law, code_list), (VALUES
    ('02', 'Client overleden', 'client died', 'outflow', 'death', NULL, NULL, NULL),
    ('03', 'Contractwijziging', 'change of contract', 'technical', NULL, NULL, NULL, 'A follow-up allotment is expected.'),
    ('04', 'Herbeoordeling: verlenging', 'reassessment: longer', 'no_end', NULL, NULL, NULL, NULL),
    ('05', 'Herbeoordeling: verkorting', 'reassessment: shorter', 'undetermined', NULL, NULL, NULL, 'Another product, a shorter period or another volume.'),
    ('06', 'Uitstroom naar ander domein', 'left for another domain', 'outflow', 'other_domain', NULL, NULL, NULL),
    ('07', 'Verhuizing', 'moved', 'outflow', 'moved', NULL, 'Wmo', 'Mostly ends on the day before registration in the new municipality.'),
    ('08', 'Wijziging leveringsvorm', 'change of delivery form', 'transfer', 'delivery_form', NULL, NULL, 'From care in kind to a personal budget; the national youth statistics do not count personal budgets.'),
    ('09', 'Overstap naar andere aanbieder', 'changed to another provider', 'transfer', 'other_provider', NULL, NULL, NULL),
    ('10', 'Nieuwe bekostigingssystematiek', 'new way of financing', 'technical', NULL, NULL, NULL, NULL),
    ('11', 'Gemeentelijke herindeling', 'municipalities merged or split', 'boundary_effect', NULL, NULL, NULL, NULL),
    ('12', 'Geinitieerd door de aanbieder', 'initiated by the provider', 'technical', NULL, NULL, NULL, NULL),
    ('13', 'Verwijderd', 'deleted', 'not_counted', NULL, '2022-04-04', NULL, 'End date = start date: treat as never sent, not as an allotment of one day.'),
    ('14', 'Administratieve correctie', 'administrative correction', 'not_counted', NULL, '2022-04-04', NULL, 'The newest version of the allotment counts.')
) AS r (code, description, english, monitor_class, monitor_detail, valid_from, only_law, remark);

CREATE TABLE stop_reason (
    law text NOT NULL CHECK (law IN ('Wmo', 'Jeugdwet')),
    code text NOT NULL CHECK (code ~ '^[0-9]{2}$'),
    code_list text NOT NULL,
    description text NOT NULL,
    english text NOT NULL,
    monitor_class text NOT NULL
        CHECK (monitor_class IN ('outflow', 'pause', 'transfer', 'technical', 'by_change_reason')),
    monitor_detail text CHECK (monitor_detail IN ('death', 'as_planned', 'early', 'moved', 'external', 'other_domain', 'other_provider')),
    cbs_reason text CHECK (cbs_reason ~ '^[0-9]{2}$'),
    matching_change_reasons text[] NOT NULL,
    valid_from date,
    remark text,
    PRIMARY KEY (law, code)
);
COMMENT ON TABLE stop_reason IS 'Reden beeindiging (WMO588, JZ588): why a provider stops delivering. Codes mean different things under the two laws.';
COMMENT ON COLUMN stop_reason.law IS 'Wet: Wmo or Jeugdwet, as law(product) gives it.';
COMMENT ON COLUMN stop_reason.code IS 'Reden beeindiging: code of two digits in the messages.';
COMMENT ON COLUMN stop_reason.code_list IS 'Codelijst: WMO588 or JZ588.';
COMMENT ON COLUMN stop_reason.description IS 'Omschrijving: the official Dutch description.';
COMMENT ON COLUMN stop_reason.english IS 'The description in English.';
COMMENT ON COLUMN stop_reason.monitor_class IS 'What the stop means for counts. outflow (uitstroom): the client leaves care. pause (pauze): the allotment stays open. transfer (doorstroom): goes on elsewhere. technical (technisch): a follow-up is expected. by_change_reason: only the reason of the change of the allotment tells.';
COMMENT ON COLUMN stop_reason.monitor_detail IS 'The kind of outflow or transfer: death (overlijden), as_planned (volgens plan), early (voortijdig), moved (verhuizing), external (externe oorzaak), other_domain (ander domein: Wlz or Zvw), other_provider (andere aanbieder). NULL: none.';
COMMENT ON COLUMN stop_reason.cbs_reason IS 'Reden beeindiging in the national youth statistics (CBS); NULL: none.';
COMMENT ON COLUMN stop_reason.matching_change_reasons IS 'Codes of the reasons for change (change_reason.code) that go with this stop; empty: none.';
COMMENT ON COLUMN stop_reason.valid_from IS 'Geldig vanaf: first day on which the code may be used; NULL: not known, or as long as the list exists.';
COMMENT ON COLUMN stop_reason.remark IS 'Toelichting: what to mind when counting; NULL: nothing.';

INSERT INTO stop_reason (law, code, code_list, description, english, monitor_class, monitor_detail, cbs_reason,
    matching_change_reasons, valid_from, remark) VALUES
    ('Wmo', '02', 'WMO588', 'Overlijden', 'death', 'outflow', 'death', NULL, '{02}', NULL, NULL),
    ('Wmo', '19', 'WMO588', 'Levering volgens plan beeindigd', 'ended as planned', 'outflow', 'as_planned', NULL, '{}', NULL, NULL),
    ('Wmo', '20', 'WMO588', 'Levering is tijdelijk beeindigd', 'ended for the time being', 'pause', NULL, NULL, '{}', NULL, 'The allotment stays open and a new start follows: no outflow.'),
    ('Wmo', '21', 'WMO588', 'Eenzijdig door client', 'by the client alone', 'outflow', 'early', NULL, '{}', NULL, NULL),
    ('Wmo', '22', 'WMO588', 'Eenzijdig door aanbieder', 'by the provider alone', 'outflow', 'early', NULL, '{}', NULL, NULL),
    ('Wmo', '23', 'WMO588', 'In overeenstemming voortijdig', 'early, by agreement', 'outflow', 'early', NULL, '{}', NULL, NULL),
    ('Wmo', '31', 'WMO588', 'Verhuizing naar een andere gemeente', 'moved to another municipality', 'outflow', 'moved', NULL, '{07}', NULL, 'Means "as planned" in JZ588. Inside the region a move is a boundary effect.'),
    ('Wmo', '36', 'WMO588', 'Geinitieerd door de gemeente', 'initiated by the municipality', 'by_change_reason', NULL, NULL, '{03,05,08,10,11}', NULL, 'To be read with the reason for change.'),
    ('Wmo', '37', 'WMO588', 'In verband met wijzigingsverzoek', 'because of a request for change', 'technical', NULL, NULL, '{12}', NULL, 'A transfer when a new start follows.'),
    ('Wmo', '38', 'WMO588', 'Overstap naar andere aanbieder', 'changed to another provider', 'transfer', 'other_provider', NULL, '{09}', '2022-04-01', 'Outflow for the provider, not for the region.'),
    ('Wmo', '39', 'WMO588', 'Uitstroom naar ander domein', 'left for another domain', 'outflow', 'other_domain', NULL, '{06}', '2022-04-01', 'Wlz or Zvw.'),
    ('Jeugdwet', '02', 'JZ588', 'Overlijden', 'death', 'outflow', 'death', '05', '{02}', NULL, 'The national statistics count death under external causes.'),
    ('Jeugdwet', '20', 'JZ588', 'Levering is tijdelijk beeindigd', 'ended for the time being', 'pause', NULL, NULL, '{}', NULL, 'Such as a stay in hospital.'),
    ('Jeugdwet', '31', 'JZ588', 'Levering is volgens plan beeindigd', 'ended as planned', 'outflow', 'as_planned', '01', '{}', NULL, 'Means a move to another municipality in WMO588.'),
    ('Jeugdwet', '32', 'JZ588', 'Voortijdig, door client', 'early, by the client', 'outflow', 'early', '03', '{}', NULL, NULL),
    ('Jeugdwet', '33', 'JZ588', 'Voortijdig, door aanbieder', 'early, by the provider', 'outflow', 'early', '04', '{}', NULL, NULL),
    ('Jeugdwet', '34', 'JZ588', 'Voortijdig, in overleg', 'early, by agreement', 'outflow', 'early', '02', '{}', NULL, NULL),
    ('Jeugdwet', '35', 'JZ588', 'Voortijdig, externe oorzaak', 'early, external cause', 'outflow', 'external', '05', '{07}', NULL, 'Moved or missing.'),
    ('Jeugdwet', '36', 'JZ588', 'Geinitieerd door de gemeente', 'initiated by the municipality', 'by_change_reason', NULL, NULL, '{03,05,08,10,11}', '2021-01-01', 'To be read with the reason for change.'),
    ('Jeugdwet', '37', 'JZ588', 'In verband met wijzigingsverzoek', 'because of a request for change', 'technical', NULL, NULL, '{12}', '2021-01-01', 'A transfer when a new start follows.'),
    ('Jeugdwet', '38', 'JZ588', 'Overstap naar andere aanbieder', 'changed to another provider', 'transfer', 'other_provider', '03', '{09}', '2022-04-01', 'National reason 03 when the client chose to.'),
    ('Jeugdwet', '39', 'JZ588', 'Uitstroom naar ander domein', 'left for another domain', 'outflow', 'other_domain', '01', '{06}', '2022-04-01', 'The national statistics count care continued under Zvw, Wmo or Wlz after 18 as planned.');

-- The reason for change is asked where the stop says nothing of its own.
CREATE VIEW stop_meaning AS
SELECT m.law, m.stop_reason, m.change_reason, m.monitor_class, m.monitor_detail,
    CASE WHEN m.monitor_class = 'pause' THEN 'pause' WHEN m.monitor_detail = 'other_provider' THEN 'other_provider' END AS meaning
FROM (
    SELECT law.name, s.code, c.code, coalesce(c.monitor_class, s.monitor_class), coalesce(c.monitor_detail, s.monitor_detail)
    FROM (VALUES ('Wmo'), ('Jeugdwet')) law(name)
        CROSS JOIN LATERAL (SELECT r.code, r.monitor_class, r.monitor_detail FROM stop_reason r WHERE r.law = law.name UNION ALL SELECT NULL, NULL, NULL) s
        CROSS JOIN LATERAL (
            SELECT r.code, CASE WHEN a.asked THEN r.monitor_class END, CASE WHEN a.asked THEN r.monitor_detail END
            FROM change_reason r CROSS JOIN (SELECT s.monitor_class IS NULL OR s.monitor_class IN ('by_change_reason', 'technical')) a(asked)
            WHERE r.law = law.name
            UNION ALL
            SELECT NULL, NULL, NULL) c(code, monitor_class, monitor_detail)
    ) m(law, stop_reason, change_reason, monitor_class, monitor_detail);
COMMENT ON VIEW stop_meaning IS 'What the end of a delivery means (betekenis van een einde), by law, stop reason and reason for change of the allotment; NULL: none, or one that the list does not have.';
COMMENT ON COLUMN stop_meaning.law IS 'Wet: Wmo or Jeugdwet.';
COMMENT ON COLUMN stop_meaning.stop_reason IS 'Reden beeindiging: stop_reason.code.';
COMMENT ON COLUMN stop_meaning.change_reason IS 'Reden wijziging: change_reason.code.';
COMMENT ON COLUMN stop_meaning.monitor_class IS 'stop_reason.monitor_class, or change_reason.monitor_class where only that tells; NULL: nothing is known.';
COMMENT ON COLUMN stop_meaning.monitor_detail IS 'The kind of outflow or transfer, from the same place.';
COMMENT ON COLUMN stop_meaning.meaning IS 'What care_places_agg and provider_counts_agg ask: pause (pauze), other_provider (overstap naar andere aanbieder), NULL: neither.';

REVOKE ALL ON TABLE stop_reason, change_reason, stop_meaning FROM PUBLIC;
GRANT SELECT ON TABLE stop_reason, change_reason, stop_meaning TO PUBLIC;
