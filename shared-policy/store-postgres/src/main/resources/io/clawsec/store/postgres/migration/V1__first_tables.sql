-- The audit. Partitioned by month of the event's time, so that old months can be let go of as a whole. The time is kept in
-- microseconds since the epoch, as in the record, and not as a timestamp: the conversion would pass through a double.
CREATE SEQUENCE audit_positions AS BIGINT;

CREATE TABLE audit_events (
    timestamp_micros BIGINT NOT NULL,
    position BIGINT NOT NULL DEFAULT nextval('audit_positions'),
    id UUID NOT NULL,
    event_type TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C",
    outcome TEXT COLLATE "C" NOT NULL,
    request_id UUID NOT NULL,
    writer_id UUID NOT NULL,
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    record BYTEA NOT NULL,
    PRIMARY KEY (timestamp_micros, position)
) PARTITION BY RANGE (timestamp_micros);

-- Every index ends with the time and the position: pages come out of it in order, unsorted. The primary key is the one
-- by time alone.
CREATE INDEX audit_events_by_type ON audit_events (event_type, timestamp_micros, position);
CREATE INDEX audit_events_by_user ON audit_events (user_id, timestamp_micros, position);
CREATE INDEX audit_events_by_outcome ON audit_events (outcome, timestamp_micros, position);
CREATE INDEX audit_events_by_request ON audit_events (request_id, timestamp_micros, position);
-- For whoever reads chains.
CREATE INDEX audit_events_by_place ON audit_events (writer_id, sequence, timestamp_micros, position);

-- What no partition has room for: an event is never lost for want of one.
CREATE TABLE audit_events_default PARTITION OF audit_events DEFAULT;

-- What must be unique over all months. A unique index on a partitioned table holds the month too, so the same id could
-- come back in another one; this table is written in the same statement as the events.
CREATE TABLE audit_ids (
    id UUID PRIMARY KEY,
    writer_id UUID NOT NULL,
    sequence BIGINT NOT NULL,
    UNIQUE (writer_id, sequence)
);

-- Refuses what an append-only table must not have done to it, to its owner too. The retention procedure alone may pass,
-- and for DELETE alone: it runs as the owner and says SET LOCAL clawsec.retention = 'on' in its own transaction.
CREATE FUNCTION audit_refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('clawsec.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Makes both triggers on a table, or the second alone on a partition, which has the first from its parent. ALWAYS:
-- a replica's session does not switch them off either.
CREATE FUNCTION audit_protect(protected REGCLASS, rows_too BOOLEAN) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF rows_too THEN
        EXECUTE format('CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON %s '
            'FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()', protected);
    END IF;
    EXECUTE format('CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()', protected);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER audit_refuse_change', protected);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER audit_refuse_truncate', protected);
END $$;

SELECT audit_protect('audit_events', true), audit_protect('audit_events_default', false),
    audit_protect('audit_ids', true);

-- Makes the partition of a month. False: it is there. Null: events of that month lie in the default partition, where they
-- stay, and so does the rest of that month.
CREATE FUNCTION audit_add_partition(month DATE) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
    first TIMESTAMP := date_trunc('month', month::TIMESTAMP);
    from_micros BIGINT := extract(EPOCH FROM first)::BIGINT * 1000000;
    to_micros BIGINT := extract(EPOCH FROM first + INTERVAL '1 month')::BIGINT * 1000000;
    name TEXT := 'audit_events_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN FALSE;
    END IF;
    IF EXISTS (SELECT FROM audit_events_default WHERE timestamp_micros >= from_micros AND timestamp_micros < to_micros) THEN
        RETURN NULL;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_events FOR VALUES FROM (%s) TO (%s)', name, from_micros, to_micros);
    PERFORM audit_protect(name::REGCLASS, false);
    RETURN TRUE;
END $$;

REVOKE ALL ON FUNCTION audit_protect(REGCLASS, BOOLEAN), audit_add_partition(DATE) FROM PUBLIC;

-- Usage. Half of each page is left free, so that a raised counter finds room beside its old self and touches no index.
CREATE TABLE usage_counters (
    principal_key TEXT COLLATE "C" NOT NULL,
    window_seconds BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    requests BIGINT NOT NULL,
    PRIMARY KEY (principal_key, window_seconds, window_start)
) WITH (fillfactor = 50);
CREATE INDEX usage_counters_by_end ON usage_counters ((window_start + window_seconds));

CREATE TABLE usage_reservations (
    request_id UUID PRIMARY KEY,
    principal_key TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    resource TEXT COLLATE "C" NOT NULL,
    at_micros BIGINT NOT NULL
);
CREATE INDEX usage_reservations_by_time ON usage_reservations (at_micros, request_id);

-- Settings. There is one version for all sections, in a row that is there from the start.
CREATE TABLE settings_version (id INTEGER PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL);
INSERT INTO settings_version (id, version) VALUES (1, 0);
CREATE TABLE settings_sections (section TEXT COLLATE "C" PRIMARY KEY, content TEXT NOT NULL);

CREATE TABLE write_probes (id INTEGER PRIMARY KEY, probes BIGINT NOT NULL) WITH (fillfactor = 50);
INSERT INTO write_probes (id, probes) VALUES (1, 0);
