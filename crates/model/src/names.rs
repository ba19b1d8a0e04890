//! The addresses of everything local, built in one place: what peers remember for ever must
//! not depend on who writes it down.

use serde::{Deserialize, Serialize};

use crate::{Host, Slug, StatusId, Tenant};

/// The platform's own names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformNames {
    /// `https`, or `http` in development.
    pub scheme: String,
    /// The shared domain, with port where it is not the scheme's default.
    pub shared_domain: Host,
}

impl PlatformNames {
    /// The host that a namespace gets: `<slug>.<shared domain>`.
    pub fn tenant_host(&self, slug: &Slug) -> Host {
        self.shared_domain.child(slug.as_str())
    }

    pub fn media_host(&self) -> Host {
        self.shared_domain.child("media")
    }

    /// Where a stored file is served, without cookies.
    pub fn media_url(&self, key: &str) -> String {
        format!("{}://{}/{key}", self.scheme, self.media_host())
    }

    /// The one inbox that every actor advertises as shared.
    pub fn shared_inbox(&self) -> String {
        format!("{}://{}/inbox", self.scheme, self.shared_domain)
    }

    /// The register's page for an official handle; with `.json` after it, its proof.
    pub fn register_entry(&self, official: &str) -> String {
        format!("{}://{}/register/@{official}", self.scheme, self.shared_domain)
    }

    pub fn origin(&self, tenant: &Tenant) -> Origin {
        Origin { scheme: self.scheme.clone(), host: tenant.host.clone() }
    }
}

/// `https://moe.social.example`: what a tenant's addresses begin with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    pub scheme: String,
    pub host: Host,
}

impl Origin {
    /// `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.host)
    }

    /// The tenant's own actor, on whose behalf it fetches and reports.
    pub fn instance_actor(&self) -> String {
        self.at("/actor")
    }

    pub fn actor(&self, username: &str) -> String {
        self.at(&format!("/users/{username}"))
    }

    /// The page that people see.
    pub fn profile(&self, username: &str) -> String {
        self.at(&format!("/@{username}"))
    }

    /// `part` is `inbox`, `outbox`, `followers`, `following`, `followers_synchronization` or
    /// `collections/featured`.
    pub fn actor_part(&self, username: &str, part: &str) -> String {
        self.at(&format!("/users/{username}/{part}"))
    }

    pub fn status(&self, username: &str, id: StatusId) -> String {
        self.at(&format!("/users/{username}/statuses/{id}"))
    }

    pub fn status_page(&self, username: &str, id: StatusId) -> String {
        self.at(&format!("/@{username}/{id}"))
    }

    /// The id of an activity that has no page: `kind` in lower case, `id` unique on the platform.
    pub fn activity(&self, username: &str, kind: &str, id: i64) -> String {
        self.at(&format!("/users/{username}#{kind}s/{id}"))
    }

    pub fn main_key(actor_uri: &str) -> String {
        format!("{actor_uri}#main-key")
    }
}
