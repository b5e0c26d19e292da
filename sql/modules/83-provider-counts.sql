-- 83-provider-counts: what the outflow rule counts, in one pass over all tables that it comes from.

CREATE TYPE provider_count AS (
	contract integer, clients bigint, clients_calendar_year bigint, clients_first_year bigint, trajectories bigint, turnover numeric, served_until date,
	provider provider, municipality municipality, kind text, from_day date, until date
);
COMMENT ON TYPE provider_count IS 'A row of what provider_counts_agg gives: what counts for a contract, or days that a provider reported.';
COMMENT ON COLUMN provider_count.contract IS 'Number of the contract as it was given; NULL: a row of days.';
COMMENT ON COLUMN provider_count.clients IS 'Different clients served in the year back (unieke clienten): delivered to on a day of it, or claimed more than zero.';
COMMENT ON COLUMN provider_count.clients_calendar_year IS 'The same in the calendar year.';
COMMENT ON COLUMN provider_count.clients_first_year IS 'The same in the first year of the contract.';
COMMENT ON COLUMN provider_count.trajectories IS 'Allotments on which was served in the year back (trajecten).';
COMMENT ON COLUMN provider_count.turnover IS 'Euro: claim lines that start in the year back, less credits (omzet); NULL: none.';
COMMENT ON COLUMN provider_count.served_until IS 'Day after the last that was delivered or claimed more than zero, at most that after the year back; NULL: never.';
COMMENT ON COLUMN provider_count.provider IS 'Of a row of days: who has rows (zorgaanbieder).';
COMMENT ON COLUMN provider_count.municipality IS 'Of a row of days: of whom (gemeente).';
COMMENT ON COLUMN provider_count.kind IS 'Of a row of days: deliveries or claims.';
COMMENT ON COLUMN provider_count.from_day IS 'First of days that have such a row, without a day between that has none.';
COMMENT ON COLUMN provider_count.until IS 'Day after the last of them, at most that after the year back.';

-- Rows of five tables in one stream, contracts first and allotments next: what a row is shows from which of its values is there.
-- internal, since the state is a table of all allotments that nothing else could use; so it is not computed in parts.
CREATE FUNCTION provider_counts_transition(internal, number bigint, client bigint, provider provider, municipality municipality, product product, contract integer, first_year daterange,
		until date, law text, change_reason text, started date, ended date, stop_reason text, meaning text, product_period daterange, amount numeric, year_back daterange, calendar_year daterange) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION provider_counts_final(internal) RETURNS provider_count[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION provider_counts_transition(internal, bigint, bigint, provider, municipality, product, integer, daterange, date, text, text, date, date, text, text, daterange, numeric, daterange, daterange) IS 'Transition of provider_counts_agg.';
COMMENT ON FUNCTION provider_counts_final(internal) IS 'Result of provider_counts_agg.';

CREATE AGGREGATE provider_counts_agg(number bigint, client bigint, provider provider, municipality municipality, product product, contract integer, first_year daterange,
		until date, law text, change_reason text, started date, ended date, stop_reason text, meaning text, product_period daterange, amount numeric, year_back daterange, calendar_year daterange) (
    SFUNC = provider_counts_transition, STYPE = internal,
    FINALFUNC = provider_counts_final, FINALFUNC_MODIFY = READ_WRITE, PARALLEL = SAFE
);
COMMENT ON AGGREGATE provider_counts_agg(bigint, bigint, provider, municipality, product, integer, daterange, date, text, text, date, date, text, text, daterange, numeric, daterange, daterange) IS 'Who was served under which contract, and of which days a provider has rows. Each row is a contract and a product of it (contract, no number), what a reason for stopping means (no number either; law, stop_reason, change_reason, NULL: none, and meaning: pause or NULL), an allotment (client; contract says that it counts for that one, otherwise its product does; until is the first day after it), a delivery (started, with ended and stop_reason; a pause counts for the windows until the next start on the allotment, or its end), or a claim line (product_period). Contracts come first, then allotments; claim lines after these. year_back and calendar_year are those of the first row, year_back ends with the last day that counts.';
