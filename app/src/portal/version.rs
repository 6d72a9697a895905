//! Earlier versions of a record and the readable differences between any two of them. Versions that were concealed by
//! a withdrawal are not reached from here: the view does not have them.

use axum::{
    extract::{Query, rejection::QueryRejection},
    response::Response,
};
use kit_text::diff;
use serde::Deserialize;

use super::{
    cache::{LISTS, document_tag},
    head,
    page::{
        Band, ComparePage, DiffBlock, DiffPiece, FieldChange, HeadField, Link, OldVersionPage, RecordBody,
        VersionRow, VersionsPage,
    },
    queries::{self, PublicFile, Version},
    report,
    rows::{moment, record_href},
    visit::{Address, Rendered, Visit},
};
use crate::{
    error::{Error, Result},
    id::DocumentId,
    words,
};

struct Versions {
    document_id: DocumentId,
    title: String,
    /// The newest first.
    versions: Vec<Version>,
    files: Vec<Vec<PublicFile>>,
    /// The annual reports that the versions show, where they are such.
    reports: Vec<Option<report::Found>>,
}

/// The two versions compared.
#[derive(Deserialize)]
pub struct Compared {
    from: i64,
    to: i64,
}

/// `/documents/{number}/versions`.
pub async fn list(visit: Visit, Address(number): Address<i64>) -> Response {
    let page = read(&visit, number).await.and_then(|versions| list_page(&visit, number, &versions));
    visit.answer(page)
}

/// `/documents/{number}/versions/{version}`.
pub async fn show(visit: Visit, Address((number, version)): Address<(i64, i64)>) -> Response {
    let page = read(&visit, number).await.and_then(|versions| old_page(&visit, number, &versions, version));
    visit.answer(page)
}

/// `/documents/{number}/versions/compare?from=1&to=2`.
pub async fn compare(
    visit: Visit,
    Address(number): Address<i64>,
    query: Result<Query<Compared>, QueryRejection>,
) -> Response {
    let page = match query {
        Ok(Query(compared)) => {
            read(&visit, number).await.and_then(|versions| compare_page(&visit, number, &versions, &compared))
        }
        Err(_) => Err(Error::NotFound),
    };
    visit.answer(page)
}

async fn read(visit: &Visit, number: i64) -> Result<Versions> {
    visit
        .read(move |tx, cx| {
            let live = queries::live_by_number(tx, &cx.site_id, number)?.ok_or(Error::NotFound)?;
            let versions = queries::versions(tx, &cx.site_id, number)?;
            let files: Result<Vec<_>, _> =
                versions.iter().map(|version| queries::files(tx, &cx.site_id, &version.edition_id)).collect();
            let kind = &live.listed.content_type;
            let reports: Result<Vec<_>> =
                versions.iter().map(|version| report::read(tx, cx, kind, &version.edition_id)).collect();
            let document_id = live.listed.document_id;
            let title = live.listed.title;
            Ok(Versions { document_id, title, versions, files: files?, reports: reports? })
        })
        .await
}

impl Versions {
    fn find(&self, number: i64) -> Result<(&Version, &[PublicFile])> {
        let index =
            self.versions.iter().position(|version| version.number == number).ok_or(Error::NotFound)?;
        Ok((&self.versions[index], &self.files[index]))
    }

    /// The annual report that a version shows.
    fn report(&self, version: &Version) -> Option<&report::Found> {
        let index = self.versions.iter().position(|other| other.number == version.number)?;
        self.reports[index].as_ref()
    }

    /// The public version before this one; numbers may have gaps where drafts were given up.
    fn before(&self, number: i64) -> Option<i64> {
        self.versions.iter().map(|version| version.number).filter(|other| *other < number).max()
    }

    fn record(&self, number: i64) -> Link {
        Link::new(&self.title, record_href(number))
    }

    fn tags(&self) -> Vec<String> {
        let mut tags = vec![document_tag(&self.document_id)];
        if self.reports.iter().any(Option::is_some) {
            // Last year's report stands beside this one, whenever it comes or goes.
            tags.push(LISTS.to_owned());
        }
        tags
    }
}

