-- 91-message-readers: the lines of iWmo/iJw 3.2 messages as rows.
--
-- Each reader opens the message (header), then takes all lines in one pass over absolute and relative paths, so that
-- time and memory grow with the size of the message and not faster.

CREATE FUNCTION message_client(bsn text, class text, nth bigint) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF zorgregio.bsn_valid(bsn) THEN
		RETURN bsn;
	END IF;
	RETURN zorgregio.message_refused('Bsn', class, nth, bsn, 'Nine digits that pass the 11-test (CS002).');
END $$;
COMMENT ON FUNCTION message_client(text, text, bigint) IS 'The client (BSN) of a message; an error that does not show it when it is not valid (CS002).';

CREATE FUNCTION message_indication(law text, has_product boolean, category text, code text, has_volume boolean, quantity text, unit text, frequency text,
		budget text, begin_text text, end_text text, begin_element text, end_element text, class text, nth bigint) RETURNS indication
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	allotted zorgregio.product;
	volume zorgregio.volume;
	cents bigint := zorgregio.message_number(budget, 'Budget', class, nth, 8, true);
	period daterange := zorgregio.message_period(begin_text, end_text, begin_element, end_element, class, nth, true);
	amount integer;
BEGIN
	IF has_product THEN
		allotted := zorgregio.message_product(law, category, code, class, nth, 'Categorie', 'Code', true);
	END IF;
	IF has_volume THEN
		amount := zorgregio.message_number(quantity, 'Volume', class, nth, 8);
		volume := zorgregio.volume(amount, amount,
			zorgregio.message_choice(unit, 'Eenheid', class, nth, '{01,04,14,16,82,83,84}'),
			zorgregio.message_choice(frequency, 'Frequentie', class, nth, '{1,2,4,6}'));
	END IF;
	IF cents IS NOT NULL AND has_volume THEN
		PERFORM zorgregio.message_refused('Budget', class, nth, budget, 'Budget and Omvang exclude each other (CD077, CD078).');
	ELSIF cents IS NOT NULL THEN
		RETURN zorgregio.indication(allotted, zorgregio.message_amount(cents), period);
	ELSIF NOT has_product THEN
		PERFORM zorgregio.message_refused('Product', class, nth, NULL, 'Without Budget there is a Product (CD079).');
	END IF;
	RETURN zorgregio.indication(allotted, volume, period);
END $$;
COMMENT ON FUNCTION message_indication(text, boolean, text, text, boolean, text, text, text, text, text, text, text, text, text, bigint) IS 'The indication of an allotted or requested product in a message; otherwise an error.';

CREATE FUNCTION read_allocations(message xml, OUT line integer, OUT client text, OUT provider provider, OUT municipality municipality,
		OUT number bigint, OUT reference text, OUT indication indication, OUT decided timestamp, OUT change_reason text, OUT remark text)
	RETURNS SETOF record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	head record := zorgregio.message_open(message, '301');
	class constant text := 'ToegewezenProduct';
