//! Checks: what an article states, beside what the reference base holds.
//!
//! "Norway and Sweden share a 1,630-kilometre border" agrees with the base, which has 1,666 km; "Sydney is the capital of
//! Australia" differs: the base has Canberra. Neither side need be wrong, since the base has its own year and source: both
//! are told.

use serde::Serialize;

use crate::knowledge::Knowledge;
use crate::knowledge::base::EntryId;
use crate::knowledge::entry::{Entry, Office};
use crate::knowledge::lexicon::Role;
use crate::knowledge::ontology::Reference;
use crate::record::{Entity, Kind, Modality, Object, Polarity, QualifierValue, Record, Relation};

/// Figures this near each other, as a share of the larger one, are the same figure.
const NEAR: f64 = 0.1;
/// Percentages this near each other are the same.
const POINTS: f64 = 0.5;

const FACTBOOK: &str = "World Factbook";
const EDITION: &str = "2026-01";
const MEMBERS: &str = "World Factbook, curated lists";
const OFFICES: &str = "Wikidata, World Factbook, curated";

/// One statement of an article with what the base says to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    pub article: String,
    /// Index into `Record::relations`.
    pub relation: u32,
    pub statement: String,
    pub evidence: String,
    pub verdict: Verdict,
    /// What the base holds instead or as well; `None` where it knows nothing.
    pub reference: Option<String>,
    /// By how much the article's figure differs from the base's: 0.1 is a tenth more.
    pub difference: Option<f64>,
    pub source: Option<String>,
    /// The year or edition of the base's figure.
    pub year: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Agrees,
    Differs,
    Unknown,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Differs => "differs",
            Verdict::Unknown => "unknown",
        }
    }

    fn of(is_same: bool) -> Verdict {
        if is_same { Verdict::Agrees } else { Verdict::Differs }
    }
}

/// All statements of a record that the base may know about, in reading order.
pub fn check(record: &Record, knowledge: &Knowledge) -> Vec<Check> {
    let checker = Checker { record, knowledge };
    let stated =
        record.relations.iter().filter(|relation| relation.modality == Modality::Asserted && !relation.derived);
    let known = stated.filter_map(|relation| {
        let reference = knowledge.ontology.get(&relation.relation_type)?.reference?;
        Some(checker.check(relation, reference))
    });
    known.collect()
}

/// What the base says to a statement.
struct Answer {
    verdict: Verdict,
    reference: String,
    difference: Option<f64>,
    source: &'static str,
    year: String,
}

#[derive(Clone, Copy)]
struct Checker<'a> {
    record: &'a Record,
    knowledge: &'a Knowledge,
}

impl<'a> Checker<'a> {
    fn check(self, relation: &Relation, reference: Reference) -> Check {
        let answer = match reference {
            Reference::Border => self.border(relation),
            Reference::Capital => self.capital(relation),
            Reference::Member => self.member(relation),
            Reference::Office => self.office(relation),
            Reference::Population => self.figure(relation, "population", "1"),
            Reference::Area => self.figure(relation, "area_km2", "km2"),
            Reference::Gdp => self.figure(relation, "gdp_official", "USD"),
            Reference::Growth => self.figure(relation, "gdp_growth", "%"),
            Reference::MilitarySpending => self.figure(relation, "military_expenditure_gdp", "%"),
            Reference::Partner => self.partner(relation),
        };
        let answer = answer.map(|answer| denied(answer, relation));
        let verdict = answer.as_ref().map_or(Verdict::Unknown, |answer| answer.verdict);
        let evidence = relation.evidence.of(&self.record.text);
        Check {
            article: self.record.id.clone(),
            relation: relation.id,
            statement: self.statement(relation),
            evidence: evidence.split_whitespace().collect::<Vec<_>>().join(" "),
            verdict,
            difference: answer.as_ref().and_then(|answer| answer.difference),
            source: answer.as_ref().map(|answer| answer.source.to_string()),
            year: answer.as_ref().map(|answer| answer.year.clone()).filter(|year| !year.is_empty()),
            reference: answer.map(|answer| answer.reference),
        }
    }

