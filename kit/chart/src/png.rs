//! SVG to PNG, for messengers, screens and office documents.
//!
//! Font files are given, read once and shared; no font of the system is looked for. It does NOT load pictures or fonts
//! from anywhere an SVG names.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{self, fontdb},
};

/// The widest and highest picture in pixels.
const MOST: f32 = 16_384.0;

/// Why there is no picture.
#[derive(Debug)]
pub enum PngError {
    /// Not an SVG that can be drawn.
    Svg(String),
    /// None of the font files could be read.
    NoFonts,
    /// A width or height of nothing, or beyond all measure.
    Size,
}

impl std::fmt::Display for PngError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PngError::Svg(why) => write!(f, "not a picture that can be drawn: {why}"),
            PngError::NoFonts => f.write_str("none of the font files could be read"),
            PngError::Size => f.write_str("the picture would be empty or too large"),
        }
    }
}

impl std::error::Error for PngError {}

/// Font files, read once; cheap to clone.
#[derive(Clone)]
pub struct Fonts(Arc<fontdb::Database>);

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({} faces)", self.0.len())
    }
}

impl Fonts {
    /// Reads font files and folders of font files. `family` is used where an SVG names none that is there.
    pub fn load<P: AsRef<Path>>(places: &[P], family: &str) -> Result<Fonts, PngError> {
        let mut fonts = fontdb::Database::new();
        for file in places.iter().flat_map(|place| files(place.as_ref())) {
            // A missing file is not an error as long as one is there.
            if let Ok(bytes) = fs::read(file) {
                fonts.load_font_data(bytes);
            }
        }
        if fonts.is_empty() {
            return Err(PngError::NoFonts);
        }
        fonts.set_sans_serif_family(family);
        fonts.set_serif_family(family);
        Ok(Fonts(Arc::new(fonts)))
    }

    /// The places where distributions put the fonts that charts are drawn with.
    pub fn usual_places() -> Vec<PathBuf> {
        [
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
        ]
        .iter()
        .map(PathBuf::from)
        .collect()
    }
}

/// A font file, or those in a folder.
fn files(place: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(place) else { return vec![place.to_owned()] };
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        ending.is_some_and(|ending| ["ttf", "ttc", "otf", "otc"].contains(&ending.as_str()))
    };
    let mut files: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(is_font).collect();
    files.sort();
    files
}

/// Draws an SVG `width` pixels wide, its height in proportion; the ground stays clear where the SVG paints none.
pub fn png(svg: &str, width: u32, fonts: &Fonts) -> Result<Vec<u8>, PngError> {
    let options = usvg::Options {
        fontdb: Arc::clone(&fonts.0),
        font_family: "sans-serif".to_owned(),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| PngError::Svg(error.to_string()))?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round();
    if width == 0 || width as f32 > MOST || !(1.0..=MOST).contains(&height) {
        return Err(PngError::Size);
    }
    let mut pixels = Pixmap::new(width, height as u32).ok_or(PngError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PngError::Svg(error.to_string()))
}
