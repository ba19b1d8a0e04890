-- Why: some things hold for every agency, and an agency may be stricter with itself but never
-- looser. The lead agency also keeps handles back that would mislead, such as *-police.

CREATE TABLE registry.baseline (
    single                 boolean PRIMARY KEY DEFAULT true CHECK (single),
    require_second_factor  boolean NOT NULL DEFAULT false,
    require_alt_text       boolean NOT NULL DEFAULT false,
    -- At least so many days; 0 is no minimum.
    retention_days         integer NOT NULL DEFAULT 0 CHECK (retention_days BETWEEN 0 AND 36500),
    -- At most so many characters; NULL is no bound.
    post_length            integer CHECK (post_length BETWEEN 1 AND 100000)
);
INSERT INTO registry.baseline DEFAULT VALUES;

-- In lower case; `*` stands for any characters.
CREATE TABLE registry.reserved_handle (
    pattern      text PRIMARY KEY,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE ON registry.reserved_handle
    FOR EACH STATEMENT EXECUTE FUNCTION registry.policy_changed();

GRANT SELECT ON registry.baseline, registry.reserved_handle TO belfry_app, belfry_worker, belfry_admin;
GRANT UPDATE ON registry.baseline TO belfry_admin;
GRANT INSERT, DELETE ON registry.reserved_handle TO belfry_admin;

ALTER TABLE tenant_setting
    ADD COLUMN require_alt_text      boolean NOT NULL DEFAULT false,
    ADD COLUMN retention_days        integer NOT NULL DEFAULT 0 CHECK (retention_days BETWEEN 0 AND 36500);
