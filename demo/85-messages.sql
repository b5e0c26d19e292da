-- 85-messages: messages (berichten) of a client and of a month, loaded into the region in any order.
\pset format wrapped
\pset columns 118
\qecho
\qecho '13. Messages in: allotments, starts, stops and claims of iWmo 3.2'

-- The tables hold no BSN. Who has the BSNs keeps the keys: here numbers of the test range, for 9,000 of the clients.
CREATE TABLE demo.client_keys (bsn text PRIMARY KEY, client bigint NOT NULL UNIQUE);
INSERT INTO demo.client_keys
SELECT bsn, 100000 + row_number() OVER (ORDER BY bsn) FROM (SELECT (999900000 + i)::text FROM generate_series(1, 99999) i) b (bsn) WHERE bsn_valid(bsn) LIMIT 9000;

-- Messages as text: header, clients and lines.
CREATE FUNCTION demo.message(kind text, code text, identification text, dated date, sender text, receiver text, content text) RETURNS xml LANGUAGE sql IMMUTABLE
    RETURN format('<m:Bericht xmlns:m="http://www.istandaarden.nl/iwmo/3_2/wmo%s/schema" xmlns:b="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema"><m:Header>'
        '<m:BerichtCode>%s</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie><m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>%s</m:Afzender><m:Ontvanger>%s</m:Ontvanger>'
        '<m:BerichtIdentificatie><b:Identificatie>%s</b:Identificatie><b:Dagtekening>%s</b:Dagtekening></m:BerichtIdentificatie><m:XsdVersie>'
        '<b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie><b:BerichtXsdVersie>1.0.0</b:BerichtXsdVersie></m:XsdVersie></m:Header>%s</m:Bericht>',
        kind, code, sender, receiver, identification, dated, content)::xml;
