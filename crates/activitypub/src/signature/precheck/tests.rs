//! A test for each trap that a Signature header can hold.

use super::*;

const NOW: i64 = 1_769_860_800;
const DATE: &str = "Sat, 31 Jan 2026 12:00:00 GMT";
const KEY: &str = "keyId=\"https://a.example/users/x#main-key\"";
const REST: &str =
    "algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest\",signature=\"c2ln\"";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(NOW, 0).unwrap()
}

fn check_all(method: &str, headers: &[(&str, &str)]) -> Result<Checked, Refusal> {
    precheck(Request { method, headers }, now(), WINDOW)
}

/// An ordinary POST with this Signature header.
fn check(signature: &str) -> Result<Checked, Refusal> {
    check_dated(signature, DATE)
}

fn check_dated(signature: &str, date: &str) -> Result<Checked, Refusal> {
    let headers =
        [("Host", "moe.example"), ("Date", date), ("Digest", "SHA-256=x"), ("Signature", signature)];
    check_all("POST", &headers)
}

#[test]
fn an_ordinary_header_passes_as_it_is() {
    let checked = check(&format!("{KEY},{REST}")).unwrap();
    assert_eq!(checked.key_id, "https://a.example/users/x#main-key");
    assert_eq!(checked.components, ["(request-target)", "host", "date", "digest"]);
    assert_eq!(checked.normalised, format!("{KEY},{REST}"));
}

#[test]
fn blanks_between_parameters_bare_numbers_and_upper_case_names_are_tolerated() {
    let text = format!(
        "{KEY}, algorithm=\"hs2019\" ,\tcreated={NOW}, headers=\"(request-target) (created) Host Digest\", \
         signature=\"c2ln\""
    );
    let checked = check(&text).unwrap();
    assert_eq!(checked.created, Some(now()));
    assert_eq!(
        checked.normalised,
        format!(
            "{KEY},algorithm=\"hs2019\",created=\"{NOW}\",headers=\"(request-target) (created) host digest\",\
             signature=\"c2ln\""
        )
    );
}

#[test]
fn what_passes_is_read_by_the_crate_behind() {
    let text = format!("{KEY}, headers=\"(request-target) host date digest\", signature=\"c2ln\"");
    let checked = check(&text).unwrap();
    let headers = [("host", "moe.example"), ("date", DATE), ("digest", "SHA-256=x")]
        .into_iter()
        .chain([("signature", checked.normalised.as_str())])
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let unverified = http_signature_normalization::Config::new()
        .set_expiration(std::time::Duration::from_hours(800_000))
        .begin_verify("POST", "/inbox", headers)
        .unwrap();
    assert_eq!(unverified.key_id(), checked.key_id);
    assert_eq!(
        unverified.signing_string(),
        format!("(request-target): post /inbox\nhost: moe.example\ndate: {DATE}\ndigest: SHA-256=x")
    );
}

#[test]
fn a_time_that_would_overflow_is_refused_and_does_not_panic() {
    for number in ["18446744073709551615", "-1", "1e9", "", "99999999999", "1769860800.5", " 1"] {
        let created = format!("{KEY},created=\"{number}\",{REST}");
        assert_eq!(check(&created), Err(Refusal::NotATime("created")), "{number}");
        let expires = format!("{KEY},expires=\"{number}\",{REST}");
        assert_eq!(check(&expires), Err(Refusal::NotATime("expires")), "{number}");
    }
}

#[test]
fn a_request_from_outside_the_window_is_refused_on_either_side() {
    for date in ["Sat, 31 Jan 2026 10:59:59 GMT", "Sat, 31 Jan 2026 13:00:01 GMT"] {
        assert_eq!(check_dated(&format!("{KEY},{REST}"), date), Err(Refusal::OutsideWindow), "{date}");
    }
    for date in ["Sat, 31 Jan 2026 11:00:00 GMT", "Sat, 31 Jan 2026 13:00:00 GMT"] {
        assert!(check_dated(&format!("{KEY},{REST}"), date).is_ok(), "{date}");
    }
    for created in [NOW - 3601, NOW + 3601] {
        let text = format!("{KEY},created={created},{REST}");
        assert_eq!(check(&text), Err(Refusal::OutsideWindow), "{created}");
    }
    assert_eq!(check(&format!("{KEY},expires={},{REST}", NOW - 3601)), Err(Refusal::Expired));
}

#[test]
fn a_date_that_is_none_is_refused() {
    for date in ["", "now", "2026-01-31T12:00:00Z", "Sat, 31 Foo 2026 12:00:00 GMT"] {
        assert_eq!(check_dated(&format!("{KEY},{REST}"), date), Err(Refusal::NotADate), "{date}");
    }
}

