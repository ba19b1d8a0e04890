-- Why: two servers lose track of who follows whom, and a post for followers only then goes to
-- the wrong people. FEP-8fcf lets the receiver notice: each delivery carries a digest of the
-- followers on its host. It must cost no walk over the followers, so it is kept up to date here.

-- The host of an id, with its port where that isn't the scheme's: as inboxes are compared with it.
CREATE FUNCTION uri_host(uri text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE
        WHEN uri ~* '^https:' THEN regexp_replace(found, ':443$', '')
        ELSE regexp_replace(found, ':80$', '')
    END FROM lower(substring(uri FROM '(?i)^https?://([^/?#]+)')) AS found
$$;

-- Byte by byte, eight at a time: both are SHA-256.
CREATE FUNCTION xor_sha256(a bytea, b bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    bits bit(256) := ('x' || encode(a, 'hex'))::bit(256) # ('x' || encode(b, 'hex'))::bit(256);
BEGIN
    RETURN int8send(substring(bits FROM 1 FOR 64)::bit(64)::bigint)
        || int8send(substring(bits FROM 65 FOR 64)::bit(64)::bigint)
        || int8send(substring(bits FROM 129 FOR 64)::bit(64)::bigint)
        || int8send(substring(bits FROM 193 FOR 64)::bit(64)::bigint);
END
$$;
CREATE AGGREGATE xor_sha256(bytea) (
    SFUNC = xor_sha256,
    STYPE = bytea,
    INITCOND = '\x0000000000000000000000000000000000000000000000000000000000000000'
);

-- Beside the follow, since the follower's row may be out of sight when the follow ends.
ALTER TABLE follow ADD COLUMN follower_host text, ADD COLUMN follower_hash bytea;
CREATE INDEX follow_of_host ON follow (tenant_id, followee_id, follower_host)
    WHERE state = 'accepted' AND follower_host IS NOT NULL;

CREATE FUNCTION follow_follower_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.follower_host := NULL;
    NEW.follower_hash := NULL;
    IF NEW.follower_tenant = 0 THEN
        SELECT uri_host(uri), sha256(convert_to(uri, 'UTF8')) INTO NEW.follower_host, NEW.follower_hash
        FROM actor WHERE tenant_id = 0 AND id = NEW.follower_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER follow_follower_hash BEFORE INSERT ON follow
    FOR EACH ROW EXECUTE FUNCTION follow_follower_hash();

-- One row for each host on which somebody follows an account.
CREATE TABLE follower_digest (
    tenant_id     bigint NOT NULL,
    actor_id      bigint NOT NULL,
    host          text NOT NULL,
    -- XOR of the SHA-256 of each follower's id.
    digest        bytea NOT NULL CHECK (octet_length(digest) = 32),
    followers     integer NOT NULL CHECK (followers >= 0),
    PRIMARY KEY (tenant_id, actor_id, host)
);
ALTER TABLE follower_digest ENABLE ROW LEVEL SECURITY;
ALTER TABLE follower_digest FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON follower_digest USING (tenant_id = (SELECT app_tenant_id()))
    WITH CHECK (tenant_id = (SELECT app_tenant_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON follower_digest TO belfry_app;

-- Row-level security binds the owner, too: tenant by tenant.
DO $$
DECLARE
    tenant bigint;
BEGIN
    FOR tenant IN SELECT id FROM registry.tenant LOOP
        PERFORM set_config('app.tenant_id', tenant::text, true);
        UPDATE follow f SET follower_host = uri_host(a.uri), follower_hash = sha256(convert_to(a.uri, 'UTF8'))
        FROM actor a WHERE f.tenant_id = tenant AND f.follower_tenant = 0 AND a.tenant_id = 0 AND a.id = f.follower_id;
        INSERT INTO follower_digest (tenant_id, actor_id, host, digest, followers)
        SELECT tenant_id, followee_id, follower_host, xor_sha256(follower_hash), count(*)
        FROM follow WHERE tenant_id = tenant AND state = 'accepted' AND follower_host IS NOT NULL
        GROUP BY tenant_id, followee_id, follower_host;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END
$$;

-- Adding and removing is the same XOR; only the count has a sign. A host without followers left
-- has no row.
CREATE FUNCTION follower_digest_shift(tenant bigint, actor bigint, of_host text, hash bytea, number integer)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF number > 0 THEN
        INSERT INTO follower_digest AS d (tenant_id, actor_id, host, digest, followers)
        VALUES (tenant, actor, of_host, hash, number)
        ON CONFLICT (tenant_id, actor_id, host) DO UPDATE
            SET digest = xor_sha256(d.digest, excluded.digest), followers = d.followers + excluded.followers;
    ELSE
        UPDATE follower_digest SET digest = xor_sha256(digest, hash), followers = followers + number
        WHERE tenant_id = tenant AND actor_id = actor AND host = of_host;
        DELETE FROM follower_digest
        WHERE tenant_id = tenant AND actor_id = actor AND host = of_host AND followers = 0;
    END IF;
END
$$;

-- A statement at a time and in the order of the keys: a thousand follows of one host are one
-- change of its row, and two transactions that change several rows don't wait for each other.
CREATE FUNCTION follow_digest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        FOR change IN
            SELECT tenant_id, followee_id, follower_host, xor_sha256(follower_hash) AS hash, count(*)::integer AS n
            FROM after_rows WHERE state = 'accepted' AND follower_host IS NOT NULL
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        LOOP
            PERFORM follower_digest_shift(change.tenant_id, change.followee_id, change.follower_host, change.hash, change.n);
        END LOOP;
    ELSIF TG_OP = 'DELETE' THEN
        FOR change IN
            SELECT tenant_id, followee_id, follower_host, xor_sha256(follower_hash) AS hash, -count(*)::integer AS n
            FROM before_rows WHERE state = 'accepted' AND follower_host IS NOT NULL
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        LOOP
            PERFORM follower_digest_shift(change.tenant_id, change.followee_id, change.follower_host, change.hash, change.n);
        END LOOP;
    ELSE
        -- What was and still is accepted cancels itself out.
        FOR change IN
            SELECT tenant_id, followee_id, follower_host, xor_sha256(follower_hash) AS hash, sum(sign)::integer AS n
            FROM (
                SELECT *, 1 AS sign FROM after_rows
                UNION ALL
                SELECT *, -1 AS sign FROM before_rows
            ) AS both_rows WHERE state = 'accepted' AND follower_host IS NOT NULL
            GROUP BY 1, 2, 3
            HAVING xor_sha256(follower_hash) <> '\x0000000000000000000000000000000000000000000000000000000000000000'
            ORDER BY 1, 2, 3
        LOOP
            PERFORM follower_digest_shift(change.tenant_id, change.followee_id, change.follower_host, change.hash, change.n);
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_digest_insert AFTER INSERT ON follow
    REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_digest();
CREATE TRIGGER follow_digest_update AFTER UPDATE ON follow
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_digest();
CREATE TRIGGER follow_digest_delete AFTER DELETE ON follow
    REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_digest();
