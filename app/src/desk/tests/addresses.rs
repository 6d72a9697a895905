//! The addresses of the desk as the table of addresses has them. The router cannot be asked what it answers, so the table
//! is read as text; a test keeps routes from standing anywhere else.

use std::{collections::BTreeSet, path::Path};

use crate::desk::imports;

/// The methods that a route is asked with.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Method and address of every route of the desk.
pub fn of_the_desk() -> BTreeSet<(String, String)> {
    let source = include_str!("../../routes.rs");
    let product = source.split("#[cfg(test)]").next().unwrap();
    let mut found = BTreeSet::new();
    for (at, begin) in product.match_indices(".route(") {
        let (address, handlers) = call(&product[at + begin.len()..]).split_once(',').unwrap();
        let address = address_of(address.trim());
        let methods: Vec<&str> = METHODS.into_iter().filter(|method| calls(handlers, method)).collect();
        assert!(!methods.is_empty(), "{address} has no method that this test knows");
        if address == "/desk" || address.starts_with("/desk/") || address.starts_with("/approve/") {
            found.extend(methods.into_iter().map(|method| (method.to_uppercase(), address.clone())));
        }
    }
    found
}

/// What stands between the parenthesis that was opened and the one that closes it.
fn call(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    });
    &rest[..end.unwrap()]
}

fn address_of(written: &str) -> String {
    match written {
        "imports::runs::HERE" => imports::runs::HERE.to_owned(),
        other => {
            let literal = other.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            literal.unwrap_or_else(|| panic!("tell this test which address {other} is")).to_owned()
        }
    }
}

/// Whether `get(…)` or `.get(…)` stands in the handlers, and not only a name that ends like it.
fn calls(handlers: &str, method: &str) -> bool {
    handlers.match_indices(&format!("{method}(")).any(|(at, _)| {
        let before = handlers[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
    })
}

#[test]
fn every_address_stands_in_the_one_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.ends_with("/routes.rs") && !name.contains("/tests") {
                let source = std::fs::read_to_string(&path).unwrap();
                assert!(!source.contains(".route("), "{name} has routes: they stand in routes.rs");
            }
        }
    }
}
