//! Adding a site and changing what is set of it.

use kit_db::Tx;

use super::{LetterHead, Profile, Site, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    id::SiteId,
};

/// Adds a site; `cx.site_id` becomes its id.
///
/// # Errors
/// Refused when the code or a host is taken or a value does not have its form.
pub fn create(tx: &mut Tx<'_>, cx: &Cx, profile: &Profile) -> Result<Site> {
    check(profile)?;
    if queries::by_code(tx, &profile.code)?.is_some() {
        return Err(Refusal::CodeTaken(profile.code.clone()).into());
    }
    queries::insert(tx, &cx.site_id, profile, cx.at)?;
    take_hosts(tx, &cx.site_id, profile)?;
    record(tx, cx, "site.create", profile)?;
    Ok(Site { id: cx.site_id.clone(), profile: profile.clone() })
}

/// Replaces what is set of the site of `cx`.
///
/// # Errors
/// As [`create`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, profile: &Profile) -> Result<()> {
    check(profile)?;
    queries::update(tx, &cx.site_id, profile)?;
    take_hosts(tx, &cx.site_id, profile)?;
    crate::change_feed::append(tx, cx, crate::change_feed::Kind::Site, None, None)?;
    record(tx, cx, "site.change", profile)
}

/// Sets what stands on letters of the site.
pub fn set_letter_head(tx: &mut Tx<'_>, cx: &Cx, head: &LetterHead) -> Result<()> {
    queries::set_letter_head(tx, &cx.site_id, head)?;
    let act = Act {
        action: "site.letter_head",
        object_kind: "site",
        object_id: &cx.site_id.0,
        detail: &head.issuer_mark,
    };
    audit::actions::record(tx, cx, act)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, profile: &Profile) -> Result<()> {
    let detail = serde_json::to_string(profile)?;
    audit::actions::record(
        tx,
        cx,
        Act { action, object_kind: "site", object_id: &cx.site_id.0, detail: &detail },
    )
}

fn take_hosts(tx: &mut Tx<'_>, site_id: &SiteId, profile: &Profile) -> Result<()> {
    queries::release_hosts(tx, site_id)?;
    let mut hosts: Vec<&String> = profile.hosts.iter().chain([&profile.domain]).collect();
    hosts.sort();
    hosts.dedup();
    for host in hosts {
        if queries::by_host(tx, host)?.is_some_and(|owner| owner.id != *site_id) {
            return Err(Refusal::HostTaken(host.clone()).into());
        }
        queries::take_host(tx, site_id, host)?;
    }
    Ok(())
}

/// 网站标识码 is ten characters: six digits of the region and four of its own, or `bm` and eight digits (domain 4.4).
fn check(profile: &Profile) -> Result<()> {
    let code = &profile.identification_code;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let regional = code.len() == 10 && digits(code) && code.starts_with(&profile.region_code);
    let central = code.len() == 10 && code.strip_prefix("bm").is_some_and(digits);
    if !(regional || central) {
        return Err(invalid(format!(
            "网站标识码“{code}”应为 10 位，前 6 位与行政区划代码“{}”一致",
            profile.region_code
        )));
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if profile.code.is_empty() || !profile.code.chars().all(plain) {
        return Err(invalid(format!("站点代码“{}”只能用小写字母、数字和连字符", profile.code)));
    }
    rules::numbering::IndexPattern::parse(&profile.index_number_pattern)
        .map_err(|fault| invalid(format!("索引号规则“{}”有误：{fault}", profile.index_number_pattern)))?;
    Ok(())
}

fn invalid(sentence: String) -> Error {
    Refusal::Invalid(sentence).into()
}
