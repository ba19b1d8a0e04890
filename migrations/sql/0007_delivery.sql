-- Why: the delivery engine's memory. An audience must be read by keyset and not sorted anew for
-- each slice; what became of each post must be counted exactly, also over a crash; what concerns
-- one thread must reach one inbox in order; a host that is down must cost one row a delivery and
-- one that is gone none; and the author may see all of it (ADR 0006).

-- Where an inbox stands in an audience: by a digest, and then by itself. Walked in the order of
-- addresses, an audience would come to one host with all its inboxes at once.
CREATE FUNCTION audience_key(inbox text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT left(encode(sha256(convert_to(inbox, 'UTF8')), 'hex'), 8) || inbox $$;

-- The inbox that a follow is delivered to, kept beside the follow as its key, so that a slice of
-- an audience is a range of an index. Byte order, because the cursor is compared as bytes.
ALTER TABLE follow ADD COLUMN audience_key text COLLATE "C";
CREATE INDEX follow_audience ON follow (tenant_id, followee_id, audience_key)
    WHERE state = 'accepted' AND audience_key IS NOT NULL;

CREATE FUNCTION follow_audience_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.follower_tenant = 0 THEN
        SELECT audience_key(coalesce(shared_inbox_url, inbox_url)) INTO NEW.audience_key
        FROM actor WHERE tenant_id = 0 AND id = NEW.follower_id;
        -- Unseen, it would never be delivered to: the relation comes before the follow.
        -- (Rows of another tenant are the policy's to refuse.)
        IF NEW.audience_key IS NULL AND NEW.tenant_id = app_tenant_id() THEN
            RAISE EXCEPTION 'actor % follows and is not related to tenant % yet', NEW.follower_id, NEW.tenant_id;
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER follow_audience_key BEFORE INSERT ON follow
    FOR EACH ROW EXECUTE FUNCTION follow_audience_key();

-- Row-level security binds the owner, too: tenant by tenant.
DO $$
DECLARE
    tenant bigint;
BEGIN
    FOR tenant IN SELECT id FROM registry.tenant LOOP
        PERFORM set_config('app.tenant_id', tenant::text, true);
        UPDATE follow f SET audience_key = audience_key(coalesce(a.shared_inbox_url, a.inbox_url))
        FROM actor a WHERE f.tenant_id = tenant AND f.follower_tenant = 0 AND a.tenant_id = 0 AND a.id = f.follower_id;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END
$$;

-- Remote actors whose inbox has changed: the scheduler brings it to the follows of each tenant
-- that holds something of theirs. The one who stores an actor may not write tenants' rows.
CREATE TABLE machinery.moved_inbox (
    actor_id     bigint NOT NULL,
    -- One row a move: who has dealt with one has not dealt with the next.
    moved_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor_id, moved_at)
);
CREATE FUNCTION machinery.note_moved_inbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO machinery.moved_inbox (actor_id) VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER note_moved_inbox AFTER UPDATE ON actor FOR EACH ROW
    WHEN (NEW.tenant_id = 0 AND coalesce(NEW.shared_inbox_url, NEW.inbox_url)
        IS DISTINCT FROM coalesce(OLD.shared_inbox_url, OLD.inbox_url))
    EXECUTE FUNCTION machinery.note_moved_inbox();

-- The ledger, in the row of the fan-out. Of the `published` inboxes, those whose first outcome is
-- not recorded yet are under way: published - settled. Of the settled ones, those without an end
-- wait: settled - taken - refused - gone - withdrawn, one row of parked_delivery each.
ALTER TABLE machinery.outbox
    -- What must reach one inbox in the order in which it happened has the same number; 0: nothing else.
    ADD COLUMN thread_id   bigint NOT NULL DEFAULT 0,
    -- A Delete need not wait for what was said before and is parked: that is withdrawn by it.
    ADD COLUMN overtakes   boolean NOT NULL DEFAULT false,
    ADD COLUMN settled     integer NOT NULL DEFAULT 0,
    ADD COLUMN taken       integer NOT NULL DEFAULT 0,
    ADD COLUMN refused     integer NOT NULL DEFAULT 0,
    -- Their host has been away for so long that nothing is kept for it.
    ADD COLUMN gone        integer NOT NULL DEFAULT 0,
    -- Deleted before it was sent there.
    ADD COLUMN withdrawn   integer NOT NULL DEFAULT 0,
    ADD COLUMN changed_at  timestamptz NOT NULL DEFAULT now();
CREATE INDEX outbox_thread ON machinery.outbox (tenant_id, thread_id, id);
CREATE INDEX outbox_finished ON machinery.outbox (finished_at) WHERE finished_at IS NOT NULL;

-- Batches whose outcomes are recorded, by a digest of their inboxes: a message that the broker
-- hands out once more is neither counted nor, if its outcome is known, sent again.
CREATE TABLE machinery.settled_batch (
    tenant_id     bigint NOT NULL,
    activity_id   bigint NOT NULL,
    batch         bigint NOT NULL,
    settled_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, activity_id, batch)
);
CREATE INDEX settled_batch_age ON machinery.settled_batch (settled_at);

