//! The legend of an SVG picture: the title, and a sample of each colour, shape and line with its meaning, in rows that fit.

use itertools::Itertools;

use super::layout::Point;
use super::legend::Legend;
use super::letters;
use super::shape::Text;
use super::style::{self, Standing};

pub(super) struct Strip {
    pub svg: String,
    pub size: Point,
}

const FAINT: &str = "#3d4652";
const SIZE: f64 = 11.0;
const ROW: f64 = 24.0;
const GAP: f64 = 14.0;

/// A piece of the legend: its width, and how it is drawn from a place on the left at the row's middle.
struct Piece {
    width: f64,
    svg: Box<dyn Fn(f64, f64) -> String>,
}

/// No wider than `widest`, where the words let it.
pub(super) fn draw(legend: &Legend, widest: f64) -> Strip {
    let title = legend.title.iter().flat_map(|title| words(title, " font-weight=\"bold\""));
    let title = title.chain(words(&legend.summary, "")).collect_vec();
    let kinds = legend.kinds.iter().map(|&kind| chip(kind)).collect_vec();
    let quads = legend.quads.iter().map(|&quad| sample(style::of_quad(quad), "", style::quad_about(quad)));
    let standings = legend.standings.iter().map(|&standing| match standing {
        Standing::Fact | Standing::Denied => sample(style::DENIED, "|", standing.about()),
        Standing::Claimed => sample(FAINT, "1.5 4", standing.about()),
        Standing::Open => sample(FAINT, "6 4", standing.about()),
    });
    let lines = quads.chain(standings).collect_vec();
    let (mut svg, mut size) = (String::new(), Point::default());
    for (pieces, gap, row) in [(title, 3.5, 17.0), (kinds, GAP, ROW), (lines, GAP, ROW)] {
        if pieces.is_empty() {
            continue;
        }
        let mut left = 0.0;
        let mut middle = size.y + row / 2.0;
        for piece in pieces {
            if left > 0.0 && left + piece.width > widest {
                left = 0.0;
                middle += row;
            }
            svg += &(piece.svg)(left, middle);
            svg.push('\n');
            left += piece.width + gap;
            size.x = size.x.max(left - gap);
        }
        size.y = middle + row / 2.0 + 4.0;
    }
    Strip { svg, size }
}

/// A text word by word, so that it can be broken anywhere.
fn words(text: &str, face: &'static str) -> Vec<Piece> {
    let words = super::picture::shortened(text, 300);
    let words = words.split_whitespace().map(|word| text_piece(super::picture::shortened(word, 60), 12.0, face));
    words.collect()
}

fn text_piece(text: String, size: f64, face: &'static str) -> Piece {
    let text = Text { text, size, color: "#1d232b", face };
    Piece {
        width: text.width(),
        svg: Box::new(move |left, middle| text.draw(left + text.width() / 2.0, middle + size * 0.35)),
    }
}

/// A small box in the colours of a kind.
fn chip(kind: crate::record::Kind) -> Piece {
    let look = style::of_kind(kind);
    let width = letters::width(look.about, SIZE) + 16.0;
    let radius = if look.shape == "ellipse" { 9.0 } else { 4.0 };
    let text = Text { text: look.about.to_string(), size: SIZE, color: look.text, face: "" };
    Piece {
        width,
        svg: Box::new(move |left, middle| {
            format!(
                "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"18\" rx=\"{radius}\" fill=\"{}\" stroke=\"{}\"/>{}",
                middle - 9.0,
                look.fill,
                look.border,
                text.draw(left + width / 2.0, middle + SIZE * 0.35)
            )
        }),
    }
}

/// A short line with its meaning; `dashes` of `|` is a bar at its end.
fn sample(color: &'static str, dashes: &'static str, about: &'static str) -> Piece {
    let text = Text { text: about.to_string(), size: SIZE, color: "#1d232b", face: "" };
    Piece {
        width: 32.0 + text.width(),
        svg: Box::new(move |left, middle| {
            let (path, dash) = match dashes {
                "|" => (format!("M{left:.1} {middle:.1}h24m0 -5v10"), String::new()),
                "" => (format!("M{left:.1} {middle:.1}h24"), String::new()),
                _ => (
                    format!("M{left:.1} {middle:.1}h24"),
                    format!(" stroke-dasharray=\"{dashes}\" stroke-linecap=\"round\""),
                ),
            };
            let line = format!("<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{dash}/>");
            line + &text.draw(left + 30.0 + text.width() / 2.0, middle + SIZE * 0.35)
        }),
    }
}
