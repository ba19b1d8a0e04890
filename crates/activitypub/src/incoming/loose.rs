//! Reading a JSON object whose properties may be a value, an object, an id, or an array of either.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::Malformed;
use crate::document::audience::{PUBLIC, is_public};
use crate::{date, uri};

/// More elements than this in one property are an attack, not a post.
const MAX_ELEMENTS: usize = 1000;

/// A JSON object and where in the document it lies.
pub(super) struct Loose<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Loose<'a> {
    pub fn document(value: &'a Value) -> Result<Self, Malformed> {
        match one(value) {
            Some(Value::Object(object)) => Ok(Self { object, path: String::new() }),
            _ => Err(Malformed::Wrong { property: "document".to_owned(), expected: "an object" }),
        }
    }

    pub fn value(&self) -> Value {
        Value::Object(self.object.clone())
    }

    fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub fn missing(&self, name: &str) -> Malformed {
        Malformed::Missing(self.path(name))
    }

    pub fn wrong(&self, name: &str, expected: &'static str) -> Malformed {
        Malformed::Wrong { property: self.path(name), expected }
    }

    /// The property; null is the same as absent.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// The property's elements: of an array all, of anything else the one.
    fn all(&self, name: &str) -> Result<&'a [Value], Malformed> {
        let elements = match self.get(name) {
            None => &[],
            Some(Value::Array(elements)) => elements.as_slice(),
            Some(value) => std::slice::from_ref(value),
        };
        if elements.len() > MAX_ELEMENTS { Err(Malformed::TooMany(self.path(name))) } else { Ok(elements) }
    }

    /// The type; of several the first.
    pub fn kind(&self) -> Option<&'a str> {
        self.get("type").and_then(one).and_then(Value::as_str)
    }

    /// A string; of several the first.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name).and_then(one).and_then(Value::as_str)
    }

    pub fn required_text(&self, name: &str) -> Result<&'a str, Malformed> {
        match self.get(name) {
            None => Err(self.missing(name)),
            Some(_) => self.text(name).ok_or_else(|| self.wrong(name, "a string")),
        }
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).and_then(Value::as_bool)
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
    }

    /// A date that can't be read is no date: peers write all sorts, and none is worth a refusal.
    pub fn date(&self, name: &str) -> Option<DateTime<Utc>> {
        self.text(name).and_then(date::parse_document)
    }

    /// The one id that must be there: a string, an object with an id, or an array that begins with either.
    pub fn uri(&self, name: &str) -> Result<String, Malformed> {
        self.optional_uri(name)?.ok_or_else(|| self.missing(name))
    }

    /// As [`Loose::uri`], but may be absent. Something else in its place is an error.
    pub fn optional_uri(&self, name: &str) -> Result<Option<String>, Malformed> {
        let Some(value) = self.get(name).and_then(one) else { return Ok(None) };
        id_of(value)
            .filter(|id| uri::parse(id).is_some())
            .map(|id| Some(id.to_owned()))
            .ok_or_else(|| self.wrong(name, "an absolute web address"))
    }

    /// An address that is merely nice to have: left out when it isn't one.
    pub fn address(&self, name: &str) -> Option<String> {
        let value = self.get(name).and_then(one)?;
        let text = id_of(value).or_else(|| value.get("href").and_then(Value::as_str))?;
        uri::parse(text).map(|_| text.to_owned())
    }

    /// All ids of a property, without repeats. What is no id is left out: one odd recipient
    /// must not lose a post. The spellings of the public collection become one.
    pub fn uris(&self, name: &str) -> Result<Vec<String>, Malformed> {
        let mut found: Vec<String> = Vec::new();
        for id in self.all(name)?.iter().filter_map(id_of) {
            let id = if is_public(id) { PUBLIC } else { id };
            if uri::parse(id).is_some() && !found.iter().any(|seen| seen == id) {
                found.push(id.to_owned());
            }
        }
        Ok(found)
    }

    /// The first element, where that is an object.
    pub fn first_object(&self, name: &str) -> Option<Loose<'a>> {
        match self.get(name).and_then(one) {
            Some(Value::Object(object)) => Some(Loose { object, path: self.path(name) }),
            _ => None,
        }
    }

    /// The key of an object that has one only.
    pub fn only_key(&self) -> Option<&'a str> {
        let mut keys = self.object.keys();
        let first = keys.next()?;
        keys.next().is_none().then_some(first.as_str())
    }

    /// The first value that is a string.
    pub fn first_text(&self) -> Option<&'a str> {
        self.object.values().find_map(Value::as_str)
    }

    /// All elements that are objects.
    pub fn objects(&self, name: &str) -> Result<Vec<Loose<'a>>, Malformed> {
        Ok(self
            .all(name)?
            .iter()
            .filter_map(Value::as_object)
            .map(|object| Loose { object, path: self.path(name) })
            .collect())
    }
}

fn one(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(elements) => elements.first(),
        value => Some(value),
    }
}

fn id_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(id) => Some(id),
        Value::Object(object) => object.get("id").and_then(Value::as_str),
        _ => None,
    }
}
