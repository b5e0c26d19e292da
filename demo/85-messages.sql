-- 85-messages: messages (berichten) of a client and of a month, loaded into the region in any order.
\pset format wrapped
\pset columns 118
\qecho
\qecho '13. Messages in: allotments, starts, stops and claims of iWmo 3.2'

-- The tables hold no BSN. Who has the BSNs keeps the keys: here numbers of the test range, for 9,000 of the clients.
CREATE TABLE demo.client_keys (bsn text PRIMARY KEY, client bigint NOT NULL UNIQUE);
INSERT INTO demo.client_keys
SELECT bsn, 100000 + row_number() OVER (ORDER BY bsn) FROM (SELECT (999900000 + i)::text FROM generate_series(1, 99999) i) b (bsn) WHERE bsn_valid(bsn) LIMIT 9000;

-- A request has no writer: it is read only.
CREATE FUNCTION demo.request(identification text, dated date, bsn text, reference text, first date) RETURNS xml LANGUAGE sql IMMUTABLE
    RETURN format('<m:Bericht xmlns:m="http://www.istandaarden.nl/iwmo/3_2/wmo315/schema" xmlns:b="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema"><m:Header>'
        '<m:BerichtCode>444</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie><m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>99900001</m:Afzender><m:Ontvanger>0200</m:Ontvanger>'
        '<m:BerichtIdentificatie><b:Identificatie>%s</b:Identificatie><b:Dagtekening>%s</b:Dagtekening></m:BerichtIdentificatie><m:XsdVersie>'
        '<b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie><b:BerichtXsdVersie>1.0.0</b:BerichtXsdVersie></m:XsdVersie></m:Header>'
        '<m:Client><m:Bsn>%s</m:Bsn><m:AangevraagdeProducten><m:AangevraagdProduct><m:ReferentieAanbieder>%s</m:ReferentieAanbieder><m:Product><b:Categorie>02</b:Categorie></m:Product>'
        '<m:ToewijzingIngangsdatum>%s</m:ToewijzingIngangsdatum><m:Verwijzer><b:Type>06</b:Type></m:Verwijzer></m:AangevraagdProduct></m:AangevraagdeProducten></m:Client></m:Bericht>',
        identification, dated, bsn, reference, first)::xml;

\qecho 'One client, seven messages, in the order in which they came out of the mailbox. Dated: the date of the message.'
CREATE TEMP TABLE mailbox (n integer GENERATED ALWAYS AS IDENTITY, kind text, says text, dated date, body xml);
\set allotted 'allotted_client(''999900006'', ''1961-02-03'', ''2'', ''Proefpersoon'', 10, ''7311AA'')'
\set served 'served_client(''999900006'', ''1961-02-03'', ''2'', ''Proefpersoon'')'
INSERT INTO mailbox (kind, says, dated, body) VALUES
    ('323', '12 hours in March', '2026-04-04', claim_message('Wmo', 'ZR1', '2026-04-04', '99900001', '0200', 'D0001', '[2026-03-01,2026-04-01)', '2026-04-04', 734.40,
        claimed_client('999900006', claimed_line('Wmo', 'P1', 750000001, '02A16', '[2026-03-09,2026-04-01)', '12 uur', '61.20/uur', 734.40)))),
    ('307', 'care ended on 30 April, as planned', '2026-05-01', stop_message('Wmo', 'ZR2', '2026-05-01', '99900001', '0200', :served,
        stopped_product('Wmo', 750000001, '02A16', '2026-03-09', '2026-03-12', '2026-04-30', '19'))),
    ('301', 'allotted until 30 June instead of December', '2026-03-20', allocation_message('Wmo', 'ZR3', '2026-03-20', '0200', '99900001', :allotted,
        allotted_product('Wmo', 750000001, '02A16 4 uur/week [2026-03-09,2026-07-01)', '2026-03-20 11:30', 'ZK-77', '05'))),
    ('305', 'care began on 12 March', '2026-03-13', start_message('Wmo', 'ZR4', '2026-03-13', '99900001', '0200', :served,
        started_product('Wmo', 750000001, '02A16', '2026-03-09', '2026-03-12'))),
    ('301', 'allotted until 31 December', '2026-03-05', allocation_message('Wmo', 'ZR5', '2026-03-05', '0200', '99900001', :allotted,
        allotted_product('Wmo', 750000001, '02A16 4 uur/week [2026-03-09,2027-01-01)', '2026-03-05 09:00', 'ZK-77'))),
    ('315', 'the provider asks for it', '2026-02-16', demo.request('ZR6', '2026-02-16', '999900006', 'ZK-77', '2026-03-09')),
    ('323', 'the 12 hours back, and 10 instead', '2026-05-04', claim_message('Wmo', 'ZR7', '2026-05-04', '99900001', '0200', 'D0002', '[2026-04-01,2026-05-01)', '2026-05-04', -122.40,
        claimed_client('999900006', xmlconcat(claimed_line('Wmo', 'P2', 750000001, '02A16', '[2026-03-09,2026-04-01)', '12 uur', '61.20/uur', -734.40, previous_reference => 'P1'),
            claimed_line('Wmo', 'P3', 750000001, '02A16', '[2026-03-09,2026-04-01)', '10 uur', '61.20/uur', 612.00)))));
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
SELECT a.number, a.client, k.bsn, a.provider, a.municipality, product(a.indication) AS product, period(a.indication) * daterange '[2026-09-01,2026-10-01)' AS days,
    v.volume, tariff_per(t.tariff, unit(volume(a.indication))) AS tariff, claim_amount(v.volume, t.tariff) AS amount
