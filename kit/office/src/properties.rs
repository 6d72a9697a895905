//! Who wrote a file and when it says so: the properties that office programs keep beside the text.
//!
//! It does NOT trust them; anybody may write anything there.

use crate::package::Package;
use crate::xml::{self, Tree};
use crate::{Limits, OfficeError};

/// What the file says of itself; empty values are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    /// The title somebody typed into the properties, often that of an older file.
    pub title: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Who saved it last.
    pub last_modified_by: Option<String>,
    /// The firm or office the program is registered to.
    pub company: Option<String>,
    /// Their head.
    pub manager: Option<String>,
    /// The program that wrote it.
    pub application: Option<String>,
}

const CORE: (&str, &str) = ("core-properties", "docProps/core.xml");
const EXTENDED: (&str, &str) = ("extended-properties", "docProps/app.xml");
const CUSTOM: (&str, &str) = ("custom-properties", "docProps/custom.xml");

impl Properties {
    pub(crate) fn read(package: &mut Package<'_>) -> Result<Properties, OfficeError> {
        let mut properties = Properties::default();
        each_value(package, CORE, |name, value| match name {
            "title" => properties.title = Some(value),
            "creator" => properties.author = Some(value),
            "lastModifiedBy" => properties.last_modified_by = Some(value),
            _ => {}
        })?;
        each_value(package, EXTENDED, |name, value| match name {
            "Company" => properties.company = Some(value),
            "Manager" => properties.manager = Some(value),
            "Application" => properties.application = Some(value),
            _ => {}
        })?;
        Ok(properties)
    }
}

/// Names and values of the properties that were added to the usual ones.
pub(crate) fn custom_properties(package: &mut Package<'_>) -> Result<Vec<(String, String)>, OfficeError> {
    let Some((part, bytes)) = find(package, CUSTOM)? else {
        return Ok(Vec::new());
    };
    let text = xml::decode(bytes);
    let tree = Tree::read(&text, &part, package.limits())?;
    let all = tree.top().below("property").map(|property| {
        let name = property.attribute("name").unwrap_or_default().into_owned();
        let value: String = property.every().map(|value| value.own_text().into_owned()).collect();
        (name, value.trim().to_owned())
    });
    Ok(all.collect())
}

fn each_value(
    package: &mut Package<'_>,
    place: (&str, &str),
    mut take: impl FnMut(&str, String),
) -> Result<(), OfficeError> {
    let Some((part, bytes)) = find(package, place)? else {
        return Ok(());
    };
    let text = xml::decode(bytes);
    let limits: Limits = *package.limits();
    let tree = Tree::read(&text, &part, &limits)?;
    for value in tree.top().children().flat_map(|top| top.children()) {
        let text = value.own_text().trim().to_owned();
        if !text.is_empty() {
            take(value.name(), text);
        }
    }
    Ok(())
}

/// The part that the package names for this, or the usual one.
fn find(
    package: &mut Package<'_>,
    (kind, usual): (&str, &str),
) -> Result<Option<(String, Vec<u8>)>, OfficeError> {
    let named = package.relations("")?.into_iter().find(|r| r.kind == kind && !r.external);
    let name = named.map_or_else(|| usual.to_owned(), |relation| relation.target);
    Ok(package.part(&name)?.map(|bytes| (name, bytes)))
}
