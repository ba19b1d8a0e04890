-- Why: some acts are too grave for one person: handing the lead role on, and getting into an agency
-- that has lost its owner. Somebody of the lead proposes, somebody else confirms, and the database
-- itself refuses that it is the same person.

CREATE TABLE registry.proposal (
    id             bigint PRIMARY KEY DEFAULT next_id(),
    kind           text NOT NULL CHECK (kind IN ('transfer-lead', 'break-glass')),
    about_tenant   bigint NOT NULL REFERENCES registry.tenant (id),
    -- Whom to invite, for break-glass.
    email          text NOT NULL DEFAULT '',
    reason         text NOT NULL,
    -- `staff:<tenant>:<id>` or `command`: the same person by whatever door.
    proposer       text NOT NULL,
    -- The person's name then.
    proposed_by    text NOT NULL,
    proposed_at    timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'withdrawn', 'confirmed')),
    confirmer      text,
    confirmed_by   text NOT NULL DEFAULT '',
    confirmed_at   timestamptz,
    -- Who led until then, where the lead role has moved on.
    from_tenant    bigint,
    -- The act that was confirmed is done to its end. Until then doing it again completes it.
    done_at        timestamptz,
    CHECK (confirmer <> proposer),
    CHECK ((state = 'confirmed') = (confirmer IS NOT NULL))
);
CREATE UNIQUE INDEX proposal_open ON registry.proposal (kind, about_tenant) WHERE state = 'open';
GRANT SELECT, INSERT, UPDATE ON registry.proposal TO belfry_admin;
