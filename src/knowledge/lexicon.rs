//! The lexicon: closed lists of ordinary words, by what they do.
//!
//! `data/lexicon/verbs.ron` says `speech: { deny: ["deny", "dispute"] }`; a rule then asks
//! `lexicon.verbs.speech.get("deny") == Some(Speech::Deny)`. All words are lemmas in lower case unless a list says otherwise;
//! several words are joined with one space ("prime minister").
//!
//! A new list is two lines: a field below, and the list in the RON file.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;
use std::hash::Hash;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use super::data::Data;
use crate::error::Result;
use crate::record::{Bound, Kind, Modality};

/// All lists, by file.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub persons: Persons,
    pub verbs: Verbs,
    pub nouns: Nouns,
    pub metonymy: Metonymy,
    pub coreference: Coreference,
    pub measures: Measures,
    pub time: Time,
}

impl Lexicon {
    pub fn load(data: &Data) -> Result<Lexicon> {
        Ok(Lexicon {
            persons: data.ron("lexicon/persons.ron")?,
            verbs: data.ron("lexicon/verbs.ron")?,
            nouns: data.ron("lexicon/nouns.ron")?,
            metonymy: data.ron("lexicon/metonymy.ron")?,
            coreference: data.ron("lexicon/coreference.ron")?,
            measures: data.ron("lexicon/measures.ron")?,
            time: data.ron("lexicon/time.ron")?,
        })
    }
}

/// A plain list.
pub type Words = HashSet<String>;

/// `lexicon/persons.ron`: words for people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persons {
    pub pronouns: HashMap<String, Pronoun>,
    /// Words before a name that are not part of it: "Mr", "Dr", "Sir"; without the full stop.
    pub titles: Words,
    /// Office nouns, British and American spelling: "president", "prime minister".
    pub offices: Classes<Role>,
    /// Words before an office that leave it the office's holder out of office, or not yet in it: "former", "ex", "then", "late".
    pub past: Words,
    pub future: Words,
    /// Words before an office that keep its holder: "acting", "incumbent".
    pub present: Words,
    /// "wife", "brother".
    pub kin: Classes<Kin>,
    /// Nouns and titles that tell the person's gender: "king", "spokeswoman", "mrs".
    pub gender: Classes<Gender>,
    /// Other nouns for one person: "analyst", "leader".
    pub nouns: Words,
}

impl Persons {
    /// Whether a lemma in lower case says what one person is: an office or another noun.
    pub fn describe(&self, lemma: &str) -> bool {
        self.offices.contains(lemma) || self.nouns.contains(lemma)
    }
}

/// `lexicon/verbs.ron`: verbs by what they do to the clause below them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verbs {
    pub speech: Classes<Speech>,
    /// Nouns of saying: "statement", "claim".
    pub speech_nouns: Classes<Speech>,
    /// Auxiliaries: "may" makes its clause possible.
    pub modals: Classes<Modality>,
    /// Verbs whose complement is not a fact: "plan to", "hope to".
    pub complements: Classes<Modality>,
    /// Nouns whose complement is not a fact: "plan to", "hope of".
    pub complement_nouns: Classes<Modality>,
    /// Adverbs and adjectives: "possibly", "likely", "alleged".
    pub modal_words: Classes<Modality>,
    /// Verbs that tell whether their complement came true: "manage to", "refuse to".
    pub implicative: Classes<Implicative>,
    pub aspect: Classes<Aspect>,
    /// Words that negate: "not", "never", "without".
    pub negation: Words,
    /// "be", "become", "remain".
    pub copulas: Words,
    /// Verbs whose second object or as-phrase says what the first one is: "call", "elect".
    pub naming: Words,
    /// Verbs with a particle that parsers may take for a preposition: "hand over".
    pub phrasal: Words,
    /// What makes one phrase with a verb: "into" of "look into".
    pub particles: Words,
    /// Verbs that leave the meaning to their object, with the objects: "hold" a "meeting". An empty list: any.
    pub light: HashMap<String, Words>,
}

/// `lexicon/nouns.ron`: nouns by the kind of thing that they head or stand for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nouns {
    /// Head nouns of names and descriptions: "ministry", "river", "summit", "treaty".
    pub heads: Classes<Kind>,
    /// Organs that stand for their state or organization: "government", "army".
    pub organs: Classes<Organ>,
    /// Nouns for several parties that were named before: "side", "party", "pair".
    pub parties: Words,
    /// Words for how many, with those who are counted behind "of": "dozens", "a number", "some".
    pub quantities: Words,
    /// Nouns for people in number: "troops", "civilians", "refugees".
    pub collectives: Words,
    /// Nouns for bodies that are as often the building where they are: "center".
    pub premises: Words,
    /// Military units, which are called by their number: "37th Marine Brigade".
    pub units: Words,
    /// Roads, which are called by their number: "Interstate 44".
    pub roads: Words,
    /// What a company's name may end in behind a comma, without the full stop: "Inc".
    pub legal_forms: Words,
    /// Nouns for what is called after a place and is none: "virus".
    pub ills: Words,
    /// What the names of ills, germs and remedies end in: "coccus".
    pub ill_ends: Words,
    /// Nouns before the name of a storm: "Hurricane".
    pub storms: Words,
    /// Words of direction before a name that stay outside of it or change it: "northern", "eastern".
    pub directions: Words,
    /// Capitalised words that are hardly ever a name's only word: "Monday", "President", "English".
    pub not_names: Words,
    /// Nouns for a political group that is called by its cause: "camp", "bloc".
    pub camps: Words,
    /// What a group may be called by, as nouns for those who follow it: "separatist".
    pub causes: Words,
    /// What stands before a cause and a hyphen: "pro".
    pub sides: Words,
    /// Words of capitals that stand for no body: "GDP", "DNA".
    pub abbreviations: Words,
}

