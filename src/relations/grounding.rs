//! Grounding: propositions and the ontology to typed relations between entities.
//!
//! `meet`, subject `Putin`, object `Xi`, oblique `in Samarkand` finds the trigger `Verb(lemmas: ["meet"])` of a type whose
//! ends may be persons, and becomes that type between the two entities, with place Samarkand.
//!
//! Of several triggers the one with more filled slots wins, then the narrower kinds, then file order; a second type may
//! only speak of another pair.

use std::collections::HashSet;

use itertools::iproduct;

use super::coding::{Pair, Telling};
use super::ends::{self, Party};
use super::slots::{self, Filling, Part, Reading};
use super::{Proposition, Speaker, attached, changes, confidence, containment, happenings, incumbents, qualifiers};
use crate::document::{Deprel, Document, TokenId, Word};
use crate::entities::values::{self, Content, Value};
use crate::entities::{Entities, LinkedMention, specification};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::Aspect;
use crate::knowledge::ontology::{ANY_WORD, End, EventCode, Frame, RelationType, Slot, Trigger, admits};
use crate::knowledge::plover::Plover;
use crate::record::{Attribution, Form, Kind, Modality, Object, Polarity, Quantity, Relation, Role, Validity};

/// The relations of an article in reading order, numbered, events told apart.
pub fn ground(
    document: &Document<'_>,
    propositions: &[Proposition],
    entities: &Entities,
    values: &[Value],
    knowledge: &Knowledge,
) -> Vec<Relation> {
    let grounder = Grounder { document, propositions, entities, values, knowledge };
    let attachments = attached::find(document, entities);
    let read = |proposition: &Proposition| grounder.read(slots::readings(document, proposition));
    let findings: Vec<Vec<Finding>> = propositions.iter().map(read).collect();
    let absorbed: HashSet<TokenId> =
        findings.iter().flatten().filter(|finding| finding.frame.absorbs).flat_map(|finding| finding.below()).collect();
    let mut events = Telling::new(document, knowledge, propositions);
    for (proposition, findings) in propositions.iter().zip(&findings) {
        for finding in findings.iter().filter(|finding| finding.tells()) {
            events.note(proposition.predicate.head, finding.reading.noun, finding.pair());
        }
    }
    // Who agrees not to do something promises nothing to what it would be done to.
    let telling: HashSet<TokenId> = propositions
        .iter()
        .zip(&findings)
        .filter(|(proposition, findings)| {
            proposition.polarity == Polarity::Negated || findings.iter().any(Finding::tells)
        })
        .map(|(proposition, _)| proposition.predicate.head)
        .collect();
    let mut relations: Vec<Relation> = Vec::new();
    let said = propositions
        .iter()
        .zip(findings)
        .chain(attachments.iter().map(|(proposition, reading)| (proposition, grounder.read(vec![reading.clone()]))));
    for (proposition, findings) in said {
        if absorbed.contains(&proposition.predicate.head) {
            continue;
        }
        let is_told_below = |finding: &Finding| {
            let below = finding.below().into_iter().chain(finding.object_word());
            finding.frame.yields && below.into_iter().any(|below| telling.contains(&below))
        };
        for finding in findings.iter().filter(|finding| !is_told_below(finding)) {
            let relation = grounder.relation(proposition, finding, &events);
            match relations.iter_mut().find(|earlier| says_the_same(earlier, &relation)) {
                Some(earlier) => enrich(earlier, relation),
                None => relations.push(relation),
            }
        }
    }
    relations.sort_by_key(|relation| relation.evidence.start);
    for (id, relation) in relations.iter_mut().enumerate() {
        relation.id = id as u32;
    }
    happenings::number(&mut relations);
    changes::follow(&mut relations, &knowledge.ontology);
    relations
}

#[derive(Clone, Copy)]
struct Grounder<'a> {
    document: &'a Document<'a>,
    propositions: &'a [Proposition],
    entities: &'a Entities,
    values: &'a [Value],
    knowledge: &'a Knowledge,
}

