//! The zip package that every modern office file is: parts by name, relations between them, all within limits.
//!
//! It does NOT unpack to the disk, and opens no package inside a package.

use crate::xml::{self, Event};
use crate::{Limits, OfficeError};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

/// The least bytes that one entry takes in a package's table of contents.
const ENTRY_BYTES: usize = 46;

/// An open package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their names in small letters, as readers of these files compare them.
    places: HashMap<String, usize>,
    names: Vec<String>,
    left: u64,
    limits: Limits,
}

/// A relation from a part to another, or to an address outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of the type, such as `image` or `comments`.
    pub(crate) kind: String,
    /// A part's name, or an address.
    pub(crate) target: String,
    pub(crate) external: bool,
}

impl<'a> Package<'a> {
    /// Opens a package, after counting its entries.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, OfficeError> {
        if bytes.len() as u64 > limits.file_bytes {
            return Err(OfficeError::TooLarge { what: "文件字节数", limit: limits.file_bytes });
        }
        let too_many = OfficeError::TooLarge { what: "压缩包条目数", limit: limits.entries as u64 };
        if might_hold(bytes, limits.entries + 1) {
            return Err(too_many);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| OfficeError::damaged("压缩包", e))?;
        if archive.len() > limits.entries {
            return Err(too_many);
        }
        let names: Vec<String> =
            archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let places = names.iter().enumerate().map(|(i, name)| (key(name), i)).collect();
        Ok(Package { archive, places, names, left: limits.total_bytes, limits: *limits })
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The parts' names as they are written, in the package's order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// A part's bytes; `None` where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, OfficeError> {
        let Some(&place) = self.places.get(&key(name)) else {
            return Ok(None);
        };
        let mut entry = self.archive.by_index(place).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => OfficeError::Encrypted,
            error => OfficeError::damaged(name, error),
        })?;
        let most = self.left.min(self.limits.part_bytes);
        let mut content = Vec::with_capacity(entry.size().min(most).min(1 << 20) as usize);
        entry.by_ref().take(most + 1).read_to_end(&mut content).map_err(|e| OfficeError::damaged(name, e))?;
        if content.len() as u64 > most {
            return Err(OfficeError::TooLarge { what: "解压后字节数", limit: self.limits.part_bytes });
        }
        self.left -= content.len() as u64;
        Ok(Some(content))
    }

    /// A part that has to be there.
    pub(crate) fn need(&mut self, name: &str) -> Result<Vec<u8>, OfficeError> {
        self.part(name)?.ok_or_else(|| OfficeError::damaged(name, "缺少此部件"))
    }

    /// Copies an entry as it is packed.
    pub(crate) fn copy(
        &mut self,
        place: usize,
        zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    ) -> Result<(), OfficeError> {
        let damaged = |error| OfficeError::damaged("压缩包", error);
        let entry = self.archive.by_index_raw(place).map_err(damaged)?;
        zip.raw_copy_file(entry).map_err(damaged)
    }

    /// What a part is related to; nothing for a part without relations.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, OfficeError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let Some(bytes) = self.part(&name)? else {
            return Ok(Vec::new());
        };
        let text = xml::decode(bytes);
        let mut pull = xml::Pull::new(&text, &name, &self.limits);
        let mut relations = Vec::new();
        loop {
            match pull.step()? {
                Event::Open(start) if xml::tag(&start) == "Relationship" => {
                    let value = |key| xml::attribute(&start, key).unwrap_or_default().into_owned();
                    let external = value("TargetMode").eq_ignore_ascii_case("external");
                    let target = value("Target");
                    let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    let target = if external { target } else { resolve(folder, &target) };
                    relations.push(Relation { id: value("Id"), kind, target, external });
                }
                Event::Done => return Ok(relations),
                _ => {}
            }
        }
    }

    /// The part that a relation of the package itself leads to, or the usual name.
    pub(crate) fn main_part(&mut self, usual: &str) -> Result<String, OfficeError> {
        let main = self.relations("")?.into_iter().find(|r| r.kind == "officeDocument" && !r.external);
        Ok(main.map(|r| r.target).filter(|name| self.has(name)).unwrap_or_else(|| usual.to_owned()))
    }
}

/// The relation with an id, among a part's relations.
pub(crate) fn by_id<'r>(relations: &'r [Relation], id: &str) -> Option<&'r Relation> {
    relations.iter().find(|relation| relation.id == id)
}

/// The part that a target in a part of relations (`word/_rels/document.xml.rels`) leads to.
pub(crate) fn resolve_relation(relations: &str, target: &str) -> String {
    let folder = relations.rsplit_once("_rels/").map_or("", |(folder, _)| folder);
    resolve(folder.trim_end_matches('/'), target)
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// A target relative to a folder of the package; what climbs out of it stays at its top.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether a table of contents of `n` entries could be in there: cheap for all but large files.
fn might_hold(bytes: &[u8], n: usize) -> bool {
    bytes.len() / ENTRY_BYTES >= n
        && bytes.windows(4).filter(|window| window == b"PK\x01\x02").take(n).count() == n
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_found_from_the_folder_of_their_part() {
        assert_eq!(resolve("word", "media/image1.png"), "word/media/image1.png");
        assert_eq!(resolve("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("word", "/word/./comments.xml"), "word/comments.xml");
        assert_eq!(resolve("word", "../../../etc/passwd"), "etc/passwd");
    }
}