/// `lexicon/metonymy.ron`: what tells a capital from those who govern there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metonymy {
    /// Verbs whose subject is the place itself: "lie".
    pub place_subjects: Words,
    /// Verbs whose object is the place itself: "enter".
    pub place_objects: Words,
    /// Prepositions of being somewhere: "in", "at".
    pub locations: Words,
    /// Nouns that deal with a government: "talks", "pressure".
    pub government_nouns: Words,
    /// Nouns that belong to a city: "mayor", "suburb".
    pub city_nouns: Words,
    /// Nouns for those who serve or live in the town that is named before them: "Warren police".
    pub local_nouns: Words,
    /// Nouns that belong to a division rather than to a city or a country of its name: "governor".
    pub division_nouns: Words,
    /// Nouns for what only states have: "embassy", "diplomatic ties".
    pub state_nouns: Words,
    /// Nouns for what belongs to a state where a name stands before them or behind "of": "the Gondor army".
    pub state_powers: Words,
    /// Verbs whose object is a state: "annex".
    pub state_objects: Words,
}

/// `lexicon/coreference.ron`: words that help to tell what a description means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coreference {
    /// "the town of X" is X.
    pub places_of: Words,
    /// Organs that stand for their country.
    pub governments: Words,
    pub neighbors: Words,
    /// What a state's forces are called as a whole.
    pub armies: Words,
    /// "the country": the country last spoken of.
    pub countries: Words,
    pub islands: Words,
    /// "the attack": the conflict last described.
    pub conflicts: Words,
    /// Nouns that head many names, but written small tell too little: "center", "partnership".
    pub vague: Words,
    /// "the group": the organization last spoken of.
    pub groups: Words,
    /// Of those, the ones that rather mean an armed group.
    pub bands: Words,
    /// "the leader": the person last spoken of.
    pub persons: Words,
    /// Adjectives that do not narrow a description down.
    pub light_adjectives: Words,
    /// Adjectives that call a country something in passing.
    pub epithets: Words,
    /// "the two countries", "the two leaders", "both sides".
    pub country_parties: Words,
    pub person_parties: Words,
    pub any_parties: Words,
    /// Two by themselves: "the pair".
    pub pairs: Words,
}

/// `lexicon/measures.ron`: numbers and what they count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    pub units: HashMap<String, Unit>,
    /// ISO 4217, by name and by sign: "yuan", "€".
    pub currencies: HashMap<String, String>,
    pub numbers: HashMap<String, f64>,
    pub ordinals: HashMap<String, f64>,
    /// Words that multiply: "hundred", "million", "dozen", and their short forms "bn", "m".
    pub scales: HashMap<String, f64>,
    /// Inexact numbers: "several", "scores".
    pub vague: HashMap<String, f64>,
    /// "about", "at least", "more than".
    pub bounds: Classes<Bound>,
}

/// `lexicon/time.ron`: the calendar's words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// 1 to 12, with the short forms.
    pub months: HashMap<String, u8>,
    /// 1 (Monday) to 7, with the short forms.
    pub weekdays: HashMap<String, u8>,
    /// Months from … to, northern half of the earth.
    pub seasons: HashMap<String, (u8, u8)>,
    /// In days from the day of the article.
    pub deictic: HashMap<String, i32>,
    /// "day", "week", …: in ISO 8601's letters D, W, M, Y and T for hours and less.
    pub spans: HashMap<String, String>,
    /// "morning", "noon".
    pub parts_of_day: Words,
    pub past: Words,
    pub future: Words,
    /// "during", "since", "until": how a preposition relates an event to a time.
    pub relations: Classes<TimeRelation>,
    /// Feasts with a fixed day: month, day.
    pub holidays: HashMap<String, (u8, u8)>,
    /// Nouns that make a time of what stands before: "era", "period", "rule".
    pub periods: Words,
}

/// Words by class. The file lists the words of each class, a look-up asks for the class of a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes<T>(HashMap<String, T>);

impl<T: Copy> Classes<T> {
    /// The class of a word, given as a lemma in lower case.
    pub fn get(&self, word: &str) -> Option<T> {
        self.0.get(word).copied()
    }

    pub fn contains(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// All words, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, T)> {
        self.0.iter().map(|(word, class)| (word.as_str(), *class))
    }
}

