//! What is generated from the types: the JSON schema, and a sample file with every key.

use std::fmt::Write;

use serde_json::Value;

use crate::Settings;

/// The JSON schema of the settings file.
pub fn schema() -> Value {
    schemars::schema_for!(Settings).to_value()
}

/// A settings file with every key, its description and its default, commented out where a
/// default exists.
pub fn sample() -> String {
    let schema = schema();
    let mut text = String::from(
        "# Belfry's settings. Every key can also be set as an environment variable:\n\
         # BELFRY__SECTION__KEY, for instance BELFRY__PLATFORM__SHARED_DOMAIN.\n",
    );
    for (section, property) in entries(&schema, &schema) {
        let definition = resolve(&schema, property);
        let _ = write!(text, "\n[{section}]\n");
        for (key, property) in entries(&schema, definition) {
            write_key(&mut text, &schema, &section, definition, &key, property);
        }
    }
    text
}

fn write_key(
    text: &mut String,
    schema: &Value,
    section: &str,
    definition: &Value,
    key: &str,
    property: &Value,
) {
    let description = property.get("description").or_else(|| resolve(schema, property).get("description"));
    for line in description.and_then(Value::as_str).unwrap_or_default().lines() {
        let _ = writeln!(text, "# {line}");
    }
    let required = definition
        .get("required")
        .and_then(Value::as_array)
        .is_some_and(|required| required.iter().any(|name| name == key));
    // A section's own default carries the values of its keys.
    let default = property
        .get("default")
        .or_else(|| schema.pointer(&format!("/properties/{section}/default/{key}")))
        .filter(|value| !value.is_null());
    // A secret's default is never shown, not even the harmless one, but where its key says so.
    let said = property.get("x-default").and_then(Value::as_str).unwrap_or("embedded");
    let _ = match default {
        Some(Value::String(shown)) if shown == "[secret]" => writeln!(text, "# {key} = \"{said}\""),
        Some(value) => writeln!(text, "# {key} = {value}"),
        None if required => writeln!(text, "{key} = \"social.example\""),
        None => writeln!(text, "# {key} ="),
    };
}

fn entries<'a>(schema: &'a Value, of: &'a Value) -> Vec<(String, &'a Value)> {
    resolve(schema, of)
        .get("properties")
        .and_then(Value::as_object)
        .map(|map| map.iter().map(|(key, value)| (key.clone(), value)).collect())
        .unwrap_or_default()
}

/// Follows a `$ref` into the schema's own definitions.
fn resolve<'a>(schema: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| schema.pointer(reference.trim_start_matches('#')))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_valid_settings_file() {
        let sample = sample();
        assert!(Settings::from_toml(&sample).is_ok(), "{sample}");
    }

    #[test]
    fn the_sample_names_every_section_and_shows_defaults() {
        let sample = sample();
        for expected in
            ["[platform]", "[delivery]", "# prefetch = 4000", "shared_domain = \"social.example\""]
        {
            assert!(sample.contains(expected), "{expected} is missing in:\n{sample}");
        }
    }
}
