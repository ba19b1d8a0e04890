//! Letters, from the transaction that queues one to a real mail server (Python's aiosmtpd).

use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use belfry_model::{Role, Secret};
use belfry_settings::MailSettings;
use belfry_storage::{PoolOptions, WorkerDb};
use belfry_tenancy::mail::{self, Carrier, Message, Round};
use belfry_tenancy::staff::{self, Invite};
use belfry_tenancy::{By, EmailAddress};
use belfry_test_support::{service, until};
use chrono::TimeDelta;

use crate::platform::{Platform, new_tenant};

/// A mail server that lays what it takes into a folder.
struct MailServer {
    program: Child,
    folder: tempfile::TempDir,
}

impl MailServer {
    async fn start(port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let maildir = folder.path().join("mail");
        let at = format!("127.0.0.1:{port}");
        let program = Command::new(service("BELFRY_TEST_PYTHON"))
            .args(["-m", "aiosmtpd", "-n", "-l", &at, "-c", "aiosmtpd.handlers.Mailbox"])
            .arg(maildir)
            .stdin(Stdio::null())
            .spawn()
            .expect("aiosmtpd runs");
        until("the mail server listens", async || tokio::net::TcpStream::connect(&at).await.is_ok()).await;
        Self { program, folder }
    }

    fn letters(&self) -> Vec<String> {
        let taken = std::fs::read_dir(self.folder.path().join("mail/new")).into_iter().flatten();
        taken.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn carrier(platform: &Platform, url: &str) -> Carrier {
    let machinery = WorkerDb::connect(&platform.database.worker_url(), PoolOptions::default()).await.unwrap();
    let settings =
        MailSettings { url: Secret::new(url), tries: 4, mailbox_letters: 3, ..MailSettings::default() };
    let tenancy = &platform.tenancy;
    let clock = platform.clock.clone();
    Carrier::new(machinery, Arc::clone(&tenancy.keys), clock, &tenancy.names, &settings).unwrap()
}

#[tokio::test]
async fn an_invitation_waits_for_a_server_that_is_away_and_is_sent_once() {
    let platform = Platform::new().await;
    let port = free_port();
    let carrier = carrier(&platform, &format!("smtp://127.0.0.1:{port}")).await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let code = created.invitation.code.expose();

    assert_eq!(carrier.round().await.unwrap(), Round { later: 1, ..Round::default() });
    assert_eq!(carrier.round().await.unwrap(), Round::default(), "not due yet");

    let server = MailServer::start(port).await;
    assert_eq!(carrier.round().await.unwrap(), Round::default(), "not due yet");
    platform.clock.advance(TimeDelta::seconds(61));
    let (one, other) = tokio::join!(carrier.round(), carrier.round());
    assert_eq!(one.unwrap().sent + other.unwrap().sent, 1, "two workers at once");
    platform.clock.advance(TimeDelta::days(1));
    assert_eq!(carrier.round().await.unwrap(), Round::default(), "it is gone");

    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    for part in [
        "To: owner@moe.example",
        "From: no-reply@social.example",
        "Subject: Your invitation to Ministry of moe",
        "Auto-Submitted: auto-generated",
        "https://moe.social.example/invitation",
        code,
    ] {
        assert!(letters[0].contains(part), "{part} is missing in {}", letters[0]);
    }
}

#[tokio::test]
async fn a_letter_is_given_up_after_so_many_tries() {
    let platform = Platform::new().await;
    let carrier = carrier(&platform, &format!("smtp://127.0.0.1:{}", free_port())).await;
    platform.create(&new_tenant("moe")).await.unwrap();
    for wait in [60, 120, 240] {
        assert_eq!(carrier.round().await.unwrap().later, 1);
        platform.clock.advance(TimeDelta::seconds(wait - 1));
        assert_eq!(carrier.round().await.unwrap(), Round::default(), "tried again before {wait} s");
        platform.clock.advance(TimeDelta::seconds(1));
    }
    assert_eq!(carrier.round().await.unwrap().failed, 1);
    platform.clock.advance(TimeDelta::days(29));
    assert_eq!(carrier.round().await.unwrap(), Round::default());
    assert_eq!(carrier.forget().await.unwrap(), 0);
    platform.clock.advance(TimeDelta::days(2));
    assert_eq!(carrier.forget().await.unwrap(), 1);
}

#[tokio::test]
async fn without_a_server_the_newest_letters_stay_in_the_mailbox() {
    let platform = Platform::new().await;
    let carrier = carrier(&platform, "mailbox").await;
    let tenant = platform.create(&new_tenant("moe")).await.unwrap().tenant;
    for number in 0..4 {
        let email: EmailAddress = format!("person-{number}@moe.example").parse().unwrap();
        let invite = Invite { email, role: Role::Editor, accounts: Vec::new() };
        staff::invite(&platform.tenancy, &tenant, &invite, &By::command()).await.unwrap();
    }
    let read = async || mail::received(&platform.tenancy.keys, &platform.admin, 10).await.unwrap();
    assert_eq!(read().await.len(), 5, "they are shown before a worker has looked");
    assert_eq!(carrier.round().await.unwrap().kept, 5);
    let to: Vec<_> = read().await.into_iter().map(|letter| letter.to).collect();
    assert_eq!(to, ["person-3@moe.example", "person-2@moe.example", "person-1@moe.example"]);
}

#[tokio::test]
async fn what_is_queued_is_sealed_and_goes_with_its_transaction() {
    let platform = Platform::new().await;
    let created = platform.create(&new_tenant("moe")).await.unwrap();
    let superuser = platform.superuser().await;
    let rows: Vec<(String, Vec<u8>)> =
        sqlx::query_as("SELECT reference, sealed FROM machinery.mail").fetch_all(&superuser).await.unwrap();
    assert_eq!(rows.len(), 1);
    let stored = String::from_utf8_lossy(&rows[0].1).into_owned();
    for secret in ["owner@moe.example", created.invitation.code.expose(), "Ministry"] {
        assert!(!stored.contains(secret));
    }
    let to: EmailAddress = "anna@moe.example".parse().unwrap();
    let tx = platform.tenancy.app.tenant(created.tenant.scope()).await.unwrap();
    let message = Message::new("mail-invitation");
    assert!(
        mail::queue(&platform.tenancy, &tx, &to, "nl", &message).await.is_err(),
        "no text without its arguments"
    );
    drop(tx);
    let count: (i64,) =
        sqlx::query_as("SELECT count(*) FROM machinery.mail").fetch_one(&superuser).await.unwrap();
    assert_eq!(count.0, 1);
}

#[tokio::test]
async fn a_name_with_line_ends_becomes_no_header_and_no_line_of_its_own() {
    let platform = Platform::new().await;
    let port = free_port();
    let server = MailServer::start(port).await;
    let mut new = new_tenant("moe");
    new.name = "Education\r\nBcc: everybody@moe.example\r\n\r\nClick here".into();
    platform.create(&new).await.unwrap();
    let carrier = carrier(&platform, &format!("smtp://127.0.0.1:{port}")).await;
    assert_eq!(carrier.round().await.unwrap().sent, 1);
    let letter = server.letters().remove(0);
    assert!(
        !letter.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("Click here")),
        "{letter}"
    );
}
