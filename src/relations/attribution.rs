//! Attribution: who says so, when it is not the article itself.
//!
//! In "“Trade will grow. It has to,” said Ana Botín, who expects Brussels to help." the words of the quotation, both
//! sentences of it, are `Botín`'s; `help` is what she expects, so it is hers as well.

use std::ops::Range;

use super::quotations::{self, Quotation};
use super::{Speaker, naming, phrases, speech, subjects};
use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::knowledge::lexicon::{Lexicon, Speech};

/// One act of saying: the speaker, and the words that are said.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    speaker: Speaker,
    /// Token ranges, in reading order.
    scope: Vec<Range<usize>>,
}

impl Report {
    fn covers(&self, index: usize) -> bool {
        self.scope.iter().any(|range| range.contains(&index))
    }

    fn size(&self) -> usize {
        self.scope.iter().map(ExactSizeIterator::len).sum()
    }
}

/// All reports of a document.
pub(crate) fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Report> {
    let mut reports = Vec::new();
    let mut tellings = Vec::new();
    for word in super::clauses::statements(document) {
        let (speakers, scope) = match word.upos() {
            Upos::Verb if word.lemma() == "accord" => according(word),
            Upos::Verb => told(word, lexicon),
            Upos::Noun => claimed(word, lexicon),
            _ => continue,
        };
        if word.upos() == Upos::Verb && lexicon.verbs.speech.contains(word.lemma()) {
            tellings.push((word, reports.len()));
        }
        reports.push((speakers, scope));
    }
    let mut earlier: Option<(usize, usize)> = None;
    for quotation in quotations::find(document) {
        let teller = teller(document, &quotation, &tellings, &reports);
        // A quotation that goes on after "…, she said." has the same speaker.
        let teller = teller.or_else(|| {
            let (report, end) = earlier?;
            quotations::follows(document, end, &quotation).then_some(report)
        });
        let Some(report) = teller else { continue };
        reports[report].1.push(quotation.words.clone());
        earlier = Some((report, quotation.words.end));
    }
    let spoken = reports.into_iter().filter(|(_, scope)| !scope.is_empty());
    spoken
        .filter_map(|(speakers, scope)| Some(Report { speaker: speaker(speakers.first().copied()?), scope }))
        .collect()
}

/// The speakers of what `word` says, innermost first.
pub(crate) fn speakers(word: Word<'_>, reports: &[Report]) -> Vec<Speaker> {
    let mut covering: Vec<&Report> = reports
        .iter()
        .filter(|report| report.covers(word.index()) && !report.speaker.words.contains(&word.index()))
        .collect();
    covering.sort_by_key(|report| report.size());
    let mut speakers: Vec<Speaker> = covering.into_iter().map(|report| report.speaker.clone()).collect();
    speakers.dedup();
    speakers
}

fn speaker(word: Word<'_>) -> Speaker {
    Speaker { head: word.id(), words: phrases::bare_noun_phrase(word.first_conjunct()) }
}

type Told<'d> = (Vec<Word<'d>>, Vec<Range<usize>>);

/// "said that …", "urged both sides to …", "…, analysts warned".
fn told<'d>(verb: Word<'d>, lexicon: &Lexicon) -> Told<'d> {
    let Some(speech) = lexicon.verbs.speech.get(verb.lemma()) else { return (Vec::new(), Vec::new()) };
    // "was said to": nobody in particular, unless a by-phrase tells.
    let is_passive = verb.has_child(Deprel::AuxPass) || verb.has_child(Deprel::NsubjPass);
    let speakers = if is_passive {
        let agent = verb.dependents().find(|child| child.preposition().as_deref() == Some("by"));
        agent.map(phrases::referents).unwrap_or_default()
    } else {
        subjects::of(verb, lexicon)
    };
    let takes_infinitive =
        matches!(speech, Speech::Demand | Speech::Promise | Speech::Claim | Speech::Deny | Speech::Ask | Speech::Warn);
    let mut scope: Vec<Range<usize>> = verb
        .dependents()
        .filter(|child| match child.deprel() {
            // Before its verb, what is said leaves no room for an object: "Losing ground, they see a threat."
            _ if speech::tagged(*child, lexicon).is_some() => false,
            Deprel::Ccomp => *child > verb || !verb.has_child(Deprel::Obj) || subjects::is_inverted(verb),
            Deprel::Xcomp => takes_infinitive && child.upos() == Upos::Verb,
            Deprel::Advcl => {
                let marks: Vec<&str> = child.children(Deprel::Mark).map(Word::lemma).collect();
                (matches!(speech, Speech::Demand | Speech::Ask) && marks.contains(&"to"))
                    || (speech == Speech::Claim && marks.iter().any(|mark| matches!(*mark, "of" | "for" | "with")))
                    || (speech == Speech::Believe && marks.contains(&"of"))
            }
            _ => false,
        })
        .flat_map(|child| if child.xpos() == "VB" { deed(child) } else { vec![extent(child)] })
        .collect();
    if lexicon.verbs.naming.contains(verb.lemma()) {
        scope.extend(naming::find(verb, lexicon).map(|clause| clause.arguments[0].words.clone()));
    }
    let asked =
        verb.children(Deprel::Obj).chain(verb.children(Deprel::Obl)).flat_map(|asked| asked.children(Deprel::Acl));
    scope.extend(asked.filter(|clause| subjects::directive(*clause, lexicon).is_some()).map(extent));
    if let Some(said) = speech::tagged(verb, lexicon) {
        scope = around(extent(said), extent(verb));
    }
    scope.extend(speech::introduced(verb, lexicon).map(extent));
    // A wrong attachment must not make a verb say itself.
    let scope = scope.into_iter().flat_map(|range| match range.contains(&verb.index()) {
        true => around(range, verb.index()..verb.index() + 1),
        false => vec![range],
    });
    (speakers, scope.collect())
}

