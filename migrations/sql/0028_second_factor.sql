-- Why: a password alone is one theft away from an agency's voice. People prove in a second way who
-- they are, see where they are signed in, and hear of a sign-in from where they never were.

-- The app on somebody's telephone that shows codes (RFC 6238). Without `confirmed_at` it is being
-- set up and opens nothing.
CREATE TABLE staff_totp (
    tenant_id     bigint NOT NULL,
    staff_id      bigint NOT NULL,
    -- With the tenant's key.
    sealed        bytea NOT NULL,
    -- The last step whose code was taken: none works twice.
    last_step     bigint NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    confirmed_at  timestamptz,
    PRIMARY KEY (tenant_id, staff_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE
);

-- On paper, for whoever has lost the rest. 80 random bits each, so a SHA-256 keeps them safe.
CREATE TABLE recovery_code (
    tenant_id   bigint NOT NULL,
    staff_id    bigint NOT NULL,
    code_hash   bytea NOT NULL,
    used_at     timestamptz,
    PRIMARY KEY (tenant_id, staff_id, code_hash),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE
);

-- Where somebody signs in from, as the hash of a network: enough to tell that one is new.
CREATE TABLE staff_network (
    tenant_id   bigint NOT NULL,
    staff_id    bigint NOT NULL,
    network     bytea NOT NULL,
    seen_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id, network),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['staff_totp', 'recovery_code', 'staff_network'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_rows ON %I
                USING (tenant_id = (SELECT app_tenant_id())) WITH CHECK (tenant_id = (SELECT app_tenant_id()))',
            name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO belfry_app', name);
    END LOOP;
END
$$;

-- Sessions are shown to whoever they are of, and ended one by one. `proved_at` is when whoever
-- holds it last proved who they are.
ALTER TABLE session
    ADD COLUMN id bigint NOT NULL DEFAULT next_id(),
    ADD COLUMN address text NOT NULL DEFAULT '',
    ADD COLUMN agent text NOT NULL DEFAULT '',
    ADD COLUMN proved_at timestamptz NOT NULL DEFAULT now(),
    ADD UNIQUE (tenant_id, id);
CREATE INDEX session_of ON session (tenant_id, staff_id);
