//! The words that every other crate shares: newtype ids, tenants, roles, visibility, the
//! clock and versioned job payloads.
//!
//! Invariant: no I/O, no async, and no knowledge of any protocol.

mod admission;
pub mod clock;
pub mod host;
pub mod id;
pub mod job;
pub mod month;
pub mod names;
pub mod permission;
pub mod policy;
pub mod role;
pub mod secret;
mod severity;
pub mod slug;
pub mod tenant;
pub mod usage;
pub mod username;
pub mod visibility;

pub use admission::{ProofState, RequestState};
pub use clock::{Clock, SystemClock};
pub use host::Host;
pub use id::{ActivityId, ActorId, COMMONS, Id, MediaId, Ref, StaffId, StatusId, TenantId};
pub use job::{DeliverTo, DeliverV1, InboundV1, Lane, SynchroniseV1};
pub use month::{Month, NoMonth};
pub use names::{Origin, PlatformNames};
pub use permission::{Permission, Permissions};
pub use policy::{Edition, Law, NoEdition, PolicyKind};
pub use role::{AccountKind, Role};
pub use secret::Secret;
pub use severity::Severity;
pub use slug::Slug;
pub use tenant::{BodyType, Phase, Tenant, TenantScope, TenantState};
pub use usage::{Measure, Quota, Usage, UsedUp};
pub use username::Username;
pub use visibility::Visibility;
