//! What surrounds a payload on its way: `{"v":1,"kind":"deliver","id":"…","payload":{…}}`.
//!
//! Invariant: a version is never given another meaning. A worker that meets one that it does
//! not know sets the job aside, where a newer worker finds it.

use belfry_model::{DeliverV1, InboundV1};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Error, Result};

const VERSION: u32 = 1;

/// What a job asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Payload {
    Deliver(DeliverV1),
    Inbound(InboundV1),
}

/// A payload on its way out.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope<'a> {
    v: u32,
    pub(crate) id: String,
    #[serde(flatten)]
    payload: &'a Payload,
}

impl<'a> Envelope<'a> {
    pub(crate) fn new(payload: &'a Payload) -> Self {
        Self { v: VERSION, id: format!("{:016x}", rand::random::<u64>()), payload }
    }

    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(Error::Encode)
    }

    pub(crate) fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::Encode)
    }
}

/// A payload that has arrived.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) id: String,
    pub(crate) payload: Payload,
}

/// Why a job is set aside instead of handed out. Never shows the job's content.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Poison {
    #[error("it is not an envelope")]
    Malformed,
    #[error("its kind `{kind}`, version {version}, is unknown to this worker")]
    Unknown { kind: String, version: u32 },
    #[error("it was handed out {0} times and never finished")]
    Exhausted(u32),
}

#[derive(Deserialize)]
struct Closed {
    v: u32,
    kind: String,
    id: String,
    payload: Value,
}

/// `redeliveries` is how often the job was handed out before.
pub(crate) fn open(body: &[u8], redeliveries: u32, max_redeliveries: u32) -> Result<Opened, Poison> {
    let closed: Closed = serde_json::from_slice(body).map_err(|_| Poison::Malformed)?;
    if redeliveries > max_redeliveries {
        return Err(Poison::Exhausted(redeliveries));
    }
    let payload = match (closed.v, closed.kind.as_str()) {
        (1, "deliver") => serde_json::from_value(closed.payload).map(Payload::Deliver),
        (1, "inbound") => serde_json::from_value(closed.payload).map(Payload::Inbound),
        (version, _) => return Err(Poison::Unknown { kind: closed.kind, version }),
    };
    Ok(Opened { id: closed.id, payload: payload.map_err(|_| Poison::Malformed)? })
}

#[cfg(test)]
mod tests {
    use belfry_model::{ActivityId, DeliverTo, Lane, TenantId};

    use super::*;

    fn payload() -> Payload {
        Payload::Deliver(DeliverV1 {
            tenant: TenantId(7),
            activity: ActivityId(8),
            lane: Lane::Normal,
            inboxes: vec![DeliverTo { attempts: 2, ..DeliverTo::first("https://a.example/inbox") }],
            parked: true,
            probe: false,
            again: false,
        })
    }

    #[test]
    fn the_envelope_is_what_workers_of_other_releases_expect() {
        let mut envelope: Value =
            serde_json::from_slice(&Envelope::new(&payload()).bytes().unwrap()).unwrap();
        envelope["id"] = "x".into();
        assert_eq!(
            envelope,
            serde_json::json!({
                "v": 1, "kind": "deliver", "id": "x",
                "payload": {
                    "tenant": 7, "activity": 8, "lane": "normal",
                    "inboxes": [{"inbox": "https://a.example/inbox", "attempts": 2}],
                    "parked": true,
                },
            })
        );
    }

    #[test]
    fn what_was_closed_opens_again() {
        let bytes = Envelope::new(&payload()).bytes().unwrap();
        assert_eq!(open(&bytes, 0, 3).unwrap().payload, payload());
        assert_eq!(open(&bytes, 3, 3).unwrap().payload, payload());
        assert!(matches!(open(&bytes, 4, 3), Err(Poison::Exhausted(4))));
    }

    #[test]
    fn an_unknown_version_is_set_aside_and_no_content_is_told() {
        let body = br#"{"v":2,"kind":"deliver","id":"x","payload":{"secret":1}}"#;
        let poison = open(body, 0, 3).unwrap_err();
        assert_eq!(poison.to_string(), "its kind `deliver`, version 2, is unknown to this worker");
        assert!(matches!(open(b"not json", 0, 3), Err(Poison::Malformed)));
    }
}
