//! A tenant as the rest of the platform sees it, and the scope that opens its rows.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{COMMONS, Host, Slug, TenantId};

/// One agency: a namespace with its own host, rows, keys, rules and staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    pub id: TenantId,
    pub slug: Slug,
    pub host: Host,
    pub name: String,
    pub phase: Phase,
    pub state: TenantState,
    pub is_lead: bool,
    /// BCP 47, the language of pages for people who ask for none that we have.
    pub language: String,
    /// The lead agency lets it send urgent posts.
    pub urgent: bool,
    pub body_type: BodyType,
    /// When it first stood in the register.
    pub listed_at: Option<DateTime<Utc>>,
    /// An account of it holds an official handle.
    pub vouched: bool,
    /// A sandbox: everything in it is to be wiped on this date.
    pub wipe_on: Option<NaiveDate>,
}

impl Tenant {
    pub fn scope(&self) -> TenantScope {
        TenantScope(self.id)
    }

    pub fn is_live(&self) -> bool {
        self.state == TenantState::Live
    }

    /// Live, or suspended and to go on one day: what arrives for it is kept.
    pub fn receives(&self) -> bool {
        matches!(self.state, TenantState::Live | TenantState::Suspended)
    }

    /// Whether it stands in the register: an agency is announced when it is public, before that
    /// its own pages are there for whoever knows their address. An official handle is a public
    /// statement in any phase.
    pub fn is_listed(&self) -> bool {
        self.is_live() && (self.is_lead || self.vouched || self.phase == Phase::Public)
    }
}

/// The right to open one tenant's rows.
///
/// Invariant: never the commons, and made only where a tenant has been established: from a
/// request's Host, from a job that names it, by a command, or by the scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TenantScope(TenantId);

impl TenantScope {
    /// For a job or a command that names its tenant. `None` for the commons.
    pub fn of(tenant: TenantId) -> Option<Self> {
        (tenant != COMMONS).then_some(Self(tenant))
    }

    pub fn tenant(self) -> TenantId {
        self.0
    }
}

macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant),*
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word that the database, the wire and commands use.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = $crate::tenant::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    other => Err($crate::tenant::UnknownWord {
                        got: other.to_owned(),
                        expected: [$($text),*].join(", "),
                    }),
                }
            }
        }
    };
}
pub(crate) use text_enum;

/// A word that is not one of those that a setting, an argument or a column may hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{got}` is not one of: {expected}")]
pub struct UnknownWord {
    pub got: String,
    pub expected: String,
}

text_enum! {
    /// How far a tenant has opened.
    Phase {
        /// Federates with listed hosts or not at all.
        Pilot = "pilot",
        /// Federates; people come by invitation.
        Invited = "invited",
        /// Federates and is listed in the register.
        Public = "public",
    }
}

text_enum! {
    /// What kind of body an agency is: what the register is filtered by.
    BodyType {
        Ministry = "ministry",
        /// An executive agency, an inspectorate, an authority of its own.
        Agency = "agency",
        Municipality = "municipality",
        /// A province, a state, a water board.
        Region = "region",
        Parliament = "parliament",
        Court = "court",
        Education = "education",
        Health = "health",
        Other = "other",
    }
}

text_enum! {
    /// Where a tenant stands in its life.
    TenantState {
        /// Not complete yet; running `tenant create` again completes it.
        Provisioning = "provisioning",
        Live = "live",
        Suspended = "suspended",
        /// Gone; its slug stays taken for ever.
        Deleted = "deleted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scope_opens_the_commons() {
        assert_eq!(TenantScope::of(COMMONS), None);
        assert!(TenantScope::of(TenantId(7)).is_some());
    }

    #[test]
    fn an_unknown_word_says_what_was_expected() {
        let error = "open".parse::<Phase>().unwrap_err();
        assert_eq!(error.to_string(), "`open` is not one of: pilot, invited, public");
    }
}
