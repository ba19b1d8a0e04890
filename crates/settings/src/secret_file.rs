//! A secret may stand in a file of its own, as orchestrators mount it.

use std::path::PathBuf;

use belfry_model::Secret;

use crate::{Error, Result};

/// Fills `value` from `file` where one is named; both at once is a mistake worth stopping for.
pub(crate) fn fill(key: &'static str, value: &mut Option<Secret>, file: Option<&PathBuf>) -> Result<()> {
    let Some(path) = file else { return Ok(()) };
    if value.is_some() {
        return Err(Error::SetTwice { key });
    }
    *value = Some(read(key, path)?);
    Ok(())
}

/// Reads a secret without the line end that editors add.
pub(crate) fn read(key: &'static str, path: &PathBuf) -> Result<Secret> {
    std::fs::read_to_string(path)
        .map(|text| Secret::new(text.trim_end()))
        .map_err(|source| Error::SecretFile { key, path: path.clone(), source })
}
