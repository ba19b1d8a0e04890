//! What `belfry tenant | account | staff | token` work on; the commands are in `tenant-admin`.

use belfry_settings::Settings;
use belfry_storage::AdminDb;
use belfry_tenant_admin::command::Context;

use crate::parts::{pool_options, tenancy};

pub async fn context(settings: &Settings) -> anyhow::Result<Context> {
    let admin = AdminDb::connect(settings.database.admin_url()?, pool_options(&settings.database)).await?;
    Ok(Context { tenancy: tenancy(settings).await?, admin })
}
