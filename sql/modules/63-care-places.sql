-- 63-care-places: the histories of every provider in every municipality, in one pass over allotments and deliveries.

CREATE TYPE care_place AS (
	provider provider, municipality municipality, persons care_history, allocations care_history,
	longer_persons care_history, longer_allocations care_history
);
COMMENT ON TYPE care_place IS 'A row of what care_places_agg gives: the care of one provider in one municipality.';
COMMENT ON COLUMN care_place.provider IS 'Who delivers (zorgaanbieder).';
COMMENT ON COLUMN care_place.municipality IS 'Who pays (gemeente).';
COMMENT ON COLUMN care_place.persons IS 'Periods in care of clients, with the product; a pause belongs to the care.';
COMMENT ON COLUMN care_place.allocations IS 'The same with the number of the allotment in the place of the client.';
COMMENT ON COLUMN care_place.longer_persons IS 'Of the same periods those that last longer in the region, until care begins with another provider; NULL: none does.';
COMMENT ON COLUMN care_place.longer_allocations IS 'The same with the number of the allotment in the place of the client.';

-- Rows of three tables in one stream, in any order: what a row is shows from which of its values is there.
-- internal, since the state is a table of all allotments that nothing else could use; so it is not computed in parts.
CREATE FUNCTION care_places_transition(internal, number bigint, client bigint, provider provider, municipality municipality, product product, until date, law text,
		change_reason text, started date, ended date, stop_reason text, meaning text) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION care_places_final(internal) RETURNS care_place[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION care_places_transition(internal, bigint, bigint, provider, municipality, product, date, text, text, date, date, text, text) IS 'Transition of care_places_agg.';
COMMENT ON FUNCTION care_places_final(internal) IS 'Result of care_places_agg.';

CREATE AGGREGATE care_places_agg(number bigint, client bigint, provider provider, municipality municipality, product product, until date, law text,
		change_reason text, started date, ended date, stop_reason text, meaning text) (
    SFUNC = care_places_transition, STYPE = internal,
    FINALFUNC = care_places_final, FINALFUNC_MODIFY = READ_WRITE, PARALLEL = SAFE
);
COMMENT ON AGGREGATE care_places_agg(bigint, bigint, provider, municipality, product, date, text, text, date, date, text, text) IS 'Care of each provider in each municipality (zorg per aanbieder en gemeente), from three kinds of rows: what a reason for stopping means (no number; law, stop_reason, change_reason, NULL: none, and meaning: pause, other_provider or NULL), an allotment (client; until is the first day after it), or a delivery (started, with ended and stop_reason). A pause lasts until the next start on the allotment, or its end; after a move to another provider care in the region lasts until the start there. Care from before the year 1 does not count, nor does a delivery that ends before it starts.';