-- Until when a tenant has used up its deliveries a minute.
ALTER TABLE machinery.tenant_turn ADD COLUMN paid_until timestamptz;
-- Until when what it has sent uses up the rate at which a tenant waits behind nobody's backlog.
ALTER TABLE machinery.tenant_turn ADD COLUMN spent_until timestamptz;

-- What waits for its host and not for a time: released when the host is back.
ALTER TABLE machinery.parked_delivery ADD COLUMN with_host boolean NOT NULL DEFAULT false;
-- Released lane by lane, urgent first.
DROP INDEX machinery.parked_due;
CREATE INDEX parked_due ON machinery.parked_delivery (lane, due_at);
CREATE INDEX parked_of_host ON machinery.parked_delivery (host);
CREATE INDEX parked_with_host ON machinery.parked_delivery (host) WHERE with_host;
CREATE INDEX dead_letter_of_host ON machinery.dead_letter (host);

-- Only hosts that are not up have a row.
CREATE TABLE machinery.host_state (
    host            text PRIMARY KEY,
    state           text NOT NULL CHECK (state IN ('down', 'gone')),
    since           timestamptz NOT NULL,
    reason          text NOT NULL,
    -- One delivery is tried then, by one worker; the pause doubles with each that fails.
    probe_at        timestamptz NOT NULL,
    pause_seconds   integer NOT NULL,
    probes          integer NOT NULL DEFAULT 0
);
CREATE INDEX host_state_probe ON machinery.host_state (state, probe_at);
CREATE FUNCTION machinery.announce_host() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('belfry_host', coalesce(NEW.host, OLD.host));
    RETURN NULL;
END
$$;
CREATE TRIGGER announce_host AFTER INSERT OR UPDATE OF state OR DELETE ON machinery.host_state
    FOR EACH ROW EXECUTE FUNCTION machinery.announce_host();

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['moved_inbox', 'settled_batch', 'host_state'] LOOP
        EXECUTE format('ALTER TABLE machinery.%I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE machinery.%I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY worker_all ON machinery.%I TO belfry_worker USING (true) WITH CHECK (true)', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON machinery.%I TO belfry_worker', t);
    END LOOP;
    -- The author sees what became of a post: a tenant reads its own rows.
    FOREACH t IN ARRAY ARRAY['outbox', 'parked_delivery', 'dead_letter'] LOOP
        EXECUTE format('CREATE POLICY app_own ON machinery.%I FOR SELECT TO belfry_app
            USING (tenant_id = (SELECT app_tenant_id()))', t);
        EXECUTE format('GRANT SELECT ON machinery.%I TO belfry_app', t);
    END LOOP;
END
$$;
CREATE POLICY commons_insert ON machinery.moved_inbox FOR INSERT TO belfry_app
    WITH CHECK ((SELECT app_tenant_id()) = 0);
GRANT INSERT ON machinery.moved_inbox TO belfry_app;

-- Who asks what became of a post looks its activities up.
CREATE INDEX activity_of_status ON activity (tenant_id, status_id) WHERE status_id IS NOT NULL;

-- The lead agency lets an agency send urgent posts: a public warning goes before any backlog.
ALTER TABLE registry.tenant ADD COLUMN urgent boolean NOT NULL DEFAULT false;
