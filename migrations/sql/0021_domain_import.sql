-- Why: a list of servers to bar is looked at before it applies: what is new, what changes, whom it
-- hits. What was sent in waits here in between; a subscription leaves each new version here, too.

CREATE TABLE registry.domain_import (
    id            bigint PRIMARY KEY DEFAULT next_id(),
    -- The name of the list, which its rules keep as their source; empty for what was pasted.
    source        text NOT NULL DEFAULT '',
    -- As it came.
    body          text NOT NULL,
    created_at    timestamptz NOT NULL,
    -- One of the two, once somebody has decided.
    applied_at    timestamptz,
    discarded_at  timestamptz
);
CREATE INDEX domain_import_waiting ON registry.domain_import (id DESC)
    WHERE applied_at IS NULL AND discarded_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.domain_import TO belfry_admin;
