-- 62-care-history-products: a care_history taken apart, by product, by transition, by period.

CREATE FUNCTION replace_products(care_history, product[], product[]) RETURNS care_history
	AS 'MODULE_PATHNAME', 'care_history_replace_products' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION replace_products(care_history, product[], product[]) IS 'the history with other products: each product of the first array becomes the one at its place in the second, NULL stands for no product; so products become product groups (productgroepen)';

CREATE FUNCTION number_clients(care_history, first bigint) RETURNS care_history
	AS 'MODULE_PATHNAME', 'care_history_number_clients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION number_clients(care_history, bigint) IS 'the history with numbers in the place of client keys, from first on in the order of the keys; so a client of two providers counts as two in their union (trajecten)';

CREATE FUNCTION flows_by_product(care_history, daterange, step interval DEFAULT '1 month', gap integer DEFAULT 0,
	OUT product product, OUT period daterange, OUT stock_begin bigint, OUT inflow bigint, OUT outflow bigint, OUT stock_end bigint,
	OUT clients bigint, OUT clients_12m bigint) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_flows_by_product' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flows_by_product(care_history, daterange, interval, integer) IS 'flows of each product as if there were no others: flows(for_products(history, ARRAY[product]), ...) of all products in one pass';

CREATE FUNCTION transition_clients(care_history, daterange, gap integer DEFAULT 0,
	OUT kind text, OUT from_product product, OUT to_product product, OUT clients client_set) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_transition_clients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_clients(care_history, daterange, integer) IS 'the clients that transitions counts, so that those of several pairs of products can be counted once';

CREATE FUNCTION transition_clients(care_history, daterange, step interval, gap integer DEFAULT 0,
	OUT period daterange, OUT kind text, OUT from_product product, OUT to_product product, OUT clients client_set) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_transition_clients_by_step' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_clients(care_history, daterange, interval, integer) IS 'the same per period of the range, in one pass';

CREATE FUNCTION periods(care_history, OUT client bigint, OUT product product, OUT period daterange) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_periods' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 1000;
COMMENT ON FUNCTION periods(care_history) IS 'the periods of a history, by client, product and start; an open end is still in care';

CREATE FUNCTION moved_on(care_history, from_products product[], to_products product[], OUT client bigint, OUT day date, OUT until date) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'care_history_moved_on' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 1000;
COMMENT ON FUNCTION moved_on(care_history, product[], product[]) IS 'clients who had care with the products of the first array before their first care with one of the second: the day that this began, and the day after the last of the care that began before it (NULL: it has no end); so youth care and the Wmo (18-/18+)';
