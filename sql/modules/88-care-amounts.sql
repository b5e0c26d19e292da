-- 88-care-amounts: amounts of care per month and year, in one pass over all tables that they come from.

CREATE TYPE care_amount AS (
	kind text, provider provider, municipality municipality, product product, product_group integer, unit text, period_from date,
	allocations bigint, unpriced bigint, indicated numeric, delivered numeric, claimed numeric, unallotted numeric, claimable numeric, quantity numeric
);
COMMENT ON TYPE care_amount IS 'A row of what care_amounts_agg gives.';
COMMENT ON COLUMN care_amount.kind IS 'month or year: of a municipality, product and unit; provider: the year of a provider, municipality and product group.';
COMMENT ON COLUMN care_amount.provider IS 'Who delivers (zorgaanbieder); NULL: nobody knows, or not of kind provider.';
COMMENT ON COLUMN care_amount.municipality IS 'Who pays (gemeente); NULL: nobody knows.';
COMMENT ON COLUMN care_amount.product IS 'Product; NULL: none is named, or of kind provider.';
COMMENT ON COLUMN care_amount.product_group IS 'Number of its product group (productgroep) as it was given; NULL: none was.';
COMMENT ON COLUMN care_amount.unit IS 'Unit of the allotments (eenheid), euro for a budget; NULL: neither volume nor budget, or of kind provider.';
COMMENT ON COLUMN care_amount.period_from IS 'First day of the month or year.';
COMMENT ON COLUMN care_amount.allocations IS 'Allotments in force on a day of the period (toewijzingen), up to the month that counts last.';
COMMENT ON COLUMN care_amount.unpriced IS 'Allotments with a month in the period whose cost is not known.';
COMMENT ON COLUMN care_amount.indicated IS 'Euro: p*q of the allotments (geindiceerd).';
COMMENT ON COLUMN care_amount.delivered IS 'Euro: p*q of the days of delivery (geleverd), up to the last that counts.';
COMMENT ON COLUMN care_amount.claimed IS 'Euro: claim lines, less credits (gedeclareerd), by the product that was claimed.';
COMMENT ON COLUMN care_amount.unallotted IS 'Euro: the part of claimed on allotments that are not there or were never sent.';
COMMENT ON COLUMN care_amount.claimable IS 'What may be claimed (declareerbaar), in the unit, up to the month that counts last.';
COMMENT ON COLUMN care_amount.quantity IS 'What was claimed of the allotments, in the unit, hours rounded to two decimals per month.';

-- Rows of five tables in one stream, in any order: what a row is shows from which of its values is there. internal, since the
-- state is a table of all allotments that nothing else could use; so it is not computed in parts.
CREATE FUNCTION care_amounts_transition(internal, number bigint, provider provider, municipality municipality, indication indication, change_reason text,
		started date, ended date, product_period daterange, product product, volume volume, amount numeric, credit boolean, declaration bigint,
		product_group integer, prices tariff_book, days daterange, as_of date) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION care_amounts_final(internal) RETURNS care_amount[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION care_amounts_transition(internal, bigint, provider, municipality, indication, text, date, date, daterange, product, volume, numeric, boolean, bigint, integer, tariff_book, daterange, date) IS 'Transition of care_amounts_agg.';
COMMENT ON FUNCTION care_amounts_final(internal) IS 'Result of care_amounts_agg.';

CREATE AGGREGATE care_amounts_agg(number bigint, provider provider, municipality municipality, indication indication, change_reason text,
		started date, ended date, product_period daterange, product product, volume volume, amount numeric, credit boolean, declaration bigint,
		product_group integer, prices tariff_book, days daterange, as_of date) (
    SFUNC = care_amounts_transition, STYPE = internal,
    FINALFUNC = care_amounts_final, FINALFUNC_MODIFY = READ_WRITE, PARALLEL = SAFE
);
COMMENT ON AGGREGATE care_amounts_agg(bigint, provider, municipality, indication, text, date, date, daterange, product, volume, numeric, boolean, bigint, integer, tariff_book, daterange, date) IS 'What allotments cost, are delivered of, may be and are claimed, per calendar month and year of days, with claims and delivery up to as_of. Each row is an allotment (indication), a delivery (started), a claim line (product_period), a product with the number of its group (product_group), the prices of a contract or, without a provider, the ordinary ones (prices), or a declaration.';
