//! The policies that an agency publishes, and the country whose law they name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;

text_enum! {
    /// One of the texts of the policy pack. The word stands in addresses of pages.
    PolicyKind {
        /// The house rules: for everybody who posts or replies here.
        Rules = "rules",
        /// For the people who post on the agency's behalf.
        SocialMedia = "social-media",
        Moderation = "moderation",
        Privacy = "privacy",
        Accessibility = "accessibility",
        Transparency = "transparency",
        Imprint = "imprint",
        ClosureNotice = "closure-notice",
        /// Between the lead agency and an agency.
        Participation = "participation-agreement",
    }
}

impl PolicyKind {
    /// Whether people accept it before they post, unless who publishes it says otherwise.
    pub fn demands_by_default(self) -> bool {
        matches!(self, Self::Rules | Self::SocialMedia)
    }
}

text_enum! {
    /// Whose law the variable `law` names.
    Law {
        EuropeanUnion = "eu",
        Netherlands = "nl",
        NewZealand = "nz",
        UnitedKingdom = "uk",
        /// Of any other country: no law is named.
        Other = "other",
    }
}

/// What held together: a version of the lead agency's text and one of the agency's own, each 0
/// where there was none. Written `3.2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Edition {
    pub baseline: i32,
    pub addition: i32,
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.baseline, self.addition)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an edition is two numbers, such as `3.2`")]
pub struct NoEdition;

impl FromStr for Edition {
    type Err = NoEdition;

    fn from_str(text: &str) -> Result<Self, NoEdition> {
        let number = |part: &str| match part.parse::<i32>() {
            // One way of writing each, so that an address is one too.
            Ok(number) if number >= 0 && number.to_string() == part => Ok(number),
            _ => Err(NoEdition),
        };
        let (baseline, addition) = text.split_once('.').ok_or(NoEdition)?;
        Ok(Self { baseline: number(baseline)?, addition: number(addition)? })
    }
}

impl Serialize for Edition {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_written_and_read_in_one_way() {
        let edition = Edition { baseline: 3, addition: 0 };
        assert_eq!(edition.to_string().parse(), Ok(edition));
        for bad in ["", "3", "3.", ".0", "03.0", "3.+1", "-1.0", "3.0.1", "99999999999.0"] {
            assert!(bad.parse::<Edition>().is_err(), "{bad}");
        }
    }
}
