//! Handles that nobody is given: no namespace, no official handle, no account.

use belfry_storage::AdminDb;

use crate::{By, Error, Result, Tenancy, error};

/// Longer patterns than handles with a star at each end match nothing.
const LONGEST: usize = 32;
/// More than these are no list that anybody looks after.
const MOST: usize = 1000;

#[derive(Debug, thiserror::Error)]
pub enum PatternError {
    #[error(
        "`{0}` is no pattern: use letters a-z, digits, `_`, `.`, `-`, and `*` for any characters, not `*` alone"
    )]
    Malformed(String),
    #[error("no more than {MOST} patterns can be reserved")]
    TooMany,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(PatternError: Error, belfry_storage::Error);

/// Reserves what fits the pattern, from now on. `false` if it was reserved already.
pub async fn reserve(
    tenancy: &Tenancy,
    admin: &AdminDb,
    pattern: &str,
    by: &By,
) -> Result<bool, PatternError> {
    let pattern = pattern.trim().to_ascii_lowercase();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-*".contains(c);
    let says_something = pattern.chars().any(|c| c.is_ascii_alphanumeric());
    if pattern.len() > LONGEST || !pattern.chars().all(fits) || !says_something {
        return Err(PatternError::Malformed(pattern));
    }
    if admin.reserved_list().await?.len() >= MOST {
        return Err(PatternError::TooMany);
    }
    let added = admin.reserved_add(&pattern, by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(added)
}

/// `false` if it was not reserved.
pub async fn release(tenancy: &Tenancy, admin: &AdminDb, pattern: &str, by: &By) -> Result<bool> {
    let removed = admin.reserved_remove(&pattern.trim().to_ascii_lowercase(), by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(removed)
}

/// Whether a handle fits a pattern, in which `*` stands for any characters. Both in lower case.
pub(crate) fn fits(pattern: &str, handle: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = handle.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_characters_and_nothing_else_does() {
        for (pattern, handle) in [
            ("*-police", "city-police"),
            ("*police*", "police"),
            ("*police*", "the-police-x"),
            ("police", "police"),
            ("a*b*c", "axxbyyc"),
            ("a*a", "aba"),
        ] {
            assert!(fits(pattern, handle), "{pattern} {handle}");
        }
        for (pattern, handle) in [
            ("*-police", "police"),
            ("police", "police-x"),
            ("police", "xpolice"),
            ("a*b*c", "acb"),
            ("a*a", "a"),
            ("p.lice", "police"),
        ] {
            assert!(!fits(pattern, handle), "{pattern} {handle}");
        }
    }
}
