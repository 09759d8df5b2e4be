//! SVG: the picture without Graphviz, ready for a browser or a report.
//!
//! "Putin met Xi" is two rounded boxes, a blue line between them, and the box "meets" in its middle. Labels take part in the
//! layout like nodes, so none lies on another. Pictures of many lines have no labels; what a line says is in its tooltip.

use std::io::{self, Write};

use itertools::Itertools;

use super::Format;
use super::curve::Curve;
use super::escape::xml;
use super::layout::{Point, Spread, place};
use super::legend::Legend;
use super::picture::{self, Head, Line, Look, tooltip};
use super::shape::{Shape, of_gathering, of_line, of_node};
use super::strip;
use super::style::Standing;
use crate::graph::{Node, View};

pub const FORMAT: Format = Format {
    name: "svg",
    extensions: &["svg"],
    media_type: "image/svg+xml",
    about: "a picture, with no other program; good up to 150 entities",
    is_picture: true,
    write,
    read: None,
    parts: &[],
};

/// Lines beyond this have no labels of their own.
const MOST_LABELLED: usize = 130;

/// Free space around everything.
const EDGE: f64 = 20.0;

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let (gatherings, bundles) = view.gatherings();
    let mut lines = picture::lines(bundles);
    let is_labelled = lines.len() <= MOST_LABELLED;
    if !is_labelled {
        lines = picture::one_between_two(lines);
    }
    let looks = lines.iter().flat_map(|line| line.looks.clone());
    let legend = Legend::new(view, looks.chain(gatherings.iter().map(|one| Look::of(one.example()))));

    // First the nodes, then the happenings of many, then the labels of the lines.
    let nodes = view.nodes().collect_vec();
    let number = |node: &Node| nodes.partition_point(|other| other.key < node.key);
    let mut shapes = nodes.iter().map(|node| of_node(node)).collect_vec();
    shapes.extend(gatherings.iter().map(of_gathering));
    let labels = shapes.len();
    if is_labelled {
        shapes.extend(lines.iter().map(of_line));
    }
    let mut links = Vec::new();
    for (position, gathering) in gatherings.iter().enumerate() {
        links.extend(gathering.members.iter().map(|member| (number(member), nodes.len() + position)));
    }
    for (position, line) in lines.iter().enumerate() {
        let (from, to) = (number(line.from), number(line.to));
        match is_labelled {
            true => links.extend([(from, labels + position), (labels + position, to)]),
            false => links.push((from, to)),
        }
    }
    let spread = match is_labelled {
        true => Spread { link: Point { x: 100.0, y: 74.0 }, margin: Point { x: 14.0, y: 11.0 } },
        // Room for an arrow between two boxes.
        false => Spread { link: Point { x: 160.0, y: 96.0 }, margin: Point { x: 22.0, y: 14.0 } },
    };
    let sizes = shapes.iter().map(Shape::size).collect_vec();
    let (middles, whole) = place(&sizes, &links, labels, spread);

    let strip = strip::draw(&legend, whole.x.max(MOST_NARROW));
    let size = Point { x: whole.x.max(strip.size.x) + 2.0 * EDGE, y: whole.y + strip.size.y + 3.0 * EDGE };
    let left = (size.x - whole.x) / 2.0;
    let middle = |item: usize| Point { x: middles[item].x + left, y: middles[item].y + EDGE };
    writeln!(
        output,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" width=\"{:.0}\" height=\"{:.0}\" \
         font-family=\"Helvetica,Arial,'Liberation Sans',sans-serif\" font-size=\"12\">",
        size.x, size.y, size.x, size.y
    )?;
    writeln!(output, "<title>{}</title>", xml(legend.title.as_deref().unwrap_or(&legend.summary)))?;
    writeln!(output, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>")?;
    for (position, gathering) in gatherings.iter().enumerate() {
        let (hub, look) = (nodes.len() + position, Look::of(gathering.example()));
        for member in gathering.members.iter().map(|member| number(member)) {
            let ends = [(middle(member), &shapes[member]), (middle(hub), &shapes[hub])];
            writeln!(output, "{}", strand(ends, None, look, 1.4, 0.0))?;
        }
    }
    for (position, line) in lines.iter().enumerate() {
        let ends = [line.from, line.to].map(|end| (middle(number(end)), &shapes[number(end)]));
        let through = is_labelled.then(|| middle(labels + position));
        writeln!(output, "{}", draw_line(line, ends, through))?;
    }
    for (item, shape) in shapes.iter().enumerate().rev() {
        writeln!(output, "{}", shape.draw(middle(item)))?;
    }
    writeln!(output, "<g transform=\"translate({EDGE} {:.1})\">\n{}</g>", whole.y + 2.0 * EDGE, strip.svg)?;
    writeln!(output, "</svg>")
}

