-- Why: with whom an agency may speak is for the lead agency to say: a pilot speaks with listed
-- servers or with nobody, and what the platform bars is barred for all. Every process holds the
-- answer in memory, because it is asked for each inbox of each post and for each request.

-- Counts changes, so that a process that hears of one in the registry knows whether to read this.
CREATE TABLE registry.policy_version (
    single       boolean PRIMARY KEY DEFAULT true CHECK (single),
    version      bigint NOT NULL DEFAULT 0
);
INSERT INTO registry.policy_version DEFAULT VALUES;

CREATE FUNCTION registry.policy_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry.policy_version SET version = version + 1;
    PERFORM pg_notify('belfry_registry', '');
    RETURN NULL;
END
$$;

-- The servers that a pilot may speak with; without effect in the other phases.
CREATE TABLE registry.tenant_peer (
    tenant_id    bigint NOT NULL REFERENCES registry.tenant (id),
    -- As in the address of an account there, with port where it is not the default.
    host         text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, host)
);

-- What holds for every agency: a server and all below it.
CREATE TABLE registry.domain_rule (
    -- ASCII, lower case, without port.
    domain           text PRIMARY KEY,
    -- suspend: nothing in or out. limit: seen by who follows. none: only what is said besides.
    severity         text NOT NULL CHECK (severity IN ('suspend', 'limit', 'none')),
    reject_media     boolean NOT NULL DEFAULT false,
    reject_reports   boolean NOT NULL DEFAULT false,
    -- Who reads a published list sees only part of the name.
    obfuscate        boolean NOT NULL DEFAULT false,
    public_comment   text NOT NULL DEFAULT '',
    private_comment  text NOT NULL DEFAULT '',
    -- Where it came from: empty by hand, else the name of a list.
    source           text NOT NULL DEFAULT '',
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE ON registry.tenant_peer
    FOR EACH STATEMENT EXECUTE FUNCTION registry.policy_changed();
CREATE TRIGGER policy_changed AFTER INSERT OR UPDATE OR DELETE ON registry.domain_rule
    FOR EACH STATEMENT EXECUTE FUNCTION registry.policy_changed();

ALTER TABLE registry.tenant_peer ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.tenant_peer FORCE ROW LEVEL SECURITY;
-- In the memory of every process there are those of all agencies.
CREATE POLICY anyone_reads ON registry.tenant_peer FOR SELECT USING (true);
CREATE POLICY admin_all ON registry.tenant_peer TO belfry_admin USING (true) WITH CHECK (true);

GRANT SELECT ON registry.policy_version, registry.tenant_peer TO belfry_app, belfry_worker, belfry_admin;
-- What the lead agency notes for itself is not for agencies.
GRANT SELECT (domain, severity, reject_media, reject_reports, public_comment) ON registry.domain_rule
    TO belfry_app, belfry_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.domain_rule TO belfry_admin;
GRANT INSERT, DELETE ON registry.tenant_peer TO belfry_admin;
GRANT UPDATE ON registry.policy_version TO belfry_admin;

-- A name and every name above it, without port: what a rule about any of them covers.
CREATE FUNCTION registry.domain_lineage(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(array_to_string(parts[i:], '.'))
    FROM (SELECT string_to_array(lower(regexp_replace(name, ':[0-9]+$', '')), '.') AS parts) AS split,
        generate_series(1, cardinality(parts)) AS i
$$;

-- Both the handle's domain and the host of the actor's address count: one may be made to look innocent.
CREATE FUNCTION registry.actor_lineage(domain text, uri text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT registry.domain_lineage(domain) || registry.domain_lineage(split_part(split_part(uri, '://', 2), '/', 1))
$$;
-- What readers of stored posts and accounts ask. The rules themselves are asked, so that what is
-- shown follows a change in the moment of its commit.
CREATE FUNCTION registry.is_barred(domain text, uri text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM registry.domain_rule r
        WHERE r.severity = 'suspend' AND r.domain = ANY (registry.actor_lineage($1, $2)))
$$;
CREATE FUNCTION registry.is_limited(domain text, uri text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM registry.domain_rule r
        WHERE r.severity = 'limit' AND r.domain = ANY (registry.actor_lineage($1, $2)))
$$;
CREATE FUNCTION registry.rejects_media(domain text, uri text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM registry.domain_rule r
        WHERE r.reject_media AND r.domain = ANY (registry.actor_lineage($1, $2)))
$$;

-- Until now the phase had no effect on federation: whoever speaks with the world goes on doing so.
UPDATE registry.tenant SET phase = 'invited', updated_at = now() WHERE phase = 'pilot' AND state <> 'deleted';

-- Servers that a post was not sent to, because the phase or a rule bars them. Not among `published`:
-- nothing was to be delivered there.
ALTER TABLE machinery.outbox ADD COLUMN barred integer NOT NULL DEFAULT 0;
