//! Letters to people. A use case queues one in its own transaction; a worker sends it.
//!
//! ```text
//! mail::queue(tenancy, &tx, &email, language, &Message::new("mail-…").with("agency", name)).await?
//! ```
//!
//! Invariant: a letter is sealed with the platform key from the moment it is written until a server
//! takes it, and nothing in it can become a header: names lose their line ends here.

mod carrier;
mod mailbox;

use std::borrow::Cow;

use belfry_model::{COMMONS, TenantId};
use belfry_storage::{AdminDb, NewMail, TenantTx};
use fluent_bundle::FluentArgs;
use serde::{Deserialize, Serialize};

pub use carrier::{Carrier, CarrierError, Round};
pub use mailbox::{Received, received};

use crate::token::Fresh;
use crate::{EmailAddress, Error, Result, Tenancy, texts};

/// Longer subjects are cut: a name may stand in one.
const LONGEST_SUBJECT: usize = 150;

/// What a letter says: the texts `<key>-subject` and `<key>-body` of `locales/*/mail.ftl`.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    key: &'static str,
    args: Vec<(&'static str, Cow<'a, str>)>,
}

impl<'a> Message<'a> {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// A name, an address, a date: one line, whatever it held.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        let value = value.into();
        let value = if value.contains(char::is_control) { Cow::Owned(one_line(&value)) } else { value };
        self.args.push((name, value));
        self
    }

    /// What somebody wrote, with its lines: for the body alone.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, value: &str) -> Self {
        let lines = value.lines().map(one_line).collect::<Vec<_>>().join("\n");
        self.args.push((name, lines.into()));
        self
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim_end().to_owned()
}

/// A letter as it is sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Letter {
    to: EmailAddress,
    subject: String,
    body: String,
}

/// Queues a letter in the transaction of what it tells, on behalf of that transaction's tenant.
/// `language` is BCP 47.
pub async fn queue(
    tenancy: &Tenancy,
    tx: &TenantTx,
    to: &EmailAddress,
    language: &str,
    message: &Message<'_>,
) -> Result<()> {
    let mail = write(tenancy, tx.tenant(), to, language, message)?;
    Ok(tx.mail_queue(&mail).await?)
}

/// The same for an act of governance that has no transaction of its own; those of storage that
/// have one take what [`write`] gives.
pub async fn queue_for_platform(
    tenancy: &Tenancy,
    admin: &AdminDb,
    to: &EmailAddress,
    language: &str,
    message: &Message<'_>,
) -> Result<()> {
    let mail = write(tenancy, COMMONS, to, language, message)?;
    Ok(admin.mail_queue(&mail).await?)
}

/// A letter that is sealed and ready to be queued. `tenant` is on whose behalf;
/// [`COMMONS`] is the platform itself.
pub fn write(
    tenancy: &Tenancy,
    tenant: TenantId,
    to: &EmailAddress,
    language: &str,
    message: &Message<'_>,
) -> Result<NewMail> {
    let host = tenancy.names.shared_domain.to_string();
    let mut args = FluentArgs::new();
    args.set("host", host);
    for (name, value) in &message.args {
        args.set(*name, value.as_ref());
    }
    let subject = one_line(&texts::text(language, &format!("{}-subject", message.key), &args)?);
    let body = texts::text(language, &format!("{}-body", message.key), &args)?;
    let foot = texts::text(language, "mail-foot", &args)?;
    let letter = Letter {
        to: to.clone(),
        subject: subject.chars().take(LONGEST_SUBJECT).collect(),
        body: format!("{}\n\n-- \n{foot}\n", body.trim_end()),
    };
    let plain =
        serde_json::to_vec(&letter).map_err(|error| Error::Inconsistent(format!("a letter: {error}")))?;
    // Random, and known to whoever gets the letter.
    let reference = Fresh::token()?.secret.expose().to_owned();
    let sealed = tenancy.keys.letter_seal(&reference, &plain)?;
    Ok(NewMail { tenant, reference, sealed, at: tenancy.clock.now() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_no_line_end_and_a_text_keeps_its_lines() {
        let message = Message::new("mail-x")
            .with("name", "Anna\r\nBcc: all@moe.example")
            .with_text("text", "a\r\nb\u{7}c\n");
        let args: Vec<&str> = message.args.iter().map(|(_, value)| value.as_ref()).collect();
        assert_eq!(args, ["Anna  Bcc: all@moe.example", "a\nb c"]);
    }
}