BEGIN
	RETURN QUERY SELECT t.line,
		CASE WHEN t.strange = '' THEN zorgregio.message_client(t.bsn, class, t.line)
			ELSE zorgregio.message_unexpected(t.strange, class, t.line) END,
		head.provider, head.municipality,
		zorgregio.message_number(t.number, 'ToewijzingNummer', class, t.line, 9),
		zorgregio.message_text(t.reference, 'ReferentieAanbieder', class, t.line, '^.{1,36}$', 'Text of 1 to 36 characters.', true),
		zorgregio.message_indication(head.law, t.has_product, t.category, t.code, t.has_volume, t.quantity, t.unit, t.frequency, t.budget,
			t.first_day, t.last_day, 'Ingangsdatum', 'Einddatum', class, t.line),
		zorgregio.message_date(t.decided, 'Toewijzingsdatum', class, t.line)
			+ zorgregio.message_text(t.decided_at, 'Toewijzingstijd', class, t.line, '^\s*([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?\s*$', 'Time as HH:MM:SS, without time zone (RS032).')::time,
		zorgregio.message_choice(t.change_reason, 'RedenWijziging', class, t.line, '{01,02,03,04,05,06,07,08,09,10,11,12,13,14}', true),
		t.remark
	FROM XMLTABLE(XMLNAMESPACES(head.m AS m, head.b AS b), '/m:Bericht/m:Client/m:ToegewezenProducten/m:ToegewezenProduct' PASSING message COLUMNS
		line FOR ORDINALITY,
		strange text PATH zorgregio.message_strange_path('{m:ToewijzingNummer,m:ReferentieAanbieder,m:Product,m:Toewijzingsdatum,m:Toewijzingstijd,m:Ingangsdatum,m:Einddatum,m:RedenWijziging,m:Omvang,m:Budget,m:Commentaar,m:Product/b:Categorie,m:Product/b:Code,m:Omvang/b:Volume,m:Omvang/b:Eenheid,m:Omvang/b:Frequentie}',
			'{../../../m:Client,../../m:Bsn,../../m:ToegewezenProducten}'),
		bsn text PATH '../../m:Bsn[1]',
		number text PATH 'm:ToewijzingNummer[1]',
		reference text PATH 'm:ReferentieAanbieder[1]',
		has_product boolean PATH 'boolean(m:Product)',
		category text PATH 'm:Product[1]/b:Categorie[1]',
		code text PATH 'm:Product[1]/b:Code[1]',
		decided text PATH 'm:Toewijzingsdatum[1]',
		decided_at text PATH 'm:Toewijzingstijd[1]',
		first_day text PATH 'm:Ingangsdatum[1]',
		last_day text PATH 'm:Einddatum[1]',
		change_reason text PATH 'm:RedenWijziging[1]',
		has_volume boolean PATH 'boolean(m:Omvang)',
		quantity text PATH 'm:Omvang[1]/b:Volume[1]',
		unit text PATH 'm:Omvang[1]/b:Eenheid[1]',
		frequency text PATH 'm:Omvang[1]/b:Frequentie[1]',
		budget text PATH 'm:Budget[1]',
		remark text PATH 'm:Commentaar[1]') t;
	IF NOT FOUND THEN
		PERFORM zorgregio.message_refused(class, 'Client', NULL, NULL, 'At least one.');
	END IF;
END $$;
COMMENT ON FUNCTION read_allocations(xml) IS 'Allotments (toegewezen producten) of a 301 message, one row each: line number, client (BSN), provider, municipality, allotment number, provider''s reference, indication (closed end dates made exclusive, eurocents made euro), moment of the decision (toewijzingsdatum and -tijd), change reason, remark. An error (22023) names element and line.';

CREATE FUNCTION read_starts(message xml, OUT line integer, OUT client text, OUT provider provider, OUT municipality municipality,
		OUT number bigint, OUT product product, OUT allocated date, OUT started date, OUT status text)
	RETURNS SETOF record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	head record := zorgregio.message_open(message, '305');
	class constant text := 'StartProduct';
BEGIN
	RETURN QUERY SELECT t.line,
		CASE WHEN t.strange = '' THEN zorgregio.message_client(t.bsn, class, t.line)
			ELSE zorgregio.message_unexpected(t.strange, class, t.line) END,
		head.provider, head.municipality,
		zorgregio.message_number(t.number, 'ToewijzingNummer', class, t.line, 9, true),
		CASE WHEN t.has_product THEN zorgregio.message_product(head.law, t.category, t.code, class, t.line, 'Categorie', 'Code', true) END,
		zorgregio.message_date(t.allocated, 'ToewijzingIngangsdatum', class, t.line, true),
		zorgregio.message_date(t.started, 'Begindatum', class, t.line),
		zorgregio.message_choice(t.status, 'StatusAanlevering', class, t.line, '{1,3}')
	FROM XMLTABLE(XMLNAMESPACES(head.m AS m, head.b AS b), '/m:Bericht/m:Client/m:StartProducten/m:StartProduct' PASSING message COLUMNS
		line FOR ORDINALITY,
		strange text PATH zorgregio.message_strange_path('{m:ToewijzingNummer,m:Product,m:ToewijzingIngangsdatum,m:Begindatum,m:StatusAanlevering,m:Product/b:Categorie,m:Product/b:Code}',
			'{../../../m:Client,../../m:Bsn,../../m:StartProducten}'),
		bsn text PATH '../../m:Bsn[1]',
		number text PATH 'm:ToewijzingNummer[1]',
		has_product boolean PATH 'boolean(m:Product)',
		category text PATH 'm:Product[1]/b:Categorie[1]',
		code text PATH 'm:Product[1]/b:Code[1]',
		allocated text PATH 'm:ToewijzingIngangsdatum[1]',
		started text PATH 'm:Begindatum[1]',
		status text PATH 'm:StatusAanlevering[1]') t;
	IF NOT FOUND THEN
		PERFORM zorgregio.message_refused(class, 'Client', NULL, NULL, 'At least one.');
	END IF;
