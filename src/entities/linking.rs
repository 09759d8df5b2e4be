//! Linking: chains to entities, one per real-world thing.
//!
//! The chain of "Putin", "the Russian president" and "he" becomes Vladimir Putin, Q7747; a chain that the base does not know
//! becomes an entity of the article's own words, if it is worth a node.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Deprel, Document, Upos, Word};
use crate::entities::candidates::ENOUGH;
use crate::entities::context::is_place;
use crate::entities::{
    Candidate, Chain, Chains, Entities, EntityId, LinkedMention, Mention, MentionId, descriptions, kinds,
};
use crate::knowledge::base::Entry;
use crate::knowledge::lexicon::Organ;
use crate::knowledge::names::How;
use crate::knowledge::{Knowledge, gazetteer};
use crate::record::{Entity, Form, Kind};

/// How sure a name is that the base does not hold, a description, a pronoun.
const UNKNOWN_NAME: f64 = 0.7;
const DESCRIPTION: f64 = 0.65;
const PRONOUN: f64 = 0.6;

/// So many square kilometres has a country whose every place is near enough to its middle: Haiti, Israel, Belgium.
const SMALL_COUNTRY: f64 = 50_000.0;

/// One entity for each chain that names or describes something.
pub fn link(document: &Document, mentions: Vec<Mention>, chains: Chains, knowledge: &Knowledge) -> Entities {
    let linker = Linker { document, mentions: &mentions, knowledge };
    let mut entities = Vec::new();
    let mut ids: Vec<Option<EntityId>> = Vec::new();
    for chain in &chains.chains {
        let entity = linker.entity(chain, entities.len() as u32);
        ids.push(entity.as_ref().map(|entity| EntityId(entity.id)));
        entities.extend(entity);
    }
    let mut linked: BTreeMap<MentionId, (Vec<EntityId>, f64, String)> = BTreeMap::new();
    for (chain, id) in chains.chains.iter().zip(&ids) {
        let Some(id) = id else { continue };
        for (mention, reason) in &chain.mentions {
            let (confidence, why) = linker.explain(chain, *mention, reason);
            linked.insert(*mention, (vec![*id], confidence, why));
        }
    }
    for group in &chains.groups {
        let mut members: Vec<EntityId> = group.members.iter().filter_map(|&member| ids[member]).collect();
        members.dedup();
        if !members.is_empty() {
            linked.insert(group.mention, (members, PRONOUN, group.why.clone()));
        }
    }
    let mentions = mentions.into_iter().enumerate().filter_map(|(index, mention)| {
        let (members, confidence, why) = linked.remove(&MentionId(index as u32))?;
        let members_or_none = if members.len() > 1 { members.clone() } else { Vec::new() };
        Some(LinkedMention {
            metonym: mention.metonym,
            mention,
            entity: members[0],
            members: members_or_none,
            confidence,
            why,
        })
    });
    Entities::new(entities, mentions.collect())
}

struct Linker<'a> {
    document: &'a Document<'a>,
    mentions: &'a [Mention],
    knowledge: &'a Knowledge,
}

