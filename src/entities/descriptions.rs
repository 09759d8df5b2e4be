//! Descriptions: noun phrases that fill a place of their own in the sentence, without being a name.
//!
//! "the Russian president", "analysts", "leaders of the SCO", "a loan guarantee agreement", "the two countries". Those whose head
//! noun is on a list of the lexicon have a kind; the others are there because a pronoun may mean them. Which become entities is
//! decided after coreference.

use std::ops::Range;

use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::entities::{Mention, camps, kinds, names};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::{Lexicon, Organ};
use crate::record::{Form, Kind};
use crate::text::SentenceRole;

/// The longest description, in words.
const MOST_WORDS: usize = 12;

/// The descriptions of a document whose heads are in no name.
pub(crate) fn find(document: &Document, names: &[Mention], knowledge: &Knowledge) -> Vec<Mention> {
    let mut in_name = vec![false; document.len()];
    for name in names {
        in_name[name.words.clone()].fill(true);
    }
    let heads = document.words().filter(|word| {
        word.sentence().role != SentenceRole::Furniture
            && !in_name[word.index()]
            && (is_argument(*word) || is_bureau(*word, &knowledge.lexicon))
            && !is_title(*word, &in_name)
    });
    let mentions = heads.filter_map(|word| {
        let kind = kind(word, knowledge);
        let words = extent(word);
        // "President Obama" tagged whole, "State Department Spokesperson": the name is inside, the description around it.
        let cuts = names.iter().any(|name| {
            names::overlap(&name.words, &words) && (name.words.start < words.start || words.end < name.words.end)
        });
        (!cuts).then(|| Mention {
            span: document.span_of(words.clone()),
            words,
            head: word.id(),
            form: Form::Nominal,
            kind,
            metonym: false,
            candidates: Vec::new(),
        })
    });
    mentions.collect()
}

/// A noun that fills a place of its own in the sentence.
fn is_argument(word: Word<'_>) -> bool {
    let is_noun = matches!(word.upos(), Upos::Noun | Upos::Propn)
        || word.upos() == Upos::Num && word.has_child(Deprel::Det)
        || one_of_two(word).is_some()
        || is_both(word);
    is_noun
        && match word.deprel() {
            Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::NsubjOuter
            | Deprel::Obj
            | Deprel::Iobj
            | Deprel::Obl
            | Deprel::OblAgent
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::Appos
            | Deprel::Root
            | Deprel::Parataxis => true,
            Deprel::Conj => word.head().is_some_and(is_argument),
            _ => false,
        }
}

/// "Foreign Ministry" before an office in it, and before who holds that: "Foreign Ministry spokesman Petrov".
fn is_bureau(word: Word<'_>, lexicon: &Lexicon) -> bool {
    word.deprel() == Deprel::Compound
        && lexicon.nouns.organs.get(&word.lemma().to_lowercase()) == Some(Organ::Ministry)
        && word.head().is_some_and(|office| is_office(office, lexicon))
}

/// "The latter" and "the former" without a noun: whether it is the last of two.
pub(crate) fn one_of_two(word: Word<'_>) -> Option<bool> {
    let has_article = word.children(Deprel::Det).any(|article| article.text().eq_ignore_ascii_case("the"));
    match word.text().to_lowercase().as_str() {
        "latter" if has_article => Some(true),
        "former" if has_article => Some(false),
        _ => None,
    }
}

/// "Both agreed", without a noun.
pub(crate) fn is_both(word: Word<'_>) -> bool {
    word.text().eq_ignore_ascii_case("both") && word.dependents().next().is_none()
}

/// "President" before or around "Obama".
fn is_title(word: Word<'_>, in_name: &[bool]) -> bool {
    let before = word.next().is_some_and(|next| in_name[next.index()]);
    before
        && word
            .children(Deprel::Flat)
            .chain(word.children(Deprel::Appos))
            .any(|name| in_name[name.index()] && word.next() == Some(name))
}

