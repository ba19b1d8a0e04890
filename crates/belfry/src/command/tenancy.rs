//! What `belfry tenant | account | staff | token | delivery | host` work on; the commands are in `tenant-admin`.

use belfry_settings::Settings;
use belfry_storage::{AdminDb, WorkerDb};
use belfry_tenant_admin::command::Context;

use crate::parts::{pool_options, tenancy};

pub async fn context(settings: &Settings) -> anyhow::Result<Context> {
    let admin = AdminDb::connect(settings.database.admin_url()?, pool_options(&settings.database)).await?;
    Ok(Context {
        tenancy: tenancy(settings).await?,
        admin,
        deletion_grace_days: settings.platform.deletion_grace_days,
        worker: None,
        progress,
    })
}

/// With the machinery, for the commands that act across tenants.
pub async fn operator_context(settings: &Settings) -> anyhow::Result<Context> {
    let url = settings.database.worker_url()?;
    let worker = WorkerDb::connect(url, pool_options(&settings.database)).await?;
    Ok(Context { worker: Some(worker), ..context(settings).await? })
}

/// One line that moves, for whoever watches; a log or a script gets none.
#[expect(
    clippy::print_stderr,
    reason = "progress is for the person at the terminal and no part of the answer"
)]
fn progress(done: usize, of: usize) {
    use std::io::IsTerminal;
    if std::io::stderr().is_terminal() {
        eprint!("\r{done} of {of}");
        if done == of {
            eprintln!();
        }
    }
}