/// One trigger that fits, with one pair at its ends.
struct Finding<'a> {
    relation_type: &'a RelationType,
    trigger: &'a Trigger,
    frame: &'a Frame,
    lemma: String,
    reading: Reading<'a>,
    subject: Party,
    object: Other,
    /// Arguments and words at the ends: what is left is circumstance.
    used: Vec<usize>,
    ends: Vec<Word<'a>>,
    rank: (usize, usize),
    /// Unless another finding of the clause tells the event: "Chad and Niger signed a pact" is one, between the two.
    is_coded: bool,
}

/// What stands at the object's end.
#[derive(Clone, Debug, PartialEq)]
enum Other {
    Entity(Party),
    Value(Quantity),
}

impl Other {
    fn party(&self) -> Option<&Party> {
        match self {
            Other::Entity(party) => Some(party),
            Other::Value(_) => None,
        }
    }
}

impl Finding<'_> {
    /// The entities of the pair, smaller first; a value stands for none.
    fn pair(&self) -> Pair {
        match &self.object {
            Other::Entity(party) => {
                (self.subject.entity.min(party.entity), Some(self.subject.entity.max(party.entity)))
            }
            Other::Value(_) => (self.subject.entity, None),
        }
    }

    /// The word that the object was read from.
    fn object_word(&self) -> Option<TokenId> {
        self.object.party().map(|party| party.word)
    }

    fn noun(&self) -> Option<TokenId> {
        self.reading.noun.map(Word::id)
    }

    fn class(&self) -> Option<Plover> {
        self.code()?.plover
    }

    fn code(&self) -> Option<EventCode> {
        self.relation_type.event.as_ref().map(|code| code.said_by(self.frame))
    }

    /// Whether it tells an event that has a code, whatever the clause below it tells.
    fn tells(&self) -> bool {
        !self.frame.yields && self.code().is_some_and(|code| code.plover.is_some() || code.cameo.is_some())
    }

    /// Whether its object is the light verb's noun itself.
    fn is_of_noun(&self) -> bool {
        matches!(&self.object, Other::Entity(party) if self.reading.noun.is_some_and(|noun| noun.id() == party.word))
    }

    /// The predicates of the clauses that depend on this one.
    fn below(&self) -> Vec<TokenId> {
        let clauses = self.reading.phrases.iter().filter(|phrase| phrase.role == Role::Complement);
        let clauses = clauses.flat_map(|phrase| phrase.heads.iter().copied());
        clauses.flat_map(|head| [Some(head), head.child(Deprel::Cop)]).flatten().map(|word| word.id()).collect()
    }
}

