-- Why: a tenant's own people, accounts, keys and ways in. `actor` also holds the commons'
-- remote actors (tenant 0), because a client sees both as accounts.

CREATE TABLE tenant_setting (
    tenant_id       bigint PRIMARY KEY,
    description     text NOT NULL DEFAULT '',
    contact_email   text NOT NULL DEFAULT '',
    post_length     integer NOT NULL DEFAULT 500 CHECK (post_length BETWEEN 1 AND 100000),
    updated_at      timestamptz NOT NULL DEFAULT now()
);

-- Wraps the tenant's private keys; is itself wrapped by the platform key. The highest
-- version seals, every version opens.
CREATE TABLE tenant_key (
    tenant_id    bigint NOT NULL,
    version      integer NOT NULL,
    sealed       bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, version)
);

CREATE TABLE actor (
    tenant_id           bigint NOT NULL,
    id                  bigint NOT NULL DEFAULT next_id(),
    kind                text NOT NULL CHECK (kind IN ('organisation', 'role', 'team', 'person', 'instance', 'remote')),
    username            text NOT NULL,
    -- Host part of the handle, ASCII, with port where not the default; a local actor's is its tenant's host.
    domain              text NOT NULL,
    uri                 text NOT NULL,
    url                 text,
    -- The ActivityPub type: Person, Service, Organization, Group, Application.
    actor_type          text NOT NULL,
    inbox_url           text NOT NULL,
    shared_inbox_url    text,
    outbox_url          text,
    followers_url       text,
    following_url       text,
    featured_url        text,
    display_name        text NOT NULL DEFAULT '',
    -- Source text as typed, for local actors; note_html is what is shown (sanitised).
    note                text NOT NULL DEFAULT '',
    note_html           text NOT NULL DEFAULT '',
    -- [{"name","value","verified_at"}]
    fields              jsonb NOT NULL DEFAULT '[]',
    avatar_media_id     bigint,
    header_media_id     bigint,
    avatar_remote_url   text,
    header_remote_url   text,
    locked              boolean NOT NULL DEFAULT false,
    bot                 boolean NOT NULL DEFAULT false,
    discoverable        boolean NOT NULL DEFAULT true,
    -- Remote: the key that signatures of this actor are checked against.
    public_key_id       text,
    public_key_pem      text,
    -- Local: the shared-domain local part where the lead agency gave one.
    official_handle     text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    fetched_at          timestamptz,
    last_status_at      timestamptz,
    -- A deleted actor stays as a tombstone: its key verifies nothing any more.
    deleted_at          timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, uri),
    CHECK ((kind = 'remote') = (tenant_id = 0))
);
CREATE UNIQUE INDEX actor_handle ON actor (tenant_id, lower(username), lower(domain)) WHERE deleted_at IS NULL;
CREATE INDEX actor_key_id ON actor (tenant_id, public_key_id) WHERE public_key_id IS NOT NULL;

CREATE TABLE actor_key (
    tenant_id        bigint NOT NULL,
    actor_id         bigint NOT NULL,
    algorithm        text NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
    key_id           text NOT NULL,
    public_pem       text NOT NULL,
    private_sealed   bytea NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, actor_id, algorithm),
    UNIQUE (tenant_id, key_id),
    FOREIGN KEY (tenant_id, actor_id) REFERENCES actor (tenant_id, id)
);

-- A person who signs in to one tenant. The e-mail address links nothing across tenants.
CREATE TABLE staff (
    tenant_id        bigint NOT NULL,
    id               bigint NOT NULL DEFAULT next_id(),
    email            text NOT NULL,
    display_name     text NOT NULL DEFAULT '',
    role             text NOT NULL CHECK (role IN ('lead', 'owner', 'admin', 'editor', 'author', 'moderator', 'records')),
    -- argon2id, PHC string; NULL until the invitation is accepted.
    password_hash    text,
    language         text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    disabled_at      timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX staff_email ON staff (tenant_id, lower(email));

-- Who may post as which account.
CREATE TABLE account_access (
    tenant_id    bigint NOT NULL,
    staff_id     bigint NOT NULL,
    actor_id     bigint NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, staff_id, actor_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, actor_id) REFERENCES actor (tenant_id, id) ON DELETE CASCADE
);

-- The code itself is only with the invited person; what we keep is its SHA-256.
CREATE TABLE invitation (
    tenant_id     bigint NOT NULL,
    id            bigint NOT NULL DEFAULT next_id(),
    email         text NOT NULL,
    role          text NOT NULL,
    -- The accounts that the invited person will be able to post as.
    actor_ids     bigint[] NOT NULL DEFAULT '{}',
    code_hash     bytea NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    accepted_at   timestamptz,
    withdrawn_at  timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code_hash)
);

CREATE TABLE session (
    tenant_id      bigint NOT NULL,
    token_hash     bytea NOT NULL,
    staff_id       bigint NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    last_seen_at   timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE oauth_app (
    tenant_id       bigint NOT NULL,
    id              bigint NOT NULL DEFAULT next_id(),
    name            text NOT NULL,
    website         text,
    client_id       text NOT NULL,
    -- Clients read it back on registration only; we keep its SHA-256.
    secret_hash     bytea NOT NULL,
    redirect_uris   text[] NOT NULL,
    scopes          text[] NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, client_id)
);

CREATE TABLE oauth_code (
    tenant_id        bigint NOT NULL,
    code_hash        bytea NOT NULL,
    app_id           bigint NOT NULL,
    staff_id         bigint NOT NULL,
    actor_id         bigint NOT NULL,
    redirect_uri     text NOT NULL,
    scopes           text[] NOT NULL,
    code_challenge   text,
    expires_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, code_hash),
    FOREIGN KEY (tenant_id, app_id) REFERENCES oauth_app (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE
);

-- staff_id and actor_id are NULL for a client-credentials token. staff_id alone is NULL
-- for one that `belfry token create` made for a script.
CREATE TABLE oauth_token (
    tenant_id      bigint NOT NULL,
    id             bigint NOT NULL DEFAULT next_id(),
    token_hash     bytea NOT NULL,
    app_id         bigint NOT NULL,
    staff_id       bigint,
    actor_id       bigint,
    scopes         text[] NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    last_used_at   timestamptz,
    revoked_at     timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, app_id) REFERENCES oauth_app (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, actor_id) REFERENCES actor (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE rule (
    tenant_id    bigint NOT NULL,
    id           bigint NOT NULL DEFAULT next_id(),
    position     integer NOT NULL,
    text         text NOT NULL,
    hint         text NOT NULL DEFAULT '',
    language     text NOT NULL DEFAULT 'en',
    PRIMARY KEY (tenant_id, id)
);

-- What people did in this tenant. Append-only for the roles that the services use.
CREATE TABLE audit_event (
    tenant_id    bigint NOT NULL,
    id           bigint NOT NULL DEFAULT next_id(),
    at           timestamptz NOT NULL DEFAULT now(),
    staff_id     bigint,
    -- "staff", "command" or "platform".
    origin       text NOT NULL,
    action       text NOT NULL,
    detail       jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, id)
);