    /// "Norway shares a land border with Sweden, 1,630-kilometre".
    fn statement(self, relation: &Relation) -> String {
        let about = self.knowledge.ontology.get(&relation.relation_type).map_or("", |relation| &relation.about);
        let not = if relation.polarity == Polarity::Negated { "not: " } else { "" };
        let object = match &relation.object {
            Object::Entity(id) => self.entity(*id).name.clone(),
            Object::Value(quantity) => quantity.text.clone(),
        };
        let measures = relation.qualifiers.iter().filter(|one| matches!(one.role.as_str(), "length" | "title"));
        let measures: Vec<&str> = measures.filter_map(|one| one.text.as_deref()).collect();
        let measures = measures.iter().map(|text| format!(", {text}")).collect::<String>();
        format!("{not}{} {about} {object}{measures}", self.entity(relation.subject).name)
    }

    fn entity(self, id: u32) -> &'a Entity {
        &self.record.entities[id as usize]
    }

    fn entry(self, id: EntryId) -> Entry<'a> {
        self.knowledge.base.entry(id)
    }

    fn entry_of(self, entity: &Entity) -> Option<Entry<'a>> {
        self.knowledge.base.entry_of(entity).map(|id| self.entry(id))
    }

    /// The code of a country; of other things none.
    fn country(self, id: u32) -> Option<&'a str> {
        let entity = self.entity(id);
        entity.country.as_deref().filter(|_| entity.kind == Kind::Country)
    }

    fn border(self, relation: &Relation) -> Option<Answer> {
        let one = self.country(relation.subject)?;
        let other = self.country(relation.object.entity()?)?;
        let mut borders = self.knowledge.base.facts(one, "border").peekable();
        borders.peek()?;
        let border = borders.find(|columns| columns.first() == Some(&other));
        let answer = |verdict, reference, difference| Answer {
            verdict,
            reference,
            difference,
            source: FACTBOOK,
            year: EDITION.to_string(),
        };
        let Some(known) = border.and_then(|columns| columns.get(1)?.parse::<f64>().ok()) else {
            return Some(answer(Verdict::Differs, "no common land border".to_string(), None));
        };
        let reference = format!("{known} km");
        let Some(told) = self.length(relation) else { return Some(answer(Verdict::Agrees, reference, None)) };
        let difference = told / known - 1.0;
        Some(answer(Verdict::of(is_near(told, known)), reference, Some(round(difference))))
    }

    /// The length that a relation tells, in kilometres.
    fn length(self, relation: &Relation) -> Option<f64> {
        let length = relation.qualifiers.iter().find(|qualifier| qualifier.role == "length")?;
        let Some(QualifierValue::Number(value)) = length.value else { return None };
        in_unit(value, length.unit.as_deref()?, "km", self.knowledge)
    }

    fn capital(self, relation: &Relation) -> Option<Answer> {
        let city = self.entity(relation.subject);
        let code = self.country(relation.object.entity()?)?;
        let base = &self.knowledge.base;
        let names: Vec<&str> = ["capital", "capital_other"]
            .into_iter()
            .flat_map(|property| base.facts(code, property))
            .filter_map(|columns| columns.first().copied())
            .collect();
        let is_capital = base.capital(code).is_some_and(|capital| Some(capital) == base.entry_of(city))
            || names.contains(&city.name.as_str());
        Some(Answer {
            verdict: Verdict::of(is_capital),
            reference: (!names.is_empty()).then(|| names.join(", "))?,
            difference: None,
            source: FACTBOOK,
            year: EDITION.to_string(),
        })
    }

    fn member(self, relation: &Relation) -> Option<Answer> {
        let code = self.country(relation.subject)?;
        let organization = self.entry_of(self.entity(relation.object.entity()?))?;
        let members = organization.members();
        if members.is_empty() {
            return None;
        }
        let (verdict, reference) = match members.iter().find(|(member, _)| *member == code) {
            Some((_, None)) => (Verdict::Agrees, "a member".to_string()),
            Some((_, Some(status))) => (Verdict::Differs, status.to_string()),
            None => (Verdict::Differs, format!("not among its {} members", members.len())),
        };
        Some(Answer { verdict, reference, difference: None, source: MEMBERS, year: "2025-12".to_string() })
    }

    /// Whether the person held the office on the article's day, and who did.
    fn office(self, relation: &Relation) -> Option<Answer> {
        let code = self.country(relation.object.entity()?)?;
        let title = relation.qualifiers.iter().find(|one| one.role == "title")?.text.as_ref()?.to_lowercase();
        let role = self.role(&title)?;
        let day = self.record.date.clone().unwrap_or_default();
        let day = day.as_str();
        let answer = |verdict, reference, year: &str| Answer {
            verdict,
            reference,
            difference: None,
            source: OFFICES,
            year: year.to_string(),
        };
        let person = self.entry_of(self.entity(relation.subject));
        let held = person.as_ref().map(Entry::offices).unwrap_or_default();
        let is_meant = |office: &&Office| office.country == Some(code) && role.is_said_of(office.role);
        // A former minister held the office before; who holds it today may be told of any day before.
        let on_that_day = held.iter().filter(is_meant).find(|office| relation.historical || office.held_on(day));
        if let Some(office) = on_that_day {
            let years = format!("{} – {}", office.start.unwrap_or("?"), office.end.unwrap_or(""));
            let person = person.map_or("", |person| person.name);
            return Some(answer(Verdict::Agrees, format!("{person} {}", years.trim()), office.seen.unwrap_or("")));
        }
        let holder = *self.knowledge.base.holders_on(code, role, day).first().filter(|_| !relation.historical)?;
        Some(answer(Verdict::Differs, self.entry(holder).name.to_string(), day))
    }

    /// The role of a title, the words before it left out one by one: "acting prime minister".
    fn role(self, title: &str) -> Option<Role> {
        let words: Vec<&str> = title.split_whitespace().collect();
        (0..words.len()).find_map(|first| self.knowledge.lexicon.persons.offices.get(&words[first..].join(" ")))
    }

    fn figure(self, relation: &Relation, property: &str, unit: &str) -> Option<Answer> {
        let code = self.country(relation.subject)?;
        let Object::Value(told) = &relation.object else { return None };
        let columns = self.knowledge.base.facts(code, property).next()?;
        let known: f64 = columns.first()?.parse().ok()?;
        let value = in_unit(told.value, &told.unit, unit, self.knowledge)?;
        let is_same = if unit == "%" { (value - known).abs() <= POINTS } else { is_near(value, known) };
        let year = columns.get(1).copied().unwrap_or(EDITION).to_string();
        let unit = if unit == "1" { String::new() } else { format!(" {unit}") };
        let difference = (known != 0.0).then(|| round(value / known - 1.0));
        let reference = format!("{}{unit}", readable(known));
        Some(Answer { verdict: Verdict::of(is_same), reference, difference, source: FACTBOOK, year })
    }

    /// Whether a country leads the other's list of buyers or sellers.
    fn partner(self, relation: &Relation) -> Option<Answer> {
        let partner = self.country(relation.subject)?;
        let code = self.country(relation.object.entity()?)?;
        let leading = |property: &str| {
            let rows = self.knowledge.base.facts(code, property);
            let share =
                |columns: &Vec<&'a str>| columns.get(1).and_then(|share| share.parse::<f64>().ok()).unwrap_or(0.0);
            rows.max_by(|one, other| share(one).total_cmp(&share(other)))
        };
        let leaders: Vec<Vec<&str>> = ["export_partner", "import_partner"].into_iter().filter_map(leading).collect();
        let year = leaders.first()?.get(2).copied().unwrap_or(EDITION).to_string();
        let names = leaders.iter().filter_map(|columns| {
            let country = self.entry(self.knowledge.base.country(columns.first()?)?);
            Some(format!("{} {} %", country.name, columns.get(1)?))
        });
        let names: Vec<String> = names.collect();
        let is_leader = leaders.iter().any(|columns| columns.first() == Some(&partner));
        let reference = format!("largest buyer, seller: {}", names.join(", "));
        Some(Answer { verdict: Verdict::of(is_leader), reference, difference: None, source: FACTBOOK, year })
    }
}

