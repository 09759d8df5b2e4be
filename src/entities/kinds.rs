//! Kinds: what a name or a description is, from its own words and from those around it.
//!
//! "Evan Feigenbaum" looks like a person, the head of "Institute for Peace" is an institute, "the town of Yeoncheon" says that
//! Yeoncheon is a city.

use std::ops::Range;

use crate::document::{Deprel, Document, Upos, Word};
use crate::entities::context::is_place;
use crate::entities::tagger::Class;
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::Lexicon;
use crate::record::Kind;

/// The kind of a name that the base does not hold.
pub(crate) fn of_name(document: &Document, words: Range<usize>, class: Option<Class>, knowledge: &Knowledge) -> Kind {
    let lexicon = &knowledge.lexicon;
    let own = head_word(document, words.clone()).and_then(|word| of_noun(word, lexicon)).filter(|_| words.len() > 1);
    let around = || of_neighbours(head(document, words.clone()), lexicon);
    // "Nathan Law" is no law.
    let has_given_name = || {
        let first = document.words_in(words.clone()).next();
        words.len() == 2 && first.is_some_and(|first| knowledge.base.given_name(first.text()).is_some())
    };
    let is_called = matches!(own, Some(Kind::Event | Kind::Agreement)) && !has_given_name();
    // "James Cook University", but not "Albert Hall".
    let is_surname =
        || document.words_in(words.clone()).next_back().is_some_and(|last| knowledge.base.is_surname(last.text()));
    let is_named_after = |kind: Kind| (kind.is_body() || is_place(kind)) && !has_given_name() && !is_surname();
    let ends_in_state = || document.words_in(words.clone()).next_back().is_some_and(|last| last.text() == "State");
    // "South Lebanon"
    let is_part_of_country = || {
        let first = document.words_in(words.clone()).next().map(|word| word.text().to_lowercase());
        first.is_some_and(|first| lexicon.nouns.directions.contains(&first)) && words.len() == 2
    };
    // "The Skyreach Centre"
    let is_premises = || {
        let head = head_word(document, words.clone()).map(|word| word.text().to_lowercase());
        head.is_some_and(|head| lexicon.nouns.premises.contains(&head))
    };
    // "Highway 16"
    let is_road = || {
        document.words_in(words.clone()).any(|word| lexicon.nouns.roads.contains(&word.text().to_lowercase()))
            && document.words_in(words.clone()).next_back().is_some_and(|last| last.upos() == Upos::Num)
    };
    // "Wendy's"
    let ends_in_mark = || document.words_in(words.clone()).next_back().is_some_and(|last| last.xpos() == "POS");
    match class {
        Some(Class::Person | Class::Location) if is_called => own.unwrap_or(Kind::Event),
        Some(Class::Person) if own.is_some_and(is_named_after) => own.unwrap_or(Kind::Person),
        // "the newspaper Al-Ahram", "Kananga is the provincial capital"
        Some(Class::Person) => match around().filter(|_| !has_given_name()) {
            Some(kind) if kind.is_body() || is_place(kind) => kind,
            _ => Kind::Person,
        },
        Some(Class::Location) if ends_in_mark() || is_road() => Kind::Facility,
        Some(Class::Location) => match own.or_else(around) {
            // "Kogi State"
            Some(Kind::Country) if ends_in_state() => Kind::Region,
            Some(kind) if is_place(kind) || kind == Kind::Country => kind,
            Some(kind) if kind.is_body() && !is_premises() => kind,
            _ if is_part_of_country() => Kind::Region,
            _ if words.len() == 1 => Kind::City,
            _ => Kind::Place,
        },
        Some(Class::Organization) => match own {
            Some(kind @ (Kind::ArmedGroup | Kind::Agreement | Kind::Event)) => kind,
            _ => Kind::Organization,
        },
        Some(Class::Other) | None => match own {
            Some(Kind::Person | Kind::Country) | None => Kind::Other,
            Some(kind) => kind,
        },
    }
}

/// The word of a name that says what it is: the last one before a preposition.
fn head_word<'d>(document: &'d Document<'d>, words: Range<usize>) -> Option<Word<'d>> {
    let stops =
        |word: &Word| matches!(word.upos(), Upos::Adp | Upos::Sconj) || word.text() == "of" || word.text() == ",";
    let all: Vec<Word<'d>> = document.words_in(words).collect();
    let before = all.iter().position(stops).unwrap_or(all.len());
    all[..before].last().or(all.last()).copied()
}

/// What a noun says of the thing that it names.
pub(crate) fn of_noun(word: Word<'_>, lexicon: &Lexicon) -> Option<Kind> {
    let text = word.text().to_lowercase();
    let lemma = word.lemma().to_lowercase();
    let singular = text.strip_suffix('s').unwrap_or(&text);
    let forms = [text.as_str(), lemma.as_str(), singular];
    let before = word.previous().map(|previous| previous.text().to_lowercase()).unwrap_or_default();
    let pair = || forms.iter().find_map(|form| lexicon.nouns.heads.get(&format!("{before} {form}")));
    pair().or_else(|| forms.iter().find_map(|form| lexicon.nouns.heads.get(form)))
}

/// "the town of X", "X, a city in Y", "X province", "the port X", "X is a city".
fn of_neighbours(head: Word<'_>, lexicon: &Lexicon) -> Option<Kind> {
    // "The villages of Yele and Masra".
    let first = head.first_conjunct();
    let governor = first.head().filter(|governor| governor.upos() == Upos::Noun);
    let governing = governor.filter(|governor| match first.deprel() {
        Deprel::Compound | Deprel::Appos | Deprel::NmodDesc | Deprel::Flat => true,
        Deprel::Nsubj => governor.has_child(Deprel::Cop) && of_noun(*governor, lexicon).is_some_and(is_place),
        Deprel::Nmod => {
            first.preposition().as_deref() == Some("of")
                && matches!(of_noun(*governor, lexicon), Some(Kind::City | Kind::Region))
        }
        _ => false,
    });
    let described = head.children(Deprel::Appos).chain(head.children(Deprel::NmodDesc));
    governing.into_iter().chain(described).find_map(|noun| of_noun(noun, lexicon))
}

/// The highest word of a stretch: the one whose head lies outside.
pub(crate) fn head<'d>(document: &'d Document<'d>, words: Range<usize>) -> Word<'d> {
    let outside = |word: &Word| word.head().is_none_or(|head| !words.contains(&head.index()));
    let depth = |word: &Word| word.ancestors().count();
    let mut tops: Vec<Word<'d>> = document.words_in(words.clone()).filter(outside).collect();
    tops.sort_by_key(|word| (word.upos() == Upos::Punct, depth(word), word.index()));
    tops.into_iter().next().unwrap_or_else(|| document.words_in(words).next().expect("a stretch has words"))
}
