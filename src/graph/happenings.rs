//! Happenings: statements of many articles that tell of one event.
//!
//! "Putin met Xi in Samarkand on Thursday" in one paper and "Xi met Putin" in another of the same week are one happening with
//! two reports. The same two, the same type of event and days that touch make it one; a plan or a denial is another thing.

use itertools::Itertools;
use jiff::ToSpan as _;
use petgraph::stable_graph::EdgeIndex;
use std::collections::BTreeMap;

use super::{ArticleKey, Edge, NodeKey, Period, Provenance, Statement, View};

/// One event, as often as it was told.
pub(super) struct Happening<'g> {
    /// The day that the most exact report gives, where any does.
    pub period: Option<Period>,
    /// In the order of a view.
    pub told: Vec<(EdgeIndex, Edge<'g>)>,
}

/// A report that gives no more than a month tells of no single event's day.
const MOST_DAYS: i32 = 31;

/// News is about the week before it.
const NEWS_DAYS: i64 = 7;

/// Events and what starts or ends on a day; states of affairs without any are left out.
pub(super) fn happenings<'g>(view: &View<'g>) -> Vec<Happening<'g>> {
    let mut groups: BTreeMap<_, Vec<(EdgeIndex, Edge<'g>)>> = BTreeMap::new();
    let told = view.edge_indices().iter().copied().zip(view.edges());
    for (index, edge) in told.filter(|(_, edge)| edge.statement.event.is_some() || edge.statement.period().is_some()) {
        let (from, to) = (&edge.from.key, &edge.to.key);
        let statement = edge.statement;
        let (from, to) = if statement.symmetric && to < from { (to, from) } else { (from, to) };
        let kind = (from, to, &*statement.relation_type, statement.polarity, statement.modality);
        groups.entry(kind).or_default().push((index, edge));
    }
    groups.into_values().flat_map(by_day).collect()
}

/// Splits what is said of one pair where the days part.
fn by_day(told: Vec<(EdgeIndex, Edge<'_>)>) -> Vec<Happening<'_>> {
    let in_time = told.into_iter().sorted_by_key(|(_, edge)| {
        let window = window(edge.statement);
        (window.is_none(), window, edge.statement.period().is_none())
    });
    let mut happenings: Vec<(Option<Period>, Happening)> = Vec::new();
    for (index, edge) in in_time {
        let window = window(edge.statement);
        let same = happenings.iter_mut().rev().find(|(known, _)| match (known, window) {
            (Some(known), Some(window)) => known.overlaps(&window),
            (None, None) => true,
            _ => false,
        });
        match same {
            Some((known, happening)) => {
                // What all reports agree on, so that a chain of weeks does not become one long event.
                *known =
                    known.zip(window).map(|(a, b)| Period { first: a.first.max(b.first), last: a.last.min(b.last) });
                happening.told.push((index, edge));
            }
            None => happenings.push((window, Happening { period: None, told: vec![(index, edge)] })),
        }
    }
    let whole = happenings.into_iter().map(|(_, mut happening)| {
        let said = happening.told.iter().filter_map(|(_, edge)| edge.statement.period());
        happening.period = said.min_by_key(|period| (period.days(), *period));
        happening.told.sort_by_key(|(_, edge)| edge.statement.order());
        happening
    });
    whole.collect()
}

/// The days on which it may have been.
fn window(statement: &Statement) -> Option<Period> {
    match statement.period() {
        Some(period) if period.days() <= MOST_DAYS || statement.event.is_none() => Some(period),
        _ => {
            let article = statement.article.date.as_deref().and_then(Period::parse)?;
            let first = article.first.checked_sub(NEWS_DAYS.days()).unwrap_or(article.first);
            Some(Period { first, last: article.last })
        }
    }
}

impl<'g> Happening<'g> {
    pub fn articles(&self) -> Vec<&'g Provenance> {
        let articles = self.told.iter().map(|(_, edge)| &*edge.statement.article);
        let once = articles.unique_by(|article| &article.key);
        once.sorted_by_key(|article| (article.date.is_none(), &article.date, &article.key)).collect()
    }

    /// When it was, or else when it was first told.
    pub fn day(&self) -> Option<Period> {
        let told = self.articles().into_iter().find_map(|article| article.date.as_deref().and_then(Period::parse));
        self.period.or(told)
    }

    /// In what the reports differ, and whose says what: "place: Samarkand (AFP), Tashkent (Reuters)".
    ///
    /// What only some of them tell is no difference.
    pub fn differences(&self) -> Vec<String> {
        let mut roles: BTreeMap<&str, BTreeMap<&ArticleKey, BTreeMap<String, String>>> = BTreeMap::new();
        for statement in self.told.iter().map(|(_, edge)| edge.statement) {
            let mut tell = |role: &'g str, what: String, text: String| {
                let told = roles.entry(role).or_default().entry(&statement.article.key).or_default();
                told.insert(what, text);
            };
            // Times are compared as days: "on Thursday" and "15 September" may be the same.
            if let Some(period) = statement.period() {
                tell("time", period.phrase(), period.phrase());
            }
            for circumstance in statement.circumstances.iter().filter(|circumstance| &*circumstance.role != "time") {
                // One place has many names.
                let what = circumstance.node.as_ref().map_or(&circumstance.text, |NodeKey(key)| key);
                tell(&circumstance.role, what.to_string(), circumstance.text.to_string());
            }
        }
        let differ = |told: &BTreeMap<_, BTreeMap<String, String>>| {
            told.values().map(|texts| texts.keys().collect_vec()).all_equal_value().is_err()
        };
        roles.iter().filter(|(_, told)| differ(told)).map(|(role, told)| self.difference(role, told)).collect()
    }

    fn difference(&self, role: &str, told: &BTreeMap<&ArticleKey, BTreeMap<String, String>>) -> String {
        let mut tellers: BTreeMap<&str, (&str, Vec<&str>)> = BTreeMap::new();
        for article in self.articles().into_iter().filter(|article| told.contains_key(&*article.key)) {
            let outlet = article.source.as_deref().unwrap_or(&article.key.id);
            for (what, text) in &told[&*article.key] {
                tellers.entry(what).or_insert_with(|| (text, Vec::new())).1.push(outlet);
            }
        }
        let by = tellers.values().map(|(text, outlets)| format!("{text} ({})", outlets.iter().unique().join(", ")));
        format!("{}: {}", role.replace('_', " "), by.sorted().join(", "))
    }
}
