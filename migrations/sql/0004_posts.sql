-- Why: what people say to each other, and the relations through which a tenant may see
-- what others said. A reference to a row that may be the tenant's or the commons' is a
-- pair (…_tenant, …_id), checked to be one of the two.

CREATE TABLE media_attachment (
    tenant_id      bigint NOT NULL,
    id             bigint NOT NULL DEFAULT next_id(),
    -- The local uploader; NULL for a remote attachment.
    actor_id       bigint,
    status_id      bigint,
    position       smallint NOT NULL DEFAULT 0,
    media_type     text NOT NULL,
    -- Object-store keys, for what we hold; remote_url for what we only point at.
    file_key       text,
    preview_key    text,
    remote_url     text,
    description    text,
    blurhash       text,
    -- {"original":{"width","height"},"small":{…},"focus":{"x","y"}}
    meta           jsonb NOT NULL DEFAULT '{}',
    bytes          bigint NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX media_of_status ON media_attachment (tenant_id, status_id) WHERE status_id IS NOT NULL;

CREATE TABLE status (
    tenant_id            bigint NOT NULL,
    id                   bigint NOT NULL DEFAULT next_id(),
    uri                  text NOT NULL,
    url                  text,
    actor_tenant         bigint NOT NULL,
    actor_id             bigint NOT NULL,
    -- Who wrote, where several people post as one account. Never shown outside the tenant.
    staff_id             bigint,
    local                boolean NOT NULL,
    visibility           text NOT NULL CHECK (visibility IN ('public', 'unlisted', 'private', 'direct')),
    -- As typed, for local posts.
    text                 text NOT NULL DEFAULT '',
    content_html         text NOT NULL DEFAULT '',
    spoiler_text         text NOT NULL DEFAULT '',
    sensitive            boolean NOT NULL DEFAULT false,
    language             text,
    in_reply_to_uri      text,
    in_reply_to_tenant   bigint,
    in_reply_to_id       bigint,
    in_reply_to_actor_id bigint,
    -- A boost is a status of its own that points at another.
    reblog_of_tenant     bigint,
    reblog_of_id         bigint,
    -- The thread this belongs to: the uri of its first post as far as we know.
    conversation_uri     text,
    app_name             text,
    app_website          text,
    idempotency_key      text,
    created_at           timestamptz NOT NULL DEFAULT now(),
    edited_at            timestamptz,
    -- A tombstone answers 410 at the post's address; the text is gone from it.
    deleted_at           timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, uri),
    FOREIGN KEY (actor_tenant, actor_id) REFERENCES actor (tenant_id, id),
    FOREIGN KEY (in_reply_to_tenant, in_reply_to_id) REFERENCES status (tenant_id, id),
    FOREIGN KEY (reblog_of_tenant, reblog_of_id) REFERENCES status (tenant_id, id),
    CHECK (actor_tenant IN (0, tenant_id)),
    CHECK (in_reply_to_tenant IN (0, tenant_id)),
    CHECK (reblog_of_tenant IN (0, tenant_id))
);
CREATE INDEX status_of_actor ON status (actor_tenant, actor_id, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX status_replies ON status (in_reply_to_tenant, in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX status_reblogs ON status (reblog_of_tenant, reblog_of_id) WHERE reblog_of_id IS NOT NULL;
CREATE INDEX status_awaiting_parent ON status (tenant_id, in_reply_to_uri)
    WHERE in_reply_to_uri IS NOT NULL AND in_reply_to_id IS NULL;
CREATE INDEX status_public ON status (tenant_id, id DESC) WHERE visibility = 'public' AND deleted_at IS NULL;
CREATE UNIQUE INDEX status_reblog_once ON status (tenant_id, actor_id, reblog_of_id)
    WHERE reblog_of_id IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX status_idempotency ON status (tenant_id, actor_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- Every earlier version, the original first. Without rows the post was never edited.
CREATE TABLE status_edit (
    tenant_id      bigint NOT NULL,
    id             bigint NOT NULL DEFAULT next_id(),
    status_id      bigint NOT NULL,
    text           text NOT NULL,
    content_html   text NOT NULL,
    spoiler_text   text NOT NULL,
    sensitive      boolean NOT NULL,
    media          jsonb NOT NULL DEFAULT '[]',
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, status_id) REFERENCES status (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX status_edit_of_status ON status_edit (tenant_id, status_id);

CREATE TABLE mention (
    tenant_id      bigint NOT NULL,
    status_id      bigint NOT NULL,
    actor_uri      text NOT NULL,
    -- Filled where the mentioned actor is one that this row's tenant knows.
    actor_tenant   bigint,
    actor_id       bigint,
    username       text NOT NULL,
    -- `user` for an account of the same tenant, else `user@host`.
    acct           text NOT NULL,
    url            text NOT NULL,
    PRIMARY KEY (tenant_id, status_id, actor_uri),
    FOREIGN KEY (tenant_id, status_id) REFERENCES status (tenant_id, id) ON DELETE CASCADE,
    CHECK (actor_tenant IN (0, tenant_id))
);
CREATE INDEX mention_of_actor ON mention (tenant_id, actor_id);

CREATE TABLE status_tag (
    tenant_id    bigint NOT NULL,
    status_id    bigint NOT NULL,
    -- Lower case.
    tag          text NOT NULL,
    PRIMARY KEY (tenant_id, status_id, tag),
    FOREIGN KEY (tenant_id, status_id) REFERENCES status (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX status_tag_by_tag ON status_tag (tenant_id, tag, status_id DESC);

-- Through which commons rows (remote actors and public remote posts) this tenant may see:
-- what it follows, was mentioned by, has in a thread, or looked up. Without a row here the
-- policies below hide the commons row.
CREATE TABLE commons_relation (
    tenant_id    bigint NOT NULL,
    ref_id       bigint NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, ref_id)
);

CREATE TABLE follow (
    tenant_id         bigint NOT NULL,
    id                bigint NOT NULL DEFAULT next_id(),
    -- The Follow activity's id: what an Accept, Reject or Undo names.
    uri               text NOT NULL,
    follower_tenant   bigint NOT NULL,
    follower_id       bigint NOT NULL,
    followee_tenant   bigint NOT NULL,
    followee_id       bigint NOT NULL,
    state             text NOT NULL CHECK (state IN ('requested', 'accepted')),
    reblogs           boolean NOT NULL DEFAULT true,
    notify            boolean NOT NULL DEFAULT false,
    created_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, follower_id, followee_id),
    UNIQUE (tenant_id, uri),
    FOREIGN KEY (follower_tenant, follower_id) REFERENCES actor (tenant_id, id),
    FOREIGN KEY (followee_tenant, followee_id) REFERENCES actor (tenant_id, id),
    CHECK (follower_tenant IN (0, tenant_id)),
    CHECK (followee_tenant IN (0, tenant_id)),
    -- At least one end is the tenant's own, or it would be none of its business.
    CHECK (tenant_id IN (follower_tenant, followee_tenant))
);
CREATE INDEX follow_of_followee ON follow (tenant_id, followee_id, id DESC);
CREATE INDEX follow_of_follower ON follow (tenant_id, follower_id, id DESC);

CREATE TABLE favourite (
    tenant_id       bigint NOT NULL,
    id              bigint NOT NULL DEFAULT next_id(),
    uri             text NOT NULL,
    actor_tenant    bigint NOT NULL,
    actor_id        bigint NOT NULL,
    status_tenant   bigint NOT NULL,
    status_id       bigint NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, actor_id, status_id),
    UNIQUE (tenant_id, uri),
    FOREIGN KEY (actor_tenant, actor_id) REFERENCES actor (tenant_id, id),
    FOREIGN KEY (status_tenant, status_id) REFERENCES status (tenant_id, id) ON DELETE CASCADE,
    CHECK (actor_tenant IN (0, tenant_id)),
    CHECK (status_tenant IN (0, tenant_id))
);
CREATE INDEX favourite_of_status ON favourite (tenant_id, status_id);

-- Written when a post is applied, cut to a bounded number per account.
CREATE TABLE home_timeline (
    tenant_id       bigint NOT NULL,
    actor_id        bigint NOT NULL,
    status_id       bigint NOT NULL,
    status_tenant   bigint NOT NULL,
    PRIMARY KEY (tenant_id, actor_id, status_id),
    FOREIGN KEY (tenant_id, actor_id) REFERENCES actor (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (status_tenant, status_id) REFERENCES status (tenant_id, id) ON DELETE CASCADE,
    CHECK (status_tenant IN (0, tenant_id))
);

CREATE TABLE notification (
    tenant_id       bigint NOT NULL,
    id              bigint NOT NULL DEFAULT next_id(),
    actor_id        bigint NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('mention', 'status', 'reblog', 'follow', 'follow_request', 'favourite', 'poll', 'update')),
    from_tenant     bigint NOT NULL,
    from_id         bigint NOT NULL,
    status_tenant   bigint,
    status_id       bigint,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, actor_id) REFERENCES actor (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (from_tenant, from_id) REFERENCES actor (tenant_id, id),
    FOREIGN KEY (status_tenant, status_id) REFERENCES status (tenant_id, id) ON DELETE CASCADE,
    CHECK (from_tenant IN (0, tenant_id)),
    CHECK (status_tenant IN (0, tenant_id))
);
CREATE UNIQUE INDEX notification_once ON notification (tenant_id, actor_id, kind, from_id, coalesce(status_id, 0));
CREATE INDEX notification_of_actor ON notification (tenant_id, actor_id, id DESC);
CREATE INDEX notification_of_status ON notification (tenant_id, status_id) WHERE status_id IS NOT NULL;

-- What a local actor did that others must hear of. A Create, Update or Delete names its
-- status and is rendered from it when it is sent: an edit goes out as it is now, and a
-- deleted post's Create is never sent. Everything else carries its small object.
CREATE TABLE activity (
    tenant_id      bigint NOT NULL,
    id             bigint NOT NULL DEFAULT next_id(),
    uri            text NOT NULL,
    kind           text NOT NULL,
    actor_id       bigint NOT NULL,
    status_id      bigint,
    object         jsonb,
    to_followers   boolean NOT NULL DEFAULT false,
    -- Remote actors addressed by name: [{"uri","inbox"}].
    recipients     jsonb NOT NULL DEFAULT '[]',
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, uri),
    FOREIGN KEY (tenant_id, actor_id) REFERENCES actor (tenant_id, id),
    FOREIGN KEY (tenant_id, status_id) REFERENCES status (tenant_id, id)
);

-- Which activities have been applied, written in the transaction that applies them, so
-- that a retry after a crash is neither lost nor doubled.
CREATE TABLE received_activity (
    tenant_id     bigint NOT NULL,
    uri           text NOT NULL,
    received_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, uri)
);
CREATE INDEX received_activity_age ON received_activity (received_at);
