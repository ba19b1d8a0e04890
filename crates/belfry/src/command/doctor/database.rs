//! The roles, the policies, the schema and the clock of the database.

use belfry_model::{Clock, SystemClock};
use belfry_settings::DatabaseSettings;
use belfry_storage::{AdminDb, AppDb, RoleReport, WorkerDb};

use super::Finding;
use crate::error_chain;
use crate::parts::pool_options;

/// Sessions, signatures and due times are compared with both clocks.
const CLOCK_TOLERANCE_SECONDS: i64 = 5;

pub(super) async fn findings(settings: &DatabaseSettings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let options = pool_options(settings);

    macro_rules! role {
        ($part:literal, $url:expr, $pool:ident, $setting:literal) => {
            match $url {
                Err(error) => {
                    findings.push(Finding::problem(
                        $part,
                        error.to_string(),
                        concat!("set `", $setting, "`"),
                    ));
                    None
                }
                Ok(url) => match $pool::connect(url, options).await {
                    Err(error) => {
                        findings.push(unreachable($part, $setting, &error));
                        None
                    }
                    Ok(pool) => {
                        findings.push(match pool.role_inspect().await {
                            Ok(Some(report)) => role_finding($part, $setting, &report),
                            Ok(None) => Finding::problem(
                                $part,
                                "the role is not in the catalogue",
                                "run `belfry migrate`",
                            ),
                            Err(error) => unreachable($part, $setting, &error),
                        });
                        Some(pool)
                    }
                },
            }
        };
    }

    let app = role!("database: app", settings.app_url(), AppDb, "database.url");
    role!("database: worker", settings.worker_url(), WorkerDb, "database.worker_url");
    role!("database: admin", settings.admin_url(), AdminDb, "database.admin_url");
    if let Some(app) = app {
        findings.push(schema(&app).await);
        findings.push(policies(&app).await);
        findings.push(clock(&app).await);
    }
    findings
}

fn unreachable(part: &'static str, setting: &str, error: &belfry_storage::Error) -> Finding {
    Finding::problem(
        part,
        error_chain(error),
        format!("check that PostgreSQL runs, that `{setting}` names it, and that the role may sign in"),
    )
}

fn role_finding(part: &'static str, setting: &str, report: &RoleReport) -> Finding {
    let name = &report.name;
    if report.superuser {
        return Finding::problem(
            part,
            format!("`{name}` is a superuser: it sees every agency's rows, whatever the policies say"),
            format!(
                "let `{setting}` name a role without rights of its own; migrations/sql/roles.sql creates them"
            ),
        );
    }
    if report.bypasses_rls {
        return Finding::problem(
            part,
            format!("`{name}` may bypass row-level security"),
            format!("ALTER ROLE {name} NOBYPASSRLS"),
        );
    }
    if report.owned_tables > 0 {
        return Finding::problem(
            part,
            format!(
                "`{name}` owns {} of the platform's tables and could drop their policies",
                report.owned_tables
            ),
            format!(
                "let `{setting}` name a role that owns nothing; only `belfry migrate` connects as the owner"
            ),
        );
    }
    Finding::good(part, format!("connected as `{name}`, which owns nothing and bypasses nothing"))
}

async fn schema(app: &AppDb) -> Finding {
    const PART: &str = "database: schema";
    match app.migrations_applied().await {
        Err(error) => Finding::problem(PART, error_chain(&error), "run `belfry migrate`"),
        Ok(applied) => {
            let known = belfry_migrations::names();
            let pending: Vec<_> =
                known.iter().filter(|name| !applied.iter().any(|done| done == *name)).collect();
            match pending.first() {
                None => Finding::good(PART, format!("{} migrations applied", applied.len())),
                Some(first) => Finding::problem(
                    PART,
                    format!("{} migrations are still to be applied, the first is {first}", pending.len()),
                    "run `belfry migrate`",
                ),
            }
        }
    }
}

async fn policies(app: &AppDb) -> Finding {
    const PART: &str = "database: policies";
    match app.tables_without_policy().await {
        Err(error) => Finding::problem(PART, error_chain(&error), "run `belfry migrate`"),
        Ok(tables) if tables.is_empty() => {
            Finding::good(PART, "row-level security is forced on every table of the tenants")
        }
        Ok(tables) => Finding::problem(
            PART,
            format!("row-level security is not forced on {}", tables.join(", ")),
            "somebody changed the schema by hand: ALTER TABLE … ENABLE and FORCE ROW LEVEL SECURITY, and restore \
             the policies from migrations/sql",
        ),
    }
}

async fn clock(app: &AppDb) -> Finding {
    const PART: &str = "clock";
    match app.clock_ahead_seconds(SystemClock.now()).await {
        Err(error) => Finding::problem(PART, error_chain(&error), "check the database"),
        Ok(seconds) if seconds.abs() <= CLOCK_TOLERANCE_SECONDS => {
            Finding::good(PART, "this machine and the database agree on the time")
        }
        Ok(seconds) => Finding::problem(
            PART,
            format!("the database's clock differs from this machine's by {seconds} s"),
            "synchronise both with NTP: signatures with a wrong date are refused by other servers",
        ),
    }
}
