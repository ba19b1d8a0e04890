-- Why: the lead agency sees how the platform stands: how long the queue is and since when, and
-- which servers are away. Of the machinery it reads ids, times and states; neither to which inbox
-- something goes nor what another server said, and content least of all.

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['outbox', 'parked_delivery', 'host_state'] LOOP
        EXECUTE format('CREATE POLICY lead_reads ON machinery.%I FOR SELECT TO belfry_admin USING (true)', t);
    END LOOP;
END
$$;
GRANT SELECT (id, tenant_id, lane, created_at, finished_at) ON machinery.outbox TO belfry_admin;
GRANT SELECT (tenant_id, host, lane, first_at, due_at, with_host) ON machinery.parked_delivery TO belfry_admin;
GRANT SELECT (host, state, since, probe_at, probes) ON machinery.host_state TO belfry_admin;
