//! A QR code as the path of a picture that a page draws itself: nothing is loaded, and nothing of it
//! is a file that could be kept.

use std::fmt::Write;

use qrcode::{Color, QrCode};
use serde::Serialize;

/// What scanners ask for around it (ISO/IEC 18004 §5.3.8).
const QUIET: usize = 4;

#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Of the square, with what is around it.
    size: usize,
    /// The `d` of a path: a square of one for each dark module.
    path: String,
}

impl Picture {
    /// `None` if the text is longer than a QR code can hold.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::new(text).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (position, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (position % width + QUIET, position / width + QUIET);
                // Writing into a string can't fail.
                write!(path, "M{x} {y}h1v1h-1z").ok();
            }
        }
        Some(Self { size: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_finder_pattern() {
        let picture = Picture::of("otpauth://totp/moe:ann?secret=ABC").unwrap();
        assert!(picture.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{}", picture.path);
        assert!(picture.size >= 21 + 8);
        assert!(Picture::of(&"x".repeat(5000)).is_none());
    }
}
