//! How far a post has come, as the people of its agency see it: a bar, a sentence, and the servers
//! that don't have it with the reason in plain words.

use belfry_storage::{Ledger, Trouble, TroubleState, held_for_good};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::delivery_reason::Reason;
use crate::render::View;

/// The bar's own units from its left to its right end.
const WIDTH: u64 = 1000;
/// What is more than nothing is wide enough to be seen.
const NARROWEST: u64 = 6;

/// The bar and its sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// So many have been come to; all of them once `walked`.
    pub servers: u64,
    pub taken: u64,
    /// Not among them: they may not be sent it.
    pub barred: u64,
    pub walked: bool,
    pub complete: bool,
    /// What is not zero, from left to right.
    pub parts: Vec<BarPart>,
}

#[derive(Debug, Clone, Serialize)]
pub struct BarPart {
    /// `taken`, `under-way`, `waiting`, `refused`, `gone` or `withdrawn`.
    pub kind: &'static str,
    pub count: u64,
    pub x: u64,
    pub width: u64,
}

/// A bar with the servers that don't have it.
#[derive(Debug, Clone, Serialize)]
pub struct DeliveryPart {
    pub bar: Bar,
    /// It was long ago, and nothing of it is recorded any more.
    pub forgotten: bool,
    pub hosts: Vec<DeliveryHost>,
    pub hosts_left_off: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct DeliveryHost {
    pub host: String,
    pub waits: bool,
    pub reason: Reason,
    pub attempts: u32,
    /// When it is tried next, or when it ended; `None` for what the operator holds.
    pub at: Option<DateTime<Utc>>,
    /// Sent as soon as its host is back.
    pub with_host: bool,
}

impl Bar {
    pub fn new(ledger: &Ledger) -> Self {
        let counts = [
            ("taken", ledger.taken),
            ("under-way", ledger.under_way()),
            ("waiting", ledger.waiting()),
            ("refused", ledger.refused),
            ("gone", ledger.gone),
            ("withdrawn", ledger.withdrawn),
        ];
        Self {
            servers: ledger.published,
            taken: ledger.taken,
            barred: ledger.barred,
            walked: ledger.walked,
            complete: ledger.is_complete(),
            parts: parts(&counts),
        }
    }
}

/// Side by side and never wider than the bar: what a narrow part is given is taken from the widest.
fn parts(counts: &[(&'static str, u64)]) -> Vec<BarPart> {
    let total = counts.iter().map(|(_, count)| count).sum::<u64>().max(1);
    let mut parts: Vec<BarPart> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            let width = (count.saturating_mul(WIDTH) / total).max(NARROWEST);
            BarPart { kind, count: *count, x: 0, width }
        })
        .collect();
    let all: u64 = parts.iter().map(|part| part.width).sum();
    if let Some(widest) = parts.iter_mut().max_by_key(|part| part.width) {
        widest.width = (widest.width + WIDTH).saturating_sub(all);
    }
    let mut x = 0;
    for part in &mut parts {
        part.x = x;
        x += part.width;
    }
    parts
}

impl DeliveryPart {
    pub fn new(ledger: &Ledger, forgotten: bool, troubles: Vec<Trouble>, hosts_left_off: u64) -> Self {
        let hosts = troubles.into_iter().map(DeliveryHost::from).collect();
        Self { bar: Bar::new(ledger), forgotten, hosts, hosts_left_off }
    }
}

impl From<Trouble> for DeliveryHost {
    fn from(trouble: Trouble) -> Self {
        let (waits, with_host, at) = match trouble.state {
            TroubleState::Waiting { due_at, with_host } => {
                (true, with_host, Some(due_at).filter(|at| *at < held_for_good()))
            }
            TroubleState::Refused { died_at } => (false, false, Some(died_at)),
        };
        let reason = Reason::of(&trouble.reason);
        Self { host: trouble.host, waits, reason, attempts: trouble.attempts, at, with_host }
    }
}

/// By itself, for the script that puts it into the page where it stands already.
impl View for DeliveryPart {
    const TEMPLATE: &'static str = "parts/delivery_part.html";
}

#[cfg(test)]
impl DeliveryPart {
    pub(crate) fn samples() -> Vec<Self> {
        let now = DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time");
        let ledger = Ledger {
            published: 1310,
            settled: 1300,
            taken: 1180,
            refused: 10,
            gone: 9,
            withdrawn: 1,
            barred: 4,
            walked: false,
        };
        let waiting = |due_at, with_host| TroubleState::Waiting { due_at, with_host };
        let states = [
            waiting(now, false),
            waiting(now, true),
            waiting(held_for_good(), false),
            TroubleState::Refused { died_at: now },
        ];
        let troubles = Reason::samples()
            .into_iter()
            .zip(states.into_iter().cycle())
            .zip(0..)
            .map(|((reason, state), attempts)| Trouble {
                host: "mastodon.example".to_owned(),
                inbox: "https://mastodon.example/inbox".to_owned(),
                reason: reason.to_owned(),
                attempts,
                state,
            })
            .collect();
        let everywhere = Ledger { published: 1, settled: 1, taken: 1, walked: true, ..Ledger::default() };
        let nobody = Ledger { walked: true, ..Ledger::default() };
        vec![
            Self::new(&ledger, false, troubles, 3),
            Self::new(&everywhere, false, Vec::new(), 0),
            Self::new(&nobody, false, Vec::new(), 0),
            Self::new(&nobody, true, Vec::new(), 0),
            Self::new(&Ledger::default(), false, Vec::new(), 0),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_the_bar_and_the_smallest_is_seen() {
        for counts in [[1_000_000, 1, 1, 1], [0, 0, 3, 0], [1, 1, 1, 0], [7, 0, 0, 93]] {
            let kinds = ["taken", "under-way", "waiting", "refused"];
            let parts = parts(&kinds.into_iter().zip(counts).collect::<Vec<_>>());
            assert_eq!(parts.iter().map(|part| part.width).sum::<u64>(), WIDTH, "{counts:?}");
            assert!(parts.iter().all(|part| part.width >= NARROWEST), "{parts:?}");
            assert_eq!(parts.len(), counts.iter().filter(|count| **count > 0).count());
        }
        assert!(parts(&[("taken", 0)]).is_empty());
    }
}
