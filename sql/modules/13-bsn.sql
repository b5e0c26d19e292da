-- 13-bsn: check of a citizen service number. There is no type for it: clients are counted by a bigint key.

CREATE FUNCTION bsn_valid(text) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bsn_valid(text) IS 'whether the text can be a citizen service number (burgerservicenummer, BSN): 9 digits, 11-test, not all zeros; false for any other text, never an error';
