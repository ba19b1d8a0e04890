//! The point of an image that cropping keeps.

use belfry_storage::row;
use serde_json::{Value as Json, json};

use crate::Invalid;

/// From -1 to 1 each: left to right, bottom to top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Focus {
    pub x: f64,
    pub y: f64,
}

impl Focus {
    pub fn new(x: f64, y: f64) -> Result<Self, Invalid> {
        let inside = |at: f64| (-1.0..=1.0).contains(&at);
        if inside(x) && inside(y) { Ok(Self { x, y }) } else { Err(Invalid::Focus) }
    }

    /// As clients write it: `x,y`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (x, y) = text.split_once(',').ok_or(Invalid::Focus)?;
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| Invalid::Focus);
        Self::new(number(x)?, number(y)?)
    }

    /// Of an attachment, if its uploader set one.
    pub fn of(media: &row::MediaAttachment) -> Option<Self> {
        let focus = media.meta.get("focus")?;
        Some(Self { x: focus.get("x")?.as_f64()?, y: focus.get("y")?.as_f64()? })
    }

    pub(super) fn write(self, meta: &mut Json) {
        if let Some(meta) = meta.as_object_mut() {
            meta.insert("focus".to_owned(), json!({ "x": self.x, "y": self.y }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focus_outside_the_image_is_refused() {
        assert_eq!(Focus::parse("0.5,-1"), Ok(Focus { x: 0.5, y: -1.0 }));
        for text in ["", "1", "2,0", "0,NaN", "a,b"] {
            assert_eq!(Focus::parse(text), Err(Invalid::Focus), "{text}");
        }
    }
}
