-- Why: the register shows what an agency says of itself, tells who is new, and has to answer as
-- fast for a thousand agencies as for ten. So what a page of it shows stands in two tables that
-- every process may read, and whether an agency is listed is known without looking at accounts.

ALTER TABLE registry.tenant
    -- When it first stood in the register.
    ADD COLUMN listed_at timestamptz,
    -- An account of it holds an official handle, which is a public statement in any phase.
    ADD COLUMN vouched   boolean NOT NULL DEFAULT false;

ALTER TABLE registry.public_account
    -- What the account says of itself, without markup.
    ADD COLUMN note           text NOT NULL DEFAULT '',
    -- The stored file of its picture.
    ADD COLUMN avatar_key     text,
    ADD COLUMN official_since timestamptz;
GRANT UPDATE (note, avatar_key) ON registry.public_account TO belfry_app;

UPDATE registry.tenant t SET vouched = true
    WHERE EXISTS (SELECT FROM registry.public_account a WHERE a.tenant_id = t.id AND a.official_handle IS NOT NULL);
UPDATE registry.tenant SET listed_at = updated_at WHERE state = 'live' AND (phase = 'public' OR vouched OR is_lead);

CREATE INDEX public_account_official ON registry.public_account (official_since DESC)
    WHERE official_handle IS NOT NULL;

CREATE FUNCTION registry.note_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.listed_at IS NULL AND NEW.state = 'live' AND (NEW.phase = 'public' OR NEW.vouched OR NEW.is_lead) THEN
        NEW.listed_at := now();
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER note_listing BEFORE INSERT OR UPDATE ON registry.tenant
    FOR EACH ROW EXECUTE FUNCTION registry.note_listing();

CREATE FUNCTION registry.note_official() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.official_handle IS DISTINCT FROM OLD.official_handle THEN
        NEW.official_since := CASE WHEN NEW.official_handle IS NULL THEN NULL ELSE now() END;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER note_official BEFORE UPDATE OF official_handle ON registry.public_account
    FOR EACH ROW EXECUTE FUNCTION registry.note_official();

CREATE FUNCTION registry.note_vouched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry.tenant SET vouched = EXISTS (SELECT FROM registry.public_account
        WHERE tenant_id = NEW.tenant_id AND official_handle IS NOT NULL) WHERE id = NEW.tenant_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER note_vouched AFTER UPDATE OF official_handle ON registry.public_account
    FOR EACH ROW EXECUTE FUNCTION registry.note_vouched();
