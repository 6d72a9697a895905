//! The recognised fields of an imported record as a form: what the reader understood, to be mended beside what was printed.

use kit_web::forms::{Form, FormErrors};

use crate::{
    document::Content,
    import::pages::subject,
    reference::{HeadField, Reference},
    words,
};

/// How a field is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// One line.
    Line,
    /// Some lines.
    Lines,
    /// A date.
    Date,
}

/// A field as the page shows it.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// Its name in the form.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// How it is entered.
    pub entry: Entry,
    /// What stands in it.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// The fields in the order of the form.
const FIELDS: [(HeadField, Entry); 13] = [
    (HeadField::Title, Entry::Lines),
    (HeadField::IndexNumber, Entry::Line),
    (HeadField::DocumentNumber, Entry::Line),
    (HeadField::IssuingOrgan, Entry::Line),
    (HeadField::WrittenOn, Entry::Date),
    (HeadField::PublishedOn, Entry::Date),
    (HeadField::InForceOn, Entry::Date),
    (HeadField::ExpiresOn, Entry::Date),
    (HeadField::Validity, Entry::Line),
    (HeadField::SubjectCategory, Entry::Line),
    (HeadField::Genre, Entry::Line),
    (HeadField::Keywords, Entry::Line),
    (HeadField::Summary, Entry::Lines),
];

/// The rows with what the record says.
pub fn rows(content: &Content, errors: &FormErrors) -> Vec<FieldRow> {
    let row = |(field, entry): (HeadField, Entry)| {
        let name = field.code();
        FieldRow {
            name,
            label: words::field_label(name),
            entry,
            value: content.field(field).unwrap_or_default(),
            error: errors.of(name).map(str::to_owned),
        }
    };
    FIELDS.map(row).to_vec()
}

/// The record with what the form says; a date that is none stays in the field beside its mistake.
pub fn read(reference: &Reference, form: &Form, mut content: Content, errors: &mut FormErrors) -> Content {
    for (field, entry) in FIELDS {
        let name = field.code();
        let value = form.optional(name);
        if entry == Entry::Date && value.as_ref().is_some_and(|day| day.parse::<jiff::civil::Date>().is_err())
        {
            errors.add(name, format!("{}应为年-月-日，例如 2018-03-11", words::field_label(name)));
        }
        set(reference, &mut content, field, value);
    }
    content.title = form.required(HeadField::Title.code(), "请填写标题", errors).replace('\n', "");
    content.disclosure_class = form.text("disclosure_class");
    if !["proactive", "on_request", "withheld"].contains(&content.disclosure_class.as_str()) {
        errors.add("disclosure_class", "请选择公开属性");
    }
    content
}

fn set(reference: &Reference, content: &mut Content, field: HeadField, value: Option<String>) {
    match field {
        HeadField::IndexNumber => content.printed_index_number = value,
        HeadField::DocumentNumber => content.document_number = value,
        HeadField::IssuingOrgan => {
            let name = value.unwrap_or_default();
            if name != content.issuing_organ {
                content.issuing_organ_id = None;
                content.issuing_organ = name;
            }
        }
        HeadField::WrittenOn => content.written_on = value,
        HeadField::PublishedOn => content.published_on = value,
        HeadField::InForceOn => content.in_force_on = value,
        HeadField::ExpiresOn => content.expires_on = value,
        HeadField::Validity => content.declared_validity = value,
        HeadField::SubjectCategory => {
            content.subject_category = value.map(|printed| subject(reference, &printed));
        }
        HeadField::Genre => content.genre = value,
        HeadField::Keywords => {
            let words = value.unwrap_or_default();
            let words = words.split([' ', '　', ',', '，', ';', '；', '、']).filter(|word| !word.is_empty());
            content.keywords = words.map(str::to_owned).collect();
        }
        HeadField::Summary => content.summary = value.unwrap_or_default(),
        // The title is read with its own mistake; the rest is no field of this form.
        HeadField::Title | HeadField::DisclosureClass | HeadField::RepealedOn => {}
    }
}
