-- 80-monitor-changes: which months a change touches, so that a refresh computes no others.
--
-- Statement triggers, so that a load of a million rows notes one change. They run as the owner of the region, since who may
-- load need not see this table; nobody else may attach them. Functions and tables are found in pg_catalog first and are
-- exact matches there, or named with their schema: nothing planted is called.

CREATE OR REPLACE FUNCTION @region@.note_change() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
BEGIN
	INSERT INTO monitor_changes (source, from_day, to_day) VALUES (TG_TABLE_NAME, '-infinity', 'infinity');
	RETURN NULL;
END $$;
COMMENT ON FUNCTION @region@.note_change() IS 'Notes that a table changed in which any row may touch all figures.';
REVOKE EXECUTE ON FUNCTION @region@.note_change() FROM PUBLIC;

-- From its first day on a change may touch all later figures: who starts, pauses and moves on depends on what came before.
-- A pause or transfer lasts until the next start, so a start touches the days since the one before it ended. Looking for
-- those costs, so a large load renews everything.
CREATE OR REPLACE FUNCTION @region@.note_changed_rows() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, zorgregio, @region@, pg_temp
AS $$
DECLARE
	n constant bigint := (SELECT count(*) FROM changed);
	first_day date;
	until date := 'infinity';
BEGIN
	IF n = 0 THEN
		RETURN NULL;
	ELSIF TG_TABLE_NAME = 'claims' THEN
		SELECT min(pg_catalog.lower(c.product_period)), max(pg_catalog.upper(c.product_period)) INTO first_day, until FROM changed c;
	ELSIF n > 100000 THEN
		first_day := '-infinity';
	ELSIF TG_TABLE_NAME = 'deliveries' THEN
		SELECT least((SELECT min(x.started) FROM changed x), min(pg_catalog.upper(p.delivered))) INTO first_day
		FROM (SELECT a.client, max(x.started) AS last_started FROM changed x JOIN allocations a ON a.number = x.number GROUP BY a.client) c
			JOIN care_periods p ON p.client = c.client AND p.end_class IN ('pause', 'transfer') AND pg_catalog.upper(p.delivered) <= c.last_started;
	ELSE
		SELECT least((SELECT min(pg_catalog.lower(zorgregio.period(x.indication))) FROM changed x),
			(SELECT min(d.started) FROM changed x JOIN deliveries d ON d.number = x.number),
			(SELECT min(pg_catalog.lower(k.product_period)) FROM changed x JOIN claims k ON k.number = x.number), min(pg_catalog.upper(p.delivered))) INTO first_day
		FROM (SELECT x.client, max(d.started) AS last_started FROM changed x JOIN deliveries d ON d.number = x.number GROUP BY x.client) c
			JOIN care_periods p ON p.client = c.client AND p.end_class IN ('pause', 'transfer') AND pg_catalog.upper(p.delivered) <= c.last_started;
	END IF;
	INSERT INTO monitor_changes (source, from_day, to_day) VALUES (TG_TABLE_NAME, first_day, until);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION @region@.note_changed_rows() IS 'Notes from which day on a change in allocations, deliveries or claims touches the figures of the monitor.';
REVOKE EXECUTE ON FUNCTION @region@.note_changed_rows() FROM PUBLIC;

CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.products
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.products IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.providers
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.providers IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.contracts
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.contracts IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.tariffs
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.tariffs IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.lump_sums
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.lump_sums IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.budgets
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.budgets IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.municipalities
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.municipalities IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.sourcings
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.sourcings IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.closures
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.closures IS 'The next refresh of the monitor takes it in.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.admission_windows
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.admission_windows IS 'The next refresh of the monitor takes it in.';

-- Only a change touches figures: a new declaration has no lines yet, one with lines cannot go.
CREATE OR REPLACE TRIGGER monitor_change AFTER UPDATE ON @region@.declarations
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.declarations IS 'The next refresh of the monitor takes it in.';

CREATE OR REPLACE TRIGGER monitor_insert AFTER INSERT ON @region@.allocations REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_insert ON @region@.allocations IS 'The next refresh of the monitor takes in rows that came.';
CREATE OR REPLACE TRIGGER monitor_delete AFTER DELETE ON @region@.allocations REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_delete ON @region@.allocations IS 'The next refresh of the monitor takes in rows that went.';
CREATE OR REPLACE TRIGGER monitor_update_old AFTER UPDATE ON @region@.allocations REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_update_old ON @region@.allocations IS 'The next refresh of the monitor takes in rows as they were.';
CREATE OR REPLACE TRIGGER monitor_update_new AFTER UPDATE ON @region@.allocations REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_update_new ON @region@.allocations IS 'The next refresh of the monitor takes in rows as they are.';
CREATE OR REPLACE TRIGGER monitor_truncate AFTER TRUNCATE ON @region@.allocations
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_truncate ON @region@.allocations IS 'The next refresh of the monitor is complete.';

CREATE OR REPLACE TRIGGER monitor_insert AFTER INSERT ON @region@.deliveries REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_insert ON @region@.deliveries IS 'The next refresh of the monitor takes in rows that came.';
CREATE OR REPLACE TRIGGER monitor_delete AFTER DELETE ON @region@.deliveries REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_delete ON @region@.deliveries IS 'The next refresh of the monitor takes in rows that went.';
CREATE OR REPLACE TRIGGER monitor_update_old AFTER UPDATE ON @region@.deliveries REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_update_old ON @region@.deliveries IS 'The next refresh of the monitor takes in rows as they were.';
CREATE OR REPLACE TRIGGER monitor_update_new AFTER UPDATE ON @region@.deliveries REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_update_new ON @region@.deliveries IS 'The next refresh of the monitor takes in rows as they are.';
CREATE OR REPLACE TRIGGER monitor_truncate AFTER TRUNCATE ON @region@.deliveries
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_truncate ON @region@.deliveries IS 'The next refresh of the monitor is complete.';

CREATE OR REPLACE TRIGGER monitor_insert AFTER INSERT ON @region@.claims REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_insert ON @region@.claims IS 'The next refresh of the monitor takes in rows that came.';
CREATE OR REPLACE TRIGGER monitor_delete AFTER DELETE ON @region@.claims REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_delete ON @region@.claims IS 'The next refresh of the monitor takes in rows that went.';
CREATE OR REPLACE TRIGGER monitor_update_old AFTER UPDATE ON @region@.claims REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_update_old ON @region@.claims IS 'The next refresh of the monitor takes in rows as they were.';
CREATE OR REPLACE TRIGGER monitor_update_new AFTER UPDATE ON @region@.claims REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_changed_rows();
COMMENT ON TRIGGER monitor_update_new ON @region@.claims IS 'The next refresh of the monitor takes in rows as they are.';
CREATE OR REPLACE TRIGGER monitor_truncate AFTER TRUNCATE ON @region@.claims
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_truncate ON @region@.claims IS 'The next refresh of the monitor is complete.';
