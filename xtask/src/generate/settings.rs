//! The page of settings, from their JSON schema.

use std::fmt::Write;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

const HEAD: &str = "# Settings

<!-- Made by `cargo xtask generate` from `belfry settings schema`: change the code instead. -->

Compiled defaults are overridden by the settings file, that by the environment:
`BELFRY__SECTION__KEY`. A key that isn't known is an error that names it.
`belfry settings check` says what is wrong; `belfry settings sample` prints a file to start from.
";

pub fn page(schema: &str) -> Result<String> {
    let schema: Value = serde_json::from_str(schema).context("reading the settings' schema")?;
    let mut page = HEAD.to_owned();
    for (section, property) in properties(&schema, &schema)? {
        let definition = resolve(&schema, property);
        write!(page, "\n## `[{section}]`\n\n")?;
        if let Some(description) = text(definition, "description").or_else(|| text(property, "description")) {
            write!(page, "{description}\n\n")?;
        }
        page.push_str("| key | kind | default | what it is |\n|---|---|---|---|\n");
        for (key, property) in properties(&schema, definition)? {
            let default = property
                .get("default")
                .or_else(|| schema.pointer(&format!("/properties/{section}/default/{key}")));
            writeln!(
                page,
                "| `{key}` | {} | {} | {} |",
                kind(&schema, property),
                shown_default(default),
                cell(
                    text(property, "description").or_else(|| text(resolve(&schema, property), "description"))
                ),
            )?;
        }
    }
    Ok(page)
}

fn properties<'a>(schema: &'a Value, of: &'a Value) -> Result<&'a Map<String, Value>> {
    let definition = resolve(schema, of);
    definition
        .get("properties")
        .and_then(Value::as_object)
        .context("a section of the schema has no properties")
}

/// Follows `$ref`, alone or as the only one of `allOf` or the one of `anyOf` that isn't null.
fn resolve<'a>(schema: &'a Value, of: &'a Value) -> &'a Value {
    let alternatives = ["allOf", "anyOf"].iter().find_map(|key| of.get(key)?.as_array());
    let inner = alternatives.and_then(|all| all.iter().find(|one| one.get("$ref").is_some())).unwrap_or(of);
    let target = inner.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    target.and_then(|path| schema.pointer(path)).unwrap_or(of)
}

fn kind(schema: &Value, property: &Value) -> String {
    let definition = resolve(schema, property);
    let choices = definition.get("enum").and_then(Value::as_array).map(|all| all.iter().collect::<Vec<_>>());
    let constants = definition
        .get("oneOf")
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(|one| one.get("const")).collect::<Vec<_>>());
    if let Some(choices) = choices.or(constants).filter(|choices| !choices.is_empty()) {
        let choices: Vec<String> =
            choices.iter().filter_map(|one| one.as_str()).map(|one| format!("`{one}`")).collect();
        return choices.join(", ");
    }
    match definition.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(several)) => {
            let named = several.iter().filter_map(Value::as_str).find(|name| *name != "null");
            named.unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn shown_default(default: Option<&Value>) -> String {
    match default {
        None | Some(Value::Null) => String::new(),
        // A secret's default isn't shown, not even a harmless one.
        Some(Value::String(text)) if text == "[secret]" => String::new(),
        Some(value) => format!("`{value}`"),
    }
}

fn text<'a>(of: &'a Value, key: &str) -> Option<&'a str> {
    of.get(key).and_then(Value::as_str)
}

/// Fits into one cell of a table.
fn cell(text: Option<&str>) -> String {
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::page;

    #[test]
    fn a_section_becomes_a_table_of_its_keys() {
        let schema = json!({
            "properties": { "http": { "$ref": "#/$defs/Http", "default": { "bind": "127.0.0.1:8080" } } },
            "$defs": { "Http": {
                "description": "Where it listens.",
                "properties": { "bind": { "type": "string", "description": "Address\nand port." } }
            } }
        });
        let page = page(&schema.to_string()).expect("a page");
        assert!(page.contains("## `[http]`\n\nWhere it listens.\n"), "{page}");
        assert!(page.contains("| `bind` | string | `\"127.0.0.1:8080\"` | Address and port. |"), "{page}");
    }
}
