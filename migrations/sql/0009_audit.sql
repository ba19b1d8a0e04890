-- Why: a record of who did what is worth as much as the trust that nobody changed it. Every act
-- now says who, from where and why, and carries the hash of the one before it: taking a row out
-- or rewriting it breaks the chain, which `belfry audit verify` walks. Each tenant has a chain of
-- its own, and the platform's governance another.
--
-- The hash is made here and not by the program, so that no way of writing a row can leave it out.

ALTER TABLE audit_event
    -- The person's name and address as they were then: people leave, the record stays.
    ADD COLUMN who       text NOT NULL DEFAULT '',
    -- The app or token that acted on somebody's behalf.
    ADD COLUMN client    text NOT NULL DEFAULT '',
    ADD COLUMN address   text NOT NULL DEFAULT '',
    ADD COLUMN reason    text NOT NULL DEFAULT '',
    -- An act of governing the namespace (people, accounts, settings, rules) and not of speaking
    -- through it: the lead agency sees these too.
    ADD COLUMN governs   boolean NOT NULL DEFAULT true,
    ADD COLUMN seq       bigint,
    ADD COLUMN prev_hash bytea,
    ADD COLUMN hash      bytea;

ALTER TABLE registry.governance_audit RENAME COLUMN actor TO origin;
ALTER TABLE registry.governance_audit
    -- The lead agency then, and who of it.
    ADD COLUMN by_tenant bigint,
    ADD COLUMN staff_id  bigint,
    ADD COLUMN who       text NOT NULL DEFAULT '',
    ADD COLUMN client    text NOT NULL DEFAULT '',
    ADD COLUMN address   text NOT NULL DEFAULT '',
    ADD COLUMN reason    text NOT NULL DEFAULT '',
    ADD COLUMN seq       bigint,
    ADD COLUMN prev_hash bytea,
    ADD COLUMN hash      bytea;

-- What is hashed, as an export shows it: one JSON array of everything that the row says. Times
-- in microseconds since 1970, so that no setting of a session changes the text.
CREATE FUNCTION audit_payload(e audit_event) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(e.tenant_id, e.seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.origin,
        e.staff_id, e.who, e.client, e.address, e.action, e.governs, e.reason, e.detail)::text
$$;
CREATE FUNCTION registry.audit_payload(e registry.governance_audit) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(0, e.seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.origin,
        e.by_tenant, e.staff_id, e.who, e.client, e.address, e.action, e.about_tenant, e.reason, e.detail)::text
$$;
CREATE FUNCTION audit_hash(prev bytea, payload text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(prev || convert_to(payload, 'UTF8'))
$$;

CREATE UNIQUE INDEX audit_event_seq ON audit_event (tenant_id, seq);
CREATE UNIQUE INDEX governance_audit_seq ON registry.governance_audit (seq);
CREATE INDEX governance_audit_about ON registry.governance_audit (about_tenant, id DESC);

-- What was recorded before is chained in its order. The policies bind the owner too, hence the
-- loop over tenants.
DO $$
DECLARE
    t bigint;
    e audit_event;
    g registry.governance_audit;
    n bigint;
    last bytea;
BEGIN
    FOR t IN SELECT id FROM registry.tenant LOOP
        PERFORM set_config('app.tenant_id', t::text, true);
        n := 0;
        last := '';
        FOR e IN SELECT * FROM audit_event WHERE tenant_id = t ORDER BY id LOOP
            n := n + 1;
            e.seq := n;
            e.prev_hash := last;
            last := audit_hash(last, audit_payload(e));
            UPDATE audit_event SET seq = n, prev_hash = e.prev_hash, hash = last
                WHERE tenant_id = t AND id = e.id;
        END LOOP;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
    n := 0;
    last := '';
    FOR g IN SELECT * FROM registry.governance_audit ORDER BY id LOOP
        n := n + 1;
        g.seq := n;
        g.prev_hash := last;
        last := audit_hash(last, registry.audit_payload(g));
        UPDATE registry.governance_audit SET seq = n, prev_hash = g.prev_hash, hash = last WHERE id = g.id;
    END LOOP;
END
$$;

-- One act of a chain after another: the lock is held until the act's own transaction ends.
-- Whatever the statement says of its place in the chain is overwritten.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('belfry.audit', NEW.tenant_id));
    SELECT seq, hash INTO last FROM audit_event WHERE tenant_id = NEW.tenant_id ORDER BY seq DESC LIMIT 1;
    NEW.seq := COALESCE(last.seq, 0) + 1;
    NEW.prev_hash := COALESCE(last.hash, '');
    NEW.hash := audit_hash(NEW.prev_hash, audit_payload(NEW));
    RETURN NEW;
END
$$;
CREATE FUNCTION registry.audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('belfry.audit', 0));
    SELECT seq, hash INTO last FROM registry.governance_audit ORDER BY seq DESC LIMIT 1;
    NEW.seq := COALESCE(last.seq, 0) + 1;
    NEW.prev_hash := COALESCE(last.hash, '');
    NEW.hash := audit_hash(NEW.prev_hash, registry.audit_payload(NEW));
    RETURN NEW;
END
$$;
CREATE TRIGGER chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER chain BEFORE INSERT ON registry.governance_audit
    FOR EACH ROW EXECUTE FUNCTION registry.audit_chain();

ALTER TABLE audit_event ALTER COLUMN seq SET NOT NULL, ALTER COLUMN prev_hash SET NOT NULL,
    ALTER COLUMN hash SET NOT NULL;
ALTER TABLE registry.governance_audit ALTER COLUMN seq SET NOT NULL, ALTER COLUMN prev_hash SET NOT NULL,
    ALTER COLUMN hash SET NOT NULL;

-- The services' roles have no right to change or delete a row; this stops the owner's mistakes too.
CREATE FUNCTION registry.audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only: rows of % are neither changed nor deleted', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION registry.audit_is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON registry.governance_audit
    FOR EACH STATEMENT EXECUTE FUNCTION registry.audit_is_append_only();

-- The lead agency sees how namespaces are governed, and not what is said in them.
CREATE POLICY lead_reads_governance ON audit_event FOR SELECT TO belfry_admin USING (governs);
GRANT SELECT ON audit_event TO belfry_admin;

-- An agency sees what the lead agency and the operator did about it.
ALTER TABLE registry.governance_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.governance_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY admin_adds ON registry.governance_audit FOR INSERT TO belfry_admin WITH CHECK (true);
CREATE POLICY admin_reads ON registry.governance_audit FOR SELECT TO belfry_admin USING (true);
CREATE POLICY agency_reads_its_own ON registry.governance_audit FOR SELECT TO belfry_app
    USING (about_tenant = (SELECT app_tenant_id()));
GRANT SELECT ON registry.governance_audit TO belfry_app;