impl<'de, T: DeserializeOwned + Copy + Debug + Eq + Hash> Deserialize<'de> for Classes<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let lists = HashMap::<T, Vec<String>>::deserialize(deserializer)?;
        let mut words = HashMap::new();
        for (class, list) in lists {
            for word in list {
                if let Some(other) = words.insert(word.clone(), class) {
                    return Err(D::Error::custom(format!("`{word}` stands under {class:?} and under {other:?}")));
                }
            }
        }
        Ok(Classes(words))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pronoun {
    pub person: u8,
    pub number: Number,
    /// `None`: any.
    #[serde(default)]
    pub gender: Option<Gender>,
    pub role: PronounRole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    Singular,
    Plural,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    Female,
    Male,
    /// Things: "it".
    Neuter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PronounRole {
    Personal,
    Possessive,
    Reflexive,
    Relative,
    Demonstrative,
    Reciprocal,
    Indefinite,
}

/// What an office is, whatever its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    HeadOfState,
    HeadOfGovernment,
    /// One office that is both: the president of the United States.
    HeadOfStateAndGovernment,
    ViceHeadOfState,
    DeputyHeadOfGovernment,
    Foreign,
    Defence,
    Interior,
    Finance,
    Economy,
    Energy,
    Trade,
    /// Any other minister.
    Minister,
    Security,
    Intelligence,
    Military,
    Legislature,
    Judiciary,
    CentralBank,
    Governor,
    RegionalHead,
    Mayor,
    Ambassador,
    Envoy,
    Spokesperson,
    OrgHead,
    PartyHead,
    Party,
    Opposition,
    ArmedGroupLeader,
    ReligiousLeader,
    Legislator,
    /// In the government, title unknown.
    Government,
    Other,
}

impl Role {
    /// Whether a title of this role may be said of who holds that office: head of state and head of government are told apart
    /// by those who write constitutions.
    pub fn is_said_of(self, office: Role) -> bool {
        self == office
            || matches!((self, office), (Role::HeadOfState | Role::HeadOfGovernment, Role::HeadOfStateAndGovernment))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kin {
    Parent,
    Child,
    Sibling,
    Spouse,
    Other,
}

/// What a verb of saying does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speech {
    /// The speaker states it: "say", "add".
    Report,
    /// The speaker states it, the writer keeps away: "claim", "allege".
    Claim,
    /// The speaker states the contrary: "deny".
    Deny,
    /// The writer takes it for true: "admit", "reveal".
    Admit,
    /// "ask", "question".
    Ask,
    /// "urge", "demand": what is said is wanted.
    Demand,
    /// "promise", "vow", "threaten": what is said is planned.
    Promise,
    /// "warn": what is said is feared.
    Warn,
    /// "think", "believe".
    Believe,
    /// "praise", "condemn": a judgement of what is named.
    Judge,
    /// "predict", "expect".
    Predict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Implicative {
    /// "manage to meet": they met.
    Affirms,
    /// "refuse to meet": they did not.
    Negates,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    Begin,
    Continue,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Organ {
    Government,
    Military,
    Legislature,
    Ministry,
    Police,
    Intelligence,
    Judiciary,
    Diplomacy,
    Opposition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeRelation {
    During,
    From,
    Until,
    Before,
    After,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// UCUM code.
    pub code: String,
    /// What it measures: "length", "area", "mass".
    pub of: String,
    /// Size in the first unit of its kind (metre, square metre, kilogram, …), where values should be comparable.
    #[serde(default)]
    pub factor: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_class() {
        let lexicon = Lexicon::load(&Data::embedded()).unwrap();
        assert_eq!(lexicon.verbs.speech.get("deny"), Some(Speech::Deny));
        assert_eq!(lexicon.persons.offices.get("prime minister"), Some(Role::HeadOfGovernment));
        assert_eq!(lexicon.nouns.heads.get("river"), Some(Kind::Place));
        assert_eq!(lexicon.persons.pronouns["she"].gender, Some(Gender::Female));
        assert_eq!(lexicon.persons.gender.get("queen"), Some(Gender::Female));
        assert_eq!(lexicon.verbs.modals.get("may"), Some(Modality::Possible));
        assert!(lexicon.verbs.light["hold"].contains("talk"));
        assert_eq!(lexicon.measures.units["kilometer"].code, "km");
        assert_eq!(lexicon.time.months["september"], 9);
    }

    #[test]
    fn words_are_written_as_they_are_looked_up() {
        let lexicon = Lexicon::load(&Data::embedded()).unwrap();
        let words = (lexicon.verbs.speech.iter().map(|(word, _)| word))
            .chain(lexicon.persons.offices.iter().map(|(word, _)| word))
            .chain(lexicon.nouns.heads.iter().map(|(word, _)| word))
            .chain(lexicon.persons.titles.iter().map(String::as_str));
        for word in words {
            assert_eq!(word, word.to_lowercase().trim(), "lower case, no blanks around");
        }
    }

    #[test]
    fn a_word_has_one_class_per_list() {
        let error = ron::from_str::<Classes<Speech>>(r#"{ deny: ["say"], report: ["say"] }"#).unwrap_err();
        assert!(error.to_string().contains("`say` stands under"), "{error}");
    }
}
