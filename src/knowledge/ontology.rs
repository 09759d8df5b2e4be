//! The ontology: which relation types there are, and which words say them.
//!
//! One RON entry holds a type whole: meaning, kinds of its ends, event code, triggers and its own test sentences.
//!
//! ```ron
//! (
//!     name: "borders", about: "shares a land border with", symmetric: true,
//!     subject: [country], object: [country],
//!     triggers: [Verb(lemmas: ["border"])],
//!     examples: [("Chad borders Sudan.", [("Chad", "Sudan")]), ("The plan borders on madness.", [])],
//! )
//! ```
//!
//! Rust never names a type; behaviour hangs on the entry's properties.

use std::collections::{HashMap, HashSet};

use ron::extensions::Extensions;
use serde::Deserialize;

use super::data::{Data, File};
use super::lexicon::Lexicon;
use super::plover::Plover;
pub use super::triggers::{ANY_WORD, Frame, Slot, Trigger};
use crate::error::{Error, Result};
use crate::record::Kind;

/// The relation types with an index of the words that trigger them.
#[derive(Debug, Default)]
pub struct Ontology {
    pub types: Vec<RelationType>,
    /// Preposition ▶ role of what it brings where no value, place or entity says better.
    pub circumstances: HashMap<String, String>,
    /// Lemma ▶ (type, trigger), in file order.
    by_lemma: HashMap<String, Vec<(usize, usize)>>,
    /// Nouns that may be an end themselves: "truce" of "broke the truce".
    matters: HashSet<String>,
}

/// One relation type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationType {
    pub name: String,
    /// Completes "subject … object".
    pub about: String,
    #[serde(default)]
    pub symmetric: bool,
    /// The type that says the same from the other end.
    #[serde(default)]
    pub inverse: Option<String>,
    pub subject: Vec<End>,
    pub object: Vec<End>,
    /// `None` for a state of affairs.
    #[serde(default)]
    pub event: Option<EventCode>,
    /// The object has room for the subject: pairs that the reference base rules out are no pairs.
    #[serde(default)]
    pub within: bool,
    /// Of a type whose object is a value: UCUM units that it may have, `currency` for any money.
    #[serde(default)]
    pub units: Vec<String>,
    /// What of the reference base such a statement may be laid beside.
    #[serde(default)]
    pub reference: Option<Reference>,
    /// The events after which this state of affairs holds between the same two, and those after which it no longer does.
    #[serde(default)]
    pub begun_by: Vec<String>,
    #[serde(default)]
    pub ended_by: Vec<String>,
    /// Wikidata property.
    #[serde(default)]
    pub wikidata: Option<String>,
    /// Names it had in earlier releases.
    #[serde(default)]
    pub formerly: Vec<String>,
    pub triggers: Vec<Trigger>,
    /// Sentences with the (subject, object) pairs that this type gives, near misses included.
    pub examples: Vec<(String, Vec<(String, String)>)>,
}

/// A property that the reference base holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    Border,
    Capital,
    Member,
    Office,
    Population,
    Area,
    Gdp,
    Growth,
    MilitarySpending,
    Partner,
}

/// What may stand at an end: a kind of entity, a family of kinds, or a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Person,
    Country,
    Region,
    City,
    Place,
    Organization,
    Intergovernmental,
    ArmedGroup,
    Facility,
    Agreement,
    Event,
    People,
    Office,
    Other,
    /// Whoever can act: persons, states, organizations, armed groups, peoples, offices.
    Actor,
    /// Whatever can be on a map: countries, regions, cities, places, facilities.
    Location,
    /// Any entity.
    Anything,
    /// A number with its unit instead of an entity.
    Value,
}