/// "according to Kyiv": the clause around is Kyiv's.
fn according<'d>(word: Word<'d>) -> Told<'d> {
    let source = match word.deprel() {
        Deprel::Case | Deprel::Fixed => word.head(),
        _ => word.dependents().find(|child| child.deprel().is_oblique()),
    };
    let clause =
        source.and_then(|source| phrases::governing_clause(if source.head() == Some(word) { word } else { source }));
    let (Some(source), Some(clause)) = (source, clause) else { return (Vec::new(), Vec::new()) };
    // "…, according to Kyiv": behind a comma it is said of all that is coordinated.
    let first = source.document().word(TokenId(extent(source).start.min(word.index()) as u32));
    let is_set_off = clause < first && first.previous().is_some_and(|comma| comma.text() == ",");
    let clause = if is_set_off { clause.first_conjunct() } else { clause };
    (phrases::referents(source), around(extent(clause), extent(source)))
}

/// "Moscow's claim that …": only a named holder is a speaker; "reports that …" are nobody's.
fn claimed<'d>(noun: Word<'d>, lexicon: &Lexicon) -> Told<'d> {
    if !lexicon.verbs.speech_nouns.contains(noun.lemma()) {
        return (Vec::new(), Vec::new());
    }
    let scope: Vec<Range<usize>> = noun.dependents().filter(|child| phrases::is_content(*child)).map(extent).collect();
    (subjects::named_holder(noun), scope)
}

/// The report that a quotation belongs to: one whose verb governs it or hangs on it, else one beside it.
fn teller<'d>(
    document: &'d Document<'d>,
    quotation: &Quotation,
    tellings: &[(Word<'d>, usize)],
    reports: &[Told<'d>],
) -> Option<usize> {
    let outside: Vec<&(Word, usize)> = tellings
        .iter()
        .filter(|(verb, report)| {
            quotation.sentences(document).contains(&verb.sentence_index())
                && !quotation.words.contains(&verb.index())
                && !reports[*report].0.is_empty()
        })
        .collect();
    let overlaps = |range: &Range<usize>| range.start < quotation.words.end && quotation.words.start < range.end;
    let governing = outside.iter().rev().find(|(_, report)| reports[*report].1.iter().any(overlaps));
    let behind =
        || outside.iter().find(|(verb, _)| (quotation.words.end..quotation.words.end + 8).contains(&verb.index()));
    // "Peskov said: “…", "urged them to “…": the last verb before the opening mark.
    let before = || outside.iter().rev().find(|(verb, _)| verb.index() < quotation.words.start);
    governing.or_else(behind).or_else(before).filter(|_| quotation.is_statement(document)).map(|(_, report)| *report)
}

/// What an infinitive says, without the clauses that describe something in it: who agrees to open a border that Chad had closed does not
/// say who closed it.
fn deed(infinitive: Word<'_>) -> Vec<Range<usize>> {
    let is_aside = |word: &Word| match word.deprel() {
        Deprel::AclRelcl => true,
        Deprel::Acl => matches!(word.xpos(), "VBN" | "VBG"),
        Deprel::Advcl => word.xpos() == "VBN" && !word.has_child(Deprel::Mark),
        _ => false,
    };
    let asides = infinitive.subtree().into_iter().filter(is_aside).map(extent);
    asides.fold(vec![extent(infinitive)], |said, aside| {
        said.into_iter().flat_map(|range| around(range, aside.clone())).collect()
    })
}

/// First to last word below and including `word`.
fn extent(word: Word<'_>) -> Range<usize> {
    let words = || word.subtree().into_iter().filter(|part| *part == word || part.upos() != Upos::Punct);
    let (first, last) = (words().next().unwrap_or(word), words().next_back().unwrap_or(word));
    first.index()..last.index() + 1
}

/// `whole` without `hole`.
fn around(whole: Range<usize>, hole: Range<usize>) -> Vec<Range<usize>> {
    [whole.start..hole.start.min(whole.end), hole.end.max(whole.start)..whole.end]
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect()
}
