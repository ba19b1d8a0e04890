//! From the tree of parameters to an endpoint's own type, as leniently as Rails reads them:
//! `"1"`, `"true"` and `True` are true, a number may be text, one value may stand for a list.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::node::Node;

/// Why the parameters are not what the endpoint takes. It names the parameter, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Mismatch(String);

impl de::Error for Mismatch {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self(format!("a parameter is not {expected}"))
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self(format!("a parameter is not {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(format!("a parameter is not one of: {}", expected.join(", ")))
    }
}

impl IntoDeserializer<'_, Mismatch> for Node {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! numbers {
    ($($method:ident => $visit:ident : $type:ty),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match &self {
                Self::Text(text) => match text.trim().parse::<$type>() {
                    Ok(number) => visitor.$visit(number),
                    Err(_) => Err(Mismatch("a parameter is not a number".to_owned())),
                },
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Node {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Text(text) => visitor.visit_string(text),
            Self::Bool(flag) => visitor.visit_bool(flag),
            Self::Number(number) => number
                .deserialize_any(visitor)
                .map_err(|_: serde_json::Error| Mismatch("a parameter is not a number that fits".to_owned())),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Map(members) => visitor.visit_map(MapDeserializer::new(members.into_iter())),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let flag = match &self {
            Self::Bool(flag) => *flag,
            Self::Number(number) => number.as_f64() != Some(0.0),
            Self::Text(text) => {
                !matches!(text.to_ascii_lowercase().as_str(), "" | "0" | "f" | "false" | "off")
            }
            Self::Null => false,
            Self::List(_) | Self::Map(_) => {
                return Err(Mismatch("a parameter is not true or false".to_owned()));
            }
        };
        visitor.visit_bool(flag)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Self::Number(number) => visitor.visit_string(number.to_string()),
            Self::Bool(flag) => visitor.visit_string(flag.to_string()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Self::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let items = match self {
            Self::List(items) => items,
            // `fields_attributes[0]`, `[1]`: numbered members are a list in their numbers' order.
            Self::Map(members) => numbered(members)?,
            Self::Null => Vec::new(),
            one => vec![one],
        };
        visitor.visit_seq(SeqDeserializer::new(items.into_iter()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self {
            Self::Text(word) => visitor.visit_enum(Word(word)),
            _ => Err(Mismatch("a parameter is not a word".to_owned())),
        }
    }

    numbers! {
        deserialize_i8 => visit_i64: i64,
        deserialize_i16 => visit_i64: i64,
        deserialize_i32 => visit_i64: i64,
        deserialize_i64 => visit_i64: i64,
        deserialize_u8 => visit_u64: u64,
        deserialize_u16 => visit_u64: u64,
        deserialize_u32 => visit_u64: u64,
        deserialize_u64 => visit_u64: u64,
        deserialize_f32 => visit_f64: f64,
        deserialize_f64 => visit_f64: f64,
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

fn numbered(members: Vec<(String, Node)>) -> Result<Vec<Node>, Mismatch> {
    let mut items = Vec::with_capacity(members.len());
    for (name, node) in members {
        let number: u64 = name.parse().map_err(|_| Mismatch("a parameter is not a list".to_owned()))?;
        items.push((number, node));
    }
    items.sort_by_key(|(number, _)| *number);
    Ok(items.into_iter().map(|(_, node)| node).collect())
}

struct Word(String);

impl<'de> EnumAccess<'de> for Word {
    type Error = Mismatch;
    type Variant = Unit;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Unit), Mismatch> {
        Ok((seed.deserialize(self.0.into_deserializer())?, Unit))
    }
}

/// Words carry nothing else.
struct Unit;

impl<'de> VariantAccess<'de> for Unit {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value, Mismatch> {
        Err(Mismatch("a parameter is not a word".to_owned()))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Mismatch> {
        Err(Mismatch("a parameter is not a word".to_owned()))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Mismatch> {
        Err(Mismatch("a parameter is not a word".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use belfry_model::Visibility;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Fields {
        flag: Option<bool>,
        limit: Option<u32>,
        ids: Vec<String>,
        visibility: Option<Visibility>,
        fields: Vec<Field>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Field {
        name: String,
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Fields, Mismatch> {
        let mut node = Node::empty();
        for (name, value) in pairs {
            node.insert(name, (*value).to_owned());
        }
        Fields::deserialize(node)
    }

    #[test]
    fn booleans_are_read_in_every_spelling_that_clients_use() {
        for (text, expected) in
            [("1", true), ("true", true), ("True", true), ("0", false), ("false", false), ("False", false)]
        {
            assert_eq!(read(&[("flag", text)]).unwrap().flag, Some(expected), "{text}");
        }
    }

    #[test]
    fn one_value_stands_for_a_list_and_numbered_members_too() {
        assert_eq!(read(&[("ids", "7")]).unwrap().ids, ["7"]);
        let fields = read(&[("fields[1][name]", "b"), ("fields[0][name]", "a")]).unwrap().fields;
        assert_eq!(fields, [Field { name: "a".into() }, Field { name: "b".into() }]);
    }

    #[test]
    fn numbers_for_ids_are_text_and_text_for_limits_is_a_number() {
        let json = serde_json::json!({ "ids": [7, "8"], "limit": "20", "unknown": {} });
        let fields = Fields::deserialize(Node::from(json)).unwrap();
        assert_eq!((fields.ids, fields.limit), (vec!["7".to_owned(), "8".to_owned()], Some(20)));
    }

    #[test]
    fn a_mismatch_says_what_was_expected_and_not_what_was_sent() {
        let error = read(&[("visibility", "my secret")]).unwrap_err();
        assert!(error.to_string().starts_with("a parameter is not one of: public"), "{error}");
        assert!(!error.to_string().contains("my secret"));
    }
}
