//! Repairs inside noun phrases: names, titles, counts and what describes them.

use std::ops::Range;

use super::{child, hangs_below, hangs_on};
use crate::document::{Analysis, Deprel, TokenId, Upos};
use crate::syntax::embedding::Form;
use crate::syntax::lemmas;

/// Offices that go on with "of".
pub(super) const OFFICES: [&str; 8] =
    ["secretary", "minister", "president", "director", "chief", "governor", "commissioner", "king"];

/// "Secretary of State John Kerry": no phrase with "of" stands inside of a person's name; the name has the place of its title.
pub(super) fn titles_with_of(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for name in sentence.clone() {
        let Some(title) = analyses[name].head.map(TokenId::index).filter(|&title| title < name) else { continue };
        if analyses[name].deprel != Deprel::Nmod || analyses[name].upos != Upos::Propn {
            continue;
        }
        let child = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        let office = [Deprel::NmodDesc, Deprel::Compound].into_iter().filter_map(|deprel| child(name, deprel)).min();
        let Some(office) = office.filter(|&office| office < name) else { continue };
        // The parser hangs "of" on the office's noun, or on the name that goes on behind it.
        let is_title = OFFICES.contains(&forms[title].text.to_lowercase().as_str());
        let of_name = child(name, Deprel::Case).filter(|_| is_title && child(name, Deprel::Flat).is_some());
        let case = child(office, Deprel::Case).or(of_name);
        let Some(case) = case.filter(|&case| forms[case].text == "of" && case < office) else { continue };
        for word in title + 1..sentence.end {
            if hangs_on(analyses, word, title) && matches!(analyses[word].deprel, Deprel::Conj | Deprel::Appos) {
                analyses[word].head = Some(TokenId(name as u32));
            }
        }
        analyses[case].head = Some(TokenId(office as u32));
        (analyses[office].head, analyses[office].deprel) = (Some(TokenId(title as u32)), Deprel::Nmod);
        (analyses[name].head, analyses[name].deprel) = (analyses[title].head, analyses[title].deprel);
        (analyses[title].head, analyses[title].deprel) = (Some(TokenId(name as u32)), Deprel::NmodDesc);
    }
}

/// "Secretary of State Ada Okoro left", torn into two subjects or the name hung on its title: what stands before the name and "of"
/// is the title.
pub(super) fn torn_titles(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for title in sentence.clone() {
        let (of, rest, name) = (title + 1, title + 2, title + 3);
        if name >= sentence.end || forms[of].text != "of" || !hangs_on(analyses, of, rest) {
            continue;
        }
        let is_title = OFFICES.contains(&forms[title].text.to_lowercase().as_str());
        if !is_title || analyses[name].upos != Upos::Propn {
            continue;
        }
        let are_torn = analyses[title].head == analyses[name].head
            && analyses[title].deprel == analyses[name].deprel
            && hangs_on(analyses, rest, name);
        let goes_before = hangs_on(analyses, name, title)
            && hangs_on(analyses, rest, title)
            && analyses[name].deprel.is_nominal_modifier()
            && child(analyses, &sentence, name, Deprel::Case).is_none();
        if goes_before {
            for word in name + 1..sentence.end {
                if hangs_on(analyses, word, title) {
                    analyses[word].head = Some(TokenId(name as u32));
                }
            }
            (analyses[name].head, analyses[name].deprel) = (analyses[title].head, analyses[title].deprel);
        }
        if are_torn || goes_before {
            (analyses[title].head, analyses[title].deprel) = (Some(TokenId(name as u32)), Deprel::NmodDesc);
            (analyses[rest].head, analyses[rest].deprel) = (Some(TokenId(title as u32)), Deprel::Nmod);
        }
    }
}

/// "Rejected US claims": in capitals it is no pronoun.
pub(super) fn name_states(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        if forms[index].text != "US" || analyses[index].upos != Upos::Pron {
            continue;
        }
        let word = &mut analyses[index];
        (word.upos, word.xpos, word.lemma) = (Upos::Propn, "NNP", "US".into());
        word.features = lemmas::features("US", &word.lemma, word.upos, word.xpos);
        let noun = index + 1;
        if noun < sentence.end
            && analyses[index].deprel == Deprel::Iobj
            && analyses[noun].upos == Upos::Noun
            && analyses[noun].head == analyses[index].head
        {
            (analyses[index].head, analyses[index].deprel) = (Some(TokenId(noun as u32)), Deprel::Compound);
        }
    }
}