impl End {
    /// The kinds it covers.
    pub fn kinds(self) -> &'static [Kind] {
        use Kind as K;
        match self {
            End::Person => &[K::Person],
            End::Country => &[K::Country],
            End::Region => &[K::Region],
            End::City => &[K::City],
            End::Place => &[K::Place],
            End::Organization => &[K::Organization],
            End::Intergovernmental => &[K::Intergovernmental],
            End::ArmedGroup => &[K::ArmedGroup],
            End::Facility => &[K::Facility],
            End::Agreement => &[K::Agreement],
            End::Event => &[K::Event],
            // "the ministers"
            End::People => &[K::People, K::Office],
            End::Office => &[K::Office],
            End::Other => &[K::Other],
            End::Actor => &[
                K::Person,
                K::Country,
                K::Region,
                K::Organization,
                K::Intergovernmental,
                K::ArmedGroup,
                K::People,
                K::Office,
            ],
            End::Location => &[K::Country, K::Region, K::City, K::Place, K::Facility],
            End::Anything => &K::ALL,
            End::Value => &[],
        }
    }
}

/// Whether an entity of this kind may stand at an end.
pub fn admits(ends: &[End], kind: Kind) -> bool {
    ends.iter().any(|end| end.kinds().contains(&kind))
}

/// How an event is coded.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventCode {
    /// `None` where PLOVER has no code for it.
    #[serde(default)]
    pub plover: Option<Plover>,
    #[serde(default)]
    pub mode: Option<String>,
    #[serde(default)]
    pub cameo: Option<String>,
    #[serde(default)]
    pub contexts: Vec<String>,
}

impl EventCode {
    /// The code of a type as the words of a frame say it; another class keeps nothing of the type's own.
    pub fn said_by(&self, frame: &Frame) -> EventCode {
        let own = if frame.plover.is_some() { EventCode::default() } else { self.clone() };
        EventCode {
            plover: frame.plover.or(own.plover),
            mode: frame.mode.clone().or(own.mode),
            cameo: frame.cameo.clone().or(own.cameo),
            contexts: self.contexts.clone(),
        }
    }
}

impl RelationType {
    /// Whether a value in this unit may be the object.
    pub fn admits_unit(&self, unit: &str) -> bool {
        let is_money = unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase());
        let fits = |admitted: &String| admitted == unit || admitted == "currency" && is_money;
        self.units.is_empty() || self.units.iter().any(fits)
    }
}

impl Ontology {
    /// The entries of all files in `ontology/`, checked together.
    pub fn load(data: &Data) -> Result<Ontology> {
        let circumstances = data.ron("lexicon/circumstances.ron")?;
        let mut ontology = Ontology { circumstances, ..Ontology::default() };
        let mut origin = Vec::new();
        for file in data.files("ontology/")? {
            let types = read(&file)?;
            let File { path, text } = file;
            origin.extend(types.iter().map(|relation| place_of(&path, &text, &relation.name)));
            ontology.types.extend(types);
        }
        let mut by_lemma: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (index, relation) in ontology.types.iter().enumerate() {
            if let Some((problem, advice)) = ontology.fault(index) {
                let (path, line, column) = origin[index].clone();
                return Err(Error::Syntax { path, line, column, problem, advice });
            }
            for (position, trigger) in relation.triggers.iter().enumerate() {
                for lemma in &trigger.frame().lemmas {
                    by_lemma.entry(lemma.clone()).or_default().push((index, position));
                }
            }
        }
        let frames = ontology.types.iter().flat_map(|relation| &relation.triggers).map(Trigger::frame);
        let matters = frames.filter(|frame| frame.object.may_be(&Slot::Noun)).flat_map(|frame| &frame.nouns);
        let matters = matters.cloned().collect();
        Ok(Ontology { by_lemma, matters, ..ontology })
    }

    /// The type of this name, or the one that bore it in an earlier release.
    pub fn get(&self, name: &str) -> Option<&RelationType> {
        let current = self.types.iter().find(|relation| relation.name == name);
        current.or_else(|| self.types.iter().find(|relation| relation.formerly.iter().any(|old| old == name)))
    }

