//! The strip under a picture: what it shows, and what its colours, shapes and lines mean. Only what occurs is explained.

use itertools::Itertools;

use super::escape::xml;
use super::picture::Look;
use super::style::{self, Standing};
use crate::graph::{Period, View, summary};
use crate::record::{Kind, Quad};

/// What there is to explain, each once and in order.
pub(super) struct Legend {
    /// Of the only article.
    pub title: Option<String>,
    /// "9 entities, 7 statements from 1 article, 16 Sep 2022".
    pub summary: String,
    pub kinds: Vec<Kind>,
    pub quads: Vec<Option<Quad>>,
    /// All but facts.
    pub standings: Vec<Standing>,
}

impl Legend {
    pub fn new(view: &View, looks: impl Iterator<Item = Look>) -> Legend {
        let looks = looks.collect_vec();
        let in_view = view.articles();
        let articles = view.graph().articles().filter(|article| in_view.contains(&article.key)).collect_vec();
        let title = match articles.as_slice() {
            [only] => only.title.clone(),
            _ => None,
        };
        let dates = articles.iter().filter_map(|article| article.date.as_deref().and_then(Period::parse));
        let dates = dates.reduce(|a, b| Period { first: a.first.min(b.first), last: a.last.max(b.last) });
        let dates = dates.map_or(String::new(), |dates| format!(", {}", dates.phrase()));
        let kinds = view.nodes().filter(|node| !node.is_value()).map(|node| node.kind).sorted().dedup();
        let quads = looks.iter().map(|look| look.quad).sorted_by_key(|quad| (quad.is_none(), *quad)).dedup();
        let standings = looks.iter().map(|look| look.standing).sorted().dedup().filter(|s| *s != Standing::Fact);
        Legend {
            title,
            summary: format!("{}{dates}", summary(view)),
            kinds: kinds.collect(),
            quads: quads.collect(),
            standings: standings.collect(),
        }
    }

    /// An HTML-like table of Graphviz.
    pub fn table(&self) -> String {
        let kinds = self.kinds.iter().map(|&kind| {
            let look = style::of_kind(kind);
            format!(
                "<TD BGCOLOR=\"{}\" COLOR=\"{}\" BORDER=\"1\" STYLE=\"ROUNDED\"><FONT COLOR=\"{}\">{}</FONT></TD>",
                look.fill, look.border, look.text, look.about
            )
        });
        let quads = self.quads.iter().map(|&quad| {
            let color = style::of_quad(quad);
            format!("<TD><FONT COLOR=\"{color}\"><B>━━</B></FONT> {}</TD>", style::quad_about(quad))
        });
        let standings = self.standings.iter().map(|standing| {
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
        let title = self.title.as_ref().map(|title| format!("<B>{}</B>   ", xml(title)));
        format!(
            "<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\"><TR><TD ALIGN=\"LEFT\" CELLPADDING=\"6\">{}{}</TD></TR>{}{}</TABLE>",
            title.unwrap_or_default(),
            xml(&self.summary),
            row(kinds.collect()),
            row(quads.chain(standings).collect()),
        )
    }
}
