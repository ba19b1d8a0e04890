-- Why: what the lead agency, the operator or the platform did to an agency must be seen by its own
-- people. The act is recorded in the audit already, in the transaction that does it, and the agency
-- may read what is about it. So a notice is that very record until somebody who administers has
-- put it away: nothing is written twice, and no notice can be missing.

CREATE TABLE notice_dismissal (
    tenant_id    bigint NOT NULL,
    -- A row of registry.governance_audit about this tenant, or of its own audit_event.
    notice_id    bigint NOT NULL,
    staff_id     bigint,
    at           timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, notice_id)
);
ALTER TABLE notice_dismissal ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_dismissal FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON notice_dismissal USING (tenant_id = (SELECT app_tenant_id()))
    WITH CHECK (tenant_id = (SELECT app_tenant_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON notice_dismissal TO belfry_app;

-- Of an agency's own record only what others did there can be a notice; its people's acts are many.
CREATE INDEX audit_event_by_others ON audit_event (tenant_id, id DESC)
    WHERE origin IN ('platform', 'command', 'lead');

-- A sandbox is for trying things out: everything in it is wiped on this date, which its people are
-- told. NULL is an agency that stays.
ALTER TABLE registry.tenant ADD COLUMN wipe_on date;