    /// The triggers of a lemma, in file order.
    pub fn triggers(&self, lemma: &str) -> impl Iterator<Item = (&RelationType, &Trigger)> {
        let found = self.by_lemma.get(lemma).map_or(&[][..], |found| found);
        found.iter().map(|&(index, position)| (&self.types[index], &self.types[index].triggers[position]))
    }

    /// Whether what this noun describes may be an end of a relation, though it be neither party nor place.
    pub fn matters(&self, lemma: &str) -> bool {
        self.matters.contains(lemma)
    }

    /// Phrases that no sentence can match: the reader forms a verb with one particle or preposition, and adjectives of a
    /// single word.
    pub fn unreachable(types: &[RelationType], lexicon: &Lexicon) -> Vec<String> {
        let is_formed = |trigger: &Trigger, lemma: &str| match trigger {
            Trigger::Noun(_) | Trigger::Attached(_) => true,
            Trigger::Adjective(_) => !lemma.contains(' '),
            Trigger::Verb(_) => lemma.split_once(' ').is_none_or(|(_, particle)| {
                lexicon.verbs.phrasal.contains(lemma) || lexicon.verbs.particles.contains(particle)
            }),
        };
        let triggers = types.iter().flat_map(|relation| relation.triggers.iter().map(move |one| (relation, one)));
        let lemmas =
            triggers.flat_map(|(relation, one)| one.frame().lemmas.iter().map(move |lemma| (relation, one, lemma)));
        let never = lemmas.filter(|(_, trigger, lemma)| !is_formed(trigger, lemma));
        never.map(|(relation, one, lemma)| format!("{}: {} `{lemma}`", relation.name, one.part_of_speech())).collect()
    }

    /// Lemmas that say several types in the same frame: the narrower kinds win, then file order.
    pub fn ties(&self) -> Vec<String> {
        let mut ties = Vec::new();
        for (lemma, found) in &self.by_lemma {
            for (nth, first) in found.iter().enumerate() {
                for second in found[nth + 1..].iter().filter(|second| second.0 != first.0) {
                    let [one, two] = [first, second].map(|&(index, position)| &self.types[index].triggers[position]);
                    let same = one.part_of_speech() == two.part_of_speech()
                        && one.frame().object == two.frame().object
                        && one.frame().subject == two.frame().subject
                        && (one.frame().nouns.is_empty() && two.frame().nouns.is_empty()
                            || one.frame().nouns.iter().any(|noun| two.frame().nouns.contains(noun)));
                    if same {
                        let names = [first, second].map(|&(index, _)| self.types[index].name.as_str());
                        ties.push(format!("{} `{lemma}`: {} or {}", one.part_of_speech(), names[0], names[1]));
                    }
                }
            }
        }
        ties.sort();
        ties.dedup();
        ties
    }

    /// What is wrong with an entry beyond its syntax, and what to do about it.
    fn fault(&self, index: usize) -> Option<(String, String)> {
        let relation = &self.types[index];
        let name = &relation.name;
        let named = |other: &str| self.types.iter().any(|relation| relation.name == other);
        if self.types[..index].iter().any(|earlier| earlier.name == *name) {
            return Some((format!("a second type is called `{name}`"), "rename one, or join the two entries".into()));
        }
        if let Some(inverse) = relation.inverse.as_deref().filter(|inverse| !named(inverse)) {
            return Some((
                format!("`{name}` names an unknown inverse `{inverse}`"),
                "add that type, or drop `inverse`".into(),
            ));
        }
        let mut changes = relation.begun_by.iter().chain(&relation.ended_by);
        if let Some(change) = changes.find(|change| !named(change)) {
            return Some((
                format!("`{name}` is begun or ended by an unknown type `{change}`"),
                "add that type, or drop the name".into(),
            ));
        }
        let codes = relation.event.iter().map(|event| (event.plover, &event.mode, &event.cameo));
        let plover = relation.event.as_ref().and_then(|event| event.plover);
        let frames = relation.triggers.iter().map(Trigger::frame);
        let frames = frames.map(|frame| (frame.plover.or(plover), &frame.mode, &frame.cameo));
        for (plover, mode, cameo) in codes.chain(frames) {
            let Some(plover) = plover else { continue };
            if let Some(mode) = mode.as_deref().filter(|mode| !plover.has_mode(mode)) {
                let modes: Vec<_> = plover.modes().collect();
                let problem = format!("`{name}`: {} has no mode `{mode}`", plover.name());
                return Some((problem, format!("its modes are: {}", modes.join(", "))));
            }
            if let Some(cameo) = cameo.as_deref().filter(|cameo| !plover.covers(cameo)) {
                let problem = format!("`{name}`: CAMEO {cameo} does not belong to {}", plover.name());
                return Some((problem, format!("its codes begin with {}", plover.cameo_root())));
            }
        }
        let silent = relation.triggers.iter().any(|trigger| trigger.frame().lemmas.is_empty());
        silent.then(|| (format!("`{name}` has a trigger without lemmas"), "list at least one word in `lemmas`".into()))
    }
}

