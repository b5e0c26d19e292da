-- Makes messages (berichten) for tests: pg_temp.message(kind, identification, date, content), with content from pg_temp.client(...) around lines.
CREATE FUNCTION pg_temp.message(kind text, identification text, dated date, content text, provider text DEFAULT '73739901', municipality text DEFAULT '0200', law text DEFAULT 'Wmo')
	RETURNS xml LANGUAGE sql AS $$
	SELECT format('<m:Bericht xmlns:m="http://www.istandaarden.nl/%s%s/schema" xmlns:b="http://www.istandaarden.nl/%s/3_2/basisschema/schema"><m:Header><m:BerichtCode>%s</m:BerichtCode>'
		'<m:BerichtVersie>3</m:BerichtVersie><m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>%s</m:Afzender><m:Ontvanger>%s</m:Ontvanger>'
		'<m:BerichtIdentificatie><b:Identificatie>%s</b:Identificatie><b:Dagtekening>%s</b:Dagtekening></m:BerichtIdentificatie>'
		'<m:XsdVersie><b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie><b:BerichtXsdVersie>1.0.0</b:BerichtXsdVersie></m:XsdVersie></m:Header>%s</m:Bericht>',
		CASE law WHEN 'Wmo' THEN 'iwmo/3_2/wmo' ELSE 'ijw/3_2/jw' END, kind, CASE law WHEN 'Wmo' THEN 'iwmo' ELSE 'ijw' END,
		CASE law WHEN 'Wmo' THEN wmo ELSE jw END, CASE WHEN kind IN ('301', '319') THEN municipality ELSE provider END, CASE WHEN kind IN ('301', '319') THEN provider ELSE municipality END,
		identification, dated, content)::xml
	FROM (VALUES ('301', '414', '436'), ('305', '418', '438'), ('307', '420', '440'), ('315', '444', '446'), ('319', '482', '488'), ('323', '484', '490')) v(k, wmo, jw) WHERE k = kind$$;

CREATE FUNCTION pg_temp.client(kind text, bsn text, lines text) RETURNS text LANGUAGE sql AS $$
	SELECT format('<m:Client><m:Bsn>%s</m:Bsn><m:%s>%s</m:%2$s></m:Client>', bsn,
		CASE kind WHEN '301' THEN 'ToegewezenProducten' WHEN '305' THEN 'StartProducten' WHEN '307' THEN 'StopProducten' WHEN '315' THEN 'AangevraagdeProducten' ELSE 'Prestaties' END, lines)$$;
-- a part of a line that may be missing
CREATE FUNCTION pg_temp.part(element text, content anyelement) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN content IS NULL THEN '' ELSE format('<%s>%s</%1$s>', element, content) END$$;

CREATE FUNCTION pg_temp.allotment(number bigint, decided timestamp, first date, last date, hours integer DEFAULT 4, reason text DEFAULT NULL, reference text DEFAULT NULL, code text DEFAULT '02A16')
	RETURNS text LANGUAGE sql AS $$
	SELECT concat('<m:ToegewezenProduct>', pg_temp.part('m:ToewijzingNummer', number), pg_temp.part('m:ReferentieAanbieder', reference),
		format('<m:Product><b:Categorie>%s</b:Categorie><b:Code>%s</b:Code></m:Product>', left(code, 2), code),
		to_char(decided, '"<m:Toewijzingsdatum>"YYYY-MM-DD"</m:Toewijzingsdatum><m:Toewijzingstijd>"HH24:MI:SS"</m:Toewijzingstijd>"'),
		pg_temp.part('m:Ingangsdatum', first), pg_temp.part('m:Einddatum', last), pg_temp.part('m:RedenWijziging', reason),
		format('<m:Omvang><b:Volume>%s</b:Volume><b:Eenheid>04</b:Eenheid><b:Frequentie>2</b:Frequentie></m:Omvang></m:ToegewezenProduct>', hours))$$;
CREATE FUNCTION pg_temp.start(number bigint, started date, status text DEFAULT '1') RETURNS text LANGUAGE sql AS $$
	SELECT concat('<m:StartProduct>', pg_temp.part('m:ToewijzingNummer', number), pg_temp.part('m:Begindatum', started), pg_temp.part('m:StatusAanlevering', status), '</m:StartProduct>')$$;
CREATE FUNCTION pg_temp.stop(number bigint, started date, ended date, reason text DEFAULT '31', status text DEFAULT '1') RETURNS text LANGUAGE sql AS $$
	SELECT concat('<m:StopProduct>', pg_temp.part('m:ToewijzingNummer', number), pg_temp.part('m:Begindatum', started), pg_temp.part('m:RedenBeeindiging', reason),
		pg_temp.part('m:Einddatum', ended), pg_temp.part('m:StatusAanlevering', status), '</m:StopProduct>')$$;
CREATE FUNCTION pg_temp.request(reference text, first date, code text DEFAULT '02A16') RETURNS text LANGUAGE sql AS $$
	SELECT concat('<m:AangevraagdProduct>', pg_temp.part('m:ReferentieAanbieder', reference), format('<m:Product><b:Categorie>%s</b:Categorie></m:Product>', left(code, 2)),
		pg_temp.part('m:ToewijzingIngangsdatum', first), '<m:Verwijzer><b:Type>06</b:Type></m:Verwijzer></m:AangevraagdProduct>')$$;
-- a claim line of a month: hours at 60.00; a previous reference makes it a credit line
CREATE FUNCTION pg_temp.claim(number bigint, month date, hours integer, reference text, previous text DEFAULT NULL, code text DEFAULT '02A16') RETURNS text LANGUAGE sql AS $$
	SELECT concat('<m:Prestatie><m:ProductReferentie>', pg_temp.part('b:ReferentieNummer', reference), pg_temp.part('b:VorigReferentieNummer', previous), '</m:ProductReferentie>',
		pg_temp.part('m:ToewijzingNummer', number), pg_temp.part('m:ProductCategorie', left(code, 2)), pg_temp.part('m:ProductCode', code),
		format('<m:ProductPeriode><b:Begindatum>%s</b:Begindatum><b:Einddatum>%s</b:Einddatum></m:ProductPeriode>', month, (month + interval '1 month')::date - 1),
		pg_temp.part('m:GeleverdVolume', hours), '<m:Eenheid>04</m:Eenheid><m:ProductTarief>6000</m:ProductTarief>',
		format('<m:IngediendBedrag><b:Bedrag>%s</b:Bedrag><b:DebetCredit>%s</b:DebetCredit></m:IngediendBedrag></m:Prestatie>', hours * 6000, CASE WHEN previous IS NULL THEN 'D' ELSE 'C' END))$$;
CREATE FUNCTION pg_temp.declaration(number text, month date, clients text, cents bigint DEFAULT 0) RETURNS text LANGUAGE sql AS $$
	SELECT format('<m:Declaratie><m:DeclaratieNummer>%s</m:DeclaratieNummer><m:DeclaratiePeriode><b:Begindatum>%s</b:Begindatum><b:Einddatum>%s</b:Einddatum></m:DeclaratiePeriode>'
		'<m:DeclaratieDagtekening>%s</m:DeclaratieDagtekening><m:TotaalIngediendBedrag><b:TotaalBedrag>%s</b:TotaalBedrag><b:DebetCredit>%s</b:DebetCredit></m:TotaalIngediendBedrag><m:Clienten>%s</m:Clienten></m:Declaratie>',
		number, month, (month + interval '1 month')::date - 1, (month + interval '1 month')::date + 2, abs(cents), CASE WHEN cents < 0 THEN 'C' ELSE 'D' END, clients)$$;
