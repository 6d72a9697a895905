//! Writing the lines: a consistent look at the site, a record at a time, files inline while they are small or streamed
//! into a folder.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use kit_db::Tx;

use super::{AttachedFile, ColumnStep, EditionTail, Record, Restore, queries};
use crate::{
    attachment::{Attachment, files::Files},
    column::{self, Column},
    error::{Error, Refusal, Result},
    id::{ColumnId, SiteId},
    reference::Reference,
    words,
};

/// Documents read at once.
const PAGE: i64 = 100;
/// Bytes of files that one line holds; more go into a folder.
pub const INLINE: i64 = 16 << 20;

/// Where files of the export go.
#[derive(Debug, Clone)]
pub enum FilesTo {
    /// Into the lines.
    Lines,
    /// Into a folder, named by their hash.
    Folder(PathBuf),
    /// Nowhere: the lines name them only.
    Nowhere,
}

/// One look at a site.
pub struct Exporter {
    site_id: SiteId,
    files: Files,
    to: FilesTo,
    columns: Vec<Column>,
}

impl Exporter {
    /// An exporter of a site.
    pub fn new(tx: &mut Tx<'_>, site_id: &SiteId, files: Files, to: FilesTo) -> Result<Exporter> {
        if let FilesTo::Folder(folder) = &to {
            std::fs::create_dir_all(folder)?;
        }
        let columns = column::queries::all(tx, site_id)?;
        Ok(Exporter { site_id: site_id.clone(), files, to, columns })
    }

    /// Writes every record of the site as a line; gives how many.
    ///
    /// # Errors
    /// Refused when files of a record are too large for a line; the record is named.
    pub fn write_all(&self, tx: &mut Tx<'_>, out: &mut dyn Write, progress: &dyn Fn(u64)) -> Result<u64> {
        let (mut after, mut n) = (String::new(), 0);
        loop {
            let page = queries::documents_after(tx, &self.site_id, &after, PAGE)?;
            let Some(last) = page.last() else { return Ok(n) };
            after.clone_from(&last.id.0);
            for row in page {
                let record = self.record(tx, row)?;
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")?;
                n += 1;
                progress(n);
            }
        }
    }

    /// One record; none where there is none.
    pub fn one(&self, tx: &mut Tx<'_>, id: &str) -> Result<Option<Record>> {
        queries::document(tx, &self.site_id, id)?.map(|row| self.record(tx, row)).transpose()
    }

    fn record(&self, tx: &mut Tx<'_>, row: queries::DocumentRow) -> Result<Record> {
        let mut editions = queries::editions(tx, &self.site_id, &row.id)?;
        let live = editions.iter().position(|edition| Some(&edition.id) == row.live_edition_id.as_ref());
        let broken = || Error::Unexpected(anyhow::anyhow!("document {} has no edition", row.id.0));
        let shown_at = live.or(editions.len().checked_sub(1)).ok_or_else(broken)?;
        let shown = editions.remove(shown_at);
        let mut room = INLINE;
        let mut attach = |files: &[Attachment], title: &str| -> Result<Vec<AttachedFile>> {
            files.iter().map(|file| self.attached(file, title, &mut room)).collect()
        };
        let title = shown.edition.content.title.clone();
        let attachments = attach(&shown.files, &title)?;
        let mut others = Vec::with_capacity(editions.len());
        for mut other in editions {
            other.edition.attachments = attach(&other.files, &title)?;
            others.push(other.edition);
        }
        let source = queries::source(tx, &self.site_id, &row.id)?;
        let links = queries::links(tx, &self.site_id, &row.id)?;
        let path = self.path(&row.column_id);
        let restore = Restore {
            id: row.id.0.clone(),
            column: path.last().map(|column| column.code.clone()).unwrap_or_default(),
            column_path: path,
            content_type: row.content_type.clone(),
            public_number: row.public_number,
            index_number: row.index_number.clone(),
            first_published_at: row.first_published_at,
            created_at: row.created_at,
            listed_on: row.listed_on.clone(),
            validity: row.validity.clone(),
            validity_changes_on: row.validity_changes_on.clone(),
            repealed_on: row.repealed_on.clone(),
            withdrawn: row.withdrawn.clone(),
            attachments,
            editions: others,
            links,
            ..Restore::default()
        };
        put_together(row, shown.edition, source, restore)
    }