impl<'a> Grounder<'a> {
    /// What one proposition says, best trigger first, each pair once.
    fn read(self, readings: Vec<Reading<'a>>) -> Vec<Finding<'a>> {
        let mut found = Vec::new();
        for reading in &readings {
            for (depth, lemma) in reading.lemmas.iter().enumerate() {
                for (relation_type, trigger) in self.knowledge.ontology.triggers(lemma) {
                    if Part::of(trigger) == reading.part {
                        found.extend(self.fit(reading, lemma, relation_type, trigger));
                    }
                }
                // "prime minister" is not also read as "minister".
                if depth + 1 < reading.lemmas.len() && !found.is_empty() {
                    break;
                }
            }
        }
        if found.is_empty() {
            for reading in readings.iter().take(1).filter(|reading| reading.part == Part::Verb) {
                for (relation_type, trigger) in self.knowledge.ontology.triggers(ANY_WORD) {
                    let fitting = self.fit(reading, &reading.lemmas[0], relation_type, trigger);
                    found.extend(fitting.into_iter().filter(|finding| self.is_between_names(finding)));
                }
            }
        }
        // "held talks with Australia" is about Australia: the noun itself counts where nobody else is there.
        let of_nouns: Vec<TokenId> =
            found.iter().filter(|finding| finding.is_of_noun()).filter_map(Finding::object_word).collect();
        if found.iter().any(|finding| finding.object_word().is_none_or(|word| !of_nouns.contains(&word))) {
            found.retain(|finding| !finding.is_of_noun());
        }
        let told: Vec<bool> =
            found.iter().map(|finding| found.iter().any(|other| self.is_told_by(finding, other))).collect();
        let coded: Vec<bool> =
            found.iter().map(|finding| !found.iter().any(|other| self.is_coded_by(finding, other))).collect();
        for (finding, is_coded) in found.iter_mut().zip(coded) {
            finding.is_coded = is_coded;
        }
        let mut told = told.into_iter();
        found.retain(|_| !told.next().expect("each finding was looked at"));
        found.sort_by_key(|finding| std::cmp::Reverse(finding.rank));
        let mut kept: Vec<Finding> = Vec::new();
        for finding in found {
            if !kept.iter().any(|earlier| earlier.pair() == finding.pair()) {
                kept.push(finding);
            }
        }
        kept
    }

    /// Whether another finding of the clause tells this one already.
    fn is_told_by(self, finding: &Finding, other: &Finding) -> bool {
        let is_other_type = finding.relation_type.name != other.relation_type.name;
        let object = finding.object_word();
        let is_its_noun = |word: Option<TokenId>| word.is_some() && word == other.noun();
        let is_about_party = other.object.party().is_some() && !self.is_of_matter(other) && !other.is_of_noun();
        let stays = || object.is_some_and(|word| self.stays(word));
        // "killed two people in Kabul": where a deed was done does not suffer it a second time, under another name.
        let is_scene = finding.frame.object.is_place() && !other.frame.object.is_place();
        let is_same_class = || finding.class().is_some_and(|class| other.class() == Some(class));
        if is_scene && is_other_type && is_same_class() && object != other.object_word() {
            return true;
        }
        // "rejected a request by Oslo" is about Oslo, and not about the request too; "held talks in Oslo" says where they met, and
        // who holds talks with Oslo on trade does not hold them with trade.
        if finding.noun().is_some() {
            let is_noun = |word: Option<TokenId>| {
                is_its_noun(word) && word.is_some_and(|word| !is_other_type || !self.stays(word))
            };
            return self.is_of_matter(finding) && is_about_party && (is_noun(finding.noun()) || is_noun(object));
        }
        // "summoned the ambassador of Chad": what a noun's frame reads in a phrase, no plain frame reads again.
        let kind = finding.object.party().map(|party| self.entities.get(party.entity).kind);
        let is_somebody = matches!(kind, Some(Kind::Person | Kind::Office | Kind::People));
        let is_read = is_other_type
            && is_somebody
            && !other.is_of_noun()
            && !other.frame.object.is_place()
            && other.reading.noun_at.is_some_and(|at| finding.used.contains(&at));
        // "blocked roads in Chad": the noun has been read as what says it.
        let is_said = is_its_noun(object)
            && if self.is_of_matter(finding) {
                !is_other_type || !stays()
            } else {
                is_other_type && is_about_party && !stays()
            };
        is_read || is_said || is_its_noun(Some(finding.subject.word))
    }

    /// Whether another finding of the clause has the code of the event that this one tells too.
    fn is_coded_by(self, finding: &Finding, other: &Finding) -> bool {
        let is_other_type = finding.relation_type.name != other.relation_type.name;
        // "held joint exercises": what more of the noun says is no show of force.
        let is_same_noun = finding.noun().is_some() && finding.noun() == other.noun();
        if is_other_type && is_same_noun && other.tells() && other.rank.0 > finding.rank.0 {
            return true;
        }
        let Some(object) = finding.object_word().filter(|_| self.is_of_matter(finding)) else { return false };
        let is_about_party = other.object.party().is_some() && !self.is_of_matter(other);
        // "signed a pact with Chad", "asked the bank for a loan": one event, with the party.
        let is_pact = is_other_type && other.noun() == Some(object) && !other.is_of_noun();
        let is_beside = !self.stays(object) && finding.class().is_some_and(|class| other.class() == Some(class));
        is_about_party && (is_pact || is_beside)
    }

    /// Whether its object is neither party nor place.
    fn is_of_matter(self, finding: &Finding) -> bool {
        let kind = finding.object.party().map(|party| self.entities.get(party.entity).kind);
        matches!(kind, Some(Kind::Other | Kind::Event | Kind::Agreement))
    }

    /// What has a name or is signed stays a thing of its own.
    fn stays(self, word: TokenId) -> bool {
        let linked = self.entities.mention_at(self.document.word(word));
        linked.is_some_and(|linked| {
            linked.mention.form == Form::Name || self.entities.get(linked.entity).kind == Kind::Agreement
        })
    }

    /// Both ends have names: what two described things have to do with each other is too little to be told so vaguely.
    fn is_between_names(self, finding: &Finding<'_>) -> bool {
        let is_named = |party: &Party| {
            let is_name = |linked: &LinkedMention| linked.entity == party.entity && linked.mention.form == Form::Name;
            !self.entities.get(party.entity).refs.is_empty() || self.entities.mentions.iter().any(is_name)
        };
        is_named(&finding.subject) && finding.object.party().is_some_and(is_named)
    }

    /// The pairs that a trigger finds in a reading.
    fn fit(
        self,
        reading: &Reading<'a>,
        lemma: &str,
        relation_type: &'a RelationType,
        trigger: &'a Trigger,
    ) -> Vec<Finding<'a>> {
        let frame = trigger.frame();
        let Some(reading) = slots::with_noun(reading, frame) else { return Vec::new() };
        let subject_ends = narrower(&frame.subject_kinds, &relation_type.subject);
        let object_ends = narrower(&frame.object_kinds, &relation_type.object);
        let mut reading = reading;
        if reading.part == Part::Noun && reading.subjects.is_empty() && relation_type.event.is_none() {
            reading.subjects = self.holder(reading.head).into_iter().collect();
        }
        let predicate = reading.head;
        let stands_for = |heads: &[Word<'a>]| {
            let meant = |&head: &Word<'a>| ends::described(head, self.entities, self.knowledge).unwrap_or(head);
            let meant: Vec<Word> = heads.iter().map(meant).collect();
            let doers = |&deed: &Word<'a>| ends::doers(deed, subject_ends, self.entities, self.knowledge);
            let doers: Vec<Party> = meant.iter().filter(|_| relation_type.event.is_some()).flat_map(doers).collect();
            if doers.is_empty() { self.parties(predicate, &meant, subject_ends) } else { doers }
        };
        let mut subjects = self.filled(&reading, &frame.subject, stands_for);
        if subjects.is_none() && reading.part == Part::Noun && frame.subject == Slot::Subject {
            reading.subjects = self.borrowed(reading.head);
            subjects = self.filled(&reading, &frame.subject, stands_for);
        }
        // "the Thai foreign minister" is who holds the office, named or not.
        let is_office = reading.lemmas.iter().any(|name| self.knowledge.lexicon.persons.offices.contains(name));
        let is_body = || self.entities.of(reading.head).is_some_and(|entity| entity.kind != Kind::Person);
        let is_state = relation_type.event.is_none() && !relation_type.symmetric;
        let says_of_itself = reading.part == Part::Noun && is_state && (is_office || is_body());
        if subjects.is_none() && says_of_itself && frame.subject == Slot::Subject {
            reading.subjects = vec![reading.head];
            subjects = self.filled(&reading, &frame.subject, stands_for);
        }
        let Some((subjects, left)) = subjects else { return Vec::new() };
        // "urged the leaders of the bloc" makes nobody their leader.
        let is_one_of_many = reading.part == Part::Noun && reading.head.xpos() == "NNS" && subjects.heads.len() == 1;
        if is_one_of_many && left.iter().all(|party| self.entities.get(party.entity).kind == Kind::Person) {
            return Vec::new();
        }
        let plover = relation_type.event.as_ref().and_then(|event| event.plover);
        let is_assault = plover == Some(Plover::Assault);
        let mut filled = self.filled(&reading, &frame.object, |heads| {
            let mut others = self.others(predicate, heads, object_ends);
            // "blocked the roads to demand fuel": whose demand it is, the subject has said.
            others.retain(|other| {
                !other.party().is_some_and(|party| party.is_lifted && left.iter().any(|one| one.entity == party.entity))
            });
            if others.is_empty() && is_assault && frame.nouns.is_empty() {
                self.scenes(heads, object_ends)
            } else {
                others
            }
        });
        if filled.is_none() && reading.part == Part::Noun && frame.object == Slot::Owner {
            filled = self.office_of(&left, lemma, object_ends).map(|owner| (Filling::default(), vec![owner]));
        }
        // "imposed a curfew in Kano": a matter that nobody stands behind hands over to the party beside it. Talks in Kano are
        // not with Kano.
        let is_matter = |filling: &Filling<'a>| filling.heads.first().is_some_and(|head| Some(*head) == reading.noun);
        let is_talk = relation_type.symmetric || matches!(plover, Some(Plover::Consult | Plover::Agree));
        if !is_talk && filled.as_ref().is_some_and(|(filling, _)| is_matter(filling)) {
            let beside = slots::fill(&reading, &slots::beside(), &self.knowledge.lexicon);
            let parties = self.parties(predicate, &beside.heads, &[End::Country, End::Location, End::ArmedGroup]);
            let others: Vec<Other> = parties.into_iter().map(Other::Entity).collect();
            if !others.is_empty() {
                filled = Some((beside, others));
            }
        }
        let Some((objects, right)) = filled else { return Vec::new() };
        if frame.alone && slots::has_other_object(&reading, &objects) {
            return Vec::new();
        }
        let used = [subjects.arguments, objects.arguments].concat();
        let ends = [subjects.heads, objects.heads].concat();
        let is_mutual = relation_type.symmetric && frame.subject == frame.object;
        let named = reading.noun.map_or(0, |noun| slots::listed_words(noun, &frame.nouns));
        let rank = (specificity(frame, lemma) + named, usize::MAX - breadth(object_ends) - breadth(subject_ends));
        let list = |party: &Party| self.document.word(party.word).first_conjunct();
        let is_listed_with = |subject: &Party, object: &Party| {
            let mut listed = right.iter().filter_map(Other::party).filter(|other| list(other) == list(object));
            !is_mutual && reading.part != Part::Verb && listed.any(|other| other.entity == subject.entity)
        };
        let is_pair = |subject: &Party, object: &Other| match object {
            Other::Entity(object) => {
                object.entity != subject.entity
                    && !(object.is_lifted && object.word == subject.word)
                    && !(is_assault && self.owns(subject, object))
                    // What belongs to somebody may do or suffer for its owner, but is not what its owner is.
                    && !(relation_type.event.is_none() && (subject.is_owner || object.is_owner))
                    // "the states of Texas and Ohio"
                    && !is_listed_with(subject, object)
                    // "The members are Chad and Mali"
                    && !specification::named(self.document.word(subject.word)).contains(&self.document.word(object.word))
                    && (!relation_type.within || self.can_contain(subject, object))
                    && (!frame.known || !self.entities.get(object.entity).refs.is_empty())
            }
            Other::Value(quantity) => relation_type.admits_unit(&quantity.unit),
        };
        // "Macron and Scholz visited Kyiv and Warsaw, respectively"
        let is_respective = left.len() == right.len()
            && self.document.words_in(predicate.sentence().tokens.clone()).any(|word| word.lemma() == "respectively");
        let pairs = iproduct!(left.iter().enumerate(), right.iter().enumerate())
            .filter(|((i, _), (j, _))| (!is_mutual || i < j) && (!is_respective || i == j))
            .filter(|((_, subject), (_, object))| is_pair(subject, object));
        let finding = |((_, subject), (_, object)): ((usize, &Party), (usize, &Other))| Finding {
            relation_type,
            trigger,
            frame,
            lemma: lemma.to_string(),
            reading: reading.clone(),
            subject: *subject,
            object: object.clone(),
            used: used.clone(),
            ends: ends.clone(),
            rank,
            is_coded: true,
        };
        pairs.map(finding).collect()
    }

