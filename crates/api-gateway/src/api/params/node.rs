//! Parameters as a tree, whatever they came in: a query, a form, multipart or JSON.
//!
//! Rails spells nesting into names: `media_ids[]`, `poll[options][]`, `fields_attributes[0][name]`.

use serde_json::Value;

/// Deeper names are taken as flat ones: nothing of ours nests further.
const MAX_DEPTH: usize = 8;

/// One parameter, or what is nested under its name.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Null,
    /// A form knows only text; what it means is up to whoever asks for it.
    Text(String),
    Bool(bool),
    Number(serde_json::Number),
    List(Vec<Node>),
    /// In the order in which the names first came.
    Map(Vec<(String, Node)>),
}

impl Node {
    pub fn empty() -> Self {
        Self::Map(Vec::new())
    }

    /// Adds `name=value` as a form has it.
    pub fn insert(&mut self, name: &str, value: String) {
        let path = segments(name);
        self.insert_at(&path, Self::Text(value));
    }

    /// A JSON body: an object's members, in Rails spelling too; anything else has no names.
    pub fn from_body(value: Value) -> Self {
        let mut body = Self::empty();
        if let Self::Map(members) = Self::from(value) {
            for (name, node) in members {
                let name = name.strip_suffix("[]").unwrap_or(&name).to_owned();
                body.replace(name, node);
            }
        }
        body
    }

    /// Puts the other's members in place of what bears their names here.
    pub fn overlay(&mut self, other: Self) {
        if let Self::Map(members) = other {
            for (name, node) in members {
                self.replace(name, node);
            }
        }
    }

    fn replace(&mut self, name: String, node: Self) {
        match self.member(&name) {
            Some(slot) => *slot = node,
            None => self.push_member(name, node),
        }
    }

    fn insert_at(&mut self, path: &[&str], value: Self) {
        let Some((head, rest)) = path.split_first() else {
            *self = value;
            return;
        };
        if head.is_empty() {
            if !matches!(self, Self::List(_)) {
                *self = Self::List(Vec::new());
            }
            if let Self::List(items) = self {
                append(items, rest, value);
            }
            return;
        }
        if !matches!(self, Self::Map(_)) {
            *self = Self::empty();
        }
        if self.member(head).is_none() {
            self.push_member((*head).to_owned(), Self::Null);
        }
        if let Some(slot) = self.member(head) {
            slot.insert_at(rest, value);
        }
    }

    fn member(&mut self, name: &str) -> Option<&mut Self> {
        match self {
            Self::Map(members) => members.iter_mut().find(|(known, _)| known == name).map(|(_, node)| node),
            _ => None,
        }
    }

    fn push_member(&mut self, name: String, node: Self) {
        if let Self::Map(members) = self {
            members.push((name, node));
        }
    }
}

/// `fields[][name]=a&fields[][value]=b` is one item until a name repeats.
fn append(items: &mut Vec<Node>, rest: &[&str], value: Node) {
    if let (Some(name), Some(last)) = (rest.first(), items.last_mut())
        && matches!(last, Node::Map(_))
        && last.member(name).is_none()
    {
        last.insert_at(rest, value);
        return;
    }
    let mut item = Node::Null;
    item.insert_at(rest, value);
    items.push(item);
}

/// `poll[options][]` → `poll`, `options` and an empty part.
fn segments(name: &str) -> Vec<&str> {
    let Some((head, tail)) = name.split_once('[').filter(|(head, _)| !head.is_empty()) else {
        return vec![name];
    };
    let Some(inner) = tail.strip_suffix(']') else {
        return vec![name];
    };
    let mut path = vec![head];
    path.extend(inner.split("]["));
    if path.len() > MAX_DEPTH { vec![name] } else { path }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Map(members.into_iter().map(|(name, value)| (name, Self::from(value))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Node {
        let mut node = Node::empty();
        for (name, value) in pairs {
            node.insert(name, (*value).to_owned());
        }
        node
    }

    #[test]
    fn names_in_rails_spelling_become_what_json_would_say() {
        assert_eq!(
            of(&[("media_ids[]", "1"), ("media_ids[]", "2"), ("poll[options][]", "yes"), ("status", "a")]),
            Node::from(json!({ "media_ids": ["1", "2"], "poll": { "options": ["yes"] }, "status": "a" })),
        );
    }

    #[test]
    fn items_of_a_nested_list_begin_where_a_name_repeats() {
        assert_eq!(
            of(&[("f[][name]", "a"), ("f[][value]", "b"), ("f[][name]", "c"), ("f[][value]", "d")]),
            Node::from(json!({ "f": [{ "name": "a", "value": "b" }, { "name": "c", "value": "d" }] })),
        );
    }

    #[test]
    fn a_malformed_name_is_a_name_like_any_other() {
        assert_eq!(of(&[("a[b", "1"), ("[c]", "2")]), Node::from(json!({ "a[b": "1", "[c]": "2" })));
    }
}