FROM mijov.allocations a JOIN demo.client_keys k USING (client) CROSS JOIN demo.books b,
    LATERAL (SELECT tariff_on(b.book, product(a.indication), '2026-09-01')) c (tariff),
    -- one in 200 at another tariff than the contract's
    LATERAL (SELECT CASE demo.draw(a.number - 700000000, 32, 200) WHEN 0 THEN tariff(amount(c.tariff) + 1, unit(c.tariff)) ELSE c.tariff END) t (tariff),
    -- one in 150 above what the allotment allows
    LATERAL (SELECT floor(claimable(a.indication, '2026-09-01') * (CASE demo.draw(a.number - 700000000, 31, 150) WHEN 0 THEN 150 ELSE 60 + demo.draw(a.number - 700000000, 33, 41) END) / 100)::integer) d (quantity),
    LATERAL (SELECT volume(d.quantity, d.quantity, unit_code(volume(a.indication)), NULL)) v (volume)
WHERE period(a.indication) && '[2026-09-01,2026-10-01)' AND kind(a.indication) = 'specific' AND unit(volume(a.indication)) <> 'euro' AND c.tariff IS NOT NULL AND d.quantity > 0
    AND a.number < 750000000 AND EXISTS (SELECT FROM mijov.deliveries d WHERE d.number = a.number AND d.started < '2026-10-01' AND (d.ended IS NULL OR d.ended >= '2026-09-01'));
-- Somebody unknown, and an allotment nobody knows.
INSERT INTO billed SELECT number, NULL, '999999990', provider, municipality, product, days, volume, tariff, amount FROM billed ORDER BY number LIMIT 3;
INSERT INTO billed SELECT 799999999, client, bsn, provider, municipality, product, days, volume, tariff, amount FROM billed ORDER BY number DESC LIMIT 1;
-- The smallest declaration states another total than its lines have.
CREATE TEMP TABLE month AS
SELECT provider, municipality, sum(lines) AS lines,
    claim_message('Wmo', 'M' || right(provider::text, 3) || municipality, '2026-10-06', provider, municipality, 'M2609' || municipality, '[2026-09-01,2026-10-01)', '2026-10-06',
        sum(total) + CASE row_number() OVER (ORDER BY sum(lines), provider, municipality) WHEN 1 THEN 10 ELSE 0 END, xmlagg(claimed_client(bsn, prestaties) ORDER BY bsn)) AS body
FROM (SELECT provider, municipality, bsn, count(*) AS lines, sum(amount) AS total,
        xmlagg(claimed_line('Wmo', concat('R', number, '-', bsn = '999999990'), number, product, days, volume, tariff, amount) ORDER BY number) AS prestaties
    FROM billed GROUP BY provider, municipality, bsn) c
GROUP BY provider, municipality;
CREATE TEMP TABLE result AS SELECT provider, municipality, lines, l.* FROM month, mijov.load_message(body, 'demo.client_keys'::regclass) l;
SELECT name AS municipality, count(*) AS declarations, sum(lines) AS lines, sum(rejected) AS "client not known", sum(accepted) AS loaded
FROM result JOIN mijov.municipalities ON code = municipality GROUP BY ROLLUP (name) ORDER BY name;

