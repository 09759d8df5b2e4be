//! The page: markup, style, scripts and data as one HTML file that asks nothing of any network.
//!
//! What may run is named by its digest in a Content-Security-Policy, so that nothing else can, whatever the data says.

use std::io::{self, Write};
use std::sync::LazyLock;

use serde::Serialize;

use super::super::escape::xml;
use super::digest;

const MARKUP: &str = include_str!("explorer.html");
const STYLE: &str = include_str!("explorer.css");
const COASTLINES: &str = include_str!("../../../data/explorer/land-110m.json");
const GRAPHOLOGY: &str = include_str!("../../../data/explorer/graphology.min.js");
const SIGMA: &str = include_str!("../../../data/explorer/sigma.min.js");

/// Our own scripts, in reading order; the browser reads them as one.
const SCRIPTS: &[&str] = &[
    include_str!("text.js"),
    include_str!("scene.js"),
    include_str!("state.js"),
    include_str!("labels.js"),
    include_str!("stage.js"),
    include_str!("card.js"),
    include_str!("facets.js"),
    include_str!("search.js"),
    include_str!("timeline.js"),
    include_str!("map.js"),
    include_str!("lists.js"),
    include_str!("path.js"),
    include_str!("reading.js"),
    include_str!("export.js"),
    include_str!("main.js"),
];

/// Everything about the page that is the same for every graph.
struct Parts {
    script: String,
    policy: String,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let script = format!("\"use strict\";\n(() => {{\n{}\n}})();\n", SCRIPTS.join("\n"));
    let hash = |text: &str| format!("'sha256-{}'", digest(text.as_bytes()));
    let scripts = [GRAPHOLOGY, SIGMA, &script].map(hash).join(" ");
    // What a page may do that nobody meant to is what an attacker wants: everything that is not here is off.
    let policy = format!(
        "default-src 'none'; script-src {scripts}; style-src {}; img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(STYLE)
    );
    Parts { script, policy }
});

/// Where the page gets its graph.
pub enum Source<'s, T> {
    /// It is in the page.
    Inside(&'s T),
    /// It is fetched from the server that gave the page.
    Server,
}

/// The policy of the page, as a header says it once more.
pub fn policy(is_served: bool) -> String {
    let connect = if is_served { "connect-src 'self'" } else { "connect-src 'none'" };
    format!("{}; {connect}", PARTS.policy)
}

pub fn write<T: Serialize>(title: &str, source: Source<'_, T>, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut rest = MARKUP;
    while let Some(at) = rest.find("{{") {
        let end = rest[at..].find("}}").map_or(rest.len(), |length| at + length + 2);
        output.write_all(&rest.as_bytes()[..at])?;
        match &rest[at..end] {
            "{{policy}}" => write!(output, "{}", policy(matches!(source, Source::Server)))?,
            "{{title}}" => write!(output, "{}", xml(title))?,
            "{{style}}" => output.write_all(STYLE.as_bytes())?,
            "{{graphology}}" => output.write_all(GRAPHOLOGY.as_bytes())?,
            "{{sigma}}" => output.write_all(SIGMA.as_bytes())?,
            "{{script}}" => output.write_all(PARTS.script.as_bytes())?,
            "{{coastlines}}" => output.write_all(COASTLINES.as_bytes())?,
            "{{graph}}" => match &source {
                Source::Inside(scene) => json(scene, output)?,
                Source::Server => output.write_all(b"null")?,
            },
            other => unreachable!("the markup has no place {other}"),
        }
        rest = &rest[end..];
    }
    output.write_all(rest.as_bytes())
}

/// JSON that no HTML parser takes for markup.
fn json(value: &impl Serialize, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        output.write_all(&rest.as_bytes()[..at])?;
        output.write_all(b"\\u003c")?;
        rest = &rest[at + 1..];
    }
    output.write_all(rest.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(data: &str) -> String {
        let mut bytes = Vec::new();
        write("<title>", Source::Inside(&data), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn data_ends_no_script() {
        let page = page("</script><script>alert(1)</script><!--");
        assert!(!page.contains("alert(1)</script>"));
        assert!(page.contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\\u003c!--"));
        assert!(page.contains("<title>&lt;title&gt;</title>"));
    }

    #[test]
    fn the_policy_names_what_stands_in_the_page() {
        let page = page("");
        let (head, body) = page.split_once("<body>").unwrap();
        let mut named = 0;
        for (place, start, end) in [(body, "<script>", "</script>"), (head, "<style>", "</style>")] {
            for part in place.split(start).skip(1) {
                let text = part.split(end).next().unwrap();
                assert!(page.contains(&format!("'sha256-{}'", digest(text.as_bytes()))));
                named += 1;
            }
        }
        assert_eq!(named, 4);
        assert!(!page.contains("unsafe-inline"));
    }

    #[test]
    fn no_script_ends_early() {
        for script in SCRIPTS.iter().chain([&GRAPHOLOGY, &SIGMA]) {
            assert!(!script.contains("</script") && !script.contains("<!--"));
        }
        assert!(SCRIPTS.iter().all(|script| !script.contains("innerHTML")), "data is text");
    }
}