/// What a description is of; `None` where its head is on no list.
pub(crate) fn kind(word: Word<'_>, knowledge: &Knowledge) -> Option<Kind> {
    let lexicon = &knowledge.lexicon;
    let lemma = word.lemma().to_lowercase();
    let plural = is_plural(word);
    if is_office(word, lexicon) {
        return Some(if plural { Kind::Office } else { Kind::Person });
    }
    let before = word.previous().map(|previous| previous.text().to_lowercase()).unwrap_or_default();
    if lexicon.persons.nouns.contains(&lemma)
        || lexicon.persons.nouns.contains(&format!("{before} {lemma}"))
        || lexicon.persons.kin.contains(&lemma)
        || lexicon.nouns.collectives.contains(&lemma)
    {
        if lexicon.nouns.organs.get(&lemma).is_some_and(|organ| matches!(organ, Organ::Military | Organ::Police)) {
            return Some(Kind::Organization);
        }
        return Some(if plural { Kind::People } else { Kind::Person });
    }
    if knowledge.lexicon.coreference.vague.contains(&lemma) {
        return None;
    }
    if camps::is_named(word, &lexicon.nouns) {
        return Some(Kind::Organization);
    }
    if compounds(word).iter().any(|phrase| knowledge.ontology.matters(phrase)) {
        return Some(Kind::Other);
    }
    match kinds::of_noun(word, lexicon) {
        Some(Kind::Country) => Some(Kind::Country),
        _ if lexicon.nouns.organs.contains(&lemma) => Some(Kind::Organization),
        Some(Kind::Other | Kind::Office) | None if lexicon.nouns.parties.contains(&lemma) => Some(Kind::Other),
        Some(Kind::Other | Kind::Office) => knowledge.ontology.matters(&lemma).then_some(Kind::Other),
        None => match knowledge.base.agent(&lemma).map(|agent| agent.kind) {
            Some("person" | "group" | "office") if plural => Some(Kind::People),
            Some("person" | "office") => Some(Kind::Person),
            _ => knowledge.ontology.matters(&lemma).then_some(Kind::Other),
        },
        kind => kind,
    }
}

/// Whether what a noun describes may be an end of a relation, though it be neither party nor place.
pub(crate) fn is_matter(word: Word<'_>, knowledge: &Knowledge) -> bool {
    let ontology = &knowledge.ontology;
    ontology.matters(&word.lemma().to_lowercase()) || compounds(word).iter().any(|phrase| ontology.matters(phrase))
}

/// A noun with the word before it and with the one that it is "of": "curfew hour", "state of siege".
fn compounds(noun: Word<'_>) -> Vec<String> {
    let lemma = noun.lemma().to_lowercase();
    let before = noun.previous().map(|before| format!("{} {lemma}", before.text().to_lowercase()));
    let of = noun.next().filter(|of| of.text() == "of").and_then(Word::next);
    before.into_iter().chain(of.map(|of| format!("{lemma} of {}", of.text().to_lowercase()))).collect()
}

/// An office noun, alone or with the words before it: "minister", "foreign minister".
pub(crate) fn is_office(word: Word<'_>, lexicon: &Lexicon) -> bool {
    let lemma = word.lemma().to_lowercase();
    let before = word.previous().map(|previous| previous.text().to_lowercase()).unwrap_or_default();
    lexicon.persons.offices.contains(&lemma)
        || lexicon.persons.offices.contains(&format!("{before} {lemma}"))
        || elected_to(word, lexicon).is_some()
}

/// The office that an "-elect" has yet to take: "president" at the `elect` of "the president-elect".
pub(crate) fn elected_to<'d>(word: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    let hyphen = word.previous().filter(|hyphen| hyphen.text() == "-")?;
    let office = hyphen.previous()?;
    let is_office = lexicon.persons.offices.contains(&office.lemma().to_lowercase());
    (is_office && lexicon.persons.future.contains(&word.text().to_lowercase())).then_some(office)
}

/// Those whom a quantity counts: `protesters` at the `dozens` of "dozens of protesters".
pub(crate) fn counted<'d>(quantity: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    let of = |child: &Word| *child > quantity && child.preposition().as_deref() == Some("of");
    let is_quantity = lexicon.nouns.quantities.contains(&quantity.lemma().to_lowercase());
    quantity.children(Deprel::Nmod).find(of).filter(|_| is_quantity)
}