CREATE TEMP TABLE finding AS SELECT * FROM check_claims('mijov', '2026-09-01', '2026-09-30') WHERE declaration LIKE 'M2609%';
CREATE TEMP TABLE answer AS SELECT * FROM claim_answer('mijov', '2026-09-01', '2026-09-30') WHERE number LIKE 'M2609%';
CREATE TEMP TABLE answered AS SELECT * FROM mijov.claim_answer_lines('2026-09-01', '2026-09-30') WHERE declaration IN (SELECT declaration FROM answer);
\qecho 'What check_claims finds in it:'
SELECT f.rule, f.return_code AS code, count(*) AS lines, sum(c.amount) AS amount, f.explanation
FROM finding f LEFT JOIN mijov.claims c ON c.id = f.claim GROUP BY f.rule, f.return_code, f.explanation ORDER BY f.rule;
\qecho 'Lines of the largest declaration, two of each kind: granted, and rejected with the reason:'
SELECT number::text AS allotment, volume, tariff, amount, answer, found, required
FROM (SELECT c.number, c.volume, c.tariff, c.amount, CASE WHEN l.granted THEN 'granted' ELSE f.rule END AS answer, f.found, f.required,
        row_number() OVER (PARTITION BY f.rule ORDER BY c.number) AS n
    FROM answered l JOIN mijov.claims c ON c.id = l.claim LEFT JOIN finding f ON f.claim = l.claim
    WHERE l.declaration = (SELECT declaration FROM answer ORDER BY lines DESC, declaration LIMIT 1)) x
WHERE n <= 2 ORDER BY answer = 'granted' DESC, answer, number;
\qecho 'What is granted (claim_answer; TR342: rejected is submitted less granted). A declaration with a wrong total is refused:'
SELECT m.name AS municipality, sum(a.submitted) AS submitted, sum(a.granted) AS granted, sum(a.rejected) AS rejected, sum(a.lines) AS lines, sum(a.rejected_lines) AS "rejected lines",
    count(*) FILTER (WHERE a.refused) AS refused
FROM answer a JOIN mijov.municipalities m ON m.code = a.municipality GROUP BY ROLLUP (m.name) ORDER BY m.name;
\qecho 'And as 325 messages, for the largest declaration and the refused one:'
SELECT h.kind, h.provider, h.municipality, h.identification, (xpath('count(//*[local-name() = "Prestatie"])', x.answer))[1]::text AS "rejected lines in it",
    array_to_string(ARRAY(SELECT DISTINCT u::text FROM unnest(xpath('//*[local-name() = "RetourCode"]/text()', x.answer)) u ORDER BY 1), ' ') AS "return codes"
FROM (SELECT DISTINCT ON (a.refused) a.provider, a.municipality FROM answer a ORDER BY a.refused, a.lines DESC, a.declaration) a
    JOIN month m ON m.provider = a.provider AND m.municipality = a.municipality,
    LATERAL (SELECT mijov.claim_answer_message(m.body, 'A' || right(m.provider::text, 3) || m.municipality, '2026-10-16')) x (answer), message_header(x.answer) h
ORDER BY h.identification;

\qecho 'The monitor follows: what changed since step 11.'
SELECT part, from_day, to_day - 1 AS "to", inserted, updated, deleted FROM refresh_monitor('mijov', '2026-09-30') WHERE inserted + updated + deleted > 0;
SELECT m.municipality_name AS municipality, b.claimed AS "claimed for September, before", m.claimed AS "and now"
FROM mijov.monitor_spending m LEFT JOIN before b USING (municipality_name)
WHERE level = 'municipality' AND period_kind = 'month' AND period_from = '2026-09-01' ORDER BY 1;
\qecho 'Signals for September (monitor_control), reasons to ask and no accusations:'
SELECT signal, count(*) AS providers, sum(lines) AS lines, sum(amount) AS amount, (array_agg(provider_name || ': ' || explanation ORDER BY lines DESC, provider))[1] AS "the most"
FROM mijov.monitor_control WHERE level = 'region by provider' AND period_from = '2026-09-01' GROUP BY signal ORDER BY signal;