CREATE FUNCTION demo.clients(bsn text, lines text, class text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN format('<m:Client><m:Bsn>%s</m:Bsn><m:%s>%s</m:%2$s></m:Client>', bsn, class, lines);
CREATE FUNCTION demo.period(first date, last date) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN format('<b:Begindatum>%s</b:Begindatum><b:Einddatum>%s</b:Einddatum>', first, last);
CREATE FUNCTION demo.allotted(number bigint, reference text, i indication, decided timestamp, reason text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN concat('<m:ToegewezenProduct><m:ToewijzingNummer>', number, '</m:ToewijzingNummer>', '<m:ReferentieAanbieder>' || reference || '</m:ReferentieAanbieder>',
        format('<m:Product><b:Categorie>%s</b:Categorie><b:Code>%s</b:Code></m:Product>', category(product(i)), code(product(i))),
        format('<m:Toewijzingsdatum>%s</m:Toewijzingsdatum><m:Toewijzingstijd>%s</m:Toewijzingstijd><m:Ingangsdatum>%s</m:Ingangsdatum>', decided::date, decided::time, lower(period(i))),
        '<m:Einddatum>' || (upper(period(i)) - 1) || '</m:Einddatum>', '<m:RedenWijziging>' || reason || '</m:RedenWijziging>',
        format('<m:Omvang><b:Volume>%s</b:Volume><b:Eenheid>%s</b:Eenheid><b:Frequentie>%s</b:Frequentie></m:Omvang></m:ToegewezenProduct>',
            amount(volume(i))::integer, unit_code(volume(i)), frequency_code(volume(i))));
CREATE FUNCTION demo.claimed(reference text, previous text, number bigint, p product, first date, last date, v volume, t tariff) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN concat('<m:Prestatie><m:ProductReferentie><b:ReferentieNummer>', reference, '</b:ReferentieNummer>', '<b:VorigReferentieNummer>' || previous || '</b:VorigReferentieNummer>',
        '</m:ProductReferentie><m:ToewijzingNummer>', number, '</m:ToewijzingNummer>', format('<m:ProductCategorie>%s</m:ProductCategorie><m:ProductCode>%s</m:ProductCode>', category(p), code(p)),
        '<m:ProductPeriode>', demo.period(first, last), '</m:ProductPeriode>', format('<m:GeleverdVolume>%s</m:GeleverdVolume><m:Eenheid>%s</m:Eenheid>', amount(v)::integer, unit_code(v)),
        format('<m:ProductTarief>%s</m:ProductTarief><m:IngediendBedrag><b:Bedrag>%s</b:Bedrag>', (amount(t) * 100)::integer, (claim_amount(v, t) * 100)::integer),
        '<b:DebetCredit>', CASE WHEN previous IS NULL THEN 'D' ELSE 'C' END, '</b:DebetCredit></m:IngediendBedrag></m:Prestatie>');
CREATE FUNCTION demo.declared(number text, month date, total numeric, clients text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN concat('<m:Declaratie><m:DeclaratieNummer>', number, '</m:DeclaratieNummer><m:DeclaratiePeriode>', demo.period(month, (month + interval '1 month')::date - 1), '</m:DeclaratiePeriode>',
        format('<m:DeclaratieDagtekening>%s</m:DeclaratieDagtekening><m:TotaalIngediendBedrag><b:TotaalBedrag>%s</b:TotaalBedrag><b:DebetCredit>%s</b:DebetCredit></m:TotaalIngediendBedrag>',
            (month + interval '1 month')::date + 5, (abs(total) * 100)::bigint, CASE WHEN total < 0 THEN 'C' ELSE 'D' END), '<m:Clienten>', clients, '</m:Clienten></m:Declaratie>');

\qecho 'One client, seven messages, in the order in which they came out of the mailbox. Dated: the date of the message.'
CREATE TEMP TABLE mailbox (n integer GENERATED ALWAYS AS IDENTITY, kind text, says text, dated date, body xml);
INSERT INTO mailbox (kind, says, dated, body)
SELECT kind, says, dated, demo.message(kind, code, 'ZR' || row_number() OVER (), dated, CASE kind WHEN '301' THEN '0200' ELSE '99900001' END, CASE kind WHEN '301' THEN '99900001' ELSE '0200' END, content)
FROM (VALUES
    ('323', '484', '12 hours in March', date '2026-04-04', demo.declared('D0001', '2026-03-01', 12 * 61.20, demo.clients('999900006',
        demo.claimed('P1', NULL, 750000001, '02A16', '2026-03-09', '2026-03-31', '12 uur', '61.20/uur'), 'Prestaties'))),
    ('307', '420', 'care ended on 30 April, as planned', '2026-05-01', demo.clients('999900006', '<m:StopProduct><m:ToewijzingNummer>750000001</m:ToewijzingNummer><m:Begindatum>2026-03-12</m:Begindatum>'
        '<m:RedenBeeindiging>19</m:RedenBeeindiging><m:Einddatum>2026-04-30</m:Einddatum><m:StatusAanlevering>1</m:StatusAanlevering></m:StopProduct>', 'StopProducten')),
    ('301', '414', 'allotted until 30 June instead of December', '2026-03-20', demo.clients('999900006',
        demo.allotted(750000001, 'ZK-77', '02A16 4 uur/week [2026-03-09,2026-07-01)', '2026-03-20 11:30', '05'), 'ToegewezenProducten')),
    ('305', '418', 'care began on 12 March', '2026-03-13', demo.clients('999900006', '<m:StartProduct><m:ToewijzingNummer>750000001</m:ToewijzingNummer><m:Begindatum>2026-03-12</m:Begindatum>'
        '<m:StatusAanlevering>1</m:StatusAanlevering></m:StartProduct>', 'StartProducten')),
    ('301', '414', 'allotted until 31 December', '2026-03-05', demo.clients('999900006',
        demo.allotted(750000001, 'ZK-77', '02A16 4 uur/week [2026-03-09,2027-01-01)', '2026-03-05 09:00', NULL), 'ToegewezenProducten')),
    ('315', '444', 'the provider asks for it', '2026-02-16', demo.clients('999900006', '<m:AangevraagdProduct><m:ReferentieAanbieder>ZK-77</m:ReferentieAanbieder><m:Product><b:Categorie>02</b:Categorie></m:Product>'
        '<m:ToewijzingIngangsdatum>2026-03-09</m:ToewijzingIngangsdatum><m:Verwijzer><b:Type>06</b:Type></m:Verwijzer></m:AangevraagdProduct>', 'AangevraagdeProducten')),
    ('323', '484', 'the 12 hours back, and 10 instead', '2026-05-04', demo.declared('D0002', '2026-04-01', -2 * 61.20, demo.clients('999900006',
        demo.claimed('P2', 'P1', 750000001, '02A16', '2026-03-09', '2026-03-31', '12 uur', '61.20/uur')
        || demo.claimed('P3', NULL, 750000001, '02A16', '2026-03-09', '2026-03-31', '10 uur', '61.20/uur'), 'Prestaties')))) v (kind, code, says, dated, content);
SELECT kind, says, dated, l.* FROM (SELECT * FROM mailbox ORDER BY n OFFSET 0) m, mijov.load_message(body, 'demo.client_keys'::regclass) l;
SELECT a.number::text, a.indication, a.requested, a.decided, d.started, d.ended, sum(c.amount) AS claimed
FROM mijov.allocations a JOIN mijov.deliveries d USING (number) JOIN mijov.claims c USING (number) WHERE number = 750000001
GROUP BY a.number, d.number, d.started;
\qecho 'All once more, the other way round: nothing changes.'
SELECT sum(accepted) AS accepted, sum(changed) AS changed, sum(ignored) AS ignored, sum(rejected) AS rejected
FROM (SELECT * FROM mailbox ORDER BY n DESC OFFSET 0) m, mijov.load_message(body, 'demo.client_keys'::regclass);

\qecho 'A month: what providers claim for September 2026, one declaration for each municipality, with a few mistakes.'
CREATE TEMP TABLE before AS SELECT municipality_name, claimed FROM mijov.monitor_spending
WHERE level = 'municipality' AND period_kind = 'month' AND period_from = '2026-09-01';
CREATE TEMP TABLE billed AS
SELECT a.number, a.client, k.bsn, a.provider, a.municipality, product(a.indication) AS product, greatest(lower(period(a.indication)), '2026-09-01') AS first,
    least(upper(period(a.indication)), '2026-10-01') - 1 AS last, volume(d.quantity, d.quantity, unit_code(volume(a.indication)), NULL) AS volume,
    CASE demo.draw(a.number - 700000000, 32, 200) WHEN 0 THEN tariff(amount(t.tariff) + 1, unit(t.tariff)) ELSE t.tariff END AS tariff
FROM mijov.allocations a JOIN demo.client_keys k USING (client) CROSS JOIN demo.books b,
    LATERAL (SELECT tariff_per(tariff_on(b.book, product(a.indication), '2026-09-01'), unit(volume(a.indication)))) t (tariff),
    LATERAL (SELECT floor(claimable(a.indication, '2026-09-01') * (CASE demo.draw(a.number - 700000000, 31, 150) WHEN 0 THEN 150 ELSE 60 + demo.draw(a.number - 700000000, 33, 41) END) / 100)::integer) d (quantity)
WHERE period(a.indication) && '[2026-09-01,2026-10-01)' AND kind(a.indication) = 'specific' AND unit(volume(a.indication)) <> 'euro' AND t.tariff IS NOT NULL AND d.quantity > 0
    AND a.number < 750000000 AND EXISTS (SELECT FROM mijov.deliveries d WHERE d.number = a.number AND d.started < '2026-10-01' AND (d.ended IS NULL OR d.ended >= '2026-09-01'));
-- Somebody unknown, and an allotment nobody knows.
INSERT INTO billed SELECT number, NULL, '999999990', provider, municipality, product, first, last, volume, tariff FROM billed ORDER BY number LIMIT 3;
INSERT INTO billed SELECT 799999999, client, bsn, provider, municipality, product, first, last, volume, tariff FROM billed ORDER BY number DESC LIMIT 1;
CREATE TEMP TABLE month AS
SELECT provider, municipality, sum(lines) AS lines, sum(total) AS total,
    demo.message('323', '484', 'M' || right(provider::text, 3) || municipality, '2026-10-06', provider::text, municipality::text,
        demo.declared('M2609' || municipality, '2026-09-01', sum(total), string_agg(demo.clients(bsn, prestaties, 'Prestaties'), '' ORDER BY bsn))) AS body
FROM (SELECT provider, municipality, bsn, count(*) AS lines, sum(claim_amount(volume, tariff)) AS total,
        string_agg(demo.claimed(concat('R', number, '-', bsn = '999999990'), NULL, number, product, first, last, volume, tariff), '' ORDER BY number) AS prestaties
    FROM billed GROUP BY provider, municipality, bsn) c
GROUP BY provider, municipality;
CREATE TEMP TABLE result AS SELECT provider, municipality, lines, total, l.* FROM month, mijov.load_message(body, 'demo.client_keys'::regclass) l;
SELECT name AS municipality, count(*) AS declarations, sum(lines) AS lines, sum(total) AS claimed, sum(accepted) AS accepted, sum(rejected) AS rejected
FROM result JOIN mijov.municipalities ON code = municipality GROUP BY ROLLUP (name) ORDER BY name;
\qecho 'Rejected when they were loaded:'
SELECT i.kind, i.provider, i.municipality, d.number AS declaration, x.line, x.reason
FROM mijov.import_rejections x JOIN mijov.imports i ON i.id = x.import LEFT JOIN mijov.declarations d ON d.id = i.declaration ORDER BY i.id, x.line;
\qecho 'What is wrong with those that are in (claim_problems):'
SELECT rule, count(*) AS lines, sum(c.amount) AS amount, min(c.number)::text AS "for instance"
FROM mijov.claims c JOIN mijov.declarations d ON d.id = c.declaration LEFT JOIN mijov.allocations a ON a.number = c.number,
    unnest(claim_problems(a.indication, c.product, c.product_period, c.volume, c.tariff, c.amount, d.period, c.credit, c.previous_reference)) rule
GROUP BY rule ORDER BY rule;

\qecho 'The monitor follows: what changed since step 11.'
SELECT part, from_day, to_day - 1 AS "to", inserted, updated, deleted FROM refresh_monitor('mijov', '2026-09-30') WHERE inserted + updated + deleted > 0;
SELECT m.municipality_name AS municipality, b.claimed AS "claimed for September, before", m.claimed AS "and now"
FROM mijov.monitor_spending m LEFT JOIN before b USING (municipality_name)
WHERE level = 'municipality' AND period_kind = 'month' AND period_from = '2026-09-01' ORDER BY 1;
