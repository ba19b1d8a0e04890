//! What a person does at a page: finds things by the words on them, clicks, types.
//!
//! Invariant: nothing is found that a person could not see, and a field is found by its label
//! only, so that a page without labels can't be filled in.

use std::path::Path;

use serde_json::{Value, json};

use super::{Tab, Visit};

/// Functions that find things, as an object.
const FIND: &str = include_str!("find.js");

impl Tab {
    /// Clicks a button, link, choice or summary by the words on it.
    pub async fn press(&self, words: &str) {
        let at: Vec<f64> = self.find("pressable", words).await;
        self.click(&at).await;
    }

    /// Clicks, and waits for the page that it leads to.
    pub async fn follow(&self, words: &str) -> Visit {
        let at: Vec<f64> = self.find("pressable", words).await;
        self.leads_on(words, async || self.click(&at).await).await
    }

    /// Types into the field with this label, in place of what is in it.
    pub async fn fill(&self, label: &str, text: &str) {
        let is_typed: bool = self.find_with("focus", label, text).await;
        if is_typed {
            self.call("Input.insertText", json!({ "text": text })).await;
        }
    }

    /// Chooses in the list with this label the entry with these words.
    pub async fn choose(&self, label: &str, entry: &str) {
        let _: bool = self.find_with("choose", label, entry).await;
    }

    /// Hands a file to the field with this label.
    ///
    /// # Panics
    /// Without such a field.
    pub async fn attach(&self, label: &str, file: &Path) {
        let expression = format!("({FIND}).field({})", json!(label));
        let found = self.call("Runtime.evaluate", json!({ "expression": expression })).await;
        let field = found.pointer("/result/objectId").and_then(Value::as_str);
        let field = field.unwrap_or_else(|| panic!("no field `{label}`: {found}"));
        let files = json!({ "objectId": field, "files": [file.display().to_string()] });
        self.call("DOM.setFileInputFiles", files).await;
    }

    /// Presses a key of the keyboard: `Tab`, `Shift+Tab`, `Enter`, `Space`, `ArrowDown`.
    ///
    /// # Panics
    /// When it isn't one of these.
    pub async fn key(&self, key: &str) {
        let (shift, name) = key.strip_prefix("Shift+").map_or((0, key), |name| (8, name));
        let (code, text) = match name {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Space" => (32, " "),
            "ArrowDown" => (40, ""),
            _ => panic!("no such key: {key}"),
        };
        let name = if name == "Space" { " " } else { name };
        let press = |kind: &str, text: &str| {
            json!({
                "type": kind, "key": name, "code": key, "windowsVirtualKeyCode": code,
                "modifiers": shift, "text": text,
            })
        };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        self.call("Input.dispatchKeyEvent", press(kind, text)).await;
        self.call("Input.dispatchKeyEvent", press("keyUp", "")).await;
    }

    async fn click(&self, at: &[f64]) {
        let [x, y] = at else { panic!("a place has two coordinates: {at:?}") };
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", event).await;
        }
    }

    async fn find<T: serde::de::DeserializeOwned>(&self, how: &str, words: &str) -> T {
        self.evaluate(&format!("({FIND}).{how}({})", json!(words))).await
    }

    async fn find_with<T: serde::de::DeserializeOwned>(&self, how: &str, label: &str, value: &str) -> T {
        self.evaluate(&format!("({FIND}).{how}({}, {})", json!(label), json!(value))).await
    }
}
