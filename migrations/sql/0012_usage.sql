-- Why: what an agency uses is charged back to it and limited, so it is counted in the transaction
-- that does it: exactly, however many do it at once, and once, whatever crashes. A deleted post
-- stays counted. The lead agency sees the figures and nothing of what they count.
--
-- Three tables, so that nobody waits for another: what an agency has (changed rarely), what it did
-- on a day (its own transactions) and what was sent for it (the workers').

-- What an agency has now. Its row is locked by whoever changes it until the end of that
-- transaction: of two that take the last place, one gets it.
CREATE TABLE registry.usage_stock (
    tenant_id      bigint PRIMARY KEY,
    accounts       bigint NOT NULL DEFAULT 0,
    -- People who may sign in.
    staff          bigint NOT NULL DEFAULT 0,
    -- Uploads with their previews.
    media_bytes    bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- What an agency did on a day (UTC), and what it had at the end of each day on which that changed.
CREATE TABLE registry.usage_day (
    tenant_id      bigint NOT NULL,
    day            date NOT NULL,
    -- Posts and boosts.
    posts          bigint NOT NULL DEFAULT 0,
    -- All three or none.
    accounts       bigint,
    staff          bigint,
    media_bytes    bigint,
    PRIMARY KEY (tenant_id, day)
) WITH (fillfactor = 70);
CREATE INDEX usage_day_by_day ON registry.usage_day (day);
CREATE INDEX usage_day_stock ON registry.usage_day (tenant_id, day DESC) WHERE accounts IS NOT NULL;

-- Inboxes that were taken on for an agency on a day, each once however often it is tried.
CREATE TABLE registry.usage_delivery (
    tenant_id      bigint NOT NULL,
    day            date NOT NULL,
    deliveries     bigint NOT NULL,
    PRIMARY KEY (tenant_id, day)
) WITH (fillfactor = 70);
CREATE INDEX usage_delivery_by_day ON registry.usage_delivery (day);

-- Plans. Row 0 is the plan of every agency that has none of its own. NULL is without limit.
CREATE TABLE registry.quota (
    tenant_id            bigint PRIMARY KEY,
    -- An agency without an account or a person could not begin.
    accounts             bigint CHECK (accounts >= 1),
    staff                bigint CHECK (staff >= 1),
    media_bytes          bigint CHECK (media_bytes >= 0),
    posts_per_day        bigint CHECK (posts_per_day >= 0),
    deliveries_per_day   bigint CHECK (deliveries_per_day >= 0),
    updated_at           timestamptz NOT NULL DEFAULT now()
);
INSERT INTO registry.quota (tenant_id) VALUES (0);

-- What there is already. The policies of these tables bind the owner, too: tenant by tenant.
DO $$
DECLARE
    t bigint;
BEGIN
    FOR t IN SELECT id FROM registry.tenant WHERE state <> 'deleted' LOOP
        PERFORM set_config('app.tenant_id', t::text, true);
        INSERT INTO registry.usage_stock (tenant_id, accounts, staff, media_bytes) VALUES (t,
            (SELECT count(*) FROM actor WHERE tenant_id = t AND kind NOT IN ('remote', 'instance') AND deleted_at IS NULL),
            (SELECT count(*) FROM staff WHERE tenant_id = t AND disabled_at IS NULL),
            (SELECT coalesce(sum(bytes), 0) FROM media_attachment WHERE tenant_id = t AND actor_id IS NOT NULL));
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
    INSERT INTO registry.usage_day (tenant_id, day, accounts, staff, media_bytes)
    SELECT tenant_id, (now() AT TIME ZONE 'UTC')::date, accounts, staff, media_bytes FROM registry.usage_stock;
END
$$;

-- Counts what an agency has more or less of, and refuses what is beyond its plan: here, so that
-- there is no door past it. Afterwards a lowered plan takes nothing away. The day is read when the
-- lock is held, so that days never go back.
CREATE FUNCTION registry.usage_stock_add(tenant bigint, more_accounts bigint, more_staff bigint, more_bytes bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    used registry.usage_stock;
    plan registry.quota;
BEGIN
    INSERT INTO registry.usage_stock AS u (tenant_id, accounts, staff, media_bytes)
    VALUES (tenant, more_accounts, more_staff, more_bytes)
    ON CONFLICT (tenant_id) DO UPDATE SET accounts = u.accounts + excluded.accounts,
        staff = u.staff + excluded.staff, media_bytes = u.media_bytes + excluded.media_bytes
    RETURNING * INTO used;
    INSERT INTO registry.usage_day AS d (tenant_id, day, accounts, staff, media_bytes)
    VALUES (tenant, (clock_timestamp() AT TIME ZONE 'UTC')::date, used.accounts, used.staff, used.media_bytes)
    ON CONFLICT (tenant_id, day) DO UPDATE SET accounts = excluded.accounts,
        staff = excluded.staff, media_bytes = excluded.media_bytes;
    SELECT * INTO plan FROM registry.quota q WHERE q.tenant_id IN (0, tenant) ORDER BY q.tenant_id DESC LIMIT 1;
    IF more_accounts > 0 AND used.accounts > plan.accounts THEN
        RAISE EXCEPTION 'accounts %', plan.accounts USING ERRCODE = 'BQ001';
    ELSIF more_staff > 0 AND used.staff > plan.staff THEN
        RAISE EXCEPTION 'staff %', plan.staff USING ERRCODE = 'BQ001';
    ELSIF more_bytes > 0 AND used.media_bytes > plan.media_bytes THEN
        RAISE EXCEPTION 'media_bytes %', plan.media_bytes USING ERRCODE = 'BQ001';
    END IF;
END
$$;

-- Rows that come and change are counted one by one, and only those of a tenant's own: what the
-- commons learn fires nothing. Rows that go are counted a statement at a time, since many go at once.
CREATE FUNCTION registry.usage_of_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry.usage_stock_add(NEW.tenant_id, CASE WHEN NEW.deleted_at IS NULL THEN 1 ELSE -1 END, 0, 0);
    RETURN NULL;
END
$$;
CREATE TRIGGER usage_more AFTER INSERT ON actor FOR EACH ROW
    WHEN (NEW.kind NOT IN ('remote', 'instance') AND NEW.deleted_at IS NULL)
    EXECUTE FUNCTION registry.usage_of_actor();
CREATE TRIGGER usage_changed AFTER UPDATE ON actor FOR EACH ROW
    WHEN (NEW.kind NOT IN ('remote', 'instance') AND (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL))
    EXECUTE FUNCTION registry.usage_of_actor();
CREATE FUNCTION registry.usage_of_gone_actors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry.usage_stock_add(tenant_id, -count(*), 0, 0) FROM gone
    WHERE kind NOT IN ('remote', 'instance') AND deleted_at IS NULL GROUP BY tenant_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER usage_less AFTER DELETE ON actor REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION registry.usage_of_gone_actors();

CREATE FUNCTION registry.usage_of_staff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry.usage_stock_add(NEW.tenant_id, 0, CASE WHEN NEW.disabled_at IS NULL THEN 1 ELSE -1 END, 0);
    RETURN NULL;
END
$$;
CREATE TRIGGER usage_more AFTER INSERT ON staff FOR EACH ROW
    WHEN (NEW.disabled_at IS NULL) EXECUTE FUNCTION registry.usage_of_staff();
CREATE TRIGGER usage_changed AFTER UPDATE ON staff FOR EACH ROW
    WHEN ((NEW.disabled_at IS NULL) <> (OLD.disabled_at IS NULL)) EXECUTE FUNCTION registry.usage_of_staff();
CREATE FUNCTION registry.usage_of_gone_staff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry.usage_stock_add(tenant_id, 0, -count(*), 0) FROM gone
    WHERE disabled_at IS NULL GROUP BY tenant_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER usage_less AFTER DELETE ON staff REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION registry.usage_of_gone_staff();

CREATE FUNCTION registry.usage_of_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry.usage_stock_add(NEW.tenant_id, 0, 0,
        NEW.bytes - CASE WHEN TG_OP = 'UPDATE' THEN OLD.bytes ELSE 0 END);
    RETURN NULL;
END
$$;
CREATE TRIGGER usage_more AFTER INSERT ON media_attachment FOR EACH ROW
    WHEN (NEW.actor_id IS NOT NULL AND NEW.bytes > 0) EXECUTE FUNCTION registry.usage_of_media();
CREATE TRIGGER usage_changed AFTER UPDATE ON media_attachment FOR EACH ROW
    WHEN (NEW.actor_id IS NOT NULL AND NEW.bytes <> OLD.bytes) EXECUTE FUNCTION registry.usage_of_media();
CREATE FUNCTION registry.usage_of_gone_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry.usage_stock_add(tenant_id, 0, 0, -sum(bytes)::bigint) FROM gone
    WHERE actor_id IS NOT NULL GROUP BY tenant_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER usage_less AFTER DELETE ON media_attachment REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION registry.usage_of_gone_media();

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['usage_stock', 'usage_day', 'usage_delivery', 'quota'] LOOP
        EXECUTE format('ALTER TABLE registry.%I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE registry.%I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY admin_all ON registry.%I TO belfry_admin USING (true) WITH CHECK (true)', t);
        EXECUTE format('GRANT SELECT ON registry.%I TO belfry_app, belfry_admin', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['usage_stock', 'usage_day'] LOOP
        EXECUTE format('CREATE POLICY app_own ON registry.%I TO belfry_app
            USING (tenant_id = (SELECT app_tenant_id())) WITH CHECK (tenant_id = (SELECT app_tenant_id()))', t);
        EXECUTE format('GRANT INSERT, UPDATE ON registry.%I TO belfry_app', t);
    END LOOP;
END
$$;
CREATE POLICY app_own ON registry.usage_delivery FOR SELECT TO belfry_app
    USING (tenant_id = (SELECT app_tenant_id()));
CREATE POLICY worker_all ON registry.usage_delivery TO belfry_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON registry.usage_delivery TO belfry_worker;
CREATE POLICY app_own_or_default ON registry.quota FOR SELECT TO belfry_app
    USING (tenant_id IN (0, (SELECT app_tenant_id())));
GRANT INSERT, UPDATE, DELETE ON registry.quota TO belfry_admin;