#[test]
fn target_host_time_and_digest_must_be_covered() {
    for (components, missing) in [
        ("host date digest", "(request-target)"),
        ("(request-target) date digest", "host"),
        ("(request-target) host digest", "date"),
        ("(request-target) host date", "digest"),
    ] {
        let text = format!("{KEY},headers=\"{components}\",signature=\"c2ln\"");
        assert_eq!(check(&text), Err(Refusal::NotCovered(missing)), "{components}");
    }
    assert_eq!(check(&format!("{KEY},signature=\"c2ln\"")), Err(Refusal::NoParameter("headers")));
}

#[test]
fn a_get_needs_no_digest() {
    let text = format!("{KEY},headers=\"(request-target) host date\",signature=\"c2ln\"");
    let headers = [("host", "moe.example"), ("date", DATE), ("signature", text.as_str())];
    assert!(check_all("GET", &headers).is_ok());
    assert_eq!(check_all("PUT", &headers), Err(Refusal::NotCovered("digest")));
}

#[test]
fn what_is_claimed_to_be_signed_must_be_there() {
    let text = format!("{KEY},headers=\"(request-target) host date digest x-other\",signature=\"c2ln\"");
    assert_eq!(check(&text), Err(Refusal::AbsentHeader("x-other".to_owned())));
    let text = format!("{KEY},headers=\"(request-target) host (created) digest\",signature=\"c2ln\"");
    assert_eq!(check(&text), Err(Refusal::NoParameter("created")));
}

#[test]
fn nothing_may_be_there_twice() {
    assert_eq!(check(&format!("{KEY},{KEY},{REST}")), Err(Refusal::Repeated("keyId".to_owned())));
    let text = format!("{KEY},headers=\"(request-target) host host date digest\",signature=\"c2ln\"");
    assert_eq!(check(&text), Err(Refusal::Repeated("host".to_owned())));
    let text = format!("{KEY},{REST}");
    for name in ["host", "date", "digest", "signature"] {
        let headers = [
            ("host", "moe.example"),
            ("date", DATE),
            ("digest", "SHA-256=x"),
            ("signature", text.as_str()),
            (name, "another"),
        ];
        assert_eq!(check_all("POST", &headers), Err(Refusal::RepeatedHeader(name.to_owned())), "{name}");
    }
}

#[test]
fn a_key_id_must_be_a_web_address() {
    for id in ["x", "/users/x", "acct:x@a.example", "javascript:1", "https://u:p@a.example/k"] {
        assert_eq!(check(&format!("keyId=\"{id}\",{REST}")), Err(Refusal::KeyId), "{id}");
    }
    assert_eq!(check(REST), Err(Refusal::NoParameter("keyId")));
}

#[test]
fn a_comma_in_the_key_id_does_not_smuggle_a_parameter() {
    let text = format!("keyId=\"https://a.example/x,created=18446744073709551615\",{REST}");
    assert_eq!(check(&text), Err(Refusal::KeyId));
}

#[test]
fn other_algorithms_are_refused() {
    for algorithm in ["rsa-sha1", "hmac-sha256", "none", "RSA-SHA512", ""] {
        let text = format!(
            "{KEY},algorithm=\"{algorithm}\",headers=\"(request-target) host date digest\",signature=\"c2ln\""
        );
        assert_eq!(check(&text), Err(Refusal::Algorithm), "{algorithm}");
    }
}

#[test]
fn an_authorization_header_is_refused_instead_of_skipping_the_check() {
    let text = format!("{KEY},{REST}");
    for value in ["Bearer x", &format!("Signature {text}")] {
        let headers = [
            ("host", "moe.example"),
            ("date", DATE),
            ("digest", "SHA-256=x"),
            ("signature", text.as_str()),
            ("authorization", value),
        ];
        assert_eq!(check_all("POST", &headers), Err(Refusal::Authorization));
    }
}

#[test]
fn a_missing_endless_or_broken_header_is_refused() {
    assert_eq!(check_all("POST", &[("host", "moe.example")]), Err(Refusal::Missing));
    let long = format!("{KEY},x=\"{}\",{REST}", "y".repeat(MAX_HEADER));
    assert_eq!(check(&long), Err(Refusal::TooLong));
    for text in
        ["x", "=", "keyId=\"x", "keyId=\"a\" signature=\"b\"", "key id=\"a\"", "keyId=\"a\\\"b\"", "é=\"1\""]
    {
        assert!(matches!(check(text), Err(Refusal::Unreadable(_))), "{text}: {:?}", check(text));
    }
    assert_eq!(check(""), Err(Refusal::NoParameter("keyId")));
    let text = format!("{KEY},headers=\"(request-target) host date digest\",signature=\"!\"");
    assert_eq!(check(&text), Err(Refusal::NotBase64));
}
