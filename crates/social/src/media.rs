//! Uploads: checked, decoded, freed of what they tell about their maker, and stored under
//! names that nobody can guess.

mod store;

pub use store::{InvalidMediaUrl, MediaStore, Stored};
