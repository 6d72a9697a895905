//! The bytes of a file, unpacked where it is gzip (also several members in one file), with limits.
//!
//! It does NOT look at lines or encodings.

use super::{Limits, ReadError};
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A file being read in chunks.
pub(super) struct Source {
    path: PathBuf,
    limits: Limits,
    total: u64,
    unpacked: u64,
    stream: Stream,
}

enum Stream {
    Plain(BufReader<Counted>),
    Packed(Box<GzDecoder<BufReader<Counted>>>),
    /// Reading ended, at this byte of the stored file.
    Ended(u64),
    /// Reading failed; the error has not been told yet.
    Failed(u64, ReadError),
}

/// What a failure looked like before it gets its place.
enum Break {
    Truncated,
    Checksum,
    Corrupt,
    Garbage,
    Io(std::io::Error),
}

impl Source {
    pub(super) fn open(path: &Path, limits: Limits) -> Result<Source, ReadError> {
        let open_error = |source| ReadError::Open { path: path.to_owned(), source };
        let file = File::open(path).map_err(open_error)?;
        let metadata = file.metadata().map_err(open_error)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile { path: path.to_owned() });
        }
        let mut input = BufReader::with_capacity(64 * 1024, Counted { file, count: 0 });
        let packed = input.fill_buf().map_err(open_error)?.starts_with(&GZIP_MAGIC);
        let stream = match packed {
            true => Stream::Packed(Box::new(GzDecoder::new(input))),
            false => Stream::Plain(input),
        };
        Ok(Source { path: path.to_owned(), limits, total: metadata.len(), unpacked: 0, stream })
    }

    pub(super) fn total_bytes(&self) -> u64 {
        self.total
    }

    pub(super) fn bytes_read(&self) -> u64 {
        match &self.stream {
            Stream::Plain(input) => position(input),
            Stream::Packed(decoder) => position(decoder.get_ref()),
            Stream::Ended(at) | Stream::Failed(at, _) => *at,
        }
    }

    /// Appends up to `limit` bytes in all to `into`; adds nothing at the end.
    ///
    /// Bytes read before a failure are delivered first, the error by the next call; told or
    /// untold, a failure met while looking ahead is kept until somebody asks with an empty buffer.
    pub(super) fn read_chunk(&mut self, into: &mut Vec<u8>, limit: usize) -> Result<(), ReadError> {
        if let Stream::Failed(at, _) = self.stream {
            if !into.is_empty() {
                return Ok(());
            }
            let Stream::Failed(_, error) = std::mem::replace(&mut self.stream, Stream::Ended(at)) else {
                return Ok(());
            };
            return Err(error);
        }
        let start = into.len();
        into.resize(limit.max(start), 0);
        let outcome = self.read_some(&mut into[start..]);
        into.truncate(start + *outcome.as_ref().unwrap_or(&0));
        match outcome.map_err(|found| self.place(found)).and_then(|n| self.check_limits(n)) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.stream = Stream::Failed(self.bytes_read(), error);
                if into.len() > start || start > 0 { Ok(()) } else { self.read_chunk(into, limit) }
            }
        }
    }

    fn read_some(&mut self, buffer: &mut [u8]) -> Result<usize, Break> {
        loop {
            match &mut self.stream {
                Stream::Ended(_) | Stream::Failed(..) => return Ok(0),
                Stream::Plain(input) => return read_once(input, buffer).map_err(Break::Io),
                Stream::Packed(decoder) => match read_once(decoder, buffer) {
                    Ok(0) => self.next_member()?,
                    Ok(n) => return Ok(n),
                    Err(error) => return Err(Break::from_gzip(error)),
                },
            }
        }
    }

    /// After a gzip member: another one, padding, the end, or something that does not belong.
    fn next_member(&mut self) -> Result<(), Break> {
        let ended = Stream::Ended(self.bytes_read());
        let Stream::Packed(decoder) = std::mem::replace(&mut self.stream, ended) else {
            return Ok(());
        };
        let mut input = decoder.into_inner();
        loop {
            let rest = input.fill_buf().map_err(Break::Io)?;
            if rest.is_empty() {
                self.stream = Stream::Ended(position(&input));
                return Ok(());
            }
            // Tapes and some tools pad with zeros.
            let zeros = rest.iter().take_while(|&&byte| byte == 0).count();
            if zeros == 0 {
                break;
            }
            input.consume(zeros);
        }
        let rest = input.fill_buf().map_err(Break::Io)?;
        if rest[0] != GZIP_MAGIC[0] || rest.get(1).is_some_and(|&byte| byte != GZIP_MAGIC[1]) {
            self.stream = Stream::Ended(position(&input));
            return Err(Break::Garbage);
        }
        self.stream = Stream::Packed(Box::new(GzDecoder::new(input)));
        Ok(())
    }

    fn check_limits(&mut self, n: usize) -> Result<(), ReadError> {
        self.unpacked += n as u64;
        let Limits { total_bytes, ratio, ratio_after, .. } = self.limits;
        if self.unpacked > total_bytes {
            return Err(ReadError::TooLarge { path: self.path.clone(), line: 0, limit: total_bytes });
        }
        let packed = matches!(self.stream, Stream::Packed(_));
        if packed && self.unpacked > ratio_after && self.unpacked / self.bytes_read().max(1) > ratio {
            return Err(ReadError::Bomb { path: self.path.clone(), line: 0, limit: ratio });
        }
        Ok(())
    }

    fn place(&self, found: Break) -> ReadError {
        let (path, line, position) = (self.path.clone(), 0, self.bytes_read());
        match found {
            Break::Truncated => ReadError::Truncated { path, line, position },
            Break::Checksum => ReadError::Checksum { path, line, position },
            Break::Corrupt => ReadError::Corrupt { path, line, position },
            Break::Garbage => ReadError::TrailingGarbage { path, line, position },
            Break::Io(source) => ReadError::Failed { path, line, position, source },
        }
    }
}

impl Break {
    /// flate2 tells its findings by kind and words; a test holds each of them.
    fn from_gzip(error: std::io::Error) -> Break {
        match error.kind() {
            ErrorKind::UnexpectedEof => Break::Truncated,
            ErrorKind::InvalidInput if error.to_string().contains("checksum") => Break::Checksum,
            ErrorKind::InvalidInput | ErrorKind::InvalidData => Break::Corrupt,
            _ => Break::Io(error),
        }
    }
}

fn read_once(input: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn position(input: &BufReader<Counted>) -> u64 {
    input.get_ref().count - input.buffer().len() as u64
}

/// A file that knows how far it has been read.
struct Counted {
    file: File,
    count: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.count += n as u64;
        Ok(n)
    }
}
