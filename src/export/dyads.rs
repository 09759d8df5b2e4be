//! Dyads: a record's events as event data, a line a source and a target, in the columns of CAMEO and PLOVER data sets.
//!
//! "Guyana accused Venezuela of …", told twice, is one line: `a17/0  2023-12-15 … GUY … VEN … ACCUSE … 112 11 3 … 2`, with both
//! places in the text. An event without direction ("met") has a line each way, as such data sets have. States of affairs
//! are no events; what is denied or planned has its line, and columns that say so.

use itertools::Itertools;

use super::columns::word;
use super::escape::plain_line;
use super::events::{actor, codes, days};
use crate::graph::Period;
use crate::record::{Entity, Event, Kind, Qualifier, QualifierValue, Record, Relation};

const COLUMNS: [&str; 29] = [
    "event_id",
    "event_date",
    "last_date",
    "date_is_articles",
    "source_name",
    "source_code",
    "source_kind",
    "target_name",
    "target_code",
    "target_kind",
    "plover",
    "mode",
    "contexts",
    "cameo",
    "cameo_root",
    "quad_class",
    "score",
    "type",
    "polarity",
    "modality",
    "speaker",
    "roles",
    "place",
    "place_country",
    "confidence",
    "mentions",
    "article",
    "spans",
    "text",
];

/// The names of the columns.
pub fn header() -> String {
    COLUMNS.join("\t")
}

/// The lines of one article, in the order of their first mentions.
pub fn lines(record: &Record) -> Vec<String> {
    let mut dyads: Vec<Dyad> = Vec::new();
    for relation in &record.relations {
        let (Some(event), Some(id), Some(object)) = (&relation.event, relation.event_id, relation.object.entity())
        else {
            continue;
        };
        let ends = [(relation.subject, object), (object, relation.subject)];
        for (source, target) in ends.into_iter().take(1 + usize::from(relation.symmetric)) {
            let same = |dyad: &&mut Dyad| (dyad.id, dyad.source, dyad.target) == (id, source, target);
            match dyads.iter_mut().find(same) {
                Some(dyad) => dyad.relations.push(relation),
                None => dyads.push(Dyad { id, event, source, target, relations: vec![relation] }),
            }
        }
    }
    dyads.iter().map(|dyad| dyad.line(record).iter().map(|cell| plain_line(cell)).join("\t")).collect()
}

/// One event between two, with the relations that tell of it.
struct Dyad<'r> {
    id: u32,
    event: &'r Event,
    source: u32,
    target: u32,
    relations: Vec<&'r Relation>,
}

impl Dyad<'_> {
    fn line(&self, record: &Record) -> [String; COLUMNS.len()] {
        let Dyad { event, relations, .. } = self;
        let surest = relations.iter().max_by(|one, other| one.confidence.total_cmp(&other.confidence));
        let surest = surest.expect("a dyad has the relation that made it");
        let told = self.qualifiers("time").find_map(period);
        let when = told.or_else(|| Period::parse(record.date.as_deref()?));
        let [first_day, last_day] = days(when);
        let [source, target] = [self.source, self.target].map(|id| &record.entities[id as usize]);
        let place = self.qualifiers("place").next();
        let place = place.and_then(|place| place.entity).map(|id| &record.entities[id as usize]);
        let [plover, mode, contexts, cameo, cameo_root, quad_class, score] = codes(event);
        let spans = relations.iter().map(|relation| relation.evidence).dedup();
        let spans: Vec<String> = spans.map(|span| format!("{}-{}", span.start, span.end)).collect();
        [
            format!("{}/{}", record.id, self.id),
            first_day,
            last_day,
            (when.is_some() && told.is_none()).to_string(),
            source.name.clone(),
            code(source, record),
            source.kind.name().to_string(),
            target.name.clone(),
            code(target, record),
            target.kind.name().to_string(),
            plover,
            mode,
            contexts,
            cameo,
            cameo_root,
            quad_class,
            score,
            surest.relation_type.clone(),
            word(&surest.polarity),
            word(&surest.modality),
            surest.attribution.as_ref().map_or(String::new(), |speaker| speaker.text.clone()),
            self.roles(record),
            place.map_or(String::new(), |place| place.name.clone()),
            place.and_then(|place| place.country.clone()).unwrap_or_default(),
            surest.confidence.to_string(),
            spans.len().to_string(),
            record.id.clone(),
            spans.join(";"),
            surest.evidence.of(&record.text).to_string(),
        ]
    }

    fn qualifiers(&self, role: &str) -> impl Iterator<Item = &Qualifier> {
        self.relations.iter().flat_map(|relation| &relation.qualifiers).filter(move |one| one.role == role)
    }

    /// Who else takes part, and as what: `host: Qatar; mediator: Oman`.
    fn roles(&self, record: &Record) -> String {
        let qualifiers = self.relations.iter().flat_map(|relation| &relation.qualifiers);
        let parties = qualifiers.filter(|one| PARTIES.contains(&one.role.as_str()));
        let named = parties.filter_map(|one| Some((one, &record.entities[one.entity? as usize].name)));
        named.map(|(one, name)| format!("{}: {name}", one.role)).unique().join("; ")
    }
}

