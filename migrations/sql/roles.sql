-- The four roles that Belfry connects as. Roles belong to the whole cluster, so a
-- database administrator creates them once, as a superuser, before `belfry migrate`;
-- passwords are set apart (`ALTER ROLE … PASSWORD …`) and never stand in a file.
--
-- None of them is a superuser and none may bypass row-level security: a superuser
-- ignores even FORCE, and `belfry doctor` refuses to call such a platform healthy.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['belfry_owner', 'belfry_app', 'belfry_worker', 'belfry_admin'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role_name);
        END IF;
    END LOOP;
END
$$;
