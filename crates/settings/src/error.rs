//! Errors that point at the key, the file or the variable to mend.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the settings can't be read: {0}")]
    Read(Box<figment::Error>),
    #[error("the settings file {path} does not exist; `belfry settings sample` prints one to start from")]
    NoFile { path: PathBuf },
    #[error("`{key}` can't be read from {path}: {source}")]
    SecretFile { key: &'static str, path: PathBuf, source: std::io::Error },
    #[error("`{key}` and `{key}_file` are both set; keep one of them")]
    SetTwice { key: &'static str },
    #[error("`{key}` is not set: {hint}")]
    Missing { key: &'static str, hint: &'static str },
    #[error("`{key}` is not valid: {reason}")]
    Invalid { key: &'static str, reason: String },
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<figment::Error> for Error {
    fn from(error: figment::Error) -> Self {
        Self::Read(Box::new(error))
    }
}
