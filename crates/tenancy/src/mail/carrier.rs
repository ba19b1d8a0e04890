//! Carries letters to the mail server. Any number of workers may: each takes what no other has.
//!
//! Invariant: a letter's row goes after the server has said that it has it. A crash in between
//! sends it once more, under the same Message-ID.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use belfry_model::{Clock, PlatformNames};
use belfry_settings::MailSettings;
use belfry_storage::{WorkerDb, row};
use chrono::TimeDelta;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::{Letter, mailbox};
use crate::{Keys, Result};

/// Answers to one letter that no later try would change: no such mailbox, and its kin (RFC 5321 §4.2.3).
const FOR_GOOD: &[&str] = &["550", "551", "553", "556"];
/// A reason is kept for people to read; servers can be long-winded.
const LONGEST_REASON: usize = 200;

/// Settings that no mail can be sent with.
#[derive(Debug, thiserror::Error)]
pub enum CarrierError {
    #[error("`mail.url` is no address of a mail server")]
    Url(#[source] lettre::transport::smtp::Error),
    #[error("`mail.from` is no e-mail address")]
    From(#[source] lettre::address::AddressError),
    #[error("the mail server doesn't answer as one")]
    Server(#[source] lettre::transport::smtp::Error),
    #[error("the mail server refuses a connection")]
    Refused,
}

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    pub sent: u64,
    /// Laid into the platform's own mailbox.
    pub kept: u64,
    /// To be tried again.
    pub later: u64,
    /// Given up.
    pub failed: u64,
}

/// Cheap to clone; clones share connections.
#[derive(Debug, Clone)]
pub struct Carrier {
    machinery: WorkerDb,
    keys: Arc<Keys>,
    clock: Arc<dyn Clock>,
    settings: MailSettings,
    smtp: Smtp,
}

#[derive(Debug, Clone)]
struct Smtp {
    from: Mailbox,
    /// The shared domain without its port.
    host: String,
    /// `None` where mail stays in the platform's own mailbox.
    server: Option<AsyncSmtpTransport<Tokio1Executor>>,
}

enum Failure {
    /// The letter itself is refused.
    ForGood(String),
    /// The server is away, or asks to come again.
    ForNow(String),
}

impl Carrier {
    pub fn new(
        machinery: WorkerDb,
        keys: Arc<Keys>,
        clock: Arc<dyn Clock>,
        names: &PlatformNames,
        settings: &MailSettings,
    ) -> Result<Self, CarrierError> {
        Ok(Self { machinery, keys, clock, settings: settings.clone(), smtp: Smtp::new(names, settings)? })
    }

    /// Asks the server whether it is there. `false` where none is set.
    pub async fn probe(names: &PlatformNames, settings: &MailSettings) -> Result<bool, CarrierError> {
        match Smtp::new(names, settings)?.server {
            None => Ok(false),
            Some(server) => match server.test_connection().await {
                Ok(true) => Ok(true),
                Ok(false) => Err(CarrierError::Refused),
                Err(error) => Err(CarrierError::Server(error)),
            },
        }
    }

    /// Sends what is due, or as much of it as the server takes.
    pub async fn round(&self) -> Result<Round> {
        let mut round = Round::default();
        let Some(server) = &self.smtp.server else {
            round.kept = self.machinery.mail_keep(self.settings.mailbox_letters).await?;
            return Ok(round);
        };
        loop {
            let now = self.clock.now();
            // Past the longest that a whole batch can take.
            let lease = self.settings.timeout_seconds.saturating_mul(u64::from(self.settings.batch) + 2);
            let batch =
                self.machinery.mail_take(now, now + seconds(lease), self.settings.batch.max(1)).await?;
            if batch.is_empty() {
                return Ok(round);
            }
            for row in batch {
                self.carry(server, &row, &mut round).await?;
            }
        }
    }

    /// Forgets letters that were given up long ago, or that an earlier setting kept.
    pub async fn forget(&self) -> Result<u64> {
        if self.smtp.server.is_none() {
            return Ok(0);
        }
        let before = self.clock.now() - TimeDelta::days(self.settings.failed_days.into());
        Ok(self.machinery.mail_expire(before).await?)
    }

    async fn carry(
        &self,
        server: &AsyncSmtpTransport<Tokio1Executor>,
        row: &row::Mail,
        round: &mut Round,
    ) -> Result<()> {
        let outcome = match mailbox::opened(&self.keys, row) {
            Some(letter) => self.send(server, row, letter).await,
            None => Err(Failure::ForGood("it was sealed with another platform key".into())),
        };
        let tries = row.attempts.unsigned_abs().saturating_add(1);
        match outcome {
            Ok(()) => {
                self.machinery.mail_sent(row.id).await?;
                round.sent += 1;
            }
            Err(Failure::ForNow(reason)) if tries < self.settings.tries => {
                let due = self.clock.now() + self.wait(tries);
                self.machinery.mail_later(row.id, due, &reason).await?;
                tracing::info!(mail = row.id, tries, reason, "a letter waits to be sent again");
                round.later += 1;
            }
            Err(Failure::ForNow(reason) | Failure::ForGood(reason)) => {
                self.machinery.mail_failed(row.id, &reason).await?;
                tracing::warn!(mail = row.id, tries, reason, "a letter was given up");
                round.failed += 1;
            }
        }
        Ok(())
    }

    async fn send(
        &self,
        server: &AsyncSmtpTransport<Tokio1Executor>,
        row: &row::Mail,
        letter: Letter,
    ) -> Result<(), Failure> {
        let message = self.smtp.message(row, letter).map_err(Failure::ForGood)?;
        let limit = Duration::from_secs(self.settings.timeout_seconds.max(1));
        match tokio::time::timeout(limit, server.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => {
                // The server's own words name the receiver: they are kept nowhere.
                let Some(code) = error.status().map(|code| code.to_string()) else {
                    return Err(Failure::ForNow(chain(&error)));
                };
                let reason = format!("the mail server answered {code}");
                Err(if FOR_GOOD.contains(&code.as_str()) {
                    Failure::ForGood(reason)
                } else {
                    Failure::ForNow(reason)
                })
            }
            Err(_) => Err(Failure::ForNow("the mail server took too long".into())),
        }
    }

    /// Twice as long each time.
    fn wait(&self, tries: u32) -> TimeDelta {
        let doubled = 1_u64.checked_shl(tries.saturating_sub(1)).unwrap_or(u64::MAX);
        let wait = self.settings.first_retry_seconds.saturating_mul(doubled);
        seconds(wait.min(self.settings.longest_retry_seconds))
    }
}

impl Smtp {
    fn new(names: &PlatformNames, settings: &MailSettings) -> Result<Self, CarrierError> {
        let host = names.shared_domain.name().to_owned();
        let from = settings.sender(&host).parse().map_err(CarrierError::From)?;
        let server = if settings.is_mailbox() {
            None
        } else {
            let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.url.expose());
            let limit = Duration::from_secs(settings.timeout_seconds.max(1));
            let builder = builder.map_err(CarrierError::Url)?;
            Some(builder.hello_name(ClientId::Domain(host.clone())).timeout(Some(limit)).build())
        };
        Ok(Self { from, host, server })
    }

    fn message(&self, row: &row::Mail, letter: Letter) -> Result<Message, String> {
        let to = letter.to.as_str().parse().map_err(|error| format!("the address: {error}"))?;
        // RFC 3834 §5: no out-of-office note comes back.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .message_id(Some(format!("<{}@{}>", row.reference, self.host)))
            .date(SystemTime::from(row.queued_at))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body)
            .map_err(|error| error.to_string())
    }
}

fn seconds(seconds: u64) -> TimeDelta {
    TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1000))
}

/// An error with its causes, in one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text.chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect()
}
