-- Why: people are told of things by mail: an invitation, an answer to a request. A letter is queued
-- in the transaction of what it tells, so that neither is ever there without the other, and any
-- worker sends it later.
--
-- To whom it goes and what it says is sealed with the platform key: ids, times and states are all
-- that a role of the database can read here, as elsewhere in the machinery.

CREATE TABLE machinery.mail (
    id           bigint PRIMARY KEY DEFAULT next_id(),
    -- On whose behalf; 0 is the platform itself.
    tenant_id    bigint NOT NULL,
    -- Random: what the letter is sealed for, and its Message-ID, by which a receiver knows a repetition.
    reference    text NOT NULL UNIQUE,
    sealed       bytea NOT NULL,
    -- `kept`: it lies in the platform's own mailbox, where no server is set. One that was sent has no row.
    state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'failed')),
    attempts     integer NOT NULL DEFAULT 0,
    queued_at    timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    -- Why the last attempt failed.
    reason       text NOT NULL DEFAULT ''
);
CREATE INDEX mail_due ON machinery.mail (due_at) WHERE state = 'waiting';

ALTER TABLE machinery.mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE machinery.mail FORCE ROW LEVEL SECURITY;
CREATE POLICY worker_all ON machinery.mail TO belfry_worker USING (true) WITH CHECK (true);
CREATE POLICY app_insert ON machinery.mail FOR INSERT TO belfry_app
    WITH CHECK (tenant_id = COALESCE((SELECT app_tenant_id()), 0));
CREATE POLICY admin_insert ON machinery.mail FOR INSERT TO belfry_admin WITH CHECK (true);
-- For the page that shows the platform's own mailbox.
CREATE POLICY admin_reads ON machinery.mail FOR SELECT TO belfry_admin USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON machinery.mail TO belfry_worker;
GRANT INSERT ON machinery.mail TO belfry_app;
GRANT SELECT, INSERT ON machinery.mail TO belfry_admin;