/// What is denied agrees where the base differs.
fn denied(answer: Answer, relation: &Relation) -> Answer {
    let verdict = match (relation.polarity, answer.verdict) {
        (Polarity::Negated, Verdict::Agrees) => Verdict::Differs,
        (Polarity::Negated, Verdict::Differs) => Verdict::Agrees,
        (_, verdict) => verdict,
    };
    Answer { verdict, ..answer }
}

/// A value in another unit of its kind: square miles in square kilometres.
fn in_unit(value: f64, own: &str, wanted: &str, knowledge: &Knowledge) -> Option<f64> {
    if own == wanted {
        return Some(value);
    }
    let unit = |code: &str| knowledge.lexicon.measures.units.values().find(|unit| unit.code == code);
    let (own, wanted) = (unit(own)?, unit(wanted)?);
    (own.of == wanted.of).then_some(())?;
    Some(value * own.factor? / wanted.factor?)
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() <= NEAR * one.abs().max(other.abs())
}

fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// 1,407,181,209 as people write it.
fn readable(number: f64) -> String {
    match number.abs() {
        size if size >= 1e12 => format!("{:.2} trillion", number / 1e12),
        size if size >= 1e9 => format!("{:.2} billion", number / 1e9),
        size if size >= 1e6 => format!("{:.2} million", number / 1e6),
        _ => format!("{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::pipeline::{self, Resources};

    /// Each verdict with what the base has.
    fn verdicts(text: &str, date: &str) -> Vec<String> {
        let resources = Resources::embedded();
        let article = Article { date: date.parse().ok(), ..Article::new("a", text) };
        let record = pipeline::extract(&article, &resources);
        let told = |check: &Check| format!("{} {}", check.verdict.name(), check.reference.clone().unwrap_or_default());
        check(&record, &resources.knowledge).iter().map(told).collect()
    }

    #[test]
    fn statements_are_laid_beside_the_base() {
        for (text, date, expected) in [
            ("Norway and Sweden share a 1,630-kilometre border.", "", "agrees 1666 km"),
            ("Norway and Sweden share a 900-kilometre border.", "", "differs 1666 km"),
            ("Chad borders Kenya.", "", "differs no common land border"),
            ("Sydney is the capital of Australia.", "", "differs Canberra"),
            ("Canberra is the capital of Australia.", "", "agrees Canberra"),
            ("Switzerland is a member of NATO.", "", "differs not among"),
            ("Turkey is a member of NATO.", "", "agrees a member"),
            ("Emmanuel Macron is the president of France.", "2020-03-01", "agrees Emmanuel Macron"),
            ("Emmanuel Macron is the president of France.", "2010-03-01", "differs Nicolas Sarkozy"),
            ("Malta has a population of 900,000.", "", "differs "),
        ] {
            let found = verdicts(text, date);
            assert!(found.iter().any(|verdict| verdict.starts_with(expected)), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_planned_or_unheard_of_is_not_judged() {
        assert_eq!(verdicts("Kosovo wants to become a member of NATO.", ""), Vec::<String>::new());
        assert_eq!(verdicts("Peru praised Chile.", ""), Vec::<String>::new());
    }
}
