//! Payloads of each software, read from `fixtures/<software>/*.json`; what each must be read
//! as stands in `expected.txt` beside them. And what must not be read at all.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::*;

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn read_of(software: &str, name: &str) -> Vec<u8> {
    fs::read(fixtures().join(software).join(name)).unwrap()
}

/// One line for an activity or a document, with everything that is read of it.
fn describe(body: &[u8]) -> String {
    match Incoming::parse(body) {
        Ok(activity) => describe_activity(&activity),
        Err(_) => match Document::parse(body) {
            Ok(Document::Actor(actor)) => describe_actor(&actor),
            Ok(Document::Note(note)) => describe_note(&note),
            Ok(Document::Other { id, kind }) => format!("{kind} {id:?}"),
            Err(error) => format!("malformed: {error}"),
        },
    }
}

fn describe_activity(activity: &Incoming) -> String {
    let object = match &activity.object {
        Object::Uri(uri) => uri.clone(),
        Object::Tombstone { id } => format!("[tombstone {id}]"),
        Object::Note(note) => format!("[{}]", describe_note(note)),
        Object::Actor(actor) => format!("[{}]", describe_actor(actor)),
        Object::Activity(inner) => format!("[{}]", describe_activity(inner)),
        Object::Other { id, kind } => format!("[other {kind} {id:?}]"),
    };
    format!("{:?} by {} of {object}", activity.kind, activity.actor)
}

fn describe_note(note: &RemoteNote) -> String {
    let mut text = format!("{} {} {:?}", note.kind, note.id, note.reach(None));
    let at = note.published.map(|at| at.timestamp()).unwrap_or_default();
    write!(text, " at={at} text={:?}", note.content.chars().take(24).collect::<String>()).unwrap();
    if note.updated.is_some() {
        text.push_str(" edited");
    }
    if note.sensitive {
        text.push_str(" sensitive");
    }
    for (name, value) in [
        ("title", &note.name),
        ("warning", &note.summary),
        ("reply", &note.in_reply_to),
        ("language", &note.language),
    ] {
        if let Some(value) = value {
            write!(text, " {name}={value:?}").unwrap();
        }
    }
    for mention in &note.mentions {
        write!(text, " mention={}", mention.name.as_deref().unwrap_or(&mention.href)).unwrap();
    }
    for tag in &note.hashtags {
        write!(text, " #{tag}").unwrap();
    }
    for file in &note.attachments {
        write!(text, " file={} {:?}", file.url, file.description.as_deref().unwrap_or_default()).unwrap();
    }
    text
}

fn describe_actor(actor: &RemoteActor) -> String {
    let mut text = format!("{} {} {}", actor.kind, actor.id, actor.preferred_username);
    write!(text, " inbox={}", actor.inbox).unwrap();
    for (name, value) in [
        ("shared", &actor.shared_inbox),
        ("key", &actor.key.as_ref().map(|key| key.id.clone())),
        ("page", &actor.url),
        ("icon", &actor.icon),
        ("webfinger", &actor.webfinger),
    ] {
        if let Some(value) = value {
            write!(text, " {name}={value}").unwrap();
        }
    }
    if actor.manually_approves_followers {
        text.push_str(" locked");
    }
    for field in &actor.fields {
        write!(text, " {}={:?}", field.name, field.value).unwrap();
    }
    text
}

#[test]
fn every_softwares_payloads_are_read_as_expected() {
    let mut seen = 0;
    for software in fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()) {
        let mut files: Vec<PathBuf> = fs::read_dir(&software)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect();
        files.sort();
        seen += files.len();
        let found: String = files.iter().fold(String::new(), |mut text, file| {
            let name = file.file_stem().unwrap().to_string_lossy();
            writeln!(text, "{name}: {}", describe(&fs::read(file).unwrap())).unwrap();
            text
        });
        let expected = fs::read_to_string(software.join("expected.txt")).unwrap_or_default();
        assert_eq!(found, expected, "{} is read otherwise:\n{found}", software.display());
    }
    assert!(seen > 80, "only {seen} fixtures were found");
}

