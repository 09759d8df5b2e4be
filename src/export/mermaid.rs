//! Mermaid: a picture that wikis and code hosts draw from its text.
//!
//! `n0[Venezuela] -- claims territory --> n1[Essequibo]`; dashes are for what is not simply so, a cross for what is denied.

use std::io::{self, Write};

use itertools::Itertools;

use super::Format;
use super::picture::{self, Head, Line, MOST_LABELS, name_of, text_lines};
use super::style::{self, Standing};
use crate::graph::{Node, View, is_unprintable};
use crate::record::Kind;

pub const FORMAT: Format = Format {
    name: "mermaid",
    extensions: &["mmd", "mermaid"],
    media_type: "text/vnd.mermaid",
    about: "a flowchart that wikis and code hosts draw",
    is_picture: true,
    write,
    read: None,
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    writeln!(output, "flowchart LR")?;
    let nodes = view.nodes().collect_vec();
    for (number, node) in nodes.iter().enumerate() {
        writeln!(output, "  n{number}{}", shape(node))?;
    }
    let number =
        |node: &Node| nodes.binary_search_by_key(&&node.key, |node| &node.key).expect("edges end at nodes of the view");
    let lines = picture::lines(view.bundles());
    for line in &lines {
        writeln!(output, "  n{} {} n{}", number(line.from), stroke(line), number(line.to))?;
    }
    for (position, line) in lines.iter().enumerate() {
        writeln!(output, "  linkStyle {position} stroke:{}", line.looks[0].color())?;
    }
    for kind in nodes.iter().filter(|node| !node.is_value()).map(|node| node.kind).sorted().dedup() {
        let look = style::of_kind(kind);
        let name = kind.name();
        writeln!(output, "  classDef {name} fill:{},stroke:{},color:{}", look.fill, look.border, look.text)?;
    }
    Ok(())
}

/// `(["Xi Jinping"]):::person`.
fn shape(node: &Node) -> String {
    let label = text_lines(&node.name, 20).map(|line| text(&line)).join("<br>");
    if node.is_value() {
        return format!("[\"{label}\"]");
    }
    let (open, close) = match node.kind {
        Kind::Person | Kind::Office | Kind::People => ("([", "])"),
        Kind::ArmedGroup | Kind::Event => ("{{", "}}"),
        Kind::City | Kind::Region | Kind::Place | Kind::Facility => ("(", ")"),
        _ => ("[", "]"),
    };
    format!("{open}\"{label}\"{close}:::{}", node.kind.name())
}

fn stroke(line: &Line) -> String {
    let look = line.looks[0];
    let labels = line.bundles.iter().take(MOST_LABELS).map(|bundle| text(&name_of(bundle, bundle.statements.len())));
    let more = line.bundles.len().saturating_sub(MOST_LABELS);
    let more = (more > 0).then(|| format!("and {more} more"));
    let label = labels.chain(more).join("<br>");
    let (start, end) = match (look.standing, look.head) {
        (Standing::Denied, _) => ("--", "--x"),
        (Standing::Fact, Head::Neither) => ("--", "---"),
        (Standing::Fact, _) => ("--", "-->"),
        (_, Head::Neither) => ("-.", ".-"),
        (_, _) => ("-.", ".->"),
    };
    format!("{start} \"{label}\" {end}")
}

/// A text for the inside of quotes; `#60;` is Mermaid's way to write a letter that would mean something.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '#' | '<' | '>' | '&' | '`' | ';' | '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '%' | '@' => {
                escaped += &format!("#{};", letter as u32);
            }
            _ if is_unprintable(letter) => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(text("a\"] --> b<script>"), "a#34;#93; --#62; b#60;script#62;");
    }
}
