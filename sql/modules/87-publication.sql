-- 87-publication: which cells of a table with totals to hide, so that no hidden one can be computed (onderdrukking).

CREATE FUNCTION suppress(counts bigint[], below bigint, width bigint DEFAULT 1) RETURNS boolean[]
	AS 'MODULE_PATHNAME', 'suppress'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION suppress(bigint[], bigint, bigint) IS 'Which cells of a table of counts to hide (primaire en secundaire onderdrukking): those below the threshold, and others so that no hidden count follows from rows, columns and totals, and each keeps a range of at least the width. Rows of columns, the last of each are totals (randtotalen); NULL: no such cell. Three dimensions: several tables of the same cells, hidden together. True: hide.';

CREATE FUNCTION suppress_amounts(amounts bigint[], hide boolean[], width bigint DEFAULT 1) RETURNS boolean[]
	AS 'MODULE_PATHNAME', 'suppress_amounts'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION suppress_amounts(bigint[], boolean[], bigint) IS 'The same for amounts, in cents: hides the cells that are named, such as those of few persons, and others, so that no hidden amount follows from rows, columns and totals, each keeps a range of at least the width, and those named a range of their own amount.';
