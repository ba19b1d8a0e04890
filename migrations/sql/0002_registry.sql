-- Why: the platform has to know which agencies there are before it can serve any of them.

CREATE TABLE registry.tenant (
    id            bigint PRIMARY KEY DEFAULT next_id(),
    -- A slug is never given to a second body: a deleted tenant keeps its row.
    slug          text NOT NULL UNIQUE,
    -- With port where it is not the default one. Normally `<slug>.<shared domain>`.
    host          text NOT NULL UNIQUE,
    name          text NOT NULL,
    phase         text NOT NULL CHECK (phase IN ('pilot', 'invited', 'public')),
    state         text NOT NULL CHECK (state IN ('provisioning', 'live', 'suspended', 'deleted')),
    is_lead       boolean NOT NULL DEFAULT false,
    language      text NOT NULL DEFAULT 'en',
    -- Kept here because an interrupted provisioning has to know whom to invite.
    owner_email   text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CHECK (id > 0)
);
CREATE UNIQUE INDEX tenant_one_lead ON registry.tenant (is_lead) WHERE is_lead;

-- What the public register shows: public by definition, one row for each local account.
-- Anybody may read it; a tenant writes its own rows; only the lead agency gives or takes
-- an official handle, which the column grants below see to.
CREATE TABLE registry.public_account (
    tenant_id         bigint NOT NULL REFERENCES registry.tenant (id),
    actor_id          bigint NOT NULL,
    username          text NOT NULL,
    display_name      text NOT NULL,
    kind              text NOT NULL CHECK (kind IN ('organisation', 'role', 'team', 'person')),
    -- The local part on the shared domain: `@moe@social.example`.
    official_handle   text UNIQUE,
    PRIMARY KEY (tenant_id, actor_id)
);

-- RSA keys made ahead, sealed with the platform key: making one takes 0.2 s of CPU, which
-- nobody should wait for.
CREATE TABLE registry.key_pool (
    id               bigint PRIMARY KEY DEFAULT next_id(),
    public_pem       text NOT NULL,
    private_sealed   bytea NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);

-- Acts of governance by the lead agency or the operator. Append-only: no role that the
-- services use may change or delete a row.
CREATE TABLE registry.governance_audit (
    id           bigint PRIMARY KEY DEFAULT next_id(),
    at           timestamptz NOT NULL DEFAULT now(),
    actor        text NOT NULL,
    action       text NOT NULL,
    -- Not a tenant's row: the act on it stays after it is gone.
    about_tenant bigint,
    detail       jsonb NOT NULL DEFAULT '{}'
);

ALTER TABLE registry.public_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.public_account FORCE ROW LEVEL SECURITY;
CREATE POLICY anyone_reads ON registry.public_account FOR SELECT USING (true);
CREATE POLICY own_insert ON registry.public_account FOR INSERT TO belfry_app
    WITH CHECK (tenant_id = (SELECT app_tenant_id()));
CREATE POLICY own_update ON registry.public_account FOR UPDATE TO belfry_app
    USING (tenant_id = (SELECT app_tenant_id())) WITH CHECK (tenant_id = (SELECT app_tenant_id()));
CREATE POLICY own_delete ON registry.public_account FOR DELETE TO belfry_app
    USING (tenant_id = (SELECT app_tenant_id()));
CREATE POLICY admin_official ON registry.public_account FOR UPDATE TO belfry_admin
    USING (true) WITH CHECK (true);

GRANT SELECT ON registry.tenant, registry.public_account TO belfry_app, belfry_worker, belfry_admin;
GRANT INSERT, UPDATE ON registry.tenant TO belfry_admin;
GRANT INSERT (tenant_id, actor_id, username, display_name, kind), DELETE ON registry.public_account TO belfry_app;
GRANT UPDATE (display_name, kind) ON registry.public_account TO belfry_app;
GRANT UPDATE (official_handle) ON registry.public_account TO belfry_admin;
GRANT SELECT, INSERT, DELETE ON registry.key_pool TO belfry_app, belfry_worker, belfry_admin;
-- Taking a pair locks its row, so that two who take at once get two, and a row lock asks for
-- the right to update; no column that could be changed to any use is given with it.
GRANT UPDATE (created_at) ON registry.key_pool TO belfry_app;
GRANT SELECT, INSERT ON registry.governance_audit TO belfry_admin;

-- Every process holds the registry in memory; this tells it to read again. A time to live
-- stands behind it, so a lost notification delays a change and loses nothing.
CREATE FUNCTION registry.announce_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('belfry_registry', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER announce_change AFTER INSERT OR UPDATE OR DELETE ON registry.tenant
    FOR EACH STATEMENT EXECUTE FUNCTION registry.announce_change();
