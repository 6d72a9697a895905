//! Everything that is not Rust: manifests, reference data, documentation. Links lead somewhere, every
//! dependency has its reason, and nothing tells where it was written. Does not judge the prose.

use std::process::Command;

use crate::accept;
use crate::source::{Complaint, files, read, root, rust_sources};

/// The keys of one table of a TOML file, in order; `a.b = …` counts as `a`.
pub fn toml_keys(text: &str, table: &str) -> Vec<String> {
    let inside = text.lines().map(str::trim).skip_while(|l| *l != format!("[{table}]")).skip(1);
    let keys = inside.take_while(|l| !l.starts_with('[')).filter(|l| !l.starts_with('#'));
    keys.filter_map(|l| Some(l.split_once('=')?.0.split('.').next()?.trim().to_owned())).collect()
}

/// The packages of `dependencies` and `devDependencies` in a package.json written one entry a line.
fn npm_packages(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("\"dependencies\"") || line.starts_with("\"devDependencies\"") {
            inside = !line.contains('}');
        } else if line.starts_with('}') {
            inside = false;
        } else if inside && let Some((name, _)) = line.split_once(':') {
            found.push(name.trim_matches('"').to_owned());
        }
    }
    found
}

#[test]
fn every_dependency_has_its_reason_written_down() {
    let rust = |manifest: &str| -> Vec<String> {
        let ours =
            |name: &String| manifest.lines().any(|l| l.starts_with(name.as_str()) && l.contains("path ="));
        toml_keys(manifest, "workspace.dependencies").into_iter().filter(|n| !ours(n)).collect()
    };
    assert_eq!(
        rust("[workspace.dependencies]\nrules = { path = \"rules\" }\nurl = \"2\"\n[x]\ny = 1\n"),
        ["url"]
    );
    assert_eq!(npm_packages("{\n\"devDependencies\": {\n\"sass\": \"1\"\n}\n}\n"), ["sass"]);
    let decision = read("docs/decisions/0002-dependencies.md");
    let mut names = rust(&read("Cargo.toml"));
    names.extend(npm_packages(&read("package.json")));
    names.extend(npm_packages(&read("e2e/package.json")));
    assert!(names.len() > 10, "the manifests were not read");
    let silent = names.into_iter().filter(|n| !decision.contains(&format!("`{n}`")));
    accept(
        silent
            .map(|n| Complaint(format!("docs/decisions/0002-dependencies.md: no line of reason for `{n}`")))
            .collect(),
    );
}

#[test]
fn every_file_of_reference_data_is_read_by_some_code() {
    let sources = rust_sources();
    let is_named = |path: &str, code: &[String]| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder_name = folder.strip_prefix("reference/").unwrap_or("\0none");
        code.iter().any(|l| l.contains(name) || l.contains(folder_name))
    };
    let code: Vec<String> = sources
        .iter()
        .filter(|s| !s.path.contains("tidy"))
        .flat_map(|s| s.literals.iter().map(|l| l.text.clone()))
        .collect();
    assert!(!is_named("reference/orphan_of_the_house.toml", &code), "the rule misses its bad example");
    let data = files().into_iter().filter(|p| p.starts_with("reference/") && !p.ends_with(".md"));
    let orphans = data.filter(|p| !is_named(p, &code));
    accept(orphans.map(|p| Complaint(format!("{p}: nobody reads this file"))).collect());
}

/// Names of the configuration's keys: in the code (`name: "listen"`) and in the page's table (a row that begins with a code word).
fn configuration_keys(code: &str, page: &str) -> (Vec<String>, Vec<String>) {
    let product = code.split("#[cfg(test)]").next().unwrap_or_default();
    let named = product.lines().filter_map(|l| l.trim().strip_prefix("name: \"")?.split('"').next());
    let rows = page.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next());
    (named.map(str::to_owned).collect(), rows.map(str::to_owned).collect())
}

#[test]
fn the_configuration_page_lists_exactly_the_keys_there_are() {
    let (code, page) =
        configuration_keys("    name: \"listen\",\n    name: \"data\",\n", "| `listen` | x |\n");
    assert_ne!(code, page, "the rule misses its bad example");
    let (code, page) = configuration_keys(&read("app/src/config.rs"), &read("docs/configuration.md"));
    assert_eq!(code, page, "left: app/src/config.rs, right: docs/configuration.md");
}

/// Targets of the links of a Markdown text that point into the repository.
fn local_links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (i, line) in text.lines().enumerate() {
        for piece in line.split("](").skip(1) {
            let target = piece.split([')', ' ', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                found.push((i + 1, target.to_owned()));
            }
        }
    }
    found
}

