-- 95-control-changes: the message log as a source of the control figures.

CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.imports
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.imports IS 'The next refresh of the monitor takes it in: lines that were not loaded count in a declaration.';
CREATE OR REPLACE TRIGGER monitor_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON @region@.received_allocations
	FOR EACH STATEMENT EXECUTE FUNCTION @region@.note_change();
COMMENT ON TRIGGER monitor_change ON @region@.received_allocations IS 'The next refresh of the monitor takes it in: when an allotment was known first tells whether a start message is late.';
