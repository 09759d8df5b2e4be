//! DOT: a picture that can go into a report.
//!
//! `dot -Tsvg graph.dot > graph.svg` draws it; the file itself names the layout that fits its size.
//! Statements between the same two nodes that look alike share a line with a label each; reports of the same are counted
//! ("meets ×3"). What a line says is in its tooltip, word for word.

use std::io::{self, Write};

use itertools::Itertools;

use super::Format;
use super::escape::{dot, dot_id, web_address, xml};
use super::legend::Legend;
use super::picture::{self, Head, Line, Look, MOST_LABELS, circumstances, node_tooltip, standing, text_lines, tooltip};
use super::style::{self, Standing};
use crate::graph::{Bundle, Gathering, Node, View};
use crate::record::Kind;

pub const FORMAT: Format = Format {
    name: "dot",
    extensions: &["dot", "gv"],
    media_type: "text/vnd.graphviz",
    about: "a picture for Graphviz: dot -Tsvg graph.dot > graph.svg",
    is_picture: true,
    write,
    read: None,
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let (gatherings, bundles) = view.gatherings();
    let mut lines = picture::lines(bundles);
    let layout = Layout::for_size(view.nodes().len(), lines.len());
    if layout == Layout::Map {
        lines = picture::one_between_two(lines);
    }
    writeln!(output, "digraph geopol {{")?;
    writeln!(output, "  graph [{}, outputorder=edgesfirst, bgcolor=white, pad=0.3,", layout.attributes())?;
    writeln!(output, "    fontname=\"{FONT}\", fontsize=12, labelloc=b, labeljust=l,")?;
    let looks = lines.iter().flat_map(|line| line.looks.clone());
    let looks = looks.chain(gatherings.iter().map(|gathering| Look::of(gathering.example())));
    writeln!(output, "    label=<{}>]", Legend::new(view, looks).table())?;
    writeln!(output, "  node [fontname=\"{FONT}\", fontsize=12, penwidth=1.2, height=0.3, margin=\"0.12,0.06\"]")?;
    writeln!(output, "  edge [fontname=\"{FONT}\", fontsize=11, arrowsize=0.7]\n")?;
    for node in view.nodes() {
        writeln!(output, "  {}", draw_node(node))?;
    }
    writeln!(output)?;
    for line in &lines {
        writeln!(output, "  {}", draw_line(line, layout))?;
    }
    for (number, gathering) in gatherings.iter().enumerate() {
        writeln!(output, "{}", draw_gathering(number, gathering, layout))?;
    }
    writeln!(output, "}}")
}

/// How Graphviz is asked to place the nodes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// From left to right in layers: room for every label.
    Layers,
    /// By forces: what belongs together lies together, however many there are.
    Map,
}

impl Layout {
    /// Layers of many or densely linked nodes become a braid.
    fn for_size(nodes: usize, lines: usize) -> Layout {
        let is_small = lines <= 45 || (nodes <= 80 && lines <= nodes + nodes / 2);
        if is_small { Layout::Layers } else { Layout::Map }
    }

    fn attributes(self) -> &'static str {
        match self {
            Layout::Layers => "layout=dot, rankdir=LR, ranksep=0.7, nodesep=0.22",
            Layout::Map => "layout=sfdp, overlap=prism, overlap_scaling=-4, splines=true, K=0.8, sep=\"+18,10\"",
        }
    }
}

const FONT: &str = "Helvetica,Arial,sans-serif";

fn draw_node(node: &Node) -> String {
    let id = dot_id(&node.key.0);
    if node.is_value() {
        let label = text_lines(&node.name, 16).map(|line| format!("<I>{}</I>", xml(&line))).join("<BR/>");
        return format!(
            "\"{id}\" [label=<{label}>, shape=plaintext, margin=\"0.04,0.02\", tooltip=\"{}\"]",
            dot(&node.name)
        );
    }
    let look = style::of_kind(node.kind);
    let is_state = matches!(node.kind, Kind::Country | Kind::Intergovernmental);
    let width = if node.kind == Kind::Person { 14 } else { 20 };
    let label = text_lines(&node.name, width).map(|line| xml(&line)).join("<BR/>");
    let label = if is_state { format!("<B>{label}</B>") } else { label };
    let shape = if look.shape == "box" {
        "box, style=\"rounded,filled\"".into()
    } else {
        format!("{}, style=filled", look.shape)
    };
    let size = if node.kind == Kind::Country { ", fontsize=13" } else { "" };
    let link = node.refs.get("wikidata").map(|id| format!("https://www.wikidata.org/wiki/{id}"));
    let link = link.as_deref().and_then(web_address).map_or(String::new(), |url| format!(", URL=\"{url}\""));
    format!(
        "\"{id}\" [label=<{label}>, shape={shape}, fillcolor=\"{}\", color=\"{}\", fontcolor=\"{}\"{size}, tooltip=\"{}\"{link}]",
        look.fill,
        look.border,
        look.text,
        dot(&node_tooltip(node)),
    )
}