END $$;
COMMENT ON FUNCTION read_starts(xml) IS 'Started products of a 305 message (startbericht), one row each: line number, client (BSN), provider, municipality, allotment number, product, start of the allotment (toewijzingingangsdatum), first day in care (begindatum), status (1 first delivery, 3 removal). An error (22023) names element and line.';

CREATE FUNCTION read_stops(message xml, OUT line integer, OUT client text, OUT provider provider, OUT municipality municipality,
		OUT number bigint, OUT product product, OUT allocated date, OUT started date, OUT ended date, OUT stop_reason text, OUT status text)
	RETURNS SETOF record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	head record := zorgregio.message_open(message, '307');
	class constant text := 'StopProduct';
	reasons constant text[] := CASE head.law WHEN 'Wmo' THEN '{02,19,20,21,22,23,31,36,37,38,39}' ELSE '{02,20,31,32,33,34,35,36,37,38,39}' END;
BEGIN
	RETURN QUERY SELECT t.line,
		CASE WHEN t.strange = '' THEN zorgregio.message_client(t.bsn, class, t.line)
			ELSE zorgregio.message_unexpected(t.strange, class, t.line) END,
		head.provider, head.municipality,
		zorgregio.message_number(t.number, 'ToewijzingNummer', class, t.line, 9, true),
		CASE WHEN t.has_product THEN zorgregio.message_product(head.law, t.category, t.code, class, t.line, 'Categorie', 'Code', true) END,
		zorgregio.message_date(t.allocated, 'ToewijzingIngangsdatum', class, t.line, true),
		lower(p.days), upper(p.days) - 1,
		zorgregio.message_choice(t.stop_reason, 'RedenBeeindiging', class, t.line, reasons),
		zorgregio.message_choice(t.status, 'StatusAanlevering', class, t.line, '{1,3}')
	FROM XMLTABLE(XMLNAMESPACES(head.m AS m, head.b AS b), '/m:Bericht/m:Client/m:StopProducten/m:StopProduct' PASSING message COLUMNS
		line FOR ORDINALITY,
		strange text PATH zorgregio.message_strange_path('{m:ToewijzingNummer,m:Product,m:ToewijzingIngangsdatum,m:Begindatum,m:RedenBeeindiging,m:Einddatum,m:StatusAanlevering,m:Product/b:Categorie,m:Product/b:Code}',
			'{../../../m:Client,../../m:Bsn,../../m:StopProducten}'),
		bsn text PATH '../../m:Bsn[1]',
		number text PATH 'm:ToewijzingNummer[1]',
		has_product boolean PATH 'boolean(m:Product)',
		category text PATH 'm:Product[1]/b:Categorie[1]',
		code text PATH 'm:Product[1]/b:Code[1]',
		allocated text PATH 'm:ToewijzingIngangsdatum[1]',
		started text PATH 'm:Begindatum[1]',
		stop_reason text PATH 'm:RedenBeeindiging[1]',
		ended text PATH 'm:Einddatum[1]',
		status text PATH 'm:StatusAanlevering[1]') t,
		LATERAL (SELECT CASE WHEN t.strange = '' THEN zorgregio.message_period(t.started, t.ended, 'Begindatum', 'Einddatum', class, t.line) END) p(days);
	IF NOT FOUND THEN
		PERFORM zorgregio.message_refused(class, 'Client', NULL, NULL, 'At least one.');
	END IF;
END $$;
COMMENT ON FUNCTION read_stops(xml) IS 'Stopped products of a 307 message (stopbericht), one row each: line number, client (BSN), provider, municipality, allotment number, product, start of the allotment (toewijzingingangsdatum), first and last day in care (begindatum, einddatum), stop reason of the law''s list, status (1 first delivery, 3 removal). An error (22023) names element and line.';

