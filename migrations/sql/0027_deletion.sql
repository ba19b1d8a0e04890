-- Why: an agency that leaves for good is deleted after days in which that can be undone. Then every
-- server that knew its accounts is told, and only when that has left are its keys and rows erased.
-- The row in the registry and the record of what was done stay: the name is never given again.

ALTER TABLE registry.tenant
    -- The end of the days of grace.
    ADD COLUMN delete_at   timestamptz,
    ADD COLUMN deleted_at  timestamptz,
    -- Nothing of it is left but this row and the records.
    ADD COLUMN erased_at   timestamptz;
-- The scheduler ends the grace and the erasure.
GRANT UPDATE (state, deleted_at, erased_at, owner_email, updated_at) ON registry.tenant TO belfry_worker;

-- Erases at most so many rows of each table of the transaction's tenant, and says how many it erased
-- in all. The tables come from the catalogue, so that a new one is not forgotten; those that the
-- caller may not delete from (the records) stay. What is still referred to waits for another call.
CREATE FUNCTION erase_batch(most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    t record;
    erased bigint;
    total bigint := 0;
    tenant bigint := app_tenant_id();
BEGIN
    IF tenant IS NULL OR tenant = 0 THEN
        RAISE EXCEPTION 'only the rows of one tenant are erased';
    END IF;
    FOR t IN
        SELECT c.oid::regclass AS name,
            EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = c.oid AND i.attname = 'id') AS has_id
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND has_table_privilege(c.oid, 'DELETE')
        ORDER BY c.relname
    LOOP
        BEGIN
            -- The newest first: a reply is newer than what it answers.
            EXECUTE format(
                'DELETE FROM %s WHERE tenant_id = $1 AND ctid = ANY (ARRAY(
                    SELECT ctid FROM %s WHERE tenant_id = $1 %s LIMIT $2))',
                t.name, t.name, CASE WHEN t.has_id THEN 'ORDER BY id DESC' ELSE '' END)
            USING tenant, most;
            GET DIAGNOSTICS erased = ROW_COUNT;
            total := total + erased;
        EXCEPTION WHEN foreign_key_violation THEN
            NULL;
        END;
    END LOOP;
    RETURN total;
END
$$;

-- Whether rows are left that `erase_batch` would erase.
CREATE FUNCTION erase_remains() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    t record;
    found boolean;
BEGIN
    FOR t IN
        SELECT c.oid::regclass AS name FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND has_table_privilege(c.oid, 'DELETE')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE tenant_id = $1)', t.name) INTO found
            USING app_tenant_id();
        IF found THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;
