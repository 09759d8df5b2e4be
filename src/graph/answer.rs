//! Answers, for people and for programs.

use std::fmt::Write;

use serde::Serialize;

use super::facts::Fact;
use super::links::Direction;
use super::page::{Ink, Page, columns, padded, plain};
use super::summary::count;
use super::{Links, Paths, Table};
use crate::record::Polarity;

/// What a question is answered with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Links(Links),
    Paths(Paths),
    Table(Table),
}

impl Answer {
    /// As people read it.
    pub fn text(&self, page: &Page) -> String {
        match self {
            Answer::Links(links) => links_text(links, page),
            Answer::Paths(paths) => paths_text(paths, page),
            Answer::Table(table) => table.text(page),
        }
    }

    /// As programs read it.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("an answer has string keys only")
    }
}

/// ```text
/// Vladimir Putin  person, wikidata Q7747, also Putin
///
/// meets
///   — Xi Jinping ×2   15 Sep 2022, Samarkand
///       “Xi Jinping met Vladimir Putin in Samarkand on Thursday.” — samarkand, 16 Sep 2022, AFP
/// ```
fn links_text(links: &Links, page: &Page) -> String {
    let mut text = String::new();
    let refs = links.refs.iter().map(|(scheme, id)| format!("{scheme} {id}"));
    let aliases = (!links.aliases.is_empty()).then(|| format!("also {}", links.aliases.join(", ")));
    let about = [links.node.kind.name().replace('_', " ")].into_iter().chain(refs).chain(aliases);
    let about = about.collect::<Vec<_>>().join(", ");
    let name = plain(&links.node.name);
    let indent = columns(&name) + 2;
    let about = page.wrap(&about, indent).join("\n");
    let _ = writeln!(text, "{}  {}", page.paint(Ink::Strong, &name), page.paint(Ink::Faint, about.trim_start()));
    for why in &links.merged {
        let why = page.wrap(why, indent).join("\n");
        let _ = writeln!(text, "{}", page.paint(Ink::Faint, &why));
    }
    let heading = |text: &mut String, heading: &str| {
        let _ = writeln!(text, "\n{}", page.paint(Ink::Strong, heading));
    };
    for group in &links.groups {
        heading(&mut text, &group.relation_type.replace('_', " "));
        let arrow = match group.direction {
            Direction::Neither => "—",
            Direction::Out => "→",
            Direction::In => "←",
        };
        let rows = group.links.iter().map(|link| (arrow, plain(&group.other(link, &links.node.id).name), link));
        rows_text(&mut text, &rows.collect::<Vec<_>>(), page);
    }
    let mut involved = links.involved.as_slice();
    while let Some(first) = involved.first() {
        let same = involved.iter().take_while(|other| other.role == first.role).count();
        heading(&mut text, &format!("is the {} of", first.role.replace('_', " ")));
        let rows = involved[..same].iter().map(|involved| ("·", sentence(&involved.fact), &involved.fact));
        rows_text(&mut text, &rows.collect::<Vec<_>>(), page);
        involved = &involved[same..];
    }
    if !links.says.is_empty() {
        heading(&mut text, "says");
        let rows = links.says.iter().map(|fact| ("·", sentence(fact), fact));
        rows_text(&mut text, &rows.collect::<Vec<_>>(), page);
    }
    if links.groups.is_empty() && links.involved.is_empty() && links.says.is_empty() {
        let _ = writeln!(text, "\nNothing is said of it in {}.", count(links.articles, "article", "articles"));
    }
    text
}

fn sentence(fact: &Fact) -> String {
    plain(&fact.sentence())
}

