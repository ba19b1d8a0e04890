//! Lists of servers, as Mastodon exports them or one domain a line: read, looked at, then applied.
//!
//! Invariant: a list tightens and never loosens what stands already; what can't be read is said
//! line by line, and nothing applies before somebody has seen what it comes to.

mod export;
mod read;

use std::collections::HashMap;

use belfry_storage::{AdminDb, KeptRule, WaitingImport};

use super::domains::{self, Hit};
use crate::{By, Result, Tenancy};

pub use export::export;
pub use read::{ImportError, LONGEST_BODY, MOST_LINES, Refused};

/// Lists that wait for a decision; older ones are forgotten.
const MOST_WAITING: u32 = 20;

/// What a list comes to, as things are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub new: Vec<KeptRule>,
    /// What stands, and what it becomes.
    pub changed: Vec<(KeptRule, KeptRule)>,
    /// Stand already, as they are or stricter.
    pub same: usize,
    pub refused: Vec<Refused>,
    /// By what is new or changed and suspends or limits.
    pub hit: Hit,
}

/// Keeps a list for the decision. Its id.
pub async fn receive(
    tenancy: &Tenancy,
    admin: &AdminDb,
    source: &str,
    body: &str,
) -> Result<i64, ImportError> {
    // Whole lists that can't be read are refused at once.
    read::rules(tenancy, body, source)?;
    Ok(admin.domain_import_insert(source, body, MOST_WAITING, tenancy.clock.now()).await?)
}

/// What a list that waits comes to. `None` if it waits no longer.
pub async fn preview(
    tenancy: &Tenancy,
    admin: &AdminDb,
    id: i64,
) -> Result<Option<(WaitingImport, Preview)>, ImportError> {
    let Some(waiting) = admin.domain_import_fetch(id).await? else { return Ok(None) };
    let mut preview = compare(tenancy, admin, &waiting.body, &waiting.source).await?;
    let hits: Vec<String> = preview.rules().map(|rule| rule.domain.clone()).collect();
    preview.hit = domains::hit(tenancy, &hits).await?;
    Ok(Some((waiting, preview)))
}

/// Applies a list that waits. How many rules it made or changed; `None` if it waits no longer.
pub async fn apply(
    tenancy: &Tenancy,
    admin: &AdminDb,
    id: i64,
    by: &By,
) -> Result<Option<usize>, ImportError> {
    let Some(waiting) = admin.domain_import_fetch(id).await? else { return Ok(None) };
    let preview = compare(tenancy, admin, &waiting.body, &waiting.source).await?;
    let rules: Vec<KeptRule> = preview.rules().cloned().collect();
    let applied = admin.domain_import_apply(id, &rules, tenancy.clock.now(), by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(applied.then_some(rules.len()))
}

/// Puts a list away unapplied. `false` if it waits no longer.
pub async fn discard(tenancy: &Tenancy, admin: &AdminDb, id: i64, by: &By) -> Result<bool> {
    Ok(admin.domain_import_discard(id, tenancy.clock.now(), by.actor()).await?)
}

async fn compare(
    tenancy: &Tenancy,
    admin: &AdminDb,
    body: &str,
    source: &str,
) -> Result<Preview, ImportError> {
    let (rules, refused) = read::rules(tenancy, body, source)?;
    let standing = admin.domain_rule_list().await?;
    let mut standing: HashMap<String, KeptRule> =
        standing.into_iter().map(|rule| (rule.domain.clone(), rule)).collect();
    let mut preview = Preview { new: Vec::new(), changed: Vec::new(), same: 0, refused, hit: Hit::default() };
    for rule in rules {
        match standing.remove(&rule.domain) {
            None => preview.new.push(rule),
            Some(stands) => match tightened(&stands, &rule) {
                Some(tighter) => preview.changed.push((stands, tighter)),
                None => preview.same += 1,
            },
        }
    }
    Ok(preview)
}

/// The stricter of both in everything; `None` if that is what stands.
fn tightened(stands: &KeptRule, wanted: &KeptRule) -> Option<KeptRule> {
    let tighter = KeptRule {
        severity: stands.severity.max(wanted.severity),
        reject_media: stands.reject_media || wanted.reject_media,
        reject_reports: stands.reject_reports || wanted.reject_reports,
        ..stands.clone()
    };
    if tighter == *stands {
        return None;
    }
    let comment =
        if wanted.public_comment.is_empty() { &stands.public_comment } else { &wanted.public_comment };
    Some(KeptRule { public_comment: comment.clone(), source: wanted.source.clone(), ..tighter })
}

impl Preview {
    /// What applying it would write.
    pub fn rules(&self) -> impl Iterator<Item = &KeptRule> {
        self.new.iter().chain(self.changed.iter().map(|(_, becomes)| becomes))
    }
}
