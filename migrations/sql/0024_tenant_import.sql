-- Why: a hundred agencies are admitted from one list. What became of each row has to outlive the
-- process that works the list off, so that a crash loses nothing and a second run changes nothing.
-- It is the lead agency's paper: no other role reads it, and no code of an invitation is in it.

CREATE TABLE registry.tenant_import (
    id          bigint PRIMARY KEY DEFAULT next_id(),
    created_at  timestamptz NOT NULL DEFAULT now(),
    file_name   text NOT NULL,
    state       text NOT NULL DEFAULT 'checked' CHECK (state IN ('checked', 'running', 'done')),
    -- Who had it run: every row's act is theirs.
    origin      text NOT NULL,
    by_tenant   bigint,
    staff_id    bigint,
    who         text NOT NULL,
    client      text NOT NULL,
    address     text NOT NULL,
    reason      text NOT NULL,
    -- The process that works it off, for as long as it says so.
    lease_by    uuid,
    lease_until timestamptz,
    finished_at timestamptz
);
CREATE INDEX tenant_import_running ON registry.tenant_import (id) WHERE state = 'running';

CREATE TABLE registry.tenant_import_row (
    import_id       bigint NOT NULL REFERENCES registry.tenant_import (id) ON DELETE CASCADE,
    line            integer NOT NULL,
    -- As they stood in the file.
    slug            text NOT NULL,
    name            text NOT NULL,
    owner_email     text NOT NULL,
    phase           text NOT NULL,
    language        text NOT NULL,
    body_type       text NOT NULL,
    host            text NOT NULL,
    official_handle text NOT NULL,
    -- The first two wait for the run, the last three are its doing.
    outcome         text NOT NULL CHECK (outcome IN
        ('new', 'unfinished', 'same', 'differs', 'refused', 'created', 'completed', 'failed')),
    -- A word for why, and the same as a sentence.
    reason          text NOT NULL DEFAULT '',
    detail          text NOT NULL DEFAULT '',
    PRIMARY KEY (import_id, line)
);

GRANT SELECT, INSERT, UPDATE ON registry.tenant_import, registry.tenant_import_row TO belfry_admin;
