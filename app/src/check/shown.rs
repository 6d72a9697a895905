//! Findings as the desk shows them and as the typing endpoint sends them (JSON).
//!
//! An example, with the whole form:
//!
//! ```json
//! {"code": "wrong_word", "weight": "blocking", "label": "错别字",
//!  "sentence": "“布署”应为“部署”。", "why": "…", "how": "…",
//!  "place": {"kind": "block", "block": 3, "from": 12, "to": 14},
//!  "excerpt": "布署",
//!  "mend": {"label": "改为“部署”", "kind": "replace", "text": "部署"},
//!  "may_be_justified": true, "justified": null, "justified_by": null, "justified_at": null, "fingerprint": "7b1f0c…"}
//! ```
//!
//! `place.kind` is `record`, `field` (with `field`, and `from`/`to` when a part of the value is meant), `block` (with
//! `block`, `from`, `to`), `picture` (with `picture`) or `attachment` (with `name` and `at`, a sentence such as 第3页).
//! Blocks are counted from 0 over the text blocks that hold more than blanks: in the editor `node.isTextblock &&
//! node.textContent.trim() !== ''`, in the page every innermost `h2`…`h6`, `p`, `li`, `td`, `th`, `caption`, `figcaption`,
//! `pre` with text. `from` and `to` count UTF-16 units of the block's text, as JavaScript does, a line break and a picture
//! in the line as one. Pictures are counted from 0 over the `img` of the body.
//!
//! `mend.kind` is `replace` (put `text` in place of `from`–`to`), `set_field` (give the form's `field` the `value`),
//! `heading_level` (give the heading the level `value`) or `head_row` (make the first row of the table its head).

use std::collections::HashMap;

use rules::check::{Code, Detail, Finding, Mend, Place, Text, Weight};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::{Justification, words};
use crate::{cx::minute_of, document::Content};

/// A finding in the words of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The rule, `rules::check::Code::word`.
    #[serde(serialize_with = "code_word")]
    pub code: Code,
    /// `blocking` or `advisory`; a justified finding is advisory.
    #[serde(serialize_with = "weight_word")]
    pub weight: Weight,
    /// A name for the rule, for lists and filters.
    pub label: &'static str,
    /// What is wrong.
    pub sentence: String,
    /// Why it matters, with the provision or standard.
    pub why: &'static str,
    /// How to mend it.
    pub how: &'static str,
    /// Where.
    pub place: ShownPlace,
    /// The words at the place.
    pub excerpt: String,
    /// How one click mends it.
    pub mend: Option<ShownMend>,
    /// Whether a reason may be given instead.
    pub may_be_justified: bool,
    /// The reason given, where there is one.
    pub justified: Option<String>,
    /// Who gave it.
    pub justified_by: Option<String>,
    /// When, `YYYY-MM-DD HH:MM`.
    pub justified_at: Option<String>,
    /// What a justification is kept under.
    pub fingerprint: String,
}

/// A place in a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ShownPlace {
    /// `record`, `field`, `block`, `picture` or `attachment`.
    pub kind: &'static str,
    /// The place in words: 正文第4段, 标题, 附件“名册.docx”第2页.
    pub words: String,
    /// Code of the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Number of the block, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<usize>,
    /// Number of the picture, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<usize>,
    /// First UTF-16 unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// The UTF-16 unit behind the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<usize>,
    /// Name of the attached file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// A mend with the words of its button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownMend {
    /// The button's words.
    pub label: String,
    /// `replace`, `set_field`, `heading_level`, `head_row` or `clean_file`.
    pub kind: &'static str,
    /// The new text of `replace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The field of `set_field`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value of `set_field`, the level of `heading_level`, what `clean_file` takes out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// What places are counted in.
pub struct Counted<'a> {
    /// The body.
    pub body: &'a Text,
    /// The rest.
    pub content: &'a Content,
}

impl Shown {
    /// A finding as it is shown, with the reason that was given for what has its fingerprint.
    pub fn new(finding: &Finding, counted: &Counted<'_>, reasons: &HashMap<String, Justification>) -> Shown {
        let fingerprint = fingerprint(finding);
        let given = reasons.get(&fingerprint).filter(|_| finding.code.may_be_justified());
        Shown {
            code: finding.code,
            weight: if given.is_some() { Weight::Advisory } else { finding.weight },
            label: words::label(finding.code),
            sentence: words::sentence(finding),
            why: words::why(finding.code),
            how: words::how(finding.code),
            place: place(&finding.place, counted),
            excerpt: finding.excerpt.clone(),
            mend: finding.mend.as_ref().map(|mend| shown_mend(mend, &finding.detail)),
            may_be_justified: finding.code.may_be_justified(),
            justified: given.map(|given| given.reason.clone()),
            justified_by: given.map(|given| given.by.clone()),
            justified_at: given.map(|given| minute_of(given.at)),
            fingerprint,
        }
    }

    /// Whether it keeps the record from being submitted.
    pub fn is_blocking(&self) -> bool {
        self.weight == Weight::Blocking
    }
}

/// What a justification is kept under: the rule, the words and the kind of place, not the place itself, so that it holds
/// while the text around is written.
fn fingerprint(finding: &Finding) -> String {
    let field = if let Place::Field { field, .. } = &finding.place { field } else { "" };
    let told = format!("{}\n{}{field}\n{}", finding.code.word(), finding.place.kind(), finding.excerpt);
    Sha256::digest(told).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn code_word<S: Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.word())
}

fn weight_word<S: Serializer>(weight: &Weight, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(weight.word())
}

fn place(place: &Place, counted: &Counted<'_>) -> ShownPlace {
    let shown = ShownPlace { kind: place.kind(), words: words::place(place), ..ShownPlace::default() };
    match place {
        Place::Record => shown,
        Place::Field { field, range } => {
            let value = (!range.is_empty()).then(|| counted.content.field_of_code(field)).flatten();
            let part = value.and_then(|value| utf16(&value, range));
            let (from, to) = part.unzip();
            ShownPlace { field: Some(field.clone()), from, to, ..shown }
        }
        Place::Block { block, range } => {
            let text = counted.body.blocks.get(*block).map_or("", |block| block.text.as_str());
            let (from, to) = utf16(text, range).unzip();
            ShownPlace { block: Some(*block), from, to, ..shown }
        }
        Place::Picture { picture } => ShownPlace { picture: Some(*picture), ..shown },
        Place::Attachment { name, at } => {
            let at = (!at.is_empty()).then(|| at.clone());
            ShownPlace { name: Some(name.clone()), at, ..shown }
        }
    }
}

/// A range of bytes in UTF-16 units.
fn utf16(text: &str, range: &std::ops::Range<usize>) -> Option<(usize, usize)> {
    let units = |part: &str| part.encode_utf16().count();
    let from = units(text.get(..range.start)?);
    Some((from, from + units(text.get(range.clone())?)))
}

fn shown_mend(mend: &Mend, detail: &Detail) -> ShownMend {
    let shown =
        |kind| ShownMend { label: words::mend(mend, detail), kind, text: None, field: None, value: None };
    match mend {
        Mend::Replace(text) => ShownMend { text: Some(text.clone()), ..shown("replace") },
        Mend::SetField { field, value } => {
            ShownMend { field: Some(field.clone()), value: Some(value.clone()), ..shown("set_field") }
        }
        Mend::HeadingLevel(level) => ShownMend { value: Some(level.to_string()), ..shown("heading_level") },
        Mend::HeadRow => shown("head_row"),
        Mend::CleanFile(cleaning) => {
            ShownMend { value: Some(cleaning.code().to_owned()), ..shown("clean_file") }
        }
    }
}
