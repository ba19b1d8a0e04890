//! What somebody may do in the one tenant that they sign in to.
//!
//! Invariant: whether an act is allowed is asked of a person's permissions and never of their role:
//! a tenant may give people sets of its own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Role;
use crate::tenant::{UnknownWord, text_enum};

text_enum! {
    /// One thing that somebody may do.
    Permission {
        /// Invite people, give them roles, and let them go.
        ManageStaff = "staff.manage",
        /// Make and change accounts, and say who speaks through them.
        ManageAccounts = "accounts.manage",
        /// Change how the tenant looks and works, and how its people sign in.
        ManageSettings = "settings.manage",
        /// Write and publish its rules.
        ManagePolicies = "policies.manage",
        /// Act on replies, accounts, servers and reports.
        Moderate = "moderate",
        /// Post as an account that they were given access to.
        Post = "post",
        /// Approve what others write.
        Approve = "post.approve",
        /// Send a post before every backlog, where the tenant may.
        PostUrgent = "post.urgent",
        /// See who did what.
        ReadAudit = "audit.read",
        /// Find, hold and export records.
        ExportRecords = "records.export",
    }
}

/// A set of permissions, written separated by spaces.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Permissions(u16);

impl Permissions {
    pub const NONE: Self = Self(0);

    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    pub fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// Whether these are no more than those.
    pub fn within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.has(*permission))
    }
}

fn bit(permission: Permission) -> u16 {
    1 << permission as u16
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().map(bit).fold(0, |all, one| all | one))
    }
}

impl FromStr for Permissions {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_whitespace().map(str::parse).collect()
    }
}

impl TryFrom<String> for Permissions {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Permissions> for String {
    fn from(permissions: Permissions) -> Self {
        permissions.to_string()
    }
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.iter().map(Permission::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permissions({self})")
    }
}

impl Role {
    /// What somebody in this role may do, unless the tenant gave them a set of its own.
    pub fn permissions(self) -> Permissions {
        use Permission::{Approve, ExportRecords, ManageStaff, Moderate, Post, PostUrgent, ReadAudit};
        let these: &[Permission] = match self {
            Self::Lead | Self::Owner => return Permissions::all(),
            Self::Admin => {
                return Permission::ALL.iter().copied().filter(|one| *one != ExportRecords).collect();
            }
            Self::Editor => &[Post, Approve, PostUrgent],
            Self::Author => &[Post],
            Self::Moderator => &[Moderate],
            Self::Records => &[ReadAudit, ExportRecords],
        };
        debug_assert!(!these.contains(&ManageStaff), "who manages people may give themselves the rest");
        these.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_written_and_read_alike() {
        let set: Permissions = "post moderate".parse().unwrap();
        assert_eq!(set.to_string(), "moderate post");
        assert_eq!(set.to_string().parse(), Ok(set));
        assert!(set.has(Permission::Post) && !set.has(Permission::ManageStaff));
        assert!("post everything".parse::<Permissions>().is_err());
        assert_eq!("".parse(), Ok(Permissions::NONE));
    }

    #[test]
    fn what_is_within_is_no_more() {
        assert!(Role::Author.permissions().within(Role::Editor.permissions()));
        assert!(!Role::Records.permissions().within(Role::Admin.permissions()));
        assert!(Permissions::NONE.within(Permissions::NONE));
        assert_eq!(Permissions::all().iter().count(), Permission::ALL.len());
    }
}
