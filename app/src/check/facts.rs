//! What the rules cannot see: which number is taken, where links lead, how the clock stands. Looked up in the tables; each
//! look costs an index probe, since it is done while somebody types.

use std::collections::HashMap;

use kit_db::Tx;
use rules::check::{Clock, Link, Target};

use super::Subject;
use crate::{
    column,
    cx::{Cx, civil_of},
    document,
    error::Result,
    organ, site,
};

/// Codes of required fields that are empty; a record of another system has the head that was printed there.
pub fn missing_fields(cx: &Cx, subject: &Subject<'_>) -> Vec<String> {
    if subject.content.published_on.is_some() {
        return Vec::new();
    }
    let kind = cx.reference.content_type(subject.content_type);
    document::missing_fields(kind, subject.content)
}

/// The title of another live record with the same 文号.
pub fn number_taken_by(tx: &mut Tx<'_>, cx: &Cx, subject: &Subject<'_>) -> Result<Option<String>> {
    let number =
        subject.content.document_number.as_deref().map(str::trim).filter(|number| !number.is_empty());
    let Some(number) = number else { return Ok(None) };
    Ok(document::queries::title_by_document_number(tx, &cx.site_id, number, subject.document_id)?)
}

/// The clock of Article 26, of a record that has never been public.
pub fn clock<'a>(tx: &mut Tx<'_>, cx: &'a Cx, subject: &Subject<'_>) -> Result<Option<Clock<'a>>> {
    let document = match subject.document_id {
        Some(id) => document::queries::by_id(tx, &cx.site_id, id)?,
        None => None,
    };
    let was_public = document.is_some_and(|document| document.first_published_at.is_some());
    let kind = cx.reference.content_type(subject.content_type);
    Ok(kind.filter(|_| !was_public && subject.content.published_on.is_none()).map(|kind| Clock {
        calendar: cx.calendar(),
        kind: kind.publication_limit.into(),
        today: civil_of(cx.at),
    }))
}

/// Where the links of a body lead.
pub fn link_targets(tx: &mut Tx<'_>, cx: &Cx, links: &[Link]) -> Result<Vec<Target>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let mut hosts = site::queries::hosts(tx, &cx.site_id)?;
    hosts.extend(site::queries::by_id(tx, &cx.site_id)?.map(|site| site.profile.domain));
    let mut known = HashMap::new();
    for link in links {
        if !known.contains_key(&link.address) {
            let target = target(tx, cx, &link.address, &hosts)?;
            known.insert(link.address.clone(), target);
        }
    }
    Ok(links.iter().map(|link| known[&link.address]).collect())
}

fn target(tx: &mut Tx<'_>, cx: &Cx, address: &str, hosts: &[String]) -> Result<Target> {
    let Some(path) = own_path(address, hosts) else {
        let leaves =
            address.starts_with("http:") || address.starts_with("https:") || address.starts_with("//");
        return Ok(if leaves { Target::Outside } else { Target::Sound });
    };
    let is_there = is_there(tx, cx, &path)?;
    Ok(if is_there { Target::Sound } else { Target::Dead })
}

/// The path of an address of the site, without query and fragment.
fn own_path(address: &str, hosts: &[String]) -> Option<String> {
    let path = if address.starts_with('/') && !address.starts_with("//") {
        address
    } else {
        let rest = address.split_once("//")?.1;
        let (host, _) = rest.split_once('/').unwrap_or((rest, ""));
        let name = host.split(':').next().unwrap_or(host);
        hosts.iter().find(|own| own.eq_ignore_ascii_case(name))?;
        &rest[host.len()..]
    };
    Some(path.split(['?', '#']).next().unwrap_or(path).to_owned())
}

/// Whether a page of the portal is there; pages that every site has are.
fn is_there(tx: &mut Tx<'_>, cx: &Cx, path: &str) -> Result<bool> {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (area, code) = (parts.next(), parts.next());
    let site_id = &cx.site_id;
    Ok(match (area, code) {
        (Some("documents"), Some(number)) => match number.parse() {
            Ok(number) => {
                let document = document::queries::by_public_number(tx, site_id, number)?;
                document.is_some_and(|document| document.state == "live")
            }
            Err(_) => false,
        },
        (Some("columns"), Some(code)) => column::queries::by_code(tx, site_id, code)?.is_some(),
        (Some("institutions"), Some(code)) => organ::queries::by_code(tx, site_id, code)?.is_some(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn addresses_of_the_site_are_told_from_those_of_others() {
        let hosts = ["songling.gov.test".to_owned()];
        for (address, path) in [
            ("/documents/1?x=1#a", Some("/documents/1")),
            ("http://songling.gov.test/documents/1", Some("/documents/1")),
            ("https://Songling.gov.test:8443/", Some("/")),
            ("https://songling.gov.test", Some("")),
            ("https://other.gov.test/documents/1", None),
            ("//other.gov.test/a", None),
            ("mailto:office@songling.gov.test", None),
            ("#annex", None),
        ] {
            assert_eq!(own_path(address, &hosts).as_deref(), path, "{address}");
        }
    }
}
