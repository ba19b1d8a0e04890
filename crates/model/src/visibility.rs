//! Who a post is for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;

text_enum! {
    /// One of four, never a fifth: clients crash on it.
    Visibility {
        Public = "public",
        Unlisted = "unlisted",
        /// Followers only.
        Private = "private",
        /// Mentioned people only.
        Direct = "direct",
    }
}

impl Visibility {
    /// May be read without signing in, and boosted.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Public | Self::Unlisted)
    }
}
