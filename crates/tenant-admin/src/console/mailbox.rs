//! `GET /console/mailbox`: what was written to people. There is such a page only while no mail
//! server is set: otherwise letters are their receivers' alone.

use actix_web::HttpResponse;
use belfry_edge::view::{ErrorKind, LetterRow, MailboxView, Room};
use belfry_tenancy::mail::{self, Received};

use crate::lead::Lead;

pub(super) async fn get(lead: Lead) -> HttpResponse {
    let settings = &lead.platform.settings.mail;
    if !settings.is_mailbox() {
        return lead.error(ErrorKind::NotFound);
    }
    let most = settings.mailbox_letters;
    match mail::received(&lead.tenancy().keys, lead.admin(), most).await {
        Ok(letters) => lead.respond(&MailboxView {
            room: Room::Mailbox,
            letters: letters.into_iter().map(row).collect(),
            most,
        }),
        Err(error) => lead.broken(&error),
    }
}

fn row(letter: Received) -> LetterRow {
    LetterRow { at: letter.at, to: letter.to, subject: letter.subject, body: letter.body }
}
