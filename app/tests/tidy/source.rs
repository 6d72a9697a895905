//! Source files as the house rules need them: code without its comments, string literals with their
//! lines, what belongs to tests. Not a Rust parser: it knows comments, strings and braces, nothing more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One Rust file, its path relative to the repository and with `/`.
pub struct Source {
    pub path: String,
    /// Lines as written.
    pub lines: Vec<String>,
    /// The same lines with comments and the insides of strings blanked out.
    pub code: Vec<String>,
    pub literals: Vec<Literal>,
    /// For each line, whether it is compiled for tests only.
    pub test: Vec<bool>,
}

/// A string literal and the line (from 1) on which it begins.
pub struct Literal {
    pub line: usize,
    pub text: String,
}

/// A broken rule: where, and what the house says about it.
#[derive(Debug)]
pub struct Complaint(pub String);

impl Source {
    pub fn parse(path: &str, text: &str) -> Self {
        let (blanked, literals) = blank(text);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let code: Vec<String> = blanked.lines().map(str::to_owned).collect();
        let test = test_lines(path, &code, lines.len());
        Self { path: path.to_owned(), lines, code, literals, test }
    }

    pub fn at(&self, line: usize, why: &str) -> Complaint {
        Complaint(format!("{}:{line}: {why}", self.path))
    }

    /// Lines of code outside tests, numbered from 1.
    pub fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().filter(|(i, _)| !self.test[*i]).map(|(i, l)| (i + 1, l.as_str()))
    }

    /// String literals outside tests.
    pub fn product_literals(&self) -> impl Iterator<Item = &Literal> {
        self.literals.iter().filter(|l| !self.test[l.line - 1])
    }

    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder of `app/src` (a feature) this file lies in, if any.
    pub fn feature(&self) -> Option<&str> {
        let (feature, _) = self.path.strip_prefix("app/src/")?.split_once('/')?;
        Some(feature)
    }

    /// True where the comment above (or beside) a line carries a marker such as `all sites: because`.
    pub fn is_marked(&self, line: usize, marker: &str) -> bool {
        let above = self.lines[..line.min(self.lines.len())].iter().rev();
        above.take(3).any(|l| l.split_once("//").is_some_and(|(_, c)| reason_after(c, marker)))
    }
}

/// True where `text` has the marker followed by a reason.
pub fn reason_after(text: &str, marker: &str) -> bool {
    text.split_once(marker).is_some_and(|(_, reason)| reason.trim().chars().count() >= 5)
}

/// The repository's root, from the crate's own manifest.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file of the workspace, files behind `#[cfg(test)] mod x;` marked as tests.
pub fn rust_sources() -> Vec<Source> {
    let mut found: Vec<Source> =
        files().into_iter().filter(|p| p.ends_with(".rs")).map(|p| Source::parse(&p, &read(&p))).collect();
    let tests: BTreeSet<String> = found.iter().flat_map(test_modules).collect();
    for source in &mut found {
        let inside =
            |t: &String| source.path == format!("{t}.rs") || source.path.starts_with(&format!("{t}/"));
        if tests.iter().any(inside) {
            source.test.fill(true);
        }
    }
    found
}

/// Paths (without `.rs`) of the modules that a file declares for tests only.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = match source.file_name() {
        "mod.rs" | "main.rs" | "lib.rs" => source.path.rsplit_once('/').map(|(f, _)| f.to_owned()),
        _ => source.path.strip_suffix(".rs").map(str::to_owned),
    };
    let declared = |(i, line): (usize, &String)| {
        let name = line.trim().strip_suffix(';')?.rsplit_once("mod ")?.1;
        source.test[i].then(|| format!("{}/{name}", folder.as_deref().unwrap_or_default()))
    };
    source.code.iter().enumerate().filter_map(declared).collect()
}

/// Every text file we keep, as relative paths; build products and fetched packages left out.
pub fn files() -> Vec<String> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    found.sort();
    found
}

const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "data", "dist"];

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the repository can be listed").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            walk(&entry.path(), &path, found);
        } else {
            found.push(path);
        }
    }
}