    fn can_contain(self, inner: &Party, outer: &Party) -> bool {
        containment::is_possible(self.entities.get(inner.entity), self.entities.get(outer.entity), &self.knowledge.base)
    }

    /// Whose office a person of the reference base holds, where the text does not say.
    fn office_of(self, holders: &[Party], title: &str, ends: &[End]) -> Option<Other> {
        let [holder] = holders else { return None };
        let date = self.document.article().date;
        let person = self.entities.get(holder.entity);
        let country = incumbents::country(person, title, date, self.entities, self.knowledge)?;
        let admits = ends.iter().any(|end| end.kinds().contains(&Kind::Country));
        admits.then_some(Other::Entity(Party { entity: country, ..*holder }))
    }

    /// Who a noun is said of where no clause says it: "envoy Volker", "Volker, envoy to Kyiv".
    fn holder(self, noun: Word<'a>) -> Option<Word<'a>> {
        let behind = ends::name_from(noun.index() + 1, self.entities);
        let first = slots::first_of_phrase(noun);
        let comma =
            first.previous().filter(|comma| comma.text() == "," && comma.sentence_index() == noun.sentence_index());
        let before = || ends::name_before(comma?.index(), self.entities);
        behind.or_else(before).map(|name| self.document.word(name))
    }

    /// The subject of the verb that keeps, starts or wants what a noun says: "keep the alliance with Moscow".
    fn borrowed(self, noun: Word<'a>) -> Vec<Word<'a>> {
        let lexicon = &self.knowledge.lexicon;
        let verbs = &lexicon.verbs;
        let governs = |verb: &Word| {
            let lemma = verb.lemma().to_lowercase();
            noun.deprel() == Deprel::Obj
                && lexicon.nouns.heads.get(&noun.lemma().to_lowercase()) != Some(Kind::Person)
                && (matches!(verbs.aspect.get(&lemma), Some(Aspect::Begin | Aspect::Continue))
                    || matches!(verbs.complements.get(&lemma), Some(Modality::Desired | Modality::Planned))
                    || verbs.light.contains_key(&lemma))
        };
        let Some(verb) = noun.head().filter(governs) else { return Vec::new() };
        let clause = self.propositions.iter().find(|proposition| proposition.predicate.head == verb.id());
        clause.map_or(Vec::new(), |clause| clause.subjects.iter().map(|&id| self.document.word(id)).collect())
    }

    /// "Clashes killed Kenyan soldiers" does not say that Kenya killed its own.
    fn owns(self, subject: &Party, object: &Party) -> bool {
        let owners = slots::modifiers(self.document.word(object.word)).into_iter();
        let mut owners = owners.filter(|phrase| matches!(phrase.preposition.as_deref(), None | Some("'s")));
        owners.any(|phrase| {
            phrase
                .heads
                .iter()
                .any(|&owner| self.entities.mention_at(owner).is_some_and(|linked| linked.entity == subject.entity))
        })
    }

    /// The first way to fill a slot that gives something for an end.
    fn filled<T>(
        self,
        reading: &Reading<'a>,
        slot: &Slot,
        stands_for: impl Fn(&[Word<'a>]) -> Vec<T>,
    ) -> Option<(Filling<'a>, Vec<T>)> {
        let fillings = slots::alternatives(reading, slot).into_iter();
        let fillings = fillings.map(|slot| slots::fill(reading, &slot, &self.knowledge.lexicon));
        let meant = fillings.map(|filling| {
            let found = stands_for(&filling.heads);
            (filling, found)
        });
        meant.into_iter().find(|(_, found)| !found.is_empty())
    }

    fn parties(self, predicate: Word<'a>, heads: &[Word<'a>], admitted: &[End]) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        let of = |head: Word<'a>| ends::parties(head, admitted, self.entities, self.knowledge);
        for &head in heads {
            let named = ends::labelled(head, self.entities).filter(|name| *name != predicate);
            let mut meant = of(named.unwrap_or(head));
            // "keeps up a policy that the EU criticizes": whose it is, its own clause says.
            if meant.is_empty()
                && head.head() != Some(predicate)
                && self.entities.mention_at(head).is_none_or(|linked| self.is_matter(linked))
            {
                let owners = self.borrowed(head).into_iter().flat_map(of);
                meant.extend(owners.map(|party| Party {
                    word: head.id(),
                    is_lifted: true,
                    is_owner: true,
                    confidence: party.confidence * ends::LIFTED,
                    ..party
                }));
            }
            for party in meant {
                if !parties.iter().any(|earlier| earlier.entity == party.entity) {
                    parties.push(party);
                }
            }
        }
        parties
    }

    /// A plan, a policy, a claim: something that somebody has or does.
    fn is_matter(self, linked: &LinkedMention) -> bool {
        linked.mention.form == Form::Nominal && self.entities.get(linked.entity).kind == Kind::Other
    }

    fn others(self, predicate: Word<'a>, heads: &[Word<'a>], admitted: &[End]) -> Vec<Other> {
        let mut others: Vec<Other> = self.parties(predicate, heads, admitted).into_iter().map(Other::Entity).collect();
        if admitted.contains(&End::Value) {
            others.extend(heads.iter().filter_map(|&head| match &values::at(self.values, head)?.content {
                Content::Quantity(quantity) => Some(Other::Value(quantity.clone())),
                Content::Time(_) => None,
            }));
        }
        others
    }

    /// Where the things stand that somebody attacks: "shelled a depot near Rostov".
    fn scenes(self, things: &[Word<'a>], admitted: &[End]) -> Vec<Other> {
        let is_scene = |phrase: &slots::Phrase| {
            matches!(phrase.preposition.as_deref(), Some("in" | "near" | "at" | "outside" | "inside" | "around" | "of"))
        };
        let places = things.iter().flat_map(|&thing| slots::modifiers(thing)).filter(is_scene);
        let places = places.flat_map(|phrase| phrase.heads);
        let spatial = |party: &Party| admits(&[End::Location], self.entities.get(party.entity).kind);
        let lifted = |party: Party| Other::Entity(Party { confidence: party.confidence * ends::LIFTED, ..party });
        let named = places.flat_map(|place| ends::parties(place, admitted, self.entities, self.knowledge));
        named.filter(spatial).map(lifted).collect()
    }

    /// A finding as the record tells it.
    fn relation(self, proposition: &Proposition, finding: &Finding<'_>, events: &Telling) -> Relation {
        let Finding { relation_type, frame, reading, .. } = finding;
        let around = qualifiers::Around {
            document: self.document,
            entities: self.entities,
            values: self.values,
            circumstances: &self.knowledge.ontology.circumstances,
        };
        let object = finding.object.party().map(|party| party.word);
        let pair: Vec<Word> =
            Some(finding.subject.word).into_iter().chain(object).map(|id| self.document.word(id)).collect();
        let mut qualifiers = qualifiers::find(around, reading, &finding.used, &finding.ends, &pair);
        let is_state = relation_type.event.is_none();
        let valid = if is_state { qualifiers::validity(&qualifiers) } else { Validity::default() };
        let is_person = self.entities.get(finding.subject.entity).kind == Kind::Person;
        if is_state && is_person && reading.part == Part::Noun && !relation_type.symmetric {
            qualifiers.insert(0, qualifiers::title(reading.head, self.entities));
        }
        let is_past = is_state && qualifiers::is_past(reading.head, &self.knowledge.lexicon.persons.past);
        let polarity = polarity(proposition, frame);
        let (object, object_confidence) = match &finding.object {
            Other::Entity(party) => (Object::Entity(party.entity.0), party.confidence),
            Other::Value(quantity) => (Object::Value(quantity.clone()), 1.0),
        };
        let head = self.document.word(proposition.predicate.head);
        let words = &proposition.predicate.words;
        let said = if words.is_empty() { reading.head.span() } else { self.document.span_of(words.clone()) };
        Relation {
            id: 0,
            sentence: head.sentence_index() as u32,
            confidence: confidence::of(proposition, head, finding.subject.confidence, object_confidence, frame),
            relation_type: relation_type.name.clone(),
            subject: finding.subject.entity.0,
            object,
            predicate: said.of(self.document.text()).to_string(),
            symmetric: relation_type.symmetric,
            event: finding
                .code()
                .filter(|_| finding.is_coded)
                .and_then(|code| events.event(proposition, polarity, finding.pair(), code)),
            event_id: None,
            polarity,
            modality: proposition.modality,
            attribution: self.attribution(&proposition.attribution),
            valid,
            historical: proposition.historical || is_past,
            derived: false,
            premises: Vec::new(),
            why: format!("{}/{}/{}", relation_type.name, finding.trigger.part_of_speech(), finding.lemma),
            qualifiers,
            evidence: head.sentence().span,
        }
    }

    /// The innermost speaker; the outer ones become its chain.
    fn attribution(self, speakers: &[Speaker]) -> Option<Attribution> {
        let mut speakers = speakers.iter().map(|speaker| Attribution {
            entity: self.entities.mention_at(self.document.word(speaker.head)).map(|linked| linked.entity.0),
            text: self.document.span_of(speaker.words.clone()).of(self.document.text()).to_string(),
            chain: Vec::new(),
        });
        let innermost = speakers.next()?;
        Some(Attribution { chain: speakers.collect(), ..innermost })
    }
}

fn polarity(proposition: &Proposition, frame: &Frame) -> Polarity {
    use Polarity::{Affirmed, Negated};
    match (proposition.polarity, frame.negated) {
        (Affirmed, true) | (Negated, false) => Negated,
        _ => Affirmed,
    }
}

/// A frame may ask for narrower kinds than its type.
fn narrower<'a>(own: &'a [End], of_type: &'a [End]) -> &'a [End] {
    if own.is_empty() { of_type } else { own }
}

fn breadth(ends: &[End]) -> usize {
    ends.iter().map(|end| end.kinds().len()).sum()
}

/// How much a frame asks for beyond its word.
fn specificity(frame: &Frame, lemma: &str) -> usize {
    let slots = [&frame.subject, &frame.object];
    let obliques = slots.iter().filter(|slot| matches!(slot, Slot::Oblique(_) | Slot::Complement)).count();
    usize::from(!frame.nouns.is_empty()) + obliques + lemma.split(' ').count()
}

/// Two findings of one sentence that differ in nothing but the words that said it.
fn says_the_same(earlier: &Relation, later: &Relation) -> bool {
    let mirrored = earlier.symmetric
        && Object::Entity(earlier.subject) == later.object
        && earlier.object == Object::Entity(later.subject);
    earlier.sentence == later.sentence
        && earlier.relation_type == later.relation_type
        && earlier.polarity == later.polarity
        && ((earlier.subject, &earlier.object) == (later.subject, &later.object) || mirrored)
}

/// The surer telling stays, with the circumstances of both.
fn enrich(earlier: &mut Relation, mut later: Relation) {
    if later.confidence > earlier.confidence {
        std::mem::swap(earlier, &mut later);
    }
    earlier.event = earlier.event.take().or(later.event);
    for qualifier in later.qualifiers {
        if !earlier.qualifiers.contains(&qualifier) {
            earlier.qualifiers.push(qualifier);
        }
    }
}
