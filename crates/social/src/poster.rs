//! On whose behalf a use case runs. Making one of these is the permission: only a token or a
//! session that was checked leads to them.

use belfry_model::{ActorId, StaffId, TenantScope};
use belfry_tenancy::By;

/// Somebody who may post as an account of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    pub scope: TenantScope,
    pub actor: ActorId,
    /// Who it really is, where several people post as one account, and through what. Never shown
    /// outside.
    pub by: By,
}

impl Poster {
    /// The person, if it is one.
    pub fn staff(&self) -> Option<StaffId> {
        self.by.staff_id()
    }
}

/// Somebody who reads at a tenant's host, signed in or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    pub scope: TenantScope,
    pub actor: Option<ActorId>,
}

impl Viewer {
    /// Who has not signed in.
    pub fn anonymous(scope: TenantScope) -> Self {
        Self { scope, actor: None }
    }
}

impl From<&Poster> for Viewer {
    fn from(poster: &Poster) -> Self {
        Self { scope: poster.scope, actor: Some(poster.actor) }
    }
}
