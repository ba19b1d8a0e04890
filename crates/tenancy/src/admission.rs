//! Admission: a body asks for a namespace, the lead agency decides, and the namespace is there.
//!
//! ```text
//! waiting ⇄ asked        the lead agency asks back, the applicant answers
//!    └──→ refused        with a reason
//!    └──→ approving → approved      by agreement; the namespace is made in between, resumably
//! ```
//!
//! Invariant: whoever asks is nobody yet. They reach the one request whose number and code they
//! have, the code only ever comes by mail, and a wrong one is answered as a wrong number is.

mod agreement;
mod applicant;
mod application;
mod desk;

pub use agreement::draft as agreement_draft;
pub use applicant::{Key, OpenError, Seen, SeenMessage, answer, check, file, open};
pub use application::{Application, Raw, Unfit};
pub use desk::{
    Approval, Case, DecideError, Due, approve, ask, cases, check as check_again, complete, counts, due, find,
    of_tenant, refuse,
};

use std::net::IpAddr;
use std::time::Duration;

use crate::sign_in::{digest, network};
use crate::{Result, Tenancy};

const WINDOW: Duration = Duration::from_mins(15);

/// Whether this network address has done this too often within a quarter of an hour.
async fn too_often(tenancy: &Tenancy, what: &str, address: IpAddr, most: u64) -> Result<bool> {
    let here = digest(&network(address));
    Ok(tenancy.cache.count(&format!("admission:{what}:{here}"), WINDOW).await? > most)
}
