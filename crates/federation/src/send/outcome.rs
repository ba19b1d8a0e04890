//! What an inbox's answer means for the delivery.

use chrono::TimeDelta;

use crate::client::{Answer, FetchError};

/// What became of one attempt. Reasons name hosts and statuses, never content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    /// Worth another attempt; `retry_after` is what the server asked for, not clamped yet.
    Later {
        reason: String,
        retry_after: Option<TimeDelta>,
        /// It speaks against the host rather than against this delivery.
        host_failed: bool,
    },
    /// The inbox says that it's gone.
    Gone {
        reason: String,
    },
    /// Not this activity, not by us: another attempt would be answered the same.
    Refused {
        reason: String,
    },
    /// 404. Gone as well, if it says so on three distinct days.
    Missing,
}

pub(super) fn classify(sent: Result<Answer, FetchError>) -> Outcome {
    match sent {
        Ok(answer) => of_status(answer.status, answer.retry_after),
        Err(FetchError::Status { status, retry_after, .. }) => of_status(status, retry_after),
        // Ours to mend, so nothing is lost meanwhile.
        Err(error @ FetchError::Signing(_)) => later(&error),
        Err(error) if error.is_transient() => later(&error),
        Err(error) => Outcome::Refused { reason: error.to_string() },
    }
}

fn later(error: &FetchError) -> Outcome {
    let host_failed = !matches!(error, FetchError::Signing(_) | FetchError::Unsigned);
    Outcome::Later { reason: error.to_string(), retry_after: None, host_failed }
}

fn of_status(status: u16, retry_after: Option<TimeDelta>) -> Outcome {
    let reason = format!("answered {status}");
    match status {
        200..=299 => Outcome::Taken,
        // A 401 often means that our key could not be fetched just now.
        401 | 408 | 425 | 429 => Outcome::Later { reason, retry_after, host_failed: false },
        500..=599 => Outcome::Later { reason, retry_after, host_failed: true },
        404 => Outcome::Missing,
        410 => Outcome::Gone { reason },
        // 403 and the rest, after the second signature form was tried.
        _ => Outcome::Refused { reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::SignatureForm;

    fn answered(status: u16) -> Outcome {
        classify(Ok(Answer { status, retry_after: None, form: SignatureForm::Cavage }))
    }

    #[test]
    fn each_answer_has_its_class() {
        for status in [200, 202, 204] {
            assert_eq!(answered(status), Outcome::Taken);
        }
        for status in [401, 408, 429, 500, 502, 503, 504] {
            assert!(matches!(answered(status), Outcome::Later { .. }), "{status}");
        }
        for status in [301, 400, 403, 405, 406, 415, 422] {
            assert!(matches!(answered(status), Outcome::Refused { .. }), "{status}");
        }
        assert_eq!(answered(404), Outcome::Missing);
        assert!(matches!(answered(410), Outcome::Gone { .. }));
    }

    #[test]
    fn an_unreachable_host_is_tried_later_and_a_forbidden_address_never() {
        let timeout = FetchError::Timeout { host: "a.example".to_owned() };
        assert!(matches!(classify(Err(timeout)), Outcome::Later { .. }));
        assert!(matches!(classify(Err(FetchError::Address)), Outcome::Refused { .. }));
    }

    #[test]
    fn what_the_server_asks_for_is_passed_on() {
        let answer =
            Answer { status: 429, retry_after: Some(TimeDelta::seconds(30)), form: SignatureForm::Cavage };
        let Outcome::Later { retry_after, host_failed, .. } = classify(Ok(answer)) else {
            panic!("not later")
        };
        assert_eq!(retry_after, Some(TimeDelta::seconds(30)));
        assert!(!host_failed, "who asks for patience is there");
    }
}