/// The roles of those who are neither source nor target.
const PARTIES: [&str; 6] = ["host", "mediator", "chair", "co_actor", "counterparty", "beneficiary"];

fn period(qualifier: &Qualifier) -> Option<Period> {
    match qualifier.value.as_ref()? {
        QualifierValue::Text(date) => Period::parse(date),
        QualifierValue::Number(_) => None,
    }
}

/// An actor's code; of what has no country of its own, that of the country that the article says it belongs to ("Peru's
/// premier").
fn code(entity: &Entity, record: &Record) -> String {
    let own = |entity: &Entity| entity.refs.get("iso3166").or(entity.country.as_ref()).cloned();
    let states = record.relations.iter().filter(|relation| relation.event.is_none() && relation.subject == entity.id);
    let belongs = states.filter_map(|relation| record.entities.get(relation.object.entity()? as usize));
    let mut countries = belongs.filter(|other| other.kind == Kind::Country).filter_map(own);
    actor(own(entity).or_else(|| countries.next()), entity.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::pipeline::{self, Resources};

    fn cells(text: &str, columns: &[&str]) -> Vec<Vec<String>> {
        let record = pipeline::extract(&Article::new("a", text), &Resources::embedded());
        let at = |name: &&str| COLUMNS.iter().position(|column| column == name).expect("a column's name");
        let cells = |line: &String| {
            let cells: Vec<&str> = line.split('\t').collect();
            columns.iter().map(|name| cells[at(name)].to_string()).collect()
        };
        lines(&record).iter().map(cells).collect()
    }

    #[test]
    fn an_event_told_twice_is_one_line() {
        let text = "Norway accused Chad of theft. Once more Norway accused Chad.";
        let columns = ["source_code", "target_code", "plover", "cameo_root", "quad_class", "mentions", "spans"];
        assert_eq!(cells(text, &columns), [["NOR", "TCD", "ACCUSE", "11", "3", "2", "0-29;30-60"]]);
    }

    #[test]
    fn what_has_no_direction_has_a_line_each_way() {
        let columns = ["event_id", "source_code", "target_code", "roles"];
        let meeting = cells("Norway met Chad at talks hosted by Peru.", &columns);
        let ends: Vec<[&str; 3]> = meeting.iter().map(|line| [&*line[0], &*line[1], &*line[2]]).collect();
        assert!(ends.contains(&["a/0", "NOR", "TCD"]) && ends.contains(&["a/0", "TCD", "NOR"]), "{meeting:?}");
    }

    #[test]
    fn states_of_affairs_are_no_events() {
        assert_eq!(cells("Oslo is the capital of Norway.", &["type"]), Vec::<Vec<String>>::new());
    }
}
