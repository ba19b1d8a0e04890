//! What a staff member may do, and what kind of speaker an account is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;

text_enum! {
    /// A staff member's role in the one tenant that they sign in to.
    Role {
        /// Of the lead agency only: admits tenants and sets the baseline for all.
        Lead = "lead",
        Owner = "owner",
        Admin = "admin",
        /// Approves and publishes what authors write.
        Editor = "editor",
        Author = "author",
        Moderator = "moderator",
        /// Finds, holds and exports records.
        Records = "records",
    }
}

impl Role {
    /// May manage staff, accounts and settings of the tenant.
    pub fn administers(self) -> bool {
        matches!(self, Self::Lead | Self::Owner | Self::Admin)
    }

    /// May post as an account that they were given access to.
    pub fn posts(self) -> bool {
        matches!(self, Self::Lead | Self::Owner | Self::Admin | Self::Editor | Self::Author)
    }

    /// May see who did what in the tenant, and what was done about it.
    pub fn audits(self) -> bool {
        self.administers() || self == Self::Records
    }

    /// May send a post before every backlog, where the tenant may.
    pub fn sends_urgent(self) -> bool {
        matches!(self, Self::Lead | Self::Owner | Self::Admin | Self::Editor)
    }
}

text_enum! {
    /// Who speaks through a local account.
    AccountKind {
        Organisation = "organisation",
        Role = "role",
        Team = "team",
        Person = "person",
    }
}

impl AccountKind {
    /// The ActivityPub actor type that peers know: `Person` for what people speak through,
    /// `Organization` for the agency itself.
    pub fn actor_type(self) -> &'static str {
        match self {
            Self::Organisation => "Organization",
            Self::Role | Self::Team | Self::Person => "Person",
        }
    }
}