/// The legend needs so much.
const MOST_NARROW: f64 = 560.0;

/// All strands of a line, with what it says.
fn draw_line(line: &Line, ends: [(Point, &Shape); 2], through: Option<Point>) -> String {
    let statements: usize = line.bundles.iter().map(|bundle| bundle.statements.len()).sum();
    let width = if line.looks.len() > 1 { 1.3 } else { (1.3 + (statements as f64).log2() * 0.5).min(5.0) };
    let middle = (line.looks.len() as f64 - 1.0) / 2.0;
    let strands = line.looks.iter().enumerate();
    let strands = strands.map(|(number, &look)| strand(ends, through, look, width, (number as f64 - middle) * 4.0));
    format!("<g><title>{}</title>\n{}\n</g>", xml(&tooltip(&line.bundles)), strands.format("\n"))
}

/// One line of one look, from outline to outline, with its ends; `aside` parts it from others of the same two.
fn strand(ends: [(Point, &Shape); 2], through: Option<Point>, look: Look, width: f64, aside: f64) -> String {
    let [(from, first), (to, last)] = ends;
    let dash = match look.standing {
        Standing::Fact | Standing::Denied => "",
        Standing::Claimed => " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"",
        Standing::Open => " stroke-dasharray=\"6 4\"",
    };
    let stroke = format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{width:.1}\"{dash}", look.color());
    if from == to {
        return format!("<path d=\"{}\" {stroke}/>", Curve::loop_through(from, through.unwrap_or(from)));
    }
    let curve = Curve::through(from, through, to).moved_aside(aside);
    let Some(curve) = curve.between(first.inside(from), last.inside(to)) else {
        return String::new();
    };
    let is_denied = look.standing == Standing::Denied;
    let at_end = look.head == Head::To || (is_denied && look.head == Head::Neither);
    let at_start = look.head == Head::From || (is_denied && look.head == Head::Neither);
    let head = |curve: &Curve| match is_denied {
        true => curve.tee(look.color()),
        false => curve.arrow(look.color(), 7.0 + width),
    };
    let heads = [(at_end, curve), (at_start, curve.reversed())];
    let heads = heads.iter().filter(|(is_there, _)| *is_there).map(|(_, curve)| head(curve)).join("");
    let shaft = if is_denied {
        curve
    } else {
        curve.shortened(if at_start { 6.0 } else { 0.0 }, if at_end { 6.0 } else { 0.0 })
    };
    format!("<path d=\"{}\" {stroke}/>{heads}", shaft.path())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Filter, Graph};

    /// The SVG of a graph with many relations of each kind between a few, and around a hub.
    fn drawn(record: &str) -> String {
        let record = serde_json::from_str(record).unwrap();
        let graph = Graph::from_records([&record]);
        let view = View::new(&graph, &Filter { isolated: false, ..Filter::default() });
        String::from_utf8(FORMAT.to_bytes(&view)).unwrap()
    }

    /// The `x`, `y`, `width` and `height` of every box, nodes and labels alike.
    fn boxes(svg: &str) -> Vec<[f64; 4]> {
        let number = |tag: &str, name: &str| {
            let rest = &tag[tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3..];
            rest[..rest.find('"').unwrap()].parse().unwrap()
        };
        let picture = svg.split("<g transform").next().unwrap();
        let tags = picture.split("<rect x").skip(1).map(|tag| format!("<rect x{}", tag.split('>').next().unwrap()));
        tags.map(|tag| ["x", "y", "width", "height"].map(|name| number(&tag, name))).collect()
    }

    #[test]
    fn no_label_lies_on_another_and_nothing_is_cut_off() {
        let svg = drawn(include_str!("../../tests/data/samarkand.jsonl"));
        let boxes = boxes(&svg);
        assert_eq!(boxes.len(), 16, "nine nodes and seven labels");
        for [a, b] in boxes.iter().array_combinations() {
            let is_apart = |at: usize| a[at] + a[at + 2] < b[at] || b[at] + b[at + 2] < a[at];
            assert!(is_apart(0) || is_apart(1), "{a:?} {b:?}");
        }
        let size = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap().split(' ');
        let [width, height]: [f64; 2] = size.map(|number| number.parse().unwrap()).collect_vec().try_into().unwrap();
        assert!(boxes.iter().all(|b| b[0] > 0.0 && b[1] > 0.0 && b[0] + b[2] < width && b[1] + b[3] < height));
    }
}
