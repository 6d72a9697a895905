//! Checks while writing (发布前检查): what is wrong with a record, each finding with its place, weight and mend.
//!
//! Pure: a record as text in its parts goes in, findings come out. What has to be looked up elsewhere (duplicates,
//! links, word lists, what files hide) is given as facts. The sentences people read are found by the product.

mod attachments;
mod dates;
mod fields;
mod finding;
mod leaders;
mod links;
mod number;
mod personal;
mod punctuation;
mod record;
mod secrecy;
mod shares;
mod signs;
mod standing;
mod structure;
mod sums;
mod text;
mod wording;

pub use finding::{Code, Detail, Finding, Mend, Place, Weight};
pub use links::Target;
pub use record::{Cleaning, FileText, Hidden, Piece, Record};
pub use standing::{Clock, Similar};
pub use text::{Block, BlockKind, Cell, Link, Picture, Table, Text};
pub use wording::{Guards, Word, WordKind, WordList, WordMatch};

/// What had to be looked up about a record.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// Codes of required fields that are empty.
    pub missing_fields: &'a [String],
    /// The title of another record that bears the same 文号.
    pub number_taken_by: Option<&'a str>,
    /// Where the body's links lead, in their order.
    pub link_targets: &'a [Target],
    /// The site's word list.
    pub words: WordList<'a>,
    /// A published record that says nearly the same.
    pub similar: Option<&'a Similar>,
    /// The time limit, of a record that has never been public.
    pub clock: Option<Clock<'a>>,
}

/// Everything that is wrong with form and body or worth a look, in the order of the record.
pub fn all(record: &Record<'_>, facts: &Facts<'_>) -> Vec<Finding> {
    let matched = wording::matched(record.texts(), facts.words);
    let mut findings: Vec<Finding> = [
        fields::required(facts.missing_fields),
        fields::title(record),
        fields::summary(record),
        number::number(record, facts.number_taken_by),
        number::cited(record),
        secrecy::secrecy(record),
        personal::personal(record.texts()),
        attachments::attachments(record),
        links::links(record, facts.link_targets),
        wording::wording(&matched, facts.words.words),
        leaders::leaders(&matched, facts.words.words),
        dates::fields(record),
        dates::impossible(record),
        dates::basis(record),
        sums::sums(record),
        shares::shares(record),
        structure::structure(record),
        punctuation::punctuation(record),
        standing::duplicate(facts.similar).into_iter().collect(),
        standing::timeliness(record, facts.clock).into_iter().collect(),
    ]
    .into_iter()
    .flatten()
    .collect();
    findings.sort_by_cached_key(order);
    findings
}

/// Everything that is wrong with the inside of a file. Its places carry no name: a file may have several.
pub fn file(file: &FileText, words: WordList<'_>) -> Vec<Finding> {
    let matched = wording::matched(file.texts(), words);
    let mut findings = secrecy::of_file(file);
    findings.extend(personal::personal(file.texts()));
    findings.extend(attachments::hidden(file));
    findings.extend(wording::wording(&matched, words.words));
    findings.extend(leaders::leaders(&matched, words.words));
    findings
}

/// Personal data of a record alone.
pub fn personal(record: &Record<'_>) -> Vec<Finding> {
    personal::personal(record.texts())
}

/// Marks of secrecy and of internal papers alone.
pub fn secrecy(record: &Record<'_>) -> Vec<Finding> {
    secrecy::secrecy(record)
}

/// Sums of tables alone.
pub fn sums(record: &Record<'_>) -> Vec<Finding> {
    sums::sums(record)
}

/// Wrong, forbidden and sensitive words alone.
pub fn wording(record: &Record<'_>, words: WordList<'_>) -> Vec<Finding> {
    wording::wording(&wording::matched(record.texts(), words), words.words)
}

/// The form first, then the body from its beginning, pictures, files, the whole.
fn order(finding: &Finding) -> (u8, usize, usize, Code) {
    let (part, number, from) = match &finding.place {
        Place::Field { range, .. } => (0, 0, range.start),
        Place::Block { block, range } => (1, *block, range.start),
        Place::Picture { picture } => (2, *picture, 0),
        Place::Attachment { .. } => (3, 0, 0),
        Place::Record => (4, 0, 0),
    };
    (part, number, from, finding.code)
}
