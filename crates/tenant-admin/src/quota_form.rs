//! A plan as somebody types it, and the number of days that a page of plots shows.
//!
//! Invariant: what can't be read comes back as it was typed, with the field marked; an empty field
//! is no limit and never nought.

use belfry_edge::view::{QuotaField, QuotaForm};
use belfry_model::{Measure, Quota};
use serde::Deserialize;

/// The form of a plan. Media is in megabytes there.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct TypedQuota {
    #[serde(default)]
    plan: String,
    #[serde(default)]
    accounts: String,
    #[serde(default)]
    staff: String,
    #[serde(default)]
    media_bytes: String,
    #[serde(default)]
    posts: String,
    #[serde(default)]
    deliveries: String,
    #[serde(default)]
    pub reason: String,
}

/// Neither a number that a plan may say nor nothing.
#[derive(Debug)]
pub(crate) struct Unreadable;

impl TypedQuota {
    pub fn of(quota: &Quota) -> Self {
        let number = |measure| quota.of(measure).map(|limit| limit.to_string()).unwrap_or_default();
        Self {
            accounts: number(Measure::Accounts),
            staff: number(Measure::Staff),
            media_bytes: quota.media_bytes.map(megabytes).unwrap_or_default(),
            posts: number(Measure::Posts),
            deliveries: number(Measure::Deliveries),
            ..Self::default()
        }
    }

    /// Not the platform's.
    pub fn is_own(&self) -> bool {
        self.plan != "default"
    }

    /// The plan that is chosen, of which `None` is the platform's: what no choice is either.
    pub fn chosen(&self) -> Result<Option<Quota>, Unreadable> {
        if self.plan == "own" { self.read().map(Some).ok_or(Unreadable) } else { Ok(None) }
    }

    /// The platform's until something else is chosen, with its figures to begin from.
    pub fn platform(quota: &Quota) -> Self {
        Self { plan: "default".to_owned(), ..Self::of(quota) }
    }

    fn text(&self, measure: Measure) -> &str {
        match measure {
            Measure::Accounts => &self.accounts,
            Measure::Staff => &self.staff,
            Measure::MediaBytes => &self.media_bytes,
            Measure::Posts => &self.posts,
            Measure::Deliveries => &self.deliveries,
        }
    }

    /// Nothing typed is no limit.
    fn limit(&self, measure: Measure) -> Result<Option<u64>, Unreadable> {
        let digits: String = self.text(measure).chars().filter(|c| !c.is_whitespace()).collect();
        if digits.is_empty() {
            return Ok(None);
        }
        let limit = match measure {
            Measure::MediaBytes => bytes(&digits),
            Measure::Accounts | Measure::Staff | Measure::Posts | Measure::Deliveries => whole(&digits),
        };
        let mut alone = Quota::default();
        alone.set(measure, Some(limit.ok_or(Unreadable)?));
        alone.check().map_err(|_| Unreadable)?;
        Ok(limit)
    }

    /// `None` if a field can't be read.
    pub fn read(&self) -> Option<Quota> {
        let mut quota = Quota::default();
        for &measure in Measure::ALL {
            quota.set(measure, self.limit(measure).ok()?);
        }
        Some(quota)
    }

    /// As it is shown again. `own` is the choice that an agency's form has.
    pub fn view(&self, action: String, own: Option<bool>) -> QuotaForm {
        let field = |&measure: &Measure| QuotaField {
            measure,
            value: self.text(measure).to_owned(),
            wrong: self.limit(measure).is_err(),
        };
        let fields: Vec<_> = Measure::ALL.iter().map(field).collect();
        QuotaForm {
            action,
            has_choice: own.is_some(),
            is_own: own == Some(true),
            is_wrong: fields.iter().any(|field| field.wrong),
            fields,
            reason: self.reason.clone(),
        }
    }
}

/// Whole numbers only: no sign, no point.
fn whole(digits: &str) -> Option<u64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Exactly, whatever the number: to the byte, and back.
fn bytes(megabytes: &str) -> Option<u64> {
    let (whole_part, fraction) = megabytes.split_once(['.', ',']).unwrap_or((megabytes, ""));
    if fraction.len() > 6 || whole_part.len() + fraction.len() == 0 {
        return None;
    }
    let million = whole(&format!("0{whole_part}"))?.checked_mul(1_000_000)?;
    million.checked_add(whole(&format!("0{fraction:0<6}"))?)
}

fn megabytes(bytes: u64) -> String {
    let text = format!("{}.{:06}", bytes / 1_000_000, bytes % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The query of a page of plots.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Period {
    #[serde(default)]
    days: String,
    #[serde(default)]
    pub saved: String,
}

impl Period {
    /// 30 or 90.
    pub fn days(&self) -> u32 {
        if self.days == "90" { 90 } else { 30 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn megabytes_are_read_to_the_byte() {
        for (typed, expected) in [
            ("500", 500_000_000),
            ("0.5", 500_000),
            ("0,000001", 1),
            (".25", 250_000),
            ("0", 0),
            ("1.", 1_000_000),
        ] {
            assert_eq!(bytes(typed), Some(expected), "{typed}");
        }
        for typed in [".", "", "-1", "1e3", "0.0000001", "99999999999999999999", "1.2.3", "500MB"] {
            assert_eq!(bytes(typed), None, "{typed}");
        }
        for number in [0, 1, 1_500_000, 10_000_000, u64::MAX] {
            assert_eq!(bytes(&megabytes(number)), Some(number));
        }
    }

    #[test]
    fn an_empty_field_is_no_limit_and_a_wrong_one_is_marked() {
        let typed = TypedQuota { staff: " 1 000 ".into(), ..TypedQuota::default() };
        assert_eq!(typed.read(), Some(Quota { staff: Some(1000), ..Quota::default() }));
        for wrong in ["0", "-1", "ten", "1.5", "+5"] {
            let typed = TypedQuota { staff: wrong.into(), ..TypedQuota::default() };
            assert_eq!(typed.read(), None, "{wrong}");
            let marked: Vec<_> =
                typed.view(String::new(), None).fields.into_iter().map(|field| field.wrong).collect();
            assert_eq!(marked, [false, true, false, false, false], "{wrong}");
        }
    }
}
