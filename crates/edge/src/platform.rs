//! What every handler of every edge may need, in one cheap clone.

use std::sync::Arc;

use belfry_model::{Clock, PlatformNames};
use belfry_settings::Settings;
use belfry_storage::AppDb;
use belfry_tenancy::{Directory, Tenancy};

/// Application data of both edges. Built once by the binary (or a test).
#[derive(Debug, Clone)]
pub struct Platform {
    pub settings: Arc<Settings>,
    pub tenancy: Tenancy,
}

impl Platform {
    pub fn names(&self) -> &PlatformNames {
        &self.tenancy.names
    }

    pub fn directory(&self) -> &Directory {
        &self.tenancy.directory
    }

    /// Whether browsers reach us by https: then only `__Host-` cookies are set and read.
    pub fn is_secure(&self) -> bool {
        self.names().scheme == "https"
    }

    pub fn app(&self) -> &AppDb {
        &self.tenancy.app
    }

    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.tenancy.clock
    }
}
