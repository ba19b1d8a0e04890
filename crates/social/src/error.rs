//! What a use case can answer instead of a result.

use belfry_model::UsedUp;
use chrono::TimeDelta;

/// What was asked for can't be done as it was asked. The words are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("Validation failed: Text can't be blank")]
    Blank,
    #[error("Validation failed: Text character limit of {0} exceeded")]
    TooLong(usize),
    #[error("Validation failed: at most {0} attachments fit on a post")]
    TooManyAttachments(usize),
    #[error("Validation failed: describe each picture in words; this agency or its platform requires it")]
    Undescribed,
    #[error("Validation failed: an attachment is missing, or belongs to another post")]
    Attachment,
    #[error("Validation failed: the replied-to post does not exist")]
    Parent,
    #[error("This post can't be boosted: it isn't public")]
    NotOpen,
    #[error("This account can't follow itself")]
    OwnAccount,
    #[error("Validation failed: the name is longer than {0} characters")]
    NameTooLong(usize),
    #[error("Validation failed: the note is longer than {0} characters")]
    NoteTooLong(usize),
    #[error("Validation failed: at most {0} profile fields of {1} characters each")]
    Fields(usize, usize),
    #[error("Validation failed: the description is longer than {0} characters")]
    DescriptionTooLong(usize),
    #[error("Validation failed: the focus is outside -1 to 1")]
    Focus,
    #[error("Validation failed: the file is larger than {0} bytes")]
    FileTooLarge(usize),
    #[error("Validation failed: the image has more than {0} pixels")]
    TooManyPixels(u64),
    #[error("Validation failed: this kind of file isn't supported; send a JPEG, PNG, GIF or WebP image")]
    MediaType,
    #[error("Validation failed: the image is damaged")]
    DamagedImage,
}

/// What was asked for isn't for this tenant, or not for this person. The words are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("You may not post for this agency; ask the people who look after its staff")]
    Post,
    #[error("This agency may not send urgent posts; its lead agency can permit it")]
    UrgentTenant,
    #[error("Urgent posts are for editors and administrators of the agency")]
    UrgentRole,
    /// What a person has to accept first, and where.
    #[error("Before you post, read and accept what your agency asks of you ({policies}) at {at}")]
    Policies { policies: String, at: String },
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Also what isn't for the asker, or another tenant's: that it exists is already too much.
    #[error("Record not found")]
    NotFound,
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// More urgent posts than the tenant may send in an hour.
    #[error("Too many urgent posts")]
    TooManyUrgent { retry_after: TimeDelta },
    /// The agency's plan has no room for it; with how long it takes until there is again.
    #[error("{used_up}")]
    UsedUp { used_up: UsedUp, opens_in: Option<TimeDelta> },
    #[error("the database can't do it")]
    Storage(#[source] belfry_storage::Error),
    #[error(transparent)]
    Tenancy(#[from] belfry_tenancy::Error),
    #[error("the media store can't do it")]
    Store(#[from] object_store::Error),
    /// A background task panicked or was cancelled at shutdown.
    #[error("a background task ended early")]
    Task(#[from] tokio::task::JoinError),
    #[error("{0} in the database can't be read")]
    Corrupt(&'static str),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<belfry_storage::Error> for Error {
    fn from(error: belfry_storage::Error) -> Self {
        match error {
            belfry_storage::Error::UsedUp(used_up) => Self::UsedUp { used_up, opens_in: None },
            other => Self::Storage(other),
        }
    }
}
