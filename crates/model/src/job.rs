//! What travels through the queue. Payloads are versioned: a worker of the previous release
//! still reads what the next one wrote.
//!
//! Invariant: an outbound job names rows and addresses, never keys, tokens or documents. An
//! inbound job carries the verified body, bounded by `federation.max_body_bytes`.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::tenant::text_enum;
use crate::{ActivityId, TenantId};

text_enum! {
    /// The priority of a delivery.
    Lane {
        Urgent = "urgent",
        Normal = "normal",
        Bulk = "bulk",
    }
}

/// Deliver one activity to a batch of inboxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverV1 {
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub lane: Lane,
    pub inboxes: Vec<DeliverTo>,
    /// Each of these inboxes has a row in `parked_delivery`, where its outcome is recorded.
    #[serde(default, skip_serializing_if = "is_false")]
    pub parked: bool,
    /// Tried although the host is down: to see whether it is back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub probe: bool,
    /// It may have been published before: looked up among what is settled before it is sent.
    #[serde(default, skip_serializing_if = "is_false")]
    pub again: bool,
}

impl DeliverV1 {
    /// Inboxes that are tried for the first time.
    pub fn first<I: Into<String>>(
        tenant: TenantId,
        activity: ActivityId,
        lane: Lane,
        inboxes: impl IntoIterator<Item = I>,
    ) -> Self {
        let inboxes = inboxes.into_iter().map(DeliverTo::first).collect();
        Self { tenant, activity, lane, inboxes, parked: false, probe: false, again: false }
    }
}

/// One inbox of a batch, with what is remembered of earlier attempts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverTo {
    pub inbox: String,
    /// Attempts made before this one.
    #[serde(default)]
    pub attempts: u32,
    /// When the first of them failed, in milliseconds since 1970; `None` before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since_ms: Option<i64>,
    /// Distinct days on which the inbox was missing (404), and the last of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missing_days: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_on: Option<NaiveDate>,
}

impl DeliverTo {
    /// An inbox that was never tried with this activity.
    pub fn first(inbox: impl Into<String>) -> Self {
        Self { inbox: inbox.into(), ..Self::default() }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// A signed `Collection-Synchronization` (FEP-8fcf) that came to an inbox on a tenant's own host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynchroniseV1 {
    pub tenant: TenantId,
    /// As it came; the gateway lets no more than 2 kB through.
    pub header: String,
}

/// Apply one activity that has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum InboundV1 {
    /// Over HTTP: the body as received, the actor whose key signed it (already checked to be
    /// the activity's actor), and when it came.
    Remote {
        actor: String,
        body: String,
        received_ms: i64,
        /// What the sender said of its followers here, under the same signature.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sync: Option<SynchroniseV1>,
    },
    /// From a neighbour on this platform, without HTTP: its activity row is read there.
    Neighbour { tenant: TenantId, activity: ActivityId },
}
