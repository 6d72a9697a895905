//! How the Word document looks: GB/T 9704-2012 with the faces that Chinese offices have. A machine without them shows its
//! own in their place.

use kit_office::docx_out::{Align, Page, Role, Style};

/// Millimetres between the edges of the text.
pub(super) const PAGE_WIDTH: f64 = 156.0;
/// Under labels.
pub(super) const GROUND: [u8; 3] = [0xf3, 0xf1, 0xea];
const SOFT: [u8; 3] = [0x5a, 0x56, 0x4d];
const LATIN: &str = "Times New Roman";
/// 22 lines in 225 mm.
const PITCH: f64 = 28.9;

/// A4, 37 mm above, 28 mm at the binding edge, a block of 156 × 225 mm (5.2.1).
pub(super) fn page(running: &str) -> Page {
    Page {
        width: 210.0,
        height: 297.0,
        top: 37.0,
        bottom: 35.0,
        inside: 28.0,
        outside: 26.0,
        // 7 mm under the block (7.5).
        footer: 23.0,
        running: running.to_owned(),
        number_between: ("— ".to_owned(), " —".to_owned()),
    }
}

pub(super) fn styles() -> Vec<(Role, Style)> {
    let body = Style {
        east_asian: "仿宋_GB2312".to_owned(),
        latin: LATIN.to_owned(),
        size: 16.0,
        tracking: -0.2,
        bold: false,
        colour: None,
        align: Align::Both,
        first_line: 2.0,
        line: Some(PITCH),
        space: (0.0, 0.0),
    };
    let face = |east_asian: &str, size: f64| Style {
        east_asian: east_asian.to_owned(),
        size,
        tracking: 0.0,
        align: Align::Left,
        first_line: 0.0,
        line: None,
        ..body.clone()
    };
    let heading =
        |east_asian: &str| Style { east_asian: east_asian.to_owned(), align: Align::Left, ..body.clone() };
    let centred = |style: Style| Style { align: Align::Centre, ..style };
    vec![
        (
            Role::Title,
            Style { line: Some(34.0), space: (PITCH, PITCH), ..centred(face("方正小标宋简体", 22.0)) },
        ),
        (Role::Subtitle, Style { space: (0.0, PITCH / 2.0), ..centred(face("楷体_GB2312", 16.0)) }),
        (Role::Heading(1), heading("黑体")),
        (Role::Heading(2), heading("楷体_GB2312")),
        (Role::Heading(3), Style { bold: true, ..heading("仿宋_GB2312") }),
        (Role::Caption, Style { space: (6.0, 4.0), ..centred(face("黑体", 12.0)) }),
        (Role::Note, Style { colour: Some(SOFT), space: (2.0, 6.0), ..face("楷体_GB2312", 10.5) }),
        (Role::Cell, face("宋体", 12.0)),
        (Role::CellHead, face("黑体", 12.0)),
        (Role::Picture, Style { space: (8.0, 0.0), ..centred(face("宋体", 12.0)) }),
        (Role::Running, face("宋体", 14.0)),
        (Role::Body, body),
    ]
}
