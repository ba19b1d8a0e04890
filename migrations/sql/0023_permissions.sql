-- Why: a tenant may give its people sets of permissions of its own, beside the roles that every
-- tenant has.

CREATE TABLE permission_set (
    tenant_id     bigint NOT NULL,
    id            bigint NOT NULL DEFAULT next_id(),
    name          text NOT NULL,
    -- Words separated by spaces, in the program's order.
    permissions   text NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, id, permissions)
);
CREATE UNIQUE INDEX permission_set_name ON permission_set (tenant_id, lower(name));

ALTER TABLE permission_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE permission_set FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON permission_set
    USING (tenant_id = (SELECT app_tenant_id())) WITH CHECK (tenant_id = (SELECT app_tenant_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON permission_set TO belfry_app;

-- A person's set, and what it allows: a copy that follows it, so that whoever reads a person knows
-- both. NULL has what the role allows.
ALTER TABLE staff
    ADD COLUMN set_id bigint,
    ADD COLUMN permissions text,
    ADD CHECK ((set_id IS NULL) = (permissions IS NULL)),
    ADD FOREIGN KEY (tenant_id, set_id, permissions)
        REFERENCES permission_set (tenant_id, id, permissions) ON UPDATE CASCADE;