/// The word that has a description's place in the sentence: the quantity where one counts it.
pub(crate) fn carrier<'d>(head: Word<'d>, lexicon: &Lexicon) -> Word<'d> {
    // "hundreds of thousands of people"
    match head.head().filter(|above| counted(*above, lexicon) == Some(head)) {
        Some(above) => carrier(above, lexicon),
        None => head.first_conjunct(),
    }
}

pub(crate) fn is_plural(word: Word<'_>) -> bool {
    matches!(word.xpos(), "NNS" | "NNPS") || word.features().get("Number") == Some("Plur") || word.lemma() == "people"
}

/// "In talks with Macron, the head of the bank said": the comma ends what stands in front of the clause, so that its subject
/// describes nobody there.
pub(crate) fn follows_front(description: Word<'_>, name: Word<'_>) -> bool {
    let clause = description.head().filter(|_| description.deprel().is_subject());
    let front = clause.and_then(|clause| {
        let mut above = std::iter::once(name).chain(name.ancestors());
        above.find(|word| word.head() == Some(clause))
    });
    front.is_some_and(|front| front.deprel().is_oblique() || front.deprel() == Deprel::Advcl)
}

/// The noun with the words before it that describe it and the phrase with "of" or "for" after it.
fn extent(head: Word<'_>) -> Range<usize> {
    let before = head.dependents().filter(|word| {
        *word < head
            && !matches!(
                word.deprel(),
                Deprel::Det
                    | Deprel::DetPredet
                    | Deprel::Case
                    | Deprel::Cc
                    | Deprel::CcPreconj
                    | Deprel::Punct
                    | Deprel::Mark
                    | Deprel::Cop
                    | Deprel::Nsubj
                    | Deprel::Aux
            )
            && word.upos() != Upos::Pron
            && !(word.deprel() == Deprel::Advmod && word.upos() == Upos::Adv && word.has_child(Deprel::Punct))
    });
    let first = before.map(|word| word.subtree().first().copied().unwrap_or(word)).min().unwrap_or(head);
    let mut start = first.index().max(head.index().saturating_sub(MOST_WORDS / 2));
    // An article inside ("the U.S. 's" in front) stays outside.
    let document = head.document();
    while start < head.index()
        && document
            .words_in(start..start + 1)
            .next()
            .is_some_and(|word| matches!(word.upos(), Upos::Det | Upos::Punct | Upos::Adp) || word.xpos() == "PRP$")
    {
        start += 1;
    }
    // "At least 40 people" are 40 people.
    if let [bound, number] = document.words_in(start..(start + 2).min(head.index())).collect::<Vec<_>>()[..]
        && matches!(bound.lemma(), "least" | "most" | "little" | "few" | "much" | "many")
        && number.upos() == Upos::Num
    {
        start += 1;
    }
    let mut end = head.index() + 1;
    for modifier in head.children(Deprel::Nmod).filter(|word| *word > head) {
        let subtree = modifier.subtree();
        let first = subtree[0].index();
        // What a clause adds ("the shelling of a hospital that killed forty") is not part of the description.
        // Nor is what stands beside its last noun like one more, where no "and" makes a list of it: "the president of Chad, Idriss Lund,".
        let is_list = modifier.children(Deprel::Conj).any(|conjunct| conjunct.has_child(Deprel::Cc));
        let clauses = subtree.iter().filter(|word| match word.deprel() {
            Deprel::AclRelcl | Deprel::Acl | Deprel::Appos | Deprel::Parataxis => true,
            Deprel::Conj => word.head() == Some(modifier) && !is_list,
            _ => false,
        });
        let stop = clauses.map(|clause| clause.subtree()[0].index()).min();
        let own = subtree.iter().map(|word| word.index()).filter(|&index| stop.is_none_or(|stop| index < stop));
        let last = own.max().unwrap_or(first);
        let describes = matches!(modifier.preposition().as_deref(), Some("of" | "for" | "from"));
        let is_whole = last >= modifier.index() && !matches!(document.word(TokenId(last as u32)).text(), "," | "(");
        if first != end || !describes || !is_whole || last + 1 - start > MOST_WORDS {
            break;
        }
        end = last + 1;
    }
    start..end
}
