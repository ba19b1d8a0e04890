//! How far a server elsewhere is kept away.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;

text_enum! {
    /// What a rule about a domain does to it and to all below it. The stricter is the greater.
    Severity {
        /// Nothing by itself: the rule only refuses media, or reports.
        None = "none",
        /// Its public posts are seen by those who follow, and strangers there notify nobody.
        Limit = "limit",
        /// Nothing goes in or out, and what is stored is not shown.
        Suspend = "suspend",
    }
}
