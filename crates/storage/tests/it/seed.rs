//! One plausible row a table, made from the catalogue: what the isolation tests need is not
//! sense but presence.

use sqlx::{AssertSqlSafe, PgPool, Row};

/// A table that has a `tenant_id`, as the catalogue knows it.
#[derive(Debug)]
pub struct Table {
    /// With its schema: `public.status`.
    pub name: String,
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    name: String,
    kind: String,
}

/// Every such table, with the columns that need a value.
pub async fn tables(superuser: &PgPool) -> Vec<Table> {
    let rows = sqlx::query(
        "SELECT c.table_schema || '.' || c.table_name, c.column_name::text, c.udt_name::text
         FROM information_schema.columns c
         JOIN information_schema.columns t USING (table_schema, table_name)
         WHERE t.column_name = 'tenant_id' AND c.table_schema IN ('public', 'registry', 'machinery')
           AND (c.column_name IN ('id', 'tenant_id') OR (c.is_nullable = 'NO' AND c.column_default IS NULL))
         ORDER BY 1, c.ordinal_position",
    )
    .fetch_all(superuser)
    .await
    .unwrap();
    let mut tables: Vec<Table> = Vec::new();
    for row in rows {
        let name: String = row.get(0);
        if tables.last().is_none_or(|table| table.name != name) {
            tables.push(Table { name, columns: Vec::new() });
        }
        tables.last_mut().unwrap().columns.push(Column { name: row.get(1), kind: row.get(2) });
    }
    assert!(tables.len() > 20, "the catalogue query finds too little: {tables:?}");
    tables
}

/// Puts a row of each tenant (and of the commons where a table has such rows) into each table.
pub async fn fill(superuser: &PgPool, tables: &[Table], tenants: &[i64]) {
    let mut tx = superuser.begin().await.unwrap();
    // References are not the point here; this turns their triggers off for the transaction.
    sqlx::query("SET LOCAL session_replication_role = replica").execute(&mut *tx).await.unwrap();
    for table in tables {
        for tenant in tenants.iter().copied().chain(table.is_commons().then_some(0)) {
            let sql = table.insert(tenant, 0);
            sqlx::query(AssertSqlSafe(sql.clone()))
                .execute(&mut *tx)
                .await
                .unwrap_or_else(|error| panic!("the seed for {} needs mending: {sql}: {error}", table.name));
        }
    }
    tx.commit().await.unwrap();
}

/// The id of the seeded row of a tenant.
pub fn id_of(tenant: i64) -> i64 {
    tenant * 10 + 5
}

impl Table {
    /// Belongs to tenants, rather than to the registry or the machinery.
    pub fn is_content(&self) -> bool {
        self.name.starts_with("public.")
    }

    /// Holds commons rows as well.
    fn is_commons(&self) -> bool {
        let commons = ["actor", "status", "status_edit", "mention", "status_tag", "media_attachment"];
        commons.iter().any(|name| self.name == format!("public.{name}"))
    }

    /// Records are append-only even for the app's role.
    pub fn app_may_update(&self) -> bool {
        let records = ["audit_event", "policy_addition", "policy_acceptance"];
        records.iter().all(|name| self.name != format!("public.{name}"))
    }

    /// An insert of one row of `tenant`; `variant` tells several apart.
    pub fn insert(&self, tenant: i64, variant: i64) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let values: Vec<String> =
            self.columns.iter().map(|column| self.value(column, tenant, variant)).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, names.join(", "), values.join(", "))
    }

    fn value(&self, column: &Column, tenant: i64, variant: i64) -> String {
        let id = id_of(tenant) + variant;
        let table = self.name.split('.').next_back().unwrap();
        match (table, column.name.as_str()) {
            ("actor", "kind") if tenant == 0 => "'remote'".into(),
            ("actor" | "public_account", "kind") => "'team'".into(),
            ("notification", "kind") => "'mention'".into(),
            (_, name) if name == "tenant_id" || name.ends_with("_tenant") => tenant.to_string(),
            (_, "role") => "'author'".into(),
            (_, "algorithm") => "'rsa'".into(),
            (_, "visibility") => "'public'".into(),
            (_, "state") => "'accepted'".into(),
            (_, "lane") => "'normal'".into(),
            _ => match column.kind.as_str() {
                "int8" | "int4" | "int2" => id.to_string(),
                "text" => format!("'{}-{id}'", column.name),
                "bool" => "true".into(),
                "jsonb" | "_text" => "'{}'".into(),
                "timestamptz" => "now()".into(),
                "date" => "current_date".into(),
                "bytea" => format!("'\\x{id:064x}'"),
                other => panic!("the seed does not know the type {other} of {}.{}", self.name, column.name),
            },
        }
    }
}