CREATE FUNCTION read_requests(message xml, OUT line integer, OUT client text, OUT provider provider, OUT municipality municipality,
		OUT reference text, OUT decision_number bigint, OUT decided date, OUT indication indication, OUT referrer_type text, OUT referrer_name text,
		OUT referrer provider, OUT framework boolean, OUT remark text)
	RETURNS SETOF record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	head record := zorgregio.message_open(message, '315');
	class constant text := 'AangevraagdProduct';
BEGIN
	RETURN QUERY SELECT t.line,
		CASE WHEN t.strange = '' THEN zorgregio.message_client(t.bsn, class, t.line)
			ELSE zorgregio.message_unexpected(t.strange, class, t.line) END,
		head.provider, head.municipality,
		zorgregio.message_text(t.reference, 'ReferentieAanbieder', class, t.line, '^.{1,36}$', 'Text of 1 to 36 characters.'),
		zorgregio.message_number(t.decision_number, 'BeschikkingNummer', class, t.line, 9, true),
		zorgregio.message_date(t.decided, 'BeschikkingIngangsdatum', class, t.line, true),
		zorgregio.message_indication(head.law, t.has_product, t.category, t.code, t.has_volume, t.quantity, t.unit, t.frequency, t.budget,
			t.first_day, t.last_day, 'ToewijzingIngangsdatum', 'ToewijzingEinddatum', class, t.line),
		zorgregio.message_choice(t.referrer_type, 'Type', class, t.line, '{01,02,03,04,05,06,08}'),
		zorgregio.message_text(t.referrer_name, 'Naam', class, t.line, '^.{1,64}$', 'Text of 1 to 64 characters.', true),
		zorgregio.message_text(t.referrer, 'ZorgverlenerCode', class, t.line, '^[0-9]{8}$', 'AGB code of 8 digits.', true)::zorgregio.provider,
		zorgregio.message_choice(t.framework, 'Raamcontract', class, t.line, '{1,2}', true) = '1',
		t.remark
	FROM XMLTABLE(XMLNAMESPACES(head.m AS m, head.b AS b), '/m:Bericht/m:Client/m:AangevraagdeProducten/m:AangevraagdProduct' PASSING message COLUMNS
		line FOR ORDINALITY,
		strange text PATH zorgregio.message_strange_path('{m:ReferentieAanbieder,m:BeschikkingNummer,m:Product,m:BeschikkingIngangsdatum,m:ToewijzingIngangsdatum,m:ToewijzingEinddatum,m:Omvang,m:Budget,m:Verwijzer,m:Raamcontract,m:Commentaar,m:Product/b:Categorie,m:Product/b:Code,m:Omvang/b:Volume,m:Omvang/b:Eenheid,m:Omvang/b:Frequentie,m:Verwijzer/b:Type,m:Verwijzer/b:Naam,m:Verwijzer/b:ZorgverlenerCode}',
			'{../../../m:Client,../../m:Bsn,../../m:AangevraagdeProducten}'),
		bsn text PATH '../../m:Bsn[1]',
		reference text PATH 'm:ReferentieAanbieder[1]',
		decision_number text PATH 'm:BeschikkingNummer[1]',
		decided text PATH 'm:BeschikkingIngangsdatum[1]',
		has_product boolean PATH 'boolean(m:Product)',
		category text PATH 'm:Product[1]/b:Categorie[1]',
		code text PATH 'm:Product[1]/b:Code[1]',
		first_day text PATH 'm:ToewijzingIngangsdatum[1]',
		last_day text PATH 'm:ToewijzingEinddatum[1]',
		has_volume boolean PATH 'boolean(m:Omvang)',
		quantity text PATH 'm:Omvang[1]/b:Volume[1]',
		unit text PATH 'm:Omvang[1]/b:Eenheid[1]',
		frequency text PATH 'm:Omvang[1]/b:Frequentie[1]',
		budget text PATH 'm:Budget[1]',
		referrer_type text PATH 'm:Verwijzer[1]/b:Type[1]',
		referrer_name text PATH 'm:Verwijzer[1]/b:Naam[1]',
		referrer text PATH 'm:Verwijzer[1]/b:ZorgverlenerCode[1]',
		framework text PATH 'm:Raamcontract[1]',
		remark text PATH 'm:Commentaar[1]') t;
	IF NOT FOUND THEN
		PERFORM zorgregio.message_refused(class, 'Client', NULL, NULL, 'At least one.');
	END IF;
