-- Why: the lead agency can close a namespace for a while, and nothing of it may be lost meanwhile.
-- What the namespace sends stands still in the machinery, and the time of standing still counts
-- neither as a retry nor towards the day on which a delivery is given up.

ALTER TABLE registry.tenant
    ADD COLUMN suspended_at      timestamptz,
    -- For the agency's own people: why, in the words of who suspended it.
    ADD COLUMN suspension_reason text NOT NULL DEFAULT '';

-- Whose deliveries stand still: from the transaction that suspends until the scheduler, after the
-- resumption, has moved their deadlines on by as long as it lasted.
CREATE TABLE machinery.suspension (
    tenant_id    bigint PRIMARY KEY,
    since        timestamptz NOT NULL,
    -- NULL while it lasts.
    until        timestamptz
);
ALTER TABLE machinery.suspension ENABLE ROW LEVEL SECURITY;
ALTER TABLE machinery.suspension FORCE ROW LEVEL SECURITY;
CREATE POLICY worker_all ON machinery.suspension TO belfry_worker USING (true) WITH CHECK (true);
CREATE POLICY admin_all ON machinery.suspension TO belfry_admin USING (true) WITH CHECK (true);
GRANT SELECT, DELETE ON machinery.suspension TO belfry_worker;
GRANT SELECT, INSERT, UPDATE ON machinery.suspension TO belfry_admin;
CREATE INDEX parked_of_tenant ON machinery.parked_delivery (tenant_id, due_at);
