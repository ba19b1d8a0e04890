-- Why: what is still to be sent must survive every crash (ADR 0001, ADR 0003). These tables
-- look across tenants, so they hold ids, times and states, never content; belfry_app may
-- only add to them, for its own tenant.

-- One row an activity: the fan-out walks its audience and keeps its place here.
CREATE TABLE machinery.outbox (
    id              bigint PRIMARY KEY DEFAULT next_id(),
    tenant_id       bigint NOT NULL,
    activity_id     bigint NOT NULL,
    lane            text NOT NULL CHECK (lane IN ('urgent', 'normal', 'bulk')),
    -- The last inbox that was published, in the audience's order; '' before the first slice.
    cursor          text NOT NULL DEFAULT '',
    published       integer NOT NULL DEFAULT 0,
    -- A crashed worker's claim runs out by itself.
    claimed_until   timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    UNIQUE (tenant_id, activity_id)
);
CREATE INDEX outbox_open ON machinery.outbox (lane, tenant_id, id) WHERE finished_at IS NULL;

-- When each tenant was last served in a lane: the next turn goes to the one served longest ago.
CREATE TABLE machinery.tenant_turn (
    tenant_id     bigint NOT NULL,
    lane          text NOT NULL,
    served_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, lane)
);

-- A delivery that failed for now. RabbitMQ carries what is sent now, Postgres remembers
-- what is sent later (ADR 0003).
CREATE TABLE machinery.parked_delivery (
    tenant_id       bigint NOT NULL,
    activity_id     bigint NOT NULL,
    inbox           text NOT NULL,
    host            text NOT NULL,
    lane            text NOT NULL CHECK (lane IN ('urgent', 'normal', 'bulk')),
    attempts        integer NOT NULL,
    -- Distinct days on which the inbox answered 404: three make it gone.
    missing_days    integer NOT NULL DEFAULT 0,
    missing_on      date,
    reason          text NOT NULL,
    first_at        timestamptz NOT NULL,
    due_at          timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, activity_id, inbox)
);
CREATE INDEX parked_due ON machinery.parked_delivery (due_at);

-- A delivery that will not be tried again by itself: kept for 30 days, replayable.
CREATE TABLE machinery.dead_letter (
    tenant_id       bigint NOT NULL,
    activity_id     bigint NOT NULL,
    inbox           text NOT NULL,
    host            text NOT NULL,
    lane            text NOT NULL,
    attempts        integer NOT NULL,
    reason          text NOT NULL,
    died_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, activity_id, inbox)
);

-- Which tenants follow which remote actor: a post that arrives is applied for these.
CREATE TABLE machinery.interest (
    actor_id     bigint NOT NULL,
    tenant_id    bigint NOT NULL,
    PRIMARY KEY (actor_id, tenant_id)
);

-- Which tenants keep something of a remote actor among their own rows: a post that addressed
-- them, a follow, a favourite. What the actor takes back or deletes is taken back there too.
CREATE TABLE machinery.holding (
    actor_id     bigint NOT NULL,
    tenant_id    bigint NOT NULL,
    PRIMARY KEY (actor_id, tenant_id)
);

-- The embedded queue (used where there is no RabbitMQ). An inbound job carries the verified
-- body until it is applied: the one exception to "never content".
CREATE TABLE machinery.job (
    id             bigint PRIMARY KEY DEFAULT next_id(),
    queue          text NOT NULL,
    payload        jsonb NOT NULL,
    deliveries     integer NOT NULL DEFAULT 0,
    -- While a consumer holds it; after that it is anybody's again.
    leased_until   timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX job_next ON machinery.job (queue, id);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['outbox', 'tenant_turn', 'parked_delivery', 'dead_letter', 'interest', 'holding'] LOOP
        EXECUTE format('ALTER TABLE machinery.%I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE machinery.%I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY worker_all ON machinery.%I TO belfry_worker USING (true) WITH CHECK (true)', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON machinery.%I TO belfry_worker', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['outbox', 'interest', 'holding'] LOOP
        EXECUTE format('CREATE POLICY app_insert ON machinery.%I FOR INSERT TO belfry_app
            WITH CHECK (tenant_id = (SELECT app_tenant_id()))', t);
        EXECUTE format('GRANT INSERT ON machinery.%I TO belfry_app', t);
    END LOOP;
END
$$;

-- An unfollow takes the interest back, for the tenant's own rows only. A DELETE must read
-- the columns it compares, so the policy and the grant cover reading these as well.
CREATE POLICY app_own ON machinery.interest FOR SELECT TO belfry_app USING (tenant_id = (SELECT app_tenant_id()));
CREATE POLICY app_delete ON machinery.interest FOR DELETE TO belfry_app USING (tenant_id = (SELECT app_tenant_id()));
GRANT SELECT, DELETE ON machinery.interest TO belfry_app;

-- Both the gateway (as belfry_app, inbound jobs) and the worker use the embedded queue.
GRANT INSERT ON machinery.job TO belfry_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON machinery.job TO belfry_worker;

-- Wake a fan-out worker at commit, not by polling.
CREATE FUNCTION machinery.announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('belfry_outbox', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER announce_outbox AFTER INSERT ON machinery.outbox
    FOR EACH STATEMENT EXECUTE FUNCTION machinery.announce_outbox();
CREATE FUNCTION machinery.announce_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('belfry_job', NEW.queue);
    RETURN NULL;
END
$$;
CREATE TRIGGER announce_job AFTER INSERT ON machinery.job
    FOR EACH ROW EXECUTE FUNCTION machinery.announce_job();
