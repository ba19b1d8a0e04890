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
