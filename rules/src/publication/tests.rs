//! Every cell of the publishing table, and every shortcoming; no transaction is tested here.

use super::*;
use crate::disclosure::DisclosureClass;
use jiff::civil::date;

const DOCUMENT_STATES: [D; 3] = [D::Draft, D::Live, D::Withdrawn];
const EDITION_STATES: [E; 5] = [E::Draft, E::Scheduled, E::Live, E::Superseded, E::Concealed];

#[test]
fn the_tables_have_exactly_one_row_for_every_state_and_event() {
    for event in Event::ALL {
        for state in DOCUMENT_STATES {
            let n = DOCUMENT_TABLE.iter().filter(|row| (row.0, row.1) == (state, event)).count();
            assert_eq!(n, 1, "{state:?} {event:?}");
        }
        for state in EDITION_STATES {
            let n = EDITION_TABLE.iter().filter(|row| (row.0, row.1) == (state, event)).count();
            assert_eq!(n, 1, "{state:?} {event:?}");
        }
    }
}

#[test]
fn what_was_live_never_becomes_a_draft_again() {
    for event in Event::ALL {
        for state in [E::Live, E::Superseded, E::Concealed] {
            let after = edition_after(state, event).unwrap_or(state);
            assert!(!matches!(after, E::Draft | E::Scheduled), "{state:?} {event:?}");
            let after = sibling_after(state, event);
            assert!(!matches!(after, E::Draft | E::Scheduled), "{state:?} {event:?}");
        }
        for state in [D::Live, D::Withdrawn] {
            assert_ne!(document_after(state, event), Ok(D::Draft), "{event:?}");
        }
    }
}

#[test]
fn only_publishing_makes_an_edition_live() {
    for event in Event::ALL {
        for state in [E::Draft, E::Scheduled, E::Superseded, E::Concealed] {
            let live = edition_after(state, event) == Ok(E::Live);
            let expected = event == Event::Publish && matches!(state, E::Draft | E::Scheduled);
            assert_eq!(live, expected, "{state:?} {event:?}");
            assert_ne!(sibling_after(state, event), E::Live, "{state:?} {event:?}");
        }
    }
}

#[test]
fn at_most_one_edition_is_live_whatever_staff_do() {
    // Walks every sequence of six steps over a document that may hold up to three editions.
    fn walk(document: D, editions: Vec<E>, steps: u32) {
        let live = editions.iter().filter(|state| **state == E::Live).count();
        assert!(live <= 1, "{editions:?}");
        assert_eq!(document == D::Live, live == 1, "{document:?} {editions:?}");
        if document == D::Withdrawn {
            assert!(editions.iter().all(|edition| !is_readable(document, *edition)));
        }
        if steps == 0 {
            return;
        }
        for event in Event::ALL {
            let Ok(next_document) = document_after(document, event) else {
                continue;
            };
            for at in 0..editions.len() {
                let Ok(next) = edition_after(editions[at], event) else {
                    continue;
                };
                let mut after: Vec<E> = editions.iter().map(|other| sibling_after(*other, event)).collect();
                after[at] = next;
                let open = editions.iter().any(|s| matches!(s, E::Draft | E::Scheduled));
                if event == Event::Correct {
                    if check_correct(document, open).is_err() || after.len() == 3 {
                        continue;
                    }
                    after.push(E::Draft);
                }
                walk(next_document, after, steps - 1);
            }
        }
    }
    walk(D::Draft, vec![E::Draft], 6);
}

#[test]
fn a_second_open_edition_is_refused_and_a_draft_cannot_be_corrected() {
    assert_eq!(check_correct(D::Live, false), Ok(()));
    assert_eq!(check_correct(D::Live, true), Err(R::EditionAlreadyOpen));
    assert_eq!(check_correct(D::Withdrawn, false), Ok(()));
    assert_eq!(check_correct(D::Draft, false), Err(R::NeverLive));
}

#[test]
fn de_identification_conceals_every_earlier_edition_and_touches_no_open_one() {
    for state in EDITION_STATES {
        let concealed = edition_concealed_by_correction(state);
        let was_public = [E::Live, E::Superseded, E::Concealed].contains(&state);
        assert_eq!(concealed == E::Concealed, was_public, "{state:?}");
        assert!(was_public || concealed == state, "{state:?}");
    }
}

#[test]
fn the_public_reads_live_and_superseded_editions_of_live_documents_only() {
    for document in DOCUMENT_STATES {
        for edition in EDITION_STATES {
            let expected = document == D::Live && [E::Live, E::Superseded].contains(&edition);
            assert_eq!(is_readable(document, edition), expected, "{document:?} {edition:?}");
        }
    }
}

fn ready() -> EditionFacts<'static> {
    EditionFacts {
        title: "演示数据：关于某事的通知",
        disclosure_class: Some(DisclosureClass::Proactive),
        body_text: "演示数据",
        n_attachments: 0,
        needs_attachment: false,
        missing_fields: Vec::new(),
        change_note: "",
        is_correction: false,
        written_on: Some(date(2018, 3, 1)),
        published_on: Some(date(2018, 3, 9)),
        first_published_on: date(2018, 3, 9),
        is_imported: false,
    }
}

#[test]
fn an_edition_with_everything_may_be_published() {
    assert_eq!(shortcomings(&ready()), []);
    let file_only = EditionFacts { body_text: " ", n_attachments: 1, ..ready() };
    assert_eq!(shortcomings(&file_only), []);
}

#[test]
fn each_shortcoming_is_found_alone() {
    use Shortcoming as S;
    type Spoil = fn(&mut EditionFacts<'static>);
    let cases: [(Spoil, S); 10] = [
        (|e| e.title = "\u{3000}", S::NoTitle),
        (|e| e.disclosure_class = None, S::NoDisclosureClass),
        (|e| e.disclosure_class = Some(DisclosureClass::Withheld), S::NotProactive),
        (|e| e.disclosure_class = Some(DisclosureClass::OnRequest), S::NotProactive),
        (|e| e.body_text = "\n", S::Empty),
        (|e| e.needs_attachment = true, S::NoAttachment),
        (|e| e.is_correction = true, S::NoChangeNote),
        (|e| e.written_on = Some(date(2018, 3, 10)), S::WrittenAfterPublication),
        (|e| e.published_on = Some(date(2018, 3, 8)), S::Backdated),
        (|e| e.missing_fields.push("genre".into()), S::FieldMissing { field: "genre".into() }),
    ];
    for (spoil, expected) in cases {
        let mut edition = ready();
        spoil(&mut edition);
        assert_eq!(shortcomings(&edition), [expected]);
    }
}

#[test]
fn an_imported_document_keeps_the_date_and_the_gaps_of_its_old_site() {
    let published_on = Some(date(2012, 3, 8));
    let written_on = Some(date(2012, 3, 1));
    let missing_fields = vec!["genre".to_owned()];
    let imported = EditionFacts { missing_fields, published_on, written_on, is_imported: true, ..ready() };
    assert_eq!(shortcomings(&imported), []);
}