/// One fact a row with its circumstances in a column, its evidence below.
fn rows_text(text: &mut String, rows: &[(&str, String, &Fact)], page: &Page) {
    let widest = rows.iter().map(|(_, name, fact)| columns(name) + times(fact).len()).max().unwrap_or(0);
    let width = widest.min(page.width / 2).min(44);
    for (position, (mark, name, fact)) in rows.iter().enumerate() {
        let is_denied = fact.polarity == Polarity::Negated;
        let (flag, ink) = if is_denied { ("✗", Ink::Denied) } else { (" ", Ink::Event(fact.quad)) };
        let title = padded(&format!("{name}{}", times(fact)), width);
        let title = title.replacen(name.as_str(), &page.paint(ink, name), 1);
        let _ = writeln!(text, "{}", format!(" {flag}{mark} {title}  {}", notes(fact)).trim_end());
        // A list of members is one sentence: it stands once, below them all.
        let next = rows.get(position + 1).map(|(_, _, next)| next.best());
        if next.is_none_or(|next| !next.is_same_place(fact.best())) {
            evidence_text(text, fact, fact.statements.len() - 1, 6, page);
        }
    }
}

/// "denied, says Kyiv; 15 Sep 2022, Samarkand".
fn notes(fact: &Fact) -> String {
    let parts = [fact.marks().join(", "), fact.circumstances()];
    plain(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "))
}

fn times(fact: &Fact) -> String {
    if fact.statements.len() > 1 { format!(" ×{}", fact.statements.len()) } else { String::new() }
}

fn evidence_text(text: &mut String, fact: &Fact, others: usize, indent: usize, page: &Page) {
    let best = fact.best();
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    let quote = if best.evidence.is_empty() { String::new() } else { format!("“{}” — ", best.evidence) };
    for line in page.wrap(&format!("{quote}{}{more}", best.source()), indent) {
        let _ = writeln!(text, "{}", page.paint(Ink::Faint, &line));
    }
}

/// ```text
/// Xi Jinping and Narendra Modi: 2 steps
///
/// Xi Jinping
///   — meets — Vladimir Putin   15 Sep 2022, Samarkand
///       “Xi Jinping met Vladimir Putin in Samarkand on Thursday.” — samarkand, 16 Sep 2022, AFP and 1 more
/// ```
fn paths_text(paths: &Paths, page: &Page) -> String {
    let mut text = String::new();
    let (from, to) = (plain(&paths.from.name), plain(&paths.to.name));
    let title = page.paint(Ink::Strong, &format!("{from} and {to}"));
    let Some(first) = paths.paths.first() else {
        return format!("{title}: no path\n\nNothing that is said leads from one to the other.\n");
    };
    let longest = paths.paths.iter().map(|path| path.steps.len()).max().unwrap_or(0);
    let steps = match longest > first.steps.len() {
        true => format!("{} to {longest} steps", first.steps.len()),
        false => count(longest, "step", "steps"),
    };
    let shown = match (paths.count, paths.paths.len()) {
        (1, _) => String::new(),
        (all, shown) if all == shown => format!(", {all} ways"),
        (all, shown) => format!(", {shown} of {all} ways"),
    };
    let _ = writeln!(text, "{title}: {steps}{shown}");
    if !paths.firm {
        let note = "Nothing that is told as done leads from one to the other; this way has steps that are denied, planned or only possible.";
        let _ = writeln!(text, "{}", page.wrap(note, 0).join("\n"));
    }
    for path in &paths.paths {
        let _ = writeln!(text, "\n{}", page.paint(Ink::Strong, &from));
        for step in &path.steps {
            let fact = &step.fact;
            let verb = fact.relation_type.replace('_', " ");
            let ink = if fact.polarity == Polarity::Negated { Ink::Denied } else { Ink::Event(fact.quad) };
            let verb = page.paint(ink, &plain(&verb));
            let verb = match (fact.symmetric, fact.subject.id == step.from.id) {
                (true, _) => format!("— {verb} —"),
                (false, true) => format!("— {verb} →"),
                (false, false) => format!("← {verb} —"),
            };
            let name = page.paint(Ink::Strong, &plain(&step.to.name));
            let _ = writeln!(text, "{}", format!("  {verb} {name}  {}", notes(fact)).trim_end());
            evidence_text(&mut text, fact, step.others, 6, page);
        }
    }
    text
}