/// A file's text; pictures and other non-text come back empty.
pub fn read(path: &str) -> String {
    fs::read(root().join(path)).ok().and_then(|b| String::from_utf8(b).ok()).unwrap_or_default()
}

/// Which lines are tests: whole files by their name, and `#[cfg(test)]` items by their braces.
fn test_lines(path: &str, code: &[String], n_lines: usize) -> Vec<bool> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let whole = path.contains("/tests/")
        || path.contains("/benches/")
        || path.contains("/examples/")
        || name == "tests.rs"
        || name.ends_with("_tests.rs");
    let mut test = vec![whole; n_lines];
    let mut i = 0;
    while i < code.len() {
        if !code[i].contains("#[cfg(test)]") {
            i += 1;
            continue;
        }
        let end = end_of_item(code, i);
        test[i..=end.min(n_lines - 1)].fill(true);
        i = end + 1;
    }
    test
}

/// The line on which the item beginning at `start` ends: its closing brace, or its semicolon.
fn end_of_item(code: &[String], start: usize) -> usize {
    let mut depth = 0;
    for (i, line) in code.iter().enumerate().skip(start) {
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ';' if depth == 0 => return i,
                _ => continue,
            }
            if depth == 0 {
                return i;
            }
        }
    }
    code.len().saturating_sub(1)
}

/// Blanks comments and string contents (newlines kept) and gathers the string literals.
fn blank(text: &str) -> (String, Vec<Literal>) {
    let c: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < c.len() {
        let next = c.get(i + 1).copied().unwrap_or(' ');
        let before = if i == 0 { ' ' } else { c[i - 1] };
        let end = match c[i] {
            '/' if next == '/' => line_end(&c, i),
            '/' if next == '*' => comment_end(&c, i),
            '"' => string_end(&c, i),
            'r' if !is_word(before) || before == 'b' => raw_string_end(&c, i).unwrap_or(i + 1),
            '\'' => char_end(&c, i).unwrap_or(i + 1),
            _ => i + 1,
        };
        let piece: String = c[i..end].iter().collect();
        if piece.contains('"') && !piece.starts_with('/') && !piece.starts_with('\'') {
            let inner = piece.trim_start_matches('r').trim_matches('#').trim_matches('"');
            literals.push(Literal { line, text: inner.to_owned() });
        }
        if end == i + 1 {
            out.push(c[i]);
        } else {
            out.extend(piece.chars().map(|p| if p == '\n' { '\n' } else { ' ' }));
        }
        line += piece.matches('\n').count();
        i = end;
    }
    (out, literals)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_end(c: &[char], start: usize) -> usize {
    (start..c.len()).find(|i| c[*i] == '\n').unwrap_or(c.len())
}

fn comment_end(c: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut i = start;
    while i + 1 < c.len() {
        match (c[i], c[i + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                i += 1;
                continue;
            }
        }
        i += 2;
        if depth == 0 {
            return i;
        }
    }
    c.len()
}

fn string_end(c: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < c.len() {
        match c[i] {
            '\\' => i += 2,
            '"' => return i + 1,
            _ => i += 1,
        }
    }
    c.len()
}

/// `r"…"` and `r#"…"#`; None where this `r` begins something else.
fn raw_string_end(c: &[char], start: usize) -> Option<usize> {
    let hashes = c[start + 1..].iter().take_while(|h| **h == '#').count();
    let open = start + 1 + hashes;
    if c.get(open) != Some(&'"') {
        return None;
    }
    let closes =
        |i: &usize| c[*i] == '"' && c[i + 1..].iter().take(hashes).filter(|h| **h == '#').count() == hashes;
    Some((open + 1..c.len()).find(closes).map_or(c.len(), |i| i + 1 + hashes))
}

/// A character literal; None for a lifetime.
fn char_end(c: &[char], start: usize) -> Option<usize> {
    match (c.get(start + 1)?, c.get(start + 2)?) {
        ('\\', _) => (start + 3..c.len().min(start + 14)).find(|i| c[*i] == '\'').map(|i| i + 1),
        (_, '\'') => Some(start + 3),
        _ => None,
    }
}