/// RON with optional values and trigger frames written plainly.
/// The entries of one file, each by itself.
pub fn read(file: &File) -> Result<Vec<RelationType>> {
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    options.from_str(&file.text).map_err(|error| Error::ron(&file.path, &error))
}

/// Path, line and column of the entry of this name.
fn place_of(path: &str, contents: &str, name: &str) -> (String, usize, usize) {
    let at = contents.find(&format!("name: \"{name}\"")).unwrap_or(0);
    let line_start = contents[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (path.to_string(), contents[..at].matches('\n').count() + 1, at - line_start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = r#"[(
        name: "borders", about: "shares a land border with", symmetric: true, subject: [country], object: [country],
        triggers: [Verb(lemmas: ["border"])],
        examples: [],
    )]"#;

    fn load(text: &str) -> std::result::Result<Vec<RelationType>, String> {
        let file = File { path: "mine.ron".into(), text: text.to_string().into() };
        read(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn triggers_are_found_by_lemma() {
        let ontology = Ontology::load(&Data::embedded()).unwrap();
        let names: Vec<&str> = ontology.triggers("adjoin").map(|(relation, _)| relation.name.as_str()).collect();
        assert_eq!(names, ["borders"]);
        assert!(ontology.types.len() >= 40);
        assert_eq!(ontology.get("talks_with").map(|relation| relation.name.as_str()), Some("speaks_to"));
    }

    #[test]
    fn a_misspelt_field_is_shown_with_its_place() {
        assert!(load(PLAIN).is_ok());
        let error = load(&PLAIN.replace("about", "abuot")).unwrap_err();
        assert!(error.starts_with("mine.ron:2:") && error.contains("abuot") && error.contains("about"), "{error}");
        let error = load(&PLAIN.replace("[country]", "[contry]")).unwrap_err();
        assert!(error.contains("contry"), "{error}");
    }

    #[test]
    fn codes_and_names_are_checked() {
        let types = |text: &str| Ontology { types: load(text).unwrap(), ..Ontology::default() };
        let fault = |text: &str| types(text).fault(0).map(|(problem, _)| problem).unwrap_or_default();
        assert_eq!(fault(PLAIN), "");
        assert!(fault(&PLAIN.replace("symmetric: true", "inverse: \"no_such\"")).contains("unknown inverse"));
        let coded = |code: &str| PLAIN.replace("symmetric: true", &format!("event: (plover: Consult, {code})"));
        assert!(fault(&coded("mode: \"fax\"")).contains("no mode `fax`"));
        assert!(fault(&coded("cameo: \"190\"")).contains("does not belong to CONSULT"));
    }

    #[test]
    fn a_second_type_of_one_name_is_refused() {
        let mut types = load(PLAIN).unwrap();
        types.extend(load(PLAIN).unwrap());
        let ontology = Ontology { types, ..Ontology::default() };
        assert!(ontology.fault(0).is_none());
        assert!(ontology.fault(1).is_some_and(|(problem, _)| problem.contains("second type")));
    }
}
