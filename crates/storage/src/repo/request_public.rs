//! Requests for a namespace as their applicants file and follow them.
//!
//! Invariant: the app's role reads none of these tables. Each statement here is a function of the
//! database that opens the one request whose number and code it is given.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde::Deserialize;

use super::mail::mail_insert;
use super::statement;
use crate::{AppDb, Error, NewMail, Result};

/// A request that is to be filed, as JSON of its columns.
#[derive(Debug)]
pub struct NewRequest {
    pub fields: serde_json::Value,
    pub code_hash: Vec<u8>,
    pub at: DateTime<Utc>,
    /// Most open requests of one e-mail address, and of all together.
    pub per_address: u32,
    pub in_all: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    Filed,
    /// The name is not to be had.
    Taken,
    /// There are as many open requests as there may be.
    Full,
}

/// What an applicant sees.
#[derive(Debug, Clone, Deserialize)]
pub struct RequestSeen {
    pub number: String,
    pub state: String,
    pub email: String,
    pub body_name: String,
    pub slug: String,
    pub reason: String,
    pub created_at: DateTime<Utc>,
    pub domain: String,
    pub token: String,
    pub proof: String,
    pub due_at: Option<DateTime<Utc>>,
    pub checked_at: Option<DateTime<Utc>>,
    pub problem: String,
    pub messages: Vec<MessageSeen>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct MessageSeen {
    pub at: DateTime<Utc>,
    pub from_lead: bool,
    pub text: String,
}

impl AppDb {
    /// Files a request and queues the letter with its code, both or neither.
    pub async fn request_file(&self, new: &NewRequest, mail: &NewMail) -> Result<Filed> {
        const FILE: &str = "SELECT registry.request_file($1, $2, $3, $4, $5)";
        let most = |limit: u32| i32::try_from(limit).unwrap_or(i32::MAX);
        let tx = self.pool().begin().await?;
        let values = [
            new.fields.clone().into(),
            new.code_hash.clone().into(),
            new.at.into(),
            most(new.per_address).into(),
            most(new.in_all).into(),
        ];
        let said = tx.query_one_raw(statement(FILE, values)).await?;
        let said: Option<String> = said.map(|row| row.try_get_by_index(0)).transpose()?;
        let filed = match said.as_deref() {
            Some("filed") => Filed::Filed,
            Some("taken") => Filed::Taken,
            Some("full") => Filed::Full,
            other => {
                let reason = format!("request_file said {other:?}");
                return Err(Error::Corrupt { table: "registry.request", reason });
            }
        };
        if filed == Filed::Filed {
            mail_insert(&tx, mail).await?;
            tx.commit().await?;
        }
        Ok(filed)
    }

    /// `None` for a wrong number or a wrong code: never said which.
    pub async fn request_read(&self, number: &str, code_hash: &[u8]) -> Result<Option<RequestSeen>> {
        const READ: &str = "SELECT registry.request_read($1, $2)";
        let row =
            self.pool().query_one_raw(statement(READ, [number.into(), code_hash.to_vec().into()])).await?;
        let seen: Option<serde_json::Value> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        let corrupt = |error| Error::Corrupt { table: "registry.request", reason: format!("{error}") };
        seen.map(|seen| serde_json::from_value(seen).map_err(|error: serde_json::Error| corrupt(error)))
            .transpose()
    }

    /// Answers what was asked. `false` if nothing is, or the code is wrong.
    pub async fn request_answer(
        &self,
        number: &str,
        code_hash: &[u8],
        text: &str,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        const ANSWER: &str = "SELECT registry.request_answer($1, $2, $3, $4)";
        let values = [number.into(), code_hash.to_vec().into(), text.into(), at.into()];
        let row = self.pool().query_one_raw(statement(ANSWER, values)).await?;
        Ok(row.map_or(Ok(false), |row| row.try_get_by_index(0))?)
    }

    /// Asks a worker to look at the domain.
    pub async fn request_check(&self, number: &str, code_hash: &[u8], at: DateTime<Utc>) -> Result<()> {
        const CHECK: &str = "SELECT registry.request_check($1, $2, $3)";
        let values = [number.into(), code_hash.to_vec().into(), at.into()];
        self.pool().execute_raw(statement(CHECK, values)).await?;
        Ok(())
    }
}
