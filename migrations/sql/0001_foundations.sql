-- Why: everything after this needs the three rooms of the database, one source of ids,
-- and one definition of "the tenant of this transaction".
--
--   registry   which tenants exist; governance. Read by all, written by belfry_admin.
--   machinery  outbox, parked deliveries, the embedded queue: ids, times and states,
--              never content. It must look across tenants.
--   public     what belongs to tenants, and the commons (tenant 0). Row-level security
--              is forced on every table.

CREATE SCHEMA registry;
CREATE SCHEMA machinery;

GRANT USAGE ON SCHEMA public, registry, machinery TO belfry_app, belfry_worker, belfry_admin;

-- After the first set_config(…, is_local => true) a pooled session reads '' rather than
-- NULL, hence NULLIF: no tenant set means NULL, and a comparison with NULL matches no row.
CREATE FUNCTION app_tenant_id() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.tenant_id', true), '')::bigint $$;

-- Milliseconds << 16 | tail: unique on the platform, sortable by time, and what Mastodon
-- clients expect of an id. A remote post takes the time of its publication, so that it
-- sorts where its author put it.
CREATE SEQUENCE id_tail;
CREATE FUNCTION next_id(at timestamptz DEFAULT clock_timestamp()) RETURNS bigint
    LANGUAGE sql VOLATILE
    AS $$ SELECT (floor(extract(epoch FROM at) * 1000)::bigint << 16) | (nextval('public.id_tail') & 65535) $$;

GRANT USAGE ON SEQUENCE id_tail TO belfry_app, belfry_worker, belfry_admin;

-- Every role may see which migrations have run: a service says so at its start rather than
-- failing at the first missing column.
GRANT SELECT ON seaql_migrations TO belfry_app, belfry_worker, belfry_admin;
