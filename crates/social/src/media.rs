//! Uploads: checked, decoded, freed of what they tell about their maker, and stored under
//! names that nobody can guess.

mod describe;
mod focus;
mod image;
mod orphans;
mod store;
mod upload;

pub use focus::Focus;
pub use store::{InvalidMediaUrl, MediaStore, Stored};
