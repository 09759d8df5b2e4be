//! Boxes with words in them: the nodes and the labels of an SVG picture, how large they are and how they are drawn.
//!
//! "China" is a dark rectangle with bold letters, Xi Jinping a pale box with round ends, "meets" words on a white ground.

use std::fmt::Write as _;

use itertools::Itertools;

use super::escape::{web_address, xml};
use super::layout::Point;
use super::letters;
use super::picture::{Line, Look, MOST_LABELS, circumstances, name_of, node_tooltip, standing, text_lines, tooltip};
use super::style::{self, Standing};
use crate::graph::{Bundle, Gathering, Node};
use crate::record::Kind;

/// A line of text in a box.
pub(super) struct Text {
    pub text: String,
    pub size: f64,
    pub color: &'static str,
    /// Attributes of SVG.
    pub face: &'static str,
}

/// A box with words in it.
pub(super) struct Shape {
    lines: Vec<Text>,
    outline: Outline,
    fill: &'static str,
    border: &'static str,
    tooltip: String,
    link: Option<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Outline {
    /// Words on a white ground.
    None,
    Rectangle,
    /// Ends that are half circles.
    Pill,
    /// Corners cut off.
    Cut,
}

const BOLD: &str = " font-weight=\"bold\"";
const ITALIC: &str = " font-style=\"italic\"";
const STRUCK: &str = " text-decoration=\"line-through\"";
const NOTE: &str = "#67707c";

pub(super) fn of_node(node: &Node) -> Shape {
    let is_state = matches!(node.kind, Kind::Country | Kind::Intergovernmental);
    let look = style::of_kind(node.kind);
    let (width, face, color) = match (node.is_value(), is_state) {
        (true, _) => (18, ITALIC, "#3d4652"),
        (false, true) => (20, BOLD, look.text),
        (false, false) => (if node.kind == Kind::Person { 16 } else { 20 }, "", look.text),
    };
    let size = if node.kind == Kind::Country { 13.0 } else { 12.0 };
    let outline = match look.shape {
        _ if node.is_value() => Outline::None,
        "ellipse" => Outline::Pill,
        "octagon" | "hexagon" => Outline::Cut,
        _ => Outline::Rectangle,
    };
    let link = node.refs.get("wikidata").map(|id| format!("https://www.wikidata.org/wiki/{id}"));
    Shape {
        lines: text_lines(&node.name, width).map(|text| Text { text, size, color, face }).collect(),
        outline,
        fill: look.fill,
        border: look.border,
        tooltip: if node.is_value() { node.name.clone() } else { node_tooltip(node) },
        link: link.filter(|link| web_address(link).is_some()),
    }
}

pub(super) fn of_gathering(gathering: &Gathering) -> Shape {
    let reports = gathering.bundles.iter().map(|bundle| bundle.statements.len()).max().unwrap_or(1);
    Shape {
        lines: label(gathering.example(), reports),
        outline: Outline::Rectangle,
        fill: "#ffffff",
        border: Look::of(gathering.example()).color(),
        tooltip: tooltip(&gathering.bundles),
        link: None,
    }
}

pub(super) fn of_line(line: &Line) -> Shape {
    let labels = line.bundles.iter().take(MOST_LABELS).flat_map(|bundle| label(bundle, bundle.statements.len()));
    let more = line.bundles.len().saturating_sub(MOST_LABELS);
    let more = (more > 0).then(|| Text { text: format!("and {more} more"), size: 11.0, color: NOTE, face: "" });
    let url = line.bundles[0].best().article.url.as_deref().and_then(web_address);
    Shape {
        lines: labels.chain(more).collect(),
        outline: Outline::None,
        fill: "#ffffff",
        border: "none",
        tooltip: tooltip(&line.bundles),
        link: url.map(str::to_string),
    }
}

/// "meets ×2", and small below it what limits it: planned, says who, when, where.
fn label(bundle: &Bundle, count: usize) -> Vec<Text> {
    let best = bundle.best();
    let face = if Standing::of(best) == Standing::Denied { STRUCK } else { "" };
    let color = if best.quad().is_some() { style::of_quad(best.quad()) } else { "#3d4652" };
    let name = name_of(bundle, count);
    let name = text_lines(&name, 24).map(|text| Text { text, size: 11.0, color, face });
    let notes = [standing(best), circumstances(bundle)].into_iter().flatten();
    let notes = notes.flat_map(|note| text_lines(&note, 26).collect_vec());
    name.chain(notes.map(|text| Text { text, size: 9.0, color: NOTE, face: "" })).collect()
}

impl Text {
    pub fn width(&self) -> f64 {
        letters::width(&self.text, self.size) * if self.face == BOLD { letters::BOLD } else { 1.0 }
    }

