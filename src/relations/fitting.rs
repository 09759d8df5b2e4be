//! Fitting: one trigger on one reading of a clause, and the pairs of entities that fill its two ends.
//!
//! `Verb(lemmas: ["hold"], nouns: ["talk"], object: Oblique(["with"]))` on "Norway held talks with Chad and Mali" gives Norway with
//! Chad and Norway with Mali.

use itertools::iproduct;

use super::ends::{self, Party};
use super::findings::{Finding, Other};
use super::grounding::Grounder;
use super::slots::{self, Filling, Part, Phrase, Reading};
use super::{containment, incumbents};
use crate::document::Word;
use crate::entities::values::{self, Content};
use crate::entities::{LinkedMention, specification};
use crate::knowledge::ontology::{End, Frame, RelationType, Slot, Trigger, admits};
use crate::knowledge::plover::Plover;
use crate::record::{Form, Kind, Role};

impl<'a> Grounder<'a> {
    /// The pairs that a trigger finds in a reading.
    pub(super) fn fit(
        self,
        reading: &Reading<'a>,
        lemma: &str,
        relation_type: &'a RelationType,
        trigger: &'a Trigger,
    ) -> Vec<Finding<'a>> {
        let frame = trigger.frame();
        let Some(reading) = slots::with_noun(reading, frame) else { return Vec::new() };
        if slots::is_excepted(&reading, frame) {
            return Vec::new();
        }
        let subject_ends = narrower(&frame.subject_kinds, &relation_type.subject);
        let object_ends = narrower(&frame.object_kinds, &relation_type.object);
        let mut reading = reading;
        if reading.part == Part::Noun && reading.subjects.is_empty() && relation_type.event.is_none() {
            reading.subjects = self.holder(reading.head).into_iter().collect();
        }
        let predicate = reading.head;
        // Of a coded event the parties are those who do what an end tells: "condemned the Chadian attack".
        let doers = |heads: &[Word<'a>], ends: &[End]| -> Vec<Party> {
            let heads = heads.iter().filter(|_| relation_type.event.is_some());
            heads.flat_map(|&deed| ends::doers(deed, ends, self.entities, self.knowledge)).collect()
        };
        let stands_for = |heads: &[Word<'a>]| {
            let meant = |&head: &Word<'a>| ends::described(head, self.entities, self.knowledge).unwrap_or(head);
            let meant: Vec<Word> = heads.iter().map(meant).collect();
            let doers = doers(&meant, subject_ends);
            if doers.is_empty() { self.parties(predicate, &meant, subject_ends) } else { doers }
        };
        let plover = relation_type.event.as_ref().and_then(|event| event.plover);
        let is_mutual = relation_type.symmetric && frame.subject == frame.object;
        // One alone shares nothing: "Chadian and Malian troops clashed" tells of two.
        let least = if is_mutual { 2 } else { 1 };
        let is_state = relation_type.event.is_none() && !relation_type.symmetric;
        // "the Spanish arm of the bank": what stands before a role is whose it is, not who plays it.
        let is_owned = || slots::alternatives(&reading, &frame.object).contains(&Slot::Modifier);
        let is_unheld = is_state && reading.part == Part::Noun && reading.subjects.is_empty() && is_owned();
        let mut subjects = if is_unheld { None } else { self.filled(&reading, &frame.subject, least, stands_for) };
        if subjects.is_none() && reading.part == Part::Noun && frame.subject == Slot::Subject {
            reading.subjects = self.borrowed(reading.head);
            if reading.subjects.is_empty() {
                reading.subjects = self.meanwhile(reading.head, plover);
            }
            if !is_unheld || !reading.subjects.is_empty() {
                subjects = self.filled(&reading, &frame.subject, least, stands_for);
            }
        }
        // "the Thai foreign minister" is who holds the office, named or not.
        let is_office = reading.lemmas.iter().any(|name| self.knowledge.lexicon.persons.offices.contains(name));
        let is_body = || self.entities.of(reading.head).is_some_and(|entity| entity.kind != Kind::Person);
        // "Two members of the Front, Moe and Brandt"
        let is_group = || self.entities.all_of(reading.head).len() > 1;
        let says_of_itself = reading.part == Part::Noun && is_state && (is_office || is_body() || is_group());
        if subjects.is_none() && says_of_itself && frame.subject == Slot::Subject {
            reading.subjects = vec![reading.head];
            let own = |heads: &[Word<'a>]| {
                let parties = stands_for(heads).into_iter();
                parties.filter(|party| !party.is_lifted).collect::<Vec<_>>()
            };
            subjects = self.filled(&reading, &frame.subject, least, own);
        }
        let Some((subjects, left)) = subjects else { return Vec::new() };
        // "urged the leaders of the bloc" makes nobody their leader.
        let is_one_of_many = reading.part == Part::Noun && reading.head.xpos() == "NNS" && left.len() == 1;
        if is_one_of_many && left.iter().all(|party| self.entities.get(party.entity).kind == Kind::Person) {
            return Vec::new();
        }
        let is_assault = plover == Some(Plover::Assault);
        let mut filled = self.filled(&reading, &frame.object, least, |heads| {
            let mut others = self.others(predicate, heads, object_ends);
            // "blocked the roads to demand fuel": whose demand it is, the subject has said.
            others.retain(|other| {
                !other.party().is_some_and(|party| party.is_lifted && left.iter().any(|one| one.entity == party.entity))
            });
            // "the Ohio town of Ravenna": what the town is, is not where it lies.
            let is_subject =
                |other: &Other| other.party().is_some_and(|party| left.iter().any(|one| one.entity == party.entity));
            if is_state && others.len() == left.len() && others.iter().all(is_subject) {
                others.clear();
            }
            if others.is_empty() && is_assault && frame.nouns.is_empty() {
                self.scenes(heads, object_ends)
            } else {
                others
            }
        });
        if filled.is_none() && reading.part == Part::Noun && frame.object == Slot::Owner && !self.names_owner(&reading)
        {
            filled = self.office_of(&left, lemma, object_ends).map(|owner| (Filling::default(), vec![owner]));
        }
        // "imposed a curfew in Kano": a matter that nobody stands behind hands over to the party beside it. Talks in Kano are
        // not with Kano.
        let is_matter = |filling: &Filling<'a>| filling.heads.first().is_some_and(|head| Some(*head) == reading.noun);
        let is_talk = relation_type.symmetric || matches!(plover, Some(Plover::Consult | Plover::Agree));
        if !is_talk && filled.as_ref().is_some_and(|(filling, _)| is_matter(filling)) {
            let beside = slots::fill(&reading, &slots::beside(), &self.knowledge.lexicon);
            let parties = self.parties(predicate, &beside.heads, &[End::Country, End::Location, End::ArmedGroup]);
            // Nor is what is signed in Kano signed with it, nor a ship boarded in a gulf done to the gulf.
            let suits = |party: &Party| {
                let kind = self.entities.get(party.entity).kind;
                kind != Kind::Place && admits(&relation_type.object, kind)
            };
            let others: Vec<Other> = parties.into_iter().filter(suits).map(Other::Entity).collect();
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
        let named = reading.noun.map_or(0, |noun| slots::listed_words(noun, &frame.nouns));
        let rank = (specificity(frame, lemma) + named, usize::MAX - breadth(object_ends) - breadth(subject_ends));
        let list = |party: &Party| self.document.word(party.word).first_conjunct();
        // Names of one list are not each other's: "the states of Texas and Ohio". Beside a name the parser may take its place for one
        // more: "Basra, Iraq".
        let is_listed_with = |subject: &Party, object: &Party| {
            let are_beside =
                reading.part != Part::Attached && subject.word != object.word && list(subject) == list(object);
            let mut listed = right.iter().filter_map(Other::party).filter(|other| list(other) == list(object));
            let is_among = reading.part != Part::Verb && listed.any(|other| other.entity == subject.entity);
            !is_mutual && (are_beside || is_among)
        };
        let is_pair = |subject: &Party, object: &Other| match object {
            Other::Entity(object) => {
                object.entity != subject.entity
                    && !(object.is_lifted && object.word == subject.word)
                    // "The border stays open: closing it does not help."
                    && !(subject.is_lifted && self.is_itself(subject, object))
                    && !(is_assault && self.owns(subject, object))
                    // What belongs to somebody may do or suffer for its owner, but is not what its owner is.
                    && !(relation_type.event.is_none() && (subject.is_owner || object.is_owner))
                    && !is_listed_with(subject, object)
                    // "The members are Chad and Mali"
                    && !specification::named(self.document.word(subject.word)).contains(&self.document.word(object.word))
                    && (!relation_type.within || self.can_contain(subject, object))
                    && (!frame.known || !self.entities.get(object.entity).refs.is_empty())
            }
            Other::Value(quantity) => relation_type.admits_unit(&quantity.unit),
        };
        // "Macron and Scholz visited Kyiv and Warsaw, respectively"
        let is_respective = left.len() > 1
            && left.len() == right.len()
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

    /// Whether a lifted party was read from what stands at the other end.
    fn is_itself(self, lifted: &Party, other: &Party) -> bool {
        let own = self.entities.mention_at(self.document.word(lifted.word));
        own.is_some_and(|linked| linked.entity == other.entity)
    }

    fn can_contain(self, inner: &Party, outer: &Party) -> bool {
        containment::is_possible(self.entities.get(inner.entity), self.entities.get(outer.entity), &self.knowledge.base)
    }

    /// "The president of the bank" is no president of the country that the article is about.
    fn names_owner(self, reading: &Reading<'a>) -> bool {
        let is_known = |head: &Word| self.entities.mention_at(*head).is_some();
        let is_owner = |phrase: &&Phrase| match phrase.preposition.as_deref() {
            Some(preposition) => matches!(preposition, "of" | "'s"),
            None => phrase.role == Role::Attribute,
        };
        reading.phrases.iter().filter(is_owner).any(|phrase| phrase.heads.iter().any(is_known))
    }

    /// Whose office a person of the reference base holds, where the text does not say.
    fn office_of(self, holders: &[Party], title: &str, ends: &[End]) -> Option<Other> {
        let [holder] = holders else { return None };
        let person = self.entities.get(holder.entity);
        let country = incumbents::country(person, title, self.document, self.entities, self.knowledge)?;
        let admits = ends.iter().any(|end| end.kinds().contains(&Kind::Country));
        admits.then_some(Other::Entity(Party { entity: country, ..*holder }))
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

    /// The first way to fill a slot that gives enough for an end.
    fn filled<T>(
        self,
        reading: &Reading<'a>,
        slot: &Slot,
        least: usize,
        stands_for: impl Fn(&[Word<'a>]) -> Vec<T>,
    ) -> Option<(Filling<'a>, Vec<T>)> {
        let fillings = slots::alternatives(reading, slot).into_iter();
        let fillings = fillings.map(|slot| slots::fill(reading, &slot, &self.knowledge.lexicon));
        let meant = fillings.map(|filling| {
            let found = stands_for(&filling.heads);
            (filling, found)
        });
        meant.into_iter().find(|(_, found)| found.len() >= least)
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
