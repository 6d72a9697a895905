//! Personal data (《个人信息保护法》 Art. 51, 国办发〔2018〕23号): identity, mobile and card numbers in any text. It does not look
//! for names and addresses.

use super::record::Spot;
use super::{Code, Finding};
use crate::sensitive::{self, SensitiveKind};

/// Every number found; the mend is the masked number.
pub(super) fn personal<'a>(texts: impl Iterator<Item = (Spot<'a>, &'a str)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (spot, text) in texts {
        for hit in sensitive::find(text) {
            let written = &text[hit.range.clone()];
            let masked = sensitive::mask(hit.kind, written);
            let finding = Finding::new(code_of(hit.kind), spot.place(&hit.range), written);
            findings.push(finding.mend(spot.replace(&hit.range, masked)));
        }
    }
    findings
}

fn code_of(kind: SensitiveKind) -> Code {
    match kind {
        SensitiveKind::Identity => Code::IdentityNumber,
        SensitiveKind::Mobile => Code::MobileNumber,
        SensitiveKind::BankCard => Code::BankCard,
    }
}
