//! What pictures share, however they are written: which lines there are, how they look, and the words on them.
//!
//! Two reports that Putin met Xi and one that he did not are two lines: "meets ×2", and a pale one with a cross.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use itertools::Itertools;

use super::style::{self, Standing};
use crate::graph::{Bundle, Node, Statement, modality_word};
use crate::record::{Quad, QualifierValue};

/// A line of the picture: what is said of two nodes and looks the same, or in a map all that is said of them.
pub(super) struct Line<'g> {
    pub from: &'g Node,
    pub to: &'g Node,
    /// In order, without repetition.
    pub looks: Vec<Look>,
    pub bundles: Vec<Bundle<'g>>,
}

/// What tells lines apart at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    pub quad: Option<Quad>,
    pub standing: Standing,
    pub head: Head,
}

/// Which end of a line has an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Head {
    Neither,
    To,
    From,
}

impl Look {
    pub fn of(bundle: &Bundle) -> Look {
        let best = bundle.best();
        let head = if best.symmetric { Head::Neither } else { Head::To };
        Look { quad: best.quad(), standing: Standing::of(best), head }
    }

    pub fn color(&self) -> &'static str {
        if self.standing == Standing::Denied { style::DENIED } else { style::of_quad(self.quad) }
    }
}

pub(super) fn lines(bundles: Vec<Bundle>) -> Vec<Line> {
    let mut lines: BTreeMap<_, Line> = BTreeMap::new();
    for bundle in bundles {
        let look = Look::of(&bundle);
        let line = lines.entry((&bundle.from.key, &bundle.to.key, look));
        let line =
            line.or_insert_with(|| Line { from: bundle.from, to: bundle.to, looks: vec![look], bundles: Vec::new() });
        line.bundles.push(bundle);
    }
    lines.into_values().collect()
}

/// Lines by forces run over each other, so two nodes get one, with a strand for each colour.
pub(super) fn one_between_two(lines: Vec<Line>) -> Vec<Line> {
    let mut pairs: BTreeMap<_, Line> = BTreeMap::new();
    for mut line in lines {
        if line.to.key < line.from.key {
            (line.from, line.to) = (line.to, line.from);
            let turned = line.looks.iter_mut().filter(|look| look.head == Head::To);
            turned.for_each(|look| look.head = Head::From);
        }
        match pairs.entry((&line.from.key, &line.to.key)) {
            Entry::Vacant(entry) => {
                entry.insert(line);
            }
            Entry::Occupied(mut entry) => {
                entry.get_mut().looks.extend(line.looks);
                entry.get_mut().bundles.extend(line.bundles);
            }
        }
    }
    let mut lines = pairs.into_values().collect_vec();
    lines.iter_mut().for_each(|line| line.looks.sort());
    lines
}

pub(super) fn node_tooltip(node: &Node) -> String {
    let mut lines = vec![format!("{} ({})", node.name, style::of_kind(node.kind).about)];
    if !node.aliases.is_empty() {
        lines.push(format!("also {}", node.aliases.iter().take(6).join(", ")));
    }
    lines.extend(node.refs.iter().map(|(scheme, id)| format!("{scheme} {id}")));
    lines.join("\n")
}

/// "planned, says Evan Feigenbaum".
pub(super) fn standing(statement: &Statement) -> Option<String> {
    let modality = modality_word(statement.modality).map(str::to_string);
    let speaker = statement.attribution.as_ref().map(|speaker| format!("says {}", speaker.phrase()));
    let background = statement.historical.then(|| "in the past".to_string());
    let inferred = statement.derived.then(|| "inferred".to_string());
    Some([modality, background, inferred, speaker].into_iter().flatten().join(", ")).filter(|text| !text.is_empty())
}

/// "15 Sep 2022, Samarkand, 4,300-kilometer"; of several statements the days from first to last.
pub(super) fn circumstances(bundle: &Bundle) -> Option<String> {
    let date = bundle.period().map(|period| period.phrase());
    let places = bundle.places().into_iter().take(2).map(str::to_string);
    let statement = bundle.best();
    let is_number = |value: &Option<QualifierValue>| matches!(value, Some(QualifierValue::Number(_)));
    let amounts = statement.circumstances.iter().filter(|c| is_number(&c.value)).map(|amount| {
        let is_count = amount.unit.as_deref().is_none_or(|unit| unit == "1");
        if is_count { format!("{} {}", amount.role.replace('_', " "), amount.text) } else { amount.text.to_string() }
    });
    Some(date.into_iter().chain(places).chain(amounts.take(2)).join(", ")).filter(|text| !text.is_empty())
}

/// What was said, word for word, with its source; a few sentences are enough to judge.
pub(super) fn tooltip(bundles: &[Bundle]) -> String {
    let statements = bundles
        .iter()
        .flat_map(|bundle| &bundle.statements)
        .unique_by(|s| (&s.relation_type, &s.evidence))
        .collect_vec();
    let quotes = statements.iter().take(4).map(|statement| {
        let date = statement.article.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
        format!(
            "{}: “{}” ({}{date})",
            statement.relation_type,
            shortened(&statement.evidence, 400),
            statement.article.key.id
        )
    });
    let more = statements.len().saturating_sub(4);
    let more = (more > 0).then(|| format!("and {more} more"));
    quotes.chain(more).join("\n")
}

/// The text broken between words into lines of about `width` letters, five at most.
pub(super) fn text_lines(text: &str, width: usize) -> impl Iterator<Item = String> {
    let mut lines: Vec<String> = Vec::new();
    let text = shortened(text, width * 5);
    // Some scripts have no spaces, and some words no end.
    let words = text.split_whitespace().flat_map(|word| {
        let letters = word.chars().collect_vec();
        letters.chunks(width + 6).map(|part| part.iter().collect::<String>()).collect_vec()
    });
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width + 1 => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.is_empty() {
        lines.push("?".to_string());
    }
    lines.into_iter()
}

pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_string() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// More labels than this on one line hide the picture; the tooltip has them all.
pub(super) const MOST_LABELS: usize = 5;

/// "meets ×2".
pub(super) fn name_of(bundle: &Bundle, count: usize) -> String {
    let name = bundle.best().relation_type.replace('_', " ");
    if count > 1 { format!("{name} ×{count}") } else { name }
}
