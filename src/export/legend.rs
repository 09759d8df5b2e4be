//! The strip under a picture: what it shows, and what its colours, shapes and lines mean. Only what occurs is explained.

use itertools::Itertools;

use super::escape::xml;
use super::picture::Look;
use super::style::{self, Standing};
use crate::graph::{Period, View, summary};

/// An HTML-like table of Graphviz.
pub(super) fn table(view: &View, looks: impl Iterator<Item = Look>) -> String {
    let looks = looks.collect_vec();
    let kinds = view.nodes().filter(|node| !node.is_value()).map(|node| node.kind).sorted().dedup();
    let kinds = kinds.map(|kind| {
        let look = style::of_kind(kind);
        format!(
            "<TD BGCOLOR=\"{}\" COLOR=\"{}\" BORDER=\"1\" STYLE=\"ROUNDED\"><FONT COLOR=\"{}\">{}</FONT></TD>",
            look.fill, look.border, look.text, look.about
        )
    });
    let quads = looks.iter().map(|look| look.quad).sorted_by_key(|quad| (quad.is_none(), *quad)).dedup();
    let quads = quads.map(|quad| {
        let color = style::of_quad(quad);
        format!("<TD><FONT COLOR=\"{color}\"><B>━━</B></FONT> {}</TD>", style::quad_about(quad))
    });
    let standings = looks.iter().map(|look| look.standing).sorted().dedup().filter(|s| *s != Standing::Fact);
    let standings = standings.map(|standing| {
        let sample = match standing {
            Standing::Fact => "──",
            Standing::Claimed => "····",
            Standing::Open => "– –",
            Standing::Denied => "✗──┤",
        };
        format!("<TD>{sample} {}</TD>", standing.about())
    });
    let row = |cells: Vec<String>| match cells.is_empty() {
        true => String::new(),
        false => format!(
            "<TR><TD ALIGN=\"LEFT\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"5\" CELLPADDING=\"3\"><TR>{}</TR></TABLE></TD></TR>",
            cells.concat()
        ),
    };
    format!(
        "<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\"><TR><TD ALIGN=\"LEFT\" CELLPADDING=\"6\">{}</TD></TR>{}{}</TABLE>",
        title(view),
        row(kinds.collect()),
        row(quads.chain(standings).collect()),
    )
}

/// "**Xi and Putin meet in Samarkand**  9 entities, 7 statements from 1 article, 16 Sep 2022".
fn title(view: &View) -> String {
    let in_view = view.articles();
    let articles = view.graph().articles().filter(|article| in_view.contains(&article.key)).collect_vec();
    let title = match articles.as_slice() {
        [only] => only.title.as_ref().map(|title| format!("<B>{}</B>   ", xml(title))),
        _ => None,
    };
    let dates = articles.iter().filter_map(|article| article.date.as_deref().and_then(Period::parse));
    let dates = dates.reduce(|a, b| Period { first: a.first.min(b.first), last: a.last.max(b.last) });
    let dates = dates.map_or(String::new(), |dates| format!(", {}", dates.phrase()));
    format!("{}{}{dates}", title.unwrap_or_default(), xml(&summary(view)))
}
