//! The front-end files that `assets/build.mjs` makes, as they lie in the binary.

use rust_embed::RustEmbed;

/// Styles, scripts and the icon.
#[derive(RustEmbed)]
#[folder = "../assets/dist/"]
pub struct FrontEnd;

/// The text of a file; empty where it was not built.
pub fn text(name: &str) -> String {
    let file = FrontEnd::get(name);
    file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}