    /// `middle` is of its width; `base` is where its letters stand.
    pub fn draw(&self, middle: f64, base: f64) -> String {
        let Text { size, color, face, .. } = self;
        // Another font than ours has to keep to the room that there is.
        let keep = if letters::is_known(&self.text) && self.text.chars().count() > 1 {
            format!(" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\"", self.width())
        } else {
            String::new()
        };
        format!(
            "<text x=\"{middle:.1}\" y=\"{base:.1}\" text-anchor=\"middle\" font-size=\"{size}\" fill=\"{color}\"{face}{keep}>{}</text>",
            xml(&self.text)
        )
    }
}

impl Shape {
    pub fn size(&self) -> Point {
        let width = self.lines.iter().map(Text::width).fold(0.0, f64::max);
        let height: f64 = self.lines.iter().map(|line| line.size * LEADING).sum();
        let (x, y) = match self.outline {
            Outline::None => (6.0, 3.0),
            Outline::Rectangle => (18.0, 11.0),
            Outline::Pill => (26.0, 12.0),
            Outline::Cut => (24.0, 12.0),
        };
        Point { x: width + x, y: height + y }
    }

    /// How round its corners are.
    fn radius(&self) -> f64 {
        match self.outline {
            Outline::None => 3.0,
            Outline::Rectangle => 5.0,
            Outline::Pill => (self.size().y / 2.0).min(22.0),
            Outline::Cut => 9.0,
        }
    }

    /// True for points inside of the outline around `middle`.
    pub fn inside(&self, middle: Point) -> impl Fn(Point) -> bool {
        let (size, radius) = (self.size(), self.radius());
        move |point| {
            let x = ((point.x - middle.x).abs() - size.x / 2.0 + radius).max(0.0);
            let y = ((point.y - middle.y).abs() - size.y / 2.0 + radius).max(0.0);
            x * x + y * y <= radius * radius
        }
    }

    pub fn draw(&self, middle: Point) -> String {
        let size = self.size();
        let (x, y) = (middle.x - size.x / 2.0, middle.y - size.y / 2.0);
        let mut svg = String::new();
        let frame = format!(
            "x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{:.1}\"",
            size.x,
            size.y,
            self.radius()
        );
        let _ = match self.outline {
            Outline::None => write!(svg, "<rect {frame} fill=\"#ffffff\"/>"),
            Outline::Cut => {
                let (right, low, cut) = (x + size.x, y + size.y, self.radius());
                let corners = [
                    (x + cut, y),
                    (right - cut, y),
                    (right, y + cut),
                    (right, low - cut),
                    (right - cut, low),
                    (x + cut, low),
                    (x, low - cut),
                    (x, y + cut),
                ];
                let corners = corners.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).join(" ");
                write!(
                    svg,
                    "<polygon points=\"{corners}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.2\"/>",
                    self.fill, self.border
                )
            }
            _ => write!(svg, "<rect {frame} fill=\"{}\" stroke=\"{}\" stroke-width=\"1.2\"/>", self.fill, self.border),
        };
        let height: f64 = self.lines.iter().map(|line| line.size * LEADING).sum();
        let mut base = middle.y - height / 2.0;
        for line in &self.lines {
            base += line.size * LEADING;
            svg += &line.draw(middle.x, base - line.size * 0.31);
        }
        let svg = format!("<g><title>{}</title>{svg}</g>", xml(&self.tooltip));
        match &self.link {
            Some(link) => format!("<a href=\"{}\">{svg}</a>", xml(link)),
            None => svg,
        }
    }
}

/// From line to line, as a multiple of the size.
const LEADING: f64 = 1.22;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_ends_at_its_round_corners() {
        let text = |text: &str| Text { text: text.to_string(), size: 10.0, color: "", face: "" };
        let shape = Shape {
            lines: vec![text("met")],
            outline: Outline::Pill,
            fill: "",
            border: "",
            tooltip: String::new(),
            link: None,
        };
        let (size, middle) = (shape.size(), Point { x: 100.0, y: 100.0 });
        let corner = Point { x: 100.0 + size.x / 2.0 - 0.5, y: 100.0 + size.y / 2.0 - 0.5 };
        let is_inside = shape.inside(middle);
        assert!(!is_inside(corner));
        assert!(is_inside(Point { x: corner.x, y: 100.0 }));
    }
}
