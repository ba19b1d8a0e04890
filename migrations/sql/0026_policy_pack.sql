-- Why: the rules of the house are published: the lead agency's text for all, and what an agency adds
-- to it. A published text never changes, so that what somebody accepted, and what held on a day,
-- can always be read again: the services may add a version and have no right to change or drop one.

CREATE TABLE registry.policy_baseline (
    policy        text NOT NULL,
    version       integer NOT NULL CHECK (version > 0),
    -- Markdown with `{{variables}}`.
    text_en       text NOT NULL,
    text_nl       text NOT NULL,
    -- People accept it before they post.
    demands       boolean NOT NULL,
    effective_on  date NOT NULL,
    published_at  timestamptz NOT NULL,
    published_by  text NOT NULL DEFAULT '',
    reason        text NOT NULL DEFAULT '',
    PRIMARY KEY (policy, version)
);
GRANT SELECT ON registry.policy_baseline TO belfry_app, belfry_admin;
GRANT INSERT ON registry.policy_baseline TO belfry_admin;

-- What is being written; one for each policy.
CREATE TABLE registry.policy_draft (
    policy        text PRIMARY KEY,
    -- A new one with each change: who publishes says which they looked at.
    id            bigint NOT NULL DEFAULT next_id(),
    text_en       text NOT NULL,
    text_nl       text NOT NULL,
    demands       boolean NOT NULL,
    updated_at    timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.policy_draft TO belfry_admin;

-- What a tenant says below the baseline, and what stands for the variables in both.
CREATE TABLE policy_addition (
    tenant_id     bigint NOT NULL,
    policy        text NOT NULL,
    version       integer NOT NULL CHECK (version > 0),
    text_en       text NOT NULL,
    text_nl       text NOT NULL,
    -- Empty: as the tenant's settings say.
    agency        text NOT NULL DEFAULT '',
    contact       text NOT NULL DEFAULT '',
    channel       text NOT NULL DEFAULT '',
    law           text NOT NULL DEFAULT '',
    demands       boolean NOT NULL,
    effective_on  date NOT NULL,
    published_at  timestamptz NOT NULL,
    published_by  text NOT NULL DEFAULT '',
    reason        text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, policy, version)
);

CREATE TABLE policy_addition_draft (
    tenant_id     bigint NOT NULL,
    policy        text NOT NULL,
    id            bigint NOT NULL DEFAULT next_id(),
    text_en       text NOT NULL,
    text_nl       text NOT NULL,
    agency        text NOT NULL DEFAULT '',
    contact       text NOT NULL DEFAULT '',
    channel       text NOT NULL DEFAULT '',
    law           text NOT NULL DEFAULT '',
    demands       boolean NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, policy)
);

-- Who accepted what, and when. 0 where the one or the other had no version then.
CREATE TABLE policy_acceptance (
    tenant_id     bigint NOT NULL,
    staff_id      bigint NOT NULL,
    policy        text NOT NULL,
    baseline      integer NOT NULL,
    addition      integer NOT NULL,
    accepted_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id, policy, baseline, addition),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX policy_acceptance_latest ON policy_acceptance (tenant_id, accepted_at DESC);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['policy_addition', 'policy_addition_draft', 'policy_acceptance'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_rows ON %I
            USING (tenant_id = (SELECT app_tenant_id())) WITH CHECK (tenant_id = (SELECT app_tenant_id()))', name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT ON policy_addition, policy_acceptance TO belfry_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON policy_addition_draft TO belfry_app;