END $$;
COMMENT ON FUNCTION read_requests(xml) IS 'Requested products of a 315 message (verzoek om toewijzing), one row each: line number, client (BSN), provider, municipality, provider''s reference, number and start of the decision (beschikking), indication asked for, type, name and AGB code of the referrer (verwijzer), whether there is a framework contract (raamcontract), remark. An error (22023) names element and line.';

CREATE FUNCTION read_claims(message xml, OUT line integer, OUT client text, OUT provider provider, OUT municipality municipality,
		OUT declaration text, OUT declaration_period daterange, OUT declared date, OUT declared_total numeric,
		OUT reference text, OUT previous_reference text, OUT number bigint, OUT product product, OUT product_period daterange,
		OUT volume volume, OUT tariff tariff, OUT amount numeric, OUT credit boolean)
	RETURNS SETOF record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE ROWS 1000 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	head record := zorgregio.message_open(message, '323');
	class constant text := 'Prestatie';
	categories constant text[] := zorgregio.message_categories(head.law);
	d record;
	total numeric;
	period daterange;
	day_of_declaration date;
BEGIN
	SELECT * INTO d FROM XMLTABLE(XMLNAMESPACES(head.m AS m, head.b AS b), '/m:Bericht' PASSING message COLUMNS
		strange text PATH zorgregio.message_strange_path('{m:Header,m:Declaratie,m:Declaratie/m:DeclaratieNummer,m:Declaratie/m:DeclaratiePeriode,m:Declaratie/m:DeclaratieDagtekening,m:Declaratie/m:TotaalIngediendBedrag,m:Declaratie/m:Clienten,m:Declaratie/m:DeclaratiePeriode/b:Begindatum,m:Declaratie/m:DeclaratiePeriode/b:Einddatum,m:Declaratie/m:TotaalIngediendBedrag/b:TotaalBedrag,m:Declaratie/m:TotaalIngediendBedrag/b:DebetCredit}'),
		declaration text PATH 'm:Declaratie[1]/m:DeclaratieNummer[1]',
		first_day text PATH 'm:Declaratie[1]/m:DeclaratiePeriode[1]/b:Begindatum[1]',
		last_day text PATH 'm:Declaratie[1]/m:DeclaratiePeriode[1]/b:Einddatum[1]',
		declared text PATH 'm:Declaratie[1]/m:DeclaratieDagtekening[1]',
		total text PATH 'm:Declaratie[1]/m:TotaalIngediendBedrag[1]/b:TotaalBedrag[1]',
		debit_credit text PATH 'm:Declaratie[1]/m:TotaalIngediendBedrag[1]/b:DebetCredit[1]',
		without_lines bigint PATH 'count(m:Declaratie[1]/m:Clienten[1]/m:Client[not(m:Prestaties/m:Prestatie)][1]/preceding-sibling::m:Client) + boolean(m:Declaratie[1]/m:Clienten[1]/m:Client[not(m:Prestaties/m:Prestatie)])');
	IF d.strange <> '' THEN
		PERFORM zorgregio.message_unexpected(d.strange, 'Declaratie', NULL);
	ELSIF d.without_lines > 0 THEN
		PERFORM zorgregio.message_refused(class, 'Client', d.without_lines, NULL, 'At least one.');
	END IF;
	PERFORM zorgregio.message_text(d.declaration, 'DeclaratieNummer', 'Declaratie', NULL, '^[a-zA-Z0-9]{1,12}$', '1 to 12 letters and digits (CS319).');
	period := zorgregio.message_period(d.first_day, d.last_day, 'Begindatum', 'Einddatum', 'DeclaratiePeriode', NULL);
	day_of_declaration := zorgregio.message_date(d.declared, 'DeclaratieDagtekening', 'Declaratie', NULL);
	total := zorgregio.message_amount(zorgregio.message_number(d.total, 'TotaalBedrag', 'TotaalIngediendBedrag', NULL, 12))
		* CASE zorgregio.message_choice(d.debit_credit, 'DebetCredit', 'TotaalIngediendBedrag', NULL, '{D,C}') WHEN 'D' THEN 1 ELSE -1 END;

	RETURN QUERY SELECT t.line,
		CASE WHEN t.strange = '' THEN zorgregio.message_client(t.bsn, class, t.line)
			ELSE zorgregio.message_unexpected(t.strange, class, t.line) END,
		head.provider, head.municipality, d.declaration, period, day_of_declaration, total,
		zorgregio.message_text(t.reference, 'ReferentieNummer', class, t.line, '^.{1,20}$', 'Text of 1 to 20 characters.'),
		zorgregio.message_text(t.previous, 'VorigReferentieNummer', class, t.line, '^.{1,20}$', 'Text of 1 to 20 characters.', true),
		zorgregio.message_number(t.number, 'ToewijzingNummer', class, t.line, 9),
		zorgregio.product(zorgregio.message_choice(t.category, 'ProductCategorie', class, t.line, categories),
			zorgregio.message_text(t.code, 'ProductCode', class, t.line, '^[0-9A-Za-z]{1,5}$', 'Code of 1 to 5 letters and digits.')),
		zorgregio.message_period(t.first_day, t.last_day, 'Begindatum', 'Einddatum', class, t.line),
		zorgregio.volume(q.amount::integer, q.amount::integer, zorgregio.message_choice(t.unit, 'Eenheid', class, t.line, '{01,04,14,16,82,83,84}'), NULL),
		CASE WHEN t.tariff IS NULL THEN NULL
			WHEN t.unit = '83' THEN zorgregio.message_refused('ProductTarief', class, t.line, t.tariff, 'Nothing with Eenheid 83 (CD087).')::zorgregio.tariff
			ELSE zorgregio.tariff(zorgregio.message_amount(zorgregio.message_number(t.tariff, 'ProductTarief', class, t.line, 8)), t.unit) END,
		zorgregio.message_amount(zorgregio.message_number(t.amount, 'Bedrag', class, t.line, 8) * CASE t.debit_credit WHEN 'C' THEN -1 ELSE 1 END),
		zorgregio.message_choice(t.debit_credit, 'DebetCredit', class, t.line, '{D,C}') = 'C'
	FROM XMLTABLE(XMLNAMESPACES(head.m AS m, head.b AS b), '/m:Bericht/m:Declaratie/m:Clienten/m:Client/m:Prestaties/m:Prestatie' PASSING message COLUMNS
		line FOR ORDINALITY,
		strange text PATH zorgregio.message_strange_path('{m:ProductReferentie,m:ToewijzingNummer,m:ProductCategorie,m:ProductCode,m:ProductPeriode,m:GeleverdVolume,m:Eenheid,m:ProductTarief,m:IngediendBedrag,m:ProductReferentie/b:ReferentieNummer,m:ProductReferentie/b:VorigReferentieNummer,m:ProductPeriode/b:Begindatum,m:ProductPeriode/b:Einddatum,m:IngediendBedrag/b:Bedrag,m:IngediendBedrag/b:DebetCredit}',
			'{../../m:Bsn,../../m:Prestaties}'),
		bsn text PATH '../../m:Bsn[1]',
		reference text PATH 'm:ProductReferentie[1]/b:ReferentieNummer[1]',
		previous text PATH 'm:ProductReferentie[1]/b:VorigReferentieNummer[1]',
		number text PATH 'm:ToewijzingNummer[1]',
		category text PATH 'm:ProductCategorie[1]',
		code text PATH 'm:ProductCode[1]',
		first_day text PATH 'm:ProductPeriode[1]/b:Begindatum[1]',
		last_day text PATH 'm:ProductPeriode[1]/b:Einddatum[1]',
		quantity text PATH 'm:GeleverdVolume[1]',
		unit text PATH 'm:Eenheid[1]',
		tariff text PATH 'm:ProductTarief[1]',
		amount text PATH 'm:IngediendBedrag[1]/b:Bedrag[1]',
		debit_credit text PATH 'm:IngediendBedrag[1]/b:DebetCredit[1]') t,
		LATERAL (SELECT zorgregio.message_number(t.quantity, 'GeleverdVolume', class, t.line, 8)) q(amount);
	IF NOT FOUND THEN
		PERFORM zorgregio.message_refused('Client', 'Declaratie', NULL, NULL, 'At least one.');
	END IF;
END $$;
COMMENT ON FUNCTION read_claims(xml) IS 'Claim lines (prestaties) of a 323 message, one row each: line number, client (BSN), provider, municipality, number, period, date and total in euro of the declaration, reference and previous reference, allotment number, product, days billed (upper bound exclusive), delivered volume, tariff, amount in euro (negative for credit), whether it is a credit line. An error (22023) names element and line.';
