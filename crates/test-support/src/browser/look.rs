//! How a page is looked at: on which screen, in which colours, by a reader of which language.

use std::sync::PoisonError;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Tab;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub scheme: Scheme,
    /// As browsers send it: `en`, `nl`.
    pub language: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1280, height: 800, scheme: Scheme::Light, language: "en" }
    }
}

impl Look {
    /// The narrowest that WCAG 2.2 asks for (1.4.10, Reflow).
    pub const PHONE: u32 = 320;

    #[must_use]
    pub fn dark(self) -> Self {
        Self { scheme: Scheme::Dark, ..self }
    }

    #[must_use]
    pub fn wide(self, width: u32) -> Self {
        Self { width, ..self }
    }

    #[must_use]
    pub fn read_in(self, language: &'static str) -> Self {
        Self { language, ..self }
    }
}

impl Tab {
    /// From now on. Colours and width change at once, the language with the next page.
    pub async fn look(&self, look: Look) {
        *self.look.lock().unwrap_or_else(PoisonError::into_inner) = look;
        let screen = json!({
            "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", screen).await;
        let scheme = match look.scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.call("Emulation.setEmulatedMedia", media).await;
        let headers = json!({ "headers": { "Accept-Language": look.language } });
        self.call("Network.setExtraHTTPHeaders", headers).await;
    }

    /// How the page is looked at now.
    pub fn looked_at(&self) -> Look {
        *self.look.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// By how many pixels the page is wider than its window: a person would have to scroll sideways.
    pub async fn overflow(&self) -> u32 {
        let wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.evaluate::<u32>(&format!("Math.max(0, {wider})")).await
    }

    /// What sticks out of the window, to mend it.
    pub async fn sticking_out(&self) -> Vec<String> {
        self.evaluate(
            "[...document.querySelectorAll('main *, header *, footer *')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
                .slice(0, 5).map(element => element.outerHTML.slice(0, 160))",
        )
        .await
    }

    /// A PNG of the window, or of the page to its end, up to `tallest`.
    ///
    /// # Panics
    /// When the browser draws none.
    pub async fn picture(&self, tallest: u32) -> Vec<u8> {
        let look = self.looked_at();
        let height: u32 = self.evaluate("document.documentElement.scrollHeight").await;
        let clip = json!({
            "x": 0, "y": 0, "width": look.width, "height": height.clamp(1, tallest), "scale": 1,
        });
        let how = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let drawn = self.call("Page.captureScreenshot", how).await;
        let data = drawn.get("data").and_then(Value::as_str).unwrap_or_default();
        STANDARD.decode(data).expect("a picture in base64")
    }
}
