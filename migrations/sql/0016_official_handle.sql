-- Why: an official handle is a public statement of who speaks for a body, so it must never pass to
-- another body without a word: once given it is kept for that body for good, also while no account
-- of it holds the handle. The key of two columns below has the database see to that.

CREATE TABLE registry.official_handle (
    -- The local part on the shared domain.
    handle         text PRIMARY KEY,
    -- The tenant that it is kept for.
    holder         bigint NOT NULL REFERENCES registry.tenant (id),
    first_given_at timestamptz NOT NULL DEFAULT now(),
    -- Set while no account holds it.
    released_at    timestamptz,
    UNIQUE (handle, holder)
);

INSERT INTO registry.official_handle (handle, holder)
    SELECT official_handle, tenant_id FROM registry.public_account WHERE official_handle IS NOT NULL;

ALTER TABLE registry.public_account
    ADD CONSTRAINT public_account_official_kept
    FOREIGN KEY (official_handle, tenant_id) REFERENCES registry.official_handle (handle, holder);

GRANT SELECT ON registry.official_handle TO belfry_app, belfry_worker, belfry_admin;
GRANT INSERT ON registry.official_handle TO belfry_admin;
GRANT UPDATE (released_at) ON registry.official_handle TO belfry_admin;