/// "The court on Tuesday freed her": a day between a subject and its verb is the verb's, and so is a place that hangs on a day.
pub(super) fn free_days(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        let Some(head) = analyses[index].head.map(TokenId::index) else { continue };
        let Some(verb) = analyses[head].head.filter(|_| analyses[index].deprel.is_nominal_modifier()) else { continue };
        let case = child(analyses, &sentence, index, Deprel::Case);
        let is_between = head < index && index < verb.index() && analyses[verb.index()].upos == Upos::Verb;
        if is_between && is_subject(&analyses[head]) && is_day(&forms[index]) {
            analyses[index].head = Some(verb);
            analyses[index].deprel = if case.is_some() { Deprel::Obl } else { Deprel::OblUnmarked };
        }
        let is_place = || case.is_some_and(|case| matches!(forms[case].text, "in" | "at" | "near" | "outside"));
        if analyses[head].deprel == Deprel::Obl
            && is_day(&forms[head])
            && head < index
            && !is_day(&forms[index])
            && is_place()
        {
            (analyses[index].head, analyses[index].deprel) = (Some(verb), Deprel::Obl);
        }
    }
}

/// "On Monday gunmen killed two": the preposition is the day's, and what stands between the day and the verb is the subject.
pub(super) fn fronted_days(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for day in sentence.clone().skip(1).filter(|&index| is_day(&forms[index])) {
        let Some(subject) = analyses[day].head.map(TokenId::index).filter(|&subject| day < subject) else { continue };
        let Some(verb) = analyses[subject].head.filter(|&verb| subject < verb.index()) else { continue };
        let case = day - 1;
        let is_told =
            sentence.clone().any(|word| hangs_on(analyses, word, verb.index()) && is_subject(&analyses[word]));
        if matches!(forms[case].text, "On" | "on" | "In" | "in")
            && hangs_on(analyses, case, subject)
            && matches!(analyses[verb.index()].xpos, "VBD" | "VBZ" | "VBP" | "VBN")
            && (is_subject(&analyses[subject]) || analyses[subject].deprel == Deprel::Obl && !is_told)
        {
            analyses[case].head = Some(TokenId(day as u32));
            (analyses[day].head, analyses[day].deprel) = (Some(verb), Deprel::Obl);
            if !is_told {
                let is_passive = child(analyses, &sentence, verb.index(), Deprel::AuxPass).is_some();
                analyses[subject].deprel = if is_passive { Deprel::NsubjPass } else { Deprel::Nsubj };
            }
        }
    }
}

fn is_subject(word: &Analysis) -> bool {
    matches!(word.deprel, Deprel::Nsubj | Deprel::NsubjPass)
}

fn is_day(form: &Form<'_>) -> bool {
    WEEKDAYS.contains(&form.text) || MONTHS.contains(&form.text)
}

/// "Met Modi on Monday and Xi on Tuesday": no weekday, month or day is one thing with a name that stands before another preposition;
/// the name goes on with the object.
pub(super) fn part_days_from_names(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_calendar = |index: usize| {
        let text = forms[index].text;
        WEEKDAYS.contains(&text) || MONTHS.contains(&text) || text.bytes().all(|byte| byte.is_ascii_digit())
    };
    for name in sentence.clone() {
        let Some(day) = analyses[name].head.map(TokenId::index) else { continue };
        let Some(verb) = analyses[day].head.map(TokenId::index).filter(|_| analyses[day].deprel == Deprel::Obl) else {
            continue;
        };
        let is_misplaced = analyses[name].deprel == Deprel::Conj
            && analyses[name].upos == Upos::Propn
            && is_calendar(day)
            && !is_calendar(name)
            && child(analyses, &sentence, name, Deprel::Case).is_none()
            && name + 1 < sentence.end
            && analyses[name + 1].upos == Upos::Adp;
        let object = child(analyses, &sentence, verb, Deprel::Obj).filter(|&object| is_misplaced && object < day);
        if let Some(object) = object {
            analyses[name].head = Some(TokenId(object as u32));
        }
    }
}