#[test]
fn links_in_the_documentation_lead_to_existing_files() {
    let dead = |path: &str, text: &str| -> Vec<Complaint> {
        let folder = path.rsplit_once('/').map_or("", |(f, _)| f);
        let leads = |target: &str| root().join(folder).join(target).exists();
        let broken = local_links(text).into_iter().filter(|(_, t)| !leads(t));
        broken.map(|(n, t)| Complaint(format!("{path}:{n}: the link to {t} leads nowhere"))).collect()
    };
    assert_eq!(dead("README.md", "see [a](Cargo.toml) and [b](no/such/file.md)").len(), 1);
    let pages = files().into_iter().filter(|p| p.ends_with(".md"));
    accept(pages.flat_map(|p| dead(&p, &read(&p))).collect());
}

/// Paths in backticks, such as `app/src/routes.rs`; patterns with `*`, `<` or `{` are not paths.
fn quoted_paths(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (i, line) in text.lines().enumerate() {
        for quoted in line.split('`').skip(1).step_by(2) {
            let is_path =
                ["app/", "rules/", "kit/", "migrations/", "reference/", "docs/", "scripts/", "e2e/", "demo/"]
                    .iter()
                    .any(|p| quoted.starts_with(p));
            if is_path && !quoted.contains(['*', '<', '{', ' ', '…']) {
                found.push((i + 1, quoted.trim_end_matches('/').to_owned()));
            }
        }
    }
    found
}

#[test]
fn the_map_names_only_places_that_exist_and_stays_under_250_lines() {
    let lost = |text: &str| -> Vec<(usize, String)> {
        quoted_paths(text).into_iter().filter(|(_, p)| !root().join(p).exists()).collect()
    };
    assert_eq!(lost("see `app/src/main.rs`, `app/src/nowhere.rs`, `app/src/*/x.rs`").len(), 1);
    let map = read("ARCHITECTURE.md");
    assert!(!map.is_empty() && map.lines().count() < 250, "ARCHITECTURE.md: {} lines", map.lines().count());
    let how_to = files().into_iter().filter(|p| p.starts_with("docs/how-to/") || p == "ARCHITECTURE.md");
    let complaints = how_to.flat_map(|p| {
        lost(&read(&p)).into_iter().map(move |(n, q)| Complaint(format!("{p}:{n}: `{q}` does not exist")))
    });
    accept(complaints.collect());
}

/// Paths that only an installer or a build makes.
fn made_elsewhere(paths: &str) -> Vec<Complaint> {
    let fetched = |path: &&str| path.split('/').any(|p| ["node_modules", "target", "dist"].contains(&p));
    let found = paths.lines().filter(fetched).take(5);
    found.map(|p| Complaint(format!("{p}: fetched or built, not written by us; keep it out"))).collect()
}

#[test]
fn nothing_fetched_or_built_is_kept_in_the_repository() {
    assert_eq!(made_elsewhere("app/src/main.rs\ne2e/node_modules/x/y.js\n").len(), 1);
    // A source archive has no history to ask; there is nothing to check then.
    if let Ok(list) = Command::new("git").args(["ls-files"]).current_dir(root()).output() {
        accept(made_elsewhere(&String::from_utf8_lossy(&list.stdout)));
    }
}

/// Pieces of addresses and folders of the machines we work on; put together here so that this file is clean.
fn tell_tales() -> Vec<String> {
    let hosts = [
        ("registry", "npmjs.org"),
        ("static", "crates.io"),
        ("index", "crates.io"),
        ("deb", "debian.org"),
        ("files", "pythonhosted.org"),
    ];
    let folders = ["work", "root", "tmp", "home"];
    let mut found: Vec<String> = hosts.iter().map(|(a, b)| format!("{a}.{b}")).collect();
    found.extend(folders.iter().map(|f| format!("/{f}/")));
    found
}

#[test]
fn no_text_tells_the_machine_it_was_written_on_or_names_a_registry_host() {
    let tales = tell_tales();
    let told = |line: &str| {
        tales.iter().find(|t| {
            line.match_indices(t.as_str()).any(|(i, _)| {
                let before = line[..i].chars().next_back();
                t.ends_with("org") || t.ends_with("io") || before.is_none_or(|c| " \"'`=(:<>".contains(c))
            })
        })
    };
    assert!(told(&format!("cd /{}/main", "work")).is_some(), "the rule misses its bad example");
    assert!(told(&format!("a word/{}/word", "work")).is_none());
    let mut complaints = Vec::new();
    for path in files() {
        let text = read(&path);
        if !tales.iter().any(|t| text.contains(t.as_str())) {
            continue;
        }
        for (i, line) in text.lines().enumerate() {
            if let Some(tale) = told(line) {
                complaints.push(Complaint(format!("{path}:{}: names '{tale}'", i + 1)));
            }
        }
    }
    accept(complaints);
}
