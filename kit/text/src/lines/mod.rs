//! Line files for imports, read as a stream: plain or gzip, UTF-8, UTF-16 or GB18030.
//!
//! A line that cannot be used (too long, broken encoding) is an error for that line only; the rest
//! goes on. A broken file delivers every whole line before the break, then one error.
//! It does NOT interpret the lines (no JSON, no CSV) and never holds more than one line.

mod charset;
mod error;
mod page;
mod source;
#[cfg(test)]
mod tests;

pub use charset::{Charset, decode_text};
pub use error::{LineError, ReadError};
pub use page::{TextFile, decode_page, read_text_file};

use charset::LineDecoder;
use source::Source;
use std::path::Path;

/// What a reader accepts before it stops; the defaults pass real exports and stop gzip bombs.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest line in bytes; a longer one is skipped without holding it.
    pub line_bytes: usize,
    /// The most bytes the file may unpack to.
    pub total_bytes: u64,
    /// The most bytes one packed byte may become, judged after [`Limits::ratio_after`] bytes.
    /// Repetitive real exports reach about 40; deflate itself ends at 1,032.
    pub ratio: u64,
    /// Unpacked bytes before the ratio is judged.
    pub ratio_after: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { line_bytes: 64 << 20, total_bytes: 4 << 30, ratio: 200, ratio_after: 64 << 20 }
    }
}

/// One line of a file, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1, empty and broken lines included.
    pub number: u64,
    /// Where the line starts in the unpacked file.
    pub byte_offset: u64,
    /// The decoded text.
    pub text: String,
}

/// Reads a file line by line; see the module's words.
pub struct LineReader {
    source: Source,
    limits: Limits,
    chunk: Vec<u8>,
    at: usize,
    offset: u64,
    number: u64,
    decoder: LineDecoder,
    /// Met while looking at the first block, told when the iteration gets there.
    failure: Option<ReadError>,
    finished: bool,
}

const CHUNK_BYTES: usize = 64 * 1024;

impl LineReader {
    /// Opens a file and looks at its first block: packed or plain, and in which encoding.
    ///
    /// # Errors
    /// The file cannot be opened or is not a file. A damaged archive is reported by the iteration.
    pub fn open(path: &Path, limits: Limits) -> Result<LineReader, ReadError> {
        let mut reader = LineReader {
            source: Source::open(path, limits)?,
            limits,
            chunk: Vec::new(),
            at: 0,
            offset: 0,
            number: 0,
            decoder: LineDecoder::default(),
            failure: None,
            finished: false,
        };
        let (first, skipped) = reader.first_block();
        reader.chunk = first;
        reader.at = skipped;
        reader.offset = skipped as u64;
        Ok(reader)
    }

    fn first_block(&mut self) -> (Vec<u8>, usize) {
        let mut block = Vec::new();
        while block.len() < CHUNK_BYTES {
            let before = block.len();
            self.failure = self.source.read_chunk(&mut block, CHUNK_BYTES).err();
            if block.len() == before {
                break;
            }
        }
        let (decoder, skipped) = LineDecoder::look_at(&block);
        self.decoder = decoder;
        (block, skipped)
    }

    /// Bytes of the file (as stored, packed) read so far: with [`LineReader::total_bytes`] the progress.
    pub fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }

    /// The file's size as stored.
    pub fn total_bytes(&self) -> u64 {
        self.source.total_bytes()
    }

    /// What the first block looked like.
    pub fn charset(&self) -> Charset {
        self.decoder.charset()
    }

    /// Takes bytes up to the next line end; `None` when the input is used up.
    fn next_raw(&mut self) -> Option<Result<Line, LineError>> {
        let mut raw = Raw { start: self.offset, bytes: Vec::new(), length: 0 };
        loop {
            if self.at == self.chunk.len() {
                self.chunk.clear();
                self.at = 0;
                let read = match self.failure.take() {
                    Some(error) => Err(error),
                    None => self.source.read_chunk(&mut self.chunk, CHUNK_BYTES),
                };
                if let Err(error) = read {
                    self.finished = true;
                    return Some(Err(LineError::Stopped(error.at_line(self.number + 1))));
                }
                if self.chunk.is_empty() {
                    self.finished = true;
                    return (raw.length > 0).then(|| self.finish_line(raw));
                }
            }
            let rest = &self.chunk[self.at..];
            let misaligned = self.decoder.is_wide() && (raw.length % 2 == 1);
            let (taken, ended) = self.decoder.line_end(rest, misaligned, raw.bytes.last().copied());
            raw.push(&rest[..taken], self.limits.line_bytes);
            self.at += taken;
            self.offset += taken as u64;
            if ended {
                return Some(self.finish_line(raw));
            }
        }
    }

    fn finish_line(&mut self, raw: Raw) -> Result<Line, LineError> {
        self.number += 1;
        let number = self.number;
        if raw.length > self.limits.line_bytes as u64 {
            return Err(LineError::TooLong {
                number,
                byte_offset: raw.start,
                length: raw.length,
                limit: self.limits.line_bytes as u64,
            });
        }
        match self.decoder.decode_line(raw.bytes) {
            Ok(text) => Ok(Line { number, byte_offset: raw.start, text }),
            Err(broken_at) => Err(LineError::BrokenEncoding {
                number,
                byte_offset: raw.start + broken_at as u64,
                charset: self.decoder.charset(),
            }),
        }
    }
}

impl Iterator for LineReader {
    type Item = Result<Line, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished { None } else { self.next_raw() }
    }
}

/// The bytes of a line being collected; once it is too long only its length is kept.
struct Raw {
    start: u64,
    bytes: Vec<u8>,
    length: u64,
}

impl Raw {
    fn push(&mut self, more: &[u8], limit: usize) {
        self.length += more.len() as u64;
        if self.length > limit as u64 {
            // Keep the last byte: a two-byte line end may stand on a block border.
            self.bytes = more.last().map(|&last| vec![last]).unwrap_or_default();
        } else {
            self.bytes.extend_from_slice(more);
        }
    }
}
