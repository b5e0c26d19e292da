-- 90-messages: what the readers of iWmo/iJw 3.2 messages (berichten) share: header, namespaces, facets, errors.
--
-- The core's XMLTABLE does the parsing. Every element is read with [1] at each step, so that a repeated element is
-- named here (message_strange_path) instead of failing in XMLTABLE without a name.

CREATE FUNCTION message_refused(element text, class text, nth bigint, content text, required text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE invalid_parameter_value USING
		MESSAGE = format('invalid message: element %s of %s', element, concat_ws(' ', class, nth)),
		-- no client in an error, nor text that may be about one
		DETAIL = CASE WHEN content IS NULL THEN 'It is missing.'
			WHEN element = 'Bsn' THEN 'Its value is not valid.'
			ELSE format('Found "%s".', substr(content, 1, 40)) END,
		HINT = required;
END $$;
COMMENT ON FUNCTION message_refused(text, text, bigint, text, text) IS 'Always an error (22023) that names the element, its class and which occurrence of that class it is in; never the BSN. For the readers of messages.';

CREATE FUNCTION message_unexpected(element text, class text, nth bigint) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE invalid_parameter_value USING
		MESSAGE = format('invalid message: element %s of %s', element, concat_ws(' ', class, nth)),
		DETAIL = 'It does not belong there, or is there more than once.',
		HINT = 'Only elements of release 3.2, in the namespaces of the message and its base schema.';
END $$;
COMMENT ON FUNCTION message_unexpected(text, text, bigint) IS 'Always an error (22023): an element that may not be there, or not twice. For the readers of messages.';

CREATE FUNCTION message_not_among(element text, class text, nth bigint, content text, allowed text[]) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN zorgregio.message_refused(element, class, nth, content, concat('Values: ', array_to_string(allowed, ', '), '.'));
END $$;
COMMENT ON FUNCTION message_not_among(text, text, bigint, text, text[]) IS 'Always an error (22023): the value of an element is not in its code list. For the readers of messages.';

-- Without a fixed search_path and with immutable bodies only (concat is not), so that they are inlined; the names in
-- their bodies were bound when they were created.
CREATE FUNCTION message_text(content text, element text, class text, nth bigint, pattern text, required text, optional boolean DEFAULT false) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN content OPERATOR(pg_catalog.~) pattern THEN content
		WHEN optional AND content IS NULL THEN NULL
		ELSE message_refused(element, class, nth, content, required) END;
COMMENT ON FUNCTION message_text(text, text, text, bigint, text, text, boolean) IS 'The value of an element that fits its pattern; otherwise an error. NULL: missing, an error unless optional.';

CREATE FUNCTION message_choice(content text, element text, class text, nth bigint, allowed text[], optional boolean DEFAULT false) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN content OPERATOR(pg_catalog.=) ANY (allowed) THEN content
		WHEN optional AND content IS NULL THEN NULL
		ELSE message_not_among(element, class, nth, content, allowed) END;
COMMENT ON FUNCTION message_choice(text, text, text, bigint, text[], boolean) IS 'The value of an element that is one of a code list; otherwise an error. NULL: missing, an error unless optional.';

CREATE FUNCTION message_number(content text, element text, class text, nth bigint, digits integer, optional boolean DEFAULT false) RETURNS bigint
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CAST(message_text(content, element, class, nth, ('^\s*\+?0*[0-9]{1,' OPERATOR(pg_catalog.||) CAST(digits AS text)) OPERATOR(pg_catalog.||) '}\s*$',
		('Whole number of at most ' OPERATOR(pg_catalog.||) CAST(digits AS text)) OPERATOR(pg_catalog.||) ' digits.', optional) AS bigint);
COMMENT ON FUNCTION message_number(text, text, text, bigint, integer, boolean) IS 'The value of a whole number element (xs:integer from 0); otherwise an error. NULL: missing, an error unless optional.';

CREATE FUNCTION message_date(content text, element text, class text, nth bigint, optional boolean DEFAULT false) RETURNS date
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	text_form text := btrim(content, E' \t\r\n');
	result date;
BEGIN
	IF content IS NULL AND optional THEN
		RETURN NULL;
	END IF;
	IF text_form ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN
		-- the first of the month plus days: 31 April comes out in May, without an error to catch
		result := make_date(substr(text_form, 1, 4)::integer, substr(text_form, 6, 2)::integer, 1) + (substr(text_form, 9, 2)::integer - 1);
		IF to_char(result, 'YYYY-MM-DD') = text_form THEN
			RETURN result;
		END IF;
	END IF;
	PERFORM zorgregio.message_refused(element, class, nth, content, 'Existing day as YYYY-MM-DD, without time zone (RS032).');
	RETURN NULL;
END $$;
COMMENT ON FUNCTION message_date(text, text, text, bigint, boolean) IS 'The value of a date element (xs:date without time zone); otherwise an error. NULL: missing, an error unless optional.';

CREATE FUNCTION message_period(begin_text text, end_text text, begin_element text, end_element text, class text, nth bigint, open_end boolean DEFAULT false) RETURNS daterange
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	first_day date := zorgregio.message_date(begin_text, begin_element, class, nth);
	last_day date := zorgregio.message_date(end_text, end_element, class, nth, open_end);
BEGIN
	IF last_day < first_day THEN
		PERFORM zorgregio.message_refused(end_element, class, nth, end_text, format('Not before %s (CS003).', first_day));
	END IF;
	RETURN daterange(first_day, last_day, '[]');
END $$;
COMMENT ON FUNCTION message_period(text, text, text, text, text, bigint, boolean) IS 'The period of two date elements, both days included; the end may be missing when open_end. An end before the begin is an error (CS003).';

CREATE FUNCTION message_amount(cents bigint) RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CAST(cents AS numeric) OPERATOR(pg_catalog.*) 0.01;
COMMENT ON FUNCTION message_amount(bigint) IS 'Euro from eurocents (IV024).';

CREATE FUNCTION message_categories(law text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE law
		WHEN 'Wmo' THEN '{01,02,03,04,05,06,07,08,09,10,11,12,13,14,15,16,17,18}'::text[]
		WHEN 'Jeugdwet' THEN '{31,32,33,34,35,36,37,38,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55}'::text[] END;
COMMENT ON FUNCTION message_categories(text) IS 'Product categories (productcategorie) that messages of this law may hold.';

CREATE FUNCTION message_product(law text, category text, code text, class text, nth bigint, category_element text, code_element text, code_optional boolean) RETURNS product
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN zorgregio.product(
		zorgregio.message_choice(category, category_element, class, nth, zorgregio.message_categories(law)),
		zorgregio.message_text(code, code_element, class, nth, '^[0-9A-Za-z]{1,5}$', 'Code of 1 to 5 letters and digits.', code_optional));
END $$;
COMMENT ON FUNCTION message_product(text, text, text, text, bigint, text, text, boolean) IS 'The product of a category and a code in a message; otherwise an error.';

CREATE FUNCTION message_strange_path(paths text[], single text[] DEFAULT '{}') RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT concat('local-name((', string_agg(part, ' | '), ')[1])')
	FROM (SELECT concat(parent, '*[not(', string_agg('self::' || leaf, ' or '), ')] | ', string_agg(parent || leaf || '[2]', ' | ')) AS part
		FROM unnest(paths) path, regexp_match(path, '^(.*/)?([^/]+)$') m, LATERAL (SELECT coalesce(m[1], ''), m[2]) s(parent, leaf)
		GROUP BY parent
		UNION ALL SELECT x || '[2]' FROM unnest(single) x) p
$$;
COMMENT ON FUNCTION message_strange_path(text[], text[]) IS 'XPath of the name of the first element that may not be there, empty when none: below the parents of these paths only these elements exist, and each of them, and of single, once.';

CREATE FUNCTION message_header(message xml, OUT law text, OUT kind text, OUT provider provider, OUT municipality municipality,
		OUT identification text, OUT dated date, OUT base_version text, OUT message_version text) RETURNS record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
	part text[];
	code text;
BEGIN
	-- In markup this can only be a declaration. It could hold entities, and no message has one.
	IF strpos(message::text, '<!DOCTYPE') > 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'invalid message: document type declaration',
			DETAIL = 'Messages are read without DTD and entities.',
			HINT = 'Remove <!DOCTYPE ...>.';
	END IF;
	-- Names without prefix, since the namespace is only known after this; strange finds those of another namespace.
	SELECT * INTO r FROM XMLTABLE('/*' PASSING message COLUMNS
		root text PATH 'local-name(.)',
		namespace text PATH 'namespace-uri(.)',
		headers integer PATH 'count(*[local-name() = "Header"])',
		strange text PATH 'local-name((*[local-name() = "Header"]/descendant-or-self::*[
			namespace-uri() != namespace-uri(/*) and namespace-uri() != concat(substring-before(namespace-uri(/*), "/3_2/"), "/3_2/basisschema/schema")
			or local-name() = local-name(preceding-sibling::*[1])])[1])',
		code text PATH '*[local-name() = "Header"][1]/*[local-name() = "BerichtCode"][1]',
		version text PATH '*[local-name() = "Header"][1]/*[local-name() = "BerichtVersie"][1]',
		subversion text PATH '*[local-name() = "Header"][1]/*[local-name() = "BerichtSubversie"][1]',
		sender text PATH '*[local-name() = "Header"][1]/*[local-name() = "Afzender"][1]',
		receiver text PATH '*[local-name() = "Header"][1]/*[local-name() = "Ontvanger"][1]',
		identification text PATH '*[local-name() = "Header"][1]/*[local-name() = "BerichtIdentificatie"][1]/*[local-name() = "Identificatie"][1]',
		dated text PATH '*[local-name() = "Header"][1]/*[local-name() = "BerichtIdentificatie"][1]/*[local-name() = "Dagtekening"][1]',
		base_version text PATH '*[local-name() = "Header"][1]/*[local-name() = "XsdVersie"][1]/*[local-name() = "BasisschemaXsdVersie"][1]',
		message_version text PATH '*[local-name() = "Header"][1]/*[local-name() = "XsdVersie"][1]/*[local-name() = "BerichtXsdVersie"][1]');

	part := regexp_match(r.namespace, '^http://www\.istandaarden\.nl/(iwmo/([0-9]+_[0-9]+)/wmo|ijw/([0-9]+_[0-9]+)/jw)([0-9]{3})/schema$');
	IF part IS NULL OR r.root <> 'Bericht' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'not a message of iWmo or iJw',
			DETAIL = format('Found root element %s in namespace "%s".', coalesce(r.root, 'without a name'), substr(r.namespace, 1, 100)),
			HINT = 'A message is an element Bericht in a namespace such as http://www.istandaarden.nl/iwmo/3_2/wmo301/schema.';
	END IF;
	IF coalesce(part[2], part[3]) <> '3_2' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('message of release %s', replace(coalesce(part[2], part[3]), '_', '.')),
			HINT = 'Only messages of release 3.2 are read.';
	END IF;
	law := CASE WHEN part[2] IS NOT NULL THEN 'Wmo' ELSE 'Jeugdwet' END;
	kind := part[4];
	SELECT CASE law WHEN 'Wmo' THEN wmo ELSE jw END INTO code
	FROM (VALUES ('301', '414', '436'), ('305', '418', '438'), ('307', '420', '440'), ('315', '444', '446'),
		('317', '480', '486'), ('319', '482', '488'), ('323', '484', '490'), ('325', '485', '491')) v(k, wmo, jw)
	WHERE k = kind;
	IF code IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('unknown kind of message: %s', kind),
			HINT = 'Kinds: 301, 305, 307, 315, 317, 319, 323, 325.';
	END IF;
	IF r.headers <> 1 THEN
		PERFORM zorgregio.message_refused('Header', 'Bericht', NULL, CASE WHEN r.headers > 1 THEN r.headers || ' times' END, 'Exactly one.');
	ELSIF r.strange <> '' THEN
		PERFORM zorgregio.message_unexpected(r.strange, 'Header', NULL);
	END IF;
	PERFORM zorgregio.message_choice(btrim(r.code), 'BerichtCode', 'Header', NULL, ARRAY[code]),
		zorgregio.message_choice(btrim(r.version), 'BerichtVersie', 'Header', NULL, '{3}'),
		zorgregio.message_choice(btrim(r.subversion), 'BerichtSubversie', 'Header', NULL, '{2}');
	IF kind IN ('301', '319', '325') THEN
		provider := zorgregio.message_text(r.receiver, 'Ontvanger', 'Header', NULL, '^[0-9]{8}$', 'AGB code of 8 digits.');
		municipality := zorgregio.message_text(r.sender, 'Afzender', 'Header', NULL, '^[0-9]{4}$', 'Municipality code of 4 digits.');
	ELSE
		provider := zorgregio.message_text(r.sender, 'Afzender', 'Header', NULL, '^[0-9]{8}$', 'AGB code of 8 digits.');
		municipality := zorgregio.message_text(r.receiver, 'Ontvanger', 'Header', NULL, '^[0-9]{4}$', 'Municipality code of 4 digits.');
	END IF;
	identification := zorgregio.message_text(r.identification, 'Identificatie', 'Header', NULL, '^.{1,12}$', 'Text of 1 to 12 characters.');
	dated := zorgregio.message_date(r.dated, 'Dagtekening', 'Header', NULL);
	base_version := zorgregio.message_text(r.base_version, 'BasisschemaXsdVersie', 'Header', NULL, '^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$', 'Version such as 1.0.0.');
	message_version := zorgregio.message_text(r.message_version, 'BerichtXsdVersie', 'Header', NULL, '^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$', 'Version such as 1.0.0.');
END $$;
COMMENT ON FUNCTION message_header(xml) IS 'Header of an iWmo/iJw 3.2 message of any known kind: law (Wmo, Jeugdwet), kind (301 ...), provider and municipality (afzender, ontvanger), identification, date (dagtekening) and versions of its schemas. Another release, an unknown kind, a DTD or a wrong value is an error (22023).';

CREATE FUNCTION message_open(message xml, wanted text, OUT law text, OUT provider provider, OUT municipality municipality,
		OUT m text, OUT b text) RETURNS record
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	h record := zorgregio.message_header(message);
	base text := concat('http://www.istandaarden.nl/', CASE h.law WHEN 'Wmo' THEN 'iwmo' ELSE 'ijw' END, '/3_2/');
BEGIN
	IF h.kind <> wanted THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('message of kind %s, not %s', h.kind, wanted),
			HINT = 'Readers: read_allocations 301, read_starts 305, read_stops 307, read_requests 315, read_claims 323.';
	END IF;
	law := h.law;
	provider := h.provider;
	municipality := h.municipality;
	m := concat(base, CASE h.law WHEN 'Wmo' THEN 'wmo' ELSE 'jw' END, h.kind, '/schema');
	b := base || 'basisschema/schema';
END $$;
COMMENT ON FUNCTION message_open(xml, text) IS 'Checks the header of a message of the wanted kind; gives what its lines need, and the namespaces of the message (m) and of the base schema (b).';
