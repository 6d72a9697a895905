//! What differs between two contents of an edition: fields, files, text. As the portal compares versions, with what only
//! staff may see.

use kit_text::diff::{self, DiffBlock};

use crate::{reference::Reference, review::snapshot::Snapshot, words};

/// A line that differs; an empty side means that there was nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// What it is.
    pub label: &'static str,
    /// Earlier value.
    pub before: String,
    /// Later value.
    pub after: String,
}

/// What differs.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Fields and files.
    pub fields: Vec<FieldChange>,
    /// The text, paragraph by paragraph.
    pub blocks: Vec<DiffBlock>,
    /// Whether the body looks different although its text is the same (bold, tables, pictures).
    pub is_marked_up_anew: bool,
}

impl Difference {
    /// Compares two contents.
    pub fn between(reference: &Reference, before: &Snapshot, after: &Snapshot) -> Difference {
        let same_text = before.content.body_text == after.content.body_text;
        Difference {
            fields: changed(&lines(reference, before), &lines(reference, after)),
            blocks: diff::compare(&before.content.body_text, &after.content.body_text),
            is_marked_up_anew: same_text && before.content.body_html != after.content.body_html,
        }
    }

    /// Paragraphs that differ.
    pub fn n_paragraphs(&self) -> usize {
        let differs = |block: &&DiffBlock| !matches!(block, DiffBlock::Same { .. });
        self.blocks.iter().filter(differs).count()
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.n_paragraphs() == 0 && !self.is_marked_up_anew
    }
}

fn changed(before: &[(&'static str, String)], after: &[(&'static str, String)]) -> Vec<FieldChange> {
    let pairs = before.iter().zip(after);
    let differing = pairs.filter(|((_, before), (_, after))| before != after);
    differing
        .map(|((label, before), (_, after))| FieldChange {
            label,
            before: before.clone(),
            after: after.clone(),
        })
        .collect()
}

/// Every field in the order of the catalogue, empty ones too.
pub fn lines(reference: &Reference, snapshot: &Snapshot) -> Vec<(&'static str, String)> {
    let content = &snapshot.content;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |value: &Option<String>| value.as_deref().map(words::date).unwrap_or_default();
    let kind = reference.content_type(&snapshot.content_type).map(|kind| kind.name.clone());
    let reason = snapshot.change_reason.as_deref().and_then(|code| reference.correction_reasons.get(code));
    vec![
        ("标题", content.title.clone()),
        ("信息类别", kind.unwrap_or_else(|| snapshot.content_type.clone())),
        ("索引号", text(&content.printed_index_number)),
        ("文号", text(&content.document_number)),
        ("发布机构", content.issuing_organ.clone()),
        ("成文日期", date(&content.written_on)),
        ("发布日期", date(&content.published_on)),
        ("施行日期", date(&content.in_force_on)),
        ("有效期至", date(&content.expires_on)),
        ("时效", text(&content.declared_validity)),
        ("主题分类", text(&content.subject_category)),
        ("体裁分类", text(&content.genre)),
        ("公开属性", words::disclosure_class(&content.disclosure_class).to_owned()),
        ("不公开的理由", text(&content.disclosure_reason)),
        ("内容概述", content.summary.clone()),
        ("关键词", content.keywords.join("　")),
        ("来源", text(&content.source)),
        ("更正原因", reason.map(|reason| reason.name.clone()).unwrap_or_default()),
        ("更正说明", text(&snapshot.change_note)),
        ("附件", files(snapshot)),
    ]
}

/// Names of the files, each with the beginning of its digest: a file of the same name with other bytes is another file.
fn files(snapshot: &Snapshot) -> String {
    let named = |file: &crate::review::snapshot::File| {
        format!("{}（校验码 {}）", file.name, file.sha256.get(..8).unwrap_or_default())
    };
    snapshot.files.iter().map(named).collect::<Vec<_>>().join("；")
}