impl<'a> Linker<'a> {
    fn mention(&self, id: MentionId) -> &'a Mention {
        &self.mentions[id.0 as usize]
    }

    fn text(&self, mention: &Mention) -> &'a str {
        mention.span.of(self.document.text())
    }

    fn head(&self, mention: &Mention) -> Word<'a> {
        self.document.word(mention.head)
    }

    fn entity(&self, chain: &Chain, id: u32) -> Option<Entity> {
        let mentions: Vec<&Mention> = chain.mentions.iter().map(|(id, _)| self.mention(*id)).collect();
        let names: Vec<&Mention> = mentions.iter().copied().filter(|mention| mention.form == Form::Name).collect();
        let entry = chain.entry.map(|entry| self.knowledge.base.entry(entry));
        let background = names.is_empty() && entry.is_none() && !self.is_worth_a_node(&mentions);
        let is_taken_up = mentions.len() > 1 && mentions.iter().any(|mention| mention.form == Form::Pronoun);
        if background && !is_taken_up {
            return None;
        }
        let longest = |of: &[&Mention]| -> Option<String> {
            // Of a dateline's capitals and small letters these are the name.
            let rank = |mention: &Mention| (mention.words.len(), self.text(mention).contains(char::is_lowercase));
            let longest = of.iter().copied().reduce(|a, b| if rank(b) > rank(a) { b } else { a })?;
            Some(tidy(self.text(longest)))
        };
        // "Soldiers of the Malian army" says no more of the Malian army than its own words do.
        let goes_around = |mention: &Mention| {
            let is_inside = |other: &&Mention| {
                other.form == Form::Nominal && other.span != mention.span && mention.span.covers(other.span)
            };
            mentions.iter().any(is_inside)
        };
        let descriptions: Vec<&Mention> = (mentions.iter().copied())
            .filter(|mention| mention.form == Form::Nominal && !goes_around(mention))
            .collect();
        let name = entry
            .as_ref()
            .map(|entry| entry.name.to_string())
            .or_else(|| longest(&names))
            .or_else(|| longest(&descriptions))
            .or_else(|| longest(&mentions))?;
        let kind = match &entry {
            Some(entry) => entry.kind,
            None if chain.is_person => Kind::Person,
            None => names.first().or(descriptions.first()).and_then(|mention| mention.kind).unwrap_or(Kind::Other),
        };
        // A demonym is a surface form of its country; other descriptions are not called so elsewhere.
        let surface = mentions.iter().filter(|mention| mention.form == Form::Name || !mention.candidates.is_empty());
        let aliases: BTreeSet<String> =
            surface.map(|mention| tidy(self.text(mention))).filter(|alias| *alias != name).collect();
        let country = match &entry {
            Some(entry) if entry.kind == Kind::Country => Some(entry.key.to_string()),
            Some(entry) => entry.country.map(str::to_string),
            None => self.country_of_unknown(&mentions),
        };
        let place = entry.is_none().then(|| self.place_around(&mentions)).flatten();
        Some(Entity {
            id,
            name,
            kind,
            refs: entry.as_ref().map(|entry| entry.refs().into_iter().collect()).unwrap_or_default(),
            aliases: aliases.into_iter().collect(),
            country,
            lat: entry.as_ref().or(place.as_ref()).and_then(|entry| entry.lat),
            lon: entry.as_ref().or(place.as_ref()).and_then(|entry| entry.lon),
            background,
        })
    }

    /// Where a place lies that the base does not hold: in or near what is named behind it ("Ahmadpur, Sindh", "Azmar outside Erbil")
    /// or inside its name ("the Karachi Central Hospital"). A large country is too large to tell.
    fn place_around(&self, mentions: &[&Mention]) -> Option<Entry<'a>> {
        let is_place = |mention: &&&Mention| {
            matches!(mention.kind, Some(Kind::City | Kind::Place | Kind::Region | Kind::Facility))
                && mention.form == Form::Name
        };
        let places = || mentions.iter().filter(is_place);
        let behind = |mention: &&Mention| {
            let entry = self.knowledge.base.entry(self.named_behind(mention)?.entry);
            self.is_small(&entry).then_some(entry)
        };
        places().find_map(behind).or_else(|| places().find_map(|mention| self.place_inside(mention)))
    }

    /// The name behind a mention that says where it is.
    fn named_behind(&self, mention: &Mention) -> Option<&'a Candidate> {
        let end = mention.words.end;
        let words = self.document.words_in(end..(end + 9).min(self.document.len()));
        let nouns = &self.knowledge.lexicon.nouns;
        // "Azmar, a village located 20 km east of Erbil", "the Mukuru slums in Nairobi".
        let joint = words.take_while(|word| {
            let text = word.text().to_lowercase();
            matches!(
                text.as_str(),
                "," | "in" | "(" | "near" | "outside" | "a" | "an" | "the" | "of" | "from" | "located"
            ) || matches!(text.as_str(), "km" | "kilometers" | "kilometres" | "miles" | "just" | "about")
                || word.upos() == Upos::Num
                || nouns.directions.contains(&text)
                || kinds::of_noun(*word, &self.knowledge.lexicon).is_some_and(is_place)
        });
        let start = end + joint.count();
        let from = self.mentions.partition_point(|other| other.words.start < start);
        let mut starting = self.mentions[from..].iter().take_while(|other| other.words.start == start);
        let behind = starting.find(|other| other.form == Form::Name);
        let best = behind.filter(|_| start > end).and_then(|other| other.candidates.first());
        best.filter(|best| best.weight >= ENOUGH)
    }

    /// A city or division in the name, where the article speaks of its country too.
    fn place_inside(&self, mention: &Mention) -> Option<Entry<'a>> {
        let base = &self.knowledge.base;
        let tokens: Vec<&str> = self.document.words_in(mention.words.clone()).map(Word::text).collect();
        let matches = (0..tokens.len()).filter_map(|at| gazetteer::longest(base, &tokens, at));
        let inside = matches
            .filter_map(|(_, matches)| matches.into_iter().next())
            .filter(|best| best.prior > 0.5 && !best.common && matches!(best.how, How::Name | How::Alias))
            .map(|best| base.entry(best.entry));
        inside.filter(|entry| self.is_small(entry)).find(|entry| self.speaks_of(entry.country))
    }

    fn speaks_of(&self, country: Option<&str>) -> bool {
        let best = self.mentions.iter().filter_map(|mention| mention.candidates.first());
        let entries = best.filter(|best| best.weight >= ENOUGH).map(|best| self.knowledge.base.entry(best.entry));
        let mut countries = entries.map(|entry| country_of(&entry));
        country.is_some() && countries.any(|other| other == country)
    }

    /// Whether the point of a place tells where a part of it is.
    fn is_small(&self, entry: &Entry) -> bool {
        let area = || {
            let area = self.knowledge.base.facts(entry.key, "area_km2").next()?;
            area.first()?.parse::<f64>().ok()
        };
        entry.lat.is_some()
            && (entry.kind == Kind::City
                || matches!(entry.class, "admin1" | "division" | "county" | "island")
                || entry.kind == Kind::Country && area().is_some_and(|area| area < SMALL_COUNTRY))
    }

    /// Described things become entities where they take part in something and the words tell who or what they are.
    fn is_worth_a_node(&self, mentions: &[&Mention]) -> bool {
        let descriptions: Vec<&&Mention> = mentions.iter().filter(|mention| mention.form == Form::Nominal).collect();
        let takes_part = descriptions.iter().any(|mention| {
            let head = descriptions::carrier(self.head(mention), &self.knowledge.lexicon);
            matches!(
                head.deprel(),
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::Obj
                    | Deprel::Iobj
                    | Deprel::Obl
                    | Deprel::OblAgent
                    | Deprel::Nmod
                    | Deprel::NmodPoss
                    | Deprel::Compound
                    | Deprel::Root
            )
        });
        let Some(first) = descriptions.first().filter(|_| takes_part) else { return false };
        let head = self.head(first);
        let lemma = head.lemma().to_lowercase();
        let says_more = descriptions.iter().any(|mention| mention.words.len() > 1);
        let is_plural = descriptions::is_plural(head);
        let is_core = descriptions.iter().any(|mention| {
            matches!(
                descriptions::carrier(self.head(mention), &self.knowledge.lexicon).deprel(),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj | Deprel::OblAgent
            )
        });
        let is_behind = |prepositions: &[&str]| {
            descriptions.iter().any(|mention| {
                let head = self.head(mention).first_conjunct();
                let preposition = head.preposition().filter(|_| head.deprel() == Deprel::Obl);
                preposition.is_some_and(|preposition| prepositions.contains(&&*preposition))
            })
        };
        // "handed out food to families"
        let is_aim = is_behind(&["to", "for", "on", "against"]);
        // "broke the truce": what a relation may be about, where something is done to it.
        let is_concern = || {
            let is_object = |mention: &&&Mention| {
                matches!(self.head(mention).first_conjunct().deprel(), Deprel::Obj | Deprel::NsubjPass)
            };
            descriptions::is_matter(head, self.knowledge) && (is_aim || descriptions.iter().any(is_object))
        };
        match first.kind {
            Some(Kind::People | Kind::Office) => {
                says_more || is_plural && (is_core || is_aim || is_behind(&["at"]) || descriptions.len() > 1)
            }
            Some(Kind::Person) => says_more || descriptions.len() > 1 || is_core,
            // "clashes between the army and police"
            Some(Kind::Organization)
                if matches!(self.knowledge.lexicon.nouns.organs.get(&lemma), Some(Organ::Military | Organ::Police)) =>
            {
                true
            }
            Some(Kind::Organization) if self.knowledge.lexicon.nouns.organs.contains(&lemma) => {
                is_core || is_aim || says_more
            }
            // "clashes between militias"
            Some(Kind::ArmedGroup) if is_plural => true,
            Some(Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup | Kind::Facility) => {
                says_more || descriptions.len() > 1 || is_concern()
            }
            // "brokered the deal", "the talks collapsed"
            Some(Kind::Agreement | Kind::Event) => says_more || descriptions.len() > 1 || is_core || is_concern(),
            Some(Kind::Country) => says_more && is_plural,
            Some(Kind::City | Kind::Region | Kind::Place) => says_more && descriptions.len() > 1 || is_concern(),
            Some(Kind::Other) | None => is_concern(),
        }
    }

    /// The country named inside, or that of the place around.
    fn country_of_unknown(&self, mentions: &[&Mention]) -> Option<String> {
        let around = || self.place_around(mentions).and_then(|place| country_of(&place)).map(str::to_string);
        mentions.iter().find_map(|mention| self.country_inside(mention)).or_else(around)
    }

    /// "Indonesian Navy", "US organisations": the country named inside.
    fn country_inside(&self, mention: &Mention) -> Option<String> {
        let words = self.document.words_in(mention.words.clone());
        words.filter(|word| mention.kind != Some(Kind::Person) && word.text().starts_with(char::is_uppercase)).find_map(
            |word| {
                // "Waiheke Island" is not Iceland's, though that is its name in German.
                let is_noun = self.knowledge.lexicon.nouns.heads.contains(&word.text().to_lowercase());
                let matches = if is_noun { Vec::new() } else { self.knowledge.base.lookup(word.text()) };
                let best = matches.first().filter(|best| best.prior > 0.5)?;
                let entry = self.knowledge.base.entry(best.entry);
                (entry.kind == Kind::Country).then(|| entry.key.to_string())
            },
        )
    }

    /// ", 0.62; Georgia of USA 0.31": what else the name may mean here.
    fn rival(&self, mention: &Mention, chosen: &Candidate) -> String {
        let others = mention.candidates.iter().filter(|other| other.entry != chosen.entry && other.weight >= 0.1);
        let Some(rival) = others.max_by(|a, b| a.weight.total_cmp(&b.weight)) else { return String::new() };
        let entry = self.knowledge.base.entry(rival.entry);
        let of = entry.country.map(|country| format!(" of {country}")).unwrap_or_default();
        format!(", {:.2}; else {}{of} {:.2}", chosen.weight, entry.name, rival.weight)
    }

    fn explain(&self, chain: &Chain, id: MentionId, reason: &str) -> (f64, String) {
        let mention = self.mention(id);
        let entry = chain.entry.map(|entry| self.knowledge.base.entry(entry).name);
        let (confidence, how) = match mention.form {
            Form::Pronoun => (PRONOUN, String::new()),
            _ => match mention.candidates.iter().find(|candidate| Some(candidate.entry) == chain.entry) {
                Some(candidate) => {
                    let how = format!("base: {:?}", candidate.how).to_lowercase();
                    (candidate.weight.clamp(0.5, 0.99), how + &self.rival(mention, candidate))
                }
                None if mention.form == Form::Name && entry.is_some() => (0.8, String::new()),
                None if mention.form == Form::Name => (UNKNOWN_NAME, "a name that the base does not hold".to_string()),
                None => (DESCRIPTION, "a description".to_string()),
            },
        };
        let why = if reason.is_empty() { how } else { reason.to_string() };
        (confidence, entry.map_or(why.clone(), |entry| format!("{entry}: {why}")))
    }
}

/// The code of a country, or of that which a place lies in.
fn country_of<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    if entry.kind == Kind::Country { Some(entry.key) } else { entry.country }
}

/// One line, single spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
