//! Who may import whom. The table is the architecture: a change of it is a design decision and comes with its reason.

use std::fs;
use std::path::{Path, PathBuf};

/// A module, and the modules that it may use. Imports point up the stream; only `Record` passes the waist.
const MAY_USE: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("article", &[]),
    ("error", &["span"]),
    ("record", &["span", "article"]),
    ("knowledge", &["error", "record"]),
    ("text", &["span", "article", "knowledge"]),
    ("document", &["span", "article", "text"]),
    ("syntax", &["span", "error", "article", "text", "document"]),
    // Records that were extracted before, and trees that another parser made, are read like articles.
    ("read", &["span", "error", "article", "record", "text", "document"]),
    // `text` for what a sentence is: body, heading or page furniture.
    ("entities", &["span", "record", "text", "document", "knowledge"]),
    ("relations", &["span", "record", "text", "document", "knowledge", "entities"]),
    (
        "pipeline",
        // Errors come from loading the resources alone.
        &["span", "error", "article", "record", "knowledge", "text", "document", "syntax", "entities", "relations"],
    ),
    ("rehearsal", &["article", "record", "knowledge", "pipeline"]),
    // A record beside the reference base; no grammar.
    ("check", &["record", "knowledge"]),
    ("graph", &["span", "error", "record", "knowledge"]), // no grammar below the waist
    ("export", &["span", "error", "record", "knowledge", "graph"]),
    // The whole flow behind a network address.
    ("serve", &["error", "article", "pipeline", "graph", "export"]),
];

#[test]
fn imports_point_up_the_stream() {
    let mut wrong = Vec::new();
    for file in rust_files(Path::new("src")) {
        let Some(module) = module(&file) else { continue };
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!(
                "{}: the module `{module}` is not in the table of tests/architecture.rs",
                file.display()
            ));
            continue;
        };
        let text = fs::read_to_string(&file).unwrap();
        // Tests at a file's end may build what they need from anywhere.
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        for (number, line) in code.lines().enumerate() {
            for used in used_modules(line) {
                if used != module && !may_use.contains(&used) {
                    wrong.push(format!("{}:{}: `{module}` may not use `{used}`", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The modules that a line of code names after `crate::`.
fn used_modules(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or("");
    code.match_indices("crate::").filter_map(|(at, path)| {
        let rest = &code[at + path.len()..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        // `$crate::` in macros and re-exported types at the root name no module.
        (!rest[..end].is_empty() && rest.starts_with(char::is_lowercase)).then_some(&rest[..end])
    })
}

/// The top module of a file: `src/read/text.rs` is in `read`; the root and the command line, which uses the library as any
/// user does, are in none.
fn module(file: &Path) -> Option<String> {
    let first = file.strip_prefix("src").unwrap().components().next()?;
    let name = first.as_os_str().to_string_lossy();
    let name = name.strip_suffix(".rs").unwrap_or(&name);
    (!["lib", "main", "cli"].contains(&name)).then(|| name.to_string())
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn the_table_is_in_the_order_of_the_flow() {
    for (index, (module, may_use)) in MAY_USE.iter().enumerate() {
        for used in *may_use {
            assert!(MAY_USE[..index].iter().any(|(earlier, _)| earlier == used), "{module} stands before {used}");
        }
    }
}
