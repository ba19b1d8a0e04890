//! What can go wrong between us and Postgres.

use belfry_model::UsedUp;
use sea_orm::{DbErr, RuntimeErr};

/// Not found is not an error: repositories answer `Option`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique constraint says that it exists already.
    #[error("this exists already ({constraint})")]
    Conflict { constraint: String },
    /// The tenant's plan has no room for it; nothing was written.
    #[error(transparent)]
    UsedUp(#[from] UsedUp),
    /// The database can't be reached, or refuses us.
    #[error("the database as {role} can't be reached: check that it runs and that `{setting}` is right")]
    Unreachable { role: &'static str, setting: &'static str, source: sea_orm::DbErr },
    /// A row holds what this version can't read.
    #[error("a row of `{table}` holds what can't be read: {reason}")]
    Corrupt { table: &'static str, reason: String },
    #[error("the database refused a statement")]
    Database(#[source] sea_orm::DbErr),
    #[error("the database's notifications can't be read")]
    Listen(#[source] sqlx::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(constraint)) => Self::Conflict { constraint },
            _ => used_up(&error).map_or(Self::Database(error), Self::UsedUp),
        }
    }
}

/// What the trigger that counts a tenant's rows refuses: its own code, and `measure limit`.
fn used_up(error: &DbErr) -> Option<UsedUp> {
    const USED_UP: &str = "BQ001";
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    let error = error.as_database_error().filter(|error| error.code().as_deref() == Some(USED_UP))?;
    let (measure, limit) = error.message().split_once(' ')?;
    Some(UsedUp { measure: measure.parse().ok()?, limit: limit.parse().ok()? })
}

impl Error {
    /// Trying again later may help: the database was away, or a transaction lost a race.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Conflict { .. } | Self::UsedUp(_) | Self::Corrupt { .. } => false,
            Self::Unreachable { .. } | Self::Database(_) | Self::Listen(_) => true,
        }
    }
}
