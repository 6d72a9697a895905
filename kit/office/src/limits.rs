//! How much of a file is read before it is refused.
//!
//! It does NOT measure time with a clock: what takes time is counted (bytes, elements, pages, operators).

/// What a reader accepts; the defaults pass real office files and stop bombs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The file as it was uploaded.
    pub file_bytes: u64,
    /// Entries of the package.
    pub entries: usize,
    /// One part of the package or one stream, unpacked.
    pub part_bytes: u64,
    /// All parts that are read, unpacked, together.
    pub total_bytes: u64,
    /// Elements inside one another.
    pub depth: usize,
    /// Elements of one part that has to be held as a whole.
    pub nodes: usize,
    /// Text and markup handed back, in bytes.
    pub text_bytes: usize,
    /// Rows of a sheet.
    pub rows: usize,
    /// Cells of a file.
    pub cells: usize,
    /// Pages or slides.
    pub pages: usize,
    /// Findings handed back; what comes after them is not told.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 200 << 20,
            entries: 20_000,
            part_bytes: 128 << 20,
            total_bytes: 512 << 20,
            depth: 256,
            nodes: 4_000_000,
            text_bytes: 64 << 20,
            rows: 1_048_576,
            cells: 5_000_000,
            pages: 10_000,
            findings: 5_000,
        }
    }
}
