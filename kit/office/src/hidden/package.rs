//! What any package hides: properties, programs, embedded files, links that load from outside.
//!
//! It does NOT look into the text; each format does that itself.

use super::{Findings, HiddenKind};
use crate::OfficeError;
use crate::package::Package;
use crate::properties::{Properties, custom_properties};

/// Adds what the package as a whole hides.
pub(crate) fn package_findings(
    package: &mut Package<'_>,
    findings: &mut Findings,
) -> Result<(), OfficeError> {
    let properties = Properties::read(package)?;
    let told = [
        ("作者", &properties.author),
        ("最后修改者", &properties.last_modified_by),
        ("单位", &properties.company),
        ("负责人", &properties.manager),
    ];
    for (word, value) in told.into_iter().filter_map(|(word, value)| Some((word, value.as_ref()?))) {
        findings.add(HiddenKind::Metadata, "文件属性", format!("{word}：{value}"));
    }
    for (name, value) in custom_properties(package)? {
        findings.add(HiddenKind::CustomProperty, "文件属性", format!("{name}：{value}"));
    }
    let names = package.names().to_vec();
    for name in &names {
        let lower = name.to_lowercase();
        let file = name.rsplit('/').next().unwrap_or_default();
        if file.is_empty() {
            continue;
        }
        if lower.ends_with("vbaproject.bin") || lower.contains("/macrosheets/") {
            findings.add(HiddenKind::Macro, "文件", file);
        } else if ["/embeddings/", "/activex/"].iter().any(|folder| lower.contains(folder))
            && !lower.contains("/_rels/")
        {
            findings.add(HiddenKind::EmbeddedObject, "文件", file);
        }
    }
    outside_links(package, &names, findings)
}

/// Links that a program follows by itself; those that a reader clicks are no secret.
fn outside_links(
    package: &mut Package<'_>,
    names: &[String],
    findings: &mut Findings,
) -> Result<(), OfficeError> {
    for name in names.iter().filter(|name| name.to_lowercase().ends_with(".rels")) {
        let Some((folder, file)) = name.rsplit_once("_rels/") else {
            continue;
        };
        let part = format!("{folder}{}", &file[..file.len() - ".rels".len()]);
        for relation in package.relations(&part)? {
            if relation.external && relation.kind != "hyperlink" {
                let place = part.rsplit('/').next().unwrap_or_default().to_owned();
                findings.add(HiddenKind::ExternalLink, place, relation.target);
            }
        }
    }
    Ok(())
}
