-- Why: the line between tenants is drawn by the database, not by the good will of queries.
-- Every table above gets row-level security, forced. Two shapes:
--
--   strict    a tenant's rows and nothing else
--   commons   besides: reads rows of tenant 0 that it has a relation with, writes only its own
--
-- A CommonsTx is a transaction with tenant 0 set: it writes tenant 0 by the same rule.
-- `(SELECT app_tenant_id())` rather than the bare call: evaluated once a statement, not once a row.

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY[
        'tenant_setting', 'tenant_key', 'actor_key', 'staff', 'account_access', 'invitation', 'session',
        'oauth_app', 'oauth_code', 'oauth_token', 'rule', 'audit_event', 'commons_relation', 'follow',
        'favourite', 'home_timeline', 'notification', 'activity', 'received_activity'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format(
            'CREATE POLICY own_rows ON %I USING (tenant_id = (SELECT app_tenant_id()))
                WITH CHECK (tenant_id = (SELECT app_tenant_id()))', t);
    END LOOP;
END
$$;

DO $$
DECLARE
    t text;
    -- The column that holds the id of the related actor or status.
    ref text;
BEGIN
    FOR t, ref IN VALUES
        ('actor', 'id'), ('status', 'id'), ('status_edit', 'status_id'),
        ('mention', 'status_id'), ('status_tag', 'status_id'), ('media_attachment', 'status_id')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format(
            'CREATE POLICY read_own_and_related ON %1$I FOR SELECT USING (
                tenant_id = (SELECT app_tenant_id())
                OR (tenant_id = 0 AND EXISTS (
                    SELECT FROM commons_relation r
                    WHERE r.tenant_id = (SELECT app_tenant_id()) AND r.ref_id = %1$I.%2$I)))', t, ref);
        EXECUTE format(
            'CREATE POLICY insert_own ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT app_tenant_id()))', t);
        EXECUTE format(
            'CREATE POLICY update_own ON %I FOR UPDATE USING (tenant_id = (SELECT app_tenant_id()))
                WITH CHECK (tenant_id = (SELECT app_tenant_id()))', t);
        EXECUTE format(
            'CREATE POLICY delete_own ON %I FOR DELETE USING (tenant_id = (SELECT app_tenant_id()))', t);
    END LOOP;
END
$$;

-- belfry_app reads and writes tenant rows; belfry_worker and belfry_admin have no grant on
-- content at all: the lead agency and the operator cannot read a post even by mistake.
GRANT SELECT, INSERT, UPDATE, DELETE ON
    tenant_setting, tenant_key, actor, actor_key, staff, account_access, invitation, session, oauth_app,
    oauth_code, oauth_token, rule, media_attachment, status, status_edit, mention, status_tag,
    commons_relation, follow, favourite, home_timeline, notification, activity, received_activity
    TO belfry_app;
GRANT SELECT, INSERT ON audit_event TO belfry_app;