fn version_row(number: i64, versions: &Versions, version: &Version) -> VersionRow {
    let before = versions.before(version.number);
    let own = format!("/documents/{number}/versions/{}", version.number);
    VersionRow {
        number: small(version.number),
        published: moment(version.live_at),
        change_note: version.change_note.clone().unwrap_or_else(|| "首次发布".to_owned()),
        href: if version.current { record_href(number) } else { own },
        compare_href: before.map(|before| compare_href(number, before, version.number)),
        current: version.current,
    }
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn compare_href(number: i64, from: i64, to: i64) -> String {
    format!("/documents/{number}/versions/compare?from={from}&to={to}")
}

fn list_page(visit: &Visit, number: i64, versions: &Versions) -> Result<Rendered> {
    let mut layout = visit.layout("历史版本", format!("/documents/{number}/versions"));
    layout.crumbs = vec![versions.record(number)];
    layout.noindex = true;
    let page = VersionsPage {
        layout,
        record: versions.record(number),
        versions: versions.versions.iter().map(|version| version_row(number, versions, version)).collect(),
        compare_action: format!("/documents/{number}/versions/compare"),
    };
    Rendered::kept(&page, versions.tags())
}

fn old_page(visit: &Visit, number: i64, versions: &Versions, wanted: i64) -> Result<Rendered> {
    let (version, files) = versions.find(wanted)?;
    let versions_href = format!("/documents/{number}/versions");
    let mut layout =
        visit.layout(format!("{}（第 {wanted} 版）", version.title), format!("{versions_href}/{wanted}"));
    layout.crumbs = vec![versions.record(number), Link::new("历史版本", &versions_href)];
    layout.noindex = true;
    let newest = versions.versions.first().map_or(wanted, |version| version.number);
    let page = OldVersionPage {
        layout,
        record: RecordBody {
            report: versions.report(version).map(|found| report::part(found, number, files)),
            ..body(visit, number, version, files)
        },
        band: (!version.current)
            .then(|| Band::OldVersion { number: small(version.number), current: versions.record(number) }),
        versions_href,
        compare_href: compare_href(number, wanted, newest),
    };
    Rendered::kept(&page, versions.tags())
}

fn body(visit: &Visit, number: i64, version: &Version, files: &[PublicFile]) -> RecordBody {
    let organ = version.issuing_organ.clone();
    RecordBody {
        title: version.title.clone(),
        document_number: version.document_number.clone(),
        // An old version is judged by no calendar: only the record as it is now is in force or not.
        validity: None,
        published: moment(version.live_at),
        source: if organ.is_empty() { visit.host.face.name.clone() } else { organ },
        head: fields(version).into_iter().map(|(label, value)| HeadField::new(label, value)).collect(),
        html: head::with_pictures(&version.body_html, number, files),
        attachments: files.iter().map(|file| head::attachment(number, file)).collect(),
        report: None,
    }
}

/// The lines of a version's head that have a value.
fn fields(version: &Version) -> Vec<(&'static str, String)> {
    let lines = [
        ("标题", Some(version.title.clone())),
        ("文号", version.document_number.clone()),
        ("发布机构", Some(version.issuing_organ.clone())),
        ("成文日期", version.written_on.as_deref().map(words::date)),
        ("内容概述", Some(version.summary.clone())),
    ];
    let filled = lines.into_iter().filter_map(|(label, value)| Some((label, value?)));
    filled.filter(|(_, value)| !value.is_empty()).collect()
}

fn compare_page(visit: &Visit, number: i64, versions: &Versions, compared: &Compared) -> Result<Rendered> {
    // Readers choose in any order; the page always reads from the earlier to the later.
    let (from, to) = (compared.from.min(compared.to), compared.from.max(compared.to));
    let ((from, from_files), (to, to_files)) = (versions.find(from)?, versions.find(to)?);
    let versions_href = format!("/documents/{number}/versions");
    let title = format!("第 {} 版与第 {} 版的差异", from.number, to.number);
    let mut layout = visit.layout(title, compare_href(number, from.number, to.number));
    layout.crumbs = vec![versions.record(number), Link::new("历史版本", &versions_href)];
    layout.noindex = true;
    let page = ComparePage {
        layout,
        record: versions.record(number),
        from: version_row(number, versions, from),
        to: version_row(number, versions, to),
        fields: changed_fields((from, from_files), (to, to_files)),
        blocks: diff::compare(&from.body_text, &to.body_text).into_iter().map(block).collect(),
        versions_href,
    };
    Rendered::kept(&page, versions.tags())
}

fn changed_fields(from: (&Version, &[PublicFile]), to: (&Version, &[PublicFile])) -> Vec<FieldChange> {
    let (mut before, mut after) = (fields(from.0), fields(to.0));
    before.push(("附件", file_names(from.1)));
    after.push(("附件", file_names(to.1)));
    let value = |fields: &[(&str, String)], label: &str| {
        fields.iter().find(|(known, _)| *known == label).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut labels: Vec<&str> = before.iter().chain(&after).map(|(label, _)| *label).collect();
    labels.dedup();
    let mut seen: Vec<&str> = Vec::new();
    let mut changes = Vec::new();
    for label in labels {
        let (before, after) = (value(&before, label), value(&after, label));
        if before != after && !seen.contains(&label) {
            seen.push(label);
            changes.push(FieldChange { label: label.to_owned(), before, after });
        }
    }
    changes
}

fn file_names(files: &[PublicFile]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    names.join("、")
}

fn block(block: diff::DiffBlock) -> DiffBlock {
    match block {
        diff::DiffBlock::Same { paragraphs } => DiffBlock::Unchanged(paragraphs),
        diff::DiffBlock::Changed { pieces } => DiffBlock::Changed(pieces.into_iter().map(piece).collect()),
        diff::DiffBlock::Added { text } => DiffBlock::Added(text),
        diff::DiffBlock::Removed { text } => DiffBlock::Removed(text),
    }
}

fn piece(piece: diff::DiffPiece) -> DiffPiece {
    match piece.kind {
        diff::PieceKind::Same => DiffPiece::Same(piece.text),
        diff::PieceKind::Inserted => DiffPiece::Added(piece.text),
        diff::PieceKind::Deleted => DiffPiece::Removed(piece.text),
    }
}