    /// The way to a column from the nearest standard one, which every site has or can make.
    fn path(&self, id: &ColumnId) -> Vec<ColumnStep> {
        let whole = column::path(&self.columns, id);
        let standard = &Reference::get().standard_columns;
        let start = whole.iter().rposition(|column| standard.contains(&column.code)).unwrap_or(0);
        whole[start..].iter().map(|column| step(column, standard.contains(&column.code))).collect()
    }

    fn attached(&self, attachment: &Attachment, title: &str, room: &mut i64) -> Result<AttachedFile> {
        let file = &attachment.file;
        let content = match &self.to {
            FilesTo::Nowhere => None,
            FilesTo::Folder(folder) => {
                let mut stored = self.files.open_stored(&self.site_id, &file.sha256)?;
                copy_once(&mut stored, &folder.join(&file.sha256))?;
                None
            }
            FilesTo::Lines => {
                *room -= file.size;
                if *room < 0 {
                    let limit = kit_text::human::file_size(INLINE.unsigned_abs());
                    let sentence = format!(
                        "《{title}》的附件合计超过 {limit}，不能写入行内。请加 --files 目录，把附件导出到目录"
                    );
                    return Err(Refusal::Attachment(sentence).into());
                }
                let mut bytes = Vec::new();
                self.files.open_stored(&self.site_id, &file.sha256)?.read_to_end(&mut bytes)?;
                Some(STANDARD.encode(bytes))
            }
        };
        Ok(AttachedFile {
            name: attachment.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            content,
        })
    }
}

/// The fields at the top of a line, then the rest.
fn put_together(
    row: queries::DocumentRow,
    shown: super::OtherEdition,
    source: Option<queries::Source>,
    mut restore: Restore,
) -> Result<Record> {
    let content = shown.content;
    let printed = source.as_ref().map(|source| serde_json::from_str(&source.printed)).transpose()?;
    let reasons = source.as_ref().map(|source| serde_json::from_str(&source.reasons)).transpose()?;
    let computed = words::validity(&row.validity).map(str::to_owned);
    let state = if row.state == "draft" { shown.times.state.clone() } else { row.state };
    let url = source.as_ref().map(|source| source.url.clone());
    if let Some(mut source) = source {
        source.tail.remarks = serde_json::from_str(&source.remarks)?;
        restore.import = Some(source.tail);
    }
    restore.edition = EditionTail {
        times: shown.times,
        printed_index_number: content.printed_index_number.clone(),
        published_on: content.published_on.clone(),
        in_force_on: content.in_force_on,
        expires_on: content.expires_on,
        declared_validity: content.declared_validity.clone(),
        genre: content.genre,
        disclosure_class: content.disclosure_class.clone(),
        disclosure_reason: content.disclosure_reason,
        source: content.source,
        body_html: content.body_html,
    };
    Ok(Record {
        source_url: url,
        title: content.title,
        index_number: row.index_number.or(content.printed_index_number),
        document_number: content.document_number,
        issuing_organ: content.issuing_organ,
        written_on: content.written_on,
        published_on: content.published_on.or(row.listed_on),
        validity: content.declared_validity.or(computed),
        subject_category: content.subject_category,
        disclosure_class: words::disclosure_class(&content.disclosure_class).to_owned(),
        summary: content.summary,
        keywords: content.keywords,
        state,
        review_reasons: reasons.unwrap_or_default(),
        printed: printed.unwrap_or_default(),
        body: content.body_text,
        restore: Some(restore),
    })
}

/// What a standard column is called is the site's own business.
fn step(column: &Column, is_standard: bool) -> ColumnStep {
    let code = column.code.clone();
    if is_standard {
        return ColumnStep { code, ..ColumnStep::default() };
    }
    ColumnStep { code, name: column.name.clone(), column_type: column.column_type.clone() }
}

/// Copies a file under the name of its hash, unless it is there; whole or not at all.
fn copy_once(from: &mut dyn Read, to: &Path) -> io::Result<()> {
    if to.exists() {
        return Ok(());
    }
    let mut beside = tempfile::NamedTempFile::new_in(to.parent().unwrap_or(to))?;
    io::copy(from, beside.as_file_mut())?;
    beside.persist(to).map_err(|error| error.error)?;
    Ok(())
}