fn draw_line(line: &Line, layout: Layout) -> String {
    let label = line.bundles.iter().take(MOST_LABELS).map(|bundle| label(bundle, layout)).collect_vec();
    let more = line.bundles.len().saturating_sub(MOST_LABELS);
    let more = (more > 0).then(|| format!("<FONT COLOR=\"{NOTE}\">and {more} more</FONT>"));
    let label = label.into_iter().chain(more).join("<BR/>");
    let statements: usize = line.bundles.iter().map(|bundle| bundle.statements.len()).sum();
    let color = line.looks.iter().map(Look::color).dedup().join(":");
    let width = if line.looks.len() > 1 { 1.2 } else { 1.2 + (statements as f64).log2() * 0.5 };
    let tooltip = dot(&tooltip(&line.bundles));
    let link = line.bundles[0].best().article.url.as_deref().and_then(web_address);
    let link = link.map_or(String::new(), |url| format!(", URL=\"{url}\""));
    // A white ground, so that lines which pass under a label do not strike it out.
    format!(
        "\"{}\" -> \"{}\" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\"><TR>\
         <TD BGCOLOR=\"#ffffffcc\">{label}</TD></TR></TABLE>>, color=\"{color}\", {}, penwidth={width:.1}, \
         tooltip=\"{tooltip}\", labeltooltip=\"{tooltip}\"{link}]",
        dot_id(&line.from.key.0),
        dot_id(&line.to.key.0),
        stroke(&line.looks),
    )
}

/// A happening of many as a small box with a line to each who took part.
fn draw_gathering(number: usize, gathering: &Gathering, layout: Layout) -> String {
    let look = Look::of(gathering.example());
    let reports = gathering.bundles.iter().map(|bundle| bundle.statements.len()).max().unwrap_or(1);
    let label = labelled(gathering.example(), reports, layout);
    let tooltip = dot(&tooltip(&gathering.bundles));
    let hub = format!(
        "  \"gathering {number}\" [label=<{label}>, shape=box, style=\"rounded,filled\", fillcolor=white, fontsize=11, \
         color=\"{}\", margin=\"0.08,0.04\", tooltip=\"{tooltip}\"]",
        look.color()
    );
    let spokes = gathering.members.iter().map(|member| {
        format!(
            "  \"{}\" -> \"gathering {number}\" [color=\"{}\", {}, tooltip=\"{tooltip}\"]",
            dot_id(&member.key.0),
            look.color(),
            stroke(&[look])
        )
    });
    [hub].into_iter().chain(spokes).join("\n")
}

/// Dashes and ends; a line of several looks is as firm as the firmest.
fn stroke(looks: &[Look]) -> String {
    let firmest = looks.iter().map(|look| look.standing).min().unwrap_or(Standing::Fact);
    let dash = match firmest {
        Standing::Fact | Standing::Denied => "solid",
        Standing::Claimed => "dotted",
        Standing::Open => "dashed",
    };
    let has = |head: Head| looks.iter().any(|look| look.head == head);
    let ends = match (firmest == Standing::Denied, has(Head::To), has(Head::From)) {
        (true, false, false) => "dir=both, arrowhead=tee, arrowtail=tee",
        (true, true, true) => "dir=both, arrowhead=tee, arrowtail=tee",
        (true, true, false) => "arrowhead=tee",
        (true, false, true) => "dir=back, arrowtail=tee",
        (false, false, false) => "dir=none",
        (false, true, true) => "dir=both",
        (false, true, false) => "dir=forward",
        (false, false, true) => "dir=back",
    };
    format!("style={dash}, {ends}")
}

const NOTE: &str = "#67707c";

/// "meets ×2", and small below it what limits it: planned, says who, when, where; a map leaves that to the tooltip.
fn label(bundle: &Bundle, layout: Layout) -> String {
    labelled(bundle, bundle.statements.len(), layout)
}

fn labelled(bundle: &Bundle, count: usize, layout: Layout) -> String {
    let best = bundle.best();
    let name = xml(&best.relation_type.replace('_', " "));
    let name = match Standing::of(best) {
        Standing::Denied => format!("<FONT COLOR=\"{}\"><B>✗</B></FONT> <S>{name}</S>", style::CROSS),
        _ => name,
    };
    let count = if count > 1 { format!(" ×{count}") } else { String::new() };
    let color = if best.quad().is_some() { style::of_quad(best.quad()) } else { "#3d4652" };
    let small = |text: &str| format!("<FONT POINT-SIZE=\"9\" COLOR=\"{NOTE}\">{}</FONT>", xml(text));
    let notes = [standing(best), circumstances(bundle)].into_iter().flatten().filter(|_| layout == Layout::Layers);
    let notes = notes.flat_map(|note| text_lines(&note, 30).collect_vec()).map(|line| small(&line));
    [format!("<FONT COLOR=\"{color}\">{name}{count}</FONT>")].into_iter().chain(notes).join("<BR/>")
}
