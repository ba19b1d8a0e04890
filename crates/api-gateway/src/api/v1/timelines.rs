//! `/api/v1/timelines`.

pub mod home;
pub mod public;
pub mod tag;

use belfry_storage::Reach;

/// `local` and `remote` of the parameters; both are as good as neither.
fn reach(local: bool, remote: bool) -> Reach {
    match (local, remote) {
        (true, false) => Reach::Local,
        (false, true) => Reach::Remote,
        (true, true) | (false, false) => Reach::All,
    }
}