#[test]
fn the_key_of_a_gotosocial_account_lies_in_a_stub_of_it() {
    let id = "https://gts.example/users/brook/main-key";
    let stub = RemoteKey::parse(&read_of("gotosocial", "key.json"), id).unwrap();
    let actor = RemoteActor::parse(&read_of("gotosocial", "person.json")).unwrap();
    assert_eq!(Some(stub), actor.key);
    assert!(RemoteKey::parse(&read_of("gotosocial", "key.json"), "https://gts.example/other").is_err());
}

#[test]
fn what_an_accept_carries_back_is_the_activity_as_it_came() {
    let body = read_of("mastodon", "follow.json");
    let follow = Incoming::parse(&body).unwrap();
    assert_eq!(follow.raw, serde_json::from_slice::<Value>(&body).unwrap());
}

#[test]
fn an_actor_or_object_inlined_or_in_an_array_is_the_same_as_its_id() {
    let body = json!({
        "id": "https://a.example/1", "type": ["Like"],
        "actor": [{"id": "https://a.example/u", "type": "Person"}],
        "object": ["https://moe.example/1"], "to": {"id": "as:Public"}, "cc": null,
    });
    let activity = Incoming::from_value(&body).unwrap();
    assert_eq!(activity.actor, "https://a.example/u");
    assert_eq!(activity.object, Object::Uri("https://moe.example/1".to_owned()));
    assert_eq!(activity.reach(None), Reach::Public);
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let good = json!({"id": "https://a.example/1", "type": "Create", "actor": "https://a.example/u",
        "object": {"id": "https://a.example/n", "type": "Note", "attributedTo": "https://a.example/u"}});
    assert!(Incoming::from_value(&good).is_ok());
    for (pointer, value, complaint) in [
        ("/type", json!(null), "`type` is missing"),
        ("/actor", json!(null), "`actor` is missing"),
        ("/actor", json!("ada"), "`actor` is not an absolute web address"),
        ("/actor", json!({"name": "x"}), "`actor` is not an absolute web address"),
        ("/id", json!(7), "`id` is not an absolute web address"),
        ("/object", json!(null), "`object` is missing"),
        ("/object/id", json!("javascript:alert(1)"), "`object.id` is not an absolute web address"),
        ("/object/attributedTo", json!(null), "`object.attributedTo` is missing"),
    ] {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        assert_eq!(Incoming::from_value(&body).unwrap_err().to_string(), complaint);
    }
    let mut body = good;
    body.as_object_mut().unwrap().remove("id");
    let error = Incoming::parse(body.to_string().as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "`id` is missing");
}

#[test]
fn what_is_no_document_is_refused_without_a_crash() {
    for body in ["", "{", "[]", "null", "7", "\"x\"", "[[]]", "{}"] {
        assert!(Incoming::parse(body.as_bytes()).is_err(), "{body}");
        assert!(RemoteActor::parse(body.as_bytes()).is_err(), "{body}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(Incoming::parse(deep.as_bytes()), Err(Malformed::Json(_))));
}

#[test]
fn activities_within_activities_end_somewhere() {
    let mut body = json!("https://a.example/end");
    for _ in 0..5 {
        body = json!({"id": "https://a.example/1", "type": "Undo", "actor": "https://a.example/u",
            "object": body});
    }
    assert_eq!(Incoming::from_value(&body), Err(Malformed::TooDeep));
}

#[test]
fn too_many_recipients_are_refused() {
    let to: Vec<String> = (0..2000).map(|n| format!("https://a.example/{n}")).collect();
    let body = json!({"id": "https://a.example/1", "type": "Like", "actor": "https://a.example/u",
        "object": "https://moe.example/1", "to": to});
    assert_eq!(Incoming::from_value(&body), Err(Malformed::TooMany("to".to_owned())));
}

#[test]
fn an_actor_that_names_anothers_key_is_refused() {
    let mut body: Value = serde_json::from_slice(&read_of("mastodon", "person.json")).unwrap();
    body["publicKey"]["owner"] = json!("https://mastodon.example/users/eve");
    let error = RemoteActor::from_value(&body).unwrap_err();
    assert_eq!(error.to_string(), "`publicKey.owner` is not the actor itself");
}
