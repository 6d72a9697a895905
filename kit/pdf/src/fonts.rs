//! The fonts of a process: looked for once, at the first document, and read when a letter of them is wanted.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// Folders in folders that are looked into.
const DEEPEST: usize = 6;
const ENDINGS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// Fonts in a list of folders; of two that fit equally, the one of the earlier folder is taken.
pub struct Fonts {
    folders: Vec<PathBuf>,
    shelf: OnceLock<Shelf>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("folders", &self.folders).finish_non_exhaustive()
    }
}

impl Fonts {
    /// Nothing is read yet. Folders that do not exist are passed over.
    pub fn in_folders(folders: Vec<PathBuf>) -> Fonts {
        Fonts { folders, shelf: OnceLock::new() }
    }

    /// Where fonts are looked for.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The first family of the list that is there.
    pub fn first_of<'a>(&self, families: &[&'a str]) -> Option<&'a str> {
        let book = self.shelf().book();
        families.iter().copied().find(|family| book.contains_family(&family.to_lowercase()))
    }

    /// The files that a family's faces are in, for others who draw letters.
    pub fn files_of(&self, family: &str) -> Vec<&Path> {
        let shelf = self.shelf();
        let faces = shelf.book().select_family(&family.to_lowercase()).filter_map(|at| shelf.faces.get(at));
        let mut files: Vec<&Path> = faces.map(|face| face.path.as_path()).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// Forgets the letters in memory; the list of fonts stays.
    pub fn forget(&self) {
        if let Some(shelf) = self.shelf.get() {
            lock(&shelf.files).clear();
            lock(&shelf.fonts).clear();
            typst::comemo::evict(0);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.shelf().faces.is_empty()
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        self.shelf.get_or_init(|| Shelf::look(&self.folders))
    }
}

/// What was found.
pub(crate) struct Shelf {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    files: Mutex<HashMap<PathBuf, Bytes>>,
    fonts: Mutex<HashMap<usize, Font>>,
}

struct Face {
    path: PathBuf,
    /// Its place in the file.
    index: u32,
}

impl Shelf {
    fn look(folders: &[PathBuf]) -> Shelf {
        let mut paths = Vec::new();
        for folder in folders {
            collect(folder, 0, &mut paths);
        }
        let (mut book, mut faces) = (FontBook::new(), Vec::new());
        for path in paths {
            // Whole files one after the other, each let go before the next: only what they say of themselves stays.
            let Ok(bytes) = fs::read(&path) else { continue };
            for index in 0.. {
                let Some(info) = FontInfo::new(&bytes, index) else { break };
                book.push(info);
                faces.push(Face { path: path.clone(), index });
            }
        }
        Shelf { book: LazyHash::new(book), faces, files: Mutex::default(), fonts: Mutex::default() }
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        let mut fonts = lock(&self.fonts);
        if let Some(font) = fonts.get(&index) {
            return Some(font.clone());
        }
        let font = Font::new(self.file(&face.path)?, face.index)?;
        fonts.insert(index, font.clone());
        Some(font)
    }

    /// The faces of one file share its bytes.
    fn file(&self, path: &Path) -> Option<Bytes> {
        let mut files = lock(&self.files);
        if let Some(bytes) = files.get(path) {
            return Some(bytes.clone());
        }
        let bytes = Bytes::new(fs::read(path).ok()?);
        files.insert(path.to_owned(), bytes.clone());
        Some(bytes)
    }
}

fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        if path.is_dir() {
            if depth < DEEPEST {
                collect(&path, depth + 1, paths);
            }
        } else if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && !paths.contains(&path) {
            paths.push(path);
        }
    }
}

/// A thread that panicked while it held these left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