/// "In Turkey Minister Elder met Syrians": what has a preposition of its own before it is where somebody acts, not whose minister.
pub(super) fn free_places(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let (first, place) = (sentence.start, sentence.start + 1);
    let is_marked = place < sentence.end
        && forms[first].text == "In"
        && analyses[first].deprel == Deprel::Case
        && analyses[place].upos == Upos::Propn
        && matches!(analyses[place].deprel, Deprel::Compound | Deprel::NmodDesc | Deprel::Flat);
    let mut above = analyses.get(place).filter(|_| is_marked).and_then(|place| place.head);
    let is_title = above.is_some_and(|title| analyses[title.index()].deprel == Deprel::NmodDesc);
    // A tree is no deeper than its sentence is long.
    for _ in sentence {
        match above {
            Some(verb) if is_title && analyses[verb.index()].upos == Upos::Verb => {
                analyses[first].head = Some(TokenId(place as u32));
                (analyses[place].head, analyses[place].deprel) = (Some(verb), Deprel::Obl);
                return;
            }
            Some(word) => above = analyses[word.index()].head,
            None => return,
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "Detained at least 40 Afghans": the "at" is the number's, and what is counted is no oblique.
pub(super) fn counted_objects(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        let Some(verb) = analyses[index].head.map(TokenId::index) else { continue };
        if analyses[index].deprel == Deprel::Obl && verb < index {
            bound_above(analyses, forms, verb, index);
        }
        let has = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        let is_bound = |word: usize| ["least", "most"].iter().any(|bound| forms[word].text.eq_ignore_ascii_case(bound));
        let is_counted = || {
            let number = has(index, Deprel::Nummod)?;
            sentence.clone().find(|&word| hangs_on(analyses, word, number) && is_bound(word))
        };
        if analyses[index].deprel == Deprel::Obl
            && verb < index
            && analyses[verb].upos == Upos::Verb
            && has(index, Deprel::Case).is_none()
            && has(verb, Deprel::Obj).is_none()
            && has(verb, Deprel::AuxPass).is_none()
            && is_counted().is_some()
        {
            analyses[index].deprel = Deprel::Obj;
        }
    }
}

/// No apposition follows its noun without a mark: "condemned in the strongest terms the attack" has the object behind, and in "a
/// series of precision airstrikes" the noun after "of" describes the next.
pub(super) fn run_on_appositions(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        if analyses[index].deprel != Deprel::Appos {
            continue;
        }
        let Some(noun) = analyses[index].head.map(TokenId::index).filter(|&noun| noun < index) else { continue };
        let child = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        let first = (noun + 1..=index).find(|&word| hangs_below(analyses, word, index)).unwrap_or(index);
        let starts_anew =
            matches!(analyses[first].upos, Upos::Det | Upos::Cconj) || child(index, Deprel::NmodPoss).is_some();
        let Some(verb) = analyses[noun].head.map(TokenId::index).filter(|_| analyses[first].upos != Upos::Punct) else {
            continue;
        };
        let is_manner = || {
            let case = child(noun, Deprel::Case);
            case.is_some_and(|case| matches!(forms[case].text, "in" | "without" | "at"))
        };
        if first == noun + 1
            && starts_anew
            && analyses[noun].deprel == Deprel::Obl
            && analyses[noun].upos == Upos::Noun
            && analyses[verb].upos == Upos::Verb
            && child(verb, Deprel::Obj).is_none()
            && child(verb, Deprel::AuxPass).is_none()
            && is_manner()
        {
            (analyses[index].head, analyses[index].deprel) = (Some(TokenId(verb as u32)), Deprel::Obj);
            continue;
        }
        let Some(modifier) = child(noun, Deprel::Nmod).filter(|&modifier| modifier + 1 == first && !starts_anew) else {
            continue;
        };
        let Some(case) = child(modifier, Deprel::Case) else { continue };
        (analyses[case].head, analyses[index].deprel) = (Some(TokenId(index as u32)), Deprel::Nmod);
        (analyses[modifier].head, analyses[modifier].deprel) = (Some(TokenId(index as u32)), Deprel::Compound);
    }
}

/// "Kidnapped up to 16 nuns": neither particle nor preposition, but a bound of the number.
fn bound_above(analyses: &mut [Analysis], forms: &[Form<'_>], verb: usize, noun: usize) {
    let is_word = |index: usize, word: &str| forms[index].text.eq_ignore_ascii_case(word);
    let Some(to) = (verb + 2..noun).find(|&index| hangs_on(analyses, index, noun) && is_word(index, "to")) else {
        return;
    };
    let (up, number) = (to - 1, to + 1);
    if is_word(up, "up") && hangs_on(analyses, up, verb) && analyses[number].deprel == Deprel::Nummod {
        (analyses[up].head, analyses[up].deprel) = (Some(TokenId(number as u32)), Deprel::Advmod);
        (analyses[to].head, analyses[to].deprel) = (Some(TokenId(up as u32)), Deprel::Fixed);
        analyses[noun].deprel = Deprel::Obj;
    }
}

/// "Hale, founder and chairman of the bank" is both, and "president of Chad and chairman of the bank" one person: a description
/// goes on with the description before it, not with the name.
pub(super) fn join_roles(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_role = |word: &Analysis| word.upos == Upos::Noun && word.xpos == "NN";
    for role in sentence.clone() {
        let Some(name) = analyses[role].head.map(TokenId::index).filter(|&name| name < role) else { continue };
        let is_conjunct = analyses[role].deprel == Deprel::Conj && is_role(&analyses[role]);
        if !is_conjunct || analyses[name].upos != Upos::Propn {
            continue;
        }
        let child = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        if child(role, Deprel::Flat).or(child(role, Deprel::Appos)).is_some() {
            continue;
        }
        // Of "Hale, founder and chairman of the bank, left" the parser may make three.
        let is_beside = |first: &usize| {
            let is_listed = analyses[*first].deprel == Deprel::Conj && forms[first - 1].text == ",";
            hangs_on(analyses, *first, name)
                && (analyses[*first].deprel == Deprel::Appos || is_listed && is_role(&analyses[*first]))
                && analyses[*first].upos == Upos::Noun
                && !(*first..role).any(|word| forms[word].text == ",")
        };
        let beside = (name + 1..role).find(is_beside);
        let is_of = || {
            let of = child(role, Deprel::Nmod).and_then(|of| child(of, Deprel::Case));
            of.is_some_and(|of| forms[of].text == "of") && child(role, Deprel::Det).is_none()
        };
        let around = analyses[name].head.map(TokenId::index).filter(|&first| {
            analyses[name].deprel == Deprel::Nmod && first < name && is_role(&analyses[first]) && is_of()
        });
        if let Some(first) = beside.or(around) {
            analyses[role].head = Some(TokenId(first as u32));
        }
        if let Some(first) = beside {
            analyses[first].deprel = Deprel::Appos;
        }
    }
}

/// "One of them, Okoro, left": the name says who the one is.
pub(super) fn ones_of_them(analyses: &mut [Analysis], sentence: Range<usize>) {
    for name in sentence {
        let Some(them) = analyses[name].head.map(TokenId::index).filter(|&them| them < name) else { continue };
        let is_apposed = analyses[name].deprel == Deprel::Appos
            && analyses[name].upos == Upos::Propn
            && analyses[them].deprel == Deprel::Nmod
            && analyses[them].upos == Upos::Pron;
        if let Some(one) = analyses[them].head.filter(|_| is_apposed) {
            analyses[name].head = Some(one);
        }
    }
}

/// "Irfaan Ali and Nicolas Maduro": no name goes on across a conjunction that hangs on its later part; the part is a conjunct.
pub(super) fn part_coordinated_names(analyses: &mut [Analysis], sentence: Range<usize>) {
    for index in sentence.clone() {
        let Some(head) = analyses[index].head.map(TokenId::index) else { continue };
        if analyses[index].deprel != Deprel::Flat || head + 1 >= index {
            continue;
        }
        if (head + 1..index).any(|word| analyses[word].deprel == Deprel::Cc && hangs_below(analyses, word, index)) {
            analyses[index].deprel = Deprel::Conj;
        }
    }
}
